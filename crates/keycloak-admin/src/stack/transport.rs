//! Sends a request and reads the answer to its end, so that time limit, places and breaker cover the
//! body as well.

use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use tower::Service;

use super::{Answer, Exchange, Outcome, Pending, Refusal};
use crate::error::TransportFault;
use crate::server::{Server, TraceHeaders};

#[derive(Clone)]
pub(super) struct Transport {
    http: reqwest::Client,
    max_answer: usize,
    trace_headers: Option<TraceHeaders>,
}

impl Transport {
    pub(super) fn new(server: &Server) -> Self {
        Self {
            http: server.http().clone(),
            max_answer: server.shared().limits.max_answer,
            trace_headers: server.trace_headers().cloned(),
        }
    }
}

impl Service<Exchange> for Transport {
    type Response = Answer;
    type Error = Refusal;
    type Future = Pending;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Refusal>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut exchange: Exchange) -> Pending {
        if let Some(add) = &self.trace_headers {
            add(exchange.request.headers_mut());
        }
        let (http, max_answer) = (self.http.clone(), self.max_answer);
        Box::pin(async move { send(&http, exchange.request, max_answer).await })
    }
}

async fn send(http: &reqwest::Client, request: reqwest::Request, max_answer: usize) -> Outcome {
    let broken = |error| Refusal::Transport(TransportFault::of(error));
    let mut answer = http.execute(request).await.map_err(broken)?;
    let mut whole = http::Response::new(Bytes::new());
    *whole.status_mut() = answer.status();
    *whole.headers_mut() = std::mem::take(answer.headers_mut());
    let mut body = BytesMut::new();
    while let Some(part) = answer.chunk().await.map_err(broken)? {
        if body.len() + part.len() > max_answer {
            return Err(Refusal::TooLarge(max_answer));
        }
        body.extend_from_slice(&part);
    }
    *whole.body_mut() = body.freeze();
    Ok(whole)
}
