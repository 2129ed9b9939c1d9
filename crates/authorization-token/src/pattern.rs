//! The glob in which limits are written.

use std::fmt;

use serde::{Deserialize, Serialize};

/// More than any realm name (36 in Keycloak's schema) or client id (255) needs.
const LONGEST: usize = 255;

/// A pattern that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing in it.
    #[error("a name pattern may not be empty: write a name, or a beginning followed by *, such as team-a-*")]
    Empty,
    /// Stars alone.
    #[error(
        "the name pattern {0:?} matches every name, so it limits nothing: leave names out if that is meant"
    )]
    MatchesEverything(String),
    /// Longer than any name.
    #[error("a name pattern has at most {LONGEST} characters, this one has {0}")]
    TooLong(usize),
    /// Line breaks and the like.
    #[error("the name pattern {0:?} contains a control character: remove it")]
    ControlCharacter(String),
}

/// A pattern for realm names or client ids: `*` stands for any characters or none, everything else for itself.
///
/// Upper and lower case differ. There is no `?`, no class and no escape: client ids are often URLs, so every other sign must mean
/// itself; a pattern cannot ask for a star. At least one other character is needed: `*` alone is refused. At most 255
/// characters. Matching takes at most length of pattern times length of name steps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NamePattern(String);

impl NamePattern {
    /// Checks a pattern.
    ///
    /// # Errors
    /// See [`PatternError`].
    pub fn new(text: impl Into<String>) -> Result<Self, PatternError> {
        let text = text.into();
        let length = text.chars().count();
        if text.is_empty() {
            Err(PatternError::Empty)
        } else if length > LONGEST {
            Err(PatternError::TooLong(length))
        } else if text.chars().any(char::is_control) {
            Err(PatternError::ControlCharacter(text))
        } else if text.chars().all(|sign| sign == '*') {
            Err(PatternError::MatchesEverything(text))
        } else {
            Ok(Self(text))
        }
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole of `name` fits.
    ///
    /// The pieces between stars are looked for from left to right, each as early as possible: if any placing fits, the
    /// earliest one does.
    pub fn matches(&self, name: &str) -> bool {
        let Some((first, rest)) = self.0.split_once('*') else { return name == self.0 };
        let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
        let Some(mut open) = name.strip_prefix(first).and_then(|name| name.strip_suffix(last)) else {
            return false;
        };
        for piece in middle.split('*') {
            let Some((_, behind)) = open.split_once(piece) else { return false };
            open = behind;
        }
        true
    }
}

impl fmt::Display for NamePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for NamePattern {
    type Error = PatternError;
    fn try_from(text: String) -> Result<Self, PatternError> {
        Self::new(text)
    }
}

impl From<NamePattern> for String {
    fn from(pattern: NamePattern) -> Self {
        pattern.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fits(pattern: &str, name: &str) -> bool {
        NamePattern::new(pattern).unwrap().matches(name)
    }

    #[test]
    fn a_star_stands_for_any_characters_or_none_and_all_else_for_itself() {
        for (pattern, name, expected) in [
            ("team-a-*", "team-a-shop", true),
            ("team-a-*", "team-a-", true),
            ("team-a-*", "team-a", false),
            ("team-a-*", "x-team-a-shop", false),
            ("team-a", "team-a", true),
            ("team-a", "team-ab", false),
            ("Team", "team", false),
            ("*-dev", "shop-dev", true),
            ("*-dev", "shop-dev-2", false),
            ("https://*.example.org/?a=[b]", "https://x.example.org/?a=[b]", true),
            ("https://*.example.org/", "https://x.example.org/evil", false),
            ("a.c", "abc", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("ab*ba", "aba", false),
            ("a**b", "ab", true),
            ("*ü*", "grün", true),
            ("a*", "", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} on {name}");
        }
    }

    #[test]
    fn each_useless_pattern_has_its_own_sentence() {
        let errors: Vec<String> = ["", "**", "a\nb", &"a".repeat(256)]
            .iter()
            .map(|pattern| NamePattern::new(*pattern).unwrap_err().to_string())
            .collect();
        insta::assert_snapshot!(errors.join("\n"), @r#"
        a name pattern may not be empty: write a name, or a beginning followed by *, such as team-a-*
        the name pattern "**" matches every name, so it limits nothing: leave names out if that is meant
        the name pattern "a\nb" contains a control character: remove it
        a name pattern has at most 255 characters, this one has 256
        "#);
    }

    /// The definition, word for word, without any thought for speed.
    fn by_definition(pattern: &[char], name: &[char]) -> bool {
        match pattern {
            [] => name.is_empty(),
            ['*', rest @ ..] => (0..=name.len()).any(|taken| by_definition(rest, &name[taken..])),
            [sign, rest @ ..] => name.first() == Some(sign) && by_definition(rest, &name[1..]),
        }
    }

    proptest! {
        #[test]
        fn matching_agrees_with_the_definition(pattern in "[ab*]{1,8}", name in "[ab]{0,10}") {
            prop_assume!(pattern.chars().any(|sign| sign != '*'));
            let signs: Vec<char> = pattern.chars().collect();
            let letters: Vec<char> = name.chars().collect();
            prop_assert_eq!(fits(&pattern, &name), by_definition(&signs, &letters));
        }

        #[test]
        fn no_text_makes_matching_panic(pattern in any::<String>(), name in any::<String>()) {
            if let Ok(pattern) = NamePattern::new(pattern) {
                let _ = pattern.matches(&name);
            }
        }
    }
}
