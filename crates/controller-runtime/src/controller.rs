//! One kind at work: its watches, its queue, its workers.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::future::BoxFuture;
use kube::Resource;
use tokio::{
    sync::{Notify, Semaphore, mpsc, watch},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use crate::{
    backoff::Pacing,
    event::Events,
    fence::Fence,
    health::{Health, Heartbeat},
    key::{Key, Target},
    lease::{Leadership, Term},
    metrics::Metrics,
    options::Namespaces,
    pipeline::Pipeline,
    projection::Projection,
    queue::{Lane, Next, Queue},
    reconcile::Reconciler,
    refusal::Refusals,
    store::{Attention, Change, Store, What},
    watch::{self as watching, Phase, Watch},
};

/// How often the dispatch loop turns when nothing happens.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// A controller of one kind, ready to be run.
pub struct Controller<P: Pipeline> {
    pipeline: P,
    store: Arc<Store<P::Slim>>,
    foreign: Vec<Box<dyn Foreign<P>>>,
    wakes: Option<mpsc::UnboundedReceiver<Key>>,
}

/// Asks for passes from outside: something changed that no watch sees. Clones share the line.
#[derive(Clone, Debug)]
pub struct Waker {
    line: mpsc::UnboundedSender<Key>,
}

/// The other end of a [`Waker`], to be given to [`Controller::woken_by`].
#[derive(Debug)]
pub struct Wakes(mpsc::UnboundedReceiver<Key>);

impl Waker {
    /// A waker and its other end.
    pub fn new() -> (Self, Wakes) {
        let (line, wakes) = mpsc::unbounded_channel();
        (Self { line }, Wakes(wakes))
    }

    /// Asks for a pass over an object, at once. An object that does not exist is ignored.
    pub fn wake(&self, key: Key) {
        // Nobody listens only when the controller is shutting down.
        let _ = self.line.send(key);
    }
}

/// What a controller needs from the process around it.
#[derive(Clone)]
pub(crate) struct Environment {
    pub(crate) kube: kube::Client,
    pub(crate) namespaces: Namespaces,
    pub(crate) events: Events,
    pub(crate) metrics: Metrics,
    pub(crate) health: Health,
    pub(crate) fence: Fence,
    pub(crate) leadership: watch::Receiver<Leadership>,
    pub(crate) pacing: Pacing,
    pub(crate) concurrency: usize,
    pub(crate) pass_timeout: Duration,
    pub(crate) drain: Duration,
}

/// A watched kind that other kinds depend on.
trait Foreign<P: Pipeline>: Send + Sync {
    fn start(&self, shared: &Arc<Shared<P>>, tasks: &mut JoinSet<()>);
    fn check(&self) -> Result<(), KindError>;
    fn make_ready_when_complete(&self, health: &Health);
    fn is_complete(&self) -> bool;
}

struct Watched<F> {
    store: Arc<Store<F>>,
}

/// What the tasks of one controller share.
struct Shared<P: Pipeline> {
    store: Arc<Store<P::Slim>>,
    queue: Queue,
    reconciler: Reconciler<P>,
    environment: Environment,
    complete: Arc<Notify>,
}

/// A kind whose projection does not name it rightly.
#[derive(Debug, thiserror::Error)]
#[error("the projection calls its kind {said}, the kind calls itself {is}; correct Projection::KIND")]
pub struct KindError {
    said: &'static str,
    is: String,
}

fn check<F: Projection>() -> Result<(), KindError> {
    let is = F::Kind::kind(&());
    if is == F::KIND { Ok(()) } else { Err(KindError { said: F::KIND, is: is.into_owned() }) }
}

impl<P: Pipeline> Controller<P> {
    /// A controller that runs this pipeline.
    pub fn new(pipeline: P) -> Self {
        let attention = Attention { annotation_prefix: P::ANNOTATION_PREFIX, finalizer: P::FINALIZER };
        Self { pipeline, store: Store::new(attention), foreign: Vec::new(), wakes: None }
    }

    /// The watch cache of the kind itself.
    pub fn store(&self) -> Arc<Store<P::Slim>> {
        Arc::clone(&self.store)
    }

    /// Also watches another kind into this store, and wakes objects by its contract: those that refer to the changed
    /// object and care about the changed field, and those that the changed object refers to. A store is watched once.
    #[must_use]
    pub fn watches<F: Projection>(mut self, store: Arc<Store<F>>) -> Self {
        self.foreign.push(Box::new(Watched { store }));
        self
    }

    /// Also runs a pass for whatever object this wakes.
    #[must_use]
    pub fn woken_by(mut self, wakes: Wakes) -> Self {
        self.wakes = Some(wakes.0);
        self
    }
}

/// A controller whose types are forgotten, so that a process can hold several.
pub(crate) trait Runnable: Send {
    fn kind(&self) -> &'static str;
    fn check(&self) -> Result<(), KindError>;
    /// Called before anything is served, so that readiness never lacks a part.
    fn make_ready_when_complete(&self, health: &Health);
    fn run(self: Box<Self>, environment: Environment, stop: CancellationToken) -> BoxFuture<'static, ()>;
}

impl<P: Pipeline> Runnable for Controller<P> {
    fn kind(&self) -> &'static str {
        P::Slim::KIND
    }

    fn check(&self) -> Result<(), KindError> {
        check::<P::Slim>()?;
        self.foreign.iter().try_for_each(|foreign| foreign.check())
    }

    fn make_ready_when_complete(&self, health: &Health) {
        ready_when_complete(health, &self.store);
        for foreign in &self.foreign {
            foreign.make_ready_when_complete(health);
        }
    }

    fn run(self: Box<Self>, environment: Environment, stop: CancellationToken) -> BoxFuture<'static, ()> {
        Box::pin(self.work(environment, stop))
    }
}

