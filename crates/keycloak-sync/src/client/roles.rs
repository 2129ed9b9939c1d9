//! The roles of a client.

mod holders;
mod refusal;

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::AdminApi;
use keycloak_admin::queries::{ClientRoleListQuery, RoleByIdCompositesQuery};
use keycloak_admin::types::RoleRepresentation;
use keycloak_crds::client::{ClientList, ClientRole, KeycloakClientSpec};
use keycloak_plan::kinds::{CLIENT_ROLE, CLIENT_ROLE_OF_CLIENT_ROLE};
use keycloak_plan::{
    Desired, DesiredLinks, Exclusive, Identity, Link, Live, LiveState, ObjectRecord, OwnedRecord,
};
use serde_json::{Map, Value};

use self::holders::{Holders, holders};
pub use self::refusal::ClientRoleRefusal;
pub(super) use self::refusal::refused_in;
use super::{identity, is_complete};
use crate::error::{SyncError, Verb};
use crate::fields::{Fields, list_map};
use crate::observed::json;
use crate::realm;

/// The roles of a client, as they were read.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    live: Vec<RoleRepresentation>,
    /// Who holds those that would be deleted, as far as it could be found out.
    held: BTreeMap<String, Holders>,
    /// Which roles of the same client each holds of which that has to be known.
    parts: BTreeMap<String, Vec<String>>,
}

impl Roles {
    /// Reads the roles of a client, by Keycloak's id of it: one call, one for each role that is to hold others, and some more for roles
    /// that would be deleted.
    ///
    /// # Errors
    /// Why a call failed.
    pub(super) async fn read(
        api: &AdminApi,
        realm: &str,
        uuid: &str,
        wanted: &WantedRoles,
        record: &OwnedRecord,
    ) -> Result<Self, SyncError> {
        let live = roles_of(api, realm, uuid, &wanted.client).await?;
        let leaving: Vec<&RoleRepresentation> =
            live.iter().filter(|role| wanted.gives_up(role, record)).collect();
        let held = holders(api, realm, uuid, &wanted.client, &leaving).await?;
        let mut parts = BTreeMap::new();
        for role in live.iter().filter(|role| wanted.has_to_know_parts_of(role, record)) {
            let (Some(name), Some(id)) = (role.name.clone(), role.id.as_deref()) else { continue };
            let held = if role.composite == Some(true) {
                parts_of(api, realm, uuid, id, &wanted.client).await?
            } else {
                Vec::new()
            };
            parts.insert(name, held);
        }
        Ok(Self { live, held, parts })
    }
}

/// Names of the roles of the same client that a role holds.
async fn parts_of(
    api: &AdminApi,
    realm: &str,
    uuid: &str,
    id: &str,
    client: &Identity,
) -> Result<Vec<String>, SyncError> {
    let held = match api.role_by_id_composites(realm, id, RoleByIdCompositesQuery::default()).await {
        Err(error) if error.is_not_found() => Vec::new(),
        held => held.map_err(SyncError::call(Verb::Read, client))?,
    };
    let own = held.into_iter().filter(|role| role.container_id.as_deref() == Some(uuid));
    Ok(own.filter_map(|role| role.name).collect())
}

/// The roles of a client with their attributes, without what they hold. A client that went meanwhile has none.
pub(super) async fn roles_of(
    api: &AdminApi,
    realm: &str,
    uuid: &str,
    client: &Identity,
) -> Result<Vec<RoleRepresentation>, SyncError> {
    let query = ClientRoleListQuery { brief_representation: Some(false), ..ClientRoleListQuery::default() };
    match api.client_role_list(realm, uuid, query).await {
        Err(error) if error.is_not_found() => Ok(Vec::new()),
        roles => roles.map_err(SyncError::call(Verb::Read, client)),
    }
}

/// The roles that a spec asks for.
#[derive(Clone, Debug)]
pub(super) struct WantedRoles {
    client: Identity,
    /// What is asked of each, by name.
    objects: BTreeMap<String, Map<String, Value>>,
    /// Which roles of the same client each is to hold.
    parts: BTreeMap<String, BTreeSet<String>>,
    is_complete: bool,
}

impl WantedRoles {
    pub(super) fn of(spec: &KeycloakClientSpec) -> Self {
        let plain = spec.client_roles.iter().flatten().map(|name| (name.clone(), Map::new()));
        let mut objects: BTreeMap<String, Map<String, Value>> = plain.collect();
        let mut parts = BTreeMap::new();
        for role in spec.roles.iter().flatten() {
            objects.insert(role.name.clone(), representation(role));
            let held: BTreeSet<String> = own_parts(spec, role).map(str::to_owned).collect();
            if !held.is_empty() {
                parts.insert(role.name.clone(), held);
            }
        }
        let is_complete = is_complete(spec, ClientList::ClientRoles);
        Self { client: identity(&spec.client_id), objects, parts, is_complete }
    }

