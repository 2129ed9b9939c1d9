//! Logs for people or machines, traces where an endpoint is named, W3C trace context on outgoing calls.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::{
    global,
    propagation::Injector,
    trace::{TraceContextExt, TracerProvider as _},
};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter};
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    propagation::TraceContextPropagator,
    trace::{SdkTracer, SdkTracerProvider, SpanData, SpanExporter as ExportsSpans},
};
use tracing::{Level, Metadata, Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{ParseError, filter_fn},
    fmt::MakeWriter,
    layer::SubscriberExt,
    util::{SubscriberInitExt, TryInitError},
};

/// Traces are exported when this variable names an endpoint; all other `OTEL_*` variables have their usual meaning.
pub const ENDPOINT_VARIABLE: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";

/// How long the end of the process waits for the last traces.
const FAREWELL: Duration = Duration::from_secs(2);

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// One JSON object per line.
    Json,
    /// For reading in a terminal.
    Human,
}

/// Keeps telemetry going; [`Telemetry::shut_down`] sends what is left.
#[derive(Debug)]
pub struct Telemetry {
    provider: Option<SdkTracerProvider>,
}

/// Why telemetry cannot start.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter does not parse.
    #[error("log level {filter:?} is not understood ({problem}); write for example info, or info,kube=debug")]
    Filter {
        /// What was given.
        filter: String,
        /// Why it does not parse.
        problem: ParseError,
    },
    /// The exporter cannot be made.
    #[error("traces cannot be exported to the endpoint in {ENDPOINT_VARIABLE}: {0}")]
    Exporter(#[from] ExporterBuildError),
    /// Another subscriber was installed before.
    #[error("logging was set up twice: {0}")]
    Twice(#[from] TryInitError),
}

impl Telemetry {
    /// Sets up logging to stderr, trace export if `endpoint` (the value of [`ENDPOINT_VARIABLE`]) is given, and a panic hook
    /// that logs instead of printing.
    ///
    /// `filter`: a level (`info`) or `tracing` directives (`info,kube=debug`). Must be called within a tokio runtime.
    ///
    /// # Errors
    /// See [`TelemetryError`].
    pub fn start(
        service: &'static str,
        version: &'static str,
        format: LogFormat,
        filter: &str,
        endpoint: Option<&str>,
    ) -> Result<Self, TelemetryError> {
        let levels = EnvFilter::try_new(filter)
            .map_err(|problem| TelemetryError::Filter { filter: filter.to_owned(), problem })?;
        global::set_text_map_propagator(TraceContextPropagator::new());
        let endpoint = endpoint.filter(|endpoint| !endpoint.is_empty());
        let provider = endpoint.map(|_| exporter(service, version)).transpose()?;
        let tracer = provider.as_ref().map(|provider| provider.tracer(service));
        subscriber(levels, format, std::io::stderr, tracer).try_init()?;
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, panic = crate::panic_text(panic.payload()), "a panic");
        }));
        Ok(Self { provider })
    }

    /// Sends the spans that are still held, for at most two seconds. Blocks meanwhile, which needs an executor of several threads.
    pub fn shut_down(self) {
        let ended = self.provider.map(|provider| provider.shutdown_with_timeout(FAREWELL));
        if let Some(Err(error)) = ended {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Filters first: a list of layers would let a line pass that any one of them wants.
fn subscriber<W>(
    levels: EnvFilter,
    format: LogFormat,
    writer: W,
    tracer: Option<SdkTracer>,
) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filtered = tracing_subscriber::registry().with(levels).with(filter_fn(tells_no_secret));
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines = match format {
        LogFormat::Json => {
            lines.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed()
        }
        LogFormat::Human => lines.boxed(),
    };
    let lines = lines.with_filter(filter_fn(is_worth_a_line));
    let sent = tracer.map(|tracer| tracing_opentelemetry::layer().with_tracer(tracer));
    filtered.with(lines).with(sent.with_filter(filter_fn(is_worth_a_trace)))
}

/// Spans of single calls are for traces: with them in a line there would be no room for the object, and the id of the trace,
/// that the line is about. OpenTelemetry's field for the kind of a span marks them.
fn is_worth_a_line(metadata: &Metadata<'_>) -> bool {
    !metadata.is_span() || metadata.fields().field("otel.kind").is_none()
}

/// What sends the traces has spans of its own at lower levels: sending them would make further ones, for ever.
fn is_worth_a_trace(metadata: &Metadata<'_>) -> bool {
    let sends = |name: &str| ["h2", "hyper", "hyper_util", "tonic", "tower", "opentelemetry"].contains(&name);
    !metadata.target().split("::").next().is_some_and(sends)
}

/// kube logs the full text of an answer that it cannot parse, which may be a Secret. Whatever the filter says, those
/// lines are not written; the error itself reaches its caller.
fn tells_no_secret(metadata: &Metadata<'_>) -> bool {
    metadata.target() != "kube_client::client" || *metadata.level() == Level::ERROR
}

fn exporter(service: &'static str, version: &'static str) -> Result<SdkTracerProvider, ExporterBuildError> {
    let exporter =
        Told { exporter: SpanExporter::builder().with_tonic().build()?, failing: AtomicBool::new(false) };
    let resource = Resource::builder()
        .with_service_name(service)
        .with_attribute(opentelemetry::KeyValue::new("service.version", version))
        .build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}

/// Says once when traces are not delivered, and once when they are again: the library itself says nothing, and one line per
/// attempt would drown the log of a cluster whose collector is away.
#[derive(Debug)]
struct Told<E> {
    exporter: E,
    failing: AtomicBool,
}

impl<E: ExportsSpans> ExportsSpans for Told<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let result = self.exporter.export(batch).await;
        let fails = result.is_err();
        if self.failing.swap(fails, Ordering::Relaxed) != fails {
            if let Err(error) = &result {
                tracing::warn!(
                    %error,
                    "traces are not delivered to the endpoint in {ENDPOINT_VARIABLE}; they are dropped until it takes them"
                );
            } else {
                tracing::info!("traces are delivered again");
            }
        }
        result
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

/// Writes the trace id of a span into its field `trace_id`, so that every log line within it carries the id.
pub(crate) fn record_trace_id(span: &Span) {
    let context = span.context();
    let context = context.span().span_context().clone();
    if context.is_valid() {
        span.record("trace_id", context.trace_id().to_string());
    }
}

/// Adds the W3C trace context (`traceparent`) of the current span to a call, if there is one.
pub fn inject(headers: &mut HeaderMap) {
    let context = Span::current().context();
    global::get_text_map_propagator(|propagator| propagator.inject_context(&context, &mut Headers(headers)));
}

struct Headers<'h>(&'h mut HeaderMap);

impl Injector for Headers<'_> {
    fn set(&mut self, key: &str, value: String) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(key), HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests;
