//! Who may use an instance or a realm: what its owner declares, and what is known about its tokens.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::rule;

/// Who, beside the owner of the object, may create realms on an instance or clients in a realm.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationSpec {
    /// Whether objects of the same namespace are allowed without anything else. Absent means yes. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_namespace: Option<bool>,
    /// Ids of tokens that are no longer valid, at once. Example: `[0f9k2m4p6r8t]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 10000), inner(length(max = 64)))]
    pub revoked: Option<Vec<String>>,
    /// Tokens beside the one that every instance and realm has. Example: `[{name: acme, namespaces: [acme]}]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1000))]
    pub tokens: Option<Vec<NamedToken>>,
    /// Namespaces that are allowed without a token. Example: `[{namespaces: [acme]}]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1000))]
    pub grants: Option<Vec<NamespaceSelection>>,
    /// Namespaces that are refused, whatever else would allow them. Example: `[{namespaces: [sandbox]}]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1000))]
    pub deny: Option<Vec<NamespaceSelection>>,
    /// What a namespace may ask for, however it is allowed; of several that fit, the narrowest holds.
    /// Example: `[{namespaces: [acme], names: ["acme-*"], maxObjects: 5}]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1000))]
    pub limits: Option<Vec<NamespaceLimits>>,
}

/// A token of its own for one consumer. One that something else makes is told by `id` and `digest`; during its
/// overlap two entries may have the same name.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rule::NAMED_TOKEN))]
pub struct NamedToken {
    /// Name of the token. Example: `acme`.
    #[schemars(length(min = 1, max = 63), extend("x-kubernetes-validations" = rule::TOKEN_NAME))]
    pub name: String,
    /// Secret in this namespace that holds the token. Absent: `<object>-auth-token-<name>`. Example: `acme-token`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    pub secret_name: Option<String>,
    /// Id of a token that something else makes and keeps; no Secret is written then. Example: `0f9k2m4p6r8t`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 64))]
    pub id: Option<String>,
    /// Digest of that token, as `sha256:` and 64 hexadecimal digits.
    /// Example: `sha256:9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 71, max = 71))]
    pub digest: Option<String>,
    /// From when on that token is refused. Example: `2026-05-01T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Time>,
    /// Namespaces that may present the token. Absent: every one that holds it. Example: `[acme]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 1000))]
    pub namespaces: Option<Vec<String>>,
    /// What its holder may ask for. Example: `{names: ["acme-*"], maxObjects: 5}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// How long the token is valid after its issue, in hours or days, at least 48h; a new one is handed out before that, and the old one goes on
    /// for a quarter of this time, at most 7 days. Absent: 90 days. Example: `30d`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 2, max = 16), extend("x-kubernetes-validations" = rule::TOKEN_LIFETIME))]
    pub lifetime: Option<String>,
    /// Whether the token is copied into those of its namespaces that carry the label
    /// keycloak.mdvr.nl/accept-tokens with the value "true", as Secret `<object>-auth-token-<name>`. Absent means no.
    /// Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deliver: Option<bool>,
}

/// Namespaces by name or by label, exactly one of the two.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NamespaceSelection {
    /// Namespaces by name. Example: `[acme, beta]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 1000))]
    pub namespaces: Option<Vec<String>>,
    /// Namespaces by label. Example: `{matchLabels: {tenant: acme}}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace_selector: Option<LabelSelection>,
}

/// A label selector in Kubernetes' form; all requirements must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LabelSelection {
    /// Labels with exactly these values. Example: `{tenant: acme}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub match_labels: Option<BTreeMap<String, String>>,
    /// Further requirements. Example: `[{key: tenant, operator: Exists}]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub match_expressions: Option<Vec<LabelRequirement>>,
}

/// One requirement of a label selector.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LabelRequirement {
    /// The label. Example: `tenant`.
    #[schemars(length(min = 1, max = 317))]
    pub key: String,
    /// In, NotIn, Exists or DoesNotExist. Example: `In`.
    pub operator: LabelOperator,
    /// Values, for In and NotIn. Example: `[acme, beta]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1000))]
    pub values: Option<Vec<String>>,
}

/// Operators of a label selector, with Kubernetes' meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum LabelOperator {
    /// The label is there and has one of the values.
    #[default]
    In,
    /// The label has none of the values, or is not there.
    NotIn,
    /// The label is there.
    Exists,
    /// The label is not there.
    DoesNotExist,
}

/// What the objects of some namespaces may ask for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NamespaceLimits {
    /// Namespaces by name. Absent, and no selector: all. Example: `[acme]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 1000))]
    pub namespaces: Option<Vec<String>>,
    /// Namespaces by label. Example: `{matchLabels: {tenant: acme}}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace_selector: Option<LabelSelection>,
    /// Realm names or client ids that may be used; `*` stands for anything. Absent: any. Example: `["acme-*"]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 1000))]
    pub names: Option<Vec<String>>,
    /// Largest number of objects per namespace. Absent: no limit. Example: `5`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0))]
    pub max_objects: Option<i32>,
    /// What realms or clients may ask for. Absent: in other namespaces than the target's nothing of it.
    /// Example: `[wildcardRedirectUris]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub allowed: Option<Vec<Capability>>,
}

