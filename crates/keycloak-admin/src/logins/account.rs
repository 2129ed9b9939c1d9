//! A service account: the client that logs in, and what its user may do.

use std::collections::BTreeMap;

use super::LoginsError;
use crate::api::AdminApi;
use crate::secret::Secret;
use crate::types::{ClientRepresentation, RoleRepresentation};

/// What a login Secret holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Name to log in with.
    pub client_id: String,
    /// Internal id: admin events carry it, and not the name.
    pub client_uuid: String,
    /// Its secret.
    pub client_secret: Secret,
}

/// Display name of every account that is made here: a client without it was made by somebody else.
const NAME: &str = "Cloakroom";
/// Attribute that makes tokens short (777 bytes) whatever the number of realms, and roles effective at once.
const LIGHTWEIGHT: &str = "client.use.lightweight.access.token.enabled";
/// Attribute in which Keycloak keeps when the secret of a client expires, in seconds since 1970, and by which it refuses a login.
const EXPIRES: &str = "client.secret.expiration.time";
/// As late as Keycloak can say it: a policy of the realm by which secrets expire gives a time only to a client that has none,
/// and our login is made anew by nobody but us.
const NEVER: &str = "2147483647";

/// Makes the client, or mends it.
pub(super) async fn ensure(
    admin: &AdminApi,
    realm: &str,
    client_id: &str,
    secret: &Secret,
) -> Result<Credentials, LoginsError> {
    let found = admin.client_by_client_id(realm, client_id).await?;
    let uuid = match found {
        Some(client) => mend(admin, realm, &client, &wanted(client_id, secret)).await?,
        None => create(admin, realm, &wanted(client_id, secret)).await?,
    };
    Ok(Credentials { client_id: client_id.to_owned(), client_uuid: uuid, client_secret: secret.clone() })
}

fn wanted(client_id: &str, secret: &Secret) -> ClientRepresentation {
    ClientRepresentation {
        client_id: Some(client_id.to_owned()),
        name: Some(NAME.into()),
        description: Some("Login of a Cloakroom controller; changes are undone".into()),
        protocol: Some("openid-connect".into()),
        secret: Some(secret.clone()),
        client_authenticator_type: Some("client-secret".into()),
        enabled: Some(true),
        public_client: Some(false),
        bearer_only: Some(false),
        service_accounts_enabled: Some(true),
        standard_flow_enabled: Some(false),
        implicit_flow_enabled: Some(false),
        direct_access_grants_enabled: Some(false),
        // Without full scope the token holds none of the account's roles: 403 on create.
        full_scope_allowed: Some(true),
        redirect_uris: Some(vec![]),
        web_origins: Some(vec![]),
        attributes: Some(BTreeMap::from(
            [(LIGHTWEIGHT, "true"), (EXPIRES, NEVER)]
                .map(|(name, value)| (name.to_owned(), Some(value.to_owned()))),
        )),
        ..Default::default()
    }
}

async fn create(admin: &AdminApi, realm: &str, wanted: &ClientRepresentation) -> Result<String, LoginsError> {
    match admin.client_create(realm, wanted).await {
        Ok(created) => Ok(created.into_id()?),
        // Someone made it since we looked.
        Err(error) if error.is_conflict() => {
            let client_id = wanted.client_id.as_deref().unwrap_or_default();
            match admin.client_by_client_id(realm, client_id).await? {
                Some(client) => mend(admin, realm, &client, wanted).await,
                None => Err(error.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes what differs, in one call, and nothing if nothing does.
async fn mend(
    admin: &AdminApi,
    realm: &str,
    live: &ClientRepresentation,
    wanted: &ClientRepresentation,
) -> Result<String, LoginsError> {
    let client_id = wanted.client_id.clone().unwrap_or_default();
    let not_a_login =
        |what| LoginsError::NotALogin { realm: realm.to_owned(), client_id: client_id.clone(), what };
    if live.protocol.as_deref() == Some("saml") {
        return Err(not_a_login("a SAML client"));
    }
    if live.redirect_uris.as_ref().is_some_and(|uris| !uris.is_empty())
        && live.service_accounts_enabled != Some(true)
    {
        return Err(not_a_login("an application"));
    }
    if live.name.as_deref() != Some(NAME) {
        return Err(not_a_login(
            "a client that was not made as a login of Cloakroom: its name is not \"Cloakroom\"",
        ));
    }
    let uuid = live.id.clone().ok_or_else(|| not_a_login("without an id"))?;
    if !is_right(live, wanted) {
        admin.client_update(realm, &uuid, wanted).await?;
    }
    Ok(uuid)
}

fn is_right(live: &ClientRepresentation, wanted: &ClientRepresentation) -> bool {
    let attribute = |client: &ClientRepresentation, name: &str| {
        client.attributes.as_ref().and_then(|attributes| attributes.get(name).cloned()).flatten()
    };
    // Without such a policy Keycloak takes the time away with each update, and the secret does not expire.
    let expires = attribute(live, EXPIRES).filter(|time| !time.is_empty() && time != NEVER);
    live.secret == wanted.secret
        && live.client_authenticator_type == wanted.client_authenticator_type
        && live.enabled == wanted.enabled
        && live.public_client == wanted.public_client
        && live.bearer_only == wanted.bearer_only
        && live.service_accounts_enabled == wanted.service_accounts_enabled
        && live.standard_flow_enabled == wanted.standard_flow_enabled
        && live.implicit_flow_enabled == wanted.implicit_flow_enabled
        && live.direct_access_grants_enabled == wanted.direct_access_grants_enabled
        && live.full_scope_allowed == wanted.full_scope_allowed
        && attribute(live, LIGHTWEIGHT) == attribute(wanted, LIGHTWEIGHT)
        && expires.is_none()
}

/// Id of the user behind a service account.
pub(super) async fn user(admin: &AdminApi, realm: &str, client_uuid: &str) -> Result<String, LoginsError> {
    let user = admin.client_service_account_user(realm, client_uuid).await?;
    user.id.ok_or_else(|| LoginsError::Incomplete {
        realm: realm.to_owned(),
        what: "user of the service account".into(),
    })
}

/// Internal id of a client that Keycloak itself makes.
pub(super) async fn built_in_client(
    admin: &AdminApi,
    realm: &str,
    client_id: &str,
) -> Result<Option<String>, LoginsError> {
    Ok(admin.client_by_client_id(realm, client_id).await?.and_then(|client| client.id))
}

/// Names of roles, for messages and comparison.
pub(super) fn names(roles: &[RoleRepresentation]) -> Vec<String> {
    let mut names: Vec<String> = roles.iter().filter_map(|role| role.name.clone()).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_whose_secret_expires_some_day_is_mended_and_any_other_is_right() {
        let wanted = wanted("cloakroom", &Secret::random());
        let mut live = wanted.clone();
        for (time, is_as_wanted) in [
            (None, true),
            (Some(""), true),
            (Some(NEVER), true),
            (Some("1760000000"), false),
            (Some("2147483646"), false),
        ] {
            live.attributes.get_or_insert_default().insert(EXPIRES.to_owned(), time.map(str::to_owned));
            assert_eq!(is_right(&live, &wanted), is_as_wanted, "{time:?}");
        }
        live.attributes = None;
        assert!(!is_right(&live, &wanted), "the attribute that makes tokens short");
    }
}
