//! The controller in process, against a real API server and a real Keycloak, through proxies that count.
//!
//! `cargo xtask test` starts the servers and sets the variables. No controller manager is needed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

mod logins;
mod own_servers;
mod place;
mod refusals;
mod tokens;

use std::time::Duration;

use authorization_token::AuthorizationToken;
use controller_testkit::{Console, KeycloakServer, realm, unique_name};
use keycloak_admin::{AdminApi, AdminSession, Login, RealmView, Server, ServerSettings};
use keycloak_crds::{Keycloak, labels::annotation};
use kube::ResourceExt as _;
use place::{ADMIN_SECRET, Place, condition};
use serde_json::{Value, json};

const SOON: Duration = Duration::from_secs(60);

fn server(url: &str) -> Server {
    Server::new(ServerSettings::new(url)).unwrap()
}

/// The admin API by the login of a Secret of ours.
async fn by_our_login_at(place: &Place, url: &str) -> AdminApi {
    let secret = place.secret("keycloak-realm-manager").await.unwrap();
    let login =
        Login::service_account("master", &secret["client-id"], secret["client-secret"].as_str().into());
    AdminApi::new(AdminSession::new(&server(url), login))
}

fn administrator(keycloak: &KeycloakServer) -> AdminApi {
    let login = Login::bootstrap_admin(keycloak.admin(), keycloak.password().into());
    AdminApi::new(AdminSession::new(&server(keycloak.url()), login))
}

#[tokio::test]
async fn an_external_server_becomes_ready_and_nothing_is_written_twice() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("ready", &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    let object = place.becomes_ready().await;

    let status = object.status.clone().unwrap();
    assert!(status.version.as_deref().unwrap().starts_with("26.7."), "{:?}", status.version);
    let url = place.keycloak.url();
    assert_eq!(status.endpoints.unwrap().internal.as_deref(), Some(url.as_str()));
    assert_eq!(status.internal_url.as_deref(), Some(url.as_str()));
    assert_eq!(status.authorization_secret_name.as_deref(), Some("keycloak-auth-token"));
    for type_ in ["Available", "LoginReady"] {
        assert_eq!(condition(&object, type_).unwrap().0, "True", "{type_}");
    }

    let api = by_our_login_at(&place, keycloak.url()).await;
    assert!(
        matches!(api.realm_view("master").await, Ok(RealmView::Reduced)),
        "create-realm and nothing more"
    );
    let token = place.secret("keycloak-auth-token").await.unwrap();
    let token = AuthorizationToken::parse(token["token"].as_bytes()).unwrap();
    let issued = status.authorization.unwrap().tokens.unwrap();
    let ids: Vec<&str> = issued.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, [token.id().as_str()]);
    assert_eq!(issued[0].digest, token.digest().to_string());

    let (kube, admin) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    place.annotates(annotation::RECONCILE_AT, "again").await;
    place.keycloak_is_asked_since(&admin).await;
    process.stops().await;
    place.keycloak.since(&admin).expect("a second pass").writes(0).none_by("admin-cli");
    place.kube_proxy.since(&kube).expect("a second pass").writes(0);
    assert_eq!(place.object().await.status, object.status);
}

#[tokio::test]
async fn after_a_restart_the_login_that_works_is_left_alone_without_the_administrator() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("restart", &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    place.becomes_ready().await;
    process.stops().await;
    // Even a password that has become wrong does not matter any more.
    place.writes_admin_secret("wrong").await;

    let (kube, admin) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    let process = place.start();
    place.keycloak_is_asked_since(&admin).await;
    process.stops().await;
    place.keycloak.since(&admin).expect("a restart").writes(0).logins(1).reads(1).none_by("admin-cli");
    place.kube_proxy.since(&kube).expect("a restart").writes(0);
}

#[tokio::test]
async fn a_login_whose_secret_is_lost_or_garbled_gets_another_one_and_keeps_its_account() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("mended", &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    place.becomes_ready().await;
    process.stops().await;
    let before = place.secret("keycloak-realm-manager").await.unwrap();

    place.deletes_secret("keycloak-realm-manager").await;
    let process = place.start();
    let after = place.secret_appears("keycloak-realm-manager", |_| true).await;
    assert_eq!(after["client-uuid"], before["client-uuid"]);
    assert_ne!(after["client-secret"], before["client-secret"]);
    process.stops().await;

    place.sets_in_secret("keycloak-realm-manager", "client-secret", "garbled").await;
    let process = place.start();
    let mended =
        place.secret_appears("keycloak-realm-manager", |secret| secret["client-secret"] != "garbled").await;
    assert_eq!(mended["client-uuid"], before["client-uuid"]);
    place.becomes_ready().await;
    by_our_login_at(&place, keycloak.url()).await.realm_view("master").await.unwrap();
    process.stops().await;
}

#[tokio::test]
async fn a_wrong_password_of_the_administrator_is_reported_and_nothing_is_generated_over_it() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("refused", &keycloak).await;
    place.writes_admin_secret("wrong").await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    let object = place.is_not_ready_because("LoginRefused").await;
    let (_, message) = condition(&object, "Ready").unwrap();
    assert!(message.contains(&format!("Secret {}/{ADMIN_SECRET}", place.namespace)), "{message}");
    assert!(message.contains("write the login of an administrator"), "{message}");
    assert!(!message.contains("wrong"), "{message}");
    assert_eq!(place.secret("keycloak-realm-manager").await, None);
    assert_eq!(place.secret(ADMIN_SECRET).await.unwrap()["password"], "wrong");
    place.keycloak.calls().expect("a refused administrator").writes(0);

    // The token needs no server.
    assert!(place.secret("keycloak-auth-token").await.is_some());

    place.writes_admin_secret(keycloak.password()).await;
    place.annotates(annotation::RECONCILE_AT, "mended").await;
    place.becomes_ready().await;
    process.stops().await;
}

