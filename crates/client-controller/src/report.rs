//! How a pass ended, and what status and Events say about it.

use std::collections::BTreeSet;

use authorization_token::decision::{Decision, Outcome as DecisionOutcome};
use controller_runtime::{Class, Facts, Notice, Outcome, Pass, Report};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_connect::{
    ConnectError, Mode, authorize,
    drift::{Drift, Found as FoundDrift},
    error::decision_reason,
    reason,
    summary::{Found, stands, summed_up, word},
};
use keycloak_crds::{
    KeycloakClient,
    condition::{Condition, ConditionType, Reason},
    record::RotationStatus,
    status::Verdict,
};
use keycloak_plan::{Claim, Refusal, Step, kinds::CLIENT};
use keycloak_sync::{client, drift::drifted, status};

mod notices;

use crate::{
    apply::{Done, SecretWrite},
    controller::ClientController,
    error::ClientError,
    ground::Ground,
    plan::{self, Approval, Made, Origin, Plan, Work},
};

/// The conditions of this controller, beside those of the runtime.
pub(crate) const CONDITIONS: [ConditionType; 9] = [
    ConditionType::Available,
    ConditionType::Progressing,
    ConditionType::Degraded,
    ConditionType::Authorized,
    ConditionType::Planned,
    ConditionType::Drifted,
    ConditionType::SecretReady,
    ConditionType::OverriddenByServer,
    ConditionType::PartiallyApplied,
];

/// What stands in status when nothing is to be done.
const IN_SYNC: &str = "in sync";

/// How many things that are missing a sentence names.
const NAMED: usize = 10;

/// How a pass without failed steps ended.
pub fn outcome(facts: Facts<'_, ClientController>, pass: &Pass) -> Outcome {
    if let Some(waits) = facts.applied.and_then(|applied| applied.done.waits.as_ref()) {
        // It is woken when there is room.
        return Outcome::of_error(waits).at_resync();
    }
    let ground = facts.observed.and_then(|observed| observed.ground());
    if let Some(obstacle) = ground.and_then(|ground| ground.obstacle.as_ref()) {
        return Outcome::of_error(obstacle);
    }
    if pass.deleting {
        return Outcome::settled(reason(Reason::Deleting), "nothing of it is left to take down");
    }
    match (kept(facts), facts.plan.map_or(Mode::Enforce, |plan| plan.mode)) {
        (Some(kept), Mode::Enforce) => outcome_of(kept),
        (Some(kept), mode @ (Mode::Observe | Mode::Suspend)) => frozen(kept, mode),
        (None, _) => Outcome::settled(reason(Reason::InSync), IN_SYNC),
    }
}

/// The plan that counts: the one that was made when the client turned out to exist, else that of the pass.
fn kept(facts: Facts<'_, ClientController>) -> Option<&Made> {
    let again = facts.applied.and_then(|applied| applied.done.replanned.as_deref());
    again.or_else(|| match &facts.plan?.work {
        Work::Keep(kept) => Some(&**kept),
        Work::Nothing | Work::Remove(_) | Work::Leave(_) | Work::Impossible(_) => None,
    })
}

fn outcome_of(kept: &Made) -> Outcome {
    let waiting: Vec<String> = kept.waiting().map(told).collect();
    match &kept.approval {
        Approval::Accepted => {
            let message = "the approval is accepted, and its steps run in the next pass";
            return Outcome::unfinished(Class::Retry(reason(Reason::ApprovalAccepted)), message);
        }
        Approval::NotAccepted(refused) => {
            return Outcome::unfinished(Class::Stall(reason(Reason::ApprovalMismatch)), refused.to_string());
        }
        Approval::None => {}
    }
    if let Some(hash) = kept.plan.approval().filter(|_| !waiting.is_empty()) {
        let message = format!(
            "waits for an approval: {}; to approve it, annotate the object keycloak.mdvr.nl/approve: {hash}",
            waiting.join(", ")
        );
        return stalled(Reason::ApprovalRequired, message);
    }
    if let Some((word, message)) = refused(kept) {
        return stalled(word, message);
    }
    if let Some(message) = overridden(kept) {
        return stalled(Reason::OverriddenByServer, message);
    }
    if let Some(message) = missing(kept) {
        return Outcome::unfinished(Class::Wait(reason(Reason::WaitingForReference)), message);
    }
    Outcome::settled(reason(Reason::InSync), IN_SYNC)
}

