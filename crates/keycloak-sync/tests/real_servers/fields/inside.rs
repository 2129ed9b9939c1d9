//! The rows of what is in a realm: roles, groups and client scopes.

use controller_testkit::KeycloakServer;
use serde_json::{Value, json};

use super::{After, Row, tried};
use crate::stage::on_each_version;

on_each_version!(every_field_of_roles_groups_and_scopes_is_set_changed_and_removed_and_reads_back);

async fn every_field_of_roles_groups_and_scopes_is_set_changed_and_removed_and_reads_back(
    server: KeycloakServer,
) {
    Box::pin(tried(server, table())).await;
}

/// What a person reads of them.
const EXPORT: &str = "partial-export?exportClients=false&exportGroupsAndRoles=true";

/// How the names of the scopes begin that new clients are to get: of others the lists of an export are cleared.
const OURS: &str = "ours-";

/// How an export is read that has the role which holds what new users get, under a name that no realm is in.
const EVERYBODY: &str = "default-roles";

/// What Keycloak gives new users.
const GIVEN: [&str; 2] = ["offline_access", "uma_authorization"];

/// The roles of client `account` that it gives them.
const GIVEN_OF_ACCOUNT: [&str; 2] = ["manage-account", "view-profile"];

/// Levels of groups that have a type of their own.
const LEVELS: usize = 5;

/// Every field of these areas.
pub(super) fn table() -> Vec<Row> {
    let mut rows = roles();
    rows.extend(what_new_users_get());
    rows.extend((1..=LEVELS).flat_map(groups));
    rows.push(below_the_last_level());
    rows.push(default_groups());
    rows.extend(scopes());
    rows.extend(what_new_clients_get());
    rows
}

/// A field whose entry is there also without it.
fn row(path: String, at: &str, within: &Value, set: Value, change: Value, after: After) -> Row {
    let path: &'static str = path.leak();
    Row::new(path, at, set, change, after).read_from(EXPORT).within(within.clone())
}

/// A map of which one key is looked at.
fn one_key(path: String, at: &str, within: &Value, key: &str, values: [Value; 2]) -> Row {
    let [set, change] = values;
    let map = |value: &Value| json!({key: value});
    let at = format!("{at}/{key}");
    row(path, &at, within, map(&set), map(&change), After::Nothing).reads(set, change)
}

fn roles() -> Vec<Row> {
    let role = || json!({"roles": {"realmRoles": [{"name": "employee"}]}});
    let path = |field: &str| format!("roles.realmRoles[].{field}");
    let at = |field: &str| format!("roles/realm/employee/{field}");
    let is_false = || After::Is(json!(false));
    let nobody = || json!({"roles": {"realmRoles": []}});
    let name = row(path("name"), &at("name"), &role(), json!("employee"), json!("employee"), After::Nothing);
    vec![
        name.without(nobody()),
        row(
            path("description"),
            &at("description"),
            &role(),
            json!("Works here"),
            json!("Worked here"),
            After::Nothing,
        ),
        row(path("clientRole"), &at("clientRole"), &role(), json!(false), json!(false), is_false()),
        row(path("composite"), &at("composite"), &role(), json!(false), json!(false), is_false()),
        one_key(path("attributes"), &at("attributes"), &role(), "cost-center", [json!(["42"]), json!(["7"])]),
        row(
            path("compositeRoles"),
            &at("composites/realm"),
            &role(),
            json!(["offline_access"]),
            json!(["uma_authorization"]),
            After::Nothing,
        ),
        one_key(
            path("compositeClientRoles"),
            &at("composites/client"),
            &role(),
            "account",
            [json!(["view-profile"]), json!(["manage-account"])],
        ),
    ]
}

