//! Metrics: names, buckets, and the recorder that /metrics prints.
//!
//! Names begin with the product's prefix, so that a product keeps the names its users already have on dashboards. No
//! metric has a label per object: their number must not grow with the number of objects.

use std::{
    sync::{Arc, Mutex, Weak},
    time::Duration,
};

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use crate::{
    census,
    projection::{Projection, Tally},
    queue::Lane,
    store::Store,
};

/// Buckets of `reconciliation_duration_seconds`.
const PASS_BUCKETS: [f64; 13] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];
/// Buckets of `queue_wait_seconds` and of other waits.
const WAIT_BUCKETS: [f64; 12] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0];

/// Writes the metrics of one product.
///
/// | name after the prefix | kind | labels |
/// |---|---|---|
/// | `reconciliation_total` | counter | resource_type, namespace, result |
/// | `reconciliation_duration_seconds` | histogram | resource_type, namespace, operation |
/// | `reconciliation_errors_total` | counter | resource_type, namespace, error_type, retryable |
/// | `reconciliation_skipped_total` | counter | resource_type, namespace |
/// | `reconciliation_panics_total` | counter | resource_type |
/// | `active_resources` | gauge | resource_type, namespace, phase where the kind has one |
/// | `unparsable_resources_total` | counter | resource_type |
/// | `queue_depth` | gauge | resource_type, lane |
/// | `queue_wait_seconds` | histogram | resource_type, lane |
/// | `watch_restarts_total` | counter | resource_type |
/// | `status_writes_total` | counter | resource_type |
/// | `events_dropped_total` | counter | |
/// | `leader_election_status` | gauge | |
/// | `leader_election_changes_total` | counter | |
/// | `leader_election_lease_renewals_total` | counter | |
/// | `leader_election_lease_duration_seconds` | gauge | |
#[derive(Clone, Debug)]
pub struct Metrics {
    names: Arc<Names>,
}

#[derive(Debug)]
struct Names {
    prefix: String,
    total: String,
    duration: String,
    errors: String,
    skipped: String,
    panics: String,
    active: String,
    unparsable: String,
    depth: String,
    wait: String,
    watch_restarts: String,
    status_writes: String,
    events_dropped: String,
    leader: String,
    leader_changes: String,
    lease_renewals: String,
    lease_duration: String,
}

impl Metrics {
    /// Metrics whose names begin with `prefix` and an underscore.
    pub fn new(prefix: &str) -> Self {
        let named = |name: &str| format!("{prefix}_{name}");
        let metrics = Self {
            names: Arc::new(Names {
                prefix: prefix.to_owned(),
                total: named("reconciliation_total"),
                duration: named("reconciliation_duration_seconds"),
                errors: named("reconciliation_errors_total"),
                skipped: named("reconciliation_skipped_total"),
                panics: named("reconciliation_panics_total"),
                active: named(Tally::OBJECTS),
                unparsable: named("unparsable_resources_total"),
                depth: named("queue_depth"),
                wait: named("queue_wait_seconds"),
                watch_restarts: named("watch_restarts_total"),
                status_writes: named("status_writes_total"),
                events_dropped: named("events_dropped_total"),
                leader: named("leader_election_status"),
                leader_changes: named("leader_election_changes_total"),
                lease_renewals: named("leader_election_lease_renewals_total"),
                lease_duration: named("leader_election_lease_duration_seconds"),
            }),
        };
        metrics.describe();
        metrics
    }

    fn describe(&self) {
        let names = &*self.names;
        describe_counter!(names.total.clone(), "Passes over objects, by how they ended");
        describe_histogram!(
            names.duration.clone(),
            Unit::Seconds,
            "Time of a pass, without its time in the queue"
        );
        describe_counter!(names.errors.clone(), "Passes that did not settle their object, by reason");
        describe_counter!(
            names.skipped.clone(),
            "Objects that had nothing to be done, for example deleted ones"
        );
        describe_counter!(names.panics.clone(), "Passes that panicked; each is a bug");
        describe_counter!(names.unparsable.clone(), "Objects seen that do not parse");
        describe_gauge!(names.depth.clone(), "Objects that wait for a pass, by lane");
        describe_histogram!(names.wait.clone(), Unit::Seconds, "Time in the queue, from due to begun");
        describe_counter!(names.watch_restarts.clone(), "Lists begun, the first one included");
        describe_counter!(names.status_writes.clone(), "Status patches sent");
        describe_counter!(names.events_dropped.clone(), "Events not sent: too many at once");
        describe_gauge!(names.leader.clone(), "1 while this process leads");
        describe_counter!(names.leader_changes.clone(), "Terms that this process began or ended");
        describe_counter!(names.lease_renewals.clone(), "Renewals of the lease that succeeded");
        describe_gauge!(names.lease_duration.clone(), Unit::Seconds, "Configured duration of the lease");
    }

    pub(crate) fn pass(
        &self,
        kind: &'static str,
        namespace: &str,
        operation: &'static str,
        result: &'static str,
        took: Duration,
    ) {
        let namespace = namespace.to_owned();
        counter!(self.names.total.clone(), "resource_type" => kind, "namespace" => namespace.clone(), "result" => result)
            .increment(1);
        histogram!(self.names.duration.clone(), "resource_type" => kind, "namespace" => namespace, "operation" => operation)
            .record(took);
    }

