//! Our own logins in a server: names, keys and checks of the Secrets that hold them (rules of ownership, section 5.2).
//!
//! Names are computed from the objects, never read from status.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Secret;
use keycloak_admin::{Login, Secret as SecretText, logins::Credentials};
use keycloak_crds::{
    condition::Reason,
    labels::{Component, label},
};
use kube::{
    Api,
    api::{DeleteParams, ListParams},
};

use crate::{
    cluster::ClusterId,
    error::ConnectError,
    owner::Owner,
    reference::{Instance, Realm},
    secret::{SecretBytes, StoredSecret, WantedSecret},
    secret_name::short_hash,
};

pub mod rotation;

/// Keys of the Secrets.
pub mod key {
    /// User name of an administrator.
    pub const USERNAME: &str = "username";
    /// Password of an administrator.
    pub const PASSWORD: &str = "password";
    /// Client id of a service account.
    pub const CLIENT_ID: &str = "client-id";
    /// Internal uuid of that client: admin events carry it.
    pub const CLIENT_UUID: &str = "client-uuid";
    /// Its secret.
    pub const CLIENT_SECRET: &str = "client-secret";
    /// The secret that takes its place, from before the server is told until after: while this key is there, the server accepts
    /// one of the two.
    pub const CLIENT_SECRET_NEXT: &str = "client-secret-next";
    /// Name of the realm of a client-manager.
    pub const REALM: &str = "realm";
    /// Keycloak's id of that realm.
    pub const REALM_ID: &str = "realm-id";
    /// Namespace of the KeycloakRealm.
    pub const NAMESPACE: &str = "namespace";
    /// Name of the KeycloakRealm.
    pub const NAME: &str = "name";
    /// Uid of the KeycloakRealm.
    pub const UID: &str = "uid";
}

/// The realm of administrators and of the realm-manager.
pub const MASTER: &str = keycloak_admin::logins::MASTER;

/// Name of the Secret with the bootstrap administrator of a server that we run, as the seed has it.
pub fn admin_secret_name(instance: &str) -> String {
    format!("{instance}-admin-credentials")
}

/// Name of the Secret with the realm-manager.
pub fn realm_manager_secret_name(instance: &str) -> String {
    format!("{instance}-realm-manager")
}

/// Name of the Secret with the client-manager of a realm: a hash over namespace, name and uid of the KeycloakRealm, so that a
/// realm made anew never finds the login of the one before.
pub fn client_manager_secret_name(instance: &str, realm: &Owner) -> String {
    let parts = [realm.namespace.as_str(), realm.name.as_str(), realm.uid.as_str()];
    format!("{instance}-client-manager-{}", short_hash("keycloak.mdvr.nl/client-manager/v1", &parts, 16))
}

/// Name of the Secret with the authorization tokens of an instance, as the seed has it.
pub fn token_secret_name(instance: &str) -> String {
    format!("{instance}-auth-token")
}

/// Client id of a service account of ours: `cloakroom-<8 hex>` over cluster, namespace and name of the object it is for. The
/// uid is no part of it: an account that exists gets a new secret, because its rights hang on it.
pub fn account(cluster: &ClusterId, owner: &Owner) -> String {
    let parts = [cluster.as_str(), owner.namespace.as_str(), owner.name.as_str()];
    format!("cloakroom-{}", short_hash("keycloak.mdvr.nl/account/v1", &parts, 8))
}

/// Client id of the realm-manager of an instance: the one that `spec.admin.account` names, else ours.
pub fn realm_manager_account(cluster: &ClusterId, instance: &Instance) -> String {
    let named = instance.object().spec.admin.as_ref().and_then(|admin| admin.account.clone());
    named.unwrap_or_else(|| account(cluster, instance.owner()))
}

/// An administrator of the master realm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminLogin(Login);

impl AdminLogin {
    /// The Secret, in the instance's namespace: the one that `spec.admin.existingSecret` names, else the one that we make, from
    /// which the pods read it.
    pub fn secret(instance: &Instance) -> (&str, String) {
        let owner = instance.owner();
        let named = instance.object().spec.admin.as_ref().and_then(|admin| admin.existing_secret.clone());
        (&owner.namespace, named.unwrap_or_else(|| admin_secret_name(&owner.name)))
    }

    /// The field that names it.
    pub const FIELD: &'static str = "spec.admin.existingSecret";

    /// Whether the object names it; else it is of our make.
    pub fn is_named(instance: &Instance) -> bool {
        let admin = instance.object().spec.admin.as_ref();
        admin.is_some_and(|admin| admin.existing_secret.is_some())
    }