/// The role that holds it, and the list of those that it holds.
fn what_new_users_get() -> Vec<Row> {
    let roles = || json!({"realmRoles": [{"name": "employee"}, {"name": "guest"}]});
    let everybody = || json!({"roles": roles(), "defaultRole": {"name": "default-roles-{realm}"}});
    let path = |field: &str| format!("defaultRole.{field}");
    let at = |field: &str| format!("roles/realm/{EVERYBODY}/{field}");
    let name = json!("default-roles-{realm}");
    let account = |role: &str| json!({"account": [role]});
    let is_true = || After::Is(json!(true));
    let lists = [("defaultRole.compositeRoles", everybody()), ("defaultRoles", json!({"roles": roles()}))];
    let mut rows = vec![
        row(path("name"), &at("name"), &everybody(), name.clone(), name, After::Is(json!(EVERYBODY)))
            .reads(json!(EVERYBODY), json!(EVERYBODY))
            .without(json!({"roles": roles()})),
        row(
            path("description"),
            &at("description"),
            &everybody(),
            json!("Everybody"),
            json!("All"),
            After::Nothing,
        ),
        row(
            path("clientRole"),
            &at("clientRole"),
            &everybody(),
            json!(false),
            json!(false),
            After::Is(json!(false)),
        ),
        row(path("composite"), &at("composite"), &holding(), json!(true), json!(true), is_true()),
        one_key(
            path("attributes"),
            &at("attributes"),
            &everybody(),
            "cost-center",
            [json!(["42"]), json!(["7"])],
        ),
        row(
            path("compositeClientRoles"),
            &at("composites/client/account"),
            &everybody(),
            account("view-applications"),
            account("view-consent"),
            After::Is(json!(GIVEN_OF_ACCOUNT)),
        )
        .reads(with(&GIVEN_OF_ACCOUNT, "view-applications"), with(&GIVEN_OF_ACCOUNT, "view-consent"))
        .unordered(),
    ];
    rows.extend(lists.map(|(path, within)| {
        let held = at("composites/realm");
        let (set, change) = (json!(["employee"]), json!(["guest"]));
        row(path.to_owned(), &held, &within, set, change, After::Is(json!(GIVEN)))
            .reads(with(&GIVEN, "employee"), with(&GIVEN, "guest"))
            .unordered()
    }));
    rows
}

