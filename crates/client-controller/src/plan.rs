//! What is to be done: the plan of Keycloak's side, and what the Secret is to hold.

use std::collections::BTreeSet;

use authorization_token::Capability;
use keycloak_admin::Secret;
use keycloak_connect::Mode;
use keycloak_crds::{KeycloakClient, labels::annotation};
use keycloak_plan::{
    Action, Approvals, Claim, NotAccepted, OwnedRecord, Step, StepState, Subject, kinds::CLIENT,
};
use keycloak_sync::{Planning, SyncError, Teardown, client};
use kube::ResourceExt as _;

use crate::{
    credentials,
    ground::{Ground, Site},
    teardown::Farewell,
};

/// What is to be done.
#[derive(Debug, Default)]
pub struct Plan {
    /// Whether it is done or only said.
    pub mode: Mode,
    /// What it is.
    pub work: Work,
}

/// The work of one pass.
#[derive(Debug, Default)]
pub enum Work {
    /// Nothing: something stands in the way, or the object is not for us to touch.
    #[default]
    Nothing,
    /// The client is brought to what is asked.
    Keep(Box<Made>),
    /// The client is taken down.
    Remove(Box<keycloak_plan::Plan>),
    /// Nothing in Keycloak, for this reason.
    Leave(Farewell),
    /// No plan can be made.
    Impossible(Box<SyncError>),
}

/// A plan for a client that stays.
#[derive(Debug)]
pub struct Made {
    /// Keycloak's side.
    pub plan: keycloak_plan::Plan,
    /// What the Secret is to hold.
    pub credential: Credential,
    /// The approvals that were planned with.
    pub approvals: Approvals,
    /// An approval that was found on the object in this pass.
    pub approval: Approval,
    /// Whether the client was somebody else's or nobody's until now.
    pub is_adopted: bool,
}

/// What became of the annotation `keycloak.mdvr.nl/approve`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approval {
    /// There is none, or it was used before.
    None,
    /// It is accepted. Its steps run as soon as that stands in status.
    Accepted,
    /// It is not.
    NotAccepted(NotAccepted),
}

/// What the Secret is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// There is none: the client is public, or nobody asked for a Secret.
    None,
    /// This value.
    Value {
        /// The secret.
        secret: Secret,
        /// Why it is that one.
        origin: Origin,
    },
    /// Keycloak has a secret and does not show it.
    Hidden,
}

/// Where the value of a secret comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The client has none yet: that of the Secret, or a random one.
    New,
    /// The client has it.
    Keycloak,
    /// `spec.clientSecret` names it.
    Given,
    /// `spec.regenerateSecret`, at this generation of the object.
    Regenerated(i64),
}

impl Credential {
    /// The value, if there is one.
    pub fn secret(&self) -> Option<&Secret> {
        match self {
            Self::None | Self::Hidden => None,
            Self::Value { secret, .. } => Some(secret),
        }
    }

    /// The value, and why it is that one.
    pub fn value(&self) -> Option<(&Secret, Origin)> {
        match self {
            Self::None | Self::Hidden => None,
            Self::Value { secret, origin } => Some((secret, *origin)),
        }
    }

    /// The generation whose request made the value, if one did.
    pub fn regenerated(&self) -> Option<i64> {
        match self {
            Self::Value { origin: Origin::Regenerated(generation), .. } => Some(*generation),
            Self::Value { origin: Origin::New | Origin::Keycloak | Origin::Given, .. }
            | Self::None
            | Self::Hidden => None,
        }
    }
}

/// Decides for an object that stays.
pub fn plan(object: &KeycloakClient, ground: &Ground) -> Plan {
    let mode = ground.mode;
    let Some(site) = ground.site.as_ref().filter(|_| ground.obstacle.is_none()) else {
        return Plan { mode, work: Work::Nothing };
    };
    let credential = credential(object, ground, ground.live.as_ref(), held(ground));
    let work = match make(ground, site, ground.live.as_ref(), credential) {
        Ok(kept) => Work::Keep(Box::new(kept)),
        Err(error) => Work::Impossible(Box::new(error)),
    };
    Plan { mode, work }
}

