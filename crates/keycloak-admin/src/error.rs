//! What can go wrong with a call, what Keycloak said, and how to go on.

mod login;
mod message;
mod transport;

use std::time::Duration;

use http::StatusCode;

pub use self::login::LoginError;
pub use self::message::KeycloakMessage;
pub use self::transport::TransportFault;
use crate::path::UnsafeSegment;

/// How to go on after an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// It may pass: again with growing delays.
    Retry,
    /// Something it needs is absent or not ready: again when that appears.
    Wait,
    /// It will not pass until someone changes something.
    Stall,
}

/// A call that did not succeed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AdminError {
    /// A name cannot stand in a request path; nothing was sent.
    #[error("{operation}: {parameter} {reason}")]
    Path {
        /// Name of the call.
        operation: &'static str,
        /// Parameter of the route template.
        parameter: &'static str,
        /// Why not.
        reason: UnsafeSegment,
    },
    /// The request could not be written; nothing was sent.
    #[error("{operation}: the request cannot be written: {reason}")]
    Request {
        /// Name of the call.
        operation: &'static str,
        /// What the HTTP library says.
        reason: String,
    },
    /// The login before the call failed.
    #[error("{operation}: {source}")]
    Login {
        /// Name of the call.
        operation: &'static str,
        /// The login's own error.
        source: LoginError,
    },
    /// Keycloak refused, or something before it did.
    #[error("{operation}: {status}: {message}")]
    Answer {
        /// Name of the call.
        operation: &'static str,
        /// HTTP status.
        status: StatusCode,
        /// What the body says.
        message: KeycloakMessage,
    },
    /// A success whose body is not what the call answers.
    #[error(
        "{operation}: the answer is not what Keycloak answers ({reason}): does the address lead to Keycloak?"
    )]
    NotUnderstood {
        /// Name of the call.
        operation: &'static str,
        /// Where reading stopped. Never the body: it may hold secrets.
        reason: String,
    },
    /// A creation whose answer does not say what was created.
    #[error("{operation}: the answer names no id of what was created: look it up by its name")]
    NoId {
        /// Name of the call.
        operation: &'static str,
    },
    /// No answer came.
    #[error("{operation}: {fault}")]
    Transport {
        /// Name of the call.
        operation: &'static str,
        /// What happened to the connection.
        fault: TransportFault,
    },
    /// No answer in time. A write may have been done nevertheless.
    #[error("{operation}: no answer within {} s", after.as_secs())]
    Timeout {
        /// Name of the call.
        operation: &'static str,
        /// The limit.
        after: Duration,
    },
    /// The server failed too often lately; nothing was sent. The sentence holds no time: it stands in a status, and each other
    /// sentence there is a write.
    #[error("{operation}: not sent, the server failed repeatedly; it is tried again by itself")]
    BreakerOpen {
        /// Name of the call.
        operation: &'static str,
        /// When the server is tried again.
        retry_after: Duration,
    },
    /// Too many calls wait for this server; nothing was sent.
    #[error("{operation}: not sent, too many other calls to this server come first: waiting for its turn ends after {} s", after.as_secs())]
    Saturated {
        /// Name of the call.
        operation: &'static str,
        /// How long it waited.
        after: Duration,
    },
    /// The answer is longer than we read.
    #[error("{operation}: the answer is longer than {limit} bytes")]
    TooLarge {
        /// Name of the call.
        operation: &'static str,
        /// The limit in bytes.
        limit: usize,
    },
}

impl AdminError {
    /// How to go on. A 404 or a 409 means: look at the live state again before anything else; see
    /// [`is_not_found`](Self::is_not_found) and [`is_conflict`](Self::is_conflict).
    pub fn class(&self) -> Class {
        match self {
            Self::Path { .. } | Self::Request { .. } | Self::TooLarge { .. } => Class::Stall,
            Self::Login { source, .. } => source.class(),
            Self::Answer { status, .. } => AnswerKind::of(*status).class(),
            Self::Transport { fault, .. } => fault.class(),
            Self::NotUnderstood { .. }
            | Self::NoId { .. }
            | Self::Timeout { .. }
            | Self::BreakerOpen { .. }
            | Self::Saturated { .. } => Class::Retry,
        }
    }

