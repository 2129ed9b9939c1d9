//! What became of links that are made, or taken away, together.

use std::collections::BTreeMap;

use keycloak_admin::types::RoleRepresentation;
use keycloak_plan::{Action, Identity, Step, StepId};

use crate::error::SyncError;
use crate::execute::no_call;

/// What became of links, each by itself: those that were made are remembered, whatever became of the others.
#[derive(Debug, Default)]
pub(crate) struct Linked(BTreeMap<StepId, Result<(), SyncError>>);

impl Linked {
    /// The same of all of them.
    pub(crate) fn all(steps: &[&Step], became: &Result<(), SyncError>) -> Self {
        let mut linked = Self::default();
        linked.add(steps, became);
        linked
    }

    /// What became of the links that one call is about.
    pub(crate) fn add(&mut self, steps: &[&Step], became: &Result<(), SyncError>) {
        self.0.extend(steps.iter().map(|step| (step.id, became.clone())));
    }

    /// What became of this one.
    pub(crate) fn take(&mut self, step: &Step) -> Result<(), SyncError> {
        self.0.remove(&step.id).unwrap_or_else(|| Err(no_call(step)))
    }
}

/// Roles that one call gives or takes away, each with the link that it is for.
#[derive(Debug, Default)]
pub(crate) struct Batch<'s> {
    /// The links.
    pub(crate) steps: Vec<&'s Step>,
    /// The roles, as the call names them.
    pub(crate) roles: Vec<RoleRepresentation>,
}

impl<'s> Batch<'s> {
    /// Adds a role as it was looked up. The link to one that is gone (`None`) went with it; the link to one of which nothing could be
    /// found out failed. The others go on.
    pub(crate) fn add(
        &mut self,
        step: &'s Step,
        found: Result<Option<RoleRepresentation>, SyncError>,
        linked: &mut Linked,
    ) {
        match found {
            Ok(Some(role)) => {
                self.steps.push(step);
                self.roles.push(role);
            }
            Ok(None) => linked.add(&[step], &Ok(())),
            Err(error) => linked.add(&[step], &Err(error)),
        }
    }

    /// The link that speaks for all; `None` where there is nothing to call for. A removal that names no role would remove all.
    pub(crate) fn first(&self) -> Option<&'s Step> {
        self.steps.first().copied()
    }
}

/// A role by its id; some calls want its name as well.
pub(crate) fn named(id: String, name: String) -> RoleRepresentation {
    RoleRepresentation { id: Some(id), name: Some(name), ..RoleRepresentation::default() }
}

/// What becomes of a link when one of its ends is not there: it went with that, or it cannot be made.
pub(crate) fn without_end(step: &Step, end: Identity) -> Result<(), SyncError> {
    if step.action == Action::Unlink {
        return Ok(());
    }
    Err(SyncError::NoTarget { verb: step.action.into(), object: step.object.clone(), target: end })
}

#[cfg(test)]
mod tests;
