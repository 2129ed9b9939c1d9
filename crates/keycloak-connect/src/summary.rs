//! How the end of a pass becomes the part of the status that sums up, for every kind.

use controller_runtime::{
    Asserted, Class, ClassName, Notice, Outcome, Pass, Reason as RuntimeReason, Report, Truth,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_crds::{
    condition::{Condition, ConditionStatus, ConditionType, Reason},
    policy::Management,
    status::{Findings, Progress, Summary, Verdict, summarise},
};
use serde_json::Value;

use crate::error::reason;

/// Whether a controller may write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Everything is kept as declared.
    #[default]
    Enforce,
    /// `spec.management: Observe`: what would be done is said.
    Observe,
    /// `spec.suspend`: frozen; what can be used is still looked at.
    Suspend,
}

impl Mode {
    /// The mode that a spec asks for. Suspension beats everything.
    pub const fn of(management: Management, suspend: Option<bool>) -> Self {
        match (suspend, management) {
            (Some(true), _) => Self::Suspend,
            (Some(false) | None, Management::Observe) => Self::Observe,
            (Some(false) | None, Management::Enforce) => Self::Enforce,
        }
    }

    /// Whether something may be written.
    pub const fn writes(self) -> bool {
        matches!(self, Self::Enforce)
    }
}

/// What a controller found out, beside how the pass ended.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// Whether it may write.
    pub mode: Mode,
    /// Whether the thing can be used; `None` if nobody asked, and then what stood there before stays.
    pub available: Option<Verdict>,
    /// One verdict per area that was looked at; what is not listed stays as it is.
    pub areas: Vec<(ConditionType, Verdict)>,
    /// The conditions that stand in status now.
    pub previous: &'a [Condition],
}

impl Found<'_> {
    /// Whether it can be used, as of this pass or of the last one that asked.
    pub fn available(&self) -> Option<Verdict> {
        self.available.clone().or_else(|| stands(self.previous, ConditionType::Available))
    }

    /// Whether the answer is another one than before.
    pub fn availability_changed(&self) -> bool {
        let before = stands(self.previous, ConditionType::Available).map(|verdict: Verdict| verdict.status);
        self.available().is_some_and(|now| before != Some(now.status))
    }
}

/// A condition as it stands in status.
pub fn stands(conditions: &[Condition], type_: ConditionType) -> Option<Verdict> {
    let condition = keycloak_crds::condition::find(conditions, type_)?;
    let reason = condition.reason.as_deref().and_then(Reason::from_word)?;
    Some(Verdict { status: condition.status, reason, message: condition.message.clone().unwrap_or_default() })
}

/// Adds everything that sums up to a report: phase, reconcileStatus, reason, message, and those conditions that the controller
/// owns. The three that kstatus reads are the runtime's.
#[must_use]
pub fn summed_up(
    report: Report,
    outcome: &Outcome,
    found: &Found<'_>,
    pass: &Pass,
    owned: &[ConditionType],
) -> Report {
    let findings = Findings {
        generation: pass.generation,
        ready: ready(outcome),
        progress: progress(outcome, found.mode, pass.deleting),
        available: found.available(),
        areas: found.areas.clone(),
    };
    let Summary { conditions, phase, reconcile_status, reason, message } =
        summarise(&findings, found.previous, &Time(pass.now));
    let report = match outcome.class() {
        Some(Class::Wait(word)) if needs_a_person(word) => {
            report.notice(Notice::warning(word, outcome.message()))
        }
        Some(_) | None => report,
    };
    let report = report
        .field("phase", phase)
        .field("reconcileStatus", reconcile_status)
        .field("reason", reason)
        .field("message", message);
    conditions.iter().filter_map(|condition| asserted(condition, owned)).fold(report, Report::condition)
}

/// The same for a pass that ended before there was an object to look at: it does not parse, or our finalizer cannot be written.
/// What was found out before stays. `status`: the object's, as it was read.
#[must_use]
pub fn summed_up_early(status: &Value, outcome: &Outcome, pass: &Pass, owned: &[ConditionType]) -> Report {
    let conditions = status.get("conditions").and_then(Value::as_array);
    let parsed = conditions.into_iter().flatten().filter_map(|one| serde_json::from_value(one.clone()).ok());
    let previous: Vec<Condition> = parsed.collect();
    // A spec that cannot be read says nothing about its mode; without a finalizer nothing was asked that does not write.
    let found = Found { mode: Mode::Enforce, available: None, areas: Vec::new(), previous: &previous };
    summed_up(Report::new(), outcome, &found, pass, owned)
}

