//! How a pass ended, and what status and Events say about it.

use std::{collections::BTreeSet, fmt};

use controller_runtime::{Class, Classify as _, Facts, Notice, Outcome, Pass, Report};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_admin::path;
use keycloak_connect::{
    Instance, Mode,
    drift::{Drift, Found as FoundDrift},
    error::decision_reason,
    login::{client_manager_secret_name, rotation::Schedule},
    reason,
    summary::{Found, summed_up, word},
    tokens,
};
use keycloak_crds::{
    KeycloakRealm,
    condition::{ConditionType, Reason},
    realm::status::{KeycloakRealmStatus, RealmEndpoints, RealmFeatures, SecretRotationStatus},
    record::{Available, PlanStatus},
    status::Verdict,
};
use keycloak_plan::{
    Action, Claim, Finding, Identity, Refusal, Step as RealmStep, Unresolved,
    kinds::{REALM, REQUIRED_ACTION},
};
use keycloak_sync::{
    drift::{Drifted, drifted},
    realm, status,
};

use crate::{
    apply::Done,
    controller::RealmController,
    error::{Awaits, RealmError},
    observe::{LoginState, Seen},
    plan::{NAMED, Plan, Step, with_clause},
};

mod events;
mod features;

/// The conditions of this controller, beside those of the runtime.
pub(crate) const CONDITIONS: [ConditionType; 11] = [
    ConditionType::Available,
    ConditionType::Progressing,
    ConditionType::Degraded,
    ConditionType::Authorized,
    ConditionType::LoginReady,
    ConditionType::Planned,
    ConditionType::Drifted,
    ConditionType::DeletionBlocked,
    ConditionType::OverriddenByServer,
    ConditionType::PartiallyApplied,
    ConditionType::TokensDelivered,
];

/// Conditions that exist only while they are true.
const PASSING: [ConditionType; 5] = [
    ConditionType::Planned,
    ConditionType::Drifted,
    ConditionType::DeletionBlocked,
    ConditionType::OverriddenByServer,
    ConditionType::PartiallyApplied,
];

/// What stands in status when nothing is to be done.
const IN_SYNC: &str = "in sync";

/// How a pass without failed steps ended.
pub fn outcome(facts: Facts<'_, RealmController>, pass: &Pass) -> Outcome {
    if let Some(waits) = facts.applied.and_then(|applied| applied.done.waits.as_ref()) {
        return paced(waits, pass);
    }
    let seen = facts.observed.and_then(|observed| observed.seen());
    let obstacle = seen.and_then(|seen| seen.obstacle.as_ref());
    let obstacle = obstacle.filter(|obstacle| !(pass.deleting && obstacle.instance_is_gone()));
    let verdict = facts.plan.and_then(|plan| plan.verdict.as_ref());
    if let Some(error) = obstacle.or(verdict) {
        return paced(error, pass);
    }
    if pass.deleting {
        return Outcome::settled(reason(Reason::Deleting), "nothing of it is left to take down");
    }
    let Some(plan) = facts.plan else { return in_sync() };
    if let Some(error) = shortcoming(plan, facts.applied.map(|applied| &applied.done)) {
        return paced(&error, pass);
    }
    outcome_of_plan(plan)
}

/// What stands in the way of a part, until somebody does something, keeps the rest from nothing: it is compared at each resync.
fn paced(error: &RealmError, pass: &Pass) -> Outcome {
    let outcome = Outcome::of_error(error);
    let is_about_a_part = matches!(
        error,
        RealmError::ApprovalRequired { .. }
            | RealmError::NotApplicable { .. }
            | RealmError::Overridden { .. }
            // It is woken when there is room.
            | RealmError::NoRoom { .. }
    );
    if (is_about_a_part || error.looks_for_nothing()) && !pass.deleting {
        outcome.at_resync()
    } else {
        outcome
    }
}

fn in_sync() -> Outcome {
    Outcome::settled(reason(Reason::InSync), IN_SYNC)
}

/// That nothing is to be done, and what of the object changes nothing, which keeps it from nothing.
fn in_sync_as(plan: &Plan) -> String {
    let idle = plan.changes.iter().flat_map(|changes| &changes.findings.without_effect);
    let idle: BTreeSet<String> = idle.map(realm::without_effect).collect();
    if idle.is_empty() { IN_SYNC.to_owned() } else { format!("{IN_SYNC}; {}", listed(idle.into_iter())) }
}

