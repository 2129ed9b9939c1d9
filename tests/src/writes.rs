//! What a server took, as a test tells it.

use std::collections::BTreeMap;

use controller_testkit::{Calls, Kind};

/// The writes that were taken: how many of each route. One that was answered with a refusal changed nothing.
pub fn taken(calls: &Calls) -> String {
    let taken = calls.only(|call| {
        call.kind == Kind::Write && call.outcome.status().is_some_and(|status| status.is_success())
    });
    let routes: BTreeMap<_, _> = taken.by_route();
    let lines: Vec<String> =
        routes.iter().map(|((route, method), times)| format!("{times} x {method} {route}")).collect();
    if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") }
}
