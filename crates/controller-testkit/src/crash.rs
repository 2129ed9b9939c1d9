//! Crash points: stop a process at every write it makes, run it again, and expect the same end.

#[cfg(test)]
mod tests;

use std::fmt::Debug;

use crate::failure::fail;
use crate::stop::{Stop, StopPoint};

/// Writes after which a run is taken to go on for ever.
const LIMIT: usize = if cfg!(test) { 40 } else { 500 };

/// One run of the process under test.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    /// From 0: each attempt may use names of its own.
    pub number: usize,
    /// Where it is stopped; `None` for the first, which nothing disturbs.
    pub stop: Option<Stop>,
}

/// What [`every_crash_point`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrashReport {
    /// Writes of a run that nothing disturbs.
    pub writes: usize,
    /// Runs that were stopped.
    pub stopped: usize,
}

/// Runs a process once undisturbed, then once for each of its writes stopped before it, and once
/// stopped after it with its answer lost, until a run ends without being stopped. After each, the
/// process runs again undisturbed, and the end state must be that of the first run.
///
/// * `what` names what is done and begins the message of a failure.
/// * `point` must be the stop point of every proxy that the process works through.
/// * `run` does the work from its beginning to its end. When the stop is reached its future is
///   dropped, as a killed process is gone: what it spawned must end with it (`JoinSet`).
/// * `recover` starts the process again and ends when it has nothing left to do.
/// * `end_state` reads what there is, without the process and without ids and times that differ
///   from run to run.
///
/// # Panics
/// If an end state differs from the first; if no write went through `point`; if a run that was to
/// be stopped makes more than 500 writes.
pub async fn every_crash_point<State: PartialEq + Debug>(
    what: &str,
    point: &StopPoint,
    run: impl AsyncFnMut(Attempt),
    recover: impl AsyncFnMut(Attempt),
    end_state: impl AsyncFnMut(Attempt) -> State,
) -> CrashReport {
    let stops = (1..=LIMIT).flat_map(|number| [Stop::BeforeWrite(number), Stop::AfterWrite(number)]);
    at_each(what, point, stops, run, recover, end_state).await
}

/// As [`every_crash_point`], stopped only after these of its writes, from the first to the last that it makes.
///
/// A process that does one write after the other leaves the same behind whether it is stopped after one, with the answer lost, or
/// before the next: for work that is dear, half of the runs show every state that it can leave. Where even that is too dear, take
/// steps that reach each phase of it: `(1..).step_by(3)`.
///
/// # Panics
/// As [`every_crash_point`]; and if a run is stopped by the last of `writes`, so that nobody knows what follows.
pub async fn crash_points_after<State: PartialEq + Debug>(
    what: &str,
    point: &StopPoint,
    writes: impl IntoIterator<Item = usize>,
    run: impl AsyncFnMut(Attempt),
    recover: impl AsyncFnMut(Attempt),
    end_state: impl AsyncFnMut(Attempt) -> State,
) -> CrashReport {
    let stops = writes.into_iter().take_while(|number| *number <= LIMIT).map(Stop::AfterWrite);
    at_each(what, point, stops, run, recover, end_state).await
}

async fn at_each<State: PartialEq + Debug>(
    what: &str,
    point: &StopPoint,
    stops: impl Iterator<Item = Stop>,
    mut run: impl AsyncFnMut(Attempt),
    mut recover: impl AsyncFnMut(Attempt),
    mut end_state: impl AsyncFnMut(Attempt) -> State,
) -> CrashReport {
    point.clear();
    let mut attempt = Attempt { number: 0, stop: None };
    run(attempt).await;
    let writes = point.writes();
    if writes == 0 {
        fail(format!(
            "{what}: no write went through the stop point: does the process work through its proxies?"
        ));
    }
    let expected = end_state(attempt).await;
    point.clear();
    recover(attempt).await;
    same(what, "run again without having been stopped", &expected, &end_state(attempt).await);

    for (stopped, stop) in stops.enumerate() {
        attempt = Attempt { number: attempt.number + 1, stop: Some(stop) };
        if !run_until(point, stop, run(attempt)).await {
            return CrashReport { writes, stopped };
        }
        recover(attempt).await;
        same(what, &format!("stopped at {stop:?} and run again"), &expected, &end_state(attempt).await);
    }
    let last = match attempt.stop {
        Some(Stop::BeforeWrite(number) | Stop::AfterWrite(number)) => number,
        None => 0,
    };
    fail(format!("{what}: still writing after {last} writes; a run that nothing disturbs makes {writes}"))
}

/// Whether the run was stopped. Leaves the point clear and the servers quiet.
async fn run_until(point: &StopPoint, stop: Stop, run: impl Future<Output = ()>) -> bool {
    point.set(stop);
    tokio::select! {
        () = run => {}
        () = point.stopped() => {}
    }
    // `run` is dropped here, before its way out opens again.
    let stopped = point.is_stopped();
    point.quiet().await;
    point.clear();
    stopped
}

#[track_caller]
fn same<State: PartialEq + Debug>(what: &str, history: &str, expected: &State, seen: &State) {
    if expected != seen {
        fail(format!(
            "{what}: {history}, it does not end as an undisturbed run.\nexpected: {expected:#?}\nseen: {seen:#?}"
        ));
    }
}
