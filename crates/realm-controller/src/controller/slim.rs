//! What the watches keep: of a realm its instance, of an instance one number per part of the contract.

use controller_runtime::{Projection, Reference, hash_of};
use keycloak_crds::{Keycloak, KeycloakRealm, reference::OperatorRef};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::to_instance;

/// What the watch keeps of a KeycloakRealm.
#[derive(Debug)]
pub struct SlimRealm {
    namespace: Box<str>,
    name: Box<str>,
    /// Generation that a pass brought to its end.
    settled: Option<i64>,
}

#[derive(Deserialize)]
struct WireRealm {
    spec: WireRealmSpec,
    #[serde(default)]
    status: WireRealmStatus,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRealmSpec {
    operator_ref: OperatorRef,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct WireRealmStatus {
    observed_generation: Option<i64>,
    reconcile_status: Option<String>,
}

impl<'de> Deserialize<'de> for SlimRealm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let WireRealm { spec, status } = WireRealm::deserialize(deserializer)?;
        let succeeded = status.reconcile_status.as_deref() == Some("Succeeded");
        Ok(Self {
            namespace: spec.operator_ref.namespace.into(),
            name: spec.operator_ref.name.into(),
            settled: status.observed_generation.filter(|_| succeeded),
        })
    }
}

impl Projection for SlimRealm {
    type Kind = KeycloakRealm;
    const KIND: &'static str = "KeycloakRealm";

    fn references(&self) -> Vec<Reference> {
        vec![to_instance(&self.namespace, &self.name)]
    }

    fn settled(&self, generation: i64) -> bool {
        self.settled == Some(generation)
    }
}

/// What the watch keeps of a Keycloak: hashes of what realms depend on.
#[derive(Debug)]
pub struct SlimKeycloak {
    contract: [u64; 2],
}

#[derive(Deserialize)]
struct WireKeycloak {
    metadata: WireMeta,
    spec: Value,
    #[serde(default)]
    status: WireKeycloakStatus,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireMeta {
    uid: Option<String>,
    deletion_timestamp: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct WireKeycloakStatus {
    endpoints: Value,
    version: Option<String>,
    authorization: Value,
}

/// Parts of an instance's spec from which addresses, logins and leave follow.
const SPEC: [&str; 8] =
    ["external", "hostname", "http", "service", "tls", "logins", "authorization", "takeOver"];

impl<'de> Deserialize<'de> for SlimKeycloak {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let WireKeycloak { metadata, spec, status } = WireKeycloak::deserialize(deserializer)?;
        let text = |value: Option<&Value>| value.map(Value::to_string).unwrap_or_default();
        let asked: Vec<String> = SPEC.iter().map(|field| text(spec.get(*field))).collect();
        let tokens = text(status.authorization.get("tokens"));
        let told = (status.endpoints.to_string(), status.version, tokens);
        let life = (metadata.uid, metadata.deletion_timestamp.is_some());
        Ok(Self { contract: [hash_of(&(asked, life)), hash_of(&told)] })
    }
}

impl Projection for SlimKeycloak {
    type Kind = Keycloak;
    const KIND: &'static str = "Keycloak";

    fn contract(&self) -> Vec<u64> {
        self.contract.to_vec()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keycloak(status: &Value, deleting: bool) -> Vec<u64> {
        let mut object = json!({
            "metadata": {"name": "keycloak", "uid": "u"}, "spec": {"external": {"url": "https://a"}, "replicas": 1},
            "status": status,
        });
        if deleting {
            object["metadata"]["deletionTimestamp"] = json!("2026-01-31T12:00:00Z");
        }
        serde_json::from_value::<SlimKeycloak>(object).unwrap().contract()
    }

    #[test]
    fn only_what_realms_depend_on_wakes_them() {
        let ready = json!({"version": "26.7.3", "endpoints": {"internal": "https://a"}});
        let told = json!({"version": "26.7.3", "endpoints": {"internal": "https://a"}, "message": "x", "conditions": []});
        assert_eq!(keycloak(&ready, false), keycloak(&told, false));
        let newer = json!({"version": "26.7.4", "endpoints": {"internal": "https://a"}});
        assert_ne!(keycloak(&ready, false), keycloak(&newer, false));
        assert_ne!(keycloak(&ready, false), keycloak(&ready, true));
        let with_token = json!({
            "version": "26.7.3", "endpoints": {"internal": "https://a"}, "authorization": {"tokens": [{"id": "1"}]},
        });
        assert_ne!(keycloak(&ready, false), keycloak(&with_token, false));
    }

    #[test]
    fn a_realm_is_settled_at_the_generation_that_a_pass_brought_to_its_end() {
        let realm = |status: Value| -> SlimRealm {
            serde_json::from_value(json!({
                "metadata": {"name": "acme"}, "spec": {"realmName": "acme", "operatorRef": {"namespace": "platform"}},
                "status": status,
            }))
            .unwrap()
        };
        let done = realm(json!({"observedGeneration": 3, "reconcileStatus": "Succeeded"}));
        assert!(done.settled(3) && !done.settled(4));
        assert!(!realm(json!({"observedGeneration": 3, "reconcileStatus": "InProgress"})).settled(3));
        assert_eq!(done.references(), [to_instance("platform", "keycloak")]);
    }
}
