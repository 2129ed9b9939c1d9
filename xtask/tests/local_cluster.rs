//! The local cluster, for real: what `down` leaves behind, also after an `up` that was killed.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A cluster that no other test uses.
struct Cluster(&'static str);

impl Cluster {
    fn xtask(&self, action: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["cluster", action, "--provider", "local", "--name", self.0]).stdin(Stdio::null());
        command
    }

    fn run(&self, action: &str) -> String {
        let done = self.xtask(action).output().unwrap();
        let said =
            String::from_utf8_lossy(&done.stderr).into_owned() + &String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "`cluster {action}` failed:\n{said}");
        said
    }

    /// Runs what has to fail.
    fn fails(&self, action: &str, rest: &[&Path]) -> String {
        let done = self.xtask(action).args(rest).output().unwrap();
        let said =
            String::from_utf8_lossy(&done.stderr).into_owned() + &String::from_utf8_lossy(&done.stdout);
        assert!(!done.status.success(), "`cluster {action}` did not fail:\n{said}");
        said
    }

    fn end(&self, component: &str) {
        let pid = self.pid(component).unwrap();
        assert!(Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
    }

    fn state(&self) -> PathBuf {
        Path::new("/var/lib/cloakroom").join(self.0)
    }

    fn pid(&self, component: &str) -> Option<String> {
        let text = fs::read_to_string(self.state().join(format!("run/{component}.pid"))).ok()?;
        text.split_whitespace().next().map(str::to_owned)
    }

    /// Everything on this machine that bears the cluster's name, found without xtask.
    fn traces(&self) -> Vec<String> {
        let mut traces = Vec::new();
        let mut add = |what: &str, found: bool| {
            if found {
                traces.push(what.to_owned());
            }
        };
        let scope = format!("cloakroom-{}", self.0);
        let state = format!("/var/lib/cloakroom/{}", self.0);
        let runtime = format!("/run/cloakroom/{}", self.0);
        for path in [&state, &runtime, &format!("/run/netns/{scope}")] {
            add(path, Path::new(path).exists());
        }
        let mounts = fs::read_to_string("/proc/self/mounts").unwrap();
        let below = |place: &str, folder: &str| place == folder || place.starts_with(&format!("{folder}/"));
        for line in mounts.lines() {
            let place = line.split(' ').nth(1).unwrap_or_default();
            add(&format!("mount {place}"), below(place, &state) || below(place, &runtime));
            if line.contains(" cgroup") {
                let group = Path::new(place).join(&scope);
                add(&format!("cgroup {}", group.display()), group.exists());
            }
        }
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let command = String::from_utf8_lossy(&command).replace('\0', " ");
            add(
                &format!("process {command}"),
                command.contains(&format!("{state}/")) || command.contains(&format!("{runtime}/")),
            );
        }
        traces
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // After a failed assertion; a test that passed has nothing left to remove.
        let _ = self.xtask("down").output();
    }
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Waits for what an `up` in the background is to make; fails if that ends before.
fn wait_for(path: &Path, child: &mut Child) {
    let started = Instant::now();
    while !path.exists() {
        assert!(started.elapsed() < Duration::from_secs(240), "{} did not appear", path.display());
        if let Some(status) = child.try_wait().unwrap() {
            assert!(path.exists(), "`up` ended ({status}) before {} appeared", path.display());
        }
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

#[test]
fn down_leaves_nothing_after_an_up_that_was_killed_at_any_step() {
    let cluster = Cluster("killed");
    for made in [
        "index",
        "pki/ca.crt",
        "run/containerd.pid",
        "run/kube-apiserver.pid",
        "run/kube-proxy.pid",
        "loaded",
    ] {
        let mut up = cluster.xtask("up").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        wait_for(&cluster.state().join(made), &mut up);
        kill(up);
        let said = cluster.run("down");
        assert!(said.contains("left: no process"), "{said}");
        assert_eq!(cluster.traces(), Vec::<String>::new(), "left after a kill at {made}");
    }
}

#[test]
fn a_second_up_starts_only_what_does_not_run_and_two_clusters_live_side_by_side() {
    let (one, two) = (Cluster("side-1"), Cluster("side-2"));
    one.run("up");
    two.run("up");
    let before: Vec<_> = ["etcd", "kubelet", "kube-scheduler"].map(|name| one.pid(name).unwrap()).into();
    let scheduler = one.pid("kube-scheduler").unwrap();
    assert!(Command::new("kill").args(["-KILL", &scheduler]).status().unwrap().success());
    one.run("up");
    let after: Vec<_> = ["etcd", "kubelet", "kube-scheduler"].map(|name| one.pid(name).unwrap()).into();
    assert_eq!(before.first(), after.first(), "etcd was started anew");
    assert_eq!(before.get(1), after.get(1), "the kubelet was started anew");
    assert_ne!(before.get(2), after.get(2), "the scheduler that was ended was not started anew");
    two.run("down");
    assert_eq!(two.traces(), Vec::<String>::new());
    let status = one.run("status");
    assert!(status.contains("kube-apiserver") && status.contains("Ready"), "{status}");
    one.run("down");
    assert_eq!(one.traces(), Vec::<String>::new());
}

#[test]
fn a_component_that_cannot_start_is_named_with_the_end_of_its_log_although_the_node_still_reads_as_ready() {
    let cluster = Cluster("broken");
    cluster.run("up");
    // What it logs in with is made once and read when it starts.
    let login = cluster.state().join("pki/scheduler.kubeconfig");
    let good = fs::read(&login).unwrap();
    fs::write(&login, "no kubeconfig").unwrap();
    cluster.end("kube-scheduler");
    let said = cluster.fails("up", &[]);
    let begin = "kube-scheduler ended; the end of /var/lib/cloakroom/broken/log/kube-scheduler.log:\n    ";
    assert!(said.contains(begin), "{said}");
    assert!(said.contains("scheduler.kubeconfig"), "its log is not shown:\n{said}");
    fs::write(&login, good).unwrap();
    cluster.run("up");

    cluster.end("containerd");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("image.tar");
    fs::write(&file, "").unwrap();
    let said = cluster.fails("load", &[&file]);
    assert!(said.contains("the node of cluster broken takes no images"), "{said}");
    assert!(
        said.contains("containerd ended; the end of /var/lib/cloakroom/broken/log/containerd.log:\n"),
        "{said}"
    );
    cluster.run("down");
    assert_eq!(cluster.traces(), Vec::<String>::new());
}
