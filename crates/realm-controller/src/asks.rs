//! What a realm asks for that reaches beyond itself, so that the instance's owner has a say in it.
//!
//! Asked is what would be sent: the representation that the spec's own fields, `attributes` and `extra` make together, and the
//! roles, groups, client scopes and scope mappings that have calls of their own.

use std::collections::BTreeSet;

use authorization_token::Capability;
use keycloak_connect::reach;
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_sync::realm;
use serde_json::{Map, Value, json};

/// Listeners that every server has and that do nothing but write a log and send mails by the realm's own mail server.
const LISTENERS: &[&str] = &["email", "jboss-logging"];

/// Attributes that hold an address which the server calls: Keycloak puts the first before relative addresses of clients.
const CALLED: &[&str] = &["frontendUrl"];

/// Everything that this realm asks for.
pub fn asks(spec: &KeycloakRealmSpec) -> BTreeSet<Capability> {
    let mut asks = of_parts(spec);
    // A spec that cannot be asked for is refused as a whole before anything is written.
    if let Ok(desired) = realm::desired(spec, &realm::Secrets::default(), None) {
        asks.extend(of_representation(desired.value()));
    }
    asks
}

/// What has calls of its own.
fn of_parts(spec: &KeycloakRealmSpec) -> BTreeSet<Capability> {
    let mut asks = BTreeSet::new();
    // A spec is maps with text keys: there is nothing that JSON cannot hold.
    let holders = json!([spec.roles, spec.default_role, spec.groups]);
    asks.extend(reach::roles_within(&holders));
    for (client, mappings) in spec.client_scope_mappings.iter().flatten() {
        let roles = mappings.iter().flat_map(|mapping| mapping.roles.iter().flatten());
        asks.extend(reach::roles(client, roles.map(String::as_str)));
    }
    for scope in spec.client_scopes.iter().flatten() {
        asks.extend(reach::mappers(&json!(scope.protocol_mappers), None));
        if scope.attributes.is_some() && calls_inside(&json!(scope.attributes), &[]) {
            asks.insert(Capability::InternalUrls);
        }
    }
    asks
}

fn of_representation(realm: &Map<String, Value>) -> BTreeSet<Capability> {
    let mut asks = BTreeSet::new();
    let null = Value::Null;
    let field = |name: &str| realm.get(name).unwrap_or(&null);
    if reach::is_true(field("adminPermissionsEnabled")) {
        asks.insert(Capability::AdminPermissions);
    }
    if reach::texts(field("eventsListeners")).any(|listener| !LISTENERS.contains(&listener)) {
        asks.insert(Capability::EventListeners);
    }
    let headers = field("browserSecurityHeaders").as_object().into_iter().flatten();
    if headers
        .filter_map(|(name, value)| Some((name, value.as_str()?)))
        .any(|(name, value)| is_weak(name, value))
    {
        asks.insert(Capability::SecurityHeaders);
    }
    let smtp = field("smtpServer");
    let mail = smtp.get("host").and_then(Value::as_str).is_some_and(reach::host_leads_inside);
    if mail
        || calls_inside(smtp, &["authTokenUrl"])
        || calls_inside(field("attributes"), CALLED)
        || reach::calls_inside(realm, &[], &[], None)
    {
        asks.insert(Capability::InternalUrls);
    }
    asks
}

fn calls_inside(named: &Value, called: &[&str]) -> bool {
    named.as_object().is_some_and(|named| reach::calls_inside(named, called, &[], None))
}

/// Whether a header protects less than the one that Keycloak sends by itself. Pages of all realms, and the console of the
/// administrators, have one origin.
fn is_weak(name: &str, value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let value = value.trim();
    match name {
        "contentSecurityPolicy" => is_weak_policy(value),
        // The whole host forgets to be called by HTTPS only.
        "strictTransportSecurity" => !lives_long(value),
        "xContentTypeOptions" => value != "nosniff",
        "xFrameOptions" => !["deny", "sameorigin"].contains(&value),
        "referrerPolicy" => ["", "no-referrer-when-downgrade", "unsafe-url"].contains(&value),
        // Reports, and what search engines see.
        _ => false,
    }
}

/// Whether a policy lets every page frame this one, or plug-ins run in it.
fn is_weak_policy(policy: &str) -> bool {
    let directive = |name: &str| {
        // The first of several counts.
        let named = policy.split(';').map(str::split_ascii_whitespace);
        named.map(Iterator::collect::<Vec<_>>).find(|words| words.first() == Some(&name))
    };
    let frames_of_all =
        |sources: &Vec<&str>| sources.iter().any(|source| source.contains('*') || source.ends_with(':'));
    let is_none = |sources: &Vec<&str>| sources.get(1) == Some(&"'none'");
    let objects = directive("object-src").or_else(|| directive("default-src"));
    directive("frame-ancestors").is_none_or(|sources| frames_of_all(&sources))
        || objects.is_none_or(|sources| !is_none(&sources))
}

/// Whether `max-age` is there and a day or more.
fn lives_long(transport: &str) -> bool {
    const DAY: u64 = 86_400;
    let mut directives =
        transport.split(';').filter_map(|directive| directive.trim().strip_prefix("max-age="));
    directives
        .next()
        .and_then(|seconds| seconds.trim_matches('"').parse::<u64>().ok())
        .is_some_and(|age| age >= DAY)
}

#[cfg(test)]
mod tests;
