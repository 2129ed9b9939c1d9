//! Message texts that cannot be asked for.

use keycloak_crds::realm::KeycloakRealmSpec;

use super::{MOST, declared};

/// Longest name of a language, as `supportedLocales` has it.
const LONGEST_LOCALE: usize = 35;

/// Why message texts cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextRefusal {
    /// A name that no language has.
    #[error(
        "spec.localization.texts[{0:?}]: this is no language; write its tag, for example en, de or pt-BR"
    )]
    Locale(String),
    /// A key that cannot stand in an address, so that its text could never be taken away again.
    #[error(
        "spec.localization.texts[{locale}][{key:?}]: Keycloak could never take a text with this key away again; write the key of a \
         message, for example loginAccountTitle"
    )]
    Key {
        /// The language.
        locale: String,
        /// The key.
        key: String,
    },
    /// A text that no database keeps.
    #[error("spec.localization.texts[{locale}][{key}]: the text holds a NUL character; take it out")]
    Nul {
        /// The language.
        locale: String,
        /// The key.
        key: String,
    },
    /// More than an object should hold.
    #[error(
        "spec.localization.texts: all keys and texts together have {bytes} bytes, and at most {most} are carried; put the texts of \
         whole languages into a theme (spec.themes), and write here what differs from it"
    )]
    TooMuch {
        /// How many bytes there are.
        bytes: usize,
        /// How many there may be.
        most: usize,
    },
}

/// Everything about the message texts of a spec that cannot be asked for.
pub(super) fn refused_in(spec: &KeycloakRealmSpec) -> Vec<TextRefusal> {
    let mut refused = Vec::new();
    let mut bytes = 0;
    for (locale, texts) in declared(spec) {
        if !is_locale(locale) {
            refused.push(TextRefusal::Locale(locale.clone()));
        }
        for (key, text) in texts {
            bytes += key.len() + text.len();
            let of = || (locale.clone(), key.clone());
            if matches!(key.as_str(), "" | "." | "..") || key.chars().any(char::is_control) {
                let (locale, key) = of();
                refused.push(TextRefusal::Key { locale, key });
            } else if text.contains('\0') {
                let (locale, key) = of();
                refused.push(TextRefusal::Nul { locale, key });
            }
        }
    }
    if bytes > MOST {
        refused.push(TextRefusal::TooMuch { bytes, most: MOST });
    }
    refused
}

fn is_locale(text: &str) -> bool {
    let letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    !text.is_empty() && text.len() <= LONGEST_LOCALE && text.chars().all(letter)
}
