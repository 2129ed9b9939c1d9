//! A plan as people and programs read it. No form of it ever holds a secret.

use serde_json::Value;

use crate::change::{Change, Shown};
use crate::plan::{Action, Plan, Step};

mod text;

pub mod json;

pub use text::{Color, text};

/// A text with everything that could act on a terminal, or hide what stands there, written as an escape.
pub(crate) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() || is_invisible(letter) {
            out.extend(letter.escape_unicode());
        } else {
            out.push(letter);
        }
    }
    out
}

/// Marks of writing direction, separators of lines and paragraphs, zero-width letters.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A value on one line.
pub(crate) fn shown_text(shown: &Shown) -> String {
    match shown {
        Shown::Absent => "(none)".to_owned(),
        Shown::Secret => "(secret)".to_owned(),
        Shown::Unknown => "unknown".to_owned(),
        Shown::Value(value) => shortened(&printable(&value.to_string()), LONGEST_VALUE),
    }
}

/// A text on one line of at most `longest` letters, with everything that could act on a terminal written as an escape.
pub fn line(text: &str, longest: usize) -> String {
    shortened(&printable(text), longest)
}

/// Both sides of a change, each on one line of at most `longest` letters, as a plan prints values: of a set only what the other
/// side lacks; `None` where there is nothing. Never a secret.
pub fn sides(change: &Change, longest: usize) -> [Option<String>; 2] {
    let lacks = |own: &Shown, other: &Shown| match (own, other) {
        (Shown::Value(Value::Array(own)), Shown::Value(Value::Array(other))) if change.set => {
            Shown::Value(own.iter().filter(|item| !other.contains(item)).cloned().collect())
        }
        (own, _) => own.clone(),
    };
    let side = |own: &Shown, other: &Shown| match lacks(own, other) {
        Shown::Absent => None,
        Shown::Value(_) if change.entry => Some("(an entry)".to_owned()),
        Shown::Value(value) => Some(shortened(&printable(&value.to_string()), longest)),
        hidden @ (Shown::Secret | Shown::Unknown) => Some(shown_text(&hidden)),
    };
    [side(&change.old, &change.new), side(&change.new, &change.old)]
}

/// Longer values are cut: the whole stands in the JSON form.
const LONGEST_VALUE: usize = 60;

/// At most `longest` letters.
pub(crate) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(longest.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// `2 to change, 1 to create, 1 waits for approval.`
pub(crate) fn counts_line(plan: &Plan) -> String {
    let counts = plan.counts();
    let mut parts: Vec<String> = [
        (counts.change, "to change"),
        (counts.create, "to create"),
        (counts.delete, "to delete"),
        (counts.link, "to link"),
        (counts.unlink, "to unlink"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    if counts.waiting > 0 {
        let verb = if counts.waiting == 1 { "waits" } else { "wait" };
        parts.push(format!("{} {verb} for approval", counts.waiting));
    }
    if counts.blocked > 0 {
        let verb = if counts.blocked == 1 { "depends" } else { "depend" };
        parts.push(format!("{} {verb} on it", counts.blocked));
    }
    if parts.is_empty() { "Nothing to change.".to_owned() } else { format!("{}.", parts.join(", ")) }
}

/// What a step does, in a few words without values.
pub(crate) fn step_detail(step: &Step) -> String {
    if let Some(link) = &step.link {
        return format!("{} {}", link.relation.name, printable(&link.target));
    }
    let held = step.held.as_ref();
    let held = held.map(|(phrase, held)| format!("{phrase} {} {}", held.count, printable(&held.what)));
    if let Some(moved) = &step.moved {
        let (from, to) = (printable(&moved.shown.0), printable(&moved.shown.1));
        let moves = format!("moves from {from} to {to}");
        return std::iter::once(moves).chain(held).collect::<Vec<_>>().join("; ");
    }
    if let Some(held) = held {
        return held;
    }
    match step.action {
        Action::Update => {
            let (marks, changes): (Vec<&Change>, Vec<&Change>) =
                step.changes.iter().partition(|change| change.is_mark());
            let paths = changes.into_iter().map(|change| printable(&change.path.to_string()));
            let mark = marks.first().map(|_| "mark".to_owned());
            paths.chain(mark).collect::<Vec<_>>().join(", ")
        }
        Action::Create | Action::Delete | Action::Link | Action::Unlink => String::new(),
    }
}

#[cfg(test)]
mod tests;
