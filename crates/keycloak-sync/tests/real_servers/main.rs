//! Realms and clients on real servers: how many calls each act takes, and what it leaves alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test program: its answer to a surprise"
)]

mod answers;
mod client;
mod client_rows;
mod client_scopes;
mod fields;
mod groups;
mod realm;
mod required_actions;
mod roles;
mod scope_mappings;
mod secret_rotation;
mod stage;
mod texts;
mod user_profile;
