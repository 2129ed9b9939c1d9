use serde_json::{Value, json};

use super::*;
use crate::sample;

fn checked(further: &Value, realm: Option<&str>) -> Result<(), String> {
    check(&sample::client(further, Value::Null).spec, realm).map_err(|error| error.to_string())
}

fn with_id(client_id: &str, realm: Option<&str>) -> Result<(), String> {
    checked(&json!({"clientId": client_id}), realm)
}

#[test]
fn logins_of_ours_and_keycloaks_own_clients_cannot_be_taken() {
    let refused: Vec<String> = ["cloakroom-1a2b3c4d", "realm-management", "admin-cli", "account", "broker"]
        .iter()
        .map(|id| with_id(id, None).unwrap_err())
        .chain([with_id("acme-realm", Some("master")).unwrap_err()])
        .collect();
    insta::assert_snapshot!(refused.join("\n"));
    for free in ["cloakroom-1a2b3c4", "cloakroom-portal01", "my-account", "accounts"] {
        with_id(free, None).unwrap();
    }
    with_id("acme-realm", Some("acme")).unwrap();
}

#[test]
fn what_an_older_admission_let_through_is_refused_with_what_to_write() {
    let refused: Vec<String> = [
        json!({"regenerateSecret": true, "publicClient": true}),
        json!({"regenerateSecret": true, "bearerOnly": true}),
        json!({"regenerateSecret": true, "manageSecret": false}),
        json!({"clientSecret": {"name": "mine", "key": "secret"}, "publicClient": true}),
        json!({"clientSecret": {"name": "mine", "key": "secret"}, "bearerOnly": true}),
        json!({"clientSecret": {"name": "mine", "key": "secret"}, "regenerateSecret": true}),
        json!({"outputs": [{"name": "x", "preset": "grafana"}], "publicClient": true}),
        json!({"outputs": [{"name": "x", "preset": "grafana"}], "bearerOnly": true}),
        json!({"outputs": [{"name": "x", "preset": "grafana"}], "manageSecret": false}),
        json!({"publicClient": true, "settings": {"clientAuthenticatorType": "client-jwt"}}),
        json!({"clientId": "a\u{7}b"}),
        json!({"extra": {"secret": "x", "id": "y"}}),
        json!({"settings": {"authorizationServicesEnabled": true}, "serviceAccountRoles": {"realmRoles": ["employee"]}}),
    ]
    .iter()
    .map(|further| checked(further, None).unwrap_err())
    .collect();
    insta::assert_snapshot!(refused.join("\n"));
}

#[test]
fn an_object_that_is_not_ours_to_touch_is_the_seeds() {
    let error = validate(&sample::client(&json!({}), Value::Null), None).unwrap_err();
    assert!(matches!(error, ClientError::SeedObject));
}
