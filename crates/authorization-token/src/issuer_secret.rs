//! The Secret of a target that hands its token out: `<keycloak>-auth-token`, `<realmName>-realm-auth`.

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::token::{AuthorizationToken, ParseError, TokenId};

/// The key that holds the token to present.
pub const TOKEN_KEY: &str = "token";
/// The key that holds the token before it, while it overlaps.
pub const PREVIOUS_KEY: &str = "token-previous";
/// The key that holds the [`TokenRecord`].
pub const RECORD_KEY: &str = "token.json";

/// A record longer than this is not read.
const LONGEST_RECORD: usize = 64 * 1024;

/// One of the two keys that hold a token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Slot {
    /// The key is not there.
    #[default]
    Empty,
    /// A token.
    Token(AuthorizationToken),
    /// The key is there, its value is no token. The value is not kept.
    Malformed(ParseError),
}

impl Slot {
    fn read(value: Option<&[u8]>) -> Self {
        value.map_or(Self::Empty, |value| match AuthorizationToken::parse(value) {
            Ok(token) => Self::Token(token),
            Err(error) => Self::Malformed(error),
        })
    }

    /// The token, if there is one.
    pub fn token(&self) -> Option<&AuthorizationToken> {
        match self {
            Self::Token(token) => Some(token),
            Self::Empty | Self::Malformed(_) => None,
        }
    }

    /// The id of the token, if there is one.
    pub fn id(&self) -> Option<TokenId> {
        self.token().map(AuthorizationToken::id)
    }
}

/// One token that was handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IssuedToken {
    /// Its id.
    pub id: TokenId,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when on it is refused.
    pub expires_at: Timestamp,
}

/// `token.json`: the tokens that this Secret hands out or has handed out and that are not over. Its two uses: a lost status is
/// rebuilt from it, and an entry of the status that it does not list was never handed out.
///
/// ```json
/// {"version": 1, "tokens": [{"id": "0f9k2m4p6r8t", "issuedAt": "2026-01-01T00:00:00Z", "expiresAt": "2026-04-01T00:00:00Z"}]}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TokenRecord {
    version: u32,
    tokens: Vec<IssuedToken>,
}

/// Why `token.json` is not read. Neither variant shows any of it: it stands in a Secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenRecordError {
    /// Longer than any that is written here.
    #[error("token.json has {0} bytes, at most {LONGEST_RECORD} are read")]
    TooLong(usize),
    /// Not the JSON that is written here.
    #[error("token.json is {what} at line {line}, column {column}")]
    Json {
        /// The kind of error.
        what: &'static str,
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// Written by another version.
    #[error("token.json has version {0}, this version reads 1")]
    Version(u32),
    /// An id twice, or an end before its beginning.
    #[error("token.json lists token {0} twice, or with an end before its beginning")]
    Contradiction(TokenId),
}

impl TokenRecord {
    /// A record of these tokens.
    pub fn new(tokens: Vec<IssuedToken>) -> Self {
        Self { version: 1, tokens }
    }

    /// Reads the value of key `token.json`.
    ///
    /// # Errors
    /// See [`TokenRecordError`].
    pub fn read(value: &[u8]) -> Result<Self, TokenRecordError> {
        if value.len() > LONGEST_RECORD {
            return Err(TokenRecordError::TooLong(value.len()));
        }
        let record: Self = serde_json::from_slice(value).map_err(|error| {
            let what = match error.classify() {
                serde_json::error::Category::Eof => "cut off",
                serde_json::error::Category::Syntax | serde_json::error::Category::Io => "not JSON",
                serde_json::error::Category::Data => "not a record of issued tokens",
            };
            TokenRecordError::Json { what, line: error.line(), column: error.column() }
        })?;
        if record.version != 1 {
            return Err(TokenRecordError::Version(record.version));
        }
        let mut seen = BTreeSet::new();
        match record.tokens.iter().find(|token| token.expires_at <= token.issued_at || !seen.insert(token.id))
        {
            Some(token) => Err(TokenRecordError::Contradiction(token.id)),
            None => Ok(record),
        }
    }

