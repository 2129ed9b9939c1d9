//! Message texts, required actions, the user profile and scope mappings, from the object to Keycloak and back to status.

use std::sync::Arc;

use controller_testkit::{KeycloakServer, client, every_crash_point, realm, unique_name};
use http::Method;
use serde_json::{Map, Value, json};

use super::place::Place;

fn declared() -> Value {
    json!({
        "localization": {"texts": {"de": {"loginAccountTitle": "Willkommen"}}},
        "requiredActions": [{"alias": "CONFIGURE_TOTP", "defaultAction": true}],
        "userProfile": {"attributes": [{"name": "department", "displayName": "Department"}]},
        "roles": {"realmRoles": [{"name": "employee"}]},
        "scopeMappings": [{"clientScope": "profile", "roles": ["employee"]}],
        "clientScopeMappings": {"account": [{"clientScope": "profile", "roles": ["view-profile"]}]},
    })
}

/// What a person reads below a realm.
async fn gets(place: &Place, name: &str, path: &str) -> Value {
    place.console.calls(Method::GET, &format!("/admin/realms/{name}/{path}"), None).await.body
}

async fn does(place: &Place, name: &str, method: Method, path: &str, body: Value) {
    let answer = place.console.calls(method, &format!("/admin/realms/{name}/{path}"), Some(body)).await;
    assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.body);
}

