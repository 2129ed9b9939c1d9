//! Keycloak's document of a user profile, and the same with each entry as its name and its definition, as a plan compares it.

use serde_json::{Map, Value};

use super::refusal::POLICY_OFF;

/// The lists of the document.
pub(super) const LISTS: [&str; 2] = ["attributes", "groups"];

/// The field that says what attributes are which nobody declared.
pub(super) const POLICY: &str = "unmanagedAttributePolicy";

/// Objects in an attribute whose fields are sets.
const SETS: [&str; 3] = ["required", "permissions", "selector"];

/// Texts that are the same empty as absent.
const TEXTS: [&str; 5] = ["displayName", "group", "defaultValue", "displayHeader", "displayDescription"];

/// Objects that are the same empty as absent.
const MAPS: [&str; 2] = ["validations", "annotations"];

/// The document with each entry as its name and its definition, in the form in which equal ones look equal.
pub(super) fn taken_apart(document: &Map<String, Value>) -> Map<String, Value> {
    let mut apart = Map::new();
    for list in LISTS {
        let entries = document.get(list).and_then(Value::as_array).into_iter().flatten();
        let entries: Vec<Value> = entries.filter_map(Value::as_object).map(entry).collect();
        if !entries.is_empty() {
            apart.insert(list.to_owned(), Value::Array(entries));
        }
    }
    if let Some(policy) = document.get(POLICY).filter(|policy| !policy.is_null()) {
        apart.insert(POLICY.to_owned(), policy.clone());
    }
    apart
}

fn entry(whole: &Map<String, Value>) -> Value {
    let mut definition = normal(whole);
    let name = definition.remove("name").unwrap_or_default();
    let entry = [("name", name), ("definition", Value::Object(definition))];
    entry.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

/// An entry in the form in which equal ones look equal: sets in order, and nothing that says the same as its absence.
pub(super) fn normal(entry: &Map<String, Value>) -> Map<String, Value> {
    let mut normal = entry.clone();
    for field in SETS {
        if let Some(Value::Object(sets)) = normal.get_mut(field) {
            sets.values_mut().for_each(sort);
            sets.retain(|_, set| !is_empty(set));
        }
    }
    normal.retain(|field, value| {
        let nothing = (TEXTS.contains(&field.as_str()) && value.as_str() == Some(""))
            || (MAPS.contains(&field.as_str()) && is_empty(value))
            || (field == "multivalued" && *value == Value::Bool(false));
        !(nothing || value.is_null())
    });
    normal
}

fn sort(set: &mut Value) {
    if let Value::Array(items) = set {
        items.sort_by_key(ToString::to_string);
        items.dedup();
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// The way back: Keycloak's document.
pub(super) fn put_together(apart: &Map<String, Value>) -> Map<String, Value> {
    let mut document = Map::new();
    for list in LISTS {
        let entries = apart.get(list).and_then(Value::as_array).into_iter().flatten();
        let whole = entries.filter_map(Value::as_object).map(|entry| {
            let mut whole = Map::new();
            whole.extend(entry.get("name").map(|name| ("name".to_owned(), name.clone())));
            whole.extend(entry.get("definition").and_then(Value::as_object).cloned().into_iter().flatten());
            Value::Object(whole)
        });
        document.insert(list.to_owned(), Value::Array(whole.collect()));
    }
    let policy = apart.get(POLICY).filter(|policy| policy.as_str() != Some(POLICY_OFF));
    document.extend(policy.map(|policy| (POLICY.to_owned(), policy.clone())));
    document
}
