//! One pass over one object: the only code path there is.

use std::{collections::HashMap, panic::AssertUnwindSafe, sync::Mutex, time::Duration};

use futures::FutureExt;
use jiff::Timestamp;
use k8s_openapi::api::core::v1::ObjectReference;
use kube::Resource;
use tokio::time::Instant;
use tracing::Instrument;

use crate::{
    calls::{NOT_PERMITTED, class_of, sentence},
    class::{Class, Classify as _, Reason},
    event::{Events, Notice},
    fence::Fence,
    finalizer::{self, Change, FinalizerError, Finalizers},
    guard::{self, RawObject},
    haste::Haste,
    key::Key,
    lease::Term,
    locked,
    metrics::Metrics,
    outcome::{Outcome, Pace},
    panic_text,
    pipeline::{Applied, Facts, Pass, Pipeline, Report},
    projection::{Projection, hash_of},
    queue::{Next, Ticket},
    refusal::Refusals,
    status::{self, Owned},
    status_writes::StatusWrites,
    telemetry,
};

/// The controller failed on an object in a way that it did not foresee.
pub const INTERNAL_ERROR: Reason = Reason::new("InternalError");
/// A pass took longer than it may.
pub const PASS_TIMED_OUT: Reason = Reason::new("PassTimedOut");
/// An object in deletion was released without teardown because somebody asked for it.
pub const ABANDONED: Reason = Reason::new("Abandoned");

/// Runs passes of one pipeline.
pub(crate) struct Reconciler<P: Pipeline> {
    pub(crate) pipeline: P,
    pub(crate) kube: kube::Client,
    pub(crate) events: Events,
    pub(crate) metrics: Metrics,
    pub(crate) fence: Fence,
    pub(crate) timeout: Duration,
    pub(crate) refusals: Refusals<Key>,
    /// Values of the force annotation that were honoured, by object.
    pub(crate) honoured: Mutex<HashMap<Key, u64>>,
}

/// What the steps found out; survives a failure, a timeout and a panic of a later step.
struct Progress<P: Pipeline> {
    observed: Option<P::Observed>,
    valid: Option<P::Valid>,
    plan: Option<P::Plan>,
    applied: Option<Applied<P::Applied, P::Error>>,
}

impl<P: Pipeline> Progress<P> {
    fn facts(&self) -> Facts<'_, P> {
        Facts {
            observed: self.observed.as_ref(),
            valid: self.valid.as_ref(),
            plan: self.plan.as_ref(),
            applied: self.applied.as_ref(),
        }
    }
}

/// An object that is ready for the steps.
struct Ready<O> {
    raw: RawObject,
    object: O,
}

impl<P: Pipeline> Reconciler<P> {
    /// Looks at one object and says when to look again.
    pub(crate) async fn pass(&self, ticket: &Ticket, term: Term) -> Next {
        let span = tracing::info_span!(
            "reconcile",
            kind = P::Slim::KIND,
            object = %ticket.key,
            lane = ticket.lane.as_str(),
            trace_id = tracing::field::Empty,
        );
        telemetry::record_trace_id(&span);
        self.metrics.waited(P::Slim::KIND, ticket.lane, ticket.waited);
        let began = Instant::now();
        let pass = AssertUnwindSafe(self.read_to_report(ticket, term)).catch_unwind();
        let next = match pass.instrument(span.clone()).await {
            Ok(next) => next,
            // The steps have a net of their own; this one is for the runtime itself.
            Err(payload) => {
                let _within = span.enter();
                self.metrics.panicked(P::Slim::KIND);
                tracing::error!(panic = panic_text(&*payload), "the pass panicked outside its steps");
                Next::After(crate::class::ClassName::Retry)
            }
        };
        let result = match next {
            Next::Resync { .. } => "success",
            Next::After(class) | Next::Deleting(class) | Next::Unsettled { class, .. } => class.as_str(),
            Next::AtOnce => "cut_short",
            Next::Idle | Next::Forget => "skipped",
        };
        let namespace = ticket.key.namespace().unwrap_or_default();
        self.metrics.pass(P::Slim::KIND, namespace, ticket.lane.as_str(), result, began.elapsed());
        next
    }