/// What a step is about.
fn told(step: &Step) -> String {
    match &step.link {
        Some(link) => format!("{} {} of {}", link.relation.name, link.target, step.object),
        None => step.object.to_string(),
    }
}

/// What stands in the way of a part, until somebody does something, keeps the rest from nothing: it is compared at each resync.
fn stalled(word: Reason, message: String) -> Outcome {
    Outcome::unfinished(Class::Stall(reason(word)), message).at_resync()
}

/// A frozen object is as declared only if there is nothing to do.
fn frozen(kept: &Made, mode: Mode) -> Outcome {
    let (word, field) = match mode {
        Mode::Enforce | Mode::Observe => (Reason::Observing, "spec.management: Observe"),
        Mode::Suspend => (Reason::Suspended, "spec.suspend: true"),
    };
    if kept.plan.is_empty() {
        return Outcome::settled(reason(word), format!("{IN_SYNC}; nothing is written ({field})"));
    }
    stalled(word, format!("not done because of {field}: {}", kept.plan.summary().summary))
}

/// What was left out, with the reason of the first.
fn refused(kept: &Made) -> Option<(Reason, String)> {
    let refused = &kept.plan.findings.refused;
    let first = &refused.first()?.what.refusal;
    let sentences: Vec<String> =
        refused.iter().map(|finding| format!("spec.{}", finding.what.refusal)).collect();
    Some((refusal_reason(first), format!("left out: {}", sentences.join("; "))))
}

/// What waits for something that does not exist yet.
fn missing(kept: &Made) -> Option<String> {
    let unresolved = &kept.plan.findings.unresolved;
    let mut missing: Vec<String> = unresolved.iter().take(NAMED).map(client::missing).collect();
    let further = unresolved.len().saturating_sub(missing.len());
    missing.extend((further > 0).then(|| format!("and {further} more")));
    (!missing.is_empty()).then(|| {
        format!(
            "everything is applied but what waits for something that does not exist: {}",
            missing.join("; ")
        )
    })
}

const fn refusal_reason(refusal: &Refusal) -> Reason {
    match refusal {
        Refusal::ServerTooOld { .. } | Refusal::KindTooOld { .. } => Reason::UnsupportedByServer,
        Refusal::ReadOnly { .. }
        | Refusal::Identity { .. }
        | Refusal::Typed { .. }
        | Refusal::Secret { .. }
        | Refusal::OtherKind { .. }
        | Refusal::Mirror { .. }
        | Refusal::MarkKey { .. }
        | Refusal::Masked { .. }
        | Refusal::WrongShape { .. }
        | Refusal::EmptyKey { .. }
        | Refusal::ChildWithoutName { .. }
        | Refusal::ChildTwice { .. }
        | Refusal::Immutable { .. }
        | Refusal::Area { .. } => Reason::InvalidSpec,
    }
}

fn overridden(kept: &Made) -> Option<String> {
    let paths: Vec<String> =
        kept.plan.findings.overridden.iter().map(|finding| finding.what.path.to_string()).collect();
    (!paths.is_empty()).then(|| {
        format!(
            "the server keeps other values than were written, probably by a policy of its realm: {}; change the policy or the \
             values",
            paths.join(", ")
        )
    })
}

/// What status and Events say.
pub fn report(
    object: &KeycloakClient,
    facts: Facts<'_, ClientController>,
    outcome: &Outcome,
    pass: &Pass,
) -> Report {
    let ground = facts.observed.and_then(|observed| observed.ground());
    let done = facts.applied.map(|applied| &applied.done);
    let previous = object.status.as_ref().and_then(|status| status.conditions.clone()).unwrap_or_default();
    let mut report = Report::new();
    let mut areas = Vec::new();
    let drift = ground.filter(|_| !pass.deleting).and_then(|ground| drift(ground, facts, pass));
    if let Some(ground) = ground {
        areas = areas_of(ground, facts, drift.as_ref(), outcome, pass);
        let managed = object.spec.manage_secret.unwrap_or(true);
        report = dropped(report, &areas, facts, &previous, managed);
        if !pass.deleting {
            report = about_the_place(report, ground);
            report = about_the_client(report, object, ground, facts, pass);
        }
    }
    let found = Found {
        mode: ground.map_or(Mode::Enforce, |ground| ground.mode),
        available: ground.and_then(|ground| available(ground, done)),
        areas,
        previous: &previous,
    };
    if found.availability_changed() && !pass.deleting {
        report = report.field("lastHealthCheck", Time(pass.now));
    }
    report = summed_up(report, outcome, &found, pass, &CONDITIONS);
    // The instance says that its server is away; thousands of clients need not repeat it at every attempt.
    if outcome.class() == Some(Class::Retry(reason(Reason::CircuitOpen))) {
        report = report.hold();
    }
    if let Some(drift) = &drift {
        drift.count("KeycloakClient");
        report = report.field("drift", drift.status());
    }
    // Once: how many come first changes more often than anybody wants to hear.
    let before = object.status.as_ref().and_then(|status| status.reason.as_deref());
    let waits_anew = before != Some(Reason::QuotaExceeded.as_str());
    if let Some(waits) = done.and_then(|done| done.waits.as_ref()).filter(|_| waits_anew) {
        report = report.notice(Notice::warning(reason(Reason::QuotaExceeded), waits.to_string()));
    }
    let notices = ground.map(|ground| notices::notices(ground, facts, drift.as_ref())).unwrap_or_default();
    notices.into_iter().fold(report, Report::notice)
}

