//! The log of a proxy's calls, and what a test expects of a stretch of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use http::Method;

use crate::call::{Call, Caller, Kind, Outcome};
use crate::failure::fail;
use crate::route::Route;

/// Every call since the proxy was started.
#[derive(Debug)]
pub(crate) struct Log {
    server: &'static str,
    started: Instant,
    entries: Mutex<Vec<Arc<Entry>>>,
}

/// One call while it goes on.
#[derive(Debug)]
pub(crate) struct Entry {
    call: Call,
    outcome: Mutex<Outcome>,
    received: AtomicU64,
}

/// A moment in the log of one proxy.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot {
    calls: usize,
}

/// A stretch of the log.
#[derive(Clone, Debug)]
pub struct Calls {
    server: &'static str,
    calls: Vec<Call>,
}

/// Expectations of a stretch; see [`Calls::expect`].
#[derive(Clone, Copy, Debug)]
pub struct Expect<'a> {
    calls: &'a Calls,
    what: &'a str,
}

impl Log {
    pub(crate) fn new(server: &'static str) -> Self {
        Self { server, started: Instant::now(), entries: Mutex::default() }
    }

    /// Writes down a call when it arrives.
    pub(crate) fn arrived(
        &self,
        method: Method,
        path: String,
        route: Route,
        caller: Caller,
        sent: u64,
    ) -> Arc<Entry> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let Route { template, kind } = route;
        let call = Call {
            number: entries.len(),
            at: self.started.elapsed(),
            method,
            template,
            path,
            kind,
            caller,
            outcome: Outcome::Forwarded,
            sent,
            received: 0,
        };
        let entry =
            Arc::new(Entry { call, outcome: Mutex::new(Outcome::Forwarded), received: AtomicU64::default() });
        entries.push(Arc::clone(&entry));
        entry
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot { calls: self.entries.lock().unwrap_or_else(PoisonError::into_inner).len() }
    }

    pub(crate) fn since(&self, snapshot: Snapshot) -> Calls {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let calls = entries.iter().skip(snapshot.calls).map(|entry| entry.now()).collect();
        Calls { server: self.server, calls }
    }
}

impl Entry {
    pub(crate) fn method(&self) -> &Method {
        &self.call.method
    }

    pub(crate) fn template(&self) -> &str {
        &self.call.template
    }

    pub(crate) fn kind(&self) -> Kind {
        self.call.kind
    }

    pub(crate) fn became(&self, outcome: Outcome) {
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = outcome;
    }

    pub(crate) fn received(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    fn now(&self) -> Call {
        let outcome = *self.outcome.lock().unwrap_or_else(PoisonError::into_inner);
        Call { outcome, received: self.received.load(Ordering::Relaxed), ..self.call.clone() }
    }
}

impl Snapshot {
    /// The moment the proxy was started.
    pub const START: Self = Self { calls: 0 };
}

impl Calls {
    /// Each call, in the order of arrival.
    pub fn iter(&self) -> std::slice::Iter<'_, Call> {
        self.calls.iter()
    }

    /// How many calls of any kind there are.
    pub fn len(&self) -> usize {
        self.calls.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// Only the calls that `keep` says yes to.
    #[must_use]
    pub fn only(&self, mut keep: impl FnMut(&Call) -> bool) -> Self {
        Self { server: self.server, calls: self.calls.iter().filter(|call| keep(call)).cloned().collect() }
    }

    /// Only the calls that the server saw: not those that a fault answered or refused.
    #[must_use]
    pub fn forwarded(&self) -> Self {
        self.only(|call| call.outcome.reached_the_server())
    }

    /// Only the calls of this method and route, such as `"/admin/realms/{realm}/clients"`.
    #[must_use]
    pub fn to(&self, method: &Method, template: &str) -> Self {
        self.only(|call| call.method == *method && call.template == template)
    }

    /// How many calls of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.calls.iter().filter(|call| call.kind == kind).count()
    }

    /// How many writes there are.
    pub fn writes(&self) -> usize {
        self.count(Kind::Write)
    }

    /// How many reads there are.
    pub fn reads(&self) -> usize {
        self.count(Kind::Read)
    }

    /// How many logins there are.
    pub fn logins(&self) -> usize {
        self.count(Kind::Login)
    }

    /// Bytes of all request bodies.
    pub fn bytes_sent(&self) -> u64 {
        self.calls.iter().map(|call| call.sent).sum()
    }

    /// Bytes of all answers' bodies.
    pub fn bytes_received(&self) -> u64 {
        self.calls.iter().map(|call| call.received).sum()
    }

    /// How often each method and route was called.
    pub fn by_route(&self) -> BTreeMap<(String, String), usize> {
        let mut routes = BTreeMap::new();
        for call in &self.calls {
            *routes.entry((call.template.clone(), call.method.to_string())).or_default() += 1;
        }
        routes
    }

    /// Begins expectations; `what` names what was done and begins the message of a failure.
    ///
    /// ```text
    /// creating one client: 2 writes to Keycloak, expected 1. The calls seen:
    ///     0.012 s  POST   /admin/realms/{realm}/clients  201  412 B -> 0 B  by cloakroom-1a2b
    /// ```
    pub fn expect<'a>(&'a self, what: &'a str) -> Expect<'a> {
        Expect { calls: self, what }
    }
}

