//! A namespace is held to its quota: exactly, oldest first, and without anything being deleted for it.

use std::{sync::Arc, time::Duration};

use controller_testkit::{KeycloakServer, eventually, realm, unique_name};
use http::Method;
use keycloak_crds::KeycloakRealm;
use kube::{ResourceExt as _, api::ListParams};
use serde::Deserialize as _;
use serde_json::{Value, json};

use super::place::{Place, SOON, condition};

const REALMS: &str = "/admin/realms";
/// Ten realms, one after the other.
const TEN_REALMS: Duration = Duration::from_secs(300);

/// Uids of those that have a slot.
async fn holders(place: &Place) -> Vec<String> {
    let status = place.quota().await.status.unwrap_or_default();
    status.realms.unwrap_or_default().into_iter().map(|slot| slot.uid).collect()
}

/// The realms that are not Ready for want of a slot, and those that are Ready.
async fn waiting_and_ready(place: &Place) -> (Vec<KeycloakRealm>, Vec<KeycloakRealm>) {
    let all = place.realms().list(&ListParams::default()).await.unwrap().items;
    let is_ready = |object: &KeycloakRealm| condition(object, "Ready").is_some_and(|told| told.0 == "True");
    let (ready, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_ready);
    let waits = |object: &KeycloakRealm| {
        let status = object.status.as_ref();
        status.and_then(|status| status.reason.as_deref()) == Some("QuotaExceeded")
    };
    (others.into_iter().filter(waits).collect(), ready)
}

#[tokio::test]
async fn fifty_at_once_and_two_processes_of_which_one_is_killed_make_exactly_ten_realms() {
    const ASKED: usize = 50;
    const ALLOWED: usize = 10;
    let place = Arc::new(Place::new("quota-exact", &KeycloakServer::newest()).await);
    place.allows(json!({"maxRealms": ALLOWED})).await;
    let names: Vec<String> = (0..ASKED).map(|_| unique_name("quota")).collect();
    for (number, name) in names.iter().enumerate() {
        place.applies(&format!("acme-{number}"), place.spec(name, &json!({}))).await;
    }
    let (first, second) = (place.start(), place.start());
    eventually("half of the slots are taken", TEN_REALMS, async || {
        let taken = holders(&place).await.len();
        if taken >= ALLOWED / 2 { Ok(()) } else { Err(format!("{taken} slots")) }
    })
    .await;
    drop(second);
    eventually("ten are made and forty wait", TEN_REALMS, async || {
        let (waiting, ready) = waiting_and_ready(&place).await;
        let numbers = (waiting.len(), ready.len());
        if numbers == (ASKED - ALLOWED, ALLOWED) { Ok(()) } else { Err(format!("{numbers:?}")) }
    })
    .await;
    place.quota_says("10 of 10 realms").await;
    first.stops().await;

    let mut made = Vec::new();
    for name in &names {
        if place.console.sees(&realm(name)).await.is_some() {
            made.push(name.clone());
        }
    }
    let (_, ready) = waiting_and_ready(&place).await;
    let mut declared: Vec<String> = ready.iter().map(|object| object.spec.realm_name.clone()).collect();
    let mut uids: Vec<String> = ready.iter().filter_map(kube::ResourceExt::uid).collect();
    let mut holders = holders(&place).await;
    for list in [&mut made, &mut declared, &mut uids, &mut holders] {
        list.sort();
    }
    assert_eq!((made.len(), &made), (ALLOWED, &declared));
    assert_eq!(holders, uids);
    let made: Vec<&str> = made.iter().map(String::as_str).collect();
    place.leave(&made).await;
}

/// Those that wait, oldest first.
async fn in_line(place: &Place, names: &[&str]) -> Vec<String> {
    let mut line = Vec::new();
    for name in names {
        let object = place.object(name).await;
        let created = object.creation_timestamp().unwrap().0;
        line.push((created, object.uid().unwrap(), (*name).to_owned()));
    }
    line.sort();
    line.into_iter().map(|(.., name)| name).collect()
}

