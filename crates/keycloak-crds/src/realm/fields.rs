//! Which fields of a KeycloakRealm are acted on. Every other one is refused.

use crate::rule::NotBuiltYet;

/// Fields that the realm controller acts on.
pub const ACTED_ON: &[&str] = &[
    "spec.adopt",
    "spec.attributes",
    "spec.deletionPolicy",
    // A note for people; nothing in Keycloak answers to it.
    "spec.description",
    "spec.displayName",
    "spec.displayNameHtml",
    "spec.enabled",
    "spec.extra",
    "spec.localization.defaultLocale",
    "spec.localization.enabled",
    "spec.localization.supportedLocales",
    "spec.loginPageTitle",
    "spec.management",
    "spec.operatorRef.authorizationSecretRef.key",
    "spec.operatorRef.authorizationSecretRef.name",
    "spec.operatorRef.name",
    "spec.operatorRef.namespace",
    "spec.realmName",
    "spec.security.bruteForceProtected",
    "spec.security.duplicateEmailsAllowed",
    "spec.security.editUsernameAllowed",
    "spec.security.failureFactor",
    "spec.security.loginWithEmailAllowed",
    "spec.security.maxDeltaTime",
    "spec.security.maxFailureWait",
    "spec.security.minimumQuickLoginWait",
    "spec.security.permanentLockout",
    "spec.security.quickLoginCheckMillis",
    "spec.security.refreshTokenMaxReuse",
    "spec.security.registrationAllowed",
    "spec.security.registrationEmailAsUsername",
    "spec.security.rememberMe",
    "spec.security.resetPasswordAllowed",
    "spec.security.revokeRefreshToken",
    "spec.security.sslRequired",
    "spec.security.verifyEmail",
    "spec.security.waitIncrement",
    "spec.suspend",
    "spec.takeOver[].clusterId",
    "spec.takeOver[].names",
    "spec.takeOver[].namespaces",
    "spec.themes.account",
    "spec.themes.admin",
    "spec.themes.email",
    "spec.themes.login",
    "spec.tokenSettings.accessTokenLifespan",
    "spec.tokenSettings.accessTokenLifespanForImplicitFlow",
    "spec.tokenSettings.clientOfflineSessionIdleTimeout",
    "spec.tokenSettings.clientOfflineSessionMaxLifespan",
    "spec.tokenSettings.clientSessionIdleTimeout",
    "spec.tokenSettings.clientSessionMaxLifespan",
    "spec.tokenSettings.offlineSessionIdleTimeout",
    "spec.tokenSettings.offlineSessionMaxLifespan",
    "spec.tokenSettings.offlineSessionMaxLifespanEnabled",
    "spec.tokenSettings.ssoSessionIdleTimeout",
    "spec.tokenSettings.ssoSessionMaxLifespan",
];

const BY_HAND: &str = "Remove the field; what is set in the admin console stays as it is.";
const EMPTY_LIST: &str = "Remove the list, or write []; what is made in the admin console stays as it is.";