/// A frozen object is as declared only if there is nothing to do.
fn outcome_of_plan(plan: &Plan) -> Outcome {
    let (word, field) = match plan.mode {
        Mode::Enforce => return Outcome::settled(reason(Reason::InSync), in_sync_as(plan)),
        Mode::Observe => (Reason::Observing, "spec.management: Observe"),
        Mode::Suspend => (Reason::Suspended, "spec.suspend: true"),
    };
    if !is_something_planned(plan) {
        return Outcome::settled(reason(word), format!("{}; nothing is written ({field})", in_sync_as(plan)));
    }
    let message = format!("not done because of {field}: {}", said(plan));
    // What else is changed meanwhile is to be shown, too.
    Outcome::unfinished(Class::Stall(reason(word)), message).at_resync()
}

/// The decision is told in every mode, and a mode that does not write makes no login and no token: only the realm counts.
fn is_something_planned(plan: &Plan) -> bool {
    plan.steps.contains(&Step::ChangeRealm)
}

fn said(plan: &Plan) -> String {
    let steps = plan.steps.iter().filter(|step| **step != Step::PublishDecision);
    let said = steps.map(|step| match (step, &plan.changes) {
        (Step::ChangeRealm, Some(changes)) => format!("{step} ({})", changes.summary().summary),
        _ => step.to_string(),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// What keeps the realm from being what the object asks, although every step that can be done is done.
fn shortcoming(plan: &Plan, done: Option<&Done>) -> Option<RealmError> {
    let findings = &plan.changes.as_ref()?.findings;
    // Whatever else is to be told, the rest follows at once.
    if !findings.unresolved.is_empty() && was_made(plan, done) {
        return Some(RealmError::PartsLater);
    }
    if !findings.refused.is_empty() {
        let refusals = || findings.refused.iter().map(|found| &found.what.refusal);
        let is_old = |refusal| matches!(refusal, &Refusal::ServerTooOld { .. } | &Refusal::KindTooOld { .. });
        let fields = findings.refused.iter().map(|found| in_object(&found.object, &found.what.refusal));
        let fields = listed(fields);
        return Some(RealmError::NotApplicable { fields, too_old: refusals().all(is_old) });
    }
    if !findings.overridden.is_empty() {
        let fields = findings.overridden.iter().map(|found| in_object(&found.object, &found.what.path));
        return Some(RealmError::Overridden { fields: listed(fields) });
    }
    if !findings.unresolved.is_empty() {
        let what = listed(findings.unresolved.iter().map(realm::missing));
        return Some(RealmError::Missing { what, awaits: awaited(&findings.unresolved) });
    }
    None
}

/// Where what is missing has to come from.
fn awaited(missing: &[Finding<Unresolved>]) -> Awaits {
    // An action of Keycloak's own: somebody took it out of the realm, or the server never had it.
    let is_made_by_keycloak_only =
        |one: &Finding<Unresolved>| one.what.link.is_none() && one.object.kind() == REQUIRED_ACTION.name;
    if missing.iter().all(realm::is_of_a_client) {
        Awaits::Clients
    } else if missing.iter().all(|one| realm::is_of_a_client(one) || is_made_by_keycloak_only(one)) {
        Awaits::Person
    } else {
        Awaits::Anything
    }
}

/// The settings of the realm need no name.
fn in_object(object: &Identity, what: &impl fmt::Display) -> String {
    if object.kind() == REALM.name { what.to_string() } else { format!("{object}: {what}") }
}

/// As many as a person reads, and how many more there are.
fn listed(all: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = all.collect();
    let further = all.len().saturating_sub(NAMED);
    if further > 0 {
        all.truncate(NAMED);
        all.push(format!("and {further} more"));
    }
    all.join("; ")
}

/// What status and Events say.
pub fn report(
    object: &KeycloakRealm,
    facts: Facts<'_, RealmController>,
    outcome: &Outcome,
    pass: &Pass,
) -> Report {
    let seen = facts.observed.and_then(|observed| observed.seen());
    let done = facts.applied.map(|applied| &applied.done);
    let before = object.status.clone().unwrap_or_default();
    let previous = before.conditions.clone().unwrap_or_default();
    let available = availability(seen, facts.plan, done);
    let drift = facts.plan.filter(|_| !pass.deleting).and_then(|plan| drift(plan, seen, done, &before, pass));
    let areas = areas(seen, facts.plan, done, drift.as_ref(), outcome, pass);
    let asserted: Vec<ConditionType> = areas.iter().map(|(type_, _)| *type_).collect();
    let found = Found {
        mode: crate::validate::mode(object),
        available: available.as_ref().map(|available| available.verdict.clone()),
        areas,
        previous: &previous,
    };
    let mut report = summed_up(Report::new(), outcome, &found, pass, &CONDITIONS);
    if found.availability_changed() && !pass.deleting {
        report = report.field("lastHealthCheck", Time(pass.now));
    }
    if facts.plan.is_some() {
        let over = PASSING.iter().filter(|type_| !asserted.contains(type_));
        report = over.fold(report, |report, type_| report.without_condition(type_.as_str()));
    }
    if done.and_then(|done| done.tokens.as_ref()).is_some_and(|issued| issued.undelivered.is_none()) {
        report = report.without_condition(ConditionType::TokensDelivered.as_str());
    }
    if let Some(available) = available.filter(|_| !pass.deleting) {
        report = report.field("available", available.stored(before.available.as_ref(), pass));
    }
    if let Some(seen) = seen {
        report = about_the_realm(report, seen, facts.plan, done);
        report = about_children(report, seen, done);
    }
    if let Some(plan) = facts.plan {
        report = about_memory(report, plan, done, &before, pass);
    }
    if let Some(drift) = &drift {
        drift.count("KeycloakRealm");
        report = report.field("drift", drift.status());
    }
    // Once: how many come first changes more often than anybody wants to hear.
    let waits_anew = before.reason.as_deref() != Some(Reason::QuotaExceeded.as_str());
    if let Some(waits) = done.and_then(|done| done.waits.as_ref()).filter(|_| waits_anew) {
        report = report.notice(Notice::warning(reason(Reason::QuotaExceeded), waits.to_string()));
    }
    events::notices(seen, facts.plan, done, drift.as_ref()).into_iter().fold(report, Report::notice)
}

/// What something else changed; nothing where the realm was not compared.
fn drift(
    plan: &Plan,
    seen: Option<&Seen>,
    done: Option<&Done>,
    before: &KeycloakRealmStatus,
    pass: &Pass,
) -> Option<Drift> {
    let changes = plan.changes.as_ref()?;
    let applied = done.and_then(|done| done.realm.as_ref());
    let of_step = |found: Drifted| {
        let step = changes.steps.iter().find(|step| step.id == found.step);
        let is_the_realm = found.object.kind() == REALM.name;
        let repaired = applied.is_some_and(|applied| applied.done.contains(&found.step));
        let id = step.and_then(|step| step.server_id.as_deref());
        let edits = seen.into_iter().flat_map(|seen| seen.edits.all.iter().rev());
        let actor = edits.into_iter().find(|edit| edit.explains(&found, id)).map(|edit| edit.actor.clone());
        FoundDrift {
            // The settings of the realm need no name.
            object: if is_the_realm && found.finding.path.is_some() {
                String::new()
            } else {
                found.object.to_string()
            },
            // That the realm itself was gone is told where it is made anew.
            has_own_event: is_the_realm && repaired && found.finding.path.is_none(),
            repaired,
            finding: keycloak_crds::drift::DriftFinding { actor, ..found.finding },
        }
    };
    let found: Vec<FoundDrift> = drifted(changes, &plan.record).into_iter().map(of_step).collect();
    Some(Drift::of(before.drift.as_ref(), &found, pass.now))
}

/// Whether clients can live in the realm.
struct Availability {
    verdict: Verdict,
    realm_id: Option<String>,
}

impl Availability {
    fn no(word: Reason, message: impl Into<String>) -> Self {
        Self { verdict: Verdict::no(word, message), realm_id: None }
    }

    /// As it stands in status: since when is not told anew as long as nothing else is.
    fn stored(self, before: Option<&Available>, pass: &Pass) -> Available {
        let word = Some(self.verdict.reason.as_str().to_owned());
        let same = before.filter(|before| before.realm_id == self.realm_id && before.reason == word);
        let since = same.and_then(|before| before.since.clone()).unwrap_or(Time(pass.now));
        Available { realm_id: self.realm_id, since: Some(since), reason: word }
    }
}

/// `None` if this pass could not find out: then what was told before stays. A server that is away, or leave that was
/// withdrawn, takes nothing from a realm that is there.
fn availability(seen: Option<&Seen>, plan: Option<&Plan>, done: Option<&Done>) -> Option<Availability> {
    let seen = seen?;
    if let Some(gone) = seen.obstacle.as_ref().filter(|obstacle| obstacle.instance_is_gone()) {
        return Some(Availability::no(word(gone.class().reason()), gone.to_string()));
    }
    let Some(live) = &seen.live else {
        // Whatever status says: without our login nobody can work in the realm, and nobody ever could.
        let never = seen.obstacle.as_ref().filter(|_| was_never_made(seen))?;
        return Some(Availability::no(word(never.class().reason()), never.to_string()));
    };
    let plan = plan?;
    if let Some(refused @ RealmError::NotOurs { .. }) = &plan.verdict {
        return Some(Availability::no(word(refused.class().reason()), refused.to_string()));
    }
    let state = done.and_then(|done| done.login.as_ref()).map_or(seen.login, |login| login.state);
    let is_there = live.present().is_some() || was_made(plan, done);
    match state {
        _ if !is_there => Some(Availability::no(Reason::RealmMissing, "the realm does not exist")),
        LoginState::Works => Some(Availability {
            verdict: Verdict::yes(Reason::RealmAvailable, "the realm exists and our login in it works"),
            realm_id: Some(id(seen).to_owned()),
        }),
        LoginState::Disabled => {
            let why = "the realm is disabled: nobody can log in to it";
            Some(Availability::no(Reason::RealmNotAvailable, why))
        }
        LoginState::Missing => {
            Some(Availability::no(Reason::RealmNotAvailable, "our login in the realm is not made yet"))
        }
        LoginState::Refused => {
            Some(Availability::no(Reason::LoginRefused, "the server refuses our login in the realm"))
        }
        LoginState::Unknown => None,
    }
}

/// The Secret of our login was looked for, which comes before the decision, and there is none.
fn was_never_made(seen: &Seen) -> bool {
    seen.decision.is_some() && seen.held.is_none()
}

/// A realm that was just made has the id that was chosen for it.
fn id(seen: &Seen) -> &str {
    seen.live_id().unwrap_or(&seen.realm.owner().uid)
}

/// The steps of the plan that are done.
fn done_steps<'p>(plan: &'p Plan, done: Option<&'p Done>) -> impl Iterator<Item = &'p RealmStep> {
    let applied = done.and_then(|done| done.realm.as_ref());
    let steps = plan.changes.iter().flat_map(|changes| &changes.steps);
    steps.filter(move |step| applied.is_some_and(|applied| applied.done.contains(&step.id)))
}

fn was_made(plan: &Plan, done: Option<&Done>) -> bool {
    let made = |step: &RealmStep| step.action == Action::Create && *step.kind() == REALM;
    done_steps(plan, done).any(made)
}

/// Verdicts on what was looked at.
fn areas(
    seen: Option<&Seen>,
    plan: Option<&Plan>,
    done: Option<&Done>,
    drift: Option<&Drift>,
    outcome: &Outcome,
    pass: &Pass,
) -> Vec<(ConditionType, Verdict)> {
    let mut areas = Vec::new();
    if let Some(seen) = seen.filter(|_| !pass.deleting) {
        areas.extend(authorized(seen).map(|verdict| (ConditionType::Authorized, verdict)));
        areas.extend(login_ready(seen, plan, done).map(|verdict| (ConditionType::LoginReady, verdict)));
        let delivered = done.and_then(|done| done.tokens.as_ref()).and_then(tokens::delivered);
        areas.extend(delivered.map(|verdict| (ConditionType::TokensDelivered, verdict)));
    }
    let unfinished = !outcome.is_settled();
    let sentence = || Verdict::yes(word(outcome.reason()), outcome.message());
    if pass.deleting && unfinished {
        areas.push((ConditionType::DeletionBlocked, sentence()));
    }
    let Some(plan) = plan else { return areas };
    let waits = matches!(plan.verdict, Some(RealmError::ApprovalRequired { .. }));
    if waits || (!plan.mode.writes() && !pass.deleting && is_something_planned(plan)) {
        areas.push((ConditionType::Planned, sentence()));
    }
    let Some(changes) = &plan.changes else { return areas };
    areas.extend(drift.and_then(Drift::verdict).map(|verdict| (ConditionType::Drifted, verdict)));
    if !changes.findings.overridden.is_empty() {
        areas.push((ConditionType::OverriddenByServer, sentence()));
    }
    if !changes.findings.refused.is_empty() || !changes.findings.unresolved.is_empty() {
        areas.push((ConditionType::PartiallyApplied, sentence()));
    }
    areas
}

fn authorized(seen: &Seen) -> Option<Verdict> {
    let decision = seen.decision.as_ref()?;
    let allowed = decision.outcome == authorization_token::decision::Outcome::Allowed;
    let word = decision_reason(decision);
    Some(if allowed { Verdict::yes(word, &decision.message) } else { Verdict::no(word, &decision.message) })
}

/// Whether our login works after this pass; nothing where it could not be tried, or where the realm is not ours.
fn login_ready(seen: &Seen, plan: Option<&Plan>, done: Option<&Done>) -> Option<Verdict> {
    if plan.is_none_or(|plan| matches!(plan.claim, Some(Claim::Refused(_)))) {
        return None;
    }
    let state = done.and_then(|done| done.login.as_ref()).map_or(seen.login, |login| login.state);
    match state {
        LoginState::Works => Some(Verdict::yes(Reason::InSync, "our login in the realm works")),
        LoginState::Unknown if !was_never_made(seen) => None,
        LoginState::Missing | LoginState::Unknown => {
            Some(Verdict::no(Reason::RealmNotAvailable, "our login in the realm is not made yet"))
        }
        LoginState::Refused => {
            Some(Verdict::no(Reason::LoginRefused, "the server refuses our login in the realm"))
        }
        LoginState::Disabled => {
            Some(Verdict::no(Reason::RealmNotAvailable, "the realm is disabled: nobody can log in to it"))
        }
    }
}

/// Addresses and ids are published for a realm that is ours.
fn about_the_realm(report: Report, seen: &Seen, plan: Option<&Plan>, done: Option<&Done>) -> Report {
    let report =
        report.field("realmName", seen.realm.realm_name()).field("keycloakInstance", seen.instance_name());
    let Some(plan) = plan else { return report };
    // What waits for a slot is not taken over yet.
    let waits = done.is_some_and(|done| done.waits.is_some());
    let is_ours = match &plan.claim {
        Some(Claim::Refused(_)) => false,
        Some(Claim::Ours { .. } | Claim::Restored | Claim::Adopted { .. }) => true,
        None => was_made(plan, done),
    };
    match (&seen.instance, is_ours && !waits && plan.mode.writes()) {
        (Some(instance), true) => about_rotation(report, instance, seen, done)
            .field("internalId", id(seen))
            .field("endpoints", endpoints(instance, seen.realm.realm_name()))
            .field("features", features(seen, plan, done))
            .field("secretRotation", secret_rotation(seen, plan, done)),
        (Some(_) | None, _) => report,
    }
}

/// When our login was made anew, and when it is the next time: as its Secret says after this pass.
fn about_rotation(report: Report, instance: &Instance, seen: &Seen, done: Option<&Done>) -> Report {
    let written = done.and_then(|done| done.login_secret.as_ref());
    let secret = written.or_else(|| seen.login_secret.as_ref().filter(|_| seen.is_proven()));
    match secret {
        Some(secret) => report.field("rotation", Schedule::of(instance, seen.realm.owner()).status(secret)),
        None => report,
    }
}

/// What the realm has after this pass.
fn features(seen: &Seen, plan: &Plan, done: Option<&Done>) -> RealmFeatures {
    let live = seen.live.as_ref().and_then(realm::Observed::present);
    let of_the_realm = done_steps(plan, done).filter(|step| *step.kind() == REALM);
    let written = of_the_realm.filter_map(RealmStep::body).map(keycloak_plan::Body::expose);
    features::features(live, written)
}

/// By which policy secrets of the realm's clients expire after this pass.
fn secret_rotation(seen: &Seen, plan: &Plan, done: Option<&Done>) -> Option<SecretRotationStatus> {
    let live = seen.live.as_ref().and_then(realm::Observed::present);
    let policy = realm::rotation_in_force(live, done_steps(plan, done))?;
    Some(SecretRotationStatus {
        expiration_period: policy.expiration_period,
        rotated_expiration_period: policy.rotated_expiration_period,
    })
}

/// The addresses of Keycloak's OpenID Connect provider, as users see them.
fn endpoints(instance: &Instance, realm: &str) -> Option<RealmEndpoints> {
    let issuer = format!("{}/realms/{}", instance.addresses().public, path::encode(realm).ok()?);
    let protocol = |name: &str| Some(format!("{issuer}/protocol/openid-connect/{name}"));
    Some(RealmEndpoints {
        auth: protocol("auth"),
        token: protocol("token"),
        userinfo: protocol("userinfo"),
        jwks: protocol("certs"),
        end_session: protocol("logout"),
        registration: Some(format!("{issuer}/clients-registrations/openid-connect")),
        issuer: Some(issuer),
    })
}

/// Secrets made for the realm. That of our login is named only where it stands in the object's own namespace.
fn about_children(report: Report, seen: &Seen, done: Option<&Done>) -> Report {
    let (Some(instance), Some(place)) = (&seen.instance, &seen.token_place) else { return report };
    let owner = seen.realm.owner();
    let mut children = Vec::new();
    let login_is_there = seen.held.is_some()
        || done.and_then(|done| done.login.as_ref()).is_some_and(|login| login.written.is_some());
    if login_is_there && instance.logins_namespace() == owner.namespace {
        children.push(format!("Secret/{}", client_manager_secret_name(&instance.owner().name, owner)));
    }
    let has_token = place.found.is_some() || done.is_some_and(|done| done.tokens.is_some());
    if has_token {
        children.push(format!("Secret/{}", place.name));
    }
    report
        .field("childResources", children)
        .field("authorizationSecretName", has_token.then_some(&place.name))
}

/// The plan for people: a waiting step also says which `KeycloakClient`s go along.
fn shown(plan: &Plan, changes: &keycloak_plan::Plan) -> Option<PlanStatus> {
    let mut shown = status::plan(changes)?;
    let waiting = shown.steps.iter_mut().flatten().filter(|step| step.waits == Some(true));
    for step in waiting {
        let detail = with_clause(step.detail.take().unwrap_or_default(), plan.goes_along.as_deref());
        step.detail = status::detail(detail);
    }
    Some(shown)
}

/// What the controller remembers, and what it has not done.
fn about_memory(
    report: Report,
    plan: &Plan,
    done: Option<&Done>,
    before: &KeycloakRealmStatus,
    pass: &Pass,
) -> Report {
    let Some(changes) = &plan.changes else { return report };
    let failed = done.and_then(|done| done.realm.as_ref()).is_some_and(|applied| !applied.is_complete());
    let is_open = failed || plan.verdict.is_some() || !plan.mode.writes();
    let report = report.field("plan", shown(plan, changes).filter(|_| is_open));
    let approvals = done.map_or_else(|| plan.approvals.clone(), |done| done.approvals(plan));
    let before = before.approvals.as_ref();
    let approvals = status::stored_approvals(&approvals, changes, before, &Time(pass.now));
    let report = report.field("approvals", approvals);
    if !plan.mode.writes() {
        return report;
    }
    let report = if done_steps(plan, done).next().is_some() {
        report.field("lastUpdated", Time(pass.now))
    } else {
        report
    };
    // In a deletion nothing is owned anew. What a pass that was cut short has noted stays: it may have been made.
    match done.and_then(|done| done.owned.as_ref()) {
        Some(owned) if plan.takes_over => report.field("owned", owned).taken_over(),
        Some(owned) => report.field("owned", owned),
        None => report,
    }
}

#[cfg(test)]
mod tests;
