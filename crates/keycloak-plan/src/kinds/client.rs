//! OIDC or SAML client.

use super::mapper::PROTOCOL_MAPPER;
use crate::kind::{
    Constant, Deletion, Field, KeyRelease, Kind, Loss, MapRules, Naming, OnImmutable, Travel, WriteBody,
};
use crate::version::ServerVersion;

/// OIDC or SAML client. Keycloak: `ClientRepresentation`.
///
/// Default and optional client scopes are honoured when a client is created and ignored by updates; protocol
/// mappers travel inside the client, whose update replaces the whole list.
pub static CLIENT: Kind = Kind {
    name: "client",
    plural: "clients",
    part: None,
    representation: "ClientRepresentation",
    naming: Naming::Named("clientId"),
    order: 40,
    fields: FIELDS,
    write: WriteBody::Partial,
    deletion: Deletion::Loses(Loss::Login),
    on_immutable: OnImmutable::Refuse,
    mark: Some("attributes"),
    since: ServerVersion::ANY,
};

/// The attribute that holds where users may go after a logout.
pub const POST_LOGOUT_URIS: &str = "post.logout.redirect.uris";

/// What Keycloak puts between several values of one attribute.
pub const ATTRIBUTE_SEPARATOR: &str = "##";

const TRUE: Constant = Constant::Bool(true);
const FALSE: Constant = Constant::Bool(false);

static FIELDS: &[Field] = &[
    Field::read_only("id"),
    Field::identity("clientId").typed("spec.clientId"),
    Field::label("name").typed("spec.clientName"),
    Field::label("description").typed("spec.description"),
    Field::scalar("protocol").created_as(Constant::Text("openid-connect")).typed("spec.protocol"),
    Field::scalar("type"),
    Field::scalar("enabled").created_as(TRUE).typed("spec.settings.enabled"),
    Field::scalar("publicClient").created_as(FALSE).typed("spec.publicClient"),
    Field::scalar("bearerOnly").created_as(FALSE).typed("spec.bearerOnly"),
    Field::scalar("clientAuthenticatorType")
        .created_as(Constant::Text("client-secret"))
        .typed("spec.settings.clientAuthenticatorType"),
    Field::scalar("secret").secret().typed("spec.clientSecret"),
    Field::read_only("registrationAccessToken").secret(),
    // Addresses. Clearing one may break a login, so a released one is left alone.
    Field::scalar("rootUrl").absent_is(Constant::Text("")).typed("spec.rootUrl"),
    Field::scalar("adminUrl").absent_is(Constant::Text("")).typed("spec.adminUrl"),
    Field::scalar("baseUrl").absent_is(Constant::Text("")).typed("spec.baseUrl"),
    Field::set("redirectUris").absent_is(Constant::Texts(&[])).typed("spec.redirectUris"),
    Field::set("webOrigins")
        .absent_is(Constant::Texts(&[]))
        .created_as(Constant::Texts(&[]))
        .always_sent()
        .typed("spec.webOrigins"),
    // Flows.
    Field::scalar("standardFlowEnabled").created_as(TRUE).typed("spec.settings.standardFlowEnabled"),
    Field::scalar("implicitFlowEnabled").created_as(FALSE).typed("spec.settings.implicitFlowEnabled"),
    Field::scalar("directAccessGrantsEnabled")
        .created_as(TRUE)
        .typed("spec.settings.directAccessGrantsEnabled"),
    Field::scalar("serviceAccountsEnabled").created_as(FALSE).typed("spec.settings.serviceAccountsEnabled"),
    Field::scalar("authorizationServicesEnabled")
        .absent_is(FALSE)
        .typed("spec.settings.authorizationServicesEnabled"),
    Field::other_kind("authorizationSettings", "spec.authorizationSettings"),
    Field::map("authenticationFlowBindingOverrides", &MapRules::MERGED)
        .removal_loses(Loss::Access)
        .typed("spec.authenticationFlows"),
    // Behaviour.
    Field::scalar("consentRequired").created_as(FALSE).typed("spec.settings.consentRequired"),
    Field::scalar("alwaysDisplayInConsole")
        .created_as(FALSE)
        .reset_to(FALSE)
        .typed("spec.settings.alwaysDisplayInConsole"),
    Field::scalar("frontchannelLogout").always_sent().typed("spec.settings.frontchannelLogout"),
    Field::scalar("fullScopeAllowed").created_as(TRUE).typed("spec.settings.fullScopeAllowed"),
    Field::scalar("surrogateAuthRequired"),
    Field::scalar("nodeReRegistrationTimeout"),
    Field::scalar("notBefore"),
    Field::map("attributes", &ATTRIBUTES).typed("spec.attributes"),
    Field::children("protocolMappers", &PROTOCOL_MAPPER, Travel::InParent).typed("spec.protocolMappers"),
    Field::other_kind("defaultClientScopes", "spec.defaultClientScopes"),
    Field::other_kind("optionalClientScopes", "spec.optionalClientScopes"),
    // Computed, or of a time long past.
    Field::read_only("access"),
    Field::read_only("origin"),
    Field::read_only("registeredNodes"),
    Field::read_only("clientTemplate"),
    Field::read_only("defaultRoles"),
    Field::read_only("directGrantsOnly"),
    Field::read_only("useTemplateConfig"),
    Field::read_only("useTemplateMappers"),
    Field::read_only("useTemplateScope"),
];

static ATTRIBUTES: MapRules = MapRules {
    joined: &[
        (POST_LOGOUT_URIS, ATTRIBUTE_SEPARATOR),
        ("request.uris", ATTRIBUTE_SEPARATOR),
        ("default.acr.values", ATTRIBUTE_SEPARATOR),
    ],
    secrets: &["saml.signing.private.key", "saml.encryption.private.key", "client.secret.rotated"],
    kept_by_server: &[
        "realm_client",
        "client.secret.creation.time",
        "client.secret.expiration.time",
        "client.secret.rotated",
        "client.secret.rotated.creation.time",
        "client.secret.rotated.expiration.time",
        "saml.artifact.binding.identifier",
    ],
    release: KeyRelease::RemoveExcept(PROTECTIONS_AND_LOGINS),
    ..MapRules::MERGED
};

/// Attributes that carry a protection or that logins depend on: they do not go with the CR's line.
const PROTECTIONS_AND_LOGINS: &[&str] = &[
    "access.token.",
    "acr.",
    "authorization.",
    "backchannel.",
    "ciba.",
    "client.session.",
    "client.offline.session.",
    "client.use.",
    "client_credentials.",
    "default.acr.",
    "dpop.",
    "exclude.",
    "frontchannel.",
    "id.token.",
    "jwks.",
    "jwt.",
    "minimum.acr.",
    "oauth2.",
    "oidc.",
    "pkce.",
    "post.logout.",
    "request.",
    "require.",
    "saml",
    "standard.token.",
    "tls.",
    "tls-",
    "token.",
    "use.",
    "user.info.",
    "x509.",
];
