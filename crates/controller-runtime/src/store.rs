//! The watch cache: slim objects, and an index of who refers to whom.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, RwLock},
};

use tokio::sync::watch;

use crate::{
    census::{Counted, Series},
    key::{Fields, Key, Reference, Target},
    projection::{Projection, Tally, Wire, hash_of},
    read, written,
};

/// Which changes of an object's metadata concern the controller.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attention {
    /// Annotations whose name begins with this wake the object when they change. Empty: none do.
    pub annotation_prefix: &'static str,
    /// Our finalizer: the object is woken when somebody takes it away.
    pub finalizer: Option<&'static str>,
}

/// The slim objects of one kind, with an index by what they refer to.
///
/// Filled by a watch; read by anyone. A relist marks what it sees and then removes what it did not see, so there is
/// never a second copy of everything. See `docs/decisions/0005-own-watch-store.md` for what an object costs.
pub struct Store<P> {
    attention: Attention,
    inner: RwLock<Inner<P>>,
    changes: watch::Sender<()>,
}

struct Inner<P> {
    records: HashMap<Key, Record<P>>,
    index: HashMap<Target, Dependants>,
    /// The text of each namespace, shared by its keys, and how many objects there are in it.
    namespaces: HashMap<Arc<str>, usize>,
    sources: HashMap<Source, Listing>,
    /// How many objects count for each.
    tallies: HashMap<Tally, usize>,
}

/// One watch that fills the store: one per watched namespace, or one for all.
pub(crate) type Source = u16;

#[derive(Default)]
struct Listing {
    round: u32,
    complete: bool,
}

struct Record<P> {
    uid: Box<str>,
    resource_version: Box<str>,
    generation: i64,
    wake: u64,
    contract: Box<[u64]>,
    deleting: bool,
    finalized: bool,
    source: Source,
    round: u32,
    projection: Option<Arc<P>>,
}

/// Most targets have one dependant; a map for each of those would cost more than the objects.
enum Dependants {
    One(Key, Fields),
    Many(HashMap<Key, Fields>),
}

/// What the store knows of an object beside its slim type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// `metadata.uid`.
    pub uid: String,
    /// `metadata.resourceVersion`, to be compared for equality only.
    pub resource_version: String,
    /// `metadata.generation`.
    pub generation: i64,
    /// Whether the object is in deletion.
    pub deleting: bool,
}

/// What an event did to the store.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) key: Key,
    pub(crate) what: What,
    /// Contract fields that changed.
    pub(crate) contract: Fields,
    /// What the object refers to now and referred to before.
    pub(crate) references: Vec<Target>,
    /// What it is also known as now, and was before.
    pub(crate) aliases: Vec<Target>,
    pub(crate) group: Option<Arc<str>>,
    pub(crate) uid_hash: u64,
    /// Why the slim type could not be decoded.
    pub(crate) problem: Option<Arc<str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Not seen before, or made anew under the same name.
    Appeared { settled: bool, deleting: bool },
    /// Something the controller has to look at.
    Woke { deleting: bool },
    /// Nothing of interest, for example our own status write.
    Unchanged,
    /// No longer there.
    Gone,
}

impl<P: Projection> Store<P> {
    /// An empty store.
    pub fn new(attention: Attention) -> Arc<Self> {
        let inner = Inner {
            records: HashMap::new(),
            index: HashMap::new(),
            namespaces: HashMap::new(),
            sources: HashMap::new(),
            tallies: HashMap::new(),
        };
        Arc::new(Self { attention, inner: RwLock::new(inner), changes: watch::Sender::new(()) })
    }

    /// Is told after something happened to the store: for tasks that go by what several objects say together. Many changes may be
    /// told of once.
    pub fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    /// The slim type of an object; `None` if there is no such object or it could not be decoded.
    pub fn get(&self, key: &Key) -> Option<Arc<P>> {
        read(&self.inner).records.get(key)?.projection.clone()
    }

    /// What is known of an object beside its slim type; `None` if there is no such object.
    pub fn seen(&self, key: &Key) -> Option<Seen> {
        read(&self.inner).records.get(key).map(|record| Seen {
            uid: record.uid.to_string(),
            resource_version: record.resource_version.to_string(),
            generation: record.generation,
            deleting: record.deleting,
        })
    }

    /// The keys of all objects, in no order.
    pub fn keys(&self) -> Vec<Key> {
        read(&self.inner).records.keys().cloned().collect()
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        read(&self.inner).records.len()
    }

