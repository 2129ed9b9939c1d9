//! A connection that did not carry an answer.

use super::{Class, chain};

/// What happened to a connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportFault {
    /// No connection was made, so nothing was sent: refused, unreachable, name unknown.
    #[error("cannot connect: {0}")]
    Connect(String),
    /// The server's certificate is not trusted. It is always checked.
    #[error(
        "the server's certificate is not accepted: {0}. Give the CA that signed it, or mend the certificate"
    )]
    Certificate(String),
    /// The connection broke after something was sent.
    #[error("the connection broke: {0}")]
    Broken(String),
}

impl TransportFault {
    /// How to go on.
    pub fn class(&self) -> Class {
        match self {
            Self::Connect(_) | Self::Broken(_) => Class::Retry,
            Self::Certificate(_) => Class::Stall,
        }
    }

    /// Sorts the HTTP library's error. Its text keeps the causes and loses the address, which may
    /// hold names.
    pub(crate) fn of(error: reqwest::Error) -> Self {
        let connect = error.is_connect();
        let text = chain(&error.without_url());
        if text.contains("certificate") {
            Self::Certificate(text)
        } else if connect {
            Self::Connect(text)
        } else {
            Self::Broken(text)
        }
    }
}
