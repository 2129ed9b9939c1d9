//! What one watched object costs in memory, and what a relist costs on top.
//!
//! `cargo run -p controller-runtime --example watch_memory -- ours 10000`, or `reflector`, or `typed`.
//! An API server in this process makes objects of 3.9 KB up line by line and keeps none. Linux only: it reads /proc.
#![allow(dead_code, reason = "the tests use more of the operator than this does")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement for people at a terminal")]

#[path = "../tests/greeting/mod.rs"]
mod greeting;

use std::{convert::Infallible, sync::Arc, time::Duration};

use bytes::Bytes;
use controller_runtime::{Controller, Options, Pacing, Product, Runtime};
use futures::{Stream, StreamExt};
use greeting::{Greeter, Greeting, Wall};
use http::{Request, Response};
use http_body_util::{BodyExt, StreamBody, combinators::UnsyncBoxBody};
use kube::{
    Api, Client, CustomResource, Resource,
    client::Body,
    runtime::{WatchStreamExt, reflector, watcher},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

const PRODUCT: Product = Product {
    name: "measure",
    version: "0",
    about: "Measures",
    metrics_prefix: "measure",
    environment_prefix: "MEASURE",
};

/// The same slim contents as kube's reflector can hold them: it needs the metadata in kube's own form.
#[derive(CustomResource, Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[kube(group = "example.com", version = "v1", kind = "SlimKubeGreeting", plural = "greetings", namespaced)]
#[serde(rename_all = "camelCase")]
struct SlimKubeSpec {
    salutation_from: Option<String>,
}

/// What is between the server and whoever measures.
#[derive(Default)]
struct Turns {
    /// How often the watch was told to end.
    wanted: watch::Sender<u64>,
    /// Lists whose last line was taken.
    listed: watch::Sender<u64>,
}

/// A server that lists `count` objects and then is silent, until it is told to end the watch with 410.
fn server(count: u64, turns: &Arc<Turns>) -> Client {
    let turns = Arc::clone(turns);
    let service = tower::service_fn(move |request: Request<Body>| {
        let turns = Arc::clone(&turns);
        async move { Ok::<_, Infallible>(Response::new(body(&request, count, &turns))) }
    });
    Client::new(service, "default")
}

fn body(request: &Request<Body>, count: u64, turns: &Arc<Turns>) -> UnsyncBoxBody<Bytes, Infallible> {
    let mut wanted = turns.wanted.subscribe();
    let (listing, turns) = (Arc::clone(turns), Arc::clone(turns));
    let last = futures::stream::once(async move {
        listing.listed.send_modify(|listed| *listed += 1);
        bookmark()
    });
    let lines = futures::stream::iter(0..count).map(object).chain(last);
    let end = futures::stream::once(async move {
        // The sender is held here, so this ends by a change only.
        let (_held, _changed) = (turns, wanted.changed().await);
        gone()
    });
    let is_watch = request.uri().query().unwrap_or_default().contains("sendInitialEvents");
    let lines: std::pin::Pin<Box<dyn Stream<Item = String> + Send>> =
        if is_watch { Box::pin(lines.chain(end)) } else { Box::pin(futures::stream::pending()) };
    StreamBody::new(lines.map(|line| Ok(http_body::Frame::data(Bytes::from(line))))).boxed_unsync()
}

fn object(number: u64) -> String {
    let managers: Vec<String> = (0..3)
        .map(|manager| {
            let fields: Vec<String> = (0..20).map(|field| format!(r#""f:field{field}":{{}}"#)).collect();
            let fields = fields.join(",");
            format!(r#"{{"manager":"manager-{manager}","operation":"Update","apiVersion":"example.com/v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{{"f:spec":{{{fields}}}}}}}"#)
        })
        .collect();
    let (managers, padding) = (managers.join(","), "x".repeat(1_800));
    format!(
        r#"{{"type":"ADDED","object":{{"apiVersion":"example.com/v1","kind":"Greeting","metadata":{{"name":"greeting-{number:06}","namespace":"tenant-{}","uid":"7d0a1c34-7a0e-4f53-9c3f-{number:012}","resourceVersion":"{}","generation":3,"creationTimestamp":"2026-01-01T00:00:00Z","annotations":{{"kubectl.kubernetes.io/last-applied-configuration":"{padding}"}},"finalizers":["example.com/wipe"],"managedFields":[{managers}]}},"spec":{{"name":"Somebody","salutationFrom":"salutation-{}"}},"status":{{"observedGeneration":3,"writtenGeneration":3}}}}}}"#,
        number % 100,
        1_000_000 + number,
        number % 50,
    ) + "\n"
}

fn bookmark() -> String {
    r#"{"type":"BOOKMARK","object":{"apiVersion":"v1","kind":"X","metadata":{"resourceVersion":"9999999","annotations":{"k8s.io/initial-events-end":"true"}}}}"#.to_owned() + "\n"
}

fn gone() -> String {
    r#"{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","code":410,"reason":"Expired","message":"too old"}}"#.to_owned() + "\n"
}

/// A field of /proc/self/status, in KiB.
fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn reset_peak() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
}

/// Waits until a list of this number was taken to its end, and what came of it does not move the process any more: ten looks in a
/// row find the same memory.
async fn settles(turns: &Turns, lists: u64) {
    let _ = turns.listed.subscribe().wait_for(|listed| *listed >= lists).await;
    let (mut held, mut same) = (0, 0);
    while same < 10 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = memory("VmRSS");
        same = if now == held { same + 1 } else { 0 };
        held = now;
    }
}

async fn measure(what: &str, count: u64, length: impl Fn() -> usize, turns: &Turns) {
    let before = memory("VmRSS");
    reset_peak();
    settles(turns, 1).await;
    assert_eq!(length(), usize::try_from(count).unwrap(), "every object is held");
    let (after, peak) = (memory("VmRSS"), memory("VmHWM"));
    println!(
        "{what}: {count} objects: {} bytes each; first list peaks at {} KiB, process {after} KiB",
        (after - before) * 1_024 / count,
        peak
    );
    for round in 1..=3 {
        reset_peak();
        turns.wanted.send_modify(|wanted| *wanted += 1);
        settles(turns, 1 + round).await;
        let held = memory("VmRSS");
        println!("{what}: relist {round} peaks at {} KiB, {held} KiB after", memory("VmHWM"));
    }
}

async fn ours(count: u64, turns: Arc<Turns>) {
    let options = Options {
        concurrency: 8,
        pacing: Pacing { resync: Duration::from_secs(86_400), ..Pacing::default() },
        drain: Duration::from_secs(1),
        ..Options::alone()
    };
    let runtime = Runtime::new(&PRODUCT, &server(count, &turns), options).unwrap();
    let controller = Controller::new(Greeter { kube: runtime.kube(), wall: Wall::default() });
    let store = controller.store();
    let task = tokio::spawn(runtime.controller(controller).run(CancellationToken::new()));
    measure("store, index and queue", count, || store.len(), &turns).await;
    task.abort();
}

async fn reflected<K>(what: &str, count: u64, turns: Arc<Turns>, prune: impl Fn(&mut K) + Send + 'static)
where
    K: Resource<DynamicType = ()>
        + Clone
        + std::fmt::Debug
        + serde::de::DeserializeOwned
        + Send
        + Sync
        + 'static,
{
    let (reader, writer) = reflector::store::<K>();
    let api = Api::<K>::all(server(count, &turns));
    let watch = watcher(api, watcher::Config::default().streaming_lists())
        .default_backoff()
        .modify(prune)
        .reflect(writer);
    let task = tokio::spawn(watch.for_each(|_| std::future::ready(())));
    measure(what, count, || reader.len(), &turns).await;
    task.abort();
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_else(|| "ours".to_owned());
    let count = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(10_000);
    let turns = Arc::<Turns>::default();
    match what.as_str() {
        "ours" => ours(count, turns).await,
        "reflector" => {
            reflected::<SlimKubeGreeting>("reflector of a slim type, pruned", count, turns, |object| {
                object.metadata.managed_fields = None;
                object.metadata.annotations = None;
            })
            .await;
        }
        "typed" => reflected::<Greeting>("reflector of the whole kind", count, turns, |_| {}).await,
        other => println!("{other:?} is not known; write ours, reflector or typed"),
    }
}
