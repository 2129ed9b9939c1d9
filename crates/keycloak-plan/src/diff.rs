//! The three-way diff of one object: what the CR asks, what was applied last, what the server has.

use serde_json::{Map, Value};

use crate::change::{Change, Reason, Shown};
use crate::desired::Desired;
use crate::digest::{RecordKey, ShortHash, keyed_hash, plain_hash};
use crate::identity::Identity;
use crate::kind::{Kind, Loss, Shape};
use crate::leaf::{Leaf, Leaves, MASK, Rule, desired_leaves, live_leaves};
use crate::path::FieldPath;
use crate::record::{Applied, ObjectRecord, Remember, Standing};
use crate::refusal::Refusal;
use crate::version::Server;

mod entries;
mod mark;
mod release;

/// What a diff needs beside the three sides.
#[derive(Debug, Clone, Copy)]
pub struct DiffContext<'a> {
    /// The server.
    pub server: &'a Server,
    /// The key of hashes from Secrets. Without it a masked secret is reported as unknown.
    pub key: Option<&'a RecordKey>,
    /// Admin events show that somebody else changed the object after our last write.
    pub edited_by_others: bool,
}

/// The differences of one object: every change that a plan would make, without consent and order.
///
/// `live` is the whole representation. What must not be asked for, what the server overrides and what is
/// released without a change is in the [`Plan`](crate::Plan).
pub fn diff(
    desired: &Desired,
    owned: &ObjectRecord,
    live: &Map<String, Value>,
    context: DiffContext<'_>,
) -> Vec<Change> {
    let found = ObjectDiff::find(desired, owned, live, context);
    found.edits.into_iter().map(|edit| edit.change).collect()
}

/// A change with what is needed to carry it out.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) change: Change,
    pub(crate) to: To,
    /// What to remember once it is written.
    pub(crate) after: Vec<Remember>,
    /// What it loses.
    pub(crate) loss: Loss,
    /// The entry that goes, if it takes one away.
    pub(crate) removes: Option<RemovedChild>,
    /// Kind and name of the object that the new value names.
    pub(crate) names: Option<(&'static str, String)>,
}

/// An entry that an edit takes away.
#[derive(Debug, Clone)]
pub(crate) struct RemovedChild {
    pub(crate) kind: &'static Kind,
    pub(crate) name: String,
    pub(crate) id: Option<String>,
    pub(crate) created_by_us: bool,
}

/// What is written at the path of an edit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum To {
    /// This value.
    Set(Value),
    /// The key of a map goes.
    Away,
    /// A new entry of a list of child objects.
    Entry,
    /// The entry goes.
    NoEntry,
}

/// A value that the server makes something else of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OverriddenValue {
    pub(crate) path: FieldPath,
    pub(crate) asked: Shown,
    pub(crate) reads: Shown,
}

/// Everything that comes out of comparing one object.
#[derive(Debug, Default)]
pub(crate) struct ObjectDiff {
    pub(crate) edits: Vec<Edit>,
    /// To remember without any write.
    pub(crate) settled: Vec<Remember>,
    pub(crate) overridden: Vec<OverriddenValue>,
    /// Released and left as they are.
    pub(crate) left: Vec<FieldPath>,
    pub(crate) refused: Vec<Refusal>,
    /// Masked secrets that cannot be compared without the key.
    pub(crate) unknown: Vec<FieldPath>,
    pub(crate) seed_defaults: Vec<FieldPath>,
    /// Entries of a declared list that nobody declares.
    pub(crate) unmanaged: Vec<FieldPath>,
    /// Immutable fields that would have to change.
    pub(crate) immutable: Vec<(FieldPath, Shown)>,
}

impl ObjectDiff {
    /// Whether the object is as the CR asks.
    pub(crate) fn is_as_asked(&self) -> bool {
        self.edits.is_empty()
            && self.overridden.is_empty()
            && self.unknown.is_empty()
            && self.refused.is_empty()
    }

