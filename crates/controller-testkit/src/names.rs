//! Names that no other test and no earlier run has: tests share servers and run in parallel.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Longest name: a DNS label of a Kubernetes namespace (RFC 1123).
const LONGEST: usize = 63;
/// Characters of the unique part.
const UNIQUE: usize = 8;

/// A DNS label that begins with `purpose` and is used once: for a realm, a namespace, a client.
///
/// What a DNS label cannot hold becomes a hyphen, and a long purpose is cut.
pub fn unique_name(purpose: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // RandomState is seeded by the operating system, once per thread: two processes differ.
    let unique = RandomState::new().hash_one((
        std::process::id(),
        since_1970.as_nanos(),
        COUNT.fetch_add(1, Ordering::Relaxed),
    ));
    format!("{}-{}", slug(purpose), &format!("{unique:016x}")[..UNIQUE])
}

fn slug(purpose: &str) -> String {
    let mut slug: String = purpose
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(LONGEST - UNIQUE - 1)
        .collect();
    slug.truncate(slug.trim_end_matches('-').len());
    let slug = slug.trim_start_matches('-');
    // A label of a Service must begin with a letter.
    if slug.starts_with(|c: char| c.is_ascii_lowercase()) { slug.to_owned() } else { format!("t{slug}") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_thousand_names_of_one_purpose_differ() {
        let names: BTreeSet<String> = (0..1000).map(|_| unique_name("realm")).collect();
        assert_eq!(names.len(), 1000);
    }

    #[test]
    fn every_name_is_a_dns_label() {
        for purpose in ["realm", "A test, with Words!", "42", "", "-", "überlang", &"long ".repeat(40)] {
            let name = unique_name(purpose);
            assert!(name.len() <= 63, "{name}");
            assert!(name.starts_with(|c: char| c.is_ascii_lowercase()), "{name}");
            assert!(!name.ends_with('-') && !name.contains("--t-"), "{name}");
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
        }
    }
}
