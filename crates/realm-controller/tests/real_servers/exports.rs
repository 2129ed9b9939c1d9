//! Realms as Keycloak's own admin console exports them, some of them public projects': taken over by an object that our export makes
//! of them, and made again by it.

use std::collections::BTreeSet;
use std::sync::Arc;

use controller_testkit::{KeycloakServer, client, public_export, realm, unique_name};
use http::Method;
use keycloak_crds::labels::annotation;
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::is_mark_key;
use keycloak_sync::realm::{export, read_whole};
use serde_json::{Map, Value, json};

use super::ownership::{granted, writes};
use super::place::Place;

/// What taking an equal realm over writes: the mark, and our login in it.
const TAKING_OVER: &str = "\
1 PUT /admin/realms/{realm}
1 POST /admin/realms/{realm}/clients
1 POST /admin/realms/{realm}/users/{id}/role-mappings/clients/{id}";

/// The same where Keycloak lets nobody give roles of administration, and the user of our login is imported with them (keycloak#44371).
const TAKING_OVER_ON_26_4: &str = "\
1 PUT /admin/realms/{realm}
1 POST /admin/realms/{realm}/clients
2 PUT /admin/realms/{realm}/clients/{id}
1 POST /admin/realms/{realm}/partialImport
1 POST /admin/realms/{realm}/users/{id}/role-mappings/clients/{id}";

/// What ids are kept under: another realm has others.
const IDS: &[&str] = &["id", "_id", "containerId", "parentId"];

/// What no object asks for yet, or nobody can ask for, by its path in an export.
const OUTSIDE: &[&[&str]] = &[
    // Clients and their roles have objects of their own; users are not managed.
    &["clients"],
    &["roles", "client"],
    &["users"],
    &["clientProfiles"],
    &["clientPolicies"],
    // Flows.
    &["authenticationFlows"],
    &["authenticatorConfig"],
    &["browserFlow"],
    &["registrationFlow"],
    &["directGrantFlow"],
    &["resetCredentialsFlow"],
    &["clientAuthenticationFlow"],
    &["dockerAuthenticationFlow"],
    &["firstBrokerLoginFlow"],
    // Identity providers.
    &["identityProviders"],
    &["identityProviderMappers"],
    // Federations, keys, and the user profile, which is read by a call of its own.
    &["components"],
    // Keycloak knows it no more and keeps it where it was imported.
    &["browserSecurityHeaders", "xXSSProtection"],
    // Fields that an import writes down a second time.
    &["attributes", "clientSessionIdleTimeout"],
    &["attributes", "clientSessionMaxLifespan"],
    &["attributes", "clientOfflineSessionIdleTimeout"],
    &["attributes", "clientOfflineSessionMaxLifespan"],
    &["attributes", "scimApiEnabled"],
];

