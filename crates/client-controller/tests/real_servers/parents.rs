//! What a client lives in: it may come later, and it may be gone first.

use controller_testkit::{KeycloakServer, realm};
use serde_json::json;

use crate::{confidential, place::Place};

#[tokio::test]
async fn a_realm_that_becomes_available_lets_its_clients_be_made() {
    let place = Place::new("waits", &KeycloakServer::newest()).await;
    place.realm_is_available(false).await;
    let process = place.start();
    place.applies("portal", &json!({})).await;
    let message = place.is_not_ready_because("portal", "RealmNotAvailable").await;
    insta::assert_snapshot!(message);
    place.realm_is_available(true).await;
    place.becomes_ready("portal").await;
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_realm_object_that_does_not_exist_is_waited_for() {
    let place = Place::new("nowhere", &KeycloakServer::newest()).await;
    let process = place.start();
    let nowhere = json!({"realmRef": {"name": "nowhere", "namespace": place.namespace}});
    place.applies("portal", &nowhere).await;
    let message = place.is_not_ready_because("portal", "RealmObjectMissing").await;
    insta::assert_snapshot!(message);
    place.deletes("portal").await;
    place.is_gone("portal").await;
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_realm_object_that_appears_lets_its_clients_be_made() {
    let server = KeycloakServer::newest();
    let mut place = Place::new("appears", &server).await;
    place.forgets_realm_object().await;
    let process = place.start();
    place.applies("portal", &json!({})).await;
    let message = place.is_not_ready_because("portal", "RealmObjectMissing").await;
    insta::assert_snapshot!(message, @"KeycloakRealm <namespace>/acme, named in spec.realmRef, does not exist; create it, or delete this object and name another");
    place.keycloak.calls().expect("no realm object").writes(0).reads(0).logins(0);
    place.declares_realm_again(&server).await;
    let object = place.becomes_ready("portal").await;
    let uid = place.realms().get("acme").await.unwrap().metadata.uid;
    assert_eq!(object.status.unwrap().realm_uid, uid);
    assert!(place.console.sees(&place.thing("portal")).await.is_some());
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_client_is_deleted_in_keycloak_although_its_realm_object_is_gone() {
    let place = Place::new("orphan", &KeycloakServer::newest()).await;
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    let process = place.start();
    place.becomes_ready("portal").await;
    place.forgets_realm_object().await;
    place.is_not_ready_because("portal", "RealmObjectMissing").await;
    place.deletes("portal").await;
    place.is_gone("portal").await;
    assert_eq!(place.console.sees(&place.thing("portal")).await, None);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_realm_that_is_gone_in_keycloak_has_taken_its_clients_along() {
    let place = Place::new("gone", &KeycloakServer::newest()).await;
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    let process = place.start();
    place.becomes_ready("portal").await;
    place.console.deletes(&realm(&place.realm)).await;
    place.annotates("portal", keycloak_crds::labels::annotation::RECONCILE_AT, "now").await;
    let message = place.is_not_ready_because("portal", "RealmMissing").await;
    insta::assert_snapshot!(message);
    place.deletes("portal").await;
    place.is_gone("portal").await;
    process.stops().await;
}
