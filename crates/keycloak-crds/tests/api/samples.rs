//! The predecessor's manifests, as its users wrote them, are read unchanged and lose nothing.

use std::collections::BTreeSet;

use keycloak_crds::{Keycloak, KeycloakClient, KeycloakRealm, generate::KINDS};
use kube::core::cel::Validator;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::walk::schema;

const QUICKSTART: &str = include_str!("../samples/quickstart.yaml");
const FULL: &str = include_str!("../samples/full.yaml");

fn documents(text: &str) -> Vec<Value> {
    serde_yaml_ng::Deserializer::from_str(text)
        .map(|document| Value::deserialize(document).expect("YAML"))
        .collect()
}

fn kind_of(object: &Value) -> &str {
    object.get("kind").and_then(Value::as_str).expect("a kind")
}

/// Reads an object as its type and writes it again.
fn there_and_back<T: DeserializeOwned + serde::Serialize>(object: &Value) -> Value {
    let typed: T = serde_json::from_value(object.clone()).expect("the object parses");
    serde_json::to_value(typed).expect("the object can be written")
}

/// Every value of `part` stands in `whole` at the same place.
fn is_part_of(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(key, value)| whole.get(key).is_some_and(|other| is_part_of(value, other)))
        }
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(value, other)| is_part_of(value, other))
        }
        (part, whole) => part == whole,
    }
}

#[test]
fn no_field_of_the_samples_is_lost() {
    for object in documents(QUICKSTART).into_iter().chain(documents(FULL)) {
        let again = match kind_of(&object) {
            "Keycloak" => there_and_back::<Keycloak>(&object),
            "KeycloakRealm" => there_and_back::<KeycloakRealm>(&object),
            "KeycloakClient" => there_and_back::<KeycloakClient>(&object),
            other => panic!("unexpected kind {other}"),
        };
        assert!(is_part_of(&object, &again), "{object:#}\n became\n{again:#}");
    }
}

/// What the rules say about an object: field and whether it is only not built yet.
fn refused(object: &Value) -> Vec<(String, bool)> {
    let kind = KINDS.iter().find(|kind| kind.name == kind_of(object)).expect("a known kind");
    let sentences: BTreeSet<String> =
        kind.not_built_yet.iter().map(keycloak_crds::rule::NotBuiltYet::sentence).collect();
    let Err(errors) = Validator::new().validate(schema(kind), object, None) else { return Vec::new() };
    errors.iter().map(|error| (error.message.clone(), sentences.contains(&error.message))).collect()
}

/// What the example makes Ready on a real cluster is thereby shown for the sample.
#[test]
fn the_example_that_is_deployed_is_the_sample() {
    let deployed = [
        include_str!("../../../../deploy/examples/quickstart/keycloak.yaml"),
        include_str!("../../../../deploy/examples/quickstart/realm.yaml"),
        include_str!("../../../../deploy/examples/quickstart/client.yaml"),
    ];
    assert_eq!(deployed.map(documents).concat(), documents(QUICKSTART));
}

#[test]
fn the_quickstart_is_accepted() {
    for object in documents(QUICKSTART) {
        assert_eq!(refused(&object), [], "{}", kind_of(&object));
    }
}

#[test]
fn the_full_sample_is_refused_only_for_fields_that_are_not_built_yet_each_by_name() {
    let mut lines = Vec::new();
    for object in documents(FULL) {
        for (sentence, not_built_yet) in refused(&object) {
            assert!(not_built_yet, "{}: {sentence}", kind_of(&object));
            let field = sentence.split(' ').next().unwrap_or_default().to_owned();
            lines.push(format!("{} {field}", kind_of(&object)));
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}
