//! Images on the node: imported into the containerd of the cluster, each content once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};

use super::site::Site;
use crate::cache;
use crate::process::{self, Daemon};

/// Imports image files that the node does not have in this content. Says how many it read.
///
/// # Errors
/// If a file holds no image; or containerd does not run: the end of its log.
pub(crate) fn load(site: &Site, files: &[PathBuf]) -> Result<String> {
    let containerd = Daemon::new(&site.state(), "containerd");
    let runs = || {
        let name = site.name();
        containerd.check().with_context(|| {
            format!("the node of cluster {name} takes no images (`cargo xtask cluster up --name {name}` starts what does not run)")
        })
    };
    runs()?;
    let mut imported = 0;
    for file in files {
        let mark = site.state().join("loaded").join(key(file)?);
        if mark.exists() {
            continue;
        }
        let import = process::output(
            Command::new("ctr")
                .args(["--address", &site.containerd_socket(), "--namespace", "k8s.io"])
                .args(["images", "import", "--digests"])
                .arg(file),
        );
        if import.is_err() {
            // It may have ended meanwhile, and its log says why; ctr only says that nobody answers.
            runs()?;
        }
        import.with_context(|| {
            format!("cannot import {} into the node of cluster {}", file.display(), site.name())
        })?;
        fs::create_dir_all(site.state().join("loaded"))?;
        fs::write(mark, "")?;
        imported += 1;
    }
    Ok(format!("{imported} of {} images imported, the others were there", files.len()))
}

/// Tells contents apart without reading them: an image file is written once and then renamed.
fn key(file: &Path) -> Result<String> {
    let entry =
        fs::metadata(file).with_context(|| format!("cannot read the image file {}", file.display()))?;
    let changed = entry.modified()?.duration_since(UNIX_EPOCH)?.as_nanos();
    let path = fs::canonicalize(file)?;
    Ok(cache::key(&[path.as_os_str().as_encoded_bytes(), &entry.len().to_be_bytes(), &changed.to_be_bytes()]))
}
