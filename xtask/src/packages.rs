//! The Debian packages that a local cluster needs.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// A program and the Debian package that has it.
const NEEDED: &[(&str, &str)] = &[
    ("containerd", "containerd"),
    ("ctr", "containerd"),
    ("runc", "runc"),
    ("iptables", "iptables"),
    ("conntrack", "conntrack"),
    ("ethtool", "ethtool"),
    ("socat", "socat"),
    ("debootstrap", "debootstrap"),
    ("ip", "iproute2"),
    ("nsenter", "util-linux"),
    ("setsid", "util-linux"),
    ("openssl", "openssl"),
    ("kill", "procps"),
    ("git", "git"),
    ("java", "default-jre-headless"),
    ("mvn", "maven"),
];
/// Where Debian's CNI plugins are.
pub(crate) const CNI_PLUGINS: &str = "/usr/lib/cni";

/// Installs what is missing for a local cluster, its images and the tests. Says what was installed.
///
/// # Errors
/// If something is missing and cannot be installed: it names the packages and what to do.
pub(crate) fn install() -> Result<String> {
    let mut missing: Vec<&str> = NEEDED
        .iter()
        .filter(|(program, _)| !process::installed(program))
        .map(|(_, package)| *package)
        .collect();
    if !std::path::Path::new(CNI_PLUGINS).join("ptp").is_file() {
        missing.push("containernetworking-plugins");
    }
    missing.dedup();
    if missing.is_empty() {
        return Ok("all there".to_owned());
    }
    let names = missing.join(" ");
    if !process::installed("apt-get") {
        bail!(
            "missing: {names}. This is no Debian: install them by the machine's own means and run this again"
        );
    }
    if !process::is_root() {
        bail!(
            "missing: {names}. Run this as root, or `apt-get install --no-install-recommends {names}` first"
        );
    }
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    // A fresh machine may just be updating itself.
    let patient = ["-o", "DPkg::Lock::Timeout=300"];
    process::output(apt().args(patient).args(["update", "-q"]))?;
    process::output(apt().args(patient).args(["install", "-qy", "--no-install-recommends"]).args(&missing))?;
    Ok(format!("installed {names}"))
}

/// Names the toolchains that nothing here can install.
///
/// # Errors
/// If one is missing: it says which and why it is needed.
pub(crate) fn toolchains() -> Result<()> {
    if !process::installed("go") {
        bail!(
            "Go is missing: install Go 1.24 or newer and put `go` on PATH. It builds Kubernetes and CoreDNS"
        );
    }
    Ok(())
}
