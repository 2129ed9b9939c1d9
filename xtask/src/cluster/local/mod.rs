//! Provider `local`: a single-node Kubernetes of processes, in one network namespace, without Docker.
//!
//! [`site`] says where everything is, [`components`] what is started; this file is the order.

mod cgroup;
mod components;
mod dns;
mod health;
mod kernel;
mod network;
mod node_images;
mod pki;
mod requirements;
mod site;
mod teardown;
mod volumes;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use self::kernel::Kernel;
pub(crate) use self::requirements::missing;
pub(crate) use self::site::Site;
pub(crate) use self::teardown::down;
use super::kubectl::{self, Kubectl};
use crate::go_program::GoPackage;
use crate::head_start::HeadStart;
use crate::process::{self, Daemon};
use crate::progress::Progress;
use crate::{cache, image, packages, versions};

const API_READY: Duration = Duration::from_secs(120);
const POD_DONE: Duration = Duration::from_secs(120);

/// Starts the cluster, or what of it does not run, and waits until pods can find each other.
///
/// # Errors
/// Names the step and the component, with the end of its log.
pub(crate) fn up(name: &str, progress: &Progress) -> Result<Kubectl> {
    if let Some(reason) = missing() {
        bail!("a local cluster cannot run here. {reason}");
    }
    process::mark(name);
    let _lock = Site::lock(name)?;
    let program = kubernetes_package()?;
    let first = !program.is_built()?;
    if Site::existing(name)?.is_none() {
        requirements::check_disk(first)?;
    }
    let fetched = program.clone();
    let downloads =
        if first { HeadStart::of_first_build(move || fetched.fetch()) } else { HeadStart::none() };
    packages::install(packages::LOCAL_CLUSTER, progress)?;
    let distribution = HeadStart::of_keycloak()?;
    let kubernetes = progress.step("kubernetes", || {
        let built = program.build()?;
        Ok((
            built.path,
            format!("{} {}", versions::KUBERNETES, if built.cached { "(cached)" } else { "(built)" }),
        ))
    })?;
    downloads.finish(progress)?;
    distribution.finish(progress)?;
    let images = image::cluster_images(progress)?;
    let site = Site::claim(name)?;
    let kubectl = Kubectl::new(link_kubectl(&site, &kubernetes)?, site.kubeconfig());
    progress.step("components", || {
        let started = Instant::now();
        prepare(&site)?;
        start(&site, &kubernetes, &kubectl)?;
        Ok((
            (),
            format!(
                "API server ready after {:.1} s at {}",
                started.elapsed().as_secs_f64(),
                site.api_server()
            ),
        ))
    })?;
    progress.step("load", || {
        let said =
            node_images::load(&site, &images.iter().map(|image| image.path.clone()).collect::<Vec<_>>())?;
        Ok(((), said))
    })?;
    volumes::make(&site, &kubectl)?;
    progress.step("node", || health::wait_for_node(&site, &kubectl).map(|said| ((), said)))?;
    progress.step("dns", || wait_for_dns(&site, &kubectl).map(|said| ((), said)))?;
    // Of none is found out later that it ended meanwhile.
    process::check(&components::daemons(&site, ""))?;
    Ok(kubectl)
}

/// Prints what runs and whether the node is Ready.
///
/// # Errors
/// If the cluster is not there or part of it has ended.
#[expect(clippy::print_stdout, reason = "the command's result")]
pub(crate) fn status(name: &str) -> Result<()> {
    let site = existing(name)?;
    let mut ended = Vec::new();
    for component in components::NAMES {
        let daemon = Daemon::new(&site.state(), component);
        if let Some(pid) = daemon.pid() {
            println!("  {component:<24} running, pid {pid}");
        } else {
            println!("  {component:<24} not running");
            ended.push(daemon);
        }
    }
    if let Some(first) = ended.first() {
        bail!(
            "{} does not run; {}\nWhat does not run is started by `cargo xtask cluster up --name {name}`",
            first.name(),
            first.last_words()
        );
    }
    print!("{}", running(&site).run(&["get", "nodes,pods", "-A", "-o", "wide"])?);
    Ok(())
}

/// Loads image files into the node.
///
/// # Errors
/// If the cluster does not run or a file holds no image.
pub(crate) fn load(name: &str, files: &[PathBuf], progress: &Progress) -> Result<()> {
    let site = existing(name)?;
    progress.step("load", || node_images::load(&site, files).map(|said| ((), said)))
}

/// The path of its kubeconfig.
///
/// # Errors
/// If the cluster is not there.
pub(crate) fn kubeconfig(name: &str) -> Result<PathBuf> {
    Ok(existing(name)?.kubeconfig())
}

fn existing(name: &str) -> Result<Site> {
    Site::existing(name)?.with_context(|| {
        format!("there is no local cluster {name}: start it with `cargo xtask cluster up --name {name}`")
    })
}

/// kubectl for a cluster that is there.
fn running(site: &Site) -> Kubectl {
    Kubectl::new(site.state().join("bin/kubectl"), site.kubeconfig())
}

/// All Kubernetes programs in one binary.
fn kubernetes_package() -> Result<GoPackage> {
    let (major, minor) = versions::KUBERNETES.split_once('.').context("a version has a dot")?;
    let minor = minor.split('.').next().unwrap_or_default();
    let package = "k8s.io/component-base/version";
    let flags = format!(
        "-s -w -X {package}.gitVersion=v{} -X {package}.gitMajor={major} -X {package}.gitMinor={minor}",
        versions::KUBERNETES
    );
    GoPackage::read("kubernetes", &flags, image::Arch::native()?)
}

