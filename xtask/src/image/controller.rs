//! Images of our own programs: the binary, the shared libraries it needs, certificates, and a user
//! without rights. Nothing else is in them, not even a shell.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::layer::{Compression, Layer};
use super::libraries::{self, Libraries};
use super::oci::{self, Config, Image};
use super::tree::{ROOT, Tree};
use super::{Arch, Archive, say};
use crate::cargo::{self, Metadata, Package, Target};
use crate::progress::Progress;
use crate::{cache, process, repository};

/// What an image may measure at most, compressed, in bytes: a node that starts a controller waits for it.
const LIMIT: u64 = 15_000_000;
/// The profile whose images are released: packed as small as they get, and held to [`LIMIT`].
pub(super) const RELEASE: &str = "release";
/// The user of the program: `nonroot` of many small images.
const USER: u32 = 65532;
/// Where distributions keep the bundle of certificates they trust.
const CERTIFICATES: [&str; 3] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

/// A program of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Program {
    /// Package and binary.
    pub(super) name: String,
    /// Version of the package.
    version: String,
}

/// The packages that images are made of.
#[derive(Debug)]
pub(super) struct Workspace(Metadata);

impl Workspace {
    /// Asks cargo.
    pub(super) fn read() -> Result<Self> {
        Metadata::read().map(Self)
    }

    /// The packages with a program of their own name.
    fn programs(&self) -> Vec<Program> {
        let has_program = |package: &&Package| {
            package
                .targets
                .iter()
                .any(|target| target.name == package.name && target.kind.iter().any(|kind| kind == "bin"))
        };
        let program =
            |package: &Package| Program { name: package.name.clone(), version: package.version.clone() };
        self.0.packages.iter().filter(has_program).map(program).collect()
    }

    /// The controllers.
    pub(super) fn controllers(&self) -> Vec<Program> {
        self.programs().into_iter().filter(|program| program.name.ends_with("-controller")).collect()
    }

    /// One program by its package's name.
    ///
    /// # Errors
    /// If there is none: with the names that there are.
    pub(super) fn program(&self, name: &str) -> Result<Program> {
        let programs = self.programs();
        if let Some(found) = programs.iter().find(|program| program.name == name) {
            return Ok(found.clone());
        }
        let known: Vec<&str> = programs.iter().map(|program| program.name.as_str()).collect();
        bail!(
            "there is no image `{name}`: write keycloak, postgres, pause, coredns or a package with a program \
             of its name ({})",
            known.join(", ")
        )
    }
}

/// The name under which manifests find a program's image. `localhost` is no registry: a node that lacks the image fails, where a
/// name without a host would fetch whatever somebody has put under it in a public one.
pub(super) fn name(program: &Program) -> String {
    format!("localhost/cloakroom/{}:{}", program.name, program.version)
}

/// The image of a program, built with a cargo profile for one architecture or several.
///
/// # Errors
/// If it does not build, something it needs is missing, or a release image is larger than 15 MB.
pub(super) fn archive(
    progress: &Progress,
    workspace: &Workspace,
    program: &Program,
    profile: &str,
    archs: &[Arch],
) -> Result<Archive> {
    let mut files = Vec::new();
    for arch in archs {
        let binaries = progress.step("cargo", || {
            let binaries = build(workspace, &[program], profile, *arch)?;
            Ok((binaries, format!("{} ({profile}, {})", program.name, arch.name())))
        })?;
        for binary in binaries {
            files.push(Files::of(program, binary, *arch)?);
        }
    }
    packed(progress, program, profile, &files)
}

/// The images of several programs for this machine, all built by one cargo: apart, each would build what they share with the
/// features that it alone asks for.
///
/// # Errors
/// If one does not build.
pub(super) fn archives(
    progress: &Progress,
    workspace: &Workspace,
    programs: &[Program],
    profile: &str,
) -> Result<Vec<Archive>> {
    let arch = Arch::native()?;
    let binaries = progress.step("cargo", || {
        let binaries = build(workspace, &programs.iter().collect::<Vec<_>>(), profile, arch)?;
        Ok((binaries, format!("{} programs ({profile}, {})", programs.len(), arch.name())))
    })?;
    let image = |(program, binary)| packed(progress, program, profile, &[Files::of(program, binary, arch)?]);
    programs.iter().zip(binaries).map(image).collect()
}

/// The image of a program that `cargo test` has built for this machine: what was tested, without another build.
///
/// # Errors
/// If the program is not there.
pub(super) fn tested(progress: &Progress, workspace: &Workspace, program: &Program) -> Result<Archive> {
    let binary = workspace.0.target_directory.join("debug").join(&program.name);
    if !binary.is_file() {
        bail!(
            "cargo test left no program {}: package {} needs a test under tests/",
            binary.display(),
            program.name
        );
    }
    packed(progress, program, "test", &[Files::of(program, binary, Arch::native()?)?])
}

