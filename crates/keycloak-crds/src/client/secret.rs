//! The Secret that an application reads, and its secret's life.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;
use crate::{policy::StringMap, rule};

/// Labels and annotations of a Secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretMetadata {
    /// Labels; none of ours, and none of domains that other controllers act on. Example: `{app: portal}`.
    #[schemars(extend("maxProperties" = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<StringMap>,
    /// Annotations; none of ours, and none of domains that other controllers act on. Example: `{example.com/team: portal}`.
    #[schemars(extend("maxProperties" = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<StringMap>,
}

/// A further Secret with what an application needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretOutput {
    /// Name of the Secret, in the namespace of this object. Example: `portal-proxy`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    pub name: String,
    /// Program that reads the Secret: it gets the keys that this program looks for. Example: `oauth2-proxy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<OutputPreset>,
    /// Type of the Secret: `Opaque`, `kubernetes.io/basic-auth` or `servicebinding.io/<provider>`. Absent: Opaque.
    /// Example: `servicebinding.io/oidc`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rules::SECRET_TYPE))]
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// Templates by key, beside or instead of those of the preset. They may name `clientId`, `clientSecret`, `issuer`, `realm`,
    /// `keycloakUrl`, `discoveryUrl`, `authEndpoint`, `tokenEndpoint`, `userinfoEndpoint`, `jwksEndpoint` and
    /// `endSessionEndpoint`, each as it is or with `| json` as a JSON string. Example: `{OIDC_ISSUER: "{{ issuer }}"}`.
    #[schemars(extend("maxProperties" = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<StringMap>,
    /// Labels; none of ours, and none of domains that other controllers act on. Example: `{app: portal}`.
    #[schemars(extend("maxProperties" = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<StringMap>,
    /// Annotations; none of ours, and none of domains that other controllers act on. Example: `{example.com/team: portal}`.
    #[schemars(extend("maxProperties" = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<StringMap>,
}

/// A program whose keys are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(transform = crate::policy::field_describes)]
pub enum OutputPreset {
    /// Argo CD, which reads only Secrets with a label of its own.
    ArgoCd,
    /// Envoy Gateway.
    EnvoyGateway,
    /// Grafana, by variables of its environment.
    Grafana,
    /// oauth2-proxy, as its Helm chart reads an existing Secret.
    Oauth2Proxy,
}

/// When a secret is made anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretRotation {
    /// Whether it is. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Time between two secrets. Absent: 90d. Example: `90d`.
    #[schemars(length(min = 2, max = 16))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_period: Option<String>,
    /// Time of day. Absent: any. Example: `03:30`.
    #[schemars(length(min = 5, max = 5))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_time: Option<String>,
    /// Time zone of that time. Absent: UTC. Example: `Europe/Amsterdam`.
    #[schemars(length(min = 1, max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}
