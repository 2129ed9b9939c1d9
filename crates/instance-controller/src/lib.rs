//! The instance controller: reconciles `Keycloak`.
//!
//! Built so far is `spec.external`, a server that runs elsewhere: it is probed, its version published, our login in it made
//! and mended, rights on named realms granted to that login, and the authorization token issued. A `Keycloak` without
//! `spec.external` is left untouched and says so.
//!
//! | step | module | I/O |
//! |---|---|---|
//! | look at Secrets and server | [`observe`] | Kubernetes, Keycloak |
//! | check the spec | [`validate`] | none |
//! | decide | [`plan`] | none |
//! | do it | [`apply`] | Kubernetes, Keycloak |
//! | say it | [`report`] | none |
//!
//! The administrator's login is used in two cases only: our own login is missing or refused, or a realm of
//! `spec.admin.grantRealms` exists on which our login has no rights.

pub mod apply;
pub mod controller;
pub mod error;
pub mod observe;
pub mod plan;
pub mod report;
pub mod validate;

#[cfg(test)]
mod sample;

pub use controller::{InstanceArgs, InstanceController, PRODUCT, SlimKeycloak, build};
pub use error::InstanceError;
