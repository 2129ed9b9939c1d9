//! Programs in Go: static ones, built from the one Go module of this repository, once per content.
//!
//! One module, so that programs agree on the versions of what they share, and the compiler's cache has it when the second is built.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::image::Arch;
use crate::{cache, process, repository};

/// The oldest Go 1.x that builds the module. One from 1.21 on would fetch a newer one by itself where a module
/// asks for that (<https://go.dev/doc/toolchain>); nothing here asks for more than this.
const OLDEST: u32 = 24;
/// Where the module is, from the top of the repository.
const MODULE: &str = "xtask/local-cluster";
/// -trimpath: the same program on every machine.
const BUILD: [&str; 4] = ["build", "-trimpath", "-buildvcs=false", "-mod=readonly"];

/// A program that was built now or before.
#[derive(Clone, Debug)]
pub(crate) struct GoProgram {
    /// The executable, in the cache.
    pub(crate) path: PathBuf,
    /// Whether it had been built before.
    pub(crate) cached: bool,
    /// Stands for sources, linker flags and architecture: another key, another program.
    pub(crate) key: String,
}

/// A main package of the Go module `xtask/local-cluster`, to be built for Linux, without cgo.
#[derive(Clone, Debug)]
pub(crate) struct GoPackage {
    name: String,
    ldflags: String,
    arch: Arch,
    key: String,
}

impl GoPackage {
    /// Reads the package `name`.
    ///
    /// # Errors
    /// If a file of it or of its module cannot be read.
    pub(crate) fn read(name: &str, ldflags: &str, arch: Arch) -> Result<Self> {
        let (module, package) = (module(), module().join(name));
        let mut parts = vec![ldflags.as_bytes().to_vec(), arch.name().as_bytes().to_vec()];
        for file in ["go.mod", "go.sum"] {
            parts.push(read(&module.join(file))?);
        }
        sources(&package, &package, &mut parts)?;
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        let (name, ldflags, key) = (name.to_owned(), ldflags.to_owned(), cache::key(&parts));
        Ok(Self { name, ldflags, arch, key })
    }

    /// Builds it and returns where the program is: `<cache>/go/<name>-<arch>-<key>`. The key is over the package's files, what
    /// the module says of versions, flags and architecture, so an unchanged program is built once per machine.
    ///
    /// # Errors
    /// If Go is missing, or the package does not build; with the end of what Go printed.
    pub(crate) fn build(&self) -> Result<GoProgram> {
        let path = self.place()?;
        let cached = cache::once(&path, |unfinished| {
            if let Some(reason) = missing() {
                bail!("{} is built from source. {reason}", self.name);
            }
            // Go works beside the program and not below /tmp, where nobody would look for what a killed task leaves.
            let work = PathBuf::from(format!("{}.work", unfinished.display()));
            let built = fs::create_dir_all(&work)
                .with_context(|| format!("cannot create {}", work.display()))
                .and_then(|()| process::output(&mut self.building(unfinished, &work)?))
                .with_context(|| {
                    format!(
                        "{} cannot be built; if it is a module that does not come, `go env GOPROXY` says where Go looks for it",
                        self.name
                    )
                });
            // Compilers of a task that was killed may still be ending there: then it goes with the next build.
            let _ = cache::remove(&work);
            built.map(drop)
        })?;
        Ok(GoProgram { path, cached, key: self.key.clone() })
    }

    /// The build. It ends with the task: one that goes on would write its program over that of the next task.
    fn building(&self, program: &Path, work: &Path) -> Result<Command> {
        let mut go = self.command(process::tied("go"), &BUILD)?;
        go.args(["-ldflags", &self.ldflags, "-o"]).arg(program).arg(self.path()).env("GOTMPDIR", work);
        // Large packages and the linker collect their garbage less often, which saves more than the compiler's own first 128 MB without any
        // collection. The limit is that of each process.
        for (name, value) in [("GOGC", "400"), ("GOMEMLIMIT", "2GiB")] {
            if env::var_os(name).is_none() {
                go.env(name, value);
            }
        }
        Ok(go)
    }

    /// Whether it was built before.
    ///
    /// # Errors
    /// If no cache directory can be had.
    pub(crate) fn is_built(&self) -> Result<bool> {
        Ok(self.place()?.exists())
    }

    /// Fetches the modules that it is built from, unless it is built or they are there.
    ///
    /// # Errors
    /// If Go does not get them.
    pub(crate) fn fetch(&self) -> Result<()> {
        if self.is_built()? {
            return Ok(());
        }
        // Not `go mod download`, which gets every module of go.mod, also those that nothing here is made of.
        let mut go = self.command(process::tied("go"), &["list", "-deps", "-mod=readonly", &self.path()])?;
        process::output(&mut go).map(drop)
    }

    /// The package, as Go takes it at the top of the module.
    fn path(&self) -> String {
        format!("./{}", self.name)
    }

    fn place(&self) -> Result<PathBuf> {
        let file = format!("{}-{}-{}", self.name, self.arch.name(), self.key);
        Ok(cache::directory()?.join("go").join(file))
    }

    fn command(&self, mut go: Command, words: &[&str]) -> Result<Command> {
        go.current_dir(module()).args(words).envs([
            ("CGO_ENABLED", "0"),
            ("GOOS", "linux"),
            ("GOARCH", self.arch.name()),
            ("GOWORK", "off"),
        ]);
        // Without a home directory Go does not know where to keep anything.
        if env::var_os("HOME").is_none() {
            let folder = cache::directory()?.join("go-build");
            go.env("GOPATH", folder.join("path")).env("GOCACHE", folder.join("cache"));
        }
        Ok(go)
    }
}

