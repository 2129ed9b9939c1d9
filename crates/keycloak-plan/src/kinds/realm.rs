//! Realm and its settings.

use crate::kind::{
    Compare, Constant, Deletion, Field, KeyRelease, Kind, Loss, MapRules, Naming, OnImmutable, WriteBody,
};
use crate::version::ServerVersion;

/// A realm and the settings in its own representation. Keycloak: `RealmRepresentation`.
///
/// Roles, clients, flows and everything else inside a realm are kinds of their own.
pub static REALM: Kind = Kind {
    name: "realm",
    plural: "realms",
    part: Some("settings"),
    representation: "RealmRepresentation",
    naming: Naming::Named("realm"),
    order: 10,
    fields: FIELDS,
    write: WriteBody::Partial,
    deletion: Deletion::IfHeld { phrase: "holds", held: Loss::UserData, free: Loss::Configuration },
    on_immutable: OnImmutable::Refuse,
    mark: Some("attributes"),
    since: ServerVersion::ANY,
};

const TRUE: Constant = Constant::Bool(true);
const FALSE: Constant = Constant::Bool(false);

const fn int(value: i64) -> Constant {
    Constant::Int(value)
}

const fn text(value: &'static str) -> Constant {
    Constant::Text(value)
}

/// A switch of `spec.security` with the value the seed created it with.
const fn switch(name: &'static str, created: Constant, typed: &'static str) -> Field {
    Field::scalar(name).created_as(created).typed(typed)
}

/// A lifespan of `spec.tokenSettings` with the value the seed created it with. Left alone when released: the
/// default may be longer than what was set.
const fn lifespan(name: &'static str, created: i64, typed: &'static str) -> Field {
    Field::scalar(name).created_as(int(created)).typed(typed)
}

const fn of_otp(field: Field) -> Field {
    field.group("OTP policy")
}

const fn of_webauthn(field: Field) -> Field {
    field.group("WebAuthn policy")
}

const fn of_passwordless(field: Field) -> Field {
    field.group("WebAuthn passwordless policy")
}

/// A flow that the realm uses, by its alias.
const fn bound_flow(name: &'static str, typed: &'static str) -> Field {
    Field::scalar(name).refers_to("flow").typed(typed)
}

/// Nothing can be written here any more: Keycloak moved it elsewhere long ago.
const fn gone(name: &'static str) -> Field {
    Field::read_only(name).secret()
}

/// What to use instead of declared users.
const USERS: &str = "users are not managed; make people in the admin console or by the admin API, let them register themselves \
    (spec.security.registrationAllowed), or have them come from a directory or an identity provider; a service account belongs \
    to the KeycloakClient that turns it on (spec.settings.serviceAccountsEnabled)";