/// Before anything is built for a cluster beside another task: marks what this task starts, and looks whether the disk has room.
///
/// # Errors
/// If it has not.
pub(crate) fn prepare_build(name: &str) -> Result<()> {
    process::mark(name);
    let first = !kubernetes_package()?.is_built()?;
    if Site::existing(name)?.is_none() {
        requirements::check_disk(first)?;
    }
    Ok(())
}

/// Builds the program that [`up`] starts, unless it is built.
///
/// # Errors
/// If it does not build.
pub(crate) fn build() -> Result<()> {
    kubernetes_package()?.build().map(drop)
}

/// The binary is kubectl when it is called by that name.
fn link_kubectl(site: &Site, kubernetes: &Path) -> Result<PathBuf> {
    let link = site.state().join("bin/kubectl");
    if std::fs::read_link(&link).is_ok_and(|target| target == kubernetes) {
        return Ok(link);
    }
    cache::remove(&link)?;
    std::fs::create_dir_all(site.state().join("bin"))?;
    std::os::unix::fs::symlink(kubernetes, &link)
        .with_context(|| format!("cannot link {}", link.display()))?;
    Ok(link)
}

fn prepare(site: &Site) -> Result<()> {
    remember_kernel()?;
    network::up(site)?;
    network::write_cni(site)?;
    pki::make(site)?;
    cgroup::make(&site.scope())
}

/// Under the lock of all clusters, so that none that goes at this moment takes itself for the last one.
fn remember_kernel() -> Result<()> {
    let _lock = Site::lock_all()?;
    Kernel::of_this_machine().remember()
}

/// Starts what does not run, in order, and waits for the API server in between.
fn start(site: &Site, kubernetes: &Path, kubectl: &Kubectl) -> Result<()> {
    components::containerd(site)?.start(site, kubernetes)?;
    components::etcd(site).start(site, kubernetes)?;
    components::api_server(site)?.start(site, kubernetes)?;
    let first = ["containerd", "etcd", "kube-apiserver"].map(|name| Daemon::new(&site.state(), name));
    process::wait_until(API_READY, &first, || {
        kubectl.run(&["get", "--raw", "/readyz"]).context("the API server does not answer")
    })?;
    components::controller_manager(site).start(site, kubernetes)?;
    components::scheduler(site).start(site, kubernetes)?;
    components::kubelet(site)?.start(site, kubernetes)?;
    components::proxy(site)?.start(site, kubernetes)
}

/// Applies the DNS and proves it: a pod that asks for the API server's name.
fn wait_for_dns(site: &Site, kubectl: &Kubectl) -> Result<String> {
    let proven = site.state().join("dns-proven");
    if !proven.exists() {
        kubectl.apply(&dns::manifests(site))?;
    }
    let daemons = components::daemons(site, "kubelet");
    wait_for_coredns(&daemons, kubectl)?;
    if proven.exists() {
        return Ok("CoreDNS Ready".to_owned());
    }
    ask_from_a_pod(&daemons, kubectl)?;
    std::fs::write(proven, "")?;
    Ok(format!("CoreDNS {} Ready; a pod resolved the API server's name", versions::COREDNS))
}

/// Waits until CoreDNS answers.
fn wait_for_coredns(daemons: &[Daemon], kubectl: &Kubectl) -> Result<()> {
    process::wait_until(POD_DONE, daemons, || {
        let object = kubectl.json(&["-n", dns::NAMESPACE, "get", "deployment", dns::NAME])?;
        if kubectl::condition(&object, "Available") {
            return Ok(());
        }
        bail!("Deployment {}/{}: {}", dns::NAMESPACE, dns::NAME, kubectl::unmet(&object))
    })
    .map_err(|error| kubectl::with_pods(&error, kubectl, dns::NAMESPACE, &["--selector", dns::SELECTOR]))
}

fn ask_from_a_pod(daemons: &[Daemon], kubectl: &Kubectl) -> Result<()> {
    const POD: &str = "cloakroom-dns-check";
    let host = "kubernetes.default.svc.cluster.local";
    let delete =
        ["-n", dns::NAMESPACE, "delete", "pod", POD, "--ignore-not-found", "--grace-period=0", "--force"];
    kubectl.run(&delete)?;
    let manifest = serde_json::json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": { "name": POD, "namespace": dns::NAMESPACE },
        "spec": {
            "restartPolicy": "Never",
            "automountServiceAccountToken": false,
            "containers": [{
                "name": "ask",
                "image": image::postgresql::name(),
                "imagePullPolicy": "Never",
                // The service proxy may be a moment behind the pod.
                "command": ["sh", "-c", format!("for i in 1 2 3 4 5 6 7 8 9 10; do getent hosts {host} && exit; sleep 1; done; exit 1")],
            }],
        },
    });
    kubectl.apply(&manifest.to_string())?;
    // `default` may not be there yet: the API server makes the account for it a moment after the namespace.
    let answer = process::wait_until(POD_DONE, daemons, || {
        let pod = kubectl.json(&["-n", dns::NAMESPACE, "get", "pod", POD])?;
        match pod["status"]["phase"].as_str() {
            Some(phase @ ("Succeeded" | "Failed")) => Ok(phase == "Succeeded"),
            _ => bail!("test pod {}/{POD}: {}", dns::NAMESPACE, kubectl::unmet(&pod)),
        }
    })
    .map_err(|error| kubectl::with_pods(&error, kubectl, dns::NAMESPACE, &[POD]))?;
    if !answer {
        let error = anyhow!("a pod cannot resolve {host}");
        let error = kubectl::with_pods(&error, kubectl, dns::NAMESPACE, &[POD]);
        return Err(kubectl::with_pods(&error, kubectl, dns::NAMESPACE, &["--selector", dns::SELECTOR]));
    }
    kubectl.run(&delete)?;
    Ok(())
}
