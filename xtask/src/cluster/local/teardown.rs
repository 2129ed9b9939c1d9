//! Taking a local cluster down: all of it, also what a killed `up` left half made.
//!
//! Nothing is found by a program's name. A process is ours if its pid file says so, if it carries our
//! mark in its environment, if it is in the cluster's network namespace, or in its cgroup.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Result, bail};

use super::kernel::Kernel;
use super::site::{Site, scope};
use super::{cgroup, network};
use crate::process::{self, Daemon};
use crate::{cache, progress::Progress};

/// Where the kubelet keeps links to pods' logs; the path is fixed in it.
const CONTAINER_LOGS: &str = "/var/log/containers";
/// Where the kubelet listens for device plugins; fixed in it.
const DEVICE_PLUGINS_SOCKET: &str = "/var/lib/kubelet/device-plugins/kubelet.sock";
/// Where libcni remembers the results of its plugins; fixed in containerd.
const CNI_RESULTS: &str = "/var/lib/cni/results";

/// Takes the cluster down and checks that nothing is left.
///
/// # Errors
/// Lists what could not be removed.
pub(crate) fn down(name: &str) -> Result<()> {
    if !process::is_root() {
        bail!(
            "taking a local cluster down needs root: put `sudo env \"PATH=$PATH\" \"HOME=$HOME\"` before the command"
        );
    }
    let progress = Progress::start();
    let _lock = Site::lock(name)?;
    let site = Site::existing(name)?;
    // Before shims end, and after the kubelet can start no more of them.
    let mut sockets = shim_sockets(name);
    if let Some(site) = &site {
        progress.step("components", || {
            stop(site);
            Ok(((), "stopped".to_owned()))
        })?;
    }
    sockets.extend(shim_sockets(name));
    progress.step("remove", || remove(name, site.as_ref(), &sockets).map(|said| ((), said)))?;
    let machine = remove_shared()?;
    let mut left = left_behind(name, &sockets);
    left.extend(machine.left);
    if !left.is_empty() {
        bail!("cluster {name} is down, but {}", this_is_left(name, &left));
    }
    if site.is_none() {
        progress.note(&format!("there was no cluster {name}; only what a broken one leaves was looked for"));
    }
    progress.note("left: no process, mount, network namespace, interface, route, cgroup, socket or file");
    progress.note(&machine.settings);
    Ok(())
}

fn this_is_left(name: &str, left: &[String]) -> String {
    format!("this is left; try `cargo xtask cluster down --name {name}` once more:\n  {}", left.join("\n  "))
}

/// Stops containers and components in the opposite order of their start.
fn stop(site: &Site) {
    let daemon = |name: &str| Daemon::new(&site.state(), name);
    for name in ["kubelet", "kube-proxy", "kube-scheduler", "kube-controller-manager"] {
        daemon(name).stop(Duration::from_secs(5));
    }
    if daemon("containerd").running() {
        delete_containers(site);
    }
    daemon("containerd").stop(Duration::from_secs(10));
    // The API server drains its watches and lets go of etcd by itself.
    daemon("kube-apiserver").stop(Duration::from_secs(20));
    daemon("etcd").stop(Duration::from_secs(10));
}

/// Ends all containers through containerd, so that shims end by themselves.
fn delete_containers(site: &Site) {
    let ctr = |args: &[&str]| {
        Command::new("ctr")
            .args(["--address", &site.containerd_socket(), "--namespace", "k8s.io", "--timeout", "10s"])
            .args(args)
            .stdin(Stdio::null())
            .output()
            .map(|done| String::from_utf8_lossy(&done.stdout).into_owned())
            .unwrap_or_default()
    };
    let tasks = ctr(&["tasks", "list", "--quiet"]);
    let tasks: Vec<&str> = tasks.split_whitespace().collect();
    for task in &tasks {
        // One that has ended meanwhile is as good as one that is ended here.
        ctr(&["tasks", "kill", "--signal", "SIGKILL", task]);
    }
    if !tasks.is_empty() {
        ctr(&[["tasks", "delete", "--force"].as_slice(), &tasks].concat());
    }
    let containers = ctr(&["containers", "list", "--quiet"]);
    let containers: Vec<&str> = containers.split_whitespace().collect();
    if !containers.is_empty() {
        ctr(&[["containers", "delete"].as_slice(), &containers].concat());
    }
}

