//! The client-manager of one realm.

use super::account::{self, Credentials};
use super::{LoginsError, MASTER};
use crate::api::AdminApi;
use crate::error::AdminError;
use crate::secret::Secret;

/// The client whose roles are the rights inside a realm.
const REALM_MANAGEMENT: &str = "realm-management";

/// Roles of `realm-management` that suffice for everything that is done with clients.
pub const CLIENT_MANAGER_ROLES: [&str; 4] = ["manage-clients", "manage-users", "view-events", "view-realm"];

/// A client-manager as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientManager {
    /// To log in with, in its realm.
    pub credentials: Credentials,
    /// Rights that somebody gave it beyond its need and that were taken away.
    pub taken_away: Vec<String>,
}

/// Makes or mends the client-manager `client_id` of `realm` with this secret.
///
/// `manager` is a session of the realm-manager. To be done before the realm's
/// `adminPermissionsEnabled` is turned on.
///
/// # Errors
/// When a call fails, when the realm lacks `realm-management` or one of its roles, or when the name
/// is taken by an application.
pub async fn client_manager(
    manager: &AdminApi,
    realm: &str,
    client_id: &str,
    secret: &Secret,
) -> Result<ClientManager, LoginsError> {
    if realm == MASTER {
        // There these roles belong to another client and reach further.
        return Err(LoginsError::Master);
    }
    let credentials = account::ensure(manager, realm, client_id, secret).await?;
    let user = account::user(manager, realm, &credentials.client_uuid).await?;
    let container = account::built_in_client(manager, realm, REALM_MANAGEMENT).await?.ok_or_else(|| {
        LoginsError::Incomplete { realm: realm.into(), what: format!("client {REALM_MANAGEMENT}") }
    })?;
    let held = manager.user_client_roles(realm, &user, &container).await?;
    let missing: Vec<&str> = CLIENT_MANAGER_ROLES
        .into_iter()
        .filter(|wanted| !held.iter().any(|role| role.name.as_deref() == Some(wanted)))
        .collect();

    let mut roles = Vec::with_capacity(missing.len());
    for name in missing {
        roles.push(role(manager, realm, &container, name).await?);
    }
    if !roles.is_empty() {
        manager.user_client_roles_add(realm, &user, &container, &roles).await?;
    }
    let excess: Vec<_> = held
        .into_iter()
        .filter(|role| !CLIENT_MANAGER_ROLES.contains(&role.name.as_deref().unwrap_or_default()))
        .collect();
    if !excess.is_empty() {
        manager.user_client_roles_remove(realm, &user, &container, &excess).await?;
    }
    Ok(ClientManager { credentials, taken_away: account::names(&excess) })
}

async fn role(
    manager: &AdminApi,
    realm: &str,
    container: &str,
    name: &str,
) -> Result<crate::types::RoleRepresentation, LoginsError> {
    manager.client_role_get(realm, container, name).await.map_err(|error: AdminError| {
        if error.is_not_found() {
            let what = format!("role {name} of client {REALM_MANAGEMENT}");
            LoginsError::Incomplete { realm: realm.into(), what }
        } else {
            error.into()
        }
    })
}
