//! What a machine must have, and let us do, before a local cluster is tried; where it does not, what to type.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::site;
use crate::{cache, go_program, process};

/// Bytes that a cluster needs for its images and data. Below half a gigabyte the kubelet ends pods.
const TO_RUN: u64 = 3_000_000_000;
/// Bytes that are needed to build everything once: Go's and our cache, and the image files.
const TO_BUILD: u64 = 12_000_000_000;

/// What keeps this machine from running a local cluster, as sentences that say what to do.
pub(crate) fn missing() -> Option<String> {
    let namespaces = || {
        let tried = Command::new("unshare").args(["--net", "--mount", "true"]).output();
        tried.is_ok_and(|done| done.status.success())
    };
    judge(cfg!(target_os = "linux"), process::is_root(), go_program::missing, namespaces)
}

fn judge(
    linux: bool,
    root: bool,
    go: impl FnOnce() -> Option<String>,
    namespaces: impl FnOnce() -> bool,
) -> Option<String> {
    if !linux {
        return Some(
            "It needs Linux. Elsewhere use a Docker engine with kind: `--provider kind`.".to_owned(),
        );
    }
    if !root {
        return Some(
            "It needs root: put `sudo env \"PATH=$PATH\" \"HOME=$HOME\"` before the command, or use a Docker engine \
             with kind: `--provider kind`."
                .to_owned(),
        );
    }
    go().or_else(|| {
        (!namespaces()).then(|| {
            "This machine does not let root make network and mount namespaces. In a container, start that with \
             `--privileged --cgroupns=host --volume /sys/fs/cgroup:/sys/fs/cgroup:rw`."
                .to_owned()
        })
    })
}

/// Looks whether the disk has room, before it is found out by half a build or by pods that are ended.
///
/// # Errors
/// If it has not: how much is needed where.
pub(crate) fn check_disk(first: bool) -> Result<()> {
    let cache = cache::directory()?;
    if first {
        enough(
            &cache,
            free(&cache),
            TO_BUILD,
            "building everything for the first time",
            "set CLOAKROOM_CACHE to a directory of a larger disk",
        )?;
    }
    let state = Path::new(site::STATE);
    enough(state, free(state), TO_RUN, "a cluster", "mount a larger disk there")
}

fn enough(place: &Path, free: Option<u64>, least: u64, what: &str, instead: &str) -> Result<()> {
    let gigabytes = |bytes: u64| format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10);
    match free {
        Some(free) if free < least => bail!(
            "{} are free at {}, and {what} takes {}: free some (`cargo clean` and `go clean -cache` remove what can be built \
             again), or {instead}",
            gigabytes(free),
            place.display(),
            gigabytes(least)
        ),
        // Where nobody can say, it is tried.
        Some(_) | None => Ok(()),
    }
}

/// Bytes that are free at a place, or at the first directory above it that exists.
fn free(place: &Path) -> Option<u64> {
    let there = place.ancestors().find(|folder| folder.exists())?;
    let mut df = Command::new("df");
    let said = process::output(df.args(["--output=avail", "--block-size=1"]).arg(there)).ok()?;
    said.lines().last()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_machine_lacks_is_said_with_what_to_type() {
        let said = |linux, root, go: Option<&str>, namespaces| {
            judge(linux, root, || go.map(str::to_owned), || namespaces).unwrap_or_default()
        };
        insta::assert_snapshot!(said(false, true, None, true), @"It needs Linux. Elsewhere use a Docker engine with kind: `--provider kind`.");
        insta::assert_snapshot!(said(true, false, None, true), @r#"It needs root: put `sudo env "PATH=$PATH" "HOME=$HOME"` before the command, or use a Docker engine with kind: `--provider kind`."#);
        insta::assert_snapshot!(said(true, true, Some("Go is missing."), true), @"Go is missing.");
        insta::assert_snapshot!(said(true, true, None, false), @"This machine does not let root make network and mount namespaces. In a container, start that with `--privileged --cgroupns=host --volume /sys/fs/cgroup:/sys/fs/cgroup:rw`.");
        assert_eq!(said(true, true, None, true), "");
    }

    #[test]
    fn a_disk_that_is_too_full_is_named_with_what_is_needed() {
        let place = Path::new("/var/lib/cloakroom");
        let said =
            enough(place, Some(1_250_000_000), TO_RUN, "a cluster", "mount a larger disk there").unwrap_err();
        insta::assert_snapshot!(said, @"1.2 GB are free at /var/lib/cloakroom, and a cluster takes 3.0 GB: free some (`cargo clean` and `go clean -cache` remove what can be built again), or mount a larger disk there");
        assert!(enough(place, Some(TO_RUN), TO_RUN, "", "").is_ok());
        assert!(enough(place, None, TO_RUN, "", "").is_ok());
    }

    #[test]
    fn the_room_at_a_place_that_is_not_there_yet_is_that_above_it() {
        assert!(free(Path::new("/tmp/not/there/yet")).is_some_and(|bytes| bytes > 0));
    }
}
