//! How long one object waits before its next pass.

use std::{sync::Arc, time::Duration};

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
    /// Wait: the longest wait (60 s) of up to 600 objects that wait. More of them take turns, ten a second, and none waits longer
    /// than until its resync.
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

/// So many objects that wait are looked at in a second, however many wait.
const WAITING_A_SECOND: u32 = 10;

/// The objects of one queue that wait: each of them holds a copy, which counts them.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Arc<()>);

impl Waiting {
    /// How long each of them waits at least, so that all of them together are not looked at more often than they may: at most until
    /// its resync, which looks at whatever there is.
    fn turn(&self, pacing: &Pacing) -> Duration {
        let count = u32::try_from(Arc::strong_count(&self.0) - 1).unwrap_or(u32::MAX);
        (Duration::from_secs(1) * count / WAITING_A_SECOND).min(pacing.resync)
    }
}

/// Where one failing object stands. Objects that do not fail have none.
#[derive(Debug)]
pub(crate) struct Backoff {
    class: ClassName,
    waits: Waits,
    /// Held where it waits, among all that do.
    waiting: Option<Arc<()>>,
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
            _ => Box::new(Self { class, waits: Waits::of(class, pacing), waiting: None }),
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

    /// The same of an object that takes no turns, also if it did before.
    pub(crate) fn next_alone(slot: &mut Option<Box<Self>>, class: ClassName, pacing: &Pacing) -> Duration {
        let wait = Self::next(slot, class, pacing);
        if let Some(backoff) = slot {
            backoff.waiting = None;
        }
        wait
    }

    /// The same of an object that has others beside it: what waits takes its turn among all that wait.
    pub(crate) fn next_among(
        slot: &mut Option<Box<Self>>,
        class: ClassName,
        pacing: &Pacing,
        waiting: &Waiting,
    ) -> Duration {
        let wait = Self::next(slot, class, pacing);
        match (slot, class) {
            (Some(backoff), ClassName::Wait) => {
                backoff.waiting.get_or_insert_with(|| Arc::clone(&waiting.0));
                wait.max(waiting.turn(pacing))
            }
            (Some(_), ClassName::Retry | ClassName::Stall) | (None, _) => wait,
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
