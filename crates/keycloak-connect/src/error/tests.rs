use authorization_token::EffectiveLimits;
use authorization_token::decision::Stops;

use super::*;

fn line(name: &str, class: Class) -> String {
    format!("{name}: {} {}", class.name().as_str(), class.reason())
}

#[test]
fn every_reason_of_the_api_is_one_that_the_runtime_takes() {
    for word in Reason::ALL {
        assert_eq!(reason(*word).as_str(), word.as_str());
    }
}

#[test]
fn every_decision_has_the_class_of_its_outcome_and_a_reason_of_the_list() {
    let lines: Vec<String> = DecisionReason::ALL
        .into_iter()
        .map(|reason| {
            let decision = Decision {
                outcome: reason.outcome(),
                reason,
                message: "Because.".into(),
                rung: None,
                token: None,
                lapses_at: None,
                stops: Stops::Creation,
                limits: EffectiveLimits::default(),
            };
            let name = reason.to_string();
            ConnectError::of_decision(&decision)
                .map_or_else(|| format!("{name}: no error"), |error| line(&name, error.class()))
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @"");
}

#[test]
fn every_answer_at_login_has_its_class() {
    let account = || "cloakroom-1".to_owned();
    let fault = || TransportFault::Connect("refused".into());
    let after = std::time::Duration::from_secs(1);
    let message = || keycloak_admin::KeycloakMessage::read(b"{}");
    let errors = [
        LoginError::RealmMissing { realm: "acme".into(), account: account() },
        LoginError::AddressWrong { account: account(), url: "u".into(), message: message() },
        LoginError::RealmDisabled { realm: "acme".into(), account: account() },
        LoginError::Refused { realm: "acme".into(), account: account(), message: message() },
        LoginError::NoToken { account: account(), reason: "r".into() },
        LoginError::Transport { account: account(), fault: fault() },
        LoginError::Transport {
            account: account(),
            fault: TransportFault::Certificate("unknown issuer".into()),
        },
        LoginError::Timeout { account: account(), after },
    ];
    let lines = errors.map(|source| {
        let error = ConnectError::from(AdminError::Login { operation: "realm_get", source });
        line(&error.to_string(), error.class())
    });
    insta::assert_snapshot!(lines.join("\n"), @"");
}

#[test]
fn what_was_not_answered_is_told_apart() {
    let after = std::time::Duration::from_secs(30);
    let errors = [
        AdminError::NoId { operation: "client_create" },
        AdminError::NotUnderstood { operation: "realm_get", reason: "no JSON".into() },
        AdminError::Timeout { operation: "realm_get", after },
        AdminError::BreakerOpen { operation: "realm_get", retry_after: after },
        AdminError::Saturated { operation: "realm_get", after },
        AdminError::TooLarge { operation: "realm_get", limit: 1 },
    ];
    insta::assert_snapshot!(errors.map(|error| line(&error.to_string(), admin_class(&error))).join("\n"), @"");
}
