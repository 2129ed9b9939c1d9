//! Client scopes that cannot be asked for.

use std::collections::BTreeSet;

use keycloak_crds::client::Protocol;
use keycloak_crds::realm::{ClientScope, KeycloakRealmSpec};

/// Why a client scope cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScopeRefusal {
    /// A name that could not stand in the parameter `scope` (RFC 6749, section 3.3).
    #[error(
        "spec.clientScopes[{0:?}].name: applications ask for scopes by name, with spaces between them; use ASCII without spaces, double quotes and backslashes, for example cost-center"
    )]
    Name(String),
    /// Two entries of one name.
    #[error("spec.clientScopes: the client scope {0} is declared twice; keep one entry")]
    Twice(String),
    /// A mapper that its scope would never use.
    #[error(
        "spec.clientScopes[{scope}].protocolMappers[{mapper}].protocol: a mapper for {its} does nothing in a client scope for {of_scope}; leave the protocol out, or move the mapper to a scope of its protocol"
    )]
    OtherProtocol {
        /// The scope.
        scope: String,
        /// The mapper.
        mapper: String,
        /// The mapper's protocol.
        its: &'static str,
        /// The scope's.
        of_scope: &'static str,
    },
    /// A scope in both lists of the realm.
    #[error(
        "spec.optionalClientScopes: {0} stands in spec.defaultClientScopes too, and Keycloak keeps a scope in one of the two lists; take it out of one"
    )]
    DefaultAndOptional(String),
}

/// Everything about the client scopes of a spec that cannot be asked for.
pub(super) fn refused_in(spec: &KeycloakRealmSpec) -> Vec<ScopeRefusal> {
    let mut refused = Vec::new();
    let mut seen = BTreeSet::new();
    for scope in spec.client_scopes.iter().flatten() {
        if !seen.insert(scope.name.as_str()) {
            refused.push(ScopeRefusal::Twice(scope.name.clone()));
        }
        refused.extend(refused_of(scope));
    }
    refused.extend(in_both(spec.default_client_scopes.as_deref(), spec.optional_client_scopes.as_deref()));
    refused
}

/// Scopes that stand in both lists.
pub(crate) fn in_both(defaults: Option<&[String]>, optional: Option<&[String]>) -> Vec<ScopeRefusal> {
    let defaults: BTreeSet<&String> = defaults.into_iter().flatten().collect();
    let optional: BTreeSet<&String> = optional.into_iter().flatten().collect();
    let both = defaults.intersection(&optional);
    both.map(|name| ScopeRefusal::DefaultAndOptional((*name).clone())).collect()
}

fn refused_of(scope: &ClientScope) -> Vec<ScopeRefusal> {
    let mut refused = Vec::new();
    let may_stand = |letter: char| letter.is_ascii_graphic() && !matches!(letter, '"' | '\\');
    if scope.name.is_empty() || !scope.name.chars().all(may_stand) {
        refused.push(ScopeRefusal::Name(scope.name.clone()));
    }
    let of_scope = scope.protocol.unwrap_or(Protocol::OpenidConnect).as_str();
    for mapper in scope.protocol_mappers.iter().flatten() {
        let its = mapper.protocol.map_or(of_scope, Protocol::as_str);
        if its != of_scope {
            let (scope, mapper) = (scope.name.clone(), mapper.name.clone());
            refused.push(ScopeRefusal::OtherProtocol { scope, mapper, its, of_scope });
        }
    }
    refused
}
