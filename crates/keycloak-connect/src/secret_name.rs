//! Names of Secrets that are made from realm names, and short hashes of identities.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The first `digits` hexadecimal digits of SHA-256 over `parts`, each with its length, under a name of its own (`domain`).
pub(crate) fn short_hash(domain: &str, parts: &[&str], digits: usize) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(&domain).chain(parts) {
        // Length before content: no two lists of parts give the same bytes.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.truncate(digits);
    text
}

/// The names that a Secret made from a user's text may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidates {
    /// As the seed has it: `<text>-<suffix>`, where that is a DNS label.
    pub plain: Option<String>,
    /// `<slug>-<8 hex>-<suffix>`: always possible, and nobody else's.
    pub unique: String,
}

impl Candidates {
    /// Names for `text` (a realm name) of the object with this uid.
    pub fn new(text: &str, suffix: &str, uid: &str) -> Self {
        let plain = format!("{text}-{suffix}");
        let hash = short_hash("keycloak.mdvr.nl/secret-name/v1", &[text, suffix, uid], 8);
        let room = 63_usize.saturating_sub(hash.len() + suffix.len() + 2);
        let slug = slug(text, room);
        let unique =
            if slug.is_empty() { format!("x-{hash}-{suffix}") } else { format!("{slug}-{hash}-{suffix}") };
        Self { plain: is_dns_label(&plain).then_some(plain), unique }
    }
}

/// At most 63 lower-case letters, digits and `-`, with a letter or digit at both ends (RFC 1123).
fn is_dns_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// What of `text` can stand in a DNS label: other characters become one `-`.
pub(crate) fn slug(text: &str, longest: usize) -> String {
    let mut slug = String::with_capacity(longest);
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        if slug.len() >= longest {
            break;
        }
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_realm_name_that_is_a_label_keeps_the_seeds_name_and_every_other_gets_one() {
        let names = |text: &str| {
            let Candidates { plain, unique } = Candidates::new(text, "realm-auth", "u-1");
            format!("{plain:?} {unique}")
        };
        let long = "a".repeat(80);
        insta::assert_snapshot!(
            ["acme", "Acme Corp.", "-acme-", "ümläut", "...", long.as_str()].map(names).join("\n"),
            @r#"
            Some("acme-realm-auth") acme-6f236443-realm-auth
            None acme-corp-6240af64-realm-auth
            None acme-06882bc2-realm-auth
            None ml-ut-76d43cbb-realm-auth
            None x-1430d0f2-realm-auth
            None aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-c7de00c3-realm-auth
            "#
        );
    }

    #[test]
    fn every_unique_name_is_a_label_and_differs_by_text_and_object() {
        for text in ["acme", "A/b c", "", "ß", &"x-".repeat(100)] {
            assert!(is_dns_label(&Candidates::new(text, "realm-auth", "u-1").unique), "{text}");
        }
        let of = |text, uid| Candidates::new(text, "realm-auth", uid).unique;
        assert_ne!(of("Acme", "u-1"), of("ACME", "u-1"));
        assert_ne!(of("Acme", "u-1"), of("Acme", "u-2"));
    }
}
