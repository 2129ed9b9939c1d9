//! Every command line of ours that somebody may type or a workflow runs is one that this xtask takes: it is given to the very
//! parser that would get it.

use clap::Parser as _;
use clap::error::ErrorKind;

use super::Finding;
use super::tree::{Tree, extension};
use crate::Arguments;

// In two parts, so that this file is not taken for one that shows commands.
const COMMAND: &str = concat!("cargo ", "xtask");

/// What ends a command in a shell.
const ENDS: &[char] = &['"', '\'', ')', '#', ';', '|', '&', '>'];

/// Command lines that are refused.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let texts = tree.files().filter(|(path, _)| !matches!(extension(path), "snap" | "lock"));
    for (path, text) in texts.filter_map(|(path, file)| Some((path, file.text.as_deref()?))) {
        for (index, line) in text.lines().enumerate() {
            for words in commands(line, is_run(path)) {
                if let Some(problem) = refused(&words, is_run(path)) {
                    findings.push(Finding::new(
                        path,
                        index + 1,
                        format!("`{COMMAND} {}` is no command: {problem}", words.join(" ")),
                        format!("write one that `{COMMAND} --help` names"),
                    ));
                }
            }
        }
    }
    findings
}

/// Whether commands in a file are run as they stand there; elsewhere they are also spoken about.
fn is_run(path: &str) -> bool {
    path.starts_with(".ci/") || path.starts_with(".github/workflows/")
}

/// The words of each command of a line: between backticks, or at the beginning of a line, where it is to be typed. Words that a
/// program fills in later cannot be judged.
fn commands(line: &str, run: bool) -> impl Iterator<Item = Vec<&str>> {
    line.match_indices(COMMAND).filter_map(move |(at, _)| {
        let (before, rest) = (line.get(..at)?, line.get(at + COMMAND.len()..)?);
        let command = if before.ends_with('`') {
            // One that goes on in the next line is left to its reader.
            rest.split_once('`')?.0
        } else if run || before.trim().is_empty() || before.ends_with("$(") {
            // Explanations stand apart, as in a table of examples.
            rest.split(ENDS).next()?.trim_end().trim_start_matches(' ').split("  ").next()?
        } else {
            return None;
        };
        let words: Vec<&str> = command.split_whitespace().collect();
        let is_command = rest.starts_with(' ') && !words.is_empty() && !command.contains(['{', '\\']);
        is_command.then_some(words)
    })
}

/// Why the parser refuses the words, if it does.
fn refused(words: &[&str], run: bool) -> Option<String> {
    let error = Arguments::try_parse_from([COMMAND].iter().chain(words)).err()?;
    let spoken_about = matches!(
        error.kind(),
        ErrorKind::MissingSubcommand
            | ErrorKind::MissingRequiredArgument
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let answered = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if answered || (spoken_about && !run) {
        return None;
    }
    let text = error.to_string();
    Some(text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(path: &str, text: &str) -> Vec<String> {
        let text = text.replace("XTASK", COMMAND);
        check(&Tree::of(&[(path, &text)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn commands_that_the_parser_takes_are_fine_wherever_they_stand() {
        let page = "`XTASK up` and `XTASK cluster up --name second`\n\
                    XTASK test    # everything\n\
                    export KUBECONFIG=$(XTASK cluster kubeconfig)\n\
                    | `XTASK test --only servers -- some_filter` | `XTASK --help` |\n\
                    `XTASK cluster` and `XTASK image` are groups; an XTASK is a task, `XTASK\n                    tidy` too.\n";
        assert_eq!(problems("docs/page.md", page), Vec::<String>::new());
    }

    #[test]
    fn a_flag_that_was_renamed_is_found_in_a_page_a_workflow_and_a_help_text() {
        for (path, text) in [
            ("README.md", "words\n`XTASK up --profil release`\n"),
            (
                ".github/workflows/test.yml",
                "  - run: x\n    run: sudo env \"A=$A\" XTASK up --profil release\n",
            ),
            ("xtask/src/up/mod.rs", "Examples:\n  XTASK up --profil release      with controllers\n"),
        ] {
            let found = problems(path, text);
            assert_eq!(found.len(), 1, "{path}: {found:?}");
            assert!(found[0].starts_with(&format!("{path}:2: ")), "{found:?}");
            assert!(found[0].contains("unexpected argument '--profil' found"), "{found:?}");
        }
    }

    #[test]
    fn what_a_workflow_runs_must_be_whole() {
        let line = "    run: XTASK image\n";
        assert_eq!(problems("docs/page.md", &line.replace("run: ", "`")), Vec::<String>::new());
        assert_eq!(problems(".github/workflows/images.yml", line).len(), 1);
    }

    #[test]
    fn what_a_program_fills_in_and_what_is_no_command_is_left_alone() {
        let source = "format!(\"start it: `XTASK cluster up --name {name}`\")\nXTASK-like\n";
        assert_eq!(problems("xtask/src/a.rs", source), Vec::<String>::new());
    }
}
