//! Who may make a client in a realm.

use std::collections::{BTreeMap, BTreeSet};

use authorization_token::{AuthorizationToken, MINT_BYTES};
use client_controller::{ClientController, PRODUCT, Settings, install};
use controller_runtime::{CallPolicy, Namespaces, Options, RunError, Runtime, calls};
use controller_testkit::{Fault, KeycloakServer, eventually};
use http::{Method, StatusCode};
use keycloak_connect::{ClusterId, Consent};
use keycloak_crds::authorization::AuthorizedBy;
use kube::{
    api::{DeleteParams, ListParams, Patch, PatchParams},
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::json;
use tokio_util::sync::CancellationToken;

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
async fn a_token_that_lies_in_the_issuers_namespace_alone_is_not_read_from_there() {
    let place = Place::new("issuer", &KeycloakServer::newest()).await;
    let process = place.start();
    // Valid, and in the Secret that is named, but not in the namespace of the object.
    let issuers = format!("{}-realm-auth", place.realm);
    assert!(place.secret(&issuers).await.unwrap().contains_key("token"));
    let named = json!({"realmRef": {"name": "acme", "namespace": place.namespace,
        "authorizationSecretRef": {"name": issuers}}});
    place.applies_elsewhere("portal", &named).await;
    let message = place.elsewhere_is_not_ready_because("portal", "SecretMissing").await;
    insta::assert_snapshot!(message, @r#"Secret <elsewhere>/<realm>-realm-auth, named in spec.realmRef.authorizationSecretRef, does not exist. Create it with the authorization token of KeycloakRealm <namespace>/acme under key "token", or remove spec.realmRef.authorizationSecretRef. Until then client "portal" is not created."#);
    process.stops().await;
    place.keycloak.calls().expect("a token elsewhere").writes(0).reads(0).logins(0);
    place.leaves().await;
}

#[tokio::test]
async fn a_role_binding_with_the_verb_use_lets_a_namespace_in_without_any_token() {
    let place = Place::new("use", &KeycloakServer::newest()).await;
    place.grants(&["use"]).await;
    let process = place.start();
    place.applies_elsewhere("portal", &json!({"description": "let in"})).await;
    let object = place.elsewhere_becomes_ready("portal").await;
    process.stops().await;
    let told = object.status.unwrap().authorization.unwrap();
    assert_eq!((told.granted, told.by, told.token_id), (Some(true), Some(AuthorizedBy::Rbac), None));
    assert_eq!(place.console.sees_field(&place.thing("portal"), "description").await, json!("let in"));
    place.leaves().await;
}

#[tokio::test]
async fn a_client_is_taken_over_across_namespaces_with_the_verb_adopt() {
    let place = Place::new("adopt-verb", &KeycloakServer::newest()).await;
    place
        .console
        .creates(&place.thing("portal"), json!({"description": "theirs", "secret": "of before"}))
        .await;
    place.grants(&["use", "adopt"]).await;
    let process = place.start();
    place.applies_elsewhere("portal", &json!({"adopt": true, "description": "ours"})).await;
    let object = place.elsewhere_becomes_ready("portal").await;
    process.stops().await;
    let seen = place.console.sees(&place.thing("portal")).await.unwrap();
    assert_eq!(seen["description"], json!("ours"));
    assert_eq!(seen["attributes"]["kubernetes.operator.uid"], json!(object.metadata.uid));
    assert_eq!(seen["secret"], json!("of before"), "whoever uses it goes on");
    place.leaves().await;
}

/// What a controller says that lets admission decide about Secrets, while an API server has not the policies for that.
#[tokio::test]
async fn where_admission_decides_and_its_policies_are_missing_a_token_is_not_read() {
    let place = Place::new("policies", &KeycloakServer::newest()).await;
    // Other tests may have installed them: to this controller they are missing.
    let policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/{name}";
    let missing = Fault::status(StatusCode::NOT_FOUND).on(Method::GET, policies);
    let missing = place.kube_proxy.inject(missing);
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": place.token().await})).await;
    let named = json!({"realmRef": {"name": "acme", "namespace": place.namespace,
        "authorizationSecretRef": {"name": "acme-token"}}});
    place.applies_elsewhere("portal", &named).await;
    let stop = CancellationToken::new();
    let process = tokio::spawn(runs_with_admission(&place, stop.clone()));
    let message = place.elsewhere_is_not_ready_because("portal", "ConsentPolicyMissing").await;
    insta::assert_snapshot!(message, @"ValidatingAdmissionPolicy secret-consent-keycloakclients.keycloak.mdvr.nl is not installed, so nobody checked whether the author of this object may read the Secrets it names; install deploy/policies, or run the controllers with secret consent by label");
    assert!(missing.hits() > 0, "the route is that of the policies");
    let secrets = place.kube_proxy.calls().only(|call| call.path.contains("acme-token"));
    assert!(secrets.is_empty(), "the Secret is not even looked at");
    place.keycloak.calls().expect("a token that nobody may read").writes(0).reads(0).logins(0);
    stop.cancel();
    process.await.unwrap().unwrap();
    place.leaves().await;
}

/// The controller as it is installed by default: admission says which Secrets may be read.
fn runs_with_admission(
    place: &Place,
    stop: CancellationToken,
) -> impl Future<Output = Result<(), RunError>> + Send + 'static {
    let config = Kubeconfig::from_yaml(&place.kube_proxy.kubeconfig()).unwrap();
    let namespaces = Namespaces::of(vec![place.namespace.clone(), place.elsewhere.clone()]);
    let settings = Settings {
        cluster: ClusterId::given("test").unwrap(),
        home: place.namespace.clone(),
        consent: Consent::Admission,
    };
    async move {
        let options = Options { namespaces, concurrency: 2, ..Options::alone() };
        let config =
            kube::Config::from_custom_kubeconfig(config, &KubeConfigOptions::default()).await.unwrap();
        let kube = calls::client(config, CallPolicy::default(), None).unwrap();
        let runtime = Runtime::new(&PRODUCT, &kube, options)?;
        let controller = ClientController::new(runtime.kube(), settings);
        install(runtime, controller).run(stop).await
    }
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
        told.push(told_at_the_end(&place, client_id).await);
    }
    assert_eq!(told[0], told[1]);
    place.keycloak.calls().expect("objects that are not let in").writes(0).reads(0).logins(0);
    process.stops().await;
    place.leaves().await;
}