static FIELDS: &[Field] = &[
    Field::read_only("id"),
    Field::identity("realm").typed("spec.realmName"),
    Field::label("displayName").typed("spec.displayName"),
    Field::label("displayNameHtml").typed("spec.displayNameHtml"),
    Field::scalar("enabled").created_as(TRUE).typed("spec.enabled"),
    Field::scalar("notBefore"),
    Field::scalar("userManagedAccessAllowed"),
    Field::scalar("organizationsEnabled").typed("spec.organizationsEnabled"),
    Field::scalar("adminPermissionsEnabled"),
    Field::scalar("verifiableCredentialsEnabled"),
    Field::scalar("scimApiEnabled").since(26, 6),
    Field::scalar("defaultSignatureAlgorithm"),
    // Login.
    switch("registrationAllowed", FALSE, "spec.security.registrationAllowed"),
    switch("registrationEmailAsUsername", FALSE, "spec.security.registrationEmailAsUsername"),
    switch("editUsernameAllowed", FALSE, "spec.security.editUsernameAllowed"),
    switch("resetPasswordAllowed", TRUE, "spec.security.resetPasswordAllowed"),
    switch("rememberMe", FALSE, "spec.security.rememberMe"),
    switch("verifyEmail", FALSE, "spec.security.verifyEmail"),
    switch("loginWithEmailAllowed", TRUE, "spec.security.loginWithEmailAllowed"),
    switch("duplicateEmailsAllowed", FALSE, "spec.security.duplicateEmailsAllowed"),
    switch("sslRequired", text("external"), "spec.security.sslRequired").compared(Compare::IgnoreCase),
    // Brute force.
    switch("bruteForceProtected", FALSE, "spec.security.bruteForceProtected"),
    switch("permanentLockout", FALSE, "spec.security.permanentLockout"),
    Field::scalar("maxTemporaryLockouts"),
    Field::scalar("bruteForceStrategy").compared(Compare::IgnoreCase),
    Field::scalar("maxFailureWaitSeconds").typed("spec.security.maxFailureWait"),
    Field::scalar("minimumQuickLoginWaitSeconds").typed("spec.security.minimumQuickLoginWait"),
    Field::scalar("waitIncrementSeconds").typed("spec.security.waitIncrement"),
    Field::scalar("quickLoginCheckMilliSeconds").typed("spec.security.quickLoginCheckMillis"),
    Field::scalar("maxDeltaTimeSeconds").typed("spec.security.maxDeltaTime"),
    Field::scalar("failureFactor").typed("spec.security.failureFactor"),
    Field::scalar("maxSecondaryAuthFailures").since(26, 6),
    // Tokens and sessions.
    switch("revokeRefreshToken", FALSE, "spec.security.revokeRefreshToken"),
    Field::scalar("refreshTokenMaxReuse").typed("spec.security.refreshTokenMaxReuse"),
    lifespan("accessTokenLifespan", 300, "spec.tokenSettings.accessTokenLifespan"),
    lifespan(
        "accessTokenLifespanForImplicitFlow",
        900,
        "spec.tokenSettings.accessTokenLifespanForImplicitFlow",
    ),
    lifespan("ssoSessionIdleTimeout", 1800, "spec.tokenSettings.ssoSessionIdleTimeout"),
    lifespan("ssoSessionMaxLifespan", 36_000, "spec.tokenSettings.ssoSessionMaxLifespan"),
    Field::scalar("ssoSessionIdleTimeoutRememberMe"),
    Field::scalar("ssoSessionMaxLifespanRememberMe"),
    lifespan("offlineSessionIdleTimeout", 2_592_000, "spec.tokenSettings.offlineSessionIdleTimeout"),
    switch("offlineSessionMaxLifespanEnabled", FALSE, "spec.tokenSettings.offlineSessionMaxLifespanEnabled"),
    lifespan("offlineSessionMaxLifespan", 5_184_000, "spec.tokenSettings.offlineSessionMaxLifespan"),
    lifespan("clientSessionIdleTimeout", 0, "spec.tokenSettings.clientSessionIdleTimeout"),
    lifespan("clientSessionMaxLifespan", 0, "spec.tokenSettings.clientSessionMaxLifespan"),
    Field::scalar("clientOfflineSessionIdleTimeout")
        .typed("spec.tokenSettings.clientOfflineSessionIdleTimeout"),
    Field::scalar("clientOfflineSessionMaxLifespan")
        .typed("spec.tokenSettings.clientOfflineSessionMaxLifespan"),
    Field::scalar("accessCodeLifespan"),
    Field::scalar("accessCodeLifespanUserAction"),
    Field::scalar("accessCodeLifespanLogin"),
    Field::scalar("actionTokenGeneratedByAdminLifespan"),
    Field::scalar("actionTokenGeneratedByUserLifespan"),
    Field::scalar("oauth2DeviceCodeLifespan").always_sent(),
    Field::scalar("oauth2DevicePollingInterval").always_sent(),
    // Looks.
    Field::label("loginTheme").typed("spec.themes.login"),
    Field::label("adminTheme").typed("spec.themes.admin"),
    Field::label("accountTheme").typed("spec.themes.account"),
    Field::label("emailTheme").typed("spec.themes.email"),
    switch("internationalizationEnabled", FALSE, "spec.localization.enabled").reset_to(FALSE),
    Field::set("supportedLocales")
        .absent_is(Constant::Texts(&[]))
        .reset_to(Constant::Texts(&[]))
        .typed("spec.localization.supportedLocales"),
    Field::label("defaultLocale").typed("spec.localization.defaultLocale"),
    // Mail. Replaced as a whole; the masked password keeps the one that is there.
    Field::map("smtpServer", &SMTP).typed("spec.smtpServer"),
    Field::map("browserSecurityHeaders", &HEADERS).typed("spec.browserSecurityHeaders"),
    // Events.
    switch("eventsEnabled", FALSE, "spec.eventsConfig.eventsEnabled"),
    Field::scalar("eventsExpiration").absent_is(int(0)).typed("spec.eventsConfig.eventsExpiration"),
    Field::set("eventsListeners").typed("spec.eventsConfig.eventsListeners"),
    Field::set("enabledEventTypes")
        .absent_is(Constant::Texts(&[]))
        .typed("spec.eventsConfig.enabledEventTypes"),
    switch("adminEventsEnabled", FALSE, "spec.eventsConfig.adminEventsEnabled"),
    switch("adminEventsDetailsEnabled", FALSE, "spec.eventsConfig.adminEventsDetailsEnabled"),
    // Passwords and second factors.
    Field::scalar("passwordPolicy")
        .compared(Compare::JoinedRules(" and "))
        .absent_is(text(""))
        .typed("spec.passwordPolicy"),
    of_otp(Field::scalar("otpPolicyType").created_as(text("totp")).typed("spec.otpPolicy.type")),
    of_otp(
        Field::scalar("otpPolicyAlgorithm").created_as(text("HmacSHA256")).typed("spec.otpPolicy.algorithm"),
    ),
    of_otp(
        Field::scalar("otpPolicyInitialCounter").created_as(int(0)).typed("spec.otpPolicy.initialCounter"),
    ),
    of_otp(Field::scalar("otpPolicyDigits").created_as(int(6)).typed("spec.otpPolicy.digits")),
    of_otp(
        Field::scalar("otpPolicyLookAheadWindow").created_as(int(1)).typed("spec.otpPolicy.lookAheadWindow"),
    ),
    of_otp(Field::scalar("otpPolicyPeriod").created_as(int(30)).typed("spec.otpPolicy.period")),
    of_otp(Field::scalar("otpPolicyCodeReusable").created_as(FALSE).typed("spec.otpPolicy.codeReusable")),
    Field::read_only("otpSupportedApplications"),
    of_webauthn(
        Field::scalar("webAuthnPolicyRpEntityName")
            .created_as(text("keycloak"))
            .typed("spec.webAuthnPolicy.rpEntityName"),
    ),
    of_webauthn(
        Field::list("webAuthnPolicySignatureAlgorithms").typed("spec.webAuthnPolicy.signatureAlgorithms"),
    ),
    of_webauthn(Field::scalar("webAuthnPolicyRpId").typed("spec.webAuthnPolicy.rpId")),
    of_webauthn(
        Field::scalar("webAuthnPolicyAttestationConveyancePreference")
            .typed("spec.webAuthnPolicy.attestationConveyancePreference"),
    ),
    of_webauthn(
        Field::scalar("webAuthnPolicyAuthenticatorAttachment")
            .typed("spec.webAuthnPolicy.authenticatorAttachment"),
    ),
    of_webauthn(
        Field::scalar("webAuthnPolicyRequireResidentKey").typed("spec.webAuthnPolicy.requireResidentKey"),
    ),
    of_webauthn(Field::scalar("webAuthnPolicyResidentKey").typed("spec.webAuthnPolicy.residentKey"))
        .since(26, 7),
    of_webauthn(
        Field::scalar("webAuthnPolicyUserVerificationRequirement")
            .typed("spec.webAuthnPolicy.userVerificationRequirement"),
    ),
    of_webauthn(Field::scalar("webAuthnPolicyCreateTimeout").typed("spec.webAuthnPolicy.createTimeout")),
    of_webauthn(
        Field::scalar("webAuthnPolicyAvoidSameAuthenticatorRegister")
            .typed("spec.webAuthnPolicy.avoidSameAuthenticatorRegister"),
    ),
    of_webauthn(
        Field::list("webAuthnPolicyAcceptableAaguids").typed("spec.webAuthnPolicy.acceptableAaguids"),
    )
    .absent_is(Constant::Texts(&[])),
    of_webauthn(Field::list("webAuthnPolicyExtraOrigins").typed("spec.webAuthnPolicy.extraOrigins"))
        .absent_is(Constant::Texts(&[])),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessRpEntityName")
            .created_as(text("keycloak"))
            .typed("spec.webAuthnPasswordlessPolicy.rpEntityName"),
    ),
    of_passwordless(
        Field::list("webAuthnPolicyPasswordlessSignatureAlgorithms")
            .typed("spec.webAuthnPasswordlessPolicy.signatureAlgorithms"),
    ),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessRpId").typed("spec.webAuthnPasswordlessPolicy.rpId"),
    ),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessAttestationConveyancePreference")
            .typed("spec.webAuthnPasswordlessPolicy.attestationConveyancePreference"),
    ),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessAuthenticatorAttachment")
            .typed("spec.webAuthnPasswordlessPolicy.authenticatorAttachment"),
    ),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessRequireResidentKey")
            .typed("spec.webAuthnPasswordlessPolicy.requireResidentKey"),
    ),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessResidentKey")
            .typed("spec.webAuthnPasswordlessPolicy.residentKey"),
    )
    .since(26, 7),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessUserVerificationRequirement")
            .typed("spec.webAuthnPasswordlessPolicy.userVerificationRequirement"),
    ),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessCreateTimeout")
            .typed("spec.webAuthnPasswordlessPolicy.createTimeout"),
    ),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessAvoidSameAuthenticatorRegister")
            .typed("spec.webAuthnPasswordlessPolicy.avoidSameAuthenticatorRegister"),
    ),
    of_passwordless(
        Field::list("webAuthnPolicyPasswordlessAcceptableAaguids")
            .typed("spec.webAuthnPasswordlessPolicy.acceptableAaguids"),
    )
    .absent_is(Constant::Texts(&[])),
    of_passwordless(
        Field::list("webAuthnPolicyPasswordlessExtraOrigins")
            .typed("spec.webAuthnPasswordlessPolicy.extraOrigins"),
    )
    .absent_is(Constant::Texts(&[])),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessPasskeysEnabled")
            .typed("spec.webAuthnPasswordlessPolicy.passkeysEnabled"),
    )
    .absent_is(FALSE),
    of_passwordless(
        Field::scalar("webAuthnPolicyPasswordlessMediation")
            .typed("spec.webAuthnPasswordlessPolicy.mediation"),
    )
    .since(26, 7),
    // Bound flows. Another flow is what the CR asks; none cannot be written.
    bound_flow("browserFlow", "spec.browserFlow"),
    bound_flow("registrationFlow", "spec.registrationFlow"),
    bound_flow("directGrantFlow", "spec.directGrantFlow"),
    bound_flow("resetCredentialsFlow", "spec.resetCredentialsFlow"),
    bound_flow("clientAuthenticationFlow", "spec.clientAuthenticationFlow"),
    bound_flow("dockerAuthenticationFlow", "spec.dockerAuthenticationFlow"),
    bound_flow("firstBrokerLoginFlow", "spec.firstBrokerLoginFlow"),
    Field::json("clientProfiles").typed("spec.clientProfiles"),
    Field::json("clientPolicies").typed("spec.clientPolicies"),
    Field::map("attributes", &ATTRIBUTES).always_sent().typed("spec.attributes"),
    // Objects and links, declared for themselves.
    Field::other_kind("roles", "spec.roles"),
    Field::other_kind("groups", "spec.groups"),
    Field::other_kind("defaultRole", "spec.defaultRole"),
    Field::other_kind("defaultRoles", "spec.defaultRoles"),
    Field::other_kind("defaultGroups", "spec.defaultGroups"),
    Field::other_kind("clients", "KeycloakClient objects"),
    Field::other_kind("clientScopes", "spec.clientScopes"),
    Field::other_kind("defaultDefaultClientScopes", "spec.defaultClientScopes"),
    Field::other_kind("defaultOptionalClientScopes", "spec.optionalClientScopes"),
    Field::other_kind("scopeMappings", "spec.scopeMappings"),
    Field::other_kind("clientScopeMappings", "spec.clientScopeMappings"),
    Field::other_kind("identityProviders", "spec.identityProviders"),
    Field::other_kind("identityProviderMappers", "spec.identityProviders[].mappers"),
    Field::other_kind("authenticationFlows", "spec.authenticationFlows"),
    Field::other_kind("authenticatorConfig", "spec.authenticationFlows[].authenticatorConfig"),
    Field::other_kind("requiredActions", "spec.requiredActions"),
    Field::other_kind("localizationTexts", "spec.localization.texts"),
    Field::other_kind("components", "spec.userFederation"),
    Field::other_kind("userFederationProviders", "spec.userFederation"),
    Field::other_kind("userFederationMappers", "spec.userFederation[].mappers"),
    Field::other_kind("organizations", "spec.organizations"),
    // Computed, kept by Keycloak, or of a time long past.
    Field::not_managed("users", USERS),
    Field::not_managed("federatedUsers", USERS),
    Field::read_only("keycloakVersion"),
    Field::read_only("adminPermissionsClient"),
    Field::read_only("requiredCredentials"),
    Field::read_only("protocolMappers"),
    Field::read_only("applicationScopeMappings"),
    Field::read_only("applications"),
    Field::read_only("oauthClients"),
    Field::read_only("clientTemplates"),
    Field::read_only("social"),
    gone("socialProviders"),
    Field::read_only("updateProfileOnInitialSocialLogin"),
    Field::read_only("passwordCredentialGrantAllowed"),
    Field::read_only("realmCacheEnabled"),
    Field::read_only("userCacheEnabled"),
    gone("privateKey"),
    gone("codeSecret"),
    Field::read_only("publicKey"),
    Field::read_only("certificate"),
];

