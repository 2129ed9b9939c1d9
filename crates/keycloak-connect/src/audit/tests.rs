use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use authorization_token::{AuthorizationToken, MINT_BYTES};
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use super::*;
use crate::{fake, owner::OwnerKind};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Lines {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

/// The fields of each line of the audit log that is written while `act` runs.
fn audited(act: impl FnOnce()) -> Vec<Value> {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt().json().with_writer(lines.clone()).finish();
    // With one subscriber alone, tracing asks that of whichever thread comes to a line first whether anybody wants it, and keeps the answer.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    tracing::subscriber::with_default(subscriber, act);
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let parsed = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    parsed.filter(|line| line["target"] == "audit").map(|mut line| line["fields"].take()).collect()
}

fn owner() -> Owner {
    fake::owner(OwnerKind::Keycloak, "platform", "keycloak")
}

#[test]
fn what_happens_to_a_token_is_one_line_with_its_id_and_never_the_token() {
    let token = AuthorizationToken::mint(&[7; MINT_BYTES]);
    let id = token.id();
    let name = authorization_token::TokenName::new("vault").unwrap();
    let at = "2026-04-01T00:00:00Z".parse().unwrap();
    let lines = audited(|| {
        tokens(
            &owner(),
            &[
                Notice::Issued { id, expires_at: at },
                Notice::Revoked { id },
                Notice::NotAToken,
                Notice::Expiring { id, name, at },
            ],
        );
    });
    let told: Vec<_> = lines.iter().map(|line| (line["change"].as_str(), line["token"].as_str())).collect();
    assert_eq!(
        told,
        [
            (Some("issued"), Some(id.as_str())),
            (Some("revoked"), Some(id.as_str())),
            (Some("not_a_token"), None)
        ]
    );
    assert!(
        lines.iter().all(|line| line["event"] == "token" && line["object"] == "Keycloak platform/keycloak")
    );
    let all = serde_json::to_string(&lines).unwrap();
    assert!(!all.contains(token.expose().as_str()) && !all.contains("kcat1_"), "{all}");
}

#[test]
fn an_approval_is_one_line_and_what_somebody_wrote_around_the_hash_is_not_repeated() {
    let lines = audited(|| approval(&owner(), "0123abcd\n{\"event\":\"forged\"}"));
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["event"], "approval");
    let hash = lines[0]["hash"].as_str().unwrap();
    assert!(hash.starts_with("0123abcd") && !hash.contains('\n') && !hash.contains('{'), "{hash}");
}

fn decision(reason: Reason, message: &str) -> Decision {
    Decision {
        outcome: reason.outcome(),
        reason,
        message: message.to_owned(),
        rung: None,
        token: None,
        lapses_at: None,
        stops: authorization_token::decision::Stops::Nothing,
        limits: authorization_token::EffectiveLimits::default(),
    }
}

#[test]
fn a_refusal_of_something_else_is_told_although_its_reason_is_the_same() {
    let instance = fake::instance(&json!({}), &json!({}));
    let reader = fake::owner(OwnerKind::KeycloakRealm, "acme", "acme");
    let refused = |what: &str| decision(Reason::CapabilityNotAllowed, what);
    let decisions = Decisions::default();
    let lines = audited(|| {
        for what in ["scripts", "scripts", "scripts and addresses", "scripts"] {
            decisions.tell(&reader, instance.identity(), Operation::Change, &refused(what));
        }
    });
    let told: Vec<_> = lines.iter().map(|line| line["message"].as_str().unwrap()).collect();
    assert_eq!(told, ["scripts", "scripts and addresses", "scripts"]);
}

#[test]
fn a_decision_is_told_once_and_again_when_it_is_another() {
    let instance = fake::instance(&json!({}), &json!({}));
    let reader = fake::owner(OwnerKind::KeycloakRealm, "acme", "acme");
    let (granted, denied) = (decision(Reason::Granted, "as it is"), decision(Reason::Denied, "as it is"));
    let decisions = Decisions::default();
    let lines = audited(|| {
        for decision in [&granted, &granted, &denied, &denied, &granted] {
            decisions.tell(&reader, instance.identity(), Operation::Change, decision);
        }
        // Made anew, it is another object, and one that went is forgotten.
        decisions.tell(&reader, instance.identity(), Operation::Delete, &granted);
        decisions.tell(&reader, instance.identity(), Operation::Create, &granted);
    });
    let told: Vec<_> = lines.iter().map(|line| line["reason"].as_str().unwrap()).collect();
    assert_eq!(told, ["Granted", "Denied", "Granted", "Granted"]);
    let first = &lines[0];
    assert_eq!((&first["event"], &first["outcome"]), (&json!("decision"), &json!("Allowed")));
    assert_eq!(
        (&first["object"], &first["uses"]),
        (&json!("KeycloakRealm acme/acme"), &json!("Keycloak platform/keycloak"))
    );
    assert_eq!(first["message"], "as it is");
}
