use keycloak_crds::reference::{OperatorRef, RealmRef};
use serde_json::{Value, json};

use super::*;
use crate::fake;

const INSTANCE: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/platform/keycloaks/keycloak";
const REALM: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/acme/keycloakrealms/acme";

fn named() -> OperatorRef {
    OperatorRef { namespace: "platform".into(), name: "keycloak".into(), authorization_secret_ref: None }
}

fn object(of: &impl serde::Serialize) -> Value {
    serde_json::to_value(of).unwrap()
}

fn answered() -> Value {
    json!({"version": "26.7.3", "endpoints": {"internal": "http://somewhere.else:8080"}})
}

#[tokio::test]
async fn an_instance_that_does_not_exist_is_named_and_found_once_it_appears() {
    let api = fake::Api::default();
    let references = References::new(api.client());
    let error = references.instance(&named(), Look::Recent(0)).await.unwrap_err();
    insta::assert_snapshot!(error, @"Keycloak platform/keycloak, named in spec.operatorRef, does not exist; create it, or delete this object and name another");
    api.holds(INSTANCE, object(fake::instance(&json!({}), &json!({})).object()));
    assert!(references.instance(&named(), Look::Recent(0)).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn one_read_serves_many_until_the_watch_says_something_else_or_a_minute_is_over() {
    let api = fake::Api::default();
    api.holds(INSTANCE, object(fake::instance(&json!({}), &json!({})).object()));
    let references = References::new(api.client());
    let mut expected = 0;
    for (look, reads) in [
        (Look::Recent(7), 1),
        (Look::Recent(7), 0),
        (Look::Recent(8), 1),
        (Look::Recent(8), 0),
        (Look::Now, 1),
    ] {
        references.instance(&named(), look).await.unwrap();
        expected += reads;
        assert_eq!(api.calls().len(), expected, "{look:?}");
    }
    references.instance(&named(), Look::Recent(0)).await.unwrap();
    assert_eq!(api.calls().len(), expected);
    tokio::time::advance(KEEP).await;
    references.instance(&named(), Look::Recent(0)).await.unwrap();
    assert_eq!(api.calls().len(), expected + 1);
}

#[test]
fn an_instance_serves_when_it_has_answered_and_at_the_address_of_its_spec() {
    let serving = fake::instance(&json!({}), &answered()).serving().unwrap();
    // Not the one of status, which is a hint.
    assert_eq!(serving.addresses.internal, "http://keycloak-keycloak.platform.svc:8080");
    assert_eq!(serving.version, "26.7.3");
    let silent = fake::instance(&json!({}), &json!({"version": "26.7.3"})).serving().unwrap_err();
    let unknown = fake::instance(&json!({}), &json!({"endpoints": {"internal": "x"}})).serving().unwrap_err();
    let mut leaving = fake::instance(&json!({}), &answered()).object().clone();
    leaving.metadata.deletion_timestamp =
        Some(k8s_openapi::apimachinery::pkg::apis::meta::v1::Time(jiff::Timestamp::UNIX_EPOCH));
    let leaving = Instance::of(leaving).unwrap().serving().unwrap_err();
    insta::assert_snapshot!([silent, unknown, leaving].map(|error| error.to_string()).join("\n"), @r"
    Keycloak platform/keycloak is not ready: its server has not answered yet; see its status
    Keycloak platform/keycloak is not ready: the version of its server is not known; where it cannot be detected, write spec.version; see its status
    Keycloak platform/keycloak is being deleted; nothing is written to its server any more
    ");
}

#[tokio::test]
async fn a_realm_is_found_and_says_whether_it_is_available() {
    let api = fake::Api::default();
    let references = References::new(api.client());
    let named = RealmRef { name: "acme".into(), namespace: "acme".into(), authorization_secret_ref: None };
    let missing = references.realm(&named, Look::Now).await.unwrap_err();
    let status = json!({"available": {"reason": "ApprovalRequired"}});
    api.holds(REALM, object(fake::realm("acme", &json!({}), &status).object()));
    let realm = references.realm(&named, Look::Now).await.unwrap();
    let waiting = realm.available().unwrap_err();
    // A message of somebody else is not repeated.
    let foreign = fake::realm("acme", &json!({}), &json!({"available": {"reason": "run this: rm"}}));
    let foreign = foreign.available().unwrap_err();
    insta::assert_snapshot!([missing, waiting, foreign].map(|error| error.to_string()).join("\n"), @r"
    KeycloakRealm acme/acme, named in spec.realmRef, does not exist; create it, or delete this object and name another
    KeycloakRealm acme/acme is not available yet (ApprovalRequired); see its status
    KeycloakRealm acme/acme is not available yet; see its status
    ");
    let there = fake::realm(
        "acme",
        &json!({}),
        &json!({"available": {"realmId": "r-1", "reason": "RealmAvailable"}}),
    );
    assert_eq!(there.available().unwrap(), "r-1");
}

#[test]
fn an_object_that_no_api_server_gave_is_refused() {
    let error = Instance::of(keycloak_crds::Keycloak::default()).unwrap_err();
    insta::assert_snapshot!(error, @"the Keycloak has no metadata.namespace: it was not read from an API server");
}
