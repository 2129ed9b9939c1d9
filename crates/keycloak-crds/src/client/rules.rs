//! What the API server refuses in a KeycloakClient object, and what the user reads.

use schemars::Schema;

use crate::rule::Rule;

/// Puts [`REDIRECT_URI`] at each item of a list.
pub fn each_redirect_uri(list: &mut Schema) {
    at_items(list, REDIRECT_URI);
}

/// Puts [`POST_LOGOUT_URI`] at each item of a list.
pub fn each_post_logout_uri(list: &mut Schema) {
    at_items(list, POST_LOGOUT_URI);
}

fn at_items(list: &mut Schema, rules: &[Rule]) {
    if let Some(items) = list.get_mut("items").and_then(serde_json::Value::as_object_mut) {
        items.insert("x-kubernetes-validations".to_owned(), serde_json::json!(rules));
    }
}

/// About `clientId`.
pub const CLIENT_ID: &[Rule] = &[
    Rule::new(
        "self == oldSelf",
        "clientId cannot be changed: applications log in with it; create a second KeycloakClient with the new id and \
         delete this one, or set it back",
    ),
    Rule::new(
        "!self.matches('[\\\\x00-\\\\x1f\\\\x7f]')",
        "clientId must not hold control characters such as tabs and line breaks",
    ),
];

/// About each of `redirectUris`.
pub const REDIRECT_URI: &[Rule] = &[
    FRAGMENT,
    WILDCARD_ONLY_LAST,
    WILDCARD_HOST,
    SCRIPT,
    Rule::new(
        "self.startsWith('/') || self.matches('^[a-zA-Z][a-zA-Z0-9+.-]*:')",
        "must be an address with its scheme, or a path that begins with '/' below rootUrl, for example \
         https://portal.example.com/callback; '*' alone would send users and their codes anywhere",
    ),
];

/// About each of `postLogoutRedirectUris`.
pub const POST_LOGOUT_URI: &[Rule] = &[
    FRAGMENT,
    WILDCARD_ONLY_LAST,
    WILDCARD_HOST,
    SCRIPT,
    Rule::new(
        "self == '+' || self == '-' || self.startsWith('/') || self.matches('^[a-zA-Z][a-zA-Z0-9+.-]*:')",
        "must be an address with its scheme, a path that begins with '/' below rootUrl, '+' for the redirect URIs or \
         '-' for none, for example https://portal.example.com/bye",
    ),
    Rule::new(
        "!self.contains('##')",
        "must not hold '##', with which Keycloak separates these addresses; write each as an entry of its own",
    ),
];

const FRAGMENT: Rule = Rule::new(
    "!self.contains('#')",
    "must not have a fragment: OAuth 2.0 forbids '#' in redirect addresses; remove it and what follows",
);

const WILDCARD_ONLY_LAST: Rule = Rule::new(
    "!self.contains('*') || self.indexOf('*') == size(self) - 1",
    "'*' may only be the last character, for example https://portal.example.com/app/*",
);

const WILDCARD_HOST: Rule = Rule::new(
    "!self.matches('^[hH][tT][tT][pP][sS]?:/*[^/]*[*]')",
    "'*' in the host would send users and their codes to hosts of strangers; write the host in full and '*' behind a \
     '/', for example https://portal.example.com/*",
);

const SCRIPT: Rule = Rule::new(
    "!self.matches('^(?i)(javascript|data|vbscript):')",
    "javascript:, data: and vbscript: are refused by Keycloak; write the address of a page",
);

/// Types of Secrets that are written.
pub const SECRET_TYPE: &[Rule] = &[Rule::new(
    "self == 'Opaque' || self == 'kubernetes.io/basic-auth' || (self.startsWith('servicebinding.io/') && size(self) > 18)",
    "must be Opaque, kubernetes.io/basic-auth or servicebinding.io/ with the name of a provider behind it; other types make \
     other controllers act",
)];

