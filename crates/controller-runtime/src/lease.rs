//! Leader election by a Lease, with self-fencing.
//!
//! - Every write is a replace guarded by resourceVersion: two candidates that see the same expired lease cannot both
//!   take it.
//! - Whether a holder is alive is judged by what this process sees change, on its own monotonic clock. The times in the
//!   Lease are for people; clocks of different machines are never compared.
//! - The leader stops by itself ([`LeaseTimes::renew_deadline`] after the last renewal that was *sent* and succeeded),
//!   before anybody else may take over ([`LeaseTimes::duration`] after they *saw* the last change).
//! - Losing the lease ends the term, not the process: the caches stay warm and the campaign goes on.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use futures::{StreamExt, stream::BoxStream};
use jiff::Timestamp;
use k8s_openapi::{
    api::coordination::v1::{Lease, LeaseSpec},
    apimachinery::pkg::apis::meta::v1::MicroTime,
};
use kube::{
    Api,
    api::{ObjectMeta, PostParams, WatchEvent, WatchParams},
};
use tokio::{sync::watch, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::{calls::sentence, fence::Fence, metrics::Metrics};

mod times;

pub use times::{LeaseTimes, LeaseTimesError};

/// Who leads, as this process knows it.
#[derive(Clone, Debug)]
pub enum Leadership {
    /// The lease has not been read yet.
    Unknown,
    /// Somebody else leads, or nobody does yet.
    Standby {
        /// The identity in the lease.
        holder: Option<String>,
    },
    /// This process leads.
    Leading(Term),
}

impl Leadership {
    /// Whether this process leads.
    pub fn is_leading(&self) -> bool {
        matches!(self, Self::Leading(_))
    }
}

/// One uninterrupted time of leading.
#[derive(Clone, Debug)]
pub struct Term {
    /// Cancelled when the term ends: whatever runs for it is dropped.
    pub over: CancellationToken,
    /// `spec.leaseTransitions`: grows with every change of holder. Stamp it into outside writes that can carry it.
    pub transitions: i32,
}

impl Term {
    /// A term that ends with the process, for a controller without leader election.
    pub fn unlimited() -> Self {
        Self { over: CancellationToken::new(), transitions: 0 }
    }
}

/// One candidate in an election.
pub struct Campaign {
    leases: Api<Lease>,
    name: String,
    identity: String,
    times: LeaseTimes,
    fence: Fence,
    state: watch::Sender<Leadership>,
    metrics: Metrics,
}

/// What a standby concludes from the lease it sees.
enum Judgement {
    /// It may be taken with this record.
    Free(Box<Lease>),
    /// There is none.
    Absent,
    /// Somebody holds it, at least until then.
    Held(Instant),
}

/// The lease as it was last seen to change.
#[derive(Default)]
struct Observed {
    version: Option<String>,
    since: Option<Instant>,
}

impl Campaign {
    /// A candidate. `identity` names the process; a random part is added, so that a restarted pod with the same name is
    /// somebody else. `kube` must not retry by itself.
    pub fn new(
        kube: kube::Client,
        namespace: &str,
        name: &str,
        identity: &str,
        times: LeaseTimes,
        fence: Fence,
        metrics: Metrics,
    ) -> Self {
        let unique = RandomState::new().hash_one(std::process::id());
        Self {
            leases: Api::namespaced(kube, namespace),
            name: name.to_owned(),
            identity: format!("{identity}_{unique:016x}"),
            times,
            fence,
            state: watch::Sender::new(Leadership::Unknown),
            metrics,
        }
    }

    /// The identity that stands in the lease while this candidate leads.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// Who leads, now and whenever it changes.
    pub fn leadership(&self) -> watch::Receiver<Leadership> {
        self.state.subscribe()
    }

    /// Takes part in the election until `stop`. A leader goes on renewing until `drained`, then hands the lease back.
    pub async fn run(self, stop: CancellationToken, drained: CancellationToken) {
        while let Some(lease) = self.stand_by(&stop).await {
            if self.lead(lease, &drained).await == Ended::Drained {
                break;
            }
        }
        self.fence.close();
    }

    /// Waits until the lease is ours; `None` if `stop` comes first.
    async fn stand_by(&self, stop: &CancellationToken) -> Option<Held> {
        let mut observed = Observed::default();
        let mut changes = futures::stream::pending().boxed();
        let mut watching = false;
        let mut next_watch = Instant::now();
        let mut seen = None;
        loop {
            if stop.is_cancelled() {
                return None;
            }
            let sent = Instant::now();
            let lease = match seen.take() {
                Some(lease) => Ok(Some(lease)),
                None => self.call(self.leases.get_opt(&self.name)).await,
            };
            let judgement = match lease {
                Ok(Some(lease)) => self.judge(lease, &mut observed),
                Ok(None) => Judgement::Absent,
                Err(problem) => {
                    tracing::warn!(lease = self.name, problem, "cannot read the lease");
                    Judgement::Held(sent + self.times.retry)
                }
            };
            let until = match judgement {
                Judgement::Held(until) => until,
                Judgement::Free(_) | Judgement::Absent => match self.take(judgement, sent).await {
                    Some(held) => return Some(held),
                    None => continue,
                },
            };
            if !watching && next_watch <= Instant::now() {
                (changes, watching) = self.changes(observed.version.as_deref()).await;
                next_watch = Instant::now() + self.times.retry;
            }
            // Without a watch the next look has to come by itself, with jitter so that standbys do not march in step.
            let look = Instant::now() + jittered(self.times.retry);
            let until = if watching { until } else { until.min(look) };
            tokio::select! {
                () = stop.cancelled() => return None,
                () = tokio::time::sleep_until(until) => {}
                change = changes.next() => {
                    if change.is_none() {
                        (changes, watching) = (futures::stream::pending().boxed(), false);
                    }
                    seen = change;
                }
            }
        }
    }

    /// Whether the lease may be taken, and until when not.
    fn judge(&self, lease: Lease, observed: &mut Observed) -> Judgement {
        let now = Instant::now();
        let spec = lease.spec.clone().unwrap_or_default();
        let holder = spec.holder_identity.filter(|holder| !holder.is_empty());
        let Some(holder) = holder.filter(|holder| *holder != self.identity) else {
            return Judgement::Free(Box::new(lease));
        };
        if observed.version != lease.metadata.resource_version {
            *observed = Observed { version: lease.metadata.resource_version.clone(), since: Some(now) };
        }
        // A holder with longer times of its own is given these.
        let theirs = spec.lease_duration_seconds.and_then(|seconds| u64::try_from(seconds).ok());
        let duration = self.times.duration.max(Duration::from_secs(theirs.unwrap_or_default()));
        let until = observed.since.unwrap_or(now) + duration;
        self.announce(Leadership::Standby { holder: Some(holder) });
        if until <= now { Judgement::Free(Box::new(lease)) } else { Judgement::Held(until) }
    }

    /// Tries to write ourselves into the lease; `None` if somebody else was quicker or the call failed.
    async fn take(&self, judgement: Judgement, sent: Instant) -> Option<Held> {
        let now = MicroTime(Timestamp::now());
        let answer = match judgement {
            Judgement::Free(lease) => {
                let before = lease.spec.clone().unwrap_or_default();
                let transitions = before.lease_transitions.unwrap_or_default().saturating_add(1);
                let spec = self.spec(Some(&self.identity), Some(now), transitions);
                let lease = Lease { spec: Some(spec), ..*lease };
                self.call(self.leases.replace(&self.name, &PostParams::default(), &lease)).await
            }
            Judgement::Absent => {
                let spec = self.spec(Some(&self.identity), Some(now), 0);
                let metadata = ObjectMeta { name: Some(self.name.clone()), ..ObjectMeta::default() };
                let lease = Lease { metadata, spec: Some(spec) };
                self.call(self.leases.create(&PostParams::default(), &lease)).await
            }
            Judgement::Held(_) => return None,
        };
        match answer {
            Ok(lease) => Some(Held { lease, until: sent + self.times.renew_deadline }),
            Err(problem) => {
                tracing::info!(lease = self.name, problem, "the lease was not taken");
                tokio::time::sleep(jittered(self.times.retry / 4)).await;
                None
            }
        }
    }

    /// Renews until the term ends.
    async fn lead(&self, mut held: Held, drained: &CancellationToken) -> Ended {
        let transitions =
            held.lease.spec.as_ref().and_then(|spec| spec.lease_transitions).unwrap_or_default();
        let term = Term { over: CancellationToken::new(), transitions };
        let _ends_with_us = term.over.clone().drop_guard();
        self.fence.open_until(held.until);
        self.announce(Leadership::Leading(term.clone()));
        self.metrics.leading(true);
        tracing::info!(lease = self.name, identity = self.identity, transitions, "this process leads");

        let mut pause = self.times.retry;
        let ended = loop {
            tokio::select! {
                biased;
                () = tokio::time::sleep_until(held.until) => break Ended::Lost,
                () = drained.cancelled() => break Ended::Drained,
                () = tokio::time::sleep(pause) => {}
            }
            let renewal = tokio::time::timeout_at(held.until, self.renew(&mut held, transitions)).await;
            match renewal {
                Ok(Renewal::Done) => {
                    self.fence.open_until(held.until);
                    self.metrics.lease_renewed();
                    pause = self.times.retry;
                }
                Ok(Renewal::Failed) => pause = self.times.retry / 3,
                Ok(Renewal::Taken) | Err(_) => break Ended::Lost,
            }
        };

        if ended == Ended::Drained {
            self.release(held).await;
        } else {
            tracing::warn!(lease = self.name, "leadership is lost; passes are cut short");
        }
        self.fence.close();
        term.over.cancel();
        self.announce(Leadership::Standby { holder: None });
        self.metrics.leading(false);
        ended
    }

    async fn renew(&self, held: &mut Held, transitions: i32) -> Renewal {
        let sent = Instant::now();
        let spec = self.spec(Some(&self.identity), None, transitions);
        let acquired = held.lease.spec.as_ref().and_then(|spec| spec.acquire_time.clone());
        let renewed = Lease {
            metadata: held.lease.metadata.clone(),
            spec: Some(LeaseSpec { acquire_time: acquired, ..spec }),
        };
        match self.call(self.leases.replace(&self.name, &PostParams::default(), &renewed)).await {
            Ok(lease) => {
                *held = Held { lease, until: sent + self.times.renew_deadline };
                return Renewal::Done;
            }
            Err(problem) => tracing::warn!(lease = self.name, problem, "cannot renew the lease"),
        }
        // Somebody may have touched the object (a label), or our own write succeeded and its answer was lost.
        match self.call(self.leases.get_opt(&self.name)).await {
            Ok(Some(lease)) if holder_of(&lease) == Some(self.identity.as_str()) => {
                held.lease = lease;
                Renewal::Failed
            }
            Ok(Some(_) | None) => Renewal::Taken,
            Err(_) => Renewal::Failed,
        }
    }

    /// Hands the lease back so that a standby need not wait.
    async fn release(&self, held: Held) {
        let transitions =
            held.lease.spec.as_ref().and_then(|spec| spec.lease_transitions).unwrap_or_default();
        let spec = LeaseSpec { lease_duration_seconds: Some(1), ..self.spec(None, None, transitions) };
        let released = Lease { metadata: held.lease.metadata, spec: Some(spec) };
        match self.call(self.leases.replace(&self.name, &PostParams::default(), &released)).await {
            Ok(_) => tracing::info!(lease = self.name, "the lease is released"),
            Err(problem) => {
                tracing::warn!(lease = self.name, problem, "the lease is not released; it will expire");
            }
        }
    }

    fn spec(&self, holder: Option<&str>, acquired: Option<MicroTime>, transitions: i32) -> LeaseSpec {
        LeaseSpec {
            holder_identity: holder.map(ToOwned::to_owned),
            acquire_time: acquired,
            renew_time: Some(MicroTime(Timestamp::now())),
            lease_duration_seconds: Some(whole_seconds(self.times.duration)),
            lease_transitions: Some(transitions),
            ..LeaseSpec::default()
        }
    }

    /// The changes of the lease after a version; an empty stream where watching is not possible.
    async fn changes(&self, version: Option<&str>) -> (BoxStream<'static, Lease>, bool) {
        let lease = WatchParams::default().fields(&format!("metadata.name={}", self.name)).timeout(290);
        match self.call(self.leases.watch(&lease, version.unwrap_or("0"))).await {
            Ok(events) => {
                // A deletion or an error ends the stream, and the next look is a read.
                let leases = events.boxed().scan((), |(), event| {
                    std::future::ready(match event {
                        Ok(WatchEvent::Added(lease) | WatchEvent::Modified(lease)) => Some(Some(lease)),
                        Ok(WatchEvent::Bookmark(_)) => Some(None),
                        Ok(WatchEvent::Deleted(_) | WatchEvent::Error(_)) | Err(_) => None,
                    })
                });
                let leases = leases.filter_map(std::future::ready).boxed();
                (leases, true)
            }
            Err(problem) => {
                tracing::debug!(lease = self.name, problem, "the lease is polled, not watched");
                (futures::stream::pending().boxed(), false)
            }
        }
    }

    /// One call, never longer than allowed; the error is a sentence.
    async fn call<T>(&self, call: impl Future<Output = Result<T, kube::Error>>) -> Result<T, String> {
        match tokio::time::timeout(self.times.call_timeout, call).await {
            Ok(answer) => answer.map_err(|error| sentence(&error)),
            Err(_) => Err(format!("the API server did not answer within {:?}", self.times.call_timeout)),
        }
    }

    fn announce(&self, leadership: Leadership) {
        self.state.send_if_modified(|current| {
            let same = match (&*current, &leadership) {
                (Leadership::Standby { holder: before }, Leadership::Standby { holder: after }) => {
                    before == after
                }
                _ => false,
            };
            if !same {
                *current = leadership;
            }
            !same
        });
    }
}

/// A lease that is ours, and until when we may believe so.
struct Held {
    lease: Lease,
    until: Instant,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Lost,
    Drained,
}

enum Renewal {
    Done,
    Failed,
    Taken,
}

fn holder_of(lease: &Lease) -> Option<&str> {
    lease.spec.as_ref()?.holder_identity.as_deref()
}

fn whole_seconds(duration: Duration) -> i32 {
    i32::try_from(duration.as_millis().div_ceil(1_000)).unwrap_or(i32::MAX).max(1)
}

/// Up to a fifth more.
fn jittered(duration: Duration) -> Duration {
    let thousandths = u32::try_from(RandomState::new().hash_one(0_u8) % 200).unwrap_or_default();
    duration + duration * thousandths / 1_000
}
