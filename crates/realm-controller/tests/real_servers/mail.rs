//! The mail server's password, which comes from a Secret.

use std::sync::Arc;

use controller_testkit::{KeycloakServer, realm, unique_name};
use http::Method;
use keycloak_connect::record_key;
use kube::api::{DeleteParams, Patch, PatchParams, PostParams};
use serde_json::{Value, json};

use super::place::Place;

const REALM: &str = "/admin/realms/{realm}";
const SECRET: &str = "acme-smtp";

fn smtp() -> Value {
    json!({"smtpServer": {"host": "smtp.example.com", "port": 587, "from": "noreply@example.com", "auth": true,
        "user": "acme", "passwordSecret": {"name": SECRET}}})
}

#[tokio::test]
async fn the_mail_servers_password_comes_from_its_secret_and_only_another_value_or_a_lost_key_writes_it() {
    let mut place = Place::new("mail", &KeycloakServer::newest()).await;
    // The key of the records is deleted in the end: no other test is to notice.
    place.home = Some(place.namespace.clone());
    let place = Arc::new(place);
    let name = unique_name("mail");
    place.applies("acme", place.spec(&name, &smtp())).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "SecretMissing").await;
    assert!(message.contains("spec.smtpServer.passwordSecret"), "{message}");
    assert!(place.console.sees(&realm(&name)).await.is_none(), "nothing is made with half of what is asked");

    let secret = json!({"metadata": {"name": SECRET}, "stringData": {"password": "first"}});
    let secret = serde_json::from_value(secret).unwrap();
    place.secrets(&place.namespace).create(&PostParams::default(), &secret).await.unwrap();
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    let status = serde_json::to_string(&object.status).unwrap();
    assert!(!status.contains("first"), "{status}");
    let seen = place.console.sees(&realm(&name)).await.unwrap();
    assert_eq!(seen["smtpServer"]["user"], "acme");
    assert_eq!(seen["smtpServer"]["password"], "**********");

    let label = json!({"metadata": {"labels": {"team": "identity"}}});
    let secrets = place.secrets(&place.namespace);
    secrets.patch(SECRET, &PatchParams::default(), &Patch::Merge(label)).await.unwrap();
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("a label on the Secret").writes(0);

    place.sets_in_secret(SECRET, "password", "second").await;
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("another password").writes(1).calls(&Method::PUT, REALM, 1);
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("the pass after it").writes(0);

    // Nobody can tell any more whether the password is the one that was written.
    secrets.delete(record_key::SECRET_NAME, &DeleteParams::default()).await.unwrap();
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("another record key").writes(1).calls(&Method::PUT, REALM, 1);
    let made_anew = secrets.get_opt(record_key::SECRET_NAME).await.unwrap();
    assert!(made_anew.is_some(), "a new one is made");
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("the pass after that").writes(0);
    place.leave(&[&name]).await;
}
