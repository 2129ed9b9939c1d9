//! A proxy before servers in this process: what it counts, what it lets through, what it breaks.

mod server;

use std::time::Duration;

use bytes::Bytes;
use http::header::{HOST, LOCATION, RETRY_AFTER};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::client::legacy::Error;

use crate::call::{Kind, Outcome};
use crate::fault::Fault;
use crate::kubeconfig::Kubeconfig;
use crate::stop::{Stop, StopPoint};
use crate::upstream::{HttpClient, http_client};
use crate::{Proxy, eventually};
use server::Server;

const CLIENTS: &str = "/admin/realms/{realm}/clients";
const SECONDS: Duration = Duration::from_secs(10);

/// A caller with a connection pool of its own.
struct Person(HttpClient);

impl Person {
    fn new() -> Self {
        Self(http_client(None, None).unwrap())
    }

    async fn send(&self, method: Method, url: &str, body: &str) -> Result<Response<Incoming>, Error> {
        let request =
            Request::builder().method(method).uri(url).body(Full::new(Bytes::from(body.to_owned()))).unwrap();
        self.0.request(request).await
    }

    async fn gets(&self, url: &str) -> Result<Response<Incoming>, Error> {
        self.send(Method::GET, url, "").await
    }

    async fn posts(&self, url: &str) -> Result<Response<Incoming>, Error> {
        self.send(Method::POST, url, "{}").await
    }
}

async fn text(answer: Response<Incoming>) -> String {
    String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

async fn before(server: &Server) -> Proxy {
    Proxy::before_keycloak(&server.url).start().await
}

#[tokio::test]
async fn calls_are_counted_by_method_and_route_with_bytes_each_way() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    let person = Person::new();
    person.gets(&format!("{}/admin/realms/acme", proxy.url())).await.unwrap();

    let snapshot = proxy.snapshot();
    for name in ["a", "b"] {
        let url = format!("{}/admin/realms/{name}/clients", proxy.url());
        let answer = person.send(Method::POST, &url, "12345").await.unwrap();
        assert_eq!(text(answer).await, "created");
    }
    text(person.gets(&format!("{}/admin/realms/a/clients/1", proxy.url())).await.unwrap()).await;

    let calls = proxy.since(&snapshot);
    calls.expect("two clients").writes(2).reads(1).logins(0).calls(&Method::POST, CLIENTS, 2);
    let created = calls.to(&Method::POST, CLIENTS);
    assert_eq!((created.bytes_sent(), created.bytes_received()), (10, 14));
    assert!(created.iter().all(|call| call.outcome == Outcome::Answered(StatusCode::CREATED)));
    assert_eq!(calls.by_route().len(), 2);
    assert_eq!(proxy.calls().len(), 4);
}

#[tokio::test]
async fn paths_go_through_byte_for_byte() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    let paths =
        ["/admin/realms/a%2Fb/clients/%2e%2e?first=1&q=%20x", "/admin/realms/../x//y/./z", "/a%5Cb;c=d"];
    for path in paths {
        Person::new().gets(&format!("{}{path}", proxy.url())).await.unwrap();
    }
    assert_eq!(server.seen(), paths.map(|path| format!("GET {path}")));
    assert_eq!(proxy.calls().iter().map(|call| call.path.as_str()).collect::<Vec<_>>(), paths);
}

#[tokio::test]
async fn a_server_that_names_itself_names_the_proxy() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    let answer = Person::new().posts(&format!("{}/admin/realms/acme/clients", proxy.url())).await.unwrap();
    let location = answer.headers()[LOCATION].to_str().unwrap();
    assert_eq!(location, format!("http://{}/admin/realms/acme/clients/1", proxy.address()));
}

#[tokio::test]
async fn a_relative_path_stays_in_the_url_and_not_in_the_route() {
    let server = Server::start().await;
    let proxy = Proxy::before_keycloak(&format!("{}/auth/", server.url)).start().await;
    Person::new().posts(&format!("{}/admin/realms/acme/clients", proxy.url())).await.unwrap();
    assert_eq!(server.seen(), ["POST /auth/admin/realms/acme/clients"]);
    proxy.calls().expect("one client").calls(&Method::POST, CLIENTS, 1);
}

