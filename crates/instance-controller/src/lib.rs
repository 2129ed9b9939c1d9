//! The instance controller: reconciles `Keycloak`.
//!
//! A server that we run gets its objects, see [`workload`]; one that runs elsewhere (`spec.external`) is only called. From then
//! on both are the same: the server is probed, its version published, our login in it made and mended, rights on named realms
//! granted to that login, and the authorization token issued.
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
pub mod workload;

#[cfg(test)]
mod sample;

pub use controller::{InstanceArgs, InstanceController, PRODUCT, SlimKeycloak, build};
pub use error::InstanceError;
