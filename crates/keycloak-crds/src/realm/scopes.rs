//! Client scopes, their mappers, and policies about clients.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    client::Protocol,
    policy::{FreeObject, StringMap},
};

/// A client scope.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientScope {
    /// Name, as applications ask for it. Example: `department`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Description. Example: `Department of the user`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Protocol. Absent: openid-connect. Example: `openid-connect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// Attributes by name. Example: `{include.in.token.scope: "true"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<StringMap>,
    /// What tokens get by this scope. Example: `[{name: department, protocolMapper: oidc-usermodel-attribute-mapper}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol_mappers: Option<Vec<ProtocolMapper>>,
}

/// What tokens get.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProtocolMapper {
    /// Name, unique in its client or client scope. Example: `audience`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Protocol. Absent: that of its client or client scope. Example: `openid-connect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// Kind of mapper. Example: `oidc-audience-mapper`.
    #[schemars(length(min = 1, max = 255))]
    pub protocol_mapper: String,
    /// Values by name; those that are not named stay as they are. Example: `{included.custom.audience: orders}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<StringMap>,
}

/// Roles that tokens of a client or client scope may carry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScopeMapping {
    /// Client id; this or `clientScope`. Example: `portal`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// Name of a client scope; this or `client`. Example: `department`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_scope: Option<String>,
    /// Names of roles. Example: `[employee]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
}

/// A profile of client policies: what is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientProfile {
    /// Name. Example: `fapi`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Description. Example: `What banks ask for`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What is checked. Example: `[{executor: pkce-enforcer, configuration: {auto-configure: true}}]`.
    #[schemars(length(max = 200))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executors: Option<Vec<ClientPolicyExecutor>>,
}

/// One check of a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientPolicyExecutor {
    /// Kind of check. Example: `pkce-enforcer`.
    #[schemars(length(min = 1, max = 255))]
    pub executor: String,
    /// Values, in Keycloak's own JSON. Example: `{auto-configure: true}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub configuration: Option<FreeObject>,
}

/// A client policy: whom the profiles are for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientPolicy {
    /// Name. Example: `all-fapi`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Description. Example: `Every client`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it holds. Absent means yes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Whom it is for. Example: `[{condition: any-client}]`.
    #[schemars(length(max = 200))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Vec<ClientPolicyCondition>>,
    /// Names of profiles. Example: `[fapi]`.
    #[schemars(length(max = 200))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profiles: Option<Vec<String>>,
}

/// One condition of a client policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientPolicyCondition {
    /// Kind of condition. Example: `client-access-type`.
    #[schemars(length(min = 1, max = 255))]
    pub condition: String,
    /// Values, in Keycloak's own JSON. Example: `{type: [confidential]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub configuration: Option<FreeObject>,
}
