//! Who waits for a slot, as this process knows it: whoever came as far as to want one and found none. After a restart each of them
//! comes again.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use authorization_token::quota::Claim;
use controller_runtime::Key;
use tokio::sync::watch;

/// Who waits.
#[derive(Debug)]
pub(super) struct Waiting {
    claims: Mutex<HashMap<Key, (String, Claim)>>,
    changes: watch::Sender<()>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiter {
    pub(super) key: Key,
    /// The namespace whose quotas it waits for.
    pub(super) namespace: String,
    pub(super) claim: Claim,
}

impl Default for Waiting {
    fn default() -> Self {
        Self { claims: Mutex::default(), changes: watch::Sender::new(()) }
    }
}

impl Waiting {
    /// From now on it waits.
    pub(super) fn enter(&self, key: &Key, namespace: &str, claim: &Claim) {
        let waiter = (namespace.to_owned(), claim.clone());
        let before = self.locked().insert(key.clone(), waiter.clone());
        if before != Some(waiter) {
            self.changes.send_replace(());
        }
    }

    /// It does not wait, or no longer.
    pub(super) fn leave(&self, key: &Key) {
        let before = self.locked().remove(key);
        if before.is_some() {
            self.changes.send_replace(());
        }
    }

    pub(super) fn all(&self) -> Vec<Waiter> {
        let claims = self.locked();
        let waiter = |(key, (namespace, claim)): (&Key, &(String, Claim))| Waiter {
            key: key.clone(),
            namespace: namespace.clone(),
            claim: claim.clone(),
        };
        claims.iter().map(waiter).collect()
    }

    /// Is told after somebody came or went.
    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<Key, (String, Claim)>> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
