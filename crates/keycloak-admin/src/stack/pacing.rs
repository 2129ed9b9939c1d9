//! At most so many calls per second, with room for bursts (generic cell rate algorithm).

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Instant;
use tower::{Layer, Service, ServiceExt as _};

use super::{Answer, Exchange, Pace, Pending, Refusal};

pub(crate) struct Pacer {
    /// Time per call and the head start that a burst has; nothing without a pace.
    rate: Option<(Duration, Duration)>,
    /// The longest wait for a turn.
    longest: Duration,
    /// When the next call would be due if all came evenly.
    due: Mutex<Option<Instant>>,
}

impl Pacer {
    /// A pace that is no positive number is no pace.
    pub(crate) fn new(pace: Option<Pace>, longest: Duration) -> Self {
        let rate = pace.filter(|pace| pace.per_second > 0.0).and_then(|pace| {
            let each = Duration::try_from_secs_f64(1.0 / pace.per_second).ok()?;
            Some((each, each.saturating_mul(pace.burst.saturating_sub(1))))
        });
        Self { rate, longest, due: Mutex::new(None) }
    }

    /// When the next call may go, if not at once; takes that turn, unless it would come too late.
    fn turn(&self) -> Result<Option<Instant>, Refusal> {
        let Some((each, head_start)) = self.rate else { return Ok(None) };
        let now = Instant::now();
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = due.map_or(now, |due| due.max(now));
        let turn = mine.checked_sub(head_start).filter(|turn| *turn > now);
        if turn.is_some_and(|turn| turn.duration_since(now) > self.longest) {
            return Err(Refusal::Saturated(self.longest));
        }
        *due = Some(mine + each);
        Ok(turn)
    }

    /// Waits for the turn of a call.
    async fn wait(&self) -> Result<(), Refusal> {
        let asked = Instant::now();
        let turn = self.turn().inspect_err(|_| {
            metrics::counter!("keycloak_operator_api_rate_limit_timeouts_total").increment(1);
        })?;
        if let Some(turn) = turn {
            tokio::time::sleep_until(turn).await;
            metrics::histogram!("keycloak_operator_api_rate_limit_wait_seconds")
                .record(asked.elapsed().as_secs_f64());
        }
        Ok(())
    }
}

#[derive(Clone)]
pub(super) struct PacingLayer(pub(super) Arc<Pacer>);

#[derive(Clone)]
pub(super) struct Paced<S> {
    pacer: Arc<Pacer>,
    inner: S,
}

impl<S> Layer<S> for PacingLayer {
    type Service = Paced<S>;

    fn layer(&self, inner: S) -> Paced<S> {
        Paced { pacer: Arc::clone(&self.0), inner }
    }
}

impl<S> Service<Exchange> for Paced<S>
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
        let Paced { pacer, inner } = self.clone();
        Box::pin(async move {
            pacer.wait().await?;
            inner.oneshot(exchange).await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: Duration = Duration::from_secs(60);

    async fn seconds_for(calls: u32, pace: Option<Pace>) -> f64 {
        let pacer = Pacer::new(pace, LONGEST);
        let started = Instant::now();
        for _ in 0..calls {
            pacer.wait().await.unwrap();
        }
        started.elapsed().as_secs_f64()
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_goes_at_once_and_the_rest_at_the_pace() {
        let pace = Some(Pace { per_second: 10.0, burst: 5 });
        assert!(seconds_for(5, pace).await < 0.01);
        let took = seconds_for(25, pace).await;
        assert!((1.9..2.1).contains(&took), "{took}");
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_pace_or_with_none_that_makes_sense_nothing_waits() {
        for pace in
            [None, Some(Pace { per_second: 0.0, burst: 1 }), Some(Pace { per_second: f64::NAN, burst: 1 })]
        {
            assert!(seconds_for(100, pace).await < 0.01);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_rest_a_burst_is_possible_again_but_not_a_larger_one() {
        let pacer = Pacer::new(Some(Pace { per_second: 10.0, burst: 3 }), LONGEST);
        for _ in 0..3 {
            assert_eq!(pacer.turn(), Ok(None));
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
        let waits = [(); 4].map(|()| pacer.turn().unwrap().is_some());
        assert_eq!(waits, [false, false, false, true]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_whose_turn_comes_too_late_is_refused_at_once_and_takes_no_turn() {
        let pacer = Pacer::new(Some(Pace::per_second(1)), Duration::from_secs(3));
        let turns = [(); 6].map(|()| pacer.turn().is_ok());
        assert_eq!(turns, [true, true, true, true, false, false], "at once, and after 1, 2 and 3 s");
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!([(); 2].map(|()| pacer.turn().is_ok()), [true, false]);
    }
}
