//! What can go wrong between a custom resource and a session in Keycloak: one sentence and one class each.

use authorization_token::decision::{Decision, Outcome, Reason as DecisionReason};
use authorization_token::{DuplicateId, NameError};
use controller_runtime::{Class, Classify, Reason as RuntimeReason, calls};
use keycloak_admin::{AdminError, AnswerKind, BadServer, LoginError, TransportFault, logins::LoginsError};
use keycloak_crds::condition::Reason;

/// The word of the API's list as the runtime takes it.
pub const fn reason(word: Reason) -> RuntimeReason {
    RuntimeReason::new(word.as_str())
}

const fn retry(word: Reason) -> Class {
    Class::Retry(reason(word))
}

const fn wait(word: Reason) -> Class {
    Class::Wait(reason(word))
}

const fn stall(word: Reason) -> Class {
    Class::Stall(reason(word))
}

/// Everything that this crate refuses, waits for or fails at.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// A call to the API server failed.
    #[error("{doing}: {}", calls::sentence(source))]
    Kube {
        /// What was tried: `reading Secret acme/mail`.
        doing: String,
        /// The call's own error.
        source: kube::Error,
    },
    /// An object without the metadata that every stored object has.
    #[error("the {kind} has no {field}: it was not read from an API server")]
    Unidentified {
        /// Its kind.
        kind: &'static str,
        /// What is missing.
        field: &'static str,
    },
    /// A namespace or name that Kubernetes would not accept either.
    #[error(transparent)]
    Name(#[from] NameError),

    /// No such Keycloak.
    #[error(
        "Keycloak {namespace}/{name}, named in spec.operatorRef, does not exist; create it, or delete this object and name another"
    )]
    InstanceMissing {
        /// Namespace named.
        namespace: String,
        /// Name named.
        name: String,
    },
    /// The Keycloak has not answered yet.
    #[error("Keycloak {namespace}/{name} is not ready: {lacks}; see its status")]
    InstanceNotReady {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// What is missing: `its server has not answered yet`.
        lacks: &'static str,
    },
    /// The Keycloak is being deleted.
    #[error("Keycloak {namespace}/{name} is being deleted; nothing is written to its server any more")]
    InstanceDeleting {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// No such KeycloakRealm.
    #[error(
        "KeycloakRealm {namespace}/{name}, named in spec.realmRef, does not exist; create it, or delete this object and name another"
    )]
    RealmObjectMissing {
        /// Namespace named.
        namespace: String,
        /// Name named.
        name: String,
    },
    /// The realm cannot be used yet.
    #[error("KeycloakRealm {namespace}/{name} is not available yet{}; see its status", because.as_ref().map_or_else(String::new, |word| format!(" ({word})")))]
    RealmNotAvailable {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// `status.available.reason`, where it is a word of the list.
        because: Option<Reason>,
    },

    /// A Secret that is named does not exist.
    #[error("Secret {namespace}/{name}, named in {field}, does not exist; create it with key {key:?}")]
    SecretMissing {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// The key that is needed.
        key: String,
        /// The field that names it.
        field: String,
    },
    /// A Secret that is named has no such key.
    #[error("Secret {namespace}/{name} has no key {key:?}{}", has(present.as_deref(), field))]
    SecretKeyMissing {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// The key that is needed.
        key: String,
        /// The field that names it.
        field: String,
        /// The keys that it has; only where it carries our labels or consents to be read.
        present: Option<Box<[String]>>,
    },
    /// The value of a key cannot be used.
    #[error("Secret {namespace}/{name}: the value of key {key:?}, named in {field}, {why}")]
    SecretValueUnusable {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// The key.
        key: String,
        /// The field that names it.
        field: String,
        /// Why: `is empty; write the password into it`.
        why: &'static str,
    },
    /// A Secret that is named has a type that is not read.
    #[error(
        "Secret {namespace}/{name}, named in {field}, has type {found}; only Opaque, kubernetes.io/basic-auth, kubernetes.io/tls and servicebinding.io/* are read: copy the value into such a Secret"
    )]
    SecretTypeRefused {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// The field that names it.
        field: String,
        /// Its type.
        found: String,
    },
    /// A Secret that is named does not consent.
    #[error(
        "Secret {namespace}/{name}, named in {field}, does not consent to be read by {reader}; let somebody who owns it annotate it keycloak.mdvr.nl/readable-by: {reader}"
    )]
    SecretNotConsented {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// The field that names it.
        field: String,
        /// Who wants to read: `KeycloakRealm/acme`.
        reader: String,
    },
    /// The admission policies that check consent are not installed.
    #[error(
        "{policy} is not installed, so nobody checked whether the author of this object may read the Secrets it names; install deploy/policies, or run the controllers with secret consent by label"
    )]
    ConsentPolicyMissing {
        /// Kind and name of the policy or binding.
        policy: String,
    },
    /// A Secret that would be written is somebody else's.
    #[error(
        "Secret {namespace}/{name} exists and {whose}, so it is not overwritten; remove it, or have another name written for {owner}"
    )]
    SecretNotOwned {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// `does not belong to Cloakroom` or `belongs to another object`.
        whose: &'static str,
        /// For whom it would be written: `KeycloakClient acme/portal`.
        owner: String,
    },
    /// A Secret of ours has another type than it should have, and types cannot be changed.
    #[error(
        "Secret {namespace}/{name} has type {found} and cannot be changed to {wanted}; delete it, and it is made anew with the same values"
    )]
    SecretTypeFixed {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// Its type.
        found: String,
        /// The type that is wanted.
        wanted: String,
    },
    /// Somebody else wrote a Secret at the same moment.
    #[error(
        "Secret {namespace}/{name} was changed by somebody else at the same moment; it is looked at again"
    )]
    SecretChanged {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// A record of what was applied that is too large for every place.
    #[error(
        "what was applied needs {bytes} bytes of memory, and at most {most} fit into a ConfigMap, so nothing is written; declare fewer or shorter names"
    )]
    RecordTooLarge {
        /// What it needs.
        bytes: usize,
        /// What there is.
        most: usize,
    },
    /// The `ConfigMap` that would hold the record is somebody else's.
    #[error(
        "the record of what was applied to {owner} is too large for its status and belongs into ConfigMap {namespace}/{name}, which exists and {whose}, so nothing is written; remove that ConfigMap"
    )]
    RecordMapNotOwned {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// `does not carry our labels` or `belongs to another object`.
        whose: &'static str,
        /// Whose record it is: `KeycloakRealm acme/acme`.
        owner: String,
    },
    /// Somebody else wrote the `ConfigMap` with the record at the same moment.
    #[error(
        "ConfigMap {namespace}/{name}, which holds the record of what was applied, was changed by somebody else at the same moment; it is looked at again"
    )]
    RecordMapChanged {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// The object's own namespace takes no new objects.
    #[error(
        "namespace {namespace} is being deleted and takes no ConfigMap for the record of what was applied, so nothing is written"
    )]
    NamespaceTerminating {
        /// The namespace.
        namespace: String,
    },
    /// A label or annotation that a user may not have written.
    #[error("{field} holds {key:?}, which {why}; remove it")]
    SecretMetadataRefused {
        /// The field: `spec.secretMetadata.labels`.
        field: &'static str,
        /// The key.
        key: String,
        /// Why not.
        why: &'static str,
    },

    /// A login of ours is not there.
    #[error("the login for {what} is not there: Secret {namespace}/{name} {lacks}; {made_by}")]
    LoginMissing {
        /// Which login.
        what: &'static str,
        /// Namespace of its Secret.
        namespace: String,
        /// Name of its Secret.
        name: String,
        /// `does not exist`, or `has no key ...`.
        lacks: String,
        /// Who makes it: `the instance controller makes it`.
        made_by: &'static str,
        /// The reason: whose state this is.
        reason: Reason,
    },
    /// A client login that is of another realm, or of an earlier one.
    #[error(
        "Secret {namespace}/{name} is the login of another realm: its {key} is {found:?}, expected {wanted:?}; delete the Secret, and the realm controller makes it anew"
    )]
    LoginOfOtherRealm {
        /// Namespace of the Secret.
        namespace: String,
        /// Name of the Secret.
        name: String,
        /// The key that differs.
        key: &'static str,
        /// What it holds.
        found: String,
        /// What the KeycloakRealm says.
        wanted: String,
    },
    /// The server refused this login, and it is not this object's turn to try again.
    #[error("{}{}", not_now(namespace, name, realm.as_deref()), if *given_up { "; mend it: it is tried again as soon as the Secret changes, and rarely until then" } else { "; it is tried again by itself" })]
    LoginNotNow {
        /// Namespace of the Secret.
        namespace: String,
        /// Name of the Secret.
        name: String,
        /// The realm in which it lacks a right; `None` where it is refused everywhere.
        realm: Option<String>,
        /// Whether the five minutes are over.
        given_up: bool,
    },

    /// Address or certificates of the server cannot be used.
    #[error("the server of Keycloak {namespace}/{name} cannot be called: {source}")]
    Server {
        /// Namespace of the instance.
        namespace: String,
        /// Its name.
        name: String,
        /// What is wrong.
        source: BadServer,
    },
    /// A call to Keycloak failed.
    #[error(transparent)]
    Admin(#[from] AdminError),
    /// A login of ours could not be made or mended.
    #[error(transparent)]
    Logins(#[from] LoginsError),

    /// The decision: wait, or refused.
    #[error("{}", .0.message)]
    Unauthorized(Box<Decision>),
    /// Fresh random bytes that were used before.
    #[error(transparent)]
    DuplicateToken(#[from] DuplicateId),
    /// A ledger that cannot be written into status.
    #[error("the authorization tokens cannot be written into status: {why}")]
    LedgerUnwritable {
        /// What is wrong.
        why: String,
    },

    /// The record key's Secret holds none.
    #[error(
        "Secret {namespace}/cloakroom-record-key does not hold the key of the records: {why}; restore it from a backup, or delete it: then each secret value is written to Keycloak once more, and records in ConfigMaps are lost"
    )]
    RecordKeyDamaged {
        /// Its namespace.
        namespace: String,
        /// What is wrong.
        why: &'static str,
    },
    /// `kube-system` cannot be read.
    #[error("the cluster's id cannot be found, because namespace kube-system cannot be read ({}); allow get on it, or give an id by --cluster-id", calls::sentence(.0))]
    ClusterIdUnknown(#[source] kube::Error),
    /// `--cluster-id` cannot be used.
    #[error(
        "--cluster-id {id:?} cannot be used; write 1 to 253 characters without blanks, for example the uid of namespace kube-system"
    )]
    ClusterIdInvalid {
        /// What was given.
        id: String,
    },
}

