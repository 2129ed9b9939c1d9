//! Provider `kind`: the same cluster commands through the `kind` and `docker` programs.
//!
//! Kept thin: each function issues the commands of [`commands`] and nothing else.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::progress::Progress;
use crate::{cache, process, versions};

/// What else there is.
const INSTEAD: &str = "or use `--provider local`, which needs no Docker (Linux, root)";

/// Whether a Docker engine answers and kind is installed.
pub(crate) fn available() -> bool {
    missing().is_none()
}

/// kubectl, which kind does not bring along.
///
/// # Errors
/// If it is not installed.
pub(crate) fn kubectl() -> Result<PathBuf> {
    process::find("kubectl").with_context(|| {
        format!("`kubectl` is missing: install it (https://kubernetes.io/docs/tasks/tools), {INSTEAD}")
    })
}

/// What keeps this machine from running a kind cluster, as sentences that say what to do.
fn missing() -> Option<String> {
    let answers = || {
        let asked = Command::new("docker")
            .args(["version", "--format", "{{.Server.Version}}"])
            .stdin(Stdio::null())
            .output();
        asked.is_ok_and(|answer| answer.status.success())
    };
    judge(process::installed, answers)
}

fn judge(installed: impl Fn(&str) -> bool, engine: impl FnOnce() -> bool) -> Option<String> {
    if !installed("kind") {
        return Some(format!(
            "`kind` is missing: install {} or newer (https://kind.sigs.k8s.io), {INSTEAD}",
            versions::KIND
        ));
    }
    let silent = || {
        format!(
            "no Docker engine answers this user: start it (`docker version` says what is wrong), {INSTEAD}"
        )
    };
    (!engine()).then(silent)
}

fn require() -> Result<()> {
    missing().map_or(Ok(()), |reason| bail!("a kind cluster cannot be used here: {reason}"))
}

/// Starts the cluster, or leaves the one that runs as it is.
///
/// # Errors
/// If kind fails.
pub(crate) fn up(name: &str, progress: &Progress) -> Result<()> {
    require()?;
    process::mark(&mark(name));
    progress.step("cluster", || {
        let kubeconfig = kubeconfig_path(name)?;
        let existing = process::output(&mut command(&commands::list()))?;
        if existing.lines().any(|line| line == name) {
            process::output(&mut command(&commands::kubeconfig(name, &kubeconfig)))?;
            return Ok(((), format!("kind {name} (running)")));
        }
        process::output(&mut command(&commands::create(name, &kubeconfig)))?;
        let kubernetes = versions::KIND_NODE.split('@').next().unwrap_or_default();
        Ok(((), format!("kind {name}, Kubernetes {kubernetes}")))
    })
}

/// Removes the cluster.
///
/// # Errors
/// If kind fails.
pub(crate) fn down(name: &str) -> Result<()> {
    require()?;
    // What an `up` that was killed has left at work, kind itself or a way into the cluster.
    process::end(&process::of_task(&mark(name)), Duration::from_secs(5));
    process::output(&mut command(&commands::delete(name)))?;
    cache::remove(&folder(name)?)?;
    eprintln!("kind cluster {name} is gone");
    Ok(())
}

/// Prints the nodes and whether they are Ready.
///
/// # Errors
/// If kind or kubectl fails, as they do where the cluster does not run.
#[expect(clippy::print_stdout, reason = "the command's result")]
pub(crate) fn status(name: &str) -> Result<()> {
    let kubeconfig = kubeconfig(name)?;
    kubectl()?;
    print!("{}", process::output(&mut command(&commands::nodes(&kubeconfig)))?);
    Ok(())
}

/// Loads image files into the node.
///
/// # Errors
/// If a file cannot be loaded; the ones before it are.
pub(crate) fn load(name: &str, files: &[PathBuf], progress: &Progress) -> Result<()> {
    require()?;
    for file in files {
        progress.step("load", || {
            process::output(&mut command(&commands::load(name, file)))?;
            Ok(((), file.display().to_string()))
        })?;
    }
    Ok(())
}

/// The kubeconfig's path.
///
/// # Errors
/// If the cluster is not running.
pub(crate) fn kubeconfig(name: &str) -> Result<PathBuf> {
    require()?;
    let path = kubeconfig_path(name)?;
    process::output(&mut command(&commands::kubeconfig(name, &path))).with_context(|| {
        format!(
            "there is no kind cluster {name}: start it with `cargo xtask cluster up --provider kind --name {name}`"
        )
    })?;
    Ok(path)
}

