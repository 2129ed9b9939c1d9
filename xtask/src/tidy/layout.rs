//! What lies at the top of the repository, and the files that must be there.

use std::collections::BTreeSet;

use super::Finding;
use super::tree::Tree;

/// Everything at the top that is not a dot-file.
const TOP: &[&str] = &[
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "crates",
    "deploy",
    "docs",
    "openapi",
    "tests",
    "xtask",
];

/// Files that people, GitHub or a check of ours look for at exactly this place.
const REQUIRED: &[(&str, &str)] = &[
    (".ci/run", "what must pass before a change lands"),
    (".deny.toml", "cargo-deny reads licences, sources and duplicates that are allowed from it"),
    (".editorconfig", "editors read it"),
    (".gitattributes", "it names the generated files"),
    (".github/CONTRIBUTING.md", "GitHub shows it to whoever opens a pull request"),
    (".github/SECURITY.md", "GitHub shows it to whoever found a weakness"),
    (".github/workflows/check.yml", "a change that is not checked does not land"),
    (".github/workflows/e2e.yml", "what works on kind is tried nowhere else"),
    (".github/workflows/images.yml", "whether images can be built, and how large they are, is seen there"),
    (".github/workflows/test.yml", "a change that is not tested does not land"),
    ("CHANGELOG.md", "users read what changed"),
    ("Cargo.lock", "programs are built from exactly what was tested"),
    ("LICENSE", "without it nobody may use this"),
    ("README.md", "everybody begins there"),
    ("docs/architecture.md", "the invariants stand there"),
    ("docs/decisions/README.md", "it is the index of the decision records"),
    ("docs/testing.md", "it says how to run each kind of test"),
];

/// What does not belong at the top, and what is missing.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let at_the_top: BTreeSet<&str> =
        tree.files().map(|(path, _)| path.split_once('/').map_or(path, |(first, _)| first)).collect();
    let foreign =
        at_the_top.into_iter().filter(|name| !name.starts_with('.') && !TOP.contains(name)).map(|name| {
            let remedy = format!(
                "move it below one of {}; community files go to .github",
                TOP.iter()
                    .filter(|top| !top.contains('.') && **top != "LICENSE")
                    .copied()
                    .collect::<Vec<_>>()
                    .join(", ")
            );
            Finding::new(name, 1, "the top of the repository does not hold this", remedy)
        });
    let missing = REQUIRED
        .iter()
        .filter(|(path, _)| tree.text(path).is_none_or(|text| text.trim().is_empty()))
        .map(|(path, reason)| Finding::new(path, 1, "missing or empty", format!("write it: {reason}")));
    foreign.chain(missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> Vec<(&'static str, &'static str)> {
        REQUIRED.iter().map(|(path, _)| (*path, "words")).collect()
    }

    #[test]
    fn a_complete_repository_is_fine() {
        let mut files = complete();
        files.extend([(".clippy.toml", ""), ("crates/a/src/lib.rs", ""), ("tests/Cargo.toml", "")]);
        assert_eq!(check(&Tree::of(&files)), []);
    }

    #[test]
    fn a_file_or_directory_that_the_design_does_not_have_is_found_once() {
        let mut files = complete();
        files.extend([("scripts/a.sh", ""), ("scripts/b.sh", ""), ("NOTES.md", "")]);
        let paths: Vec<String> = check(&Tree::of(&files)).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["NOTES.md", "scripts"]);
    }

    #[test]
    fn a_missing_and_an_empty_file_are_found() {
        let mut files = complete();
        files.retain(|(path, _)| *path != "LICENSE");
        for (path, text) in &mut files {
            if *path == "docs/testing.md" {
                *text = "\n";
            }
        }
        let paths: Vec<String> = check(&Tree::of(&files)).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["LICENSE", "docs/testing.md"]);
    }
}
