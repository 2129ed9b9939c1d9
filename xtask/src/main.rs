//! `cargo xtask`: every task of the repository, one file per command.

mod cache;
mod cargo;
mod cluster;
mod fields;
mod generate;
mod go_program;
mod head_start;
mod image;
mod maven;
mod packages;
mod process;
mod progress;
mod public_exports;
mod repository;
mod server;
mod test;
mod tidy;
mod up;
mod versions;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Every task of the repository.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    after_help = "Examples:
  cargo xtask up            a cluster, Keycloak with PostgreSQL on it, and a login; the first run builds what is missing
  cargo xtask down          removes it all
  cargo xtask test          the tests, with real servers
  cargo xtask cluster up    the bare cluster"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// From a bare machine to a login: cluster, PostgreSQL, Keycloak, an access token.
    Up(up::Up),
    /// Remove everything that `up` made; what was built stays in the cache.
    Down(up::Down),
    /// A real single-node Kubernetes, with or without Docker.
    Cluster(cluster::Cluster),
    Image(image::Command),
    /// Make the files that are made from code: CRDs, tables in the docs, the admin client.
    Generate(generate::Generate),
    /// Make the admin client from Keycloak's OpenAPI document, or compare two documents.
    Openapi(generate::Openapi),
    /// Check the rules of the repository: dependency arrows, layout, names, links.
    Tidy,
    /// Run the tests: formatting, lints, units, and everything against real servers.
    Test(test::Test),
    /// Try every field of a kind on real servers, and print what each reads as.
    Fields(fields::Fields),
    /// Print the completion script of a shell.
    Completion {
        /// The shell that reads it.
        shell: clap_complete::Shell,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Up(arguments) => up::up(&arguments),
        Command::Down(arguments) => up::down(&arguments),
        Command::Cluster(arguments) => cluster::run(&arguments),
        Command::Image(arguments) => arguments.run(),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Openapi(arguments) => generate::openapi(&arguments),
        Command::Tidy => tidy::run(),
        Command::Test(arguments) => test::run(&arguments),
        Command::Fields(arguments) => fields::run(&arguments),
        Command::Completion { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "cargo-xtask", &mut std::io::stdout());
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn every_command_and_flag_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
