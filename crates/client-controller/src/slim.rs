//! What the watches keep of each object.

use controller_runtime::{Fields, Key, Projection, Reference, Tally, Target, hash_of};
use keycloak_connect::watched::{BY_PHASE, SlimKeycloak, WireMetadata, WireProgress, by_phase};
use keycloak_crds::{
    KeycloakClient, KeycloakRealm,
    phase::{Phase, ReconcileStatus},
};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

/// What of an instance a client depends on: who may use the instance is its realm's affair.
const OF_THE_INSTANCE: Fields = SlimKeycloak::LIFE
    .and(SlimKeycloak::ADDRESSES)
    .and(SlimKeycloak::LOGINS)
    .and(SlimKeycloak::ENDPOINTS)
    .and(SlimKeycloak::VERSION);

const KEYCLOAK_REALM: &str = "KeycloakRealm";

/// Of a client: where it belongs, and how far it came.
#[derive(Debug, Deserialize)]
#[serde(from = "ClientOnWire")]
pub struct SlimClient {
    realm: Key,
    /// Whether it presents a token to its realm.
    names_a_token: bool,
    client_id: Box<str>,
    /// As its last pass said; before the first, the realm alone leads to it.
    instance: Option<Key>,
    stands: bool,
    /// Whether a client was found or made for it: one that Keycloak refused has a record all the same.
    is_made: bool,
    /// Hash of the uid of the KeycloakRealm that it was applied in.
    realm_uid: Option<u64>,
    succeeded_at: Option<i64>,
    phase: Phase,
}

impl SlimClient {
    /// The KeycloakRealm that it names.
    pub fn realm(&self) -> &Key {
        &self.realm
    }

    /// The Keycloak that it is woken by, beside its realm.
    pub fn instance(&self) -> Option<&Key> {
        self.instance.as_ref()
    }

    /// What Keycloak calls it.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Whether it has been applied: it takes a place of those that its namespace may have.
    pub fn stands(&self) -> bool {
        self.stands
    }

    /// Whether it is there by this very KeycloakRealm, and not by one of the same name: it takes a slot.
    pub fn stands_in(&self, realm_uid: &str) -> bool {
        self.stands && self.is_made && self.realm_uid == Some(hash_of(realm_uid))
    }

    /// The target that all clients of a realm refer to.
    pub fn target(realm: &Key) -> Target {
        Target::object(KEYCLOAK_REALM, realm.clone())
    }
}

