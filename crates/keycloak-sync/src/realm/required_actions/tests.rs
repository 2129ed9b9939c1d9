//! What a spec asks of required actions, and what a live realm has of them.

use keycloak_plan::{Approvals, OwnedRecord, Plan};
use serde_json::json;

use super::*;
use crate::realm::parts;

fn spec(actions: &Value) -> KeycloakRealmSpec {
    let spec = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}, "requiredActions": actions});
    serde_json::from_value(spec).unwrap()
}

fn totp() -> Value {
    json!({"alias": "CONFIGURE_TOTP", "name": "Configure OTP", "providerId": "CONFIGURE_TOTP", "enabled": true,
        "defaultAction": false, "priority": 54, "config": {"theirs": "kept"}})
}

/// The plan of a realm that has these actions, and the record after it.
fn plan(asked: &Value, live: &[Value], record: &OwnedRecord) -> (Plan, OwnedRecord) {
    let spec = spec(asked);
    let wanted = parts::wanted(&spec);
    let whole: RealmRepresentation =
        serde_json::from_value(json!({"id": "1", "realm": "acme", "requiredActions": live})).unwrap();
    let settings = RealmRepresentation { required_actions: None, ..whole.clone() };
    let state = parts::look_at(&wanted, record, &settings, &whole, observe);
    parts::planned(&spec, &settings, &state, record, &Approvals::default())
}

#[test]
fn an_update_carries_the_whole_action() {
    let asked = json!([{"alias": "CONFIGURE_TOTP", "defaultAction": true}]);
    let (plan, _) = plan(&asked, &[totp()], &OwnedRecord::default());
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    let mut whole = totp();
    whole["defaultAction"] = json!(true);
    assert_eq!((step.action, step.body().unwrap().expose()), (Action::Update, &whole));
}

#[test]
fn an_action_of_keycloaks_own_is_never_made_and_never_deleted() {
    let asked = json!([{"alias": "CONFIGURE_TOTP", "enabled": false}]);
    let (none, _) = plan(&asked, &[], &OwnedRecord::default());
    assert!(none.steps.is_empty(), "{:?}", none.steps);
    let told: Vec<String> = none.findings.unresolved.iter().map(parts::missing).collect();
    insta::assert_snapshot!(told.join("\n"), @"spec.requiredActions[CONFIGURE_TOTP]: this realm does not have this action of Keycloak's own, because somebody took it out, or because the server's version or features do not have it; register it in the admin console, or take it out of the list");
    let (_, record) = plan(&asked, &[totp()], &OwnedRecord::default());
    let (left, record) = plan(&json!([]), &[totp()], &record);
    assert!(left.steps.is_empty(), "{:?}", left.steps);
    assert_eq!(record.objects().count(), 0);
}

#[test]
fn an_action_that_we_registered_is_deleted_with_its_line() {
    let theirs = json!({"alias": "theirs", "providerId": "theirs", "name": "Theirs"});
    let ours = json!({"alias": "acme-survey", "providerId": "acme-survey", "name": "Survey"});
    let (made, record) =
        plan(&json!([{"alias": "acme-survey"}]), std::slice::from_ref(&theirs), &OwnedRecord::default());
    assert_eq!(made.steps.iter().map(|step| step.action).collect::<Vec<_>>(), [Action::Create]);
    let (gone, _) = plan(&json!([]), &[theirs, ours], &record);
    let [step] = gone.steps.as_slice() else { panic!("{:?}", gone.steps) };
    assert_eq!((step.action, step.object.name()), (Action::Delete, "acme-survey"));
    assert!(gone.approval().is_none());
}

#[test]
fn another_provider_of_an_action_is_refused_by_its_path() {
    let asked = json!([{"alias": "CONFIGURE_TOTP", "providerId": "other"}]);
    let (plan, _) = plan(&asked, &[totp()], &OwnedRecord::default());
    let refused: Vec<String> = plan
        .findings
        .refused
        .iter()
        .map(|found| format!("{}: {}", found.object, found.what.refusal))
        .collect();
    insta::assert_snapshot!(refused.join("\n"), @r#"required action CONFIGURE_TOTP: providerId: this cannot change once the object exists; write "CONFIGURE_TOTP" again, or delete the object first"#);
}

#[test]
fn actions_that_cannot_be_are_told_with_what_to_write_instead() {
    let (mut wanted, mut refused) = (Wanted::default(), Vec::new());
    let asked = json!([{"alias": ".."}, {"alias": "CONFIGURE_TOTP"}, {"alias": "CONFIGURE_TOTP"}]);
    desired(&spec(&asked), &mut wanted, &mut refused);
    let told: Vec<String> = refused.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    spec.requiredActions[".."].alias: Keycloak could never read an action of this name; write the name of its provider, for example CONFIGURE_TOTP
    spec.requiredActions: the action CONFIGURE_TOTP is declared twice; keep one entry
    "#);
}

#[test]
fn an_action_that_the_server_does_not_have_is_told_with_those_that_it_has() {
    let (made, _) = plan(&json!([{"alias": "acme-survey"}]), &[], &OwnedRecord::default());
    let known = ["CONFIGURE_TOTP", "VERIFY_EMAIL"].map(str::to_owned).to_vec();
    let missing = MissingRequiredAction::NoProvider { alias: "acme-survey".into(), known };
    let error = none(&made.steps[0], missing);
    assert_eq!(error.class(), keycloak_admin::Class::Stall);
    insta::assert_snapshot!(error, @"cannot create required action acme-survey: spec.requiredActions[acme-survey]: this Keycloak has no provider of this name; write one of CONFIGURE_TOTP, VERIFY_EMAIL");
    let missing =
        MissingRequiredAction::OtherAlias { alias: "survey".into(), provider: "acme-survey".into() };
    insta::assert_snapshot!(none(&made.steps[0], missing), @"cannot create required action acme-survey: spec.requiredActions[survey].providerId: Keycloak gives a new action the name of its provider; write alias: acme-survey");
}

#[test]
fn what_is_as_keycloak_makes_it_is_not_exported() {
    let mut changed = totp();
    changed["defaultAction"] = json!(true);
    let live: RealmRepresentation = serde_json::from_value(json!({"realm": "acme", "requiredActions": [
        {"alias": "VERIFY_EMAIL", "name": "Verify Email", "providerId": "VERIFY_EMAIL", "enabled": true,
            "defaultAction": false, "priority": 50, "config": {}},
        changed,
        {"alias": "acme-survey", "name": "Survey", "providerId": "acme-survey", "enabled": true,
            "defaultAction": false, "priority": 1001, "config": {}},
    ]}))
    .unwrap();
    let mut spec = spec(&json!(null));
    assert_eq!(export(&live, &mut spec), ["spec.requiredActions"]);
    assert_eq!(
        json!(spec.required_actions),
        json!([
            {"alias": "CONFIGURE_TOTP", "defaultAction": true, "config": {"theirs": "kept"}},
            {"alias": "acme-survey", "name": "Survey", "providerId": "acme-survey", "enabled": true,
                "defaultAction": false, "priority": 1001},
        ])
    );
    let lacks = lacks(&live);
    assert!(lacks.contains(&"spec.requiredActions[UPDATE_PASSWORD]".to_owned()), "{lacks:?}");
    assert!(!lacks.iter().any(|path| path.contains("VERIFY_EMAIL") || path.contains("offer")), "{lacks:?}");
}
