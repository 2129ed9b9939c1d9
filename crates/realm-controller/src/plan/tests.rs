use keycloak_connect::StoredSecret;
use keycloak_plan::{Action, LiveMark, LostRecord, MarkedOwner};
use keycloak_sync::realm::Observed as LiveRealm;
use serde_json::{Value, json};

use super::*;
use crate::{
    sample::{self, UID},
    validate::validate,
};

/// The plan of this object with these changes to what is seen.
fn planned(object: &KeycloakRealm, change: impl FnOnce(&mut Seen)) -> Plan {
    let mut seen = sample::seen(object);
    change(&mut seen);
    plan(object, &validate(object).unwrap(), &Observed(Some(Box::new(seen))), Timestamp::UNIX_EPOCH)
}

fn new(further: &Value) -> KeycloakRealm {
    sample::realm(further, Value::Null)
}

/// Status after a pass in which the instance let the object in.
fn let_in() -> Value {
    json!({"authorization": {"granted": true, "by": "Rbac"}})
}

fn is_there(object: &KeycloakRealm, id: &str, further: &Value) -> impl FnOnce(&mut Seen) + use<> {
    let (live, held) = (sample::live(id, further), sample::held(object, id));
    move |seen| {
        seen.live = Some(live);
        seen.held = Some(held);
        seen.login = LoginState::Works;
    }
}

#[test]
fn a_new_realm_is_made_with_the_objects_uid_as_its_id_then_our_login_then_its_token() {
    let plan = planned(&new(&json!({"displayName": "Acme"})), |_| {});
    assert_eq!(plan.steps, [Step::PublishDecision, Step::ChangeRealm, Step::MakeLogin, Step::KeepTokens]);
    let changes = plan.changes.unwrap();
    let step = &changes.steps[0];
    assert_eq!((changes.steps.len(), step.action), (1, Action::Create));
    let body = step.body().unwrap().expose();
    assert_eq!(body["id"], UID);
    assert_eq!(body["displayName"], "Acme");
    assert_eq!(body["attributes"]["kubernetes.operator.uid"], UID);
}

#[test]
fn without_leave_nothing_but_the_decision_is_written_and_only_when_it_is_news() {
    let refused = |seen: &mut Seen| {
        seen.decision = Some(sample::decision(false));
        seen.live = None;
        seen.mark = None;
    };
    let plan = planned(&new(&json!({})), refused);
    assert_eq!(plan.steps, [Step::PublishDecision]);
    assert!(plan.changes.is_none());
    let told = sample::realm(&json!({}), json!({"authorization": {"granted": false, "tokens": []}}));
    assert_eq!(planned(&told, refused).steps, []);
}

#[test]
fn a_realm_as_declared_leaves_the_tokens_to_look_at() {
    let object = sample::realm(&json!({"displayName": "Acme"}), let_in());
    let plan = planned(&object, is_there(&object, UID, &json!({"displayName": "Acme"})));
    assert_eq!(plan.steps, [Step::KeepTokens]);
    assert!(plan.changes.unwrap().is_empty());
    assert!(plan.verdict.is_none());
}

#[test]
fn login_and_tokens_of_a_realm_that_is_ours_do_not_wait_for_a_secret_of_its_spec() {
    let object = sample::realm(&json!({"displayName": "Acme"}), let_in());
    let of_login = |login: LoginState, proven: bool| {
        let look = is_there(&object, UID, &json!({}));
        let plan = planned(&object, |seen| {
            look(seen);
            seen.secrets = None;
            seen.login = login;
            if !proven {
                seen.held = None;
            }
        });
        assert!(plan.changes.is_none());
        plan.steps
    };
    assert_eq!(of_login(LoginState::Works, true), [Step::KeepTokens]);
    assert_eq!(of_login(LoginState::Refused, true), [Step::MendLogin, Step::KeepTokens]);
    assert_eq!(of_login(LoginState::Missing, false), []);
    // Nothing is made in a realm that does not exist.
    assert_eq!(planned(&object, |seen| seen.secrets = None).steps, []);
}

#[test]
fn the_id_that_was_chosen_for_a_realm_says_that_it_is_our_own_work() {
    let object = sample::realm(&json!({}), let_in());
    let created = |id: &str| {
        let plan = planned(&object, is_there(&object, id, &json!({})));
        plan.record.object(&realm::identity("acme")).is_some_and(keycloak_plan::ObjectRecord::created_by_us)
    };
    assert!(created(UID));
    assert!(!created("5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11"));
}