/// A client, and roles of it.
type OfClient = (&'static str, &'static [&'static str]);

/// Takes a realm over that was imported from this export, deletes it, and makes it again. `clients` are those whose roles the realm
/// hands out.
async fn is_taken_over_and_made_again(server: KeycloakServer, sample: &str, clients: &[OfClient]) {
    let place = Arc::new(Place::new("exports", &server).await);
    let name = unique_name("exports");
    granted(&place, &name, renamed(sample, &name)).await;
    let before = seen(&place, &name).await;
    let live = read_whole(&place.administrator(), &name).await.unwrap().unwrap();
    let operator_ref = OperatorRef { namespace: place.namespace.clone(), ..OperatorRef::default() };
    let exported = export(&live, operator_ref);
    let mut spec = json!(exported.spec);
    if exported.left_out.iter().any(|field| field == "spec.smtpServer.passwordSecret") {
        place.writes_ticket(&place.namespace, "not-a-secret").await;
        spec["smtpServer"]["passwordSecret"] = json!({"name": "ticket", "key": "token"});
    }

    spec["adopt"] = json!(true);
    place.applies("acme", spec.clone()).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    process.stops().await;
    let expected = if server.version().starts_with("26.4") { TAKING_OVER_ON_26_4 } else { TAKING_OVER };
    assert_eq!(writes(&place.keycloak.calls()), expected);
    is_equal(&before, &seen(&place, &name).await);

    place.console.deletes(&realm(&name)).await;
    place.loses("acme").await;
    spec.as_object_mut().unwrap().remove("adopt");
    place.applies("acme", spec).await;
    let process = place.start();
    if !clients.is_empty() {
        place.is_not_ready_because("acme", "WaitingForClient").await;
        for (client_id, roles) in clients {
            makes_client(&place, &name, client_id, roles).await;
        }
        place.annotates("acme", annotation::RECONCILE_AT, &unique_name("at")).await;
    }
    place.becomes_ready("acme").await;
    process.stops().await;
    let mut sides = [before, seen(&place, &name).await];
    for side in &mut sides {
        for path in OUTSIDE {
            take_out(side, path);
        }
        for field in exported.left_out.iter().filter(|field| !field.starts_with("spec.")) {
            take_out(side, &[field.as_str()]);
        }
        for path in exported.lacks.iter().flat_map(|lacking| paths_of(lacking)) {
            take_out(side, &path);
        }
    }
    let [before, again] = sides;
    is_equal(&normal(before), &normal(again));
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("a pass with nothing changed").writes(0);
    place.leave(&[&name]).await;
}

/// An export as it is imported under another name, so that several can stand on one server.
fn renamed(sample: &str, name: &str) -> Value {
    let whole: Value = serde_json::from_str(sample).unwrap();
    let old = whole["realm"].as_str().unwrap().to_lowercase();
    let sample = sample.replace(&format!("default-roles-{old}"), &format!("default-roles-{name}"));
    let mut sample: Value = serde_json::from_str(&sample).unwrap();
    // The test server speaks no TLS.
    if sample["sslRequired"] == "all" {
        sample["sslRequired"] = json!("external");
    }
    without_ids(sample)
}

/// The export of a public project, with what it leaves open filled in.
fn public(name: &str, open: &[(&str, &str)]) -> String {
    let filled = |text: String, (left_open, value): &(&str, &str)| text.replace(left_open, value);
    let text = open.iter().fold(public_export(name), filled);
    let mut whole: Value = serde_json::from_str(&text).unwrap();
    // No object asks for people. To hash their passwords takes time.
    take_out(&mut whole, &["users"]);
    // Nor for keys. What a package publishes everybody has, and some are too short for a Keycloak of today: it makes its own.
    take_out(&mut whole, &["components", "org.keycloak.keys.KeyProvider"]);
    whole.to_string()
}

fn without_ids(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(key, _)| !IDS.contains(&key.as_str()));
            Value::Object(fields.map(|(key, value)| (key, without_ids(value))).collect())
        }
        Value::Array(entries) => Value::Array(entries.into_iter().map(without_ids).collect()),
        other => other,
    }
}

async fn makes_client(place: &Place, name: &str, client_id: &str, roles: &[&str]) {
    let thing = client(name, client_id);
    place.console.creates(&thing, json!({})).await;
    let id = place.console.sees_field(&thing, "id").await;
    let path = format!("/admin/realms/{name}/clients/{}/roles", id.as_str().unwrap());
    for role in roles {
        let made = place.console.calls(Method::POST, &path, Some(json!({"name": role}))).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
}

/// What a person sees of the realm, in an order that stays.
pub(crate) async fn seen(place: &Place, name: &str) -> Value {
    let calls = async |method: Method, path: &str| {
        let answer = place.console.calls(method, &format!("/admin/realms/{name}/{path}"), None).await;
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.body);
        answer.body
    };
    let mut seen = calls(Method::POST, "partial-export?exportClients=false&exportGroupsAndRoles=true").await;
    let profile = calls(Method::GET, "users/profile").await;
    seen["userProfile"] = profile;
    if let Some(policy) = seen["passwordPolicy"].as_str() {
        let rules: Vec<String> = policy.split(" and ").map(|rule| rule.replace("(undefined)", "")).collect();
        seen["passwordPolicy"] = json!(rules);
    }
    normal(seen)
}

/// Without ids, the mark, and what is empty; lists in which each entry has a name by that name.
fn normal(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields =
                fields.into_iter().filter(|(key, _)| !IDS.contains(&key.as_str()) && !is_mark_key(key));
            let fields = fields.map(|(key, value)| (key, normal(value)));
            Value::Object(fields.filter(|(_, value)| !is_nothing(value)).collect())
        }
        Value::Array(entries) => {
            let entries = entries.into_iter().map(|entry| (name_of(&entry), normal(entry)));
            Value::Object(entries.collect())
        }
        other => other,
    }
}

