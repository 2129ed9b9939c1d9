//! What the watches keep: of a realm its instance and how far it came, of a client where it belongs and whether it stands there.

use controller_runtime::{Key, Projection, Reference, Tally, Target, hash_of};
use keycloak_connect::watched::{BY_PHASE, WireMetadata, WireProgress, by_phase};
use keycloak_crds::{KeycloakClient, KeycloakRealm, phase::Phase, reference::OperatorRef};
use serde::{Deserialize, Deserializer};

use super::to_instance;

/// What the watch keeps of a KeycloakRealm.
#[derive(Debug)]
pub struct SlimRealm {
    namespace: Box<str>,
    name: Box<str>,
    /// Generation that a pass brought to its end.
    settled: Option<i64>,
    phase: Phase,
}

#[derive(Deserialize)]
struct WireRealm {
    #[serde(default)]
    metadata: WireMetadata,
    spec: WireRealmSpec,
    #[serde(default)]
    status: WireProgress,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRealmSpec {
    operator_ref: OperatorRef,
}

impl<'de> Deserialize<'de> for SlimRealm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let WireRealm { metadata, spec, status } = WireRealm::deserialize(deserializer)?;
        Ok(Self {
            namespace: spec.operator_ref.namespace.into(),
            name: spec.operator_ref.name.into(),
            settled: status.settled(&metadata),
            phase: status.phase,
        })
    }
}

impl Projection for SlimRealm {
    type Kind = KeycloakRealm;
    const KIND: &'static str = "KeycloakRealm";
    const TALLIES: &'static [Tally] = &BY_PHASE;

    fn tallies(&self) -> Vec<Tally> {
        vec![by_phase(self.phase)]
    }

    fn references(&self) -> Vec<Reference> {
        vec![to_instance(&self.namespace, &self.name)]
    }

    fn settled(&self, generation: i64) -> bool {
        self.settled == Some(generation)
    }
}

/// Of a KeycloakClient: the realm that it names, and whether it was made there. That is what the deletion of the realm tells of, and
/// whether our login in it is still needed.
#[derive(Debug, Deserialize)]
#[serde(from = "WireClient")]
pub struct SlimClient {
    realm: Key,
    stands: u64,
}

#[derive(Deserialize)]
struct WireClient {
    spec: WireClientSpec,
    #[serde(default)]
    status: WireClientStatus,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireClientSpec {
    realm_ref: WireName,
}

#[derive(Deserialize)]
struct WireName {
    namespace: String,
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct WireClientStatus {
    realm_uid: Option<String>,
    internal_id: Option<String>,
}

impl From<WireClient> for SlimClient {
    fn from(WireClient { spec, status }: WireClient) -> Self {
        let WireName { namespace, name } = spec.realm_ref;
        let stands = hash_of(&(status.realm_uid, status.internal_id.is_some()));
        Self { realm: Key::namespaced(namespace, name), stands }
    }
}

impl Projection for SlimClient {
    type Kind = KeycloakClient;
    const KIND: &'static str = "KeycloakClient";
    /// A realm that lives does not care.
    const WAKES_IN_DELETION_ONLY: bool = true;

    fn contract(&self) -> Vec<u64> {
        vec![hash_of(&self.realm), self.stands]
    }

    fn references(&self) -> Vec<Reference> {
        vec![Reference::to(Target::object(SlimRealm::KIND, self.realm.clone()))]
    }
}

#[cfg(test)]
mod tests {
    use keycloak_crds::{
        contract::{self, Party},
        generate::KINDS,
        labels::annotation,
    };
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_of_a_client_wakes_its_realm_stands_in_the_contract() {
        let kind = KINDS.iter().find(|kind| kind.name == SlimClient::KIND).unwrap();
        let sample = json!({
            "metadata": {"name": "portal", "namespace": "acme", "uid": "u"},
            "spec": {"clientId": "portal", "realmRef": {"name": "acme", "namespace": "realms"}},
        });
        let look = |object| serde_json::from_value(object).ok().map(|slim: SlimClient| slim.contract());
        let seen = contract::looked_at(kind, &sample, look).unwrap();
        assert_eq!(seen, ["spec.realmRef", "status.internalId", "status.realmUid"]);
        for field in seen {
            assert!(contract::names(kind.name, &field, Party::Realm), "{field}");
        }
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
        assert_eq!(realm(json!({"phase": "Ready"})).tallies(), [by_phase(Phase::Ready)]);
    }

    #[test]
    fn a_realm_that_somebody_asked_to_be_looked_at_while_no_controller_ran_is_not_settled() {
        let asked: SlimRealm = serde_json::from_value(json!({
            "metadata": {"annotations": {annotation::RECONCILE_AT: "now"}},
            "spec": {"realmName": "acme", "operatorRef": {"namespace": "platform"}},
            "status": {"observedGeneration": 3, "reconcileStatus": "Succeeded"},
        }))
        .unwrap();
        assert!(!asked.settled(3));
    }

    #[test]
    fn of_a_client_only_its_realm_and_whether_it_stands_there_are_seen() {
        let client = |status: Value| -> SlimClient {
            let spec = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "realms"}});
            serde_json::from_value(json!({"spec": spec, "status": status})).unwrap()
        };
        let before = client(json!({"observedGeneration": -1}));
        assert_eq!(
            before.references()[0].target,
            Target::object("KeycloakRealm", Key::namespaced("realms", "acme"))
        );
        let made = client(json!({"realmUid": "u", "internalId": "1"}));
        assert_ne!(before.contract(), made.contract());
        let later = client(json!({"realmUid": "u", "internalId": "1", "message": "x", "conditions": []}));
        assert_eq!(later.contract(), made.contract());
    }
}
