//! What a `KeycloakClient` asks for, and what a live client is as one.

use insta::{assert_json_snapshot, assert_snapshot, with_settings};
use keycloak_crds::client::fields::ACTED_ON;
use keycloak_crds::reference::RealmRef;
use keycloak_plan::{Live, LiveMark, LiveState, is_mark_key};
use serde_json::{Value, json};

use super::*;
use crate::tests::{creation, first_plan, mark, subject};

/// Every field that is acted on, each with a value that is not the one a client is created with.
const FULL: &str = r#"
clientId: portal
realmRef: {name: acme, namespace: acme}
clientName: Acme portal
description: Where Acme works
publicClient: true
bearerOnly: true
protocol: docker-v2
rootUrl: https://portal.example.com
baseUrl: /home
adminUrl: https://portal.example.com/admin
redirectUris: ["https://portal.example.com/callback", "https://portal.example.com/app/*"]
postLogoutRedirectUris: ["https://portal.example.com/bye", "https://portal.example.com/start"]
webOrigins: ["https://portal.example.com"]
settings:
  enabled: false
  alwaysDisplayInConsole: true
  standardFlowEnabled: false
  implicitFlowEnabled: true
  directAccessGrantsEnabled: false
  serviceAccountsEnabled: true
  consentRequired: true
  displayOnConsentScreen: false
  includeInTokenScope: false
  clientAuthenticatorType: client-x509
  accessTokenLifespan: 600
  clientSessionIdleTimeout: 900
  clientSessionMaxLifespan: 3600
  frontchannelLogout: true
  fullScopeAllowed: false
  pkceCodeChallengeMethod: S256
clientRoles: [viewer, editor]
roles:
  - name: manager
    description: May do everything
    attributes: {cost-center: ["42"]}
    compositeClientRoles: {portal: [viewer]}
defaultClientScopes: [profile, department]
optionalClientScopes: [phone]
protocolMappers:
  - name: audience
    protocol: openid-connect
    protocolMapper: oidc-audience-mapper
    config: {included.custom.audience: orders, access.token.claim: "true"}
  - name: department
    protocol: openid-connect
    protocolMapper: oidc-usermodel-attribute-mapper
attributes: {acme.owner: portal-team}
extra: {notBefore: 17}
"#;

/// Fields that are about Kubernetes, or about how the object is treated.
const NOT_IN_KEYCLOAK: &[&str] = &[
    "spec.adopt",
    "spec.clientSecret.key",
    "spec.clientSecret.name",
    "spec.deletionPolicy",
    "spec.exclusive",
    "spec.manageSecret",
    "spec.management",
    "spec.outputs[].annotations",
    "spec.outputs[].data",
    "spec.outputs[].labels",
    "spec.outputs[].name",
    "spec.outputs[].preset",
    "spec.outputs[].type",
    "spec.realmRef.authorizationSecretRef.key",
    "spec.realmRef.authorizationSecretRef.name",
    "spec.realmRef.name",
    "spec.realmRef.namespace",
    "spec.regenerateSecret",
    "spec.secretKeys",
    "spec.secretMetadata.annotations",
    "spec.secretMetadata.labels",
    "spec.secretName",
    "spec.secretType",
    "spec.suspend",
];

/// Fields whose values are looked up first, and one that is another name of a field above: they have tests of their own.
const APART: &[&str] = &[
    "spec.authenticationFlows.browserFlow",
    "spec.authenticationFlows.directGrantFlow",
    "spec.settings.refreshTokenLifespan",
];

fn full() -> KeycloakClientSpec {
    serde_yaml_ng::from_str(FULL).unwrap()
}

fn minimal() -> KeycloakClientSpec {
    with(json!({}))
}

fn with(fields: Value) -> KeycloakClientSpec {
    let mut spec = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}});
    let Value::Object(fields) = fields else { panic!("fields of a spec") };
    spec.as_object_mut().unwrap().extend(fields);
    serde_json::from_value(spec).unwrap()
}

