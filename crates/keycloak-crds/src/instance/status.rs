//! What is known about an instance.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    authorization::AuthorizationStatus,
    condition::Condition,
    phase::{Phase, ReconcileStatus},
    record::{Owned, RotationStatus},
};

/// Status of a Keycloak.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeycloakStatus {
    /// Where the instance stands, in one word. Example: `Ready`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Why, for people. Example: `in sync`.
    #[schemars(length(max = 32768))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Why, in one word. Example: `InSync`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How the last pass ended. Example: `Succeeded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reconcile_status: Option<ReconcileStatus>,
    /// What holds and what does not. Example: `[{type: Ready, status: "True"}]`.
    #[schemars(length(max = 100), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["type"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Vec<Condition>>,
    /// Generation that this status is about; -1 before the first look. Example: `3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// Objects made for this instance, as kind/name. Example: `[StatefulSet/keycloak-keycloak]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child_resources: Option<Vec<String>>,
    /// Version of the server. Example: `26.7.3`.
    #[schemars(length(max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// User name of the administrator. Example: `admin`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_username: Option<String>,
    /// Secret of the administrator. Example: `keycloak-admin-credentials`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_secret: Option<String>,
    /// Secret with the authorization token for realms. Example: `keycloak-auth-token`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_secret_name: Option<String>,
    /// Tokens of this instance. Example: `{tokens: [{id: 0f9k2m4p6r8t, state: active}]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization: Option<AuthorizationStatus>,
    /// Rotation of our login. Example: `{lastRotation: "2026-01-31T12:00:00Z"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation: Option<RotationStatus>,
    /// What was applied last. Example: `{record: "v1:eJyrVkrLz1eyUkpKLFKqBQAdegQ3"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owned: Option<Owned>,
    /// Address inside the cluster. Example: `http://keycloak-keycloak.keycloak-system.svc:8080`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal_url: Option<String>,
    /// Address that users see. Example: `https://auth.example.com`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_url: Option<String>,
    /// All addresses. Example: `{public: "https://auth.example.com"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<InstanceEndpoints>,
    /// Name of the workload. Example: `keycloak-keycloak`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment: Option<String>,
    /// Name of the Service. Example: `keycloak-keycloak`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Name of the Ingress. Example: `keycloak-keycloak`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingress: Option<String>,
    /// Pods that exist. Example: `2`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicas: Option<i32>,
    /// Pods that are ready. Example: `2`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready_replicas: Option<i32>,
    /// Pods that are available. Example: `2`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available_replicas: Option<i32>,
    /// Label selector of the pods, for the scale subresource. Example: `keycloak.mdvr.nl/instance=keycloak`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<String>,
    /// When the server's health last changed. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_health_check: Option<Time>,
    /// Connected, Connecting, Failed or Unknown. Example: `Connected`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_status: Option<DatabaseStatus>,
    /// Number of realms. Example: `12`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm_count: Option<i32>,
    /// Whether further realms are accepted. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepting_new_realms: Option<bool>,
    /// Realms of the largest number. Example: `12/100`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_status: Option<String>,
    /// Version that runs. Example: `26.7.3`.
    #[schemars(length(max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_version: Option<String>,
    /// Version that ran before. Example: `26.6.1`.
    #[schemars(length(max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_version: Option<String>,
    /// Last backup before an upgrade. Example: `keycloak-backup-20260131`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_backup_name: Option<String>,
    /// When it was made. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_backup_time: Option<Time>,
    /// An upgrade with old and new servers side by side. Example: `{state: Idle}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blue_green: Option<BlueGreen>,
}

/// Addresses of an instance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstanceEndpoints {
    /// Admin console and API as people reach it. Example: `https://auth.example.com/admin`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<String>,
    /// Base of what users see. Example: `https://auth.example.com`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public: Option<String>,
    /// Health and metrics, inside the cluster. Example: `http://keycloak-keycloak.keycloak-system.svc:9000`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub management: Option<String>,
    /// Base that the controllers call. Example: `http://keycloak-keycloak.keycloak-system.svc:8080`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal: Option<String>,
}

/// Whether the server reaches its database, in the seed's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum DatabaseStatus {
    /// It does.
    Connected,
    /// It tries.
    Connecting,
    /// It does not.
    Failed,
    /// Nobody knows.
    Unknown,
}

/// An upgrade with old and new servers side by side.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlueGreen {
    /// Where the upgrade stands. Example: `Idle`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<BlueGreenState>,
    /// Revision of the old servers. Example: `1`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blue_revision: Option<String>,
    /// Revision of the new servers. Example: `2`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub green_revision: Option<String>,
    /// Workload of the new servers. Example: `keycloak-keycloak-green`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub green_deployment: Option<String>,
    /// Service by which the new servers find each other. Example: `keycloak-keycloak-green-discovery`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub green_discovery_service: Option<String>,
    /// What is going on, for people. Example: `waiting for 2 new servers`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// When it began. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Time>,
    /// When it ended. Example: `2026-01-31T12:10:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Time>,
}

/// Where an upgrade with old and new servers stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum BlueGreenState {
    /// None is going on.
    Idle,
    /// A backup is made.
    BackingUp,
    /// The new servers are made.
    ProvisioningGreen,
    /// The new servers start.
    WaitingForGreen,
    /// Requests move to the new servers.
    CuttingOver,
    /// The old servers are removed.
    TearingDownBlue,
    /// It is done.
    Completed,
    /// It failed.
    Failed,
}
