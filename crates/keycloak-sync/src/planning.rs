//! The plan of a CR.

use keycloak_plan::kinds::CATALOGUE;
use keycloak_plan::{
    Approvals, Desired, DesiredLinks, Exclusive, Identity, LiveObject, LiveState, OwnedRecord, Plan,
    PlanInput, Proof, RecordKey, Server, Subject, plan, teardown,
};

use crate::error::SyncError;
use crate::observed::{Observed, Representation};
use crate::realm::Holdings;

/// What the plans of one CR are made from, beside what is desired and what is there.
#[derive(Clone, Copy, Debug)]
pub struct Planning<'a> {
    /// Whose plan it is.
    pub subject: &'a Subject,
    /// What was applied last.
    pub record: &'a OwnedRecord,
    /// What was approved.
    pub approvals: &'a Approvals,
    /// The server.
    pub server: &'a Server,
    /// The key of hashes from Secrets. Without one, masked secrets are not compared.
    pub key: Option<&'a RecordKey>,
}

/// How an object is deleted.
#[derive(Clone, Copy, Debug)]
pub struct Teardown<'a> {
    /// Its name or client id.
    pub name: &'a str,
    /// What proves that it is ours (rule 3.4). Without proof the plan is empty and says so.
    pub proof: Option<Proof>,
    /// `deletionPolicy: Guarded`: what loses something waits for an approval.
    pub guarded: bool,
    /// What it holds, see [`crate::realm::holdings()`]; `None` counts as somebody. Without meaning for clients.
    pub holds: Option<Holdings>,
}

impl Planning<'_> {
    /// The plan that brings the object to what is desired. `observed` is `None` where it was not looked for: then it is
    /// created.
    ///
    /// # Errors
    /// When the object must be read first because the record knows it, or when only a reduced view was read.
    pub fn plan<R: Representation>(
        &self,
        desired: &Desired,
        observed: Option<&Observed<R>>,
    ) -> Result<Plan, SyncError> {
        let live = observed.map_or_else(LiveState::new, |observed| observed.state(desired.identity()));
        self.plan_among(desired, &live)
    }

    /// The same with a live state that was put together elsewhere.
    ///
    /// # Errors
    /// As [`Planning::plan`].
    pub fn plan_among(&self, desired: &Desired, live: &LiveState) -> Result<Plan, SyncError> {
        self.plan_of(std::slice::from_ref(desired), &[], &[], live)
    }

    /// The plan of several objects with their links.
    pub(crate) fn plan_of(
        &self,
        desired: &[Desired],
        links: &[DesiredLinks],
        exclusive: &[Exclusive],
        live: &LiveState,
    ) -> Result<Plan, SyncError> {
        let input = PlanInput {
            subject: self.subject,
            desired,
            links,
            exclusive,
            live,
            record: self.record,
            approvals: self.approvals,
            server: self.server,
            key: self.key,
            catalogue: CATALOGUE,
        };
        Ok(plan(&input)?)
    }

    /// The plan of the deletion of what was read just now.
    ///
    /// # Errors
    /// When only a reduced view was read.
    pub fn teardown<R: Representation>(
        &self,
        how: &Teardown<'_>,
        observed: &Observed<R>,
    ) -> Result<Plan, SyncError> {
        let held = |live: keycloak_plan::Live| match how.holds {
            Some(holdings) => holdings.told(live),
            None => live,
        };
        let live = observed.live().map_or(LiveObject::Absent, |live| LiveObject::Present(held(live)));
        Ok(teardown(&keycloak_plan::Teardown {
            subject: self.subject,
            kind: R::KIND,
            identity: &Identity::new(R::KIND, how.name),
            live: &live,
            proof: how.proof,
            guarded: how.guarded,
            record: self.record,
            approvals: self.approvals,
        })?)
    }
}
