//! What is known about a client.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    authorization::AuthorizationStatus,
    condition::Condition,
    drift::DriftStatus,
    phase::{Phase, ReconcileStatus},
    record::{Approvals, Owned, PlanStatus, RotationStatus},
};

/// Status of a KeycloakClient.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeycloakClientStatus {
    /// Where the client stands, in one word. Example: `Ready`.
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
    /// Objects made for this client, as kind/name. Example: `[Secret/portal-credentials]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child_resources: Option<Vec<String>>,
    /// Id of the client. Example: `portal`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Keycloak's own id of the client. Example: `5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal_id: Option<String>,
    /// Name of the realm. Example: `acme`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm: Option<String>,
    /// Uid of the KeycloakRealm object: by it the client can still be taken down when that object is gone.
    /// Example: `0f3c2a91-7f6e-4c0a-9a51-2f6f0c1f7c11`.
    #[schemars(length(max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm_uid: Option<String>,
    /// Whether the client has no secret. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_client: Option<bool>,
    /// The instance, as namespace/name. Example: `keycloak-system/keycloak`.
    #[schemars(length(max = 512))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keycloak_instance: Option<String>,
    /// Secret that the application reads. Example: `portal-credentials`.
    #[schemars(length(max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials_secret: Option<String>,
    /// What allowed the client to use its realm. Example: `{granted: true, by: SameNamespace}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization: Option<AuthorizationStatus>,
    /// Whether the client may use its realm; the same as `authorization.granted`. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_granted: Option<bool>,
    /// Why, for people. Example: `allowed by token 0f9k2m4p6r8t`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_message: Option<String>,
    /// Rotation of the client's secret. Example: `{lastRotation: "2026-01-31T12:00:00Z"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation: Option<RotationStatus>,
    /// What was applied last. Example: `{record: "v1:eJyrVkrLz1eyUkpKLFKqBQAdegQ3"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owned: Option<Owned>,
    /// What would be, or is being, changed. Example: `{summary: "1 to change"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanStatus>,
    /// What something else changed of what this object owns, and what became of it. Example: `{omitted: 12}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drift: Option<DriftStatus>,
    /// Approvals of this client. Example: `{consumed: 1}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals: Option<Approvals>,
    /// Addresses for the application. Example: `{issuer: "https://auth.example.com/realms/acme"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<ClientEndpoints>,
    /// When the client's health last changed. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_health_check: Option<Time>,
    /// When something was last written to the client. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_updated: Option<Time>,
    /// Roles of the client. Example: `[viewer, editor]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_roles: Option<Vec<String>>,
    /// Mappers of the client. Example: `[audience]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_mappers: Option<Vec<String>>,
}

/// Addresses for an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientEndpoints {
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
    /// Issuer of tokens. Example: `https://auth.example.com/realms/acme`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Logout endpoint. Example: `https://auth.example.com/realms/acme/protocol/openid-connect/logout`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_session: Option<String>,
}
