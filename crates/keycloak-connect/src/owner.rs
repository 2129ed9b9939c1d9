//! Whose something is: a custom resource with its uid.

use std::fmt;

use authorization_token::{NamespaceName, ObjectName, TargetIdentity, TargetKind, Uid};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference};
use keycloak_crds::{GROUP, Keycloak, KeycloakClient, KeycloakRealm, VERSION, labels::finalizer};
use kube::Resource;

use crate::error::ConnectError;

/// The kinds that own something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OwnerKind {
    /// An instance.
    Keycloak,
    /// A realm.
    KeycloakRealm,
    /// A client.
    KeycloakClient,
}

impl OwnerKind {
    /// The kind as it stands in `kind:`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keycloak => "Keycloak",
            Self::KeycloakRealm => "KeycloakRealm",
            Self::KeycloakClient => "KeycloakClient",
        }
    }

    /// Whether an object of this kind belongs to the seed: its finalizer, none of ours, and nothing that we remember of it.
    pub fn is_of_the_seed(self, meta: &ObjectMeta, remembered: bool) -> bool {
        let seeds = match self {
            Self::Keycloak => finalizer::SEED_INSTANCE,
            Self::KeycloakRealm => finalizer::SEED_REALM,
            Self::KeycloakClient => finalizer::SEED_CLIENT,
        };
        let carries = |name| meta.finalizers.iter().flatten().any(|finalizer| finalizer == name);
        carries(seeds) && !carries(finalizer::TEARDOWN) && !remembered
    }
}

impl fmt::Display for OwnerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A custom resource, exactly: made again under the same name it is another one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Owner {
    /// Its kind.
    pub kind: OwnerKind,
    /// Its namespace.
    pub namespace: String,
    /// Its `metadata.name`.
    pub name: String,
    /// Its `metadata.uid`.
    pub uid: String,
}

impl Owner {
    /// The instance as owner.
    ///
    /// # Errors
    /// When it was not read from an API server: no namespace, name or uid.
    pub fn instance(object: &Keycloak) -> Result<Self, ConnectError> {
        Self::of(OwnerKind::Keycloak, object)
    }

    /// The realm as owner.
    ///
    /// # Errors
    /// See [`Owner::instance`].
    pub fn realm(object: &KeycloakRealm) -> Result<Self, ConnectError> {
        Self::of(OwnerKind::KeycloakRealm, object)
    }

    /// The client as owner.
    ///
    /// # Errors
    /// See [`Owner::instance`].
    pub fn client(object: &KeycloakClient) -> Result<Self, ConnectError> {
        Self::of(OwnerKind::KeycloakClient, object)
    }

    fn of(kind: OwnerKind, object: &impl Resource<DynamicType = ()>) -> Result<Self, ConnectError> {
        let meta = object.meta();
        let part = |value: &Option<String>, field| {
            value.clone().ok_or(ConnectError::Unidentified { kind: kind.as_str(), field })
        };
        Ok(Self {
            kind,
            namespace: part(&meta.namespace, "metadata.namespace")?,
            name: part(&meta.name, "metadata.name")?,
            uid: part(&meta.uid, "metadata.uid")?,
        })
    }

    /// The same as the target of authorization; `None` for a client, which nothing can use.
    ///
    /// # Errors
    /// When a name is none that an API server accepts.
    pub fn target(&self) -> Result<Option<TargetIdentity>, ConnectError> {
        let kind = match self.kind {
            OwnerKind::Keycloak => TargetKind::Keycloak,
            OwnerKind::KeycloakRealm => TargetKind::KeycloakRealm,
            OwnerKind::KeycloakClient => return Ok(None),
        };
        let namespace = NamespaceName::new(self.namespace.as_str())?;
        let (name, uid) = (ObjectName::new(self.name.as_str())?, Uid::new(self.uid.as_str())?);
        Ok(Some(TargetIdentity { kind, namespace, name, uid }))
    }

    /// An owner reference for an object in `namespace`; `None` in any other namespace than the owner's, where the garbage
    /// collector would take it for an orphan and delete it.
    ///
    /// It blocks no deletion: that needs a right on the owner's finalizers, which only the controller of its kind has.
    pub fn reference(&self, namespace: &str) -> Option<OwnerReference> {
        (namespace == self.namespace).then(|| OwnerReference {
            api_version: format!("{GROUP}/{VERSION}"),
            kind: self.kind.as_str().to_owned(),
            name: self.name.clone(),
            uid: self.uid.clone(),
            controller: None,
            block_owner_deletion: None,
        })
    }
}

impl Owner {
    /// Whether a reference names an earlier object of this kind and name, which is gone: there is only one at a time.
    pub fn succeeds(&self, reference: &OwnerReference) -> bool {
        let is_namesake = reference.kind == self.kind.as_str() && reference.name == self.name;
        is_namesake && reference.api_version.starts_with(&format!("{GROUP}/")) && reference.uid != self.uid
    }

    /// The owner reference of a child that its controller keeps as it should be, in the owner's namespace. A deletion in the
    /// foreground waits for it; that needs the right on the owner's finalizers.
    pub fn controller_reference(&self) -> OwnerReference {
        OwnerReference {
            api_version: format!("{GROUP}/{VERSION}"),
            kind: self.kind.as_str().to_owned(),
            name: self.name.clone(),
            uid: self.uid.clone(),
            controller: Some(true),
            block_owner_deletion: Some(true),
        }
    }
}

impl fmt::Display for Owner {
    /// `KeycloakRealm acme/acme`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", self.kind, self.namespace, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_the_seeds_until_we_have_put_our_finalizer_on_it_or_remember_it() {
        let meta = |finalizers: &[&str]| ObjectMeta {
            finalizers: Some(finalizers.iter().map(|name| (*name).to_owned()).collect()),
            ..ObjectMeta::default()
        };
        for (kind, seeds) in [
            (OwnerKind::Keycloak, finalizer::SEED_INSTANCE),
            (OwnerKind::KeycloakRealm, finalizer::SEED_REALM),
            (OwnerKind::KeycloakClient, finalizer::SEED_CLIENT),
        ] {
            assert!(kind.is_of_the_seed(&meta(&[seeds]), false), "{kind}");
            assert!(!kind.is_of_the_seed(&meta(&[seeds]), true), "{kind} that is remembered");
            assert!(!kind.is_of_the_seed(&meta(&[seeds, finalizer::TEARDOWN]), false), "{kind} with ours");
            assert!(!kind.is_of_the_seed(&meta(&["foregroundDeletion"]), false), "{kind} with another");
            assert!(!kind.is_of_the_seed(&ObjectMeta::default(), false), "{kind} without any");
        }
    }
}
