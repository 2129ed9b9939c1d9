use std::{collections::BTreeMap, sync::Arc};

use k8s_openapi::api::core::v1::ConfigMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Attention, Store, What};
use crate::{
    census::{Counted as _, Series},
    key::{Fields, Key, Reference, Target},
    projection::{Projection, Tally, hash_of},
};

#[derive(Deserialize)]
struct Slim {
    #[serde(default)]
    data: std::collections::BTreeMap<String, String>,
}

const DONE: Tally = Tally::phase("Done");
const OPEN: Tally = Tally::phase("Open");

impl Projection for Slim {
    type Kind = ConfigMap;
    const KIND: &'static str = "ConfigMap";
    const TALLIES: &'static [Tally] = &[DONE, OPEN];

    fn tallies(&self) -> Vec<Tally> {
        vec![if self.data.contains_key("done") { DONE } else { OPEN }]
    }

    fn contract(&self) -> Vec<u64> {
        ["first", "second"].map(|name| hash_of(&self.data.get(name))).to_vec()
    }

    fn references(&self) -> Vec<Reference> {
        let of = |name: &str| {
            self.data.get(name).map(|to| Target::object("ConfigMap", Key::namespaced("n", to.as_str())))
        };
        let all = of("to").map(Reference::to);
        let second = of("toSecond").map(|target| Reference::to(target).only(Fields::at(1)));
        all.into_iter().chain(second).collect()
    }

    fn also_known_as(&self) -> Option<Target> {
        self.data.get("alias").map(|name| target(name))
    }

    fn settled(&self, generation: i64) -> bool {
        self.data.get("done").is_some_and(|done| *done == generation.to_string())
    }
}

const ATTENTION: Attention =
    Attention { annotation_prefix: "example.com/", finalizer: Some("example.com/f") };

fn key(name: &str) -> Key {
    Key::namespaced("n", name)
}

fn target(name: &str) -> Target {
    Target::object("ConfigMap", key(name))
}

fn apply(store: &Arc<Store<Slim>>, name: &str, change: &Value) -> (What, Fields) {
    let mut object = json!({"metadata": {"name": name, "namespace": "n", "uid": name, "generation": 1}});
    json_patch::merge(&mut object, change);
    let wire = serde_json::from_value::<Value>(object).unwrap().to_string();
    let change = store.apply(0, serde_json::from_str(&wire).unwrap());
    (change.what, change.contract)
}

#[test]
fn a_change_of_interest_wakes_and_anything_else_does_not() {
    let store = Store::<Slim>::new(ATTENTION);
    let appeared = What::Appeared { settled: false, deleting: false };
    let woke = What::Woke { deleting: false };
    assert_eq!(apply(&store, "a", &json!({})).0, appeared);
    assert_eq!(
        apply(&store, "a", &json!({"metadata": {"labels": {"x": "y"}, "resourceVersion": "9"}})).0,
        What::Unchanged
    );
    assert_eq!(apply(&store, "a", &json!({"metadata": {"generation": 2}})).0, woke);
    let annotated = json!({"metadata": {"generation": 2, "annotations": {"example.com/at": "1"}}});
    assert_eq!(apply(&store, "a", &annotated).0, woke);
    assert_eq!(apply(&store, "a", &annotated).0, What::Unchanged);
    let mut finalized = annotated;
    finalized["metadata"]["finalizers"] = json!(["example.com/f"]);
    assert_eq!(apply(&store, "a", &finalized).0, What::Unchanged, "our finalizer coming is our own doing");
    finalized["metadata"]["finalizers"] = json!([]);
    assert_eq!(apply(&store, "a", &finalized).0, woke, "our finalizer going is not");
    finalized["metadata"]["deletionTimestamp"] = json!("2026-01-01T00:00:00Z");
    assert_eq!(apply(&store, "a", &finalized).0, What::Woke { deleting: true });
    finalized["metadata"]["uid"] = json!("another");
    assert_eq!(
        apply(&store, "a", &finalized).0,
        What::Appeared { settled: false, deleting: true },
        "made anew"
    );
}

