//! The fence: whether this process may still write.
//!
//! Leadership ends by time, not by an event: a process that was stopped for a minute wakes up believing that it leads.
//! Therefore every mutating call asks the fence first, and the fence compares with a monotonic clock.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::time::Instant;

/// A deadline that every writer checks. Clones share it.
#[derive(Clone, Debug)]
pub struct Fence {
    began: Instant,
    open_until: Arc<AtomicU64>,
}

const CLOSED: u64 = 0;
const ALWAYS: u64 = u64::MAX;

impl Fence {
    /// A closed fence, to be opened by a lease.
    pub fn closed() -> Self {
        Self { began: Instant::now(), open_until: Arc::new(AtomicU64::new(CLOSED)) }
    }

    /// A fence that never closes, for a controller without leader election.
    pub fn always_open() -> Self {
        let fence = Self::closed();
        fence.open_until.store(ALWAYS, Ordering::Release);
        fence
    }

    /// Whether writing is allowed at this moment.
    pub fn is_open(&self) -> bool {
        match self.open_until.load(Ordering::Acquire) {
            CLOSED => false,
            ALWAYS => true,
            until => self.nanos(Instant::now()) < until,
        }
    }

    pub(crate) fn open_until(&self, until: Instant) {
        self.open_until.store(self.nanos(until).clamp(CLOSED + 1, ALWAYS - 1), Ordering::Release);
    }

    pub(crate) fn close(&self) {
        self.open_until.store(CLOSED, Ordering::Release);
    }

    fn nanos(&self, moment: Instant) -> u64 {
        u64::try_from(moment.saturating_duration_since(self.began).as_nanos()).unwrap_or(ALWAYS - 1)
    }
}
