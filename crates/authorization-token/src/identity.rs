//! Names as types: what a decision compares is checked once, where it comes in, and is never empty.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A name that Kubernetes would not accept either.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} {value:?} is not valid: write {rule}")]
pub struct NameError {
    what: &'static str,
    value: String,
    rule: &'static str,
}

impl NameError {
    fn new(what: &'static str, value: &str, rule: &'static str) -> Self {
        // A whole token pasted into a name field must not come back in a message.
        let value = if value.contains("kcat") {
            "[not shown]".to_owned()
        } else if value.chars().count() > 80 {
            value.chars().take(80).chain("...".chars()).collect()
        } else {
            value.to_owned()
        };
        Self { what, value, rule }
    }
}

/// Lower-case letters, digits and `-`, beginning and ending with a letter or digit (a label of RFC 1123).
fn is_label(text: &str, longest: usize) -> bool {
    let inner = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    !text.is_empty()
        && text.len() <= longest
        && text.as_bytes().iter().all(inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Labels joined by dots, at most 253 characters (a subdomain of RFC 1123).
fn is_subdomain(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(|label| is_label(label, 253))
}

/// The form of uids that API servers make: letters, digits and `-`.
fn is_uid(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

macro_rules! checked_name {
    ($(#[$doc:meta])* $name:ident, $what:literal, $rule:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks `text`.
            ///
            /// # Errors
            /// When it does not have the form described on the type.
            pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
                let text = text.into();
                let check: fn(&str) -> bool = $check;
                if check(&text) { Ok(Self(text)) } else { Err(NameError::new($what, &text, $rule)) }
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;
            fn try_from(text: String) -> Result<Self, NameError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
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
    /// The name of a namespace: a label of RFC 1123, 1 to 63 characters.
    NamespaceName,
    "the namespace",
    "1 to 63 lower-case letters, digits or '-', beginning and ending with a letter or digit; patterns are not possible here",
    |text| is_label(text, 63)
);
checked_name!(
    /// The `metadata.name` of a custom resource: a subdomain of RFC 1123, 1 to 253 characters.
    ObjectName,
    "the object name",
    "1 to 253 lower-case letters, digits, '-' or '.', each part beginning and ending with a letter or digit",
    is_subdomain
);
checked_name!(
    /// The name of a token in `spec.authorization.tokens[]`: a label of RFC 1123, 1 to 63 characters.
    TokenName,
    "the token name",
    "1 to 63 lower-case letters, digits or '-', beginning and ending with a letter or digit",
    |text| is_label(text, 63)
);
checked_name!(
    /// A `metadata.uid`, never empty: an identity without uid would be anybody's.
    Uid,
    "the uid",
    "the metadata.uid of the object: 1 to 64 letters, digits or '-'",
    is_uid
);

/// The kind of object that is used: what a token is for, what grants stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TargetKind {
    /// An instance; realms are made on it.
    Keycloak,
    /// A realm; clients are made in it.
    KeycloakRealm,
}

impl TargetKind {
    /// The kind as it stands in `kind:`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keycloak => "Keycloak",
            Self::KeycloakRealm => "KeycloakRealm",
        }
    }

    /// The resource as it stands in a Role, for verb `use`.
    pub const fn resource(self) -> &'static str {
        match self {
            Self::Keycloak => "keycloaks",
            Self::KeycloakRealm => "keycloakrealms",
        }
    }

    /// What is made on it.
    pub const fn consumer(self) -> ConsumerKind {
        match self {
            Self::Keycloak => ConsumerKind::KeycloakRealm,
            Self::KeycloakRealm => ConsumerKind::KeycloakClient,
        }
    }
}

impl fmt::Display for TargetKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The kind of object that uses a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsumerKind {
    /// A realm, on an instance.
    KeycloakRealm,
    /// A client, in a realm.
    KeycloakClient,
}

impl ConsumerKind {
    /// What it is called in a sentence, before its name.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::KeycloakRealm => "realm",
            Self::KeycloakClient => "client",
        }
    }

    /// The same for several.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::KeycloakRealm => "realms",
            Self::KeycloakClient => "clients",
        }
    }

    /// The field of its CR that holds the name which limits are about.
    pub const fn name_field(self) -> &'static str {
        match self {
            Self::KeycloakRealm => "spec.realmName",
            Self::KeycloakClient => "spec.clientId",
        }
    }

    /// The field of its CR that names the Secret with the token.
    pub const fn token_field(self) -> &'static str {
        match self {
            Self::KeycloakRealm => "spec.operatorRef.authorizationSecretRef",
            Self::KeycloakClient => "spec.realmRef.authorizationSecretRef",
        }
    }
}

/// Which object exactly is used. The uid makes an object that was deleted and made again another one.
///
/// JSON: `{"kind": "Keycloak", "namespace": "platform", "name": "keycloak", "uid": "6f0c..."}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TargetIdentity {
    /// `Keycloak` or `KeycloakRealm`.
    pub kind: TargetKind,
    /// Its namespace.
    pub namespace: NamespaceName,
    /// Its `metadata.name`.
    pub name: ObjectName,
    /// Its `metadata.uid`.
    pub uid: Uid,
}

impl fmt::Display for TargetIdentity {
    /// `Keycloak platform/keycloak`: what a person looks for; the uid is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", self.kind, self.namespace, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_identity_cannot_be_made() {
        assert!(NamespaceName::new("").is_err());
        assert!(ObjectName::new("").is_err());
        assert!(ObjectName::new("a..b").is_err());
        assert!(Uid::new("").is_err());
        assert!(TokenName::new("").is_err());
        let json = r#"{"kind":"Keycloak","namespace":"a","name":"b","uid":""}"#;
        assert!(serde_json::from_str::<TargetIdentity>(json).is_err());
    }

    #[test]
    fn a_namespace_pattern_is_refused_with_what_to_write() {
        insta::assert_snapshot!(
            NamespaceName::new("team-*").unwrap_err(),
            @r#"the namespace "team-*" is not valid: write 1 to 63 lower-case letters, digits or '-', beginning and ending with a letter or digit; patterns are not possible here"#
        );
    }

    #[test]
    fn a_token_pasted_into_a_name_field_is_not_echoed() {
        let message = NamespaceName::new("kcat1_0123456789ab_TOPSECRET").unwrap_err().to_string();
        assert!(!message.contains("TOPSECRET"), "{message}");
    }

    #[test]
    fn a_long_value_is_cut() {
        let message = Uid::new("!".repeat(5000)).unwrap_err().to_string();
        assert!(message.len() < 300, "{message}");
    }
}
