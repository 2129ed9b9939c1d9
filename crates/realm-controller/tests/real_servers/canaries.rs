//! No secret is told anywhere.

use std::sync::Arc;

use controller_testkit::{Fault, KeycloakServer, TraceLog, realm, secrets_of, told, unique_name};
use http::StatusCode;
use k8s_openapi::api::{core::v1::ConfigMap, events::v1::Event};
use kube::{
    Api,
    api::{DeleteParams, ListParams, PostParams},
};
use serde_json::{Value, json};

use super::{ownership::token_of_the_instance, place::Place};

/// Mail settings with the password in one of its two forms.
fn mail(password: &Value) -> Value {
    let mut smtp = json!({"host": "smtp.example.com", "port": 587, "from": "noreply@example.com", "auth": true, "user": "acme"});
    smtp.as_object_mut().unwrap().extend(password.as_object().unwrap().clone());
    smtp
}

#[tokio::test]
async fn no_secret_that_a_realm_names_or_gets_is_told_anywhere_in_its_whole_life() {
    let mut place = Place::new("canary", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    // The key of the records is looked for, too.
    place.home = Some(place.namespace.clone());
    let place = Arc::new(place);
    let token = token_of_the_instance(&place).await;
    place.writes_ticket(&tenant, &token).await;
    let log = TraceLog::begin();
    let name = unique_name("canary");
    let spec = |password: &Value| {
        let reference = json!({"namespace": place.namespace, "authorizationSecretRef": {"name": "ticket"}});
        let fields =
            json!({"operatorRef": reference, "deletionPolicy": "Delete", "smtpServer": mail(password)});
        place.spec(&name, &fields)
    };
    let mut statuses = Vec::new();

    // It fails before it is made, is made, fails at a change, is changed, and goes.
    place.applies_in(&tenant, "acme", spec(&json!({"passwordSecret": {"name": "mail"}}))).await;
    let process = place.start();
    statuses.push(place.is_not_ready_in(&tenant, "acme", "SecretMissing").await);
    let secret = json!({"metadata": {"name": "mail"}, "stringData": {"password": "canary-in-a-secret"}});
    let secret = serde_json::from_value(secret).unwrap();
    place.secrets(&tenant).create(&PostParams::default(), &secret).await.unwrap();
    statuses.push(serde_json::to_string(&place.becomes_ready_in(&tenant, "acme").await.status).unwrap());
    let fault = place.keycloak.inject(Fault::status(StatusCode::SERVICE_UNAVAILABLE));
    place.applies_in(&tenant, "acme", spec(&json!({"password": "canary-in-the-object"}))).await;
    statuses.push(place.is_not_ready_in(&tenant, "acme", "ServerError").await);
    fault.heal();
    statuses.push(serde_json::to_string(&place.becomes_ready_in(&tenant, "acme").await.status).unwrap());

    let mut secrets = vec![
        ("the mail password in a Secret".to_owned(), b"canary-in-a-secret".to_vec()),
        ("the mail password in the object".to_owned(), b"canary-in-the-object".to_vec()),
    ];
    let mut events = Vec::new();
    let mut records = Vec::new();
    for namespace in [&place.namespace, &tenant] {
        secrets.extend(secrets_of(&place.secrets(namespace)).await);
        let maps: Api<ConfigMap> = Api::namespaced(place.kube.clone(), namespace);
        records.extend(maps.list(&ListParams::default()).await.unwrap().items);
    }
    assert!(secrets.len() >= 7, "both, tokens, logins and the record's key: {}", secrets.len());
    place.realms_in(&tenant).delete("acme", &DeleteParams::default()).await.unwrap();
    place.is_gone_in(&tenant, "acme").await;
    process.stops().await;
    for namespace in [&place.namespace, &tenant] {
        let told: Api<Event> = Api::namespaced(place.kube.clone(), namespace);
        events.extend(told.list(&ListParams::default()).await.unwrap().items);
    }
    let urls = |calls: controller_testkit::Calls| {
        calls.iter().map(|call| call.path.clone()).collect::<Vec<_>>().join("\n")
    };
    let places = [
        ("the log", log.text()),
        ("status", statuses.join("\n")),
        ("Events", serde_json::to_string(&events).unwrap()),
        ("records", serde_json::to_string(&records).unwrap()),
        ("addresses in Keycloak", urls(place.keycloak.calls())),
        ("addresses in Kubernetes", urls(place.kube_proxy.calls())),
    ];
    assert!(!places[0].1.is_empty() && !events.is_empty(), "nothing was kept");
    assert_eq!(told(&places, &secrets), [""; 0]);
    assert!(place.console.sees(&realm(&name)).await.is_none());
    place.leave(&[]).await;
}
