//! Admin events of realms that keep them: a hint that somebody else changed something, and who.
//!
//! Nothing is believed of an event but that it is worth a look: what differs is found by comparing the realm, as always. Where a
//! realm keeps no events nothing is asked for, and nobody switches them on. What we did ourselves is told by the client that it
//! was done with.
//!
//! | part | does |
//! |---|---|
//! | `AdminEvents` | knows which realms are followed, and reads the events of one |
//! | `edit` | what an event says, and whether it is about anything of ours |
//! | `journal` | how far events were read |
//! | `schedule` | which realm is read next |
//! | [`EventPolls`] | reads them while this process leads |

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use controller_runtime::Key;
use jiff::Timestamp;
use keycloak_admin::{
    AdminApi, AdminError, AnswerKind, queries::AdminEventsListQuery, types::AdminEventRepresentation,
};
use keycloak_connect::Instance;
use tokio::{
    sync::{Mutex as AsyncMutex, Notify},
    time::Instant,
};

mod edit;
mod journal;
mod poll;
mod schedule;

pub(crate) use edit::{Edit, Kinds};
pub use poll::EventPolls;

use journal::{Begin, Journal, PAGE};
use schedule::Schedule;

/// How often the events of a realm are read, where nothing else is said.
pub const INTERVAL: Duration = Duration::from_secs(30);
/// Calls of one read at most: what is left is read when it is this instance's turn again, at once if not too much was.
const PAGES: i32 = 5;
/// Edits that are remembered for the next pass over a realm.
const EDITS: usize = 100;
/// How far the server's clock may be behind ours, in milliseconds, where nothing better is known: before the first event was read.
const BEHIND: i64 = 60_000;
/// How long a login that may not read events is not tried again.
const REFUSED: Duration = Duration::from_secs(600);

/// A realm as far as its events are concerned.
#[derive(Clone, Debug)]
pub(crate) struct Whose {
    /// Uid of its object.
    pub(crate) uid: String,
    /// Its name in Keycloak.
    pub(crate) realm: String,
    /// Internal ids of the clients that we log in with.
    pub(crate) ours: BTreeSet<String>,
    /// What is declared, or was applied.
    pub(crate) kinds: Kinds,
}

/// A realm whose events are read from time to time.
#[derive(Clone, Debug)]
pub(crate) struct Followed {
    pub(crate) whose: Whose,
    /// The instance as the last pass saw it, and what the watch said then.
    pub(crate) instance: Arc<Instance>,
    pub(crate) hint: u64,
    /// When that pass began, by our clock.
    pub(crate) since: Timestamp,
}

/// The realms that are followed, and what was read of them.
pub(crate) struct AdminEvents {
    interval: Duration,
    realms: Mutex<HashMap<Key, Realm>>,
    schedule: Mutex<Schedule>,
    changed: Notify,
}

struct Realm {
    uid: String,
    diary: Arc<Diary>,
    followed: Option<Arc<Followed>>,
}

/// What was read of one realm.
#[derive(Default)]
struct Diary {
    /// Held while it is read: there is one reader.
    pages: AsyncMutex<Pages>,
    /// What others did since the last pass, the latest last.
    edits: Mutex<Vec<Edit>>,
    /// Others did something that nothing was compared after: the next turn of the schedule wakes the realm.
    to_compare: AtomicBool,
}

#[derive(Default)]
struct Pages {
    journal: Journal,
    is_read: bool,
    refused: Option<Refused>,
}

struct Refused {
    at: Instant,
    told: bool,
}

/// What others did in a realm since the last pass over it, as a pass has read it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edits {
    /// All of it, the latest last.
    pub(crate) all: Vec<Edit>,
    /// What nobody knew before this pass: it may have been done after the realm was read.
    pub(crate) new: Vec<Edit>,
}

/// What a call or several gave.
struct Pulled {
    events: Vec<AdminEventRepresentation>,
    /// Whether that is all.
    complete: bool,
}

/// What a read found.
#[derive(Debug)]
enum Read {
    /// It was read.
    Done {
        /// What somebody else did to what is ours.
        news: Vec<Edit>,
        /// There is more, which is to be read at once.
        goes_on: bool,
    },
    /// The login may not read events, which was told or was not.
    Refused { told: bool },
}

