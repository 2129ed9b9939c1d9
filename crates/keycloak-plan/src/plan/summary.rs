//! The short form of a plan for status.

use serde::Serialize;

use super::{Plan, Step, StepState};
use crate::identity::bounded;
use crate::kind::Loss;
use crate::render;

/// Largest plan that is stored in status, in bytes of JSON.
pub const STORED_PLAN_LIMIT: usize = 64 * 1024;

/// A plan as it stands in `status.plan`: no values, and never more than [`STORED_PLAN_LIMIT`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanSummary {
    /// The plan in one line.
    pub summary: String,
    /// Value of the annotation that approves the waiting steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
    /// The steps, waiting ones first.
    pub steps: Vec<SummaryStep>,
    /// How many steps are not listed.
    pub omitted: usize,
}

/// One step of a summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SummaryStep {
    /// create, update, delete, link or unlink.
    pub action: super::Action,
    /// Kind of the object.
    pub kind: String,
    /// Its identity among its kind; a very long one ends in a hash.
    pub identity: String,
    /// Keycloak's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it loses, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loses: Option<Loss>,
    /// Whether it waits for an approval.
    pub waits: bool,
    /// What changes, or who holds it; never a value.
    pub detail: String,
}

impl Plan {
    /// The short form for status. Waiting steps stand first; where the whole would exceed the limit the last steps
    /// are left out and counted.
    pub fn summary(&self) -> PlanSummary {
        let (mut steps, rest): (Vec<&Step>, Vec<&Step>) =
            self.steps.iter().partition(|step| matches!(step.state, StepState::Waiting(_)));
        steps.extend(rest);
        let mut summary = PlanSummary {
            summary: render::counts_line(self).trim_end_matches('.').to_owned(),
            approval: self.approval.clone(),
            steps: Vec::new(),
            omitted: steps.len(),
        };
        let mut size = size_of_json(&summary) + 32;
        for step in steps.into_iter().map(summary_step) {
            size += size_of_json(&step) + 1;
            if size > STORED_PLAN_LIMIT {
                break;
            }
            summary.omitted -= 1;
            summary.steps.push(step);
        }
        summary
    }
}

fn summary_step(step: &Step) -> SummaryStep {
    SummaryStep {
        action: step.action,
        kind: step.object.kind().to_owned(),
        identity: bounded(step.object.among_kind()),
        id: step.server_id.clone(),
        loses: (step.loses != Loss::Nothing).then_some(step.loses),
        waits: matches!(step.state, StepState::Waiting(_)),
        detail: render::shortened(&render::step_detail(step), 400),
    }
}

fn size_of_json(value: &impl Serialize) -> usize {
    serde_json::to_string(value).map_or(STORED_PLAN_LIMIT, |text| text.len())
}
