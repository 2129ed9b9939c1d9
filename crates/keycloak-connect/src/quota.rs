//! Slots of a `KeycloakQuota`, taken before anything is made in Keycloak and freed after it is gone.
//!
//! Which slot, and whose turn it is, is decided by [`authorization_token::quota`]; here is what has to be read and written for it.
//!
//! | to | call | costs |
//! | --- | --- | --- |
//! | know whether an object needs a slot | [`Slots::look`] | nothing: a watch tells of quotas and their rows |
//! | take one | [`Slots::take`] | one list of the namespace's quotas, one patch with its `resourceVersion` |
//! | give it back | [`Slots::free`] | the same |
//! | let the next one in, and free what nobody gave back | [`Turns`] | nothing while all rows have their objects |
//!
//! Where a namespace has no quota nothing is called. Two processes that act at once are kept apart by the `resourceVersion`: of
//! two patches that were made from the same look one is refused, and its writer looks again. Where several quotas of a namespace
//! limit the same kind, that holds as long as none of their numbers is changed in the same moment.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use authorization_token::{
    ConsumerKind, NameError, NamespaceName, ObjectName, Uid,
    quota::{self, Claim, Presence, Quota, SlotDecision, SlotRow},
};
use controller_runtime::{Fields, Key, Projection as _, Store, Target, hash_of};
use jiff::Timestamp;
use keycloak_crds::{KeycloakQuota, quota::Slot};
use kube::{
    Api, ResourceExt as _,
    api::{ListParams, Patch, PatchParams},
};
use serde_json::json;

use crate::error::ConnectError;

mod slim;
mod turns;
mod waiting;

pub use slim::SlimQuota;
pub use turns::Turns;

use waiting::Waiting;

/// How often a patch that somebody else was faster with is tried again within one pass.
const ATTEMPTS: usize = 20;

/// How many of the objects without a slot are looked at after a quota changed, so that all of them are counted.
const COUNTERS: usize = 10;

/// How long a pass waits for the first list of quotas.
const PATIENCE: Duration = Duration::from_secs(5);

/// The kind of object that takes slots, as its controller knows it.
pub trait Consumers: Send + Sync + 'static {
    /// Which.
    const KIND: ConsumerKind;
    /// Who writes its rows, in `metadata.managedFields`.
    const MANAGER: &'static str;

    /// The objects that stand in Keycloak and count in this namespace.
    fn existing(&self, namespace: &str) -> Vec<(Key, Claim)>;

    /// Whether this object, and not another one of its name, exists and is not being deleted.
    fn lives(&self, key: &Key, uid: &Uid) -> bool;

    /// [`hash_of`] the uids of all objects; nothing as long as not all of them are known.
    fn uids(&self) -> Option<HashSet<u64>>;

    /// What has become of the object of a row that no known object has. A row whose object Keycloak does not hold goes.
    fn presence(&self, namespace: &str, row: &SlotRow) -> impl Future<Output = Presence> + Send;
}

/// What the watch says about an object's slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// The namespace has no quota.
    #[default]
    NoQuota,
    /// None of its quotas limits this kind.
    Unlimited,
    /// The object has a slot.
    Held,
    /// It has none, as far as the watch tells.
    Open,
}

/// Who wants a slot.
#[derive(Debug)]
pub struct Wanted<'p> {
    /// The object.
    pub key: &'p Key,
    /// The namespace whose quotas count.
    pub namespace: &'p str,
    /// The object as it is counted.
    pub claim: Claim,
    /// Whether Keycloak holds it, and it is ours: then it is counted and not stopped.
    pub is_there: bool,
    /// Whether Keycloak holds it, and it is not ours yet: its author is told why it needs a slot all the same.
    pub is_taken_over: bool,
    /// The time of the pass.
    pub now: Timestamp,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Room {
    /// It has a slot, or needs none.
    Granted,
    /// It has to wait.
    Waits {
        /// What a person reads.
        message: String,
    },
}

/// A quota as it was read.
struct Read {
    quota: Quota,
    version: String,
}

/// The slots of one kind of object.
pub struct Slots<C> {
    kube: kube::Client,
    quotas: Arc<Store<SlimQuota>>,
    waiting: Waiting,
    consumers: C,
}

