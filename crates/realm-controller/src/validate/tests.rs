use serde_json::{Value, json};

use super::*;
use crate::{controller::has_a_name, sample::realm};

fn refusal(further: &Value) -> String {
    validate(&realm(further, Value::Null)).unwrap_err().to_string()
}

#[test]
fn what_cannot_be_asked_for_is_refused_with_the_field_and_what_to_write() {
    let sentences = [
        json!({"realmName": "."}),
        json!({"realmName": ".."}),
        json!({"realmName": "acme/staff"}),
        json!({"realmName": "acme\\staff"}),
        json!({"realmName": ""}),
        json!({"realmName": "master"}),
        json!({"attributes": {"kubernetes.operator.uid": "x"}}),
        json!({"extra": {"id": "x"}}),
        json!({"extra": {"displayName": "x"}}),
        json!({"extra": {"users": []}}),
        json!({"browserFlow": "acme"}),
        json!({"authorization": {"revoked": ["not an id"]}}),
    ]
    .map(|further| match validate(&realm(&further, Value::Null)) {
        Err(error) => format!("{further}\n  {error}"),
        Ok(_) => format!("{further}\n  passes here; the plan says what of it cannot be written"),
    });
    insta::assert_snapshot!("refusals", sentences.join("\n"));
}

#[test]
fn a_name_that_is_refused_is_never_looked_at() {
    for name in [".", "..", "acme/staff", "acme\\staff", "acme;x", "acme?x", "acme\n", "", "master"] {
        assert!(!has_a_name(&realm(&json!({"realmName": name}), Value::Null)), "{name:?}");
        assert!(!refusal(&json!({"realmName": name})).is_empty());
    }
    for name in ["acme", "Acme Inc.", "äcme", "a%2fb", "..."] {
        assert!(has_a_name(&realm(&json!({"realmName": name}), Value::Null)), "{name:?}");
    }
}

#[test]
fn suspension_beats_management() {
    let mode = |further: &Value| mode(&realm(further, Value::Null));
    assert_eq!(mode(&json!({})), Mode::Enforce);
    assert_eq!(mode(&json!({"management": "Observe"})), Mode::Observe);
    assert_eq!(mode(&json!({"management": "Observe", "suspend": true})), Mode::Suspend);
}
