//! Objects that are to stand elsewhere.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Given, all_steps, object, realm};
use crate::kinds::{DEFAULT_GROUP, GROUP, REALM};
use crate::{
    Action, Desired, DesiredLinks, Identity, Live, LiveState, Loss, Move, OwnedRecord, Plan, StepId,
    StepState, WaitingFor,
};

/// The group at the end of these names.
fn group(names: &[&str]) -> Identity {
    let (first, rest) = names.split_first().unwrap();
    rest.iter().fold(Identity::new(&GROUP, first), |parent, name| Identity::below(parent, &GROUP, name))
}

fn desired(names: &[&str], value: Value) -> Desired {
    let group = group(names);
    let desired = Desired::new(&GROUP, group.name(), object(value));
    match group.parent() {
        Some(parent) => desired.below(parent.clone()),
        None => desired,
    }
}

fn there(live: LiveState, names: &[&str], further: Value) -> LiveState {
    let group = group(names);
    let mut value = object(json!({"id": format!("id-{}", group.name()), "name": group.name()}));
    value.extend(object(further));
    live.present(group, Live::new(Value::Object(value)).held(0, "users"))
}

fn from_a_to_b() -> Move {
    Move::new(group(&["a", "x"]), group(&["b", "x"])).shown("/a/x".to_owned(), "/b/x".to_owned())
}

/// The record of whoever made `a` with `x` below it.
fn made() -> OwnedRecord {
    let given = Given::new()
        .desired(desired(&["a"], json!({})))
        .desired(desired(&["a", "x"], json!({"attributes": {"k": ["v"]}})));
    let plan = given.plan();
    plan.record_after(&given.record, &all_steps(&plan))
}

/// What each step does, to which group, and on which steps it depends.
fn steps(plan: &Plan) -> Vec<(Action, bool, String, Vec<usize>)> {
    let told = plan.steps.iter().map(|step| {
        let needs = step.depends_on.iter().map(|on| on.0).collect();
        (step.action, step.moved().is_some(), step.object.name().to_owned(), needs)
    });
    told.collect()
}

#[test]
fn what_moves_goes_before_everything_else_about_it_and_takes_what_is_remembered_along() {
    let live = there(LiveState::new(), &["a"], json!({})).absent(group(&["b"]));
    let live = live.absent(group(&["a", "x"]));
    let x = json!({"description": "About", "attributes": {"k": ["v"]}});
    let live = there(live, &["b", "x"], x).moved(from_a_to_b());
    let mut given = Given::new()
        .desired(desired(&["a"], json!({})))
        .desired(desired(&["b"], json!({})))
        .desired(desired(&["b", "x"], json!({"attributes": {"k": ["w"]}})))
        .record(made())
        .live(live);
    let plan = given.plan();
    assert_eq!(
        steps(&plan),
        [
            (Action::Create, false, "b".to_owned(), vec![]),
            (Action::Update, true, "x".to_owned(), vec![0]),
            (Action::Update, false, "x".to_owned(), vec![1]),
        ]
    );
    let moving = &plan.steps[1];
    assert_eq!(moving.server_id.as_deref(), Some("id-x"));
    assert_eq!(moving.body().unwrap().expose(), &json!({"name": "x", "description": "About"}));
    assert_eq!(plan.summary().steps[1].detail, "moves from /a/x to /b/x");
    assert_eq!(plan.pending(), [group(&["b"]), group(&["b", "x"])]);

    // Not carried out, nothing is remembered of the new place.
    let none = plan.record_after(&given.record, &BTreeSet::new());
    assert!(none.object(&group(&["a", "x"])).is_some() && none.object(&group(&["b", "x"])).is_none());

    given.record = plan.record_after(&given.record, &all_steps(&plan));
    assert!(given.record.object(&group(&["b", "x"])).unwrap().created_by_us());
    assert!(given.record.object(&group(&["a", "x"])).is_none());
    let live = there(there(LiveState::new(), &["a"], json!({})), &["b"], json!({}));
    given.live = there(live, &["b", "x"], json!({"attributes": {"k": ["w"]}}));
    assert!(given.plan().is_converged(), "{:#?}", given.plan());
}

#[test]
fn a_move_that_arrived_before_a_crash_is_only_remembered() {
    let live = there(there(LiveState::new(), &["a"], json!({})), &["b"], json!({}));
    let live = there(live, &["b", "x"], json!({"attributes": {"k": ["v"]}})).absent(group(&["a", "x"]));
    let given = Given::new()
        .desired(desired(&["a"], json!({})))
        .desired(desired(&["b"], json!({})))
        .desired(desired(&["b", "x"], json!({"attributes": {"k": ["v"]}})))
        .record(made().with_pending([group(&["b", "x"])]))
        .live(live.moved(from_a_to_b().done()));
    let plan = given.plan();
    assert!(plan.is_empty(), "{plan:#?}");
    let record = plan.record_after(&given.record, &BTreeSet::new());
    let x = record.object(&group(&["b", "x"])).unwrap();
    assert!(x.created_by_us() && x.paths().count() == 1, "{x:?}");
    assert!(record.object(&group(&["a", "x"])).is_none());
    assert_eq!(record.pending().count(), 0);
    // What is about to be made is noted with the record before anything is done, and the record of the pass comes from that.
    assert_eq!(plan.record_after(&record, &BTreeSet::new()), record);
}