    /// How many objects count for a tally.
    pub(crate) fn count(&self, tally: &Tally) -> usize {
        read(&self.inner).tallies.get(tally).copied().unwrap_or_default()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The objects that refer to a target and care about one of these contract fields.
    pub fn dependants(&self, target: &Target, changed: Fields) -> Vec<Key> {
        match read(&self.inner).index.get(target) {
            Some(Dependants::One(key, fields)) if fields.meets(changed) => vec![key.clone()],
            None | Some(Dependants::One(..)) => Vec::new(),
            Some(Dependants::Many(keys)) => {
                keys.iter().filter(|(_, fields)| fields.meets(changed)).map(|(key, _)| key.clone()).collect()
            }
        }
    }

    /// Whether every watch that fills the store has listed everything once.
    pub fn is_complete(&self) -> bool {
        let inner = read(&self.inner);
        !inner.sources.is_empty() && inner.sources.values().all(|listing| listing.complete)
    }

    /// Names a watch that will fill the store: until it has listed everything the store is not complete.
    pub(crate) fn expect(&self, source: Source) {
        written(&self.inner).sources.entry(source).or_default();
    }

    /// A list begins.
    pub(crate) fn begin(&self, source: Source) {
        let mut inner = written(&self.inner);
        let listing = inner.sources.entry(source).or_default();
        listing.round = listing.round.wrapping_add(1);
    }

    /// A list has ended: whatever it did not name is gone. The answer also tells whether it was the first.
    pub(crate) fn finish(&self, source: Source) -> (Vec<Change>, bool) {
        let mut inner = written(&self.inner);
        let listing = inner.sources.entry(source).or_default();
        let first = !std::mem::replace(&mut listing.complete, true);
        let round = listing.round;
        let unseen: Vec<Key> = inner
            .records
            .iter()
            .filter(|(_, record)| record.source == source && record.round != round)
            .map(|(key, _)| key.clone())
            .collect();
        let gone = unseen.iter().filter_map(|key| inner.remove(key)).collect();
        if inner.records.capacity() > 4 * inner.records.len().max(64) {
            inner.records.shrink_to_fit();
        }
        drop(inner);
        self.changes.send_replace(());
        (gone, first)
    }

    /// An object as a list or a watch event names it.
    pub(crate) fn apply(&self, source: Source, wire: Wire<P>) -> Change {
        let mut inner = written(&self.inner);
        let key = inner.key_of(&wire);
        let round = inner.sources.get(&source).map_or(0, |listing| listing.round);
        let problem = wire.projection.as_ref().err().cloned();
        let record = Record::of(wire, source, round, self.attention);
        let uid_hash = hash_of(&record.uid);
        let projection = record.projection.clone();
        let group = projection.as_ref().and_then(|slim| slim.group());
        let references = projection.as_ref().map(|slim| slim.references()).unwrap_or_default();
        let before = inner.records.remove(&key);
        let old = before.as_ref().and_then(|record| record.projection.as_ref());
        let aliases = old.into_iter().chain(&projection).filter_map(|slim| slim.also_known_as());
        let mut aliases: Vec<Target> = aliases.collect();
        aliases.dedup();
        inner.tally(before.as_ref(), Some(&record));
        let (what, contract) = judge(before.as_ref(), &record, projection.as_deref());
        let mut targets: Vec<Target> = references.iter().map(|reference| reference.target.clone()).collect();
        if let Some(slim) = before.as_ref().and_then(|record| record.projection.as_ref()) {
            let old = slim.references();
            if old != references {
                targets.extend(old.iter().map(|reference| reference.target.clone()));
                inner.unindex(&key, &old);
                inner.index(&key, &references);
            }
        } else {
            inner.index(&key, &references);
        }
        if before.is_none()
            && let Some(namespace) = key.shared_namespace()
        {
            *inner.namespaces.entry(Arc::clone(namespace)).or_default() += 1;
        }
        inner.records.insert(key.clone(), record);
        drop(inner);
        self.changes.send_replace(());
        Change { key, what, contract, references: targets, aliases, group, uid_hash, problem }
    }

    /// An object that a watch event says is deleted; `None` if it was not known.
    pub(crate) fn remove(&self, wire: &Wire<P>) -> Option<Change> {
        let mut inner = written(&self.inner);
        let key = inner.key_of(wire);
        let change = inner.remove(&key);
        drop(inner);
        self.changes.send_replace(());
        change
    }
}

impl<P: Projection> Counted for Store<P> {
    /// By namespace, and by what they count for in [`Tally::OBJECTS`], if their kind counts for anything there.
    fn add_to(&self, numbers: &mut BTreeMap<Series, usize>) {
        if !self.is_complete() {
            return;
        }
        let has_states = P::TALLIES.iter().any(|tally| tally.metric == Tally::OBJECTS);
        for (key, record) in &read(&self.inner).records {
            let mut add = |state| {
                let namespace = key.shared_namespace().cloned();
                *numbers.entry(Series { kind: P::KIND, namespace, state }).or_default() += 1;
            };
            if !has_states {
                add(None);
                continue;
            }
            let tallies = record.projection.as_ref().map(|slim| slim.tallies()).unwrap_or_default();
            tallies
                .iter()
                .filter(|tally| tally.metric == Tally::OBJECTS)
                .for_each(|tally| add(Some((tally.label, tally.value))));
        }
    }
}

/// What differs between an object as it was and as it is.
fn judge<P: Projection>(before: Option<&Record<P>>, after: &Record<P>, slim: Option<&P>) -> (What, Fields) {
    let deleting = after.deleting;
    match before {
        Some(before) if before.uid == after.uid => {
            let contract = Fields::changed(&before.contract, &after.contract);
            let woke = before.wake != after.wake || (before.finalized && !after.finalized);
            (if woke { What::Woke { deleting } } else { What::Unchanged }, contract)
        }
        Some(_) | None => {
            let settled = slim.is_some_and(|slim| slim.settled(after.generation)) && !deleting;
            (What::Appeared { settled, deleting }, Fields::ALL)
        }
    }
}

impl<P: Projection> Record<P> {
    fn of(wire: Wire<P>, source: Source, round: u32, attention: Attention) -> Self {
        let meta = wire.meta;
        let projection = wire.projection.ok();
        let generation = meta.generation.unwrap_or_default();
        let deleting = meta.deletion_timestamp.is_some();
        let annotations: Vec<_> = meta
            .annotations
            .iter()
            .flatten()
            .filter(|(name, _)| {
                !attention.annotation_prefix.is_empty() && name.starts_with(attention.annotation_prefix)
            })
            .collect();
        let own = projection.as_ref().map(|slim| slim.wake());
        Self {
            uid: meta.uid.unwrap_or_default().into(),
            resource_version: meta.resource_version.unwrap_or_default().into(),
            generation,
            wake: hash_of(&(generation, deleting, annotations, own)),
            contract: projection.as_ref().map(|slim| slim.contract()).unwrap_or_default().into(),
            deleting,
            finalized: attention
                .finalizer
                .is_some_and(|ours| meta.finalizers.iter().flatten().any(|name| name == ours)),
            source,
            round,
            projection,
        }
    }
}

impl<P: Projection> Inner<P> {
    /// The key of an object, sharing the text of its namespace with all others there.
    fn key_of(&self, wire: &Wire<P>) -> Key {
        let name = wire.meta.name.as_deref().unwrap_or_default();
        let Some(namespace) = wire.meta.namespace.as_deref() else {
            return Key::cluster(name);
        };
        let shared = self.namespaces.get_key_value(namespace).map(|(shared, _)| Arc::clone(shared));
        Key::namespaced(shared.unwrap_or_else(|| namespace.into()), name)
    }

