//! What a kind of Keycloak object is: a declaration that the rest of the crate reads.
//!
//! Nothing outside a declaration knows realms, clients or roles. What is special about a kind (a field that
//! Keycloak resets when a write leaves it out, a map that is replaced as a whole) is said by its fields.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::version::ServerVersion;

/// A kind of Keycloak object.
#[derive(Debug)]
pub struct Kind {
    /// The word people read: `client`, `role`, `protocol mapper`.
    pub name: &'static str,
    /// The word for several of them.
    pub plural: &'static str,
    /// The word for an update where the object itself is the subject of the whole plan: a realm's `settings`.
    pub part: Option<&'static str>,
    /// Name of the schema in Keycloak's document of its admin API.
    pub representation: &'static str,
    /// What names one object among its kind.
    pub naming: Naming,
    /// Place in a plan: smaller numbers are created first and deleted last.
    pub order: u16,
    /// Every field of the representation that the engine knows.
    pub fields: &'static [Field],
    /// How an update travels.
    pub write: WriteBody,
    /// What deleting one loses.
    pub deletion: Deletion,
    /// What to do when an immutable field must change.
    pub on_immutable: OnImmutable,
    /// The map field that carries the owner's mark, for kinds that carry one.
    pub mark: Option<&'static str>,
    /// First server version that has the kind.
    pub since: ServerVersion,
}

impl Kind {
    /// The declaration of a field.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether a representation of this kind carries Keycloak's `id`, so that one without is a reduced view.
    pub(crate) fn has_id(&self) -> bool {
        self.field("id").is_some()
    }
}

/// A kind is one declaration: two with one name are the same.
impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// What names one object among its kind (below its parent).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// One field: `name`, `alias`, `clientId`, `realm`.
    Named(&'static str),
    /// A name that is unique only together with a second field, which has a usual value. Two protocol mappers of
    /// one client may have the same name when their protocols differ.
    Qualified {
        /// The field with the name.
        name: &'static str,
        /// The second field.
        by: &'static str,
        /// Its usual value, left out of paths.
        usual: &'static str,
    },
}

impl Naming {
    /// The field that holds the name.
    pub const fn name_field(self) -> &'static str {
        match self {
            Self::Named(name) | Self::Qualified { name, .. } => name,
        }
    }
}

/// How an update of an object travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteBody {
    /// Only what changes, and what each field's [`Sent`] asks for beside it.
    Partial,
    /// The whole live representation with the changes in it.
    Whole,
}

/// What to do when an immutable field must change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnImmutable {
    /// Refuse the change by path; the rest goes on.
    Refuse,
    /// Delete the object and create it anew, with the consent that the deletion needs.
    Recreate,
}

/// What a step loses, least first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Loss {
    /// Nothing.
    #[default]
    Nothing,
    /// The login of one application; the act that asks for it is the consent.
    Login,
    /// Configuration that can be written again.
    Configuration,
    /// What somebody holds: roles, groups, scopes, bound flows.
    Access,
    /// Users, credentials, federated identities, keys in use.
    UserData,
}

impl Loss {
    /// Whether a step with this loss needs an approval (rule 2.1).
    pub fn needs_approval(self, created_by_us: bool) -> bool {
        match self {
            Self::Nothing | Self::Login => false,
            Self::Configuration => !created_by_us,
            Self::Access | Self::UserData => true,
        }
    }
}

/// What deleting an object loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// Always the same.
    Loses(Loss),
    /// More while somebody holds it, or while it holds somebody. Unknown holders count as holders.
    IfHeld {
        /// How it is told: `held by` 3 users, `holds` 3 users.
        phrase: &'static str,
        /// Lost when held.
        held: Loss,
        /// Lost when not.
        free: Loss,
    },
}

/// A value that can stand in a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'static str),
    /// A list of texts.
    Texts(&'static [&'static str]),
}

impl Constant {
    /// As JSON.
    pub fn value(self) -> Value {
        match self {
            Self::Bool(value) => Value::from(value),
            Self::Int(value) => Value::from(value),
            Self::Text(value) => Value::from(value),
            Self::Texts(values) => Value::from(values.to_vec()),
        }
    }
}

/// One field of a representation.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in Keycloak.
    pub name: &'static str,
    /// What it holds and how it compares.
    pub shape: Shape,
    /// Who may write it.
    pub access: Access,
    /// What a representation without the field means; equal to that value in comparisons.
    pub absent: Option<Constant>,
    /// Sent when we create the object and nobody asks for another value; not owned afterwards (rule 1.3).
    pub created_as: Option<Constant>,
    /// The server's default, where going back to it can neither lock anybody out nor weaken a protection; a
    /// released field without one is left as it is and reported (rule 1.7).
    pub reset_to: Option<Constant>,
    /// With which writes it travels although it does not change.
    pub sent: Sent,
    /// A secret: hashed with a key, never printed.
    pub secret: bool,
    /// What taking the value away loses.
    pub removal: Loss,
    /// It names an object of this kind, which the same plan may create: it is written after all creations, and left
    /// out of the POST.
    pub refers_to: Option<&'static str>,
    /// The field of the CR that sets it. Such a key is refused in `spec.extra` with this name.
    pub typed_as: Option<&'static str>,
    /// First server version that knows the field.
    pub since: ServerVersion,
}

