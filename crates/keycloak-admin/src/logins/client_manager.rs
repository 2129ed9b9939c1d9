//! The client-manager of one realm.

use super::account::{self, Credentials};
use super::rights::{Excess, Holder};
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
    /// Rights that it had beyond its need.
    pub excess: Excess,
}

/// Makes or mends the client-manager `client_id` of `realm` with this secret.
///
/// `manager` is a session of the realm-manager. To be done before the realm's
/// `adminPermissionsEnabled` is turned on. Every other role that was given to the account is taken away. If it
/// then still has other roles of `realm-management`, it is taken out of its groups; what it has by a composite
/// role is told in [`Excess::left`]. Groups and default roles that give no right in Keycloak are the realm's own
/// matter.
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
    let rights = Rights { manager, realm, container: &container };
    let mut holder = Holder { api: manager, realm, user };
    let given = holder.given().await?;
    let surplus = given.beyond(realm, |client_id, role| {
        client_id == Some(REALM_MANAGEMENT) && CLIENT_MANAGER_ROLES.contains(&role)
    });
    let mut excess = Excess::default();
    let gave = rights.give(&holder.user, given.roles_of(REALM_MANAGEMENT)).await;
    match gave {
        Err(LoginsError::Admin(error)) if error.kind() == Some(AnswerKind::Forbidden) => {
            holder.user = rights.import(&credentials, error).await?;
            // It went with the user that held it.
            excess.taken_away = surplus.names();
        }
        gave => {
            gave?;
            holder.take_away(&surplus, &mut excess).await?;
        }
    }

    let mut left = rights.beyond_the_need_of(&holder).await?;
    if left.iter().any(|role| !excess.left.contains(role)) && holder.leave_groups(&mut excess).await? {
        left = rights.beyond_the_need_of(&holder).await?;
    }
    Ok(ClientManager { credentials, excess: excess.with_left(left) })
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

    /// What the account has of `realm-management`, in whatever way, beyond its need.
    async fn beyond_the_need_of(&self, holder: &Holder<'_>) -> Result<Vec<String>, LoginsError> {
        holder.has_of_client(REALM_MANAGEMENT, self.container, &CLIENT_MANAGER_ROLES).await
    }

    /// Keycloak 26.4.0 to 26.4.7 and 26.5.0 let nobody below a server administrator give or take an
    /// administrative role (keycloak#44371). There the user of the account is imported with its roles:
    /// switching service accounts off removes the user, switching them on keeps the imported one. All
    /// its rights are these four, so nothing else is lost. A crash in between leaves an account that
    /// the next run mends. Only the refusal to *give* leads here: one to take away is said. Answers the new
    /// user's id.
    async fn import(&self, credentials: &Credentials, refused: AdminError) -> Result<String, LoginsError> {
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
        if held == CLIENT_MANAGER_ROLES { Ok(user) } else { Err(refused.into()) }
    }
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
