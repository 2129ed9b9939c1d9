//! The user profile of a realm, by the login that the realm controller has.

use controller_testkit::KeycloakServer;
use http::Method;
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::{Action, Loss, StepState};
use keycloak_sync::realm;
use serde_json::{Value, json};

use crate::stage::{Room, on_each_version};

on_each_version!(
    an_attribute_is_added_verified_changed_and_deleted_after_an_approval,
    drift_of_an_attribute_is_repaired_and_those_of_others_stay,
    every_field_of_an_entry_reads_back_as_it_was_written,
    a_profile_that_keycloak_refuses_is_told,
    a_profile_is_exported_once_somebody_changed_it,
);

const PROFILE: &str = "users/profile";

fn department() -> Value {
    json!({"name": "department", "displayName": "Department",
        "permissions": {"view": ["user", "admin"], "edit": ["admin"]}})
}

fn asks(attributes: &[Value]) -> Value {
    json!({"userProfile": {"attributes": attributes}})
}

fn names(profile: &Value) -> Vec<&str> {
    profile["attributes"].as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap()).collect()
}

async fn an_attribute_is_added_verified_changed_and_deleted_after_an_approval(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let (plan, calls) = room.passes(&asks(&[department()])).await;
    calls.expect("making the realm").writes(1);
    assert_eq!(plan.findings.unresolved.len(), 1, "{:?}", plan.findings);
    let before = room.gets(PROFILE).await;
    let (_, calls) = room.passes(&asks(&[department()])).await;
    calls.expect("adding an attribute").writes(1).reads(2);
    let seen = room.gets(PROFILE).await;
    assert_eq!(names(&seen), ["username", "email", "firstName", "lastName", "department"]);
    for index in 0..4 {
        assert_eq!(seen["attributes"][index], before["attributes"][index]);
    }
    assert_eq!(seen["groups"], before["groups"]);
    let (plan, calls) = room.passes(&asks(&[department()])).await;
    calls.expect("a pass with nothing changed: the realm and its profile").writes(0).reads(2);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let mut changed = department();
    changed["displayName"] = json!("Division");
    let (_, calls) = room.passes(&asks(&[changed])).await;
    calls.expect("changing it").writes(1).reads(2);
    assert_eq!(room.gets(PROFILE).await["attributes"][4]["displayName"], "Division");

    let (plan, calls) = room.passes(&json!({})).await;
    calls.expect("a deletion that waits").writes(0).reads(2);
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    assert!(matches!(step.state, StepState::Waiting(_)), "{step:?}");
    assert_eq!((step.action, step.loses), (Action::Delete, Loss::UserData));
    room.approves(&json!({})).await;
    assert_eq!(room.gets(PROFILE).await, before);
    room.passes(&json!({})).await;
    room.passes(&json!({})).await;
    let (_, calls) = room.passes(&json!({})).await;
    calls.expect("a pass where nobody declares a profile").writes(0).reads(1);
    room.leaves().await;
}