#[test]
fn a_realm_of_somebody_else_is_left_alone() {
    let object = sample::realm(&json!({"adopt": true}), let_in());
    let mut other = sample::mark();
    other.uid = "another".into();
    other.name = "first".into();
    let attributes: serde_json::Map<String, Value> =
        other.attributes().into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect();
    let plan = planned(&object, |seen| {
        let live = sample::live("5b2f9c1e", &json!({"attributes": attributes}));
        assert_eq!(live.mark(), LiveMark::from(&other));
        seen.live = Some(live);
        seen.marked_owner = MarkedOwner::Alive;
    });
    assert_eq!(plan.steps, []);
    let verdict = plan.verdict.unwrap().to_string();
    assert!(verdict.contains("it belongs to acme/first, which exists"), "{verdict}");
}

#[test]
fn a_realm_of_nobody_is_taken_over_with_the_mark_alone_when_asked_and_allowed() {
    let unmarked = json!({"displayName": "Acme", "attributes": {"team": "identity"}});
    let look = |seen: &mut Seen| {
        seen.live = Some(sample::live("5b2f9c1e", &unmarked));
        seen.permission.adopt_verb = true;
    };
    let asked = |adopt: bool| sample::realm(&json!({"displayName": "Acme", "adopt": adopt}), let_in());
    assert!(matches!(planned(&asked(false), look).verdict, Some(RealmError::NotOurs { .. })));
    let plan = planned(&asked(true), look);
    let changes = plan.changes.unwrap();
    assert!(changes.steps.len() == 1 && changes.steps[0].is_only_mark());
    let body = changes.steps[0].body().unwrap().expose();
    assert_eq!(body["attributes"]["team"], "identity", "attributes are replaced as a whole");
}

#[test]
fn observing_plans_the_same_without_mark_and_without_an_id() {
    let object = new(&json!({"management": "Observe"}));
    let plan = planned(&object, |_| {});
    let changes = plan.changes.unwrap();
    let body = changes.steps[0].body().unwrap().expose();
    assert_eq!(body.get("id"), None);
    assert_eq!(body.get("attributes"), None);
    assert_eq!(plan.mode, Mode::Observe);
}

/// The Secret of our login, whose secret was made at this time; `next`: as a rotation leaves it that was stopped.
fn login_secret(rotated_at: &str, next: bool) -> StoredSecret {
    let data = if next { json!({"client-secret-next": "bmV4dA=="}) } else { json!({}) };
    let annotations = json!({annotation::ROTATED_AT: rotated_at, annotation::ROTATION_SERVED: "1"});
    let secret = json!({"metadata": {"name": "login", "annotations": annotations}, "data": data});
    StoredSecret::new(serde_json::from_value(secret).unwrap())
}

#[test]
fn our_login_gets_another_secret_when_it_is_old_asked_for_or_begun_and_is_mended_first() {
    // The plan is made at the beginning of 1970.
    let (young, old) = ("1969-12-31T00:00:00Z", "1967-01-01T00:00:00Z");
    let steps = |request: &str, secret: StoredSecret, login: LoginState| {
        let mut object = sample::realm(&json!({}), let_in());
        object.metadata.annotations =
            Some([(annotation::ROTATE_LOGIN.to_owned(), request.to_owned())].into());
        let look = is_there(&object, UID, &json!({}));
        let plan = planned(&object, |seen| {
            look(seen);
            seen.login_secret = Some(secret);
            seen.login = login;
        });
        plan.steps
    };
    let works = LoginState::Works;
    assert_eq!(steps("1", login_secret(young, false), works), [Step::KeepTokens]);
    for (request, secret, why) in [
        ("1", login_secret(old, false), RotationCause::Aged),
        ("2", login_secret(young, false), RotationCause::Asked),
        ("1", login_secret(young, true), RotationCause::Begun),
    ] {
        assert_eq!(steps(request, secret, works), [Step::RotateLogin(why), Step::KeepTokens]);
    }
    let refused = LoginState::Refused;
    assert_eq!(steps("2", login_secret(old, false), refused), [Step::MendLogin, Step::KeepTokens]);
    assert_eq!(steps("2", login_secret(old, false), LoginState::Disabled), [Step::KeepTokens]);
    for login in [refused, LoginState::Disabled] {
        let begun = [Step::RotateLogin(RotationCause::Begun), Step::KeepTokens];
        assert_eq!(steps("1", login_secret(young, true), login), begun, "{login:?}");
    }
    // Without proof that the realm is ours there is no login to make anew.
    assert_eq!(steps("2", login_secret(old, true), LoginState::Missing), [Step::MakeLogin, Step::KeepTokens]);
}

