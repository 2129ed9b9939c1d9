//! What is to be done, decided from what was seen.

use std::{collections::BTreeSet, fmt};

use authorization_token::TokenId;
use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_connect::{
    Mode, StoredRecord, authorize,
    login::rotation::{self, Age, Schedule, Why as RotationCause},
    quota::Standing,
};
use keycloak_crds::{
    KeycloakRealm, authorization::AuthorizationStatus, labels::annotation, realm::KeycloakRealmSpec,
};
use keycloak_plan::{
    Approvals, Claim, ClaimFacts, Desired, Evidence, Identity, NotAccepted, OwnedRecord, Plan as Changes,
    Subject,
};
use keycloak_sync::{Planning, realm, status};
use kube::ResourceExt as _;

use crate::{
    controller::is_of_the_seed,
    error::RealmError,
    observe::{LoginState, Observed, Seen},
    secrets::Resolved,
    validate::{Valid, mode},
};

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Write down in status what the instance decided about this object.
    PublishDecision,
    /// Take a slot of the namespace's quota, or count the realm that has none.
    TakeSlot,
    /// Carry out what is to change in the realm, or delete it.
    ChangeRealm,
    /// Make our login in the realm, with its Secret.
    MakeLogin,
    /// Give the account that exists its secret and its rights again.
    MendLogin,
    /// Give our login another secret.
    RotateLogin(RotationCause),
    /// Try the login that the realm, until now disabled, let nobody try.
    TryLogin,
    /// Issue, rotate and revoke authorization tokens as it is time to.
    KeepTokens,
    /// Take the copies of tokens in other namespaces back.
    TakeTokensBack,
    /// Give the slot of the namespace's quota back.
    FreeSlot,
    /// Take our login's Secret back: nobody needs it any more.
    TakeLoginBack,
    /// Note that our login's Secret stays, until no KeycloakClient needs it any more.
    NoteLogin,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PublishDecision => "write down the instance's decision",
            Self::TakeSlot => "take a slot of the namespace's quota",
            Self::ChangeRealm => "change the realm",
            Self::MakeLogin => "make our login in the realm",
            Self::MendLogin => "mend our login in the realm",
            Self::RotateLogin(_) => "give our login in the realm another secret",
            Self::TryLogin => "try our login in the realm",
            Self::KeepTokens => "issue the authorization token",
            Self::TakeTokensBack => "take the copies of authorization tokens back",
            Self::FreeSlot => "give the slot of the namespace's quota back",
            Self::TakeLoginBack => "take back the Secret of our login",
            Self::NoteLogin => "note that the Secret of our login stays for the clients",
        })
    }
}

/// What becomes of the realm in a teardown, other than that it is deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// It is left in Keycloak: why.
    Left(String),
    /// Nothing proves that it is ours, so nothing is deleted.
    NotProven {
        /// Whether it is there, as far as it could be looked at.
        is_there: bool,
    },
}

/// What is to be done, in order.
#[derive(Debug, Default)]
pub struct Plan {
    /// Whether the steps are done or only said.
    pub mode: Mode,
    /// The steps.
    pub steps: Vec<Step>,
    /// What is to change in the realm, where it could be compared.
    pub changes: Option<Changes>,
    /// What was applied before.
    pub record: OwnedRecord,
    /// Why nothing of that is known, although something was there: a sentence.
    pub lost_record: Option<String>,
    /// Whose the realm is, where it exists.
    pub claim: Option<Claim>,
    /// Whether the object is the seed's and is taken over by this plan.
    pub takes_over: bool,
    /// The approvals to be stored.
    pub approvals: Approvals,
    /// Tokens that are never accepted again.
    pub revoked: BTreeSet<TokenId>,
    /// What becomes of the realm in a teardown.
    pub farewell: Option<Farewell>,
    /// A clause about the `KeycloakClient`s that go with the realm.
    pub goes_along: Option<String>,
    /// Why the object is not finished when all steps are done.
    pub verdict: Option<RealmError>,
}

