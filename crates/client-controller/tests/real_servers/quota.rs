//! A realm is held to the quota of its namespace, whoever declares its clients.

use controller_testkit::{KeycloakServer, eventually};
use kube::api::ListParams;
use serde_json::json;

use crate::place::{Place, SOON};

/// Client ids in the realm that begin with `portal-`.
async fn made(place: &Place) -> Vec<String> {
    let path = format!("/admin/realms/{}/clients?max=1000", place.realm);
    let listed = place.console.calls(http::Method::GET, &path, None).await.body;
    let ids = listed.as_array().unwrap().iter().filter_map(|client| client["clientId"].as_str());
    ids.filter(|id| id.starts_with("portal-")).map(str::to_owned).collect()
}

async fn told(place: &Place) -> (usize, usize) {
    let mut clients = place.clients().list(&ListParams::default()).await.unwrap().items;
    clients.extend(place.clients_elsewhere().list(&ListParams::default()).await.unwrap().items);
    let with = |word: &str| {
        let reason = clients.iter().filter_map(|client| client.status.as_ref()?.reason.as_deref());
        reason.filter(|reason| *reason == word).count()
    };
    (with("InSync"), with("QuotaExceeded"))
}

#[tokio::test]
async fn two_processes_of_which_one_is_killed_make_exactly_as_many_clients_as_are_allowed() {
    const ALLOWED: usize = 3;
    let mut place = Place::new("quota", &KeycloakServer::newest()).await;
    place.has_only_its_rights().await;
    place.grants(&["use"]).await;
    place.allows(3).await;
    for number in 0..6 {
        let further = json!({"clientId": format!("portal-{number}"), "deletionPolicy": "Delete"});
        place.applies(&format!("portal-{number}"), &further).await;
    }
    for number in 6..10 {
        let further = json!({"clientId": format!("portal-{number}"), "deletionPolicy": "Delete"});
        place.applies_elsewhere(&format!("portal-{number}"), &further).await;
    }
    let (first, second) = (place.start(), place.start());
    eventually("a slot is taken", SOON, async || {
        let status = place.quota().await.status.unwrap_or_default();
        if status.clients.unwrap_or_default().is_empty() { Err("none") } else { Ok(()) }
    })
    .await;
    drop(second);
    eventually("three are made and seven wait", SOON, async || {
        let numbers = told(&place).await;
        if numbers == (ALLOWED, 7) { Ok(()) } else { Err(format!("{numbers:?}")) }
    })
    .await;
    assert_eq!(made(&place).await.len(), ALLOWED);

    place.allows(5).await;
    eventually("two more are made", SOON, async || {
        let numbers = told(&place).await;
        if numbers == (5, 5) { Ok(()) } else { Err(format!("{numbers:?}")) }
    })
    .await;
    assert_eq!(made(&place).await.len(), 5);
    first.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn a_client_that_keycloak_refuses_keeps_no_slot_from_the_next() {
    let place = Place::new("quota-refused", &KeycloakServer::newest()).await;
    place.allows(1).await;
    let process = place.start();
    place.applies("refused", &json!({"clientId": "refused", "extra": {"noSuchField": 1}})).await;
    place.is_not_ready_because("refused", "RefusedByServer").await;
    let generation = place.applies("portal", &json!({"deletionPolicy": "Delete"})).await;
    place.is_ready_at("portal", generation).await;
    process.stops().await;
    place.leaves().await;
}

#[tokio::test]
async fn what_was_there_before_the_quota_counts_and_what_waits_comes_when_it_goes() {
    let place = Place::new("quota-zero", &KeycloakServer::newest()).await;
    let process = place.start();
    let generation =
        place.applies("before", &json!({"clientId": "before", "deletionPolicy": "Delete"})).await;
    place.is_ready_at("before", generation).await;
    place.allows(0).await;
    let holders = async || {
        let status = place.quota().await.status.unwrap_or_default();
        status.clients.unwrap_or_default().into_iter().map(|slot| slot.name).collect::<Vec<_>>()
    };
    eventually("the client is counted", SOON, async || match holders().await.as_slice() {
        [name] if name == "before" => Ok(()),
        others => Err(format!("{others:?}")),
    })
    .await;

    let generation = place.applies("portal", &json!({"deletionPolicy": "Delete"})).await;
    let message = place.is_not_ready_because("portal", "QuotaExceeded").await;
    insta::assert_snapshot!(message, @"The client of portal waits for room: KeycloakQuota small allows at most 0 (spec.maxClientsPerRealm), and 1 exists in this realm. It is the next in line. Delete a client, or have spec.maxClientsPerRealm raised.");
    assert_eq!(place.secret("portal-credentials").await, None, "nothing is made for it");
    assert_eq!(place.console.sees(&place.thing("portal")).await, None);
    assert!(place.console.sees(&place.thing("before")).await.is_some(), "nothing is deleted");

    place.allows(1).await;
    place.deletes("before").await;
    place.is_gone("before").await;
    place.is_ready_at("portal", generation).await;
    assert_eq!(holders().await, ["portal"]);
    process.stops().await;
    place.leaves().await;
}