/// What the holder of a token may ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Realm names or client ids that may be used; `*` stands for anything. Absent: any. Example: `["acme-*"]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 1000))]
    pub names: Option<Vec<String>>,
    /// Largest number of objects per namespace. Absent: no limit. Example: `5`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0))]
    pub max_objects: Option<i32>,
    /// What may be asked for. Absent: in other namespaces than the target's nothing of it.
    /// Example: `[wildcardRedirectUris]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub allowed: Option<Vec<Capability>>,
}

/// What an object of another namespace gets only where the target allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(transform = crate::policy::field_describes)]
pub enum Capability {
    /// Roles of the client realm-management.
    RealmManagementRoles,
    /// The role `impersonation`.
    Impersonation,
    /// Mappers and policies that run a script in the server.
    ScriptMappers,
    /// Redirect URIs with a wildcard.
    WildcardRedirectUris,
    /// Token exchange.
    TokenExchange,
    /// Tokens that carry all roles of the user.
    FullScope,
    /// Client scopes beside those of Keycloak's own, and the roles that are mapped to them.
    ClientScopes,
    /// Addresses of the cluster's inside that the server would call.
    InternalUrls,
    /// Permissions that administrators of a realm give to others.
    AdminPermissions,
    /// Listeners of events beside those that every server has.
    EventListeners,
    /// Headers of pages that protect less than those that Keycloak sends by itself.
    SecurityHeaders,
    /// Flows of a client's own in place of the realm's.
    Flows,
}

/// What is known about the tokens of an instance or a realm, and what its own authorization was decided by.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationStatus {
    /// Tokens that were issued; a verifier compares digests. Example: `[{id: 0f9k2m4p6r8t, state: active}]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 10000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["id"]))]
    pub tokens: Option<Vec<TokenEntry>>,
    /// Secrets that hold named tokens, or are about to: by this list they are taken back.
    /// Example: `[{token: acme, namespace: acme, name: keycloak-auth-token-acme}]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 10000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["namespace", "name"]))]
    pub secrets: Option<Vec<HandedOut>>,
    /// Whether this object may use what it refers to. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub granted: Option<bool>,
    /// What allowed it. Example: `Token`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<AuthorizedBy>,
    /// Id of the token that was presented. Example: `0f9k2m4p6r8t`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 64))]
    pub token_id: Option<String>,
}

/// A Secret that holds a named token: the issuer's own, or a copy of it in another namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HandedOut {
    /// Name of the token in spec.authorization.tokens. Example: `acme`.
    #[schemars(length(min = 1, max = 63))]
    pub token: String,
    /// Namespace of the Secret. Example: `acme`.
    #[schemars(length(min = 1, max = 63))]
    pub namespace: String,
    /// Name of the Secret. Example: `keycloak-auth-token-acme`.
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
}

/// What the owner of a token's target knows about it: never the token.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenEntry {
    /// Public id, the part of the token after `kcat1_`. Example: `0f9k2m4p6r8t`.
    #[schemars(length(min = 1, max = 64))]
    pub id: String,
    /// Name in spec.authorization.tokens; absent for the object's own token. Example: `acme`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 63))]
    pub name: Option<String>,
    /// SHA-256 of the token with its domain, as `sha256:` and 64 hexadecimal digits.
    /// Example: `sha256:9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab`.
    #[schemars(length(min = 71, max = 71))]
    pub digest: String,
    /// What the token opens, and for whom. Example: `{namespaces: [acme]}`.
    pub scope: TokenScope,
    /// Its own limits. Example: `{names: ["acme-*"]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// When the token was issued. Example: `2026-01-31T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Time>,
    /// From when on the token is refused. Example: `2026-05-01T12:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Time>,
    /// Where the token stands in its life. Example: `active`.
    pub state: TokenState,
}

/// What a token opens, and for whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenScope {
    /// The instance or realm. Example: `{kind: Keycloak, namespace: platform, name: keycloak}`.
    pub target: TokenTarget,
    /// Namespaces that may present the token. Absent: every one that holds it. Example: `[acme]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 1000))]
    pub namespaces: Option<Vec<String>>,
}

/// The object that a token is of; made again under the same name it is another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenTarget {
    /// Keycloak or KeycloakRealm. Example: `Keycloak`.
    #[schemars(length(min = 1, max = 63))]
    pub kind: String,
    /// Its namespace. Example: `platform`.
    #[schemars(length(min = 1, max = 63))]
    pub namespace: String,
    /// Its name. Example: `keycloak`.
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
    /// Its uid. Example: `6f0cbb1e-3d1e-4d3a-9c39-0d6a4a1b2c3d`.
    #[schemars(length(min = 1, max = 64))]
    pub uid: String,
}

/// Where a token stands in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(transform = crate::policy::field_describes)]
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
#[schemars(transform = crate::policy::field_describes)]
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
