//! Groups of a realm, by the login that the realm controller has.

use controller_testkit::{KeycloakServer, client, user};
use http::Method;
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::kinds::{CLIENT_ROLE_OF_GROUP, DEFAULT_GROUP, GROUP};
use keycloak_plan::{Action, Identity, Loss, StepState};
use keycloak_sync::realm;
use serde_json::{Value, json};

use crate::stage::{Room, on_each_version};

on_each_version!(
    groups_are_made_with_the_realm_verified_changed_and_removed_in_the_promised_calls,
    groups_below_others_are_made_in_a_realm_that_is_there,
    drift_of_a_group_is_repaired_and_what_others_added_stays,
    a_group_with_members_waits_for_an_approval_also_below_another,
    a_group_that_holds_groups_of_others_waits_for_an_approval,
    a_role_of_a_client_that_is_made_later_is_waited_for,
    roles_and_default_groups_go_with_their_line,
    roles_and_default_groups_that_were_linked_beside_one_that_failed_are_remembered,
    an_exported_realm_with_groups_is_applied_without_a_write,
    groups_whose_names_hold_slashes_are_kept_apart_and_exported_so,
);

fn tree() -> Value {
    json!({
        "groups": [
            {"name": "engineering", "attributes": {"cost-center": ["42", "43"]}, "realmRoles": ["offline_access"],
             "subGroups": [{"name": "platform", "subGroups": [{"name": "storage"}]}]},
            {"name": "everybody"},
        ],
        "defaultGroups": ["/everybody"],
    })
}

fn without(mut whole: Value, pointer: &str, key: &str) -> Value {
    whole.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(key);
    whole
}

async fn at(room: &Room, path: &str) -> Option<Value> {
    let (status, body) = room.calls(Method::GET, &format!("group-by-path{path}"), None).await;
    status.is_success().then_some(body)
}

async fn groups_are_made_with_the_realm_verified_changed_and_removed_in_the_promised_calls(
    server: KeycloakServer,
) {
    let mut room = Room::new(server).await;
    let (_, calls) = room.passes(&tree()).await;
    // The ids of what the realm's POST carried are read from one export.
    calls
        .expect("making a realm with its groups, a role for one and one that new users join")
        .writes(3)
        .calls(&Method::POST, "/admin/realms/{realm}/partial-export", 1);
    let engineering = at(&room, "/engineering").await.unwrap();
    assert_eq!(engineering["realmRoles"], json!(["offline_access"]));
    assert!(at(&room, "/engineering/platform/storage").await.is_some());
    assert_eq!(room.gets("default-groups").await[0]["path"], "/everybody");

    let (plan, calls) = room.passes(&tree()).await;
    calls.expect("a pass with nothing changed: the realm and its export").writes(0).reads(2);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let mut changed = tree();
    changed["groups"][0]["attributes"] = json!({"cost-center": ["43", "44"]});
    let (_, calls) = room.passes(&changed).await;
    calls.expect("changing an attribute").writes(1).reads(2);
    let (plan, _) = room.passes(&changed).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let released = without(changed, "/groups/0", "attributes");
    let (_, calls) = room.passes(&released).await;
    calls.expect("releasing it").writes(1).reads(2);
    assert_eq!(at(&room, "/engineering").await.unwrap()["attributes"], json!({}));

    let flat = without(released, "/groups/0", "subGroups");
    let (plan, calls) = room.passes(&flat).await;
    calls.expect("removing a group with one below it: one look at each").writes(1).reads(4);
    assert_eq!(plan.steps.len(), 1, "{:?}", plan.steps);
    assert_eq!(at(&room, "/engineering/platform").await, None);
    let (plan, _) = room.passes(&flat).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn groups_below_others_are_made_in_a_realm_that_is_there(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let (_, calls) = room.passes(&tree()).await;
    // Four groups, a role of a group, a default group.
    calls.expect("a tree in a realm that is there").writes(6).reads(2);
    assert!(at(&room, "/engineering/platform/storage").await.is_some());
    assert_eq!(at(&room, "/engineering").await.unwrap()["realmRoles"], json!(["offline_access"]));
    let (plan, calls) = room.passes(&tree()).await;
    calls.expect("the pass after it").writes(0).reads(2);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let mut more = tree();
    more["groups"][0]["subGroups"][0]["subGroups"] = json!([{"name": "storage"}, {"name": "network",
        "subGroups": [{"name": "a", "subGroups": [{"name": "b", "subGroups": [{"name": "deep", "attributes": {"k": ["v"]}}]}]}]}]);
    let (_, calls) = room.passes(&more).await;
    calls.expect("four more, deeper than typed").writes(4).reads(2);
    let deep = at(&room, "/engineering/platform/network/a/b/deep").await.unwrap();
    assert_eq!(deep["attributes"], json!({"k": ["v"]}));
    let (plan, _) = room.passes(&more).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn drift_of_a_group_is_repaired_and_what_others_added_stays(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&tree()).await;
    let group = at(&room, "/engineering").await.unwrap();
    let path = format!("groups/{}", group["id"].as_str().unwrap());
    let by_hand = json!({"name": "engineering", "description": "By hand",
        "attributes": {"cost-center": ["1"], "theirs": ["kept"]}});
    room.does(Method::PUT, &path, Some(by_hand)).await;
    let before = at(&room, "/engineering").await.unwrap();
    let role = room.gets("roles/uma_authorization").await;
    room.does(Method::POST, &format!("{path}/role-mappings/realm"), Some(json!([role]))).await;
    room.does(Method::POST, &format!("{path}/children"), Some(json!({"name": "theirs"}))).await;

    let (plan, calls) = room.passes(&tree()).await;
    calls.expect("repairing an attribute").writes(1).reads(2);
    assert!(
        plan.findings.unmanaged.iter().any(|found| found.object.name() == "theirs"),
        "{:?}",
        plan.findings
    );
    let seen = at(&room, "/engineering").await.unwrap();
    assert_eq!(
        seen.get("description"),
        before.get("description"),
        "kept by an update that does not change it"
    );
    assert_eq!(seen["attributes"]["theirs"], json!(["kept"]));
    assert_eq!(seen["attributes"]["cost-center"].as_array().unwrap().len(), 2);
    assert!(seen["realmRoles"].as_array().unwrap().contains(&json!("uma_authorization")));
    assert!(at(&room, "/engineering/theirs").await.is_some());
    room.leaves().await;
}

async fn a_group_with_members_waits_for_an_approval_also_below_another(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&tree()).await;
    let jane = user(room.name(), "jane");
    room.console()
        .creates(&jane, json!({"enabled": true, "groups": ["/engineering/platform/storage"]}))
        .await;
    let flat = without(tree(), "/groups/0", "subGroups");
    let (plan, calls) = room.passes(&flat).await;
    calls.expect("a deletion that waits").writes(0);
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    assert!(matches!(step.state, StepState::Waiting(_)), "{step:?}");
    assert_eq!((step.action, step.loses), (Action::Delete, Loss::Access));
    let (phrase, held) = step.held.clone().unwrap();
    assert_eq!(format!("{phrase} {} {}", held.count, held.what), "holds 1 users");
    assert!(at(&room, "/engineering/platform/storage").await.is_some());
    room.leaves().await;
}

