//! What a controller is: five steps, called by the runtime in one order for create, update, resume and delete.

use jiff::Timestamp;
use kube::Resource;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    class::Classify, condition::Asserted, event::Notice, fence::Fence, key::Key, lease::Term,
    outcome::Outcome, projection::Projection, queue::Lane, status_writes::StatusWrites,
};

/// A controller of one kind: *observe, validate, plan, apply, report*.
///
/// The runtime calls the steps, and there is one path for every verb of an object's life:
///
/// ```text
/// observe ─ validate ─ plan ─────┐
///    └───── (in deletion) teardown ─ apply ─ outcome ─ report ─ one status patch, Events, next pass
/// ```
///
/// - `observe` and `apply` do I/O; `validate`, `plan`, `teardown`, `outcome` and `report` do none.
/// - Deletion skips `validate`: a spec that became invalid must not keep an object for ever. The finalizer is released
///   only after `apply` had no failures and `outcome` is settled.
/// - `report` is called after success and after failure, with whatever was found out until then. What it does not mention
///   stays in the status as it is. The runtime adds Ready, Reconciling, Stalled and `observedGeneration`.
/// - A pass may be dropped between any two awaits (leadership lost, shutdown): every write must be safe to repeat.
pub trait Pipeline: Send + Sync + Sized + 'static {
    /// The kind.
    type Object: Resource<DynamicType = ()> + DeserializeOwned + Send + Sync + 'static;
    /// What the watch keeps of it.
    type Slim: Projection<Kind = Self::Object>;
    /// What `observe` found.
    type Observed: Send + Sync;
    /// What `validate` made of it.
    type Valid: Send + Sync;
    /// What is to be done.
    type Plan: Send + Sync;
    /// What was done.
    type Applied: Send + Sync;
    /// What can go wrong in any step.
    type Error: Classify + Send + Sync + 'static;

    /// Field manager of the status patch, and who reports Events.
    const MANAGER: &'static str;
    /// Our finalizer; `None` if nothing outside the cluster has to be undone.
    const FINALIZER: Option<&'static str>;
    /// Finalizers of whatever kept objects of this kind before us, and keeps them no more. One of them counts as ours in a
    /// deletion. They go when ours is put on or taken away, and when a report says that the object [was taken
    /// over](Report::taken_over).
    const REPLACED_FINALIZERS: &'static [&'static str] = &[];
    /// Annotations that begin with this wake the object when they change (`example.com/`).
    const ANNOTATION_PREFIX: &'static str;
    /// Annotation whose new value forces a thorough pass ([`Pass::forced`]).
    const FORCE_ANNOTATION: Option<&'static str> = None;
    /// Annotation that, set to `true`, releases an object in deletion without any teardown.
    const ABANDON_ANNOTATION: Option<&'static str> = None;
    /// Top-level status fields that this controller owns, beside `conditions` and `observedGeneration`.
    const STATUS_FIELDS: &'static [&'static str] = &[];
    /// Condition types that this controller owns, beside Ready, Reconciling and Stalled.
    const CONDITIONS: &'static [&'static str] = &[];
    /// Names of status fields that only say when, at any depth: a difference in them alone is not written.
    const TIME_FIELDS: &'static [&'static str] = &[];

    /// Whether this object is to carry the finalizer. Default: yes. An object that a controller must not touch says no.
    fn wants_finalizer(&self, _object: &Self::Object) -> bool {
        true
    }

    /// Looks: references, Secrets, live state.
    fn observe(
        &self,
        object: &Self::Object,
        pass: &Pass,
    ) -> impl Future<Output = Result<Self::Observed, Self::Error>> + Send;

    /// Turns the raw object into checked types and decides whether it is allowed.
    ///
    /// # Errors
    /// Whatever a person has to correct, usually [`crate::Class::Stall`].
    fn validate(
        &self,
        object: &Self::Object,
        observed: &Self::Observed,
        pass: &Pass,
    ) -> Result<Self::Valid, Self::Error>;

    /// Decides what is to be done.
    fn plan(
        &self,
        object: &Self::Object,
        valid: &Self::Valid,
        observed: &Self::Observed,
        pass: &Pass,
    ) -> Self::Plan;

    /// Decides what is to be undone, for an object in deletion.
    fn teardown(&self, object: &Self::Object, observed: &Self::Observed, pass: &Pass) -> Self::Plan;

    /// Does it. A failed step stops what depends on it; the rest goes on.
    fn apply(
        &self,
        plan: &Self::Plan,
        observed: &Self::Observed,
        pass: &Pass,
    ) -> impl Future<Output = Applied<Self::Applied, Self::Error>> + Send;

    /// How a pass without errors and failures ended: settled, or not yet (something rolls out, a step needs approval).
    fn outcome(&self, object: &Self::Object, facts: Facts<'_, Self>, pass: &Pass) -> Outcome;

    /// What the status says beside the outcome, and which Events a person should see.
    fn report(&self, object: &Self::Object, facts: Facts<'_, Self>, outcome: &Outcome, pass: &Pass)
    -> Report;

    /// The part of the report that only repeats the outcome, where there is no object to report on: it does not parse, its
    /// finalizer cannot be written, or `report` itself failed. Whoever has status fields that say in other words what Ready
    /// says must set them here, too, or they go on saying what was true before. Default: nothing.
    ///
    /// `status` is the object's, as it was read.
    fn sum_up(&self, _status: &Value, _outcome: &Outcome, _pass: &Pass) -> Report {
        Report::new()
    }
}

/// One pass over one object.
#[derive(Clone, Debug)]
pub struct Pass {
    /// The object.
    pub key: Key,
    /// Its uid.
    pub uid: String,
    /// Its generation.
    pub generation: i64,
    /// Why it is looked at. For deciding how thoroughly to look, never what to do.
    pub lane: Lane,
    /// Somebody asked for a thorough pass: answers from caches do not count.
    pub forced: bool,
    /// Whether the object is in deletion.
    pub deleting: bool,
    /// The time at which the pass began: the only clock of the pure steps.
    pub now: Timestamp,
    /// The term in which it runs.
    pub term: Term,
    /// To be asked before each write that does not go through the runtime's own kube client.
    pub fence: Fence,
    /// What the pass wrote into the object's status by itself.
    pub status_writes: StatusWrites,
}

/// What `apply` did, and which steps failed.
#[derive(Debug)]
pub struct Applied<T, E> {
    /// What was done.
    pub done: T,
    /// The failed steps, in order. Empty: all went well.
    pub failures: Vec<E>,
}

impl<T, E> Applied<T, E> {
    /// All steps went well.
    pub fn all(done: T) -> Self {
        Self { done, failures: Vec::new() }
    }
}

/// What is known at the end of a pass: everything after success, less after a failure.
pub struct Facts<'p, P: Pipeline> {
    /// What `observe` found.
    pub observed: Option<&'p P::Observed>,
    /// What `validate` made of it; never there in deletion.
    pub valid: Option<&'p P::Valid>,
    /// What was to be done.
    pub plan: Option<&'p P::Plan>,
    /// What was done.
    pub applied: Option<&'p Applied<P::Applied, P::Error>>,
}

