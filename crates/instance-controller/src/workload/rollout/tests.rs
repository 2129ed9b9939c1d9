use keycloak_crds::{condition::ConditionStatus, instance::DatabaseType};
use serde_json::{Value, json};

use super::*;

fn database() -> DatabaseLogin {
    let binding = Binding {
        type_: DatabaseType::Postgresql,
        host: "postgres".into(),
        port: 5432,
        name: "keycloak".into(),
    };
    DatabaseLogin { binding, login: "Secret platform/keycloak-db".into() }
}

fn set(status: &Value) -> StatefulSet {
    serde_json::from_value(json!({
        "metadata": {"name": "keycloak-keycloak", "generation": 2},
        "spec": {"selector": {}, "template": {}, "serviceName": "x"}, "status": status,
    }))
    .unwrap()
}

/// A StatefulSet whose pods are all as wanted.
fn whole(count: i32) -> StatefulSet {
    set(&json!({
        "observedGeneration": 2, "replicas": count, "readyReplicas": count, "updatedReplicas": count,
        "availableReplicas": count,
    }))
}

fn starting() -> StatefulSet {
    set(&json!({"observedGeneration": 2, "replicas": 1, "updatedReplicas": 1}))
}

fn pod(status: &Value) -> Pod {
    serde_json::from_value(json!({"metadata": {"name": "keycloak-keycloak-0"}, "status": status})).unwrap()
}

fn pod_with(state: Value) -> Pod {
    let mut status = state;
    status["name"] = json!("keycloak");
    status["image"] = json!("i");
    status["imageID"] = json!("i");
    status["ready"] = json!(false);
    status["restartCount"] = json!(1);
    pod(&json!({"containerStatuses": [status]}))
}

fn ended(message: &str) -> Value {
    json!({"terminated": {"exitCode": 1, "reason": "Error", "message": message}})
}

fn said(set: Option<&StatefulSet>, pods: &[Pod], health: Option<&Health>) -> String {
    let rollout = rollout(1, set, pods, health, &database());
    let verdict = rollout.database_ready();
    let shortfall = rollout.shortfall().map_or_else(|| "none".to_owned(), |error| error.to_string());
    format!("{shortfall}\n    DatabaseReady {:?} {}: {}", verdict.status, verdict.reason, verdict.message)
}

#[test]
fn what_keeps_a_server_from_running_is_told_in_a_sentence() {
    let crash = "2026-01-31 12:00:01,046 ERROR [a] (main) ERROR: Failed to obtain JDBC connection\n\
                 2026-01-31 12:00:01,046 ERROR [a] (main) ERROR: FATAL: password authentication failed for user \"keycloak\"\n";
    let back_off = json!({"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 10s"}});
    let away = Health { ready: false, database: Some(false) };
    let up = Health { ready: true, database: Some(true) };
    let unscheduled = pod(&json!({"conditions": [
        {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/1 nodes are available: 1 Insufficient cpu."},
    ]}));
    let one = |state: Value| [pod_with(state)];
    let sentences = [
        said(None, &[], None),
        said(Some(&whole(1)), &[], Some(&up)),
        said(Some(&starting()), &one(json!({"state": {"running": {}}})), None),
        said(Some(&starting()), &one(json!({"state": {"waiting": {"reason": "ContainerCreating"}}})), None),
        said(Some(&starting()), &one(json!({"state": {"running": {}}, "lastState": ended(crash)})), None),
        said(
            Some(&starting()),
            &one(json!({"state": back_off, "lastState": ended("java: not found\n")})),
            None,
        ),
        said(Some(&starting()), &one(json!({"state": {"running": {}}})), Some(&away)),
        said(
            Some(&starting()),
            &one(json!({"state": {"waiting": {"reason": "ErrImagePull", "message": "no such host"}}})),
            None,
        ),
        said(
            Some(&starting()),
            &one(
                json!({"state": {"running": {}}, "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}}),
            ),
            None,
        ),
        said(Some(&starting()), &[unscheduled], None),
    ];
    insta::assert_snapshot!(sentences.join("\n"));
}

#[test]
fn a_server_is_done_when_every_pod_is_the_new_one_and_ready() {
    let done = |wanted: i32, set: &StatefulSet| rollout(wanted, Some(set), &[], None, &database()).done;
    assert!(done(2, &whole(2)));
    assert!(!done(2, &whole(1)));
    assert!(!done(1, &whole(2)), "one more still leaves");
    let old = |field: &str, value: i64| {
        let mut status =
            json!({"observedGeneration": 2, "replicas": 1, "readyReplicas": 1, "updatedReplicas": 1});
        status[field] = json!(value);
        set(&status)
    };
    assert!(!done(1, &old("observedGeneration", 1)));
    assert!(!done(1, &old("updatedReplicas", 0)));
    assert!(!done(1, &old("readyReplicas", 0)));
}

#[test]
fn words_of_an_earlier_start_do_not_count_once_a_pod_is_ready_or_leaves() {
    let log = "2026-01-31 12:00:01,046 ERROR [a] (main) ERROR: Failed to obtain JDBC connection\n";
    let mut ready = pod_with(json!({"state": {"running": {}}, "lastState": ended(log)}));
    ready.status.as_mut().unwrap().conditions =
        serde_json::from_value(json!([{"type": "Ready", "status": "True"}])).unwrap();
    let serving =
        set(&json!({"observedGeneration": 2, "replicas": 2, "readyReplicas": 1, "updatedReplicas": 2}));
    let one = rollout(2, Some(&serving), &[ready], None, &database());
    assert_eq!((one.trouble.clone(), one.database, one.is_serving()), (None, Some(true), true));
    assert_eq!(one.database_ready().status, ConditionStatus::True);
    let mut leaving = pod_with(json!({"state": ended(log)}));
    leaving.metadata.deletion_timestamp = serde_json::from_value(json!("2026-01-31T12:00:00Z")).unwrap();
    assert_eq!(rollout(1, Some(&starting()), &[leaving], None, &database()).trouble, None);
}

#[test]
fn a_database_that_went_away_is_told_while_the_pods_still_count_as_ready() {
    let away = Health { ready: false, database: Some(false) };
    let lost = rollout(1, Some(&whole(1)), &[], Some(&away), &database());
    assert!(lost.done && lost.is_serving() && lost.lost_its_database());
    assert!(matches!(lost.shortfall(), Some(InstanceError::Database(_))), "{:?}", lost.shortfall());
    assert_eq!(lost.database_ready().status, ConditionStatus::False);
    assert!(!rollout(1, Some(&whole(1)), &[], None, &database()).lost_its_database());
}

#[test]
fn a_server_of_no_replicas_is_stopped_and_nobody_knows_about_its_database() {
    let stopped = rollout(0, Some(&whole(0)), &[], None, &database());
    assert!(!stopped.is_serving());
    assert!(matches!(stopped.shortfall(), Some(InstanceError::NoReplicas)));
    assert_eq!(stopped.database_ready().status, ConditionStatus::Unknown);
}
