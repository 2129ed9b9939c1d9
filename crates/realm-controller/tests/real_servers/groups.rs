//! Groups of a realm, from the object to Keycloak and back to status.

use std::sync::Arc;

use controller_testkit::{KeycloakServer, unique_name};
use http::Method;
use serde_json::json;

use super::place::Place;

const DEFAULT_GROUPS: &str = "/admin/realms/{realm}/default-groups";

/// Name and parent of the groups that new users join.
async fn joined(place: &Place, name: &str) -> Vec<(String, bool)> {
    let path = format!("/admin/realms/{name}/default-groups");
    let groups = place.console.calls(Method::GET, &path, None).await.body;
    let of = |group: &serde_json::Value| {
        let id = group["id"].as_str().unwrap();
        (group["name"].as_str().unwrap().to_owned(), id.to_owned())
    };
    let mut joined = Vec::new();
    for (group, id) in groups.as_array().unwrap().iter().map(of) {
        let path = format!("/admin/realms/{name}/groups/{id}");
        let group_of = place.console.calls(Method::GET, &path, None).await.body;
        joined.push((group, group_of["parentId"].is_string()));
    }
    joined
}

async fn a_group_with_a_slash_in_its_name_is_told_from_one_below_another(server: KeycloakServer) {
    let place = Arc::new(Place::new("slashes", &server).await);
    let name = unique_name("slashes");
    let declared = |default: &str| {
        json!({
            "groups": [
                {"name": "a/b", "attributes": {"is": ["flat"]}},
                {"name": "a", "subGroups": [{"name": "b", "attributes": {"is": ["below"]}}]},
            ],
            "defaultGroups": [default],
        })
    };
    place.applies("acme", place.spec(&name, &declared("/a~/b"))).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    assert_eq!(joined(&place, &name).await, [("a/b".to_owned(), false)]);
    place.applies("acme", place.spec(&name, &declared("/a/b"))).await;
    place.becomes_ready("acme").await;
    assert_eq!(joined(&place, &name).await, [("b".to_owned(), true)]);
    process.stops().await;

    let (_, keycloak) = place.looks_again("acme").await;
    // The path that the export shows may be that of either.
    let calls = place.keycloak.since(&keycloak);
    calls.expect("a pass with nothing changed").writes(0).calls(&Method::GET, DEFAULT_GROUPS, 1);
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_group_with_a_slash_in_its_name_is_told_from_one_below_another_on_26_7() {
    Box::pin(a_group_with_a_slash_in_its_name_is_told_from_one_below_another(KeycloakServer::newest())).await;
}

#[tokio::test]
async fn a_group_with_a_slash_in_its_name_is_told_from_one_below_another_on_26_4() {
    Box::pin(a_group_with_a_slash_in_its_name_is_told_from_one_below_another(KeycloakServer::oldest())).await;
}
