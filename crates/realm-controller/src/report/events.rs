//! What a person should know: Events.

use std::collections::BTreeMap;

use authorization_token::rotation::Notice as TokenNotice;
use controller_runtime::Notice;
use keycloak_connect::{drift::Drift, reason, tokens};
use keycloak_crds::{authorization::HandedOut, condition::Reason};
use keycloak_plan::{Action, AdoptedBy, Claim, Step, kinds::REALM};

use super::{done_steps, listed};
use crate::{
    apply::{AccountLeft, Done, LoginDone, Mended},
    error::RealmError,
    observe::Seen,
    plan::{Farewell, Plan},
};

/// All Events of a pass.
pub(super) fn notices(
    seen: Option<&Seen>,
    plan: Option<&Plan>,
    done: Option<&Done>,
    drift: Option<&Drift>,
) -> Vec<Notice> {
    let (Some(seen), Some(plan)) = (seen, plan) else { return Vec::new() };
    let realm = seen.realm.realm_name();
    let mut notices = Vec::new();
    notices.extend(plan.lost_record.as_deref().map(about_lost_record));
    for step in done_steps(plan, done).filter(|step| *step.kind() == REALM) {
        notices.extend(about_step(realm, seen, plan, step));
    }
    notices.extend(about_parts(realm, plan, done));
    notices.extend(drift.iter().flat_map(|drift| drift.notices(&format!(" in realm {realm:?}"))));
    if let Some(RealmError::ApprovalAccepted { hash }) = &plan.verdict {
        let note = format!("the approval {hash} was accepted");
        notices.push(Notice::normal(reason(Reason::ApprovalAccepted), note));
    }
    notices.extend(plan.farewell.as_ref().filter(|_| done.is_some()).map(|bye| about_farewell(realm, bye)));
    let Some(done) = done else { return notices };
    notices.extend(done.account_left.as_ref().map(|left| about_account(realm, left)));
    notices.extend(done.login.iter().flat_map(|login| about_login(realm, login)));
    notices.extend(done.tokens.iter().flat_map(|issued| &issued.notices).map(about_token));
    notices.extend(done.tokens.as_ref().and_then(tokens::not_delivered));
    notices.extend(done.copies_left.iter().map(|(copy, why)| copy_left(copy, why)));
    notices
}

fn about_lost_record(lost: &str) -> Notice {
    Notice::warning(reason(Reason::DriftDetected), lost)
}

fn about_step(realm: &str, seen: &Seen, plan: &Plan, step: &Step) -> Vec<Notice> {
    match step.action {
        Action::Create => vec![about_creation(realm, seen, plan, step)],
        Action::Update => about_update(realm, plan),
        Action::Delete => {
            let note = format!("realm {realm:?} was deleted in Keycloak {}", seen.instance_name());
            vec![Notice::normal(reason(Reason::Deleting), note)]
        }
        // The settings of a realm hold no links.
        Action::Link | Action::Unlink => Vec::new(),
    }
}

/// What was done to everything in the realm: one Event, and one for what was deleted.
fn about_parts(realm: &str, plan: &Plan, done: Option<&Done>) -> Vec<Notice> {
    let steps = || done_steps(plan, done).filter(|step| *step.kind() != REALM);
    let mut notices = Vec::new();
    let count = |action: Action, verb: &str| {
        let mut kinds: BTreeMap<&'static str, (usize, &'static str)> = BTreeMap::new();
        for step in steps().filter(|step| step.action == action) {
            kinds.entry(step.kind().name).or_insert((0, step.kind().plural)).0 += 1;
        }
        let told = kinds
            .into_iter()
            .map(|(one, (count, many))| format!("{count} {} {verb}", if count == 1 { one } else { many }));
        told.collect::<Vec<_>>()
    };
    let made = count(Action::Create, "made");
    let told: Vec<String> = made.into_iter().chain(count(Action::Update, "changed")).collect();
    if !told.is_empty() {
        let note = format!("in realm {realm:?}: {}", told.join(", "));
        notices.push(Notice::normal(reason(Reason::InSync), note));
    }
    let deleted: Vec<String> =
        steps().filter(|step| step.action == Action::Delete).map(|step| step.object.to_string()).collect();
    if !deleted.is_empty() {
        let note = format!("deleted in realm {realm:?}: {}", listed(deleted.into_iter()));
        notices.push(Notice::normal(reason(Reason::Deleting), note));
    }
    notices
}

fn about_creation(realm: &str, seen: &Seen, plan: &Plan, step: &Step) -> Notice {
    let instance = seen.instance_name();
    if plan.record.object(&step.object).is_some() {
        let note = format!(
            "realm {realm:?} was gone from Keycloak {instance} and was made anew as this object declares it; its users \
             and whatever else nobody declares are lost"
        );
        return Notice::warning(reason(Reason::DriftRepaired), note);
    }
    let note = format!("realm {realm:?} was made in Keycloak {instance}");
    Notice::normal(reason(Reason::RealmAvailable), note)
}

