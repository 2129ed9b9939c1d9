//! What the API server refuses in a KeycloakQuota object, and what the user reads.

use crate::rule::Rule;

/// About the spec as a whole.
pub const SPEC: &[Rule] = &[Rule::new(
    "has(self.maxRealms) || has(self.maxClientsPerRealm)",
    "a quota without numbers limits nothing; write maxRealms, maxClientsPerRealm or both, for example maxRealms: 5",
)];