/// What keeps this machine from building Go programs, as sentences that say what to do.
pub(crate) fn missing() -> Option<String> {
    let said = process::output(Command::new("go").arg("version").current_dir("/"));
    judge(process::installed("go").then(|| said.unwrap_or_default()).as_deref())
}

fn judge(version: Option<&str>) -> Option<String> {
    let what_to_do = format!(
        "install Go 1.{OLDEST} or newer (https://go.dev/dl) and put `go` on PATH. It builds Kubernetes and CoreDNS."
    );
    let Some(said) = version else { return Some(format!("Go is missing: {what_to_do}")) };
    // "go version go1.24.4 linux/amd64"; a development version has no number and is taken for new enough.
    let number = said.split_whitespace().find_map(|word| word.strip_prefix("go1."))?;
    let minor: u32 = number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    (minor < OLDEST).then(|| format!("Go 1.{minor} is too old: {what_to_do}"))
}

fn module() -> PathBuf {
    repository::root().join(MODULE)
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Name and content of every file below `folder`, in the order of their names.
fn sources(package: &Path, folder: &Path, parts: &mut Vec<Vec<u8>>) -> Result<()> {
    let mut files = fs::read_dir(folder)
        .and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()
        })
        .with_context(|| format!("cannot read the Go package {}", package.display()))?;
    files.sort();
    for file in files {
        if file.is_dir() {
            sources(package, &file, parts)?;
            continue;
        }
        let name = file.strip_prefix(package).unwrap_or(&file);
        parts.push(name.as_os_str().as_encoded_bytes().to_vec());
        parts.push(read(&file)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::versions;

    #[test]
    fn the_key_of_a_program_covers_names_and_contents_at_any_depth() {
        let folder = tempfile::tempdir().unwrap();
        let parts = || {
            let mut parts = Vec::new();
            sources(folder.path(), folder.path(), &mut parts).unwrap();
            parts
        };
        fs::write(folder.path().join("main.go"), "package main").unwrap();
        fs::create_dir(folder.path().join("inner")).unwrap();
        fs::write(folder.path().join("inner/a.go"), "package inner").unwrap();
        let before = parts();
        assert_eq!(before.first().unwrap(), b"inner/a.go");
        assert_eq!(parts(), before);
        fs::rename(folder.path().join("inner/a.go"), folder.path().join("inner/b.go")).unwrap();
        assert_ne!(parts(), before);
    }

    #[test]
    fn a_program_is_static_and_holds_no_path_of_the_machine() {
        let package = GoPackage::read("pause", "-s -w", Arch::Arm64).unwrap();
        let command = package.command(Command::new("go"), &BUILD).unwrap();
        assert_eq!(process::shown(&command), "go build -trimpath -buildvcs=false -mod=readonly");
        let environment: Vec<_> = command.get_envs().collect();
        assert!(environment.contains(&("CGO_ENABLED".as_ref(), Some("0".as_ref()))));
        assert!(environment.contains(&("GOARCH".as_ref(), Some("arm64".as_ref()))));
    }

    #[test]
    fn a_go_that_is_missing_or_too_old_is_said_before_it_fails_in_its_own_words() {
        insta::assert_snapshot!(judge(None).unwrap(), @"Go is missing: install Go 1.24 or newer (https://go.dev/dl) and put `go` on PATH. It builds Kubernetes and CoreDNS.");
        insta::assert_snapshot!(judge(Some("go version go1.19.8 linux/amd64")).unwrap(), @"Go 1.19 is too old: install Go 1.24 or newer (https://go.dev/dl) and put `go` on PATH. It builds Kubernetes and CoreDNS.");
        insta::assert_snapshot!(judge(Some("go version go1.23.12 linux/arm64")).unwrap(), @"Go 1.23 is too old: install Go 1.24 or newer (https://go.dev/dl) and put `go` on PATH. It builds Kubernetes and CoreDNS.");
        for new_enough in [
            "go version go1.24.0 linux/amd64",
            "go version go1.26.8 linux/amd64",
            "go version go1.25rc2 linux/arm64",
            "go version devel +a1b2c3",
        ] {
            assert_eq!(judge(Some(new_enough)), None, "{new_enough}");
        }
    }

    #[test]
    fn the_module_does_not_make_go_fetch_another_go() {
        let text = fs::read_to_string(module().join("go.mod")).unwrap();
        assert!(!text.lines().any(|line| line.starts_with("toolchain ")));
        let asked = text.lines().find_map(|line| line.strip_prefix("go ")).unwrap();
        // 1.24.1 is more than a Go 1.24.0 has.
        assert!([format!("1.{OLDEST}"), format!("1.{OLDEST}.0")].contains(&asked.to_owned()), "{asked}");
    }

    #[test]
    fn the_module_is_of_the_versions_that_are_told() {
        let text = fs::read_to_string(module().join("go.mod")).unwrap();
        for (module, version) in
            [("k8s.io/kubernetes", versions::KUBERNETES), ("github.com/coredns/coredns", versions::COREDNS)]
        {
            let line = format!("\t{module} v{version}");
            assert!(text.lines().any(|asked| asked == line), "{line}");
        }
    }
}