    /// An object counts for what it is, and no longer for what it was.
    fn tally(&mut self, before: Option<&Record<P>>, after: Option<&Record<P>>) {
        let of = |record: Option<&Record<P>>| {
            record
                .and_then(|record| record.projection.as_ref())
                .map(|slim| slim.tallies())
                .unwrap_or_default()
        };
        for tally in of(before) {
            if let Some(count) = self.tallies.get_mut(&tally) {
                *count = count.saturating_sub(1);
            }
        }
        for tally in of(after) {
            debug_assert!(P::TALLIES.contains(&tally), "add {tally:?} to TALLIES");
            *self.tallies.entry(tally).or_default() += 1;
        }
    }

    fn remove(&mut self, key: &Key) -> Option<Change> {
        let record = self.records.remove(key)?;
        self.tally(Some(&record), None);
        let references = record.projection.as_ref().map(|slim| slim.references()).unwrap_or_default();
        self.unindex(key, &references);
        if let Some(namespace) = key.shared_namespace()
            && let Some(count) = self.namespaces.get_mut(namespace)
        {
            *count -= 1;
            if *count == 0 {
                self.namespaces.remove(namespace);
            }
        }
        Some(Change {
            key: key.clone(),
            what: What::Gone,
            contract: Fields::ALL,
            references: references.into_iter().map(|reference| reference.target).collect(),
            aliases: record.projection.iter().filter_map(|slim| slim.also_known_as()).collect(),
            group: record.projection.as_ref().and_then(|slim| slim.group()),
            uid_hash: hash_of(&record.uid),
            problem: None,
        })
    }

    fn index(&mut self, key: &Key, references: &[Reference]) {
        for Reference { target, fields } in references {
            match self.index.get_mut(target) {
                None => {
                    self.index.insert(target.clone(), Dependants::One(key.clone(), *fields));
                }
                Some(dependants) => dependants.insert(key, *fields),
            }
        }
    }

    fn unindex(&mut self, key: &Key, references: &[Reference]) {
        for Reference { target, .. } in references {
            let empty = self.index.get_mut(target).is_some_and(|dependants| dependants.remove(key));
            if empty {
                self.index.remove(target);
            }
        }
    }
}

impl Dependants {
    fn insert(&mut self, key: &Key, fields: Fields) {
        match self {
            Self::One(known, known_fields) if known == key => *known_fields = known_fields.and(fields),
            Self::One(known, known_fields) => {
                *self = Self::Many(HashMap::from([(known.clone(), *known_fields), (key.clone(), fields)]));
            }
            Self::Many(keys) => {
                let entry = keys.entry(key.clone()).or_insert(Fields::NONE);
                *entry = entry.and(fields);
            }
        }
    }

    /// Removes a dependant; the answer is whether none is left.
    fn remove(&mut self, key: &Key) -> bool {
        match self {
            Self::One(known, _) => known == key,
            Self::Many(keys) => {
                keys.remove(key);
                keys.is_empty()
            }
        }
    }
}

#[cfg(test)]
mod tests;
