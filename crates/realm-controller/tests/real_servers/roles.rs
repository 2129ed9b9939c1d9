//! Roles of a realm, from the object to Keycloak and back to status.

use std::sync::Arc;

use controller_testkit::{
    Calls, KeycloakServer, Stop, client, eventually, every_crash_point, realm, realm_role, unique_name,
};
use http::{Method, StatusCode};
use keycloak_crds::{
    labels::annotation,
    record::{Approval, ApprovalState},
};
use serde_json::{Value, json};

use super::place::{Place, SOON, condition};

const EXPORT: &str = "/admin/realms/{realm}/partial-export";
const ROLES: &str = "/admin/realms/{realm}/roles";

fn roles(roles: &Value) -> Value {
    json!({"roles": {"realmRoles": roles}})
}

fn many(count: usize) -> Value {
    (0..count).map(|number| json!({"name": format!("role-{number:03}")})).collect()
}

/// A place with realm `name` of object `acme`, Ready, and the calls that this took.
async fn with_roles(purpose: &str, server: &KeycloakServer, further: &Value) -> (Arc<Place>, String, Calls) {
    let place = Arc::new(Place::new(purpose, server).await);
    let name = unique_name(purpose);
    let before = place.keycloak.snapshot();
    place.applies("acme", place.spec(&name, further)).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    process.stops().await;
    let calls = place.keycloak.since(&before);
    (place, name, calls)
}