#[test]
fn fine_grained_permissions_wait_until_our_login_is_made() {
    let object = sample::realm(&json!({"extra": {"adminPermissionsEnabled": true}}), let_in());
    let plan = planned(&object, |_| {});
    let changes = plan.changes.unwrap();
    assert_eq!(changes.steps[0].body().unwrap().expose().get("adminPermissionsEnabled"), None);
    assert!(matches!(plan.verdict, Some(RealmError::PermissionsLater)));
    let plan = planned(&object, is_there(&object, UID, &json!({"adminPermissionsEnabled": false})));
    let changes = plan.changes.unwrap();
    assert_eq!(changes.steps[0].body().unwrap().expose()["adminPermissionsEnabled"], true);
    assert!(plan.verdict.is_none());
}

#[test]
fn a_login_that_is_refused_is_mended_and_one_that_nobody_can_try_waits_for_the_realm() {
    let object = sample::realm(&json!({"enabled": true}), let_in());
    let steps = |state: LoginState, enabled: bool| {
        let look = is_there(&object, UID, &json!({"enabled": enabled}));
        planned(&object, |seen| {
            look(seen);
            seen.login = state;
        })
        .steps
    };
    assert_eq!(steps(LoginState::Refused, true), [Step::MendLogin, Step::KeepTokens]);
    assert_eq!(steps(LoginState::Disabled, false), [Step::ChangeRealm, Step::TryLogin, Step::KeepTokens]);
    assert_eq!(steps(LoginState::Disabled, true), [Step::KeepTokens]);
}

#[test]
fn a_damaged_record_is_told_and_everything_is_adopted() {
    let mut status = let_in();
    status["owned"] = json!({"record": "cloakroom-owned:1:0000:{}"});
    let object = sample::realm(&json!({"displayName": "Acme"}), status);
    let plan = planned(&object, is_there(&object, UID, &json!({"displayName": "Acme"})));
    assert_eq!(plan.lost_record, Some(LostRecord::Corrupt.to_string()));
    assert!(plan.changes.unwrap().is_empty());
}

#[test]
fn a_realm_that_is_gone_is_made_anew_with_a_new_login() {
    let object = sample::realm(&json!({}), let_in());
    let held = sample::held(&object, UID);
    let plan = planned(&object, |seen| {
        seen.held = Some(held);
        seen.live = Some(LiveRealm::Absent);
    });
    assert_eq!(plan.steps, [Step::ChangeRealm, Step::MakeLogin, Step::KeepTokens]);
}

/// As the seed left it: its finalizer, its status, and what its schema filled in.
fn of_the_seed(further: &Value) -> KeycloakRealm {
    let mut object = sample::realm(further, json!({"phase": "Ready", "internalId": "4711"}));
    object.metadata.finalizers = Some(vec!["keycloak.mdvr.nl/realm-cleanup".into()]);
    object
}

/// The realm in Keycloak with the seed's mark.
fn made_by_the_seed(further: &Value) -> LiveRealm {
    let mut realm = further.clone();
    realm["attributes"] = json!({
        "kubernetes.operator.uid": UID, "kubernetes.operator.namespace": "acme",
        "kubernetes.operator.name": "acme", "kubernetes.operator.timestamp": "2025-01-01T00:00:00Z",
    });
    sample::live("4711", &realm)
}

#[test]
fn an_object_of_the_seed_takes_its_realm_over_and_leaves_what_the_schema_filled_in() {
    let object = of_the_seed(&json!({
        "displayName": "Acme", "security": {"registrationAllowed": false, "rememberMe": true},
    }));
    let live = json!({"displayName": "Acme", "registrationAllowed": true, "rememberMe": false});
    let plan = planned(&object, |seen| seen.live = Some(made_by_the_seed(&live)));
    assert!(plan.takes_over);
    assert!(matches!(plan.claim, Some(Claim::Ours { proof: None, .. })), "{:?}", plan.claim);
    let changes = plan.changes.unwrap();
    let body = changes.steps[0].body().unwrap().expose();
    assert_eq!((changes.steps.len(), changes.steps[0].action), (1, Action::Update));
    assert_eq!(body["rememberMe"], true, "somebody wrote it: {body}");
    assert_eq!(body.get("registrationAllowed"), None, "nobody did: {body}");
    assert_eq!(body["attributes"]["kubernetes.operator.cluster-id"], "7f6e0d1f");
    assert_eq!(body["attributes"]["kubernetes.operator.timestamp"], "2025-01-01T00:00:00Z", "left as it is");
    let defaults: Vec<String> =
        changes.findings.seed_defaults.iter().map(|found| found.what.path.to_string()).collect();
    assert_eq!(defaults, ["registrationAllowed"]);
}

