use authorization_token::TokenId;
use controller_runtime::{Applied, ClassName, Fence, Key, Lane, Term};
use jiff::Timestamp;
use keycloak_admin::{AdminError, TransportFault, logins::Excess};
use serde_json::{Value, json};

use super::*;
use crate::{
    apply::WrittenChild,
    observe::Observed,
    plan::{Step, plan},
    sample::{external, inputs, keycloak},
    validate::{Valid, validate},
    workload::{
        ChildKind,
        compare::{Comparison, Why},
        look::Workload,
        rollout::Rollout,
    },
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
        status_writes: controller_runtime::StatusWrites::default(),
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
    let plan = if deleting { crate::plan::teardown(mode, facts, None) } else { plan(mode, facts) };
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
fn a_new_secret_that_the_server_does_not_take_yet_is_told_and_our_login_not_said_to_work() {
    for before in [LoginState::Works, LoginState::Missing, LoginState::Refused] {
        let login = LoginMade {
            account: "cloakroom-1a2b3c4d".into(),
            mended: true,
            excess: Excess::default(),
            works: false,
        };
        let done = Done { login: Some(login), ..Done::default() };
        let object = keycloak(external(&json!({})), known());
        let (_, report) = passed(&object, |seen| seen.facts.login = before, false, done);
        let shown = format!("{report:?}");
        assert!(shown.contains("got a new secret"), "{shown}");
        for untrue in ["logs in", "are not made yet", "the server refuses"] {
            assert!(!shown.contains(untrue), "{before:?}: {shown}");
        }
    }
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
fn a_login_whose_time_has_come_without_an_administrator_is_told_once_and_keeps_the_server_ready() {
    let mut object = keycloak(external(&json!({})), known());
    let overdue =
        |seen: &mut Seen| seen.overdue = Some("Secret platform/keycloak-admin does not exist".into());
    let (outcome, report) = passed(&object, overdue, false, Done::default());
    assert!(outcome.is_settled(), "{}", outcome.message());
    let told = format!("{report:?}");
    let sentence = "its secret is to be made anew, and that needs an administrator: Secret platform/keycloak-admin does not exist";
    assert!(told.contains(&format!("cloakroom-1a2b3c4d logs in; {sentence}")), "{told}");
    let is_noted = |report: &Report| format!("{report:?}").matches(&format!("\"{sentence}\"")).count() == 1;
    assert!(is_noted(&report), "{told}");

    let conditions = json!([{"type": "LoginReady", "status": "True", "reason": "RotationNeedsAdmin"}]);
    object.status.as_mut().unwrap().conditions = serde_json::from_value(conditions).unwrap();
    let (_, again) = passed(&object, overdue, false, Done::default());
    assert!(!is_noted(&again), "{again:?}");
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
        undelivered: None,
    };
    let done = Done {
        login: Some(LoginMade {
            account: "cloakroom-1a2b3c4d".into(),
            mended: true,
            excess: Excess {
                taken_away: vec!["admin".into()],
                left: vec!["view-users of master-realm".into()],
            },
            works: true,
        }),
        granted: vec![
            ("acme".into(), Granted::Now(vec!["manage-realm".into()])),
            ("beta".into(), Granted::Before),
            ("gone".into(), Granted::NoSuchRealm),
        ],
        tokens: Some(issued),
        children: vec![
            written(ChildKind::StatefulSet, Why::Missing, &[]),
            written(ChildKind::Service, Why::Missing, &[]),
            written(
                ChildKind::Service,
                Why::Drifted(vec!["spec.ports[http].port".into(), "spec.type".into()]),
                &[],
            ),
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
    assert_eq!(crate::plan::teardown(Mode::Enforce, &seen.facts, None).steps, [Step::LeaveLogin]);
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

#[test]
fn secrets_that_stay_in_another_namespace_are_told_with_the_cause_and_block_nothing() {
    let object = keycloak(external(&json!({"logins": {"namespace": "cloakroom-logins"}})), known());
    let why = "secrets is forbidden: User cannot deletecollection".to_owned();
    let done = Done { secrets_left: Some(("cloakroom-logins".into(), why)), ..Done::default() };
    let (outcome, report) = passed(&object, |_| {}, true, done);
    assert!(outcome.is_settled());
    let report = format!("{report:?}");
    let told = "Secrets of our logins are left in namespace cloakroom-logins, remove those with label \
                keycloak.mdvr.nl/instance-uid of this object's uid by hand: secrets is forbidden";
    assert!(report.contains(told), "{report}");
}

fn written(kind: ChildKind, why: Why, kept: &[&str]) -> WrittenChild {
    let kept = kept.iter().map(|path| (*path).to_owned()).collect();
    WrittenChild { kind, name: "keycloak-keycloak".into(), why, kept }
}

fn own() -> Keycloak {
    let database = json!({"host": "postgres", "database": "keycloak", "credentialsSecret": "db"});
    keycloak(json!({"database": database}), known())
}

/// A server that we run, as far as this.
fn workload(ready: i32, done: bool) -> Workload {
    Workload {
        inputs: Some(inputs("0f")),
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
        children: vec![written(ChildKind::StatefulSet, Why::Changed, &[])],
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

/// A pass over a server that we run and that is ready, given how its objects compared and what was written.
fn passed_with(compared: Vec<Comparison>, done: Done) -> (Outcome, Report) {
    let object = own();
    let mut seen = seen_for_tests(Instance::of(object.clone()).unwrap());
    seen.workload = Some(workload(1, true));
    let observed = Observed(Some(Box::new(seen)));
    let valid = validate(&object, None).unwrap();
    let plan = Plan { compared, ..Plan::default() };
    ended(&object, &observed, &valid, &plan, done, false)
}

fn comparison(kind: ChildKind, why: Option<Why>, overridden: &[&str]) -> Comparison {
    Comparison {
        kind,
        object: format!("{kind}/keycloak-keycloak"),
        hash: "1a2b3c4d5e6f7081".into(),
        why,
        overridden: overridden.iter().map(|path| (*path).to_owned()).collect(),
        differences: overridden.iter().map(|path| ((*path).to_owned(), "0f".to_owned())).collect(),
    }
}

#[test]
fn values_that_something_else_keeps_are_reported_with_their_paths_and_remembered() {
    let compared = vec![
        comparison(ChildKind::Service, None, &["metadata.labels.team", "spec.type"]),
        comparison(ChildKind::StatefulSet, Some(Why::Changed), &[]),
    ];
    let image = "spec.template.spec.containers[keycloak].image";
    let done =
        Done { children: vec![written(ChildKind::StatefulSet, Why::Changed, &[image])], ..Done::default() };
    let (outcome, report) = passed_with(compared, done);
    assert_eq!(outcome.class().map(Class::name), Some(ClassName::Stall));
    insta::assert_snapshot!(outcome.message(), @"other values stand there than were written, and they are not written again: Service keycloak-keycloak: metadata.labels.team, spec.type; StatefulSet keycloak-keycloak: spec.template.spec.containers[keycloak].image; find out who sets them (an admission webhook, or another manager in metadata.managedFields), or ask for what stands there");
    insta::assert_debug_snapshot!("overridden", report);
}

#[test]
fn a_server_whose_objects_stand_as_they_were_written_is_in_sync_and_remembers_their_hashes() {
    let (outcome, report) = passed_with(vec![comparison(ChildKind::StatefulSet, None, &[])], Done::default());
    assert!(outcome.is_settled(), "{outcome:?}");
    let report = format!("{report:?}");
    assert!(report.contains("1a2b3c4d5e6f7081"), "{report}");
    assert!(report.contains("dropped_conditions: [\"Planned\", \"OverriddenByServer\"]"), "{report}");
}

#[test]
fn a_pod_that_does_not_start_comes_before_values_that_something_else_keeps() {
    let object = own();
    let mut seen = seen_for_tests(Instance::of(object.clone()).unwrap());
    seen.workload = Some(workload(0, false));
    let observed = Observed(Some(Box::new(seen)));
    let valid = validate(&object, None).unwrap();
    let compared = vec![comparison(ChildKind::Service, None, &["spec.type"])];
    let plan = Plan { compared, ..Plan::default() };
    let (outcome, report) = ended(&object, &observed, &valid, &plan, Done::default(), false);
    assert_eq!(outcome.reason().as_str(), "Starting");
    assert!(format!("{report:?}").contains("OverriddenByServer"), "the condition tells it all the same");
}

#[test]
fn an_object_in_the_way_is_waited_for_with_one_event() {
    let (kind, namespace, name) =
        ("Service".to_owned(), "platform".to_owned(), "keycloak-keycloak".to_owned());
    for obstacle in [
        InstanceError::NotOurs { kind: kind.clone(), namespace: namespace.clone(), name: name.clone() },
        InstanceError::LeftBehind { kind, namespace, name },
    ] {
        let (outcome, report) = passed(&own(), |seen| seen.obstacles.push(obstacle), false, Done::default());
        assert_eq!(outcome.class().map(Class::name), Some(ClassName::Wait));
        assert_eq!(format!("{report:?}").matches("OwnedElsewhere\"), note: ").count(), 1);
    }
}
