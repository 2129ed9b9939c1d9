//! What of the spec can be told without looking at anything else.

use std::collections::BTreeSet;

use authorization_token::{TargetPolicy, TokenId};
use keycloak_connect::{Mode, login::MASTER, tokens::NamedTokens};
use keycloak_crds::KeycloakRealm;
use keycloak_sync::realm;
use kube::ResourceExt as _;

use crate::error::RealmError;

/// The mode that the spec asks for.
pub fn mode(object: &KeycloakRealm) -> Mode {
    Mode::of(object.spec.management, object.spec.suspend)
}

/// What was checked.
#[derive(Clone, Debug)]
pub struct Valid {
    /// Whether anything may be written.
    pub mode: Mode,
    /// `spec.authorization.revoked`.
    pub revoked: BTreeSet<TokenId>,
}

/// Checks the spec.
///
/// # Errors
/// `Master`, `Policy`, or every field that cannot be asked for.
pub fn validate(object: &KeycloakRealm) -> Result<Valid, RealmError> {
    if object.spec.realm_name == MASTER {
        return Err(RealmError::Master);
    }
    // What it asks for is made once its Secrets are read; whether it can be asked for does not depend on them.
    realm::desired(&object.spec, &realm::Secrets::default(), None)?;
    named_tokens(object)?;
    Ok(Valid { mode: mode(object), revoked: revoked(object)? })
}

/// `spec.authorization.tokens`.
pub(crate) fn named_tokens(object: &KeycloakRealm) -> Result<NamedTokens, RealmError> {
    NamedTokens::read(object.spec.authorization.as_ref(), &object.name_any())
        .map_err(|source| RealmError::Policy { source })
}

fn revoked(object: &KeycloakRealm) -> Result<BTreeSet<TokenId>, RealmError> {
    // Plain structs cannot fail to be written; if one did, the policy would be the default.
    let authorization = serde_json::to_value(&object.spec.authorization).unwrap_or_default();
    let policy = TargetPolicy::read(&authorization);
    policy.map(|policy| policy.revoked).map_err(|source| RealmError::Policy { source })
}

#[cfg(test)]
mod tests;
