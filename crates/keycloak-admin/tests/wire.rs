//! The whole way of a call, against a server in this process.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test program")]

mod fake;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fake::{Fake, told};
use keycloak_admin::queries::ClientListQuery;
use keycloak_admin::stack::{BreakerState, Limits, Pace};
use keycloak_admin::types::{ClientRepresentation, RealmRepresentation, RoleRepresentation};
use keycloak_admin::{
    AdminApi, AdminError, AdminSession, Class, LoginError, RealmView, Resolver, Server, ServerSettings,
    TraceHeaders, TransportFault,
};

#[tokio::test]
async fn the_id_of_what_was_created_comes_from_location_and_a_roles_name_is_no_id() {
    let fake = Fake::start().await;
    let api = fake.api();
    let at = |path: &str| fake::Told {
        headers: vec![("location", format!("{}/admin/realms/a/{path}", fake.url))],
        ..told(201, "")
    };
    fake.then(at("clients/5f1b4b1e-6ae2-4a43-9f52-0c6a3a1d2e3f"));
    let client = api.client_create("a", &ClientRepresentation::default()).await.unwrap();
    assert_eq!(client.into_id().unwrap(), "5f1b4b1e-6ae2-4a43-9f52-0c6a3a1d2e3f");
    fake.then(at("roles/auditor"));
    assert_eq!(api.role_create("a", &RoleRepresentation::default()).await.unwrap().id(), None);
}

