//! `cargo xtask generate` and `openapi`: the files that are made from code or from Keycloak's document.
//!
//! The generators are programs of their own, built when they are called, so that this one stays light.

use std::path::PathBuf;

use anyhow::Result;

use crate::cargo;

/// What to do with generated files.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Made: deploy/crds, docs/contract.md, docs/reference/api.md, and what `cargo xtask openapi` makes."
)]
pub(crate) struct Generate {
    /// Write nothing; fail and name the files that are not as they would be made.
    #[arg(long)]
    pub(crate) check: bool,
}

/// What to do with Keycloak's OpenAPI document.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cargo xtask openapi                          writes the normalised document and the admin client
  cargo xtask openapi --check                  fails if they are not as they would be made
  cargo xtask openapi --diff other.json        what another version adds, removes and changes")]
pub(crate) struct Openapi {
    /// Write nothing; fail and name the files that are not as they would be made.
    #[arg(long, conflicts_with = "diff")]
    check: bool,
    /// Another version of the document: print the differences instead.
    #[arg(long, value_name = "FILE")]
    diff: Option<PathBuf>,
}

/// Makes all generated files, or compares them.
///
/// # Errors
/// If a generator fails, or files differ.
pub(crate) fn run(arguments: &Generate) -> Result<()> {
    let check: &[&str] = if arguments.check { &["--check"] } else { &[] };
    cargo::run(&[&["run", "--quiet", "--package", "xtask-generate", "--"], check].concat(), &[])?;
    openapi(&Openapi { check: arguments.check, diff: None })
}

/// Makes the admin client from the document, compares it, or compares two documents.
///
/// # Errors
/// If the generator fails, or files differ.
pub(crate) fn openapi(arguments: &Openapi) -> Result<()> {
    let mut words = vec!["run", "--quiet", "--package", "xtask-openapi", "--"];
    // cargo runs at the top of the repository, whoever types this may be elsewhere.
    let other = arguments.diff.as_ref().map(std::path::absolute).transpose()?;
    let other = other.map(|file| file.display().to_string());
    match &other {
        Some(file) => words.extend(["diff", file]),
        None if arguments.check => words.extend(["generate", "--check"]),
        None => words.push("generate"),
    }
    cargo::run(&words, &[])
}
