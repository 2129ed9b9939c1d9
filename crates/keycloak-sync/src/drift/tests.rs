use std::collections::BTreeSet;

use keycloak_plan::kinds::{CATALOGUE, COMPOSITE_OF_ROLE, REALM_ROLE};
use keycloak_plan::{Approvals, Desired, DesiredLinks, Live, LiveState, PlanInput, Server};
use serde_json::{Value, json};

use super::*;

fn realm() -> Identity {
    Identity::new(&REALM, "acme")
}

fn role(name: &str) -> Identity {
    Identity::new(&REALM_ROLE, name)
}

/// A realm with a password for its mail server, a role that works here, and a manager who is one too.
fn planned(live: &LiveState, record: &OwnedRecord) -> Plan {
    let map = |value: Value| value.as_object().cloned().unwrap();
    let settings = json!({
        "displayName": "Acme", "eventsListeners": ["jboss-logging", "email"],
        "smtpServer": {"host": "mail", "password": "hidden"}, "attributes": {"cost.center": "7"},
    });
    let desired = [
        Desired::new(&REALM, "acme", map(settings)),
        Desired::new(&REALM_ROLE, "employee", map(json!({"description": "Works here"}))),
        Desired::new(&REALM_ROLE, "manager", map(json!({}))),
    ];
    keycloak_plan::plan(&PlanInput {
        subject: &crate::tests::subject("realm acme"),
        desired: &desired,
        links: &[DesiredLinks::new(role("manager"), &COMPOSITE_OF_ROLE, ["employee"])],
        exclusive: &[],
        live,
        record,
        approvals: &Approvals::default(),
        server: &Server::default(),
        key: Some(&keycloak_plan::RecordKey::new("rk-1", b"key")),
        catalogue: CATALOGUE,
    })
    .unwrap()
}

fn nothing() -> LiveState {
    [realm(), role("employee"), role("manager")].into_iter().fold(LiveState::new(), LiveState::absent)
}

/// What is remembered once everything was made.
fn made() -> OwnedRecord {
    let plan = planned(&nothing(), &OwnedRecord::default());
    let all: BTreeSet<StepId> = plan.steps.iter().map(|step| step.id).collect();
    plan.record_after(&OwnedRecord::default(), &all)
}

/// The server as it was left, with this changed by somebody.
fn live(settings: &Value, employee: Option<&str>, holds: &[&str]) -> LiveState {
    let mut value = json!({
        "id": "r-1", "realm": "acme", "displayName": "Acme", "eventsListeners": ["email", "jboss-logging"],
        "smtpServer": {"host": "mail", "password": "**********"}, "attributes": {"cost.center": "7"},
    });
    for (field, changed) in settings.as_object().unwrap() {
        value[field] = changed.clone();
    }
    let employee = match employee {
        Some(says) => LiveState::new().present(
            role("employee"),
            Live::new(json!({"id": "e-1", "name": "employee", "description": says})),
        ),
        None => LiveState::new().absent(role("employee")),
    };
    employee
        .present(realm(), Live::new(value))
        .present(role("manager"), Live::new(json!({"id": "m-1", "name": "manager"})))
        .links(role("manager"), &COMPOSITE_OF_ROLE, holds.iter().copied())
        .links(role("employee"), &COMPOSITE_OF_ROLE, [])
}

fn told(live: &LiveState) -> String {
    let record = made();
    let lines: Vec<String> = drifted(&planned(live, &record), &record)
        .into_iter()
        .map(|Drifted { finding, .. }| {
            let DriftFinding { action, kind, identity, path, old, new, .. } = finding;
            let text = |side: Option<String>| side.unwrap_or_else(|| "nothing".to_owned());
            format!("{action} {kind} {identity} {}: {} | {}", text(path), text(old), text(new))
        })
        .collect();
    lines.join("\n")
}

#[test]
fn what_is_as_it_was_left_has_no_drift_and_what_is_new_is_none() {
    assert_eq!(told(&live(&json!({}), Some("Works here"), &["employee"])), "");
    let empty = OwnedRecord::default();
    assert_eq!(drifted(&planned(&nothing(), &empty), &empty), []);
    // Nothing was applied before: a difference is the object's wish.
    let plan = planned(&live(&json!({"displayName": "Theirs"}), Some("Theirs"), &["employee"]), &empty);
    assert_eq!(drifted(&plan, &empty), []);
}

#[test]
fn values_objects_and_links_that_something_else_changed_are_told_with_both_sides() {
    let changed = json!({
        "displayName": "Evil", "eventsListeners": ["jboss-logging", "other"],
        "attributes": {"cost.center": "8", "theirs": "1"}, "bruteForceProtected": true,
    });
    insta::assert_snapshot!(told(&live(&changed, Some("Evil"), &[])), @r#"
    update realm acme attributes[cost.center]: "8" | "7"
    update realm acme displayName: "Evil" | "Acme"
    update realm acme eventsListeners: ["other"] | ["email"]
    update role employee description: "Evil" | "Works here"
    link role manager composite employee: nothing | (exists)
    "#);
    insta::assert_snapshot!(told(&live(&json!({}), None, &[])), @"
    create role employee nothing: nothing | (exists)
    link role manager composite employee: nothing | (exists)
    ");
}

#[test]
fn a_realm_that_is_gone_is_one_finding() {
    insta::assert_snapshot!(told(&nothing()), @"create realm acme nothing: nothing | (exists)");
}

#[test]
fn no_secret_is_told() {
    let told = told(&live(
        &json!({"smtpServer": {"host": "mail", "password": "readable"}}),
        Some("Works here"),
        &["employee"],
    ));
    assert!(!told.contains("readable") && !told.contains("hidden"), "{told}");
    insta::assert_snapshot!(told, @"update realm acme smtpServer[password]: (secret) | (secret)");
}
