//! Client scopes of clients: what a new one gets, either order of scope and client, drift, and lists that are complete.

use controller_testkit::{KeycloakServer, Thing, client_scope, eventually};
use http::Method;
use keycloak_crds::labels::annotation;
use serde_json::{Value, json};

use crate::{
    confidential_with,
    place::{Place, SOON, condition},
};

/// Names of the scopes that a client has, in order: those that it gets, and those that it may ask for.
async fn scopes(place: &Place, client_id: &str) -> [Vec<String>; 2] {
    let seen = place.console.sees(&place.thing(client_id)).await.unwrap();
    ["defaultClientScopes", "optionalClientScopes"].map(|list| {
        let mut names: Vec<String> = serde_json::from_value(seen[list].clone()).unwrap();
        names.sort_unstable();
        names
    })
}

async fn makes_scope(place: &Place, name: &str) {
    let scope = client_scope(&place.realm, name);
    place.console.creates(&scope, json!({"protocol": "openid-connect"})).await;
}

/// What somebody does with a scope of a client at the admin console.
async fn does(place: &Place, method: Method, client_id: &str, list: &str, scope: &str) {
    let id = async |thing: &Thing| place.console.sees_field(thing, "id").await.as_str().unwrap().to_owned();
    let client = id(&place.thing(client_id)).await;
    let scope = id(&client_scope(&place.realm, scope)).await;
    let path = format!("/admin/realms/{}/clients/{client}/{list}/{scope}", place.realm);
    let answer = place.console.calls(method, &path, None).await;
    assert!(answer.status.is_success(), "{} {}", answer.status, answer.body);
}

#[tokio::test]
async fn clients_that_name_scopes_take_one_call_each_and_share_a_look_at_those_of_their_realm() {
    let place = Place::new("scopes", &KeycloakServer::newest()).await;
    makes_scope(&place, "orders").await;
    let process = place.start();
    place.applies("plain", &json!({"clientId": "plain"})).await;
    place.becomes_ready("plain").await;
    let [mut given, mut may_ask] = scopes(&place, "plain").await;
    assert!(may_ask.iter().any(|scope| scope == "phone"), "{may_ask:?}");

    let before = place.keycloak.snapshot();
    let names: Vec<String> = (0..10).map(|number| format!("client-{number}")).collect();
    for name in &names {
        place.applies(name, &json!({"clientId": name, "defaultClientScopes": ["orders", "phone"]})).await;
    }
    for name in &names {
        place.becomes_ready(name).await;
    }
    let calls = place.keycloak.since(&before);
    calls.expect("ten clients that name scopes").writes(10);
    // Three reads tell the scopes of the realm, for ten seconds.
    assert!(calls.reads() < 10, "{calls}");
    given.extend(["orders".to_owned(), "phone".to_owned()]);
    given.sort_unstable();
    may_ask.retain(|scope| scope != "phone");
    assert_eq!(scopes(&place, "client-0").await, [given, may_ask]);

    let before = place.forces("client-0").await;
    process.stops().await;
    place.keycloak.since(&before).expect("a pass with nothing changed").writes(0).reads(1);
    place.leaves().await;
}

