use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use http::HeaderMap;
use opentelemetry::{global, trace::TracerProvider};
use opentelemetry_sdk::{propagation::TraceContextPropagator, trace::SdkTracerProvider};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use super::{LogFormat, inject, record_trace_id, subscriber};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Lines {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

/// What is logged while `act` runs, everything switched on.
fn logged(format: LogFormat, act: impl FnOnce()) -> String {
    logged_at("trace", format, act)
}

fn logged_at(filter: &str, format: LogFormat, act: impl FnOnce()) -> String {
    let lines = Lines::default();
    let provider = SdkTracerProvider::builder().build();
    let tracer = Some(provider.tracer("test"));
    tracing::subscriber::with_default(subscriber(EnvFilter::new(filter), format, lines.clone(), tracer), act);
    let bytes = lines.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn calls_and_log_lines_of_one_pass_carry_the_same_trace() {
    global::set_text_map_propagator(TraceContextPropagator::new());
    let mut headers = HeaderMap::new();
    let lines = logged(LogFormat::Json, || {
        let span = tracing::info_span!("reconcile", object = "default/ada", trace_id = tracing::field::Empty);
        record_trace_id(&span);
        let _within = span.enter();
        inject(&mut headers);
        tracing::info!(answer = 42, "a line");
    });
    let traceparent = headers["traceparent"].to_str().unwrap();
    let trace = traceparent.split('-').nth(1).unwrap();
    let line: serde_json::Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(line["span"]["trace_id"], trace);
    assert_eq!((&line["message"], &line["answer"]), (&"a line".into(), &42.into()));
    assert_eq!(line["span"]["object"], "default/ada");
}

#[test]
fn a_call_outside_any_span_carries_no_trace() {
    global::set_text_map_propagator(TraceContextPropagator::new());
    let mut headers = HeaderMap::new();
    logged(LogFormat::Human, || inject(&mut headers));
    assert!(headers.is_empty(), "{headers:?}");
}

#[test]
fn an_answer_that_kube_could_not_parse_is_never_logged() {
    let lines = logged(LogFormat::Human, || {
        tracing::warn!(target: "kube_client::client", "{{\"kind\":\"Secret\",\"data\":{{\"password\":\"canary\"}}}}");
        tracing::trace!(target: "kube_client::client", "Status from canary");
        tracing::error!(target: "kube_client::client", "an error");
    });
    assert!(!lines.contains("canary") && lines.contains("an error"), "{lines}");
}

#[test]
fn the_filter_decides_what_is_logged() {
    let lines = logged_at("info,of_interest=debug", LogFormat::Human, || {
        tracing::info!("one");
        tracing::debug!("two");
        tracing::debug!(target: "of_interest", "three");
    });
    assert!(lines.contains("one") && !lines.contains("two") && lines.contains("three"), "{lines}");
}

#[test]
fn a_line_from_within_a_call_keeps_the_object_and_the_trace_of_its_pass() {
    for format in [LogFormat::Json, LogFormat::Human] {
        let lines = logged_at("info", format, || {
            let pass =
                tracing::info_span!("reconcile", object = "default/ada", trace_id = tracing::field::Empty);
            record_trace_id(&pass);
            let _within = pass.enter();
            let _call = tracing::info_span!("a_call", otel.kind = "client", route = "/a").entered();
            tracing::warn!("a line");
        });
        assert!(lines.contains("default/ada") && lines.contains("trace_id"), "{lines}");
        assert!(!lines.contains("route"), "{lines}");
    }
}

#[test]
fn a_call_within_a_pass_is_a_span_of_its_own_in_the_same_trace_at_the_level_of_programs() {
    global::set_text_map_propagator(TraceContextPropagator::new());
    let (mut pass, mut call) = (HeaderMap::new(), HeaderMap::new());
    logged_at("info", LogFormat::Json, || {
        let _pass = tracing::info_span!("reconcile").entered();
        inject(&mut pass);
        let _call = tracing::info_span!("a_call", otel.kind = "client").entered();
        inject(&mut call);
    });
    let part = |headers: &HeaderMap, number: usize| {
        headers["traceparent"].to_str().unwrap().split('-').nth(number).unwrap().to_owned()
    };
    assert_eq!(part(&pass, 1), part(&call, 1), "one trace");
    assert_ne!(part(&pass, 2), part(&call, 2), "a span of its own");
}
