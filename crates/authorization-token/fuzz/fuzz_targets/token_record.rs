//! Any bytes under the key token.json are a record that survives being written, or an error.
#![no_main]

use authorization_token::TokenRecord;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|value: &[u8]| {
    match TokenRecord::read(value) {
        Ok(record) => assert_eq!(TokenRecord::read(record.write().as_bytes()), Ok(record)),
        Err(error) => assert!(error.to_string().starts_with("token.json ")),
    }
});