fn name_of(entry: &Value) -> String {
    let named = ["alias", "clientScope", "client", "name"].into_iter().find_map(|key| entry[key].as_str());
    named.or(entry.as_str()).map_or_else(|| entry.to_string(), str::to_owned)
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Array(_) | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Where something stands in an export that our export says is lacking.
fn paths_of(lacking: &str) -> Vec<Vec<&str>> {
    let mut steps: Vec<&str> = Vec::new();
    let mut rest = lacking.strip_prefix("spec").unwrap();
    while !rest.is_empty() {
        let (step, after) = if let Some(inside) = rest.strip_prefix('[') {
            inside.split_once(']').unwrap()
        } else {
            let field = rest.trim_start_matches('.');
            field.split_at(field.find(['.', '[']).unwrap_or(field.len()))
        };
        steps.push(step);
        rest = after;
    }
    let lists = ["defaultDefaultClientScopes", "defaultOptionalClientScopes"];
    match steps.as_slice() {
        // New clients get a scope that is there again.
        ["clientScopes", name] => {
            lists.map(|list| vec![list, *name]).into_iter().chain([steps.clone()]).collect()
        }
        ["defaultClientScopes", name] => vec![vec![lists[0], *name]],
        ["optionalClientScopes", name] => vec![vec![lists[1], *name]],
        _ => vec![steps.clone()],
    }
}

fn take_out(whole: &mut Value, path: &[&str]) {
    let Some((last, above)) = path.split_last() else { return };
    let mut at = Some(whole);
    for step in above {
        at = at.and_then(|at| at.get_mut(*step));
    }
    if let Some(Value::Object(fields)) = at {
        fields.remove(*last);
    }
}

fn is_equal(before: &Value, after: &Value) {
    let mut found = Vec::new();
    compare("", before, after, &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Says of every place at which they differ what stood there and what stands there.
fn compare(at: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    if let (Value::Object(before), Value::Object(after)) = (before, after) {
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in keys {
            let of = |side: &Map<String, Value>| side.get(key).cloned().unwrap_or_default();
            compare(&format!("{at}/{key}"), &of(before), &of(after), found);
        }
    } else if before != after {
        found.push(format!("{at}: {before} became {after}"));
    }
}

#[tokio::test]
async fn a_realm_with_changed_scopes_and_roles_of_many_clients_is_taken_over_and_made_again() {
    let clients: &[OfClient] = &[("shop-api-01", &["orders-read", "orders-write"])];
    let sample = include_str!("exports/shop.json");
    Box::pin(is_taken_over_and_made_again(KeycloakServer::newest(), sample, clients)).await;
}

#[tokio::test]
async fn a_realm_without_some_of_keycloaks_own_scopes_is_taken_over_and_made_again() {
    let sample = include_str!("exports/portal.json");
    Box::pin(is_taken_over_and_made_again(KeycloakServer::newest(), sample, &[])).await;
}

#[tokio::test]
async fn the_realm_that_the_manifests_of_the_seed_describe_is_taken_over_and_made_again() {
    let sample = include_str!("exports/acme.json");
    Box::pin(is_taken_over_and_made_again(KeycloakServer::newest(), sample, &[])).await;
}

#[tokio::test]
async fn a_realm_of_26_4_is_taken_over_and_made_again() {
    let sample = include_str!("exports/older.json");
    Box::pin(is_taken_over_and_made_again(KeycloakServer::oldest(), sample, &[])).await;
}

#[tokio::test]
async fn the_public_realm_of_kogito_is_taken_over_and_made_again() {
    let sample = public("kogito", &[]);
    Box::pin(is_taken_over_and_made_again(KeycloakServer::newest(), &sample, &[])).await;
}

#[tokio::test]
async fn the_public_realm_of_apiman_is_taken_over_and_made_again() {
    let sample = public("apiman", &[]);
    Box::pin(is_taken_over_and_made_again(KeycloakServer::newest(), &sample, &[])).await;
}

#[tokio::test]
async fn the_public_realm_of_jhipster_is_taken_over_and_made_again() {
    let open = [
        ("{{realmName}}", "jhipster"),
        ("{{projectName}}", "Shop"),
        ("{{serverPort}}", "8080"),
        ("{{clientScopeName}}", "jhipster"),
        // The last before Keycloak gave new realms what this one does not have. It brings realms of older versions up to date.
        ("{{dockerKeycloakVersion}}", "17.0.1"),
    ];
    let sample = public("jhipster-lite", &open);
    Box::pin(is_taken_over_and_made_again(KeycloakServer::newest(), &sample, &[])).await;
}

#[tokio::test]
async fn the_public_realm_of_cuioss_is_taken_over_and_made_again() {
    let sample = public("cuioss", &[]);
    Box::pin(is_taken_over_and_made_again(KeycloakServer::newest(), &sample, &[])).await;
}
