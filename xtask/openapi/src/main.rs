//! From Keycloak's OpenAPI document to the generated part of `keycloak-admin`.
//!
//! A program of its own because the generator under it takes a minute to build; `cargo xtask
//! openapi` starts it. Reads `openapi/`, writes `openapi/normalised.json` and
//! `crates/keycloak-admin/src/generated/`. No network.
#![expect(clippy::print_stdout, reason = "what a command answers goes to standard output")]

mod changes;
mod generate;
mod inputs;
mod json;
mod normalise;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{Parser, Subcommand};

use crate::generate::Artefact;
use crate::inputs::Inputs;

#[derive(Parser)]
#[command(about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the normalised document and the generated code, or only compare with `--check`.
    Generate {
        /// Write nothing; fail and name the files that differ from what would be generated.
        #[arg(long)]
        check: bool,
    },
    /// Print what another version of the document adds, removes and changes.
    Diff {
        /// The other document, JSON as Keycloak publishes it.
        other: PathBuf,
    },
}

fn main() -> Result<()> {
    let root = repository_root();
    match Arguments::parse().command {
        Command::Generate { check } => generate(&root, check),
        Command::Diff { other } => diff(&root, &other),
    }
}

/// The repository this program was built from.
fn repository_root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).unwrap_or(package).to_owned()
}

fn generate(root: &Path, check: bool) -> Result<()> {
    let inputs = Inputs::read(root)?;
    let normalised = normalise::normalise(&inputs)?;
    let artefacts = generate::artefacts(root, &inputs, &normalised)?;
    if check { compare(root, &artefacts) } else { write(root, &artefacts) }
}

fn compare(root: &Path, artefacts: &[Artefact]) -> Result<()> {
    let stale: Vec<String> = artefacts
        .iter()
        .filter(|artefact| {
            std::fs::read_to_string(root.join(&artefact.path)).ok().as_deref() != Some(&artefact.text)
        })
        .map(|artefact| artefact.path.display().to_string())
        .collect();
    if stale.is_empty() {
        println!("{} generated files are as the inputs say", artefacts.len());
        return Ok(());
    }
    bail!("not what `cargo xtask openapi` writes: {}. Run it and commit the result", stale.join(", "));
}

fn write(root: &Path, artefacts: &[Artefact]) -> Result<()> {
    for artefact in artefacts {
        let path = root.join(&artefact.path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        std::fs::write(&path, &artefact.text).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{} ({} lines)", artefact.path.display(), artefact.text.lines().count());
    }
    Ok(())
}

fn diff(root: &Path, other: &Path) -> Result<()> {
    let inputs = Inputs::read(root)?;
    let text = std::fs::read_to_string(other).with_context(|| format!("cannot read {}", other.display()))?;
    let other = serde_json::from_str(&text).with_context(|| format!("{} is not JSON", other.display()))?;
    print!("{}", changes::between(&inputs.document, &other, &inputs.allowed));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_admin_client_is_as_the_document_says() {
        generate(&repository_root(), true).unwrap();
    }
}
