//! Checked names: a value of one of these types was looked at once and need not be looked at again.
//!
//! The kinds' specs hold plain strings, so that an object which passed an older or no admission check still
//! parses; `validate` of each controller turns them into these.

use std::{fmt, str::FromStr};

/// Why a text is not the name it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing at all.
    #[error("{what} is empty; write one")]
    Empty {
        /// What the name is of.
        what: &'static str,
    },
    /// More than allowed.
    #[error("{what} has {len} characters; at most {max} are allowed")]
    TooLong {
        /// What the name is of.
        what: &'static str,
        /// Its length in characters.
        len: usize,
        /// The largest length.
        max: usize,
    },
    /// A character that may not be there.
    #[error("{what} {name:?} holds {found:?}, which is not allowed: {allowed}")]
    Character {
        /// What the name is of.
        what: &'static str,
        /// The name.
        name: String,
        /// The first character that is wrong.
        found: char,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A name with a meaning of its own.
    #[error("{what} {name:?} is not possible: {why}")]
    Reserved {
        /// What the name is of.
        what: &'static str,
        /// The name.
        name: String,
        /// Why not.
        why: &'static str,
    },
}

/// Defines a checked name: a string that passed `check`.
macro_rules! checked_name {
    ($(#[$doc:meta])* $name:ident, $check:path) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The name as owned text.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = NameError;

            fn from_str(text: &str) -> Result<Self, NameError> {
                $check(text)?;
                Ok(Self(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;

            fn try_from(text: String) -> Result<Self, NameError> {
                $check(&text)?;
                Ok(Self(text))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

checked_name!(
    /// Name of a realm: 1 to 254 characters that Keycloak can address afterwards. `.` and `..` can be made and
    /// then never be read or deleted; `/ \ ; ?` are refused by the server; control characters are refused by us.
    RealmName,
    check_realm_name
);
checked_name!(
    /// Client id: 1 to 255 characters, anything but control characters. URLs, spaces and umlauts are allowed.
    ClientId,
    check_client_id
);
checked_name!(
    /// Namespace: a DNS label of at most 63 characters (RFC 1123).
    Namespace,
    check_namespace
);
checked_name!(
    /// Name of a Kubernetes object: a DNS subdomain of at most 253 characters (RFC 1123).
    ObjectName,
    check_object_name
);
checked_name!(
    /// Name of a Secret: a DNS subdomain of at most 253 characters (RFC 1123).
    SecretName,
    check_secret_name
);
checked_name!(
    /// Key in a Secret: 1 to 253 letters, digits, `-`, `_` and `.`.
    SecretKey,
    check_secret_key
);

/// Largest realm name; Keycloak refuses 255.
pub const MAX_REALM_NAME: usize = 254;

/// Largest client id, the width of Keycloak's column.
pub const MAX_CLIENT_ID: usize = 255;

fn check_length(what: &'static str, text: &str, max: usize) -> Result<(), NameError> {
    if text.is_empty() {
        return Err(NameError::Empty { what });
    }
    let len = text.chars().count();
    if len > max {
        return Err(NameError::TooLong { what, len, max });
    }
    Ok(())
}

fn check_characters(
    what: &'static str,
    text: &str,
    allowed: &'static str,
    is_allowed: impl Fn(char) -> bool,
) -> Result<(), NameError> {
    match text.chars().find(|c| !is_allowed(*c)) {
        Some(found) => Err(NameError::Character { what, name: text.to_owned(), found, allowed }),
        None => Ok(()),
    }
}

fn check_realm_name(text: &str) -> Result<(), NameError> {
    let what = "realm name";
    check_length(what, text, MAX_REALM_NAME)?;
    if text == "." || text == ".." {
        let why = "Keycloak would create such a realm and could never read or delete it again";
        return Err(NameError::Reserved { what, name: text.to_owned(), why });
    }
    check_characters(what, text, "anything but '/', '\\', ';', '?' and control characters", |c| {
        !matches!(c, '/' | '\\' | ';' | '?') && !c.is_control()
    })
}

fn check_client_id(text: &str) -> Result<(), NameError> {
    let what = "client id";
    check_length(what, text, MAX_CLIENT_ID)?;
    check_characters(what, text, "anything but control characters", |c| !c.is_control())
}

fn check_namespace(text: &str) -> Result<(), NameError> {
    check_label("namespace", text)
}

fn check_label(what: &'static str, text: &str) -> Result<(), NameError> {
    check_length(what, text, 63)?;
    let allowed = "lower case letters, digits and '-', with a letter or digit at both ends";
    check_characters(what, text, allowed, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')?;
    if text.starts_with('-') || text.ends_with('-') {
        return Err(NameError::Character { what, name: text.to_owned(), found: '-', allowed });
    }
    Ok(())
}

fn check_object_name(text: &str) -> Result<(), NameError> {
    check_subdomain("object name", text)
}

fn check_secret_name(text: &str) -> Result<(), NameError> {
    check_subdomain("Secret name", text)
}

fn check_subdomain(what: &'static str, text: &str) -> Result<(), NameError> {
    check_length(what, text, 253)?;
    let allowed = "lower case letters, digits, '-' and '.', with a letter or digit at both ends of each part";
    check_characters(what, text, allowed, |c| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.'
    })?;
    for part in text.split('.') {
        let found = if part.is_empty() { '.' } else { '-' };
        if part.is_empty() || part.starts_with('-') || part.ends_with('-') {
            return Err(NameError::Character { what, name: text.to_owned(), found, allowed });
        }
    }
    Ok(())
}

fn check_secret_key(text: &str) -> Result<(), NameError> {
    let what = "key of a Secret";
    check_length(what, text, 253)?;
    check_characters(what, text, "letters, digits, '-', '_' and '.'", |c| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
    })
}

#[cfg(test)]
mod tests;
