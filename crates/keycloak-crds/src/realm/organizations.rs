//! Organizations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::policy::ListMap;

/// An organization; Keycloak has them since 26.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// Name. Example: `Example Ltd`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Short name. Absent: the name. Example: `example`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Description. Example: `A customer`.
    #[schemars(length(max = 4000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether its members can log in. Absent means yes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Mail domains of its members. Example: `[{name: example.com, verified: true}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<OrganizationDomain>>,
    /// Attributes by name. Example: `{contract: ["4711"]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<ListMap>,
    /// Identity providers of its members. Example: `[{alias: example-oidc}]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_providers: Option<Vec<OrganizationIdentityProvider>>,
}

/// A mail domain of an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationDomain {
    /// Domain. Example: `example.com`.
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
    /// Whether it is proven. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
}

/// An identity provider of an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationIdentityProvider {
    /// Name of the identity provider. Example: `example-oidc`.
    #[schemars(length(min = 1, max = 255))]
    pub alias: String,
    /// Where users go afterwards. Example: `https://app.example.com`.
    #[schemars(length(min = 1, max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_uri: Option<String>,
}
