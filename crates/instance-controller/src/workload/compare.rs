//! Whether an object in the cluster is what was rendered: nothing is written when nothing changed.
//!
//! An object carries the hash of what was applied last: another hash means that spec, Secrets or this program changed. The
//! same hash, and a value of ours that differs in the cluster, means that somebody else changed it. What we do not say,
//! defaults of the API server among it, is not compared.

use std::fmt;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::Resource;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Child, ChildKind, identity::APPLIED};

/// Why an object is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It does not exist.
    Missing,
    /// Something else is wanted than what was applied last.
    Changed,
    /// Somebody else changed this field.
    Drifted(String),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("make"),
            Self::Changed => f.write_str("change"),
            Self::Drifted(field) => write!(f, "set back {field} of"),
        }
    }
}

/// The form in which an object is applied.
pub fn child<K>(kind: ChildKind, object: K) -> Child
where
    K: Resource<DynamicType = ()> + Serialize,
{
    let name = object.meta().name.clone().unwrap_or_default();
    // A plain struct can always be written.
    let mut body = without_nothing(serde_json::to_value(object).unwrap_or_default());
    let hash = hash(&body);
    if let Some(metadata) = body.get_mut("metadata").and_then(Value::as_object_mut) {
        let annotations = metadata.entry("annotations").or_insert_with(|| json!({}));
        if let Some(annotations) = annotations.as_object_mut() {
            annotations.insert(APPLIED.to_owned(), Value::String(hash));
        }
    }
    Child { kind, name, body }
}

/// Why the object is to be written; nothing if it is as it should be. `live`: the object in the cluster.
pub fn why(child: &Child, live: Option<(&ObjectMeta, Value)>) -> Option<Why> {
    let Some((meta, live)) = live else { return Some(Why::Missing) };
    let wanted = child.body.pointer("/metadata/annotations").and_then(|annotations| annotations.get(APPLIED));
    let applied = meta.annotations.as_ref().and_then(|annotations| annotations.get(APPLIED));
    if applied.map(String::as_str) != wanted.and_then(Value::as_str) {
        return Some(Why::Changed);
    }
    difference("", &child.body, &live).map(Why::Drifted)
}

/// Maps keep their keys in order here, so equal objects give equal text.
fn hash(body: &Value) -> String {
    let digest = Sha256::digest(body.to_string().as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// The API server keeps no empty values, so there is nothing to compare them with.
fn without_nothing(value: Value) -> Value {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::Object(map) => map.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().map(|(name, value)| (name, without_nothing(value)));
            Value::Object(kept.filter(|(_, value)| !is_nothing(value)).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nothing).collect()),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => other,
    }
}

/// The path of the first value of `wanted` that `live` does not have.
fn difference(path: &str, wanted: &Value, live: &Value) -> Option<String> {
    match (wanted, live) {
        (Value::Object(wanted), Value::Object(live)) => wanted.iter().find_map(|(name, value)| {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            difference(&path, value, live.get(name).unwrap_or(&Value::Null))
        }),
        (Value::Array(wanted), Value::Array(live)) if wanted.iter().all(Value::is_object) => {
            wanted.iter().enumerate().find_map(|(index, item)| {
                let path = format!("{path}[{}]", label_of(item).unwrap_or(&index.to_string()));
                let counterpart = live.iter().find(|other| same_item(item, other));
                counterpart.map_or(Some(path.clone()), |other| difference(&path, item, other))
            })
        }
        (wanted, live) => (!same(path, wanted, live)).then(|| path.to_owned()),
    }
}

fn label_of(item: &Value) -> Option<&str> {
    item.get("name").or_else(|| item.get("uid")).and_then(Value::as_str)
}

/// Items of a list of objects belong together by name or uid.
fn same_item(item: &Value, other: &Value) -> bool {
    match label_of(item) {
        Some(label) => label_of(other) == Some(label),
        None => difference("", item, other).is_none(),
    }
}

fn same(path: &str, wanted: &Value, live: &Value) -> bool {
    if wanted == live {
        return true;
    }
    match (wanted, live) {
        // The API server writes `value: ""` as no value.
        (Value::String(text), Value::Null) => text.is_empty(),
        (Value::String(wanted), Value::String(live)) if is_quantity(path) => {
            quantity(wanted).is_some() && quantity(wanted) == quantity(live)
        }
        _ => false,
    }
}

fn is_quantity(path: &str) -> bool {
    path.contains(".resources.requests.") || path.contains(".resources.limits.")
}

/// One, in billionths.
const NANO: i128 = 1_000_000_000;

/// A quantity in billionths: the API server writes `1000m` as `1`.
fn quantity(text: &str) -> Option<i128> {
    let split = text.find(|character: char| character.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, suffix) = text.split_at_checked(split)?;
    let unit = match suffix {
        "n" => 1,
        "u" => 1_000,
        "m" => 1_000_000,
        "" => NANO,
        "k" => NANO * 1_000,
        "M" => NANO * 1_000_000,
        "G" => NANO * NANO,
        "T" => NANO * NANO * 1_000,
        "Ki" => NANO << 10,
        "Mi" => NANO << 20,
        "Gi" => NANO << 30,
        "Ti" => NANO << 40,
        _ => return None,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    Some(digits.checked_mul(unit)? / scale)
}

#[cfg(test)]
mod tests;
