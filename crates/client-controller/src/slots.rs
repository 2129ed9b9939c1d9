//! The clients that take slots in the quotas of their realms' namespaces.

use std::{
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use authorization_token::{
    ConsumerKind, NameError, NamespaceName, Uid,
    quota::{Claim, Presence, SlotRow},
};
use controller_runtime::{Key, Pass, Store, hash_of};
use jiff::Timestamp;
use keycloak_connect::{
    ConnectError, Look, Realm, References, Sessions,
    quota::{self, Consumers},
};
use keycloak_crds::{KeycloakClient, reference::RealmRef};
use keycloak_sync::client;
use kube::Api;

use crate::{
    error::ClientError,
    ground::Ground,
    slim::{SlimClient, SlimRealm},
};

/// What a row calls a client: the object of its realm, whose name has no slash in it, and its client id.
fn object(realm: &str, client_id: &str) -> String {
    format!("{realm}/{client_id}")
}

/// What the object of this pass claims in its realm.
pub(crate) fn claim(ground: &Ground, realm: &Realm, pass: &Pass) -> Result<Claim, NameError> {
    let created = ground.object.metadata.creation_timestamp.as_ref();
    let created = created.map_or(pass.now, |created| created.0);
    let object = object(&realm.owner().name, &ground.object.spec.client_id);
    let (uid, realm) = (&ground.owner.uid, realm.owner());
    quota::claim(&pass.key, uid, &realm.namespace, Some(&realm.uid), Some(object), created)
}

/// All clients, as far as quotas are concerned.
pub struct ClientSlots {
    kube: kube::Client,
    references: References,
    sessions: Sessions,
    realms: Arc<Store<SlimRealm>>,
    clients: Arc<OnceLock<Arc<Store<SlimClient>>>>,
}

impl ClientSlots {
    pub(crate) fn new(
        kube: kube::Client,
        references: References,
        sessions: Sessions,
        realms: Arc<Store<SlimRealm>>,
        clients: Arc<OnceLock<Arc<Store<SlimClient>>>>,
    ) -> Self {
        Self { kube, references, sessions, realms, clients }
    }

    async fn look(&self, namespace: &str, row: &SlotRow) -> Result<Presence, ClientError> {
        let own = row.namespace.as_ref().map_or(namespace, NamespaceName::as_str);
        let (clients, name): (Api<KeycloakClient>, _) =
            (Api::namespaced(self.kube.clone(), own), row.name.as_str());
        let found = clients.get_metadata_opt(name).await;
        let found = found.map_err(ConnectError::kube(|| format!("reading KeycloakClient {own}/{name}")))?;
        if found.is_some_and(|found| found.metadata.uid.as_deref() == Some(row.uid.as_str())) {
            return Ok(Presence::CustomResource);
        }
        let Some((realm, client_id)) = row.object.as_deref().and_then(|object| object.split_once('/')) else {
            return Ok(Presence::Unknown);
        };
        let is_declared = |claim: &Claim| claim.object == row.object && claim.realm == row.realm;
        if self.existing(namespace).iter().any(|(_, claim)| is_declared(claim)) {
            // It is another object's by now, which has a row of its own.
            return Ok(Presence::Gone);
        }
        let named = RealmRef {
            name: realm.to_owned(),
            namespace: namespace.to_owned(),
            authorization_secret_ref: None,
        };
        let realm = match self.references.realm(&named, Look::Now).await {
            Ok(realm) => realm,
            // Nothing is made any more in the realm that the row counts for.
            Err(ConnectError::RealmObjectMissing { .. }) => return Ok(Presence::Gone),
            Err(error) => return Err(error.into()),
        };
        if row.realm.as_ref().map(Uid::as_str) != Some(realm.owner().uid.as_str()) {
            return Ok(Presence::Gone);
        }
        let instance = self.references.instance(realm.operator_ref(), Look::Now).await?;
        let connection = self.sessions.client_manager(&instance, &realm).await?;
        match client::observe(connection.api(), realm.realm_name(), client_id).await {
            Ok(live) if live.present().is_some() => Ok(Presence::KeycloakOnly),
            Ok(_) => Ok(Presence::Gone),
            Err(error) if error.is_not_found() => Ok(Presence::Gone),
            Err(error) => Err(error.into()),
        }
    }
}

impl Consumers for ClientSlots {
    const KIND: ConsumerKind = ConsumerKind::KeycloakClient;
    const MANAGER: &'static str = "cloakroom-client-slots";

    /// One that is being deleted gives its slot back, and gets none.
    fn existing(&self, namespace: &str) -> Vec<(Key, Claim)> {
        let Some(clients) = self.clients.get() else { return Vec::new() };
        let standing = clients.keys().into_iter().filter_map(|key| {
            let (slim, seen) = (clients.get(&key)?, clients.seen(&key)?);
            let realm = slim.realm();
            if seen.deleting || realm.namespace() != Some(namespace) {
                return None;
            }
            let uid = self.realms.seen(realm)?.uid;
            if !slim.stands_in(&uid) {
                return None;
            }
            let object = Some(object(realm.name(), slim.client_id()));
            let claim =
                quota::claim(&key, &seen.uid, namespace, Some(&uid), object, Timestamp::UNIX_EPOCH).ok()?;
            Some((key, claim))
        });
        standing.collect()
    }

    fn lives(&self, key: &Key, uid: &Uid) -> bool {
        let seen = self.clients.get().and_then(|clients| clients.seen(key));
        seen.is_some_and(|seen| seen.uid == uid.as_str() && !seen.deleting)
    }

    fn uids(&self) -> Option<HashSet<u64>> {
        let clients = self.clients.get().filter(|clients| clients.is_complete())?;
        let seen = clients.keys().into_iter().filter_map(|key| clients.seen(&key));
        Some(seen.map(|seen| hash_of(seen.uid.as_str())).collect())
    }

    async fn presence(&self, namespace: &str, row: &SlotRow) -> Presence {
        self.look(namespace, row).await.unwrap_or_else(|error| {
            let (uid, problem) = (&row.uid, error.to_string());
            tracing::debug!(namespace, %uid, problem, "it is not known whether the client of a slot is there");
            Presence::Unknown
        })
    }
}
