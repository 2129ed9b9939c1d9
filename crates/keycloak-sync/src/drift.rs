//! Drift: what something else changed of what an object owns, read off its plan.

use keycloak_crds::drift::DriftFinding;
use keycloak_plan::{Action, Identity, Link, OwnedRecord, Plan, Reason, Step, StepId, kinds::REALM, render};

/// The longest value that is told, in letters.
const LONGEST_VALUE: usize = 120;
/// The longest name or path that is told, in letters.
const LONGEST_NAME: usize = 240;

/// One finding in a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Drifted {
    /// The object.
    pub object: Identity,
    /// The step that sets it back.
    pub step: StepId,
    /// The link of the object that was gone, where it is one.
    pub link: Option<Link>,
    /// As it stands in status, without times and actor.
    pub finding: DriftFinding,
}

/// What of this plan sets back what something else changed: values that were applied and differ now, objects and links that were
/// made and are gone. `record` is what the plan was made with. The mark is told of elsewhere.
///
/// Where the realm itself is gone that is the one finding: everything in it is gone with it.
pub fn drifted(plan: &Plan, record: &OwnedRecord) -> Vec<Drifted> {
    let gone = |step: &&Step| step.action == Action::Create && record.object(&step.object).is_some();
    let realm = plan.steps.iter().filter(gone).find(|step| *step.kind() == REALM);
    if let Some(realm) = realm {
        return vec![found(realm, None, None, Some(EXISTS.to_owned()))];
    }
    plan.steps.iter().flat_map(|step| of_step(plan, step, record)).collect()
}

/// Said of an object or a link that is declared.
const EXISTS: &str = "(exists)";

fn of_step(plan: &Plan, step: &Step, record: &OwnedRecord) -> Vec<Drifted> {
    match step.action {
        Action::Update => {
            let drift = step.changes.iter().filter(|change| change.reason == Reason::Drift);
            let drift = drift.filter(|change| !change.is_mark());
            drift
                .map(|change| {
                    let [old, new] = render::sides(change, LONGEST_VALUE);
                    found(step, Some(&change.path.to_string()), old, new)
                })
                .collect()
        }
        // One that is deleted first is made anew because a value cannot be changed, whoever changed that.
        Action::Create if record.object(&step.object).is_some() && !is_deleted(plan, &step.object) => {
            vec![found(step, None, None, Some(EXISTS.to_owned()))]
        }
        Action::Link => {
            let link = step.link.iter();
            let made = link.filter(|link| {
                let holder = record.object(&step.object);
                holder.is_some_and(|holder| holder.made_link(link.relation.name, &link.target))
            });
            made.map(|link| {
                let path = format!("{} {}", link.relation.name, link.target);
                found(step, Some(&path), None, Some(EXISTS.to_owned()))
            })
            .collect()
        }
        Action::Create | Action::Delete | Action::Unlink => Vec::new(),
    }
}

fn is_deleted(plan: &Plan, object: &Identity) -> bool {
    plan.steps.iter().any(|step| step.action == Action::Delete && step.object == *object)
}

fn found(step: &Step, path: Option<&str>, old: Option<String>, new: Option<String>) -> Drifted {
    let name = |text: &str| render::line(text, LONGEST_NAME);
    Drifted {
        object: step.object.clone(),
        step: step.id,
        link: step.link.clone(),
        finding: DriftFinding {
            action: step.action.as_str().to_owned(),
            kind: step.object.kind().to_owned(),
            identity: name(&step.object.among_kind()),
            path: path.map(name),
            old,
            new,
            ..DriftFinding::default()
        },
    }
}

#[cfg(test)]
mod tests;
