//! Objects that an earlier operator made are taken over (docs/operations/takeover.md).
//!
//! They are made under that operator's own definition, in an API server of their own, so that its defaults stand in them; then
//! the definition is replaced by ours and the controllers are started.

use std::path::Path;

use anyhow::{Context, Result};
use controller_testkit::{
    ApiServer, Console, KeycloakServer, Kind, Proxy, Snapshot, client, realm, unique_name,
};
use end_to_end::{cluster::Cluster, installation, writes};
use insta::assert_snapshot;
use serde_json::{Value, json};

const REALM: &str = "keycloakrealm/acme";
const DEFINITION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seed/keycloakrealms.yaml");

/// What the earlier operator left: objects, and realms in Keycloak.
struct Left {
    cluster: Cluster,
    console: Console,
    keycloak: Proxy,
    realm: String,
    /// Of the KeycloakRealm.
    uid: String,
    /// Keeps it running.
    _server: ApiServer,
}

impl Left {
    async fn by_the_earlier_operator() -> Result<Self> {
        let server = ApiServer::start().await;
        let keycloak = KeycloakServer::newest();
        let cluster = Cluster::in_cluster(&server, "acme")?;
        let define = format!("--filename={}", Path::new(DEFINITION).display());
        cluster.kubectl.run(&["create", &define])?;
        let wait = ["wait", "--for=condition=Established", "--timeout=60s"];
        let defined = "customresourcedefinition/keycloakrealms.keycloak.mdvr.nl";
        cluster.kubectl.run(&[wait.as_slice(), &[defined]].concat())?;
        let name = unique_name("seed");
        cluster.kubectl.apply(&declared(&name))?;
        let uid = cluster.get(REALM)?["metadata"]["uid"].as_str().context("it has no uid")?.to_owned();
        let console = Console::open(&keycloak).await;
        let proxy = Proxy::before_keycloak(keycloak.url()).start().await;
        let left = Self { cluster, console, keycloak: proxy, realm: name, uid, _server: server };
        left.fills_keycloak_and_status().await?;
        installation::install(&left.cluster.kubectl)?;
        left.declares_the_instance(&keycloak)?;
        Ok(left)
    }

    /// What the earlier operator did, and what people changed in the console since.
    async fn fills_keycloak_and_status(&self) -> Result<()> {
        let mark = json!({
            "kubernetes.operator.uid": self.uid, "kubernetes.operator.namespace": "acme",
            "kubernetes.operator.name": "acme", "kubernetes.operator.timestamp": "2025-01-01T00:00:00Z",
            "team": "identity",
        });
        let live = json!({
            "enabled": true, "displayName": "Acme", "registrationAllowed": true, "attributes": mark,
        });
        self.console.creates(&realm(&self.realm), live).await;
        let id = self.console.sees_field(&realm(&self.realm), "id").await;
        let patch = json!({
            "metadata": {"finalizers": ["keycloak.mdvr.nl/realm-cleanup"]},
            "status": {
                "phase": "Ready", "message": "Realm is ready", "observedGeneration": 1,
                "realmName": self.realm, "internalId": id, "keycloakInstance": "acme/keycloak",
                "features": {"userRegistration": false},
                "conditions": [{
                    "type": "Ready", "status": "True", "reason": "ReconciliationSucceeded", "message": "",
                    "lastTransitionTime": "2025-01-01T00:00:00Z",
                }],
            },
        });
        self.cluster
            .kubectl
            .run(&["-n", "acme", "patch", REALM, "--type=merge", "--patch", &patch.to_string()])
            .map(drop)
    }

    /// The server, which goes on running; the login of its administrator grants us the realm.
    fn declares_the_instance(&self, server: &KeycloakServer) -> Result<()> {
        let metadata = |name: &str| json!({"name": name, "namespace": "acme"});
        let admin = json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": metadata("keycloak-admin"),
            "stringData": {"username": server.admin(), "password": server.password()},
        });
        // The token of then, which everybody could name.
        let token = json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": metadata("keycloak-operator-auth-token"),
            "stringData": {"token": "bGV0LW1lLWluLWJlY2F1c2UtaS1rbm93LXRoZS1uYW1l"},
        });
        let instance = json!({
            "apiVersion": "keycloak.mdvr.nl/v1", "kind": "Keycloak", "metadata": metadata("keycloak"),
            "spec": {
                "external": {"url": self.keycloak.url()},
                "admin": {"existingSecret": "keycloak-admin", "grantRealms": [self.realm]},
            },
        });
        let items = json!({"apiVersion": "v1", "kind": "List", "items": [admin, token, instance]});
        self.cluster.kubectl.apply(&items).map(drop)
    }

    fn anonymous(&self, text: &str) -> String {
        text.replace(&self.realm, "<realm>")
    }

    /// What Keycloak took from the realm and client controllers since then, route by route.
    fn written_since(&self, before: Snapshot) -> String {
        writes::taken(&self.keycloak.since(&before))
    }

    fn finalizers(&self) -> Result<Value> {
        Ok(self.cluster.get(REALM)?["metadata"]["finalizers"].clone())
    }
}

