//! Objects for tests.

use keycloak_crds::{Keycloak, KeycloakSpec};
use serde_json::{Value, json};

use crate::workload::{Inputs, secrets::PodSecrets};

/// Keycloak `platform/keycloak` with this spec and status, as an API server gives it.
pub(crate) fn keycloak(spec: Value, status: Value) -> Keycloak {
    let spec: KeycloakSpec = serde_json::from_value(spec).unwrap();
    let mut object = Keycloak::new("keycloak", spec);
    object.metadata.namespace = Some("platform".into());
    object.metadata.uid = Some("6f0cbb1e-3d1e-4d3a-9c39-0d6a4a1b2c3d".into());
    object.metadata.resource_version = Some("7".into());
    object.metadata.generation = Some(3);
    object.status = serde_json::from_value(status).unwrap();
    object
}

/// The spec of an external server, with further fields.
pub(crate) fn external(further: &Value) -> Value {
    let mut spec = json!({
        "external": {"url": "https://sso.example.com/auth/"}, "admin": {"existingSecret": "keycloak-admin"},
    });
    for (field, value) in further.as_object().unwrap() {
        spec[field] = value.clone();
    }
    spec
}

/// What pods depend on beside the spec, where they carry this.
pub(crate) fn inputs(pods: &str) -> Inputs {
    Inputs { secrets: PodSecrets { pods: pods.to_owned(), ..PodSecrets::default() } }
}
