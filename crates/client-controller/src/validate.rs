//! What of the spec can only be told by reading it as a whole, and which client ids are nobody's to take.

use keycloak_admin::logins::MASTER;
use keycloak_crds::{
    KeycloakClient,
    client::{ClientAuthenticator, KeycloakClientSpec},
};
use keycloak_sync::client;

use crate::{error::ClientError, ground::Ground, outputs};

/// Clients that Keycloak makes in every realm.
const BUILT_IN: &[&str] = &[
    "account",
    "account-console",
    "admin-cli",
    "admin-permissions",
    "broker",
    "realm-management",
    "security-admin-console",
];

/// What every client id of a login of ours begins with, before eight hexadecimal digits.
const LOGIN: &str = "cloakroom-";

/// What was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Valid;

/// Checks the spec.
///
/// # Errors
/// See [`ClientError`].
pub fn validate(object: &KeycloakClient, ground: Option<&Ground>) -> Result<Valid, ClientError> {
    let Some(ground) = ground else { return Err(ClientError::SeedObject) };
    let realm = ground.realm.as_ref().map(|realm| realm.realm_name());
    check(&object.spec, realm)?;
    outputs::check(&object.spec, &ground.owner)?;
    Ok(Valid)
}

/// The same for a spec in a realm of this name, where it is known.
fn check(spec: &KeycloakClientSpec, realm: Option<&str>) -> Result<(), ClientError> {
    if let Some(whose) = reserved(&spec.client_id, realm) {
        return Err(ClientError::Reserved { client_id: spec.client_id.clone(), whose });
    }
    if spec.regenerate_secret == Some(true) {
        if spec.public_client == Some(true) {
            let why = "a public client has no secret that could be made anew; remove it, or write publicClient: false";
            return Err(ClientError::InvalidSpec { field: "spec.regenerateSecret", why });
        }
        if spec.bearer_only == Some(true) {
            let why = "a bearer-only client has no secret that could be made anew; remove it, or write bearerOnly: false";
            return Err(ClientError::InvalidSpec { field: "spec.regenerateSecret", why });
        }
        if spec.manage_secret == Some(false) {
            let why = "with manageSecret: false nobody would learn the new secret; remove it, or write manageSecret: true";
            return Err(ClientError::InvalidSpec { field: "spec.regenerateSecret", why });
        }
    }
    check_secrets(spec)?;
    let authenticator = spec.settings.as_ref().and_then(|settings| settings.client_authenticator_type);
    let proves_itself = authenticator.is_some_and(|way| way != ClientAuthenticator::ClientSecret);
    if spec.public_client == Some(true) && proves_itself {
        let why = "a public client does not prove itself; remove it, or write publicClient: false";
        return Err(ClientError::InvalidSpec { field: "spec.settings.clientAuthenticatorType", why });
    }
    // Everything that cannot be asked for is refused whatever the secret and the mark are.
    client::desired(spec, None, None)?;
    Ok(())
}

/// What excludes a secret of one's own, and further Secrets.
fn check_secrets(spec: &KeycloakClientSpec) -> Result<(), ClientError> {
    let is_public = spec.public_client == Some(true);
    let is_bearer_only = spec.bearer_only == Some(true);
    if spec.client_secret.is_some() {
        let field = "spec.clientSecret";
        if is_public {
            let why = "a public client has no secret; remove it, or write publicClient: false";
            return Err(ClientError::InvalidSpec { field, why });
        }
        if is_bearer_only {
            let why = "a bearer-only client has no secret; remove it, or write bearerOnly: false";
            return Err(ClientError::InvalidSpec { field, why });
        }
        if spec.regenerate_secret == Some(true) {
            let why = "a secret of your own is not made anew; remove it, or write regenerateSecret: false";
            return Err(ClientError::InvalidSpec { field, why });
        }
    }
    if spec.outputs.as_ref().is_some_and(|outputs| !outputs.is_empty()) {
        let field = "spec.outputs";
        if is_public {
            let why = "a public client has no secret, so no Secret is written for it; remove them, or write publicClient: false";
            return Err(ClientError::InvalidSpec { field, why });
        }
        if is_bearer_only {
            let why = "a bearer-only client has no secret, so no Secret is written for it; remove them, or write bearerOnly: false";
            return Err(ClientError::InvalidSpec { field, why });
        }
        if spec.manage_secret == Some(false) {
            let why = "they are filled beside the Secret that manageSecret: false switches off; remove them, or write \
                       manageSecret: true";
            return Err(ClientError::InvalidSpec { field, why });
        }
    }
    Ok(())
}

/// Whose this client id is, if it is not for applications.
///
/// The logins of realms are told by their form and not by the one realm's own: taking that of another one, whose realm is made
/// later, would do the same harm.
fn reserved(client_id: &str, realm: Option<&str>) -> Option<&'static str> {
    let is_login = client_id
        .strip_prefix(LOGIN)
        .is_some_and(|rest| rest.len() == 8 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if is_login {
        return Some("the form of a login of Cloakroom itself");
    }
    if BUILT_IN.contains(&client_id) {
        return Some("a client that Keycloak itself makes in every realm");
    }
    if realm == Some(MASTER) && client_id.ends_with("-realm") {
        return Some("a client of realm master that holds the rights on another realm");
    }
    None
}

#[cfg(test)]
mod tests;