    /// Compares.
    pub(crate) fn find(
        desired: &Desired,
        owned: &ObjectRecord,
        live: &Map<String, Value>,
        context: DiffContext<'_>,
    ) -> Self {
        let mut found = Self::default();
        let asked = asked_leaves(desired, context.server, &mut found.refused);
        let live_leaves = live_leaves(desired.kind, live);
        let sides = Sides { desired, owned, asked, live_leaves, context };
        sides.compare_asked(&mut found);
        sides.compare_entries(&mut found);
        sides.release(&mut found);
        found
    }
}

/// The leaves that a CR asks for, after everything that cannot be asked for was refused.
pub(crate) fn asked_leaves(desired: &Desired, server: &Server, refused: &mut Vec<Refusal>) -> Leaves {
    let mut asked = desired_leaves(desired.kind, &desired.value, server, refused);
    asked.retain(|path, leaf| {
        let masked = leaf.wire.as_str() == Some(MASK);
        if masked {
            refused.push(Refusal::Masked { path: path.clone() });
        }
        !masked
    });
    asked
}

/// The hash by which a value is remembered; `None` for a secret without the key.
pub(crate) fn remembered_hash(
    desired: &Desired,
    key: Option<&RecordKey>,
    path: &FieldPath,
    rule: Rule,
    normal: Option<&Value>,
) -> Option<ShortHash> {
    if is_secret(desired, path, rule) {
        key.map(|key| keyed_hash(key, &desired.identity, path, normal))
    } else {
        Some(plain_hash(normal))
    }
}

/// A secret by declaration, or because the CR took the value from a Secret.
pub(crate) fn is_secret(desired: &Desired, path: &FieldPath, rule: Rule) -> bool {
    desired.secrets.contains(path) || rule.is_secret(path)
}

/// The three sides of one comparison.
struct Sides<'a> {
    desired: &'a Desired,
    owned: &'a ObjectRecord,
    asked: Leaves,
    live_leaves: Leaves,
    context: DiffContext<'a>,
}

