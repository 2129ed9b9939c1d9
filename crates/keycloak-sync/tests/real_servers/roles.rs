//! Roles of a realm, by the login that the realm controller has.

use controller_testkit::{KeycloakServer, client, realm as thing, realm_role, user};
use http::Method;
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::{Action, Approvals, OwnedRecord, Plan, StepState};
use keycloak_sync::realm;
use serde_json::{Value, json};

use crate::stage::{Cr, Stage, on_each_version};

on_each_version!(
    a_realm_is_made_with_its_roles_in_one_call_and_read_in_two,
    roles_are_made_changed_linked_and_removed_with_one_call_each,
    what_others_put_into_a_role_stays_and_what_they_change_is_set_back,
    a_role_that_was_there_is_taken_over_and_let_go_again,
    a_role_that_somebody_holds_waits_for_an_approval,
    a_role_in_another_one_that_waits_for_its_deletion_waits_with_it,
    a_role_that_new_users_get_is_ours_to_take_away_after_any_number_of_passes,
    emptying_a_list_of_a_hundred_roles_deletes_none,
    a_role_of_a_client_is_waited_for_and_then_held,
    a_role_that_does_not_exist_is_told_and_the_rest_is_applied,
    roles_that_keycloak_makes_are_changed_and_never_made_or_deleted,
    an_exported_realm_with_roles_applied_changes_nothing,
    what_a_stopped_process_made_is_its_own,
    a_default_role_of_another_name_is_told_from_a_role_with_its_usual_one,
);

async fn on_stage(server: KeycloakServer) -> (Stage, Cr, String) {
    let mut stage = Stage::new(server).await;
    let name = stage.realm_name();
    let cr = Cr::new(&stage, &stage.manager, &name);
    (stage, cr, name)
}

fn spec(name: &str, roles: Value) -> KeycloakRealmSpec {
    let mut fields = json!({"roles": {}});
    fields["roles"]["realmRoles"] = roles;
    with(name, fields)
}

fn with(name: &str, fields: Value) -> KeycloakRealmSpec {
    let mut spec = json!({"realmName": name, "operatorRef": {"namespace": "keycloak-system"}});
    let Value::Object(fields) = fields else { panic!("fields of a spec") };
    spec.as_object_mut().unwrap().extend(fields);
    serde_json::from_value(spec).unwrap()
}

/// Names of what a role holds.
async fn held(stage: &Stage, realm: &str, role: &str) -> Vec<String> {
    let path = format!("/admin/realms/{realm}/roles/{role}/composites");
    let answer = stage.console.calls(Method::GET, &path, None).await;
    let name = |role: &Value| role["name"].as_str().unwrap().to_owned();
    let mut names: Vec<String> = answer.body.as_array().unwrap().iter().map(name).collect();
    names.sort();
    names
}

fn steps(plan: &Plan) -> String {
    let told = plan.steps.iter().map(|step| {
        let link = step.link.as_ref().map(|link| format!(" {}", link.target)).unwrap_or_default();
        format!("{} {}{link} {:?}", step.action.as_str(), step.object, step.state)
    });
    told.collect::<Vec<_>>().join("\n")
}

async fn stays(cr: &mut Cr, spec: &KeycloakRealmSpec) {
    let plan = cr.brings_about(spec).await;
    assert!(plan.is_converged(), "{} {:?}", steps(&plan), plan.findings);
}

