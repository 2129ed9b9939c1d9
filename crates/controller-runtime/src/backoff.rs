//! How long one object waits before its next pass.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

use crate::class::ClassName;

/// Waiting times between passes. The defaults are those that the documentation promises.
#[derive(Clone, Debug)]
pub struct Pacing {
    /// Retry: the first wait (1 s), grown by [`Pacing::retry_factor`], with up to as much again as jitter.
    pub retry_first: Duration,
    /// Retry: growth from one wait to the next (1.5).
    pub retry_factor: f32,
    /// Retry: the longest wait before jitter (5 min).
    pub retry_longest: Duration,
    /// Wait: the first wait (2 s), doubled each time.
    pub wait_first: Duration,
    /// Wait: the longest wait (60 s).
    pub wait_longest: Duration,
    /// Stall: the waits one after the other, the last one for ever (5 min, 10 min, 30 min, 1 h, 6 h).
    pub stall: Vec<Duration>,
    /// The longest wait of an object in deletion, whatever holds it up (30 s): its namespace may have begun to go, which is no
    /// event of the object, and nobody waits for a namespace for minutes.
    pub deletion_longest: Duration,
    /// How often a settled object is looked at again (10 min), spread by its uid.
    pub resync: Duration,
}

impl Default for Pacing {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        Self {
            retry_first: Duration::from_secs(1),
            retry_factor: 1.5,
            retry_longest: Duration::from_secs(5 * MINUTE),
            wait_first: Duration::from_secs(2),
            wait_longest: Duration::from_secs(60),
            stall: [5, 10, 30, 60, 360].map(|minutes| Duration::from_secs(minutes * MINUTE)).to_vec(),
            deletion_longest: Duration::from_secs(30),
            resync: Duration::from_secs(10 * MINUTE),
        }
    }
}

impl Pacing {
    /// Longer than any wait, a resync included.
    pub(crate) fn longest(&self) -> Duration {
        // Retry has up to as much again as jitter.
        let waits = [2 * self.retry_longest, self.wait_longest, self.resync];
        self.stall.iter().copied().chain(waits).max().unwrap_or_default()
    }

    /// The wait until the next resync of an object.
    ///
    /// Each uid owns one moment within the interval, so that objects made together, or seen together after a restart,
    /// do not come back together. The first wait is between half and one and a half intervals, every later one exactly
    /// one interval.
    ///
    /// `elapsed`: time since the process began.
    pub(crate) fn until_resync(&self, uid_hash: u64, elapsed: Duration) -> Duration {
        let interval = nanos(self.resync).max(1);
        let earliest = nanos(elapsed).saturating_add(interval / 2);
        let own_moment = uid_hash % interval;
        let behind = (earliest % interval + interval - own_moment) % interval;
        let until_own_moment = if behind == 0 { 0 } else { interval - behind };
        Duration::from_nanos((interval / 2).saturating_add(until_own_moment))
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// Where one failing object stands. Objects that do not fail have none.
#[derive(Debug)]
pub(crate) struct Backoff {
    class: ClassName,
    waits: Waits,
}

#[derive(Debug)]
enum Waits {
    Growing(backon::ExponentialBackoff),
    Listed(usize),
}

impl Backoff {
    /// The next wait after a failure of this class. A change of class begins anew.
    pub(crate) fn next(slot: &mut Option<Box<Self>>, class: ClassName, pacing: &Pacing) -> Duration {
        let current = match slot.take() {
            Some(backoff) if backoff.class == class => backoff,
            _ => Box::new(Self { class, waits: Waits::of(class, pacing) }),
        };
        let current = slot.insert(current);
        match &mut current.waits {
            Waits::Growing(waits) => waits.next().unwrap_or(pacing.retry_longest),
            Waits::Listed(position) => {
                let wait = pacing.stall.get(*position).or(pacing.stall.last()).copied();
                *position = position.saturating_add(1);
                wait.unwrap_or(pacing.resync)
            }
        }
    }
}

impl Waits {
    fn of(class: ClassName, pacing: &Pacing) -> Self {
        match class {
            ClassName::Retry => Self::Growing(
                ExponentialBuilder::default()
                    .with_min_delay(pacing.retry_first)
                    .with_factor(pacing.retry_factor)
                    .with_max_delay(pacing.retry_longest)
                    .without_max_times()
                    .with_jitter()
                    .build(),
            ),
            ClassName::Wait => Self::Growing(
                ExponentialBuilder::default()
                    .with_min_delay(pacing.wait_first)
                    .with_factor(2.0)
                    .with_max_delay(pacing.wait_longest)
                    .without_max_times()
                    .build(),
            ),
            ClassName::Stall => Self::Listed(0),
        }
    }
}

#[cfg(test)]
mod tests;
