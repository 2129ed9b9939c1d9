//! The pace at which one process reads Secrets.
//!
//! Secrets are not watched, so those that are there are read again once per resync. Ten thousand objects must not do that all at
//! once: reads go one after the other, ten a second. What somebody waits for goes at once and takes its place in the row, so that
//! the others wait the longer; but however much is edited, one read a second is left to them. Turns are given by whoever of those
//! that wait is awake when it is time: a read that nobody polls holds nobody up.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use controller_runtime::Haste;
use tokio::{
    sync::oneshot,
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
    row: Mutex<Row>,
}

/// Who waits for a turn, and when the next one is.
struct Row {
    /// When the next read may be made.
    free_at: Instant,
    waiting: VecDeque<oneshot::Sender<()>>,
    /// Since when somebody waits whose turn is next.
    first_since: Instant,
}

impl Row {
    /// When the first in the row may read, as far as is known.
    fn turn(&self) -> Instant {
        self.free_at.min(self.first_since + PATIENCE)
    }

    /// Gives all turns that are due. Who does not wait any more takes none.
    fn give(&mut self, now: Instant) {
        while now >= self.turn() {
            let Some(first) = self.waiting.pop_front() else { return };
            if first.send(()).is_ok() {
                self.take(now);
                self.first_since = now;
            }
        }
    }

    fn take(&mut self, now: Instant) {
        self.free_at = (self.free_at.max(now) + INTERVAL).min(now + DEBT);
    }
}

impl Pace {
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self { row: Mutex::new(Row { free_at: now, waiting: VecDeque::new(), first_since: now }) }
    }

    /// Waits until a read may be made, with the haste of the pass in which it is asked.
    pub(super) async fn admit(&self) {
        let came = Instant::now();
        let haste = Haste::current();
        match haste {
            Haste::Now => self.locked().take(came),
            Haste::Soon | Haste::AtLeisure => self.in_turn(came).await,
        }
        metrics::counter!("keycloak_operator_secret_reads_total", "lane" => lane(haste)).increment(1);
        metrics::histogram!("keycloak_operator_secret_read_wait_seconds", "lane" => lane(haste))
            .record(came.elapsed());
    }

    async fn in_turn(&self, came: Instant) {
        let mut given = self.ask(came);
        while given.try_recv().is_err() {
            // Those that go at once move the time away while this waits for it.
            let turn = self.locked().turn();
            tokio::select! {
                biased;
                // Those that wait are only let go of with a turn.
                _ = &mut given => return,
                () = sleep_until(turn) => {}
            }
            self.locked().give(Instant::now());
        }
    }

    /// Gets in the row; what is given is the turn.
    fn ask(&self, now: Instant) -> oneshot::Receiver<()> {
        let mut row = self.locked();
        row.waiting.retain(|waiting| !waiting.is_closed());
        if row.waiting.is_empty() {
            row.first_since = now;
        }
        let (give, given) = oneshot::channel();
        row.waiting.push_back(give);
        row.give(now);
        given
    }

    fn locked(&self) -> MutexGuard<'_, Row> {
        self.row.lock().unwrap_or_else(PoisonError::into_inner)
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

    #[tokio::test(start_paused = true)]
    async fn a_read_that_nobody_polls_takes_its_turn_and_holds_nobody_up() {
        let pace = Arc::new(Pace::new());
        ask(&pace, 1, Haste::AtLeisure).join_all().await;
        let mut left_alone = Box::pin(pace.admit());
        assert!(tokio::time::timeout(Duration::ZERO, left_alone.as_mut()).await.is_err(), "it waits");
        let times = ask(&pace, 5, Haste::Soon).join_all().await;
        let last = times.into_iter().max().unwrap();
        assert!(last > Duration::from_millis(550) && last < Duration::from_millis(650), "{last:?}");
        tokio::time::timeout(Duration::ZERO, left_alone).await.unwrap();
    }
}
