//! Which steps wait for an approval, and the approvals themselves (rules 2.1 to 2.3).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::digest::long_hash;
use crate::identity::bounded;
use crate::kind::Loss;
use crate::plan::{Plan, StepId};
use crate::render::{printable, shortened};

/// More deletions than this of one kind, and more than a fifth of it, always wait.
const MANY: usize = 10;

/// How many used-up approvals are kept for people to look at.
const KEPT: usize = 10;

/// What an approval is about: one step that loses something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ConsentKey {
    /// Kind of the object.
    pub kind: String,
    /// Its identity among its kind; unique, see [`Identity::key`](crate::Identity::key). A very long one ends in a hash: status
    /// must take it.
    pub identity: String,
    /// Keycloak's id of it: an object that was deleted and made anew is another one.
    #[serde(default)]
    pub id: String,
    /// What is lost.
    pub loses: Loss,
}

impl ConsentKey {
    pub(crate) fn new(kind: &str, identity: String, id: String, loses: Loss) -> Self {
        Self { kind: kind.to_owned(), identity: bounded(identity), id, loses }
    }
}

/// Why a step waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WaitingFor {
    /// Of what it loses.
    Approval,
    /// Of the number of deletions of its kind in this plan.
    ApprovalOfMany,
}

/// What consent says to one candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Free,
    Approved,
    Waiting(WaitingFor),
}

/// Deletions per kind, against how many there are.
#[derive(Debug, Default)]
pub(crate) struct Deletions {
    counted: BTreeMap<String, usize>,
    totals: BTreeMap<String, usize>,
}

impl Deletions {
    pub(crate) fn count(&mut self, kind: &str) {
        *self.counted.entry(kind.to_owned()).or_default() += 1;
    }

    pub(crate) fn add_total(&mut self, kind: &str, live: usize) {
        *self.totals.entry(kind.to_owned()).or_default() += live;
    }

    pub(crate) fn set_total(&mut self, kind: &str, live: usize) {
        self.totals.insert(kind.to_owned(), live);
    }

    /// More than 10 objects *and* 20 % of the kind.
    fn too_many(&self, kind: &str) -> bool {
        let deleted = self.counted.get(kind).copied().unwrap_or_default();
        let total = self.totals.get(kind).copied().unwrap_or_default();
        deleted > MANY && deleted.saturating_mul(5) > total
    }

    pub(crate) fn judge(
        &self,
        key: &ConsentKey,
        created_by_us: bool,
        deletes: bool,
        approvals: &Approvals,
    ) -> Verdict {
        let loses = key.loses.needs_approval(created_by_us);
        let many = deletes && self.too_many(&key.kind);
        match (loses || many, approvals.covers(key)) {
            (false, _) => Verdict::Free,
            (true, true) => Verdict::Approved,
            (true, false) if loses => Verdict::Waiting(WaitingFor::Approval),
            (true, false) => Verdict::Waiting(WaitingFor::ApprovalOfMany),
        }
    }
}

/// The approvals of one CR, as they stand in `status.approvals`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approvals {
    /// How many approvals were used up, from where they began to be counted ([`Approvals::after_loss`]); with those that are
    /// executed part of the next hash, so that none is valid twice.
    #[serde(default)]
    pub consumed: u64,
    /// Accepted approvals, oldest first.
    #[serde(default)]
    pub entries: Vec<Approval>,
}

/// One accepted approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The hash that was approved.
    pub hash: String,
    /// Where it stands.
    pub state: ApprovalState,
    /// The steps that it still lets run.
    #[serde(default)]
    pub steps: Vec<ConsentKey>,
}

/// Where an approval stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApprovalState {
    /// Its steps run, also after a crash.
    Executing,
    /// They are all done or gone; it approves nothing any more.
    Consumed,
}

/// Why an approval was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAccepted {
    /// It was accepted before.
    #[error("the approval {hash} was accepted before, and none is valid twice")]
    Already {
        /// The hash.
        hash: String,
    },
    /// No step waits.
    #[error(
        "the approval {hash} approves nothing: no step waits; remove the annotation keycloak.mdvr.nl/approve"
    )]
    NothingWaits {
        /// The hash.
        hash: String,
    },
    /// Other steps wait by now.
    #[error(
        "the approval {hash} is for other steps than those that wait now; look at the plan and approve {expected}"
    )]
    OtherSteps {
        /// The hash.
        hash: String,
        /// The hash of the steps that wait.
        expected: String,
    },
}

impl Approvals {
    /// Approvals of a CR whose status says nothing of them, be it new or was it lost: they begin with a number of consumed
    /// approvals that was never reached (the milliseconds since 1970 will do), so that no old annotation matches.
    pub fn after_loss(consumed: u64) -> Self {
        Self { consumed, entries: Vec::new() }
    }