#[expect(
    clippy::return_self_not_must_use,
    reason = "an expectation stands by itself; returning it only chains"
)]
impl Expect<'_> {
    /// Exactly so many writes.
    #[track_caller]
    pub fn writes(self, expected: usize) -> Self {
        self.count(Kind::Write, expected)
    }

    /// Exactly so many reads.
    #[track_caller]
    pub fn reads(self, expected: usize) -> Self {
        self.count(Kind::Read, expected)
    }

    /// Exactly so many logins.
    #[track_caller]
    pub fn logins(self, expected: usize) -> Self {
        self.count(Kind::Login, expected)
    }

    /// Exactly so many calls of a kind.
    #[track_caller]
    pub fn count(self, kind: Kind, expected: usize) -> Self {
        let seen = self.calls.count(kind);
        self.holds(seen == expected, || {
            format!("{}, expected {expected}", self.counted(seen, &kind.to_string()))
        })
    }

    /// Exactly so many calls of this method and route.
    #[track_caller]
    pub fn calls(self, method: &Method, template: &str, expected: usize) -> Self {
        let seen = self.calls.to(method, template).len();
        self.holds(seen == expected, || {
            format!("{} of {method} {template}, expected {expected}", self.counted(seen, "call"))
        })
    }

    /// No call by this client (`azp` of its access token, `client_id` of its login).
    #[track_caller]
    pub fn none_by(self, client: &str) -> Self {
        let seen = self.calls.only(|call| call.caller.client.as_deref() == Some(client)).len();
        self.holds(seen == 0, || format!("{} by {client}, expected none", self.counted(seen, "call")))
    }

    fn counted(self, number: usize, thing: &str) -> String {
        let plural = if number == 1 { "" } else { "s" };
        format!("{number} {thing}{plural} to {}", self.calls.server)
    }

    #[track_caller]
    fn holds(self, held: bool, otherwise: impl FnOnce() -> String) -> Self {
        if !held {
            fail(format!("{}: {}. The calls seen:\n{}", self.what, otherwise(), self.calls));
        }
        self
    }
}

impl fmt::Display for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.calls.is_empty() {
            return f.write_str("    none\n");
        }
        self.calls.iter().try_for_each(|call| writeln!(f, "{call}"))
    }
}

impl<'a> IntoIterator for &'a Calls {
    type Item = &'a Call;
    type IntoIter = std::slice::Iter<'a, Call>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::StatusCode;

    use super::*;

    fn call(number: usize, method: Method, template: &str, kind: Kind, status: u16) -> Call {
        Call {
            number,
            at: Duration::from_millis(12 * (number as u64 + 1)),
            method,
            template: template.to_owned(),
            path: template.to_owned(),
            kind,
            caller: Caller { client: Some("cloakroom-1a2b".to_owned()), user: None },
            outcome: Outcome::Answered(StatusCode::from_u16(status).unwrap()),
            sent: 412,
            received: 0,
        }
    }

    fn calls() -> Calls {
        let clients = "/admin/realms/{realm}/clients";
        Calls {
            server: "Keycloak",
            calls: vec![
                call(0, Method::POST, "/realms/{realm}/protocol/openid-connect/token", Kind::Login, 200),
                call(1, Method::POST, clients, Kind::Write, 409),
                call(2, Method::PUT, "/admin/realms/{realm}/clients/{id}", Kind::Write, 204),
            ],
        }
    }

    #[test]
    fn a_failed_expectation_shows_the_calls() {
        let failure = std::panic::catch_unwind(|| {
            calls().expect("creating one client").logins(1).reads(0).writes(1);
        });
        let message = failure.unwrap_err().downcast::<String>().unwrap();
        insta::assert_snapshot!(message, @r"
        creating one client: 2 writes to Keycloak, expected 1. The calls seen:
           0.012 s  POST   /realms/{realm}/protocol/openid-connect/token  200  412 B -> 0 B  by cloakroom-1a2b
           0.024 s  POST   /admin/realms/{realm}/clients  409  412 B -> 0 B  by cloakroom-1a2b
           0.036 s  PUT    /admin/realms/{realm}/clients/{id}  204  412 B -> 0 B  by cloakroom-1a2b
        ");
    }

    #[test]
    fn an_expectation_of_no_call_by_a_client_names_it() {
        let failure = std::panic::catch_unwind(|| {
            let calls = calls().to(&Method::PUT, "/admin/realms/{realm}/clients/{id}");
            calls.expect("after bootstrap").none_by("admin-cli").none_by("cloakroom-1a2b");
        });
        let message = failure.unwrap_err().downcast::<String>().unwrap();
        insta::assert_snapshot!(message, @r"
        after bootstrap: 1 call to Keycloak by cloakroom-1a2b, expected none. The calls seen:
           0.036 s  PUT    /admin/realms/{realm}/clients/{id}  204  412 B -> 0 B  by cloakroom-1a2b
        ");
    }
}
