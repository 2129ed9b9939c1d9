//! How a pass ended, and what status and Events say about it.

use authorization_token::rotation::Notice as TokenNotice;
use controller_runtime::{Asserted, Class, Facts, Notice, Outcome, Pass, Report};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use keycloak_admin::logins::Granted;
use keycloak_connect::{
    AdminLogin, Mode,
    login::{self, rotation::Schedule},
    reason,
    summary::{Found, summed_up, word},
    tokens,
};
use keycloak_crds::{
    Keycloak,
    authorization::HandedOut,
    condition::{Condition, ConditionStatus, ConditionType, Reason},
    instance::status::InstanceEndpoints,
    labels::label,
    status::Verdict,
};

use crate::{
    apply::{Done, Farewell, LoginMade},
    controller::InstanceController,
    error::InstanceError,
    observe::Seen,
    plan::{LoginState, Plan, TokenState},
};

mod own_server;

/// The conditions of this controller, beside those of the runtime.
pub(crate) const CONDITIONS: [ConditionType; 8] = [
    ConditionType::Available,
    ConditionType::Progressing,
    ConditionType::Degraded,
    ConditionType::DatabaseReady,
    ConditionType::LoginReady,
    ConditionType::OverriddenByServer,
    ConditionType::Planned,
    ConditionType::TokensDelivered,
];

/// What stands in status when nothing is to be done.
const IN_SYNC: &str = "in sync";

/// How a pass without failed steps ended.
pub fn outcome(facts: Facts<'_, InstanceController>, pass: &Pass) -> Outcome {
    if pass.deleting {
        return Outcome::settled(reason(Reason::Deleting), "nothing of it is left to take down");
    }
    let seen = facts.observed.and_then(|observed| observed.seen());
    if let Some(obstacle) = seen.and_then(|seen| Outcome::of_failures(&seen.obstacles)) {
        return obstacle;
    }
    if let Some(workload) = seen.and_then(|seen| seen.workload.as_ref())
        && let Some(unfinished) = own_server::outcome(facts, workload)
    {
        return unfinished;
    }
    if facts.valid.is_some_and(|valid| valid.version.is_none()) {
        return Outcome::of_error(&InstanceError::VersionUnknown);
    }
    facts.plan.map_or_else(in_sync, outcome_of_plan)
}

fn in_sync() -> Outcome {
    Outcome::settled(reason(Reason::InSync), IN_SYNC)
}

/// A frozen object is as declared only if there is nothing to do.
fn outcome_of_plan(plan: &Plan) -> Outcome {
    let (word, field) = match plan.mode {
        Mode::Enforce => return in_sync(),
        Mode::Observe => (Reason::Observing, "spec.management: Observe"),
        Mode::Suspend => (Reason::Suspended, "spec.suspend: true"),
    };
    if plan.steps.is_empty() {
        return Outcome::settled(reason(word), format!("{IN_SYNC}; nothing is written ({field})"));
    }
    let message = format!("not done because of {field}: {}", said(plan));
    Outcome::unfinished(Class::Stall(reason(word)), message)
}