    /// Keycloak's answer, where it gave one.
    pub fn kind(&self) -> Option<AnswerKind> {
        match self {
            Self::Answer { status, .. } => Some(AnswerKind::of(*status)),
            Self::Path { .. }
            | Self::Request { .. }
            | Self::Login { .. }
            | Self::NotUnderstood { .. }
            | Self::NoId { .. }
            | Self::Transport { .. }
            | Self::Timeout { .. }
            | Self::BreakerOpen { .. }
            | Self::Saturated { .. }
            | Self::TooLarge { .. } => None,
        }
    }

    /// The object or one of its parents is not there.
    pub fn is_not_found(&self) -> bool {
        self.kind() == Some(AnswerKind::NotFound)
    }

    /// Something with this name or id exists.
    pub fn is_conflict(&self) -> bool {
        self.kind() == Some(AnswerKind::Conflict)
    }

    /// The login is not accepted or lacks a right. [`Class::Retry`] for the first minutes, because
    /// rights and secrets arrive from elsewhere; the caller keeps the time.
    pub fn is_denied(&self) -> bool {
        matches!(self.kind(), Some(AnswerKind::Unauthorized | AnswerKind::Forbidden))
    }

    /// When the circuit breaker or the server says to come back.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::BreakerOpen { retry_after, .. } => Some(*retry_after),
            Self::Path { .. }
            | Self::Request { .. }
            | Self::Login { .. }
            | Self::Answer { .. }
            | Self::NotUnderstood { .. }
            | Self::NoId { .. }
            | Self::Transport { .. }
            | Self::Timeout { .. }
            | Self::Saturated { .. }
            | Self::TooLarge { .. } => None,
        }
    }
}

/// An HTTP status as a reason to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnswerKind {
    /// 2xx or 1xx where another success was expected.
    OtherSuccess,
    /// 3xx: the address is not Keycloak's own.
    Redirect,
    /// 400.
    BadRequest,
    /// 401, also after a fresh login.
    Unauthorized,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 409.
    Conflict,
    /// 422.
    Unprocessable,
    /// 429.
    TooManyRequests,
    /// Any other 4xx.
    OtherRefusal,
    /// 5xx.
    Server,
    /// Outside of what HTTP defines.
    Unknown,
}

impl AnswerKind {
    /// The kind of a status.
    pub fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            0..=299 => Self::OtherSuccess,
            300..=399 => Self::Redirect,
            400 => Self::BadRequest,
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            409 => Self::Conflict,
            422 => Self::Unprocessable,
            429 => Self::TooManyRequests,
            402 | 405..=408 | 410..=421 | 423..=428 | 430..=499 => Self::OtherRefusal,
            500..=599 => Self::Server,
            600..=u16::MAX => Self::Unknown,
        }
    }

    /// How to go on after it.
    pub fn class(self) -> Class {
        match self {
            Self::Unauthorized
            | Self::Forbidden
            | Self::NotFound
            | Self::Conflict
            | Self::TooManyRequests
            | Self::Server
            | Self::OtherSuccess => Class::Retry,
            Self::Redirect | Self::BadRequest | Self::Unprocessable | Self::OtherRefusal | Self::Unknown => {
                Class::Stall
            }
        }
    }
}

/// Where reading JSON stopped. The parser's own text may quote a value, and values may be secrets.
pub(crate) fn unreadable(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Io => "it cannot be read",
        serde_json::error::Category::Syntax => "it is no JSON",
        serde_json::error::Category::Data => "a field has another type",
        serde_json::error::Category::Eof => "it ends too early",
    };
    format!("{what}, line {} column {}", error.line(), error.column())
}

/// An error and its causes in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.contains(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests;
