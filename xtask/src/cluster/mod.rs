//! `cargo xtask cluster`: a real single-node Kubernetes for development and tests.

pub(crate) mod kind;
pub(crate) mod kubectl;
pub(crate) mod local;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::progress::Progress;

/// The cluster's name when none is given.
pub(crate) const DEFAULT_NAME: &str = "cloakroom";

/// A real single-node Kubernetes, with or without Docker.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cargo xtask cluster up                        a cluster by what this machine has
  cargo xtask cluster up --provider local       without Docker: Linux, root
  export KUBECONFIG=$(cargo xtask cluster kubeconfig)
  cargo xtask cluster load my-image.tar         makes an image known to the node
  cargo xtask cluster status
  cargo xtask cluster down                      leaves nothing behind, and says so")]
pub(crate) struct Cluster {
    /// Name of the cluster; clusters of different names live side by side.
    #[arg(long, global = true, default_value = DEFAULT_NAME, env = "CLOAKROOM_CLUSTER", value_parser = name)]
    name: String,
    /// What runs it: `local` processes in one network namespace, or `kind` in a Docker engine.
    #[arg(long, global = true, value_enum, default_value_t = Provider::Auto, env = "CLOAKROOM_PROVIDER")]
    provider: Provider,
    #[command(subcommand)]
    action: Action,
}

/// What to do with the cluster.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Start it, building what is missing; a running one is left as it is.
    Up,
    /// Stop it and remove every trace of it.
    Down,
    /// Say what runs, and whether the node is Ready.
    Status,
    /// Load images (files that hold an OCI layout or docker-archive) into the node.
    Load {
        /// Image files, as `cargo xtask image --all --output images` writes them.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Print the path of its kubeconfig.
    Kubeconfig,
}

/// What runs the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Provider {
    /// `kind` where a Docker engine answers and kind is installed, else `local`.
    Auto,
    /// Processes of this machine in a network namespace of their own (Linux, root).
    Local,
    /// Containers of a Docker engine, by the kind program.
    Kind,
}

impl Provider {
    /// The provider that `auto` means on this machine for the cluster `name`: what it was started with, if it is there.
    pub(crate) fn resolve(self, name: &str) -> Self {
        match self {
            Self::Auto if local::Site::existing(name).is_ok_and(|site| site.is_some()) => Self::Local,
            Self::Auto if kind::available() => Self::Kind,
            Self::Auto => Self::Local,
            chosen => chosen,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// With a sentence that names the step that failed and shows the end of its log.
pub(crate) fn run(cluster: &Cluster) -> Result<()> {
    let name = &cluster.name;
    match (cluster.provider.resolve(name), &cluster.action) {
        (Provider::Kind, action) => match action {
            Action::Up => kind::up(name, &Progress::start()),
            Action::Down => kind::down(name),
            Action::Status => kind::status(name),
            Action::Load { files } => kind::load(name, files, &Progress::start()),
            Action::Kubeconfig => said(&kind::kubeconfig(name)?),
        },
        (_, Action::Up) => local::up(name, &Progress::start()).map(drop),
        (_, Action::Down) => local::down(name),
        (_, Action::Status) => local::status(name),
        (_, Action::Load { files }) => local::load(name, files, &Progress::start()),
        (_, Action::Kubeconfig) => said(&local::kubeconfig(name)?),
    }
}

#[expect(clippy::print_stdout, clippy::unnecessary_wraps, reason = "the path is the command's result")]
fn said(path: &std::path::Path) -> Result<()> {
    println!("{}", path.display());
    Ok(())
}

/// Checks a cluster's name: it becomes part of names of namespaces, cgroups and files.
pub(crate) fn name(text: &str) -> Result<String> {
    let fits = !text.is_empty()
        && text.len() <= 20
        && text.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-');
    if !fits {
        bail!(
            "a cluster's name has 1 to 20 of a-z, 0-9 and -, and neither begins nor ends with -; got {text:?}"
        );
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_that_could_leave_its_directory_is_refused() {
        for bad in ["", "..", "a/b", "A", "-a", "a-", "a b", "averyveryveryverylongname"] {
            let error = name(bad).unwrap_err().to_string();
            assert!(error.contains("a-z"), "{error}");
        }
        assert_eq!(name("cloakroom-2").unwrap(), "cloakroom-2");
    }
}
