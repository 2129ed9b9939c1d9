//! What people read when an instance's address, its certificate or its Secrets are not what they should be, and when its server
//! does not do its part.

use controller_testkit::{Fault, KeycloakServer, Proxy};
use http::StatusCode;
use keycloak_crds::{Keycloak, labels::annotation};
use serde_json::{Value, json};

use super::place::{ADMIN_SECRET, Place, condition};

/// A place whose administrator is known.
async fn with_administrator(purpose: &str) -> Place {
    let keycloak = KeycloakServer::newest();
    let place = Place::new(purpose, &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    place
}

/// A sentence without the names that differ from run to run.
fn anonymous(place: &Place, url: &str, sentence: &str) -> String {
    let account = place.keycloak.calls().iter().find_map(|call| {
        let client = call.caller.client.clone()?;
        client.starts_with("cloakroom-").then_some(client)
    });
    let sentence = sentence.replace(&place.namespace, "<namespace>").replace(url, "<url>");
    account.map_or(sentence.clone(), |account| sentence.replace(&account, "<login>"))
}

fn message(object: &Keycloak, type_: &str) -> String {
    condition(object, type_).unwrap().1
}

#[tokio::test]
async fn a_server_that_is_away_answers_no_json_or_refuses_everybody_is_told_and_tried_again() {
    let place = with_administrator("faults").await;
    let url = place.keycloak.url();
    let away = place.keycloak.inject(Fault::status(StatusCode::SERVICE_UNAVAILABLE));
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    let mut lines = vec![place.is_told("ServerError", "").await];
    away.heal();
    place.becomes_ready().await;
    for (fault, reason, words) in [
        (Fault::not_json(), "NotKeycloak", ""),
        (
            Fault::status(StatusCode::UNAUTHORIZED),
            "RotationNeedsAdmin",
            "write the login of an administrator",
        ),
    ] {
        let fault = place.keycloak.inject(fault);
        place.annotates(annotation::RECONCILE_AT, reason).await;
        lines.push(place.is_told(reason, words).await);
        // Nobody touches the object: it becomes Ready by itself.
        fault.heal();
        place.becomes_ready().await;
    }
    process.stops().await;
    let lines: Vec<String> = lines.iter().map(|line| anonymous(&place, &url, line)).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

/// What an instance says whose address leads to something else, and that nobody is sent there.
async fn is_no_keycloak(place: &Place, url: &str, reason: &str) -> String {
    place.applies(json!({"external": {"url": url}, "admin": {"existingSecret": ADMIN_SECRET}})).await;
    let process = place.start();
    let object = place.is_not_ready_because(reason).await;
    process.stops().await;
    assert_eq!(condition(&object, "Available").unwrap().0, "False");
    let status = object.status.clone().unwrap();
    assert_eq!((status.endpoints, status.version), (None, None), "nobody is sent there");
    assert_eq!(place.secret("keycloak-realm-manager").await, None);
    anonymous(place, url, &message(&object, "Ready"))
}

#[tokio::test]
async fn an_address_that_leads_to_another_web_server_is_told() {
    let mut lines = Vec::new();
    for (what, fault) in [
        ("a page for everything", Fault::not_json()),
        (
            "a page that says 404",
            Fault::answer(StatusCode::NOT_FOUND, "text/html", "<html><title>404 Not Found</title></html>"),
        ),
        (
            "other JSON",
            Fault::answer(StatusCode::OK, "application/json", r#"{"service":"shop","healthy":true}"#),
        ),
    ] {
        let place = with_administrator("elsewhere").await;
        place.keycloak.inject(fault);
        let url = place.keycloak.url();
        lines.push(format!("{what}: {}", is_no_keycloak(&place, &url, "NotKeycloak").await));
    }
    // A real one: the API server, which lets nobody without its own credentials look.
    let place = with_administrator("elsewhere").await;
    let url = place.kube_proxy.url();
    lines.push(format!("an API server: {}", is_no_keycloak(&place, &url, "LoginRefused").await));
    insta::assert_snapshot!(lines.join("\n"));

    // The right address is all that it takes.
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    place.becomes_ready().await;
    process.stops().await;
}

#[tokio::test]
async fn a_certificate_of_a_private_authority_needs_that_authority() {
    let keycloak = KeycloakServer::newest();
    let place = with_administrator("certificate").await;
    let secured = Proxy::before_keycloak(keycloak.url()).with_tls().start().await;
    let external = |further: Value| {
        let mut external = json!({"url": secured.url()});
        for (field, value) in further.as_object().unwrap() {
            external[field] = value.clone();
        }
        json!({"external": external, "admin": {"existingSecret": ADMIN_SECRET}})
    };
    place.applies(external(json!({}))).await;
    let process = place.start();
    let object = place.is_not_ready_because("CertificateRefused").await;
    let unknown = anonymous(&place, &secured.url(), &message(&object, "Ready"));
    assert!(secured.calls().is_empty(), "no secret was sent to it");

    let with_authority = external(json!({"caSecret": {"name": "company-ca"}}));
    place.applies(with_authority).await;
    let object = place.is_not_ready_because("SecretMissing").await;
    let missing = anonymous(&place, &secured.url(), &message(&object, "Ready"));
    place.writes_secret("company-ca", json!({"ca.crt": secured.ca().unwrap()})).await;
    let object = place.becomes_ready().await;
    process.stops().await;
    let internal = object.status.unwrap().endpoints.unwrap().internal;
    assert_eq!(internal, Some(secured.url()));
    insta::assert_snapshot!(format!("{unknown}\n{missing}"));
}

#[tokio::test]
async fn an_administrators_secret_without_its_key_is_told_and_looked_at_again() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("key", &keycloak).await;
    place.writes_secret(ADMIN_SECRET, json!({"username": keycloak.admin(), "passwort": "x"})).await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    let object = place.is_not_ready_because("SecretKeyMissing").await;
    let url = place.keycloak.url();
    insta::assert_snapshot!(anonymous(&place, &url, &message(&object, "Ready")), @"our login in the server is to be made, and that needs an administrator: the login for administration is not there: Secret <namespace>/keycloak-admin has neither the keys username and password nor client-id and client-secret; write the login of an administrator into it; for a server that we run, the instance controller makes it");
    place.keycloak.calls().expect("no password").logins(0).writes(0).reads(0);
    place.writes_admin_secret(keycloak.password()).await;
    place.becomes_ready().await;
    process.stops().await;
}
