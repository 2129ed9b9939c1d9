use serde_json::{Value, json};

use super::*;
use crate::sample::{external, keycloak};

fn refusal(spec: Value) -> String {
    validate(&keycloak(spec, Value::Null), None).unwrap_err().to_string()
}

#[test]
fn what_cannot_be_followed_is_refused_with_the_field_and_what_to_write() {
    let grants = |realms: Value| external(&json!({"admin": {"existingSecret": "a", "grantRealms": realms}}));
    let sentences = [
        external(&json!({"version": "newest"})),
        external(&json!({"version": "25.0.6"})),
        external(&json!({"keycloakVersion": "26.3.5"})),
        grants(json!(["acme", "master"])),
        grants(json!([""])),
        external(&json!({"authorization": {"revoked": ["not an id"]}})),
    ]
    .map(refusal);
    insta::assert_snapshot!("refusals", sentences.join("\n"));
}

#[test]
fn an_object_of_the_seed_is_left_alone_until_it_carries_our_finalizer_or_a_record_of_ours() {
    let mut object = keycloak(external(&json!({})), Value::Null);
    object.metadata.finalizers = Some(vec!["keycloak.mdvr.nl/cleanup".into()]);
    assert!(matches!(validate(&object, None), Err(InstanceError::SeedObject)));
    let mut ours = object.clone();
    ours.metadata.finalizers.as_mut().unwrap().push("keycloak.mdvr.nl/teardown".into());
    assert!(validate(&ours, None).is_ok());
    let mut remembered = object;
    remembered.status = serde_json::from_value(json!({"owned": {"record": "v1:{}"}})).unwrap();
    assert!(validate(&remembered, None).is_ok());
}

#[test]
fn the_version_that_the_server_tells_counts_before_the_declared_and_that_before_the_remembered() {
    let version = |spec: Value, status: Value, seen: Option<&str>| {
        validate(&keycloak(external(&spec), status), seen).unwrap().version
    };
    let known = json!({"version": "26.5.0"});
    assert_eq!(
        version(json!({"version": "26.6.1"}), known.clone(), Some("26.7.3")).as_deref(),
        Some("26.7.3")
    );
    assert_eq!(version(json!({"version": "26.6.1"}), known.clone(), None).as_deref(), Some("26.6.1"));
    assert_eq!(version(json!({}), known, None).as_deref(), Some("26.5.0"));
    assert_eq!(version(json!({}), Value::Null, None), None);
}

#[test]
fn versions_are_read_by_their_numbers() {
    assert_eq!(numbers("26.7.3"), Some((26, 7)));
    assert_eq!(numbers("26.10"), Some((26, 10)));
    assert_eq!(numbers("27.0-SNAPSHOT"), Some((27, 0)));
    for none in ["", "26", "latest", "v26.7.3", "26.x"] {
        assert_eq!(numbers(none), None, "{none}");
    }
}

#[test]
fn the_version_of_a_server_that_we_run_is_published_when_it_runs() {
    let database = json!({"host": "postgres", "database": "keycloak", "credentialsSecret": "db"});
    let version = |image: &str, done: bool, known: Value| {
        let object = keycloak(json!({"database": database, "image": image}), known);
        let instance = keycloak_connect::Instance::of(object.clone()).unwrap();
        let mut seen = crate::report::seen_for_tests(instance);
        let rollout = workload::rollout::Rollout { done, ..Default::default() };
        seen.workload = Some(workload::look::Workload { rollout, ..Default::default() });
        with_children(validate(&object, None).unwrap(), &seen).map(|valid| valid.version)
    };
    let image = "quay.io/keycloak/keycloak:26.7.3";
    assert_eq!(version(image, true, Value::Null).unwrap().as_deref(), Some("26.7.3"));
    assert_eq!(version(image, false, Value::Null).unwrap(), None);
    let known = json!({"version": "26.5.0"});
    assert_eq!(version(image, false, known.clone()).unwrap().as_deref(), Some("26.5.0"));
    assert_eq!(version(image, true, known.clone()).unwrap().as_deref(), Some("26.7.3"));
    // Where the tag tells nothing, what is known stays.
    assert_eq!(version("keycloak@sha256:01", true, known).unwrap().as_deref(), Some("26.5.0"));
    let old = version("quay.io/keycloak/keycloak:26.3.5", false, Value::Null).unwrap_err();
    assert_eq!(
        old.to_string(),
        "the server is Keycloak 26.3.5; 26.4 and later are supported: upgrade the server"
    );
}
