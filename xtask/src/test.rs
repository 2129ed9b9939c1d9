//! `cargo xtask test`: everything that must hold before a change lands.
//!
//! Checks of the source come first, as they are quick; then the units; then real servers are started
//! once, and every test that needs them runs against them. What this machine cannot run is left out, and named.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::cluster::local;
use crate::progress::Progress;
use crate::server::keycloak::{ADMIN, Keycloak};
use crate::{cache, generate, image, process, tidy, up, versions};

/// The feature by which a crate marks tests that need real servers.
const REAL_SERVERS: &str = "real-servers";
/// What property tests draw their cases from, so that a change is never refused for a case that it did not bring about. Another
/// value in the environment explores.
const PROPERTY_SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "20260101");
/// The cluster of the tests, so that one that somebody works with is left alone.
const CLUSTER: &str = "test";

/// What to test.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cargo xtask test                        everything this machine can run
  cargo xtask test --only units           quick: no servers
  cargo xtask test --only servers -- keycloak_admin
  cargo xtask test --only deployed        the whole system on a cluster, as `up` leaves it
  cargo xtask test --keep                 leaves the cluster running, for the next run")]
pub(crate) struct Test {
    /// Only one tier.
    #[arg(long, value_enum)]
    only: Option<Tier>,
    /// Leave the test cluster running.
    #[arg(long)]
    keep: bool,
    /// Passed on to `cargo test` after `--`: a filter on test names, options of the test programs.
    #[arg(last = true)]
    passed_on: Vec<String>,
}

/// A tier of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Tier {
    /// Formatting, lints, generated files, the rules of the repository.
    Source,
    /// Tests that need nothing.
    Units,
    /// Tests against a real Keycloak, a real API server and a real cluster.
    Servers,
    /// The controllers in the cluster, with the quickstart.
    Deployed,
}

/// Runs the tests.
///
/// # Errors
/// If one fails, or a server does not start.
pub(crate) fn run(arguments: &Test) -> Result<()> {
    let progress = Progress::start();
    let wanted = |tier| arguments.only.is_none_or(|only| only == tier);
    if missing().is_none() && (wanted(Tier::Servers) || wanted(Tier::Deployed)) {
        progress.step("packages", || local::install_packages().map(|said| ((), said)))?;
    }
    if wanted(Tier::Source) {
        source()?;
    }
    match missing() {
        None if wanted(Tier::Servers) || wanted(Tier::Deployed) => servers(arguments, &progress)?,
        Some(reason) if matches!(arguments.only, Some(Tier::Servers | Tier::Deployed)) => bail!("{reason}"),
        reason if wanted(Tier::Units) => {
            cargo(
                &[&["test", "--workspace", "--locked", "--no-fail-fast"], passed_on(arguments).as_slice()]
                    .concat(),
                &[],
            )?;
            if let Some(reason) = reason {
                eprintln!("\nLEFT OUT: all tests against real servers. {reason}\n");
            }
        }
        _ => {}
    }
    eprintln!("\ntests took {:.0} s", progress.elapsed().as_secs_f64());
    Ok(())
}

/// What keeps this machine from running real servers.
fn missing() -> Option<String> {
    if !cfg!(target_os = "linux") || !process::is_root() {
        return Some("They need Linux and root.".to_owned());
    }
    if !process::installed("go") {
        return Some("Go is missing: it builds Kubernetes.".to_owned());
    }
    let namespaces = Command::new("unshare").args(["--net", "--mount", "true"]).output();
    (!namespaces.is_ok_and(|done| done.status.success()))
        .then(|| "This machine does not let root make network and mount namespaces.".to_owned())
}

/// What can be said of the source without running it.
fn source() -> Result<()> {
    cargo(&["fmt", "--all", "--check"], &[])?;
    tidy::run()?;
    cargo(
        &["clippy", "--workspace", "--all-targets", "--all-features", "--locked", "--", "-D", "warnings"],
        &[],
    )?;
    generate::run(&generate::Generate { check: true })
}

/// Every test of the workspace, with real servers. With `--only servers`, those of the packages that need them.
fn servers(arguments: &Test, progress: &Progress) -> Result<()> {
    let packages = with_real_servers()?;
    let features: Vec<String> = packages.iter().map(|package| format!("{package}/{REAL_SERVERS}")).collect();
    let features = features.join(",");
    let mut words = vec!["test", "--locked", "--no-fail-fast", "--features", &features];
    if arguments.only == Some(Tier::Servers) {
        words.push("--tests");
        for package in &packages {
            words.extend(["--package", package]);
        }
    } else {
        words.push("--workspace");
    }
    // Built before the servers start, which would only be in the way.
    cargo(&[words.as_slice(), &["--no-run"]].concat(), &[])?;
    words.extend(passed_on(arguments));

    let tested = match arguments.only {
        Some(Tier::Deployed) => Ok(()),
        _ => with_servers(progress, |environment| cargo(&words, environment)),
    };
    // Told also after a failure: one run says everything that is wrong.
    let tested = match arguments.only {
        Some(Tier::Servers) => tested,
        _ => tested.and(deployed(&words, arguments, progress)),
    };
    if arguments.keep {
        progress.note(&format!("the cluster runs on: cargo xtask cluster status --name {CLUSTER}"));
        return tested;
    }
    // The tests' result is what a person wants to read; but a cluster that cannot go is a failure too.
    let removed = local::down(CLUSTER);
    tested.and(removed)
}

