//! Everything in status that sums up: one function makes conditions, phase, message and reconcileStatus from
//! what a controller found out, so that they never contradict each other. `Ready`, `Reconciling` and `Stalled`, which kstatus
//! reads, are always there and come from whatever runs the passes, by the same outcome.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;

use crate::{
    condition::{Condition, ConditionStatus, ConditionType, Reason},
    phase::{Phase, ReconcileStatus},
};

/// `status.observedGeneration` of an object that no controller has looked at: the schema's default, so that
/// kstatus does not take a new object for a finished one.
pub const NEVER_OBSERVED: i64 = -1;

/// Fields of status that stand in the schema and that no controller writes yet, by kind: the field, or one above it. Objects of
/// an earlier operator may hold values there, which nobody keeps true.
pub const NOT_WRITTEN_YET: &[(&str, &str)] = &[
    ("Keycloak", "status.acceptingNewRealms"),
    ("Keycloak", "status.blueGreen"),
    ("Keycloak", "status.capacityStatus"),
    ("Keycloak", "status.ingress"),
    ("Keycloak", "status.lastBackupName"),
    ("Keycloak", "status.lastBackupTime"),
    ("Keycloak", "status.realmCount"),
    ("Keycloak", "status.rotation.overlapUntil"),
    ("KeycloakRealm", "status.activeUsers"),
    ("KeycloakRealm", "status.authorizedClientNamespaces"),
    ("KeycloakRealm", "status.clientScopesCount"),
    ("KeycloakRealm", "status.features.identityProviders"),
    ("KeycloakRealm", "status.features.userFederationProviders"),
    ("KeycloakRealm", "status.realmRolesCount"),
    ("KeycloakRealm", "status.rotation.overlapUntil"),
    ("KeycloakRealm", "status.totalClients"),
    ("KeycloakRealm", "status.userFederationStatus"),
    ("KeycloakClient", "status.rotation.nextRotation"),
    ("KeycloakClient", "status.rotation.overlapUntil"),
    ("KeycloakClient", "status.rotation.step"),
];

/// Whether no controller writes this field of status yet.
pub fn is_not_written_yet(kind: &str, field: &str) -> bool {
    let is_at_or_below = |top: &str| {
        field.strip_prefix(top).is_some_and(|below| below.is_empty() || below.starts_with(['.', '[', '{']))
    };
    NOT_WRITTEN_YET.iter().any(|(of, top)| *of == kind && is_at_or_below(top))
}

/// Whether something holds, why, and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it holds.
    pub status: ConditionStatus,
    /// Why.
    pub reason: Reason,
    /// A sentence for people: what, where, what to do.
    pub message: String,
}

impl Verdict {
    /// It holds.
    pub fn yes(reason: Reason, message: impl Into<String>) -> Self {
        Self { status: ConditionStatus::True, reason, message: message.into() }
    }

    /// It does not hold.
    pub fn no(reason: Reason, message: impl Into<String>) -> Self {
        Self { status: ConditionStatus::False, reason, message: message.into() }
    }

    /// Nobody knows.
    pub fn unknown(reason: Reason, message: impl Into<String>) -> Self {
        Self { status: ConditionStatus::Unknown, reason, message: message.into() }
    }
}

/// What a controller does next with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing: everything is as declared.
    Settled,
    /// It is in the middle of work and goes on by itself.
    Working,
    /// It tries again after an error.
    Retrying,
    /// It waits for something else: a Secret, a realm, an instance.
    Waiting,
    /// It waits for a person: an approval, or Observe with a difference.
    AwaitingPerson,
    /// Nothing until somebody changes something.
    Stalled,
    /// Nothing, because `spec.suspend` is set.
    Suspended,
    /// It takes the object down.
    Deleting,
}

/// What a pass found out about one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// Generation of the object that was looked at.
    pub generation: i64,
    /// Whether Keycloak equals the spec. Its message becomes the STATUS column.
    pub ready: Verdict,
    /// What comes next.
    pub progress: Progress,
    /// Whether the thing can be used, where that was found out.
    pub available: Option<Verdict>,
    /// One verdict per area; an area that is not listed has no condition.
    pub areas: Vec<(ConditionType, Verdict)>,
}

/// The summary for status.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The conditions beside `Ready`, `Reconciling` and `Stalled`, in a fixed order.
    pub conditions: Vec<Condition>,
    /// The seed's word.
    pub phase: Phase,
    /// How the pass ended.
    pub reconcile_status: ReconcileStatus,
    /// Why Ready is what it is, in one word.
    pub reason: String,
    /// Why Ready is what it is, for people.
    pub message: String,
}

