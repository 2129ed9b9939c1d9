//! Ten thousand clients in a realm that waits for a role: nothing of that is theirs, so nothing is done about them. A thousand in a
//! realm, or on an instance, that is not there yet: they are told when it is. Real watches, index and queue, with the clock of the
//! test.

use std::time::Duration;

use controller_runtime::{Options, Pacing, Runtime};
use controller_testkit::{WatchOnlyApi, eventually};
use keycloak_connect::{ClusterId, Consent};
use keycloak_crds::labels::finalizer;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{ClientController, PRODUCT, Settings};

const CLIENTS: usize = 10_000;
const WAITING: usize = 1_000;
const HOUR: Duration = Duration::from_secs(3_600);

/// Client `name` in realm `realm`, as the pass that made it has left it.
fn client(name: &str, realm: &str) -> Value {
    json!({
        "apiVersion": "keycloak.mdvr.nl/v1",
        "kind": "KeycloakClient",
        "metadata": {"namespace": "team", "name": name},
        "spec": {"clientId": name, "realmRef": {"name": realm, "namespace": "realms"}},
        "status": {
            "observedGeneration": 1, "reconcileStatus": "Succeeded", "phase": "Ready",
            "keycloakInstance": "platform/keycloak", "owned": {"version": 1},
        },
    })
}

/// Realm `name` with this id in Keycloak, which waits, and says so in these words.
fn realm(name: &str, realm_id: &str, words: &str) -> Value {
    let available = json!({"realmId": realm_id, "since": "2026-01-01T00:00:00Z", "reason": "Available"});
    json!({
        "apiVersion": "keycloak.mdvr.nl/v1",
        "kind": "KeycloakRealm",
        "metadata": {"namespace": "realms", "name": name},
        "spec": {"realmName": name, "operatorRef": {"namespace": "platform", "name": "keycloak"}},
        "status": {
            "available": available, "observedGeneration": 1, "reconcileStatus": "InProgress", "phase": "Degraded",
            "message": words, "lastUpdated": words, "plan": {"waiting": [words]},
            "conditions": [
                {"type": "Available", "status": "True", "reason": "Available", "message": ""},
                {"type": "Ready", "status": "False", "reason": "WaitingForClient", "message": words},
            ],
        },
    })
}

/// A process whose resync is out of the test's sight.
fn options() -> Options {
    Options { pacing: Pacing { resync: 1_000 * HOUR, ..Pacing::default() }, ..Options::alone() }
}

/// So many calls, and no more in the hour after them.
async fn are_called(api: &WatchOnlyApi, expected: usize) -> Vec<String> {
    eventually("the passes have begun", HOUR, async || {
        let seen = api.calls().len();
        if seen >= expected { Ok(()) } else { Err(format!("{seen} calls")) }
    })
    .await;
    tokio::time::sleep(HOUR).await;
    let calls = api.calls();
    assert_eq!(calls.len(), expected);
    calls
}

#[tokio::test(start_paused = true)]
async fn a_realm_that_waits_for_a_role_has_none_of_its_ten_thousand_clients_looked_at() {
    let api = WatchOnlyApi::default();
    for number in 0..CLIENTS {
        api.has("keycloakclients", client(&format!("client-{number}"), "acme"));
    }
    api.has("keycloakclients", client("elsewhere", "other"));
    api.has("keycloakrealms", realm("acme", "1", "the first word"));
    api.has("keycloakrealms", realm("other", "2", "the first word"));

    let runtime = Runtime::new(&PRODUCT, &api.client(), options()).unwrap();
    let cluster = ClusterId::given("cluster").unwrap();
    let settings = Settings { cluster, home: "platform".to_owned(), consent: Consent::Off };
    let controller = ClientController::new(runtime.kube(), settings);
    let realms = std::sync::Arc::clone(&controller.realms);
    let (controller, _turns) = controller.watching();
    let clients = controller.store();
    let stop = CancellationToken::new();
    let process = tokio::spawn(runtime.controller(controller).run(stop.clone()));
    eventually("everything is known", HOUR, async || {
        let known = (clients.len(), realms.len());
        if known == (CLIENTS + 1, 2) { Ok(()) } else { Err(format!("{known:?}")) }
    })
    .await;
    tokio::time::sleep(HOUR).await;
    assert_eq!(api.calls(), [""; 0], "at rest");

    for turn in 0..100 {
        api.has(
            "keycloakrealms",
            realm("acme", "1", &format!("the realm waits, and says so in word {turn}")),
        );
    }
    tokio::time::sleep(HOUR).await;
    assert_eq!(api.calls(), [""; 0], "a realm that waits");

    // That nothing was asked for is not because nothing was heard.
    api.has("keycloakrealms", realm("other", "3", "made anew"));
    let elsewhere = "GET /apis/keycloak.mdvr.nl/v1/namespaces/team/keycloakclients/elsewhere";
    assert_eq!(are_called(&api, 1).await, [elsewhere]);
    api.has("keycloakrealms", realm("acme", "4", "made anew"));
    are_called(&api, 1 + CLIENTS).await;

    stop.cancel();
    process.await.unwrap().unwrap();
}

