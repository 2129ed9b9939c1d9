//! Our login in a realm gets another secret, and nobody who works with it is refused meanwhile.

use std::{sync::Arc, time::Duration};

use controller_testkit::{KeycloakServer, eventually, every_crash_point, unique_name};
use http::Method;
use keycloak_admin::{AdminError, Login, LoginError};
use keycloak_connect::{Instance, Realm, Sessions, session::SessionSettings};
use keycloak_crds::{KeycloakRealm, labels::annotation};
use serde_json::{Value, json};

use super::place::{Place, SOON, api, condition};

const SECRET: &str = "/api/v1/namespaces/{namespace}/secrets/{name}";
const NEXT: &str = "client-secret-next";

/// Waits until this request is served.
async fn is_served(place: &Place, request: &str) -> KeycloakRealm {
    eventually(&format!("request {request} is served"), SOON, async || {
        let object = place.object("acme").await;
        let status = json!(object.status);
        if status["rotation"]["served"] == request { Ok(object) } else { Err(status.to_string()) }
    })
    .await
}

#[tokio::test]
async fn a_login_gets_another_secret_when_asked_for_and_when_its_time_has_come_and_keeps_its_account() {
    let server = KeycloakServer::newest();
    let place = Arc::new(Place::new("rotate", &server).await);
    let name = unique_name("rotate");
    // With these on nobody below an administrator of the server may give rights, which a login that has them does not need.
    let further = json!({"extra": {"adminPermissionsEnabled": true}});
    place.applies("acme", place.spec(&name, &further)).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    let of_login = Place::login_secret_name(&object);
    let login = async || place.secret(&place.namespace, &of_login).await.unwrap();
    let first = login().await;

    let (kube, admin) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    let process = place.start();
    place.watch_has_begun(&kube).await;
    place.annotates("acme", annotation::ROTATE_LOGIN, "1").await;
    let asked = is_served(&place, "1").await;
    process.stops().await;
    // Written down, told to the server, finished; and the status.
    place.keycloak.since(&admin).expect("a login made anew").writes(1);
    let calls = place.kube_proxy.since(&kube);
    calls.expect("a login made anew").writes(3).calls(&Method::PATCH, SECRET, 2);
    let second = login().await;
    assert_eq!(second["client-uuid"], first["client-uuid"]);
    assert_ne!(second["client-secret"], first["client-secret"]);
    assert_eq!(second.get(NEXT), None);
    place.our_login_works(&asked).await;
    let before = Login::service_account(&name, &first["client-id"], first["client-secret"].as_str().into());
    let refused = api(&server, before).realm_get(&name).await.unwrap_err();
    assert!(
        matches!(refused, AdminError::Login { source: LoginError::Refused { .. }, .. }),
        "the secret of before: {refused}"
    );
    place.event_says("SecretRotated", "rotate-login asks").await;

    // Nothing is due.
    let (kube, admin) = place.looks_again("acme").await;
    place.keycloak.since(&admin).expect("a pass after it").writes(0);
    place.kube_proxy.since(&kube).expect("a pass after it").writes(0);
    assert_eq!(login().await, second);

    place.annotates_secret(&of_login, annotation::ROTATED_AT, "2020-01-31T12:00:00Z").await;
    let (_, admin) = place.looks_again("acme").await;
    place.keycloak.since(&admin).expect("a login whose time has come").writes(1);
    let third = login().await;
    assert_ne!(third["client-secret"], second["client-secret"]);
    let object = place.object("acme").await;
    place.our_login_works(&object).await;
    let rotation: Value = json!(object.status.as_ref().unwrap().rotation);
    assert_eq!((&rotation["served"], &rotation["step"]), (&json!("1"), &Value::Null));
    assert!(rotation["nextRotation"].as_str() > rotation["lastRotation"].as_str(), "{rotation}");
    assert_eq!(condition(&object, "Ready").unwrap().0, "True");
    place.leave(&[&name]).await;
}

/// Works with the login as the client controller does, logs in anew for each call, and ends when one is refused.
async fn works_with_the_login(place: &Place, server: &KeycloakServer, object: &KeycloakRealm) -> String {
    let sessions = Sessions::new(place.reader(), SessionSettings::default());
    // It is no part of the process that is stopped.
    let mut keycloak = place.instance().await.object().clone();
    if let Some(external) = &mut keycloak.spec.external {
        server.url().clone_into(&mut external.url);
    }
    let (instance, realm) = (Instance::of(keycloak).unwrap(), Realm::of(object.clone()).unwrap());
    let mut often = tokio::time::interval(Duration::from_millis(20));
    loop {
        often.tick().await;
        let connection = match sessions.client_manager(&instance, &realm).await {
            Ok(connection) => connection,
            Err(error) => return error.to_string(),
        };
        if let Err(error) = connection.api().client_by_client_id(realm.realm_name(), "account").await {
            return error.to_string();
        }
        connection.succeeded();
        let session = connection.api().session();
        match session.token().await {
            Ok(token) => session.reject(&token).await,
            Err(error) => return error.to_string(),
        }
    }
}

#[tokio::test]
async fn a_login_is_made_anew_wherever_the_process_is_stopped_and_nobody_who_works_with_it_is_refused() {
    let server = KeycloakServer::newest();
    let place = Place::new("crash-rotate", &server).await;
    let name = unique_name("crash");
    place
        .works_until(async {
            place.applies("acme", place.spec(&name, &json!({}))).await;
            place.becomes_ready("acme").await;
        })
        .await;
    let object = place.object("acme").await;
    let of_login = Place::login_secret_name(&object);
    let rotates = async |number: usize| {
        let request = format!("request-{number}");
        place
            .works_until(async {
                place.annotates("acme", annotation::ROTATE_LOGIN, &request).await;
                is_served(&place, &request).await;
            })
            .await;
    };
    let crashes = every_crash_point(
        "making a login anew",
        &place.stop,
        async |attempt| rotates(attempt.number).await,
        async |attempt| rotates(attempt.number).await,
        async |attempt| {
            let object = place.object("acme").await;
            place.our_login_works(&object).await;
            let login = place.secret(&place.namespace, &of_login).await.unwrap();
            let rotation: Value = json!(object.status.as_ref().unwrap().rotation);
            json!({
                "keys": login.keys().collect::<Vec<_>>(),
                "account": login["client-uuid"],
                "served": rotation["served"] == format!("request-{}", attempt.number),
                "step": rotation["step"],
                "ready": condition(&object, "Ready").map(|told| told.0),
            })
        },
    );
    let report = tokio::select! {
        report = Box::pin(crashes) => report,
        refused = Box::pin(works_with_the_login(&place, &server, &object)) => panic!("{refused}"),
    };
    // The new one is written down, told to the server, finished; and the status.
    assert!(report.writes >= 4, "{report:?}");
    place.leave(&[&name]).await;
}