/// Sums up. `previous` are the conditions that stand in status now: where a condition's status does not change,
/// its transition time stays, so that a pass which found nothing new changes nothing.
pub fn summarise(findings: &Findings, previous: &[Condition], now: &Time) -> Summary {
    let available = findings.available.as_ref();
    let usable = available.is_some_and(|verdict| verdict.status == ConditionStatus::True);
    let available = available.map(|verdict| (ConditionType::Available, verdict.clone()));
    let mut verdicts: Vec<_> = available.into_iter().chain(legacy(findings, usable)).collect();
    verdicts.extend(findings.areas.iter().cloned());

    let conditions = verdicts
        .into_iter()
        .map(|(type_, verdict)| condition(type_, verdict, findings.generation, previous, now))
        .collect();
    Summary {
        conditions,
        phase: phase(findings, usable),
        reconcile_status: reconcile_status(findings.progress),
        reason: findings.ready.reason.as_str().to_owned(),
        message: findings.ready.message.clone(),
    }
}

/// The seed's `Progressing` and `Degraded`, which are always there.
fn legacy(findings: &Findings, usable: bool) -> [(ConditionType, Verdict); 2] {
    let Verdict { reason, message, .. } = &findings.ready;
    let progressing = matches!(
        findings.progress,
        Progress::Working | Progress::Retrying | Progress::Waiting | Progress::Deleting
    );
    let degraded = is_degraded(findings, usable);
    let verdict = |holds: bool| Verdict {
        status: ConditionStatus::from_bool(holds),
        reason: *reason,
        message: if holds { message.clone() } else { String::new() },
    };
    [(ConditionType::Progressing, verdict(progressing)), (ConditionType::Degraded, verdict(degraded))]
}

/// It can be used, or could be before, and now something is in the way.
fn is_degraded(findings: &Findings, usable: bool) -> bool {
    let hindered = matches!(findings.progress, Progress::Retrying | Progress::Waiting | Progress::Stalled);
    let lost = findings.available.as_ref().is_some_and(|verdict| {
        verdict.status == ConditionStatus::False
            && matches!(findings.progress, Progress::Retrying)
            && matches!(
                verdict.reason,
                Reason::DatabaseUnavailable
                    | Reason::ServerUnreachable
                    | Reason::ServerError
                    | Reason::CircuitOpen
            )
    });
    findings.ready.status != ConditionStatus::True && ((hindered && usable) || lost)
}

fn phase(findings: &Findings, usable: bool) -> Phase {
    match findings.progress {
        Progress::Suspended => Phase::Paused,
        Progress::Settled if findings.ready.status == ConditionStatus::True => Phase::Ready,
        Progress::Stalled => Phase::Failed,
        Progress::Retrying | Progress::Waiting if is_degraded(findings, usable) => Phase::Degraded,
        Progress::Settled | Progress::Waiting | Progress::AwaitingPerson if !usable => Phase::Pending,
        Progress::Working | Progress::Retrying if !usable => Phase::Provisioning,
        Progress::Settled
        | Progress::Waiting
        | Progress::AwaitingPerson
        | Progress::Working
        | Progress::Retrying
        | Progress::Deleting => Phase::Updating,
    }
}

const fn reconcile_status(progress: Progress) -> ReconcileStatus {
    match progress {
        Progress::Settled | Progress::Suspended => ReconcileStatus::Succeeded,
        Progress::Stalled => ReconcileStatus::Failed,
        Progress::Working
        | Progress::Retrying
        | Progress::Waiting
        | Progress::AwaitingPerson
        | Progress::Deleting => ReconcileStatus::InProgress,
    }
}

fn condition(
    type_: ConditionType,
    verdict: Verdict,
    generation: i64,
    previous: &[Condition],
    now: &Time,
) -> Condition {
    let since = crate::condition::find(previous, type_)
        .filter(|before| before.status == verdict.status)
        .and_then(|before| before.last_transition_time.clone());
    Condition {
        type_: type_.as_str().to_owned(),
        status: verdict.status,
        reason: Some(verdict.reason.as_str().to_owned()),
        message: Some(verdict.message),
        last_transition_time: Some(since.unwrap_or_else(|| now.clone())),
        observed_generation: Some(generation),
    }
}

#[cfg(test)]
mod tests;