/// What was told of an object elsewhere until it was gone, without its client id.
async fn told_at_the_end(place: &Place, client_id: &str) -> BTreeSet<(String, String)> {
    let events = eventually("an Event tells what became of it", SOON, async || {
        let events = place.elsewhere_is_told_of(client_id).await;
        let ends = ["Deleting", "NotProven", "Retained", "RealmMissing"];
        let told = events.iter().any(|(reason, _)| ends.contains(&reason.as_str()));
        if told { Ok(events) } else { Err(format!("{events:?}")) }
    })
    .await;
    events.into_iter().map(|(reason, note)| (reason, note.replace(client_id, "<client id>"))).collect()
}

#[tokio::test]
async fn a_status_that_its_tenant_wrote_finds_out_nothing_about_a_realm_either() {
    let place = Place::new("oracle-status", &KeycloakServer::newest()).await;
    let process = place.start();
    // What a controller writes about clients that were made: one stays, one goes.
    let mut forged = BTreeMap::new();
    for client_id in ["theirs", "gone"] {
        place.applies(client_id, &json!({"clientId": client_id})).await;
        let status = place.becomes_ready(client_id).await.status.unwrap();
        assert!(status.owned.is_some() && status.internal_id.is_some());
        forged.insert(client_id, json!({"internalId": status.internal_id, "owned": status.owned}));
    }
    place.deletes("gone").await;
    place.is_gone("gone").await;
    // And ids alone, of a client without any mark and of none.
    place.console.creates(&place.thing("unmarked"), json!({})).await;
    let id = place.console.sees_field(&place.thing("unmarked"), "id").await;
    forged.insert("unmarked", json!({"internalId": id}));
    forged.insert("never", json!({"internalId": "4b1d0c0e-55a4-4c5c-8d4e-0c4e5f0a9d3b"}));
    for client_id in forged.keys() {
        place.applies_elsewhere(client_id, &json!({"clientId": client_id})).await;
        place.elsewhere_is_not_ready_because(client_id, "AuthorizationRefused").await;
    }
    process.stops().await;

    let (before, objects) = (place.keycloak.snapshot(), place.clients_elsewhere());
    for (client_id, status) in &forged {
        let patch = Patch::Merge(json!({"status": status}));
        objects.patch_status(client_id, &PatchParams::default(), &patch).await.unwrap();
        objects.delete(client_id, &DeleteParams::default()).await.unwrap();
    }
    let process = place.start();
    let mut told = Vec::new();
    for client_id in forged.keys() {
        told.push((*client_id, told_at_the_end(&place, client_id).await));
    }
    let (_, first) = &told[0];
    insta::assert_snapshot!(
        first.iter().find(|(reason, _)| reason == "Deleting").map(|(_, note)| note.clone()).unwrap_or_default(),
        @"this object may not use the realm, and nothing proves that a client was made for it, so nothing is deleted and nothing told of what the realm holds; if there is such a client, delete it in Keycloak"
    );
    for (client_id, events) in &told {
        assert_eq!(events, first, "{client_id}");
    }
    eventually("all of them are gone", SOON, async || {
        let left = objects.list(&ListParams::default()).await.unwrap().items;
        if left.is_empty() { Ok(()) } else { Err(format!("{} are left", left.len())) }
    })
    .await;
    process.stops().await;
    place.keycloak.since(&before).expect("objects that are not let in").writes(0);
    for client_id in ["theirs", "unmarked"] {
        assert!(place.console.sees(&place.thing(client_id)).await.is_some(), "{client_id} stays");
    }
    place.leaves().await;
}

