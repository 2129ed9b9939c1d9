//! From `operatorRef` and `realmRef` to the objects they name.
//!
//! A reconcile reads what it needs by GET. What was read serves all objects that refer to it for a minute, as long as the watch
//! says nothing new about it.

use std::{sync::Arc, time::Duration};

use authorization_token::TargetIdentity;
use keycloak_crds::{
    Keycloak, KeycloakRealm,
    condition::Reason,
    reference::{OperatorRef, RealmRef},
};
use kube::Api;

use crate::{address::Addresses, error::ConnectError, owner::Owner, recent::Recent, secret_name::Candidates};

/// How long an object that was read serves others.
const KEEP: Duration = Duration::from_secs(60);

/// How thoroughly to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Read it now: a forced pass, a teardown.
    Now,
    /// What was read less than a minute ago serves, unless the watch has said something else since. The number is whatever
    /// the watch last said, for example a hash of the contract fields; 0 where nothing watches.
    Recent(u64),
}

/// A Keycloak object with what is derived from it.
#[derive(Clone, Debug)]
pub struct Instance {
    object: Keycloak,
    owner: Owner,
    identity: TargetIdentity,
    addresses: Addresses,
}

/// An instance that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serving {
    /// Version of the server, as the instance controller published it.
    pub version: String,
    /// Where the controllers call it and users see it.
    pub addresses: Addresses,
}

impl Instance {
    /// An instance as it was read.
    ///
    /// # Errors
    /// When it carries no namespace, name or uid.
    pub fn of(object: Keycloak) -> Result<Self, ConnectError> {
        let owner = Owner::instance(&object)?;
        let identity = target(&owner)?;
        let addresses = Addresses::of(&object)?;
        Ok(Self { object, owner, identity, addresses })
    }

    /// The object.
    pub fn object(&self) -> &Keycloak {
        &self.object
    }

    /// The object as the owner of Secrets.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// The object as the target of authorization.
    pub fn identity(&self) -> &TargetIdentity {
        &self.identity
    }

    /// Where its server is reached, derived from its spec.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Namespace of the Secrets with our logins in single realms. The administrator's and the realm-manager's stand beside the
    /// instance: no pod and no Role could name them elsewhere.
    pub fn logins_namespace(&self) -> &str {
        self.object.spec.logins.as_ref().map_or(&self.owner.namespace, |logins| &logins.namespace)
    }

    /// Whether that is another namespace than its own, where nothing goes by an owner reference.
    pub fn keeps_logins_elsewhere(&self) -> bool {
        self.logins_namespace() != self.owner.namespace
    }

    /// Whether it is being deleted: its realms and clients are let go.
    pub fn is_deleting(&self) -> bool {
        self.object.metadata.deletion_timestamp.is_some()
    }

    /// The version of its server, where the instance controller published one.
    pub fn version(&self) -> Option<&str> {
        self.object.status.as_ref()?.version.as_deref()
    }

    /// What realms and clients need of it.
    ///
    /// # Errors
    /// `InstanceDeleting`; `InstanceNotReady` until the instance controller has published address and version, which it does
    /// after the server has answered.
    pub fn serving(&self) -> Result<Serving, ConnectError> {
        let (namespace, name) = (self.owner.namespace.clone(), self.owner.name.clone());
        if self.is_deleting() {
            return Err(ConnectError::InstanceDeleting { namespace, name });
        }
        let status = self.object.status.as_ref();
        let has_answered = status
            .and_then(|status| status.endpoints.as_ref())
            .is_some_and(|endpoints| endpoints.internal.is_some());
        if !has_answered {
            let lacks = "its server has not answered yet";
            return Err(ConnectError::InstanceNotReady { namespace, name, lacks });
        }
        let Some(version) = self.version() else {
            let lacks =
                "the version of its server is not known; where it cannot be detected, write spec.version";
            return Err(ConnectError::InstanceNotReady { namespace, name, lacks });
        };
        Ok(Serving { version: version.to_owned(), addresses: self.addresses.clone() })
    }
}

/// A KeycloakRealm object with what is derived from it.
#[derive(Clone, Debug)]
pub struct Realm {
    object: KeycloakRealm,
    owner: Owner,
    identity: TargetIdentity,
}

impl Realm {
    /// A realm as it was read.
    ///
    /// # Errors
    /// When it carries no namespace, name or uid.
    pub fn of(object: KeycloakRealm) -> Result<Self, ConnectError> {
        let owner = Owner::realm(&object)?;
        let identity = target(&owner)?;
        Ok(Self { object, owner, identity })
    }

    /// The object.
    pub fn object(&self) -> &KeycloakRealm {
        &self.object
    }

