//! What is remembered of a server between passes, in `status.owned`: the hash of each object that was applied, which of its
//! values do not stay as they are written, and which values of Secrets the pods were made with.
//!
//! Lost, nothing breaks: a value that something else keeps changing back is written once more, and pods are replaced if their
//! digest is not the one that would be made now.

use std::collections::BTreeMap;

use jiff::Timestamp;
use keycloak_crds::{instance::KeycloakStatus, record::Owned};
use serde::{Deserialize, Serialize};

use super::{
    ChildKind,
    compare::{Comparison, Why},
    secrets::PodSecrets,
};
use crate::apply::WrittenChild;

/// Form of the record.
const FORM: &str = "v1:";

/// Somebody who sets the same value again within this time will not give in, and is not fought with.
const PATIENCE_SECONDS: i64 = 3600;

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The objects, by `kind/name`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub objects: BTreeMap<String, Remembered>,
    /// The values of Secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrets: Option<PodSecrets>,
}

/// One object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// Hash of what was applied last.
    pub hash: String,
    /// Values that did not stay as they were written, by path. Nothing of it counts any more when something else is wanted.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Standing>,
}

/// A value that did not stay as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// It was set back.
    SetBack {
        /// Hash of the value that stood there.
        over: String,
        /// When, in seconds since 1970.
        at: i64,
    },
    /// It reads back differently, and is not written again.
    Overridden,
}

impl Standing {
    /// Whether a value that reads like this now is not to be written again.
    pub fn forbids(&self, reads: &str, now: Timestamp) -> bool {
        match self {
            Self::Overridden => true,
            Self::SetBack { over, at } => over == reads && now.as_second() - at < PATIENCE_SECONDS,
        }
    }
}

impl Record {
    /// The record in an object's status. One that cannot be read counts as lost.
    pub fn read(status: Option<&KeycloakStatus>) -> Self {
        let Some(owned) = status.and_then(|status| status.owned.as_ref()) else { return Self::default() };
        let text = owned.record.as_deref().unwrap_or_default();
        let read = text.strip_prefix(FORM).and_then(|text| serde_json::from_str::<Self>(text).ok());
        let mut record = read.unwrap_or_else(|| {
            tracing::warn!("status.owned of a Keycloak cannot be read and counts as lost");
            Self::default()
        });
        if let Some(secrets) = &mut record.secrets {
            secrets.key = owned.key_id.clone().unwrap_or_default();
        }
        record
    }

    /// The record as it stands in status.
    pub fn owned(&self) -> Owned {
        // Maps of texts can always be written.
        let text = serde_json::to_string(self).unwrap_or_default();
        Owned {
            record: Some(format!("{FORM}{text}")),
            key_id: self.secrets.as_ref().map(|secrets| secrets.key.clone()),
            ..Owned::default()
        }
    }

    /// What is remembered after a pass: what was compared, and what of it was written. `secrets`: those that the pods are
    /// made with.
    #[must_use]
    pub fn after(
        &self,
        compared: &[Comparison],
        written: &[WrittenChild],
        secrets: Option<&PodSecrets>,
        now: Timestamp,
    ) -> Self {
        let mut after = self.clone();
        for comparison in compared {
            let write = written.iter().find(|write| write.object() == comparison.object);
            // What should have been written and was not is as it was.
            if comparison.why.is_some() && write.is_none() {
                continue;
            }
            let before = self.objects.get(&comparison.object);
            let object = remembered(before, comparison, write, now);
            after.objects.insert(comparison.object.clone(), object);
            if comparison.kind == ChildKind::StatefulSet {
                after.secrets = secrets.cloned();
            }
        }
        after
    }
}

fn remembered(
    before: Option<&Remembered>,
    comparison: &Comparison,
    write: Option<&WrittenChild>,
    now: Timestamp,
) -> Remembered {
    let before = before.filter(|before| before.hash == comparison.hash);
    let mut values = before.map(|before| before.values.clone()).unwrap_or_default();
    // What reads as it should again was given up by whoever changed it.
    values.retain(|path, standing| {
        *standing != Standing::Overridden || comparison.differences.contains_key(path)
    });
    values.extend(comparison.overridden.iter().map(|path| (path.clone(), Standing::Overridden)));
    if let Some(Why::Drifted(paths)) = &comparison.why {
        let set_back = paths.iter().filter_map(|path| {
            let over = comparison.differences.get(path)?.clone();
            Some((path.clone(), Standing::SetBack { over, at: now.as_second() }))
        });
        values.extend(set_back);
    }
    let kept = write.into_iter().flat_map(|write| &write.kept);
    values.extend(kept.map(|path| (path.clone(), Standing::Overridden)));
    Remembered { hash: comparison.hash.clone(), values }
}

#[cfg(test)]
mod tests;
