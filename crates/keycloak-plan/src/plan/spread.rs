//! Child objects that travel inside their parent only when that is created: afterwards each is an object of its own.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Exclusive, PlanInput};
use crate::desired::{Desired, Live, LiveObject, LiveState};
use crate::identity::Identity;
use crate::kind::{ChildRules, Field, Kind, Shape, Travel};
use crate::leaf::child_key;
use crate::path::{FieldPath, PathStep};
use crate::record::OwnedRecord;

/// What a plan compares, once such children stand beside their parents.
pub(super) struct Spread {
    pub(super) desired: Vec<Desired>,
    pub(super) live: LiveState,
    pub(super) exclusive: Vec<Exclusive>,
}

impl Spread {
    pub(super) fn new(input: &PlanInput<'_>) -> Self {
        let PlanInput { desired, live, exclusive, record, catalogue, .. } = *input;
        let mut spread = Self { desired: Vec::new(), live: live.clone(), exclusive: exclusive.to_vec() };
        for parent in desired {
            let mut parent = parent.clone();
            for (field, rules) in spread_fields(parent.kind) {
                spread.field(&mut parent, field, rules, live, record);
            }
            spread.desired.push(parent);
        }
        // Parents that left the CR: what we created inside them is looked at too.
        for (identity, object) in live.all_present() {
            let Some(kind) = catalogue.kind(identity.kind()) else { continue };
            let left = desired.iter().all(|desired| desired.identity != *identity);
            let mut known = record.objects().map(|(known, _)| known).chain(record.pending());
            if left && known.any(|known| known.is_below(identity)) {
                for (field, rules) in spread_fields(kind) {
                    spread.read_children(identity, object, field, rules);
                }
            }
        }
        spread
    }

    /// The live entries of a parent, as objects.
    fn read_children(
        &mut self,
        parent: &Identity,
        object: &Live,
        field: &'static Field,
        rules: &'static ChildRules,
    ) -> BTreeSet<Identity> {
        let mut read = BTreeSet::new();
        for child in entries(object.value.get(field.name)) {
            let Some(key) = child_key(rules.kind.naming, child) else { continue };
            let identity = Identity::below(parent.clone(), rules.kind, &key);
            read.insert(identity.clone());
            let mut found = Live::new(child.clone());
            found.edited = object.edited;
            self.live.insert(identity, LiveObject::Present(found));
        }
        read
    }

    fn field(
        &mut self,
        parent: &mut Desired,
        field: &'static Field,
        rules: &'static ChildRules,
        live: &LiveState,
        record: &OwnedRecord,
    ) {
        let list = FieldPath::field(field.name);
        if parent.exclusive.contains(&list) {
            self.exclusive.push(Exclusive { kind: rules.kind, parent: Some(parent.identity.clone()) });
        }
        let below = |identity: &Identity| {
            identity.parent() == Some(&parent.identity) && identity.kind() == rules.kind.name
        };
        let mut known: BTreeSet<Identity> = record
            .objects()
            .map(|(identity, _)| identity)
            .chain(record.pending())
            .filter(|id| below(id))
            .cloned()
            .collect();
        if let Some(LiveObject::Present(present)) = live.object(&parent.identity) {
            for read in self.read_children(&parent.identity, present, field, rules) {
                known.remove(&read);
            }
            self.take_out(parent, field, rules);
        }
        for gone in known {
            self.live.insert(gone, LiveObject::Absent);
        }
    }

    /// Moves the entries of an existing parent beside it. Faulty ones stay, to be refused by their path.
    fn take_out(&mut self, parent: &mut Desired, field: &'static Field, rules: &'static ChildRules) {
        let Some(Value::Array(children)) = parent.value.get(field.name).cloned() else { return };
        let mut seen = BTreeSet::new();
        let mut faulty = Vec::new();
        for child in children {
            let key = child_key(rules.kind.naming, &child);
            match (key, child) {
                (Some(key), Value::Object(value)) if seen.insert(key.clone()) => {
                    self.desired.push(child_of(parent, field, rules.kind, &key, value));
                    let identity = Identity::below(parent.identity.clone(), rules.kind, &key);
                    if self.live.object(&identity).is_none() {
                        self.live.insert(identity, LiveObject::Absent);
                    }
                }
                (_, child) => faulty.push(child),
            }
        }
        if faulty.is_empty() {
            parent.value.remove(field.name);
        } else {
            parent.value.insert(field.name.to_owned(), Value::Array(faulty));
        }
    }
}

fn child_of(
    parent: &Desired,
    field: &Field,
    kind: &'static Kind,
    key: &str,
    value: Map<String, Value>,
) -> Desired {
    let entry = FieldPath::field(field.name).then_key(key);
    let mut child = Desired::new(kind, key, value).below(parent.identity.clone());
    child.secrets = parent.secrets.iter().filter_map(|path| inner_path(path, &entry)).collect();
    child.seed_defaults = parent.seed_defaults.iter().filter_map(|path| inner_path(path, &entry)).collect();
    child
}

/// The path inside an entry, seen from the entry.
pub(super) fn inner_path(path: &FieldPath, entry: &FieldPath) -> Option<FieldPath> {
    let rest = path.steps().strip_prefix(entry.steps())?;
    let (first, rest) = rest.split_first()?;
    let PathStep::Field(name) = first else { return None };
    Some(rest.iter().fold(FieldPath::field(name), |path, step| match step {
        PathStep::Field(name) => path.then_field(name),
        PathStep::Key(key) => path.then_key(key),
    }))
}

/// The fields of a kind whose children travel at creation only.
pub(super) fn spread_fields(
    kind: &'static Kind,
) -> impl Iterator<Item = (&'static Field, &'static ChildRules)> {
    kind.fields.iter().filter_map(|field| match &field.shape {
        Shape::Children(rules) if rules.travel == Travel::AtCreation => Some((field, rules)),
        Shape::Children(_) | Shape::Scalar(_) | Shape::Set | Shape::List | Shape::Json | Shape::Map(_) => {
            None
        }
    })
}

pub(super) fn entries(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(entries)) => entries,
        Some(_) | None => &[],
    }
}
