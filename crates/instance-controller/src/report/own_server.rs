//! The part of the report that is about the objects of a server that we run.

use controller_runtime::{Facts, Notice, Outcome, Report};
use keycloak_connect::{AdminLogin, Mode, reason};
use keycloak_crds::{
    condition::{ConditionStatus, Reason},
    instance::status::DatabaseStatus,
};

use super::outcome_of_plan;
use crate::{
    apply::Done,
    controller::InstanceController,
    error::InstanceError,
    observe::Seen,
    workload::{
        ChildKind,
        compare::Why,
        identity,
        look::{AdminSecret, Workload},
        rollout::Rollout,
    },
};

/// What keeps a server that we run from being as declared; nothing if it runs.
pub(super) fn outcome(facts: Facts<'_, InstanceController>, workload: &Workload) -> Option<Outcome> {
    if let Some(plan) = facts.plan.filter(|plan| plan.mode != Mode::Enforce && !plan.steps.is_empty()) {
        return Some(outcome_of_plan(plan));
    }
    let Rollout { ready, wanted, .. } = workload.rollout;
    let has_just_begun = facts.applied.is_some_and(|applied| applied.done.rolls_out);
    let begun = has_just_begun.then_some(InstanceError::Starting { ready, wanted });
    workload.rollout.shortfall().or(begun).map(|error| Outcome::of_error(&error))
}

/// The objects of a server that we run, those of this pass among it.
pub(super) fn children(seen: &Seen, workload: &Workload, done: Option<&Done>) -> Vec<String> {
    let mut children = workload.children();
    let written = done.into_iter().flat_map(|done| &done.children);
    children.extend(written.map(|(kind, name, _)| format!("{kind}/{name}")));
    let (_, secret) = AdminLogin::secret(&seen.instance);
    let is_named =
        seen.instance.object().spec.admin.as_ref().is_some_and(|admin| admin.existing_secret.is_some());
    let is_there = workload.admin_secret == AdminSecret::Settled && workload.inputs.is_some();
    if !is_named && (is_there || done.is_some_and(|done| done.admin_secret)) {
        children.push(format!("Secret/{secret}"));
    }
    children.sort();
    children.dedup();
    children
}

/// Names and numbers.
pub(super) fn about(report: Report, seen: &Seen, workload: &Workload) -> Report {
    let name = identity::name(&seen.instance);
    let Rollout { replicas, ready, available, .. } = workload.rollout;
    let verdict = workload.rollout.database_ready();
    let database = match verdict.status {
        ConditionStatus::True => DatabaseStatus::Connected,
        ConditionStatus::False => DatabaseStatus::Failed,
        ConditionStatus::Unknown if workload.rollout.wanted > 0 => DatabaseStatus::Connecting,
        ConditionStatus::Unknown => DatabaseStatus::Unknown,
    };
    report
        .field("deployment", &name)
        .field("service", &name)
        .field("replicas", replicas)
        .field("readyReplicas", ready)
        .field("availableReplicas", available)
        .field("selector", identity::selector_text(&seen.instance))
        .field("databaseStatus", database)
}

/// The Services say nothing beside the pods, unless somebody changed one.
pub(super) fn notice((kind, name, why): &(ChildKind, String, Why)) -> Option<Notice> {
    match (why, kind) {
        (Why::Drifted(field), _) => {
            let note = format!("{kind} {name} was changed by somebody else in {field} and was set back");
            Some(Notice::warning(reason(Reason::DriftRepaired), note))
        }
        (Why::Missing, ChildKind::StatefulSet) => {
            Some(Notice::normal(reason(Reason::Starting), format!("{kind} {name} was made")))
        }
        (Why::Changed, ChildKind::StatefulSet) => {
            Some(Notice::normal(reason(Reason::Starting), format!("{kind} {name} was changed")))
        }
        (Why::Missing | Why::Changed, ChildKind::Service) => None,
    }
}