impl<P: Pipeline> Clone for Facts<'_, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Pipeline> Copy for Facts<'_, P> {}

/// What a controller wants to be said about an object. What is not mentioned stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub(crate) fields: Map<String, Value>,
    pub(crate) conditions: Vec<Asserted>,
    pub(crate) dropped_conditions: Vec<&'static str>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) held: bool,
    pub(crate) taken_over: bool,
}

impl Report {
    /// Nothing beside the outcome.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a status field, one of [`Pipeline::STATUS_FIELDS`]. `None` and `null` remove it.
    #[must_use]
    pub fn field(mut self, name: &'static str, value: impl Serialize) -> Self {
        // Fails only for maps whose keys are no strings, which no status type has.
        let value = serde_json::to_value(value).unwrap_or_default();
        self.fields.insert(name.to_owned(), value);
        self
    }

    /// Sets a condition, one of [`Pipeline::CONDITIONS`].
    #[must_use]
    pub fn condition(mut self, condition: Asserted) -> Self {
        self.conditions.push(condition);
        self
    }

    /// Removes a condition, one of [`Pipeline::CONDITIONS`].
    #[must_use]
    pub fn without_condition(mut self, type_: &'static str) -> Self {
        self.dropped_conditions.push(type_);
        self
    }

    /// Sends an Event. A Stall is told by the runtime.
    #[must_use]
    pub fn notice(mut self, notice: Notice) -> Self {
        self.notices.push(notice);
        self
    }

    /// Leaves the status as it is if it already speaks about this generation: for an outage that another object reports
    /// and that must not cost one write per object.
    #[must_use]
    pub fn hold(mut self) -> Self {
        self.held = true;
        self
    }

    /// The object, kept by something else before, is ours from now on, and status says so: finalizers that ours
    /// [replaces](Pipeline::REPLACED_FINALIZERS) go as soon as this status is written.
    #[must_use]
    pub fn taken_over(mut self) -> Self {
        self.taken_over = true;
        self
    }

    /// The names that the pipeline mentions but does not own; a mistake in the controller.
    pub(crate) fn foreign_names<P: Pipeline>(&self) -> Vec<&str> {
        let fields = self.fields.keys().map(String::as_str).filter(|name| !P::STATUS_FIELDS.contains(name));
        let conditions = self.conditions.iter().map(|condition| condition.type_);
        fields.chain(conditions.filter(|type_| !P::CONDITIONS.contains(type_))).collect()
    }
}
