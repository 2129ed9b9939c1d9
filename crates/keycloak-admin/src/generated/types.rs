// Written by `cargo xtask openapi generate` from Keycloak 26.7.3 (openapi/). Do not edit.

//! Representations: what Keycloak's admin API sends and takes.

/// `AbstractPolicyRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AbstractPolicyRepresentation {
    /// Known values: AFFIRMATIVE, UNANIMOUS, CONSENSUS
    #[serde(rename = "decisionStrategy", skip_serializing_if = "::std::option::Option::is_none")]
    pub decision_strategy: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    /// Known values: POSITIVE, NEGATIVE
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub logic: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub owner: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub policies: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "resourceType", skip_serializing_if = "::std::option::Option::is_none")]
    pub resource_type: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub resources: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "resourcesData", skip_serializing_if = "::std::option::Option::is_none")]
    pub resources_data: ::std::option::Option<::std::vec::Vec<ResourceRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "scopesData", skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes_data: ::std::option::Option<::std::vec::Vec<ScopeRepresentation>>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `AdminEventRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AdminEventRepresentation {
    #[serde(rename = "authDetails", skip_serializing_if = "::std::option::Option::is_none")]
    pub auth_details: ::std::option::Option<AuthDetailsRepresentation>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub details: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub error: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "operationType", skip_serializing_if = "::std::option::Option::is_none")]
    pub operation_type: ::std::option::Option<::std::string::String>,
    #[serde(rename = "realmId", skip_serializing_if = "::std::option::Option::is_none")]
    pub realm_id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub representation: ::std::option::Option<::std::string::String>,
    #[serde(rename = "resourcePath", skip_serializing_if = "::std::option::Option::is_none")]
    pub resource_path: ::std::option::Option<::std::string::String>,
    #[serde(rename = "resourceType", skip_serializing_if = "::std::option::Option::is_none")]
    pub resource_type: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub time: ::std::option::Option<i64>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ApplicationRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ApplicationRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<bool>>,
    >,
    #[serde(rename = "adminUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub admin_url: ::std::option::Option<::std::string::String>,
    #[serde(rename = "alwaysDisplayInConsole", skip_serializing_if = "::std::option::Option::is_none")]
    pub always_display_in_console: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(
        rename = "authenticationFlowBindingOverrides",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub authentication_flow_binding_overrides: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "authorizationServicesEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub authorization_services_enabled: ::std::option::Option<bool>,
    #[serde(rename = "authorizationSettings", skip_serializing_if = "::std::option::Option::is_none")]
    pub authorization_settings: ::std::option::Option<ResourceServerRepresentation>,
    #[serde(rename = "baseUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub base_url: ::std::option::Option<::std::string::String>,
    #[serde(rename = "bearerOnly", skip_serializing_if = "::std::option::Option::is_none")]
    pub bearer_only: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub claims: ::std::option::Option<ClaimRepresentation>,
    #[serde(rename = "clientAuthenticatorType", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_authenticator_type: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientId", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientTemplate", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_template: ::std::option::Option<::std::string::String>,
    #[serde(rename = "consentRequired", skip_serializing_if = "::std::option::Option::is_none")]
    pub consent_required: ::std::option::Option<bool>,
    #[serde(rename = "defaultClientScopes", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_client_scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "defaultRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(rename = "directAccessGrantsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub direct_access_grants_enabled: ::std::option::Option<bool>,
    #[serde(rename = "directGrantsOnly", skip_serializing_if = "::std::option::Option::is_none")]
    pub direct_grants_only: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled: ::std::option::Option<bool>,
    #[serde(rename = "frontchannelLogout", skip_serializing_if = "::std::option::Option::is_none")]
    pub frontchannel_logout: ::std::option::Option<bool>,
    #[serde(rename = "fullScopeAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub full_scope_allowed: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "implicitFlowEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub implicit_flow_enabled: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "nodeReRegistrationTimeout", skip_serializing_if = "::std::option::Option::is_none")]
    pub node_re_registration_timeout: ::std::option::Option<i32>,
    #[serde(rename = "notBefore", skip_serializing_if = "::std::option::Option::is_none")]
    pub not_before: ::std::option::Option<i32>,
    #[serde(rename = "optionalClientScopes", skip_serializing_if = "::std::option::Option::is_none")]
    pub optional_client_scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub origin: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol: ::std::option::Option<::std::string::String>,
    #[serde(rename = "protocolMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol_mappers: ::std::option::Option<::std::vec::Vec<ProtocolMapperRepresentation>>,
    #[serde(rename = "publicClient", skip_serializing_if = "::std::option::Option::is_none")]
    pub public_client: ::std::option::Option<bool>,
    #[serde(rename = "redirectUris", skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect_uris: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "registeredNodes", skip_serializing_if = "::std::option::Option::is_none")]
    pub registered_nodes: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<i32>>,
    >,
    #[serde(rename = "registrationAccessToken", skip_serializing_if = "::std::option::Option::is_none")]
    pub registration_access_token: ::std::option::Option<crate::secret::Secret>,
    #[serde(rename = "rootUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub root_url: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub secret: ::std::option::Option<crate::secret::Secret>,
    #[serde(rename = "serviceAccountsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub service_accounts_enabled: ::std::option::Option<bool>,
    #[serde(rename = "standardFlowEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub standard_flow_enabled: ::std::option::Option<bool>,
    #[serde(rename = "surrogateAuthRequired", skip_serializing_if = "::std::option::Option::is_none")]
    pub surrogate_auth_required: ::std::option::Option<bool>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(rename = "useTemplateConfig", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_template_config: ::std::option::Option<bool>,
    #[serde(rename = "useTemplateMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_template_mappers: ::std::option::Option<bool>,
    #[serde(rename = "useTemplateScope", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_template_scope: ::std::option::Option<bool>,
    #[serde(rename = "webOrigins", skip_serializing_if = "::std::option::Option::is_none")]
    pub web_origins: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `AuthDetailsRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AuthDetailsRepresentation {
    #[serde(rename = "clientId", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "ipAddress", skip_serializing_if = "::std::option::Option::is_none")]
    pub ip_address: ::std::option::Option<::std::string::String>,
    #[serde(rename = "realmId", skip_serializing_if = "::std::option::Option::is_none")]
    pub realm_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "userId", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_id: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `AuthenticationExecutionExportRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AuthenticationExecutionExportRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub authenticator: ::std::option::Option<::std::string::String>,
    #[serde(rename = "authenticatorConfig", skip_serializing_if = "::std::option::Option::is_none")]
    pub authenticator_config: ::std::option::Option<::std::string::String>,
    #[serde(rename = "authenticatorFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub authenticator_flow: ::std::option::Option<bool>,
    #[serde(rename = "autheticatorFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub autheticator_flow: ::std::option::Option<bool>,
    #[serde(rename = "flowAlias", skip_serializing_if = "::std::option::Option::is_none")]
    pub flow_alias: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub priority: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub requirement: ::std::option::Option<::std::string::String>,
    #[serde(rename = "userSetupAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_setup_allowed: ::std::option::Option<bool>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `AuthenticationExecutionInfoRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AuthenticationExecutionInfoRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub alias: ::std::option::Option<::std::string::String>,
    #[serde(rename = "authenticationConfig", skip_serializing_if = "::std::option::Option::is_none")]
    pub authentication_config: ::std::option::Option<::std::string::String>,
    #[serde(rename = "authenticationFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub authentication_flow: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub configurable: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(rename = "displayName", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "flowId", skip_serializing_if = "::std::option::Option::is_none")]
    pub flow_id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub index: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub level: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub priority: ::std::option::Option<i32>,
    #[serde(rename = "providerId", skip_serializing_if = "::std::option::Option::is_none")]
    pub provider_id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub requirement: ::std::option::Option<::std::string::String>,
    #[serde(rename = "requirementChoices", skip_serializing_if = "::std::option::Option::is_none")]
    pub requirement_choices: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `AuthenticationExecutionRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AuthenticationExecutionRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub authenticator: ::std::option::Option<::std::string::String>,
    #[serde(rename = "authenticatorConfig", skip_serializing_if = "::std::option::Option::is_none")]
    pub authenticator_config: ::std::option::Option<::std::string::String>,
    #[serde(rename = "authenticatorFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub authenticator_flow: ::std::option::Option<bool>,
    #[serde(rename = "autheticatorFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub autheticator_flow: ::std::option::Option<bool>,
    #[serde(rename = "flowId", skip_serializing_if = "::std::option::Option::is_none")]
    pub flow_id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "parentFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub parent_flow: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub priority: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub requirement: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `AuthenticationFlowRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AuthenticationFlowRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub alias: ::std::option::Option<::std::string::String>,
    #[serde(rename = "authenticationExecutions", skip_serializing_if = "::std::option::Option::is_none")]
    pub authentication_executions:
        ::std::option::Option<::std::vec::Vec<AuthenticationExecutionExportRepresentation>>,
    #[serde(rename = "builtIn", skip_serializing_if = "::std::option::Option::is_none")]
    pub built_in: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "providerId", skip_serializing_if = "::std::option::Option::is_none")]
    pub provider_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "topLevel", skip_serializing_if = "::std::option::Option::is_none")]
    pub top_level: ::std::option::Option<bool>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `AuthenticatorConfigRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AuthenticatorConfigRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub alias: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `AuthorizationSchema`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AuthorizationSchema {
    #[serde(rename = "resourceTypes", skip_serializing_if = "::std::option::Option::is_none")]
    pub resource_types:
        ::std::option::Option<::std::collections::BTreeMap<::std::string::String, ResourceType>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `CertificateRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct CertificateRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub certificate: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub jwks: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub kid: ::std::option::Option<::std::string::String>,
    #[serde(rename = "privateKey", skip_serializing_if = "::std::option::Option::is_none")]
    pub private_key: ::std::option::Option<crate::secret::Secret>,
    #[serde(rename = "publicKey", skip_serializing_if = "::std::option::Option::is_none")]
    pub public_key: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClaimRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClaimRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub address: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub email: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub gender: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub locale: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub phone: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub picture: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub profile: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub username: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub website: ::std::option::Option<bool>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClientMappingsRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClientMappingsRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub client: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub mappings: ::std::option::Option<::std::vec::Vec<RoleRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClientPoliciesRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClientPoliciesRepresentation {
    #[serde(rename = "globalPolicies", skip_serializing_if = "::std::option::Option::is_none")]
    pub global_policies: ::std::option::Option<::std::vec::Vec<ClientPolicyRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub policies: ::std::option::Option<::std::vec::Vec<ClientPolicyRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClientPolicyConditionRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClientPolicyConditionRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub condition: ::std::option::Option<::std::string::String>,
    /// Configuration settings as a JSON object
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub configuration: ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClientPolicyExecutorRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClientPolicyExecutorRepresentation {
    /// Configuration settings as a JSON object
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub configuration: ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub executor: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClientPolicyRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClientPolicyRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub conditions: ::std::option::Option<::std::vec::Vec<ClientPolicyConditionRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub mode: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub profiles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClientProfileRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClientProfileRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub executors: ::std::option::Option<::std::vec::Vec<ClientPolicyExecutorRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClientProfilesRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClientProfilesRepresentation {
    #[serde(rename = "globalProfiles", skip_serializing_if = "::std::option::Option::is_none")]
    pub global_profiles: ::std::option::Option<::std::vec::Vec<ClientProfileRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub profiles: ::std::option::Option<::std::vec::Vec<ClientProfileRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClientRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClientRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<bool>>,
    >,
    #[serde(rename = "adminUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub admin_url: ::std::option::Option<::std::string::String>,
    #[serde(rename = "alwaysDisplayInConsole", skip_serializing_if = "::std::option::Option::is_none")]
    pub always_display_in_console: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(
        rename = "authenticationFlowBindingOverrides",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub authentication_flow_binding_overrides: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "authorizationServicesEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub authorization_services_enabled: ::std::option::Option<bool>,
    #[serde(rename = "authorizationSettings", skip_serializing_if = "::std::option::Option::is_none")]
    pub authorization_settings: ::std::option::Option<ResourceServerRepresentation>,
    #[serde(rename = "baseUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub base_url: ::std::option::Option<::std::string::String>,
    #[serde(rename = "bearerOnly", skip_serializing_if = "::std::option::Option::is_none")]
    pub bearer_only: ::std::option::Option<bool>,
    #[serde(rename = "clientAuthenticatorType", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_authenticator_type: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientId", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientTemplate", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_template: ::std::option::Option<::std::string::String>,
    #[serde(rename = "consentRequired", skip_serializing_if = "::std::option::Option::is_none")]
    pub consent_required: ::std::option::Option<bool>,
    #[serde(rename = "defaultClientScopes", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_client_scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "defaultRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(rename = "directAccessGrantsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub direct_access_grants_enabled: ::std::option::Option<bool>,
    #[serde(rename = "directGrantsOnly", skip_serializing_if = "::std::option::Option::is_none")]
    pub direct_grants_only: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled: ::std::option::Option<bool>,
    #[serde(rename = "frontchannelLogout", skip_serializing_if = "::std::option::Option::is_none")]
    pub frontchannel_logout: ::std::option::Option<bool>,
    #[serde(rename = "fullScopeAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub full_scope_allowed: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "implicitFlowEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub implicit_flow_enabled: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "nodeReRegistrationTimeout", skip_serializing_if = "::std::option::Option::is_none")]
    pub node_re_registration_timeout: ::std::option::Option<i32>,
    #[serde(rename = "notBefore", skip_serializing_if = "::std::option::Option::is_none")]
    pub not_before: ::std::option::Option<i32>,
    #[serde(rename = "optionalClientScopes", skip_serializing_if = "::std::option::Option::is_none")]
    pub optional_client_scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub origin: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol: ::std::option::Option<::std::string::String>,
    #[serde(rename = "protocolMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol_mappers: ::std::option::Option<::std::vec::Vec<ProtocolMapperRepresentation>>,
    #[serde(rename = "publicClient", skip_serializing_if = "::std::option::Option::is_none")]
    pub public_client: ::std::option::Option<bool>,
    #[serde(rename = "redirectUris", skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect_uris: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "registeredNodes", skip_serializing_if = "::std::option::Option::is_none")]
    pub registered_nodes: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<i32>>,
    >,
    #[serde(rename = "registrationAccessToken", skip_serializing_if = "::std::option::Option::is_none")]
    pub registration_access_token: ::std::option::Option<crate::secret::Secret>,
    #[serde(rename = "rootUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub root_url: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub secret: ::std::option::Option<crate::secret::Secret>,
    #[serde(rename = "serviceAccountsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub service_accounts_enabled: ::std::option::Option<bool>,
    #[serde(rename = "standardFlowEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub standard_flow_enabled: ::std::option::Option<bool>,
    #[serde(rename = "surrogateAuthRequired", skip_serializing_if = "::std::option::Option::is_none")]
    pub surrogate_auth_required: ::std::option::Option<bool>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(rename = "useTemplateConfig", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_template_config: ::std::option::Option<bool>,
    #[serde(rename = "useTemplateMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_template_mappers: ::std::option::Option<bool>,
    #[serde(rename = "useTemplateScope", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_template_scope: ::std::option::Option<bool>,
    #[serde(rename = "webOrigins", skip_serializing_if = "::std::option::Option::is_none")]
    pub web_origins: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClientScopeRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClientScopeRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol: ::std::option::Option<::std::string::String>,
    #[serde(rename = "protocolMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol_mappers: ::std::option::Option<::std::vec::Vec<ProtocolMapperRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ClientTemplateRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ClientTemplateRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "bearerOnly", skip_serializing_if = "::std::option::Option::is_none")]
    pub bearer_only: ::std::option::Option<bool>,
    #[serde(rename = "consentRequired", skip_serializing_if = "::std::option::Option::is_none")]
    pub consent_required: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(rename = "directAccessGrantsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub direct_access_grants_enabled: ::std::option::Option<bool>,
    #[serde(rename = "frontchannelLogout", skip_serializing_if = "::std::option::Option::is_none")]
    pub frontchannel_logout: ::std::option::Option<bool>,
    #[serde(rename = "fullScopeAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub full_scope_allowed: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "implicitFlowEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub implicit_flow_enabled: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol: ::std::option::Option<::std::string::String>,
    #[serde(rename = "protocolMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol_mappers: ::std::option::Option<::std::vec::Vec<ProtocolMapperRepresentation>>,
    #[serde(rename = "publicClient", skip_serializing_if = "::std::option::Option::is_none")]
    pub public_client: ::std::option::Option<bool>,
    #[serde(rename = "serviceAccountsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub service_accounts_enabled: ::std::option::Option<bool>,
    #[serde(rename = "standardFlowEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub standard_flow_enabled: ::std::option::Option<bool>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ComponentExportRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ComponentExportRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "providerId", skip_serializing_if = "::std::option::Option::is_none")]
    pub provider_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "subComponents", skip_serializing_if = "::std::option::Option::is_none")]
    pub sub_components: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<ComponentExportRepresentation>>,
        >,
    >,
    #[serde(rename = "subType", skip_serializing_if = "::std::option::Option::is_none")]
    pub sub_type: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ComponentRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ComponentRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "parentId", skip_serializing_if = "::std::option::Option::is_none")]
    pub parent_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "providerId", skip_serializing_if = "::std::option::Option::is_none")]
    pub provider_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "providerType", skip_serializing_if = "::std::option::Option::is_none")]
    pub provider_type: ::std::option::Option<::std::string::String>,
    #[serde(rename = "subType", skip_serializing_if = "::std::option::Option::is_none")]
    pub sub_type: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ComponentTypeRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ComponentTypeRepresentation {
    #[serde(rename = "clientProperties", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_properties: ::std::option::Option<::std::vec::Vec<ConfigPropertyRepresentation>>,
    #[serde(rename = "helpText", skip_serializing_if = "::std::option::Option::is_none")]
    pub help_text: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub metadata: ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub properties: ::std::option::Option<::std::vec::Vec<ConfigPropertyRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `Composites`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Composites {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub application: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub client: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub realm: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ConfigPropertyRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ConfigPropertyRepresentation {
    #[serde(rename = "defaultValue", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_value: ::std::option::Option<::serde_json::Value>,
    #[serde(rename = "helpText", skip_serializing_if = "::std::option::Option::is_none")]
    pub help_text: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub label: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub options: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "readOnly", skip_serializing_if = "::std::option::Option::is_none")]
    pub read_only: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub required: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub secret: ::std::option::Option<bool>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `CredentialRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct CredentialRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub algorithm: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub counter: ::std::option::Option<i32>,
    #[serde(rename = "createdDate", skip_serializing_if = "::std::option::Option::is_none")]
    pub created_date: ::std::option::Option<i64>,
    #[serde(rename = "credentialData", skip_serializing_if = "::std::option::Option::is_none")]
    pub credential_data: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub device: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub digits: ::std::option::Option<i32>,
    #[serde(rename = "federationLink", skip_serializing_if = "::std::option::Option::is_none")]
    pub federation_link: ::std::option::Option<::std::string::String>,
    #[serde(rename = "hashIterations", skip_serializing_if = "::std::option::Option::is_none")]
    pub hash_iterations: ::std::option::Option<i32>,
    #[serde(rename = "hashedSaltedValue", skip_serializing_if = "::std::option::Option::is_none")]
    pub hashed_salted_value: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub period: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub priority: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub salt: ::std::option::Option<::std::string::String>,
    #[serde(rename = "secretData", skip_serializing_if = "::std::option::Option::is_none")]
    pub secret_data: ::std::option::Option<crate::secret::Secret>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub temporary: ::std::option::Option<bool>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(rename = "userLabel", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_label: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub value: ::std::option::Option<crate::secret::Secret>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `EventRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct EventRepresentation {
    #[serde(rename = "clientId", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub details: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub error: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "ipAddress", skip_serializing_if = "::std::option::Option::is_none")]
    pub ip_address: ::std::option::Option<::std::string::String>,
    #[serde(rename = "realmId", skip_serializing_if = "::std::option::Option::is_none")]
    pub realm_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "sessionId", skip_serializing_if = "::std::option::Option::is_none")]
    pub session_id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub time: ::std::option::Option<i64>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(rename = "userId", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_id: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `FederatedIdentityRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct FederatedIdentityRepresentation {
    #[serde(rename = "identityProvider", skip_serializing_if = "::std::option::Option::is_none")]
    pub identity_provider: ::std::option::Option<::std::string::String>,
    #[serde(rename = "userId", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "userName", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_name: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `GlobalRequestResult`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct GlobalRequestResult {
    #[serde(rename = "failedRequests", skip_serializing_if = "::std::option::Option::is_none")]
    pub failed_requests: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "successRequests", skip_serializing_if = "::std::option::Option::is_none")]
    pub success_requests: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `GroupRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct GroupRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<bool>>,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(rename = "clientRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_roles: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "parentId", skip_serializing_if = "::std::option::Option::is_none")]
    pub parent_id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub path: ::std::option::Option<::std::string::String>,
    #[serde(rename = "realmRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub realm_roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "subGroupCount", skip_serializing_if = "::std::option::Option::is_none")]
    pub sub_group_count: ::std::option::Option<i64>,
    #[serde(rename = "subGroups", skip_serializing_if = "::std::option::Option::is_none")]
    pub sub_groups: ::std::option::Option<::std::vec::Vec<GroupRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `IdentityProviderMapperRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct IdentityProviderMapperRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "identityProviderAlias", skip_serializing_if = "::std::option::Option::is_none")]
    pub identity_provider_alias: ::std::option::Option<::std::string::String>,
    #[serde(rename = "identityProviderMapper", skip_serializing_if = "::std::option::Option::is_none")]
    pub identity_provider_mapper: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `IdentityProviderMapperTypeRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct IdentityProviderMapperTypeRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub category: ::std::option::Option<::std::string::String>,
    #[serde(rename = "helpText", skip_serializing_if = "::std::option::Option::is_none")]
    pub help_text: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub properties: ::std::option::Option<::std::vec::Vec<ConfigPropertyRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `IdentityProviderRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct IdentityProviderRepresentation {
    #[serde(rename = "addReadTokenRoleOnCreate", skip_serializing_if = "::std::option::Option::is_none")]
    pub add_read_token_role_on_create: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub alias: ::std::option::Option<::std::string::String>,
    #[serde(rename = "authenticateByDefault", skip_serializing_if = "::std::option::Option::is_none")]
    pub authenticate_by_default: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "displayName", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled: ::std::option::Option<bool>,
    #[serde(rename = "firstBrokerLoginFlowAlias", skip_serializing_if = "::std::option::Option::is_none")]
    pub first_broker_login_flow_alias: ::std::option::Option<::std::string::String>,
    #[serde(rename = "hideOnLogin", skip_serializing_if = "::std::option::Option::is_none")]
    pub hide_on_login: ::std::option::Option<bool>,
    #[serde(rename = "internalId", skip_serializing_if = "::std::option::Option::is_none")]
    pub internal_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "linkOnly", skip_serializing_if = "::std::option::Option::is_none")]
    pub link_only: ::std::option::Option<bool>,
    #[serde(rename = "organizationId", skip_serializing_if = "::std::option::Option::is_none")]
    pub organization_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "postBrokerLoginFlowAlias", skip_serializing_if = "::std::option::Option::is_none")]
    pub post_broker_login_flow_alias: ::std::option::Option<::std::string::String>,
    #[serde(rename = "providerId", skip_serializing_if = "::std::option::Option::is_none")]
    pub provider_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "storeToken", skip_serializing_if = "::std::option::Option::is_none")]
    pub store_token: ::std::option::Option<bool>,
    #[serde(rename = "trustEmail", skip_serializing_if = "::std::option::Option::is_none")]
    pub trust_email: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub types: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "updateProfileFirstLogin", skip_serializing_if = "::std::option::Option::is_none")]
    pub update_profile_first_login: ::std::option::Option<bool>,
    #[serde(rename = "updateProfileFirstLoginMode", skip_serializing_if = "::std::option::Option::is_none")]
    pub update_profile_first_login_mode: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `IssuedVerifiableCredentialRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct IssuedVerifiableCredentialRepresentation {
    #[serde(rename = "clientBaseUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_base_url: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientId", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientName", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "credentialType", skip_serializing_if = "::std::option::Option::is_none")]
    pub credential_type: ::std::option::Option<::std::string::String>,
    #[serde(rename = "expiresAt", skip_serializing_if = "::std::option::Option::is_none")]
    pub expires_at: ::std::option::Option<i64>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "issuedAt", skip_serializing_if = "::std::option::Option::is_none")]
    pub issued_at: ::std::option::Option<i64>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub revision: ::std::option::Option<::std::string::String>,
    #[serde(rename = "userId", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_id: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `KeyMetadataRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct KeyMetadataRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub algorithm: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub certificate: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub kid: ::std::option::Option<::std::string::String>,
    #[serde(rename = "providerId", skip_serializing_if = "::std::option::Option::is_none")]
    pub provider_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "providerPriority", skip_serializing_if = "::std::option::Option::is_none")]
    pub provider_priority: ::std::option::Option<i64>,
    #[serde(rename = "publicKey", skip_serializing_if = "::std::option::Option::is_none")]
    pub public_key: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::std::string::String>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    /// Known values: SIG, ENC, JWT_SVID
    #[serde(rename = "use", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_: ::std::option::Option<::std::string::String>,
    #[serde(rename = "validTo", skip_serializing_if = "::std::option::Option::is_none")]
    pub valid_to: ::std::option::Option<i64>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `KeysMetadataRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct KeysMetadataRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub active: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub keys: ::std::option::Option<::std::vec::Vec<KeyMetadataRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// One extension or control that an LDAP server offers.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct LdapCapabilityRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub oid: ::std::option::Option<::std::string::String>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `MappingsRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct MappingsRepresentation {
    #[serde(rename = "clientMappings", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_mappings: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ClientMappingsRepresentation>,
    >,
    #[serde(rename = "realmMappings", skip_serializing_if = "::std::option::Option::is_none")]
    pub realm_mappings: ::std::option::Option<::std::vec::Vec<RoleRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `MemberRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct MemberRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<bool>>,
    >,
    #[serde(rename = "applicationRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub application_roles: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(rename = "clientConsents", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_consents: ::std::option::Option<::std::vec::Vec<UserConsentRepresentation>>,
    #[serde(rename = "clientRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_roles: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(rename = "createdTimestamp", skip_serializing_if = "::std::option::Option::is_none")]
    pub created_timestamp: ::std::option::Option<i64>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub credentials: ::std::option::Option<::std::vec::Vec<CredentialRepresentation>>,
    #[serde(rename = "disableableCredentialTypes", skip_serializing_if = "::std::option::Option::is_none")]
    pub disableable_credential_types: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub email: ::std::option::Option<::std::string::String>,
    #[serde(rename = "emailVerified", skip_serializing_if = "::std::option::Option::is_none")]
    pub email_verified: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled: ::std::option::Option<bool>,
    #[serde(rename = "federatedIdentities", skip_serializing_if = "::std::option::Option::is_none")]
    pub federated_identities: ::std::option::Option<::std::vec::Vec<FederatedIdentityRepresentation>>,
    #[serde(rename = "federationLink", skip_serializing_if = "::std::option::Option::is_none")]
    pub federation_link: ::std::option::Option<::std::string::String>,
    #[serde(rename = "firstName", skip_serializing_if = "::std::option::Option::is_none")]
    pub first_name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub groups: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "issuedVerifiableCredentials", skip_serializing_if = "::std::option::Option::is_none")]
    pub issued_verifiable_credentials:
        ::std::option::Option<::std::vec::Vec<IssuedVerifiableCredentialRepresentation>>,
    #[serde(rename = "lastName", skip_serializing_if = "::std::option::Option::is_none")]
    pub last_name: ::std::option::Option<::std::string::String>,
    /// Known values: UNMANAGED, MANAGED
    #[serde(rename = "membershipType", skip_serializing_if = "::std::option::Option::is_none")]
    pub membership_type: ::std::option::Option<::std::string::String>,
    #[serde(rename = "notBefore", skip_serializing_if = "::std::option::Option::is_none")]
    pub not_before: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub origin: ::std::option::Option<::std::string::String>,
    #[serde(rename = "realmRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub realm_roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "requiredActions", skip_serializing_if = "::std::option::Option::is_none")]
    pub required_actions: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "self", skip_serializing_if = "::std::option::Option::is_none")]
    pub self_: ::std::option::Option<::std::string::String>,
    #[serde(rename = "serviceAccountClientId", skip_serializing_if = "::std::option::Option::is_none")]
    pub service_account_client_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "socialLinks", skip_serializing_if = "::std::option::Option::is_none")]
    pub social_links: ::std::option::Option<::std::vec::Vec<SocialLinkRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub totp: ::std::option::Option<bool>,
    #[serde(rename = "userProfileMetadata", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_profile_metadata: ::std::option::Option<UserProfileMetadata>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub username: ::std::option::Option<::std::string::String>,
    #[serde(rename = "verifiableCredentials", skip_serializing_if = "::std::option::Option::is_none")]
    pub verifiable_credentials:
        ::std::option::Option<::std::vec::Vec<UserVerifiableCredentialRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `OAuthClientRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct OAuthClientRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<bool>>,
    >,
    #[serde(rename = "adminUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub admin_url: ::std::option::Option<::std::string::String>,
    #[serde(rename = "alwaysDisplayInConsole", skip_serializing_if = "::std::option::Option::is_none")]
    pub always_display_in_console: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(
        rename = "authenticationFlowBindingOverrides",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub authentication_flow_binding_overrides: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "authorizationServicesEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub authorization_services_enabled: ::std::option::Option<bool>,
    #[serde(rename = "authorizationSettings", skip_serializing_if = "::std::option::Option::is_none")]
    pub authorization_settings: ::std::option::Option<ResourceServerRepresentation>,
    #[serde(rename = "baseUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub base_url: ::std::option::Option<::std::string::String>,
    #[serde(rename = "bearerOnly", skip_serializing_if = "::std::option::Option::is_none")]
    pub bearer_only: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub claims: ::std::option::Option<ClaimRepresentation>,
    #[serde(rename = "clientAuthenticatorType", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_authenticator_type: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientId", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientTemplate", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_template: ::std::option::Option<::std::string::String>,
    #[serde(rename = "consentRequired", skip_serializing_if = "::std::option::Option::is_none")]
    pub consent_required: ::std::option::Option<bool>,
    #[serde(rename = "defaultClientScopes", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_client_scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "defaultRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(rename = "directAccessGrantsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub direct_access_grants_enabled: ::std::option::Option<bool>,
    #[serde(rename = "directGrantsOnly", skip_serializing_if = "::std::option::Option::is_none")]
    pub direct_grants_only: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled: ::std::option::Option<bool>,
    #[serde(rename = "frontchannelLogout", skip_serializing_if = "::std::option::Option::is_none")]
    pub frontchannel_logout: ::std::option::Option<bool>,
    #[serde(rename = "fullScopeAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub full_scope_allowed: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "implicitFlowEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub implicit_flow_enabled: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "nodeReRegistrationTimeout", skip_serializing_if = "::std::option::Option::is_none")]
    pub node_re_registration_timeout: ::std::option::Option<i32>,
    #[serde(rename = "notBefore", skip_serializing_if = "::std::option::Option::is_none")]
    pub not_before: ::std::option::Option<i32>,
    #[serde(rename = "optionalClientScopes", skip_serializing_if = "::std::option::Option::is_none")]
    pub optional_client_scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub origin: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol: ::std::option::Option<::std::string::String>,
    #[serde(rename = "protocolMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol_mappers: ::std::option::Option<::std::vec::Vec<ProtocolMapperRepresentation>>,
    #[serde(rename = "publicClient", skip_serializing_if = "::std::option::Option::is_none")]
    pub public_client: ::std::option::Option<bool>,
    #[serde(rename = "redirectUris", skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect_uris: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "registeredNodes", skip_serializing_if = "::std::option::Option::is_none")]
    pub registered_nodes: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<i32>>,
    >,
    #[serde(rename = "registrationAccessToken", skip_serializing_if = "::std::option::Option::is_none")]
    pub registration_access_token: ::std::option::Option<crate::secret::Secret>,
    #[serde(rename = "rootUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub root_url: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub secret: ::std::option::Option<crate::secret::Secret>,
    #[serde(rename = "serviceAccountsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub service_accounts_enabled: ::std::option::Option<bool>,
    #[serde(rename = "standardFlowEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub standard_flow_enabled: ::std::option::Option<bool>,
    #[serde(rename = "surrogateAuthRequired", skip_serializing_if = "::std::option::Option::is_none")]
    pub surrogate_auth_required: ::std::option::Option<bool>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(rename = "useTemplateConfig", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_template_config: ::std::option::Option<bool>,
    #[serde(rename = "useTemplateMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_template_mappers: ::std::option::Option<bool>,
    #[serde(rename = "useTemplateScope", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_template_scope: ::std::option::Option<bool>,
    #[serde(rename = "webOrigins", skip_serializing_if = "::std::option::Option::is_none")]
    pub web_origins: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `OrganizationDomainRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct OrganizationDomainRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub verified: ::std::option::Option<bool>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `OrganizationRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct OrganizationRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub alias: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub domains: ::std::option::Option<::std::vec::Vec<OrganizationDomainRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub groups: ::std::option::Option<::std::vec::Vec<GroupRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "identityProviders", skip_serializing_if = "::std::option::Option::is_none")]
    pub identity_providers: ::std::option::Option<::std::vec::Vec<IdentityProviderRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub members: ::std::option::Option<::std::vec::Vec<MemberRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "redirectUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect_url: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// A part of a realm to import. Only `SKIP` and `FAIL` keep the ids of what exists.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct PartialImportRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub clients: ::std::option::Option<::std::vec::Vec<ClientRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub groups: ::std::option::Option<::std::vec::Vec<GroupRepresentation>>,
    #[serde(rename = "identityProviderMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub identity_provider_mappers:
        ::std::option::Option<::std::vec::Vec<IdentityProviderMapperRepresentation>>,
    #[serde(rename = "identityProviders", skip_serializing_if = "::std::option::Option::is_none")]
    pub identity_providers: ::std::option::Option<::std::vec::Vec<IdentityProviderRepresentation>>,
    /// Known values: SKIP, FAIL, OVERWRITE
    #[serde(rename = "ifResourceExists", skip_serializing_if = "::std::option::Option::is_none")]
    pub if_resource_exists: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub roles: ::std::option::Option<RolesRepresentation>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub users: ::std::option::Option<::std::vec::Vec<UserRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `PartialImportResult`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct PartialImportResult {
    /// Known values: ADDED, SKIPPED, OVERWRITTEN
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub action: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "resourceName", skip_serializing_if = "::std::option::Option::is_none")]
    pub resource_name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "resourceType", skip_serializing_if = "::std::option::Option::is_none")]
    pub resource_type: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// What a partial import did, object by object.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct PartialImportResults {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub added: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub overwritten: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub results: ::std::option::Option<::std::vec::Vec<PartialImportResult>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub skipped: ::std::option::Option<i32>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `PolicyRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct PolicyRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    /// Known values: AFFIRMATIVE, UNANIMOUS, CONSENSUS
    #[serde(rename = "decisionStrategy", skip_serializing_if = "::std::option::Option::is_none")]
    pub decision_strategy: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    /// Known values: POSITIVE, NEGATIVE
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub logic: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub owner: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub policies: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "resourceType", skip_serializing_if = "::std::option::Option::is_none")]
    pub resource_type: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub resources: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "resourcesData", skip_serializing_if = "::std::option::Option::is_none")]
    pub resources_data: ::std::option::Option<::std::vec::Vec<ResourceRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "scopesData", skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes_data: ::std::option::Option<::std::vec::Vec<ScopeRepresentation>>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ProtocolMapperRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ProtocolMapperRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "consentRequired", skip_serializing_if = "::std::option::Option::is_none")]
    pub consent_required: ::std::option::Option<bool>,
    #[serde(rename = "consentText", skip_serializing_if = "::std::option::Option::is_none")]
    pub consent_text: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol: ::std::option::Option<::std::string::String>,
    #[serde(rename = "protocolMapper", skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol_mapper: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `RealmEventsConfigRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct RealmEventsConfigRepresentation {
    #[serde(rename = "adminEventsDetailsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub admin_events_details_enabled: ::std::option::Option<bool>,
    #[serde(rename = "adminEventsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub admin_events_enabled: ::std::option::Option<bool>,
    #[serde(rename = "enabledEventTypes", skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled_event_types: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "eventsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub events_enabled: ::std::option::Option<bool>,
    #[serde(rename = "eventsExpiration", skip_serializing_if = "::std::option::Option::is_none")]
    pub events_expiration: ::std::option::Option<i64>,
    #[serde(rename = "eventsListeners", skip_serializing_if = "::std::option::Option::is_none")]
    pub events_listeners: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `RealmRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct RealmRepresentation {
    #[serde(rename = "accessCodeLifespan", skip_serializing_if = "::std::option::Option::is_none")]
    pub access_code_lifespan: ::std::option::Option<i32>,
    #[serde(rename = "accessCodeLifespanLogin", skip_serializing_if = "::std::option::Option::is_none")]
    pub access_code_lifespan_login: ::std::option::Option<i32>,
    #[serde(rename = "accessCodeLifespanUserAction", skip_serializing_if = "::std::option::Option::is_none")]
    pub access_code_lifespan_user_action: ::std::option::Option<i32>,
    #[serde(rename = "accessTokenLifespan", skip_serializing_if = "::std::option::Option::is_none")]
    pub access_token_lifespan: ::std::option::Option<i32>,
    #[serde(
        rename = "accessTokenLifespanForImplicitFlow",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub access_token_lifespan_for_implicit_flow: ::std::option::Option<i32>,
    #[serde(rename = "accountTheme", skip_serializing_if = "::std::option::Option::is_none")]
    pub account_theme: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "actionTokenGeneratedByAdminLifespan",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub action_token_generated_by_admin_lifespan: ::std::option::Option<i32>,
    #[serde(
        rename = "actionTokenGeneratedByUserLifespan",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub action_token_generated_by_user_lifespan: ::std::option::Option<i32>,
    #[serde(rename = "adminEventsDetailsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub admin_events_details_enabled: ::std::option::Option<bool>,
    #[serde(rename = "adminEventsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub admin_events_enabled: ::std::option::Option<bool>,
    #[serde(rename = "adminPermissionsClient", skip_serializing_if = "::std::option::Option::is_none")]
    pub admin_permissions_client: ::std::option::Option<ClientRepresentation>,
    #[serde(rename = "adminPermissionsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub admin_permissions_enabled: ::std::option::Option<bool>,
    #[serde(rename = "adminTheme", skip_serializing_if = "::std::option::Option::is_none")]
    pub admin_theme: ::std::option::Option<::std::string::String>,
    #[serde(rename = "applicationScopeMappings", skip_serializing_if = "::std::option::Option::is_none")]
    pub application_scope_mappings: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<ScopeMappingRepresentation>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub applications: ::std::option::Option<::std::vec::Vec<ApplicationRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "authenticationFlows", skip_serializing_if = "::std::option::Option::is_none")]
    pub authentication_flows: ::std::option::Option<::std::vec::Vec<AuthenticationFlowRepresentation>>,
    #[serde(rename = "authenticatorConfig", skip_serializing_if = "::std::option::Option::is_none")]
    pub authenticator_config: ::std::option::Option<::std::vec::Vec<AuthenticatorConfigRepresentation>>,
    #[serde(rename = "browserFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub browser_flow: ::std::option::Option<::std::string::String>,
    #[serde(rename = "browserSecurityHeaders", skip_serializing_if = "::std::option::Option::is_none")]
    pub browser_security_headers: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "bruteForceProtected", skip_serializing_if = "::std::option::Option::is_none")]
    pub brute_force_protected: ::std::option::Option<bool>,
    /// Known values: LINEAR, MULTIPLE
    #[serde(rename = "bruteForceStrategy", skip_serializing_if = "::std::option::Option::is_none")]
    pub brute_force_strategy: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub certificate: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientAuthenticationFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_authentication_flow: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "clientOfflineSessionIdleTimeout",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub client_offline_session_idle_timeout: ::std::option::Option<i32>,
    #[serde(
        rename = "clientOfflineSessionMaxLifespan",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub client_offline_session_max_lifespan: ::std::option::Option<i32>,
    #[serde(rename = "clientPolicies", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_policies: ::std::option::Option<ClientPoliciesRepresentation>,
    #[serde(rename = "clientProfiles", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_profiles: ::std::option::Option<ClientProfilesRepresentation>,
    #[serde(rename = "clientScopeMappings", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_scope_mappings: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<ScopeMappingRepresentation>>,
        >,
    >,
    #[serde(rename = "clientScopes", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_scopes: ::std::option::Option<::std::vec::Vec<ClientScopeRepresentation>>,
    #[serde(rename = "clientSessionIdleTimeout", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_session_idle_timeout: ::std::option::Option<i32>,
    #[serde(rename = "clientSessionMaxLifespan", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_session_max_lifespan: ::std::option::Option<i32>,
    #[serde(rename = "clientTemplates", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_templates: ::std::option::Option<::std::vec::Vec<ClientTemplateRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub clients: ::std::option::Option<::std::vec::Vec<ClientRepresentation>>,
    #[serde(rename = "codeSecret", skip_serializing_if = "::std::option::Option::is_none")]
    pub code_secret: ::std::option::Option<crate::secret::Secret>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub components: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<ComponentExportRepresentation>>,
        >,
    >,
    #[serde(rename = "defaultDefaultClientScopes", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_default_client_scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "defaultGroups", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_groups: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "defaultLocale", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_locale: ::std::option::Option<::std::string::String>,
    #[serde(rename = "defaultOptionalClientScopes", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_optional_client_scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "defaultRole", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_role: ::std::option::Option<RoleRepresentation>,
    #[serde(rename = "defaultRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "defaultSignatureAlgorithm", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_signature_algorithm: ::std::option::Option<::std::string::String>,
    #[serde(rename = "directGrantFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub direct_grant_flow: ::std::option::Option<::std::string::String>,
    #[serde(rename = "displayName", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "displayNameHtml", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_name_html: ::std::option::Option<::std::string::String>,
    #[serde(rename = "dockerAuthenticationFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub docker_authentication_flow: ::std::option::Option<::std::string::String>,
    #[serde(rename = "duplicateEmailsAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub duplicate_emails_allowed: ::std::option::Option<bool>,
    #[serde(rename = "editUsernameAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub edit_username_allowed: ::std::option::Option<bool>,
    #[serde(rename = "emailTheme", skip_serializing_if = "::std::option::Option::is_none")]
    pub email_theme: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled: ::std::option::Option<bool>,
    #[serde(rename = "enabledEventTypes", skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled_event_types: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "eventsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub events_enabled: ::std::option::Option<bool>,
    #[serde(rename = "eventsExpiration", skip_serializing_if = "::std::option::Option::is_none")]
    pub events_expiration: ::std::option::Option<i64>,
    #[serde(rename = "eventsListeners", skip_serializing_if = "::std::option::Option::is_none")]
    pub events_listeners: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "failureFactor", skip_serializing_if = "::std::option::Option::is_none")]
    pub failure_factor: ::std::option::Option<i32>,
    #[serde(rename = "federatedUsers", skip_serializing_if = "::std::option::Option::is_none")]
    pub federated_users: ::std::option::Option<::std::vec::Vec<UserRepresentation>>,
    #[serde(rename = "firstBrokerLoginFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub first_broker_login_flow: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub groups: ::std::option::Option<::std::vec::Vec<GroupRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "identityProviderMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub identity_provider_mappers:
        ::std::option::Option<::std::vec::Vec<IdentityProviderMapperRepresentation>>,
    #[serde(rename = "identityProviders", skip_serializing_if = "::std::option::Option::is_none")]
    pub identity_providers: ::std::option::Option<::std::vec::Vec<IdentityProviderRepresentation>>,
    #[serde(rename = "internationalizationEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub internationalization_enabled: ::std::option::Option<bool>,
    #[serde(rename = "keycloakVersion", skip_serializing_if = "::std::option::Option::is_none")]
    pub keycloak_version: ::std::option::Option<::std::string::String>,
    #[serde(rename = "localizationTexts", skip_serializing_if = "::std::option::Option::is_none")]
    pub localization_texts: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::option::Option<::std::string::String>,
                >,
            >,
        >,
    >,
    #[serde(rename = "loginTheme", skip_serializing_if = "::std::option::Option::is_none")]
    pub login_theme: ::std::option::Option<::std::string::String>,
    #[serde(rename = "loginWithEmailAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub login_with_email_allowed: ::std::option::Option<bool>,
    #[serde(rename = "maxDeltaTimeSeconds", skip_serializing_if = "::std::option::Option::is_none")]
    pub max_delta_time_seconds: ::std::option::Option<i32>,
    #[serde(rename = "maxFailureWaitSeconds", skip_serializing_if = "::std::option::Option::is_none")]
    pub max_failure_wait_seconds: ::std::option::Option<i32>,
    #[serde(rename = "maxSecondaryAuthFailures", skip_serializing_if = "::std::option::Option::is_none")]
    pub max_secondary_auth_failures: ::std::option::Option<i32>,
    #[serde(rename = "maxTemporaryLockouts", skip_serializing_if = "::std::option::Option::is_none")]
    pub max_temporary_lockouts: ::std::option::Option<i32>,
    #[serde(rename = "minimumQuickLoginWaitSeconds", skip_serializing_if = "::std::option::Option::is_none")]
    pub minimum_quick_login_wait_seconds: ::std::option::Option<i32>,
    #[serde(rename = "notBefore", skip_serializing_if = "::std::option::Option::is_none")]
    pub not_before: ::std::option::Option<i32>,
    #[serde(rename = "oauth2DeviceCodeLifespan", skip_serializing_if = "::std::option::Option::is_none")]
    pub oauth2_device_code_lifespan: ::std::option::Option<i32>,
    #[serde(rename = "oauth2DevicePollingInterval", skip_serializing_if = "::std::option::Option::is_none")]
    pub oauth2_device_polling_interval: ::std::option::Option<i32>,
    #[serde(rename = "oauthClients", skip_serializing_if = "::std::option::Option::is_none")]
    pub oauth_clients: ::std::option::Option<::std::vec::Vec<OAuthClientRepresentation>>,
    #[serde(rename = "offlineSessionIdleTimeout", skip_serializing_if = "::std::option::Option::is_none")]
    pub offline_session_idle_timeout: ::std::option::Option<i32>,
    #[serde(rename = "offlineSessionMaxLifespan", skip_serializing_if = "::std::option::Option::is_none")]
    pub offline_session_max_lifespan: ::std::option::Option<i32>,
    #[serde(
        rename = "offlineSessionMaxLifespanEnabled",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub offline_session_max_lifespan_enabled: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub organizations: ::std::option::Option<::std::vec::Vec<OrganizationRepresentation>>,
    #[serde(rename = "organizationsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub organizations_enabled: ::std::option::Option<bool>,
    #[serde(rename = "otpPolicyAlgorithm", skip_serializing_if = "::std::option::Option::is_none")]
    pub otp_policy_algorithm: ::std::option::Option<::std::string::String>,
    #[serde(rename = "otpPolicyCodeReusable", skip_serializing_if = "::std::option::Option::is_none")]
    pub otp_policy_code_reusable: ::std::option::Option<bool>,
    #[serde(rename = "otpPolicyDigits", skip_serializing_if = "::std::option::Option::is_none")]
    pub otp_policy_digits: ::std::option::Option<i32>,
    #[serde(rename = "otpPolicyInitialCounter", skip_serializing_if = "::std::option::Option::is_none")]
    pub otp_policy_initial_counter: ::std::option::Option<i32>,
    #[serde(rename = "otpPolicyLookAheadWindow", skip_serializing_if = "::std::option::Option::is_none")]
    pub otp_policy_look_ahead_window: ::std::option::Option<i32>,
    #[serde(rename = "otpPolicyPeriod", skip_serializing_if = "::std::option::Option::is_none")]
    pub otp_policy_period: ::std::option::Option<i32>,
    #[serde(rename = "otpPolicyType", skip_serializing_if = "::std::option::Option::is_none")]
    pub otp_policy_type: ::std::option::Option<::std::string::String>,
    #[serde(rename = "otpSupportedApplications", skip_serializing_if = "::std::option::Option::is_none")]
    pub otp_supported_applications: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(
        rename = "passwordCredentialGrantAllowed",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub password_credential_grant_allowed: ::std::option::Option<bool>,
    #[serde(rename = "passwordPolicy", skip_serializing_if = "::std::option::Option::is_none")]
    pub password_policy: ::std::option::Option<::std::string::String>,
    #[serde(rename = "permanentLockout", skip_serializing_if = "::std::option::Option::is_none")]
    pub permanent_lockout: ::std::option::Option<bool>,
    #[serde(rename = "privateKey", skip_serializing_if = "::std::option::Option::is_none")]
    pub private_key: ::std::option::Option<crate::secret::Secret>,
    #[serde(rename = "protocolMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub protocol_mappers: ::std::option::Option<::std::vec::Vec<ProtocolMapperRepresentation>>,
    #[serde(rename = "publicKey", skip_serializing_if = "::std::option::Option::is_none")]
    pub public_key: ::std::option::Option<::std::string::String>,
    #[serde(rename = "quickLoginCheckMilliSeconds", skip_serializing_if = "::std::option::Option::is_none")]
    pub quick_login_check_milli_seconds: ::std::option::Option<i64>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub realm: ::std::option::Option<::std::string::String>,
    #[serde(rename = "realmCacheEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub realm_cache_enabled: ::std::option::Option<bool>,
    #[serde(rename = "refreshTokenMaxReuse", skip_serializing_if = "::std::option::Option::is_none")]
    pub refresh_token_max_reuse: ::std::option::Option<i32>,
    #[serde(rename = "registrationAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub registration_allowed: ::std::option::Option<bool>,
    #[serde(rename = "registrationEmailAsUsername", skip_serializing_if = "::std::option::Option::is_none")]
    pub registration_email_as_username: ::std::option::Option<bool>,
    #[serde(rename = "registrationFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub registration_flow: ::std::option::Option<::std::string::String>,
    #[serde(rename = "rememberMe", skip_serializing_if = "::std::option::Option::is_none")]
    pub remember_me: ::std::option::Option<bool>,
    #[serde(rename = "requiredActions", skip_serializing_if = "::std::option::Option::is_none")]
    pub required_actions: ::std::option::Option<::std::vec::Vec<RequiredActionProviderRepresentation>>,
    #[serde(rename = "requiredCredentials", skip_serializing_if = "::std::option::Option::is_none")]
    pub required_credentials: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "resetCredentialsFlow", skip_serializing_if = "::std::option::Option::is_none")]
    pub reset_credentials_flow: ::std::option::Option<::std::string::String>,
    #[serde(rename = "resetPasswordAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub reset_password_allowed: ::std::option::Option<bool>,
    #[serde(rename = "revokeRefreshToken", skip_serializing_if = "::std::option::Option::is_none")]
    pub revoke_refresh_token: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub roles: ::std::option::Option<RolesRepresentation>,
    #[serde(rename = "scimApiEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub scim_api_enabled: ::std::option::Option<bool>,
    #[serde(rename = "scopeMappings", skip_serializing_if = "::std::option::Option::is_none")]
    pub scope_mappings: ::std::option::Option<::std::vec::Vec<ScopeMappingRepresentation>>,
    #[serde(rename = "smtpServer", skip_serializing_if = "::std::option::Option::is_none")]
    pub smtp_server: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub social: ::std::option::Option<bool>,
    #[serde(rename = "socialProviders", skip_serializing_if = "::std::option::Option::is_none")]
    pub social_providers: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "sslRequired", skip_serializing_if = "::std::option::Option::is_none")]
    pub ssl_required: ::std::option::Option<::std::string::String>,
    #[serde(rename = "ssoSessionIdleTimeout", skip_serializing_if = "::std::option::Option::is_none")]
    pub sso_session_idle_timeout: ::std::option::Option<i32>,
    #[serde(
        rename = "ssoSessionIdleTimeoutRememberMe",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub sso_session_idle_timeout_remember_me: ::std::option::Option<i32>,
    #[serde(rename = "ssoSessionMaxLifespan", skip_serializing_if = "::std::option::Option::is_none")]
    pub sso_session_max_lifespan: ::std::option::Option<i32>,
    #[serde(
        rename = "ssoSessionMaxLifespanRememberMe",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub sso_session_max_lifespan_remember_me: ::std::option::Option<i32>,
    #[serde(rename = "supportedLocales", skip_serializing_if = "::std::option::Option::is_none")]
    pub supported_locales: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(
        rename = "updateProfileOnInitialSocialLogin",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub update_profile_on_initial_social_login: ::std::option::Option<bool>,
    #[serde(rename = "userCacheEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_cache_enabled: ::std::option::Option<bool>,
    #[serde(rename = "userFederationMappers", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_federation_mappers: ::std::option::Option<::std::vec::Vec<UserFederationMapperRepresentation>>,
    #[serde(rename = "userFederationProviders", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_federation_providers:
        ::std::option::Option<::std::vec::Vec<UserFederationProviderRepresentation>>,
    #[serde(rename = "userManagedAccessAllowed", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_managed_access_allowed: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub users: ::std::option::Option<::std::vec::Vec<UserRepresentation>>,
    #[serde(rename = "verifiableCredentialsEnabled", skip_serializing_if = "::std::option::Option::is_none")]
    pub verifiable_credentials_enabled: ::std::option::Option<bool>,
    #[serde(rename = "verifyEmail", skip_serializing_if = "::std::option::Option::is_none")]
    pub verify_email: ::std::option::Option<bool>,
    #[serde(rename = "waitIncrementSeconds", skip_serializing_if = "::std::option::Option::is_none")]
    pub wait_increment_seconds: ::std::option::Option<i32>,
    #[serde(
        rename = "webAuthnPolicyAcceptableAaguids",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_acceptable_aaguids: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(
        rename = "webAuthnPolicyAttestationConveyancePreference",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_attestation_conveyance_preference: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicyAuthenticatorAttachment",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_authenticator_attachment: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicyAvoidSameAuthenticatorRegister",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_avoid_same_authenticator_register: ::std::option::Option<bool>,
    #[serde(rename = "webAuthnPolicyCreateTimeout", skip_serializing_if = "::std::option::Option::is_none")]
    pub web_authn_policy_create_timeout: ::std::option::Option<i32>,
    #[serde(rename = "webAuthnPolicyExtraOrigins", skip_serializing_if = "::std::option::Option::is_none")]
    pub web_authn_policy_extra_origins: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessAcceptableAaguids",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_acceptable_aaguids:
        ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessAttestationConveyancePreference",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_attestation_conveyance_preference:
        ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessAuthenticatorAttachment",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_authenticator_attachment: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessAvoidSameAuthenticatorRegister",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_avoid_same_authenticator_register: ::std::option::Option<bool>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessCreateTimeout",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_create_timeout: ::std::option::Option<i32>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessExtraOrigins",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_extra_origins:
        ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessMediation",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_mediation: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessPasskeysEnabled",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_passkeys_enabled: ::std::option::Option<bool>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessRequireResidentKey",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_require_resident_key: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessResidentKey",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_resident_key: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessRpEntityName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_rp_entity_name: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessRpId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_rp_id: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessSignatureAlgorithms",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_signature_algorithms:
        ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(
        rename = "webAuthnPolicyPasswordlessUserVerificationRequirement",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_passwordless_user_verification_requirement:
        ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicyRequireResidentKey",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_require_resident_key: ::std::option::Option<::std::string::String>,
    #[serde(rename = "webAuthnPolicyResidentKey", skip_serializing_if = "::std::option::Option::is_none")]
    pub web_authn_policy_resident_key: ::std::option::Option<::std::string::String>,
    #[serde(rename = "webAuthnPolicyRpEntityName", skip_serializing_if = "::std::option::Option::is_none")]
    pub web_authn_policy_rp_entity_name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "webAuthnPolicyRpId", skip_serializing_if = "::std::option::Option::is_none")]
    pub web_authn_policy_rp_id: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "webAuthnPolicySignatureAlgorithms",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_signature_algorithms: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(
        rename = "webAuthnPolicyUserVerificationRequirement",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub web_authn_policy_user_verification_requirement: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `RequiredActionConfigRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct RequiredActionConfigRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `RequiredActionProviderRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct RequiredActionProviderRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub alias: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "defaultAction", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_action: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub priority: ::std::option::Option<i32>,
    #[serde(rename = "providerId", skip_serializing_if = "::std::option::Option::is_none")]
    pub provider_id: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ResourceOwnerRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ResourceOwnerRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ResourceRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ResourceRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(rename = "displayName", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub icon_uri: ::std::option::Option<::std::string::String>,
    #[serde(rename = "_id", skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub owner: ::std::option::Option<ResourceOwnerRepresentation>,
    #[serde(rename = "ownerManagedAccess", skip_serializing_if = "::std::option::Option::is_none")]
    pub owner_managed_access: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes: ::std::option::Option<::std::vec::Vec<ScopeRepresentation>>,
    #[serde(rename = "scopesUma", skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes_uma: ::std::option::Option<::std::vec::Vec<ScopeRepresentation>>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub uri: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub uris: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ResourceServerRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ResourceServerRepresentation {
    #[serde(
        rename = "allowRemoteResourceManagement",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub allow_remote_resource_management: ::std::option::Option<bool>,
    #[serde(rename = "authorizationSchema", skip_serializing_if = "::std::option::Option::is_none")]
    pub authorization_schema: ::std::option::Option<AuthorizationSchema>,
    #[serde(rename = "clientId", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_id: ::std::option::Option<::std::string::String>,
    /// Known values: AFFIRMATIVE, UNANIMOUS, CONSENSUS
    #[serde(rename = "decisionStrategy", skip_serializing_if = "::std::option::Option::is_none")]
    pub decision_strategy: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub policies: ::std::option::Option<::std::vec::Vec<PolicyRepresentation>>,
    /// Known values: ENFORCING, PERMISSIVE, DISABLED
    #[serde(rename = "policyEnforcementMode", skip_serializing_if = "::std::option::Option::is_none")]
    pub policy_enforcement_mode: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub resources: ::std::option::Option<::std::vec::Vec<ResourceRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes: ::std::option::Option<::std::vec::Vec<ScopeRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ResourceType`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ResourceType {
    #[serde(rename = "groupType", skip_serializing_if = "::std::option::Option::is_none")]
    pub group_type: ::std::option::Option<::std::string::String>,
    #[serde(rename = "scopeAliases", skip_serializing_if = "::std::option::Option::is_none")]
    pub scope_aliases: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `RoleRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct RoleRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(rename = "clientRole", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_role: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub composite: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub composites: ::std::option::Option<Composites>,
    #[serde(rename = "containerId", skip_serializing_if = "::std::option::Option::is_none")]
    pub container_id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "scopeParamRequired", skip_serializing_if = "::std::option::Option::is_none")]
    pub scope_param_required: ::std::option::Option<bool>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `RolesRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct RolesRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub application: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<RoleRepresentation>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub client: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<RoleRepresentation>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub realm: ::std::option::Option<::std::vec::Vec<RoleRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ScopeMappingRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ScopeMappingRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub client: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientScope", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_scope: ::std::option::Option<::std::string::String>,
    #[serde(rename = "clientTemplate", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_template: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "self", skip_serializing_if = "::std::option::Option::is_none")]
    pub self_: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `ScopeRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct ScopeRepresentation {
    #[serde(rename = "displayName", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "iconUri", skip_serializing_if = "::std::option::Option::is_none")]
    pub icon_uri: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub policies: ::std::option::Option<::std::vec::Vec<PolicyRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub resources: ::std::option::Option<::std::vec::Vec<ResourceRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `SocialLinkRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct SocialLinkRepresentation {
    #[serde(rename = "socialProvider", skip_serializing_if = "::std::option::Option::is_none")]
    pub social_provider: ::std::option::Option<::std::string::String>,
    #[serde(rename = "socialUserId", skip_serializing_if = "::std::option::Option::is_none")]
    pub social_user_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "socialUsername", skip_serializing_if = "::std::option::Option::is_none")]
    pub social_username: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// What one synchronisation with an external user store did.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct SynchronizationResult {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub added: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub failed: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub ignored: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub removed: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub updated: ::std::option::Option<i32>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// An LDAP connection to try out. The server answers 204 when it works.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct TestLdapConnectionRepresentation {
    /// Known values: testConnection, testAuthentication
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub action: ::std::option::Option<::std::string::String>,
    #[serde(rename = "authType", skip_serializing_if = "::std::option::Option::is_none")]
    pub auth_type: ::std::option::Option<::std::string::String>,
    /// `**********` with `componentId` means the stored one
    #[serde(rename = "bindCredential", skip_serializing_if = "::std::option::Option::is_none")]
    pub bind_credential: ::std::option::Option<crate::secret::Secret>,
    #[serde(rename = "bindDn", skip_serializing_if = "::std::option::Option::is_none")]
    pub bind_dn: ::std::option::Option<::std::string::String>,
    #[serde(rename = "componentId", skip_serializing_if = "::std::option::Option::is_none")]
    pub component_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "connectionTimeout", skip_serializing_if = "::std::option::Option::is_none")]
    pub connection_timeout: ::std::option::Option<::std::string::String>,
    #[serde(rename = "connectionUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub connection_url: ::std::option::Option<::std::string::String>,
    #[serde(rename = "startTls", skip_serializing_if = "::std::option::Option::is_none")]
    pub start_tls: ::std::option::Option<::std::string::String>,
    #[serde(rename = "useTruststoreSpi", skip_serializing_if = "::std::option::Option::is_none")]
    pub use_truststore_spi: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UpAttribute`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UpAttribute {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub annotations: ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
    #[serde(rename = "defaultValue", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_value: ::std::option::Option<::std::string::String>,
    #[serde(rename = "displayName", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub group: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub multivalued: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub permissions: ::std::option::Option<UpAttributePermissions>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub required: ::std::option::Option<UpAttributeRequired>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub selector: ::std::option::Option<UpAttributeSelector>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub validations: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
        >,
    >,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UpAttributePermissions`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UpAttributePermissions {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub edit: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub view: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UpAttributeRequired`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UpAttributeRequired {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UpAttributeSelector`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UpAttributeSelector {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UpConfig`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UpConfig {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<::std::vec::Vec<UpAttribute>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub groups: ::std::option::Option<::std::vec::Vec<UpGroup>>,
    /// Known values: ENABLED, ADMIN_VIEW, ADMIN_EDIT
    #[serde(rename = "unmanagedAttributePolicy", skip_serializing_if = "::std::option::Option::is_none")]
    pub unmanaged_attribute_policy: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UpGroup`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UpGroup {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub annotations: ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
    #[serde(rename = "displayDescription", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_description: ::std::option::Option<::std::string::String>,
    #[serde(rename = "displayHeader", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_header: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UserConsentRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UserConsentRepresentation {
    #[serde(rename = "clientId", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "createdDate", skip_serializing_if = "::std::option::Option::is_none")]
    pub created_date: ::std::option::Option<i64>,
    #[serde(rename = "grantedClientScopes", skip_serializing_if = "::std::option::Option::is_none")]
    pub granted_client_scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "grantedRealmRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub granted_realm_roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "lastUpdatedDate", skip_serializing_if = "::std::option::Option::is_none")]
    pub last_updated_date: ::std::option::Option<i64>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UserFederationMapperRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UserFederationMapperRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "federationMapperType", skip_serializing_if = "::std::option::Option::is_none")]
    pub federation_mapper_type: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "federationProviderDisplayName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub federation_provider_display_name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UserFederationProviderRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UserFederationProviderRepresentation {
    #[serde(rename = "changedSyncPeriod", skip_serializing_if = "::std::option::Option::is_none")]
    pub changed_sync_period: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(rename = "displayName", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "fullSyncPeriod", skip_serializing_if = "::std::option::Option::is_none")]
    pub full_sync_period: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "lastSync", skip_serializing_if = "::std::option::Option::is_none")]
    pub last_sync: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub priority: ::std::option::Option<i32>,
    #[serde(rename = "providerName", skip_serializing_if = "::std::option::Option::is_none")]
    pub provider_name: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UserProfileAttributeGroupMetadata`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UserProfileAttributeGroupMetadata {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub annotations: ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
    #[serde(rename = "displayDescription", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_description: ::std::option::Option<::std::string::String>,
    #[serde(rename = "displayHeader", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_header: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UserProfileAttributeMetadata`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UserProfileAttributeMetadata {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub annotations: ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
    #[serde(rename = "defaultValue", skip_serializing_if = "::std::option::Option::is_none")]
    pub default_value: ::std::option::Option<::std::string::String>,
    #[serde(rename = "displayName", skip_serializing_if = "::std::option::Option::is_none")]
    pub display_name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub group: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub multivalued: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "readOnly", skip_serializing_if = "::std::option::Option::is_none")]
    pub read_only: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub required: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub validators: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
        >,
    >,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UserProfileMetadata`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UserProfileMetadata {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<::std::vec::Vec<UserProfileAttributeMetadata>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub groups: ::std::option::Option<::std::vec::Vec<UserProfileAttributeGroupMetadata>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UserRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UserRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<bool>>,
    >,
    #[serde(rename = "applicationRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub application_roles: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(rename = "clientConsents", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_consents: ::std::option::Option<::std::vec::Vec<UserConsentRepresentation>>,
    #[serde(rename = "clientRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub client_roles: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(rename = "createdTimestamp", skip_serializing_if = "::std::option::Option::is_none")]
    pub created_timestamp: ::std::option::Option<i64>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub credentials: ::std::option::Option<::std::vec::Vec<CredentialRepresentation>>,
    #[serde(rename = "disableableCredentialTypes", skip_serializing_if = "::std::option::Option::is_none")]
    pub disableable_credential_types: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub email: ::std::option::Option<::std::string::String>,
    #[serde(rename = "emailVerified", skip_serializing_if = "::std::option::Option::is_none")]
    pub email_verified: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub enabled: ::std::option::Option<bool>,
    #[serde(rename = "federatedIdentities", skip_serializing_if = "::std::option::Option::is_none")]
    pub federated_identities: ::std::option::Option<::std::vec::Vec<FederatedIdentityRepresentation>>,
    #[serde(rename = "federationLink", skip_serializing_if = "::std::option::Option::is_none")]
    pub federation_link: ::std::option::Option<::std::string::String>,
    #[serde(rename = "firstName", skip_serializing_if = "::std::option::Option::is_none")]
    pub first_name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub groups: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "issuedVerifiableCredentials", skip_serializing_if = "::std::option::Option::is_none")]
    pub issued_verifiable_credentials:
        ::std::option::Option<::std::vec::Vec<IssuedVerifiableCredentialRepresentation>>,
    #[serde(rename = "lastName", skip_serializing_if = "::std::option::Option::is_none")]
    pub last_name: ::std::option::Option<::std::string::String>,
    #[serde(rename = "notBefore", skip_serializing_if = "::std::option::Option::is_none")]
    pub not_before: ::std::option::Option<i32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub origin: ::std::option::Option<::std::string::String>,
    #[serde(rename = "realmRoles", skip_serializing_if = "::std::option::Option::is_none")]
    pub realm_roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "requiredActions", skip_serializing_if = "::std::option::Option::is_none")]
    pub required_actions: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "self", skip_serializing_if = "::std::option::Option::is_none")]
    pub self_: ::std::option::Option<::std::string::String>,
    #[serde(rename = "serviceAccountClientId", skip_serializing_if = "::std::option::Option::is_none")]
    pub service_account_client_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "socialLinks", skip_serializing_if = "::std::option::Option::is_none")]
    pub social_links: ::std::option::Option<::std::vec::Vec<SocialLinkRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub totp: ::std::option::Option<bool>,
    #[serde(rename = "userProfileMetadata", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_profile_metadata: ::std::option::Option<UserProfileMetadata>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub username: ::std::option::Option<::std::string::String>,
    #[serde(rename = "verifiableCredentials", skip_serializing_if = "::std::option::Option::is_none")]
    pub verifiable_credentials:
        ::std::option::Option<::std::vec::Vec<UserVerifiableCredentialRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
/// `UserVerifiableCredentialRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct UserVerifiableCredentialRepresentation {
    #[serde(rename = "createdDate", skip_serializing_if = "::std::option::Option::is_none")]
    pub created_date: ::std::option::Option<i64>,
    #[serde(rename = "credentialConfigurationId", skip_serializing_if = "::std::option::Option::is_none")]
    pub credential_configuration_id: ::std::option::Option<::std::string::String>,
    #[serde(rename = "credentialScopeName", skip_serializing_if = "::std::option::Option::is_none")]
    pub credential_scope_name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub revision: ::std::option::Option<::std::string::String>,
    #[serde(rename = "updatedDate", skip_serializing_if = "::std::option::Option::is_none")]
    pub updated_date: ::std::option::Option<i64>,
    #[serde(rename = "userAttributes", skip_serializing_if = "::std::option::Option::is_none")]
    pub user_attributes: ::std::option::Option<
        ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        >,
    >,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
