//! What an object of ours says about itself, as kubectl shows it.

use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::kubectl::{Kubectl, wait_within};

/// The longest that an object takes to say what it should, on a machine where everything else is tested too.
const SOON: Duration = Duration::from_secs(180);

/// Condition Ready of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ready {
    /// `True`, `False`, or nothing before a controller has looked.
    pub status: String,
    /// Its reason.
    pub reason: String,
    /// Its message.
    pub message: String,
}

impl Ready {
    /// What the object says.
    pub fn of(object: &Value) -> Self {
        let conditions = object["status"]["conditions"].as_array().into_iter().flatten();
        let found = conditions.into_iter().find(|condition| condition["type"] == "Ready");
        let text = |field: &str| {
            found.and_then(|found| found[field].as_str()).map(str::to_owned).unwrap_or_default()
        };
        Self { status: text("status"), reason: text("reason"), message: text("message") }
    }
}

/// Waits until the object (`kind/name`) is Ready as its spec is now, and gives it.
///
/// # Errors
/// If that takes more than three minutes: with what it says instead.
pub fn ready(kubectl: &Kubectl, namespace: &str, object: &str) -> Result<Value> {
    says(kubectl, namespace, object, "is not Ready", |ready| ready.status == "True")
}

/// Waits until the object says about its spec as it is now that it is not Ready for this reason, and gives its sentence.
///
/// # Errors
/// As [`ready`].
pub fn not_ready_because(kubectl: &Kubectl, namespace: &str, object: &str, reason: &str) -> Result<String> {
    let otherwise = format!("does not say {reason}");
    let found = says(kubectl, namespace, object, &otherwise, |ready| {
        ready.status == "False" && ready.reason == reason
    })?;
    Ok(Ready::of(&found).message)
}

fn says(
    kubectl: &Kubectl,
    namespace: &str,
    object: &str,
    otherwise: &str,
    wanted: impl Fn(&Ready) -> bool,
) -> Result<Value> {
    let mut last = Value::Null;
    let ended = wait_within(SOON, &format!("{namespace}/{object} {otherwise}"), || {
        last = kubectl.json(&["-n", namespace, "get", object])?;
        let seen = last["status"]["observedGeneration"] == last["metadata"]["generation"];
        Ok(seen && wanted(&Ready::of(&last)))
    });
    match ended {
        Ok(()) => Ok(last),
        Err(problem) => bail!("{problem:#}. It says: {}", last["status"]),
    }
}
