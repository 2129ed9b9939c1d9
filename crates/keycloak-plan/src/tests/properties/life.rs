//! One plan after the other, on a model of a part of a realm.

use std::collections::BTreeSet;

use super::{assert_nothing_else_changed, leaves_of};
use crate::render::{Color, text};
use crate::tests::Given;
use crate::tests::server::Model;
use crate::{Action, Plan};

/// Applies until nothing may run, which must be after so many plans.
pub(super) fn converge(given: &mut Given, model: &mut impl Model, rounds: usize) {
    for round in 0.. {
        given.live = model.live(given);
        let plan = given.plan();
        let is_over = plan.runnable().next().is_none();
        assert!(is_over || round < rounds, "after {round} plans: {}", text(&plan, Color::Never));
        assert_asked(&plan, given);
        let before = leaves_of(&given.live);
        let mut done = BTreeSet::new();
        for step in plan.runnable() {
            model.step(step);
            done.insert(step.id);
        }
        // What is known of a group is known of the place where it is to stand.
        let known = given.record.clone().following(given.live.moves());
        assert_nothing_else_changed(&before, &leaves_of(&model.live(given)), given, &known);
        given.record = plan.record_after(&given.record, &done);
        if is_over {
            return;
        }
    }
}

/// Whoever asks for it made every link, and everything that counts as approved was.
fn assert_asked(plan: &Plan, given: &Given) {
    for step in plan.runnable() {
        let approved = step.approved.iter().all(|key| given.approvals.covers(key));
        assert!(approved, "{} was not approved", step.object);
        let Some(link) = step.link.as_ref().filter(|_| step.action == Action::Link) else { continue };
        let asked = given.links.iter().filter(|links| links.holder == step.object);
        let mut asked = asked.filter(|links| links.relation == link.relation);
        assert!(
            asked.any(|links| links.targets.contains(&link.target)),
            "nobody asks {} for {}",
            step.object,
            link.target
        );
    }
}
