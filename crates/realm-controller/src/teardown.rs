//! What becomes of the realm when its object is deleted.
//!
//! | what was found | what happens |
//! |---|---|
//! | the instance is gone or going; Observe, suspend or Retain; Guarded in a namespace that is being deleted | left |
//! | the realm is gone | done |
//! | no Secret of our login that is bound to the realm | left, and said |
//! | Guarded; it holds users or a user federation, or was not made by us | waits for an approval |
//! | else | deleted |
//!
//! A slot of the namespace's quota is given back once the realm is gone; a realm that is left keeps it.
//!
//! The Secret of our login is taken back when no KeycloakClient refers to the object. Where one does, the Secret stays: its
//! controller needs the login to take the client down, or to learn from Keycloak that the realm is gone. It is noted then, and
//! taken back when no client refers to the object any more ([`crate::left_logins`]).
//!
//! A process that is stopped after the Secret was taken back leaves an object without proof whose realm is gone. So the realm is
//! looked at also without proof, where the object once had it: else the next pass would say that the realm was left.

use jiff::Timestamp;
use keycloak_connect::{Mode, quota::Standing, tokens};
use keycloak_crds::{KeycloakRealm, policy::DeletionPolicy};
use keycloak_sync::{Planning, Teardown};

use crate::{
    error::RealmError,
    observe::{Observed, Seen},
    plan::{Farewell, Plan, Step, subject},
};

/// Decides for an object in deletion.
pub fn teardown(object: &KeycloakRealm, observed: &Observed, now: Timestamp) -> Plan {
    // What was applied is only asked whether we made the realm: that it is not known is no news.
    let mut plan = Plan { lost_record: None, ..Plan::of(object, observed.seen(), now) };
    // Nothing was ever made for what could not be looked at.
    let Some(seen) = observed.seen() else { return plan };
    if seen.obstacle.as_ref().is_some_and(|obstacle| !obstacle.instance_is_gone()) {
        return plan;
    }
    if let Some(why) = why_left(object, seen, plan.mode) {
        // What is left counts as long as it is there; without a server nothing is.
        if seen.obstacle.is_some() {
            free_slot(&mut plan, seen);
        }
        plan.farewell = Some(Farewell::Left(why));
        take_tokens_back(object, &mut plan);
        take_login_back(&mut plan, seen);
    } else {
        delete(object, seen, &mut plan);
    }
    plan
}

/// Why the realm stays in Keycloak although its object goes.
fn why_left(object: &KeycloakRealm, seen: &Seen, mode: Mode) -> Option<String> {
    if let Some(gone) = seen.obstacle.as_ref().filter(|obstacle| obstacle.instance_is_gone()) {
        return Some(gone.to_string());
    }
    let why = match (mode, object.spec.deletion_policy) {
        (Mode::Observe, _) => "spec.management: Observe asks that nothing is written",
        (Mode::Suspend, _) => "spec.suspend asks that nothing is written",
        (Mode::Enforce, DeletionPolicy::Retain) => "spec.deletionPolicy: Retain asks for it",
        (Mode::Enforce, DeletionPolicy::Guarded) if seen.terminating => {
            "the namespace is being deleted, and spec.deletionPolicy is not Delete"
        }
        (Mode::Enforce, DeletionPolicy::Guarded | DeletionPolicy::Delete) => return None,
    };
    Some(why.to_owned())
}

fn delete(object: &KeycloakRealm, seen: &Seen, plan: &mut Plan) {
    let Some(live) = &seen.live else {
        take_tokens_back(object, plan);
        if was_ours(object, seen) {
            // Nobody could look whether it is there. Its slot is freed when that is known.
            plan.farewell = Some(Farewell::NotProven { is_there: false });
        } else {
            free_slot(plan, seen);
        }
        return;
    };
    if live.present().is_some() && !seen.is_proven() {
        // What is there may be another object's, which was faster.
        if !was_ours(object, seen) {
            free_slot(plan, seen);
        }
        plan.farewell = was_ours(object, seen).then_some(Farewell::NotProven { is_there: true });
        take_tokens_back(object, plan);
        return;
    }
    plan.remember_creation(seen);
    let (subject, server) = (subject(seen), seen.server.clone().unwrap_or_default());
    let planning = Planning {
        subject: &subject,
        record: &plan.record,
        approvals: &plan.approvals,
        server: &server,
        key: None,
    };
    let how = Teardown {
        name: seen.realm.realm_name(),
        proof: seen.is_proven().then_some(keycloak_plan::Proof::LoginSecret),
        guarded: object.spec.deletion_policy == DeletionPolicy::Guarded,
        holds: seen.holds,
    };
    match planning.teardown(&how, live) {
        Ok(changes) => plan.changes = Some(changes),
        Err(error) => {
            plan.verdict = Some(RealmError::unplanned(error));
            return;
        }
    }
    plan.goes_along = Some(seen.clients.to_string()).filter(|clause| !clause.is_empty());
    plan.ask_consent(object, "; or set spec.deletionPolicy: Retain, which leaves the realm in Keycloak");
    if plan.verdict.is_some() {
        return;
    }
    if plan.changes.as_ref().is_some_and(|changes| !changes.is_empty()) {
        plan.steps.push(Step::ChangeRealm);
    }
    take_tokens_back(object, plan);
    free_slot(plan, seen);
    take_login_back(plan, seen);
}

/// Copies of its tokens in other namespaces do not go with the object, whatever becomes of the realm.
fn take_tokens_back(object: &KeycloakRealm, plan: &mut Plan) {
    let namespace = object.metadata.namespace.as_deref().unwrap_or_default();
    let status = object.status.as_ref().and_then(|status| status.authorization.as_ref());
    if plan.mode == Mode::Enforce && tokens::has_copies(status, namespace) {
        plan.steps.push(Step::TakeTokensBack);
    }
}

/// Before the login goes, which tells the next pass that the realm was ours.
fn free_slot(plan: &mut Plan, seen: &Seen) {
    if seen.slot != Standing::NoQuota {
        plan.steps.push(Step::FreeSlot);
    }
}

fn take_login_back(plan: &mut Plan, seen: &Seen) {
    let instance_stays = seen.instance.as_ref().is_some_and(|instance| !instance.is_deleting());
    let may_write = plan.mode == Mode::Enforce && instance_stays;
    // One that was emptied is taken back already.
    let holds = seen.login_secret.as_ref().is_some_and(|secret| secret.keys().next().is_some());
    if may_write && holds {
        plan.steps.push(if seen.clients.refer { Step::NoteLogin } else { Step::TakeLoginBack });
    }
}

/// Whether the realm was ours at some time, as far as this object or the Secret of our login tells.
pub(crate) fn was_ours(object: &KeycloakRealm, seen: &Seen) -> bool {
    seen.login_secret.is_some() || object.status.as_ref().is_some_and(|status| status.internal_id.is_some())
}

#[cfg(test)]
mod tests;
