//! Exchanges and answers for the tests of the layers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::StatusCode;
use tower::Service;

use super::{Answer, Exchange, Outcome, Refusal};
use crate::operation::Operation;

pub(super) fn exchange(operation: &str) -> Exchange {
    let operation = Operation::named(operation).unwrap();
    let method = operation.method.parse().unwrap();
    let url = format!("http://keycloak.invalid{}", operation.template.replace(['{', '}'], ""));
    Exchange { operation, request: reqwest::Request::new(method, url.parse().unwrap()) }
}

#[expect(clippy::unnecessary_wraps, reason = "what a layer's service answers")]
pub(super) fn status(code: u16) -> Outcome {
    let mut answer = Answer::default();
    *answer.status_mut() = StatusCode::from_u16(code).unwrap();
    Ok(answer)
}

/// A server that never answers.
pub(super) fn never() -> impl Server {
    tower::service_fn(|_: Exchange| std::future::pending::<Outcome>())
}

/// A server that answers the n-th request (from 0) by a function, and how many it got.
pub(super) fn scripted(
    answer: impl Fn(usize) -> Outcome + Clone + Send + Sync + 'static,
) -> (impl Server, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let server = tower::service_fn(move |_: Exchange| {
        let outcome = answer(counter.fetch_add(1, Ordering::SeqCst));
        async move { outcome }
    });
    (server, asked)
}

pub(super) fn count(asked: &AtomicUsize) -> usize {
    asked.load(Ordering::SeqCst)
}

/// What the layers stand on.
pub(super) trait Server:
    Service<Exchange, Response = Answer, Error = Refusal, Future: Send> + Clone + Send + 'static
{
}

impl<S> Server for S where
    S: Service<Exchange, Response = Answer, Error = Refusal, Future: Send> + Clone + Send + 'static
{
}
