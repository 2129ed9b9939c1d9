//! Required actions of a realm, by the login that the realm controller has.

use controller_testkit::KeycloakServer;
use http::{Method, StatusCode};
use keycloak_admin::types::RequiredActionProviderRepresentation;
use keycloak_crds::reference::OperatorRef;
use keycloak_plan::kinds::REQUIRED_ACTION;
use keycloak_plan::{Action, Desired};
use keycloak_sync::realm;
use serde_json::{Value, json};

use crate::stage::{Room, on_each_version};

on_each_version!(
    an_action_of_keycloaks_own_is_changed_verified_and_let_go_in_the_promised_calls,
    drift_of_an_action_is_repaired_and_what_others_set_stays,
    an_action_that_was_taken_out_is_told_and_one_that_we_register_is_deleted_with_its_line,
    an_action_that_the_server_does_not_have_is_told_with_those_that_it_has,
    a_config_that_keycloak_refuses_is_told,
    an_action_whose_config_was_refused_once_it_was_registered_is_ours,
    only_what_differs_from_what_keycloak_makes_is_exported,
);

const TOTP: &str = "authentication/required-actions/CONFIGURE_TOTP";

fn asks(action: &Value) -> Value {
    json!({"requiredActions": [action]})
}

async fn an_action_of_keycloaks_own_is_changed_verified_and_let_go_in_the_promised_calls(
    server: KeycloakServer,
) {
    let mut room = Room::new(server).await;
    let asked = asks(&json!({"alias": "CONFIGURE_TOTP", "defaultAction": true, "priority": 5}));
    let (plan, calls) = room.passes(&asked).await;
    calls.expect("making the realm").writes(1);
    assert_eq!(plan.findings.unresolved.len(), 1, "{:?}", plan.findings);
    let before = room.gets(TOTP).await;
    let (_, calls) = room.passes(&asked).await;
    calls.expect("changing the action, once it is there").writes(1).reads(2);
    let seen = room.gets(TOTP).await;
    assert_eq!((&seen["defaultAction"], &seen["priority"]), (&json!(true), &json!(5)));
    assert_eq!(
        (&seen["name"], &seen["enabled"]),
        (&before["name"], &before["enabled"]),
        "what nobody asks for"
    );
    let (plan, calls) = room.passes(&asked).await;
    calls.expect("a pass with nothing changed").writes(0).reads(2);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let changed = asks(&json!({"alias": "CONFIGURE_TOTP", "name": "Second factor", "enabled": false,
        "config": {"max_auth_age": "120"}}));
    let (_, calls) = room.passes(&changed).await;
    calls.expect("changing it and its config").writes(2).reads(2);
    let seen = room.gets(TOTP).await;
    assert_eq!((&seen["name"], &seen["enabled"]), (&json!("Second factor"), &json!(false)));
    assert_eq!(seen["config"]["max_auth_age"], "120");
    assert_eq!(seen["priority"], 5, "released, and left as it is");

    let (plan, calls) = room.passes(&json!({})).await;
    calls.expect("an action of Keycloak's own that leaves").writes(0).reads(2);
    assert!(plan.steps.is_empty(), "{:?}", plan.steps);
    assert_eq!(room.gets(TOTP).await["name"], "Second factor");
    let (_, calls) = room.passes(&json!({})).await;
    calls.expect("a pass where nobody declares one").writes(0).reads(1);
    room.leaves().await;
}

async fn drift_of_an_action_is_repaired_and_what_others_set_stays(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let asked =
        asks(&json!({"alias": "CONFIGURE_TOTP", "defaultAction": true, "config": {"max_auth_age": "120"}}));
    room.passes(&asked).await;
    room.passes(&asked).await;
    let mut by_hand = room.gets(TOTP).await;
    by_hand["defaultAction"] = json!(false);
    by_hand["name"] = json!("By hand");
    by_hand["config"] = json!({"max_auth_age": "7", "add-recovery-codes": "true"});
    room.does(Method::PUT, TOTP, Some(by_hand)).await;
    let (_, calls) = room.passes(&asked).await;
    calls.expect("repairing the action and its config").writes(2).reads(2);
    let seen = room.gets(TOTP).await;
    assert_eq!((&seen["defaultAction"], &seen["name"]), (&json!(true), &json!("By hand")));
    assert_eq!(seen["config"], json!({"max_auth_age": "120", "add-recovery-codes": "true"}));
    let (plan, _) = room.passes(&asked).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn an_action_that_was_taken_out_is_told_and_one_that_we_register_is_deleted_with_its_line(
    server: KeycloakServer,
) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    room.does(Method::DELETE, TOTP, None).await;
    let asked = asks(&json!({"alias": "CONFIGURE_TOTP", "enabled": true}));
    let (plan, calls) = room.passes(&asked).await;
    calls.expect("an action of Keycloak's own that is not there").writes(0).reads(2);
    let told: Vec<String> = plan.findings.unresolved.iter().map(realm::missing).collect();
    assert!(
        told[0].starts_with("spec.requiredActions[CONFIGURE_TOTP]: this realm does not have"),
        "{told:?}"
    );

    // Every provider of these servers is one of an action of Keycloak's own, so this stands for one that somebody added.
    let fields = json!({"name": "Ours", "enabled": false, "defaultAction": true, "priority": 7, "config": {"max_auth_age": "120"}});
    let desired = Desired::new(&REQUIRED_ACTION, "CONFIGURE_TOTP", fields.as_object().unwrap().clone());
    let applied = room.makes::<RequiredActionProviderRepresentation>(&desired).await;
    assert!(applied.is_complete(), "{:?}", applied.failed);
    let mut seen = room.gets(TOTP).await;
    let name = ["alias", "providerId"].map(|field| seen.as_object_mut().unwrap().remove(field).unwrap());
    assert_eq!((name, seen), (["CONFIGURE_TOTP", "CONFIGURE_TOTP"].map(Value::from), fields));
    let (plan, calls) = room.passes(&json!({})).await;
    calls.expect("deleting it with its line").writes(1).reads(2);
    assert_eq!(plan.steps[0].action, Action::Delete);
    assert_eq!(room.calls(Method::GET, TOTP, None).await.0, StatusCode::NOT_FOUND);
    room.leaves().await;
}

