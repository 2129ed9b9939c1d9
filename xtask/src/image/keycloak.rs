//! Keycloak: its distribution from Maven Central on Debian's Java, under the name of its own image.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::debian::DebianLayer;
use super::layer::{Compression, Layer};
use super::oci::{self, Config, Image};
use super::tree::{Owner, Ownership, Tree};
use super::{Arch, Archive, say};
use crate::maven::Artifact;
use crate::progress::Progress;
use crate::{cache, packages};

const JAVA: DebianLayer<'_> = DebianLayer {
    name: "java",
    packages: &["openjdk-17-jre-headless"],
    prepare: "",
    finish: include_str!("../../local-cluster/debian/java-finish.sh"),
};

/// As in Keycloak's own image: user 1000 of group 0, and the group may do what the user may.
const OWNER: Owner = Owner { uid: 1000, gid: 0 };

/// The name that people write for a version.
pub(crate) fn name(version: &str) -> String {
    format!("quay.io/keycloak/keycloak:{version}")
}

/// The unpacked distribution of a version, for running it as a plain process:
/// `<cache>/keycloak/<version>/keycloak-<version>`.
///
/// It is shared: `kc.sh` writes below it, so copy it first. The image is made from the archive and
/// never from here.
///
/// # Errors
/// If there is no such version, or neither the network nor the cache has it.
pub(crate) fn distribution(version: &str) -> Result<PathBuf> {
    check_version(version)?;
    unpacked(&cache::directory()?, version, || downloaded(version))
}

fn unpacked(cache: &Path, version: &str, archive: impl FnOnce() -> Result<PathBuf>) -> Result<PathBuf> {
    let folder = cache.join("keycloak").join(version);
    cache::once(&folder, |unfinished| unpack(&archive()?, unfinished))?;
    let distribution = folder.join(format!("keycloak-{version}"));
    if !distribution.join("bin/kc.sh").exists() {
        bail!("{} is no distribution of Keycloak: remove it, and it is unpacked again", folder.display());
    }
    Ok(distribution)
}

/// Fetches the archive of a version, unless it is there. Maven must be there.
///
/// # Errors
/// As [`distribution`].
pub(crate) fn fetch(version: &str) -> Result<()> {
    downloaded(version).map(drop)
}

/// Whether the image of a version was made before.
///
/// # Errors
/// If no cache directory can be had.
pub(crate) fn is_made(version: &str) -> Result<bool> {
    let settings = serde_json::to_vec(&config(Arch::native()?))?;
    Ok(Archive::place(&[&name(version)], &[JAVA.key()?.as_bytes(), &settings])?.exists())
}

/// The image of a version; all versions share the layer below.
pub(super) fn archive(progress: &Progress, version: &str) -> Result<Archive> {
    check_version(version)?;
    let arch = Arch::native()?;
    let config = config(arch);
    let settings = serde_json::to_vec(&config)?;
    let java = JAVA.key()?;
    let name = name(version);
    let made = Archive::once(&[&name], &[java.as_bytes(), &settings], |output| {
        let java = JAVA.layer(progress)?;
        let archive = download(progress, version)?;
        progress.step("Keycloak", || {
            let keycloak = layer(&archive, version, output)?;
            let image = Image { arch, config, layers: vec![java, keycloak] };
            Ok((oci::write(&[&name], &[image], output)?, format!("{version}, packed")))
        })
    })?;
    say(progress, "Keycloak", || Ok(made))
}

fn config(arch: Arch) -> Config {
    Config {
        user: "1000".to_owned(),
        exposed_ports: ["8080/tcp", "8443/tcp", "9000/tcp"].map(str::to_owned).to_vec(),
        env: vec![
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned(),
            format!("JAVA_HOME=/usr/lib/jvm/java-17-openjdk-{}", arch.name()),
            "LANG=C.UTF-8".to_owned(),
            "KC_RUN_IN_CONTAINER=true".to_owned(),
        ],
        entrypoint: vec!["/opt/keycloak/bin/kc.sh".to_owned()],
        working_dir: "/opt/keycloak".to_owned(),
        ..Config::default()
    }
}

/// /opt/keycloak, from a directory beside `output` that is gone afterwards.
fn layer(archive: &Path, version: &str, output: &Path) -> Result<Layer> {
    let mut folder = output.as_os_str().to_owned();
    folder.push(".unpacked");
    let folder = PathBuf::from(folder);
    cache::remove(&folder)?;
    unpack(archive, &folder)?;
    let mut tree = Tree::new();
    tree.copy(&folder.join(format!("keycloak-{version}")), "opt/keycloak", Ownership::Shared(OWNER))?;
    // Where the server keeps its embedded database; a volume that is mounted here takes its owner over.
    tree.directory("opt/keycloak/data", 0o775, OWNER);
    let layer = Layer::write(&tree, Compression::None, &cache::directory()?)?;
    cache::remove(&folder)?;
    Ok(layer)
}

