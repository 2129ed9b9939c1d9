//! What becomes of a realm when its object is deleted.

use std::sync::Arc;

use controller_testkit::{Fault, KeycloakServer, client, eventually, realm, unique_name, user};
use http::Method;
use k8s_openapi::api::core::v1::Namespace;
use keycloak_crds::{KeycloakClient, labels::annotation};
use kube::{
    Api, ResourceExt as _,
    api::{DeleteParams, Patch, PatchParams},
};
use realm_controller::left_logins;
use serde_json::json;

use super::place::{Place, SOON, condition};

/// A place with realm `name` of object `acme`, Ready.
async fn with_a_realm(purpose: &str, further: serde_json::Value) -> (Arc<Place>, String) {
    let place = Arc::new(Place::new(purpose, &KeycloakServer::newest()).await);
    let name = unique_name(purpose);
    place.applies("acme", place.spec(&name, &further)).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    process.stops().await;
    (place, name)
}

#[tokio::test]
async fn an_empty_realm_of_our_own_goes_without_asking() {
    let (place, name) = with_a_realm("empty", json!({})).await;
    place.deletes("acme").await;
    let process = place.start();
    place.is_gone("acme").await;
    process.stops().await;
    assert_eq!(place.console.sees(&realm(&name)).await, None);
    place.leave(&[]).await;
}

#[tokio::test]
async fn a_realm_with_users_waits_for_the_approval_of_exactly_that() {
    let (place, name) = with_a_realm("guarded", json!({})).await;
    place.console.creates(&user(&name, "alice"), json!({"enabled": true})).await;
    place.deletes("acme").await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "ApprovalRequired").await;
    assert!(message.contains("holds 1 user"), "{message}");
    let object = place.object("acme").await;
    assert_eq!(condition(&object, "DeletionBlocked").unwrap().0, "True");
    let approval = object.status.unwrap().plan.unwrap().approval.unwrap();
    assert!(message.contains(&format!("keycloak.mdvr.nl/approve={approval}")), "{message}");

    place.annotates("acme", annotation::APPROVE, "0123456789abcdef").await;
    eventually("another approval is refused", SOON, async || {
        let object = place.object("acme").await;
        let (_, message) = condition(&object, "Ready").unwrap();
        if message.contains("is for other steps") { Ok(()) } else { Err(message) }
    })
    .await;
    assert!(place.console.sees(&realm(&name)).await.is_some());

    place.annotates("acme", annotation::APPROVE, &approval).await;
    place.is_gone("acme").await;
    assert_eq!(place.console.sees(&realm(&name)).await, None);

    // Object, realm and user of the same names: the approval was for those that are gone.
    place.applies("acme", place.spec(&name, &json!({}))).await;
    place.annotates("acme", annotation::APPROVE, &approval).await;
    place.becomes_ready("acme").await;
    place.console.creates(&user(&name, "alice"), json!({"enabled": true})).await;
    place.deletes("acme").await;
    let refused = format!("the approval {approval} is for other steps");
    let message = place.is_told("acme", "ApprovalRequired", &refused).await;
    assert!(message.contains("holds 1 user"), "{message}");
    assert!(place.console.sees(&user(&name, "alice")).await.is_some());
    let new = place.object("acme").await.status.unwrap().plan.unwrap().approval.unwrap();
    assert_ne!(new, approval);
    place.annotates("acme", annotation::APPROVE, &new).await;
    place.is_gone("acme").await;
    process.stops().await;
    assert_eq!(place.console.sees(&realm(&name)).await, None);
    place.leave(&[]).await;
}

