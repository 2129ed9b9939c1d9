//! Images on the node: imported into the containerd of the cluster, each content once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};

use super::site::Site;
use crate::{cache, process};

/// Imports image files that the node does not have in this content. Says how many it read.
///
/// # Errors
/// If a file holds no image, or containerd does not run.
pub(crate) fn load(site: &Site, files: &[PathBuf]) -> Result<String> {
    let mut imported = 0;
    for file in files {
        let mark = site.state().join("loaded").join(key(file)?);
        if mark.exists() {
            continue;
        }
        process::output(
            Command::new("ctr")
                .args(["--address", &site.containerd_socket(), "--namespace", "k8s.io"])
                .args(["images", "import", "--digests"])
                .arg(file),
        )
        .with_context(|| {
            format!(
                "cannot import {} into the node of cluster {name} (whether that runs says `cargo xtask cluster status \
                 --name {name}`)",
                file.display(),
                name = site.name()
            )
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