fn has(present: Option<&[String]>, field: &str) -> String {
    match present {
        Some([]) => format!("; it is empty. {field} names it"),
        Some(keys) => {
            let keys: Vec<String> = keys.iter().map(|key| format!("{key:?}")).collect();
            format!("; it has {}. {field} names it", keys.join(", "))
        }
        None => {
            format!(", which {field} names; write the value under that key, or name the key that holds it")
        }
    }
}

fn not_now(namespace: &str, name: &str, realm: Option<&str>) -> String {
    match realm {
        None => format!("the server refuses the login of Secret {namespace}/{name}"),
        Some(realm) => format!("the login of Secret {namespace}/{name} lacks a right on realm {realm}"),
    }
}

impl ConnectError {
    /// For `map_err` after a call to the API server.
    pub fn kube<D: Into<String>>(doing: impl FnOnce() -> D) -> impl FnOnce(kube::Error) -> Self {
        move |source| Self::Kube { doing: doing().into(), source }
    }

    /// A decision that does not allow; `None` if it does.
    pub fn of_decision(decision: &Decision) -> Option<Self> {
        match decision.outcome {
            Outcome::Allowed => None,
            Outcome::Wait | Outcome::Refused => Some(Self::Unauthorized(Box::new(decision.clone()))),
        }
    }
}

