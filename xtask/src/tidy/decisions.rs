//! Every decision record is linked from the index, so that it is found.

use super::Finding;
use super::links;
use super::tree::Tree;

/// Where the records are.
const DIRECTORY: &str = "docs/decisions/";
/// The page that lists them.
const INDEX: &str = "docs/decisions/README.md";

/// Records that the index does not link to.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let index = tree.text(INDEX).unwrap_or_default();
    let linked: Vec<String> =
        links::of(index).filter_map(|link| links::target_path(INDEX, &link.target)).collect();
    tree.files()
        .filter(|(path, _)| path.starts_with(DIRECTORY) && *path != INDEX)
        .filter(|(path, _)| !linked.iter().any(|target| target == path))
        .map(|(path, _)| {
            Finding::new(path, 1, "the index does not link to this record", format!("add a line to {INDEX}"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_the_index_does_not_link_to_is_found() {
        let tree = Tree::of(&[
            (INDEX, "- [One](0001-one.md)\n- 0002-two.md, named but not linked\n"),
            ("docs/decisions/0001-one.md", "# One"),
            ("docs/decisions/0002-two.md", "# Two"),
        ]);
        let paths: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["docs/decisions/0002-two.md"]);
    }
}