#[tokio::test]
async fn a_public_client_is_deleted_by_its_mark_although_its_namespace_lost_its_leave() {
    let place = Place::new("public-mark", &KeycloakServer::newest()).await;
    let process = place.start();
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": place.token().await})).await;
    let named = json!({"publicClient": true, "realmRef": {"name": "acme", "namespace": place.namespace,
        "authorizationSecretRef": {"name": "acme-token"}}});
    place.applies_elsewhere("portal", &named).await;
    place.elsewhere_becomes_ready("portal").await;
    process.stops().await;
    place.writes_secret(&place.elsewhere, "acme-token", json!({"token": "kcat1_garbage"})).await;
    let objects = place.clients_elsewhere();
    objects.delete("portal", &DeleteParams::default()).await.unwrap();
    let process = place.start();
    let told = told_at_the_end(&place, "portal").await;
    assert!(told.iter().any(|(_, note)| note.contains("was deleted in Keycloak")), "{told:?}");
    assert_eq!(place.console.sees(&place.thing("portal")).await, None);
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_public_client_that_asks_for_too_much_is_deleted_by_its_mark_also_without_its_status() {
    let place = Place::new("too-much", &KeycloakServer::newest()).await;
    let granted = json!({"spec": {"authorization": {"grants": [{"namespaces": [place.elsewhere]}]}}});
    place.realms().patch("acme", &PatchParams::default(), &Patch::Merge(granted)).await.unwrap();
    let process = place.start();
    place.applies_elsewhere("portal", &json!({"publicClient": true})).await;
    place.elsewhere_becomes_ready("portal").await;
    let asking = json!({"publicClient": true, "redirectUris": ["https://portal.example.com/*"]});
    let generation = place.applies_elsewhere("portal", &asking).await;
    place.elsewhere_is_not_ready_at(generation, "portal", "LimitExceeded").await;
    process.stops().await;
    place.elsewhere_loses_its_status("portal").await;
    place.clients_elsewhere().delete("portal", &DeleteParams::default()).await.unwrap();
    let process = place.start();
    let told = told_at_the_end(&place, "portal").await;
    assert!(told.iter().any(|(_, note)| note.contains("was deleted in Keycloak")), "{told:?}");
    assert_eq!(place.console.sees(&place.thing("portal")).await, None);
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
