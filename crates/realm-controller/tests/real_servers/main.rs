//! The controller in process, against a real API server and a real Keycloak, through proxies that count.
//!
//! `cargo xtask test` starts the servers and sets the variables. No controller manager is needed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

mod areas;
mod authorization;
mod canaries;
mod crashes;
mod deletion;
mod drift;
mod exclusive;
mod exports;
mod groups;
mod holdings;
mod life;
mod logins;
mod mail;
mod mail_login;
mod ownership;
mod place;
mod quota;
mod record;
mod refusals;
mod roles;
mod terms;
mod tokens;
mod two_processes;

use keycloak_crds::KeycloakRealm;
pub(crate) use place::SOON;
use serde_json::Value;

/// The status of the object as JSON, for messages.
fn told(object: &KeycloakRealm) -> String {
    serde_json::to_string(&object.status).unwrap_or_else(|_| Value::Null.to_string())
}