impl Sides<'_> {
    fn compare_asked(&self, found: &mut ObjectDiff) {
        for (path, leaf) in &self.asked {
            match leaf.rule {
                Rule::Child(_) => self.compare_entry(path, leaf, found),
                Rule::Undeclared | Rule::Field(_) | Rule::Key(..) => {
                    if self.stays_default(path, leaf, found) || self.inside_missing_entry(path) {
                        continue;
                    }
                    self.compare_value(path, leaf, found);
                }
            }
        }
        self.compare_mark(found);
    }

    /// Whether the value is the seed's default still (rule 1.4).
    fn stays_default(&self, path: &FieldPath, leaf: &Leaf, found: &mut ObjectDiff) -> bool {
        if is_secret(self.desired, path, leaf.rule) {
            return false;
        }
        let hash = plain_hash(leaf.normal.as_ref());
        let first_seen = self.desired.seed_defaults.contains(path) && self.owned.value(path).is_none();
        match self.owned.seed_default(path) {
            Some(default) if default == hash => {
                found.seed_defaults.push(path.clone());
                true
            }
            Some(_) => {
                found.settled.push(Remember::NoSeedDefault(path.clone()));
                false
            }
            None if first_seen => {
                found.settled.push(Remember::SeedDefault(path.clone(), hash));
                found.seed_defaults.push(path.clone());
                true
            }
            None => false,
        }
    }

    fn compare_value(&self, path: &FieldPath, leaf: &Leaf, found: &mut ObjectDiff) {
        let live = self.live_leaves.get(path);
        let hash = remembered_hash(self.desired, self.context.key, path, leaf.rule, leaf.normal.as_ref());
        let applied = self.owned.value(path);
        if live.is_some_and(is_masked) {
            return match hash {
                None => found.unknown.push(path.clone()),
                Some(hash) if applied.is_some_and(|applied| applied.hash == hash) => {}
                Some(hash) => self.write(path, leaf, Reason::Desired, written(hash, None), found),
            };
        }
        let reads = live.map_or_else(|| leaf.rule.absent(), |live| live.normal.clone());
        if reads == leaf.normal {
            if let Some(hash) = hash {
                confirm(path, applied, hash, found);
            }
            return;
        }
        if leaf.rule.is_immutable() {
            found.immutable.push((path.clone(), self.shown(path, live)));
            return;
        }
        let Some(hash) = hash else {
            return self.write(path, leaf, Reason::Desired, None, found);
        };
        let Some(applied) = applied.filter(|applied| applied.hash == hash) else {
            return self.write(path, leaf, Reason::Desired, written(hash, None), found);
        };
        let reads = remembered_hash(self.desired, self.context.key, path, leaf.rule, reads.as_ref());
        let over = reads.map(|reads| self.over(reads));
        match self.overridden(applied.standing, reads) {
            Some(standing) => {
                found.overridden.push(OverriddenValue {
                    path: path.clone(),
                    asked: self.shown(path, Some(leaf)),
                    reads: self.shown(path, live),
                });
                remember(path, Some(applied), Applied { hash, standing }, found);
            }
            None => self.write(path, leaf, Reason::Drift, written(hash, over), found),
        }
    }

    /// What a write that undoes drift remembers of it. The state of the server and of the CR is in it: a value that was released
    /// and is asked for again, where nobody could remember the release, reads as before that write by our own doing.
    fn over(&self, reads: ShortHash) -> ShortHash {
        let (reads, under) = (reads.to_string(), under(self.context.server).to_string());
        ShortHash::of("cloakroom over", &[reads.as_bytes(), under.as_bytes()])
    }

    /// Whether a difference in an owned value is the server's own doing (rule 1.8): after our write over exactly
    /// this value it reads as this value again. It stays so until the CR, the policies or the server change. Why two writes:
    /// docs/decisions/0015.
    fn overridden(&self, standing: Standing, reads: Option<ShortHash>) -> Option<Standing> {
        let now = under(self.context.server);
        match standing {
            Standing::Overridden { under, .. } if under == now => Some(standing),
            Standing::Written { over: Some(over) } => {
                let same = reads.filter(|reads| self.over(*reads) == over && !self.context.edited_by_others);
                same.map(|reads| Standing::Overridden { reads, under: now })
            }
            Standing::Overridden { .. } | Standing::Written { over: None } | Standing::Confirmed => None,
        }
    }

    fn write(
        &self,
        path: &FieldPath,
        leaf: &Leaf,
        reason: Reason,
        applied: Option<Applied>,
        found: &mut ObjectDiff,
    ) {
        let to = match (&leaf.normal, leaf.rule) {
            (None, Rule::Key(..)) => To::Away,
            (Some(_), _) | (None, Rule::Undeclared | Rule::Field(_) | Rule::Child(_)) => {
                To::Set(leaf.wire.clone())
            }
        };
        let new = if leaf.normal.is_none() { Shown::Absent } else { self.shown(path, Some(leaf)) };
        let after = applied.map(|applied| Remember::Value(path.clone(), applied)).into_iter().collect();
        self.edit(path, leaf.rule, new, reason, to, after, found);
    }

    #[allow(clippy::too_many_arguments, reason = "the one place where an edit is put together")]
    fn edit(
        &self,
        path: &FieldPath,
        rule: Rule,
        new: Shown,
        reason: Reason,
        to: To,
        after: Vec<Remember>,
        found: &mut ObjectDiff,
    ) {
        let old = self.shown(path, self.live_leaves.get(path));
        // Writing what its absence means takes a value away as well as leaving it out.
        let is_absence = matches!(&to, To::Set(value) if rule.absent().as_ref() == Some(value));
        let is_away = (new == Shown::Absent && old != Shown::Absent) || is_absence;
        let loss = if is_away { rule.removal() } else { Loss::Nothing };
        let set = matches!(rule, Rule::Field(field) if matches!(field.shape, Shape::Set));
        let change =
            Change { path: path.clone(), old, new, reason, note: None, set, entry: false, mark: false };
        let names = rule.refers_to().zip(match &to {
            To::Set(Value::String(name)) => Some(name.clone()),
            To::Set(_) | To::Away | To::Entry | To::NoEntry => None,
        });
        found.edits.push(Edit { change, to, after, loss, removes: None, names });
    }

    fn shown(&self, path: &FieldPath, leaf: Option<&Leaf>) -> Shown {
        match leaf {
            None => Shown::Absent,
            Some(leaf) if is_masked(leaf) => Shown::Unknown,
            Some(leaf) if is_secret(self.desired, path, leaf.rule) => Shown::Secret,
            Some(leaf) => Shown::Value(leaf.wire.clone()),
        }
    }
}

