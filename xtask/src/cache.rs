//! Where things that take long to make are kept: outside the work tree, by version, for ever reused.
//!
//! `CLOAKROOM_CACHE` names the directory; else `$XDG_CACHE_HOME/cloakroom`, else `~/.cache/cloakroom`.

use std::env;
use std::fmt::Write as _;
use std::fs::{self, File};
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
/// Two tasks that want the same thing do not make it twice: the second waits for the first. What a
/// killed task left behind is removed by the next one.
///
/// # Errors
/// Those of `make`, or if files cannot be locked or moved.
pub(crate) fn once(target: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<bool> {
    if target.exists() {
        return Ok(true);
    }
    let parent = target.parent().context("a cache entry has a parent directory")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    let name = target.file_name().context("a cache entry has a name")?.to_string_lossy().into_owned();
    // The lock ends with the process that holds it, however that ends.
    let lock_file = parent.join(format!(".{name}.lock"));
    let lock = File::create(&lock_file).with_context(|| format!("cannot write {}", lock_file.display()))?;
    lock.lock().with_context(|| format!("cannot lock {}", lock_file.display()))?;
    if target.exists() {
        return Ok(true);
    }
    let unfinished = parent.join(format!(".{name}.unfinished"));
    remove(&unfinished)?;
    if let Err(error) = make(&unfinished) {
        // What is half made is of no use; the cause matters more than a failure to clean up.
        let _ = remove(&unfinished);
        return Err(error);
    }
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
    hash.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn what_two_tasks_want_at_once_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("thing");
        let count = AtomicUsize::new(0);
        let make = |path: &Path| {
            count.fetch_add(1, Ordering::SeqCst);
            // Long enough for the other thread to arrive; if it does not, the test still holds.
            thread::yield_now();
            Ok(fs::write(path, "whole")?)
        };
        let found = thread::scope(|scope| {
            let tasks = [(); 4].map(|()| scope.spawn(|| once(&target, make).unwrap()));
            tasks.map(|task| task.join().unwrap())
        });
        assert_eq!(count.load(Ordering::SeqCst), 1);
        assert_eq!(found.iter().filter(|found| **found).count(), 3);
        assert_eq!(fs::read_to_string(&target).unwrap(), "whole");
    }

    #[test]
    fn a_failure_leaves_nothing_that_looks_finished_and_the_next_task_starts_anew() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("thing");
        let failed = once(&target, |path| {
            fs::create_dir(path)?;
            fs::write(path.join("half"), "")?;
            bail!("no more paper")
        });
        assert_eq!(failed.unwrap_err().to_string(), "no more paper");
        assert!(!target.exists());

        // A task that was killed had no chance to clean up.
        let left = folder.path().join(".thing.unfinished");
        fs::create_dir(&left).unwrap();
        fs::write(left.join("half"), "").unwrap();
        once(&target, |path| Ok(fs::create_dir(path)?)).unwrap();
        assert_eq!(fs::read_dir(&target).unwrap().count(), 0);
        assert!(!left.exists());
    }

    #[test]
    fn a_key_depends_on_where_one_part_ends_and_the_next_begins() {
        assert_ne!(key(&[b"ab", b"c"]), key(&[b"a", b"bc"]));
        assert_eq!(key(&[b"ab"]), key(&[b"ab"]));
        assert_eq!(key(&[]).len(), 16);
    }
}
