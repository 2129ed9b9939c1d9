//! Keycloak's three ways to spell an error, and everything that is none of them.

use std::fmt;

use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use url::Url;

/// Longest part of a body that is shown: enough for a sentence, too short for a page.
const SHOWN: usize = 300;

/// What the body of an error says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeycloakMessage {
    /// The code or only text: `error`, as in `{"error": "invalid_grant", ...}`.
    pub error: Option<String>,
    /// The sentence: `error_description`, `errorMessage`, or the text of a body that is no JSON.
    pub text: Option<String>,
}

#[derive(Deserialize)]
struct Body {
    error: Option<String>,
    error_description: Option<String>,
    #[serde(rename = "errorMessage")]
    error_message: Option<String>,
    /// Several at once: user profile and user validation.
    errors: Option<Vec<Body>>,
    field: Option<String>,
}

impl KeycloakMessage {
    /// What an answer says that is no success: its body, or where it redirects to.
    pub(crate) fn of(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let target = headers.get(header::LOCATION).filter(|_| status.is_redirection());
        let target = target.and_then(|value| Url::parse(value.to_str().ok()?).ok());
        match target {
            // The host alone: the rest may hold names and codes.
            Some(target) => {
                let host = target.origin().ascii_serialization();
                let text = format!("it redirects to {host}: give the address of Keycloak itself");
                Self { error: None, text: Some(text) }
            }
            None => Self::read(body),
        }
    }

    /// Reads a body. Anything is accepted: it may come from a proxy.
    pub fn read(body: &[u8]) -> Self {
        match serde_json::from_slice::<Body>(body) {
            Ok(body) => body.message(),
            Err(_) => Self { error: None, text: plain(&String::from_utf8_lossy(body)) },
        }
    }
}

impl Body {
    fn message(self) -> KeycloakMessage {
        let each = self.errors.into_iter().flatten().map(|error| {
            let field = error.field.clone();
            let message = error.message().to_string();
            field.map_or(message.clone(), |field| format!("{field}: {message}"))
        });
        let each: Vec<String> = each.collect();
        let several = (!each.is_empty()).then(|| each.join("; "));
        let text = self.error_message.or(self.error_description).or(several);
        KeycloakMessage { error: self.error, text: text.as_deref().and_then(plain) }
    }
}

/// One line of limited length; of an HTML page its title.
fn plain(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let title = lower.find("<title>").zip(lower.find("</title>"));
    if let Some((start, end)) = title
        && let Some(title) = text.get(start + "<title>".len()..end)
    {
        return Some(format!("a page titled `{}`", title.trim()));
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        None if line.is_empty() => None,
        None => Some(line),
        Some((cut, _)) => Some(format!("{}...", line.get(..cut).unwrap_or_default())),
    }
}

impl fmt::Display for KeycloakMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.error, &self.text) {
            (Some(error), Some(text)) => write!(f, "{error}: {text}"),
            (Some(only), None) | (None, Some(only)) => f.write_str(only),
            (None, None) => f.write_str("without a reason"),
        }
    }
}
