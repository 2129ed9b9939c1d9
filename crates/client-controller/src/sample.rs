//! Objects for tests.

use keycloak_crds::{KeycloakClient, KeycloakClientSpec};
use serde_json::{Value, json};

/// `KeycloakClient` `acme/portal` of realm `realms/acme`, with further fields of its spec and this status, as an API server
/// gives it.
pub(crate) fn client(further: &Value, status: Value) -> KeycloakClient {
    let mut spec = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "realms"}});
    for (field, value) in further.as_object().unwrap() {
        spec[field] = value.clone();
    }
    let spec: KeycloakClientSpec = serde_json::from_value(spec).unwrap();
    let mut object = KeycloakClient::new("portal", spec);
    object.metadata.namespace = Some("acme".into());
    object.metadata.uid = Some("5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11".into());
    object.metadata.resource_version = Some("7".into());
    object.metadata.generation = Some(3);
    object.status = serde_json::from_value(status).unwrap();
    object
}
