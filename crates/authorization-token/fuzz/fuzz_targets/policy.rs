//! Any JSON in spec.authorization is a policy, or an error with a path; every pattern in it matches in reasonable time.
#![no_main]

use authorization_token::TargetPolicy;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let Ok(json) = serde_json::from_slice::<serde_json::Value>(text) else { return };
    match TargetPolicy::read(&json) {
        Ok(policy) => {
            let names = policy.limits.iter().filter_map(|entry| entry.limits.names.as_ref()).flatten();
            for pattern in names {
                let _ = pattern.matches(&"ab".repeat(100));
                let _ = pattern.matches(pattern.as_str());
            }
        }
        Err(error) => assert!(error.path.starts_with("spec.authorization")),
    }
});