    pub(crate) fn forget(&self, key: &Key) {
        locked(&self.honoured).remove(key);
        self.refusals.accepted(key);
    }

    async fn read_to_report(&self, ticket: &Ticket, term: Term) -> Next {
        let key = &ticket.key;
        let raw = match guard::fetch::<P::Object>(&self.kube, key).await {
            Ok(Some(raw)) => raw,
            Ok(None) => return Next::Forget,
            Err(error) => return self.unreadable(key, &error),
        };
        let pass = self.begin(ticket, &raw, term);
        let ready = match self.prepare(raw, &pass).await {
            Ok(Some(ready)) => ready,
            Ok(None) => {
                self.metrics.skipped(P::Slim::KIND, key.namespace().unwrap_or_default());
                return Next::Idle;
            }
            Err(Failed { raw, outcome }) => {
                let outcome = self.aged_outcome(outcome, &pass);
                let report = owned_by::<P>(self.pipeline.sum_up(&raw.status, &outcome, &pass));
                return self.conclude(&raw, outcome, report, &pass).await;
            }
        };
        let haste = Haste::of(pass.lane, pass.deleting, pass.forced);
        let (mut outcome, progress) = haste.during(self.steps(&ready.object, &pass)).await;
        if pass.deleting && outcome.is_settled() {
            match self.release(&ready.raw, &pass).await {
                Ok(()) => {
                    let report = self.report(&ready, progress.facts(), &outcome, &pass);
                    self.tell(&ready.raw, &outcome, report.notices, &pass);
                    return Next::Idle;
                }
                Err(failure) => outcome = failure,
            }
        }
        // The report is about what the pass ends as: a right that is denied for long is another class than one that is denied now.
        let outcome = self.aged_outcome(outcome, &pass);
        let report = self.report(&ready, progress.facts(), &outcome, &pass);
        self.conclude(&ready.raw, outcome, report, &pass).await
    }

    fn unreadable(&self, key: &Key, error: &kube::Error) -> Next {
        let class = self.aged(key, class_of(error));
        tracing::warn!(problem = sentence(error), "the object cannot be read");
        self.metrics.failure(
            P::Slim::KIND,
            key.namespace().unwrap_or_default(),
            class.reason().as_str(),
            true,
        );
        Next::After(class.name())
    }

    fn begin(&self, ticket: &Ticket, raw: &RawObject, term: Term) -> Pass {
        let asked = P::FORCE_ANNOTATION.and_then(|name| raw.annotation(name)).map(hash_of);
        let forced = asked.is_some() && locked(&self.honoured).get(&ticket.key).copied() != asked;
        Pass {
            key: ticket.key.clone(),
            uid: raw.meta.uid.clone().unwrap_or_default(),
            generation: raw.generation(),
            lane: ticket.lane,
            forced,
            deleting: raw.is_deleting(),
            now: Timestamp::now(),
            term,
            fence: self.fence.clone(),
            status_writes: StatusWrites::default(),
        }
    }

