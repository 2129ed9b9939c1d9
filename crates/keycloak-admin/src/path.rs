//! One segment of a request path, from a name that a user chose.
//!
//! URL parsers fold `.` and `..`, also percent-encoded ones, and turn backslashes into slashes before
//! anything is sent: "get role `..`" would become a request on the realm itself, and "delete role
//! `..`" would delete it. So everything but unreserved characters (RFC 3986, 2.3) is
//! percent-encoded, and what no encoding can carry is refused.

use std::fmt::Write as _;

/// Why a name cannot stand in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnsafeSegment {
    /// The request would go to the collection.
    #[error("is empty, and an empty name cannot stand in a URL: look the object up by its id")]
    Empty,
    /// The request would go to a parent.
    #[error("is `.` or `..`, which no URL can carry: look the object up by its id")]
    Dots,
    /// Servers and proxies disagree on these.
    #[error("contains a control character, which no URL can carry")]
    Control,
}

/// The encoded segment.
///
/// # Errors
/// When no encoding of the name reaches the server unchanged.
pub fn encode(name: &str) -> Result<String, UnsafeSegment> {
    check(name)?;
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    Ok(encoded)
}

pub(crate) fn check(name: &str) -> Result<(), UnsafeSegment> {
    match name {
        "" => Err(UnsafeSegment::Empty),
        "." | ".." => Err(UnsafeSegment::Dots),
        name if name.chars().any(char::is_control) => Err(UnsafeSegment::Control),
        _ => Ok(()),
    }
}

/// What the generated calls put in place of progenitor's encoder.
#[expect(clippy::result_large_err, reason = "the generated code's error type")]
pub(crate) fn segment(name: &str) -> Result<String, progenitor_client::Error<()>> {
    encode(name)
        .map_err(|reason| progenitor_client::Error::InvalidRequest(format!("a path segment {reason}")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reserved_characters_dots_within_names_and_encoded_text_arrive_as_they_are() {
        let table = [
            ("role", "role"),
            ("a..b", "a..b"),
            ("...", "..."),
            ("a/b", "a%2Fb"),
            (r"a\b", "a%5Cb"),
            (r"a\..\..\x", "a%5C..%5C..%5Cx"),
            ("a;b=c", "a%3Bb%3Dc"),
            ("%2f", "%252f"),
            ("%2e%2e", "%252e%252e"),
            ("../admin", "..%2Fadmin"),
            ("?#", "%3F%23"),
            ("ü x", "%C3%BC%20x"),
        ];
        for (name, expected) in table {
            assert_eq!(encode(name).as_deref(), Ok(expected), "{name}");
        }
    }

    #[test]
    fn what_no_url_can_carry_is_refused() {
        assert_eq!(encode(""), Err(UnsafeSegment::Empty));
        assert_eq!(encode("."), Err(UnsafeSegment::Dots));
        assert_eq!(encode(".."), Err(UnsafeSegment::Dots));
        for name in ["a\nb", "a\0", "\u{7f}", "a\u{85}b"] {
            assert_eq!(encode(name), Err(UnsafeSegment::Control), "{name:?}");
        }
    }

    proptest! {
        /// Whatever the name: the URL that is really sent has exactly one segment more, and it is the name.
        #[test]
        fn a_name_never_changes_which_resource_is_hit(name in "\\PC{0,12}|[./\\\\%;a-f0-9]{0,8}") {
            if let Ok(segment) = encode(&name) {
                let url = url::Url::parse(&format!("http://host/auth/admin/realms/acme/roles/{segment}/composites"));
                let url = url.unwrap();
                let segments: Vec<&str> = url.path_segments().unwrap().collect();
                prop_assert_eq!(segments.len(), 7);
                prop_assert_eq!(&segments[..5], &["auth", "admin", "realms", "acme", "roles"][..]);
                prop_assert_eq!(decode(segments[5]), name);
                prop_assert_eq!(segments[6], "composites");
                prop_assert!(url.query().is_none() && url.fragment().is_none());
            }
        }
    }

    fn decode(segment: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = segment.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap()
    }
}