fn about_update(realm: &str, plan: &Plan) -> Vec<Notice> {
    let mut notices = Vec::new();
    match &plan.claim {
        Some(Claim::Adopted { by }) => {
            let leave = match by {
                AdoptedBy::SameNamespace => "it is declared in the namespace of its instance",
                AdoptedBy::AdoptVerb => "its namespace holds the verb adopt on the instance",
                AdoptedBy::TakeOver => "spec.takeOver of the instance lists it",
            };
            let note = format!("realm {realm:?} was taken over, as spec.adopt asks: {leave}");
            notices.push(Notice::normal(reason(Reason::RealmAvailable), note));
        }
        Some(Claim::Ours { proof: Some(_), mark_drifted: true }) => {
            let note = format!(
                "the mark of this object on realm {realm:?} was missing or changed, and is written again"
            );
            notices.push(Notice::warning(reason(Reason::MarkRestored), note));
        }
        Some(Claim::Ours { .. } | Claim::Restored | Claim::Refused(_)) | None => {}
    }
    if plan.takes_over {
        notices.push(about_the_seed(realm, plan));
    }
    notices
}

/// What an earlier operator made is taken over with what its schema had filled in.
fn about_the_seed(realm: &str, plan: &Plan) -> Notice {
    let defaults = plan.changes.as_ref().map_or(0, |changes| changes.findings.seed_defaults.len());
    let note = format!(
        "realm {realm:?} was taken over from the operator that made it; {defaults} fields of the object still say what that \
         operator's schema filled in, and are not applied until they are changed"
    );
    Notice::normal(reason(Reason::RealmAvailable), note)
}

fn about_login(realm: &str, login: &LoginDone) -> Vec<Notice> {
    let LoginDone { account, written, excess, .. } = login;
    let what = match written {
        Some(Mended::Made) => "was made".to_owned(),
        Some(Mended::Mended) => "got a new secret".to_owned(),
        Some(Mended::Rotated(why)) => format!("got a new secret, {why}"),
        None => return Vec::new(),
    };
    let note = format!("our login {account} in realm {realm:?} {what}");
    let mut notices = vec![Notice::normal(reason(Reason::SecretRotated), note)];
    if !excess.taken_away.is_empty() {
        let note = format!(
            "our login {account} in realm {realm:?} had more rights than it needs; taken away: {}",
            excess.taken_away.join(", ")
        );
        notices.push(Notice::warning(reason(Reason::DriftRepaired), note));
    }
    if !excess.left.is_empty() {
        let note = format!(
            "our login {account} in realm {realm:?} has more rights than it needs, which were not given to it alone or may not be \
             taken away by us: {}; look at what the default role, composite roles and groups of the realm hold",
            excess.left.join(", ")
        );
        notices.push(Notice::warning(reason(Reason::DriftDetected), note));
    }
    notices
}

fn about_account(realm: &str, AccountLeft { account, why }: &AccountLeft) -> Notice {
    let note = format!("our login {account} is left in realm {realm:?}, remove it there by hand: {why}");
    Notice::warning(reason(Reason::Retained), note)
}

fn about_token(notice: &TokenNotice) -> Notice {
    let word = reason(Reason::SecretRotated);
    match notice {
        TokenNotice::Issued { .. } | TokenNotice::Superseded { .. } | TokenNotice::Expired { .. } => {
            Notice::normal(word, notice.to_string())
        }
        TokenNotice::Revoked { .. }
        | TokenNotice::Rebuilt { .. }
        | TokenNotice::NotRebuilt { .. }
        | TokenNotice::NotAToken
        | TokenNotice::Expiring { .. }
        | TokenNotice::Dropped { .. }
        | TokenNotice::Foreign { .. } => Notice::warning(word, notice.to_string()),
    }
}

fn copy_left(copy: &HandedOut, why: &str) -> Notice {
    let note = format!(
        "Secret {}/{} with a copy of authorization token {:?}, which nobody accepts any more, is left; remove it by hand: {why}",
        copy.namespace, copy.name, copy.token
    );
    Notice::warning(reason(Reason::Retained), note)
}

fn about_farewell(realm: &str, farewell: &Farewell) -> Notice {
    match farewell {
        Farewell::Left(why) => {
            let note = format!("realm {realm:?} is left in Keycloak as it is: {why}");
            Notice::normal(reason(Reason::Retained), note)
        }
        Farewell::NotProven { is_there: false } => {
            let note = format!(
                "nothing is deleted in Keycloak: no Secret of our login proves that realm {realm:?} belongs to this object; \
                 delete it by hand if it is still there and not needed"
            );
            Notice::warning(reason(Reason::NotProven), note)
        }
        Farewell::NotProven { is_there: true } => {
            let note = format!(
                "realm {realm:?} is left in Keycloak as it is: no Secret of our login proves that it belongs to this \
                 object; delete it by hand if it is not needed"
            );
            Notice::warning(reason(Reason::NotProven), note)
        }
    }
}
