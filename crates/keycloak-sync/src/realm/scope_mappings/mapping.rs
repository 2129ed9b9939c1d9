//! One scope mapping: who passes a role on, and which role.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use keycloak_admin::types::{RealmRepresentation, ScopeMappingRepresentation};
use keycloak_crds::realm::{KeycloakRealmSpec, ScopeMapping};
use keycloak_plan::Identity;
use keycloak_plan::kinds::{CLIENT, CLIENT_SCOPE, REALM_ROLE};

use crate::client;
use crate::realm::client_role::ClientRole;

/// Whose tokens carry a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holder {
    /// Those of a client, by client id.
    Client(String),
    /// Those with a client scope, by name.
    Scope(String),
}

/// The role that they carry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Of the realm, by name.
    OfRealm(String),
    /// Of a client.
    OfClient(ClientRole),
}

/// One mapping.
///
/// Its text is a chain of identities: `client scope:department>role:employee`, `client:portal>client:orders>role:viewer`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mapping {
    pub(super) holder: Holder,
    pub(super) role: Role,
}

impl Holder {
    pub(super) fn identity(&self) -> Identity {
        match self {
            Self::Client(client) => client::identity(client),
            Self::Scope(scope) => Identity::new(&CLIENT_SCOPE, scope),
        }
    }

    /// The client id, if it is a client.
    pub(super) fn client(&self) -> Option<&str> {
        match self {
            Self::Client(client) => Some(client),
            Self::Scope(_) => None,
        }
    }
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holder = self.holder.identity();
        let chain = match &self.role {
            Role::OfRealm(role) => Identity::below(holder, &REALM_ROLE, role),
            Role::OfClient(ClientRole { client, role }) => {
                Identity::below(Identity::below(holder, &CLIENT, client), &REALM_ROLE, role)
            }
        };
        f.write_str(&chain.key())
    }
}

impl FromStr for Mapping {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let chain: Identity = text.parse().map_err(|_| ())?;
        let above = chain.parent().ok_or(())?;
        let role = chain.name().to_owned();
        let (holder, role) = match above.parent() {
            Some(holder) => (holder, Role::OfClient(ClientRole { client: above.name().to_owned(), role })),
            None => (above, Role::OfRealm(role)),
        };
        let name = holder.name().to_owned();
        let holder = match holder.kind() {
            kind if kind == CLIENT.name => Holder::Client(name),
            kind if kind == CLIENT_SCOPE.name => Holder::Scope(name),
            _ => return Err(()),
        };
        Ok(Self { holder, role })
    }
}

/// The mappings of a spec that say whose they are.
pub(super) fn declared(spec: &KeycloakRealmSpec) -> BTreeSet<Mapping> {
    let of_realm = spec.scope_mappings.iter().flatten().map(|entry| (None, entry));
    let of_clients = spec.client_scope_mappings.iter().flatten();
    let of_clients =
        of_clients.flat_map(|(client, entries)| entries.iter().map(move |entry| (Some(client), entry)));
    of_realm.chain(of_clients).flat_map(|(client, entry)| of_entry(client, entry)).collect()
}

fn of_entry(client: Option<&String>, entry: &ScopeMapping) -> Vec<Mapping> {
    let holder = match (&entry.client, &entry.client_scope) {
        (Some(client), None) => Holder::Client(client.clone()),
        (None, Some(scope)) => Holder::Scope(scope.clone()),
        (Some(_), Some(_)) | (None, None) => return Vec::new(),
    };
    mappings(&holder, client, entry.roles.as_deref().unwrap_or_default())
}

fn mappings(holder: &Holder, client: Option<&String>, roles: &[String]) -> Vec<Mapping> {
    let role = |role: &String| match client {
        None => Role::OfRealm(role.clone()),
        Some(client) => Role::OfClient(ClientRole { client: client.clone(), role: role.clone() }),
    };
    roles.iter().map(|name| Mapping { holder: holder.clone(), role: role(name) }).collect()
}

/// The mappings that an export shows: those of client scopes, and with clients those of clients.
pub(super) fn shown(export: &RealmRepresentation) -> BTreeSet<Mapping> {
    let of_realm = export.scope_mappings.iter().flatten().map(|entry| (None, entry));
    let of_clients = export.client_scope_mappings.iter().flatten();
    let of_clients = of_clients
        .flat_map(|(client, entries)| entries.iter().flatten().map(move |entry| (Some(client), entry)));
    of_realm.chain(of_clients).flat_map(|(client, entry)| of_shown(client, entry)).collect()
}

fn of_shown(client: Option<&String>, entry: &ScopeMappingRepresentation) -> Vec<Mapping> {
    let holder = match (&entry.client, &entry.client_scope) {
        (Some(client), _) => Holder::Client(client.clone()),
        (None, Some(scope)) => Holder::Scope(scope.clone()),
        (None, None) => return Vec::new(),
    };
    mappings(&holder, client, entry.roles.as_deref().unwrap_or_default())
}
