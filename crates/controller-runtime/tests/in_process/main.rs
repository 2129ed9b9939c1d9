//! The runtime, proven by a small operator of another kind against an API server in this process.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

mod election;
mod fake_api;
#[path = "../greeting/mod.rs"]
mod greeting;
mod passes;
mod process;
mod serving;
mod traces;
mod watching;
