//! Slots of a `KeycloakQuota`: who may create, exactly and in order.
//!
//! A slot is a row in the quota's status, taken *before* the object is created in Keycloak, by an update that carries the
//! `resourceVersion` of what was looked at here. A conflict means: look again, decide again. So two that act at once cannot both
//! take the last slot. A row goes when the object has been torn down, or at the resync when its CR is gone and Keycloak does
//! not hold it.
//!
//! What exists and has no row, because it is older than the quota, is counted in before anybody gets a slot ([`count_in`]), and
//! is never stopped.
//!
//! Lowering a maximum stops creation and takes no slot away.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::identity::{ConsumerKind, NamespaceName, ObjectName, Uid};

#[cfg(test)]
mod tests;

/// A taken slot, as it stands in `status.realms[]` or `status.clients[]` of a `KeycloakQuota`.
///
/// JSON: `{"uid": "6f0c...", "name": "shop", "since": "2026-01-01T00:00:00Z"}`, for a client also `"realm": "<uid of the
/// KeycloakRealm>"`, because `maxClientsPerRealm` counts per realm, and `"namespace"` where that is another than the quota's.
/// `uid` is the key of the list. `object` is the name of what it stands for in Keycloak, by which a row whose CR is gone is
/// looked up: two rows of one object are one too many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SlotRow {
    /// The `metadata.uid` of the CR.
    pub uid: Uid,
    /// The `metadata.name` of the CR.
    pub name: ObjectName,
    /// The namespace of the CR, where it is another than that of the quota.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<NamespaceName>,
    /// For a client, the uid of its `KeycloakRealm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub realm: Option<Uid>,
    /// What it is called in Keycloak, as whoever takes the slot writes and reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// When the slot was taken, in whole seconds.
    pub since: Timestamp,
}

/// One `KeycloakQuota` of the namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// Its name.
    pub name: ObjectName,
    /// `spec.maxRealms` or `spec.maxClientsPerRealm`; `None`: it does not limit this kind.
    pub max: Option<u32>,
    /// The rows of this kind.
    pub rows: Vec<SlotRow>,
}

/// An object that wants a slot, or has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The `metadata.uid` of the CR.
    pub uid: Uid,
    /// The `metadata.name` of the CR.
    pub name: ObjectName,
    /// The namespace of the CR, where it is another than that of the quota.
    pub namespace: Option<NamespaceName>,
    /// For a client, the uid of its `KeycloakRealm`.
    pub realm: Option<Uid>,
    /// What it is called in Keycloak.
    pub object: Option<String>,
    /// `metadata.creationTimestamp`.
    pub created: Timestamp,
}

impl Claim {
    /// By what they are sorted: oldest first; of two of the same second the smaller uid.
    pub fn order(&self) -> (Timestamp, &Uid) {
        (self.created, &self.uid)
    }

    fn row(&self, now: Timestamp) -> SlotRow {
        SlotRow {
            uid: self.uid.clone(),
            name: self.name.clone(),
            namespace: self.namespace.clone(),
            realm: self.realm.clone(),
            object: self.object.clone(),
            since: crate::rotation::whole_second(now),
        }
    }

    /// Whether the row is of the same object in Keycloak, or was of the same CR.
    fn takes_the_place_of(&self, row: &SlotRow) -> bool {
        let is_same_object = self.object.is_some() && self.object == row.object && self.realm == row.realm;
        row.uid == self.uid || is_same_object
    }
}

impl Quota {
    /// Its rows with one for this claim.
    fn rows_with(&self, claim: &Claim, now: Timestamp) -> Vec<SlotRow> {
        let others = self.rows.iter().filter(|row| !claim.takes_the_place_of(row));
        others.cloned().chain([claim.row(now)]).collect()
    }
}

/// The quota that limits, with its maximum: the least, of equal ones the first by name.
fn least(quotas: &[Quota]) -> Option<(u32, &Quota)> {
    let limiting = quotas.iter().filter_map(|quota| quota.max.map(|max| (max, quota)));
    limiting.min_by_key(|(max, quota)| (*max, &quota.name))
}

/// Adds a row for each object that exists and has none, to the quota that limits: it was there before the quota, or its row was
/// lost. Gives the name of that quota if anything was added.
pub fn count_in(quotas: &mut [Quota], existing: &[Claim], now: Timestamp) -> Option<ObjectName> {
    let name = least(quotas)?.1.name.clone();
    let held: BTreeSet<(&Uid, Option<&Uid>)> =
        quotas.iter().flat_map(|quota| &quota.rows).map(|row| (&row.uid, row.realm.as_ref())).collect();
    let is_missing = |claim: &&Claim| !held.contains(&(&claim.uid, claim.realm.as_ref()));
    let missing: Vec<&Claim> = existing.iter().filter(is_missing).collect();
    if missing.is_empty() {
        return None;
    }
    let quota = quotas.iter_mut().find(|quota| quota.name == name)?;
    quota.rows.retain(|row| !missing.iter().any(|claim| claim.takes_the_place_of(row)));
    quota.rows.extend(missing.iter().map(|claim| claim.row(now)));
    Some(name)
}

