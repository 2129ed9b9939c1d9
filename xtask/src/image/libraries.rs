//! The shared libraries that a program needs, and the loader that brings them together.
//!
//! `readelf` says what a file needs and the C compiler where the linker finds it. Unlike `ldd`, which
//! lets the program's own loader answer, that works for another architecture too.

use std::collections::{BTreeMap, VecDeque};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Arch;
use super::tree::{ROOT, Tree};
use crate::process;

/// The libraries of a program; none if it is static.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Libraries {
    /// By the name that programs ask for, the file on this machine.
    pub(super) files: BTreeMap<String, PathBuf>,
    /// Where the program expects its loader.
    loader: Option<String>,
}

/// What an ELF file needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Needs {
    libraries: Vec<String>,
    loader: Option<String>,
}

/// The libraries that `program` needs, directly or through another one.
///
/// # Errors
/// If `readelf` or the compiler is missing, or a library is.
pub(super) fn of(program: &Path, arch: Arch) -> Result<Libraries> {
    let compiler = compiler(arch)?;
    closure(program, needs, |library| {
        let mut command = Command::new(&compiler);
        command.env("LC_ALL", "C").arg(format!("-print-file-name={library}"));
        let found = process::output(&mut command)?;
        found_file(&found).with_context(|| format!("`{compiler}` does not know where `{library}` is"))
    })
}

fn compiler(arch: Arch) -> Result<String> {
    if arch == Arch::native()? {
        return Ok(env::var("CC").unwrap_or_else(|_| "cc".to_owned()));
    }
    Ok(format!("{}-gcc", arch.gnu()))
}

/// The answer of `-print-file-name`, which repeats the question when there is no such file.
fn found_file(printed: &str) -> Option<PathBuf> {
    let path = Path::new(printed.trim());
    path.is_absolute().then(|| path.canonicalize().ok()).flatten()
}

fn closure(
    program: &Path,
    needs: impl Fn(&Path) -> Result<Needs>,
    find: impl Fn(&str) -> Result<PathBuf>,
) -> Result<Libraries> {
    let first = needs(program)?;
    let mut found = Libraries { files: BTreeMap::new(), loader: first.loader };
    let mut wanted = VecDeque::from(first.libraries);
    if let Some(loader) = found.loader.as_ref().and_then(|loader| Path::new(loader).file_name()) {
        wanted.push_back(loader.to_string_lossy().into_owned());
    }
    while let Some(library) = wanted.pop_front() {
        if found.files.contains_key(&library) {
            continue;
        }
        let file = find(&library)
            .with_context(|| format!("{} needs the shared library `{library}`", program.display()))?;
        wanted.extend(needs(&file)?.libraries);
        found.files.insert(library, file);
    }
    Ok(found)
}

fn needs(file: &Path) -> Result<Needs> {
    if !process::installed("readelf") {
        bail!("`readelf` is missing, which tells what a program needs: `apt-get install binutils`");
    }
    let mut command = Command::new("readelf");
    command.env("LC_ALL", "C").args(["--wide", "--dynamic", "--program-headers"]).arg(file);
    Ok(needs_of(&process::output(&mut command)?))
}

/// From lines such as
/// `0x0000000000000001 (NEEDED)  Shared library: [libc.so.6]` and
/// `[Requesting program interpreter: /lib64/ld-linux-x86-64.so.2]`.
fn needs_of(printed: &str) -> Needs {
    let mut needs = Needs::default();
    for line in printed.lines() {
        let bracketed = |text: &str| text.split(']').next().unwrap_or_default().trim().to_owned();
        if let Some((_, rest)) = line.split_once("(NEEDED)").and_then(|(_, rest)| rest.split_once('[')) {
            needs.libraries.push(bracketed(rest));
        } else if let Some((_, rest)) = line.split_once("[Requesting program interpreter:") {
            needs.loader = Some(bracketed(rest));
        }
    }
    needs
}

