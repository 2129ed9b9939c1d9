//! What is written, left out, cleared and read again.

use keycloak_admin::AdminApi;
use keycloak_admin::queries::*;
use keycloak_admin::types::*;
use serde_json::Value;

use crate::real::{TestRealm, Version};
use crate::{client, role};

pub(crate) async fn lists_and_attributes_of_a_client_are_cleared(version: Version) {
    let realm = TestRealm::create(&version.admin(), "clear").await;
    let api = &realm.api;
    let mapper = ProtocolMapperRepresentation {
        name: Some("m".into()),
        protocol: Some("openid-connect".into()),
        protocol_mapper: Some("oidc-hardcoded-claim-mapper".into()),
        config: Some([("claim.name".to_owned(), Some("c".to_owned()))].into()),
        ..Default::default()
    };
    let created = ClientRepresentation {
        redirect_uris: Some(vec!["https://a.example/".into()]),
        attributes: Some(
            [("mine".to_owned(), Some("1".to_owned())), ("kept".to_owned(), Some("2".to_owned()))].into(),
        ),
        protocol_mappers: Some(vec![mapper]),
        default_client_scopes: Some(vec!["profile".into()]),
        optional_client_scopes: Some(vec![]),
        ..client("c")
    };
    let uuid = api.client_create(&realm.name, &created).await.unwrap().into_id().unwrap();
    let read = api.client_get(&realm.name, &uuid).await.unwrap();
    assert_eq!(read.default_client_scopes, Some(vec!["profile".into()]));
    assert_eq!(read.optional_client_scopes, Some(vec![]));

    let cleared = ClientRepresentation {
        redirect_uris: Some(vec![]),
        attributes: Some([("mine".to_owned(), None)].into()),
        protocol_mappers: Some(vec![]),
        ..Default::default()
    };
    api.client_update(&realm.name, &uuid, &cleared).await.unwrap();
    let read = api.client_get(&realm.name, &uuid).await.unwrap();
    assert_eq!(read.redirect_uris, Some(vec![]));
    let attributes = read.attributes.unwrap();
    assert!(!attributes.contains_key("mine"));
    assert_eq!(attributes.get("kept"), Some(&Some("2".into())));
    assert!(read.protocol_mappers.is_none_or(|mappers| mappers.is_empty()));
    realm.delete().await;
}

pub(crate) async fn absent_fields_of_a_realm_stay_and_its_attributes_are_replaced(version: Version) {
    let made = RealmRepresentation {
        display_name: Some("First".into()),
        login_with_email_allowed: Some(false),
        attributes: Some([("one".to_owned(), Some("1".to_owned()))].into()),
        ..Default::default()
    };
    let realm = TestRealm::with(&version.admin(), "partial", made).await;
    let api = &realm.api;
    let change = RealmRepresentation { display_name: Some("Second".into()), ..Default::default() };
    api.realm_update(&realm.name, &change).await.unwrap();
    let read = api.realm_get(&realm.name).await.unwrap();
    assert_eq!((read.display_name.as_deref(), read.login_with_email_allowed), (Some("Second"), Some(false)));
    assert_eq!(read.attributes.unwrap().get("one"), Some(&Some("1".into())));

    let change = RealmRepresentation {
        attributes: Some([("two".to_owned(), Some("2".to_owned()))].into()),
        ..Default::default()
    };
    api.realm_update(&realm.name, &change).await.unwrap();
    let attributes = api.realm_get(&realm.name).await.unwrap().attributes.unwrap();
    assert_eq!((attributes.contains_key("one"), attributes.contains_key("two")), (false, true));
    realm.delete().await;
}

pub(crate) async fn a_long_list_is_read_in_pages(version: Version) {
    let roles = (0..230).map(|number| role(&format!("role-{number:03}"))).collect();
    let roles = RolesRepresentation { realm: Some(roles), ..Default::default() };
    let made = RealmRepresentation { roles: Some(roles), ..Default::default() };
    let realm = TestRealm::with(&version.admin(), "pages", made).await;
    let mut names: Vec<String> =
        realm.api.roles(&realm.name).await.unwrap().into_iter().filter_map(|role| role.name).collect();
    names.retain(|name| name.starts_with("role-"));
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 230);
    realm.delete().await;
}

