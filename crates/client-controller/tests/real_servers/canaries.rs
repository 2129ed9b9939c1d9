//! No secret is told anywhere.

use controller_testkit::{Calls, Fault, KeycloakServer, TraceLog, secrets_of, told};
use http::StatusCode;
use k8s_openapi::api::{core::v1::Secret, events::v1::Event};
use kube::{Api, api::ListParams};
use serde_json::json;

use crate::{confidential, confidential_with, place::Place};

fn urls(calls: &Calls) -> String {
    calls.iter().map(|call| call.path.clone()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn no_secret_that_a_client_names_or_gets_is_told_anywhere_in_its_whole_life() {
    let place = Place::new("canary", &KeycloakServer::newest()).await;
    let kube = place.clients().into_client();
    let token = place.token().await;
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": token})).await;
    let log = TraceLog::begin();
    // One beside the realm, one that presents a token.
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    let with_token = json!({"clientId": "shop", "realmRef": {"name": "acme", "namespace": place.namespace,
        "authorizationSecretRef": {"name": "acme-token"}}});
    place.applies_elsewhere("shop", &with_token).await;
    let process = place.start();
    let mut statuses = Vec::new();
    statuses.push(serde_json::to_string(&place.becomes_ready("portal").await.status).unwrap());
    statuses.push(serde_json::to_string(&place.elsewhere_becomes_ready("shop").await.status).unwrap());
    let mut secrets = Vec::new();
    for namespace in [&place.namespace, &place.elsewhere] {
        secrets.extend(secrets_of(&Api::<Secret>::namespaced(kube.clone(), namespace)).await);
    }

    // A change that fails, and then goes through with another secret.
    let fault = place.keycloak.inject(Fault::status(StatusCode::SERVICE_UNAVAILABLE));
    let changed = confidential_with(&json!({"regenerateSecret": true, "description": "changed"}));
    let generation = place.applies("portal", &changed).await;
    statuses.push(place.is_not_ready_because("portal", "ServerError").await);
    fault.heal();
    let ready = place.is_ready_at("portal", generation).await;
    statuses.push(serde_json::to_string(&ready.status).unwrap());
    secrets.extend(secrets_of(&Api::<Secret>::namespaced(kube.clone(), &place.namespace)).await);
    assert!(
        secrets.len() >= 8,
        "clients' secrets, tokens, our login and the record's key: {}",
        secrets.len()
    );
    place.deletes("portal").await;
    place.is_gone("portal").await;
    process.stops().await;

    let mut events = Vec::new();
    for namespace in [&place.namespace, &place.elsewhere] {
        let told: Api<Event> = Api::namespaced(kube.clone(), namespace);
        events.extend(told.list(&ListParams::default()).await.unwrap().items);
    }
    let places = [
        ("the log", log.text()),
        ("status", statuses.join("\n")),
        ("Events", serde_json::to_string(&events).unwrap()),
        ("addresses in Keycloak", urls(&place.keycloak.calls())),
        ("addresses in Kubernetes", urls(&place.kube_proxy.calls())),
    ];
    assert!(!places[0].1.is_empty() && !events.is_empty(), "nothing was kept");
    assert_eq!(told(&places, &secrets), [""; 0]);
    place.leaves().await;
}