async fn every_area_is_made_kept_and_repaired(server: KeycloakServer) {
    let place = Arc::new(Place::new("areas", &server).await);
    let name = unique_name("areas");
    place.applies("acme", place.spec(&name, &declared())).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    process.stops().await;
    let (totp, profile) = ("authentication/required-actions/CONFIGURE_TOTP", "users/profile");
    assert_eq!(gets(&place, &name, "localization/de").await["loginAccountTitle"], "Willkommen");
    assert_eq!(gets(&place, &name, totp).await["defaultAction"], true);
    assert_eq!(gets(&place, &name, profile).await["attributes"][4]["name"], "department");

    let (_, keycloak) = place.looks_again("acme").await;
    let calls = place.keycloak.since(&keycloak);
    calls
        .expect("a pass with nothing changed")
        .writes(0)
        .calls(&Method::POST, "/admin/realms/{realm}/partial-export", 1)
        .calls(&Method::GET, "/admin/realms/{realm}/users/profile", 1);

    does(&place, &name, Method::POST, "localization/de", json!({"loginAccountTitle": "von Hand"})).await;
    let mut action = gets(&place, &name, totp).await;
    action["defaultAction"] = json!(false);
    does(&place, &name, Method::PUT, totp, action).await;
    let mut by_hand = gets(&place, &name, profile).await;
    by_hand["attributes"][4]["displayName"] = json!("By hand");
    does(&place, &name, Method::PUT, profile, by_hand).await;
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("undoing drift in three areas").writes(3);
    for said in [
        "message texts de: texts[loginAccountTitle]",
        "required action CONFIGURE_TOTP: defaultAction",
        "attributes[department].definition",
    ] {
        place.event_says("DriftRepaired", said).await;
    }
    assert_eq!(gets(&place, &name, profile).await["attributes"][4]["displayName"], "Department");
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn every_area_is_made_kept_and_repaired_on_26_7() {
    Box::pin(every_area_is_made_kept_and_repaired(KeycloakServer::newest())).await;
}

#[tokio::test]
async fn every_area_is_made_kept_and_repaired_on_26_4() {
    Box::pin(every_area_is_made_kept_and_repaired(KeycloakServer::oldest())).await;
}

#[tokio::test]
async fn what_cannot_be_in_these_areas_is_told() {
    let place = Arc::new(Place::new("areas-bad", &KeycloakServer::newest()).await);
    let process = place.start();
    let (mut lines, mut names) = (Vec::new(), Vec::new());
    // A mebibyte, each text of a length that the API server still takes.
    let text = "x".repeat(8 * 1024 - "text-000".len());
    let texts: Map<String, Value> =
        (0..128).map(|number| (format!("text-{number:03}"), json!(text))).collect();
    for (object, further, reason) in [
        ("texts", json!({"localization": {"texts": {"en": texts}}}), "InvalidSpec"),
        ("profile", json!({"userProfile": {"attributes": [{"name": "a", "type": "text"}]}}), "InvalidSpec"),
        ("mapping", json!({"scopeMappings": [{"roles": ["employee"]}]}), "InvalidSpec"),
        (
            "acme",
            json!({"scopeMappings": [{"client": "portal", "roles": ["offline_access"]}]}),
            "WaitingForClient",
        ),
        (
            "action",
            json!({"requiredActions": [{"alias": "survey", "providerId": "acme-survey"}]}),
            "InvalidSpec",
        ),
        // The servers of the tests run without the feature.
        ("rotation", json!({"secretRotation": {}}), "UnsupportedByServer"),
    ] {
        let name = unique_name(object);
        place.applies(object, place.spec(&name, &further)).await;
        let message = place.is_not_ready_because(object, reason).await;
        lines.push(format!("{reason}: {}", super::refusals::anonymous(&place, &name, &message)));
        names.push(name);
    }
    // The client comes, and everything is as declared.
    place.console.creates(&client(&names[3], "portal"), json!({"fullScopeAllowed": false})).await;
    let uid = place.object("acme").await.metadata.uid.unwrap();
    place.has_a_client("portal", &uid).await;
    place.becomes_ready("acme").await;
    process.stops().await;
    insta::assert_snapshot!(lines.join("\n"));
    place.leave(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

/// What must be the same after every history.
async fn state(place: &Place, name: &str, suffix: &str) -> Value {
    let profile = gets(place, name, "users/profile").await;
    let attributes = profile["attributes"].as_array().unwrap();
    let count = attributes
        .iter()
        .filter(|attribute| attribute["displayName"] == format!("Department {suffix}"))
        .count();
    let texts = gets(place, name, "localization/de").await;
    let action = gets(place, name, "authentication/required-actions/CONFIGURE_TOTP").await;
    let export = "partial-export?exportClients=false&exportGroupsAndRoles=true";
    let export =
        place.console.calls(Method::POST, &format!("/admin/realms/{name}/{export}"), None).await.body;
    let mapped = export["scopeMappings"].as_array().into_iter().flatten();
    let mapped: Vec<&Value> = mapped.filter(|entry| entry["clientScope"] == "profile").collect();
    json!({
        "attributes": [attributes.len(), count],
        "text": texts == json!({"loginAccountTitle": suffix}),
        "action": action["name"] == format!("Configure {suffix}"),
        "mapped": mapped.iter().map(|entry| entry["roles"] == json!([format!("employee-{suffix}")])).collect::<Vec<_>>(),
    })
}

#[tokio::test]
async fn every_area_is_changed_wherever_the_process_is_stopped() {
    let place = Place::new("crash-areas", &KeycloakServer::newest()).await;
    let name = unique_name("crash");
    let becomes = async |further: Value| place.works_until_ready("acme", &name, &further).await;
    becomes(declared()).await;
    let after = |number: usize| {
        let role = format!("employee-{number}");
        json!({
            "localization": {"texts": {"de": {"loginAccountTitle": number.to_string()}}},
            "requiredActions": [{"alias": "CONFIGURE_TOTP", "name": format!("Configure {number}")}],
            "userProfile": {"attributes": [{"name": "department", "displayName": format!("Department {number}")}]},
            "roles": {"realmRoles": [{"name": role}]},
            "scopeMappings": [{"clientScope": "profile", "roles": [role]}],
        })
    };
    let report = Box::pin(every_crash_point(
        "changing every area of a realm",
        &place.stop,
        async |attempt| becomes(after(attempt.number)).await,
        async |attempt| becomes(after(attempt.number)).await,
        async |attempt| state(&place, &name, &attempt.number.to_string()).await,
    ))
    .await;
    assert!(report.writes >= 6, "{report:?}");
    assert!(place.console.sees(&realm(&name)).await.is_some());
    place.leave(&[&name]).await;
}