/// What the server says, as it says it.
async fn raw(api: &AdminApi, path: &str) -> Value {
    raw_of(api, reqwest::Method::GET, path).await
}

async fn raw_of(api: &AdminApi, method: reqwest::Method, path: &str) -> Value {
    let token = api.session().token().await.unwrap();
    let url = format!("{}/admin/realms/{path}", api.server().url());
    let request = reqwest::Client::new().request(method, url).bearer_auth(token.expose());
    let answer = request.send().await.unwrap();
    serde_json::from_slice(&answer.error_for_status().unwrap().bytes().await.unwrap()).unwrap()
}

/// Keycloak answers many lists in any order, also twice in a row.
fn in_order(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(in_order).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, in_order(value))).collect(),
        other => other,
    }
}

fn same<T: serde::Serialize>(what: &str, raw: &Value, read: &T) {
    assert_eq!(in_order(serde_json::to_value(read).unwrap()), in_order(raw.clone()), "{what}");
}

pub(crate) async fn representations_are_the_same_after_reading_and_writing(version: Version) {
    let realm = TestRealm::create(&version.admin(), "lossless").await;
    let (api, name) = (&realm.api, realm.name.as_str());
    let account = ClientRepresentation {
        service_accounts_enabled: Some(true),
        authorization_services_enabled: Some(true),
        ..client("robot")
    };
    let uuid = api.client_create(name, &account).await.unwrap().into_id().unwrap();
    let saml = ClientRepresentation { protocol: Some("saml".into()), ..client("saml") };
    let saml = api.client_create(name, &saml).await.unwrap().into_id().unwrap();

    same("realm", &raw(api, name).await, &api.realm_get(name).await.unwrap());
    same(
        "client",
        &raw(api, &format!("{name}/clients/{uuid}")).await,
        &api.client_get(name, &uuid).await.unwrap(),
    );
    same(
        "saml",
        &raw(api, &format!("{name}/clients/{saml}")).await,
        &api.client_get(name, &saml).await.unwrap(),
    );
    same("scopes", &raw(api, &format!("{name}/client-scopes")).await, &api.scope_list(name).await.unwrap());
    same("keys", &raw(api, &format!("{name}/keys")).await, &api.realm_keys(name).await.unwrap());
    same(
        "profile",
        &raw(api, &format!("{name}/users/profile")).await,
        &api.user_profile_get(name).await.unwrap(),
    );
    same(
        "flows",
        &raw(api, &format!("{name}/authentication/flows")).await,
        &api.flow_list(name).await.unwrap(),
    );
    same(
        "actions",
        &raw(api, &format!("{name}/authentication/required-actions")).await,
        &api.required_action_list(name).await.unwrap(),
    );
    same(
        "events",
        &raw(api, &format!("{name}/events/config")).await,
        &api.events_config_get(name).await.unwrap(),
    );
    same(
        "policies",
        &raw(api, &format!("{name}/client-policies/profiles?include-global-profiles=true")).await,
        &api.client_profiles_get(name, Some(true)).await.unwrap(),
    );
    same(
        "user",
        &raw(api, &format!("{name}/clients/{uuid}/service-account-user")).await,
        &api.client_service_account_user(name, &uuid).await.unwrap(),
    );
    same(
        "authz",
        &raw(api, &format!("{name}/clients/{uuid}/authz/resource-server/settings")).await,
        &api.authz_settings(name, &uuid).await.unwrap(),
    );
    let components = api.component_list(name, ComponentListQuery::default()).await.unwrap();
    same("components", &raw(api, &format!("{name}/components")).await, &components);

    // And what was read may be written: nothing in it is refused.
    let whole = api.realm_get(name).await.unwrap();
    api.realm_update(name, &whole).await.unwrap();
    let whole = api.client_get(name, &uuid).await.unwrap();
    api.client_update(name, &uuid, &whole).await.unwrap();
    let whole = api.user_profile_get(name).await.unwrap();
    api.user_profile_update(name, &whole).await.unwrap();
    realm.delete().await;
}

