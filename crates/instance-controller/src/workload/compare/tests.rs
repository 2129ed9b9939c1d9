use k8s_openapi::api::core::v1::Service;

use super::*;

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

fn why_after(change: impl FnOnce(&mut Value)) -> Option<Why> {
    let child = child(ChildKind::Service, service(wanted()));
    let (meta, live) = live(&child, change);
    why(&child, Some((&meta, live)))
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
fn a_value_of_ours_that_differs_is_named_by_its_path() {
    let drifted = |change: fn(&mut Value)| match why_after(change) {
        Some(Why::Drifted(path)) => path,
        other => panic!("{other:?}"),
    };
    assert_eq!(drifted(|live| live["spec"]["ports"][0]["port"] = json!(81)), "spec.ports[http].port");
    assert_eq!(drifted(|live| live["spec"]["ports"] = json!([])), "spec.ports[http]");
    assert_eq!(drifted(|live| live["spec"]["type"] = json!("NodePort")), "spec.type");
    assert_eq!(drifted(|live| live["metadata"]["labels"] = json!({})), "metadata.labels.a");
}

#[test]
fn another_wish_is_told_from_drift_and_absence() {
    let (old, mut new) = (child(ChildKind::Service, service(wanted())), wanted());
    new["spec"]["ports"][0]["port"] = json!(80);
    let new = child(ChildKind::Service, service(new));
    let (meta, live) = live(&old, |_| {});
    assert_eq!(why(&new, Some((&meta, live))), Some(Why::Changed));
    assert_eq!(why(&new, None), Some(Why::Missing));
    // A field that is no longer wished for is no difference in what is wished for: the hash tells it.
    let mut less = wanted();
    less["metadata"]["annotations"] = Value::Null;
    let less = child(ChildKind::Service, service(less));
    let (meta, live) = live_of(&old);
    assert_eq!(why(&less, Some((&meta, live))), Some(Why::Changed));
}

fn live_of(child: &Child) -> (ObjectMeta, Value) {
    live(child, |_| {})
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
