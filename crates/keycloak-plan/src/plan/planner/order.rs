//! The order of steps, what depends on what, and the finished plan.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Need, Planner, depth_of, id_of, moves};
use crate::consent::{Approvals, approval_hash};
use crate::desired::LiveObject;
use crate::identity::Identity;
use crate::link::Link;
use crate::moving::Move;
use crate::path::FieldPath;
use crate::plan::{Action, Plan, Step, StepId, StepState};

impl Planner<'_> {
    pub(super) fn finish(mut self) -> Plan {
        self.drafts.sort_by(|left, right| sort_key(left).cmp(&sort_key(right)));
        let numbers = numbers(&self.drafts);
        let moved: Vec<(StepId, Move)> = self
            .drafts
            .iter()
            .enumerate()
            .filter_map(|(number, draft)| Some((StepId(number), draft.step.moved.clone()?)))
            .collect();
        let mut steps: Vec<Step> = Vec::with_capacity(self.drafts.len());
        for (number, draft) in self.drafts.into_iter().enumerate() {
            let mut step = draft.step;
            step.id = StepId(number);
            step.parent_id = step.object.parent().and_then(|parent| match self.spread.live.object(parent) {
                Some(LiveObject::Present(live)) => id_of(&live.value),
                Some(LiveObject::Absent) | None => None,
            });
            let mut depends: BTreeSet<StepId> =
                draft.needs.iter().filter_map(|need| numbers.get(need).copied()).collect();
            depends.extend(moved.iter().filter(|(_, by)| moves::is_before(by, &step)).map(|(on, _)| *on));
            step.depends_on = depends.into_iter().filter(|on| *on != step.id).collect();
            // Steps stand after what they depend on, so one look back is enough.
            let held_up = step
                .depends_on
                .iter()
                .find(|on| steps.get(on.0).is_some_and(|before: &Step| before.state != StepState::Ready));
            if let (StepState::Ready, Some(on)) = (&step.state, held_up) {
                step.state = StepState::After(*on);
            }
            if let StepState::Waiting(_) = step.state {
                step.body = None;
            }
            steps.push(step);
        }
        let mut plan = Plan {
            subject: self.input.subject.clone(),
            adoption: self.adoption,
            steps,
            findings: self.findings,
            unchanged: self.unchanged,
            approval: None,
            settled: self.settled,
            moved: self.input.live.moves().iter().filter(|moved| moved.is_done).cloned().collect(),
        };
        plan.approval = approval_of(&plan, self.input.approvals);
        plan
    }
}

/// Which step creates or deletes which object.
fn numbers(drafts: &[Draft]) -> BTreeMap<Need, StepId> {
    let mut numbers = BTreeMap::new();
    for (number, step) in drafts.iter().map(|draft| &draft.step).enumerate() {
        match step.action {
            Action::Create => {
                let created = std::iter::once(&step.object).chain(&step.carries);
                numbers.extend(created.map(|object| (Need::CreateOf(object.clone()), StepId(number))));
            }
            Action::Delete => {
                numbers.insert(Need::DeleteOf(step.object.clone()), StepId(number));
            }
            Action::Update | Action::Link | Action::Unlink => {}
        }
    }
    numbers
}

/// The hash that approves what waits in a plan.
pub(in crate::plan) fn approval_of(plan: &Plan, approvals: &Approvals) -> Option<String> {
    let waiting = plan.waiting_keys();
    let subject = &plan.subject;
    (!waiting.is_empty())
        .then(|| approval_hash(&subject.uid, &subject.realm_id, approvals.accepted(), &waiting))
}

fn sort_key(draft: &Draft) -> (u8, i32, i32, &Identity, u8, Option<&Link>, Option<&FieldPath>) {
    let depth = if draft.phase == 0 { depth_of(&draft.step.object) } else { 0 };
    (
        draft.phase,
        draft.order,
        depth,
        &draft.step.object,
        draft.sub,
        draft.step.link.as_ref(),
        draft.step.path.as_ref(),
    )
}
