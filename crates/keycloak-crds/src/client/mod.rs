//! Kind `KeycloakClient`: one OIDC or SAML client and the Secret its application reads.

pub mod authorization_services;
pub mod fields;
pub mod lists;
pub mod roles;
pub mod rules;
pub mod secret;
pub mod settings;
pub mod status;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::{
    authorization_services::AuthorizationSettings,
    lists::ClientList,
    roles::ClientRole,
    secret::{OutputPreset, SecretMetadata, SecretOutput, SecretRotation},
    settings::{ClientAuthenticator, ClientFlows, ClientSettings, PkceMethod, ServiceAccountRoles},
    status::KeycloakClientStatus,
};
use crate::{
    policy::{DeletionPolicy, FreeObject, Management, StringMap},
    realm::ProtocolMapper,
    reference::{RealmRef, SecretKeyRef},
    rule,
};

/// What a client should be. A field that is not given belongs to whoever set it in Keycloak.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[kube(
    group = "keycloak.mdvr.nl",
    version = "v1",
    kind = "KeycloakClient",
    plural = "keycloakclients",
    singular = "keycloakclient",
    shortname = "kcc",
    category = "cloakroom",
    namespaced,
    status = "KeycloakClientStatus",
    derive = "PartialEq",
    derive = "Default",
    doc = "An OIDC or SAML client in a realm, and the Secret that its application reads.",
    selectable = ".spec.clientId",
    selectable = ".spec.realmRef.namespace",
    selectable = ".spec.realmRef.name",
    printcolumn(
        name = "Client ID",
        type_ = "string",
        json_path = ".spec.clientId",
        description = "Id in Keycloak"
    ),
    printcolumn(
        name = "Realm",
        type_ = "string",
        json_path = ".status.realm",
        description = "Realm in Keycloak"
    ),
    printcolumn(
        name = "Ready",
        type_ = "string",
        json_path = ".status.conditions[?(@.type==\"Ready\")].status",
        description = "Whether the client is as declared"
    ),
    printcolumn(name = "Status", type_ = "string", json_path = ".status.message", description = "Why"),
    printcolumn(
        name = "Secret",
        type_ = "string",
        json_path = ".status.credentialsSecret",
        description = "What its application reads"
    ),
    printcolumn(
        name = "Instance",
        type_ = "string",
        json_path = ".status.keycloakInstance",
        priority = 1,
        description = "Keycloak object, as namespace/name"
    ),
    printcolumn(
        name = "Public",
        type_ = "boolean",
        json_path = ".status.publicClient",
        priority = 1,
        description = "Whether it has no secret"
    ),
    printcolumn(
        name = "Phase",
        type_ = "string",
        json_path = ".status.phase",
        priority = 1,
        description = "One word, as the predecessor wrote it"
    ),
    printcolumn(name = "Age", type_ = "date", json_path = ".metadata.creationTimestamp")
)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::SPEC))]
pub struct KeycloakClientSpec {
    /// Id by which the application logs in; for SAML the entity id. It cannot be changed. Example: `portal`.
    #[schemars(length(min = 1, max = 255), extend("x-kubernetes-validations" = rules::CLIENT_ID))]
    pub client_id: String,
    /// The realm the client lives in. Example: `{name: acme, namespace: acme}`.
    pub realm_ref: RealmRef,
    /// Name that users see. Absent: the client id at creation. Example: `Acme portal`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    /// Description. Example: `Where Acme works`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the client has no secret: applications in browsers and on phones. Absent: no at creation. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_client: Option<bool>,
    /// Whether the client only checks tokens and never logs users in; it has no secret.
    /// Absent: no at creation. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bearer_only: Option<bool>,
    /// Protocol. What a SAML client needs stands in `attributes`. Absent: openid-connect at creation.
    /// Example: `openid-connect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// Base of relative addresses. Example: `https://portal.example.com`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_url: Option<String>,
    /// Where users go from Keycloak's pages. Example: `/`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// Where the server sends logouts and the like. Example: `https://portal.example.com/admin`.
    #[schemars(length(max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_url: Option<String>,
    /// Where users may be sent after a login; `*` only as the last character. Absent leaves what is there, `[]` clears.
    /// Example: `["https://portal.example.com/callback"]`.
    #[schemars(length(max = 1000), inner(length(min = 1, max = 2048)), transform = rules::each_redirect_uri)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_uris: Option<Vec<String>>,
    /// Where users may be sent after a logout; `+` means the redirect URIs. Example: `["https://portal.example.com/bye"]`.
    #[schemars(length(max = 1000), inner(length(min = 1, max = 2048)), transform = rules::each_post_logout_uri)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_logout_redirect_uris: Option<Vec<String>>,
    /// Origins whose scripts may call the server; `+` means those of the redirect URIs.
    /// Example: `["https://portal.example.com"]`.
    #[schemars(length(max = 1000), inner(length(min = 1, max = 2048)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web_origins: Option<Vec<String>>,
    /// Switches, flows and lifetimes. Example: `{serviceAccountsEnabled: true}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<ClientSettings>,
    /// Flows that the client uses instead of the realm's, by their aliases. Example: `{browserFlow: acme-browser}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authentication_flows: Option<ClientFlows>,
    /// Client scopes that every token gets, beside those that the client has. Example: `[profile, email]`.
    #[schemars(length(max = 1000), inner(length(min = 1, max = 255)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_client_scopes: Option<Vec<String>>,
    /// Client scopes that the application may ask for, beside those that the client has. Example: `[offline_access]`.
    #[schemars(length(max = 1000), inner(length(min = 1, max = 255)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optional_client_scopes: Option<Vec<String>>,
    /// What tokens get; mappers that are not named stay as they are.
    /// Example: `[{name: audience, protocolMapper: oidc-audience-mapper}]`.
    #[schemars(length(max = 1000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol_mappers: Option<Vec<ProtocolMapper>>,
    /// Roles of the client, by name. Example: `[viewer, editor]`.
    #[schemars(length(max = 5000), inner(length(min = 1, max = 255)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_roles: Option<Vec<String>>,
    /// Roles of the client of which more than the name is said. Example: `[{name: manager, description: May do everything}]`.
    #[schemars(length(max = 5000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<ClientRole>>,
    /// Roles of the client's own account. Example: `{realmRoles: [employee]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_account_roles: Option<ServiceAccountRoles>,
    /// Resources, policies and permissions that the server decides about. Example: `{policyEnforcementMode: ENFORCING}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_settings: Option<AuthorizationSettings>,
    /// Attributes of the client by name; those that are not named stay as they are. One that a field is kept in stands here or
    /// there. Example: `{acme.owner: portal-team}`.
    #[schemars(extend("maxProperties" = 2000, "x-kubernetes-validations" = rule::ATTRIBUTES))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<StringMap>,
    /// Makes a new secret, once for each time this turns to true. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regenerate_secret: Option<bool>,
    /// Name of the Secret that the application reads. Absent: `<name>-credentials`. Example: `portal-oidc`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_name: Option<String>,
    /// Whether that Secret is written. Absent means yes. Where it was written before, false lets it go: it stays as it is, also
    /// when the object is deleted. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manage_secret: Option<bool>,
    /// Labels and annotations of that Secret. Example: `{labels: {app: portal}}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_metadata: Option<SecretMetadata>,
    /// Type of that Secret, which cannot be changed while the Secret exists: `Opaque`, `kubernetes.io/basic-auth` or
    /// `servicebinding.io/<provider>`. Absent: Opaque. Example: `kubernetes.io/basic-auth`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rules::SECRET_TYPE))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_type: Option<String>,
    /// Other names for keys of that Secret, by the name that each has without this field. Example: `{client-id: CLIENT_ID}`.
    #[schemars(extend("maxProperties" = 16))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_keys: Option<StringMap>,
    /// Further Secrets with the same values, for programs that look for other keys or for whole files.
    /// Example: `[{name: portal-proxy, preset: oauth2-proxy}]`.
    #[schemars(length(max = 16), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outputs: Option<Vec<SecretOutput>>,
    /// A secret of your own, instead of one that is made; it is read again with every pass.
    /// Example: `{name: portal-secret, key: client-secret}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<SecretKeyRef>,
    /// When the secret is made anew. Example: `{enabled: true, rotationPeriod: 90d}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_rotation: Option<SecretRotation>,
    /// Lists of this object that are complete: what they do not name is taken from the client in Keycloak; what this object did
    /// not make only after an approval. Example: `[protocolMappers]`.
    #[schemars(length(max = 100), extend("x-kubernetes-list-type" = "set"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusive: Option<Vec<ClientList>>,
    /// Further fields of Keycloak's client representation, for what has no field here. Example: `{notBefore: 0}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<FreeObject>,
    /// Whether a client that exists and is not ours may be taken over. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopt: Option<bool>,
    /// What happens to the client when this object is deleted: Guarded and Delete delete it, Retain leaves it.
    /// Example: `Retain`.
    #[serde(default)]
    pub deletion_policy: DeletionPolicy,
    /// Enforce writes what this object says and undoes drift; Observe only shows the plan. Example: `Observe`.
    #[serde(default)]
    pub management: Management,
    /// Freezes the client as it is. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
}

/// Protocol of a client, client scope or mapper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(transform = crate::policy::field_describes)]
pub enum Protocol {
    /// OpenID Connect and OAuth 2.0.
    #[default]
    OpenidConnect,
    /// SAML 2.0.
    Saml,
    /// Docker registries.
    DockerV2,
}

impl Protocol {
    /// Keycloak's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenidConnect => "openid-connect",
            Self::Saml => "saml",
            Self::DockerV2 => "docker-v2",
        }
    }
}