impl<P: Pipeline> Controller<P> {
    async fn work(self, environment: Environment, stop: CancellationToken) {
        let heartbeat = environment.health.heartbeat(format!("controller {}", P::Slim::KIND));
        // Three quarters: whatever one group does, somebody is there for the others.
        let group_limit = (environment.concurrency * 3 / 4).max(1);
        let reconciler = Reconciler {
            pipeline: self.pipeline,
            kube: environment.kube.clone(),
            events: environment.events.clone(),
            metrics: environment.metrics.clone(),
            fence: environment.fence.clone(),
            timeout: environment.pass_timeout,
            refusals: Refusals::new(environment.pacing.clone()),
            honoured: Mutex::default(),
        };
        let queue = Queue::new(environment.pacing.clone(), group_limit);
        let complete = Arc::new(Notify::new());
        let shared = Arc::new(Shared { store: self.store, queue, reconciler, environment, complete });

        let mut tasks = JoinSet::new();
        shared.watch_own(&mut tasks);
        for foreign in &self.foreign {
            foreign.start(&shared, &mut tasks);
        }
        if let Some(wakes) = self.wakes {
            let shared = Arc::clone(&shared);
            tasks.spawn(async move { shared.pass_on(wakes).await });
        }
        let complete =
            || shared.store.is_complete() && self.foreign.iter().all(|foreign| foreign.is_complete());
        let passes = async {
            tokio::select! {
                () = stop.cancelled() => return,
                () = shared.wait_until(complete, &heartbeat) => {}
            }
            shared.dispatch(&stop, &heartbeat).await;
        };
        // Watches run for ever. One that has ended has panicked; going on would be going on blind.
        tokio::select! {
            () = passes => {}
            Some(_) = tasks.join_next() => tracing::error!(kind = P::Slim::KIND, "a watch has ended"),
        }
    }
}

impl<P: Pipeline> Shared<P> {
    fn watch_own(self: &Arc<Self>, tasks: &mut JoinSet<()>) {
        for watch in self.watches(&self.store) {
            let shared = Arc::clone(self);
            tasks.spawn(watch.run(move |change, phase| shared.own_changed(&change, phase)));
        }
    }

    fn watches<F: Projection>(&self, store: &Arc<Store<F>>) -> Vec<Watch<F>> {
        let environment = &self.environment;
        watching::watches(
            &environment.kube,
            &environment.namespaces,
            store,
            &environment.metrics,
            &self.complete,
        )
    }

    fn own_changed(&self, change: &Change, phase: Phase) {
        let Change { key, what, uid_hash, problem, .. } = change;
        if let Some(problem) = problem {
            tracing::warn!(kind = P::Slim::KIND, object = %key, %problem, "the object does not parse; the others go on");
        }
        let group = group_of(change);
        match *what {
            What::Gone => {
                self.queue.forget(key);
                self.reconciler.forget(key);
            }
            What::Appeared { settled: true, .. } if phase == Phase::First => {
                self.queue.resync(key, &group, *uid_hash);
            }
            What::Appeared { deleting: false, .. } if phase == Phase::First => {
                self.queue.wake(key, &group, Lane::Start);
            }
            What::Appeared { .. } | What::Woke { .. } => self.queue.wake(key, &group, Lane::Edit),
            What::Unchanged => {}
        }
        if phase == Phase::Later {
            self.foreign_changed::<P::Slim>(change);
        }
    }

    /// Wakes whoever depends on an object of another kind, and whoever that object speaks about.
    fn foreign_changed<F: Projection>(&self, change: &Change) {
        let kind = F::KIND;
        if change.contract.is_empty() {
            return;
        }
        let mut woken = self.store.dependants(&Target::object(kind, change.key.clone()), change.contract);
        if let Some(namespace) = change.key.shared_namespace() {
            woken.extend(
                self.store.dependants(&Target::namespace(kind, Arc::clone(namespace)), change.contract),
            );
        }
        for alias in &change.aliases {
            woken.extend(self.store.dependants(alias, change.contract));
        }
        for target in &change.references {
            if let Target::Object { kind, key } = target
                && *kind == P::Slim::KIND
                && (!F::WAKES_IN_DELETION_ONLY || self.store.seen(key).is_some_and(|seen| seen.deleting))
            {
                woken.push(key.clone());
            }
        }
        for key in woken.iter().filter(|key| kind != P::Slim::KIND || **key != change.key) {
            self.wake(key);
        }
    }