    /// Whatever has to be true before the steps; `None` if there is nothing to do.
    async fn prepare(&self, raw: RawObject, pass: &Pass) -> Result<Option<Ready<P::Object>>, Failed> {
        let ours = finalizers::<P>();
        let carries = ours.is_some_and(|finalizers| raw.has_finalizer(finalizers.ours));
        if pass.deleting && !carries && !is_kept_by_a_replaced_one::<P>(&raw) {
            return Ok(None);
        }
        if pass.deleting && is_abandoned::<P>(&raw) {
            return match self.release(&raw, pass).await {
                Ok(()) => {
                    let note =
                        "released without teardown, as its annotation asks; what it stood for is left alone";
                    self.events.send(reference::<P>(&raw), "Delete", Notice::warning(ABANDONED, note));
                    Ok(None)
                }
                Err(outcome) => Err(Failed { raw, outcome }),
            };
        }
        let object = match raw.parse::<P::Object>(&pass.key) {
            Ok(object) => object,
            Err(problem) => {
                self.metrics.unparsable(P::Slim::KIND);
                return Err(Failed { outcome: unparsable::<P>(&problem, pass), raw });
            }
        };
        let adds = !pass.deleting && !carries && self.pipeline.wants_finalizer(&object);
        let Some(finalizers) = ours.filter(|_| adds) else {
            return Ok(Some(Ready { raw, object }));
        };
        // The pass goes on with what the patch returned: no second pass only to see the finalizer.
        let patched = raw.metadata_only();
        match finalizer::change::<P::Object>(&self.kube, &pass.key, patched, finalizers, Change::Add).await {
            Ok(Some(raw)) if raw.is_deleting() => Ok(None),
            Ok(Some(raw)) => match raw.parse::<P::Object>(&pass.key) {
                Ok(object) => Ok(Some(Ready { raw, object })),
                Err(problem) => Err(Failed { outcome: unparsable::<P>(&problem, pass), raw }),
            },
            Ok(None) => Ok(None),
            Err(error) => Err(Failed { raw, outcome: Outcome::of_error(&error) }),
        }
    }

    /// Observe, validate, plan, apply; bounded in time and with a net under them.
    async fn steps(&self, object: &P::Object, pass: &Pass) -> (Outcome, Progress<P>) {
        let mut progress = Progress { observed: None, valid: None, plan: None, applied: None };
        let steps = AssertUnwindSafe(self.steps_in_order(object, pass, &mut progress)).catch_unwind();
        let outcome = match tokio::time::timeout(self.timeout, steps).await {
            Ok(Ok(Ok(outcome))) => outcome,
            Ok(Ok(Err(error))) => Outcome::of_error(&error),
            Ok(Err(payload)) => self.panicked(panic_text(&*payload)),
            Err(_) => Outcome::unfinished(
                Class::Retry(PASS_TIMED_OUT),
                format!("not finished within {} s; it goes on from where it is", self.timeout.as_secs()),
            ),
        };
        (outcome, progress)
    }

    async fn steps_in_order(
        &self,
        object: &P::Object,
        pass: &Pass,
        progress: &mut Progress<P>,
    ) -> Result<Outcome, P::Error> {
        let observed = progress.observed.insert(self.pipeline.observe(object, pass).await?);
        let plan = if pass.deleting {
            self.pipeline.teardown(object, observed, pass)
        } else {
            let valid = progress.valid.insert(self.pipeline.validate(object, observed, pass)?);
            self.pipeline.plan(object, valid, observed, pass)
        };
        let plan = progress.plan.insert(plan);
        let applied = progress.applied.insert(self.pipeline.apply(plan, observed, pass).await);
        let failures = Outcome::of_failures(&applied.failures);
        Ok(failures.unwrap_or_else(|| self.pipeline.outcome(object, progress.facts(), pass)))
    }

    fn panicked(&self, message: &str) -> Outcome {
        self.metrics.panicked(P::Slim::KIND);
        Outcome::unfinished(
            Class::Retry(INTERNAL_ERROR),
            format!(
                "the controller failed on this object and tries again ({message}); please report this as a bug"
            ),
        )
    }

    /// The controller's part of the report. If making it fails, the outcome is reported all the same.
    fn report(
        &self,
        ready: &Ready<P::Object>,
        facts: Facts<'_, P>,
        outcome: &Outcome,
        pass: &Pass,
    ) -> Report {
        let report = AssertUnwindSafe(|| self.pipeline.report(&ready.object, facts, outcome, pass));
        owned_by::<P>(std::panic::catch_unwind(report).unwrap_or_else(|payload| {
            self.metrics.panicked(P::Slim::KIND);
            tracing::error!(panic = panic_text(&*payload), "making the report panicked");
            self.pipeline.sum_up(&ready.raw.status, outcome, pass)
        }))
    }

    /// Takes our finalizer away, and those that it replaces.
    async fn release(&self, raw: &RawObject, pass: &Pass) -> Result<(), Outcome> {
        self.change_finalizers(raw, pass, Change::Remove).await.map_err(|error| Outcome::of_error(&error))
    }