#[tokio::test]
async fn the_oldest_go_on_when_there_is_room_and_nothing_is_deleted_when_there_is_none() {
    let mut place = Place::new("quota-line", &KeycloakServer::newest()).await;
    place.has_only_its_rights().await;
    let place = Arc::new(place);
    let names: Vec<String> = (0..4).map(|_| unique_name("line")).collect();
    let spec = |number: usize| place.spec(&names[number], &json!({"deletionPolicy": "Delete"}));
    let process = place.start();
    place.applies("before", spec(0)).await;
    place.becomes_ready("before").await;

    // What was there before the quota is counted, and stays.
    place.allows(json!({"maxRealms": 0})).await;
    let beyond = "1 of 0 realms (1 more than allowed: what was there before the quota or its number stays, and counts)";
    place.quota_says(beyond).await;
    let before = place.keycloak.snapshot();
    for (number, name) in ["red", "green", "blue"].into_iter().enumerate() {
        place.applies(name, spec(number + 1)).await;
    }
    let mut told = Vec::new();
    let line = in_line(&place, &["red", "green", "blue"]).await;
    for name in &line {
        told.push(
            place.is_not_ready_because(name, "QuotaExceeded").await.replace(&format!(" {name} "), " <name> "),
        );
    }
    insta::assert_snapshot!(told[0], @"The realm of <name> waits for room: KeycloakQuota small allows at most 0 (spec.maxRealms), and 1 exists in this namespace. It is the next in line. Delete a realm, or have spec.maxRealms raised.");
    place.keycloak.since(&before).expect("nobody is let in").calls(&Method::POST, REALMS, 0);
    assert_eq!(condition(&place.object("before").await, "Ready").unwrap().0, "True");

    place.allows(json!({"maxRealms": 2})).await;
    place.becomes_ready(&line[0]).await;
    place.quota_says("2 of 2 realms").await;
    for name in &line[1..] {
        place.is_not_ready_because(name, "QuotaExceeded").await;
    }

    let before = place.keycloak.snapshot();
    place.allows(json!({"maxRealms": 1})).await;
    let beyond =
        "2 of 1 realm (1 more than allowed: what was there before the quota or its number stays, and counts)";
    place.quota_says(beyond).await;
    place.keycloak.since(&before).expect("a lower number").writes(0);

    // One is deleted: that is still one too many for another. The next one: the next comes.
    place.deletes("before").await;
    place.is_gone("before").await;
    place.quota_says("1 of 1 realm").await;
    assert_eq!(place.console.sees(&realm(&names[0])).await, None);
    let made = line[0].as_str();
    place.deletes(made).await;
    place.is_gone(made).await;
    place.becomes_ready(&line[1]).await;
    place.is_not_ready_because(&line[2], "QuotaExceeded").await;
    place.quota_says("1 of 1 realm").await;
    let holder = place.object(&line[1]).await;
    assert_eq!(holders(&place).await, [holder.uid().unwrap()]);
    place.deletes(&line[2]).await;
    place.is_gone(&line[2]).await;
    process.stops().await;

    let (kube, keycloak) = place.looks_again(&line[1]).await;
    place.keycloak.since(&keycloak).expect("a second pass").writes(0);
    place.kube_proxy.since(&kube).expect("a second pass").writes(0);
    place.leave(&[&holder.spec.realm_name]).await;
}

#[tokio::test]
async fn the_example_of_the_guide_is_counted() {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide");
    let example = std::fs::read_to_string(format!("{guide}/quota.yaml")).unwrap();
    let page = std::fs::read_to_string(format!("{guide}/quota.md")).unwrap();
    assert!(page.contains(&example), "the page shows the example as it is");
    let example = Value::deserialize(serde_yaml_ng::Deserializer::from_str(&example)).unwrap();
    assert_eq!(example["kind"], "KeycloakQuota");

    let place = Arc::new(Place::new("quota-guide", &KeycloakServer::newest()).await);
    place.allows(example["spec"].clone()).await;
    let process = place.start();
    place.quota_says("0 of 5 realms; at most 50 clients in each realm, the fullest has 0").await;
    let quota = eventually("the generation is told", SOON, async || {
        let quota = place.quota().await;
        let told = quota.status.as_ref().and_then(|status| status.observed_generation);
        if told == quota.metadata.generation { Ok(quota) } else { Err(format!("{told:?}")) }
    })
    .await;
    process.stops().await;
    let status = serde_json::to_value(quota.status.unwrap()).unwrap();
    assert_eq!(
        json!([status["phase"], status["reason"], status["reconcileStatus"], status["message"]]),
        json!([
            "Ready",
            "InSync",
            "Succeeded",
            "0 of 5 realms; at most 50 clients in each realm, the fullest has 0"
        ])
    );
    place.leave(&[]).await;
}
