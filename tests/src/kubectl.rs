//! kubectl, as the cluster's administrator or as anybody else.

use std::{
    env,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The longest that the API server takes to see a change of its own: a role, a policy.
const SEEN: Duration = Duration::from_secs(60);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(100);

/// kubectl with one cluster and one person.
#[derive(Clone, Debug)]
pub struct Kubectl {
    program: PathBuf,
    kubeconfig: PathBuf,
    person: Vec<String>,
}

impl Kubectl {
    /// The administrator of the cluster that `CLOAKROOM_KUBECONFIG` names, by the kubectl that `CLOAKROOM_KUBECTL` names.
    ///
    /// # Panics
    /// If one of the variables is missing.
    pub fn administrator() -> Self {
        Self {
            program: variable("CLOAKROOM_KUBECTL"),
            kubeconfig: variable("CLOAKROOM_KUBECONFIG"),
            person: Vec::new(),
        }
    }

    /// The administrator of another cluster, by the same kubectl.
    ///
    /// # Panics
    /// If `CLOAKROOM_KUBECTL` is missing.
    pub fn of_cluster(kubeconfig: &Path) -> Self {
        Self { program: variable("CLOAKROOM_KUBECTL"), kubeconfig: kubeconfig.to_owned(), person: Vec::new() }
    }

    /// The same cluster as somebody else.
    #[must_use]
    pub fn impersonating(&self, user: &str) -> Self {
        Self { person: vec!["--as".to_owned(), user.to_owned()], ..self.clone() }
    }

    /// Runs it and returns what it printed.
    ///
    /// # Errors
    /// If it fails: its own words.
    pub fn run(&self, args: &[&str]) -> Result<String> {
        self.with_input(args, "")
    }

    /// Runs it and reads what it printed as JSON.
    ///
    /// # Errors
    /// If it fails or prints no JSON.
    pub fn json(&self, args: &[&str]) -> Result<Value> {
        let text = self.run(&[args, &["--output=json"]].concat())?;
        serde_json::from_str(&text).with_context(|| format!("kubectl {} printed no JSON", args.join(" ")))
    }

    /// A kubeconfig of the same cluster and person, with everything in it, for programs whose own namespace is this one.
    ///
    /// # Errors
    /// If the kubeconfig cannot be read.
    pub fn kubeconfig_in(&self, namespace: &str) -> Result<Value> {
        let mut config = self.json(&["config", "view", "--raw", "--flatten", "--minify"])?;
        for context in config["contexts"].as_array_mut().into_iter().flatten() {
            context["context"]["namespace"] = namespace.into();
        }
        Ok(config)
    }

    /// Creates or changes an object, whoever wrote it before.
    ///
    /// # Errors
    /// If the API server refuses it: its words.
    pub fn apply(&self, object: &Value) -> Result<String> {
        self.with_input(&["apply", "--server-side", "--force-conflicts", "--filename=-"], &object.to_string())
    }

    /// As [`Kubectl::apply`], but nothing is stored.
    ///
    /// # Errors
    /// If the API server would refuse the object: its words.
    pub fn would_apply(&self, object: &Value) -> Result<String> {
        let args = ["apply", "--server-side", "--force-conflicts", "--dry-run=server", "--filename=-"];
        self.with_input(&args, &object.to_string())
    }

    /// Waits until this person may do something, as `kubectl auth can-i` says it: a role is not seen at once.
    ///
    /// # Errors
    /// If that takes more than a minute.
    pub fn wait_until_allowed(&self, what: &[&str]) -> Result<()> {
        wait_until(&format!("nobody lets {:?} {}", self.person, what.join(" ")), || {
            Ok(self.run(&[&["auth", "can-i", "--quiet"], what].concat()).is_ok())
        })
    }

    fn with_input(&self, args: &[&str], input: &str) -> Result<String> {
        let mut command = Command::new(&self.program);
        command.arg("--kubeconfig").arg(&self.kubeconfig).args(&self.person).args(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child =
            command.spawn().with_context(|| format!("cannot start {}", self.program.display()))?;
        if let Some(mut pipe) = child.stdin.take() {
            pipe.write_all(input.as_bytes())?;
        }
        let done = child.wait_with_output()?;
        if !done.status.success() {
            bail!("{}", String::from_utf8_lossy(&done.stderr).trim());
        }
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    }
}

/// Looks until something holds.
///
/// # Errors
/// If it does not within a minute (`otherwise` says what that means), or a look fails.
pub fn wait_until(otherwise: &str, holds: impl FnMut() -> Result<bool>) -> Result<()> {
    wait_within(SEEN, otherwise, holds)
}

/// The same with another limit.
///
/// # Errors
/// As [`wait_until`].
pub fn wait_within(limit: Duration, otherwise: &str, mut holds: impl FnMut() -> Result<bool>) -> Result<()> {
    let begin = Instant::now();
    while !holds()? {
        if begin.elapsed() > limit {
            bail!("{otherwise}, after {} s", limit.as_secs());
        }
        thread::sleep(LOOK);
    }
    Ok(())
}

/// A file of this repository.
pub fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

#[allow(clippy::panic, reason = "a test that cannot find its cluster has to fail, whatever it is about")]
fn variable(name: &str) -> PathBuf {
    match env::var_os(name) {
        Some(value) => value.into(),
        None => panic!("{name} is not set: these tests need a real cluster; run them by `cargo xtask test`"),
    }
}
