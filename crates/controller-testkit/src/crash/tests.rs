//! The driver against processes that survive a crash, and against those that do not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::*;
use crate::call::Kind;
use crate::stop::Admission;

/// A server that keeps what it is given, and a process that works through a stop point.
#[derive(Clone, Default)]
struct World {
    objects: Arc<Mutex<BTreeMap<String, usize>>>,
    point: StopPoint,
}

impl World {
    /// Adds one to a counter; an error is an answer that did not come back.
    fn write(&self, name: String) -> Result<(), ()> {
        let admission = self.point.admit(Kind::Write);
        if matches!(admission, Admission::Pass(_) | Admission::Last(_)) {
            *self.objects.lock().unwrap().entry(name).or_default() += 1;
        }
        match admission {
            Admission::Pass(_) => Ok(()),
            Admission::Last(_) | Admission::Refused => Err(()),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.objects.lock().unwrap().contains_key(name)
    }

    /// What one attempt left, without its number.
    fn of(&self, attempt: Attempt) -> BTreeMap<String, usize> {
        let prefix = format!("{}-", attempt.number);
        let objects = self.objects.lock().unwrap();
        objects
            .iter()
            .filter_map(|(name, count)| Some((name.strip_prefix(&prefix)?.to_owned(), *count)))
            .collect()
    }

    /// Creates what is missing: the work of a process that looks first.
    async fn looks_first(&self, attempt: Attempt) {
        for name in ["realm", "client", "secret"].map(|name| format!("{}-{name}", attempt.number)) {
            while !self.has(&name) {
                if self.write(name.clone()).is_err() {
                    // As a controller whose outside is gone: it tries for ever.
                    tokio::task::yield_now().await;
                }
            }
        }
    }
}

#[tokio::test]
async fn a_process_that_looks_first_survives_every_crash_point() {
    let world = World::default();
    let report = every_crash_point(
        "three objects",
        &world.point,
        async |attempt| world.looks_first(attempt).await,
        async |attempt| world.looks_first(attempt).await,
        async |attempt| world.of(attempt),
    )
    .await;
    assert_eq!(report, CrashReport { writes: 3, stopped: 6 });
    assert!(world.objects.lock().unwrap().values().all(|count| *count == 1));
}

#[tokio::test]
async fn a_process_is_stopped_after_the_writes_that_are_asked_for_and_no_others() {
    for (step, stopped) in [(1, 3), (2, 2)] {
        let world = World::default();
        let report = crash_points_after(
            "three objects",
            &world.point,
            (1..).step_by(step),
            async |attempt| {
                let expected =
                    attempt.number.checked_sub(1).map(|before| Stop::AfterWrite(1 + before * step));
                assert_eq!(attempt.stop, expected);
                world.looks_first(attempt).await;
            },
            async |attempt| world.looks_first(attempt).await,
            async |attempt| world.of(attempt),
        )
        .await;
        assert_eq!(report, CrashReport { writes: 3, stopped });
        assert!(world.objects.lock().unwrap().values().all(|count| *count == 1));
    }
}

#[tokio::test]
#[should_panic(expected = "three objects: still writing after 1 writes; a run that nothing disturbs makes 3")]
async fn writes_that_end_before_the_process_does_are_found() {
    let world = World::default();
    let run = async |attempt: Attempt| world.looks_first(attempt).await;
    crash_points_after("three objects", &world.point, [1], run, run, async |attempt| world.of(attempt)).await;
}

#[tokio::test]
#[should_panic(
    expected = "two objects: stopped at AfterWrite(1) and run again, it does not end as an undisturbed run"
)]
async fn a_process_that_does_it_all_again_is_found_at_its_first_lost_answer() {
    let world = World::default();
    let blind = async |attempt: Attempt| {
        for name in ["realm", "client"] {
            if world.write(format!("{}-{name}", attempt.number)).is_err() {
                world.point.stopped().await;
            }
        }
    };
    // The recovery repeats only what an interrupted run has begun, or an undisturbed one would fail first.
    let recover = async |attempt: Attempt| {
        if attempt.stop.is_some() {
            blind(attempt).await;
        }
    };
    every_crash_point("two objects", &world.point, blind, recover, async |attempt| world.of(attempt)).await;
}

#[tokio::test]
#[should_panic(expected = "run again without having been stopped, it does not end as an undisturbed run")]
async fn a_process_whose_second_run_changes_something_is_found_without_a_crash() {
    let world = World::default();
    let again = async |attempt: Attempt| world.write(format!("{}-realm", attempt.number)).unwrap();
    every_crash_point("one object", &world.point, again, again, async |attempt| world.of(attempt)).await;
}

#[tokio::test]
#[should_panic(expected = "no write went through the stop point: does the process work through its proxies?")]
async fn a_process_that_goes_past_its_proxies_is_found() {
    let world = World::default();
    every_crash_point("nothing", &world.point, async |_| {}, async |_| {}, async |_| ()).await;
}

#[tokio::test]
#[should_panic(expected = "still writing after 40 writes; a run that nothing disturbs makes 1")]
async fn a_process_that_writes_for_ever_when_stopped_is_found() {
    let world = World::default();
    let run = async |attempt: Attempt| {
        let _ = world.write(format!("{}-x", attempt.number));
        while attempt.stop.is_some() {
            let _ = world.write(format!("{}-x", attempt.number));
            tokio::task::yield_now().await;
        }
    };
    every_crash_point("one object", &world.point, run, async |_| {}, async |_| ()).await;
}
