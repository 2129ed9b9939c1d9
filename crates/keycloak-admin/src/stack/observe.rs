//! A span per call, and metrics by route template: never by realm, client or server name.

use std::task::{Context, Poll};

use http::StatusCode;
use tokio::time::Instant;
use tower::{Layer, Service};
use tracing::{Instrument as _, Span, field};

use super::{Exchange, Outcome, Pending, Refusal};

#[derive(Clone)]
pub(super) struct ObserveLayer;

#[derive(Clone)]
pub(super) struct Observe<S>(S);

impl<S> Layer<S> for ObserveLayer {
    type Service = Observe<S>;

    fn layer(&self, inner: S) -> Observe<S> {
        Observe(inner)
    }
}

impl<S> Service<Exchange> for Observe<S>
where
    S: Service<Exchange, Response = super::Answer, Error = Refusal, Future: Send + 'static>,
{
    type Response = super::Answer;
    type Error = Refusal;
    type Future = Pending;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Refusal>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, exchange: Exchange) -> Pending {
        let operation = exchange.operation;
        // At the level of programs, so that traces hold it. Its kind is what tells a log to leave it out: lines keep the
        // fields of what the call is made for.
        let span = tracing::info_span!(
            "keycloak_call",
            otel.kind = "client",
            operation = operation.id,
            http.request.method = operation.method,
            http.route = operation.template,
            http.response.status_code = field::Empty,
        );
        let call = span.in_scope(|| self.0.call(exchange));
        let watched = async move {
            let started = Instant::now();
            let outcome = call.await;
            let result = result(&outcome);
            Span::current().record("http.response.status_code", result.as_ref());
            let labels = [
                ("method", operation.method.to_owned()),
                ("route", operation.template.to_owned()),
                ("status", result.into_owned()),
            ];
            metrics::counter!("keycloak_operator_admin_requests_total", &labels).increment(1);
            metrics::histogram!(
                "keycloak_operator_admin_request_duration_seconds",
                "method" => operation.method, "route" => operation.template
            )
            .record(started.elapsed().as_secs_f64());
            outcome
        };
        Box::pin(watched.instrument(span))
    }
}

/// The status, or why there is none.
fn result(outcome: &Outcome) -> std::borrow::Cow<'static, str> {
    match outcome {
        Ok(answer) => status(answer.status()),
        Err(Refusal::Login(_)) => "login_failed".into(),
        Err(Refusal::Transport(_)) => "no_connection".into(),
        Err(Refusal::Timeout(_)) => "timeout".into(),
        Err(Refusal::BreakerOpen(_)) => "breaker_open".into(),
        Err(Refusal::Saturated(_)) => "saturated".into(),
        Err(Refusal::TooLarge(_)) => "too_large".into(),
    }
}

fn status(status: StatusCode) -> std::borrow::Cow<'static, str> {
    status.as_str().to_owned().into()
}
