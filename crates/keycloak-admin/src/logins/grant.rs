//! The granting run: rights on realms that somebody else created.

use super::account;
use super::{LoginsError, MASTER};
use crate::api::AdminApi;
use crate::api::queries::ClientRoleListQuery;

/// What became of one realm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Granted {
    /// These roles were given now.
    Now(Vec<String>),
    /// The account had all of them.
    Before,
    /// There is no such realm.
    NoSuchRealm,
}

/// Gives the realm-manager `client_id` the rights on these realms, and on no other: the roles of the
/// client `<realm>-realm` in `master`. They are effective at once, also for tokens that exist.
///
/// `admin` is a session of an administrator of `master`. The result has one entry per name, in order.
///
/// # Errors
/// When a call fails, when there is no such account, or when `master` is named; what was given until
/// then stays.
pub async fn grant_realms(
    admin: &AdminApi,
    client_id: &str,
    realms: &[String],
) -> Result<Vec<(String, Granted)>, LoginsError> {
    if realms.iter().any(|realm| realm == MASTER) {
        return Err(LoginsError::Master);
    }
    let account = account::built_in_client(admin, MASTER, client_id).await?;
    let account = account
        .ok_or_else(|| LoginsError::NoAccount { realm: MASTER.into(), client_id: client_id.into() })?;
    let user = account::user(admin, MASTER, &account).await?;
    let mut granted = Vec::with_capacity(realms.len());
    for realm in realms {
        granted.push((realm.clone(), grant(admin, &user, realm).await?));
    }
    Ok(granted)
}

async fn grant(admin: &AdminApi, user: &str, realm: &str) -> Result<Granted, LoginsError> {
    let Some(container) = account::built_in_client(admin, MASTER, &format!("{realm}-realm")).await? else {
        return Ok(Granted::NoSuchRealm);
    };
    let held = admin.user_client_roles(MASTER, user, &container).await?;
    let offered = admin.client_role_list(MASTER, &container, ClientRoleListQuery::default()).await?;
    let missing: Vec<_> = offered
        .into_iter()
        .filter(|role| !held.iter().any(|held| held.name.is_some() && held.name == role.name))
        .collect();
    if missing.is_empty() {
        return Ok(Granted::Before);
    }
    admin.user_client_roles_add(MASTER, user, &container, &missing).await?;
    Ok(Granted::Now(account::names(&missing)))
}