static SMTP: MapRules = MapRules {
    secrets: &["password", "authTokenClientSecret"],
    empty_is_absent: true,
    release: KeyRelease::RemoveOnly(&["fromDisplayName", "replyTo", "replyToDisplayName", "envelopeFrom"]),
    ..MapRules::REPLACED
};

/// The defaults of Keycloak 26.
static HEADERS: MapRules = MapRules {
    empty_is_absent: false,
    release: KeyRelease::Defaults(&[
        ("contentSecurityPolicyReportOnly", ""),
        ("xContentTypeOptions", "nosniff"),
        ("referrerPolicy", "no-referrer"),
        ("xRobotsTag", "none"),
        ("xFrameOptions", "SAMEORIGIN"),
        ("contentSecurityPolicy", "frame-src 'self'; frame-ancestors 'self'; object-src 'none';"),
        ("strictTransportSecurity", "max-age=31536000; includeSubDomains"),
    ]),
    ..MapRules::MERGED
};

/// Many fields are stored as attributes and appear there a second time. Where both are written the field wins.
static ATTRIBUTES: MapRules = MapRules {
    mirrors: &[
        ("_browser_header.", "browserSecurityHeaders"),
        ("realmReusableOtpCode", "otpPolicyCodeReusable"),
        ("client-policies.profiles", "clientProfiles"),
        ("client-policies.policies", "clientPolicies"),
    ],
    mirrors_field_names: true,
    // CIBA, PAR and level-of-authentication settings, and the address the realm is reached at.
    release: KeyRelease::RemoveExcept(&["ciba", "par", "acr.", "frontendUrl", "adminEventsExpiration"]),
    ..MapRules::REPLACED
};
