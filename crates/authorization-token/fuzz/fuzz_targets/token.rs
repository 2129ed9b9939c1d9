//! Any bytes are a token that is written back the same, or an error that shows none of them.
#![no_main]

use authorization_token::{AuthorizationToken, TokenDigest, TokenId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|value: &[u8]| {
    match AuthorizationToken::parse(value) {
        Ok(token) => {
            assert_eq!(token.expose().as_bytes(), value);
            assert!(!format!("{token:?}{token}").contains(&token.expose()[19..71]));
        }
        Err(error) => assert!(error.to_string().is_ascii()),
    }
    if let Ok(text) = str::from_utf8(value) {
        if let Ok(id) = TokenId::parse(text) {
            assert_eq!(id.as_str(), text);
        }
        if let Ok(digest) = TokenDigest::parse(text) {
            assert_eq!(digest.to_string(), text);
        }
    }
});
