//! How the API server is called: every call ends in time, and only what is safe to repeat is repeated.
//!
//! kube's own retry repeats POST and PATCH too, fifteen times; it is switched off. kube has no read timeout, so a dead
//! connection can hold one call for ever; here a call ends after [`CallPolicy::timeout`], its body included. Watches
//! are streams: only their beginning is timed, kube-runtime notices a silent one.

use std::{
    error::Error as StdError,
    fmt,
    task::{Context, Poll},
    time::Duration,
};

use backon::{BackoffBuilder, ExponentialBuilder};
use futures::future::BoxFuture;
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use kube::client::Body;
use tower::{BoxError, Service};

use crate::{
    class::{Class, Reason},
    fence::Fence,
    telemetry,
};

/// Timeouts and repetitions of calls to the API server.
#[derive(Clone, Debug)]
pub struct CallPolicy {
    /// The longest one attempt may take, body included; for a watch, until it begins. Default 10 s.
    pub timeout: Duration,
    /// How often a call is repeated at most. Default 3.
    pub retries: usize,
    /// The first wait before a repetition, doubled each time, with jitter. Default 100 ms.
    pub first_wait: Duration,
    /// The longest `Retry-After` that is waited for; a longer one ends the call. Default 5 s.
    pub longest_wait: Duration,
}

impl Default for CallPolicy {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            retries: 3,
            first_wait: Duration::from_millis(100),
            longest_wait: Duration::from_secs(5),
        }
    }
}

impl CallPolicy {
    /// No repetitions; for the lease, whose own loop decides.
    #[must_use]
    pub fn without_retries(self) -> Self {
        Self { retries: 0, ..self }
    }
}

/// Why a call was not made or not finished on our side.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No answer in time.
    #[error("the API server did not answer {call} within {after:?}")]
    TimedOut {
        /// Method and path.
        call: CallName,
        /// The time that was allowed.
        after: Duration,
    },
    /// A write after leadership ended.
    #[error("{call} was not sent: this process no longer leads")]
    NotLeading {
        /// Method and path.
        call: CallName,
    },
}

/// Method and path of a call, without its query.
#[derive(Clone, Debug)]
pub struct CallName {
    method: Method,
    path: String,
}

impl fmt::Display for CallName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// A client for the API server that follows a policy. With a fence, mutating calls are refused once it is closed.
///
/// # Errors
/// If the configuration names certificates or a proxy that cannot be used.
pub fn client(
    mut config: kube::Config,
    policy: CallPolicy,
    fence: Option<Fence>,
) -> Result<kube::Client, kube::Error> {
    config.default_retry = false;
    Ok(guarded(&kube::Client::try_from(config)?, policy, fence))
}

/// The same for a client that exists already, for example one over an in-process server.
pub fn guarded(client: &kube::Client, policy: CallPolicy, fence: Option<Fence>) -> kube::Client {
    let namespace = client.default_namespace().to_owned();
    let valid_until = *client.valid_until();
    kube::Client::new(Calls { inner: client.clone(), policy, fence }, namespace).with_valid_until(valid_until)
}

#[derive(Clone)]
struct Calls {
    inner: kube::Client,
    policy: CallPolicy,
    fence: Option<Fence>,
}

impl Service<Request<Body>> for Calls {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Response<Body>, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let calls = self.clone();
        Box::pin(async move { calls.send(request).await })
    }
}

impl Calls {
    async fn send(self, mut request: Request<Body>) -> Result<Response<Body>, BoxError> {
        telemetry::inject(request.headers_mut());
        let kind = Kind::of(&request);
        let mut waits = ExponentialBuilder::default()
            .with_min_delay(self.policy.first_wait)
            .with_max_delay(self.policy.longest_wait)
            .with_max_times(self.policy.retries)
            .with_jitter()
            .build();
        loop {
            let again = copied(&request);
            let answer = self.attempt(request, kind).await;
            let wanted = kind.repeat(&answer, self.policy.longest_wait);
            match (again, wanted, waits.next()) {
                (Some(again), Some(least), Some(wait)) => {
                    tokio::time::sleep(wait.max(least)).await;
                    request = again;
                }
                _ => return answer,
            }
        }
    }

    async fn attempt(&self, request: Request<Body>, kind: Kind) -> Result<Response<Body>, BoxError> {
        let call = CallName { method: request.method().clone(), path: request.uri().path().to_owned() };
        if kind.is_write() && self.fence.as_ref().is_some_and(|fence| !fence.is_open()) {
            return Err(CallError::NotLeading { call }.into());
        }
        let after = self.policy.timeout;
        let answer = async {
            let response = self.inner.send(request).await?;
            if kind == Kind::Stream && response.status().is_success() {
                return Ok(response);
            }
            let (parts, body) = response.into_parts();
            let bytes = body.collect().await?.to_bytes();
            Ok::<_, kube::Error>(Response::from_parts(parts, Body::from(bytes)))
        };
        match tokio::time::timeout(after, answer).await {
            Ok(answer) => answer.map_err(BoxError::from),
            Err(_) => Err(CallError::TimedOut { call, after }.into()),
        }
    }
}