#[derive(Deserialize)]
struct ClientOnWire {
    #[serde(default)]
    metadata: WireMetadata,
    spec: ClientSpecOnWire,
    status: Option<ClientStatusOnWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientSpecOnWire {
    #[serde(default)]
    client_id: Box<str>,
    realm_ref: NamedOnWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NamedOnWire {
    namespace: String,
    name: String,
    authorization_secret_ref: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientStatusOnWire {
    keycloak_instance: Option<String>,
    realm_uid: Option<String>,
    internal_id: Option<IgnoredAny>,
    owned: Option<IgnoredAny>,
    observed_generation: Option<i64>,
    reconcile_status: Option<ReconcileStatus>,
    #[serde(default)]
    phase: Phase,
}

impl From<ClientOnWire> for SlimClient {
    fn from(wire: ClientOnWire) -> Self {
        let NamedOnWire { namespace, name, authorization_secret_ref } = wire.spec.realm_ref;
        let status = wire.status;
        let instance = status.as_ref().and_then(|status| status.keycloak_instance.as_deref());
        let progress = status.as_ref().map_or_else(WireProgress::default, |status| WireProgress {
            observed_generation: status.observed_generation,
            reconcile_status: status.reconcile_status,
            phase: status.phase,
        });
        Self {
            realm: Key::namespaced(namespace, name),
            names_a_token: authorization_secret_ref.is_some(),
            client_id: wire.spec.client_id,
            instance: instance
                .and_then(|text| text.split_once('/'))
                .map(|(namespace, name)| Key::namespaced(namespace, name)),
            realm_uid: status.as_ref().and_then(|status| status.realm_uid.as_deref()).map(hash_of),
            stands: status.as_ref().is_some_and(|status| status.owned.is_some()),
            is_made: status.as_ref().is_some_and(|status| status.internal_id.is_some()),
            succeeded_at: progress.settled(&wire.metadata),
            phase: progress.phase,
        }
    }
}

impl Projection for SlimClient {
    type Kind = KeycloakClient;
    const KIND: &'static str = "KeycloakClient";
    const TALLIES: &'static [Tally] = &BY_PHASE;

    fn tallies(&self) -> Vec<Tally> {
        vec![by_phase(self.phase)]
    }

    fn references(&self) -> Vec<Reference> {
        let instance = self.instance.iter().map(|key| Target::object(SlimKeycloak::KIND, key.clone()));
        let instance = instance.map(|target| Reference::to(target).only(OF_THE_INSTANCE));
        let realm = Reference::to(Self::target(&self.realm));
        // The tokens of a realm change with each rotation: clients that present none sleep on.
        let realm = if self.names_a_token { realm } else { realm.only(SlimRealm::WITHOUT_TOKENS) };
        std::iter::once(realm).chain(instance).collect()
    }

    fn settled(&self, generation: i64) -> bool {
        self.succeeded_at == Some(generation)
    }
}

/// Of a realm: hashes of the contract's fields.
#[derive(Debug, Deserialize)]
#[serde(from = "Value")]
pub struct SlimRealm([u64; 6]);

impl SlimRealm {
    /// All but the tokens that it accepts, which come last.
    const WITHOUT_TOKENS: Fields =
        Fields::at(0).and(Fields::at(1)).and(Fields::at(2)).and(Fields::at(3)).and(Fields::at(4));
}

impl From<Value> for SlimRealm {
    fn from(object: Value) -> Self {
        let at = |pointer: &str| hash_at(&object, pointer);
        Self([
            at("/spec/realmName"),
            at("/spec/operatorRef"),
            hash_of(&(at("/spec/authorization"), at("/spec/clientAuthorizationGrants"))),
            at("/spec/takeOver"),
            at("/status/available"),
            at("/status/authorization/tokens"),
        ])
    }
}

impl Projection for SlimRealm {
    type Kind = KeycloakRealm;
    const KIND: &'static str = KEYCLOAK_REALM;

    fn contract(&self) -> Vec<u64> {
        self.0.to_vec()
    }
}

fn hash_at(object: &Value, pointer: &str) -> u64 {
    hash_of(&object.pointer(pointer).map(Value::to_string))
}

#[cfg(test)]
mod tests {
    use keycloak_crds::{
        contract::{self, Party},
        generate::{KINDS, Kind},
        labels::annotation,
    };
    use serde_json::json;

    use super::*;

    fn kind(name: &str) -> &'static Kind {
        KINDS.iter().find(|kind| kind.name == name).unwrap()
    }

    #[test]
    fn what_of_a_realm_wakes_its_clients_stands_in_the_contract() {
        let kind = kind(SlimRealm::KIND);
        let sample = json!({
            "metadata": {"name": "acme", "namespace": "realms", "uid": "u"},
            "spec": {"realmName": "acme", "operatorRef": {"namespace": "platform", "name": "keycloak"}},
        });
        let look = |object| serde_json::from_value(object).ok().map(|slim: SlimRealm| slim.contract());
        let seen = contract::looked_at(kind, &sample, look).unwrap();
        assert_eq!(
            seen,
            [
                "spec.authorization",
                "spec.clientAuthorizationGrants",
                "spec.operatorRef",
                "spec.realmName",
                "spec.takeOver",
                "status.authorization",
                "status.available",
            ]
        );
        for field in seen {
            assert!(contract::names(kind.name, &field, Party::Client), "{field}");
        }
    }

    #[test]
    fn what_of_its_own_status_a_client_is_looked_up_by_stands_in_the_contract() {
        let kind = kind(SlimClient::KIND);
        let sample = json!({
            "metadata": {"name": "portal", "namespace": "acme", "uid": "u"},
            "spec": {"clientId": "portal", "realmRef": {"name": "acme", "namespace": "realms"}},
            "status": {"observedGeneration": 1, "reconcileStatus": "Succeeded", "keycloakInstance": "platform/keycloak"},
        });
        let look = |object| {
            let slim: SlimClient = serde_json::from_value(object).ok()?;
            let instance = slim.references().len();
            let of_slots = (slim.stands, slim.is_made, slim.realm_uid);
            Some((slim.settled(1), slim.settled(7), of_slots, instance, slim.instance))
        };
        let seen = contract::looked_at(kind, &sample, look).unwrap();
        let own: Vec<&String> = seen.iter().filter(|field| field.starts_with("status.")).collect();
        assert_eq!(
            own,
            [
                "status.internalId",
                "status.keycloakInstance",
                "status.observedGeneration",
                "status.owned",
                "status.realmUid",
            ]
        );
        for field in own {
            assert!(contract::names(kind.name, field, Party::Client), "{field}");
        }
    }

    fn client(status: &Value) -> SlimClient {
        let spec = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "realms"}});
        serde_json::from_value(json!({"spec": spec, "status": status})).unwrap()
    }

    #[test]
    fn a_client_is_woken_by_its_realm_and_once_it_knows_it_by_its_instance() {
        let targets = |client: &SlimClient| {
            client.references().into_iter().map(|reference| reference.target).collect::<Vec<_>>()
        };
        let realm = Target::object(KEYCLOAK_REALM, Key::namespaced("realms", "acme"));
        assert_eq!(targets(&client(&Value::Null)), std::slice::from_ref(&realm));
        let instance = Target::object(SlimKeycloak::KIND, Key::namespaced("platform", "keycloak"));
        let known = client(&json!({"keycloakInstance": "platform/keycloak"}));
        assert_eq!(targets(&known), [realm, instance]);
        let of_the_instance = known.references()[1].fields;
        assert!(
            of_the_instance.meets(SlimKeycloak::ENDPOINTS) && !of_the_instance.meets(SlimKeycloak::LEAVE)
        );
    }

    #[test]
    fn when_the_tokens_of_its_realm_change_only_a_client_that_presents_one_is_woken() {
        let fields = |authorization_secret_ref: Value| {
            let realm_ref = json!({
                "namespace": "realms", "name": "acme", "authorizationSecretRef": authorization_secret_ref,
            });
            let spec = json!({"clientId": "portal", "realmRef": realm_ref});
            serde_json::from_value::<SlimClient>(json!({"spec": spec})).unwrap().references()[0].fields
        };
        let realm = |tokens: Value| {
            let object =
                json!({"spec": {"realmName": "acme"}, "status": {"authorization": {"tokens": tokens}}});
            serde_json::from_value::<SlimRealm>(object).unwrap().contract()
        };
        let (before, after) = (realm(json!([])), realm(json!([{"id": "1"}])));
        let changed: Vec<usize> = (0..before.len()).filter(|at| before[*at] != after[*at]).collect();
        assert_eq!(changed, [5]);
        for at in 0..before.len() {
            assert!(fields(json!({"name": "mine"})).meets(Fields::at(at)), "{at}");
            assert_eq!(fields(Value::Null).meets(Fields::at(at)), at != 5, "{at}");
        }
    }

    #[test]
    fn a_restart_passes_over_what_succeeded_at_this_generation_and_nothing_else() {
        let status = |word: &str| json!({"observedGeneration": 3, "reconcileStatus": word, "owned": {}});
        assert!(client(&status("Succeeded")).settled(3));
        assert!(!client(&status("Succeeded")).settled(4));
        assert!(!client(&status("InProgress")).settled(3));
        assert_eq!(client(&json!({"phase": "Degraded"})).tallies(), [by_phase(Phase::Degraded)]);
        assert_eq!(client(&Value::Null).tallies(), [by_phase(Phase::Pending)]);
        assert!(client(&status("Failed")).stands());
        assert!(!client(&json!({"observedGeneration": -1})).stands());
        let asked: SlimClient = serde_json::from_value(json!({
            "metadata": {"annotations": {annotation::RECONCILE_AT: "now"}},
            "spec": {"realmRef": {"name": "acme", "namespace": "realms"}}, "status": status("Succeeded"),
        }))
        .unwrap();
        assert!(!asked.settled(3), "somebody asked while no controller ran");
    }

    #[test]
    fn a_client_stands_in_the_realm_that_it_was_applied_in() {
        let applied = client(&json!({"owned": {}, "internalId": "1", "realmUid": "u"}));
        assert!(applied.stands_in("u") && !applied.stands_in("v"));
        for (status, why) in [
            (json!({"owned": {}, "internalId": "1"}), "it was never in a realm"),
            (json!({"owned": {}, "realmUid": "u"}), "Keycloak refused to make it"),
            (json!({"internalId": "1", "realmUid": "u"}), "it is only observed"),
        ] {
            assert!(!client(&status).stands_in("u"), "{why}");
        }
    }

    #[test]
    fn messages_and_conditions_of_a_realm_wake_nobody() {
        let realm = |status: Value| {
            let spec = json!({"realmName": "acme", "operatorRef": {"namespace": "platform"}});
            serde_json::from_value::<SlimRealm>(json!({"spec": spec, "status": status})).unwrap().contract()
        };
        let available = json!({"realmId": "1"});
        assert_eq!(
            realm(json!({"available": available, "message": "a", "conditions": []})),
            realm(json!({"available": available, "message": "b"}))
        );
        assert_ne!(realm(json!({"available": available})), realm(json!({})));
    }
}
