//! The part of the report that is about the objects of a server that we run.

use std::collections::BTreeSet;

use controller_runtime::{Facts, Notice, Outcome, Pass, Report};
use keycloak_connect::{AdminLogin, Mode, reason};
use keycloak_crds::{
    condition::{ConditionStatus, Reason},
    instance::status::DatabaseStatus,
};

use super::outcome_of_plan;
use crate::{
    apply::{Done, WrittenChild},
    controller::InstanceController,
    error::InstanceError,
    observe::Seen,
    plan::Plan,
    workload::{
        ChildKind,
        compare::Why,
        identity,
        look::{AdminSecret, Workload},
        record::Record,
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
    let done = facts.applied.map(|applied| &applied.done);
    let overridden = || facts.plan.and_then(|plan| overridden(plan, done));
    let unfinished = |error: InstanceError| match error {
        // Nothing else is held up by it: a changed Secret, for one, is noticed as soon as anywhere.
        overridden @ InstanceError::Overridden { .. } => Outcome::of_error(&overridden).at_resync(),
        error => Outcome::of_error(&error),
    };
    workload.rollout.shortfall().or(begun).or_else(overridden).map(unfinished)
}

/// Values that something else keeps, as of this pass; nothing if all stand as they were written.
pub(super) fn overridden(plan: &Plan, done: Option<&Done>) -> Option<InstanceError> {
    let objects = plan.compared.iter().filter_map(|comparison| {
        let written = done.into_iter().flat_map(|done| &done.children);
        let kept = written.filter(|written| written.object() == comparison.object);
        let kept = kept.flat_map(|written| &written.kept);
        let paths: BTreeSet<&str> = comparison.overridden.iter().chain(kept).map(String::as_str).collect();
        let paths: Vec<&str> = paths.into_iter().collect();
        (!paths.is_empty()).then(|| format!("{}: {}", comparison.object.replace('/', " "), paths.join(", ")))
    });
    let fields: Vec<String> = objects.collect();
    (!fields.is_empty()).then(|| InstanceError::Overridden { fields: fields.join("; ") })
}

/// What is remembered after this pass: nothing new where nothing may be written.
pub(super) fn record(plan: &Plan, seen: &Seen, done: Option<&Done>, pass: &Pass) -> Option<Record> {
    if plan.mode != Mode::Enforce {
        return None;
    }
    if seen.instance.object().spec.is_external() {
        return Some(Record::default());
    }
    let workload = seen.workload.as_ref()?;
    let written = done.map(|done| done.children.as_slice()).unwrap_or_default();
    let secrets = workload.inputs.as_ref().map(|inputs| &inputs.secrets);
    Some(workload.record.after(&plan.compared, written, secrets, pass.now))
}

/// The objects of a server that we run, those of this pass among it.
pub(super) fn children(seen: &Seen, workload: &Workload, done: Option<&Done>) -> Vec<String> {
    let mut children = workload.children();
    let written = done.into_iter().flat_map(|done| &done.children);
    children.extend(written.map(WrittenChild::object));
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
pub(super) fn notice(written: &WrittenChild) -> Option<Notice> {
    let WrittenChild { kind, name, why, .. } = written;
    match (why, kind) {
        (Why::Drifted(fields), _) => {
            let fields = fields.join(", ");
            let note = format!("{kind} {name} was changed by somebody else in {fields} and was set back");
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
