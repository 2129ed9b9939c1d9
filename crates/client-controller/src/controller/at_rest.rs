//! Ten thousand clients in a realm that waits for a role: nothing of that is theirs, so nothing is done about them. Real watches,
//! index and queue, with the clock of the test.

use std::time::Duration;

use controller_runtime::{CallPolicy, Namespaces, Options, Pacing, Runtime};
use controller_testkit::{WatchOnlyApi, eventually};
use keycloak_connect::{ClusterId, Consent};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{ClientController, PRODUCT, Settings};

const CLIENTS: usize = 10_000;
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
    Options {
        namespaces: Namespaces::All,
        metrics_address: None,
        election: None,
        concurrency: 4,
        pacing: Pacing { resync: 1_000 * HOUR, ..Pacing::default() },
        pass_timeout: Duration::from_secs(60),
        drain: Duration::from_secs(30),
        calls: CallPolicy::default(),
    }
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
