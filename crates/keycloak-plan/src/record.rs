//! The owned record (rule 1.5): what was applied last, as hashes, and what was created by us.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::digest::ShortHash;
use crate::identity::Identity;
use crate::moving::Move;
use crate::path::FieldPath;

mod codec;

pub use codec::{Decoded, LostRecord, NotApplied, PLAIN_RECORD_LIMIT, decode};

/// What one CR applied and created.
///
/// A record is a memory, not a right: losing it turns everything into adoption, and nothing in it lets a step
/// skip the proof that a destructive call needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnedRecord {
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    key_id: Option<String>,
    #[serde(rename = "o", default, skip_serializing_if = "BTreeMap::is_empty")]
    objects: BTreeMap<Identity, ObjectRecord>,
    #[serde(rename = "p", default, skip_serializing_if = "BTreeSet::is_empty")]
    pending: BTreeSet<Identity>,
    #[serde(rename = "s", default, skip_serializing_if = "BTreeMap::is_empty")]
    sources: BTreeMap<String, SourceVersion>,
}

/// Version of a Secret that a value came from; equal means that its hash need not be computed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceVersion {
    /// Uid of the Secret.
    #[serde(rename = "u")]
    pub uid: String,
    /// Its resourceVersion.
    #[serde(rename = "r")]
    pub resource_version: String,
}

/// What is remembered of one object.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectRecord {
    #[serde(rename = "c", default, skip_serializing_if = "std::ops::Not::not")]
    created: bool,
    #[serde(rename = "f", default, skip_serializing_if = "BTreeMap::is_empty")]
    values: BTreeMap<FieldPath, Applied>,
    #[serde(rename = "n", default, skip_serializing_if = "BTreeSet::is_empty")]
    children: BTreeSet<FieldPath>,
    #[serde(rename = "d", default, skip_serializing_if = "BTreeMap::is_empty")]
    seed_defaults: BTreeMap<FieldPath, ShortHash>,
    #[serde(rename = "l", default, skip_serializing_if = "BTreeMap::is_empty")]
    links: BTreeMap<String, BTreeSet<String>>,
}

/// The last applied value of one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Applied {
    pub(crate) hash: ShortHash,
    pub(crate) standing: Standing,
}

/// How an applied value stands on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It was read back as applied.
    Confirmed,
    /// It was written and not read back yet. `over` is a hash of what the write replaced, when that replaced drift, and of the
    /// server's version and policies at that time: the same value read again under the same ones means that the server does
    /// not keep ours.
    Written { over: Option<ShortHash> },
    /// The server makes `reads` of it, under this server version and these policies (rule 1.8).
    Overridden { reads: ShortHash, under: ShortHash },
}

impl OwnedRecord {
    /// Id of the key with which values from Secrets were hashed.
    pub fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    /// Whether nothing is remembered: a new CR, or a lost record.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// The objects it knows.
    pub fn objects(&self) -> impl Iterator<Item = (&Identity, &ObjectRecord)> {
        self.objects.iter()
    }

    /// What it knows of one object.
    pub fn object(&self, identity: &Identity) -> Option<&ObjectRecord> {
        self.objects.get(identity)
    }

    /// Objects that cannot carry a mark and are about to be created (rule 1.6).
    pub fn pending(&self) -> impl Iterator<Item = &Identity> {
        self.pending.iter()
    }

    /// This record with objects that are about to be created; store it before their POST.
    #[must_use]
    pub fn with_pending(mut self, identities: impl IntoIterator<Item = Identity>) -> Self {
        self.pending.extend(identities);
        self
    }

    /// This record with an object that was about to be created and certainly was not: the server refused it.
    #[must_use]
    pub fn without_pending(mut self, identity: &Identity) -> Self {
        self.pending.remove(identity);
        self
    }

    /// This record with an object that something else than the record proves to be created by us: a realm that carries the id
    /// which was chosen for it, after a process was stopped before it could store the record.
    #[must_use]
    pub fn with_created(mut self, identity: Identity) -> Self {
        self.objects.entry(identity).or_default().created = true;
        self
    }

