//! Secrets in the form that an application wants, further ones, and secrets of one's own.

use controller_testkit::{KeycloakServer, eventually};
use http::Method;
use keycloak_crds::labels::annotation;
use serde_json::{Value, json};

use crate::{
    confidential_with,
    guide::examples,
    place::{Place, SOON, condition},
};

const SECRET: &str = "portal-credentials";
const CLIENTS: &str = "/admin/realms/{realm}/clients";

/// Waits until the client logs in with this secret.
async fn logs_in_with(place: &Place, secret: &str) {
    let portal = place.thing("portal");
    eventually("the secret is the client's", SOON, async || {
        place.console.logs_in_as(&portal, secret).await.map(drop).map_err(|error| format!("{error:?}"))
    })
    .await;
}

#[tokio::test]
async fn a_secret_has_the_keys_labels_and_type_that_are_asked_for_and_loses_them_again() {
    let place = Place::new("form", &KeycloakServer::newest()).await;
    let process = place.start();
    let form = json!({
        "secretType": "kubernetes.io/basic-auth",
        "secretKeys": {"client-id": "username", "client-secret": "password"},
        "secretMetadata": {"labels": {"app": "portal"}, "annotations": {"example.com/team": "portal"}},
        "secretName": "basic",
    });
    place.applies("portal", &confidential_with(&form)).await;
    place.becomes_ready("portal").await;
    let held = place.secret("basic").await.unwrap();
    assert_eq!(held["username"], "portal");
    assert!(!held.contains_key("client-id") && !held.contains_key("client-secret"), "{:?}", held.keys());
    logs_in_with(&place, &held["password"]).await;
    let whole = place.whole_secret("basic").await;
    assert_eq!(whole.type_.as_deref(), Some("kubernetes.io/basic-auth"));
    assert_eq!(whole.metadata.labels.as_ref().unwrap()["app"], "portal");
    assert_eq!(whole.metadata.annotations.as_ref().unwrap()["example.com/team"], "portal");

    // Edited, it is as before; what is nobody's business in it stays.
    place.writes_secret(&place.namespace, "basic", json!({"password": "by hand", "note": "mine"})).await;
    place.forces("portal").await;
    let again = place.secret_becomes("basic", |secret| secret["password"] == held["password"]).await;
    assert_eq!(again["note"], "mine");

    // The type cannot be changed, and that is told; under another name it can.
    let generation = place.applies("portal", &confidential_with(&json!({"secretName": "basic"}))).await;
    let message = place.is_not_ready_because("portal", "SecretTypeRefused").await;
    insta::assert_snapshot!(message, @"Secret <namespace>/basic has type kubernetes.io/basic-auth and cannot be changed to Opaque; delete it, and it is made anew with the same values");
    place.deletes_secret("basic").await;
    place.is_ready_at("portal", generation).await;
    let anew = place.secret("basic").await.unwrap();
    assert_eq!(anew["client-secret"], held["password"], "the same value");

    // Labels and renamed keys go with their fields.
    let form = json!({"secretName": "basic", "secretKeys": {"client-id": "ID"}, "secretMetadata": {"labels": {"app": "x"}}});
    let generation = place.applies("portal", &confidential_with(&form)).await;
    place.is_ready_at("portal", generation).await;
    assert_eq!(place.secret("basic").await.unwrap()["ID"], "portal");
    let generation = place.applies("portal", &confidential_with(&json!({"secretName": "basic"}))).await;
    place.is_ready_at("portal", generation).await;
    assert_eq!(place.secret("basic").await.unwrap(), anew);
    let whole = place.whole_secret("basic").await;
    assert!(!whole.metadata.labels.unwrap().contains_key("app"));
    assert!(!whole.metadata.annotations.unwrap().contains_key(annotation::WRITTEN));
    process.stops().await;
    place.leaves().await;
}

/// Three further Secrets.
fn three() -> Value {
    let file = "issuer: {{ issuer }}\nclientSecret: {{ clientSecret | json }}\n";
    json!([
        {"name": "proxy", "preset": "oauth2-proxy"},
        {"name": "file", "data": {"config.yaml": file}, "labels": {"app": "portal"}},
        {"name": "argo", "preset": "argo-cd"},
    ])
}

