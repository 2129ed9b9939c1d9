//! Who may use an instance or a realm: what its owner declares, and what is known about its tokens.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who, beside the owner of the object, may create realms on an instance or clients in a realm.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationSpec {
    /// Whether objects of the same namespace are allowed without anything else. Absent means yes. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_namespace: Option<bool>,
    /// Ids of tokens that are no longer valid, at once. Example: `[k3v9x2mq]`.
    #[schemars(length(max = 10000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Vec<String>>,
    /// Tokens beside the one that every instance and realm has. Example: `[{name: acme, scope: {namespaces: [acme]}}]`.
    #[schemars(length(max = 1000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Vec<NamedToken>>,
    /// Namespaces that are allowed without a token. Example: `[{namespaces: [acme]}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grants: Option<Vec<Grant>>,
    /// Namespaces that are refused, whatever else would allow them. Example: `[{namespaces: [sandbox]}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deny: Option<Vec<NamespaceSet>>,
    /// What a namespace may ask for, however it is allowed; of several that fit, the narrowest holds.
    /// Example: `[{namespaces: [acme], names: ["acme-*"], maxObjects: 5}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Vec<NamespaceLimit>>,
    /// How often tokens are made anew. Example: `{period: 90d, overlap: 7d}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation: Option<TokenRotation>,
}

/// A token of its own for one consumer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NamedToken {
    /// Name of the token, unique in this list. Example: `acme`.
    #[schemars(length(min = 1, max = 63))]
    pub name: String,
    /// Secret in this namespace that holds the token. Absent: `<object>-auth-token-<name>`. Example: `acme-token`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_name: Option<String>,
    /// SHA-256 of a token that something else makes and keeps, as 64 hexadecimal digits; then no Secret is written.
    /// Example: `9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`.
    #[schemars(length(min = 64, max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Where the token is valid. Absent: everywhere. Example: `{namespaces: [acme]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<NamespaceSet>,
    /// What its holder may ask for. Example: `{names: ["acme-*"], maxObjects: 5}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limit>,
    /// How long the token is valid after its issue. Absent: until it is replaced or revoked. Example: `30d`.
    #[schemars(length(min = 2, max = 16))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime: Option<String>,
    /// Whether the token is copied into the namespaces of its scope that carry the label
    /// keycloak.mdvr.nl/accept-tokens. Absent means no. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deliver: Option<bool>,
}

/// Namespaces that are allowed without a token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// Namespaces by name. Example: `[acme, beta]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespaces: Option<Vec<String>>,
    /// Namespaces by label, all of which must be there. Example: `{team: identity}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace_labels: Option<BTreeMap<String, String>>,
    /// What these namespaces may ask for. Example: `{maxObjects: 5}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limit>,
}

/// Namespaces by name or by label.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NamespaceSet {
    /// Namespaces by name. Example: `[acme, beta]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespaces: Option<Vec<String>>,
    /// Namespaces by label, all of which must be there. Example: `{team: identity}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace_labels: Option<BTreeMap<String, String>>,
}

/// What the objects of some namespaces may ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NamespaceLimit {
    /// Namespaces the limit is about. Absent: all. Example: `[acme]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespaces: Option<Vec<String>>,
    /// Realm names or client ids that may be used; `*` at the end stands for anything. Absent: any.
    /// Example: `["acme-*"]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<Vec<String>>,
    /// Largest number of objects per namespace. Absent: no limit. Example: `5`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_objects: Option<i32>,
    /// What is refused otherwise and allowed here. Example: `[WildcardRedirects]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow: Option<Vec<Privilege>>,
}

/// What the holder of a token, or a granted namespace, may ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Limit {
    /// Realm names or client ids that may be used; `*` at the end stands for anything. Absent: any.
    /// Example: `["acme-*"]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<Vec<String>>,
    /// Largest number of objects per namespace. Absent: no limit. Example: `5`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_objects: Option<i32>,
    /// What is refused otherwise and allowed here. Example: `[WildcardRedirects]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow: Option<Vec<Privilege>>,
}

/// What a realm or client of another namespace gets only where the target allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Privilege {
    /// Roles of the client realm-management.
    RealmManagementRoles,
    /// The role `impersonation`.
    Impersonation,
    /// Mappers that run a script in the server.
    ScriptMappers,
    /// Redirect URIs with a wildcard.
    WildcardRedirects,
    /// Token exchange.
    TokenExchange,
    /// Tokens that carry all roles of the user.
    FullScope,
    /// URLs of the cluster's inside that the server would call.
    InternalUrls,
}

/// How often tokens are made anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenRotation {
    /// Time between two tokens. Example: `90d`.
    #[schemars(length(min = 2, max = 16))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// How long the one before stays valid. Example: `7d`.
    #[schemars(length(min = 2, max = 16))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlap: Option<String>,
}

/// What is known about the tokens of an instance or a realm, and what its own authorization was decided by.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationStatus {
    /// Tokens that were issued; a verifier compares digests. Example: `[{id: k3v9x2mq, state: Active}]`.
    #[schemars(length(max = 10000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["id"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Vec<TokenEntry>>,
    /// Whether this object may use what it refers to. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub granted: Option<bool>,
    /// What allowed it. Example: `Token`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<AuthorizedBy>,
    /// Id of the token that was presented. Example: `k3v9x2mq`.
    #[schemars(length(max = 64))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_id: Option<String>,
}

/// What the owner of a token's target knows about it: never the token.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenEntry {
    /// Public id, the part of the token after `kcat1_`. Example: `k3v9x2mq`.
    #[schemars(length(min = 1, max = 64))]
    pub id: String,
    /// SHA-256 of the token with its domain, as hexadecimal digits.
    /// Example: `9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`.
    #[schemars(length(min = 64, max = 64))]
    pub digest: String,
    /// Where and for what the token is valid. Example: `{namespaces: [acme]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<TokenScope>,
    /// When the token was issued. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Time>,
    /// When the token stops being valid. Absent: never by itself. Example: `2026-05-01T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Time>,
    /// Where the token stands in its life. Example: `Active`.
    pub state: TokenState,
}

/// Where and for what a token is valid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenScope {
    /// Namespaces by name. Absent: any. Example: `[acme]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespaces: Option<Vec<String>>,
    /// Namespaces by label. Example: `{team: identity}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace_labels: Option<BTreeMap<String, String>>,
    /// Realm names or client ids; `*` at the end stands for anything. Absent: any. Example: `["acme-*"]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<Vec<String>>,
    /// Largest number of objects per namespace. Example: `5`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_objects: Option<i32>,
    /// What is allowed beyond the usual. Example: `[WildcardRedirects]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow: Option<Vec<Privilege>>,
}

/// Where a token stands in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum TokenState {
    /// The one to hand out.
    #[default]
    Active,
    /// Replaced, still valid until `expiresAt`.
    Superseded,
    /// No longer valid, by its owner's word.
    Revoked,
    /// No longer valid, by time.
    Expired,
}

/// What allowed an object to use its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum AuthorizedBy {
    /// Same namespace as the target.
    SameNamespace,
    /// A valid token of the target.
    Token,
    /// RBAC: the namespace's service accounts hold the verb `use` on the target.
    Rbac,
    /// A grant on the target.
    Grant,
}