/// Whether an object may be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotDecision {
    /// No quota limits this kind in this namespace.
    Unlimited,
    /// It has a slot: go on.
    Held,
    /// Write these rows to the quota of this name, with the `resourceVersion` that was looked at; when that succeeded, go on.
    Take {
        /// The quota.
        quota: ObjectName,
        /// All its rows of this kind.
        rows: Vec<SlotRow>,
    },
    /// Create nothing; look again when a row goes, a maximum is raised, or an older claim ends.
    Wait {
        /// How many claims come before this one.
        ahead: usize,
        /// What a person reads.
        message: String,
    },
}

/// Decides about `claim`, an object of `kind`.
///
/// `quotas` are all those of the realm's namespace. Of several the least maximum holds (of equal ones the first by name), and
/// its rows are the ones written; the rows of all of them count, each uid once, so that nothing is forgotten when another
/// quota becomes the least. `waiting` are the objects of that kind in that namespace that could be created now but for the
/// quota; `claim` may be among them or not. For clients, only rows and claims of the same realm count.
pub fn decide(
    kind: ConsumerKind,
    quotas: &[Quota],
    claim: &Claim,
    waiting: &[Claim],
    now: Timestamp,
) -> SlotDecision {
    let Some((max, quota)) = least(quotas) else { return SlotDecision::Unlimited };
    let all_rows = quotas.iter().flat_map(|quota| &quota.rows);
    let rows: Vec<&SlotRow> = all_rows.filter(|row| row.realm == claim.realm).collect();
    if rows.iter().any(|row| row.uid == claim.uid) {
        return SlotDecision::Held;
    }
    // The slot of the CR that declared the same object before is this one's, and nobody else's.
    let (own, others): (Vec<&SlotRow>, Vec<&SlotRow>) =
        rows.into_iter().partition(|row| claim.takes_the_place_of(row));
    let held: BTreeSet<&Uid> = others.into_iter().map(|row| &row.uid).collect();
    let max = usize::try_from(max).unwrap_or(usize::MAX);
    let free = max.saturating_sub(held.len());
    let comes_before = |other: &&Claim| {
        other.realm == claim.realm && !held.contains(&other.uid) && other.order() < claim.order()
    };
    let older = waiting.iter().filter(comes_before).map(|other| &other.uid).collect::<BTreeSet<_>>();
    let ahead = if own.is_empty() { older.len() } else { 0 };
    if ahead < free {
        return SlotDecision::Take { quota: quota.name.clone(), rows: quota.rows_with(claim, now) };
    }
    SlotDecision::Wait { ahead, message: wait_message(kind, claim, quota, max, held.len(), ahead) }
}

fn wait_message(
    kind: ConsumerKind,
    claim: &Claim,
    quota: &Quota,
    max: usize,
    held: usize,
    ahead: usize,
) -> String {
    let (noun, plural) = (kind.noun(), kind.plural());
    let (field, place) = match kind {
        ConsumerKind::KeycloakRealm => ("spec.maxRealms", "in this namespace"),
        ConsumerKind::KeycloakClient => ("spec.maxClientsPerRealm", "in this realm"),
    };
    let queue = match ahead {
        0 => "It is the next in line".to_owned(),
        1 => format!("One older {noun} comes first"),
        ahead => format!("{ahead} older {plural} come first"),
    };
    let exist = if held == 1 { "exists" } else { "exist" };
    let (name, quota) = (&claim.name, &quota.name);
    format!(
        "The {noun} of {name} waits for room: KeycloakQuota {quota} allows at most {max} ({field}), and {held} {exist} {place}. \
         {queue}. Delete a {noun}, or have {field} raised."
    )
}

/// The rows without that of `uid`, after its teardown; nothing if it has none.
pub fn free(rows: &[SlotRow], uid: &Uid) -> Option<Vec<SlotRow>> {
    let left: Vec<SlotRow> = rows.iter().filter(|row| row.uid != *uid).cloned().collect();
    (left.len() != rows.len()).then_some(left)
}

/// What is known about the object of a row at the resync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// A CR with that uid exists, also one in deletion.
    CustomResource,
    /// No such CR, but Keycloak holds the object (retained, or its teardown is still to come).
    KeycloakOnly,
    /// No such CR, and Keycloak could not be asked.
    Unknown,
    /// No such CR, and Keycloak does not hold it.
    Gone,
}

/// The rows without those whose object is gone; nothing if all stay.
pub fn sweep(rows: &[SlotRow], presence: impl Fn(&SlotRow) -> Presence) -> Option<Vec<SlotRow>> {
    let stays = |row: &&SlotRow| match presence(row) {
        Presence::CustomResource | Presence::KeycloakOnly | Presence::Unknown => true,
        Presence::Gone => false,
    };
    let left: Vec<SlotRow> = rows.iter().filter(stays).cloned().collect();
    (left.len() != rows.len()).then_some(left)
}
