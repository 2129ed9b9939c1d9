//! At most so many calls per second, with room for bursts (generic cell rate algorithm). Calls that somebody waits for go
//! before the others.
//!
//! Calls that have to wait stand in two rows. Each turn is that of the first in haste; but one turn of ten is left to the others
//! while any of them waits, so that however much is edited a resync goes on. Turns are given by whoever of those that wait is
//! awake when it is time: a call that nobody polls holds nobody up.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};
use tower::{Layer, Service, ServiceExt as _};

use super::{Answer, Exchange, Pace, Pending, Refusal};
use crate::server::Hurry;

/// How many turns one after the other go to calls in haste while another call waits.
const AHEAD: u32 = 9;

/// Whether somebody waits for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Urgency {
    /// Somebody does.
    InHaste,
    /// Nobody in particular does.
    AtLeisure,
}

pub(crate) struct Pacer {
    /// Time per call and the head start that a burst has; nothing without a pace.
    rate: Option<Rate>,
    /// The longest wait for a turn.
    longest: Duration,
    rows: Mutex<Rows>,
}

#[derive(Clone, Copy)]
struct Rate {
    each: Duration,
    head_start: Duration,
}

/// Who waits for a turn, and when the next one is.
#[derive(Default)]
struct Rows {
    /// When the next call would be due if all came evenly.
    due: Option<Instant>,
    in_haste: VecDeque<oneshot::Sender<()>>,
    at_leisure: VecDeque<oneshot::Sender<()>>,
    /// Turns that calls in haste had since another one waits or had one.
    ahead: u32,
}

impl Rate {
    /// Nothing for a pace that is no positive number.
    fn of(pace: Pace) -> Option<Self> {
        let calls = Some(pace.per_second).filter(|calls| *calls > 0.0)?;
        let each = Duration::try_from_secs_f64(1.0 / calls).ok()?;
        Some(Self { each, head_start: each.saturating_mul(pace.burst.saturating_sub(1)) })
    }
}

impl Rows {
    /// When the next call may go; not before now.
    fn next_turn(&self, rate: Rate, now: Instant) -> Instant {
        let turn = self.due.and_then(|due| due.checked_sub(rate.head_start));
        turn.map_or(now, |turn| turn.max(now))
    }

    /// Gives all turns that are due. Who does not wait any more takes none.
    fn give(&mut self, rate: Rate, now: Instant) {
        while self.next_turn(rate, now) <= now {
            let Some(first) = self.first() else { return };
            if first.send(()).is_ok() {
                let due = self.due.map_or(now, |due| due.max(now));
                self.due = Some(due + rate.each);
            }
        }
    }

    /// Whose turn it is, taken out of the row.
    fn first(&mut self) -> Option<oneshot::Sender<()>> {
        self.leave_out_the_gone();
        let others_wait = !self.at_leisure.is_empty();
        if (!others_wait || self.ahead < AHEAD)
            && let Some(first) = self.in_haste.pop_front()
        {
            self.ahead = if others_wait { self.ahead + 1 } else { 0 };
            return Some(first);
        }
        self.ahead = 0;
        self.at_leisure.pop_front()
    }

    /// How many go before one that comes now, as far as is known.
    fn before(&mut self, urgency: Urgency) -> usize {
        self.leave_out_the_gone();
        match urgency {
            Urgency::InHaste => self.in_haste.len(),
            Urgency::AtLeisure => self.in_haste.len() + self.at_leisure.len(),
        }
    }

    fn leave_out_the_gone(&mut self) {
        self.in_haste.retain(|waiting| !waiting.is_closed());
        self.at_leisure.retain(|waiting| !waiting.is_closed());
    }
}

impl Pacer {
    /// A pace that is no positive number is no pace.
    pub(crate) fn new(pace: Option<Pace>, longest: Duration) -> Self {
        Self { rate: pace.and_then(Rate::of), longest, rows: Mutex::default() }
    }

    /// Waits for the turn of a call.
    async fn wait(&self, urgency: Urgency) -> Result<(), Refusal> {
        let Some(rate) = self.rate else { return Ok(()) };
        let asked = Instant::now();
        let turn = self.turn(rate, urgency, asked).await;
        match &turn {
            Ok(false) => {}
            Ok(true) => metrics::histogram!("keycloak_operator_api_rate_limit_wait_seconds")
                .record(asked.elapsed().as_secs_f64()),
            Err(_) => {
                metrics::counter!("keycloak_operator_api_rate_limit_timeouts_total").increment(1);
            }
        }
        turn.map(drop)
    }

