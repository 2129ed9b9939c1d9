//! Capacity, traces, maintenance and upgrades of a server that we run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many realms an instance accepts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RealmCapacity {
    /// Largest number of realms. Absent: no limit. Example: `100`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_realms: Option<i32>,
    /// Whether further realms are accepted at all. Absent means yes. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_new_realms: Option<bool>,
    /// What a refused realm reads. Example: `Use the instance of your department.`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_message: Option<String>,
}

/// Traces of the server.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tracing {
    /// Whether traces are sent. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Where they are sent, OTLP by gRPC. Absent: http://localhost:4317. Example: `http://collector:4317`.
    #[schemars(length(min = 1, max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// Name of the service in them. Absent: keycloak. Example: `keycloak`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_name: Option<String>,
    /// Share of requests that are traced, 0 to 1. Absent: 1. Example: `0.1`.
    #[schemars(range(min = 0.0, max = 1.0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample_rate: Option<f64>,
}

/// Keeps users out while work is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MaintenanceMode {
    /// Whether it is on. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// What is kept out. Absent: full-block. Example: `read-only`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<MaintenanceKind>,
    /// Paths that are never blocked. Absent: those of health. Example: `[/health]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_paths: Option<Vec<String>>,
    /// Paths that read-only blocks, as regular expressions. Absent: those that write. Example: `[/admin]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked_paths: Option<Vec<String>>,
}

/// What maintenance keeps out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(transform = crate::policy::field_describes)]
pub enum MaintenanceKind {
    /// Paths that write.
    ReadOnly,
    /// Everything.
    FullBlock,
}

/// Keeps the caches of two server versions apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CacheIsolation {
    /// Name of the cache cluster. Example: `keycloak-blue`.
    #[schemars(length(min = 1, max = 63))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_name: Option<String>,
    /// Whether the name gets the revision of the workload. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_revision: Option<bool>,
    /// Whether the name gets a suffix of its own. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_suffix: Option<bool>,
}

/// How a new version is rolled out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UpgradePolicy {
    /// Seconds that a backup may take. Absent: 600. Example: `600`.
    #[schemars(range(min = 60, max = 3600))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup_timeout: Option<i32>,
    /// Whether the old servers stop first. Absent: Recreate. Example: `Recreate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy: Option<UpgradeStrategy>,
    /// Whether the old servers are removed by themselves. Absent means yes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_teardown: Option<bool>,
}

/// Whether old and new servers run at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum UpgradeStrategy {
    /// The old ones stop first.
    Recreate,
    /// The new ones start beside the old ones.
    BlueGreen,
}
