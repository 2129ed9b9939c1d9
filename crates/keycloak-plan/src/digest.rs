//! Short hashes of values, and the key for those that come from Secrets.

use std::fmt::{self, Write as _};

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::identity::Identity;
use crate::path::FieldPath;

/// The first 64 bits of a digest, printed as 16 hexadecimal digits.
///
/// It tells "still the value that was applied" from "another value"; it is no proof against somebody who
/// chooses both values, and need not be: that person would only deceive his own object. What has to stand
/// against such a person is a `long_hash`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortHash([u8; 8]);

impl ShortHash {
    /// The hash of `parts`, each with its length, under a name of its own (`domain`).
    pub fn of(domain: &str, parts: &[&[u8]]) -> Self {
        Self::first(&digest_of(domain, parts))
    }

    /// The same with a key: without it nobody can make the hash (HMAC, RFC 2104).
    pub fn keyed(key: &RecordKey, domain: &str, parts: &[&[u8]]) -> Self {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key.bytes) else {
            // HMAC takes keys of every length, RFC 2104 section 2; the library's type cannot say so.
            return Self::of("cloakroom no key", &[]);
        };
        absorb(domain, parts, |bytes| mac.update(bytes));
        Self::first(&mac.finalize().into_bytes())
    }

    /// Reads 16 hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 8];
        let pairs = text.as_bytes().chunks_exact(2);
        if text.len() != 16 || !text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(pairs) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    fn first(digest: &[u8]) -> Self {
        let mut bytes = [0; 8];
        for (to, from) in bytes.iter_mut().zip(digest) {
            *to = *from;
        }
        Self(bytes)
    }
}