/// The condition in the runtime's form, if it is one of those that the controller owns.
fn asserted(condition: &Condition, owned: &[ConditionType]) -> Option<Asserted> {
    let type_ = owned.iter().find(|type_| type_.as_str() == condition.type_)?;
    let truth = match condition.status {
        ConditionStatus::True => Truth::True,
        ConditionStatus::False => Truth::False,
        ConditionStatus::Unknown => Truth::Unknown,
    };
    let word = condition.reason.as_deref().and_then(Reason::from_word).unwrap_or(Reason::InternalError);
    Some(Asserted::new(type_.as_str(), truth, reason(word), condition.message.clone().unwrap_or_default()))
}

/// What is waited for, and looked at again soon, although only a person can end it: it is told as what stalls.
fn needs_a_person(why: RuntimeReason) -> bool {
    let persons = [
        Reason::SecretNotOwned,
        Reason::OwnedElsewhere,
        Reason::RecordKeyDamaged,
        Reason::RecordNotOwned,
        // Waited for only where the login is that of another realm; one that the server refuses is tried again, or stalls.
        Reason::LoginRefused,
    ];
    Reason::from_word(why.as_str()).is_some_and(|why| persons.contains(&why))
}

/// The word of the API's list for a reason of the runtime, whose own words are all on it.
pub fn word(reason: RuntimeReason) -> Reason {
    Reason::from_word(reason.as_str()).unwrap_or(Reason::KubernetesError)
}

fn ready(outcome: &Outcome) -> Verdict {
    let word = word(outcome.reason());
    if outcome.is_settled() {
        Verdict::yes(word, outcome.message())
    } else {
        Verdict::no(word, outcome.message())
    }
}

fn progress(outcome: &Outcome, mode: Mode, deleting: bool) -> Progress {
    if deleting {
        return Progress::Deleting;
    }
    let asks = word(outcome.reason()) == Reason::ApprovalRequired;
    match (outcome.class().map(Class::name), mode) {
        (None | Some(ClassName::Stall), Mode::Suspend) => Progress::Suspended,
        (None, Mode::Enforce | Mode::Observe) => Progress::Settled,
        (Some(ClassName::Stall), Mode::Observe) => Progress::AwaitingPerson,
        (Some(ClassName::Stall | ClassName::Wait), Mode::Enforce) if asks => Progress::AwaitingPerson,
        (Some(ClassName::Stall), Mode::Enforce) => Progress::Stalled,
        (Some(ClassName::Retry), _) => Progress::Retrying,
        // Pods on their way are our own work, not somebody else's.
        (Some(ClassName::Wait), _) if word(outcome.reason()) == Reason::Starting => Progress::Working,
        (Some(ClassName::Wait), _) => Progress::Waiting,
    }
}

#[cfg(test)]
mod tests {
    use controller_runtime::{
        Classify as _, Fence, INVALID_OBJECT, Key, Lane, PASS_TIMED_OUT, REASONS, StatusWrites, Term,
        calls::{NOT_PERMITTED, REFUSED},
    };
    use jiff::Timestamp;
    use serde_json::json;

    use keycloak_crds::phase::{Phase, ReconcileStatus};

    use super::*;
    use crate::ConnectError;

    #[test]
    fn what_only_a_person_can_end_is_told_by_an_event_although_it_is_waited_for() {
        let text = || "x".to_owned();
        let told = [
            ConnectError::RecordKeyDamaged { namespace: text(), why: "it has no key \"id\"" },
            ConnectError::LoginOfOtherRealm {
                namespace: text(),
                name: text(),
                key: "realm",
                found: text(),
                wanted: text(),
            },
            ConnectError::SecretNotOwned { namespace: text(), name: text(), whose: "x", owner: text() },
            ConnectError::RecordMapNotOwned { namespace: text(), name: text(), whose: "x", owner: text() },
        ];
        for error in told {
            assert!(matches!(error.class(), Class::Wait(word) if needs_a_person(word)), "{error}");
        }
        let silent =
            ConnectError::SecretMissing { namespace: text(), name: text(), key: text(), field: text() };
        assert!(matches!(silent.class(), Class::Wait(word) if !needs_a_person(word)));
    }

