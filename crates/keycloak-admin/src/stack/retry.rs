//! Sends again what may be sent again.

use std::task::{Context, Poll};
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};
use http::{StatusCode, header};
use tower::{Layer, Service, ServiceExt as _};

use super::{Answer, Exchange, Limits, Outcome, Pending, Refusal};
use crate::error::{LoginError, TransportFault};
use crate::operation::Operation;

#[derive(Clone)]
pub(super) struct RetryLayer {
    attempts: usize,
    longest_retry_after: Duration,
}

impl RetryLayer {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { attempts: limits.attempts, longest_retry_after: limits.longest_retry_after }
    }
}

#[derive(Clone)]
pub(super) struct Retry<S> {
    policy: RetryLayer,
    inner: S,
}

impl<S> Layer<S> for RetryLayer {
    type Service = Retry<S>;

    fn layer(&self, inner: S) -> Retry<S> {
        Retry { policy: self.clone(), inner }
    }
}

/// What to do after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Done,
    /// The token was not accepted and has been dropped: once more at once.
    LogInAgain,
    /// After a pause of at least this long.
    Pause(Duration),
}

impl<S> Service<Exchange> for Retry<S>
where
    S: Service<Exchange, Response = Answer, Error = Refusal> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Answer;
    type Error = Refusal;
    type Future = Pending;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Refusal>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, exchange: Exchange) -> Pending {
        let Retry { policy, inner } = self.clone();
        Box::pin(policy.run(inner, exchange))
    }
}

impl RetryLayer {
    async fn run<S>(self, inner: S, exchange: Exchange) -> Outcome
    where
        S: Service<Exchange, Response = Answer, Error = Refusal> + Clone,
    {
        let operation = exchange.operation;
        let mut pauses = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(100))
            .with_max_delay(Duration::from_secs(2))
            .with_max_times(self.attempts.saturating_sub(1))
            .with_jitter()
            .build();
        let mut logged_in_again = false;
        let mut request = exchange.request;
        loop {
            // Bodies are whole in memory, so there is always a copy.
            let copy = request.try_clone();
            let outcome = inner.clone().oneshot(Exchange { operation, request }).await;
            let Some(copy) = copy else { return outcome };
            request = copy;
            match self.next(operation, &outcome) {
                Next::Done => return outcome,
                Next::LogInAgain if logged_in_again => return outcome,
                Next::LogInAgain => logged_in_again = true,
                Next::Pause(at_least) => {
                    let Some(pause) = pauses.next() else { return outcome };
                    tokio::time::sleep(pause.max(at_least)).await;
                }
            }
            metrics::counter!("keycloak_operator_admin_retries_total", "route" => operation.template)
                .increment(1);
        }
    }

    fn next(&self, operation: &Operation, outcome: &Outcome) -> Next {
        match outcome {
            Ok(answer) => self.after_answer(operation, answer),
            // Nothing was sent: any call may go again, be it that the login before it reached nobody.
            Err(
                Refusal::Transport(TransportFault::Connect(_))
                | Refusal::Login(LoginError::Transport { fault: TransportFault::Connect(_), .. }),
            ) => Next::Pause(Duration::ZERO),
            Err(Refusal::Transport(TransportFault::Broken(_))) if operation.is_idempotent() => {
                Next::Pause(Duration::ZERO)
            }
            // A second wait of this length is the caller's decision; the others last longer than a call.
            Err(
                Refusal::Transport(TransportFault::Broken(_) | TransportFault::Certificate(_))
                | Refusal::Timeout(_)
                | Refusal::Login(_)
                | Refusal::BreakerOpen(_)
                | Refusal::Saturated(_)
                | Refusal::TooLarge(_),
            ) => Next::Done,
        }
    }

    fn after_answer(&self, operation: &Operation, answer: &Answer) -> Next {
        let repeatable = match answer.status() {
            StatusCode::UNAUTHORIZED => return Next::LogInAgain,
            // Refused before anything was done.
            StatusCode::TOO_MANY_REQUESTS => true,
            StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                operation.is_idempotent()
            }
            _ => false,
        };
        let asked = retry_after(answer);
        if repeatable && asked <= self.longest_retry_after { Next::Pause(asked) } else { Next::Done }
    }
}

/// Seconds of `Retry-After`. A date is read as "soon": it needs a clock that agrees with the server's.
fn retry_after(answer: &Answer) -> Duration {
    let header = answer.headers().get(header::RETRY_AFTER);
    let seconds = header.and_then(|value| value.to_str().ok()).and_then(|text| text.trim().parse().ok());
    Duration::from_secs(seconds.unwrap_or(0))
}

#[cfg(test)]
mod tests;
