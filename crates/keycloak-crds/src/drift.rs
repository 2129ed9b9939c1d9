//! What a controller tells of drift: values that it owns and that something else changed in Keycloak.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Findings that stand in status at most; the others are counted.
pub const MAX_FINDINGS: usize = 20;

/// What something else changed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DriftStatus {
    /// What was found: first what stands, then what was set back within the hour, the latest first.
    /// Example: `[{action: update, kind: realm, identity: acme, path: displayName, old: '"Evil"', new: '"Acme"'}]`.
    #[schemars(length(max = 20))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<DriftFinding>>,
    /// Findings that are not listed. Example: `12`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub omitted: Option<i32>,
}

/// One value, object or link that something else changed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DriftFinding {
    /// What sets it back: update for a value, create for an object that is gone, link for a link that is gone.
    /// Example: `update`.
    #[schemars(length(max = 20))]
    pub action: String,
    /// Kind of Keycloak object. Example: `role`.
    #[schemars(length(max = 100))]
    pub kind: String,
    /// Its name, alias, path or client id. Example: `contractor`.
    #[schemars(length(max = 1024))]
    pub identity: String,
    /// Where in the object; absent for the object itself. Example: `attributes[cost.center]`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What the server had, as a plan prints it and never a secret; absent for nothing. Of a set what is too much.
    /// Example: `"Evil"`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What this object declares; absent for nothing. Of a set what is missing. Example: `"Acme"`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// When the controller found it. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found_at: Option<Time>,
    /// When the controller set it back; absent as long as it stands. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repaired_at: Option<Time>,
    /// Who did it, where an admin event of the realm tells. Example: `{ipAddress: 10.0.0.7}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<DriftActor>,
}

/// Who changed something, as Keycloak's admin event has it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DriftActor {
    /// Keycloak's id of the user. Example: `5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Keycloak's id of the client that the user was logged in with. Example: `0d1f6f0e-7f6e-4c0a-9a51-2f6f0c1f7c11`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Keycloak's id of the realm of user and client. Example: `9f6e0d1f-7f6e-4c0a-9a51-2f6f0c1f7c11`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm_id: Option<String>,
    /// Where the call came from. Example: `10.0.0.7`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// When, by the server's clock. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}
