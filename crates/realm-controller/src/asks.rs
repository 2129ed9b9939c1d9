//! What a realm asks for that reaches beyond itself, so that the instance's owner has a say in it.
//!
//! Asked is what would be sent: the representation that the spec's own fields, `attributes` and `extra` make together, and the
//! roles, groups, client scopes and scope mappings that have calls of their own.

use std::collections::BTreeSet;

use authorization_token::Capability;
use keycloak_connect::reach::{self, Asked};
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_sync::realm;
use serde_json::{Map, Value, json};

/// Listeners that every server has and that do nothing but write a log and send mails by the realm's own mail server.
const LISTENERS: &[&str] = &["email", "jboss-logging"];

/// Attributes that hold an address which the server calls: Keycloak puts `frontendUrl` before relative addresses of clients.
const CALLED: &[&str] = &["frontendUrl"];

/// Everything that this realm asks for, field by field.
pub fn asks(spec: &KeycloakRealmSpec) -> Asked {
    let mut asked = Asked::default();
    of_parts(spec, &mut asked);
    // A spec that cannot be asked for is refused as a whole before anything is written.
    if let Ok(desired) = realm::desired(spec, &realm::Secrets::default(), None) {
        by_field(desired.value(), &mut asked);
    }
    asked
}

/// What has calls of its own.
fn of_parts(spec: &KeycloakRealmSpec, asked: &mut Asked) {
    asked.add("roles", reach::roles_within(&json!(spec.roles)));
    asked.add("defaultRole", reach::roles_within(&json!(spec.default_role)));
    asked.add("groups", reach::roles_within(&json!(spec.groups)));
    for (client, mappings) in spec.client_scope_mappings.iter().flatten() {
        let roles = mappings.iter().flat_map(|mapping| mapping.roles.iter().flatten());
        let asks = reach::roles(client, roles.map(String::as_str));
        asked.add(format!("clientScopeMappings[{client}]"), asks);
    }
    for scope in spec.client_scopes.iter().flatten() {
        let mut asks = reach::mappers(&json!(scope.protocol_mappers), None);
        if calls_inside(&json!(scope.attributes), &[]) {
            asks.insert(Capability::InternalUrls);
        }
        asked.add(format!("clientScopes[{}]", scope.name), asks);
    }
}

/// Looks at each field, and each key of what is a map, by itself.
fn by_field(realm: &Map<String, Value>, asked: &mut Asked) {
    let alone = |name: &str, value: Value| of_representation(&Map::from_iter([(name.to_owned(), value)]));
    for (name, value) in realm {
        match value {
            Value::Object(keys) => {
                for (key, value) in keys {
                    asked.add(format!("{name}[{key}]"), alone(name, json!({key: value})));
                }
            }
            _ => asked.add(name.as_str(), alone(name, value.clone())),
        }
    }
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