    /// The names that are asked for.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.objects.keys().map(String::as_str)
    }

    /// Whether a plan has to know the roles of the client.
    pub(super) fn need_the_clients(&self, record: &OwnedRecord) -> bool {
        self.is_complete || !self.objects.is_empty() || self.known(record).next().is_some()
    }

    /// The roles themselves.
    pub(super) fn objects(&self) -> impl Iterator<Item = Desired> {
        self.objects.iter().map(move |(name, value)| {
            Desired::new(&CLIENT_ROLE, name, value.clone()).below(self.client.clone())
        })
    }

    /// Which roles are to hold others.
    pub(super) fn links(&self) -> impl Iterator<Item = DesiredLinks> {
        self.parts.iter().map(move |(holder, held)| {
            let held: Vec<String> = held.iter().map(|name| self.target(name)).collect();
            let held = held.iter().map(String::as_str);
            DesiredLinks::new(self.role(holder), &CLIENT_ROLE_OF_CLIENT_ROLE, held)
        })
    }

    /// The list, where it is complete.
    pub(super) fn exclusive(&self) -> Option<Exclusive> {
        self.is_complete.then(|| Exclusive { kind: &CLIENT_ROLE, parent: Some(self.client.clone()) })
    }

    /// What there is of roles. `roles` are those of the client; without them a client that is there was not asked.
    pub(super) fn state(
        &self,
        record: &OwnedRecord,
        is_there: bool,
        roles: Option<&Roles>,
        mut live: LiveState,
    ) -> LiveState {
        if is_there {
            let Some(roles) = roles else { return live };
            for role in &roles.live {
                let Some(name) = role.name.as_deref() else { continue };
                let found = Live::new(json(role));
                let found = match roles.held.get(name) {
                    Some(holders) => holders.told(found),
                    None => found,
                };
                live = live.present(self.role(name), found);
                live = live.target(&CLIENT_ROLE_OF_CLIENT_ROLE, &self.target(name), role.id.as_deref());
            }
            for (holder, held) in &roles.parts {
                let held: Vec<String> = held.iter().map(|name| self.target(name)).collect();
                let held = held.iter().map(String::as_str);
                live = live.links(self.role(holder), &CLIENT_ROLE_OF_CLIENT_ROLE, held);
            }
        }
        let is_known = |name: &String| {
            let is_read =
                || roles.is_some_and(|roles| roles.live.iter().any(|role| role.name.as_ref() == Some(name)));
            self.objects.contains_key(name) || is_read()
        };
        // Those that this plan makes are there by then.
        for name in self.parts.values().flatten().filter(|name| !is_known(name)) {
            live = live.target(&CLIENT_ROLE_OF_CLIENT_ROLE, &self.target(name), None);
        }
        let asked = self.names().map(|name| self.role(name));
        let all: BTreeSet<Identity> = asked.chain(self.known(record).cloned()).collect();
        let missing: Vec<Identity> = all.into_iter().filter(|role| !live.knows(role)).collect();
        missing.into_iter().fold(live, LiveState::absent)
    }

    /// A role as links name it.
    fn target(&self, name: &str) -> String {
        realm::ClientRole { client: self.client.name().to_owned(), role: name.to_owned() }.to_string()
    }

    /// Whether it has to be known which roles this one holds: it is to hold some, or we made it hold some.
    fn has_to_know_parts_of(&self, role: &RoleRepresentation, record: &OwnedRecord) -> bool {
        role.name.as_deref().is_some_and(|name| {
            let known = record.object(&self.role(name));
            let made = known.and_then(|known| known.links(CLIENT_ROLE_OF_CLIENT_ROLE.name));
            self.parts.contains_key(name) || made.is_some()
        })
    }

    fn role(&self, name: &str) -> Identity {
        Identity::below(self.client.clone(), &CLIENT_ROLE, name)
    }

    /// Roles of the client that the record knows.
    fn known<'r>(&self, record: &'r OwnedRecord) -> impl Iterator<Item = &'r Identity> {
        let known = record.objects().map(|(identity, _)| identity).chain(record.pending());
        known.filter(move |known| known.kind() == CLIENT_ROLE.name && known.parent() == Some(&self.client))
    }

    /// Whether this role would be deleted: it is not asked for, and we made it, or no other one is to be there.
    fn gives_up(&self, role: &RoleRepresentation, record: &OwnedRecord) -> bool {
        let Some(name) = role.name.as_deref().filter(|name| !self.objects.contains_key(*name)) else {
            return false;
        };
        let role = self.role(name);
        let is_ours = record.object(&role).is_some_and(ObjectRecord::created_by_us)
            || record.pending().any(|pending| *pending == role);
        self.is_complete || is_ours
    }
}

/// The roles of its own client that a role is to hold.
fn own_parts<'s>(spec: &'s KeycloakClientSpec, role: &'s ClientRole) -> impl Iterator<Item = &'s str> {
    let by_client = role.composite_client_roles.as_ref();
    by_client.and_then(|by_client| by_client.get(&spec.client_id)).into_iter().flatten().map(String::as_str)
}

fn representation(role: &ClientRole) -> Map<String, Value> {
    let ClientRole {
        name: _,
        description,
        attributes,
        // Links.
        composite_client_roles: _,
    } = role;
    let mut fields = Fields::default();
    fields.set("description", description.clone()).set("attributes", attributes.as_ref().map(list_map));
    fields.into_map()
}

/// What a role is to hold and what does not exist, as a sentence without its end.
pub(super) fn missing(holder: &Identity, link: &Link) -> Option<String> {
    let is_it = *link.relation == CLIENT_ROLE_OF_CLIENT_ROLE;
    let target = is_it.then(|| link.target.parse::<realm::ClientRole>().ok()).flatten()?;
    Some(format!(
        "{holder} is to hold the role {}, which the client does not have: declare it in spec.clientRoles",
        target.role
    ))
}

#[cfg(test)]
mod tests;
