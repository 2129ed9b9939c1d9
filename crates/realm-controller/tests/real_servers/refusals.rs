//! What people read when they ask for something that is not possible, or when a server does not do its part.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use authorization_token::AuthorizationToken;
use controller_testkit::{Fault, KeycloakServer, eventually, realm, unique_name};
use http::StatusCode;
use keycloak_admin::{Secret as SecretText, logins};
use keycloak_connect::{
    ClusterId, Instance, RealmManagerLogin, login,
    secret::{self, Takeover},
};
use kube::api::{Patch, PatchParams};
use serde_json::{Value, json};

use super::place::{Place, SOON, condition};

/// A sentence without the names that differ from run to run.
pub(crate) fn anonymous(place: &Place, name: &str, sentence: &str) -> String {
    sentence
        .replace(&place.namespace, "<namespace>")
        .replace(name, "<realm>")
        .replace(&place.keycloak.url(), "<url>")
        .replace(&place.account, "<login>")
}

#[tokio::test]
async fn a_server_that_is_away_answers_no_json_or_forgot_the_login_is_told_and_tried_again() {
    let place = Arc::new(Place::new("faults", &KeycloakServer::newest()).await);
    let process = place.start();
    let (mut lines, mut names) = (Vec::new(), Vec::new());
    for (object, fault, reason, words) in [
        ("away", Fault::status(StatusCode::SERVICE_UNAVAILABLE), "ServerError", "503"),
        ("page", Fault::not_json(), "NotKeycloak", ""),
        ("forgotten", Fault::status(StatusCode::UNAUTHORIZED), "LoginRefused", "401"),
    ] {
        let name = unique_name(object);
        let fault = place.keycloak.inject(fault);
        place.applies(object, place.spec(&name, &json!({}))).await;
        let message = place.is_told(object, reason, words).await;
        lines.push(format!("{reason}: {}", anonymous(&place, &name, &message)));
        assert_eq!(place.console.sees(&realm(&name)).await, None, "{object}");
        // Nobody touches the object: it becomes Ready by itself.
        fault.heal();
        place.becomes_ready(object).await;
        names.push(name);
    }
    process.stops().await;
    insta::assert_snapshot!(lines.join("\n"));
    place.leave(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

/// A realm whose server does this for a whole minute, from before the object is there, becomes Ready without anybody's hand; and
/// meanwhile it says this.
async fn waits_out_a_minute(purpose: &str, fault: Fault, reason: &str) {
    const MINUTE: Duration = Duration::from_secs(60);
    let place = Arc::new(Place::new(purpose, &KeycloakServer::newest()).await);
    let name = unique_name(purpose);
    let begin = Instant::now();
    place.keycloak.inject(fault.lasting(MINUTE));
    place.applies("acme", place.spec(&name, &json!({}))).await;
    let process = place.start();
    place.is_told("acme", reason, "").await;
    // After the minute the pause of the circuit, or the next try, is what is waited for.
    place.is_ready_within("acme", MINUTE * 4).await;
    assert!(begin.elapsed() >= MINUTE, "{purpose}: it was Ready while the server refused");
    process.stops().await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_minute_of_503_of_pages_or_of_401_is_waited_out_without_anybody() {
    tokio::join!(
        Box::pin(waits_out_a_minute("away", Fault::status(StatusCode::SERVICE_UNAVAILABLE), "ServerError")),
        Box::pin(waits_out_a_minute("page", Fault::not_json(), "NotKeycloak")),
        Box::pin(waits_out_a_minute("forgotten", Fault::status(StatusCode::UNAUTHORIZED), "LoginRefused")),
    );
}

#[tokio::test]
async fn a_token_of_which_a_character_was_changed_is_told_apart_from_a_foreign_one() {
    let mut place = Place::new("checksum", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    let good = super::ownership::token_of_the_instance(&place).await;
    let last = if good.ends_with('0') { "1" } else { "0" };
    let misspelt = format!("{}{last}", &good[..good.len() - 1]);
    place.writes_ticket(&tenant, &misspelt).await;
    let name = unique_name("checksum");
    place.applies_in(&tenant, "acme", super::authorization::with_ticket(&place, &name, "ticket")).await;
    let process = place.start();
    let message = place.is_not_ready_in(&tenant, "acme", "TokenRefused").await;
    process.stops().await;
    assert!(!message.contains(&misspelt[10..]), "a token is not repeated");
    insta::assert_snapshot!(anonymous(&place, &name, &message.replace(&tenant, "<tenant>")));
    place.keycloak.calls().expect("a garbled token").writes(0).reads(0).logins(0);
    place.leave(&[]).await;
}

#[tokio::test]
async fn a_realm_whose_name_is_no_dns_label_becomes_ready_and_status_names_its_token() {
    let place = Arc::new(Place::new("label", &KeycloakServer::newest()).await);
    let unique = unique_name("x");
    let name = format!("Acme Staff {unique}");
    place.applies("acme", place.spec(&name, &json!({"displayName": "Staff"}))).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Staff");
    place.our_login_works(&object).await;
    let status = object.status.unwrap();
    assert_eq!(status.realm_name.as_ref(), Some(&name));
    let secret_name = status.authorization_secret_name.unwrap();
    let token = place.secret(&place.namespace, &secret_name).await.unwrap()["token"].clone();
    AuthorizationToken::parse(token.as_bytes()).unwrap();
    // Between the name and the suffix stands what makes it nobody else's.
    let (slug, hash) = secret_name.strip_suffix("-realm-auth").unwrap().rsplit_once('-').unwrap();
    assert!(hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{secret_name}");
    let issuer = status.endpoints.unwrap().issuer.unwrap();
    let form = format!("Secret {slug}-<8 hex>-realm-auth\nissuer {issuer}").replace(&unique, "<unique>");
    insta::assert_snapshot!(form.replace(&place.keycloak.url(), "<url>"), @"
    Secret acme-staff-<unique>-<8 hex>-realm-auth
    issuer <url>/realms/Acme%20Staff%20<unique>
    ");
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_field_that_the_server_is_too_old_for_is_refused_by_its_path_and_the_rest_is_applied() {
    let place = Arc::new(Place::new("too-old", &KeycloakServer::oldest()).await);
    let name = unique_name("too-old");
    let asks = |title: &str, passkeys: Value| {
        place.spec(&name, &json!({"displayName": title, "webAuthnPasswordlessPolicy": passkeys}))
    };
    let newer = || json!({"rpEntityName": "Acme", "mediation": "conditional"});
    place.applies("acme", asks("Made", newer())).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "UnsupportedByServer").await;
    insta::assert_snapshot!(message, @"not everything that this object asks for can be applied, the rest is: spec.webAuthnPasswordlessPolicy.mediation: Keycloak 26.4.5 does not know this field, it came with 26.7.0; leave it out or upgrade the server");
    let made = place.console.sees(&realm(&name)).await.unwrap();
    assert_eq!(made["displayName"], "Made");
    assert_eq!(made["webAuthnPolicyPasswordlessRpEntityName"], "Acme");
    let object = place.object("acme").await;
    assert_eq!(condition(&object, "Available").unwrap().0, "True", "clients can live in it");
    assert_eq!(condition(&object, "PartiallyApplied").unwrap().0, "True");

    place.applies("acme", asks("Changed", newer())).await;
    eventually("the rest of a change is applied", SOON, async || {
        let title = place.console.sees_field(&realm(&name), "displayName").await;
        if title == "Changed" { Ok(()) } else { Err(title) }
    })
    .await;
    place.applies("acme", asks("Changed", json!({"rpEntityName": "Acme"}))).await;
    place.becomes_ready("acme").await;
    process.stops().await;
    place.leave(&[&name]).await;
}

/// What the instance controller does for Keycloak `other`: its status, and our login.
async fn another_instance_appears(place: &Place) -> String {
    let keycloaks = place.keycloaks();
    let url = place.keycloak.url();
    let object = json!({
        "apiVersion": "keycloak.mdvr.nl/v1", "kind": "Keycloak", "metadata": {"name": "other"},
        "spec": {"external": {"url": url}, "admin": {"existingSecret": "keycloak-admin"}},
    });
    keycloaks.patch("other", &PatchParams::apply("person"), &Patch::Apply(object)).await.unwrap();
    let instance = Instance::of(keycloaks.get("other").await.unwrap()).unwrap();
    // The cluster is named as the namespace.
    let cluster = ClusterId::given(&place.namespace).unwrap();
    let account = login::realm_manager_account(&cluster, &instance);
    let (administrator, secret) = (place.administrator(), SecretText::random());
    let made = logins::realm_manager(&administrator, &account, &secret).await.unwrap();
    let login = RealmManagerLogin { credentials: made.credentials };
    secret::write(&place.reader(), &login.wanted(&instance), None, Takeover::No).await.unwrap();
    let status = json!({"status": {"version": "26.7.3", "endpoints": {"internal": url, "public": url}}});
    keycloaks.patch_status("other", &PatchParams::default(), &Patch::Merge(status)).await.unwrap();
    account
}

#[tokio::test]
async fn an_instance_that_does_not_exist_is_waited_for_and_found_when_it_appears() {
    let place = Arc::new(Place::new("appears", &KeycloakServer::newest()).await);
    let name = unique_name("appears");
    let named: Value = json!({"operatorRef": {"namespace": place.namespace, "name": "other"}});
    place.applies("acme", place.spec(&name, &named)).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "InstanceMissing").await;
    insta::assert_snapshot!(anonymous(&place, &name, &message), @"Keycloak <namespace>/other, named in spec.operatorRef, does not exist; create it, or delete this object and name another");
    place.keycloak.calls().expect("no instance").writes(0).reads(0).logins(0);
    let account = another_instance_appears(&place).await;
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    assert_eq!(object.status.unwrap().keycloak_instance, Some(format!("{}/other", place.namespace)));
    place.console.deletes(&controller_testkit::client("master", &account)).await;
    place.leave(&[&name]).await;
}
