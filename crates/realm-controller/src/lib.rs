//! The realm controller: reconciles `KeycloakRealm` and `KeycloakQuota`.
//!
//! A realm is made, kept as declared and taken down; our login in it is made and mended, and its authorization token issued.
//! What is in the object is enforced, what is not belongs to whoever set it.
//!
//! | step | module | I/O |
//! |---|---|---|
//! | look at references, Secrets and the realm | [`observe`] | Kubernetes, Keycloak |
//! | check the spec | [`validate`], [`asks`] | none |
//! | decide | [`plan`], for a deletion [`teardown`] | none |
//! | do it | [`apply`] | Kubernetes, Keycloak |
//! | say it | [`report`] | none |
//!
//! A realm is made only where the quotas of its namespace have room: [`slots`]; [`quota`] counts for people what is taken.
//!
//! Beside the passes one task looks after the logins whose realm's object is gone: [`left_logins`]; another reads the admin
//! events of realms that keep them, so that what somebody changes is found before the resync: [`admin_events`].
//!
//! Everything in Keycloak is done as the instance's realm-manager, after the instance has let the object's namespace in. What
//! proves that a realm is ours is the Secret of the login that was made in it, bound to the object's uid and the realm's
//! id; the mark in the realm's attributes is a claim only.
//!
//! A realm is made with the object's uid as its id. So a process that was stopped between making the realm and writing that
//! down still knows that the realm is its own work, and nothing has to be stored before the one call that makes it.

mod account;
pub mod admin_events;
pub mod apply;
pub mod asks;
pub mod clients;
pub mod controller;
pub mod error;
pub mod left_logins;
pub mod observe;
pub mod plan;
pub mod quota;
pub mod report;
pub mod secrets;
pub mod slots;
pub mod teardown;
pub mod validate;

#[cfg(test)]
mod sample;

pub use controller::{PRODUCT, RealmArgs, RealmController, Settings, SlimRealm, build, install};
pub use error::RealmError;
