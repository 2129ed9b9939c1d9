//! What the watches keep: of a realm its instance, how far it came and whose roles it names; of a client where it belongs and
//! whether it stands there.

use std::collections::BTreeSet;

use controller_runtime::{Key, Projection, Reference, Tally, Target, hash_of};
use keycloak_connect::watched::{BY_PHASE, SlimKeycloak, WireMetadata, WireProgress, by_phase};
use keycloak_crds::{
    KeycloakClient, KeycloakRealm,
    phase::{Phase, ReconcileStatus},
    reference::OperatorRef,
};
use serde::{Deserialize, Deserializer, de::IgnoredAny};
use serde_json::Value;

use super::to_instance;
use crate::slots;

/// What the watch keeps of a KeycloakRealm.
#[derive(Debug)]
pub struct SlimRealm {
    /// The object itself.
    own: Key,
    /// Of its instance.
    namespace: Box<str>,
    /// Of its instance.
    name: Box<str>,
    /// Whether it presents a token to its instance.
    names_a_token: bool,
    /// In Keycloak.
    realm_name: Box<str>,
    /// Whether it was made.
    stands: bool,
    /// Client ids of the clients whose roles it gives.
    clients: Box<[Box<str>]>,
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
    status: WireRealmStatus,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct WireRealmStatus {
    internal_id: Option<IgnoredAny>,
    observed_generation: Option<i64>,
    reconcile_status: Option<ReconcileStatus>,
    phase: Phase,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRealmSpec {
    #[serde(default)]
    realm_name: Box<str>,
    operator_ref: OperatorRef,
    #[serde(default)]
    roles: Value,
    #[serde(default)]
    default_role: Value,
    #[serde(default)]
    groups: Value,
    #[serde(default)]
    scope_mappings: Value,
    #[serde(default)]
    client_scope_mappings: Value,
}

/// Adds the clients of mappings: those whose tokens carry roles, and those whose roles are carried.
fn add_mapped_clients(spec: &WireRealmSpec, found: &mut BTreeSet<Box<str>>) {
    let by_client = spec.client_scope_mappings.as_object().into_iter().flatten();
    let lists = by_client.clone().map(|(_, list)| list).chain([&spec.scope_mappings]);
    let mappings = lists.flat_map(|list| list.as_array().into_iter().flatten());
    let holders = mappings.filter_map(|mapping| mapping.get("client").and_then(Value::as_str));
    found.extend(holders.chain(by_client.map(|(client, _)| client.as_str())).map(Box::from));
}

/// Adds the keys of all role maps in a part of a spec, at any depth: below the groups that have types may stand anything.
fn add_clients(part: &Value, found: &mut BTreeSet<Box<str>>) {
    match part {
        Value::Array(items) => {
            for item in items {
                add_clients(item, found);
            }
        }
        Value::Object(fields) => {
            for (field, value) in fields {
                match (field.as_str(), value) {
                    ("compositeClientRoles" | "clientRoles", Value::Object(by_client)) => {
                        found.extend(by_client.keys().map(|client| Box::from(client.as_str())));
                    }
                    _ => add_clients(value, found),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A client of a realm, by what Keycloak calls it: so realms name those whose roles they give.
fn in_realm(realm: &Key, client_id: &str) -> Target {
    Target::object("client of a KeycloakRealm", Key::namespaced(realm.to_string(), client_id))
}

impl<'de> Deserialize<'de> for SlimRealm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let WireRealm { metadata, spec, status } = WireRealm::deserialize(deserializer)?;
        let mut clients = BTreeSet::new();
        for part in [&spec.roles, &spec.default_role, &spec.groups] {
            add_clients(part, &mut clients);
        }
        add_mapped_clients(&spec, &mut clients);
        let WireRealmStatus { internal_id, observed_generation, reconcile_status, phase } = status;
        let progress = WireProgress { observed_generation, reconcile_status, phase };
        Ok(Self {
            realm_name: spec.realm_name,
            stands: internal_id.is_some(),
            own: Key::namespaced(metadata.namespace.as_str(), metadata.name.as_str()),
            clients: clients.into_iter().collect(),
            names_a_token: spec.operator_ref.authorization_secret_ref.is_some(),
            namespace: spec.operator_ref.namespace.into(),
            name: spec.operator_ref.name.into(),
            settled: progress.settled(&metadata),
            phase,
        })
    }
}

impl SlimRealm {
    /// Whether Keycloak holds it, as its controller last said: it takes a slot of its namespace's quotas.
    pub(crate) fn stands(&self) -> bool {
        self.stands
    }

    /// What the row of its slot calls it.
    pub(crate) fn object(&self) -> String {
        slots::object(&self.namespace, &self.name, &self.realm_name)
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
        let clients = self.clients.iter().map(|client| Reference::to(in_realm(&self.own, client)));
        let instance = to_instance(&self.namespace, &self.name);
        // The tokens of an instance change with each rotation: realms that present none sleep on.
        let instance =
            if self.names_a_token { instance } else { instance.only(SlimKeycloak::WITHOUT_TOKENS) };
        std::iter::once(instance).chain(clients).collect()
    }

    fn settled(&self, generation: i64) -> bool {
        self.settled == Some(generation)
    }
}

/// Of a KeycloakClient: the realm that it names, whether it was made there, and with which roles. That is what the deletion of the
/// realm tells of, whether our login in it is still needed, and what a realm waits for that gives roles of the client.
#[derive(Debug, Deserialize)]
#[serde(from = "WireClient")]
pub struct SlimClient {
    realm: Key,
    client_id: Box<str>,
    /// Whether it is in Keycloak.
    is_made: bool,
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
    client_id: Box<str>,
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
    created_roles: Value,
}

impl From<WireClient> for SlimClient {
    fn from(WireClient { spec, status }: WireClient) -> Self {
        let WireClientSpec { client_id, realm_ref: WireName { namespace, name } } = spec;
        let is_made = status.internal_id.is_some();
        let stands = hash_of(&(status.realm_uid, is_made, status.created_roles.to_string()));
        Self { realm: Key::namespaced(namespace, name), client_id, is_made, stands }
    }
}

impl Projection for SlimClient {
    type Kind = KeycloakClient;
    const KIND: &'static str = "KeycloakClient";
    /// A realm that lives cares only for those whose roles it gives.
    const WAKES_IN_DELETION_ONLY: bool = true;

    fn contract(&self) -> Vec<u64> {
        vec![hash_of(&(&self.realm, &self.client_id)), self.stands]
    }

    fn also_known_as(&self) -> Option<Target> {
        self.is_made.then(|| in_realm(&self.realm, &self.client_id))
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
        let expected =
            ["spec.clientId", "spec.realmRef", "status.createdRoles", "status.internalId", "status.realmUid"];
        assert_eq!(seen, expected);
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
        let to_it = to_instance("platform", "keycloak");
        assert_eq!(done.references(), [to_it.clone().only(SlimKeycloak::WITHOUT_TOKENS)]);
        let presents_one: SlimRealm = serde_json::from_value(json!({
            "metadata": {"name": "acme"},
            "spec": {
                "realmName": "acme",
                "operatorRef": {"namespace": "platform", "authorizationSecretRef": {"name": "mine"}},
            },
        }))
        .unwrap();
        assert_eq!(
            presents_one.references(),
            [to_it],
            "only who presents a token is woken when tokens change"
        );
        let made = json!({"phase": "Ready", "internalId": "1"});
        assert!(realm(made.clone()).stands() && !realm(json!({"phase": "Ready"})).stands());
        assert_eq!(realm(made).object(), "platform/keycloak/acme");
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
    fn a_realm_refers_to_the_clients_whose_roles_it_gives_at_any_depth_and_to_no_other() {
        let below =
            json!({"name": "d", "subGroups": [{"name": "e", "clientRoles": {"deep": ["x"]}, "members": 7}]});
        let realm: SlimRealm = serde_json::from_value(json!({
            "metadata": {"name": "acme", "namespace": "realms"},
            "spec": {
                "realmName": "acme", "operatorRef": {"namespace": "platform"}, "attributes": {"other": "x"},
                "roles": {"realmRoles": [{"name": "a", "compositeClientRoles": {"orders": ["viewer"], "portal": []}}]},
                "defaultRole": {"name": "default-roles-acme", "compositeClientRoles": {"account": ["view-profile"]}},
                "groups": [{"name": "a", "clientRoles": {"orders": ["viewer"]}, "subGroups": [below]}, "no group"],
                "scopeMappings": [{"client": "shop", "roles": ["a"]}, {"clientScope": "department", "roles": ["a"]}],
                "clientScopeMappings": {"billing": [{"client": "till", "roles": ["x"]}, {"clientScope": "b"}], "empty": 7},
            },
        }))
        .unwrap();
        let acme = Key::namespaced("realms", "acme");
        let targets: Vec<Target> = realm.references().into_iter().skip(1).map(|to| to.target).collect();
        assert_eq!(
            targets,
            ["account", "billing", "deep", "empty", "orders", "portal", "shop", "till"]
                .map(|client| in_realm(&acme, client))
        );
    }

    #[test]
    fn of_a_client_only_its_realm_whether_it_stands_there_and_its_roles_are_seen() {
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
        assert_eq!(before.also_known_as(), None);
        let acme = Key::namespaced("realms", "acme");
        assert_eq!(made.also_known_as(), Some(in_realm(&acme, "portal")));
        let later = client(json!({"realmUid": "u", "internalId": "1", "message": "x", "conditions": []}));
        assert_eq!(later.contract(), made.contract());
        let with_role = client(json!({"realmUid": "u", "internalId": "1", "createdRoles": ["viewer"]}));
        assert_ne!(with_role.contract(), made.contract(), "a realm may wait for it");
    }
}