fn unpack(archive: &Path, folder: &Path) -> Result<()> {
    let file = File::open(archive).with_context(|| format!("cannot read {}", archive.display()))?;
    zip::ZipArchive::new(file)
        .and_then(|mut zip| zip.extract(folder))
        .with_context(|| format!("cannot unpack {}: remove it, and it is fetched again", archive.display()))
}

fn download(progress: &Progress, version: &str) -> Result<PathBuf> {
    if stored(version)?.exists() {
        return stored(version);
    }
    packages::install(packages::KEYCLOAK, progress)?;
    progress.step("Keycloak", || Ok((downloaded(version)?, format!("{version}, from Maven Central"))))
}

fn stored(version: &str) -> Result<PathBuf> {
    Ok(cache::directory()?.join("downloads").join(artifact(version).file_name()))
}

fn artifact(version: &str) -> Artifact<'_> {
    Artifact { group: "org.keycloak", name: "keycloak-quarkus-dist", version, packaging: "zip" }
}

/// The distribution's archive.
fn downloaded(version: &str) -> Result<PathBuf> {
    let file = stored(version)?;
    cache::once(&file, |unfinished| artifact(version).fetch(unfinished))?;
    Ok(file)
}

/// A version becomes part of paths and of Maven's coordinates.
fn check_version(version: &str) -> Result<()> {
    let digits = version.starts_with(|first: char| first.is_ascii_digit());
    if digits && version.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)) {
        return Ok(());
    }
    bail!("`{version}` is no version of Keycloak: write one such as {}", crate::versions::KEYCLOAK)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn a_version_that_is_none_is_refused_before_anything_is_fetched() {
        for bad in ["", "latest", "../../etc", "26.7.3:zip", "26 7", "-1"] {
            assert!(check_version(bad).is_err(), "{bad}");
        }
        check_version("26.7.3").unwrap();
        check_version("26.0.0-beta1").unwrap();
        insta::assert_snapshot!(distribution("latest").unwrap_err(), @"`latest` is no version of Keycloak: write one such as 26.7.3");
    }

    #[test]
    fn the_distribution_is_the_archive_that_keycloak_publishes() {
        let artifact = artifact("26.7.3");
        assert_eq!(artifact.to_string(), "org.keycloak:keycloak-quarkus-dist:26.7.3:zip");
        assert_eq!(artifact.file_name(), "keycloak-quarkus-dist-26.7.3.zip");
    }

    #[test]
    fn a_distribution_is_unpacked_once_and_its_scripts_stay_executable() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("dist.zip");
        let mut zip = zip::ZipWriter::new(File::create(&archive).unwrap());
        let executable = SimpleFileOptions::default().unix_permissions(0o755);
        zip.start_file("keycloak-1/bin/kc.sh", executable).unwrap();
        zip.start_file("keycloak-1/conf/keycloak.conf", executable.unix_permissions(0o644)).unwrap();
        zip.finish().unwrap();

        let distribution = unpacked(folder.path(), "1", || Ok(archive.clone())).unwrap();
        let mode = |path| fs::metadata(distribution.join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("bin/kc.sh"), 0o755);
        assert_eq!(mode("conf/keycloak.conf"), 0o644);
        let again = unpacked(folder.path(), "1", || bail!("it was asked for a second time"));
        assert_eq!(again.unwrap(), distribution);

        let other = unpacked(folder.path(), "2", || Ok(archive.clone())).unwrap_err().to_string();
        assert!(
            other
                .ends_with("/keycloak/2 is no distribution of Keycloak: remove it, and it is unpacked again")
        );

        fs::write(&archive, "half").unwrap();
        let damaged = unpacked(folder.path(), "3", || Ok(archive)).unwrap_err().to_string();
        assert!(damaged.ends_with("dist.zip: remove it, and it is fetched again"), "{damaged}");
    }

    #[test]
    fn the_image_starts_as_the_own_image_of_keycloak_does() {
        insta::assert_json_snapshot!(config(Arch::Arm64), @r#"
        {
          "User": "1000",
          "ExposedPorts": {
            "8080/tcp": {},
            "8443/tcp": {},
            "9000/tcp": {}
          },
          "Env": [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "JAVA_HOME=/usr/lib/jvm/java-17-openjdk-arm64",
            "LANG=C.UTF-8",
            "KC_RUN_IN_CONTAINER=true"
          ],
          "Entrypoint": [
            "/opt/keycloak/bin/kc.sh"
          ],
          "WorkingDir": "/opt/keycloak"
        }
        "#);
    }
}
