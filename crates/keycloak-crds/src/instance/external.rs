//! A server that runs elsewhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;
use crate::reference::CertificateRef;

/// Where a server that we do not run is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalServer {
    /// Address at which the controllers reach the server, with its relative path.
    /// Example: `https://sso.example.com/auth`.
    #[schemars(length(min = 1, max = 2048), extend("x-kubernetes-validations" = rules::URL))]
    pub url: String,
    /// Address that users see, where it is another one; it is what the endpoints in Secrets and status are made of.
    /// Absent: `url`. Example: `https://login.example.com`.
    #[schemars(length(min = 1, max = 2048), extend("x-kubernetes-validations" = rules::URL))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// Secret with the certificates of the authorities that signed the server's certificate; TLS is always checked.
    /// Absent: the system's authorities. Example: `{name: company-ca}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_secret: Option<CertificateRef>,
}