impl Classify for ConnectError {
    fn class(&self) -> Class {
        match self {
            Self::Kube { source, .. } | Self::ClusterIdUnknown(source) => calls::class_of(source),
            Self::Unidentified { .. } | Self::LedgerUnwritable { .. } => stall(Reason::InternalError),
            Self::Name(_)
            | Self::SecretMetadataRefused { .. }
            | Self::ClusterIdInvalid { .. }
            | Self::RecordTooLarge { .. } => stall(Reason::InvalidSpec),
            Self::InstanceMissing { .. } => wait(Reason::InstanceMissing),
            Self::InstanceNotReady { .. } => wait(Reason::InstanceNotReady),
            Self::InstanceDeleting { .. } => wait(Reason::InstanceDeleting),
            Self::RealmObjectMissing { .. } => wait(Reason::RealmObjectMissing),
            Self::RealmNotAvailable { .. } => wait(Reason::RealmNotAvailable),
            Self::SecretMissing { .. } => wait(Reason::SecretMissing),
            Self::SecretKeyMissing { .. } | Self::SecretValueUnusable { .. } => {
                wait(Reason::SecretKeyMissing)
            }
            // Nothing wakes us when a Secret changes, so what somebody mends there is looked for.
            Self::SecretTypeRefused { .. } | Self::SecretTypeFixed { .. } => wait(Reason::SecretTypeRefused),
            Self::SecretNotConsented { .. } => wait(Reason::SecretNotConsented),
            Self::ConsentPolicyMissing { .. } => wait(Reason::ConsentPolicyMissing),
            // What ends when somebody deletes another object is looked at again soon: their act is not seen here.
            Self::SecretNotOwned { .. } => wait(Reason::SecretNotOwned),
            Self::RecordMapNotOwned { .. } => wait(Reason::RecordNotOwned),
            Self::SecretChanged { .. } | Self::RecordMapChanged { .. } => retry(Reason::KubernetesError),
            Self::NamespaceTerminating { .. } => wait(Reason::Deleting),
            Self::LoginMissing { reason, .. } => wait(*reason),
            Self::LoginOfOtherRealm { .. } => wait(Reason::LoginRefused),
            Self::LoginNotNow { realm, given_up, .. } => {
                let word = if realm.is_some() { Reason::RightMissing } else { Reason::LoginRefused };
                if *given_up { stall(word) } else { retry(word) }
            }
            Self::Server { source, .. } => match source {
                BadServer::Url { .. } => stall(Reason::InvalidSpec),
                BadServer::CaBundle { .. } => wait(Reason::CertificateRefused),
                BadServer::Http { .. } => stall(Reason::InternalError),
            },
            Self::Admin(error) => admin_class(error),
            Self::Logins(error) => logins_class(error),
            Self::Unauthorized(decision) => decision_class(decision),
            Self::DuplicateToken(_) => retry(Reason::InternalError),
            Self::RecordKeyDamaged { .. } => wait(Reason::RecordKeyDamaged),
        }
    }
}

