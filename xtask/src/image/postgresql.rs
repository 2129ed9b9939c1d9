//! PostgreSQL of Debian, in an image that takes the place of the public `postgres`: same name, same
//! user and group, same environment, same directories.

use std::path::Path;

use anyhow::Result;

use super::debian::DebianLayer;
use super::layer::{Compression, Layer};
use super::oci::{self, Config, Image};
use super::tree::{ROOT, Tree};
use super::{Arch, Archive, say};
use crate::cache;
use crate::progress::Progress;
use crate::versions::POSTGRESQL;

const ENTRYPOINT: &str = include_str!("../../local-cluster/postgresql/entrypoint.sh");

/// The name on the node for what people write as `postgres:15`.
pub(crate) fn name() -> String {
    format!("docker.io/library/postgres:{POSTGRESQL}")
}

/// The image.
pub(super) fn archive(progress: &Progress) -> Result<Archive> {
    let arch = Arch::native()?;
    let config = config();
    let settings = serde_json::to_vec(&config)?;
    let server = format!("postgresql-{POSTGRESQL}");
    let packages = DebianLayer {
        name: "postgresql",
        packages: &[&server, "locales", "libnss-wrapper"],
        prepare: include_str!("../../local-cluster/debian/postgresql-prepare.sh"),
        finish: include_str!("../../local-cluster/debian/postgresql-finish.sh"),
    };
    let key = packages.key()?;
    let parts = [key.as_bytes(), &settings, ENTRYPOINT.as_bytes()];
    let made = Archive::once(&[&name()], &parts, |output| {
        let debian = packages.layer(progress)?;
        progress.step("PostgreSQL", || {
            let image = Image { arch, config, layers: vec![debian, entrypoint(&cache::directory()?)?] };
            Ok((oci::write(&[&name()], &[image], output)?, format!("{POSTGRESQL}, packed")))
        })
    })?;
    say(progress, "PostgreSQL", || Ok(made))
}

fn entrypoint(scratch: &Path) -> Result<Layer> {
    let mut tree = Tree::new();
    tree.file("usr/local/bin/docker-entrypoint.sh", 0o755, ROOT, ENTRYPOINT);
    Layer::write(&tree, Compression::None, scratch)
}

fn config() -> Config {
    Config {
        // Root, which gives the volume to the user postgres and goes on as that one. A pod may start as
        // 999 at once.
        user: String::new(),
        exposed_ports: vec!["5432/tcp".to_owned()],
        env: vec![
            format!(
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/{POSTGRESQL}/bin"
            ),
            "LANG=en_US.utf8".to_owned(),
            format!("PG_MAJOR={POSTGRESQL}"),
            "PGDATA=/var/lib/postgresql/data".to_owned(),
        ],
        entrypoint: vec!["docker-entrypoint.sh".to_owned()],
        cmd: vec!["postgres".to_owned()],
        volumes: vec!["/var/lib/postgresql/data".to_owned()],
        // To the server SIGTERM means: wait until everyone has gone. SIGINT ends connections and shuts
        // down cleanly, which is what someone who stops a container means.
        stop_signal: "SIGINT".to_owned(),
        ..Config::default()
    }
}

#[cfg(test)]
mod tests;