fn packed(progress: &Progress, program: &Program, profile: &str, files: &[Files]) -> Result<Archive> {
    let compression = if profile == RELEASE { Compression::Best } else { Compression::None };
    let name = name(program);
    let keys = files.iter().map(Files::key).collect::<Result<Vec<_>>>()?;
    let mut parts = vec![profile.as_bytes()];
    parts.extend(keys.iter().map(String::as_bytes));
    let made = Archive::once(&[&name], &parts, |output| {
        progress.step("image", || {
            let images = files.iter().map(|files| files.image(compression)).collect::<Result<Vec<_>>>()?;
            Ok((oci::write(&[&name], &images, output)?, format!("{name}, packed")))
        })
    })?;
    let made = say(progress, "image", || Ok(made))?;
    if profile == RELEASE {
        check_size(&name, &oci::describe(&made.file.path)?)?;
    }
    Ok(made)
}

fn check_size(name: &str, description: &oci::Description) -> Result<()> {
    for (arch, size) in &description.sizes {
        if *size > LIMIT {
            bail!(
                "{name} for {arch} is {} compressed, more than {}: leave out a dependency or a feature of one",
                super::megabytes(*size),
                super::megabytes(LIMIT)
            );
        }
    }
    Ok(())
}

/// The files of an image for one architecture.
#[derive(Debug)]
struct Files {
    program: String,
    arch: Arch,
    binary: PathBuf,
    libraries: Libraries,
    certificates: PathBuf,
}

impl Files {
    fn of(program: &Program, binary: PathBuf, arch: Arch) -> Result<Self> {
        let libraries = libraries::of(&binary, arch)?;
        Ok(Self { program: program.name.clone(), arch, binary, libraries, certificates: certificates()? })
    }

    /// Over the content of every file.
    fn key(&self) -> Result<String> {
        let mut parts = vec![self.arch.name().as_bytes().to_vec()];
        let libraries = self.libraries.files.values();
        for file in [&self.binary, &self.certificates].into_iter().chain(libraries) {
            parts.push(fs::read(file).with_context(|| format!("cannot read {}", file.display()))?);
        }
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        Ok(cache::key(&parts))
    }

    fn image(&self, compression: Compression) -> Result<Image> {
        self.image_in(compression, &cache::directory()?)
    }

    /// The image; what is written on the way is written into this directory.
    fn image_in(&self, compression: Compression, scratch: &Path) -> Result<Image> {
        // Libraries change less often than the program: a node keeps their layer.
        let layers = [self.foundation()?, self.program()?];
        let layers =
            layers.iter().map(|tree| Layer::write(tree, compression, scratch)).collect::<Result<_>>()?;
        Ok(Image { arch: self.arch, config: config(&self.program), layers })
    }

    fn foundation(&self) -> Result<Tree> {
        let mut tree = Tree::new();
        tree.file(
            "etc/passwd",
            0o644,
            ROOT,
            format!("root:x:0:0:root:/:/sbin/nologin\nnonroot:x:{USER}:{USER}:nonroot:/:/sbin/nologin\n"),
        );
        tree.file("etc/group", 0o644, ROOT, format!("root:x:0:\nnonroot:x:{USER}:\n"));
        tree.file("etc/nsswitch.conf", 0o644, ROOT, "hosts: files dns\n");
        tree.file_from("etc/ssl/certs/ca-certificates.crt", 0o644, ROOT, &self.certificates)?;
        tree.directory("tmp", 0o1777, ROOT);
        self.libraries.add_to(&mut tree, self.arch)?;
        Ok(tree)
    }

    fn program(&self) -> Result<Tree> {
        let mut tree = Tree::new();
        tree.file_from(&format!("usr/bin/{}", self.program), 0o755, ROOT, &self.binary)?;
        Ok(tree)
    }
}

fn config(program: &str) -> Config {
    Config {
        user: format!("{USER}:{USER}"),
        env: vec!["PATH=/usr/bin".to_owned(), "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt".to_owned()],
        entrypoint: vec![format!("/usr/bin/{program}")],
        ..Config::default()
    }
}

fn certificates() -> Result<PathBuf> {
    let chosen = env::var_os("SSL_CERT_FILE").map(PathBuf::from);
    let known = CERTIFICATES.iter().map(PathBuf::from);
    chosen.into_iter().chain(known).find(|file| file.is_file()).context(
        "no bundle of CA certificates is on this machine: `apt-get install ca-certificates`, or name one in \
         SSL_CERT_FILE",
    )
}

