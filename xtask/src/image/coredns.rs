//! CoreDNS, the cluster's name server.
//!
//! The image runs as a user without rights, and a file in a layer carries no capability of its own:
//! to answer on port 53 the pod sets the sysctl `net.ipv4.ip_unprivileged_port_start` (one of those that
//! every cluster allows) to 53 or less, or runs as root with `NET_BIND_SERVICE` only.

use anyhow::Result;

use super::oci::Config;
use super::static_program::StaticProgram;
use super::{Arch, Archive};
use crate::versions::COREDNS;

/// The name that the cluster's Deployment uses.
pub(crate) fn name() -> String {
    format!("registry.k8s.io/coredns/coredns:v{COREDNS}")
}

pub(super) fn archive(archs: &[Arch]) -> Result<Archive> {
    program().archive(archs)
}

/// Fetches the modules that it is built from.
///
/// # Errors
/// If Go does not get them.
pub(crate) fn fetch() -> Result<()> {
    program().package(Arch::native()?)?.fetch()
}

fn program() -> StaticProgram<'static> {
    let config = Config {
        user: "65532:65532".to_owned(),
        exposed_ports: vec!["53/tcp".to_owned(), "53/udp".to_owned()],
        env: vec!["PATH=/".to_owned()],
        entrypoint: vec!["/coredns".to_owned()],
        ..Config::default()
    };
    StaticProgram { image: name(), program: "coredns", ldflags: "-s -w", config }
}
