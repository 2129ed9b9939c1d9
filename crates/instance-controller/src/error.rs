//! What can go wrong with an instance: one sentence and one class each.

use controller_runtime::{Class, Classify, Reason as RuntimeReason};
use keycloak_admin::{AdminError, logins::LoginsError};
use keycloak_connect::{ConnectError, reason};
use keycloak_crds::condition::Reason;

/// What an administrator's login is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Our login does not exist yet.
    MakeLogin,
    /// Our login is refused and gets a new secret.
    MendLogin,
    /// Our login has no rights on a realm that somebody else made.
    GrantRealms,
}

impl Need {
    /// What is needed, for the sentence.
    const fn task(self) -> &'static str {
        match self {
            Self::MakeLogin => "our login in the server is to be made",
            Self::MendLogin => "the server refuses our login, which is to get a new secret",
            Self::GrantRealms => "our login is to get rights on realms of spec.admin.grantRealms",
        }
    }
}

/// Everything that this controller refuses, waits for or fails at.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// A server that we would run.
    #[error(
        "spec.external is not set: servers run by Cloakroom are not built yet in this controller, so nothing is done; \
         for a server that runs elsewhere write spec.external.url and spec.admin.existingSecret"
    )]
    NotBuiltYet,
    /// An object of the seed.
    #[error(
        "the object carries the finalizer keycloak.mdvr.nl/cleanup of an earlier operator and none of ours; taking it over \
         is not built yet, so it is left untouched: keep that operator running, or create a Keycloak of another name"
    )]
    SeedObject,
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
            Self::NotBuiltYet | Self::VersionUnknown => Class::Stall(reason(Reason::InstanceNotReady)),
            Self::SeedObject => Class::Stall(reason(Reason::SeedObject)),
            Self::InvalidSpec { .. } => Class::Stall(reason(Reason::InvalidSpec)),
            Self::TooOld { .. } => Class::Stall(reason(Reason::UnsupportedByServer)),
            Self::Connect(error) => error.class(),
            Self::Server { class, .. } | Self::AdminRefused { class, .. } => *class,
            Self::NeedsAdmin { need, source } => match need {
                Need::MakeLogin => source.class(),
                Need::MendLogin => because(source.class(), reason(Reason::RotationNeedsAdmin)),
                Need::GrantRealms => because(source.class(), reason(Reason::AdoptionNeedsAdmin)),
            },
            Self::Logins { source, .. } => ConnectError::Logins(LoginsError::clone(source)).class(),
            Self::NotAcceptedYet { .. } => Class::Retry(reason(Reason::LoginRefused)),
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
