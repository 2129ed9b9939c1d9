//! Logins by other identity providers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    policy::{StringMap, Unprinted},
    reference::SecretKeyRef,
};

/// Another provider of identities.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IdentityProvider {
    /// Name, part of the redirect address. Example: `github`.
    #[schemars(length(min = 1, max = 255))]
    pub alias: String,
    /// Kind of provider. Example: `github`.
    #[schemars(length(min = 1, max = 255))]
    pub provider_id: String,
    /// Name on the login page. Example: `GitHub`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Whether it can be used. Absent means yes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Whether its mail addresses count as proven. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_email: Option<bool>,
    /// Whether its tokens are kept. Absent means no. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store_token: Option<bool>,
    /// Whether users may read its tokens. Absent means no. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add_read_token_role_on_create: Option<bool>,
    /// Whether users are sent there without being asked. Absent means no. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticate_by_default: Option<bool>,
    /// Whether it only links to users that exist. Absent means no. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_only: Option<bool>,
    /// Flow of a first login. Example: `first broker login`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_broker_login_flow_alias: Option<String>,
    /// Flow after each login. Example: `second factor`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_broker_login_flow_alias: Option<String>,
    /// Values. Example: `{clientId: abc, syncMode: IMPORT}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<Unprinted<StringMap>>,
    /// Values that stand in Secrets. Example: `{clientSecret: {name: github, key: client-secret}}`.
    #[schemars(extend("maxProperties" = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config_secrets: Option<BTreeMap<String, SecretKeyRef>>,
    /// What becomes of its claims. Example: `[{name: mail, identityProviderMapper: oidc-user-attribute-idp-mapper}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mappers: Option<Vec<IdentityProviderMapper>>,
}

/// What becomes of one claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IdentityProviderMapper {
    /// Name. Example: `mail`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Kind of mapper. Example: `oidc-user-attribute-idp-mapper`.
    #[schemars(length(min = 1, max = 255))]
    pub identity_provider_mapper: String,
    /// Values. Example: `{claim: email, user.attribute: email}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<StringMap>,
}
