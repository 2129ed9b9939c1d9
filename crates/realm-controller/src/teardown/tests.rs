use keycloak_connect::{ConnectError, StoredSecret};
use keycloak_crds::labels::annotation;
use keycloak_plan::{Action, ApprovalState};
use keycloak_sync::realm::{Holdings, Observed as LiveRealm};
use serde_json::{Value, json};

use super::*;
use crate::{
    clients::{Clients, Standing},
    observe::LoginState,
    sample::{self, UID},
};

const OTHER: &str = "5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11";

/// The plan for an object whose realm has this id, and which is proven ours.
fn torn_down(object: &KeycloakRealm, id: &str, change: impl FnOnce(&mut Seen)) -> Plan {
    torn_down_at(Timestamp::UNIX_EPOCH, object, id, change)
}

fn torn_down_at(now: Timestamp, object: &KeycloakRealm, id: &str, change: impl FnOnce(&mut Seen)) -> Plan {
    let mut seen = sample::seen(object);
    seen.live = Some(sample::live(id, &json!({})));
    seen.held = Some(sample::held(object, id));
    seen.login = LoginState::Unknown;
    seen.holds = Some(Holdings::default());
    change(&mut seen);
    teardown(object, &Observed(Some(Box::new(seen))), now)
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
    // Without users nobody is in them.
    let organizations = Holdings { organizations: 2, ..Holdings::default() };
    assert!(deletes(&torn_down(&guarded, UID, |seen| seen.holds = Some(organizations))));
    let federation = Holdings { federations: 1, ..Holdings::default() };
    for (id, holds) in [
        (UID, Some(Holdings::of_users(3))),
        (UID, Some(federation)),
        (UID, None),
        (OTHER, Some(Holdings::default())),
    ] {
        let plan = torn_down(&guarded, id, |seen| seen.holds = holds);
        assert!(matches!(plan.verdict, Some(RealmError::ApprovalRequired { .. })), "{id} {holds:?}");
        assert_eq!(plan.steps, []);
    }
    let without_asking = object(&json!({"deletionPolicy": "Delete"}));
    assert!(deletes(&torn_down(&without_asking, OTHER, |seen| seen.holds = Some(Holdings::of_users(3)))));
}

#[test]
fn the_sentence_counts_what_would_be_lost_and_names_every_way_out() {
    let plan = torn_down(&object(&json!({})), UID, |seen| seen.holds = Some(Holdings::of_users(3)));
    insta::assert_snapshot!(plan.verdict.unwrap().to_string());
    let all = Holdings { users: 3, federations: 1, organizations: 2 };
    let plan = torn_down(&object(&json!({})), UID, |seen| seen.holds = Some(all));
    let verdict = plan.verdict.unwrap().to_string();
    assert!(
        verdict.starts_with(
            "delete realm acme (holds 3 users, 1 user federation and 2 organizations) needs an approval"
        ),
        "{verdict}"
    );
}

#[test]
fn an_approval_is_stored_first_and_lets_the_deletion_run_in_the_next_pass() {
    let mut object = object(&json!({}));
    let three = |seen: &mut Seen| seen.holds = Some(Holdings::of_users(3));
    let hash = torn_down(&object, UID, three).changes.unwrap().approval().unwrap().to_owned();
    object.metadata.annotations = Some([(annotation::APPROVE.to_owned(), hash.clone())].into());
    let accepted = torn_down(&object, UID, three);
    assert_eq!(accepted.steps, []);
    assert!(matches!(accepted.verdict, Some(RealmError::ApprovalAccepted { .. })));
    object.status.as_mut().unwrap().approvals = stored(&accepted);
    assert!(deletes(&torn_down(&object, UID, three)));
    // The approval was for this realm, and not for one that was made anew under its name.
    let another = torn_down(&object, OTHER, three);
    assert!(matches!(another.verdict, Some(RealmError::ApprovalRequired { .. })));
    assert_eq!(another.approvals.entries[0].state, ApprovalState::Consumed, "also while something waits");
}

