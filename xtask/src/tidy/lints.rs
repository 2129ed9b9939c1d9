//! Every package inherits the workspace's lints: no unsafe code, no panics outside tests.

use super::Finding;
use super::tree::Tree;
use super::workspace::Workspace;

/// Packages whose manifest does not say `[lints] workspace = true`.
pub(super) fn check(workspace: &Workspace, tree: &Tree) -> Vec<Finding> {
    workspace
        .packages
        .iter()
        .filter_map(|(name, package)| {
            let manifest = format!("{}/Cargo.toml", package.directory);
            let inherits = inherits(tree.text(&manifest).unwrap_or_default());
            (!inherits).then(|| {
                Finding::new(
                    &manifest,
                    1,
                    format!("package {name} does not inherit the workspace's lints"),
                    "add `[lints]` with `workspace = true`",
                )
            })
        })
        .collect()
}

fn inherits(manifest: &str) -> bool {
    let mut section = "";
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        }
        let assigned = line.split_once('=').map(|(key, value)| (key.trim(), value.trim()));
        match (section, assigned) {
            ("[lints]", Some(("workspace", value))) | ("", Some(("lints.workspace", value))) => {
                return value.starts_with("true");
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::Package;

    fn problems(manifest: &str) -> usize {
        let package = Package { directory: "crates/a".to_owned(), uses: [].into() };
        let workspace = Workspace { packages: [("a".to_owned(), package)].into(), ..Workspace::default() };
        check(&workspace, &Tree::of(&[("crates/a/Cargo.toml", manifest)])).len()
    }

    #[test]
    fn a_package_that_inherits_the_lints_is_fine() {
        assert_eq!(problems("[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n"), 0);
        assert_eq!(problems("lints.workspace = true\n[package]\nname = \"a\"\n"), 0);
    }

    #[test]
    fn a_package_without_or_with_lints_of_its_own_is_found() {
        assert_eq!(problems("[package]\nname = \"a\"\nversion.workspace = true\n"), 1);
        assert_eq!(problems("[package]\nname = \"a\"\n[lints.clippy]\nall = \"warn\"\n"), 1);
        assert_eq!(problems("[lints]\nworkspace = false\n"), 1);
    }
}
