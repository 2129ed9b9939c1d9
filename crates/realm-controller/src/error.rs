//! What can go wrong with a realm: one sentence and one class each.

use authorization_token::PolicyError;
use controller_runtime::{Class, Classify};
use keycloak_admin::{AdminError, logins::LoginsError};
use keycloak_connect::{ConnectError, Connection, admin_class, reason};
use keycloak_crds::condition::Reason;
use keycloak_plan::kinds::REALM;
use keycloak_plan::{ClaimRefusal, NotAVersion, PlanError};
use keycloak_sync::{RefusedFields, StepFailure, SyncError, Verb};

/// Where something that does not exist yet has to come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaits {
    /// From clients, whose objects tell of it.
    Clients,
    /// From a person, in part at least: Keycloak makes it with a realm and never again. Of the rest clients tell.
    Person,
    /// From anywhere: it is looked for.
    Anything,
}

/// Everything that this controller refuses, waits for or fails at.
#[derive(Debug, thiserror::Error)]
pub enum RealmError {
    /// The spec asks for what cannot be asked for.
    #[error(transparent)]
    Refused(#[from] RefusedFields),
    /// The realm of administrators.
    #[error(
        "spec.realmName: master is Keycloak's own realm: whoever manages it manages the server, so it cannot be declared; \
         write another name"
    )]
    Master,
    /// `spec.authorization` cannot be followed.
    #[error(transparent)]
    Policy {
        /// Where, and why.
        source: PolicyError,
    },
    /// What controllers share: references, Secrets, sessions, authorization, tokens.
    #[error(transparent)]
    Connect(Box<ConnectError>),
    /// The instance tells a version that is none.
    #[error(
        "Keycloak {instance} tells a version that cannot be used: {source}; write spec.version of that object"
    )]
    Version {
        /// `namespace/name` of the instance.
        instance: String,
        /// Why.
        source: NotAVersion,
    },
    /// The object's own namespace is not to be found.
    #[error("namespace {namespace} of this object cannot be found; it is looked for again")]
    NamespaceMissing {
        /// Its name.
        namespace: String,
    },
    /// Keycloak did not answer as it should, or no plan can be made.
    #[error("{source}")]
    Sync {
        /// What happened.
        source: Box<SyncError>,
        /// What the pool of sessions makes of it.
        class: Class,
    },
    /// A step of the plan failed.
    #[error("{failure}")]
    Step {
        /// What happened.
        failure: Box<StepFailure>,
        /// What the pool of sessions makes of it.
        class: Class,
    },
    /// The realm exists and is not ours.
    #[error("realm {realm:?} of Keycloak {instance}: {refusal}")]
    NotOurs {
        /// Its name.
        realm: String,
        /// `namespace/name` of the instance.
        instance: String,
        /// Why it is left alone.
        refusal: ClaimRefusal,
    },
    /// Our login in the realm could not be made.
    #[error("our login {account} in realm {realm:?} could not be made or mended: {source}")]
    Logins {
        /// Its client id.
        account: String,
        /// The realm.
        realm: String,
        /// What happened.
        source: Box<LoginsError>,
        /// What the pool of sessions makes of it.
        class: Class,
    },
    /// The login was just written and is not accepted yet.
    #[error("our login {account} in realm {realm:?} was just written, and the server does not accept it yet")]
    NotAcceptedYet {
        /// Its client id.
        account: String,
        /// The realm.
        realm: String,
    },
    /// Leadership ended before a write to Keycloak.
    #[error("nothing was written to the server: this process no longer leads")]
    NotLeading,
    /// The quota of the namespace has no room.
    #[error("{message}")]
    NoRoom {
        /// Which quota, how many it allows and there are, and who comes first.
        message: String,
    },
    /// Steps wait for an approval.
    #[error("{what}; to let that happen, annotate this object keycloak.mdvr.nl/approve={hash}{hint}")]
    ApprovalRequired {
        /// What would be lost.
        what: String,
        /// Value of the annotation.
        hash: String,
        /// What is wrong with the annotation that is there, or other ways out.
        hint: String,
    },
    /// An approval was accepted; its steps run in the next pass, when it stands in status.
    #[error("the approval {hash} is accepted; its steps run now")]
    ApprovalAccepted {
        /// The hash.
        hash: String,
    },
    /// `adminPermissionsEnabled` waits for our login, which could not be given its rights afterwards.
    #[error("adminPermissionsEnabled of spec.extra is turned on as soon as our login in the realm is made")]
    PermissionsLater,
    /// What Keycloak itself makes with the realm is changed once it did.
    #[error(
        "the realm was just made; what hangs on things that Keycloak makes with it is applied in the next pass"
    )]
    PartsLater,
    /// Something that the spec refers to does not exist. The rest is applied.
    #[error("everything is applied but what waits for something that does not exist: {what}")]
    Missing {
        /// What, one clause each.
        what: String,
        /// Where it has to come from.
        awaits: Awaits,
    },
    /// The server makes other values of what was written.
    #[error(
        "the server keeps other values than this object asks for, and they are not written again: {fields}; ask for what it \
         keeps, or leave the fields out"
    )]
    Overridden {
        /// The fields, each with what was asked and what reads back.
        fields: String,
    },
    /// Fields that cannot be written. The rest is applied.
    #[error("not everything that this object asks for can be applied, the rest is: {fields}")]
    NotApplicable {
        /// One sentence per field.
        fields: String,
        /// Whether a newer server has them.
        too_old: bool,
    },
}

impl From<ConnectError> for RealmError {
    fn from(error: ConnectError) -> Self {
        Self::Connect(Box::new(error))
    }
}