/// About the spec as a whole.
pub const SPEC: &[Rule] = &[
    Rule::new(
        "!has(self.publicClient) || !self.publicClient || !has(self.clientSecret)",
        "a public client has no secret; remove clientSecret, or write publicClient: false",
    )
    .at(".clientSecret"),
    Rule::new(
        "!has(self.publicClient) || !self.publicClient || !has(self.regenerateSecret) || !self.regenerateSecret",
        "a public client has no secret that could be made anew; remove regenerateSecret, or write publicClient: false",
    )
    .at(".regenerateSecret"),
    Rule::new(
        "!has(self.publicClient) || !self.publicClient || !has(self.secretRotation) || \
         !has(self.secretRotation.enabled) || !self.secretRotation.enabled",
        "a public client has no secret that could be made anew; remove secretRotation, or write publicClient: false",
    )
    .at(".secretRotation"),
    Rule::new(
        "!has(self.publicClient) || !self.publicClient || !has(self.bearerOnly) || !self.bearerOnly",
        "publicClient and bearerOnly exclude each other; set one of them to false",
    )
    .at(".bearerOnly"),
    Rule::new(
        "!has(self.publicClient) || !self.publicClient || !has(self.settings) || \
         !has(self.settings.serviceAccountsEnabled) || !self.settings.serviceAccountsEnabled",
        "a public client cannot log in as itself; write publicClient: false, or settings.serviceAccountsEnabled: false",
    )
    .at(".settings.serviceAccountsEnabled"),
    Rule::new(
        "!has(self.publicClient) || !self.publicClient || !has(self.settings) || \
         !has(self.settings.clientAuthenticatorType) || self.settings.clientAuthenticatorType == 'client-secret'",
        "a public client does not prove itself; remove settings.clientAuthenticatorType, or write publicClient: false",
    )
    .at(".settings.clientAuthenticatorType"),
    Rule::new(
        "!has(self.bearerOnly) || !self.bearerOnly || !has(self.regenerateSecret) || !self.regenerateSecret",
        "a bearer-only client has no secret that could be made anew; remove regenerateSecret, or write bearerOnly: false",
    )
    .at(".regenerateSecret"),
    Rule::new(
        "!has(self.bearerOnly) || !self.bearerOnly || !has(self.clientSecret)",
        "a bearer-only client has no secret; remove clientSecret, or write bearerOnly: false",
    )
    .at(".clientSecret"),
    Rule::new(
        "!has(self.bearerOnly) || !self.bearerOnly || !has(self.outputs) || self.outputs.size() == 0",
        "a bearer-only client has no secret, so no Secret is written for it; remove outputs, or write bearerOnly: false",
    )
    .at(".outputs"),
    Rule::new(
        "!has(self.settings) || !has(self.settings.refreshTokenLifespan) || \
         !has(self.settings.clientSessionIdleTimeout)",
        "settings.clientSessionIdleTimeout and settings.refreshTokenLifespan are the same in Keycloak, where a refresh \
         token lives as long as the client's session may be unused; keep settings.clientSessionIdleTimeout",
    )
    .at(".settings.refreshTokenLifespan"),
    Rule::new(
        "!has(self.settings) || !has(self.settings.authorizationServicesEnabled) || \
         !self.settings.authorizationServicesEnabled || ((!has(self.publicClient) || !self.publicClient) && \
         has(self.settings.serviceAccountsEnabled) && self.settings.serviceAccountsEnabled)",
        "settings.authorizationServicesEnabled needs a confidential client with settings.serviceAccountsEnabled: true",
    )
    .at(".settings.authorizationServicesEnabled"),
    Rule::new(
        "!has(self.clientSecret) || !has(self.secretRotation) || !has(self.secretRotation.enabled) || \
         !self.secretRotation.enabled",
        "clientSecret and an enabled secretRotation exclude each other: a secret of your own is not made anew; remove \
         one of them",
    )
    .at(".clientSecret"),
    Rule::new(
        "!has(self.clientSecret) || !has(self.regenerateSecret) || !self.regenerateSecret",
        "clientSecret and regenerateSecret exclude each other: a secret of your own is not made anew; change the Secret that \
         clientSecret names, or remove clientSecret",
    )
    .at(".regenerateSecret"),
    Rule::new(
        "!has(self.publicClient) || !self.publicClient || !has(self.outputs) || self.outputs.size() == 0",
        "a public client has no secret, so no Secret is written for it; remove outputs, or write publicClient: false",
    )
    .at(".outputs"),
    Rule::new(
        "!has(self.manageSecret) || self.manageSecret || !has(self.outputs) || self.outputs.size() == 0",
        "outputs are filled beside the Secret that manageSecret: false switches off; remove outputs, or write manageSecret: true",
    )
    .at(".outputs"),
    Rule::new(
        "!has(self.manageSecret) || self.manageSecret || !(has(self.secretKeys) || has(self.secretMetadata) || \
         has(self.secretType))",
        "secretKeys, secretMetadata and secretType have no effect while manageSecret is false; remove them, or write \
         manageSecret: true",
    )
    .at(".manageSecret"),
    Rule::new(
        "!has(self.manageSecret) || self.manageSecret || !has(self.secretName)",
        "secretName has no effect while manageSecret is false; remove one of them",
    )
    .at(".secretName"),
    Rule::new(
        "!has(self.manageSecret) || self.manageSecret || !has(self.regenerateSecret) || !self.regenerateSecret",
        "with manageSecret: false nobody would learn the new secret; remove regenerateSecret, or write manageSecret: true",
    )
    .at(".regenerateSecret"),
    Rule::new(
        "!has(self.postLogoutRedirectUris) || !has(self.attributes) || \
         !('post.logout.redirect.uris' in self.attributes)",
        "postLogoutRedirectUris and attributes['post.logout.redirect.uris'] are the same in Keycloak; keep \
         postLogoutRedirectUris",
    )
    .at(".attributes"),
];
