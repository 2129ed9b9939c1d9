//! Who may depend on whom inside the workspace, and what some packages must be free of.
//!
//! The table is the picture of docs/architecture.md. An arrow that is not in it is a decision, not
//! an edit: the controllers, for one, speak only through spec, status and Secrets.

use super::Finding;
use super::tree::Tree;
use super::workspace::{Edge, Package, Workspace};

/// A row of the table: where a package lies and what of ours it may be built from.
struct Arrows {
    /// Directory from the top of the repository; the last part may be `*`.
    directory: &'static str,
    /// Packages it may use.
    may_use: &'static [&'static str],
}

const BOTTOM: [&str; 5] =
    ["authorization-token", "controller-runtime", "keycloak-admin", "keycloak-crds", "keycloak-plan"];

/// Every arrow there may be. A directory that is not here is not part of the design.
const ARROWS: &[Arrows] = &[
    // The bottom five never know each other, except that the plan reads the generated types.
    Arrows { directory: "crates/authorization-token", may_use: &[] },
    Arrows { directory: "crates/controller-runtime", may_use: &[] },
    Arrows { directory: "crates/keycloak-admin", may_use: &[] },
    Arrows { directory: "crates/keycloak-crds", may_use: &[] },
    Arrows { directory: "crates/keycloak-plan", may_use: &["keycloak-admin"] },
    // The two joints.
    Arrows {
        directory: "crates/keycloak-sync",
        may_use: &["keycloak-admin", "keycloak-crds", "keycloak-plan"],
    },
    Arrows {
        directory: "crates/keycloak-connect",
        may_use: &["authorization-token", "controller-runtime", "keycloak-admin", "keycloak-crds"],
    },
    // The programs: three controllers that never import each other, and the plugin.
    Arrows {
        directory: "crates/instance-controller",
        may_use: &[
            "authorization-token",
            "controller-runtime",
            "keycloak-admin",
            "keycloak-connect",
            "keycloak-crds",
        ],
    },
    Arrows { directory: "crates/realm-controller", may_use: CONTROLLER },
    Arrows { directory: "crates/client-controller", may_use: CONTROLLER },
    Arrows {
        directory: "crates/kubectl-cloakroom",
        may_use: &[
            "authorization-token",
            "keycloak-admin",
            "keycloak-crds",
            "keycloak-plan",
            "keycloak-sync",
        ],
    },
    // For tests only, so that every crate may use it in its own.
    Arrows { directory: TESTKIT_DIRECTORY, may_use: &[] },
    // Tasks. `xtask` itself is what a newcomer waits for: it uses none of ours. What a heavier task
    // needs is a program of its own below it.
    Arrows { directory: "xtask", may_use: &[] },
    Arrows { directory: "xtask/*", may_use: &BOTTOM },
    // End to end: from outside, as a user.
    Arrows { directory: "tests", may_use: &["controller-testkit", "keycloak-admin", "keycloak-crds"] },
];

const CONTROLLER: &[&str] = &[
    "authorization-token",
    "controller-runtime",
    "keycloak-admin",
    "keycloak-connect",
    "keycloak-crds",
    "keycloak-plan",
    "keycloak-sync",
];

const TESTKIT: &str = "controller-testkit";
const TESTKIT_DIRECTORY: &str = "crates/controller-testkit";

/// What a package must not have anywhere in its tree.
pub(super) struct FreeOf {
    /// The package.
    pub(super) package: &'static str,
    /// Crates that must not be in it.
    crates: &'static [&'static str],
    /// Why.
    reason: &'static str,
}

const HTTP_OR_ASYNC: &[&str] = &["tokio", "reqwest", "hyper", "tower", "axum", "h2"];
const KUBE_CLIENT: &[&str] = &["kube-client", "kube-runtime"];

/// The packages whose whole tree is looked at.
pub(super) const FREE_OF: &[FreeOf] = &[
    FreeOf { package: "authorization-token", crates: HTTP_OR_ASYNC, reason: "it is pure: no I/O" },
    FreeOf { package: "keycloak-plan", crates: HTTP_OR_ASYNC, reason: "it is pure: no I/O" },
    FreeOf {
        package: "authorization-token",
        crates: &["rand", "getrandom"],
        reason: "random bytes come in as arguments",
    },
    FreeOf { package: "keycloak-plan", crates: &["rand", "getrandom"], reason: "it has no randomness" },
    FreeOf {
        package: "keycloak-crds",
        crates: KUBE_CLIENT,
        reason: "types only: tools must not link a Kubernetes client",
    },
    FreeOf {
        package: "keycloak-admin",
        crates: &["kube-core", "k8s-openapi"],
        reason: "it knows no Kubernetes",
    },
    FreeOf {
        package: "keycloak-sync",
        crates: KUBE_CLIENT,
        reason: "it also works where there is no cluster",
    },
    FreeOf {
        package: "xtask",
        crates: &["kube-core", "k8s-openapi", "progenitor", "progenitor-impl", "tokio"],
        reason: "it is what a newcomer waits for; make a program of its own below xtask/",
    },
];

