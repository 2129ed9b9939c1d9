//! What GitHub runs for us may do no more than it must, is the code that was looked at, and names files that are there.
//!
//! Read line by line, without a YAML parser: workflows are written in the plain style that these rules see through.

use super::Finding;
use super::tree::{Tree, matches};

/// Where they are.
const FOLDER: &str = ".github/workflows/";
/// What a workflow may do with the repository's token.
const PERMISSIONS: &str = "permissions:\n  contents: read\n";
/// Parts of an expression that a stranger chooses: put into a script, they are part of the script.
const STRANGERS: &[&str] = &["github.head_ref", "github.event.", "inputs."];

/// Places in workflows that break a rule.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.written().filter(|(path, _)| path.starts_with(FOLDER)) {
        findings.extend(permissions(path, text));
        findings.extend(limits(path, text));
        for (index, line) in text.lines().enumerate() {
            let next = text.lines().skip(index + 1).take(2).collect::<Vec<_>>().join("\n");
            let found = [action(line), checkout(line, &next), rights(line), stranger(line)];
            let found = found.into_iter().flatten().chain(paths(tree, line));
            findings.extend(found.map(|(problem, remedy)| Finding::new(path, index + 1, problem, remedy)));
        }
    }
    findings
}

/// What is wrong, and what to do about it.
type Wrong = (String, String);

fn permissions(path: &str, text: &str) -> Option<Finding> {
    (!text.contains(&format!("\n{PERMISSIONS}"))).then(|| {
        Finding::new(
            path,
            1,
            "the workflow does not say that its token may only read",
            "write `permissions:` with `contents: read` at the top",
        )
    })
}

/// Each job says how long it may take: the default is six hours.
fn limits(path: &str, text: &str) -> Option<Finding> {
    let count = |begin: &str| text.lines().filter(|line| line.trim_start().starts_with(begin)).count();
    (count("runs-on:") != count("timeout-minutes:")).then(|| {
        Finding::new(path, 1, "a job does not say how long it may take", "give it `timeout-minutes:`")
    })
}

/// An action of others is named by its commit: a tag can be moved to other code.
fn action(line: &str) -> Option<Wrong> {
    let named = line.trim_start().trim_start_matches("- ").strip_prefix("uses:")?.trim();
    if named.starts_with("./") {
        return None;
    }
    let (action, version) = named.split_once(" # ").unwrap_or((named, ""));
    let commit = action.split_once('@').map_or("", |(_, commit)| commit);
    let is_commit =
        commit.len() == 40 && commit.bytes().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
    let is_version =
        version.strip_prefix('v').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    (!is_commit || !is_version).then(|| {
        (
            format!("{action} is not pinned"),
            "name the commit and say the version behind it: `owner/action@<40 digits> # v1.2.3`".to_owned(),
        )
    })
}

/// The token is not left in the checkout, where every later step could read it.
fn checkout(line: &str, next: &str) -> Option<Wrong> {
    (line.contains("uses: actions/checkout@") && !next.contains("persist-credentials: false")).then(|| {
        (
            "the checkout keeps the token".to_owned(),
            "write `with:` and `persist-credentials: false` below it".to_owned(),
        )
    })
}

fn rights(line: &str) -> Option<Wrong> {
    let line = line.trim_start();
    let found = ["pull_request_target", "write-all", ": write", "secrets: inherit"]
        .into_iter()
        .find(|found| line.contains(found));
    found.filter(|_| !line.starts_with('#')).map(|found| {
        (
            format!("`{found}` gives more than reading"),
            "do it in a workflow of its own, agreed on in a decision record, and except it here".to_owned(),
        )
    })
}

fn stranger(line: &str) -> Option<Wrong> {
    let in_expression = line.split("${{").skip(1).filter_map(|rest| rest.split("}}").next());
    let found = in_expression
        .flat_map(|expression| STRANGERS.iter().filter(move |begin| expression.contains(**begin)))
        .next()?;
    Some((
        format!("`{found}` is what a stranger writes"),
        "give it to the script in `env:` and name the variable there".to_owned(),
    ))
}

