//! What a spec asks of the rotation of secrets, and what a live realm has of it.

use http::StatusCode;
use keycloak_admin::types::ClientPoliciesRepresentation;
use keycloak_admin::{Class, KeycloakMessage};
use keycloak_plan::{Approvals, OwnedRecord, Plan};
use serde_json::json;

use super::*;
use crate::realm::parts;

fn spec(policy: &Value) -> KeycloakRealmSpec {
    let spec = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}, "secretRotation": policy});
    serde_json::from_value(spec).unwrap()
}

/// A profile and a policy that somebody else made, with a field that we do not know.
fn theirs() -> [Value; 2] {
    let executor = json!({"executor": "pkce-enforcer", "configuration": {"auto-configure": true}});
    let condition = json!({"condition": "any-client", "configuration": {}});
    [
        json!({"name": "strict", "description": "Theirs", "executors": [executor], "level": 3}),
        json!({"name": "all", "enabled": true, "conditions": [condition], "profiles": ["strict"], "mode": "log"}),
    ]
}

fn ours(expiration: i32) -> [Value; 2] {
    let configuration = json!({"expiration-period": expiration, "rotated-expiration-period": 172_800,
        "remaining-rotation-period": 864_000});
    let told = "Made by Cloakroom from spec.secretRotation of the realm; changes are undone";
    let condition = json!({"condition": "client-access-type", "configuration": {"type": ["confidential"]}});
    [
        json!({"name": NAME, "description": told,
            "executors": [{"executor": "secret-rotation", "configuration": configuration}]}),
        json!({"name": NAME, "description": told, "enabled": true, "conditions": [condition], "profiles": [NAME]}),
    ]
}

/// A realm as Keycloak answers it, with these profiles and policies.
fn realm(entries: &[[Value; 2]]) -> RealmRepresentation {
    let of = |which: usize| entries.iter().map(|entry| entry[which].clone()).collect::<Vec<_>>();
    let realm = json!({"id": "1", "realm": "acme", "clientProfiles": {"profiles": of(0)}, "clientPolicies": {"policies": of(1)}});
    serde_json::from_value(realm).unwrap()
}

/// The plan of such a realm, and the record after it.
fn plan(asked: &Value, live: &RealmRepresentation, record: &OwnedRecord) -> (Plan, OwnedRecord) {
    let spec = spec(asked);
    let wanted = parts::wanted(&spec);
    let state = parts::look_at(&wanted, record, live, live, observe);
    parts::planned(&spec, live, &state, record, &Approvals::default())
}

/// The realm after the only step of a plan, as its calls leave it: with the two documents, read and written.
fn after(plan: &Plan, live: &RealmRepresentation) -> RealmRepresentation {
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    let mut live = live.clone();
    let (profiles, policies) =
        (live.client_profiles.as_mut().unwrap(), live.client_policies.as_mut().unwrap());
    let changed = match step.action {
        Action::Create | Action::Update => {
            [document::put_profile(profiles, body(step).unwrap()), document::put_policy(policies)]
        }
        Action::Delete => [document::take_policy(policies), document::take_profile(profiles)],
        other => panic!("{other:?}"),
    };
    assert!(changed.contains(&true), "{step:?}");
    live
}

fn entries(live: &RealmRepresentation) -> Value {
    json!([live.client_profiles, live.client_policies])
}

fn entries_of(all: &[[Value; 2]]) -> Value {
    entries(&realm(all))
}

#[test]
fn profile_and_policy_are_put_beside_those_of_others_and_then_nothing_is_to_be_done() {
    let live = realm(&[theirs()]);
    let asked = json!({"expirationPeriod": 7_776_000});
    let (made, record) = plan(&asked, &live, &OwnedRecord::default());
    assert_eq!(made.steps[0].action, Action::Create);
    let live = after(&made, &live);
    assert_eq!(entries(&live), entries_of(&[theirs(), ours(7_776_000)]));
    let (again, record) = plan(&asked, &live, &record);
    assert!(again.is_converged(), "{:?} {:?}", again.steps, again.findings);
    let (again, _) = plan(&asked, &live, &record);
    assert!(again.is_converged(), "{:?} {:?}", again.steps, again.findings);
    let (anew, _) = plan(&asked, &live, &OwnedRecord::default());
    assert!(anew.is_converged(), "{:?} {:?}", anew.steps, anew.findings);
}

