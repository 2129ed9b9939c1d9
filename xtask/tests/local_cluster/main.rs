//! The local cluster, for real: what `down` leaves behind, also after an `up` that was killed, and what an `up` says over a
//! component that cannot start.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cluster;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cluster::{Cluster, entries, running, said};

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
#[ignore = "`cargo xtask test` runs it beside the other tests"]
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
#[ignore = "`cargo xtask test` runs it beside the other tests"]
fn a_build_that_is_killed_leaves_no_process_and_nothing_that_is_taken_for_built() {
    let cluster = Cluster("building");
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("cache");
    let usual = cache();
    link_all_but("pause", &usual, &own);
    let here = folder.path().display().to_string();
    let at_work = || {
        let commands = running().into_iter().map(|process| process.command);
        commands.filter(|command| command.contains(&here)).collect::<Vec<_>>()
    };
    let compiles = || at_work().iter().any(|command| command.contains("/compile "));
    for _ in 0..2 {
        let mut up = cluster.xtask("up");
        // Go begins with its standard library: long enough to be killed in the middle.
        up.env("CLOAKROOM_CACHE", &own).env("GOCACHE", folder.path().join("go"));
        let mut up = in_the_background(&mut up);
        wait_for("a compiler at work", &mut up, compiles);
        kill(up);
        assert_eq!(
            begin_with("pause", &own.join("go")),
            Vec::<String>::new(),
            "half a program has the name of a whole one"
        );
        // As a linker leaves it. Were it taken for a program, the second `up` would compile nothing.
        let lock = begin_with(".pause", &own.join("go"))
            .into_iter()
            .find_map(|name| Some(name.strip_suffix(".lock")?.to_owned()));
        fs::write(own.join("go").join(format!("{}.unfinished", lock.unwrap())), "half a program").unwrap();
        cluster.goes();
        assert_eq!(at_work(), Vec::<String>::new(), "builds on after `down`");
    }
    let mut image = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let made = image.args(["image", "pause"]).env("CLOAKROOM_CACHE", &own).output().unwrap();
    assert!(made.status.success(), "{}", said(&made));
    let programs = begin_with("pause", &own.join("go"));
    let [program] = programs.as_slice() else { panic!("not one program: {programs:?}") };
    let undisturbed = fs::read(usual.join("go").join(program)).unwrap();
    assert!(
        fs::read(own.join("go").join(program)).unwrap() == undisturbed,
        "not what an undisturbed build makes"
    );
    let left: Vec<String> =
        ["go", "images"].iter().flat_map(|part| begin_with(".pause", &own.join(part))).collect();
    assert!(
        left.iter().all(|name| Path::new(name).extension().is_some_and(|end| end == "lock")),
        "left in the cache: {left:?}"
    );
}

#[test]
#[ignore = "`cargo xtask test` runs it beside the other tests"]
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
#[ignore = "`cargo xtask test` runs it beside the other tests"]
fn images_are_loaded_into_the_node_and_the_kubeconfig_is_that_of_the_cluster() {
    const PAUSE: &str = "registry.k8s.io/pause:";
    let cluster = Cluster("loaded");
    cluster.run("up");

    let printed = cluster.xtask("kubeconfig").output().unwrap();
    let kubeconfig = PathBuf::from(String::from_utf8(printed.stdout).unwrap().trim_end());
    assert_eq!(kubeconfig, cluster.state().join("kubeconfig"));
    let mut kubectl = Command::new(cluster.state().join("bin/kubectl"));
    kubectl
        .arg("--kubeconfig")
        .arg(&kubeconfig)
        .arg("--cache-dir")
        .arg(cluster.state().join("kubectl-cache"));
    let nodes = said(&kubectl.args(["get", "nodes", "-o", "name"]).output().unwrap());
    assert_eq!(nodes.trim(), "node/loaded");

    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["image", "pause", "--output"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", said(&made));
    let file = entries(folder.path()).pop().unwrap();
    let images = cluster.images();
    let name = images.lines().find(|name| name.starts_with(PAUSE)).unwrap();
    assert!(cluster.ctr(&["images", "remove", name]).status.success());
    assert!(!cluster.images().contains(PAUSE), "{}", cluster.images());
    let first = cluster.run_with("load", &[&file]);
    assert!(first.contains("1 of 1 images imported"), "{first}");
    assert!(cluster.images().contains(name), "{}", cluster.images());
    let again = cluster.run_with("load", &[&file]);
    assert!(again.contains("0 of 1 images imported"), "{again}");

    let no_image = folder.path().join("words.tar");
    fs::write(&no_image, "no image").unwrap();
    let refused = cluster.fails("load", &[&no_image]);
    assert!(refused.contains("words.tar into the node of cluster loaded"), "{refused}");
    let missing = cluster.fails("load", &[&folder.path().join("missing.tar")]);
    assert!(missing.contains("cannot read the image file"), "{missing}");
    cluster.goes();
}

#[test]
#[ignore = "`cargo xtask test` runs it beside the other tests"]
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

/// Where everything is that was built before.
fn cache() -> PathBuf {
    let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    var("CLOAKROOM_CACHE")
        .or_else(|| Some(var("XDG_CACHE_HOME")?.join("cloakroom")))
        .or_else(|| Some(std::env::home_dir()?.join(".cache/cloakroom")))
        .unwrap()
}

/// Makes `own` a cache that has everything of `usual` but what is made for `program`.
fn link_all_but(program: &str, usual: &Path, own: &Path) {
    for part in ["go", "images"] {
        fs::create_dir_all(own.join(part)).unwrap();
        let left_out = begin_with(program, &usual.join(part));
        assert!(!left_out.is_empty(), "{} holds no {program}: `cargo xtask test` builds it", usual.display());
        for name in begin_with("", &usual.join(part)) {
            if !name.starts_with('.') && !left_out.contains(&name) {
                std::os::unix::fs::symlink(usual.join(part).join(&name), own.join(part).join(&name)).unwrap();
            }
        }
    }
}

/// Names in a directory that begin so.
fn begin_with(begin: &str, folder: &Path) -> Vec<String> {
    let names = entries(folder).into_iter().map(|entry| name_of(&entry));
    names.filter(|name| name.starts_with(begin)).collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