/// Decides for an object in deletion. The act itself is the consent: one application's login is lost, which is asked for.
pub fn teardown(object: &KeycloakClient, ground: &Ground) -> Plan {
    let mode = Mode::Enforce;
    if let Some(farewell) = &ground.farewell {
        return Plan { mode, work: Work::Leave(farewell.clone()) };
    }
    let (Some(site), Some(live)) = (&ground.site, &ground.live) else {
        return Plan { mode, work: Work::Nothing };
    };
    let subject = subject(ground, site);
    let approvals = Approvals::default();
    let planning = planning(site, &subject, &ground.record, &approvals);
    let proof = ground.claim.as_ref().and_then(Claim::proof);
    let how = Teardown { name: &object.spec.client_id, proof, guarded: false, holds: None };
    let work = match planning.teardown(&how, live) {
        Ok(plan) if plan.is_empty() => Work::Leave(Farewell::NotProven),
        Ok(plan) => Work::Remove(Box::new(plan)),
        Err(error) => Work::Impossible(Box::new(error)),
    };
    Plan { mode, work }
}

/// The value that the Secret holds, if it is ours.
fn held(ground: &Ground) -> Option<Secret> {
    ground.secret.stored().and_then(|stored| credentials::held(stored, &ground.owner))
}

/// What the Secret is to hold. `held`: what it holds now.
///
/// A request that stands in an object from its beginning is served by the secret that its client has or gets: an object that is
/// restored from Git must not lock its application out.
///
/// Once the client exists, Keycloak's value is the one, unless another one is asked for. What a request made is written into the
/// Secret first: stopped after that, the next pass finds there what it was to be. A secret of one's own counts before all of them.
pub(crate) fn credential(
    object: &KeycloakClient,
    ground: &Ground,
    live: Option<&client::Observed>,
    held: Option<Secret>,
) -> Credential {
    if let Some(given) = ground.given.as_ref().filter(|_| !client::has_no_secret(&object.spec, live)) {
        return Credential::Value { secret: given.clone(), origin: Origin::Given };
    }
    if !ground.wants_secret(live) {
        return Credential::None;
    }
    let new = |held: Option<Secret>| Credential::Value {
        secret: held.unwrap_or_else(|| ground.fresh.clone()),
        origin: Origin::New,
    };
    let Some(present) = live.and_then(client::Observed::present) else { return new(held) };
    let generation = object.metadata.generation.unwrap_or_default();
    if is_due(object) && ground.is_known() {
        let stored = ground.secret.stored();
        let made = held.filter(|_| stored.and_then(credentials::regenerated_at) == Some(generation));
        let secret = made.unwrap_or_else(|| ground.fresh.clone());
        return Credential::Value { secret, origin: Origin::Regenerated(generation) };
    }
    match (live.and_then(client::secret), &present.secret) {
        (Some(secret), _) => Credential::Value { secret: secret.clone(), origin: Origin::Keycloak },
        (None, Some(masked)) if !masked.expose().is_empty() => Credential::Hidden,
        // It was public until now.
        (None, Some(_) | None) => new(held),
    }
}

/// Whether another secret is asked for and was not made yet: once for each time that the field turns to true.
pub(crate) fn is_due(object: &KeycloakClient) -> bool {
    object.spec.regenerate_secret == Some(true) && served(object) != Some(SERVED)
}

/// What `status.rotation.served` says of a request that was served.
pub(crate) const SERVED: &str = "true";

pub(crate) fn served(object: &KeycloakClient) -> Option<&str> {
    object.status.as_ref()?.rotation.as_ref()?.served.as_deref()
}