    /// What stands under key `token.json`.
    pub fn write(&self) -> String {
        // Writing plain structs of strings, numbers and times cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The tokens listed.
    pub fn tokens(&self) -> &[IssuedToken] {
        &self.tokens
    }

    /// The entry of `id`.
    pub fn find(&self, id: TokenId) -> Option<&IssuedToken> {
        self.tokens.iter().find(|token| token.id == id)
    }
}

/// What the Secret holds. `Debug` shows ids only.
///
/// The caller has made sure that the Secret is the target's own (labels and uid).
#[derive(Clone, PartialEq, Eq, Default)]
pub struct IssuerSecret {
    /// Key `token`.
    pub token: Slot,
    /// Key `token-previous`.
    pub previous: Slot,
    /// Key `token.json`, when it can be read.
    pub record: Option<TokenRecord>,
}

impl IssuerSecret {
    /// Reads the three keys; `None` where a key is not there. The error is that of `token.json`, which then counts as absent;
    /// a token that is none stands in its slot.
    pub fn read(
        token: Option<&[u8]>,
        previous: Option<&[u8]>,
        record: Option<&[u8]>,
    ) -> (Self, Option<TokenRecordError>) {
        let (record, error) = match record.map(TokenRecord::read) {
            Some(Ok(record)) => (Some(record), None),
            Some(Err(error)) => (None, Some(error)),
            None => (None, None),
        };
        (Self { token: Slot::read(token), previous: Slot::read(previous), record }, error)
    }
}

impl fmt::Debug for IssuerSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuerSecret")
            .field(TOKEN_KEY, &self.token)
            .field(PREVIOUS_KEY, &self.previous)
            .field(RECORD_KEY, &self.record)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::MINT_BYTES;
    use proptest::prelude::*;

    fn read(json: &str) -> Result<TokenRecord, TokenRecordError> {
        TokenRecord::read(json.as_bytes())
    }

    #[test]
    fn the_record_is_written_as_documented_and_read_back() {
        let json = r#"{"version":1,"tokens":[{"id":"0f9k2m4p6r8t","issuedAt":"2026-01-01T00:00:00Z","expiresAt":"2026-04-01T00:00:00Z"}]}"#;
        assert_eq!(read(json).unwrap().write(), json);
    }

    #[test]
    fn each_damaged_record_has_its_own_sentence_and_none_shows_its_content() {
        let one =
            r#"{"id":"0f9k2m4p6r8t","issuedAt":"2026-01-01T00:00:00Z","expiresAt":"2026-04-01T00:00:00Z"}"#;
        let errors: Vec<String> = [
            String::new(),
            "kcat1_SECRET".into(),
            r#"{"version":1,"tokens":["kcat1_SECRET"]}"#.into(),
            r#"{"version":1,"tokens":[],"SECRET":1}"#.into(),
            r#"{"version":2,"tokens":[]}"#.into(),
            format!(r#"{{"version":1,"tokens":[{one},{one}]}}"#),
            format!(r#"{{"version":1,"tokens":[{}]}}"#, one.replace("2026-04", "2025-04")),
            " ".repeat(LONGEST_RECORD + 1),
        ]
        .iter()
        .map(|json| read(json).unwrap_err().to_string())
        .collect();
        assert!(!errors.join("").contains("SECRET"));
        insta::assert_snapshot!(errors.join("\n"), @r"
        token.json is cut off at line 1, column 0
        token.json is not JSON at line 1, column 1
        token.json is not a record of issued tokens at line 1, column 37
        token.json is not a record of issued tokens at line 1, column 33
        token.json has version 2, this version reads 1
        token.json lists token 0f9k2m4p6r8t twice, or with an end before its beginning
        token.json lists token 0f9k2m4p6r8t twice, or with an end before its beginning
        token.json has 65537 bytes, at most 65536 are read
        ");
    }

    #[test]
    fn debug_shows_ids_only() {
        let token = AuthorizationToken::mint(&[5; MINT_BYTES]);
        let text = token.expose();
        let (secret, error) = IssuerSecret::read(Some(text.as_bytes()), Some(b"not a token"), Some(b"x"));
        assert!(error.is_some());
        insta::assert_snapshot!(format!("{secret:?}"), @"IssuerSecret { token: Token(AuthorizationToken(kcat1_555555555555_[secret])), token-previous: Malformed(Prefix), token.json: None }");
    }

    proptest! {
        #[test]
        fn no_bytes_make_reading_panic(value in proptest::collection::vec(any::<u8>(), 0..200), json in ".{0,200}") {
            let (_, _) = IssuerSecret::read(Some(&value), Some(&value), Some(&value));
            let (_, _) = IssuerSecret::read(None, None, Some(json.as_bytes()));
        }
    }
}
