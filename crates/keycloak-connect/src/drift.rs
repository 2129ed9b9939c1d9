//! Drift over time: what a pass found beside what status told before, so that each finding is told and counted once.

use std::fmt;

use controller_runtime::Notice;
use jiff::{SignedDuration, Timestamp};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_crds::{
    condition::Reason,
    drift::{DriftActor, DriftFinding, DriftStatus, MAX_FINDINGS},
    status::Verdict,
};

use crate::error::reason;

/// How long status tells what was set back.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);
/// How many findings of one pass have a clause in a message, or an Event, of their own.
const TOLD: usize = 10;

/// One finding of a pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The object as people read it: `role contractor`. Empty where it needs no name, as the settings of a realm.
    pub object: String,
    /// As it is to stand in status, without times.
    pub finding: DriftFinding,
    /// Whether it was set back in this pass.
    pub repaired: bool,
    /// Whether an Event of its own says more.
    pub has_own_event: bool,
}

/// Everything that something else changed, as of this pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drift {
    standing: Vec<Told>,
    repaired: Vec<Told>,
    status: Option<DriftStatus>,
}

/// A finding of this pass, and whether nobody was told of it before.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    object: String,
    finding: DriftFinding,
    new: bool,
    has_own_event: bool,
}

impl Drift {
    /// What was found in this pass. `before` is what status tells.
    pub fn of(before: Option<&DriftStatus>, found: &[Found], now: Timestamp) -> Self {
        let told = before.and_then(|before| before.findings.as_deref()).unwrap_or_default();
        let omitted = before.and_then(|before| usize::try_from(before.omitted?).ok()).unwrap_or_default();
        let mut all: Vec<Told> = found
            .iter()
            .map(|found| {
                let known = told.iter().find(|told| stands(told) && is_same(told, &found.finding));
                Told {
                    object: found.object.clone(),
                    new: known.is_none(),
                    finding: dated(found, known, now),
                    has_own_event: found.has_own_event,
                }
            })
            .collect();
        // Of more than fit into status the rest was told, too.
        let full = told.len() >= MAX_FINDINGS && told.iter().all(stands);
        for unlisted in all.iter_mut().rev().filter(|told| told.new).take(if full { omitted } else { 0 }) {
            unlisted.new = false;
        }
        let (standing, repaired): (Vec<_>, Vec<_>) = all.into_iter().partition(|told| stands(&told.finding));
        let older: Vec<DriftFinding> = told
            .iter()
            .filter(|told| told.repaired_at.as_ref().is_some_and(|at| now.duration_since(at.0) < REMEMBERED))
            .filter(|told| !found.iter().any(|found| is_same(told, &found.finding)))
            .cloned()
            .collect();
        let omitted = if found.is_empty() { omitted } else { 0 };
        let findings = standing.iter().chain(&repaired).map(|told| told.finding.clone()).chain(older);
        let status = status(findings.collect(), omitted);
        Self { standing, repaired, status }
    }

    /// As it stands in status; nothing where there is nothing to tell.
    pub fn status(&self) -> Option<&DriftStatus> {
        self.status.as_ref()
    }

    /// Condition `Drifted`, as long as something stands that something else changed.
    pub fn verdict(&self) -> Option<Verdict> {
        if self.standing.is_empty() {
            return None;
        }
        let mut clauses: Vec<String> = self.standing.iter().take(TOLD).map(ToString::to_string).collect();
        let further = self.standing.len().saturating_sub(TOLD);
        if further > 0 {
            clauses.push(format!("and {further} more"));
        }
        let message = format!("changed by something else: {}", clauses.join("; "));
        Some(Verdict::yes(Reason::DriftDetected, message))
    }

    /// One Event for each finding that is new, and for each that was set back; of more than a person reads one for the rest.
    /// `place` is where: `" in realm \"acme\""`, or nothing.
    pub fn notices(&self, place: &str) -> Vec<Notice> {
        let new: Vec<&Told> = self.standing.iter().filter(|told| told.new && !told.has_own_event).collect();
        let repaired: Vec<&Told> = self.repaired.iter().filter(|told| !told.has_own_event).collect();
        let mut notices = some(&repaired, Reason::DriftRepaired, |what| {
            format!("changed by something else{place} and set back: {what}")
        });
        notices.extend(some(&new, Reason::DriftDetected, |what| {
            format!("changed by something else{place}: {what}")
        }));
        notices
    }

