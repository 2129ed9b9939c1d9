//! Text that must not be printed.

use std::fmt;

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

    #[cfg(feature = "http")]
    #[test]
    fn random_secrets_are_long_and_differ() {
        let (one, two) = (super::Secret::random(), super::Secret::random());
        assert_eq!(one.expose().len(), 64);
        assert_ne!(one, two);
    }
}
