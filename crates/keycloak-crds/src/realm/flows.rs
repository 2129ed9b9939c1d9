//! Authentication flows and required actions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::policy::{FreeObject, StringMap, Unprinted};

/// An authentication flow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationFlow {
    /// Name. Example: `acme-browser`.
    #[schemars(length(min = 1, max = 255))]
    pub alias: String,
    /// Description. Example: `Browser with one-time code`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Kind of flow, basic-flow, client-flow or form-flow. Absent: basic-flow. Example: `basic-flow`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// Whether it can be bound, and is no part of another. Absent means yes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_level: Option<bool>,
    /// Whether it is one of Keycloak's own. Absent means no. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub built_in: Option<bool>,
    /// The flow it begins as a copy of. Example: `browser`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_from: Option<String>,
    /// Steps of the flow, in Keycloak's own JSON. Example: `{}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_config: Option<FreeObject>,
    /// Steps of the flow, in order. Example: `[{authenticator: auth-cookie, requirement: ALTERNATIVE}]`.
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authentication_executions: Option<Vec<Execution>>,
    /// Settings that steps refer to. Example: `[{alias: google, config: {defaultProvider: google}}]`.
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticator_config: Option<Vec<AuthenticatorConfig>>,
}

/// A step of a flow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Execution {
    /// The authenticator. Example: `auth-cookie`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticator: Option<String>,
    /// The flow that is this step. Example: `acme-forms`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow_alias: Option<String>,
    /// Whether the step is a flow. Absent means no. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticator_flow: Option<bool>,
    /// Whether the step must succeed. Absent: DISABLED. Example: `REQUIRED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<Requirement>,
    /// Place in the order, small first. Example: `10`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
    /// Settings of the step, by alias. Example: `google`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticator_config: Option<String>,
    /// Whether users may set it up at login. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_setup_allowed: Option<bool>,
}

/// Whether a step must succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(transform = crate::policy::field_describes)]
pub enum Requirement {
    /// It must.
    Required,
    /// One of the alternatives must.
    Alternative,
    /// It is left out.
    Disabled,
    /// It must, if its conditions hold.
    Conditional,
}

/// Settings of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticatorConfig {
    /// Name. Example: `google`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Values. Example: `{defaultProvider: google}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<Unprinted<StringMap>>,
}

/// What users are asked to do at a login.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequiredAction {
    /// Name. Example: `CONFIGURE_TOTP`.
    #[schemars(length(min = 1, max = 255))]
    pub alias: String,
    /// Name that people see. Example: `Configure OTP`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Provider. Absent: the alias. Example: `CONFIGURE_TOTP`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// Whether it can be used. Absent means yes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Whether new users get it. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_action: Option<bool>,
    /// Place in the order, small first. Example: `10`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
    /// Values. Example: `{max_auth_age: "300"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<StringMap>,
}