fn stored(plan: &Plan) -> Option<keycloak_crds::record::Approvals> {
    let now = k8s_openapi::apimachinery::pkg::apis::meta::v1::Time(Timestamp::UNIX_EPOCH);
    keycloak_sync::status::stored_approvals(&plan.approvals, plan.changes.as_ref().unwrap(), None, &now)
}

#[test]
fn an_approval_of_before_its_status_was_lost_or_taken_away_is_refused() {
    let mut object = object(&json!({}));
    let three = |seen: &mut Seen| seen.holds = Some(Holdings::of_users(3));
    let waiting = torn_down(&object, UID, three);
    let hash = waiting.changes.as_ref().unwrap().approval().unwrap().to_owned();
    object.metadata.annotations = Some([(annotation::APPROVE.to_owned(), hash.clone())].into());
    let later = Timestamp::from_second(60).unwrap();

    object.status.as_mut().unwrap().approvals = stored(&waiting);
    let kept = torn_down_at(later, &object, UID, three);
    assert!(
        matches!(kept.verdict, Some(RealmError::ApprovalAccepted { .. })),
        "it is the same hash later on"
    );

    // With the record and without it: nobody can tell a lost status from that of a new object.
    for status in [json!({"internalId": UID, "owned": {"record": "x"}}), json!({})] {
        object.status = serde_json::from_value(status).unwrap();
        let lost = torn_down_at(later, &object, UID, three);
        let verdict = lost.verdict.as_ref().unwrap().to_string();
        assert!(verdict.contains(&format!("the approval {hash} is for other steps")), "{verdict}");
        assert!(stored(&lost).is_some(), "its hash is the same in the next pass");
    }
}

#[test]
fn the_copies_of_its_tokens_are_taken_back_whatever_becomes_of_the_realm() {
    let handed_out = json!([{"token": "team", "namespace": "tenant", "name": "acme-auth-token-team"}]);
    let status = json!({"internalId": UID, "authorization": {"secrets": handed_out}});
    let plan = |change: fn(&mut Seen)| torn_down(&sample::realm(&json!({}), status.clone()), UID, change);
    assert_eq!(plan(|seen| seen.held = None).steps, [Step::TakeTokensBack], "not proven");
    assert_eq!(plan(|seen| (seen.held, seen.live) = (None, None)).steps, [Step::TakeTokensBack], "not seen");
    assert!(plan(|_| {}).steps.contains(&Step::TakeTokensBack), "deleted");
    let left = sample::realm(&json!({"deletionPolicy": "Retain"}), status.clone());
    assert!(torn_down(&left, UID, |_| {}).steps.contains(&Step::TakeTokensBack), "left");
}

#[test]
fn without_proof_nothing_is_deleted_and_the_object_goes() {
    let object = object(&json!({"deletionPolicy": "Delete"}));
    let no_secret = torn_down(&object, UID, |seen| seen.held = None);
    let of_another = torn_down(&object, UID, |seen| seen.live = Some(sample::live(OTHER, &json!({}))));
    for plan in [no_secret, of_another] {
        assert_eq!(plan.steps, []);
        assert_eq!(plan.farewell, Some(Farewell::NotProven { is_there: true }));
        assert!(plan.verdict.is_none());
    }
    let away = torn_down(&object, UID, |seen| (seen.held, seen.live) = (None, None));
    assert_eq!(away.farewell, Some(Farewell::NotProven { is_there: false }));
    let never_made = sample::realm(&json!({}), Value::Null);
    assert_eq!(torn_down(&never_made, UID, |seen| seen.held = None).farewell, None);
}

/// The Secret of our login as it was read.
fn login_secret(data: &Value) -> StoredSecret {
    let secret = json!({"metadata": {"namespace": "platform", "name": "login"}, "data": data});
    StoredSecret::new(serde_json::from_value(secret).unwrap())
}

#[test]
fn the_login_is_taken_back_or_noted_where_clients_still_refer_to_the_realm() {
    let object = object(&json!({}));
    let steps = |refer: bool, data: &Value| {
        let plan = torn_down(&object, UID, |seen| {
            seen.login_secret = Some(login_secret(data));
            seen.clients.refer = refer;
        });
        plan.steps
    };
    let whole = json!({"client-id": "eA=="});
    assert_eq!(steps(false, &whole), [Step::ChangeRealm, Step::TakeLoginBack]);
    assert_eq!(steps(true, &whole), [Step::ChangeRealm, Step::NoteLogin]);
    assert_eq!(steps(false, &json!({})), [Step::ChangeRealm], "it was emptied before");
}

