//! A controller that runs in the process of its test.

use std::fmt::Debug;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::failure::fail;

/// A controller that runs. It ends at once when this is dropped, like a process that is killed.
#[derive(Debug)]
pub struct Running {
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
}

impl Running {
    /// Starts it; `run` gets what tells it to stop. A controller that fails fails the test that stops it.
    pub fn start<F, E>(run: impl FnOnce(CancellationToken) -> F) -> Self
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Debug,
    {
        let stop = CancellationToken::new();
        let run = run(stop.clone());
        let task = tokio::spawn(async move {
            if let Err(error) = run.await {
                fail(format!("the controller ended: {error:?}"));
            }
        });
        Self { stop, task: Some(task) }
    }

    /// Lets the pass that runs end, then the controller.
    ///
    /// # Panics
    /// If the controller failed or panicked.
    pub async fn stops(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take()
            && let Err(error) = task.await
        {
            fail(error);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[tokio::test]
    async fn it_ends_well_when_it_is_stopped_and_at_once_when_it_is_dropped() {
        for stopped in [true, false] {
            let ended_well = Arc::new(AtomicBool::new(false));
            let told = Arc::clone(&ended_well);
            let running = Running::start(async move |stop: CancellationToken| {
                stop.cancelled().await;
                told.store(true, Ordering::SeqCst);
                Ok::<_, String>(())
            });
            if stopped {
                running.stops().await;
            } else {
                drop(running);
            }
            assert_eq!(ended_well.load(Ordering::SeqCst), stopped);
        }
    }

    #[tokio::test]
    #[should_panic(expected = "panicked")]
    async fn a_controller_that_failed_fails_the_test_that_stops_it() {
        Running::start(|_| std::future::ready(Err("no API server"))).stops().await;
    }
}
