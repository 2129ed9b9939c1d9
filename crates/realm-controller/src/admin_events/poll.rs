//! Reading events while this process leads.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use controller_runtime::{Events, Haste, Key, Leadership, Notice, Projection as _, Store, Waker, hash_of};
use k8s_openapi::api::core::v1::ObjectReference;
use keycloak_connect::{Sessions, drift::count_read, reason, watched::SlimKeycloak};
use keycloak_crds::{KeycloakRealm, condition::Reason};
use kube::Resource as _;
use tokio::{sync::watch, task::JoinSet, time::Instant};

use super::{AdminEvents, Diary, Followed, Next, Read, line_of, locked, schedule::Turn};
use crate::controller::SlimRealm;

/// Reads the events of the realms that are followed, and wakes those in which somebody else did something to what is ours.
pub struct EventPolls {
    pub(crate) events: Arc<AdminEvents>,
    pub(crate) sessions: Sessions,
    pub(crate) keycloaks: Arc<Store<SlimKeycloak>>,
    pub(crate) realms: Arc<OnceLock<Arc<Store<SlimRealm>>>>,
    pub(crate) waker: Waker,
}

impl EventPolls {
    /// Reads for as long as this process leads. What a person should know goes out by `notices`.
    pub async fn run(self, mut leadership: watch::Receiver<Leadership>, notices: Events) {
        let shared = Arc::new(Shared { polls: self, notices });
        loop {
            if leadership.wait_for(Leadership::is_leading).await.is_err() {
                // The process is about to end.
                return std::future::pending().await;
            }
            let Leadership::Leading(term) = leadership.borrow().clone() else { continue };
            tokio::select! {
                () = term.over.cancelled() => {}
                () = shared.lead() => {}
            }
        }
    }
}

struct Shared {
    polls: EventPolls,
    notices: Events,
}

/// A realm that is being read; however that ends, its line is free again.
struct Turned {
    events: Arc<AdminEvents>,
    realm: Key,
    line: Key,
    again: Duration,
}

impl Drop for Turned {
    fn drop(&mut self) {
        locked(&self.events.schedule).done(&self.realm, &self.line, Instant::now() + self.again);
        self.events.changed.notify_one();
    }
}

impl Shared {
    async fn lead(self: &Arc<Self>) {
        let events = &self.polls.events;
        let mut reads = JoinSet::new();
        loop {
            while reads.try_join_next().is_some() {}
            let changed = events.changed.notified();
            let turn = locked(&events.schedule).next(Instant::now());
            match turn {
                Turn::Read { realm, line } => {
                    let again = events.interval;
                    let turned = Turned { events: Arc::clone(events), realm, line, again };
                    let shared = Arc::clone(self);
                    reads.spawn(async move { shared.turn(turned).await });
                }
                Turn::At(at) => tokio::select! {
                    () = changed => {}
                    () = tokio::time::sleep_until(at) => {}
                },
                Turn::Never => changed.await,
            }
        }
    }

    async fn turn(&self, mut turned: Turned) {
        let (events, realm) = (&self.polls.events, turned.realm.clone());
        let followed = events.followed(&realm).filter(|(followed, _)| self.is_there(&realm, followed));
        let Some((followed, diary)) = followed else { return events.forget(&realm) };
        // Secrets are read again at the pace of what nobody waits for.
        let read = Haste::AtLeisure.during(self.read(&realm, &followed, &diary)).await;
        match diary.next(read.as_ref()) {
            Next::ReadOn => turned.again = Duration::ZERO,
            Next::Compare => {
                tracing::info!(%realm, "somebody else changed something in the realm; it is compared");
                self.polls.waker.wake(realm);
            }
            Next::Rest => {}
        }
    }

    /// Whether the object is still there, and not about to go.
    fn is_there(&self, realm: &Key, followed: &Followed) -> bool {
        let seen = self.polls.realms.get().and_then(|realms| realms.seen(realm));
        seen.is_some_and(|seen| seen.uid == followed.whose.uid && !seen.deleting)
    }

    async fn read(&self, realm: &Key, followed: &Followed, diary: &Diary) -> Option<Read> {
        let EventPolls { sessions, keycloaks, waker, .. } = &self.polls;
        let hint = keycloaks.get(&line_of(&followed.instance)).map_or(0, |slim| hash_of(&slim.contract()));
        if hint != followed.hint {
            // The watch said something new about the instance, which wakes the realm: its pass knows where to look.
            return None;
        }
        let whose = &followed.whose;
        let connection = match sessions.realm_manager(&followed.instance, &whose.realm).await {
            Ok(connection) => connection,
            Err(error) => {
                tracing::debug!(%realm, %error, "the admin events are read later");
                count_read("failed");
                return None;
            }
        };
        match diary.read(whose, connection.api(), followed.since).await {
            Ok(read) => {
                match &read {
                    Read::Done { news, .. } => count_read(if news.is_empty() { "nothing" } else { "news" }),
                    Read::Refused { told } => {
                        count_read("refused");
                        if !*told {
                            self.tell_of_refusal(realm, followed);
                            diary.told().await;
                        }
                    }
                }
                Some(read)
            }
            Err(error) if error.is_not_found() => {
                tracing::info!(%realm, "the realm is gone from the server; it is looked at");
                waker.wake(realm.clone());
                count_read("news");
                self.polls.events.forget(realm);
                None
            }
            Err(error) => {
                tracing::debug!(%realm, %error, "the admin events are read later");
                count_read("failed");
                None
            }
        }
    }

    fn tell_of_refusal(&self, realm: &Key, followed: &Followed) {
        let about = ObjectReference {
            api_version: Some(KeycloakRealm::api_version(&()).into_owned()),
            kind: Some(KeycloakRealm::kind(&()).into_owned()),
            name: Some(realm.name().to_owned()),
            namespace: realm.namespace().map(str::to_owned),
            uid: Some(followed.whose.uid.clone()),
            ..ObjectReference::default()
        };
        let name = &followed.whose.realm;
        let note = format!(
            "realm {name:?} keeps admin events, and our login may not read them: what somebody changes is found at the \
             resync only, and nobody knows who it was; give the login the role view-events of client {name}-realm in realm \
             master, or list the realm in spec.admin.grantRealms of the Keycloak object"
        );
        tracing::warn!(%realm, "{note}");
        self.notices.send(about, "ReadEvents", Notice::warning(reason(Reason::RightMissing), note));
    }
}
