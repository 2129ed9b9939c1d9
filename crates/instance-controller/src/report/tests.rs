use authorization_token::TokenId;
use controller_runtime::{Applied, ClassName, Fence, Key, Lane, Term};
use jiff::Timestamp;
use keycloak_admin::{AdminError, TransportFault};
use serde_json::{Value, json};

use super::*;
use crate::{
    observe::Observed,
    plan::{Step, plan},
    sample::{external, keycloak},
    validate::{Valid, validate},
    workload::{ChildKind, Inputs, compare::Why, look::Workload, rollout::Rollout},
};
use keycloak_connect::Instance;

fn pass(deleting: bool) -> Pass {
    Pass {
        key: Key::namespaced("platform", "keycloak"),
        uid: "6f0cbb1e-3d1e-4d3a-9c39-0d6a4a1b2c3d".into(),
        generation: 3,
        lane: Lane::Edit,
        forced: false,
        deleting,
        now: Timestamp::from_second(1_760_000_000).unwrap(),
        term: Term::unlimited(),
        fence: Fence::always_open(),
    }
}

fn unreachable() -> InstanceError {
    let fault = TransportFault::Connect("connection refused".into());
    let source = AdminError::Transport { operation: "realm_get", fault };
    let class = keycloak_connect::admin_class(&source);
    InstanceError::Server { url: "https://sso.example.com/auth".into(), source: Box::new(source), class }
}

/// A whole pass without servers: what was seen, and what it leads to.
fn passed(
    object: &Keycloak,
    change: impl FnOnce(&mut Seen),
    deleting: bool,
    done: Done,
) -> (Outcome, Report) {
    let mut seen = seen_for_tests(Instance::of(object.clone()).unwrap());
    change(&mut seen);
    let observed = Observed(Some(Box::new(seen)));
    let valid = validate(object, observed.seen_version()).unwrap();
    let mode = crate::plan::mode(object);
    let facts = &observed.seen().unwrap().facts;
    let plan = if deleting { crate::plan::teardown(mode, facts) } else { plan(mode, facts) };
    ended(object, &observed, &valid, &plan, done, deleting)
}

fn ended(
    object: &Keycloak,
    observed: &Observed,
    valid: &Valid,
    plan: &Plan,
    done: Done,
    deleting: bool,
) -> (Outcome, Report) {
    let applied = Applied::all(done);
    let facts: Facts<'_, InstanceController> =
        Facts { observed: Some(observed), valid: Some(valid), plan: Some(plan), applied: Some(&applied) };
    let pass = pass(deleting);
    let outcome = outcome(facts, &pass);
    let report = report(object, facts, &outcome, &pass);
    (outcome, report)
}

fn known() -> Value {
    json!({"version": "26.7.3"})
}

#[test]
fn a_server_in_sync_publishes_addresses_version_and_conditions() {
    let object = keycloak(
        external(
            &json!({"external": {"url": "https://sso.internal/auth/", "publicUrl": "https://login.example.com"}}),
        ),
        known(),
    );
    let (outcome, report) = passed(&object, |_| {}, false, Done::default());
    assert!(outcome.is_settled());
    insta::assert_debug_snapshot!("in_sync", report);
}

#[test]
fn a_server_that_is_away_is_degraded_and_keeps_what_was_published() {
    let silent = |seen: &mut Seen| {
        seen.answers = Some(false);
        seen.facts.login = LoginState::Unknown;
        seen.obstacles.push(unreachable());
    };
    let (outcome, report) = passed(&keycloak(external(&json!({})), known()), silent, false, Done::default());
    assert_eq!(outcome.class().map(Class::name), Some(ClassName::Retry));
    insta::assert_debug_snapshot!("unreachable", report);
}

#[test]
fn without_a_version_the_server_is_not_ready_and_the_sentence_names_the_field() {
    let (outcome, _) = passed(&keycloak(external(&json!({})), Value::Null), |_| {}, false, Done::default());
    assert_eq!(outcome.reason().as_str(), "InstanceNotReady");
    assert!(outcome.message().contains("spec.version"), "{}", outcome.message());
}

#[test]
fn observing_says_what_would_be_done_and_is_not_ready_as_long_as_there_is_something() {
    let object = keycloak(external(&json!({"management": "Observe"})), known());
    let (nothing, _) = passed(&object, |_| {}, false, Done::default());
    assert_eq!((nothing.is_settled(), nothing.reason().as_str()), (true, "Observing"));
    let missing = |seen: &mut Seen| {
        seen.facts.login = LoginState::Missing;
        seen.facts.token = TokenState::Missing;
    };
    let (outcome, report) = passed(&object, missing, false, Done::default());
    assert_eq!(
        outcome.message(),
        "not done because of spec.management: Observe: make our login in the server; issue the authorization token"
    );
    insta::assert_debug_snapshot!("observing", report);
}

#[test]
fn a_suspended_instance_is_paused_and_its_server_is_still_reported() {
    let object = keycloak(external(&json!({"suspend": true})), known());
    let (outcome, report) = passed(&object, |_| {}, false, Done::default());
    assert_eq!(outcome.reason().as_str(), "Suspended");
    let report = format!("{report:?}");
    assert!(report.contains("\"phase\": String(\"Paused\")"), "{report}");
    assert!(report.contains("the server answers"), "{report}");
}

