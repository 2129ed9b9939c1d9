//! Two processes of the controller at the same objects, with nobody elected (rule 5.8): the end is that of one.

use controller_testkit::KeycloakServer;
use serde_json::{Value, json};

use crate::{confidential_with, crashes::end_state, place::Place};

const CLIENTS: usize = 5;

fn fields(name: &str, callback: &str) -> Value {
    confidential_with(&json!({"clientId": name, "redirectUris": [callback], "deletionPolicy": "Delete"}))
}

async fn become_ready(place: &Place, names: &[String], callback: &str) {
    let mut generations = Vec::new();
    for name in names {
        generations.push(place.applies(name, &fields(name, callback)).await);
    }
    for (name, generation) in names.iter().zip(generations) {
        place.is_ready_at(name, generation).await;
    }
}

#[tokio::test]
async fn two_processes_without_a_leader_end_as_one_and_double_nothing() {
    let place = Place::new("two-leaders", &KeycloakServer::newest()).await;
    let (first_uri, second_uri) = ("https://portal.example.com/callback", "https://portal.example.com/other");
    let alone = ["alone".to_owned()];
    let process = place.start();
    become_ready(&place, &alone, first_uri).await;
    become_ready(&place, &alone, second_uri).await;
    process.stops().await;
    let expected = end_state(&place, "alone").await;

    let both: Vec<String> = (0..CLIENTS).map(|number| format!("portal-{number}")).collect();
    let (first, second) = (place.start(), place.start());
    become_ready(&place, &both, first_uri).await;
    become_ready(&place, &both, second_uri).await;
    tokio::join!(first.stops(), second.stops());
    for name in &both {
        assert_eq!(end_state(&place, name).await, expected, "{name}");
    }
    let path = format!("/admin/realms/{}/clients?max=1000", place.realm);
    let listed = place.console.calls(http::Method::GET, &path, None).await.body;
    let listed = listed.as_array().unwrap().iter();
    let ours = listed.filter(|client| client["clientId"].as_str().unwrap().starts_with("portal-"));
    assert_eq!(ours.count(), CLIENTS);

    let (first, second) = (place.start(), place.start());
    for name in &both {
        place.deletes(name).await;
    }
    for name in &both {
        place.is_gone(name).await;
    }
    tokio::join!(first.stops(), second.stops());
    for name in &both {
        assert_eq!(place.console.sees(&place.thing(name)).await, None, "{name}");
    }
    place.leaves().await;
}