    async fn change_finalizers(
        &self,
        raw: &RawObject,
        pass: &Pass,
        change: Change,
    ) -> Result<(), FinalizerError> {
        let Some(finalizers) = finalizers::<P>() else { return Ok(()) };
        let object = raw.metadata_only();
        finalizer::change::<P::Object>(&self.kube, &pass.key, object, finalizers, change).await.map(drop)
    }

    /// Writes the status if it says something new, tells people, and decides when to look again.
    async fn conclude(&self, raw: &RawObject, outcome: Outcome, report: Report, pass: &Pass) -> Next {
        let mut written = self.write_status(raw, &outcome, &report, pass).await;
        if written.is_ok() && report.taken_over && is_kept_by_a_replaced_one::<P>(raw) {
            written = self.change_finalizers(raw, pass, Change::Add).await.map_err(|error| {
                tracing::warn!(problem = %error, "finalizers of before are not replaced");
                error.class()
            });
        }
        self.tell(raw, &outcome, report.notices, pass);
        let unfinished = match written {
            Err(class) => Some((class, Pace::Waits(class.name()))),
            Ok(()) => outcome.class().zip(outcome.pace()),
        };
        let uid_hash = hash_of(pass.uid.as_str());
        let Some((class, pace)) = unfinished else {
            self.honour(raw, pass);
            return Next::Resync { uid_hash };
        };
        let retryable = !matches!(class, Class::Stall(_));
        let namespace = pass.key.namespace().unwrap_or_default();
        self.metrics.failure(P::Slim::KIND, namespace, class.reason().as_str(), retryable);
        match pace {
            Pace::Waits(waits) if pass.deleting => Next::Deleting(waits),
            Pace::Waits(waits) => Next::After(waits),
            Pace::Resync if pass.deleting => Next::Deleting(class.name()),
            Pace::Resync => {
                self.honour(raw, pass);
                Next::Unsettled { class: class.name(), uid_hash }
            }
        }
    }

    async fn write_status(
        &self,
        raw: &RawObject,
        outcome: &Outcome,
        report: &Report,
        pass: &Pass,
    ) -> Result<(), Class> {
        let observed = raw.status.get("observedGeneration").and_then(serde_json::Value::as_i64);
        if report.held && observed == Some(pass.generation) {
            return Ok(());
        }
        let owned = Owned { fields: P::STATUS_FIELDS, conditions: P::CONDITIONS, times: P::TIME_FIELDS };
        let trio = outcome.conditions();
        // What this pass wrote itself stands there now, whatever was read at its beginning.
        let own = pass.status_writes.last();
        let live = own.as_ref().map_or(&raw.status, |own| &own.status);
        let Some(status) = status::wanted(live, report, trio, &owned, pass.generation, pass.now) else {
            return Ok(());
        };
        self.metrics.status_written(P::Slim::KIND);
        let mut object = raw.metadata_only();
        if let Some(own) = own {
            object.meta.resource_version = own.resource_version;
        }
        status::write::<P::Object>(&self.kube, &pass.key, &object, P::MANAGER, status).await.map_err(
            |error| {
                tracing::warn!(problem = sentence(&error), "the status is not written");
                class_of(&error)
            },
        )
    }

    fn tell(&self, raw: &RawObject, outcome: &Outcome, notices: Vec<Notice>, pass: &Pass) {
        let action = if pass.deleting { "Delete" } else { "Reconcile" };
        let (reason, message) = (outcome.reason(), outcome.message());
        match outcome.class() {
            None => tracing::debug!(%reason, why = message, "settled"),
            Some(Class::Retry(_)) => tracing::warn!(%reason, why = message, "tried again later"),
            Some(Class::Wait(_)) => tracing::debug!(%reason, why = message, "waits"),
            Some(Class::Stall(_)) => {
                tracing::warn!(%reason, why = message, "a person has to act");
                // What is looked at at each resync is not told at each resync.
                if outcome.pace() != Some(Pace::Resync) || !says(raw, outcome) {
                    self.events.send(reference::<P>(raw), action, Notice::warning(reason, message));
                }
            }
        }
        for notice in notices {
            self.events.send(reference::<P>(raw), action, notice);
        }
    }

