//! One call that went through a proxy, as a test sees it.

use std::fmt;
use std::time::Duration;

use http::{Method, StatusCode};

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its number in the order of arrival, from 0.
    pub number: usize,
    /// When it arrived, since the proxy was started.
    pub at: Duration,
    /// HTTP method.
    pub method: Method,
    /// Its route with ids replaced, such as `/admin/realms/{realm}/clients/{id}`; a watch of the
    /// Kubernetes API ends in `?watch`.
    pub template: String,
    /// Path and query as they were sent.
    pub path: String,
    /// What the call is for.
    pub kind: Kind,
    /// Who called, as far as the call shows it.
    pub caller: Caller,
    /// What became of it.
    pub outcome: Outcome,
    /// Bytes of the request's body.
    pub sent: u64,
    /// Bytes of the answer's body that went to the caller so far; a watch goes on.
    pub received: u64,
}

/// What a call is for. Only [`Kind::Write`] counts as a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// It changes nothing. Also a POST that stores nothing: a partial export, an access review, a
    /// dry run.
    Read,
    /// POST, PUT, PATCH or DELETE of anything that the other kinds do not name.
    Write,
    /// It gets an access token: Keycloak's token endpoint, Kubernetes' `TokenRequest`.
    Login,
    /// Any call on a Lease: leader election goes on when nothing else does.
    Lease,
    /// Any call on a Kubernetes Event.
    Event,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Sent to the server, which has not answered yet.
    Forwarded,
    /// The server's answer went back.
    Answered(StatusCode),
    /// The proxy answered by itself (a fault); the server never saw the call.
    Faked(StatusCode),
    /// The connection was closed without an answer; the server never saw the call.
    Refused,
    /// The server answered with this status, and the caller never learned it.
    AnswerLost(StatusCode),
    /// The server could not be reached; the connection was closed without an answer.
    Unreachable,
}

/// Who called, read from the access token or the login form. Never a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Caller {
    /// `azp` of the token, or `client_id` of the login.
    pub client: Option<String>,
    /// `preferred_username` or `sub` of the token, or `username` of the login.
    pub user: Option<String>,
}

impl Outcome {
    /// Status that the server or the proxy answered with.
    pub fn status(self) -> Option<StatusCode> {
        match self {
            Self::Answered(status) | Self::Faked(status) | Self::AnswerLost(status) => Some(status),
            Self::Forwarded | Self::Refused | Self::Unreachable => None,
        }
    }

    /// Whether the server saw the call.
    pub fn reached_the_server(self) -> bool {
        match self {
            Self::Forwarded | Self::Answered(_) | Self::AnswerLost(_) => true,
            Self::Faked(_) | Self::Refused | Self::Unreachable => false,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forwarded => f.write_str("no answer yet"),
            Self::Answered(status) => write!(f, "{}", status.as_u16()),
            Self::Faked(status) => write!(f, "{} by the proxy", status.as_u16()),
            Self::Refused => f.write_str("refused by the proxy"),
            Self::AnswerLost(status) => write!(f, "{}, answer lost", status.as_u16()),
            Self::Unreachable => f.write_str("server unreachable"),
        }
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.client, &self.user) {
            (Some(client), Some(user)) => write!(f, "{client} ({user})"),
            (Some(name), None) | (None, Some(name)) => f.write_str(name),
            (None, None) => f.write_str("-"),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Login => "login",
            Self::Lease => "lease call",
            Self::Event => "event call",
        })
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>8.3} s  {:<6} {}  {}  {} B -> {} B  by {}",
            self.at.as_secs_f64(),
            self.method.as_str(),
            self.template,
            self.outcome,
            self.sent,
            self.received,
            self.caller
        )
    }
}
