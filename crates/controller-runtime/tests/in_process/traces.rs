//! Traces, sent by a process of its own to a collector in this one: telemetry is set up once per process.

use std::{
    collections::HashMap,
    process::{Command, Output},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use controller_runtime::telemetry::{ENDPOINT_VARIABLE, LogFormat, Telemetry};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    service::TowerToHyperService,
};
use opentelemetry_proto::tonic::{
    collector::trace::v1::{
        ExportTraceServiceRequest, ExportTraceServiceResponse,
        trace_service_server::{TraceService, TraceServiceServer},
    },
    common::v1::{KeyValue, any_value},
    trace::v1::Span,
};
use tokio::net::TcpListener;

use crate::{
    fake_api::FakeApi,
    greeting::Wall,
    process::{GREETINGS, greeting, is_ready, start, until},
};

/// How often the sending process makes a span, and for how long, after its one pass.
const TICKS: (usize, Duration) = (30, Duration::from_millis(50));

/// A collector that keeps what it gets.
#[derive(Clone, Default)]
struct Collector {
    requests: Arc<Mutex<Vec<ExportTraceServiceRequest>>>,
}

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: tonic::Request<ExportTraceServiceRequest>,
    ) -> Result<tonic::Response<ExportTraceServiceResponse>, tonic::Status> {
        self.requests.lock().unwrap().push(request.into_inner());
        Ok(tonic::Response::new(ExportTraceServiceResponse::default()))
    }
}

impl Collector {
    /// Serves gRPC on loopback for as long as the test runs.
    async fn start() -> (Self, String) {
        let collector = Self::default();
        let service = TraceServiceServer::new(collector.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let service = TowerToHyperService::new(service.clone());
                let http = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
            }
        });
        (collector, url)
    }

    /// Each span that arrived, with the attributes of what sent it.
    fn spans(&self) -> Vec<(HashMap<String, String>, Span)> {
        let requests = self.requests.lock().unwrap();
        let resources = requests.iter().flat_map(|request| &request.resource_spans);
        let of_resource = resources.flat_map(|sent| {
            let resource = texts(&sent.resource.as_ref().unwrap().attributes);
            sent.scope_spans
                .iter()
                .flat_map(|scope| &scope.spans)
                .map(move |span| (resource.clone(), span.clone()))
        });
        of_resource.collect()
    }
}

fn texts(attributes: &[KeyValue]) -> HashMap<String, String> {
    let text = |attribute: &KeyValue| match attribute.value.as_ref()?.value.as_ref()? {
        any_value::Value::StringValue(text) => Some((attribute.key.clone(), text.clone())),
        _ => None,
    };
    attributes.iter().filter_map(text).collect()
}

/// Runs [`process`] with these variables.
async fn runs(variables: &[(&'static str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "traces::process", "--ignored", "--nocapture"]);
    command.envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{output:?}");
    output
}

/// A controller with telemetry: one pass, some spans, an orderly end.
#[test]
#[ignore = "a process of its own, which the other tests here start"]
fn process() {
    let executor =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    executor.block_on(async {
        let began = Instant::now();
        let endpoint = std::env::var(ENDPOINT_VARIABLE).ok();
        let telemetry =
            Telemetry::start("greeter", "1.2.3", LogFormat::Json, "trace", endpoint.as_deref()).unwrap();
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        let (api, wall) = (FakeApi::default(), Wall::default());
        let process = start(&api, &wall);
        api.apply(GREETINGS, greeting("default", "traced", "Ada"));
        until("ready", || is_ready(&api, "traced")).await;
        process.stop().await;
        for _ in 0..TICKS.0 {
            drop(tracing::info_span!("tick").entered());
            tokio::time::sleep(TICKS.1).await;
        }
        let asked = Instant::now();
        telemetry.shut_down();
        assert!(asked.elapsed() < Duration::from_secs(4), "{:?}", asked.elapsed());
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_spans_of_a_pass_arrive_at_the_collector_at_the_latest_when_the_process_ends() {
    let (collector, url) = Collector::start().await;
    // Nothing is sent before the end.
    runs(&[(ENDPOINT_VARIABLE, &url), ("OTEL_BSP_SCHEDULE_DELAY", "3600000")]).await;
    let spans = collector.spans();
    let named = |name: &str| -> Vec<_> { spans.iter().filter(|(_, span)| span.name == name).collect() };
    let passes = named("reconcile");
    let (resource, pass) = passes.first().unwrap();
    assert_eq!(resource["service.name"], "greeter");
    assert_eq!(resource["service.version"], "1.2.3");
    assert_eq!(texts(&pass.attributes)["object"], "default/traced");
    assert!(pass.parent_span_id.is_empty(), "nothing is above a pass");
    let looks = named("look at the wall");
    assert_eq!(looks.len(), passes.len());
    let of_the_pass = |look: &&&(HashMap<String, String>, Span)| look.1.parent_span_id == pass.span_id;
    let look = looks.iter().find(of_the_pass).expect("the look stands under the pass");
    assert_eq!(look.1.trace_id, pass.trace_id);
    assert_eq!(named("tick").len(), TICKS.0);
    // At level trace, too: sending makes nothing to be sent.
    let senders = |span: &Span| texts(&span.attributes).get("code.module.name").cloned().unwrap_or_default();
    let foreign: Vec<_> =
        spans.iter().map(|(_, span)| senders(span)).filter(|name| name.starts_with("h2")).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_holds_up_nothing_and_is_told_once() {
    // One that refuses connections, and one that takes them and never says a word.
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let refuses = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let says_nothing = format!("http://{}", silent.local_addr().unwrap());
    for url in [&refuses, &says_nothing] {
        let quick = [("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_EXPORTER_OTLP_TIMEOUT", "200")];
        let output = runs(&[(ENDPOINT_VARIABLE, url.as_str()), quick[0], quick[1]]).await;
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        let told = log.lines().filter(|line| line.contains("traces are not delivered")).count();
        assert_eq!(told, 1, "{url}: {log}");
        let warned = |line: &&str| line.contains("\"WARN\"") || line.contains("\"ERROR\"");
        assert!(log.lines().filter(warned).count() <= 2, "{url}: {log}");
    }
}