/// Class and reason of a failed call to Keycloak (design, section 4). A 401 or 403 is told apart in time by
/// [`crate::Connection::failed`].
pub fn admin_class(error: &AdminError) -> Class {
    match error {
        AdminError::Path { .. } => stall(Reason::InvalidSpec),
        AdminError::Request { .. } => stall(Reason::InternalError),
        AdminError::Login { source, .. } => login_class(source),
        AdminError::Answer { status, .. } => answer_class(AnswerKind::of(*status)),
        AdminError::NotUnderstood { .. } => retry(Reason::NotKeycloak),
        AdminError::NoId { .. } | AdminError::Saturated { .. } => retry(Reason::ServerError),
        AdminError::Transport { fault, .. } => fault_class(fault),
        AdminError::Timeout { .. } => retry(Reason::ServerUnreachable),
        AdminError::BreakerOpen { .. } => retry(Reason::CircuitOpen),
        AdminError::TooLarge { .. } => stall(Reason::ServerError),
    }
}

fn answer_class(kind: AnswerKind) -> Class {
    match kind {
        AnswerKind::Unauthorized => retry(Reason::LoginRefused),
        AnswerKind::Forbidden => retry(Reason::RightMissing),
        // Not as we saw it: it is observed again.
        AnswerKind::NotFound | AnswerKind::Conflict => retry(Reason::RefusedByServer),
        AnswerKind::TooManyRequests | AnswerKind::Server => retry(Reason::ServerError),
        AnswerKind::OtherSuccess => retry(Reason::NotKeycloak),
        AnswerKind::BadRequest | AnswerKind::Unprocessable | AnswerKind::OtherRefusal => {
            stall(Reason::RefusedByServer)
        }
        AnswerKind::Redirect | AnswerKind::Unknown => stall(Reason::NotKeycloak),
    }
}