fn declared(name: &str) -> Value {
    json!({
        "apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm",
        "metadata": {"name": "acme", "namespace": "acme"},
        "spec": {
            "realmName": name, "displayName": "Acme",
            "operatorRef": {"namespace": "acme", "authorizationSecretRef": {"name": "keycloak-operator-auth-token"}},
            // What the API server of then wrote into it: everything that is not here.
            "security": {"sslRequired": "external"},
            "attributes": {"team": "identity"},
        },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_realm_of_an_earlier_operator_is_taken_over_with_its_mark_and_nothing_else() -> Result<()> {
    let left = Left::by_the_earlier_operator().await?;
    let cluster = &left.cluster;
    let filled = cluster.get(REALM)?["spec"]["security"].clone();
    assert_eq!(filled["registrationAllowed"], json!(false), "its schema filled that in: {filled}");
    let before = left.console.sees(&realm(&left.realm)).await.context("the realm is gone")?;
    let controllers = cluster.starts_controllers()?;
    cluster.ready("keycloak/keycloak")?;

    // Its own token let in whoever named it; here it is no token.
    let message = cluster.not_ready_because(REALM, "TokenRefused")?;
    assert_snapshot!(left.anonymous(&message), @r#"The value under key "token" of Secret acme/keycloak-operator-auth-token is not an authorization token: one begins with kcat1_. Copy the value of key "token" of the Secret that the owner of the target hands out. Until then realm "<realm>" is not created."#);
    assert_eq!(left.finalizers()?, json!(["keycloak.mdvr.nl/realm-cleanup"]), "not taken over yet");

    let begin = left.keycloak.snapshot();
    cluster.sets(REALM, &json!({"operatorRef": {"authorizationSecretRef": null}}))?;
    let object = cluster.ready(REALM)?;
    // The mark, and our login in the realm: an account with its rights.
    assert_snapshot!(left.written_since(begin), @r"
    1 x PUT /admin/realms/{realm}
    1 x POST /admin/realms/{realm}/clients
    1 x POST /admin/realms/{realm}/users/{id}/role-mappings/clients/{id}
    ");
    assert_eq!(left.finalizers()?, json!(["keycloak.mdvr.nl/teardown"]));
    assert_eq!(object["status"]["internalId"], before["id"]);
    let mut after = left.console.sees(&realm(&left.realm)).await.context("the realm is gone")?;
    assert_eq!(after["attributes"]["kubernetes.operator.uid"], json!(left.uid));
    assert_eq!(after["registrationAllowed"], json!(true), "nobody asked for what the schema filled in");
    let ours = ["cluster-id", "namespace-uid"];
    let attributes = after["attributes"].as_object_mut().context("it has no attributes")?;
    attributes.retain(|key, _| !ours.iter().any(|ours| *key == format!("kubernetes.operator.{ours}")));
    assert_eq!(after, before);

    // From now on it is an object as any other.
    cluster.sets(REALM, &json!({"displayName": "Acme Inc.", "security": {"rememberMe": true}}))?;
    cluster.ready(REALM)?;
    let seen = left.console.sees(&realm(&left.realm)).await.context("the realm is gone")?;
    assert_eq!((&seen["displayName"], &seen["rememberMe"]), (&json!("Acme Inc."), &json!(true)));
    assert_eq!(seen["registrationAllowed"], json!(true), "still nobody asked for it");
    cluster.sets(REALM, &json!({"security": {"registrationAllowed": true}}))?;
    cluster.ready(REALM)?;
    cluster.sets(REALM, &json!({"security": {"registrationAllowed": false}}))?;
    cluster.ready(REALM)?;
    let allowed = left.console.sees_field(&realm(&left.realm), "registrationAllowed").await;
    assert_eq!(allowed, json!(false), "somebody did");
    controllers.stop().await;
    left.ends().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_of_an_earlier_operator_that_is_deleted_leaves_its_realm() -> Result<()> {
    let left = Left::by_the_earlier_operator().await?;
    left.cluster.kubectl.run(&["-n", "acme", "delete", REALM, "--wait=false"])?;
    let begin = left.keycloak.snapshot();
    let controllers = left.cluster.starts_controllers()?;
    left.cluster.ready("keycloak/keycloak")?;
    left.cluster.kubectl.run(&["-n", "acme", "wait", "--for=delete", "--timeout=120s", REALM])?;
    controllers.stop().await;
    let calls = left.keycloak.since(&begin);
    let writes = calls.only(|call| call.template == "/admin/realms/{realm}" && call.kind == Kind::Write);
    writes.expect("nothing proves that the realm is ours").writes(0);
    left.console.sees(&realm(&left.realm)).await.context("the realm is gone")?;
    left.ends().await
}

impl Left {
    /// Leaves nothing in Keycloak.
    async fn ends(self) -> Result<()> {
        let account = self.cluster.secret("keycloak-realm-manager", "client-id")?;
        self.console.deletes(&realm(&self.realm)).await;
        self.console.deletes(&client("master", &account)).await;
        Ok(())
    }
}
