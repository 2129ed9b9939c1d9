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
    realm_get: not sent, too many other calls to this server come first: waiting for its turn ends after 30 s: retry ServerError
    realm_get: the answer is longer than 1 bytes: stall ServerError
    ");
}

/// Namespace and name of what an error is about.
fn named(namespace: &str, name: &str) -> (String, String) {
    (namespace.to_owned(), name.to_owned())
}

fn about_objects() -> Vec<ConnectError> {
    let failed = || {
        let status = kube::core::Status::failure("etcd is away", "InternalError");
        kube::Error::Api(status.with_code(500).boxed())
    };
    let (namespace, name) = named("platform", "keycloak");
    let (realms, realm) = named("acme", "acme");
    vec![
        ConnectError::Kube { doing: "reading Secret acme/mail".into(), source: failed() },
        ConnectError::Unidentified { kind: "KeycloakRealm", field: "metadata.uid" },
        authorization_token::NamespaceName::new("-").unwrap_err().into(),
        ConnectError::InstanceMissing { namespace: namespace.clone(), name: name.clone() },
        ConnectError::InstanceNotReady {
            namespace: namespace.clone(),
            name: name.clone(),
            lacks: "its server has not answered yet",
        },
        ConnectError::InstanceDeleting { namespace: namespace.clone(), name: name.clone() },
        ConnectError::RealmObjectMissing { namespace: realms.clone(), name: realm.clone() },
        ConnectError::RealmNotAvailable { namespace: realms, name: realm, because: None },
        ConnectError::Server {
            namespace,
            name,
            source: BadServer::CaBundle { reason: "no certificate".into() },
        },
        ConnectError::ClusterIdUnknown(failed()),
        ConnectError::ClusterIdInvalid { id: "a b".into() },
    ]
}

fn about_secrets() -> Vec<ConnectError> {
    let (namespace, name) = named("acme", "mail");
    let (field, key) = ("spec.smtpServer.passwordSecret".to_owned(), "password".to_owned());
    vec![
        ConnectError::SecretMissing {
            namespace: namespace.clone(),
            name: name.clone(),
            key: key.clone(),
            field: field.clone(),
        },
        ConnectError::SecretKeyMissing {
            namespace: namespace.clone(),
            name: name.clone(),
            key: key.clone(),
            field: field.clone(),
            present: Some(["pass".to_owned()].into()),
        },
        ConnectError::SecretValueUnusable {
            namespace: namespace.clone(),
            name: name.clone(),
            key,
            field: field.clone(),
            why: "is empty; write the password into it",
        },
        ConnectError::SecretTypeRefused {
            namespace: namespace.clone(),
            name: name.clone(),
            field: field.clone(),
            found: "kubernetes.io/service-account-token".into(),
        },
        ConnectError::SecretNotConsented {
            namespace: namespace.clone(),
            name: name.clone(),
            field,
            reader: "KeycloakRealm/acme".into(),
        },
        ConnectError::ConsentPolicyMissing { policy: "ValidatingAdmissionPolicy x".into() },
        ConnectError::SecretNotOwned {
            namespace: namespace.clone(),
            name: name.clone(),
            whose: "does not carry our labels",
            owner: "KeycloakClient acme/portal".into(),
        },
        ConnectError::SecretTypeFixed {
            namespace: namespace.clone(),
            name: name.clone(),
            found: "Opaque".into(),
            wanted: "kubernetes.io/basic-auth".into(),
        },
        ConnectError::SecretChanged { namespace, name },
        ConnectError::SecretMetadataRefused {
            field: "spec.secretMetadata.labels",
            key: "app.kubernetes.io/name".into(),
            why: "belongs to a domain that other controllers act on",
        },
        ConnectError::RecordKeyDamaged { namespace: "cloakroom-system".into(), why: "it has no key id" },
    ]
}

