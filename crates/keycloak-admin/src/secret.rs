//! Text that must not be printed.

use std::collections::BTreeMap;
use std::fmt::{self, Debug as _};

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A password, client secret or token: `Debug` hides it, JSON carries it, memory is wiped when it
/// goes. It is not `Display`, so it cannot slip into a message.
///
/// `==` is for finding differences in configuration. It is not constant in time: never decide access
/// by it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself. Every use is a place to look at in a review.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// 256 random bits as 64 hexadecimal digits, from the operating system.
    #[cfg(feature = "http")]
    pub fn random() -> Self {
        use std::fmt::Write as _;

        let mut bits: [u8; 32] = rand::random();
        let mut text = String::with_capacity(64);
        for byte in bits {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        bits.zeroize();
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Prints which names a map has, and none of its values: what stands in `config` and `attributes` may be a password. Of JSON and
/// of a text nothing is printed.
pub(crate) struct Names<'a, T>(pub(crate) &'a T);

impl<T: Named> fmt::Debug for Names<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt_names(f)
    }
}

/// What [`Names`] can print.
pub(crate) trait Named {
    fn fmt_names(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl<V> Named for BTreeMap<String, V> {
    fn fmt_names(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys()).finish()
    }
}

impl Named for serde_json::Map<String, serde_json::Value> {
    fn fmt_names(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys()).finish()
    }
}

impl Named for serde_json::Value {
    fn fmt_names(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

impl Named for String {
    fn fmt_names(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

impl<T: Named> Named for Option<T> {
    fn fmt_names(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().map(Names).fmt(f)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::types;

    #[test]
    fn debug_of_a_representation_shows_no_secret_and_json_carries_it() {
        let client = types::ClientRepresentation {
            secret: Some("hidden-1".into()),
            registration_access_token: Some("hidden-2".into()),
            ..Default::default()
        };
        let credential = types::CredentialRepresentation {
            value: Some("hidden-3".into()),
            secret_data: Some("hidden-4".into()),
            ..Default::default()
        };
        let printed = format!("{client:?} {client:#?} {credential:?}");
        assert!(!printed.contains("hidden"), "{printed}");
        assert!(serde_json::to_string(&client).unwrap().contains("hidden-1"));
    }

    #[test]
    fn debug_of_a_representation_shows_the_names_in_its_maps_and_none_of_the_values() {
        let realm: types::RealmRepresentation = serde_json::from_value(serde_json::json!({
            "realm": "acme",
            "smtpServer": {"host": "hidden", "password": "hidden"},
            "attributes": {"token": "hidden"},
            "identityProviders": [{"alias": "github", "config": {"clientSecret": "hidden"}}],
            "components": {"org.keycloak.storage.UserStorageProvider": [
                {"name": "ldap", "config": {"bindCredential": ["hidden"]}}]},
            "somethingNew": {"password": "hidden"},
        }))
        .unwrap();
        let event = types::AdminEventRepresentation {
            representation: Some(r#"{"secret":"hidden"}"#.to_owned()),
            ..Default::default()
        };
        let printed = format!("{realm:?} {realm:#?} {event:?}");
        assert!(!printed.contains("hidden"), "{printed}");
        for shown in [
            r#"realm: Some("acme")"#,
            r#"smtp_server: Some({"host", "password"})"#,
            r#"config: Some({"clientSecret"})"#,
            r#"extra: {"somethingNew"}"#,
            "representation: Some(..)",
        ] {
            assert!(printed.contains(shown), "{shown} is not in {printed}");
        }
    }

    #[cfg(feature = "http")]
    #[test]
    fn random_secrets_are_long_and_differ() {
        let (one, two) = (super::Secret::random(), super::Secret::random());
        assert_eq!(one.expose().len(), 64);
        assert_ne!(one, two);
    }
}
