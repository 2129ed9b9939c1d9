//! What a controller remembers in status: what it owns, what it plans, what was approved.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Largest owned record that is kept in status, in bytes; a larger one goes into a ConfigMap owned by the CR.
pub const MAX_OWNED_RECORD: usize = 256 * 1024;

/// Largest stored plan, in bytes.
pub const MAX_STORED_PLAN: usize = 64 * 1024;

/// What was applied last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Owned {
    /// Hashes of the applied values by path, identities of what was created, versions of Secrets; one compact
    /// string, at most 256 KiB. Example: `cloakroom-owned:1:49b00d20a9de2571:{}`.
    #[schemars(length(max = 262_144))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// ConfigMap in this namespace that holds the record when it is larger; it counts where there is no `record`. Example: `acme-owned-1a2b3c4d`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config_map: Option<String>,
    /// Id of the key with which values from Secrets were hashed. Example: `rk-7f3c2a91`.
    #[schemars(length(max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// Number of the last text that was written into the ConfigMap, from 1 on: an older one that stands there does not count. It stays
    /// when the record comes back into `record`. Example: `12`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<i64>,
}

/// A realm that can be used by its clients.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Available {
    /// Keycloak's id of the realm. Absent while the realm is not available.
    /// Example: `0d1f6f0e-7f6e-4c0a-9a51-2f6f0c1f7c11`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm_id: Option<String>,
    /// Since when it is as it is. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Time>,
    /// Why it is available or not, a word of the list of reasons. Example: `RealmAvailable`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What would be, or is being, changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanStatus {
    /// The plan in one line. Example: `2 to change, 1 to create, 1 waits for approval`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Value for the annotation keycloak.mdvr.nl/approve that lets the waiting steps run.
    /// Example: `7f3c2a91d05e48b6a1c9f27e3b8054d6e2f1a09c`.
    #[schemars(length(max = 128))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
    /// The steps; where they would exceed 64 KiB, the waiting ones first and the number of the rest in `omitted`.
    /// Example: `[{action: delete, kind: role, identity: contractor, loses: Access, waits: true}]`.
    #[schemars(length(max = 10000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<PlannedStep>>,
    /// Steps that are not listed. Example: `120`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub omitted: Option<i32>,
}

/// One step of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlannedStep {
    /// create, update, delete, link or unlink. Example: `delete`.
    #[schemars(length(max = 20))]
    pub action: String,
    /// Kind of Keycloak object. Example: `role`.
    #[schemars(length(max = 100))]
    pub kind: String,
    /// Its name, alias, path or client id. Example: `contractor`.
    #[schemars(length(max = 4096))]
    pub identity: String,
    /// Keycloak's id, where it has one. Example: `5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What the step would lose. Example: `Access`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loses: Option<Loss>,
    /// Whether the step waits for an approval. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits: Option<bool>,
    /// What changes, or what would be lost, for people to read; never a secret. Example: `held by 3 users`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What a step loses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum Loss {
    /// Users, credentials, federated identities, keys in use.
    UserData,
    /// What somebody holds: roles, groups, scopes, bound flows.
    Access,
    /// Configuration that can be written again.
    Configuration,
    /// The login of one application.
    Login,
}

/// Approvals of this object.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Approvals {
    /// Counts approvals that were used up, beginning at the time of the first step that waited: part of the next approval's
    /// hash, so that none is valid twice, not even where this field was lost. Example: `1769860800002`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumed: Option<i64>,
    /// Approvals whose steps may run without asking again. Example: `[{hash: 7f3c2a91d05e48b6a1c9f27e3b8054d6e2f1a09c, state: Executing}]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries: Option<Vec<Approval>>,
}

/// One accepted approval.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    /// The hash that was approved. Example: `7f3c2a91d05e48b6a1c9f27e3b8054d6e2f1a09c`.
    #[schemars(length(max = 128))]
    pub hash: String,
    /// Where the approval stands. Example: `Executing`.
    pub state: ApprovalState,
    /// When it was accepted. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Time>,
    /// The steps that it still lets run. Example: `[{kind: role, identity: contractor, loses: Access}]`.
    #[schemars(length(max = 10000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<ApprovedStep>>,
}

/// One step that an approval lets run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApprovedStep {
    /// Kind of Keycloak object. Example: `role`.
    #[schemars(length(max = 100))]
    pub kind: String,
    /// Its name, alias, path or client id. Example: `contractor`.
    #[schemars(length(max = 4096))]
    pub identity: String,
    /// Keycloak's id, where it has one: an object made anew under the same name is not approved.
    /// Example: `5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What the step loses. Example: `Access`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loses: Option<Loss>,
}

/// Where an approval stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum ApprovalState {
    /// Its steps run, also after a restart.
    #[default]
    Executing,
    /// All its steps are done or gone; it approves nothing any more.
    Consumed,
}

/// The making anew of a secret over time.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RotationStatus {
    /// When the secret in use was made. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_rotation: Option<Time>,
    /// When the next one is made. Example: `2026-05-01T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_rotation: Option<Time>,
    /// Until when the secret before is accepted too. Example: `2026-02-07T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlap_until: Option<Time>,
    /// What of a rotation is done, so that it goes on after a restart. Example: `SecretWritten`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The value of `regenerateSecret` or of the annotation that was served last. Example: `true`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub served: Option<String>,
}
