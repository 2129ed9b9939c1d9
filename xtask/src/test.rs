//! `cargo xtask test`: everything that must hold before a change lands.
//!
//! Checks of the source come first, as they are quick; then the units; then real servers are started
//! once, and every test that needs them runs against them. What this machine cannot run is left out, and named.

use std::{env, fmt, fs, thread};

use anyhow::{Context as _, Error, Result, bail};

use crate::cargo::{Metadata, Printed};
use crate::cluster::local;
use crate::head_start::HeadStart;
use crate::packages;
use crate::progress::Progress;
use crate::server::keycloak::{ADMIN, Keycloak};
use crate::{cache, cargo, generate, image, public_exports, repository, tidy, up, versions};

/// The feature by which a crate marks tests that need real servers.
const REAL_SERVERS: &str = "real-servers";
/// How many tests of one program run at the same time: read by the test programs
/// (<https://doc.rust-lang.org/rustc/tests/index.html#--test-threads-num_threads>).
const THREADS: &str = "RUST_TEST_THREADS";
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
    let missing = local::missing();
    let mut cluster = HeadStart::none();
    if missing.is_none() && (wanted(Tier::Servers) || wanted(Tier::Deployed)) {
        local::prepare_build(CLUSTER)?;
        packages::install(packages::LOCAL_CLUSTER, &progress)?;
        cluster = HeadStart::of_cluster(local::build);
    }
    if wanted(Tier::Source) {
        source()?;
        // Among the tests otherwise: what builds these lints, and the generators are built there with everything that they are
        // built of.
        if arguments.only == Some(Tier::Source) {
            clippy()?;
            generate::run(&generate::Generate { check: true })?;
        }
    }
    let lints = if arguments.only.is_none() { cargo::linting()?.to_vec() } else { Vec::new() };
    match missing {
        None if wanted(Tier::Servers) || wanted(Tier::Deployed) => {
            servers(arguments, &lints, cluster, &progress)?;
        }
        Some(reason) if matches!(arguments.only, Some(Tier::Servers | Tier::Deployed)) => {
            bail!("tests against real servers run on a local cluster. {reason}")
        }
        reason if wanted(Tier::Units) => {
            cargo::run(
                &[&["test", "--workspace", "--locked", "--no-fail-fast"], passed_on(arguments).as_slice()]
                    .concat(),
                &lints,
            )?;
            if let Some(reason) = reason {
                eprintln!(
                    "\nLEFT OUT: all tests against real servers, which run on a local cluster. {reason}\n"
                );
            }
        }
        _ => {}
    }
    eprintln!("\ntests took {:.0} s", progress.elapsed().as_secs_f64());
    Ok(())
}

/// What can be said of the source without running it.
fn source() -> Result<()> {
    cargo::run(&["fmt", "--all", "--check"], &[])?;
    tidy::run()?;
    fuzz_targets()
}

/// The lints, without building anything to be run.
fn clippy() -> Result<()> {
    cargo::run(
        &["clippy", "--workspace", "--all-targets", "--all-features", "--locked", "--", "-D", "warnings"],
        &[],
    )
}

/// That the fuzz targets, which stand outside of the workspace, still fit what they are about. To run them needs a nightly
/// compiler and `cargo fuzz`; to check them does not.
fn fuzz_targets() -> Result<()> {
    let crates =
        fs::read_dir(repository::root().join("crates")).context("the folder crates cannot be read")?;
    let folders = crates.filter_map(|entry| Some(entry.ok()?.path().join("fuzz/Cargo.toml")));
    let mut manifests: Vec<_> = folders.filter(|manifest| manifest.is_file()).collect();
    if manifests.is_empty() {
        bail!("no crate has fuzz targets");
    }
    manifests.sort();
    for manifest in manifests {
        let manifest = manifest.strip_prefix(repository::root()).unwrap_or(&manifest).display().to_string();
        cargo::run(&["check", "--locked", "--manifest-path", &manifest, "--target-dir", "target/fuzz"], &[])?;
    }
    Ok(())
}

