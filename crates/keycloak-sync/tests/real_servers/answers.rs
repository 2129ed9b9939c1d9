//! What Keycloak answers about client scopes and groups, in plain JSON outside our types: what the modules that write them
//! stand on.

use controller_testkit::{Console, KeycloakServer, client, realm as thing, unique_name};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stage::on_each_version;

on_each_version!(
    an_update_of_a_client_scope_merges_and_ignores_mappers,
    a_client_scope_with_a_mapper_of_no_type_is_taken_and_the_mapper_alone_is_not,
    a_scope_that_clients_use_is_deleted_without_a_question,
    a_scope_is_default_or_optional_and_leaves_both_lists_at_once,
    an_update_of_a_group_replaces_attributes_and_clears_the_description,
    a_creation_of_a_group_takes_neither_subgroups_nor_roles,
    a_group_moves_by_its_id_and_keeps_what_hangs_on_it,
    one_export_shows_scopes_and_groups_whole,
);

/// A realm that a person made.
struct Room {
    console: Console,
    name: String,
}

impl Room {
    async fn new(server: &KeycloakServer, fields: Value) -> Self {
        let console = Console::open(server).await;
        let name = unique_name("answers");
        console.creates(&thing(&name), fields).await;
        Self { console, name }
    }

    async fn calls(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let path = format!("/admin/realms/{}/{path}", self.name);
        let answer = self.console.calls(method, &path, body).await;
        (answer.status, answer.body)
    }

    async fn gets(&self, path: &str) -> Value {
        let (status, body) = self.calls(Method::GET, path, None).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }

    async fn does(&self, method: Method, path: &str, body: Option<Value>) {
        let (status, body) = self.calls(method, path, body).await;
        assert!(status.is_success(), "{path}: {status} {body}");
    }

    /// The entry of a list with this name.
    async fn finds(&self, list: &str, name: &str) -> Option<Value> {
        let found = self.gets(list).await;
        found.as_array().unwrap().iter().find(|entry| entry["name"] == name).cloned()
    }

    async fn scope(&self, name: &str) -> Value {
        self.finds("client-scopes", name).await.unwrap()
    }

    async fn group(&self, name: &str) -> Value {
        self.finds("groups?briefRepresentation=false", name).await.unwrap()
    }

    async fn leaves(self) {
        self.console.deletes(&thing(&self.name)).await;
    }
}

fn id(entry: &Value) -> &str {
    entry["id"].as_str().unwrap()
}

fn audience(name: &str) -> Value {
    json!({"name": name, "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
        "config": {"included.custom.audience": "orders", "access.token.claim": "true"}})
}

async fn an_update_of_a_client_scope_merges_and_ignores_mappers(server: KeycloakServer) {
    let room = Room::new(&server, json!({})).await;
    let scope = json!({"name": "department", "description": "x", "protocol": "openid-connect",
        "attributes": {"a": "1", "b": "2", "c": ""}, "protocolMappers": [audience("one")]});
    room.does(Method::POST, "client-scopes", Some(scope)).await;
    let made = room.scope("department").await;
    assert_eq!(made["attributes"], json!({"a": "1", "b": "2", "c": ""}));
    assert_eq!(made["protocolMappers"][0]["name"], "one");
    let path = format!("client-scopes/{}", id(&made));

    let update = json!({"name": "department", "protocol": "openid-connect", "attributes": {"a": null, "d": "4"},
        "protocolMappers": []});
    room.does(Method::PUT, &path, Some(update)).await;
    let read = room.scope("department").await;
    assert_eq!(read["description"], "x", "absent stays");
    assert_eq!(read["protocolMappers"].as_array().unwrap().len(), 1, "ignored");
    let attributes = &read["attributes"];
    assert_eq!((&attributes["b"], &attributes["d"]), (&json!("2"), &json!("4")), "{attributes}");
    assert_eq!(attributes.get("a").cloned().unwrap_or_default(), Value::Null, "{attributes}");

    room.does(
        Method::PUT,
        &path,
        Some(json!({"name": "department", "protocol": "openid-connect", "description": ""})),
    )
    .await;
    let read = room.scope("department").await;
    assert!(["", "null"].contains(&read["description"].as_str().unwrap_or("null")), "{read}");

    let (status, body) = room.calls(Method::PUT, &path, Some(json!({"description": "y"}))).await;
    assert!(
        status.is_server_error() || status == StatusCode::BAD_REQUEST,
        "without its name: {status} {body}"
    );
    room.leaves().await;
}

async fn a_client_scope_with_a_mapper_of_no_type_is_taken_and_the_mapper_alone_is_not(
    server: KeycloakServer,
) {
    let room = Room::new(&server, json!({})).await;
    let mapper =
        json!({"name": "a", "protocol": "openid-connect", "protocolMapper": "no-such-mapper", "config": {}});
    let scope = json!({"name": "broken", "protocol": "openid-connect", "protocolMappers": [mapper]});
    let (status, body) = room.calls(Method::POST, "client-scopes", Some(scope)).await;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    let made = room.scope("broken").await;
    let path = format!("client-scopes/{}/protocol-mappers/models", id(&made));
    let mut mapper = mapper_of(&made);
    mapper["name"] = json!("b");
    mapper.as_object_mut().unwrap().remove("id");
    let (status, body) = room.calls(Method::POST, &path, Some(mapper)).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{body}");
    room.leaves().await;
}

