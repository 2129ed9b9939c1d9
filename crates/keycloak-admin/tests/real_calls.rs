//! What the servers really do with our calls.
#![allow(
    clippy::wildcard_imports,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test program"
)]

mod real;

use keycloak_admin::queries::*;
use keycloak_admin::types::*;
use keycloak_admin::{AdminApi, AdminError, AdminSession, Class, Login, LoginError, Server, ServerSettings};
use real::{TestRealm, Version};
use serde_json::{Value, json};

on_both!(
    names_with_reserved_characters_are_created_read_changed_and_deleted,
    a_role_whose_name_no_url_carries_is_reached_by_its_id,
    lists_and_attributes_of_a_client_are_cleared,
    absent_fields_of_a_realm_stay_and_its_attributes_are_replaced,
    a_long_list_is_read_in_pages,
    refusals_are_spelled_as_expected,
    refused_logins_are_told_apart,
    representations_are_the_same_after_reading_and_writing,
    every_kind_of_object_is_created_changed_and_deleted,
    authorization_policies_live_and_die,
    calls_that_the_document_lacks_exist,
    an_identity_provider_is_linked_to_an_organization_by_its_alias,
    a_token_of_a_deleted_realm_is_refused_and_the_login_says_why,
);

fn client(client_id: &str) -> ClientRepresentation {
    ClientRepresentation { client_id: Some(client_id.into()), ..Default::default() }
}

fn role(name: &str) -> RoleRepresentation {
    RoleRepresentation { name: Some(name.into()), ..Default::default() }
}

async fn names_with_reserved_characters_are_created_read_changed_and_deleted(version: Version) {
    let realm = TestRealm::create(&version.admin(), "names").await;
    let api = &realm.api;
    for name in [
        "a/b",
        r"a\b",
        r"a\..\..\x",
        "a;b=c",
        "a b",
        "%2f",
        "%",
        "ü€",
        "a..b",
        "...",
        "?x#y",
        "a+b&c",
        "../up",
    ] {
        api.role_create(&realm.name, &role(name)).await.unwrap();
        let mut read = api.role_get(&realm.name, name).await.unwrap();
        assert_eq!(read.name.as_deref(), Some(name));
        read.description = Some("changed".into());
        api.role_update(&realm.name, name, &read).await.unwrap();
        let read = api.role_get(&realm.name, name).await.unwrap();
        assert_eq!((read.name.as_deref(), read.description.as_deref()), (Some(name), Some("changed")));
        api.role_delete(&realm.name, name).await.unwrap();
        assert!(api.role_get(&realm.name, name).await.unwrap_err().is_not_found(), "{name}");
    }
    assert!(api.realm_get(&realm.name).await.unwrap().id.is_some(), "the realm itself was never meant");
    realm.delete().await;
}

async fn a_role_whose_name_no_url_carries_is_reached_by_its_id(version: Version) {
    let realm = TestRealm::create(&version.admin(), "dots").await;
    let api = &realm.api;
    for name in [".", ".."] {
        api.role_create(&realm.name, &role(name)).await.unwrap();
        assert!(matches!(api.role_get(&realm.name, name).await, Err(AdminError::Path { .. })));
        let found = api.roles(&realm.name).await.unwrap();
        let found = found.iter().find(|role| role.name.as_deref() == Some(name)).unwrap();
        api.role_by_id_delete(&realm.name, found.id.as_deref().unwrap()).await.unwrap();
    }
    realm.delete().await;
}

