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
}

impl Progress {
    /// Starts counting.
    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), terminal: std::io::stderr().is_terminal() }
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
        let started = Instant::now();
        let ticker = Ticker::start(name.to_owned(), started, self.terminal);
        let result = work();
        ticker.stop();
        let seconds = started.elapsed().as_secs_f64();
        match result {
            Ok((value, said)) => {
                self.line(name, &said, seconds);
                Ok(value)
            }
            Err(error) => {
                self.line(name, "failed", seconds);
                Err(error)
            }
        }
    }

    /// A line under a step, without a time.
    pub(crate) fn note(&self, text: &str) {
        let clear = if self.terminal { "\r\x1b[2K" } else { "" };
        eprintln!("{clear}  {:<12} {text}", "");
    }

    /// Time since the task began.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn line(&self, name: &str, said: &str, seconds: f64) {
        let clear = if self.terminal { "\r\x1b[2K" } else { "" };
        eprintln!("{clear}  {name:<12} {said:<62} {seconds:>7.1} s");
    }
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
            .spawn(move || Self::run(&name, started, terminal, &finished))
            .ok();
        Self { done, thread }
    }

    fn run(name: &str, started: Instant, terminal: bool, finished: &Receiver<()>) {
        let mut wait = if terminal { Duration::from_secs(1) } else { QUIET };
        while finished.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
            let seconds = started.elapsed().as_secs();
            if terminal {
                eprint!("\r\x1b[2K  {name:<12} ... {seconds} s");
                let _ = std::io::stderr().flush();
            } else {
                eprintln!("  {name:<12} ... {seconds} s");
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
