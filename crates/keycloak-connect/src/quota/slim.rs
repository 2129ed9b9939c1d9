//! What the watch keeps of a `KeycloakQuota`: its numbers, and of each row two hashes.

use authorization_token::ConsumerKind;
use controller_runtime::{Projection, Reference, Target, hash_of};
use keycloak_crds::KeycloakQuota;
use serde::Deserialize;

use crate::watched::WireMetadata;

/// Of a quota: how many it allows, and whose slots are taken.
#[derive(Debug, Deserialize)]
#[serde(from = "WireQuota")]
pub struct SlimQuota {
    namespace: Box<str>,
    realms: Part,
    clients: Part,
}

/// About one kind.
#[derive(Debug, Hash)]
struct Part {
    max: Option<u32>,
    rows: Box<[Row]>,
}

/// Hashes of the uids of the object and, for a client, of its realm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Row {
    uid: u64,
    realm: Option<u64>,
}

#[derive(Deserialize)]
struct WireQuota {
    #[serde(default)]
    metadata: WireMetadata,
    #[serde(default)]
    spec: WireSpec,
    #[serde(default)]
    status: WireStatus,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct WireSpec {
    max_realms: Option<i64>,
    max_clients_per_realm: Option<i64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireStatus {
    realms: Vec<WireRow>,
    clients: Vec<WireRow>,
}

#[derive(Deserialize)]
struct WireRow {
    uid: String,
    realm: Option<String>,
}

impl Part {
    fn of(max: Option<i64>, rows: Vec<WireRow>) -> Self {
        let row = |row: WireRow| Row {
            uid: hash_of(row.uid.as_str()),
            realm: row.realm.map(|realm| hash_of(realm.as_str())),
        };
        // The schema allows none below zero.
        let max = max.map(|max| u32::try_from(max).unwrap_or_default());
        Self { max, rows: rows.into_iter().map(row).collect() }
    }
}

impl From<WireQuota> for SlimQuota {
    fn from(WireQuota { metadata, spec, status }: WireQuota) -> Self {
        Self {
            namespace: metadata.namespace.into(),
            realms: Part::of(spec.max_realms, status.realms),
            clients: Part::of(spec.max_clients_per_realm, status.clients),
        }
    }
}

impl SlimQuota {
    /// How many of this kind it allows; `None`: it says nothing about them.
    pub fn max(&self, kind: ConsumerKind) -> Option<u32> {
        self.part(kind).max
    }

    /// Whether this object has a row in it, for this realm.
    pub fn holds(&self, kind: ConsumerKind, uid: &str, realm: Option<&str>) -> bool {
        let row = Row { uid: hash_of(uid), realm: realm.map(hash_of) };
        self.part(kind).rows.contains(&row)
    }

    /// Hashes of the uids of those that have a row, for this realm.
    pub(super) fn held(&self, kind: ConsumerKind, realm: Option<&str>) -> impl Iterator<Item = u64> {
        let realm = realm.map(hash_of);
        self.part(kind).rows.iter().filter(move |row| row.realm == realm).map(|row| row.uid)
    }

    /// Hashes of the uids of all that have a row.
    pub(super) fn all_held(&self, kind: ConsumerKind) -> impl Iterator<Item = u64> {
        self.part(kind).rows.iter().map(|row| row.uid)
    }

    fn part(&self, kind: ConsumerKind) -> &Part {
        match kind {
            ConsumerKind::KeycloakRealm => &self.realms,
            ConsumerKind::KeycloakClient => &self.clients,
        }
    }
}

impl Projection for SlimQuota {
    type Kind = KeycloakQuota;
    const KIND: &'static str = "KeycloakQuota";

    /// Its own namespace, so that the quotas of one are found without looking at all.
    fn references(&self) -> Vec<Reference> {
        vec![Reference::to(Target::namespace(Self::KIND, &*self.namespace))]
    }

    /// Whoever counts it tells how many rows there are.
    fn wake(&self) -> u64 {
        hash_of(&(&self.realms, &self.clients))
    }
}