/// What processes of a task on a cluster carry: no local cluster has such a name.
fn mark(name: &str) -> String {
    format!("kind:{name}")
}

fn kubeconfig_path(name: &str) -> Result<PathBuf> {
    Ok(folder(name)?.join("kubeconfig"))
}

/// What belongs to a cluster on this side of Docker: its kubeconfig, and what kubectl remembers of it.
fn folder(name: &str) -> Result<PathBuf> {
    Ok(cache::directory()?.join("kind").join(name))
}

fn command(words: &[String]) -> Command {
    let mut command = Command::new(words.first().map_or("", String::as_str));
    command.args(words.iter().skip(1));
    command
}

/// The commands, as plain words.
mod commands {
    use super::{Path, versions};

    fn words(parts: &[&str]) -> Vec<String> {
        parts.iter().map(|part| (*part).to_owned()).collect()
    }

    pub(super) fn list() -> Vec<String> {
        words(&["kind", "get", "clusters"])
    }

    pub(super) fn create(name: &str, kubeconfig: &Path) -> Vec<String> {
        let image = format!("kindest/node:{}", versions::KIND_NODE);
        let kubeconfig = kubeconfig.display().to_string();
        let options = ["--kubeconfig", &kubeconfig, "--image", &image, "--wait", "180s"];
        words(&[&["kind", "create", "cluster", "--name", name], options.as_slice()].concat())
    }

    pub(super) fn delete(name: &str) -> Vec<String> {
        words(&["kind", "delete", "cluster", "--name", name])
    }

    pub(super) fn load(name: &str, file: &Path) -> Vec<String> {
        words(&["kind", "load", "image-archive", "--name", name, &file.display().to_string()])
    }

    pub(super) fn kubeconfig(name: &str, to: &Path) -> Vec<String> {
        words(&["kind", "export", "kubeconfig", "--name", name, "--kubeconfig", &to.display().to_string()])
    }

    pub(super) fn nodes(kubeconfig: &Path) -> Vec<String> {
        words(&["kubectl", "--kubeconfig", &kubeconfig.display().to_string(), "get", "nodes", "-o", "wide"])
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn each_action_issues_one_command_that_names_its_cluster() {
            let path = Path::new("/c/k.yaml");
            let all = [
                create("two", path),
                load("two", Path::new("a.tar")),
                kubeconfig("two", path),
                delete("two"),
                list(),
                nodes(path),
            ];
            let shown: Vec<String> = all.iter().map(|words| words.join(" ")).collect();
            assert_eq!(
                shown,
                [
                    "kind create cluster --name two --kubeconfig /c/k.yaml --image kindest/node:v1.34.11@sha256:44e222ee2132dab25ff87301682f89eb82c7880ea3a1bf543bfe9708fd08d67d --wait 180s",
                    "kind load image-archive --name two a.tar",
                    "kind export kubeconfig --name two --kubeconfig /c/k.yaml",
                    "kind delete cluster --name two",
                    "kind get clusters",
                    "kubectl --kubeconfig /c/k.yaml get nodes -o wide",
                ]
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{judge, versions};

    #[test]
    fn the_node_has_the_minor_version_of_the_local_cluster_and_one_content() {
        let (tag, digest) = versions::KIND_NODE.split_once("@sha256:").unwrap();
        let minor = |version: &str| version.rsplit_once('.').unwrap().0.to_owned();
        assert_eq!(minor(tag), format!("v{}", minor(versions::KUBERNETES)));
        assert_eq!(digest.len(), 64);
    }

    #[test]
    fn what_kind_lacks_is_said_with_what_to_do() {
        let said = |missing: &str, engine| judge(|program| program != missing, || engine).unwrap_or_default();
        insta::assert_snapshot!(said("kind", true), @"`kind` is missing: install 0.33.0 or newer (https://kind.sigs.k8s.io), or use `--provider local`, which needs no Docker (Linux, root)");
        insta::assert_snapshot!(said("", false), @"no Docker engine answers this user: start it (`docker version` says what is wrong), or use `--provider local`, which needs no Docker (Linux, root)");
        assert_eq!(said("", true), "");
    }
}