pub(crate) async fn what_a_realm_holds_is_the_same_after_reading_and_writing(version: Version) {
    let made = RealmRepresentation { organizations_enabled: Some(true), ..Default::default() };
    let realm = TestRealm::with(&version.admin(), "held", made).await;
    roles_are_the_same(&realm).await;
    groups_are_the_same(&realm).await;
    identity_providers_are_the_same(&realm).await;
    organizations_are_the_same(&realm).await;

    // All of it once more, in one piece.
    let TestRealm { name, api } = &realm;
    let path = format!("{name}/partial-export?exportClients=true&exportGroupsAndRoles=true");
    let query = RealmPartialExportQuery { export_clients: Some(true), export_groups_and_roles: Some(true) };
    let export = api.realm_partial_export(name, query).await.unwrap();
    let held = export.roles.as_ref().and_then(|roles| roles.realm.as_ref()).unwrap();
    assert!(held.iter().any(|role| role.name.as_deref() == Some("auditor")), "the roles are in it");
    same("partial export", &raw_of(api, reqwest::Method::POST, &path).await, &export);
    realm.delete().await;
}

/// A value that a person wrote, and one that an API could lose.
fn attributes() -> std::collections::BTreeMap<String, Option<Vec<String>>> {
    [("team", vec!["a", "b"]), ("none", vec![])]
        .map(|(key, values)| (key.to_owned(), Some(values.into_iter().map(str::to_owned).collect())))
        .into()
}

async fn roles_are_the_same(TestRealm { name, api }: &TestRealm) {
    let auditor = RoleRepresentation {
        description: Some("reads".into()),
        attributes: Some(attributes()),
        ..role("auditor")
    };
    api.role_create(name, &auditor).await.unwrap();
    api.role_create(name, &role("reader")).await.unwrap();
    let reader = api.role_get(name, "reader").await.unwrap();
    api.role_composites_add(name, "auditor", &vec![reader]).await.unwrap();
    let uuid = api.client_create(name, &client("app")).await.unwrap().into_id().unwrap();
    api.client_role_create(name, &uuid, &auditor).await.unwrap();

    let query = RoleListQuery { brief_representation: Some(false), ..Default::default() };
    same(
        "roles",
        &raw(api, &format!("{name}/roles?briefRepresentation=false")).await,
        &api.role_list(name, query).await.unwrap(),
    );
    same(
        "composites",
        &raw(api, &format!("{name}/roles/auditor/composites")).await,
        &api.role_composites(name, "auditor").await.unwrap(),
    );
    let query = ClientRoleListQuery { brief_representation: Some(false), ..Default::default() };
    same(
        "client roles",
        &raw(api, &format!("{name}/clients/{uuid}/roles?briefRepresentation=false")).await,
        &api.client_role_list(name, &uuid, query).await.unwrap(),
    );
    let before = raw(api, &format!("{name}/roles/auditor")).await;
    let read = api.role_get(name, "auditor").await.unwrap();
    same("role", &before, &read);
    api.role_update(name, "auditor", &read).await.unwrap();
    same("role after writing", &before, &api.role_get(name, "auditor").await.unwrap());
}