/// The main job with the three Deployments, and the tests of package `end-to-end` that need these. Last, as controllers in the
/// cluster would take the objects of other tests for theirs.
fn deployed(words: &[&str], arguments: &Test, progress: &Progress) -> Result<()> {
    if !arguments.passed_on.is_empty() {
        return Ok(());
    }
    let kubectl = local::up(CLUSTER, progress)?;
    let images = image::tested_controllers(progress)?;
    let claims = up::main_job(&kubectl, CLUSTER, local::load, &images, progress)?;
    up::tell(&claims, progress);
    let environment = [
        ("CLOAKROOM_KUBECONFIG", kubectl.kubeconfig().display().to_string()),
        ("CLOAKROOM_KUBECTL", kubectl.program().display().to_string()),
    ];
    // The same packages and features as before, so that nothing is built again.
    cargo(&[words, &["--test", "deployed", "--", "--ignored", "--nocapture"]].concat(), &environment)
}

/// Starts the cluster and two Keycloaks, and runs `tests` with what tells them where these are.
fn with_servers(progress: &Progress, tests: impl FnOnce(&[(&str, String)]) -> Result<()>) -> Result<()> {
    let state = cache::directory()?.join("test-servers");
    let kubectl = local::up(CLUSTER, progress)?;
    let servers = progress.step("keycloak", || {
        // One after the other: two that start at once on two cores are slower than that.
        let mut servers = Vec::new();
        for version in [versions::KEYCLOAK, versions::KEYCLOAK_OLDEST] {
            let server = Keycloak::start(version, &state)?;
            server.wait()?;
            servers.push(server);
        }
        Ok((servers, format!("{} and {} on loopback", versions::KEYCLOAK, versions::KEYCLOAK_OLDEST)))
    })?;
    let [newest, oldest] = servers.as_slice() else { bail!("two servers were to be started") };
    // All Kubernetes programs in one, by their own names: a test starts an API server of its own with it.
    let kubernetes = kubectl.program().canonicalize().context("kubectl is gone")?;
    tests(&[
        ("CLOAKROOM_KUBECONFIG", kubectl.kubeconfig().display().to_string()),
        ("CLOAKROOM_KUBECTL", kubectl.program().display().to_string()),
        ("CLOAKROOM_KUBERNETES", kubernetes.display().to_string()),
        ("CLOAKROOM_KEYCLOAK_26_7", newest.url().to_owned()),
        ("CLOAKROOM_KEYCLOAK_26_4", oldest.url().to_owned()),
        ("CLOAKROOM_KEYCLOAK_ADMIN", format!("{}:{}", ADMIN.0, ADMIN.1)),
    ])
}

/// The packages that have tests for real servers.
fn with_real_servers() -> Result<Vec<String>> {
    let text =
        process::output(Command::new(program()).args(["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata printed no JSON")?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let with: Vec<_> = packages
        .iter()
        .filter(|package| package["features"].get(REAL_SERVERS).is_some())
        .filter_map(|package| package["name"].as_str().map(str::to_owned))
        .collect();
    if with.is_empty() {
        bail!("no package has the feature {REAL_SERVERS}");
    }
    Ok(with)
}

fn passed_on(arguments: &Test) -> Vec<&str> {
    if arguments.passed_on.is_empty() {
        return Vec::new();
    }
    std::iter::once("--").chain(arguments.passed_on.iter().map(String::as_str)).collect()
}

/// Runs cargo with its own output in view.
pub(crate) fn cargo(words: &[&str], environment: &[(&str, String)]) -> Result<()> {
    let mut command = Command::new(program());
    command.args(words).stdin(Stdio::null());
    command.envs(environment.iter().map(|(name, value)| (*name, value)));
    if std::env::var_os(PROPERTY_SEED.0).is_none() {
        command.env(PROPERTY_SEED.0, PROPERTY_SEED.1);
    }
    let shown = process::shown(&command);
    eprintln!("\n$ cargo {}", words.join(" "));
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    if !status.success() {
        bail!("`cargo {}` failed", words.join(" "));
    }
    Ok(())
}

/// The cargo that runs this program.
fn program() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}