impl Plan {
    /// A plan without steps, with what is remembered.
    pub(crate) fn of(object: &KeycloakRealm, seen: Option<&Seen>, now: Timestamp) -> Self {
        let status = object.status.as_ref();
        // An object that is not looked at has nothing that could be remembered.
        let (record, lost_record) = seen.map_or_else(Default::default, |seen| remembered(&seen.stored));
        let approvals = status.and_then(|status| status.approvals.as_ref());
        let approvals = status::approvals(approvals, &Time(now));
        Self { mode: mode(object), record, lost_record, approvals, ..Self::default() }
    }

    /// Makes known that the realm is our own work, where its id says so.
    pub(crate) fn remember_creation(&mut self, seen: &Seen) {
        let owner = seen.realm.owner();
        if seen.live_id() == Some(owner.uid.as_str()) {
            self.record = self.record.clone().with_created(realm::identity(seen.realm.realm_name()));
        }
    }

    /// Whether the realm is made, or comes to us, with this plan: only then is it stopped where a quota has no room.
    pub(crate) fn is_new(&self, seen: &Seen) -> bool {
        seen.live_id().is_none() || matches!(self.claim, Some(Claim::Adopted { .. }))
    }

    /// Accepts the annotation, if there is one that fits, and says what waits.
    pub(crate) fn ask_consent(&mut self, object: &KeycloakRealm, ways_out: &str) {
        let Some(changes) = self.changes.as_ref().filter(|_| self.mode.writes()) else { return };
        // Also while something else waits: what was approved and is done or gone needs another approval when it comes back.
        self.approvals = self.approvals.settle(changes);
        let Some(hash) = changes.approval() else { return };
        let what = waiting(changes, self.goes_along.as_deref());
        let given = object.annotations().get(annotation::APPROVE);
        let hint = match given.map(|given| (given, self.approvals.accept(given, changes))) {
            Some((given, Ok(accepted))) => {
                self.approvals = accepted;
                self.verdict = Some(RealmError::ApprovalAccepted { hash: given.trim().to_owned() });
                return;
            }
            Some((_, Err(refused @ (NotAccepted::OtherSteps { .. } | NotAccepted::Already { .. })))) => {
                format!(" ({refused}){ways_out}")
            }
            Some((_, Err(NotAccepted::NothingWaits { .. }))) | None => ways_out.to_owned(),
        };
        self.verdict = Some(RealmError::ApprovalRequired { what, hash: hash.to_owned(), hint });
    }
}

/// What was applied before, and why nothing of that is known, although something was there.
pub(crate) fn remembered(stored: &StoredRecord) -> (OwnedRecord, Option<String>) {
    status::remembered(stored.text(), stored.gone().map(|gone| gone.to_string()))
}

/// Decides for an object that stays.
pub fn plan(object: &KeycloakRealm, valid: &Valid, observed: &Observed, now: Timestamp) -> Plan {
    let mut plan = Plan { revoked: valid.revoked.clone(), ..Plan::of(object, observed.seen(), now) };
    // Whatever cannot be looked at was refused before.
    let Some(seen) = observed.seen() else { return plan };
    if decision_is_news(object, seen) {
        plan.steps.push(Step::PublishDecision);
    }
    // Without leave nothing was looked at.
    let (Some(live), Some(mark)) = (&seen.live, &seen.mark) else { return plan };
    if live.present().is_some() {
        let claim = Claim::decide(&ClaimFacts {
            ours: mark,
            live: &live.mark(),
            evidence: Evidence::Realm { login_secret_agrees: seen.is_proven() },
            owner: seen.marked_owner,
            adopt: object.spec.adopt == Some(true),
            permission: &seen.permission,
        });
        if let Claim::Refused(refusal) = &claim {
            plan.verdict = Some(RealmError::NotOurs {
                realm: seen.realm.realm_name().to_owned(),
                instance: seen.instance_name(),
                refusal: refusal.clone(),
            });
            plan.claim = Some(claim);
            return plan;
        }
        plan.claim = Some(claim);
    }
    plan.remember_creation(seen);
    let rotation = rotation_due(object, seen, now);
    // What cannot be compared as a whole is not changed in part: the obstacle says which Secret is missing.
    let Some(secrets) = &seen.secrets else {
        further_steps(&mut plan, seen, rotation);
        return plan;
    };
    match changes(object, secrets, seen, &plan) {
        Ok(changes) => {
            plan.takes_over = is_of_the_seed(object) && plan.mode.writes();
            plan.changes = Some(changes);
        }
        Err(error) => plan.verdict = Some(error),
    }
    plan.ask_consent(object, "");
    further_steps(&mut plan, seen, rotation);
    if plan.verdict.is_none() && plan.mode.writes() && waits_for_the_login(object, seen) {
        plan.verdict = Some(RealmError::PermissionsLater);
    }
    plan
}

