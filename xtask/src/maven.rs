//! What Maven fetches: it checks what it gets, and knows proxies and mirrors.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fmt, fs};

use anyhow::{Context, Result, bail};

use crate::{cache, process};

/// A file of Maven Central, by Maven's coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Artifact<'a> {
    /// Whose it is, such as `org.keycloak`.
    pub(crate) group: &'a str,
    /// What it is, such as `keycloak-quarkus-dist`.
    pub(crate) name: &'a str,
    /// Which of them.
    pub(crate) version: &'a str,
    /// What kind of file, such as `zip`.
    pub(crate) packaging: &'a str,
}

impl fmt::Display for Artifact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { group, name, version, packaging } = self;
        write!(f, "{group}:{name}:{version}:{packaging}")
    }
}

impl Artifact<'_> {
    /// What the file is called.
    pub(crate) fn file_name(&self) -> String {
        let Self { group: _, name, version, packaging } = self;
        format!("{name}-{version}.{packaging}")
    }

    /// Fetches it and calls it `target`.
    ///
    /// # Errors
    /// If there is no such file, Maven is missing, or it does not reach its repository.
    pub(crate) fn fetch(&self, target: &Path) -> Result<()> {
        if !process::installed("mvn") {
            bail!(
                "{self} comes from Maven Central and `mvn` is missing: \
                 `sudo apt-get install --no-install-recommends maven default-jre-headless`"
            );
        }
        let mut folder = target.as_os_str().to_owned();
        folder.push(".maven");
        let folder = PathBuf::from(folder);
        cache::remove(&folder)?;
        process::output(&mut self.copied_to(&folder)).with_context(|| {
            format!(
                "cannot fetch {self}: there is no such version, or Maven does not reach its repository \
                 (proxies and mirrors stand in ~/.m2/settings.xml)"
            )
        })?;
        let fetched = folder.join(self.file_name());
        fs::rename(&fetched, target).with_context(|| format!("Maven did not write {}", fetched.display()))?;
        cache::remove(&folder)
    }

    fn copied_to(&self, folder: &Path) -> Command {
        let mut command = process::tied("mvn");
        command
            .args(["--batch-mode", "--quiet", "dependency:copy", "-Dmdep.useBaseVersion=true"])
            .arg(format!("-Dartifact={self}"))
            .arg(format!("-DoutputDirectory={}", folder.display()));
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maven_is_asked_for_one_file_under_its_plain_name() {
        let artifact = Artifact { group: "org.acme", name: "shop", version: "1.2", packaging: "jar" };
        assert_eq!(artifact.file_name(), "shop-1.2.jar");
        insta::assert_snapshot!(process::shown(&artifact.copied_to(Path::new("out"))), @"setpriv --pdeathsig KILL mvn --batch-mode --quiet dependency:copy -Dmdep.useBaseVersion=true -Dartifact=org.acme:shop:1.2:jar -DoutputDirectory=out");
    }
}
