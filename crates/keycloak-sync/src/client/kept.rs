//! Fields of the CR that Keycloak keeps among the attributes of a client.

use keycloak_crds::client::{ClientSettings, KeycloakClientSpec, PkceMethod};
use keycloak_crds::policy::StringMap;
use keycloak_plan::Desired;
use keycloak_plan::kinds::{ATTRIBUTE_SEPARATOR, POST_LOGOUT_URIS};
use serde_json::Value;

use crate::fields::FieldRefusal;

const ACCESS_TOKEN_LIFESPAN: &str = "access.token.lifespan";
/// How long a session of the client lives unused, and with it the refresh token of that session: Keycloak has no lifetime for
/// these alone.
const CLIENT_SESSION_IDLE: &str = "client.session.idle.timeout";
const CLIENT_SESSION_MAX: &str = "client.session.max.lifespan";
const DISPLAY_ON_CONSENT_SCREEN: &str = "display.on.consent.screen";
const INCLUDE_IN_TOKEN_SCOPE: &str = "include.in.token.scope";
const PKCE_METHOD: &str = "pkce.code.challenge.method";

/// A field, and the attribute that it is kept in.
struct Kept {
    /// Below `spec`.
    field: &'static str,
    key: &'static str,
    /// How the CR would say the attribute.
    attribute: &'static str,
    /// What the CR says, as Keycloak keeps it.
    said: fn(&KeycloakClientSpec) -> Option<String>,
}

/// Every such field. Of two that are one attribute the first is the one to keep.
const KEPT: &[Kept] = &[
    Kept {
        field: "postLogoutRedirectUris",
        key: POST_LOGOUT_URIS,
        attribute: "attributes['post.logout.redirect.uris']",
        // An empty list clears: it is an empty text.
        said: |spec| spec.post_logout_redirect_uris.as_ref().map(|uris| uris.join(ATTRIBUTE_SEPARATOR)),
    },
    Kept {
        field: "settings.accessTokenLifespan",
        key: ACCESS_TOKEN_LIFESPAN,
        attribute: "attributes['access.token.lifespan']",
        said: |spec| text(settings(spec)?.access_token_lifespan),
    },
    Kept {
        field: "settings.clientSessionIdleTimeout",
        key: CLIENT_SESSION_IDLE,
        attribute: "attributes['client.session.idle.timeout']",
        said: |spec| text(settings(spec)?.client_session_idle_timeout),
    },
    Kept {
        field: "settings.refreshTokenLifespan",
        key: CLIENT_SESSION_IDLE,
        attribute: "attributes['client.session.idle.timeout']",
        said: |spec| text(settings(spec)?.refresh_token_lifespan),
    },
    Kept {
        field: "settings.clientSessionMaxLifespan",
        key: CLIENT_SESSION_MAX,
        attribute: "attributes['client.session.max.lifespan']",
        said: |spec| text(settings(spec)?.client_session_max_lifespan),
    },
    Kept {
        field: "settings.displayOnConsentScreen",
        key: DISPLAY_ON_CONSENT_SCREEN,
        attribute: "attributes['display.on.consent.screen']",
        said: |spec| text(settings(spec)?.display_on_consent_screen),
    },
    Kept {
        field: "settings.includeInTokenScope",
        key: INCLUDE_IN_TOKEN_SCOPE,
        attribute: "attributes['include.in.token.scope']",
        said: |spec| text(settings(spec)?.include_in_token_scope),
    },
    Kept {
        field: "settings.pkceCodeChallengeMethod",
        key: PKCE_METHOD,
        attribute: "attributes['pkce.code.challenge.method']",
        said: |spec| text(settings(spec)?.pkce_code_challenge_method.map(PkceMethod::as_str)),
    },
];

fn settings(spec: &KeycloakClientSpec) -> Option<&ClientSettings> {
    spec.settings.as_ref()
}

fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// What the fields of the CR say, as attributes.
pub(super) fn attributes(spec: &KeycloakClientSpec) -> impl Iterator<Item = (String, Value)> {
    KEPT.iter().filter_map(move |kept| Some((kept.key.to_owned(), Value::from((kept.said)(spec)?))))
}

/// What a client is created with of them, where nobody says otherwise.
pub(super) fn created(desired: Desired) -> Desired {
    let keys = [DISPLAY_ON_CONSENT_SCREEN, INCLUDE_IN_TOKEN_SCOPE];
    keys.into_iter().fold(desired, |desired, key| desired.key_created_with("attributes", key, "true"))
}

/// Attributes that the CR says by a field and by their own name, or by two fields.
pub(super) fn said_twice(spec: &KeycloakClientSpec) -> Vec<FieldRefusal> {
    let said: Vec<&Kept> = KEPT.iter().filter(|kept| (kept.said)(spec).is_some()).collect();
    let by_name = |key: &str| spec.attributes.as_ref().is_some_and(|attributes| attributes.contains_key(key));
    let attributes = said.iter().filter(|kept| by_name(kept.key));
    let attributes = attributes.map(|kept| FieldRefusal::Same { field: kept.field, other: kept.attribute });
    let pairs = said.windows(2).filter_map(|pair| match pair {
        [first, second] if first.key == second.key => {
            Some(FieldRefusal::Same { field: first.field, other: second.field })
        }
        _ => None,
    });
    attributes.chain(pairs).collect()
}

/// Takes the post-logout URIs out of the attributes of a live client.
pub(super) fn post_logout_uris(attributes: &mut StringMap) -> Option<Vec<String>> {
    let uris = attributes.remove(POST_LOGOUT_URIS)?;
    let uris = uris.split(ATTRIBUTE_SEPARATOR).map(str::trim).filter(|uri| !uri.is_empty());
    let uris: Vec<String> = uris.map(str::to_owned).collect();
    (!uris.is_empty()).then_some(uris)
}

/// Takes what has a field of its own out of the attributes of a live client. What that field would not say in the same
/// letters stays among them.
pub(super) fn settings_of(attributes: &mut StringMap) -> ClientSettings {
    ClientSettings {
        access_token_lifespan: take(attributes, ACCESS_TOKEN_LIFESPAN, seconds),
        client_session_idle_timeout: take(attributes, CLIENT_SESSION_IDLE, seconds),
        client_session_max_lifespan: take(attributes, CLIENT_SESSION_MAX, seconds),
        display_on_consent_screen: take(attributes, DISPLAY_ON_CONSENT_SCREEN, switch),
        include_in_token_scope: take(attributes, INCLUDE_IN_TOKEN_SCOPE, switch),
        pkce_code_challenge_method: take(attributes, PKCE_METHOD, pkce),
        ..ClientSettings::default()
    }
}

fn take<T>(attributes: &mut StringMap, key: &str, read: fn(&str) -> Option<T>) -> Option<T> {
    let value = read(attributes.get(key)?)?;
    attributes.remove(key);
    Some(value)
}

/// A time as the API server takes it.
fn seconds(text: &str) -> Option<i32> {
    text.parse::<i32>().ok().filter(|seconds| *seconds >= 1 && seconds.to_string() == text)
}

fn switch(text: &str) -> Option<bool> {
    text.parse().ok()
}

fn pkce(text: &str) -> Option<PkceMethod> {
    [PkceMethod::S256, PkceMethod::Plain].into_iter().find(|method| method.as_str() == text)
}