    /// Reads it: `username` and `password`, or `client-id` and `client-secret`.
    ///
    /// # Errors
    /// `LoginMissing` when neither pair is there.
    pub fn read(secret: &StoredSecret) -> Result<Self, ConnectError> {
        let pair = |one, other| secret.text(one).zip(secret.text(other));
        if let Some((username, password)) = pair(key::USERNAME, key::PASSWORD) {
            return Ok(Self(Login::bootstrap_admin(username, password.into())));
        }
        if let Some((client_id, client_secret)) = pair(key::CLIENT_ID, key::CLIENT_SECRET) {
            return Ok(Self(Login::service_account(MASTER, client_id, client_secret.into())));
        }
        let lacks = "has neither the keys username and password nor client-id and client-secret".to_owned();
        let mut error = Kind::Administrator.missing(secret.namespace(), secret.name(), lacks);
        if let ConnectError::LoginMissing { reason, .. } = &mut error {
            *reason = Reason::SecretKeyMissing;
        }
        Err(error)
    }

    /// To log in with.
    pub fn login(&self) -> &Login {
        &self.0
    }

    /// Name of the account.
    pub fn account(&self) -> &str {
        self.0.account()
    }

    /// The Secret of a bootstrap administrator that we make. It stays when the Keycloak is deleted: the database may outlive
    /// the object, and then nobody else knows the password (rule 5.2).
    pub fn wanted(instance: &Instance, username: &str, password: &SecretText) -> WantedSecret {
        let (owner, name) = (instance.owner(), admin_secret_name(&instance.owner().name));
        WantedSecret::new(&owner.namespace, &name, owner, Component::AdminCredentials)
            .unbound()
            .labelled(label::INSTANCE, &owner.name)
            .with(key::USERNAME, username)
            .with(key::PASSWORD, password)
    }
}

/// The account in master that makes realms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealmManagerLogin {
    /// Its client.
    pub credentials: Credentials,
}

impl RealmManagerLogin {
    /// Reads it.
    ///
    /// # Errors
    /// `LoginMissing` when a key is not there.
    pub fn read(secret: &StoredSecret) -> Result<Self, ConnectError> {
        Ok(Self { credentials: credentials(secret, Kind::RealmManager)? })
    }

    /// To log in with.
    pub fn login(&self) -> Login {
        let Credentials { client_id, client_secret, .. } = &self.credentials;
        Login::service_account(MASTER, client_id, client_secret.clone())
    }

    /// The Secret that holds it.
    pub fn wanted(&self, instance: &Instance) -> WantedSecret {
        let (owner, name) = (instance.owner(), realm_manager_secret_name(&instance.owner().name));
        let empty = WantedSecret::new(&owner.namespace, &name, owner, Component::Login);
        with_credentials(empty, &self.credentials).labelled(label::INSTANCE, &owner.name)
    }
}

/// The account in one realm that makes clients; at the same time the proof that the realm is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientManagerLogin {
    /// Its client.
    pub credentials: Credentials,
    /// Name of the realm in Keycloak.
    pub realm: String,
    /// Keycloak's id of the realm.
    pub realm_id: String,
    /// The KeycloakRealm.
    pub owner: Owner,
}

impl ClientManagerLogin {
    /// Reads it and makes sure that it is the login of this realm: same uid, same `spec.realmName`. The realm's id is for the
    /// caller to compare with the live one, or with [`Realm::available`].
    ///
    /// # Errors
    /// `LoginMissing` when a key is not there, `LoginOfOtherRealm` when it names another one.
    pub fn read(secret: &StoredSecret, realm: &Realm) -> Result<Self, ConnectError> {
        let login = Self {
            credentials: credentials(secret, Kind::ClientManager)?,
            realm: text(secret, key::REALM, Kind::ClientManager)?,
            realm_id: text(secret, key::REALM_ID, Kind::ClientManager)?,
            owner: Owner {
                kind: realm.owner().kind,
                namespace: text(secret, key::NAMESPACE, Kind::ClientManager)?,
                name: text(secret, key::NAME, Kind::ClientManager)?,
                uid: text(secret, key::UID, Kind::ClientManager)?,
            },
        };
        login.check(secret.namespace(), secret.name(), realm)?;
        Ok(login)
    }

    /// Whether it is the login of this realm; namespace and name are those of its Secret.
    pub(crate) fn check(&self, namespace: &str, name: &str, realm: &Realm) -> Result<(), ConnectError> {
        let owner = realm.owner();
        let pairs = [
            (key::UID, &self.owner.uid, owner.uid.as_str()),
            (key::NAMESPACE, &self.owner.namespace, owner.namespace.as_str()),
            (key::NAME, &self.owner.name, owner.name.as_str()),
            (key::REALM, &self.realm, realm.realm_name()),
        ];
        match pairs.into_iter().find(|(_, found, wanted)| found.as_str() != *wanted) {
            None => Ok(()),
            Some((key, found, wanted)) => Err(ConnectError::LoginOfOtherRealm {
                namespace: namespace.to_owned(),
                name: name.to_owned(),
                key,
                found: found.clone(),
                wanted: wanted.to_owned(),
            }),
        }
    }

