//! The one status write of a pass: what it says, and whether it is needed at all.

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use kube::api::{Patch, PatchParams};
use serde_json::{Map, Value, json};

use crate::{
    condition::Asserted,
    guard::{self, RawObject},
    key::Key,
    pipeline::Report,
};

/// Fields that say *when*, not *what*: a difference in them alone is not worth a write.
const TIMES: [&str; 4] = ["lastTransitionTime", "lastHeartbeatTime", "lastProbeTime", "lastUpdateTime"];

/// The part of a status that one controller owns. Whatever else stands there belongs to others and is left alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owned {
    /// Top-level fields, without `conditions` and `observedGeneration`.
    pub(crate) fields: &'static [&'static str],
    /// Condition types beside Ready, Reconciling and Stalled.
    pub(crate) conditions: &'static [&'static str],
    /// Names of further fields that only say when, at any depth.
    pub(crate) times: &'static [&'static str],
}

impl Owned {
    fn owns_condition(&self, type_: &str) -> bool {
        ["Ready", "Reconciling", "Stalled"].contains(&type_) || self.conditions.contains(&type_)
    }
}

/// The status this controller wants the object to have; `None` if it has it already (times aside).
///
/// Server-side apply removes what a manager no longer sends, so everything owned is sent every time: what the report
/// does not mention is carried over from the live status. A pass that failed before it knew anything therefore loses
/// nothing.
pub(crate) fn wanted(
    live: &Value,
    report: &Report,
    trio: [Asserted; 3],
    owned: &Owned,
    generation: i64,
    now: Timestamp,
) -> Option<Map<String, Value>> {
    let mut status = Map::new();
    status.insert("observedGeneration".into(), json!(generation));
    for field in owned.fields {
        let value = report.fields.get(*field).or_else(|| live.get(field));
        if let Some(value) = value.map(without_nulls).filter(|value| !value.is_null()) {
            status.insert((*field).to_owned(), value);
        }
    }
    let conditions = conditions(live, report, trio, owned, generation, now);
    status.insert("conditions".into(), serde_json::to_value(conditions).unwrap_or_default());

    let wanted = Value::Object(status);
    let current = owned_part(live, owned);
    if same(&wanted, &current, owned.times) {
        return None;
    }
    match wanted {
        Value::Object(status) => Some(status),
        _ => None,
    }
}

fn conditions(
    live: &Value,
    report: &Report,
    trio: [Asserted; 3],
    owned: &Owned,
    generation: i64,
    now: Timestamp,
) -> Vec<Condition> {
    let live = live_conditions(live);
    let asserted: Vec<Condition> = trio
        .into_iter()
        .chain(report.conditions.iter().cloned())
        .map(|condition| condition.onto(&live, generation, now))
        .collect();
    let mut all: Vec<Condition> = live
        .into_iter()
        .filter(|condition| owned.conditions.contains(&condition.type_.as_str()))
        .filter(|condition| !report.dropped_conditions.contains(&condition.type_.as_str()))
        .filter(|condition| asserted.iter().all(|new| new.type_ != condition.type_))
        .chain(asserted.clone())
        .collect();
    all.sort_by(|one, other| one.type_.cmp(&other.type_));
    all.dedup_by(|one, other| one.type_ == other.type_);
    all
}

fn live_conditions(live: &Value) -> Vec<Condition> {
    let Some(Value::Array(conditions)) = live.get("conditions") else {
        return Vec::new();
    };
    conditions.iter().filter_map(|condition| serde_json::from_value(condition.clone()).ok()).collect()
}

/// What of the live status this controller owns, in the form of [`wanted`].
fn owned_part(live: &Value, owned: &Owned) -> Value {
    let mut part = Map::new();
    if let Some(generation) = live.get("observedGeneration") {
        part.insert("observedGeneration".into(), generation.clone());
    }
    for field in owned.fields {
        if let Some(value) = live.get(field).map(without_nulls).filter(|value| !value.is_null()) {
            part.insert((*field).to_owned(), value);
        }
    }
    let mut conditions = live_conditions(live);
    conditions.retain(|condition| owned.owns_condition(&condition.type_));
    conditions.sort_by(|one, other| one.type_.cmp(&other.type_));
    part.insert("conditions".into(), serde_json::to_value(conditions).unwrap_or_default());
    Value::Object(part)
}

/// The API server drops null fields of objects, so they must not count as a difference.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.clone(), without_nulls(value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Whether two values are equal but for times.
fn same(one: &Value, other: &Value, times: &[&str]) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let counts = |name: &str| !TIMES.contains(&name) && !times.contains(&name);
            one.iter().filter(|(name, _)| counts(name)).all(|(name, value)| {
                other.get(name).is_some_and(|counterpart| same(value, counterpart, times))
            }) && other.keys().filter(|name| counts(name)).all(|name| one.contains_key(name))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other, times))
        }
        // 1 and 1.0 are one number to the API server.
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

/// How often a status is sent when somebody else writes the object at the same moment.
const ATTEMPTS: usize = 4;

/// Writes the status by server-side apply. An object that is gone, or was made anew meanwhile, is no error.
///
/// The object is named by its resourceVersion too: the API server ignores a uid in a status patch, and this status must
/// not land on an object that was made anew under the same name.
pub(crate) async fn write<K: kube::Resource<DynamicType = ()>>(
    kube: &kube::Client,
    key: &Key,
    object: &RawObject,
    manager: &str,
    status: Map<String, Value>,
) -> Result<(), kube::Error> {
    let mut version = object.meta.resource_version.clone();
    let mut patch = json!({
        "apiVersion": K::api_version(&()),
        "kind": K::kind(&()),
        "metadata": {"name": key.name(), "namespace": key.namespace(), "resourceVersion": null},
        "status": status,
    });
    for attempt in 1.. {
        patch["metadata"]["resourceVersion"] = json!(version);
        let conflict = match send::<K>(kube, key, manager, &patch).await {
            Ok(()) => return Ok(()),
            Err(kube::Error::Api(status)) if status.is_not_found() => return Ok(()),
            Err(error @ kube::Error::Api(_)) if attempt < ATTEMPTS && is_conflict(&error) => error,
            Err(error) => return Err(error),
        };
        tracing::debug!(%key, %conflict, "the object changed meanwhile");
        match guard::fetch::<K>(kube, key).await? {
            // What is ours in the status is ours alone, so it is as true as before.
            Some(newer) if newer.meta.uid == object.meta.uid => version = newer.meta.resource_version,
            Some(_) | None => return Ok(()),
        }
    }
    Ok(())
}

async fn send<K: kube::Resource<DynamicType = ()>>(
    kube: &kube::Client,
    key: &Key,
    manager: &str,
    patch: &Value,
) -> Result<(), kube::Error> {
    let request = kube::core::Request::new(K::url_path(&(), key.namespace()))
        .patch_subresource("status", key.name(), &PatchParams::apply(manager).force(), &Patch::Apply(patch))
        .map_err(kube::Error::BuildRequest)?;
    kube.request_text(request).await.map(|_| ())
}

fn is_conflict(error: &kube::Error) -> bool {
    matches!(error, kube::Error::Api(status) if status.is_conflict())
}

#[cfg(test)]
mod tests;
