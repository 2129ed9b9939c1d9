//! What concerns realms and clients alike: declared names, carrying out plans, errors.

use std::sync::atomic::{AtomicUsize, Ordering};

use keycloak_admin::types::{
    ClientRepresentation, ProtocolMapperRepresentation, RealmRepresentation,
    RequiredActionProviderRepresentation, RoleRepresentation,
};
use keycloak_admin::{AdminApi, AdminError, AdminSession, Class, Login, Server, ServerSettings};
use keycloak_plan::kinds::{
    CATALOGUE, CLIENT, COMPOSITE_OF_ROLE, DEFAULT_GROUP, PROTOCOL_MAPPER, REALM, REALM_ROLE, REQUIRED_ACTION,
};
use keycloak_plan::{
    Approvals, Desired, DesiredLinks, Identity, Kind, LiveState, Mark, OwnedRecord, Plan, PlanError,
    PlanInput, Subject, plan,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::observed::json;
use crate::{Applied, Planning, SyncError, Target, client, execute};

/// The mark of the tests' CR.
pub(crate) fn mark() -> Mark {
    let text = str::to_owned;
    Mark {
        cluster_id: text("7f6e0d1f"),
        namespace_uid: text("b9d2"),
        namespace: text("acme"),
        name: text("portal"),
        uid: text("5b2f9c1e"),
    }
}

pub(crate) fn subject(what: &str) -> Subject {
    let text = str::to_owned;
    Subject {
        what: text(what),
        on: text("keycloak-system/keycloak"),
        cr: text("client/portal"),
        namespace: text("acme"),
        uid: text("5b2f9c1e"),
        realm_id: text("acme-id"),
    }
}

/// The plan of an object that nothing is remembered of.
pub(crate) fn first_plan(desired: &Desired, live: &LiveState) -> Plan {
    Planning {
        subject: &subject("test"),
        record: &OwnedRecord::default(),
        approvals: &Approvals::default(),
        server: &keycloak_plan::Server::default(),
        key: None,
    }
    .plan_among(desired, live)
    .unwrap()
}

/// The body of the POST that creates it.
pub(crate) fn creation(desired: &Desired) -> Value {
    let plan = first_plan(desired, &LiveState::new());
    assert_eq!(plan.findings, keycloak_plan::Findings::default());
    let [step] = plan.steps.as_slice() else { panic!("one step, not {:?}", plan.steps) };
    step.body().unwrap().expose().clone()
}

/// A server that nothing listens at: a call would fail.
pub(crate) fn nowhere() -> AdminApi {
    let server = Server::new(ServerSettings::new("http://127.0.0.1:9")).unwrap();
    AdminApi::new(AdminSession::new(&server, Login::service_account("master", "nobody", "none".into())))
}

/// The declared fields that a representation has no room for.
fn without_room<R: Serialize + DeserializeOwned>(kind: &'static Kind) -> Vec<&'static str> {
    let has_room = |name: &str| {
        let alone = json!({ name: null });
        let read: R = serde_json::from_value(alone).unwrap();
        // What a representation does not know it keeps as it came, also null.
        json(&read).get(name).is_none()
    };
    kind.fields.iter().map(|field| field.name).filter(|name| !has_room(name)).collect()
}

#[test]
fn every_declared_field_is_a_field_of_the_admin_api() {
    let none: Vec<&str> = Vec::new();
    assert_eq!(without_room::<RealmRepresentation>(&REALM), none);
    assert_eq!(without_room::<ClientRepresentation>(&CLIENT), none);
    assert_eq!(without_room::<ProtocolMapperRepresentation>(&PROTOCOL_MAPPER), none);
    assert_eq!(without_room::<RoleRepresentation>(&REALM_ROLE), none);
    assert_eq!(without_room::<RequiredActionProviderRepresentation>(&REQUIRED_ACTION), none);
}

#[test]
fn a_name_that_the_admin_api_does_not_know_would_be_noticed() {
    let read: ClientRepresentation = serde_json::from_value(json!({"cliendId": null})).unwrap();
    assert_eq!(json(&read), json!({"cliendId": null}));
}

#[test]
fn the_mark_has_the_keys_that_the_custom_resources_document() {
    use keycloak_crds::labels::mark::{CLUSTER_ID, NAME, NAMESPACE, NAMESPACE_UID, PREFIX, UID};
    let mark = mark();
    let keys: Vec<&str> = mark.attributes().iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, [CLUSTER_ID, NAMESPACE_UID, NAMESPACE, NAME, UID]);
    assert!(keys.iter().all(|key| key.starts_with(PREFIX) && keycloak_plan::is_mark_key(key)));
}

fn role(name: &str) -> Desired {
    Desired::new(&REALM_ROLE, name, Map::new())
}

/// Two roles and a link between them.
fn mixed_plan() -> Plan {
    let desired = [role("employee"), role("manager")];
    let links = [DesiredLinks::new(Identity::new(&REALM_ROLE, "manager"), &COMPOSITE_OF_ROLE, ["employee"])];
    plan(&PlanInput {
        subject: &subject("realm acme"),
        desired: &desired,
        links: &links,
        exclusive: &[],
        live: &LiveState::new(),
        record: &OwnedRecord::default(),
        approvals: &Approvals::default(),
        server: &keycloak_plan::Server::default(),
        key: None,
        catalogue: CATALOGUE,
    })
    .unwrap()
}

async fn executed(plan: &Plan, fence: &(dyn Fn() -> bool + Send + Sync)) -> Applied {
    let target = Target { api: &nowhere(), realm: "acme", fence };
    execute(plan, &OwnedRecord::default(), &target).await
}

#[tokio::test]
async fn a_failed_step_stops_what_depends_on_it_and_the_rest_goes_on() {
    let applied = executed(&mixed_plan(), &|| true).await;
    let failed: Vec<String> = applied.failed.iter().map(ToString::to_string).collect();
    let [employee, manager] = failed.as_slice() else { panic!("{failed:?}") };
    assert!(employee.starts_with("cannot create role employee: "), "{employee}");
    assert!(manager.starts_with("cannot create role manager: "), "{manager}");
    let [held_back] = applied.held_back.as_slice() else { panic!("{applied:?}") };
    assert_eq!((held_back.verb, held_back.object.name()), (crate::Verb::Link, "manager"));
    assert!(!applied.is_complete() && applied.done.is_empty());
    assert!(applied.record.is_empty(), "what failed is not owned: {:?}", applied.record);
}

#[tokio::test]
async fn nothing_is_done_in_a_realm_that_could_not_be_made() {
    let fields = json!({"realmName": "acme", "operatorRef": {"namespace": "acme"},
        "roles": {"realmRoles": [{"name": "employee"}, {"name": "manager", "compositeRoles": ["employee"]}]}});
    let spec = serde_json::from_value(fields).unwrap();
    let desired = crate::realm::desired(&spec, &crate::realm::Secrets::default(), None).unwrap();
    let (wanted, record) = (crate::realm::wanted(&spec), OwnedRecord::default());
    let absent = crate::realm::Observed::Absent;
    let live = crate::realm::observe_parts(&nowhere(), "acme", &absent, &wanted, &record).await.unwrap();
    let planning = Planning {
        subject: &subject("realm acme"),
        record: &record,
        approvals: &Approvals::default(),
        server: &keycloak_plan::Server::default(),
        key: None,
    };
    let plan = planning.plan_realm(&desired, &wanted, &absent, &live).unwrap();
    assert_eq!(plan.pending().len(), 2);
    let target = Target { api: &nowhere(), realm: "acme", fence: &|| false };
    let noted = record.with_pending(plan.pending());
    let applied = execute(&plan, &noted, &target).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    assert_eq!(failure.object.kind(), "realm");
    assert_eq!(applied.held_back.len(), 3, "{:?}", applied.held_back);
    assert_eq!(applied.record, OwnedRecord::default(), "what was not sent is not pending any more");
}

#[tokio::test]
async fn an_object_of_a_kind_that_nothing_writes_is_told() {
    let mapper = Desired::new(&PROTOCOL_MAPPER, "audience", Map::new());
    let applied = executed(&first_plan(&mapper, &LiveState::new()), &|| true).await;
    insta::assert_snapshot!(applied.failed[0], @"cannot create protocol mapper audience: objects of this kind are not written by this version");
}

#[tokio::test]
async fn a_closed_fence_is_asked_before_each_write_and_nothing_is_sent() {
    let asked = AtomicUsize::new(0);
    let fence = || {
        asked.fetch_add(1, Ordering::Relaxed);
        false
    };
    let applied = executed(&mixed_plan(), &fence).await;
    assert_eq!(asked.load(Ordering::Relaxed), 2, "once for each step that depends on nothing");
    for failure in &applied.failed {
        assert!(matches!(failure.error, SyncError::Fenced { .. }), "{failure}");
        assert_eq!(failure.error.class(), Class::Retry);
    }
    insta::assert_snapshot!(applied.failed[0], @"did not create role employee: this process may not write at the moment, because another one leads");
}

#[tokio::test]
async fn each_call_for_links_fails_by_itself_and_the_fence_is_asked_before_it() {
    let realm = crate::realm::identity("acme");
    let live = LiveState::new()
        .links(realm.clone(), &DEFAULT_GROUP, [])
        .target(&DEFAULT_GROUP, "/a", Some("1"))
        .target(&DEFAULT_GROUP, "/b", Some("2"));
    let plan = plan(&PlanInput {
        subject: &subject("realm acme"),
        desired: &[],
        links: &[DesiredLinks::new(realm, &DEFAULT_GROUP, ["/a", "/b"])],
        exclusive: &[],
        live: &live,
        record: &OwnedRecord::default(),
        approvals: &Approvals::default(),
        server: &keycloak_plan::Server::default(),
        key: None,
        catalogue: CATALOGUE,
    })
    .unwrap();
    // Open before the links as a whole and before the first call, closed before the second.
    let asked = AtomicUsize::new(0);
    let applied = executed(&plan, &|| asked.fetch_add(1, Ordering::Relaxed) < 2).await;
    let [sent, not_sent] = applied.failed.as_slice() else { panic!("{applied:?}") };
    assert!(matches!(sent.error, SyncError::Call { verb: crate::Verb::Link, .. }), "{sent}");
    assert!(matches!(not_sent.error, SyncError::Fenced { .. }), "{not_sent}");
}

#[tokio::test]
async fn a_value_of_another_type_is_told_by_its_field_and_never_quoted() {
    let extra = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"},
        "extra": {"notBefore": "hidden", "nodeReRegistrationTimeout": {"hidden": 1}}});
    let spec = serde_json::from_value(extra).unwrap();
    let desired = client::desired(&spec, None, None).unwrap();
    let live = LiveState::new();
    let plan = first_plan(&desired, &live);
    let applied = executed(&plan, &|| true).await;
    // A scalar is refused by the plan already; what it lets through is refused before it is sent.
    let refused: Vec<String> =
        plan.findings.refused.iter().map(|finding| finding.what.refusal.to_string()).collect();
    insta::assert_snapshot!(refused.join("\n"), @"nodeReRegistrationTimeout: expected one value");
    insta::assert_snapshot!(applied.failed[0], @"cannot create client portal: the value of notBefore is of another type than Keycloak has; correct the value");
    assert_eq!(applied.failed[0].error.class(), Class::Stall);
}

#[test]
fn errors_say_how_to_go_on() {
    let object = client::identity("portal");
    let call = SyncError::call(crate::Verb::Read, &object)(AdminError::Timeout {
        operation: "client_list",
        after: std::time::Duration::from_secs(30),
    });
    assert_eq!((call.class(), call.is_conflict(), call.admin().is_some()), (Class::Retry, false, true));
    insta::assert_snapshot!(call, @"cannot read client portal: client_list: no answer within 30 s");

    let no_rights = SyncError::NoRights { realm: "acme".into() };
    assert_eq!((no_rights.class(), no_rights.admin().is_none()), (Class::Wait, true));
    insta::assert_snapshot!(no_rights, @"the login in use has no rights in realm acme, because something else created it; list the realm in spec.admin.grantRealms of the Keycloak object, or give the login the roles of client acme-realm in realm master");

    let plan = |error: PlanError| SyncError::from(error).class();
    assert_eq!(plan(PlanError::ReducedView(object.clone())), Class::Wait);
    assert_eq!(plan(PlanError::NotAnObject(object.clone())), Class::Retry);
    assert_eq!(plan(PlanError::NotRead(object)), Class::Stall);
}