/// Ends every process that is left and removes mounts, namespaces, cgroups and files.
///
/// # Errors
/// If something cannot be removed. The cluster's number is given up last, and not while anything is left that only the number
/// finds: interface and routes, or processes in the network namespace.
fn remove(name: &str, site: Option<&Site>, sockets: &[PathBuf]) -> Result<String> {
    let processes = processes(name);
    process::end(&processes, Duration::from_secs(5));
    // What one of them started before it ended.
    for _ in 0..3 {
        process::end(&self::processes(name), Duration::from_secs(5));
    }
    let mut left = left_running(name);
    let mounts = unmount(name);
    if let Some(site) = site {
        network::down(site)?;
        left.extend(network::left(site)?);
    }
    cgroup::remove(&scope(name));
    if !left.is_empty() {
        bail!("cluster {name} cannot go: {}", this_is_left(name, &left));
    }
    for file in traces(name).iter().chain(sockets) {
        cache::remove(file)?;
    }
    for folder in directories(name) {
        cache::remove(&folder)?;
    }
    Ok(format!("{} processes left to end, {mounts} mounts", processes.len()))
}

/// What became of what clusters share.
struct Machine {
    /// What of it could not be removed or put back.
    left: Vec<String>,
    /// What became of the settings of the kernel, in words.
    settings: String,
}

/// Removes what clusters share, if this was the last one. Nothing is removed that is not empty.
fn remove_shared() -> Result<Machine> {
    // None comes while this one finds itself to be the last.
    let _lock = Site::lock_all()?;
    let kernel = Kernel::of_this_machine();
    let others = Site::all();
    if !others.is_empty() {
        let settings = format!(
            "kernel settings are those of a kubelet until the last cluster goes: {}",
            others.join(", ")
        );
        return Ok(Machine { left: Vec::new(), settings });
    }
    let settings = if kernel.is_remembered() {
        "kernel settings are as they were before the first cluster"
    } else {
        "no cluster had changed kernel settings"
    };
    let left = kernel.restore();
    for parent in ["/var/lib/cloakroom", "/run/cloakroom", "/run/containerd/s", "/run/containerd"] {
        let _ = fs::remove_dir(parent);
    }
    let _ = fs::remove_file(DEVICE_PLUGINS_SOCKET);
    for path in [DEVICE_PLUGINS_SOCKET, CONTAINER_LOGS, CNI_RESULTS].map(Path::new) {
        for folder in path.ancestors().take_while(|folder| folder.components().count() > 3) {
            let _ = fs::remove_dir(folder);
        }
    }
    Ok(Machine { left, settings: settings.to_owned() })
}

/// All processes of the cluster, however it was interrupted.
fn processes(name: &str) -> Vec<u32> {
    let scope = scope(name);
    let mut pids = process::of_task(name);
    pids.extend(in_network(&scope));
    pids.extend(cgroup::processes(&scope));
    pids.sort_unstable();
    pids.dedup();
    pids
}

/// Processes in the cluster's network namespace.
fn in_network(scope: &str) -> Vec<u32> {
    let Ok(namespace) = fs::metadata(Path::new("/run/netns").join(scope)) else { return Vec::new() };
    process::all()
        .filter(|pid| {
            fs::metadata(format!("/proc/{pid}/ns/net"))
                .is_ok_and(|own| (own.dev(), own.ino()) == (namespace.dev(), namespace.ino()))
        })
        .collect()
}

/// Unmounts what is below the cluster's directories, the innermost first. Says how many.
fn unmount(name: &str) -> usize {
    let mounts = mounts(name);
    for place in mounts.iter().rev() {
        let umount = |args: &[&str]| {
            Command::new("umount")
                .args(args)
                .arg(place)
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|end| end.success())
        };
        // One that is still busy goes when its last user does.
        let _ = umount(&[]) || umount(&["--lazy"]);
    }
    mounts.len()
}

/// Mounts below the cluster's directories, in the order in which they were made.
fn mounts(name: &str) -> Vec<PathBuf> {
    let folders = directories(name);
    fs::read_to_string("/proc/self/mounts")
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split(' ').nth(1))
        .map(PathBuf::from)
        .filter(|place| folders.iter().any(|folder| place.starts_with(folder)))
        .collect()
}

