//! What the owner of an instance says about who may make realms on it.

use std::sync::Arc;

use controller_testkit::{KeycloakServer, eventually, realm, unique_name};
use kube::api::{Patch, PatchParams};
use serde_json::{Value, json};

use crate::place::Place;

/// Sets fields of the instance's spec; `null` takes one away.
async fn the_instance_says(place: &Place, fields: Value) {
    let patch = Patch::Merge(json!({"spec": fields}));
    place.keycloaks().patch("keycloak", &PatchParams::default(), &patch).await.unwrap();
}

#[tokio::test]
async fn a_grant_lets_a_namespace_in_for_the_names_of_its_limit_and_a_deny_beats_it() {
    let mut place = Place::new("terms", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    let name = unique_name("granted");
    let reference = json!({"name": "keycloak", "namespace": place.namespace});
    let declared = |title: &str| place.spec(&name, &json!({"operatorRef": reference, "displayName": title}));
    let grants = json!([{"namespaces": [tenant]}]);
    let limits = json!([{"namespaces": [tenant], "names": ["another-*"]}]);
    the_instance_says(&place, json!({"authorization": {"grants": grants, "limits": limits}})).await;
    let process = place.start();
    place.applies_in(&tenant, "acme", declared("Acme")).await;
    let limited = place.is_not_ready_in(&tenant, "acme", "LimitExceeded").await;
    place.keycloak.calls().expect("a name that is not allowed").writes(0);

    the_instance_says(
        &place,
        json!({"authorization": {"limits": [{"namespaces": [tenant], "names": [name]}]}}),
    )
    .await;
    let object = place.becomes_ready_in(&tenant, "acme").await;
    assert_eq!(format!("{:?}", object.status.unwrap().authorization.unwrap().by), "Some(Grant)");

    the_instance_says(&place, json!({"authorization": {"deny": [{"namespaces": [tenant]}]}})).await;
    let denied = place.is_not_ready_in(&tenant, "acme", "AuthorizationDenied").await;
    let before = place.keycloak.snapshot();
    let generation = place.applies_in(&tenant, "acme", declared("Denied")).await.metadata.generation;
    eventually("the change was looked at", super::SOON, async || {
        let object = place.realms_in(&tenant).get("acme").await.map_err(|error| error.to_string())?;
        let observed = object.status.as_ref().and_then(|status| status.observed_generation);
        if observed == generation { Ok(()) } else { Err(super::told(&object)) }
    })
    .await;
    process.stops().await;
    place.keycloak.since(&before).expect("a namespace that is denied").writes(0);
    assert_eq!(place.console.sees_field(&realm(&name), "displayName").await, "Acme");
    let anonymous = |text: &str| {
        text.replace(&tenant, "<tenant>").replace(&place.namespace, "<namespace>").replace(&name, "<realm>")
    };
    insta::assert_snapshot!(anonymous(&format!("{limited}\n\n{denied}")));
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn what_a_realm_of_another_namespace_reaches_for_is_refused_until_a_limit_names_it() {
    let mut place = Place::new("reach", &KeycloakServer::newest()).await;
    let tenant = place.another_namespace("tenant").await;
    let place = Arc::new(place);
    let name = unique_name("reach");
    the_instance_says(&place, json!({"authorization": {"grants": [{"namespaces": [tenant]}]}})).await;
    let reaching = json!({
        "operatorRef": {"name": "keycloak", "namespace": place.namespace},
        "smtpServer": {"host": "kubernetes.default.svc", "port": 443, "from": "acme@example.com"},
        "browserSecurityHeaders": {"strictTransportSecurity": "max-age=0"},
        "groups": [{"name": "staff", "clientRoles": {"realm-management": ["view-users"]}}],
    });
    let process = place.start();
    place.applies_in(&tenant, "acme", place.spec(&name, &reaching)).await;
    let refused = place.is_not_ready_in(&tenant, "acme", "LimitExceeded").await;
    place.keycloak.calls().expect("a realm that reaches too far").writes(0);
    let capabilities = ["realmManagementRoles", "internalUrls", "securityHeaders"];
    for capability in capabilities {
        assert!(refused.contains(capability), "{capability}: {refused}");
    }
    assert!(refused.contains("groups, smtpServer[host]"), "{refused}");

    let limits = json!([{"namespaces": [tenant], "allowed": capabilities}]);
    the_instance_says(&place, json!({"authorization": {"limits": limits}})).await;
    place.becomes_ready_in(&tenant, "acme").await;
    process.stops().await;
    let host = place.console.sees_field(&realm(&name), "/smtpServer/host").await;
    assert_eq!(host, "kubernetes.default.svc");
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_token_whose_id_is_revoked_opens_nothing_and_another_is_issued() {
    let place = Arc::new(Place::new("revoked", &KeycloakServer::newest()).await);
    let name = unique_name("revoked");
    place.applies("acme", place.spec(&name, &json!({}))).await;
    let process = place.start();
    let object = place.becomes_ready("acme").await;
    let status = object.status.clone().unwrap();
    let secret = status.authorization_secret_name.unwrap();
    let id = status.authorization.unwrap().tokens.unwrap()[0].id.clone();
    let before = place.secret(&place.namespace, &secret).await.unwrap()["token"].clone();
    assert!(before.contains(&id), "the token carries its public id");

    place.applies("acme", place.spec(&name, &json!({"authorization": {"revoked": [id]}}))).await;
    eventually("another token is issued", super::SOON, async || {
        let stored = place.secret(&place.namespace, &secret).await.unwrap_or_default();
        let tokens = place.object("acme").await.status.and_then(|status| status.authorization?.tokens);
        let ledger: Vec<String> = tokens
            .unwrap_or_default()
            .iter()
            .map(|entry| format!("{} {:?}", entry.id, entry.state))
            .collect();
        let changed = stored.get("token").is_some_and(|token| *token != before);
        let told = ledger.iter().any(|line| *line == format!("{id} Revoked"))
            && ledger.iter().any(|line| line.ends_with(" Active") && !line.starts_with(&id));
        let kept = stored.values().any(|value| *value == before);
        if changed && told && !kept {
            Ok(())
        } else {
            Err(format!("{ledger:?}, the old one is there: {kept}"))
        }
    })
    .await;
    process.stops().await;
    place.leave(&[&name]).await;
}
