//! A whole controller process: clients, health, election, workers, and an orderly end.

use std::{net::SocketAddr, time::Duration};

use futures::future::BoxFuture;
use tokio::{sync::watch, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{
    calls,
    controller::{Controller, Environment, KindError, Runnable},
    event::{Events, Postman},
    fence::Fence,
    health::{Health, HealthServer},
    lease::{Campaign, Leadership, LeaseTimesError, Term},
    metrics::{Exporter, ExporterError, Metrics},
    options::{Options, Product},
    pipeline::Pipeline,
};

/// Why a process could not begin or had to end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Metrics cannot be recorded.
    #[error(transparent)]
    Metrics(#[from] ExporterError),
    /// The address of health and metrics cannot be bound.
    #[error("cannot serve health and metrics on {address}: {source}; choose another --metrics-address")]
    Address {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// The times of the lease do not fit together.
    #[error(transparent)]
    Lease(#[from] LeaseTimesError),
    /// A projection does not name its kind rightly.
    #[error(transparent)]
    Kind(#[from] KindError),
    /// A part of the process ended that never ends by itself.
    #[error("{0} ended unexpectedly; the log says why")]
    Ended(String),
}

/// A process under construction: hands out what controllers are made of, takes the controllers, runs them.
pub struct Runtime {
    options: Options,
    lease_kube: kube::Client,
    kube: kube::Client,
    fence: Fence,
    events: Events,
    postman: Postman,
    metrics: Metrics,
    exporter: Exporter,
    health: Health,
    controllers: Vec<Box<dyn Runnable>>,
    background: Vec<(String, BoxFuture<'static, ()>)>,
    leadership: watch::Receiver<Leadership>,
    announce: watch::Sender<Leadership>,
}

impl Runtime {
    /// A process over this client, whose own retries must be off.
    ///
    /// # Errors
    /// If metrics cannot be recorded.
    pub fn new(product: &Product, kube: &kube::Client, options: Options) -> Result<Self, RunError> {
        let exporter = Exporter::install()?;
        let metrics = Metrics::new(product.metrics_prefix);
        let fence = if options.election.is_some() { Fence::closed() } else { Fence::always_open() };
        let lease_kube = calls::guarded(kube, options.calls.clone().without_retries(), None);
        let kube = calls::guarded(kube, options.calls.clone(), Some(fence.clone()));
        let instance = options.election.as_ref().map_or(product.name, |election| &election.identity);
        let (events, postman) = Events::new(kube.clone(), product.name, instance, metrics.clone());
        let (announce, leadership) = watch::channel(Leadership::Unknown);
        Ok(Self {
            options,
            lease_kube,
            kube,
            fence,
            events,
            postman,
            metrics,
            exporter,
            health: Health::default(),
            controllers: Vec::new(),
            background: Vec::new(),
            leadership,
            announce,
        })
    }

    /// The client for controllers: calls end in time, and writes are refused when this process does not lead.
    pub fn kube(&self) -> kube::Client {
        self.kube.clone()
    }

    /// For writes that do not go through [`Runtime::kube`].
    pub fn fence(&self) -> Fence {
        self.fence.clone()
    }

    /// For Events outside a pass.
    pub fn events(&self) -> Events {
        self.events.clone()
    }

    /// For further heartbeats and conditions of readiness.
    pub fn health(&self) -> Health {
        self.health.clone()
    }

    /// Who leads, for background tasks that write.
    pub fn leadership(&self) -> watch::Receiver<Leadership> {
        self.leadership.clone()
    }

    /// What was chosen.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Adds a controller.
    #[must_use]
    pub fn controller<P: Pipeline>(mut self, controller: Controller<P>) -> Self {
        self.controllers.push(Box::new(controller));
        self
    }

    /// Adds a task that runs until the process stops. One that ends earlier ends the process.
    #[must_use]
    pub fn background(mut self, name: &str, task: impl Future<Output = ()> + Send + 'static) -> Self {
        self.background.push((name.to_owned(), Box::pin(task)));
        self
    }

    /// Runs until `stop`, then lets the running passes end, sends the last Events and hands the lease back.
    ///
    /// # Errors
    /// See [`RunError`].
    pub async fn run(self, stop: CancellationToken) -> Result<(), RunError> {
        for controller in &self.controllers {
            controller.check()?;
            controller.make_ready_when_complete(&self.health);
        }
        let drained = CancellationToken::new();
        let mut services = JoinSet::new();
        services.spawn(self.exporter.clone().keep_up());
        self.election_makes_ready();
        if let Some(address) = self.options.metrics_address {
            let (health, exporter) = (self.health.clone(), self.exporter.clone());
            let server = HealthServer::bind(address, health, exporter)
                .await
                .map_err(|source| RunError::Address { address, source })?;
            services.spawn(serve(server, drained.clone()));
        }
        let campaign = self.campaign(&stop, &drained)?;
        let passes_ended = CancellationToken::new();
        // Sets, because dropping them ends their tasks: nothing renews the lease of a run that was dropped.
        let (mut election, mut post) = (JoinSet::new(), JoinSet::new());
        election.spawn(campaign);
        post.spawn(self.postman.run(passes_ended.clone()));

        let environment = Environment {
            kube: self.kube,
            namespaces: self.options.namespaces,
            events: self.events,
            metrics: self.metrics,
            health: self.health,
            fence: self.fence,
            leadership: self.leadership,
            pacing: self.options.pacing,
            concurrency: usize::from(self.options.concurrency),
            pass_timeout: self.options.pass_timeout,
            drain: self.options.drain,
        };
        let ended = work(self.controllers, self.background, environment, &stop).await;

        // The order matters: passes have ended, then Events while writing is still allowed, then the lease.
        stop.cancel();
        let last_events = Duration::from_secs(3);
        passes_ended.cancel();
        if tokio::time::timeout(last_events, post.join_next()).await.is_err() {
            tracing::warn!("the last Events were not sent in time");
        }
        drained.cancel();
        // Ends within the timeout of its last call.
        if !matches!(election.join_next().await, Some(Ok(()))) {
            return Err(RunError::Ended("the election".to_owned()));
        }
        services.shutdown().await;
        ended
    }

    fn election_makes_ready(&self) {
        let leadership = self.leadership.clone();
        self.health.ready_when("election", move || match *leadership.borrow() {
            Leadership::Unknown => Err("the lease was not read yet; the log says why".to_owned()),
            Leadership::Standby { .. } | Leadership::Leading(_) => Ok(()),
        });
    }

    /// The election, or an unlimited term where there is none.
    fn campaign(
        &self,
        stop: &CancellationToken,
        drained: &CancellationToken,
    ) -> Result<BoxFuture<'static, ()>, RunError> {
        let announce = self.announce.clone();
        let (stop, drained) = (stop.clone(), drained.clone());
        let Some(election) = &self.options.election else {
            let _ = announce.send(Leadership::Leading(Term::unlimited()));
            return Ok(Box::pin(async move { drained.cancelled().await }));
        };
        let times = election.times.checked()?;
        self.metrics.lease_duration(times.duration);
        let campaign = Campaign::new(
            self.lease_kube.clone(),
            &election.namespace,
            &election.name,
            &election.identity,
            times,
            self.fence.clone(),
            self.metrics.clone(),
        );
        let mut changes = campaign.leadership();
        let forward = async move {
            while changes.changed().await.is_ok() {
                let _ = announce.send(changes.borrow_and_update().clone());
            }
        };
        Ok(Box::pin(async move {
            tokio::join!(campaign.run(stop, drained), forward);
        }))
    }
}

async fn serve(server: HealthServer, stop: CancellationToken) {
    if let Err(error) = server.serve(stop).await {
        tracing::error!(%error, "health and metrics are no longer served");
    }
}

/// Runs controllers and background tasks until `stop`, or until one of them ends by itself.
async fn work(
    controllers: Vec<Box<dyn Runnable>>,
    background: Vec<(String, BoxFuture<'static, ()>)>,
    environment: Environment,
    stop: &CancellationToken,
) -> Result<(), RunError> {
    let mut tasks = JoinSet::new();
    for (name, task) in background {
        let stop = stop.clone();
        tasks.spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = task => {}
            }
            name
        });
    }
    for controller in controllers {
        let name = format!("the controller of {}", controller.kind());
        let task = controller.run(environment.clone(), stop.clone());
        tasks.spawn(async move {
            task.await;
            name
        });
    }
    let mut ended = Ok(());
    while let Some(task) = tasks.join_next().await {
        if !stop.is_cancelled() {
            let name = task.unwrap_or_else(|_| "a task".to_owned());
            tracing::error!(name, "ended unexpectedly; the process stops");
            ended = Err(RunError::Ended(name));
            stop.cancel();
        }
    }
    ended
}
