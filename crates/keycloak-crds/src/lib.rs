//! The Kubernetes API of Cloakroom: kinds, references, names, conditions and reasons.
//!
//! Four kinds live in group [`GROUP`], version [`VERSION`]: [`Keycloak`] (a server), [`KeycloakRealm`],
//! [`KeycloakClient`] and [`KeycloakQuota`]. This crate says what they look like, which values the API server
//! refuses and with which sentence, and how status is put into words. It has no Kubernetes client, no clock
//! and no I/O.
//!
//! The doc comments of the kinds' fields are printed by `kubectl explain`; each ends with an example.
// Doc comments here are read in a terminal, where backticks around each name would only be noise.
#![allow(clippy::doc_markdown)]
// Several printed columns have the same type; the lint takes each `printcolumn(type_ = ...)` after the first for a slip.
#![allow(clippy::duplicated_attributes)]

pub mod authorization;
pub mod client;
pub mod condition;
pub mod contract;
pub mod drift;
pub mod generate;
pub mod instance;
pub mod labels;
pub mod name;
pub mod phase;
pub mod policy;
pub mod quota;
pub mod realm;
pub mod record;
pub mod reference;
pub mod rule;
pub mod status;

pub use client::{KeycloakClient, KeycloakClientSpec, KeycloakClientStatus};
pub use instance::{Keycloak, KeycloakSpec, KeycloakStatus};
pub use quota::{KeycloakQuota, KeycloakQuotaSpec, KeycloakQuotaStatus};
pub use realm::{KeycloakRealm, KeycloakRealmSpec, KeycloakRealmStatus};

/// API group of all kinds.
pub const GROUP: &str = "keycloak.mdvr.nl";

/// The only version, served and stored.
pub const VERSION: &str = "v1";