/// A plan in which `x` moves from `a`, which is deleted, to `b`.
fn out_of_what_is_deleted(moved: Move) -> Given {
    let live = there(there(LiveState::new(), &["a"], json!({})), &["b"], json!({}));
    let live = there(live, &["b", "x"], json!({"attributes": {"k": ["v"]}})).moved(moved);
    Given::new()
        .desired(desired(&["b"], json!({})))
        .desired(desired(&["b", "x"], json!({"attributes": {"k": ["v"]}})))
        .record(made())
        .live(live)
}

#[test]
fn a_group_is_deleted_only_after_what_moves_out_of_it() {
    let plan = out_of_what_is_deleted(from_a_to_b()).plan();
    assert_eq!(
        steps(&plan),
        [(Action::Update, true, "x".to_owned(), vec![]), (Action::Delete, false, "a".to_owned(), vec![0]),]
    );
    assert!(plan.steps.iter().all(|step| step.state == StepState::Ready), "{plan:#?}");
}

#[test]
fn a_move_that_takes_access_waits_and_so_does_the_deletion_of_what_it_leaves() {
    let moved = from_a_to_b().losing(Loss::Access, "takes from its members", 2, "roles of a group above it");
    let mut given = out_of_what_is_deleted(moved);
    let plan = given.plan();
    let states: Vec<&StepState> = plan.steps.iter().map(|step| &step.state).collect();
    assert_eq!(states, [&StepState::Waiting(WaitingFor::Approval), &StepState::After(StepId(0))]);
    assert_eq!(
        plan.summary().steps[0].detail,
        "moves from /a/x to /b/x; takes from its members 2 roles of a group above it"
    );
    assert!(plan.pending().is_empty(), "nothing is about to be done");
    let hash = plan.approval().unwrap().to_owned();
    given.approvals = given.approvals.accept(&hash, &plan).unwrap();
    let plan = given.plan();
    assert!(plan.steps.iter().all(|step| step.state == StepState::Ready), "{plan:#?}");
}

#[test]
fn links_that_name_what_moves_by_its_place_are_remembered_by_the_new_one() {
    let acme = Identity::new(&REALM, "acme");
    let join = |path| DesiredLinks::new(acme.clone(), &DEFAULT_GROUP, [path]);
    let whole = |live: LiveState, path: Option<&'static str>| {
        let live = live.present(acme.clone(), Live::new(json!({"id": "r-1", "realm": "acme"})));
        live.links(acme.clone(), &DEFAULT_GROUP, path)
    };
    let mut given = Given::new().desired(realm(json!({}))).desired(desired(&["x"], json!({})));
    given.links = vec![join("/x")];
    given.live = whole(LiveState::new(), None);
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    assert!(given.record.object(&acme).unwrap().made_link(DEFAULT_GROUP.name, "/x"));

    given.desired = vec![realm(json!({})), desired(&["y"], json!({}))];
    given.links = vec![join("/y")];
    let moved = Move::new(group(&["x"]), group(&["y"]));
    let moved = moved.target(&DEFAULT_GROUP, "/x".to_owned(), "/y".to_owned());
    given.live = whole(there(LiveState::new(), &["y"], json!({})), Some("/y")).moved(moved);
    let plan = given.plan();
    assert_eq!(steps(&plan), [(Action::Update, true, "y".to_owned(), vec![])]);
    let record = plan.record_after(&given.record, &all_steps(&plan));
    let links = record.object(&acme).unwrap().links(DEFAULT_GROUP.name).unwrap();
    assert_eq!(links.iter().collect::<Vec<_>>(), ["/y"]);
}

#[test]
fn a_link_that_names_what_moves_by_its_place_is_taken_away_after_the_move() {
    let acme = Identity::new(&REALM, "acme");
    let live = LiveState::new().present(acme.clone(), Live::new(json!({"id": "r-1", "realm": "acme"})));
    let live = there(live.links(acme.clone(), &DEFAULT_GROUP, ["/y"]), &["y"], json!({}));
    let moved =
        Move::new(group(&["x"]), group(&["y"])).losing(Loss::Access, "takes from its members", 1, "role");
    let mut given = Given::new().desired(realm(json!({}))).desired(desired(&["x"], json!({})));
    given.links = vec![DesiredLinks::new(acme.clone(), &DEFAULT_GROUP, ["/x"])];
    let plan = given.plan();
    given.record = plan.record_after(&given.record, &all_steps(&plan));
    given.desired = vec![realm(json!({})), desired(&["y"], json!({}))];
    given.links = vec![DesiredLinks::new(acme, &DEFAULT_GROUP, [] as [&str; 0])];
    given.live = live.moved(moved.target(&DEFAULT_GROUP, "/x".to_owned(), "/y".to_owned()));
    let plan = given.plan();
    let unlink = plan.steps.iter().find(|step| step.action == Action::Unlink).unwrap();
    assert_eq!(unlink.state, StepState::After(StepId(0)), "{plan:#?}");
}
