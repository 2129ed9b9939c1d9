//! The token itself: `kcat1_<id>_<secret>_<checksum>`.

use std::fmt;

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::digest::TokenDigest;
use crate::encoding;

#[cfg(test)]
mod tests;

/// What every token begins with: *Keycloak authorization token*, format 1.
const PREFIX: &str = "kcat1_";
const ID_SIGNS: usize = 12;
const SECRET_BYTES: usize = 32;
const SECRET_SIGNS: usize = 52;
const CHECKSUM_SIGNS: usize = 7;
/// Prefix, id, `_` and secret: what the checksum is over.
const BODY_LENGTH: usize = PREFIX.len() + ID_SIGNS + 1 + SECRET_SIGNS;

/// The length of every token in characters.
pub const TOKEN_LENGTH: usize = BODY_LENGTH + 1 + CHECKSUM_SIGNS;

/// How many random bytes a token is minted from: 12 for the id, 32 for the secret.
pub const MINT_BYTES: usize = ID_SIGNS + SECRET_BYTES;

/// The public name of a token: 12 characters of `0-9a-z` without `i`, `l`, `o`, `u` (60 random bits).
///
/// It stands in status, Events, logs and `spec.authorization.revoked`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TokenId([u8; ID_SIGNS]);

/// A token id that cannot be read. The text is not repeated: it may be a whole token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenIdError {
    /// The whole token stands where its id belongs.
    #[error(
        "a whole authorization token stands where its id belongs: write only the 12 characters between the first and \
         the second '_', and replace this token, for it is no longer secret"
    )]
    WholeToken,
    /// Anything else.
    #[error(
        "a token id has 12 characters of 0-9 and a-z without i, l, o and u: take it from status.authorization.tokens[].id"
    )]
    Form,
}

impl TokenId {
    /// Reads an id.
    ///
    /// # Errors
    /// When `text` does not have the form described on the type.
    pub fn parse(text: &str) -> Result<Self, TokenIdError> {
        if text.trim_start().starts_with("kcat") {
            return Err(TokenIdError::WholeToken);
        }
        Self::of_signs(text.as_bytes()).ok_or(TokenIdError::Form)
    }

    fn of_signs(signs: &[u8]) -> Option<Self> {
        let signs: [u8; ID_SIGNS] = signs.try_into().ok()?;
        signs.iter().all(|sign| encoding::value(*sign).is_some()).then_some(Self(signs))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        // Always ASCII: only `of_signs` and `mint` make one.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for TokenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for TokenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for TokenId {
    type Error = TokenIdError;
    fn try_from(text: String) -> Result<Self, TokenIdError> {
        Self::parse(&text)
    }
}

impl From<TokenId> for String {
    fn from(id: TokenId) -> Self {
        id.as_str().to_owned()
    }
}

/// Why a value is not an authorization token. No variant holds, and no message shows, any part of the value.
///
/// The messages continue a subject: "the value of key "token" of Secret a/b" + message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Nothing there.
    #[error("is empty: write the authorization token into it")]
    Empty,
    /// Blank characters or a line break before or after.
    #[error(
        "has blank characters or a line break at its beginning or end: write the token alone, for example with kubectl create \
         secret generic --from-literal, or printf instead of echo"
    )]
    SurroundingSpace,
    /// `data` was copied into `stringData`, or encoded twice.
    #[error("is base64 once too often: under stringData write the decoded token, under data encode it once")]
    Base64,
    /// Does not begin with `kcat1_`.
    #[error(
        "is not an authorization token: one begins with kcat1_. Copy the value of key \"token\" of the Secret that the owner \
         of the target hands out"
    )]
    Prefix,
    /// `kcat2_` or the like.
    #[error(
        "is an authorization token of another format version: this version reads those that begin with kcat1_"
    )]
    Version,
    /// Cut off, or something behind it.
    #[error("has {found} characters instead of {TOKEN_LENGTH}: copy the whole token and nothing else")]
    Length {
        /// How many bytes there are.
        found: usize,
    },
    /// A `_` is missing, or a character that tokens never contain.
    #[error("contains a character that no token has at place {place}: copy the token again")]
    Character {
        /// Counted from 1.
        place: usize,
    },
    /// Some character was changed.
    #[error("has a wrong checksum, so at least one character was changed: copy the token again")]
    Checksum,
    /// Right checksum over bits that no mint sets.
    #[error("was not minted by this program: have a token issued by the target")]
    NotCanonical,
}

/// An authorization token. Holds its secret until dropped, then overwrites it.
///
/// `kcat1_`, the id (12 characters), `_`, 256 random bits as 52 characters, `_`, CRC-32 of all before it as 7 characters:
/// 79 characters of `0-9a-z_`.
#[derive(Clone)]
pub struct AuthorizationToken {
    id: TokenId,
    secret: Zeroizing<[u8; SECRET_BYTES]>,
}

