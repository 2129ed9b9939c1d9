//! What happens to a call between the generated code and the wire.
//!
//! Outermost first: observation (span, metrics), retry of what may be repeated, pacing, a place among
//! the calls under way (their number adapts to the server's latency), circuit breaker, time limit,
//! access token, transport. Pace, places and breaker belong to the server and are shared by all
//! logins. Pacing stands before the places: a call that waits for its turn takes nobody's place, and
//! its wait is not taken for a slow server; what somebody waits for has the next turn. The breaker stands inside the retry so that each attempt
//! counts and a probe is one request; the token stands inside too, so that the attempt after a 401
//! gets a fresh one.

mod breaker;
mod concurrency;
mod observe;
mod pacing;
mod retry;
#[cfg(test)]
mod testing;
mod time_limit;
mod token;
mod transport;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use progenitor_client::{ClientHooks, OperationInfo};
use tower::util::BoxCloneSyncService;
use tower::{ServiceBuilder, ServiceExt as _};

pub(crate) use self::breaker::Breaker;
use self::breaker::BreakerLayer;
pub use self::breaker::BreakerState;
use self::concurrency::{Concurrency, ConcurrencyLayer};
use self::observe::ObserveLayer;
use self::pacing::{Pacer, PacingLayer};
use self::retry::RetryLayer;
use self::time_limit::TimeLimitLayer;
use self::token::TokenLayer;
use self::transport::Transport;
use crate::error::{AdminError, LoginError, TransportFault};
use crate::generated::calls::Client;
use crate::operation::Operation;
use crate::server::Server;
use crate::session::AdminSession;

/// Numbers of the stack, per server.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// For making a connection. Default 5 s.
    pub connect_timeout: Duration,
    /// For one attempt of a call, login included. Default 30 s.
    pub timeout: Duration,
    /// For one attempt of a call that grows with a realm ([`Operation::is_long`]). Default 180 s.
    pub long_timeout: Duration,
    /// For one login. Default 15 s.
    pub login_timeout: Duration,
    /// How often a call is sent in all when it may be repeated. Default 3.
    pub attempts: usize,
    /// Longest `Retry-After` (RFC 9110, 10.2.3) that is waited for inside a call; longer ones end it.
    /// Default 10 s.
    pub longest_retry_after: Duration,
    /// Calls under way at once, at the start. Default 8.
    pub concurrency: usize,
    /// Most calls under way at once, however fast the server is. Default 32.
    pub max_concurrency: usize,
    /// How long a call waits for its turn, and again for its place. Default 60 s.
    pub queue_timeout: Duration,
    /// Most calls per second, each attempt counted and logins not; `None` (default) leaves the pace to the server.
    pub pace: Option<Pace>,
    /// Consecutive failures after which nothing is sent any more. Default 5.
    pub breaker_failures: u32,
    /// How long nothing is sent before one probe; up to a tenth is added by chance. Default 60 s.
    pub breaker_pause: Duration,
    /// Longest answer that is read, in bytes. Default 64 MiB.
    pub max_answer: usize,
}

/// A steady rate with room for bursts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Calls per second in the long run.
    pub per_second: f64,
    /// Calls that may go at once after a rest.
    pub burst: u32,
}

impl Pace {
    /// This many calls per second; after a rest those of one second may go at once.
    pub fn per_second(calls: u32) -> Self {
        Self { per_second: f64::from(calls), burst: calls }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(30),
            long_timeout: Duration::from_secs(180),
            login_timeout: Duration::from_secs(15),
            attempts: 3,
            longest_retry_after: Duration::from_secs(10),
            concurrency: 8,
            max_concurrency: 32,
            queue_timeout: Duration::from_secs(60),
            pace: None,
            breaker_failures: 5,
            breaker_pause: Duration::from_secs(60),
            max_answer: 64 * 1024 * 1024,
        }
    }
}

/// What all logins in a server share.
pub(crate) struct Shared {
    pub(crate) limits: Limits,
    pub(crate) breaker: Arc<Breaker>,
    concurrency: Arc<Concurrency>,
    pacer: Arc<Pacer>,
}

impl Shared {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            breaker: Arc::new(Breaker::new(limits.breaker_failures, limits.breaker_pause)),
            concurrency: Arc::new(Concurrency::new(
                limits.concurrency,
                limits.max_concurrency,
                limits.queue_timeout,
            )),
            pacer: Arc::new(Pacer::new(limits.pace, limits.queue_timeout)),
            limits,
        }
    }
}

/// A request on its way, and which call it is.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) operation: &'static Operation,
    pub(crate) request: reqwest::Request,
}

/// An answer, read to its end.
pub(crate) type Answer = http::Response<Bytes>;

/// Why there is no answer of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Login(LoginError),
    Transport(TransportFault),
    Timeout(Duration),
    BreakerOpen(Duration),
    Saturated(Duration),
    TooLarge(usize),
}

impl Refusal {
    pub(crate) fn into_error(self, operation: &'static str) -> AdminError {
        match self {
            Self::Login(source) => AdminError::Login { operation, source },
            Self::Transport(fault) => AdminError::Transport { operation, fault },
            Self::Timeout(after) => AdminError::Timeout { operation, after },
            Self::BreakerOpen(retry_after) => AdminError::BreakerOpen { operation, retry_after },
            Self::Saturated(after) => AdminError::Saturated { operation, after },
            Self::TooLarge(limit) => AdminError::TooLarge { operation, limit },
        }
    }
}

pub(crate) type Outcome = Result<Answer, Refusal>;

/// A layer's future.
pub(crate) type Pending = std::pin::Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// The layers as one service: what the generated client carries.
#[derive(Clone)]
pub struct Stack(BoxCloneSyncService<Exchange, Answer, Refusal>);

impl fmt::Debug for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stack")
    }
}

impl Stack {
    pub(crate) fn new(server: &Server, session: &Arc<AdminSession>) -> Self {
        let shared = server.shared();
        let limits = &shared.limits;
        let service = ServiceBuilder::new()
            .layer(ObserveLayer)
            .layer(RetryLayer::new(limits))
            .layer(PacingLayer { pacer: Arc::clone(&shared.pacer), hurry: server.hurry().cloned() })
            .layer(ConcurrencyLayer(Arc::clone(&shared.concurrency)))
            .layer(BreakerLayer(Arc::clone(&shared.breaker)))
            .layer(TimeLimitLayer { usual: limits.timeout, long: limits.long_timeout })
            .layer(TokenLayer(Arc::clone(session)))
            .service(Transport::new(server));
        Self(BoxCloneSyncService::new(service))
    }
}

impl ClientHooks<Stack> for Client {
    async fn exec(
        &self,
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> reqwest::Result<reqwest::Response> {
        let Some(operation) = Operation::named(info.operation_id) else {
            // Both are generated from one document; a test looks at every name.
            return self.client.execute(request).await;
        };
        Ok(match self.inner.0.clone().oneshot(Exchange { operation, request }).await {
            Ok(answer) => answer.into(),
            Err(refusal) => not_sent(refusal),
        })
    }
}

/// The hook may only fail with an error that nobody but reqwest can make, so a refusal travels as an
/// answer with a status outside of HTTP and the reason in its extensions.
fn not_sent(refusal: Refusal) -> reqwest::Response {
    let mut answer = http::Response::new(Bytes::new());
    // 999 is inside what the type holds and outside of every success range.
    *answer.status_mut() = StatusCode::from_u16(999).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer.extensions_mut().insert(refusal);
    answer.into()
}