/// What makes the client: bodies, with the links that they make, and links by themselves, where nobody looked at the realm.
fn whole_creation(spec: &KeycloakClientSpec) -> Vec<String> {
    let plan = planned(spec, None);
    let told = |step: &Step| format!("{:?} {:?}", step.body().map(|body| body.expose().clone()), step.link);
    plan.steps.iter().map(told).collect()
}

/// The plan of a client that nothing is remembered of.
fn planned(spec: &KeycloakClientSpec, observed: Option<&Observed>) -> Plan {
    let (record, approvals) = (keycloak_plan::OwnedRecord::default(), keycloak_plan::Approvals::default());
    let (subject, server) = (subject("client portal of realm acme"), keycloak_plan::Server::default());
    let planning =
        Planning { subject: &subject, record: &record, approvals: &approvals, server: &server, key: None };
    let desired = desired(spec, None, None).unwrap();
    planning.plan_client(&desired, &wanted(spec), observed, Beside::default()).unwrap()
}

fn secret_value() -> Secret {
    Secret::from("of the application")
}

/// Asserts the JSON with its keys in order, which depends on what else is built otherwise.
macro_rules! assert_sorted {
    ($value:expr) => {
        with_settings!({sort_maps => true}, { assert_json_snapshot!($value) })
    };
}

#[test]
fn a_full_client_is_created_with_every_field() {
    assert_sorted!(creation(&desired(&full(), None, Some(&mark())).unwrap()));
}

#[test]
fn a_minimal_client_is_created_with_the_creation_values_said_explicitly() {
    assert_sorted!(creation(&desired(&minimal(), Some(&secret_value()), Some(&mark())).unwrap()));
}

#[test]
fn every_field_that_is_acted_on_reaches_keycloak() {
    let spec = json!({ "spec": full() });
    let whole = whole_creation(&full());
    let elsewhere = [NOT_IN_KEYCLOAK, APART].concat();
    for path in ACTED_ON.iter().filter(|path| !elsewhere.contains(path)) {
        let pointer = format!("/{}", path.replace("[]", ".0").replace('.', "/"));
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        let mut other = spec.clone();
        let fields = other.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        let value = fields.get_mut(field);
        let Some(value) = value else { panic!("the full client of this test has no {path}") };
        // What cannot be left out changes; a mapper's protocol is the usual one, so another one shows.
        match *path {
            "spec.clientId"
            | "spec.protocolMappers[].name"
            | "spec.protocolMappers[].protocolMapper"
            | "spec.roles[].name" => {
                *value = json!("another");
            }
            "spec.protocolMappers[].protocol" => *value = json!("saml"),
            _ => {
                fields.remove(field);
            }
        }
        if *path == "spec.clientId" {
            // Its role holds one of the client of before.
            other["spec"]["roles"] = json!([]);
        }
        let other: KeycloakClientSpec = serde_json::from_value(other["spec"].clone()).unwrap();
        assert_ne!(whole_creation(&other), whole, "{path} changes nothing");
    }
}

#[test]
fn a_refresh_token_lives_as_long_as_the_session_of_its_client_may_be_unused() {
    let said = |settings: Value| {
        let spec = with(json!({"settings": settings}));
        creation(&desired(&spec, None, None).unwrap())["attributes"].clone()
    };
    let refresh = said(json!({"refreshTokenLifespan": 900}));
    assert_eq!(refresh["client.session.idle.timeout"], json!("900"));
    assert_eq!(refresh, said(json!({"clientSessionIdleTimeout": 900})));
}

