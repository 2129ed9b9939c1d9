//! Conditions: their types and reasons, each with what it means.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Defines an enum of words together with the list of all of them and the sentence that documents each.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[doc = $text:literal])+ $word:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[doc = $text])+ $word,)+
        }

        impl $name {
            /// Every word, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$word),+];

            /// The word as it stands in status.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => stringify!($word),)+
                }
            }

            /// What the word means.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$word => concat!($($text),+).trim_ascii(),)+
                }
            }

            /// The word with this spelling, if there is one.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// Types of conditions. kstatus reads `Ready`, `Reconciling` and `Stalled`.
    ConditionType {
        /// True: Keycloak equals the spec of `observedGeneration`.
        Ready,
        /// True while a controller works, waits or tries again; else False.
        Reconciling,
        /// True when nothing will happen until somebody changes something; else False.
        Stalled,
        /// True: the instance answers, or the realm or client exists, is ours and can be logged in to.
        Available,
        /// True: on the way to the declared state. The seed's.
        Progressing,
        /// True: it was as declared, and now something is in the way. The seed's.
        Degraded,
        /// True: the server reaches its database.
        DatabaseReady,
        /// True: this object may use the instance or realm that it refers to.
        Authorized,
        /// True: there is something to change and it is not being done, because of Observe or a missing approval.
        Planned,
        /// True: an owned field was changed by something else.
        Drifted,
        /// True: the object is being deleted and something keeps it.
        DeletionBlocked,
        /// True: the Secret that an application reads holds what Keycloak holds.
        SecretReady,
        /// True: our logins on this instance or realm work.
        LoginReady,
        /// True: a value reads back differently than it was written, and is not written again.
        OverriddenByServer,
        /// True: an unknown or unsupported thing was left out and the rest was applied.
        PartiallyApplied,
        /// True: every named token is copied where it is to be delivered; absent where none is.
        TokensDelivered,
    }
}