/// Arrows that are not in the table, and crates where they must not be.
pub(super) fn check(workspace: &Workspace, tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        workspace.packages.iter().flat_map(|(name, package)| outgoing(name, package, tree)).collect();
    for free in FREE_OF {
        let Some(package) = workspace.packages.get(free.package) else { continue };
        let Some(built_from) = workspace.built_from.get(free.package) else { continue };
        for found in free.crates.iter().filter(|name| built_from.contains(**name)) {
            findings.push(Finding::new(
                &manifest(package),
                1,
                format!("{} is built from {found}, but {}", free.package, free.reason),
                format!(
                    "`cargo tree -p {} -e normal,build -i {found}` shows by which way; drop it or the feature that brings it",
                    free.package
                ),
            ));
        }
    }
    findings
}

fn outgoing(name: &str, package: &Package, tree: &Tree) -> Vec<Finding> {
    let manifest = manifest(package);
    let Some(row) = ARROWS.iter().find(|row| lies_at(row.directory, &package.directory)) else {
        return vec![Finding::new(
            &manifest,
            1,
            format!("package {name} has no row in the table of allowed arrows"),
            "add it to ARROWS in xtask/src/tidy/arrows.rs and to docs/architecture.md, if the design has it",
        )];
    };
    let in_crates = package.directory.strip_prefix("crates/");
    let mut findings = Vec::new();
    if in_crates.is_some_and(|directory| directory != name) {
        findings.push(Finding::new(
            &manifest,
            1,
            format!("package {name} lies in a directory of another name"),
            "a crate's directory has the crate's name",
        ));
    }
    for (used, edge) in &package.uses {
        let for_tests = *edge == Edge::Tests && used == TESTKIT;
        if !row.may_use.contains(&used.as_str()) && !for_tests {
            findings.push(Finding::new(
                &manifest,
                line_of(tree, &manifest, used),
                format!("{name} must not depend on {used}"),
                remedy(used, row.may_use),
            ));
        }
    }
    findings
}

fn remedy(used: &str, may_use: &[&str]) -> String {
    if used == TESTKIT {
        return format!("{TESTKIT} is for tests: name it under [dev-dependencies]");
    }
    let allowed = if may_use.is_empty() { "none of ours".to_owned() } else { may_use.join(", ") };
    format!(
        "it may use {allowed} (xtask/src/tidy/arrows.rs); move the code, or what it needs, to where the arrow allows it"
    )
}

/// Whether a directory is the one of a row.
fn lies_at(row: &str, directory: &str) -> bool {
    match row.strip_suffix("/*") {
        Some(parent) => directory
            .strip_prefix(parent)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|rest| !rest.is_empty()),
        None => row == directory,
    }
}

fn manifest(package: &Package) -> String {
    format!("{}/Cargo.toml", package.directory)
}

