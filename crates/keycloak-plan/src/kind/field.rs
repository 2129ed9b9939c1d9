//! One field of a kind: what it holds, how it compares, with which writes it travels.

use super::{ChildRules, Compare, Constant, Kind, Loss, MapRules, Shape, Travel};
use crate::version::ServerVersion;

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
    /// Sent when we create the object and nobody asks for another value; not owned afterwards (rule 1.3). Of a field that
    /// travels with its group only when somebody asks for a field of the group: else the server's own values stand.
    pub created_as: Option<Constant>,
    /// The server's default, where going back to it can neither lock anybody out nor weaken a protection; a
    /// released field without one is left as it is and reported (rule 1.7).
    pub reset_to: Option<Constant>,
    /// With which writes it travels although it does not change.
    pub sent: Sent,
    /// A secret: hashed with a key, never printed.
    pub secret: bool,
    /// What taking the value away loses, or setting it to what its absence means.
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
    /// It holds what nobody can declare: why, and what to use instead.
    NotManaged(&'static str),
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

    /// A field whose content nobody can declare.
    pub const fn not_managed(name: &'static str, instead: &'static str) -> Self {
        Self { access: Access::NotManaged(instead), ..Self::json(name) }
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
