//! What of a realm without users holds its deletion back.

use std::sync::Arc;

use controller_testkit::{KeycloakServer, realm, unique_name};
use http::Method;
use keycloak_crds::labels::annotation;
use serde_json::{Value, json};

use super::place::Place;

/// A directory that nobody listens at, and that is not asked.
fn directory() -> Value {
    let config = json!({
        "enabled": ["false"], "connectionUrl": ["ldap://127.0.0.1:1"], "usersDn": ["ou=users,dc=example"],
        "usernameLDAPAttribute": ["uid"], "rdnLDAPAttribute": ["uid"], "uuidLDAPAttribute": ["entryUUID"],
        "userObjectClasses": ["inetOrgPerson"], "editMode": ["READ_ONLY"], "vendor": ["other"], "authType": ["none"],
    });
    json!({"name": "directory", "providerId": "ldap", "providerType": "org.keycloak.storage.UserStorageProvider",
        "config": config})
}

#[tokio::test]
async fn a_realm_whose_users_come_from_a_directory_waits_although_it_counts_none() {
    let place = Arc::new(Place::new("holdings", &KeycloakServer::newest()).await);
    let name = unique_name("holdings");
    place.applies("acme", place.spec(&name, &json!({"organizationsEnabled": true}))).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    process.stops().await;
    let organization = json!({"name": "example", "domains": [{"name": "example.com"}]});
    for (what, body) in [("components", directory()), ("organizations", organization)] {
        let path = format!("/admin/realms/{name}/{what}");
        let made = place.console.calls(Method::POST, &path, Some(body)).await;
        assert_eq!(made.status, 201, "{what}: {}", made.body);
    }
    let count = place.console.calls(Method::GET, &format!("/admin/realms/{name}/users/count"), None).await;
    assert_eq!(count.body, json!(0));

    let before = place.keycloak.snapshot();
    place.deletes("acme").await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "ApprovalRequired").await;
    assert!(message.contains("holds 1 user federation and 1 organization"), "{message}");
    place.keycloak.since(&before).expect("a deletion that waits").writes(0);
    assert!(place.console.sees(&realm(&name)).await.is_some());
    let approval = place.object("acme").await.status.unwrap().plan.unwrap().approval.unwrap();
    place.annotates("acme", annotation::APPROVE, &approval).await;
    place.is_gone("acme").await;
    process.stops().await;
    assert_eq!(place.console.sees(&realm(&name)).await, None);
    place.leave(&[]).await;
}
