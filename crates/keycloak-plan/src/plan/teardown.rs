//! The plan of a deletion: the object that carries the mark goes, with everything in it.

use std::collections::BTreeMap;

use super::planner::{approval_of, consent, consent_key, deletion, edits_of, whole_view};
use super::{Finding, Findings, Place, Plan, PlanError, Subject};
use crate::claim::Proof;
use crate::consent::{Approvals, Deletions};
use crate::desired::LiveObject;
use crate::identity::Identity;
use crate::kind::Kind;
use crate::record::{ObjectRecord, OwnedRecord, Remember};

/// Everything that a teardown is planned from.
#[derive(Debug, Clone, Copy)]
pub struct Teardown<'a> {
    /// Whose plan it is.
    pub subject: &'a Subject,
    /// Kind of the object.
    pub kind: &'static Kind,
    /// The object.
    pub identity: &'a Identity,
    /// What was read of it just now.
    pub live: &'a LiveObject,
    /// What proves that it is ours (rule 3.4).
    pub proof: Option<Proof>,
    /// `deletionPolicy: Guarded`: what loses something waits. With `Delete` the policy is the consent.
    pub guarded: bool,
    /// What was applied last.
    pub record: &'a OwnedRecord,
    /// What was approved.
    pub approvals: &'a Approvals,
}

/// Plans a teardown. Without proof the plan is empty and says so; what is gone already needs no step.
///
/// # Errors
///
/// When only a reduced view was read.
pub fn teardown(input: &Teardown<'_>) -> Result<Plan, PlanError> {
    let mut plan = Plan {
        subject: input.subject.clone(),
        adoption: None,
        steps: Vec::new(),
        findings: Findings::default(),
        unchanged: BTreeMap::new(),
        approval: None,
        settled: Vec::new(),
        moved: Vec::new(),
    };
    let LiveObject::Present(live) = input.live else {
        plan.settled = edits_of(input.identity, [Remember::Forget]);
        return Ok(plan);
    };
    if input.proof.is_none() {
        plan.findings.unproven.push(Finding { object: input.identity.clone(), what: Place { path: None } });
        return Ok(plan);
    }
    whole_view(input.kind, input.identity, live)?;
    let mut step = deletion(input.kind, input.identity, live);
    let key = consent_key(input.identity, step.server_id.clone(), step.loses);
    let created_by_us = input.record.object(input.identity).is_some_and(ObjectRecord::created_by_us);
    if input.guarded {
        let verdict = Deletions::default().judge(&key, created_by_us, true, input.approvals);
        consent(&mut step, verdict, key);
    }
    plan.steps.push(step);
    plan.approval = approval_of(&plan, input.approvals);
    Ok(plan)
}
