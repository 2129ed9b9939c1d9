//! Nothing unfinished lands: what is left to do is an issue, not a comment.

use super::Finding;
use super::tree::Tree;

/// Marks of unfinished work. Put together here, so that this file does not carry them.
const MARKS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("to", "do!"),
    concat!("unimplement", "ed!"),
];

/// Lines with such a mark, in what people wrote.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.written().filter(|(path, _)| *path != "Cargo.lock") {
        for (index, line) in text.lines().enumerate() {
            for mark in MARKS.iter().filter(|mark| is_word(line, mark)) {
                findings.push(Finding::new(
                    path,
                    index + 1,
                    format!("`{mark}`"),
                    "finish it, or leave it out and open an issue",
                ));
            }
        }
    }
    findings
}

/// Whether a mark stands in a line as a word of its own.
fn is_word(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + mark.len()..].chars().next();
        let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !part_of_word(before) && (mark.ends_with('!') || !part_of_word(after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_unfinished_work_are_found_with_their_line() {
        let text = format!("//! A.\n// {}: later\nfn a() {{ {}() }}\n", MARKS[0], MARKS[3]);
        let findings = check(&Tree::of(&[("a.rs", &text)]));
        assert_eq!(findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn the_letters_inside_a_word_and_generated_files_are_fine() {
        let inside = format!("{}S_SPANISH, MAS{}", MARKS[0], MARKS[0]);
        let generated = format!("// @{}\n// {}\n", "generated", MARKS[1]);
        let lint = "todo = \"deny\"\n";
        let tree = Tree::of(&[("a.md", &inside), ("b.rs", &generated), ("Cargo.toml", lint)]);
        assert_eq!(check(&tree), []);
    }
}
