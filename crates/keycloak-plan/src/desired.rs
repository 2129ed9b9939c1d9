//! What a CR asks of one object, and what was read of the server.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value};

use crate::identity::Identity;
use crate::kind::Kind;
use crate::mark::Mark;
use crate::moving::Move;
use crate::path::{FieldPath, PathStep};

/// What a CR asks of one object: its representation, with only the fields that stand in the CR.
///
/// `null` is the same as absent. A list of child objects `[]` is the same as absent; a list of values `[]` clears
/// it, absent releases it.
#[derive(Clone)]
pub struct Desired {
    pub(crate) kind: &'static Kind,
    pub(crate) identity: Identity,
    pub(crate) value: Map<String, Value>,
    pub(crate) secrets: BTreeSet<FieldPath>,
    pub(crate) exclusive: BTreeSet<FieldPath>,
    pub(crate) seed_defaults: BTreeSet<FieldPath>,
    pub(crate) mark: Option<Mark>,
    pub(crate) id: Option<String>,
    pub(crate) created_with: Map<String, Value>,
    pub(crate) keys_created_with: Vec<(&'static str, &'static str, Value)>,
}

/// Names of the fields only: values may be secrets.
impl fmt::Debug for Desired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<&String> = self.value.keys().collect();
        f.debug_struct("Desired")
            .field("identity", &self.identity)
            .field("fields", &fields)
            .finish_non_exhaustive()
    }
}

impl Desired {
    /// An object of the realm itself (or the realm).
    pub fn new(kind: &'static Kind, name: &str, value: Map<String, Value>) -> Self {
        Self {
            kind,
            identity: Identity::new(kind, name),
            value,
            secrets: BTreeSet::new(),
            exclusive: BTreeSet::new(),
            seed_defaults: BTreeSet::new(),
            mark: None,
            id: None,
            created_with: Map::new(),
            keys_created_with: Vec::new(),
        }
    }

    /// The same below a parent: a role of a client, a mapper of a client scope.
    #[must_use]
    pub fn below(mut self, parent: Identity) -> Self {
        self.identity = Identity::below(parent, self.kind, self.identity.name());
        self
    }

    /// The value at this path comes from a Secret: hashed with the key, never printed. Fields that are declared as
    /// secrets need not be told.
    #[must_use]
    pub fn with_secret(mut self, path: FieldPath) -> Self {
        self.secrets.insert(path);
        self
    }

    /// The list of child objects at this path is exclusive: entries that are not declared are deleted, those that
    /// we did not create after approval.
    #[must_use]
    pub fn exclusive(mut self, list: FieldPath) -> Self {
        self.exclusive.insert(list);
        self
    }

    /// The value at this path equals the seed's schema default in an object of the seed: it is not owned until it
    /// changes (rule 1.4).
    #[must_use]
    pub fn seed_default(mut self, path: FieldPath) -> Self {
        self.seed_defaults.insert(path);
        self
    }

    /// The CR is the seed's, whose schema wrote these defaults into it: those that still stand there are [not
    /// owned](Self::seed_default).
    #[must_use]
    pub fn with_seed_defaults(self, defaults: impl IntoIterator<Item = (FieldPath, Value)>) -> Self {
        let stands = |(path, default): &(FieldPath, Value)| self.asked(path) == Some(default);
        let standing: Vec<FieldPath> = defaults.into_iter().filter(stands).map(|(path, _)| path).collect();
        standing.into_iter().fold(self, Self::seed_default)
    }

    /// The value at a path below fields and keys of maps.
    fn asked(&self, path: &FieldPath) -> Option<&Value> {
        let mut steps = path.steps().iter().map(|step| match step {
            PathStep::Field(name) | PathStep::Key(name) => name.as_str(),
        });
        let top = self.value.get(steps.next()?)?;
        steps.try_fold(top, |value, name| value.get(name))
    }

    /// The paths of values that are the seed's defaults.
    pub fn seed_defaults(&self) -> impl Iterator<Item = &FieldPath> {
        self.seed_defaults.iter()
    }

    /// The object carries this mark. Ignored for kinds that carry none.
    #[must_use]
    pub fn marked(mut self, mark: Mark) -> Self {
        self.mark = Some(mark);
        self
    }

