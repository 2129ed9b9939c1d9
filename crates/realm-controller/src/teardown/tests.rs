use keycloak_connect::ConnectError;
use keycloak_crds::labels::annotation;
use keycloak_plan::Action;
use keycloak_sync::realm::Observed as LiveRealm;
use serde_json::{Value, json};

use super::*;
use crate::{
    observe::LoginState,
    sample::{self, UID},
};

const OTHER: &str = "5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11";

/// The plan for an object whose realm has this id, and which is proven ours.
fn torn_down(object: &KeycloakRealm, id: &str, change: impl FnOnce(&mut Seen)) -> Plan {
    let mut seen = sample::seen(object);
    seen.live = Some(sample::live(id, &json!({})));
    seen.held = Some(sample::held(object, id));
    seen.login = LoginState::Unknown;
    seen.users = Some(0);
    change(&mut seen);
    teardown(object, &Observed(Some(Box::new(seen))))
}

fn object(further: &Value) -> KeycloakRealm {
    sample::realm(further, json!({"internalId": UID}))
}

fn deletes(plan: &Plan) -> bool {
    plan.steps.contains(&Step::ChangeRealm)
        && plan.changes.as_ref().is_some_and(|changes| changes.steps[0].action == Action::Delete)
}

#[test]
fn an_empty_realm_of_our_own_is_deleted_and_any_other_asks() {
    let guarded = object(&json!({}));
    assert!(deletes(&torn_down(&guarded, UID, |_| {})));
    for (id, users) in [(UID, Some(3)), (UID, None), (OTHER, Some(0))] {
        let plan = torn_down(&guarded, id, |seen| seen.users = users);
        assert!(matches!(plan.verdict, Some(RealmError::ApprovalRequired { .. })), "{id} {users:?}");
        assert_eq!(plan.steps, []);
    }
    let without_asking = object(&json!({"deletionPolicy": "Delete"}));
    assert!(deletes(&torn_down(&without_asking, OTHER, |seen| seen.users = Some(3))));
}

#[test]
fn the_sentence_counts_what_would_be_lost_and_names_every_way_out() {
    let plan = torn_down(&object(&json!({})), UID, |seen| seen.users = Some(3));
    insta::assert_snapshot!(plan.verdict.unwrap().to_string());
}

#[test]
fn an_approval_is_stored_first_and_lets_the_deletion_run_in_the_next_pass() {
    let mut object = object(&json!({}));
    let three = |seen: &mut Seen| seen.users = Some(3);
    let hash = torn_down(&object, UID, three).changes.unwrap().approval().unwrap().to_owned();
    object.metadata.annotations = Some([(annotation::APPROVE.to_owned(), hash.clone())].into());
    let accepted = torn_down(&object, UID, three);
    assert_eq!(accepted.steps, []);
    assert!(matches!(accepted.verdict, Some(RealmError::ApprovalAccepted { .. })));
    let now = k8s_openapi::apimachinery::pkg::apis::meta::v1::Time(jiff::Timestamp::UNIX_EPOCH);
    let stored = keycloak_sync::status::stored_approvals(&accepted.approvals, None, &now);
    object.status.as_mut().unwrap().approvals = stored;
    assert!(deletes(&torn_down(&object, UID, three)));
    // The approval was for this realm, and not for one that was made anew under its name.
    let another = torn_down(&object, OTHER, three);
    assert!(matches!(another.verdict, Some(RealmError::ApprovalRequired { .. })));
}

#[test]
fn without_proof_nothing_is_deleted_and_the_object_goes() {
    let object = object(&json!({"deletionPolicy": "Delete"}));
    let no_secret = torn_down(&object, UID, |seen| seen.held = None);
    let of_another = torn_down(&object, UID, |seen| seen.live = Some(sample::live(OTHER, &json!({}))));
    for plan in [no_secret, of_another] {
        assert_eq!(plan.steps, []);
        assert_eq!(plan.farewell, Some(Farewell::NotProven));
        assert!(plan.verdict.is_none());
    }
    let never_made = sample::realm(&json!({}), Value::Null);
    assert_eq!(torn_down(&never_made, UID, |seen| seen.held = None).farewell, None);
}

#[test]
fn what_asks_to_leave_the_realm_is_told() {
    let why = |further: Value, change: fn(&mut Seen)| {
        let plan = torn_down(&object(&further), UID, change);
        assert!(!deletes(&plan), "{further}");
        match plan.farewell {
            Some(Farewell::Left(why)) => why,
            other => panic!("{further}: {other:?}"),
        }
    };
    let leaving = |seen: &mut Seen| {
        let (namespace, name) = ("platform".to_owned(), "keycloak".to_owned());
        seen.obstacle = Some(ConnectError::InstanceDeleting { namespace, name }.into());
    };
    let reasons = [
        why(json!({"deletionPolicy": "Retain"}), |_| {}),
        why(json!({"management": "Observe", "deletionPolicy": "Delete"}), |_| {}),
        why(json!({"suspend": true, "deletionPolicy": "Delete"}), |_| {}),
        why(json!({}), |seen| seen.terminating = true),
        why(json!({"deletionPolicy": "Delete"}), leaving),
    ];
    insta::assert_snapshot!(reasons.join("\n"));
    // Delete means Delete, also where the namespace goes.
    let delete = object(&json!({"deletionPolicy": "Delete"}));
    assert!(deletes(&torn_down(&delete, UID, |seen| seen.terminating = true)));
}

#[test]
fn a_realm_that_is_gone_needs_no_step_and_an_obstacle_waits() {
    let object = object(&json!({}));
    let gone = torn_down(&object, UID, |seen| seen.live = Some(LiveRealm::Absent));
    assert_eq!((gone.steps.len(), gone.farewell), (0, None));
    assert!(gone.verdict.is_none());
    let waits = torn_down(&object, UID, |seen| {
        seen.obstacle = Some(RealmError::NamespaceMissing { namespace: "acme".into() });
    });
    assert!(waits.steps.is_empty() && waits.farewell.is_none() && waits.changes.is_none());
}