async fn a_realm_is_made_with_its_roles_in_one_call_and_read_in_two(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let roles = json!([
        {"name": "manager", "description": "Leads", "compositeRoles": ["employee", "lead"]},
        {"name": "employee", "attributes": {"cost-center": ["42", "7"], "site": ["Utrecht"]}},
        {"name": "lead", "compositeRoles": ["employee"]},
    ]);
    let spec = with(&name, json!({"roles": {"realmRoles": roles}, "defaultRoles": ["employee"]}));
    let (plan, calls) = stage.calls_of(cr.brings_about(&spec)).await;
    calls.expect("making a realm with roles").writes(1).reads(1);
    assert_eq!(plan.steps.len(), 8, "{}", steps(&plan));
    assert_eq!(held(&stage, &name, "manager").await, ["employee", "lead"]);
    assert_eq!(held(&stage, &name, "lead").await, ["employee"]);
    let everybody = held(&stage, &name, &format!("default-roles-{name}")).await;
    let usual = ["employee", "manage-account", "offline_access", "uma_authorization", "view-profile"];
    assert_eq!(everybody, usual, "what Keycloak gives new users itself stays");
    let employee = stage.console.sees(&realm_role(&name, "employee")).await.unwrap();
    assert_eq!(employee["attributes"], json!({"cost-center": ["42", "7"], "site": ["Utrecht"]}));

    let ((), calls) = stage.calls_of(stays(&mut cr, &spec)).await;
    calls.expect("a pass over a realm with roles").writes(0).reads(2);
    let settings = with(&name, json!({}));
    let other = Cr::new(&stage, &cr.api, &name);
    let (_, calls) = stage.calls_of(other.plans_realm(&settings, &Approvals::default())).await;
    calls.expect("a look for an object without roles").reads(1);
    stage.leave().await;
}

async fn roles_are_made_changed_linked_and_removed_with_one_call_each(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    cr.brings_about(&spec(&name, json!([{"name": "employee"}, {"name": "guest"}]))).await;

    let changed = json!([{"name": "employee", "description": "Works here"}, {"name": "guest"}]);
    let (_, calls) = stage.calls_of(cr.brings_about(&spec(&name, changed))).await;
    calls.expect("changing a description").writes(1).reads(2);

    let more = json!([
        {"name": "employee", "description": "Works here"},
        {"name": "guest"},
        {"name": "manager", "compositeRoles": ["employee", "guest"]},
    ]);
    let spec_of_three = spec(&name, more);
    let (_, calls) = stage.calls_of(cr.brings_about(&spec_of_three)).await;
    // The new role's id is read once; what it holds travels in one call.
    calls.expect("a role that holds two").writes(2).reads(3);
    stays(&mut cr, &spec_of_three).await;
    assert_eq!(held(&stage, &name, "manager").await, ["employee", "guest"]);

    // Nobody holds the role, and it is our own.
    let without = json!([{"name": "employee"}, {"name": "guest"}]);
    let (plan, calls) = stage.calls_of(cr.brings_about(&spec(&name, without))).await;
    assert!(plan.steps.iter().any(|step| step.action == Action::Delete), "{}", steps(&plan));
    // Who holds it is asked first: users by a call, roles of clients by the export that shows them.
    calls.expect("taking a role away, and a description back").writes(2).reads(4);
    assert_eq!(stage.console.sees(&realm_role(&name, "manager")).await, None);
    let employee = stage.console.sees(&realm_role(&name, "employee")).await.unwrap();
    assert_eq!(employee.get("description").and_then(Value::as_str).unwrap_or_default(), "");
    stage.leave().await;
}

async fn what_others_put_into_a_role_stays_and_what_they_change_is_set_back(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let spec = spec(
        &name,
        json!([{"name": "employee", "description": "Works here", "attributes": {"site": ["Utrecht"]}}, {"name": "guest"}]),
    );
    cr.brings_about(&spec).await;
    stays(&mut cr, &spec).await;
    let role = realm_role(&name, "employee");
    stage.console.sets(&role, "/attributes/by-hand", json!(["kept"])).await;
    stays(&mut cr, &spec).await;
    stage.console.sets(&role, "description", "Somebody").await;
    stage.console.sets(&role, "/attributes/site", json!(["Delft"])).await;
    let (plan, calls) = stage.calls_of(cr.brings_about(&spec)).await;
    calls.expect("setting two values of a role back").writes(1).reads(2);
    assert_eq!(plan.steps[0].changes.len(), 2, "{}", steps(&plan));
    let seen = stage.console.sees(&role).await.unwrap();
    assert_eq!(seen["description"], "Works here");
    assert_eq!(seen["attributes"], json!({"site": ["Utrecht"], "by-hand": ["kept"]}));
    stage.leave().await;
}

