//! What every controller needs and that knows no kind: run, finalizer, outcome, backoff, status, lease, telemetry.
//!
//! A product implements [`Pipeline`] for each of its kinds and hands it to [`main`]:
//!
//! | part | module |
//! |---|---|
//! | the process: command line, clients, health, signals | [`start`](mod@start), [`run`], [`options`], [`args`], [`health`], [`metrics`], [`telemetry`] |
//! | who may write: election and fence | [`lease`], [`fence`] |
//! | how the API server is called | [`calls`] |
//! | what is kept in memory, and who wakes whom | [`projection`], [`store`], [`key`] |
//! | what is looked at next, and when again | [`queue`], [`backoff`], [`refusal`] |
//! | what goes at a pace of its own, and for whom it does not | [`haste`] |
//! | one pass | [`pipeline`], [`class`], [`outcome`], [`condition`], [`finalizer`], [`event`] |

pub mod args;
pub mod backoff;
pub mod calls;
pub mod class;
pub mod condition;
pub mod event;
pub mod fence;
pub mod finalizer;
pub mod haste;
pub mod health;
pub mod key;
pub mod lease;
pub mod metrics;
pub mod options;
pub mod outcome;
pub mod pipeline;
pub mod projection;
pub mod queue;
pub mod refusal;
pub mod run;
pub mod start;
pub mod store;
pub mod telemetry;

mod census;
mod controller;
mod guard;
mod locks;
mod reconcile;
mod status;
mod status_writes;
mod watch;

pub use args::{NoArgs, RuntimeArgs};
pub use backoff::Pacing;
pub use calls::{CallError, CallPolicy};
pub use class::{Class, ClassName, Classify, Reason};
pub use condition::{Asserted, Truth};
pub use controller::{Controller, KindError, Waker, Wakes};
pub use event::{Events, Notice};
pub use fence::Fence;
pub use finalizer::FinalizerError;
pub use guard::{INVALID_OBJECT, Unparsable};
pub use haste::Haste;
pub use key::{Fields, Key, Reference, Target};
pub use lease::{Leadership, LeaseTimes, Term};
pub use options::{Election, Namespaces, Options, Product};
pub use outcome::{Outcome, Pace};
pub use pipeline::{Applied, Facts, Pass, Pipeline, Report};
pub use projection::{Projection, Tally, hash_of};
pub use queue::Lane;
pub use reconcile::{ABANDONED, INTERNAL_ERROR, PASS_TIMED_OUT};
pub use refusal::{Admission, Refusals};
pub use run::{RunError, Runtime};
pub use start::main;
pub use status_writes::StatusWrites;
pub use store::{Attention, Seen, Store};

use locks::{locked, panic_text, read, written};

/// Every reason that the runtime gives itself, in conditions, Events and metrics. A product whose status has a list of its words
/// has these on it.
pub const REASONS: [Reason; 9] = [
    INVALID_OBJECT,
    INTERNAL_ERROR,
    PASS_TIMED_OUT,
    ABANDONED,
    calls::API_UNAVAILABLE,
    calls::WRITE_CONFLICT,
    calls::NOT_PERMITTED,
    calls::REFUSED,
    calls::UNREADABLE,
];
