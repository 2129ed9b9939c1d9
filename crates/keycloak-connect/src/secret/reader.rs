//! The one place where Secrets are read.

use std::{fmt, sync::Arc};

use k8s_openapi::api::core::v1::Secret;
use kube::Api;

use super::{Expectation, SecretBytes, SecretVersion, StoredSecret, pace::Pace};
use crate::{
    consent::{Consent, Leave, Policies},
    error::ConnectError,
    owner::Owner,
};

/// Reads Secrets, at most ten a second unless somebody waits. One per process: clones share the pace.
///
/// A Secret that an object *names* is read with a [`Leave`], which only the look at the admission policies gives, and only from
/// the namespace of that object. A Secret that we make is read by its name alone.
#[derive(Clone)]
pub struct Secrets {
    kube: kube::Client,
    policies: Policies,
    pace: Arc<Pace>,
}

impl Secrets {
    /// Nothing was read yet. `consent`: who lets a Secret go into the object that names it.
    pub fn new(kube: kube::Client, consent: Consent) -> Self {
        Self { policies: Policies::new(kube.clone(), consent), pace: Arc::new(Pace::new()), kube }
    }

    pub(crate) fn kube(&self) -> &kube::Client {
        &self.kube
    }

    /// Leave to read what this object names.
    ///
    /// # Errors
    /// [`ConnectError::ConsentPolicyMissing`], or what the API server says.
    pub async fn leave(&self, reader: &Owner) -> Result<Leave, ConnectError> {
        self.policies.leave(reader).await
    }

    /// A Secret that we make, or may have made; `None` if it does not exist. Whose it is tells [`super::guard`].
    ///
    /// # Errors
    /// When the API server does not answer, or does not let us look.
    pub async fn ours(&self, namespace: &str, name: &str) -> Result<Option<StoredSecret>, ConnectError> {
        self.get(namespace, name).await
    }

    /// A Secret that an object names, if it exists and may be read for it; `field` is the one that names it.
    ///
    /// # Errors
    /// `SecretTypeRefused`, `SecretNotConsented`, or what the API server says.
    pub async fn named(
        &self,
        leave: &Leave,
        name: &str,
        field: &str,
    ) -> Result<Option<StoredSecret>, ConnectError> {
        let found = self.get(&leave.reader().namespace, name).await?;
        if let Some(found) = &found {
            found.check_readable(leave, field)?;
        }
        Ok(found)
    }

    /// The value of one key that an object names.
    ///
    /// # Errors
    /// `SecretMissing`, `SecretKeyMissing`, `SecretValueUnusable` for an empty value, and see [`Secrets::named`]. What is missing
    /// waits: nothing wakes us when a Secret appears.
    pub async fn value(
        &self,
        leave: &Leave,
        expected: &Expectation<'_>,
    ) -> Result<(SecretBytes, SecretVersion), ConnectError> {
        let secret = self.named(leave, expected.name, expected.field).await?;
        let secret = secret.ok_or_else(|| expected.missing())?;
        Ok((secret.value(expected, Some(leave.reader()))?, secret.version()))
    }

    async fn get(&self, namespace: &str, name: &str) -> Result<Option<StoredSecret>, ConnectError> {
        self.pace.admit().await;
        let secrets: Api<Secret> = Api::namespaced(self.kube.clone(), namespace);
        let found = secrets.get_opt(name).await;
        let found = found.map_err(ConnectError::kube(|| format!("reading Secret {namespace}/{name}")))?;
        Ok(found.map(StoredSecret::new))
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}
