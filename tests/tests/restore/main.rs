//! A cluster is lost, Keycloak is not: the objects come back from files into another cluster (docs/operations/restore.md).
//!
//! The first cluster is the one of all tests. The second is an API server with an etcd of its own, so that nothing of the first is
//! known there: another kube-system, other namespaces, other uids. The controllers run as the programs that are shipped, and
//! everything they say to Keycloak goes through a proxy that counts.

use anyhow::{Context, Result, ensure};
use controller_testkit::{
    Calls, Console, KeycloakServer, Kind, Proxy, Snapshot, Thing, client, realm, unique_name,
};
use end_to_end::{
    cluster::{Cluster, Controllers},
    installation,
    namespace::Namespace,
    writes,
};
use http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

const KEYCLOAK: &str = "keycloak/keycloak";
const REALM: &str = "keycloakrealm/acme";
const CLIENT: &str = "keycloakclient/portal";
const OBJECTS: [&str; 3] = [KEYCLOAK, REALM, CLIENT];
/// The Secret that people made, with the login of an administrator.
const ADMIN_SECRET: &str = "keycloak-admin";
/// The Secret that the application reads.
const APPLICATION: &str = "portal-credentials";
/// The Secret with our login in master.
const LOGIN: &str = "keycloak-realm-manager";

/// What is left when the first cluster is gone: Keycloak, and files.
struct Lost {
    console: Console,
    keycloak: Proxy,
    /// Keeps the name; its namespace in the first cluster goes with it.
    namespace: Namespace,
    realm: String,
    /// Id of the first cluster.
    cluster: String,
    namespace_uid: String,
    /// Client id of our login in master.
    account: String,
    /// What the application logs in with.
    application: String,
    /// The realm and the client, as they are in Keycloak.
    before: (Value, Value),
    objects: Vec<Value>,
    secrets: Vec<Value>,
}

impl Lost {
    /// Makes a cluster's worth of objects, waits until all is Ready, saves it and loses it.
    async fn after_a_good_life(purpose: &str) -> Result<Self> {
        let server = KeycloakServer::newest();
        let keycloak = Proxy::before_keycloak(server.url()).start().await;
        let console = Console::open(&server).await;
        let kubectl = installation::kinds_and_policies()?;
        let namespace = Namespace::create(&kubectl, purpose)?;
        let name = unique_name(purpose);
        let old = Cluster { kubectl, namespace: namespace.name().to_owned() };
        old.kubectl.apply(&declared(namespace.name(), &name, &keycloak, &server))?;
        let controllers = old.starts_controllers()?;
        for object in OBJECTS {
            old.ready(object)?;
        }
        controllers.stop().await;
        let (objects, secrets) = old.saved()?;
        let application = old.secret(APPLICATION, "client-secret")?;
        let lost = Self {
            cluster: old.uid_of_namespace("kube-system")?,
            namespace_uid: old.uid_of_namespace(namespace.name())?,
            account: old.secret(LOGIN, "client-id")?,
            before: seen(&console, &name).await?,
            realm: name,
            console,
            keycloak,
            namespace,
            application,
            objects,
            secrets,
        };
        lost.the_application_logs_in(&lost.application).await?;
        old.is_lost()?;
        Ok(lost)
    }

    /// Another cluster, with the Secrets that were kept and the namespace, and nothing else yet.
    async fn another_cluster(&self, secrets: impl Fn(&Value) -> bool) -> Result<Cluster> {
        let new = Cluster::another(self.namespace.name()).await?;
        ensure!(new.uid_of_namespace("kube-system")? != self.cluster, "it is the same cluster");
        ensure!(new.uid_of_namespace(self.namespace.name())? != self.namespace_uid, "the same namespace");
        let kept: Vec<Value> = self.secrets.iter().filter(|secret| secrets(secret)).cloned().collect();
        new.restores(&kept)?;
        Ok(new)
    }

    /// The objects that were kept, with further fields in the instance's spec.
    fn objects_with(&self, admin: &Value) -> Vec<Value> {
        let mut objects = self.objects.clone();
        for object in objects.iter_mut().filter(|object| object["kind"] == "Keycloak") {
            for (field, value) in admin.as_object().into_iter().flatten() {
                object["spec"]["admin"][field] = value.clone();
            }
        }
        objects
    }

    /// A text without what differs from run to run.
    fn anonymous(&self, text: &str) -> String {
        text.replace(self.namespace.name(), "<namespace>")
            .replace(&self.realm, "<realm>")
            .replace(&self.cluster, "<lost cluster>")
            .replace(&self.account, "<old account>")
            .replace(&self.keycloak.url(), "<url>")
    }

