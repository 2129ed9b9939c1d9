//! Secrets: reading one key that a custom resource names, and writing our own under guard.
//!
//! A Secret is ours to write if it carries our label *and* the uid of the object it belongs to; anything else is left alone
//! ([`ConnectError::SecretNotOwned`]). Writing is `create` and `patch`; a patch carries the `resourceVersion` of what was
//! looked at. Which keys a Secret has is told only where it carries our labels or consents to be read by the object.

mod metadata;
mod release;
mod stored;
mod write;

pub use metadata::{check_annotations, check_labels};
pub use release::release;
pub use stored::{SecretBytes, SecretVersion, StoredSecret};
pub use write::{
    Creation, SecretType, Takeover, WantedSecret, Withdrawn, Written, create, guard, withdraw, write,
};

use k8s_openapi::api::core::v1::Secret;
use kube::Api;

use crate::{consent::Consent, error::ConnectError, owner::Owner};

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

/// One Secret by name; `None` if it does not exist.
///
/// # Errors
/// When the API server does not answer, or does not let us look.
pub async fn get(
    kube: &kube::Client,
    namespace: &str,
    name: &str,
) -> Result<Option<StoredSecret>, ConnectError> {
    let secrets: Api<Secret> = Api::namespaced(kube.clone(), namespace);
    let found = secrets.get_opt(name).await;
    let found = found.map_err(ConnectError::kube(|| format!("reading Secret {namespace}/{name}")))?;
    Ok(found.map(StoredSecret::new))
}

/// The value of one key that an object names in its own namespace.
///
/// # Errors
/// `SecretMissing`, `SecretKeyMissing` (which also stands for an empty value), `SecretTypeRefused`, `SecretNotConsented`, or
/// what the API server says. All but the last wait: nothing wakes us when a Secret appears.
pub async fn read(
    kube: &kube::Client,
    expected: &Expectation<'_>,
    reader: &Owner,
    consent: Consent,
) -> Result<(SecretBytes, SecretVersion), ConnectError> {
    let secret = get(kube, expected.namespace, expected.name).await?.ok_or_else(|| expected.missing())?;
    secret.check_readable(expected, reader, consent)?;
    Ok((secret.value(expected, Some(reader))?, secret.version()))
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
