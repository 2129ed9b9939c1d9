//! Steps that let an object stand elsewhere.

use super::{Draft, Need, Planner, id_of, removal};
use crate::body;
use crate::change::{Change, Reason, Shown};
use crate::consent::ConsentKey;
use crate::desired::LiveObject;
use crate::identity::Identity;
use crate::leaf::Leaves;
use crate::link::Link;
use crate::moving::Move;
use crate::path::FieldPath;
use crate::plan::{Action, Step};

impl Planner<'_> {
    /// What is to stand elsewhere goes there before anything else is done with it.
    pub(super) fn draft_moves(&mut self) {
        let (input, spread) = (self.input, self.spread);
        for moved in input.live.moves().iter().filter(|moved| !moved.is_done) {
            let Some(kind) = input.catalogue.kind(moved.to.kind()) else { continue };
            let Some(LiveObject::Present(live)) = spread.live.object(&moved.to) else { continue };
            let Some(map) = live.value.as_object() else { continue };
            let mut step = Step::new(kind, &moved.to, Action::Update);
            step.server_id = id_of(&live.value);
            step.body = Some(body::update(kind, &Leaves::new(), map, &[], &[], input.server));
            step.changes = vec![change(&moved.shown)];
            step.loses = moved.loses;
            step.held.clone_from(&moved.held);
            let mut moved = moved.clone();
            let is_of_it = |known: &Identity| *known == moved.to || known.is_below(&moved.to);
            moved.is_known = input.record.objects().any(|(known, _)| is_of_it(known));
            let identity = format!("{}#path", moved.to.among_kind());
            let id = step.server_id.clone().unwrap_or_default();
            let key = ConsentKey::new(kind.name, identity, id, step.loses);
            let verdict = self.deletions.judge(&key, true, false, input.approvals);
            removal::consent(&mut step, verdict, key);
            let needs = moved.to.parent().map(|parent| Need::CreateOf(parent.clone()));
            step.moved = Some(moved);
            let (order, needs) = (i32::from(kind.order), needs.into_iter().collect());
            self.drafts.push(Draft { phase: 0, order, sub: 0, step, needs });
        }
    }
}

fn change((from, to): &(String, String)) -> Change {
    Change {
        path: FieldPath::field("path"),
        old: Shown::Value(from.as_str().into()),
        new: Shown::Value(to.as_str().into()),
        reason: Reason::Desired,
        note: None,
        set: false,
        entry: false,
        mark: false,
    }
}

/// Whether a step has to wait until this move is made: it is about what moves or what is below that, it deletes something of the
/// kind, in which what moves may still be, or it is about a link that names what moves by its new place.
pub(super) fn is_before(moved: &Move, step: &Step) -> bool {
    let to = &moved.to;
    let deletes = step.action == Action::Delete && step.object.kind() == to.kind();
    let is_named = |link: &Link| {
        moved.targets.iter().any(|(relation, _, to)| **relation == *link.relation && *to == link.target)
    };
    let links = step.link.as_ref().is_some_and(is_named);
    deletes || links || step.object == *to || step.object.is_below(to)
}
