//! What Keycloak logs in to the mail server with. It masks the password wherever it is read, so a mail server is asked.

use std::{sync::Arc, time::Duration};

use controller_testkit::{
    Answer, KeycloakServer, Kind, MailLogin, MailServer, eventually, unique_name, user,
};
use http::{Method, StatusCode};
use kube::api::PostParams;
use serde_json::{Value, json};

use super::place::{Place, SOON};

const REALM: &str = "/admin/realms/{realm}";
const REALM_OBJECT: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/{namespace}/keycloakrealms/{name}";
const SECRET: &str = "acme-smtp";

/// A realm that sends its mail by this server, as user `acme`.
fn sending_by(server: &MailServer) -> Value {
    let address = server.address();
    json!({"smtpServer": {"host": address.ip(), "port": address.port(), "from": "noreply@example.com", "auth": true,
        "user": "acme", "passwordSecret": {"name": SECRET}}})
}

/// Has Keycloak write to Ann. It logs in to the mail server as the realm says, and answers once the server has taken the mail or
/// has refused it.
async fn writes_to_ann(place: &Place, realm: &str) -> Answer {
    let id = place.console.sees_field(&user(realm, "ann"), "id").await;
    let path = format!("/admin/realms/{realm}/users/{}/execute-actions-email", id.as_str().unwrap());
    place.console.calls(Method::PUT, &path, Some(json!(["UPDATE_PASSWORD"]))).await
}

fn login(password: &str, accepted: bool) -> MailLogin {
    MailLogin { user: "acme".to_owned(), password: password.to_owned(), accepted }
}

#[tokio::test]
async fn keycloak_logs_in_with_the_value_of_the_secret_and_after_one_write_with_its_new_one() {
    let server = MailServer::accepting("acme", "first").await;
    let mut place = Place::new("login", &KeycloakServer::newest()).await;
    place.resync = Duration::from_secs(2);
    let (place, name) = (Arc::new(place), unique_name("login"));
    let secret = json!({"metadata": {"name": SECRET}, "stringData": {"password": "first"}});
    let secret = serde_json::from_value(secret).unwrap();
    place.secrets(&place.namespace).create(&PostParams::default(), &secret).await.unwrap();
    place.applies("acme", place.spec(&name, &sending_by(&server))).await;
    let process = place.start();
    place.becomes_ready("acme").await;

    let ann = json!({"email": "ann@example.com", "enabled": true});
    place.console.creates(&user(&name, "ann"), ann).await;
    let answer = writes_to_ann(&place, &name).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}, {:?}", server.logins());
    assert_eq!(server.logins(), [login("first", true)]);
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].from, "noreply@example.com");
    assert_eq!(mails[0].to, ["ann@example.com"]);

    // Whoever runs the mail server has changed the password there, and Keycloak does not know yet.
    server.accepts_only("acme", "second");
    let answer = writes_to_ann(&place, &name).await;
    assert!(!answer.status.is_success(), "{answer:?}");
    assert_eq!(server.logins()[1..], [login("first", false)]);

    let before = place.keycloak.snapshot();
    place.sets_in_secret(SECRET, "password", "second").await;
    eventually("the new password is written", SOON, async || {
        let calls = place.keycloak.since(&before);
        let is_written = calls.iter().any(|call| call.kind == Kind::Write && call.outcome.status().is_some());
        if is_written { Ok(()) } else { Err(calls.to_string()) }
    })
    .await;
    // Passes of one object follow each other: where a second one begins, a whole one lies behind it.
    let written = place.kube_proxy.snapshot();
    eventually("a resync has ended", SOON, async || {
        let calls = place.kube_proxy.since(&written);
        if calls.to(&Method::GET, REALM_OBJECT).len() >= 2 { Ok(()) } else { Err(calls.to_string()) }
    })
    .await;
    process.stops().await;
    let calls = place.keycloak.since(&before);
    calls.expect("another password, and the resyncs after it").writes(1).calls(&Method::PUT, REALM, 1);

    let answer = writes_to_ann(&place, &name).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}, {:?}", server.logins());
    assert_eq!(server.logins()[2..], [login("second", true)]);
    assert_eq!(server.mails().len(), 2, "what was refused was not taken");
    place.leave(&[&name]).await;
}