#[tokio::test]
async fn further_secrets_hold_what_keycloak_holds_and_are_restored_and_taken_back() {
    let place = Place::new("outputs", &KeycloakServer::newest()).await;
    let process = place.start();
    // The login, the namespace and the key are known after the first client.
    place.applies("first", &json!({"clientId": "first"})).await;
    place.becomes_ready("first").await;

    let (kube, admin) = (place.kube_proxy.snapshot(), place.keycloak.snapshot());
    place.applies("portal", &confidential_with(&json!({"outputs": three()}))).await;
    let object = place.becomes_ready("portal").await;
    let calls = place.keycloak.since(&admin);
    calls.expect("creating a client").writes(1).reads(0).calls(&Method::POST, CLIENTS, 1);
    let calls = place.kube_proxy.since(&kube);
    calls.expect("creating a client: finalizer, four Secrets, status").writes(6).reads(1);
    let value = place.secret(SECRET).await.unwrap()["client-secret"].clone();
    let proxy = place.secret("proxy").await.unwrap();
    assert_eq!((&proxy["client-id"], &proxy["client-secret"]), (&"portal".to_owned(), &value));
    assert_eq!(proxy["cookie-secret"].len(), 32);
    let issuer = format!("https://sso.example.com/auth/realms/{}", place.realm);
    let file = place.secret("file").await.unwrap();
    assert_eq!(file["config.yaml"], format!("issuer: {issuer}\nclientSecret: \"{value}\"\n"));
    let argo = place.whole_secret("argo").await;
    assert_eq!(argo.metadata.labels.unwrap()["app.kubernetes.io/part-of"], "argocd");
    let children = ["Secret/portal-credentials", "Secret/argo", "Secret/file", "Secret/proxy"];
    assert_eq!(object.status.unwrap().child_resources.unwrap(), children);
    logs_in_with(&place, &value).await;

    // Deleted and edited.
    place.deletes_secret("argo").await;
    place.writes_secret(&place.namespace, "proxy", json!({"client-secret": "by hand"})).await;
    let before = place.forces("portal").await;
    place.secret_becomes("argo", |secret| secret["oidc.keycloak.clientSecret"] == value).await;
    assert_eq!(place.secret_becomes("proxy", |secret| secret["client-secret"] == value).await, proxy);
    place.event_says("DriftRepaired", "Secret argo was missing").await;
    place.keycloak.since(&before).expect("restoring Secrets").writes(0);

    // Made anew at the console.
    place.console.sets(&place.thing("portal"), "secret", "from the console").await;
    place.forces("portal").await;
    let proxied = place.secret_becomes("proxy", |secret| secret["client-secret"] == "from the console").await;
    assert_eq!(proxied["cookie-secret"], proxy["cookie-secret"]);
    place.secret_becomes("file", |secret| secret["config.yaml"].contains("\"from the console\"")).await;

    // One leaves, another becomes the client's own, and a third has other keys.
    let fewer = json!({
        "secretName": "proxy",
        "outputs": [{"name": "file", "data": {"other.yaml": "id: {{ clientId }}"}}],
    });
    let generation = place.applies("portal", &confidential_with(&fewer)).await;
    let object = place.is_ready_at("portal", generation).await;
    assert_eq!(object.status.unwrap().child_resources.unwrap(), ["Secret/proxy", "Secret/file"]);
    assert_eq!((place.secret("argo").await, place.secret(SECRET).await), (None, None));
    assert_eq!(place.secret("proxy").await.unwrap()["client-secret"], "from the console");
    let file = place.secret("file").await.unwrap();
    assert_eq!(file.into_iter().collect::<Vec<_>>(), [("other.yaml".to_owned(), "id: portal".to_owned())]);

    let kube = place.kube_proxy.snapshot();
    let admin = place.forces("portal").await;
    process.stops().await;
    place.keycloak.since(&admin).expect("a pass with nothing changed").writes(0).reads(1);
    place.kube_proxy.since(&kube).expect("a pass with nothing changed").writes(0);
    place.leaves().await;
}

