//! `cargo xtask`: every task of the repository, one file per command.

mod cache;
mod process;
mod progress;
mod tidy;
mod versions;

fn main() {}
