//! The roles of a client.

mod holders;

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::AdminApi;
use keycloak_admin::queries::ClientRoleListQuery;
use keycloak_admin::types::RoleRepresentation;
use keycloak_crds::client::{ClientList, KeycloakClientSpec};
use keycloak_plan::kinds::CLIENT_ROLE;
use keycloak_plan::{Desired, Exclusive, Identity, Live, LiveState, ObjectRecord, OwnedRecord};
use serde_json::Map;

use self::holders::{Holders, holders};
use super::{identity, is_complete};
use crate::error::{SyncError, Verb};
use crate::observed::json;
use crate::realm::RoleRefusal;

/// The roles of a client, as they were read.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    live: Vec<RoleRepresentation>,
    /// Who holds those that would be deleted, as far as it could be found out.
    held: BTreeMap<String, Holders>,
}

impl Roles {
    /// Reads the roles of a client, by Keycloak's id of it: one call, and some more for roles that would be deleted.
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
        Ok(Self { live, held })
    }
}

/// The roles of a client, without their attributes and what they hold. A client that went meanwhile has none.
pub(super) async fn roles_of(
    api: &AdminApi,
    realm: &str,
    uuid: &str,
    client: &Identity,
) -> Result<Vec<RoleRepresentation>, SyncError> {
    let query = ClientRoleListQuery { brief_representation: Some(true), ..ClientRoleListQuery::default() };
    match api.client_role_list(realm, uuid, query).await {
        Err(error) if error.is_not_found() => Ok(Vec::new()),
        roles => roles.map_err(SyncError::call(Verb::Read, client)),
    }
}

/// The roles that a spec asks for.
#[derive(Clone, Debug)]
pub(super) struct WantedRoles {
    client: Identity,
    names: BTreeSet<String>,
    is_complete: bool,
}

impl WantedRoles {
    pub(super) fn of(spec: &KeycloakClientSpec) -> Self {
        Self {
            client: identity(&spec.client_id),
            names: spec.client_roles.iter().flatten().cloned().collect(),
            is_complete: is_complete(spec, ClientList::ClientRoles),
        }
    }

    /// Whether a plan has to know the roles of the client.
    pub(super) fn need_the_clients(&self, record: &OwnedRecord) -> bool {
        self.is_complete || !self.names.is_empty() || self.known(record).next().is_some()
    }

    /// The roles themselves.
    pub(super) fn objects(&self) -> impl Iterator<Item = Desired> {
        let object =
            move |name: &String| Desired::new(&CLIENT_ROLE, name, Map::new()).below(self.client.clone());
        self.names.iter().map(object)
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
            }
        }
        let asked = self.names.iter().map(|name| self.role(name));
        let all: BTreeSet<Identity> = asked.chain(self.known(record).cloned()).collect();
        let missing: Vec<Identity> = all.into_iter().filter(|role| !live.knows(role)).collect();
        missing.into_iter().fold(live, LiveState::absent)
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
        let Some(name) = role.name.as_deref().filter(|name| !self.names.contains(*name)) else {
            return false;
        };
        let role = self.role(name);
        let is_ours = record.object(&role).is_some_and(ObjectRecord::created_by_us)
            || record.pending().any(|pending| *pending == role);
        self.is_complete || is_ours
    }
}

/// Everything about the roles of a spec that cannot be asked for.
pub(super) fn refused_in(spec: &KeycloakClientSpec) -> Vec<RoleRefusal> {
    let names: BTreeSet<&String> = spec.client_roles.iter().flatten().collect();
    let unreadable = names.into_iter().filter(|name| matches!(name.as_str(), "." | ".."));
    let refusal =
        |name: &String| RoleRefusal::Name { field: format!("spec.clientRoles[{name}]"), name: name.clone() };
    unreadable.map(refusal).collect()
}

#[cfg(test)]
mod tests;
