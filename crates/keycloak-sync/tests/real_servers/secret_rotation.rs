//! Rotation of clients' secrets, by the login that the realm controller has. The servers of the tests run without the feature
//! `client-secret-rotation`: what they do without it is shown here, what is written with it in the tests of the module itself.

use controller_testkit::{KeycloakServer, realm as thing};
use http::Method;
use serde_json::{Value, json};

use crate::stage::{Room, on_each_version};

on_each_version!(
    a_server_without_the_feature_says_so_and_everything_else_is_applied,
    profiles_and_policies_of_others_stay_whatever_is_asked,
    the_example_of_the_guide_makes_its_realm_and_is_told_what_the_server_lacks,
);

const PROFILES: &str = "client-policies/profiles";
const POLICIES: &str = "client-policies/policies";

fn asks(further: &Value) -> Value {
    let mut asks =
        json!({"secretRotation": {"expirationPeriod": 7_776_000, "rotatedExpirationPeriod": 604_800}});
    asks.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    asks
}

async fn both(room: &Room) -> [Value; 2] {
    [room.gets(PROFILES).await, room.gets(POLICIES).await]
}

async fn a_server_without_the_feature_says_so_and_everything_else_is_applied(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    // The realm is made in the same pass.
    let applied = room.tries(&asks(&json!({"displayName": "Acme"}))).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    insta::allow_duplicates! {
        insta::assert_snapshot!(failure, @"refused by the server: spec.secretRotation: this server has the feature client-secret-rotation turned off; start it with --features=client-secret-rotation");
    }
    assert_eq!(applied.record.pending().count(), 0, "nothing of it was made");
    let realm = thing(room.name());
    assert_eq!(room.console().sees_field(&realm, "displayName").await, "Acme");
    let before = both(&room).await;

    let applied = room.tries(&asks(&json!({"displayName": "Acme Inc."}))).await;
    assert_eq!(applied.failed.len(), 1, "{applied:?}");
    assert_eq!(room.console().sees_field(&realm, "displayName").await, "Acme Inc.");
    assert_eq!(both(&room).await, before);

    // Without the field nothing is left to do, and nothing is looked for.
    let (plan, calls) = room.passes(&json!({"displayName": "Acme Inc."})).await;
    calls.expect("a pass without the field").writes(0).reads(1);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn profiles_and_policies_of_others_stay_whatever_is_asked(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let executor = json!({"executor": "reject-ropc-grant", "configuration": {"auto-configure": true}});
    let condition = json!({"condition": "any-client", "configuration": {}});
    let profile = json!({"name": "no-passwords", "description": "Theirs", "executors": [executor]});
    let policy = json!({"name": "everybody", "enabled": true, "conditions": [condition], "profiles": ["no-passwords"]});
    room.does(Method::PUT, PROFILES, Some(json!({ "profiles": [profile] }))).await;
    room.does(Method::PUT, POLICIES, Some(json!({ "policies": [policy] }))).await;
    let before = both(&room).await;
    assert_eq!(before[0]["profiles"][0]["name"], "no-passwords");
    assert_eq!(before[1]["policies"][0]["profiles"], json!(["no-passwords"]));

    let applied = room.tries(&asks(&json!({"displayName": "Acme"}))).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    insta::allow_duplicates! {
        insta::assert_snapshot!(failure, @"refused by the server: spec.secretRotation: this server has the feature client-secret-rotation turned off; start it with --features=client-secret-rotation; if it is turned on, the server does not have what another client profile of the realm asks for: no-passwords");
    }
    assert_eq!(both(&room).await, before);
    room.passes(&json!({"displayName": "Acme Inc."})).await;
    assert_eq!(both(&room).await, before, "a change of the settings");
    room.leaves().await;
}

async fn the_example_of_the_guide_makes_its_realm_and_is_told_what_the_server_lacks(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide/realm/secret-rotation.yaml");
    let example: Value = serde_yaml_ng::from_str(&std::fs::read_to_string(example).unwrap()).unwrap();
    let mut fields = example["spec"].clone();
    fields["realmName"] = json!(room.name());
    assert!(fields["secretRotation"].is_object(), "{fields}");
    let applied = room.tries(&fields).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    assert!(failure.to_string().contains("--features=client-secret-rotation"), "{failure}");
    fields.as_object_mut().unwrap().remove("secretRotation");
    let (plan, calls) = room.passes(&fields).await;
    calls.expect("the rest was applied").writes(0);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}
