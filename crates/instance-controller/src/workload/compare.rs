//! Whether an object in the cluster is what was rendered: nothing is written when nothing changed.
//!
//! An object carries the hash of what was applied last: another hash means that spec, Secrets or this program changed. The
//! same hash, and a value of ours that differs in the cluster, means that somebody else changed it. What we do not say,
//! defaults of the API server among it, is not compared.
//!
//! A value that reads back differently right after it was written (an admission webhook, the API server itself), or that was
//! set back and reads the same again (another controller), is *overridden*: it is reported and not written again until
//! something else is wanted. Otherwise two programs would write against each other for ever.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::Resource;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Child, ChildKind, identity::APPLIED, record::Remembered};

/// Why an object is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It does not exist.
    Missing,
    /// Something else is wanted than what was applied last.
    Changed,
    /// Somebody else changed these fields.
    Drifted(Vec<String>),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("make"),
            Self::Changed => f.write_str("change"),
            Self::Drifted(fields) => write!(f, "set back {} of", fields.join(", ")),
        }
    }
}

/// How an object in the cluster compares with what is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Kind of the object.
    pub kind: ChildKind,
    /// The object, as `kind/name`.
    pub object: String,
    /// Hash of what is wanted.
    pub hash: String,
    /// Why it is to be written; nothing if it is as it should be, or as it can be.
    pub why: Option<Why>,
    /// Paths of values that are not written again.
    pub overridden: Vec<String>,
    /// All values that differ from what was applied, by path, each with the hash of what stands there.
    pub differences: BTreeMap<String, String>,
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
            annotations.insert(APPLIED.to_owned(), Value::String(hash.clone()));
        }
    }
    Child { kind, name, hash, body }
}

/// Compares. `live`: the object in the cluster; `before`: what is remembered of it.
pub fn compare(
    child: &Child,
    live: Option<(&ObjectMeta, Value)>,
    before: Option<&Remembered>,
    now: Timestamp,
) -> Comparison {
    let compared = |why, overridden, differences| Comparison {
        kind: child.kind,
        object: child.object(),
        hash: child.hash.clone(),
        why,
        overridden,
        differences,
    };
    let Some((meta, live)) = live else { return compared(Some(Why::Missing), Vec::new(), BTreeMap::new()) };
    let before = before.filter(|before| before.hash == child.hash);
    let carried = meta.annotations.as_ref().and_then(|annotations| annotations.get(APPLIED));
    // The annotation is a value that somebody may take away, like any other; what is remembered tells so.
    if carried != Some(&child.hash) && before.is_none() {
        return compared(Some(Why::Changed), Vec::new(), BTreeMap::new());
    }
    let differences = differences(&child.body, &live);
    let is_overridden = |path: &str, reads: &str| {
        let standing = before.and_then(|before| before.values.get(path));
        standing.is_some_and(|standing| standing.forbids(reads, now))
    };
    let (overridden, drifted): (Vec<_>, Vec<_>) =
        differences.iter().partition(|(path, reads)| is_overridden(path, reads));
    let paths = |found: Vec<(&String, &String)>| found.into_iter().map(|(path, _)| path.clone()).collect();
    let (overridden, drifted): (Vec<String>, Vec<String>) = (paths(overridden), paths(drifted));
    compared((!drifted.is_empty()).then_some(Why::Drifted(drifted)), overridden, differences)
}

/// Values of `wanted` that `live` does not have, by path, each with the hash of what stands there.
pub fn differences(wanted: &Value, live: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    collect("", wanted, live, &mut found);
    found
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

fn collect(path: &str, wanted: &Value, live: &Value, found: &mut BTreeMap<String, String>) {
    match (wanted, live) {
        (Value::Object(wanted), Value::Object(live)) => {
            for (name, value) in wanted {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(&path, value, live.get(name).unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(wanted), Value::Array(live)) if wanted.iter().all(Value::is_object) => {
            for (index, item) in wanted.iter().enumerate() {
                let path = format!("{path}[{}]", label_of(item).unwrap_or(&index.to_string()));
                match live.iter().find(|other| same_item(item, other)) {
                    Some(other) => collect(&path, item, other, found),
                    None => {
                        found.insert(path, hash(&Value::Null));
                    }
                }
            }
        }
        (wanted, live) if same(path, wanted, live) => {}
        (_, live) => {
            found.insert(path.to_owned(), hash(live));
        }
    }
}

fn label_of(item: &Value) -> Option<&str> {
    item.get("name").or_else(|| item.get("uid")).and_then(Value::as_str)
}

/// Items of a list of objects belong together by name or uid.
fn same_item(item: &Value, other: &Value) -> bool {
    match label_of(item) {
        Some(label) => label_of(other) == Some(label),
        None => differences(item, other).is_empty(),
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
