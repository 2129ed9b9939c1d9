//! What Keycloak has of one object.

use keycloak_admin::types::{
    ClientRepresentation, ClientScopeRepresentation, GroupRepresentation, ProtocolMapperRepresentation,
    RealmRepresentation, RequiredActionProviderRepresentation, RoleRepresentation,
};
use keycloak_plan::kinds::{
    CLIENT, CLIENT_SCOPE, GROUP, PROTOCOL_MAPPER, REALM, REALM_ROLE, REQUIRED_ACTION,
};
use keycloak_plan::{Identity, Kind, Live, LiveMark, LiveObject, LiveState};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A representation of the admin API whose kind is declared.
pub trait Representation: Serialize + DeserializeOwned {
    /// Its declaration.
    const KIND: &'static Kind;

    /// Keycloak's id of the object.
    fn id(&self) -> Option<&str>;
}

impl Representation for RealmRepresentation {
    const KIND: &'static Kind = &REALM;

    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

impl Representation for ClientRepresentation {
    const KIND: &'static Kind = &CLIENT;

    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

impl Representation for RoleRepresentation {
    const KIND: &'static Kind = &REALM_ROLE;

    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

impl Representation for ClientScopeRepresentation {
    const KIND: &'static Kind = &CLIENT_SCOPE;

    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

impl Representation for ProtocolMapperRepresentation {
    const KIND: &'static Kind = &PROTOCOL_MAPPER;

    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

impl Representation for GroupRepresentation {
    const KIND: &'static Kind = &GROUP;

    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

/// Keycloak tells no id of it; its alias is known to the plan.
impl Representation for RequiredActionProviderRepresentation {
    const KIND: &'static Kind = &REQUIRED_ACTION;

    fn id(&self) -> Option<&str> {
        None
    }
}

/// An object that was looked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Observed<R> {
    /// It is not there.
    Absent,
    /// It is there, and this is all of it.
    Present(Box<R>),
}

impl<R: Representation> Observed<R> {
    /// The representation, if it is there.
    pub fn present(&self) -> Option<&R> {
        match self {
            Self::Absent => None,
            Self::Present(live) => Some(live),
        }
    }

    /// Keycloak's id of it.
    pub fn id(&self) -> Option<&str> {
        self.present().and_then(R::id)
    }

    /// The owner's mark that it carries; empty if it carries none or is not there.
    pub fn mark(&self) -> LiveMark {
        self.present().map_or_else(LiveMark::default, |live| LiveMark::read(R::KIND, &json(live)))
    }

    /// As the plan takes it. Say there who holds it ([`Live::held`]) and whether others changed it.
    pub fn live(&self) -> Option<Live> {
        self.present().map(|live| Live::new(json(live)))
    }

    /// As the plan takes it, present or not.
    pub fn object(&self) -> LiveObject {
        self.live().map_or(LiveObject::Absent, LiveObject::Present)
    }

    /// A live state of this object alone.
    pub fn state(&self, identity: &Identity) -> LiveState {
        match self.live() {
            Some(live) => LiveState::new().present(identity.clone(), live),
            None => LiveState::new().absent(identity.clone()),
        }
    }
}

/// The representation as JSON. Its maps have text keys, so nothing is refused; if it were, the plan would say that
/// what was read is no object.
pub(crate) fn json(representation: &impl Serialize) -> Value {
    serde_json::to_value(representation).unwrap_or_default()
}
