//! Authorization services: resources, policies and permissions that the server decides about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::policy::ListMap;

/// Resources, policies and permissions of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationSettings {
    /// What happens where no policy says anything. Absent: ENFORCING. Example: `ENFORCING`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_enforcement_mode: Option<PolicyEnforcementMode>,
    /// How several permissions are put together. Absent: UNANIMOUS. Example: `UNANIMOUS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_strategy: Option<DecisionStrategy>,
    /// Whether the application may manage resources itself. Absent means yes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_remote_resource_management: Option<bool>,
    /// What can be done. Example: `[{name: read}]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<AuthorizationScope>>,
    /// What it is done to. Example: `[{name: orders, uris: [/orders], scopes: [read]}]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<Resource>>,
    /// Who may. Example: `{rolePolicies: [{name: managers, roles: [{name: manager}]}]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Policies>,
    /// Who may do what to what. Example: `{resourcePermissions: [{name: orders, resources: [orders], policies: [managers]}]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
}

/// What happens where no policy says anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(transform = crate::policy::field_describes)]
pub enum PolicyEnforcementMode {
    /// Refused.
    Enforcing,
    /// Allowed.
    Permissive,
    /// Everything is allowed.
    Disabled,
}

/// How several decisions are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(transform = crate::policy::field_describes)]
pub enum DecisionStrategy {
    /// All must allow.
    Unanimous,
    /// One must allow.
    Affirmative,
    /// More must allow than refuse.
    Consensus,
}

/// Whether a policy's answer is turned round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(transform = crate::policy::field_describes)]
pub enum Logic {
    /// As it is.
    Positive,
    /// Turned round.
    Negative,
}

/// What can be done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationScope {
    /// Name. Example: `read`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Name that people see. Example: `Read`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Icon. Example: `https://example.com/read.png`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_uri: Option<String>,
}

/// What something is done to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// Name. Example: `orders`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Name that people see. Example: `Orders`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Kind of resource. Example: `urn:portal:resources:order`.
    #[serde(rename = "type")]
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// Addresses. Example: `[/orders, "/orders/*"]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uris: Option<Vec<String>>,
    /// What can be done to it. Example: `[read]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// Whether its owner may share it. Absent means no. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_managed_access: Option<bool>,
    /// Attributes by name. Example: `{department: [sales]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<ListMap>,
}

/// Who may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Policies {
    /// Whether policies in JavaScript are allowed. Absent means no. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_java_script_policies: Option<bool>,
    /// By role. Example: `[{name: managers, roles: [{name: manager}]}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_policies: Option<Vec<RolePolicy>>,
    /// By user. Example: `[{name: boss, users: [alice]}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_policies: Option<Vec<UserPolicy>>,
    /// By client. Example: `[{name: shop, clients: [shop]}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_policies: Option<Vec<ClientIdPolicy>>,
    /// By group. Example: `[{name: sales, groups: [/sales]}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_policies: Option<Vec<GroupPolicy>>,
    /// By time. Example: `[{name: office-hours, hour: 9, hourEnd: 17}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_policies: Option<Vec<TimePolicy>>,
    /// By a claim that fits a pattern. Example: `[{name: staff, targetClaim: email, pattern: ".*@example.com"}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regex_policies: Option<Vec<RegexPolicy>>,
    /// By other policies. Example: `[{name: both, policies: [managers, office-hours]}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aggregate_policies: Option<Vec<AggregatePolicy>>,
    /// By a script. Example: `[{name: script, code: "$evaluation.grant();"}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub javascript_policies: Option<Vec<JavascriptPolicy>>,
}

/// Name, description and logic of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PolicyHead {
    /// Name. Example: `managers`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Description. Example: `Those who lead`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether its answer is turned round. Absent: POSITIVE. Example: `POSITIVE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logic: Option<Logic>,
}

/// By role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolePolicy {
    /// Name, description and logic.
    #[serde(flatten)]
    pub head: PolicyHead,
    /// Roles. Example: `[{name: manager, required: true}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<PolicyRole>>,
    /// Whether the user's roles are read anew. Absent means yes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetch_roles: Option<bool>,
}

/// A role of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PolicyRole {
    /// Name; for a role of a client, client id and name with a slash. Example: `manager`.
    #[schemars(length(min = 1, max = 511))]
    pub name: String,
    /// Whether the user must have it, whatever others. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
}