async fn groups_are_the_same(TestRealm { name, api }: &TestRealm) {
    let staff = GroupRepresentation {
        name: Some("staff".into()),
        attributes: Some(attributes()),
        ..Default::default()
    };
    let id = api.group_create(name, &staff).await.unwrap().into_id().unwrap();
    let night = GroupRepresentation { name: Some("night".into()), ..staff };
    api.group_child_create(name, &id, &night).await.unwrap();
    let auditor = api.role_get(name, "auditor").await.unwrap();
    api.group_realm_roles_add(name, &id, &vec![auditor]).await.unwrap();

    let query = GroupListQuery {
        brief_representation: Some(false),
        search: Some("night"),
        populate_hierarchy: Some(true),
        ..Default::default()
    };
    let path = format!("{name}/groups?briefRepresentation=false&search=night&populateHierarchy=true");
    same("groups", &raw(api, &path).await, &api.group_list(name, query).await.unwrap());
    let query = GroupChildrenQuery { brief_representation: Some(false), ..Default::default() };
    same(
        "groups below",
        &raw(api, &format!("{name}/groups/{id}/children?briefRepresentation=false")).await,
        &api.group_children(name, &id, query).await.unwrap(),
    );
    same(
        "roles of a group",
        &raw(api, &format!("{name}/groups/{id}/role-mappings")).await,
        &api.group_role_mappings(name, &id).await.unwrap(),
    );
    let before = raw(api, &format!("{name}/groups/{id}")).await;
    let read = api.group_get(name, &id).await.unwrap();
    same("group", &before, &read);
    api.group_update(name, &id, &read).await.unwrap();
    same("group after writing", &before, &api.group_get(name, &id).await.unwrap());
}

async fn identity_providers_are_the_same(TestRealm { name, api }: &TestRealm) {
    let corp = IdentityProviderRepresentation {
        alias: Some("corp".into()),
        provider_id: Some("oidc".into()),
        config: Some(
            [("clientId", "c"), ("tokenUrl", "https://t.example"), ("authorizationUrl", "https://a.example")]
                .map(|(key, value)| (key.to_owned(), Some(value.to_owned())))
                .into(),
        ),
        ..Default::default()
    };
    api.idp_create(name, &corp).await.unwrap();
    let mapper = IdentityProviderMapperRepresentation {
        name: Some("m".into()),
        identity_provider_alias: Some("corp".into()),
        identity_provider_mapper: Some("hardcoded-attribute-idp-mapper".into()),
        config: Some([("syncMode".to_owned(), Some("INHERIT".to_owned()))].into()),
        ..Default::default()
    };
    api.idp_mapper_create(name, "corp", &mapper).await.unwrap();

    let path = format!("{name}/identity-provider/instances");
    same("providers", &raw(api, &path).await, &api.idp_list(name, IdpListQuery::default()).await.unwrap());
    same(
        "mappers of a provider",
        &raw(api, &format!("{path}/corp/mappers")).await,
        &api.idp_mapper_list(name, "corp").await.unwrap(),
    );
    let before = raw(api, &format!("{path}/corp")).await;
    let read = api.idp_get(name, "corp").await.unwrap();
    same("provider", &before, &read);
    api.idp_update(name, "corp", &read).await.unwrap();
    same("provider after writing", &before, &api.idp_get(name, "corp").await.unwrap());
}

async fn organizations_are_the_same(TestRealm { name, api }: &TestRealm) {
    let acme = OrganizationRepresentation {
        name: Some("acme".into()),
        attributes: Some([("team".to_owned(), Some(vec!["a".to_owned(), "b".to_owned()]))].into()),
        domains: Some(vec![OrganizationDomainRepresentation {
            name: Some("acme.example".into()),
            ..Default::default()
        }]),
        ..Default::default()
    };
    let id = api.organization_create(name, &acme).await.unwrap().into_id().unwrap();
    api.organization_idp_add(name, &id, "corp").await.unwrap();

    let query = OrganizationListQuery { brief_representation: Some(false), ..Default::default() };
    same(
        "organizations",
        &raw(api, &format!("{name}/organizations?briefRepresentation=false")).await,
        &api.organization_list(name, query).await.unwrap(),
    );
    same(
        "providers of an organization",
        &raw(api, &format!("{name}/organizations/{id}/identity-providers")).await,
        &api.organization_idps(name, &id).await.unwrap(),
    );
    let before = raw(api, &format!("{name}/organizations/{id}")).await;
    let read = api.organization_get(name, &id).await.unwrap();
    same("organization", &before, &read);
    api.organization_update(name, &id, &read).await.unwrap();
    same("organization after writing", &before, &api.organization_get(name, &id).await.unwrap());
}
