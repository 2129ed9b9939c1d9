//! Kind `KeycloakRealm`: one realm and everything in it that is not a client.

pub mod brokering;
pub mod events;
pub mod federation;
pub mod fields;
pub mod flows;
pub mod mail;
pub mod membership;
pub mod organizations;
pub mod passwords;
pub mod rules;
pub mod scopes;
pub mod secret_rotation;
pub mod security;
pub mod sessions;
pub mod status;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::{
    brokering::IdentityProvider,
    events::EventsConfig,
    federation::UserFederation,
    flows::{AuthenticationFlow, RequiredAction},
    mail::SmtpServer,
    membership::{DefaultRole, ExclusiveList, Groups, Roles},
    organizations::Organization,
    passwords::{OtpPolicy, PasswordPolicy, WebAuthnPolicy},
    scopes::{ClientPolicy, ClientProfile, ClientScope, ProtocolMapper, ScopeMapping},
    secret_rotation::SecretRotationPolicy,
    security::{BrowserSecurityHeaders, Security, SslRequired},
    sessions::{Localization, Themes, TokenSettings},
    status::KeycloakRealmStatus,
};
use crate::{
    authorization::AuthorizationSpec,
    policy::{DeletionPolicy, FreeObject, Management, StringMap, TakeOver},
    reference::OperatorRef,
    rule,
};