/// The first 160 bits of a digest, printed as 40 hexadecimal digits, of parts as those of [`ShortHash::of`].
///
/// Whoever chooses both values needs work of half the bits, 2^80, to find two with one hash (2^32 for a [`ShortHash`]).
pub(crate) fn long_hash(domain: &str, parts: &[&[u8]]) -> String {
    digest_of(domain, parts).iter().take(20).fold(String::with_capacity(40), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn digest_of(domain: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut digest = Sha256::new();
    absorb(domain, parts, |bytes| digest.update(bytes));
    digest.finalize().into()
}

/// Length before content: no two lists of parts give the same bytes.
fn absorb(domain: &str, parts: &[&[u8]], mut update: impl FnMut(&[u8])) {
    for part in std::iter::once(domain.as_bytes()).chain(parts.iter().copied()) {
        update(&(part.len() as u64).to_be_bytes());
        update(part);
    }
}

impl fmt::Display for ShortHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ShortHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The key for hashes of values that come from Secrets (Secret `cloakroom-record-key`).
///
/// Without a key such a hash, standing in status, would let any reader try passwords against it.
#[derive(Clone)]
pub struct RecordKey {
    id: String,
    bytes: Vec<u8>,
}

impl RecordKey {
    /// A key and the id it is known by in records.
    pub fn new(id: &str, bytes: &[u8]) -> Self {
        Self { id: id.to_owned(), bytes: bytes.to_vec() }
    }

    /// Its id, no secret.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// Never prints the key.
impl fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The hash of a value that may be read by everybody.
pub(crate) fn plain_hash(value: Option<&Value>) -> ShortHash {
    ShortHash::of("cloakroom value", &[canonical(value).as_bytes()])
}

/// The hash of a value from a Secret. The place is part of it: the same password in two places does not show.
pub(crate) fn keyed_hash(
    key: &RecordKey,
    object: &Identity,
    path: &FieldPath,
    value: Option<&Value>,
) -> ShortHash {
    let (object, path, value) = (object.key(), path.to_string(), canonical(value));
    ShortHash::keyed(key, "cloakroom secret value", &[object.as_bytes(), path.as_bytes(), value.as_bytes()])
}

/// One text per JSON value: keys sorted, whole numbers without a fraction; empty for a value that is absent.
///
/// Sorted here because `serde_json` keeps the order of insertion as soon as any crate of the build asks for it.
pub(crate) fn canonical(value: Option<&Value>) -> String {
    let mut out = String::new();
    if let Some(value) = value {
        write_canonical(value, &mut out);
    }
    out
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by(|left, right| left.0.cmp(right.0));
            out.push('{');
            for (position, (key, entry)) in entries.into_iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write_canonical(entry, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        Value::Number(number) => out.push_str(&canonical_number(number)),
        Value::Null | Value::Bool(_) | Value::String(_) => out.push_str(&value.to_string()),
    }
}

fn canonical_number(number: &serde_json::Number) -> String {
    match number.as_f64() {
        // `{:.0}` of a whole float prints its digits and no exponent.
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => format!("{float:.0}"),
        Some(_) | None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::{CLIENT, REALM};

    #[test]
    fn the_order_of_keys_and_the_form_of_a_number_do_not_change_the_hash() {
        let one = json!({"a": 1, "b": [1.0, {"d": null, "c": "x"}]});
        let other = json!({"b": [1, {"c": "x", "d": null}], "a": 1.0});
        assert_eq!(plain_hash(Some(&one)), plain_hash(Some(&other)));
        assert_ne!(plain_hash(Some(&json!(["a", "b"]))), plain_hash(Some(&json!("a,b"))));
        assert_ne!(plain_hash(None), plain_hash(Some(&json!(null))));
    }

    #[test]
    fn a_secret_hashes_differently_per_key_and_place() {
        let (value, path) = (json!("s3cret"), FieldPath::field("secret"));
        let (portal, shop) = (Identity::new(&CLIENT, "portal"), Identity::new(&CLIENT, "shop"));
        let (one, two) = (RecordKey::new("1", b"one"), RecordKey::new("2", b"two"));
        let hash = keyed_hash(&one, &portal, &path, Some(&value));
        assert_eq!(hash, keyed_hash(&one, &portal, &path, Some(&value)));
        assert_ne!(hash, keyed_hash(&two, &portal, &path, Some(&value)));
        assert_ne!(hash, keyed_hash(&one, &shop, &path, Some(&value)));
        assert_ne!(hash, keyed_hash(&one, &portal, &FieldPath::field("other"), Some(&value)));
        assert_ne!(hash, plain_hash(Some(&value)));
    }

    #[test]
    fn a_key_of_any_length_works_and_is_never_printed() {
        let path = FieldPath::field("smtpServer").then_key("password");
        let realm = Identity::new(&REALM, "acme");
        let empty = keyed_hash(&RecordKey::new("a", b""), &realm, &path, None);
        let long = keyed_hash(&RecordKey::new("b", &[7; 500]), &realm, &path, None);
        assert_ne!(empty, long);
        assert_eq!(format!("{:?}", RecordKey::new("id", b"hidden")), r#"RecordKey { id: "id", .. }"#);
    }

    #[test]
    fn a_long_hash_is_the_beginning_of_sha_256_over_each_part_with_its_length() {
        // printf '\0\0\0\0\0\0\0\1d\0\0\0\0\0\0\0\2ab' | sha256sum
        assert_eq!(long_hash("d", &[b"ab"]), "e3fd7e83dc3657c5f608d2fa042808824455da96");
        assert_ne!(long_hash("d", &[b"a", b"b"]), long_hash("d", &[b"ab"]));
    }

    #[test]
    fn a_hash_reads_back_and_nothing_else_does() {
        let hash = plain_hash(Some(&json!(1)));
        assert_eq!(ShortHash::parse(&hash.to_string()), Some(hash));
        for text in ["", "0", "00112233445566778", "00112233445566GG", "0011223344556 7", "ÄÄÄÄÄÄÄÄ"]
        {
            assert_eq!(ShortHash::parse(text), None, "{text:?}");
        }
    }
}
