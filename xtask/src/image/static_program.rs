//! Images that hold one static program and nothing else: pause and CoreDNS.

use anyhow::Result;

use super::layer::{Compression, Layer};
use super::oci::{self, Config, Image};
use super::tree::{ROOT, Tree};
use super::{Arch, Archive};
use crate::cache;
use crate::go_program::{GoPackage, GoProgram};

/// An image of a Go program in this repository.
pub(super) struct StaticProgram<'a> {
    /// The whole image name.
    pub(super) image: String,
    /// Name of the program, of its package in `xtask/local-cluster` and of its file in the image.
    pub(super) program: &'a str,
    /// Linker flags.
    pub(super) ldflags: &'a str,
    /// How it starts.
    pub(super) config: Config,
}

impl StaticProgram<'_> {
    /// The archive, made now or before.
    ///
    /// # Errors
    /// If the program does not build or the archive cannot be written.
    pub(super) fn archive(&self, archs: &[Arch]) -> Result<Archive> {
        let mut programs = Vec::new();
        for arch in archs {
            programs.push((*arch, self.package(*arch)?.build()?));
        }
        let config = serde_json::to_vec(&self.config)?;
        let mut parts: Vec<&[u8]> = vec![&config];
        parts.extend(programs.iter().map(|(_, built)| built.key.as_bytes()));
        Archive::once(&[&self.image], &parts, |output| {
            let images =
                programs.iter().map(|(arch, built)| self.image(*arch, built)).collect::<Result<Vec<_>>>()?;
            oci::write(&[&self.image], &images, output)
        })
    }

    /// The package it is built from.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn package(&self, arch: Arch) -> Result<GoPackage> {
        GoPackage::read(self.program, self.ldflags, arch)
    }

    fn image(&self, arch: Arch, built: &GoProgram) -> Result<Image> {
        let mut tree = Tree::new();
        tree.file_from(self.program, 0o755, ROOT, &built.path)?;
        let layers = vec![Layer::write(&tree, Compression::None, &cache::directory()?)?];
        Ok(Image { arch, config: self.config.clone(), layers })
    }
}
