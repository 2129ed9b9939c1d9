// Written by `cargo xtask openapi` from Keycloak 26.7.3 (openapi/). Do not edit.

//! Representations: what Keycloak's admin API sends and takes.

/// `AbstractPolicyRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for AbstractPolicyRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AbstractPolicyRepresentation")
            .field("decision_strategy", &self.decision_strategy)
            .field("description", &self.description)
            .field("id", &self.id)
            .field("logic", &self.logic)
            .field("name", &self.name)
            .field("owner", &self.owner)
            .field("policies", &self.policies)
            .field("resource_type", &self.resource_type)
            .field("resources", &self.resources)
            .field("resources_data", &self.resources_data)
            .field("scopes", &self.scopes)
            .field("scopes_data", &self.scopes_data)
            .field("type_", &self.type_)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `AdminEventRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for AdminEventRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AdminEventRepresentation")
            .field("auth_details", &self.auth_details)
            .field("details", &crate::secret::Names(&self.details))
            .field("error", &self.error)
            .field("id", &self.id)
            .field("operation_type", &self.operation_type)
            .field("realm_id", &self.realm_id)
            .field("representation", &crate::secret::Names(&self.representation))
            .field("resource_path", &self.resource_path)
            .field("resource_type", &self.resource_type)
            .field("time", &self.time)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ApplicationRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ApplicationRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ApplicationRepresentation")
            .field("access", &self.access)
            .field("admin_url", &self.admin_url)
            .field("always_display_in_console", &self.always_display_in_console)
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field(
                "authentication_flow_binding_overrides",
                &crate::secret::Names(&self.authentication_flow_binding_overrides),
            )
            .field("authorization_services_enabled", &self.authorization_services_enabled)
            .field("authorization_settings", &self.authorization_settings)
            .field("base_url", &self.base_url)
            .field("bearer_only", &self.bearer_only)
            .field("claims", &self.claims)
            .field("client_authenticator_type", &self.client_authenticator_type)
            .field("client_id", &self.client_id)
            .field("client_template", &self.client_template)
            .field("consent_required", &self.consent_required)
            .field("default_client_scopes", &self.default_client_scopes)
            .field("default_roles", &self.default_roles)
            .field("description", &self.description)
            .field("direct_access_grants_enabled", &self.direct_access_grants_enabled)
            .field("direct_grants_only", &self.direct_grants_only)
            .field("enabled", &self.enabled)
            .field("frontchannel_logout", &self.frontchannel_logout)
            .field("full_scope_allowed", &self.full_scope_allowed)
            .field("id", &self.id)
            .field("implicit_flow_enabled", &self.implicit_flow_enabled)
            .field("name", &self.name)
            .field("node_re_registration_timeout", &self.node_re_registration_timeout)
            .field("not_before", &self.not_before)
            .field("optional_client_scopes", &self.optional_client_scopes)
            .field("origin", &self.origin)
            .field("protocol", &self.protocol)
            .field("protocol_mappers", &self.protocol_mappers)
            .field("public_client", &self.public_client)
            .field("redirect_uris", &self.redirect_uris)
            .field("registered_nodes", &self.registered_nodes)
            .field("registration_access_token", &self.registration_access_token)
            .field("root_url", &self.root_url)
            .field("secret", &self.secret)
            .field("service_accounts_enabled", &self.service_accounts_enabled)
            .field("standard_flow_enabled", &self.standard_flow_enabled)
            .field("surrogate_auth_required", &self.surrogate_auth_required)
            .field("type_", &self.type_)
            .field("use_template_config", &self.use_template_config)
            .field("use_template_mappers", &self.use_template_mappers)
            .field("use_template_scope", &self.use_template_scope)
            .field("web_origins", &self.web_origins)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `AuthDetailsRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for AuthDetailsRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AuthDetailsRepresentation")
            .field("client_id", &self.client_id)
            .field("ip_address", &self.ip_address)
            .field("realm_id", &self.realm_id)
            .field("user_id", &self.user_id)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `AuthenticationExecutionExportRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for AuthenticationExecutionExportRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AuthenticationExecutionExportRepresentation")
            .field("authenticator", &self.authenticator)
            .field("authenticator_config", &self.authenticator_config)
            .field("authenticator_flow", &self.authenticator_flow)
            .field("autheticator_flow", &self.autheticator_flow)
            .field("flow_alias", &self.flow_alias)
            .field("priority", &self.priority)
            .field("requirement", &self.requirement)
            .field("user_setup_allowed", &self.user_setup_allowed)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `AuthenticationExecutionInfoRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for AuthenticationExecutionInfoRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AuthenticationExecutionInfoRepresentation")
            .field("alias", &self.alias)
            .field("authentication_config", &self.authentication_config)
            .field("authentication_flow", &self.authentication_flow)
            .field("configurable", &self.configurable)
            .field("description", &self.description)
            .field("display_name", &self.display_name)
            .field("flow_id", &self.flow_id)
            .field("id", &self.id)
            .field("index", &self.index)
            .field("level", &self.level)
            .field("priority", &self.priority)
            .field("provider_id", &self.provider_id)
            .field("requirement", &self.requirement)
            .field("requirement_choices", &self.requirement_choices)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `AuthenticationExecutionRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for AuthenticationExecutionRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AuthenticationExecutionRepresentation")
            .field("authenticator", &self.authenticator)
            .field("authenticator_config", &self.authenticator_config)
            .field("authenticator_flow", &self.authenticator_flow)
            .field("autheticator_flow", &self.autheticator_flow)
            .field("flow_id", &self.flow_id)
            .field("id", &self.id)
            .field("parent_flow", &self.parent_flow)
            .field("priority", &self.priority)
            .field("requirement", &self.requirement)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `AuthenticationFlowRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for AuthenticationFlowRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AuthenticationFlowRepresentation")
            .field("alias", &self.alias)
            .field("authentication_executions", &self.authentication_executions)
            .field("built_in", &self.built_in)
            .field("description", &self.description)
            .field("id", &self.id)
            .field("provider_id", &self.provider_id)
            .field("top_level", &self.top_level)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `AuthenticatorConfigRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for AuthenticatorConfigRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AuthenticatorConfigRepresentation")
            .field("alias", &self.alias)
            .field("config", &crate::secret::Names(&self.config))
            .field("id", &self.id)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `AuthorizationSchema`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct AuthorizationSchema {
    #[serde(rename = "resourceTypes", skip_serializing_if = "::std::option::Option::is_none")]
    pub resource_types:
        ::std::option::Option<::std::collections::BTreeMap<::std::string::String, ResourceType>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for AuthorizationSchema {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AuthorizationSchema")
            .field("resource_types", &self.resource_types)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `CertificateRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for CertificateRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("CertificateRepresentation")
            .field("certificate", &self.certificate)
            .field("jwks", &self.jwks)
            .field("kid", &self.kid)
            .field("private_key", &self.private_key)
            .field("public_key", &self.public_key)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClaimRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ClaimRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClaimRepresentation")
            .field("address", &self.address)
            .field("email", &self.email)
            .field("gender", &self.gender)
            .field("locale", &self.locale)
            .field("name", &self.name)
            .field("phone", &self.phone)
            .field("picture", &self.picture)
            .field("profile", &self.profile)
            .field("username", &self.username)
            .field("website", &self.website)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClientMappingsRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ClientMappingsRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClientMappingsRepresentation")
            .field("client", &self.client)
            .field("id", &self.id)
            .field("mappings", &self.mappings)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClientPoliciesRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct ClientPoliciesRepresentation {
    #[serde(rename = "globalPolicies", skip_serializing_if = "::std::option::Option::is_none")]
    pub global_policies: ::std::option::Option<::std::vec::Vec<ClientPolicyRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub policies: ::std::option::Option<::std::vec::Vec<ClientPolicyRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for ClientPoliciesRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClientPoliciesRepresentation")
            .field("global_policies", &self.global_policies)
            .field("policies", &self.policies)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClientPolicyConditionRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct ClientPolicyConditionRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub condition: ::std::option::Option<::std::string::String>,
    /// Configuration settings as a JSON object
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub configuration: ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for ClientPolicyConditionRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClientPolicyConditionRepresentation")
            .field("condition", &self.condition)
            .field("configuration", &crate::secret::Names(&self.configuration))
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClientPolicyExecutorRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct ClientPolicyExecutorRepresentation {
    /// Configuration settings as a JSON object
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub configuration: ::std::option::Option<::serde_json::Map<::std::string::String, ::serde_json::Value>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub executor: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for ClientPolicyExecutorRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClientPolicyExecutorRepresentation")
            .field("configuration", &crate::secret::Names(&self.configuration))
            .field("executor", &self.executor)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClientPolicyRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ClientPolicyRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClientPolicyRepresentation")
            .field("conditions", &self.conditions)
            .field("description", &self.description)
            .field("enabled", &self.enabled)
            .field("mode", &self.mode)
            .field("name", &self.name)
            .field("profiles", &self.profiles)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClientProfileRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ClientProfileRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClientProfileRepresentation")
            .field("description", &self.description)
            .field("executors", &self.executors)
            .field("name", &self.name)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClientProfilesRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct ClientProfilesRepresentation {
    #[serde(rename = "globalProfiles", skip_serializing_if = "::std::option::Option::is_none")]
    pub global_profiles: ::std::option::Option<::std::vec::Vec<ClientProfileRepresentation>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub profiles: ::std::option::Option<::std::vec::Vec<ClientProfileRepresentation>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for ClientProfilesRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClientProfilesRepresentation")
            .field("global_profiles", &self.global_profiles)
            .field("profiles", &self.profiles)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClientRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ClientRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClientRepresentation")
            .field("access", &self.access)
            .field("admin_url", &self.admin_url)
            .field("always_display_in_console", &self.always_display_in_console)
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field(
                "authentication_flow_binding_overrides",
                &crate::secret::Names(&self.authentication_flow_binding_overrides),
            )
            .field("authorization_services_enabled", &self.authorization_services_enabled)
            .field("authorization_settings", &self.authorization_settings)
            .field("base_url", &self.base_url)
            .field("bearer_only", &self.bearer_only)
            .field("client_authenticator_type", &self.client_authenticator_type)
            .field("client_id", &self.client_id)
            .field("client_template", &self.client_template)
            .field("consent_required", &self.consent_required)
            .field("default_client_scopes", &self.default_client_scopes)
            .field("default_roles", &self.default_roles)
            .field("description", &self.description)
            .field("direct_access_grants_enabled", &self.direct_access_grants_enabled)
            .field("direct_grants_only", &self.direct_grants_only)
            .field("enabled", &self.enabled)
            .field("frontchannel_logout", &self.frontchannel_logout)
            .field("full_scope_allowed", &self.full_scope_allowed)
            .field("id", &self.id)
            .field("implicit_flow_enabled", &self.implicit_flow_enabled)
            .field("name", &self.name)
            .field("node_re_registration_timeout", &self.node_re_registration_timeout)
            .field("not_before", &self.not_before)
            .field("optional_client_scopes", &self.optional_client_scopes)
            .field("origin", &self.origin)
            .field("protocol", &self.protocol)
            .field("protocol_mappers", &self.protocol_mappers)
            .field("public_client", &self.public_client)
            .field("redirect_uris", &self.redirect_uris)
            .field("registered_nodes", &self.registered_nodes)
            .field("registration_access_token", &self.registration_access_token)
            .field("root_url", &self.root_url)
            .field("secret", &self.secret)
            .field("service_accounts_enabled", &self.service_accounts_enabled)
            .field("standard_flow_enabled", &self.standard_flow_enabled)
            .field("surrogate_auth_required", &self.surrogate_auth_required)
            .field("type_", &self.type_)
            .field("use_template_config", &self.use_template_config)
            .field("use_template_mappers", &self.use_template_mappers)
            .field("use_template_scope", &self.use_template_scope)
            .field("web_origins", &self.web_origins)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClientScopeRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ClientScopeRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClientScopeRepresentation")
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field("description", &self.description)
            .field("id", &self.id)
            .field("name", &self.name)
            .field("protocol", &self.protocol)
            .field("protocol_mappers", &self.protocol_mappers)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ClientTemplateRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ClientTemplateRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ClientTemplateRepresentation")
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field("bearer_only", &self.bearer_only)
            .field("consent_required", &self.consent_required)
            .field("description", &self.description)
            .field("direct_access_grants_enabled", &self.direct_access_grants_enabled)
            .field("frontchannel_logout", &self.frontchannel_logout)
            .field("full_scope_allowed", &self.full_scope_allowed)
            .field("id", &self.id)
            .field("implicit_flow_enabled", &self.implicit_flow_enabled)
            .field("name", &self.name)
            .field("protocol", &self.protocol)
            .field("protocol_mappers", &self.protocol_mappers)
            .field("public_client", &self.public_client)
            .field("service_accounts_enabled", &self.service_accounts_enabled)
            .field("standard_flow_enabled", &self.standard_flow_enabled)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ComponentExportRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ComponentExportRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ComponentExportRepresentation")
            .field("config", &crate::secret::Names(&self.config))
            .field("id", &self.id)
            .field("name", &self.name)
            .field("provider_id", &self.provider_id)
            .field("sub_components", &self.sub_components)
            .field("sub_type", &self.sub_type)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ComponentRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ComponentRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ComponentRepresentation")
            .field("config", &crate::secret::Names(&self.config))
            .field("id", &self.id)
            .field("name", &self.name)
            .field("parent_id", &self.parent_id)
            .field("provider_id", &self.provider_id)
            .field("provider_type", &self.provider_type)
            .field("sub_type", &self.sub_type)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ComponentTypeRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ComponentTypeRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ComponentTypeRepresentation")
            .field("client_properties", &self.client_properties)
            .field("help_text", &self.help_text)
            .field("id", &self.id)
            .field("metadata", &crate::secret::Names(&self.metadata))
            .field("properties", &self.properties)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `Composites`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for Composites {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Composites")
            .field("application", &crate::secret::Names(&self.application))
            .field("client", &crate::secret::Names(&self.client))
            .field("realm", &self.realm)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ConfigPropertyRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ConfigPropertyRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ConfigPropertyRepresentation")
            .field("default_value", &crate::secret::Names(&self.default_value))
            .field("help_text", &self.help_text)
            .field("label", &self.label)
            .field("name", &self.name)
            .field("options", &self.options)
            .field("read_only", &self.read_only)
            .field("required", &self.required)
            .field("secret", &self.secret)
            .field("type_", &self.type_)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `CredentialRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for CredentialRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("CredentialRepresentation")
            .field("algorithm", &self.algorithm)
            .field("config", &crate::secret::Names(&self.config))
            .field("counter", &self.counter)
            .field("created_date", &self.created_date)
            .field("credential_data", &self.credential_data)
            .field("device", &self.device)
            .field("digits", &self.digits)
            .field("federation_link", &self.federation_link)
            .field("hash_iterations", &self.hash_iterations)
            .field("hashed_salted_value", &self.hashed_salted_value)
            .field("id", &self.id)
            .field("period", &self.period)
            .field("priority", &self.priority)
            .field("salt", &self.salt)
            .field("secret_data", &self.secret_data)
            .field("temporary", &self.temporary)
            .field("type_", &self.type_)
            .field("user_label", &self.user_label)
            .field("value", &self.value)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `EventRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for EventRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("EventRepresentation")
            .field("client_id", &self.client_id)
            .field("details", &crate::secret::Names(&self.details))
            .field("error", &self.error)
            .field("id", &self.id)
            .field("ip_address", &self.ip_address)
            .field("realm_id", &self.realm_id)
            .field("session_id", &self.session_id)
            .field("time", &self.time)
            .field("type_", &self.type_)
            .field("user_id", &self.user_id)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `FederatedIdentityRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for FederatedIdentityRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("FederatedIdentityRepresentation")
            .field("identity_provider", &self.identity_provider)
            .field("user_id", &self.user_id)
            .field("user_name", &self.user_name)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `GlobalRequestResult`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct GlobalRequestResult {
    #[serde(rename = "failedRequests", skip_serializing_if = "::std::option::Option::is_none")]
    pub failed_requests: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(rename = "successRequests", skip_serializing_if = "::std::option::Option::is_none")]
    pub success_requests: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for GlobalRequestResult {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("GlobalRequestResult")
            .field("failed_requests", &self.failed_requests)
            .field("success_requests", &self.success_requests)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `GroupRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for GroupRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("GroupRepresentation")
            .field("access", &self.access)
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field("client_roles", &crate::secret::Names(&self.client_roles))
            .field("description", &self.description)
            .field("id", &self.id)
            .field("name", &self.name)
            .field("parent_id", &self.parent_id)
            .field("path", &self.path)
            .field("realm_roles", &self.realm_roles)
            .field("sub_group_count", &self.sub_group_count)
            .field("sub_groups", &self.sub_groups)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `IdentityProviderMapperRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for IdentityProviderMapperRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("IdentityProviderMapperRepresentation")
            .field("config", &crate::secret::Names(&self.config))
            .field("id", &self.id)
            .field("identity_provider_alias", &self.identity_provider_alias)
            .field("identity_provider_mapper", &self.identity_provider_mapper)
            .field("name", &self.name)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `IdentityProviderMapperTypeRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for IdentityProviderMapperTypeRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("IdentityProviderMapperTypeRepresentation")
            .field("category", &self.category)
            .field("help_text", &self.help_text)
            .field("id", &self.id)
            .field("name", &self.name)
            .field("properties", &self.properties)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `IdentityProviderRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for IdentityProviderRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("IdentityProviderRepresentation")
            .field("add_read_token_role_on_create", &self.add_read_token_role_on_create)
            .field("alias", &self.alias)
            .field("authenticate_by_default", &self.authenticate_by_default)
            .field("config", &crate::secret::Names(&self.config))
            .field("display_name", &self.display_name)
            .field("enabled", &self.enabled)
            .field("first_broker_login_flow_alias", &self.first_broker_login_flow_alias)
            .field("hide_on_login", &self.hide_on_login)
            .field("internal_id", &self.internal_id)
            .field("link_only", &self.link_only)
            .field("organization_id", &self.organization_id)
            .field("post_broker_login_flow_alias", &self.post_broker_login_flow_alias)
            .field("provider_id", &self.provider_id)
            .field("store_token", &self.store_token)
            .field("trust_email", &self.trust_email)
            .field("types", &self.types)
            .field("update_profile_first_login", &self.update_profile_first_login)
            .field("update_profile_first_login_mode", &self.update_profile_first_login_mode)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `IssuedVerifiableCredentialRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for IssuedVerifiableCredentialRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("IssuedVerifiableCredentialRepresentation")
            .field("client_base_url", &self.client_base_url)
            .field("client_id", &self.client_id)
            .field("client_name", &self.client_name)
            .field("credential_type", &self.credential_type)
            .field("expires_at", &self.expires_at)
            .field("id", &self.id)
            .field("issued_at", &self.issued_at)
            .field("revision", &self.revision)
            .field("user_id", &self.user_id)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `KeyMetadataRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for KeyMetadataRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("KeyMetadataRepresentation")
            .field("algorithm", &self.algorithm)
            .field("certificate", &self.certificate)
            .field("kid", &self.kid)
            .field("provider_id", &self.provider_id)
            .field("provider_priority", &self.provider_priority)
            .field("public_key", &self.public_key)
            .field("status", &self.status)
            .field("type_", &self.type_)
            .field("use_", &self.use_)
            .field("valid_to", &self.valid_to)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `KeysMetadataRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for KeysMetadataRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("KeysMetadataRepresentation")
            .field("active", &crate::secret::Names(&self.active))
            .field("keys", &self.keys)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// One extension or control that an LDAP server offers.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct LdapCapabilityRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub oid: ::std::option::Option<::std::string::String>,
    #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
    pub type_: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for LdapCapabilityRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("LdapCapabilityRepresentation")
            .field("oid", &self.oid)
            .field("type_", &self.type_)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `MappingsRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for MappingsRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("MappingsRepresentation")
            .field("client_mappings", &self.client_mappings)
            .field("realm_mappings", &self.realm_mappings)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `MemberRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for MemberRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("MemberRepresentation")
            .field("access", &self.access)
            .field("application_roles", &crate::secret::Names(&self.application_roles))
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field("client_consents", &self.client_consents)
            .field("client_roles", &crate::secret::Names(&self.client_roles))
            .field("created_timestamp", &self.created_timestamp)
            .field("credentials", &self.credentials)
            .field("disableable_credential_types", &self.disableable_credential_types)
            .field("email", &self.email)
            .field("email_verified", &self.email_verified)
            .field("enabled", &self.enabled)
            .field("federated_identities", &self.federated_identities)
            .field("federation_link", &self.federation_link)
            .field("first_name", &self.first_name)
            .field("groups", &self.groups)
            .field("id", &self.id)
            .field("issued_verifiable_credentials", &self.issued_verifiable_credentials)
            .field("last_name", &self.last_name)
            .field("membership_type", &self.membership_type)
            .field("not_before", &self.not_before)
            .field("origin", &self.origin)
            .field("realm_roles", &self.realm_roles)
            .field("required_actions", &self.required_actions)
            .field("self_", &self.self_)
            .field("service_account_client_id", &self.service_account_client_id)
            .field("social_links", &self.social_links)
            .field("totp", &self.totp)
            .field("user_profile_metadata", &self.user_profile_metadata)
            .field("username", &self.username)
            .field("verifiable_credentials", &self.verifiable_credentials)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `OAuthClientRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for OAuthClientRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("OAuthClientRepresentation")
            .field("access", &self.access)
            .field("admin_url", &self.admin_url)
            .field("always_display_in_console", &self.always_display_in_console)
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field(
                "authentication_flow_binding_overrides",
                &crate::secret::Names(&self.authentication_flow_binding_overrides),
            )
            .field("authorization_services_enabled", &self.authorization_services_enabled)
            .field("authorization_settings", &self.authorization_settings)
            .field("base_url", &self.base_url)
            .field("bearer_only", &self.bearer_only)
            .field("claims", &self.claims)
            .field("client_authenticator_type", &self.client_authenticator_type)
            .field("client_id", &self.client_id)
            .field("client_template", &self.client_template)
            .field("consent_required", &self.consent_required)
            .field("default_client_scopes", &self.default_client_scopes)
            .field("default_roles", &self.default_roles)
            .field("description", &self.description)
            .field("direct_access_grants_enabled", &self.direct_access_grants_enabled)
            .field("direct_grants_only", &self.direct_grants_only)
            .field("enabled", &self.enabled)
            .field("frontchannel_logout", &self.frontchannel_logout)
            .field("full_scope_allowed", &self.full_scope_allowed)
            .field("id", &self.id)
            .field("implicit_flow_enabled", &self.implicit_flow_enabled)
            .field("name", &self.name)
            .field("node_re_registration_timeout", &self.node_re_registration_timeout)
            .field("not_before", &self.not_before)
            .field("optional_client_scopes", &self.optional_client_scopes)
            .field("origin", &self.origin)
            .field("protocol", &self.protocol)
            .field("protocol_mappers", &self.protocol_mappers)
            .field("public_client", &self.public_client)
            .field("redirect_uris", &self.redirect_uris)
            .field("registered_nodes", &self.registered_nodes)
            .field("registration_access_token", &self.registration_access_token)
            .field("root_url", &self.root_url)
            .field("secret", &self.secret)
            .field("service_accounts_enabled", &self.service_accounts_enabled)
            .field("standard_flow_enabled", &self.standard_flow_enabled)
            .field("surrogate_auth_required", &self.surrogate_auth_required)
            .field("type_", &self.type_)
            .field("use_template_config", &self.use_template_config)
            .field("use_template_mappers", &self.use_template_mappers)
            .field("use_template_scope", &self.use_template_scope)
            .field("web_origins", &self.web_origins)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `OrganizationDomainRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct OrganizationDomainRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub verified: ::std::option::Option<bool>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for OrganizationDomainRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("OrganizationDomainRepresentation")
            .field("name", &self.name)
            .field("verified", &self.verified)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `OrganizationRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for OrganizationRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("OrganizationRepresentation")
            .field("alias", &self.alias)
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field("description", &self.description)
            .field("domains", &self.domains)
            .field("enabled", &self.enabled)
            .field("groups", &self.groups)
            .field("id", &self.id)
            .field("identity_providers", &self.identity_providers)
            .field("members", &self.members)
            .field("name", &self.name)
            .field("redirect_url", &self.redirect_url)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// A part of a realm to import. Only `SKIP` and `FAIL` keep the ids of what exists.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for PartialImportRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("PartialImportRepresentation")
            .field("clients", &self.clients)
            .field("groups", &self.groups)
            .field("identity_provider_mappers", &self.identity_provider_mappers)
            .field("identity_providers", &self.identity_providers)
            .field("if_resource_exists", &self.if_resource_exists)
            .field("roles", &self.roles)
            .field("users", &self.users)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `PartialImportResult`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for PartialImportResult {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("PartialImportResult")
            .field("action", &self.action)
            .field("id", &self.id)
            .field("resource_name", &self.resource_name)
            .field("resource_type", &self.resource_type)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// What a partial import did, object by object.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for PartialImportResults {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("PartialImportResults")
            .field("added", &self.added)
            .field("overwritten", &self.overwritten)
            .field("results", &self.results)
            .field("skipped", &self.skipped)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `PolicyRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for PolicyRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("PolicyRepresentation")
            .field("config", &crate::secret::Names(&self.config))
            .field("decision_strategy", &self.decision_strategy)
            .field("description", &self.description)
            .field("id", &self.id)
            .field("logic", &self.logic)
            .field("name", &self.name)
            .field("owner", &self.owner)
            .field("policies", &self.policies)
            .field("resource_type", &self.resource_type)
            .field("resources", &self.resources)
            .field("resources_data", &self.resources_data)
            .field("scopes", &self.scopes)
            .field("scopes_data", &self.scopes_data)
            .field("type_", &self.type_)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ProtocolMapperRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ProtocolMapperRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ProtocolMapperRepresentation")
            .field("config", &crate::secret::Names(&self.config))
            .field("consent_required", &self.consent_required)
            .field("consent_text", &self.consent_text)
            .field("id", &self.id)
            .field("name", &self.name)
            .field("protocol", &self.protocol)
            .field("protocol_mapper", &self.protocol_mapper)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `RealmEventsConfigRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for RealmEventsConfigRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("RealmEventsConfigRepresentation")
            .field("admin_events_details_enabled", &self.admin_events_details_enabled)
            .field("admin_events_enabled", &self.admin_events_enabled)
            .field("enabled_event_types", &self.enabled_event_types)
            .field("events_enabled", &self.events_enabled)
            .field("events_expiration", &self.events_expiration)
            .field("events_listeners", &self.events_listeners)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `RealmRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for RealmRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("RealmRepresentation")
            .field("access_code_lifespan", &self.access_code_lifespan)
            .field("access_code_lifespan_login", &self.access_code_lifespan_login)
            .field("access_code_lifespan_user_action", &self.access_code_lifespan_user_action)
            .field("access_token_lifespan", &self.access_token_lifespan)
            .field("access_token_lifespan_for_implicit_flow", &self.access_token_lifespan_for_implicit_flow)
            .field("account_theme", &self.account_theme)
            .field("action_token_generated_by_admin_lifespan", &self.action_token_generated_by_admin_lifespan)
            .field("action_token_generated_by_user_lifespan", &self.action_token_generated_by_user_lifespan)
            .field("admin_events_details_enabled", &self.admin_events_details_enabled)
            .field("admin_events_enabled", &self.admin_events_enabled)
            .field("admin_permissions_client", &self.admin_permissions_client)
            .field("admin_permissions_enabled", &self.admin_permissions_enabled)
            .field("admin_theme", &self.admin_theme)
            .field("application_scope_mappings", &self.application_scope_mappings)
            .field("applications", &self.applications)
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field("authentication_flows", &self.authentication_flows)
            .field("authenticator_config", &self.authenticator_config)
            .field("browser_flow", &self.browser_flow)
            .field("browser_security_headers", &crate::secret::Names(&self.browser_security_headers))
            .field("brute_force_protected", &self.brute_force_protected)
            .field("brute_force_strategy", &self.brute_force_strategy)
            .field("certificate", &self.certificate)
            .field("client_authentication_flow", &self.client_authentication_flow)
            .field("client_offline_session_idle_timeout", &self.client_offline_session_idle_timeout)
            .field("client_offline_session_max_lifespan", &self.client_offline_session_max_lifespan)
            .field("client_policies", &self.client_policies)
            .field("client_profiles", &self.client_profiles)
            .field("client_scope_mappings", &self.client_scope_mappings)
            .field("client_scopes", &self.client_scopes)
            .field("client_session_idle_timeout", &self.client_session_idle_timeout)
            .field("client_session_max_lifespan", &self.client_session_max_lifespan)
            .field("client_templates", &self.client_templates)
            .field("clients", &self.clients)
            .field("code_secret", &self.code_secret)
            .field("components", &self.components)
            .field("default_default_client_scopes", &self.default_default_client_scopes)
            .field("default_groups", &self.default_groups)
            .field("default_locale", &self.default_locale)
            .field("default_optional_client_scopes", &self.default_optional_client_scopes)
            .field("default_role", &self.default_role)
            .field("default_roles", &self.default_roles)
            .field("default_signature_algorithm", &self.default_signature_algorithm)
            .field("direct_grant_flow", &self.direct_grant_flow)
            .field("display_name", &self.display_name)
            .field("display_name_html", &self.display_name_html)
            .field("docker_authentication_flow", &self.docker_authentication_flow)
            .field("duplicate_emails_allowed", &self.duplicate_emails_allowed)
            .field("edit_username_allowed", &self.edit_username_allowed)
            .field("email_theme", &self.email_theme)
            .field("enabled", &self.enabled)
            .field("enabled_event_types", &self.enabled_event_types)
            .field("events_enabled", &self.events_enabled)
            .field("events_expiration", &self.events_expiration)
            .field("events_listeners", &self.events_listeners)
            .field("failure_factor", &self.failure_factor)
            .field("federated_users", &self.federated_users)
            .field("first_broker_login_flow", &self.first_broker_login_flow)
            .field("groups", &self.groups)
            .field("id", &self.id)
            .field("identity_provider_mappers", &self.identity_provider_mappers)
            .field("identity_providers", &self.identity_providers)
            .field("internationalization_enabled", &self.internationalization_enabled)
            .field("keycloak_version", &self.keycloak_version)
            .field("localization_texts", &crate::secret::Names(&self.localization_texts))
            .field("login_theme", &self.login_theme)
            .field("login_with_email_allowed", &self.login_with_email_allowed)
            .field("max_delta_time_seconds", &self.max_delta_time_seconds)
            .field("max_failure_wait_seconds", &self.max_failure_wait_seconds)
            .field("max_secondary_auth_failures", &self.max_secondary_auth_failures)
            .field("max_temporary_lockouts", &self.max_temporary_lockouts)
            .field("minimum_quick_login_wait_seconds", &self.minimum_quick_login_wait_seconds)
            .field("not_before", &self.not_before)
            .field("oauth2_device_code_lifespan", &self.oauth2_device_code_lifespan)
            .field("oauth2_device_polling_interval", &self.oauth2_device_polling_interval)
            .field("oauth_clients", &self.oauth_clients)
            .field("offline_session_idle_timeout", &self.offline_session_idle_timeout)
            .field("offline_session_max_lifespan", &self.offline_session_max_lifespan)
            .field("offline_session_max_lifespan_enabled", &self.offline_session_max_lifespan_enabled)
            .field("organizations", &self.organizations)
            .field("organizations_enabled", &self.organizations_enabled)
            .field("otp_policy_algorithm", &self.otp_policy_algorithm)
            .field("otp_policy_code_reusable", &self.otp_policy_code_reusable)
            .field("otp_policy_digits", &self.otp_policy_digits)
            .field("otp_policy_initial_counter", &self.otp_policy_initial_counter)
            .field("otp_policy_look_ahead_window", &self.otp_policy_look_ahead_window)
            .field("otp_policy_period", &self.otp_policy_period)
            .field("otp_policy_type", &self.otp_policy_type)
            .field("otp_supported_applications", &self.otp_supported_applications)
            .field("password_credential_grant_allowed", &self.password_credential_grant_allowed)
            .field("password_policy", &self.password_policy)
            .field("permanent_lockout", &self.permanent_lockout)
            .field("private_key", &self.private_key)
            .field("protocol_mappers", &self.protocol_mappers)
            .field("public_key", &self.public_key)
            .field("quick_login_check_milli_seconds", &self.quick_login_check_milli_seconds)
            .field("realm", &self.realm)
            .field("realm_cache_enabled", &self.realm_cache_enabled)
            .field("refresh_token_max_reuse", &self.refresh_token_max_reuse)
            .field("registration_allowed", &self.registration_allowed)
            .field("registration_email_as_username", &self.registration_email_as_username)
            .field("registration_flow", &self.registration_flow)
            .field("remember_me", &self.remember_me)
            .field("required_actions", &self.required_actions)
            .field("required_credentials", &self.required_credentials)
            .field("reset_credentials_flow", &self.reset_credentials_flow)
            .field("reset_password_allowed", &self.reset_password_allowed)
            .field("revoke_refresh_token", &self.revoke_refresh_token)
            .field("roles", &self.roles)
            .field("scim_api_enabled", &self.scim_api_enabled)
            .field("scope_mappings", &self.scope_mappings)
            .field("smtp_server", &crate::secret::Names(&self.smtp_server))
            .field("social", &self.social)
            .field("social_providers", &crate::secret::Names(&self.social_providers))
            .field("ssl_required", &self.ssl_required)
            .field("sso_session_idle_timeout", &self.sso_session_idle_timeout)
            .field("sso_session_idle_timeout_remember_me", &self.sso_session_idle_timeout_remember_me)
            .field("sso_session_max_lifespan", &self.sso_session_max_lifespan)
            .field("sso_session_max_lifespan_remember_me", &self.sso_session_max_lifespan_remember_me)
            .field("supported_locales", &self.supported_locales)
            .field("update_profile_on_initial_social_login", &self.update_profile_on_initial_social_login)
            .field("user_cache_enabled", &self.user_cache_enabled)
            .field("user_federation_mappers", &self.user_federation_mappers)
            .field("user_federation_providers", &self.user_federation_providers)
            .field("user_managed_access_allowed", &self.user_managed_access_allowed)
            .field("users", &self.users)
            .field("verifiable_credentials_enabled", &self.verifiable_credentials_enabled)
            .field("verify_email", &self.verify_email)
            .field("wait_increment_seconds", &self.wait_increment_seconds)
            .field("web_authn_policy_acceptable_aaguids", &self.web_authn_policy_acceptable_aaguids)
            .field(
                "web_authn_policy_attestation_conveyance_preference",
                &self.web_authn_policy_attestation_conveyance_preference,
            )
            .field(
                "web_authn_policy_authenticator_attachment",
                &self.web_authn_policy_authenticator_attachment,
            )
            .field(
                "web_authn_policy_avoid_same_authenticator_register",
                &self.web_authn_policy_avoid_same_authenticator_register,
            )
            .field("web_authn_policy_create_timeout", &self.web_authn_policy_create_timeout)
            .field("web_authn_policy_extra_origins", &self.web_authn_policy_extra_origins)
            .field(
                "web_authn_policy_passwordless_acceptable_aaguids",
                &self.web_authn_policy_passwordless_acceptable_aaguids,
            )
            .field(
                "web_authn_policy_passwordless_attestation_conveyance_preference",
                &self.web_authn_policy_passwordless_attestation_conveyance_preference,
            )
            .field(
                "web_authn_policy_passwordless_authenticator_attachment",
                &self.web_authn_policy_passwordless_authenticator_attachment,
            )
            .field(
                "web_authn_policy_passwordless_avoid_same_authenticator_register",
                &self.web_authn_policy_passwordless_avoid_same_authenticator_register,
            )
            .field(
                "web_authn_policy_passwordless_create_timeout",
                &self.web_authn_policy_passwordless_create_timeout,
            )
            .field(
                "web_authn_policy_passwordless_extra_origins",
                &self.web_authn_policy_passwordless_extra_origins,
            )
            .field("web_authn_policy_passwordless_mediation", &self.web_authn_policy_passwordless_mediation)
            .field(
                "web_authn_policy_passwordless_passkeys_enabled",
                &self.web_authn_policy_passwordless_passkeys_enabled,
            )
            .field(
                "web_authn_policy_passwordless_require_resident_key",
                &self.web_authn_policy_passwordless_require_resident_key,
            )
            .field(
                "web_authn_policy_passwordless_resident_key",
                &self.web_authn_policy_passwordless_resident_key,
            )
            .field(
                "web_authn_policy_passwordless_rp_entity_name",
                &self.web_authn_policy_passwordless_rp_entity_name,
            )
            .field("web_authn_policy_passwordless_rp_id", &self.web_authn_policy_passwordless_rp_id)
            .field(
                "web_authn_policy_passwordless_signature_algorithms",
                &self.web_authn_policy_passwordless_signature_algorithms,
            )
            .field(
                "web_authn_policy_passwordless_user_verification_requirement",
                &self.web_authn_policy_passwordless_user_verification_requirement,
            )
            .field("web_authn_policy_require_resident_key", &self.web_authn_policy_require_resident_key)
            .field("web_authn_policy_resident_key", &self.web_authn_policy_resident_key)
            .field("web_authn_policy_rp_entity_name", &self.web_authn_policy_rp_entity_name)
            .field("web_authn_policy_rp_id", &self.web_authn_policy_rp_id)
            .field("web_authn_policy_signature_algorithms", &self.web_authn_policy_signature_algorithms)
            .field(
                "web_authn_policy_user_verification_requirement",
                &self.web_authn_policy_user_verification_requirement,
            )
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `RequiredActionConfigRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct RequiredActionConfigRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub config: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, ::std::option::Option<::std::string::String>>,
    >,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for RequiredActionConfigRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("RequiredActionConfigRepresentation")
            .field("config", &crate::secret::Names(&self.config))
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `RequiredActionProviderRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for RequiredActionProviderRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("RequiredActionProviderRepresentation")
            .field("alias", &self.alias)
            .field("config", &crate::secret::Names(&self.config))
            .field("default_action", &self.default_action)
            .field("enabled", &self.enabled)
            .field("name", &self.name)
            .field("priority", &self.priority)
            .field("provider_id", &self.provider_id)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ResourceOwnerRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct ResourceOwnerRepresentation {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for ResourceOwnerRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ResourceOwnerRepresentation")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ResourceRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ResourceRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ResourceRepresentation")
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field("display_name", &self.display_name)
            .field("icon_uri", &self.icon_uri)
            .field("id", &self.id)
            .field("name", &self.name)
            .field("owner", &self.owner)
            .field("owner_managed_access", &self.owner_managed_access)
            .field("scopes", &self.scopes)
            .field("scopes_uma", &self.scopes_uma)
            .field("type_", &self.type_)
            .field("uri", &self.uri)
            .field("uris", &self.uris)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ResourceServerRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ResourceServerRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ResourceServerRepresentation")
            .field("allow_remote_resource_management", &self.allow_remote_resource_management)
            .field("authorization_schema", &self.authorization_schema)
            .field("client_id", &self.client_id)
            .field("decision_strategy", &self.decision_strategy)
            .field("id", &self.id)
            .field("name", &self.name)
            .field("policies", &self.policies)
            .field("policy_enforcement_mode", &self.policy_enforcement_mode)
            .field("resources", &self.resources)
            .field("scopes", &self.scopes)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ResourceType`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ResourceType {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ResourceType")
            .field("group_type", &self.group_type)
            .field("scope_aliases", &crate::secret::Names(&self.scope_aliases))
            .field("scopes", &self.scopes)
            .field("type_", &self.type_)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `RoleRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for RoleRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("RoleRepresentation")
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field("client_role", &self.client_role)
            .field("composite", &self.composite)
            .field("composites", &self.composites)
            .field("container_id", &self.container_id)
            .field("description", &self.description)
            .field("id", &self.id)
            .field("name", &self.name)
            .field("scope_param_required", &self.scope_param_required)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `RolesRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for RolesRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("RolesRepresentation")
            .field("application", &self.application)
            .field("client", &self.client)
            .field("realm", &self.realm)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ScopeMappingRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ScopeMappingRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ScopeMappingRepresentation")
            .field("client", &self.client)
            .field("client_scope", &self.client_scope)
            .field("client_template", &self.client_template)
            .field("roles", &self.roles)
            .field("self_", &self.self_)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `ScopeRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for ScopeRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ScopeRepresentation")
            .field("display_name", &self.display_name)
            .field("icon_uri", &self.icon_uri)
            .field("id", &self.id)
            .field("name", &self.name)
            .field("policies", &self.policies)
            .field("resources", &self.resources)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `SocialLinkRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for SocialLinkRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("SocialLinkRepresentation")
            .field("social_provider", &self.social_provider)
            .field("social_user_id", &self.social_user_id)
            .field("social_username", &self.social_username)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// What one synchronisation with an external user store did.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for SynchronizationResult {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("SynchronizationResult")
            .field("added", &self.added)
            .field("failed", &self.failed)
            .field("ignored", &self.ignored)
            .field("removed", &self.removed)
            .field("status", &self.status)
            .field("updated", &self.updated)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// An LDAP connection to try out. The server answers 204 when it works.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for TestLdapConnectionRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("TestLdapConnectionRepresentation")
            .field("action", &self.action)
            .field("auth_type", &self.auth_type)
            .field("bind_credential", &self.bind_credential)
            .field("bind_dn", &self.bind_dn)
            .field("component_id", &self.component_id)
            .field("connection_timeout", &self.connection_timeout)
            .field("connection_url", &self.connection_url)
            .field("start_tls", &self.start_tls)
            .field("use_truststore_spi", &self.use_truststore_spi)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UpAttribute`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for UpAttribute {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UpAttribute")
            .field("annotations", &crate::secret::Names(&self.annotations))
            .field("default_value", &self.default_value)
            .field("display_name", &self.display_name)
            .field("group", &self.group)
            .field("multivalued", &self.multivalued)
            .field("name", &self.name)
            .field("permissions", &self.permissions)
            .field("required", &self.required)
            .field("selector", &self.selector)
            .field("validations", &crate::secret::Names(&self.validations))
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UpAttributePermissions`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct UpAttributePermissions {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub edit: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub view: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for UpAttributePermissions {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UpAttributePermissions")
            .field("edit", &self.edit)
            .field("view", &self.view)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UpAttributeRequired`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct UpAttributeRequired {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub roles: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for UpAttributeRequired {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UpAttributeRequired")
            .field("roles", &self.roles)
            .field("scopes", &self.scopes)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UpAttributeSelector`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct UpAttributeSelector {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scopes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for UpAttributeSelector {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UpAttributeSelector")
            .field("scopes", &self.scopes)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UpConfig`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for UpConfig {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UpConfig")
            .field("attributes", &self.attributes)
            .field("groups", &self.groups)
            .field("unmanaged_attribute_policy", &self.unmanaged_attribute_policy)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UpGroup`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for UpGroup {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UpGroup")
            .field("annotations", &crate::secret::Names(&self.annotations))
            .field("display_description", &self.display_description)
            .field("display_header", &self.display_header)
            .field("name", &self.name)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UserConsentRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for UserConsentRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UserConsentRepresentation")
            .field("client_id", &self.client_id)
            .field("created_date", &self.created_date)
            .field("granted_client_scopes", &self.granted_client_scopes)
            .field("granted_realm_roles", &self.granted_realm_roles)
            .field("last_updated_date", &self.last_updated_date)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UserFederationMapperRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for UserFederationMapperRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UserFederationMapperRepresentation")
            .field("config", &crate::secret::Names(&self.config))
            .field("federation_mapper_type", &self.federation_mapper_type)
            .field("federation_provider_display_name", &self.federation_provider_display_name)
            .field("id", &self.id)
            .field("name", &self.name)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UserFederationProviderRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for UserFederationProviderRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UserFederationProviderRepresentation")
            .field("changed_sync_period", &self.changed_sync_period)
            .field("config", &crate::secret::Names(&self.config))
            .field("display_name", &self.display_name)
            .field("full_sync_period", &self.full_sync_period)
            .field("id", &self.id)
            .field("last_sync", &self.last_sync)
            .field("priority", &self.priority)
            .field("provider_name", &self.provider_name)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UserProfileAttributeGroupMetadata`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for UserProfileAttributeGroupMetadata {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UserProfileAttributeGroupMetadata")
            .field("annotations", &crate::secret::Names(&self.annotations))
            .field("display_description", &self.display_description)
            .field("display_header", &self.display_header)
            .field("name", &self.name)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UserProfileAttributeMetadata`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for UserProfileAttributeMetadata {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UserProfileAttributeMetadata")
            .field("annotations", &crate::secret::Names(&self.annotations))
            .field("default_value", &self.default_value)
            .field("display_name", &self.display_name)
            .field("group", &self.group)
            .field("multivalued", &self.multivalued)
            .field("name", &self.name)
            .field("read_only", &self.read_only)
            .field("required", &self.required)
            .field("validators", &crate::secret::Names(&self.validators))
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UserProfileMetadata`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
pub struct UserProfileMetadata {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub attributes: ::std::option::Option<::std::vec::Vec<UserProfileAttributeMetadata>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub groups: ::std::option::Option<::std::vec::Vec<UserProfileAttributeGroupMetadata>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
impl ::std::fmt::Debug for UserProfileMetadata {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UserProfileMetadata")
            .field("attributes", &self.attributes)
            .field("groups", &self.groups)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UserRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for UserRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UserRepresentation")
            .field("access", &self.access)
            .field("application_roles", &crate::secret::Names(&self.application_roles))
            .field("attributes", &crate::secret::Names(&self.attributes))
            .field("client_consents", &self.client_consents)
            .field("client_roles", &crate::secret::Names(&self.client_roles))
            .field("created_timestamp", &self.created_timestamp)
            .field("credentials", &self.credentials)
            .field("disableable_credential_types", &self.disableable_credential_types)
            .field("email", &self.email)
            .field("email_verified", &self.email_verified)
            .field("enabled", &self.enabled)
            .field("federated_identities", &self.federated_identities)
            .field("federation_link", &self.federation_link)
            .field("first_name", &self.first_name)
            .field("groups", &self.groups)
            .field("id", &self.id)
            .field("issued_verifiable_credentials", &self.issued_verifiable_credentials)
            .field("last_name", &self.last_name)
            .field("not_before", &self.not_before)
            .field("origin", &self.origin)
            .field("realm_roles", &self.realm_roles)
            .field("required_actions", &self.required_actions)
            .field("self_", &self.self_)
            .field("service_account_client_id", &self.service_account_client_id)
            .field("social_links", &self.social_links)
            .field("totp", &self.totp)
            .field("user_profile_metadata", &self.user_profile_metadata)
            .field("username", &self.username)
            .field("verifiable_credentials", &self.verifiable_credentials)
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
/// `UserVerifiableCredentialRepresentation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
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
impl ::std::fmt::Debug for UserVerifiableCredentialRepresentation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("UserVerifiableCredentialRepresentation")
            .field("created_date", &self.created_date)
            .field("credential_configuration_id", &self.credential_configuration_id)
            .field("credential_scope_name", &self.credential_scope_name)
            .field("revision", &self.revision)
            .field("updated_date", &self.updated_date)
            .field("user_attributes", &crate::secret::Names(&self.user_attributes))
            .field("extra", &crate::secret::Names(&self.extra))
            .finish()
    }
}
