//! Message texts of a realm, by the login that the realm controller has.

use controller_testkit::KeycloakServer;
use http::Method;
use keycloak_crds::reference::OperatorRef;
use keycloak_sync::realm;
use serde_json::{Value, json};

use crate::stage::{Room, on_each_version};

on_each_version!(
    texts_are_made_with_the_realm_verified_changed_and_removed_in_the_promised_calls,
    a_text_of_somebody_else_stays_and_drift_is_repaired,
    keys_of_every_form_are_written_and_taken_away,
    an_exported_realm_with_texts_is_applied_without_a_write,
);

fn asks(texts: &Value) -> Value {
    json!({"localization": {"texts": texts}})
}

async fn texts_are_made_with_the_realm_verified_changed_and_removed_in_the_promised_calls(
    server: KeycloakServer,
) {
    let mut room = Room::new(server).await;
    let texts = asks(&json!({"de": {"loginAccountTitle": "Willkommen", "doLogIn": "Los"}}));
    let (_, calls) = room.passes(&texts).await;
    calls.expect("making a realm with its texts").writes(1);
    assert_eq!(
        room.gets("localization/de").await,
        json!({"loginAccountTitle": "Willkommen", "doLogIn": "Los"})
    );
    let (plan, calls) = room.passes(&texts).await;
    calls.expect("a pass with nothing changed: the realm and its export").writes(0).reads(2);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);

    let changed =
        asks(&json!({"de": {"loginAccountTitle": "Hallo", "doLogIn": ""}, "nl": {"doLogIn": "Gaan"}}));
    let (_, calls) = room.passes(&changed).await;
    calls.expect("changing two texts, and one of another language").writes(2).reads(2);
    assert_eq!(room.gets("localization/de").await, json!({"loginAccountTitle": "Hallo", "doLogIn": ""}));

    let less = asks(&json!({"de": {"doLogIn": ""}}));
    let (_, calls) = room.passes(&less).await;
    calls.expect("a key that goes, and a language").writes(2).reads(2);
    assert_eq!(room.gets("localization/de").await, json!({"doLogIn": ""}));
    assert_eq!(room.gets("localization/nl").await, json!({}));

    room.passes(&json!({})).await;
    assert_eq!(room.gets("localization/de").await, json!({}));
    room.passes(&json!({})).await;
    let (plan, calls) = room.passes(&json!({})).await;
    calls.expect("a pass where nobody declares texts").writes(0).reads(1);
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}

async fn a_text_of_somebody_else_stays_and_drift_is_repaired(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&json!({})).await;
    room.does(Method::POST, "localization/de", Some(json!({"theirs": "bleibt", "doLogIn": "von Hand"})))
        .await;
    let texts = asks(&json!({"de": {"doLogIn": "Los"}}));
    let (_, calls) = room.passes(&texts).await;
    calls.expect("taking over a text").writes(1).reads(2);
    room.does(Method::POST, "localization/de", Some(json!({"doLogIn": "wieder von Hand"}))).await;
    let (_, calls) = room.passes(&texts).await;
    calls.expect("repairing it").writes(1).reads(2);
    let both = json!({"theirs": "bleibt", "doLogIn": "Los"});
    assert_eq!(room.gets("localization/de").await, both);
    let (plan, _) = room.passes(&texts).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.passes(&json!({})).await;
    assert_eq!(room.gets("localization/de").await, json!({"theirs": "bleibt"}));
    room.leaves().await;
}

async fn keys_of_every_form_are_written_and_taken_away(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    let odd = asks(
        &json!({"pt-BR": {"a.b": "1", "a b": "2", "a/b": "3", "a%2Fb": "4", "ä?&#;": "5", "x\\y": "6", "doLogIn": "7"}}),
    );
    room.passes(&odd).await;
    let (plan, _) = room.passes(&odd).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.passes(&asks(&json!({"pt-BR": {"doLogIn": "7"}}))).await;
    assert_eq!(room.gets("localization/pt-BR").await, json!({"doLogIn": "7"}));
    room.leaves().await;
}

async fn an_exported_realm_with_texts_is_applied_without_a_write(server: KeycloakServer) {
    let mut room = Room::new(server).await;
    room.passes(&asks(&json!({"de": {"doLogIn": "Los"}, "en": {"doLogIn": "Go {0}, it''s fine"}}))).await;
    let live = realm::read_whole(room.api(), room.name()).await.unwrap().unwrap();
    let exported = realm::export(&live, OperatorRef::default());
    assert_eq!(
        json!(exported.spec.localization)["texts"],
        json!({"de": {"doLogIn": "Los"}, "en": {"doLogIn": "Go {0}, it''s fine"}})
    );
    assert!(!exported.left_out.iter().any(|field| field.contains("exts")), "{:?}", exported.left_out);
    let plan = room.plans_anew(&exported.spec).await;
    assert!(plan.is_converged(), "{:?} {:?}", plan.steps, plan.findings);
    room.leaves().await;
}
