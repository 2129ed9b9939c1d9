//! The pause container, which holds the namespaces of every pod.

use anyhow::Result;

use super::oci::Config;
use super::static_program::StaticProgram;
use super::{Arch, Archive};
use crate::versions::PAUSE;

/// The name under which a node finds it: containerd's `sandbox_image`.
pub(crate) fn name() -> String {
    format!("registry.k8s.io/pause:{PAUSE}")
}

pub(super) fn archive(archs: &[Arch]) -> Result<Archive> {
    let config = Config {
        user: "65535:65535".to_owned(),
        env: vec!["PATH=/".to_owned()],
        entrypoint: vec!["/pause".to_owned()],
        ..Config::default()
    };
    StaticProgram { image: name(), program: "pause", ldflags: "-s -w", config }.archive(archs)
}