impl<C: Consumers> Slots<C> {
    /// The slots of these objects. `quotas` is filled by a watch.
    pub fn new(kube: kube::Client, quotas: Arc<Store<SlimQuota>>, consumers: C) -> Self {
        Self { kube, quotas, waiting: Waiting::default(), consumers }
    }

    /// Waits until the watch has told of all quotas once: a moment after the start. Not for long, as whoever wants a slot and does
    /// not know reads.
    pub async fn known(&self) {
        if self.quotas.is_complete() {
            return;
        }
        let mut changes = self.quotas.changes();
        let complete = async { while !self.quotas.is_complete() && changes.changed().await.is_ok() {} };
        let _ = tokio::time::timeout(PATIENCE, complete).await;
    }

    /// What the watch says about the object's slot. No call.
    pub fn look(&self, namespace: &str, uid: &str, realm: Option<&str>) -> Standing {
        if !self.quotas.is_complete() {
            // Nobody knows yet; whoever wants a slot reads.
            return Standing::Open;
        }
        let quotas = self.of(namespace);
        if quotas.is_empty() {
            Standing::NoQuota
        } else if quotas.iter().all(|quota| quota.max(C::KIND).is_none()) {
            Standing::Unlimited
        } else if quotas.iter().any(|quota| quota.holds(C::KIND, uid, realm)) {
            Standing::Held
        } else {
            Standing::Open
        }
    }

    /// Takes a slot, if it is this object's turn; what exists is counted first. An object that waits is woken when there is room.
    ///
    /// # Errors
    /// What the API server says.
    pub async fn take(&self, wanted: &Wanted<'_>) -> Result<Room, ConnectError> {
        let mut attempt = 1;
        loop {
            match self.take_once(wanted).await {
                Err(error) if is_outdated(&error) && attempt < ATTEMPTS => attempt += 1,
                Ok(Room::Granted) => {
                    self.waiting.leave(wanted.key);
                    return Ok(Room::Granted);
                }
                other => return other.map_err(ConnectError::kube(|| doing("taking", wanted.namespace))),
            }
        }
    }

    async fn take_once(&self, wanted: &Wanted<'_>) -> Result<Room, kube::Error> {
        let Wanted { key, namespace, claim, is_there, is_taken_over, now } = wanted;
        let read = self.read(namespace, *now).await?;
        let mut quotas: Vec<Quota> = read.iter().map(|read| read.quota.clone()).collect();
        // What status says of the object itself counts for nothing: its tenant may patch it.
        let mut existing: Vec<Claim> =
            self.consumers.existing(namespace).into_iter().map(|(_, one)| one).collect();
        existing.retain(|one| one.uid != claim.uid);
        existing.extend(is_there.then(|| claim.clone()));
        let counted_in = quota::count_in(&mut quotas, &existing, *now);
        let waiting = self.waiting_in(namespace);
        let decision = quota::decide(C::KIND, &quotas, claim, &waiting, *now);
        let counted = counted_in.and_then(|name| quotas.into_iter().find(|quota| quota.name == name));
        let counted = counted.map(|quota| (quota.name, quota.rows));
        // Whoever waits writes down what was counted, too: of many without a row each would wait for all the others.
        let (changed, room) = match decision {
            SlotDecision::Unlimited => (None, Room::Granted),
            SlotDecision::Held => (counted, Room::Granted),
            SlotDecision::Take { quota, rows } => (Some((quota, rows)), Room::Granted),
            SlotDecision::Wait { message, .. } if *is_taken_over => {
                let message = format!("{message} What is taken over needs a slot like what is made anew.");
                (counted, Room::Waits { message })
            }
            SlotDecision::Wait { message, .. } => (counted, Room::Waits { message }),
        };
        if let Some((name, rows)) = changed
            && let Some(read) = read.iter().find(|read| read.quota.name == name)
        {
            self.write(namespace, read, &rows).await?;
        }
        if room != Room::Granted {
            self.waiting.enter(key, namespace, claim);
        }
        Ok(room)
    }

    /// Gives the object's slot back: Keycloak does not hold it any more. A right that went before the object did keeps nothing
    /// from going; the row goes later ([`Turns`]).
    ///
    /// # Errors
    /// What else the API server says.
    pub async fn free(&self, namespace: &str, uid: &str, now: Timestamp) -> Result<(), ConnectError> {
        let Ok(uid) = Uid::new(uid) else { return Ok(()) };
        let mut attempt = 1;
        loop {
            match self.free_once(namespace, &uid, now).await {
                Err(error) if is_outdated(&error) && attempt < ATTEMPTS => attempt += 1,
                Err(kube::Error::Api(status)) if status.is_forbidden() => {
                    tracing::warn!(namespace, %uid, problem = status.message, "a slot of a quota is not given back yet");
                    return Ok(());
                }
                other => return other.map_err(ConnectError::kube(|| doing("giving back", namespace))),
            }
        }
    }