    /// Takes the turn of a call that asked then, and says whether it had to wait. One whose turn would come too late is refused at
    /// once; one that others went before of until it is too late, then.
    async fn turn(&self, rate: Rate, urgency: Urgency, asked: Instant) -> Result<bool, Refusal> {
        let mut given = self.ask(rate, urgency, asked)?;
        if given.try_recv().is_ok() {
            return Ok(false);
        }
        let last = asked + self.longest;
        loop {
            let next = self.locked().next_turn(rate, Instant::now());
            tokio::select! {
                biased;
                told = &mut given => {
                    // Those that wait are only let go of with a turn.
                    return if told.is_ok() { Ok(true) } else { Err(Refusal::Saturated(self.longest)) };
                }
                () = sleep_until(next.min(last)) => {}
            }
            let now = Instant::now();
            self.locked().give(rate, now);
            if given.try_recv().is_ok() {
                return Ok(true);
            }
            if now >= last {
                return Err(Refusal::Saturated(self.longest));
            }
        }
    }

    /// Gets in the row; what is given is the turn.
    fn ask(&self, rate: Rate, urgency: Urgency, now: Instant) -> Result<oneshot::Receiver<()>, Refusal> {
        let mut rows = self.locked();
        rows.give(rate, now);
        let before = u32::try_from(rows.before(urgency)).unwrap_or(u32::MAX);
        let turn = rows.next_turn(rate, now).checked_add(rate.each.saturating_mul(before));
        if turn.is_none_or(|turn| turn.duration_since(now) > self.longest) {
            return Err(Refusal::Saturated(self.longest));
        }
        let (give, given) = oneshot::channel();
        match urgency {
            Urgency::InHaste => rows.in_haste.push_back(give),
            Urgency::AtLeisure => rows.at_leisure.push_back(give),
        }
        rows.give(rate, now);
        Ok(given)
    }

    fn locked(&self) -> MutexGuard<'_, Rows> {
        // Nothing panics while it is held; if it did, the rows would still be rows.
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Clone)]
pub(super) struct PacingLayer {
    pub(super) pacer: Arc<Pacer>,
    pub(super) hurry: Option<Hurry>,
}

#[derive(Clone)]
pub(super) struct Paced<S> {
    layer: PacingLayer,
    inner: S,
}

impl PacingLayer {
    /// That of a call which is made where this is asked.
    fn urgency(&self) -> Urgency {
        if self.hurry.as_ref().is_some_and(|hurry| hurry()) { Urgency::InHaste } else { Urgency::AtLeisure }
    }
}

impl<S> Layer<S> for PacingLayer {
    type Service = Paced<S>;

