//! Objects that are written to get at Secrets.

use std::collections::BTreeMap;

use controller_testkit::{KeycloakServer, eventually};
use k8s_openapi::api::core::v1::Secret;
use keycloak_crds::labels::{Component, label};
use kube::{
    Api, ResourceExt as _,
    api::{ListParams, PostParams},
};
use serde_json::{Value, json};

use crate::{
    confidential_with,
    place::{Place, SOON},
};

const RECORD_KEY: &str = "cloakroom-record-key";
const OF_ACCOUNTS: &str = "kubernetes.io/service-account-token";

fn secrets(place: &Place, namespace: &str) -> Api<Secret> {
    Api::namespaced(place.clients().into_client(), namespace)
}

/// Every Secret beside the instance, whole, but for the controllers' own key: what comes first makes it.
async fn all(place: &Place) -> BTreeMap<String, Secret> {
    let all = secrets(place, &place.namespace).list(&ListParams::default()).await.unwrap();
    let all = all.into_iter().map(|secret| (secret.name_any(), secret));
    all.filter(|(name, _)| name != RECORD_KEY).collect()
}

#[tokio::test]
async fn no_client_overwrites_a_secret_of_ours_by_its_own_name_or_by_naming_it() {
    let place = Place::new("attack", &KeycloakServer::newest()).await;
    for name in ["keycloak-admin-credentials", "keycloak-auth-token", "keycloak-realm-manager"] {
        place.writes_secret(&place.namespace, name, json!({"username": "admin", "password": "ours"})).await;
    }
    let before = all(&place).await;
    assert!(before.len() >= 5, "these, our login in the realm and the realm's token: {:?}", before.keys());
    // Its Secret would be keycloak-admin-credentials.
    place.applies("keycloak-admin", &json!({"clientId": "by-name"})).await;
    for (number, name) in before.keys().enumerate() {
        let fields = json!({"clientId": format!("client-{number}"), "secretName": name});
        place.applies(&format!("client-{number}"), &confidential_with(&fields)).await;
    }
    let process = place.start();
    let message = place.is_not_ready_because("keycloak-admin", "SecretNotOwned").await;
    assert!(message.contains("keycloak-admin-credentials"), "{message}");
    for number in 0..before.len() {
        place.is_not_ready_because(&format!("client-{number}"), "SecretNotOwned").await;
        assert_eq!(place.console.sees(&place.thing(&format!("client-{number}"))).await, None);
    }
    process.stops().await;
    assert_eq!(all(&place).await, before);
    assert_eq!(place.console.sees(&place.thing("by-name")).await, None);
    place.leaves().await;
}

/// A Secret that Kubernetes fills with the token of an account, with further metadata.
fn of_an_account(name: &str, labels: &Value) -> Secret {
    let metadata = json!({
        "name": name, "labels": labels, "annotations": {"kubernetes.io/service-account.name": "default"},
    });
    let secret =
        json!({"metadata": metadata, "type": OF_ACCOUNTS, "stringData": {"token": "of the account"}});
    serde_json::from_value(secret).unwrap()
}

#[tokio::test]
async fn the_token_of_a_service_account_is_neither_filled_into_nor_read_from() {
    let place = Place::new("account", &KeycloakServer::newest()).await;
    // The object exists first, so that its author knows the uid that a Secret of ours would carry.
    place.applies("portal", &json!({"suspend": true})).await;
    let uid = place.get("portal").await.uid().unwrap();
    let labels = json!({
        (label::MANAGED_BY): label::MANAGED_BY_VALUE,
        (label::OWNER_UID): uid,
        (label::COMPONENT): Component::ClientCredentials.as_str(),
    });
    let here = secrets(&place, &place.namespace);
    here.create(&PostParams::default(), &of_an_account("portal-credentials", &labels)).await.unwrap();
    // Kubernetes fills it a moment later.
    eventually("the Secret is filled", SOON, async || {
        let data = here.get("portal-credentials").await.unwrap().data.unwrap_or_default();
        if data.contains_key("ca.crt") { Ok(()) } else { Err(format!("{:?}", data.keys())) }
    })
    .await;
    let before = all(&place).await;
    place.applies("portal", &json!({"suspend": false})).await;
    // The other object presents such a Secret as its authorization token.
    let there = secrets(&place, &place.elsewhere);
    there.create(&PostParams::default(), &of_an_account("acme-token", &json!({}))).await.unwrap();
    let with_token = json!({"realmRef": {"name": "acme", "namespace": place.namespace,
        "authorizationSecretRef": {"name": "acme-token"}}});
    place.applies_elsewhere("portal", &with_token).await;

    let process = place.start();
    let not_filled = place.is_not_ready_because("portal", "SecretTypeRefused").await;
    let not_read = place.elsewhere_is_not_ready_because("portal", "SecretTypeRefused").await;
    process.stops().await;
    for message in [not_filled, not_read] {
        assert!(message.contains(OF_ACCOUNTS), "{message}");
        assert!(!message.contains("of the account"), "{message}");
    }
    assert_eq!(all(&place).await, before);
    place.leaves().await;
}
