//! Faults that a proxy injects: wrong answers, none, late ones.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{Method, StatusCode};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::call::Kind;
use crate::log::Entry;

/// What goes wrong, for which calls, and for how long. By default: for every call, until healed.
#[derive(Clone, Debug)]
pub struct Fault {
    effect: Effect,
    method: Option<Method>,
    template: Option<String>,
    kind: Option<Kind>,
    times: Option<usize>,
    lasting: Option<Duration>,
}

/// What a fault does to a call.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// The proxy answers by itself.
    Answer(FakeAnswer),
    /// The call goes on after a while, or once the fault is healed.
    Delay(Duration),
    /// The connection is closed before the call reaches the server.
    Cut,
    /// The server does the call, and the connection is closed instead of its answer.
    LoseAnswer,
    /// The answer's body ends after so many bytes with the connection.
    CutBody(u64),
}

/// An answer of the proxy's own.
#[derive(Clone, Debug)]
pub(crate) struct FakeAnswer {
    pub(crate) status: StatusCode,
    pub(crate) retry_after: Option<Duration>,
    /// Content type and body; `None`: what the server itself would say with this status.
    pub(crate) body: Option<(String, String)>,
}

impl Fault {
    /// Every call is answered with this status and the body the server itself gives it: 503 while it
    /// starts, 401 for a login that it forgot, 429 when it is too much.
    pub fn status(status: StatusCode) -> Self {
        Self::of(Effect::Answer(FakeAnswer { status, retry_after: None, body: None }))
    }

    /// Every call is answered with this status, content type and body.
    pub fn answer(status: StatusCode, content_type: &str, body: &str) -> Self {
        let body = Some((content_type.to_owned(), body.to_owned()));
        Self::of(Effect::Answer(FakeAnswer { status, retry_after: None, body }))
    }

    /// Every call is answered by a web page with status 200, as a login portal before the server does.
    pub fn not_json() -> Self {
        Self::answer(
            StatusCode::OK,
            "text/html; charset=utf-8",
            "<!DOCTYPE html><title>Welcome</title><p>Please log in.",
        )
    }

    /// Every call waits so long before it goes on.
    pub fn delay(duration: Duration) -> Self {
        Self::of(Effect::Delay(duration))
    }

    /// Every call waits until the fault is healed.
    pub fn hang() -> Self {
        // Longer than any test; tokio's clock cannot hold Duration::MAX.
        Self::delay(Duration::from_secs(24 * 3600))
    }

    /// The connection is closed instead of an answer; the server never sees the call.
    pub fn cut() -> Self {
        Self::of(Effect::Cut)
    }

    /// The server does what was asked, and the connection is closed instead of its answer.
    pub fn lose_answer() -> Self {
        Self::of(Effect::LoseAnswer)
    }

    /// The answer breaks off after so many bytes of its body.
    pub fn cut_body_after(bytes: u64) -> Self {
        Self::of(Effect::CutBody(bytes))
    }

    fn of(effect: Effect) -> Self {
        Self { effect, method: None, template: None, kind: None, times: None, lasting: None }
    }

    /// Adds a `Retry-After` header, in whole seconds, to an answer of the proxy's own. Other faults
    /// have no answer to put it in and stay as they are.
    #[must_use]
    pub fn retry_after(mut self, after: Duration) -> Self {
        if let Effect::Answer(answer) = &mut self.effect {
            answer.retry_after = Some(after);
        }
        self
    }

    /// Only calls of this method and route, such as `"/admin/realms/{realm}/clients"`.
    #[must_use]
    pub fn on(mut self, method: Method, template: &str) -> Self {
        self.method = Some(method);
        self.template = Some(template.to_owned());
        self
    }

