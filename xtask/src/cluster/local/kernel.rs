//! Settings of the whole machine that a kubelet changes, put back when the last cluster goes.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// What `setupKernelTunables` of the kubelet sets (k8s.io/kubernetes/pkg/kubelet/cm).
const SETTINGS: [&str; 4] =
    ["vm/overcommit_memory", "vm/panic_on_oom", "kernel/panic", "kernel/panic_on_oops"];
const SAVED: &str = "/var/lib/cloakroom/.kernel";

/// Remembers the settings as they are, unless a cluster has remembered them already.
///
/// # Errors
/// If they cannot be written down.
pub(crate) fn remember() -> Result<()> {
    if Path::new(SAVED).exists() {
        return Ok(());
    }
    let value = |name: &str| fs::read_to_string(Path::new("/proc/sys").join(name));
    let lines: Vec<String> =
        SETTINGS.iter().filter_map(|name| Some(format!("{name} {}", value(name).ok()?.trim()))).collect();
    fs::write(SAVED, lines.join("\n")).with_context(|| format!("cannot write {SAVED}"))
}

/// Puts them back.
pub(crate) fn restore() {
    for line in fs::read_to_string(SAVED).unwrap_or_default().lines() {
        if let Some((name, value)) = line.split_once(' ') {
            // One that this kernel does not let us write was not changed either.
            let _ = fs::write(Path::new("/proc/sys").join(name), value);
        }
    }
    let _ = fs::remove_file(SAVED);
}
