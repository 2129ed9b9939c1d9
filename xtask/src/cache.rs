//! Where things that take long to make are kept: outside the work tree, by version, for ever reused.
//!
//! `CLOAKROOM_CACHE` names the directory; else `$XDG_CACHE_HOME/cloakroom`, else `~/.cache/cloakroom`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

/// The cache directory, made if need be.
///
/// # Errors
/// If no home directory is known or the directory cannot be made.
pub(crate) fn directory() -> Result<PathBuf> {
    let directory = if let Some(chosen) = env::var_os("CLOAKROOM_CACHE").filter(|value| !value.is_empty()) {
        PathBuf::from(chosen)
    } else if let Some(base) = env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
        PathBuf::from(base).join("cloakroom")
    } else if let Some(home) = env::home_dir() {
        home.join(".cache/cloakroom")
    } else {
        bail!("no home directory is known: set CLOAKROOM_CACHE to a directory for what is built once");
    };
    fs::create_dir_all(&directory).with_context(|| format!("cannot create {}", directory.display()))?;
    Ok(directory)
}

/// Makes `target` once: `make` writes to a path beside it, which then takes its name in one step, so
/// that a task killed half-way leaves nothing that looks finished. Returns whether it was there.
///
/// # Errors
/// Those of `make`, or if files cannot be moved.
pub(crate) fn once(target: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<bool> {
    if target.exists() {
        return Ok(true);
    }
    let parent = target.parent().context("a cache entry has a parent directory")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    let name = target.file_name().context("a cache entry has a name")?.to_string_lossy().into_owned();
    let unfinished = parent.join(format!(".{name}.{}", std::process::id()));
    remove(&unfinished)?;
    make(&unfinished)?;
    fs::rename(&unfinished, target)
        .with_context(|| format!("cannot move {} to {}", unfinished.display(), target.display()))?;
    Ok(false)
}

/// Removes a file or a directory, if it is there.
///
/// # Errors
/// If it is there and cannot be removed.
pub(crate) fn remove(path: &Path) -> Result<()> {
    let Ok(kind) = fs::symlink_metadata(path) else { return Ok(()) };
    let removed = if kind.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.with_context(|| format!("cannot remove {}", path.display()))
}

/// A short name for a content: the first 16 hex digits of its SHA-256.
pub(crate) fn key(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
