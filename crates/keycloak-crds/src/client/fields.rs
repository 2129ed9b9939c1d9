//! Which fields of a KeycloakClient are acted on. Every other one is refused.

use crate::rule::NotBuiltYet;

/// Fields that the client controller acts on.
pub const ACTED_ON: &[&str] = &[
    "spec.adminUrl",
    "spec.adopt",
    "spec.attributes",
    "spec.authenticationFlows.browserFlow",
    "spec.authenticationFlows.directGrantFlow",
    "spec.baseUrl",
    "spec.bearerOnly",
    "spec.clientId",
    "spec.clientName",
    "spec.clientSecret.key",
    "spec.clientSecret.name",
    "spec.deletionPolicy",
    "spec.description",
    "spec.extra",
    "spec.manageSecret",
    "spec.management",
    "spec.outputs[].annotations",
    "spec.outputs[].data",
    "spec.outputs[].labels",
    "spec.outputs[].name",
    "spec.outputs[].preset",
    "spec.outputs[].type",
    "spec.postLogoutRedirectUris",
    "spec.protocol",
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
    "spec.rootUrl",
    "spec.secretKeys",
    "spec.secretMetadata.annotations",
    "spec.secretMetadata.labels",
    "spec.secretName",
    "spec.secretType",
    "spec.settings.accessTokenLifespan",
    "spec.settings.alwaysDisplayInConsole",
    "spec.settings.clientAuthenticatorType",
    "spec.settings.clientSessionIdleTimeout",
    "spec.settings.clientSessionMaxLifespan",
    "spec.settings.consentRequired",
    "spec.settings.directAccessGrantsEnabled",
    "spec.settings.displayOnConsentScreen",
    "spec.settings.enabled",
    "spec.settings.frontchannelLogout",
    "spec.settings.fullScopeAllowed",
    "spec.settings.implicitFlowEnabled",
    "spec.settings.includeInTokenScope",
    "spec.settings.pkceCodeChallengeMethod",
    "spec.settings.refreshTokenLifespan",
    "spec.settings.serviceAccountsEnabled",
    "spec.settings.standardFlowEnabled",
    "spec.suspend",
    "spec.webOrigins",
];

const BY_HAND: &str = "Remove the field; what is set in the admin console stays as it is.";

/// Fields that are refused until the thing they are about exists.
pub const NOT_BUILT_YET: &[NotBuiltYet] = &[
    NotBuiltYet::never(
        "spec.authenticationFlows.clientAuthenticationFlow",
        "is nothing that a client has: clients prove themselves by the realm's flow, each in the way that \
         settings.clientAuthenticatorType says; remove the field.",
    ),
    NotBuiltYet::new("spec.authorizationSettings", "authorization services", BY_HAND),
    NotBuiltYet::new(
        "spec.clientRoles",
        "roles of clients",
        "Remove the list, or write []; what is made in the admin console stays as it is.",
    )
    .unless("self.clientRoles.size() == 0"),
    NotBuiltYet::new("spec.defaultClientScopes", "client scopes of clients", BY_HAND),
    NotBuiltYet::new(
        "spec.exclusive",
        "the lists that it can name",
        "Remove the field, or write []; nothing that is not ours is deleted.",
    )
    .unless("self.exclusive.size() == 0"),
    NotBuiltYet::new("spec.optionalClientScopes", "client scopes of clients", BY_HAND),
    NotBuiltYet::new(
        "spec.secretRotation",
        "rotation of clients' secrets",
        "Remove the field, or write enabled: false; regenerateSecret makes a new secret at once.",
    )
    .unless("!has(self.secretRotation.enabled) || !self.secretRotation.enabled"),
    NotBuiltYet::new("spec.serviceAccountRoles", "roles of service accounts", BY_HAND),
    NotBuiltYet::new("spec.settings.authorizationServicesEnabled", "authorization services", BY_HAND),
];
