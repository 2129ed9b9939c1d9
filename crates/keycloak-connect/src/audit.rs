//! The audit log: one line with target `audit`, and one count, for each decision who may use what, each thing that happened to an
//! authorization token, and each approval.
//!
//! Lines hold names, ids and reasons; never a token, nor any other value of a Secret. They are of level `info`.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use authorization_token::{
    TargetIdentity,
    decision::{Decision, Operation, Reason},
    rotation::Notice,
};
use controller_runtime::hash_of;

use crate::owner::Owner;

/// As many objects are remembered; beyond that, all are told of once more.
const MOST: usize = 100_000;

/// The decisions that were told. One that stands is not told again at each look; every process tells it once.
#[derive(Debug, Default)]
pub struct Decisions(Mutex<HashMap<String, u64>>);

impl Decisions {
    /// Tells of a decision about the object `reader` unless it is the one before.
    pub fn tell(&self, reader: &Owner, target: &TargetIdentity, operation: Operation, decision: &Decision) {
        if operation == Operation::Delete {
            // Deletion needs no leave; the object is not asked about again.
            self.forget(reader);
            return;
        }
        if !self.is_news(reader, target, decision) {
            return;
        }
        metrics::counter!(
            "keycloak_operator_authorization_decisions_total",
            "resource_type" => reader.kind.as_str(),
            "outcome" => format!("{:?}", decision.outcome),
            "reason" => format!("{:?}", decision.reason)
        )
        .increment(1);
        tracing::info!(
            target: "audit",
            event = "decision",
            object = %reader,
            uses = %target,
            outcome = ?decision.outcome,
            reason = ?decision.reason,
            way = decision.rung.map(debug),
            token = decision.token.map(display),
            stops = ?decision.stops,
            "{}",
            decision.message
        );
    }

    /// Forgets an object that goes.
    pub fn forget(&self, reader: &Owner) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&reader.uid);
    }

    fn is_news(&self, reader: &Owner, target: &TargetIdentity, decision: &Decision) -> bool {
        let Decision { outcome, reason, rung, token, stops, message, .. } = decision;
        // What is refused, and which fields ask for it, stands in the sentence alone.
        let refused = (*reason == Reason::CapabilityNotAllowed).then_some(message);
        let hash = hash_of(&(target, outcome, reason, rung, token, stops, refused));
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= MOST {
            told.clear();
        }
        told.insert(reader.uid.clone(), hash) != Some(hash)
    }
}

/// Tells what happened to the tokens of `owner`. What only lasts is counted and not told.
pub fn tokens(owner: &Owner, notices: &[Notice]) {
    for notice in notices {
        let change = notice.word();
        metrics::counter!(
            "keycloak_operator_authorization_token_changes_total",
            "resource_type" => owner.kind.as_str(),
            "change" => change
        )
        .increment(1);
        if !matches!(notice, Notice::Expiring { .. }) {
            tracing::info!(
                target: "audit",
                event = "token",
                object = %owner,
                change,
                token = notice.id().map(display),
                "{notice}"
            );
        }
    }
}

/// Tells that an approval was accepted. Who gave it stands in the API server's own audit log, as the writer of the annotation.
pub fn approval(owner: &Owner, hash: &str) {
    metrics::counter!("keycloak_operator_approvals_total", "resource_type" => owner.kind.as_str())
        .increment(1);
    // The hash is what somebody wrote: nothing but its own characters is repeated.
    let hash: String = hash.chars().filter(char::is_ascii_hexdigit).take(64).collect();
    tracing::info!(target: "audit", event = "approval", object = %owner, hash, "the approval was accepted");
}

#[cfg(test)]
mod tests;
