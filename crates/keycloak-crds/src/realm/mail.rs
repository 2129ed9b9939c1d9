//! The mail server of a realm.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;
use crate::{policy::Unprinted, reference::PasswordRef};

/// Mail server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::SMTP))]
pub struct SmtpServer {
    /// Host. Example: `smtp.example.com`.
    #[schemars(length(min = 1, max = 253))]
    pub host: String,
    /// Port. Example: `587`.
    #[schemars(range(min = 1, max = 65535))]
    pub port: i32,
    /// Sender. Example: `noreply@example.com`.
    #[schemars(length(min = 1, max = 320))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Name of the sender. Example: `Acme`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_display_name: Option<String>,
    /// Where answers go. Example: `help@example.com`.
    #[schemars(length(max = 320))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Where undeliverable mails go. Example: `bounce@example.com`.
    #[schemars(length(max = 320))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub envelope_from: Option<String>,
    /// Whether the connection begins with TLS. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ssl: Option<bool>,
    /// Whether the connection turns to TLS. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starttls: Option<bool>,
    /// Whether to log in. Without it user and password are not sent to Keycloak, which would not keep them.
    /// Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<bool>,
    /// User name. Example: `acme`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Password in plain text; prefer `passwordSecret`. Example: `change-me`.
    #[schemars(length(min = 1, max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Unprinted<String>>,
    /// Secret with the password. Example: `{name: acme-smtp}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_secret: Option<PasswordRef>,
}
