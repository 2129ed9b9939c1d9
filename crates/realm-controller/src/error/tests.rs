use controller_runtime::ClassName;
use keycloak_admin::{LoginError, TransportFault};
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_plan::StepId;
use keycloak_sync::{Verb, realm};
use serde_json::json;

use super::*;

fn unreachable() -> AdminError {
    AdminError::Transport {
        operation: "realm_get",
        fault: TransportFault::Connect("connection refused".into()),
    }
}

fn call(verb: Verb) -> SyncError {
    SyncError::Call { verb, object: realm::identity("acme"), source: Box::new(unreachable()) }
}

fn refused(spec: serde_json::Value) -> RefusedFields {
    let spec: KeycloakRealmSpec = serde_json::from_value(spec).unwrap();
    let SyncError::Refused(refused) =
        SyncError::from(realm::desired(&spec, &realm::Secrets::default(), None).unwrap_err())
    else {
        panic!("a refusal")
    };
    refused
}

fn not_ours(refusal: ClaimRefusal) -> RealmError {
    RealmError::NotOurs { realm: "acme".into(), instance: "platform/keycloak".into(), refusal }
}

fn missing() -> RealmError {
    let (namespace, name) = ("platform".to_owned(), "keycloak".to_owned());
    RealmError::from(ConnectError::InstanceMissing { namespace, name })
}

/// One of each; the match says that none is forgotten.
fn all() -> Vec<RealmError> {
    let refused_login =
        LoginError::NoToken { account: "cloakroom-1a2b3c4d".into(), reason: "it is no JSON".into() };
    let refused_login = AdminError::Login { operation: "client_create", source: refused_login };
    let errors = vec![
        RealmError::Refused(refused(json!({"realmName": "..", "operatorRef": {"namespace": "platform"}}))),
        RealmError::Master,
        RealmError::Policy {
            source: PolicyError { path: "spec.authorization.deny[0]".into(), why: "names nothing".into() },
        },
        missing(),
        RealmError::Version {
            instance: "platform/keycloak".into(),
            source: "newest".parse::<keycloak_plan::ServerVersion>().unwrap_err(),
        },
        RealmError::NamespaceMissing { namespace: "acme".into() },
        RealmError::unplanned(call(Verb::Read)),
        RealmError::unplanned(SyncError::NoRights { realm: "acme".into() }),
        RealmError::Step {
            class: class_of(&call(Verb::Update), None),
            failure: Box::new(StepFailure {
                step: StepId(0),
                verb: Verb::Update,
                object: realm::identity("acme"),
                paths: vec![keycloak_plan::FieldPath::field("displayName")],
                error: call(Verb::Update),
            }),
        },
        not_ours(ClaimRefusal::OwnerAlive { owner: "acme/first".into() }),
        not_ours(ClaimRefusal::OwnerUnknown { owner: "acme/first".into(), cluster: "7f6e0d1f".into() }),
        not_ours(ClaimRefusal::NotAsked { whose: "carries no mark".into() }),
        not_ours(ClaimRefusal::NotAllowed),
        RealmError::Logins {
            account: "cloakroom-1a2b3c4d".into(),
            realm: "acme".into(),
            class: admin_class(&refused_login),
            source: Box::new(LoginsError::Admin(refused_login)),
        },
        RealmError::NotAcceptedYet { account: "cloakroom-1a2b3c4d".into(), realm: "acme".into() },
        RealmError::NotLeading,
        RealmError::NoRoom { message: "KeycloakQuota small allows at most 5 (spec.maxRealms)".into() },
        RealmError::ApprovalRequired {
            what: "delete realm acme (holds 3 users) needs an approval".into(),
            hash: "0123456789abcdef".into(),
            hint: "; or set spec.deletionPolicy: Retain".into(),
        },
        RealmError::ApprovalAccepted { hash: "0123456789abcdef".into() },
        RealmError::PermissionsLater,
        RealmError::PartsLater,
        RealmError::Missing {
            what: "role employee is to hold the role viewer of client orders".into(),
            awaits: Awaits::Clients,
        },
        RealmError::Missing {
            what: "role employee is to hold the role nobody".into(),
            awaits: Awaits::Anything,
        },
        RealmError::Overridden { fields: "bruteForceStrategy".into() },
        RealmError::NotApplicable { fields: "scimApiEnabled: known since 26.6".into(), too_old: true },
        RealmError::NotApplicable { fields: "attributes[x]: choose another key".into(), too_old: false },
    ];
    for error in &errors {
        match error {
            RealmError::Refused(_)
            | RealmError::Master
            | RealmError::Policy { .. }
            | RealmError::Connect(_)
            | RealmError::Version { .. }
            | RealmError::NamespaceMissing { .. }
            | RealmError::Sync { .. }
            | RealmError::Step { .. }
            | RealmError::NotOurs { .. }
            | RealmError::Logins { .. }
            | RealmError::NotAcceptedYet { .. }
            | RealmError::NotLeading
            | RealmError::NoRoom { .. }
            | RealmError::ApprovalRequired { .. }
            | RealmError::ApprovalAccepted { .. }
            | RealmError::PermissionsLater
            | RealmError::PartsLater
            | RealmError::Missing { .. }
            | RealmError::Overridden { .. }
            | RealmError::NotApplicable { .. } => {}
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
fn only_a_missing_or_leaving_instance_lets_its_realms_go() {
    let going: Vec<String> =
        all().iter().filter(|error| error.instance_is_gone()).map(ToString::to_string).collect();
    assert_eq!(going, [missing().to_string()]);
    let (namespace, name) = ("platform".to_owned(), "keycloak".to_owned());
    assert!(RealmError::from(ConnectError::InstanceDeleting { namespace, name }).instance_is_gone());
}

#[test]
fn missing_rights_are_waited_for_and_a_server_that_is_away_is_tried_again() {
    let class = |error: RealmError| error.class().name();
    assert_eq!(class(RealmError::unplanned(SyncError::NoRights { realm: "acme".into() })), ClassName::Wait);
    assert_eq!(class(RealmError::unplanned(call(Verb::Read))), ClassName::Retry);
}
