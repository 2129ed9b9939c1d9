//! Whose a client is: adoption, restore, and two objects for one client.

use controller_testkit::{KeycloakServer, Kind, eventually, unique_name};
use k8s_openapi::api::core::v1::Secret;
use keycloak_connect::{Owner, record_store};
use keycloak_crds::{
    KeycloakClient,
    labels::{Component, annotation, label},
};
use kube::{
    Api,
    api::{DeleteParams, Patch, PatchParams},
};
use serde_json::{Value, json};

use crate::{
    confidential, confidential_with,
    place::{Place, SOON},
};

/// The status of an object, for messages.
fn told_of(object: &KeycloakClient) -> String {
    serde_json::to_string(&object.status).unwrap_or_default()
}

#[tokio::test]
async fn a_record_that_is_gone_with_its_config_map_is_told() {
    let place = Place::new("record-gone", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies("portal", &json!({"redirectUris": ["https://portal.example.com/callback"]})).await;
    let object = place.becomes_ready("portal").await;
    let name = record_store::config_map_name(&Owner::client(&object).unwrap());
    // As if the record had been too large for status.
    let status = json!({"status": {"owned": {"record": null, "configMap": name}}});
    place.clients().patch_status("portal", &PatchParams::default(), &Patch::Merge(status)).await.unwrap();
    let before = place.forces("portal").await;
    let told =
        format!("ConfigMap {}/{name}, where the record of what was applied stood, is gone", place.namespace);
    place.event_says("DriftDetected", &told).await;
    eventually("the record stands in status again", SOON, async || {
        let object = place.get("portal").await;
        let owned = object.status.as_ref().and_then(|status| status.owned.clone()).unwrap_or_default();
        if owned.record.is_some() && owned.config_map.is_none() { Ok(()) } else { Err(told_of(&object)) }
    })
    .await;
    place.keycloak.since(&before).expect("a lost record of a client that differs in nothing").writes(0);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_client_that_exists_is_taken_over_only_when_asked_and_then_only_marked() {
    let place = Place::new("adopt", &KeycloakServer::newest()).await;
    let portal = place.thing("portal");
    let body = json!({
        "redirectUris": ["https://portal.example.com/callback"], "secret": "of before", "description": "by hand",
        "serviceAccountsEnabled": true,
    });
    place.console.creates(&portal, body).await;
    let fields = json!({"redirectUris": ["https://portal.example.com/callback"]});
    place.applies("portal", &fields).await;
    let process = place.start();
    let message = place.is_not_ready_because("portal", "AdoptionRequired").await;
    insta::assert_snapshot!(message, @r#"client "portal" exists in realm <realm>: it exists already and carries no mark; set spec.adopt: true to take it over"#);
    assert_eq!(place.secret("portal-credentials").await, None, "the one just made is taken back");

    let before = place.keycloak.snapshot();
    let mut adopts = fields.clone();
    adopts["adopt"] = json!(true);
    let generation = place.applies("portal", &adopts).await;
    place.is_ready_at("portal", generation).await;
    place.event_says("ClientAvailable", "was taken over").await;
    let calls = place.keycloak.since(&before);
    let writes = calls.only(|call| call.kind == Kind::Write);
    let writes = writes.iter().map(|call| {
        let status = call.outcome.status().map(|status| status.as_u16());
        format!("{} {} {status:?}", call.method, call.template)
    });
    insta::assert_snapshot!(writes.collect::<Vec<_>>().join("\n"), @"PUT /admin/realms/{realm}/clients/{id} Some(204)");
    let seen = place.console.sees(&portal).await.unwrap();
    assert_eq!(seen["description"], json!("by hand"));
    assert_eq!(seen["secret"], json!("of before"));
    assert_eq!(seen["attributes"]["kubernetes.operator.name"], json!("portal"));
    let secret = place.secret("portal-credentials").await.unwrap();
    assert_eq!(secret["client-secret"], "of before", "its secret is kept");
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_client_whose_object_was_made_anew_is_taken_over_silently() {
    let place = Place::new("restore", &KeycloakServer::newest()).await;
    let fields = confidential("https://portal.example.com/callback");
    place.applies("portal", &fields).await;
    let process = place.start();
    place.becomes_ready("portal").await;
    process.stops().await;
    let before = place.secret("portal-credentials").await.unwrap();
    let uuid = place.console.sees_field(&place.thing("portal"), "id").await;
    // The cluster is rebuilt from Git: objects come back with other uids, Secrets do not.
    place.loses("portal").await;
    place.deletes_secret("portal-credentials").await;

    place.applies("portal", &fields).await;
    let process = place.start();
    place.becomes_ready("portal").await;
    assert_eq!(place.console.sees_field(&place.thing("portal"), "id").await, uuid);
    let after = place.secret("portal-credentials").await.unwrap();
    assert_eq!(after["client-secret"], before["client-secret"]);
    place.deletes("portal").await;
    place.is_gone("portal").await;
    assert_eq!(place.console.sees(&place.thing("portal")).await, None, "it is ours again");
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn of_two_objects_for_one_client_the_second_names_the_first_and_changes_nothing_before_it_goes() {
    let place = Place::new("two", &KeycloakServer::newest()).await;
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    let process = place.start();
    place.becomes_ready("portal").await;
    place
        .applies("second", &confidential_with(&json!({"redirectUris": ["https://second.example.com/"]})))
        .await;
    let message = place.is_not_ready_because("second", "OwnedElsewhere").await;
    insta::assert_snapshot!(message, @r#"client "portal" exists in realm <realm>: it belongs to <namespace>/portal, which exists; delete that object with deletionPolicy Retain first, or choose another name"#);
    assert_eq!(place.secret("second-credentials").await, None);
    let uris = place.console.sees_field(&place.thing("portal"), "redirectUris").await;
    assert_eq!(uris, json!(["https://portal.example.com/callback"]));

    place.applies("third", &confidential("https://third.example.com/")).await;
    place.is_not_ready_because("third", "OwnedElsewhere").await;
    place.event_says("OwnedElsewhere", "which exists").await;
    let before = place.keycloak.snapshot();
    place.deletes("third").await;
    place.is_gone("third").await;
    place.keycloak.since(&before).expect("deleting an object without a client").writes(0);
    assert!(place.console.sees(&place.thing("portal")).await.is_some());

    // Nobody touches the second object: what the first one held is free.
    place.deletes("portal").await;
    place.is_gone("portal").await;
    place.becomes_ready("second").await;
    let uris = place.console.sees_field(&place.thing("portal"), "redirectUris").await;
    assert_eq!(uris, json!(["https://second.example.com/"]));
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_mark_that_was_removed_is_written_again_as_long_as_the_secret_proves_the_client() {
    let place = Place::new("mark", &KeycloakServer::newest()).await;
    place.applies("portal", &confidential("https://portal.example.com/callback")).await;
    let process = place.start();
    place.becomes_ready("portal").await;
    let portal = place.thing("portal");
    let unmarked = json!({
        "acme.owner": "portal-team", "kubernetes.operator.uid": null, "kubernetes.operator.name": null,
        "kubernetes.operator.namespace": null, "kubernetes.operator.namespace-uid": null,
        "kubernetes.operator.cluster-id": null,
    });
    place.console.sets(&portal, "attributes", unmarked).await;
    assert_eq!(place.console.sees_field(&portal, "/attributes/kubernetes.operator.uid").await, json!(null));
    place.forces("portal").await;
    place.event_says("MarkRestored", "client portal").await;
    assert_ne!(place.console.sees_field(&portal, "/attributes/kubernetes.operator.uid").await, json!(null));
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_secret_with_our_labels_and_the_right_value_that_a_tenant_made_proves_nothing() {
    let place = Place::new("forged", &KeycloakServer::newest()).await;
    let portal = place.thing("portal");
    place.console.creates(&portal, json!({"secret": "known", "serviceAccountsEnabled": true})).await;
    place.writes_secret(&place.namespace, "portal-credentials", json!({"client-secret": "known"})).await;
    let labels = json!({label::COMPONENT: Component::ClientCredentials.as_str()});
    place.labels_secret("portal-credentials", labels).await;
    place.applies("portal", &confidential("https://attacker.example.com/callback")).await;
    let process = place.start();
    place.is_not_ready_because("portal", "AdoptionRequired").await;
    place.deletes("portal").await;
    place.is_gone("portal").await;
    let seen = place.console.sees(&portal).await.expect("a client of somebody else stays");
    assert_ne!(seen["redirectUris"], json!(["https://attacker.example.com/callback"]));

    // Nor does a secret of one's own with that value, whether the client is looked at first or its creation is tried.
    place.writes_secret(&place.namespace, "guess", json!({"secret": "known"})).await;
    let mut guesses = confidential("https://attacker.example.com/callback");
    guesses["clientSecret"] = json!({"name": "guess", "key": "secret"});
    place.applies("guesses", &guesses).await;
    place.is_not_ready_because("guesses", "AdoptionRequired").await;
    place.forces("guesses").await;
    place.is_not_ready_because("guesses", "AdoptionRequired").await;
    eventually("what was made for it is taken back", SOON, async || {
        match place.secret("guesses-credentials").await {
            None => Ok(()),
            Some(_) => Err("it is still there".to_owned()),
        }
    })
    .await;
    place.deletes("guesses").await;
    place.is_gone("guesses").await;
    let seen = place.console.sees(&portal).await.expect("a client of somebody else stays");
    assert_ne!(seen["redirectUris"], json!(["https://attacker.example.com/callback"]));
    process.stops().await;
    place.leaves().await;
}

/// Writes the status of an object of the other namespace, as its tenant may.
async fn forges(place: &Place, name: &str, status: &Value) {
    let clients: Api<KeycloakClient> = Api::namespaced(place.clients().into_client(), &place.elsewhere);
    let patch = Patch::Merge(json!({"status": status}));
    clients.patch_status(name, &PatchParams::default(), &patch).await.unwrap();
    // What looks settled waits for its resync; a tenant can ask for a pass, too.
    let at = json!({"metadata": {"annotations": {annotation::RECONCILE_AT: unique_name("at")}}});
    clients.patch(name, &PatchParams::default(), &Patch::Merge(at)).await.unwrap();
}

/// A client whose scopes stand in the same order each time: Keycloak gives them in any.
fn in_order(seen: Option<Value>) -> Value {
    let mut seen = seen.unwrap();
    for field in ["defaultClientScopes", "optionalClientScopes"] {
        if let Some(scopes) = seen[field].as_array_mut() {
            scopes.sort_by_key(ToString::to_string);
        }
    }
    seen
}

#[tokio::test]
async fn whatever_a_tenant_writes_into_its_own_status_gains_nothing() {
    let place = Place::new("status", &KeycloakServer::newest()).await;
    place.applies("victim", &confidential("https://portal.example.com/callback")).await;
    let process = place.start();
    let victim = place.becomes_ready("victim").await;
    process.stops().await;
    let portal = place.thing("portal");
    let before =
        (in_order(place.console.sees(&portal).await), place.secret("victim-credentials").await.unwrap());
    let calls = place.keycloak.snapshot();

    // A Secret of somebody else beside the thief, which the forged status calls the thief's own.
    let clients: Api<KeycloakClient> = Api::namespaced(place.clients().into_client(), &place.elsewhere);
    let secrets: Api<Secret> = Api::namespaced(place.clients().into_client(), &place.elsewhere);
    place.writes_secret(&place.elsewhere, "payroll", json!({"password": "x"})).await;
    let asks =
        json!({"adopt": true, "deletionPolicy": "Delete", "description": "taken", "regenerateSecret": true});
    place.applies_elsewhere("thief", &asks).await;
    // Ids, owned, the uid of the realm, rotation, approvals: everything that the victim has.
    let mut status = serde_json::to_value(&victim.status).unwrap();
    status["credentialsSecret"] = json!("payroll");
    status["childResources"] = json!(["Secret/payroll"]);
    status["authorization"] = json!({"granted": true, "by": "SameNamespace"});
    status["rotation"] = json!({"served": "before"});
    status["approvals"] = json!({"consumed": 0, "entries": [{
        "hash": "0123456789abcdef", "state": "Executing",
        "steps": [{"kind": "client", "identity": "portal", "id": status["internalId"], "loses": "Access"}],
    }]});
    forges(&place, "thief", &status).await;
    let process = place.start();
    let message = place.elsewhere_is_not_ready_because("thief", "AuthorizationRefused").await;
    insta::assert_snapshot!(message, @r#"Namespace <elsewhere> may not use KeycloakRealm <namespace>/acme: no authorization token is named, its service accounts do not have verb use on it, and spec.authorization.grants of it does not name the namespace. Name a Secret with its authorization token in spec.realmRef.authorizationSecretRef, or ask its owner for a grant or a RoleBinding in namespace <namespace> that allows the group system:serviceaccounts:<elsewhere> verb use on keycloakrealms acme. Until then client "portal" stays as it is: nothing is changed, nothing deleted."#);
    process.stops().await;
    let told = clients.get("thief").await.unwrap().status.unwrap();
    assert_eq!(told.authorization.unwrap().granted, Some(false));

    // Even with leave to use the realm.
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": place.token().await})).await;
    let mut named = asks.clone();
    named["realmRef"] = json!({"name": "acme", "namespace": place.namespace,
        "authorizationSecretRef": {"name": "acme-token"}});
    place.applies_elsewhere("thief", &named).await;
    status["observedGeneration"] = json!(2);
    forges(&place, "thief", &status).await;
    let process = place.start();
    let message = place.elsewhere_is_not_ready_because("thief", "OwnedElsewhere").await;
    insta::assert_snapshot!(message, @r#"client "portal" exists in realm <realm>: it belongs to <namespace>/victim, which exists; delete that object with deletionPolicy Retain first, or choose another name"#);
    process.stops().await;

    forges(&place, "thief", &status).await;
    clients.delete("thief", &DeleteParams::default()).await.unwrap();
    let process = place.start();
    eventually("the thief is gone", SOON, async || match clients.get_opt("thief").await.unwrap() {
        None => Ok(()),
        Some(object) => Err(told_of(&object)),
    })
    .await;
    process.stops().await;
    let calls = place.keycloak.since(&calls);
    let to_portal = calls.only(|call| call.kind == Kind::Write && call.method != http::Method::POST);
    to_portal.expect("a copied status").writes(0);
    let after =
        (in_order(place.console.sees(&portal).await), place.secret("victim-credentials").await.unwrap());
    assert_eq!(after, before, "client and Secret of the victim");
    place.console.logs_in_as(&portal, &after.1["client-secret"]).await.unwrap();
    assert!(
        secrets.get_opt("payroll").await.unwrap().is_some(),
        "a Secret that status names is not for us to delete"
    );
    assert!(secrets.get_opt("thief-credentials").await.unwrap().is_none());
    place.leaves().await;
}