#[tokio::test]
async fn retain_leaves_the_realm_and_takes_the_login_back_with_its_account() {
    let (place, name) =
        with_a_realm("retain", json!({"deletionPolicy": "Retain", "displayName": "Acme"})).await;
    let login_secret = Place::login_secret_name(&place.object("acme").await);
    let login = place.secret(&place.namespace, &login_secret).await.unwrap();
    let account = client(&name, &login["client-id"]);
    assert!(place.console.sees(&account).await.is_some());
    let before = place.keycloak.snapshot();
    place.deletes("acme").await;
    let process = place.start();
    place.is_gone("acme").await;
    process.stops().await;
    let calls = place.keycloak.since(&before);
    calls.expect("Retain").writes(1).reads(0).calls(&Method::DELETE, "/admin/realms/{realm}/clients/{id}", 1);
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Acme");
    assert_eq!(place.console.sees(&account).await, None);
    assert_eq!(place.secret(&place.namespace, &login_secret).await, None);
    place.event_says("Retained", "spec.deletionPolicy: Retain asks for it").await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn retain_waits_for_no_server_and_tells_of_the_account_that_stays() {
    let (place, name) = with_a_realm("retain-away", json!({"deletionPolicy": "Retain"})).await;
    let login_secret = Place::login_secret_name(&place.object("acme").await);
    let away = place.keycloak.inject(Fault::cut());
    place.deletes("acme").await;
    let process = place.start();
    place.is_gone("acme").await;
    process.stops().await;
    away.heal();
    assert_eq!(place.secret(&place.namespace, &login_secret).await, None);
    place.event_says("Retained", "remove it there by hand").await;
    place.leave(&[&name]).await;
}

/// KeycloakClient `portal` of realm `acme`, as its controller leaves it.
async fn has_a_client(place: &Place) -> Api<KeycloakClient> {
    let client = json!({
        "apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakClient", "metadata": {"name": "portal"},
        "spec": {"clientId": "portal", "realmRef": {"namespace": place.namespace, "name": "acme"}},
    });
    let clients: Api<KeycloakClient> = Api::namespaced(place.kube.clone(), &place.namespace);
    clients.patch("portal", &PatchParams::apply("person"), &Patch::Apply(client)).await.unwrap();
    let uid = place.object("acme").await.uid();
    let status = json!({"status": {"realmUid": uid, "internalId": "4711"}});
    clients.patch_status("portal", &PatchParams::default(), &Patch::Merge(status)).await.unwrap();
    clients
}

/// Works until the list of logins that outlived their realms has this many entries.
async fn until_left_logins_are(place: &Arc<Place>, count: usize) {
    let before = place.kube_proxy.snapshot();
    let process = place.start();
    eventually("the clients are looked through", SOON, async || {
        let calls = place
            .kube_proxy
            .since(&before)
            .only(|call| call.path.contains("/keycloakclients?") && call.path.contains("fieldSelector"));
        if calls.reads() > 0 { Ok(()) } else { Err("nobody has looked") }
    })
    .await;
    let list = left_logins::list_name("keycloak");
    eventually("the list of logins is as it should be", SOON, async || {
        let keys = place.secret(&place.namespace, &list).await.unwrap_or_default();
        if keys.len() == count { Ok(()) } else { Err(format!("{keys:?}")) }
    })
    .await;
    process.stops().await;
}

#[tokio::test]
async fn the_login_outlives_the_object_until_no_client_refers_to_it() {
    let (place, name) = with_a_realm("clients", json!({})).await;
    let object = place.object("acme").await;
    let login = Place::login_secret_name(&object);
    let clients = has_a_client(&place).await;
    place.deletes("acme").await;
    let process = place.start();
    place.is_gone("acme").await;
    process.stops().await;
    assert_eq!(place.console.sees(&realm(&name)).await, None, "a realm does not wait for its clients");
    until_left_logins_are(&place, 1).await;
    assert_eq!(place.secret(&place.namespace, &login).await.unwrap()["realm"], name);

    // The client goes while no controller runs.
    clients.delete("portal", &DeleteParams::default()).await.unwrap();
    until_left_logins_are(&place, 0).await;
    assert_eq!(place.secret(&place.namespace, &login).await, None);
    place.leave(&[]).await;
}

#[tokio::test]
async fn the_account_of_an_object_that_was_made_again_stays_when_the_login_of_the_one_before_goes() {
    let further = json!({"deletionPolicy": "Retain"});
    let (place, name) = with_a_realm("again", further.clone()).await;
    let before = Place::login_secret_name(&place.object("acme").await);
    let clients = has_a_client(&place).await;
    place.deletes("acme").await;
    let process = place.start();
    place.is_gone("acme").await;
    process.stops().await;
    assert!(place.secret(&place.namespace, &before).await.is_some(), "a client refers to it");

    place.applies("acme", place.spec(&name, &further)).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    assert_ne!(Place::login_secret_name(&object), before);
    eventually("the login of the object before is taken back", SOON, async || {
        let left = place.secret(&place.namespace, &before).await;
        left.map_or(Ok(()), |left| Err(format!("{:?}", left.keys())))
    })
    .await;
    process.stops().await;
    place.our_login_works(&object).await;
    clients.delete("portal", &DeleteParams::default()).await.unwrap();
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn whoever_approves_the_deletion_of_a_realm_reads_which_clients_go_along() {
    let (place, name) = with_a_realm("consent", json!({})).await;
    let clients = has_a_client(&place).await;
    place.console.creates(&user(&name, "alice"), json!({"enabled": true})).await;
    place.deletes("acme").await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "ApprovalRequired").await;
    let standing = format!("1 KeycloakClient stands in it: {}/portal", place.namespace);
    assert!(message.contains(&standing), "{message}");
    // Its deletion is looked at again within half a minute at the latest; what goes along is told before that.
    clients.delete("portal", &DeleteParams::default()).await.unwrap();
    let at_once = std::time::Duration::from_secs(15);
    eventually("the client that is gone is no longer named", at_once, async || {
        let (_, message) = condition(&place.object("acme").await, "Ready").unwrap();
        if message.contains("KeycloakClient") { Err(message) } else { Ok(()) }
    })
    .await;
    let clients = has_a_client(&place).await;
    eventually("a client that is made is named", at_once, async || {
        let (_, message) = condition(&place.object("acme").await, "Ready").unwrap();
        if message.contains(&standing) { Ok(()) } else { Err(message) }
    })
    .await;
    let plan = place.object("acme").await.status.unwrap().plan.unwrap();
    let detail = plan.steps.unwrap()[0].detail.clone().unwrap();
    assert!(detail.contains("holds 1 user") && detail.contains(&standing), "{detail}");
    place.annotates("acme", annotation::APPROVE, &plan.approval.unwrap()).await;
    place.is_gone("acme").await;
    process.stops().await;
    clients.delete("portal", &DeleteParams::default()).await.unwrap();
    place.leave(&[]).await;
}

#[tokio::test]
async fn an_approval_of_before_status_was_taken_away_deletes_nothing() {
    let (place, name) = with_a_realm("lost", json!({})).await;
    place.console.creates(&user(&name, "alice"), json!({"enabled": true})).await;
    place.deletes("acme").await;
    let process = place.start();
    place.is_not_ready_because("acme", "ApprovalRequired").await;
    process.stops().await;
    let old = place.object("acme").await.status.unwrap().plan.unwrap().approval.unwrap();
    place.patches_status("acme", json!({"approvals": null, "plan": null})).await;
    place.annotates("acme", annotation::APPROVE, &old).await;
    let process = place.start();
    let new = eventually("the old approval is refused", SOON, async || {
        let object = place.object("acme").await;
        let (_, message) = condition(&object, "Ready").unwrap();
        let plan = object.status.unwrap().plan;
        match plan.and_then(|plan| plan.approval) {
            Some(hash) if message.contains(&format!("the approval {old} is for other steps")) => Ok(hash),
            _ => Err(message),
        }
    })
    .await;
    assert_ne!(new, old);
    assert!(place.console.sees(&realm(&name)).await.is_some());
    place.annotates("acme", annotation::APPROVE, &new).await;
    place.is_gone("acme").await;
    process.stops().await;
    place.leave(&[]).await;
}

#[tokio::test]
async fn without_the_login_that_proves_it_ours_a_realm_is_not_deleted() {
    let (place, name) = with_a_realm("unproven", json!({"deletionPolicy": "Delete"})).await;
    let object = place.object("acme").await;
    let secrets = place.secrets(&place.namespace);
    secrets.delete(&Place::login_secret_name(&object), &DeleteParams::default()).await.unwrap();
    let before = place.keycloak.snapshot();
    place.deletes("acme").await;
    let process = place.start();
    place.is_gone("acme").await;
    process.stops().await;
    place.keycloak.since(&before).expect("no proof").writes(0);
    assert!(place.console.sees(&realm(&name)).await.is_some());
    place.event_says("NotProven", "is left in Keycloak as it is").await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn in_a_namespace_that_is_being_deleted_a_guarded_realm_is_left() {
    let (place, name) = with_a_realm("namespace", json!({})).await;
    let namespaces: Api<Namespace> = Api::all(place.kube.clone());
    namespaces.delete(&place.namespace, &DeleteParams::default()).await.unwrap();
    // Where no controller manager does it.
    place.realms().delete("acme", &DeleteParams::default()).await.ok();
    let process = place.start();
    place.is_gone("acme").await;
    process.stops().await;
    assert!(place.console.sees(&realm(&name)).await.is_some());
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn an_instance_that_goes_lets_its_realms_go_at_once_even_when_its_server_is_away() {
    let (place, name) = with_a_realm("instance", json!({"deletionPolicy": "Delete"})).await;
    let finalizers = json!({"metadata": {"finalizers": ["example.com/keep"]}});
    let keycloaks = place.keycloaks();
    keycloaks.patch("keycloak", &PatchParams::default(), &Patch::Merge(finalizers)).await.unwrap();
    let (kube, before) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    let process = place.start();
    place.watch_has_begun(&kube).await;
    keycloaks.delete("keycloak", &DeleteParams::default()).await.unwrap();
    place.is_not_ready_because("acme", "InstanceDeleting").await;
    let object = place.object("acme").await;
    assert_eq!(object.status.unwrap().available.unwrap().realm_id, None);
    place.deletes("acme").await;
    place.is_gone("acme").await;
    process.stops().await;
    place.keycloak.since(&before).expect("an instance that goes").writes(0).reads(0);
    let finalizers = json!({"metadata": {"finalizers": null}});
    keycloaks.patch("keycloak", &PatchParams::default(), &Patch::Merge(finalizers)).await.unwrap();
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn an_abandoned_object_goes_while_the_server_is_away() {
    let (place, name) = with_a_realm("abandon", json!({"deletionPolicy": "Delete"})).await;
    let away = place.keycloak.inject(Fault::cut());
    place.deletes("acme").await;
    let process = place.start();
    place.is_not_ready_because("acme", "ServerUnreachable").await;
    place.annotates("acme", annotation::ABANDON, "true").await;
    place.is_gone("acme").await;
    process.stops().await;
    away.heal();
    assert!(place.console.sees(&realm(&name)).await.is_some());
    place.leave(&[&name]).await;
}
