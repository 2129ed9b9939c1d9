// Written by `cargo xtask openapi` from Keycloak 26.7.3 (openapi/). Do not edit.

//! One method of `AdminApi` per call.

use crate::answer::{self, Call, Created};
use crate::api::AdminApi;
use crate::types;
/// Query parameters of [`AdminApi::admin_events_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct AdminEventsListQuery<'a> {
    /// `auth_client`
    pub auth_client: Option<&'a str>,
    /// `auth_ip_address`
    pub auth_ip_address: Option<&'a str>,
    /// `auth_realm`
    pub auth_realm: Option<&'a str>,
    /// user id
    pub auth_user: Option<&'a str>,
    /// From (inclusive) date (yyyy-MM-dd) or time in Epoch timestamp millis (number of milliseconds since January 1, 1970, 00:00:00 GMT)
    pub date_from: Option<&'a str>,
    /// To (inclusive) date (yyyy-MM-dd) or time in Epoch timestamp millis (number of milliseconds since January 1, 1970, 00:00:00 GMT)
    pub date_to: Option<&'a str>,
    /// The direction to sort events by (asc or desc)
    pub direction: Option<&'a str>,
    /// `first`
    pub first: Option<i32>,
    /// Maximum results size (defaults to 100)
    pub max: Option<i32>,
    /// `operation_types`
    pub operation_types: Option<&'a ::std::vec::Vec<::std::string::String>>,
    /// `resource_path`
    pub resource_path: Option<&'a str>,
    /// `resource_types`
    pub resource_types: Option<&'a ::std::vec::Vec<::std::string::String>>,
}
/// Query parameters of [`AdminApi::client_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientListQuery<'a> {
    /// filter by clientId
    pub client_id: Option<&'a str>,
    /// the first result
    pub first: Option<i32>,
    /// the max results to return
    pub max: Option<i32>,
    /// `q`
    pub q: Option<&'a str>,
    /// whether this is a search query or a getClientById query
    pub search: Option<bool>,
    /// filter clients that cannot be viewed in full by admin
    pub viewable_only: Option<bool>,
}
/// Query parameters of [`AdminApi::authz_permission_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuthzPermissionListQuery<'a> {
    /// `fields`
    pub fields: Option<&'a str>,
    /// `first`
    pub first: Option<i32>,
    /// `max`
    pub max: Option<i32>,
    /// `name`
    pub name: Option<&'a str>,
    /// `owner`
    pub owner: Option<&'a str>,
    /// `permission`
    pub permission: Option<bool>,
    /// `policy_id`
    pub policy_id: Option<&'a str>,
    /// `resource`
    pub resource: Option<&'a str>,
    /// `resource_type`
    pub resource_type: Option<&'a str>,
    /// `scope`
    pub scope: Option<&'a str>,
    /// `type_`
    pub type_: Option<&'a str>,
}
/// Query parameters of [`AdminApi::authz_permission_search`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuthzPermissionSearchQuery<'a> {
    /// `fields`
    pub fields: Option<&'a str>,
    /// `name`
    pub name: Option<&'a str>,
}
/// Query parameters of [`AdminApi::authz_policy_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuthzPolicyListQuery<'a> {
    /// `fields`
    pub fields: Option<&'a str>,
    /// `first`
    pub first: Option<i32>,
    /// `max`
    pub max: Option<i32>,
    /// `name`
    pub name: Option<&'a str>,
    /// `owner`
    pub owner: Option<&'a str>,
    /// `permission`
    pub permission: Option<bool>,
    /// `policy_id`
    pub policy_id: Option<&'a str>,
    /// `resource`
    pub resource: Option<&'a str>,
    /// `resource_type`
    pub resource_type: Option<&'a str>,
    /// `scope`
    pub scope: Option<&'a str>,
    /// `type_`
    pub type_: Option<&'a str>,
}
/// Query parameters of [`AdminApi::authz_policy_search`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuthzPolicySearchQuery<'a> {
    /// `fields`
    pub fields: Option<&'a str>,
    /// `name`
    pub name: Option<&'a str>,
}
/// Query parameters of [`AdminApi::authz_resource_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuthzResourceListQuery<'a> {
    /// `id`
    pub id: Option<&'a str>,
    /// `deep`
    pub deep: Option<bool>,
    /// `exact_name`
    pub exact_name: Option<bool>,
    /// `first`
    pub first: Option<i32>,
    /// `matching_uri`
    pub matching_uri: Option<bool>,
    /// `max`
    pub max: Option<i32>,
    /// `name`
    pub name: Option<&'a str>,
    /// `owner`
    pub owner: Option<&'a str>,
    /// `scope`
    pub scope: Option<&'a str>,
    /// `type_`
    pub type_: Option<&'a str>,
    /// `uri`
    pub uri: Option<&'a str>,
}
/// Query parameters of [`AdminApi::authz_scope_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuthzScopeListQuery<'a> {
    /// `first`
    pub first: Option<i32>,
    /// `max`
    pub max: Option<i32>,
    /// `name`
    pub name: Option<&'a str>,
    /// `scope_id`
    pub scope_id: Option<&'a str>,
}
/// Query parameters of [`AdminApi::client_role_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientRoleListQuery<'a> {
    /// `brief_representation`
    pub brief_representation: Option<bool>,
    /// `first`
    pub first: Option<i32>,
    /// `max`
    pub max: Option<i32>,
    /// `search`
    pub search: Option<&'a str>,
}
/// Query parameters of [`AdminApi::client_role_groups`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientRoleGroupsQuery {
    /// If false, return a full representation of the {@code GroupRepresentation} objects.
    pub brief_representation: Option<bool>,
    /// First result to return. Ignored if negative or {@code null}.
    pub first: Option<i32>,
    /// Maximum number of results to return. Unbounded if negative.
    pub max: Option<i32>,
}
/// Query parameters of [`AdminApi::client_role_users`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientRoleUsersQuery {
    /// Boolean which defines whether brief representations are returned (default: false)
    pub brief_representation: Option<bool>,
    /// first result to return. Ignored if negative or {@code null}.
    pub first: Option<i32>,
    /// Maximum number of results to return. Unbounded if negative.
    pub max: Option<i32>,
}
/// Query parameters of [`AdminApi::component_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct ComponentListQuery<'a> {
    /// `name`
    pub name: Option<&'a str>,
    /// `parent`
    pub parent: Option<&'a str>,
    /// `provider_id`
    pub provider_id: Option<&'a str>,
    /// `type_`
    pub type_: Option<&'a str>,
}
/// Query parameters of [`AdminApi::events_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventsListQuery<'a> {
    /// App or oauth client name
    pub client: Option<&'a str>,
    /// From (inclusive) date (yyyy-MM-dd) or time in Epoch timestamp millis (number of milliseconds since January 1, 1970, 00:00:00 GMT)
    pub date_from: Option<&'a str>,
    /// To (inclusive) date (yyyy-MM-dd) or time in Epoch timestamp millis (number of milliseconds since January 1, 1970, 00:00:00 GMT)
    pub date_to: Option<&'a str>,
    /// The direction to sort events by (asc or desc)
    pub direction: Option<&'a str>,
    /// Paging offset
    pub first: Option<i32>,
    /// IP Address
    pub ip_address: Option<&'a str>,
    /// Maximum results size
    pub max: Option<i32>,
    /// The types of events to return
    pub type_: Option<&'a ::std::vec::Vec<::std::string::String>>,
    /// User id
    pub user: Option<&'a str>,
}
/// Query parameters of [`AdminApi::group_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupListQuery<'a> {
    /// `brief_representation`
    pub brief_representation: Option<bool>,
    /// `exact`
    pub exact: Option<bool>,
    /// `first`
    pub first: Option<i32>,
    /// `max`
    pub max: Option<i32>,
    /// `populate_hierarchy`
    pub populate_hierarchy: Option<bool>,
    /// `q`
    pub q: Option<&'a str>,
    /// `search`
    pub search: Option<&'a str>,
    /// Boolean which defines whether to return the count of subgroups for each group (default: true
    pub sub_groups_count: Option<bool>,
}
/// Query parameters of [`AdminApi::group_count`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupCountQuery<'a> {
    /// `search`
    pub search: Option<&'a str>,
    /// `top`
    pub top: Option<bool>,
}
/// Query parameters of [`AdminApi::group_children`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupChildrenQuery<'a> {
    /// Boolean which defines whether brief groups representations are returned or not (default: false)
    pub brief_representation: Option<bool>,
    /// Boolean which defines whether the params "search" must match exactly or not
    pub exact: Option<bool>,
    /// The position of the first result to be returned (pagination offset).
    pub first: Option<i32>,
    /// The maximum number of results that are to be returned. Defaults to 10
    pub max: Option<i32>,
    /// A String representing either an exact group name or a partial name, defaults to prefix search.
    pub search: Option<&'a str>,
    /// Boolean which defines whether to return the count of subgroups for each subgroup of this group (default: true)
    pub sub_groups_count: Option<bool>,
}
/// Query parameters of [`AdminApi::group_members`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupMembersQuery {
    /// Only return basic information (only guaranteed to return id, username, created, first and last name, email, enabled state, email verification state, federation link, and access. Note that it means that namely user attributes, required actions, and not before are not returned.)
    pub brief_representation: Option<bool>,
    /// Pagination offset
    pub first: Option<i32>,
    /// Maximum results size (defaults to 100)
    pub max: Option<i32>,
}
/// Query parameters of [`AdminApi::idp_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdpListQuery<'a> {
    /// Boolean which defines whether brief representations are returned (default: false)
    pub brief_representation: Option<bool>,
    /// Filter by identity providers capability
    pub capability: Option<&'a str>,
    /// Pagination offset
    pub first: Option<i32>,
    /// Maximum results size (defaults to 100)
    pub max: Option<i32>,
    /// Boolean which defines if only realm-level IDPs (not associated with orgs) should be returned (default: false)
    pub realm_only: Option<bool>,
    /// Filter specific providers by name. Search can be prefix (name*), contains (*name*) or exact ("name"). Default prefixed.
    pub search: Option<&'a str>,
    /// Filter by identity providers type
    pub type_: Option<&'a str>,
}
/// Query parameters of [`AdminApi::organization_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrganizationListQuery<'a> {
    /// if false, return the full representation. Otherwise, only the basic fields are returned.
    pub brief_representation: Option<bool>,
    /// Boolean which defines whether the param 'search' must match exactly or not
    pub exact: Option<bool>,
    /// The position of the first result to be processed (pagination offset)
    pub first: Option<i32>,
    /// The maximum number of results to be returned - defaults to 10
    pub max: Option<i32>,
    /// A query to search for custom attributes, in the format 'key1:value2 key2:value2'
    pub q: Option<&'a str>,
    /// A String representing either an organization name or domain
    pub search: Option<&'a str>,
}
/// Query parameters of [`AdminApi::organization_count`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrganizationCountQuery<'a> {
    /// Boolean which defines whether the param 'search' must match exactly or not
    pub exact: Option<bool>,
    /// A query to search for custom attributes, in the format 'key1:value2 key2:value2'
    pub q: Option<&'a str>,
    /// A String representing either an organization name or domain
    pub search: Option<&'a str>,
}
/// Query parameters of [`AdminApi::realm_partial_export`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealmPartialExportQuery {
    /// `export_clients`
    pub export_clients: Option<bool>,
    /// `export_groups_and_roles`
    pub export_groups_and_roles: Option<bool>,
}
/// Query parameters of [`AdminApi::role_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct RoleListQuery<'a> {
    /// `brief_representation`
    pub brief_representation: Option<bool>,
    /// `first`
    pub first: Option<i32>,
    /// `max`
    pub max: Option<i32>,
    /// `search`
    pub search: Option<&'a str>,
}
/// Query parameters of [`AdminApi::role_by_id_composites`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct RoleByIdCompositesQuery<'a> {
    /// `first`
    pub first: Option<i32>,
    /// `max`
    pub max: Option<i32>,
    /// `search`
    pub search: Option<&'a str>,
}
/// Query parameters of [`AdminApi::role_groups`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct RoleGroupsQuery {
    /// If false, return a full representation of the {@code GroupRepresentation} objects.
    pub brief_representation: Option<bool>,
    /// First result to return. Ignored if negative or {@code null}.
    pub first: Option<i32>,
    /// Maximum number of results to return. Unbounded if negative.
    pub max: Option<i32>,
}
/// Query parameters of [`AdminApi::role_users`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct RoleUsersQuery {
    /// Boolean which defines whether brief representations are returned (default: false)
    pub brief_representation: Option<bool>,
    /// first result to return. Ignored if negative or {@code null}.
    pub first: Option<i32>,
    /// Maximum number of results to return. Unbounded if negative.
    pub max: Option<i32>,
}
/// Query parameters of [`AdminApi::user_list`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct UserListQuery<'a> {
    /// Boolean which defines whether brief representations are returned (default: false)
    pub brief_representation: Option<bool>,
    /// Only return users created after (inclusive) the given date, in ISO-8601 format (yyyy-MM-dd) or epoch milliseconds
    pub created_after: Option<&'a str>,
    /// Only return users created before (inclusive) the given date, in ISO-8601 format (yyyy-MM-dd) or epoch milliseconds
    pub created_before: Option<&'a str>,
    /// A String contained in email, or the complete email, if param "exact" is true
    pub email: Option<&'a str>,
    /// whether the email has been verified
    pub email_verified: Option<bool>,
    /// Boolean representing if user is enabled or not
    pub enabled: Option<bool>,
    /// Boolean which defines whether the params "last", "first", "email" and "username" must match exactly
    pub exact: Option<bool>,
    /// Pagination offset
    pub first: Option<i32>,
    /// A String contained in firstName, or the complete firstName, if param "exact" is true
    pub first_name: Option<&'a str>,
    /// The alias of an Identity Provider linked to the user
    pub idp_alias: Option<&'a str>,
    /// The userId at an Identity Provider linked to the user
    pub idp_user_id: Option<&'a str>,
    /// A String contained in lastName, or the complete lastName, if param "exact" is true
    pub last_name: Option<&'a str>,
    /// Maximum results size (defaults to 100)
    pub max: Option<i32>,
    /// A query to search for custom attributes, in the format 'key1:value2 key2:value2'
    pub q: Option<&'a str>,
    /// A String contained in username, first or last name, or email. Default search behavior is prefix-based (e.g., foo or foo*). Use *foo* for infix search and "foo" for exact search.
    pub search: Option<&'a str>,
    /// A String contained in username, or the complete username, if param "exact" is true
    pub username: Option<&'a str>,
}
/// Query parameters of [`AdminApi::user_count`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct UserCountQuery<'a> {
    /// Only return users created after (inclusive) the given date, in ISO-8601 format (yyyy-MM-dd) or epoch milliseconds
    pub created_after: Option<&'a str>,
    /// Only return users created before (inclusive) the given date, in ISO-8601 format (yyyy-MM-dd) or epoch milliseconds
    pub created_before: Option<&'a str>,
    /// A String contained in email, or the complete email, if param "exact" is true
    pub email: Option<&'a str>,
    /// whether the email has been verified
    pub email_verified: Option<bool>,
    /// Boolean representing if user is enabled or not
    pub enabled: Option<bool>,
    /// Boolean which defines whether the params "last", "first", "email" and "username" must match exactly
    pub exact: Option<bool>,
    /// A String contained in firstName, or the complete firstName, if param "exact" is true
    pub first_name: Option<&'a str>,
    /// The alias of an Identity Provider linked to the user
    pub idp_alias: Option<&'a str>,
    /// The userId at an Identity Provider linked to the user
    pub idp_user_id: Option<&'a str>,
    /// A String contained in lastName, or the complete lastName, if param "exact" is true
    pub last_name: Option<&'a str>,
    /// A query to search for custom attributes, in the format 'key1:value2 key2:value2'
    pub q: Option<&'a str>,
    /// A String contained in username, first or last name, or email. Default search behavior is prefix-based (e.g., foo or foo*). Use *foo* for infix search and "foo" for exact search.
    pub search: Option<&'a str>,
    /// A String contained in username, or the complete username, if param "exact" is true
    pub username: Option<&'a str>,
}
/// Query parameters of [`AdminApi::user_groups`]; what is `None` is not sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct UserGroupsQuery<'a> {
    /// `brief_representation`
    pub brief_representation: Option<bool>,
    /// `first`
    pub first: Option<i32>,
    /// `max`
    pub max: Option<i32>,
    /// `search`
    pub search: Option<&'a str>,
}
impl AdminApi {
    /// Get accessible realms Returns a list of accessible realms. The list is filtered based on what realms the caller is allowed to view.
    ///
    /// `GET /admin/realms`
    pub fn realm_list<'a>(
        &'a self,
        brief_representation: Option<bool>,
    ) -> Call<'a, ::std::vec::Vec<types::RealmRepresentation>> {
        Box::pin(async move {
            answer::value("realm_list", self.calls().realm_list(brief_representation).await).await
        })
    }
    /// Import a realm. Imports a realm from a full representation of that realm.
    ///
    /// `POST /admin/realms`
    pub fn realm_create<'a>(&'a self, body: &'a types::RealmRepresentation) -> Call<'a, Created> {
        Box::pin(async move { answer::created("realm_create", self.calls().realm_create(body).await).await })
    }
    /// Get the top-level representation of the realm It will not include nested information like User and Client representations.
    ///
    /// `GET /admin/realms/{realm}`
    pub fn realm_get<'a>(&'a self, realm: &'a str) -> Call<'a, types::RealmRepresentation> {
        Box::pin(async move {
            answer::segment("realm_get", "realm", realm)?;
            answer::value("realm_get", self.calls().realm_get(realm).await).await
        })
    }
    /// Update the top-level information of the realm Any user, roles or client information in the representation will be ignored.
    ///
    /// `PUT /admin/realms/{realm}`
    pub fn realm_update<'a>(&'a self, realm: &'a str, body: &'a types::RealmRepresentation) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("realm_update", "realm", realm)?;
            answer::nothing("realm_update", self.calls().realm_update(realm, body).await).await
        })
    }
    /// Delete the realm
    ///
    /// `DELETE /admin/realms/{realm}`
    pub fn realm_delete<'a>(&'a self, realm: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("realm_delete", "realm", realm)?;
            answer::nothing("realm_delete", self.calls().realm_delete(realm).await).await
        })
    }
    /// Get admin events Returns all admin events, or filters events based on URL query parameters listed here
    ///
    /// `GET /admin/realms/{realm}/admin-events`
    pub fn admin_events_list<'a>(
        &'a self,
        realm: &'a str,
        query: AdminEventsListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::AdminEventRepresentation>> {
        Box::pin(async move {
            answer::segment("admin_events_list", "realm", realm)?;
            answer::value(
                "admin_events_list",
                self.calls()
                    .admin_events_list(
                        realm,
                        query.auth_client,
                        query.auth_ip_address,
                        query.auth_realm,
                        query.auth_user,
                        query.date_from,
                        query.date_to,
                        query.direction,
                        query.first,
                        query.max,
                        query.operation_types,
                        query.resource_path,
                        query.resource_types,
                    )
                    .await,
            )
            .await
        })
    }
    /// Delete all admin events
    ///
    /// `DELETE /admin/realms/{realm}/admin-events`
    pub fn admin_events_clear<'a>(&'a self, realm: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("admin_events_clear", "realm", realm)?;
            answer::nothing("admin_events_clear", self.calls().admin_events_clear(realm).await).await
        })
    }
    /// Get authenticator configuration
    ///
    /// `GET /admin/realms/{realm}/authentication/config/{id}`
    pub fn authenticator_config_get<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Call<'a, types::AuthenticatorConfigRepresentation> {
        Box::pin(async move {
            answer::segment("authenticator_config_get", "realm", realm)?;
            answer::segment("authenticator_config_get", "id", id)?;
            answer::value("authenticator_config_get", self.calls().authenticator_config_get(realm, id).await)
                .await
        })
    }
    /// Update authenticator configuration
    ///
    /// `PUT /admin/realms/{realm}/authentication/config/{id}`
    pub fn authenticator_config_update<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
        body: &'a types::AuthenticatorConfigRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("authenticator_config_update", "realm", realm)?;
            answer::segment("authenticator_config_update", "id", id)?;
            answer::nothing(
                "authenticator_config_update",
                self.calls().authenticator_config_update(realm, id, body).await,
            )
            .await
        })
    }
    /// Delete authenticator configuration
    ///
    /// `DELETE /admin/realms/{realm}/authentication/config/{id}`
    pub fn authenticator_config_delete<'a>(&'a self, realm: &'a str, id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("authenticator_config_delete", "realm", realm)?;
            answer::segment("authenticator_config_delete", "id", id)?;
            answer::nothing(
                "authenticator_config_delete",
                self.calls().authenticator_config_delete(realm, id).await,
            )
            .await
        })
    }
    /// Add new authentication execution
    ///
    /// `POST /admin/realms/{realm}/authentication/executions`
    pub fn execution_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::AuthenticationExecutionRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("execution_create", "realm", realm)?;
            answer::created("execution_create", self.calls().execution_create(realm, body).await).await
        })
    }
    /// Get Single Execution
    ///
    /// `GET /admin/realms/{realm}/authentication/executions/{executionId}`
    pub fn execution_get<'a>(
        &'a self,
        realm: &'a str,
        execution_id: &'a str,
    ) -> Call<'a, types::AuthenticationExecutionRepresentation> {
        Box::pin(async move {
            answer::segment("execution_get", "realm", realm)?;
            answer::segment("execution_get", "executionId", execution_id)?;
            answer::value("execution_get", self.calls().execution_get(realm, execution_id).await).await
        })
    }
    /// Delete execution
    ///
    /// `DELETE /admin/realms/{realm}/authentication/executions/{executionId}`
    pub fn execution_delete<'a>(&'a self, realm: &'a str, execution_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("execution_delete", "realm", realm)?;
            answer::segment("execution_delete", "executionId", execution_id)?;
            answer::nothing("execution_delete", self.calls().execution_delete(realm, execution_id).await)
                .await
        })
    }
    /// Update execution with new configuration
    ///
    /// `POST /admin/realms/{realm}/authentication/executions/{executionId}/config`
    pub fn execution_config_create<'a>(
        &'a self,
        realm: &'a str,
        execution_id: &'a str,
        body: &'a types::AuthenticatorConfigRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("execution_config_create", "realm", realm)?;
            answer::segment("execution_config_create", "executionId", execution_id)?;
            answer::created(
                "execution_config_create",
                self.calls().execution_config_create(realm, execution_id, body).await,
            )
            .await
        })
    }
    /// Lower execution's priority
    ///
    /// `POST /admin/realms/{realm}/authentication/executions/{executionId}/lower-priority`
    pub fn execution_lower_priority<'a>(&'a self, realm: &'a str, execution_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("execution_lower_priority", "realm", realm)?;
            answer::segment("execution_lower_priority", "executionId", execution_id)?;
            answer::nothing(
                "execution_lower_priority",
                self.calls().execution_lower_priority(realm, execution_id).await,
            )
            .await
        })
    }
    /// Raise execution's priority
    ///
    /// `POST /admin/realms/{realm}/authentication/executions/{executionId}/raise-priority`
    pub fn execution_raise_priority<'a>(&'a self, realm: &'a str, execution_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("execution_raise_priority", "realm", realm)?;
            answer::segment("execution_raise_priority", "executionId", execution_id)?;
            answer::nothing(
                "execution_raise_priority",
                self.calls().execution_raise_priority(realm, execution_id).await,
            )
            .await
        })
    }
    /// Get authentication flows Returns a stream of authentication flows.
    ///
    /// `GET /admin/realms/{realm}/authentication/flows`
    pub fn flow_list<'a>(
        &'a self,
        realm: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::AuthenticationFlowRepresentation>> {
        Box::pin(async move {
            answer::segment("flow_list", "realm", realm)?;
            answer::value("flow_list", self.calls().flow_list(realm).await).await
        })
    }
    /// Create a new authentication flow
    ///
    /// `POST /admin/realms/{realm}/authentication/flows`
    pub fn flow_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::AuthenticationFlowRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("flow_create", "realm", realm)?;
            answer::created("flow_create", self.calls().flow_create(realm, body).await).await
        })
    }
    /// Copy existing authentication flow under a new name The new name is given as 'newName' attribute of the passed JSON object
    ///
    /// `POST /admin/realms/{realm}/authentication/flows/{flowAlias}/copy`
    pub fn flow_copy<'a>(
        &'a self,
        realm: &'a str,
        flow_alias: &'a str,
        body: &'a ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::string::String>,
        >,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("flow_copy", "realm", realm)?;
            answer::segment("flow_copy", "flowAlias", flow_alias)?;
            answer::created("flow_copy", self.calls().flow_copy(realm, flow_alias, body).await).await
        })
    }
    /// Get authentication executions for a flow
    ///
    /// `GET /admin/realms/{realm}/authentication/flows/{flowAlias}/executions`
    pub fn flow_executions<'a>(
        &'a self,
        realm: &'a str,
        flow_alias: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::AuthenticationExecutionInfoRepresentation>> {
        Box::pin(async move {
            answer::segment("flow_executions", "realm", realm)?;
            answer::segment("flow_executions", "flowAlias", flow_alias)?;
            answer::value("flow_executions", self.calls().flow_executions(realm, flow_alias).await).await
        })
    }
    /// Update authentication executions of a Flow
    ///
    /// `PUT /admin/realms/{realm}/authentication/flows/{flowAlias}/executions`
    pub fn flow_execution_update<'a>(
        &'a self,
        realm: &'a str,
        flow_alias: &'a str,
        body: &'a types::AuthenticationExecutionInfoRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("flow_execution_update", "realm", realm)?;
            answer::segment("flow_execution_update", "flowAlias", flow_alias)?;
            answer::nothing(
                "flow_execution_update",
                self.calls().flow_execution_update(realm, flow_alias, body).await,
            )
            .await
        })
    }
    /// Add new authentication execution to a flow
    ///
    /// `POST /admin/realms/{realm}/authentication/flows/{flowAlias}/executions/execution`
    pub fn flow_execution_add<'a>(
        &'a self,
        realm: &'a str,
        flow_alias: &'a str,
        body: &'a ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("flow_execution_add", "realm", realm)?;
            answer::segment("flow_execution_add", "flowAlias", flow_alias)?;
            answer::created(
                "flow_execution_add",
                self.calls().flow_execution_add(realm, flow_alias, body).await,
            )
            .await
        })
    }
    /// Add new flow with new execution to existing flow
    ///
    /// `POST /admin/realms/{realm}/authentication/flows/{flowAlias}/executions/flow`
    pub fn flow_subflow_add<'a>(
        &'a self,
        realm: &'a str,
        flow_alias: &'a str,
        body: &'a ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("flow_subflow_add", "realm", realm)?;
            answer::segment("flow_subflow_add", "flowAlias", flow_alias)?;
            answer::created("flow_subflow_add", self.calls().flow_subflow_add(realm, flow_alias, body).await)
                .await
        })
    }
    /// Get authentication flow for id
    ///
    /// `GET /admin/realms/{realm}/authentication/flows/{id}`
    pub fn flow_get<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Call<'a, types::AuthenticationFlowRepresentation> {
        Box::pin(async move {
            answer::segment("flow_get", "realm", realm)?;
            answer::segment("flow_get", "id", id)?;
            answer::value("flow_get", self.calls().flow_get(realm, id).await).await
        })
    }
    /// Update an authentication flow
    ///
    /// `PUT /admin/realms/{realm}/authentication/flows/{id}`
    pub fn flow_update<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
        body: &'a types::AuthenticationFlowRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("flow_update", "realm", realm)?;
            answer::segment("flow_update", "id", id)?;
            answer::nothing("flow_update", self.calls().flow_update(realm, id, body).await).await
        })
    }
    /// Delete an authentication flow
    ///
    /// `DELETE /admin/realms/{realm}/authentication/flows/{id}`
    pub fn flow_delete<'a>(&'a self, realm: &'a str, id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("flow_delete", "realm", realm)?;
            answer::segment("flow_delete", "id", id)?;
            answer::nothing("flow_delete", self.calls().flow_delete(realm, id).await).await
        })
    }
    /// Register a new required actions
    ///
    /// `POST /admin/realms/{realm}/authentication/register-required-action`
    pub fn required_action_register<'a>(
        &'a self,
        realm: &'a str,
        body: &'a ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::string::String>,
        >,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("required_action_register", "realm", realm)?;
            answer::nothing(
                "required_action_register",
                self.calls().required_action_register(realm, body).await,
            )
            .await
        })
    }
    /// Get required actions Returns a stream of required actions.
    ///
    /// `GET /admin/realms/{realm}/authentication/required-actions`
    pub fn required_action_list<'a>(
        &'a self,
        realm: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RequiredActionProviderRepresentation>> {
        Box::pin(async move {
            answer::segment("required_action_list", "realm", realm)?;
            answer::value("required_action_list", self.calls().required_action_list(realm).await).await
        })
    }
    /// Get required action for alias
    ///
    /// `GET /admin/realms/{realm}/authentication/required-actions/{alias}`
    pub fn required_action_get<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Call<'a, types::RequiredActionProviderRepresentation> {
        Box::pin(async move {
            answer::segment("required_action_get", "realm", realm)?;
            answer::segment("required_action_get", "alias", alias)?;
            answer::value("required_action_get", self.calls().required_action_get(realm, alias).await).await
        })
    }
    /// Update required action
    ///
    /// `PUT /admin/realms/{realm}/authentication/required-actions/{alias}`
    pub fn required_action_update<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        body: &'a types::RequiredActionProviderRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("required_action_update", "realm", realm)?;
            answer::segment("required_action_update", "alias", alias)?;
            answer::nothing(
                "required_action_update",
                self.calls().required_action_update(realm, alias, body).await,
            )
            .await
        })
    }
    /// Delete required action
    ///
    /// `DELETE /admin/realms/{realm}/authentication/required-actions/{alias}`
    pub fn required_action_delete<'a>(&'a self, realm: &'a str, alias: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("required_action_delete", "realm", realm)?;
            answer::segment("required_action_delete", "alias", alias)?;
            answer::nothing("required_action_delete", self.calls().required_action_delete(realm, alias).await)
                .await
        })
    }
    /// Get RequiredAction configuration
    ///
    /// `GET /admin/realms/{realm}/authentication/required-actions/{alias}/config`
    pub fn required_action_config_get<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Call<'a, types::RequiredActionConfigRepresentation> {
        Box::pin(async move {
            answer::segment("required_action_config_get", "realm", realm)?;
            answer::segment("required_action_config_get", "alias", alias)?;
            answer::value(
                "required_action_config_get",
                self.calls().required_action_config_get(realm, alias).await,
            )
            .await
        })
    }
    /// Update RequiredAction configuration
    ///
    /// `PUT /admin/realms/{realm}/authentication/required-actions/{alias}/config`
    pub fn required_action_config_update<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        body: &'a types::RequiredActionConfigRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("required_action_config_update", "realm", realm)?;
            answer::segment("required_action_config_update", "alias", alias)?;
            answer::nothing(
                "required_action_config_update",
                self.calls().required_action_config_update(realm, alias, body).await,
            )
            .await
        })
    }
    /// Get unregistered required actions Returns a stream of unregistered required actions.
    ///
    /// `GET /admin/realms/{realm}/authentication/unregistered-required-actions`
    pub fn required_action_unregistered<'a>(
        &'a self,
        realm: &'a str,
    ) -> Call<
        'a,
        ::std::vec::Vec<
            ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
        >,
    > {
        Box::pin(async move {
            answer::segment("required_action_unregistered", "realm", realm)?;
            answer::value(
                "required_action_unregistered",
                self.calls().required_action_unregistered(realm).await,
            )
            .await
        })
    }
    /// Drop the cached certificate revocation lists.
    ///
    /// `POST /admin/realms/{realm}/clear-crl-cache`
    pub fn crl_cache_clear<'a>(&'a self, realm: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("crl_cache_clear", "realm", realm)?;
            answer::nothing("crl_cache_clear", self.calls().crl_cache_clear(realm).await).await
        })
    }
    /// Drop the cached external public keys of clients and identity providers.
    ///
    /// `POST /admin/realms/{realm}/clear-keys-cache`
    pub fn keys_cache_clear<'a>(&'a self, realm: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("keys_cache_clear", "realm", realm)?;
            answer::nothing("keys_cache_clear", self.calls().keys_cache_clear(realm).await).await
        })
    }
    /// Drop what the server cached of realms.
    ///
    /// `POST /admin/realms/{realm}/clear-realm-cache`
    pub fn realm_cache_clear<'a>(&'a self, realm: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("realm_cache_clear", "realm", realm)?;
            answer::nothing("realm_cache_clear", self.calls().realm_cache_clear(realm).await).await
        })
    }
    /// Drop what the server cached of users.
    ///
    /// `POST /admin/realms/{realm}/clear-user-cache`
    pub fn user_cache_clear<'a>(&'a self, realm: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("user_cache_clear", "realm", realm)?;
            answer::nothing("user_cache_clear", self.calls().user_cache_clear(realm).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/client-policies/policies`
    pub fn client_policies_get<'a>(
        &'a self,
        realm: &'a str,
        include_global_policies: Option<bool>,
    ) -> Call<'a, types::ClientPoliciesRepresentation> {
        Box::pin(async move {
            answer::segment("client_policies_get", "realm", realm)?;
            answer::value(
                "client_policies_get",
                self.calls().client_policies_get(realm, include_global_policies).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/client-policies/policies`
    pub fn client_policies_update<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::ClientPoliciesRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_policies_update", "realm", realm)?;
            answer::nothing("client_policies_update", self.calls().client_policies_update(realm, body).await)
                .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/client-policies/profiles`
    pub fn client_profiles_get<'a>(
        &'a self,
        realm: &'a str,
        include_global_profiles: Option<bool>,
    ) -> Call<'a, types::ClientProfilesRepresentation> {
        Box::pin(async move {
            answer::segment("client_profiles_get", "realm", realm)?;
            answer::value(
                "client_profiles_get",
                self.calls().client_profiles_get(realm, include_global_profiles).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/client-policies/profiles`
    pub fn client_profiles_update<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::ClientProfilesRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_profiles_update", "realm", realm)?;
            answer::nothing("client_profiles_update", self.calls().client_profiles_update(realm, body).await)
                .await
        })
    }
    /// Get client scopes belonging to the realm Returns a list of client scopes belonging to the realm
    ///
    /// `GET /admin/realms/{realm}/client-scopes`
    pub fn scope_list<'a>(
        &'a self,
        realm: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::ClientScopeRepresentation>> {
        Box::pin(async move {
            answer::segment("scope_list", "realm", realm)?;
            answer::value("scope_list", self.calls().scope_list(realm).await).await
        })
    }
    /// Create a new client scope Client Scope’s name must be unique!
    ///
    /// `POST /admin/realms/{realm}/client-scopes`
    pub fn scope_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::ClientScopeRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("scope_create", "realm", realm)?;
            answer::created("scope_create", self.calls().scope_create(realm, body).await).await
        })
    }
    /// Get representation of the client scope
    ///
    /// `GET /admin/realms/{realm}/client-scopes/{client-scope-id}`
    pub fn scope_get<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Call<'a, types::ClientScopeRepresentation> {
        Box::pin(async move {
            answer::segment("scope_get", "realm", realm)?;
            answer::segment("scope_get", "client-scope-id", client_scope_id)?;
            answer::value("scope_get", self.calls().scope_get(realm, client_scope_id).await).await
        })
    }
    /// Update the client scope
    ///
    /// `PUT /admin/realms/{realm}/client-scopes/{client-scope-id}`
    pub fn scope_update<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        body: &'a types::ClientScopeRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("scope_update", "realm", realm)?;
            answer::segment("scope_update", "client-scope-id", client_scope_id)?;
            answer::nothing("scope_update", self.calls().scope_update(realm, client_scope_id, body).await)
                .await
        })
    }
    /// Delete the client scope
    ///
    /// `DELETE /admin/realms/{realm}/client-scopes/{client-scope-id}`
    pub fn scope_delete<'a>(&'a self, realm: &'a str, client_scope_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("scope_delete", "realm", realm)?;
            answer::segment("scope_delete", "client-scope-id", client_scope_id)?;
            answer::nothing("scope_delete", self.calls().scope_delete(realm, client_scope_id).await).await
        })
    }
    /// Create multiple mappers
    ///
    /// `POST /admin/realms/{realm}/client-scopes/{client-scope-id}/protocol-mappers/add-models`
    pub fn scope_mappers_add<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        body: &'a ::std::vec::Vec<types::ProtocolMapperRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("scope_mappers_add", "realm", realm)?;
            answer::segment("scope_mappers_add", "client-scope-id", client_scope_id)?;
            answer::nothing(
                "scope_mappers_add",
                self.calls().scope_mappers_add(realm, client_scope_id, body).await,
            )
            .await
        })
    }
    /// Get mappers
    ///
    /// `GET /admin/realms/{realm}/client-scopes/{client-scope-id}/protocol-mappers/models`
    pub fn scope_mapper_list<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::ProtocolMapperRepresentation>> {
        Box::pin(async move {
            answer::segment("scope_mapper_list", "realm", realm)?;
            answer::segment("scope_mapper_list", "client-scope-id", client_scope_id)?;
            answer::value("scope_mapper_list", self.calls().scope_mapper_list(realm, client_scope_id).await)
                .await
        })
    }
    /// Create a mapper
    ///
    /// `POST /admin/realms/{realm}/client-scopes/{client-scope-id}/protocol-mappers/models`
    pub fn scope_mapper_create<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        body: &'a types::ProtocolMapperRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("scope_mapper_create", "realm", realm)?;
            answer::segment("scope_mapper_create", "client-scope-id", client_scope_id)?;
            answer::created(
                "scope_mapper_create",
                self.calls().scope_mapper_create(realm, client_scope_id, body).await,
            )
            .await
        })
    }
    /// Update the mapper
    ///
    /// `PUT /admin/realms/{realm}/client-scopes/{client-scope-id}/protocol-mappers/models/{id}`
    pub fn scope_mapper_update<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        id: &'a str,
        body: &'a types::ProtocolMapperRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("scope_mapper_update", "realm", realm)?;
            answer::segment("scope_mapper_update", "client-scope-id", client_scope_id)?;
            answer::segment("scope_mapper_update", "id", id)?;
            answer::nothing(
                "scope_mapper_update",
                self.calls().scope_mapper_update(realm, client_scope_id, id, body).await,
            )
            .await
        })
    }
    /// Delete the mapper
    ///
    /// `DELETE /admin/realms/{realm}/client-scopes/{client-scope-id}/protocol-mappers/models/{id}`
    pub fn scope_mapper_delete<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("scope_mapper_delete", "realm", realm)?;
            answer::segment("scope_mapper_delete", "client-scope-id", client_scope_id)?;
            answer::segment("scope_mapper_delete", "id", id)?;
            answer::nothing(
                "scope_mapper_delete",
                self.calls().scope_mapper_delete(realm, client_scope_id, id).await,
            )
            .await
        })
    }
    /// Get all scope mappings for the client
    ///
    /// `GET /admin/realms/{realm}/client-scopes/{client-scope-id}/scope-mappings`
    pub fn scope_scope_mappings<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Call<'a, types::MappingsRepresentation> {
        Box::pin(async move {
            answer::segment("scope_scope_mappings", "realm", realm)?;
            answer::segment("scope_scope_mappings", "client-scope-id", client_scope_id)?;
            answer::value(
                "scope_scope_mappings",
                self.calls().scope_scope_mappings(realm, client_scope_id).await,
            )
            .await
        })
    }
    /// Get the roles associated with a client's scope Returns roles for the client.
    ///
    /// `GET /admin/realms/{realm}/client-scopes/{client-scope-id}/scope-mappings/clients/{client}`
    pub fn scope_scope_mappings_client<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        client: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("scope_scope_mappings_client", "realm", realm)?;
            answer::segment("scope_scope_mappings_client", "client-scope-id", client_scope_id)?;
            answer::segment("scope_scope_mappings_client", "client", client)?;
            answer::value(
                "scope_scope_mappings_client",
                self.calls().scope_scope_mappings_client(realm, client_scope_id, client).await,
            )
            .await
        })
    }
    /// Add client-level roles to the client's scope
    ///
    /// `POST /admin/realms/{realm}/client-scopes/{client-scope-id}/scope-mappings/clients/{client}`
    pub fn scope_scope_mappings_client_add<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        client: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("scope_scope_mappings_client_add", "realm", realm)?;
            answer::segment("scope_scope_mappings_client_add", "client-scope-id", client_scope_id)?;
            answer::segment("scope_scope_mappings_client_add", "client", client)?;
            answer::nothing(
                "scope_scope_mappings_client_add",
                self.calls().scope_scope_mappings_client_add(realm, client_scope_id, client, body).await,
            )
            .await
        })
    }
    /// Remove client-level roles from the client's scope.
    ///
    /// `DELETE /admin/realms/{realm}/client-scopes/{client-scope-id}/scope-mappings/clients/{client}`
    pub fn scope_scope_mappings_client_remove<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        client: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("scope_scope_mappings_client_remove", "realm", realm)?;
            answer::segment("scope_scope_mappings_client_remove", "client-scope-id", client_scope_id)?;
            answer::segment("scope_scope_mappings_client_remove", "client", client)?;
            answer::nothing(
                "scope_scope_mappings_client_remove",
                self.calls().scope_scope_mappings_client_remove(realm, client_scope_id, client, body).await,
            )
            .await
        })
    }
    /// Get realm-level roles associated with the client's scope
    ///
    /// `GET /admin/realms/{realm}/client-scopes/{client-scope-id}/scope-mappings/realm`
    pub fn scope_scope_mappings_realm<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("scope_scope_mappings_realm", "realm", realm)?;
            answer::segment("scope_scope_mappings_realm", "client-scope-id", client_scope_id)?;
            answer::value(
                "scope_scope_mappings_realm",
                self.calls().scope_scope_mappings_realm(realm, client_scope_id).await,
            )
            .await
        })
    }
    /// Add a set of realm-level roles to the client's scope
    ///
    /// `POST /admin/realms/{realm}/client-scopes/{client-scope-id}/scope-mappings/realm`
    pub fn scope_scope_mappings_realm_add<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("scope_scope_mappings_realm_add", "realm", realm)?;
            answer::segment("scope_scope_mappings_realm_add", "client-scope-id", client_scope_id)?;
            answer::nothing(
                "scope_scope_mappings_realm_add",
                self.calls().scope_scope_mappings_realm_add(realm, client_scope_id, body).await,
            )
            .await
        })
    }
    /// Remove a set of realm-level roles from the client's scope
    ///
    /// `DELETE /admin/realms/{realm}/client-scopes/{client-scope-id}/scope-mappings/realm`
    pub fn scope_scope_mappings_realm_remove<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("scope_scope_mappings_realm_remove", "realm", realm)?;
            answer::segment("scope_scope_mappings_realm_remove", "client-scope-id", client_scope_id)?;
            answer::nothing(
                "scope_scope_mappings_realm_remove",
                self.calls().scope_scope_mappings_realm_remove(realm, client_scope_id, body).await,
            )
            .await
        })
    }
    /// Get client session stats Returns a JSON map.
    ///
    /// `GET /admin/realms/{realm}/client-session-stats`
    pub fn client_session_stats<'a>(
        &'a self,
        realm: &'a str,
    ) -> Call<
        'a,
        ::std::vec::Vec<
            ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
        >,
    > {
        Box::pin(async move {
            answer::segment("client_session_stats", "realm", realm)?;
            answer::value("client_session_stats", self.calls().client_session_stats(realm).await).await
        })
    }
    /// Get clients belonging to the realm.
    ///
    /// `GET /admin/realms/{realm}/clients`
    pub fn client_list<'a>(
        &'a self,
        realm: &'a str,
        query: ClientListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::ClientRepresentation>> {
        Box::pin(async move {
            answer::segment("client_list", "realm", realm)?;
            answer::value(
                "client_list",
                self.calls()
                    .client_list(
                        realm,
                        query.client_id,
                        query.first,
                        query.max,
                        query.q,
                        query.search,
                        query.viewable_only,
                    )
                    .await,
            )
            .await
        })
    }
    /// Create a new client Client’s client_id must be unique!
    ///
    /// `POST /admin/realms/{realm}/clients`
    pub fn client_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::ClientRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("client_create", "realm", realm)?;
            answer::created("client_create", self.calls().client_create(realm, body).await).await
        })
    }
    /// Get representation of the client
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}`
    pub fn client_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, types::ClientRepresentation> {
        Box::pin(async move {
            answer::segment("client_get", "realm", realm)?;
            answer::segment("client_get", "client-uuid", client_uuid)?;
            answer::value("client_get", self.calls().client_get(realm, client_uuid).await).await
        })
    }
    /// Update the client
    ///
    /// `PUT /admin/realms/{realm}/clients/{client-uuid}`
    pub fn client_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ClientRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_update", "realm", realm)?;
            answer::segment("client_update", "client-uuid", client_uuid)?;
            answer::nothing("client_update", self.calls().client_update(realm, client_uuid, body).await).await
        })
    }
    /// Delete the client
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}`
    pub fn client_delete<'a>(&'a self, realm: &'a str, client_uuid: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_delete", "realm", realm)?;
            answer::segment("client_delete", "client-uuid", client_uuid)?;
            answer::nothing("client_delete", self.calls().client_delete(realm, client_uuid).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server`
    pub fn authz_server_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, types::ResourceServerRepresentation> {
        Box::pin(async move {
            answer::segment("authz_server_get", "realm", realm)?;
            answer::segment("authz_server_get", "client-uuid", client_uuid)?;
            answer::value("authz_server_get", self.calls().authz_server_get(realm, client_uuid).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server`
    pub fn authz_server_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ResourceServerRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("authz_server_update", "realm", realm)?;
            answer::segment("authz_server_update", "client-uuid", client_uuid)?;
            answer::nothing(
                "authz_server_update",
                self.calls().authz_server_update(realm, client_uuid, body).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/import`
    pub fn authz_import<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ResourceServerRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("authz_import", "realm", realm)?;
            answer::segment("authz_import", "client-uuid", client_uuid)?;
            answer::nothing("authz_import", self.calls().authz_import(realm, client_uuid, body).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/permission`
    pub fn authz_permission_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        query: AuthzPermissionListQuery<'a>,
    ) -> Call<'a, Option<::std::vec::Vec<types::AbstractPolicyRepresentation>>> {
        Box::pin(async move {
            answer::segment("authz_permission_list", "realm", realm)?;
            answer::segment("authz_permission_list", "client-uuid", client_uuid)?;
            answer::optional(
                "authz_permission_list",
                self.calls()
                    .authz_permission_list(
                        realm,
                        client_uuid,
                        query.fields,
                        query.first,
                        query.max,
                        query.name,
                        query.owner,
                        query.permission,
                        query.policy_id,
                        query.resource,
                        query.resource_type,
                        query.scope,
                        query.type_,
                    )
                    .await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/permission/search`
    pub fn authz_permission_search<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        query: AuthzPermissionSearchQuery<'a>,
    ) -> Call<'a, Option<types::AbstractPolicyRepresentation>> {
        Box::pin(async move {
            answer::segment("authz_permission_search", "realm", realm)?;
            answer::segment("authz_permission_search", "client-uuid", client_uuid)?;
            answer::optional(
                "authz_permission_search",
                self.calls().authz_permission_search(realm, client_uuid, query.fields, query.name).await,
            )
            .await
        })
    }
    /// Delete a permission.
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/permission/{permission-id}`
    pub fn authz_permission_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        permission_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("authz_permission_delete", "realm", realm)?;
            answer::segment("authz_permission_delete", "client-uuid", client_uuid)?;
            answer::segment("authz_permission_delete", "permission-id", permission_id)?;
            answer::nothing(
                "authz_permission_delete",
                self.calls().authz_permission_delete(realm, client_uuid, permission_id).await,
            )
            .await
        })
    }
    /// Create a permission (`resource` or `scope`).
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/permission/{permission-type}`
    pub fn authz_permission_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        permission_type: &'a str,
        body: &'a types::PolicyRepresentation,
    ) -> Call<'a, types::PolicyRepresentation> {
        Box::pin(async move {
            answer::segment("authz_permission_create", "realm", realm)?;
            answer::segment("authz_permission_create", "client-uuid", client_uuid)?;
            answer::segment("authz_permission_create", "permission-type", permission_type)?;
            answer::value(
                "authz_permission_create",
                self.calls().authz_permission_create(realm, client_uuid, permission_type, body).await,
            )
            .await
        })
    }
    /// A permission.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/permission/{permission-type}/{permission-id}`
    pub fn authz_permission_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        permission_type: &'a str,
        permission_id: &'a str,
    ) -> Call<'a, types::PolicyRepresentation> {
        Box::pin(async move {
            answer::segment("authz_permission_get", "realm", realm)?;
            answer::segment("authz_permission_get", "client-uuid", client_uuid)?;
            answer::segment("authz_permission_get", "permission-type", permission_type)?;
            answer::segment("authz_permission_get", "permission-id", permission_id)?;
            answer::value(
                "authz_permission_get",
                self.calls().authz_permission_get(realm, client_uuid, permission_type, permission_id).await,
            )
            .await
        })
    }
    /// Change a permission.
    ///
    /// `PUT /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/permission/{permission-type}/{permission-id}`
    pub fn authz_permission_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        permission_type: &'a str,
        permission_id: &'a str,
        body: &'a types::PolicyRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("authz_permission_update", "realm", realm)?;
            answer::segment("authz_permission_update", "client-uuid", client_uuid)?;
            answer::segment("authz_permission_update", "permission-type", permission_type)?;
            answer::segment("authz_permission_update", "permission-id", permission_id)?;
            answer::created(
                "authz_permission_update",
                self.calls()
                    .authz_permission_update(realm, client_uuid, permission_type, permission_id, body)
                    .await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/policy`
    pub fn authz_policy_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        query: AuthzPolicyListQuery<'a>,
    ) -> Call<'a, Option<::std::vec::Vec<types::AbstractPolicyRepresentation>>> {
        Box::pin(async move {
            answer::segment("authz_policy_list", "realm", realm)?;
            answer::segment("authz_policy_list", "client-uuid", client_uuid)?;
            answer::optional(
                "authz_policy_list",
                self.calls()
                    .authz_policy_list(
                        realm,
                        client_uuid,
                        query.fields,
                        query.first,
                        query.max,
                        query.name,
                        query.owner,
                        query.permission,
                        query.policy_id,
                        query.resource,
                        query.resource_type,
                        query.scope,
                        query.type_,
                    )
                    .await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/policy/search`
    pub fn authz_policy_search<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        query: AuthzPolicySearchQuery<'a>,
    ) -> Call<'a, Option<types::AbstractPolicyRepresentation>> {
        Box::pin(async move {
            answer::segment("authz_policy_search", "realm", realm)?;
            answer::segment("authz_policy_search", "client-uuid", client_uuid)?;
            answer::optional(
                "authz_policy_search",
                self.calls().authz_policy_search(realm, client_uuid, query.fields, query.name).await,
            )
            .await
        })
    }
    /// Delete a policy.
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/policy/{policy-id}`
    pub fn authz_policy_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("authz_policy_delete", "realm", realm)?;
            answer::segment("authz_policy_delete", "client-uuid", client_uuid)?;
            answer::segment("authz_policy_delete", "policy-id", policy_id)?;
            answer::nothing(
                "authz_policy_delete",
                self.calls().authz_policy_delete(realm, client_uuid, policy_id).await,
            )
            .await
        })
    }
    /// The policies that this policy or permission uses.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/policy/{policy-id}/associatedPolicies`
    pub fn authz_policy_associated<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::PolicyRepresentation>> {
        Box::pin(async move {
            answer::segment("authz_policy_associated", "realm", realm)?;
            answer::segment("authz_policy_associated", "client-uuid", client_uuid)?;
            answer::segment("authz_policy_associated", "policy-id", policy_id)?;
            answer::value(
                "authz_policy_associated",
                self.calls().authz_policy_associated(realm, client_uuid, policy_id).await,
            )
            .await
        })
    }
    /// The policies and permissions that use this policy.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/policy/{policy-id}/dependentPolicies`
    pub fn authz_policy_dependent<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::PolicyRepresentation>> {
        Box::pin(async move {
            answer::segment("authz_policy_dependent", "realm", realm)?;
            answer::segment("authz_policy_dependent", "client-uuid", client_uuid)?;
            answer::segment("authz_policy_dependent", "policy-id", policy_id)?;
            answer::value(
                "authz_policy_dependent",
                self.calls().authz_policy_dependent(realm, client_uuid, policy_id).await,
            )
            .await
        })
    }
    /// The resources that a permission covers.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/policy/{policy-id}/resources`
    pub fn authz_policy_resources<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::ResourceRepresentation>> {
        Box::pin(async move {
            answer::segment("authz_policy_resources", "realm", realm)?;
            answer::segment("authz_policy_resources", "client-uuid", client_uuid)?;
            answer::segment("authz_policy_resources", "policy-id", policy_id)?;
            answer::value(
                "authz_policy_resources",
                self.calls().authz_policy_resources(realm, client_uuid, policy_id).await,
            )
            .await
        })
    }
    /// The scopes that a permission covers.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/policy/{policy-id}/scopes`
    pub fn authz_policy_scopes<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::ScopeRepresentation>> {
        Box::pin(async move {
            answer::segment("authz_policy_scopes", "realm", realm)?;
            answer::segment("authz_policy_scopes", "client-uuid", client_uuid)?;
            answer::segment("authz_policy_scopes", "policy-id", policy_id)?;
            answer::value(
                "authz_policy_scopes",
                self.calls().authz_policy_scopes(realm, client_uuid, policy_id).await,
            )
            .await
        })
    }
    /// Create a policy of a type (role, client, user, group, client-scope, time, aggregate, regex). The type's own fields go into `extra`.
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/policy/{policy-type}`
    pub fn authz_policy_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_type: &'a str,
        body: &'a types::PolicyRepresentation,
    ) -> Call<'a, types::PolicyRepresentation> {
        Box::pin(async move {
            answer::segment("authz_policy_create", "realm", realm)?;
            answer::segment("authz_policy_create", "client-uuid", client_uuid)?;
            answer::segment("authz_policy_create", "policy-type", policy_type)?;
            answer::value(
                "authz_policy_create",
                self.calls().authz_policy_create(realm, client_uuid, policy_type, body).await,
            )
            .await
        })
    }
    /// A policy with the fields of its type.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/policy/{policy-type}/{policy-id}`
    pub fn authz_policy_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_type: &'a str,
        policy_id: &'a str,
    ) -> Call<'a, types::PolicyRepresentation> {
        Box::pin(async move {
            answer::segment("authz_policy_get", "realm", realm)?;
            answer::segment("authz_policy_get", "client-uuid", client_uuid)?;
            answer::segment("authz_policy_get", "policy-type", policy_type)?;
            answer::segment("authz_policy_get", "policy-id", policy_id)?;
            answer::value(
                "authz_policy_get",
                self.calls().authz_policy_get(realm, client_uuid, policy_type, policy_id).await,
            )
            .await
        })
    }
    /// Change a policy.
    ///
    /// `PUT /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/policy/{policy-type}/{policy-id}`
    pub fn authz_policy_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        policy_type: &'a str,
        policy_id: &'a str,
        body: &'a types::PolicyRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("authz_policy_update", "realm", realm)?;
            answer::segment("authz_policy_update", "client-uuid", client_uuid)?;
            answer::segment("authz_policy_update", "policy-type", policy_type)?;
            answer::segment("authz_policy_update", "policy-id", policy_id)?;
            answer::created(
                "authz_policy_update",
                self.calls().authz_policy_update(realm, client_uuid, policy_type, policy_id, body).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/resource`
    pub fn authz_resource_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        query: AuthzResourceListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::ResourceRepresentation>> {
        Box::pin(async move {
            answer::segment("authz_resource_list", "realm", realm)?;
            answer::segment("authz_resource_list", "client-uuid", client_uuid)?;
            answer::value(
                "authz_resource_list",
                self.calls()
                    .authz_resource_list(
                        realm,
                        client_uuid,
                        query.id,
                        query.deep,
                        query.exact_name,
                        query.first,
                        query.matching_uri,
                        query.max,
                        query.name,
                        query.owner,
                        query.scope,
                        query.type_,
                        query.uri,
                    )
                    .await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/resource`
    pub fn authz_resource_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ResourceRepresentation,
    ) -> Call<'a, types::ResourceRepresentation> {
        Box::pin(async move {
            answer::segment("authz_resource_create", "realm", realm)?;
            answer::segment("authz_resource_create", "client-uuid", client_uuid)?;
            answer::value(
                "authz_resource_create",
                self.calls().authz_resource_create(realm, client_uuid, body).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/resource/search`
    pub fn authz_resource_search<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        name: Option<&'a str>,
    ) -> Call<'a, Option<types::ResourceRepresentation>> {
        Box::pin(async move {
            answer::segment("authz_resource_search", "realm", realm)?;
            answer::segment("authz_resource_search", "client-uuid", client_uuid)?;
            answer::optional(
                "authz_resource_search",
                self.calls().authz_resource_search(realm, client_uuid, name).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/resource/{resource-id}`
    pub fn authz_resource_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        resource_id: &'a str,
    ) -> Call<'a, types::ResourceRepresentation> {
        Box::pin(async move {
            answer::segment("authz_resource_get", "realm", realm)?;
            answer::segment("authz_resource_get", "client-uuid", client_uuid)?;
            answer::segment("authz_resource_get", "resource-id", resource_id)?;
            answer::value(
                "authz_resource_get",
                self.calls().authz_resource_get(realm, client_uuid, resource_id).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/resource/{resource-id}`
    pub fn authz_resource_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        resource_id: &'a str,
        body: &'a types::ResourceRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("authz_resource_update", "realm", realm)?;
            answer::segment("authz_resource_update", "client-uuid", client_uuid)?;
            answer::segment("authz_resource_update", "resource-id", resource_id)?;
            answer::nothing(
                "authz_resource_update",
                self.calls().authz_resource_update(realm, client_uuid, resource_id, body).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/resource/{resource-id}`
    pub fn authz_resource_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        resource_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("authz_resource_delete", "realm", realm)?;
            answer::segment("authz_resource_delete", "client-uuid", client_uuid)?;
            answer::segment("authz_resource_delete", "resource-id", resource_id)?;
            answer::nothing(
                "authz_resource_delete",
                self.calls().authz_resource_delete(realm, client_uuid, resource_id).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/scope`
    pub fn authz_scope_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        query: AuthzScopeListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::ScopeRepresentation>> {
        Box::pin(async move {
            answer::segment("authz_scope_list", "realm", realm)?;
            answer::segment("authz_scope_list", "client-uuid", client_uuid)?;
            answer::value(
                "authz_scope_list",
                self.calls()
                    .authz_scope_list(realm, client_uuid, query.first, query.max, query.name, query.scope_id)
                    .await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/scope`
    pub fn authz_scope_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ScopeRepresentation,
    ) -> Call<'a, types::ScopeRepresentation> {
        Box::pin(async move {
            answer::segment("authz_scope_create", "realm", realm)?;
            answer::segment("authz_scope_create", "client-uuid", client_uuid)?;
            answer::value(
                "authz_scope_create",
                self.calls().authz_scope_create(realm, client_uuid, body).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/scope/{scope-id}`
    pub fn authz_scope_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        scope_id: &'a str,
    ) -> Call<'a, types::ScopeRepresentation> {
        Box::pin(async move {
            answer::segment("authz_scope_get", "realm", realm)?;
            answer::segment("authz_scope_get", "client-uuid", client_uuid)?;
            answer::segment("authz_scope_get", "scope-id", scope_id)?;
            answer::value("authz_scope_get", self.calls().authz_scope_get(realm, client_uuid, scope_id).await)
                .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/scope/{scope-id}`
    pub fn authz_scope_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        scope_id: &'a str,
        body: &'a types::ScopeRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("authz_scope_update", "realm", realm)?;
            answer::segment("authz_scope_update", "client-uuid", client_uuid)?;
            answer::segment("authz_scope_update", "scope-id", scope_id)?;
            answer::nothing(
                "authz_scope_update",
                self.calls().authz_scope_update(realm, client_uuid, scope_id, body).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/scope/{scope-id}`
    pub fn authz_scope_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        scope_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("authz_scope_delete", "realm", realm)?;
            answer::segment("authz_scope_delete", "client-uuid", client_uuid)?;
            answer::segment("authz_scope_delete", "scope-id", scope_id)?;
            answer::nothing(
                "authz_scope_delete",
                self.calls().authz_scope_delete(realm, client_uuid, scope_id).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/authz/resource-server/settings`
    pub fn authz_settings<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, types::ResourceServerRepresentation> {
        Box::pin(async move {
            answer::segment("authz_settings", "realm", realm)?;
            answer::segment("authz_settings", "client-uuid", client_uuid)?;
            answer::value("authz_settings", self.calls().authz_settings(realm, client_uuid).await).await
        })
    }
    /// Get key info
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/certificates/{attr}`
    pub fn client_certificate_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        attr: &'a str,
    ) -> Call<'a, types::CertificateRepresentation> {
        Box::pin(async move {
            answer::segment("client_certificate_get", "realm", realm)?;
            answer::segment("client_certificate_get", "client-uuid", client_uuid)?;
            answer::segment("client_certificate_get", "attr", attr)?;
            answer::value(
                "client_certificate_get",
                self.calls().client_certificate_get(realm, client_uuid, attr).await,
            )
            .await
        })
    }
    /// Generate a new certificate with new key pair
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/certificates/{attr}/generate`
    pub fn client_certificate_generate<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        attr: &'a str,
    ) -> Call<'a, types::CertificateRepresentation> {
        Box::pin(async move {
            answer::segment("client_certificate_generate", "realm", realm)?;
            answer::segment("client_certificate_generate", "client-uuid", client_uuid)?;
            answer::segment("client_certificate_generate", "attr", attr)?;
            answer::value(
                "client_certificate_generate",
                self.calls().client_certificate_generate(realm, client_uuid, attr).await,
            )
            .await
        })
    }
    /// Get the client secret
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/client-secret`
    pub fn client_secret_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, types::CredentialRepresentation> {
        Box::pin(async move {
            answer::segment("client_secret_get", "realm", realm)?;
            answer::segment("client_secret_get", "client-uuid", client_uuid)?;
            answer::value("client_secret_get", self.calls().client_secret_get(realm, client_uuid).await).await
        })
    }
    /// Generate a new secret for the client
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/client-secret`
    pub fn client_secret_regenerate<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, types::CredentialRepresentation> {
        Box::pin(async move {
            answer::segment("client_secret_regenerate", "realm", realm)?;
            answer::segment("client_secret_regenerate", "client-uuid", client_uuid)?;
            answer::value(
                "client_secret_regenerate",
                self.calls().client_secret_regenerate(realm, client_uuid).await,
            )
            .await
        })
    }
    /// Get the rotated client secret
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/client-secret/rotated`
    pub fn client_secret_rotated_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, types::CredentialRepresentation> {
        Box::pin(async move {
            answer::segment("client_secret_rotated_get", "realm", realm)?;
            answer::segment("client_secret_rotated_get", "client-uuid", client_uuid)?;
            answer::value(
                "client_secret_rotated_get",
                self.calls().client_secret_rotated_get(realm, client_uuid).await,
            )
            .await
        })
    }
    /// Invalidate the rotated secret for the client
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/client-secret/rotated`
    pub fn client_secret_rotated_delete<'a>(&'a self, realm: &'a str, client_uuid: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_secret_rotated_delete", "realm", realm)?;
            answer::segment("client_secret_rotated_delete", "client-uuid", client_uuid)?;
            answer::nothing(
                "client_secret_rotated_delete",
                self.calls().client_secret_rotated_delete(realm, client_uuid).await,
            )
            .await
        })
    }
    /// Get default client scopes.  Only name and ids are returned.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/default-client-scopes`
    pub fn client_default_scopes<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::ClientScopeRepresentation>> {
        Box::pin(async move {
            answer::segment("client_default_scopes", "realm", realm)?;
            answer::segment("client_default_scopes", "client-uuid", client_uuid)?;
            answer::value(
                "client_default_scopes",
                self.calls().client_default_scopes(realm, client_uuid).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/clients/{client-uuid}/default-client-scopes/{clientScopeId}`
    pub fn client_default_scope_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client_scope_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_default_scope_add", "realm", realm)?;
            answer::segment("client_default_scope_add", "client-uuid", client_uuid)?;
            answer::segment("client_default_scope_add", "clientScopeId", client_scope_id)?;
            answer::nothing(
                "client_default_scope_add",
                self.calls().client_default_scope_add(realm, client_uuid, client_scope_id).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/default-client-scopes/{clientScopeId}`
    pub fn client_default_scope_remove<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client_scope_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_default_scope_remove", "realm", realm)?;
            answer::segment("client_default_scope_remove", "client-uuid", client_uuid)?;
            answer::segment("client_default_scope_remove", "clientScopeId", client_scope_id)?;
            answer::nothing(
                "client_default_scope_remove",
                self.calls().client_default_scope_remove(realm, client_uuid, client_scope_id).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/installation/providers/{providerId}`
    pub fn client_installation<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        provider_id: &'a str,
    ) -> Call<'a, bytes::Bytes> {
        Box::pin(async move {
            answer::segment("client_installation", "realm", realm)?;
            answer::segment("client_installation", "client-uuid", client_uuid)?;
            answer::segment("client_installation", "providerId", provider_id)?;
            answer::bytes(
                "client_installation",
                self.calls().client_installation(realm, client_uuid, provider_id).await,
            )
            .await
        })
    }
    /// Get application offline session count Returns a number of offline user sessions associated with this client { "count": number }
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/offline-session-count`
    pub fn client_offline_session_count<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<i64>>> {
        Box::pin(async move {
            answer::segment("client_offline_session_count", "realm", realm)?;
            answer::segment("client_offline_session_count", "client-uuid", client_uuid)?;
            answer::value(
                "client_offline_session_count",
                self.calls().client_offline_session_count(realm, client_uuid).await,
            )
            .await
        })
    }
    /// Get optional client scopes.  Only name and ids are returned.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/optional-client-scopes`
    pub fn client_optional_scopes<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::ClientScopeRepresentation>> {
        Box::pin(async move {
            answer::segment("client_optional_scopes", "realm", realm)?;
            answer::segment("client_optional_scopes", "client-uuid", client_uuid)?;
            answer::value(
                "client_optional_scopes",
                self.calls().client_optional_scopes(realm, client_uuid).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/clients/{client-uuid}/optional-client-scopes/{clientScopeId}`
    pub fn client_optional_scope_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client_scope_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_optional_scope_add", "realm", realm)?;
            answer::segment("client_optional_scope_add", "client-uuid", client_uuid)?;
            answer::segment("client_optional_scope_add", "clientScopeId", client_scope_id)?;
            answer::nothing(
                "client_optional_scope_add",
                self.calls().client_optional_scope_add(realm, client_uuid, client_scope_id).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/optional-client-scopes/{clientScopeId}`
    pub fn client_optional_scope_remove<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client_scope_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_optional_scope_remove", "realm", realm)?;
            answer::segment("client_optional_scope_remove", "client-uuid", client_uuid)?;
            answer::segment("client_optional_scope_remove", "clientScopeId", client_scope_id)?;
            answer::nothing(
                "client_optional_scope_remove",
                self.calls().client_optional_scope_remove(realm, client_uuid, client_scope_id).await,
            )
            .await
        })
    }
    /// Create multiple mappers
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/protocol-mappers/add-models`
    pub fn client_mappers_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a ::std::vec::Vec<types::ProtocolMapperRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_mappers_add", "realm", realm)?;
            answer::segment("client_mappers_add", "client-uuid", client_uuid)?;
            answer::nothing(
                "client_mappers_add",
                self.calls().client_mappers_add(realm, client_uuid, body).await,
            )
            .await
        })
    }
    /// Get mappers
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/protocol-mappers/models`
    pub fn client_mapper_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::ProtocolMapperRepresentation>> {
        Box::pin(async move {
            answer::segment("client_mapper_list", "realm", realm)?;
            answer::segment("client_mapper_list", "client-uuid", client_uuid)?;
            answer::value("client_mapper_list", self.calls().client_mapper_list(realm, client_uuid).await)
                .await
        })
    }
    /// Create a mapper
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/protocol-mappers/models`
    pub fn client_mapper_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::ProtocolMapperRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("client_mapper_create", "realm", realm)?;
            answer::segment("client_mapper_create", "client-uuid", client_uuid)?;
            answer::created(
                "client_mapper_create",
                self.calls().client_mapper_create(realm, client_uuid, body).await,
            )
            .await
        })
    }
    /// Get mapper by id
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/protocol-mappers/models/{id}`
    pub fn client_mapper_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        id: &'a str,
    ) -> Call<'a, types::ProtocolMapperRepresentation> {
        Box::pin(async move {
            answer::segment("client_mapper_get", "realm", realm)?;
            answer::segment("client_mapper_get", "client-uuid", client_uuid)?;
            answer::segment("client_mapper_get", "id", id)?;
            answer::value("client_mapper_get", self.calls().client_mapper_get(realm, client_uuid, id).await)
                .await
        })
    }
    /// Update the mapper
    ///
    /// `PUT /admin/realms/{realm}/clients/{client-uuid}/protocol-mappers/models/{id}`
    pub fn client_mapper_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        id: &'a str,
        body: &'a types::ProtocolMapperRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_mapper_update", "realm", realm)?;
            answer::segment("client_mapper_update", "client-uuid", client_uuid)?;
            answer::segment("client_mapper_update", "id", id)?;
            answer::nothing(
                "client_mapper_update",
                self.calls().client_mapper_update(realm, client_uuid, id, body).await,
            )
            .await
        })
    }
    /// Delete the mapper
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/protocol-mappers/models/{id}`
    pub fn client_mapper_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_mapper_delete", "realm", realm)?;
            answer::segment("client_mapper_delete", "client-uuid", client_uuid)?;
            answer::segment("client_mapper_delete", "id", id)?;
            answer::nothing(
                "client_mapper_delete",
                self.calls().client_mapper_delete(realm, client_uuid, id).await,
            )
            .await
        })
    }
    /// Get all roles for the realm or client
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/roles`
    pub fn client_role_list<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        query: ClientRoleListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("client_role_list", "realm", realm)?;
            answer::segment("client_role_list", "client-uuid", client_uuid)?;
            answer::value(
                "client_role_list",
                self.calls()
                    .client_role_list(
                        realm,
                        client_uuid,
                        query.brief_representation,
                        query.first,
                        query.max,
                        query.search,
                    )
                    .await,
            )
            .await
        })
    }
    /// Create a new role for the realm or client
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/roles`
    pub fn client_role_create<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a types::RoleRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("client_role_create", "realm", realm)?;
            answer::segment("client_role_create", "client-uuid", client_uuid)?;
            answer::created(
                "client_role_create",
                self.calls().client_role_create(realm, client_uuid, body).await,
            )
            .await
        })
    }
    /// Get a role by name
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/roles/{role-name}`
    pub fn client_role_get<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
    ) -> Call<'a, types::RoleRepresentation> {
        Box::pin(async move {
            answer::segment("client_role_get", "realm", realm)?;
            answer::segment("client_role_get", "client-uuid", client_uuid)?;
            answer::segment("client_role_get", "role-name", role_name)?;
            answer::value(
                "client_role_get",
                self.calls().client_role_get(realm, client_uuid, role_name).await,
            )
            .await
        })
    }
    /// Update a role by name
    ///
    /// `PUT /admin/realms/{realm}/clients/{client-uuid}/roles/{role-name}`
    pub fn client_role_update<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
        body: &'a types::RoleRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_role_update", "realm", realm)?;
            answer::segment("client_role_update", "client-uuid", client_uuid)?;
            answer::segment("client_role_update", "role-name", role_name)?;
            answer::nothing(
                "client_role_update",
                self.calls().client_role_update(realm, client_uuid, role_name, body).await,
            )
            .await
        })
    }
    /// Delete a role by name
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/roles/{role-name}`
    pub fn client_role_delete<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_role_delete", "realm", realm)?;
            answer::segment("client_role_delete", "client-uuid", client_uuid)?;
            answer::segment("client_role_delete", "role-name", role_name)?;
            answer::nothing(
                "client_role_delete",
                self.calls().client_role_delete(realm, client_uuid, role_name).await,
            )
            .await
        })
    }
    /// Get composites of the role
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/roles/{role-name}/composites`
    pub fn client_role_composites<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("client_role_composites", "realm", realm)?;
            answer::segment("client_role_composites", "client-uuid", client_uuid)?;
            answer::segment("client_role_composites", "role-name", role_name)?;
            answer::value(
                "client_role_composites",
                self.calls().client_role_composites(realm, client_uuid, role_name).await,
            )
            .await
        })
    }
    /// Add a composite to the role
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/roles/{role-name}/composites`
    pub fn client_role_composites_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_role_composites_add", "realm", realm)?;
            answer::segment("client_role_composites_add", "client-uuid", client_uuid)?;
            answer::segment("client_role_composites_add", "role-name", role_name)?;
            answer::nothing(
                "client_role_composites_add",
                self.calls().client_role_composites_add(realm, client_uuid, role_name, body).await,
            )
            .await
        })
    }
    /// Remove roles from the role's composite
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/roles/{role-name}/composites`
    pub fn client_role_composites_remove<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_role_composites_remove", "realm", realm)?;
            answer::segment("client_role_composites_remove", "client-uuid", client_uuid)?;
            answer::segment("client_role_composites_remove", "role-name", role_name)?;
            answer::nothing(
                "client_role_composites_remove",
                self.calls().client_role_composites_remove(realm, client_uuid, role_name, body).await,
            )
            .await
        })
    }
    /// Returns a stream of groups that have the specified role name
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/roles/{role-name}/groups`
    pub fn client_role_groups<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
        query: ClientRoleGroupsQuery,
    ) -> Call<'a, ::std::vec::Vec<types::GroupRepresentation>> {
        Box::pin(async move {
            answer::segment("client_role_groups", "realm", realm)?;
            answer::segment("client_role_groups", "client-uuid", client_uuid)?;
            answer::segment("client_role_groups", "role-name", role_name)?;
            answer::value(
                "client_role_groups",
                self.calls()
                    .client_role_groups(
                        realm,
                        client_uuid,
                        role_name,
                        query.brief_representation,
                        query.first,
                        query.max,
                    )
                    .await,
            )
            .await
        })
    }
    /// Returns a stream of users that have the specified role name.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/roles/{role-name}/users`
    pub fn client_role_users<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        role_name: &'a str,
        query: ClientRoleUsersQuery,
    ) -> Call<'a, ::std::vec::Vec<types::UserRepresentation>> {
        Box::pin(async move {
            answer::segment("client_role_users", "realm", realm)?;
            answer::segment("client_role_users", "client-uuid", client_uuid)?;
            answer::segment("client_role_users", "role-name", role_name)?;
            answer::value(
                "client_role_users",
                self.calls()
                    .client_role_users(
                        realm,
                        client_uuid,
                        role_name,
                        query.brief_representation,
                        query.first,
                        query.max,
                    )
                    .await,
            )
            .await
        })
    }
    /// Get all scope mappings for the client
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/scope-mappings`
    pub fn client_scope_mappings<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, types::MappingsRepresentation> {
        Box::pin(async move {
            answer::segment("client_scope_mappings", "realm", realm)?;
            answer::segment("client_scope_mappings", "client-uuid", client_uuid)?;
            answer::value(
                "client_scope_mappings",
                self.calls().client_scope_mappings(realm, client_uuid).await,
            )
            .await
        })
    }
    /// Get the roles associated with a client's scope Returns roles for the client.
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/scope-mappings/clients/{client}`
    pub fn client_scope_mappings_client<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("client_scope_mappings_client", "realm", realm)?;
            answer::segment("client_scope_mappings_client", "client-uuid", client_uuid)?;
            answer::segment("client_scope_mappings_client", "client", client)?;
            answer::value(
                "client_scope_mappings_client",
                self.calls().client_scope_mappings_client(realm, client_uuid, client).await,
            )
            .await
        })
    }
    /// Add client-level roles to the client's scope
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/scope-mappings/clients/{client}`
    pub fn client_scope_mappings_client_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_scope_mappings_client_add", "realm", realm)?;
            answer::segment("client_scope_mappings_client_add", "client-uuid", client_uuid)?;
            answer::segment("client_scope_mappings_client_add", "client", client)?;
            answer::nothing(
                "client_scope_mappings_client_add",
                self.calls().client_scope_mappings_client_add(realm, client_uuid, client, body).await,
            )
            .await
        })
    }
    /// Remove client-level roles from the client's scope.
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/scope-mappings/clients/{client}`
    pub fn client_scope_mappings_client_remove<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        client: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_scope_mappings_client_remove", "realm", realm)?;
            answer::segment("client_scope_mappings_client_remove", "client-uuid", client_uuid)?;
            answer::segment("client_scope_mappings_client_remove", "client", client)?;
            answer::nothing(
                "client_scope_mappings_client_remove",
                self.calls().client_scope_mappings_client_remove(realm, client_uuid, client, body).await,
            )
            .await
        })
    }
    /// Get realm-level roles associated with the client's scope
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/scope-mappings/realm`
    pub fn client_scope_mappings_realm<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("client_scope_mappings_realm", "realm", realm)?;
            answer::segment("client_scope_mappings_realm", "client-uuid", client_uuid)?;
            answer::value(
                "client_scope_mappings_realm",
                self.calls().client_scope_mappings_realm(realm, client_uuid).await,
            )
            .await
        })
    }
    /// Add a set of realm-level roles to the client's scope
    ///
    /// `POST /admin/realms/{realm}/clients/{client-uuid}/scope-mappings/realm`
    pub fn client_scope_mappings_realm_add<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_scope_mappings_realm_add", "realm", realm)?;
            answer::segment("client_scope_mappings_realm_add", "client-uuid", client_uuid)?;
            answer::nothing(
                "client_scope_mappings_realm_add",
                self.calls().client_scope_mappings_realm_add(realm, client_uuid, body).await,
            )
            .await
        })
    }
    /// Remove a set of realm-level roles from the client's scope
    ///
    /// `DELETE /admin/realms/{realm}/clients/{client-uuid}/scope-mappings/realm`
    pub fn client_scope_mappings_realm_remove<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("client_scope_mappings_realm_remove", "realm", realm)?;
            answer::segment("client_scope_mappings_realm_remove", "client-uuid", client_uuid)?;
            answer::nothing(
                "client_scope_mappings_realm_remove",
                self.calls().client_scope_mappings_realm_remove(realm, client_uuid, body).await,
            )
            .await
        })
    }
    /// Get a user dedicated to the service account
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/service-account-user`
    pub fn client_service_account_user<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, types::UserRepresentation> {
        Box::pin(async move {
            answer::segment("client_service_account_user", "realm", realm)?;
            answer::segment("client_service_account_user", "client-uuid", client_uuid)?;
            answer::value(
                "client_service_account_user",
                self.calls().client_service_account_user(realm, client_uuid).await,
            )
            .await
        })
    }
    /// Get application session count Returns a number of user sessions associated with this client { "count": number }
    ///
    /// `GET /admin/realms/{realm}/clients/{client-uuid}/session-count`
    pub fn client_session_count<'a>(
        &'a self,
        realm: &'a str,
        client_uuid: &'a str,
    ) -> Call<'a, ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<i64>>> {
        Box::pin(async move {
            answer::segment("client_session_count", "realm", realm)?;
            answer::segment("client_session_count", "client-uuid", client_uuid)?;
            answer::value("client_session_count", self.calls().client_session_count(realm, client_uuid).await)
                .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/components`
    pub fn component_list<'a>(
        &'a self,
        realm: &'a str,
        query: ComponentListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::ComponentRepresentation>> {
        Box::pin(async move {
            answer::segment("component_list", "realm", realm)?;
            answer::value(
                "component_list",
                self.calls()
                    .component_list(realm, query.name, query.parent, query.provider_id, query.type_)
                    .await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `POST /admin/realms/{realm}/components`
    pub fn component_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::ComponentRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("component_create", "realm", realm)?;
            answer::created("component_create", self.calls().component_create(realm, body).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/components/{id}`
    pub fn component_get<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
    ) -> Call<'a, types::ComponentRepresentation> {
        Box::pin(async move {
            answer::segment("component_get", "realm", realm)?;
            answer::segment("component_get", "id", id)?;
            answer::value("component_get", self.calls().component_get(realm, id).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/components/{id}`
    pub fn component_update<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
        body: &'a types::ComponentRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("component_update", "realm", realm)?;
            answer::segment("component_update", "id", id)?;
            answer::nothing("component_update", self.calls().component_update(realm, id, body).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/components/{id}`
    pub fn component_delete<'a>(&'a self, realm: &'a str, id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("component_delete", "realm", realm)?;
            answer::segment("component_delete", "id", id)?;
            answer::nothing("component_delete", self.calls().component_delete(realm, id).await).await
        })
    }
    /// List of subcomponent types that are available to configure for a particular parent component.
    ///
    /// `GET /admin/realms/{realm}/components/{id}/sub-component-types`
    pub fn component_sub_types<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
        type_: Option<&'a str>,
    ) -> Call<'a, ::std::vec::Vec<types::ComponentTypeRepresentation>> {
        Box::pin(async move {
            answer::segment("component_sub_types", "realm", realm)?;
            answer::segment("component_sub_types", "id", id)?;
            answer::value("component_sub_types", self.calls().component_sub_types(realm, id, type_).await)
                .await
        })
    }
    /// Get realm default client scopes. Only name and ids are returned.
    ///
    /// `GET /admin/realms/{realm}/default-default-client-scopes`
    pub fn realm_default_scopes<'a>(
        &'a self,
        realm: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::ClientScopeRepresentation>> {
        Box::pin(async move {
            answer::segment("realm_default_scopes", "realm", realm)?;
            answer::value("realm_default_scopes", self.calls().realm_default_scopes(realm).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/default-default-client-scopes/{clientScopeId}`
    pub fn realm_default_scope_add<'a>(&'a self, realm: &'a str, client_scope_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("realm_default_scope_add", "realm", realm)?;
            answer::segment("realm_default_scope_add", "clientScopeId", client_scope_id)?;
            answer::nothing(
                "realm_default_scope_add",
                self.calls().realm_default_scope_add(realm, client_scope_id).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/default-default-client-scopes/{clientScopeId}`
    pub fn realm_default_scope_remove<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("realm_default_scope_remove", "realm", realm)?;
            answer::segment("realm_default_scope_remove", "clientScopeId", client_scope_id)?;
            answer::nothing(
                "realm_default_scope_remove",
                self.calls().realm_default_scope_remove(realm, client_scope_id).await,
            )
            .await
        })
    }
    /// Get group hierarchy.  Only name and ids are returned.
    ///
    /// `GET /admin/realms/{realm}/default-groups`
    pub fn default_group_list<'a>(
        &'a self,
        realm: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::GroupRepresentation>> {
        Box::pin(async move {
            answer::segment("default_group_list", "realm", realm)?;
            answer::value("default_group_list", self.calls().default_group_list(realm).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/default-groups/{groupId}`
    pub fn default_group_add<'a>(&'a self, realm: &'a str, group_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("default_group_add", "realm", realm)?;
            answer::segment("default_group_add", "groupId", group_id)?;
            answer::nothing("default_group_add", self.calls().default_group_add(realm, group_id).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/default-groups/{groupId}`
    pub fn default_group_remove<'a>(&'a self, realm: &'a str, group_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("default_group_remove", "realm", realm)?;
            answer::segment("default_group_remove", "groupId", group_id)?;
            answer::nothing("default_group_remove", self.calls().default_group_remove(realm, group_id).await)
                .await
        })
    }
    /// Get realm optional client scopes. Only name and ids are returned.
    ///
    /// `GET /admin/realms/{realm}/default-optional-client-scopes`
    pub fn realm_optional_scopes<'a>(
        &'a self,
        realm: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::ClientScopeRepresentation>> {
        Box::pin(async move {
            answer::segment("realm_optional_scopes", "realm", realm)?;
            answer::value("realm_optional_scopes", self.calls().realm_optional_scopes(realm).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/default-optional-client-scopes/{clientScopeId}`
    pub fn realm_optional_scope_add<'a>(&'a self, realm: &'a str, client_scope_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("realm_optional_scope_add", "realm", realm)?;
            answer::segment("realm_optional_scope_add", "clientScopeId", client_scope_id)?;
            answer::nothing(
                "realm_optional_scope_add",
                self.calls().realm_optional_scope_add(realm, client_scope_id).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/default-optional-client-scopes/{clientScopeId}`
    pub fn realm_optional_scope_remove<'a>(
        &'a self,
        realm: &'a str,
        client_scope_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("realm_optional_scope_remove", "realm", realm)?;
            answer::segment("realm_optional_scope_remove", "clientScopeId", client_scope_id)?;
            answer::nothing(
                "realm_optional_scope_remove",
                self.calls().realm_optional_scope_remove(realm, client_scope_id).await,
            )
            .await
        })
    }
    /// Get events Returns all events, or filters them based on URL query parameters listed here
    ///
    /// `GET /admin/realms/{realm}/events`
    pub fn events_list<'a>(
        &'a self,
        realm: &'a str,
        query: EventsListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::EventRepresentation>> {
        Box::pin(async move {
            answer::segment("events_list", "realm", realm)?;
            answer::value(
                "events_list",
                self.calls()
                    .events_list(
                        realm,
                        query.client,
                        query.date_from,
                        query.date_to,
                        query.direction,
                        query.first,
                        query.ip_address,
                        query.max,
                        query.type_,
                        query.user,
                    )
                    .await,
            )
            .await
        })
    }
    /// Delete all events
    ///
    /// `DELETE /admin/realms/{realm}/events`
    pub fn events_clear<'a>(&'a self, realm: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("events_clear", "realm", realm)?;
            answer::nothing("events_clear", self.calls().events_clear(realm).await).await
        })
    }
    /// Get the events provider configuration Returns JSON object with events provider configuration
    ///
    /// `GET /admin/realms/{realm}/events/config`
    pub fn events_config_get<'a>(
        &'a self,
        realm: &'a str,
    ) -> Call<'a, types::RealmEventsConfigRepresentation> {
        Box::pin(async move {
            answer::segment("events_config_get", "realm", realm)?;
            answer::value("events_config_get", self.calls().events_config_get(realm).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/events/config`
    pub fn events_config_update<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::RealmEventsConfigRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("events_config_update", "realm", realm)?;
            answer::nothing("events_config_update", self.calls().events_config_update(realm, body).await)
                .await
        })
    }
    /// Get group hierarchy.  Only `name` and `id` are returned.  `subGroups` are only returned when using the `search` or `q` parameter. If none of these parameters is provided, the top-level groups are returned without `subGroups` being filled.
    ///
    /// `GET /admin/realms/{realm}/groups`
    pub fn group_list<'a>(
        &'a self,
        realm: &'a str,
        query: GroupListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::GroupRepresentation>> {
        Box::pin(async move {
            answer::segment("group_list", "realm", realm)?;
            answer::value(
                "group_list",
                self.calls()
                    .group_list(
                        realm,
                        query.brief_representation,
                        query.exact,
                        query.first,
                        query.max,
                        query.populate_hierarchy,
                        query.q,
                        query.search,
                        query.sub_groups_count,
                    )
                    .await,
            )
            .await
        })
    }
    /// create or add a top level realm groupSet or create child.
    ///
    /// `POST /admin/realms/{realm}/groups`
    pub fn group_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::GroupRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("group_create", "realm", realm)?;
            answer::created("group_create", self.calls().group_create(realm, body).await).await
        })
    }
    /// Returns the groups counts.
    ///
    /// `GET /admin/realms/{realm}/groups/count`
    pub fn group_count<'a>(
        &'a self,
        realm: &'a str,
        query: GroupCountQuery<'a>,
    ) -> Call<'a, ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<i64>>> {
        Box::pin(async move {
            answer::segment("group_count", "realm", realm)?;
            answer::value("group_count", self.calls().group_count(realm, query.search, query.top).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/groups/{group-id}`
    pub fn group_get<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
    ) -> Call<'a, types::GroupRepresentation> {
        Box::pin(async move {
            answer::segment("group_get", "realm", realm)?;
            answer::segment("group_get", "group-id", group_id)?;
            answer::value("group_get", self.calls().group_get(realm, group_id).await).await
        })
    }
    /// Update group, ignores subgroups.
    ///
    /// `PUT /admin/realms/{realm}/groups/{group-id}`
    pub fn group_update<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        body: &'a types::GroupRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("group_update", "realm", realm)?;
            answer::segment("group_update", "group-id", group_id)?;
            answer::nothing("group_update", self.calls().group_update(realm, group_id, body).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/groups/{group-id}`
    pub fn group_delete<'a>(&'a self, realm: &'a str, group_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("group_delete", "realm", realm)?;
            answer::segment("group_delete", "group-id", group_id)?;
            answer::nothing("group_delete", self.calls().group_delete(realm, group_id).await).await
        })
    }
    /// Return a paginated list of subgroups that have a parent group corresponding to the group on the URL
    ///
    /// `GET /admin/realms/{realm}/groups/{group-id}/children`
    pub fn group_children<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        query: GroupChildrenQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::GroupRepresentation>> {
        Box::pin(async move {
            answer::segment("group_children", "realm", realm)?;
            answer::segment("group_children", "group-id", group_id)?;
            answer::value(
                "group_children",
                self.calls()
                    .group_children(
                        realm,
                        group_id,
                        query.brief_representation,
                        query.exact,
                        query.first,
                        query.max,
                        query.search,
                        query.sub_groups_count,
                    )
                    .await,
            )
            .await
        })
    }
    /// Set or create child.
    ///
    /// `POST /admin/realms/{realm}/groups/{group-id}/children`
    pub fn group_child_create<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        body: &'a types::GroupRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("group_child_create", "realm", realm)?;
            answer::segment("group_child_create", "group-id", group_id)?;
            answer::created(
                "group_child_create",
                self.calls().group_child_create(realm, group_id, body).await,
            )
            .await
        })
    }
    /// Get users Returns a stream of users, filtered according to query parameters
    ///
    /// `GET /admin/realms/{realm}/groups/{group-id}/members`
    pub fn group_members<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        query: GroupMembersQuery,
    ) -> Call<'a, ::std::vec::Vec<types::UserRepresentation>> {
        Box::pin(async move {
            answer::segment("group_members", "realm", realm)?;
            answer::segment("group_members", "group-id", group_id)?;
            answer::value(
                "group_members",
                self.calls()
                    .group_members(realm, group_id, query.brief_representation, query.first, query.max)
                    .await,
            )
            .await
        })
    }
    /// Get role mappings
    ///
    /// `GET /admin/realms/{realm}/groups/{group-id}/role-mappings`
    pub fn group_role_mappings<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
    ) -> Call<'a, types::MappingsRepresentation> {
        Box::pin(async move {
            answer::segment("group_role_mappings", "realm", realm)?;
            answer::segment("group_role_mappings", "group-id", group_id)?;
            answer::value("group_role_mappings", self.calls().group_role_mappings(realm, group_id).await)
                .await
        })
    }
    /// Get client-level role mappings for the user or group, and the app
    ///
    /// `GET /admin/realms/{realm}/groups/{group-id}/role-mappings/clients/{client-id}`
    pub fn group_client_roles<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        client_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("group_client_roles", "realm", realm)?;
            answer::segment("group_client_roles", "group-id", group_id)?;
            answer::segment("group_client_roles", "client-id", client_id)?;
            answer::value(
                "group_client_roles",
                self.calls().group_client_roles(realm, group_id, client_id).await,
            )
            .await
        })
    }
    /// Add client-level roles to the user or group role mapping
    ///
    /// `POST /admin/realms/{realm}/groups/{group-id}/role-mappings/clients/{client-id}`
    pub fn group_client_roles_add<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        client_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("group_client_roles_add", "realm", realm)?;
            answer::segment("group_client_roles_add", "group-id", group_id)?;
            answer::segment("group_client_roles_add", "client-id", client_id)?;
            answer::nothing(
                "group_client_roles_add",
                self.calls().group_client_roles_add(realm, group_id, client_id, body).await,
            )
            .await
        })
    }
    /// Delete client-level roles from user or group role mapping
    ///
    /// `DELETE /admin/realms/{realm}/groups/{group-id}/role-mappings/clients/{client-id}`
    pub fn group_client_roles_remove<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        client_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("group_client_roles_remove", "realm", realm)?;
            answer::segment("group_client_roles_remove", "group-id", group_id)?;
            answer::segment("group_client_roles_remove", "client-id", client_id)?;
            answer::nothing(
                "group_client_roles_remove",
                self.calls().group_client_roles_remove(realm, group_id, client_id, body).await,
            )
            .await
        })
    }
    /// Get realm-level role mappings
    ///
    /// `GET /admin/realms/{realm}/groups/{group-id}/role-mappings/realm`
    pub fn group_realm_roles<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("group_realm_roles", "realm", realm)?;
            answer::segment("group_realm_roles", "group-id", group_id)?;
            answer::value("group_realm_roles", self.calls().group_realm_roles(realm, group_id).await).await
        })
    }
    /// Add realm-level role mappings to the user
    ///
    /// `POST /admin/realms/{realm}/groups/{group-id}/role-mappings/realm`
    pub fn group_realm_roles_add<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("group_realm_roles_add", "realm", realm)?;
            answer::segment("group_realm_roles_add", "group-id", group_id)?;
            answer::nothing(
                "group_realm_roles_add",
                self.calls().group_realm_roles_add(realm, group_id, body).await,
            )
            .await
        })
    }
    /// Delete realm-level role mappings
    ///
    /// `DELETE /admin/realms/{realm}/groups/{group-id}/role-mappings/realm`
    pub fn group_realm_roles_remove<'a>(
        &'a self,
        realm: &'a str,
        group_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("group_realm_roles_remove", "realm", realm)?;
            answer::segment("group_realm_roles_remove", "group-id", group_id)?;
            answer::nothing(
                "group_realm_roles_remove",
                self.calls().group_realm_roles_remove(realm, group_id, body).await,
            )
            .await
        })
    }
    /// Import identity provider from JSON body
    ///
    /// `POST /admin/realms/{realm}/identity-provider/import-config`
    pub fn idp_import_config<'a>(
        &'a self,
        realm: &'a str,
        body: &'a ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    ) -> Call<
        'a,
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    > {
        Box::pin(async move {
            answer::segment("idp_import_config", "realm", realm)?;
            answer::value("idp_import_config", self.calls().idp_import_config(realm, body).await).await
        })
    }
    /// List identity providers
    ///
    /// `GET /admin/realms/{realm}/identity-provider/instances`
    pub fn idp_list<'a>(
        &'a self,
        realm: &'a str,
        query: IdpListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::IdentityProviderRepresentation>> {
        Box::pin(async move {
            answer::segment("idp_list", "realm", realm)?;
            answer::value(
                "idp_list",
                self.calls()
                    .idp_list(
                        realm,
                        query.brief_representation,
                        query.capability,
                        query.first,
                        query.max,
                        query.realm_only,
                        query.search,
                        query.type_,
                    )
                    .await,
            )
            .await
        })
    }
    /// Create a new identity provider
    ///
    /// `POST /admin/realms/{realm}/identity-provider/instances`
    pub fn idp_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::IdentityProviderRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("idp_create", "realm", realm)?;
            answer::created("idp_create", self.calls().idp_create(realm, body).await).await
        })
    }
    /// Get the identity provider
    ///
    /// `GET /admin/realms/{realm}/identity-provider/instances/{alias}`
    pub fn idp_get<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Call<'a, types::IdentityProviderRepresentation> {
        Box::pin(async move {
            answer::segment("idp_get", "realm", realm)?;
            answer::segment("idp_get", "alias", alias)?;
            answer::value("idp_get", self.calls().idp_get(realm, alias).await).await
        })
    }
    /// Update the identity provider
    ///
    /// `PUT /admin/realms/{realm}/identity-provider/instances/{alias}`
    pub fn idp_update<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        body: &'a types::IdentityProviderRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("idp_update", "realm", realm)?;
            answer::segment("idp_update", "alias", alias)?;
            answer::nothing("idp_update", self.calls().idp_update(realm, alias, body).await).await
        })
    }
    /// Delete the identity provider
    ///
    /// `DELETE /admin/realms/{realm}/identity-provider/instances/{alias}`
    pub fn idp_delete<'a>(&'a self, realm: &'a str, alias: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("idp_delete", "realm", realm)?;
            answer::segment("idp_delete", "alias", alias)?;
            answer::nothing("idp_delete", self.calls().idp_delete(realm, alias).await).await
        })
    }
    /// Get mapper types for identity provider
    ///
    /// `GET /admin/realms/{realm}/identity-provider/instances/{alias}/mapper-types`
    pub fn idp_mapper_types<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Call<
        'a,
        ::std::collections::BTreeMap<::std::string::String, types::IdentityProviderMapperTypeRepresentation>,
    > {
        Box::pin(async move {
            answer::segment("idp_mapper_types", "realm", realm)?;
            answer::segment("idp_mapper_types", "alias", alias)?;
            answer::value("idp_mapper_types", self.calls().idp_mapper_types(realm, alias).await).await
        })
    }
    /// Get mappers for identity provider
    ///
    /// `GET /admin/realms/{realm}/identity-provider/instances/{alias}/mappers`
    pub fn idp_mapper_list<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::IdentityProviderMapperRepresentation>> {
        Box::pin(async move {
            answer::segment("idp_mapper_list", "realm", realm)?;
            answer::segment("idp_mapper_list", "alias", alias)?;
            answer::value("idp_mapper_list", self.calls().idp_mapper_list(realm, alias).await).await
        })
    }
    /// Add a mapper to identity provider
    ///
    /// `POST /admin/realms/{realm}/identity-provider/instances/{alias}/mappers`
    pub fn idp_mapper_create<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        body: &'a types::IdentityProviderMapperRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("idp_mapper_create", "realm", realm)?;
            answer::segment("idp_mapper_create", "alias", alias)?;
            answer::created("idp_mapper_create", self.calls().idp_mapper_create(realm, alias, body).await)
                .await
        })
    }
    /// Get mapper by id for the identity provider
    ///
    /// `GET /admin/realms/{realm}/identity-provider/instances/{alias}/mappers/{id}`
    pub fn idp_mapper_get<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        id: &'a str,
    ) -> Call<'a, types::IdentityProviderMapperRepresentation> {
        Box::pin(async move {
            answer::segment("idp_mapper_get", "realm", realm)?;
            answer::segment("idp_mapper_get", "alias", alias)?;
            answer::segment("idp_mapper_get", "id", id)?;
            answer::value("idp_mapper_get", self.calls().idp_mapper_get(realm, alias, id).await).await
        })
    }
    /// Update a mapper for the identity provider
    ///
    /// `PUT /admin/realms/{realm}/identity-provider/instances/{alias}/mappers/{id}`
    pub fn idp_mapper_update<'a>(
        &'a self,
        realm: &'a str,
        alias: &'a str,
        id: &'a str,
        body: &'a types::IdentityProviderMapperRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("idp_mapper_update", "realm", realm)?;
            answer::segment("idp_mapper_update", "alias", alias)?;
            answer::segment("idp_mapper_update", "id", id)?;
            answer::nothing("idp_mapper_update", self.calls().idp_mapper_update(realm, alias, id, body).await)
                .await
        })
    }
    /// Delete a mapper for the identity provider
    ///
    /// `DELETE /admin/realms/{realm}/identity-provider/instances/{alias}/mappers/{id}`
    pub fn idp_mapper_delete<'a>(&'a self, realm: &'a str, alias: &'a str, id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("idp_mapper_delete", "realm", realm)?;
            answer::segment("idp_mapper_delete", "alias", alias)?;
            answer::segment("idp_mapper_delete", "id", id)?;
            answer::nothing("idp_mapper_delete", self.calls().idp_mapper_delete(realm, alias, id).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/keys`
    pub fn realm_keys<'a>(&'a self, realm: &'a str) -> Call<'a, types::KeysMetadataRepresentation> {
        Box::pin(async move {
            answer::segment("realm_keys", "realm", realm)?;
            answer::value("realm_keys", self.calls().realm_keys(realm).await).await
        })
    }
    /// Ask an LDAP server what it supports.
    ///
    /// `POST /admin/realms/{realm}/ldap-server-capabilities`
    pub fn realm_ldap_capabilities<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::TestLdapConnectionRepresentation,
    ) -> Call<'a, ::std::vec::Vec<types::LdapCapabilityRepresentation>> {
        Box::pin(async move {
            answer::segment("realm_ldap_capabilities", "realm", realm)?;
            answer::value("realm_ldap_capabilities", self.calls().realm_ldap_capabilities(realm, body).await)
                .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/localization`
    pub fn localization_locales<'a>(
        &'a self,
        realm: &'a str,
    ) -> Call<'a, ::std::vec::Vec<::std::string::String>> {
        Box::pin(async move {
            answer::segment("localization_locales", "realm", realm)?;
            answer::value("localization_locales", self.calls().localization_locales(realm).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/localization/{locale}`
    pub fn localization_texts<'a>(
        &'a self,
        realm: &'a str,
        locale: &'a str,
        use_realm_default_locale_fallback: Option<bool>,
    ) -> Call<
        'a,
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    > {
        Box::pin(async move {
            answer::segment("localization_texts", "realm", realm)?;
            answer::segment("localization_texts", "locale", locale)?;
            answer::value(
                "localization_texts",
                self.calls().localization_texts(realm, locale, use_realm_default_locale_fallback).await,
            )
            .await
        })
    }
    /// Import localization from uploaded JSON file
    ///
    /// `POST /admin/realms/{realm}/localization/{locale}`
    pub fn localization_texts_add<'a>(
        &'a self,
        realm: &'a str,
        locale: &'a str,
        body: &'a ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::string::String>,
        >,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("localization_texts_add", "realm", realm)?;
            answer::segment("localization_texts_add", "locale", locale)?;
            answer::nothing(
                "localization_texts_add",
                self.calls().localization_texts_add(realm, locale, body).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/localization/{locale}`
    pub fn localization_locale_delete<'a>(&'a self, realm: &'a str, locale: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("localization_locale_delete", "realm", realm)?;
            answer::segment("localization_locale_delete", "locale", locale)?;
            answer::nothing(
                "localization_locale_delete",
                self.calls().localization_locale_delete(realm, locale).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/localization/{locale}/{key}`
    pub fn localization_text_delete<'a>(
        &'a self,
        realm: &'a str,
        locale: &'a str,
        key: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("localization_text_delete", "realm", realm)?;
            answer::segment("localization_text_delete", "locale", locale)?;
            answer::segment("localization_text_delete", "key", key)?;
            answer::nothing(
                "localization_text_delete",
                self.calls().localization_text_delete(realm, locale, key).await,
            )
            .await
        })
    }
    /// Removes all user sessions.
    ///
    /// `POST /admin/realms/{realm}/logout-all`
    pub fn realm_logout_all<'a>(&'a self, realm: &'a str) -> Call<'a, types::GlobalRequestResult> {
        Box::pin(async move {
            answer::segment("realm_logout_all", "realm", realm)?;
            answer::value("realm_logout_all", self.calls().realm_logout_all(realm).await).await
        })
    }
    /// Returns a paginated list of organizations filtered according to the specified parameters
    ///
    /// `GET /admin/realms/{realm}/organizations`
    pub fn organization_list<'a>(
        &'a self,
        realm: &'a str,
        query: OrganizationListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::OrganizationRepresentation>> {
        Box::pin(async move {
            answer::segment("organization_list", "realm", realm)?;
            answer::value(
                "organization_list",
                self.calls()
                    .organization_list(
                        realm,
                        query.brief_representation,
                        query.exact,
                        query.first,
                        query.max,
                        query.q,
                        query.search,
                    )
                    .await,
            )
            .await
        })
    }
    /// Creates a new organization
    ///
    /// `POST /admin/realms/{realm}/organizations`
    pub fn organization_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::OrganizationRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("organization_create", "realm", realm)?;
            answer::created("organization_create", self.calls().organization_create(realm, body).await).await
        })
    }
    /// Returns the organizations counts.
    ///
    /// `GET /admin/realms/{realm}/organizations/count`
    pub fn organization_count<'a>(
        &'a self,
        realm: &'a str,
        query: OrganizationCountQuery<'a>,
    ) -> Call<'a, i64> {
        Box::pin(async move {
            answer::segment("organization_count", "realm", realm)?;
            answer::value(
                "organization_count",
                self.calls().organization_count(realm, query.exact, query.q, query.search).await,
            )
            .await
        })
    }
    /// Returns the organization representation
    ///
    /// `GET /admin/realms/{realm}/organizations/{org-id}`
    pub fn organization_get<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
    ) -> Call<'a, types::OrganizationRepresentation> {
        Box::pin(async move {
            answer::segment("organization_get", "realm", realm)?;
            answer::segment("organization_get", "org-id", org_id)?;
            answer::value("organization_get", self.calls().organization_get(realm, org_id).await).await
        })
    }
    /// Updates the organization
    ///
    /// `PUT /admin/realms/{realm}/organizations/{org-id}`
    pub fn organization_update<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
        body: &'a types::OrganizationRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("organization_update", "realm", realm)?;
            answer::segment("organization_update", "org-id", org_id)?;
            answer::nothing(
                "organization_update",
                self.calls().organization_update(realm, org_id, body).await,
            )
            .await
        })
    }
    /// Deletes the organization
    ///
    /// `DELETE /admin/realms/{realm}/organizations/{org-id}`
    pub fn organization_delete<'a>(&'a self, realm: &'a str, org_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("organization_delete", "realm", realm)?;
            answer::segment("organization_delete", "org-id", org_id)?;
            answer::nothing("organization_delete", self.calls().organization_delete(realm, org_id).await)
                .await
        })
    }
    /// Returns all identity providers associated with the organization
    ///
    /// `GET /admin/realms/{realm}/organizations/{org-id}/identity-providers`
    pub fn organization_idps<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::IdentityProviderRepresentation>> {
        Box::pin(async move {
            answer::segment("organization_idps", "realm", realm)?;
            answer::segment("organization_idps", "org-id", org_id)?;
            answer::value("organization_idps", self.calls().organization_idps(realm, org_id).await).await
        })
    }
    /// Adds the identity provider with the specified id to the organization
    ///
    /// `POST /admin/realms/{realm}/organizations/{org-id}/identity-providers`
    pub fn organization_idp_add<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
        body: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("organization_idp_add", "realm", realm)?;
            answer::segment("organization_idp_add", "org-id", org_id)?;
            answer::nothing(
                "organization_idp_add",
                self.calls().organization_idp_add(realm, org_id, body).await,
            )
            .await
        })
    }
    /// Removes the identity provider with the specified alias from the organization
    ///
    /// `DELETE /admin/realms/{realm}/organizations/{org-id}/identity-providers/{alias}`
    pub fn organization_idp_remove<'a>(
        &'a self,
        realm: &'a str,
        org_id: &'a str,
        alias: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("organization_idp_remove", "realm", realm)?;
            answer::segment("organization_idp_remove", "org-id", org_id)?;
            answer::segment("organization_idp_remove", "alias", alias)?;
            answer::nothing(
                "organization_idp_remove",
                self.calls().organization_idp_remove(realm, org_id, alias).await,
            )
            .await
        })
    }
    /// Returns number of members in the organization.
    ///
    /// `GET /admin/realms/{realm}/organizations/{org-id}/members/count`
    pub fn organization_member_count<'a>(&'a self, realm: &'a str, org_id: &'a str) -> Call<'a, i64> {
        Box::pin(async move {
            answer::segment("organization_member_count", "realm", realm)?;
            answer::segment("organization_member_count", "org-id", org_id)?;
            answer::value(
                "organization_member_count",
                self.calls().organization_member_count(realm, org_id).await,
            )
            .await
        })
    }
    /// Partial export of existing realm into a JSON file.
    ///
    /// `POST /admin/realms/{realm}/partial-export`
    pub fn realm_partial_export<'a>(
        &'a self,
        realm: &'a str,
        query: RealmPartialExportQuery,
    ) -> Call<'a, types::RealmRepresentation> {
        Box::pin(async move {
            answer::segment("realm_partial_export", "realm", realm)?;
            answer::value(
                "realm_partial_export",
                self.calls()
                    .realm_partial_export(realm, query.export_clients, query.export_groups_and_roles)
                    .await,
            )
            .await
        })
    }
    /// Partial import from a JSON file to an existing realm.
    ///
    /// `POST /admin/realms/{realm}/partialImport`
    pub fn realm_partial_import<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::PartialImportRepresentation,
    ) -> Call<'a, types::PartialImportResults> {
        Box::pin(async move {
            answer::segment("realm_partial_import", "realm", realm)?;
            answer::value("realm_partial_import", self.calls().realm_partial_import(realm, body).await).await
        })
    }
    /// Push the realm's revocation policy to any client that has an admin url associated with it.
    ///
    /// `POST /admin/realms/{realm}/push-revocation`
    pub fn realm_push_revocation<'a>(&'a self, realm: &'a str) -> Call<'a, types::GlobalRequestResult> {
        Box::pin(async move {
            answer::segment("realm_push_revocation", "realm", realm)?;
            answer::value("realm_push_revocation", self.calls().realm_push_revocation(realm).await).await
        })
    }
    /// Get all roles for the realm or client
    ///
    /// `GET /admin/realms/{realm}/roles`
    pub fn role_list<'a>(
        &'a self,
        realm: &'a str,
        query: RoleListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("role_list", "realm", realm)?;
            answer::value(
                "role_list",
                self.calls()
                    .role_list(realm, query.brief_representation, query.first, query.max, query.search)
                    .await,
            )
            .await
        })
    }
    /// Create a new role for the realm or client
    ///
    /// `POST /admin/realms/{realm}/roles`
    pub fn role_create<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::RoleRepresentation,
    ) -> Call<'a, Created> {
        Box::pin(async move {
            answer::segment("role_create", "realm", realm)?;
            answer::created("role_create", self.calls().role_create(realm, body).await).await
        })
    }
    /// Get a specific role's representation
    ///
    /// `GET /admin/realms/{realm}/roles-by-id/{role-id}`
    pub fn role_by_id_get<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
    ) -> Call<'a, types::RoleRepresentation> {
        Box::pin(async move {
            answer::segment("role_by_id_get", "realm", realm)?;
            answer::segment("role_by_id_get", "role-id", role_id)?;
            answer::value("role_by_id_get", self.calls().role_by_id_get(realm, role_id).await).await
        })
    }
    /// Update the role
    ///
    /// `PUT /admin/realms/{realm}/roles-by-id/{role-id}`
    pub fn role_by_id_update<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
        body: &'a types::RoleRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("role_by_id_update", "realm", realm)?;
            answer::segment("role_by_id_update", "role-id", role_id)?;
            answer::nothing("role_by_id_update", self.calls().role_by_id_update(realm, role_id, body).await)
                .await
        })
    }
    /// Delete the role
    ///
    /// `DELETE /admin/realms/{realm}/roles-by-id/{role-id}`
    pub fn role_by_id_delete<'a>(&'a self, realm: &'a str, role_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("role_by_id_delete", "realm", realm)?;
            answer::segment("role_by_id_delete", "role-id", role_id)?;
            answer::nothing("role_by_id_delete", self.calls().role_by_id_delete(realm, role_id).await).await
        })
    }
    /// Get role's children Returns a set of role's children provided the role is a composite.
    ///
    /// `GET /admin/realms/{realm}/roles-by-id/{role-id}/composites`
    pub fn role_by_id_composites<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
        query: RoleByIdCompositesQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("role_by_id_composites", "realm", realm)?;
            answer::segment("role_by_id_composites", "role-id", role_id)?;
            answer::value(
                "role_by_id_composites",
                self.calls()
                    .role_by_id_composites(realm, role_id, query.first, query.max, query.search)
                    .await,
            )
            .await
        })
    }
    /// Make the role a composite role by associating some child roles
    ///
    /// `POST /admin/realms/{realm}/roles-by-id/{role-id}/composites`
    pub fn role_by_id_composites_add<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("role_by_id_composites_add", "realm", realm)?;
            answer::segment("role_by_id_composites_add", "role-id", role_id)?;
            answer::nothing(
                "role_by_id_composites_add",
                self.calls().role_by_id_composites_add(realm, role_id, body).await,
            )
            .await
        })
    }
    /// Remove a set of roles from the role's composite
    ///
    /// `DELETE /admin/realms/{realm}/roles-by-id/{role-id}/composites`
    pub fn role_by_id_composites_remove<'a>(
        &'a self,
        realm: &'a str,
        role_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("role_by_id_composites_remove", "realm", realm)?;
            answer::segment("role_by_id_composites_remove", "role-id", role_id)?;
            answer::nothing(
                "role_by_id_composites_remove",
                self.calls().role_by_id_composites_remove(realm, role_id, body).await,
            )
            .await
        })
    }
    /// Get a role by name
    ///
    /// `GET /admin/realms/{realm}/roles/{role-name}`
    pub fn role_get<'a>(&'a self, realm: &'a str, role_name: &'a str) -> Call<'a, types::RoleRepresentation> {
        Box::pin(async move {
            answer::segment("role_get", "realm", realm)?;
            answer::segment("role_get", "role-name", role_name)?;
            answer::value("role_get", self.calls().role_get(realm, role_name).await).await
        })
    }
    /// Update a role by name
    ///
    /// `PUT /admin/realms/{realm}/roles/{role-name}`
    pub fn role_update<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
        body: &'a types::RoleRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("role_update", "realm", realm)?;
            answer::segment("role_update", "role-name", role_name)?;
            answer::nothing("role_update", self.calls().role_update(realm, role_name, body).await).await
        })
    }
    /// Delete a role by name
    ///
    /// `DELETE /admin/realms/{realm}/roles/{role-name}`
    pub fn role_delete<'a>(&'a self, realm: &'a str, role_name: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("role_delete", "realm", realm)?;
            answer::segment("role_delete", "role-name", role_name)?;
            answer::nothing("role_delete", self.calls().role_delete(realm, role_name).await).await
        })
    }
    /// Get composites of the role
    ///
    /// `GET /admin/realms/{realm}/roles/{role-name}/composites`
    pub fn role_composites<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("role_composites", "realm", realm)?;
            answer::segment("role_composites", "role-name", role_name)?;
            answer::value("role_composites", self.calls().role_composites(realm, role_name).await).await
        })
    }
    /// Add a composite to the role
    ///
    /// `POST /admin/realms/{realm}/roles/{role-name}/composites`
    pub fn role_composites_add<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("role_composites_add", "realm", realm)?;
            answer::segment("role_composites_add", "role-name", role_name)?;
            answer::nothing(
                "role_composites_add",
                self.calls().role_composites_add(realm, role_name, body).await,
            )
            .await
        })
    }
    /// Remove roles from the role's composite
    ///
    /// `DELETE /admin/realms/{realm}/roles/{role-name}/composites`
    pub fn role_composites_remove<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("role_composites_remove", "realm", realm)?;
            answer::segment("role_composites_remove", "role-name", role_name)?;
            answer::nothing(
                "role_composites_remove",
                self.calls().role_composites_remove(realm, role_name, body).await,
            )
            .await
        })
    }
    /// Returns a stream of groups that have the specified role name
    ///
    /// `GET /admin/realms/{realm}/roles/{role-name}/groups`
    pub fn role_groups<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
        query: RoleGroupsQuery,
    ) -> Call<'a, ::std::vec::Vec<types::GroupRepresentation>> {
        Box::pin(async move {
            answer::segment("role_groups", "realm", realm)?;
            answer::segment("role_groups", "role-name", role_name)?;
            answer::value(
                "role_groups",
                self.calls()
                    .role_groups(realm, role_name, query.brief_representation, query.first, query.max)
                    .await,
            )
            .await
        })
    }
    /// Returns a stream of users that have the specified role name.
    ///
    /// `GET /admin/realms/{realm}/roles/{role-name}/users`
    pub fn role_users<'a>(
        &'a self,
        realm: &'a str,
        role_name: &'a str,
        query: RoleUsersQuery,
    ) -> Call<'a, ::std::vec::Vec<types::UserRepresentation>> {
        Box::pin(async move {
            answer::segment("role_users", "realm", realm)?;
            answer::segment("role_users", "role-name", role_name)?;
            answer::value(
                "role_users",
                self.calls()
                    .role_users(realm, role_name, query.brief_representation, query.first, query.max)
                    .await,
            )
            .await
        })
    }
    /// Try an LDAP connection from the server.
    ///
    /// `POST /admin/realms/{realm}/testLDAPConnection`
    pub fn realm_test_ldap<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::TestLdapConnectionRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("realm_test_ldap", "realm", realm)?;
            answer::nothing("realm_test_ldap", self.calls().realm_test_ldap(realm, body).await).await
        })
    }
    /// Test SMTP connection with current logged in user
    ///
    /// `POST /admin/realms/{realm}/testSMTPConnection`
    pub fn realm_test_smtp<'a>(
        &'a self,
        realm: &'a str,
        body: &'a ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::string::String>,
        >,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("realm_test_smtp", "realm", realm)?;
            answer::nothing("realm_test_smtp", self.calls().realm_test_smtp(realm, body).await).await
        })
    }
    /// Delete the users that were imported from this store.
    ///
    /// `POST /admin/realms/{realm}/user-storage/{id}/remove-imported-users`
    pub fn user_storage_remove_imported<'a>(&'a self, realm: &'a str, id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("user_storage_remove_imported", "realm", realm)?;
            answer::segment("user_storage_remove_imported", "id", id)?;
            answer::nothing(
                "user_storage_remove_imported",
                self.calls().user_storage_remove_imported(realm, id).await,
            )
            .await
        })
    }
    /// Synchronise users from an external store. `triggerFullSync` or `triggerChangedUsersSync`.
    ///
    /// `POST /admin/realms/{realm}/user-storage/{id}/sync`
    pub fn user_storage_sync<'a>(
        &'a self,
        realm: &'a str,
        id: &'a str,
        action: Option<&'a str>,
    ) -> Call<'a, types::SynchronizationResult> {
        Box::pin(async move {
            answer::segment("user_storage_sync", "realm", realm)?;
            answer::segment("user_storage_sync", "id", id)?;
            answer::value("user_storage_sync", self.calls().user_storage_sync(realm, id, action).await).await
        })
    }
    /// Make imported users local users.
    ///
    /// `POST /admin/realms/{realm}/user-storage/{id}/unlink-users`
    pub fn user_storage_unlink_users<'a>(&'a self, realm: &'a str, id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("user_storage_unlink_users", "realm", realm)?;
            answer::segment("user_storage_unlink_users", "id", id)?;
            answer::nothing(
                "user_storage_unlink_users",
                self.calls().user_storage_unlink_users(realm, id).await,
            )
            .await
        })
    }
    /// Synchronise what one mapper maps. `fedToKeycloak` or `keycloakToFed`.
    ///
    /// `POST /admin/realms/{realm}/user-storage/{parentId}/mappers/{id}/sync`
    pub fn user_storage_mapper_sync<'a>(
        &'a self,
        realm: &'a str,
        parent_id: &'a str,
        id: &'a str,
        direction: Option<&'a str>,
    ) -> Call<'a, types::SynchronizationResult> {
        Box::pin(async move {
            answer::segment("user_storage_mapper_sync", "realm", realm)?;
            answer::segment("user_storage_mapper_sync", "parentId", parent_id)?;
            answer::segment("user_storage_mapper_sync", "id", id)?;
            answer::value(
                "user_storage_mapper_sync",
                self.calls().user_storage_mapper_sync(realm, parent_id, id, direction).await,
            )
            .await
        })
    }
    /// Get users Returns a stream of users, filtered according to query parameters.
    ///
    /// `GET /admin/realms/{realm}/users`
    pub fn user_list<'a>(
        &'a self,
        realm: &'a str,
        query: UserListQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::UserRepresentation>> {
        Box::pin(async move {
            answer::segment("user_list", "realm", realm)?;
            answer::value(
                "user_list",
                self.calls()
                    .user_list(
                        realm,
                        query.brief_representation,
                        query.created_after,
                        query.created_before,
                        query.email,
                        query.email_verified,
                        query.enabled,
                        query.exact,
                        query.first,
                        query.first_name,
                        query.idp_alias,
                        query.idp_user_id,
                        query.last_name,
                        query.max,
                        query.q,
                        query.search,
                        query.username,
                    )
                    .await,
            )
            .await
        })
    }
    /// Returns the number of users that match the given criteria.
    ///
    /// `GET /admin/realms/{realm}/users/count`
    pub fn user_count<'a>(&'a self, realm: &'a str, query: UserCountQuery<'a>) -> Call<'a, i32> {
        Box::pin(async move {
            answer::segment("user_count", "realm", realm)?;
            answer::value(
                "user_count",
                self.calls()
                    .user_count(
                        realm,
                        query.created_after,
                        query.created_before,
                        query.email,
                        query.email_verified,
                        query.enabled,
                        query.exact,
                        query.first_name,
                        query.idp_alias,
                        query.idp_user_id,
                        query.last_name,
                        query.q,
                        query.search,
                        query.username,
                    )
                    .await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/users/profile`
    pub fn user_profile_get<'a>(&'a self, realm: &'a str) -> Call<'a, types::UpConfig> {
        Box::pin(async move {
            answer::segment("user_profile_get", "realm", realm)?;
            answer::value("user_profile_get", self.calls().user_profile_get(realm).await).await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/users/profile`
    pub fn user_profile_update<'a>(
        &'a self,
        realm: &'a str,
        body: &'a types::UpConfig,
    ) -> Call<'a, types::UpConfig> {
        Box::pin(async move {
            answer::segment("user_profile_update", "realm", realm)?;
            answer::value("user_profile_update", self.calls().user_profile_update(realm, body).await).await
        })
    }
    /// Get representation of the user
    ///
    /// `GET /admin/realms/{realm}/users/{user-id}`
    pub fn user_get<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        user_profile_metadata: Option<bool>,
    ) -> Call<'a, types::UserRepresentation> {
        Box::pin(async move {
            answer::segment("user_get", "realm", realm)?;
            answer::segment("user_get", "user-id", user_id)?;
            answer::value("user_get", self.calls().user_get(realm, user_id, user_profile_metadata).await)
                .await
        })
    }
    /// Update the user
    ///
    /// `PUT /admin/realms/{realm}/users/{user-id}`
    pub fn user_update<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        body: &'a types::UserRepresentation,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("user_update", "realm", realm)?;
            answer::segment("user_update", "user-id", user_id)?;
            answer::nothing("user_update", self.calls().user_update(realm, user_id, body).await).await
        })
    }
    /// Get social logins associated with the user
    ///
    /// `GET /admin/realms/{realm}/users/{user-id}/federated-identity`
    pub fn user_federated_identities<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::FederatedIdentityRepresentation>> {
        Box::pin(async move {
            answer::segment("user_federated_identities", "realm", realm)?;
            answer::segment("user_federated_identities", "user-id", user_id)?;
            answer::value(
                "user_federated_identities",
                self.calls().user_federated_identities(realm, user_id).await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `GET /admin/realms/{realm}/users/{user-id}/groups`
    pub fn user_groups<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        query: UserGroupsQuery<'a>,
    ) -> Call<'a, ::std::vec::Vec<types::GroupRepresentation>> {
        Box::pin(async move {
            answer::segment("user_groups", "realm", realm)?;
            answer::segment("user_groups", "user-id", user_id)?;
            answer::value(
                "user_groups",
                self.calls()
                    .user_groups(
                        realm,
                        user_id,
                        query.brief_representation,
                        query.first,
                        query.max,
                        query.search,
                    )
                    .await,
            )
            .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `PUT /admin/realms/{realm}/users/{user-id}/groups/{groupId}`
    pub fn user_group_add<'a>(&'a self, realm: &'a str, user_id: &'a str, group_id: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("user_group_add", "realm", realm)?;
            answer::segment("user_group_add", "user-id", user_id)?;
            answer::segment("user_group_add", "groupId", group_id)?;
            answer::nothing("user_group_add", self.calls().user_group_add(realm, user_id, group_id).await)
                .await
        })
    }
    /// Not described by Keycloak.
    ///
    /// `DELETE /admin/realms/{realm}/users/{user-id}/groups/{groupId}`
    pub fn user_group_remove<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        group_id: &'a str,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("user_group_remove", "realm", realm)?;
            answer::segment("user_group_remove", "user-id", user_id)?;
            answer::segment("user_group_remove", "groupId", group_id)?;
            answer::nothing(
                "user_group_remove",
                self.calls().user_group_remove(realm, user_id, group_id).await,
            )
            .await
        })
    }
    /// Get role mappings
    ///
    /// `GET /admin/realms/{realm}/users/{user-id}/role-mappings`
    pub fn user_role_mappings<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
    ) -> Call<'a, types::MappingsRepresentation> {
        Box::pin(async move {
            answer::segment("user_role_mappings", "realm", realm)?;
            answer::segment("user_role_mappings", "user-id", user_id)?;
            answer::value("user_role_mappings", self.calls().user_role_mappings(realm, user_id).await).await
        })
    }
    /// Get client-level role mappings for the user or group, and the app
    ///
    /// `GET /admin/realms/{realm}/users/{user-id}/role-mappings/clients/{client-id}`
    pub fn user_client_roles<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        client_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("user_client_roles", "realm", realm)?;
            answer::segment("user_client_roles", "user-id", user_id)?;
            answer::segment("user_client_roles", "client-id", client_id)?;
            answer::value(
                "user_client_roles",
                self.calls().user_client_roles(realm, user_id, client_id).await,
            )
            .await
        })
    }
    /// Add client-level roles to the user or group role mapping
    ///
    /// `POST /admin/realms/{realm}/users/{user-id}/role-mappings/clients/{client-id}`
    pub fn user_client_roles_add<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        client_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("user_client_roles_add", "realm", realm)?;
            answer::segment("user_client_roles_add", "user-id", user_id)?;
            answer::segment("user_client_roles_add", "client-id", client_id)?;
            answer::nothing(
                "user_client_roles_add",
                self.calls().user_client_roles_add(realm, user_id, client_id, body).await,
            )
            .await
        })
    }
    /// Delete client-level roles from user or group role mapping
    ///
    /// `DELETE /admin/realms/{realm}/users/{user-id}/role-mappings/clients/{client-id}`
    pub fn user_client_roles_remove<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        client_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("user_client_roles_remove", "realm", realm)?;
            answer::segment("user_client_roles_remove", "user-id", user_id)?;
            answer::segment("user_client_roles_remove", "client-id", client_id)?;
            answer::nothing(
                "user_client_roles_remove",
                self.calls().user_client_roles_remove(realm, user_id, client_id, body).await,
            )
            .await
        })
    }
    /// Get effective client-level role mappings This recurses any composite roles
    ///
    /// `GET /admin/realms/{realm}/users/{user-id}/role-mappings/clients/{client-id}/composite`
    pub fn user_client_roles_effective<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        client_id: &'a str,
        brief_representation: Option<bool>,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("user_client_roles_effective", "realm", realm)?;
            answer::segment("user_client_roles_effective", "user-id", user_id)?;
            answer::segment("user_client_roles_effective", "client-id", client_id)?;
            answer::value(
                "user_client_roles_effective",
                self.calls()
                    .user_client_roles_effective(realm, user_id, client_id, brief_representation)
                    .await,
            )
            .await
        })
    }
    /// Get realm-level role mappings
    ///
    /// `GET /admin/realms/{realm}/users/{user-id}/role-mappings/realm`
    pub fn user_realm_roles<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("user_realm_roles", "realm", realm)?;
            answer::segment("user_realm_roles", "user-id", user_id)?;
            answer::value("user_realm_roles", self.calls().user_realm_roles(realm, user_id).await).await
        })
    }
    /// Add realm-level role mappings to the user
    ///
    /// `POST /admin/realms/{realm}/users/{user-id}/role-mappings/realm`
    pub fn user_realm_roles_add<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("user_realm_roles_add", "realm", realm)?;
            answer::segment("user_realm_roles_add", "user-id", user_id)?;
            answer::nothing(
                "user_realm_roles_add",
                self.calls().user_realm_roles_add(realm, user_id, body).await,
            )
            .await
        })
    }
    /// Delete realm-level role mappings
    ///
    /// `DELETE /admin/realms/{realm}/users/{user-id}/role-mappings/realm`
    pub fn user_realm_roles_remove<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        body: &'a ::std::vec::Vec<types::RoleRepresentation>,
    ) -> Call<'a, ()> {
        Box::pin(async move {
            answer::segment("user_realm_roles_remove", "realm", realm)?;
            answer::segment("user_realm_roles_remove", "user-id", user_id)?;
            answer::nothing(
                "user_realm_roles_remove",
                self.calls().user_realm_roles_remove(realm, user_id, body).await,
            )
            .await
        })
    }
    /// Get effective realm-level role mappings This will recurse all composite roles to get the result.
    ///
    /// `GET /admin/realms/{realm}/users/{user-id}/role-mappings/realm/composite`
    pub fn user_realm_roles_effective<'a>(
        &'a self,
        realm: &'a str,
        user_id: &'a str,
        brief_representation: Option<bool>,
    ) -> Call<'a, ::std::vec::Vec<types::RoleRepresentation>> {
        Box::pin(async move {
            answer::segment("user_realm_roles_effective", "realm", realm)?;
            answer::segment("user_realm_roles_effective", "user-id", user_id)?;
            answer::value(
                "user_realm_roles_effective",
                self.calls().user_realm_roles_effective(realm, user_id, brief_representation).await,
            )
            .await
        })
    }
    /// Versions, features, providers, themes and enums of this server; a reduced view without master rights.
    ///
    /// `GET /admin/serverinfo`
    pub fn server_info<'a>(
        &'a self,
    ) -> Call<'a, ::serde_json::Map<::std::string::String, ::serde_json::Value>> {
        Box::pin(async move { answer::value("server_info", self.calls().server_info().await).await })
    }
}