    /// To log in with, in its realm.
    pub fn login(&self) -> Login {
        let Credentials { client_id, client_secret, .. } = &self.credentials;
        Login::service_account(&self.realm, client_id, client_secret.clone())
    }

    /// The Secret that holds it. It carries the realm's uid and goes with the instance: it outlives the KeycloakRealm, so that
    /// its clients can still be taken down.
    pub fn wanted(&self, instance: &Instance) -> WantedSecret {
        let name = client_manager_secret_name(&instance.owner().name, &self.owner);
        let empty = with_the_logins(instance, &name, &self.owner);
        let mut wanted = with_credentials(empty, &self.credentials);
        wanted.goes_with = Some(instance.owner().clone());
        let binding = [
            (key::REALM, self.realm.as_str()),
            (key::REALM_ID, self.realm_id.as_str()),
            (key::NAMESPACE, self.owner.namespace.as_str()),
            (key::NAME, self.owner.name.as_str()),
            (key::UID, self.owner.uid.as_str()),
        ];
        let binding: BTreeMap<String, Option<SecretBytes>> =
            binding.into_iter().map(|(key, value)| (key.to_owned(), Some(value.into()))).collect();
        wanted.data.extend(binding);
        wanted
    }
}

/// A Secret without content that stands where the logins in single realms stand, and goes with the instance.
pub fn with_the_logins(instance: &Instance, name: &str, owner: &Owner) -> WantedSecret {
    let empty = WantedSecret::new(instance.logins_namespace(), name, owner, Component::Login)
        .labelled(label::INSTANCE, &instance.owner().name);
    if instance.keeps_logins_elsewhere() {
        empty.labelled(label::INSTANCE_UID, &instance.owner().uid)
    } else {
        empty
    }
}

/// Whether a login in a single realm is of this instance and of none before it. Beside the instance that goes without saying: it
/// went with the one before. Elsewhere it may have stayed, and would be sent to whoever took the instance's name.
pub fn is_of(login: &StoredSecret, instance: &Instance) -> bool {
    !instance.keeps_logins_elsewhere()
        || login.label(label::INSTANCE_UID) == Some(instance.owner().uid.as_str())
}

/// Removes what stands in the namespace of `spec.logins` for this instance, which is about to go: no owner reference reaches
/// there. Beside the instance there is nothing to do.
///
/// # Errors
/// What the API server says: the right to do this stands in a Role of that namespace, which not every installation has.
pub async fn remove_logins(kube: &kube::Client, instance: &Instance) -> Result<(), ConnectError> {
    if !instance.keeps_logins_elsewhere() {
        return Ok(());
    }
    let namespace = instance.logins_namespace();
    let secrets: Api<Secret> = Api::namespaced(kube.clone(), namespace);
    let its = [(label::MANAGED_BY, label::MANAGED_BY_VALUE), (label::INSTANCE_UID, &instance.owner().uid)];
    let its = its.map(|(label, value)| format!("{label}={value}")).join(",");
    let removed =
        secrets.delete_collection(&DeleteParams::default(), &ListParams::default().labels(&its)).await;
    let doing = || format!("removing the logins of {} in namespace {namespace}", instance.owner());
    removed.map(drop).map_err(ConnectError::kube(doing))
}

/// Which login, for sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Administrator,
    RealmManager,
    ClientManager,
}

impl Kind {
    pub(crate) fn missing(self, namespace: &str, name: &str, lacks: String) -> ConnectError {
        let (what, made_by, reason) = match self {
            Self::Administrator => (
                "administration",
                "write the login of an administrator into it; for a server that we run, the instance controller makes it",
                Reason::SecretMissing,
            ),
            Self::RealmManager => ("realms", "the instance controller makes it", Reason::InstanceNotReady),
            Self::ClientManager => ("clients", "the realm controller makes it", Reason::RealmNotAvailable),
        };
        ConnectError::LoginMissing {
            what,
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            lacks,
            made_by,
            reason,
        }
    }
}

fn credentials(secret: &StoredSecret, kind: Kind) -> Result<Credentials, ConnectError> {
    Ok(Credentials {
        client_id: text(secret, key::CLIENT_ID, kind)?,
        client_uuid: text(secret, key::CLIENT_UUID, kind)?,
        client_secret: text(secret, key::CLIENT_SECRET, kind)?.into(),
    })
}

fn text(secret: &StoredSecret, key: &'static str, kind: Kind) -> Result<String, ConnectError> {
    let missing = || kind.missing(secret.namespace(), secret.name(), format!("has no key {key:?}"));
    secret.text(key).map(str::to_owned).ok_or_else(missing)
}

fn with_credentials(wanted: WantedSecret, credentials: &Credentials) -> WantedSecret {
    wanted
        .with(key::CLIENT_ID, credentials.client_id.as_str())
        .with(key::CLIENT_UUID, credentials.client_uuid.as_str())
        .with(key::CLIENT_SECRET, &credentials.client_secret)
}

#[cfg(test)]
mod tests;
