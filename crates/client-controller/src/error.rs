//! What can go wrong with a client: one sentence and one class each.

use controller_runtime::{Class, Classify, Key};
use keycloak_connect::{ConnectError, reason};
use keycloak_crds::condition::Reason;
use keycloak_plan::{ClaimRefusal, Identity, PlanError, kinds::CLIENT};
use keycloak_sync::{RefusedFields, StepFailure, SyncError, Verb, client::MissingFlow};

use crate::outputs::OutputRefusal;

/// Everything that this controller refuses, waits for or fails at.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// An object of the seed.
    #[error(
        "the object carries the finalizer keycloak.mdvr.nl/client-cleanup of an earlier operator and none of ours; taking it \
         over is not built yet, so it is left untouched: keep that operator running, or create a KeycloakClient of another name"
    )]
    SeedObject,
    /// A client id that is not for applications.
    #[error("spec.clientId {client_id:?} is {whose}; choose another client id")]
    Reserved {
        /// The client id.
        client_id: String,
        /// Whose it is: `a client that Keycloak itself makes in every realm`.
        whose: &'static str,
    },
    /// The spec holds something impossible that no schema rule can tell.
    #[error("{field}: {why}")]
    InvalidSpec {
        /// Path of the field.
        field: &'static str,
        /// What is wrong, and what to write.
        why: &'static str,
    },
    /// Fields that cannot be asked for.
    #[error(transparent)]
    Refused(#[from] RefusedFields),
    /// Secrets that cannot be written as they are asked for.
    #[error(transparent)]
    Output(#[from] OutputRefusal),
    /// What both sides of the work share: references, Secrets, sessions, authorization.
    #[error(transparent)]
    Connect(Box<ConnectError>),
    /// The realm that our login is for is another one than the realm's status names.
    #[error(
        "KeycloakRealm {realm} names realm {said} of Keycloak in its status, and its login for clients is for realm {login}; \
         nothing is done until both agree"
    )]
    OtherRealm {
        /// `namespace/name`.
        realm: String,
        /// The id in status.
        said: String,
        /// The id in the login's Secret.
        login: String,
    },
    /// Keycloak has no such realm.
    #[error("realm {realm} does not exist in Keycloak; it is waited for")]
    RealmMissing {
        /// Its name.
        realm: String,
    },
    /// The realm has no flow of this name.
    #[error(transparent)]
    FlowMissing(#[from] MissingFlow),
    /// The client exists, and it is not ours.
    #[error("client {client_id:?} exists in realm {realm}: {refusal}")]
    Claimed {
        /// The client id.
        client_id: String,
        /// The realm.
        realm: String,
        /// Why it is left alone.
        refusal: ClaimRefusal,
    },
    /// The client could not be read or planned.
    #[error("{source}")]
    Sync {
        /// What happened.
        source: Box<SyncError>,
        /// What the pool of sessions makes of it.
        class: Class,
    },
    /// A step failed.
    #[error("{source}")]
    Step {
        /// Which one, and why.
        source: Box<StepFailure>,
        /// What the pool of sessions makes of it.
        class: Class,
    },
    /// The creation was answered by something else than Keycloak.
    #[error(
        "the creation of client {client_id:?} was answered without the client's id, so nobody knows whether it exists; \
         does the address of the instance lead to Keycloak?"
    )]
    NotSaid {
        /// The client id.
        client_id: String,
    },
    /// The client's secret cannot be read.
    #[error(
        "Keycloak does not show the secret of client {client_id:?} to our login, so no Secret can be written; \
         write spec.manageSecret: false, or have the client made anew"
    )]
    SecretHidden {
        /// The client id.
        client_id: String,
    },
    /// The quota of the realm's namespace has no room.
    #[error("{message}")]
    NoRoom {
        /// Which quota, how many it allows and there are, and who comes first.
        message: String,
    },
    /// A secret of one's own for a client that has none in Keycloak, which the spec does not say.
    #[error(
        "spec.clientSecret: client {client_id:?} is {which} in Keycloak and has no secret; write publicClient: false and \
         bearerOnly: false, or remove clientSecret"
    )]
    HasNoSecret {
        /// The client id.
        client_id: String,
        /// `public` or `bearer-only`.
        which: &'static str,
    },
    /// The namespace takes no new objects.
    #[error("namespace {namespace} is being deleted and takes no new objects; nothing is made")]
    NamespaceTerminating {
        /// Its name.
        namespace: String,
    },
    /// The namespace of the object was not found.
    #[error("namespace {namespace} does not exist; it is looked for again")]
    NamespaceMissing {
        /// Its name.
        namespace: String,
    },
}

/// An object of another kind that has to come first, and that is watched.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Awaited {
    /// The KeycloakRealm that the object names.
    Realm,
    /// The Keycloak of that realm.
    Instance(Key),
}

/// Whether a step is about something in the client, and not about the client itself.
pub(crate) fn is_about_a_part(verb: Verb, object: &Identity) -> bool {
    // What the client itself holds: scopes.
    matches!(verb, Verb::Link | Verb::Unlink) || object.kind() != CLIENT.name
}

