//! The exact body of a request.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::{Map, Value};

use crate::desired::Desired;
use crate::diff::{Edit, To};
use crate::kind::{
    Access, ChildRules, Field, KeyRemoval, Kind, MapRules, MapWrite, Naming, Sent, Shape, WriteBody,
};
use crate::leaf::{Leaf, Leaves, Rule, child_key};
use crate::path::{FieldPath, PathStep};
use crate::version::Server;

/// The JSON to send. It may hold secrets: it is never printed and never serialised as part of a plan.
#[derive(Clone, PartialEq)]
pub struct Body(Value);

impl Body {
    /// The JSON, for the request and nothing else.
    pub fn expose(&self) -> &Value {
        &self.0
    }
}

/// Names of the fields only.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&String> = self.0.as_object().map(|map| map.keys().collect()).unwrap_or_default();
        f.debug_tuple("Body").field(&names).finish()
    }
}

/// The body of a POST: creation values, what the CR asks, the mark, and links that travel along, beside those that the holder is
/// created with.
pub(crate) fn creation(
    desired: &Desired,
    asked: &Leaves,
    links: &[(&'static str, Vec<&str>)],
    server: &Server,
) -> Body {
    let kind = desired.kind;
    let mut body = created_object(kind, asked, &FieldPath::default(), server);
    // A child's identity may carry its qualifier; the representation has the name alone.
    let name = kind.naming.name_field();
    let named = desired.value.get(name).cloned();
    body.insert(name.to_owned(), named.unwrap_or_else(|| Value::from(desired.identity.name())));
    if let Some(qualified) = qualifier(kind.naming, &desired.value) {
        body.insert(qualified.0.to_owned(), qualified.1);
    }
    // A creation value that depends on the CR takes the place of the kind's own.
    for (field, value) in &desired.created_with {
        if !asked.contains_key(&FieldPath::field(field)) {
            body.insert(field.clone(), value.clone());
        }
    }
    for (field, key, value) in &desired.keys_created_with {
        if asked.contains_key(&FieldPath::field(field).then_key(key)) {
            continue;
        }
        let map = body.entry(*field).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(map) = map {
            map.insert((*key).to_owned(), value.clone());
        }
    }
    if let Some(id) = &desired.id {
        body.insert("id".to_owned(), Value::from(id.as_str()));
    }
    if let (Some(field), Some(mark)) = (kind.mark, &desired.mark) {
        let attributes = body.entry(field).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(attributes) = attributes {
            attributes.extend(mark.attributes().map(|(key, value)| (key.to_owned(), Value::from(value))));
        }
    }
    for (field, targets) in links {
        let list = body.entry(*field).or_insert_with(|| Value::Array(Vec::new()));
        let Value::Array(list) = list else { continue };
        // What it is created with beside them stands there already.
        for target in targets.iter().map(|target| Value::from(*target)) {
            if !list.contains(&target) {
                list.push(target);
            }
        }
    }
    Body(Value::Object(body))
}

/// The second naming field as desired, where the name alone is not unique.
fn qualifier(naming: Naming, value: &Map<String, Value>) -> Option<(&'static str, Value)> {
    match naming {
        Naming::Named(_) => None,
        Naming::Qualified { by, .. } => value.get(by).map(|value| (by, value.clone())),
    }
}

fn created_object(
    kind: &'static Kind,
    asked: &Leaves,
    prefix: &FieldPath,
    server: &Server,
) -> Map<String, Value> {
    let mut body = Map::new();
    let depth = prefix.steps().len();
    let asked_groups: BTreeSet<&str> = asked
        .keys()
        .filter(|path| path.is_within(prefix))
        .filter_map(|path| match path.steps().get(depth) {
            Some(PathStep::Field(name)) => group(kind.field(name)?),
            Some(PathStep::Key(_)) | None => None,
        })
        .collect();
    for field in kind.fields {
        let said = group(field).is_none_or(|group| asked_groups.contains(group));
        if let Some(value) = field.created_as.filter(|_| said && server.knows(field.since)) {
            body.insert(field.name.to_owned(), value.value());
        }
    }
    for (path, leaf) in asked.iter().filter(|(path, _)| path.is_within(prefix)) {
        match (path.steps().get(depth..).unwrap_or_default(), leaf.rule) {
            ([PathStep::Field(name)], _) => {
                body.insert(name.clone(), leaf.wire.clone());
            }
            ([PathStep::Field(name), PathStep::Key(_)], Rule::Child(rules)) => {
                let child = created_child(rules, asked, path, leaf, server);
                push(&mut body, name, child);
            }
            ([PathStep::Field(name), PathStep::Key(key)], Rule::Key(..)) if leaf.normal.is_some() => {
                let map = body.entry(name.clone()).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(map) = map {
                    map.insert(key.clone(), leaf.wire.clone());
                }
            }
            // What lies inside a child is taken with the child; a key without a value is not sent.
            _ => {}
        }
    }
    body
}

fn created_child(
    rules: &ChildRules,
    asked: &Leaves,
    path: &FieldPath,
    leaf: &Leaf,
    server: &Server,
) -> Value {
    let mut child = created_object(rules.kind, asked, path, server);
    let Value::Object(wire) = &leaf.wire else { return Value::Object(child) };
    let name = rules.kind.naming.name_field();
    if let Some(value) = wire.get(name) {
        child.insert(name.to_owned(), value.clone());
    }
    if let Some((by, value)) = qualifier(rules.kind.naming, wire) {
        child.insert(by.to_owned(), value);
    }
    Value::Object(child)
}

fn push(body: &mut Map<String, Value>, list: &str, child: Value) {
    let entries = body.entry(list).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(entries) = entries {
        entries.push(child);
    }
}

/// The body of a PUT that makes `edits` and loses nothing else, after a PUT that made `before`.
///
/// What was changed before travels again: a value that the server keeps in two places (a field, and a key of the
/// attributes that are sent whole) would else go back to what was read.
pub(crate) fn update(
    kind: &'static Kind,
    asked: &Leaves,
    live: &Map<String, Value>,
    before: &[&Edit],
    edits: &[&Edit],
    server: &Server,
) -> Body {
    let mut changed = live.clone();
    let edits: Vec<&Edit> = before.iter().chain(edits).copied().collect();
    for edit in &edits {
        set_at(kind, &mut changed, edit, edit.change.path.steps(), asked, server);
    }
    let body = match kind.write {
        WriteBody::Whole => whole(kind, changed),
        WriteBody::Partial => partial(kind, &changed, &edits),
    };
    Body(Value::Object(body))
}

/// Everything but lists of objects that an update does not take.
fn whole(kind: &Kind, mut changed: Map<String, Value>) -> Map<String, Value> {
    changed.retain(|name, value| match kind.field(name).map(|field| (field.access, field.shape)) {
        Some((Access::OtherKind(_), _)) => false,
        Some((_, Shape::Children(rules))) => crate::leaf::travels_in_parent(&rules),
        Some(_) | None => !value.is_null(),
    });
    changed
}

fn partial(kind: &'static Kind, changed: &Map<String, Value>, edits: &[&Edit]) -> Map<String, Value> {
    let touched: BTreeSet<&str> = edits.iter().map(|edit| edit.change.path.top()).collect();
    let groups: BTreeSet<&str> = touched.iter().filter_map(|name| group(kind.field(name)?)).collect();
    let mut body = Map::new();
    let known = kind.fields.iter().map(|field| field.name);
    let unknown = touched.iter().copied().filter(|name| kind.field(name).is_none());
    for name in known.chain(unknown) {
        let field = kind.field(name);
        let wanted = touched.contains(name)
            || field.is_some_and(|field| {
                field.sent == Sent::Always || group(field).is_some_and(|group| groups.contains(group))
            });
        let Some(value) = changed.get(name).filter(|value| wanted && !value.is_null()) else { continue };
        let value = match field.and_then(merged) {
            Some(removal) => merged_keys(name, value, edits, removal),
            None => value.clone(),
        };
        body.insert(name.to_owned(), value);
    }
    body
}

/// How a key is taken out of a field that the server merges key by key.
fn merged(field: &Field) -> Option<KeyRemoval> {
    match field.shape {
        Shape::Map(MapRules { write: MapWrite::Merged(removal), .. }) => Some(*removal),
        Shape::Map(MapRules { write: MapWrite::Replaced, .. })
        | Shape::Scalar(_)
        | Shape::Set
        | Shape::List
        | Shape::Json
        | Shape::Children(_) => None,
    }
}

fn group(field: &Field) -> Option<&'static str> {
    match field.sent {
        Sent::WithGroup(name) => Some(name),
        Sent::WhenChanged | Sent::Always => None,
    }
}

/// Only the keys that change, of a map that the server merges.
fn merged_keys(name: &str, changed: &Value, edits: &[&Edit], removal: KeyRemoval) -> Value {
    let mut map = Map::new();
    for edit in edits.iter().filter(|edit| edit.change.path.top() == name) {
        let Some(PathStep::Key(key)) = edit.change.path.steps().get(1) else { continue };
        let removed = match removal {
            KeyRemoval::EmptyText => Value::from(""),
            KeyRemoval::Null => Value::Null,
        };
        map.insert(key.clone(), changed.get(key).cloned().unwrap_or(removed));
    }
    Value::Object(map)
}

/// Makes one edit in a representation.
fn set_at(
    kind: &'static Kind,
    object: &mut Map<String, Value>,
    edit: &Edit,
    steps: &[PathStep],
    asked: &Leaves,
    server: &Server,
) {
    match steps {
        [PathStep::Field(name)] => match &edit.to {
            To::Set(value) => {
                object.insert(name.clone(), value.clone());
            }
            To::Away | To::Entry | To::NoEntry => {
                object.remove(name);
            }
        },
        [PathStep::Field(name), PathStep::Key(key)] => match kind.field(name).map(|field| &field.shape) {
            Some(Shape::Children(rules)) => set_entry(rules, object, name, key, edit, asked, server),
            Some(_) | None => set_key(object, name, key, edit),
        },
        [PathStep::Field(name), PathStep::Key(key), rest @ ..] => {
            let Some(Shape::Children(rules)) = kind.field(name).map(|field| &field.shape) else { return };
            let Some(Value::Array(entries)) = object.get_mut(name) else { return };
            let entry = entries.iter_mut().find(|entry| is_entry(rules, entry, key));
            if let Some(Value::Object(entry)) = entry {
                set_at(rules.kind, entry, edit, rest, asked, server);
            }
        }
        [] | [PathStep::Key(_), ..] | [PathStep::Field(_), PathStep::Field(_), ..] => {}
    }
}

fn set_key(object: &mut Map<String, Value>, name: &str, key: &str, edit: &Edit) {
    let map = object.entry(name).or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(map) = map else { return };
    match &edit.to {
        To::Set(value) => {
            map.insert(key.to_owned(), value.clone());
        }
        To::Away | To::Entry | To::NoEntry => {
            map.remove(key);
        }
    }
}

fn set_entry(
    rules: &ChildRules,
    object: &mut Map<String, Value>,
    name: &str,
    key: &str,
    edit: &Edit,
    asked: &Leaves,
    server: &Server,
) {
    let entries = object.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(entries) = entries else { return };
    match &edit.to {
        To::Entry => {
            if let Some(leaf) = asked.get(&edit.change.path) {
                entries.push(created_child(rules, asked, &edit.change.path, leaf, server));
            }
        }
        To::NoEntry | To::Away => entries.retain(|entry| !is_entry(rules, entry, key)),
        To::Set(_) => {}
    }
}

fn is_entry(rules: &ChildRules, entry: &Value, key: &str) -> bool {
    child_key(rules.kind.naming, entry).as_deref() == Some(key)
}
