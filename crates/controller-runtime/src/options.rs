//! What can be chosen about a process.

use std::{net::SocketAddr, time::Duration};

use crate::{args::RuntimeArgs, backoff::Pacing, calls::CallPolicy, lease::LeaseTimes};

/// What a process is called, here and there.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    /// Name of the program; also of the Lease, of the traces and of who reports Events.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// One sentence for `--help`.
    pub about: &'static str,
    /// What all metrics begin with, without the underscore.
    pub metrics_prefix: &'static str,
    /// What all environment variables begin with, without the underscore.
    pub environment_prefix: &'static str,
}

/// Which namespaces are watched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Namespaces {
    /// All of them, by one watch per kind.
    #[default]
    All,
    /// These, by one watch per kind and namespace.
    Named(Vec<String>),
}

impl Namespaces {
    /// These namespaces; all if there are none.
    pub fn of(mut names: Vec<String>) -> Self {
        names.sort();
        names.dedup();
        if names.is_empty() { Self::All } else { Self::Named(names) }
    }

    pub(crate) fn scopes(&self) -> Vec<Option<String>> {
        match self {
            Self::All => vec![None],
            Self::Named(names) => names.iter().cloned().map(Some).collect(),
        }
    }
}

/// Everything about a process that can be chosen.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which namespaces are watched.
    pub namespaces: Namespaces,
    /// Where health and metrics are served; `None` for not at all.
    pub metrics_address: Option<SocketAddr>,
    /// The election; `None` where exactly one process can run.
    pub election: Option<Election>,
    /// Objects of one kind that are worked on at the same time.
    pub concurrency: u16,
    /// Waiting times.
    pub pacing: Pacing,
    /// The longest one pass may take.
    pub pass_timeout: Duration,
    /// How long passes may go on after the signal to stop.
    pub drain: Duration,
    /// How the API server is called.
    pub calls: CallPolicy,
}

/// An election among replicas.
#[derive(Clone, Debug)]
pub struct Election {
    /// Namespace of the Lease.
    pub namespace: String,
    /// Name of the Lease.
    pub name: String,
    /// Who this process is.
    pub identity: String,
    /// Its times.
    pub times: LeaseTimes,
}

impl Options {
    /// One process alone, as tests and measurements run it: no election, nothing served, all namespaces, four objects at a time, a
    /// pass of a minute at most and half a minute to end in.
    pub fn alone() -> Self {
        Self {
            namespaces: Namespaces::All,
            metrics_address: None,
            election: None,
            concurrency: 4,
            pacing: Pacing::default(),
            pass_timeout: Duration::from_secs(60),
            drain: Duration::from_secs(30),
            calls: CallPolicy::default(),
        }
    }

    /// What the arguments say; `namespace` is the one of the kubeconfig or pod.
    pub fn of(args: &RuntimeArgs, product: &Product, namespace: &str) -> Self {
        let election = args.leader_election.then(|| Election {
            namespace: args.lease_namespace.clone().unwrap_or_else(|| namespace.to_owned()),
            name: args.lease_name.clone().unwrap_or_else(|| product.name.to_owned()),
            identity: args.identity(product.name),
            times: LeaseTimes::for_duration(args.lease_duration),
        });
        Self {
            namespaces: Namespaces::of(args.watched()),
            metrics_address: Some(args.metrics_address),
            election,
            concurrency: args.concurrency,
            pacing: Pacing { resync: args.resync_interval, ..Pacing::default() },
            pass_timeout: args.pass_timeout,
            drain: args.drain_timeout,
            calls: CallPolicy::default(),
        }
    }
}
