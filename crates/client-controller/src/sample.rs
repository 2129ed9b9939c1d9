//! Objects for tests.

use k8s_openapi::{ByteString, api::core::v1::Secret};
use keycloak_connect::StoredSecret;
use keycloak_crds::{KeycloakClient, KeycloakClientSpec, labels::label};
use keycloak_plan::{Mark, Server};
use keycloak_sync::client;
use serde_json::{Value, json};

use crate::{
    credentials::Addresses,
    ground::{Ground, Site},
};

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

/// What a look found at realm `acme`: nothing in the way, the client not looked for.
pub(crate) fn ground(object: &KeycloakClient) -> Ground {
    let mut ground = Ground::begin(object, jiff::Timestamp::UNIX_EPOCH).unwrap();
    ground.fresh = "fresh".into();
    ground.site = Some(Site {
        realm: "acme".into(),
        realm_id: "realm-id-1".into(),
        instance: "platform/keycloak".into(),
        server: Server::version("26.7.3".parse().unwrap()),
        mark: mark(),
        key: Some(keycloak_plan::RecordKey::new("key-1", &[7; 32])),
        addresses: Addresses::new("https://sso.example.com/auth", "acme"),
    });
    ground
}

/// The mark of [`client`].
pub(crate) fn mark() -> Mark {
    Mark {
        cluster_id: "cluster-1".into(),
        namespace_uid: "namespace-1".into(),
        namespace: "acme".into(),
        name: "portal".into(),
        uid: "5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11".into(),
    }
}

/// Client `portal` as Keycloak has it, marked as ours, with further fields.
pub(crate) fn live(further: &Value) -> client::Observed {
    let attributes: serde_json::Map<String, Value> =
        mark().attributes().into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect();
    let mut live = json!({
        "id": "id-1", "clientId": "portal", "secret": "of keycloak", "publicClient": false, "attributes": attributes,
    });
    for (field, value) in further.as_object().unwrap() {
        live[field] = value.clone();
    }
    client::Observed::Present(Box::new(serde_json::from_value(live).unwrap()))
}

/// The Secret `portal-credentials` of [`client`] with this value and these annotations.
pub(crate) fn secret(value: &str, annotations: &Value) -> StoredSecret {
    secret_with(&[("client-secret", value)], annotations)
}

/// The same with these keys and no others.
pub(crate) fn secret_with(data: &[(&str, &str)], annotations: &Value) -> StoredSecret {
    let uid = "5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11";
    let labels = json!({label::MANAGED_BY: label::MANAGED_BY_VALUE, label::OWNER_UID: uid});
    let mut secret: Secret = serde_json::from_value(json!({
        "metadata": {"namespace": "acme", "name": "portal-credentials", "labels": labels, "annotations": annotations},
        "type": "Opaque",
    }))
    .unwrap();
    let data = data.iter().map(|(key, value)| ((*key).to_owned(), ByteString(value.as_bytes().to_vec())));
    secret.data = Some(data.collect());
    StoredSecret::new(secret)
}
