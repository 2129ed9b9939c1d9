// Written by `cargo xtask openapi` from Keycloak 26.7.3 (openapi/). Do not edit.

//! Every call once.

use keycloak_admin::{AdminApi, Call};
/// Every call under its name; `name` stands for each path parameter.
pub(crate) fn every_call<'a>(api: &'a AdminApi, name: &'a str) -> Vec<(&'static str, Call<'a, ()>)> {
    vec![
        (
            "realm_list",
            Box::pin(async move { api.realm_list(Default::default()).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "realm_create",
            Box::pin(async move { api.realm_create(&Default::default()).await.map(drop) }) as Call<'a, ()>,
        ),
        ("realm_get", Box::pin(async move { api.realm_get(name).await.map(drop) }) as Call<'a, ()>),
        (
            "realm_update",
            Box::pin(async move { api.realm_update(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("realm_delete", Box::pin(async move { api.realm_delete(name).await.map(drop) }) as Call<'a, ()>),
        (
            "admin_events_list",
            Box::pin(async move { api.admin_events_list(name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "admin_events_clear",
            Box::pin(async move { api.admin_events_clear(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "authenticator_config_get",
            Box::pin(async move { api.authenticator_config_get(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "authenticator_config_update",
            Box::pin(async move {
                api.authenticator_config_update(name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "authenticator_config_delete",
            Box::pin(async move { api.authenticator_config_delete(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "execution_create",
            Box::pin(async move { api.execution_create(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "execution_get",
            Box::pin(async move { api.execution_get(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "execution_delete",
            Box::pin(async move { api.execution_delete(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "execution_config_create",
            Box::pin(
                async move { api.execution_config_create(name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "execution_lower_priority",
            Box::pin(async move { api.execution_lower_priority(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "execution_raise_priority",
            Box::pin(async move { api.execution_raise_priority(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        ("flow_list", Box::pin(async move { api.flow_list(name).await.map(drop) }) as Call<'a, ()>),
        (
            "flow_create",
            Box::pin(async move { api.flow_create(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "flow_copy",
            Box::pin(async move { api.flow_copy(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "flow_executions",
            Box::pin(async move { api.flow_executions(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "flow_execution_update",
            Box::pin(
                async move { api.flow_execution_update(name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "flow_execution_add",
            Box::pin(async move { api.flow_execution_add(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "flow_subflow_add",
            Box::pin(async move { api.flow_subflow_add(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("flow_get", Box::pin(async move { api.flow_get(name, name).await.map(drop) }) as Call<'a, ()>),
        (
            "flow_update",
            Box::pin(async move { api.flow_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("flow_delete", Box::pin(async move { api.flow_delete(name, name).await.map(drop) }) as Call<'a, ()>),
        (
            "required_action_register",
            Box::pin(async move { api.required_action_register(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "required_action_list",
            Box::pin(async move { api.required_action_list(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "required_action_get",
            Box::pin(async move { api.required_action_get(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "required_action_update",
            Box::pin(
                async move { api.required_action_update(name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "required_action_delete",
            Box::pin(async move { api.required_action_delete(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "required_action_config_get",
            Box::pin(async move { api.required_action_config_get(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "required_action_config_update",
            Box::pin(async move {
                api.required_action_config_update(name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "required_action_unregistered",
            Box::pin(async move { api.required_action_unregistered(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "crl_cache_clear",
            Box::pin(async move { api.crl_cache_clear(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "keys_cache_clear",
            Box::pin(async move { api.keys_cache_clear(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "realm_cache_clear",
            Box::pin(async move { api.realm_cache_clear(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "user_cache_clear",
            Box::pin(async move { api.user_cache_clear(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_policies_get",
            Box::pin(async move { api.client_policies_get(name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_policies_update",
            Box::pin(async move { api.client_policies_update(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_profiles_get",
            Box::pin(async move { api.client_profiles_get(name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_profiles_update",
            Box::pin(async move { api.client_profiles_update(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("scope_list", Box::pin(async move { api.scope_list(name).await.map(drop) }) as Call<'a, ()>),
        (
            "scope_create",
            Box::pin(async move { api.scope_create(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("scope_get", Box::pin(async move { api.scope_get(name, name).await.map(drop) }) as Call<'a, ()>),
        (
            "scope_update",
            Box::pin(async move { api.scope_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "scope_delete",
            Box::pin(async move { api.scope_delete(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "scope_mappers_add",
            Box::pin(async move { api.scope_mappers_add(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "scope_mapper_list",
            Box::pin(async move { api.scope_mapper_list(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "scope_mapper_create",
            Box::pin(async move { api.scope_mapper_create(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "scope_mapper_update",
            Box::pin(
                async move { api.scope_mapper_update(name, name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "scope_mapper_delete",
            Box::pin(async move { api.scope_mapper_delete(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "scope_scope_mappings",
            Box::pin(async move { api.scope_scope_mappings(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "scope_scope_mappings_client",
            Box::pin(async move { api.scope_scope_mappings_client(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "scope_scope_mappings_client_add",
            Box::pin(async move {
                api.scope_scope_mappings_client_add(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "scope_scope_mappings_client_remove",
            Box::pin(async move {
                api.scope_scope_mappings_client_remove(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "scope_scope_mappings_realm",
            Box::pin(async move { api.scope_scope_mappings_realm(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "scope_scope_mappings_realm_add",
            Box::pin(async move {
                api.scope_scope_mappings_realm_add(name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "scope_scope_mappings_realm_remove",
            Box::pin(async move {
                api.scope_scope_mappings_realm_remove(name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "client_session_stats",
            Box::pin(async move { api.client_session_stats(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_list",
            Box::pin(async move { api.client_list(name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_create",
            Box::pin(async move { api.client_create(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("client_get", Box::pin(async move { api.client_get(name, name).await.map(drop) }) as Call<'a, ()>),
        (
            "client_update",
            Box::pin(async move { api.client_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_delete",
            Box::pin(async move { api.client_delete(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "authz_server_get",
            Box::pin(async move { api.authz_server_get(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "authz_server_update",
            Box::pin(async move { api.authz_server_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_import",
            Box::pin(async move { api.authz_import(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_permission_list",
            Box::pin(async move { api.authz_permission_list(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_permission_search",
            Box::pin(
                async move { api.authz_permission_search(name, name, Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "authz_permission_delete",
            Box::pin(async move { api.authz_permission_delete(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_permission_create",
            Box::pin(async move {
                api.authz_permission_create(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "authz_permission_get",
            Box::pin(async move { api.authz_permission_get(name, name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_permission_update",
            Box::pin(async move {
                api.authz_permission_update(name, name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "authz_policy_list",
            Box::pin(async move { api.authz_policy_list(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_policy_search",
            Box::pin(async move { api.authz_policy_search(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_policy_delete",
            Box::pin(async move { api.authz_policy_delete(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_policy_associated",
            Box::pin(async move { api.authz_policy_associated(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_policy_dependent",
            Box::pin(async move { api.authz_policy_dependent(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_policy_resources",
            Box::pin(async move { api.authz_policy_resources(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_policy_scopes",
            Box::pin(async move { api.authz_policy_scopes(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_policy_create",
            Box::pin(
                async move { api.authz_policy_create(name, name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "authz_policy_get",
            Box::pin(async move { api.authz_policy_get(name, name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_policy_update",
            Box::pin(async move {
                api.authz_policy_update(name, name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "authz_resource_list",
            Box::pin(async move { api.authz_resource_list(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_resource_create",
            Box::pin(
                async move { api.authz_resource_create(name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "authz_resource_search",
            Box::pin(async move { api.authz_resource_search(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_resource_get",
            Box::pin(async move { api.authz_resource_get(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "authz_resource_update",
            Box::pin(async move {
                api.authz_resource_update(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "authz_resource_delete",
            Box::pin(async move { api.authz_resource_delete(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_scope_list",
            Box::pin(async move { api.authz_scope_list(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_scope_create",
            Box::pin(async move { api.authz_scope_create(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "authz_scope_get",
            Box::pin(async move { api.authz_scope_get(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "authz_scope_update",
            Box::pin(
                async move { api.authz_scope_update(name, name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "authz_scope_delete",
            Box::pin(async move { api.authz_scope_delete(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "authz_settings",
            Box::pin(async move { api.authz_settings(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_certificate_get",
            Box::pin(async move { api.client_certificate_get(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_certificate_generate",
            Box::pin(async move { api.client_certificate_generate(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_secret_get",
            Box::pin(async move { api.client_secret_get(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_secret_regenerate",
            Box::pin(async move { api.client_secret_regenerate(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_secret_rotated_get",
            Box::pin(async move { api.client_secret_rotated_get(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_secret_rotated_delete",
            Box::pin(async move { api.client_secret_rotated_delete(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_default_scopes",
            Box::pin(async move { api.client_default_scopes(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_default_scope_add",
            Box::pin(async move { api.client_default_scope_add(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_default_scope_remove",
            Box::pin(async move { api.client_default_scope_remove(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_installation",
            Box::pin(async move { api.client_installation(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_offline_session_count",
            Box::pin(async move { api.client_offline_session_count(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_optional_scopes",
            Box::pin(async move { api.client_optional_scopes(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_optional_scope_add",
            Box::pin(async move { api.client_optional_scope_add(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_optional_scope_remove",
            Box::pin(async move { api.client_optional_scope_remove(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_mappers_add",
            Box::pin(async move { api.client_mappers_add(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_mapper_list",
            Box::pin(async move { api.client_mapper_list(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_mapper_create",
            Box::pin(async move { api.client_mapper_create(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_mapper_get",
            Box::pin(async move { api.client_mapper_get(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_mapper_update",
            Box::pin(async move {
                api.client_mapper_update(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "client_mapper_delete",
            Box::pin(async move { api.client_mapper_delete(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_role_list",
            Box::pin(async move { api.client_role_list(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_role_create",
            Box::pin(async move { api.client_role_create(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_role_get",
            Box::pin(async move { api.client_role_get(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_role_update",
            Box::pin(
                async move { api.client_role_update(name, name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "client_role_delete",
            Box::pin(async move { api.client_role_delete(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_role_composites",
            Box::pin(async move { api.client_role_composites(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_role_composites_add",
            Box::pin(async move {
                api.client_role_composites_add(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "client_role_composites_remove",
            Box::pin(async move {
                api.client_role_composites_remove(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "client_role_groups",
            Box::pin(
                async move { api.client_role_groups(name, name, name, Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "client_role_users",
            Box::pin(
                async move { api.client_role_users(name, name, name, Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "client_scope_mappings",
            Box::pin(async move { api.client_scope_mappings(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "client_scope_mappings_client",
            Box::pin(async move { api.client_scope_mappings_client(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_scope_mappings_client_add",
            Box::pin(async move {
                api.client_scope_mappings_client_add(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "client_scope_mappings_client_remove",
            Box::pin(async move {
                api.client_scope_mappings_client_remove(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "client_scope_mappings_realm",
            Box::pin(async move { api.client_scope_mappings_realm(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_scope_mappings_realm_add",
            Box::pin(async move {
                api.client_scope_mappings_realm_add(name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "client_scope_mappings_realm_remove",
            Box::pin(async move {
                api.client_scope_mappings_realm_remove(name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "client_service_account_user",
            Box::pin(async move { api.client_service_account_user(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "client_session_count",
            Box::pin(async move { api.client_session_count(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "component_list",
            Box::pin(async move { api.component_list(name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "component_create",
            Box::pin(async move { api.component_create(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "component_get",
            Box::pin(async move { api.component_get(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "component_update",
            Box::pin(async move { api.component_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "component_delete",
            Box::pin(async move { api.component_delete(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "component_sub_types",
            Box::pin(async move { api.component_sub_types(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "realm_default_scopes",
            Box::pin(async move { api.realm_default_scopes(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "realm_default_scope_add",
            Box::pin(async move { api.realm_default_scope_add(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "realm_default_scope_remove",
            Box::pin(async move { api.realm_default_scope_remove(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "default_group_list",
            Box::pin(async move { api.default_group_list(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "default_group_add",
            Box::pin(async move { api.default_group_add(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "default_group_remove",
            Box::pin(async move { api.default_group_remove(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "realm_optional_scopes",
            Box::pin(async move { api.realm_optional_scopes(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "realm_optional_scope_add",
            Box::pin(async move { api.realm_optional_scope_add(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "realm_optional_scope_remove",
            Box::pin(async move { api.realm_optional_scope_remove(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "events_list",
            Box::pin(async move { api.events_list(name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("events_clear", Box::pin(async move { api.events_clear(name).await.map(drop) }) as Call<'a, ()>),
        (
            "events_config_get",
            Box::pin(async move { api.events_config_get(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "events_config_update",
            Box::pin(async move { api.events_config_update(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "group_list",
            Box::pin(async move { api.group_list(name, Default::default()).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "group_create",
            Box::pin(async move { api.group_create(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "group_count",
            Box::pin(async move { api.group_count(name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("group_get", Box::pin(async move { api.group_get(name, name).await.map(drop) }) as Call<'a, ()>),
        (
            "group_update",
            Box::pin(async move { api.group_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "group_delete",
            Box::pin(async move { api.group_delete(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "group_children",
            Box::pin(async move { api.group_children(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "group_child_create",
            Box::pin(async move { api.group_child_create(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "group_members",
            Box::pin(async move { api.group_members(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "group_role_mappings",
            Box::pin(async move { api.group_role_mappings(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "group_client_roles",
            Box::pin(async move { api.group_client_roles(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "group_client_roles_add",
            Box::pin(async move {
                api.group_client_roles_add(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "group_client_roles_remove",
            Box::pin(async move {
                api.group_client_roles_remove(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "group_realm_roles",
            Box::pin(async move { api.group_realm_roles(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "group_realm_roles_add",
            Box::pin(
                async move { api.group_realm_roles_add(name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "group_realm_roles_remove",
            Box::pin(
                async move { api.group_realm_roles_remove(name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "idp_import_config",
            Box::pin(async move { api.idp_import_config(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "idp_list",
            Box::pin(async move { api.idp_list(name, Default::default()).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "idp_create",
            Box::pin(async move { api.idp_create(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("idp_get", Box::pin(async move { api.idp_get(name, name).await.map(drop) }) as Call<'a, ()>),
        (
            "idp_update",
            Box::pin(async move { api.idp_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("idp_delete", Box::pin(async move { api.idp_delete(name, name).await.map(drop) }) as Call<'a, ()>),
        (
            "idp_mapper_types",
            Box::pin(async move { api.idp_mapper_types(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "idp_mapper_list",
            Box::pin(async move { api.idp_mapper_list(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "idp_mapper_create",
            Box::pin(async move { api.idp_mapper_create(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "idp_mapper_get",
            Box::pin(async move { api.idp_mapper_get(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "idp_mapper_update",
            Box::pin(
                async move { api.idp_mapper_update(name, name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "idp_mapper_delete",
            Box::pin(async move { api.idp_mapper_delete(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        ("realm_keys", Box::pin(async move { api.realm_keys(name).await.map(drop) }) as Call<'a, ()>),
        (
            "realm_ldap_capabilities",
            Box::pin(async move { api.realm_ldap_capabilities(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "localization_locales",
            Box::pin(async move { api.localization_locales(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "localization_texts",
            Box::pin(async move { api.localization_texts(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "localization_texts_add",
            Box::pin(
                async move { api.localization_texts_add(name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "localization_locale_delete",
            Box::pin(async move { api.localization_locale_delete(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "localization_text_delete",
            Box::pin(async move { api.localization_text_delete(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "realm_logout_all",
            Box::pin(async move { api.realm_logout_all(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "organization_list",
            Box::pin(async move { api.organization_list(name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "organization_create",
            Box::pin(async move { api.organization_create(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "organization_count",
            Box::pin(async move { api.organization_count(name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "organization_get",
            Box::pin(async move { api.organization_get(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "organization_update",
            Box::pin(async move { api.organization_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "organization_delete",
            Box::pin(async move { api.organization_delete(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "organization_idps",
            Box::pin(async move { api.organization_idps(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "organization_idp_add",
            Box::pin(async move { api.organization_idp_add(name, name, "text").await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "organization_idp_remove",
            Box::pin(async move { api.organization_idp_remove(name, name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "organization_member_count",
            Box::pin(async move { api.organization_member_count(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "realm_partial_export",
            Box::pin(async move { api.realm_partial_export(name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "realm_partial_import",
            Box::pin(async move { api.realm_partial_import(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "realm_push_revocation",
            Box::pin(async move { api.realm_push_revocation(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "role_list",
            Box::pin(async move { api.role_list(name, Default::default()).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "role_create",
            Box::pin(async move { api.role_create(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "role_by_id_get",
            Box::pin(async move { api.role_by_id_get(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "role_by_id_update",
            Box::pin(async move { api.role_by_id_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "role_by_id_delete",
            Box::pin(async move { api.role_by_id_delete(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "role_by_id_composites",
            Box::pin(async move { api.role_by_id_composites(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "role_by_id_composites_add",
            Box::pin(
                async move { api.role_by_id_composites_add(name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "role_by_id_composites_remove",
            Box::pin(async move {
                api.role_by_id_composites_remove(name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        ("role_get", Box::pin(async move { api.role_get(name, name).await.map(drop) }) as Call<'a, ()>),
        (
            "role_update",
            Box::pin(async move { api.role_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        ("role_delete", Box::pin(async move { api.role_delete(name, name).await.map(drop) }) as Call<'a, ()>),
        (
            "role_composites",
            Box::pin(async move { api.role_composites(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "role_composites_add",
            Box::pin(async move { api.role_composites_add(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "role_composites_remove",
            Box::pin(
                async move { api.role_composites_remove(name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "role_groups",
            Box::pin(async move { api.role_groups(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "role_users",
            Box::pin(async move { api.role_users(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "realm_test_ldap",
            Box::pin(async move { api.realm_test_ldap(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "realm_test_smtp",
            Box::pin(async move { api.realm_test_smtp(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "user_storage_remove_imported",
            Box::pin(async move { api.user_storage_remove_imported(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "user_storage_sync",
            Box::pin(async move { api.user_storage_sync(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "user_storage_unlink_users",
            Box::pin(async move { api.user_storage_unlink_users(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "user_storage_mapper_sync",
            Box::pin(async move {
                api.user_storage_mapper_sync(name, name, name, Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "user_list",
            Box::pin(async move { api.user_list(name, Default::default()).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "user_count",
            Box::pin(async move { api.user_count(name, Default::default()).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "user_profile_get",
            Box::pin(async move { api.user_profile_get(name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "user_profile_update",
            Box::pin(async move { api.user_profile_update(name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "user_get",
            Box::pin(async move { api.user_get(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "user_update",
            Box::pin(async move { api.user_update(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "user_federated_identities",
            Box::pin(async move { api.user_federated_identities(name, name).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "user_groups",
            Box::pin(async move { api.user_groups(name, name, Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "user_group_add",
            Box::pin(async move { api.user_group_add(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "user_group_remove",
            Box::pin(async move { api.user_group_remove(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "user_role_mappings",
            Box::pin(async move { api.user_role_mappings(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "user_client_roles",
            Box::pin(async move { api.user_client_roles(name, name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "user_client_roles_add",
            Box::pin(async move {
                api.user_client_roles_add(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "user_client_roles_remove",
            Box::pin(async move {
                api.user_client_roles_remove(name, name, name, &Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "user_client_roles_effective",
            Box::pin(async move {
                api.user_client_roles_effective(name, name, name, Default::default()).await.map(drop)
            }) as Call<'a, ()>,
        ),
        (
            "user_realm_roles",
            Box::pin(async move { api.user_realm_roles(name, name).await.map(drop) }) as Call<'a, ()>,
        ),
        (
            "user_realm_roles_add",
            Box::pin(async move { api.user_realm_roles_add(name, name, &Default::default()).await.map(drop) })
                as Call<'a, ()>,
        ),
        (
            "user_realm_roles_remove",
            Box::pin(
                async move { api.user_realm_roles_remove(name, name, &Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        (
            "user_realm_roles_effective",
            Box::pin(
                async move { api.user_realm_roles_effective(name, name, Default::default()).await.map(drop) },
            ) as Call<'a, ()>,
        ),
        ("server_info", Box::pin(async move { api.server_info().await.map(drop) }) as Call<'a, ()>),
    ]
}
