//! Required actions that cannot be asked for, or that a server cannot be told to have.

use std::collections::BTreeSet;

use keycloak_crds::realm::KeycloakRealmSpec;

/// Why a required action cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActionRefusal {
    /// An alias that cannot stand in an address.
    #[error(
        "spec.requiredActions[{0:?}].alias: Keycloak could never read an action of this name; write the name of its provider, for \
         example CONFIGURE_TOTP"
    )]
    Alias(String),
    /// Two entries of one alias.
    #[error("spec.requiredActions: the action {0} is declared twice; keep one entry")]
    Twice(String),
}

/// Why a server cannot be told to have a required action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MissingRequiredAction {
    /// It has no provider of that name.
    #[error(
        "spec.requiredActions[{alias}]: this Keycloak has no provider of this name; write one of {}",
        known.join(", ")
    )]
    NoProvider {
        /// What is asked for.
        alias: String,
        /// Aliases and providers that the server has.
        known: Vec<String>,
    },
    /// A new action of another name than its provider's.
    #[error(
        "spec.requiredActions[{alias}].providerId: Keycloak gives a new action the name of its provider; write alias: {provider}"
    )]
    OtherAlias {
        /// What is asked for.
        alias: String,
        /// The provider.
        provider: String,
    },
}

/// Everything about the required actions of a spec that cannot be asked for.
pub(super) fn refused_in(spec: &KeycloakRealmSpec) -> Vec<ActionRefusal> {
    let mut refused = Vec::new();
    let mut seen = BTreeSet::new();
    for action in spec.required_actions.iter().flatten() {
        let alias = action.alias.as_str();
        if matches!(alias, "" | "." | "..") || alias.chars().any(char::is_control) {
            refused.push(ActionRefusal::Alias(alias.to_owned()));
        }
        if !seen.insert(alias) {
            refused.push(ActionRefusal::Twice(alias.to_owned()));
        }
    }
    refused
}
