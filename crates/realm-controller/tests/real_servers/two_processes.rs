//! Two processes of the controller at the same objects, with nobody elected (rule 5.8): the end is that of one.

use std::sync::Arc;

use controller_testkit::{KeycloakServer, realm, unique_name};
use serde_json::{Value, json};

use super::{crashes::state, place::Place};

const REALMS: usize = 3;

fn further(title: &str) -> Value {
    json!({"displayName": title, "attributes": {"team": "identity"}, "deletionPolicy": "Delete"})
}

#[tokio::test]
async fn two_processes_without_a_leader_end_as_one_and_double_nothing() {
    let place = Arc::new(Place::new("two-leaders", &KeycloakServer::newest()).await);
    let names: Vec<String> = (0..=REALMS).map(|_| unique_name("twice")).collect();
    let object = |number: usize| format!("acme-{number}");
    let (alone, both) = (0, 1..=REALMS);
    let becomes = async |numbers: std::ops::RangeInclusive<usize>, title: &str| {
        for number in numbers.clone() {
            place.applies(&object(number), place.spec(&names[number], &further(title))).await;
        }
        for number in numbers {
            place.becomes_ready(&object(number)).await;
        }
    };
    let process = place.start();
    becomes(alone..=alone, "First").await;
    becomes(alone..=alone, "Second").await;
    process.stops().await;
    let expected = state(&place, &place.object(&object(alone)).await).await;

    let (first, second) = (place.start(), place.start());
    becomes(both.clone(), "First").await;
    becomes(both.clone(), "Second").await;
    tokio::join!(first.stops(), second.stops());
    for number in both.clone() {
        let found = state(&place, &place.object(&object(number)).await).await;
        assert_eq!(found, expected, "{}", object(number));
    }

    let (first, second) = (place.start(), place.start());
    for number in both.clone() {
        place.deletes(&object(number)).await;
    }
    for number in both.clone() {
        place.is_gone(&object(number)).await;
    }
    tokio::join!(first.stops(), second.stops());
    for number in both {
        assert_eq!(place.console.sees(&realm(&names[number])).await, None, "{}", object(number));
    }
    place.leave(&[&names[alone]]).await;
}
