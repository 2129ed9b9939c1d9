//! Layers of Debian packages: a minimal root file system by debootstrap, and packages on top of it.
//!
//! Everything that runs as root in the new file system does so in mount and process namespaces that
//! end with the task, also when it is killed: nothing can stay mounted or running.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::layer::{Compression, Layer};
use super::tree::{MODIFIED, Ownership, Tree};
use super::{Arch, FORMAT};
use crate::progress::Progress;
use crate::versions::DEBIAN;
use crate::{cache, packages, process};

const ENTER: &str = include_str!("../../local-cluster/debian/enter.sh");
const INSTALL: &str = include_str!("../../local-cluster/debian/install.sh");

/// Names the mirror to use where apt is set up for another release or another distribution.
const MIRROR_VARIABLE: &str = "CLOAKROOM_DEBIAN_MIRROR";
/// Where most distributions keep the certificates they trust.
const CERTIFICATES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// A layer of Debian packages.
pub(super) struct DebianLayer<'a> {
    /// Its name in the cache.
    pub(super) name: &'a str,
    /// What to install; what these need comes with them, what they recommend does not.
    pub(super) packages: &'a [&'a str],
    /// Shell commands before the installation.
    pub(super) prepare: &'a str,
    /// Shell commands after it.
    pub(super) finish: &'a str,
}

impl DebianLayer<'_> {
    /// Stands for all that decides what is in the layer, except what the mirror holds that day.
    pub(super) fn key(&self) -> Result<String> {
        let packages = self.packages.join(" ");
        let parts =
            [DEBIAN, Arch::native()?.name(), INSTALL, ENTER, packages.as_str(), self.prepare, self.finish];
        let mut bytes: Vec<&[u8]> = vec![FORMAT];
        bytes.extend(parts.iter().map(|part| part.as_bytes()));
        Ok(cache::key(&bytes))
    }

    /// The layer, made now or before.
    ///
    /// # Errors
    /// Without root, debootstrap or a mirror; or if a package cannot be installed.
    pub(super) fn layer(&self, progress: &Progress) -> Result<Layer> {
        let folder =
            cache::directory()?.join("debian").join(format!("{DEBIAN}-{}-{}", self.name, self.key()?));
        if !folder.exists() {
            let minimal = minimal(progress)?;
            progress.step("Debian", || {
                cache::once(&folder, |unfinished| self.make(&minimal, unfinished))?;
                Ok(((), self.packages.join(", ")))
            })?;
        }
        Layer::open(&folder)
    }

    fn make(&self, minimal: &Path, unfinished: &Path) -> Result<()> {
        let root = unfinished.join("root");
        fs::create_dir_all(unfinished)?;
        process::output(process::tied("cp").args(["--archive", "--reflink=auto"]).arg(minimal).arg(&root))?;
        self.install(&root)?;
        let mut tree = Tree::new();
        tree.copy(&root, "", Ownership::Keep)?;
        Layer::keep(&tree, Compression::None, unfinished)?;
        cache::remove(&root)
    }

    fn install(&self, root: &Path) -> Result<()> {
        let build = root.join("run/build");
        fs::create_dir_all(&build)?;
        let sources = Sources::found()?;
        let own = fs::read_to_string(root.join("etc/apt/sources.list")).unwrap_or_default();
        let write = |name: &str, text: &str| {
            fs::write(build.join(name), text)
                .with_context(|| format!("cannot write {name} for the installation"))
        };
        write("sources.list", &sources.list(&own))?;
        write("apt.conf", &apt_settings(&proxies()?))?;
        write("install.sh", INSTALL)?;
        write("prepare.sh", self.prepare)?;
        write("finish.sh", self.finish)?;
        fs::write(build.join("enter.sh"), ENTER)?;
        // Names are looked up as on this machine; a mirror may speak TLS before ca-certificates is there.
        let _ = fs::copy("/etc/resolv.conf", root.join("etc/resolv.conf"));
        let _ = fs::copy(CERTIFICATES, build.join("ca-certificates.crt"));
        let mut enter = isolated("/bin/sh");
        enter.arg(build.join("enter.sh")).arg(root).args(self.packages);
        process::logged(&mut enter, &log(self.name)?).with_context(no_debian)?;
        cache::remove(&build)
    }
}