/// The cluster's own directories, its network namespace apart.
fn directories(name: &str) -> [PathBuf; 2] {
    [Path::new("/var/lib/cloakroom").join(name), Path::new("/run/cloakroom").join(name)]
}

/// Files outside those directories that programs leave at places fixed in them.
fn traces(name: &str) -> Vec<PathBuf> {
    let [state, _] = directories(name);
    let logs = entries(CONTAINER_LOGS)
        .into_iter()
        .filter(|link| fs::read_link(link).is_ok_and(|target| target.starts_with(&state)));
    let results = entries(CNI_RESULTS)
        .into_iter()
        .filter(|file| fs::read_to_string(file).is_ok_and(|result| is_result_of(&result, name)));
    logs.chain(results).collect()
}

/// Whether what libcni remembers is of a pod of this cluster. It names the CNI network, which is the cluster's own or, for a
/// pod's loopback, one of containerd's that every cluster has; then the pod's network namespace tells. The file's name does not:
/// it begins with the network's, and so do those of a cluster whose name begins with this one's.
fn is_result_of(result: &str, name: &str) -> bool {
    let network = format!("\"networkName\":\"{}\"", scope(name));
    let namespace = format!("\"sandbox\":\"/run/cloakroom/{name}/");
    result.contains(&network) || result.contains(&namespace)
}

/// Sockets of containerd's shims, which a shim that was killed leaves; each bundle names its own.
fn shim_sockets(name: &str) -> Vec<PathBuf> {
    let bundles =
        Path::new("/run/cloakroom").join(name).join("containerd/io.containerd.runtime.v2.task/k8s.io");
    entries(&bundles.to_string_lossy())
        .into_iter()
        .filter_map(|bundle| fs::read_to_string(bundle.join("address")).ok())
        .filter_map(|address| address.trim().strip_prefix("unix://").map(PathBuf::from))
        .filter(|socket| socket.exists())
        .collect()
}

fn entries(folder: &str) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect()
}

/// The processes of the cluster, in words. A zombie is none: it waits for whoever started it, and does nothing.
fn left_running(name: &str) -> Vec<String> {
    let said = |pid: &u32| {
        let command = fs::read(format!("/proc/{pid}/cmdline")).ok().filter(|command| !command.is_empty())?;
        Some(format!("process {pid}: {}", String::from_utf8_lossy(&command).replace('\0', " ")))
    };
    processes(name).iter().filter_map(said).collect()
}

/// What is still there and bears the cluster's name, in words.
fn left_behind(name: &str, sockets: &[PathBuf]) -> Vec<String> {
    let scope = scope(name);
    let mut left = left_running(name);
    left.extend(mounts(name).iter().map(|place| format!("mount {}", place.display())));
    left.extend(cgroup::groups(&scope).iter().map(|group| format!("cgroup {}", group.display())));
    let mut paths = vec![Path::new("/run/netns").join(&scope)];
    paths.extend(directories(name));
    paths.extend(traces(name));
    paths.extend(sockets.iter().cloned());
    // Not `exists`, for which a link into what is gone is not there.
    let there = paths.into_iter().filter(|path| path.symlink_metadata().is_ok());
    left.extend(there.map(|path| path.display().to_string()));
    left
}

#[cfg(test)]
mod tests {
    use super::is_result_of;

    #[test]
    fn what_libcni_remembers_is_told_apart_by_network_and_namespace() {
        let own =
            r#"{"kind":"cniCacheV1","networkName":"cloakroom-a","result":{"interfaces":[{"name":"eth0"}]}}"#;
        let loopback = r#"{"networkName":"cni-loopback","result":{"interfaces":[{"name":"lo","sandbox":"/run/cloakroom/a/containerd/netns/cni-1"}]}}"#;
        for result in [own, loopback] {
            assert!(is_result_of(result, "a"), "{result}");
            assert!(
                !is_result_of(&result.replace("cloakroom-a", "cloakroom-a-b").replace("/a/", "/a-b/"), "a"),
                "{result}"
            );
        }
        assert!(!is_result_of("", "a"));
    }
}