#[test]
fn settled_is_what_its_own_record_says_about_this_generation() {
    let store = Store::<Slim>::new(ATTENTION);
    let done = json!({"data": {"done": "1"}});
    assert_eq!(apply(&store, "a", &done).0, What::Appeared { settled: true, deleting: false });
    let older = json!({"data": {"done": "0"}});
    assert_eq!(apply(&store, "b", &older).0, What::Appeared { settled: false, deleting: false });
}

#[test]
fn dependants_are_found_by_what_they_refer_to_and_by_the_field_they_care_about() {
    let store = Store::<Slim>::new(ATTENTION);
    apply(&store, "all", &json!({"data": {"to": "x"}}));
    apply(&store, "second", &json!({"data": {"toSecond": "x"}}));
    let found = |fields: Fields| {
        let mut keys: Vec<_> =
            store.dependants(&target("x"), fields).iter().map(|key| key.name().to_owned()).collect();
        keys.sort();
        keys
    };
    assert_eq!(found(Fields::at(0)), ["all"]);
    assert_eq!(found(Fields::at(1)), ["all", "second"]);
    apply(&store, "all", &json!({"data": {"to": "y"}}));
    assert_eq!(found(Fields::ALL), ["second"]);
    apply(&store, "second", &json!({}));
    assert_eq!(found(Fields::ALL), Vec::<String>::new());
    assert_eq!(super::read(&store.inner).index.len(), 1, "nothing is left of targets that nobody refers to");
}

#[test]
fn a_change_is_told_by_the_other_name_of_the_object_too_by_the_one_of_before_as_well() {
    let store = Store::<Slim>::new(ATTENTION);
    let wire = |data: &Value| {
        let object = json!({"metadata": {"name": "a", "namespace": "n", "uid": "a"}, "data": data});
        serde_json::from_str(&object.to_string()).unwrap()
    };
    assert_eq!(store.apply(0, wire(&json!({}))).aliases, []);
    assert_eq!(store.apply(0, wire(&json!({"alias": "x"}))).aliases, [target("x")]);
    assert_eq!(store.apply(0, wire(&json!({"alias": "x", "first": "1"}))).aliases, [target("x")]);
    assert_eq!(store.apply(0, wire(&json!({"alias": "y"}))).aliases, [target("x"), target("y")]);
    assert_eq!(store.remove(&wire(&json!({}))).unwrap().aliases, [target("y")]);
}

#[test]
fn the_contract_tells_which_fields_changed() {
    let store = Store::<Slim>::new(ATTENTION);
    assert_eq!(apply(&store, "a", &json!({"data": {"first": "1"}})).1, Fields::ALL);
    assert_eq!(apply(&store, "a", &json!({"data": {"first": "1", "other": "2"}})).1, Fields::NONE);
    assert_eq!(apply(&store, "a", &json!({"data": {"first": "2"}})).1, Fields::at(0));
    assert_eq!(apply(&store, "a", &json!({"data": {"second": "2"}})).1, Fields::at(0).and(Fields::at(1)));
}