async fn a_group_that_holds_groups_of_others_waits_for_an_approval(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&tree()).await;
    let everybody = at(&room, "/everybody").await.unwrap();
    let path = format!("groups/{}/children", everybody["id"].as_str().unwrap());
    room.does(Method::POST, &path, Some(json!({"name": "theirs"}))).await;
    let mut less = without(tree(), "", "defaultGroups");
    less["groups"].as_array_mut().unwrap().pop();
    let (plan, _) = room.passes(&less).await;
    let step = plan.steps.iter().find(|step| step.action == Action::Delete).unwrap();
    assert!(matches!(step.state, StepState::Waiting(_)), "{step:?}");
    let (phrase, held) = step.held.clone().unwrap();
    assert_eq!(format!("{phrase} {} {}", held.count, held.what), "holds 1 groups of others");
    room.leaves().await;
}

async fn a_role_of_a_client_that_is_made_later_is_waited_for(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let whole = json!({"groups": [
        {"name": "engineering", "clientRoles": {"account": ["view-profile"], "orders": ["viewer"]}}]});
    let (plan, calls) = room.passes(&whole).await;
    calls.expect("the group and the role that is there").writes(2);
    let [missing] = plan.findings.unresolved.as_slice() else { panic!("{:?}", plan.findings) };
    assert_eq!(missing.what.link.as_ref().unwrap().target, "orders>viewer");
    let orders = client(room.name(), "orders");
    room.console().creates(&orders, json!({})).await;
    let id = room.console().sees(&orders).await.unwrap()["id"].clone();
    room.does(
        Method::POST,
        &format!("clients/{}/roles", id.as_str().unwrap()),
        Some(json!({"name": "viewer"})),
    )
    .await;
    let (_, calls) = room.passes(&whole).await;
    calls.expect("once it is there").writes(1);
    let group = at(&room, "/engineering").await.unwrap();
    assert_eq!(group["clientRoles"], json!({"account": ["view-profile"], "orders": ["viewer"]}));
    let (plan, calls) = room.passes(&whole).await;
    calls.expect("the pass after it").writes(0).reads(2);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn roles_and_default_groups_go_with_their_line(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&tree()).await;
    let less = without(without(tree(), "", "defaultGroups"), "/groups/0", "realmRoles");
    let (plan, calls) = room.passes(&less).await;
    calls.expect("the default group goes, the role asks").writes(1);
    assert_eq!(room.gets("default-groups").await, json!([]));
    let step = plan.steps.iter().find(|step| step.object.name() == "engineering").unwrap();
    assert!(matches!((step.action, &step.state), (Action::Unlink, StepState::Waiting(_))), "{step:?}");
    assert_eq!(step.loses, Loss::Access);
    room.approves(&less).await;
    assert_eq!(at(&room, "/engineering").await.unwrap()["realmRoles"], json!([]));
    let (plan, _) = room.passes(&less).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn an_exported_realm_with_groups_is_applied_without_a_write(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let mut described = tree();
    described["groups"][1]["description"] = json!("Whoever works here");
    room.passes(&described).await;
    // The POST of a realm has none on 26.4.
    let (plan, calls) = room.passes(&described).await;
    calls.expect("the pass after a realm was made with a group that has a description").writes(0);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    let live = realm::read_whole(room.api(), room.name()).await.unwrap().unwrap();
    let exported = realm::export(&live, OperatorRef::default()).spec;
    assert_eq!(exported.default_groups, Some(vec!["/everybody".to_owned()]));
    let groups = json!(exported.groups);
    let everybody = groups.as_array().unwrap().iter().find(|group| group["name"] == "everybody");
    assert_eq!(everybody.unwrap()["description"], "Whoever works here");
    let plan = room.plans_anew(&exported).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn groups_whose_names_hold_slashes_are_kept_apart_and_exported_so(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let whole = json!({
        "groups": [
            {"name": "a/b", "attributes": {"is": ["flat"]}, "realmRoles": ["offline_access"]},
            {"name": "a", "subGroups": [{"name": "b", "attributes": {"is": ["below"]}}]},
            {"name": "a~", "subGroups": [{"name": "b"}, {"name": "c/d"}]},
        ],
        "defaultGroups": ["/a~/b", "/a~~/c~/d"],
    });
    room.passes(&whole).await;
    let (plan, calls) = room.passes(&whole).await;
    // What the export says of default groups may mean others.
    calls.expect("a pass with nothing changed").writes(0).reads(3);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    let defaults = room.gets("default-groups").await;
    let mut names: Vec<&str> =
        defaults.as_array().unwrap().iter().map(|group| group["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["a/b", "c/d"]);

    let live = realm::read_whole(room.api(), room.name()).await.unwrap().unwrap();
    let exported = realm::export(&live, OperatorRef::default()).spec;
    assert_eq!(exported.default_groups, Some(vec!["/a~/b".to_owned(), "/a~~/c~/d".to_owned()]));
    let plan = room.plans_anew(&exported).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let mut less = without(whole, "", "defaultGroups");
    less["groups"].as_array_mut().unwrap().remove(0);
    room.passes(&less).await;
    let left = room.gets("groups").await;
    let mut names: Vec<&str> =
        left.as_array().unwrap().iter().map(|group| group["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["a", "a~"]);
    room.leaves().await;
}

async fn roles_and_default_groups_that_were_linked_beside_one_that_failed_are_remembered(
    server: KeycloakServer,
) {
    let mut room = Room::new(server).await;
    room.passes(&json!({"groups": [{"name": "a"}, {"name": "b"}]})).await;
    room.console().creates(&client(room.name(), "orders"), json!({})).await;
    let id = room.console().sees_field(&client(room.name(), "orders"), "id").await;
    let path = format!("clients/{}/roles", id.as_str().unwrap());
    room.does(Method::POST, &path, Some(json!({"name": "viewer"}))).await;
    let linked = json!({
        "groups": [
            {"name": "a", "clientRoles": {"account": ["view-profile"], "orders": ["viewer"]}}, {"name": "b"},
        ],
        "defaultGroups": ["/a", "/b"],
    });
    room.breaks(Method::POST, "/admin/realms/{realm}/groups/{id}/role-mappings/clients/{id}", Some(1));
    room.breaks(Method::PUT, "/admin/realms/{realm}/default-groups/{id}", Some(1));
    let applied = room.tries(&linked).await;
    assert_eq!(applied.failed.len(), 2, "{applied:?}");
    let (realm, group) = (realm::identity(room.name()), Identity::new(&GROUP, "a"));
    assert_eq!(room.remembers(&realm, &DEFAULT_GROUP), ["/b".to_owned()]);
    assert_eq!(room.remembers(&group, &CLIENT_ROLE_OF_GROUP), ["orders>viewer".to_owned()]);
    let (_, calls) = room.passes(&linked).await;
    calls.expect("the role and the default group that failed").writes(2);
    assert_eq!(room.remembers(&realm, &DEFAULT_GROUP), ["/a".to_owned(), "/b".to_owned()]);
    let (plan, calls) = room.passes(&linked).await;
    calls.expect("a pass with nothing changed").writes(0);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}