#[test]
fn each_thing_that_was_done_is_an_event() {
    let id = TokenId::parse("0f9k2m4p6r8t").unwrap();
    let issued = keycloak_connect::tokens::Issued {
        ledger: authorization_token::Ledger::default(),
        resource_version: "8".into(),
        notices: vec![
            TokenNotice::Issued { id, expires_at: Timestamp::from_second(1_760_000_000).unwrap() },
            TokenNotice::Revoked { id },
        ],
        next_at: None,
        changed: true,
    };
    let done = Done {
        login: Some(LoginMade {
            account: "cloakroom-1a2b3c4d".into(),
            mended: true,
            taken_away: vec!["admin".into()],
        }),
        granted: vec![
            ("acme".into(), Granted::Now(vec!["manage-realm".into()])),
            ("beta".into(), Granted::Before),
            ("gone".into(), Granted::NoSuchRealm),
        ],
        tokens: Some(issued),
        children: vec![
            (ChildKind::StatefulSet, "keycloak-keycloak".into(), Why::Missing),
            (ChildKind::Service, "keycloak-keycloak".into(), Why::Missing),
            (ChildKind::Service, "keycloak-keycloak".into(), Why::Drifted("spec.type".into())),
        ],
        ..Done::default()
    };
    let lines: Vec<String> = notices(None, Some(&done))
        .iter()
        .map(|notice| {
            format!(
                "{} {}: {}",
                if notice.warning { "Warning" } else { "Normal" },
                notice.reason,
                notice.note
            )
        })
        .collect();
    insta::assert_snapshot!("events", lines.join("\n"));
}

#[test]
fn a_login_that_stays_after_deletion_is_told_with_the_cause_and_blocks_nothing() {
    let object = keycloak(external(&json!({})), known());
    let away = |seen: &mut Seen| {
        seen.facts.login = LoginState::Unknown;
        seen.facts.admin = crate::plan::AdminState::Unusable;
        seen.obstacles.push(unreachable());
    };
    let mut seen = seen_for_tests(Instance::of(object.clone()).unwrap());
    away(&mut seen);
    assert_eq!(crate::plan::teardown(Mode::Enforce, &seen.facts).steps, [Step::LeaveLogin]);
    let farewell = Farewell::Left { account: "cloakroom-1a2b3c4d".into(), why: unreachable().to_string() };
    let done = Done { farewell: Some(farewell), ..Done::default() };
    let (outcome, report) = passed(&object, away, true, done);
    assert!(outcome.is_settled());
    let report = format!("{report:?}");
    assert!(
        report.contains("remove it there by hand: the server at https://sso.example.com/auth"),
        "{report}"
    );
}

fn own() -> Keycloak {
    let database = json!({"host": "postgres", "database": "keycloak", "credentialsSecret": "db"});
    keycloak(json!({"database": database}), known())
}

/// A server that we run, as far as this.
fn workload(ready: i32, done: bool) -> Workload {
    Workload {
        inputs: Some(Inputs { secrets_digest: "0f".into() }),
        rollout: Rollout {
            wanted: 1,
            replicas: 1,
            ready,
            available: ready,
            done,
            database: (ready > 0).then_some(true),
            trouble: None,
        },
        ..Workload::default()
    }
}

#[test]
fn a_server_that_we_run_publishes_its_objects_and_replicas() {
    let (outcome, report) =
        passed(&own(), |seen| seen.workload = Some(workload(1, true)), false, Done::default());
    assert!(outcome.is_settled(), "{outcome:?}");
    insta::assert_debug_snapshot!("own_in_sync", report);
}

#[test]
fn a_server_that_starts_is_on_its_way_and_not_available() {
    let starts = |seen: &mut Seen| {
        seen.workload = Some(workload(0, false));
        seen.answers = None;
        seen.facts.login = LoginState::Unknown;
    };
    let (outcome, report) = passed(&own(), starts, false, Done::default());
    assert_eq!(outcome.message(), "the server is starting: 0 of 1 pods are ready");
    insta::assert_debug_snapshot!("own_starting", report);
}

#[test]
fn a_change_that_makes_new_pods_is_not_as_declared_before_they_run() {
    let done = Done {
        children: vec![(ChildKind::StatefulSet, "keycloak-keycloak".into(), Why::Changed)],
        rolls_out: true,
        ..Done::default()
    };
    let (outcome, _) = passed(&own(), |seen| seen.workload = Some(workload(1, true)), false, done);
    assert_eq!(outcome.reason().as_str(), "Starting");
}

#[test]
fn an_object_that_is_not_for_us_keeps_its_status_beside_the_summary() {
    let observed = Observed(None);
    let facts: Facts<'_, InstanceController> =
        Facts { observed: Some(&observed), valid: None, plan: None, applied: None };
    let outcome = Outcome::of_error(&InstanceError::SeedObject);
    insta::assert_debug_snapshot!("seed_object", report(&own(), facts, &outcome, &pass(false)));
}