fn mapper_of(scope: &Value) -> Value {
    scope["protocolMappers"][0].clone()
}

async fn a_scope_that_clients_use_is_deleted_without_a_question(server: KeycloakServer) {
    let room = Room::new(&server, json!({})).await;
    room.does(
        Method::POST,
        "client-scopes",
        Some(json!({"name": "department", "protocol": "openid-connect"})),
    )
    .await;
    let portal = client(&room.name, "portal");
    room.console.creates(&portal, json!({"defaultClientScopes": ["department", "basic"]})).await;
    let made = room.scope("department").await;
    room.does(Method::DELETE, &format!("client-scopes/{}", id(&made)), None).await;
    assert_eq!(room.console.sees_field(&portal, "defaultClientScopes").await, json!(["basic"]));
    room.leaves().await;
}

async fn a_scope_is_default_or_optional_and_leaves_both_lists_at_once(server: KeycloakServer) {
    let room = Room::new(&server, json!({})).await;
    let (defaults, optional) = ("default-default-client-scopes", "default-optional-client-scopes");
    let phone = room.finds(optional, "phone").await.unwrap();
    let at = |list: &str| format!("{list}/{}", id(&phone));
    let (status, body) = room.calls(Method::PUT, &at(defaults), None).await;
    assert_eq!(status, StatusCode::CONFLICT, "an optional one as a default: {body}");
    let (status, body) = room.calls(Method::PUT, &at(optional), None).await;
    assert_eq!(status, StatusCode::CONFLICT, "an optional one once more: {body}");
    room.does(Method::DELETE, &at(defaults), None).await;
    assert_eq!(room.finds(optional, "phone").await, None, "taken out of the other list");
    room.does(Method::DELETE, &at(optional), None).await;
    room.does(Method::PUT, &at(defaults), None).await;
    assert!(room.finds(defaults, "phone").await.is_some());
    room.leaves().await;
}

async fn an_update_of_a_group_replaces_attributes_and_clears_the_description(server: KeycloakServer) {
    let room = Room::new(&server, json!({})).await;
    room.does(
        Method::POST,
        "groups",
        Some(json!({"name": "engineering", "attributes": {"a": ["2", "1"], "b": []}})),
    )
    .await;
    let made = room.group("engineering").await;
    let path = format!("groups/{}", id(&made));
    assert_eq!(made["attributes"]["a"].as_array().unwrap().len(), 2, "{made}");
    assert_eq!(made["attributes"].get("b"), None, "an empty list is none: {made}");
    let described = made.get("description").is_some();

    room.does(Method::PUT, &path, Some(json!({"name": "engineering", "description": "x"}))).await;
    let read = room.group("engineering").await;
    assert_eq!(read["attributes"]["a"].as_array().unwrap().len(), 2, "absent stays: {read}");
    room.does(Method::PUT, &path, Some(json!({"name": "engineering", "attributes": {"c": ["3"]}}))).await;
    let read = room.group("engineering").await;
    assert_eq!(read["attributes"], json!({"c": ["3"]}), "replaced");
    assert_eq!(read.get("description").cloned().unwrap_or_default(), Value::Null, "cleared ({described})");
    let (status, _) = room.calls(Method::PUT, &path, Some(json!({"attributes": {}}))).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "without its name");
    let (status, _) = room.calls(Method::POST, "groups", Some(json!({"name": "engineering"}))).await;
    assert_eq!(status, StatusCode::CONFLICT);
    room.leaves().await;
}

async fn a_creation_of_a_group_takes_neither_subgroups_nor_roles(server: KeycloakServer) {
    let room = Room::new(&server, json!({})).await;
    let group =
        json!({"name": "engineering", "subGroups": [{"name": "platform"}], "realmRoles": ["offline_access"]});
    room.does(Method::POST, "groups", Some(group)).await;
    let made = room.group("engineering").await;
    assert_eq!((&made["subGroupCount"], &made["realmRoles"]), (&json!(0), &json!([])));
    room.leaves().await;
}

