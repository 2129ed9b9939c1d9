//! Roles of a client.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::policy::ListMap;

/// A role of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientRole {
    /// Name. Example: `manager`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Description. Example: `May do everything`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Attributes by name. Example: `{cost-center: ["42"]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<ListMap>,
    /// Roles of the same client that it holds, by client id. One that does not exist yet is waited for. Example:
    /// `{portal: [viewer]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub composite_client_roles: Option<ListMap>,
}
