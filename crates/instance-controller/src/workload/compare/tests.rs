use k8s_openapi::api::core::v1::Service;

use super::*;
use crate::workload::record::Standing;

fn service(value: Value) -> Service {
    serde_json::from_value(value).unwrap()
}

fn wanted() -> Value {
    json!({
        "apiVersion": "v1", "kind": "Service",
        "metadata": {"name": "keycloak-keycloak", "labels": {"a": "b"}, "annotations": {"team": "identity"}},
        "spec": {"type": "ClusterIP", "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}], "selector": {"a": "b"}},
    })
}

fn now() -> Timestamp {
    Timestamp::from_second(1_760_000_000).unwrap()
}

/// The object as the API server gives it back, changed by somebody.
fn live(child: &Child, change: impl FnOnce(&mut Value)) -> (ObjectMeta, Value) {
    let mut live = child.body.clone();
    live["spec"]["clusterIP"] = json!("10.96.0.7");
    live["spec"]["ports"][0]["targetPort"] = json!(8080);
    live["metadata"]["resourceVersion"] = json!("7");
    change(&mut live);
    let object = service(live);
    (object.metadata.clone(), serde_json::to_value(object).unwrap())
}

/// The comparison with an object that was applied, changed by somebody.
fn compared(change: impl FnOnce(&mut Value), before: Option<&Remembered>) -> Comparison {
    let child = child(ChildKind::Service, service(wanted()));
    let (meta, live) = live(&child, change);
    compare(&child, Some((&meta, live)), before, now())
}

fn why_after(change: impl FnOnce(&mut Value)) -> Option<Why> {
    compared(change, None).why
}

/// What is remembered of the object that is wanted.
fn remembered(values: &[(&str, Standing)]) -> Remembered {
    let values = values.iter().map(|(path, standing)| ((*path).to_owned(), standing.clone()));
    Remembered { hash: child(ChildKind::Service, service(wanted())).hash, values: values.collect() }
}

fn set_back(over: &Value, seconds_ago: i64) -> Standing {
    Standing::SetBack { over: hash(over), at: now().as_second() - seconds_ago }
}

fn drifted(paths: &[&str]) -> Why {
    Why::Drifted(paths.iter().map(|path| (*path).to_owned()).collect())
}

#[test]
fn an_object_that_was_applied_is_left_alone_with_whatever_others_added() {
    assert_eq!(why_after(|_| {}), None);
    let added = |live: &mut Value| {
        live["metadata"]["labels"]["theirs"] = json!("x");
        live["spec"]["ports"]
            .as_array_mut()
            .unwrap()
            .insert(0, json!({"name": "more", "port": 81, "protocol": "TCP"}));
    };
    assert_eq!(why_after(added), None);
}

#[test]
fn values_of_ours_that_differ_are_named_by_their_paths() {
    let after = |change: fn(&mut Value)| why_after(change);
    assert_eq!(
        after(|live| live["spec"]["ports"][0]["port"] = json!(81)),
        Some(drifted(&["spec.ports[http].port"]))
    );
    assert_eq!(after(|live| live["spec"]["ports"] = json!([])), Some(drifted(&["spec.ports[http]"])));
    let two = |live: &mut Value| {
        live["spec"]["type"] = json!("NodePort");
        live["metadata"]["labels"] = json!({});
    };
    assert_eq!(after(two), Some(drifted(&["metadata.labels.a", "spec.type"])));
}

#[test]
fn another_wish_is_told_from_drift_and_absence() {
    let (old, mut new) = (child(ChildKind::Service, service(wanted())), wanted());
    new["spec"]["ports"][0]["port"] = json!(80);
    let new = child(ChildKind::Service, service(new));
    let why = |child: &Child, live: Option<(&ObjectMeta, Value)>| compare(child, live, None, now()).why;
    let (meta, object) = live(&old, |_| {});
    assert_eq!(why(&new, Some((&meta, object))), Some(Why::Changed));
    assert_eq!(why(&new, None), Some(Why::Missing));
    // A field that is no longer wished for is no difference in what is wished for: the hash tells it.
    let mut less = wanted();
    less["metadata"]["annotations"] = Value::Null;
    let less = child(ChildKind::Service, service(less));
    let (meta, object) = live(&old, |_| {});
    assert_eq!(why(&less, Some((&meta, object))), Some(Why::Changed));
    // What is remembered of another wish does not count.
    let (meta, object) = live(&old, |_| {});
    assert_eq!(compare(&new, Some((&meta, object)), Some(&remembered(&[])), now()).why, Some(Why::Changed));
}

#[test]
fn a_value_that_was_set_back_and_reads_the_same_again_is_not_written_again() {
    let node_port = |live: &mut Value| live["spec"]["type"] = json!("NodePort");
    let again = compared(node_port, Some(&remembered(&[("spec.type", set_back(&json!("NodePort"), 60))])));
    assert_eq!((again.why, again.overridden), (None, vec!["spec.type".to_owned()]));
    // Another value than the one that was set back is another change.
    let other =
        compared(node_port, Some(&remembered(&[("spec.type", set_back(&json!("LoadBalancer"), 60))])));
    assert_eq!((other.why, other.overridden), (Some(drifted(&["spec.type"])), vec![]));
    // And so is the same one long after.
    let later = compared(node_port, Some(&remembered(&[("spec.type", set_back(&json!("NodePort"), 3600))])));
    assert_eq!((later.why, later.overridden), (Some(drifted(&["spec.type"])), vec![]));
}

#[test]
fn a_value_that_is_overridden_stays_so_whatever_it_reads_until_something_else_is_wanted() {
    let overridden = remembered(&[("spec.type", Standing::Overridden)]);
    for value in ["NodePort", "LoadBalancer"] {
        let found = compared(|live| live["spec"]["type"] = json!(value), Some(&overridden));
        assert_eq!((found.why, found.overridden), (None, vec!["spec.type".to_owned()]), "{value}");
    }
    let both = |live: &mut Value| {
        live["spec"]["type"] = json!("NodePort");
        live["metadata"]["labels"]["a"] = json!("c");
    };
    let found = compared(both, Some(&overridden));
    assert_eq!(found.why, Some(drifted(&["metadata.labels.a"])), "the rest is still kept as it should be");
    assert_eq!(found.overridden, ["spec.type"]);

    let mut other = wanted();
    other["spec"]["ports"][0]["port"] = json!(80);
    let other = child(ChildKind::Service, service(other));
    let (meta, object) = live(&other, |live| live["spec"]["type"] = json!("NodePort"));
    let found = compare(&other, Some((&meta, object)), Some(&overridden), now());
    assert_eq!((found.why, found.overridden), (Some(drifted(&["spec.type"])), vec![]));
}

#[test]
fn somebody_who_takes_our_annotation_away_is_not_written_against_for_ever() {
    let without = |live: &mut Value| {
        live["metadata"]["annotations"].as_object_mut().unwrap().remove(APPLIED);
    };
    let path = format!("metadata.annotations.{APPLIED}");
    assert_eq!(why_after(without), Some(Why::Changed), "nothing is remembered");
    let first = compared(without, Some(&remembered(&[])));
    assert_eq!(first.why, Some(drifted(&[&path])));
    let again = compared(without, Some(&remembered(&[(&path, set_back(&Value::Null, 60))])));
    assert_eq!((again.why, again.overridden), (None, vec![path]));
}

#[test]
fn quantities_are_compared_by_what_they_say() {
    for (one, other) in
        [("1000m", "1"), ("1Gi", "1024Mi"), ("0.5", "500m"), ("1.5Gi", "1536Mi"), ("2k", "2000")]
    {
        assert_eq!(quantity(one), quantity(other), "{one} {other}");
    }
    assert_ne!(quantity("1G"), quantity("1Gi"));
    let path = "spec.template.spec.containers[keycloak].resources.limits.cpu";
    assert!(same(path, &json!("1000m"), &json!("1")));
    assert!(!same("metadata.labels.cpu", &json!("1000m"), &json!("1")));
}
