//! How many calls may be under way in one server, learned from its latency.
//!
//! Additive increase, multiplicative decrease: each quick answer while all places are taken raises the
//! limit a little, a slow or overloaded one lowers it by a third. Slow means several times as long as
//! this kind of call usually takes, since creating a realm and reading a role differ by two orders.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tower::{Layer, Service, ServiceExt as _};

use super::{Answer, Exchange, Outcome, Pending, Refusal};

/// An answer is slow from this multiple of what its kind usually takes.
const SLOW: f64 = 3.0;
/// Below this nothing is slow: a server that answers in 2 ms may once take 20.
const NEVER_SLOW: Duration = Duration::from_millis(200);
/// How quickly a slower server becomes the usual one: by this part per minute. Counted in time and not
/// in answers, or a flood of slow answers would make slowness usual within seconds.
const DRIFT_PER_MINUTE: f64 = 0.05;
/// What is left of the limit after a sign of overload.
const DECREASE: f64 = 0.7;
/// Signs of overload within this time are one sign: the calls were under way together.
const ONE_SIGN: Duration = Duration::from_secs(1);

pub(crate) struct Concurrency {
    places: Arc<Semaphore>,
    most: f64,
    queue_timeout: Duration,
    learned: Mutex<Learned>,
}

struct Learned {
    /// The limit; its whole part counts.
    limit: f64,
    /// Places that go as soon as they become free.
    surplus: usize,
    usual: BTreeMap<&'static str, Usual>,
    lowered: Option<Instant>,
}

/// What a kind of call usually takes.
struct Usual {
    seconds: f64,
    learned: Instant,
}

impl Concurrency {
    pub(crate) fn new(start: usize, most: usize, queue_timeout: Duration) -> Self {
        let start = start.clamp(1, most.max(1));
        Self {
            places: Arc::new(Semaphore::new(start)),
            most: as_float(most.max(1)),
            queue_timeout,
            learned: Mutex::new(Learned {
                limit: as_float(start),
                surplus: 0,
                usual: BTreeMap::new(),
                lowered: None,
            }),
        }
    }

    /// The present limit.
    #[cfg(test)]
    fn limit(&self) -> f64 {
        self.learned().limit
    }

    async fn place(self: &Arc<Self>) -> Result<Place, Refusal> {
        let asked = Instant::now();
        let waiting = Arc::clone(&self.places).acquire_owned();
        let permit = tokio::time::timeout(self.queue_timeout, waiting).await;
        metrics::histogram!("keycloak_operator_api_rate_limit_wait_seconds")
            .record(asked.elapsed().as_secs_f64());
        // The semaphore is never closed, so the inner error cannot happen.
        let Ok(Ok(permit)) = permit else {
            metrics::counter!("keycloak_operator_api_rate_limit_timeouts_total").increment(1);
            return Err(Refusal::Saturated(self.queue_timeout));
        };
        metrics::counter!("keycloak_operator_api_rate_limit_acquired_total").increment(1);
        Ok(Place { permit: Some(permit), of: Arc::clone(self) })
    }

    fn learn(&self, operation: &'static str, took: Duration, outcome: &Outcome) {
        let all_taken = self.places.available_permits() == 0;
        let mut learned = self.learned();
        let slow = match outcome {
            Ok(answer) => match answer.status() {
                StatusCode::TOO_MANY_REQUESTS
                | StatusCode::SERVICE_UNAVAILABLE
                | StatusCode::GATEWAY_TIMEOUT => true,
                _ => learned.is_slow(operation, took),
            },
            Err(Refusal::Timeout(_)) => true,
            // Says nothing about how much the server can do.
            Err(
                Refusal::Login(_)
                | Refusal::Transport(_)
                | Refusal::BreakerOpen(_)
                | Refusal::Saturated(_)
                | Refusal::TooLarge(_),
            ) => return,
        };
        if slow {
            self.lower(&mut learned);
        } else if all_taken {
            let raised = (learned.limit + 1.0 / learned.limit).min(self.most);
            self.set(&mut learned, raised);
        }
    }

    fn lower(&self, learned: &mut Learned) {
        let now = Instant::now();
        if learned.lowered.is_some_and(|before| now.duration_since(before) < ONE_SIGN) {
            return;
        }
        learned.lowered = Some(now);
        let lowered = (learned.limit * DECREASE).max(1.0);
        self.set(learned, lowered);
    }

    fn set(&self, learned: &mut Learned, limit: f64) {
        let (before, after) = (whole(learned.limit), whole(limit));
        learned.limit = limit;
        if after > before {
            let more = after - before;
            let kept = more.min(learned.surplus);
            learned.surplus -= kept;
            self.places.add_permits(more - kept);
        } else {
            let fewer = before - after;
            learned.surplus += fewer - self.places.forget_permits(fewer);
        }
    }

    fn learned(&self) -> MutexGuard<'_, Learned> {
        // Nothing panics while it is held; if it did, the numbers would still be numbers.
        self.learned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Learned {
    /// Compares with what is usual, and learns: at once towards less, slowly towards more.
    fn is_slow(&mut self, operation: &'static str, took: Duration) -> bool {
        let (seconds, now) = (took.as_secs_f64(), Instant::now());
        let usual = self.usual.entry(operation).or_insert(Usual { seconds, learned: now });
        let slow = took > NEVER_SLOW && seconds > usual.seconds * SLOW;
        if seconds < usual.seconds {
            usual.seconds += (seconds - usual.seconds) * 0.3;
        } else {
            let minutes = now.duration_since(usual.learned).as_secs_f64() / 60.0;
            usual.seconds = (usual.seconds * (1.0 + DRIFT_PER_MINUTE * minutes)).min(seconds);
        }
        usual.learned = now;
        slow
    }
}

/// Numbers of places are small.
fn as_float(places: usize) -> f64 {
    u32::try_from(places).map_or(f64::from(u32::MAX), f64::from)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a limit lies between 1 and the largest number of places"
)]
fn whole(limit: f64) -> usize {
    limit as usize
}

/// A call under way. Its place is given back, or taken away if the limit fell meanwhile.
struct Place {
    permit: Option<OwnedSemaphorePermit>,
    of: Arc<Concurrency>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(permit) = self.permit.take() else { return };
        let mut learned = self.of.learned();
        if learned.surplus > 0 {
            learned.surplus -= 1;
            permit.forget();
        }
    }
}

#[derive(Clone)]
pub(super) struct ConcurrencyLayer(pub(super) Arc<Concurrency>);

#[derive(Clone)]
pub(super) struct Limited<S> {
    concurrency: Arc<Concurrency>,
    inner: S,
}

impl<S> Layer<S> for ConcurrencyLayer {
    type Service = Limited<S>;

    fn layer(&self, inner: S) -> Limited<S> {
        Limited { concurrency: Arc::clone(&self.0), inner }
    }
}

impl<S> Service<Exchange> for Limited<S>
where
    S: Service<Exchange, Response = Answer, Error = Refusal> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Answer;
    type Error = Refusal;
    type Future = Pending;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Refusal>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, exchange: Exchange) -> Pending {
        let Limited { concurrency, inner } = self.clone();
        Box::pin(async move {
            let place = concurrency.place().await?;
            let (operation, started) = (exchange.operation.id, Instant::now());
            let outcome = inner.oneshot(exchange).await;
            concurrency.learn(operation, started.elapsed(), &outcome);
            drop(place);
            outcome
        })
    }
}

#[cfg(test)]
mod tests;
