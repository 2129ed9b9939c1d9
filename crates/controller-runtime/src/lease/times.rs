//! The times of an election, and why they are what they are.
//!
//! client-go takes 15/10/2 and needs up to 17 s after a crash. Failover after a crash is to be at most 6.5 s: a standby
//! sees each renewal by its watch at once, so it takes over 5 s after the last one, and with the round trip of its own
//! replace that leaves more than a second. The leader gives up 1.5 s before that: its passes are dropped at that moment,
//! and what they had sent has that long to arrive. Between a renewal (every 1.5 s) and the deadline there is room for one
//! that fails. The price: an API server that is away for more
//! than 3.5 s ends the term. Nothing could be written to Kubernetes in that time anyway, and beginning again costs no
//! list, only one replace.

use std::time::Duration;

/// The times of an election.
#[derive(Clone, Copy, Debug)]
pub struct LeaseTimes {
    /// How long a standby waits after the last change it saw before it takes over. Default 5 s.
    pub duration: Duration,
    /// How long after the last successful renewal was sent the leader stops by itself. Default 3.5 s.
    pub renew_deadline: Duration,
    /// Time between renewals, and between looks of a standby that has no watch. Default 1.5 s.
    pub retry: Duration,
    /// The longest one call may take. Default 1.2 s.
    pub call_timeout: Duration,
}

impl Default for LeaseTimes {
    fn default() -> Self {
        Self {
            duration: Duration::from_secs(5),
            renew_deadline: Duration::from_millis(3_500),
            retry: Duration::from_millis(1_500),
            call_timeout: Duration::from_millis(1_200),
        }
    }
}

/// Times that cannot work together.
#[derive(Debug, thiserror::Error)]
#[error(
    "lease times must satisfy retry ({retry:?}) + call timeout ({call_timeout:?}) < renew deadline \
     ({renew_deadline:?}) and renew deadline + call timeout < duration ({duration:?}); raise the duration"
)]
pub struct LeaseTimesError {
    duration: Duration,
    renew_deadline: Duration,
    retry: Duration,
    call_timeout: Duration,
}

impl LeaseTimes {
    /// Times for a lease of this length, in the proportions of the defaults.
    #[must_use]
    pub fn for_duration(duration: Duration) -> Self {
        Self {
            duration,
            renew_deadline: duration.mul_f64(0.7),
            retry: duration.mul_f64(0.3),
            call_timeout: duration.mul_f64(0.24),
        }
    }

    /// Checks that a leader stops before another one can begin.
    ///
    /// # Errors
    /// If it would not, or if there is no room for a single renewal.
    pub fn checked(self) -> Result<Self, LeaseTimesError> {
        let Self { duration, renew_deadline, retry, call_timeout } = self;
        if retry + call_timeout < renew_deadline && renew_deadline + call_timeout < duration {
            Ok(self)
        } else {
            Err(LeaseTimesError { duration, renew_deadline, retry, call_timeout })
        }
    }
}