#[test]
fn a_list_forgets_what_it_did_not_name_and_only_of_its_own_watch() {
    let store = Store::<Slim>::new(ATTENTION);
    store.expect(0);
    store.expect(1);
    store.begin(0);
    apply(&store, "a", &json!({}));
    apply(&store, "b", &json!({}));
    assert_eq!(store.finish(0), (vec![], true));
    assert!(!store.is_complete(), "the other watch has not listed yet");
    store.begin(1);
    store.apply(1, serde_json::from_str(r#"{"metadata":{"name":"c","namespace":"m","uid":"c"}}"#).unwrap());
    assert_eq!(store.finish(1), (vec![], true));
    assert!(store.is_complete());

    store.begin(0);
    // A list that was cut short and begins again.
    store.begin(0);
    apply(&store, "b", &json!({}));
    let (gone, first) = store.finish(0);
    assert_eq!(
        gone.iter().map(|change| (change.key.to_string(), change.what)).collect::<Vec<_>>(),
        [("n/a".into(), What::Gone)]
    );
    assert!(!first);
    assert_eq!(store.len(), 2);
}

#[test]
fn an_object_that_does_not_parse_is_known_by_name_and_says_why() {
    let store = Store::<Slim>::new(ATTENTION);
    let wire =
        serde_json::from_str(r#"{"metadata":{"name":"odd","namespace":"n","uid":"u"},"data":7}"#).unwrap();
    let change = store.apply(0, wire);
    assert!(change.problem.unwrap().contains("expected a map"));
    assert!(store.get(&key("odd")).is_none());
    assert_eq!(store.seen(&key("odd")).unwrap().uid, "u");
}

#[test]
fn of_objects_that_came_and_went_nothing_is_kept() {
    let store = Store::<Slim>::new(ATTENTION);
    let wire = |number: usize| {
        let name = format!("o-{number}");
        let meta = json!({"name": name, "namespace": format!("n-{}", number % 100), "uid": name});
        // All refer to one, so that its index is as large as it gets, and each to one of its own.
        let object = json!({"metadata": meta, "data": {"to": "shared", "toSecond": name}});
        serde_json::from_str(&object.to_string()).unwrap()
    };
    store.expect(0);
    store.begin(0);
    for number in 0..1_000 {
        store.apply(0, wire(number));
        store.apply(0, wire(number));
    }
    store.finish(0);
    for number in 0..500 {
        assert!(store.remove(&wire(number)).is_some());
        assert!(store.remove(&wire(number)).is_none(), "it is gone already");
    }
    // The others go unseen, and the next list does not name them.
    store.begin(0);
    assert_eq!(store.finish(0).0.len(), 500);
    let inner = super::read(&store.inner);
    assert_eq!((inner.records.len(), inner.index.len(), inner.namespaces.len()), (0, 0, 0));
}

#[test]
fn objects_are_counted_for_what_they_are_and_no_longer_once_they_are_gone() {
    let store = Store::<Slim>::new(ATTENTION);
    let counts = || (store.count(&OPEN), store.count(&DONE), store.len());
    assert_eq!(counts(), (0, 0, 0));
    store.begin(0);
    apply(&store, "a", &json!({}));
    apply(&store, "b", &json!({"data": {"done": "1"}}));
    store.finish(0);
    assert_eq!(counts(), (1, 1, 2));
    apply(&store, "a", &json!({"data": {"done": "1"}}));
    assert_eq!(counts(), (0, 2, 2));
    apply(&store, "a", &json!({"data": "does not parse"}));
    assert_eq!(counts(), (0, 1, 2), "nobody knows what it is");
    // The next list does not name it any more.
    store.begin(0);
    apply(&store, "b", &json!({}));
    store.finish(0);
    assert_eq!(counts(), (1, 0, 1));
}

#[test]
fn objects_are_counted_by_namespace_and_a_namespace_that_is_gone_has_no_number() {
    let store = Store::<Slim>::new(ATTENTION);
    let in_namespace = |namespace: &str, name: &str, further: &Value| {
        let mut object = json!({"metadata": {"name": name, "namespace": namespace, "uid": name}});
        for (field, value) in further.as_object().unwrap() {
            object[field] = value.clone();
        }
        store.apply(0, serde_json::from_str(&object.to_string()).unwrap());
    };
    let counted = || -> Vec<(String, &'static str, usize)> {
        let mut numbers = BTreeMap::new();
        store.add_to(&mut numbers);
        let line = |(series, number): (Series, usize)| {
            assert_eq!(series.kind, "ConfigMap");
            (series.namespace.unwrap().to_string(), series.state.unwrap().1, number)
        };
        numbers.into_iter().map(line).collect()
    };
    store.begin(0);
    in_namespace("acme", "a", &json!({}));
    in_namespace("acme", "b", &json!({}));
    in_namespace("portal", "c", &json!({"data": {"done": "1"}}));
    assert_eq!(counted(), [], "nobody knows how many there are");
    store.finish(0);
    assert_eq!(counted(), [("acme".to_owned(), "Open", 2), ("portal".to_owned(), "Done", 1)]);
    in_namespace("acme", "b", &json!({"data": {"done": "1"}}));
    // The next list names nothing in the other namespace any more.
    store.begin(0);
    in_namespace("acme", "a", &json!({}));
    in_namespace("acme", "b", &json!({"data": {"done": "1"}}));
    store.finish(0);
    assert_eq!(counted(), [("acme".to_owned(), "Done", 1), ("acme".to_owned(), "Open", 1)]);
}
