//! Settings of the whole machine that a kubelet changes, put back when the last cluster goes.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::site;

/// What `setupKernelTunables` of the kubelet sets (k8s.io/kubernetes/pkg/kubelet/cm).
const SETTINGS: [&str; 6] = [
    "vm/overcommit_memory",
    "vm/panic_on_oom",
    "kernel/panic",
    "kernel/panic_on_oops",
    "kernel/keys/root_maxkeys",
    "kernel/keys/root_maxbytes",
];

/// Where the settings are, and where they are remembered.
#[derive(Debug)]
pub(crate) struct Kernel {
    settings: PathBuf,
    saved: PathBuf,
}

impl Kernel {
    /// The kernel that runs.
    pub(crate) fn of_this_machine() -> Self {
        Self { settings: PathBuf::from("/proc/sys"), saved: PathBuf::from(site::STATE).join(".kernel") }
    }

    /// Remembers the settings as they are, unless a cluster has remembered them already.
    ///
    /// # Errors
    /// If they cannot be written down.
    pub(crate) fn remember(&self) -> Result<()> {
        if self.saved.exists() {
            return Ok(());
        }
        let lines: Vec<String> =
            SETTINGS.iter().filter_map(|name| Some(format!("{name} {}\n", self.value(name)?))).collect();
        // In one step: half of them would be taken for all.
        let written = self.unfinished();
        fs::write(&written, lines.concat())
            .and_then(|()| fs::rename(&written, &self.saved))
            .with_context(|| format!("cannot write {}", self.saved.display()))
    }

    /// Whether a cluster has remembered them.
    pub(crate) fn is_remembered(&self) -> bool {
        self.saved.exists()
    }

    /// Puts them back, and says which could not be. With those it remembers them on, for another try.
    pub(crate) fn restore(&self) -> Vec<String> {
        let saved = fs::read_to_string(&self.saved).unwrap_or_default();
        let left: Vec<String> = saved
            .lines()
            .filter_map(|line| line.split_once(' '))
            .filter_map(|(name, before)| {
                // What this kernel does not let us write, the kubelet has not changed either.
                let _ = fs::write(self.settings.join(name), before);
                let now = self.value(name).unwrap_or_else(|| "not to be read".to_owned());
                (now != before).then(|| format!("kernel setting {name} is {now} and was {before}"))
            })
            .collect();
        if left.is_empty() {
            let _ = fs::remove_file(&self.saved);
            let _ = fs::remove_file(self.unfinished());
        }
        left
    }

    fn unfinished(&self) -> PathBuf {
        self.saved.with_extension("unfinished")
    }

    fn value(&self, name: &str) -> Option<String> {
        Some(fs::read_to_string(self.settings.join(name)).ok()?.trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A kernel in a directory, all of whose settings are 0.
    fn kernel() -> (Kernel, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let kernel = Kernel { settings: folder.path().join("sys"), saved: folder.path().join(".kernel") };
        for name in SETTINGS {
            fs::create_dir_all(kernel.settings.join(name).parent().unwrap()).unwrap();
        }
        set(&kernel, "0");
        (kernel, folder)
    }

    fn set(kernel: &Kernel, value: &str) {
        for name in SETTINGS {
            fs::write(kernel.settings.join(name), format!("{value}\n")).unwrap();
        }
    }

    #[test]
    fn settings_are_put_back_as_they_were_before_the_first_cluster() {
        let (kernel, _folder) = kernel();
        kernel.remember().unwrap();
        set(&kernel, "10");
        // The second cluster sees what the kubelet of the first one has set.
        kernel.remember().unwrap();
        assert!(kernel.is_remembered());
        assert_eq!(kernel.restore(), Vec::<String>::new());
        for name in SETTINGS {
            assert_eq!(kernel.value(name).unwrap(), "0", "{name}");
        }
        assert!(!kernel.is_remembered());
        // Nothing is remembered: nothing is changed.
        set(&kernel, "7");
        assert_eq!(kernel.restore(), Vec::<String>::new());
        assert_eq!(kernel.value("kernel/panic").unwrap(), "7");
    }

    #[test]
    fn a_setting_that_cannot_be_put_back_is_named_and_not_forgotten() {
        let (kernel, _folder) = kernel();
        // One that this kernel does not have is neither remembered nor missed.
        fs::remove_file(kernel.settings.join("kernel/keys/root_maxkeys")).unwrap();
        kernel.remember().unwrap();
        set(&kernel, "10");
        let refused = kernel.settings.join("kernel/panic");
        fs::remove_file(&refused).unwrap();
        fs::create_dir(&refused).unwrap();
        assert_eq!(kernel.restore(), ["kernel setting kernel/panic is not to be read and was 0"]);
        assert!(kernel.is_remembered());
        fs::remove_dir(&refused).unwrap();
        fs::write(&refused, "10\n").unwrap();
        assert_eq!(kernel.restore(), Vec::<String>::new());
        assert_eq!(kernel.value("kernel/panic").unwrap(), "0");
        assert_eq!(kernel.value("kernel/keys/root_maxkeys").unwrap(), "10");
    }
}
