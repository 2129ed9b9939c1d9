//! `cargo xtask`: every task of the repository, one file per command.

mod cache;
mod go_program;
mod image;
mod process;
mod progress;
mod repository;
mod versions;

use clap::{Parser, Subcommand};

/// The tasks of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Image(image::Command),
}

fn main() -> anyhow::Result<()> {
    match CommandLine::parse().command {
        Command::Image(image) => image.run(),
    }
}