    /// This record once objects stand elsewhere, in the order in which they are moved: what is known of each, and of everything below it,
    /// is known there. A record that has followed already stays as it is.
    #[must_use]
    pub fn following<'m>(self, moves: impl IntoIterator<Item = &'m Move>) -> Self {
        // Those that were made before are told by the places of then, those that are due by the present ones.
        let (made, due): (Vec<&Move>, Vec<&Move>) = moves.into_iter().partition(|moved| moved.is_done);
        self.along(&made).along(&due)
    }

    fn along(mut self, moves: &[&Move]) -> Self {
        // Where one is to stand there is nothing yet: what is known of that place was of another object, which is gone.
        for moved in moves {
            let goes = |known: &Identity| *known == moved.from || known.is_below(&moved.from);
            if self.objects.keys().any(goes) {
                self.objects.retain(|known, _| *known != moved.to && !known.is_below(&moved.to));
            }
        }
        moves.iter().fold(self, |record, moved| record.with_moved(moved))
    }

    fn with_moved(mut self, moved: &Move) -> Self {
        self.pending.remove(&moved.to);
        let place = |identity: Identity| moved.takes(&identity).unwrap_or(identity);
        let objects = std::mem::take(&mut self.objects).into_iter();
        self.objects = objects.map(|(identity, known)| (place(identity), known)).collect();
        self.pending = std::mem::take(&mut self.pending).into_iter().map(place).collect();
        for (relation, from, to) in &moved.targets {
            let links = self.objects.values_mut().filter_map(|known| known.links.get_mut(relation.name));
            for targets in links {
                if targets.remove(from) {
                    targets.insert(to.clone());
                }
            }
        }
        self
    }

    /// The version of a Secret that was hashed last. `source` is any name of it the caller likes.
    pub fn source(&self, source: &str) -> Option<&SourceVersion> {
        self.sources.get(source)
    }

    /// This record with exactly these versions of Secrets.
    #[must_use]
    pub fn with_sources(mut self, sources: BTreeMap<String, SourceVersion>) -> Self {
        self.sources = sources;
        self
    }

    pub(crate) fn apply(&mut self, edit: &RecordEdit) {
        match &edit.what {
            Remember::Forget => {
                self.objects.remove(&edit.object);
                self.pending.remove(&edit.object);
                return;
            }
            Remember::NotPending => {
                self.pending.remove(&edit.object);
                return;
            }
            Remember::Key(id) => {
                self.key_id = Some(id.clone());
                return;
            }
            Remember::Released | Remember::NoLink(..) => {
                let Some(known) = self.objects.get_mut(&edit.object) else { return };
                known.apply(&edit.what);
                if *known == ObjectRecord::EMPTY {
                    self.objects.remove(&edit.object);
                }
                return;
            }
            Remember::Created
            | Remember::Value(..)
            | Remember::NoValue(_)
            | Remember::Child(_)
            | Remember::NoChild(_)
            | Remember::SeedDefault(..)
            | Remember::NoSeedDefault(_)
            | Remember::Link(..) => {}
        }
        self.objects.entry(edit.object.clone()).or_default().apply(&edit.what);
    }
}

impl ObjectRecord {
    pub(crate) const EMPTY: Self = Self {
        created: false,
        values: BTreeMap::new(),
        children: BTreeSet::new(),
        seed_defaults: BTreeMap::new(),
        links: BTreeMap::new(),
    };

    /// Whether we created the object.
    pub fn created_by_us(&self) -> bool {
        self.created
    }

    /// The paths it owns.
    pub fn paths(&self) -> impl Iterator<Item = &FieldPath> {
        self.values.keys()
    }

    /// Paths that stand in the CR with the seed's schema default and are not owned until they change (rule 1.4).
    pub fn seed_defaults(&self) -> impl Iterator<Item = &FieldPath> {
        self.seed_defaults.keys()
    }

    pub(crate) fn value(&self, path: &FieldPath) -> Option<Applied> {
        self.values.get(path).copied()
    }

    pub(crate) fn created_child(&self, path: &FieldPath) -> bool {
        self.children.contains(path)
    }

    /// The entries of its lists that it created.
    pub fn children(&self) -> impl Iterator<Item = &FieldPath> {
        self.children.iter()
    }

    pub(crate) fn seed_default(&self, path: &FieldPath) -> Option<ShortHash> {
        self.seed_defaults.get(path).copied()
    }

    /// What the links of this relation lead to that it made.
    pub fn links(&self, relation: &str) -> Option<&BTreeSet<String>> {
        self.links.get(relation)
    }

    /// Whether it made the link of this relation that leads there.
    pub fn made_link(&self, relation: &str, target: &str) -> bool {
        self.links(relation).is_some_and(|targets| targets.contains(target))
    }

    /// The relations of the links that it made.
    pub fn relations(&self) -> impl Iterator<Item = &String> {
        self.links.keys()
    }

    /// Whether it knows links that it made and nothing else: of an object that the CR does not declare, or does not any more.
    pub(crate) fn knows_only_links(&self) -> bool {
        let links_alone = Self { links: self.links.clone(), ..Self::EMPTY };
        !self.links.is_empty() && *self == links_alone
    }

    fn apply(&mut self, what: &Remember) {
        match what {
            Remember::Created => self.created = true,
            Remember::Released => *self = Self { links: std::mem::take(&mut self.links), ..Self::EMPTY },
            Remember::Value(path, applied) => {
                self.values.insert(path.clone(), *applied);
            }
            Remember::NoValue(path) => {
                self.values.remove(path);
            }
            Remember::Child(path) => {
                self.children.insert(path.clone());
            }
            Remember::NoChild(path) => {
                self.children.retain(|child| !child.is_within(path));
                self.values.retain(|value, _| !value.is_within(path));
                self.seed_defaults.retain(|value, _| !value.is_within(path));
            }
            Remember::SeedDefault(path, hash) => {
                self.seed_defaults.insert(path.clone(), *hash);
            }
            Remember::NoSeedDefault(path) => {
                self.seed_defaults.remove(path);
            }
            Remember::Link(relation, target) => {
                self.links.entry(relation.clone()).or_default().insert(target.clone());
            }
            Remember::NoLink(relation, target) => {
                if let Some(targets) = self.links.get_mut(relation) {
                    targets.remove(target);
                }
                self.links.retain(|_, targets| !targets.is_empty());
            }
            Remember::Forget | Remember::NotPending | Remember::Key(_) => {}
        }
    }
}

/// One change of a record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RecordEdit {
    pub(crate) object: Identity,
    pub(crate) what: Remember,
}

/// What to remember.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Remember {
    Created,
    Value(FieldPath, Applied),
    NoValue(FieldPath),
    Child(FieldPath),
    NoChild(FieldPath),
    SeedDefault(FieldPath, ShortHash),
    NoSeedDefault(FieldPath),
    Link(String, String),
    NoLink(String, String),
    NotPending,
    Key(String),
    /// The object is not declared any more and stays: what was remembered of it goes, but for the links that were made from it.
    Released,
    Forget,
}
