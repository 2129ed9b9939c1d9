//! What a server says about its own health, on its management port.
//!
//! `/health/ready` exists with `KC_HEALTH_ENABLED`, and the check of the database in it with `KC_METRICS_ENABLED`
//! (Keycloak's guide "Tracking instance status with health checks"). It needs no login, so it is not part of the admin API.

use std::fmt;
use std::time::{Duration, Instant};

use http::HeaderMap;
use serde::Deserialize;

use crate::{
    error::chain,
    server::{BadServer, TraceHeaders, http_builder},
};

/// The longest that a look may take.
const TIMEOUT: Duration = Duration::from_secs(5);
/// More than any answer of a server has.
const LARGEST: usize = 64 * 1024;

/// Asks servers for their health. Cheap to clone.
#[derive(Clone)]
pub struct HealthProbe {
    http: reqwest::Client,
    trace_headers: Option<TraceHeaders>,
}

impl fmt::Debug for HealthProbe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HealthProbe")
    }
}

/// What a server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Whether it takes requests.
    pub ready: bool,
    /// Whether it reaches its database; `None` if it does not say.
    pub database: Option<bool>,
}

/// Why a server did not say how it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HealthError {
    /// Nobody answered.
    #[error("{address} does not answer: {why}")]
    Silent {
        /// The address that was asked.
        address: String,
        /// What happened.
        why: String,
    },
    /// The answer is none of a health check.
    #[error("{address} answers, but not with a health check: {why}")]
    NotHealth {
        /// The address that was asked.
        address: String,
        /// What is wrong with it.
        why: String,
    },
}

/// The answer in the form that servers of Quarkus give.
#[derive(Deserialize)]
struct Answer {
    status: String,
    #[serde(default)]
    checks: Vec<Check>,
}

#[derive(Deserialize)]
struct Check {
    name: String,
    status: String,
}

impl HealthProbe {
    /// A probe. It goes to pods, so proxy variables do not count.
    ///
    /// # Errors
    /// When the HTTP library refuses to start.
    pub fn new() -> Result<Self, BadServer> {
        let builder = http_builder().timeout(TIMEOUT).no_proxy();
        let http = builder.build().map_err(|error| BadServer::Http { reason: chain(&error) })?;
        Ok(Self { http, trace_headers: None })
    }

    /// The same with a trace context for outgoing requests.
    #[must_use]
    pub fn with_trace_headers(self, trace_headers: TraceHeaders) -> Self {
        Self { trace_headers: Some(trace_headers), ..self }
    }

    /// Asks `<address>/health/ready`; the address is that of the management port, `http://10.0.0.7:9000`.
    ///
    /// # Errors
    /// When nobody answers, or something else does.
    pub async fn ready(&self, address: &str) -> Result<Health, HealthError> {
        let silent = |error: reqwest::Error| HealthError::Silent {
            address: address.to_owned(),
            why: chain(&error.without_url()),
        };
        let asked = Instant::now();
        // 200 and 503 carry the same answer.
        let mut headers = HeaderMap::new();
        if let Some(add) = &self.trace_headers {
            add(&mut headers);
        }
        let request = self.http.get(format!("{address}/health/ready")).headers(headers);
        let mut response = request.send().await.map_err(silent)?;
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(silent)? {
            body.extend_from_slice(&part);
            if body.len() > LARGEST {
                let why = format!("it is larger than {LARGEST} bytes");
                return Err(HealthError::NotHealth { address: address.to_owned(), why });
            }
        }
        let answer: Answer = serde_json::from_slice(&body).map_err(|error| HealthError::NotHealth {
            address: address.to_owned(),
            why: error.to_string(),
        })?;
        let health = answer.health();
        if health.database.is_some() {
            // The server asks its database before it answers; nobody else here speaks to the database.
            metrics::histogram!("keycloak_operator_database_connection_duration_seconds")
                .record(asked.elapsed().as_secs_f64());
        }
        Ok(health)
    }
}

impl Answer {
    fn health(&self) -> Health {
        let database = self.checks.iter().find(|check| check.name.to_ascii_lowercase().contains("database"));
        Health { ready: is_up(&self.status), database: database.map(|check| is_up(&check.status)) }
    }
}

fn is_up(status: &str) -> bool {
    status == "UP"
}

#[cfg(test)]
mod tests {
    use axum::{Router, http::StatusCode, routing::get};

    use super::*;

    async fn asked(status: StatusCode, body: &'static str) -> Result<Health, String> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().route("/health/ready", get(move || async move { (status, body) }));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await });
        let answer = HealthProbe::new().unwrap().ready(&address).await;
        serving.abort();
        answer.map_err(|error| error.to_string().replace(&address, "ADDRESS"))
    }

    #[tokio::test]
    async fn a_server_tells_whether_it_takes_requests_and_reaches_its_database() {
        let up = r#"{"status": "UP", "checks": [
            {"name": "Keycloak cluster health check", "status": "UP"},
            {"name": "Keycloak database connections async health check", "status": "UP"}]}"#;
        let healthy = Health { ready: true, database: Some(true) };
        assert_eq!(asked(StatusCode::OK, up).await, Ok(healthy));
        let down = r#"{"status": "DOWN", "checks": [
            {"name": "Keycloak database connections async health check", "status": "DOWN",
             "data": {"Failing since": "2026-01-31T12:00:00Z"}}]}"#;
        let broken = Health { ready: false, database: Some(false) };
        assert_eq!(asked(StatusCode::SERVICE_UNAVAILABLE, down).await, Ok(broken));
        let without = Health { ready: true, database: None };
        assert_eq!(asked(StatusCode::OK, r#"{"status": "UP", "checks": []}"#).await, Ok(without));
    }

    #[tokio::test]
    async fn what_is_no_health_check_is_told_apart_from_silence() {
        let told = asked(StatusCode::OK, "<html>").await.unwrap_err();
        assert!(told.starts_with("ADDRESS answers, but not with a health check"), "{told}");
        // Nobody listens on port 1.
        let silent = HealthProbe::new().unwrap().ready("http://127.0.0.1:1").await.unwrap_err();
        assert!(silent.to_string().starts_with("http://127.0.0.1:1 does not answer"), "{silent}");
    }
}
