//! The realm-manager: creates realms, and manages those that it created.

use super::account::{self, Credentials};
use super::rights::{Excess, Holder};
use super::{LoginsError, MASTER};
use crate::api::AdminApi;
use crate::secret::Secret;

/// The only realm role that the account needs.
const CREATE_REALM: &str = "create-realm";
/// The client whose roles are rights on master itself: never for a controller.
const MASTER_RIGHTS: &str = "master-realm";

/// The realm-manager as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealmManager {
    /// To log in with, in realm `master`.
    pub credentials: Credentials,
    /// Rights that it had beyond its need.
    pub excess: Excess,
}

/// Makes or mends the realm-manager `client_id` in `master` with this secret.
///
/// `admin` is a session of the bootstrap administrator. What the account may do on realms that it
/// created, or that were granted to it, stays as it is: the roles of the clients `<realm>-realm`. Every
/// other role that was given to it is taken away. If it then still has other realm roles, or rights on
/// `master`, it is taken out of its groups, also of those that granted it realms; what it has by a role
/// that became a composite one is told in [`Excess::left`].
///
/// # Errors
/// When a call fails, when `master` lacks the role `create-realm`, or when the name is taken by an
/// application.
pub async fn realm_manager(
    admin: &AdminApi,
    client_id: &str,
    secret: &Secret,
) -> Result<RealmManager, LoginsError> {
    let credentials = account::ensure(admin, MASTER, client_id, secret).await?;
    let user = account::user(admin, MASTER, &credentials.client_uuid).await?;
    let holder = Holder { api: admin, realm: MASTER, user };
    let given = holder.given().await?;
    if !given.has_realm_role(CREATE_REALM) {
        give_create_realm(admin, &holder.user).await?;
    }
    let mut excess = Excess::default();
    holder.take_away(&given.beyond(MASTER, is_needed), &mut excess).await?;

    let mut left = beyond_the_need_of(&holder).await?;
    if left.iter().any(|role| !excess.left.contains(role)) && holder.leave_groups(&mut excess).await? {
        left = beyond_the_need_of(&holder).await?;
    }
    Ok(RealmManager { credentials, excess: excess.with_left(left) })
}

/// What the account has of realm roles and of rights on `master`, in whatever way, beyond its need.
async fn beyond_the_need_of(holder: &Holder<'_>) -> Result<Vec<String>, LoginsError> {
    let mut has = holder.has_of_realm(&[CREATE_REALM]).await?;
    if let Some(container) = account::built_in_client(holder.api, MASTER, MASTER_RIGHTS).await? {
        has.extend(holder.has_of_client(MASTER_RIGHTS, &container, &[]).await?);
    }
    Ok(has)
}

fn is_needed(client_id: Option<&str>, role: &str) -> bool {
    match client_id {
        None => role == CREATE_REALM,
        // Rights on a realm.
        Some(client_id) => client_id != MASTER_RIGHTS && client_id.ends_with("-realm"),
    }
}

async fn give_create_realm(admin: &AdminApi, user: &str) -> Result<(), LoginsError> {
    let role = match admin.role_get(MASTER, CREATE_REALM).await {
        Ok(role) => role,
        Err(error) if error.is_not_found() => {
            let what = format!("role {CREATE_REALM}");
            return Err(LoginsError::Incomplete { realm: MASTER.into(), what });
        }
        Err(error) => return Err(error.into()),
    };
    Ok(admin.user_realm_roles_add(MASTER, user, &vec![role]).await?)
}
