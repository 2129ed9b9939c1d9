//! Where a local cluster lives: its directories, names and addresses.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// All clusters' state directories.
pub(super) const STATE: &str = "/var/lib/cloakroom";
/// Sockets and what dies with the machine: short paths, a socket's has 107 bytes at most (unix(7)).
const RUNTIME: &str = "/run/cloakroom";
/// Locks: never removed, since whoever waits for one must find the same file afterwards.
const LOCKS: &str = "/run/lock";
/// How many clusters fit side by side: each has address ranges of its own.
const MOST: u8 = 8;

/// One local cluster: everything it owns on this machine is under these names.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    name: String,
    index: u8,
}

impl Site {
    /// The cluster `name`, if it was started and not taken down.
    ///
    /// # Errors
    /// If its index file cannot be understood.
    pub(crate) fn existing(name: &str) -> Result<Option<Self>> {
        let Some(index) = index_of(&Path::new(STATE).join(name))? else { return Ok(None) };
        Ok(Some(Self { name: name.to_owned(), index }))
    }

    /// The cluster `name`, with free address ranges if it is new.
    ///
    /// # Errors
    /// If all ranges are taken, or the state directory cannot be made.
    pub(crate) fn claim(name: &str) -> Result<Self> {
        if let Some(site) = Self::existing(name)? {
            return Ok(site);
        }
        let _lock = Self::lock_all()?;
        fs::create_dir_all(STATE).with_context(|| format!("cannot create {STATE}: are you root?"))?;
        let taken: BTreeMap<u8, String> = fs::read_dir(STATE)?
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let index = index_of(&entry.path()).ok().flatten()?;
                Some((index, entry.file_name().to_string_lossy().into_owned()))
            })
            .collect();
        let Some(index) = (0..MOST).find(|index| !taken.contains_key(index)) else {
            let names: Vec<&str> = taken.values().map(String::as_str).collect();
            bail!(
                "{MOST} clusters are there already ({}), which is as many as fit: take down one of them, for example by \
                 `cargo xtask cluster down --name {}`",
                names.join(", "),
                names.last().unwrap_or(&"NAME")
            );
        };
        let site = Self { name: name.to_owned(), index };
        fs::create_dir_all(site.state())?;
        // In one step: half an index would be no cluster and could not be taken down.
        let written = site.state().join(".index");
        fs::write(&written, format!("{index}\n"))?;
        fs::rename(&written, site.state().join("index"))?;
        Ok(site)
    }

    /// Holds off other tasks on the same cluster until the file is dropped; waits for one that is at work.
    ///
    /// # Errors
    /// If the lock file cannot be made.
    pub(crate) fn lock(name: &str) -> Result<File> {
        lock(&Path::new(LOCKS).join(format!("{}.lock", scope(name))), || {
            eprintln!("  waiting for another task on this cluster to end ...");
        })
    }

    /// Holds off the coming and going of all clusters until the file is dropped: for moments only.
    ///
    /// # Errors
    /// If the lock file cannot be made.
    pub(crate) fn lock_all() -> Result<File> {
        lock(&Path::new(LOCKS).join("cloakroom.lock"), || ())
    }

    /// Names of all clusters that are there.
    pub(crate) fn all() -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(STATE)
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let is_there = entry.path().join("index").exists();
                is_there.then(|| entry.file_name().to_string_lossy().into_owned())
            })
            .collect();
        names.sort();
        names
    }

    /// The cluster's name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its network namespace, cgroup and CNI network, all of the same name.
    pub(crate) fn scope(&self) -> String {
        scope(&self.name)
    }

    /// Everything that lasts: `/var/lib/cloakroom/NAME`.
    pub(crate) fn state(&self) -> PathBuf {
        Path::new(STATE).join(&self.name)
    }

    /// Sockets: `/run/cloakroom/NAME`.
    pub(crate) fn runtime(&self) -> PathBuf {
        Path::new(RUNTIME).join(&self.name)
    }

    /// A path under the state directory, as text.
    pub(crate) fn file(&self, path: &str) -> String {
        self.state().join(path).display().to_string()
    }

    /// containerd's socket.
    pub(crate) fn containerd_socket(&self) -> String {
        self.runtime().join("containerd.sock").display().to_string()
    }

    /// The administrator's kubeconfig.
    pub(crate) fn kubeconfig(&self) -> PathBuf {
        self.state().join("kubeconfig")
    }

    /// The host's end of the veth pair: (interface, address).
    pub(crate) fn host(&self) -> (String, String) {
        (format!("ckr{}h", self.index), format!("198.18.{}.1", self.index))
    }

    /// The cluster's end, which is the node's address: (interface, address).
    ///
    /// From 198.18.0.0/15, the range for tests of networks (RFC 2544): the kubelet refuses a
    /// link-local address.
    pub(crate) fn node(&self) -> (String, String) {
        (format!("ckr{}n", self.index), format!("198.18.{}.2", self.index))
    }

    /// The range of pod addresses.
    pub(crate) fn pods(&self) -> String {
        format!("10.{}.0.0/16", 240 + self.index)
    }

    /// The range of Service addresses.
    pub(crate) fn services(&self) -> String {
        format!("10.{}.0.0/16", 96 + self.index)
    }

    /// The Service address of the API server, the first of the range.
    pub(crate) fn api_service(&self) -> String {
        format!("10.{}.0.1", 96 + self.index)
    }

    /// The Service address of the cluster's DNS.
    pub(crate) fn dns_service(&self) -> String {
        format!("10.{}.0.10", 96 + self.index)
    }

    /// The API server's URL, reachable from the host and from pods.
    pub(crate) fn api_server(&self) -> String {
        format!("https://{}:6443", self.node().1)
    }
}

/// The name of a cluster's network namespace, cgroup and CNI network.
pub(crate) fn scope(name: &str) -> String {
    format!("cloakroom-{name}")
}

fn index_of(state: &Path) -> Result<Option<u8>> {
    let file = state.join("index");
    let Ok(text) = fs::read_to_string(&file) else { return Ok(None) };
    let index = text
        .trim()
        .parse()
        .ok()
        .filter(|index| *index < MOST)
        .with_context(|| {
            format!(
                "{} holds {text:?} instead of a number below {MOST}: write one that no other cluster has, and take the \
                 cluster down",
                file.display()
            )
        })?;
    Ok(Some(index))
}

fn lock(path: &Path, waits: impl FnOnce()) -> Result<File> {
    fs::create_dir_all(LOCKS).with_context(|| format!("cannot create {LOCKS}: are you root?"))?;
    let file =
        File::create(path).with_context(|| format!("cannot write {}: are you root?", path.display()))?;
    if file.try_lock().is_err() {
        waits();
        file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    }
    Ok(file)
}
