//! What is known about a realm.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    authorization::AuthorizationStatus,
    condition::Condition,
    drift::DriftStatus,
    phase::{Phase, ReconcileStatus},
    record::{Approvals, Available, Owned, PlanStatus, RotationStatus},
};

/// Status of a KeycloakRealm.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeycloakRealmStatus {
    /// Where the realm stands, in one word. Example: `Ready`.
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
    /// Objects made for this realm, as kind/name. Example: `[Secret/acme-realm-auth]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child_resources: Option<Vec<String>>,
    /// Name of the realm in Keycloak. Example: `acme`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm_name: Option<String>,
    /// Keycloak's id of the realm. Example: `0d1f6f0e-7f6e-4c0a-9a51-2f6f0c1f7c11`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal_id: Option<String>,
    /// The instance, as namespace/name. Example: `keycloak-system/keycloak`.
    #[schemars(length(max = 512))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keycloak_instance: Option<String>,
    /// Whether clients can be created. Example: `{realmId: 0d1f6f0e-7f6e-4c0a-9a51-2f6f0c1f7c11}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available: Option<Available>,
    /// Secret with the authorization token for clients. Example: `acme-realm-auth`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_secret_name: Option<String>,
    /// Tokens of this realm, and what its own authorization was decided by. Example: `{granted: true, by: Token}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization: Option<AuthorizationStatus>,
    /// Rotation of the clients' login. Example: `{lastRotation: "2026-01-31T12:00:00Z"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation: Option<RotationStatus>,
    /// The policy by which secrets of the realm's confidential clients expire, as it stands in Keycloak; absent while there is none.
    /// Example: `{expirationPeriod: 7776000, rotatedExpirationPeriod: 604800}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_rotation: Option<SecretRotationStatus>,
    /// What was applied last. Example: `{record: "v1:eJyrVkrLz1eyUkpKLFKqBQAdegQ3"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owned: Option<Owned>,
    /// What would be, or is being, changed. Example: `{summary: "1 waits for approval", approval: 7f3c2a91d05e48b6a1c9f27e3b8054d6e2f1a09c}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanStatus>,
    /// What something else changed of what this object owns, and what became of it. Example: `{omitted: 12}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drift: Option<DriftStatus>,
    /// Approvals of this realm. Example: `{consumed: 2}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals: Option<Approvals>,
    /// Addresses of the realm. Example: `{issuer: "https://auth.example.com/realms/acme"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<RealmEndpoints>,
    /// What the realm has. Example: `{identityProviders: 1}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub features: Option<RealmFeatures>,
    /// When the realm's health last changed. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_health_check: Option<Time>,
    /// When something was last written to the realm. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_updated: Option<Time>,
    /// Number of users. Example: `250`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_users: Option<i32>,
    /// Number of clients. Example: `12`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_clients: Option<i32>,
    /// Number of realm roles. Example: `8`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm_roles_count: Option<i32>,
    /// Number of client scopes. Example: `11`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_scopes_count: Option<i32>,
    /// Namespaces whose clients are allowed by a grant. Example: `[portal]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized_client_namespaces: Option<Vec<String>>,
    /// State of each directory. Example: `[{name: acme-ldap, connected: true}]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_federation_status: Option<Vec<UserFederationStatus>>,
}

/// The policy by which secrets of clients expire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretRotationStatus {
    /// Seconds for which a secret is accepted. Example: `7776000`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_period: Option<i32>,
    /// Seconds for which the secret before is accepted too. Example: `604800`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotated_expiration_period: Option<i32>,
}

/// Addresses of a realm.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RealmEndpoints {
    /// Issuer of tokens. Example: `https://auth.example.com/realms/acme`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Authorization endpoint. Example: `https://auth.example.com/realms/acme/protocol/openid-connect/auth`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<String>,
    /// Token endpoint. Example: `https://auth.example.com/realms/acme/protocol/openid-connect/token`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Userinfo endpoint. Example: `https://auth.example.com/realms/acme/protocol/openid-connect/userinfo`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo: Option<String>,
    /// Keys. Example: `https://auth.example.com/realms/acme/protocol/openid-connect/certs`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks: Option<String>,
    /// Logout endpoint. Example: `https://auth.example.com/realms/acme/protocol/openid-connect/logout`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_session: Option<String>,
    /// Registration of clients. Example: `https://auth.example.com/realms/acme/clients-registrations/openid-connect`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,
}

/// What a realm has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RealmFeatures {
    /// Whether users may register themselves. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_registration: Option<bool>,
    /// Whether users may ask for a new password. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_reset: Option<bool>,
    /// Number of identity providers. Example: `1`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_providers: Option<i32>,
    /// Number of directories. Example: `1`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_federation_providers: Option<i32>,
    /// Whether a theme is not Keycloak's own. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_themes: Option<bool>,
}

/// State of a directory.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserFederationStatus {
    /// Name. Example: `acme-ldap`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Kind of directory. Example: `ldap`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// Whether Keycloak reaches it. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected: Option<bool>,
    /// When that was last found out anew. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_connection_test: Option<Time>,
    /// How the last copy ended. Example: `Success`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_sync_result: Option<SyncResult>,
    /// When everything was last copied. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_full_sync: Option<Time>,
    /// When what changed was last copied. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_changed_sync: Option<Time>,
    /// Users copied. Example: `250`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub users_imported: Option<i32>,
    /// Groups copied. Example: `12`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups_imported: Option<i32>,
    /// Entries that could not be copied. Example: `0`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sync_errors: Option<i32>,
    /// What went wrong, for people. Example: `connection refused`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// How a copy of users ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum SyncResult {
    /// Well.
    Success,
    /// Not.
    Failed,
    /// It was not its time.
    Skipped,
    /// It goes on.
    InProgress,
    /// There was none.
    Never,
}
