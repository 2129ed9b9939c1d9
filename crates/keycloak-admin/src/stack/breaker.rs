//! The circuit breaker: a server that fails again and again is left alone for a while.
//!
//! Closed: calls go through, consecutive failures are counted. Open: nothing is sent until the pause
//! is over. Half open: one call goes as a probe; its success closes, its failure opens again. Failures
//! are 5xx, time limits and broken connections; an answer below 500 is a success, whatever it says.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Instant;
use tower::{Layer, Service, ServiceExt as _};

use super::{Answer, Exchange, Outcome, Pending, Refusal};

/// State of a server's circuit breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakerState {
    /// Calls go through.
    Closed,
    /// Nothing is sent.
    Open {
        /// When a probe will be tried.
        retry_after: Duration,
    },
    /// One probe is allowed or under way.
    HalfOpen,
}

pub(crate) struct Breaker {
    threshold: u32,
    pause: Duration,
    inside: Mutex<Inside>,
}

#[derive(Clone, Copy, Debug)]
enum Inside {
    Closed { failures: u32 },
    Open { until: Instant },
    Probing,
}

impl Inside {
    fn label(self) -> &'static str {
        match self {
            Self::Closed { .. } => "closed",
            Self::Open { .. } => "open",
            Self::Probing => "half_open",
        }
    }
}

/// What an outcome says about the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Well,
    Failed,
    /// The server was not asked, or the fault is not its own.
    Nothing,
}

impl Breaker {
    pub(crate) fn new(threshold: u32, pause: Duration) -> Self {
        let inside = Inside::Closed { failures: 0 };
        count(inside, 1.0);
        Self { threshold: threshold.max(1), pause, inside: Mutex::new(inside) }
    }

    pub(crate) fn state(&self) -> BreakerState {
        match *self.inside() {
            Inside::Closed { .. } => BreakerState::Closed,
            Inside::Probing => BreakerState::HalfOpen,
            Inside::Open { until } => match until.checked_duration_since(Instant::now()) {
                Some(retry_after) if !retry_after.is_zero() => BreakerState::Open { retry_after },
                _ => BreakerState::HalfOpen,
            },
        }
    }

    /// Lets a call through or refuses it.
    fn admit(self: &Arc<Self>) -> Result<Admitted, Refusal> {
        let mut inside = self.inside();
        let now = Instant::now();
        let probe = match *inside {
            Inside::Closed { .. } => false,
            Inside::Open { until } if until <= now => {
                change(&mut inside, Inside::Probing);
                true
            }
            Inside::Open { until } => return Err(Refusal::BreakerOpen(until.duration_since(now))),
            // The probe tells soon; others come back a moment later.
            Inside::Probing => return Err(Refusal::BreakerOpen(Duration::from_secs(1))),
        };
        Ok(Admitted { breaker: Arc::clone(self), probe, verdict: Verdict::Nothing })
    }

    fn settle(&self, probe: bool, verdict: Verdict) {
        let mut inside = self.inside();
        let next = match (*inside, verdict) {
            (Inside::Closed { .. }, Verdict::Well) => Inside::Closed { failures: 0 },
            (Inside::Closed { failures }, Verdict::Failed) if failures + 1 < self.threshold => {
                Inside::Closed { failures: failures + 1 }
            }
            (Inside::Closed { .. }, Verdict::Failed) => self.open(),
            (Inside::Probing, Verdict::Well) if probe => Inside::Closed { failures: 0 },
            (Inside::Probing, Verdict::Failed) if probe => self.open(),
            // The probe was given up before it told anything: the next call is the probe.
            (Inside::Probing, Verdict::Nothing) if probe => Inside::Open { until: Instant::now() },
            // A call from before the breaker opened, or one that says nothing.
            (unchanged, _) => unchanged,
        };
        change(&mut inside, next);
    }

    fn open(&self) -> Inside {
        let jitter = self.pause.mul_f64(rand::random::<f64>() * 0.1);
        tracing::warn!(
            pause_seconds = self.pause.as_secs(),
            "the server fails repeatedly; calls to it pause"
        );
        Inside::Open { until: Instant::now() + self.pause + jitter }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Breaker {
    fn drop(&mut self) {
        count(*self.inside(), -1.0);
    }
}

/// How many breakers are in each state: no label names a server.
fn count(state: Inside, by: f64) {
    metrics::gauge!("keycloak_operator_circuit_breaker_state", "state" => state.label()).increment(by);
}

fn change(inside: &mut Inside, next: Inside) {
    if inside.label() != next.label() {
        count(*inside, -1.0);
        count(next, 1.0);
    }
    *inside = next;
}

/// A call that was let through; says what it learned when it ends, however it ends.
struct Admitted {
    breaker: Arc<Breaker>,
    probe: bool,
    verdict: Verdict,
}

impl Drop for Admitted {
    fn drop(&mut self) {
        self.breaker.settle(self.probe, self.verdict);
    }
}

fn verdict(outcome: &Outcome) -> Verdict {
    match outcome {
        Ok(answer) if answer.status().is_server_error() => Verdict::Failed,
        Err(Refusal::Transport(_) | Refusal::Timeout(_)) => Verdict::Failed,
        Err(Refusal::Login(error)) if error.is_servers_fault() => Verdict::Failed,
        Ok(_) | Err(Refusal::TooLarge(_) | Refusal::Login(_)) => Verdict::Well,
        Err(Refusal::BreakerOpen(_) | Refusal::Saturated(_)) => Verdict::Nothing,
    }
}

#[derive(Clone)]
pub(super) struct BreakerLayer(pub(super) Arc<Breaker>);

#[derive(Clone)]
pub(super) struct Guarded<S> {
    breaker: Arc<Breaker>,
    inner: S,
}

impl<S> Layer<S> for BreakerLayer {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        Guarded { breaker: Arc::clone(&self.0), inner }
    }
}

impl<S> Service<Exchange> for Guarded<S>
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
        let Guarded { breaker, inner } = self.clone();
        Box::pin(async move {
            let mut admitted = breaker.admit()?;
            let outcome = inner.oneshot(exchange).await;
            admitted.verdict = verdict(&outcome);
            outcome
        })
    }
}

#[cfg(test)]
mod tests;
