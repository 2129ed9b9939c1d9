//! No drawers: a file or directory of source is named after what is in it.

use super::Finding;
use super::tree::Tree;

/// Words that say nothing about what is inside.
const DRAWERS: &[&str] = &["common", "helper", "helpers", "misc", "util", "utils"];

/// Directories that hold source.
const SOURCE: &[&str] = &["crates/", "tests/", "xtask/"];

/// Source files and directories with such a word in their name.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.files()
        .filter(|(path, _)| SOURCE.iter().any(|top| path.starts_with(top)))
        .filter_map(|(path, _)| {
            let word = path
                .split('/')
                .flat_map(|part| part.split(['.', '_', '-']))
                .find(|word| DRAWERS.contains(word))?;
            Some(Finding::new(
                path,
                1,
                format!("{word:?} says nothing about what is inside"),
                "name it after the one thing it is, or move its parts to where they are used",
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_say_nothing_are_found_as_file_directory_and_word() {
        let tree = Tree::of(&[
            ("crates/a/src/util.rs", ""),
            ("crates/a/src/common/mod.rs", ""),
            ("tests/test_helpers.rs", ""),
            ("xtask/misc-tasks/main.rs", ""),
        ]);
        assert_eq!(check(&tree).len(), 4);
    }

    #[test]
    fn names_that_only_contain_the_letters_are_fine() {
        let tree = Tree::of(&[
            ("crates/a/src/utility_bill.rs", ""),
            ("crates/a/src/commons.rs", ""),
            ("docs/guide/common-errors.md", ""),
        ]);
        assert_eq!(check(&tree), []);
    }
}