#[test]
fn the_step_that_waits_lists_the_clients_that_go_along() {
    let plan = torn_down(&object(&json!({})), UID, |seen| {
        let first = vec!["acme/portal".to_owned(), "shop/web".to_owned()];
        seen.holds = Some(Holdings::of_users(3));
        seen.clients = Clients { refer: true, standing: Some(Standing { count: 2, first }) };
    });
    let verdict = plan.verdict.unwrap().to_string();
    assert!(verdict.contains("2 KeycloakClients stand in it: acme/portal, shop/web"), "{verdict}");
    // What goes along is no part of what is approved: clients come and go.
    let without = torn_down(&object(&json!({})), UID, |seen| seen.holds = Some(Holdings::of_users(3)));
    assert_eq!(without.changes.unwrap().approval(), plan.changes.unwrap().approval());
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
    // A process was stopped after it took the login back.
    let stopped = torn_down(&object, UID, |seen| (seen.held, seen.live) = (None, Some(LiveRealm::Absent)));
    assert_eq!((stopped.steps.len(), stopped.farewell), (0, None), "nothing is said to be left");
    let waits = torn_down(&object, UID, |seen| {
        seen.obstacle = Some(RealmError::NamespaceMissing { namespace: "acme".into() });
    });
    assert!(waits.steps.is_empty() && waits.farewell.is_none() && waits.changes.is_none());
}

#[test]
fn a_slot_is_given_back_when_the_realm_is_gone_and_before_the_login_and_kept_where_it_stays() {
    use keycloak_connect::quota::Standing as Slot;
    let made = object(&json!({"deletionPolicy": "Delete"}));
    let steps = |object: &KeycloakRealm, change: fn(&mut Seen)| {
        let plan = torn_down(object, UID, |seen| {
            seen.slot = Slot::Held;
            seen.login_secret = Some(login_secret(&json!({"client-id": "eA=="})));
            change(seen);
        });
        plan.steps
    };
    assert_eq!(steps(&made, |_| {}), [Step::ChangeRealm, Step::FreeSlot, Step::TakeLoginBack]);
    let gone = |seen: &mut Seen| seen.live = Some(LiveRealm::Absent);
    assert_eq!(steps(&made, gone), [Step::FreeSlot, Step::TakeLoginBack]);
    let no_quota = |seen: &mut Seen| seen.slot = Slot::NoQuota;
    assert_eq!(steps(&made, no_quota), [Step::ChangeRealm, Step::TakeLoginBack]);
    // Keycloak goes on holding it, or nobody knows.
    let retained = object(&json!({"deletionPolicy": "Retain"}));
    assert_eq!(steps(&retained, |_| {}), [Step::TakeLoginBack]);
    assert_eq!(steps(&made, |seen| seen.held = None), []);
    assert_eq!(steps(&made, |seen| (seen.held, seen.live) = (None, None)), []);
    let without_a_server = |seen: &mut Seen| {
        let (namespace, name) = ("platform".to_owned(), "keycloak".to_owned());
        seen.obstacle = Some(ConnectError::InstanceMissing { namespace, name }.into());
        seen.instance = None;
    };
    assert_eq!(steps(&made, without_a_server), [Step::FreeSlot]);
    let never_made = sample::realm(&json!({}), Value::Null);
    let plan = torn_down(&never_made, UID, |seen| {
        (seen.held, seen.live, seen.slot) = (None, None, Slot::Open);
    });
    assert_eq!(plan.steps, [Step::FreeSlot], "it may have taken one");
    let was_later = torn_down(&never_made, OTHER, |seen| (seen.held, seen.slot) = (None, Slot::Held));
    assert_eq!((was_later.steps, was_later.farewell), (vec![Step::FreeSlot], None), "another was faster");
}
