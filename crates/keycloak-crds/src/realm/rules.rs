//! What the API server refuses in a KeycloakRealm object, and what the user reads.

use crate::rule::Rule;

/// About `realmName`.
pub const REALM_NAME: &[Rule] = &[
    Rule::new(
        "self == oldSelf",
        "realmName cannot be changed: addresses, tokens and clients hang on it; create a second KeycloakRealm with the \
         new name and move the clients, or set it back",
    ),
    Rule::new(
        "self != '.' && self != '..'",
        "realmName must not be '.' or '..': Keycloak would create the realm and could never read or delete it again; \
         choose another name, for example acme",
    ),
    Rule::new(
        "!self.matches('[/\\\\\\\\;?]')",
        "realmName must not hold '/', '\\', ';' or '?': Keycloak refuses such a realm or could never delete it; write for \
         example acme-staff instead of acme/staff",
    ),
    Rule::new(
        "!self.matches('[\\\\x00-\\\\x1f\\\\x7f]')",
        "realmName must not hold control characters such as tabs and line breaks",
    ),
];

/// About the spec as a whole.
pub const SPEC: &[Rule] = &[Rule::new(
    "!has(self.displayNameHtml) || !has(self.loginPageTitle)",
    "displayNameHtml and loginPageTitle mean the same; write only displayNameHtml",
)
.at(".displayNameHtml")];

/// About `security`.
pub const SECURITY: &[Rule] = &[
    Rule::new(
        "!has(self.duplicateEmailsAllowed) || !self.duplicateEmailsAllowed || !has(self.loginWithEmailAllowed) || \
         !self.loginWithEmailAllowed",
        "duplicateEmailsAllowed and loginWithEmailAllowed exclude each other: an address that two users share tells \
         nobody who logs in; set one of them to false",
    )
    .at(".duplicateEmailsAllowed"),
    Rule::new(
        "!has(self.duplicateEmailsAllowed) || !self.duplicateEmailsAllowed || !has(self.registrationEmailAsUsername) || \
         !self.registrationEmailAsUsername",
        "duplicateEmailsAllowed and registrationEmailAsUsername exclude each other: two users cannot have the same user \
         name; set one of them to false",
    )
    .at(".duplicateEmailsAllowed"),
];

/// About `localization`.
pub const LOCALIZATION: &[Rule] = &[Rule::new(
    "!has(self.defaultLocale) || !has(self.supportedLocales) || self.defaultLocale in self.supportedLocales",
    "defaultLocale must be one of supportedLocales",
)
.at(".defaultLocale")];

/// About each realm role.
pub const REALM_ROLE: &[Rule] = &[
    Rule::new(
        "!has(self.clientRole) || !self.clientRole",
        "these are roles of the realm; declare a role of a client in its KeycloakClient, and leave clientRole out",
    )
    .at(".clientRole"),
    Rule::new(
        "!has(self.composite) || self.composite || ((!has(self.compositeRoles) || self.compositeRoles.size() == 0) && \
         (!has(self.compositeClientRoles) || self.compositeClientRoles.size() == 0))",
        "composite: false contradicts compositeRoles and compositeClientRoles; leave composite out",
    )
    .at(".composite"),
    Rule::new(
        "!has(self.composite) || !self.composite || (has(self.compositeRoles) && self.compositeRoles.size() > 0) || \
         (has(self.compositeClientRoles) && self.compositeClientRoles.size() > 0)",
        "a role is composite as long as it holds another one: name those in compositeRoles, or leave composite out",
    )
    .at(".composite"),
];

/// About `passwordPolicy.regexPattern`.
pub const REGEX_PATTERN: &[Rule] = &[Rule::new(
    "!self.contains(' and ')",
    "regexPattern must not hold ' and ': Keycloak keeps all rules in one text and would take it for the end of the \
     pattern; write for example '[ ]and ' instead",
)];

/// About `passwordPolicy.furtherRules`.
pub const FURTHER_PASSWORD_RULES: &[Rule] = &[Rule::new(
    "self.all(name, name.matches('^[^ ()]+$') && !self[name].contains(' and '))",
    "furtherRules are names without spaces and brackets, with values that do not hold ' and ': Keycloak keeps all rules \
     in one text; for example hashAlgorithm: argon2",
)];

/// About `secretRotation`. The numbers are what Keycloak takes where a period is left out.
pub const SECRET_ROTATION: &[Rule] = &[
    Rule::new(
        "(has(self.rotatedExpirationPeriod) ? self.rotatedExpirationPeriod : 172800) <= \
         (has(self.expirationPeriod) ? self.expirationPeriod : 2505600)",
        "rotatedExpirationPeriod must not be longer than expirationPeriod; left out they are 172800 and 2505600 seconds, so \
         write a shorter one",
    )
    .at(".rotatedExpirationPeriod"),
    Rule::new(
        "(has(self.remainingRotationPeriod) ? self.remainingRotationPeriod : 864000) <= \
         (has(self.expirationPeriod) ? self.expirationPeriod : 2505600)",
        "remainingRotationPeriod must not be longer than expirationPeriod; left out they are 864000 and 2505600 seconds, so \
         write a shorter one",
    )
    .at(".remainingRotationPeriod"),
];

/// About `smtpServer`.
pub const SMTP: &[Rule] = &[
    Rule::new(
        "!has(self.password) || !has(self.passwordSecret)",
        "password and passwordSecret exclude each other; keep passwordSecret",
    )
    .at(".password"),
    Rule::new(
        "!has(self.auth) || !self.auth || (has(self.user) && (has(self.password) || has(self.passwordSecret)))",
        "auth: true needs user and passwordSecret",
    )
    .at(".auth"),
    Rule::new("has(self.from)", "from is required, for example noreply@example.com").at(".from").required(),
];

/// About each entry of `userFederation`.
pub const FEDERATION: &[Rule] = &[Rule::new(
    "(has(self.name) && has(self.providerId) && !has(self.displayName) && !has(self.providerName)) || \
     (!has(self.name) && !has(self.providerId) && has(self.displayName) && has(self.providerName))",
    "name the directory in exactly one way: name and providerId, or displayName and providerName; for example \
     name: acme-ldap, providerId: ldap",
)];