    async fn free_once(&self, namespace: &str, uid: &Uid, now: Timestamp) -> Result<(), kube::Error> {
        for read in self.read(namespace, now).await? {
            if let Some(left) = quota::free(&read.quota.rows, uid) {
                self.write(namespace, &read, &left).await?;
            }
        }
        Ok(())
    }

    /// The object does not wait for a slot, or not for a slot only.
    pub fn leave(&self, key: &Key) {
        self.waiting.leave(key);
    }

    /// Frees the rows of a namespace whose objects are gone. `known`: what needs not be asked for.
    async fn sweep(&self, namespace: &str, known: &HashSet<u64>, now: Timestamp) -> Result<(), kube::Error> {
        for read in self.read(namespace, now).await? {
            let mut found: HashMap<Uid, Presence> = HashMap::new();
            for row in &read.quota.rows {
                let presence = if known.contains(&hash_of(row.uid.as_str())) {
                    Presence::CustomResource
                } else {
                    self.consumers.presence(namespace, row).await
                };
                found.insert(row.uid.clone(), presence);
            }
            let presence = |row: &SlotRow| found.get(&row.uid).copied().unwrap_or(Presence::Unknown);
            if let Some(left) = quota::sweep(&read.quota.rows, presence) {
                let gone = read.quota.rows.len() - left.len();
                tracing::info!(namespace, quota = %read.quota.name, gone, "slots of objects that are gone are free");
                self.write(namespace, &read, &left).await?;
            }
        }
        Ok(())
    }

