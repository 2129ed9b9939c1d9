//! Steps that delete, link and unlink, and the consent they need.

use super::{Draft, Need, Planner, depth_of, edits_of, id_of, target_need};
use crate::consent::{ConsentKey, Verdict};
use crate::desired::{Held, Live, LiveObject, Target};
use crate::identity::Identity;
use crate::kind::{Deletion, Kind, Loss};
use crate::link::Link;
use crate::plan::{Action, Step, StepState};
use crate::record::Remember;

impl Planner<'_> {
    pub(super) fn draft_deletions(&mut self) {
        for leaving in std::mem::take(&mut self.leaving) {
            let mut step = deletion(leaving.kind, &leaving.identity, leaving.live);
            let record = self.input.record;
            let known = record.objects().map(|(identity, _)| identity).chain(record.pending());
            let below = known.filter(|identity| identity.is_below(&leaving.identity));
            step.after.extend(below.flat_map(|identity| edits_of(identity, [Remember::Forget])));
            let (verdict, key) = self.judge_deletion(&step, leaving.created_by_us);
            consent(&mut step, verdict, key);
            let depth = depth_of(&leaving.identity);
            let order = -(i32::from(leaving.kind.order) * 8 + depth);
            self.drafts.push(Draft { phase: 4, order, sub: 0, step, needs: vec![] });
        }
    }

    pub(super) fn judge_deletion(&self, step: &Step, created_by_us: bool) -> (Verdict, ConsentKey) {
        let key = consent_key(&step.object, step.server_id.clone(), step.loses);
        (self.deletions.judge(&key, created_by_us, true, self.input.approvals), key)
    }

    pub(super) fn draft_links(&mut self) {
        for change in std::mem::take(&mut self.links) {
            let kind = self.input.catalogue.kind(change.relation.holder);
            let Some(kind) = kind else { continue };
            let action = if change.makes { Action::Link } else { Action::Unlink };
            let mut step = Step::new(kind, &change.holder, action);
            step.server_id = match self.spread.live.object(&change.holder) {
                Some(LiveObject::Present(live)) => id_of(&live.value),
                Some(LiveObject::Absent) | None => None,
            };
            step.target_id = match self.spread.live.target_of(change.relation, &change.target) {
                Target::There(id) => id,
                Target::Missing | Target::Unknown => None,
            };
            step.link = Some(Link { relation: change.relation, target: change.target.clone() });
            let name = change.relation.name.to_owned();
            let mut needs = Vec::new();
            if change.makes {
                step.after = edits_of(&change.holder, [Remember::Link(name, change.target.clone())]);
                needs.push(Need::CreateOf(change.holder.clone()));
                needs.push(target_need(change.relation, &change.target));
            } else {
                step.after = edits_of(&change.holder, [Remember::NoLink(name, change.target.clone())]);
                step.loses = change.relation.unlinking_loses;
                let identity = format!("{}>{}", change.holder.key(), change.target);
                let id = step.server_id.clone().unwrap_or_default();
                let key = ConsentKey::new(change.relation.name, identity, id, step.loses);
                let verdict = self.deletions.judge(&key, change.made_by_us, false, self.input.approvals);
                consent(&mut step, verdict, key);
            }
            let phase = if change.makes { 2 } else { 3 };
            self.drafts.push(Draft { phase, order: i32::from(kind.order), sub: 0, step, needs });
        }
    }
}

/// A deletion that nobody judged yet.
pub(in crate::plan) fn deletion(kind: &'static Kind, identity: &Identity, live: &Live) -> Step {
    let mut step = Step::new(kind, identity, Action::Delete);
    step.server_id = id_of(&live.value);
    step.after = edits_of(identity, [Remember::Forget]);
    (step.loses, step.held) = deletion_loss(kind, live);
    step
}

/// What deleting a live object loses, and who holds it.
fn deletion_loss(kind: &Kind, live: &Live) -> (Loss, Option<(&'static str, Held)>) {
    match (kind.deletion, &live.held) {
        (Deletion::Loses(loss), _) => (loss, None),
        (Deletion::IfHeld { free, .. }, Some(Held { count: 0, .. })) => (free, None),
        (Deletion::IfHeld { held, phrase, .. }, Some(by)) => (held, Some((phrase, by.clone()))),
        (Deletion::IfHeld { held, .. }, None) => (held, None),
    }
}

pub(in crate::plan) fn consent_key(object: &Identity, id: Option<String>, loses: Loss) -> ConsentKey {
    ConsentKey::new(object.kind(), object.among_kind(), id.unwrap_or_default(), loses)
}

pub(in crate::plan) fn consent(step: &mut Step, verdict: Verdict, key: ConsentKey) {
    match verdict {
        Verdict::Free => {}
        Verdict::Approved => step.approved.push(key),
        Verdict::Waiting(_) => {
            step.state = waiting_state(verdict);
            step.waiting = Some(key);
        }
    }
}

pub(super) fn waiting_state(verdict: Verdict) -> StepState {
    match verdict {
        Verdict::Waiting(reason) => StepState::Waiting(reason),
        Verdict::Free | Verdict::Approved => StepState::Ready,
    }
}
