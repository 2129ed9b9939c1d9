//! The pure crates ask nobody: no clock, no files, no network, no environment, no randomness, no
//! output. Time and random bytes come in as arguments.
//!
//! What they could pull in from other crates is looked at by the arrows; this is what the standard
//! library would let them do. Tests may do what they like.

use super::Finding;
use super::tree::{Tree, extension};

/// Sources of the pure crates.
const PURE: &[&str] = &["crates/authorization-token/src/", "crates/keycloak-plan/src/"];

/// What asks the world, and what to take instead.
const ASKS: &[(&str, &str)] = &[
    ("SystemTime::now", "take the time as an argument"),
    ("Instant::now", "take the time as an argument"),
    ("Timestamp::now", "take the time as an argument"),
    ("Zoned::now", "take the time as an argument"),
    ("std::fs", "take the content as an argument"),
    ("std::net", "leave I/O to the caller"),
    ("std::env", "take the value as an argument"),
    ("std::process", "leave I/O to the caller"),
    ("std::thread", "leave concurrency to the caller"),
    ("rand::", "take random bytes as an argument"),
    ("RandomState::new", "use an ordered map, or the same answer looks different each time"),
    ("println!", "return what is to be said"),
    ("tracing::", "return what is to be said"),
];

/// Places in the pure crates, outside tests, that ask the world.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.written().filter(|(path, _)| is_pure(path)) {
        // Inline tests stand at the end of a file.
        let code = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
        for (index, line) in code.enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (asks, instead) in ASKS.iter().filter(|(asks, _)| line.contains(asks)) {
                findings.push(Finding::new(path, index + 1, format!("`{asks}` in a pure crate"), *instead));
            }
        }
    }
    findings
}

fn is_pure(path: &str) -> bool {
    let is_test = path.ends_with("/tests.rs") || path.contains("/tests/") || path.ends_with("_test.rs");
    extension(path) == "rs" && !is_test && PURE.iter().any(|top| path.starts_with(top))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_in_a_pure_crate_is_found_with_its_line() {
        let tree = Tree::of(&[(
            "crates/authorization-token/src/rotation.rs",
            "//! Rotation; never `SystemTime::now`.\n\nfn due() -> bool { SystemTime::now() > END }\n",
        )]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert_eq!(
            findings[0].to_string(),
            "crates/authorization-token/src/rotation.rs:3: `SystemTime::now` in a pure crate: take the time as an argument"
        );
    }

    #[test]
    fn tests_and_other_crates_may_ask_the_world() {
        let tree = Tree::of(&[
            ("crates/keycloak-plan/src/diff.rs", "//! Diff.\n#[cfg(test)]\nmod tests { use std::fs; }\n"),
            ("crates/keycloak-plan/src/diff/tests.rs", "use std::fs;\n"),
            ("crates/keycloak-plan/tests/golden.rs", "use std::fs;\n"),
            ("crates/keycloak-admin/src/session.rs", "Instant::now()\n"),
        ]);
        assert_eq!(check(&tree), []);
    }
}
