use std::sync::Arc;

use controller_runtime::{Applied, Fence, Key, Lane, Term};
use jiff::Timestamp;
use keycloak_connect::Realm;
use keycloak_crds::KeycloakRealm;
use serde_json::{Value, json};

use super::*;
use crate::{
    apply::{OutputDone, SecretDone},
    ground::Observed,
    sample::{self, live},
    teardown::Farewell,
    validate::Valid,
};

fn pass(deleting: bool) -> Pass {
    Pass {
        key: Key::namespaced("acme", "portal"),
        uid: "5b2f9c1e-0d0a-4a39-8a55-0b8e4b9f9b11".into(),
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

/// A whole pass without servers: what was found, and what it leads to.
fn passed(object: &KeycloakClient, ground: Ground, done: Done) -> (Outcome, Report) {
    let deleting = object.metadata.deletion_timestamp.is_some();
    let plan = if deleting { plan::teardown(object, &ground) } else { plan::plan(object, &ground) };
    let observed = Observed(Some(Box::new(ground)));
    let applied = Applied::all(done);
    let facts =
        Facts { observed: Some(&observed), valid: Some(&Valid), plan: Some(&plan), applied: Some(&applied) };
    let pass = pass(deleting);
    let outcome = outcome(facts, &pass);
    let report = report(object, facts, &outcome, &pass);
    (outcome, report)
}

fn settled() -> Done {
    Done {
        record: Some(keycloak_plan::OwnedRecord::default()),
        owned: Some(keycloak_crds::record::Owned {
            record: Some(keycloak_plan::OwnedRecord::default().encode()),
            ..Default::default()
        }),
        internal_id: Some("id-1".into()),
        is_public: Some(false),
        secret: Some(SecretDone {
            name: "portal-credentials".into(),
            how: SecretWrite::Nothing,
            origin: Origin::Keycloak,
        }),
        ..Done::default()
    }
}

fn ours(object: &KeycloakClient, found: &Value) -> Ground {
    let mut ground = sample::ground(object);
    ground.live = Some(live(found));
    ground.claim = Some(Claim::Ours { proof: Some(keycloak_plan::Proof::Mark), mark_drifted: false });
    ground
}

#[test]
fn a_client_in_sync_is_ready_and_nothing_is_told() {
    let object = sample::client(&json!({}), Value::Null);
    let (outcome, report) = passed(&object, ours(&object, &json!({})), settled());
    assert_eq!(outcome, Outcome::settled(reason(Reason::InSync), IN_SYNC));
    insta::assert_debug_snapshot!(report);
}

#[test]
fn a_record_that_was_lost_is_told_beside_a_client_that_is_in_sync() {
    let object = sample::client(&json!({}), Value::Null);
    let mut ground = ours(&object, &json!({}));
    ground.lost_record = Some("ConfigMap acme/portal-owned-1a2b3c4d is gone".into());
    let (outcome, report) = passed(&object, ground, settled());
    assert!(outcome.is_settled(), "{}", outcome.message());
    let told = format!("{report:?}");
    assert!(told.contains("ConfigMap acme/portal-owned-1a2b3c4d is gone"), "{told}");
    assert!(told.contains("warning: true"), "{told}");
}

#[test]
fn a_frozen_client_says_what_would_be_done_and_what_was_changed_by_others() {
    let fields = json!({"suspend": true, "redirectUris": ["https://portal.example.com/"]});
    let object = sample::client(&fields, Value::Null);
    let (outcome, report) = passed(&object, ours(&object, &json!({"redirectUris": []})), Done::default());
    assert_eq!(outcome.message(), "not done because of spec.suspend: true: 1 to change");
    let told = format!("{report:?}");
    assert!(told.contains("\"Planned\", truth: True, reason: Reason(\"Suspended\")"), "{told}");
    assert!(told.contains("Paused"), "{told}");
}

#[test]
fn a_path_that_cannot_be_applied_is_left_out_by_name_and_the_rest_is_done() {
    let fields = json!({"attributes": {"realm_client": "true"}});
    let object = sample::client(&fields, Value::Null);
    let (outcome, report) = passed(&object, ours(&object, &json!({})), settled());
    insta::assert_snapshot!(outcome.message());
    assert!(format!("{report:?}").contains("PartiallyApplied"));
}

#[test]
fn a_pass_that_fails_forgets_no_secret_that_may_still_be_there() {
    let children_before = ["Secret/portal-credentials", "Secret/argo", "Secret/gone"];
    let status = json!({"credentialsSecret": "portal-credentials", "childResources": children_before});
    let object = sample::client(&json!({}), status);
    let ground = sample::ground(&object);
    let done = Done {
        outputs: vec![OutputDone { name: "proxy".into(), how: SecretWrite::Made }],
        withdrawn: vec![("gone".into(), keycloak_connect::secret::Withdrawn::Deleted)],
        ..settled()
    };
    assert_eq!(children(&ground, &done, false), ["Secret/portal-credentials", "Secret/argo", "Secret/proxy"]);
    assert_eq!(children(&ground, &done, true), ["Secret/portal-credentials", "Secret/proxy"]);
}

#[test]
fn the_secret_of_before_is_named_until_it_is_taken_back_or_let_go() {
    let status = json!({"credentialsSecret": "portal-credentials"});
    let object = sample::client(&json!({"secretName": "oidc"}), status);
    let old = "portal-credentials".to_owned();
    let withdrawn = vec![(old.clone(), keycloak_connect::secret::Withdrawn::Deleted)];
    for (done, expected) in [
        (settled(), "portal-credentials"),
        (Done { withdrawn, ..settled() }, "oidc"),
        (Done { released: Some(old), ..settled() }, "oidc"),
    ] {
        let secret = SecretDone { name: "oidc".into(), how: SecretWrite::Made, origin: Origin::Keycloak };
        let mut ground = ours(&object, &json!({}));
        ground.old_secret = Some(sample::secret("x", &json!({})));
        let (_, report) = passed(&object, ground, Done { secret: Some(secret), ..done });
        let told = format!("{report:?}");
        assert!(told.contains(&format!("\"credentialsSecret\": String(\"{expected}\")")), "{told}");
        assert!(told.contains("String(\"Secret/oidc\")"), "{told}");
    }
}

#[test]
fn a_client_of_before_is_not_in_a_new_realm_of_the_same_name_until_it_is_found_there() {
    let uid = "0f3c2a91-7f6e-4c0a-9a51-2f6f0c1f7c11";
    let realm: KeycloakRealm = serde_json::from_value(json!({
        "apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm",
        "metadata": {"namespace": "realms", "name": "acme", "uid": uid},
        "spec": {"realmName": "acme", "operatorRef": {"namespace": "platform", "name": "keycloak"}},
    }))
    .unwrap();
    let realm = Arc::new(Realm::of(realm).unwrap());
    let told = |status: Value, done: Done| {
        let object = sample::client(&json!({}), status);
        let mut ground = sample::ground(&object);
        ground.realm = Some(Arc::clone(&realm));
        ground.live = Some(client::Observed::Absent);
        let (_, report) = passed(&object, ground, done);
        format!("{report:?}")
    };
    let waits = || {
        let waits = ClientError::NoRoom { message: "no room".into() };
        Done { waits: Some(waits), ..Done::default() }
    };
    let of_now = format!("\"realmUid\": String(\"{uid}\")");
    let record = keycloak_plan::OwnedRecord::default().encode();
    let of_before = json!({"internalId": "id-0", "owned": {"record": record}, "realmUid": "of before"});
    let waiting = told(of_before.clone(), waits());
    assert!(waiting.contains("\"keycloakInstance\": String(\"platform/keycloak\")"), "{waiting}");
    assert!(!waiting.contains("realmUid"), "{waiting}");
    let made = told(of_before, settled());
    assert!(made.contains(&of_now) && made.contains("\"internalId\": String(\"id-1\")"), "{made}");
    let never_made = told(Value::Null, waits());
    assert!(
        never_made.contains(&of_now),
        "where to look for what a pass made and could not tell of: {never_made}"
    );
}

#[test]
fn an_approval_that_is_not_for_these_steps_is_told() {
    let kept = |approval| Made {
        plan: {
            let object = sample::client(&json!({}), Value::Null);
            let ground = ours(&object, &json!({}));
            plan::make(&ground, ground.site().unwrap(), ground.live.as_ref(), plan::Credential::None)
                .unwrap()
                .plan
        },
        credential: plan::Credential::None,
        approvals: keycloak_plan::Approvals::default(),
        approval,
        is_adopted: false,
    };
    let accepted = outcome_of(&kept(Approval::Accepted));
    assert_eq!(accepted.class(), Some(Class::Retry(reason(Reason::ApprovalAccepted))));
    let refused = keycloak_plan::NotAccepted::OtherSteps { hash: "1".into(), expected: "2".into() };
    let refused = outcome_of(&kept(Approval::NotAccepted(refused)));
    assert_eq!(refused.class(), Some(Class::Stall(reason(Reason::ApprovalMismatch))));
}

#[test]
fn a_deletion_says_what_became_of_the_client() {
    let mut object = sample::client(&json!({"deletionPolicy": "Retain"}), Value::Null);
    object.metadata.deletion_timestamp = Some(Time(Timestamp::from_second(1).unwrap()));
    let farewell = Farewell::Left("spec.deletionPolicy is Retain");
    let mut ground = sample::ground(&object);
    ground.farewell = Some(farewell.clone());
    let (outcome, report) = passed(&object, ground, Done { farewell: Some(farewell), ..Done::default() });
    assert!(outcome.is_settled());
    assert!(format!("{report:?}").contains("the client is left in Keycloak"));
}

#[test]
fn an_open_breaker_does_not_cost_one_write_per_client() {
    let object = sample::client(&json!({}), Value::Null);
    let mut ground = sample::ground(&object);
    let source = keycloak_admin::AdminError::BreakerOpen {
        operation: "client_by_client_id",
        retry_after: std::time::Duration::from_secs(17),
    };
    let class = keycloak_connect::admin_class(&source);
    let source = keycloak_sync::SyncError::Call {
        verb: keycloak_sync::Verb::Read,
        object: keycloak_sync::client::identity("portal"),
        source: Box::new(source),
    };
    ground.obstacle = Some(ClientError::Sync { source: Box::new(source), class });
    let (_, report) = passed(&object, ground, Done::default());
    assert!(format!("{report:?}").contains("held: true"));
}

#[test]
fn a_record_that_was_lost_is_told_and_one_that_never_was_is_not() {
    let kept = keycloak_plan::OwnedRecord::default().encode();
    for (owned, is_told) in [
        (json!({"record": "cloakroom-owned:1:0000:{}"}), true),
        (json!({"record": kept}), false),
        (json!({}), false),
    ] {
        let object = sample::client(&json!({}), json!({"owned": owned}));
        let (_, report) = passed(&object, sample::ground(&object), settled());
        let told = format!("{report:?}");
        let sentence = keycloak_plan::LostRecord::Corrupt.to_string();
        assert_eq!(told.contains(&sentence), is_told, "{told}");
    }
}
