//! Lifetimes, themes and languages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;

/// How long tokens and sessions live, in seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenSettings {
    /// Access tokens. Example: `300`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token_lifespan: Option<i32>,
    /// Access tokens of the implicit flow. Example: `900`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token_lifespan_for_implicit_flow: Option<i32>,
    /// Sessions nobody uses. Example: `1800`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sso_session_idle_timeout: Option<i32>,
    /// Sessions altogether. Example: `36000`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sso_session_max_lifespan: Option<i32>,
    /// Offline sessions nobody uses. Example: `2592000`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offline_session_idle_timeout: Option<i32>,
    /// Whether offline sessions end altogether at some time. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offline_session_max_lifespan_enabled: Option<bool>,
    /// Offline sessions altogether. Example: `5184000`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offline_session_max_lifespan: Option<i32>,
    /// Client sessions nobody uses; 0 means as the session. Example: `600`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_session_idle_timeout: Option<i32>,
    /// Client sessions altogether; 0 means as the session. Example: `3600`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_session_max_lifespan: Option<i32>,
    /// Offline client sessions nobody uses; 0 means as the offline session. Example: `86400`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_offline_session_idle_timeout: Option<i32>,
    /// Offline client sessions altogether; 0 means as the offline session. Example: `172800`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_offline_session_max_lifespan: Option<i32>,
}

/// Look of the pages and mails.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Themes {
    /// Login pages. Example: `keycloak.v2`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// Admin console. Example: `keycloak.v2`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<String>,
    /// Account console. Example: `keycloak.v3`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Mails. Example: `keycloak`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// Languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::LOCALIZATION))]
pub struct Localization {
    /// Whether pages come in several languages; Keycloak's internationalizationEnabled. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Languages to choose from. Example: `[en, de, nl]`.
    #[schemars(length(max = 200), inner(length(min = 1, max = 35)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supported_locales: Option<Vec<String>>,
    /// Language of those who did not choose. Example: `en`.
    #[schemars(length(min = 1, max = 35))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_locale: Option<String>,
    /// Texts of one's own by language and key. Example: `{en: {loginTitle: Welcome}}`.
    #[schemars(extend("maxProperties" = 200))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texts: Option<BTreeMap<String, BTreeMap<String, String>>>,
}
