//! A page that names a test as proof names one that exists.

use std::collections::BTreeSet;

use super::Finding;
use super::tree::{Tree, extension};

/// Pages whose tables say which test shows what.
const PAGES: &[&str] = &["docs/operations/admission.md", "docs/operations/threats.md"];

/// Tests on these pages that are none.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let sources = tree.written().filter(|(path, _)| extension(path) == "rs");
    let functions: BTreeSet<&str> = sources.flat_map(|(_, text)| functions(text)).collect();
    let mut findings = Vec::new();
    for page in PAGES {
        for (index, line) in tree.text(page).unwrap_or_default().lines().enumerate() {
            for test in named(line).filter(|test| !functions.contains(test)) {
                findings.push(Finding::new(
                    page,
                    index + 1,
                    format!("no test is called `{test}`"),
                    "name the test that shows it, or write one",
                ));
            }
        }
    }
    findings
}

/// What may be the name of a function.
fn functions(text: &str) -> impl Iterator<Item = &str> {
    text.split("fn ").skip(1).filter_map(|rest| rest.split('(').next())
}

/// What looks like the name of a test in a row of a table: a sentence in small letters.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let is_letter = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
    let quoted = line.split('`').skip(1).step_by(2).filter(|_| line.starts_with('|'));
    quoted.filter(move |word| word.matches('_').count() >= 3 && word.chars().all(is_letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_does_not_exist_is_found_with_its_line() {
        let page = "# A page\n\n| claim | test |\n| --- | --- |\n\
            | one | `a_realm_is_refused` |\n| two | `a_client_is_refused`, `status.authorization` |\n\
            Prose about `a_word_of_prose`.\n";
        let tree =
            Tree::of(&[(PAGES[0], page), ("crates/a/tests/a.rs", "#[test]\nfn a_realm_is_refused() {}\n")]);
        let found: Vec<(usize, String)> =
            check(&tree).into_iter().map(|finding| (finding.line, finding.problem)).collect();
        assert_eq!(found, [(6, "no test is called `a_client_is_refused`".to_owned())]);
    }
}
