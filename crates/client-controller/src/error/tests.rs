use controller_runtime::{Class, ClassName};
use keycloak_admin::{AdminError, TransportFault};
use keycloak_plan::Identity;
use keycloak_sync::FieldRefusal;

use super::*;

fn call() -> SyncError {
    let fault = TransportFault::Connect("connection refused".into());
    SyncError::Call {
        verb: keycloak_sync::Verb::Create,
        object: keycloak_sync::client::identity("portal"),
        source: Box::new(AdminError::Transport { operation: "client_create", fault }),
    }
}

fn claimed(refusal: ClaimRefusal) -> ClientError {
    ClientError::Claimed { client_id: "portal".into(), realm: "acme".into(), refusal }
}

fn step() -> StepFailure {
    StepFailure {
        step: keycloak_plan::StepId(0),
        verb: keycloak_sync::Verb::Create,
        object: keycloak_sync::client::identity("portal"),
        paths: Vec::new(),
        error: call(),
    }
}

/// One of each; the match says that none is forgotten.
fn all() -> Vec<ClientError> {
    let refused = FieldRefusal::Same { field: "postLogoutRedirectUris", other: "attributes['x']" };
    let errors = vec![
        ClientError::SeedObject,
        ClientError::Reserved { client_id: "account".into(), whose: "a client that Keycloak itself makes" },
        ClientError::InvalidSpec {
            field: "spec.regenerateSecret",
            why: "a public client has none; remove it",
        },
        RefusedFields(vec![refused]).into(),
        OutputRefusal::Twice { name: "portal-proxy".into() }.into(),
        ConnectError::RealmObjectMissing { namespace: "realms".into(), name: "acme".into() }.into(),
        ClientError::OtherRealm { realm: "realms/acme".into(), said: "1".into(), login: "2".into() },
        ClientError::RealmMissing { realm: "acme".into() },
        MissingFlow { field: "browserFlow", realm: "acme".into(), alias: "acme-browser".into() }.into(),
        claimed(ClaimRefusal::OwnerAlive { owner: "acme/portal".into() }),
        claimed(ClaimRefusal::OwnerUnknown { owner: "acme/portal".into(), cluster: "other".into() }),
        claimed(ClaimRefusal::NotAsked { whose: "carries no mark".into() }),
        claimed(ClaimRefusal::NotAllowed),
        call().into(),
        ClientError::Step { class: class_of(&call()), source: Box::new(step()) },
        ClientError::NotSaid { client_id: "portal".into() },
        ClientError::SecretHidden { client_id: "portal".into() },
        ClientError::NoRoom {
            message: "KeycloakQuota small allows at most 5 (spec.maxClientsPerRealm)".into(),
        },
        ClientError::HasNoSecret { client_id: "portal".into(), which: "public" },
        ClientError::NamespaceTerminating { namespace: "acme".into() },
        ClientError::NamespaceMissing { namespace: "acme".into() },
    ];
    for error in &errors {
        match error {
            ClientError::SeedObject
            | ClientError::Reserved { .. }
            | ClientError::InvalidSpec { .. }
            | ClientError::Refused(_)
            | ClientError::Output(_)
            | ClientError::Connect(_)
            | ClientError::OtherRealm { .. }
            | ClientError::RealmMissing { .. }
            | ClientError::FlowMissing(_)
            | ClientError::Claimed { .. }
            | ClientError::Sync { .. }
            | ClientError::Step { .. }
            | ClientError::NotSaid { .. }
            | ClientError::SecretHidden { .. }
            | ClientError::NoRoom { .. }
            | ClientError::HasNoSecret { .. }
            | ClientError::NamespaceTerminating { .. }
            | ClientError::NamespaceMissing { .. } => {}
        }
    }
    errors
}

#[test]
fn every_error_has_a_class_a_reason_and_a_sentence() {
    let told: Vec<String> = all()
        .iter()
        .map(|error| {
            let class = error.class();
            format!("{} {}: {error}", class.name().as_str(), class.reason())
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_a_watch_tells_of_is_awaited_and_what_only_keycloak_or_a_secret_tells_is_looked_for() {
    let told: Vec<String> =
        all().iter().filter(|error| error.awaits().is_some()).map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @"KeycloakRealm realms/acme, named in spec.realmRef, does not exist; create it, or delete this object and name another");
    let (namespace, name) = ("platform".to_owned(), "keycloak".to_owned());
    let not_ready =
        ConnectError::InstanceNotReady { namespace, name, lacks: "its server has not answered yet" };
    let instance = Awaited::Instance(Key::namespaced("platform", "keycloak"));
    assert_eq!(ClientError::from(not_ready).awaits(), Some(instance));
    let (namespace, name) = ("realms".to_owned(), "acme".to_owned());
    let not_available = ConnectError::RealmNotAvailable { namespace, name, because: None };
    assert_eq!(ClientError::from(not_available).awaits(), Some(Awaited::Realm));
    // The same word for people, and only Keycloak knows when it is over.
    let disabled = AdminError::Login {
        operation: "client_by_client_id",
        source: keycloak_admin::LoginError::RealmDisabled { realm: "acme".into(), account: "nobody".into() },
    };
    assert_eq!(ClientError::from(ConnectError::Admin(disabled)).awaits(), None);
}

#[test]
fn faults_of_a_plan_are_ours_and_views_without_rights_are_waited_for() {
    let identity: Identity = keycloak_sync::client::identity("portal");
    let name = |error: &SyncError| class_of(error).name();
    assert_eq!(name(&SyncError::Plan(PlanError::ReducedView(identity.clone()))), ClassName::Wait);
    assert_eq!(name(&SyncError::Plan(PlanError::NotRead(identity.clone()))), ClassName::Stall);
    let fenced = SyncError::Fenced { verb: keycloak_sync::Verb::Create, object: identity };
    assert_eq!(class_of(&fenced), Class::Retry(reason(Reason::KubernetesError)));
}
