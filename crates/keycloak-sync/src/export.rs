//! What Keycloak has, as a spec.

mod limits;

use std::collections::BTreeMap;

use keycloak_crds::policy::StringMap;
use keycloak_plan::is_mark_key;
use keycloak_plan::kind::{Access, Field, Kind, MapRules, Shape};
pub(crate) use limits::within_limits;
use serde_json::{Map, Value};

use crate::observed::{Representation, json};

/// A spec that was made from a live object.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported<S> {
    /// Every value that the spec has a field of its own for, except secrets and marks. What is in a spec is enforced
    /// from then on: remove what should stay with people.
    pub spec: S,
    /// What is set in Keycloak and does not stand in the spec, by the name of the field of the CR where there is one,
    /// else by Keycloak's; of a map that stands there each key that does not, as `spec.smtpServer[replyToDisplayName]`. Sorted,
    /// each once.
    pub left_out: Vec<String>,
    /// What Keycloak makes together with each object of this kind and this one does not have any more, by the path at which a spec
    /// would say it. No spec asks for an absence: an object that is made from this one has it again. Sorted, each once.
    pub lacks: Vec<String>,
}

/// The fields, and of maps the keys, that are set on the server and that `said` does not hold.
pub(crate) fn left_out<R: Representation>(live: &R, said: &Map<String, Value>) -> Vec<String> {
    let live = json(live);
    let fields = R::KIND.fields.iter().filter(|field| !field.secret);
    let mut left: Vec<String> = fields
        .filter_map(|field| Some((field, live.get(field.name)?, name_in_cr(field)?)))
        .flat_map(|(field, value, name)| left_out_of(R::KIND, field, value, said.get(field.name), name))
        .collect();
    left.sort_unstable();
    left.dedup();
    left
}

/// One field that is called `name`: as a whole where nothing of it is said, else each key that is not.
fn left_out_of(kind: &Kind, field: &Field, live: &Value, said: Option<&Value>, name: String) -> Vec<String> {
    let (Shape::Map(rules), Value::Object(live)) = (&field.shape, live) else {
        return if said.is_none() && is_set(field, live) { vec![name] } else { Vec::new() };
    };
    let is_nothing = |value: &Value| {
        value.is_null() || (rules.empty_is_absent && value.as_str().is_some_and(str::is_empty))
    };
    let may_be_told = |key: &str| !is_mark_key(key) && !is_kept(kind, rules, key);
    let is_said = |key: &str| said.is_some_and(|said| said.get(key).is_some());
    let left = live.iter().filter(|(key, value)| !is_nothing(value) && may_be_told(key) && !is_said(key));
    let mut left = left.map(|(key, _)| format!("{name}[{key}]")).peekable();
    match said {
        None if left.peek().is_some() => vec![name.clone()],
        None | Some(_) => left.collect(),
    }
}

fn is_set(field: &Field, value: &Value) -> bool {
    let empty = match value {
        Value::Null => true,
        Value::Bool(on) => !on,
        // Keycloak's numbers for "none". In a field that a spec has they are values as any other.
        Value::Number(number) => field.typed_as.is_none() && matches!(number.as_i64(), Some(0 | -1)),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(|value| value.as_array().is_some_and(Vec::is_empty)),
    };
    let usual = [field.created_as, field.absent, field.reset_to];
    !empty && !usual.into_iter().flatten().any(|usual| usual.value() == *value)
}

fn name_in_cr(field: &Field) -> Option<String> {
    match field.access {
        Access::Writable | Access::Immutable => Some(field.typed_as.unwrap_or(field.name).to_owned()),
        Access::OtherKind(declared) => Some(declared.to_owned()),
        Access::ReadOnly | Access::Identity | Access::NotManaged(_) => None,
    }
}

/// The attributes that a CR may hold: without the mark, secrets, what Keycloak keeps itself, and what repeats a field
/// of the object.
pub(crate) fn attributes(
    kind: &'static Kind,
    live: Option<&BTreeMap<String, Option<String>>>,
) -> Option<StringMap> {
    let rules = match kind.field("attributes").map(|field| &field.shape) {
        Some(Shape::Map(rules)) => *rules,
        Some(Shape::Scalar(_) | Shape::Set | Shape::List | Shape::Json | Shape::Children(_)) | None => {
            return None;
        }
    };
    let may_stand = |key: &str| !is_mark_key(key) && !is_servers(kind, rules, key);
    let kept: StringMap = live?
        .iter()
        .filter(|(key, _)| may_stand(key))
        .filter_map(|(key, value)| Some((key.clone(), value.clone()?)))
        .collect();
    (!kept.is_empty()).then_some(kept)
}

fn is_servers(kind: &Kind, rules: &MapRules, key: &str) -> bool {
    rules.secrets.contains(&key) || is_kept(kind, rules, key)
}

/// Whether Keycloak keeps the key itself, or repeats a field of the object there.
fn is_kept(kind: &Kind, rules: &MapRules, key: &str) -> bool {
    rules.kept_by_server.contains(&key)
        || rules.mirrors.iter().any(|(start, _)| key.starts_with(start))
        || (rules.mirrors_field_names && kind.field(key).is_some())
}

/// A text that is not empty.
pub(crate) fn filled(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.is_empty()).cloned()
}

/// A number that the API server takes: this one or more. Keycloak takes any, and one that is less is left out.
pub(crate) fn at_least<T: PartialOrd + Copy>(least: T, number: Option<T>) -> Option<T> {
    number.filter(|number| *number >= least)
}

/// A group of fields, unless none is set.
pub(crate) fn unless_empty<T: Default + PartialEq>(group: T) -> Option<T> {
    (group != T::default()).then_some(group)
}
