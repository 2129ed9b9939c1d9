//! The Secret that an application reads.

use controller_testkit::KeycloakServer;
use keycloak_crds::labels::annotation;
use serde_json::json;

use crate::{confidential, confidential_with, place::Place};

const SECRET: &str = "portal-credentials";

async fn with_portal(purpose: &str) -> Place {
    let place = Place::new(purpose, &KeycloakServer::newest()).await;
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    place
}

#[tokio::test]
async fn a_secret_that_is_deleted_or_edited_holds_keycloaks_value_again() {
    let place = with_portal("rebuilt").await;
    let process = place.start();
    place.becomes_ready("portal").await;
    let first = place.secret(SECRET).await.unwrap();

    place.deletes_secret(SECRET).await;
    let before = place.forces("portal").await;
    assert_eq!(place.secret_becomes(SECRET, |_| true).await, first, "never generated anew");
    place.event_says("DriftRepaired", "was missing").await;
    place.keycloak.since(&before).expect("rebuilding a Secret").writes(0);

    place.writes_secret(&place.namespace, SECRET, json!({"client-secret": "by hand", "note": "mine"})).await;
    place.forces("portal").await;
    let again =
        place.secret_becomes(SECRET, |secret| secret["client-secret"] == first["client-secret"]).await;
    assert_eq!(again["note"], "mine", "what is not ours in it stays");
    place.event_says("DriftRepaired", "held another value").await;
    place.console.logs_in_as(&place.thing("portal"), &again["client-secret"]).await.unwrap();

    // The other way round: made anew at the console.
    place.console.sets(&place.thing("portal"), "secret", "from the console").await;
    place.forces("portal").await;
    place.secret_becomes(SECRET, |secret| secret["client-secret"] == "from the console").await;
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn another_secret_is_made_once_for_each_time_that_it_is_asked_for() {
    let place = with_portal("regenerate").await;
    let process = place.start();
    place.becomes_ready("portal").await;
    let first = place.secret(SECRET).await.unwrap()["client-secret"].clone();

    let asked = confidential_with(&json!({"regenerateSecret": true}));
    let generation = place.applies("portal", &asked).await;
    let object = place.is_ready_at("portal", generation).await;
    assert_eq!(object.status.unwrap().rotation.unwrap().served.as_deref(), Some("true"));
    let second = place.secret(SECRET).await.unwrap()["client-secret"].clone();
    assert_ne!(second, first);
    place.console.logs_in_as(&place.thing("portal"), &second).await.unwrap();
    place.event_says("SecretRotated", "as spec.regenerateSecret asks").await;

    // Another edit, and another pass: it was served.
    let edited = confidential_with(
        &json!({"regenerateSecret": true, "redirectUris": ["https://portal.example.com/x"]}),
    );
    let generation = place.applies("portal", &edited).await;
    place.is_ready_at("portal", generation).await;
    place.forces("portal").await;
    assert_eq!(place.secret(SECRET).await.unwrap()["client-secret"], second);

    let generation = place.applies("portal", &confidential_with(&json!({"regenerateSecret": false}))).await;
    let object = place.is_ready_at("portal", generation).await;
    assert_eq!(object.status.unwrap().rotation.unwrap().served, None);
    let generation = place.applies("portal", &asked).await;
    place.is_ready_at("portal", generation).await;
    let third = place.secret(SECRET).await.unwrap()["client-secret"].clone();
    assert_ne!(third, second);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn another_name_moves_the_secret_and_an_unmanaged_one_goes() {
    let place = with_portal("moved").await;
    let process = place.start();
    place.becomes_ready("portal").await;
    let first = place.secret(SECRET).await.unwrap();

    let generation = place.applies("portal", &confidential_with(&json!({"secretName": "oidc"}))).await;
    let object = place.is_ready_at("portal", generation).await;
    assert_eq!(object.status.unwrap().credentials_secret.as_deref(), Some("oidc"));
    assert_eq!(place.secret("oidc").await.unwrap(), first, "the same values");
    assert_eq!(place.secret(SECRET).await, None);

    let generation = place.applies("portal", &confidential_with(&json!({"manageSecret": false}))).await;
    let object = place.is_ready_at("portal", generation).await;
    assert_eq!(object.status.unwrap().credentials_secret, None);
    assert_eq!(place.secret("oidc").await, None);
    // The client keeps the secret that it has.
    place.console.logs_in_as(&place.thing("portal"), &first["client-secret"]).await.unwrap();
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_secret_of_somebody_else_is_not_overwritten_and_no_client_is_made() {
    let place = Place::new("foreign", &KeycloakServer::newest()).await;
    place.writes_secret(&place.namespace, "theirs", json!({"password": "x"})).await;
    place.applies("portal", &confidential_with(&json!({"secretName": "theirs"}))).await;
    let process = place.start();
    let message = place.is_not_ready_because("portal", "SecretNotOwned").await;
    insta::assert_snapshot!(message);
    assert_eq!(place.secret("theirs").await.unwrap(), [("password".to_owned(), "x".to_owned())].into());
    assert_eq!(place.console.sees(&place.thing("portal")).await, None);

    let generation = place.applies("portal", &confidential_with(&json!({"secretName": "ours"}))).await;
    place.is_ready_at("portal", generation).await;
    place.annotates("portal", annotation::RECONCILE_AT, "again").await;
    process.stops().await;
    place.leaves().await;
}
