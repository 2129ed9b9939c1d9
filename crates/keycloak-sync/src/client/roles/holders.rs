//! Who holds roles of a client that would be deleted.
//!
//! Users and groups are told by the role. Which roles hold it Keycloak tells of no role, so those that hold others are asked, of the
//! realm and of all clients; where there are too many clients for that, nothing is said, and the role counts as held.

use std::collections::BTreeMap;

use keycloak_admin::queries::{
    ClientListQuery, ClientRoleGroupsQuery, ClientRoleUsersQuery, RoleByIdCompositesQuery,
};
use keycloak_admin::types::RoleRepresentation;
use keycloak_admin::{AdminApi, AdminError};
use keycloak_plan::{Identity, Live};

use super::roles_of;
use crate::client;
use crate::error::{SyncError, Verb};

/// How many users and groups are counted who hold a role.
const COUNTED: i32 = 100;

/// For how many roles it is asked who holds them. Of further ones nothing is said, so they count as held.
const ASKED: usize = 100;

/// Up to how many clients of the realm the roles of all are looked through.
const CLIENTS: usize = 50;

/// Who holds a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Holders {
    pub(super) users: u64,
    pub(super) groups: u64,
    pub(super) roles: u64,
}

impl Holders {
    pub(super) fn told(self, live: Live) -> Live {
        let Self { users, groups, roles } = self;
        let counted = [(users, "users"), (groups, "groups"), (roles, "roles")];
        let what: Vec<&str> = counted.iter().filter(|(count, _)| *count > 0).map(|(_, what)| *what).collect();
        let is_all = [users, groups].into_iter().all(|count| count < u64::from(COUNTED.unsigned_abs()));
        let more = if is_all { "" } else { " or more" };
        live.held(users + groups + roles, &format!("{}{more}", what.join(" and ")))
    }
}

/// Looks who holds these roles of a client. One of which it could not be found out is not in the answer.
pub(super) async fn holders(
    api: &AdminApi,
    realm: &str,
    uuid: &str,
    client: &Identity,
    leaving: &[&RoleRepresentation],
) -> Result<BTreeMap<String, Holders>, SyncError> {
    let mut held = BTreeMap::new();
    if leaving.is_empty() {
        return Ok(held);
    }
    let by_roles = held_by_roles(api, realm, client).await?;
    for role in leaving.iter().take(ASKED) {
        let Some((name, id)) = role.name.as_deref().zip(role.id.as_deref()) else { continue };
        let (users, groups) = direct(api, realm, uuid, name).await.map_err(failed(client))?;
        let roles = by_roles.as_ref().map(|by_roles| by_roles.get(id).copied().unwrap_or_default());
        if let Some(roles) = roles.or((users + groups > 0).then_some(0)) {
            held.insert(name.to_owned(), Holders { users, groups, roles });
        }
    }
    Ok(held)
}

/// How many users and groups were given a role. One that went meanwhile has none.
async fn direct(api: &AdminApi, realm: &str, uuid: &str, name: &str) -> Result<(u64, u64), AdminError> {
    let query = ClientRoleUsersQuery { brief_representation: Some(true), first: Some(0), max: Some(COUNTED) };
    let users = match api.client_role_users(realm, uuid, name, query).await {
        Err(error) if error.is_not_found() => 0,
        users => users?.len(),
    };
    let query =
        ClientRoleGroupsQuery { brief_representation: Some(true), first: Some(0), max: Some(COUNTED) };
    let groups = match api.client_role_groups(realm, uuid, name, query).await {
        Err(error) if error.is_not_found() => 0,
        groups => groups?.len(),
    };
    let counted = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Ok((counted(users), counted(groups)))
}

/// How many roles hold each role, by its id. `None` where there are too many clients to ask.
async fn held_by_roles(
    api: &AdminApi,
    realm: &str,
    client: &Identity,
) -> Result<Option<BTreeMap<String, u64>>, SyncError> {
    let query = ClientListQuery {
        first: Some(0),
        max: i32::try_from(CLIENTS + 1).ok(),
        ..ClientListQuery::default()
    };
    let clients = api.client_list(realm, query).await.map_err(failed(client))?;
    if clients.len() > CLIENTS {
        return Ok(None);
    }
    let mut roles = api.roles(realm).await.map_err(failed(client))?;
    for other in clients {
        let Some((uuid, client_id)) = other.id.zip(other.client_id) else { continue };
        roles.extend(roles_of(api, realm, &uuid, &client::identity(&client_id)).await?);
    }
    let mut held: BTreeMap<String, u64> = BTreeMap::new();
    for id in roles.into_iter().filter(|role| role.composite == Some(true)).filter_map(|role| role.id) {
        let query = RoleByIdCompositesQuery::default();
        let parts = match api.role_by_id_composites(realm, &id, query).await {
            Err(error) if error.is_not_found() => Vec::new(),
            parts => parts.map_err(failed(client))?,
        };
        for part in parts.into_iter().filter_map(|part| part.id) {
            *held.entry(part).or_default() += 1;
        }
    }
    Ok(Some(held))
}

fn failed(client: &Identity) -> impl FnOnce(AdminError) -> SyncError {
    SyncError::call(Verb::Read, client)
}
