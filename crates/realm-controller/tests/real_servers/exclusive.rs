//! Lists that are complete.

use std::sync::Arc;

use controller_testkit::{KeycloakServer, client_scope, eventually, realm_role, unique_name};
use http::Method;
use keycloak_crds::labels::annotation;
use serde_json::{Value, json};

use super::place::{Place, SOON};

fn declared(exclusive: &Value) -> Value {
    json!({
        "roles": {"realmRoles": [{"name": "employee"}]},
        "groups": [{"name": "engineering", "subGroups": [{"name": "platform"}]}],
        "clientScopes": [{"name": "cost-center", "protocol": "openid-connect"}],
        "exclusive": exclusive,
    })
}

/// What somebody makes at the admin console: a role, a scope, a group with one below it, and one below a declared group.
async fn makes_others(place: &Place, name: &str) {
    place.console.creates(&realm_role(name, "by-hand"), json!({})).await;
    place.console.creates(&client_scope(name, "by-hand"), json!({"protocol": "openid-connect"})).await;
    let groups = format!("/admin/realms/{name}/groups");
    let makes = async |path: &str, group: &str| {
        let made = place.console.calls(Method::POST, path, Some(json!({"name": group}))).await;
        assert_eq!(made.status, 201, "{}", made.body);
    };
    makes(&groups, "by-hand").await;
    let id = async |path: &str| {
        let path = format!("/admin/realms/{name}/group-by-path/{path}");
        let found = place.console.calls(Method::GET, &path, None).await.body;
        found["id"].as_str().unwrap().to_owned()
    };
    makes(&format!("{groups}/{}/children", id("by-hand").await), "leaf").await;
    makes(&format!("{groups}/{}/children", id("engineering").await), "by-hand").await;
}

/// Names of roles, of scopes, and paths of groups that are there.
async fn there(place: &Place, name: &str) -> Value {
    let gets = async |what: &str| {
        let path = format!("/admin/realms/{name}/{what}");
        place.console.calls(Method::GET, &path, None).await.body.as_array().unwrap().clone()
    };
    let mut names: Vec<Value> = Vec::new();
    for what in ["roles", "client-scopes", "groups", "group-by-path"] {
        if what == "group-by-path" {
            let path = format!("/admin/realms/{name}/group-by-path/engineering");
            let id = place.console.calls(Method::GET, &path, None).await.body["id"].clone();
            let below = gets(&format!("groups/{}/children", id.as_str().unwrap())).await;
            names.push(below.iter().map(|group| group["name"].clone()).collect());
        } else {
            names.push(gets(what).await.iter().map(|object| object["name"].clone()).collect());
        }
    }
    for list in &mut names {
        list.as_array_mut().unwrap().sort_by_key(ToString::to_string);
    }
    json!(names)
}

async fn what_a_complete_list_does_not_name_goes_after_an_approval_and_nothing_before(
    server: KeycloakServer,
) {
    let place = Arc::new(Place::new("exclusive", &server).await);
    let name = unique_name("exclusive");
    place.applies("acme", place.spec(&name, &declared(&json!([])))).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    let begun = there(&place, &name).await;

    // Without anything beside what is declared and built in, nothing waits.
    let all = json!(["roles", "groups", "clientScopes"]);
    place.applies("acme", place.spec(&name, &declared(&all))).await;
    place.becomes_ready("acme").await;
    assert_eq!(there(&place, &name).await, begun);

    place.applies("acme", place.spec(&name, &declared(&json!([])))).await;
    place.becomes_ready("acme").await;
    makes_others(&place, &name).await;
    let with_others = there(&place, &name).await;
    let before = place.keycloak.snapshot();
    let mut spec = declared(&all);
    spec["displayName"] = json!("Acme");
    place.applies("acme", place.spec(&name, &spec)).await;
    let message = place.is_not_ready_because("acme", "ApprovalRequired").await;
    let (told, _) = message.split_once("; to let that happen").unwrap();
    assert!(told.ends_with(" need an approval"), "{told}");
    for object in ["delete client scope by-hand", "delete group by-hand", "delete role by-hand"] {
        assert!(told.contains(object), "{told}");
    }
    assert_eq!(there(&place, &name).await, with_others, "nothing is deleted without approval");
    place.keycloak.since(&before).expect("the rest of the object").writes(1);

    let plan = place.object("acme").await.status.unwrap().plan.unwrap();
    place.annotates("acme", annotation::APPROVE, &plan.approval.unwrap()).await;
    place.becomes_ready("acme").await;
    eventually("what nobody declares is gone", SOON, async || {
        let now = there(&place, &name).await;
        if now == begun { Ok(()) } else { Err(now.to_string()) }
    })
    .await;
    process.stops().await;
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("a pass with nothing changed").writes(0);
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn what_a_complete_list_does_not_name_goes_after_an_approval_and_nothing_before_on_26_7() {
    let server = KeycloakServer::newest();
    Box::pin(what_a_complete_list_does_not_name_goes_after_an_approval_and_nothing_before(server)).await;
}

#[tokio::test]
async fn what_a_complete_list_does_not_name_goes_after_an_approval_and_nothing_before_on_26_4() {
    let server = KeycloakServer::oldest();
    Box::pin(what_a_complete_list_does_not_name_goes_after_an_approval_and_nothing_before(server)).await;
}

#[tokio::test]
async fn a_list_that_cannot_be_complete_is_refused_with_those_that_can() {
    let place = Place::new("exclusive-name", &KeycloakServer::newest()).await;
    let spec = place.spec(&unique_name("exclusive"), &json!({"exclusive": ["users"]}));
    let refused = place.tries_to_apply(&place.namespace, "acme", spec).await.unwrap_err().to_string();
    let sentence = r#"supported values: "clientScopes", "groups", "roles""#;
    assert!(refused.contains(r#"Unsupported value: "users""#) && refused.contains(sentence), "{refused}");
    place.leave(&[]).await;
}
