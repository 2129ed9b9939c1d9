//! Kubernetes Events: what a person should know, next to the object it is about.
//!
//! Sending is fire and forget: a pass never waits for an Event and never fails because of one. Over a limit per object
//! Events are dropped and counted.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use k8s_openapi::api::core::v1::ObjectReference;
use kube::runtime::events::{Event, EventType, Recorder, Reporter};
use tokio::{sync::mpsc, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::{
    calls::sentence, class::Reason, locked, metrics::Metrics, outcome::shortened, projection::hash_of,
};

/// Events that one object may send in a row. client-go's spam filter has the same.
const BURST: f64 = 25.0;
/// After that one Event per this time.
const REFILL: Duration = Duration::from_secs(300);
/// Events that wait to be sent, over all objects.
const WAITING: usize = 1_024;
/// The API server refuses longer notes.
const NOTE_LIMIT: usize = 1_024;
/// How long a repeated Notice is held back.
const REPEAT: Duration = Duration::from_secs(3_600);

/// Something a person should know about an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Whether it is a warning.
    pub warning: bool,
    /// One CamelCase word.
    pub reason: Reason,
    /// One sentence.
    pub note: String,
}

impl Notice {
    /// Something went as it should.
    pub fn normal(reason: Reason, note: impl Into<String>) -> Self {
        Self { warning: false, reason, note: note.into() }
    }

    /// Something did not.
    pub fn warning(reason: Reason, note: impl Into<String>) -> Self {
        Self { warning: true, reason, note: note.into() }
    }
}

/// Sends Notices as Events of `events.k8s.io`. Clones share the queue.
#[derive(Clone)]
pub struct Events {
    outbox: mpsc::Sender<Letter>,
    buckets: Arc<Mutex<HashMap<String, Bucket>>>,
    metrics: Metrics,
}

struct Letter {
    notice: Notice,
    about: ObjectReference,
    action: &'static str,
}

/// A token bucket, and when each Notice was last sent.
struct Bucket {
    tokens: f64,
    filled: Instant,
    sent: HashMap<u64, Instant>,
}

/// The other end of [`Events`]: sends until told to stop.
pub struct Postman {
    inbox: mpsc::Receiver<Letter>,
    recorder: Recorder,
}

impl Events {
    /// A sender and its postman. `controller` and `instance` say who reports.
    pub fn new(kube: kube::Client, controller: &str, instance: &str, metrics: Metrics) -> (Self, Postman) {
        let (outbox, inbox) = mpsc::channel(WAITING);
        let reporter = Reporter {
            controller: controller.to_owned(),
            instance: Some(shortened(instance.to_owned(), 128)),
        };
        let events = Self { outbox, buckets: Arc::default(), metrics };
        (events, Postman { inbox, recorder: Recorder::new(kube, reporter) })
    }

    /// Sends a Notice, unless the same one about the same object was sent within the hour or the object has sent too many.
    ///
    /// `action`: what was being done, one CamelCase word, for example `Reconcile`.
    pub fn send(&self, about: ObjectReference, action: &'static str, notice: Notice) {
        if !self.admits(&about, &notice) {
            return;
        }
        if self.outbox.try_send(Letter { notice, about, action }).is_err() {
            self.metrics.event_dropped();
        }
    }

    fn admits(&self, about: &ObjectReference, notice: &Notice) -> bool {
        let now = Instant::now();
        let whose = about.uid.clone().unwrap_or_else(|| format!("{:?}/{:?}", about.namespace, about.name));
        let what = hash_of(&(notice.warning, notice.reason, &notice.note));
        let mut buckets = locked(&self.buckets);
        if buckets.len() > 4_096 {
            buckets.retain(|_, bucket| !bucket.is_idle(now));
        }
        let bucket = buckets.entry(whose).or_insert_with(|| Bucket::full(now));
        let repeated = bucket.sent.get(&what).is_some_and(|sent| now.duration_since(*sent) < REPEAT);
        if repeated {
            return false;
        }
        let admitted = bucket.take(now);
        if admitted {
            bucket.sent.retain(|_, sent| now.duration_since(*sent) < REPEAT);
            bucket.sent.insert(what, now);
        } else {
            self.metrics.event_dropped();
        }
        admitted
    }
}

impl Bucket {
    fn full(now: Instant) -> Self {
        Self { tokens: BURST, filled: now, sent: HashMap::new() }
    }

    fn take(&mut self, now: Instant) -> bool {
        let earned = now.duration_since(self.filled).as_secs_f64() / REFILL.as_secs_f64();
        self.tokens = (self.tokens + earned).min(BURST);
        self.filled = now;
        let admitted = self.tokens >= 1.0;
        if admitted {
            self.tokens -= 1.0;
        }
        admitted
    }

    fn is_idle(&self, now: Instant) -> bool {
        self.sent.values().all(|sent| now.duration_since(*sent) >= REPEAT)
    }
}

impl Postman {
    /// Sends what comes until `stop`, then what is left.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        loop {
            tokio::select! {
                biased;
                letter = self.inbox.recv() => match letter {
                    Some(letter) => self.deliver(letter).await,
                    None => return,
                },
                () = stop.cancelled() => break,
            }
        }
        while let Ok(letter) = self.inbox.try_recv() {
            self.deliver(letter).await;
        }
    }

    async fn deliver(&self, letter: Letter) {
        let Letter { notice, about, action } = letter;
        let event = Event {
            type_: if notice.warning { EventType::Warning } else { EventType::Normal },
            reason: notice.reason.to_string(),
            // The recorder counts Events of equal reason and action as one and keeps the first note. Another note is
            // another Event to a reader, so it gets an action of its own.
            action: format!("{action}-{:08x}", hash_of(&notice.note) >> 32),
            note: Some(shortened(notice.note, NOTE_LIMIT)),
            secondary: None,
        };
        match self.recorder.publish(&event, &about).await {
            Ok(()) => {}
            Err(kube::Error::Api(status)) if refused_by_the_end(&status) => {
                tracing::debug!(reason = event.reason, "the namespace is terminating and takes no Events");
            }
            Err(error) => {
                tracing::warn!(reason = event.reason, problem = sentence(&error), "an Event was not sent");
            }
        }
    }
}

/// A terminating namespace answers 403 with this cause, one that is gone 404.
fn refused_by_the_end(status: &kube::core::Status) -> bool {
    let terminating = status
        .details
        .iter()
        .flat_map(|details| &details.causes)
        .any(|cause| cause.reason == "NamespaceTerminating");
    status.is_not_found()
        || (status.code == 403 && (terminating || status.message.contains("being terminated")))
}

#[cfg(test)]
mod tests;
