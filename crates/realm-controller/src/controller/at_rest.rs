//! A realm that waits for a role of one client, and ten thousand other clients in it: whatever they do, the realm is not looked
//! at. Real watches, index and queue, with the clock of the test.

use std::time::Duration;

use controller_runtime::{Options, Pacing, Runtime};
use controller_testkit::{WatchOnlyApi, eventually};
use keycloak_connect::ClusterId;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{PRODUCT, RealmController, Settings};

const CLIENTS: usize = 10_000;
const HOUR: Duration = Duration::from_secs(3_600);
const THE_REALM: &str = "GET /apis/keycloak.mdvr.nl/v1/namespaces/realms/keycloakrealms/acme";

/// A realm with a role that is to hold one of client `orders`. Its last pass counts as its end, so that only what happens from now
/// on makes another.
fn realm() -> Value {
    let roles = json!({"realmRoles": [{"name": "employee", "compositeClientRoles": {"orders": ["viewer"]}}]});
    json!({
        "apiVersion": "keycloak.mdvr.nl/v1",
        "kind": "KeycloakRealm",
        "metadata": {"namespace": "realms", "name": "acme"},
        "spec": {
            "realmName": "acme", "operatorRef": {"namespace": "platform", "name": "keycloak"}, "roles": roles,
        },
        "status": {"observedGeneration": 1, "reconcileStatus": "Succeeded", "phase": "Degraded"},
    })
}

/// A client of the realm in this status.
fn client(client_id: &str, status: &Value) -> Value {
    json!({
        "apiVersion": "keycloak.mdvr.nl/v1",
        "kind": "KeycloakClient",
        "metadata": {"namespace": "team", "name": client_id},
        "spec": {"clientId": client_id, "realmRef": {"name": "acme", "namespace": "realms"}},
        "status": status,
    })
}

/// A process whose resync is out of the test's sight.
fn options() -> Options {
    Options { pacing: Pacing { resync: 1_000 * HOUR, ..Pacing::default() }, ..Options::alone() }
}

#[tokio::test(start_paused = true)]
async fn a_realm_that_waits_for_a_client_is_not_looked_at_for_ten_thousand_others() {
    let api = WatchOnlyApi::default();
    api.has("keycloakrealms", realm());
    for number in 0..CLIENTS {
        api.has(
            "keycloakclients",
            client(&format!("client-{number}"), &json!({"message": "not looked at yet"})),
        );
    }
    let runtime = Runtime::new(&PRODUCT, &api.client(), options()).unwrap();
    let cluster = ClusterId::given("cluster").unwrap();
    // What runs beside it has turns of its own; what is to be seen is what a client does.
    let (controller, _beside) = RealmController::watching(runtime.kube(), cluster, Settings::default());
    let realms = controller.store();
    let stop = CancellationToken::new();
    let process = tokio::spawn(runtime.controller(controller).run(stop.clone()));
    eventually(
        "the realm is known",
        HOUR,
        async || if realms.len() == 1 { Ok(()) } else { Err("it is not") },
    )
    .await;
    tokio::time::sleep(HOUR).await;
    assert_eq!(api.calls(), [""; 0], "at rest");

    // Each of them comes into being, which is a change of the contract.
    for number in 0..CLIENTS {
        let made = json!({"realmUid": "u", "internalId": number.to_string()});
        api.has("keycloakclients", client(&format!("client-{number}"), &made));
    }
    tokio::time::sleep(HOUR).await;
    assert_eq!(api.calls(), [""; 0], "clients that the realm does not name");

    api.has("keycloakclients", client("orders", &json!({"message": "not looked at yet"})));
    tokio::time::sleep(HOUR).await;
    assert_eq!(api.calls(), [""; 0], "it is declared, and not made");
    let made = |message: &str| json!({"realmUid": "u", "internalId": "orders", "message": message});
    api.has("keycloakclients", client("orders", &made("made")));
    eventually("the realm is looked at", HOUR, async || match api.calls().len() {
        0 => Err("it is not"),
        _ => Ok(()),
    })
    .await;
    api.has("keycloakclients", client("orders", &made("and well")));
    tokio::time::sleep(HOUR).await;
    assert_eq!(api.calls(), [THE_REALM], "once, when the client is there");

    stop.cancel();
    process.await.unwrap().unwrap();
}