impl RealmError {
    /// A failure of what is done in Keycloak. A refusal of the login is remembered by its session.
    pub(crate) fn sync(source: SyncError, connection: &Connection) -> Self {
        let class = class_of(&source, Some(connection));
        Self::Sync { source: Box::new(source), class }
    }

    /// A plan that cannot be made.
    pub(crate) fn unplanned(source: SyncError) -> Self {
        let class = class_of(&source, None);
        Self::Sync { source: Box::new(source), class }
    }

    /// A failed step.
    pub(crate) fn step(failure: StepFailure, connection: &Connection) -> Self {
        let class = class_of(&failure.error, Some(connection));
        Self::Step { failure: Box::new(failure), class }
    }

    /// Whether it is about something in the realm, and not about the realm itself.
    pub(crate) fn is_about_a_part(&self) -> bool {
        let Self::Step { failure, .. } = self else { return false };
        // What the realm itself holds: default groups and scopes, scope mappings.
        let is_a_link = matches!(failure.verb, Verb::Link | Verb::Unlink);
        is_a_link || failure.object.kind() != REALM.name
    }

    /// Whether looking for what it waits for is of no use: the objects of clients tell of it, or somebody has to bring it back.
    pub(crate) fn looks_for_nothing(&self) -> bool {
        matches!(self, Self::Missing { awaits: Awaits::Clients | Awaits::Person, .. })
    }

    /// Whether it is about the place of what is remembered, and not about the realm itself.
    pub(crate) fn is_about_the_record(&self) -> bool {
        let Self::Connect(error) = self else { return false };
        matches!(
            **error,
            ConnectError::RecordTooLarge { .. }
                | ConnectError::RecordMapNotOwned { .. }
                | ConnectError::RecordMapChanged { .. }
        )
    }

    /// The instance is gone or going: its realms are let go.
    pub(crate) fn instance_is_gone(&self) -> bool {
        match self {
            Self::Connect(error) => {
                matches!(
                    **error,
                    ConnectError::InstanceMissing { .. } | ConnectError::InstanceDeleting { .. }
                )
            }
            Self::Refused(_)
            | Self::Master
            | Self::Policy { .. }
            | Self::Version { .. }
            | Self::NamespaceMissing { .. }
            | Self::Sync { .. }
            | Self::Step { .. }
            | Self::NotOurs { .. }
            | Self::Logins { .. }
            | Self::NotAcceptedYet { .. }
            | Self::NotLeading
            | Self::NoRoom { .. }
            | Self::ApprovalRequired { .. }
            | Self::ApprovalAccepted { .. }
            | Self::PermissionsLater
            | Self::PartsLater
            | Self::Missing { .. }
            | Self::Overridden { .. }
            | Self::NotApplicable { .. } => false,
        }
    }
}

fn class_of(error: &SyncError, connection: Option<&Connection>) -> Class {
    let class_of_call = |source: &AdminError| match connection {
        Some(connection) => connection.failed(source),
        None => admin_class(source),
    };
    match error {
        SyncError::Call { source, .. } => class_of_call(source),
        SyncError::NoRights { .. } | SyncError::Plan(PlanError::ReducedView(_)) => {
            Class::Wait(reason(Reason::AdoptionNeedsAdmin))
        }
        SyncError::Plan(PlanError::NotAnObject(_)) => Class::Retry(reason(Reason::NotKeycloak)),
        SyncError::Fenced { .. } => Class::Retry(reason(Reason::KubernetesError)),
        SyncError::Refused(_)
        | SyncError::WrongType { .. }
        | SyncError::NoMapperType { .. }
        | SyncError::NoRequiredAction { .. } => Class::Stall(reason(Reason::InvalidSpec)),
        SyncError::FeatureOff { .. } => Class::Stall(reason(Reason::UnsupportedByServer)),
        SyncError::NoTarget { .. } => Class::Wait(reason(Reason::WaitingForReference)),
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

impl Classify for RealmError {
    fn class(&self) -> Class {
        match self {
            Self::Refused(_) | Self::Master | Self::Policy { .. } => {
                Class::Stall(reason(Reason::InvalidSpec))
            }
            Self::Connect(error) => error.class(),
            Self::Version { .. } => Class::Wait(reason(Reason::InstanceNotReady)),
            Self::NamespaceMissing { .. } | Self::NotLeading => Class::Retry(reason(Reason::KubernetesError)),
            Self::Sync { class, .. } | Self::Step { class, .. } | Self::Logins { class, .. } => *class,
            Self::NotOurs { refusal, .. } => class_of_claim(refusal),
            Self::NotAcceptedYet { .. } => Class::Retry(reason(Reason::LoginRefused)),
            Self::NoRoom { .. } => Class::Wait(reason(Reason::QuotaExceeded)),
            Self::ApprovalRequired { .. } => Class::Stall(reason(Reason::ApprovalRequired)),
            Self::ApprovalAccepted { .. } => Class::Retry(reason(Reason::ApprovalAccepted)),
            Self::PermissionsLater | Self::PartsLater => Class::Retry(reason(Reason::Reconciling)),
            Self::Missing { awaits: Awaits::Clients, .. } => Class::Wait(reason(Reason::WaitingForClient)),
            Self::Missing { awaits: Awaits::Person | Awaits::Anything, .. } => {
                Class::Wait(reason(Reason::WaitingForReference))
            }
            Self::Overridden { .. } => Class::Stall(reason(Reason::OverriddenByServer)),
            Self::NotApplicable { too_old: true, .. } => Class::Stall(reason(Reason::UnsupportedByServer)),
            Self::NotApplicable { too_old: false, .. } => Class::Stall(reason(Reason::InvalidSpec)),
        }
    }
}

#[cfg(test)]
mod tests;
