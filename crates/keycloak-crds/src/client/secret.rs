//! The Secret that an application reads, and its secret's life.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::policy::StringMap;

/// Labels and annotations of a Secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretMetadata {
    /// Labels. Example: `{app: portal}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<StringMap>,
    /// Annotations. Example: `{example.com/team: portal}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<StringMap>,
}

/// When a secret is made anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretRotation {
    /// Whether it is. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Time between two secrets. Absent: 90d. Example: `90d`.
    #[schemars(length(min = 2, max = 16))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_period: Option<String>,
    /// Time of day. Absent: any. Example: `03:30`.
    #[schemars(length(min = 5, max = 5))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_time: Option<String>,
    /// Time zone of that time. Absent: UTC. Example: `Europe/Amsterdam`.
    #[schemars(length(min = 1, max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}
