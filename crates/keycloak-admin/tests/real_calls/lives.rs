//! Objects of every kind, from their creation to their deletion.

use keycloak_admin::queries::*;
use keycloak_admin::types::*;
use serde_json::{Value, json};

use crate::real::{TestRealm, Version};
use crate::{client, role};

pub(crate) async fn every_kind_of_object_is_created_changed_and_deleted(version: Version) {
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

pub(crate) async fn authorization_policies_live_and_die(version: Version) {
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
