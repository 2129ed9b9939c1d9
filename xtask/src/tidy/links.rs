//! Links between Markdown pages lead somewhere: to a file or directory of the repository, and where
//! they name a heading, to that heading.

use super::Finding;
use super::tree::{Tree, extension};

/// A link as written.
pub(super) struct Link {
    /// Line in the page, from 1.
    pub(super) line: usize,
    /// What it points to.
    pub(super) target: String,
}

/// Links that lead nowhere.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.written().filter(|(path, _)| extension(path) == "md") {
        for link in of(text) {
            if let Some((problem, remedy)) = broken(tree, path, &link.target) {
                findings.push(Finding::new(path, link.line, problem, remedy));
            }
        }
    }
    findings
}

fn broken(tree: &Tree, page: &str, target: &str) -> Option<(String, String)> {
    if is_elsewhere(target) {
        return None;
    }
    let Some(file) = target_path(page, target) else {
        return Some((
            format!("link to {target:?} leads out of the repository"),
            "write it from this page's directory".to_owned(),
        ));
    };
    if !tree.has(&file) {
        return Some((
            format!("link to {target:?}: there is no {file}"),
            "correct the path, or drop the link".to_owned(),
        ));
    }
    let (_, heading) = target.split_once('#')?;
    let text = tree.text(&file)?;
    if extension(&file) == "md" && !headings(text).any(|anchor| anchor == heading) {
        return Some((
            format!("link to {target:?}: {file} has no such heading"),
            format!(
                "it has {}",
                headings(text).map(|anchor| format!("#{anchor}")).collect::<Vec<_>>().join(", ")
            ),
        ));
    }
    None
}

/// Whether a link leaves the repository (an address with a scheme).
fn is_elsewhere(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// The path, from the top of the repository, that a link of a page means; `None` when it leaves it.
pub(super) fn target_path(page: &str, target: &str) -> Option<String> {
    let file = target.split(['#', '?']).next().unwrap_or_default();
    if file.is_empty() {
        return Some(page.to_owned());
    }
    // GitHub reads a leading slash as the top of the repository.
    let mut parts: Vec<&str> = match file.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => page.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for part in file.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some(parts.join("/"))
}

/// The links of a page: `[text](target)`, `![text](target)` and `[name]: target`, outside code.
pub(super) fn of(text: &str) -> impl Iterator<Item = Link> {
    prose(text).flat_map(|(line, words)| targets(&words).into_iter().map(move |target| Link { line, target }))
}

fn targets(line: &str) -> Vec<String> {
    let inline = line.match_indices("](").filter_map(|(at, opening)| {
        let rest = &line[at + opening.len()..];
        rest.split_once(')').map(|(target, _)| target)
    });
    let definition = line.trim_start().strip_prefix('[').and_then(|rest| Some(rest.split_once("]:")?.1));
    let without_title = |target: &str| target.split_whitespace().next().unwrap_or_default().to_owned();
    inline
        .chain(definition)
        .map(without_title)
        .map(|target| target.trim_start_matches('<').trim_end_matches('>').to_owned())
        .filter(|target| !target.is_empty())
        .collect()
}

/// Lines of a page with their numbers, without code blocks and without code in backticks.
fn prose(text: &str) -> impl Iterator<Item = (usize, String)> {
    let mut fence: Option<&str> = None;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => {
                fence = Some(mark);
                None
            }
            (Some(open), Some(mark)) if open == mark => {
                fence = None;
                None
            }
            (Some(_), _) => None,
            (None, None) => {
                let outside_code = line.split('`').step_by(2).collect::<String>();
                Some((index + 1, outside_code))
            }
        }
    })
}

/// The anchors that GitHub gives the headings of a page.
fn headings(text: &str) -> impl Iterator<Item = String> {
    let mut fenced = false;
    text.lines().filter_map(move |line| {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let title = line.trim_start_matches('#');
        (!fenced && line.starts_with('#') && title.starts_with(' ')).then(|| anchor(title.trim()))
    })
}

fn anchor(title: &str) -> String {
    title
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(page: &str, text: &str) -> Vec<String> {
        let tree = Tree::of(&[
            (page, text),
            ("README.md", "# Cloakroom\n\n## Two commands\n"),
            ("docs/guide/first.md", "# First steps\n"),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn links_to_files_directories_headings_and_elsewhere_are_fine() {
        let text = "[a](../README.md) [b](guide/) [c](guide/first.md#first-steps \"title\") [d](https://example.com/x)\n\
                    [e](#here) ![f](/README.md#two-commands) [g][ref] <mailto:a@example.com>\n\n[ref]: ./guide/first.md\n\n## Here\n";
        assert_eq!(problems("docs/page.md", text), Vec::<String>::new());
    }

    #[test]
    fn a_link_to_a_file_that_is_not_there_is_found_with_its_line() {
        let found = problems("docs/page.md", "words\n[a](guide/second.md)\n");
        assert_eq!(
            found,
            [
                "docs/page.md:2: link to \"guide/second.md\": there is no docs/guide/second.md: correct the path, or drop the link"
            ]
        );
    }

    #[test]
    fn a_link_to_a_heading_that_is_not_there_is_found() {
        let found = problems("docs/page.md", "[a](../README.md#three-commands)\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("it has #cloakroom, #two-commands"), "{}", found[0]);
    }

    #[test]
    fn a_definition_and_a_way_out_of_the_repository_are_looked_at() {
        assert_eq!(problems("docs/page.md", "[a]: nowhere.md\n[b](../../x.md)\n").len(), 2);
    }

    #[test]
    fn code_holds_no_links() {
        let text = "```rust\nlet x = a[0](missing.md);\n```\n`[a](missing.md)` and [b](`x`)\n";
        assert_eq!(problems("docs/page.md", text), Vec::<String>::new());
    }
}