    /// The object as the owner of Secrets.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// The object as the target of authorization.
    pub fn identity(&self) -> &TargetIdentity {
        &self.identity
    }

    /// Name of the realm in Keycloak.
    pub fn realm_name(&self) -> &str {
        &self.object.spec.realm_name
    }

    /// The instance it lives on.
    pub fn operator_ref(&self) -> &OperatorRef {
        &self.object.spec.operator_ref
    }

    /// Whether it is being deleted.
    pub fn is_deleting(&self) -> bool {
        self.object.metadata.deletion_timestamp.is_some()
    }

    /// Keycloak's id of the realm, as its controller published it. A hint, not proof: the login is checked beside it.
    ///
    /// # Errors
    /// `RealmNotAvailable` with the reason that its controller gave.
    pub fn available(&self) -> Result<&str, ConnectError> {
        let available = self.object.status.as_ref().and_then(|status| status.available.as_ref());
        available.and_then(|available| available.realm_id.as_deref()).ok_or_else(|| {
            // A word of the list, or nothing: messages of others are not repeated.
            let because =
                available.and_then(|available| available.reason.as_deref()).and_then(Reason::from_word);
            let (namespace, name) = (self.owner.namespace.clone(), self.owner.name.clone());
            ConnectError::RealmNotAvailable { namespace, name, because }
        })
    }

    /// Names that the Secret with its authorization tokens may have.
    pub fn token_secret_names(&self) -> Candidates {
        Candidates::new(self.realm_name(), "realm-auth", &self.owner.uid)
    }
}

fn target(owner: &Owner) -> Result<TargetIdentity, ConnectError> {
    // Instances and realms are targets; only clients are not.
    owner.target()?.ok_or(ConnectError::Unidentified { kind: owner.kind.as_str(), field: "kind" })
}

/// Objects that were read lately. Clones share them.
#[derive(Clone)]
pub struct References {
    kube: kube::Client,
    instances: Arc<Recent<(String, String), Arc<Instance>>>,
    realms: Arc<Recent<(String, String), Arc<Realm>>>,
}

impl References {
    /// Nothing was read yet.
    pub fn new(kube: kube::Client) -> Self {
        Self { kube, instances: Arc::new(Recent::new(KEEP)), realms: Arc::new(Recent::new(KEEP)) }
    }

    /// The instance that a realm names.
    ///
    /// # Errors
    /// `InstanceMissing`, or what the API server says.
    pub async fn instance(&self, named: &OperatorRef, look: Look) -> Result<Arc<Instance>, ConnectError> {
        let (namespace, name) = (named.namespace.as_str(), named.name.as_str());
        let key = (namespace.to_owned(), name.to_owned());
        let hint = match look {
            Look::Now => 0,
            Look::Recent(hint) => {
                if let Some(instance) = self.instances.get(&key, hint) {
                    return Ok(instance);
                }
                hint
            }
        };
        let api: Api<Keycloak> = Api::namespaced(self.kube.clone(), namespace);
        let found = api.get_opt(name).await;
        let found = found.map_err(ConnectError::kube(|| format!("reading Keycloak {namespace}/{name}")))?;
        let Some(object) = found else {
            self.instances.forget(&key);
            return Err(ConnectError::InstanceMissing { namespace: key.0, name: key.1 });
        };
        let instance = Arc::new(Instance::of(object)?);
        self.instances.put(key, hint, Arc::clone(&instance));
        Ok(instance)
    }

    /// The KeycloakRealm that a client names.
    ///
    /// # Errors
    /// `RealmObjectMissing`, or what the API server says.
    pub async fn realm(&self, named: &RealmRef, look: Look) -> Result<Arc<Realm>, ConnectError> {
        let (namespace, name) = (named.namespace.as_str(), named.name.as_str());
        let key = (namespace.to_owned(), name.to_owned());
        let hint = match look {
            Look::Now => 0,
            Look::Recent(hint) => {
                if let Some(realm) = self.realms.get(&key, hint) {
                    return Ok(realm);
                }
                hint
            }
        };
        let api: Api<KeycloakRealm> = Api::namespaced(self.kube.clone(), namespace);
        let found = api.get_opt(name).await;
        let found =
            found.map_err(ConnectError::kube(|| format!("reading KeycloakRealm {namespace}/{name}")))?;
        let Some(object) = found else {
            self.realms.forget(&key);
            return Err(ConnectError::RealmObjectMissing { namespace: key.0, name: key.1 });
        };
        let realm = Arc::new(Realm::of(object)?);
        self.realms.put(key, hint, Arc::clone(&realm));
        Ok(realm)
    }
}

#[cfg(test)]
mod tests;