    /// The value of a Secret of the first cluster, in base64.
    fn kept_secret(&self, name: &str, key: &str) -> Result<String> {
        let mut secrets = self.secrets.iter();
        let found = secrets.find(|secret| secret["metadata"]["name"] == name).context("there was none")?;
        Ok(found["data"][key].as_str().context("it had no such key")?.to_owned())
    }

    fn snapshot(&self) -> Snapshot {
        self.keycloak.snapshot()
    }

    /// What Keycloak took since then, route by route.
    fn written_since(&self, before: Snapshot) -> String {
        writes::taken(&self.keycloak.since(&before))
    }

    fn portal(&self) -> Thing {
        client(&self.realm, "portal")
    }

    async fn the_application_logs_in(&self, secret: &str) -> Result<()> {
        let claims = self.console.logs_in_as(&self.portal(), secret).await;
        let claims = claims.map_err(|answer| anyhow::anyhow!("{} {}", answer.status, answer.body))?;
        ensure!(claims["aud"].to_string().contains("orders"), "the mapper is gone: {claims}");
        Ok(())
    }

    /// Realm and client are what they were, but for the marks; and the application's Secret holds what it held.
    async fn nothing_but_the_marks_is_new(&self, new: &Cluster) -> Result<()> {
        let cluster = new.uid_of_namespace("kube-system")?;
        let (realm, client) = seen(&self.console, &self.realm).await?;
        for (what, object, before, after) in
            [("realm", REALM, &self.before.0, &realm), ("client", CLIENT, &self.before.1, &client)]
        {
            assert_eq!(unmarked(after), unmarked(before), "{what}");
            let mark = |key: &str| after["attributes"][format!("kubernetes.operator.{key}")].clone();
            assert_eq!(mark("cluster-id"), json!(cluster), "{what}");
            assert_eq!(mark("uid"), new.get(object)?["metadata"]["uid"], "{what}");
        }
        let secret = new.secret(APPLICATION, "client-secret")?;
        assert_eq!(secret, self.application, "the application would have to be told");
        self.the_application_logs_in(&secret).await
    }

    /// Client ids of our logins in the realm.
    async fn logins(&self) -> Vec<String> {
        let path = format!("/admin/realms/{}/clients?search=true&clientId=cloakroom-", self.realm);
        let found = self.console.calls(Method::GET, &path, None).await.body;
        let ids = found.as_array().into_iter().flatten().filter_map(|client| client["clientId"].as_str());
        ids.map(str::to_owned).collect()
    }

    /// Leaves nothing in Keycloak.
    async fn ends(&self, accounts: &[String]) {
        self.console.deletes(&realm(&self.realm)).await;
        for account in accounts {
            self.console.deletes(&client("master", account)).await;
        }
    }
}

fn declared(namespace: &str, realm: &str, keycloak: &Proxy, server: &KeycloakServer) -> Value {
    let object = |kind: &str, name: &str, spec: Value| {
        json!({
            "apiVersion": "keycloak.mdvr.nl/v1", "kind": kind,
            "metadata": {"name": name, "namespace": namespace}, "spec": spec,
        })
    };
    let admin = json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"name": ADMIN_SECRET, "namespace": namespace},
        "stringData": {"username": server.admin(), "password": server.password()},
    });
    let instance = json!({"external": {"url": keycloak.url()}, "admin": {"existingSecret": ADMIN_SECRET}});
    let rooms = json!({
        "realmName": realm, "operatorRef": {"name": "keycloak", "namespace": namespace},
        "displayName": "Acme", "attributes": {"team": "identity"}, "tokenSettings": {"accessTokenLifespan": 120},
    });
    let portal = json!({
        "clientId": "portal", "realmRef": {"name": "acme", "namespace": namespace},
        "redirectUris": ["https://portal.example.com/callback"],
        "settings": {"serviceAccountsEnabled": true},
        "protocolMappers": [{
            "name": "audience", "protocolMapper": "oidc-audience-mapper",
            "config": {"included.custom.audience": "orders", "access.token.claim": "true"},
        }],
    });
    let items = [
        admin,
        object("Keycloak", "keycloak", instance),
        object("KeycloakRealm", "acme", rooms),
        object("KeycloakClient", "portal", portal),
    ];
    json!({"apiVersion": "v1", "kind": "List", "items": items})
}

