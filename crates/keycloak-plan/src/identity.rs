//! Which object of Keycloak is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::digest::ShortHash;
use crate::kind::Kind;

/// The name of one object in Keycloak: its kind, its own name (name, alias or clientId) and, where names are
/// unique only below a parent, the parent.
///
/// Its text, used in the owned record and in approvals, is `kind:name`, below a parent
/// `kind:name>kind:name`, with a backslash before `\`, `:` and `>`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identity {
    parent: Option<Box<Identity>>,
    kind: String,
    name: String,
}

impl Identity {
    /// An object of the realm itself (or the realm).
    pub fn new(kind: &Kind, name: &str) -> Self {
        Self { parent: None, kind: kind.name.to_owned(), name: name.to_owned() }
    }

    pub(crate) fn named(kind: &str, name: &str) -> Self {
        Self { parent: None, kind: kind.to_owned(), name: name.to_owned() }
    }

    /// An object below another: a role of a client, a mapper of a client scope.
    pub fn below(parent: Identity, kind: &Kind, name: &str) -> Self {
        Self { parent: Some(Box::new(parent)), ..Self::new(kind, name) }
    }

    /// Name of the kind, as its declaration has it.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Name, alias or clientId.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The object it stands below.
    pub fn parent(&self) -> Option<&Identity> {
        self.parent.as_deref()
    }

    /// Whether it stands below `other`, at any depth.
    pub fn is_below(&self, other: &Self) -> bool {
        self.parent().is_some_and(|parent| parent == other || parent.is_below(other))
    }

    /// How many objects it stands below.
    pub fn depth(&self) -> usize {
        std::iter::successors(self.parent(), |identity| identity.parent()).count()
    }

    /// Where it stands once what stands at `from` stands at `to`: `None` unless it is that, or below that.
    pub(crate) fn moved(&self, from: &Self, to: &Self) -> Option<Self> {
        if self == from {
            return Some(to.clone());
        }
        let parent = self.parent()?.moved(from, to)?;
        Some(Self { parent: Some(Box::new(parent)), kind: self.kind.clone(), name: self.name.clone() })
    }

    /// Unique among objects of its kind: the name, below a parent `<key of the parent>><name>`.
    pub fn among_kind(&self) -> String {
        match &self.parent {
            Some(parent) => format!("{}>{}", parent.key(), escaped(&self.name)),
            None => escaped(&self.name),
        }
    }

    /// The unique text of this identity, see the type.
    pub fn key(&self) -> String {
        let own = format!("{}:{}", escaped(&self.kind), escaped(&self.name));
        match &self.parent {
            Some(parent) => format!("{}>{own}", parent.key()),
            None => own,
        }
    }
}

/// Longest text by which status and approvals name an object, in characters; the definition of the CR takes no more.
pub const IDENTITY_LIMIT: usize = 4096;

/// The text by which status and approvals name an object: what is longer than they take ends in a hash of the whole. `>>` stands
/// in no other.
pub(crate) fn bounded(identity: String) -> String {
    // Never fewer bytes than characters.
    if identity.len() <= IDENTITY_LIMIT || identity.chars().count() <= IDENTITY_LIMIT {
        return identity;
    }
    let hash = ShortHash::of("cloakroom identity", &[identity.as_bytes()]).to_string();
    let kept = IDENTITY_LIMIT - hash.len() - 2;
    identity.chars().take(kept).chain(">>".chars()).chain(hash.chars()).collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | ':' | '>') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// Its key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.key())
    }
}

/// As people read it: `role contractor`, `protocol mapper audience of client scope department`.
impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, crate::render::printable(&self.name))?;
        match &self.parent {
            Some(parent) => write!(f, " of {parent}"),
            None => Ok(()),
        }
    }
}

/// A text that is no identity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} does not name an object; write it as kind:name")]
pub struct NotAnIdentity(String);

impl FromStr for Identity {
    type Err = NotAnIdentity;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotAnIdentity(text.to_owned());
        let mut found: Option<Self> = None;
        for part in split_unescaped(text, '>') {
            let pieces = split_unescaped(part, ':');
            let [kind, name] = pieces.as_slice() else { return Err(refuse()) };
            let kind = unescaped(kind).ok_or_else(refuse)?;
            let name = unescaped(name).ok_or_else(refuse)?;
            found = Some(Self { parent: found.map(Box::new), kind, name });
        }
        found.filter(|identity| identity.key() == text).ok_or_else(refuse)
    }
}

fn split_unescaped(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if letter == '\\' {
            escaped = true;
        } else if letter == separator {
            parts.push(text.get(start..at).unwrap_or_default());
            start = at + letter.len_utf8();
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        out.push(if letter == '\\' { letters.next()? } else { letter });
    }
    Some(out)
}

impl TryFrom<String> for Identity {
    type Error = NotAnIdentity;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Identity> for String {
    fn from(identity: Identity) -> Self {
        identity.key()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kinds::{CLIENT, PROTOCOL_MAPPER, REALM_ROLE};

    #[test]
    fn people_read_the_object_and_what_it_belongs_to() {
        let mapper = Identity::below(Identity::new(&CLIENT, "portal"), &PROTOCOL_MAPPER, "audience");
        assert_eq!(mapper.to_string(), "protocol mapper audience of client portal");
        assert_eq!(mapper.key(), "client:portal>protocol mapper:audience");
    }

    #[test]
    fn a_name_with_a_terminal_escape_is_printed_harmlessly() {
        let role = Identity::new(&REALM_ROLE, "a\u{1b}[2Jb");
        assert_eq!(role.to_string(), r"role a\u{1b}[2Jb");
    }

    #[test]
    fn what_is_longer_than_status_takes_ends_in_a_hash_of_the_whole() {
        for letter in ["a", "ß", "🦀"] {
            let longest = letter.repeat(IDENTITY_LIMIT);
            assert_eq!(bounded(longest.clone()), longest);
            let (one, other) = (bounded(format!("{longest}a")), bounded(format!("{longest}b")));
            assert_ne!(one, other);
            assert_eq!(one.chars().count(), IDENTITY_LIMIT);
            assert!(one.starts_with(&letter.repeat(4000)), "{letter}");
        }
    }

    proptest! {
        #[test]
        fn every_identity_has_one_text(name in any::<String>(), below in prop::option::of(any::<String>())) {
            let identity = match below {
                Some(parent) => Identity::below(Identity::new(&CLIENT, &parent), &PROTOCOL_MAPPER, &name),
                None => Identity::new(&REALM_ROLE, &name),
            };
            prop_assert_eq!(identity.key().parse(), Ok(identity));
        }

        #[test]
        fn reading_any_text_never_panics(text in any::<String>()) {
            let _ = text.parse::<Identity>();
        }
    }
}
