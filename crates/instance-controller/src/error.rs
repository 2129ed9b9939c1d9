//! What can go wrong with an instance: one sentence and one class each.

use controller_runtime::{Class, Classify, Reason as RuntimeReason};
use keycloak_admin::{AdminError, logins::LoginsError};
use keycloak_connect::{ConnectError, reason};
use keycloak_crds::condition::Reason;

use crate::workload::{last_words::DatabaseTrouble, rollout::reason_of};

/// What an administrator's login is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Our login does not exist yet.
    MakeLogin,
    /// Our login is refused and gets a new secret.
    MendLogin,
    /// Our login has no rights on a realm that somebody else made.
    GrantRealms,
    /// Our login works, and is to get another secret.
    RotateLogin,
}

impl Need {
    /// What is needed, for the sentence.
    const fn task(self) -> &'static str {
        match self {
            Self::MakeLogin => "our login in the server is to be made",
            Self::MendLogin => "the server refuses our login, which is to get a new secret",
            Self::GrantRealms => "our login is to get rights on realms of spec.admin.grantRealms",
            Self::RotateLogin => "our login is to get another secret",
        }
    }
}

/// Everything that this controller refuses, waits for or fails at.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// An object of the seed.
    #[error(
        "the object carries the finalizer keycloak.mdvr.nl/cleanup of an earlier operator and none of ours; taking it over \
         is not built yet, so it is left untouched: keep that operator running, or create a Keycloak of another name"
    )]
    SeedObject,
    /// The seed's workload is there.
    #[error(
        "Deployment {namespace}/{name} of an earlier operator is there, and two different servers on one database would \
         destroy it, so nothing is started: end that operator, delete the Deployment (its data stays in the database), and \
         the server is started here"
    )]
    LegacyDeployment {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// An object that a server needs exists and is somebody else's.
    #[error(
        "{kind} {namespace}/{name} exists and does not belong to this Keycloak, so it is not touched; remove it, or create \
         a Keycloak of another name; it is looked at again until then"
    )]
    NotOurs {
        /// Its kind.
        kind: String,
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// An object that a server needs is still there from an earlier Keycloak of this name.
    #[error(
        "{kind} {namespace}/{name} belongs to an earlier Keycloak of this name, which is gone; Kubernetes' garbage collector \
         removes it, and then it is made anew; if it stays, see whether kube-controller-manager runs, or delete it"
    )]
    LeftBehind {
        /// Its kind.
        kind: String,
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// Something else keeps other values than were written.
    #[error(
        "other values stand there than were written, and they are not written again: {fields}; find out who sets them (an \
         admission webhook, or another manager in metadata.managedFields), or ask for what stands there"
    )]
    Overridden {
        /// The objects with their fields.
        fields: String,
    },
    /// Pods are on their way.
    #[error("the server is starting: {ready} of {wanted} pods are ready")]
    Starting {
        /// Pods that are ready.
        ready: i32,
        /// Pods that should be.
        wanted: i32,
    },
    /// A pod does not start.
    #[error("pod {pod} does not start: {why}")]
    PodsFailing {
        /// Its name.
        pod: String,
        /// What Kubernetes or the server say.
        why: String,
    },
    /// The server does not get into its database.
    #[error("{0}")]
    Database(Box<DatabaseTrouble>),
    /// Nothing is to run.
    #[error("spec.replicas is 0, so no server runs; write 1 or more to start it")]
    NoReplicas,
    /// The spec holds something impossible that no schema rule can tell.
    #[error("{field}: {why}")]
    InvalidSpec {
        /// Path of the field.
        field: String,
        /// What is wrong, and what to write.
        why: String,
    },
    /// The server is older than what is supported.
    #[error("the server is Keycloak {version}; 26.4 and later are supported: upgrade the server")]
    TooOld {
        /// Its version.
        version: String,
    },
    /// Nobody told the version.
    #[error(
        "the server does not tell its version to our login; write it into spec.version, for example spec.version: 26.7.3"
    )]
    VersionUnknown,
    /// What both sides of the work share: Secrets, sessions, tokens.
    #[error(transparent)]
    Connect(Box<ConnectError>),
    /// The server did not answer our login as it should.
    #[error("the server at {url} cannot be used: {source}")]
    Server {
        /// Its address.
        url: String,
        /// What happened.
        source: Box<AdminError>,
        /// What the pool of sessions makes of it.
        class: Class,
    },
    /// The server refuses the administrator.
    #[error(
        "the server refuses the administrator of Secret {namespace}/{name}: {source}; write the login of an \
         administrator of realm master into it, nothing is generated over it"
    )]
    AdminRefused {
        /// Namespace of the Secret.
        namespace: String,
        /// Its name.
        name: String,
        /// What happened.
        source: Box<AdminError>,
        /// What the pool of sessions makes of it.
        class: Class,
    },
    /// Something needs the administrator, who cannot be used.
    #[error("{}, and that needs an administrator: {source}", need.task())]
    NeedsAdmin {
        /// What for.
        need: Need,
        /// Why not.
        source: Box<InstanceError>,
    },
    /// The login could not be made, or rights could not be granted.
    #[error("our login {account} could not be made or mended: {source}")]
    Logins {
        /// Its client id.
        account: String,
        /// What happened.
        source: Box<LoginsError>,
    },
    /// The login was just written and is not accepted yet.
    #[error("our login {account} was just written, and the server does not accept it yet: {source}")]
    NotAcceptedYet {
        /// Its client id.
        account: String,
        /// What happened.
        source: Box<AdminError>,
    },
    /// The server took too long to answer in a teardown.
    #[error("the server at {url} did not answer within {seconds} s")]
    Silent {
        /// Its address.
        url: String,
        /// How long it had.
        seconds: u64,
    },
    /// Leadership ended before a write to Keycloak.
    #[error("nothing was written to the server: this process no longer leads")]
    NotLeading,
}