/// What a realm should be. A field that is not given belongs to whoever set it in Keycloak.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[kube(
    group = "keycloak.mdvr.nl",
    version = "v1",
    kind = "KeycloakRealm",
    plural = "keycloakrealms",
    singular = "keycloakrealm",
    shortname = "kcr",
    category = "cloakroom",
    namespaced,
    status = "KeycloakRealmStatus",
    derive = "PartialEq",
    derive = "Default",
    doc = "A realm on a Keycloak server, with everything in it that is not a client.",
    selectable = ".spec.realmName",
    selectable = ".spec.operatorRef.namespace",
    selectable = ".spec.operatorRef.name",
    printcolumn(
        name = "Realm",
        type_ = "string",
        json_path = ".spec.realmName",
        description = "Name in Keycloak"
    ),
    printcolumn(
        name = "Instance",
        type_ = "string",
        json_path = ".status.keycloakInstance",
        description = "Keycloak object, as namespace/name"
    ),
    printcolumn(
        name = "Ready",
        type_ = "string",
        json_path = ".status.conditions[?(@.type==\"Ready\")].status",
        description = "Whether the realm is as declared"
    ),
    printcolumn(name = "Status", type_ = "string", json_path = ".status.message", description = "Why"),
    printcolumn(
        name = "Phase",
        type_ = "string",
        json_path = ".status.phase",
        priority = 1,
        description = "One word, as the predecessor wrote it"
    ),
    printcolumn(
        name = "Available",
        type_ = "string",
        json_path = ".status.conditions[?(@.type==\"Available\")].status",
        priority = 1,
        description = "Whether clients can be created in it"
    ),
    printcolumn(name = "Age", type_ = "date", json_path = ".metadata.creationTimestamp")
)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::SPEC))]
pub struct KeycloakRealmSpec {
    /// Name of the realm in Keycloak, part of every address of it. It cannot be changed. Example: `acme`.
    #[schemars(length(min = 1, max = 254), extend("x-kubernetes-validations" = rules::REALM_NAME))]
    pub realm_name: String,
    /// The instance the realm lives on. Example: `{namespace: keycloak-system}`.
    pub operator_ref: OperatorRef,
    /// Name that users see. Example: `Acme`.
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Name that users see on the login page, with HTML. Example: `<b>Acme</b>`.
    #[schemars(length(max = 4000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name_html: Option<String>,
    /// Another spelling of `displayNameHtml`. Example: `<b>Acme</b>`.
    #[schemars(length(max = 4000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_page_title: Option<String>,
    /// A note for people who read this object; Keycloak has no such field. Example: `Everything of Acme`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether anybody can log in. Absent: yes when the realm is created. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Who may register, how users log in, what happens after wrong passwords. Example: `{bruteForceProtected: true}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<Security>,
    /// How long tokens and sessions live. Example: `{accessTokenLifespan: 300}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_settings: Option<TokenSettings>,
    /// Look of the pages and mails. Example: `{login: keycloak.v2}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub themes: Option<Themes>,
    /// Languages. Example: `{enabled: true, supportedLocales: [en, de], defaultLocale: en}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub localization: Option<Localization>,
    /// Mail server. Example: `{host: smtp.example.com, port: 587, from: noreply@example.com}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_server: Option<SmtpServer>,
    /// Headers that browsers get with every page. Example: `{xFrameOptions: SAMEORIGIN}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_security_headers: Option<BrowserSecurityHeaders>,
    /// Rules for passwords. Example: `{length: 12}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_policy: Option<PasswordPolicy>,
    /// Rules for one-time codes. Example: `{type: totp, digits: 6}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otp_policy: Option<OtpPolicy>,
    /// Rules for security keys as a second factor. Example: `{rpEntityName: Acme}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web_authn_policy: Option<WebAuthnPolicy>,
    /// Rules for passkeys. Example: `{rpEntityName: Acme, passkeysEnabled: true}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web_authn_passwordless_policy: Option<WebAuthnPolicy>,
    /// Authentication flows. Example: `[{alias: acme-browser, copyFrom: browser}]`.
    #[schemars(length(max = 1000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["alias"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authentication_flows: Option<Vec<AuthenticationFlow>>,
    /// Flow of logins in a browser. Example: `acme-browser`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_flow: Option<String>,
    /// Flow of registrations. Example: `registration`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_flow: Option<String>,
    /// Flow of logins with a password by an application. Example: `direct grant`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_grant_flow: Option<String>,
    /// Flow of forgotten passwords. Example: `reset credentials`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset_credentials_flow: Option<String>,
    /// Flow of logins of clients. Example: `clients`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_authentication_flow: Option<String>,
    /// Flow of logins of Docker. Example: `docker auth`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docker_authentication_flow: Option<String>,
    /// Flow of first logins by an identity provider. Example: `first broker login`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_broker_login_flow: Option<String>,
    /// What users are asked to do at a login. Example: `[{alias: CONFIGURE_TOTP, defaultAction: true}]`.
    #[schemars(length(max = 1000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["alias"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_actions: Option<Vec<RequiredAction>>,
    /// Logins by other providers. Example: `[{alias: github, providerId: github}]`.
    #[schemars(length(max = 1000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["alias"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_providers: Option<Vec<IdentityProvider>>,
    /// Users kept in LDAP or Kerberos. Example: `[{name: acme-ldap, providerId: ldap}]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_federation: Option<Vec<UserFederation>>,
    /// Client scopes. Example: `[{name: department}]`.
    #[schemars(length(max = 5000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_scopes: Option<Vec<ClientScope>>,
    /// Client scopes that new clients get. Example: `[profile, email]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_client_scopes: Option<Vec<String>>,
    /// Client scopes that new clients may ask for. Example: `[offline_access]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optional_client_scopes: Option<Vec<String>>,
    /// Roles of the realm. Example: `{realmRoles: [{name: employee}]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Roles>,
    /// Groups with their subgroups. Example: `[{name: engineering}]`.
    #[schemars(length(max = 10000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
    /// Paths of groups that new users join. Example: `[/engineering]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_groups: Option<Vec<String>>,
    /// Realm roles that new users get. Example: `[employee]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_roles: Option<Vec<String>>,
    /// The role that holds what new users get. Example: `{name: default-roles-acme}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_role: Option<DefaultRole>,
    /// Realm roles that tokens of a client or client scope may carry. Example: `[{client: portal, roles: [employee]}]`.
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope_mappings: Option<Vec<ScopeMapping>>,
    /// The same for roles of clients, by client id. Example: `{orders: [{client: portal, roles: [viewer]}]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_scope_mappings: Option<std::collections::BTreeMap<String, Vec<ScopeMapping>>>,
    /// Profiles of client policies. Example: `[{name: fapi}]`.
    #[schemars(length(max = 1000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_profiles: Option<Vec<ClientProfile>>,
    /// Client policies. Example: `[{name: all-fapi, profiles: [fapi]}]`.
    #[schemars(length(max = 1000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_policies: Option<Vec<ClientPolicy>>,
    /// Whether secrets of confidential clients expire, and how long the one before stays valid beside a new one. Keycloak
    /// makes no new one by itself in time: a client whose secret nobody renews is locked out when the period ends. The server needs the
    /// feature `client-secret-rotation`. Example: `{expirationPeriod: 7776000, rotatedExpirationPeriod: 604800}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_rotation: Option<SecretRotationPolicy>,
    /// Whether the realm has organizations. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organizations_enabled: Option<bool>,
    /// Organizations. Example: `[{name: Example, domains: [{name: example.com}]}]`.
    #[schemars(length(max = 5000), extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organizations: Option<Vec<Organization>>,
    /// The attributes of users and who may see and change them, in Keycloak's own JSON.
    /// Example: `{attributes: [{name: department}]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_profile: Option<FreeObject>,
    /// What the realm remembers of logins and of changes. Example: `{eventsEnabled: true}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events_config: Option<EventsConfig>,
    /// Attributes of the realm by name; those that are not named stay as they are. Example: `{team: identity}`.
    #[schemars(extend("maxProperties" = 2000, "x-kubernetes-validations" = rule::ATTRIBUTES))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<StringMap>,
    /// Namespaces whose clients may live in this realm. Example: `[portal]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_authorization_grants: Option<Vec<String>>,
    /// Who may create clients in this realm. Example: `{grants: [{namespaces: [portal]}]}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization: Option<AuthorizationSpec>,
    /// Clients that CRs of another namespace, name or cluster may take over. Example: `[{namespaces: [portal]}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take_over: Option<Vec<TakeOver>>,
    /// Lists of this object that are complete: what they do not name, and Keycloak did not make itself, is deleted in Keycloak;
    /// what this object did not make only after an approval. Example: `[clientScopes]`.
    #[schemars(length(max = 100), extend("x-kubernetes-list-type" = "set"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusive: Option<Vec<ExclusiveList>>,
    /// Further fields of Keycloak's realm representation, for what has no field here. Example: `{accessCodeLifespan: 60}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<FreeObject>,
    /// Whether a realm that exists and is not ours may be taken over. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopt: Option<bool>,
    /// What happens to the realm when this object is deleted: Guarded asks before users are lost, Delete does not ask,
    /// Retain leaves the realm. Example: `Retain`.
    #[serde(default)]
    pub deletion_policy: DeletionPolicy,
    /// Enforce writes what this object says and undoes drift; Observe only shows the plan. Example: `Observe`.
    #[serde(default)]
    pub management: Management,
    /// Freezes the realm as it is; whether it is available is still looked at. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
}

impl KeycloakRealmSpec {
    /// `displayNameHtml` under either spelling.
    pub fn html_title(&self) -> Option<&str> {
        self.display_name_html.as_deref().or(self.login_page_title.as_deref())
    }
}
