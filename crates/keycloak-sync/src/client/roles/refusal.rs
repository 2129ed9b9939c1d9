//! Roles of a client that cannot be asked for.

use std::collections::{BTreeMap, BTreeSet};

use keycloak_crds::client::KeycloakClientSpec;

use super::own_parts;
use crate::realm::cycle_of_roles;

/// Why a role of a client cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientRoleRefusal {
    /// A name that cannot stand in an address.
    #[error(
        "{field}: Keycloak could never read a role of the name {name:?} again; choose another name, for example viewer"
    )]
    Name {
        /// Where.
        field: &'static str,
        /// The name.
        name: String,
    },
    /// Roles of another client.
    #[error(
        "spec.roles[{role}].compositeClientRoles[{client}]: a role of a client holds roles of the same client only; let a role of the realm hold both, in spec.roles.realmRoles of the KeycloakRealm"
    )]
    OtherClient {
        /// The role.
        role: String,
        /// The other client.
        client: String,
    },
    /// Roles that hold themselves.
    #[error(
        "spec.roles: {} hold each other in a circle; take one of them out of compositeClientRoles",
        .0.join(" -> ")
    )]
    Cycle(Vec<String>),
}

/// Everything about the roles of a spec that cannot be asked for.
pub(in crate::client) fn refused_in(spec: &KeycloakClientSpec) -> Vec<ClientRoleRefusal> {
    let plain = spec.client_roles.iter().flatten().map(|name| ("spec.clientRoles", name));
    let roles = spec.roles.iter().flatten();
    let all: BTreeSet<(&'static str, &String)> =
        plain.chain(roles.clone().map(|role| ("spec.roles", &role.name))).collect();
    let unreadable = all.into_iter().filter(|(_, name)| matches!(name.as_str(), "." | ".."));
    let mut refused: Vec<ClientRoleRefusal> =
        unreadable.map(|(field, name)| ClientRoleRefusal::Name { field, name: name.clone() }).collect();
    let mut held: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for role in roles {
        let others = role.composite_client_roles.iter().flatten();
        let others = others.filter(|(client, held)| **client != spec.client_id && !held.is_empty());
        refused.extend(others.map(|(client, _)| ClientRoleRefusal::OtherClient {
            role: role.name.clone(),
            client: client.clone(),
        }));
        held.entry(role.name.clone()).or_default().extend(own_parts(spec, role));
    }
    refused.extend(cycle_of_roles(&held).map(ClientRoleRefusal::Cycle));
    refused
}