#[tokio::test]
async fn a_watch_is_streamed_and_its_bytes_are_counted_as_they_come() {
    let server = Server::start().await;
    let proxy = Proxy::before_api_server_of(Kubeconfig::at(&server.url)).start().await;
    let url = format!("{}/api/v1/secrets?watch=true", proxy.url());
    let mut watch = Person::new().gets(&url).await.unwrap().into_body();
    for (event, bytes) in [("first", 5), ("second", 11)] {
        server.says(event);
        let frame = tokio::time::timeout(SECONDS, watch.frame()).await.unwrap().unwrap().unwrap();
        assert_eq!(frame.into_data().unwrap(), event.as_bytes());
        assert_eq!(proxy.calls().bytes_received(), bytes);
    }
    assert_eq!(proxy.calls().to(&Method::GET, "/api/v1/secrets?watch").reads(), 1);
}

#[tokio::test]
async fn cutting_open_connections_breaks_off_a_watch_and_nothing_after_it() {
    let server = Server::start().await;
    let proxy = Proxy::before_api_server_of(Kubeconfig::at(&server.url)).start().await;
    let person = Person::new();
    let url = format!("{}/api/v1/secrets", proxy.url());
    let mut watch = person.gets(&format!("{url}?watch=true")).await.unwrap().into_body();
    proxy.cut_open_connections();
    let frame = tokio::time::timeout(SECONDS, watch.frame()).await.unwrap();
    assert!(frame.is_none_or(|frame| frame.is_err()));
    assert_eq!(person.gets(&url).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_status_is_answered_as_often_as_asked_and_the_server_never_sees_it() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    let fault = proxy.inject(
        Fault::status(StatusCode::TOO_MANY_REQUESTS)
            .on(Method::POST, CLIENTS)
            .times(2)
            .retry_after(Duration::from_secs(3)),
    );
    let person = Person::new();
    let url = format!("{}/admin/realms/acme/clients", proxy.url());
    assert_eq!(person.gets(&url).await.unwrap().status(), StatusCode::OK, "another method is not struck");
    for _ in 0..2 {
        let answer = person.posts(&url).await.unwrap();
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.headers()[RETRY_AFTER], "3");
        assert_eq!(text(answer).await, r#"{"error":"HTTP 429 Too Many Requests"}"#);
    }
    assert_eq!(person.posts(&url).await.unwrap().status(), StatusCode::CREATED);
    assert_eq!(fault.hits(), 2);
    assert_eq!(server.seen().len(), 2);
    assert_eq!((proxy.calls().writes(), proxy.calls().forwarded().writes()), (3, 1));
}

#[tokio::test]
async fn an_api_server_refuses_in_its_own_words() {
    let server = Server::start().await;
    let proxy = Proxy::before_api_server_of(Kubeconfig::at(&server.url)).start().await;
    proxy.inject(Fault::status(StatusCode::SERVICE_UNAVAILABLE));
    let answer = text(Person::new().gets(&format!("{}/api/v1/nodes", proxy.url())).await.unwrap()).await;
    let status: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(
        (&status["kind"], &status["code"], &status["reason"]),
        (&"Status".into(), &503.into(), &"ServiceUnavailable".into())
    );
}

#[tokio::test]
async fn a_fault_ends_when_it_is_healed_and_concerns_only_its_kind() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    let person = Person::new();
    let login = format!("{}/realms/master/protocol/openid-connect/token", proxy.url());
    let page = proxy.inject(Fault::not_json().on_kind(Kind::Login));
    let answer = person.posts(&login).await.unwrap();
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(text(answer).await.starts_with("<!DOCTYPE html>"));
    assert_eq!(person.gets(&proxy.url()).await.unwrap().status(), StatusCode::OK);
    page.heal();
    assert_eq!(person.posts(&login).await.unwrap().status(), StatusCode::CREATED);

    proxy.inject(Fault::status(StatusCode::UNAUTHORIZED));
    proxy.inject(Fault::cut());
    assert_eq!(
        person.gets(&proxy.url()).await.unwrap().status(),
        StatusCode::UNAUTHORIZED,
        "the oldest strikes"
    );
    proxy.heal();
    assert_eq!(person.gets(&proxy.url()).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_fault_that_lasts_for_a_while_is_over_after_it() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    proxy.inject(Fault::status(StatusCode::SERVICE_UNAVAILABLE).lasting(Duration::from_millis(50)));
    let person = Person::new();
    eventually("the server is back", SECONDS, async || {
        match person.gets(&proxy.url()).await.unwrap().status() {
            StatusCode::OK => Ok(()),
            other => Err(other),
        }
    })
    .await;
    assert!(proxy.calls().iter().any(|call| call.outcome == Outcome::Faked(StatusCode::SERVICE_UNAVAILABLE)));
}

#[tokio::test]
async fn a_cut_call_never_happened_and_a_lost_answer_did() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    let url = format!("{}/admin/realms/acme/clients", proxy.url());
    proxy.inject(Fault::cut().times(1));
    assert!(Person::new().posts(&url).await.is_err());
    assert_eq!(server.seen().len(), 0);
    proxy.inject(Fault::lose_answer().times(1));
    assert!(Person::new().posts(&url).await.is_err());
    assert_eq!(server.seen().len(), 1);
    let outcomes: Vec<Outcome> = proxy.calls().iter().map(|call| call.outcome).collect();
    assert_eq!(outcomes, [Outcome::Refused, Outcome::AnswerLost(StatusCode::CREATED)]);
}

