//! A client with a flow of its own, and one that only checks tokens.

use controller_testkit::KeycloakServer;
use http::{Method, StatusCode};
use serde_json::json;

use crate::place::Place;

#[tokio::test]
async fn a_client_waits_for_its_flow_and_is_made_with_it() {
    let place = Place::new("flow", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies("portal", &json!({"authenticationFlows": {"browserFlow": "acme-browser"}})).await;
    let message = place.is_not_ready_because("portal", "WaitingForReference").await;
    insta::assert_snapshot!(place.anonymous(&message), @r#"spec.authenticationFlows.browserFlow: realm <realm> has no flow "acme-browser"; make it there, or name another one; until then nothing of the client is made or changed, as it would let in whom that flow keeps out"#);
    place.keycloak.calls().expect("a flow that is missing").writes(0);

    let flows = format!("/admin/realms/{}/authentication/flows", place.realm);
    let copy = json!({"newName": "acme-browser"});
    let copied = place.console.calls(Method::POST, &format!("{flows}/browser/copy"), Some(copy)).await;
    assert_eq!(copied.status, StatusCode::CREATED, "{}", copied.body);
    place.becomes_ready("portal").await;
    let all = place.console.calls(Method::GET, &flows, None).await.body;
    let flow = all.as_array().unwrap().iter().find(|flow| flow["alias"] == "acme-browser").unwrap();
    let bound = "/authenticationFlowBindingOverrides/browser";
    assert_eq!(place.console.sees_field(&place.thing("portal"), bound).await, flow["id"]);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn the_secret_of_a_client_that_only_checks_tokens_is_taken_back() {
    let place = Place::new("bearer", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies("portal", &json!({})).await;
    place.becomes_ready("portal").await;
    assert!(place.secret("portal-credentials").await.is_some());
    let generation = place.applies("portal", &json!({"bearerOnly": true})).await;
    place.is_ready_at("portal", generation).await;
    let seen = place.console.sees(&place.thing("portal")).await.unwrap();
    assert_eq!(seen["bearerOnly"], json!(true));
    let left = place.secret("portal-credentials").await.unwrap_or_default();
    assert!(!left.contains_key("client-secret"), "{:?}", left.keys());
    process.stops().await;
    place.leaves().await;
}