#[test]
fn no_pkce_is_no_attribute() {
    let spec = with(json!({"settings": {"pkceCodeChallengeMethod": ""}}));
    let created = creation(&desired(&spec, None, None).unwrap());
    assert_eq!(created["attributes"].get("pkce.code.challenge.method"), None);
    let live =
        json!({"id": "7d1c", "clientId": "portal", "attributes": {"pkce.code.challenge.method": "S256"}});
    let live = LiveState::new().present(identity("portal"), Live::new(live));
    let plan = first_plan(&desired(&spec, None, None).unwrap(), &live);
    let body = plan.steps[0].body().unwrap().expose().clone();
    assert_eq!(body["attributes"], json!({"pkce.code.challenge.method": ""}));
}

#[test]
fn a_mapper_that_says_no_protocol_has_that_of_its_client() {
    let mapper = json!([{"name": "roles", "protocolMapper": "saml-role-list-mapper"}]);
    for (client, mappers) in [(json!("saml"), "saml"), (Value::Null, "openid-connect")] {
        let spec = with(json!({"protocol": client, "protocolMappers": mapper}));
        let body = creation(&desired(&spec, None, None).unwrap());
        assert_eq!(body["protocolMappers"][0]["protocol"], json!(mappers));
    }
}

#[test]
fn creation_values_belong_to_nobody_afterwards() {
    let plan = first_plan(&desired(&minimal(), None, Some(&mark())).unwrap(), &LiveState::new());
    let record = plan.record_after(&keycloak_plan::OwnedRecord::default(), &[plan.steps[0].id].into());
    let owned: Vec<_> = record.objects().flat_map(|(_, object)| object.paths()).collect();
    assert!(owned.is_empty(), "{owned:?}");
}

#[test]
fn a_public_client_and_one_that_only_checks_tokens_get_no_secret_whatever_is_given() {
    for field in ["publicClient", "bearerOnly"] {
        let spec = with(json!({ field: true }));
        let body = creation(&desired(&spec, Some(&secret_value()), None).unwrap());
        assert_eq!(body.get("secret"), None, "{field}");
        assert!(has_no_secret(&spec, None), "{field}");
        let live = ClientRepresentation { public_client: None, ..live() };
        let mut live = serde_json::to_value(live).unwrap();
        live[field] = json!(true);
        let live = Observed::Present(Box::new(serde_json::from_value(live).unwrap()));
        assert!(has_no_secret(&minimal(), Some(&live)), "{field}: nobody says what it is");
        assert!(
            !has_no_secret(&with(json!({ field: false })), Some(&live)),
            "{field}: it is to be another one"
        );
    }
    assert!(!has_no_secret(&minimal(), Some(&Observed::Absent)));
}

#[test]
fn a_secret_stands_in_the_body_and_in_nothing_that_is_shown() {
    let desired = desired(&minimal(), Some(&secret_value()), None).unwrap();
    let plan = first_plan(&desired, &LiveState::new());
    assert_eq!(plan.steps[0].body().unwrap().expose()["secret"], json!("of the application"));
    let shown = format!("{plan:?} {}", serde_json::to_string(&plan).unwrap());
    assert!(!shown.contains("of the application"), "{shown}");
}

#[test]
fn an_empty_list_of_post_logout_uris_clears_and_an_absent_one_leaves_them() {
    let live = json!({"id": "7d1c", "clientId": "portal", "redirectUris": ["https://a/"],
        "attributes": {"post.logout.redirect.uris": "https://a/##https://b/"}});
    let live = LiveState::new().present(identity("portal"), Live::new(live));
    let body = |fields: Value| {
        let plan = first_plan(&desired(&with(fields), None, None).unwrap(), &live);
        plan.steps.first().map(|step| step.body().unwrap().expose().clone())
    };
    assert_eq!(
        body(json!({"postLogoutRedirectUris": []})),
        Some(json!({"attributes": {"post.logout.redirect.uris": ""}}))
    );
    assert_eq!(body(json!({})), None);
    assert_eq!(body(json!({"postLogoutRedirectUris": ["https://b/", "https://a/"]})), None, "a set");
    assert_eq!(body(json!({"redirectUris": []})), Some(json!({"redirectUris": []})));
}

