//! The local cluster, for real: what `down` leaves behind, also after an `up` that was killed, and what an `up` says over a
//! component that cannot start.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cluster;

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cluster::Cluster;

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Waits for what an `up` in the background is to make; fails if that ends before.
fn wait_for(what: &str, child: &mut Child, found: impl Fn() -> bool) {
    let started = Instant::now();
    while !found() {
        assert!(started.elapsed() < Duration::from_secs(240), "{what} did not appear");
        if let Some(status) = child.try_wait().unwrap() {
            assert!(found(), "`up` ended ({status}) before {what} appeared");
        }
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

fn in_the_background(command: &mut Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
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
        // With pods, shims, and all that belongs to them.
        "dns-proven",
    ] {
        let mut up = in_the_background(&mut cluster.xtask("up"));
        wait_for(made, &mut up, || cluster.state().join(made).exists());
        kill(up);
        if made == "dns-proven" {
            assert!(!cluster.owned().sockets.is_empty(), "no shim was there to leave a socket");
            assert!(cluster.traces(&cluster.owned()).len() > 10, "a running cluster has few traces");
        }
        cluster.goes();
    }
}

#[test]
fn a_second_up_starts_only_what_does_not_run_and_two_clusters_live_side_by_side() {
    let (one, two) = (Cluster("side-1"), Cluster("side-2"));
    one.run("up");
    two.run("up");
    let before: Vec<_> = ["etcd", "kubelet", "kube-scheduler"].map(|name| one.pid(name).unwrap()).into();
    one.end("kube-scheduler");
    one.run("up");
    let after: Vec<_> = ["etcd", "kubelet", "kube-scheduler"].map(|name| one.pid(name).unwrap()).into();
    assert_eq!(before.first(), after.first(), "etcd was started anew");
    assert_eq!(before.get(1), after.get(1), "the kubelet was started anew");
    assert_ne!(before.get(2), after.get(2), "the scheduler that was ended was not started anew");
    two.goes();
    let status = one.run("status");
    assert!(status.contains("kube-apiserver") && status.contains("Ready"), "{status}");
    let gone = two.fails("kubeconfig", &[]);
    assert!(gone.contains("there is no local cluster side-2: start it with"), "{gone}");
    one.goes();
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
    cluster.goes();
}
