//! Taking the account of a login along from a realm that stays.

use std::time::Duration;

use keycloak_connect::{Instance, Sessions};

/// How long a server may take for it: no object waits for one that is away, and a namespace may hold many.
const FAREWELL: Duration = Duration::from_secs(1);

/// Removes the account of our login in a realm that stays in Keycloak, by the login that made it: the client of this internal id. What
/// is gone is removed.
///
/// # Errors
/// Why it stays, for a person: nobody looks at it again.
pub(crate) async fn remove(
    sessions: &Sessions,
    instance: &Instance,
    realm: &str,
    uuid: &str,
) -> Result<(), String> {
    let removed = async {
        let connection = sessions.realm_manager(instance, realm).await.map_err(|error| error.to_string())?;
        match connection.api().client_delete(realm, uuid).await {
            Err(error) if !error.is_not_found() => Err(error.to_string()),
            Ok(()) | Err(_) => Ok(()),
        }
    };
    match tokio::time::timeout(FAREWELL, removed).await {
        Ok(removed) => removed,
        Err(_) => Err(format!("the server did not answer within {} s", FAREWELL.as_secs())),
    }
}
