//! Programs in Go: static ones, built from the modules of this repository, once per content.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::image::Arch;
use crate::{cache, process};

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

/// Builds the main package of the Go module in `module` for Linux, without cgo, and returns where it is:
/// `<cache>/go/<name>-<arch>-<key>`. The key is over the module's files, flags and architecture, so an
/// unchanged module is built once per machine.
///
/// # Errors
/// If Go is missing, the module cannot be read or does not build; with the end of what Go printed.
pub(crate) fn build(module: &Path, name: &str, ldflags: &str, arch: Arch) -> Result<GoProgram> {
    let mut parts = vec![ldflags.as_bytes().to_vec(), arch.name().as_bytes().to_vec()];
    sources(module, module, &mut parts)?;
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    let key = cache::key(&parts);
    let path = cache::directory()?.join("go").join(format!("{name}-{}-{key}", arch.name()));
    let cached = cache::once(&path, |unfinished| {
        if !process::installed("go") {
            bail!("{name} is built from source and Go is not installed: install Go 1.24 or newer");
        }
        let mut go = command(module, ldflags, arch, unfinished);
        // Without a home directory Go does not know where to keep anything.
        if std::env::var_os("HOME").is_none() {
            let folder = cache::directory()?.join("go-build");
            go.env("GOPATH", folder.join("path")).env("GOCACHE", folder.join("cache"));
        }
        process::output(&mut go).map(drop)
    })?;
    Ok(GoProgram { path, cached, key })
}

fn command(module: &Path, ldflags: &str, arch: Arch, output: &Path) -> Command {
    let mut command = Command::new("go");
    command
        .current_dir(module)
        // -trimpath: the same program on every machine.
        .args(["build", "-trimpath", "-buildvcs=false", "-mod=readonly", "-ldflags", ldflags, "-o"])
        .arg(output)
        .arg(".")
        .envs([("CGO_ENABLED", "0"), ("GOOS", "linux"), ("GOARCH", arch.name()), ("GOWORK", "off")]);
    command
}

/// Name and content of every file below `folder`, in the order of their names.
fn sources(module: &Path, folder: &Path, parts: &mut Vec<Vec<u8>>) -> Result<()> {
    let mut files = fs::read_dir(folder)
        .and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()
        })
        .with_context(|| format!("cannot read the Go module {}", module.display()))?;
    files.sort();
    for file in files {
        if file.is_dir() {
            sources(module, &file, parts)?;
            continue;
        }
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.strip_prefix(module).unwrap_or(&file);
        parts.push(name.as_os_str().as_encoded_bytes().to_vec());
        parts.push(content);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_module_covers_names_and_contents_at_any_depth() {
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
        let command = command(Path::new("m"), "-s -w", Arch::Arm64, Path::new("out"));
        assert_eq!(
            process::shown(&command),
            "go build -trimpath -buildvcs=false -mod=readonly -ldflags '-s -w' -o out ."
        );
        let environment: Vec<_> = command.get_envs().collect();
        assert!(environment.contains(&("CGO_ENABLED".as_ref(), Some("0".as_ref()))));
        assert!(environment.contains(&("GOARCH".as_ref(), Some("arm64".as_ref()))));
    }
}