/// The root file system that all layers start from: `<cache>/debian/<release>-<arch>`.
fn minimal(progress: &Progress) -> Result<PathBuf> {
    let arch = Arch::native()?.name();
    let folder = cache::directory()?.join("debian").join(format!("{DEBIAN}-{arch}"));
    if folder.exists() {
        return Ok(folder);
    }
    requirements(process::is_root())?;
    packages::install(packages::DEBIAN_IMAGES, progress)?;
    let sources = Sources::found()?;
    progress.step("Debian", || {
        cache::once(&folder, |unfinished| {
            let mut command = isolated("debootstrap");
            command.args(["--variant=minbase", &format!("--arch={arch}"), DEBIAN]).arg(unfinished);
            // Without a mirror debootstrap takes the one it was made with.
            command.args(&sources.main);
            process::logged(&mut command, &log("debootstrap")?).with_context(no_debian)?;
            cache::remove(&unfinished.join("var/cache/apt/archives"))
        })?;
        Ok(((), format!("{DEBIAN}, minimal")))
    })?;
    Ok(folder)
}

fn requirements(root: bool) -> Result<()> {
    if !root {
        bail!(
            "the images of Keycloak and PostgreSQL are made of Debian packages, which only root can install: put \
             `sudo env \"PATH=$PATH\" \"HOME=$HOME\"` before the command"
        );
    }
    Ok(())
}

/// What to try when packages cannot be installed.
fn no_debian() -> String {
    format!(
        "Debian's packages cannot be installed; if it is the mirror that does not answer, name another in \
         {MIRROR_VARIABLE}"
    )
}

/// A command in mount and process namespaces of its own. If this task ends, the kernel kills the first
/// process in them, with it all others, and the mounts go with the last one.
fn isolated(program: &str) -> Command {
    let mut command = process::tied("unshare");
    command
        .args(["--mount-proc", "--pid", "--fork", "--kill-child=KILL", "--"])
        .arg(program)
        .env("SOURCE_DATE_EPOCH", MODIFIED.to_string())
        .env_remove("TMPDIR");
    command
}

fn log(name: &str) -> Result<PathBuf> {
    Ok(cache::directory()?.join("log").join(format!("{name}.log")))
}

/// Where packages come from.
#[derive(Debug, PartialEq, Eq)]
struct Sources {
    /// The mirror of the release itself, if apt knows one.
    main: Option<String>,
    /// Mirror and suite, updates included.
    suites: Vec<(String, String)>,
}

impl Sources {
    /// The mirrors that this machine uses itself: they are near, and they are reachable.
    fn found() -> Result<Self> {
        if let Some(mirror) = std::env::var(MIRROR_VARIABLE).ok().filter(|mirror| !mirror.is_empty()) {
            return Ok(Self { suites: vec![(mirror.clone(), DEBIAN.to_owned())], main: Some(mirror) });
        }
        if !process::installed("apt-get") {
            return Ok(Self::of(""));
        }
        let mut command = Command::new("apt-get");
        command.args(["indextargets", "--format", "$(SITE) $(RELEASE) $(COMPONENT)", "Created-By: Packages"]);
        Ok(Self::of(&process::output(&mut command)?))
    }

    /// From lines of site, suite and component. Only what can be reached from within another root
    /// counts: the network.
    fn of(targets: &str) -> Self {
        let mut suites: Vec<(String, String)> = Vec::new();
        for line in targets.lines() {
            let mut words = line.split_whitespace();
            let (Some(mirror), Some(suite), Some("main")) = (words.next(), words.next(), words.next()) else {
                continue;
            };
            let ours =
                suite == DEBIAN || suite.strip_prefix(DEBIAN).is_some_and(|rest| rest.starts_with('-'));
            let network = mirror.starts_with("http://") || mirror.starts_with("https://");
            let found = (mirror.to_owned(), suite.to_owned());
            if ours && network && !suites.contains(&found) {
                suites.push(found);
            }
        }
        let main = suites.iter().find(|(_, suite)| suite == DEBIAN).map(|(mirror, _)| mirror.clone());
        Self { main, suites }
    }

    /// As a sources.list; without mirrors of our own the one that debootstrap wrote.
    fn list(&self, own: &str) -> String {
        if self.main.is_none() {
            return own.to_owned();
        }
        let line = |(mirror, suite): &(String, String)| format!("deb {mirror} {suite} main");
        self.suites.iter().map(line).chain([String::new()]).collect::<Vec<_>>().join("\n")
    }
}