#[tokio::test]
async fn a_call_that_hangs_goes_on_when_the_fault_is_healed() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    let hang = proxy.inject(Fault::hang());
    let url = proxy.url();
    let call = tokio::spawn(async move { Person::new().gets(&url).await.unwrap().status() });
    eventually(
        "the call hangs",
        SECONDS,
        async || if hang.hits() == 1 { Ok(()) } else { Err("it did not arrive") },
    )
    .await;
    assert_eq!(server.seen().len(), 0);
    hang.heal();
    assert_eq!(call.await.unwrap(), StatusCode::OK);
}

#[tokio::test]
async fn a_delayed_call_comes_late_and_then_meets_the_other_faults() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    proxy.inject(Fault::delay(Duration::from_millis(30)));
    proxy.inject(Fault::status(StatusCode::BAD_GATEWAY));
    let started = std::time::Instant::now();
    assert_eq!(Person::new().gets(&proxy.url()).await.unwrap().status(), StatusCode::BAD_GATEWAY);
    assert!(started.elapsed() >= Duration::from_millis(30));
}

#[tokio::test]
async fn an_answer_breaks_off_where_the_fault_says() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    proxy.inject(Fault::cut_body_after(3));
    let answer = Person::new().posts(&format!("{}/admin/realms/acme/clients", proxy.url())).await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    let mut body = answer.into_body();
    assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), "cre");
    assert!(body.frame().await.unwrap().is_err());
    assert_eq!(proxy.calls().bytes_received(), 3);
}

#[tokio::test]
async fn a_server_that_is_gone_is_gone_behind_the_proxy_too() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    server.ends().await;
    assert!(Person::new().gets(&proxy.url()).await.is_err());
    assert_eq!(proxy.calls().iter().next().unwrap().outcome, Outcome::Unreachable);
}

#[tokio::test]
async fn a_stop_counts_the_writes_of_both_proxies_and_lets_nothing_through_after_it() {
    let (keycloak, kubernetes) = (Server::start().await, Server::start().await);
    let point = StopPoint::new();
    let first = Proxy::before_keycloak(&keycloak.url).stopping_at(&point).start().await;
    let second =
        Proxy::before_api_server_of(Kubeconfig::at(&kubernetes.url)).stopping_at(&point).start().await;
    let client = format!("{}/admin/realms/acme/clients", first.url());
    let secret = format!("{}/api/v1/namespaces/acme/secrets", second.url());
    let lease = format!("{}/apis/coordination.k8s.io/v1/namespaces/acme/leases", second.url());

    point.set(Stop::BeforeWrite(3));
    assert!(Person::new().posts(&secret).await.is_ok());
    assert!(Person::new().posts(&lease).await.is_ok());
    assert!(Person::new().posts(&client).await.is_ok());
    assert!(!point.is_stopped());
    assert!(Person::new().posts(&secret).await.is_err());
    assert!(point.is_stopped());
    assert!(Person::new().gets(&client).await.is_err(), "reads are refused, too");
    assert!(Person::new().posts(&lease).await.is_err());
    assert_eq!((keycloak.seen().len(), kubernetes.seen().len(), point.writes()), (1, 2, 2));

    point.clear();
    assert!(Person::new().gets(&client).await.is_ok());
}

#[tokio::test]
async fn a_stop_after_a_write_does_it_and_loses_its_answer() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    let url = format!("{}/admin/realms/acme/clients", proxy.url());
    proxy.stop_point().set(Stop::AfterWrite(1));
    assert!(Person::new().posts(&url).await.is_err());
    tokio::time::timeout(SECONDS, proxy.stop_point().stopped()).await.unwrap();
    assert!(Person::new().posts(&url).await.is_err());
    assert_eq!(server.seen().len(), 1);
    assert!(proxy.calls().iter().any(|call| call.outcome == Outcome::AnswerLost(StatusCode::CREATED)));
}

