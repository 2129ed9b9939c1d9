//! What a person sees while a task runs: one line a step, with what was done and how long it took.
//!
//! On a terminal the line of the running step counts the seconds; elsewhere (a CI log) a step
//! prints once when it starts, if it takes long, and once when it is done.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a step stays silent off a terminal before it says that it is running.
const QUIET: Duration = Duration::from_secs(5);
/// How often it speaks after that.
const REMIND: Duration = Duration::from_secs(60);

/// The steps of one task and the time of each.
pub(crate) struct Progress {
    started: Instant,
    terminal: bool,
    silent: bool,
}

impl Progress {
    /// Starts counting.
    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), terminal: std::io::stderr().is_terminal(), silent: false }
    }

    /// Of work beside another task, whose output it must not disturb.
    pub(crate) fn silent() -> Self {
        Self { silent: true, ..Self::start() }
    }

    /// Runs one step and prints its line. `work` returns what to say of it (may be empty).
    ///
    /// # Errors
    /// Those of `work`; the line then says that the step failed.
    pub(crate) fn step<T>(
        &self,
        name: &str,
        work: impl FnOnce() -> anyhow::Result<(T, String)>,
    ) -> anyhow::Result<T> {
        if self.silent {
            return work().map(|(value, _)| value);
        }
        let started = Instant::now();
        let ticker = Ticker::start(name.to_owned(), started, self.terminal);
        let result = work();
        ticker.stop();
        let seconds = started.elapsed().as_secs_f64();
        let said = result.as_ref().map_or("failed", |(_, said)| said.as_str());
        eprintln!("{}{}", clear(self.terminal), line(name, said, seconds));
        result.map(|(value, _)| value)
    }

    /// A line under a step, without a time.
    pub(crate) fn note(&self, text: &str) {
        if !self.silent {
            eprintln!("{}  {:<12} {text}", clear(self.terminal), "");
        }
    }

    /// Time since the task began.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

/// What takes the counting line off a terminal.
fn clear(terminal: bool) -> &'static str {
    if terminal { "\r\x1b[2K" } else { "" }
}

/// The line of a step that is over.
fn line(name: &str, said: &str, seconds: f64) -> String {
    format!("  {name:<12} {said:<62} {seconds:>7.1} s")
}

/// Says that a step is still running.
struct Ticker {
    done: Sender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    fn start(name: String, started: Instant, terminal: bool) -> Self {
        let (done, finished) = channel();
        let thread = std::thread::Builder::new()
            .name("progress".to_owned())
            .spawn(move || {
                let wait = if terminal { Duration::from_secs(1) } else { QUIET };
                Self::run(wait, terminal, &finished, |end| {
                    eprint!("{}  {name:<12} ... {} s{end}", clear(terminal), started.elapsed().as_secs());
                    let _ = std::io::stderr().flush();
                });
            })
            .ok();
        Self { done, thread }
    }

    /// Says it after `wait`, and again until the step is over: on a terminal in place, elsewhere seldom.
    fn run(mut wait: Duration, terminal: bool, finished: &Receiver<()>, mut say: impl FnMut(&str)) {
        while finished.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
            say(if terminal { "" } else { "\n" });
            if !terminal {
                wait = REMIND;
            }
        }
    }

    fn stop(mut self) {
        let _ = self.done.send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use anyhow::{Result, bail};

    use super::*;

    #[test]
    fn a_step_gives_back_what_it_made_or_the_error_of_what_failed() {
        let progress = Progress::start();
        assert_eq!(progress.step("one", || Ok((7, "made".to_owned()))).unwrap(), 7);
        let failed: Result<()> = progress.step("two", || bail!("no more paper"));
        assert_eq!(failed.unwrap_err().to_string(), "no more paper");
        assert!(progress.elapsed() <= progress.started.elapsed());
    }

    #[test]
    fn names_and_times_of_steps_stand_below_each_other() {
        let lines = [line("kubernetes", "1.34.4 (cached)", 0.04), line("node", "failed", 181.26)];
        assert_eq!(
            lines,
            [
                "  kubernetes   1.34.4 (cached)                                                    0.0 s",
                "  node         failed                                                           181.3 s",
            ]
        );
    }

    #[test]
    fn a_long_step_says_that_it_runs_and_a_short_one_says_nothing() {
        let ticks = |terminal: bool, until: usize| {
            let (done, finished) = channel();
            let mut said = Vec::new();
            if until == 0 {
                done.send(()).unwrap();
            }
            Ticker::run(Duration::from_millis(1), terminal, &finished, |end| {
                said.push(end.to_owned());
                if said.len() == until {
                    done.send(()).unwrap();
                }
            });
            said
        };
        // In place on a terminal, a line elsewhere.
        assert_eq!(ticks(true, 3), ["", "", ""]);
        assert_eq!(ticks(false, 1), ["\n"]);
        assert_eq!(ticks(false, 0), Vec::<String>::new());
    }
}