    /// How many approvals were accepted, from where they began to be counted: part of the next hash. Using one up does not change
    /// it, so what waits beside it keeps its hash.
    pub(crate) fn accepted(&self) -> u64 {
        let executing = self.entries.iter().filter(|entry| entry.state == ApprovalState::Executing).count();
        self.consumed.saturating_add(u64::try_from(executing).unwrap_or(u64::MAX))
    }

    /// Whether a step may run without further approval.
    pub fn covers(&self, key: &ConsentKey) -> bool {
        self.entries.iter().any(|entry| entry.state == ApprovalState::Executing && entry.steps.contains(key))
    }

    /// Accepts the value of the annotation `keycloak.mdvr.nl/approve` for the steps that wait in `plan`. Store the
    /// result before anything runs, then plan again.
    ///
    /// # Errors
    ///
    /// The sentence to report when the value does not fit.
    pub fn accept(&self, annotation: &str, plan: &Plan) -> Result<Self, NotAccepted> {
        let hash = annotation.trim();
        // Anybody may write an annotation, of any length.
        let told = || shortened(&printable(hash), 40);
        if self.entries.iter().any(|entry| entry.hash == hash) {
            return Err(NotAccepted::Already { hash: told() });
        }
        match plan.approval() {
            None => Err(NotAccepted::NothingWaits { hash: told() }),
            Some(expected) if expected != hash => {
                Err(NotAccepted::OtherSteps { hash: told(), expected: expected.to_owned() })
            }
            Some(_) => {
                let mut next = self.clone();
                let steps = plan.waiting_keys().into_iter().collect();
                next.entries.push(Approval { hash: hash.to_owned(), state: ApprovalState::Executing, steps });
                Ok(next)
            }
        }
    }

    /// Takes out of the executing approvals what `plan` (made with them) has no step for any more; an approval
    /// without steps is consumed.
    #[must_use]
    pub fn settle(&self, plan: &Plan) -> Self {
        let planned = plan.approved_keys();
        self.keep(|key| planned.contains(key))
    }

    /// Takes out of the executing approvals what these steps of `plan` have done: whoever undoes it afterwards does not let it
    /// run again. A process that is stopped before it stores that leaves it to [`settle`](Self::settle).
    #[must_use]
    pub fn after(&self, plan: &Plan, done: &BTreeSet<StepId>) -> Self {
        let steps = plan.steps.iter().filter(|step| done.contains(&step.id));
        let done: BTreeSet<&ConsentKey> = steps.flat_map(|step| &step.approved).collect();
        self.keep(|key| !done.contains(key))
    }

    /// Leaves these steps to the executing approvals. One without steps is consumed.
    fn keep(&self, stays: impl Fn(&ConsentKey) -> bool) -> Self {
        let mut next = self.clone();
        for entry in next.entries.iter_mut().filter(|entry| entry.state == ApprovalState::Executing) {
            entry.steps.retain(&stays);
            if entry.steps.is_empty() {
                entry.state = ApprovalState::Consumed;
                next.consumed = next.consumed.saturating_add(1);
            }
        }
        let consumed = next.entries.iter().filter(|entry| entry.state == ApprovalState::Consumed).count();
        let mut surplus = consumed.saturating_sub(KEPT);
        next.entries.retain(|entry| {
            let drop = surplus > 0 && entry.state == ApprovalState::Consumed;
            surplus -= usize::from(drop);
            !drop
        });
        next
    }
}

/// The hash that approves exactly these steps of this CR, once (rule 2.3). `accepted`: how many approvals were before it.
///
/// A long hash: whoever may name objects, but not approve, chooses both the steps that somebody approves and those that then run.
pub(crate) fn approval_hash(
    cr_uid: &str,
    realm_id: &str,
    accepted: u64,
    steps: &BTreeSet<ConsentKey>,
) -> String {
    let accepted = accepted.to_string();
    let mut parts: Vec<&[u8]> = vec![cr_uid.as_bytes(), realm_id.as_bytes(), accepted.as_bytes()];
    for key in steps {
        let fields: [&[u8]; 4] = [
            key.kind.as_bytes(),
            key.identity.as_bytes(),
            key.id.as_bytes(),
            loss_name(key.loses).as_bytes(),
        ];
        parts.extend(fields);
    }
    long_hash("cloakroom approval", &parts)
}

/// Fixed: part of the hash.
fn loss_name(loss: Loss) -> &'static str {
    match loss {
        Loss::Nothing => "Nothing",
        Loss::Login => "Login",
        Loss::Configuration => "Configuration",
        Loss::Access => "Access",
        Loss::UserData => "UserData",
    }
}
