//! A realm is made, kept as declared, changed and taken down.

use std::sync::Arc;

use controller_testkit::{KeycloakServer, client, eventually, realm, unique_name};
use http::Method;
use keycloak_crds::authorization::AuthorizedBy;
use kube::ResourceExt as _;
use serde_json::json;

use super::{
    SOON,
    place::{Place, condition},
};

const REALMS: &str = "/admin/realms";
const REALM: &str = "/admin/realms/{realm}";

async fn a_realm_is_made_changed_and_deleted_with_counted_calls(server: KeycloakServer) {
    let place = Arc::new(Place::new("life", &server).await);
    let name = unique_name("acme");
    let further = json!({
        "displayName": "Acme", "attributes": {"team": "identity"}, "tokenSettings": {"accessTokenLifespan": 120},
        "deletionPolicy": "Delete",
    });
    place.applies("acme", place.spec(&name, &further)).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    process.stops().await;

    let calls = place.keycloak.calls();
    calls.expect("making a realm").calls(&Method::POST, REALMS, 1).calls(&Method::PUT, REALM, 0);
    calls.expect("making a realm").none_by("admin-cli");
    let seen = place.console.sees(&realm(&name)).await.unwrap();
    assert_eq!(seen["displayName"], "Acme");
    assert_eq!(seen["attributes"]["team"], "identity");
    assert_eq!(seen["accessTokenLifespan"], 120);
    assert_eq!(seen["resetPasswordAllowed"], true, "a creation value");
    assert_eq!(seen["attributes"]["kubernetes.operator.uid"], json!(object.uid()));
    assert_eq!(seen["id"], json!(object.uid()), "the realm carries the id that was chosen for it");
    what_status_tells(&place, &object, &name).await;
    place.our_login_works(&object).await;

    let (kube, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("a second pass").writes(0);
    place.kube_proxy.since(&kube).expect("a second pass").writes(0);

    let further =
        json!({"displayName": "Acme Inc.", "attributes": {"team": "identity"}, "deletionPolicy": "Delete"});
    let before = place.keycloak.snapshot();
    place.applies("acme", place.spec(&name, &further)).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    process.stops().await;
    let calls = place.keycloak.since(&before);
    calls.expect("changing a realm").writes(1).calls(&Method::PUT, REALM, 1).calls(&Method::POST, REALMS, 0);
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Acme Inc.");

    let before = place.keycloak.snapshot();
    place.deletes("acme").await;
    let process = place.start();
    place.is_gone("acme").await;
    process.stops().await;
    let calls = place.keycloak.since(&before);
    calls.expect("deleting a realm").writes(1).calls(&Method::DELETE, REALM, 1);
    assert_eq!(place.console.sees(&realm(&name)).await, None);
    let login = place.secret(&place.namespace, &Place::login_secret_name(&object)).await;
    assert_eq!(login, None, "nobody needs the login any more");
    place.leave(&[]).await;
}

async fn what_status_tells(place: &Place, object: &keycloak_crds::KeycloakRealm, name: &str) {
    let status = object.status.clone().unwrap();
    assert_eq!(status.realm_name.as_deref(), Some(name));
    assert_eq!(status.internal_id, object.uid());
    assert_eq!(status.keycloak_instance, Some(format!("{}/keycloak", place.namespace)));
    let available = status.available.unwrap();
    assert_eq!(available.realm_id, object.uid());
    assert_eq!(available.reason.as_deref(), Some("RealmAvailable"));
    assert!(available.since.is_some());
    let issuer = format!("{}/realms/{name}", place.keycloak.url());
    assert_eq!(status.endpoints.unwrap().issuer, Some(issuer));
    let token_secret = format!("{name}-realm-auth");
    assert_eq!(status.authorization_secret_name.as_ref(), Some(&token_secret));
    let login = format!("Secret/{}", Place::login_secret_name(object));
    assert_eq!(status.child_resources, Some(vec![login, format!("Secret/{token_secret}")]));
    let authorization = status.authorization.unwrap();
    assert_eq!((authorization.granted, authorization.by), (Some(true), Some(AuthorizedBy::SameNamespace)));
    let ledger = authorization.tokens.unwrap();
    let token = place.secret(&place.namespace, &token_secret).await.unwrap()["token"].clone();
    let token = authorization_token::AuthorizationToken::parse(token.as_bytes()).unwrap();
    assert_eq!(ledger.len(), 1);
    assert_eq!(ledger[0].digest, token.digest().to_string());
    for type_ in ["Ready", "Available", "Authorized", "LoginReady"] {
        assert_eq!(condition(object, type_).unwrap().0, "True", "{type_}");
    }
    assert_eq!(status.plan, None);
}

#[tokio::test]
async fn a_realm_is_made_changed_and_deleted_with_counted_calls_on_26_7() {
    Box::pin(a_realm_is_made_changed_and_deleted_with_counted_calls(KeycloakServer::newest())).await;
}

#[tokio::test]
async fn a_realm_is_made_changed_and_deleted_with_counted_calls_on_26_4() {
    Box::pin(a_realm_is_made_changed_and_deleted_with_counted_calls(KeycloakServer::oldest())).await;
}

#[tokio::test]
async fn drift_is_undone_and_what_nobody_declared_stays() {
    let place = Arc::new(Place::new("drift", &KeycloakServer::newest()).await);
    let name = unique_name("drift");
    let further = json!({"displayName": "Acme", "attributes": {"team": "identity"}});
    place.applies("acme", place.spec(&name, &further)).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    process.stops().await;

    let there = realm(&name);
    place.console.sets(&there, "displayNameHtml", "<b>by hand</b>").await;
    place.console.sets(&there, "/attributes/by.hand", "kept").await;
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("after a change of what nobody declared").writes(0);

    place.console.sets(&there, "displayName", "Somebody").await;
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("undoing drift").writes(1).calls(&Method::PUT, REALM, 1);
    let seen = place.console.sees(&there).await.unwrap();
    assert_eq!(seen["displayName"], "Acme");
    assert_eq!(seen["displayNameHtml"], "<b>by hand</b>");
    assert_eq!(seen["attributes"]["by.hand"], "kept");
    place.event_says("DriftRepaired", "set back: displayName").await;

    place.console.sets(&there, "/attributes/kubernetes.operator.uid", "somebody").await;
    place.looks_again("acme").await;
    let uid = place.object("acme").await.uid();
    let mark = place.console.sees_field(&there, "/attributes/kubernetes.operator.uid").await;
    assert_eq!(mark, json!(uid), "the login's Secret proves that the realm is ours");
    place.event_says("MarkRestored", "is written again").await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_look_at_a_realm_makes_the_same_calls_with_fifty_clients_and_another_realm_beside_it() {
    let place = Arc::new(Place::new("beside", &KeycloakServer::newest()).await);
    let (name, other) = (unique_name("beside"), unique_name("beside"));
    let declared = json!({
        "displayName": "Acme", "roles": {"realmRoles": [{"name": "employee"}]},
        "groups": [{"name": "staff", "realmRoles": ["employee"]}], "clientScopes": [{"name": "department"}],
    });
    place.applies("acme", place.spec(&name, &declared)).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    let look = async || {
        let (_, keycloak) = place.looks_again("acme").await;
        let calls = place.keycloak.since(&keycloak);
        calls.expect("a pass with nothing changed").writes(0);
        calls.by_route()
    };
    let alone = look().await;

    place.applies("other", place.spec(&other, &declared)).await;
    let process = place.start();
    place.becomes_ready("other").await;
    process.stops().await;
    let uid = object.uid().unwrap();
    for number in 0..50 {
        place.has_a_client(&format!("client-{number}"), &uid).await;
    }
    assert_eq!(look().await, alone);
    place.leave(&[&name, &other]).await;
}

#[tokio::test]
async fn a_realm_that_was_deleted_by_hand_is_made_anew_and_told() {
    let place = Arc::new(Place::new("anew", &KeycloakServer::newest()).await);
    let name = unique_name("anew");
    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme"}))).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    place.console.deletes(&realm(&name)).await;
    place.looks_again("acme").await;
    let process = place.start();
    eventually("the realm is there again", SOON, async || {
        place.console.sees(&realm(&name)).await.map(|_| ()).ok_or("it is not")
    })
    .await;
    place.becomes_ready("acme").await;
    process.stops().await;
    place.our_login_works(&object).await;
    place.event_says("DriftRepaired", "was gone from Keycloak").await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_login_that_is_lost_or_garbled_or_deleted_is_mended() {
    let place = Arc::new(Place::new("login", &KeycloakServer::newest()).await);
    let name = unique_name("login");
    place.applies("acme", place.spec(&name, &json!({}))).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    let secret = Place::login_secret_name(&object);
    let before = place.secret(&place.namespace, &secret).await.unwrap();

    place.sets_in_secret(&secret, "client-secret", "garbled").await;
    place.looks_again("acme").await;
    place.our_login_works(&object).await;
    let mended = place.secret(&place.namespace, &secret).await.unwrap();
    assert_eq!(mended["client-uuid"], before["client-uuid"], "the account is not made anew");

    place.secrets(&place.namespace).delete(&secret, &kube::api::DeleteParams::default()).await.unwrap();
    place.looks_again("acme").await;
    place.our_login_works(&object).await;

    place.console.deletes(&client(&name, &before["client-id"])).await;
    place.looks_again("acme").await;
    place.our_login_works(&object).await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn observing_writes_nothing_anywhere_but_the_status() {
    let place = Arc::new(Place::new("observe", &KeycloakServer::newest()).await);
    let name = unique_name("observe");
    place.applies("acme", place.spec(&name, &json!({"management": "Observe"}))).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "Observing").await;
    process.stops().await;
    assert!(message.contains("change the realm (1 to create)"), "{message}");
    place.keycloak.calls().expect("observing").writes(0);
    assert_eq!(place.console.sees(&realm(&name)).await, None);
    let object = place.object("acme").await;
    assert_eq!(object.finalizers(), &[] as &[String]);
    let plan = object.status.unwrap().plan.unwrap();
    assert_eq!(plan.summary.as_deref(), Some("1 to create"));
    place.leave(&[]).await;
}

#[tokio::test]
async fn a_suspended_realm_is_frozen_and_still_looked_at() {
    let place = Arc::new(Place::new("suspend", &KeycloakServer::newest()).await);
    let name = unique_name("suspend");
    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme"}))).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    process.stops().await;
    place.console.sets(&realm(&name), "displayName", "by hand").await;
    let before = place.keycloak.snapshot();
    let suspended = json!({"displayName": "Acme", "suspend": true, "deletionPolicy": "Delete"});
    place.applies("acme", place.spec(&name, &suspended)).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "Suspended").await;
    insta::assert_snapshot!(message, @"not done because of spec.suspend: true: change the realm (1 to change)");
    let object = place.object("acme").await;
    let (status, message) = condition(&object, "Drifted").unwrap();
    assert_eq!(status, "True");
    insta::assert_snapshot!(message, @r#"changed by something else: displayName: "by hand" instead of "Acme""#);
    assert_eq!(condition(&object, "Available").unwrap().0, "True", "clients live on");
    assert!(object.status.unwrap().available.unwrap().realm_id.is_some());
    process.stops().await;

    // A realm that somebody disables is no longer available, and that is told in this mode, too.
    place.console.sets(&realm(&name), "enabled", false).await;
    place.looks_again("acme").await;
    let object = place.object("acme").await;
    assert_eq!(condition(&object, "Available").unwrap().0, "False");
    place.keycloak.since(&before).expect("a suspended realm").writes(0);
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "by hand");
    place.console.sets(&realm(&name), "enabled", true).await;

    let process = place.start();
    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme"}))).await;
    let object = place.becomes_ready("acme").await;
    assert_eq!(condition(&object, "Drifted"), None);
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Acme");

    // Its own deletion is no exception: nothing is written.
    place.applies("acme", place.spec(&name, &suspended)).await;
    place.becomes_ready("acme").await;
    let before = place.keycloak.snapshot();
    place.deletes("acme").await;
    place.is_gone("acme").await;
    process.stops().await;
    place.keycloak.since(&before).expect("deleting a suspended realm").writes(0);
    assert!(place.console.sees(&realm(&name)).await.is_some());
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_disabled_realm_is_as_declared_and_not_available() {
    let place = Arc::new(Place::new("disabled", &KeycloakServer::newest()).await);
    let name = unique_name("disabled");
    place.applies("acme", place.spec(&name, &json!({"enabled": false}))).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    assert_eq!(condition(&object, "Available").unwrap().0, "False");
    assert_eq!(object.status.unwrap().available.unwrap().realm_id, None);
    place.applies("acme", place.spec(&name, &json!({"enabled": true}))).await;
    let object = place.becomes_ready("acme").await;
    assert_eq!(condition(&object, "Available").unwrap().0, "True");
    process.stops().await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn fine_grained_permissions_are_turned_on_after_our_login_has_its_rights() {
    let place = Arc::new(Place::new("permissions", &KeycloakServer::newest()).await);
    let name = unique_name("permissions");
    let further = json!({"extra": {"adminPermissionsEnabled": true}});
    place.applies("acme", place.spec(&name, &further)).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    process.stops().await;
    assert_eq!(place.console.sees_field(&realm(&name), "adminPermissionsEnabled").await, true);
    place.our_login_works(&object).await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn names_that_keycloak_could_never_let_go_of_are_refused_by_the_api_server() {
    let place = Arc::new(Place::new("names", &KeycloakServer::newest()).await);
    let mut sentences = Vec::new();
    for name in [".", "..", "acme/staff", "acme\\staff", "acme;x", "acme?", "acme\tx", ""] {
        let refused = place.tries_to_apply(&place.namespace, "acme", place.spec(name, &json!({}))).await;
        let kube::Error::Api(status) = refused.unwrap_err() else { panic!("{name:?}") };
        assert_eq!(status.code, 422, "{name:?}");
        sentences.push(format!("{name:?}: {}", status.message));
    }
    insta::assert_snapshot!(sentences.join("\n"));
    // Keycloak's own realm is a name like any other to the API server.
    place.applies("master", place.spec("master", &json!({}))).await;
    let process = place.start();
    let message = place.is_not_ready_because("master", "InvalidSpec").await;
    process.stops().await;
    assert!(message.contains("whoever manages it manages the server"), "{message}");
    place.keycloak.calls().expect("a name that is refused").writes(0).reads(0).logins(0);
    place.leave(&[]).await;
}

#[tokio::test]
async fn a_realm_is_changed_by_our_login_alone_as_keycloaks_own_events_say() {
    let place = Arc::new(Place::new("events", &KeycloakServer::newest()).await);
    let name = unique_name("events");
    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme"}))).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    // The console's last act before the list is read: Keycloak writes down who changes this realm.
    let path = format!("/admin/realms/{name}/events/config");
    let mut config = place.console.calls(Method::GET, &path, None).await.body;
    config["adminEventsEnabled"] = json!(true);
    config["adminEventsDetailsEnabled"] = json!(true);
    assert!(place.console.calls(Method::PUT, &path, Some(config)).await.status.is_success());

    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme Inc."}))).await;
    place.becomes_ready("acme").await;
    process.stops().await;
    let path = format!("/admin/realms/{name}/admin-events?max=1000");
    let events = place.console.calls(Method::GET, &path, None).await.body;
    let path = format!("/admin/realms/master/clients?clientId={}", place.account);
    let uuid = place.console.calls(Method::GET, &path, None).await.body[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/admin/realms/master/clients/{uuid}/service-account-user");
    let account = place.console.calls(Method::GET, &path, None).await.body["id"].clone();
    let changed =
        events.as_array().unwrap().iter().any(|event| {
            event["authDetails"]["userId"] == account && event.to_string().contains("Acme Inc.")
        });
    assert!(changed, "the change of the realm is our login's: {events:#}");
    // The console's own switch may be written down or not; there is nothing else of the administrator's.
    let of_others = events.as_array().unwrap().iter().filter(|event| {
        event["authDetails"]["userId"] != account
            && !event["resourcePath"].as_str().unwrap_or_default().contains("events")
    });
    assert_eq!(of_others.count(), 0, "{events:#}");
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_realm_lives_with_the_rights_that_the_manifests_give_its_controller() {
    let mut place = Place::new("rights", &KeycloakServer::newest()).await;
    place.has_only_its_rights().await;
    let place = Arc::new(place);
    let (name, theirs) = (unique_name("rights"), unique_name("theirs"));
    place.console.creates(&realm(&theirs), json!({"enabled": true})).await;
    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme"}))).await;
    place.applies("theirs", place.spec(&theirs, &json!({}))).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    place.our_login_works(&object).await;
    place.is_not_ready_because("theirs", "AdoptionNeedsAdmin").await;
    place.applies("acme", place.spec(&name, &json!({"displayName": "Acme Inc."}))).await;
    place.becomes_ready("acme").await;
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Acme Inc.");
    place.deletes("acme").await;
    place.is_gone("acme").await;
    place.deletes("theirs").await;
    place.is_gone("theirs").await;
    process.stops().await;
    assert_eq!(place.console.sees(&realm(&name)).await, None);
    assert!(place.console.sees(&realm(&theirs)).await.is_some());
    let login = place.secret(&place.namespace, &Place::login_secret_name(&object)).await;
    assert_eq!(login, Some([].into()), "it may not be deleted, so it is emptied");
    assert!(!place.has_event("NotProven").await);
    place.leave(&[&theirs]).await;
}