#[tokio::test]
async fn a_write_whose_caller_went_away_is_done_and_waited_for() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    let url = format!("{}/slow", proxy.url());
    let caller = tokio::spawn(async move { Person::new().posts(&url).await.is_ok() });
    eventually("the write arrives", SECONDS, async || {
        if server.seen().len() == 1 { Ok(()) } else { Err("not there") }
    })
    .await;
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());

    let quiet = proxy.stop_point().quiet();
    tokio::pin!(quiet);
    assert!(
        tokio::time::timeout(Duration::from_millis(20), &mut quiet).await.is_err(),
        "the server is not done"
    );
    server.goes_on();
    tokio::time::timeout(SECONDS, quiet).await.unwrap();
}

#[tokio::test]
async fn an_https_server_is_trusted_by_its_ca_only() {
    let server = Server::start_tls().await;
    let ca = server.ca.clone().unwrap();
    let trusting = Proxy::before_keycloak(&server.url).trusting(&ca).start().await;
    assert_eq!(Person::new().gets(&trusting.url()).await.unwrap().status(), StatusCode::OK);
    let doubting = Proxy::before_keycloak(&server.url).start().await;
    assert!(Person::new().gets(&doubting.url()).await.is_err());
    assert_eq!(doubting.calls().iter().next().unwrap().outcome, Outcome::Unreachable);
}

#[tokio::test]
async fn a_proxy_that_serves_https_is_trusted_by_its_ca_only() {
    let server = Server::start().await;
    let proxy = Proxy::before_keycloak(&server.url).with_tls().start().await;
    assert!(proxy.url().starts_with("https://127.0.0.1:"));
    let knowing = Person(http_client(proxy.ca(), None).unwrap());
    assert_eq!(knowing.gets(&proxy.url()).await.unwrap().status(), StatusCode::OK);
    let by_name = proxy.url().replace("127.0.0.1", "localhost");
    assert_eq!(knowing.gets(&by_name).await.unwrap().status(), StatusCode::OK);
    assert!(Person::new().gets(&proxy.url()).await.is_err());
}

#[tokio::test]
async fn a_client_certificate_is_shown_only_for_calls_without_a_token() {
    let server = Server::start_tls().await;
    let kubeconfig = Kubeconfig {
        ca: server.ca.clone(),
        identity: server.identity.clone(),
        ..Kubeconfig::at(&server.url)
    };
    let proxy = Proxy::before_api_server_of(kubeconfig).start().await;
    let person = Person::new();
    let url = format!("{}/who", proxy.url());
    assert_eq!(text(person.gets(&url).await.unwrap()).await, "certificate");
    let request = Request::get(&url).header("authorization", "Bearer abc").body(Full::default()).unwrap();
    assert_eq!(text(person.0.request(request).await.unwrap()).await, "Bearer abc");
}

#[tokio::test]
async fn the_kubeconfig_of_a_proxy_leads_through_it_with_the_same_token() {
    let server = Server::start().await;
    let original = Kubeconfig { token: Some("abc".to_owned()), ..Kubeconfig::at(&server.url) };
    let proxy = Proxy::before_api_server_of(original).with_tls().start().await;
    let kubeconfig = Kubeconfig::parse(&proxy.kubeconfig(), std::path::Path::new(".")).unwrap();
    assert_eq!((kubeconfig.server(), kubeconfig.token.as_deref()), (proxy.url().as_str(), Some("abc")));
    let person = Person(http_client(kubeconfig.ca.as_deref(), None).unwrap());
    assert!(person.gets(kubeconfig.server()).await.is_ok());
    let other = Kubeconfig::parse(&proxy.kubeconfig_with_token("xyz"), std::path::Path::new(".")).unwrap();
    assert_eq!(other.token.as_deref(), Some("xyz"));
}

#[tokio::test]
async fn the_host_header_goes_through() {
    let server = Server::start().await;
    let proxy = before(&server).await;
    let request =
        Request::get(format!("{}/host", proxy.url())).header(HOST, "id.example.com").body(Full::default());
    let answer = Person::new().0.request(request.unwrap()).await.unwrap();
    assert_eq!(text(answer).await, "id.example.com");
}
