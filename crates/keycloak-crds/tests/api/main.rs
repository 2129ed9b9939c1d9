//! What the generated CRDs say, looked at without a cluster.
// A test says what it expects and stops where it is not so, also in functions that several tests share.
#![allow(clippy::expect_used, clippy::panic)]

mod refusals;
mod samples;
mod schema;
mod walk;
