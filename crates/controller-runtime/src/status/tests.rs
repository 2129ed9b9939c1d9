use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{Owned, same, wanted};
use crate::{
    class::{Class, Reason},
    condition::Asserted,
    outcome::Outcome,
    pipeline::Report,
};

const OWNED: Owned =
    Owned { fields: &["text", "owned"], conditions: &["Written", "Seen"], times: &["checkedAt"] };

fn settled() -> Outcome {
    Outcome::settled(Reason::new("Done"), "in sync")
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn status(live: &Value, report: &Report, outcome: &Outcome, generation: i64) -> Option<Map<String, Value>> {
    wanted(live, report, outcome.conditions(), &OWNED, generation, at("2026-05-05T05:05:05Z"))
}

fn written(report: &Report) -> Value {
    Value::Object(
        wanted(&json!({}), report, settled().conditions(), &OWNED, 1, at("2026-01-01T00:00:00Z")).unwrap(),
    )
}

#[test]
fn the_same_status_at_another_time_is_not_written() {
    let report = Report::new()
        .field("text", json!({"checkedAt": "12:00", "value": 1, "none": null}))
        .condition(Asserted::new("Written", true, Reason::new("Done"), ""));
    let live = written(&report);
    let later = report.clone().field("text", json!({"checkedAt": "13:00", "value": 1.0}));
    assert_eq!(status(&live, &later, &settled(), 1), None);
    let other = report.field("text", json!({"checkedAt": "13:00", "value": 2}));
    assert!(status(&live, &other, &settled(), 1).is_some());
    assert!(status(&live, &later, &settled(), 2).is_some(), "a new generation is written");
}

#[test]
fn what_a_report_does_not_mention_stays_and_what_it_nulls_goes() {
    let report = Report::new()
        .field("text", "t")
        .field("owned", "o")
        .condition(Asserted::new("Written", true, Reason::new("Done"), ""))
        .condition(Asserted::new("Seen", true, Reason::new("Done"), ""));
    let mut live = written(&report);
    live["foreign"] = json!("stays with its owner");
    live["conditions"]
        .as_array_mut()
        .unwrap()
        .push(json!({"type": "Foreign", "status": "True", "reason": "X",
        "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"}));
    assert_eq!(status(&live, &Report::new(), &settled(), 1), None, "nothing said, nothing changed");

    let failed = Outcome::unfinished(Class::Retry(Reason::new("Away")), "the server is away");
    let next = Value::Object(status(&live, &Report::new(), &failed, 1).unwrap());
    assert_eq!((&next["text"], &next["owned"], &next["foreign"]), (&json!("t"), &json!("o"), &Value::Null));
    let types = |status: &Value| -> Vec<String> {
        status["conditions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["type"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(types(&next), ["Ready", "Reconciling", "Seen", "Stalled", "Written"]);

    let fewer = Report::new().field("owned", Value::Null).without_condition("Seen");
    let next = Value::Object(status(&live, &fewer, &settled(), 1).unwrap());
    assert_eq!(next.get("owned"), None);
    assert_eq!(types(&next), ["Ready", "Reconciling", "Stalled", "Written"]);
}

#[test]
fn a_condition_keeps_its_time_while_another_flips() {
    let live = written(&Report::new().condition(Asserted::new("Written", true, Reason::new("Done"), "")));
    let stalled = Outcome::unfinished(Class::Stall(Reason::new("Bad")), "wrong");
    let next = Value::Object(status(&live, &Report::new(), &stalled, 1).unwrap());
    let times: Vec<_> = next["conditions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            format!("{} {}", c["type"].as_str().unwrap(), &c["lastTransitionTime"].as_str().unwrap()[..10])
        })
        .collect();
    assert_eq!(
        times,
        ["Ready 2026-05-05", "Reconciling 2026-01-01", "Stalled 2026-05-05", "Written 2026-01-01"]
    );
}

#[test]
fn order_in_lists_counts_and_order_in_objects_does_not() {
    assert!(same(&json!({"a": 1, "b": 2}), &json!({"b": 2, "a": 1}), &[]));
    assert!(!same(&json!([1, 2]), &json!([2, 1]), &[]));
    assert!(!same(&json!({"a": 1}), &json!({"a": 1, "b": 2}), &[]));
    assert!(same(&json!({"a": 1}), &json!({"a": 1, "lastTransitionTime": "x"}), &[]));
}
