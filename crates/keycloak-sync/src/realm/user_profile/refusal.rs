//! User profiles that cannot be asked for.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::document::POLICY;

/// How a spec says that attributes which nobody declared are not kept. Keycloak says it by nothing.
pub(super) const POLICY_OFF: &str = "DISABLED";

/// What attributes may be that nobody declared.
const POLICIES: [&str; 4] = [POLICY_OFF, "ENABLED", "ADMIN_VIEW", "ADMIN_EDIT"];

/// Who may see and change an attribute.
const ROLES: [&str; 2] = ["admin", "user"];

/// What a field of an entry holds.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    Switch,
    Object,
    /// An object of lists, those of roles by name.
    Lists(&'static [&'static str]),
}

type Fields = &'static [(&'static str, Shape)];

const ATTRIBUTE: Fields = &[
    ("name", Shape::Text),
    ("displayName", Shape::Text),
    ("group", Shape::Text),
    ("multivalued", Shape::Switch),
    ("defaultValue", Shape::Text),
    ("required", Shape::Lists(&["roles", "scopes"])),
    ("permissions", Shape::Lists(&["view", "edit"])),
    ("selector", Shape::Lists(&["scopes"])),
    ("validations", Shape::Object),
    ("annotations", Shape::Object),
];

const GROUP: Fields = &[
    ("name", Shape::Text),
    ("displayHeader", Shape::Text),
    ("displayDescription", Shape::Text),
    ("annotations", Shape::Object),
];

/// Why a user profile cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileRefusal {
    /// A field that Keycloak does not have there: it would refuse the whole profile.
    #[error("{at}: Keycloak has no such field here; it has {}", known.join(", "))]
    UnknownField {
        /// The field.
        at: String,
        /// What there is.
        known: Vec<&'static str>,
    },
    /// A value of another type.
    #[error("{at}: expected {expected}")]
    Shape {
        /// The field.
        at: String,
        /// What it holds.
        expected: &'static str,
    },
    /// An entry without a name, or with one that Keycloak does not take.
    #[error(
        "{at}: {name:?} is no name for an entry; write letters, digits, '.', '_' and '-', for example cost-center"
    )]
    Name {
        /// The list.
        at: String,
        /// The name.
        name: String,
    },
    /// Two entries of one name.
    #[error("{at}: {name} is declared twice; keep one entry")]
    Twice {
        /// The list.
        at: String,
        /// The name.
        name: String,
    },
    /// A word that is none of a few.
    #[error("{at}: {word:?} is none of {}", known.join(", "))]
    Word {
        /// The field.
        at: String,
        /// The word.
        word: String,
        /// Those that there are.
        known: Vec<&'static str>,
    },
}

/// Everything about the user profile of a spec that cannot be asked for.
pub(super) fn refused_in(profile: &Map<String, Value>) -> Vec<ProfileRefusal> {
    let mut refused = Vec::new();
    for (field, value) in profile.iter().filter(|(_, value)| !value.is_null()) {
        let at = format!("spec.userProfile.{field}");
        match (field.as_str(), value) {
            ("attributes", Value::Array(entries)) => refused.extend(entries_of(&at, entries, ATTRIBUTE)),
            ("groups", Value::Array(entries)) => refused.extend(entries_of(&at, entries, GROUP)),
            ("attributes" | "groups", _) => {
                refused.push(ProfileRefusal::Shape { at, expected: "a list of objects" });
            }
            (POLICY, Value::String(word)) => refused.extend(word_of(at, word, &POLICIES)),
            (POLICY, _) => refused.push(ProfileRefusal::Shape { at, expected: "a text" }),
            _ => {
                refused
                    .push(ProfileRefusal::UnknownField { at, known: vec!["attributes", "groups", POLICY] });
            }
        }
    }
    refused
}

fn word_of(at: String, word: &str, known: &[&'static str]) -> Option<ProfileRefusal> {
    let refusal = || ProfileRefusal::Word { at, word: word.to_owned(), known: known.to_vec() };
    (!known.contains(&word)).then(refusal)
}

fn entries_of(list: &str, entries: &[Value], fields: Fields) -> Vec<ProfileRefusal> {
    let mut refused = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in entries {
        let Some(entry) = entry.as_object() else {
            refused.push(ProfileRefusal::Shape { at: list.to_owned(), expected: "a list of objects" });
            continue;
        };
        let name = entry.get("name").and_then(Value::as_str).unwrap_or_default();
        if !is_name(name) {
            refused.push(ProfileRefusal::Name { at: list.to_owned(), name: name.to_owned() });
        } else if !seen.insert(name) {
            refused.push(ProfileRefusal::Twice { at: list.to_owned(), name: name.to_owned() });
        }
        refused.extend(faults(&format!("{list}[{name}]"), entry, fields));
    }
    refused
}

fn is_name(name: &str) -> bool {
    let may_stand = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
    !name.is_empty() && name.chars().all(may_stand)
}

fn faults(at: &str, entry: &Map<String, Value>, fields: Fields) -> Vec<ProfileRefusal> {
    let mut refused = Vec::new();
    for (field, value) in entry.iter().filter(|(_, value)| !value.is_null()) {
        let at = format!("{at}.{field}");
        let Some((_, shape)) = fields.iter().find(|(name, _)| *name == field.as_str()) else {
            let known = fields.iter().map(|(name, _)| *name).collect();
            refused.push(ProfileRefusal::UnknownField { at, known });
            continue;
        };
        match (shape, value) {
            (Shape::Text, Value::String(_))
            | (Shape::Switch, Value::Bool(_))
            | (Shape::Object, Value::Object(_)) => {}
            (Shape::Lists(known), Value::Object(lists)) => refused.extend(lists_of(&at, lists, known)),
            (Shape::Text, _) => refused.push(ProfileRefusal::Shape { at, expected: "a text" }),
            (Shape::Switch, _) => refused.push(ProfileRefusal::Shape { at, expected: "true or false" }),
            (Shape::Object | Shape::Lists(_), _) => {
                refused.push(ProfileRefusal::Shape { at, expected: "an object" });
            }
        }
    }
    refused
}

fn lists_of(at: &str, lists: &Map<String, Value>, known: &[&'static str]) -> Vec<ProfileRefusal> {
    let mut refused = Vec::new();
    for (name, list) in lists.iter().filter(|(_, list)| !list.is_null()) {
        let at = format!("{at}.{name}");
        if !known.contains(&name.as_str()) {
            refused.push(ProfileRefusal::UnknownField { at, known: known.to_vec() });
            continue;
        }
        let words = list.as_array().map(|list| list.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        let Some(Some(words)) = words else {
            refused.push(ProfileRefusal::Shape { at, expected: "a list of texts" });
            continue;
        };
        if name != "scopes" {
            refused.extend(words.into_iter().filter_map(|word| word_of(at.clone(), word, &ROLES)));
        }
    }
    refused
}