    fn wake(&self, key: &Key) {
        if self.store.seen(key).is_some() {
            let slim = self.store.get(key);
            let group = slim.and_then(|slim| slim.group()).unwrap_or_else(|| namespace_group(key));
            self.queue.wake(key, &group, Lane::Wake);
        }
    }

    async fn pass_on(&self, mut wakes: mpsc::UnboundedReceiver<Key>) {
        while let Some(key) = wakes.recv().await {
            self.wake(&key);
        }
        // All wakers are dropped, which is no reason for this task to end before the others.
        std::future::pending::<()>().await;
    }

    async fn wait_until(&self, complete: impl Fn() -> bool, heartbeat: &Heartbeat) {
        loop {
            let told = self.complete.notified();
            if complete() {
                return;
            }
            // The time limit also covers a note that came between the two lines above.
            let _ = tokio::time::timeout(HEARTBEAT / 50, told).await;
            heartbeat.beat();
        }
    }

    /// Hands objects to workers whenever this process leads, until told to stop; then waits for the workers.
    async fn dispatch(self: &Arc<Self>, stop: &CancellationToken, heartbeat: &Heartbeat) {
        let workers = Arc::new(Semaphore::new(self.environment.concurrency));
        let mut passes = JoinSet::new();
        let mut leadership = self.environment.leadership.clone();
        while !stop.is_cancelled() {
            heartbeat.beat();
            let leading = leadership.borrow_and_update().clone();
            let Leadership::Leading(term) = leading else {
                tokio::select! {
                    () = stop.cancelled() => break,
                    changed = leadership.changed() => if changed.is_err() { break },
                    () = tokio::time::sleep(HEARTBEAT) => {}
                }
                continue;
            };
            tokio::select! {
                () = stop.cancelled() => break,
                () = self.lead(&term, &workers, &mut passes, heartbeat) => {}
            }
        }
        let drained = async { while passes.join_next().await.is_some() {} };
        if tokio::time::timeout(self.environment.drain, drained).await.is_err() {
            tracing::warn!(
                kind = P::Slim::KIND,
                left = passes.len(),
                "passes did not end in time and are dropped"
            );
        }
    }

    /// Hands out objects until the term is over.
    async fn lead(
        self: &Arc<Self>,
        term: &Term,
        workers: &Arc<Semaphore>,
        passes: &mut JoinSet<()>,
        heartbeat: &Heartbeat,
    ) {
        let mut beats = tokio::time::interval(HEARTBEAT);
        loop {
            while passes.try_join_next().is_some() {}
            let work = async {
                let worker = Arc::clone(workers).acquire_owned().await;
                // The semaphore is never closed.
                (self.queue.next().await, worker)
            };
            let (ticket, worker) = tokio::select! {
                biased;
                () = term.over.cancelled() => return,
                work = work => work,
                _ = beats.tick() => {
                    heartbeat.beat();
                    self.environment.metrics.queue(P::Slim::KIND, self.queue.depths());
                    continue;
                }
            };
            let (shared, term) = (Arc::clone(self), term.clone());
            passes.spawn(async move {
                let next = tokio::select! {
                    biased;
                    () = term.over.cancelled() => Next::AtOnce,
                    next = shared.reconciler.pass(&ticket, term.clone()) => next,
                };
                shared.queue.done(&ticket, next);
                if !shared.queue.knows(&ticket.key) {
                    // It went while it was looked at: what the pass remembered of it would stay for ever.
                    shared.reconciler.forget(&ticket.key);
                }
                shared.environment.metrics.queue(P::Slim::KIND, shared.queue.depths());
                drop(worker);
            });
        }
    }
}

impl<P: Pipeline, F: Projection> Foreign<P> for Watched<F> {
    fn start(&self, shared: &Arc<Shared<P>>, tasks: &mut JoinSet<()>) {
        for watch in shared.watches(&self.store) {
            let shared = Arc::clone(shared);
            tasks.spawn(watch.run(move |change, phase| {
                if let Some(problem) = &change.problem {
                    tracing::warn!(kind = F::KIND, object = %change.key, %problem, "the object does not parse; the others go on");
                }
                // During the first list nobody has looked at anything yet.
                if phase == Phase::Later {
                    shared.foreign_changed::<F>(&change);
                }
            }));
        }
    }

    fn check(&self) -> Result<(), KindError> {
        check::<F>()
    }

    fn is_complete(&self) -> bool {
        self.store.is_complete()
    }

    fn make_ready_when_complete(&self, health: &Health) {
        ready_when_complete(health, &self.store);
    }
}

fn ready_when_complete<F: Projection>(health: &Health, store: &Arc<Store<F>>) {
    let store = Arc::clone(store);
    health.ready_when(format!("watch cache {}", F::KIND), move || {
        if store.is_complete() {
            Ok(())
        } else {
            Err("the first list is not complete; the log says why".to_owned())
        }
    });
}

fn group_of(change: &Change) -> Arc<str> {
    change.group.clone().unwrap_or_else(|| namespace_group(&change.key))
}

fn namespace_group(key: &Key) -> Arc<str> {
    key.shared_namespace().map_or_else(|| Arc::from(""), Arc::clone)
}
