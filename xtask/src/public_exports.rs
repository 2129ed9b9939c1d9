//! Exports of realms that public projects publish inside of their packages, for tests that take such realms over.
//!
//! Nothing of them is kept in this repository: they are fetched from Maven Central as Keycloak is, and known by their digests.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::cache;
use crate::maven::Artifact;

/// An export, and where it is published.
struct PublicExport {
    /// What tests call it.
    name: &'static str,
    package: Artifact<'static>,
    /// Where it stands in the package.
    path: &'static str,
    /// Of the export as it stands there, in lower-case hex.
    sha256: &'static str,
    /// Of the package, as its POM or that of its parent says, by its SPDX identifier.
    licence: &'static str,
    /// Which Keycloak the realm is of.
    keycloak: &'static str,
}

const fn jar(group: &'static str, name: &'static str, version: &'static str) -> Artifact<'static> {
    Artifact { group, name, version, packaging: "jar" }
}

const ALL: &[PublicExport] = &[
    PublicExport {
        name: "kogito",
        package: jar("org.kie.kogito", "kogito-test-utils", "1.44.1.Final"),
        path: "testcontainers/keycloak/kogito-realm.json",
        sha256: "f92abb737be80ab7bc2ff1af5d08cef69e8f70eec99a5bf3368dc519061e019c",
        licence: "Apache-2.0",
        keycloak: "6.0.0",
    },
    PublicExport {
        name: "apiman",
        package: jar("io.apiman", "apiman-distro-data", "2.1.0.Final"),
        path: "data/apiman-realm-for-keycloak.json",
        sha256: "da4ceb99314866b587aa0caafc614ea7a529f4f0b5b97c77c9c55cf5fa2e23f0",
        licence: "Apache-2.0",
        keycloak: "12.0.4",
    },
    // A template: the projects that are made of it have names, ports and a version of Keycloak of their own.
    PublicExport {
        name: "jhipster-lite",
        package: jar("tech.jhipster.lite", "jhlite", "1.35.0"),
        path: "generator/server/springboot/mvc/security/oauth2/core/docker/jhipster-realm.json.mustache",
        sha256: "3b53d1bc725fc514d197038aecbeae6fdd23588b339075768fc03cc9e488618c",
        licence: "Apache-2.0",
        keycloak: "before 18",
    },
    PublicExport {
        name: "cuioss",
        package: jar("de.cuioss.test", "cui-test-keycloak-integration", "1.1.0"),
        path: "oauth_integration_tests-realm.json",
        sha256: "4babbb33cedf3a6be4da36754a17fef04a18ecd0f05d90dd5c665db110ff036a",
        licence: "Apache-2.0",
        keycloak: "26.0.1",
    },
];

/// The folder with all of them, each as `<name>.json`. They are fetched unless they are there; then Maven must be.
///
/// # Errors
/// If one cannot be fetched, or is not the one that it was.
pub(crate) fn folder() -> Result<PathBuf> {
    collected(&cache::directory()?, ALL, Artifact::fetch)
}

/// Fetches them, unless they are there. Maven must be there.
///
/// # Errors
/// As [`folder`].
pub(crate) fn fetch() -> Result<()> {
    folder().map(drop)
}

fn collected(
    cache: &Path,
    exports: &[PublicExport],
    fetch: impl Fn(&Artifact<'static>, &Path) -> Result<()>,
) -> Result<PathBuf> {
    let said = table(exports);
    let folder = cache.join("public-exports").join(cache::key(&[said.as_bytes()]));
    cache::once(&folder, |unfinished| {
        fs::create_dir(unfinished).with_context(|| format!("cannot create {}", unfinished.display()))?;
        for export in exports {
            let package = unfinished.join(export.package.file_name());
            fetch(&export.package, &package)?;
            write(&unfinished.join(format!("{}.json", export.name)), &export.read_from(&package)?)?;
            cache::remove(&package)?;
        }
        write(&unfinished.join("README.md"), said.as_bytes())
    })?;
    Ok(folder)
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

/// Where each comes from, for whoever looks into the folder. Another version or digest makes another table, and so another folder.
fn table(exports: &[PublicExport]) -> String {
    let head = "# Where these exports come from\n\n\
                | file | package | file in it | SHA-256 | licence | Keycloak |\n\
                | --- | --- | --- | --- | --- | --- |\n";
    exports.iter().fold(head.to_owned(), |mut table, export| {
        let PublicExport { name, package, path, sha256, licence, keycloak } = export;
        let _ = writeln!(table, "| {name}.json | {package} | {path} | {sha256} | {licence} | {keycloak} |");
        table
    })
}

impl PublicExport {
    /// Reads it out of its package, and checks that it is the one.
    fn read_from(&self, package: &Path) -> Result<Vec<u8>> {
        let unreadable = || format!("cannot read {} in {}", self.path, self.package);
        let file = File::open(package).with_context(unreadable)?;
        let mut archive = zip::ZipArchive::new(file).with_context(unreadable)?;
        let mut entry = archive.by_name(self.path).with_context(unreadable)?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).with_context(unreadable)?;
        let found = sha256(&bytes);
        if found != self.sha256 {
            bail!(
                "{} in {} is another file than it was: its SHA-256 is {found} and not {}. Maven Central changes nothing that it has, so \
                 look where Maven fetches from (~/.m2/settings.xml); for a new version write the new digest into \
                 xtask/src/public_exports.rs",
                self.path,
                self.package,
                self.sha256,
            );
        }
        Ok(bytes)
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;

    use super::*;

    const SHOP: PublicExport = PublicExport {
        name: "shop",
        package: jar("org.acme", "shop-tests", "1.2"),
        path: "realms/shop.json",
        sha256: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        licence: "MIT",
        keycloak: "26.7.3",
    };

    fn publish(file: &Path, path: &str, text: &str) -> Result<()> {
        let mut zip = zip::ZipWriter::new(File::create(file)?);
        zip.start_file(path, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
        zip.finish()?;
        Ok(())
    }

    #[test]
    fn each_is_said_once_with_its_whole_digest_and_may_be_used() {
        let distinct = |of: fn(&PublicExport) -> String| ALL.iter().map(of).collect::<BTreeSet<_>>().len();
        assert!(ALL.len() >= 4);
        assert_eq!(distinct(|export| export.name.to_owned()), ALL.len());
        assert_eq!(distinct(|export| format!("{} {}", export.package, export.path)), ALL.len());
        assert_eq!(distinct(|export| export.sha256.to_owned()), ALL.len());
        for PublicExport { name, sha256, licence, .. } in ALL {
            assert!(sha256.len() == 64 && sha256.chars().all(|c| "0123456789abcdef".contains(c)), "{name}");
            assert!(["Apache-2.0", "MIT"].contains(licence), "{name}");
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        }
    }

    #[test]
    fn they_are_fetched_once_and_lie_beside_what_says_where_they_come_from() {
        let cache = tempfile::tempdir().unwrap();
        let fetched = Cell::new(0);
        let fetch = |package: &Artifact<'static>, file: &Path| {
            assert_eq!(package.to_string(), "org.acme:shop-tests:1.2:jar");
            fetched.set(fetched.get() + 1);
            publish(file, "realms/shop.json", "{}")
        };
        let folder = collected(cache.path(), &[SHOP], fetch).unwrap();
        assert_eq!(collected(cache.path(), &[SHOP], fetch).unwrap(), folder);
        assert_eq!(fetched.get(), 1);
        let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
        let files: BTreeSet<String> = files.map(|file| file.into_string().unwrap()).collect();
        assert_eq!(files.into_iter().collect::<Vec<_>>(), ["README.md", "shop.json"]);
        assert_eq!(fs::read_to_string(folder.join("shop.json")).unwrap(), "{}");
        insta::assert_snapshot!(fs::read_to_string(folder.join("README.md")).unwrap(), @r"
        # Where these exports come from

        | file | package | file in it | SHA-256 | licence | Keycloak |
        | --- | --- | --- | --- | --- | --- |
        | shop.json | org.acme:shop-tests:1.2:jar | realms/shop.json | 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a | MIT | 26.7.3 |
        ");

        let newer = PublicExport { keycloak: "26.7.4", ..SHOP };
        assert_ne!(collected(cache.path(), &[newer], fetch).unwrap(), folder);
    }

    #[test]
    fn another_file_than_it_was_is_refused_with_both_digests_and_nothing_is_kept() {
        let cache = tempfile::tempdir().unwrap();
        let refused = |path: &str, text: &str| {
            let fetch = |_: &Artifact<'static>, file: &Path| publish(file, path, text);
            format!("{:#}", collected(cache.path(), &[SHOP], fetch).unwrap_err())
        };
        insta::assert_snapshot!(refused("realms/shop.json", "{ }"), @"realms/shop.json in org.acme:shop-tests:1.2:jar is another file than it was: its SHA-256 is 257c1be96ae69f4b01c2c69bdb6d78605f59175819fb007d0bf245bf48444c4a and not 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a. Maven Central changes nothing that it has, so look where Maven fetches from (~/.m2/settings.xml); for a new version write the new digest into xtask/src/public_exports.rs");
        insta::assert_snapshot!(refused("realms/other.json", "{}"), @"cannot read realms/shop.json in org.acme:shop-tests:1.2:jar: specified file not found in archive");
        let failed =
            collected(cache.path(), &[SHOP], |package, _| bail!("cannot fetch {package}: no network"));
        assert_eq!(failed.unwrap_err().to_string(), "cannot fetch org.acme:shop-tests:1.2:jar: no network");

        let whole =
            collected(cache.path(), &[SHOP], |_, file| publish(file, "realms/shop.json", "{}")).unwrap();
        assert!(whole.join("shop.json").exists());
    }
}
