//! The table of threats names tests that exist.

use std::{fs, path::Path};

/// The page with the table.
const PAGE: &str = "docs/operations/security-model.md";
/// The heading of the table, which goes on to the next one.
const TABLE: &str = "## Threats";

/// The rows of the table, without its head.
fn rows(page: &str) -> Vec<&str> {
    let (_, table) = page.split_once(TABLE).expect("the page has the table");
    let table = table.split("\n## ").next().unwrap_or_default();
    table.lines().filter(|line| line.starts_with('|')).skip(2).collect()
}

/// What stands in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn each_threat_names_a_test_that_exists() {
    let root = crate::repository().expect("the repository");
    let page = fs::read_to_string(root.join(PAGE)).expect("the page");
    let rows = rows(&page);
    assert!(rows.len() >= 20, "{} rows", rows.len());
    for row in rows {
        let covered = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        let mut named = quoted(covered);
        let file = named.next().unwrap_or_else(|| panic!("no test is named: {row}"));
        assert!(Path::new(file).extension().is_some_and(|extension| extension == "rs"), "{file}: {row}");
        let text = fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let tests: Vec<&str> = named.collect();
        assert!(!tests.is_empty(), "no test of {file} is named: {row}");
        for test in tests {
            assert!(text.contains(&format!("fn {test}(")), "{file} has no test {test}");
        }
    }
}