async fn an_action_that_the_server_does_not_have_is_told_with_those_that_it_has(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let applied = room.tries(&asks(&json!({"alias": "acme-survey"}))).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    let told = failure.to_string();
    let begins = "cannot create required action acme-survey: spec.requiredActions[acme-survey]: this Keycloak has no provider of \
                  this name; write one of ";
    assert!(told.starts_with(begins) && told.contains("CONFIGURE_TOTP, "), "{told}");
    assert_eq!(applied.record.pending().count(), 0, "what was not sent is not pending");
    let applied = room.tries(&asks(&json!({"alias": "survey", "providerId": "CONFIGURE_TOTP"}))).await;
    // On every server the same.
    insta::allow_duplicates! {
        insta::assert_snapshot!(applied.failed[0], @"cannot create required action survey: spec.requiredActions[survey].providerId: Keycloak gives a new action the name of its provider; write alias: CONFIGURE_TOTP");
    }
    room.leaves().await;
}

async fn a_config_that_keycloak_refuses_is_told(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let asked = asks(&json!({"alias": "CONFIGURE_TOTP", "config": {"max_auth_age": "soon"}}));
    let applied = room.tries(&asked).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    let told = failure.to_string();
    assert!(
        told.starts_with("cannot update required action CONFIGURE_TOTP: required_action_config_update: "),
        "{told}"
    );
    assert!(told.ends_with("(to change: spec.requiredActions[].config[max_auth_age])"), "{told}");
    room.leaves().await;
}

async fn only_what_differs_from_what_keycloak_makes_is_exported(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    let read = async |room: &Room| {
        let live = realm::read_whole(room.api(), room.name()).await.unwrap().unwrap();
        realm::export(&live, OperatorRef::default())
    };
    let untouched = read(&room).await;
    assert_eq!(json!(untouched.spec.required_actions), json!(null));
    assert!(!untouched.left_out.contains(&"spec.requiredActions".to_owned()), "{:?}", untouched.left_out);
    let asked = asks(&json!({"alias": "VERIFY_EMAIL", "defaultAction": true}));
    room.passes(&asked).await;
    let exported = read(&room).await.spec;
    assert_eq!(json!(exported.required_actions), json!([{"alias": "VERIFY_EMAIL", "defaultAction": true}]));
    let plan = room.plans_anew(&exported).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn an_action_whose_config_was_refused_once_it_was_registered_is_ours(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    room.does(Method::DELETE, TOTP, None).await;
    // It stands for one that somebody added to the server.
    let fields = json!({"config": {"max_auth_age": "soon"}});
    let desired = Desired::new(&REQUIRED_ACTION, "CONFIGURE_TOTP", fields.as_object().unwrap().clone());
    let applied = room.makes::<RequiredActionProviderRepresentation>(&desired).await;
    let [failure] = applied.failed.as_slice() else { panic!("{applied:?}") };
    let told = failure.to_string();
    assert!(
        told.starts_with("cannot update required action CONFIGURE_TOTP: required_action_config_update: "),
        "{told}"
    );
    assert_eq!(room.gets(TOTP).await["alias"], "CONFIGURE_TOTP", "it is registered");
    let pending: Vec<_> = applied.record.pending().cloned().collect();
    assert_eq!(pending, [desired.identity().clone()], "and it was made by us");
    let (plan, calls) = room.passes(&json!({})).await;
    calls.expect("deleting it, as nobody asks for it").writes(1);
    assert_eq!(plan.steps[0].action, Action::Delete);
    assert_eq!(room.calls(Method::GET, TOTP, None).await.0, StatusCode::NOT_FOUND);
    room.leaves().await;
}
