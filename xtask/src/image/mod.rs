//! Container images without Docker: made from Go programs, Debian packages, Maven artefacts and our
//! own binaries, as archives that a node imports or a registry takes.

mod arch;
mod controller;
pub(crate) mod coredns;
mod debian;
pub(crate) mod keycloak;
mod layer;
mod libraries;
mod oci;
pub(crate) mod pause;
pub(crate) mod postgresql;
mod static_program;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

pub(crate) use arch::Arch;

use self::controller::Workspace;
use crate::cache;
use crate::progress::Progress;
use crate::versions::KEYCLOAK;

/// Changes when the same input gives other archives than before, so that old ones are not taken for new.
const FORMAT: &[u8] = b"1";

/// Makes container images, without Docker, as archives for `ctr`, `docker load` or a registry.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo xtask image realm-controller              the image of one of our programs, for a release
  cargo xtask image --all --output images         everything a local cluster runs, as images/*.tar
  cargo xtask image keycloak --keycloak-version 26.4.5
  cargo xtask image realm-controller --arch amd64,arm64
  ctr --namespace k8s.io images import images/keycloak-26.7.3.tar

What was made stays in the cache (CLOAKROOM_CACHE, else ~/.cache/cloakroom) and is made again when
something in it changes. Images of Keycloak and PostgreSQL are made of Debian packages, which needs
root, and only for this machine's architecture.")]
pub(crate) struct Command {
    /// keycloak, postgres, pause, coredns, or a package with a program of its name
    #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "IMAGE")]
    images: Vec<String>,
    /// The four images of the local cluster and all controllers
    #[arg(long)]
    all: bool,
    /// Version of Keycloak on Maven Central
    #[arg(long, value_name = "VERSION", default_value = KEYCLOAK)]
    keycloak_version: String,
    /// Also writes the archives into this directory, as <image>-<tag>.tar
    #[arg(long, value_name = "DIRECTORY")]
    output: Option<PathBuf>,
    /// Architectures; several make one archive for all [default: this machine's]
    #[arg(long, value_name = "ARCH", value_delimiter = ',')]
    arch: Vec<Arch>,
    /// Cargo profile for our programs; only `release` is packed small and held to 15 MB
    #[arg(long, value_name = "PROFILE", default_value = controller::RELEASE)]
    profile: String,
}

impl Command {
    /// Makes the images.
    ///
    /// # Errors
    /// If one cannot be made or written.
    pub(crate) fn run(&self) -> Result<()> {
        let progress = Progress::start();
        let archs = self.archs()?;
        let workspace = Workspace::read()?;
        for name in self.names(&workspace) {
            let archive = self.archive(&progress, &workspace, &name, &archs)?;
            let path = match &self.output {
                Some(folder) => copied(&archive.file, folder)?,
                None => archive.file.path,
            };
            progress.note(&format!("{}", path.display()));
            progress.note(&oci::describe(&path)?.digest);
        }
        Ok(())
    }

    fn archs(&self) -> Result<Vec<Arch>> {
        if self.arch.is_empty() {
            return Ok(vec![Arch::native()?]);
        }
        let mut archs = self.arch.clone();
        archs.sort();
        archs.dedup();
        Ok(archs)
    }

    fn names(&self, workspace: &Workspace) -> Vec<String> {
        if !self.all {
            return self.images.clone();
        }
        let fixed = ["pause", "coredns", "postgres", "keycloak"].map(str::to_owned);
        fixed.into_iter().chain(workspace.controllers().into_iter().map(|program| program.name)).collect()
    }

    fn archive(
        &self,
        progress: &Progress,
        workspace: &Workspace,
        name: &str,
        archs: &[Arch],
    ) -> Result<Archive> {
        match name {
            "pause" => say(progress, "pause", || pause::archive(archs)),
            "coredns" => say(progress, "CoreDNS", || coredns::archive(archs)),
            "postgres" | "keycloak" if archs != [Arch::native()?] => bail!(
                "the image of {name} is made by running Debian's installation, which works for this machine's \
                 architecture only: leave out --arch"
            ),
            "postgres" => postgresql::archive(progress),
            "keycloak" => keycloak::archive(progress, &self.keycloak_version),
            package => {
                let program = workspace.program(package)?;
                controller::archive(progress, workspace, &program, &self.profile, archs)
            }
        }
    }
}

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
        let path = Self::place(names, parts)?;
        let cached = cache::once(&path, make)?;
        let name = names.first().copied().unwrap_or_default();
        Ok(Self { file: ImageFile { name: name.to_owned(), path }, cached })
    }

    /// Where the archive is, or will be.
    fn place(names: &[&str], parts: &[&[u8]]) -> Result<PathBuf> {
        let name = names.first().copied().unwrap_or_default();
        let mut all: Vec<&[u8]> = vec![FORMAT];
        all.extend(names.iter().map(|name| name.as_bytes()));
        all.extend(parts);
        Ok(cache::directory()?.join("images").join(file_name(name, &format!("-{}", cache::key(&all)))?))
    }
}

/// The images that a local cluster runs (pause, CoreDNS, PostgreSQL and Keycloak), made now or before.
///
/// # Errors
/// If one cannot be made.
pub(crate) fn cluster_images(progress: &Progress) -> Result<Vec<ImageFile>> {
    let archs = [Arch::native()?];
    Ok(vec![
        say(progress, "pause", || pause::archive(&archs))?.file,
        say(progress, "CoreDNS", || coredns::archive(&archs))?.file,
        postgresql::archive(progress)?.file,
        keycloak::archive(progress, KEYCLOAK)?.file,
    ])
}

/// The images of the controllers for this machine, built with a cargo profile.
///
/// # Errors
/// If one does not build.
pub(crate) fn controllers(progress: &Progress, profile: &str) -> Result<Vec<ImageFile>> {
    let workspace = Workspace::read()?;
    let archives = controller::archives(progress, &workspace, &workspace.controllers(), profile)?;
    Ok(archives.into_iter().map(|archive| archive.file).collect())
}

/// The images of the controllers as `cargo test` has built them.
///
/// # Errors
/// If one is not there.
pub(crate) fn tested_controllers(progress: &Progress) -> Result<Vec<ImageFile>> {
    let workspace = Workspace::read()?;
    let programs = workspace.controllers();
    programs.iter().map(|program| Ok(controller::tested(progress, &workspace, program)?.file)).collect()
}

/// Makes an archive as a step whose line says what it is.
fn say(progress: &Progress, title: &str, make: impl FnOnce() -> Result<Archive>) -> Result<Archive> {
    progress.step(title, || {
        let archive = make()?;
        let sizes = oci::describe(&archive.file.path)?.sizes;
        let sizes: Vec<String> = sizes.values().map(|size| megabytes(*size)).collect();
        let cached = if archive.cached { ", cached" } else { "" };
        let said = format!("{}, {}{cached}", archive.file.name, sizes.join(" and "));
        Ok((archive, said))
    })
}

/// Bytes as people read them, rounded up.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// `<image>-<tag><suffix>.tar`.
fn file_name(name: &str, suffix: &str) -> Result<String> {
    let (repository, tag) = oci::split(name)?;
    let short = repository.rsplit('/').next().unwrap_or(repository);
    Ok(format!("{short}-{tag}{suffix}.tar"))
}

fn copied(file: &ImageFile, folder: &Path) -> Result<PathBuf> {
    let to = folder.join(file_name(&file.name, "")?);
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::copy(&file.path, &to).with_context(|| format!("cannot write {}", to.display()))?;
    Ok(to)
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[derive(Parser, Debug)]
    struct Line {
        #[command(flatten)]
        command: Command,
    }

    #[test]
    fn the_command_line_is_sound_and_its_help_has_examples() {
        Line::command().debug_assert();
        let help = Line::command().render_long_help().to_string();
        assert!(help.contains("cargo xtask image realm-controller --arch amd64,arm64"), "{help}");
    }

    #[test]
    fn something_must_be_asked_for_and_everything_is_not_something() {
        for line in [vec!["image"], vec!["image", "--all", "pause"], vec!["image", "pause", "--arch", "mips"]]
        {
            assert!(Line::try_parse_from(&line).is_err(), "{line:?}");
        }
    }

    #[test]
    fn architectures_are_taken_once_and_in_order() {
        let line =
            Line::try_parse_from(["image", "pause", "--arch", "arm64,amd64", "--arch", "arm64"]).unwrap();
        assert_eq!(line.command.archs().unwrap(), [Arch::Amd64, Arch::Arm64]);
    }

    #[test]
    fn sizes_are_rounded_up_so_that_a_limit_looks_reached_when_it_is() {
        assert_eq!(megabytes(15_000_000), "15.0 MB");
        assert_eq!(megabytes(15_000_001), "15.1 MB");
        assert_eq!(megabytes(0), "0.0 MB");
    }

    #[test]
    fn an_archive_is_named_after_image_and_tag() {
        assert_eq!(file_name("docker.io/library/postgres:15", "").unwrap(), "postgres-15.tar");
        assert_eq!(
            file_name("registry.k8s.io/coredns/coredns:v1.12.2", "-k").unwrap(),
            "coredns-v1.12.2-k.tar"
        );
    }
}