words! {
    /// Reasons of conditions, of `status.reason` and of Events.
    Reason {
        /// Keycloak equals the spec.
        InSync,
        /// Work is under way.
        Reconciling,
        /// The controller has not looked at this object yet.
        NotObserved,
        /// `spec.suspend` is set; nothing is written.
        Suspended,
        /// `spec.management` is Observe; the plan stands in status and nothing is written.
        Observing,
        /// The object is being taken down.
        Deleting,
        /// The spec does not parse or holds values that are not possible.
        InvalidSpec,
        /// The object carries the seed's finalizer and no record of ours; it is left untouched.
        SeedObject,
        /// The seed's Deployment of this instance still runs; starting beside it could destroy the database.
        LegacyDeployment,
        /// The Keycloak object does not exist.
        InstanceMissing,
        /// The instance is not ready to be used.
        InstanceNotReady,
        /// The instance is being deleted; its realms and clients are let go.
        InstanceDeleting,
        /// The instance answers.
        InstanceAvailable,
        /// The realm does not exist in Keycloak.
        RealmMissing,
        /// The KeycloakRealm object does not exist.
        RealmObjectMissing,
        /// The realm is not available.
        RealmNotAvailable,
        /// The realm exists, is ours and can be logged in to.
        RealmAvailable,
        /// The client exists and is ours.
        ClientAvailable,
        /// Something refers to a client that does not exist yet; the rest is applied.
        WaitingForClient,
        /// Something refers to a role, group or scope that does not exist yet; the rest is applied.
        WaitingForReference,
        /// A Secret that is named does not exist.
        SecretMissing,
        /// A Secret that is named has no such key.
        SecretKeyMissing,
        /// A Secret that is named has a type that is not allowed.
        SecretTypeRefused,
        /// A Secret that would be written exists and is not ours.
        SecretNotOwned,
        /// The key by which values of Secrets are remembered is damaged.
        RecordKeyDamaged,
        /// The ConfigMap that would hold the record of what was applied exists and is not ours.
        RecordNotOwned,
        /// A Secret that is named did not consent to be read.
        SecretNotConsented,
        /// The admission policies that check the right to name a Secret are not installed.
        ConsentPolicyMissing,
        /// The namespace is allowed to use what it refers to.
        AuthorizationGranted,
        /// The namespace is not allowed to use what it refers to.
        AuthorizationRefused,
        /// The owner of the target denies this namespace.
        AuthorizationDenied,
        /// What is asked for is beyond the limits of the target.
        LimitExceeded,
        /// The token is not valid: malformed, foreign, expired, revoked, or of another scope.
        TokenRefused,
        /// No slot is free in the quota of the namespace.
        QuotaExceeded,
        /// Another object owns what this one asks for.
        OwnedElsewhere,
        /// It exists and nobody said that it may be taken over.
        AdoptionRequired,
        /// Taking it over is not allowed by its owner.
        AdoptionRefused,
        /// The realm was made by someone else; rights on it need the admin Secret once.
        AdoptionNeedsAdmin,
        /// Making our login anew needs the admin Secret.
        RotationNeedsAdmin,
        /// Steps that would lose something wait for an approval.
        ApprovalRequired,
        /// An approval was accepted and its steps run.
        ApprovalAccepted,
        /// The approval is not for the steps that wait now.
        ApprovalMismatch,
        /// An owned field was changed by something else.
        DriftDetected,
        /// A changed field was set back.
        DriftRepaired,
        /// The server keeps another value than the one that was written.
        OverriddenByServer,
        /// The mark on the object was missing or changed, and was written again.
        MarkRestored,
        /// The server is too old or lacks the feature.
        UnsupportedByServer,
        /// The server does not answer.
        ServerUnreachable,
        /// The server answers with an error of its own.
        ServerError,
        /// The server answers, but not as a Keycloak.
        NotKeycloak,
        /// The server's certificate is not trusted.
        CertificateRefused,
        /// The server refuses what was written.
        RefusedByServer,
        /// The server refuses our login.
        LoginRefused,
        /// Our login lacks a right it should have.
        RightMissing,
        /// The circuit breaker of this server is open.
        CircuitOpen,
        /// The server does not reach its database.
        DatabaseUnavailable,
        /// The database refuses the user or the password.
        DatabaseRefused,
        /// The server reaches its database.
        DatabaseConnected,
        /// The pods are starting.
        Starting,
        /// The pods do not start.
        PodsFailing,
        /// A secret was made anew.
        SecretRotated,
        /// A secret is being made anew.
        RotationInProgress,
        /// The object is in the way of deletion: something else still needs it.
        InUse,
        /// Teardown without proof that it is ours: nothing was deleted.
        NotProven,
        /// The finalizer was dropped and Keycloak left alone, as the annotation asks.
        Abandoned,
        /// Left in Keycloak, as deletionPolicy asks; or a Secret that was let go, as manageSecret asks.
        Retained,
        /// Kubernetes answered with an error.
        KubernetesError,
        /// The API server does not answer, or says that it cannot now.
        KubernetesUnavailable,
        /// The API server does not let the controller do that.
        KubernetesForbidden,
        /// The API server says that what the controller sent is wrong.
        KubernetesRefused,
        /// The answer of the API server cannot be read.
        KubernetesUnreadable,
        /// Something else wrote at the same moment; it is looked at again.
        WriteConflict,
        /// The object does not parse: its definition in the cluster is another one than the controller knows.
        InvalidObject,
        /// A pass took longer than it may; it goes on from where it is.
        PassTimedOut,
        /// The controller failed in a way it should not; its log says more.
        InternalError,
    }
}

/// One condition. Every field beside type and status may be missing in objects of the seed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    /// What the condition is about. Example: `Ready`.
    #[serde(rename = "type")]
    #[schemars(length(min = 1, max = 316))]
    pub type_: String,
    /// True, False or Unknown. Example: `True`.
    pub status: ConditionStatus,
    /// Why, in one word. Example: `InSync`.
    #[schemars(length(max = 1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What is wrong, in which object, and what to do. Example: `in sync`.
    #[schemars(length(max = 32768))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Since when the status is what it is. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_transition_time: Option<Time>,
    /// The generation of the object that the condition is about. Example: `3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
}

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum ConditionStatus {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// Nobody knows.
    #[default]
    Unknown,
}

impl ConditionStatus {
    /// True or False.
    pub const fn from_bool(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

/// The condition of a type in a list, for reading one's own list: conditions of others are for people.
pub fn find(conditions: &[Condition], wanted: ConditionType) -> Option<&Condition> {
    conditions.iter().find(|condition| condition.type_ == wanted.as_str())
}
