//! What a spec asks of the user profile, and what a live realm has of it.

use keycloak_admin::types::RealmRepresentation;
use keycloak_plan::{Approvals, Loss, OwnedRecord, Plan, StepState};
use serde_json::{Value, json};

use super::*;
use crate::realm::parts;

fn spec(profile: &Value) -> KeycloakRealmSpec {
    let spec =
        json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}, "userProfile": profile});
    serde_json::from_value(spec).unwrap()
}

/// A profile as Keycloak answers it.
fn live(more: &[Value]) -> Value {
    let mut attributes = vec![
        json!({"name": "username", "displayName": "${username}", "validations": {"length": {"min": 3, "max": 255}},
            "permissions": {"view": ["admin", "user"], "edit": ["admin", "user"]}, "multivalued": false}),
        json!({"name": "email", "required": {"roles": ["user"]}, "multivalued": false}),
    ];
    attributes.extend_from_slice(more);
    json!({"attributes": attributes, "groups": [{"name": "user-metadata", "displayHeader": "User metadata"}]})
}

fn department() -> Value {
    json!({"name": "department", "displayName": "Department", "multivalued": false, "group": "user-metadata",
        "permissions": {"edit": ["admin"], "view": ["admin", "user"]}})
}

/// The plan of a realm that has this profile, and the record after all steps that may run.
fn plan(asked: &Value, live: &Value, record: &OwnedRecord, approvals: &Approvals) -> (Plan, OwnedRecord) {
    let spec = spec(asked);
    let settings: RealmRepresentation = serde_json::from_value(json!({"id": "1", "realm": "acme"})).unwrap();
    let profile: UpConfig = serde_json::from_value(live.clone()).unwrap();
    let state = LiveState::new().present(identity("acme"), seen(&profile));
    parts::planned(&spec, &settings, &state, record, approvals)
}

fn first(asked: &Value, live: &Value) -> (Plan, OwnedRecord) {
    plan(asked, live, &OwnedRecord::default(), &Approvals::default())
}

/// The document that the only step sends.
fn sent(plan: &Plan) -> Value {
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    assert_eq!(step.action, Action::Update);
    document::put_together(step.body().unwrap().expose().as_object().unwrap()).into()
}

#[test]
fn an_attribute_is_put_behind_those_that_are_there_and_nothing_else_changes() {
    let (added, record) = first(&json!({"attributes": [department()]}), &live(&[]));
    let document = sent(&added);
    let names: Vec<_> =
        document["attributes"].as_array().unwrap().iter().map(|attribute| &attribute["name"]).collect();
    assert_eq!(names, ["username", "email", "department"]);
    assert_eq!(document["attributes"][0]["validations"], json!({"length": {"min": 3, "max": 255}}));
    assert_eq!(document["groups"], live(&[])["groups"]);
    let seen = live(&[department()]);
    let (again, record) = plan(&json!({"attributes": [department()]}), &seen, &record, &Approvals::default());
    assert!(again.is_converged(), "{:?} {:?}", again.steps, again.findings);
    let (again, _) = plan(&json!({"attributes": [department()]}), &seen, &record, &Approvals::default());
    assert!(again.is_converged());
}

#[test]
fn what_keycloak_writes_otherwise_is_no_difference() {
    let asked = json!({"unmanagedAttributePolicy": "DISABLED", "attributes": [{"name": "cost", "group": "", "multivalued": false,
        "annotations": {}, "permissions": {"view": ["user", "admin"], "edit": []}, "required": {"roles": []}}]});
    let seen = json!({"attributes": [{"name": "cost", "permissions": {"edit": [], "view": ["admin", "user"]},
        "required": {}, "multivalued": false}], "groups": []});
    let (plan, _) = first(&asked, &seen);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
}

#[test]
fn an_entry_owns_its_attribute_whole() {
    let (plan, _) = first(&json!({"attributes": [{"name": "email", "displayName": "Mail"}]}), &live(&[]));
    assert_eq!(sent(&plan)["attributes"][1], json!({"name": "email", "displayName": "Mail"}));
}

