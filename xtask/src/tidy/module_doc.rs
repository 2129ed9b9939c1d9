//! Every source file begins by saying what it is. A `<module>/tests.rs` says it by its name.

use super::Finding;
use super::tree::{Tree, extension};

/// Rust and Go files without a module (package) doc.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.written()
        .filter(|(path, _)| !path.ends_with("/tests.rs"))
        .filter_map(|(path, text)| {
            let (documented, remedy) = match extension(path) {
                "rs" => (
                    rust_module_doc(text),
                    "begin it with `//!` and a sentence on its purpose and its invariants",
                ),
                "go" => (go_package_doc(text), "put a comment before `package` that says what it is"),
                _ => return None,
            };
            (!documented).then(|| Finding::new(path, 1, "this file does not say what it is", remedy))
        })
        .collect()
}

/// Whether the first thing that is not an attribute, a plain comment or a shebang is `//!` with words.
fn rust_module_doc(text: &str) -> bool {
    text.lines()
        .map(str::trim)
        .find(|line| {
            let plain_comment = line.starts_with("//") && !line.starts_with("//!");
            !line.is_empty() && !plain_comment && !line.starts_with("#!")
        })
        .and_then(|line| line.strip_prefix("//!"))
        .is_some_and(|words| !words.trim().is_empty())
}

/// Whether a comment stands right before `package`.
fn go_package_doc(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let package = lines.iter().position(|line| line.starts_with("package "));
    package.and_then(|index| lines.get(index.checked_sub(1)?)).is_some_and(|line| {
        line.starts_with("//") && !line.starts_with("//go:") || line.trim_end().ends_with("*/")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_says_what_it_is_is_fine() {
        let tree = Tree::of(&[
            ("a.rs", "//! Something.\nfn a() {}\n"),
            ("b.rs", "// Licence line.\n#![allow(missing_docs)]\n\n//! Something.\n"),
            ("main.go", "// Command main does something.\npackage main\n"),
            ("plan/tests.rs", "use super::*;\n"),
            ("README.md", "words"),
        ]);
        assert_eq!(check(&tree), []);
    }

    #[test]
    fn a_file_that_does_not_is_found() {
        let tree = Tree::of(&[
            ("a.rs", "use std::fs;\n//! Too late.\n"),
            ("b.rs", "//!\nfn b() {}\n"),
            ("c.rs", ""),
            ("d/tests/examples.rs", "use super::*;\n"),
            ("main.go", "//go:build linux\npackage main\n"),
        ]);
        let paths: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["a.rs", "b.rs", "c.rs", "d/tests/examples.rs", "main.go"]);
    }

    #[test]
    fn a_generated_file_is_nobodys_to_document() {
        let tree = Tree::of(&[("a.rs", concat!("// @", "generated\nfn a() {}\n"))]);
        assert_eq!(check(&tree), []);
    }
}