fn said(plan: &Plan) -> String {
    plan.steps.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What status and Events say.
pub fn report(
    object: &Keycloak,
    facts: Facts<'_, InstanceController>,
    outcome: &Outcome,
    pass: &Pass,
) -> Report {
    let seen = facts.observed.and_then(|observed| observed.seen());
    let done = facts.applied.map(|applied| &applied.done);
    let previous = object.status.as_ref().and_then(|status| status.conditions.clone()).unwrap_or_default();
    let found = Found {
        mode: facts.plan.map_or(Mode::Enforce, |plan| plan.mode),
        available: available(seen, done),
        areas: seen.map(|seen| areas(seen, facts.plan, done)).unwrap_or_default(),
        previous: &previous,
    };
    let mut report = summed_up(Report::new(), outcome, &found, pass, &CONDITIONS);
    report = planned(report, facts.plan);
    if facts.plan.is_some_and(|plan| own_server::overridden(plan, done).is_none()) {
        report = report.without_condition(ConditionType::OverriddenByServer.as_str());
    }
    if done.and_then(|done| done.tokens.as_ref()).is_some_and(|issued| issued.undelivered.is_none()) {
        report = report.without_condition(ConditionType::TokensDelivered.as_str());
    }
    if let Some(seen) = seen.filter(|_| !pass.deleting) {
        report = about_the_server(report, seen, found.available().as_ref());
        report = about_children(report, seen, done);
        report = about_rotation(report, seen, done);
        if let Some(record) = facts.plan.and_then(|plan| own_server::record(plan, seen, done, pass)) {
            report = report.field("owned", record.owned());
        }
        if let Some(workload) = &seen.workload {
            report = own_server::about(report, seen, workload);
        }
        if found.availability_changed() {
            report = report.field("lastHealthCheck", Time(pass.now));
        }
    }
    let was_told = previous.iter().any(is_overdue);
    if let Some(why) = seen.and_then(|seen| seen.overdue.as_ref()).filter(|_| !was_told && !pass.deleting) {
        report = report.notice(Notice::warning(reason(Reason::RotationNeedsAdmin), overdue(why)));
    }
    if let Some(version) = facts.valid.and_then(|valid| valid.version.as_ref()) {
        report = report.field("version", version).field("currentVersion", version);
        let before = object.status.as_ref().and_then(|status| status.version.as_ref());
        if let Some(before) = before.filter(|before| *before != version) {
            report = report.field("previousVersion", before);
        }
    }
    notices(seen, done).into_iter().fold(report, Report::notice)
}

/// Whether the server answers; `None` if nobody asked it.
fn available(seen: Option<&Seen>, done: Option<&Done>) -> Option<Verdict> {
    let seen = seen?;
    let silent = seen.workload.as_ref().filter(|workload| !workload.rollout.is_serving());
    if let Some(error) = silent.and_then(|workload| workload.rollout.shortfall()) {
        return Some(Verdict::no(word(reason_of(&error)), error.to_string()));
    }
    if seen.answers == Some(true) || done.is_some_and(|done| done.login.is_some()) {
        return Some(Verdict::yes(Reason::InstanceAvailable, "the server answers"));
    }
    let silence = seen.obstacles.iter().find(|obstacle| matches!(obstacle, InstanceError::Server { .. }))?;
    Some(Verdict::no(word(reason_of(silence)), silence.to_string()))
}

fn reason_of(error: &InstanceError) -> controller_runtime::Reason {
    controller_runtime::Classify::class(error).reason()
}

fn areas(seen: &Seen, plan: Option<&Plan>, done: Option<&Done>) -> Vec<(ConditionType, Verdict)> {
    let database = seen.workload.as_ref().map(|workload| workload.rollout.database_ready());
    let database = database.map(|verdict| (ConditionType::DatabaseReady, verdict));
    let overridden = plan.and_then(|plan| own_server::overridden(plan, done)).map(|error| {
        (ConditionType::OverriddenByServer, Verdict::yes(Reason::OverriddenByServer, error.to_string()))
    });
    let delivered = done.and_then(|done| done.tokens.as_ref()).and_then(tokens::delivered);
    let delivered = delivered.map(|verdict| (ConditionType::TokensDelivered, verdict));
    database.into_iter().chain(login_ready(seen, done)).chain(overridden).chain(delivered).collect()
}

/// Whether our login works after this pass; nothing where it could not be tried.
fn login_ready(seen: &Seen, done: Option<&Done>) -> Option<(ConditionType, Verdict)> {
    let made = done.and_then(|done| done.login.as_ref());
    let account = &seen.account;
    let verdict = match seen.facts.login {
        // The error of the pass says what became of it.
        _ if made.is_some_and(|made| !made.works) => return None,
        _ if made.is_some_and(|made| made.works) => {
            Verdict::yes(Reason::InSync, format!("{account} logs in"))
        }
        LoginState::Works => match &seen.overdue {
            Some(why) => {
                Verdict::yes(Reason::RotationNeedsAdmin, format!("{account} logs in; {}", overdue(why)))
            }
            None => Verdict::yes(Reason::InSync, format!("{account} logs in")),
        },
        LoginState::Missing => {
            Verdict::no(Reason::InstanceNotReady, format!("{account} and its Secret are not made yet"))
        }
        LoginState::Refused => Verdict::no(Reason::LoginRefused, format!("the server refuses {account}")),
        LoginState::Unknown => return None,
    };
    Some((ConditionType::LoginReady, verdict))
}

/// That the time of our login has come, and nobody is there to make it anew.
fn overdue(why: &str) -> String {
    format!("its secret is to be made anew, and that needs an administrator: {why}")
}

/// Whether this is told already.
fn is_overdue(told: &Condition) -> bool {
    told.type_ == ConditionType::LoginReady.as_str()
        && told.reason.as_deref() == Some(Reason::RotationNeedsAdmin.as_str())
}

/// What is not done, and why.
fn planned(report: Report, plan: Option<&Plan>) -> Report {
    let Some(plan) = plan else { return report };
    let word = match plan.mode {
        Mode::Enforce => return report.without_condition(ConditionType::Planned.as_str()),
        Mode::Observe => Reason::Observing,
        Mode::Suspend => Reason::Suspended,
    };
    let type_ = ConditionType::Planned.as_str();
    report.condition(Asserted::new(type_, !plan.steps.is_empty(), reason(word), said(plan)))
}

/// Addresses are published when the server has answered: that is what realms and clients wait for.
fn about_the_server(report: Report, seen: &Seen, available: Option<&Verdict>) -> Report {
    let report = with_admin(report, seen);
    if available.is_none_or(|verdict| verdict.status != ConditionStatus::True) {
        return report;
    }
    let addresses = seen.instance.addresses();
    let endpoints = InstanceEndpoints {
        admin: Some(addresses.admin.clone()),
        public: Some(addresses.public.clone()),
        management: addresses.management.clone(),
        internal: Some(addresses.internal.clone()),
    };
    report
        .field("endpoints", endpoints)
        .field("internalUrl", &addresses.internal)
        .field("externalUrl", &addresses.public)
}

fn with_admin(report: Report, seen: &Seen) -> Report {
    let (_, secret) = AdminLogin::secret(&seen.instance);
    let report = report.field("adminSecret", secret);
    match &seen.administrator {
        Some(connection) => report.field("adminUsername", connection.api().session().login().account()),
        None => report,
    }
}

fn about_children(report: Report, seen: &Seen, done: Option<&Done>) -> Report {
    let name = &seen.instance.owner().name;
    let mut children =
        seen.workload.as_ref().map(|workload| own_server::children(seen, workload, done)).unwrap_or_default();
    if seen.login_secret.is_some() || done.is_some_and(|done| done.login.is_some()) {
        children.push(format!("Secret/{}", login::realm_manager_secret_name(name)));
    }
    let token = login::token_secret_name(name);
    let has_token = seen.facts.token == TokenState::There || done.is_some_and(|done| done.tokens.is_some());
    if has_token {
        children.push(format!("Secret/{token}"));
    }
    report.field("childResources", children).field("authorizationSecretName", has_token.then_some(token))
}

/// When our login was made anew, and when it is the next time: as its Secret says after this pass.
fn about_rotation(report: Report, seen: &Seen, done: Option<&Done>) -> Report {
    let secret = done.and_then(|done| done.login_secret.as_ref()).or(seen.login_secret.as_ref());
    let schedule = Schedule::of(&seen.instance, seen.instance.owner());
    match secret {
        Some(secret) => report.field("rotation", schedule.status(secret)),
        None => report,
    }
}

/// What a person should know.
fn notices(seen: Option<&Seen>, done: Option<&Done>) -> Vec<Notice> {
    let mut notices = Vec::new();
    if let Some(seen) = seen {
        notices.extend(seen.missing_realms.iter().map(|realm| missing_realm(realm)));
    }
    let Some(done) = done else { return notices };
    notices.extend(done.children.iter().filter_map(own_server::notice));
    notices.extend(done.login.iter().flat_map(about_login));
    notices.extend(done.granted.iter().filter_map(about_grant));
    notices.extend(done.tokens.iter().flat_map(|issued| &issued.notices).map(about_token));
    notices.extend(done.tokens.as_ref().and_then(tokens::not_delivered));
    notices.extend(done.copies_left.iter().map(|(copy, why)| copy_left(copy, why)));
    notices.extend(done.farewell.iter().map(about_farewell));
    notices.extend(done.secrets_left.iter().map(|(namespace, why)| secrets_left(namespace, why)));
    notices
}

fn missing_realm(realm: &str) -> Notice {
    let note = format!(
        "spec.admin.grantRealms names {realm:?}, which the server does not have; remove it, or make the realm"
    );
    Notice::warning(reason(Reason::RealmMissing), note)
}

fn about_login(made: &LoginMade) -> Vec<Notice> {
    let LoginMade { account, mended, excess, works: _ } = made;
    let what = if *mended { "got a new secret" } else { "was made" };
    let mut notices =
        vec![Notice::normal(reason(Reason::SecretRotated), format!("our login {account} {what}"))];
    if !excess.taken_away.is_empty() {
        let note = format!(
            "our login {account} had more rights than it needs; taken away: {}",
            excess.taken_away.join(", ")
        );
        notices.push(Notice::warning(reason(Reason::DriftRepaired), note));
    }
    if !excess.left.is_empty() {
        let note = format!(
            "our login {account} has more rights than it needs, which were not given to it alone or may not be taken away by us: {}; \
             look at what the default role, composite roles and groups of realm master hold",
            excess.left.join(", ")
        );
        notices.push(Notice::warning(reason(Reason::DriftDetected), note));
    }
    notices
}

fn about_grant((realm, granted): &(String, Granted)) -> Option<Notice> {
    match granted {
        Granted::Now(roles) => {
            let note = format!("our login was given rights on realm {realm}: {}", roles.join(", "));
            Some(Notice::normal(reason(Reason::AuthorizationGranted), note))
        }
        Granted::Before => None,
        Granted::NoSuchRealm => Some(missing_realm(realm)),
    }
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

fn about_farewell(farewell: &Farewell) -> Notice {
    match farewell {
        Farewell::Removed(account) => Notice::normal(
            reason(Reason::Deleting),
            format!("our login {account} was removed from the server"),
        ),
        Farewell::Left { account, why } => Notice::warning(
            reason(Reason::Retained),
            format!("our login {account} is left in realm master, remove it there by hand: {why}"),
        ),
    }
}

fn secrets_left(namespace: &str, why: &str) -> Notice {
    let note = format!(
        "Secrets of our logins are left in namespace {namespace}, remove those with label {} of this object's uid by hand: {why}",
        label::INSTANCE_UID
    );
    Notice::warning(reason(Reason::Retained), note)
}

fn copy_left(copy: &HandedOut, why: &str) -> Notice {
    let note = format!(
        "Secret {}/{} with a copy of authorization token {:?}, which nobody accepts any more, is left; remove it by hand: {why}",
        copy.namespace, copy.name, copy.token
    );
    Notice::warning(reason(Reason::Retained), note)
}

/// The instance that a report is about, for its tests.
#[cfg(test)]
pub(crate) fn seen_for_tests(instance: keycloak_connect::Instance) -> Seen {
    Seen {
        account: "cloakroom-1a2b3c4d".into(),
        instance,
        facts: crate::plan::PlanFacts {
            login: LoginState::Works,
            admin: crate::plan::AdminState::NotNeeded,
            token: TokenState::There,
            ungranted: Vec::new(),
            rotation: None,
        },
        login_secret: None,
        token_place: None,
        administrator: None,
        answers: Some(true),
        version: None,
        missing_realms: Vec::new(),
        overdue: None,
        workload: None,
        obstacles: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