async fn a_role_that_was_there_is_taken_over_and_let_go_again(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    cr.brings_about(&with(&name, json!({}))).await;
    let role = realm_role(&name, "employee");
    stage.console.creates(&role, json!({"description": "By hand"})).await;
    let declared = spec(&name, json!([{"name": "employee", "description": "By hand"}]));
    let (_, calls) = stage.calls_of(cr.brings_about(&declared)).await;
    calls.expect("taking over an equal role").writes(0).reads(2);
    let (plan, calls) = stage.calls_of(cr.brings_about(&with(&name, json!({})))).await;
    calls.expect("letting it go").writes(0).reads(2);
    assert_eq!(plan.findings.released.len(), 1, "{:?}", plan.findings);
    assert_eq!(stage.console.sees_field(&role, "description").await, json!("By hand"));
    assert!(cr.record.object(&realm_role_identity("employee")).is_none());
    stage.leave().await;
}

fn realm_role_identity(name: &str) -> keycloak_plan::Identity {
    keycloak_plan::Identity::new(&keycloak_plan::kinds::REALM_ROLE, name)
}

async fn a_role_that_somebody_holds_waits_for_an_approval(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    cr.brings_about(&spec(&name, json!([{"name": "employee"}, {"name": "guest"}]))).await;
    stage.console.creates(&user(&name, "jane"), json!({"enabled": true})).await;
    let id = stage.console.sees_field(&user(&name, "jane"), "id").await;
    let role = stage.console.sees(&realm_role(&name, "employee")).await.unwrap();
    let path = format!("/admin/realms/{name}/users/{}/role-mappings/realm", id.as_str().unwrap());
    stage.console.calls(Method::POST, &path, Some(json!([role]))).await;

    let plan = cr.brings_about(&spec(&name, json!([]))).await;
    let waiting: Vec<_> = plan
        .summary()
        .steps
        .into_iter()
        .filter(|step| step.waits)
        .map(|step| (step.identity, step.detail))
        .collect();
    assert_eq!(waiting, [("employee".to_owned(), "held by 1 users".to_owned())]);
    assert!(stage.console.sees(&realm_role(&name, "employee")).await.is_some());
    assert_eq!(stage.console.sees(&realm_role(&name, "guest")).await, None, "nobody held it");

    let nothing = spec(&name, json!([]));
    let plan = cr.plans_realm(&nothing, &Approvals::default()).await;
    let approvals = Approvals::default().accept(plan.approval().unwrap(), &plan).unwrap();
    let approved = cr.plans_realm(&nothing, &approvals).await;
    assert!(cr.applies(&approved).await.is_complete());
    assert_eq!(stage.console.sees(&realm_role(&name, "employee")).await, None);
    stays(&mut cr, &nothing).await;
    stage.leave().await;
}