/// What follows a turn of the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Another one at once.
    ReadOn,
    /// The realm is woken.
    Compare,
    /// Nothing.
    Rest,
}

impl AdminEvents {
    /// Reads the events of a realm this often; with zero never.
    pub(crate) fn new(interval: Duration) -> Self {
        Self { interval, realms: Mutex::default(), schedule: Mutex::default(), changed: Notify::new() }
    }

    fn is_off(&self) -> bool {
        self.interval.is_zero()
    }

    /// Whether the realm is followed.
    pub(crate) fn follows(&self, key: &Key) -> bool {
        self.followed(key).is_some()
    }

    /// What others did to the realm since the last pass over it; for a pass that began then, once it has read the realm itself: what
    /// differs is told of by then. A read that fails tells nothing: it is a hint only.
    pub(crate) async fn edits(&self, key: &Key, mut whose: Whose, api: &AdminApi, since: Timestamp) -> Edits {
        if self.is_off() {
            return Edits::default();
        }
        let diary = self.diary(key, &whose.uid);
        if let Some((followed, _)) = self.followed(key) {
            // What is not asked for now is passed over for good.
            whose.kinds.extend(&followed.whose.kinds);
        }
        let new = match diary.read(&whose, api, since).await {
            Ok(Read::Done { news, .. }) => news,
            Ok(Read::Refused { .. }) => Vec::new(),
            Err(error) => {
                tracing::debug!(realm = whose.realm, %error, "the admin events are not read in this pass");
                Vec::new()
            }
        };
        Edits { all: locked(&diary.edits).clone(), new }
    }

    /// From now on the realm is followed: it keeps events, and was compared when this was `seen` of them.
    ///
    /// What the pass was the first to see may have been done after it read the realm, whatever it found to differ: the next turn of
    /// the schedule wakes the realm. Nothing sooner does: whoever edits without pause must not keep it busy without pause.
    pub(crate) fn follow(&self, key: &Key, followed: Followed, seen: &Edits) {
        if self.is_off() {
            return;
        }
        let line = line_of(&followed.instance);
        let diary = self.diary(key, &followed.whose.uid);
        locked(&diary.edits).retain(|edit| !seen.all.contains(edit));
        if !seen.new.is_empty() {
            diary.ask_to_compare();
        }
        // The first read is of what happened since this pass began; one that was not finished goes on.
        let rests = diary.pages.try_lock().is_ok_and(|pages| pages.is_read && !pages.journal.goes_on());
        let wait = if rests { self.interval } else { Duration::ZERO };
        if let Some(realm) = locked(&self.realms).get_mut(key) {
            realm.followed = Some(Arc::new(followed));
        }
        locked(&self.schedule).add(key, &line, Instant::now() + wait);
        self.changed.notify_one();
    }

    /// The realm is not followed any more: it keeps no events, is frozen, is not ours, or is gone.
    pub(crate) fn forget(&self, key: &Key) {
        locked(&self.realms).remove(key);
        locked(&self.schedule).remove(key);
    }

    fn followed(&self, key: &Key) -> Option<(Arc<Followed>, Arc<Diary>)> {
        let realms = locked(&self.realms);
        let realm = realms.get(key)?;
        Some((realm.followed.clone()?, Arc::clone(&realm.diary)))
    }

    /// That of this object; of one made anew under the same name it is another.
    fn diary(&self, key: &Key, uid: &str) -> Arc<Diary> {
        let mut realms = locked(&self.realms);
        let fresh = || Realm { uid: uid.to_owned(), diary: Arc::default(), followed: None };
        let realm = realms.entry(key.clone()).or_insert_with(fresh);
        if realm.uid != uid {
            *realm = fresh();
        }
        Arc::clone(&realm.diary)
    }
}

impl Pages {
    /// What of this nobody has read before, in the order of time.
    ///
    /// Of what the very first read finds only that counts which happened `since` then: whoever did something long before did not do
    /// what differs now, as far as anybody knows.
    fn take(
        &mut self,
        pulled: Pulled,
        since: Timestamp,
        began: Instant,
        now: Instant,
    ) -> Vec<AdminEventRepresentation> {
        let is_first = self.journal.begin() == Begin::Newest;
        self.refused = None;
        self.is_read = true;
        let mut new = self.journal.take(pulled.events, pulled.complete, began, now);
        if is_first {
            let since = since.as_millisecond().saturating_sub(BEHIND);
            new.retain(|event| event.time.is_some_and(|at| at >= since));
        }
        new
    }
}