/// Who may write a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The CR.
    Writable,
    /// The CR, at creation only.
    Immutable,
    /// Nobody: Keycloak computes it.
    ReadOnly,
    /// It names the object.
    Identity,
    /// It holds objects or links that are declared elsewhere, at the named place.
    OtherKind(&'static str),
}

/// With which writes a field travels although it does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// With none.
    WhenChanged,
    /// With every update: Keycloak resets it, or refuses the write, when it is absent.
    Always,
    /// With every update of a field of the same group: Keycloak takes the group as a whole or not at all.
    WithGroup(&'static str),
}

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

impl Field {
    /// A field of this shape that the CR may write.
    pub const fn new(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            shape,
            access: Access::Writable,
            absent: None,
            created_as: None,
            reset_to: None,
            sent: Sent::WhenChanged,
            secret: false,
            removal: Loss::Nothing,
            refers_to: None,
            typed_as: None,
            since: ServerVersion::ANY,
        }
    }

    /// One value, compared as it is.
    pub const fn scalar(name: &'static str) -> Self {
        Self::new(name, Shape::Scalar(Compare::Exact))
    }

    /// A text that means nothing to the server; no text and an empty one are the same, and releasing it clears it.
    pub const fn label(name: &'static str) -> Self {
        Self::scalar(name).absent_is(Constant::Text("")).reset_to(Constant::Text(""))
    }

    /// A list whose order means nothing.
    pub const fn set(name: &'static str) -> Self {
        Self::new(name, Shape::Set)
    }

    /// A list whose order counts.
    pub const fn list(name: &'static str) -> Self {
        Self::new(name, Shape::List)
    }

    /// Free JSON, owned as a whole.
    pub const fn json(name: &'static str) -> Self {
        Self::new(name, Shape::Json)
    }

    /// A map whose keys are owned one by one.
    pub const fn map(name: &'static str, rules: &'static MapRules) -> Self {
        Self::new(name, Shape::Map(rules))
    }

    /// A list of child objects.
    pub const fn children(name: &'static str, kind: &'static Kind, travel: Travel) -> Self {
        Self::new(name, Shape::Children(ChildRules { kind, travel }))
    }

    /// The field that names the object.
    pub const fn identity(name: &'static str) -> Self {
        Self { access: Access::Identity, ..Self::scalar(name) }
    }

    /// A field that Keycloak computes.
    pub const fn read_only(name: &'static str) -> Self {
        Self { access: Access::ReadOnly, ..Self::json(name) }
    }

    /// A field whose content is declared at another place.
    pub const fn other_kind(name: &'static str, declared: &'static str) -> Self {
        Self { access: Access::OtherKind(declared), ..Self::json(name) }
    }

    /// Compares as `compare` says.
    #[must_use]
    pub const fn compared(mut self, compare: Compare) -> Self {
        self.shape = Shape::Scalar(compare);
        self
    }

    /// Can be set at creation only.
    #[must_use]
    pub const fn immutable(mut self) -> Self {
        self.access = Access::Immutable;
        self
    }

    /// Absent means this value.
    #[must_use]
    pub const fn absent_is(mut self, value: Constant) -> Self {
        self.absent = Some(value);
        self
    }

    /// Created with this value unless the CR says another.
    #[must_use]
    pub const fn created_as(mut self, value: Constant) -> Self {
        self.created_as = Some(value);
        self
    }

    /// Goes back to this value when released.
    #[must_use]
    pub const fn reset_to(mut self, value: Constant) -> Self {
        self.reset_to = Some(value);
        self
    }

    /// Travels with every update.
    #[must_use]
    pub const fn always_sent(mut self) -> Self {
        self.sent = Sent::Always;
        self
    }

    /// Travels with every update of its group.
    #[must_use]
    pub const fn group(mut self, name: &'static str) -> Self {
        self.sent = Sent::WithGroup(name);
        self
    }

    /// Is a secret.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Taking the value away loses something.
    #[must_use]
    pub const fn removal_loses(mut self, loss: Loss) -> Self {
        self.removal = loss;
        self
    }

    /// Names an object of another kind.
    #[must_use]
    pub const fn refers_to(mut self, kind: &'static str) -> Self {
        self.refers_to = Some(kind);
        self
    }

    /// Is set by this field of the CR.
    #[must_use]
    pub const fn typed(mut self, name: &'static str) -> Self {
        self.typed_as = Some(name);
        self
    }

    /// Came with this server version.
    #[must_use]
    pub const fn since(mut self, major: u16, minor: u16) -> Self {
        self.since = ServerVersion::new(major, minor, 0);
        self
    }
}