async fn a_role_in_another_one_that_waits_for_its_deletion_waits_with_it(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let roles =
        json!([{"name": "employee"}, {"name": "guest"}, {"name": "manager", "compositeRoles": ["employee"]}]);
    cr.brings_about(&spec(&name, roles)).await;
    stage.console.creates(&user(&name, "jane"), json!({"enabled": true})).await;
    let id = stage.console.sees_field(&user(&name, "jane"), "id").await;
    let role = stage.console.sees(&realm_role(&name, "manager")).await.unwrap();
    let path = format!("/admin/realms/{name}/users/{}/role-mappings/realm", id.as_str().unwrap());
    stage.console.calls(Method::POST, &path, Some(json!([role]))).await;

    let nothing = spec(&name, json!([]));
    let plan = cr.brings_about(&nothing).await;
    let waiting = plan.summary().steps.into_iter().filter(|step| step.waits);
    let waiting: Vec<String> = waiting.map(|step| format!("{} {}", step.identity, step.detail)).collect();
    assert_eq!(waiting, ["employee held by 1 roles", "manager held by 1 users"]);
    assert_eq!(held(&stage, &name, "manager").await, ["employee"], "jane has it as before");
    assert_eq!(stage.console.sees(&realm_role(&name, "guest")).await, None, "nobody held it");

    let plan = cr.plans_realm(&nothing, &Approvals::default()).await;
    let approvals = Approvals::default().accept(plan.approval().unwrap(), &plan).unwrap();
    let approved = cr.plans_realm(&nothing, &approvals).await;
    assert!(cr.applies(&approved).await.is_complete());
    for role in ["employee", "manager"] {
        assert_eq!(stage.console.sees(&realm_role(&name, role)).await, None);
    }
    stays(&mut cr, &nothing).await;
    stage.leave().await;
}

async fn a_role_that_new_users_get_is_ours_to_take_away_after_any_number_of_passes(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let roles = json!({"realmRoles": [{"name": "employee"}]});
    let without = with(&name, json!({"roles": roles}));
    let declared = with(&name, json!({"roles": roles, "defaultRoles": ["employee"]}));
    cr.brings_about(&without).await;
    cr.brings_about(&declared).await;
    // The role that holds it is not declared itself.
    for _ in 0..3 {
        stays(&mut cr, &declared).await;
    }
    for _ in 0..2 {
        let plan = cr.brings_about(&without).await;
        assert_eq!(plan.counts().waiting, 1, "{}", steps(&plan));
    }
    let plan = cr.plans_realm(&without, &Approvals::default()).await;
    let approvals = Approvals::default().accept(plan.approval().unwrap(), &plan).unwrap();
    let approved = cr.plans_realm(&without, &approvals).await;
    assert!(cr.applies(&approved).await.is_complete());
    let everybody = held(&stage, &name, &format!("default-roles-{name}")).await;
    assert!(!everybody.contains(&"employee".to_owned()), "{everybody:?}");
    stays(&mut cr, &without).await;
    stage.leave().await;
}

fn many(count: usize) -> Value {
    (0..count)
        .map(|number| json!({"name": format!("role-{number:04}"), "description": "one of many"}))
        .collect()
}

async fn emptying_a_list_of_a_hundred_roles_deletes_none(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    cr.brings_about(&spec(&name, many(100))).await;
    let (plan, calls) = stage.calls_of(cr.brings_about(&with(&name, json!({})))).await;
    calls.expect("a plan that deletes a hundred roles").writes(0);
    assert_eq!(plan.counts().waiting, 100);
    assert!(plan.steps.iter().all(|step| matches!(step.state, StepState::Waiting(_))), "{}", steps(&plan));
    assert!(stage.console.sees(&realm_role(&name, "role-0099")).await.is_some());
    stays(&mut cr, &spec(&name, many(100))).await;
    stage.leave().await;
}