/// Client `name` beside realm `acme`, which nobody has looked at yet.
fn new_client(name: &str) -> Value {
    json!({
        "apiVersion": "keycloak.mdvr.nl/v1",
        "kind": "KeycloakClient",
        "metadata": {"namespace": "realms", "name": name, "finalizers": [finalizer::TEARDOWN]},
        "spec": {"clientId": name, "realmRef": {"name": "acme", "namespace": "realms"}},
    })
}

/// Realm `acme` of which its controller says this.
fn new_realm(status: &Value) -> Value {
    json!({
        "apiVersion": "keycloak.mdvr.nl/v1",
        "kind": "KeycloakRealm",
        "metadata": {"namespace": "realms", "name": "acme"},
        "spec": {"realmName": "acme", "operatorRef": {"namespace": "platform", "name": "keycloak"}},
        "status": status,
    })
}

/// The instance of the realm, of which its controller says this.
fn instance(status: &Value) -> Value {
    json!({
        "apiVersion": "keycloak.mdvr.nl/v1",
        "kind": "Keycloak",
        "metadata": {"namespace": "platform", "name": "keycloak"},
        "spec": {"external": {"url": "http://127.0.0.1:9"}, "admin": {"existingSecret": "admin"}},
        "status": status,
    })
}

/// How often clients were looked at: each pass begins by reading its object.
fn looks(api: &WatchOnlyApi) -> usize {
    let calls = api.calls();
    calls.iter().filter(|call| call.starts_with("GET ") && call.contains("/keycloakclients/")).count()
}

/// Clients are looked at until it is this often.
async fn are_looked_at(api: &WatchOnlyApi, expected: usize) {
    eventually("the clients are looked at", HOUR, async || {
        let seen = looks(api);
        if seen >= expected { Ok(()) } else { Err(format!("{seen} looks")) }
    })
    .await;
}

/// Nothing at all is asked for in an hour.
async fn nothing_is_asked_for(api: &WatchOnlyApi, when: &str) {
    tokio::time::sleep(HOUR).await;
    let before = api.calls().len();
    tokio::time::sleep(HOUR).await;
    let calls = api.calls();
    assert_eq!(calls[before..], [""; 0], "{when}");
}

#[tokio::test(start_paused = true)]
async fn a_realm_that_is_not_there_or_not_available_costs_its_clients_nothing_and_they_are_told_when_it_is() {
    let api = WatchOnlyApi::default();
    api.becomes_readable();
    for number in 0..WAITING {
        api.has("keycloakclients", new_client(&format!("client-{number}")));
    }
    let runtime = Runtime::new(&PRODUCT, &api.client(), options()).unwrap();
    let cluster = ClusterId::given("cluster").unwrap();
    let settings = Settings { cluster, home: "platform".to_owned(), consent: Consent::Off };
    let (controller, _turns) = ClientController::new(runtime.kube(), settings).watching();
    let stop = CancellationToken::new();
    let process = tokio::spawn(runtime.controller(controller).run(stop.clone()));

    are_looked_at(&api, WAITING).await;
    nothing_is_asked_for(&api, "the realm's object is not there").await;
    assert_eq!(looks(&api), WAITING, "once each");

    // The realm is there, and its instance is not: each looks once, says which instance it is, and looks once more now that it is
    // woken by that.
    api.has("keycloakrealms", new_realm(&Value::Null));
    are_looked_at(&api, 2 * WAITING).await;
    nothing_is_asked_for(&api, "the instance's object is not there").await;
    let so_far = looks(&api);
    assert!((2 * WAITING..=4 * WAITING).contains(&so_far), "{so_far} looks");

    api.has("keycloaks", instance(&Value::Null));
    are_looked_at(&api, so_far + WAITING).await;
    nothing_is_asked_for(&api, "the instance has not answered yet").await;
    assert_eq!(looks(&api), so_far + WAITING, "once each");

    let url = "http://127.0.0.1:9";
    let answers = json!({"version": "26.7.3", "endpoints": {"internal": url, "public": url}});
    api.has("keycloaks", instance(&answers));
    are_looked_at(&api, so_far + 2 * WAITING).await;
    nothing_is_asked_for(&api, "the realm is not available").await;
    assert_eq!(looks(&api), so_far + 2 * WAITING, "once each");
    for word in ["first", "second"] {
        api.has("keycloakrealms", new_realm(&json!({"message": word, "phase": "Degraded"})));
    }
    nothing_is_asked_for(&api, "the realm says something else about that").await;

    let available = json!({"realmId": "1", "since": "2026-01-01T00:00:00Z", "reason": "Available"});
    api.has("keycloakrealms", new_realm(&json!({"available": available})));
    are_looked_at(&api, so_far + 3 * WAITING).await;
    let told = "GET /api/v1/namespaces/platform/secrets/keycloak-client-manager-";
    assert!(api.calls().iter().any(|call| call.starts_with(told)), "they go on to the login in the realm");
    stop.cancel();
    process.await.unwrap().unwrap();
}
