//! One difference between what is asked and what the server has.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::path::FieldPath;

/// Why a value changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// The CR changed (or is new to this object).
    Desired,
    /// The server changed an owned value.
    Drift,
    /// The value left the CR.
    Released,
}

/// A value as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// There is none.
    Absent,
    /// It is no secret. For an entry of a list of child objects: `true`, it exists.
    Value(Value),
    /// It is a secret.
    Secret,
    /// It is a secret that the server does not give out.
    Unknown,
}

/// One difference.
///
/// As JSON: `path`, `reason`, `old` and `new` (left out where there is no value), `note` where there is one. For a
/// secret `sensitive` is true, and `old` and `new` are `"secret"` or `"unknown"`.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where.
    pub path: FieldPath,
    /// What the server has.
    pub old: Shown,
    /// What it will have.
    pub new: Shown,
    /// Why.
    pub reason: Reason,
    /// Who changed it and when, for drift.
    pub note: Option<String>,
    /// Order does not count: only what comes and goes is worth showing.
    pub(crate) set: bool,
    /// An entry of a list of child objects as a whole.
    pub(crate) entry: bool,
    /// Part of the mark.
    pub(crate) mark: bool,
}

impl Change {
    /// Whether a secret is involved.
    pub fn is_sensitive(&self) -> bool {
        [&self.old, &self.new].iter().any(|shown| matches!(shown, Shown::Secret | Shown::Unknown))
    }

    /// Whether it only writes the owner's mark.
    pub fn is_mark(&self) -> bool {
        self.mark
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Value(value) => value.serialize(serializer),
            Self::Secret => serializer.serialize_str("secret"),
            Self::Unknown => serializer.serialize_str("unknown"),
        }
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Change", 6)?;
        fields.serialize_field("path", &self.path)?;
        fields.serialize_field("reason", &self.reason)?;
        if self.old != Shown::Absent {
            fields.serialize_field("old", &self.old)?;
        }
        if self.new != Shown::Absent {
            fields.serialize_field("new", &self.new)?;
        }
        if self.is_sensitive() {
            fields.serialize_field("sensitive", &true)?;
        }
        if let Some(note) = &self.note {
            fields.serialize_field("note", note)?;
        }
        fields.end()
    }
}
