//! kubectl, run against one cluster.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Error, Result, anyhow, bail};
use serde_json::Value;

use crate::process;

/// kubectl with the kubeconfig of one cluster.
#[derive(Clone, Debug)]
pub(crate) struct Kubectl {
    program: PathBuf,
    kubeconfig: PathBuf,
}

impl Kubectl {
    /// `program` is kubectl, `kubeconfig` the cluster's.
    pub(crate) fn new(program: PathBuf, kubeconfig: PathBuf) -> Self {
        Self { program, kubeconfig }
    }

    /// The kubeconfig it uses.
    pub(crate) fn kubeconfig(&self) -> &Path {
        &self.kubeconfig
    }

    /// The program.
    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    /// Runs it and returns what it printed.
    ///
    /// # Errors
    /// If it fails: the error shows the call and what it printed.
    pub(crate) fn run(&self, args: &[&str]) -> Result<String> {
        process::output(self.command().args(args))
    }

    /// One object or list as JSON.
    ///
    /// # Errors
    /// If kubectl fails or prints no JSON.
    pub(crate) fn json(&self, args: &[&str]) -> Result<Value> {
        let text = process::output(self.command().args(args).args(["-o", "json"]))?;
        serde_json::from_str(&text).with_context(|| format!("kubectl {} printed no JSON", args.join(" ")))
    }

    /// Applies manifests on the server's side; conflicts with other managers are ours to win.
    ///
    /// # Errors
    /// If the server refuses one: its words.
    pub(crate) fn apply(&self, manifests: &str) -> Result<String> {
        self.with_input(&["apply", "--server-side", "--force-conflicts", "-f", "-"], manifests)
    }

    /// Runs it with `input` on its standard input.
    ///
    /// # Errors
    /// As [`Kubectl::run`].
    pub(crate) fn with_input(&self, args: &[&str], input: &str) -> Result<String> {
        let mut command = self.command();
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let started = process::marked(&mut command).spawn();
        let mut child = started.with_context(|| format!("cannot start {}", process::shown(&command)))?;
        let written = child.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(input.as_bytes()));
        let done = child.wait_with_output()?;
        if !done.status.success() {
            bail!("`{}` failed: {}", process::shown(&command), String::from_utf8_lossy(&done.stderr).trim());
        }
        // One that failed may not have read everything, and its own words say more.
        written.with_context(|| format!("cannot write to `{}`", process::shown(&command)))?;
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    }

    fn command(&self) -> Command {
        let mut command = self.patient();
        command.arg("--request-timeout=60s");
        command
    }

    /// For a call that lasts as long as it is wanted.
    pub(crate) fn patient(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--kubeconfig").arg(&self.kubeconfig);
        // Beside the kubeconfig, so that it goes with the cluster.
        command.arg("--cache-dir").arg(self.kubeconfig.with_file_name("kubectl-cache"));
        process::without_proxy(&mut command);
        command
    }
}

/// Whether an object's `status.conditions` has `kind` with status True.
pub(crate) fn condition(object: &Value, kind: &str) -> bool {
    conditions(object).any(|condition| condition["type"] == kind && condition["status"] == "True")
}

/// The conditions of an object that are not as one would like, for messages.
pub(crate) fn unmet(object: &Value) -> String {
    let all: Vec<String> = conditions(object)
        .filter(|condition| condition["status"] != "True")
        .map(|condition| {
            let text = |key: &str| condition[key].as_str().unwrap_or_default().to_owned();
            format!("{}={} {}: {}", text("type"), text("status"), text("reason"), text("message"))
        })
        .collect();
    if all.is_empty() { "it has no conditions yet".to_owned() } else { all.join("; ") }
}

/// An error and, below it, what became of some pods of a namespace: how they stand, what was noted about them, and the end of
/// their logs. `pods` names them as kubectl takes them, by name or selector.
pub(crate) fn with_pods(error: &Error, kubectl: &Kubectl, namespace: &str, pods: &[&str]) -> Error {
    // A server that does not answer is what the error is about already.
    let ask = |words: &[&str]| {
        let all = [["-n", namespace].as_slice(), words, pods].concat();
        kubectl.run(&all).unwrap_or_else(|error| format!("{error:#}"))
    };
    let parts = [
        ("pods", ask(&["get", "pods", "-o", "wide"])),
        ("described", ask(&["describe", "pods"])),
        ("the end of the log", ask(&["logs", "--all-containers", "--prefix", "--tail=25"])),
    ];
    let said = parts.map(|(title, text)| format!("{title}:\n{}", process::tail(&text)));
    anyhow!("{error:#}\n{}", said.join("\n"))
}

fn conditions(object: &Value) -> impl Iterator<Item = &Value> {
    object["status"]["conditions"].as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_pods_stands_below_the_error() {
        // Prints what it is asked.
        let kubectl = Kubectl::new(PathBuf::from("echo"), PathBuf::from("kubeconfig"));
        let error = with_pods(&anyhow!("not ready"), &kubectl, "kube-system", &["--selector", "app=dns"]);
        let begin = "--kubeconfig kubeconfig --cache-dir kubectl-cache --request-timeout=60s ";
        insta::assert_snapshot!(error.to_string().replace(begin, ""), @r"
        not ready
        pods:
            -n kube-system get pods -o wide --selector app=dns
        described:
            -n kube-system describe pods --selector app=dns
        the end of the log:
            -n kube-system logs --all-containers --prefix --tail=25 --selector app=dns
        ");
    }
}
