//! The cgroup below which all pods of a cluster run, in each hierarchy the machine has mounted.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const ROOT: &str = "/sys/fs/cgroup";

/// Makes the cgroup in every hierarchy: the kubelet wants its root to exist.
///
/// # Errors
/// If one cannot be made.
pub(crate) fn make(scope: &str) -> Result<()> {
    for hierarchy in hierarchies()? {
        let group = hierarchy.join(scope);
        if !group.exists() {
            fs::create_dir(&group).with_context(|| {
                format!(
                    "cannot make the cgroup {}: cgroups must be mounted so that root may write; in a container, start that \
                     with `--privileged --cgroupns=host --volume {ROOT}:{ROOT}:rw`",
                    group.display()
                )
            })?;
        }
        // A new cpuset of cgroup v1 is empty and takes no process; it gets what its parent has.
        for setting in ["cpuset.cpus", "cpuset.mems"] {
            let (parent, own) = (hierarchy.join(setting), group.join(setting));
            if own.exists() && fs::read_to_string(&own).is_ok_and(|value| value.trim().is_empty()) {
                fs::write(&own, fs::read_to_string(parent)?)?;
            }
        }
        // cgroup v2 passes on only the controllers that the parent names.
        let passed_on = hierarchy.join("cgroup.subtree_control");
        if hierarchy == Path::new(ROOT) && passed_on.exists() {
            for controller in fs::read_to_string(hierarchy.join("cgroup.controllers"))?.split_whitespace() {
                // Some cannot be passed on from here; the kubelet says which it misses.
                let _ = fs::write(&passed_on, format!("+{controller}"));
            }
        }
        // Against processes outside any cgroup, a cgroup of default weight counts as much as one of
        // them: all pods together would crawl beside a single compiler.
        for (setting, weight) in [("cpu.shares", "20480"), ("cpu.weight", "2000")] {
            if group.join(setting).exists() {
                fs::write(group.join(setting), weight)?;
            }
        }
    }
    Ok(())
}

/// Removes the cgroup and all below it; they are empty once their processes have ended.
pub(crate) fn remove(scope: &str) {
    for group in groups(scope) {
        remove_tree(&group);
    }
}

/// The cgroups of this name that are there.
pub(crate) fn groups(scope: &str) -> Vec<PathBuf> {
    hierarchies()
        .unwrap_or_default()
        .into_iter()
        .map(|hierarchy| hierarchy.join(scope))
        .filter(|group| group.exists())
        .collect()
}

/// The processes in it and below it.
pub(crate) fn processes(scope: &str) -> Vec<u32> {
    let mut pids = Vec::new();
    let mut todo = groups(scope);
    while let Some(group) = todo.pop() {
        let text = fs::read_to_string(group.join("cgroup.procs")).unwrap_or_default();
        pids.extend(text.lines().filter_map(|line| line.parse::<u32>().ok()));
        todo.extend(children(&group));
    }
    pids.sort_unstable();
    pids.dedup();
    pids
}

fn remove_tree(group: &Path) {
    for child in children(group) {
        remove_tree(&child);
    }
    // What cannot be removed is found, and named, by the check that follows.
    let _ = fs::remove_dir(group);
}

fn children(group: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(group) else { return Vec::new() };
    entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_dir()).collect()
}

/// Where cgroups are mounted: one place for v2, one per controller for v1.
fn hierarchies() -> Result<Vec<PathBuf>> {
    let mounts = fs::read_to_string("/proc/self/mounts")?;
    Ok(parse(&mounts))
}

fn parse(mounts: &str) -> Vec<PathBuf> {
    mounts
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ');
            let (place, kind) = (fields.nth(1)?, fields.next()?);
            (kind.starts_with("cgroup") && place.starts_with(ROOT)).then(|| PathBuf::from(place))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_of_cgroups_are_found() {
        let hybrid = "tmpfs /sys/fs/cgroup tmpfs rw 0 0\ncgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0\n\
                      cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\nproc /proc proc rw 0 0\n";
        assert_eq!(parse(hybrid), ["/sys/fs/cgroup/memory", "/sys/fs/cgroup/unified"].map(PathBuf::from));
        assert_eq!(parse("cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n"), [PathBuf::from(ROOT)]);
    }
}
