//! A time limit per attempt, longer for what grows with a realm.

use std::task::{Context, Poll};
use std::time::Duration;

use tower::{Layer, Service, ServiceExt as _};

use super::{Answer, Exchange, Pending, Refusal};

#[derive(Clone)]
pub(super) struct TimeLimitLayer {
    pub(super) usual: Duration,
    pub(super) long: Duration,
}

#[derive(Clone)]
pub(super) struct TimeLimit<S> {
    limits: TimeLimitLayer,
    inner: S,
}

impl<S> Layer<S> for TimeLimitLayer {
    type Service = TimeLimit<S>;

    fn layer(&self, inner: S) -> TimeLimit<S> {
        TimeLimit { limits: self.clone(), inner }
    }
}

impl<S> Service<Exchange> for TimeLimit<S>
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
        let inner = self.inner.clone();
        let limit = if exchange.operation.is_long() { self.limits.long } else { self.limits.usual };
        Box::pin(async move {
            tokio::time::timeout(limit, inner.oneshot(exchange)).await.unwrap_or(Err(Refusal::Timeout(limit)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{exchange, never};
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_call_ends_at_its_limit_and_what_grows_with_a_realm_has_a_longer_one() {
        let layer = TimeLimitLayer { usual: Duration::from_secs(30), long: Duration::from_secs(180) };
        for (operation, seconds) in [
            ("client_get", 30),
            ("role_by_id_update", 30),
            ("realm_delete", 180),
            ("realm_update", 180),
            ("user_profile_update", 180),
            ("role_by_id_delete", 180),
            ("group_delete", 180),
        ] {
            let limit = Duration::from_secs(seconds);
            let started = tokio::time::Instant::now();
            let outcome = layer.layer(never()).oneshot(exchange(operation)).await;
            assert_eq!(outcome.unwrap_err(), Refusal::Timeout(limit), "{operation}");
            assert_eq!(started.elapsed().as_secs(), seconds, "{operation}");
        }
    }
}