#[test]
fn what_cannot_be_asked_for_is_refused_with_what_to_write_instead() {
    let refused = |fields: Value| desired(&with(fields), None, None).unwrap_err().to_string();
    let sentences = [
        refused(json!({"clientId": "a\tb"})),
        refused(
            json!({"extra": {"id": "x", "clientId": "y", "secret": "z", "redirectUris": [], "attributes": {}, "protocolMappers": []}}),
        ),
        refused(
            json!({"authenticationFlows": {"clientAuthenticationFlow": "clients"}, "settings": {"authorizationServicesEnabled": true}}),
        ),
        refused(json!({"postLogoutRedirectUris": [], "attributes": {"post.logout.redirect.uris": "x"}})),
        refused(json!({"settings": {"accessTokenLifespan": 60, "pkceCodeChallengeMethod": "S256"},
                "attributes": {"access.token.lifespan": "60", "pkce.code.challenge.method": "S256"}})),
        refused(json!({"settings": {"clientSessionIdleTimeout": 60, "refreshTokenLifespan": 60}})),
    ];
    assert_snapshot!(sentences.join("\n"));
}

#[test]
fn the_usual_protocol_and_what_kubernetes_does_with_the_secret_are_accepted() {
    let fields =
        json!({"protocol": "openid-connect", "clientRoles": [], "secretRotation": {"enabled": false}});
    assert!(desired(&with(fields), None, None).is_ok());
}

#[test]
fn keys_of_the_mark_and_those_that_keycloak_keeps_are_refused_by_path() {
    let attributes = json!({"attributes": {"kubernetes.operator.uid": "x", "realm_client": "true"}});
    let plan = first_plan(&desired(&with(attributes), None, None).unwrap(), &LiveState::new());
    let refused: Vec<String> =
        plan.findings.refused.iter().map(|finding| finding.what.refusal.to_string()).collect();
    assert_snapshot!(refused.join("\n"));
    let sent = &plan.steps[0].body().unwrap().expose()["attributes"];
    assert_eq!(*sent, json!({"display.on.consent.screen": "true", "include.in.token.scope": "true"}));
}

#[test]
fn an_attribute_that_is_said_to_be_empty_is_not_created_with_a_value() {
    let attributes = json!({"attributes": {"display.on.consent.screen": ""}});
    let body = creation(&desired(&with(attributes), None, None).unwrap());
    assert_eq!(body["attributes"], json!({"include.in.token.scope": "true"}));
}

/// A client as Keycloak answers it, with our mark and its secret.
fn live() -> ClientRepresentation {
    serde_json::from_str(include_str!("tests/live.json")).unwrap()
}

#[test]
fn an_exported_client_has_no_mark_and_no_secret() {
    let observed = Observed::Present(Box::new(live()));
    assert_eq!(observed.mark(), LiveMark::from(&mark()));
    let secret = secret(&observed).unwrap().expose().to_owned();
    let exported =
        export(&live(), RealmRef { name: "acme".into(), namespace: "acme".into(), ..Default::default() });
    let attributes = exported.spec.attributes.clone().unwrap();
    assert!(!attributes.keys().any(|key| is_mark_key(key)), "{attributes:?}");
    assert!(!serde_json::to_string(&exported.spec).unwrap().contains(&secret));
    assert_sorted!((&exported.spec, &exported.left_out));
}

#[test]
fn an_exported_client_applied_to_the_same_client_changes_nothing() {
    let exported = export(&live(), RealmRef::default());
    let plan = planned(&exported.spec, Some(&Observed::Present(Box::new(live()))));
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
}

/// Exports a live client with these fields, and applies what comes out.
fn exported_and_applied(fields: &Value) -> KeycloakClientSpec {
    let mut live = serde_json::to_value(live()).unwrap();
    for (field, value) in fields.as_object().unwrap() {
        live[field] = value.clone();
    }
    let live: ClientRepresentation = serde_json::from_value(live).unwrap();
    let exported = export(&live, RealmRef::default());
    let desired = desired(&exported.spec, None, None).unwrap();
    let plan = first_plan(&desired, &Observed::Present(Box::new(live)).state(desired.identity()));
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    exported.spec
}

