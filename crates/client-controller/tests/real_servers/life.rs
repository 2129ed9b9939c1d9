//! A client from its creation to its deletion, with the calls that each act takes.

use controller_testkit::KeycloakServer;
use http::Method;
use keycloak_crds::labels::finalizer;
use kube::ResourceExt as _;
use serde_json::json;

use crate::{
    confidential, confidential_with,
    place::{Place, condition},
};

const CLIENTS: &str = "/admin/realms/{realm}/clients";
const ONE_CLIENT: &str = "/admin/realms/{realm}/clients/{id}";

async fn a_client_takes_the_promised_calls_from_creation_to_deletion(server: KeycloakServer) {
    let place = Place::new("life", &server).await;
    let process = place.start();
    // The login, the namespace and the key are known after the first client.
    place.applies("first", &json!({"clientId": "first"})).await;
    place.becomes_ready("first").await;

    let (kube, admin) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    let object = place.becomes_ready("portal").await;
    place.keycloak.since(&admin).expect("creating a client").writes(1).reads(0).logins(0).calls(
        &Method::POST,
        CLIENTS,
        1,
    );
    let calls = place.kube_proxy.since(&kube);
    calls.expect("creating a client: finalizer, Secret, status").writes(3).reads(1);
    let finalizer_patches =
        calls.only(|call| call.method == Method::PATCH && !call.template.contains("status"));
    finalizer_patches.expect("creating a client").writes(1);
    calls.only(|call| call.template.contains("secrets")).expect("creating a client").writes(1).reads(0);
    assert_eq!(object.finalizers(), [finalizer::TEARDOWN]);

    let secret = place.secret("portal-credentials").await.unwrap();
    let claims = place.console.logs_in_as(&place.thing("portal"), &secret["client-secret"]).await.unwrap();
    assert!(claims["aud"].to_string().contains("orders"), "the mapper works: {claims}");
    assert_eq!(secret["client-id"], "portal");
    let base = format!("https://sso.example.com/auth/realms/{}", place.realm);
    assert_eq!(secret["issuer"], base, "the address that users see");
    assert_eq!(secret["token-endpoint"], format!("{base}/protocol/openid-connect/token"));

    let status = object.status.clone().unwrap();
    let seen = place.console.sees(&place.thing("portal")).await.unwrap();
    assert_eq!(status.internal_id.as_deref(), seen["id"].as_str());
    assert_eq!(status.client_id.as_deref(), Some("portal"));
    assert_eq!(status.realm.as_deref(), Some(place.realm.as_str()));
    assert_eq!(status.keycloak_instance, Some(format!("{}/keycloak", place.namespace)));
    assert_eq!(status.credentials_secret.as_deref(), Some("portal-credentials"));
    assert_eq!(status.child_resources, Some(vec!["Secret/portal-credentials".to_owned()]));
    assert_eq!(status.authorization_granted, Some(true));
    assert_eq!(status.applied_mappers, Some(vec!["audience".to_owned()]));
    assert_eq!((status.public_client, status.message.as_deref()), (Some(false), Some("in sync")));
    for type_ in ["Available", "Authorized", "SecretReady"] {
        assert_eq!(condition(&object, type_).unwrap().0, "True", "{type_}");
    }

    // Nothing changed: nothing written, on either side.
    let kube = place.kube_proxy.snapshot();
    let admin = place.forces("portal").await;
    process.stops().await;
    place.keycloak.since(&admin).expect("a pass with nothing changed").writes(0).reads(1);
    place.kube_proxy.since(&kube).expect("a pass with nothing changed").writes(0);
    assert_eq!(place.get("portal").await.status, object.status);

    // A request for a pass is honoured again by a new process: one pass over this client, and one over the first.
    let before = place.keycloak.snapshot();
    let process = place.start();
    place.forces("first").await;
    controller_testkit::eventually("both are looked at", crate::place::SOON, async || {
        let calls = place.keycloak.since(&before);
        if calls.reads() >= 2 { Ok(()) } else { Err(calls.to_string()) }
    })
    .await;
    let (kube, admin) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    let generation = place.applies("portal", &confidential("https://portal.example.com/other")).await;
    controller_testkit::eventually("the redirect URI is in Keycloak", crate::place::SOON, async || {
        let uris = place.console.sees_field(&place.thing("portal"), "redirectUris").await;
        if uris == json!(["https://portal.example.com/other"]) { Ok(()) } else { Err(uris.to_string()) }
    })
    .await;
    place.is_ready_at("portal", generation).await;
    place.keycloak.since(&admin).expect("changing a redirect URI").writes(1).reads(1).calls(
        &Method::PUT,
        ONE_CLIENT,
        1,
    );
    place.kube_proxy.since(&kube).expect("changing a redirect URI: status").writes(1);
    let uris = place.console.sees_field(&place.thing("portal"), "redirectUris").await;
    assert_eq!(uris, json!(["https://portal.example.com/other"]));

    let (kube, admin) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    place.deletes("portal").await;
    place.is_gone("portal").await;
    place.keycloak.since(&admin).expect("deleting a client").writes(1).reads(1).calls(
        &Method::DELETE,
        ONE_CLIENT,
        1,
    );
    place.kube_proxy.since(&kube).expect("deleting a client: finalizer").writes(1);
    assert_eq!(place.console.sees(&place.thing("portal")).await, None);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_client_takes_the_promised_calls_on_the_newest_server() {
    let whole_life = a_client_takes_the_promised_calls_from_creation_to_deletion(KeycloakServer::newest());
    Box::pin(whole_life).await;
}

#[tokio::test]
async fn a_client_takes_the_promised_calls_on_the_oldest_server() {
    let whole_life = a_client_takes_the_promised_calls_from_creation_to_deletion(KeycloakServer::oldest());
    Box::pin(whole_life).await;
}

#[tokio::test]
async fn drift_is_undone_at_the_resync_and_what_nobody_declared_stays() {
    let place = Place::new("drift", &KeycloakServer::newest()).await;
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    let process = place.start_resyncing();
    place.becomes_ready("portal").await;
    let portal = place.thing("portal");
    place.console.sets(&portal, "description", "by hand").await;
    place.console.sets(&portal, "redirectUris", json!(["https://elsewhere.example.com/"])).await;
    controller_testkit::eventually("the redirect URI is set back", crate::place::SOON, async || {
        let uris = place.console.sees_field(&portal, "redirectUris").await;
        if uris == json!(["https://portal.example.com/callback"]) { Ok(()) } else { Err(uris.to_string()) }
    })
    .await;
    place.event_says("DriftRepaired", "redirectUris").await;
    let object = place.get("portal").await;
    assert_eq!(condition(&object, "Drifted"), None, "it does not stand any more");
    let findings = object.status.unwrap().drift.unwrap().findings.unwrap();
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(finding.path.as_deref(), Some("redirectUris"));
    assert_eq!(finding.old.as_deref(), Some(r#"["https://elsewhere.example.com/"]"#));
    assert_eq!(finding.new.as_deref(), Some(r#"["https://portal.example.com/callback"]"#));
    assert!(finding.repaired_at.is_some());
    // Over any number of resyncs.
    for _ in 0..3 {
        place.forces("portal").await;
    }
    assert_eq!(place.console.sees_field(&portal, "description").await, json!("by hand"));
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_public_client_has_no_secret_and_one_that_becomes_public_loses_it() {
    let place = Place::new("public", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies("portal", &json!({"publicClient": true})).await;
    let object = place.becomes_ready("portal").await;
    assert_eq!(place.secret("portal-credentials").await, None);
    let status = object.status.unwrap();
    assert_eq!((status.public_client, status.credentials_secret), (Some(true), None));

    let generation = place.applies("portal", &json!({"publicClient": false})).await;
    let object = place.is_ready_at("portal", generation).await;
    assert_eq!(object.status.unwrap().credentials_secret.as_deref(), Some("portal-credentials"));
    let secret = place.secret("portal-credentials").await.unwrap();
    assert!(!secret["client-secret"].is_empty());

    let generation = place.applies("portal", &json!({"publicClient": true})).await;
    let object = place.is_ready_at("portal", generation).await;
    assert_eq!(object.status.unwrap().credentials_secret, None);
    assert_eq!(place.secret("portal-credentials").await, None, "it is taken back");
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_retained_client_stays_and_an_observed_one_is_only_planned() {
    let place = Place::new("retain", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies("portal", &confidential_with(&json!({"deletionPolicy": "Retain"}))).await;
    place.becomes_ready("portal").await;
    let before = place.keycloak.snapshot();
    place.deletes("portal").await;
    place.is_gone("portal").await;
    place.event_says("Retained", "spec.deletionPolicy is Retain").await;
    place.keycloak.since(&before).expect("retaining a client").writes(0).reads(0);
    assert!(place.console.sees(&place.thing("portal")).await.is_some());

    let (kube, admin) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    place.applies("watched", &json!({"clientId": "watched", "management": "Observe"})).await;
    place.is_not_ready_because("watched", "Observing").await;
    let object = place.get("watched").await;
    let status = object.status.clone().unwrap();
    assert_eq!(condition(&object, "Planned").unwrap().0, "True");
    assert_eq!(status.plan.unwrap().steps.unwrap()[0].action, "create");
    assert_eq!(object.finalizers(), &[] as &[String]);
    process.stops().await;
    place.keycloak.since(&admin).expect("observing").writes(0);
    place.kube_proxy.since(&kube).expect("observing: status").writes(1);
    assert_eq!(place.secret("watched-credentials").await, None);
    place.leaves().await;
}

#[tokio::test]
async fn a_suspended_client_is_frozen_and_an_abandoned_one_is_left() {
    let place = Place::new("suspend", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    place.becomes_ready("portal").await;
    let portal = place.thing("portal");
    place.console.sets(&portal, "redirectUris", json!(["https://by-hand.example.com/"])).await;
    place.applies("portal", &confidential_with(&json!({"suspend": true}))).await;
    let message = place.is_not_ready_because("portal", "Suspended").await;
    insta::assert_snapshot!(message, @"not done because of spec.suspend: true: 1 to change");
    let object = place.get("portal").await;
    let (drifted, _, message) = condition(&object, "Drifted").unwrap();
    assert_eq!(drifted, "True");
    insta::assert_snapshot!(message, @r#"changed by something else: redirectUris: ["https://by-hand.example.com/"] instead of ["https://portal.example.com/callback"]"#);
    let uris = place.console.sees_field(&portal, "redirectUris").await;
    assert_eq!(uris, json!(["https://by-hand.example.com/"]));

    place.annotates("portal", keycloak_crds::labels::annotation::ABANDON, "true").await;
    place.deletes("portal").await;
    place.is_gone("portal").await;
    assert!(place.console.sees(&portal).await.is_some());
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_client_lives_with_the_rights_that_the_manifests_give_its_controller() {
    let mut place = Place::new("rights", &KeycloakServer::newest()).await;
    place.has_only_its_rights().await;
    let process = place.start();
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    place.becomes_ready("portal").await;
    let secret = place.secret("portal-credentials").await.unwrap();
    place.console.logs_in_as(&place.thing("portal"), &secret["client-secret"]).await.unwrap();
    let regenerated = confidential_with(&json!({"regenerateSecret": true}));
    let generation = place.applies("portal", &regenerated).await;
    place.is_ready_at("portal", generation).await;
    let again = place.secret("portal-credentials").await.unwrap();
    assert_ne!(again["client-secret"], secret["client-secret"]);
    let generation = place.applies("portal", &confidential_with(&json!({"secretName": "oidc"}))).await;
    place.is_ready_at("portal", generation).await;
    assert_eq!(place.secret("oidc").await.unwrap(), again);
    let emptied = Some(std::collections::BTreeMap::new());
    assert_eq!(place.secret("portal-credentials").await, emptied, "it may not be deleted, so it is emptied");
    // One of a type that cannot be without its keys keeps them without a value, and that ends it.
    let keys = json!({"client-id": "username", "client-secret": "password"});
    let basic = json!({"secretName": "basic", "secretType": "kubernetes.io/basic-auth", "secretKeys": keys});
    let generation = place.applies("portal", &confidential_with(&basic)).await;
    place.is_ready_at("portal", generation).await;
    assert_eq!(place.secret("basic").await.unwrap()["password"], again["client-secret"]);
    let generation = place.applies("portal", &confidential_with(&json!({"secretName": "oidc"}))).await;
    place.is_ready_at("portal", generation).await;
    assert_eq!(place.secret("oidc").await.unwrap(), again);
    let without_values = ["password", "username"].map(|key| (key.to_owned(), String::new()));
    assert_eq!(place.secret("basic").await, Some(without_values.into()));
    place.deletes("portal").await;
    place.is_gone("portal").await;
    assert_eq!(place.console.sees(&place.thing("portal")).await, None);

    // It exists and is not ours: the Secret that was just made hands nothing out.
    let theirs = place.thing("theirs");
    place.console.creates(&theirs, json!({"description": "theirs"})).await;
    place.applies("theirs", &json!({"clientId": "theirs"})).await;
    place.is_not_ready_because("theirs", "AdoptionRequired").await;
    assert_eq!(place.secret("theirs-credentials").await, emptied);
    // It proves nothing with a value that somebody typed into it, not even with that of the client.
    place.console.sets(&theirs, "secret", "known").await;
    place.writes_secret(&place.namespace, "theirs-credentials", json!({"client-secret": "known"})).await;
    for _ in 0..2 {
        place.forces("theirs").await;
    }
    place.is_not_ready_because("theirs", "AdoptionRequired").await;
    assert_eq!(place.console.sees_field(&theirs, "/attributes/kubernetes.operator.uid").await, json!(null));
    place.console.deletes(&theirs).await;
    place.annotates("theirs", keycloak_crds::labels::annotation::RECONCILE_AT, "now").await;
    place.becomes_ready("theirs").await;
    let secret = place.secret("theirs-credentials").await.unwrap();
    place.console.sees(&theirs).await.unwrap();
    assert!(!secret["client-secret"].is_empty());
    process.stops().await;
    place.leaves().await;
}

/// A client policy of the realm: nobody logs in to a client with a user's password.
async fn forbids_password_grants(place: &Place) {
    let executor = json!({"executor": "reject-ropc-grant", "configuration": {"auto-configure": true}});
    let condition = json!({"condition": "any-client", "configuration": {}});
    for (what, body) in [
        ("profiles", json!({"profiles": [{"name": "no-passwords", "executors": [executor]}]})),
        (
            "policies",
            json!({"policies": [{
                "name": "everybody", "enabled": true, "conditions": [condition], "profiles": ["no-passwords"],
            }]}),
        ),
    ] {
        let path = format!("/admin/realms/{}/client-policies/{what}", place.realm);
        let answer = place.console.calls(Method::PUT, &path, Some(body)).await;
        assert!(answer.status.is_success(), "{what}: {} {}", answer.status, answer.body);
    }
}

#[tokio::test]
async fn a_value_that_a_policy_of_the_realm_overrides_is_told_and_not_written_again() {
    let place = Place::new("policy", &KeycloakServer::newest()).await;
    forbids_password_grants(&place).await;
    let process = place.start();
    let asked = json!({"settings": {"directAccessGrantsEnabled": true}, "description": "asked"});
    place.applies("portal", &asked).await;
    place.becomes_ready("portal").await;
    assert_eq!(
        place.console.sees_field(&place.thing("portal"), "directAccessGrantsEnabled").await,
        json!(false),
        "the server makes another value of it"
    );
    // One pass sees the difference and writes once more, the next one knows whose doing it is.
    controller_testkit::eventually("the client says who overrides it", crate::place::SOON, async || {
        place.forces("portal").await;
        let object = place.get("portal").await;
        let told = condition(&object, "OverriddenByServer").is_some_and(|(status, _, _)| status == "True");
        if told { Ok(()) } else { Err(format!("{:?}", object.status)) }
    })
    .await;
    let message = place.is_not_ready_because("portal", "OverriddenByServer").await;
    insta::assert_snapshot!(message, @"the server keeps other values than were written, probably by a policy of its realm: directAccessGrantsEnabled; change the policy or the values");
    process.stops().await;

    let before = place.keycloak.snapshot();
    for _ in 0..2 {
        let process = place.start();
        place.forces("portal").await;
        process.stops().await;
    }
    place.keycloak.since(&before).expect("passes over an overridden value").writes(0);

    // Without the policy the value is written again as soon as the object changes.
    for (what, body) in [("policies", json!({"policies": []})), ("profiles", json!({"profiles": []}))] {
        let path = format!("/admin/realms/{}/client-policies/{what}", place.realm);
        let answer = place.console.calls(Method::PUT, &path, Some(body)).await;
        assert!(answer.status.is_success(), "{what}: {} {}", answer.status, answer.body);
    }
    let process = place.start();
    let again = json!({"settings": {"directAccessGrantsEnabled": true}, "description": "asked again"});
    let generation = place.applies("portal", &again).await;
    let object = place.is_ready_at("portal", generation).await;
    process.stops().await;
    assert_eq!(condition(&object, "OverriddenByServer"), None);
    assert_eq!(
        place.console.sees_field(&place.thing("portal"), "directAccessGrantsEnabled").await,
        json!(true)
    );
    place.leaves().await;
}
