//! Scope mappings of a realm, by the login that the realm controller has.

use std::collections::BTreeSet;

use controller_testkit::{KeycloakServer, client};
use http::Method;
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::kinds::SCOPE_MAPPING;
use keycloak_plan::{Action, StepState};
use keycloak_sync::realm;
use serde_json::{Value, json};

use crate::stage::{Room, on_each_version};

on_each_version!(
    mappings_are_made_with_the_realm_verified_and_taken_away_in_the_promised_calls,
    what_somebody_else_mapped_stays_and_drift_is_repaired,
    a_client_or_a_role_that_comes_later_is_waited_for,
    many_clients_are_looked_at_in_one_call,
    mappings_that_were_made_beside_one_that_failed_are_remembered_and_taken_away,
    a_mapping_to_a_client_with_full_scope_is_made_and_told,
    roles_that_manage_the_realm_are_refused_and_the_rest_is_mapped,
    mappings_of_clients_are_exported_and_applied_without_a_write,
    an_exported_realm_with_mappings_is_applied_without_a_write,
);

fn department() -> Value {
    json!({
        "roles": {"realmRoles": [{"name": "employee"}, {"name": "guest"}]},
        "clientScopes": [{"name": "department"}],
        "scopeMappings": [{"clientScope": "department", "roles": ["employee", "guest"]}],
        "clientScopeMappings": {"account": [{"clientScope": "department", "roles": ["view-profile"]}]},
    })
}

fn without(mut whole: Value, field: &str) -> Value {
    whole.as_object_mut().unwrap().remove(field);
    whole
}

