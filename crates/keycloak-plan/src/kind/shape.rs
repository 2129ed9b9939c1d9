//! What a field holds, and what is special about maps and lists of child objects.

use super::Kind;

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// One value.
    Scalar(Compare),
    /// A list whose order means nothing. Absent releases it, `[]` clears it.
    Set,
    /// A list whose order counts. Absent releases it, `[]` clears it.
    List,
    /// Free JSON, owned and compared as a whole.
    Json,
    /// A map whose keys are owned one by one.
    Map(&'static MapRules),
    /// A list of child objects.
    Children(ChildRules),
}

/// How two scalars compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// As they are.
    Exact,
    /// Without regard to case: Keycloak writes enums in its own.
    IgnoreCase,
    /// As the set of the parts between this separator.
    JoinedSet(&'static str),
    /// As the set of the rules between this separator, each a name with its value in brackets. One without a value may
    /// carry `()` or `(undefined)`, which Keycloak's own console writes.
    JoinedRules(&'static str),
}

/// What is special about a map.
#[derive(Debug, Clone, Copy)]
pub struct MapRules {
    /// What its values are.
    pub values: MapValues,
    /// How a write of the map is taken by Keycloak.
    pub write: MapWrite,
    /// An empty text and no key are the same.
    pub empty_is_absent: bool,
    /// Keys whose value is a set written as one text, with their separator.
    pub joined: &'static [(&'static str, &'static str)],
    /// Keys whose values are secrets.
    pub secrets: &'static [&'static str],
    /// Keys that Keycloak keeps itself; refused when asked for.
    pub kept_by_server: &'static [&'static str],
    /// Beginnings of keys that repeat a field of the object, with that field; refused when asked for.
    pub mirrors: &'static [(&'static str, &'static str)],
    /// A key with the name of a field of the object repeats that field.
    pub mirrors_field_names: bool,
    /// What happens to a key that leaves the CR.
    pub release: KeyRelease,
}

/// What the values of a map are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapValues {
    /// One text each; numbers and booleans are taken as their text.
    Text,
    /// A set of texts each.
    TextSet,
}

/// How Keycloak takes a write of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapWrite {
    /// Key by key: keys that are not sent stay. A key is taken away by this value.
    Merged(KeyRemoval),
    /// As a whole: keys that are not sent are gone, so a write carries all live ones.
    Replaced,
}

/// The value that takes a key out of a merged map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRemoval {
    /// `""`
    EmptyText,
    /// `null`
    Null,
}

/// What happens to a key of a map that leaves the CR while it still holds our value.
#[derive(Debug, Clone, Copy)]
pub enum KeyRelease {
    /// It is left as it is.
    Keep,
    /// It is taken away, except keys that begin with one of these: taking those away may lock somebody out or
    /// weaken a protection.
    RemoveExcept(&'static [&'static str]),
    /// Only these are taken away.
    RemoveOnly(&'static [&'static str]),
    /// It gets the server's default, where that is listed.
    Defaults(&'static [(&'static str, &'static str)]),
}

/// What is special about a list of child objects.
#[derive(Debug, Clone, Copy)]
pub struct ChildRules {
    /// Their kind.
    pub kind: &'static Kind,
    /// How changes of them travel.
    pub travel: Travel,
}

/// How child objects travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Travel {
    /// Always inside the parent, whose update replaces the whole list.
    InParent,
    /// Inside the parent when that is created, afterwards as objects of their own.
    AtCreation,
}

impl MapRules {
    /// Texts, merged, a key is removed by `""`, which is the same as no key; released keys are left alone.
    pub const MERGED: Self = Self {
        values: MapValues::Text,
        write: MapWrite::Merged(KeyRemoval::EmptyText),
        empty_is_absent: true,
        joined: &[],
        secrets: &[],
        kept_by_server: &[],
        mirrors: &[],
        mirrors_field_names: false,
        release: KeyRelease::Keep,
    };

    /// Texts, replaced as a whole; released keys are left alone.
    pub const REPLACED: Self = Self { write: MapWrite::Replaced, empty_is_absent: false, ..Self::MERGED };

    /// Attributes of roles and groups: sets of texts, replaced as a whole; an empty one is none, and every key may go.
    pub const TEXT_SETS: Self = Self {
        values: MapValues::TextSet,
        empty_is_absent: true,
        release: KeyRelease::RemoveExcept(&[]),
        ..Self::REPLACED
    };

    /// What a released key goes back to; `None` leaves it alone, `Some(None)` takes it away.
    #[allow(clippy::option_option, reason = "left alone, taken away and reset are three things")]
    pub(crate) fn reset(&self, key: &str) -> Option<Option<&'static str>> {
        match self.release {
            KeyRelease::Keep => None,
            KeyRelease::RemoveExcept(kept) => {
                (!kept.iter().any(|start| key.starts_with(start))).then_some(None)
            }
            KeyRelease::RemoveOnly(removed) => removed.contains(&key).then_some(None),
            KeyRelease::Defaults(defaults) => {
                defaults.iter().find(|(name, _)| *name == key).map(|(_, value)| Some(*value))
            }
        }
    }

    /// The separator of a key whose value is a joined set.
    pub(crate) fn separator(&self, key: &str) -> Option<&'static str> {
        self.joined.iter().find(|(name, _)| *name == key).map(|(_, separator)| *separator)
    }
}
