//! The Debian packages that tasks need: installed where that can be done, else named with what to type.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::progress::Progress;
use crate::{cache, process};

/// Something that must be on the machine.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Needed {
    what: What,
    /// The Debian package that has it.
    package: &'static str,
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    /// A program on PATH.
    Program(&'static str),
    /// A file at a fixed place.
    File(&'static str),
    /// A file that only Debian and what is made from it have; elsewhere nothing asks for it.
    DebianFile(&'static str),
}

const fn program(name: &'static str, package: &'static str) -> Needed {
    Needed { what: What::Program(name), package }
}

/// Where Debian's CNI plugins are.
pub(crate) const CNI_PLUGINS: &str = "/usr/lib/cni";

/// For images that are made of Debian packages.
pub(crate) const DEBIAN_IMAGES: &[Needed] = &[
    program("debootstrap", "debootstrap"),
    program("unshare", "util-linux"),
    program("setpriv", "util-linux"),
    // Without it debootstrap on another distribution cannot tell whether packages are Debian's own.
    Needed {
        what: What::DebianFile("/usr/share/keyrings/debian-archive-keyring.gpg"),
        package: "debian-archive-keyring",
    },
];

/// For the distribution of Keycloak.
pub(crate) const KEYCLOAK: &[Needed] = &[program("java", "default-jre-headless"), program("mvn", "maven")];

/// For a local cluster, its images and the tests.
pub(crate) const LOCAL_CLUSTER: &[Needed] = &[
    program("containerd", "containerd"),
    program("ctr", "containerd"),
    program("runc", "runc"),
    program("iptables", "iptables"),
    program("conntrack", "conntrack"),
    program("ethtool", "ethtool"),
    program("socat", "socat"),
    program("ip", "iproute2"),
    program("nsenter", "util-linux"),
    program("setsid", "util-linux"),
    program("setpriv", "util-linux"),
    program("openssl", "openssl"),
    program("kill", "procps"),
    program("git", "git"),
    Needed { what: What::File("/usr/lib/cni/ptp"), package: "containernetworking-plugins" },
    program("debootstrap", "debootstrap"),
    Needed {
        what: What::DebianFile("/usr/share/keyrings/debian-archive-keyring.gpg"),
        package: "debian-archive-keyring",
    },
    program("java", "default-jre-headless"),
    program("mvn", "maven"),
];

/// Installs what is missing. A machine that has everything is not touched, and needs neither root nor apt.
///
/// # Errors
/// If something is missing and cannot be installed: it names the packages and what to type.
pub(crate) fn install(needed: &[Needed], progress: &Progress) -> Result<()> {
    let has_apt = process::installed("apt-get");
    let missing = missing(needed, has_apt, process::installed, |file| Path::new(file).is_file());
    if missing.is_empty() {
        return Ok(());
    }
    installable(&missing, has_apt, process::is_root())?;
    progress.step("packages", || {
        let apt = || {
            let mut command = Command::new("apt-get");
            command.env("DEBIAN_FRONTEND", "noninteractive");
            // A fresh machine may just be updating itself.
            command.args(["-o", "DPkg::Lock::Timeout=300"]);
            command
        };
        let log = cache::directory()?.join("log/packages.log");
        process::logged_to_its_end(apt().args(["update", "-q"]), &log)?;
        let install = ["install", "-qy", "--no-install-recommends"];
        process::logged_to_its_end(apt().args(install).args(&missing), &log)?;
        Ok(((), format!("installed {}", missing.join(" "))))
    })
}

/// The packages of what is not there, each once.
fn missing(
    needed: &[Needed],
    has_apt: bool,
    installed: impl Fn(&str) -> bool,
    exists: impl Fn(&str) -> bool,
) -> Vec<&'static str> {
    let mut missing = Vec::new();
    for Needed { what, package } in needed {
        let is_there = match what {
            What::Program(name) => installed(name),
            What::File(file) => exists(file),
            What::DebianFile(file) => !has_apt || exists(file),
        };
        if !is_there && !missing.contains(package) {
            missing.push(*package);
        }
    }
    missing
}

/// Whether missing packages can be installed from here; if not, what a person has to do.
fn installable(missing: &[&str], has_apt: bool, root: bool) -> Result<()> {
    let names = missing.join(" ");
    if !has_apt {
        bail!(
            "missing, by their names in Debian: {names}. This machine has no apt-get: install them by its own means \
             and run this again"
        );
    }
    if !root {
        bail!(
            "missing: {names}. Type `sudo apt-get install --no-install-recommends {names}` and run this again"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_missing_once_however_many_of_its_programs_are() {
        let there = |program: &str| !matches!(program, "containerd" | "ctr" | "mvn");
        assert_eq!(missing(LOCAL_CLUSTER, true, there, |_| true), ["containerd", "maven"]);
        assert_eq!(
            missing(LOCAL_CLUSTER, true, |_| true, |_| false),
            ["containernetworking-plugins", "debian-archive-keyring"]
        );
        assert_eq!(missing(DEBIAN_IMAGES, false, |_| true, |_| false), Vec::<&str>::new());
    }

    #[test]
    fn a_local_cluster_has_all_that_its_images_need() {
        for image in DEBIAN_IMAGES.iter().chain(KEYCLOAK).filter(|image| image.package != "util-linux") {
            assert!(LOCAL_CLUSTER.contains(image), "{image:?}");
        }
    }

    #[test]
    fn what_cannot_be_installed_is_named_with_what_to_type() {
        let said = |has_apt, root| {
            installable(&["debootstrap", "maven"], has_apt, root).map_err(|error| error.to_string())
        };
        insta::assert_snapshot!(said(false, true).unwrap_err(), @"missing, by their names in Debian: debootstrap maven. This machine has no apt-get: install them by its own means and run this again");
        insta::assert_snapshot!(said(true, false).unwrap_err(), @"missing: debootstrap maven. Type `sudo apt-get install --no-install-recommends debootstrap maven` and run this again");
        assert_eq!(said(true, true), Ok(()));
    }
}