async fn id_of(room: &Room, list: &str, field: &str, name: &str) -> String {
    let all = room.gets(list).await;
    let found = all.as_array().unwrap().iter().find(|thing| thing[field] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

async fn scope(room: &Room, name: &str) -> String {
    format!("client-scopes/{}/scope-mappings", id_of(room, "client-scopes", "name", name).await)
}

async fn of_client(room: &Room, client_id: &str) -> String {
    format!("clients/{}/scope-mappings", id_of(room, "clients", "clientId", client_id).await)
}

/// The roles of the realm that are mapped there.
async fn realm_roles(room: &Room, path: &str) -> BTreeSet<String> {
    let roles = room.gets(&format!("{path}/realm")).await;
    roles.as_array().unwrap().iter().map(|role| role["name"].as_str().unwrap().to_owned()).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

async fn mappings_are_made_with_the_realm_verified_and_taken_away_in_the_promised_calls(
    server: KeycloakServer,
) {
    let mut room = Room::new(server).await;
    let (plan, _) = room.passes(&department()).await;
    // The role of a client is looked for once the realm is there.
    assert_eq!(plan.findings.unresolved.len(), 1, "{:?}", plan.findings);
    let path = scope(&room, "department").await;
    assert_eq!(realm_roles(&room, &path).await, set(&["employee", "guest"]));
    let (_, calls) = room.passes(&department()).await;
    calls.expect("the role of a client").writes(1);
    assert_eq!(room.gets(&path).await["clientMappings"]["account"]["mappings"][0]["name"], "view-profile");
    let (plan, calls) = room.passes(&department()).await;
    calls.expect("a pass with nothing changed: the realm and its export").writes(0).reads(2);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let mut less = without(department(), "clientScopeMappings");
    less["scopeMappings"][0]["roles"] = json!(["employee"]);
    let (plan, calls) = room.passes(&less).await;
    calls.expect("two that go, of the realm and of a client").writes(2);
    assert!(plan.steps.iter().all(|step| step.action == Action::Unlink), "{:?}", plan.steps);
    assert_eq!(realm_roles(&room, &path).await, set(&["employee"]));
    let none = without(less, "scopeMappings");
    room.passes(&none).await;
    assert_eq!(room.gets(&path).await, json!({}));
    let (plan, calls) = room.passes(&none).await;
    calls.expect("a pass where nobody declares one").writes(0).reads(2);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn what_somebody_else_mapped_stays_and_drift_is_repaired(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&department()).await;
    room.passes(&department()).await;
    let path = scope(&room, "department").await;
    let (theirs, ours) = (room.gets("roles/offline_access").await, room.gets("roles/employee").await);
    room.does(Method::POST, &format!("{path}/realm"), Some(json!([theirs]))).await;
    room.does(Method::DELETE, &format!("{path}/realm"), Some(json!([ours]))).await;
    let (_, calls) = room.passes(&department()).await;
    calls.expect("repairing").writes(1);
    assert_eq!(realm_roles(&room, &path).await, set(&["employee", "guest", "offline_access"]));
    // One that was there before we asked for it is not ours to take away.
    let mut both = department();
    both["scopeMappings"][0]["roles"] = json!(["employee", "guest", "offline_access"]);
    let (plan, calls) = room.passes(&both).await;
    calls.expect("asking for what is there").writes(0);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.passes(&department()).await;
    assert!(realm_roles(&room, &path).await.contains("offline_access"));
    assert!(
        room.passes(&department()).await.0.steps.iter().all(|step| matches!(step.state, StepState::Ready)),
    );
    room.leaves().await;
}

async fn a_client_or_a_role_that_comes_later_is_waited_for(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let asked = json!({
        "scopeMappings": [{"client": "portal", "roles": ["offline_access"]}, {"clientScope": "profile", "roles": ["no-such-role"]}],
        "clientScopeMappings": {"orders": [{"client": "portal", "roles": ["viewer"]}, {"clientScope": "profile", "roles": ["viewer"]}]},
    });
    let (plan, calls) = room.passes(&asked).await;
    calls.expect("nothing of it is there").writes(0);
    assert_eq!(plan.findings.unresolved.len(), 4, "{:?}", plan.findings);
    assert!(plan.findings.unresolved.iter().any(realm::is_of_a_client));
    for id in ["portal", "orders"] {
        room.console().creates(&client(room.name(), id), json!({"fullScopeAllowed": false})).await;
    }
    let orders = id_of(&room, "clients", "clientId", "orders").await;
    room.does(Method::POST, &format!("clients/{orders}/roles"), Some(json!({"name": "viewer"}))).await;
    room.does(Method::POST, "roles", Some(json!({"name": "no-such-role"}))).await;
    let (_, calls) = room.passes(&asked).await;
    calls.expect("a client and a client scope, each with a role of the realm and one of a client").writes(4);
    let path = of_client(&room, "portal").await;
    assert_eq!(realm_roles(&room, &path).await, set(&["offline_access"]));
    assert_eq!(room.gets(&path).await["clientMappings"]["orders"]["mappings"][0]["name"], "viewer");
    let (plan, calls) = room.passes(&asked).await;
    calls.expect("the pass after it: the realm, its export, two for the client").writes(0).reads(4);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    // What goes takes its mappings along.
    room.console().deletes(&client(room.name(), "portal")).await;
    let (plan, _) = room.passes(&json!({})).await;
    assert!(plan.steps.iter().all(|step| step.action == Action::Unlink), "{:?}", plan.steps);
    let (plan, calls) = room.passes(&json!({})).await;
    calls.expect("nothing is left").writes(0).reads(1);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn many_clients_are_looked_at_in_one_call(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let ids: Vec<String> = (0..8).map(|number| format!("client-{number}")).collect();
    for id in &ids {
        room.console().creates(&client(room.name(), id), json!({"fullScopeAllowed": false})).await;
    }
    let entry = |id: &String| json!({"client": id, "roles": ["offline_access"]});
    let asked = json!({"scopeMappings": ids.iter().map(entry).collect::<Vec<_>>()});
    let (_, calls) = room.passes(&asked).await;
    calls.expect("a mapping for each of eight clients").writes(8);
    let (plan, calls) = room.passes(&asked).await;
    calls.expect("the realm, its export, and the one with clients").writes(0).reads(3);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

/// Few clients are read one by one, and many by one export.
async fn a_mapping_to_a_client_with_full_scope_is_made_and_told(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let ids: Vec<String> = (0..6).map(|number| format!("client-{number}")).collect();
    for (number, id) in ids.iter().enumerate() {
        room.console().creates(&client(room.name(), id), json!({"fullScopeAllowed": number == 0})).await;
    }
    for count in [1, 6] {
        let entry = |id: &String| json!({"client": id, "roles": ["offline_access"]});
        let asked = json!({"scopeMappings": ids.iter().take(count).map(entry).collect::<Vec<_>>()});
        room.passes(&asked).await;
        let (plan, _) = room.passes(&asked).await;
        assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
        let told: Vec<String> = plan.findings.without_effect.iter().map(realm::without_effect).collect();
        let [told] = told.as_slice() else { panic!("{told:?}") };
        assert!(told.starts_with("spec.scopeMappings: client client-0 has full scope"), "{told}");
        let path = of_client(&room, "client-0").await;
        assert_eq!(realm_roles(&room, &path).await, set(&["offline_access"]));
    }
    room.leaves().await;
}

async fn roles_that_manage_the_realm_are_refused_and_the_rest_is_mapped(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({"clientScopes": [{"name": "department"}]})).await;
    let asked = json!({
        "clientScopes": [{"name": "department"}],
        "scopeMappings": [{"clientScope": "department", "roles": ["offline_access"]}],
        "clientScopeMappings": {"realm-management": [{"clientScope": "department", "roles": ["realm-admin"]}]},
    });
    let (plan, _) = room.passes(&asked).await;
    let told: Vec<String> =
        plan.findings.refused.iter().map(|finding| finding.what.refusal.to_string()).collect();
    let [told] = told.as_slice() else { panic!("{told:?}") };
    assert!(told.contains("tokens with client scope department are not to carry it"), "{told}");
    let path = scope(&room, "department").await;
    assert_eq!(realm_roles(&room, &path).await, set(&["offline_access"]));
    assert_eq!(room.gets(&path).await.get("clientMappings"), None);
    room.leaves().await;
}

async fn mappings_of_clients_are_exported_and_applied_without_a_write(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    for id in ["portal", "orders"] {
        room.console().creates(&client(room.name(), id), json!({"fullScopeAllowed": false})).await;
    }
    let orders = id_of(&room, "clients", "clientId", "orders").await;
    room.does(Method::POST, &format!("clients/{orders}/roles"), Some(json!({"name": "viewer"}))).await;
    let asked = json!({
        "scopeMappings": [{"client": "portal", "roles": ["offline_access"]}],
        "clientScopeMappings": {"orders": [{"client": "portal", "roles": ["viewer"]}]},
    });
    room.passes(&asked).await;
    let live = realm::read_whole(room.api(), room.name()).await.unwrap().unwrap();
    let exported = realm::export(&live, OperatorRef::default()).spec;
    assert_eq!(json!(exported.scope_mappings), asked["scopeMappings"]);
    assert_eq!(json!(exported.client_scope_mappings), asked["clientScopeMappings"]);
    let plan = room.plans_anew(&exported).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn an_exported_realm_with_mappings_is_applied_without_a_write(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&department()).await;
    room.passes(&department()).await;
    let live = realm::read_whole(room.api(), room.name()).await.unwrap().unwrap();
    let exported = realm::export(&live, OperatorRef::default());
    assert_eq!(
        json!(exported.spec.scope_mappings),
        json!([{"clientScope": "department", "roles": ["employee", "guest"]}])
    );
    assert_eq!(
        json!(exported.spec.client_scope_mappings),
        json!({"account": [{"clientScope": "department", "roles": ["view-profile"]}]})
    );
    let plan = room.plans_anew(&exported.spec).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn mappings_that_were_made_beside_one_that_failed_are_remembered_and_taken_away(
    server: KeycloakServer,
) {
    const OF_CLIENTS: &str = "/admin/realms/{realm}/client-scopes/{id}/scope-mappings/clients/{id}";
    let mut room = Room::new(server).await;
    let plain = json!({
        "roles": {"realmRoles": [{"name": "employee"}]},
        "clientScopes": [{"name": "department"}, {"name": "team"}],
    });
    room.passes(&plain).await;
    let mut mapped = plain.clone();
    mapped["scopeMappings"] = json!([
        {"clientScope": "department", "roles": ["employee"]}, {"clientScope": "team", "roles": ["employee"]},
    ]);
    mapped["clientScopeMappings"] =
        json!({"account": [{"clientScope": "department", "roles": ["view-profile"]}]});
    let realm = realm::identity(room.name());
    let (department, team) = (scope(&room, "department").await, scope(&room, "team").await);

    // The second of three calls fails.
    let broken = room.breaks(Method::POST, OF_CLIENTS, None);
    let applied = room.tries(&mapped).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    let told = failure.to_string();
    assert!(told.starts_with(&format!("cannot link {realm}: ")), "{told}");
    assert_eq!(broken.hits(), 1);
    broken.heal();
    assert_eq!(realm_roles(&room, &team).await, set(&["employee"]), "the one after it is made");
    let employee =
        ["client scope:department>role:employee", "client scope:team>role:employee"].map(str::to_owned);
    assert_eq!(room.remembers(&realm, &SCOPE_MAPPING), employee);
    let (_, calls) = room.passes(&plain).await;
    calls.expect("taking away what was made").writes(2);
    for path in [&department, &team] {
        assert_eq!(room.gets(path).await, json!({}));
    }

    // The same when they are taken away.
    room.passes(&mapped).await;
    let broken = room.breaks(Method::DELETE, OF_CLIENTS, None);
    let applied = room.tries(&plain).await;
    assert_eq!(applied.failed.len(), 1, "{applied:?}");
    broken.heal();
    let left = ["client scope:department>client:account>role:view-profile".to_owned()];
    assert_eq!(room.remembers(&realm, &SCOPE_MAPPING), left);
    let (_, calls) = room.passes(&plain).await;
    calls.expect("the one that is left").writes(1);
    assert_eq!(room.gets(&department).await, json!({}));
    room.leaves().await;
}
