//! cargo: the one that runs this program, and what it knows of the workspace.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread::{self, JoinHandle};
use std::{
    env,
    io::{self, Write},
};

use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;

use crate::{process, repository};

/// What property tests draw their cases from, so that a change is never refused for a case that it did not bring about. Another
/// value in the environment explores.
const PROPERTY_SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "20260101");
/// The program of clippy that stands in for the compiler.
const DRIVER: &str = "clippy-driver";

/// What makes cargo lint while it builds: the packages of the workspace are compiled by clippy's driver, which is the compiler with
/// more lints, and a warning is an error. Building for tests and linting apart, every dependency is compiled twice.
///
/// As `cargo clippy -- -D warnings` does it, except that it leaves programs behind. They are built without the few optimizations
/// of a debug build (<https://doc.rust-lang.org/clippy/usage.html>), which is enough for tests and for nothing else.
///
/// # Errors
/// If clippy is not installed.
pub(crate) fn linting() -> Result<[(&'static str, String); 2]> {
    let beside = env::var_os("CARGO").map(|cargo| PathBuf::from(cargo).with_file_name(DRIVER));
    let driver = beside.filter(|driver| driver.is_file()).or_else(|| process::find(DRIVER));
    let driver = driver.with_context(|| {
        format!("{DRIVER} is neither beside cargo nor on PATH: `rustup component add clippy`")
    })?;
    Ok([
        ("RUSTC_WORKSPACE_WRAPPER", driver.display().to_string()),
        // Words are parted by this mark, as cargo-clippy does it.
        ("CLIPPY_ARGS", ["-D", "warnings", ""].join("__CLIPPY_HACKERY__")),
    ])
}

/// cargo at the top of the repository.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(repository::root());
    command
}

/// Runs cargo with its own output in view.
///
/// # Errors
/// If it cannot be started or fails: the error names the call.
pub(crate) fn run(words: &[&str], environment: &[(&str, String)]) -> Result<()> {
    let mut command = prepared(words, environment);
    let shown = process::shown(&command);
    eprintln!("\n$ cargo {}", words.join(" "));
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    if !status.success() {
        bail!("`cargo {}` failed", words.join(" "));
    }
    Ok(())
}

fn prepared(words: &[&str], environment: &[(&str, String)]) -> Command {
    let mut command = command();
    command.args(words).stdin(Stdio::null());
    command.envs(environment.iter().map(|(name, value)| (*name, value)));
    if env::var_os(PROPERTY_SEED.0).is_none() {
        command.env(PROPERTY_SEED.0, PROPERTY_SEED.1);
    }
    command
}

/// A cargo that runs beside other things. What it prints is shown in one piece when it has ended.
#[derive(Debug)]
pub(crate) struct Printed {
    said: String,
    running: JoinHandle<io::Result<Output>>,
}

impl Printed {
    /// Starts it.
    ///
    /// # Errors
    /// If there is no thread to wait for it.
    pub(crate) fn start(words: &[&str], environment: &[(&str, String)]) -> Result<Self> {
        let mut command = prepared(words, environment);
        let said = words.join(" ");
        let running = thread::Builder::new().spawn(move || command.output())?;
        Ok(Self { said, running })
    }

    /// Waits for its end and shows what it printed.
    ///
    /// # Errors
    /// If it could not be started or failed: the error names the call.
    pub(crate) fn finish(self) -> Result<()> {
        let ended =
            self.running.join().map_err(|_| anyhow!("what waited for `cargo {}` panicked", self.said))?;
        let done = ended.with_context(|| format!("cannot start `cargo {}`", self.said))?;
        eprintln!("\n$ cargo {}", self.said);
        // cargo says first what it builds and starts, and the test programs then what came of it.
        io::stderr().write_all(&done.stderr)?;
        io::stdout().write_all(&done.stdout)?;
        if !done.status.success() {
            bail!("`cargo {}` failed", self.said);
        }
        Ok(())
    }
}

/// What `cargo metadata` says of the packages of the workspace, as far as a task asks.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    /// The packages.
    pub(crate) packages: Vec<Package>,
    /// The top of the workspace.
    #[serde(default)]
    pub(crate) workspace_root: String,
    /// Where programs are built.
    #[serde(default)]
    pub(crate) target_directory: PathBuf,
}

/// A package of the workspace.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    #[serde(default)]
    pub(crate) version: String,
    /// Its Cargo.toml.
    #[serde(default)]
    pub(crate) manifest_path: String,
    /// What it names under dependencies.
    #[serde(default)]
    pub(crate) dependencies: Vec<Dependency>,
    /// What is built from it.
    #[serde(default)]
    pub(crate) targets: Vec<Target>,
    /// Its features, with what each turns on.
    #[serde(default)]
    pub(crate) features: BTreeMap<String, Vec<String>>,
}

/// A dependency as a package names it.
#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    /// Name of the package.
    pub(crate) name: String,
    /// `dev`, `build`, or nothing.
    pub(crate) kind: Option<String>,
    /// Its directory, if it is not fetched.
    pub(crate) path: Option<String>,
}

/// A program, library or test.
#[derive(Debug, Deserialize)]
pub(crate) struct Target {
    /// Its name.
    pub(crate) name: String,
    /// `bin`, `lib`, `test`, ...
    pub(crate) kind: Vec<String>,
}

impl Metadata {
    /// Asks cargo.
    ///
    /// # Errors
    /// If it cannot be asked or answers something else than expected.
    pub(crate) fn read() -> Result<Self> {
        let mut command = command();
        Self::parse(&process::output(command.args(["metadata", "--no-deps", "--format-version", "1"]))?)
    }

    /// From the answer of `cargo metadata --no-deps --format-version 1`.
    ///
    /// # Errors
    /// If it is another form.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        serde_json::from_str(text).context("cargo metadata answers in another form")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_plain_build_leaves_out_the_generator_of_the_admin_client_and_nothing_else() {
        let mut command = command();
        command.args(["metadata", "--no-deps", "--locked", "--format-version", "1"]);
        let metadata: Value = serde_json::from_str(&process::output(&mut command).unwrap()).unwrap();
        let built = metadata["workspace_default_members"].as_array().unwrap();
        let packages = metadata["packages"].as_array().unwrap().iter();
        let left_out: Vec<&Value> = packages
            .filter(|package| !built.contains(&package["id"]))
            .map(|package| &package["name"])
            .collect();
        assert_eq!(left_out, ["xtask-openapi"]);
    }
}
