use k8s_openapi::api::core::v1::ConfigMap;
use kube::{Resource, api::WatchEvent, core::ObjectList};
use serde::Deserialize;

use super::{Projection, Wire};

#[derive(Deserialize)]
struct Slim {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    key: String,
}

impl Projection for Slim {
    type Kind = ConfigMap;
    const KIND: &'static str = "ConfigMap";
}

const GOOD: &str = r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"n","uid":"u","resourceVersion":"7",
    "annotations":{"x":"y"},"managedFields":[{"manager":"m","fieldsV1":{"f:data":{}}}]},"data":{"key":"value","rest":"skipped"}}"#;
const BAD: &str =
    r#"{"metadata":{"name":"b","namespace":"n","uid":"v","resourceVersion":"8"},"data":{"key":{}}}"#;

#[test]
fn one_object_that_does_not_fit_ends_neither_a_list_nor_a_watch() {
    let list = format!(
        r#"{{"apiVersion":"v1","kind":"List","metadata":{{"resourceVersion":"9"}},"items":[{GOOD},{BAD}]}}"#
    );
    let list: ObjectList<Wire<Slim>> = serde_json::from_str(&list).unwrap();
    let [good, bad] = &list.items[..] else { panic!("two objects") };
    assert_eq!(good.projection.as_ref().map(|slim| slim.data.key.as_str()).unwrap(), "value");
    assert_eq!((bad.meta.name.as_deref(), bad.meta.resource_version.as_deref()), (Some("b"), Some("8")));
    assert!(bad.projection.as_ref().err().unwrap().contains("expected a string"));

    let event: WatchEvent<Wire<Slim>> =
        serde_json::from_str(&format!(r#"{{"type":"ADDED","object":{BAD}}}"#)).unwrap();
    assert!(matches!(event, WatchEvent::Added(wire) if wire.projection.is_err()));
}

#[test]
fn managed_fields_are_not_even_decoded() {
    let wire: Wire<Slim> = serde_json::from_str(GOOD).unwrap();
    assert_eq!(wire.meta().managed_fields, None);
    assert_eq!(wire.meta().annotations.as_ref().unwrap()["x"], "y");
}
