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
    insta::assert_snapshot!(lines.join("\n"), @r"
    SameNamespace: no error
    TokenAccepted: no error
    AllowedByRbac: no error
    Granted: no error
    DeletionNeedsNoAuthorization: no error
    Denied: stall AuthorizationDenied
    TokenSecretInOtherNamespace: stall TokenRefused
    TokenSecretMissing: wait SecretMissing
    TokenKeyMissing: wait SecretKeyMissing
    TokenMalformed: stall TokenRefused
    TokenUnknown: stall TokenRefused
    TokenMismatch: stall TokenRefused
    TokenRevoked: stall TokenRefused
    TokenExpired: stall TokenRefused
    TokenSuperseded: stall TokenRefused
    TokenOfOtherTarget: stall TokenRefused
    TokenForOtherNamespace: stall TokenRefused
    NotAuthorized: stall AuthorizationRefused
    RbacUnknown: wait AuthorizationRefused
    NamespaceLabelsUnknown: wait AuthorizationRefused
    NameNotAllowed: stall LimitExceeded
    CapabilityNotAllowed: stall LimitExceeded
    ObjectLimitReached: wait LimitExceeded
    TargetPolicyInvalid: wait AuthorizationRefused
    ");
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
    insta::assert_snapshot!(lines.join("\n"), @r"
    realm_get: login as cloakroom-1: Keycloak has no realm acme: wait RealmMissing
    realm_get: login as cloakroom-1: no Keycloak answers at u (without a reason): check the address and its path: stall NotKeycloak
    realm_get: login as cloakroom-1: realm acme is disabled: wait RealmNotAvailable
    realm_get: login as cloakroom-1 in realm acme is refused: without a reason: stall LoginRefused
    realm_get: login as cloakroom-1: the answer holds no access token (r): does the address lead to Keycloak?: retry NotKeycloak
    realm_get: login as cloakroom-1: cannot connect: refused: retry ServerUnreachable
    realm_get: login as cloakroom-1: the server's certificate is not accepted: unknown issuer. Give the CA that signed it, or mend the certificate: stall CertificateRefused
    realm_get: login as cloakroom-1: no answer within 1 s: retry ServerUnreachable
    ");
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
    insta::assert_snapshot!(errors.map(|error| line(&error.to_string(), admin_class(&error))).join("\n"), @r"
    client_create: the answer names no id of what was created: look it up by its name: retry ServerError
    realm_get: the answer is not what Keycloak answers (no JSON): does the address lead to Keycloak?: retry NotKeycloak
    realm_get: no answer within 30 s: retry ServerUnreachable
    realm_get: not sent, the server failed repeatedly; it is tried again by itself: retry CircuitOpen
    realm_get: not sent, other calls to this server took all places for 30 s: retry ServerError
    realm_get: the answer is longer than 1 bytes: stall ServerError
    ");
}
