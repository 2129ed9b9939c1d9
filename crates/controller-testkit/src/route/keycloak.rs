//! Routes of Keycloak: the admin API by the words after which an id comes, the rest as it is.
//!
//! A table of words instead of all 400 templates of the OpenAPI document: it also knows the paths
//! which that document lacks, and a route that is new in a version still gets a name.

use http::Method;

use super::{Route, is_safe, is_uuid, joined, parts};
use crate::call::Kind;

/// A word of the admin API after which an id comes, and the words that may come there instead.
const COLLECTIONS: &[(&str, &[&str])] = &[
    ("certificates", &[]),
    ("children", &[]),
    ("client-scopes", &[]),
    ("clients", &[]),
    ("clients-initial-access", &[]),
    ("components", &[]),
    ("config", &[]),
    ("config-description", &[]),
    ("consents", &[]),
    ("credentials", &[]),
    ("default-client-scopes", &[]),
    ("default-default-client-scopes", &[]),
    ("default-groups", &[]),
    ("default-optional-client-scopes", &[]),
    ("executions", &["execution", "flow"]),
    ("federated-identity", &[]),
    ("flows", &[]),
    ("groups", &["count"]),
    ("identity-providers", &[]),
    ("instances", &[]),
    ("localization", &[]),
    ("mappers", &[]),
    ("members", &["count", "invite-existing-user", "invite-user"]),
    ("models", &[]),
    ("moveAfter", &[]),
    ("offline-sessions", &[]),
    ("optional-client-scopes", &[]),
    ("organizations", &["count"]),
    ("permission", &["evaluate", "providers", "search"]),
    ("policy", &["evaluate", "providers", "search"]),
    ("protocol", &[]),
    ("providers", &[]),
    ("required-actions", &[]),
    ("resource", &["search"]),
    ("roles", &[]),
    ("roles-by-id", &[]),
    ("scope", &["search"]),
    ("sessions", &[]),
    ("user-storage", &[]),
    ("users", &["count", "profile"]),
    ("workflows", &[]),
];

/// Types of policies and permissions: a word between `policy` and the id.
const POLICY_TYPES: &[&str] = &[
    "aggregate",
    "client",
    "client-scope",
    "group",
    "js",
    "regex",
    "resource",
    "role",
    "scope",
    "time",
    "uma",
    "user",
];

/// Last words of paths whose POST stores nothing.
const ASKING_POSTS: &[&str] = &[
    "client-description-converter",
    "evaluate",
    "import-config",
    "introspect",
    "ldap-server-capabilities",
    "partial-export",
    "testLDAPConnection",
    "testSMTPConnection",
    "userinfo",
];

/// The route of a call; `path` is without the server's relative path.
pub(super) fn route(method: &Method, path: &str) -> Route {
    let parts = parts(path);
    Route { template: template(&parts), kind: kind(method, path, &parts) }
}

fn kind(method: &Method, path: &str, parts: &[&str]) -> Kind {
    if *method == Method::POST && path.ends_with("/protocol/openid-connect/token") {
        Kind::Login
    } else if is_safe(method)
        || parts.last().is_some_and(|last| *method == Method::POST && ASKING_POSTS.contains(last))
    {
        Kind::Read
    } else {
        Kind::Write
    }
}

fn template(parts: &[&str]) -> String {
    match parts {
        ["admin", "realms", _, rest @ ..] => {
            let mut named = vec!["admin", "realms", "{realm}"];
            named.extend(below_a_realm(rest));
            joined(&named)
        }
        ["realms", _, rest @ ..] => {
            let mut named = vec!["realms", "{realm}"];
            named.extend(rest.iter().map(|part| if is_uuid(part) { "{id}" } else { part }));
            joined(&named)
        }
        other => joined(other),
    }
}

fn below_a_realm<'a>(parts: &[&'a str]) -> Vec<&'a str> {
    let mut named: Vec<&'a str> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let before = named.last().copied();
        let two_before = named.len().checked_sub(2).and_then(|at| named.get(at)).copied();
        let is_id = match (two_before, before) {
            // A path of names takes the whole rest.
            _ if parts.first() == Some(&"group-by-path") && index > 0 => true,
            // `policy/role/{id}`, and below it again.
            (Some("policy" | "permission"), Some(kind)) if POLICY_TYPES.contains(&kind) => {
                !is_word_after(kind, part)
            }
            (_, Some("policy" | "permission")) if POLICY_TYPES.contains(part) => false,
            // `localization/{locale}/{key}`.
            (Some("localization"), Some("{id}")) => true,
            (_, Some(word)) => is_uuid(part) || comes_as_id_after(word, part),
            (_, None) => false,
        };
        named.push(if is_id { "{id}" } else { part });
    }
    named
}

fn comes_as_id_after(word: &str, part: &str) -> bool {
    COLLECTIONS.iter().any(|(collection, _)| *collection == word) && !is_word_after(word, part)
}

fn is_word_after(word: &str, part: &str) -> bool {
    COLLECTIONS.iter().any(|(collection, words)| *collection == word && words.contains(&part))
}
