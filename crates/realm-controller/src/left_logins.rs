//! Logins that outlived the object of their realm, because `KeycloakClient`s still referred to it.
//!
//! A realm does not wait for its clients, so nobody reconciles it when the last of them goes. Secrets cannot be listed either.
//! So before such a realm's object is let go, the name of its login's Secret is noted in a Secret of the instance
//! (`<keycloak>-left-logins`), and whoever leads reads that list from time to time: a login that no KeycloakClient needs any
//! more is taken back. What is noted survives a restart, and goes with the instance like the logins themselves.

use std::{sync::Arc, time::Duration};

use controller_runtime::{Key, Leadership, Store};
use keycloak_connect::{
    ConnectError, Instance, Look, Owner, OwnerKind, References, Secrets, Sessions, StoredSecret,
    login::{client_manager_secret_name, key, with_the_logins},
    secret::{self, Takeover, WantedSecret},
    watched::SlimKeycloak,
};
use keycloak_crds::{
    KeycloakRealm,
    labels::Component,
    name::{Namespace, ObjectName},
    reference::OperatorRef,
};
use kube::Api;
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};

use crate::{account, clients};

/// How often the lists are read where nothing is noted.
const IDLE: Duration = Duration::from_secs(600);
/// How often where something is, and after a failure.
const BUSY: Duration = Duration::from_secs(60);
/// How often it is looked whether the instances are known.
const SOON: Duration = Duration::from_secs(1);

/// Name of the Secret that lists the logins of an instance whose realms' objects are gone.
pub fn list_name(instance: &str) -> String {
    format!("{instance}-left-logins")
}

/// A realm whose object is gone, or about to go.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Entry {
    namespace: String,
    name: String,
    uid: String,
}

impl Entry {
    /// What stands in the list. Its names become paths, so they are checked.
    fn read(text: &str) -> Option<Owner> {
        let Self { namespace, name, uid } = serde_json::from_str(text).ok()?;
        let are_names = namespace.parse::<Namespace>().is_ok() && name.parse::<ObjectName>().is_ok();
        are_names.then_some(Owner { kind: OwnerKind::KeycloakRealm, namespace, name, uid })
    }

    fn text(realm: &Owner) -> String {
        let Owner { namespace, name, uid, .. } = realm.clone();
        // Three texts can always be written.
        serde_json::to_string(&Self { namespace, name, uid }).unwrap_or_default()
    }
}

