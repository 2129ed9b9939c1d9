//! A plan in the terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::{counts_line, printable, shortened, shown_text};
use crate::change::{Change, Reason, Shown};
use crate::consent::WaitingFor;
use crate::identity::Identity;
use crate::plan::{Action, At, Finding, Plan, Step, StepState};

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Never,
    /// ANSI colours.
    Always,
}

/// The plan as text, ending with a line break.
pub fn text(plan: &Plan, color: Color) -> String {
    let mut rows = Vec::new();
    for step in &plan.steps {
        step_rows(step, &mut rows);
    }
    finding_rows(plan, &mut rows);
    unchanged_row(plan, &mut rows);

    let mut out = format!("{} on {}\n", printable(&plan.subject.what), printable(&plan.subject.on));
    if !rows.is_empty() {
        out.push('\n');
        Layout::of(&rows).write(&rows, color, &mut out);
    }
    let _ = writeln!(out, "\n{}", counts_line(plan));
    if let Some(approval) = plan.approval() {
        let (cr, namespace) = (printable(&plan.subject.cr), printable(&plan.subject.namespace));
        let _ = writeln!(out, "Approve with:  kubectl cloakroom approve {cr} -n {namespace} {approval}");
    }
    out
}

/// What the sign before a line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Create,
    Update,
    Delete,
    Notice,
    Quiet,
}

impl Sign {
    const fn letter(self) -> char {
        match self {
            Self::Create => '+',
            Self::Update => '~',
            Self::Delete => '-',
            Self::Notice => '!',
            Self::Quiet => '.',
        }
    }

    const fn ansi(self) -> &'static str {
        match self {
            Self::Create => "\u{1b}[32m",
            Self::Update => "\u{1b}[33m",
            Self::Delete => "\u{1b}[31m",
            Self::Notice => "\u{1b}[35m",
            Self::Quiet => "\u{1b}[2m",
        }
    }
}

const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";

/// One line: about an object, or about a value inside it.
enum Row {
    Object { sign: Sign, what: String, note: String, waits: String },
    Value { path: String, value: String, note: String },
}

/// Width of the columns.
struct Layout {
    path: usize,
    value: usize,
    note: usize,
}

const SHORTEST: Layout = Layout { path: 27, value: 21, note: 20 };
const LONGEST: Layout = Layout { path: 60, value: 60, note: 40 };
const OBJECT_INDENT: usize = 4;
const VALUE_INDENT: usize = 6;

impl Layout {
    fn of(rows: &[Row]) -> Self {
        let (mut path, mut value, mut note) = (0, 0, 0);
        for row in rows {
            match row {
                // A column is as wide as what has something to its right.
                Row::Value { path: this, value: that, note } if !that.is_empty() => {
                    path = path.max(width(this));
                    value = value.max(if note.is_empty() { 0 } else { width(that) });
                }
                Row::Object { note: this, waits, .. } if !waits.is_empty() => note = note.max(width(this)),
                Row::Value { .. } | Row::Object { .. } => {}
            }
        }
        Self {
            path: (path + 2).clamp(SHORTEST.path, LONGEST.path),
            value: (value + 2).clamp(SHORTEST.value, LONGEST.value),
            note: (note + 2).clamp(SHORTEST.note, LONGEST.note),
        }
    }