async fn roles_are_made_with_the_realm_and_kept_with_counted_calls(server: KeycloakServer) {
    let declared = json!({
        "roles": {"realmRoles": [
            {"name": "employee", "description": "Works here"}, {"name": "manager", "compositeRoles": ["employee"]},
        ]},
        "defaultRoles": ["employee"],
    });
    let (place, name, calls) = with_roles("roles", &server, &declared).await;
    let object = place.object("acme").await;
    let record = object.status.as_ref().unwrap().owned.as_ref().unwrap().record.clone().unwrap();
    assert!(!record.contains("\"p\":"), "nothing is pending any more: {record}");
    calls
        .expect("making a realm with roles")
        .calls(&Method::POST, "/admin/realms", 1)
        .calls(&Method::POST, ROLES, 0)
        .calls(&Method::POST, EXPORT, 0);

    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("a pass with nothing changed").writes(0).calls(
        &Method::POST,
        EXPORT,
        1,
    );

    place.console.sets(&realm_role(&name, "employee"), "description", "Somebody").await;
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("undoing drift of a role").writes(1);
    assert_eq!(place.console.sees_field(&realm_role(&name, "employee"), "description").await, "Works here");
    place.event_says("DriftRepaired", "set back: role employee: description").await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn roles_are_made_with_the_realm_and_kept_with_counted_calls_on_26_7() {
    Box::pin(roles_are_made_with_the_realm_and_kept_with_counted_calls(KeycloakServer::newest())).await;
}

#[tokio::test]
async fn roles_are_made_with_the_realm_and_kept_with_counted_calls_on_26_4() {
    Box::pin(roles_are_made_with_the_realm_and_kept_with_counted_calls(KeycloakServer::oldest())).await;
}

#[tokio::test]
async fn roles_of_a_client_that_comes_later_are_waited_for_without_a_call() {
    let server = KeycloakServer::newest();
    let place = Arc::new(Place::new("later", &server).await);
    let name = unique_name("later");
    let held = json!({"orders": ["viewer", "editor", "auditor"]});
    let declared = roles(&json!([{"name": "employee", "compositeClientRoles": held}]));
    place.applies("acme", place.spec(&name, &declared)).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "WaitingForClient").await;
    insta::assert_snapshot!(message, @"everything is applied but what waits for something that does not exist: role employee is to hold the role auditor of client orders, which does not exist yet; role employee is to hold the role editor of client orders, which does not exist yet; role employee is to hold the role viewer of client orders, which does not exist yet");
    let object = place.object("acme").await;
    assert_eq!(condition(&object, "Available").unwrap().0, "True", "clients can be made");
    let uid = object.metadata.uid.unwrap();

    let before = place.keycloak.snapshot();
    for number in 0..50 {
        place.has_a_client(&format!("other-{number}"), &uid).await;
    }
    place.console.creates(&client(&name, "orders"), json!({})).await;
    let id = place.console.sees_field(&client(&name, "orders"), "id").await;
    let path = format!("/admin/realms/{name}/clients/{}/roles", id.as_str().unwrap());
    for role in ["viewer", "editor", "auditor"] {
        place.console.calls(Method::POST, &path, Some(json!({"name": role}))).await;
    }
    place.has_a_client("orders", &uid).await;
    place.becomes_ready("acme").await;
    let path = format!("/admin/realms/{name}/roles/employee/composites");
    let held = place.console.calls(Method::GET, &path, None).await.body;
    assert_eq!(held.as_array().unwrap().len(), 3, "{held}");
    process.stops().await;
    // One pass, that of the client that the realm names; and its roles together.
    let calls = place.keycloak.since(&before);
    calls
        .expect("fifty clients that the realm does not name, and one that it names")
        .calls(&Method::POST, EXPORT, 1)
        .calls(&Method::GET, "/admin/realms/{realm}/clients", 1)
        .calls(&Method::GET, "/admin/realms/{realm}/clients/{id}/roles", 1)
        .writes(1);
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn what_only_an_administrator_gives_is_refused_before_it_is_tried_and_the_rest_is_applied() {
    let place = Arc::new(Place::new("management", &KeycloakServer::newest()).await);
    let name = unique_name("management");
    let held = json!({"realm-management": ["realm-admin", "view-users"], "account": ["view-profile"]});
    let declared = |permissions: bool| {
        json!({
            "roles": {"realmRoles": [{"name": "manager", "compositeClientRoles": held}]},
            "groups": [{"name": "staff", "clientRoles": {"realm-management": ["manage-users"], "account": ["view-profile"]}}],
            "extra": {"adminPermissionsEnabled": permissions},
        })
    };
    place.applies("acme", place.spec(&name, &declared(true))).await;
    let process = place.start();
    let mut told = vec![place.is_told("acme", "InvalidSpec", "realm-admin").await];
    let holds = async || {
        let path = format!("/admin/realms/{name}/roles/manager/composites");
        let held = place.console.calls(Method::GET, &path, None).await.body;
        let names =
            held.as_array().into_iter().flatten().map(|role| role["name"].as_str().unwrap().to_owned());
        names.collect::<std::collections::BTreeSet<String>>()
    };
    assert_eq!(holds().await, ["view-profile".to_owned()].into());
    place.applies("acme", place.spec(&name, &declared(false))).await;
    eventually("the role that is not refused any more is given", SOON, async || {
        let held = holds().await;
        if held.contains("view-users") { Ok(()) } else { Err(format!("{held:?}")) }
    })
    .await;
    eventually("only one is refused", SOON, async || {
        let (_, message) = condition(&place.object("acme").await, "Ready").unwrap();
        if message.contains("view-users") { Err(message) } else { Ok(()) }
    })
    .await;
    told.push(place.is_told("acme", "InvalidSpec", "realm-admin").await);
    process.stops().await;
    insta::assert_snapshot!(told.join("\n"), @r"
    not everything that this object asks for can be applied, the rest is: group staff: clientRoles[realm-management]: Keycloak lets only an administrator of the whole server give manage-users, a role that manages the realm, while adminPermissionsEnabled is on; take it out, or set adminPermissionsEnabled to false in spec.extra; role manager: compositeClientRoles[realm-management]: Keycloak lets only an administrator of the whole server give realm-admin; name the roles of realm-management that are needed instead, for example manage-users; role manager: compositeClientRoles[realm-management]: Keycloak lets only an administrator of the whole server give view-users, a role that manages the realm, while adminPermissionsEnabled is on; take it out, or set adminPermissionsEnabled to false in spec.extra
    not everything that this object asks for can be applied, the rest is: role manager: compositeClientRoles[realm-management]: Keycloak lets only an administrator of the whole server give realm-admin; name the roles of realm-management that are needed instead, for example manage-users
    ");
    let refused = place.keycloak.calls();
    let refused = refused.only(|call| call.outcome.status() == Some(StatusCode::FORBIDDEN));
    assert_eq!(refused.len(), 0, "{refused}");
    place.leave(&[&name]).await;
}

/// How many of the roles of [`many`] there are.
async fn roles_left(place: &Place, name: &str) -> usize {
    let path = format!("/admin/realms/{name}/roles?max=1000");
    let all = place.console.calls(Method::GET, &path, None).await.body;
    let is_one = |role: &&Value| role["name"].as_str().unwrap().starts_with("role-");
    all.as_array().unwrap().iter().filter(is_one).count()
}

/// The approvals of object `acme`, oldest first.
async fn approvals(place: &Place) -> Vec<Approval> {
    place.object("acme").await.status.unwrap().approvals.unwrap().entries.unwrap_or_default()
}

#[tokio::test]
async fn emptying_the_list_of_a_hundred_roles_takes_one_approval_even_when_killed_in_the_middle() {
    let (place, name, _) = with_roles("emptied", &KeycloakServer::newest(), &roles(&many(100))).await;
    place.applies("acme", place.spec(&name, &json!({}))).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "ApprovalRequired").await;
    process.stops().await;
    assert!(message.starts_with("delete role role-000"), "{message}");
    assert!(message.contains(" and 90 more need an approval; "), "{message}");
    assert!(place.console.sees(&realm_role(&name, "role-000")).await.is_some());
    let plan = place.object("acme").await.status.unwrap().plan.unwrap();
    assert_eq!(plan.summary.as_deref(), Some("100 wait for approval"));
    let hash = plan.approval.unwrap();
    place.annotates("acme", annotation::APPROVE, &hash).await;

    // What is accepted stands in status before the first deletion. The process is killed half way through.
    place.stop.set(Stop::AfterWrite(50));
    let to_the_end = async {
        place.becomes_ready("acme").await;
    };
    tokio::select! {
        () = place.works_until(to_the_end) => panic!("it was not killed"),
        () = place.stop.stopped() => {}
    }
    place.stop.quiet().await;
    place.stop.clear();
    let left = roles_left(&place, &name).await;
    assert!((50..100).contains(&left), "{left} are left after 50 writes");
    let stored = approvals(&place).await;
    let [accepted] = stored.as_slice() else { panic!("{stored:?}") };
    assert_eq!((accepted.hash.as_str(), accepted.state), (hash.as_str(), ApprovalState::Executing));
    assert_eq!(accepted.steps.as_ref().unwrap().len(), 100);

    // Nobody approves again.
    place
        .works_until(async {
            place.becomes_ready("acme").await;
        })
        .await;
    assert_eq!(roles_left(&place, &name).await, 0);
    let stored = approvals(&place).await;
    let [used] = stored.as_slice() else { panic!("{stored:?}") };
    assert_eq!((used.hash.as_str(), used.state), (hash.as_str(), ApprovalState::Consumed));
    assert_eq!(used.steps, None);

    // More than ten roles of the same names wait again, whatever annotation is still there.
    let (again, none) = (place.spec(&name, &roles(&many(11))), place.spec(&name, &json!({})));
    place
        .works_until(async {
            place.applies("acme", again).await;
            place.becomes_ready("acme").await;
            place.applies("acme", none).await;
            let refused = format!("the approval {hash} was accepted before");
            place.is_told("acme", "ApprovalRequired", &refused).await;
        })
        .await;
    assert_eq!(roles_left(&place, &name).await, 11);
    place.leave(&[&name]).await;
}

/// What must be the same after every history, of the roles of one attempt.
async fn state(place: &Place, name: &str, suffix: &str) -> Value {
    let path = format!("/admin/realms/{name}/roles?briefRepresentation=false");
    let all = place.console.calls(Method::GET, &path, None).await.body;
    let mut told = Vec::new();
    for role in all.as_array().unwrap() {
        let Some(own) = role["name"].as_str().unwrap().strip_suffix(suffix) else { continue };
        let path = format!("/admin/realms/{name}/roles/{own}{suffix}/composites");
        let held = place.console.calls(Method::GET, &path, None).await.body;
        let held = held.as_array().into_iter().flatten().map(|role| role["name"].as_str().unwrap());
        let mut held: Vec<&str> = held.map(|held| held.strip_suffix(suffix).unwrap()).collect();
        held.sort_unstable();
        told.push(json!([own, role["description"], held]));
    }
    told.sort_by_key(ToString::to_string);
    let object = place.object("acme").await;
    let record = object.status.unwrap().owned.unwrap().record.unwrap();
    json!({"roles": told, "made by us": record.matches("\"c\":true").count(), "pending": record.contains("\"p\":")})
}

#[tokio::test]
async fn roles_are_made_linked_and_deleted_wherever_the_process_is_stopped() {
    let place = Place::new("crash-roles", &KeycloakServer::newest()).await;
    let name = unique_name("crash");
    let becomes = async |further: Value| place.works_until_ready("acme", &name, &further).await;
    becomes(json!({})).await;
    let suffix = |number: usize| format!("-of-{number}");
    // Each attempt has roles of its own; those of the one before go in it.
    let after = |number: usize| {
        let role = |name: &str| format!("{name}{}", suffix(number));
        roles(&json!([
            {"name": role("employee"), "description": "Works here"}, {"name": role("guest")},
            {"name": role("manager"), "compositeRoles": [role("employee"), role("guest")]},
        ]))
    };
    let report = Box::pin(every_crash_point(
        "changing the roles of a realm",
        &place.stop,
        async |attempt| becomes(after(attempt.number)).await,
        async |attempt| becomes(after(attempt.number)).await,
        async |attempt| state(&place, &name, &suffix(attempt.number)).await,
    ))
    .await;
    assert!(report.writes >= 6, "{report:?}");
    assert!(place.console.sees(&realm(&name)).await.is_some());
    place.leave(&[&name]).await;
}
