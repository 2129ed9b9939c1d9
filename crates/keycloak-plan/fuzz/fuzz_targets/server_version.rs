//! A text that is a version of a server is one that is written and read back the same; any other is refused with an example.
#![no_main]

use keycloak_plan::ServerVersion;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match text.parse::<ServerVersion>() {
        Ok(version) => assert_eq!(version.to_string().parse(), Ok(version)),
        Err(refused) => assert!(refused.to_string().ends_with("write it as 26.7.3")),
    }
});