    fn write(&self, rows: &[Row], color: Color, out: &mut String) {
        for row in rows {
            match row {
                Row::Object { sign, what, note, waits } => {
                    let what_width = VALUE_INDENT - OBJECT_INDENT + self.path + self.value;
                    let rest = columns(&[(what, what_width), (note, self.note), (waits, 0)]);
                    match color {
                        Color::Never => line(out, &format!("  {} {rest}", sign.letter())),
                        Color::Always if *sign == Sign::Quiet => {
                            line(out, &format!("  {}{} {rest}{RESET}", sign.ansi(), sign.letter()));
                        }
                        Color::Always => {
                            let bold = if waits.is_empty() { "" } else { BOLD };
                            let rest = format!("{bold}{rest}{}", if bold.is_empty() { "" } else { RESET });
                            line(out, &format!("  {}{}{RESET} {rest}", sign.ansi(), sign.letter()));
                        }
                    }
                }
                Row::Value { path, value, note } => {
                    let columns = columns(&[(path, self.path), (value, self.value), (note, 0)]);
                    line(out, &format!("{:VALUE_INDENT$}{columns}", ""));
                }
            }
        }
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}

/// Texts in columns; one that is too long for its column is followed by two spaces.
fn columns(cells: &[(&String, usize)]) -> String {
    let mut out = String::new();
    let last = cells.iter().rposition(|(cell, _)| !cell.is_empty()).unwrap_or_default();
    for (cell, width_of_cell) in cells.iter().take(last + 1) {
        out.push_str(cell);
        let padding = width_of_cell.saturating_sub(width(cell));
        out.extend(std::iter::repeat_n(' ', if *width_of_cell > 0 { padding.max(2) } else { 0 }));
    }
    out.trim_end().to_owned()
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn step_rows(step: &Step, rows: &mut Vec<Row>) {
    let waits = match &step.state {
        StepState::Ready => String::new(),
        StepState::Waiting(WaitingFor::Approval) => "needs approval".to_owned(),
        StepState::Waiting(WaitingFor::ApprovalOfMany) => "needs approval: too many at once".to_owned(),
        StepState::After(_) => "waits for the step before".to_owned(),
    };
    let note = match &step.held {
        Some((phrase, held)) => format!("{phrase} {} {}", held.count, printable(&held.what)),
        None => String::new(),
    };
    let (sign, what) = match step.action {
        Action::Create => (Sign::Create, step.object.to_string()),
        Action::Delete => (Sign::Delete, step.object.to_string()),
        Action::Link => (Sign::Create, link_text(step)),
        Action::Unlink => (Sign::Delete, link_text(step)),
        Action::Update => {
            (Sign::Update, step.kind().part.map_or_else(|| step.object.to_string(), str::to_owned))
        }
    };
    rows.push(Row::Object { sign, what, note, waits });
    if step.action == Action::Update {
        change_rows(step, rows);
    }
}

fn link_text(step: &Step) -> String {
    let link = step.link.as_ref();
    let (relation, target) = link.map_or(("link", ""), |link| (link.relation.name, link.target.as_str()));
    format!("{relation} {} of {}", printable(target), step.object)
}

fn change_rows(step: &Step, rows: &mut Vec<Row>) {
    let (marks, changes): (Vec<&Change>, Vec<&Change>) =
        step.changes.iter().partition(|change| change.is_mark());
    for change in changes {
        rows.push(Row::Value {
            path: printable(&change.path.to_string()),
            value: change_text(change),
            note: reason_text(change),
        });
    }
    if let Some(mark) = marks.first() {
        let drift = if mark.reason == Reason::Drift { "drift" } else { "" };
        let value = "ours".to_owned();
        rows.push(Row::Value { path: "mark of the owner".to_owned(), value, note: drift.to_owned() });
    }
}

fn change_text(change: &Change) -> String {
    if change.entry {
        return if change.new == Shown::Absent { "removed" } else { "added" }.to_owned();
    }
    match (&change.old, &change.new) {
        (old, Shown::Value(Value::Array(new))) if change.set => {
            let none = Vec::new();
            let old = if let Shown::Value(Value::Array(old)) = old { old } else { &none };
            set_text(old, new)
        }
        (Shown::Absent, Shown::Secret) => "(secret) set".to_owned(),
        (Shown::Secret, Shown::Secret) => "(secret) changed".to_owned(),
        (old, new) => format!("{} -> {}", shown_text(old), shown_text(new)),
    }
}

/// What comes and what goes.
fn set_text(old: &[Value], new: &[Value]) -> String {
    let sign = |sign: char, value: &Value| format!("{sign}{}", printable(&value.to_string()));
    let added = new.iter().filter(|value| !old.contains(value)).map(|value| sign('+', value));
    let removed = old.iter().filter(|value| !new.contains(value)).map(|value| sign('-', value));
    let both: Vec<String> = added.chain(removed).collect();
    shortened(&both.join(" "), 2 * super::LONGEST_VALUE)
}

fn reason_text(change: &Change) -> String {
    match (change.reason, &change.note) {
        (Reason::Desired, _) => String::new(),
        (Reason::Drift, None) => "drift".to_owned(),
        (Reason::Drift, Some(note)) => format!("drift: {}", printable(note)),
        (Reason::Released, _) if change.new == Shown::Absent => "released".to_owned(),
        (Reason::Released, _) => "released: back to the default".to_owned(),
    }
}

fn finding_rows(plan: &Plan, rows: &mut Vec<Row>) {
    let findings = &plan.findings;
    let mut notices: BTreeMap<&Identity, Vec<Row>> = BTreeMap::new();
    let value = |path: String, value: String, note: &str| Row::Value { path, value, note: note.to_owned() };
    for Finding { object, what } in &findings.refused {
        notices.entry(object).or_default().push(value(
            printable(&what.refusal.to_string()),
            String::new(),
            "",
        ));
    }
    for Finding { object, what } in &findings.overridden {
        let both = format!("{} reads {}", shown_text(&what.asked), shown_text(&what.reads));
        let row =
            value(printable(&what.path.to_string()), both, "the server overrides it; not written again");
        notices.entry(object).or_default().push(row);
    }
    for Finding { object, what: At { path } } in &findings.unknown {
        let row = value(
            printable(&path.to_string()),
            "unknown".to_owned(),
            "cannot be compared without the record key",
        );
        notices.entry(object).or_default().push(row);
    }
    for Finding { object, what } in &findings.released {
        let path = what.path.as_ref().map_or_else(String::new, |path| printable(&path.to_string()));
        let path = if path.is_empty() { "the whole object".to_owned() } else { path };
        notices.entry(object).or_default().push(value(path, "released".to_owned(), "left as it is"));
    }
    for Finding { object, what } in &findings.unresolved {
        let row = match &what.link {
            Some(link) => value(
                format!("{} {}", link.relation.name, printable(&link.target)),
                "missing".to_owned(),
                "does not exist yet",
            ),
            None => value("only Keycloak makes it, and it is not there".to_owned(), String::new(), ""),
        };
        notices.entry(object).or_default().push(row);
    }
    for Finding { object, what } in &findings.without_effect {
        let path = format!("{} {}", what.link.relation.name, printable(&what.link.target));
        let row = value(path, "without effect".to_owned(), "changes nothing as things are");
        notices.entry(object).or_default().push(row);
    }
    for Finding { object, .. } in &findings.unproven {
        let row = value("nothing proves that it is ours; it is left as it is".to_owned(), String::new(), "");
        notices.entry(object).or_default().push(row);
    }
    for (object, values) in notices {
        rows.push(Row::Object {
            sign: Sign::Notice,
            what: object.to_string(),
            note: String::new(),
            waits: String::new(),
        });
        rows.extend(values);
    }
}

fn unchanged_row(plan: &Plan, rows: &mut Vec<Row>) {
    let unchanged: Vec<String> = plan
        .unchanged
        .iter()
        .map(|(plural, count)| if *count == 1 { singular(plural) } else { format!("{count} {plural}") })
        .collect();
    quiet(rows, &unchanged, "unchanged");
    let mut unmanaged: BTreeMap<&str, usize> = BTreeMap::new();
    for Finding { object, what } in &plan.findings.unmanaged {
        let kind = if what.path.is_some() { "entries of lists" } else { object.kind() };
        *unmanaged.entry(kind).or_default() += 1;
    }
    let unmanaged: Vec<String> =
        unmanaged.into_iter().map(|(kind, count)| format!("{count} {}", many(kind, count))).collect();
    quiet(rows, &unmanaged, "not managed, left alone");
    if !plan.findings.seed_defaults.is_empty() {
        let count = plan.findings.seed_defaults.len();
        let fields = if count == 1 { "field" } else { "fields" };
        quiet(rows, &[format!("{count} {fields}")], "with the former default, not owned until changed");
    }
}

fn singular(plural: &str) -> String {
    let one = crate::kinds::KINDS.iter().find(|kind| kind.plural == plural).map(|kind| kind.name);
    format!("1 {}", one.unwrap_or(plural))
}

fn many(kind: &str, count: usize) -> String {
    let plural = crate::kinds::KINDS.iter().find(|known| known.name == kind).map(|known| known.plural);
    match (plural, count) {
        (Some(plural), 2..) => plural.to_owned(),
        (Some(_) | None, _) => kind.to_owned(),
    }
}

fn quiet(rows: &mut Vec<Row>, what: &[String], word: &str) {
    if !what.is_empty() {
        let what = format!("{} {word}", what.join(", "));
        rows.push(Row::Object { sign: Sign::Quiet, what, note: String::new(), waits: String::new() });
    }
}
