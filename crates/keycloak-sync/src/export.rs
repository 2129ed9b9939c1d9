//! What Keycloak has, as a spec.

use std::collections::BTreeMap;

use keycloak_crds::policy::StringMap;
use keycloak_plan::is_mark_key;
use keycloak_plan::kind::{Access, Field, Kind, MapRules, Shape};
use serde_json::{Map, Value};

use crate::observed::{Representation, json};

/// A spec that was made from a live object.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported<S> {
    /// Every value that the spec has a field of its own for, except secrets and marks. What is in a spec is enforced
    /// from then on: remove what should stay with people.
    pub spec: S,
    /// What is set in Keycloak and does not stand in the spec, by the name of the field of the CR where there is one,
    /// else by Keycloak's. Sorted, each once.
    pub left_out: Vec<String>,
}

/// The fields that are set on the server and that `said` does not hold.
pub(crate) fn left_out<R: Representation>(live: &R, said: &Map<String, Value>) -> Vec<String> {
    let live = json(live);
    let mut left: Vec<String> = R::KIND
        .fields
        .iter()
        .filter(|field| !said.contains_key(field.name) && !field.secret)
        .filter(|field| live.get(field.name).is_some_and(|value| is_set(field, value)))
        .filter_map(name_in_cr)
        .collect();
    left.sort_unstable();
    left.dedup();
    left
}

fn is_set(field: &Field, value: &Value) -> bool {
    let empty = match value {
        Value::Null => true,
        Value::Bool(on) => !on,
        // Keycloak's numbers for "none".
        Value::Number(number) => matches!(number.as_i64(), Some(0 | -1)),
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
        Access::ReadOnly | Access::Identity => None,
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
    rules.secrets.contains(&key)
        || rules.kept_by_server.contains(&key)
        || rules.mirrors.iter().any(|(start, _)| key.starts_with(start))
        || (rules.mirrors_field_names && kind.field(key).is_some())
}

/// A text that is not empty.
pub(crate) fn filled(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.is_empty()).cloned()
}

/// A group of fields, unless none is set.
pub(crate) fn unless_empty<T: Default + PartialEq>(group: T) -> Option<T> {
    (group != T::default()).then_some(group)
}
