//! Realms and clients on real servers: how many calls each act takes, and what it leaves alone.

mod client;
mod realm;
mod stage;
