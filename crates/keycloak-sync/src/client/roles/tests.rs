use keycloak_admin::types::ClientRepresentation;
use keycloak_plan::{Action, Approvals, Plan, Server, StepState};
use serde_json::{Value, json};

use super::*;
use crate::client::{Beside, Observed, desired, export_whole, wanted};
use crate::planning::Planning;
use crate::tests::subject;

fn spec(fields: &Value) -> KeycloakClientSpec {
    let mut spec = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}});
    spec.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(spec).unwrap()
}

fn role(name: &str) -> RoleRepresentation {
    serde_json::from_value(json!({"id": format!("id of {name}"), "name": name, "clientRole": true})).unwrap()
}

fn client() -> ClientRepresentation {
    serde_json::from_value(json!({"id": "id-1", "clientId": "portal"})).unwrap()
}

/// Roles that are there, and of some of them who holds them.
fn there(names: &[&str], held: &[(&str, Holders)]) -> Roles {
    let held = held.iter().map(|(name, holders)| ((*name).to_owned(), *holders)).collect();
    Roles { live: names.iter().map(|name| role(name)).collect(), held, parts: BTreeMap::new() }
}

/// The plan of a client; without roles it is not there.
fn planned(fields: &Value, roles: Option<&Roles>, record: &OwnedRecord) -> Plan {
    let spec = spec(fields);
    let (approvals, server) = (Approvals::default(), Server::default());
    let subject = subject("client portal of realm acme");
    let planning = Planning { subject: &subject, record, approvals: &approvals, server: &server, key: None };
    let desired = desired(&spec, None, None).unwrap();
    let observed = match roles {
        Some(_) => Observed::Present(Box::new(client())),
        None => Observed::Absent,
    };
    planning.plan_client(&desired, &wanted(&spec), Some(&observed), Beside { scopes: None, roles }).unwrap()
}

fn steps(plan: &Plan) -> Vec<String> {
    let told = |step: &keycloak_plan::Step| {
        let state = match &step.state {
            StepState::Ready => "",
            StepState::Waiting(_) => " (waits)",
            StepState::After(_) => " (after)",
        };
        format!("{} {}{state}", step.action.as_str(), step.object)
    };
    plan.steps.iter().map(told).collect()
}

/// What the record says after all of the plan that makes a client with these roles.
fn made(roles: &[&str]) -> OwnedRecord {
    let plan = planned(&json!({"clientRoles": roles}), None, &OwnedRecord::default());
    plan.record_after(&OwnedRecord::default(), &plan.steps.iter().map(|step| step.id).collect())
}

#[test]
fn roles_are_made_after_their_client_and_noted_before() {
    let plan =
        planned(&json!({"clientRoles": ["viewer", "editor", "viewer"]}), None, &OwnedRecord::default());
    let expected = [
        "create client portal",
        "create client role editor of client portal",
        "create client role viewer of client portal",
    ];
    assert_eq!(steps(&plan), expected);
    assert_eq!(plan.steps[1].body().unwrap().expose(), &json!({"name": "editor"}));
    assert_eq!(plan.pending().len(), 2);
    assert!(plan.steps[1..].iter().all(|step| step.depends_on == [plan.steps[0].id]));
}

#[test]
fn a_role_that_is_there_as_asked_needs_nothing_and_those_of_others_stay() {
    let record = made(&["viewer"]);
    let plan =
        planned(&json!({"clientRoles": ["viewer"]}), Some(&there(&["by-hand", "viewer"], &[])), &record);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    let plan = planned(&json!({"clientRoles": ["viewer"]}), Some(&there(&["by-hand"], &[])), &record);
    assert_eq!(steps(&plan), ["create client role viewer of client portal"], "drift");
    assert_eq!(crate::drift::drifted(&plan, &record).len(), 1);
}

#[test]
fn a_role_of_ours_goes_with_its_line_unless_somebody_may_hold_it() {
    let record = made(&["viewer"]);
    let of = |held: &[(&str, Holders)]| planned(&json!({}), Some(&there(&["viewer"], held)), &record);
    assert_eq!(steps(&of(&[("viewer", Holders::default())])), ["delete client role viewer of client portal"]);
    let waits = ["delete client role viewer of client portal (waits)"];
    let held = Holders { users: 2, groups: 1, roles: 0 };
    let plan = of(&[("viewer", held)]);
    assert_eq!(steps(&plan), waits);
    let (phrase, held) = plan.steps[0].held.as_ref().unwrap();
    assert_eq!(format!("{phrase} {} {}", held.count, held.what), "held by 3 users and groups");
    assert_eq!(steps(&of(&[])), waits, "nobody could find out");
}

#[test]
fn a_complete_list_takes_roles_of_others_after_an_approval() {
    let fields = json!({"clientRoles": ["viewer"], "exclusive": ["clientRoles"]});
    let nobody = [("by-hand", Holders::default())];
    let roles = there(&["by-hand", "viewer"], &nobody);
    let plan = planned(&fields, Some(&roles), &made(&["viewer"]));
    assert_eq!(steps(&plan), ["delete client role by-hand of client portal (waits)"]);
    assert_eq!(plan.steps[0].action, Action::Delete);
}

#[test]
fn roles_go_with_their_client_and_are_made_with_it_again() {
    let record = made(&["viewer"]);
    let plan = planned(&json!({"clientRoles": ["viewer"]}), None, &record);
    assert_eq!(steps(&plan), ["create client portal", "create client role viewer of client portal"]);
    let plan = planned(&json!({}), None, &record);
    assert_eq!(steps(&plan), ["create client portal"]);
}

