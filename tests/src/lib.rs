//! What the tests on a real cluster share: kubectl as anybody, namespaces of their own, the installation,
//! clusters that one can lose.
//!
//! They run by `cargo xtask test`, which starts the cluster and names it in the environment. Each test has namespaces of
//! its own and takes them away, so tests run in parallel, on a cluster that others use too.

pub mod cluster;
pub mod controllers;
pub mod installation;
pub mod kubectl;
pub mod namespace;
pub mod object;
pub mod writes;
