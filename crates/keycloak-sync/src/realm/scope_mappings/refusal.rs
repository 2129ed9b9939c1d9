//! Scope mappings that cannot be asked for.

use keycloak_crds::realm::{KeycloakRealmSpec, ScopeMapping};

/// Why a scope mapping cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingRefusal {
    /// Nobody, or two, whose tokens are to carry roles.
    #[error("{at}: name whose tokens are to carry the roles by exactly one of client and clientScope")]
    Holder {
        /// The entry.
        at: String,
    },
    /// A name that no role, client or client scope has.
    #[error("{at}: {name:?} is no name; write that of a role, a client or a client scope")]
    Name {
        /// Where.
        at: String,
        /// The name.
        name: String,
    },
}

/// Everything about the scope mappings of a spec that cannot be asked for.
pub(super) fn refused_in(spec: &KeycloakRealmSpec) -> Vec<MappingRefusal> {
    let mut refused = Vec::new();
    for (index, entry) in spec.scope_mappings.iter().flatten().enumerate() {
        refused.extend(refused_of(format!("spec.scopeMappings[{index}]"), entry));
    }
    for (client, entries) in spec.client_scope_mappings.iter().flatten() {
        if !is_name(client) {
            let (at, name) = ("spec.clientScopeMappings".to_owned(), client.clone());
            refused.push(MappingRefusal::Name { at, name });
        }
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("spec.clientScopeMappings[{client}][{index}]");
            refused.extend(refused_of(at, entry));
        }
    }
    refused
}

fn refused_of(at: String, entry: &ScopeMapping) -> Vec<MappingRefusal> {
    let names = [&entry.client, &entry.client_scope].into_iter().flatten();
    let names = names.chain(entry.roles.iter().flatten()).filter(|name| !is_name(name));
    let mut refused: Vec<MappingRefusal> =
        names.map(|name| MappingRefusal::Name { at: at.clone(), name: name.clone() }).collect();
    if entry.client.is_some() == entry.client_scope.is_some() {
        refused.push(MappingRefusal::Holder { at });
    }
    refused
}

fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
}
