//! Roles and groups.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;
use crate::policy::{FreeObject, ListMap};

/// Roles of the realm.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Roles {
    /// Realm roles. Example: `[{name: employee, description: Works here}]`.
    #[schemars(length(max = 10000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm_roles: Option<Vec<RealmRole>>,
}

/// A realm role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::REALM_ROLE))]
pub struct RealmRole {
    /// Name. Example: `employee`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Description. Example: `Works here`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it holds other roles. Absent: whether `compositeRoles` names any. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub composite: Option<bool>,
    /// Whether it is a role of a client: always false here. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_role: Option<bool>,
    /// Keycloak's id of the realm, as its own exports have it; a note that nothing answers to. Example: `acme`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_id: Option<String>,
    /// Attributes by name. Example: `{cost-center: ["42"]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<ListMap>,
    /// Realm roles that it holds. Example: `[viewer]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub composite_roles: Option<Vec<String>>,
    /// Roles of clients that it holds, by client id. One that does not exist yet is waited for. Example:
    /// `{account: [view-profile]}`.
    #[schemars(extend("maxProperties" = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub composite_client_roles: Option<ListMap>,
}

/// The role that holds what new users get.
pub type DefaultRole = RealmRole;

/// A group whose subgroups are of type `C`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Group<C> {
    /// Name. Example: `engineering`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Path from the top; only for comparison. Example: `/engineering`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Path from the top that the group had: while it stands there, and none at its place here, it is moved or renamed, and keeps
    /// its members. Leave it in or remove it once that is done. Example: `/platform`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_path: Option<String>,
    /// Description. Example: `Builds what Acme sells`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Attributes by name. Example: `{cost-center: ["42"]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<ListMap>,
    /// Realm roles of its members. Example: `[employee]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realm_roles: Option<Vec<String>>,
    /// Roles of clients of its members, by client id. Example: `{account: [view-profile]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_roles: Option<ListMap>,
    /// Groups below. Example: `[{name: platform}]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_groups: Option<Vec<C>>,
}

/// Groups, typed for five levels; below, free JSON of the same form that the controller checks.
pub type Groups = Vec<Group<Group<Group<Group<Group<FreeObject>>>>>>;

/// A list of a realm's object that can be complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(transform = crate::policy::field_describes)]
pub enum ExclusiveList {
    /// `clientScopes`. The mappers of each stay as they are.
    ClientScopes,
    /// `groups`, with the `subGroups` of each that is declared.
    Groups,
    /// `roles.realmRoles`.
    Roles,
}
