//! /healthz, /readyz and /metrics.
//!
//! *healthy* means that the controller's own loops turn, not that the API server answers: restarting a pod does not mend
//! the API server. *ready* means that the caches are complete and that it is known who leads; a standby is ready.

use std::{
    fmt::Write as _,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, extract::State, http::StatusCode, response::IntoResponse, routing::get};
use tokio::{net::TcpListener, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::{locked, metrics::Exporter};

/// A loop that has not turned for this long is stuck. Loops turn at least every five seconds.
const STUCK: Duration = Duration::from_secs(60);

type Check = Box<dyn Fn() -> Result<(), String> + Send + Sync>;

/// What health and readiness are made of.
#[derive(Clone, Default)]
pub struct Health {
    parts: Arc<Mutex<Parts>>,
}

#[derive(Default)]
struct Parts {
    loops: Vec<(String, Arc<Mutex<Instant>>)>,
    checks: Vec<(String, Check)>,
}

/// The sign of life of one loop.
#[derive(Clone)]
pub struct Heartbeat {
    last: Arc<Mutex<Instant>>,
}

impl Heartbeat {
    /// Says that the loop turns.
    pub fn beat(&self) {
        *locked(&self.last) = Instant::now();
    }
}

impl Health {
    /// Adds a loop that has to turn; it counts as turning now.
    pub fn heartbeat(&self, name: impl Into<String>) -> Heartbeat {
        let last = Arc::new(Mutex::new(Instant::now()));
        locked(&self.parts).loops.push((name.into(), Arc::clone(&last)));
        Heartbeat { last }
    }

    /// Adds a condition of readiness; its error says what is missing.
    pub fn ready_when(
        &self,
        name: impl Into<String>,
        check: impl Fn() -> Result<(), String> + Send + Sync + 'static,
    ) {
        locked(&self.parts).checks.push((name.into(), Box::new(check)));
    }

    /// Whether all loops turn, with a line for each.
    pub fn healthy(&self) -> (bool, String) {
        let now = Instant::now();
        let parts = locked(&self.parts);
        report(parts.loops.iter().map(|(name, last)| {
            let silent = now.saturating_duration_since(*locked(last));
            let verdict = if silent < STUCK {
                Ok(())
            } else {
                Err(format!("no sign of life for {} s", silent.as_secs()))
            };
            (name.as_str(), verdict)
        }))
    }

    /// Whether all conditions of readiness hold, with a line for each.
    pub fn ready(&self) -> (bool, String) {
        let parts = locked(&self.parts);
        if parts.checks.is_empty() {
            return (false, "[-] process: it has not begun\nfailed\n".to_owned());
        }
        report(parts.checks.iter().map(|(name, check)| (name.as_str(), check())))
    }
}

fn report<'n>(parts: impl Iterator<Item = (&'n str, Result<(), String>)>) -> (bool, String) {
    let mut all = true;
    let mut text = String::new();
    for (name, verdict) in parts {
        all &= verdict.is_ok();
        // Writing to a String cannot fail.
        let _ = match verdict {
            Ok(()) => writeln!(text, "[+] {name}"),
            Err(problem) => writeln!(text, "[-] {name}: {problem}"),
        };
    }
    text.push_str(if all { "ok\n" } else { "failed\n" });
    (all, text)
}

#[derive(Clone)]
struct Served {
    health: Health,
    exporter: Exporter,
}

/// A server that is bound, so that its address is known before it serves.
pub struct HealthServer {
    listener: TcpListener,
    routes: Router,
}

impl HealthServer {
    /// Binds the address.
    ///
    /// # Errors
    /// If the address is in use or not ours.
    pub async fn bind(address: SocketAddr, health: Health, exporter: Exporter) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let routes = Router::new()
            .route("/healthz", get(async |State(served): State<Served>| answer(served.health.healthy())))
            .route("/readyz", get(async |State(served): State<Served>| answer(served.health.ready())))
            .route(
                "/metrics",
                get(async |State(served): State<Served>| {
                    ([("content-type", "text/plain; version=0.0.4; charset=utf-8")], served.exporter.render())
                }),
            )
            .with_state(Served { health, exporter });
        Ok(Self { listener, routes })
    }

    /// Where it listens; with port 0 asked for, the one that was given.
    ///
    /// # Errors
    /// If the operating system cannot tell.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop`.
    ///
    /// # Errors
    /// If accepting connections fails for good.
    pub async fn serve(self, stop: CancellationToken) -> std::io::Result<()> {
        axum::serve(self.listener, self.routes).with_graceful_shutdown(stop.cancelled_owned()).await
    }
}

fn answer((holds, text): (bool, String)) -> impl IntoResponse {
    (if holds { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, text)
}
