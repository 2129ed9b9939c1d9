//! The Events of a pass: what a person should know.

use controller_runtime::{Facts, Notice};
use keycloak_connect::{drift::Drift, reason, secret::Withdrawn};
use keycloak_crds::condition::Reason;
use keycloak_plan::Claim;

use crate::{
    apply::{OutputDone, SecretDone, SecretWrite},
    controller::ClientController,
    credentials,
    ground::Ground,
    plan::{Origin, Work},
};

/// What a person should know.
pub(super) fn notices(
    ground: &Ground,
    facts: Facts<'_, ClientController>,
    drift: Option<&Drift>,
) -> Vec<Notice> {
    let Some(done) = facts.applied.map(|applied| &applied.done) else { return Vec::new() };
    let mut notices = drift.map(|drift| drift.notices("")).unwrap_or_default();
    if facts.plan.is_some_and(|plan| matches!(plan.work, Work::Keep(_))) {
        let lost = ground.lost_record.iter();
        notices.extend(lost.map(|lost| Notice::warning(reason(Reason::DriftDetected), lost)));
    }
    notices.extend(done.farewell.iter().map(|farewell| {
        let (word, note) = (reason(farewell.reason()), farewell.to_string());
        if farewell.is_worth_a_warning() { Notice::warning(word, note) } else { Notice::normal(word, note) }
    }));
    if done.wrote {
        let claim = done.claim.as_ref().or(ground.claim.as_ref());
        notices.extend(claim.and_then(|claim| about_claim(claim, &ground.object.spec.client_id)));
    }
    notices.extend(done.secret.as_ref().and_then(|secret| about_secret(secret, ground)));
    notices.extend(done.outputs.iter().filter_map(|output| about_output(output, ground)));
    notices.extend(done.withdrawn.iter().map(|(name, how)| {
        let what = match how {
            Withdrawn::Deleted => "was deleted",
            Withdrawn::Emptied => "was emptied, as the controller may not delete Secrets",
        };
        let note = format!("Secret {name}, which the object no longer asks for, {what}");
        Notice::normal(reason(Reason::SecretRotated), note)
    }));
    notices.extend(done.released.iter().map(|name| Notice::normal(reason(Reason::Retained), released(name))));
    notices
}

/// What became of a Secret that nobody asks for any more.
pub(super) fn released(name: &str) -> String {
    format!(
        "Secret {name} was let go, as spec.manageSecret: false asks: it stays with the values that it has, and is neither \
         kept up to date nor deleted with this object"
    )
}

fn about_claim(claim: &Claim, client_id: &str) -> Option<Notice> {
    match claim {
        Claim::Ours { mark_drifted: true, .. } => {
            let note =
                format!("the mark on client {client_id} was missing or changed, and was written again");
            Some(Notice::warning(reason(Reason::MarkRestored), note))
        }
        Claim::Adopted { .. } => {
            let note = format!("client {client_id} existed and was taken over, as spec.adopt asks");
            Some(Notice::normal(reason(Reason::ClientAvailable), note))
        }
        Claim::Ours { mark_drifted: false, .. } | Claim::Restored | Claim::Refused(_) => None,
    }
}

/// Only what nobody expects: a Secret that was made with its client is told by status.
fn about_secret(secret: &SecretDone, ground: &Ground) -> Option<Notice> {
    let name = &secret.name;
    let known = ground.object.status.as_ref().and_then(|status| status.credentials_secret.as_deref())
        == Some(name.as_str());
    match (secret.origin, secret.how) {
        (Origin::Regenerated(_), _) => {
            let note = format!("Secret {name} holds a new secret, as spec.regenerateSecret asks");
            Some(Notice::normal(reason(Reason::SecretRotated), note))
        }
        (Origin::Keycloak | Origin::Given, SecretWrite::Made) if known => {
            let note = format!("Secret {name} was missing and holds again what Keycloak holds");
            Some(Notice::warning(reason(Reason::DriftRepaired), note))
        }
        (Origin::Keycloak, SecretWrite::ValueChanged) => {
            let note = format!(
                "Secret {name} held another value of {} than Keycloak, and holds Keycloak's again; \
                 spec.regenerateSecret: true makes a new one",
                credentials::key::CLIENT_SECRET
            );
            Some(Notice::warning(reason(Reason::DriftRepaired), note))
        }
        (Origin::Given, SecretWrite::ValueChanged) => {
            let note = format!(
                "Secret {name} held another value than spec.clientSecret gives, and holds that one now"
            );
            Some(Notice::normal(reason(Reason::SecretRotated), note))
        }
        (
            Origin::Keycloak | Origin::Given,
            SecretWrite::Made | SecretWrite::Changed | SecretWrite::Nothing,
        )
        | (Origin::New, _) => None,
    }
}

/// Only what nobody expects, as with the client's own Secret.
fn about_output(output: &OutputDone, ground: &Ground) -> Option<Notice> {
    let name = output.name.as_str();
    let was_there = ground.former_outputs().any(|former| former == name);
    (was_there && output.how == SecretWrite::Made).then(|| {
        let note = format!("Secret {name} was missing and holds again what spec.outputs asks for");
        Notice::warning(reason(Reason::DriftRepaired), note)
    })
}