#[tokio::test]
async fn a_further_secret_of_somebody_else_is_left_alone_and_keeps_no_other_from_being_written() {
    let place = Place::new("taken", &KeycloakServer::newest()).await;
    place.writes_secret(&place.namespace, "proxy", json!({"password": "x"})).await;
    let process = place.start();
    place.applies("portal", &confidential_with(&json!({"outputs": three()}))).await;
    let message = place.is_not_ready_because("portal", "SecretNotOwned").await;
    insta::assert_snapshot!(message, @"Secret <namespace>/proxy exists and does not carry our labels, so it is not overwritten; remove it, or have another name written for KeycloakClient <namespace>/portal");
    assert_eq!(place.secret("proxy").await.unwrap(), [("password".to_owned(), "x".to_owned())].into());
    let value = place.secret(SECRET).await.unwrap()["client-secret"].clone();
    assert_eq!(place.secret("argo").await.unwrap()["oidc.keycloak.clientSecret"], value);
    logs_in_with(&place, &value).await;
    assert_eq!(condition(&place.get("portal").await, "SecretReady").unwrap().0, "False");

    place.deletes_secret("proxy").await;
    let object = place.becomes_ready("portal").await;
    assert_eq!(place.secret("proxy").await.unwrap()["client-secret"], value);
    assert_eq!(condition(&object, "SecretReady").unwrap().0, "True");

    // What cannot be is told, by the API server or by the controller.
    let two = json!({"outputs": [{"name": "x", "preset": "grafana"}, {"name": "x", "preset": "argo-cd"}]});
    assert!(place.is_refused_at_admission(&two).await.contains("uplicate"));
    let unknown = json!({"outputs": [{"name": "proxy", "data": {"config": "{{ clientID }}"}}]});
    place.applies("portal", &confidential_with(&unknown)).await;
    let message = place.is_not_ready_because("portal", "InvalidSpec").await;
    insta::assert_snapshot!(message, @r#"spec.outputs[proxy].data[config]: line 1 names "clientID", which nobody knows; known are authEndpoint, clientId, clientSecret, discoveryUrl, endSessionEndpoint, issuer, jwksEndpoint, keycloakUrl, realm, tokenEndpoint, userinfoEndpoint"#);
    assert_eq!(
        place.secret("argo").await.unwrap()["oidc.keycloak.clientSecret"],
        value,
        "nothing was touched"
    );
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_secret_of_ones_own_is_waited_for_and_written_once_for_each_value() {
    let place = Place::new("own", &KeycloakServer::newest()).await;
    let process = place.start();
    let named = json!({
        "clientSecret": {"name": "mine", "key": "secret"},
        "outputs": [{"name": "proxy", "preset": "oauth2-proxy"}],
    });
    place.applies("portal", &confidential_with(&named)).await;
    let message = place.is_not_ready_because("portal", "SecretMissing").await;
    insta::assert_snapshot!(message, @r#"Secret <namespace>/mine, named in spec.clientSecret, does not exist; create it with key "secret""#);
    place.writes_secret(&place.namespace, "mine", json!({"other": "x"})).await;
    place.annotates("portal", annotation::RECONCILE_AT, "1").await;
    let message = place.is_not_ready_because("portal", "SecretKeyMissing").await;
    insta::assert_snapshot!(message, @r#"Secret <namespace>/mine has no key "secret", which spec.clientSecret names; write the value under that key, or name the key that holds it"#);
    for (value, words) in [("", "is empty"), ("**********", "is what Keycloak shows instead of a secret")] {
        place.writes_secret(&place.namespace, "mine", json!({"secret": value})).await;
        place.annotates("portal", annotation::RECONCILE_AT, words).await;
        place.is_told(&format!(r#"the value of key "secret", named in spec.clientSecret, {words}"#)).await;
    }
    assert_eq!(place.console.sees(&place.thing("portal")).await, None);
    assert_eq!(place.secret(SECRET).await, None);

    place.writes_secret(&place.namespace, "mine", json!({"other": "x", "secret": "the first of mine"})).await;
    place.annotates("portal", annotation::RECONCILE_AT, "2").await;
    place.becomes_ready("portal").await;
    logs_in_with(&place, "the first of mine").await;
    assert_eq!(place.secret(SECRET).await.unwrap()["client-secret"], "the first of mine");
    assert_eq!(place.secret("proxy").await.unwrap()["client-secret"], "the first of mine");

    place.writes_secret(&place.namespace, "mine", json!({"secret": "the second of mine"})).await;
    let before = place.forces("portal").await;
    place.secret_becomes("proxy", |secret| secret["client-secret"] == "the second of mine").await;
    logs_in_with(&place, "the second of mine").await;
    assert_eq!(place.secret(SECRET).await.unwrap()["client-secret"], "the second of mine");
    place.keycloak.since(&before).expect("another value").writes(1).reads(1);
    // Somebody else's value is drift.
    place.console.sets(&place.thing("portal"), "secret", "from the console").await;
    place.forces("portal").await;
    logs_in_with(&place, "the second of mine").await;

    // Without a Secret of ours it is written to Keycloak all the same.
    let unmanaged = json!({"clientSecret": {"name": "mine", "key": "secret"}, "manageSecret": false});
    let generation = place.applies("portal", &confidential_with(&unmanaged)).await;
    place.is_ready_at("portal", generation).await;
    assert_eq!(place.secret("proxy").await, None);
    place.writes_secret(&place.namespace, "mine", json!({"secret": "the third of mine"})).await;
    place.forces("portal").await;
    logs_in_with(&place, "the third of mine").await;
    assert_eq!(place.secret(SECRET).await.unwrap()["client-secret"], "the second of mine", "it was let go");

    let before = place.forces("portal").await;
    process.stops().await;
    place.keycloak.since(&before).expect("a pass with nothing changed").writes(0).reads(1);
    place.leaves().await;
}

#[tokio::test]
async fn the_examples_of_the_guide_are_applied_and_stay_as_they_are() {
    let place = Place::new("guide", &KeycloakServer::newest()).await;
    place.writes_secret(&place.namespace, "orders-login", json!({"secret": "chosen by somebody"})).await;
    let process = place.start();
    let examples = examples(|name| name.starts_with("secrets"));
    assert_eq!(examples.len(), 3);
    for (name, spec) in &examples {
        place.applies(name, spec).await;
        let object = place.becomes_ready(name).await;
        for child in object.status.unwrap().child_resources.unwrap_or_default() {
            let secret = place.secret(child.strip_prefix("Secret/").unwrap()).await.unwrap();
            assert!(secret.values().all(|value| !value.is_empty() && !value.contains("{{")), "{child}");
        }
    }
    let kube = place.kube_proxy.snapshot();
    let mut before = Vec::new();
    for (name, _) in &examples {
        before.push(place.forces(name).await);
    }
    process.stops().await;
    let calls = place.keycloak.since(&before[0]);
    calls.expect("the examples once more").writes(0);
    place.kube_proxy.since(&kube).expect("the examples once more").writes(0);
    place.leaves().await;
}