impl Libraries {
    /// Puts them into /lib, which /lib64 and the directory of the architecture lead to: wherever the
    /// loader of a distribution looks, it finds them, and the program its loader.
    ///
    /// # Errors
    /// If a file cannot be read, or the loader is expected elsewhere.
    pub(super) fn add_to(&self, tree: &mut Tree, arch: Arch) -> Result<()> {
        let Some(loader) = &self.loader else { return Ok(()) };
        let folder = Path::new(loader).parent().unwrap_or(Path::new(""));
        if folder != Path::new("/lib") && folder != Path::new("/lib64") {
            bail!("the program expects its loader at {loader}: only /lib and /lib64 are in the image");
        }
        for (name, file) in &self.files {
            tree.file_from(&format!("lib/{name}"), 0o755, ROOT, file)?;
        }
        tree.symlink("lib64", "lib");
        tree.symlink(&format!("lib/{}", arch.gnu()), ".");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "
Elf file type is DYN (Position-Independent Executable file)
Program Headers:
  INTERP         0x000318 0x0000000000000318 0x0000000000000318 0x00001c 0x00001c R   0x1
      [Requesting program interpreter: /lib64/ld-linux-x86-64.so.2]
Dynamic section at offset 0x7b8d0 contains 30 entries:
  Tag        Type                         Name/Value
 0x0000000000000001 (NEEDED)             Shared library: [libgcc_s.so.1]
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]
 0x000000000000000e (SONAME)             Library soname: [not-this-one.so]
 0x000000000000000c (INIT)               0x5000
";

    #[test]
    fn what_a_program_needs_is_read_from_readelf() {
        let needs = needs_of(PROGRAM);
        assert_eq!(needs.libraries, ["libgcc_s.so.1", "libc.so.6"]);
        assert_eq!(needs.loader.as_deref(), Some("/lib64/ld-linux-x86-64.so.2"));
        assert_eq!(needs_of("\nThere is no dynamic section in this file.\n"), Needs::default());
    }

    #[test]
    fn libraries_of_libraries_come_along_and_circles_end() {
        let needs = |file: &Path| {
            let libraries: &[&str] = match file.to_str().unwrap() {
                "/program" => &["a", "b"],
                "/found/a" => &["c", "a"],
                "/found/c" => &["a", "loader"],
                _ => &[],
            };
            let loader = (file == Path::new("/program")).then(|| "/lib64/loader".to_owned());
            Ok(Needs { libraries: libraries.iter().map(ToString::to_string).collect(), loader })
        };
        let found = closure(Path::new("/program"), needs, |name| Ok(Path::new("/found").join(name))).unwrap();
        assert_eq!(found.files.keys().collect::<Vec<_>>(), ["a", "b", "c", "loader"]);
        assert_eq!(found.loader.as_deref(), Some("/lib64/loader"));
    }

    #[test]
    fn a_library_that_is_nowhere_is_named_with_the_program() {
        let needs = |_: &Path| Ok(Needs { libraries: vec!["libgone.so.1".to_owned()], loader: None });
        let error = closure(Path::new("/program"), needs, |name| {
            found_file(name).with_context(|| format!("`cc` does not know where `{name}` is"))
        });
        insta::assert_snapshot!(format!("{:#}", error.unwrap_err()), @"/program needs the shared library `libgone.so.1`: `cc` does not know where `libgone.so.1` is");
    }

    #[test]
    fn this_test_itself_needs_the_c_library_and_its_loader() {
        let own = env::current_exe().unwrap();
        let found = of(&own, Arch::native().unwrap()).unwrap();
        assert!(found.files.keys().any(|name| name == "libc.so.6"), "{found:?}");
        let loader = Path::new(found.loader.as_deref().unwrap()).file_name().unwrap().to_str().unwrap();
        assert!(found.files.get(loader).unwrap().is_file());
    }

    #[test]
    fn a_loader_that_the_image_cannot_hold_is_refused() {
        let libraries =
            Libraries { files: BTreeMap::new(), loader: Some("/nix/store/x/ld-linux.so.2".to_owned()) };
        let error = libraries.add_to(&mut Tree::new(), Arch::Amd64).unwrap_err();
        insta::assert_snapshot!(error, @"the program expects its loader at /nix/store/x/ld-linux.so.2: only /lib and /lib64 are in the image");
        assert!(
            Libraries::default().add_to(&mut Tree::new(), Arch::Amd64).is_ok(),
            "a static program has none"
        );
    }
}