/// The proxies that apt uses here.
fn proxies() -> Result<String> {
    if process::installed("apt-config") {
        process::output(Command::new("apt-config").arg("dump"))
    } else {
        Ok(String::new())
    }
}

/// apt's settings for the installation. `dump` is what `apt-config dump` prints.
fn apt_settings(dump: &str) -> String {
    let proxy = |line: &&str| {
        let name = line.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        let mut parts = name.split("::");
        // The rest of the name, if any, is the mirror that the proxy is for.
        parts.next() == Some("acquire")
            && matches!(parts.next(), Some("http" | "https"))
            && parts.next() == Some("proxy")
    };
    let mut text: String = dump.lines().filter(proxy).flat_map(|line| [line, "\n"]).collect();
    text.push_str("Dir::Etc::sourcelist \"/run/build/sources.list\";\n");
    text.push_str("Dir::Etc::sourceparts \"-\";\n");
    text.push_str("Acquire::https::CAInfo \"/run/build/ca-certificates.crt\";\n");
    text.push_str("Acquire::Retries \"3\";\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mirror_is_the_one_of_the_release_and_updates_come_from_where_apt_takes_them() {
        let sources = Sources::of(
            "http://security.example/debian-security bookworm-security main\n\
             http://mirror.example/debian trixie main\n\
             file:/media/disk bookworm main\n\
             https://near.example/debian bookworm contrib\n\
             https://near.example/debian bookworm main\n\
             https://near.example/debian bookworm main\n\
             https://near.example/debian bookworm-updates main\n\
             http://other.example/debian bookworm main\n\
             http://vendor.example/apt bookwormish main\n",
        );
        assert_eq!(sources.main.as_deref(), Some("https://near.example/debian"));
        insta::assert_snapshot!(sources.list(""), @r"
        deb http://security.example/debian-security bookworm-security main
        deb https://near.example/debian bookworm main
        deb https://near.example/debian bookworm-updates main
        deb http://other.example/debian bookworm main
        ");
    }

    #[test]
    fn where_apt_knows_no_mirror_of_the_release_debootstrap_chooses() {
        let sources = Sources::of("http://archive.example/ubuntu noble main\n");
        assert_eq!(sources.main, None);
        assert_eq!(
            sources.list("deb http://chosen.example bookworm main\n"),
            "deb http://chosen.example bookworm main\n"
        );
    }

    #[test]
    fn apt_uses_the_same_proxies_inside_and_nothing_else_of_the_machine() {
        let settings = apt_settings(
            "APT::Architecture \"amd64\";\nAcquire::http::Proxy \"http://proxy.example:3128\";\n\
             Acquire::https::Proxy::mirror.example \"DIRECT\";\nAcquire::http::Proxy-Auto-Detect \"/home/me/detect\";\n\
             Acquire::https::CAInfo \"/home/me/ca.pem\";\n",
        );
        insta::assert_snapshot!(settings, @r#"
        Acquire::http::Proxy "http://proxy.example:3128";
        Acquire::https::Proxy::mirror.example "DIRECT";
        Dir::Etc::sourcelist "/run/build/sources.list";
        Dir::Etc::sourceparts "-";
        Acquire::https::CAInfo "/run/build/ca-certificates.crt";
        Acquire::Retries "3";
        "#);
    }

    #[test]
    fn whoever_is_not_root_is_told_what_to_type() {
        insta::assert_snapshot!(requirements(false).unwrap_err(), @r#"the images of Keycloak and PostgreSQL are made of Debian packages, which only root can install: put `sudo env "PATH=$PATH" "HOME=$HOME"` before the command"#);
        assert!(requirements(true).is_ok());
    }

    #[test]
    fn the_key_of_a_layer_covers_packages_and_steps() {
        let layer =
            |packages, finish| DebianLayer { name: "x", packages, prepare: "", finish }.key().unwrap();
        assert_ne!(layer(&["a"], ""), layer(&["b"], ""));
        assert_ne!(layer(&["a"], ""), layer(&["a"], "true"));
        assert_eq!(layer(&["a"], "true"), layer(&["a"], "true"));
    }
}