async fn a_role_of_a_client_is_waited_for_and_then_held(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let held_of_clients = json!({"account": ["view-profile"], "orders": ["viewer"]});
    let declared = spec(&name, json!([{"name": "employee", "compositeClientRoles": held_of_clients}]));
    // The clients that Keycloak makes are not there before the realm is.
    let first = cr.brings_about(&declared).await;
    assert_eq!(first.findings.unresolved.len(), 2, "{:?}", first.findings);
    let second = cr.brings_about(&declared).await;
    assert_eq!(held(&stage, &name, "employee").await, ["view-profile"]);
    let missing: Vec<String> = second.findings.unresolved.iter().map(realm::missing).collect();
    assert_eq!(
        missing,
        ["role employee is to hold the role viewer of client orders, which does not exist yet"]
    );
    assert!(realm::is_of_a_client(&second.findings.unresolved[0]));

    stage.console.creates(&client(&name, "orders"), json!({})).await;
    let id = stage.console.sees_field(&client(&name, "orders"), "id").await;
    let path = format!("/admin/realms/{name}/clients/{}/roles", id.as_str().unwrap());
    stage.console.calls(Method::POST, &path, Some(json!({"name": "viewer"}))).await;
    let (plan, calls) = stage.calls_of(cr.brings_about(&declared)).await;
    calls.expect("holding a role of a client").writes(1).reads(4);
    assert!(plan.findings.unresolved.is_empty());
    assert_eq!(held(&stage, &name, "employee").await, ["view-profile", "viewer"]);
    let ((), calls) = stage.calls_of(stays(&mut cr, &declared)).await;
    calls.expect("a pass over roles that hold roles of clients").writes(0).reads(2);
    stage.leave().await;
}

async fn a_role_that_does_not_exist_is_told_and_the_rest_is_applied(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let declared = with(
        &name,
        json!({
            "roles": {"realmRoles": [{"name": "employee", "compositeRoles": ["nobody", "guest"]}, {"name": "guest"}]},
            "defaultRoles": ["stranger"],
        }),
    );
    for _ in 0..2 {
        let plan = cr.brings_about(&declared).await;
        let missing: Vec<String> = plan.findings.unresolved.iter().map(realm::missing).collect();
        let default = format!("role default-roles-{name} is to hold the role stranger");
        assert_eq!(missing.len(), 2, "{missing:?}");
        assert!(missing[0].starts_with(&default), "{missing:?}");
        assert!(missing[1].starts_with("role employee is to hold the role nobody"), "{missing:?}");
    }
    assert_eq!(held(&stage, &name, "employee").await, ["guest"]);
    stage.leave().await;
}

async fn roles_that_keycloak_makes_are_changed_and_never_made_or_deleted(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let everybody = format!("default-roles-{name}");
    let declared = with(
        &name,
        json!({
            "roles": {"realmRoles": [{"name": "offline_access", "description": "Stays logged in"}, {"name": "employee"}]},
            "defaultRole": {"name": everybody, "description": "Everybody", "compositeRoles": ["employee"]},
        }),
    );
    let first = cr.brings_about(&declared).await;
    assert_eq!(first.findings.unresolved.len(), 2, "{:?}", first.findings);
    cr.brings_about(&declared).await;
    stays(&mut cr, &declared).await;
    assert_eq!(
        stage.console.sees_field(&realm_role(&name, "offline_access"), "description").await,
        "Stays logged in"
    );
    assert_eq!(stage.console.sees_field(&realm_role(&name, &everybody), "description").await, "Everybody");
    assert!(held(&stage, &name, &everybody).await.contains(&"offline_access".to_owned()));

    let plan = cr.plans_realm(&with(&name, json!({})), &Approvals::default()).await;
    let deleted: Vec<_> = plan.steps.iter().filter(|step| step.action == Action::Delete).collect();
    assert_eq!(deleted.len(), 1, "{}", steps(&plan));
    assert_eq!(deleted[0].object.name(), "employee");
    stage.console.deletes(&realm_role(&name, "offline_access")).await;
    let plan = cr.brings_about(&declared).await;
    let missing: Vec<String> = plan.findings.unresolved.iter().map(realm::missing).collect();
    assert_eq!(
        missing,
        ["role offline_access is made by Keycloak only, together with the realm, and it is not there"]
    );
    stage.leave().await;
}

