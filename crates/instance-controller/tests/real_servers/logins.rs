//! Our login in a server gets another secret by the administrator, and keeps its account and its rights.

use controller_testkit::{KeycloakServer, Stop, eventually};
use keycloak_admin::{AdminApi, AdminError, AdminSession, Login, LoginError};
use keycloak_crds::{Keycloak, labels::annotation};
use serde_json::{Value, json};

use super::{
    SOON, by_our_login_at,
    place::{ADMIN_SECRET, Place, condition},
    server,
};

const LOGIN: &str = "keycloak-realm-manager";
const NEXT: &str = "client-secret-next";

/// Waits until this request is served.
async fn is_served(place: &Place, request: &str) -> Keycloak {
    eventually(&format!("request {request} is served"), SOON, async || {
        let object = place.object().await;
        let status = json!(object.status);
        if status["rotation"]["served"] == request { Ok(object) } else { Err(status.to_string()) }
    })
    .await
}

/// What the server says to this secret of the account.
async fn login_with(keycloak: &KeycloakServer, account: &str, secret: &str) -> Result<(), AdminError> {
    let login = Login::service_account("master", account, secret.into());
    let api = AdminApi::new(AdminSession::new(&server(keycloak.url()), login));
    api.realm_view("master").await.map(drop)
}

#[tokio::test]
async fn a_login_that_is_asked_for_gets_another_secret_and_waits_for_an_administrator_where_there_is_none() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("rotate", &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    place.becomes_ready().await;
    let first = place.secret(LOGIN).await.unwrap();

    place.annotates(annotation::ROTATE_LOGIN, "1").await;
    is_served(&place, "1").await;
    let second = place.secret(LOGIN).await.unwrap();
    assert_eq!(second["client-uuid"], first["client-uuid"]);
    assert_ne!(second["client-secret"], first["client-secret"]);
    assert_eq!(second.get(NEXT), None);
    by_our_login_at(&place, keycloak.url()).await.realm_view("master").await.unwrap();
    let refused = login_with(&keycloak, &first["client-id"], &first["client-secret"]).await.unwrap_err();
    assert!(
        matches!(refused, AdminError::Login { source: LoginError::Refused { .. }, .. }),
        "the secret of before: {refused}"
    );
    place.event_says("SecretRotated", "got a new secret").await;

    // Nothing is due, so nobody asks for the administrator.
    let (kube, admin) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    place.annotates(annotation::RECONCILE_AT, "again").await;
    place.keycloak_is_asked_since(&admin).await;
    process.stops().await;
    place.keycloak.since(&admin).expect("a pass after it").writes(0).none_by("admin-cli");
    place.kube_proxy.since(&kube).expect("a pass after it").writes(0);

    // Another process: the one before may still hold the administrator's session.
    place.deletes_secret(ADMIN_SECRET).await;
    let process = place.start();
    place.annotates(annotation::ROTATE_LOGIN, "2").await;
    let object = place.is_not_ready_because("RotationNeedsAdmin").await;
    let (_, message) = condition(&object, "Ready").unwrap();
    let because = format!("Secret {}/{ADMIN_SECRET} does not exist", place.namespace);
    assert!(
        message.starts_with("our login is to get another secret, and that needs an administrator"),
        "{message}"
    );
    assert!(message.contains(&because), "{message}");
    assert_eq!(condition(&object, "LoginReady").unwrap().0, "True");
    assert_eq!(place.secret(LOGIN).await.unwrap(), second);

    place.writes_admin_secret(keycloak.password()).await;
    is_served(&place, "2").await;
    place.becomes_ready().await;
    assert_eq!(place.secret(LOGIN).await.unwrap()["client-uuid"], first["client-uuid"]);
    process.stops().await;
}

#[tokio::test]
async fn a_login_whose_time_has_come_waits_for_an_administrator_and_the_server_stays_ready() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("overdue", &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    place.becomes_ready().await;
    process.stops().await;
    let first = place.secret(LOGIN).await.unwrap();
    place.deletes_secret(ADMIN_SECRET).await;
    place.annotates_secret(LOGIN, annotation::ROTATED_AT, "2020-01-31T12:00:00Z").await;

    let process = place.start();
    let told = eventually("the login is told to be overdue", SOON, async || {
        let object = place.object().await;
        let found = controller_testkit::condition(&object, "LoginReady");
        match found.filter(|found| found.reason == "RotationNeedsAdmin") {
            Some(found) => Ok((found.status, condition(&object, "Ready").map(|ready| ready.0))),
            None => Err(super::told(&object)),
        }
    })
    .await;
    assert_eq!(told, ("True".to_owned(), Some("True".to_owned())));
    place.event_says("RotationNeedsAdmin", "needs an administrator").await;
    assert_eq!(place.secret(LOGIN).await.unwrap(), first);

    place.writes_admin_secret(keycloak.password()).await;
    place.annotates(annotation::RECONCILE_AT, "now").await;
    let second = place.secret_appears(LOGIN, |login| login["client-secret"] != first["client-secret"]).await;
    assert_eq!(second["client-uuid"], first["client-uuid"]);
    eventually("the login is as it should be", SOON, async || {
        let object = place.object().await;
        let found = controller_testkit::condition(&object, "LoginReady");
        match found.filter(|found| found.reason == "InSync") {
            Some(_) => Ok(()),
            None => Err(super::told(&object)),
        }
    })
    .await;
    process.stops().await;
}

#[tokio::test]
async fn a_rotation_goes_on_with_the_same_secret_wherever_its_process_is_stopped() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("crash-rotate", &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    place.becomes_ready().await;
    process.stops().await;
    // The new one is written down, told to the server, finished; and the status.
    for write in 1..=4 {
        let request = format!("request-{write}");
        let before = place.secret(LOGIN).await.unwrap();
        place.stop.set(Stop::AfterWrite(write));
        let process = place.start();
        place.annotates(annotation::ROTATE_LOGIN, &request).await;
        place.stop.stopped().await;
        place.stop.quiet().await;
        drop(process);
        place.stop.clear();

        let left = place.secret(LOGIN).await.unwrap();
        let account = &before["client-id"];
        assert_eq!(left.contains_key(NEXT), write < 3, "after write {write}");
        let accepted = match (write, left.get(NEXT)) {
            (2, Some(next)) => next,
            _ => &left["client-secret"],
        };
        login_with(&keycloak, account, accepted).await.unwrap();
        let process = place.start();
        let object = is_served(&place, &request).await;
        process.stops().await;
        let after = place.secret(LOGIN).await.unwrap();
        assert_eq!(after["client-uuid"], before["client-uuid"]);
        assert_eq!(after.get(NEXT), None);
        let expected = left.get(NEXT).unwrap_or(&left["client-secret"]);
        assert_eq!(&after["client-secret"], expected, "after write {write}");
        login_with(&keycloak, account, expected).await.unwrap();
        let rotation: Value = json!(object.status.unwrap().rotation);
        assert_eq!(rotation["step"], Value::Null);
    }
}
