//! Secrets: reading one key that a custom resource names, and writing our own under guard.
//!
//! A Secret is ours to write if it carries our label *and* the uid of the object it belongs to; anything else is left alone
//! ([`ConnectError::SecretNotOwned`]). Writing is `create` and `patch`; a patch carries the `resourceVersion` of what was
//! looked at. Everything is read by [`Secrets`]. Which keys a Secret has is told only where it carries our labels or consents to be read by the object.

mod metadata;
mod pace;
mod reader;
mod release;
mod stored;
mod write;

pub use metadata::{check_annotations, check_labels};
pub use reader::Secrets;
pub use release::release;
pub use stored::{SecretBytes, SecretVersion, StoredSecret};
pub use write::{
    Creation, SecretType, Takeover, WantedSecret, Withdrawn, Written, create, guard, withdraw, write,
};

pub(crate) use write::is_terminating;

use crate::error::ConnectError;

/// One key of one Secret, and the field that names it.
#[derive(Clone, Copy, Debug)]
pub struct Expectation<'a> {
    /// Namespace: always that of the object that names it.
    pub namespace: &'a str,
    /// Name.
    pub name: &'a str,
    /// Key.
    pub key: &'a str,
    /// The field, for the sentence: `spec.smtpServer.passwordSecret`.
    pub field: &'a str,
}

impl Expectation<'_> {
    pub(crate) fn missing(&self) -> ConnectError {
        ConnectError::SecretMissing {
            namespace: self.namespace.to_owned(),
            name: self.name.to_owned(),
            key: self.key.to_owned(),
            field: self.field.to_owned(),
        }
    }

    pub(crate) fn unusable(&self, why: &'static str) -> ConnectError {
        ConnectError::SecretValueUnusable {
            namespace: self.namespace.to_owned(),
            name: self.name.to_owned(),
            key: self.key.to_owned(),
            field: self.field.to_owned(),
            why,
        }
    }
}

#[cfg(test)]
mod tests;
