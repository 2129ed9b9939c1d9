//! A text that is a path or an identity is written back as it was.
#![no_main]

use keycloak_plan::{FieldPath, Identity};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(path) = text.parse::<FieldPath>() {
        assert_eq!(path.to_string(), text);
    }
    if let Ok(identity) = text.parse::<Identity>() {
        assert_eq!(identity.key(), text);
    }
});