fn about_logins() -> Vec<ConnectError> {
    let (namespace, name) = named("platform", "keycloak-client-manager-0123456789abcdef");
    let (realm, client_id) = named("acme", "cloakroom-1a2b3c4d");
    let not_now = |realm: Option<&str>, given_up| ConnectError::LoginNotNow {
        namespace: namespace.clone(),
        name: name.clone(),
        realm: realm.map(str::to_owned),
        given_up,
    };
    vec![
        ConnectError::LoginMissing {
            what: "clients",
            namespace: namespace.clone(),
            name: name.clone(),
            lacks: "does not exist".into(),
            made_by: "the realm controller makes it",
            reason: Reason::RealmNotAvailable,
        },
        ConnectError::LoginOfOtherRealm {
            namespace: namespace.clone(),
            name: name.clone(),
            key: "realm",
            found: "other".into(),
            wanted: "acme".into(),
        },
        not_now(None, false),
        not_now(None, true),
        not_now(Some("acme"), true),
        AdminError::NoId { operation: "client_create" }.into(),
        LoginsError::Incomplete { realm: realm.clone(), what: "client realm-management".into() }.into(),
        LoginsError::NotALogin { realm: realm.clone(), client_id: client_id.clone(), what: "public" }.into(),
        LoginsError::NoAccount { realm, client_id }.into(),
        LoginsError::Master.into(),
        DuplicateId(authorization_token::TokenId::parse("0f9k2m4p6r8t").unwrap()).into(),
        ConnectError::LedgerUnwritable { why: "too many".into() },
    ]
}

fn about_records() -> Vec<ConnectError> {
    let (namespace, name) = named("acme", "acme-owned-1a2b3c4d");
    vec![
        ConnectError::RecordTooLarge { bytes: 1_300_000, most: 1_048_576 },
        ConnectError::RecordMapNotOwned {
            namespace: namespace.clone(),
            name: name.clone(),
            whose: "does not carry our labels",
            owner: "KeycloakRealm acme/acme".into(),
        },
        ConnectError::RecordMapChanged { namespace: namespace.clone(), name },
        ConnectError::NamespaceTerminating { namespace },
    ]
}

/// What a decision leads to has a table of its own; the match says that no other variant is forgotten.
#[test]
fn every_error_has_a_class_a_reason_and_a_sentence() {
    let errors: Vec<ConnectError> =
        [about_objects(), about_secrets(), about_logins(), about_records()].into_iter().flatten().collect();
    let lines = errors.iter().map(|error| {
        match error {
            ConnectError::Kube { .. }
            | ConnectError::Unidentified { .. }
            | ConnectError::Name(_)
            | ConnectError::InstanceMissing { .. }
            | ConnectError::InstanceNotReady { .. }
            | ConnectError::InstanceDeleting { .. }
            | ConnectError::RealmObjectMissing { .. }
            | ConnectError::RealmNotAvailable { .. }
            | ConnectError::SecretMissing { .. }
            | ConnectError::SecretKeyMissing { .. }
            | ConnectError::SecretValueUnusable { .. }
            | ConnectError::SecretTypeRefused { .. }
            | ConnectError::SecretNotConsented { .. }
            | ConnectError::ConsentPolicyMissing { .. }
            | ConnectError::SecretNotOwned { .. }
            | ConnectError::SecretTypeFixed { .. }
            | ConnectError::SecretChanged { .. }
            | ConnectError::SecretMetadataRefused { .. }
            | ConnectError::RecordTooLarge { .. }
            | ConnectError::RecordMapNotOwned { .. }
            | ConnectError::RecordMapChanged { .. }
            | ConnectError::NamespaceTerminating { .. }
            | ConnectError::LoginMissing { .. }
            | ConnectError::LoginOfOtherRealm { .. }
            | ConnectError::LoginNotNow { .. }
            | ConnectError::Server { .. }
            | ConnectError::Admin(_)
            | ConnectError::Logins(_)
            | ConnectError::Unauthorized(_)
            | ConnectError::DuplicateToken(_)
            | ConnectError::LedgerUnwritable { .. }
            | ConnectError::RecordKeyDamaged { .. }
            | ConnectError::ClusterIdUnknown(_)
            | ConnectError::ClusterIdInvalid { .. } => {}
        }
        let class = error.class();
        format!("{} {}: {error}", class.name().as_str(), class.reason())
    });
    insta::assert_snapshot!("errors", lines.collect::<Vec<_>>().join("\n"));
}
