//! What can go wrong between a custom resource and Keycloak, and how to go on.

use std::fmt;

use keycloak_admin::{AdminError, Class};
use keycloak_plan::{Action, Identity, PlanError};

use crate::fields::RefusedFields;
use crate::realm::{FeatureOff, MissingRequiredAction};

/// What was being done when something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// GET.
    Read,
    /// POST.
    Create,
    /// PUT.
    Update,
    /// DELETE.
    Delete,
    /// Making a link.
    Link,
    /// Taking a link away.
    Unlink,
}

impl From<Action> for Verb {
    fn from(action: Action) -> Self {
        match action {
            Action::Create => Self::Create,
            Action::Update => Self::Update,
            Action::Delete => Self::Delete,
            Action::Link => Self::Link,
            Action::Unlink => Self::Unlink,
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Link => "link",
            Self::Unlink => "unlink",
        })
    }
}

/// A type of mapper that the server does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this Keycloak has no mapper type {asked}, which mapper {mapper} asks for; write one of {}",
    known.join(", ")
)]
pub struct MissingMapperType {
    /// Name of the mapper.
    pub mapper: String,
    /// The type that it asks for.
    pub asked: String,
    /// The types that the server has for the mapper's protocol.
    pub known: Vec<String>,
}

/// Why a pass could not do what it should.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SyncError {
    /// A call of the admin API did not succeed.
    #[error("cannot {verb} {object}: {source}")]
    Call {
        /// What was being done.
        verb: Verb,
        /// To which object.
        object: Identity,
        /// What Keycloak, or the way to it, said.
        source: Box<AdminError>,
    },
    /// Keycloak shows everybody a few fields of every realm; this login sees no more of it.
    #[error(
        "the login in use has no rights in realm {realm}, because something else created it; list the realm in spec.admin.grantRealms of the Keycloak object, or give the login the roles of client {realm}-realm in realm master"
    )]
    NoRights {
        /// Name of the realm.
        realm: String,
    },
    /// Fields of the CR cannot be asked for.
    #[error(transparent)]
    Refused(#[from] RefusedFields),
    /// No plan can be made.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Values that Keycloak's API has no room for; nothing was sent.
    #[error("cannot {verb} {object}: {} of another type than Keycloak has; correct the value", named(fields))]
    WrongType {
        /// What was being done.
        verb: Verb,
        /// To which object.
        object: Identity,
        /// The fields, by Keycloak's names.
        fields: Vec<String>,
    },
    /// Another process leads by now; nothing was sent.
    #[error("did not {verb} {object}: this process may not write at the moment, because another one leads")]
    Fenced {
        /// What was to be done.
        verb: Verb,
        /// To which object.
        object: Identity,
    },
    /// A step that does not carry what its call needs: a fault of whoever made the plan.
    #[error("cannot {verb} {object}: the plan does not say its {lacks}")]
    Incomplete {
        /// What was to be done.
        verb: Verb,
        /// To which object.
        object: Identity,
        /// What is missing.
        lacks: &'static str,
    },
    /// What a link is to lead to is not there.
    #[error("cannot {verb} {object} to {target}: there is none; make it, or take it out of the list")]
    NoTarget {
        /// What was to be done.
        verb: Verb,
        /// Who is to hold the link.
        object: Identity,
        /// What it is to lead to.
        target: Identity,
    },
    /// A mapper of a type that the server does not have; nothing was sent.
    #[error("cannot {verb} {object}: {missing}")]
    NoMapperType {
        /// What was to be done.
        verb: Verb,
        /// To which object.
        object: Identity,
        /// The type.
        missing: Box<MissingMapperType>,
    },
    /// A required action that the server cannot be told to have; nothing was sent.
    #[error("cannot {verb} {object}: {missing}")]
    NoRequiredAction {
        /// What was to be done.
        verb: Verb,
        /// To which object.
        object: Identity,
        /// Why.
        missing: Box<MissingRequiredAction>,
    },
    /// Something that the server does not do, because a feature of it is off: it refused to take it.
    #[error("refused by the server: {feature}")]
    FeatureOff {
        /// What was being done.
        verb: Verb,
        /// To which object.
        object: Identity,
        /// The feature.
        feature: Box<FeatureOff>,
    },
    /// A step on a kind of object, or a link, that nothing here desires: a fault of whoever made the plan.
    #[error("cannot {verb} {object}: objects of this kind are not written by this version")]
    NoCall {
        /// What was to be done.
        verb: Verb,
        /// To which object.
        object: Identity,
    },
}

impl SyncError {
    pub(crate) fn call(verb: Verb, object: &Identity) -> impl FnOnce(AdminError) -> Self + use<> {
        let object = object.clone();
        move |source| Self::Call { verb, object, source: Box::new(source) }
    }

    /// How to go on. After a 404 or a 409 look at the live state first; see [`is_not_found`](Self::is_not_found) and
    /// [`is_conflict`](Self::is_conflict).
    pub fn class(&self) -> Class {
        match self {
            Self::Call { source, .. } => source.class(),
            // Rights are given elsewhere, and nothing here learns when.
            Self::NoRights { .. } | Self::NoTarget { .. } | Self::Plan(PlanError::ReducedView(_)) => {
                Class::Wait
            }
            Self::Plan(PlanError::NotAnObject(_)) | Self::Fenced { .. } => Class::Retry,
            Self::Plan(
                PlanError::NotRead(_) | PlanError::LinksNotRead { .. } | PlanError::DeclaredTwice(_),
            )
            | Self::Refused(_)
            | Self::WrongType { .. }
            | Self::Incomplete { .. }
            | Self::NoMapperType { .. }
            | Self::NoRequiredAction { .. }
            | Self::FeatureOff { .. }
            | Self::NoCall { .. } => Class::Stall,
        }
    }

    /// The failed call, where one was made.
    pub fn admin(&self) -> Option<&AdminError> {
        match self {
            Self::Call { source, .. } => Some(source),
            Self::NoRights { .. }
            | Self::Refused(_)
            | Self::Plan(_)
            | Self::WrongType { .. }
            | Self::Fenced { .. }
            | Self::Incomplete { .. }
            | Self::NoTarget { .. }
            | Self::NoMapperType { .. }
            | Self::NoRequiredAction { .. }
            | Self::FeatureOff { .. }
            | Self::NoCall { .. } => None,
        }
    }

    /// The object, or a parent of it, is not there.
    pub fn is_not_found(&self) -> bool {
        self.admin().is_some_and(AdminError::is_not_found)
    }

    /// Something with this name or id exists.
    pub fn is_conflict(&self) -> bool {
        self.admin().is_some_and(AdminError::is_conflict)
    }

    /// The login is not accepted or lacks a right.
    pub fn is_denied(&self) -> bool {
        self.admin().is_some_and(AdminError::is_denied)
    }
}

fn named(fields: &[String]) -> String {
    match fields {
        [] => "a value is".to_owned(),
        [one] => format!("the value of {one} is"),
        several => format!("the values of {} are", several.join(", ")),
    }
}
