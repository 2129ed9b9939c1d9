//! What people read when they ask for something that is not possible, or when a server does not do its part.

use controller_testkit::{Fault, KeycloakServer, eventually};
use http::StatusCode;
use serde_json::json;

use crate::place::{Place, SOON};

#[tokio::test]
async fn what_the_api_server_refuses_is_told_with_what_to_write() {
    let place = Place::new("refused", &KeycloakServer::newest()).await;
    let told = [
        json!({"redirectUris": ["https://*.example.com/"]}),
        json!({"redirectUris": ["*"]}),
        json!({"publicClient": true, "regenerateSecret": true}),
        json!({"manageSecret": false, "secretName": "x"}),
        json!({"serviceAccountRoles": {"realmRoles": ["admin"]}}),
    ];
    let mut all = Vec::new();
    for fields in &told {
        all.push(place.is_refused_at_admission(fields).await);
    }
    insta::assert_snapshot!(all.join("\n\n"));
    place.leaves().await;
}

#[tokio::test]
async fn reserved_client_ids_and_objects_of_the_seed_are_refused_and_untouched() {
    let place = Place::new("reserved", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies("login", &json!({"clientId": "cloakroom-1a2b3c4d"})).await;
    place.applies("builtin", &json!({"clientId": "realm-management"})).await;
    place.applies_with_finalizer("seed", "keycloak.mdvr.nl/client-cleanup").await;
    let messages = [
        place.is_not_ready_because("login", "InvalidSpec").await,
        place.is_not_ready_because("builtin", "InvalidSpec").await,
        place.is_not_ready_because("seed", "SeedObject").await,
    ];
    insta::assert_snapshot!(messages.join("\n"));
    assert_eq!(place.get("seed").await.metadata.finalizers.unwrap(), ["keycloak.mdvr.nl/client-cleanup"]);
    process.stops().await;
    place.keycloak.calls().expect("what is refused").writes(0);
    place.leaves().await;
}

#[tokio::test]
async fn a_field_that_keycloak_does_not_know_is_told_in_keycloaks_words() {
    let place = Place::new("unknown", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies("portal", &json!({"extra": {"noSuchField": 1}})).await;
    let message = place.is_not_ready_because("portal", "RefusedByServer").await;
    assert!(message.starts_with("cannot create client portal: client_create: 400"), "{message}");
    assert!(message.contains("noSuchField"), "{message}");
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_server_that_is_away_answers_no_json_or_forgot_the_login_is_tried_again() {
    let place = Place::new("faults", &KeycloakServer::newest()).await;
    let process = place.start();
    let fault = place.keycloak.inject(Fault::status(StatusCode::SERVICE_UNAVAILABLE));
    place.applies("away", &json!({"clientId": "away"})).await;
    let away = place.is_not_ready_because("away", "ServerError").await;
    // The first try creates at once, a later one looks first; either may be seen.
    let away =
        away.replace("cannot create client away: client_create", "cannot read client away: client_list");
    fault.heal();
    place.becomes_ready("away").await;

    let fault = place.keycloak.inject(Fault::not_json());
    place.applies("portal", &json!({})).await;
    let page = place.is_not_ready_because("portal", "NotKeycloak").await;
    fault.heal();
    place.becomes_ready("portal").await;
    insta::assert_snapshot!([away, page].join("\n"));

    let fault = place.keycloak.inject(Fault::status(StatusCode::UNAUTHORIZED));
    place.applies("forgotten", &json!({"clientId": "forgotten"})).await;
    // The server's own words stand there first; while it keeps refusing, a login is not tried with every pass.
    let words = eventually("the client says that the login is tried again", SOON, async || {
        let message = place.is_not_ready_because("forgotten", "LoginRefused").await;
        if message.contains("tried again") { Ok(message) } else { Err(message) }
    })
    .await;
    // The name of the login's Secret ends in a hash.
    let (before, after) = words.split_once("keycloak-client-manager-").unwrap();
    let after = after.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    insta::assert_snapshot!(
        format!("{before}keycloak-client-manager-<hash>{after}"),
        @"the server refuses the login of Secret <namespace>/keycloak-client-manager-<hash>; it is tried again by itself"
    );
    fault.heal();
    place.becomes_ready("forgotten").await;
    process.stops().await;
    place.leaves().await;
}