impl Diary {
    /// Reads what is new. Of what the very first read finds, that is what happened `since` then.
    async fn read(&self, whose: &Whose, api: &AdminApi, since: Timestamp) -> Result<Read, AdminError> {
        let mut pages = self.pages.lock().await;
        if let Some(refused) = pages.refused.as_ref().filter(|refused| refused.at.elapsed() < REFUSED) {
            return Ok(Read::Refused { told: refused.told });
        }
        let began = Instant::now();
        let pulled = match events(whose, api, pages.journal.begin()).await {
            Ok(pulled) => pulled,
            Err(error) if error.kind() == Some(AnswerKind::Forbidden) => {
                let told = pages.refused.as_ref().is_some_and(|refused| refused.told);
                pages.refused = Some(Refused { at: began, told });
                return Ok(Read::Refused { told });
            }
            Err(error) => return Err(error),
        };
        let new = pages.take(pulled, since, began, Instant::now());
        Ok(Read::Done { news: self.take(&new, whose), goes_on: pages.journal.goes_on() })
    }

    /// What follows a turn in which this was read, or nothing could be. A realm of which much is to be read is woken once that is
    /// over, or takes a rest.
    fn next(&self, read: Option<&Read>) -> Next {
        if let Some(Read::Done { news, goes_on }) = read {
            if !news.is_empty() {
                self.ask_to_compare();
            }
            if *goes_on {
                return Next::ReadOn;
            }
        }
        if self.to_compare.swap(false, Ordering::AcqRel) { Next::Compare } else { Next::Rest }
    }

    fn ask_to_compare(&self) {
        self.to_compare.store(true, Ordering::Release);
    }

    /// Takes what others did to what is ours out of these, which are in the order of time, and gives it.
    ///
    /// What we did after them over the same thing settles who did what was there before. It is news all the same: what we wrote may have
    /// been planned before it, and a write of ours carries what differed then and no more.
    fn take(&self, events: &[AdminEventRepresentation], whose: &Whose) -> Vec<Edit> {
        let mut edits = locked(&self.edits);
        let mut news: Vec<Edit> = Vec::new();
        for edit in events.iter().filter_map(Edit::of) {
            let is_ours = edit.actor.client_id.as_ref().is_some_and(|client| whose.ours.contains(client));
            if is_ours {
                edits.retain(|before| !before.is_about_the_same(&edit));
            } else if edit.is_about(&whose.kinds) {
                news.push(edit);
            }
        }
        edits.extend(news.iter().cloned());
        let surplus = edits.len().saturating_sub(EDITS);
        edits.drain(..surplus);
        news
    }

    async fn told(&self) {
        if let Some(refused) = &mut self.pages.lock().await.refused {
            refused.told = true;
        }
    }
}

/// What there is from here on.
async fn events(whose: &Whose, api: &AdminApi, begin: Begin) -> Result<Pulled, AdminError> {
    let resources = whose.kinds.resources();
    let query = AdminEventsListQuery {
        resource_types: Some(&resources),
        max: Some(PAGE),
        ..AdminEventsListQuery::default()
    };
    let from = match begin {
        // They come first.
        Begin::Newest => {
            let events = api.admin_events_list(&whose.realm, query).await?;
            return Ok(Pulled { events, complete: true });
        }
        Begin::At(from) => from.to_string(),
    };
    let query = AdminEventsListQuery { date_from: Some(&from), direction: Some("asc"), ..query };
    let mut all = Vec::new();
    for page in 0..PAGES {
        let query = AdminEventsListQuery { first: Some(page * PAGE), ..query };
        let part = api.admin_events_list(&whose.realm, query).await?;
        let is_full = usize::try_from(PAGE).is_ok_and(|full| part.len() >= full);
        all.extend(part);
        if !is_full {
            return Ok(Pulled { events: all, complete: true });
        }
    }
    Ok(Pulled { events: all, complete: false })
}

/// Realms of one instance are read one after the other.
fn line_of(instance: &Instance) -> Key {
    Key::namespaced(instance.owner().namespace.as_str(), instance.owner().name.as_str())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
