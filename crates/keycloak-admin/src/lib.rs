//! Keycloak's admin API.
//!
//! * [`types`]: what Keycloak sends and takes, generated, lossless: unknown fields and values are
//!   kept, and absent, empty and filled collections differ. These need serde alone; turn feature
//!   `http` off for them.
//! * [`Server`]: one Keycloak server or cluster: address, trust, and the stack (retry, adaptive
//!   concurrency, pacing, circuit breaker, timeout) that all logins in it share.
//! * [`AdminSession`]: one login and its access token, shared by concurrent callers.
//! * [`AdminApi`]: the calls, one method each, on a session.
//! * [`health`]: what a server says about itself and its database.
//! * [`logins`]: how the logins of the controllers come to be, each with the least rights.
//!
//! Errors say what Keycloak said ([`AdminError`]) and how to go on ([`Class`]).

mod generated;
pub mod secret;

pub use generated::types;
pub use secret::Secret;

#[cfg(feature = "http")]
mod answer;
#[cfg(feature = "http")]
mod api;
#[cfg(feature = "http")]
mod error;
#[cfg(feature = "http")]
pub mod health;
#[cfg(feature = "http")]
pub mod logins;
#[cfg(feature = "http")]
mod operation;
#[cfg(feature = "http")]
pub mod path;
#[cfg(feature = "http")]
mod server;
#[cfg(feature = "http")]
mod session;
#[cfg(feature = "http")]
pub mod stack;

#[cfg(feature = "http")]
pub use crate::{
    answer::{Call, Created},
    api::{AdminApi, RealmView, queries},
    error::{AdminError, AnswerKind, Class, KeycloakMessage, LoginError, TransportFault},
    operation::Operation,
    server::{BadServer, Hurry, Resolver, Server, ServerSettings, TraceHeaders},
    session::{AccessToken, AdminSession, Grant, Login, OtherLogins},
};

#[cfg(test)]
mod lossless_tests;