/// After the decision: its slot, the realm, then our login in it, then its tokens.
///
/// A realm that cannot be compared is left as it is. Where our login proves it ours, login and tokens go on: who revokes a token
/// does not wait until a Secret is there that has nothing to do with it.
fn further_steps(plan: &mut Plan, seen: &Seen, rotation: Option<RotationCause>) {
    let changes_realm = match &plan.changes {
        Some(changes) => {
            let changes_realm = changes.runnable().next().is_some();
            let takes_slot = changes_realm || seen.live_id().is_some();
            if seen.slot == Standing::Open && takes_slot && plan.mode.writes() {
                plan.steps.push(Step::TakeSlot);
            }
            if changes_realm {
                plan.steps.push(Step::ChangeRealm);
            }
            changes_realm
        }
        None if seen.is_proven() => false,
        None => return,
    };
    login_and_tokens(plan, seen, rotation, changes_realm);
}

fn login_and_tokens(plan: &mut Plan, seen: &Seen, rotation: Option<RotationCause>, changes_realm: bool) {
    match seen.login {
        LoginState::Missing => plan.steps.push(Step::MakeLogin),
        LoginState::Works | LoginState::Refused | LoginState::Disabled if rotation.is_some() => {
            plan.steps.extend(rotation.map(Step::RotateLogin));
        }
        LoginState::Refused => plan.steps.push(Step::MendLogin),
        LoginState::Disabled if changes_realm => plan.steps.push(Step::TryLogin),
        LoginState::Disabled | LoginState::Works | LoginState::Unknown => {}
    }
    match &seen.token_place {
        Some(place) if place.found.is_none() => plan.steps.push(Step::KeepTokens),
        // Whether one is due is not known before it is tried: not a step to show.
        Some(_) if plan.mode == Mode::Enforce => plan.steps.push(Step::KeepTokens),
        Some(_) | None => {}
    }
}

/// Whether our login is to get another secret, and why. One that does not work is mended or waits, unless it is in the middle of
/// this.
fn rotation_due(object: &KeycloakRealm, seen: &Seen, now: Timestamp) -> Option<RotationCause> {
    let (secret, instance) = (seen.login_secret.as_ref()?, seen.instance.as_ref()?);
    let asked = rotation::asked(object.annotations());
    let schedule = Schedule::of(instance, seen.realm.owner());
    let due = schedule.due(&Age::of(secret), asked.as_deref(), now)?;
    let may_begin = seen.login == LoginState::Works || due == RotationCause::Begun;
    (seen.is_proven() && may_begin).then_some(due)
}

fn changes(
    object: &KeycloakRealm,
    resolved: &Resolved,
    seen: &Seen,
    plan: &Plan,
) -> Result<Changes, RealmError> {
    let desired = if waits_for_the_login(object, seen) {
        realm::desired(&without_permissions(&object.spec), &resolved.secrets, None)?
    } else {
        realm::desired(&object.spec, &resolved.secrets, None)?
    };
    let desired = if is_of_the_seed(object) { realm::of_the_seed(desired) } else { desired };
    let desired = for_mode(desired, seen, plan.mode);
    let subject = subject(seen);
    let server = seen.server.clone().unwrap_or_default();
    let planning = Planning {
        subject: &subject,
        record: &plan.record,
        approvals: &plan.approvals,
        server: &server,
        key: resolved.key.as_ref(),
    };
    // Nothing is planned before both were read.
    let (absent, nothing) = (realm::Observed::Absent, keycloak_plan::LiveState::new());
    let (live, parts) = (seen.live.as_ref().unwrap_or(&absent), seen.parts.as_ref().unwrap_or(&nothing));
    let parts = parts.clone().edited_by_others(edited(seen, &plan.record));
    planning.plan_realm(&desired, &realm::wanted(&object.spec), live, &parts).map_err(RealmError::unplanned)
}