/// Paths of the repository that are not there: in `paths:`, in what caches are keyed by, and in scripts.
fn paths(tree: &Tree, line: &str) -> Vec<Wrong> {
    let line = line.split(" # ").next().unwrap_or_default();
    if line.trim_start().starts_with('#') || line.contains("uses:") || line.contains("image:") {
        return Vec::new();
    }
    let keyed = ["hashFiles(", "paths: [", "cache-dependency-path:"].iter().any(|key| line.contains(key));
    let words = line.split(|c: char| c.is_whitespace() || "'\",()[]=$`".contains(c));
    words
        .map(|word| word.trim_start_matches("./"))
        .filter(|word| is_path(word))
        .filter(|word| keyed || tree.has(word.split('/').next().unwrap_or_default()))
        .filter(|word| !tree.has(word) && !tree.files().any(|(path, _)| matches(word, path)))
        .map(|word| (format!("there is no {word}"), "correct the path".to_owned()))
        .collect()
}

/// Whether a word may be a path from the top: no place of the runner, no address, no expression.
fn is_path(word: &str) -> bool {
    word.contains('/')
        && !word.starts_with('/')
        && !word.starts_with("../")
        && !word.contains(['{', '}', '@', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "on: push\n\npermissions:\n  contents: read\n\njobs:\n  a:\n    runs-on: x\n    timeout-minutes: 5\n    steps:\n      \
        - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v5.1.0\n        with:\n          persist-credentials: false\n";

    fn problems(rest: &str) -> Vec<String> {
        let text = format!("{GOOD}{rest}");
        let tree = Tree::of(&[
            (".github/workflows/a.yml", &text),
            (".ci/run", "#!/bin/sh\n"),
            ("xtask/src/versions.rs", "//! Versions.\n"),
            ("xtask/local-cluster/pause/go.sum", ""),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn paths_that_are_there_and_places_of_the_runner_are_fine() {
        let rest = "      # see docs/gone.md\n\
            \x20     - run: .ci/run && tail /var/log/a/*.log \"$HOME/.cargo\" > images/list\n\
            \x20     - run: echo ${{ hashFiles('xtask/src/versions.rs', 'xtask/src/**', 'xtask/local-cluster/*/go.sum') }}\n\
            \x20     - if: ${{ github.ref == 'refs/heads/main' }}\n";
        assert_eq!(problems(rest), Vec::<String>::new());
    }

    #[test]
    fn a_path_that_is_not_there_is_found_with_its_line() {
        for (line, gone) in [
            ("- run: .ci/walk", ".ci/walk"),
            ("- run: cat xtask/src/version.rs", "xtask/src/version.rs"),
            ("key: ${{ hashFiles('tools/versions.rs') }}", "tools/versions.rs"),
            ("cache-dependency-path: xtask/local/*/go.sum", "xtask/local/*/go.sum"),
        ] {
            let expected = format!(".github/workflows/a.yml:14: there is no {gone}: correct the path");
            assert_eq!(problems(&format!("      {line}\n")), [expected]);
        }
    }

    #[test]
    fn an_action_that_others_can_change_is_refused() {
        for named in ["a/b@v2", "a/b@main", "a/b", "a/b@0123456789abcdef0123456789abcdef01234567"] {
            let found = problems(&format!("      - uses: {named}\n"));
            assert_eq!(found.len(), 1, "{named}: {found:?}");
            assert!(found[0].contains("is not pinned"), "{found:?}");
        }
        assert_eq!(problems("      - uses: ./.github/actions/ours\n"), Vec::<String>::new());
    }

    #[test]
    fn more_rights_than_reading_and_words_of_strangers_are_refused() {
        for line in ["    permissions: write-all", "      packages: write", "  pull_request_target:"] {
            assert!(problems(&format!("{line}\n"))[0].contains("gives more than reading"), "{line}");
        }
        let found = problems("      - run: echo ${{ github.event.pull_request.title }}\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("what a stranger writes"), "{found:?}");
        assert_eq!(problems("    if: ${{ github.event_name == 'push' }}\n"), Vec::<String>::new());
    }

    #[test]
    fn a_workflow_says_what_it_may_and_how_long_it_may_take_and_keeps_no_token() {
        let text = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v5.1.0\n";
        let tree = Tree::of(&[(".github/workflows/a.yml", text)]);
        let found: Vec<String> = check(&tree).iter().map(|finding| finding.problem.clone()).collect();
        assert_eq!(
            found,
            [
                "the workflow does not say that its token may only read",
                "a job does not say how long it may take",
                "the checkout keeps the token"
            ]
        );
    }
}