#[tokio::test]
async fn a_partial_body_holds_only_what_is_set() {
    let fake = Fake::start().await;
    fake.always(told(204, ""));
    let change = RealmRepresentation { display_name: Some("New".into()), ..Default::default() };
    fake.api().realm_update("a", &change).await.unwrap();
    let cleared = ClientRepresentation { redirect_uris: Some(vec![]), ..Default::default() };
    fake.api().client_update("a", "uuid", &cleared).await.unwrap();
    let bodies: Vec<String> =
        fake.asked().iter().map(|asked| String::from_utf8_lossy(&asked.body).into()).collect();
    assert_eq!(bodies, [r#"{"displayName":"New"}"#, r#"{"redirectUris":[]}"#]);
}

#[tokio::test]
async fn what_was_read_is_written_back_with_unknown_fields_empty_lists_and_null_values() {
    let fake = Fake::start().await;
    let api = fake.api();
    let stored = r#"{"id":"1","clientId":"c","redirectUris":[],"attributes":{"a":null},"newField":{"x":[]}}"#;
    fake.then(told(200, stored)).then(told(204, ""));
    let mut client = api.client_get("a", "1").await.unwrap();
    client.name = Some("n".into());
    api.client_update("a", "1", &client).await.unwrap();
    let written: serde_json::Value = serde_json::from_slice(&fake.asked()[1].body).unwrap();
    let mut expected: serde_json::Value = serde_json::from_str(stored).unwrap();
    expected["name"] = "n".into();
    assert_eq!(written, expected);
}

#[tokio::test]
async fn query_parameters_are_sent_encoded_and_absent_ones_not() {
    let fake = Fake::start().await;
    fake.always(told(200, "[]"));
    let query = ClientListQuery { client_id: Some("a&b=c"), max: Some(5), ..Default::default() };
    fake.api().client_list("a", query).await.unwrap();
    assert_eq!(fake.asked()[0].target, "/auth/admin/realms/a/clients?clientId=a%26b%3Dc&max=5");
}

#[tokio::test]
async fn a_look_up_by_client_id_never_hands_out_another_client() {
    let fake = Fake::start().await;
    fake.always(told(200, r#"[{"clientId": "shop-2"}, {"clientId": "shop", "id": "1"}]"#));
    let found = fake.api().client_by_client_id("a", "shop").await.unwrap();
    assert_eq!(found.unwrap().id.as_deref(), Some("1"));
    assert_eq!(fake.api().client_by_client_id("a", "sho").await.unwrap(), None);
}

#[tokio::test]
async fn a_realm_without_an_id_is_a_reduced_view() {
    let fake = Fake::start().await;
    let api = fake.api();
    fake.then(told(200, r#"{"realm": "a"}"#)).then(told(200, r#"{"realm": "a", "id": "1"}"#));
    assert_eq!(api.realm_view("a").await.unwrap(), RealmView::Reduced);
    assert!(matches!(api.realm_view("a").await.unwrap(), RealmView::Full(_)));
}

#[tokio::test]
async fn after_a_401_there_is_one_new_login_for_all_and_each_call_is_repeated_once() {
    let fake = Fake::start().await;
    let api = fake.api();
    api.realm_get("a").await.unwrap();
    let held = fake.hold().await;
    for _ in 0..5 {
        fake.then(told(401, r#"{"error": "HTTP 401 Unauthorized"}"#));
    }
    let calls: Vec<_> = (0..5)
        .map(|_| {
            let api = api.clone();
            tokio::spawn(async move { api.client_delete("a", "uuid").await })
        })
        .collect();
    while fake.at_once() < 5 {
        tokio::task::yield_now().await;
    }
    drop(held);
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(fake.logins(), 2);
    let tokens: Vec<String> =
        fake.asked().iter().map(|asked| asked.header("authorization").to_owned()).collect();
    assert_eq!(tokens.iter().filter(|token| *token == "Bearer token-1").count(), 1 + 5);
    assert_eq!(tokens.iter().filter(|token| *token == "Bearer token-2").count(), 5);
}

#[tokio::test]
async fn a_401_that_stays_is_denied_and_not_asked_a_third_time() {
    let fake = Fake::start().await;
    fake.always(told(401, ""));
    let error = fake.api().realm_get("a").await.unwrap_err();
    assert!(error.is_denied(), "{error}");
    assert_eq!((fake.asked().len(), fake.logins()), (2, 2));
}

#[tokio::test]
async fn each_spelling_of_a_refusal_arrives_with_status_and_sentence() {
    let fake = Fake::start().await;
    let api = fake.api();
    let mut texts = Vec::new();
    for (status, body) in [
        (400, r#"{"error": "invalid_input", "error_description": "Redirect URIs use an illegal scheme"}"#),
        (403, r#"{"error": "HTTP 403 Forbidden"}"#),
        (404, r#"{"error": "Could not find client"}"#),
        (409, r#"{"errorMessage": "Client shop already exists"}"#),
        (422, ""),
        (500, "<html><head><title>Error</title></head></html>"),
        (200, "<html>another site</html>"),
        (200, r#"{"id": "#),
        (302, ""),
    ] {
        let location = vec![("location", "https://sso.example/login?code=hidden".to_owned())];
        let headers = if status == 302 { location } else { vec![] };
        fake.then(fake::Told { headers, ..told(status, body) });
        let error = api.client_get("a", "uuid").await.unwrap_err();
        texts.push(format!("{:?}: {error}", error.class()));
    }
    insta::assert_snapshot!(texts.join("\n"));
}

#[tokio::test]
async fn a_body_that_is_not_understood_never_shows_in_the_error() {
    let fake = Fake::start().await;
    fake.always(told(200, r#"{"id": 5, "secret": "hidden", "clientId": {"hidden": 1}}"#));
    let error = fake.api().client_get("a", "uuid").await.unwrap_err();
    let printed = format!("{error} {error:?}");
    assert!(!printed.contains("hidden"), "{printed}");
    assert_eq!(error.class(), Class::Retry);
}

#[tokio::test]
async fn five_failures_pause_all_logins_of_the_server_and_a_probe_ends_the_pause() {
    let fake = Fake::start().await;
    let pause = Duration::from_millis(300);
    let one =
        fake.api_with(|settings| settings.limits = Limits { breaker_pause: pause, ..Limits::default() });
    let login = keycloak_admin::Login::service_account("acme", "other", "secret".into());
    let other = AdminApi::new(AdminSession::new(one.server(), login));
    fake.always(told(500, ""));
    for _ in 0..5 {
        assert!(matches!(one.realm_get("a").await, Err(AdminError::Answer { .. })));
    }
    let before = fake.asked().len();
    let error = other.realm_get("a").await.unwrap_err();
    assert!(matches!(error, AdminError::BreakerOpen { .. }), "{error}");
    assert_eq!(error.class(), Class::Retry);
    assert!(error.retry_after().is_some_and(|after| after <= pause.mul_f64(1.1)));
    assert_eq!((before, fake.asked().len()), (5, 0), "nothing was sent");

    fake.always(told(200, "{}"));
    while one.server().breaker() != BreakerState::HalfOpen {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    other.realm_get("a").await.unwrap();
    assert_eq!(one.server().breaker(), BreakerState::Closed);
}

#[tokio::test]
async fn no_more_calls_are_under_way_than_the_server_may_have() {
    let fake = Fake::start().await;
    let api = fake.api_with(|settings| {
        settings.limits = Limits { concurrency: 3, max_concurrency: 3, ..Limits::default() };
    });
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let api = api.clone();
            tokio::spawn(async move { api.realm_get("a").await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert!(fake.most_at_once() <= 3, "{}", fake.most_at_once());
    assert_eq!((fake.asked().len(), fake.logins()), (20, 1));
}

#[tokio::test]
async fn no_more_calls_arrive_than_the_pace_allows() {
    let fake = Fake::start().await;
    let pace = Some(Pace { per_second: 10.0, burst: 2 });
    let api = fake.api_with(|settings| settings.limits.pace = pace);
    let began = Instant::now();
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let api = api.clone();
            tokio::spawn(async move { api.realm_get("a").await })
        })
        .collect();
    let mut arrived = 0;
    while arrived < calls.len() {
        arrived += fake.asked().len();
        // Counted first: what arrives meanwhile only makes the number larger that would be allowed.
        let allowed = 2.0 + 10.0 * began.elapsed().as_secs_f64();
        assert!(f64::from(u32::try_from(arrived).unwrap()) <= allowed, "{arrived} of at most {allowed}");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(fake.logins(), 1, "which is not paced");
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let fake = Fake::start().await;
    fake.always(told(200, &format!(r#"{{"id": "{}"}}"#, "x".repeat(5000))));
    let api = fake.api_with(|settings| settings.limits.max_answer = 1000);
    let error = api.realm_get("a").await.unwrap_err();
    assert_eq!(error.to_string(), "realm_get: the answer is longer than 1000 bytes");
}

#[tokio::test]
async fn a_server_that_does_not_answer_ends_the_call_at_its_limit() {
    let fake = Fake::start().await;
    let limit = Duration::from_millis(50);
    let api = fake.api_with(|settings| settings.limits.timeout = limit);
    api.session().token().await.unwrap();
    let _held = fake.hold().await;
    assert!(matches!(api.realm_get("a").await, Err(AdminError::Timeout { after, .. }) if after == limit));
}

/// Leads every name to these addresses of this machine, one look-up after the other, and then to the last one. Each attempt to
/// connect is one look-up; they are counted.
fn leading_to(hosts: &'static [u8]) -> (Resolver, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let resolver: Resolver = Arc::new(move |_: &str| {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        let host = hosts.get(number).or(hosts.last()).copied().unwrap_or(1);
        Box::pin(async move { Ok(vec![[127, 0, 0, host].into()]) })
    });
    (resolver, asked)
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_connection_error_and_is_tried_three_times() {
    let unused = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://keycloak.invalid:{}", unused.local_addr().unwrap().port());
    drop(unused);
    let (resolver, attempts) = leading_to(&[1]);
    let server =
        Server::new(ServerSettings { resolver: Some(resolver), ..ServerSettings::new(&url) }).unwrap();
    let session = AdminSession::new(&server, keycloak_admin::Login::bootstrap_admin("admin", "p".into()));
    let error = AdminApi::new(session).realm_get("a").await.unwrap_err();
    let AdminError::Login { source: LoginError::Transport { fault: TransportFault::Connect(_), .. }, .. } =
        &error
    else {
        panic!("{error:?}")
    };
    assert_eq!(attempts.load(Ordering::SeqCst), 3);
    assert_eq!(error.class(), Class::Retry);
    assert!(!error.to_string().contains("/realms"), "{error}");
}

#[tokio::test]
async fn a_login_that_reached_nobody_is_tried_again_and_the_call_is_sent_once() {
    let fake = Fake::start().await;
    // Nobody listens on the first address, as on that of a pod that just went.
    let (resolver, attempts) = leading_to(&[2, 1]);
    let url = fake.url.replace("127.0.0.1", "keycloak.invalid");
    let api = fake.api_with(|settings| {
        *settings = ServerSettings { resolver: Some(resolver), ..ServerSettings::new(&url) };
    });
    fake.then(told(201, ""));
    api.role_create("a", &RoleRepresentation::default()).await.unwrap();
    assert_eq!((fake.logins(), fake.asked().len(), attempts.load(Ordering::SeqCst)), (1, 1, 2));
}

#[tokio::test]
async fn the_trace_context_of_the_caller_travels_with_each_request() {
    let fake = Fake::start().await;
    let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let headers: TraceHeaders = Arc::new(move |headers| {
        headers.insert("traceparent", parent.parse().unwrap());
    });
    let api = fake.api_with(|settings| settings.trace_headers = Some(Arc::clone(&headers)));
    api.realm_get("a").await.unwrap();
    assert_eq!(fake.asked()[0].header("traceparent"), parent);
    fake.api().realm_get("a").await.unwrap();
    assert_eq!(fake.asked()[0].header("traceparent"), "");
    // It is no health that is answered, but it was asked.
    let probe = keycloak_admin::health::HealthProbe::new().unwrap();
    probe.clone().with_trace_headers(headers).ready(&fake.url).await.unwrap_err();
    probe.ready(&fake.url).await.unwrap_err();
    let asked: Vec<_> = fake.asked().iter().map(|asked| asked.header("traceparent").to_owned()).collect();
    assert_eq!(asked, [parent, ""]);
}

#[tokio::test]
async fn a_call_can_be_spawned() {
    let fake = Fake::start().await;
    let api = fake.api();
    tokio::spawn(async move { api.realm_get("a").await }).await.unwrap().unwrap();
}

/// Runs itself again behind a proxy: the variables are read when the program starts.
#[tokio::test]
async fn proxy_variables_are_honoured() {
    const BEHIND: &str = "CLOAKROOM_TEST_BEHIND_PROXY";
    if std::env::var_os(BEHIND).is_some() {
        let server = Server::new(ServerSettings::new("http://keycloak.invalid/auth")).unwrap();
        let session = AdminSession::new(&server, keycloak_admin::Login::bootstrap_admin("admin", "p".into()));
        AdminApi::new(session).realm_get("a").await.unwrap();
        return;
    }
    let proxy = Fake::start().await;
    let address = proxy.url.trim_end_matches("/auth").to_owned();
    let status = tokio::task::spawn_blocking(move || {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "proxy_variables_are_honoured"])
            .env(BEHIND, "1")
            .env("http_proxy", &address)
            .env("HTTP_PROXY", &address)
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .status()
            .unwrap()
    })
    .await
    .unwrap();
    assert!(status.success());
    let asked = proxy.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(
        (asked[0].header("host"), asked[0].target.as_str()),
        ("keycloak.invalid", "/auth/admin/realms/a")
    );
}

/// Writes down which metrics are used, with their labels.
#[derive(Default)]
struct Seen(std::sync::Mutex<std::collections::BTreeSet<String>>);

impl Seen {
    fn note(&self, key: &metrics::Key) {
        let labels: Vec<String> =
            key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
        self.0.lock().unwrap().insert(format!("{} {}", key.name(), labels.join(" ")).trim_end().to_owned());
    }
}

impl metrics::Recorder for Seen {
    fn describe_counter(&self, _: metrics::KeyName, _: Option<metrics::Unit>, _: metrics::SharedString) {}
    fn describe_gauge(&self, _: metrics::KeyName, _: Option<metrics::Unit>, _: metrics::SharedString) {}
    fn describe_histogram(&self, _: metrics::KeyName, _: Option<metrics::Unit>, _: metrics::SharedString) {}
    fn register_counter(&self, key: &metrics::Key, _: &metrics::Metadata<'_>) -> metrics::Counter {
        self.note(key);
        metrics::Counter::noop()
    }
    fn register_gauge(&self, key: &metrics::Key, _: &metrics::Metadata<'_>) -> metrics::Gauge {
        self.note(key);
        metrics::Gauge::noop()
    }
    fn register_histogram(&self, key: &metrics::Key, _: &metrics::Metadata<'_>) -> metrics::Histogram {
        self.note(key);
        metrics::Histogram::noop()
    }
}

#[tokio::test]
async fn metrics_name_routes_and_never_a_realm_a_client_or_a_server() {
    let seen = Seen::default();
    let _guard = metrics::set_default_local_recorder(&seen);
    let fake = Fake::start().await;
    let api = fake.api();
    fake.then(told(503, "")).then(told(200, "{}")).then(told(404, ""));
    api.client_get("secret-realm", "secret-client").await.unwrap();
    api.role_get("secret-realm", "secret-role").await.unwrap_err();
    drop(api);
    let names = seen.0.lock().unwrap().iter().cloned().collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(names);
}

#[tokio::test]
async fn how_long_a_server_takes_to_ask_its_database_is_measured_where_it_says_so() {
    let seen = Seen::default();
    let _guard = metrics::set_default_local_recorder(&seen);
    for (checks, measured) in
        [("[]", 0), (r#"[{"name": "Keycloak database health check", "status": "UP"}]"#, 1)]
    {
        let body = format!(r#"{{"status": "UP", "checks": {checks}}}"#);
        let router = axum::Router::new().route("/health/ready", axum::routing::get(async move || body));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await });
        keycloak_admin::health::HealthProbe::new().unwrap().ready(&address).await.unwrap();
        serving.abort();
        assert_eq!(seen.0.lock().unwrap().len(), measured);
    }
    let seen: Vec<_> = seen.0.lock().unwrap().iter().cloned().collect();
    assert_eq!(seen, ["keycloak_operator_database_connection_duration_seconds"]);
}