impl ClientError {
    /// Whether it is about something in the client, and not about the client itself.
    pub(crate) fn is_about_a_part(&self) -> bool {
        let Self::Step { source, .. } = self else { return false };
        is_about_a_part(source.verb, &source.object)
    }

    /// Which object ends this by a contract field, where one does: looking for it is of no use, because its watch tells. What
    /// ends without a word from Kubernetes has to be looked for.
    pub(crate) fn awaits(&self) -> Option<Awaited> {
        let Self::Connect(error) = self else { return None };
        match &**error {
            ConnectError::RealmObjectMissing { .. } | ConnectError::RealmNotAvailable { .. } => {
                Some(Awaited::Realm)
            }
            ConnectError::InstanceMissing { namespace, name }
            | ConnectError::InstanceNotReady { namespace, name, .. }
            | ConnectError::InstanceDeleting { namespace, name } => {
                Some(Awaited::Instance(Key::namespaced(namespace.as_str(), name.as_str())))
            }
            _ => None,
        }
    }
}

impl From<ConnectError> for ClientError {
    fn from(error: ConnectError) -> Self {
        Self::Connect(Box::new(error))
    }
}

/// One that no call caused; a call's is made where its connection is known.
impl From<SyncError> for ClientError {
    fn from(source: SyncError) -> Self {
        let class = class_of(&source);
        Self::Sync { source: Box::new(source), class }
    }
}

/// The class of an error between CR and Keycloak. That of a call is for the connection to say
/// ([`keycloak_connect::Connection::failed`]).
pub(crate) fn class_of(error: &SyncError) -> Class {
    match error {
        SyncError::Call { source, .. } => keycloak_connect::admin_class(source),
        SyncError::NoRights { .. } | SyncError::Plan(PlanError::ReducedView(_)) => {
            Class::Wait(reason(Reason::RightMissing))
        }
        SyncError::Refused(_)
        | SyncError::WrongType { .. }
        | SyncError::NoMapperType { .. }
        | SyncError::NoRequiredAction { .. } => Class::Stall(reason(Reason::InvalidSpec)),
        SyncError::FeatureOff { .. } => Class::Stall(reason(Reason::UnsupportedByServer)),
        SyncError::NoTarget { .. } => Class::Wait(reason(Reason::WaitingForReference)),
        SyncError::Plan(PlanError::NotAnObject(_)) => Class::Retry(reason(Reason::NotKeycloak)),
        SyncError::Fenced { .. } => Class::Retry(reason(Reason::KubernetesError)),
        SyncError::Plan(
            PlanError::NotRead(_) | PlanError::LinksNotRead { .. } | PlanError::DeclaredTwice(_),
        )
        | SyncError::Incomplete { .. }
        | SyncError::NoCall { .. } => Class::Stall(reason(Reason::InternalError)),
    }
}

const fn class_of_claim(refusal: &ClaimRefusal) -> Class {
    match refusal {
        // The deletion of the other object, which nothing tells us of, ends it.
        ClaimRefusal::OwnerAlive { .. } | ClaimRefusal::OwnerUnknown { .. } => {
            Class::Wait(reason(Reason::OwnedElsewhere))
        }
        ClaimRefusal::NotAsked { .. } => Class::Stall(reason(Reason::AdoptionRequired)),
        ClaimRefusal::NotAllowed => Class::Stall(reason(Reason::AdoptionRefused)),
    }
}

impl Classify for ClientError {
    fn class(&self) -> Class {
        match self {
            Self::SeedObject => Class::Stall(reason(Reason::SeedObject)),
            Self::Reserved { .. } | Self::InvalidSpec { .. } | Self::Refused(_) | Self::Output(_) => {
                Class::Stall(reason(Reason::InvalidSpec))
            }
            Self::Connect(error) => error.class(),
            Self::OtherRealm { .. } => Class::Wait(reason(Reason::RealmNotAvailable)),
            Self::RealmMissing { .. } => Class::Wait(reason(Reason::RealmMissing)),
            Self::FlowMissing(_) => Class::Wait(reason(Reason::WaitingForReference)),
            Self::Claimed { refusal, .. } => class_of_claim(refusal),
            Self::Sync { class, .. } | Self::Step { class, .. } => *class,
            Self::NotSaid { .. } => Class::Retry(reason(Reason::NotKeycloak)),
            Self::SecretHidden { .. } => Class::Stall(reason(Reason::RightMissing)),
            // Somebody may change the client in Keycloak, which nothing tells us of.
            Self::HasNoSecret { .. } => Class::Wait(reason(Reason::InvalidSpec)),
            Self::NoRoom { .. } => Class::Wait(reason(Reason::QuotaExceeded)),
            Self::NamespaceTerminating { .. } => Class::Wait(reason(Reason::Deleting)),
            Self::NamespaceMissing { .. } => Class::Retry(reason(Reason::KubernetesError)),
        }
    }
}

#[cfg(test)]
mod tests;
