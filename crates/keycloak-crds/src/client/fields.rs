//! Which fields of a KeycloakClient are acted on. Every other one is refused.

use crate::rule::NotBuiltYet;

/// Fields that the client controller acts on.
pub const ACTED_ON: &[&str] = &[
    "spec.adminUrl",
    "spec.adopt",
    "spec.attributes",
    "spec.baseUrl",
    "spec.clientId",
    "spec.clientName",
    "spec.clientRoles",
    "spec.defaultClientScopes",
    "spec.deletionPolicy",
    "spec.description",
    "spec.exclusive",
    "spec.extra",
    "spec.manageSecret",
    "spec.management",
    "spec.optionalClientScopes",
    "spec.postLogoutRedirectUris",
    "spec.protocolMappers[].config",
    "spec.protocolMappers[].name",
    "spec.protocolMappers[].protocol",
    "spec.protocolMappers[].protocolMapper",
    "spec.publicClient",
    "spec.realmRef.authorizationSecretRef.key",
    "spec.realmRef.authorizationSecretRef.name",
    "spec.realmRef.name",
    "spec.realmRef.namespace",
    "spec.redirectUris",
    "spec.regenerateSecret",
    "spec.roles[].attributes",
    "spec.roles[].compositeClientRoles",
    "spec.roles[].description",
    "spec.roles[].name",
    "spec.rootUrl",
    "spec.secretName",
    "spec.settings.directAccessGrantsEnabled",
    "spec.settings.enabled",
    "spec.settings.implicitFlowEnabled",
    "spec.settings.serviceAccountsEnabled",
    "spec.settings.standardFlowEnabled",
    "spec.suspend",
    "spec.webOrigins",
];

const BY_HAND: &str = "Remove the field; what is set in the admin console stays as it is.";

/// Fields that are refused until the thing they are about exists.
pub const NOT_BUILT_YET: &[NotBuiltYet] = &[
    NotBuiltYet::new("spec.authenticationFlows", "flows of clients", BY_HAND),
    NotBuiltYet::new("spec.authorizationSettings", "authorization services", BY_HAND),
    NotBuiltYet::new("spec.bearerOnly", "further kinds of clients", BY_HAND),
    NotBuiltYet::new(
        "spec.clientSecret",
        "secrets of your own",
        "Remove the field; the secret is made, and stands in Secret <name>-credentials.",
    ),
    NotBuiltYet::new(
        "spec.protocol",
        "SAML and docker clients",
        "Only openid-connect is possible; write it or remove the field.",
    )
    .unless("self.protocol == 'openid-connect'"),
    NotBuiltYet::new(
        "spec.secretMetadata",
        "further forms of the credentials Secret",
        "Remove the field, or label a copy of the Secret.",
    ),
    NotBuiltYet::new(
        "spec.secretRotation",
        "rotation of clients' secrets",
        "Remove the field, or write enabled: false; regenerateSecret makes a new secret at once.",
    )
    .unless("!has(self.secretRotation.enabled) || !self.secretRotation.enabled"),
    NotBuiltYet::new("spec.serviceAccountRoles", "roles of service accounts", BY_HAND),
    NotBuiltYet::new("spec.settings.accessTokenLifespan", "token settings of clients", BY_HAND),
    NotBuiltYet::new("spec.settings.alwaysDisplayInConsole", "consent and console settings", BY_HAND),
    NotBuiltYet::new("spec.settings.authorizationServicesEnabled", "authorization services", BY_HAND),
    NotBuiltYet::new("spec.settings.clientAuthenticatorType", "further ways for clients to log in", BY_HAND),
    NotBuiltYet::new("spec.settings.clientSessionIdleTimeout", "token settings of clients", BY_HAND),
    NotBuiltYet::new("spec.settings.clientSessionMaxLifespan", "token settings of clients", BY_HAND),
    NotBuiltYet::new("spec.settings.consentRequired", "consent and console settings", BY_HAND),
    NotBuiltYet::new("spec.settings.displayOnConsentScreen", "consent and console settings", BY_HAND),
    NotBuiltYet::new("spec.settings.frontchannelLogout", "logout settings", BY_HAND),
    NotBuiltYet::new("spec.settings.fullScopeAllowed", "scope mappings", BY_HAND),
    NotBuiltYet::new("spec.settings.includeInTokenScope", "consent and console settings", BY_HAND),
    NotBuiltYet::new(
        "spec.settings.pkceCodeChallengeMethod",
        "PKCE settings",
        "Write attributes: {pkce.code.challenge.method: S256} instead.",
    ),
    NotBuiltYet::new("spec.settings.refreshTokenLifespan", "token settings of clients", BY_HAND),
];