    /// The `id` to create it with; Keycloak honours it for realms and clients, which saves a read.
    #[must_use]
    pub fn with_id(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    /// Asks for one more field, whose value had to be looked up first: the id of what the CR names.
    #[must_use]
    pub fn asking(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.value.insert(field.to_owned(), value.into());
        self
    }

    /// A creation value that depends on the CR or its place, instead of the kind's own: sent when we create the object and nobody
    /// asks for another value of the field, not owned afterwards (rule 1.3).
    #[must_use]
    pub fn created_with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.created_with.insert(field.to_owned(), value.into());
        self
    }

    /// A creation value of one key of a map.
    #[must_use]
    pub fn key_created_with(mut self, map: &'static str, key: &'static str, value: impl Into<Value>) -> Self {
        self.keys_created_with.push((map, key, value.into()));
        self
    }

    /// Which object.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Its kind.
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// What is asked, by Keycloak's names: for checks of the whole, whichever field of the CR said it. Values may be secrets.
    pub fn value(&self) -> &Map<String, Value> {
        &self.value
    }
}

/// Who holds an object, or whom it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// How many.
    pub count: u64,
    /// Of what, as it is told after the number: `users`.
    pub what: String,
}

/// One object as the server has it.
#[derive(Debug, Clone)]
pub enum LiveObject {
    /// It was looked for and is not there.
    Absent,
    /// It is there.
    Present(Live),
}

/// An object that is there.
#[derive(Clone)]
pub struct Live {
    pub(crate) value: Value,
    pub(crate) held: Option<Held>,
    pub(crate) edited: bool,
    pub(crate) built_in: bool,
}

/// Never the representation: it may hold secrets.
impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("held", &self.held)
            .field("edited", &self.edited)
            .field("built_in", &self.built_in)
            .finish_non_exhaustive()
    }
}

impl Live {
    /// Its representation, whole: a reduced view (without `id`) is refused by the plan.
    pub fn new(value: Value) -> Self {
        Self { value, held: None, edited: false, built_in: false }
    }

    /// Who holds it. Not told is taken as held.
    #[must_use]
    pub fn held(mut self, count: u64, what: &str) -> Self {
        self.held = Some(Held { count, what: what.to_owned() });
        self
    }

    /// Admin events show that somebody else changed it after our last write: a difference is drift, never the
    /// server's override.
    #[must_use]
    pub fn edited_by_others(mut self) -> Self {
        self.edited = true;
        self
    }

    /// Keycloak made it and needs it: an exclusive list does not delete it.
    #[must_use]
    pub fn built_in(mut self) -> Self {
        self.built_in = true;
        self
    }
}

