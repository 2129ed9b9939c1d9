//! `cargo xtask`: every task of the repository, one file per command.
fn main() {}