#[test]
fn a_default_of_the_seed_is_owned_from_the_pass_in_which_somebody_changes_it() {
    let object = of_the_seed(&json!({"security": {"registrationAllowed": false, "verifyEmail": false}}));
    let live = made_by_the_seed(&json!({"registrationAllowed": true, "verifyEmail": true}));
    let first = planned(&object, |seen| seen.live = Some(live.clone()));
    let every = first.changes.as_ref().unwrap().steps.iter().map(|step| step.id).collect();
    let record = first.changes.as_ref().unwrap().record_after(&first.record, &every);
    let owned = json!({"record": record.encode()});

    let mut later = sample::realm(
        &json!({"security": {"registrationAllowed": false, "verifyEmail": true}}),
        json!({"internalId": "4711", "owned": owned}),
    );
    later.metadata.finalizers = object.metadata.finalizers.clone();
    let second = planned(&later, |seen| {
        seen.live = Some(made_by_the_seed(&json!({
            "registrationAllowed": true, "verifyEmail": false,
        })));
    });
    assert!(!second.takes_over, "what is remembered was taken over before");
    let body = second.changes.unwrap().steps[0].body().unwrap().expose().clone();
    assert_eq!((body.get("registrationAllowed"), &body["verifyEmail"]), (None, &json!(true)));
}

#[test]
fn a_frozen_object_of_the_seed_is_only_looked_at() {
    let object = of_the_seed(&json!({"management": "Observe"}));
    let plan = planned(&object, |seen| seen.live = Some(made_by_the_seed(&json!({}))));
    assert!(!plan.takes_over);
}

#[test]
fn a_realm_that_the_seed_made_for_another_object_is_not_taken_over() {
    let mut other = made_by_the_seed(&json!({}));
    if let LiveRealm::Present(live) = &mut other {
        let mark = live.attributes.as_mut().unwrap();
        mark.insert("kubernetes.operator.uid".into(), Some("another".to_owned()));
    }
    let plan = planned(&of_the_seed(&json!({})), |seen| {
        seen.live = Some(other);
        seen.marked_owner = MarkedOwner::Alive;
    });
    assert!(!plan.takes_over && plan.changes.is_none());
    assert!(matches!(plan.verdict, Some(RealmError::NotOurs { .. })));
}

#[test]
fn a_slot_is_taken_before_the_realm_is_made_and_once_for_one_that_exists() {
    use keycloak_connect::quota::Standing;
    let object = sample::realm(&json!({}), let_in());
    let steps = |object: &KeycloakRealm, slot: Standing, change: &dyn Fn(&mut Seen)| {
        let plan = planned(object, |seen| {
            change(seen);
            seen.slot = slot;
        });
        plan.steps
    };
    let made = [Step::ChangeRealm, Step::MakeLogin, Step::KeepTokens];
    for slot in [Standing::NoQuota, Standing::Unlimited, Standing::Held] {
        assert_eq!(steps(&object, slot, &|_| {}), made, "{slot:?}");
    }
    let with_slot = [&[Step::TakeSlot][..], &made].concat();
    assert_eq!(steps(&object, Standing::Open, &|_| {}), with_slot);
    let exists = |seen: &mut Seen| is_there(&object, UID, &json!({}))(seen);
    assert_eq!(steps(&object, Standing::Open, &exists), [Step::TakeSlot, Step::KeepTokens], "it is counted");
    assert_eq!(steps(&object, Standing::Held, &exists), [Step::KeepTokens]);
    let observed = sample::realm(&json!({"management": "Observe"}), let_in());
    assert!(!steps(&observed, Standing::Open, &|_| {}).contains(&Step::TakeSlot), "nothing is made");
}

#[test]
fn only_what_comes_into_being_or_to_us_is_stopped_by_a_quota() {
    let object = sample::realm(&json!({}), let_in());
    let seen = |change: &dyn Fn(&mut Seen)| {
        let mut seen = sample::seen(&object);
        change(&mut seen);
        seen
    };
    let exists = seen(&|seen| seen.live = Some(sample::live("another", &json!({}))));
    let claimed = |claim| Plan { claim: Some(claim), ..Plan::default() };
    assert!(Plan::default().is_new(&seen(&|_| {})));
    assert!(!claimed(Claim::Restored).is_new(&exists));
    assert!(!claimed(Claim::Ours { proof: None, mark_drifted: false }).is_new(&exists));
    let by = keycloak_plan::AdoptedBy::TakeOver;
    assert!(claimed(Claim::Adopted { by }).is_new(&exists));
}