/// What was read of the server for one plan.
///
/// An object that is not in here was not read. A plan may then only create it (the POST comes first, a 409 leads
/// to a look-up and a new plan); for every other purpose the plan fails and says what to read.
#[derive(Debug, Clone, Default)]
pub struct LiveState {
    objects: BTreeMap<Identity, LiveObject>,
    links: BTreeMap<(Identity, &'static str), BTreeSet<String>>,
    targets: BTreeMap<(&'static str, String), Option<String>>,
    without_effect: BTreeSet<(&'static str, String)>,
    totals: BTreeMap<&'static str, usize>,
    edited: BTreeSet<Identity>,
    moves: Vec<Move>,
}

impl LiveState {
    /// Nothing read.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an object that is there.
    #[must_use]
    pub fn present(mut self, identity: Identity, mut live: Live) -> Self {
        live.edited |= self.edited.contains(&identity);
        self.objects.insert(identity, LiveObject::Present(live));
        self
    }

    /// Tells of objects, read already or added later, that somebody else changed after our last write, as
    /// [`Live::edited_by_others`] does of one.
    #[must_use]
    pub fn edited_by_others(mut self, identities: impl IntoIterator<Item = Identity>) -> Self {
        self.edited.extend(identities);
        for identity in &self.edited {
            if let Some(LiveObject::Present(live)) = self.objects.get_mut(identity) {
                live.edited = true;
            }
        }
        self
    }

    /// Adds an object that is to stand elsewhere. It, what is below it, and links that lead there are told to this state by the
    /// place after the move. Of two moves, one of something below the other, the deeper one comes first; where each begins is
    /// always a place that the server has now.
    #[must_use]
    pub fn moved(mut self, moved: Move) -> Self {
        self.moves.push(moved);
        self
    }

    /// What is to stand elsewhere.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// Adds an object that is not there.
    #[must_use]
    pub fn absent(mut self, identity: Identity) -> Self {
        self.objects.insert(identity, LiveObject::Absent);
        self
    }

    /// Adds all links of one relation that an object holds.
    #[must_use]
    pub fn links<'a>(
        mut self,
        holder: Identity,
        relation: &'static crate::link::Relation,
        targets: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let targets = targets.into_iter().map(str::to_owned).collect();
        self.links.insert((holder, relation.name), targets);
        self
    }

    /// Tells whether what links of this relation are to lead to exists, and Keycloak's id of it: for targets that are not read
    /// as objects, such as a role of a client. One that does not exist gets no link, and is reported.
    #[must_use]
    pub fn target(
        mut self,
        relation: &'static crate::link::Relation,
        target: &str,
        id: Option<&str>,
    ) -> Self {
        self.targets.insert((relation.target, target.to_owned()), id.map(str::to_owned));
        self
    }

    /// Tells that a link of this relation to there changes nothing as things are, be it made or not. It is made all the same, and
    /// whoever asks for it is told.
    #[must_use]
    pub fn without_effect(mut self, relation: &'static crate::link::Relation, target: &str) -> Self {
        self.without_effect.insert((relation.name, target.to_owned()));
        self
    }

    /// How many objects of a kind there are, where more exist than were read (rule 2.2 counts them).
    #[must_use]
    pub fn total(mut self, kind: &'static Kind, count: usize) -> Self {
        self.totals.insert(kind.name, count);
        self
    }

    pub(crate) fn object(&self, identity: &Identity) -> Option<&LiveObject> {
        self.objects.get(identity)
    }

    pub(crate) fn all_present(&self) -> impl Iterator<Item = (&Identity, &Live)> {
        self.objects.iter().filter_map(|(identity, object)| match object {
            LiveObject::Present(live) => Some((identity, live)),
            LiveObject::Absent => None,
        })
    }

    pub(crate) fn links_of(&self, holder: &Identity, relation: &'static str) -> Option<&BTreeSet<String>> {
        self.links.get(&(holder.clone(), relation))
    }

    /// Whether it was looked for, and found or not.
    pub fn knows(&self, identity: &Identity) -> bool {
        self.objects.contains_key(identity)
    }

    /// Whether it was found.
    pub fn is_present(&self, identity: &Identity) -> bool {
        matches!(self.object(identity), Some(LiveObject::Present(_)))
    }

    /// Whether the links of this relation that an object holds were read.
    pub fn knows_links(&self, holder: &Identity, relation: &crate::link::Relation) -> bool {
        self.links_of(holder, relation.name).is_some()
    }

    /// Whether the object holds this link, as far as its links of this relation were read.
    pub fn is_linked(&self, holder: &Identity, relation: &crate::link::Relation, target: &str) -> bool {
        self.links_of(holder, relation.name).is_some_and(|targets| targets.contains(target))
    }

    /// What is known of the target of a link.
    pub(crate) fn target_of(&self, relation: &crate::link::Relation, target: &str) -> Target {
        let told = self.targets.get_key_value(&(relation.target, target.to_owned()));
        match (told, self.object(&Identity::named(relation.target, target))) {
            (Some((_, Some(id))), _) => Target::There(Some(id.clone())),
            (Some((_, None)), _) | (None, Some(LiveObject::Absent)) => Target::Missing,
            (None, Some(LiveObject::Present(live))) => {
                Target::There(live.value.get("id").and_then(Value::as_str).map(str::to_owned))
            }
            (None, None) => Target::Unknown,
        }
    }

    /// Whether a link that leads there changes nothing.
    pub(crate) fn is_without_effect(&self, relation: &'static crate::link::Relation, target: &str) -> bool {
        self.without_effect.contains(&(relation.name, target.to_owned()))
    }

    pub(crate) fn told_total(&self, kind: &str) -> Option<usize> {
        self.totals.get(kind).copied()
    }

    pub(crate) fn insert(&mut self, identity: Identity, object: LiveObject) {
        self.objects.insert(identity, object);
    }
}

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Nobody looked.
    Unknown,
    /// It does not exist.
    Missing,
    /// It exists; Keycloak's id of it, where that was read.
    There(Option<String>),
}
