//! The logins of the controllers, each with the least rights, and how they come to be.
//!
//! From the bootstrap administrator: the *realm-manager* ([`realm_manager`]), a service account in
//! `master` that may create realms and manages those that it created. From the realm-manager: a
//! *client-manager* per realm ([`client_manager`]). A realm that somebody else created is given to the
//! realm-manager by name ([`grant_realms`]), again by an administrator.
//!
//! Each of these can be repeated: what is right is left alone, what is wrong is mended. An account that
//! exists gets the given secret; it is never created anew, because its rights on realms hang on it.
//! What an account has beyond its need, given to it or by a composite role or a group, is taken away where it can be
//! taken from this account alone, and told else ([`Excess`]).

mod account;
mod client_manager;
mod grant;
mod realm_manager;
mod rights;

pub use self::account::Credentials;
pub use self::client_manager::{CLIENT_MANAGER_ROLES, ClientManager, client_manager};
pub use self::grant::{Granted, grant_realms};
pub use self::realm_manager::{RealmManager, realm_manager};
pub use self::rights::Excess;

use crate::error::AdminError;

/// A login that could not be made or mended.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LoginsError {
    /// A call failed.
    #[error(transparent)]
    Admin(#[from] AdminError),
    /// Keycloak's built-in parts are not there.
    #[error("realm {realm} has no {what}: it is no complete Keycloak realm")]
    Incomplete {
        /// Where.
        realm: String,
        /// Which role or client.
        what: String,
    },
    /// The name of the login is taken by a client that is none.
    #[error(
        "client {client_id} in realm {realm} exists and is {what}: it was not made as a login; remove or rename it"
    )]
    NotALogin {
        /// Where.
        realm: String,
        /// Its client id.
        client_id: String,
        /// What it is.
        what: &'static str,
    },
    /// No account of this name, and this step must not make one.
    #[error("there is no client {client_id} in realm {realm}: make the login first")]
    NoAccount {
        /// Where.
        realm: String,
        /// Its client id.
        client_id: String,
    },
    /// Rights on `master` are rights on everything.
    #[error("realm master cannot be given to a realm-manager: whoever manages it manages the server")]
    Master,
}

/// The realm of server-wide administration.
pub const MASTER: &str = "master";