#[test]
fn nothing_but_the_field_makes_the_usual_periods_and_each_period_is_changed_by_itself() {
    let none = realm(&[]);
    let (made, record) = plan(&json!({}), &none, &OwnedRecord::default());
    let live = after(&made, &none);
    assert_eq!(entries(&live), entries_of(&[ours(2_505_600)]));
    for field in ["expirationPeriod", "rotatedExpirationPeriod", "remainingRotationPeriod"] {
        let asked = json!({ field: 1_000_000 });
        let (changed, _) = plan(&asked, &live, &record);
        let paths: Vec<String> = changed
            .steps
            .iter()
            .flat_map(|step| &step.changes)
            .map(|change| change.path.to_string())
            .collect();
        assert_eq!(paths, [field]);
        let (again, _) = plan(&asked, &after(&changed, &live), &OwnedRecord::default());
        assert!(again.is_converged(), "{field}: {:?} {:?}", again.steps, again.findings);
    }
}

#[test]
fn whatever_somebody_makes_of_our_entries_is_set_back() {
    let (made, record) = plan(&json!({}), &realm(&[theirs()]), &OwnedRecord::default());
    let right = after(&made, &realm(&[theirs()]));
    let bent = |which: usize, at: &str, value: Value| {
        let mut entry = ours(2_505_600);
        let (above, field) = at.rsplit_once('/').unwrap();
        entry[which].pointer_mut(above).unwrap()[field] = value;
        realm(&[theirs(), entry])
    };
    let [strict, _] = theirs();
    let both = json!([ours(2_505_600)[0]["executors"][0], strict["executors"][0]]);
    for (which, at, value) in [
        (1, "/enabled", json!(false)),
        (1, "/conditions", json!([])),
        (1, "/profiles", json!([NAME, "strict"])),
        (0, "/executors", json!([])),
        (0, "/executors", both),
    ] {
        let live = bent(which, at, value);
        let (drifted, _) = plan(&json!({}), &live, &record);
        assert_eq!(drifted.steps.len(), 1, "{:?}", drifted.steps);
        assert_eq!(drifted.steps[0].action, Action::Update);
        assert!(drifted.approval().is_none());
        assert_eq!(entries(&after(&drifted, &live)), entries(&right));
    }
    // Half of it is gone: as after a crash between the two calls.
    for (profiles, policies) in [(true, false), (false, true)] {
        let mut live = right.clone();
        if !profiles {
            document::take_profile(live.client_profiles.as_mut().unwrap());
        }
        if !policies {
            document::take_policy(live.client_policies.as_mut().unwrap());
        }
        let (drifted, _) = plan(&json!({}), &live, &record);
        assert_eq!(drifted.steps[0].action, Action::Update);
        assert_eq!(entries(&after(&drifted, &live)), entries(&right));
    }
}

#[test]
fn what_the_admin_console_writes_otherwise_is_no_difference() {
    let [mut profile, mut policy] = ours(7_776_000);
    profile["description"] = json!("Another");
    profile["executors"][0]["configuration"] = json!({"expiration-period": "7776000"});
    policy["conditions"][0]["configuration"]["is-negative-logic"] = json!(false);
    let (plan, _) =
        plan(&json!({"expirationPeriod": 7_776_000}), &realm(&[[profile, policy]]), &OwnedRecord::default());
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
}

#[test]
fn what_we_made_goes_with_the_field_without_an_approval_and_what_was_there_stays() {
    let before = realm(&[theirs()]);
    let (made, record) = plan(&json!({}), &before, &OwnedRecord::default());
    let live = after(&made, &before);
    let (gone, _) = plan(&json!(null), &live, &record);
    assert_eq!((gone.steps[0].action, gone.approval()), (Action::Delete, None));
    assert_eq!(entries(&after(&gone, &live)), entries(&before));

    let (_, adopted) = plan(&json!({}), &live, &OwnedRecord::default());
    let (left, record) = plan(&json!(null), &live, &adopted);
    assert!(left.steps.is_empty(), "{:?}", left.steps);
    assert_eq!(record.objects().count(), 0);
}

#[test]
fn a_profile_that_a_policy_of_somebody_else_applies_is_seen() {
    let mut policies: ClientPoliciesRepresentation =
        serde_json::from_value(json!({"policies": [theirs()[1], ours(3_600)[1]]})).unwrap();
    assert!(document::take_policy(&mut policies));
    assert!(!document::take_policy(&mut policies), "it is gone");
    assert!(!document::is_named(&policies));
    let mut policy = theirs()[1].clone();
    policy["profiles"] = json!(["strict", NAME]);
    let policies: ClientPoliciesRepresentation =
        serde_json::from_value(json!({ "policies": [policy] })).unwrap();
    assert!(document::is_named(&policies));
}