#[tokio::test]
async fn an_administrators_secret_that_is_missing_is_waited_for() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("waits", &keycloak).await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    let object = place.is_not_ready_because("SecretMissing").await;
    let (_, message) = condition(&object, "Ready").unwrap();
    assert!(
        message.contains(&format!("Secret {}/{ADMIN_SECRET} does not exist", place.namespace)),
        "{message}"
    );
    assert_eq!(condition(&object, "Reconciling").unwrap().0, "True");
    place.writes_admin_secret(keycloak.password()).await;
    place.becomes_ready().await;
    process.stops().await;
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_tried_again_and_told_with_its_address() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("away", &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    // Nobody listens on port 1.
    let spec = json!({"external": {"url": "http://127.0.0.1:1"}, "admin": {"existingSecret": ADMIN_SECRET}});
    place.applies(spec).await;
    let process = place.start();
    let object = place.is_not_ready_because("ServerUnreachable").await;
    let (_, message) = condition(&object, "Ready").unwrap();
    assert!(message.contains("the server at http://127.0.0.1:1 cannot be used"), "{message}");
    for (type_, status) in [("Available", "False"), ("Degraded", "True"), ("Reconciling", "True")] {
        assert_eq!(condition(&object, type_).unwrap().0, status, "{type_}");
    }
    assert_eq!(object.status.unwrap().endpoints, None, "nobody is sent to a server that never answered");
    process.stops().await;
}

#[tokio::test]
async fn observing_writes_nothing_anywhere_but_the_status() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("observe", &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    place.applies(place.external(&json!({"management": "Observe"}))).await;
    let process = place.start();
    let object = place.is_not_ready_because("Observing").await;
    let (_, message) = condition(&object, "Planned").unwrap();
    assert_eq!(message, "make our login in the server; issue the authorization token");
    assert_eq!(object.finalizers(), &[] as &[String]);
    process.stops().await;
    place.keycloak.calls().expect("observing").writes(0);
    place.kube_proxy.calls().expect("observing").writes(1);
    for name in ["keycloak-realm-manager", "keycloak-auth-token"] {
        assert_eq!(place.secret(name).await, None, "{name}");
    }
}

#[tokio::test]
async fn an_instance_of_the_seed_is_left_untouched() {
    let keycloak = KeycloakServer::newest();
    let seed = Place::new("seed", &keycloak).await;
    seed.writes_admin_secret(keycloak.password()).await;
    seed.applies_with_finalizer(seed.external(&json!({})), "keycloak.mdvr.nl/cleanup").await;
    let process = seed.start();
    let object = seed.is_not_ready_because("SeedObject").await;
    assert_eq!(object.finalizers(), ["keycloak.mdvr.nl/cleanup"]);
    process.stops().await;
    seed.keycloak.calls().expect("an object of the seed").writes(0).reads(0).logins(0);
    seed.kube_proxy.calls().expect("an object of the seed").writes(1);
}

#[tokio::test]
async fn realms_that_somebody_else_made_are_granted_once_by_the_administrator() {
    let keycloak = KeycloakServer::newest();
    let console = Console::open(&keycloak).await;
    let name = unique_name("granted");
    console.creates(&realm(&name), json!({"enabled": true})).await;
    let place = Place::new("grant", &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    place.becomes_ready().await;
    let api = by_our_login_at(&place, keycloak.url()).await;
    assert!(matches!(api.realm_view(&name).await, Ok(RealmView::Reduced)));

    let admin = json!({"existingSecret": ADMIN_SECRET, "grantRealms": [name]});
    let generation = place.applies(place.external(&json!({"admin": admin}))).await;
    place.is_ready_at(generation).await;
    assert!(matches!(api.realm_view(&name).await, Ok(RealmView::Full(_))));

    let before = place.keycloak.snapshot();
    place.annotates(annotation::RECONCILE_AT, "again").await;
    place.keycloak_is_asked_since(&before).await;
    process.stops().await;
    place.keycloak.since(&before).expect("a pass after the grant").writes(0).none_by("admin-cli");
    console.deletes(&realm(&name)).await;
}

#[tokio::test]
async fn a_deleted_instance_takes_its_login_along_and_does_not_wait_for_an_administrator_who_is_gone() {
    let keycloak = KeycloakServer::newest();
    let place = Place::new("deleted", &keycloak).await;
    place.writes_admin_secret(keycloak.password()).await;
    place.applies(place.external(&json!({}))).await;
    let process = place.start();
    place.becomes_ready().await;
    let account = place.secret("keycloak-realm-manager").await.unwrap()["client-id"].clone();
    let administrator = administrator(&keycloak);
    assert!(administrator.client_by_client_id("master", &account).await.unwrap().is_some());
    place.deletes_and_it_is_gone().await;
    assert!(administrator.client_by_client_id("master", &account).await.unwrap().is_none());
    process.stops().await;

    let away = Place::new("deleted-alone", &keycloak).await;
    away.writes_admin_secret(keycloak.password()).await;
    away.applies(away.external(&json!({}))).await;
    let process = away.start();
    away.becomes_ready().await;
    process.stops().await;
    away.deletes_secret(ADMIN_SECRET).await;
    // Another process: the one before may still hold the administrator's session.
    let process = away.start();
    away.deletes_and_it_is_gone().await;
    away.event_says("Retained", "is left in realm master").await;
    process.stops().await;
}

/// `status.conditions` of the object as JSON, for messages.
fn told(object: &Keycloak) -> String {
    serde_json::to_string(&object.status).unwrap_or_else(|_| Value::Null.to_string())
}