/// Builds the programs and returns where cargo put them, in the same order.
fn build(workspace: &Workspace, programs: &[&Program], profile: &str, arch: Arch) -> Result<Vec<PathBuf>> {
    let mut command = cargo::command();
    command.args(["build", "--locked", "--profile", profile]);
    command.args(["--message-format", "json-render-diagnostics"]);
    for program in programs {
        command.args(["--package", &program.name, "--bin", &program.name]);
    }
    if arch != Arch::native()? {
        cross(&mut command, arch, &target_libraries(arch)?, process::installed)?;
    }
    let paths = machine_paths(workspace)?;
    if profile == RELEASE {
        command.env("CARGO_ENCODED_RUSTFLAGS", remapped(&given_flags(), &paths));
    }
    let printed = process::output(&mut command)?;
    let found = |program: &&Program| {
        executable(&printed, &program.name)
            .with_context(|| format!("cargo built `{}` and did not say where it is", program.name))
    };
    let binaries: Vec<PathBuf> = programs.iter().map(found).collect::<Result<_>>()?;
    if profile == RELEASE {
        binaries.iter().try_for_each(|binary| is_the_same_everywhere(binary, &paths))?;
    }
    Ok(binaries)
}

/// The `executable` of the binary among cargo's messages.
fn executable(messages: &str, name: &str) -> Option<PathBuf> {
    #[derive(Deserialize)]
    struct Message {
        target: Target,
        executable: PathBuf,
    }
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok())
        .find(|message| message.target.name == name && message.target.kind.iter().any(|kind| kind == "bin"))
        .map(|message| message.executable)
}

/// Paths of this machine that stand in what the compiler sees, with what is written instead, so that a binary is the same wherever
/// it is built. The last one that fits counts.
fn machine_paths(workspace: &Workspace) -> Result<Vec<(PathBuf, &'static str)>> {
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .context("no home directory is known: set CARGO_HOME")?;
    let target = workspace.0.target_directory.clone();
    Ok(vec![(repository::root(), "."), (target, "target"), (cargo_home, "cargo")])
}

/// The flags that the environment asks for, in the encoding of `CARGO_ENCODED_RUSTFLAGS`.
fn given_flags() -> String {
    let spaced =
        || env::var("RUSTFLAGS").map(|flags| flags.split_whitespace().collect::<Vec<_>>().join("\u{1f}"));
    env::var("CARGO_ENCODED_RUSTFLAGS").or_else(|_| spaced()).unwrap_or_default()
}

/// That no path of this machine stands in a binary: with one it would be another binary elsewhere, and tell who built it where.
fn is_the_same_everywhere(binary: &Path, paths: &[(PathBuf, &str)]) -> Result<()> {
    let bytes = fs::read(binary).with_context(|| format!("cannot read {}", binary.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    for (path, _) in paths {
        // One that is as short as `/src` is part of others, which say nothing of this machine.
        let is_telling = path.components().count() > 2;
        if is_telling && text.contains(&*path.to_string_lossy()) {
            bail!(
                "{} holds the path {} of this machine, so the image would be another one elsewhere: find out which \
                 dependency writes it (`strings {} | grep {}`), and keep it out",
                binary.display(),
                path.display(),
                binary.display(),
                path.display()
            );
        }
    }
    Ok(())
}

/// `given` and one flag per path, in the encoding of `CARGO_ENCODED_RUSTFLAGS`.
fn remapped(given: &str, paths: &[(PathBuf, &str)]) -> String {
    let given = given.split('\u{1f}').filter(|flag| !flag.is_empty()).map(str::to_owned);
    let remap = paths.iter().map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()));
    given.chain(remap).collect::<Vec<_>>().join("\u{1f}")
}

/// Where the standard library of a target is, if it is installed.
fn target_libraries(arch: Arch) -> Result<PathBuf> {
    let mut command = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.args(["--print", "target-libdir", "--target", arch.rust_target()]);
    Ok(PathBuf::from(process::output(&mut command)?.trim()))
}

/// Makes a build one for another architecture.
fn cross(command: &mut Command, arch: Arch, library: &Path, installed: impl Fn(&str) -> bool) -> Result<()> {
    let target = arch.rust_target();
    if !library.is_dir() {
        bail!("Rust cannot build for {} here: `rustup target add {target}`", arch.name());
    }
    let compiler = format!("{}-gcc", arch.gnu());
    if !installed(&compiler) {
        bail!(
            "nothing links programs for {} here, `{compiler}` is missing: `apt-get install gcc-{} libc6-dev-{}-cross`",
            arch.name(),
            arch.gnu(),
            arch.name()
        );
    }
    let name = target.replace('-', "_");
    command
        .args(["--target", target])
        .env(format!("CARGO_TARGET_{}_LINKER", name.to_ascii_uppercase()), &compiler)
        .env(format!("CC_{name}"), &compiler);
    Ok(())
}

#[cfg(test)]
mod tests;