    fn honour(&self, raw: &RawObject, pass: &Pass) {
        if let Some(value) = P::FORCE_ANNOTATION.and_then(|name| raw.annotation(name)) {
            locked(&self.honoured).insert(pass.key.clone(), hash_of(value));
        }
    }

    fn aged_outcome(&self, outcome: Outcome, pass: &Pass) -> Outcome {
        match outcome {
            Outcome::Unfinished { class, message, pace } => {
                let aged = self.aged(&pass.key, class);
                let pace = if aged == class { pace } else { Pace::Waits(aged.name()) };
                Outcome::Unfinished { class: aged, message, pace }
            }
            settled @ Outcome::Settled { .. } => {
                self.refusals.accepted(&pass.key);
                settled
            }
        }
    }

    /// A right that Kubernetes denies is waited for during five minutes; after that somebody has to grant it.
    fn aged(&self, key: &Key, class: Class) -> Class {
        if class == Class::Retry(NOT_PERMITTED) {
            return self.refusals.refused(key, 0, NOT_PERMITTED);
        }
        self.refusals.accepted(key);
        class
    }
}

/// A report without what the controller does not own.
fn owned_by<P: Pipeline>(mut report: Report) -> Report {
    let foreign = report.foreign_names::<P>();
    if !foreign.is_empty() {
        tracing::error!(
            ?foreign,
            "the report names fields or conditions that the controller does not declare"
        );
        debug_assert!(false, "add {foreign:?} to STATUS_FIELDS or CONDITIONS");
    }
    report.fields.retain(|name, _| P::STATUS_FIELDS.contains(&name.as_str()));
    report.conditions.retain(|condition| P::CONDITIONS.contains(&condition.type_));
    report
}

/// An object on which the pass ended before its steps.
struct Failed {
    raw: RawObject,
    outcome: Outcome,
}

fn finalizers<P: Pipeline>() -> Option<Finalizers> {
    P::FINALIZER.map(|ours| Finalizers { ours, replaced: P::REPLACED_FINALIZERS })
}

/// Whether whatever kept the object before us still holds it.
fn is_kept_by_a_replaced_one<P: Pipeline>(raw: &RawObject) -> bool {
    P::REPLACED_FINALIZERS.iter().any(|name| raw.has_finalizer(name))
}

/// Whether the object said the same before this pass.
fn says(raw: &RawObject, outcome: &Outcome) -> bool {
    let conditions = raw.status.get("conditions").and_then(serde_json::Value::as_array);
    let mut ready = conditions.into_iter().flatten().filter(|condition| condition["type"] == "Ready");
    ready.any(|ready| ready["reason"] == outcome.reason().as_str() && ready["message"] == outcome.message())
}

fn is_abandoned<P: Pipeline>(raw: &RawObject) -> bool {
    P::ABANDON_ANNOTATION.and_then(|name| raw.annotation(name)) == Some("true")
}

fn unparsable<P: Pipeline>(problem: &guard::Unparsable, pass: &Pass) -> Outcome {
    match P::ABANDON_ANNOTATION {
        Some(abandon) if pass.deleting => Outcome::unfinished(
            Class::Stall(guard::INVALID_OBJECT),
            format!(
                "{problem}; its teardown is unknown until then: annotate it with {abandon}=true to release it without"
            ),
        ),
        _ => Outcome::of_error(problem),
    }
}

fn reference<P: Pipeline>(raw: &RawObject) -> ObjectReference {
    ObjectReference {
        api_version: Some(P::Object::api_version(&()).into_owned()),
        kind: Some(P::Object::kind(&()).into_owned()),
        name: raw.meta.name.clone(),
        namespace: raw.meta.namespace.clone(),
        uid: raw.meta.uid.clone(),
        ..ObjectReference::default()
    }
}
