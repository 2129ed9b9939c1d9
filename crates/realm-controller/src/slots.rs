//! The realms that take slots in the quotas of their namespace.

use std::{
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use authorization_token::{
    ConsumerKind, NameError, Uid,
    quota::{Claim, Presence, SlotRow},
};
use controller_runtime::{Key, Pass, Store, hash_of};
use jiff::Timestamp;
use keycloak_connect::{
    ConnectError, Look, References, Sessions,
    quota::{self, Consumers},
};
use keycloak_crds::{KeycloakRealm, reference::OperatorRef};
use keycloak_sync::realm;
use kube::Api;

use crate::{controller::SlimRealm, error::RealmError, observe::Seen};

/// What a row calls a realm: its instance, and its name there. No name in Kubernetes has a slash in it.
pub(crate) fn object(namespace: &str, instance: &str, realm: &str) -> String {
    format!("{namespace}/{instance}/{realm}")
}

/// The same, read.
fn read(object: &str) -> Option<(OperatorRef, &str)> {
    let mut parts = object.splitn(3, '/');
    let (namespace, name, realm) = (parts.next()?.to_owned(), parts.next()?.to_owned(), parts.next()?);
    Some((OperatorRef { namespace, name, authorization_secret_ref: None }, realm))
}

/// What the object of this pass claims.
pub(crate) fn claim(seen: &Seen, pass: &Pass) -> Result<Claim, NameError> {
    let (owner, named) = (seen.realm.owner(), seen.realm.operator_ref());
    let object = object(&named.namespace, &named.name, seen.realm.realm_name());
    let created = seen.realm.object().metadata.creation_timestamp.as_ref();
    let created = created.map_or(pass.now, |created| created.0);
    quota::claim(&pass.key, &owner.uid, &owner.namespace, None, Some(object), created)
}

/// All realms, as far as quotas are concerned.
pub struct RealmSlots {
    kube: kube::Client,
    references: References,
    sessions: Sessions,
    realms: Arc<OnceLock<Arc<Store<SlimRealm>>>>,
}

impl RealmSlots {
    pub(crate) fn new(
        kube: kube::Client,
        references: References,
        sessions: Sessions,
        realms: Arc<OnceLock<Arc<Store<SlimRealm>>>>,
    ) -> Self {
        Self { kube, references, sessions, realms }
    }

    async fn look(&self, namespace: &str, row: &SlotRow) -> Result<Presence, RealmError> {
        let realms: Api<KeycloakRealm> = Api::namespaced(self.kube.clone(), namespace);
        let name = row.name.as_str();
        let found = realms.get_metadata_opt(name).await;
        let found =
            found.map_err(ConnectError::kube(|| format!("reading KeycloakRealm {namespace}/{name}")))?;
        if found.is_some_and(|found| found.metadata.uid.as_deref() == Some(row.uid.as_str())) {
            return Ok(Presence::CustomResource);
        }
        let Some((named, realm)) = row.object.as_deref().and_then(read) else {
            return Ok(Presence::Unknown);
        };
        if self.existing(namespace).iter().any(|(_, claim)| claim.object == row.object) {
            // It is another object's by now, which has a row of its own.
            return Ok(Presence::Gone);
        }
        let instance = match self.references.instance(&named, Look::Now).await {
            Ok(instance) => instance,
            Err(ConnectError::InstanceMissing { .. }) => return Ok(Presence::Gone),
            Err(error) => return Err(error.into()),
        };
        let connection = self.sessions.realm_manager(&instance, realm).await?;
        let live = realm::observe(connection.api(), realm).await;
        let live = live.map_err(|error| RealmError::sync(error, &connection))?;
        connection.succeeded();
        Ok(if live.present().is_some() { Presence::KeycloakOnly } else { Presence::Gone })
    }
}

impl Consumers for RealmSlots {
    const KIND: ConsumerKind = ConsumerKind::KeycloakRealm;
    const MANAGER: &'static str = "cloakroom-realm-slots";

    /// One that is being deleted gives its slot back, and gets none.
    fn existing(&self, namespace: &str) -> Vec<(Key, Claim)> {
        let Some(realms) = self.realms.get() else { return Vec::new() };
        let here = realms.keys().into_iter().filter(|key| key.namespace() == Some(namespace));
        let standing = here.filter_map(|key| {
            let (slim, seen) = (realms.get(&key)?, realms.seen(&key)?);
            if seen.deleting || !slim.stands() {
                return None;
            }
            let object = Some(slim.object());
            let claim = quota::claim(&key, &seen.uid, namespace, None, object, Timestamp::UNIX_EPOCH).ok()?;
            Some((key, claim))
        });
        standing.collect()
    }

    fn lives(&self, key: &Key, uid: &Uid) -> bool {
        let seen = self.realms.get().and_then(|realms| realms.seen(key));
        seen.is_some_and(|seen| seen.uid == uid.as_str() && !seen.deleting)
    }

    fn uids(&self) -> Option<HashSet<u64>> {
        let realms = self.realms.get().filter(|realms| realms.is_complete())?;
        let seen = realms.keys().into_iter().filter_map(|key| realms.seen(&key));
        Some(seen.map(|seen| hash_of(seen.uid.as_str())).collect())
    }

    async fn presence(&self, namespace: &str, row: &SlotRow) -> Presence {
        self.look(namespace, row).await.unwrap_or_else(|error| {
            let (uid, problem) = (&row.uid, error.to_string());
            tracing::debug!(namespace, %uid, problem, "it is not known whether the realm of a slot is there");
            Presence::Unknown
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_row_calls_a_realm_is_read_as_it_was_written() {
        let row = object("platform", "keycloak", "a/b");
        let (named, realm) = read(&row).unwrap();
        assert_eq!((named.namespace.as_str(), named.name.as_str(), realm), ("platform", "keycloak", "a/b"));
        assert!(read("platform/keycloak").is_none());
    }
}