#[tokio::test]
async fn either_order_of_scope_and_client_converges_and_only_what_is_ours_is_touched() {
    let place = Place::new("order", &KeycloakServer::oldest()).await;
    let process = place.start();
    place.applies("portal", &confidential_with(&json!({"defaultClientScopes": ["email", "orders"]}))).await;
    let message = place.is_not_ready_because("portal", "WaitingForReference").await;
    insta::assert_snapshot!(message, @"everything is applied but what waits for something that does not exist: the client is to have the client scope orders, which its realm does not have: declare it in spec.clientScopes of the KeycloakRealm, or make it in the admin console");
    let object = place.get("portal").await;
    assert_eq!(condition(&object, "Available").unwrap().0, "True");
    assert_eq!(condition(&object, "PartiallyApplied").unwrap().0, "True");
    let secret = place.secret("portal-credentials").await.unwrap();
    place.console.logs_in_as(&place.thing("portal"), &secret["client-secret"]).await.unwrap();

    let before = place.keycloak.snapshot();
    makes_scope(&place, "orders").await;
    let object = place.becomes_ready("portal").await;
    place.keycloak.since(&before).expect("the scope is there").writes(1);
    assert_eq!(condition(&object, "PartiallyApplied"), None);
    let [has, _] = scopes(&place, "portal").await;
    assert!(has.iter().any(|scope| scope == "orders"), "{has:?}");
    place.applies("later", &json!({"clientId": "later", "optionalClientScopes": ["orders"]})).await;
    place.becomes_ready("later").await;
    let [_, may_ask] = scopes(&place, "later").await;
    assert!(may_ask.iter().any(|scope| scope == "orders"), "{may_ask:?}");

    // What the object names comes back, what somebody else adds stays.
    makes_scope(&place, "by-hand").await;
    does(&place, Method::DELETE, "portal", "default-client-scopes", "orders").await;
    does(&place, Method::PUT, "portal", "default-client-scopes", "by-hand").await;
    place.forces("portal").await;
    eventually("the scope is there again", SOON, async || {
        let [has, _] = scopes(&place, "portal").await;
        if has.iter().any(|scope| scope == "orders") { Ok(()) } else { Err(format!("{has:?}")) }
    })
    .await;
    place.event_says("DriftRepaired", "default client scope orders").await;
    let [has, _] = scopes(&place, "portal").await;
    assert!(has.iter().any(|scope| scope == "by-hand"), "{has:?}");

    // One of ours moves to the other list, the other one goes with its line.
    let fields = json!({"optionalClientScopes": ["orders"]});
    let generation = place.applies("portal", &confidential_with(&fields)).await;
    place.is_ready_at("portal", generation).await;
    let [has, may_ask] = scopes(&place, "portal").await;
    assert!(may_ask.iter().any(|scope| scope == "orders"), "{may_ask:?}");
    assert!(has.iter().all(|scope| scope != "orders" && scope != "email"), "{has:?}");
    assert!(has.iter().any(|scope| scope == "by-hand"), "{has:?}");

    // A list that is complete takes what others put there, once that is approved.
    let fields = json!({"optionalClientScopes": ["orders"], "exclusive": ["optionalClientScopes"]});
    place.applies("portal", &confidential_with(&fields)).await;
    let message = place.is_not_ready_because("portal", "ApprovalRequired").await;
    assert!(message.contains("optional client scope phone of client portal"), "{message}");
    let plan = place.get("portal").await.status.unwrap().plan.unwrap();
    place.annotates("portal", annotation::APPROVE, &plan.approval.unwrap()).await;
    place.becomes_ready("portal").await;
    let [has, may_ask] = scopes(&place, "portal").await;
    assert_eq!(may_ask, ["orders"]);
    assert!(has.iter().any(|scope| scope == "by-hand"), "{has:?}");
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_scope_that_the_client_cannot_have_is_left_out_by_name() {
    let place = Place::new("saml-scope", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies("portal", &json!({"defaultClientScopes": ["role_list"]})).await;
    let message = place.is_not_ready_because("portal", "InvalidSpec").await;
    insta::assert_snapshot!(message, @"left out: spec.defaultClientScopes[role_list]: this client scope is for saml, and Keycloak does not give it to a client for openid-connect; take it out");
    let both = json!({"defaultClientScopes": ["email"], "optionalClientScopes": ["email"]});
    place.applies("portal", &both).await;
    let message = place.is_told("stands in spec.defaultClientScopes too").await;
    insta::assert_snapshot!(message, @"spec.optionalClientScopes: email stands in spec.defaultClientScopes too, and Keycloak keeps a scope in one of the two lists; take it out of one");
    let fields: Value = json!({"defaultClientScopes": ["email"]});
    let generation = place.applies("portal", &fields).await;
    place.is_ready_at("portal", generation).await;
    process.stops().await;
    place.leaves().await;
}