/// What something else changed; nothing where the client was not compared.
fn drift(ground: &Ground, facts: Facts<'_, ClientController>, pass: &Pass) -> Option<Drift> {
    let kept = kept(facts)?;
    let steps = facts.applied.map(|applied| &applied.done.steps);
    let found = drifted(&kept.plan, &ground.record).into_iter().map(|found| FoundDrift {
        // The client itself needs no name.
        object: if found.object.kind() == CLIENT.name && found.finding.path.is_some() {
            String::new()
        } else {
            found.object.to_string()
        },
        repaired: steps.is_some_and(|steps| steps.contains(&found.step)),
        has_own_event: false,
        finding: found.finding,
    });
    let before = ground.object.status.as_ref().and_then(|status| status.drift.as_ref());
    Some(Drift::of(before, &found.collect::<Vec<_>>(), pass.now))
}

/// Whether the client can be used; `None` if nobody asked.
fn available(ground: &Ground, done: Option<&Done>) -> Option<Verdict> {
    if done.is_some_and(|done| done.waits.is_some()) {
        return Some(Verdict::no(Reason::QuotaExceeded, "no slot of a quota is free for the client"));
    }
    let yes = || Verdict::yes(Reason::ClientAvailable, "the client exists and is ours");
    if done.is_some_and(|done| done.internal_id.is_some() && done.record.is_some()) {
        return Some(yes());
    }
    if let Some(obstacle @ (ClientError::RealmMissing { .. } | ClientError::Claimed { .. })) =
        &ground.obstacle
    {
        let word = word(controller_runtime::Classify::class(obstacle).reason());
        return Some(Verdict::no(word, obstacle.to_string()));
    }
    let live = ground.live.as_ref()?;
    match (live.present().is_some(), &ground.claim) {
        (true, Some(Claim::Ours { .. } | Claim::Restored | Claim::Adopted { .. })) => Some(yes()),
        (true, Some(Claim::Refused(_)) | None) => None,
        (false, _) => Some(Verdict::no(Reason::Reconciling, "the client does not exist yet")),
    }
}

fn areas_of(
    ground: &Ground,
    facts: Facts<'_, ClientController>,
    drift: Option<&Drift>,
    outcome: &Outcome,
    pass: &Pass,
) -> Vec<(ConditionType, Verdict)> {
    let mut areas = Vec::new();
    areas.extend(ground.decision.as_ref().map(|decision| (ConditionType::Authorized, authorized(decision))));
    let Some(kept) = kept(facts).filter(|_| !pass.deleting) else { return areas };
    if !ground.mode.writes() || kept.waiting().next().is_some() {
        let word = word(outcome.reason());
        let summary = kept.plan.summary().summary;
        let verdict =
            if kept.plan.is_empty() { Verdict::no(word, IN_SYNC) } else { Verdict::yes(word, summary) };
        areas.push((ConditionType::Planned, verdict));
    }
    areas.extend(drift.and_then(Drift::verdict).map(|verdict| (ConditionType::Drifted, verdict)));
    if let Some(message) = overridden(kept) {
        let verdict = Verdict::yes(Reason::OverriddenByServer, message);
        areas.push((ConditionType::OverriddenByServer, verdict));
    }
    if let Some((word, message)) = refused(kept) {
        areas.push((ConditionType::PartiallyApplied, Verdict::yes(word, message)));
    } else if let Some(message) = missing(kept) {
        areas.push((ConditionType::PartiallyApplied, Verdict::yes(Reason::WaitingForReference, message)));
    }
    let done = facts.applied.map(|applied| &applied.done);
    let failures = facts.applied.map(|applied| applied.failures.as_slice()).unwrap_or_default();
    let failed = failures.iter().find_map(secret_failure);
    let is_written = failed.is_none();
    areas.extend(failed);
    areas.extend(done.and_then(|done| done.released.as_deref()).map(|name| {
        let message = notices::released(name);
        (ConditionType::SecretReady, Verdict::no(Reason::Retained, message))
    }));
    let kept = done.filter(|done| done.record.is_some() && is_written);
    let secret = kept.and_then(|done| done.secret.as_ref());
    areas.extend(secret.map(|secret| {
        let message = format!("Secret {} holds what Keycloak holds", secret.name);
        (ConditionType::SecretReady, Verdict::yes(Reason::InSync, message))
    }));
    areas
}