async fn drift_of_an_attribute_is_repaired_and_those_of_others_stay(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let mut optional = json!({"name": "firstName", "displayName": "${firstName}"});
    optional["permissions"] = json!({"view": ["admin", "user"], "edit": ["admin", "user"]});
    let asked = json!({"userProfile": {"attributes": [department(), optional], "unmanagedAttributePolicy": "ADMIN_EDIT"}});
    room.passes(&asked).await;
    let seen = room.gets(PROFILE).await;
    assert_eq!(seen["attributes"][2].get("required"), None, "an entry says everything about its attribute");
    assert_eq!(seen["unmanagedAttributePolicy"], "ADMIN_EDIT");

    let mut by_hand = seen.clone();
    by_hand["unmanagedAttributePolicy"] = json!("ENABLED");
    by_hand["attributes"][4]["displayName"] = json!("By hand");
    by_hand["attributes"][0]["displayName"] = json!("Login");
    by_hand["attributes"].as_array_mut().unwrap().push(json!({"name": "theirs"}));
    room.does(Method::PUT, PROFILE, Some(by_hand)).await;
    let (_, calls) = room.passes(&asked).await;
    calls.expect("repairing").writes(1).reads(2);
    let seen = room.gets(PROFILE).await;
    assert_eq!(names(&seen), ["username", "email", "firstName", "lastName", "department", "theirs"]);
    assert_eq!(seen["attributes"][4]["displayName"], "Department");
    assert_eq!(seen["attributes"][0]["displayName"], "Login");
    assert_eq!(seen["unmanagedAttributePolicy"], "ADMIN_EDIT");
    let (plan, _) = room.passes(&asked).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let off = json!({"userProfile": {"attributes": [department()], "unmanagedAttributePolicy": "DISABLED"}});
    let (plan, calls) = room.passes(&off).await;
    calls
        .expect("switching it off waits; an attribute of Keycloak's own that leaves stays")
        .writes(0)
        .reads(2);
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    assert!(matches!(step.state, StepState::Waiting(_)), "{step:?}");
    assert_eq!((step.action, step.loses), (Action::Update, Loss::UserData));
    assert_eq!(room.gets(PROFILE).await["unmanagedAttributePolicy"], "ADMIN_EDIT");
    room.approves(&off).await;
    let seen = room.gets(PROFILE).await;
    assert_eq!(seen.get("unmanagedAttributePolicy"), None);
    assert_eq!(names(&seen).len(), 6);
    let (plan, _) = room.passes(&off).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn every_field_of_an_entry_reads_back_as_it_was_written(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let asked = json!({"userProfile": {
        "attributes": [
            {"name": "cost-center", "displayName": "${costCenter}", "group": "work", "multivalued": true,
             "required": {"roles": ["user", "admin"], "scopes": ["profile", "email"]}, "selector": {"scopes": ["profile"]},
             "permissions": {"view": ["user", "admin"], "edit": ["user", "admin"]},
             "validations": {"length": {"min": 1, "max": 9}, "pattern": {"pattern": "^[0-9]+$", "error-message": "digits"}, "multivalued": {"max": "3"}},
             "annotations": {"inputType": "select", "inputOptions": ["42", "43"], "inputOptionLabels": {"42": "IT"}}},
            {"name": "always", "required": {}, "permissions": {"view": [], "edit": ["admin"]}},
            {"name": "never", "permissions": {}, "selector": {}, "annotations": {}, "validations": {}, "group": "", "multivalued": false},
            {"name": "bare"},
            // With a check of the number of values beside it, both servers fail with an error of their own.
            {"name": "with-default", "defaultValue": "42"},
        ],
        "groups": [{"name": "work", "displayHeader": "Work", "displayDescription": "At work", "annotations": {"a": "b"}}, {"name": "bare"}],
    }});
    room.passes(&asked).await;
    let (plan, calls) = room.passes(&asked).await;
    calls.expect("the pass after it").writes(0);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn a_profile_that_keycloak_refuses_is_told(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let before = room.gets(PROFILE).await;
    let asked = asks(&[json!({"name": "department", "validations": {"no-such-check": {}}})]);
    let applied = room.tries(&asked).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    let told = failure.to_string().replace(room.name(), "<realm>");
    assert!(
        told.contains("no-such-check") && told.contains("spec.userProfile.attributes[department]"),
        "{told}"
    );
    assert_eq!(room.gets(PROFILE).await, before);
    room.leaves().await;
}

async fn a_profile_is_exported_once_somebody_changed_it(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let read = async |room: &Room| {
        let live = realm::read_whole(room.api(), room.name()).await.unwrap().unwrap();
        realm::export(&live, OperatorRef::default()).spec
    };
    assert_eq!(read(&room).await.user_profile, None);
    room.passes(&asks(&[department()])).await;
    let exported = read(&room).await;
    assert_eq!(
        names(&json!(exported.user_profile)),
        ["username", "email", "firstName", "lastName", "department"]
    );
    let plan = room.plans_anew(&exported).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}
