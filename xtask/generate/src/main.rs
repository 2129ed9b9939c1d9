//! Writes the files that are made from the types and from the manifests, or with `--check` tells which of them are not as they should be.
//!
//! A program of its own, because the types need crates that the light `xtask` does without.
#![allow(clippy::print_stdout)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use clap::Parser;

mod rights;

/// Writes deploy/crds, docs/contract.md, docs/reference/api.md and docs/reference/rbac.md.
#[derive(Parser)]
#[command(name = "xtask-generate")]
struct Arguments {
    /// Write nothing; fail and name the files that differ.
    #[arg(long)]
    check: bool,
    /// Top of the repository. By default where this package was built from.
    #[arg(long)]
    root: Option<PathBuf>,
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let root = arguments.root.clone().map_or_else(repository, Ok)?;
    let files = files(&root)?;
    let stale = if arguments.check { check(&root, &files)? } else { write(&root, &files)? };
    match (arguments.check, stale.as_slice()) {
        (_, []) => println!("{} generated files are up to date", files.len()),
        (true, names) => {
            println!("Not as the types say, run `cargo xtask generate`: {}", names.join(", "));
            return Ok(ExitCode::FAILURE);
        }
        (false, names) => println!("Written: {}", names.join(", ")),
    }
    Ok(ExitCode::SUCCESS)
}

/// Every generated file: path from the top of the repository, and contents.
fn files(root: &Path) -> Result<Vec<(String, String)>> {
    let mut files = keycloak_crds::generate::files()?;
    files.push(rights::page(root)?);
    Ok(files)
}

/// `cargo run` says where the package is; a program called by itself is told by `--root`, or stands at the top.
fn repository() -> Result<PathBuf> {
    match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(package) => Ok(Path::new(&package).join("../..")),
        None => std::env::current_dir().context("the current directory is gone"),
    }
}

/// Names of the files that differ, and of files in deploy/crds that nothing makes.
fn check(root: &Path, files: &[(String, String)]) -> Result<Vec<String>> {
    let mut stale: Vec<String> = files
        .iter()
        .filter(|(name, text)| fs::read_to_string(root.join(name)).ok().as_deref() != Some(text))
        .map(|(name, _)| name.clone())
        .collect();
    stale.extend(strays(root, files)?);
    Ok(stale)
}

/// Writes what differs and removes what nothing makes; gives their names.
fn write(root: &Path, files: &[(String, String)]) -> Result<Vec<String>> {
    let changed = check(root, files)?;
    for (name, text) in files.iter().filter(|(name, _)| changed.contains(name)) {
        let path = root.join(name);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    for stray in strays(root, files)? {
        fs::remove_file(root.join(&stray)).with_context(|| format!("cannot remove {stray}"))?;
    }
    Ok(changed)
}

/// CRD files of kinds that no longer exist.
fn strays(root: &Path, files: &[(String, String)]) -> Result<Vec<String>> {
    let Ok(entries) = fs::read_dir(root.join("deploy/crds")) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for entry in entries {
        let name = format!("deploy/crds/{}", entry?.file_name().to_string_lossy());
        let made = files.iter().any(|(known, _)| *known == name) || name.ends_with("kustomization.yaml");
        if !made {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_generated_file_is_as_the_types_say() {
        let root = repository().unwrap();
        let stale = check(&root, &files(&root).unwrap()).unwrap();
        assert!(stale.is_empty(), "run `cargo xtask generate` for {}", stale.join(", "));
    }
}