    fn layer(&self, inner: S) -> Paced<S> {
        Paced { layer: self.clone(), inner }
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
        let Paced { layer, inner } = self.clone();
        Box::pin(async move {
            layer.pacer.wait(layer.urgency()).await?;
            inner.oneshot(exchange).await
        })
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::JoinSet;

    use super::super::testing::{exchange, status};
    use super::*;

    const LONGEST: Duration = Duration::from_secs(60);

    async fn seconds_for(calls: u32, pace: Option<Pace>) -> f64 {
        let pacer = Pacer::new(pace, LONGEST);
        let started = Instant::now();
        for _ in 0..calls {
            pacer.wait(Urgency::AtLeisure).await.unwrap();
        }
        started.elapsed().as_secs_f64()
    }

    /// A pacer without room for bursts: each call has a turn of its own.
    fn even(per_second: f64) -> Arc<Pacer> {
        Arc::new(Pacer::new(Some(Pace { per_second, burst: 1 }), LONGEST))
    }

    /// So many calls that are made at once; each tells after which time its turn came, and none where it was refused.
    async fn ask(pacer: &Arc<Pacer>, calls: usize, urgency: Urgency) -> JoinSet<Option<Duration>> {
        let began = Instant::now();
        let mut asked = JoinSet::new();
        for _ in 0..calls {
            let pacer = Arc::clone(pacer);
            asked.spawn(async move {
                let turn = pacer.wait(urgency).await;
                turn.ok().map(|()| began.elapsed())
            });
        }
        // All of them are in the row before anything else happens: time stands still until nothing is left to do.
        tokio::time::sleep(Duration::from_millis(1)).await;
        asked
    }

    /// When the turns of these came, in whole seconds and in order.
    async fn seconds(calls: JoinSet<Option<Duration>>) -> Vec<u64> {
        let turns = calls.join_all().await;
        let mut seconds: Vec<u64> = turns.into_iter().map(|turn| turn.unwrap().as_secs()).collect();
        seconds.sort_unstable();
        seconds
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
        let pacer = Arc::new(Pacer::new(Some(Pace { per_second: 1.0, burst: 3 }), LONGEST));
        assert_eq!(seconds(ask(&pacer, 3, Urgency::AtLeisure).await).await, [0, 0, 0]);
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert_eq!(seconds(ask(&pacer, 5, Urgency::AtLeisure).await).await, [0, 0, 0, 1, 2]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_whose_turn_comes_too_late_is_refused_at_once_and_takes_no_turn() {
        let pacer = Arc::new(Pacer::new(Some(Pace::per_second(1)), Duration::from_millis(4_500)));
        let began = Instant::now();
        let mut calls = ask(&pacer, 6, Urgency::AtLeisure).await;
        let mut refused = 0;
        while let Some(call) = calls.try_join_next() {
            refused += u32::from(call.unwrap().is_none());
        }
        assert_eq!(refused, 1, "the others go at once, and after 1, 2, 3 and 4 s");
        assert_eq!(seconds(calls).await.len(), 4);
        assert_eq!(began.elapsed().as_secs(), 4);
        let more = ask(&pacer, 1, Urgency::AtLeisure).await;
        assert_eq!(seconds(more).await, [1], "the turn of the refused one");
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_somebody_waits_for_goes_before_those_of_a_resync() {
        let pacer = even(1.0);
        let resync = ask(&pacer, 20, Urgency::AtLeisure).await;
        tokio::time::sleep(Duration::from_millis(4_500)).await;
        // The turns at 0 to 4 s are gone; the next two come in half a second, and in one and a half.
        let edit = ask(&pacer, 2, Urgency::InHaste).await;
        assert_eq!(seconds(edit).await, [0, 1]);
        let rest: Vec<u64> = (0..=4).chain(7..=21).collect();
        assert_eq!(seconds(resync).await, rest, "nobody else is passed over, and the pace is kept");
    }

    #[tokio::test(start_paused = true)]
    async fn however_much_is_edited_one_turn_of_ten_is_left_to_a_resync() {
        let pacer = even(1.0);
        let edits = ask(&pacer, 40, Urgency::InHaste).await;
        let resync = ask(&pacer, 3, Urgency::AtLeisure).await;
        // Turns come each second. The first edit did not have to wait; these came a millisecond later, and nine edits go before each.
        assert_eq!(seconds(resync).await, [9, 19, 29]);
        assert_eq!(seconds(edits).await.last(), Some(&42));
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_others_go_before_of_for_too_long_gives_up() {
        let pacer = Arc::new(Pacer::new(Some(Pace { per_second: 1.0, burst: 1 }), Duration::from_secs(5)));
        let began = Instant::now();
        let _first = ask(&pacer, 1, Urgency::AtLeisure).await;
        let late = ask(&pacer, 1, Urgency::AtLeisure).await;
        let _edits = ask(&pacer, 5, Urgency::InHaste).await;
        assert_eq!(late.join_all().await, [None::<Duration>]);
        assert_eq!(began.elapsed().as_secs(), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_gives_up_holds_nobody_up() {
        let pacer = even(1.0);
        let mut gone = ask(&pacer, 30, Urgency::InHaste).await;
        gone.abort_all();
        while gone.join_next().await.is_some() {}
        let next = ask(&pacer, 2, Urgency::AtLeisure).await;
        assert_eq!(seconds(next).await, [0, 1]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_is_not_polled_holds_nobody_up() {
        let pacer = even(1.0);
        pacer.wait(Urgency::InHaste).await.unwrap();
        let mut left_alone = Box::pin(pacer.wait(Urgency::InHaste));
        assert!(asked_once(&mut left_alone).await.is_none());
        let next = ask(&pacer, 1, Urgency::InHaste).await;
        assert_eq!(seconds(next).await, [2], "its turn is given, and lost if nobody takes it");
        left_alone.await.unwrap();
    }

    /// What this future says when it is asked once.
    async fn asked_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
        std::future::poll_fn(|context| match std::pin::Pin::new(&mut *future).poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => Poll::Ready(None),
        })
        .await
    }

    #[tokio::test(start_paused = true)]
    async fn the_order_is_asked_for_where_the_call_is_made() {
        tokio::task_local! {
            static IN_HASTE: bool;
        }
        let hurry: Hurry = Arc::new(|| IN_HASTE.get());
        let layer = PacingLayer { pacer: even(1.0), hurry: Some(hurry) };
        let service = layer.layer(tower::service_fn(|_: Exchange| async { status(204) }));
        let began = Instant::now();
        let mut calls = JoinSet::new();
        for (name, in_haste) in [("first", false), ("resync", false), ("edit", true)] {
            let call = service.clone().oneshot(exchange("realm_get"));
            calls.spawn(IN_HASTE.scope(in_haste, async move {
                call.await.unwrap();
                (name, began.elapsed().as_secs())
            }));
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let mut done = calls.join_all().await;
        done.sort_by_key(|(_, at)| *at);
        assert_eq!(done, [("first", 0), ("edit", 1), ("resync", 2)]);
    }
}
