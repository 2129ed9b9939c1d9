//! What a kind of Keycloak object is: a declaration that the rest of the crate reads.
//!
//! Nothing outside a declaration knows realms, clients or roles. What is special about a kind (a field that
//! Keycloak resets when a write leaves it out, a map that is replaced as a whole) is said by its fields.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::path::FieldPath;
use crate::version::ServerVersion;

mod field;
mod shape;

pub use field::{Access, Field, Sent};
pub use shape::{ChildRules, Compare, KeyRelease, KeyRemoval, MapRules, MapValues, MapWrite, Shape, Travel};

/// A kind of Keycloak object.
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

    /// A path as the author of the CR wrote it: beginning with the field of the CR where it has one for it.
    pub fn asked_in(&self, path: &FieldPath) -> String {
        let text = path.to_string();
        let typed = self.field(path.top()).and_then(|field| field.typed_as);
        match (typed, text.strip_prefix(path.top())) {
            (Some(typed), Some(below)) => format!("{typed}{below}"),
            (Some(_) | None, _) => text,
        }
    }

    /// Whether a representation of this kind carries Keycloak's `id`, so that one without is a reduced view.
    pub(crate) fn has_id(&self) -> bool {
        self.field("id").is_some()
    }
}

/// Its name: the declaration is long.
impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kind").field("name", &self.name).finish_non_exhaustive()
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
