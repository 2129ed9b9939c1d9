use authorization_token::{TokenId, rotation::Notice as TokenNotice};
use controller_runtime::{Applied, ClassName, Fence, Key, Lane, Pace, Term};
use jiff::Timestamp;
use keycloak_admin::logins::Excess;
use keycloak_connect::{ConnectError, login::rotation::Why, tokens::Issued};
use keycloak_crds::record::Owned;
use keycloak_plan::{
    Live, LiveState,
    kinds::{CLIENT_ROLE_OF_ROLE, COMPOSITE_OF_ROLE, REALM_ROLE, SCOPE_MAPPING},
};
use serde_json::{Value, json};

use super::*;
use crate::{
    apply::{AccountLeft, LoginDone, Mended},
    observe::Observed,
    plan::{Farewell, plan},
    sample::{self, UID},
    teardown::teardown,
    validate::{Valid, validate},
};

fn pass(deleting: bool) -> Pass {
    Pass {
        key: Key::namespaced("acme", "acme"),
        uid: UID.into(),
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

/// A whole pass without servers: what was seen, and what it leads to.
fn passed(
    object: &KeycloakRealm,
    change: impl FnOnce(&mut Seen),
    done: impl FnOnce(&Plan) -> Done,
    deleting: bool,
) -> (Outcome, Report) {
    let mut seen = sample::seen(object);
    change(&mut seen);
    let observed = Observed(Some(Box::new(seen)));
    let valid: Valid = validate(object).unwrap();
    let plan = if deleting {
        teardown(object, &observed, pass(deleting).now)
    } else {
        plan(object, &valid, &observed, pass(deleting).now)
    };
    let applied = Applied::all(done(&plan));
    let facts: Facts<'_, RealmController> =
        Facts { observed: Some(&observed), valid: Some(&valid), plan: Some(&plan), applied: Some(&applied) };
    let pass = pass(deleting);
    let outcome = outcome(facts, &pass);
    let report = report(object, facts, &outcome, &pass);
    (outcome, report)
}

/// Nothing was done.
fn nothing(_: &Plan) -> Done {
    Done::default()
}

fn let_in(further: &Value) -> KeycloakRealm {
    sample::realm(further, json!({"authorization": {"granted": true, "by": "Rbac"}}))
}

fn works(object: &KeycloakRealm, further: &Value) -> impl FnOnce(&mut Seen) + use<> {
    let (live, held) = (sample::live(UID, further), sample::held(object, UID));
    move |seen| {
        seen.live = Some(live);
        seen.held = Some(held);
        seen.login = LoginState::Works;
    }
}

/// Every runnable step of the plan was done.
fn all_done(plan: &Plan) -> Done {
    let changes = plan.changes.as_ref().unwrap();
    let done = changes.runnable().map(|step| step.id).collect();
    let record = changes.record_after(&plan.record, &done);
    Done {
        owned: Some(Owned { record: Some(record.encode()), ..Owned::default() }),
        realm: Some(keycloak_sync::Applied { done, record, ..Default::default() }),
        login: Some(LoginDone {
            account: "cloakroom-1a2b3c4d".into(),
            state: LoginState::Works,
            written: Some(Mended::Made),
            excess: Excess {
                taken_away: vec!["manage-realm of realm-management".into()],
                left: vec!["realm-admin of realm-management".into()],
            },
        }),
        ..Done::default()
    }
}

#[test]
fn a_realm_that_was_just_made_is_ready_available_and_told() {
    let (outcome, report) = passed(&let_in(&json!({"displayName": "Acme"})), |_| {}, all_done, false);
    assert!(outcome.is_settled(), "{}", outcome.message());
    insta::assert_debug_snapshot!("made", report);
}

#[test]
fn what_can_be_used_keeps_since_when_as_long_as_nothing_else_is_told() {
    let mut object = let_in(&json!({}));
    let since: Time = serde_json::from_value(json!("2026-01-31T12:00:00Z")).unwrap();
    let told = |realm_id: &str| Available {
        realm_id: Some(realm_id.to_owned()),
        since: Some(since.clone()),
        reason: Some("RealmAvailable".into()),
    };
    for (realm_id, stays) in [(UID, true), ("another", false)] {
        object.status.as_mut().unwrap().available = Some(told(realm_id));
        let (_, report) = passed(&object, works(&object, &json!({})), nothing, false);
        let report = format!("{report:?}");
        assert_eq!(report.contains("2026-01-31T12:00:00Z"), stays, "{report}");
    }
}

#[test]
fn losing_leave_is_told_and_takes_nothing_from_a_realm_that_is_there() {
    let decision = sample::decision(false);
    let refused = ConnectError::of_decision(&decision).unwrap();
    let (outcome, report) = passed(
        &let_in(&json!({})),
        move |seen| {
            seen.decision = Some(decision);
            (seen.live, seen.mark, seen.token_place) = (None, None, None);
            seen.login = LoginState::Unknown;
            seen.obstacle = Some(refused.into());
        },
        nothing,
        false,
    );
    assert_eq!(outcome.class().map(Class::name), Some(ClassName::Stall));
    insta::assert_debug_snapshot!("without_leave", report);
}

#[test]
fn an_instance_that_goes_takes_availability_along() {
    let (namespace, name) = ("platform".to_owned(), "keycloak".to_owned());
    let going = ConnectError::InstanceDeleting { namespace, name };
    let (outcome, report) = passed(
        &let_in(&json!({})),
        move |seen| {
            (seen.live, seen.mark, seen.decision) = (None, None, None);
            seen.obstacle = Some(going.into());
        },
        nothing,
        false,
    );
    assert_eq!(outcome.reason().as_str(), "InstanceDeleting");
    let report = format!("{report:?}");
    assert!(report.contains(r#""available": Object {"reason": String("InstanceDeleting")"#), "{report}");
}

#[test]
fn observing_says_what_would_be_done_and_drift_is_a_condition() {
    let object = let_in(&json!({"management": "Observe", "displayName": "Acme"}));
    let (outcome, report) = passed(&object, |_| {}, nothing, false);
    assert_eq!(
        outcome.message(),
        "not done because of spec.management: Observe: change the realm (1 to create); make our login in the realm; issue \
         the authorization token"
    );
    assert!(format!("{report:?}").contains(r#"type_: "Planned", truth: True"#));
}

/// The object in this mode, after everything that it declares was made in Enforce.
fn made_before(mode: &str) -> KeycloakRealm {
    let declared = json!({"displayName": "Acme"});
    let object = let_in(&declared);
    let observed = Observed(Some(Box::new(sample::seen(&object))));
    let plan = plan(&object, &validate(&object).unwrap(), &observed, pass(false).now);
    let record = all_done(&plan).realm.unwrap().record;
    let mut object = let_in(&json!({"displayName": "Acme", "management": mode}));
    object.status.as_mut().unwrap().owned = Some(Owned { record: Some(record.encode()), ..Owned::default() });
    object
}

fn by_the_console(seen: &mut Seen) {
    let event = serde_json::from_value(json!({
        "time": 1_759_999_990_000_i64, "resourceType": "REALM", "operationType": "UPDATE",
        "authDetails": {"userId": "4711", "ipAddress": "10.0.0.7"},
    }));
    seen.edits.all.extend(crate::admin_events::Edit::of(&event.unwrap()));
}

#[test]
fn drift_is_shown_where_nothing_is_written_and_told_where_it_is_set_back() {
    let object = made_before("Observe");
    let look = works(&object, &json!({"displayName": "Evil"}));
    let (outcome, report) = passed(
        &object,
        |seen| {
            look(seen);
            by_the_console(seen);
        },
        nothing,
        false,
    );
    assert_eq!(outcome.pace(), Some(controller_runtime::Pace::Resync), "it is looked at as often as any");
    let report = format!("{report:?}");
    let told =
        r#"changed by something else: displayName: \"Evil\" instead of \"Acme\" (by user 4711 from 10.0.0.7"#;
    assert!(report.contains(told), "{report}");
    assert!(report.contains(r#"type_: "Drifted", truth: True"#), "{report}");
    assert!(report.contains(r#""path": String("displayName")"#), "{report}");

    let object = made_before("Enforce");
    let look = works(&object, &json!({"displayName": "Evil"}));
    let done = |plan: &Plan| Done { login: None, ..all_done(plan) };
    let (_, report) = passed(&object, look, done, false);
    let report = format!("{report:?}");
    assert!(report.contains(r#"reason: Reason("DriftRepaired"), note: "changed by something else in realm \"acme\" and set back: "#), "{report}");
    assert!(report.contains(r#""repairedAt": String("2025-10-09T08:53:20Z")"#), "{report}");
    assert!(!report.contains(r#"type_: "Drifted""#), "{report}");
}

#[test]
fn a_waiting_deletion_is_blocked_and_shows_its_plan() {
    let object = let_in(&json!({}));
    let look = works(&object, &json!({}));
    let (outcome, report) = passed(
        &object,
        |seen| {
            look(seen);
            seen.holds = Some(keycloak_sync::realm::Holdings::of_users(3));
        },
        nothing,
        true,
    );
    assert_eq!(outcome.reason().as_str(), "ApprovalRequired");
    insta::assert_debug_snapshot!("deletion_blocked", report);
}

#[test]
fn a_field_that_the_server_does_not_have_is_told_and_the_rest_is_applied() {
    let object = let_in(&json!({"extra": {"scimApiEnabled": true}, "displayName": "Acme"}));
    let look = works(&object, &json!({"displayName": "Acme"}));
    let (outcome, report) = passed(
        &object,
        |seen| {
            look(seen);
            seen.server.as_mut().unwrap().version = Some("26.4.5".parse().unwrap());
        },
        nothing,
        false,
    );
    assert_eq!(outcome.reason().as_str(), "UnsupportedByServer");
    assert!(outcome.message().contains("scimApiEnabled"), "{}", outcome.message());
    assert!(format!("{report:?}").contains(r#"type_: "PartiallyApplied", truth: True"#));
}

#[test]
fn the_rotation_of_secrets_that_holds_is_told_and_none_that_does_not() {
    let name = "cloakroom-secret-rotation";
    let executor = json!({"executor": "secret-rotation", "configuration": {"expiration-period": 7_776_000}});
    let condition = json!({"condition": "client-access-type", "configuration": {"type": ["confidential"]}});
    let live = |enabled: bool| {
        json!({
            "clientProfiles": {"profiles": [{"name": name, "executors": [executor]}]},
            "clientPolicies": {"policies": [
                {"name": name, "enabled": enabled, "conditions": [condition], "profiles": [name]},
            ]},
        })
    };
    let object = let_in(&json!({"secretRotation": {"expirationPeriod": 7_776_000}}));
    let holds = r#""secretRotation": Object {"expirationPeriod": Number(7776000), "rotatedExpirationPeriod": Number(172800)}"#;
    for (live, told) in [(live(true), holds), (live(false), r#""secretRotation": Null"#)] {
        let (_, report) = passed(&object, works(&object, &live), nothing, false);
        assert!(format!("{report:?}").contains(told), "{report:?}");
    }
    // It was made in this pass.
    let done = |plan: &Plan| Done { login: None, ..all_done(plan) };
    let (_, report) = passed(&object, works(&object, &json!({})), done, false);
    assert!(format!("{report:?}").contains(holds), "{report:?}");
}

fn lines(seen: &Seen, plan: &Plan, done: &Done) -> String {
    let notices = events::notices(Some(seen), Some(plan), Some(done), None);
    let line = |notice: &controller_runtime::Notice| {
        let kind = if notice.warning { "Warning" } else { "Normal" };
        format!("{kind} {}: {}", notice.reason, notice.note)
    };
    notices.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_thing_that_was_done_is_an_event() {
    let id = TokenId::parse("0f9k2m4p6r8t").unwrap();
    let issued = Issued {
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
    let object = let_in(&json!({"displayName": "Acme"}));
    let mut seen = sample::seen(&object);
    let mut told = Vec::new();
    let plan_of = |seen: Seen| {
        let observed = Observed(Some(Box::new(seen)));
        (plan(&object, &validate(&object).unwrap(), &observed, pass(false).now), observed)
    };
    let (made, observed) = plan_of(seen);
    let mut done = all_done(&made);
    done.tokens = Some(issued);
    told.push(lines(observed.seen().unwrap(), &made, &done));

    // The realm that the record knows is gone.
    seen = sample::seen(&object);
    let (mut anew, observed) = plan_of(seen);
    anew.record = all_done(&anew).realm.unwrap().record;
    told.push(lines(observed.seen().unwrap(), &anew, &Done { login: None, ..all_done(&anew) }));

    // The mark was changed.
    seen = sample::seen(&object);
    works(&object, &json!({"displayName": "Acme", "attributes": {}}))(&mut seen);
    let (marked, observed) = plan_of(seen);
    told.push(lines(observed.seen().unwrap(), &marked, &Done { login: None, ..all_done(&marked) }));

    for farewell in [
        Farewell::Left("spec.deletionPolicy: Retain asks for it".into()),
        Farewell::NotProven { is_there: true },
        Farewell::NotProven { is_there: false },
    ] {
        let plan = Plan { farewell: Some(farewell), ..Plan::default() };
        told.push(lines(observed.seen().unwrap(), &plan, &Done::default()));
    }
    insta::assert_snapshot!("events", told.join("\n"));
}

#[test]
fn a_login_that_was_made_anew_is_told_with_why_and_when_the_next_time_is() {
    let object = let_in(&json!({}));
    let secret = json!({"metadata": {"name": "login", "annotations": {
        "keycloak.mdvr.nl/rotated-at": "2026-01-31T12:00:00Z", "keycloak.mdvr.nl/rotation-served": "1",
    }}});
    let secret = keycloak_connect::StoredSecret::new(serde_json::from_value(secret).unwrap());
    let done = |why: Why| Done {
        login: Some(LoginDone {
            account: "cloakroom-1a2b3c4d".into(),
            state: LoginState::Works,
            written: Some(Mended::Rotated(why)),
            excess: Excess::default(),
        }),
        login_secret: Some(secret.clone()),
        ..Done::default()
    };
    let (outcome, report) = passed(&object, works(&object, &json!({})), |_| done(Why::Aged), false);
    assert!(outcome.is_settled(), "{}", outcome.message());
    let report = format!("{report:?}");
    for told in [
        r#""lastRotation": String("2026-01-31T12:00:00Z")"#,
        r#""nextRotation": String("2026-04-"#,
        r#""served": String("1")"#,
    ] {
        assert!(report.contains(told), "{report}");
    }
    let seen = sample::seen(&object);
    let told = [Why::Aged, Why::Asked, Why::Begun].map(|why| lines(&seen, &Plan::default(), &done(why)));
    insta::assert_snapshot!(told.join("\n"), @r#"
    Normal SecretRotated: our login cloakroom-1a2b3c4d in realm "acme" got a new secret, as it was time to
    Normal SecretRotated: our login cloakroom-1a2b3c4d in realm "acme" got a new secret, as annotation keycloak.mdvr.nl/rotate-login asks
    Normal SecretRotated: our login cloakroom-1a2b3c4d in realm "acme" got a new secret, as an earlier pass had begun to
    "#);
}

#[test]
fn an_account_that_stays_in_a_realm_is_told_beside_why_the_realm_stays() {
    let seen = sample::seen(&let_in(&json!({})));
    let plan = Plan {
        farewell: Some(Farewell::Left("spec.deletionPolicy: Retain asks for it".into())),
        ..Plan::default()
    };
    let left = AccountLeft { account: "cloakroom-1a2b3c4d".into(), why: "the server is away".into() };
    let done = Done { account_left: Some(left), ..Done::default() };
    insta::assert_snapshot!(lines(&seen, &plan, &done), @r#"
    Normal Retained: realm "acme" is left in Keycloak as it is: spec.deletionPolicy: Retain asks for it
    Warning Retained: our login cloakroom-1a2b3c4d is left in realm "acme", remove it there by hand: the server is away
    "#);
}

#[test]
fn an_object_that_is_not_for_us_keeps_its_status_beside_the_summary() {
    let object = sample::realm(&json!({}), Value::Null);
    let observed = Observed(None);
    let facts: Facts<'_, RealmController> =
        Facts { observed: Some(&observed), valid: None, plan: None, applied: None };
    let outcome = Outcome::of_error(&RealmError::Master);
    insta::assert_debug_snapshot!("not_for_us", report(&object, facts, &outcome, &pass(false)));
}

#[test]
fn what_waits_for_a_client_is_looked_at_at_the_resync_and_what_waits_for_anything_else_sooner() {
    let waits = |role: Value, live: LiveState| {
        let object = let_in(&json!({"roles": {"realmRoles": [role]}}));
        let works = works(&object, &json!({}));
        let found = Live::new(json!({"id": "1", "name": "employee"}));
        let employee = Identity::new(&REALM_ROLE, "employee");
        let live = live
            .links(employee.clone(), &COMPOSITE_OF_ROLE, [])
            .links(employee.clone(), &CLIENT_ROLE_OF_ROLE, [])
            .target(&CLIENT_ROLE_OF_ROLE, "orders>viewer", None)
            .present(employee, found);
        let see = |seen: &mut Seen| {
            works(seen);
            seen.parts = Some(live);
        };
        let (outcome, _) = passed(&object, see, nothing, false);
        (outcome.reason().as_str(), outcome.pace())
    };
    let of_a_client = json!({"name": "employee", "compositeClientRoles": {"orders": ["viewer"]}});
    let mut of_both = of_a_client.clone();
    of_both["compositeRoles"] = json!(["nobody"]);
    assert_eq!(waits(of_a_client, LiveState::new()), ("WaitingForClient", Some(Pace::Resync)));
    let nobody = LiveState::new().absent(Identity::new(&REALM_ROLE, "nobody"));
    assert_eq!(waits(of_both, nobody), ("WaitingForReference", Some(Pace::Waits(ClassName::Wait))));
}

#[test]
fn an_action_that_keycloak_alone_could_have_made_is_looked_for_at_the_resync_and_told_all_the_while() {
    let object = let_in(&json!({"requiredActions": [{"alias": "CONFIGURE_TOTP", "enabled": true}]}));
    let works = works(&object, &json!({}));
    let (outcome, report) = passed(&object, works, nothing, false);
    assert_eq!((outcome.reason().as_str(), outcome.pace()), ("WaitingForReference", Some(Pace::Resync)));
    let told = "spec.requiredActions[CONFIGURE_TOTP]: this realm does not have this action";
    assert!(outcome.message().contains(told), "{}", outcome.message());
    assert!(format!("{report:?}").contains("PartiallyApplied"), "{report:?}");
}

#[test]
fn what_changes_nothing_is_told_once_per_client_and_keeps_the_realm_from_nothing() {
    let object = let_in(&json!({
        "scopeMappings": [{"client": "portal", "roles": ["employee", "guest"]}, {"client": "shop", "roles": ["employee"]}],
        "clientScopeMappings": {"orders": [{"client": "portal", "roles": ["viewer"]}]},
    }));
    let mapped = [
        "client:portal>role:employee",
        "client:portal>role:guest",
        "client:portal>client:orders>role:viewer",
        "client:shop>role:employee",
    ];
    let live = LiveState::new().links(Identity::new(&REALM, "acme"), &SCOPE_MAPPING, mapped);
    let to_portal = mapped.iter().filter(|mapping| mapping.starts_with("client:portal"));
    let live = to_portal.fold(live, |live, mapping| live.without_effect(&SCOPE_MAPPING, mapping));
    let works = works(&object, &json!({}));
    let see = |seen: &mut Seen| {
        works(seen);
        seen.parts = Some(live);
    };
    let (outcome, _) = passed(&object, see, nothing, false);
    assert!(outcome.is_settled(), "{}", outcome.message());
    insta::assert_snapshot!(outcome.message(), @"in sync; spec.clientScopeMappings: client portal has full scope, so its tokens carry all roles of their users and what is mapped to it changes nothing; turn fullScopeAllowed off for the client in Keycloak, or take the entry out; spec.scopeMappings: client portal has full scope, so its tokens carry all roles of their users and what is mapped to it changes nothing; turn fullScopeAllowed off for the client in Keycloak, or take the entry out");
}

#[test]
fn a_realm_that_waits_for_a_slot_says_so_and_does_not_look_for_it() {
    let message = "KeycloakQuota small allows at most 5 (spec.maxRealms)";
    let waits = |_: &Plan| Done {
        waits: Some(RealmError::NoRoom { message: message.to_owned() }),
        ..Done::default()
    };
    let (outcome, report) = passed(&let_in(&json!({})), |_| {}, waits, false);
    assert_eq!(outcome.pace(), Some(Pace::Resync), "it is woken");
    assert_eq!((outcome.reason().as_str(), outcome.message()), ("QuotaExceeded", message));
    let report = format!("{report:?}");
    assert!(report.contains(r#""phase": String("Pending")"#), "{report}");
    assert!(report.contains("notices: [Notice"), "{report}");
    let mut told = let_in(&json!({}));
    told.status.as_mut().unwrap().reason = Some("QuotaExceeded".into());
    let (_, report) = passed(&told, |_| {}, waits, false);
    assert!(format!("{report:?}").contains("notices: []"), "once: {report:?}");
}

#[test]
fn a_realm_that_is_to_be_adopted_and_waits_for_a_slot_is_not_said_to_be_ours() {
    let object =
        sample::realm(&json!({"adopt": true}), json!({"authorization": {"granted": true, "by": "Rbac"}}));
    let theirs = |seen: &mut Seen| {
        seen.live = Some(sample::live("theirs", &json!({"attributes": {"team": "identity"}})));
        seen.permission.adopt_verb = true;
        seen.slot = keycloak_connect::quota::Standing::Open;
    };
    let waits = |plan: &Plan| {
        assert!(matches!(plan.claim, Some(Claim::Adopted { .. })), "{:?}", plan.claim);
        assert!(plan.steps.contains(&Step::TakeSlot));
        Done { waits: Some(RealmError::NoRoom { message: "full".into() }), ..Done::default() }
    };
    let (outcome, report) = passed(&object, theirs, waits, false);
    assert_eq!(outcome.message(), "full");
    assert!(!format!("{report:?}").contains("internalId"), "{report:?}");
}
