//! Which fields of a KeycloakQuota are acted on. Every other one is refused.

use crate::rule::NotBuiltYet;

/// Fields that a controller acts on.
pub const ACTED_ON: &[&str] = &[];

const NO_LIMIT: &str = "Delete the quota; nothing is limited.";

/// Fields that are refused until the thing they are about exists.
pub const NOT_BUILT_YET: &[NotBuiltYet] = &[
    NotBuiltYet::new("spec.maxClientsPerRealm", "quotas", NO_LIMIT),
    NotBuiltYet::new("spec.maxRealms", "quotas", NO_LIMIT),
];
