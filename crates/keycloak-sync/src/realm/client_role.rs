//! Roles of clients, as links name them.

use std::fmt;
use std::str::FromStr;

use keycloak_admin::AdminApi;
use keycloak_plan::{LiveState, Relation};

use crate::error::{SyncError, Verb};
use crate::realm::parts::Look;

/// A role of a client, by client id and name.
///
/// Its text is `client>role`, with a backslash before `\` and `>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ClientRole {
    /// The client id.
    pub(crate) client: String,
    /// The role's name.
    pub(crate) role: String,
}

impl fmt::Display for ClientRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('>', "\\>");
        write!(f, "{}>{}", escaped(&self.client), escaped(&self.role))
    }
}

impl FromStr for ClientRole {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (mut parts, mut escaped) = (vec![String::new()], false);
        for letter in text.chars() {
            let last = parts.last_mut().ok_or(())?;
            match letter {
                _ if escaped => {
                    last.push(letter);
                    escaped = false;
                }
                '\\' => escaped = true,
                '>' => parts.push(String::new()),
                _ => last.push(letter),
            }
        }
        match <[String; 2]>::try_from(parts) {
            Ok([client, role]) if !escaped => Ok(Self { client, role }),
            Ok(_) | Err(_) => Err(()),
        }
    }
}

/// Looks up which of these roles exist: one call per client, and one per role. A client that is there with no such role, and
/// a client that is not there, are the same to a link.
pub(crate) async fn look_up(
    look: &Look<'_>,
    relation: &'static Relation,
    mut targets: Vec<ClientRole>,
    mut live: LiveState,
) -> Result<LiveState, SyncError> {
    targets.sort_unstable();
    targets.dedup();
    for of_client in targets.chunk_by(|left, right| left.client == right.client) {
        let Some(first) = of_client.first() else { continue };
        let uuid = client_uuid(look.api, look.realm, &first.client).await?;
        for target in of_client {
            let id = match &uuid {
                Some(uuid) => role_id(look.api, look.realm, uuid, target).await?,
                None => None,
            };
            live = live.target(relation, &target.to_string(), id.as_deref());
        }
    }
    Ok(live)
}

/// Keycloak's id of one of these roles; `None` if the client or its role is not there.
pub(crate) async fn id(
    api: &AdminApi,
    realm: &str,
    target: &ClientRole,
) -> Result<Option<String>, SyncError> {
    match client_uuid(api, realm, &target.client).await? {
        Some(uuid) => role_id(api, realm, &uuid, target).await,
        None => Ok(None),
    }
}

async fn client_uuid(api: &AdminApi, realm: &str, client_id: &str) -> Result<Option<String>, SyncError> {
    let found = api.client_by_client_id(realm, client_id).await;
    let found = found.map_err(SyncError::call(Verb::Read, &crate::client::identity(client_id)));
    Ok(found?.and_then(|client| client.id))
}

async fn role_id(
    api: &AdminApi,
    realm: &str,
    client_uuid: &str,
    target: &ClientRole,
) -> Result<Option<String>, SyncError> {
    match api.client_role_get(realm, client_uuid, &target.role).await {
        Ok(role) => Ok(role.id),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(SyncError::call(Verb::Read, &crate::client::identity(&target.client))(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_of_a_client_is_read_as_it_was_written() {
        for (client, role, text) in [
            ("orders", "viewer", "orders>viewer"),
            ("https://a/b", "x>y", r"https://a/b>x\>y"),
            (r"a\", "b", r"a\\>b"),
        ] {
            let target = ClientRole { client: client.into(), role: role.into() };
            assert_eq!(target.to_string(), text);
            assert_eq!(text.parse(), Ok(target));
        }
        for none in ["orders", "a>b>c", r"a>b\"] {
            assert_eq!(none.parse::<ClientRole>(), Err(()), "{none}");
        }
    }
}
