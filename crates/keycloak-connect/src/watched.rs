//! What the watches keep of objects, where more than one controller watches them.

use std::collections::BTreeMap;

use controller_runtime::{Fields, Projection, Tally, hash_of};
use keycloak_crds::{
    Keycloak,
    labels::annotation,
    phase::{Phase, ReconcileStatus},
};
use serde::Deserialize;
use serde_json::Value;

/// Of an instance: one number per part of the contract. Beside a KeycloakRealm or a KeycloakClient that depends on it.
#[derive(Debug, Deserialize)]
#[serde(from = "Value")]
pub struct SlimKeycloak([u64; 8]);

impl SlimKeycloak {
    /// Which object it is, and whether it is being deleted.
    pub const LIFE: Fields = Fields::at(0);
    /// The parts of its spec from which addresses follow.
    pub const ADDRESSES: Fields = Fields::at(1);
    /// Where our logins stand.
    pub const LOGINS: Fields = Fields::at(2);
    /// Who may use it, and who may take over what is in it.
    pub const LEAVE: Fields = Fields::at(3);
    /// Where it answers, as its controller has seen.
    pub const ENDPOINTS: Fields = Fields::at(4);
    /// Its version.
    pub const VERSION: Fields = Fields::at(5);
    /// When our logins are made anew.
    pub const ROTATION: Fields = Fields::at(6);
    /// The tokens that it accepts: they change with each rotation, and matter to whoever names one.
    pub const TOKENS: Fields = Fields::at(7);
    /// All but its tokens.
    pub const WITHOUT_TOKENS: Fields = Self::LIFE
        .and(Self::ADDRESSES)
        .and(Self::LOGINS)
        .and(Self::LEAVE)
        .and(Self::ENDPOINTS)
        .and(Self::VERSION)
        .and(Self::ROTATION);
}

impl From<Value> for SlimKeycloak {
    fn from(object: Value) -> Self {
        let text = |pointer: &str| object.pointer(pointer).map(Value::to_string);
        let hash = |pointers: &[&str]| hash_of(&pointers.iter().map(|at| text(at)).collect::<Vec<_>>());
        Self([
            hash(&["/metadata/uid", "/metadata/deletionTimestamp"]),
            hash(&["/spec/external", "/spec/hostname", "/spec/http", "/spec/service", "/spec/tls"]),
            hash(&["/spec/logins"]),
            hash(&["/spec/authorization", "/spec/takeOver"]),
            hash(&["/status/endpoints"]),
            hash(&["/status/version"]),
            hash(&["/spec/loginRotation"]),
            hash(&["/status/authorization/tokens"]),
        ])
    }
}

impl Projection for SlimKeycloak {
    type Kind = Keycloak;
    const KIND: &'static str = "Keycloak";

    fn contract(&self) -> Vec<u64> {
        self.0.to_vec()
    }
}

/// Which object it is, and its annotations, on the wire.
#[derive(Debug, Default, Deserialize)]
pub struct WireMetadata {
    /// Its namespace.
    #[serde(default)]
    pub namespace: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

impl WireMetadata {
    /// Whether somebody asks for something by annotation. It may have been set while no controller ran, and what was honoured
    /// before is not known any more.
    fn asks(&self) -> bool {
        [annotation::RECONCILE_AT, annotation::APPROVE, annotation::ROTATE_LOGIN]
            .iter()
            .any(|name| self.annotations.contains_key(*name))
    }
}

/// How far the last pass over an object came, on the wire.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WireProgress {
    /// Generation that the pass was about.
    pub observed_generation: Option<i64>,
    /// How it ended.
    pub reconcile_status: Option<ReconcileStatus>,
    /// In which phase the object is.
    pub phase: Phase,
}

/// Objects of one kind by their phase.
pub const BY_PHASE: [Tally; Phase::ALL.len()] = {
    let mut all = [by_phase(Phase::Unknown); Phase::ALL.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = by_phase(Phase::ALL[at]);
        at += 1;
    }
    all
};

/// What an object in this phase counts for.
pub const fn by_phase(phase: Phase) -> Tally {
    Tally::phase(phase.as_str())
}

impl WireProgress {
    /// The generation that a pass brought to its end, so that a restart may pass over the object.
    pub fn settled(&self, metadata: &WireMetadata) -> Option<i64> {
        let succeeded = self.reconcile_status == Some(ReconcileStatus::Succeeded);
        self.observed_generation.filter(|_| succeeded && !metadata.asks())
    }
}

#[cfg(test)]
mod tests {
    use keycloak_crds::{
        contract::{self, Party},
        generate::KINDS,
    };
    use serde_json::json;

    use super::*;