/// The Secret cannot be written.
fn secret_failure(failure: &ClientError) -> Option<(ConditionType, Verdict)> {
    let ClientError::Connect(error) = failure else { return None };
    let is_about_it =
        matches!(**error, ConnectError::SecretNotOwned { .. } | ConnectError::SecretTypeFixed { .. });
    let word = word(controller_runtime::Classify::class(failure).reason());
    is_about_it.then(|| (ConditionType::SecretReady, Verdict::no(word, failure.to_string())))
}

fn authorized(decision: &Decision) -> Verdict {
    let word = decision_reason(decision);
    match decision.outcome {
        DecisionOutcome::Allowed => Verdict::yes(word, decision.message.clone()),
        DecisionOutcome::Wait | DecisionOutcome::Refused => Verdict::no(word, decision.message.clone()),
    }
}

/// Conditions that no longer have anything to say, once there was a plan.
fn dropped(
    report: Report,
    areas: &[(ConditionType, Verdict)],
    facts: Facts<'_, ClientController>,
    previous: &[Condition],
    managed: bool,
) -> Report {
    let Some(kept) = kept(facts) else { return report };
    // What was let go is told as long as nobody asks for a Secret.
    let let_go = !managed
        && stands(previous, ConditionType::SecretReady)
            .is_some_and(|verdict| verdict.reason == Reason::Retained);
    let may_go = [
        ConditionType::Planned,
        ConditionType::Drifted,
        ConditionType::OverriddenByServer,
        ConditionType::PartiallyApplied,
    ];
    let no_secret = (kept.credential.secret().is_none() && !let_go).then_some(ConditionType::SecretReady);
    let gone = may_go.into_iter().chain(no_secret);
    let gone = gone.filter(|type_| areas.iter().all(|(area, _)| area != type_));
    gone.fold(report, |report, type_| report.without_condition(type_.as_str()))
}

/// Where the client belongs, and whether it may.
fn about_the_place(report: Report, ground: &Ground) -> Report {
    let mut report = report.field("clientId", &ground.object.spec.client_id);
    if let Some(realm) = &ground.realm {
        let operator = realm.operator_ref();
        report = report.field("keycloakInstance", format!("{}/{}", operator.namespace, operator.name));
    }
    // One of before may be in another realm, whose KeycloakRealm had this name: it is looked for there until it is found here.
    if ground.object.status.as_ref().is_none_or(|status| status.internal_id.is_none()) {
        report = about_the_realm(report, ground);
    }
    if let Some(decision) = &ground.decision {
        report = report
            .field("authorization", authorize::status(decision))
            .field("authorizationGranted", decision.outcome == DecisionOutcome::Allowed)
            .field("authorizationMessage", &decision.message);
    }
    match &ground.site {
        Some(site) => report.field("endpoints", site.addresses.endpoints()),
        None => report,
    }
}

/// The realm of the client: by it the client is counted, and found where the KeycloakRealm is gone.
fn about_the_realm(report: Report, ground: &Ground) -> Report {
    match &ground.realm {
        Some(realm) => report.field("realm", realm.realm_name()).field("realmUid", &realm.owner().uid),
        None => report,
    }
}