#[test]
fn an_attribute_that_we_made_waits_for_an_approval_and_one_of_keycloaks_own_stays() {
    let asked = json!({"attributes": [department(), {"name": "username", "displayName": "${username}",
        "validations": {"length": {"min": 3, "max": 255}},
        "permissions": {"view": ["admin", "user"], "edit": ["admin", "user"]}}]});
    let (_, record) = first(&asked, &live(&[]));
    let none = Approvals::default();
    let (_, record) = plan(&asked, &live(&[department()]), &record, &none);
    for less in [json!({}), json!(null), json!({"unmanagedAttributePolicy": "DISABLED"})] {
        let (waiting, after) = plan(&less, &live(&[department()]), &record, &none);
        let [step] = waiting.steps.as_slice() else { panic!("{less} {:?}", waiting.steps) };
        assert!(matches!(step.state, StepState::Waiting(_)), "{step:?}");
        assert_eq!((step.action, step.object.name()), (Action::Delete, "department"));
        let approvals = none.accept(waiting.approval().unwrap(), &waiting).unwrap();
        let (approved, _) = plan(&less, &live(&[department()]), &after, &approvals);
        assert_eq!(sent(&approved)["attributes"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn the_policy_is_switched_off_by_saying_nothing_after_an_approval() {
    let none = Approvals::default();
    let off = json!({"unmanagedAttributePolicy": "DISABLED", "attributes": [department()]});
    for policy in ["ENABLED", "ADMIN_EDIT", "ADMIN_VIEW"] {
        let mut seen = live(&[]);
        seen["unmanagedAttributePolicy"] = json!(policy);
        let (waiting, record) = first(&off, &seen);
        let [now, later] = waiting.steps.as_slice() else { panic!("{:?}", waiting.steps) };
        assert_eq!(
            (&now.state, now.loses),
            (&StepState::Ready, Loss::Nothing),
            "the attribute does not wait"
        );
        assert!(matches!(later.state, StepState::Waiting(_)), "{later:?}");
        assert_eq!((later.action, later.loses), (Action::Update, Loss::UserData));
        assert_eq!(later.path.as_ref().map(ToString::to_string).as_deref(), Some("unmanagedAttributePolicy"));
        let sent_now = document::put_together(now.body().unwrap().expose().as_object().unwrap());
        assert_eq!(sent_now["unmanagedAttributePolicy"], json!(policy));

        let mut seen = live(&[department()]);
        seen["unmanagedAttributePolicy"] = json!(policy);
        let (waiting, _) = plan(&off, &seen, &record, &none);
        let approvals = none.accept(waiting.approval().unwrap(), &waiting).unwrap();
        let (approved, _) = plan(&off, &seen, &record, &approvals);
        assert_eq!(sent(&approved).get("unmanagedAttributePolicy"), None);
    }
}

#[test]
fn a_policy_that_leaves_what_users_have_to_somebody_needs_no_approval() {
    let policies = [json!(null), json!("ADMIN_VIEW"), json!("ADMIN_EDIT"), json!("ENABLED")];
    for before in &policies {
        for after in policies.iter().filter(|after| !after.is_null() && *after != before) {
            let mut seen = live(&[]);
            seen["unmanagedAttributePolicy"] = before.clone();
            let (plan, _) = first(&json!({"unmanagedAttributePolicy": after}), &seen);
            assert_eq!(sent(&plan)["unmanagedAttributePolicy"], *after, "{before}");
            assert_eq!(plan.approval(), None, "{before}");
        }
    }
    let (plan, _) = first(&json!({"unmanagedAttributePolicy": "DISABLED"}), &live(&[]));
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
}

#[test]
fn a_policy_that_somebody_switched_on_is_switched_off_after_an_approval_too() {
    let off = json!({"unmanagedAttributePolicy": "DISABLED"});
    let (_, record) = first(&off, &live(&[]));
    let mut seen = live(&[]);
    seen["unmanagedAttributePolicy"] = json!("ENABLED");
    let (drifted, _) = plan(&off, &seen, &record, &Approvals::default());
    let [step] = drifted.steps.as_slice() else { panic!("{:?}", drifted.steps) };
    assert!(matches!(step.state, StepState::Waiting(_)), "{step:?}");
    assert_eq!(step.changes[0].reason, keycloak_plan::Reason::Drift);
}

#[test]
fn profiles_that_cannot_be_are_told_with_what_to_write_instead() {
    let (mut wanted, mut refused) = (Wanted::default(), Vec::new());
    let asked = json!({
        "attribute": [],
        "groups": {"name": "x"},
        "unmanagedAttributePolicy": "OFF",
        "attributes": [
            {"name": "department", "type": "text", "multivalued": "yes", "required": ["user"], "displayName": 7},
            {"name": "department", "permissions": {"view": ["users"], "read": [], "edit": "admin"}},
            {"name": "cost center"},
            {"displayName": "nameless", "required": {"roles": ["user"], "scopes": ["orders"]}},
            "phone",
        ],
    });
    desired(&spec(&asked), &mut wanted, &mut refused);
    assert!(wanted.objects.is_empty());
    let mut told: Vec<String> = refused.iter().map(ToString::to_string).collect();
    told.sort_unstable();
    insta::assert_snapshot!(told.join("\n"), @r#"
    spec.userProfile.attribute: Keycloak has no such field here; it has attributes, groups, unmanagedAttributePolicy
    spec.userProfile.attributes: "" is no name for an entry; write letters, digits, '.', '_' and '-', for example cost-center
    spec.userProfile.attributes: "cost center" is no name for an entry; write letters, digits, '.', '_' and '-', for example cost-center
    spec.userProfile.attributes: department is declared twice; keep one entry
    spec.userProfile.attributes: expected a list of objects
    spec.userProfile.attributes[department].displayName: expected a text
    spec.userProfile.attributes[department].multivalued: expected true or false
    spec.userProfile.attributes[department].permissions.edit: expected a list of texts
    spec.userProfile.attributes[department].permissions.read: Keycloak has no such field here; it has view, edit
    spec.userProfile.attributes[department].permissions.view: "users" is none of admin, user
    spec.userProfile.attributes[department].required: expected an object
    spec.userProfile.attributes[department].type: Keycloak has no such field here; it has name, displayName, group, multivalued, defaultValue, required, permissions, selector, validations, annotations
    spec.userProfile.groups: expected a list of objects
    spec.userProfile.unmanagedAttributePolicy: "OFF" is none of DISABLED, ENABLED, ADMIN_VIEW, ADMIN_EDIT
    "#);
}

#[test]
fn a_profile_that_somebody_changed_is_exported_whole() {
    let document = live(&[department()]).to_string();
    let mut whole: RealmRepresentation = serde_json::from_value(json!({"realm": "acme", "components": {
        "org.keycloak.userprofile.UserProfileProvider":
            [{"providerId": "declarative-user-profile", "config": {"kc.user.profile.config": [document]}}]}}))
    .unwrap();
    let mut read = RealmRepresentation::default();
    take(&mut read, &mut whole);
    let mut exported = spec(&json!(null));
    export(&read, &mut exported);
    let (plan, _) = first(&json!(exported.user_profile), &live(&[department()]));
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    assert_eq!(json!(exported.user_profile)["attributes"].as_array().unwrap().len(), 3);
    let mut untouched = spec(&json!(null));
    export(&RealmRepresentation::default(), &mut untouched);
    assert_eq!(untouched.user_profile, None);
}
