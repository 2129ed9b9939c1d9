//! Whose a realm is, and who may have one.

use std::sync::Arc;

use authorization_token::{
    Scope,
    rotation::{IssuePolicy, Lifetimes},
};
use controller_testkit::{Calls, KeycloakServer, Kind, eventually, realm, unique_name, user};
use http::Method;
use jiff::Timestamp;
use keycloak_admin::logins;
use keycloak_connect::tokens::{self, Line};
use keycloak_crds::Keycloak;
use kube::{
    ResourceExt as _,
    api::{Patch, PatchParams},
};
use serde_json::{Value, json};

use super::{
    place::{Place, Process, condition},
    refusals::anonymous,
};

const REALM: &str = "/admin/realms/{realm}";

/// A realm that somebody else made, as the administrator granted it to the realm-manager.
pub(crate) async fn granted(place: &Place, name: &str, representation: Value) {
    place.console.creates(&realm(name), representation).await;
    logins::grant_realms(&place.administrator(), &place.account, &[name.to_owned()]).await.unwrap();
}

/// How often which route was written to.
pub(crate) fn writes(calls: &Calls) -> String {
    let routes = calls.only(|call| call.kind == Kind::Write).by_route();
    let lines = routes.into_iter().map(|((template, method), times)| format!("{times} {method} {template}"));
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn an_equal_realm_is_taken_over_with_nothing_but_the_mark_and_only_when_asked() {
    let place = Arc::new(Place::new("adopt", &KeycloakServer::newest()).await);
    let name = unique_name("adopt");
    granted(&place, &name, json!({"enabled": true, "displayName": "Acme", "registrationAllowed": true}))
        .await;
    let before = place.console.sees(&realm(&name)).await.unwrap();
    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme"}))).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "AdoptionRequired").await;
    insta::assert_snapshot!(anonymous(&place, &name, &message), @r#"realm "<realm>" of Keycloak <namespace>/keycloak: it exists already and carries no mark; set spec.adopt: true to take it over"#);
    place.keycloak.calls().expect("a realm of nobody").writes(0);

    let asked = place.keycloak.snapshot();
    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme", "adopt": true}))).await;
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    let calls = place.keycloak.since(&asked);
    calls.expect("taking an equal realm over").calls(&Method::PUT, REALM, 1);
    // The rest makes our own login in the realm, which an adopted realm does not have yet.
    insta::assert_snapshot!(writes(&calls), @"
    1 PUT /admin/realms/{realm}
    1 POST /admin/realms/{realm}/clients
    1 POST /admin/realms/{realm}/users/{id}/role-mappings/clients/{id}
    ");
    let mut after = place.console.sees(&realm(&name)).await.unwrap();
    assert_eq!(after["attributes"]["kubernetes.operator.uid"], json!(object.uid()));
    let attributes = after["attributes"].as_object_mut().unwrap();
    attributes.retain(|key, _| !key.starts_with("kubernetes.operator."));
    assert_eq!(after, before, "nothing but the mark");
    assert_eq!(object.status.unwrap().internal_id.as_deref(), before["id"].as_str());
    place.event_says("RealmAvailable", "was taken over, as spec.adopt asks").await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_realm_on_which_our_login_has_no_rights_is_not_compared() {
    let place = Arc::new(Place::new("reduced", &KeycloakServer::newest()).await);
    let name = unique_name("reduced");
    place.console.creates(&realm(&name), json!({"enabled": true})).await;
    place.applies("acme", place.spec(&name, &json!({"adopt": true, "displayName": "Acme"}))).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "AdoptionNeedsAdmin").await;
    assert!(message.contains("spec.admin.grantRealms"), "{message}");
    place.keycloak.calls().expect("a reduced view").writes(0);
    logins::grant_realms(&place.administrator(), &place.account, std::slice::from_ref(&name)).await.unwrap();
    place.becomes_ready("acme").await;
    process.stops().await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn the_second_of_two_objects_for_one_realm_is_told_whose_it_is() {
    let place = Arc::new(Place::new("two", &KeycloakServer::newest()).await);
    let name = unique_name("two");
    place.applies("first", place.spec(&name, &json!({"displayName": "First"}))).await;
    let process = place.start();
    let first = place.becomes_ready("first").await;
    let before = place.keycloak.snapshot();
    let spec = place.spec(&name, &json!({"displayName": "Second", "adopt": true}));
    place.applies("second", spec).await;
    let message = place.is_not_ready_because("second", "OwnedElsewhere").await;
    insta::assert_snapshot!(anonymous(&place, &name, &message), @r#"realm "<realm>" of Keycloak <namespace>/keycloak: it belongs to <namespace>/first, which exists; delete that object with deletionPolicy Retain first, or choose another name"#);
    let second = place.object("second").await;
    assert_eq!(condition(&second, "Available").unwrap().0, "False");
    assert_eq!(second.status.unwrap().available.unwrap().realm_id, None);
    place.keycloak.since(&before).expect("the second object").writes(0);
    place.deletes("second").await;
    place.is_gone("second").await;
    process.stops().await;
    place.keycloak.since(&before).expect("the second object's deletion").writes(0);
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "First");
    place.our_login_works(&first).await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn an_object_made_anew_takes_its_realm_over_silently_and_another_name_must_ask_and_gets_it_whole() {
    let place = Arc::new(Place::new("restore", &KeycloakServer::newest()).await);
    let name = unique_name("restore");
    let spec = place.spec(&name, &json!({"displayName": "Acme"}));
    place.applies("acme", spec.clone()).await;
    let process = place.start();
    let old = place.becomes_ready("acme").await;
    process.stops().await;
    place.loses("acme").await;

    let before = place.keycloak.snapshot();
    place.applies("other", spec.clone()).await;
    let process = place.start();
    let message = place.is_not_ready_because("other", "AdoptionRequired").await;
    assert!(message.contains(&format!("belonged to {}/acme, which is gone", place.namespace)), "{message}");
    place.keycloak.since(&before).expect("another name").writes(0);
    place.deletes("other").await;
    place.is_gone("other").await;

    place.applies("acme", spec).await;
    let new = place.becomes_ready("acme").await;
    process.stops().await;
    assert_ne!(new.uid(), old.uid());
    let calls = place.keycloak.since(&before);
    calls.expect("the same name").calls(&Method::PUT, REALM, 1).calls(&Method::POST, "/admin/realms", 0);
    let mark = place.console.sees_field(&realm(&name), "/attributes/kubernetes.operator.uid").await;
    assert_eq!(mark, json!(new.uid()));
    place.our_login_works(&new).await;
    is_renamed(&place, &name).await;
    place.leave(&[&name]).await;
}

/// The object of a realm goes and leaves it, and one of another name asks for it: the same realm, with all that is in it.
async fn is_renamed(place: &Arc<Place>, name: &str) {
    place.console.creates(&user(name, "alice"), json!({"enabled": true})).await;
    let id = place.console.sees_field(&realm(name), "id").await;
    let alice = place.console.sees_field(&user(name, "alice"), "id").await;
    let process = place.start();
    let leaves = json!({"displayName": "Acme", "deletionPolicy": "Retain"});
    place.applies("acme", place.spec(name, &leaves)).await;
    place.becomes_ready("acme").await;
    place.deletes("acme").await;
    place.is_gone("acme").await;

    let before = place.keycloak.snapshot();
    place.applies("other", place.spec(name, &json!({"displayName": "Acme", "adopt": true}))).await;
    let renamed = place.becomes_ready("other").await;
    process.stops().await;
    let calls = place.keycloak.since(&before);
    calls
        .expect("another name that asks")
        .calls(&Method::PUT, REALM, 1)
        .calls(&Method::POST, "/admin/realms", 0)
        .calls(&Method::DELETE, REALM, 0);
    assert_eq!(place.console.sees_field(&realm(name), "id").await, id);
    assert_eq!(renamed.status.as_ref().unwrap().internal_id.as_deref(), id.as_str());
    assert_eq!(place.console.sees_field(&user(name, "alice"), "id").await, alice);
    let mark = place.console.sees_field(&realm(name), "/attributes/kubernetes.operator.uid").await;
    assert_eq!(mark, json!(renamed.uid()));
    place.our_login_works(&renamed).await;
    let logins = format!("/admin/realms/{name}/clients?clientId=cloakroom-&search=true");
    let logins = place.console.calls(Method::GET, &logins, None).await.body;
    assert_eq!(logins.as_array().unwrap().len(), 1, "that of the name before went with its object: {logins}");
}

#[tokio::test]
async fn a_realm_of_another_cluster_is_told_and_taken_over_only_when_asked() {
    let mut place = Place::new("cluster", &KeycloakServer::newest()).await;
    let name = unique_name("cluster");
    let place = {
        let first = Arc::new(place);
        first.applies("acme", first.spec(&name, &json!({}))).await;
        let process = first.start();
        first.becomes_ready("acme").await;
        process.stops().await;
        first.loses("acme").await;
        place = Arc::into_inner(first).unwrap();
        place.moves_to_another_cluster();
        Arc::new(place)
    };
    let before = place.keycloak.snapshot();
    place.applies("acme", place.spec(&name, &json!({}))).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "AdoptionRequired").await;
    assert!(message.contains("nobody here can see whether that still exists"), "{message}");
    place.keycloak.since(&before).expect("another cluster's realm").writes(0);

    let asked = place.keycloak.snapshot();
    place.applies("acme", place.spec(&name, &json!({"adopt": true}))).await;
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    place.keycloak.since(&asked).expect("taking another cluster's realm over").calls(&Method::PUT, REALM, 1);
    let mark = place.console.sees_field(&realm(&name), "/attributes/kubernetes.operator.uid").await;
    assert_eq!(mark, json!(object.uid()));
    place.leave(&[&name]).await;
}

/// What the instance controller does: a token, its digest in status.
pub(crate) async fn token_of_the_instance(place: &Place) -> String {
    let instance = place.instance().await;
    let at = tokens::place_of_instance(&place.reader(), &instance).await.unwrap();
    let (ledger, _) = tokens::ledger(None);
    let policy = IssuePolicy {
        line: None,
        scope: Scope { target: instance.identity().clone(), namespaces: None },
        limits: None,
        lifetimes: Lifetimes::default(),
        replace_issued_before: None,
    };
    let line = Line {
        owner: instance.owner(),
        resource_version: instance.object().metadata.resource_version.as_deref().unwrap(),
        ledger: &ledger,
        revoked: &std::collections::BTreeSet::new(),
        policy: &policy,
    };
    tokens::issue::<Keycloak>(&place.reader(), &line, &at, Timestamp::now()).await.unwrap();
    place.secret(&place.namespace, "keycloak-auth-token").await.unwrap()["token"].clone()
}

#[tokio::test]
async fn another_namespace_needs_a_token_and_losing_it_stops_changes_and_deletes_nothing() {
    let mut place = Place::new("token", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    let name = unique_name("token");
    let token = token_of_the_instance(&place).await;
    place.applies_in(&tenant, "acme", place.spec(&name, &json!({}))).await;
    let process = place.start();
    let message = place.is_not_ready_in(&tenant, "acme", "AuthorizationRefused").await;
    assert!(message.contains("is not created"), "{message}");
    place.keycloak.calls().expect("without leave").writes(0).reads(0).logins(0);

    place.writes_ticket(&tenant, &token).await;
    let secrets = place.secrets(&tenant);
    let reference = json!({"namespace": place.namespace, "authorizationSecretRef": {"name": "ticket"}});
    let with_token = json!({"operatorRef": reference, "displayName": "Acme"});
    place.applies_in(&tenant, "acme", place.spec(&name, &with_token)).await;
    let object = place.becomes_ready_in(&tenant, "acme").await;
    let told = object.status.clone().unwrap().authorization.unwrap();
    assert_eq!(told.granted, Some(true));
    assert!(told.token_id.is_some_and(|id| token.contains(&id)));
    assert_eq!(
        object.status.clone().unwrap().child_resources,
        Some(vec![format!("Secret/{name}-realm-auth")])
    );
    assert_eq!(
        place.secret(&tenant, &Place::login_secret_name(&object)).await,
        None,
        "no login where a tenant reads"
    );

    let bad = json!({"stringData": {"token": "kcat1_bad"}});
    secrets.patch("ticket", &PatchParams::default(), &Patch::Merge(bad)).await.unwrap();
    let before = place.keycloak.snapshot();
    let changed = json!({"operatorRef": reference, "displayName": "Changed"});
    place.applies_in(&tenant, "acme", place.spec(&name, &changed)).await;
    let message = place.is_not_ready_in(&tenant, "acme", "TokenRefused").await;
    process.stops().await;
    assert!(message.contains("nothing is changed, nothing deleted"), "{message}");
    place.keycloak.since(&before).expect("without leave").writes(0).reads(0);
    let object = place.realms_in(&tenant).get("acme").await.unwrap();
    assert_eq!(object.status.clone().unwrap().authorization.unwrap().granted, Some(false));
    assert!(object.status.clone().unwrap().available.unwrap().realm_id.is_some(), "clients live on");
    assert!(object.status.unwrap().authorization.unwrap().tokens.is_some(), "the tokens stay");
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Acme");
    place.leave(&[&name]).await;
}

/// A pass of a new process over an object of another namespace whose status somebody wrote.
async fn is_looked_at_with(place: &Arc<Place>, namespace: &str, name: &str, status: &Value) -> Process {
    let realms = place.realms_in(namespace);
    let patch = Patch::Merge(json!({"status": status}));
    realms.patch_status(name, &PatchParams::default(), &patch).await.unwrap();
    let before = place.kube_proxy.snapshot();
    let process = place.start();
    place.watch_has_begun(&before).await;
    let annotation =
        json!({"metadata": {"annotations": {"keycloak.mdvr.nl/reconcile-at": unique_name("at")}}});
    realms.patch(name, &PatchParams::default(), &Patch::Merge(annotation)).await.unwrap();
    process
}

#[tokio::test]
async fn whatever_a_tenant_writes_into_its_own_status_gains_nothing() {
    let mut place = Place::new("status", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    let name = unique_name("victim");
    place.applies("victim", place.spec(&name, &json!({"displayName": "Victim"}))).await;
    let process = place.start();
    let victim = place.becomes_ready("victim").await;
    process.stops().await;
    let before = place.keycloak.snapshot();

    let spec = place.spec(&name, &json!({"adopt": true, "deletionPolicy": "Delete", "displayName": "Taken"}));
    place.applies_in(&tenant, "thief", spec).await;
    let realms = place.realms_in(&tenant);
    // Available, ids, tokens, approvals, owned: everything that the victim has.
    let mut status = serde_json::to_value(&victim.status).unwrap();
    status["approvals"] = json!({"consumed": 0, "entries": [{
        "hash": "0123456789abcdef", "state": "Executing",
        "steps": [{"kind": "realm", "identity": name, "id": victim.uid(), "loses": "UserData"}],
    }]});
    let process = is_looked_at_with(&place, &tenant, "thief", &status).await;
    place.is_not_ready_in(&tenant, "thief", "AuthorizationRefused").await;
    process.stops().await;
    let told = realms.get("thief").await.unwrap().status.unwrap();
    assert_eq!(told.authorization.unwrap().granted, Some(false));
    assert_eq!(told.available.unwrap().reason.as_deref(), Some("AuthorizationRefused"));

    // Even with leave on the instance.
    place.grants(&tenant, &["use", "adopt"]).await;
    let process = is_looked_at_with(&place, &tenant, "thief", &status).await;
    let message = place.is_not_ready_in(&tenant, "thief", "OwnedElsewhere").await;
    process.stops().await;
    assert!(message.contains(&format!("it belongs to {}/victim", place.namespace)), "{message}");
    let told = realms.get("thief").await.unwrap().status.unwrap();
    assert_eq!(told.available.unwrap().reason.as_deref(), Some("OwnedElsewhere"));

    let patch = Patch::Merge(json!({"status": status}));
    realms.patch_status("thief", &PatchParams::default(), &patch).await.unwrap();
    realms.delete("thief", &kube::api::DeleteParams::default()).await.unwrap();
    let process = place.start();
    eventually("the thief is gone", super::place::SOON, async || {
        match realms.get_opt("thief").await.unwrap() {
            None => Ok(()),
            Some(object) => Err(super::told(&object)),
        }
    })
    .await;
    process.stops().await;
    place.keycloak.since(&before).expect("a copied status").writes(0);
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Victim");
    place.our_login_works(&victim).await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn an_observed_object_of_the_seed_is_compared_and_left_untouched() {
    let place = Arc::new(Place::new("seed", &KeycloakServer::newest()).await);
    let observed = json!({"management": "Observe"});
    place.applies("acme", place.spec(&unique_name("seed"), &observed)).await;
    let finalizers = json!({"metadata": {"finalizers": ["keycloak.mdvr.nl/realm-cleanup"]}});
    place.realms().patch("acme", &PatchParams::default(), &Patch::Merge(finalizers)).await.unwrap();
    let process = place.start();
    place.is_not_ready_because("acme", "Observing").await;
    process.stops().await;
    assert_eq!(place.object("acme").await.finalizers(), ["keycloak.mdvr.nl/realm-cleanup"]);
    place.keycloak.calls().expect("an observed object of the seed").writes(0);
    place.loses("acme").await;
    place.leave(&[]).await;
}

#[tokio::test]
async fn an_instance_that_does_not_exist_is_waited_for() {
    let place = Arc::new(Place::new("missing", &KeycloakServer::newest()).await);
    let named = json!({"operatorRef": {"namespace": place.namespace, "name": "other"}});
    place.applies("acme", place.spec(&unique_name("missing"), &named)).await;
    let process = place.start();
    place.is_not_ready_because("acme", "InstanceMissing").await;
    place.deletes("acme").await;
    place.is_gone("acme").await;
    process.stops().await;
    place.keycloak.calls().expect("no instance").writes(0).reads(0);
    place.leave(&[]).await;
}
