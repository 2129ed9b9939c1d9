//! Between a custom resource and Keycloak, without Kubernetes: one implementation for the controllers and for
//! people with a bare Keycloak.
//!
//! 1. [`realm::desired`] and [`client::desired`] turn a spec, its resolved Secrets and the owner's mark into what
//!    [`keycloak_plan`] compares.
//! 2. [`realm::observe`] and [`client::observe`] read what Keycloak has: one call each.
//! 3. [`Planning`] makes the plan, also that of a deletion.
//! 4. [`execute`] carries it out and says what was done.
//! 5. [`realm::export`] and [`client::export`] go the other way: what Keycloak has becomes a spec.
//!
//! # A pass with the fewest calls
//!
//! A client that no record knows is planned without having been read (`None` for `observed`): one POST. If Keycloak
//! answers that it exists ([`Applied::conflict`]), look it up once, decide by [`keycloak_plan::Claim`] whether it may be
//! taken, and plan again. Everything else is one read and at most one write.

pub mod client;
pub mod drift;
mod error;
mod execute;
mod export;
mod fields;
mod observed;
mod planning;
pub mod realm;
pub mod status;

pub use error::{MissingMapperType, SyncError, Verb};
pub use execute::{Applied, Fence, HeldBack, StepFailure, Target, execute};
pub use export::Exported;
pub use fields::{FieldRefusal, RefusedFields};
pub use observed::{Observed, Representation};
pub use planning::{Planning, Teardown};

#[cfg(test)]
mod tests;
