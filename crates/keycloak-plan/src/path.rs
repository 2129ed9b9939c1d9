//! Where a value stands inside the representation of an object.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One step of a [`FieldPath`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathStep {
    /// A field of a representation: `redirectUris`.
    Field(String),
    /// A key of a map, or a child of a list of child objects: `[acme.owner]`, `[audience]`.
    Key(String),
}

/// The place of one value inside the representation of a Keycloak object, by names that Keycloak uses.
///
/// Written `redirectUris`, `attributes[acme.owner]`, `protocolMappers[audience].config[claim.name]`. A backslash
/// stands before `\`, `]` in a key and `\`, `.`, `[` in a field, so that each path has exactly one text.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldPath(Vec<PathStep>);

impl FieldPath {
    /// A field of the object itself.
    pub fn field(name: &str) -> Self {
        Self::default().then_field(name)
    }

    /// This path with a field below it.
    #[must_use]
    pub fn then_field(&self, name: &str) -> Self {
        self.then(PathStep::Field(name.to_owned()))
    }

    /// This path with a map key or a child below it.
    #[must_use]
    pub fn then_key(&self, key: &str) -> Self {
        self.then(PathStep::Key(key.to_owned()))
    }

    /// The steps, outermost first.
    pub fn steps(&self) -> &[PathStep] {
        &self.0
    }

    /// The name of the outermost field; empty only for the empty path.
    pub fn top(&self) -> &str {
        match self.0.first() {
            Some(PathStep::Field(name) | PathStep::Key(name)) => name,
            None => "",
        }
    }

    /// Whether this path lies below `other`, or is `other`.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    fn then(&self, step: PathStep) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Field(name) => {
                    if position > 0 {
                        f.write_str(".")?;
                    }
                    write_escaped(f, name, &['\\', '.', '['])?;
                }
                PathStep::Key(key) => {
                    f.write_str("[")?;
                    write_escaped(f, key, &['\\', ']'])?;
                    f.write_str("]")?;
                }
            }
        }
        Ok(())
    }
}

/// Its text.
impl fmt::Debug for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

fn write_escaped(f: &mut fmt::Formatter<'_>, text: &str, special: &[char]) -> fmt::Result {
    use fmt::Write as _;
    for letter in text.chars() {
        if special.contains(&letter) {
            f.write_char('\\')?;
        }
        f.write_char(letter)?;
    }
    Ok(())
}

/// A text that is no path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the path of a field; write it as attributes[key] or protocolMappers[name].config[key]")]
pub struct NotAPath(String);

impl FromStr for FieldPath {
    type Err = NotAPath;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotAPath(text.to_owned());
        let mut steps = Vec::new();
        let mut letters = text.chars().peekable();
        while let Some(&first) = letters.peek() {
            if first == '[' {
                letters.next();
                let key = read_until(&mut letters, &[']']).ok_or_else(refuse)?;
                letters.next().filter(|end| *end == ']').ok_or_else(refuse)?;
                steps.push(PathStep::Key(key));
            } else {
                if !steps.is_empty() {
                    letters.next().filter(|dot| *dot == '.').ok_or_else(refuse)?;
                }
                let name = read_until(&mut letters, &['.', '[']).ok_or_else(refuse)?;
                steps.push(PathStep::Field(name));
            }
        }
        let path = Self(steps);
        // One text per path: what would be written differently was not written by us.
        if text.is_empty() || path.to_string() != text {
            return Err(refuse());
        }
        Ok(path)
    }
}

/// Reads until one of `ends` (left in place) or the end; `None` after a lone backslash.
fn read_until(letters: &mut std::iter::Peekable<std::str::Chars<'_>>, ends: &[char]) -> Option<String> {
    let mut read = String::new();
    while let Some(letter) = letters.next_if(|letter| !ends.contains(letter)) {
        read.push(if letter == '\\' { letters.next()? } else { letter });
    }
    Some(read)
}

impl TryFrom<String> for FieldPath {
    type Error = NotAPath;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<FieldPath> for String {
    fn from(path: FieldPath) -> Self {
        path.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_reads_like_the_representation() {
        let path =
            FieldPath::field("protocolMappers").then_key("audience").then_field("config").then_key("a.b");
        assert_eq!(path.to_string(), "protocolMappers[audience].config[a.b]");
        assert_eq!("protocolMappers[audience].config[a.b]".parse(), Ok(path));
    }

    #[test]
    fn a_text_that_is_no_path_is_refused() {
        for text in ["", "a[b", "a]b[", "a[b]c", "[a]\\", "a..b\\", "a\\b"] {
            assert!(text.parse::<FieldPath>().is_err(), "{text:?} was read");
        }
        let refused = "a[b".parse::<FieldPath>().unwrap_err();
        insta::assert_snapshot!(refused, @r#""a[b" is not the path of a field; write it as attributes[key] or protocolMappers[name].config[key]"#);
    }

    proptest! {
        #[test]
        fn every_path_has_one_text_and_every_text_one_path(
            top in any::<String>().prop_filter("a path starts with a field", |name| !name.is_empty()),
            rest in prop::collection::vec((any::<bool>(), any::<String>()), 0..4),
        ) {
            let mut path = FieldPath::field(&top);
            for (is_key, name) in rest {
                path = if is_key { path.then_key(&name) } else { path.then_field(&name) };
            }
            prop_assert_eq!(path.to_string().parse(), Ok(path));
        }

        #[test]
        fn reading_any_text_never_panics(text in any::<String>()) {
            let _ = text.parse::<FieldPath>();
        }
    }
}
