//! A file that has grown past reading. A warning: some things are long and still one thing.

use super::Finding;
use super::tree::{Tree, extension};

/// Lines from which a file is named.
const LONG: usize = 600;

/// Source files longer than that.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.written()
        .filter(|(path, _)| matches!(extension(path), "rs" | "go"))
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            (lines > LONG).then(|| {
                Finding::new(
                    path,
                    1,
                    format!("{lines} lines"),
                    "see whether it is more than one thing; tests can stand beside it in <module>/tests.rs",
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_files_that_people_wrote_are_named() {
        let long = "//! Line.\n".repeat(LONG + 1);
        let generated = format!("// @{}\n{long}", "generated");
        let tree = Tree::of(&[
            ("a.rs", &long),
            ("b.rs", &generated),
            ("c.rs", &"//! Line.\n".repeat(LONG)),
            ("d.md", &long),
        ]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].path.as_str(), findings[0].problem.as_str()), ("a.rs", "601 lines"));
    }
}
