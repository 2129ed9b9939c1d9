//! Switches, flows, lifetimes and the service account of a client.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::policy::ListMap;

/// Switches, flows and lifetimes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientSettings {
    /// Whether anybody can log in by this client. Absent: yes at creation. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Whether users always see it in their account console. Absent: no at creation. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub always_display_in_console: Option<bool>,
    /// Logins in a browser by authorization code. Absent: yes at creation. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_flow_enabled: Option<bool>,
    /// Logins in a browser without a code. Absent: no at creation. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implicit_flow_enabled: Option<bool>,
    /// Logins with a password by the application. Absent: yes at creation. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_access_grants_enabled: Option<bool>,
    /// Logins of the client itself. Absent: no at creation. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_accounts_enabled: Option<bool>,
    /// Whether users are asked to consent. Absent: no at creation. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent_required: Option<bool>,
    /// Whether the client itself stands on that page, beside its client scopes. Absent: yes at creation. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_on_consent_screen: Option<bool>,
    /// Attribute `include.in.token.scope`. Keycloak heeds it for client scopes, and puts no client into the scope of tokens.
    /// Absent: yes at creation. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_in_token_scope: Option<bool>,
    /// How the client proves itself; the keys, names and issuers that belong to it stand in `attributes`.
    /// Absent: client-secret at creation. Example: `client-secret`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_authenticator_type: Option<ClientAuthenticator>,
    /// Seconds that its access tokens live. Absent: as the realm says. Example: `600`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token_lifespan: Option<i32>,
    /// Seconds that its refresh tokens live, which is as long as its sessions live unused: another name of
    /// `clientSessionIdleTimeout`. Example: `3600`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token_lifespan: Option<i32>,
    /// Seconds that its sessions live unused, and so its refresh tokens. Absent: as the realm says. Example: `600`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_session_idle_timeout: Option<i32>,
    /// Seconds that its sessions live altogether. Absent: as the realm says. Example: `3600`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_session_max_lifespan: Option<i32>,
    /// Whether the browser tells it about logouts. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frontchannel_logout: Option<bool>,
    /// Whether its tokens carry all roles of the user. Absent: yes at creation, unless limits of the realm leave fullScope out.
    /// Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_scope_allowed: Option<bool>,
    /// Whether the server decides about its resources. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_services_enabled: Option<bool>,
    /// PKCE that is demanded: S256, plain, or empty for none. Example: `S256`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pkce_code_challenge_method: Option<PkceMethod>,
}

/// How a client proves itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum ClientAuthenticator {
    /// With a secret.
    #[serde(rename = "client-secret")]
    ClientSecret,
    /// With a signed JWT.
    #[serde(rename = "client-jwt")]
    ClientJwt,
    /// With a JWT signed with the secret.
    #[serde(rename = "client-secret-jwt")]
    ClientSecretJwt,
    /// With a certificate.
    #[serde(rename = "client-x509")]
    ClientX509,
    /// With a JWT of an identity provider of the realm.
    #[serde(rename = "federated-jwt")]
    FederatedJwt,
}

impl ClientAuthenticator {
    /// Every way.
    pub const ALL: [Self; 5] =
        [Self::ClientSecret, Self::ClientJwt, Self::ClientSecretJwt, Self::ClientX509, Self::FederatedJwt];

    /// Keycloak's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecret => "client-secret",
            Self::ClientJwt => "client-jwt",
            Self::ClientSecretJwt => "client-secret-jwt",
            Self::ClientX509 => "client-x509",
            Self::FederatedJwt => "federated-jwt",
        }
    }
}

/// PKCE that is demanded (RFC 7636).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum PkceMethod {
    /// SHA-256.
    S256,
    /// Plain.
    #[serde(rename = "plain")]
    Plain,
    /// None.
    #[serde(rename = "")]
    None,
}

impl PkceMethod {
    /// Keycloak's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::S256 => "S256",
            Self::Plain => "plain",
            Self::None => "",
        }
    }
}

/// Flows that a client uses instead of the realm's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientFlows {
    /// Alias of the flow of logins in a browser. Example: `acme-browser`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_flow: Option<String>,
    /// Alias of the flow of logins with a password by the application. Example: `direct grant`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_grant_flow: Option<String>,
    /// Logins of the client. Example: `clients`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_authentication_flow: Option<String>,
}

/// Roles of a client's own account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceAccountRoles {
    /// Realm roles. Example: `[employee]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm_roles: Option<Vec<String>>,
    /// Roles of clients, by client id. Example: `{realm-management: [view-users]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_roles: Option<ListMap>,
}
