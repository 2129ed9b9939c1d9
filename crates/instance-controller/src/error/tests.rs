use controller_runtime::ClassName;
use keycloak_admin::{LoginError, TransportFault};

use keycloak_crds::instance::DatabaseType;

use super::*;
use crate::workload::{database::Binding, last_words::Cause};

fn unreachable() -> AdminError {
    AdminError::Transport {
        operation: "server_info",
        fault: TransportFault::Connect("connection refused".into()),
    }
}

fn refused() -> AdminError {
    let source = LoginError::NoToken { account: "admin".into(), reason: "it is no JSON".into() };
    AdminError::Login { operation: "server_info", source }
}

fn missing() -> InstanceError {
    InstanceError::from(ConnectError::SecretMissing {
        namespace: "platform".into(),
        name: "keycloak-admin".into(),
        key: "password".into(),
        field: "spec.admin.existingSecret".into(),
    })
}

fn needs(need: Need) -> InstanceError {
    InstanceError::NeedsAdmin { need, source: Box::new(missing()) }
}

fn database(cause: Cause) -> InstanceError {
    let binding = Binding {
        type_: DatabaseType::Postgresql,
        host: "postgres".into(),
        port: 5432,
        name: "keycloak".into(),
    };
    let words = "FATAL: password authentication failed for user \"keycloak\"".into();
    let login = "Secret platform/keycloak-db".into();
    InstanceError::Database(Box::new(DatabaseTrouble { cause, binding, login, words }))
}

/// One of each; the match says that none is forgotten.
fn all() -> Vec<InstanceError> {
    let class = keycloak_connect::admin_class;
    let errors = vec![
        InstanceError::LegacyDeployment { namespace: "platform".into(), name: "keycloak-keycloak".into() },
        InstanceError::NotOurs {
            kind: "Service".into(),
            namespace: "platform".into(),
            name: "keycloak-keycloak".into(),
        },
        InstanceError::LeftBehind {
            kind: "StatefulSet".into(),
            namespace: "platform".into(),
            name: "keycloak-keycloak".into(),
        },
        InstanceError::Overridden { fields: "Service keycloak-keycloak: spec.type".into() },
        InstanceError::Starting { ready: 1, wanted: 2 },
        InstanceError::PodsFailing {
            pod: "keycloak-keycloak-0".into(),
            why: "ErrImagePull: no such host".into(),
        },
        database(Cause::LoginRefused),
        database(Cause::Away),
        InstanceError::NoReplicas,
        InstanceError::Silent { url: "http://keycloak-keycloak.platform.svc:8080".into(), seconds: 20 },
        InstanceError::SeedObject,
        InstanceError::InvalidSpec { field: "spec.version".into(), why: "\"x\" is no version".into() },
        InstanceError::TooOld { version: "25.0.6".into() },
        InstanceError::VersionUnknown,
        missing(),
        InstanceError::Server {
            url: "https://sso.example.com".into(),
            class: class(&unreachable()),
            source: Box::new(unreachable()),
        },
        InstanceError::AdminRefused {
            namespace: "platform".into(),
            name: "keycloak-admin".into(),
            class: class(&refused()),
            source: Box::new(refused()),
        },
        needs(Need::MakeLogin),
        needs(Need::MendLogin),
        needs(Need::GrantRealms),
        needs(Need::RotateLogin),
        InstanceError::Logins { account: "cloakroom-1a2b3c4d".into(), source: Box::new(LoginsError::Master) },
        InstanceError::NotAcceptedYet { account: "cloakroom-1a2b3c4d".into(), source: Box::new(refused()) },
        InstanceError::NotLeading,
    ];
    for error in &errors {
        match error {
            InstanceError::LegacyDeployment { .. }
            | InstanceError::NotOurs { .. }
            | InstanceError::LeftBehind { .. }
            | InstanceError::Overridden { .. }
            | InstanceError::Starting { .. }
            | InstanceError::PodsFailing { .. }
            | InstanceError::Database(_)
            | InstanceError::NoReplicas
            | InstanceError::Silent { .. }
            | InstanceError::SeedObject
            | InstanceError::InvalidSpec { .. }
            | InstanceError::TooOld { .. }
            | InstanceError::VersionUnknown
            | InstanceError::Connect(_)
            | InstanceError::Server { .. }
            | InstanceError::AdminRefused { .. }
            | InstanceError::NeedsAdmin { .. }
            | InstanceError::Logins { .. }
            | InstanceError::NotAcceptedYet { .. }
            | InstanceError::NotLeading => {}
        }
    }
    errors
}

#[test]
fn each_error_has_its_class_its_reason_and_a_sentence() {
    let lines: Vec<String> = all()
        .iter()
        .map(|error| {
            let class = error.class();
            format!("{} {}: {error}", class.name().as_str(), class.reason())
        })
        .collect();
    insta::assert_snapshot!("errors", lines.join("\n"));
}

#[test]
fn every_reason_is_a_word_of_the_api() {
    for error in all() {
        let word = error.class().reason();
        assert!(Reason::from_word(word.as_str()).is_some(), "{word}");
    }
}

#[test]
fn a_server_that_is_away_is_tried_again_and_a_missing_secret_is_waited_for() {
    let class = |error: &InstanceError| error.class().name();
    let away = InstanceError::Server {
        url: String::new(),
        class: keycloak_connect::admin_class(&unreachable()),
        source: Box::new(unreachable()),
    };
    assert_eq!(class(&away), ClassName::Retry);
    for need in [Need::MakeLogin, Need::MendLogin, Need::GrantRealms, Need::RotateLogin] {
        assert_eq!(class(&needs(need)), ClassName::Wait);
    }
}
