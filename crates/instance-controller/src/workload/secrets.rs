//! The Secrets that pods use: whether they are there, and whether a value changed since the pods were made.
//!
//! Their values reach the container by reference; here they are read to tell what is missing before a pod does, and to replace
//! the pods when a value changes. Nothing watches Secrets: a change is seen at the next look, at the latest at the resync.
//!
//! Values are compared by a keyed digest, because many may read the objects in which it is remembered. When the key is lost,
//! that comparison is not possible once; then Secrets that nobody has touched since hold what they held, and no pod is
//! replaced. See docs/decisions/0009.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::SecretKeySelector;
use keycloak_connect::{
    ConnectError, Instance, Leave, StoredSecret, login,
    secret::{SecretBytes, SecretVersion},
};
use serde::{Deserialize, Serialize};

use crate::{controller::InstanceController, error::InstanceError};

/// One key of a Secret that pods use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// Name of the Secret.
    pub name: String,
    /// The key.
    pub key: String,
    /// The field that names it.
    pub field: String,
    /// Whether the pods start without it.
    pub optional: bool,
}

/// The values of Secrets that pods are made with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PodSecrets {
    /// Id of the key of the digest; it stands beside the record.
    #[serde(skip)]
    pub key: String,
    /// Keyed digest of the values.
    pub digest: String,
    /// uid and resourceVersion of each Secret, by name.
    pub versions: BTreeMap<String, String>,
    /// What the pods carry: the digest as it was when they were made.
    pub pods: String,
}

impl PodSecrets {
    /// What was found now, and what pods are to carry: the same as before unless a value changed.
    #[must_use]
    pub fn following(self, before: Option<&Self>) -> Self {
        let is_same = |before: &&Self| {
            if before.key == self.key {
                before.digest == self.digest
            } else {
                // Digests of two keys cannot be compared.
                before.versions == self.versions
            }
        };
        match before.filter(is_same) {
            Some(before) => Self { pods: before.pods.clone(), ..self },
            None => Self { pods: self.digest.clone(), ..self },
        }
    }
}

/// What of Secrets the pods use, in the order of the spec. The administrator's Secret is not among it: the server looks at it
/// once, so another password is no reason to start anew.
pub fn used(instance: &Instance) -> Vec<Used> {
    let spec = &instance.object().spec;
    let of = |name: &str, key: &str, field: String| Used {
        name: name.to_owned(),
        key: key.to_owned(),
        field,
        optional: false,
    };
    let mut used = Vec::new();
    if let Some(database) = &spec.database {
        if let Some(secret) = &database.credentials_secret {
            for key in [login::key::USERNAME, login::key::PASSWORD] {
                used.push(of(secret, key, "spec.database.credentialsSecret".to_owned()));
            }
        }
        if let Some(secret) = &database.password_secret {
            used.push(of(&secret.name, &secret.key, "spec.database.passwordSecret".to_owned()));
        }
    }
    for variable in spec.env_vars.iter().flatten() {
        let source = variable.value_from.as_ref().and_then(|source| source.secret_key_ref.as_ref());
        if let Some(SecretKeySelector { name, key, optional }) = source {
            let field = format!("spec.envVars[{}]", variable.name);
            used.push(Used { optional: optional.unwrap_or(false), ..of(name, key, field) });
        }
    }
    used
}

/// Where the login of the database is from, for sentences.
pub fn database_login(instance: &Instance) -> String {
    let namespace = &instance.owner().namespace;
    let database = instance.object().spec.database.clone().unwrap_or_default();
    match (database.credentials_secret, database.password_secret) {
        (Some(secret), _) => format!("Secret {namespace}/{secret}"),
        (None, Some(secret)) => format!("Secret {namespace}/{}, key {:?}", secret.name, secret.key),
        (None, None) => "spec.database.username, which has no password".to_owned(),
    }
}

/// Reads everything that pods use. `before`: what they were made with.
///
/// # Errors
/// `SecretMissing`, `SecretKeyMissing` and what else [`Secrets::named`](keycloak_connect::Secrets::named) knows; `ConsentPolicyMissing`; what is wrong with the
/// key of the records.
pub async fn read(
    controller: &InstanceController,
    instance: &Instance,
    before: Option<&PodSecrets>,
) -> Result<PodSecrets, InstanceError> {
    let used = used(instance);
    let Values { versions, values } =
        if used.is_empty() { Values::default() } else { values_of(controller, instance, &used).await? };
    let key = controller.record_key.get().await?;
    let found = PodSecrets {
        key: key.id().to_owned(),
        digest: key.digest("keycloak.mdvr.nl/pod-secrets/v1", values.iter().map(SecretBytes::expose)),
        versions,
        pods: String::new(),
    };
    Ok(found.following(before))
}

/// What was read.
#[derive(Default)]
struct Values {
    versions: BTreeMap<String, String>,
    values: Vec<SecretBytes>,
}

async fn values_of(
    controller: &InstanceController,
    instance: &Instance,
    used: &[Used],
) -> Result<Values, InstanceError> {
    let leave = controller.secrets.leave(instance.owner()).await?;
    let mut read: BTreeMap<&str, Option<StoredSecret>> = BTreeMap::new();
    let mut values = Vec::new();
    for one in used {
        if !read.contains_key(one.name.as_str()) {
            let found = controller.secrets.named(&leave, &one.name, &one.field).await?;
            read.insert(&one.name, found);
        }
        let found = read.get(one.name.as_str()).and_then(Option::as_ref);
        match value(&leave, one, found) {
            Ok(value) => values.push(value),
            Err(InstanceError::Connect(error)) if one.optional && is_missing(&error) => {
                values.push("".into());
            }
            Err(error) => return Err(error),
        }
    }
    let versions = read.into_iter().filter_map(|(name, found)| {
        let SecretVersion { uid, resource_version } = found?.version();
        Some((name.to_owned(), format!("{uid}/{resource_version}")))
    });
    Ok(Values { versions: versions.collect(), values })
}

const fn is_missing(error: &ConnectError) -> bool {
    matches!(error, ConnectError::SecretMissing { .. } | ConnectError::SecretKeyMissing { .. })
}

fn value(leave: &Leave, used: &Used, found: Option<&StoredSecret>) -> Result<SecretBytes, InstanceError> {
    let expected = leave.expects(&used.name, &used.key, &used.field);
    let Some(secret) = found else {
        return Err(ConnectError::SecretMissing {
            namespace: expected.namespace.to_owned(),
            name: used.name.clone(),
            key: used.key.clone(),
            field: used.field.clone(),
        }
        .into());
    };
    Ok(secret.value(&expected, Some(leave.reader()))?)
}

#[cfg(test)]
mod tests;
