//! The client-manager of one realm.

use super::account::{self, Credentials};
use super::{LoginsError, MASTER};
use crate::api::AdminApi;
use crate::error::{AdminError, AnswerKind};
use crate::secret::Secret;
use crate::types::{
    ClientRepresentation, PartialImportRepresentation, RoleRepresentation, UserRepresentation,
};

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
    let rights = Rights { manager, realm, container: &container };
    match rights.give(&user, &held).await {
        Err(LoginsError::Admin(error)) if error.kind() == Some(AnswerKind::Forbidden) => {
            rights.import(&credentials, error).await?;
            return Ok(ClientManager { credentials, taken_away: account::names(&excess(&held)) });
        }
        other => other?,
    }
    let taken_away = rights.take(&user, &held).await?;
    Ok(ClientManager { credentials, taken_away: account::names(&taken_away) })
}

/// The rights inside one realm, given by one realm-manager.
struct Rights<'a> {
    manager: &'a AdminApi,
    realm: &'a str,
    /// Internal id of `realm-management`.
    container: &'a str,
}

impl Rights<'_> {
    /// Gives what is missing.
    async fn give(&self, user: &str, held: &[RoleRepresentation]) -> Result<(), LoginsError> {
        let Self { manager, realm, container } = *self;
        let mut missing = Vec::new();
        for wanted in CLIENT_MANAGER_ROLES {
            if !held.iter().any(|role| role.name.as_deref() == Some(wanted)) {
                missing.push(role(manager, realm, container, wanted).await?);
            }
        }
        if !missing.is_empty() {
            manager.user_client_roles_add(realm, user, container, &missing).await?;
        }
        Ok(())
    }

    /// Takes away what is too much, and answers it.
    async fn take(
        &self,
        user: &str,
        held: &[RoleRepresentation],
    ) -> Result<Vec<RoleRepresentation>, LoginsError> {
        let Self { manager, realm, container } = *self;
        let excess = excess(held);
        if !excess.is_empty() {
            manager.user_client_roles_remove(realm, user, container, &excess).await?;
        }
        Ok(excess)
    }

    /// Keycloak 26.4.0 to 26.4.7 and 26.5.0 let nobody below a server administrator give or take an
    /// administrative role (keycloak#44371). There the user of the account is imported with its roles:
    /// switching service accounts off removes the user, switching them on keeps the imported one. All
    /// its rights are these four, so nothing else is lost. A crash in between leaves an account that
    /// the next run mends. Only the refusal to *give* leads here: one to take away is said.
    async fn import(&self, credentials: &Credentials, refused: AdminError) -> Result<(), LoginsError> {
        let Self { manager, realm, container } = *self;
        let service_accounts = |enabled| ClientRepresentation {
            client_id: Some(credentials.client_id.clone()),
            service_accounts_enabled: Some(enabled),
            ..Default::default()
        };
        let uuid = &credentials.client_uuid;
        manager.client_update(realm, uuid, &service_accounts(false)).await?;
        let imported = manager.realm_partial_import(realm, &user_with_roles(&credentials.client_id)).await;
        // Also after a failure, or the account could not even log in.
        manager.client_update(realm, uuid, &service_accounts(true)).await?;
        if imported.is_err() {
            return Err(refused.into());
        }

        let user = account::user(manager, realm, uuid).await?;
        let held = account::names(&manager.user_client_roles(realm, &user, container).await?);
        if held == CLIENT_MANAGER_ROLES { Ok(()) } else { Err(refused.into()) }
    }
}

/// Administrative roles beyond the need.
fn excess(held: &[RoleRepresentation]) -> Vec<RoleRepresentation> {
    let wanted =
        |role: &&RoleRepresentation| CLIENT_MANAGER_ROLES.contains(&role.name.as_deref().unwrap_or_default());
    held.iter().filter(|role| !wanted(role)).cloned().collect()
}

/// The user that Keycloak makes for a service account, with its rights.
fn user_with_roles(client_id: &str) -> PartialImportRepresentation {
    let roles = CLIENT_MANAGER_ROLES.map(str::to_owned).to_vec();
    let user = UserRepresentation {
        username: Some(format!("service-account-{}", client_id.to_lowercase())),
        service_account_client_id: Some(client_id.to_owned()),
        enabled: Some(true),
        client_roles: Some([(REALM_MANAGEMENT.to_owned(), Some(roles))].into()),
        ..Default::default()
    };
    PartialImportRepresentation {
        if_resource_exists: Some("FAIL".into()),
        users: Some(vec![user]),
        ..Default::default()
    }
}

async fn role(
    manager: &AdminApi,
    realm: &str,
    container: &str,
    name: &str,
) -> Result<RoleRepresentation, LoginsError> {
    manager.client_role_get(realm, container, name).await.map_err(|error: AdminError| {
        if error.is_not_found() {
            let what = format!("role {name} of client {REALM_MANAGEMENT}");
            LoginsError::Incomplete { realm: realm.into(), what }
        } else {
            error.into()
        }
    })
}