async fn a_group_moves_by_its_id_and_keeps_what_hangs_on_it(server: KeycloakServer) {
    let room = Room::new(
        &server,
        json!({
            "roles": {"realm": [{"name": "employee"}]},
            "groups": [
                {"name": "engineering", "subGroups": [{"name": "platform", "attributes": {"k": ["v"]},
                    "realmRoles": ["employee"], "subGroups": [{"name": "storage"}]}]},
                {"name": "sales", "subGroups": [{"name": "base"}]},
            ],
            "defaultGroups": ["/engineering/platform"],
        }),
    )
    .await;
    let (engineering, sales) = (room.group("engineering").await, room.group("sales").await);
    let left = format!("groups/{}/children", id(&engineering));
    let below_sales = format!("groups/{}/children", id(&sales));
    let platform = room.finds(&left, "platform").await.unwrap();
    let itself = format!("groups/{}", id(&platform));
    let shown = async |path: &str| {
        let group = room.gets(&itself).await;
        assert_eq!(group["path"], path);
        assert_eq!(group["attributes"], json!({"k": ["v"]}), "{group}");
        assert_eq!(group["realmRoles"], json!(["employee"]), "{group}");
        assert!(room.finds(&format!("{itself}/children"), "storage").await.is_some());
        assert_eq!(room.gets("default-groups").await[0]["id"], platform["id"]);
        let export = "partial-export?exportClients=false&exportGroupsAndRoles=true";
        let (_, whole) = room.calls(Method::POST, export, None).await;
        assert_eq!(whole["defaultGroups"], json!([path]));
    };

    let named = |name: &str| Some(json!({"id": platform["id"], "name": name}));
    let (status, body) = room.calls(Method::POST, &below_sales, named("platform")).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{body}");
    shown("/sales/platform").await;
    assert_eq!(room.gets(&left).await, json!([]));
    let (status, _) = room.calls(Method::PUT, &itself, named("base")).await;
    assert_eq!(status, StatusCode::CONFLICT, "another one has this name there");
    let (status, body) = room.calls(Method::POST, "groups", named("platform")).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{body}");
    shown("/platform").await;
    room.does(Method::PUT, &itself, named("base")).await;
    shown("/base").await;
    let (status, body) = room.calls(Method::POST, &below_sales, named("base")).await;
    assert!(!status.is_success(), "another one has this name there: {status} {body}");
    shown("/base").await;
    room.leaves().await;
}

async fn one_export_shows_scopes_and_groups_whole(server: KeycloakServer) {
    let room = Room::new(
        &server,
        json!({
            "roles": {"realm": [{"name": "employee"}]},
            "groups": [{"name": "engineering", "attributes": {"k": ["v"]}, "realmRoles": ["employee"],
                "subGroups": [{"name": "platform", "subGroups": [{"name": "storage"}]}]}],
            "defaultGroups": ["/engineering/platform"],
        }),
    )
    .await;
    let account = room.gets("clients?clientId=account").await[0].clone();
    let role = room.gets(&format!("clients/{}/roles/view-profile", id(&account))).await;
    let group = room.group("engineering").await;
    let path = format!("groups/{}/role-mappings/clients/{}", id(&group), id(&account));
    room.does(Method::POST, &path, Some(json!([role]))).await;

    let path = "partial-export?exportClients=false&exportGroupsAndRoles=true";
    let (status, whole) = room.calls(Method::POST, path, None).await;
    assert_eq!(status, StatusCode::OK);
    let engineering = &whole["groups"][0];
    assert_eq!(engineering["id"], group["id"]);
    assert_eq!(engineering["attributes"], json!({"k": ["v"]}));
    assert_eq!(engineering["realmRoles"], json!(["employee"]));
    assert_eq!(engineering["clientRoles"], json!({"account": ["view-profile"]}));
    let storage = &engineering["subGroups"][0]["subGroups"][0];
    assert_eq!(storage["path"], "/engineering/platform/storage");
    assert!(storage["id"].is_string());
    assert_eq!(whole["defaultGroups"], json!(["/engineering/platform"]));

    let scopes = whole["clientScopes"].as_array().unwrap();
    let mut exported: Vec<&str> = scopes.iter().map(|scope| scope["name"].as_str().unwrap()).collect();
    let listed = room.gets("client-scopes").await;
    let mut there: Vec<&str> =
        listed.as_array().unwrap().iter().map(|scope| scope["name"].as_str().unwrap()).collect();
    exported.sort_unstable();
    there.sort_unstable();
    assert_eq!(exported, there);
    there.retain(|name| *name != "AuthnContextClassRef");
    assert_eq!(there, BUILT_IN, "what Keycloak makes with a realm");
    let profile = scopes.iter().find(|scope| scope["name"] == "profile").unwrap();
    assert!(profile["id"].is_string() && profile["protocolMappers"][0]["id"].is_string());
    let list = |name: &str| {
        let names = whole[name].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
        let mut names: Vec<&str> = names.filter(|name| *name != "AuthnContextClassRef").collect();
        names.sort_unstable();
        names.join(" ")
    };
    let defaults = "acr basic email profile role_list roles saml_organization web-origins";
    assert_eq!(list("defaultDefaultClientScopes"), defaults);
    assert_eq!(
        list("defaultOptionalClientScopes"),
        "address microprofile-jwt offline_access organization phone"
    );
    room.leaves().await;
}

/// The client scopes that Keycloak makes with a realm; 26.7 makes `AuthnContextClassRef` too.
const BUILT_IN: [&str; 14] = [
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
