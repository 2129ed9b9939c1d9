//! How a server that we run is reached.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;
use crate::policy::StringMap;

/// The address users see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::HOSTNAME))]
pub struct Hostname {
    /// Host name or URL that users see. Example: `https://auth.example.com`.
    #[schemars(length(min = 1, max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    /// URL of the admin console where it is another one. Example: `https://admin.auth.example.com`.
    #[schemars(length(min = 1, max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<String>,
    /// Whether requests under other host names are refused. Absent: as soon as `hostname` is given. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strict: Option<bool>,
    /// Whether back-channel URLs follow the request, so that pods may use the Service's name. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backchannel_dynamic: Option<bool>,
}

/// The proxy before the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Proxy {
    /// Headers that the proxy sets and the server believes. Absent: xforwarded. Example: `forwarded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<ProxyHeaders>,
}

/// Headers of a proxy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(transform = crate::policy::field_describes)]
pub enum ProxyHeaders {
    /// `X-Forwarded-*`.
    #[default]
    Xforwarded,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl ProxyHeaders {
    /// Value of `KC_PROXY_HEADERS`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Xforwarded => "xforwarded",
            Self::Forwarded => "forwarded",
        }
    }
}

/// How the server speaks HTTP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Http {
    /// Path under which everything is served. Example: `/auth`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relative_path: Option<String>,
}

/// TLS in the pod.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tls {
    /// Whether the server speaks TLS. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Secret of type kubernetes.io/tls. Example: `keycloak-tls`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_name: Option<String>,
    /// Host name of the certificate. Example: `auth.example.com`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
}

/// The Service before the pods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// Type of the Service. Absent: ClusterIP. Example: `ClusterIP`.
    #[serde(rename = "type")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_: Option<ServiceType>,
    /// Port of the Service for HTTP. Absent: 8080. Example: `8080`.
    #[schemars(range(min = 1, max = 65535))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_port: Option<i32>,
    /// Port of the Service for HTTPS, with `tls`. Absent: 8443. Example: `8443`.
    #[schemars(range(min = 1, max = 65535))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub https_port: Option<i32>,
    /// Annotations of the Service. Example: `{example.com/team: identity}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<StringMap>,
}

/// Type of a Service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum ServiceType {
    /// Inside the cluster.
    #[default]
    ClusterIP,
    /// On a port of every node.
    NodePort,
    /// Through a load balancer.
    LoadBalancer,
}

impl ServiceType {
    /// The word in a Service.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClusterIP => "ClusterIP",
            Self::NodePort => "NodePort",
            Self::LoadBalancer => "LoadBalancer",
        }
    }
}

/// An Ingress before the Service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ingress {
    /// Whether there is an Ingress. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Class of the Ingress. Example: `nginx`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_name: Option<String>,
    /// Host name. Example: `auth.example.com`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Path. Absent: /. Example: `/`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whether the Ingress ends TLS. Absent means yes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_enabled: Option<bool>,
    /// Secret of type kubernetes.io/tls. Example: `auth-example-com`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_secret_name: Option<String>,
    /// Annotations of the Ingress. Example: `{example.com/owner: identity}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<StringMap>,
}