    /// Only calls of this kind.
    #[must_use]
    pub fn on_kind(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Only the next so many calls.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// Only for so long from now on.
    #[must_use]
    pub fn lasting(mut self, duration: Duration) -> Self {
        self.lasting = Some(duration);
        self
    }

    fn concerns(&self, call: &Entry) -> bool {
        self.method.as_ref().is_none_or(|method| method == call.method())
            && self.template.as_ref().is_none_or(|template| template == call.template())
            && self.kind.is_none_or(|kind| kind == call.kind())
    }
}

/// The faults of one proxy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    rules: Arc<Mutex<Rules>>,
    changed: Arc<watch::Sender<()>>,
}

#[derive(Debug, Default)]
struct Rules {
    next_id: usize,
    active: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    id: usize,
    fault: Fault,
    until: Option<Instant>,
    hits: Arc<Mutex<usize>>,
}

/// A fault that was injected. Dropping this does not heal it.
#[derive(Debug)]
pub struct FaultHandle {
    id: usize,
    hits: Arc<Mutex<usize>>,
    faults: Faults,
}

impl FaultHandle {
    /// Ends the fault; a call that it delays goes on.
    pub fn heal(&self) {
        self.faults.retain(|rule| rule.id != self.id);
    }

    /// How many calls it has struck.
    pub fn hits(&self) -> usize {
        *self.hits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Faults {
    pub(crate) fn inject(&self, fault: Fault) -> FaultHandle {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let id = rules.next_id;
        rules.next_id += 1;
        let until = fault.lasting.map(|duration| Instant::now() + duration);
        let hits = Arc::new(Mutex::new(0));
        rules.active.push(Rule { id, fault, until, hits: Arc::clone(&hits) });
        FaultHandle { id, hits, faults: self.clone() }
    }

    pub(crate) fn heal(&self) {
        self.retain(|_| false);
    }

    /// What befalls a call: it waits for as long as its delays say, then the oldest other fault that
    /// concerns it strikes.
    pub(crate) async fn strike(&self, call: &Entry) -> Option<Effect> {
        for (id, duration) in self.delays(call) {
            let mut changed = self.changed.subscribe();
            let healed = changed.wait_for(|()| !self.is_active(id));
            // Either way the call goes on; the sender lives in `self`, so `wait_for` cannot fail.
            let _ = tokio::time::timeout(duration, healed).await;
        }
        self.take(call, |effect| !matches!(effect, Effect::Delay(_)))
    }

    fn delays(&self, call: &Entry) -> Vec<(usize, Duration)> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        rules
            .active
            .iter_mut()
            .filter(|rule| rule.strikes(call))
            .filter_map(|rule| match rule.fault.effect {
                Effect::Delay(duration) => {
                    rule.hit();
                    let left = rule.until.map(|until| until.saturating_duration_since(Instant::now()));
                    Some((rule.id, left.map_or(duration, |left| left.min(duration))))
                }
                Effect::Answer(_) | Effect::Cut | Effect::LoseAnswer | Effect::CutBody(_) => None,
            })
            .collect()
    }

    fn take(&self, call: &Entry, wanted: impl Fn(&Effect) -> bool) -> Option<Effect> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let rule = rules.active.iter_mut().find(|rule| wanted(&rule.fault.effect) && rule.strikes(call))?;
        rule.hit();
        Some(rule.fault.effect.clone())
    }

    fn is_active(&self, id: usize) -> bool {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner).active.iter().any(|rule| rule.id == id)
    }

    fn retain(&self, keep: impl Fn(&Rule) -> bool) {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner).active.retain(keep);
        self.changed.send_replace(());
    }
}

impl Rule {
    fn strikes(&self, call: &Entry) -> bool {
        let used_up = self
            .fault
            .times
            .is_some_and(|times| times <= *self.hits.lock().unwrap_or_else(PoisonError::into_inner));
        let over = self.until.is_some_and(|until| until <= Instant::now());
        !used_up && !over && self.fault.concerns(call)
    }

    fn hit(&mut self) {
        *self.hits.lock().unwrap_or_else(PoisonError::into_inner) += 1;
    }
}