/// By user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserPolicy {
    /// Name, description and logic.
    #[serde(flatten)]
    pub head: PolicyHead,
    /// User names. Example: `[alice]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<String>>,
}

/// By client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientIdPolicy {
    /// Name, description and logic.
    #[serde(flatten)]
    pub head: PolicyHead,
    /// Client ids. Example: `[shop]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clients: Option<Vec<String>>,
}

/// By group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupPolicy {
    /// Name, description and logic.
    #[serde(flatten)]
    pub head: PolicyHead,
    /// Paths of groups. Example: `[/sales]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    /// Claim with the groups. Absent: groups. Example: `groups`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups_claim: Option<String>,
}

/// By time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimePolicy {
    /// Name, description and logic.
    #[serde(flatten)]
    pub head: PolicyHead,
    /// Not before. Example: `2026-01-31 00:00:00`.
    #[schemars(length(max = 32))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// Not at or after. Example: `2026-12-31 00:00:00`.
    #[schemars(length(max = 32))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_on_or_after: Option<String>,
    /// First day of the month. Example: `1`.
    #[schemars(range(min = 1, max = 31))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_month: Option<i32>,
    /// Last day of the month. Example: `15`.
    #[schemars(range(min = 1, max = 31))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_month_end: Option<i32>,
    /// First month. Example: `1`.
    #[schemars(range(min = 1, max = 12))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<i32>,
    /// Last month. Example: `6`.
    #[schemars(range(min = 1, max = 12))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month_end: Option<i32>,
    /// First year. Example: `2026`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Last year. Example: `2027`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year_end: Option<i32>,
    /// First hour. Example: `9`.
    #[schemars(range(min = 0, max = 23))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour: Option<i32>,
    /// Last hour. Example: `17`.
    #[schemars(range(min = 0, max = 23))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour_end: Option<i32>,
    /// First minute. Example: `0`.
    #[schemars(range(min = 0, max = 59))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minute: Option<i32>,
    /// Last minute. Example: `30`.
    #[schemars(range(min = 0, max = 59))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minute_end: Option<i32>,
}

/// By a claim that fits a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegexPolicy {
    /// Name, description and logic.
    #[serde(flatten)]
    pub head: PolicyHead,
    /// Claim. Example: `email`.
    #[schemars(length(min = 1, max = 255))]
    pub target_claim: String,
    /// Regular expression. Example: `.*@example.com`.
    #[schemars(length(min = 1, max = 1024))]
    pub pattern: String,
}

/// By other policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AggregatePolicy {
    /// Name, description and logic.
    #[serde(flatten)]
    pub head: PolicyHead,
    /// How they are put together. Absent: UNANIMOUS. Example: `UNANIMOUS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_strategy: Option<DecisionStrategy>,
    /// Names of policies. Example: `[managers, office-hours]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<String>>,
}

/// By a script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JavascriptPolicy {
    /// Name, description and logic.
    #[serde(flatten)]
    pub head: PolicyHead,
    /// The script. Example: `$evaluation.grant();`.
    #[schemars(length(min = 1, max = 65536))]
    pub code: String,
}

/// Who may do what to what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Permissions {
    /// For resources. Example: `[{name: orders, resources: [orders], policies: [managers]}]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_permissions: Option<Vec<ResourcePermission>>,
    /// For scopes. Example: `[{name: read-orders, scopes: [read], policies: [managers]}]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope_permissions: Option<Vec<ScopePermission>>,
}

/// A permission for resources.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResourcePermission {
    /// Name. Example: `orders`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Description. Example: `Orders are for managers`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How its policies are put together. Absent: UNANIMOUS. Example: `UNANIMOUS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_strategy: Option<DecisionStrategy>,
    /// Names of resources. Example: `[orders]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<String>>,
    /// Kind of resources, instead of names. Example: `urn:portal:resources:order`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<String>,
    /// Names of policies. Example: `[managers]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<String>>,
}

/// A permission for scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScopePermission {
    /// What a permission for resources has.
    #[serde(flatten)]
    pub permission: ResourcePermission,
    /// Names of scopes. Example: `[read]`.
    #[schemars(length(min = 1, max = 1000))]
    pub scopes: Vec<String>,
}