/// Every test of the workspace, with real servers. With `--only servers`, those of the packages that need them. `lints`: what makes
/// cargo lint what it builds, if it is to.
fn servers(
    arguments: &Test,
    lints: &[(&'static str, String)],
    cluster: HeadStart,
    progress: &Progress,
) -> Result<()> {
    let packages = with_real_servers()?;
    let features = real_servers_of(&packages);
    let mut words = vec!["test", "--locked", "--no-fail-fast", "--features", &features];
    if arguments.only == Some(Tier::Servers) {
        words.push("--tests");
        for package in &packages {
            words.extend(["--package", package]);
        }
    } else {
        words.push("--workspace");
    }
    // While cargo keeps the processor busy.
    let downloads = HeadStart::of_test_servers();
    // Built before the servers start, which would only be in the way.
    cargo::run(&[words.as_slice(), &["--no-run"]].concat(), lints)?;
    downloads.finish(progress)?;
    cluster.finish(progress)?;

    // One run says everything that is wrong: what failed before keeps nothing from being tried.
    let mut verdict = Verdict::default();
    if arguments.only != Some(Tier::Deployed) {
        let passed_on = passed_on(arguments);
        let local = local_cluster(&words, &passed_on, lints);
        let all = [words.as_slice(), &passed_on].concat();
        verdict.add("tests", with_servers(lints, progress, |environment| cargo::run(&all, environment)));
        verdict.add("tests of the local cluster", local.and_then(Printed::finish));
    }
    if arguments.only != Some(Tier::Servers) && arguments.passed_on.is_empty() {
        verdict.add("deployed system", deployed(&words, lints, progress));
    }
    if arguments.keep {
        progress.note(&format!("the cluster runs on: cargo xtask cluster status --name {CLUSTER}"));
    } else {
        // A cluster that cannot go is a failure too.
        verdict.add("removal of the test cluster", local::down(CLUSTER));
    }
    verdict.result()
}

/// Runs the tests of this name that need a Keycloak and nothing else, one after the other, with everything that they print.
///
/// # Errors
/// If one fails, or a server does not start.
pub(crate) fn shown(name: &str, progress: &Progress) -> Result<()> {
    let features = real_servers_of(&with_real_servers()?);
    // As in a run of all tests, so that nothing is built twice.
    let words = ["test", "--locked", "--features", &features, "--workspace", "--test", "real_servers"];
    let downloads = HeadStart::of_keycloaks();
    cargo::run(&[words.as_slice(), &["--no-run"]].concat(), &[])?;
    downloads.finish(progress)?;
    let servers = keycloaks(progress)?;
    let environment = environment_of(&servers)?;
    cargo::run(
        &[words.as_slice(), &["--", name, "--nocapture", "--test-threads", "1"]].concat(),
        &environment,
    )
}

/// What the parts of a run have found wrong.
#[derive(Debug, Default)]
struct Verdict {
    failures: Vec<(&'static str, Error)>,
}

impl Verdict {
    /// Notes how one part ended.
    fn add(&mut self, part: &'static str, ended: Result<()>) {
        self.failures.extend(ended.err().map(|error| (part, error)));
    }

    /// One error that names every part that failed.
    fn result(self) -> Result<()> {
        if self.failures.is_empty() { Ok(()) } else { Err(Error::msg(self.to_string())) }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failed:")?;
        self.failures.iter().try_for_each(|(part, error)| write!(f, "\n  {part}: {error:#}"))
    }
}

/// The main job with the three Deployments, and the tests of package `end-to-end` that need these. Last, as controllers in the
/// cluster would take the objects of other tests for theirs.
fn deployed(words: &[&str], lints: &[(&'static str, String)], progress: &Progress) -> Result<()> {
    let kubectl = local::up(CLUSTER, progress)?;
    let images = image::tested_controllers(progress)?;
    let claims = up::main_job(&kubectl, CLUSTER, local::load, &images, progress)?;
    up::tell(&claims, progress);
    up::again(&kubectl, CLUSTER, local::load, &images, progress)?;
    let servers = [
        ("CLOAKROOM_KUBECONFIG", kubectl.kubeconfig().display().to_string()),
        ("CLOAKROOM_KUBECTL", kubectl.program().display().to_string()),
    ];
    let environment = [lints, &servers].concat();
    // The same packages and features as before, so that nothing is built again.
    cargo::run(&[words, &["--test", "deployed", "--", "--ignored", "--nocapture"]].concat(), &environment)
}

/// Starts the tests of `cargo xtask cluster` itself: they have clusters of their own, for which they wait most of the time, and need
/// nothing of what the others need.
fn local_cluster(words: &[&str], passed_on: &[&str], lints: &[(&'static str, String)]) -> Result<Printed> {
    let passed_on = if passed_on.is_empty() { &["--"] } else { passed_on };
    Printed::start(&[words, &["--test", "local_cluster"], passed_on, &["--ignored"]].concat(), lints)
}

/// Starts the cluster and two Keycloaks, and runs `tests` with what tells them where these are, beside `settings`.
fn with_servers(
    settings: &[(&'static str, String)],
    progress: &Progress,
    tests: impl FnOnce(&[(&str, String)]) -> Result<()>,
) -> Result<()> {
    let exports = public_exports::folder()?;
    let kubectl = local::up(CLUSTER, progress)?;
    let servers = keycloaks(progress)?;
    // All Kubernetes programs in one, by their own names: a test starts an API server of its own with it.
    let kubernetes = kubectl.program().canonicalize().context("kubectl is gone")?;
    let mut environment = settings.to_vec();
    environment.extend([
        ("CLOAKROOM_KUBECONFIG", kubectl.kubeconfig().display().to_string()),
        ("CLOAKROOM_KUBECTL", kubectl.program().display().to_string()),
        ("CLOAKROOM_KUBERNETES", kubernetes.display().to_string()),
        ("CLOAKROOM_PUBLIC_EXPORTS", exports.display().to_string()),
    ]);
    environment.extend(environment_of(&servers)?);
    if env::var_os(THREADS).is_none() {
        // Most of them wait for a server most of the time. With more of them at a time Keycloak, whose database is in memory, gives up
        // transactions that touch the same rows.
        environment.push((THREADS, (1 + thread::available_parallelism()?.get()).to_string()));
    }
    let ended = tests(&environment);
    if ended.is_err() {
        // They are gone when this returns, and their logs with them.
        servers.iter().filter_map(Keycloak::uncaught_errors).for_each(|errors| progress.note(&errors));
    }
    ended
}

/// The newest and the oldest server, on loopback, with a database in memory.
fn keycloaks(progress: &Progress) -> Result<Vec<Keycloak>> {
    let state = cache::directory()?.join("test-servers");
    progress.step("keycloak", || {
        // One after the other: two that start at once on two cores are slower than that.
        let mut servers = Vec::new();
        for version in versions::TEST_SERVERS {
            let server = Keycloak::start(version, &state)?;
            server.wait()?;
            servers.push(server);
        }
        Ok((servers, format!("{} and {} on loopback", versions::KEYCLOAK, versions::KEYCLOAK_OLDEST)))
    })
}

/// What tells tests where these are.
fn environment_of(servers: &[Keycloak]) -> Result<Vec<(&'static str, String)>> {
    let [newest, oldest] = servers else { bail!("two servers were to be started") };
    Ok(vec![
        ("CLOAKROOM_KEYCLOAK_26_7", newest.url().to_owned()),
        ("CLOAKROOM_KEYCLOAK_26_4", oldest.url().to_owned()),
        ("CLOAKROOM_KEYCLOAK_ADMIN", format!("{}:{}", ADMIN.0, ADMIN.1)),
    ])
}

/// The feature of each of these packages, as cargo takes them.
fn real_servers_of(packages: &[String]) -> String {
    let features: Vec<String> = packages.iter().map(|package| format!("{package}/{REAL_SERVERS}")).collect();
    features.join(",")
}

/// The packages that have tests for real servers.
fn with_real_servers() -> Result<Vec<String>> {
    let packages = Metadata::read()?.packages;
    let with: Vec<_> = packages
        .into_iter()
        .filter(|package| package.features.contains_key(REAL_SERVERS))
        .map(|package| package.name)
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

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn every_part_that_failed_is_named_with_its_reason() {
        let mut verdict = Verdict::default();
        verdict.add("tests", Err(anyhow!("exit status 101").context("`cargo test` failed")));
        verdict.add("deployed system", Ok(()));
        verdict.add("removal of the test cluster", Err(anyhow!("this is left:\n  process 7: etcd")));
        insta::assert_snapshot!(verdict.result().unwrap_err(), @r"
        failed:
          tests: `cargo test` failed: exit status 101
          removal of the test cluster: this is left:
          process 7: etcd
        ");
        assert!(Verdict::default().result().is_ok());
    }
}