async fn an_exported_realm_with_roles_applied_changes_nothing(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let roles = json!([
        {"name": "manager", "description": "Leads", "compositeRoles": ["employee", "offline_access"],
            "compositeClientRoles": {"account": ["view-profile", "manage-account"]}},
        {"name": "employee", "attributes": {"cost-center": ["42", "7"]}},
    ]);
    let declared = with(&name, json!({"roles": {"realmRoles": roles}, "defaultRoles": ["employee"]}));
    cr.brings_about(&declared).await;
    cr.brings_about(&declared).await;
    let whole = realm::read_whole(&cr.api, &name).await.unwrap().unwrap();
    let exported = realm::export(&whole, OperatorRef::default());
    let told = json!(exported.spec);
    assert_eq!(told["defaultRoles"], json!(["employee"]));
    let names: Vec<_> =
        told["roles"]["realmRoles"].as_array().unwrap().iter().map(|role| &role["name"]).collect();
    assert_eq!(names, ["employee", "manager"]);
    assert!(!exported.left_out.iter().any(|field| field.contains("ole")), "{:?}", exported.left_out);

    let mut other = Cr::new(&stage, &cr.api, &name);
    let (plan, calls) = stage.calls_of(other.brings_about(&exported.spec)).await;
    // The mark of the test's object is there already.
    assert!(plan.is_empty(), "{}", steps(&plan));
    calls.expect("applying an export").writes(0).reads(2);
    stage.leave().await;
}

async fn what_a_stopped_process_made_is_its_own(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    cr.brings_about(&with(&name, json!({}))).await;
    let declared = spec(&name, json!([{"name": "employee"}, {"name": "guest"}]));
    let plan = cr.plans_realm(&declared, &Approvals::default()).await;
    // What stands in status before the first call; the process is stopped after the last one.
    let noted: OwnedRecord = cr.record.clone().with_pending(plan.pending());
    cr.applies(&plan).await;
    cr.record = noted;
    stays(&mut cr, &declared).await;
    assert_eq!(cr.record.pending().count(), 0);
    cr.brings_about(&with(&name, json!({}))).await;
    assert_eq!(stage.console.sees(&realm_role(&name, "employee")).await, None, "it was our own");
    // One that somebody made meanwhile is refused, and not our own afterwards.
    let plan = cr.plans_realm(&declared, &Approvals::default()).await;
    stage.console.creates(&realm_role(&name, "employee"), json!({})).await;
    cr.record = cr.record.clone().with_pending(plan.pending());
    let applied = cr.applies(&plan).await;
    assert!(applied.conflict().is_some(), "{applied:?}");
    assert_eq!(cr.record.pending().count(), 0);
    stays(&mut cr, &declared).await;
    cr.brings_about(&with(&name, json!({}))).await;
    assert!(stage.console.sees(&realm_role(&name, "employee")).await.is_some(), "it is somebody else's");
    stage.leave().await;
}

async fn a_default_role_of_another_name_is_told_from_a_role_with_its_usual_one(server: KeycloakServer) {
    let (stage, mut cr, name) = on_stage(server).await;
    let asking = |roles: Value, held: &[&str]| {
        with(&name, json!({"roles": {"realmRoles": roles}, "defaultRoles": held}))
    };
    let declared = asking(json!([{"name": "employee"}]), &["employee"]);
    cr.brings_about(&declared).await;
    stays(&mut cr, &declared).await;
    let usual = format!("default-roles-{name}");
    let role = stage.console.sees(&realm_role(&name, &usual)).await.unwrap();
    let path = format!("/admin/realms/{name}/roles-by-id/{}", role["id"].as_str().unwrap());
    let mut renamed = role;
    renamed["name"] = json!("everybody");
    let answer = stage.console.calls(Method::PUT, &path, Some(renamed)).await;
    assert!(answer.status.is_success(), "{} {}", answer.status, answer.body);
    stage.console.creates(&realm_role(&name, &usual), json!({"description": "Plain"})).await;
    stays(&mut cr, &declared).await;

    let more = asking(json!([{"name": "employee"}, {"name": "guest"}]), &["employee", "guest"]);
    cr.brings_about(&more).await;
    stays(&mut cr, &more).await;
    assert!(held(&stage, &name, "everybody").await.contains(&"guest".to_owned()));
    assert!(held(&stage, &name, &usual).await.is_empty());
    assert_eq!(stage.console.sees_field(&realm_role(&name, &usual), "description").await, "Plain");
    stage.leave().await;
}

