//! What a `KeycloakClient` asks for, and what a live client is as one.

use insta::{assert_json_snapshot, assert_snapshot, with_settings};
use keycloak_crds::client::fields::ACTED_ON;
use keycloak_crds::reference::RealmRef;
use keycloak_plan::{Live, LiveMark, LiveState, is_mark_key};
use serde_json::{Value, json};

use super::*;
use crate::tests::{creation, first_plan, mark, subject};

/// Every field of the first slice, each with a value that is not the one a client is created with.
const FULL: &str = r#"
clientId: portal
realmRef: {name: acme, namespace: acme}
clientName: Acme portal
description: Where Acme works
publicClient: true
rootUrl: https://portal.example.com
baseUrl: /home
adminUrl: https://portal.example.com/admin
redirectUris: ["https://portal.example.com/callback", "https://portal.example.com/app/*"]
postLogoutRedirectUris: ["https://portal.example.com/bye", "https://portal.example.com/start"]
webOrigins: ["https://portal.example.com"]
settings:
  enabled: false
  standardFlowEnabled: false
  implicitFlowEnabled: true
  directAccessGrantsEnabled: false
  serviceAccountsEnabled: true
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
    protocolMapper: oidc-usermodel-attribute-mapper
attributes: {acme.owner: portal-team}
extra: {notBefore: 17}
"#;

/// Fields that are about Kubernetes, or about how the object is treated.
const NOT_IN_KEYCLOAK: &[&str] = &[
    "spec.adopt",
    "spec.deletionPolicy",
    "spec.exclusive",
    "spec.manageSecret",
    "spec.management",
    "spec.realmRef.authorizationSecretRef.key",
    "spec.realmRef.authorizationSecretRef.name",
    "spec.realmRef.name",
    "spec.realmRef.namespace",
    "spec.regenerateSecret",
    "spec.secretName",
    "spec.suspend",
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
    for path in ACTED_ON.iter().filter(|path| !NOT_IN_KEYCLOAK.contains(path)) {
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
fn creation_values_belong_to_nobody_afterwards() {
    let plan = first_plan(&desired(&minimal(), None, Some(&mark())).unwrap(), &LiveState::new());
    let record = plan.record_after(&keycloak_plan::OwnedRecord::default(), &[plan.steps[0].id].into());
    let owned: Vec<_> = record.objects().flat_map(|(_, object)| object.paths()).collect();
    assert!(owned.is_empty(), "{owned:?}");
}

#[test]
fn a_public_client_gets_no_secret_whatever_is_given() {
    let public = with(json!({"publicClient": true}));
    let body = creation(&desired(&public, Some(&secret_value()), None).unwrap());
    assert_eq!(body.get("secret"), None);
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
        refused(json!({"protocol": "saml", "bearerOnly": false, "settings": {"consentRequired": true}})),
        refused(json!({"postLogoutRedirectUris": [], "attributes": {"post.logout.redirect.uris": "x"}})),
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
    assert_eq!(plan.steps[0].body().unwrap().expose().get("attributes"), None);
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

#[test]
fn a_client_of_another_protocol_keeps_it_when_exported_and_is_then_refused() {
    let saml = ClientRepresentation { protocol: Some("saml".into()), ..live() };
    let exported = export(&saml, RealmRef::default());
    assert_eq!(exported.spec.protocol, Some(Protocol::Saml));
    assert!(desired(&exported.spec, None, None).is_err());
}

#[test]
fn a_masked_secret_is_none() {
    let masked = ClientRepresentation { secret: Some(MASK.into()), ..live() };
    assert_eq!(secret(&Observed::Present(Box::new(masked))), None);
    assert_eq!(secret(&Observed::Absent), None);
}