/// Makes the plan for a client that stays, as the look found it. `live` is `None` where it was not looked for: then it is created.
///
/// # Errors
/// When fields cannot be asked for, or no plan can be made from what was read.
pub(crate) fn make(
    ground: &Ground,
    site: &Site,
    live: Option<&client::Observed>,
    credential: Credential,
) -> Result<Made, SyncError> {
    planned(ground, site, (live, ground.roles.as_ref()), ground.claim.as_ref(), credential)
}

/// The same for a client, and its roles, that were read later, and whose it is.
///
/// # Errors
/// As [`make`].
pub(crate) fn make_with(
    ground: &Ground,
    site: &Site,
    found: (Option<&client::Observed>, Option<&client::Roles>),
    claim: &Claim,
    credential: Credential,
) -> Result<Made, SyncError> {
    planned(ground, site, found, Some(claim), credential)
}

fn planned(
    ground: &Ground,
    site: &Site,
    (live, roles): (Option<&client::Observed>, Option<&client::Roles>),
    claim: Option<&Claim>,
    credential: Credential,
) -> Result<Made, SyncError> {
    let desired = client::desired(&ground.object.spec, credential.secret(), Some(&site.mark))?;
    let mut desired = ground.flows.bind(desired);
    if !may_have_full_scope(ground) {
        desired = desired.created_with("fullScopeAllowed", false);
    }
    let subject = subject(ground, site);
    let wanted = client::wanted(&ground.object.spec);
    let beside = client::Beside { scopes: ground.scopes.as_deref(), roles };
    let is_adopted = matches!(claim, Some(Claim::Adopted { .. }));
    let record = ground.record_for(is_adopted);
    let planning = planning(site, &subject, &record, &ground.approvals);
    let plan = planning.plan_client(&desired, &wanted, live, beside)?;
    // What is frozen runs nothing, so there is nothing to approve.
    let annotation = ground.object.annotations().get(annotation::APPROVE).filter(|_| ground.mode.writes());
    let settled = ground.approvals.settle(&plan);
    let (approvals, approval) = match annotation.map(|hash| settled.accept(hash, &plan)) {
        None | Some(Err(NotAccepted::Already { .. } | NotAccepted::NothingWaits { .. })) => {
            (settled, Approval::None)
        }
        Some(Err(refused @ NotAccepted::OtherSteps { .. })) => (settled, Approval::NotAccepted(refused)),
        Some(Ok(accepted)) => (accepted, Approval::Accepted),
    };
    Ok(Made { plan, credential, approvals, approval, is_adopted })
}

/// Whether a new client that says nothing about it may get what Keycloak gives by itself: tokens with every role of their user.
fn may_have_full_scope(ground: &Ground) -> bool {
    let full_scope = BTreeSet::from([Capability::FullScope]);
    ground
        .decision
        .as_ref()
        .is_none_or(|decision| decision.limits.capabilities_refused(&full_scope).is_empty())
}

fn planning<'a>(
    site: &'a Site,
    subject: &'a Subject,
    record: &'a OwnedRecord,
    approvals: &'a Approvals,
) -> Planning<'a> {
    Planning { subject, record, approvals, server: &site.server, key: site.key.as_ref() }
}

fn subject(ground: &Ground, site: &Site) -> Subject {
    Subject {
        what: format!("client {} of realm {}", ground.object.spec.client_id, site.realm),
        on: site.instance.clone(),
        cr: format!("client/{}", ground.owner.name),
        namespace: ground.owner.namespace.clone(),
        uid: ground.owner.uid.clone(),
        realm_id: site.realm_id.clone(),
    }
}

impl Made {
    /// The steps that wait for an approval.
    pub fn waiting(&self) -> impl Iterator<Item = &Step> {
        self.plan.steps.iter().filter(|step| matches!(step.state, StepState::Waiting(_)))
    }

    /// Whether the client is created.
    pub fn creates(&self) -> bool {
        self.plan.steps.iter().any(|step| step.action == Action::Create && *step.kind() == CLIENT)
    }
}

#[cfg(test)]
mod tests;
