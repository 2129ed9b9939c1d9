//! A login that did not succeed.

use std::time::Duration;

use http::StatusCode;

use super::{Class, KeycloakMessage, TransportFault};

/// A login that did not give an access token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoginError {
    /// 404 by Keycloak: the realm of the login is gone.
    #[error("login as {account}: Keycloak has no realm {realm}")]
    RealmMissing {
        /// Realm of the login.
        realm: String,
        /// Client or user.
        account: String,
    },
    /// 404 that is not about the realm: something else answers there.
    #[error("login as {account}: no Keycloak answers at {url} ({message}): check the address and its path")]
    AddressWrong {
        /// Client or user.
        account: String,
        /// Token address.
        url: String,
        /// What was answered.
        message: KeycloakMessage,
    },
    /// 403 `access_denied`: nobody can log in to a disabled realm.
    #[error("login as {account}: realm {realm} is disabled")]
    RealmDisabled {
        /// Realm of the login.
        realm: String,
        /// Client or user.
        account: String,
    },
    /// 401, or 400 `invalid_grant`: secret, password or account are not accepted.
    #[error("login as {account} in realm {realm} is refused: {message}")]
    Refused {
        /// Realm of the login.
        realm: String,
        /// Client or user.
        account: String,
        /// Keycloak's reason.
        message: KeycloakMessage,
    },
    /// Any other 4xx, or a redirect.
    #[error("login as {account}: {status}: {message}")]
    Answer {
        /// Client or user.
        account: String,
        /// HTTP status.
        status: StatusCode,
        /// What the body says.
        message: KeycloakMessage,
    },
    /// 429 or 5xx.
    #[error("login as {account}: the server cannot answer now: {status}: {message}")]
    Unavailable {
        /// Client or user.
        account: String,
        /// HTTP status.
        status: StatusCode,
        /// What the body says.
        message: KeycloakMessage,
    },
    /// A success without a token in it.
    #[error(
        "login as {account}: the answer holds no access token ({reason}): does the address lead to Keycloak?"
    )]
    NoToken {
        /// Client or user.
        account: String,
        /// Where reading stopped. Never the body.
        reason: String,
    },
    /// No answer came.
    #[error("login as {account}: {fault}")]
    Transport {
        /// Client or user.
        account: String,
        /// What happened to the connection.
        fault: TransportFault,
    },
    /// No answer in time.
    #[error("login as {account}: no answer within {} s", after.as_secs())]
    Timeout {
        /// Client or user.
        account: String,
        /// The limit.
        after: Duration,
    },
}

impl LoginError {
    /// How to go on. [`Class::Stall`] lasts until the login's Secret changes.
    pub fn class(&self) -> Class {
        match self {
            Self::RealmMissing { .. } | Self::RealmDisabled { .. } => Class::Wait,
            Self::Refused { .. } | Self::Answer { .. } | Self::AddressWrong { .. } => Class::Stall,
            Self::Unavailable { .. } | Self::NoToken { .. } | Self::Timeout { .. } => Class::Retry,
            Self::Transport { fault, .. } => fault.class(),
        }
    }

    /// Whether the server, rather than the login, is at fault.
    pub(crate) fn is_servers_fault(&self) -> bool {
        match self {
            Self::Unavailable { status, .. } => status.is_server_error(),
            Self::Transport { .. } | Self::Timeout { .. } => true,
            Self::RealmMissing { .. }
            | Self::AddressWrong { .. }
            | Self::RealmDisabled { .. }
            | Self::Refused { .. }
            | Self::Answer { .. }
            | Self::NoToken { .. } => false,
        }
    }
}
