//! Who may have a realm on an instance of another namespace.

use std::sync::Arc;

use controller_testkit::{KeycloakServer, realm, unique_name};
use keycloak_admin::logins;
use keycloak_crds::authorization::AuthorizedBy;
use kube::api::{DeleteParams, Patch, PatchParams};
use serde_json::{Value, json};

use super::{ownership::token_of_the_instance, place::Place, refusals::anonymous};

/// The spec of a realm whose token is in this Secret.
pub(crate) fn with_ticket(place: &Place, name: &str, secret: &str) -> Value {
    let reference = json!({"namespace": place.namespace, "authorizationSecretRef": {"name": secret}});
    place.spec(name, &json!({"operatorRef": reference}))
}

#[tokio::test]
async fn a_token_of_another_instance_opens_nothing() {
    let mut place = Place::new("foreign", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    let other = Place::new("other", &KeycloakServer::newest()).await;
    token_of_the_instance(&place).await;
    let foreign = token_of_the_instance(&other).await;
    place.writes_ticket(&tenant, &foreign).await;
    let name = unique_name("foreign");
    place.applies_in(&tenant, "acme", with_ticket(&place, &name, "ticket")).await;
    let process = place.start();
    let message = place.is_not_ready_in(&tenant, "acme", "TokenRefused").await;
    process.stops().await;
    let id = foreign.split('_').nth(1).unwrap();
    let message = message.replace(&tenant, "<tenant>").replace(id, "<id>");
    insta::assert_snapshot!(anonymous(&place, &name, &message));
    place.keycloak.calls().expect("a token of another instance").writes(0).reads(0).logins(0);
    assert_eq!(place.console.sees(&realm(&name)).await, None);
    place.leave(&[]).await;
    other.leave(&[]).await;
}

#[tokio::test]
async fn a_token_that_lies_in_the_issuers_namespace_alone_is_not_read_from_there() {
    let mut place = Place::new("issuer", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    // Valid, and in the Secret that is named, but not in the namespace of the object.
    token_of_the_instance(&place).await;
    let name = unique_name("issuer");
    place.applies_in(&tenant, "acme", with_ticket(&place, &name, "keycloak-auth-token")).await;
    let process = place.start();
    let message = place.is_not_ready_in(&tenant, "acme", "SecretMissing").await;
    process.stops().await;
    insta::assert_snapshot!(anonymous(&place, &name, &message.replace(&tenant, "<tenant>")));
    place.keycloak.calls().expect("a token elsewhere").writes(0).reads(0).logins(0);

    // The reference has no field for a namespace, either.
    let mut elsewhere = with_ticket(&place, &name, "keycloak-auth-token");
    elsewhere["operatorRef"]["authorizationSecretRef"]["namespace"] = json!(place.namespace);
    let refused = place.tries_to_apply(&tenant, "acme", elsewhere).await;
    let kube::Error::Api(status) = refused.unwrap_err() else { panic!("no answer") };
    assert!(status.message.contains("authorizationSecretRef.namespace"), "{}", status.message);
    place.leave(&[]).await;
}

#[tokio::test]
async fn a_role_binding_with_the_verb_use_lets_a_namespace_in_without_any_token() {
    let mut place = Place::new("use", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    let name = unique_name("use");
    place.grants(&tenant, &["use"]).await;
    place.applies_in(&tenant, "acme", place.spec(&name, &json!({"displayName": "Acme"}))).await;
    let process = place.start();
    let object = place.becomes_ready_in(&tenant, "acme").await;
    process.stops().await;
    let told = object.status.clone().unwrap().authorization.unwrap();
    assert_eq!((told.granted, told.by, told.token_id), (Some(true), Some(AuthorizedBy::Rbac), None));
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Acme");
    place.our_login_works(&object).await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_realm_is_taken_over_across_namespaces_with_the_verb_adopt_and_not_without() {
    let mut place = Place::new("verb", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    let name = unique_name("verb");
    place.console.creates(&realm(&name), json!({"enabled": true, "displayName": "Theirs"})).await;
    logins::grant_realms(&place.administrator(), &place.account, std::slice::from_ref(&name)).await.unwrap();
    place.grants(&tenant, &["use"]).await;
    let spec = place.spec(&name, &json!({"adopt": true, "displayName": "Ours"}));
    place.applies_in(&tenant, "acme", spec).await;
    let process = place.start();
    let message = place.is_not_ready_in(&tenant, "acme", "AdoptionRefused").await;
    process.stops().await;
    insta::assert_snapshot!(anonymous(&place, &name, &message.replace(&tenant, "<tenant>")));
    place.keycloak.calls().expect("a realm that may not be taken over").writes(0);
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Theirs");

    place.grants(&tenant, &["use", "adopt"]).await;
    // Another process has not yet asked who holds the verb; an edit makes it look at once.
    let process = place.start();
    let spec = place.spec(&name, &json!({"adopt": true, "displayName": "Ours now"}));
    place.applies_in(&tenant, "acme", spec).await;
    let object = place.becomes_ready_in(&tenant, "acme").await;
    process.stops().await;
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Ours now");
    let mark = place.console.sees_field(&realm(&name), "/attributes/kubernetes.operator.uid").await;
    assert_eq!(mark, json!(kube::ResourceExt::uid(&object)));
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_status_that_its_tenant_wrote_finds_out_no_names_of_realms() {
    let mut place = Place::new("oracle", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    let (theirs, nobodys) = (unique_name("theirs"), unique_name("nobodys"));
    place.console.creates(&realm(&theirs), json!({"enabled": true})).await;
    let process = place.start();
    for (name, realm_name) in [("theirs", &theirs), ("nobodys", &nobodys)] {
        let spec = place.spec(realm_name, &json!({"deletionPolicy": "Delete"}));
        place.applies_in(&tenant, name, spec).await;
        place.is_not_ready_in(&tenant, name, "AuthorizationRefused").await;
    }
    process.stops().await;
    let objects = place.realms_in(&tenant);
    for name in ["theirs", "nobodys"] {
        let status = json!({"status": {"internalId": "4b1d0c0e-55a4-4c5c-8d4e-0c4e5f0a9d3b"}});
        objects.patch_status(name, &PatchParams::default(), &Patch::Merge(status)).await.unwrap();
        objects.delete(name, &DeleteParams::default()).await.unwrap();
    }
    let before = place.keycloak.snapshot();
    let process = place.start();
    let mut told = Vec::new();
    for (name, realm_name) in [("theirs", &theirs), ("nobodys", &nobodys)] {
        place.is_gone_in(&tenant, name).await;
        let note = place.is_noted(&tenant, name, "NotProven").await;
        told.push(note.replace(realm_name, "<realm>"));
    }
    process.stops().await;
    assert_eq!(told[0], told[1]);
    place.keycloak.since(&before).expect("objects that are not let in").writes(0).reads(0).logins(0);
    assert!(place.console.sees(&realm(&theirs)).await.is_some());
    place.leave(&[&theirs]).await;
}
