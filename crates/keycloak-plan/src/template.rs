//! Templates of values: a text with `{{ name }}` in it, and nothing else that could do anything.
//!
//! | written | gives |
//! | --- | --- |
//! | `{{ name }}` | the value of that name |
//! | `{{ name \| json }}` | the same as a JSON string with its quotes, which is a YAML string too |
//! | `{{ "{{" }}` | the text between the quotes |
//! | anything else | itself |
//!
//! There are no conditions, loops or functions: what a template gives depends on the values that it names and on nothing else.

use std::fmt;

const OPEN: &str = "{{";
const CLOSE: &str = "}}";
const JSON: &str = "json";

/// A template that names values of `N`, whatever these are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template<N>(Vec<Piece<N>>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece<N> {
    Text(String),
    Value(N, Form),
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    AsItIs,
    Json,
}

/// Why a text is no template: one clause. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotATemplate {
    /// Braces that nothing closes.
    Open {
        /// Where they are.
        line: usize,
    },
    /// Braces with nothing between them.
    Empty {
        /// Where they are.
        line: usize,
    },
    /// A name that nobody knows.
    UnknownName {
        /// The name.
        name: String,
        /// Where it is.
        line: usize,
        /// Those that are known.
        known: Vec<String>,
    },
    /// Something else than `json` behind a `|`.
    UnknownForm {
        /// What it is.
        form: String,
        /// Where it is.
        line: usize,
    },
}

impl std::error::Error for NotATemplate {}

impl fmt::Display for NotATemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { line } => write!(
                f,
                "line {line} opens {OPEN} and does not close it; close it with {CLOSE}, or write {OPEN} \"{OPEN}\" {CLOSE} for \
                 the braces themselves"
            ),
            Self::Empty { line } => {
                write!(f, "line {line} has nothing between {OPEN} and {CLOSE}; write a name there")
            }
            Self::UnknownName { name, line, known } => {
                write!(f, "line {line} names {name:?}, which nobody knows; known are {}", known.join(", "))
            }
            Self::UnknownForm { form, line } => {
                write!(f, "line {line} asks for the form {form:?}, which nobody knows; known is {JSON}")
            }
        }
    }
}

impl<N: Copy> Template<N> {
    /// Reads a template that may name what is in `names`.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn parse(text: &str, names: &[(&str, N)]) -> Result<Self, NotATemplate> {
        let mut pieces = Vec::new();
        let (mut rest, mut line) = (text, 1);
        while let Some((before, behind)) = rest.split_once(OPEN) {
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            line += lines(before);
            let (inner, after) = inside(behind).ok_or(NotATemplate::Open { line })?;
            pieces.push(piece(inner.trim(), line, names)?);
            line += lines(inner);
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// The text with its values.
    pub fn render<'v>(&self, value: impl Fn(N) -> &'v str) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Value(name, Form::AsItIs) => text.push_str(value(*name)),
                Piece::Value(name, Form::Json) => {
                    text.push_str(&serde_json::Value::from(value(*name)).to_string());
                }
            }
        }
        text
    }
}

fn lines(text: &str) -> usize {
    text.matches('\n').count()
}

/// What stands between braces that were opened, and what comes behind them. A text in quotes may hold closing braces.
fn inside(behind: &str) -> Option<(&str, &str)> {
    let trimmed = behind.trim_start();
    if let Some(quoted) = trimmed.strip_prefix('"')
        && let Some((_, after)) = quoted.split_once('"')
    {
        let tail = after.trim_start();
        if let Some(after) = tail.strip_prefix(CLOSE) {
            let inner = behind.len() - tail.len();
            return Some((behind.get(..inner)?, after));
        }
    }
    behind.split_once(CLOSE)
}

fn piece<N: Copy>(inner: &str, line: usize, names: &[(&str, N)]) -> Result<Piece<N>, NotATemplate> {
    if inner.is_empty() {
        return Err(NotATemplate::Empty { line });
    }
    if let Some(text) = inner.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'))
        && !text.contains('"')
    {
        return Ok(Piece::Text(text.to_owned()));
    }
    let (name, form) = match inner.split_once('|') {
        None => (inner, Form::AsItIs),
        Some((name, form)) if form.trim() == JSON => (name.trim_end(), Form::Json),
        Some((_, form)) => return Err(NotATemplate::UnknownForm { form: form.trim().to_owned(), line }),
    };
    let known = names.iter().find(|(known, _)| *known == name);
    known.map(|(_, value)| Piece::Value(*value, form)).ok_or_else(|| NotATemplate::UnknownName {
        name: name.to_owned(),
        line,
        known: names.iter().map(|(known, _)| (*known).to_owned()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[(&str, usize)] = &[("clientId", 0), ("clientSecret", 1)];

    fn rendered(text: &str) -> Result<String, String> {
        let values = ["portal", "a\"b\\c"];
        let template = Template::parse(text, NAMES).map_err(|error| error.to_string())?;
        Ok(template.render(|index| values[index]))
    }

    #[test]
    fn names_are_replaced_and_everything_else_stays() {
        for (text, expected) in [
            ("", ""),
            ("no braces { } }} here", "no braces { } }} here"),
            ("{{ clientId }}", "portal"),
            ("{{clientId}}{{ clientId\n}}", "portalportal"),
            (
                "id: {{ clientId }}\nsecret: {{ clientSecret | json }}\n",
                "id: portal\nsecret: \"a\\\"b\\\\c\"\n",
            ),
            ("raw: {{ clientSecret }}", "raw: a\"b\\c"),
            ("{{ \"{{\" }} .Values.x {{ \"}}\" }}", "{{ .Values.x }}"),
            ("{{ \"\" }}", ""),
        ] {
            assert_eq!(rendered(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_value_that_looks_like_a_template_is_not_read_as_one() {
        let template = Template::parse("{{ clientId }}", NAMES).unwrap();
        assert_eq!(template.render(|_| "{{ clientSecret }}"), "{{ clientSecret }}");
    }

    #[test]
    fn what_is_no_template_is_told_with_its_line_and_what_to_write() {
        let refused = [
            "{{ clientID }}",
            "a\nb {{ clientId",
            "{{ clientId }}\n\n{{  }}",
            "{{ clientId | base64 }}",
            "{{ \"a\" \"b\" }}",
            "{{\n}}{{ .Values.x }}",
        ];
        let told: Vec<String> = refused.iter().map(|text| rendered(text).unwrap_err()).collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        line 1 names "clientID", which nobody knows; known are clientId, clientSecret
        line 2 opens {{ and does not close it; close it with }}, or write {{ "{{" }} for the braces themselves
        line 3 has nothing between {{ and }}; write a name there
        line 1 asks for the form "base64", which nobody knows; known is json
        line 1 names "\"a\" \"b\"", which nobody knows; known are clientId, clientSecret
        line 1 has nothing between {{ and }}; write a name there
        "#);
    }
}