#[test]
fn roles_are_read_only_where_the_object_names_any_or_made_some() {
    let needed = |fields: &Value, record: &OwnedRecord| wanted(&spec(fields)).roles.need_the_clients(record);
    assert!(!needed(&json!({"clientRoles": []}), &OwnedRecord::default()));
    assert!(needed(&json!({"clientRoles": ["viewer"]}), &OwnedRecord::default()));
    assert!(needed(&json!({"exclusive": ["clientRoles"]}), &OwnedRecord::default()));
    assert!(needed(&json!({}), &made(&["viewer"])));
}

#[test]
fn a_name_that_cannot_stand_in_an_address_is_refused() {
    let refused = desired(&spec(&json!({"clientRoles": ["..", "viewer"]})), None, None).unwrap_err();
    insta::assert_snapshot!(refused, @"spec.clientRoles: Keycloak could never read a role of the name \"..\" again; choose another name, for example viewer");
}

#[test]
fn an_export_names_the_roles_and_tells_of_what_more_they_are() {
    let composite = RoleRepresentation { composite: Some(true), ..role("manager") };
    let exported =
        export_whole(&client(), &[role("viewer"), composite], keycloak_crds::reference::RealmRef::default());
    assert_eq!(exported.spec.client_roles, Some(vec!["manager".to_owned(), "viewer".to_owned()]));
    assert!(exported.left_out.contains(&"spec.roles[manager]".to_owned()), "{:?}", exported.left_out);
    let roles = there(&["manager", "viewer"], &[]);
    let fields = json!({"clientRoles": exported.spec.client_roles});
    assert!(planned(&fields, Some(&roles), &OwnedRecord::default()).is_converged());
}

/// `manager` holds `viewer` and `editor`.
fn composite() -> Value {
    json!({
        "clientRoles": ["viewer", "editor"],
        "roles": [{"name": "manager", "description": "Does everything", "compositeClientRoles": {"portal": ["viewer", "editor"]}}],
    })
}

#[test]
fn a_role_holds_others_of_its_client_once_all_are_made() {
    let plan = planned(&composite(), None, &OwnedRecord::default());
    assert_eq!(
        steps(&plan),
        [
            "create client portal",
            "create client role editor of client portal",
            "create client role manager of client portal",
            "create client role viewer of client portal",
            "link client role manager of client portal",
            "link client role manager of client portal",
        ]
    );
    let manager = plan.steps[2].body().unwrap().expose();
    assert_eq!(manager, &json!({"name": "manager", "description": "Does everything"}));
    assert_eq!(plan.steps[5].link.as_ref().unwrap().target, "portal>viewer");
    let record = plan.record_after(&OwnedRecord::default(), &plan.steps.iter().map(|step| step.id).collect());
    assert!(wanted(&spec(&json!({}))).roles.has_to_know_parts_of(&role("manager"), &record));

    // One was taken out, another one was put there by hand.
    let mut roles = there(&["by-hand", "editor", "manager", "viewer"], &[]);
    for role in roles.live.iter_mut().filter(|role| role.name.as_deref() == Some("manager")) {
        role.description = Some("Does everything".to_owned());
    }
    roles.parts = [("manager".to_owned(), vec!["by-hand".to_owned(), "editor".to_owned()])].into();
    let plan = planned(&composite(), Some(&roles), &record);
    assert_eq!(steps(&plan), ["link client role manager of client portal"]);
    assert_eq!(plan.steps[0].target_id.as_deref(), Some("id of viewer"));

    // Whoever has the role loses what it held.
    let fields = json!({"clientRoles": ["viewer", "editor"], "roles": [{"name": "manager"}]});
    roles.parts = [("manager".to_owned(), vec!["editor".to_owned(), "viewer".to_owned()])].into();
    let unlinks: Vec<String> = steps(&planned(&fields, Some(&roles), &record));
    let unlinks = unlinks.iter().filter(|step| step.starts_with("unlink")).collect::<Vec<_>>();
    assert_eq!(unlinks, ["unlink client role manager of client portal (waits)"; 2]);
}

#[test]
fn a_role_that_is_to_be_held_and_does_not_exist_is_waited_for() {
    let fields = json!({"roles": [{"name": "manager", "compositeClientRoles": {"portal": ["viewer"]}}]});
    let plan = planned(&fields, None, &OwnedRecord::default());
    assert_eq!(steps(&plan), ["create client portal", "create client role manager of client portal"]);
    let [waiting] = plan.findings.unresolved.as_slice() else { panic!("{:?}", plan.findings) };
    insta::assert_snapshot!(crate::client::missing(waiting), @"client role manager of client portal is to hold the role viewer, which the client does not have: declare it in spec.clientRoles");
    // Somebody made it in the console.
    let mut roles = there(&["manager", "viewer"], &[]);
    roles.parts = [("manager".to_owned(), Vec::new())].into();
    let plan = planned(&fields, Some(&roles), &OwnedRecord::default());
    assert_eq!(steps(&plan), ["link client role manager of client portal"]);
}

#[test]
fn roles_of_other_clients_and_circles_are_refused() {
    let refused =
        |roles: Value| desired(&spec(&json!({"roles": roles})), None, None).unwrap_err().to_string();
    let sentences = [
        refused(json!([{"name": "manager", "compositeClientRoles": {"orders": ["admin"], "portal": []}}])),
        refused(json!([
            {"name": "a", "compositeClientRoles": {"portal": ["b"]}},
            {"name": "b", "compositeClientRoles": {"portal": ["a"]}},
        ])),
    ];
    insta::assert_snapshot!(sentences.join("\n"), @r"
    spec.roles[manager].compositeClientRoles[orders]: a role of a client holds roles of the same client only; let a role of the realm hold both, in spec.roles.realmRoles of the KeycloakRealm
    spec.roles: a -> b -> a hold each other in a circle; take one of them out of compositeClientRoles
    ");
}
