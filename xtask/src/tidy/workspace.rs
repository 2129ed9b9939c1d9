//! The packages of the workspace as cargo knows them: who depends on whom, and the whole tree of
//! those that must stay free of something.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::arrows;
use crate::cargo::{self, Dependency, Metadata};
use crate::process;

/// What the checks know of the workspace.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    /// Its packages by name.
    pub(super) packages: BTreeMap<String, Package>,
    /// Names of all crates a package is built from (normal and build dependencies, its own features
    /// only), for the packages that [`arrows::FREE_OF`] lists.
    pub(super) built_from: BTreeMap<String, BTreeSet<String>>,
}

/// One package.
#[derive(Debug)]
pub(super) struct Package {
    /// Its directory from the top of the repository.
    pub(super) directory: String,
    /// Other packages of the workspace that it names, with the kind of each edge.
    pub(super) uses: BTreeSet<(String, Edge)>,
}

/// Kind of a dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    /// Part of what is built, or run while building.
    Built,
    /// For its tests only.
    Tests,
}

impl Workspace {
    /// Asks cargo.
    ///
    /// # Errors
    /// If cargo cannot be asked or answers something else than expected.
    pub(super) fn read() -> Result<Self> {
        let mut workspace = Self::of(&Metadata::read()?);
        for free in arrows::FREE_OF {
            if workspace.packages.contains_key(free.package) {
                // `cargo tree -p` and not the graph of `cargo metadata`: that one has the features
                // that any package of the workspace asks for.
                let tree = process::output(cargo::command().args([
                    "tree",
                    "--package",
                    free.package,
                    "--edges",
                    "normal,build",
                    "--prefix",
                    "none",
                    "--format",
                    "{p}",
                ]))?;
                workspace.built_from.insert(free.package.to_owned(), crate_names(&tree));
            }
        }
        Ok(workspace)
    }

    /// From what cargo says.
    pub(super) fn of(metadata: &Metadata) -> Self {
        let names: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
        let packages = metadata
            .packages
            .iter()
            .map(|package| {
                let uses = package
                    .dependencies
                    .iter()
                    .filter(|dependency| {
                        dependency.path.is_some() && names.contains(dependency.name.as_str())
                    })
                    .map(|dependency| (dependency.name.clone(), edge(dependency)))
                    .collect();
                let directory = directory(&package.manifest_path, &metadata.workspace_root);
                (package.name.clone(), Package { directory, uses })
            })
            .collect();
        Self { packages, built_from: BTreeMap::new() }
    }
}

/// The first word of each line of `cargo tree --prefix none --format {p}`.
fn crate_names(tree: &str) -> BTreeSet<String> {
    tree.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// The directory of a manifest, from the top.
fn directory(manifest: &str, top: &str) -> String {
    let path = manifest.strip_prefix(top).unwrap_or(manifest);
    path.trim_start_matches('/').trim_end_matches("Cargo.toml").trim_end_matches('/').to_owned()
}

fn edge(dependency: &Dependency) -> Edge {
    if dependency.kind.as_deref() == Some("dev") { Edge::Tests } else { Edge::Built }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_between_our_own_packages_are_read_with_their_kind() {
        let metadata = Metadata::parse(
            r#"{"workspace_root": "/top", "packages": [
                {"name": "keycloak-plan", "manifest_path": "/top/crates/keycloak-plan/Cargo.toml", "dependencies": [
                    {"name": "keycloak-admin", "kind": null, "path": "/top/crates/keycloak-admin"},
                    {"name": "serde", "kind": null},
                    {"name": "controller-testkit", "kind": "dev", "path": "/top/crates/controller-testkit"}]},
                {"name": "keycloak-admin", "manifest_path": "/top/crates/keycloak-admin/Cargo.toml", "dependencies": []},
                {"name": "controller-testkit", "manifest_path": "/top/crates/controller-testkit/Cargo.toml", "dependencies": []}
            ]}"#,
        )
        .unwrap();
        let workspace = Workspace::of(&metadata);
        let plan = &workspace.packages["keycloak-plan"];
        assert_eq!(plan.directory, "crates/keycloak-plan");
        assert_eq!(
            plan.uses.iter().map(|(name, edge)| (name.as_str(), *edge)).collect::<Vec<_>>(),
            [("controller-testkit", Edge::Tests), ("keycloak-admin", Edge::Built)]
        );
    }

    #[test]
    fn a_cargo_tree_gives_the_names_of_its_crates() {
        let names =
            crate_names("keycloak-plan v0.1.0 (/top/crates/keycloak-plan)\nserde v1.0.0\nserde v1.0.0 (*)\n");
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["keycloak-plan", "serde"]);
    }
}
