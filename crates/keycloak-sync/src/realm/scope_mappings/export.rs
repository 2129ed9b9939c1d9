//! The scope mappings of a live realm as a spec.

use std::collections::BTreeMap;

use keycloak_admin::types::RealmRepresentation;
use keycloak_crds::realm::{KeycloakRealmSpec, ScopeMapping};

use super::mapping::{Holder, Mapping, Role, shown};
use crate::realm::client_role::ClientRole;

/// The client scope and the realm role of one name that Keycloak maps in each realm.
const OFFLINE: &str = "offline_access";

/// Holder, client and role of what Keycloak maps to clients that it makes itself. The consoles had the last two in realms of earlier
/// versions, before they had full scope.
const OF_CLIENTS: [(&str, &str, &str); 4] = [
    ("account-console", "account", "manage-account"),
    ("account-console", "account", "view-groups"),
    ("admin-cli", "realm-management", "realm-admin"),
    ("security-admin-console", "realm-management", "realm-admin"),
];

/// Whether Keycloak makes the mapping with a realm.
fn is_built_in(mapping: &Mapping) -> bool {
    match (&mapping.holder, &mapping.role) {
        (Holder::Scope(scope), Role::OfRealm(role)) => scope == OFFLINE && role == OFFLINE,
        (Holder::Client(holder), Role::OfClient(ClientRole { client, role })) => {
            OF_CLIENTS.contains(&(holder.as_str(), client.as_str(), role.as_str()))
        }
        (Holder::Client(_), Role::OfRealm(_)) | (Holder::Scope(_), Role::OfClient(_)) => false,
    }
}

/// Puts the scope mappings that were read into the spec, Keycloak's own apart. Answers the fields that are said with that.
pub(crate) fn export(live: &RealmRepresentation, spec: &mut KeycloakRealmSpec) -> &'static [&'static str] {
    let mut by_client: BTreeMap<Option<String>, BTreeMap<Holder, Vec<String>>> = BTreeMap::new();
    for Mapping { holder, role } in shown(live).into_iter().filter(|mapping| !is_built_in(mapping)) {
        let (client, role) = match role {
            Role::OfRealm(role) => (None, role),
            Role::OfClient(of_client) => (Some(of_client.client), of_client.role),
        };
        by_client.entry(client).or_default().entry(holder).or_default().push(role);
    }
    spec.scope_mappings = by_client.remove(&None).map(entries);
    let of_clients: BTreeMap<String, Vec<ScopeMapping>> =
        by_client.into_iter().filter_map(|(client, held)| Some((client?, entries(held)))).collect();
    spec.client_scope_mappings = (!of_clients.is_empty()).then_some(of_clients);
    &["spec.scopeMappings", "spec.clientScopeMappings"]
}

fn entries(held: BTreeMap<Holder, Vec<String>>) -> Vec<ScopeMapping> {
    let entry = |(holder, roles)| {
        let (client, client_scope) = match holder {
            Holder::Client(client) => (Some(client), None),
            Holder::Scope(scope) => (None, Some(scope)),
        };
        ScopeMapping { client, client_scope, roles: Some(roles) }
    };
    held.into_iter().map(entry).collect()
}

/// Adds what an export needs to settings that were read.
pub(crate) fn take(live: &mut RealmRepresentation, whole: &mut RealmRepresentation) {
    live.scope_mappings = whole.scope_mappings.take();
    live.client_scope_mappings = whole.client_scope_mappings.take();
}
