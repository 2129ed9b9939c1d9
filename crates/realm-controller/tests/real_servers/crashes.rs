//! A process that is stopped before or after any of its writes: the next one brings the realm to the same end.

use controller_testkit::{KeycloakServer, every_crash_point, realm, unique_name};
use keycloak_crds::KeycloakRealm;
use kube::{ResourceExt as _, api::DeleteParams};
use serde_json::{Value, json};

use super::place::{Place, condition};

/// What must be the same after every history. Ids, times and names differ from run to run.
pub(crate) async fn state(place: &Place, object: &KeycloakRealm) -> Value {
    let name = &object.spec.realm_name;
    let seen = place.console.sees(&realm(name)).await.unwrap();
    let attributes = &seen["attributes"];
    let path = format!("/admin/realms/{name}/clients?clientId=cloakroom-&search=true");
    let logins = place.console.calls(http::Method::GET, &path, None).await;
    let logins = logins.body.as_array().unwrap().len();
    place.our_login_works(object).await;
    let status = object.status.clone().unwrap();
    let conditions = ["Ready", "Available", "Authorized", "LoginReady", "Stalled", "Degraded"];
    let conditions: Vec<_> =
        conditions.iter().map(|type_| condition(object, type_).map(|told| told.0)).collect();
    let record = status.owned.unwrap().record.unwrap();
    json!({
        "displayName": seen["displayName"], "team": attributes["team"], "resetPasswordAllowed": seen["resetPasswordAllowed"],
        "marked": attributes["kubernetes.operator.uid"] == json!(object.uid()),
        "logins": logins, "conditions": conditions,
        "tokens": status.authorization.unwrap().tokens.unwrap().len(),
        "children": status.child_resources.unwrap().len(),
        "realmId": status.available.unwrap().realm_id == object.uid(),
        "made by us": record.contains("\"c\":true"),
        "paths": record.matches("displayName").count() + record.matches("attributes[team]").count(),
        "finalizers": object.finalizers(),
    })
}

fn object_of(number: usize) -> String {
    format!("acme-{number}")
}

#[tokio::test]
async fn a_realm_is_made_once_wherever_the_process_is_stopped() {
    let place = Place::new("crash-make", &KeycloakServer::newest()).await;
    let names: Vec<String> = (0..80).map(|_| unique_name("crash")).collect();
    let further = json!({"displayName": "Acme", "attributes": {"team": "identity"}});
    let makes = async |number: usize| {
        let name = object_of(number);
        place
            .works_until(async {
                place.applies(&name, place.spec(&names[number], &further)).await;
                place.becomes_ready(&name).await;
            })
            .await;
    };
    let report = Box::pin(every_crash_point(
        "making a realm",
        &place.stop,
        async |attempt| {
            if let Some(before) = attempt.number.checked_sub(1) {
                place.loses(&object_of(before)).await;
                place.console.deletes(&realm(&names[before])).await;
            }
            makes(attempt.number).await;
        },
        async |attempt| makes(attempt.number).await,
        async |attempt| state(&place, &place.object(&object_of(attempt.number)).await).await,
    ))
    .await;
    assert!(report.writes >= 8, "{report:?}");
    for name in names {
        place.console.deletes(&realm(&name)).await;
    }
    place.leave(&[]).await;
}

#[tokio::test]
async fn a_change_is_made_wherever_the_process_is_stopped() {
    let place = Place::new("crash-change", &KeycloakServer::newest()).await;
    let name = unique_name("crash");
    let becomes = async |title: String| {
        let further = json!({"displayName": title, "attributes": {"team": "identity"}});
        place
            .works_until(async {
                place.applies("acme", place.spec(&name, &further)).await;
                place.becomes_ready("acme").await;
            })
            .await;
    };
    becomes("first".to_owned()).await;
    let title = |number: usize| format!("Acme {number}");
    let report = Box::pin(every_crash_point(
        "changing a realm",
        &place.stop,
        async |attempt| becomes(title(attempt.number)).await,
        async |attempt| becomes(title(attempt.number)).await,
        async |attempt| {
            let mut state = state(&place, &place.object("acme").await).await;
            state["displayName"] = json!(state["displayName"] == json!(title(attempt.number)));
            state
        },
    ))
    .await;
    assert!(report.writes >= 2, "{report:?}");
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_realm_is_deleted_with_its_login_wherever_the_process_is_stopped() {
    let place = Place::new("crash-delete", &KeycloakServer::newest()).await;
    let names: Vec<String> = (0..12).map(|_| unique_name("crash")).collect();
    place
        .works_until(async {
            for (number, name) in names.iter().enumerate() {
                place.applies(&object_of(number), place.spec(name, &json!({}))).await;
            }
            for number in 0..names.len() {
                place.becomes_ready(&object_of(number)).await;
            }
        })
        .await;
    let mut secrets = Vec::new();
    for number in 0..names.len() {
        secrets.push(Place::login_secret_name(&place.object(&object_of(number)).await));
    }
    let deletes = async |number: usize| {
        let name = object_of(number);
        place
            .works_until(async {
                place.realms().delete(&name, &DeleteParams::default()).await.ok();
                place.is_gone(&name).await;
            })
            .await;
    };
    let report = Box::pin(every_crash_point(
        "deleting a realm",
        &place.stop,
        async |attempt| deletes(attempt.number).await,
        async |attempt| deletes(attempt.number).await,
        async |attempt| {
            let login = place.secret(&place.namespace, &secrets[attempt.number]).await;
            (place.console.sees(&realm(&names[attempt.number])).await, login)
        },
    ))
    .await;
    assert!(report.writes >= 3, "{report:?}");
    for reason in ["NotProven", "Retained"] {
        assert!(!place.has_event(reason).await, "no realm was left, so none is said to be: {reason}");
    }
    for name in names {
        place.console.deletes(&realm(&name)).await;
    }
    place.leave(&[]).await;
}
