//! The one-word summaries in status. They are derived in [`crate::status`]; nobody reads them to decide.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `status.phase`: the seed's word for where an object stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum Phase {
    /// Waiting for something else, or not looked at yet.
    #[default]
    Pending,
    /// Being made for the first time.
    Provisioning,
    /// As declared.
    Ready,
    /// Stopped until somebody changes something.
    Failed,
    /// It was there and is being changed.
    Updating,
    /// It was there; now something is in the way, and it is tried again.
    Degraded,
    /// `spec.suspend` is set.
    Paused,
    /// Written by something else.
    #[serde(other)]
    Unknown,
}

impl Phase {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Pending,
        Self::Provisioning,
        Self::Ready,
        Self::Failed,
        Self::Updating,
        Self::Degraded,
        Self::Paused,
        Self::Unknown,
    ];

    /// The word in status.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Provisioning => "Provisioning",
            Self::Ready => "Ready",
            Self::Failed => "Failed",
            Self::Updating => "Updating",
            Self::Degraded => "Degraded",
            Self::Paused => "Paused",
            Self::Unknown => "Unknown",
        }
    }
}

/// `status.reconcileStatus`: how the last pass ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum ReconcileStatus {
    /// Not at its end: working, waiting, or trying again.
    #[default]
    InProgress,
    /// Everything that was to be done is done.
    Succeeded,
    /// Stopped until somebody changes something.
    Failed,
}