/// What a call is, as far as repeating it is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// GET of an object or a list.
    Read,
    /// A watch, or another answer without end.
    Stream,
    /// Server-side apply: sending it twice is sending it once.
    Apply,
    /// Anything else: POST, PUT, DELETE, other patches.
    Write,
}

impl Kind {
    fn of(request: &Request<Body>) -> Self {
        let query = request.uri().query().unwrap_or_default();
        let has = |flag: &str| {
            query.split('&').any(|part| part == format!("{flag}=true") || part == format!("{flag}=1"))
        };
        let content = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        match *request.method() {
            _ if has("watch") || has("follow") || request.headers().contains_key(header::UPGRADE) => {
                Self::Stream
            }
            Method::GET | Method::HEAD => Self::Read,
            Method::PATCH
                if content.is_some_and(|content| content.starts_with("application/apply-patch")) =>
            {
                Self::Apply
            }
            _ => Self::Write,
        }
    }

    fn is_write(self) -> bool {
        match self {
            Self::Read | Self::Stream => false,
            Self::Apply | Self::Write => true,
        }
    }

    /// Whether a call is to be repeated after this answer, and the least wait before.
    fn repeat(self, answer: &Result<Response<Body>, BoxError>, longest: Duration) -> Option<Duration> {
        let repeatable = match (self, answer) {
            // kube-runtime begins a watch again by itself, with the right resourceVersion.
            (Self::Stream, _) | (Self::Write, Err(_)) => false,
            (Self::Read | Self::Apply, Err(error)) => !is_not_leading(error.as_ref()),
            (Self::Read | Self::Apply, Ok(response)) => matches!(
                response.status(),
                StatusCode::TOO_MANY_REQUESTS
                    | StatusCode::INTERNAL_SERVER_ERROR
                    | StatusCode::BAD_GATEWAY
                    | StatusCode::SERVICE_UNAVAILABLE
                    | StatusCode::GATEWAY_TIMEOUT
            ),
            // The API server answers 429 before it does anything.
            (Self::Write, Ok(response)) => response.status() == StatusCode::TOO_MANY_REQUESTS,
        };
        let asked =
            answer.as_ref().ok().and_then(|response| retry_after(response.headers())).unwrap_or_default();
        (repeatable && asked <= longest).then_some(asked)
    }
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn copied(request: &Request<Body>) -> Option<Request<Body>> {
    let mut copy = Request::new(request.body().try_clone()?);
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.version_mut() = request.version();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    Some(copy)
}

fn own_error<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e CallError> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(own) = error.downcast_ref::<CallError>() {
            return Some(own);
        }
        cause = error.source();
    }
    None
}

fn is_not_leading(error: &(dyn StdError + 'static)) -> bool {
    matches!(own_error(error), Some(CallError::NotLeading { .. }))
}

/// The API server could not be reached, did not answer in time, or answered 5xx or 429.
pub const API_UNAVAILABLE: Reason = Reason::new("KubernetesUnavailable");
/// Somebody else wrote at the same moment, or the object is not as we saw it.
pub const WRITE_CONFLICT: Reason = Reason::new("WriteConflict");
/// The API server does not let this controller do that.
pub const NOT_PERMITTED: Reason = Reason::new("KubernetesForbidden");
/// The API server says that what we sent is wrong.
pub const REFUSED: Reason = Reason::new("KubernetesRefused");
/// The API server's answer could not be read.
pub const UNREADABLE: Reason = Reason::new("KubernetesUnreadable");

/// The class of a failed call to the API server.
///
/// | answer | class | because |
/// |---|---|---|
/// | no connection, no answer in time, 429, 5xx | Retry | it passes |
/// | 409, 404, 410 | Retry | observe again: the world is not as we saw it |
/// | 401, 403 | Retry | a role that was just applied is not yet in force; after five minutes the runtime makes it a Stall |
/// | 400, 422, any other 4xx | Stall | the same request gets the same answer |
/// | an answer that does not parse | Stall | the same |
///
/// The only match with `_`: other crates switch on features of kube that add variants to its error.
pub fn class_of(error: &kube::Error) -> Class {
    match error {
        kube::Error::Api(status) => match status.code {
            429 | 500..=599 => Class::Retry(API_UNAVAILABLE),
            404 | 409 | 410 => Class::Retry(WRITE_CONFLICT),
            401 | 403 => Class::Retry(NOT_PERMITTED),
            _ => Class::Stall(REFUSED),
        },
        kube::Error::SerdeError(_) | kube::Error::FromUtf8(_) => Class::Stall(UNREADABLE),
        kube::Error::BuildRequest(_) => Class::Stall(REFUSED),
        _ => Class::Retry(API_UNAVAILABLE),
    }
}

/// One sentence about a failed call, without the debug print that kube's own text carries.
pub fn sentence(error: &kube::Error) -> String {
    match error {
        kube::Error::Api(status) if status.message.is_empty() => {
            format!("the API server answered {} {}", status.code, status.reason)
        }
        kube::Error::Api(status) => format!("the API server answered {}: {}", status.code, status.message),
        other => own_error(other)
            .map_or_else(|| format!("the API server could not be reached: {other}"), ToString::to_string),
    }
}

#[cfg(test)]
mod tests;