/// The realm and the client as Keycloak has them.
async fn seen(console: &Console, name: &str) -> Result<(Value, Value)> {
    let realm = console.sees(&realm(name)).await.context("the realm is gone")?;
    let client = console.sees(&client(name, "portal")).await.context("the client is gone")?;
    Ok((realm, client))
}

fn unmarked(representation: &Value) -> Value {
    let mut representation = representation.clone();
    if let Some(attributes) = representation["attributes"].as_object_mut() {
        attributes.retain(|key, _| !key.starts_with("kubernetes.operator."));
    }
    in_order(representation)
}

/// Keycloak answers many lists in any order, also twice in a row.
fn in_order(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(in_order).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, in_order(value))).collect(),
        other => other,
    }
}

/// The only write that Keycloak refuses on the way: creating a client is how one learns that it exists.
fn refused(calls: &Calls) -> Calls {
    calls.only(|call| {
        let status = call.outcome.status();
        let of_a_client = call.method == Method::POST && call.template == "/admin/realms/{realm}/clients";
        let exists = of_a_client && status == Some(StatusCode::CONFLICT);
        call.kind == Kind::Write && !exists && !status.is_some_and(|status| status.is_success())
    })
}

fn is_of_people(secret: &Value) -> bool {
    secret["metadata"]["name"] == ADMIN_SECRET
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_from_files_is_taken_over_when_asked_and_only_the_marks_are_written() -> Result<()> {
    let lost = Lost::after_a_good_life("restore").await?;
    let new = lost.another_cluster(is_of_people).await?;
    let begin = lost.snapshot();
    new.restores(&lost.objects_with(&json!({"account": lost.account})))?;
    let controllers = new.starts_controllers()?;

    // The account has all its rights; only its secret went with the first cluster.
    new.ready(KEYCLOAK)?;
    let message = new.not_ready_because(REALM, "AdoptionRequired")?;
    assert_snapshot!(lost.anonymous(&message), @r#"realm "<realm>" of Keycloak <namespace>/keycloak: it exists already and is marked as belonging to <namespace>/acme of cluster <lost cluster>, and nobody here can see whether that still exists; set spec.adopt: true to take it over"#);
    new.not_ready_because(CLIENT, "RealmNotAvailable")?;
    assert_snapshot!(lost.written_since(begin), @"1 x PUT /admin/realms/{realm}/clients/{id}");

    let asked = lost.snapshot();
    new.sets(REALM, &json!({"adopt": true}))?;
    new.ready(REALM)?;
    let message = new.not_ready_because(CLIENT, "AdoptionRequired")?;
    assert_snapshot!(lost.anonymous(&message), @r#"client "portal" exists in realm <realm>: it exists already and is marked as belonging to <namespace>/portal of cluster <lost cluster>, and nobody here can see whether that still exists; set spec.adopt: true to take it over"#);
    // The mark, and the login of the client controller in the realm: an account with its rights.
    assert_snapshot!(lost.written_since(asked), @r"
    1 x PUT /admin/realms/{realm}
    1 x POST /admin/realms/{realm}/clients
    1 x POST /admin/realms/{realm}/users/{id}/role-mappings/clients/{id}
    ");

    let asked = lost.snapshot();
    new.sets(CLIENT, &json!({"adopt": true}))?;
    new.ready(CLIENT)?;
    controllers.stop().await;
    assert_snapshot!(lost.written_since(asked), @"1 x PUT /admin/realms/{realm}/clients/{id}");
    let calls = lost.keycloak.since(&begin);
    refused(&calls).expect("what Keycloak refused").writes(0);
    lost.nothing_but_the_marks_is_new(&new).await?;
    for name in ["keycloak-auth-token".to_owned(), format!("{}-realm-auth", lost.realm)] {
        let (old, new) = (lost.kept_secret(&name, "token")?, new.encoded_secret(&name, "token")?);
        ensure!(old != new, "tokens are issued anew: {name}");
    }

    let controllers = without_the_old_login_the_new_cluster_rules(&lost, &new).await?;
    controllers.stop().await;
    lost.ends(std::slice::from_ref(&lost.account)).await;
    Ok(())
}

/// The first cluster's login in the realm is somebody's to remove who knows that the cluster is gone.
async fn without_the_old_login_the_new_cluster_rules(lost: &Lost, new: &Cluster) -> Result<Controllers> {
    let logins = lost.logins().await;
    ensure!(logins.len() == 2, "one of each cluster: {logins:?}");
    let own = our_login(new)?;
    for old in logins.iter().filter(|login| **login != own) {
        lost.console.deletes(&client(&lost.realm, old)).await;
    }
    let controllers = new.starts_controllers()?;
    new.sets(CLIENT, &json!({"redirectUris": ["https://portal.example.com/other"]}))?;
    new.ready(CLIENT)?;
    let uris = lost.console.sees_field(&lost.portal(), "redirectUris").await;
    assert_eq!(uris, json!(["https://portal.example.com/other"]));
    assert_eq!(lost.logins().await, [own]);
    Ok(controllers)
}

/// Client id of the login that the realm controller of this cluster made in the realm.
fn our_login(new: &Cluster) -> Result<String> {
    let secrets = new.kubectl.json(&["-n", &new.namespace, "get", "secrets"])?;
    let names = secrets["items"].as_array().into_iter().flatten();
    let mut names = names.filter_map(|secret| secret["metadata"]["name"].as_str());
    let name = names.find(|name| name.starts_with("keycloak-client-manager-"));
    new.secret(name.context("there is no login in the realm")?, "client-id")
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_of_ours_that_come_back_too_are_refused_until_they_are_deleted() -> Result<()> {
    let lost = Lost::after_a_good_life("everything").await?;
    let new = lost.another_cluster(|_| true).await?;
    let begin = lost.snapshot();
    let mut objects = lost.objects_with(&json!({"account": lost.account}));
    for object in objects.iter_mut().filter(|object| object["kind"] != "Keycloak") {
        object["spec"]["adopt"] = json!(true);
    }
    new.restores(&objects)?;
    let controllers = new.starts_controllers()?;
    let message = new.not_ready_because(KEYCLOAK, "SecretNotOwned")?;
    assert_snapshot!(lost.anonymous(&message), @"Secret <namespace>/keycloak-realm-manager exists and belongs to another object, so it is not overwritten; remove it, or have another name written for Keycloak <namespace>/keycloak");
    assert_snapshot!(lost.written_since(begin), @"nothing");

    new.kubectl.run(&["-n", &new.namespace, "delete", "secrets", "-l", "keycloak.mdvr.nl/owner-uid"])?;
    ensure!(new.secret(ADMIN_SECRET, "username").is_ok(), "what people made stays");
    for object in OBJECTS {
        new.forces(object)?;
        new.ready(object)?;
    }
    controllers.stop().await;
    assert_snapshot!(lost.written_since(begin), @r"
    1 x PUT /admin/realms/{realm}
    1 x POST /admin/realms/{realm}/clients
    2 x PUT /admin/realms/{realm}/clients/{id}
    1 x POST /admin/realms/{realm}/users/{id}/role-mappings/clients/{id}
    ");
    lost.nothing_but_the_marks_is_new(&new).await?;
    lost.ends(std::slice::from_ref(&lost.account)).await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_name_of_the_old_account_a_granting_run_gives_a_new_one_its_rights() -> Result<()> {
    let lost = Lost::after_a_good_life("forgotten").await?;
    let new = lost.another_cluster(is_of_people).await?;
    let begin = lost.snapshot();
    let mut objects = lost.objects.clone();
    for object in objects.iter_mut().filter(|object| object["kind"] != "Keycloak") {
        object["spec"]["adopt"] = json!(true);
    }
    new.restores(&objects)?;
    let controllers = new.starts_controllers()?;
    new.ready(KEYCLOAK)?;
    let message = new.not_ready_because(REALM, "AdoptionNeedsAdmin")?;
    assert_snapshot!(lost.anonymous(&message), @"the login in use has no rights in realm <realm>, because something else created it; list the realm in spec.admin.grantRealms of the Keycloak object, or give the login the roles of client <realm>-realm in realm master");
    assert_snapshot!(lost.written_since(begin), @r"
    1 x POST /admin/realms/{realm}/clients
    1 x POST /admin/realms/{realm}/users/{id}/role-mappings/realm
    ");

    let granted = lost.snapshot();
    new.sets(KEYCLOAK, &json!({"admin": {"grantRealms": [lost.realm]}}))?;
    new.ready(KEYCLOAK)?;
    assert_snapshot!(lost.written_since(granted), @"1 x POST /admin/realms/{realm}/users/{id}/role-mappings/clients/{id}");
    for object in [REALM, CLIENT] {
        new.forces(object)?;
        new.ready(object)?;
    }
    controllers.stop().await;
    lost.nothing_but_the_marks_is_new(&new).await?;
    let account = new.secret(LOGIN, "client-id")?;
    ensure!(account != lost.account, "it is another account");
    lost.ends(&[account, lost.account.clone()]).await;
    Ok(())
}
