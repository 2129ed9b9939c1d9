//! Stopped at every write and started again, a client ends as if nothing had happened.

use controller_testkit::{Attempt, KeycloakServer, crash_points_after, every_crash_point};
use keycloak_plan::{Identity, ObjectRecord, decode, kinds::CLIENT_ROLE};
use keycloak_sync::client;
use serde_json::{Value, json};

use crate::{confidential, confidential_with, place::Place};

/// More than the writes of one run, each stopped before and after.
const ATTEMPTS: usize = 14;

fn name(attempt: Attempt) -> String {
    format!("portal-{}", attempt.number)
}

fn with_id(name: &str, mut fields: Value) -> Value {
    fields["clientId"] = json!(name);
    fields
}

/// Everything that a user could see, without what differs from run to run.
pub(crate) async fn end_state(place: &Place, name: &str) -> Value {
    let object = place.get(name).await;
    let status = object.status.clone().unwrap();
    let secret = place.secret(&format!("{name}-credentials")).await.unwrap();
    let thing = place.thing(name);
    let logs_in = place.console.logs_in_as(&thing, &secret["client-secret"]).await.is_ok();
    let live = place.console.sees(&thing).await.unwrap();
    let attributes = live["attributes"].as_object().unwrap();
    json!({
        "phase": status.phase,
        "message": status.message,
        "remembers": status.owned.is_some_and(|owned| owned.record.is_some()),
        "idAgrees": status.internal_id.as_deref() == live["id"].as_str(),
        "keys": secret.keys().collect::<Vec<_>>(),
        "logsIn": logs_in,
        "redirectUris": live["redirectUris"],
        "mappers": live["protocolMappers"].as_array().map(Vec::len),
        "attributes": attributes.keys().filter(|key| !key.contains("time")).collect::<Vec<_>>(),
        "markedAsOurs": attributes["kubernetes.operator.uid"].as_str() == object.metadata.uid.as_deref(),
    })
}

#[tokio::test]
async fn a_creation_stopped_at_any_write_ends_as_an_undisturbed_one() {
    let place = Place::new("crash-new", &KeycloakServer::newest()).await;
    let finish = async |attempt: Attempt| {
        let name = name(attempt);
        place.applies(&name, &with_id(&name, confidential("https://portal.example.com/callback"))).await;
        let process = place.start();
        place.becomes_ready(&name).await;
        process.stops().await;
    };
    let report = every_crash_point("creating a client", &place.point, finish, finish, async |attempt| {
        end_state(&place, &name(attempt)).await
    })
    .await;
    assert!(report.stopped >= 2 * 4, "finalizer, Secret, client, status: {report:?}");
    place.leaves().await;
}

/// Whether the role `viewer` of the client is remembered as made by us.
async fn has_a_role_of_ours(place: &Place, name: &str) -> bool {
    let owned = place.get(name).await.status.unwrap().owned.unwrap();
    let record = decode(&owned.record.unwrap()).or_empty();
    let role = Identity::below(client::identity(name), &CLIENT_ROLE, "viewer");
    assert_eq!(record.pending().next(), None, "nothing is about to be made");
    record.object(&role).is_some_and(ObjectRecord::created_by_us)
}

#[tokio::test]
async fn a_creation_with_a_role_and_a_scope_stopped_after_any_write_knows_its_own_work() {
    let place = Place::new("crash-role", &KeycloakServer::newest()).await;
    let fields = confidential_with(&json!({"clientRoles": ["viewer"], "defaultClientScopes": ["phone"]}));
    let finish = async |attempt: Attempt| {
        let name = name(attempt);
        place.applies(&name, &with_id(&name, fields.clone())).await;
        let process = place.start();
        place.becomes_ready(&name).await;
        process.stops().await;
    };
    let report = crash_points_after("creating a role", &place.point, 1.., finish, finish, async |attempt| {
        let name = name(attempt);
        let scopes = place.console.sees_field(&place.thing(&name), "defaultClientScopes").await;
        let has_scope = scopes.as_array().unwrap().contains(&json!("phone"));
        (end_state(&place, &name).await, has_a_role_of_ours(&place, &name).await, has_scope)
    })
    .await;
    assert!(report.writes >= 6, "finalizer, Secret, note, client, role, status: {report:?}");
    place.leaves().await;
}

#[tokio::test]
async fn a_change_stopped_at_any_write_ends_as_an_undisturbed_one() {
    let place = Place::new("crash-change", &KeycloakServer::newest()).await;
    let process = place.start();
    for number in 0..ATTEMPTS {
        let name = format!("portal-{number}");
        place.applies(&name, &with_id(&name, confidential("https://portal.example.com/callback"))).await;
        place.becomes_ready(&name).await;
    }
    process.stops().await;
    let changed = confidential_with(&json!({
        "redirectUris": ["https://portal.example.com/other"], "regenerateSecret": true, "protocolMappers": [],
    }));
    let finish = async |attempt: Attempt| {
        let name = name(attempt);
        let generation = place.applies(&name, &with_id(&name, changed.clone())).await;
        let process = place.start();
        place.is_ready_at(&name, generation).await;
        process.stops().await;
    };
    let report = every_crash_point("changing a client", &place.point, finish, finish, async |attempt| {
        end_state(&place, &name(attempt)).await
    })
    .await;
    assert!(report.stopped >= 2 * 3, "Secret, client, status: {report:?}");
    place.leaves().await;
}

#[tokio::test]
async fn a_deletion_stopped_at_any_write_ends_as_an_undisturbed_one() {
    let place = Place::new("crash-end", &KeycloakServer::newest()).await;
    let process = place.start();
    for number in 0..ATTEMPTS {
        let name = format!("portal-{number}");
        place.applies(&name, &with_id(&name, confidential("https://portal.example.com/callback"))).await;
        place.becomes_ready(&name).await;
    }
    process.stops().await;
    let run = async |attempt: Attempt| {
        let name = name(attempt);
        place.deletes(&name).await;
        let process = place.start();
        place.is_gone(&name).await;
        process.stops().await;
    };
    let recover = async |attempt: Attempt| {
        let process = place.start();
        place.is_gone(&name(attempt)).await;
        process.stops().await;
    };
    let report = every_crash_point("deleting a client", &place.point, run, recover, async |attempt| {
        place.console.sees(&place.thing(&name(attempt))).await.is_none()
    })
    .await;
    assert!(report.stopped >= 2 * 2, "client, finalizer: {report:?}");
    place.leaves().await;
}
