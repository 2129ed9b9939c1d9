//! What to change in Keycloak: kinds of objects, three-way diff, plan, consent, rendering.
//!
//! Everything here is pure: no I/O, no clock, no randomness. A caller
//!
//! 1. reads the server into a [`LiveState`] and takes the CR (with `spec.extra` merged by [`merge_extra`]) apart into
//!    [`Desired`] objects and [`DesiredLinks`],
//! 2. decides with [`Claim::decide`] whether what exists is ours,
//! 3. calls [`plan()`] with the decoded [`OwnedRecord`] and the [`Approvals`] of status,
//! 4. stores [`Plan::pending`] in the record, sends [`Step::body`] of every [`Plan::runnable`] step,
//! 5. stores [`Plan::record_after`], [`Plan::summary`], and what [`Approvals::settle`] and [`Approvals::after`] leave of the
//!    approvals in status, or prints [`render::text`].
//!
//! Beside that, [`template`] reads what users write for the Secrets of their clients.
//!
//! Representations are JSON values as the admin API has them, so that fields which nobody here knows survive. What a
//! kind of object is like stands in [`kinds`] as declarations; no other code knows one.

mod body;
mod change;
mod claim;
mod consent;
mod desired;
mod diff;
mod digest;
mod extra;
mod identity;
pub mod kind;
pub mod kinds;
mod leaf;
mod link;
mod mark;
mod moving;
mod path;
mod plan;
mod record;
mod refusal;
pub mod render;
pub mod template;
mod version;

pub use body::Body;
pub use change::{Change, Reason, Shown};
pub use claim::{
    AdoptedBy, Claim, ClaimFacts, ClaimRefusal, Evidence, MarkedOwner, Permission, Proof, TakeOver,
};
pub use consent::{Approval, ApprovalState, Approvals, ConsentKey, NotAccepted, WaitingFor};
pub use desired::{Desired, Held, Live, LiveObject, LiveState};
pub use diff::{DiffContext, diff};
pub use digest::{RecordKey, ShortHash};
pub use extra::merge_extra;
pub use identity::{IDENTITY_LIMIT, Identity, NotAnIdentity};
pub use kind::{Constant, Kind, Loss};
pub use link::{DesiredLinks, Link, Relation};
pub use mark::{Adoption, LiveMark, Mark, is_mark_key};
pub use moving::Move;
pub use path::{FieldPath, NotAPath, PathStep};
pub use plan::{
    Action, At, Catalogue, Counts, Exclusive, Finding, Findings, OverriddenByServer, Place, Plan, PlanError,
    PlanInput, PlanSummary, Refused, STORED_PLAN_LIMIT, Step, StepId, StepState, Subject, SummaryStep,
    Teardown, Unresolved, WithoutEffect, plan, teardown,
};
pub use record::{
    Applied, Decoded, LostRecord, NotApplied, ObjectRecord, OwnedRecord, PLAIN_RECORD_LIMIT, SourceVersion,
    decode,
};
pub use refusal::Refusal;
pub use version::{NotAVersion, Server, ServerVersion};

#[cfg(test)]
mod tests;
