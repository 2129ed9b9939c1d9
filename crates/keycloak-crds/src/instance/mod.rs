//! Kind `Keycloak`: one Keycloak server or cluster of servers, ours or somebody else's.

pub mod database;
pub mod environment;
pub mod external;
pub mod fields;
pub mod login;
pub mod network;
pub mod rules;
pub mod status;
pub mod upkeep;
pub mod workload;

use k8s_openapi::api::core::v1::{EnvVar, PodSecurityContext, Probe, SecurityContext};
use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::{
    database::{ConnectionPool, Database, DatabaseType, SslMode},
    external::ExternalServer,
    login::{Admin, LoginRotation, Logins},
    network::{Hostname, Http, Ingress, Proxy, ProxyHeaders, Service, ServiceType, Tls},
    status::KeycloakStatus,
    upkeep::{CacheIsolation, MaintenanceMode, RealmCapacity, Tracing, UpgradePolicy},
    workload::Resources,
};
use crate::{
    authorization::AuthorizationSpec,
    policy::{Management, StringMap, TakeOver, Unprinted},
};

/// What a Keycloak server should be.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[kube(
    group = "keycloak.mdvr.nl",
    version = "v1",
    kind = "Keycloak",
    plural = "keycloaks",
    singular = "keycloak",
    shortname = "kc",
    category = "cloakroom",
    namespaced,
    status = "KeycloakStatus",
    derive = "PartialEq",
    derive = "Default",
    doc = "A Keycloak server or cluster of servers: one that we run, or with spec.external one that runs elsewhere.",
    scale(
        spec_replicas_path = ".spec.replicas",
        status_replicas_path = ".status.replicas",
        label_selector_path = ".status.selector"
    ),
    printcolumn(
        name = "Ready",
        type_ = "string",
        json_path = ".status.conditions[?(@.type==\"Ready\")].status",
        description = "Whether the server is as declared"
    ),
    printcolumn(name = "Status", type_ = "string", json_path = ".status.message", description = "Why"),
    printcolumn(
        name = "Version",
        type_ = "string",
        json_path = ".status.version",
        description = "Of the server"
    ),
    printcolumn(
        name = "Replicas",
        type_ = "integer",
        json_path = ".status.readyReplicas",
        description = "Pods that are ready"
    ),
    printcolumn(
        name = "URL",
        type_ = "string",
        json_path = ".status.endpoints.public",
        description = "Where users log in"
    ),
    printcolumn(
        name = "Phase",
        type_ = "string",
        json_path = ".status.phase",
        priority = 1,
        description = "One word, as the predecessor wrote it"
    ),
    printcolumn(
        name = "Database",
        type_ = "string",
        json_path = ".status.conditions[?(@.type==\"DatabaseReady\")].status",
        priority = 1,
        description = "Whether the server reaches its database"
    ),
    printcolumn(name = "Age", type_ = "date", json_path = ".metadata.creationTimestamp")
)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::SPEC))]
pub struct KeycloakSpec {
    /// Image of the server. Absent: quay.io/keycloak/keycloak with the tag that version says, else the image that runs, else the
    /// version that this release was tested with. Example: `quay.io/keycloak/keycloak:26.7.3`.
    #[schemars(length(min = 1, max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Version of the server. Where image is absent it chooses the image. Beside an image, or with external, it says which version
    /// that is as long as the server itself has not told; absent, the image's tag does. Example: `26.7.3`.
    #[schemars(length(min = 1, max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Another spelling of `version`. Example: `26.7.3`.
    #[schemars(length(min = 1, max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keycloak_version: Option<String>,
    /// Number of servers; more than one form a cluster, 0 stops them all. Example: `2`.
    #[serde(default = "one")]
    #[schemars(range(min = 0, max = 1000))]
    pub replicas: i32,
    /// The database of a server that we run. Example: `{host: postgres, database: keycloak, credentialsSecret: keycloak-db}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<Database>,
    /// A server that runs elsewhere: nothing is deployed, realms and clients work as on any other.
    /// Example: `{url: "https://sso.example.com"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external: Option<ExternalServer>,
    /// The address users see. Example: `{hostname: "https://auth.example.com"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<Hostname>,
    /// The proxy before the server. Example: `{headers: xforwarded}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<Proxy>,
    /// How the server speaks HTTP. Example: `{relativePath: /auth}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http: Option<Http>,
    /// TLS in the pod. Example: `{enabled: true, secretName: keycloak-tls}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<Tls>,
    /// The Service before the pods. Example: `{type: ClusterIP}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// An Ingress before the Service. Example: `{enabled: true, host: auth.example.com}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingress: Option<Ingress>,
    /// What the container asks for and may use. Absent: requests of 500m and 512Mi, limits of 1 and 1Gi.
    /// Example: `{requests: {cpu: 500m, memory: 512Mi}, limits: {cpu: "1", memory: 1Gi}}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resources: Option<Resources>,
    /// Environment of the container by name. Example: `{KC_LOG_LEVEL: INFO}`.
    #[schemars(extend("maxProperties" = 200, "x-kubernetes-validations" = *environment::ENV))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub env: Option<Unprinted<StringMap>>,
    /// Environment of the container as a list, also from Secrets and ConfigMaps.
    /// Example: `[{name: KC_LOG_LEVEL, value: INFO}]`.
    #[schemars(
        length(max = 200),
        extend(
            "x-kubernetes-list-type" = "map",
            "x-kubernetes-list-map-keys" = ["name"],
            "x-kubernetes-validations" = *environment::ENV_VARS,
        )
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub env_vars: Option<Vec<Unprinted<EnvVar>>>,
    /// Options of the Java machine. Example: `["-XX:MaxRAMPercentage=70"]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jvm_options: Option<Vec<String>>,
    /// ServiceAccount of the pods. Absent: one without rights. Example: `keycloak`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_account: Option<String>,
    /// When the container counts as started. Absent: GET /health/started on 9000.
    /// Example: `{httpGet: {path: /health/started, port: 9000}, periodSeconds: 2, failureThreshold: 60}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub startup_probe: Option<Probe>,
    /// When the container is restarted. Absent: GET /health/live on 9000.
    /// Example: `{httpGet: {path: /health/live, port: 9000}, periodSeconds: 30}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub liveness_probe: Option<Probe>,
    /// When the container gets requests. Absent: GET /health/ready on 9000.
    /// Example: `{httpGet: {path: /health/ready, port: 9000}, periodSeconds: 5}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readiness_probe: Option<Probe>,
    /// Security context of the pods. Absent: not root, default seccomp profile.
    /// Example: `{runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pod_security_context: Option<PodSecurityContext>,
    /// Security context of the container. Absent: no privileges, no capabilities.
    /// Example: `{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_context: Option<SecurityContext>,
    /// Whether the image was built with `kc.sh build`, so that it starts without building. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optimized: Option<bool>,
    /// The administrator's login. Example: `{existingSecret: keycloak-admin}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<Admin>,
    /// Where the logins of the client controller are kept. Example: `{namespace: cloakroom-logins}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logins: Option<Logins>,
    /// When the secrets of our own logins are made anew. Absent: after 90 days at the latest.
    /// Example: `{rotationPeriod: 30d}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_rotation: Option<LoginRotation>,
    /// Who may create realms here. Example: `{grants: [{namespaces: [acme]}]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization: Option<AuthorizationSpec>,
    /// Realms that CRs of another namespace, name or cluster may take over. Example: `[{namespaces: [acme]}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take_over: Option<Vec<TakeOver>>,
    /// How many realms are accepted. Example: `{maxRealms: 100}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm_capacity: Option<RealmCapacity>,
    /// Traces of the server. Example: `{enabled: true, endpoint: "http://collector:4317"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracing: Option<Tracing>,
    /// Keeps users out while work is done. Example: `{enabled: true, mode: read-only}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maintenance_mode: Option<MaintenanceMode>,
    /// Keeps the caches of two server versions apart. Example: `{autoRevision: true}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_isolation: Option<CacheIsolation>,
    /// How a new version is rolled out. Example: `{strategy: Recreate}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upgrade_policy: Option<UpgradePolicy>,
    /// The installation of the controllers that looks after this object. Example: `{namespace: cloakroom-system}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_ref: Option<Installation>,
    /// Enforce writes what this object says and undoes drift; Observe only shows the plan. Example: `Observe`.
    #[serde(default)]
    pub management: Management,
    /// Freezes the server's objects as they are; its health is still looked at. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
}

/// An installation of the controllers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Installation {
    /// Namespace of the controllers. Example: `cloakroom-system`.
    #[schemars(length(min = 1, max = 63))]
    pub namespace: String,
}

fn one() -> i32 {
    1
}

impl KeycloakSpec {
    /// Hours between two secrets of our logins; `None` where they are not made anew by time.
    pub fn hours_between_rotations(&self) -> Option<u32> {
        self.login_rotation.as_ref().map_or_else(|| LoginRotation::default().hours(), LoginRotation::hours)
    }

    /// The version somebody wrote down, under either spelling.
    pub fn declared_version(&self) -> Option<&str> {
        self.version.as_deref().or(self.keycloak_version.as_deref())
    }

    /// Whether the server runs elsewhere.
    pub const fn is_external(&self) -> bool {
        self.external.is_some()
    }
}
