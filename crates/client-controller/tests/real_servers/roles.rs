//! Roles of clients: made with their client, repaired, and deleted without an approval only where nobody holds them.

use controller_testkit::{Fault, KeycloakServer, eventually, user};
use http::{Method, StatusCode};
use keycloak_crds::labels::annotation;
use serde_json::{Value, json};

use crate::{
    confidential_with,
    place::{Place, SOON},
};

const ROLES: &str = "/admin/realms/{realm}/clients/{id}/roles";

/// Keycloak's id of the client `portal`.
async fn uuid(place: &Place) -> String {
    place.console.sees_field(&place.thing("portal"), "id").await.as_str().unwrap().to_owned()
}

/// The roles of the client `portal`, by name.
async fn roles(place: &Place) -> Vec<Value> {
    let path = format!("/admin/realms/{}/clients/{}/roles", place.realm, uuid(place).await);
    let answer = place.console.calls(Method::GET, &path, None).await;
    let mut roles = answer.body.as_array().unwrap().clone();
    roles.sort_by_key(|role| role["name"].to_string());
    roles
}

async fn names(place: &Place) -> Vec<String> {
    roles(place).await.iter().map(|role| role["name"].as_str().unwrap().to_owned()).collect()
}

/// What somebody does at the admin console, below the roles of the client `portal`.
async fn does(place: &Place, method: Method, below: &str, body: Option<Value>) {
    let path = format!("/admin/realms/{}/clients/{}/roles{below}", place.realm, uuid(place).await);
    let answer = place.console.calls(method, &path, body).await;
    assert!(answer.status.is_success(), "{} {}", answer.status, answer.body);
}

#[tokio::test]
async fn roles_of_a_client_are_made_repaired_and_deleted_with_leave_where_somebody_holds_them() {
    let place = Place::new("roles", &KeycloakServer::newest()).await;
    let process = place.start();
    place.applies("first", &json!({"clientId": "first"})).await;
    place.becomes_ready("first").await;
    let before = place.keycloak.snapshot();
    let fields = json!({"clientRoles": ["editor", "spare", "viewer/of all"]});
    place.applies("portal", &confidential_with(&fields)).await;
    let object = place.becomes_ready("portal").await;
    place.keycloak.since(&before).expect("a client with three roles").writes(4).reads(0).calls(
        &Method::POST,
        ROLES,
        3,
    );
    assert_eq!(names(&place).await, ["editor", "spare", "viewer/of all"]);
    let told = object.status.unwrap().created_roles.unwrap();
    assert_eq!(told, ["editor", "spare", "viewer/of all"]);

    // What the object names comes back; what somebody else made stays.
    does(&place, Method::DELETE, "/spare", None).await;
    does(&place, Method::POST, "", Some(json!({"name": "by-hand"}))).await;
    let before = place.forces("portal").await;
    eventually("the role is there again", SOON, async || {
        let names = names(&place).await;
        if names == ["by-hand", "editor", "spare", "viewer/of all"] {
            Ok(())
        } else {
            Err(format!("{names:?}"))
        }
    })
    .await;
    place.event_says("DriftRepaired", "client role spare").await;
    place.keycloak.since(&before).expect("a role that was gone").writes(1).reads(2);

    // Somebody gets a role, and another role holds the same.
    let person = user(&place.realm, "anna");
    place.console.creates(&person, json!({"enabled": true})).await;
    let person = place.console.sees_field(&person, "id").await;
    let all = roles(&place).await;
    let of = |name: &str| all.iter().find(|role| role["name"] == name).unwrap().clone();
    let path = format!(
        "/admin/realms/{}/users/{}/role-mappings/clients/{}",
        place.realm,
        person.as_str().unwrap(),
        uuid(&place).await
    );
    let given = place.console.calls(Method::POST, &path, Some(json!([of("editor")]))).await;
    assert!(given.status.is_success(), "{}", given.body);
    does(&place, Method::POST, "/by-hand/composites", Some(json!([of("viewer/of all")]))).await;

    // The one that nobody holds goes, the others wait.
    place.applies("portal", &confidential_with(&json!({"clientRoles": []}))).await;
    let message = place.is_not_ready_because("portal", "ApprovalRequired").await;
    assert!(message.contains("client role editor of client portal"), "{message}");
    assert!(message.contains("client role viewer/of all of client portal"), "{message}");
    assert_eq!(names(&place).await, ["by-hand", "editor", "viewer/of all"]);
    let plan = place.get("portal").await.status.unwrap().plan.unwrap();
    let details: Vec<String> = plan.steps.unwrap().into_iter().filter_map(|step| step.detail).collect();
    assert!(details.iter().any(|detail| detail.contains("held by 1 users")), "{details:?}");
    assert!(details.iter().any(|detail| detail.contains("held by 1 roles")), "{details:?}");
    place.annotates("portal", annotation::APPROVE, &plan.approval.unwrap()).await;
    place.becomes_ready("portal").await;
    assert_eq!(names(&place).await, ["by-hand"]);

    let before = place.forces("portal").await;
    process.stops().await;
    place.keycloak.since(&before).expect("nothing of roles is ours any more").writes(0).reads(1);
    place.leaves().await;
}

