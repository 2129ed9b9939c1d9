//! The client controller: reconciles `KeycloakClient`.
//!
//! One object is one OpenID Connect client in one realm, and the Secret that its application reads.
//!
//! | step | module | I/O |
//! |---|---|---|
//! | look at realm, authorization, login, client and Secret | [`observe`] with [`permission`] and [`ownership`], [`teardown`] in deletion; found is [`ground`] | Kubernetes, Keycloak |
//! | check the spec | [`validate`], [`asks`] | none |
//! | decide | [`plan`], with what the Secret holds from [`credentials`], and the further ones from [`outputs`] | none |
//! | do it | [`apply`] | Kubernetes, Keycloak |
//! | say it | [`report`] | none |
//!
//! A client is made only where the quotas of its realm's namespace have room: [`slots`].
//!
//! # Calls
//!
//! A client that no record knows is created without having been looked for, unless it needs a slot of a quota: one Secret, one POST. If Keycloak answers that it
//! exists, it is looked up once, [`keycloak_plan::Claim`] decides whose it is, and the plan is made again. Everything else is one
//! read and at most one write.
//!
//! # The secret
//!
//! The Secret says what Keycloak holds. It is written with a random value before the client is created with that value; from then
//! on Keycloak's value wins: a Secret that is missing or was edited is written again from it, and a secret that somebody made anew
//! in Keycloak's console is taken over. Only `spec.regenerateSecret` makes another one.
//!
//! A secret of one's own (`spec.clientSecret`) counts more than either: it is written to both. Further Secrets (`spec.outputs`)
//! are written last, from the value that Keycloak has then.
//!
//! Its addresses are those that users and other applications see (the instance's public address): the issuer in tokens is that
//! address, and libraries compare it.

pub mod apply;
pub mod asks;
pub mod controller;
pub mod credentials;
pub mod error;
pub mod ground;
pub mod observe;
pub mod outputs;
pub mod ownership;
pub mod permission;
pub mod plan;
pub mod report;
mod scopes;
pub mod slim;
pub mod slots;
pub mod teardown;
pub mod validate;

mod written;

#[cfg(test)]
mod sample;

pub use controller::{ClientArgs, ClientController, PRODUCT, Settings, build, install};
pub use error::ClientError;