    #[test]
    fn what_wakes_realms_and_clients_stands_in_the_contract() {
        let kind = KINDS.iter().find(|kind| kind.name == SlimKeycloak::KIND).unwrap();
        let sample =
            json!({"metadata": {"name": "keycloak", "namespace": "platform", "uid": "u"}, "spec": {}});
        let look = |object| serde_json::from_value(object).ok().map(|slim: SlimKeycloak| slim.contract());
        let seen = contract::looked_at(kind, &sample, look).unwrap();
        assert_eq!(
            seen,
            [
                "metadata.deletionTimestamp",
                "metadata.uid",
                "spec.authorization",
                "spec.external",
                "spec.hostname",
                "spec.http",
                "spec.loginRotation",
                "spec.logins",
                "spec.service",
                "spec.takeOver",
                "spec.tls",
                "status.authorization",
                "status.endpoints",
                "status.version",
            ]
        );
        for field in seen {
            assert!(contract::names(kind.name, &field, Party::Realm), "{field}");
        }
    }

    fn keycloak(change: impl FnOnce(&mut Value)) -> Vec<u64> {
        let mut object = json!({
            "metadata": {"name": "keycloak", "uid": "u"},
            "spec": {"external": {"url": "https://a"}, "replicas": 1},
            "status": {"version": "26.7.3", "endpoints": {"internal": "https://a"}},
        });
        change(&mut object);
        serde_json::from_value::<SlimKeycloak>(object).unwrap().contract()
    }

    /// The part that a change is seen in.
    fn seen_in(pointer: &str, value: Value) -> Vec<usize> {
        let (before, after) = (
            keycloak(|_| {}),
            keycloak(|object| {
                let (parent, field) = pointer.rsplit_once('/').unwrap();
                object.pointer_mut(parent).unwrap()[field] = value;
            }),
        );
        (0..before.len()).filter(|at| before[*at] != after[*at]).collect()
    }

    #[test]
    fn each_part_of_the_contract_is_seen_apart_and_nothing_else_is_seen() {
        assert_eq!(seen_in("/metadata/deletionTimestamp", json!("2026-01-31T12:00:00Z")), [0]);
        assert_eq!(seen_in("/metadata/uid", json!("other")), [0]);
        assert_eq!(seen_in("/spec/external", json!({"url": "https://b"})), [1]);
        assert_eq!(seen_in("/spec/logins", json!({"namespace": "vault"})), [2]);
        assert_eq!(seen_in("/spec/authorization", json!({"sameNamespace": false})), [3]);
        assert_eq!(seen_in("/status/authorization", json!({"tokens": [{"id": "1"}]})), [7]);
        assert_eq!(seen_in("/status/endpoints", json!({"internal": "https://b"})), [4]);
        assert_eq!(seen_in("/status/version", json!("26.7.4")), [5]);
        assert_eq!(seen_in("/spec/loginRotation", json!({"rotationPeriod": "30d"})), [6]);
        for at in 0..8 {
            assert_eq!(SlimKeycloak::WITHOUT_TOKENS.meets(Fields::at(at)), at != 7, "{at}");
        }
        for (pointer, value) in [
            ("/status/message", json!("x")),
            ("/status/conditions", json!([])),
            ("/status/authorization", json!({"granted": true})),
            ("/spec/replicas", json!(2)),
            ("/metadata/resourceVersion", json!("7")),
        ] {
            assert!(seen_in(pointer, value).is_empty(), "{pointer}");
        }
    }

    #[test]
    fn a_restart_passes_over_what_succeeded_unless_somebody_asks() {
        let progress = |word: &str| -> WireProgress {
            serde_json::from_value(json!({"observedGeneration": 3, "reconcileStatus": word})).unwrap()
        };
        let asks = |name: &str| -> WireMetadata {
            serde_json::from_value(json!({"name": "acme", "annotations": {name: "now"}})).unwrap()
        };
        assert_eq!(progress("Succeeded").settled(&WireMetadata::default()), Some(3));
        assert_eq!(progress("Succeeded").settled(&asks("example.com/note")), Some(3));
        assert_eq!(progress("InProgress").settled(&WireMetadata::default()), None);
        assert_eq!(WireProgress::default().settled(&WireMetadata::default()), None);
        for name in [annotation::RECONCILE_AT, annotation::APPROVE, annotation::ROTATE_LOGIN] {
            assert_eq!(progress("Succeeded").settled(&asks(name)), None, "{name}");
        }
    }

    #[test]
    fn each_phase_is_counted_and_a_new_object_is_pending() {
        let words: Vec<_> = BY_PHASE.iter().map(|tally| tally.value).collect();
        assert_eq!(
            words,
            ["Pending", "Provisioning", "Ready", "Failed", "Updating", "Degraded", "Paused", "Unknown"]
        );
        assert_eq!(WireProgress::default().phase, Phase::Pending);
    }
}