#[test]
fn a_saml_client_is_exported_with_its_protocol_and_its_mappers_by_theirs() {
    let mappers = json!([
        {"id": "1", "name": "a", "protocol": "saml", "protocolMapper": "saml-role-list-mapper"},
        {"id": "2", "name": "b", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper"},
    ]);
    let attributes =
        json!({"saml.client.signature": "true", "saml.signing.private.key": "of the application"});
    let spec = exported_and_applied(
        &json!({"protocol": "saml", "protocolMappers": mappers, "attributes": attributes}),
    );
    assert_eq!(spec.protocol, Some(Protocol::Saml));
    let mappers = spec.protocol_mappers.unwrap();
    let protocols: Vec<Option<Protocol>> = mappers.iter().map(|mapper| mapper.protocol).collect();
    assert_eq!(protocols, [None, Some(Protocol::OpenidConnect)]);
    let attributes: Vec<String> = spec.attributes.unwrap().into_keys().collect();
    assert_eq!(attributes, ["saml.client.signature"], "a key is a secret");
}

#[test]
fn attributes_that_have_a_field_are_exported_there_and_those_that_it_would_say_otherwise_stay() {
    let fits = json!({
        "access.token.lifespan": "600", "client.session.idle.timeout": "900", "client.session.max.lifespan": "3600",
        "display.on.consent.screen": "true", "include.in.token.scope": "false", "pkce.code.challenge.method": "S256",
    });
    let spec = exported_and_applied(&json!({"attributes": fits}));
    assert_eq!(spec.attributes, None);
    let settings = serde_json::to_value(spec.settings).unwrap();
    let expected = json!({
        "accessTokenLifespan": 600, "clientSessionIdleTimeout": 900, "clientSessionMaxLifespan": 3600,
        "displayOnConsentScreen": true, "includeInTokenScope": false, "pkceCodeChallengeMethod": "S256",
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&settings[field], value, "{field}");
    }

    let odd = json!({
        "access.token.lifespan": "-1", "client.session.idle.timeout": "0900", "client.session.max.lifespan": "",
        "display.on.consent.screen": "TRUE", "pkce.code.challenge.method": "S512",
    });
    let spec = exported_and_applied(&json!({"attributes": odd}));
    assert_eq!(serde_json::to_value(spec.attributes).unwrap(), odd);
}

#[test]
fn how_a_public_client_would_prove_itself_is_left_out_of_an_export() {
    let way = |fields: &Value| exported_and_applied(fields).settings.unwrap().client_authenticator_type;
    let by_jwt = |public: bool| json!({"publicClient": public, "clientAuthenticatorType": "client-jwt"});
    assert_eq!(way(&by_jwt(false)), Some(ClientAuthenticator::ClientJwt));
    assert_eq!(way(&by_jwt(true)), None);
    assert_eq!(way(&json!({"clientAuthenticatorType": "of an extension"})), None);
}

#[test]
fn flows_of_a_client_are_named_as_left_out_of_an_export() {
    let flows = json!({"authenticationFlowBindingOverrides": {"browser": "7d1c"}});
    let mut client = serde_json::to_value(live()).unwrap();
    client.as_object_mut().unwrap().extend(flows.as_object().unwrap().clone());
    let exported = export(&serde_json::from_value(client).unwrap(), RealmRef::default());
    assert_eq!(exported.spec.authentication_flows, None);
    assert!(exported.left_out.contains(&"spec.authenticationFlows".to_owned()), "{:?}", exported.left_out);
}

#[test]
fn a_masked_secret_is_none() {
    let masked = ClientRepresentation { secret: Some(MASK.into()), ..live() };
    assert_eq!(secret(&Observed::Present(Box::new(masked))), None);
    assert_eq!(secret(&Observed::Absent), None);
}
