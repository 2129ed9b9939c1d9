//! Container images without Docker: made from Go programs, Debian packages, Maven artefacts and our
//! own binaries, as archives that a node imports or a registry takes.

mod arch;
mod coredns;
mod layer;
mod oci;
mod pause;
mod static_program;
mod tree;

use std::path::{Path, PathBuf};

use anyhow::Result;

pub(crate) use arch::Arch;

use crate::cache;
use crate::progress::Progress;

/// Changes when the same input gives other archives than before, so that old ones are not taken for new.
const FORMAT: &[u8] = b"1";

/// An image as an archive file, ready for `ctr -n k8s.io images import`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImageFile {
    /// The whole name it gets on the node.
    pub(crate) name: String,
    /// The archive: an OCI image layout, also a `docker save` archive.
    pub(crate) path: PathBuf,
}

/// An archive in the cache.
#[derive(Clone, Debug)]
struct Archive {
    file: ImageFile,
    cached: bool,
}

impl Archive {
    /// Makes an archive once per content, which `parts` stand for.
    fn once(names: &[&str], parts: &[&[u8]], make: impl FnOnce(&Path) -> Result<()>) -> Result<Self> {
        let name = names.first().copied().unwrap_or_default();
        let (repository, tag) = oci::split(name)?;
        let short = repository.rsplit('/').next().unwrap_or(repository);
        let mut all: Vec<&[u8]> = vec![FORMAT];
        all.extend(names.iter().map(|name| name.as_bytes()));
        all.extend(parts);
        let path = cache::directory()?.join("images").join(format!("{short}-{tag}-{}.tar", cache::key(&all)));
        let cached = cache::once(&path, make)?;
        Ok(Self { file: ImageFile { name: name.to_owned(), path }, cached })
    }
}

/// The images that every local cluster has: pause and CoreDNS.
///
/// # Errors
/// If one cannot be made.
pub(crate) fn cluster_images(progress: &Progress) -> Result<Vec<ImageFile>> {
    let archs = [Arch::native()?];
    Ok(vec![
        step(progress, "pause", || pause::archive(&archs))?,
        step(progress, "CoreDNS", || coredns::archive(&archs))?,
    ])
}

fn step(progress: &Progress, title: &str, make: impl FnOnce() -> Result<Archive>) -> Result<ImageFile> {
    progress.step(title, || {
        let archive = make()?;
        let description = oci::describe(&archive.file.path)?;
        let megabytes = description.sizes.values().sum::<u64>().div_ceil(100_000);
        let origin = if archive.cached { "cached" } else { "made" };
        Ok((
            archive.file.clone(),
            format!("{} {}.{} MB, {origin}", archive.file.name, megabytes / 10, megabytes % 10),
        ))
    })
}
