//! A clock that moves when the test says so.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use crate::failure::OrFail;

/// A time that stands still until it is moved. Cloning gives the same clock.
#[derive(Clone, Debug)]
pub struct ManualClock {
    now: Arc<Mutex<Timestamp>>,
}

impl ManualClock {
    /// A clock that shows this time (RFC 3339, such as `2026-01-01T00:00:00Z`).
    ///
    /// # Panics
    /// If it is no time.
    #[track_caller]
    pub fn at(time: &str) -> Self {
        let now = time.parse().or_fail(format!("{time:?} is no time such as 2026-01-01T00:00:00Z"));
        Self { now: Arc::new(Mutex::new(now)) }
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What it shows, as the standard library's type.
    pub fn system_time(&self) -> SystemTime {
        self.now().into()
    }

    /// What it shows in whole seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(&self) -> i64 {
        self.now().as_second()
    }

    /// Moves it forward.
    ///
    /// # Panics
    /// Beyond the year 9999.
    #[track_caller]
    pub fn advance(&self, by: Duration) {
        let moved = self.now().checked_add(by).or_fail("the clock cannot show that time");
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = moved;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_moves_only_when_told_and_for_everyone_who_holds_it() {
        let clock = ManualClock::at("2026-01-01T00:00:00Z");
        let other = clock.clone();
        let before = clock.now();
        assert_eq!(clock.now(), before);
        clock.advance(Duration::from_secs(90));
        assert_eq!(other.now().to_string(), "2026-01-01T00:01:30Z");
        assert_eq!(other.unix_seconds() - before.as_second(), 90);
    }
}