#[test]
fn what_holds_is_told_as_it_was_read_and_as_it_was_written_since() {
    let none = realm(&[theirs()]);
    let held = |live: &RealmRepresentation, plan: &Plan| rotation_in_force(Some(live), plan.steps.iter());
    let (made, record) = plan(&json!({"expirationPeriod": 7_776_000}), &none, &OwnedRecord::default());
    let policy = SecretRotationPolicy::of([7_776_000, 172_800, 864_000]);
    assert_eq!(held(&none, &made), Some(policy.clone()));
    assert_eq!(rotation_in_force(Some(&none), std::iter::empty()), None);
    assert_eq!(rotation_in_force(None, std::iter::empty()), None);
    let live = after(&made, &none);
    assert_eq!(rotation_in_force(Some(&live), std::iter::empty()), Some(policy));
    let (gone, _) = plan(&json!(null), &live, &record);
    assert_eq!(held(&live, &gone), None);
    let [profile, mut policy] = ours(7_776_000);
    policy["enabled"] = json!(false);
    assert_eq!(
        rotation_in_force(Some(&realm(&[[profile, policy]])), std::iter::empty()),
        None,
        "switched off"
    );
}

#[test]
fn a_rotation_is_exported_so_that_applying_it_changes_nothing_and_others_are_named_as_left_out() {
    let alone = realm(&[ours(7_776_000)]);
    for (live, is_alone) in [(&alone, true), (&realm(&[theirs(), ours(7_776_000)]), false)] {
        let mut exported = spec(&json!(null));
        let said = export(live, &mut exported);
        assert_eq!(said.contains(&"spec.clientPolicies"), is_alone);
        let policy = json!(exported.secret_rotation);
        assert_eq!(policy["expirationPeriod"], 7_776_000);
        let (plan, _) = plan(&policy, live, &OwnedRecord::default());
        assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    }
    let [profile, mut policy] = ours(7_776_000);
    policy["conditions"] = json!([{"condition": "any-client", "configuration": {}}]);
    for live in [realm(&[]), realm(&[theirs()]), realm(&[[profile, policy]]), realm(&[ours(60)])] {
        let mut exported = spec(&json!(null));
        assert!(export(&live, &mut exported).is_empty());
        assert_eq!(exported.secret_rotation, None);
    }
}

#[test]
fn periods_that_cannot_be_are_told_with_what_to_write_instead() {
    let mut told = Vec::new();
    for asked in [
        json!({"expirationPeriod": 60}),
        json!({"expirationPeriod": 86_400}),
        json!({"expirationPeriod": 864_000, "rotatedExpirationPeriod": -1, "remainingRotationPeriod": 864_001}),
    ] {
        let (mut wanted, mut refused) = (Wanted::default(), Vec::new());
        desired(&spec(&asked), &mut wanted, &mut refused);
        assert!(wanted.objects.is_empty());
        told.extend(refused.iter().map(ToString::to_string));
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    spec.secretRotation.expirationPeriod: 60 seconds are no time to hand a secret out; write at least 3600
    spec.secretRotation.rotatedExpirationPeriod: 172800 seconds are longer than expirationPeriod, or shorter than nothing; write 0 to 86400
    spec.secretRotation.remainingRotationPeriod: 864000 seconds are longer than expirationPeriod, or shorter than nothing; write 0 to 86400
    spec.secretRotation.rotatedExpirationPeriod: -1 seconds are longer than expirationPeriod, or shorter than nothing; write 0 to 864000
    spec.secretRotation.remainingRotationPeriod: 864001 seconds are longer than expirationPeriod, or shorter than nothing; write 0 to 864000
    ");
}

/// What becomes of an answer to the profiles of this realm.
fn answered(live: &RealmRepresentation, status: StatusCode, text: &str) -> SyncError {
    let (made, _) = plan(&json!({}), &realm(&[]), &OwnedRecord::default());
    let message = KeycloakMessage { error: None, text: Some(text.to_owned()) };
    let error = AdminError::Answer { operation: "client_profiles_update", status, message };
    refused(&made.steps[0], live.client_profiles.as_ref().unwrap(), error)
}

#[test]
fn a_server_without_the_feature_is_told_from_one_that_refuses_for_another_reason() {
    let text = "proposed client profile contains the executor, which does not have valid provider, or has invalid configuration.";
    let off = answered(&realm(&[ours(2_505_600)]), StatusCode::BAD_REQUEST, text);
    assert_eq!(off.class(), Class::Stall);
    insta::assert_snapshot!(off, @"refused by the server: spec.secretRotation: this server has the feature client-secret-rotation turned off; start it with --features=client-secret-rotation");
    let off = answered(&realm(&[theirs(), ours(2_505_600)]), StatusCode::BAD_REQUEST, text);
    insta::assert_snapshot!(off, @"refused by the server: spec.secretRotation: this server has the feature client-secret-rotation turned off; start it with --features=client-secret-rotation; if it is turned on, the server does not have what another client profile of the realm asks for: strict");
    for (status, text) in [
        (StatusCode::BAD_REQUEST, "proposed client profile name duplicated."),
        (StatusCode::SERVICE_UNAVAILABLE, text),
    ] {
        let error = answered(&realm(&[theirs()]), status, text);
        assert!(matches!(error, SyncError::Call { verb: Verb::Create, .. }), "{error}");
    }
}