/// What others changed after our last write, as the realm's events tell: that is drift, however it reads back.
fn edited(seen: &Seen, record: &OwnedRecord) -> Vec<Identity> {
    if seen.edits.all.is_empty() {
        return Vec::new();
    }
    let known = record.objects().map(|(identity, _)| identity.clone());
    let all = known.chain([realm::identity(seen.realm.realm_name())]);
    all.filter(|identity| seen.edits.all.iter().any(|edit| edit.may_concern(identity))).collect()
}

/// The mark is written, and the id of a new realm chosen, where anything may be written at all.
fn for_mode(desired: Desired, seen: &Seen, mode: Mode) -> Desired {
    match (mode, &seen.mark) {
        (Mode::Enforce, Some(mark)) => desired.marked(mark.clone()).with_id(&seen.realm.owner().uid),
        (Mode::Enforce, None) | (Mode::Observe | Mode::Suspend, _) => desired,
    }
}

pub(crate) fn subject(seen: &Seen) -> Subject {
    let owner = seen.realm.owner();
    Subject {
        what: format!("realm {}", seen.realm.realm_name()),
        on: seen.instance_name(),
        cr: format!("realm/{}", owner.name),
        namespace: owner.namespace.clone(),
        uid: owner.uid.clone(),
        realm_id: seen.live_id().unwrap_or_default().to_owned(),
    }
}

const PERMISSIONS: &str = "adminPermissionsEnabled";

/// Whether the spec turns on what would keep us from giving our login its rights. It is turned on when the login is made.
fn waits_for_the_login(object: &KeycloakRealm, seen: &Seen) -> bool {
    let asked = object.spec.extra.as_ref().and_then(|extra| extra.0.get(PERMISSIONS));
    let is_on = seen.live.as_ref().and_then(realm::Observed::present);
    let is_on = is_on.is_some_and(|live| live.admin_permissions_enabled == Some(true));
    asked.and_then(serde_json::Value::as_bool) == Some(true)
        && !is_on
        && !matches!(seen.login, LoginState::Works | LoginState::Disabled)
}

fn without_permissions(spec: &KeycloakRealmSpec) -> KeycloakRealmSpec {
    let mut spec = spec.clone();
    if let Some(extra) = &mut spec.extra {
        extra.0.remove(PERMISSIONS);
    }
    spec
}

/// Whether status tells another decision than the one that was just made.
fn decision_is_news(object: &KeycloakRealm, seen: &Seen) -> bool {
    let Some(decision) = &seen.decision else { return false };
    let told = object.status.as_ref().and_then(|status| status.authorization.as_ref());
    let told = told.map(|told| AuthorizationStatus { tokens: None, secrets: None, ..told.clone() });
    let told = told.unwrap_or_default();
    told != authorize::status(decision)
}

/// How many things of one kind a sentence names.
pub(crate) const NAMED: usize = 10;

/// The steps that wait, each with what it would lose, and what goes along with them.
fn waiting(changes: &Changes, goes_along: Option<&str>) -> String {
    let steps = changes.summary().steps.into_iter().filter(|step| step.waits).take(NAMED);
    let steps: Vec<String> = steps
        .map(|step| {
            let detail = with_clause(step.detail, goes_along);
            format!("{} {} {} ({detail})", step.action.as_str(), step.kind, step.identity)
        })
        .collect();
    let further = changes.counts().waiting.saturating_sub(steps.len());
    let verb = if steps.len() + further == 1 { "needs" } else { "need" };
    let further = if further == 0 { String::new() } else { format!(" and {further} more") };
    format!("{}{further} {verb} an approval", steps.join(", "))
}

/// What a step loses, and what goes along with it.
pub(crate) fn with_clause(detail: String, goes_along: Option<&str>) -> String {
    match goes_along {
        Some(clause) if detail.is_empty() => clause.to_owned(),
        Some(clause) => format!("{detail}; {clause}"),
        None => detail,
    }
}

#[cfg(test)]
mod tests;
