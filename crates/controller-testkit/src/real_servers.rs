//! The console and the proxies before the real servers: what they know of paths, logins and answers
//! is what Keycloak and Kubernetes do.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use serde_json::{Value, json};

use crate::call::Outcome;
use crate::kubeconfig::Kubeconfig;
use crate::upstream::http_client;
use crate::{
    ApiServer, Console, KeycloakServer, Proxy, client, client_scope, eventually, kubeconfig_path, realm,
    realm_role, unique_name, user,
};

const SECONDS: Duration = Duration::from_secs(30);

#[tokio::test]
async fn the_console_creates_changes_and_deletes_each_thing_on_each_version() {
    for server in KeycloakServer::each() {
        let console = Console::open(&server).await;
        let name = unique_name("console");
        let whole = realm(&name);
        console.creates(&whole, json!({"enabled": true})).await;
        let things = [
            (client(&name, "a/shop &c"), "description", json!({})),
            // Without a protocol Keycloak refuses it.
            (client_scope(&name, "a-scope"), "description", json!({"protocol": "openid-connect"})),
            (realm_role(&name, "a/role;x=y"), "description", json!({})),
            (user(&name, "ann"), "firstName", json!({})),
        ];
        for (thing, field, representation) in things {
            assert_eq!(console.sees(&thing).await, None, "{thing:?} on {server:?}");
            console.creates(&thing, representation).await;
            console.sets(&thing, field, "by hand").await;
            assert_eq!(console.sees_field(&thing, field).await, json!("by hand"), "{thing:?} on {server:?}");
            console.deletes(&thing).await;
            assert_eq!(console.sees(&thing).await, None, "{thing:?} on {server:?}");
        }
        console.sets(&whole, "/attributes/a.b", "1").await;
        assert_eq!(console.sees_field(&whole, "/attributes/a.b").await, json!("1"));
        console.deletes(&whole).await;
        console.deletes(&whole).await;
        assert_eq!(console.sees(&whole).await, None);
    }
}

#[tokio::test]
async fn a_client_logs_in_with_its_secret_and_not_with_another() {
    let console = Console::open(&KeycloakServer::newest()).await;
    let name = unique_name("login");
    console.creates(&realm(&name), json!({"enabled": true})).await;
    let shop = client(&name, "shop");
    let confidential = json!({"secret": "right", "serviceAccountsEnabled": true, "publicClient": false});
    console.creates(&shop, confidential).await;
    assert_eq!(console.logs_in_as(&shop, "right").await.unwrap()["azp"], json!("shop"));
    let refused = console.logs_in_as(&shop, "wrong").await.unwrap_err();
    assert_eq!(
        (refused.status, &refused.body["error"]),
        (StatusCode::UNAUTHORIZED, &json!("unauthorized_client"))
    );
    console.deletes(&realm(&name)).await;
}

#[tokio::test]
async fn what_goes_to_a_real_keycloak_is_counted_with_its_caller() {
    let server = KeycloakServer::newest();
    let proxy = Proxy::before_keycloak(server.url()).start().await;
    let console = Console::open(&KeycloakServer::at(&proxy.url(), server.admin(), server.password())).await;
    let name = unique_name("counted");
    console.creates(&realm(&name), json!({"enabled": true})).await;
    console.creates(&client(&name, "shop"), json!({})).await;
    console.sees(&client(&name, "shop")).await.unwrap();
    console.deletes(&realm(&name)).await;

    let calls = proxy.calls();
    calls
        .expect("a realm with a client, seen and deleted")
        .logins(1)
        .writes(3)
        .reads(2)
        .calls(&Method::POST, "/admin/realms", 1)
        .calls(&Method::POST, "/admin/realms/{realm}/clients", 1)
        .calls(&Method::DELETE, "/admin/realms/{realm}", 1);
    for call in &calls {
        assert_eq!(call.caller.client.as_deref(), Some("admin-cli"), "{call}");
        assert!(matches!(call.outcome, Outcome::Answered(status) if status.is_success()), "{call}");
    }
}

#[tokio::test]
async fn a_real_api_server_is_reached_through_the_proxy_and_a_watch_is_streamed() {
    let proxy = Proxy::before_api_server(&kubeconfig_path()).start().await;
    let kube = Kube::new(&proxy);
    let name = unique_name("proxied");
    let watch = format!("/api/v1/namespaces?watch=true&fieldSelector=metadata.name%3D{name}");
    let mut watch = kube.send(Method::GET, &watch, Value::Null).await.into_body();
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
    let created = kube.send(Method::POST, "/api/v1/namespaces", namespace).await;
    assert_eq!(created.status(), StatusCode::CREATED);
    let event = tokio::time::timeout(SECONDS, watch.frame()).await.unwrap().unwrap().unwrap();
    let event: Value = serde_json::from_slice(&event.into_data().unwrap()).unwrap();
    assert_eq!((&event["type"], &event["object"]["metadata"]["name"]), (&json!("ADDED"), &json!(name)));
    let deleted = kube.send(Method::DELETE, &format!("/api/v1/namespaces/{name}"), Value::Null).await;
    assert_eq!(deleted.status(), StatusCode::OK);

    proxy
        .calls()
        .expect("a namespace, watched")
        .writes(2)
        .reads(1)
        .calls(&Method::GET, "/api/v1/namespaces?watch", 1)
        .calls(&Method::DELETE, "/api/v1/namespaces/{name}", 1);
}

#[tokio::test]
async fn an_api_server_of_a_tests_own_is_another_cluster_and_leaves_nothing_behind() {
    let server = ApiServer::start().await;
    let own = Proxy::before_api_server(&server.kubeconfig()).start().await;
    let shared = Proxy::before_api_server(&kubeconfig_path()).start().await;
    let mut uids = Vec::new();
    for proxy in [&own, &shared] {
        let answer = Kube::new(proxy).send(Method::GET, "/api/v1/namespaces/kube-system", Value::Null).await;
        let namespace = answer.into_body().collect().await.unwrap().to_bytes();
        let namespace: Value = serde_json::from_slice(&namespace).unwrap();
        uids.push(namespace["metadata"]["uid"].as_str().unwrap().to_owned());
    }
    assert_ne!(uids[0], uids[1]);
    let folder = server.kubeconfig().parent().unwrap().to_owned();
    drop(server);
    eventually(
        "its folder is gone",
        SECONDS,
        async || if folder.exists() { Err("it is there") } else { Ok(()) },
    )
    .await;
}

/// A caller with the credentials of a proxy's kubeconfig.
struct Kube {
    http: crate::upstream::HttpClient,
    kubeconfig: Kubeconfig,
}

impl Kube {
    fn new(proxy: &Proxy) -> Self {
        let kubeconfig = Kubeconfig::parse(&proxy.kubeconfig(), std::path::Path::new(".")).unwrap();
        Self { http: http_client(kubeconfig.ca.as_deref(), None).unwrap(), kubeconfig }
    }

    async fn send(&self, method: Method, path: &str, body: Value) -> http::Response<Incoming> {
        let body = if body.is_null() { Bytes::new() } else { Bytes::from(body.to_string()) };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.kubeconfig.server()))
            .header("content-type", "application/json");
        if let Some(token) = &self.kubeconfig.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.http.request(request.body(Full::new(body)).unwrap()).await.unwrap()
    }
}
