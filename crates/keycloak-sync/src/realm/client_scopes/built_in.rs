//! The client scopes that Keycloak makes with a realm, as it makes them.

use std::sync::LazyLock;

use keycloak_admin::types::ClientScopeRepresentation;

/// Of 26.4 to 26.7, which make them alike.
static MADE: LazyLock<Vec<ClientScopeRepresentation>> =
    LazyLock::new(|| serde_json::from_str(include_str!("built_in.json")).unwrap_or_default());

/// Of these, one that only later versions make: a realm of an older one lacks nothing without it.
const LATER: &str = "AuthnContextClassRef";

/// The scope of this name as Keycloak makes it, if it makes one.
pub(super) fn made(name: &str) -> Option<&'static ClientScopeRepresentation> {
    all().find(|scope| scope.name.as_deref() == Some(name))
}

/// Those that every version makes.
pub(super) fn everywhere() -> impl Iterator<Item = &'static ClientScopeRepresentation> {
    all().filter(|scope| scope.name.as_deref() != Some(LATER))
}

fn all() -> impl Iterator<Item = &'static ClientScopeRepresentation> {
    MADE.iter()
}
