//! A cluster of a test, and everything on this machine that is its own, found without xtask.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// All clusters' state directories.
const STATE: &str = "/var/lib/cloakroom";

/// A cluster that no other test uses.
pub(crate) struct Cluster(pub(crate) &'static str);

/// What a cluster has on this machine that does not bear its name.
pub(crate) struct Owned {
    /// It chooses names of interfaces and ranges of addresses; the next cluster may have it.
    number: Option<String>,
    /// Sockets of shims, which each of them writes down.
    pub(crate) sockets: BTreeSet<PathBuf>,
}

impl Cluster {
    pub(crate) fn xtask(&self, action: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["cluster", action, "--provider", "local", "--name", self.0]).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, action: &str) -> String {
        self.run_with(action, &[])
    }

    pub(crate) fn run_with(&self, action: &str, rest: &[&Path]) -> String {
        let done = self.xtask(action).args(rest).output().unwrap();
        let said = said(&done);
        assert!(done.status.success(), "`cluster {action}` failed:\n{said}");
        said
    }

    /// Runs what has to fail.
    pub(crate) fn fails(&self, action: &str, rest: &[&Path]) -> String {
        let done = self.xtask(action).args(rest).output().unwrap();
        let said = said(&done);
        assert!(!done.status.success(), "`cluster {action}` did not fail:\n{said}");
        said
    }

    /// Takes it down and looks for what is left, without xtask.
    pub(crate) fn goes(&self) {
        let owned = self.owned();
        let said = self.run("down");
        assert!(said.contains("left: no process, mount,"), "{said}");
        assert_eq!(self.traces(&owned), Vec::<String>::new(), "left behind by {}", self.0);
    }

    fn scope(&self) -> String {
        format!("cloakroom-{}", self.0)
    }

    pub(crate) fn state(&self) -> PathBuf {
        Path::new(STATE).join(self.0)
    }

    fn runtime(&self) -> PathBuf {
        Path::new("/run/cloakroom").join(self.0)
    }

    pub(crate) fn pid(&self, component: &str) -> Option<String> {
        let text = fs::read_to_string(self.state().join(format!("run/{component}.pid"))).ok()?;
        text.split_whitespace().next().map(str::to_owned)
    }

    pub(crate) fn end(&self, component: &str) {
        let pid = self.pid(component).unwrap();
        assert!(Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
    }

    /// Names of the images that its node has.
    pub(crate) fn images(&self) -> String {
        said(&self.ctr(&["images", "list", "--quiet"]))
    }

    pub(crate) fn ctr(&self, words: &[&str]) -> Output {
        let socket = self.runtime().join("containerd.sock");
        let mut ctr = Command::new("ctr");
        ctr.arg("--address").arg(socket).args(["--namespace", "k8s.io"]).args(words).output().unwrap()
    }

    /// What it has that does not bear its name; to be asked while it is there.
    pub(crate) fn owned(&self) -> Owned {
        let number = fs::read_to_string(self.state().join("index")).ok().map(|text| text.trim().to_owned());
        let bundles = self.runtime().join("containerd/io.containerd.runtime.v2.task/k8s.io");
        let sockets = entries(&bundles)
            .iter()
            .filter_map(|bundle| fs::read_to_string(bundle.join("address")).ok())
            .filter_map(|address| address.trim().strip_prefix("unix://").map(PathBuf::from))
            .collect();
        Owned { number, sockets }
    }

    /// Everything on this machine that is this cluster's, found without xtask.
    ///
    /// Settings of the kernel are the machine's and stay as long as any cluster is there, so they are not looked at here.
    pub(crate) fn traces(&self, owned: &Owned) -> Vec<String> {
        let mut traces = self.files();
        traces.extend(self.mounts_and_cgroups());
        traces.extend(self.processes());
        let sockets = owned.sockets.iter().filter(|socket| socket.exists());
        traces.extend(sockets.map(|socket| format!("socket {}", socket.display())));
        traces.extend(owned.number.as_deref().into_iter().flat_map(numbered));
        traces
    }

    /// Its directories and network namespace, and what programs leave at places that are fixed in them.
    fn files(&self) -> Vec<String> {
        let (state, runtime) = (self.state(), self.runtime());
        let mut found: Vec<PathBuf> =
            [state.clone(), runtime.clone(), Path::new("/run/netns").join(self.scope())].into();
        found.retain(|path| path.exists());
        let logs = entries(Path::new("/var/log/containers"));
        found
            .extend(logs.into_iter().filter(|log| fs::read_link(log).is_ok_and(|to| to.starts_with(&state))));
        let results = entries(Path::new("/var/lib/cni/results"));
        found.extend(results.into_iter().filter(|result| {
            let text = fs::read_to_string(result).unwrap_or_default();
            text.contains(&format!("\"{}\"", self.scope()))
                || text.contains(&format!("{}/", runtime.display()))
        }));
        found.into_iter().map(|path| path.display().to_string()).collect()
    }

    fn mounts_and_cgroups(&self) -> Vec<String> {
        let mut found = Vec::new();
        for line in fs::read_to_string("/proc/self/mounts").unwrap().lines() {
            let place = Path::new(line.split(' ').nth(1).unwrap_or_default());
            if place.starts_with(self.state()) || place.starts_with(self.runtime()) {
                found.push(format!("mount {}", place.display()));
            }
            let group = place.join(self.scope());
            if line.contains(" cgroup") && group.exists() {
                found.push(format!("cgroup {}", group.display()));
            }
        }
        found
    }

    /// What is started with a path of the cluster, or carries the mark of a task on it.
    fn processes(&self) -> Vec<String> {
        let mark = format!("CLOAKROOM_CLUSTER_TASK={}", self.0);
        let paths = [self.state(), self.runtime()].map(|path| format!("{}/", path.display()));
        let of_this = |process: &Process| {
            paths.iter().any(|path| process.command.contains(path.as_str()))
                || process.environment.split('\0').any(|entry| entry == mark)
        };
        running().into_iter().filter(of_this).map(|process| format!("process {}", process.command)).collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // After a failed assertion; a test that passed has nothing left to remove.
        let _ = self.xtask("down").output();
    }
}

/// A process of this machine.
pub(crate) struct Process {
    pub(crate) command: String,
    environment: String,
}

pub(crate) fn running() -> Vec<Process> {
    let text = |folder: &Path, name: &str| {
        String::from_utf8_lossy(&fs::read(folder.join(name)).unwrap_or_default()).into_owned()
    };
    entries(Path::new("/proc"))
        .iter()
        .map(|folder| Process {
            command: text(folder, "cmdline").replace('\0', " "),
            environment: text(folder, "environ"),
        })
        .collect()
}

/// What is on the host of a cluster with this number, unless another one has the number by now.
fn numbered(number: &str) -> Vec<String> {
    // None gets a number meanwhile; and none gives one up while it has something of it.
    let lock = File::create("/run/lock/cloakroom.lock").unwrap();
    lock.lock().unwrap();
    let taken = entries(Path::new(STATE))
        .iter()
        .any(|cluster| fs::read_to_string(cluster.join("index")).is_ok_and(|text| text.trim() == number));
    if taken {
        return Vec::new();
    }
    let interface = format!("ckr{number}h");
    let mut names = vec![interface.clone()];
    names.extend((0..4).map(|host| format!("198.18.{number}.{host}")));
    names.extend([96, 240].map(|base| format!("10.{}.0.0", base + number.parse::<u32>().unwrap())));
    let mut found = Vec::new();
    if Path::new("/sys/class/net").join(&interface).exists() {
        found.push(format!("interface {interface}"));
    }
    for (what, program, words) in [
        ("route", "ip", ["-o", "route", "show", "table", "all"].as_slice()),
        ("packet filter", "iptables-save", [].as_slice()),
    ] {
        let done = Command::new(program).args(words).env("PATH", path()).output().unwrap();
        assert!(done.status.success(), "{program}: {}", said(&done));
        let said = said(&done);
        let lines = said
            .lines()
            .filter(|line| line.split([' ', '/', '"']).any(|word| names.iter().any(|name| name == word)));
        found.extend(lines.map(|line| format!("{what}: {line}")));
    }
    found
}

/// PATH with the system's own programs, which a root shell by plain `su` has not.
fn path() -> String {
    format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default())
}

pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect()
}

pub(crate) fn said(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned() + &String::from_utf8_lossy(&done.stdout)
}
