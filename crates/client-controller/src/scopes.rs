//! The client scopes of realms: read once for all clients that are made in a realm at about the same time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use keycloak_connect::Connection;
use keycloak_sync::{
    SyncError,
    client::{Scopes, Wanted},
};

use crate::ground::Site;

/// How long an answer serves. What new clients get is read off it and belongs to nobody afterwards, so it is not longer.
const KEEP: Duration = Duration::from_secs(10);

/// How long it serves for a scope that it does not know: the realm may have it any moment.
const KEEP_WITHOUT: Duration = Duration::from_secs(1);

/// Above this many realms, answers that are too old are dropped with every further realm.
const SWEEP_ABOVE: usize = 256;

/// The scopes of each realm, as they were read last.
#[derive(Debug, Default)]
pub(crate) struct RealmScopes(Mutex<HashMap<Place, Arc<Answer>>>);

/// The instance, and Keycloak's id of the realm.
type Place = (String, String);

/// One who reads holds it, and the others wait for what is read.
type Answer = tokio::sync::Mutex<Option<Known>>;

#[derive(Debug)]
struct Known {
    scopes: Arc<Scopes>,
    at: Instant,
}

impl Known {
    fn serves(&self, wanted: &Wanted) -> bool {
        let age = self.at.elapsed();
        age < KEEP && (age < KEEP_WITHOUT || wanted.scopes().all(|name| self.scopes.has(name)))
    }
}

impl RealmScopes {
    /// The scopes of a realm, in three calls unless somebody has read them just now. `afresh`: whatever was read before.
    pub(crate) async fn of(
        &self,
        connection: &Connection,
        site: &Site,
        wanted: &Wanted,
        afresh: bool,
    ) -> Result<Arc<Scopes>, SyncError> {
        let answer = self.answer(site);
        let mut known = answer.lock().await;
        if let Some(young) = known.as_ref().filter(|known| !afresh && known.serves(wanted)) {
            return Ok(Arc::clone(&young.scopes));
        }
        let scopes = Arc::new(Scopes::read(connection.api(), &site.realm).await?);
        *known = Some(Known { scopes: Arc::clone(&scopes), at: Instant::now() });
        Ok(scopes)
    }

    fn answer(&self, site: &Site) -> Arc<Answer> {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= SWEEP_ABOVE {
            let is_young = |known: &Known| known.at.elapsed() < KEEP;
            // What is locked is being read.
            answers.retain(|_, answer| {
                let Ok(known) = answer.try_lock() else { return true };
                known.as_ref().is_some_and(is_young)
            });
        }
        Arc::clone(answers.entry((site.instance.clone(), site.realm_id.clone())).or_default())
    }
}
