//! How we log in to a server.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;
use crate::rule;

/// The administrator's login: used once to make our own, and for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Admin {
    /// Secret with the keys `username` and `password` (or `client-id` and `client-secret`) of an administrator of the
    /// master realm. Absent: `<name>-admin-credentials`, made for servers that we run. Example: `keycloak-admin`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing_secret: Option<String>,
    /// Our service account in the master realm, where it was made under another name: by the cluster this one was
    /// restored from. Absent: made from cluster id, namespace and name. Example: `cloakroom-7f3c2a91`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Realms made by somebody else on which our account is given rights, once, with the login of `existingSecret`.
    /// Example: `[acme]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_realms: Option<Vec<String>>,
}

/// Where the logins of the client controller are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::LOGINS))]
pub struct Logins {
    /// Namespace of the Secrets with the logins in single realms, which the realm controller writes and the client controller
    /// reads: there it needs no right on the Secrets beside the instance. It cannot be changed. Absent: the instance's.
    /// Example: `cloakroom-logins`.
    #[schemars(length(min = 1, max = 63))]
    pub namespace: String,
}