    pub(crate) fn failure(&self, kind: &'static str, namespace: &str, reason: &'static str, retryable: bool) {
        let retryable = if retryable { "true" } else { "false" };
        counter!(
            self.names.errors.clone(),
            "resource_type" => kind, "namespace" => namespace.to_owned(), "error_type" => reason, "retryable" => retryable
        )
        .increment(1);
    }

    pub(crate) fn skipped(&self, kind: &'static str, namespace: &str) {
        counter!(self.names.skipped.clone(), "resource_type" => kind, "namespace" => namespace.to_owned())
            .increment(1);
    }

    pub(crate) fn panicked(&self, kind: &'static str) {
        counter!(self.names.panics.clone(), "resource_type" => kind).increment(1);
    }

    /// Counts the objects of a store in `active_resources`, whenever somebody asks.
    pub(crate) fn counts<P: Projection>(&self, store: &Arc<Store<P>>) {
        let store: Weak<Store<P>> = Arc::downgrade(store);
        census::register(&self.names.active, store);
    }

    /// How many objects of a kind count for this, in a gauge of its own.
    pub(crate) fn tally(&self, tally: &Tally, count: usize) {
        let Tally { metric, label, value } = *tally;
        gauge!(format!("{}_{metric}", self.names.prefix), label => value).set(as_gauge(count));
    }

    pub(crate) fn unparsable(&self, kind: &'static str) {
        counter!(self.names.unparsable.clone(), "resource_type" => kind).increment(1);
    }

    pub(crate) fn queue(&self, kind: &'static str, depths: [(Lane, usize); 5]) {
        for (lane, depth) in depths {
            gauge!(self.names.depth.clone(), "resource_type" => kind, "lane" => lane.as_str())
                .set(as_gauge(depth));
        }
    }

    pub(crate) fn waited(&self, kind: &'static str, lane: Lane, waited: Duration) {
        histogram!(self.names.wait.clone(), "resource_type" => kind, "lane" => lane.as_str()).record(waited);
    }

    pub(crate) fn listing(&self, kind: &'static str) {
        counter!(self.names.watch_restarts.clone(), "resource_type" => kind).increment(1);
    }

    pub(crate) fn status_written(&self, kind: &'static str) {
        counter!(self.names.status_writes.clone(), "resource_type" => kind).increment(1);
    }

    pub(crate) fn event_dropped(&self) {
        counter!(self.names.events_dropped.clone()).increment(1);
    }

    pub(crate) fn leading(&self, leads: bool) {
        gauge!(self.names.leader.clone()).set(if leads { 1.0 } else { 0.0 });
        counter!(self.names.leader_changes.clone()).increment(1);
    }

    pub(crate) fn lease_renewed(&self) {
        counter!(self.names.lease_renewals.clone()).increment(1);
    }

    pub(crate) fn lease_duration(&self, duration: Duration) {
        gauge!(self.names.lease_duration.clone()).set(duration.as_secs_f64());
    }
}

fn as_gauge(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The text of /metrics, and the task that keeps histograms small.
#[derive(Clone)]
pub struct Exporter {
    handle: PrometheusHandle,
    process: metrics_process::Collector,
}

impl Exporter {
    /// Makes this process record metrics. Further calls give the same exporter: there is one recorder per process.
    ///
    /// # Errors
    /// If another recorder was installed before.
    pub fn install() -> Result<Self, ExporterError> {
        // Held while one is made: of two callers at once the second gets what the first has made.
        static INSTALLED: Mutex<Option<Exporter>> = Mutex::new(None);
        let mut installed = crate::locked(&INSTALLED);
        if let Some(exporter) = installed.as_ref() {
            return Ok(exporter.clone());
        }
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_duration_seconds".into()), &PASS_BUCKETS)?
            .set_buckets_for_metric(Matcher::Suffix("_wait_seconds".into()), &WAIT_BUCKETS)?
            .build_recorder();
        let handle = recorder.handle();
        let exporter = Self { handle, process: metrics_process::Collector::default() };
        metrics::set_global_recorder(recorder).map_err(|_| ExporterError::Taken)?;
        exporter.process.describe();
        Ok(installed.insert(exporter).clone())
    }

    /// The text of /metrics at this moment.
    pub fn render(&self) -> String {
        self.process.collect();
        format!("{}{}", self.handle.render(), census::render())
    }

    /// Drains histograms every few seconds, for ever; without it their samples pile up between scrapes.
    pub(crate) async fn keep_up(self) {
        let mut ticks = tokio::time::interval(Duration::from_secs(5));
        loop {
            ticks.tick().await;
            self.handle.run_upkeep();
        }
    }
}

/// Why metrics cannot be recorded.
#[derive(Debug, thiserror::Error)]
pub enum ExporterError {
    /// Another recorder is installed in this process.
    #[error("another metrics recorder is installed in this process; install this one first")]
    Taken,
    /// The recorder cannot be built.
    #[error("the metrics recorder cannot be built: {0}")]
    Build(#[from] BuildError),
}
