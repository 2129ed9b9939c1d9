//! Who may make a client in a realm.

use authorization_token::{AuthorizationToken, MINT_BYTES};
use controller_testkit::{KeycloakServer, eventually};
use serde_json::json;

use crate::place::{Place, SOON, condition};

#[tokio::test]
async fn another_namespace_is_refused_and_let_in_by_a_token_of_its_own_secret() {
    let place = Place::new("token", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies_elsewhere("portal", &json!({})).await;
    let message = place.elsewhere_is_not_ready_because("portal", "AuthorizationRefused").await;
    insta::assert_snapshot!("another_namespace", message);
    place.keycloak.calls().expect("a client that is not allowed").writes(0).reads(0).logins(0);

    let named = json!({"realmRef": {"name": "acme", "namespace": place.namespace,
        "authorizationSecretRef": {"name": "acme-token"}}});
    place.applies_elsewhere("portal", &named).await;
    let message = place.elsewhere_is_not_ready_because("portal", "SecretMissing").await;
    insta::assert_snapshot!("token_secret_missing", message);

    place.writes_secret(&place.elsewhere, "acme-token", json!({"other": "x"})).await;
    let message = place.elsewhere_is_not_ready_because("portal", "SecretKeyMissing").await;
    insta::assert_snapshot!("token_key_missing", message);

    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": "kcat1_garbage"})).await;
    let message = place.elsewhere_is_not_ready_because("portal", "TokenRefused").await;
    insta::assert_snapshot!("token_garbled", message);
    let with_description = |description: &str| {
        let mut fields = named.clone();
        fields["description"] = json!(description);
        fields
    };
    let good = place.token().await;
    let last = if good.ends_with('0') { "1" } else { "0" };
    let misspelt = format!("{}{last}", &good[..good.len() - 1]);
    let foreign = AuthorizationToken::mint(&[7; MINT_BYTES]).expose().to_string();
    for (name, token) in [("token_misspelt", misspelt), ("token_of_another_realm", foreign)] {
        place.writes_secret(&place.elsewhere, "acme-token", json!({"token": token})).await;
        let generation = place.applies_elsewhere("portal", &with_description(name)).await;
        let refused = place.elsewhere_is_not_ready_at(generation, "portal", "TokenRefused").await;
        insta::assert_snapshot!(name, refused.replace(&token, "<token>"));
    }
    place.keycloak.calls().expect("a client that is not allowed").writes(0).reads(0).logins(0);

    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": good})).await;
    let mut again = named.clone();
    again["description"] = json!("with a token");
    place.applies_elsewhere("portal", &again).await;
    let object = place.elsewhere_becomes_ready("portal").await;
    let status = object.status.clone().unwrap();
    assert_eq!(format!("{:?}", status.authorization.unwrap().by), "Some(Token)");
    assert_eq!(condition(&object, "Authorized").unwrap().0, "True");

    // Losing it stops changes and deletes nothing.
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": "kcat1_garbage"})).await;
    again["description"] = json!("changed");
    let before = place.keycloak.snapshot();
    place.applies_elsewhere("portal", &again).await;
    place.elsewhere_is_not_ready_because("portal", "TokenRefused").await;
    place.keycloak.since(&before).expect("authorization that was lost").writes(0);
    let description = place.console.sees_field(&place.thing("portal"), "description").await;
    assert_eq!(description, json!("with a token"));
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn another_namespace_gets_no_wildcards() {
    let place = Place::new("wild", &KeycloakServer::newest()).await;
    let process = place.start();
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": place.token().await})).await;
    let fields = json!({
        "realmRef": {"name": "acme", "namespace": place.namespace, "authorizationSecretRef": {"name": "acme-token"}},
        "redirectUris": ["https://portal.example.com/*"],
    });
    place.applies_elsewhere("portal", &fields).await;
    let message = place.elsewhere_is_not_ready_because("portal", "LimitExceeded").await;
    insta::assert_snapshot!(message);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn where_secrets_consent_by_label_a_token_that_does_not_is_not_read() {
    let place = Place::new("consent", &KeycloakServer::newest()).await;
    let process = place.start_with_consent();
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": place.token().await})).await;
    let named = json!({"realmRef": {"name": "acme", "namespace": place.namespace,
        "authorizationSecretRef": {"name": "acme-token"}}});
    place.applies_elsewhere("portal", &named).await;
    let message = place.elsewhere_is_not_ready_because("portal", "SecretNotConsented").await;
    insta::assert_snapshot!(message);
    place.keycloak.calls().expect("a Secret that does not consent").writes(0).reads(0).logins(0);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_client_of_somebody_is_not_taken_over_from_a_namespace_without_the_verb_adopt() {
    let place = Place::new("verb", &KeycloakServer::newest()).await;
    place.console.creates(&place.thing("portal"), json!({"description": "theirs"})).await;
    let process = place.start();
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": place.token().await})).await;
    let named = json!({"adopt": true, "realmRef": {"name": "acme", "namespace": place.namespace,
        "authorizationSecretRef": {"name": "acme-token"}}});
    place.applies_elsewhere("portal", &named).await;
    let message = place.elsewhere_is_not_ready_because("portal", "AdoptionRefused").await;
    insta::assert_snapshot!(message);
    let seen = place.console.sees(&place.thing("portal")).await.unwrap();
    assert_eq!(seen["attributes"].get("kubernetes.operator.uid"), None);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn deleting_objects_finds_out_nothing_about_a_realm_that_their_namespace_may_not_use() {
    let place = Place::new("oracle", &KeycloakServer::newest()).await;
    place.console.creates(&place.thing("theirs"), json!({})).await;
    let process = place.start();
    let mut told = Vec::new();
    for client_id in ["theirs", "nobodys"] {
        place.applies_elsewhere(client_id, &json!({"clientId": client_id})).await;
        place.elsewhere_is_not_ready_because(client_id, "AuthorizationRefused").await;
        place.elsewhere_goes(client_id).await;
        let same = |text: String| text.replace(client_id, "<client id>");
        let events = eventually("an Event tells what became of it", SOON, async || {
            let events = place.elsewhere_is_told_of(client_id).await;
            let told = events.iter().any(|(reason, _)| reason == "Deleting");
            if told { Ok(events) } else { Err(format!("{events:?}")) }
        })
        .await;
        let mut events: Vec<_> = events.into_iter().map(|(reason, note)| (reason, same(note))).collect();
        events.sort();
        told.push(events);
    }
    assert_eq!(told[0], told[1]);
    place.keycloak.calls().expect("objects that are not let in").writes(0).reads(0).logins(0);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_client_that_was_made_is_deleted_although_its_namespace_lost_its_leave_and_its_status() {
    let place = Place::new("proof", &KeycloakServer::newest()).await;
    let process = place.start();
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": place.token().await})).await;
    let named = json!({"realmRef": {"name": "acme", "namespace": place.namespace,
        "authorizationSecretRef": {"name": "acme-token"}}});
    place.applies_elsewhere("portal", &named).await;
    place.elsewhere_becomes_ready("portal").await;
    process.stops().await;
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": "kcat1_garbage"})).await;
    place.elsewhere_loses_its_status("portal").await;
    let process = place.start();
    place.elsewhere_goes("portal").await;
    assert_eq!(place.console.sees(&place.thing("portal")).await, None);
    process.stops().await;
    place.leaves().await;
}