/// Written over nothing that could come back and read as applied say the same: what is not worth remembering anew is not
/// worth a write of the record.
fn confirm(path: &FieldPath, applied: Option<Applied>, hash: ShortHash, found: &mut ObjectDiff) {
    if applied == Some(Applied { hash, standing: Standing::Written { over: None } }) {
        return;
    }
    remember(path, applied, Applied { hash, standing: Standing::Confirmed }, found);
}

fn remember(path: &FieldPath, before: Option<Applied>, now: Applied, found: &mut ObjectDiff) {
    if before != Some(now) {
        found.settled.push(Remember::Value(path.clone(), now));
    }
}

fn is_refused(path: &FieldPath, found: &ObjectDiff) -> bool {
    found.refused.iter().any(|refusal| path.is_within(refusal.path()))
}

/// What is remembered of a value that is sent with a creation.
pub(crate) fn remember_created(
    desired: &Desired,
    key: Option<&RecordKey>,
    path: &FieldPath,
    leaf: &Leaf,
) -> Option<Remember> {
    match leaf.rule {
        Rule::Child(_) => Some(Remember::Child(path.clone())),
        Rule::Undeclared | Rule::Field(_) | Rule::Key(..) => {
            let hash = remembered_hash(desired, key, path, leaf.rule, leaf.normal.as_ref())?;
            Some(Remember::Value(path.clone(), Applied { hash, standing: Standing::Written { over: None } }))
        }
    }
}

/// The state of the server that an override belongs to.
fn under(server: &Server) -> ShortHash {
    let version = server.version.map(|version| version.to_string()).unwrap_or_default();
    ShortHash::of("cloakroom server", &[version.as_bytes(), server.policies.as_bytes()])
}

#[allow(clippy::unnecessary_wraps, reason = "every caller passes it on as an option")]
fn written(hash: ShortHash, over: Option<ShortHash>) -> Option<Applied> {
    Some(Applied { hash, standing: Standing::Written { over } })
}

fn is_masked(leaf: &Leaf) -> bool {
    leaf.wire.as_str() == Some(MASK)
}

/// The entry of a list of child objects that a path lies in.
fn entry_of(kind: &'static Kind, path: &FieldPath) -> Option<FieldPath> {
    let field = kind.field(path.top())?;
    match (field.shape, path.steps()) {
        (Shape::Children(_), [_, crate::path::PathStep::Key(key), ..]) => {
            Some(FieldPath::field(field.name).then_key(key))
        }
        (
            Shape::Scalar(_) | Shape::Set | Shape::List | Shape::Json | Shape::Map(_) | Shape::Children(_),
            _,
        ) => None,
    }
}

/// Which object a change of a child is about, as its own identity.
pub(crate) fn child_identity(parent: &Identity, removed: &RemovedChild) -> Identity {
    Identity::below(parent.clone(), removed.kind, &removed.name)
}
