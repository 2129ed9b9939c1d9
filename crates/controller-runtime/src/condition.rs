//! Conditions: what a controller asserts, merged by type into what the object already has.

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, Time};

use crate::class::Reason;

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not.
    False,
    /// It cannot be told.
    Unknown,
}

impl Truth {
    /// The word that Kubernetes uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::True => "True",
            Self::False => "False",
            Self::Unknown => "Unknown",
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

/// A condition as a controller asserts it: without times, which are not its business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asserted {
    /// Type, for example `Available`.
    pub type_: &'static str,
    /// Whether it holds.
    pub truth: Truth,
    /// One CamelCase word.
    pub reason: Reason,
    /// One sentence for people; may be empty.
    pub message: String,
}

impl Asserted {
    /// A condition of this type.
    pub fn new(
        type_: &'static str,
        truth: impl Into<Truth>,
        reason: Reason,
        message: impl Into<String>,
    ) -> Self {
        Self { type_, truth: truth.into(), reason, message: message.into() }
    }

    /// The condition as it is written: `lastTransitionTime` moves only when the status flips.
    pub(crate) fn onto(self, live: &[Condition], generation: i64, now: Timestamp) -> Condition {
        let unflipped = live
            .iter()
            .find(|condition| condition.type_ == self.type_ && condition.status == self.truth.as_str())
            .map(|condition| condition.last_transition_time.clone());
        Condition {
            type_: self.type_.to_owned(),
            status: self.truth.as_str().to_owned(),
            reason: self.reason.as_str().to_owned(),
            message: self.message,
            observed_generation: Some(generation),
            last_transition_time: unflipped.unwrap_or_else(|| Time(whole_second(now))),
        }
    }
}

/// Kubernetes keeps condition times in whole seconds; more would never read back equal.
fn whole_second(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

#[cfg(test)]
mod tests;
