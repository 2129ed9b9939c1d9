//! What kind of failure an error is: the one decision from which waiting time and conditions follow.

use std::fmt;

/// The reason of a condition or an Event: one CamelCase word, the same for every object.
///
/// Kubernetes accepts at most 128 characters for the reason of an Event and
/// `^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$` for that of a condition; here letters and digits only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reason(&'static str);

impl Reason {
    /// Makes a reason; in a `const` a wrong word is a compile error.
    ///
    /// # Panics
    /// If the word is empty, longer than 128 characters, does not begin with an upper-case letter or holds
    /// anything but ASCII letters and digits. Write reasons as constants and the compiler checks them.
    pub const fn new(word: &'static str) -> Self {
        let bytes = word.as_bytes();
        assert!(!bytes.is_empty() && bytes.len() <= 128, "a reason has 1 to 128 characters");
        assert!(bytes[0].is_ascii_uppercase(), "a reason begins with an upper-case letter");
        let mut at = 0;
        while at < bytes.len() {
            assert!(bytes[at].is_ascii_alphanumeric(), "a reason holds letters and digits only");
            at += 1;
        }
        Self(word)
    }

    /// The word.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The class of a failure, with the reason that people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// It may work the next time with nothing changed: connection, 429, 5xx, a lost write race.
    Retry(Reason),
    /// Something else has to come first: a referenced object, Secret or key is absent or not ready.
    Wait(Reason),
    /// A person has to change something: our own validation, refused authorization, 400, 422.
    Stall(Reason),
}

/// A class without its reason: what tables, backoff and metrics are keyed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClassName {
    /// See [`Class::Retry`].
    Retry,
    /// See [`Class::Wait`].
    Wait,
    /// See [`Class::Stall`].
    Stall,
}

impl ClassName {
    /// All of them, in order of rising severity.
    pub const ALL: [Self; 3] = [Self::Retry, Self::Wait, Self::Stall];

    /// The name as metrics spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Wait => "wait",
            Self::Stall => "stall",
        }
    }
}

impl Class {
    /// The class without its reason.
    pub const fn name(self) -> ClassName {
        match self {
            Self::Retry(_) => ClassName::Retry,
            Self::Wait(_) => ClassName::Wait,
            Self::Stall(_) => ClassName::Stall,
        }
    }

    /// The reason that people read.
    pub const fn reason(self) -> Reason {
        match self {
            Self::Retry(reason) | Self::Wait(reason) | Self::Stall(reason) => reason,
        }
    }
}

/// An error that knows its class.
///
/// There is no default on purpose: every error enum says it for each of its variants, by a `match` without `_`,
/// so that a new variant does not compile until somebody has decided.
///
/// ```
/// use controller_runtime::{Class, Classify, Reason};
///
/// #[derive(Debug, thiserror::Error)]
/// enum ObserveError {
///     #[error("ConfigMap {0} does not exist; create it or change spec.source")]
///     SourceMissing(String),
///     #[error("the server did not answer within 5 s")]
///     TimedOut,
/// }
///
/// impl Classify for ObserveError {
///     fn class(&self) -> Class {
///         match self {
///             Self::SourceMissing(_) => Class::Wait(Reason::new("SourceMissing")),
///             Self::TimedOut => Class::Retry(Reason::new("ServerUnavailable")),
///         }
///     }
/// }
/// ```
pub trait Classify: std::error::Error {
    /// The class of this error.
    fn class(&self) -> Class;
}
