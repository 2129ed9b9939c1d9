//! Which fields of a KeycloakQuota are acted on: all of them.

use crate::rule::NotBuiltYet;

/// Fields that a controller acts on.
pub const ACTED_ON: &[&str] = &["spec.maxClientsPerRealm", "spec.maxRealms"];

/// Fields that are refused until the thing they are about exists.
pub const NOT_BUILT_YET: &[NotBuiltYet] = &[];