fn login_class(error: &LoginError) -> Class {
    match error {
        LoginError::RealmMissing { .. } => wait(Reason::RealmMissing),
        LoginError::RealmDisabled { .. } => wait(Reason::RealmNotAvailable),
        LoginError::AddressWrong { .. } => stall(Reason::NotKeycloak),
        LoginError::Refused { .. } | LoginError::Answer { .. } => stall(Reason::LoginRefused),
        LoginError::Unavailable { .. } => retry(Reason::ServerError),
        LoginError::NoToken { .. } => retry(Reason::NotKeycloak),
        LoginError::Transport { fault, .. } => fault_class(fault),
        LoginError::Timeout { .. } => retry(Reason::ServerUnreachable),
    }
}

fn fault_class(fault: &TransportFault) -> Class {
    match fault {
        TransportFault::Connect(_) | TransportFault::Broken(_) => retry(Reason::ServerUnreachable),
        TransportFault::Certificate(_) => stall(Reason::CertificateRefused),
    }
}

fn logins_class(error: &LoginsError) -> Class {
    match error {
        LoginsError::Admin(error) => admin_class(error),
        LoginsError::Incomplete { .. } => stall(Reason::RefusedByServer),
        // Until somebody deletes it.
        LoginsError::NotALogin { .. } => wait(Reason::OwnedElsewhere),
        LoginsError::NoAccount { .. } => wait(Reason::InstanceNotReady),
        LoginsError::Master => stall(Reason::InvalidSpec),
    }
}

/// The reason of condition `Authorized`, and of `Ready` where authorization is what stands in the way.
pub fn decision_reason(decision: &Decision) -> Reason {
    match decision.reason {
        DecisionReason::SameNamespace
        | DecisionReason::TokenAccepted
        | DecisionReason::AllowedByRbac
        | DecisionReason::Granted
        | DecisionReason::DeletionNeedsNoAuthorization => Reason::AuthorizationGranted,
        DecisionReason::Denied => Reason::AuthorizationDenied,
        DecisionReason::TokenSecretMissing => Reason::SecretMissing,
        DecisionReason::TokenKeyMissing => Reason::SecretKeyMissing,
        DecisionReason::TokenSecretInOtherNamespace
        | DecisionReason::TokenMalformed
        | DecisionReason::TokenUnknown
        | DecisionReason::TokenMismatch
        | DecisionReason::TokenRevoked
        | DecisionReason::TokenExpired
        | DecisionReason::TokenSuperseded
        | DecisionReason::TokenOfOtherTarget
        | DecisionReason::TokenForOtherNamespace => Reason::TokenRefused,
        DecisionReason::NotAuthorized
        | DecisionReason::RbacUnknown
        | DecisionReason::NamespaceLabelsUnknown
        | DecisionReason::TargetPolicyInvalid => Reason::AuthorizationRefused,
        DecisionReason::NameNotAllowed
        | DecisionReason::CapabilityNotAllowed
        | DecisionReason::ObjectLimitReached => Reason::LimitExceeded,
    }
}

fn decision_class(decision: &Decision) -> Class {
    let word = decision_reason(decision);
    match decision.outcome {
        // An allowed decision is no error; if somebody makes one of it, it is tried again.
        Outcome::Allowed => retry(word),
        Outcome::Wait => wait(word),
        Outcome::Refused => stall(word),
    }
}

#[cfg(test)]
mod tests;
