//! The command line that every controller has.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{ArgAction, Args, Command};

use crate::telemetry::LogFormat;

/// Arguments of every controller. Each can be given by an environment variable too: the product's prefix, an underscore,
/// and the name of the argument in capitals ([`with_environment`]).
#[derive(Args, Clone, Debug)]
pub struct RuntimeArgs {
    /// Namespaces to watch, separated by commas; empty for all.
    #[arg(long, value_delimiter = ',', value_name = "NAMESPACE")]
    pub namespaces: Vec<String>,

    /// What is logged: a level, or directives such as info,kube=debug.
    #[arg(long, default_value = "info", value_name = "FILTER")]
    pub log_level: String,

    /// The form of log lines.
    #[arg(long, value_enum, default_value = "json")]
    pub log_format: LogFormat,

    /// Where /healthz, /readyz and /metrics are served.
    #[arg(long, default_value = "0.0.0.0:8081", value_name = "ADDRESS:PORT")]
    pub metrics_address: SocketAddr,

    /// Whether replicas elect a leader. Switch it off only where exactly one process can run.
    #[arg(long, default_value_t = true, action = ArgAction::Set, value_name = "BOOL")]
    pub leader_election: bool,

    /// Namespace of the Lease; default: the namespace of the kubeconfig or of the pod.
    #[arg(long, value_name = "NAMESPACE")]
    pub lease_namespace: Option<String>,

    /// Name of the Lease; default: the name of the program.
    #[arg(long, value_name = "NAME")]
    pub lease_name: Option<String>,

    /// Who this process is in the Lease; default: the name of the pod or host. A random part is added.
    #[arg(long, value_name = "NAME")]
    pub lease_identity: Option<String>,

    /// How long a standby waits after the last sign of life of the leader.
    #[arg(long, default_value = "5s", value_parser = duration, value_name = "DURATION")]
    pub lease_duration: Duration,

    /// Objects of one kind that are worked on at the same time.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=256), value_name = "COUNT")]
    pub concurrency: u16,

    /// How often an object that is settled is looked at again.
    #[arg(long, default_value = "10m", value_parser = duration, value_name = "DURATION")]
    pub resync_interval: Duration,

    /// The longest one pass over one object may take.
    #[arg(long, default_value = "5m", value_parser = duration, value_name = "DURATION")]
    pub pass_timeout: Duration,

    /// How long passes that run may go on after a signal to stop. Keep it below the pod's terminationGracePeriodSeconds.
    #[arg(long, default_value = "20s", value_parser = duration, value_name = "DURATION")]
    pub drain_timeout: Duration,

    /// A kubeconfig; default: the one of the environment, else the pod's service account.
    #[arg(long, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,
}

/// No arguments beside those of the runtime.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct NoArgs {}

/// Lets each argument be given by `<PREFIX>_<ARGUMENT>`, for example `EXAMPLE_LOG_LEVEL`.
///
/// Three arguments also take the variables that a pod has by the downward API: see [`RuntimeArgs::identity`].
#[must_use]
pub fn with_environment(command: Command, prefix: &str) -> Command {
    command.mut_args(|arg| {
        let Some(long) = arg.get_long().filter(|long| !matches!(*long, "help" | "version")) else {
            return arg;
        };
        let variable = format!("{prefix}_{}", long.to_ascii_uppercase().replace('-', "_"));
        arg.env(variable)
    })
}

impl RuntimeArgs {
    /// The identity for the Lease: the argument, else `POD_NAME`, else `HOSTNAME`, else the name of the program.
    pub fn identity(&self, program: &str) -> String {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        self.lease_identity
            .clone()
            .or_else(|| variable("POD_NAME"))
            .or_else(|| variable("HOSTNAME"))
            .unwrap_or_else(|| program.to_owned())
    }

    /// The namespaces to watch, without the empty texts that an empty variable gives.
    pub fn watched(&self) -> Vec<String> {
        self.namespaces.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    }
}

/// Reads `90s`, `10m`, `1h`, `500ms`, also several together (`1m30s`).
fn duration(text: &str) -> Result<Duration, String> {
    let wrong =
        || format!("{text:?} is no duration; write a number and a unit, for example 500ms, 30s, 10m or 1h");
    let signed: jiff::SignedDuration = text.parse().map_err(|_| wrong())?;
    Duration::try_from(signed).ok().filter(|duration| !duration.is_zero()).ok_or_else(wrong)
}

#[cfg(test)]
mod tests;
