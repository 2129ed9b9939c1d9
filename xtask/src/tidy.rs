//! `cargo xtask tidy`: the rules of the project that a compiler does not know, as code.
//!
//! A check is a pure function from what is in the repository to findings, in a file of its own.
//! Only [`tree::Tree::read`], [`workspace::Workspace::read`] and [`machine::Machine::read`] look at
//! the world; every check is tested on a small tree in memory.

mod arrows;
mod commands;
mod decisions;
mod layout;
mod links;
mod lints;
mod machine;
mod module_doc;
mod names;
mod proofs;
mod purity;
mod size;
mod tree;
mod unfinished;
mod workflows;
mod workspace;

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, bail};

use machine::Machine;
use tree::Tree;
use workspace::Workspace;

/// One place that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// File, or directory, from the top of the repository.
    path: String,
    /// Line in it, from 1. A finding about a whole file has 1.
    line: usize,
    /// What is wrong.
    problem: String,
    /// What to do about it.
    remedy: String,
}

impl Finding {
    fn new(path: &str, line: usize, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, problem: problem.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path, self.line, self.problem, self.remedy)
    }
}

/// Runs every check on the repository that this xtask was built from.
///
/// # Errors
/// If a rule is broken (each place is printed before), or if git or cargo cannot be asked.
pub(crate) fn run() -> Result<()> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the repository")?;
    let tree = Tree::read(top)?;
    let workspace = Workspace::read()?;
    let machine = Machine::read(top);

    for warning in size::check(&tree) {
        eprintln!("warning: {warning}");
    }
    let findings = findings(&tree, &workspace, &machine);
    for finding in &findings {
        eprintln!("{finding}");
    }
    match findings.len() {
        0 => {
            eprintln!("tidy: {} files, {} packages", tree.len(), workspace.packages.len());
            Ok(())
        }
        1 => bail!("1 place breaks a rule of the project"),
        many => bail!("{many} places break a rule of the project"),
    }
}

/// What every check that can fail found, by file and line.
fn findings(tree: &Tree, workspace: &Workspace, machine: &Machine) -> Vec<Finding> {
    let mut findings = [
        arrows::check(workspace, tree),
        commands::check(tree),
        lints::check(workspace, tree),
        layout::check(tree),
        module_doc::check(tree),
        names::check(tree),
        proofs::check(tree),
        purity::check(tree),
        unfinished::check(tree),
        machine::check(tree, machine),
        decisions::check(tree),
        links::check(tree),
        workflows::check(tree),
    ]
    .concat();
    findings.sort();
    findings
}
