//! What the owner of a realm says about who may make clients in it.
//!
//! The realm's change wakes its clients by itself; each step waits for that before it asks for the next.

use controller_testkit::KeycloakServer;
use kube::api::{Patch, PatchParams};
use serde_json::{Value, json};

use crate::place::Place;

/// Sets fields of the realm's spec; `null` takes one away.
async fn the_realm_says(place: &Place, fields: Value) {
    let patch = Patch::Merge(json!({"spec": fields}));
    place.realms().patch("acme", &PatchParams::default(), &patch).await.unwrap();
}

#[tokio::test]
async fn a_grant_lets_a_namespace_in_until_it_is_taken_back_and_a_deny_beats_it() {
    let place = Place::new("grant", &KeycloakServer::newest()).await;
    the_realm_says(&place, json!({"authorization": {"grants": [{"namespaces": [place.elsewhere]}]}})).await;
    let process = place.start();
    place.applies_elsewhere("portal", &json!({"description": "granted"})).await;
    let object = place.elsewhere_becomes_ready("portal").await;
    assert_eq!(format!("{:?}", object.status.unwrap().authorization.unwrap().by), "Some(Grant)");

    let denied = json!({"deny": [{"namespaces": [place.elsewhere]}]});
    the_realm_says(&place, json!({"authorization": denied})).await;
    let denied = place.elsewhere_is_told("spec.authorization.deny").await;
    let before = place.keycloak.snapshot();
    let generation = place.applies_elsewhere("portal", &json!({"description": "denied"})).await;
    place.elsewhere_is_not_ready_at(generation, "portal", "AuthorizationDenied").await;
    place.keycloak.since(&before).expect("a namespace that is denied").writes(0);
    let seen = place.console.sees_field(&place.thing("portal"), "description").await;
    assert_eq!(seen, json!("granted"), "nothing is deleted either");

    // The list of the seed grants the same as a grant.
    the_realm_says(&place, json!({"authorization": null, "clientAuthorizationGrants": [place.elsewhere]}))
        .await;
    place.elsewhere_becomes_ready("portal").await;
    assert_eq!(place.console.sees_field(&place.thing("portal"), "description").await, json!("denied"));

    the_realm_says(&place, json!({"clientAuthorizationGrants": null})).await;
    let ungranted = place.elsewhere_is_told("does not name").await;
    insta::assert_snapshot!(place.anonymous(&format!("denied: {denied}\n\nno longer granted: {ungranted}")));
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_limit_narrows_what_a_namespace_may_ask_for_and_allows_what_it_names() {
    let place = Place::new("limit", &KeycloakServer::newest()).await;
    let granted = |limits: Value| json!({"authorization": {"grants": [{"namespaces": [place.elsewhere]}], "limits": limits}});
    the_realm_says(&place, granted(json!([{"names": ["team-*"]}]))).await;
    let process = place.start();
    place.applies_elsewhere("portal", &json!({})).await;
    let name = place.elsewhere_is_not_ready_because("portal", "LimitExceeded").await;
    place.keycloak.calls().expect("a name that is not allowed").writes(0);

    the_realm_says(&place, granted(json!([{"names": ["portal"]}]))).await;
    place.elsewhere_becomes_ready("portal").await;
    // Nobody spoke of it, and nobody allowed it.
    let full_scope = place.console.sees_field(&place.thing("portal"), "fullScopeAllowed").await;
    assert_eq!(full_scope, json!(false));
    let wildcard = json!({"redirectUris": ["https://portal.example.com/*"]});
    let generation = place.applies_elsewhere("portal", &wildcard).await;
    let capability = place.elsewhere_is_not_ready_at(generation, "portal", "LimitExceeded").await;
    insta::assert_snapshot!(place.anonymous(&format!("{name}\n\n{capability}")));

    the_realm_says(&place, granted(json!([{"names": ["portal"], "allowed": ["wildcardRedirectUris"]}])))
        .await;
    place.elsewhere_becomes_ready("portal").await;
    let seen = place.console.sees_field(&place.thing("portal"), "redirectUris").await;
    assert_eq!(seen, wildcard["redirectUris"]);

    let calling = json!({"attributes": {"jwks.url": "http://kubernetes.default/keys"}});
    let generation = place.applies_elsewhere("portal", &calling).await;
    let refused = place.elsewhere_is_not_ready_at(generation, "portal", "LimitExceeded").await;
    assert!(refused.contains("internalUrls"), "{refused}");
    let seen = place.console.sees(&place.thing("portal")).await.unwrap();
    assert_eq!(seen["attributes"].get("jwks.url"), None);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn the_own_namespace_can_be_shut_out_and_terms_that_cannot_be_followed_let_nobody_in() {
    let place = Place::new("own", &KeycloakServer::newest()).await;
    the_realm_says(&place, json!({"authorization": {"sameNamespace": false}})).await;
    let process = place.start();
    place.applies("portal", &json!({})).await;
    let shut = place.is_not_ready_because("portal", "AuthorizationRefused").await;
    the_realm_says(&place, json!({"authorization": {"sameNamespace": null, "deny": [{}]}})).await;
    let unclear = place.is_told("spec.authorization.deny[0]").await;
    insta::assert_snapshot!(place.anonymous(&format!("{shut}\n\n{unclear}")));
    place.keycloak.calls().expect("nobody was let in").writes(0);
    the_realm_says(&place, json!({"authorization": null})).await;
    place.becomes_ready("portal").await;
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_client_without_a_mark_is_given_up_to_the_namespace_that_the_realm_lists() {
    let place = Place::new("given", &KeycloakServer::newest()).await;
    place.console.creates(&place.thing("portal"), json!({"description": "theirs"})).await;
    let grants = json!({"grants": [{"namespaces": [place.elsewhere]}]});
    the_realm_says(&place, json!({"authorization": grants})).await;
    let process = place.start();
    place.applies_elsewhere("portal", &json!({"adopt": true, "description": "ours"})).await;
    place.elsewhere_is_not_ready_because("portal", "AdoptionRefused").await;
    place.keycloak.calls().expect("a client that is not given up").writes(0);

    the_realm_says(&place, json!({"takeOver": [{"namespaces": [place.elsewhere], "names": ["port*"]}]}))
        .await;
    let object = place.elsewhere_becomes_ready("portal").await;
    let seen = place.console.sees(&place.thing("portal")).await.unwrap();
    assert_eq!(seen["attributes"]["kubernetes.operator.uid"], json!(object.metadata.uid));
    assert_eq!(seen["description"], json!("ours"));
    process.stops().await;
    place.leaves().await;
}
