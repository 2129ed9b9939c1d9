//! A stop: from the n-th write on, a process has no outside any more, as if it had been killed.
//!
//! One stop point serves all proxies that a process works through, so that n counts its writes to
//! Keycloak and to Kubernetes in the order in which they happen.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::call::Kind;
use crate::failure::fail;

/// Where to stop. Writes count from 1; logins, Leases and Events are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The n-th write does not reach the server.
    BeforeWrite(usize),
    /// The n-th write reaches the server and its answer does not come back.
    AfterWrite(usize),
}

/// Counts the writes of one process and stops it. Cloning gives the same one.
#[derive(Clone, Debug)]
pub struct StopPoint {
    state: Arc<watch::Sender<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// Where to stop; `None` lets everything pass.
    stop: Option<Stop>,
    /// Writes that were let through since the point was set.
    writes: usize,
    /// Nothing is let through any more.
    closed: bool,
    /// The last write that was let through has been done: the process may be called dead.
    stopped: bool,
    /// Writes that the server has not answered yet.
    under_way: usize,
}

/// What a proxy does with a call.
#[derive(Debug)]
pub(crate) enum Admission {
    /// It goes through. A write is under way until its pass is dropped.
    Pass(Option<Pass>),
    /// It goes through, its answer is lost, and nothing follows.
    Last(Pass),
    /// It does not go through.
    Refused,
}

/// A write that is under way.
#[derive(Debug)]
pub(crate) struct Pass {
    state: Arc<watch::Sender<State>>,
    last: bool,
}

impl Default for StopPoint {
    fn default() -> Self {
        Self::new()
    }
}

impl StopPoint {
    /// A point that lets everything pass.
    pub fn new() -> Self {
        Self { state: Arc::new(watch::Sender::new(State::default())) }
    }

    /// Counts from 0 again and stops there.
    pub fn set(&self, stop: Stop) {
        self.begin(Some(stop));
    }

    /// Counts from 0 again and lets everything pass.
    pub fn clear(&self) {
        self.begin(None);
    }

    fn begin(&self, stop: Option<Stop>) {
        self.state.send_modify(|state| {
            *state = State { stop, under_way: state.under_way, ..State::default() };
        });
    }

    /// Writes that were let through since it was last set or cleared.
    pub fn writes(&self) -> usize {
        self.state.borrow().writes
    }

    /// Whether the stop was reached.
    pub fn is_stopped(&self) -> bool {
        self.state.borrow().stopped
    }

    /// Waits until the stop is reached.
    pub async fn stopped(&self) {
        // The sender lives in `self`, so this ends by the condition only.
        let _ = self.state.subscribe().wait_for(|state| state.stopped).await;
    }

    /// Waits until the servers have answered every write that was let through.
    ///
    /// # Panics
    /// After 30 s: a server that does not answer makes every conclusion about its state void.
    pub async fn quiet(&self) {
        let mut state = self.state.subscribe();
        let answered = state.wait_for(|state| state.under_way == 0);
        if tokio::time::timeout(Duration::from_secs(30), answered).await.is_err() {
            fail(format!(
                "{} writes are without an answer of the server after 30 s",
                self.state.borrow().under_way
            ));
        }
    }

    /// Decides on a call, before it is sent to the server.
    pub(crate) fn admit(&self, kind: Kind) -> Admission {
        let mut admission = Admission::Refused;
        self.state.send_modify(|state| {
            if state.closed {
                return;
            }
            if kind != Kind::Write {
                admission = Admission::Pass(None);
                return;
            }
            let number = state.writes + 1;
            if state.stop == Some(Stop::BeforeWrite(number)) {
                state.closed = true;
                state.stopped = true;
                return;
            }
            state.writes = number;
            state.under_way += 1;
            let last = state.stop == Some(Stop::AfterWrite(number));
            state.closed = last;
            let pass = Pass { state: Arc::clone(&self.state), last };
            admission = if last { Admission::Last(pass) } else { Admission::Pass(Some(pass)) };
        });
        admission
    }

    /// Whether calls are let through.
    pub(crate) fn is_open(&self) -> bool {
        !self.state.borrow().closed
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let last = self.last;
        self.state.send_modify(|state| {
            state.under_way = state.under_way.saturating_sub(1);
            state.stopped |= last && state.closed;
        });
    }
}