fn about_the_client(
    report: Report,
    object: &KeycloakClient,
    ground: &Ground,
    facts: Facts<'_, ClientController>,
    pass: &Pass,
) -> Report {
    let Some(applied) = facts.applied else { return report };
    let done = &applied.done;
    let mut report = match kept(facts) {
        Some(kept) => about_the_plan(report, object, kept, done, facts.plan, pass),
        None => return report,
    };
    if let Some(id) = &done.internal_id {
        report = about_the_realm(report.field("internalId", id), ground);
    }
    if done.wrote {
        report = report.field("lastUpdated", Time(pass.now));
    }
    if let Some(owned) = &done.owned {
        report = report.field("owned", owned);
    }
    let Some(is_public) = done.is_public else { return report };
    report = report.field("publicClient", is_public);
    // Which of them is missing is not told.
    let has_its_parts = applied.failures.iter().all(|failure| !failure.is_about_a_part());
    if has_its_parts {
        let mappers = object.spec.protocol_mappers.iter().flatten().map(|mapper| mapper.name.as_str());
        report = report.field("appliedMappers", mappers.collect::<Vec<_>>());
    }
    let wanted = client::wanted(&object.spec);
    let roles: Vec<&str> = wanted.roles().collect();
    let told_before = object.status.as_ref().is_some_and(|status| status.created_roles.is_some());
    if has_its_parts && (told_before || !roles.is_empty()) {
        report = report.field("createdRoles", roles);
    }
    let name = done.secret.as_ref().map(|secret| secret.name.as_str());
    report
        .field("credentialsSecret", still_there(ground, done).or(name))
        .field("childResources", children(ground, done, applied.failures.is_empty()))
        .field("rotation", rotation(object, ground, done, pass))
}

/// The client's own Secret of before, until it is taken back or let go: by this name the next pass finds it.
fn still_there<'g>(ground: &'g Ground, done: &Done) -> Option<&'g str> {
    let old = ground.old_secret.as_ref()?.name();
    let is_withdrawn = done.withdrawn.iter().any(|(gone, _)| gone == old);
    (done.released.as_deref() != Some(old) && !is_withdrawn).then_some(old)
}

/// The Secrets that were made for the client: its own first, then the further ones. Where something failed, those of before may still
/// be there.
fn children(ground: &Ground, done: &Done, is_whole: bool) -> Vec<String> {
    let own = done.secret.as_ref().map(|secret| secret.name.as_str());
    let mut further: BTreeSet<&str> = done.outputs.iter().map(|output| output.name.as_str()).collect();
    if !is_whole {
        let is_gone = |name: &str| done.withdrawn.iter().any(|(gone, _)| gone == name);
        further.extend(ground.former_outputs().filter(|name| !is_gone(name) && Some(*name) != own));
    }
    own.into_iter().chain(further).map(|name| format!("Secret/{name}")).collect()
}

fn about_the_plan(
    report: Report,
    object: &KeycloakClient,
    kept: &Made,
    done: &Done,
    plan: Option<&Plan>,
    pass: &Pass,
) -> Report {
    let writes = plan.is_none_or(|plan| plan.mode.writes());
    let shown = !writes || kept.waiting().next().is_some();
    let before = object.status.as_ref().and_then(|status| status.approvals.as_ref());
    // A step that is done needs another approval.
    let approvals = kept.approvals.after(&kept.plan, &done.steps);
    report
        .field("plan", shown.then(|| status::plan(&kept.plan)).flatten())
        .field("approvals", status::stored_approvals(&approvals, &kept.plan, before, &Time(pass.now)))
}

/// A request for another secret that was served stays until it is taken back.
fn rotation(object: &KeycloakClient, ground: &Ground, done: &Done, pass: &Pass) -> Option<RotationStatus> {
    let before = object.status.as_ref().and_then(|status| status.rotation.clone()).unwrap_or_default();
    let secret = done.secret.as_ref()?;
    let made_now = match (secret.origin, secret.how) {
        (Origin::Regenerated(_), _)
        | (Origin::New, SecretWrite::Made | SecretWrite::ValueChanged)
        | (Origin::Given, SecretWrite::ValueChanged) => true,
        (Origin::New, SecretWrite::Changed | SecretWrite::Nothing)
        | (Origin::Keycloak | Origin::Given, _) => done.created,
    };
    let asked = ground.object.spec.regenerate_secret == Some(true);
    let rotation = RotationStatus {
        last_rotation: if made_now { Some(Time(pass.now)) } else { before.last_rotation },
        served: asked.then(|| plan::SERVED.to_owned()),
        ..RotationStatus::default()
    };
    (rotation != RotationStatus::default()).then_some(rotation)
}

#[cfg(test)]
mod tests;
