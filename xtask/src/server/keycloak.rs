//! Keycloak as a process of this machine, for tests: the real server, with an embedded database, on loopback.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::password_token;
use crate::process::{self, Daemon};
use crate::{cache, image};

/// The bootstrap administrator of test servers.
pub(crate) const ADMIN: (&str, &str) = ("admin", "admin");
/// A test server lives for minutes and does most things a few times: what the best compiler of the JVM (tier 4) would be asked for by
/// its defaults (5,000 calls of a method, 15,000 with its loops) costs more than it ever saves. Measured over a part of the tests: 114
/// instead of 209 seconds of processor time. Without tier 4 at all, generating a realm's RSA keys would be slow.
const COMPILES_LATE: &str = "-XX:Tier4InvocationThreshold=200000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=500000";
/// How many errors of a server's log are shown, and how many lines of the trace of each and of what caused it.
const ERRORS: usize = 6;
const TRACED: usize = 12;
const CAUSED: usize = 4;
const STARTED: Duration = Duration::from_secs(240);

/// A running Keycloak; it ends when this is dropped.
pub(crate) struct Keycloak {
    daemon: Daemon,
    url: String,
    state: PathBuf,
}

impl Keycloak {
    /// Starts a server of this version on free ports. It is ready once [`Keycloak::wait`] returns.
    ///
    /// # Errors
    /// If the version cannot be had or the process not be started.
    pub(crate) fn start(version: &str, state: &Path) -> Result<Self> {
        let home = built(version)?;
        // A directory of its own for what the server writes beside its database, which is in memory.
        let state = state.join(format!("keycloak-{version}"));
        // A run that was killed could not end its server.
        Daemon::new(&state, "keycloak").stop(Duration::from_secs(10));
        cache::remove(&state)?;
        fs::create_dir_all(&state)?;
        let (http, management) = (free_port()?, free_port()?);
        let daemon = Daemon::new(&state, "keycloak");
        daemon.start(
            &home.join("bin/kc.sh"),
            &[
                "start".to_owned(),
                "--optimized".to_owned(),
                // Else it would look for others of its kind on the machine's networks.
                "--cache=local".to_owned(),
                "--http-enabled=true".to_owned(),
                "--http-host=127.0.0.1".to_owned(),
                format!("--http-port={http}"),
                "--http-management-host=127.0.0.1".to_owned(),
                format!("--http-management-port={management}"),
                "--hostname-strict=false".to_owned(),
            ],
            &[
                ("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN.0.to_owned()),
                ("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN.1.to_owned()),
                ("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx768m".to_owned()),
                ("JAVA_OPTS_APPEND", format!("-Djava.io.tmpdir={} {COMPILES_LATE}", state.display())),
            ],
        )?;
        Ok(Self { daemon, url: format!("http://127.0.0.1:{http}"), state })
    }

    /// Its base URL.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What it could not answer but with 500, for whoever looks for the cause of a failed test: the last of them with the
    /// beginning of where each came from. `None` if there is none.
    pub(crate) fn uncaught_errors(&self) -> Option<String> {
        let errors = uncaught(&self.daemon.log().ok()?);
        (!errors.is_empty()).then(|| format!("{} answered with 500 for:\n{errors}", self.url))
    }

    /// Waits until the administrator can log in.
    ///
    /// # Errors
    /// If the server ends or does not get ready: the end of its log.
    pub(crate) fn wait(&self) -> Result<()> {
        process::wait_until(STARTED, std::slice::from_ref(&self.daemon), || {
            password_token(&self.url, "master", "admin-cli", ADMIN.0, ADMIN.1).map(drop)
        })
    }
}

impl Drop for Keycloak {
    fn drop(&mut self) {
        self.daemon.stop(Duration::from_secs(10));
        // Files of a server that has ended; nothing else reads them.
        let _ = fs::remove_dir_all(&self.state);
    }
}

/// From a server's log: the last of its errors that nothing in it caught, each with some lines of its trace and every cause.
fn uncaught(log: &str) -> String {
    let mut errors: Vec<Vec<&str>> = Vec::new();
    // How many more lines of the error's trace are kept; none while the lines are of something else.
    let mut left: Option<usize> = None;
    for line in log.lines() {
        let caused = line.starts_with("Caused by:");
        left = match left {
            _ if line.contains(" ERROR ") && line.contains("Uncaught server error") => {
                errors.push(Vec::new());
                Some(TRACED)
            }
            Some(_) if caused => Some(CAUSED),
            Some(left) if line.starts_with('\t') => Some(left.saturating_sub(1)),
            _ => None,
        };
        if left.is_some_and(|left| left > 0)
            && let Some(error) = errors.last_mut()
        {
            error.push(line);
        }
    }
    errors.iter().rev().take(ERRORS).rev().flatten().copied().collect::<Vec<_>>().join("\n")
}

/// A distribution with the options of a test server built in, which makes its start three times as fast.
///
/// # Errors
/// If the version cannot be had, or its own build fails.
pub(crate) fn built(version: &str) -> Result<PathBuf> {
    let distribution = image::keycloak::distribution(version)?;
    let target = cache::directory()?.join(format!("keycloak-built/{version}"));
    cache::once(&target, |unfinished| {
        process::output(process::tied("cp").arg("-a").arg(&distribution).arg(unfinished))?;
        let script = unfinished.join("bin/kc.sh");
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
        process::output(Command::new(script).args([
            "build",
            "--db=dev-mem",
            "--health-enabled=true",
            "--metrics-enabled=true",
        ]))?;
        Ok(())
    })?;
    Ok(target)
}

/// A port of loopback that is free now.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on loopback")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_log_the_errors_that_nothing_caught_are_kept_with_their_causes() {
        let trace = "\tat a.B.c(B.java:1)\n".repeat(40);
        let log = format!(
            "2026-01-01 INFO  [x] (main) started\n2026-01-01 ERROR [x] (t) Conflict detected: expected\n{trace}2026-01-01 ERROR \
             [x.KeycloakErrorHandler] (t) Uncaught server error: java.lang.X: first\n{trace}Caused by: org.h2.Y: second\n{trace}\
             2026-01-01 INFO  [x] (t) more\n\tnot of it\n"
        );
        let kept = uncaught(&log);
        let lines: Vec<&str> = kept.lines().collect();
        assert!(lines[0].ends_with("java.lang.X: first"));
        assert_eq!(lines.len(), 1 + 11 + 1 + 3);
        assert_eq!(lines[12], "Caused by: org.h2.Y: second");
        assert_eq!(uncaught("2026-01-01 INFO  [x] (main) started\n"), "");
    }
}
