//! The vocabulary of decisions.

use std::fmt;

use serde::Serialize;

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Outcome {
    /// Go on.
    Allowed,
    /// Something is absent or not known yet: look again, soon and on change.
    Wait,
    /// A person must act: look again on change, and rarely by time.
    Refused,
}

/// Which way in it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Rung {
    /// The object stands in the target's own namespace.
    SameNamespace,
    /// It presented a valid token.
    Token,
    /// Its namespace's service accounts may `use` the target.
    Rbac,
    /// The target grants its namespace.
    Grant,
}

/// Why a decision is as it is; the reason of condition `Authorized`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Reason {
    /// Allowed: same namespace.
    SameNamespace,
    /// Allowed: valid token.
    TokenAccepted,
    /// Allowed: verb `use`.
    AllowedByRbac,
    /// Allowed: grant.
    Granted,
    /// Allowed: deletion needs no authorization.
    DeletionNeedsNoAuthorization,
    /// Refused: the target's deny list.
    Denied,
    /// Refused: the named Secret is in another namespace.
    TokenSecretInOtherNamespace,
    /// Wait: the named Secret is not there.
    TokenSecretMissing,
    /// Wait: the named Secret has no such key.
    TokenKeyMissing,
    /// Refused: the value is no token.
    TokenMalformed,
    /// Refused: the target does not know the token.
    TokenUnknown,
    /// Refused: known id, other secret.
    TokenMismatch,
    /// Refused: revoked.
    TokenRevoked,
    /// Refused: expired.
    TokenExpired,
    /// Refused: replaced, and the overlap is over.
    TokenSuperseded,
    /// Refused: issued for another object.
    TokenOfOtherTarget,
    /// Refused: issued for other namespaces.
    TokenForOtherNamespace,
    /// Refused: no rung allows.
    NotAuthorized,
    /// Wait: no other rung allows, and RBAC has not answered.
    RbacUnknown,
    /// Wait: something is selected by label, and the labels are not known.
    NamespaceLabelsUnknown,
    /// Refused: the realm name or client id does not fit the limits.
    NameNotAllowed,
    /// Refused: asks for more than the limits allow.
    CapabilityNotAllowed,
    /// Wait: the namespace has as many objects as it may.
    ObjectLimitReached,
    /// Wait: the target's `spec.authorization` cannot be followed; its owner must act.
    TargetPolicyInvalid,
}

impl Reason {
    /// All reasons, in the order of declaration.
    pub const ALL: [Self; 24] = [
        Self::SameNamespace,
        Self::TokenAccepted,
        Self::AllowedByRbac,
        Self::Granted,
        Self::DeletionNeedsNoAuthorization,
        Self::Denied,
        Self::TokenSecretInOtherNamespace,
        Self::TokenSecretMissing,
        Self::TokenKeyMissing,
        Self::TokenMalformed,
        Self::TokenUnknown,
        Self::TokenMismatch,
        Self::TokenRevoked,
        Self::TokenExpired,
        Self::TokenSuperseded,
        Self::TokenOfOtherTarget,
        Self::TokenForOtherNamespace,
        Self::NotAuthorized,
        Self::RbacUnknown,
        Self::NamespaceLabelsUnknown,
        Self::NameNotAllowed,
        Self::CapabilityNotAllowed,
        Self::ObjectLimitReached,
        Self::TargetPolicyInvalid,
    ];

    /// What the reason means for what to do.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::SameNamespace
            | Self::TokenAccepted
            | Self::AllowedByRbac
            | Self::Granted
            | Self::DeletionNeedsNoAuthorization => Outcome::Allowed,
            Self::TokenSecretMissing
            | Self::TokenKeyMissing
            | Self::RbacUnknown
            | Self::NamespaceLabelsUnknown
            | Self::ObjectLimitReached
            | Self::TargetPolicyInvalid => Outcome::Wait,
            Self::Denied
            | Self::TokenSecretInOtherNamespace
            | Self::TokenMalformed
            | Self::TokenUnknown
            | Self::TokenMismatch
            | Self::TokenRevoked
            | Self::TokenExpired
            | Self::TokenSuperseded
            | Self::TokenOfOtherTarget
            | Self::TokenForOtherNamespace
            | Self::NotAuthorized
            | Self::NameNotAllowed
            | Self::CapabilityNotAllowed => Outcome::Refused,
        }
    }
}

impl fmt::Display for Reason {
    /// As in a condition: `TokenRevoked`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name of the variant is the reason; the derive keeps both the same.
        fmt::Debug::fmt(self, f)
    }
}
