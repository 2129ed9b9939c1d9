//! The pace at which one process reads Secrets.
//!
//! Secrets are not watched, so those that are there are read again once per resync. Ten thousand objects must not do that all at
//! once: reads go one after the other, ten a second. What somebody waits for goes at once and takes its place in the row, so that
//! the others wait the longer; but however much is edited, one read a second is left to them.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use controller_runtime::Haste;
use tokio::{
    sync::Mutex as AsyncMutex,
    time::{Instant, sleep_until},
};

/// From one read to the next.
const INTERVAL: Duration = Duration::from_millis(100);
/// How long the first in the row waits for those that go at once.
const PATIENCE: Duration = Duration::from_secs(1);
/// How much those that go at once can take in advance.
const DEBT: Duration = Duration::from_secs(10);

/// One row per process.
pub(super) struct Pace {
    /// When the next read may be made.
    free_at: Mutex<Instant>,
    /// Held by the first in the row; fair.
    turn: AsyncMutex<()>,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self { free_at: Mutex::new(Instant::now()), turn: AsyncMutex::default() }
    }

    /// Waits until a read may be made, with the haste of the pass in which it is asked.
    pub(super) async fn admit(&self) {
        let came = Instant::now();
        let haste = Haste::current();
        match haste {
            Haste::Now => self.take(came),
            Haste::Soon | Haste::AtLeisure => self.in_turn().await,
        }
        metrics::counter!("keycloak_operator_secret_reads_total", "lane" => lane(haste)).increment(1);
        metrics::histogram!("keycloak_operator_secret_read_wait_seconds", "lane" => lane(haste))
            .record(came.elapsed());
    }

    async fn in_turn(&self) {
        let _turn = self.turn.lock().await;
        let at_the_latest = Instant::now() + PATIENCE;
        // Those that go at once move the time away while this waits for it.
        while let Some(until) = self.wait_until(at_the_latest) {
            sleep_until(until).await;
        }
    }

    /// Takes the next place if it is time; else says until when to wait.
    fn wait_until(&self, at_the_latest: Instant) -> Option<Instant> {
        let now = Instant::now();
        let until = (*self.locked()).min(at_the_latest);
        if now < until {
            return Some(until);
        }
        self.take(now);
        None
    }

    fn take(&self, now: Instant) {
        let mut free_at = self.locked();
        *free_at = ((*free_at).max(now) + INTERVAL).min(now + DEBT);
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Instant> {
        self.free_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const fn lane(haste: Haste) -> &'static str {
    match haste {
        Haste::Now => "edit",
        Haste::Soon => "wake",
        Haste::AtLeisure => "resync",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::task::JoinSet;

    use super::*;

    /// So many reads at leisure that all ask at once; each tells when it was let through.
    fn ask(pace: &Arc<Pace>, count: usize, haste: Haste) -> JoinSet<Duration> {
        let began = Instant::now();
        let mut tasks = JoinSet::new();
        for _ in 0..count {
            let pace = Arc::clone(pace);
            tasks.spawn(async move {
                haste.during(pace.admit()).await;
                began.elapsed()
            });
        }
        tasks
    }

    #[tokio::test(start_paused = true)]
    async fn no_second_sees_more_than_ten_reads() {
        let pace = Arc::new(Pace::new());
        let mut times = ask(&pace, 101, Haste::AtLeisure).join_all().await;
        times.sort();
        assert_eq!(times[100].as_millis() / 10, 1_000, "{:?}", times[100]);
        // Timers of tokio are good for a millisecond.
        let slack = Duration::from_millis(2);
        assert!(times.windows(11).all(|ten| ten[10] + slack >= ten[0] + Duration::from_secs(1)), "{times:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn an_edit_does_not_stand_behind_a_thousand_reads_of_a_resync() {
        let pace = Arc::new(Pace::new());
        let mut rest = ask(&pace, 1_000, Haste::AtLeisure);
        tokio::time::sleep(Duration::from_secs(5)).await;
        let edited = ask(&pace, 20, Haste::Now).join_all().await;
        assert!(edited.iter().all(Duration::is_zero), "{edited:?}");
        let mut last = Duration::ZERO;
        while let Some(time) = rest.join_next().await {
            last = last.max(time.unwrap());
        }
        // Those twenty were read in the same ten a second: the last of the resync is later by as much.
        assert!((100..=103).contains(&last.as_secs()), "{last:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn however_much_is_edited_a_resync_goes_on() {
        let pace = Arc::new(Pace::new());
        let edits = tokio::spawn({
            let pace = Arc::clone(&pace);
            async move {
                loop {
                    Haste::Now.during(pace.admit()).await;
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        });
        let times = ask(&pace, 10, Haste::AtLeisure).join_all().await;
        edits.abort();
        let last = times.into_iter().max().unwrap();
        assert!(last > Duration::from_secs(9) && last < Duration::from_secs(11), "{last:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_gives_up_holds_nobody_up() {
        let pace = Arc::new(Pace::new());
        let mut gone = ask(&pace, 100, Haste::AtLeisure);
        tokio::time::sleep(Duration::from_millis(50)).await;
        gone.abort_all();
        while gone.join_next().await.is_some() {}
        let time = ask(&pace, 1, Haste::Soon).join_all().await;
        assert!(time[0] <= INTERVAL, "{time:?}");
    }
}