/// The line of a manifest that names a dependency: `name.workspace = true`, `name = ...`, or
/// `[dependencies.name]`.
fn line_of(tree: &Tree, manifest: &str, dependency: &str) -> usize {
    let names_it = |line: &str| {
        let line = line.trim_start();
        let after = line.strip_prefix(dependency).and_then(|rest| rest.chars().next());
        after.is_some_and(|next| matches!(next, '.' | ' ' | '='))
            || (line.starts_with('[') && line.trim_end().ends_with(&format!(".{dependency}]")))
    };
    let lines = tree.text(manifest).unwrap_or_default();
    lines.lines().position(names_it).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, directory and what it uses.
    type Described<'a> = (&'a str, &'a str, &'a [(&'a str, Edge)]);

    fn workspace(packages: &[Described<'_>]) -> Workspace {
        let packages = packages
            .iter()
            .map(|(name, directory, uses)| {
                let uses = uses.iter().map(|(used, edge)| ((*used).to_owned(), *edge)).collect();
                ((*name).to_owned(), Package { directory: (*directory).to_owned(), uses })
            })
            .collect();
        Workspace { packages, ..Workspace::default() }
    }

    fn problems(workspace: &Workspace) -> Vec<String> {
        check(workspace, &Tree::default()).into_iter().map(|finding| finding.problem).collect()
    }

    #[test]
    fn the_arrows_of_the_design_are_allowed() {
        let workspace = workspace(&[
            ("keycloak-plan", "crates/keycloak-plan", &[("keycloak-admin", Edge::Built)]),
            (
                "realm-controller",
                "crates/realm-controller",
                &[
                    ("keycloak-sync", Edge::Built),
                    ("keycloak-connect", Edge::Built),
                    ("controller-testkit", Edge::Tests),
                ],
            ),
            ("end-to-end", "tests", &[("controller-testkit", Edge::Built)]),
            ("generate", "xtask/generate", &[("keycloak-crds", Edge::Built)]),
        ]);
        assert_eq!(problems(&workspace), Vec::<String>::new());
    }

    #[test]
    fn a_controller_that_imports_another_is_found_with_its_line() {
        let workspace = workspace(&[(
            "client-controller",
            "crates/client-controller",
            &[("realm-controller", Edge::Built)],
        )]);
        let tree = Tree::of(&[(
            "crates/client-controller/Cargo.toml",
            "[package]\n\n[dependencies]\nrealm-controllers = \"1\"\nrealm-controller.workspace = true\n",
        )]);
        let findings = check(&workspace, &tree);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].to_string().starts_with(
            "crates/client-controller/Cargo.toml:5: client-controller must not depend on realm-controller:"
        ));
    }

    #[test]
    fn what_is_not_about_keycloak_does_not_depend_on_it_even_in_tests() {
        let workspace = workspace(&[
            ("controller-runtime", "crates/controller-runtime", &[("keycloak-crds", Edge::Tests)]),
            ("authorization-token", "crates/authorization-token", &[("keycloak-admin", Edge::Built)]),
        ]);
        assert_eq!(
            problems(&workspace),
            [
                "authorization-token must not depend on keycloak-admin",
                "controller-runtime must not depend on keycloak-crds",
            ]
        );
    }

    #[test]
    fn the_testkit_is_for_tests_only() {
        let workspace =
            workspace(&[("keycloak-admin", "crates/keycloak-admin", &[("controller-testkit", Edge::Built)])]);
        let findings = check(&workspace, &Tree::default());
        assert_eq!(findings.len(), 1);
        assert!(findings[0].remedy.contains("[dev-dependencies]"));
    }

    #[test]
    fn a_package_that_the_design_does_not_have_is_found() {
        let workspace = workspace(&[("shared-things", "crates/shared-things", &[])]);
        assert_eq!(problems(&workspace), ["package shared-things has no row in the table of allowed arrows"]);
    }

    #[test]
    fn a_crate_lies_in_a_directory_of_its_name() {
        let workspace = workspace(&[("admin", "crates/keycloak-admin", &[])]);
        assert_eq!(problems(&workspace), ["package admin lies in a directory of another name"]);
    }

    #[test]
    fn an_http_crate_in_the_tree_of_a_pure_crate_is_found() {
        let mut workspace = workspace(&[("keycloak-plan", "crates/keycloak-plan", &[])]);
        let built_from = ["keycloak-plan", "keycloak-admin", "reqwest", "serde"].map(str::to_owned).into();
        workspace.built_from.insert("keycloak-plan".to_owned(), built_from);
        assert_eq!(problems(&workspace), ["keycloak-plan is built from reqwest, but it is pure: no I/O"]);
    }

    #[test]
    fn xtask_stays_light() {
        let mut workspace = workspace(&[("xtask", "xtask", &[])]);
        workspace.built_from.insert("xtask".to_owned(), ["clap", "progenitor"].map(str::to_owned).into());
        let findings = check(&workspace, &Tree::default());
        assert_eq!(findings.len(), 1);
        assert!(findings[0].problem.contains("progenitor"), "{}", findings[0]);
    }

    #[test]
    fn every_row_names_packages_that_have_a_row() {
        for row in ARROWS {
            for used in row.may_use {
                assert!(
                    ARROWS.iter().any(|other| other.directory == format!("crates/{used}")),
                    "{} may use {used}, which has no row",
                    row.directory
                );
            }
        }
    }
}
