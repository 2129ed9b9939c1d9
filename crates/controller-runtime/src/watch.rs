//! Fills a store from the API server and tells what changed.

use std::{any::TypeId, pin::pin, sync::Arc, time::Duration};

use futures::StreamExt;
use k8s_openapi::ClusterResourceScope;
use kube::{
    Api, Resource,
    runtime::{WatchStreamExt, watcher},
};
use tokio::sync::Notify;

use crate::{
    calls::sentence,
    metrics::Metrics,
    options::Namespaces,
    projection::{Projection, Tally, Wire},
    store::{Change, Source, Store},
};

/// Objects per page where the server cannot stream its lists: a page is held as text while it is decoded.
const PAGE: u32 = 100;

/// How long a streamed first list may say nothing. The API server ends it only when its cache has caught up, and may wait for that
/// in silence; read in pages, a list always ends.
const SILENCE: Duration = Duration::from_secs(20);

/// Whether a change is part of the first list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    First,
    Later,
}

/// One watch of one kind in one namespace, or in all.
pub(crate) struct Watch<P> {
    pub(crate) kube: kube::Client,
    pub(crate) namespace: Option<String>,
    pub(crate) source: Source,
    pub(crate) store: Arc<Store<P>>,
    pub(crate) metrics: Metrics,
    /// Told when the first list is complete.
    pub(crate) complete: Arc<Notify>,
}

/// The watches that fill one store within the watched namespaces.
pub(crate) fn watches<P: Projection>(
    kube: &kube::Client,
    namespaces: &Namespaces,
    store: &Arc<Store<P>>,
    metrics: &Metrics,
    complete: &Arc<Notify>,
) -> Vec<Watch<P>> {
    let cluster_scoped = TypeId::of::<<P::Kind as Resource>::Scope>() == TypeId::of::<ClusterResourceScope>();
    let scopes = if cluster_scoped { vec![None] } else { namespaces.scopes() };
    let sources = 0..Source::MAX;
    metrics.counts(store);
    let watch = |(source, namespace)| {
        store.expect(source);
        Watch {
            kube: kube.clone(),
            namespace,
            source,
            store: Arc::clone(store),
            metrics: metrics.clone(),
            complete: Arc::clone(complete),
        }
    };
    sources.zip(scopes).map(watch).collect()
}

impl<P: Projection> Watch<P> {
    /// Watches for ever. `changed` is called for each object that may concern somebody.
    pub(crate) async fn run(self, mut changed: impl FnMut(Change, Phase) + Send) {
        // A streamed list needs no page in memory; it exists since Kubernetes 1.32 and can be switched off.
        let mut streamed = true;
        loop {
            let refused = self.follow(streamed, &mut changed).await;
            tracing::info!(kind = P::KIND, refused, "lists are read in pages, not streamed");
            streamed = false;
        }
    }

    /// Follows the kind until streamed lists turn out to be refused, or not to end; the answer says which.
    async fn follow(&self, streamed: bool, changed: &mut (impl FnMut(Change, Phase) + Send)) -> String {
        let config =
            watcher::Config { label_selector: P::SELECTOR.map(str::to_owned), ..watcher::Config::default() };
        let config = if streamed { config.streaming_lists() } else { config.page_size(PAGE) };
        let mut events = pin!(watcher(self.api(), config).default_backoff());
        let mut phase = Phase::First;
        loop {
            let patience = if streamed && phase == Phase::First { SILENCE } else { Duration::MAX };
            let Ok(event) = tokio::time::timeout(patience, events.next()).await else {
                return format!("the first list said nothing for {} s", SILENCE.as_secs());
            };
            let Some(event) = event else { break };
            match event {
                Ok(watcher::Event::Init) => {
                    self.metrics.listing(P::KIND);
                    self.store.begin(self.source);
                }
                Ok(watcher::Event::InitApply(object) | watcher::Event::Apply(object)) => {
                    changed(self.store.apply(self.source, object), phase);
                }
                Ok(watcher::Event::Delete(object)) => {
                    if let Some(change) = self.store.remove(&object) {
                        changed(change, phase);
                    }
                }
                Ok(watcher::Event::InitDone) => {
                    self.list_ended(changed);
                    phase = Phase::Later;
                }
                Err(error) if streamed && phase == Phase::First && refuses_to_stream(&error) => {
                    return text_of(&error);
                }
                Err(error) => self.failed(&error, phase, changed),
            }
            // Of a first list only the end counts: until then nobody knows how many there are.
            if phase == Phase::Later {
                self.count();
            }
        }
        String::new()
    }

    fn count(&self) {
        for tally in P::TALLIES.iter().filter(|tally| tally.metric != Tally::OBJECTS) {
            self.metrics.tally(tally, self.store.count(tally));
        }
    }

    fn list_ended(&self, changed: &mut impl FnMut(Change, Phase)) {
        let (gone, first) = self.store.finish(self.source);
        for change in gone {
            changed(change, Phase::Later);
        }
        if first {
            tracing::info!(
                kind = P::KIND,
                namespace = self.namespace,
                objects = self.store.len(),
                "the watch cache is complete"
            );
            self.complete.notify_waiters();
        }
    }

    /// The watch goes on by itself, after a wait. A kind that the API server does not have is a kind without objects:
    /// the others are not to wait for it.
    fn failed(&self, error: &watcher::Error, phase: Phase, changed: &mut impl FnMut(Change, Phase)) {
        let problem = text_of(error);
        if is_unknown_kind(error) && phase == Phase::First {
            tracing::error!(
                kind = P::KIND,
                problem,
                "the API server does not know this kind; apply its CustomResourceDefinition"
            );
            self.store.begin(self.source);
            self.list_ended(changed);
        } else {
            tracing::warn!(kind = P::KIND, problem, "the watch was interrupted and begins again");
        }
    }

    fn api(&self) -> Api<Wire<P>> {
        match &self.namespace {
            Some(namespace) => Api::namespaced_with(self.kube.clone(), namespace, &()),
            None => Api::all(self.kube.clone()),
        }
    }
}

fn cause(error: &watcher::Error) -> Option<&kube::Error> {
    match error {
        watcher::Error::InitialListFailed(error)
        | watcher::Error::WatchStartFailed(error)
        | watcher::Error::WatchFailed(error) => Some(error),
        watcher::Error::WatchError(_) | watcher::Error::NoResourceVersion => None,
    }
}

fn text_of(error: &watcher::Error) -> String {
    cause(error).map_or_else(|| error.to_string(), sentence)
}

fn has_code(error: &watcher::Error, codes: &[u16]) -> bool {
    matches!(cause(error), Some(kube::Error::Api(status)) if codes.contains(&status.code))
}

fn refuses_to_stream(error: &watcher::Error) -> bool {
    matches!(error, watcher::Error::WatchStartFailed(_)) && has_code(error, &[400, 422])
}

fn is_unknown_kind(error: &watcher::Error) -> bool {
    !matches!(error, watcher::Error::WatchFailed(_)) && has_code(error, &[404])
}