impl AuthorizationToken {
    /// Makes a token of random bytes: the first 12 give the id, the other 32 are the secret.
    ///
    /// The caller takes them from a cryptographic random source, uses them once, and overwrites them.
    pub fn mint(random: &[u8; MINT_BYTES]) -> Self {
        let mut id = [0; ID_SIGNS];
        let mut secret = Zeroizing::new([0; SECRET_BYTES]);
        // 256 is a multiple of 32: the lowest five bits of a random byte are as random as the byte.
        for (sign, byte) in id.iter_mut().zip(random) {
            *sign = encoding::ALPHABET[usize::from(*byte & 31)];
        }
        for (kept, byte) in secret.iter_mut().zip(random.iter().skip(ID_SIGNS)) {
            *kept = *byte;
        }
        Self { id: TokenId(id), secret }
    }

    /// Reads a token. Form and checksum are checked here, before anybody looks anything up.
    ///
    /// # Errors
    /// One [`ParseError`] per cause, none of which repeats the value.
    pub fn parse(value: &[u8]) -> Result<Self, ParseError> {
        check_beginning(value)?;
        if value.len() != TOKEN_LENGTH {
            return Err(ParseError::Length { found: value.len() });
        }
        let (body, checksum) = value.split_at(BODY_LENGTH);
        let (id, secret) = body.split_at(PREFIX.len() + ID_SIGNS);
        let id = id.get(PREFIX.len()..).unwrap_or_default();
        check_signs(value)?;
        if checksum.get(1..) != Some(checksum_signs(body).as_bytes()) {
            return Err(ParseError::Checksum);
        }
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        if !encoding::decode(secret.get(1..).unwrap_or_default(), bytes.as_mut_slice()) {
            return Err(ParseError::NotCanonical);
        }
        let id = TokenId::of_signs(id).ok_or(ParseError::NotCanonical)?;
        Ok(Self { id, secret: bytes })
    }

    /// The public id.
    pub fn id(&self) -> TokenId {
        self.id
    }

    /// What a target's status holds.
    pub fn digest(&self) -> TokenDigest {
        TokenDigest::of(&self.id, &self.secret)
    }

    /// The whole token as text, to be written into a Secret and nowhere else.
    pub fn expose(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(TOKEN_LENGTH));
        text.push_str(PREFIX);
        text.push_str(self.id.as_str());
        text.push('_');
        encoding::encode(self.secret.as_slice(), &mut text);
        let checksum = checksum_signs(text.as_bytes());
        text.push('_');
        text.push_str(&checksum);
        text
    }
}

fn checksum_signs(body: &[u8]) -> String {
    let mut signs = String::with_capacity(CHECKSUM_SIGNS);
    encoding::encode(&encoding::crc32(body).to_be_bytes(), &mut signs);
    signs
}

/// Finds what people do wrong most often, and names that instead of a wrong length.
fn check_beginning(value: &[u8]) -> Result<(), ParseError> {
    if value.trim_ascii().is_empty() {
        return Err(ParseError::Empty);
    }
    if value.trim_ascii().len() != value.len() {
        return Err(ParseError::SurroundingSpace);
    }
    if value.starts_with(PREFIX.as_bytes()) {
        return Ok(());
    }
    // "kcat1_" in base64.
    if value.starts_with(b"a2NhdDFf") {
        return Err(ParseError::Base64);
    }
    match value.strip_prefix(b"kcat") {
        Some([digit, ..]) if digit.is_ascii_digit() && *digit != b'1' => Err(ParseError::Version),
        _ => Err(ParseError::Prefix),
    }
}

/// `value` has the right length and prefix: every other place holds a `_` or a sign.
fn check_signs(value: &[u8]) -> Result<(), ParseError> {
    let separators = [PREFIX.len() + ID_SIGNS, BODY_LENGTH];
    for (index, byte) in value.iter().enumerate().skip(PREFIX.len()) {
        let fits = if separators.contains(&index) { *byte == b'_' } else { encoding::value(*byte).is_some() };
        if !fits {
            return Err(ParseError::Character { place: index + 1 });
        }
    }
    Ok(())
}

impl PartialEq for AuthorizationToken {
    /// Compares the secrets in constant time.
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && bool::from(self.secret.as_slice().ct_eq(other.secret.as_slice()))
    }
}

impl Eq for AuthorizationToken {}

impl fmt::Debug for AuthorizationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthorizationToken({self})")
    }
}

impl fmt::Display for AuthorizationToken {
    /// `kcat1_<id>_[secret]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}_[secret]", self.id)
    }
}
