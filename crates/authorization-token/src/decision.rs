//! The whole decision: may this object use this target, what may it ask for, and if not, what is there to do?
//!
//! One ordered list of small pure checks. Each lets the question pass or ends it with a reason of its own. The order is the
//! meaning: a deny beats everything; a token that is named must be valid, whatever else would let the object in; then same
//! namespace, token, RBAC and grant, the first that allows; then the limits, which hold for every way in.
//!
//! Losing authorization stops changes and says so. It deletes nothing, and deletion itself needs no authorization.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::identity::{NamespaceName, ObjectName, TargetIdentity};
use crate::ledger::Ledger;
use crate::limits::{Capability, EffectiveLimits};
use crate::policy::{PolicyError, TargetPolicy};
use crate::token::TokenId;

mod checks;
mod reason;
mod rungs;
#[cfg(test)]
mod tests;

pub use reason::{Outcome, Reason, Rung};

/// The object that wants to use the target.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// Its namespace.
    pub namespace: &'a NamespaceName,
    /// The labels of that namespace; `None` where the controller does not know them (yet).
    pub namespace_labels: Option<&'a BTreeMap<String, String>>,
    /// The realm name or client id asked for. The kind follows from the target.
    pub name: &'a str,
    /// What it asks for beyond the ordinary, from the merged CR.
    pub asks: &'a BTreeSet<Capability>,
    /// What is about to be done.
    pub operation: Operation,
    /// How many *other* objects of its namespace stand on the target already.
    pub others: u32,
}

/// What is about to be done to the object in Keycloak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// It is not there yet.
    Create,
    /// It is there; anything may be written to it.
    Change,
    /// It is torn down.
    Delete,
}

/// What the target says.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Which object it is.
    pub identity: &'a TargetIdentity,
    /// Its `spec.authorization`, as [`TargetPolicy::read`] gave it.
    pub policy: Result<&'a TargetPolicy, &'a PolicyError>,
    /// Its `status.authorization.tokens[]`, as [`Ledger::read`] gave it.
    pub ledger: &'a Ledger,
}

/// The Secret that the object's CR names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSecret {
    /// The namespace it would be read from. It must be the object's own.
    pub namespace: NamespaceName,
    /// Its name.
    pub name: ObjectName,
    /// The key.
    pub key: String,
}

/// What came of reading the token.
#[derive(Clone, Copy)]
pub enum TokenEvidence<'a> {
    /// The CR names no Secret.
    NotNamed,
    /// The Secret is not there.
    SecretMissing(&'a TokenSecret),
    /// The Secret has no such key.
    KeyMissing(&'a TokenSecret),
    /// The value of the key.
    Presented(&'a TokenSecret, &'a [u8]),
}

/// The answer to "may the namespace's service accounts `use` the target?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RbacAnswer {
    /// Yes.
    Allowed,
    /// No.
    NotAllowed,
    /// Not asked yet, or the API server did not answer; with the cause.
    ///
    /// A caller may decide with this first and ask only when the reason is [`Reason::RbacUnknown`].
    Unknown(String),
}

/// What was found out before deciding.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    /// About the token.
    pub token: TokenEvidence<'a>,
    /// About RBAC.
    pub rbac: &'a RbacAnswer,
}

/// The decision about one object. Serialized, it is the audit line: it holds ids, never a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Go on, wait, or refuse.
    pub outcome: Outcome,
    /// Why, as in a condition.
    pub reason: Reason,
    /// What a person reads: what is the case, and what to do.
    pub message: String,
    /// Which way in it was, when authorized.
    pub rung: Option<Rung>,
    /// The valid token that was presented, whichever rung allowed.
    pub token: Option<TokenId>,
    /// When the presented token ends. A named token must be valid, so nothing goes on beyond that time without another look.
    pub lapses_at: Option<Timestamp>,
    /// What may not be done.
    pub stops: Stops,
    /// The limits that hold. Filled in as far as the chain came; complete when authorized.
    #[serde(skip)]
    pub limits: EffectiveLimits,
}

/// What a decision stops. It never stops a deletion, and never causes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Stops {
    /// Nothing.
    Nothing,
    /// The object is not created.
    Creation,
    /// The object stays as it is: nothing is written to it, nothing is deleted.
    Changes,
}

/// Everything the checks look at.
#[derive(Clone, Copy)]
struct Question<'a> {
    request: &'a Request<'a>,
    target: Target<'a>,
    evidence: Evidence<'a>,
    now: Timestamp,
}

/// What the checks found out so far.
#[derive(Default)]
struct Findings {
    token: Option<TokenId>,
    lapses_at: Option<Timestamp>,
    rung: Option<Rung>,
    limits: EffectiveLimits,
}

/// How a check ends the question: a reason and the first part of the message.
struct Conclusion {
    reason: Reason,
    why: String,
}

/// A check ends the question, or passes it on with what it found out.
type Check = for<'a> fn(Question<'a>, &mut Findings) -> Result<(), Conclusion>;

/// The chain. The first conclusion counts; who comes through is authorized.
const CHAIN: [Check; 11] = [
    checks::deletion_needs_nothing,
    checks::policy_is_readable,
    checks::is_not_denied,
    checks::token_is_in_the_own_namespace,
    checks::token_is_there,
    checks::token_is_valid,
    rungs::some_rung_allows,
    checks::limits_are_known,
    checks::name_is_within_limits,
    checks::capabilities_are_within_limits,
    checks::there_is_room,
];

/// Decides. See the module.
pub fn decide(request: &Request<'_>, target: Target<'_>, evidence: Evidence<'_>, now: Timestamp) -> Decision {
    let question = Question { request, target, evidence, now };
    let mut findings = Findings::default();
    let stopped = CHAIN.iter().find_map(|check| check(question, &mut findings).err());
    let conclusion = stopped.unwrap_or_else(|| rungs::allowed(question, &findings));
    conclude(question, findings, conclusion)
}

fn conclude(question: Question<'_>, findings: Findings, conclusion: Conclusion) -> Decision {
    let outcome = conclusion.reason.outcome();
    let stops = match (outcome, question.request.operation) {
        (Outcome::Allowed, _) | (_, Operation::Delete) => Stops::Nothing,
        (Outcome::Wait | Outcome::Refused, Operation::Create) => Stops::Creation,
        (Outcome::Wait | Outcome::Refused, Operation::Change) => Stops::Changes,
    };
    let (noun, name) = (question.target.identity.kind.consumer().noun(), question.request.name);
    let message = match stops {
        Stops::Nothing => conclusion.why,
        Stops::Creation => format!("{} Until then {noun} {name:?} is not created.", conclusion.why),
        Stops::Changes => {
            format!(
                "{} Until then {noun} {name:?} stays as it is: nothing is changed, nothing deleted.",
                conclusion.why
            )
        }
    };
    Decision {
        outcome,
        reason: conclusion.reason,
        message,
        rung: findings.rung.filter(|_| outcome == Outcome::Allowed),
        token: findings.token,
        lapses_at: findings.lapses_at,
        stops,
        limits: findings.limits,
    }
}