    /// Counts what is new, and what was set back, under the kinds of Keycloak objects.
    pub fn count(&self, resource_type: &'static str) {
        for told in self.standing.iter().chain(&self.repaired).filter(|told| told.new) {
            metrics::counter!(
                "keycloak_operator_drift_findings_total",
                "resource_type" => resource_type, "kind" => told.finding.kind.clone()
            )
            .increment(1);
        }
        for told in &self.repaired {
            metrics::counter!(
                "keycloak_operator_remediation_total",
                "resource_type" => resource_type, "kind" => told.finding.kind.clone()
            )
            .increment(1);
        }
    }
}

/// Counts one reading of a realm's admin events by what came of it: `news`, `nothing`, `refused` or `failed`.
pub fn count_read(result: &'static str) {
    metrics::counter!("keycloak_operator_admin_event_reads_total", "result" => result).increment(1);
}

fn stands(finding: &DriftFinding) -> bool {
    finding.repaired_at.is_none()
}

/// Whether both are about the same difference, whenever it was found and whoever made it.
fn is_same(one: &DriftFinding, other: &DriftFinding) -> bool {
    let parts = |of: &DriftFinding| {
        let DriftFinding { action, kind, identity, path, old, new, .. } = of.clone();
        (action, kind, identity, path, old, new)
    };
    parts(one) == parts(other)
}

fn dated(found: &Found, known: Option<&DriftFinding>, now: Timestamp) -> DriftFinding {
    let found_at = known.and_then(|known| known.found_at.clone()).unwrap_or(Time(now));
    DriftFinding {
        found_at: Some(found_at),
        repaired_at: found.repaired.then_some(Time(now)),
        actor: found.finding.actor.clone().or_else(|| known?.actor.clone()),
        ..found.finding.clone()
    }
}

fn status(mut findings: Vec<DriftFinding>, omitted: usize) -> Option<DriftStatus> {
    if findings.is_empty() {
        return None;
    }
    let omitted = omitted + findings.len().saturating_sub(MAX_FINDINGS);
    findings.truncate(MAX_FINDINGS);
    Some(DriftStatus {
        findings: Some(findings),
        omitted: i32::try_from(omitted).ok().filter(|omitted| *omitted > 0),
    })
}

fn some(told: &[&Told], word: Reason, sentence: impl Fn(String) -> String) -> Vec<Notice> {
    let further = told.len().saturating_sub(TOLD);
    let clauses = told.iter().take(TOLD).map(ToString::to_string);
    let rest = (further > 0).then(|| format!("{further} more"));
    clauses.chain(rest).map(|what| Notice::warning(reason(word), sentence(what))).collect()
}

/// `role contractor: description: "Evil" instead of "Works here" (by user 4711 from 10.0.0.7)`.
impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DriftFinding { path, old, new, actor, .. } = &self.finding;
        let names = [Some(self.object.as_str()).filter(|name| !name.is_empty()), path.as_deref()];
        for name in names.into_iter().flatten() {
            write!(f, "{name}: ")?;
        }
        if self.finding.action == "update" {
            let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
            write!(f, "{} instead of {}", side(old), side(new))?;
        } else {
            f.write_str("gone")?;
        }
        actor.as_ref().map_or(Ok(()), |actor| write!(f, " ({})", ByActor(actor)))
    }
}

struct ByActor<'a>(&'a DriftActor);

impl fmt::Display for ByActor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DriftActor { user_id, client_id, ip_address, at, .. } = self.0;
        f.write_str("by")?;
        match user_id {
            Some(user) => write!(f, " user {user}")?,
            None => f.write_str(" somebody")?,
        }
        for (word, part) in [("with client", client_id), ("from", ip_address)] {
            if let Some(part) = part {
                write!(f, " {word} {part}")?;
            }
        }
        at.as_ref().map_or(Ok(()), |at| write!(f, " at {}", at.0))
    }
}

#[cfg(test)]
mod tests;
