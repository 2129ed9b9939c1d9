//! The digest of a token: what a target's status holds instead of it.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

use crate::token::TokenId;

/// Separates this use of SHA-256 from every other use of the same bytes.
const DOMAIN: &[u8] = b"keycloak.mdvr.nl/authorization-token/v1";

/// What a digest looks like as text: `sha256:` and 64 hexadecimal digits.
const TEXT_PREFIX: &str = "sha256:";

/// A digest that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the digest of a token is written as sha256: followed by 64 lower-case hexadecimal digits")]
pub struct DigestError;

/// SHA-256 over `keycloak.mdvr.nl/authorization-token/v1`, a zero byte, the id (12 bytes), a zero byte and the secret
/// (32 bytes).
///
/// As text, and in JSON, `sha256:` and 64 lower-case hexadecimal digits. It may be public: the secret has 256 random bits.
/// Equality takes the same time wherever the digests differ.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    pub(crate) fn of(id: &TokenId, secret: &[u8; 32]) -> Self {
        let mut hash = Sha256::new();
        hash.update(DOMAIN);
        hash.update([0]);
        hash.update(id.as_str().as_bytes());
        hash.update([0]);
        hash.update(secret);
        Self(hash.finalize().into())
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// When `text` is anything else; the text is not repeated, it may be a token pasted into the wrong field.
    pub fn parse(text: &str) -> Result<Self, DigestError> {
        let digits = text.strip_prefix(TEXT_PREFIX).ok_or(DigestError)?.as_bytes();
        if digits.len() != 64 {
            return Err(DigestError);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                let value = match digit {
                    b'0'..=b'9' => digit - b'0',
                    b'a'..=b'f' => digit - b'a' + 10,
                    _ => return Err(DigestError),
                };
                *byte = (*byte << 4) | value;
            }
        }
        Ok(Self(bytes))
    }
}

impl ConstantTimeEq for TokenDigest {
    fn ct_eq(&self, other: &Self) -> subtle::Choice {
        self.0.ct_eq(&other.0)
    }
}

impl PartialEq for TokenDigest {
    fn eq(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl Eq for TokenDigest {}

impl fmt::Display for TokenDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(TEXT_PREFIX)?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for TokenDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for TokenDigest {
    type Error = DigestError;
    fn try_from(text: String) -> Result<Self, DigestError> {
        Self::parse(&text)
    }
}

impl From<TokenDigest> for String {
    fn from(digest: TokenDigest) -> Self {
        let mut text = Self::with_capacity(TEXT_PREFIX.len() + 64);
        // Writing into a String cannot fail.
        let _ = write!(text, "{digest}");
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::{AuthorizationToken, MINT_BYTES};

    #[test]
    fn the_digest_of_given_bytes_never_changes() {
        // A change here would make every token in use unknown.
        let digest = AuthorizationToken::mint(&[7; MINT_BYTES]).digest();
        insta::assert_snapshot!(digest, @"sha256:b192e577445ad4db4383cd5b447fe1dcf56df28db3d4f0336f10af0a8d83b329");
    }

    #[test]
    fn the_digest_depends_on_the_id_and_on_the_secret() {
        let base = AuthorizationToken::mint(&[7; MINT_BYTES]).digest();
        for place in [0, 11, 12, 43] {
            let mut bytes = [7; MINT_BYTES];
            bytes[place] = 8;
            assert_ne!(AuthorizationToken::mint(&bytes).digest(), base, "byte {place}");
        }
    }

    #[test]
    fn text_form_is_read_back_and_nothing_else_is() {
        let digest = AuthorizationToken::mint(&[7; MINT_BYTES]).digest();
        let text = digest.to_string();
        assert_eq!(TokenDigest::parse(&text), Ok(digest));
        assert_eq!(serde_json::to_value(digest).unwrap(), serde_json::Value::String(text.clone()));
        for wrong in
            [text.to_uppercase(), text.replace("sha256:", ""), text[..70].to_owned(), format!("{text}0")]
        {
            assert_eq!(TokenDigest::parse(&wrong), Err(DigestError), "{wrong}");
        }
    }
}
