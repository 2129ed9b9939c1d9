//! A way into the cluster as a person would take it.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};

use anyhow::{Context, Result};

use crate::cluster::kubectl::Kubectl;
use crate::process;

/// `kubectl port-forward` to a port of loopback that is free; ends when dropped.
pub(super) struct PortForward {
    child: Child,
    port: u16,
    /// Kept open: kubectl writes a line per connection, and would end at the first if nobody could read it.
    output: BufReader<ChildStdout>,
}

impl PortForward {
    /// Starts it to a port of `target`, for example `service/keycloak`.
    pub(super) fn start(kubectl: &Kubectl, namespace: &str, target: &str, port: u16) -> Result<Self> {
        let mut command = kubectl.patient();
        command
            .args(["-n", namespace, "port-forward", "--address=127.0.0.1", target, &format!(":{port}")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        // `down` ends it where this task is killed before it does.
        let started = process::marked(&mut command).spawn();
        let mut child = started.context("cannot start kubectl port-forward")?;
        let output = child.stdout.take().context("kubectl port-forward has no output")?;
        let mut forward = Self { child, port: 0, output: BufReader::new(output) };
        let mut first = String::new();
        forward.output.read_line(&mut first)?;
        // "Forwarding from 127.0.0.1:41231 -> 8080"
        forward.port = first
            .split_whitespace()
            .find_map(|word| word.strip_prefix("127.0.0.1:")?.parse().ok())
            .with_context(|| format!("kubectl port-forward to {target} printed {first:?}"))?;
        Ok(forward)
    }

    /// Where the port is on this machine.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for PortForward {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