#[tokio::test]
async fn a_role_of_a_client_holds_others_of_it() {
    let place = Place::new("composite", &KeycloakServer::oldest()).await;
    let process = place.start();
    let roles = json!([{"name": "manager", "description": "Does everything", "attributes": {"cost-center": ["42"]},
        "compositeClientRoles": {"portal": ["editor", "viewer"]}}]);
    place.applies("portal", &confidential_with(&json!({"clientRoles": ["editor"], "roles": roles}))).await;
    let message = place.is_not_ready_because("portal", "WaitingForReference").await;
    insta::assert_snapshot!(message, @"everything is applied but what waits for something that does not exist: client role manager of client portal is to hold the role viewer, which the client does not have: declare it in spec.clientRoles");
    let fields = json!({"clientRoles": ["editor", "viewer"], "roles": roles});
    let generation = place.applies("portal", &confidential_with(&fields)).await;
    place.is_ready_at("portal", generation).await;
    let held = async || {
        let path =
            format!("/admin/realms/{}/clients/{}/roles/manager/composites", place.realm, uuid(&place).await);
        let answer = place.console.calls(Method::GET, &path, None).await;
        let mut held: Vec<String> = answer
            .body
            .as_array()
            .unwrap()
            .iter()
            .map(|role| role["name"].as_str().unwrap().to_owned())
            .collect();
        held.sort_unstable();
        held
    };
    assert_eq!(held().await, ["editor", "viewer"]);
    let path = format!("/admin/realms/{}/clients/{}/roles/manager", place.realm, uuid(&place).await);
    let manager = place.console.calls(Method::GET, &path, None).await.body;
    assert_eq!(manager["description"], "Does everything");
    assert_eq!(manager["attributes"], json!({"cost-center": ["42"]}));

    let before = place.forces("portal").await;
    process.stops().await;
    // The client, its roles, and what the one that holds others holds.
    place.keycloak.since(&before).expect("a pass with nothing changed").writes(0).reads(3);
    place.leaves().await;
}

#[tokio::test]
async fn a_role_that_cannot_be_made_keeps_no_further_secret_waiting() {
    let place = Place::new("role-refused", &KeycloakServer::newest()).await;
    let fault = place.keycloak.inject(Fault::status(StatusCode::BAD_REQUEST).on(Method::POST, ROLES));
    let process = place.start();
    let fields = json!({"clientRoles": ["viewer"], "outputs": [{"name": "proxy", "preset": "oauth2-proxy"}]});
    place.applies("portal", &confidential_with(&fields)).await;
    place.is_not_ready_because("portal", "RefusedByServer").await;
    assert!(place.secret("proxy").await.is_some());
    let status = place.get("portal").await.status.unwrap();
    assert_eq!((status.public_client, status.created_roles), (Some(false), None), "a role is missing");

    fault.heal();
    place.forces("portal").await;
    let object = place.becomes_ready("portal").await;
    assert_eq!(object.status.unwrap().created_roles.unwrap(), ["viewer"]);
    process.stops().await;
    place.leaves().await;
}