/// Notes that the login of this realm stays. Doing it again changes nothing.
///
/// # Errors
/// What the API server says. A Secret of somebody else in the list's place keeps no realm from going.
pub(crate) async fn note(secrets: &Secrets, instance: &Instance, realm: &Owner) -> Result<(), ConnectError> {
    let key = client_manager_secret_name(&instance.owner().name, realm);
    let wanted = list(instance).with(&key, Entry::text(realm).as_str());
    let known = secrets.ours(&wanted.namespace, &wanted.name).await?;
    match secret::write(secrets, &wanted, known.as_ref(), Takeover::No).await {
        Ok(_) => Ok(()),
        Err(refused @ ConnectError::SecretNotOwned { .. }) => {
            tracing::warn!(%realm, %refused, "the login stays until its instance goes");
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// The list without entries.
fn list(instance: &Instance) -> WantedSecret {
    let owner = instance.owner();
    let mut name = list_name(&owner.name);
    if instance.keeps_logins_elsewhere() {
        // Instances of several namespaces may keep their logins in one. No name of a namespace has a dot in it.
        name = format!("{name}.{}", owner.namespace);
    }
    with_the_logins(instance, &name, owner)
}

/// Takes logins back that nobody needs any more.
pub struct LeftLogins {
    kube: kube::Client,
    secrets: Secrets,
    sessions: Sessions,
    references: References,
    keycloaks: Arc<Store<SlimKeycloak>>,
    noted: Arc<Notify>,
}

impl LeftLogins {
    /// `noted` is told of by whoever notes a login.
    pub(crate) fn new(
        kube: kube::Client,
        secrets: Secrets,
        sessions: Sessions,
        references: References,
        keycloaks: Arc<Store<SlimKeycloak>>,
        noted: Arc<Notify>,
    ) -> Self {
        Self { kube, secrets, sessions, references, keycloaks, noted }
    }

    /// Reads the lists for as long as this process leads.
    pub async fn run(self, mut leadership: watch::Receiver<Leadership>) {
        loop {
            if leadership.wait_for(Leadership::is_leading).await.is_err() {
                // The process is about to end.
                return std::future::pending().await;
            }
            let pause = if self.keycloaks.is_complete() {
                self.sweep().await.unwrap_or_else(|error| {
                    tracing::warn!(problem = %error, "logins without a realm are looked at again");
                    BUSY
                })
            } else {
                SOON
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.noted.notified() => {}
            }
        }
    }

    /// One look at all instances; the answer is when the next one is due.
    async fn sweep(&self) -> Result<Duration, ConnectError> {
        let (mut left, mut failure) = (false, None);
        for instance in self.keycloaks.keys() {
            match self.of_instance(&instance).await {
                Ok(further) => left |= further,
                Err(error) => failure = Some(error),
            }
        }
        match failure {
            Some(error) => Err(error),
            None => Ok(if left { BUSY } else { IDLE }),
        }
    }

    /// The list of one instance; the answer is whether anything is left on it.
    async fn of_instance(&self, key: &Key) -> Result<bool, ConnectError> {
        let named = OperatorRef {
            namespace: key.namespace().unwrap_or_default().to_owned(),
            name: key.name().to_owned(),
            authorization_secret_ref: None,
        };
        let instance = match self.references.instance(&named, Look::Now).await {
            Ok(instance) if !instance.is_deleting() => instance,
            // Its logins go with it.
            Ok(_) | Err(ConnectError::InstanceMissing { .. }) => return Ok(false),
            Err(error) => return Err(error),
        };
        let mut wanted = list(&instance);
        let Some(found) = self.secrets.ours(&wanted.namespace, &wanted.name).await? else {
            return Ok(false);
        };
        if secret::guard(&found, instance.owner(), Component::Login, Takeover::No).is_err() {
            return Ok(false);
        }
        let mut left = false;
        for key in found.keys() {
            let is_done = match found.text(key).and_then(Entry::read) {
                // What cannot be told of one realm keeps the others from nothing.
                Some(realm) => self.is_done(&instance, &realm).await.unwrap_or_else(|error| {
                    tracing::warn!(%realm, problem = %error, "a login without a realm is looked at again");
                    false
                }),
                // Nobody can say whose it is.
                None => true,
            };
            if is_done {
                wanted = wanted.without(key);
            }
            left |= !is_done;
        }
        secret::write(&self.secrets, &wanted, Some(&found), Takeover::No).await?;
        Ok(left)
    }

    /// Takes the login back if nobody needs it; the answer is whether that is done.
    async fn is_done(&self, instance: &Instance, realm: &Owner) -> Result<bool, ConnectError> {
        let successor = self.named_like(realm).await?;
        let is_needed = match &successor {
            // As long as its own object is there, the login proves whose the realm is.
            Some(standing) => standing == realm,
            None => clients::refer_to(&self.kube, realm).await?,
        };
        if is_needed {
            return Ok(false);
        }
        let name = client_manager_secret_name(&instance.owner().name, realm);
        let found = self.secrets.ours(instance.logins_namespace(), &name).await?;
        let holds = found.filter(|found| found.belongs_to(realm) && found.keys().next().is_some());
        if let Some(found) = holds {
            let is_in_use = match &successor {
                Some(successor) => self.is_account_of(instance, successor, &found).await?,
                None => false,
            };
            // A realm that is gone has taken it along.
            if let (Some(in_realm), Some(uuid)) = (found.text(key::REALM), found.text(key::CLIENT_UUID))
                && !is_in_use
                && let Err(why) = account::remove(&self.sessions, instance, in_realm, uuid).await
            {
                tracing::warn!(%realm, in_realm, uuid, %why, "the account of our login stays; remove it by hand");
            }
            let how = secret::withdraw(&self.kube, &found, realm).await?;
            tracing::info!(%realm, secret = name, ?how, is_in_use, "no KeycloakClient needs the login any more; it is taken back");
        }
        Ok(true)
    }

    /// The object that has the name of this one now: itself, or one that was made since. Under that one clients have another login.
    async fn named_like(&self, realm: &Owner) -> Result<Option<Owner>, ConnectError> {
        let realms: Api<KeycloakRealm> = Api::namespaced(self.kube.clone(), &realm.namespace);
        let found = realms.get_metadata_opt(&realm.name).await;
        let found = found.map_err(ConnectError::kube(|| format!("reading {realm}")))?;
        Ok(found.map(|found| Owner { uid: found.metadata.uid.unwrap_or_default(), ..realm.clone() }))
    }

    /// Whether the object that was made since works with the account of this login: the client id of an account has no uid in it, so
    /// one that is found in the realm gets another secret and goes on. Who has no login yet makes it of what stands there.
    async fn is_account_of(
        &self,
        instance: &Instance,
        successor: &Owner,
        login: &StoredSecret,
    ) -> Result<bool, ConnectError> {
        let name = client_manager_secret_name(&instance.owner().name, successor);
        let found = self.secrets.ours(instance.logins_namespace(), &name).await?;
        let found = found.filter(|found| found.belongs_to(successor));
        let theirs = found.as_ref().and_then(|found| found.text(key::CLIENT_UUID));
        Ok(theirs.is_none_or(|theirs| login.text(key::CLIENT_UUID) == Some(theirs)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_read_as_it_was_written_and_one_that_could_lead_elsewhere_is_none() {
        let owner = |namespace: &str, name: &str| Owner {
            kind: OwnerKind::KeycloakRealm,
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            uid: "0f3c2a91-7f6e-4c0a-9a51-2f6f0c1f7c11".to_owned(),
        };
        let realm = owner("acme", "acme");
        assert_eq!(Entry::read(&Entry::text(&realm)), Some(realm));
        for (namespace, name) in [("../kube-system", "acme"), ("acme", "a/b"), ("", "acme")] {
            assert_eq!(Entry::read(&Entry::text(&owner(namespace, name))), None, "{namespace} {name}");
        }
        for text in ["", "{}", "[]", r#"{"namespace":"acme","name":"acme","uid":"u","more":1}"#] {
            assert_eq!(Entry::read(text), None, "{text}");
        }
    }
}