/// A thousand groups at three depths; those at the top hold a role each.
fn tree_of_a_thousand() -> Value {
    let teams: Value = (0..10).map(|team| json!({"name": format!("team-{team}")})).collect();
    let departments: Value =
        (0..9).map(|number| json!({"name": format!("department-{number}"), "subGroups": teams})).collect();
    let division = |number: usize| {
        json!({
            "name": format!("division-{number}"), "attributes": {"cost-center": [number.to_string()]},
            "realmRoles": [format!("role-{number:04}")], "subGroups": departments,
        })
    };
    (0..10).map(division).collect()
}

fn fifty_scopes() -> Value {
    let scope = |number: usize| {
        let claim = format!("claim-{number:02}");
        json!({"name": format!("scope-{number:02}"), "description": "one of many", "protocolMappers": [
            {"name": claim, "protocolMapper": "oidc-usermodel-attribute-mapper",
                "config": {"user.attribute": claim, "claim.name": claim, "access.token.claim": "true"}},
        ]})
    };
    (0..50).map(scope).collect()
}

/// On the newest server only: it is about the number of calls, and takes a while.
#[tokio::test]
async fn a_thousand_roles_and_groups_and_fifty_scopes_take_the_calls_of_one() {
    let (stage, mut cr, name) = on_stage(KeycloakServer::newest()).await;
    let mut roles = many(1000);
    roles[0]["compositeRoles"] = (1..200).map(|number| format!("role-{number:04}")).collect();
    let (groups, scopes) = (tree_of_a_thousand(), fifty_scopes());
    let declared = |roles: &Value| {
        with(&name, json!({"roles": {"realmRoles": roles}, "groups": groups, "clientScopes": scopes}))
    };
    let timed = std::time::Instant::now;
    let start = timed();
    let (_, calls) = stage.calls_of(cr.brings_about(&declared(&roles))).await;
    // The realm with its roles and groups, and each scope, which its call cannot carry.
    calls
        .expect("making a realm with a thousand roles and groups and fifty scopes")
        .calls(&Method::POST, "/admin/realms", 1)
        .calls(&Method::POST, "/admin/realms/{realm}/client-scopes", 50)
        .writes(51)
        .reads(1);
    let made = start.elapsed();
    let leaf = format!("/admin/realms/{name}/group-by-path/division-9/department-8/team-9");
    assert!(stage.console.calls(Method::GET, &leaf, None).await.status.is_success());
    let start = timed();
    let ((), calls) = stage.calls_of(stays(&mut cr, &declared(&roles))).await;
    calls.expect("a pass over a thousand roles and groups and fifty scopes").writes(0).reads(2);
    let verified = start.elapsed();
    roles[999]["description"] = json!("another one");
    let start = timed();
    let (_, calls) = stage.calls_of(cr.brings_about(&declared(&roles))).await;
    calls.expect("changing one of a thousand roles").writes(1).reads(2);
    let changed = start.elapsed();
    let mut other = Cr::new(&stage, &cr.api, &name);
    let start = timed();
    let (_, calls) = stage.calls_of(other.brings_about(&declared(&roles))).await;
    calls.expect("adopting a thousand roles and groups and fifty scopes").writes(0).reads(2);
    let adopted = start.elapsed();
    let size = cr.record.encode().len();
    println!(
        "1,000 roles, 1,000 groups, 50 scopes: made {made:?}, verified {verified:?}, one role changed {changed:?}, \
         adopted {adopted:?}, record {size} bytes"
    );
    assert!(stage.console.sees(&thing(&name)).await.is_some());
    stage.leave().await;
}