    #[test]
    fn every_word_of_the_runtime_is_on_the_list_of_the_api() {
        for reason in REASONS {
            assert_eq!(word(reason).as_str(), reason.as_str());
        }
    }

    fn pass(deleting: bool) -> Pass {
        Pass {
            key: Key::namespaced("acme", "acme"),
            uid: "uid".into(),
            generation: 3,
            lane: Lane::Edit,
            forced: false,
            deleting,
            now: Timestamp::UNIX_EPOCH,
            term: Term::unlimited(),
            fence: Fence::always_open(),
            status_writes: StatusWrites::default(),
        }
    }

    /// Of an object that is as declared.
    fn ready_before() -> Value {
        let at = "2026-01-31T12:00:00Z";
        let holds = |type_: &str, status: &str, reason: &str, message: &str| json!({"type": type_, "status": status, "reason": reason, "message": message, "lastTransitionTime": at});
        json!({
            "phase": "Ready", "reconcileStatus": "Succeeded", "reason": "InSync", "message": "in sync",
            "conditions": [
                holds("Ready", "True", "InSync", "in sync"),
                holds("Available", "True", "RealmAvailable", "the realm can be used"),
                holds("Progressing", "False", "InSync", ""),
                holds("Degraded", "False", "InSync", ""),
                holds("Authorized", "True", "AuthorizationGranted", "same namespace"),
                // Whatever somebody else put there.
                json!({"type": 7}),
            ],
        })
    }

    #[test]
    fn a_pass_that_ended_before_its_steps_leaves_nothing_that_says_ready() {
        let owned = [
            ConditionType::Available,
            ConditionType::Progressing,
            ConditionType::Degraded,
            ConditionType::Authorized,
        ];
        let unparsable =
            "KeycloakRealm acme/acme cannot be read: spec.enabled: invalid type: map, expected a boolean";
        let cases = [
            (Class::Stall(INVALID_OBJECT), unparsable, false),
            (Class::Stall(INVALID_OBJECT), unparsable, true),
            (Class::Retry(NOT_PERMITTED), "cannot add the finalizer: the API server answered 403: no", false),
            (Class::Stall(REFUSED), "cannot add the finalizer: the API server answered 422: no", false),
            (Class::Retry(PASS_TIMED_OUT), "not finished within 300 s; it goes on from where it is", false),
        ];
        let mut told = Vec::new();
        for (class, message, deleting) in cases {
            for (before, status) in [("ready", ready_before()), ("new", Value::Null)] {
                let outcome = Outcome::unfinished(class, message);
                let report = summed_up_early(&status, &outcome, &pass(deleting), &owned);
                let expected = |phase: Phase, ended: ReconcileStatus| {
                    let report = Report::new().field("phase", phase).field("reconcileStatus", ended);
                    report.field("reason", class.reason().as_str()).field("message", message)
                };
                let (phase, ended) = match (class, deleting, before) {
                    (_, true, _) => (Phase::Updating, ReconcileStatus::InProgress),
                    (Class::Stall(_), false, _) => (Phase::Failed, ReconcileStatus::Failed),
                    (_, false, "ready") => (Phase::Degraded, ReconcileStatus::InProgress),
                    (_, false, _) => (Phase::Provisioning, ReconcileStatus::InProgress),
                };
                let fields = |report: &Report| {
                    format!("{report:?}").split("conditions:").next().unwrap_or_default().to_owned()
                };
                assert_eq!(fields(&report), fields(&expected(phase, ended)), "{before}, {message}");
                told.push(format!("{before}: {report:?}"));
            }
        }
        for report in &told {
            assert!(!report.contains("InSync") && !report.contains("in sync"), "{report}");
            // What it was let in for, and what can be used, is not taken back.
            assert!(!report.contains("Authorized"), "{report}");
            assert_eq!(
                report.contains(r#"type_: "Available", truth: True"#),
                report.starts_with("ready"),
                "{report}"
            );
        }
    }
}
