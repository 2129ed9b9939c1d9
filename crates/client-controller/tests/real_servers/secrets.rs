//! The Secret that an application reads.

use controller_testkit::KeycloakServer;
use serde_json::json;

use crate::{
    confidential, confidential_with,
    place::{Place, condition},
};

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
async fn another_name_moves_the_secret() {
    let place = with_portal("moved").await;
    let process = place.start();
    place.becomes_ready("portal").await;
    let first = place.secret(SECRET).await.unwrap();

    let generation = place.applies("portal", &confidential_with(&json!({"secretName": "oidc"}))).await;
    let object = place.is_ready_at("portal", generation).await;
    assert_eq!(object.status.unwrap().credentials_secret.as_deref(), Some("oidc"));
    assert_eq!(place.secret("oidc").await.unwrap(), first, "the same values");
    assert_eq!(place.secret(SECRET).await, None);

    // It is taken back also where another Secret cannot be written.
    place.writes_secret(&place.namespace, "taken", json!({"password": "x"})).await;
    let taken = json!({"secretName": "another", "outputs": [{"name": "taken", "preset": "grafana"}]});
    place.applies("portal", &confidential_with(&taken)).await;
    place.is_not_ready_because("portal", "SecretNotOwned").await;
    assert_eq!(place.secret("another").await.unwrap(), first);
    assert_eq!(place.secret("oidc").await, None);
    let generation = place.applies("portal", &confidential_with(&json!({"secretName": "oidc"}))).await;
    place.is_ready_at("portal", generation).await;
    assert_eq!((place.secret("oidc").await, place.secret("another").await), (Some(first.clone()), None));

    // The one of before may become the source of the next one: what is read from is not taken back.
    let source = json!({"name": "oidc", "key": "client-secret"});
    let further = json!([{"name": "further", "preset": "envoy-gateway"}]);
    let from_before = json!({"secretName": "third", "clientSecret": source, "outputs": further});
    let generation = place.applies("portal", &confidential_with(&from_before)).await;
    place.is_ready_at("portal", generation).await;
    assert_eq!(place.secret("third").await.unwrap(), first);
    // A further one stays until that of its next name is written.
    let renamed = json!([{"name": "taken", "preset": "envoy-gateway"}]);
    let renamed = json!({"secretName": "third", "clientSecret": source, "outputs": renamed});
    place.applies("portal", &confidential_with(&renamed)).await;
    place.is_not_ready_because("portal", "SecretNotOwned").await;
    assert!(place.secret("further").await.is_some(), "what reads it has nothing else yet");
    place.deletes_secret("taken").await;
    place.becomes_ready("portal").await;
    assert!(place.secret("taken").await.is_some());
    assert_eq!(place.secret("further").await, None);
    let generation = place.applies("portal", &confidential_with(&from_before)).await;
    place.is_ready_at("portal", generation).await;
    let source = json!({"name": "further", "key": "client-secret"});
    let from_output = json!({"secretName": "third", "clientSecret": source});
    let generation = place.applies("portal", &confidential_with(&from_output)).await;
    place.is_ready_at("portal", generation).await;
    place.forces("portal").await;
    for (name, why) in [("oidc", "nobody remembers it"), ("further", "it is read from")] {
        assert_eq!(
            place.secret(name).await.unwrap()["client-secret"],
            first["client-secret"],
            "{name}: {why}"
        );
    }
    assert_eq!(place.becomes_ready("portal").await.status.unwrap().message.as_deref(), Some("in sync"));

    // Without a Secret of ours the own one is let go, also where it is read from.
    let source = json!({"name": "third", "key": "client-secret"});
    let unmanaged = json!({"manageSecret": false, "clientSecret": source});
    let generation = place.applies("portal", &confidential_with(&unmanaged)).await;
    place.is_ready_at("portal", generation).await;
    assert_eq!(place.secret("third").await.unwrap(), first);
    assert!(!place.is_bound("third").await);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_secret_that_nobody_asks_for_any_more_is_let_go_and_taken_again_when_asked() {
    let place = with_portal("let-go").await;
    let process = place.start();
    place.becomes_ready("portal").await;
    let first = place.secret(SECRET).await.unwrap();

    let unmanaged = confidential_with(&json!({"manageSecret": false}));
    let generation = place.applies("portal", &unmanaged).await;
    let object = place.is_ready_at("portal", generation).await;
    assert_eq!(place.secret(SECRET).await.unwrap(), first, "the application still reads it");
    assert!(!place.is_bound(SECRET).await);
    place.event_says("Retained", "Secret portal-credentials was let go").await;
    let (status, reason, _) = condition(&object, "SecretReady").unwrap();
    assert_eq!((status.as_str(), reason.as_str()), ("False", "Retained"));
    assert_eq!(object.status.unwrap().credentials_secret, None);
    place.console.logs_in_as(&place.thing("portal"), &first["client-secret"]).await.unwrap();

    // It is told as long as nobody asks for a Secret, and what happens to it is nobody's business.
    place.console.sets(&place.thing("portal"), "secret", "from the console").await;
    place.forces("portal").await;
    assert_eq!(condition(&place.becomes_ready("portal").await, "SecretReady").unwrap().1, "Retained");
    assert_eq!(place.secret(SECRET).await.unwrap(), first);

    let generation = place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    let object = place.is_ready_at("portal", generation).await;
    assert_eq!(condition(&object, "SecretReady").unwrap().0, "True");
    assert_eq!(place.secret(SECRET).await.unwrap()["client-secret"], "from the console");
    assert!(place.is_bound(SECRET).await);

    // Once more, and now it outlives the object.
    let generation = place.applies("portal", &unmanaged).await;
    place.is_ready_at("portal", generation).await;
    place.deletes("portal").await;
    place.is_gone("portal").await;
    assert!(!place.is_bound(SECRET).await);
    assert_eq!(place.secret(SECRET).await.unwrap()["client-secret"], "from the console");
    // An object of the same name is another one.
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    place.is_not_ready_because("portal", "SecretNotOwned").await;
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_secret_of_somebody_else_is_not_overwritten_and_its_deletion_is_enough() {
    let place = Place::new("foreign", &KeycloakServer::newest()).await;
    place.writes_secret(&place.namespace, "theirs", json!({"password": "x"})).await;
    place.applies("portal", &confidential_with(&json!({"secretName": "theirs"}))).await;
    let process = place.start();
    let message = place.is_not_ready_because("portal", "SecretNotOwned").await;
    insta::assert_snapshot!(message);
    place.event_says("SecretNotOwned", "so it is not overwritten").await;
    assert_eq!(place.secret("theirs").await.unwrap(), [("password".to_owned(), "x".to_owned())].into());
    assert_eq!(place.console.sees(&place.thing("portal")).await, None);

    place.deletes_secret("theirs").await;
    place.becomes_ready("portal").await;
    assert!(!place.secret("theirs").await.unwrap()["client-secret"].is_empty());
    process.stops().await;
    place.leaves().await;
}