impl From<ConnectError> for InstanceError {
    fn from(error: ConnectError) -> Self {
        Self::Connect(Box::new(error))
    }
}

impl Classify for InstanceError {
    fn class(&self) -> Class {
        match self {
            Self::NoReplicas | Self::VersionUnknown => Class::Stall(reason(Reason::InstanceNotReady)),
            Self::LegacyDeployment { .. } => Class::Wait(reason(Reason::LegacyDeployment)),
            // Whoever removes it, nobody tells us: it may carry no label of ours.
            Self::NotOurs { .. } | Self::LeftBehind { .. } => Class::Wait(reason(Reason::OwnedElsewhere)),
            Self::Overridden { .. } => Class::Stall(reason(Reason::OverriddenByServer)),
            Self::Starting { .. } => Class::Wait(reason(Reason::Starting)),
            Self::PodsFailing { .. } => Class::Wait(reason(Reason::PodsFailing)),
            Self::Database(trouble) => Class::Wait(reason(reason_of(trouble.cause))),
            Self::SeedObject => Class::Stall(reason(Reason::SeedObject)),
            Self::InvalidSpec { .. } => Class::Stall(reason(Reason::InvalidSpec)),
            Self::TooOld { .. } => Class::Stall(reason(Reason::UnsupportedByServer)),
            Self::Connect(error) => error.class(),
            Self::Server { class, .. } | Self::AdminRefused { class, .. } => *class,
            Self::NeedsAdmin { need, source } => match need {
                Need::MakeLogin => source.class(),
                Need::MendLogin | Need::RotateLogin => {
                    because(source.class(), reason(Reason::RotationNeedsAdmin))
                }
                Need::GrantRealms => because(source.class(), reason(Reason::AdoptionNeedsAdmin)),
            },
            Self::Logins { source, .. } => ConnectError::Logins(LoginsError::clone(source)).class(),
            Self::NotAcceptedYet { .. } => Class::Retry(reason(Reason::LoginRefused)),
            Self::Silent { .. } => Class::Retry(reason(Reason::ServerUnreachable)),
            Self::NotLeading => Class::Retry(reason(Reason::KubernetesError)),
        }
    }
}

/// The same class for another reason.
const fn because(class: Class, reason: RuntimeReason) -> Class {
    match class {
        Class::Retry(_) => Class::Retry(reason),
        Class::Wait(_) => Class::Wait(reason),
        Class::Stall(_) => Class::Stall(reason),
    }
}

#[cfg(test)]
mod tests;