/// Fields that are refused until the thing they are about exists.
pub const NOT_BUILT_YET: &[NotBuiltYet] = &[
    NotBuiltYet::new("spec.authenticationFlows", "flows", EMPTY_LIST).unless("self.authenticationFlows.size() == 0"),
    NotBuiltYet::new(
        "spec.authorization",
        "grants, limits and named tokens",
        "Until then objects of the same namespace, the token of Secret <realmName>-realm-auth and RBAC with the verb \
         'use' allow clients; remove the field.",
    ),
    NotBuiltYet::new("spec.browserFlow", "flows", BY_HAND),
    NotBuiltYet::new("spec.browserSecurityHeaders", "security headers", BY_HAND),
    NotBuiltYet::new("spec.clientAuthenticationFlow", "flows", BY_HAND),
    NotBuiltYet::new(
        "spec.clientAuthorizationGrants",
        "grants, limits and named tokens",
        "Until then RBAC with the verb 'use' on this object, for the namespace's service accounts, allows clients; \
         remove the field, or write [].",
    )
    .unless("self.clientAuthorizationGrants.size() == 0"),
    NotBuiltYet::new("spec.clientPolicies", "client policies", EMPTY_LIST).unless("self.clientPolicies.size() == 0"),
    NotBuiltYet::new("spec.clientProfiles", "client policies", EMPTY_LIST).unless("self.clientProfiles.size() == 0"),
    NotBuiltYet::new("spec.clientScopeMappings", "scope mappings", BY_HAND)
        .unless("self.clientScopeMappings.size() == 0"),
    NotBuiltYet::new("spec.clientScopes", "client scopes", EMPTY_LIST).unless("self.clientScopes.size() == 0"),
    NotBuiltYet::new("spec.defaultClientScopes", "client scopes", BY_HAND),
    NotBuiltYet::new("spec.defaultGroups", "groups", BY_HAND),
    NotBuiltYet::new("spec.defaultRole", "realm roles", BY_HAND),
    NotBuiltYet::new("spec.defaultRoles", "realm roles", BY_HAND),
    NotBuiltYet::new("spec.directGrantFlow", "flows", BY_HAND),
    NotBuiltYet::new("spec.dockerAuthenticationFlow", "flows", BY_HAND),
    NotBuiltYet::new("spec.eventsConfig", "events", BY_HAND),
    NotBuiltYet::new(
        "spec.exclusive",
        "the lists that it can name",
        "Remove the field, or write []; nothing that is not ours is deleted.",
    )
    .unless("self.exclusive.size() == 0"),
    NotBuiltYet::new("spec.firstBrokerLoginFlow", "flows", BY_HAND),
    NotBuiltYet::new("spec.groups", "groups", EMPTY_LIST).unless("self.groups.size() == 0"),
    NotBuiltYet::new("spec.identityProviders", "identity providers", EMPTY_LIST)
        .unless("self.identityProviders.size() == 0"),
    NotBuiltYet::new("spec.localization.texts", "message texts", BY_HAND).unless("self.texts.size() == 0"),
    NotBuiltYet::new("spec.optionalClientScopes", "client scopes", BY_HAND),
    NotBuiltYet::new("spec.organizations", "organizations", EMPTY_LIST).unless("self.organizations.size() == 0"),
    NotBuiltYet::new("spec.organizationsEnabled", "organizations", BY_HAND),
    NotBuiltYet::new("spec.otpPolicy", "password, one-time code and security key policies", BY_HAND),
    NotBuiltYet::new("spec.passwordPolicy", "password, one-time code and security key policies", BY_HAND),
    NotBuiltYet::new("spec.registrationFlow", "flows", BY_HAND),
    NotBuiltYet::new("spec.requiredActions", "required actions", EMPTY_LIST)
        .unless("self.requiredActions.size() == 0"),
    NotBuiltYet::new("spec.resetCredentialsFlow", "flows", BY_HAND),
    NotBuiltYet::new("spec.roles", "realm roles", EMPTY_LIST)
        .unless("!has(self.roles.realmRoles) || self.roles.realmRoles.size() == 0"),
    NotBuiltYet::new("spec.scopeMappings", "scope mappings", EMPTY_LIST).unless("self.scopeMappings.size() == 0"),
    NotBuiltYet::new("spec.smtpServer", "mail", BY_HAND),
    NotBuiltYet::new("spec.userFederation", "federation", EMPTY_LIST).unless("self.userFederation.size() == 0"),
    NotBuiltYet::new("spec.userProfile", "the user profile", BY_HAND),
    NotBuiltYet::new("spec.webAuthnPasswordlessPolicy", "password, one-time code and security key policies", BY_HAND),
    NotBuiltYet::new("spec.webAuthnPolicy", "password, one-time code and security key policies", BY_HAND),
];