/// What is held beside what Keycloak gives.
fn with(given: &[&'static str], more: &'static str) -> Value {
    given.iter().copied().chain([more]).collect()
}

/// The role that holds what new users get, as it stands beside `composite: true`.
fn holding() -> Value {
    json!({"defaultRole": {"name": "default-roles-{realm}", "compositeRoles": ["offline_access"]}})
}

/// Group `g1`, in it `g2`, and so on to this level.
fn tree(level: usize) -> Value {
    let below = (1..=level)
        .rev()
        .fold(Vec::new(), |below, level| vec![json!({"name": format!("g{level}"), "subGroups": below})]);
    json!({ "groups": below })
}

/// A group of this level, in the spec and in an export.
fn of_level(level: usize) -> (String, String) {
    let path = format!("groups[]{}", ".subGroups[]".repeat(level - 1));
    let names: Vec<String> = (1..=level).map(|level| format!("g{level}")).collect();
    (path, format!("groups/{}", names.join("/subGroups/")))
}

fn groups(level: usize) -> Vec<Row> {
    let (of, place) = of_level(level);
    let path = |field: &str| format!("{of}.{field}");
    let at = |field: &str| format!("{place}/{field}");
    let within = tree(level);
    let name = json!(format!("g{level}"));
    let names: Vec<String> = (1..=level).map(|level| format!("/g{level}")).collect();
    let stands_at = json!(names.concat());
    vec![
        row(path("name"), &at("name"), &within, name.clone(), name, After::Nothing).without(tree(level - 1)),
        row(path("path"), &at("path"), &within, stands_at.clone(), stands_at.clone(), After::Is(stands_at)),
        row(
            path("description"),
            &at("description"),
            &within,
            json!("Builds"),
            json!("Built"),
            After::Nothing,
        ),
        one_key(path("attributes"), &at("attributes"), &within, "cost-center", [json!(["42"]), json!(["7"])]),
        row(
            path("realmRoles"),
            &at("realmRoles"),
            &within,
            json!(["offline_access"]),
            json!(["uma_authorization"]),
            After::Nothing,
        ),
        one_key(
            path("clientRoles"),
            &at("clientRoles"),
            &within,
            "account",
            [json!(["view-profile"]), json!(["manage-account"])],
        ),
    ]
}

/// Free JSON from there on.
fn below_the_last_level() -> Row {
    let (of, place) = of_level(LEVELS);
    let last = |center: &str| json!([{"name": "last", "attributes": {"cost-center": [center]}}]);
    let at = format!("{place}/subGroups/last/attributes/cost-center");
    row(format!("{of}.subGroups"), &at, &tree(LEVELS), last("42"), last("7"), After::Nothing)
        .reads(json!(["42"]), json!(["7"]))
}

fn default_groups() -> Row {
    let within = json!({"groups": [{"name": "a"}, {"name": "b"}]});
    let (set, change) = (json!(["/a"]), json!(["/b"]));
    row("defaultGroups".to_owned(), "defaultGroups", &within, set, change, After::Nothing)
}

fn scopes() -> Vec<Row> {
    let scope = || json!({"clientScopes": [{"name": "department"}]});
    let mapper = "oidc-sub-mapper";
    let with_mapper = || {
        let mapper = json!({"name": "team", "protocolMapper": mapper});
        json!({"clientScopes": [{"name": "department", "protocolMappers": [mapper]}]})
    };
    let path = |field: &str| format!("clientScopes[].{field}");
    let at = |field: &str| format!("clientScopes/department/{field}");
    let of_mapper = |field: &str| path(&format!("protocolMappers[].{field}"));
    let at_mapper = |field: &str| at(&format!("protocolMappers/team/{field}"));
    let oidc = || json!("openid-connect");
    let text = |text: &str| json!(text);
    vec![
        row(path("name"), &at("name"), &scope(), text("department"), text("department"), After::Nothing)
            .without(json!({"clientScopes": []})),
        row(
            path("description"),
            &at("description"),
            &scope(),
            text("Department"),
            text("Team"),
            After::Nothing,
        ),
        row(path("protocol"), &at("protocol"), &scope(), text("saml"), oidc(), After::Stays),
        one_key(path("attributes"), &at("attributes"), &scope(), "gui.order", [text("1"), text("2")]),
        row(
            of_mapper("name"),
            &at_mapper("name"),
            &with_mapper(),
            text("team"),
            text("team"),
            After::Nothing,
        )
        .without(scope()),
        row(of_mapper("protocol"), &at_mapper("protocol"), &with_mapper(), oidc(), oidc(), After::Stays),
        row(
            of_mapper("protocolMapper"),
            &at_mapper("protocolMapper"),
            &with_mapper(),
            text("oidc-audience-resolve-mapper"),
            text(mapper),
            After::Nothing,
        )
        .without(scope()),
        one_key(
            of_mapper("config"),
            &at_mapper("config"),
            &with_mapper(),
            "access.token.claim",
            [text("true"), text("false")],
        ),
    ]
}

fn what_new_clients_get() -> Vec<Row> {
    let names = ["a", "b"].map(|end| format!("{OURS}{end}"));
    let [a, b] = &names;
    let scopes = json!({"clientScopes": [{"name": a}, {"name": b}]});
    let lists = [
        ("defaultClientScopes", "defaultDefaultClientScopes"),
        ("optionalClientScopes", "defaultOptionalClientScopes"),
    ];
    let rows =
        lists.map(|(path, at)| row(path.to_owned(), at, &scopes, json!([a]), json!([b]), After::Nothing));
    rows.into()
}

/// An export with roles, groups and scopes by their names, and of what new clients get what is ours.
pub(super) fn by_name(mut export: Value) -> Value {
    for list in ["/roles/realm", "/groups", "/clientScopes"] {
        if let Some(entries) = export.pointer_mut(list) {
            *entries = named(entries.take());
        }
    }
    for list in ["/defaultDefaultClientScopes", "/defaultOptionalClientScopes"] {
        if let Some(Value::Array(names)) = export.pointer_mut(list) {
            names.retain(|name| name.as_str().is_some_and(|name| name.starts_with(OURS)));
        }
    }
    export
}

fn named(list: Value) -> Value {
    let entries = match list {
        Value::Array(entries) => entries,
        other => return other,
    };
    let entries = entries.into_iter().map(|mut entry| {
        let name = entry["name"].as_str().unwrap_or_default();
        let name = if name.starts_with(EVERYBODY) { EVERYBODY } else { name }.to_owned();
        entry["name"] = json!(name);
        for below in ["subGroups", "protocolMappers"] {
            if let Some(entries) = entry.get_mut(below) {
                *entries = named(entries.take());
            }
        }
        (name, entry)
    });
    Value::Object(entries.collect())
}