async fn lists_and_attributes_of_a_client_are_cleared(version: Version) {
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

async fn absent_fields_of_a_realm_stay_and_its_attributes_are_replaced(version: Version) {
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

async fn a_long_list_is_read_in_pages(version: Version) {
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

async fn refusals_are_spelled_as_expected(version: Version) {
    let realm = TestRealm::create(&version.admin(), "refusals").await;
    let (api, name) = (&realm.api, realm.name.as_str());
    let uuid = api.client_create(name, &client("shop")).await.unwrap().into_id().unwrap();
    let mut unknown = client("shop");
    unknown.extra.insert("inventedField".into(), json!(1));
    let illegal =
        ClientRepresentation { redirect_uris: Some(vec!["javascript:alert(1)".into()]), ..client("shop") };
    let outcomes = [
        ("client twice", api.client_create(name, &client("shop")).await.map(drop)),
        ("unknown field", api.client_update(name, &uuid, &unknown).await),
        ("illegal redirect", api.client_update(name, &uuid, &illegal).await),
        ("no such client", api.client_get(name, "nothing").await.map(drop)),
        ("no such role", api.role_get(name, "nothing").await.map(drop)),
        ("no such realm", api.realm_get("nothing").await.map(drop)),
        ("no service account", api.client_service_account_user(name, &uuid).await.map(drop)),
        ("role twice", {
            api.role_create(name, &role("twice")).await.unwrap();
            api.role_create(name, &role("twice")).await.map(drop)
        }),
        (
            "realm name with slash",
            api.realm_create(&RealmRepresentation { realm: Some("a/b".into()), ..Default::default() })
                .await
                .map(drop),
        ),
        (
            "realm twice",
            api.realm_create(&RealmRepresentation { realm: Some(name.into()), ..Default::default() })
                .await
                .map(drop),
        ),
    ];
    let lines: Vec<String> = outcomes
        .into_iter()
        .map(|(what, outcome)| {
            let error = outcome.expect_err(what);
            format!("{what}: {:?}: {error}", error.class()).replace(name, "<realm>").replace(&uuid, "<uuid>")
        })
        .collect();
    insta::assert_snapshot!(format!("refusals_{}", version.label()), lines.join("\n"));
    realm.delete().await;
}

async fn refused_logins_are_told_apart(version: Version) {
    let realm = TestRealm::create(&version.admin(), "logins").await;
    let (api, name) = (&realm.api, realm.name.as_str());
    let account = ClientRepresentation {
        secret: Some("right".into()),
        service_accounts_enabled: Some(true),
        ..client("robot")
    };
    let uuid = api.client_create(name, &account).await.unwrap().into_id().unwrap();
    let server = version.server();
    let log_in = async |realm: &str, client_id: &str, secret: &str| {
        let session = AdminSession::new(&server, Login::service_account(realm, client_id, secret.into()));
        session.token().await.map(drop)
    };
    log_in(name, "robot", "right").await.unwrap();
    let mut outcomes = vec![
        ("wrong secret", log_in(name, "robot", "wrong").await),
        ("unknown client", log_in(name, "nobody", "right").await),
        ("no such realm", log_in("nothing", "robot", "right").await),
        (
            "wrong password",
            AdminSession::new(&server, Login::bootstrap_admin("admin", "wrong".into()))
                .token()
                .await
                .map(drop),
        ),
    ];
    api.client_update(name, &uuid, &ClientRepresentation { enabled: Some(false), ..Default::default() })
        .await
        .unwrap();
    outcomes.push(("client disabled", log_in(name, "robot", "right").await));
    api.client_update(name, &uuid, &ClientRepresentation { enabled: Some(true), ..Default::default() })
        .await
        .unwrap();
    api.realm_update(name, &RealmRepresentation { enabled: Some(false), ..Default::default() })
        .await
        .unwrap();
    outcomes.push(("realm disabled", log_in(name, "robot", "right").await));
    let elsewhere = Server::new(ServerSettings::new(format!("{}/wrong/path", server.url()))).unwrap();
    let session = AdminSession::new(&elsewhere, Login::service_account(name, "robot", "right".into()));
    outcomes.push(("wrong address", session.token().await.map(drop)));
    let lines: Vec<String> = outcomes
        .into_iter()
        .map(|(what, outcome)| {
            let error = outcome.expect_err(what);
            format!("{what}: {:?}: {error}", error.class())
                .replace(name, "<realm>")
                .replace(server.url(), "<server>")
        })
        .collect();
    insta::assert_snapshot!(format!("refused_logins_{}", version.label()), lines.join("\n"));
    realm.delete().await;
}

/// What the server says, as it says it.
async fn raw(api: &AdminApi, path: &str) -> Value {
    let token = api.session().token().await.unwrap();
    let url = format!("{}/admin/realms/{path}", api.server().url());
    let answer = reqwest::Client::new().get(url).bearer_auth(token.expose()).send().await.unwrap();
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

async fn representations_are_the_same_after_reading_and_writing(version: Version) {
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

async fn every_kind_of_object_is_created_changed_and_deleted(version: Version) {
    let realm = TestRealm::create(&version.admin(), "kinds").await;
    clients_and_scopes(&realm).await;
    groups_and_roles(&realm).await;
    providers_and_components(&realm).await;
    flows_and_actions(&realm).await;
    settings(&realm).await;
    realm.delete().await;
}

async fn clients_and_scopes(TestRealm { name, api }: &TestRealm) {
    let uuid = api.client_create(name, &client("a")).await.unwrap().into_id().unwrap();
    assert_eq!(api.client_by_client_id(name, "a").await.unwrap().unwrap().id.as_deref(), Some(uuid.as_str()));
    let first = api.client_secret_get(name, &uuid).await.unwrap().value;
    let second = api.client_secret_regenerate(name, &uuid).await.unwrap().value;
    assert!(first.is_some() && second.is_some() && first != second);
    assert_eq!(api.client_session_count(name, &uuid).await.unwrap().get("count"), Some(&Some(0)));

    let scope = ClientScopeRepresentation {
        name: Some("s".into()),
        protocol: Some("openid-connect".into()),
        ..Default::default()
    };
    let scope = api.scope_create(name, &scope).await.unwrap().into_id().unwrap();
    api.client_optional_scope_add(name, &uuid, &scope).await.unwrap();
    api.client_optional_scope_remove(name, &uuid, &scope).await.unwrap();
    api.realm_optional_scope_add(name, &scope).await.unwrap();
    api.realm_optional_scope_remove(name, &scope).await.unwrap();
    let mapper = ProtocolMapperRepresentation {
        name: Some("m".into()),
        protocol: Some("openid-connect".into()),
        protocol_mapper: Some("oidc-audience-mapper".into()),
        ..Default::default()
    };
    let mapper_id = api.scope_mapper_create(name, &scope, &mapper).await.unwrap().into_id().unwrap();
    api.scope_mapper_delete(name, &scope, &mapper_id).await.unwrap();
    let mapper_id = api.client_mapper_create(name, &uuid, &mapper).await.unwrap().into_id().unwrap();
    api.client_mapper_delete(name, &uuid, &mapper_id).await.unwrap();
    api.scope_delete(name, &scope).await.unwrap();
    api.client_delete(name, &uuid).await.unwrap();
}

async fn groups_and_roles(TestRealm { name, api }: &TestRealm) {
    assert_eq!(api.role_create(name, &role("r")).await.unwrap().id(), None);
    let held = api.role_get(name, "r").await.unwrap();
    let group = GroupRepresentation { name: Some("g".into()), ..Default::default() };
    let group_id = api.group_create(name, &group).await.unwrap().into_id().unwrap();
    let child = GroupRepresentation { name: Some("child".into()), ..Default::default() };
    let child_id = api.group_child_create(name, &group_id, &child).await.unwrap().into_id().unwrap();
    let children = api.subgroups(name, &group_id).await.unwrap();
    assert_eq!(children.len(), 1);
    assert_eq!(children[0].id.as_deref(), Some(child_id.as_str()));
    api.group_realm_roles_add(name, &group_id, &vec![held.clone()]).await.unwrap();
    let groups = api.role_groups(name, "r", RoleGroupsQuery::default()).await.unwrap();
    assert_eq!(groups[0].name.as_deref(), Some("g"));
    assert_eq!(groups[0].path.as_deref(), Some("/g"), "groups, not users");
    api.group_realm_roles_remove(name, &group_id, &vec![held]).await.unwrap();
    api.default_group_add(name, &group_id).await.unwrap();
    api.default_group_remove(name, &group_id).await.unwrap();
    assert_eq!(api.group_count(name, GroupCountQuery::default()).await.unwrap().get("count"), Some(&Some(2)));
    api.group_delete(name, &group_id).await.unwrap();
    api.role_create(name, &role("member")).await.unwrap();
    let member = api.role_get(name, "member").await.unwrap();
    api.role_composites_add(name, "r", &vec![member.clone()]).await.unwrap();
    assert_eq!(api.role_composites(name, "r").await.unwrap().len(), 1);
    api.role_composites_remove(name, "r", &vec![member]).await.unwrap();
    api.role_delete(name, "r").await.unwrap();
}

async fn providers_and_components(TestRealm { name, api }: &TestRealm) {
    let idp = IdentityProviderRepresentation {
        alias: Some("corp".into()),
        provider_id: Some("oidc".into()),
        config: Some(
            [("clientId", "c"), ("tokenUrl", "https://t.example"), ("authorizationUrl", "https://a.example")]
                .map(|(key, value)| (key.to_owned(), Some(value.to_owned())))
                .into(),
        ),
        ..Default::default()
    };
    api.idp_create(name, &idp).await.unwrap();
    let mapper = IdentityProviderMapperRepresentation {
        name: Some("m".into()),
        identity_provider_alias: Some("corp".into()),
        identity_provider_mapper: Some("hardcoded-attribute-idp-mapper".into()),
        config: Some([("syncMode".to_owned(), Some("INHERIT".to_owned()))].into()),
        ..Default::default()
    };
    let mapper_id = api.idp_mapper_create(name, "corp", &mapper).await.unwrap().into_id().unwrap();
    assert!(api.idp_mapper_types(name, "corp").await.unwrap().len() > 3);
    api.idp_mapper_delete(name, "corp", &mapper_id).await.unwrap();
    api.idp_delete(name, "corp").await.unwrap();

    let key = ComponentRepresentation {
        name: Some("extra-key".into()),
        provider_id: Some("rsa-generated".into()),
        provider_type: Some("org.keycloak.keys.KeyProvider".into()),
        config: Some([("priority".to_owned(), Some(vec!["5".to_owned()]))].into()),
        ..Default::default()
    };
    let key_id = api.component_create(name, &key).await.unwrap().into_id().unwrap();
    let mut key = api.component_get(name, &key_id).await.unwrap();
    key.config.as_mut().unwrap().insert("priority".into(), Some(vec!["6".into()]));
    api.component_update(name, &key_id, &key).await.unwrap();
    api.component_delete(name, &key_id).await.unwrap();
}

async fn flows_and_actions(TestRealm { name, api }: &TestRealm) {
    let flow = AuthenticationFlowRepresentation {
        alias: Some("own flow".into()),
        provider_id: Some("basic-flow".into()),
        top_level: Some(true),
        built_in: Some(false),
        ..Default::default()
    };
    let flow_id = api.flow_create(name, &flow).await.unwrap().into_id().unwrap();
    let provider = [("provider".to_owned(), json!("auth-cookie"))].into_iter().collect();
    let execution = api.flow_execution_add(name, "own flow", &provider).await.unwrap().into_id().unwrap();
    let mut executions = api.flow_executions(name, "own flow").await.unwrap();
    assert_eq!(executions.len(), 1);
    executions[0].requirement = Some("ALTERNATIVE".into());
    api.flow_execution_update(name, "own flow", &executions[0]).await.unwrap();
    api.execution_delete(name, &execution).await.unwrap();
    let copy = [("newName".to_owned(), Some("copied".to_owned()))].into();
    api.flow_copy(name, "browser", &copy).await.unwrap();
    api.flow_delete(name, &flow_id).await.unwrap();
    let mut action = api.required_action_get(name, "VERIFY_EMAIL").await.unwrap();
    action.enabled = Some(false);
    api.required_action_update(name, "VERIFY_EMAIL", &action).await.unwrap();
}

async fn settings(TestRealm { name, api }: &TestRealm) {
    let texts = [("greeting".to_owned(), Some("Hallo".to_owned()))].into();
    api.localization_texts_add(name, "de", &texts).await.unwrap();
    assert_eq!(api.localization_texts(name, "de", None).await.unwrap(), texts);
    api.localization_text_delete(name, "de", "greeting").await.unwrap();
    api.localization_locale_delete(name, "de").await.unwrap();
    let profiles = api.client_profiles_get(name, None).await.unwrap();
    api.client_profiles_update(name, &profiles).await.unwrap();
    let policies = api.client_policies_get(name, None).await.unwrap();
    api.client_policies_update(name, &policies).await.unwrap();
    let mut events = api.events_config_get(name).await.unwrap();
    events.admin_events_enabled = Some(true);
    api.events_config_update(name, &events).await.unwrap();
    api.role_create(name, &role("watched")).await.unwrap();
    let seen = api.admin_events_list(name, AdminEventsListQuery::default()).await.unwrap();
    assert!(seen.iter().any(|event| event.resource_path.as_deref() == Some("roles/watched")), "{seen:?}");
    api.admin_events_clear(name).await.unwrap();
    let query = RealmPartialExportQuery { export_clients: Some(false), export_groups_and_roles: Some(true) };
    let export = api.realm_partial_export(name, query).await.unwrap();
    assert!(export.authentication_flows.is_some_and(|flows| flows.len() > 5));
    let import = PartialImportRepresentation {
        if_resource_exists: Some("SKIP".into()),
        clients: Some(vec![client("imported")]),
        ..Default::default()
    };
    let result = api.realm_partial_import(name, &import).await.unwrap();
    assert_eq!((result.added, result.skipped), (Some(1), Some(0)));
    assert!(!api.realm_keys(name).await.unwrap().keys.unwrap().is_empty());
}

async fn authorization_policies_live_and_die(version: Version) {
    let realm = TestRealm::create(&version.admin(), "authz").await;
    let TestRealm { name, api } = &realm;
    let account = ClientRepresentation {
        service_accounts_enabled: Some(true),
        authorization_services_enabled: Some(true),
        ..client("server")
    };
    let uuid = api.client_create(name, &account).await.unwrap().into_id().unwrap();
    api.role_create(name, &role("reader")).await.unwrap();
    let reader = api.role_get(name, "reader").await.unwrap().id.unwrap();

    assert_eq!(
        api.authz_policy_search(
            name,
            &uuid,
            AuthzPolicySearchQuery { name: Some("none"), ..Default::default() }
        )
        .await
        .unwrap(),
        None
    );
    let mut policy = PolicyRepresentation {
        name: Some("readers".into()),
        logic: Some("POSITIVE".into()),
        ..Default::default()
    };
    policy.extra.insert("roles".into(), json!([{"id": reader, "required": false}]));
    let policy_id = api.authz_policy_create(name, &uuid, "role", &policy).await.unwrap().id.unwrap();
    let mut read = api.authz_policy_get(name, &uuid, "role", &policy_id).await.unwrap();
    assert_eq!(read.extra["roles"][0]["id"], json!(reader));
    read.description = Some("changed".into());
    api.authz_policy_update(name, &uuid, "role", &policy_id, &read).await.unwrap();
    assert_eq!(
        api.authz_policy_get(name, &uuid, "role", &policy_id).await.unwrap().description.as_deref(),
        Some("changed")
    );

    let scope = ScopeRepresentation { name: Some("read".into()), ..Default::default() };
    let scope_id = api.authz_scope_create(name, &uuid, &scope).await.unwrap().id.unwrap();
    let resource =
        ResourceRepresentation { name: Some("doc".into()), scopes: Some(vec![scope]), ..Default::default() };
    api.authz_resource_create(name, &uuid, &resource).await.unwrap();
    let found = api.authz_resource_search(name, &uuid, Some("doc")).await.unwrap().unwrap();
    let resource_id =
        found.id.clone().or_else(|| found.extra.get("_id").and_then(Value::as_str).map(Into::into)).unwrap();

    let permission = PolicyRepresentation {
        name: Some("may read".into()),
        resources: Some(vec![resource_id.clone()]),
        policies: Some(vec![policy_id.clone()]),
        ..Default::default()
    };
    let permission_id =
        api.authz_permission_create(name, &uuid, "resource", &permission).await.unwrap().id.unwrap();
    let named = |policies: Vec<PolicyRepresentation>| -> Vec<String> {
        policies.into_iter().filter_map(|policy| policy.name).collect()
    };
    assert_eq!(named(api.authz_policy_associated(name, &uuid, &permission_id).await.unwrap()), ["readers"]);
    assert_eq!(named(api.authz_policy_dependent(name, &uuid, &policy_id).await.unwrap()), ["may read"]);
    assert_eq!(api.authz_policy_resources(name, &uuid, &permission_id).await.unwrap().len(), 1);
    assert_eq!(api.authz_policy_scopes(name, &uuid, &permission_id).await.unwrap().len(), 0);
    let mut read = api.authz_permission_get(name, &uuid, "resource", &permission_id).await.unwrap();
    read.policies = Some(vec![policy_id.clone()]);
    read.resources = Some(vec![resource_id.clone()]);
    api.authz_permission_update(name, &uuid, "resource", &permission_id, &read).await.unwrap();

    api.authz_permission_delete(name, &uuid, &permission_id).await.unwrap();
    api.authz_policy_delete(name, &uuid, &policy_id).await.unwrap();
    api.authz_resource_delete(name, &uuid, &resource_id).await.unwrap();
    api.authz_scope_delete(name, &uuid, &scope_id).await.unwrap();
    realm.delete().await;
}

async fn calls_that_the_document_lacks_exist(version: Version) {
    let realm = TestRealm::create(&version.admin(), "lacking").await;
    let TestRealm { name, api } = &realm;
    let info = api.server_info().await.unwrap();
    assert!(info["systemInfo"]["version"].as_str().unwrap().starts_with(&version.label().replace('_', ".")));
    api.realm_cache_clear(name).await.unwrap();
    api.user_cache_clear(name).await.unwrap();
    api.keys_cache_clear(name).await.unwrap();
    api.crl_cache_clear(name).await.unwrap();

    let ldap = ComponentRepresentation {
        name: Some("ldap".into()),
        provider_id: Some("ldap".into()),
        provider_type: Some("org.keycloak.storage.UserStorageProvider".into()),
        config: Some(
            [
                ("connectionUrl", "ldap://127.0.0.1:1"),
                ("usersDn", "ou=users,dc=example"),
                ("usernameLDAPAttribute", "uid"),
                ("rdnLDAPAttribute", "uid"),
                ("uuidLDAPAttribute", "entryUUID"),
                ("userObjectClasses", "inetOrgPerson"),
                ("editMode", "READ_ONLY"),
                ("vendor", "other"),
                ("authType", "none"),
            ]
            .map(|(key, value)| (key.to_owned(), Some(vec![value.to_owned()])))
            .into(),
        ),
        ..Default::default()
    };
    let ldap_id = api.component_create(name, &ldap).await.unwrap().into_id().unwrap();
    api.user_storage_unlink_users(name, &ldap_id).await.unwrap();
    api.user_storage_remove_imported(name, &ldap_id).await.unwrap();
    let query = ComponentListQuery { parent: Some(&ldap_id), ..Default::default() };
    let mapper = api.component_list(name, query).await.unwrap().remove(0).id.unwrap();
    let test = TestLdapConnectionRepresentation {
        action: Some("testConnection".into()),
        connection_url: Some("ldap://127.0.0.1:1".into()),
        auth_type: Some("none".into()),
        ..Default::default()
    };
    // No LDAP server listens there: the calls are understood and fail for that reason alone.
    let outcomes = [
        ("test", api.realm_test_ldap(name, &test).await),
        ("capabilities", api.realm_ldap_capabilities(name, &test).await.map(drop)),
        ("sync", api.user_storage_sync(name, &ldap_id, Some("triggerFullSync")).await.map(drop)),
        (
            "mapper sync",
            api.user_storage_mapper_sync(name, &ldap_id, &mapper, Some("fedToKeycloak")).await.map(drop),
        ),
    ];
    for (what, outcome) in outcomes {
        match outcome {
            Ok(()) => {}
            Err(AdminError::Answer { status, message, .. }) => {
                assert!([400, 500].contains(&status.as_u16()), "{what}: {status}: {message}");
            }
            Err(other) => panic!("{what}: {other}"),
        }
    }
    realm.delete().await;
}

async fn an_identity_provider_is_linked_to_an_organization_by_its_alias(version: Version) {
    let made = RealmRepresentation { organizations_enabled: Some(true), ..Default::default() };
    let realm = TestRealm::with(&version.admin(), "orgs", made).await;
    let TestRealm { name, api } = &realm;
    let organization = OrganizationRepresentation {
        name: Some("acme".into()),
        domains: Some(vec![OrganizationDomainRepresentation {
            name: Some("acme.example".into()),
            ..Default::default()
        }]),
        ..Default::default()
    };
    let id = api.organization_create(name, &organization).await.unwrap().into_id().unwrap();
    let idp = IdentityProviderRepresentation {
        alias: Some("corp".into()),
        provider_id: Some("oidc".into()),
        config: Some(
            [("clientId", "c"), ("tokenUrl", "https://t.example"), ("authorizationUrl", "https://a.example")]
                .map(|(key, value)| (key.to_owned(), Some(value.to_owned())))
                .into(),
        ),
        ..Default::default()
    };
    api.idp_create(name, &idp).await.unwrap();
    api.organization_idp_add(name, &id, "corp").await.unwrap();
    let linked = api.organization_idps(name, &id).await.unwrap();
    assert_eq!(linked[0].alias.as_deref(), Some("corp"));
    api.organization_idp_remove(name, &id, "corp").await.unwrap();
    assert_eq!(api.organizations(name).await.unwrap().len(), 1);
    assert_eq!(api.organization_member_count(name, &id).await.unwrap(), 0);
    api.organization_delete(name, &id).await.unwrap();
    realm.delete().await;
}

async fn a_token_of_a_deleted_realm_is_refused_and_the_login_says_why(version: Version) {
    let realm = TestRealm::create(&version.admin(), "gone").await;
    let account = ClientRepresentation {
        secret: Some("secret".into()),
        service_accounts_enabled: Some(true),
        ..client("robot")
    };
    realm.api.client_create(&realm.name, &account).await.unwrap();
    let name = realm.name.clone();
    let own = real::api_of(version, &name, "robot", &"secret".into());
    own.session().token().await.unwrap();
    realm.delete().await;
    let error = own.client_list(&name, ClientListQuery::default()).await.unwrap_err();
    assert!(matches!(&error, AdminError::Login { source: LoginError::RealmMissing { .. }, .. }), "{error:?}");
    assert_eq!(error.class(), Class::Wait);
}
