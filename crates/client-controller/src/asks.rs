//! What a client asks for that reaches beyond itself, so that the realm's owner has a say in it.
//!
//! Asked is what would be sent: the representation that the spec's own fields, `attributes` and `extra` make together, and what
//! is given to the client's own account, and the flows that it names, beside it.

use std::collections::BTreeSet;

use authorization_token::Capability;
use keycloak_connect::reach::{self, Asked};
use keycloak_crds::client::KeycloakClientSpec;
use keycloak_plan::kinds::POST_LOGOUT_URIS;
use keycloak_sync::client;
use serde_json::{Map, Value, json};

/// Attributes that hold an address which the server calls: keys, request objects, the notification of CIBA (OpenID Connect), logout
/// by the server, artifacts and metadata (SAML), security events.
const CALLED: &[&str] = &[
    "backchannel.logout.url",
    "ciba.backchannel.client.notification.endpoint",
    "jwks.url",
    "request.uris",
    "saml.metadataDescriptorUrl",
    "saml_artifact_resolution_service_url",
    "saml_single_logout_service_url_post",
    "saml_single_logout_service_url_soap",
    "sector.identifier.uri",
    "sectorIdentifierUri",
    "ssf.stream.delivery.endpointUrl",
    "ssf.validPushUrls",
];

/// Attributes that hold an address which only browsers open.
const OPENED: &[&str] = &[
    "frontchannel.logout.url",
    "logoUri",
    "policyUri",
    POST_LOGOUT_URIS,
    "saml_artifact_binding_url",
    "saml_assertion_consumer_url_post",
    "saml_assertion_consumer_url_redirect",
    "saml_idp_initiated_sso_url_name",
    "saml_single_logout_service_url_artifact",
    "saml_single_logout_service_url_redirect",
    "tosUri",
];

/// Attributes that switch token exchange on, also that for assertions of other providers.
const EXCHANGE: &[&str] = &[
    "oauth2.jwt.authorization.grant.enabled",
    "standard.token.exchange.enabled",
    "token.exchange.grant.enabled",
];

/// Client scopes that Keycloak makes in every realm.
const KEYCLOAKS_SCOPES: &[&str] = &[
    "acr",
    "address",
    "basic",
    "email",
    "microprofile-jwt",
    "offline_access",
    "organization",
    "phone",
    "profile",
    "role_list",
    "roles",
    "saml_organization",
    "service_account",
    "web-origins",
];

/// Everything that this client asks for, field by field.
pub fn asks(spec: &KeycloakClientSpec) -> Asked {
    let mut asked = Asked::default();
    // A spec that cannot be asked for is refused as a whole before anything is written.
    if let Ok(desired) = client::desired(spec, None, None) {
        by_field(desired.value(), &mut asked);
    }
    // With a scope come the roles that its realm maps to it.
    for (field, scopes) in [
        ("defaultClientScopes", &spec.default_client_scopes),
        ("optionalClientScopes", &spec.optional_client_scopes),
    ] {
        for scope in scopes.iter().flatten().filter(|scope| !KEYCLOAKS_SCOPES.contains(&scope.as_str())) {
            asked.add(format!("{field}[{scope}]"), BTreeSet::from([Capability::ClientScopes]));
        }
    }
    let own_account = spec.service_account_roles.as_ref().and_then(|roles| roles.client_roles.as_ref());
    for (client, roles) in own_account.into_iter().flatten() {
        let asks = reach::roles(client, roles.iter().map(String::as_str));
        asked.add(format!("serviceAccountRoles[{client}]"), asks);
    }
    let flows = spec.authentication_flows.as_ref();
    for (field, flow) in [
        ("authenticationFlows.browserFlow", flows.and_then(|flows| flows.browser_flow.as_ref())),
        ("authenticationFlows.directGrantFlow", flows.and_then(|flows| flows.direct_grant_flow.as_ref())),
    ] {
        if flow.is_some() {
            asked.add(field, BTreeSet::from([Capability::Flows]));
        }
    }
    // A spec is maps with text keys: there is nothing that JSON cannot hold.
    let decisions = serde_json::to_value(&spec.authorization_settings).unwrap_or_default();
    if reach::policies_run_scripts(&decisions) {
        asked.add("authorizationSettings", BTreeSet::from([Capability::ScriptMappers]));
    }
    asked
}

/// Looks at each field, attribute and mapper by itself, with the address that relative ones stand below.
fn by_field(client: &Map<String, Value>, asked: &mut Asked) {
    let root = client.get("rootUrl").and_then(Value::as_str);
    let alone =
        |name: &str, value: Value| of_representation(&Map::from_iter([(name.to_owned(), value)]), root);
    for (name, value) in client {
        match value {
            Value::Object(keys) => {
                for (key, value) in keys {
                    asked.add(format!("{name}[{key}]"), alone(name, json!({key: value})));
                }
            }
            Value::Array(mappers) if name == "protocolMappers" => {
                for mapper in mappers {
                    let called = mapper.get("name").and_then(Value::as_str).unwrap_or_default();
                    asked.add(format!("{name}[{called}]"), alone(name, json!([mapper])));
                }
            }
            _ => asked.add(name.as_str(), alone(name, value.clone())),
        }
    }
}

/// `root`: as for [`reach::leads_inside`].
fn of_representation(client: &Map<String, Value>, root: Option<&str>) -> BTreeSet<Capability> {
    let none = Map::new();
    let attributes = client.get("attributes").and_then(Value::as_object).unwrap_or(&none);
    let mut asks = client.get("protocolMappers").map(|list| reach::mappers(list, root)).unwrap_or_default();
    let after_logout = attributes.get(POST_LOGOUT_URIS).and_then(Value::as_str);
    let mut redirects = client.get("redirectUris").into_iter().flat_map(reach::texts).chain(after_logout);
    if redirects.any(|uri| uri.contains('*')) {
        asks.insert(Capability::WildcardRedirectUris);
    }
    if EXCHANGE.iter().any(|key| attributes.get(*key).is_some_and(reach::is_true)) {
        asks.insert(Capability::TokenExchange);
    }
    if client.get("fullScopeAllowed").is_some_and(reach::is_true) {
        asks.insert(Capability::FullScope);
    }
    // Keycloak puts `rootUrl` before relative addresses that the server calls, also before those that no object says any more and
    // that stay in Keycloak.
    let by_fields = reach::calls_inside(client, &["adminUrl", "rootUrl"], &["baseUrl"], root);
    if by_fields || reach::calls_inside(attributes, CALLED, OPENED, root) {
        asks.insert(Capability::InternalUrls);
    }
    asks
}

#[cfg(test)]
mod tests;
