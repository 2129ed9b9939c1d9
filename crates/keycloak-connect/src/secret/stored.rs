//! A Secret as it was read: nothing of it is printed.

use std::fmt;

use jiff::Timestamp;
use k8s_openapi::api::core::v1::Secret;
use keycloak_admin::Secret as SecretText;
use keycloak_crds::labels::label;
use zeroize::Zeroizing;

use super::Expectation;
use crate::{
    consent::{Leave, is_readable_by},
    error::ConnectError,
    owner::Owner,
};

/// The type of a Secret that says none.
const OPAQUE: &str = "Opaque";

/// A value of a Secret: `Debug` hides it, memory is wiped when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// The bytes themselves. Every use is a place to look at in a review.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The same as text; `None` if it is not UTF-8.
    pub fn text(&self) -> Option<SecretText> {
        std::str::from_utf8(&self.0).ok().map(SecretText::from)
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretBytes(..)")
    }
}

impl From<&[u8]> for SecretBytes {
    fn from(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }
}

impl From<&str> for SecretBytes {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

impl From<&SecretText> for SecretBytes {
    fn from(text: &SecretText) -> Self {
        text.expose().into()
    }
}

/// Which state of which Secret was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct SecretVersion {
    /// Its uid: made again under the same name it is another one.
    pub uid: String,
    /// Its resourceVersion.
    pub resource_version: String,
}

/// A Secret as it was read. `Debug` shows its name and nothing else.
#[derive(Clone)]
pub struct StoredSecret(Box<Secret>);

impl StoredSecret {
    /// A Secret that the API server gave.
    pub fn new(secret: Secret) -> Self {
        Self(Box::new(secret))
    }

    pub(super) fn object(&self) -> &Secret {
        &self.0
    }

    /// Its namespace.
    pub fn namespace(&self) -> &str {
        self.0.metadata.namespace.as_deref().unwrap_or_default()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.metadata.name.as_deref().unwrap_or_default()
    }

    /// Which state of it this is.
    pub fn version(&self) -> SecretVersion {
        SecretVersion {
            uid: self.0.metadata.uid.clone().unwrap_or_default(),
            resource_version: self.0.metadata.resource_version.clone().unwrap_or_default(),
        }
    }

    /// When it was made.
    pub fn made_at(&self) -> Option<Timestamp> {
        self.0.metadata.creation_timestamp.as_ref().map(|time| time.0)
    }

    /// Its type.
    pub fn type_(&self) -> &str {
        self.0.type_.as_deref().unwrap_or(OPAQUE)
    }

    /// The value of a key, as it is.
    pub fn get(&self, key: &str) -> Option<&[u8]> {
        self.0.data.as_ref()?.get(key).map(|value| value.0.as_slice())
    }

    /// The value of a key as text; `None` also if it is empty or not UTF-8.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(|value| std::str::from_utf8(value).ok()).filter(|text| !text.is_empty())
    }

    /// Its keys. To be shown only where [`StoredSecret::is_managed`].
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.data.iter().flatten().map(|(key, _)| key.as_str())
    }

    /// Whether it holds nothing: no key, or only empty values. Some types of Secrets cannot be without their keys.
    pub fn is_emptied(&self) -> bool {
        self.0.data.iter().flatten().all(|(_, value)| value.0.is_empty())
    }

    /// A label.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.0.metadata.labels.as_ref()?.get(name).map(String::as_str)
    }

    /// An annotation.
    pub fn annotation(&self, name: &str) -> Option<&str> {
        self.0.metadata.annotations.as_ref()?.get(name).map(String::as_str)
    }

    /// Whether it carries our label; not yet whose it is.
    pub fn is_managed(&self) -> bool {
        self.label(label::MANAGED_BY) == Some(label::MANAGED_BY_VALUE)
    }

    /// Whether it is ours, for this object: our label and the object's uid.
    pub fn belongs_to(&self, owner: &Owner) -> bool {
        self.is_managed() && self.label(label::OWNER_UID) == Some(owner.uid.as_str())
    }

    /// Whether an owner reference names this object.
    pub(super) fn refers_to(&self, owner: &Owner) -> bool {
        self.0.metadata.owner_references.iter().flatten().any(|reference| reference.uid == owner.uid)
    }

    /// Whether an owner reference names an earlier object of this kind and name: there is only one at a time.
    pub(super) fn is_left_behind(&self, owner: &Owner) -> bool {
        let mut references = self.0.metadata.owner_references.iter().flatten();
        self.namespace() == owner.namespace && references.any(|reference| owner.succeeds(reference))
    }

    /// Whether it may be read for the object that names it in `field`, by type and by consent.
    ///
    /// # Errors
    /// `SecretTypeRefused`, `SecretNotConsented`.
    pub(super) fn check_readable(&self, leave: &Leave, field: &str) -> Result<(), ConnectError> {
        let (namespace, name) = (self.namespace().to_owned(), self.name().to_owned());
        if !is_readable_type(self.type_()) {
            let found = self.type_().to_owned();
            return Err(ConnectError::SecretTypeRefused { namespace, name, field: field.to_owned(), found });
        }
        if !leave.covers(self) {
            let reader = format!("{}/{}", leave.reader().kind, leave.reader().name);
            return Err(ConnectError::SecretNotConsented {
                namespace,
                name,
                field: field.to_owned(),
                reader,
            });
        }
        Ok(())
    }

    /// The value that is expected. With a reader, the keys of a Secret that consents to be read by it may be told.
    ///
    /// # Errors
    /// `SecretKeyMissing`, `SecretValueUnusable`.
    pub fn value(
        &self,
        expected: &Expectation<'_>,
        reader: Option<&Owner>,
    ) -> Result<SecretBytes, ConnectError> {
        let value = self.get(expected.key).ok_or_else(|| ConnectError::SecretKeyMissing {
            namespace: expected.namespace.to_owned(),
            name: expected.name.to_owned(),
            key: expected.key.to_owned(),
            field: expected.field.to_owned(),
            present: self
                .tells_keys_to(reader)
                .then(|| self.keys().map(str::to_owned).collect::<Vec<_>>().into()),
        })?;
        if value.is_empty() {
            return Err(expected.unusable("is empty; write the value into it"));
        }
        Ok(value.into())
    }

    fn tells_keys_to(&self, reader: Option<&Owner>) -> bool {
        self.is_managed() || reader.is_some_and(|reader| is_readable_by(self, reader))
    }
}

/// A token of a service account, a Helm release or a registry's password is nothing that a realm needs.
fn is_readable_type(type_: &str) -> bool {
    matches!(type_, OPAQUE | "" | "kubernetes.io/basic-auth" | "kubernetes.io/tls")
        || type_.starts_with("servicebinding.io/")
}

impl fmt::Debug for StoredSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoredSecret({}/{})", self.namespace(), self.name())
    }
}
