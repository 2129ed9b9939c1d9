//! The realm-manager: creates realms, and manages those that it created.

use super::account::{self, Credentials};
use super::{LoginsError, MASTER};
use crate::api::AdminApi;
use crate::secret::Secret;

/// The only realm role that the account needs.
const CREATE_REALM: &str = "create-realm";
/// The realm role that may do everything: never for a controller.
const ADMIN: &str = "admin";
/// The client whose roles are rights on master itself: never for a controller either.
const MASTER_RIGHTS: &str = "master-realm";

/// The realm-manager as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealmManager {
    /// To log in with, in realm `master`.
    pub credentials: Credentials,
    /// Rights that somebody gave it beyond its need and that were taken away.
    pub taken_away: Vec<String>,
}

/// Makes or mends the realm-manager `client_id` in `master` with this secret.
///
/// `admin` is a session of the bootstrap administrator. What the account may do on realms that it
/// created, or that were granted to it, stays as it is.
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
    let held = admin.user_realm_roles(MASTER, &user).await?;
    let holds = |name: &str| held.iter().any(|role| role.name.as_deref() == Some(name));

    if !holds(CREATE_REALM) {
        let role = match admin.role_get(MASTER, CREATE_REALM).await {
            Ok(role) => role,
            Err(error) if error.is_not_found() => {
                let what = format!("role {CREATE_REALM}");
                return Err(LoginsError::Incomplete { realm: MASTER.into(), what });
            }
            Err(error) => return Err(error.into()),
        };
        admin.user_realm_roles_add(MASTER, &user, &vec![role]).await?;
    }
    let excess: Vec<_> = held.iter().filter(|role| role.name.as_deref() == Some(ADMIN)).cloned().collect();
    if !excess.is_empty() {
        admin.user_realm_roles_remove(MASTER, &user, &excess).await?;
    }
    let mut taken_away = account::names(&excess);
    if let Some(container) = account::built_in_client(admin, MASTER, MASTER_RIGHTS).await? {
        let rights = admin.user_client_roles(MASTER, &user, &container).await?;
        if !rights.is_empty() {
            admin.user_client_roles_remove(MASTER, &user, &container, &rights).await?;
            taken_away.extend(account::names(&rights));
        }
    }
    Ok(RealmManager { credentials, taken_away })
}