    async fn read(&self, namespace: &str, now: Timestamp) -> Result<Vec<Read>, kube::Error> {
        let found = match self.api(namespace).list(&ListParams::default()).await {
            Ok(found) => found,
            // The kind is not installed.
            Err(kube::Error::Api(status)) if status.code == 404 => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        Ok(found.items.iter().filter_map(|object| read::<C>(object, now)).collect())
    }

    async fn write(&self, namespace: &str, read: &Read, rows: &[SlotRow]) -> Result<(), kube::Error> {
        let list = match C::KIND {
            ConsumerKind::KeycloakRealm => "realms",
            ConsumerKind::KeycloakClient => "clients",
        };
        let patch = json!({"metadata": {"resourceVersion": read.version}, "status": {list: rows}});
        let by = PatchParams { field_manager: Some(C::MANAGER.to_owned()), ..PatchParams::default() };
        let name = read.quota.name.as_str();
        self.api(namespace).patch_status(name, &by, &Patch::Merge(patch)).await.map(drop)
    }

    fn api(&self, namespace: &str) -> Api<KeycloakQuota> {
        Api::namespaced(self.kube.clone(), namespace)
    }

    /// The quotas of a namespace, as the watch has them.
    fn of(&self, namespace: &str) -> Vec<Arc<SlimQuota>> {
        let target = Target::namespace(SlimQuota::KIND, namespace);
        let keys = self.quotas.dependants(&target, Fields::ALL);
        keys.iter().filter_map(|key| self.quotas.get(key)).collect()
    }

    /// The claims of this namespace that wait and still can be let in.
    fn waiting_in(&self, namespace: &str) -> Vec<Claim> {
        let waiting = self.waiting.all().into_iter();
        let here = waiting.filter(|waiter| waiter.namespace == namespace);
        here.filter(|waiter| self.consumers.lives(&waiter.key, &waiter.claim.uid))
            .map(|waiter| waiter.claim)
            .collect()
    }

    /// How many may still come, as the watch has it; `None`: as many as want.
    fn room(&self, namespace: &str, realm: Option<&Uid>) -> Option<usize> {
        let quotas = self.of(namespace);
        let max = quotas.iter().filter_map(|quota| quota.max(C::KIND)).min()?;
        let realm = realm.map(Uid::as_str);
        let held: BTreeSet<u64> = quotas.iter().flat_map(|quota| quota.held(C::KIND, realm)).collect();
        Some(usize::try_from(max).unwrap_or(usize::MAX).saturating_sub(held.len()))
    }

    /// Each namespace with what its quotas allow, as one number.
    fn limits(&self) -> BTreeMap<String, u64> {
        let mut limits: BTreeMap<String, Vec<(String, Option<u32>)>> = BTreeMap::new();
        for key in self.quotas.keys() {
            let max = self.quotas.get(&key).and_then(|quota| quota.max(C::KIND));
            let namespace = key.namespace().unwrap_or_default().to_owned();
            limits.entry(namespace).or_default().push((key.name().to_owned(), max));
        }
        let sorted = limits.into_iter().map(|(namespace, mut quotas)| {
            quotas.sort();
            (namespace, hash_of(&quotas))
        });
        sorted.collect()
    }

    /// Some of the objects that exist and have no slot, in a namespace that is limited: whoever looks at one of them counts them all
    /// in. A pass may end before it comes to that, so it is not one only.
    fn uncounted(&self, namespace: &str) -> Vec<Key> {
        let quotas = self.of(namespace);
        if quotas.iter().all(|quota| quota.max(C::KIND).is_none()) {
            return Vec::new();
        }
        let is_counted = |claim: &Claim| {
            let realm = claim.realm.as_ref().map(Uid::as_str);
            quotas.iter().any(|quota| quota.holds(C::KIND, claim.uid.as_str(), realm))
        };
        let existing = self.consumers.existing(namespace).into_iter();
        let uncounted = existing.filter(|(_, claim)| !is_counted(claim));
        uncounted.map(|(key, _)| key).take(COUNTERS).collect()
    }
}

/// The claim of an object in a namespace's quotas.
///
/// # Errors
/// Where a name or uid is none that an API server accepts.
pub fn claim(
    key: &Key,
    uid: &str,
    quotas_namespace: &str,
    realm: Option<&str>,
    object: Option<String>,
    created: Timestamp,
) -> Result<Claim, NameError> {
    let elsewhere = key.namespace().filter(|own| *own != quotas_namespace);
    Ok(Claim {
        uid: Uid::new(uid)?,
        name: ObjectName::new(key.name())?,
        namespace: elsewhere.map(NamespaceName::new).transpose()?,
        realm: realm.map(Uid::new).transpose()?,
        object,
        created,
    })
}

fn doing(what: &str, namespace: &str) -> String {
    format!("{what} a slot in the KeycloakQuotas of namespace {namespace}")
}

/// Somebody else was faster, or the quota was deleted meanwhile.
fn is_outdated(error: &kube::Error) -> bool {
    matches!(error, kube::Error::Api(status) if [404, 409].contains(&status.code))
}

fn read<C: Consumers>(object: &KeycloakQuota, now: Timestamp) -> Option<Read> {
    let name = ObjectName::new(object.name_any()).ok()?;
    let status = object.status.as_ref();
    let (max, slots) = match C::KIND {
        ConsumerKind::KeycloakRealm => {
            (object.spec.max_realms, status.and_then(|status| status.realms.as_ref()))
        }
        ConsumerKind::KeycloakClient => {
            (object.spec.max_clients_per_realm, status.and_then(|status| status.clients.as_ref()))
        }
    };
    let rows = slots.into_iter().flatten().filter_map(|slot| row(slot, now)).collect();
    // The schema allows none below zero.
    let max = max.map(|max| u32::try_from(max).unwrap_or_default());
    Some(Read {
        quota: Quota { name, max, rows },
        version: object.metadata.resource_version.clone().unwrap_or_default(),
    })
}

/// A row that we wrote; nothing for one that we could not have written.
fn row(slot: &Slot, now: Timestamp) -> Option<SlotRow> {
    let realm = match &slot.realm {
        Some(realm) => Some(Uid::new(realm.as_str()).ok()?),
        None => None,
    };
    let namespace = match &slot.namespace {
        Some(namespace) => Some(NamespaceName::new(namespace.as_str()).ok()?),
        None => None,
    };
    Some(SlotRow {
        uid: Uid::new(slot.uid.as_str()).ok()?,
        name: ObjectName::new(slot.name.as_str()).ok()?,
        namespace,
        realm,
        object: slot.object.clone(),
        since: slot.since.as_ref().map_or(now, |since| since.0),
    })
}

#[cfg(test)]
mod tests;
