//! Against a token endpoint and one call of the admin API in this process.

use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use clap::FromArgMatches as _;
use keycloak_admin::logins::Credentials;
use opentelemetry::{global, trace::TracerProvider as _};
use opentelemetry_sdk::{
    error::OTelSdkResult,
    propagation::TraceContextPropagator,
    trace::{SdkTracerProvider, SpanData, SpanExporter},
};
use serde_json::json;
use tracing::Instrument as _;
use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _};

use super::*;
use crate::{
    fake,
    secret::{Takeover, WantedSecret, write},
};

/// A Keycloak that counts logins.
#[derive(Clone, Default)]
struct Keycloak {
    logins: Arc<AtomicUsize>,
    login_status: Arc<AtomicU16>,
    call_status: Arc<AtomicU16>,
    /// The only secret that it accepts, where it looks at that.
    accepts: Arc<Mutex<Option<&'static str>>>,
    forms: Arc<Mutex<Vec<String>>>,
    /// Which call came with which `traceparent`.
    traces: Arc<Mutex<Vec<(&'static str, String)>>>,
}

// Handlers are futures, whether they wait or not.
#[expect(clippy::unused_async, reason = "axum calls handlers that are async")]
impl Keycloak {
    async fn start() -> (Self, String) {
        let keycloak = Self::default();
        keycloak.login_status.store(200, Ordering::SeqCst);
        keycloak.call_status.store(200, Ordering::SeqCst);
        let app = Router::new()
            .route("/auth/realms/{realm}/protocol/openid-connect/token", post(Self::token))
            .route("/auth/admin/realms/{realm}", get(Self::realm))
            .with_state(keycloak.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/auth", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        (keycloak, url)
    }

    async fn token(
        State(keycloak): State<Self>,
        Path(realm): Path<String>,
        headers: HeaderMap,
        form: String,
    ) -> (StatusCode, String) {
        keycloak.note_trace("login", &headers);
        let number = keycloak.logins.fetch_add(1, Ordering::SeqCst) + 1;
        let accepted = *keycloak.accepts.lock().unwrap();
        let is_refused = accepted.is_some_and(|secret| !form.ends_with(&format!("client_secret={secret}")));
        keycloak.forms.lock().unwrap().push(format!("{realm}: {form}"));
        let status = StatusCode::from_u16(keycloak.login_status.load(Ordering::SeqCst)).unwrap();
        let status = if is_refused { StatusCode::UNAUTHORIZED } else { status };
        let body = if status.is_success() {
            json!({"access_token": format!("token-{number}"), "expires_in": 600})
        } else {
            json!({"error": "unauthorized_client", "error_description": "Invalid client or Invalid client credentials"})
        };
        (status, body.to_string())
    }

    async fn realm(
        State(keycloak): State<Self>,
        Path(realm): Path<String>,
        headers: HeaderMap,
    ) -> (StatusCode, String) {
        keycloak.note_trace("realm", &headers);
        let status = StatusCode::from_u16(keycloak.call_status.load(Ordering::SeqCst)).unwrap();
        (status, json!({"id": "realm-id-1", "realm": realm}).to_string())
    }

    fn note_trace(&self, call: &'static str, headers: &HeaderMap) {
        let parent = headers.get("traceparent").and_then(|value| value.to_str().ok()).unwrap_or_default();
        self.traces.lock().unwrap().push((call, parent.to_owned()));
    }

    fn logins(&self) -> usize {
        self.logins.load(Ordering::SeqCst)
    }
}

struct Scene {
    api: fake::Api,
    keycloak: Keycloak,
    sessions: Sessions,
    instance: Instance,
    realm: Realm,
}

fn credentials(secret: &str) -> Credentials {
    Credentials {
        client_id: "cloakroom-1".into(),
        client_uuid: "uuid-1".into(),
        client_secret: secret.into(),
    }
}

impl Scene {
    async fn new() -> Self {
        let api = fake::Api::default();
        let (keycloak, url) = Keycloak::start().await;
        let sessions = Sessions::new(fake::secrets(&api), SessionSettings::default());
        let instance = fake::instance(&json!({"external": {"url": url}}), &json!({}));
        let realm = fake::realm("acme", &json!({}), &json!({}));
        let scene = Self { api, keycloak, sessions, instance, realm };
        scene.write_logins("hidden-1").await;
        scene
    }

    async fn write_logins(&self, secret: &str) {
        let realm_manager = RealmManagerLogin { credentials: credentials(secret) };
        let client_manager = ClientManagerLogin {
            credentials: credentials(secret),
            realm: "acme".into(),
            realm_id: "realm-id-1".into(),
            owner: self.realm.owner().clone(),
        };
        for wanted in [realm_manager.wanted(&self.instance), client_manager.wanted(&self.instance)] {
            write(&fake::secrets(&self.api), &wanted, None, Takeover::No).await.unwrap();
        }
    }

    /// A connection that is used once.
    async fn as_client_manager(&self) -> Result<Connection, ConnectError> {
        let connection = self.sessions.client_manager(&self.instance, &self.realm).await?;
        match connection.api().realm_get("acme").await {
            Ok(_) => {
                connection.succeeded();
                Ok(connection)
            }
            Err(error) => {
                connection.failed(&error);
                Err(error.into())
            }
        }
    }

    fn secret_reads(&self) -> usize {
        self.api
            .calls()
            .iter()
            .filter(|call| call.starts_with("GET /api/v1/namespaces/platform/secrets/"))
            .count()
    }
}

async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn one_login_and_one_read_of_its_secret_serve_everybody() {
    let scene = Arc::new(Scene::new().await);
    let reads = scene.secret_reads();
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let scene = Arc::clone(&scene);
            tokio::spawn(async move { scene.as_client_manager().await.map(|_| ()) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!((scene.keycloak.logins(), scene.secret_reads() - reads), (1, 1));
    assert!(scene.keycloak.forms.lock().unwrap()[0].starts_with("acme: grant_type=client_credentials"));
}

#[tokio::test]
async fn an_unchanged_secret_is_read_again_after_a_minute_and_the_session_stays() {
    let scene = Scene::new().await;
    scene.as_client_manager().await.unwrap();
    let reads = scene.secret_reads();
    pass(KEEP).await;
    scene.as_client_manager().await.unwrap();
    assert_eq!((scene.keycloak.logins(), scene.secret_reads() - reads), (1, 1));
}

#[tokio::test]
async fn a_changed_secret_gives_a_new_session() {
    let scene = Scene::new().await;
    let before = scene.as_client_manager().await.unwrap();
    scene.write_logins("hidden-2").await;
    pass(KEEP).await;
    let after = scene.as_client_manager().await.unwrap();
    assert_ne!(after.secret_version(), before.secret_version());
    assert_eq!(scene.keycloak.logins(), 2);
    assert!(scene.keycloak.forms.lock().unwrap()[1].contains("hidden-2"));
}

#[tokio::test]
async fn a_refused_login_is_not_tried_by_everybody_and_within_seconds_after_its_secret_changed() {
    let scene = Scene::new().await;
    scene.keycloak.login_status.store(401, Ordering::SeqCst);
    assert!(matches!(scene.as_client_manager().await, Err(ConnectError::Admin(_))));
    let logins = scene.keycloak.logins();
    for _ in 0..5 {
        let error = scene.as_client_manager().await.unwrap_err();
        assert!(matches!(error, ConnectError::LoginNotNow { given_up: false, .. }), "{error}");
    }
    assert_eq!(scene.keycloak.logins(), logins);

    // Somebody mends it.
    scene.keycloak.login_status.store(200, Ordering::SeqCst);
    scene.write_logins("hidden-2").await;
    pass(KEEP_REFUSED).await;
    scene.as_client_manager().await.unwrap();
    assert!(scene.keycloak.forms.lock().unwrap().last().unwrap().contains("hidden-2"));
}

#[tokio::test]
async fn a_login_that_is_made_anew_meanwhile_is_refused_to_nobody_at_any_step() {
    let scene = Scene::new().await;
    let name = "keycloak-client-manager-099d60b996fbb0ef";
    let realm = &scene.realm;
    let login = |secret: &str| ClientManagerLogin {
        credentials: credentials(secret),
        realm: "acme".into(),
        realm_id: "realm-id-1".into(),
        owner: realm.owner().clone(),
    };
    let writes = async |wanted: WantedSecret| {
        let known = scene.api.secret("platform", name);
        write(&fake::secrets(&scene.api), &wanted, known.as_ref(), Takeover::No).await.unwrap();
    };
    // How many logins a call needs whose token has come to its end.
    let calls = async |connection: &Connection| {
        let session = connection.api().session();
        session.reject(&session.token().await.unwrap()).await;
        let logins = scene.keycloak.logins();
        connection.api().realm_get("acme").await.unwrap();
        scene.keycloak.logins() - logins
    };
    *scene.keycloak.accepts.lock().unwrap() = Some("hidden-1");
    let connection = scene.as_client_manager().await.unwrap();
    assert_eq!(calls(&connection).await, 1);

    writes(rotation::begun(login("hidden-1").wanted(&scene.instance), &"hidden-2".into())).await;
    assert_eq!(calls(&connection).await, 1, "written down, and the server does not have it");
    *scene.keycloak.accepts.lock().unwrap() = Some("hidden-2");
    assert_eq!(calls(&connection).await, 2, "the server has it");
    assert_eq!(calls(&connection).await, 1, "what works is kept");
    writes(rotation::unchanged(login("hidden-2").wanted(&scene.instance))).await;
    assert_eq!(calls(&connection).await, 1, "the end");

    // A whole one passes by unseen.
    writes(rotation::unchanged(login("hidden-3").wanted(&scene.instance))).await;
    *scene.keycloak.accepts.lock().unwrap() = Some("hidden-3");
    assert_eq!(calls(&connection).await, 2);

    // Whoever is really refused is told, and nothing else is tried.
    *scene.keycloak.accepts.lock().unwrap() = Some("of somebody else");
    let session = connection.api().session();
    session.reject(&session.token().await.unwrap()).await;
    let logins = scene.keycloak.logins();
    let error = connection.api().realm_get("acme").await.unwrap_err();
    assert!(matches!(error, AdminError::Login { source: LoginError::Refused { .. }, .. }), "{error}");
    assert_eq!(scene.keycloak.logins() - logins, 1);
}

#[tokio::test]
async fn what_the_realm_manager_may_not_do_in_one_realm_says_nothing_about_the_others() {
    let scene = Scene::new().await;
    scene.keycloak.call_status.store(403, Ordering::SeqCst);
    let connection = scene.sessions.realm_manager(&scene.instance, "acme").await.unwrap();
    let error = connection.api().realm_get("acme").await.unwrap_err();
    assert!(matches!(connection.failed(&error), Class::Retry(_)));
    let same = scene.sessions.realm_manager(&scene.instance, "acme").await.unwrap_err();
    insta::assert_snapshot!(same, @"the login of Secret platform/keycloak-realm-manager lacks a right on realm acme; it is tried again by itself");
    assert!(scene.sessions.realm_manager(&scene.instance, "other").await.is_ok());

    // After five minutes a probe that is refused again is a matter for a person.
    pass(Duration::from_secs(301)).await;
    let connection = scene.sessions.realm_manager(&scene.instance, "acme").await.unwrap();
    assert!(matches!(connection.failed(&error), Class::Stall(_)));
    let given_up = scene.sessions.realm_manager(&scene.instance, "acme").await.unwrap_err();
    insta::assert_snapshot!(given_up, @"the login of Secret platform/keycloak-realm-manager lacks a right on realm acme; mend it: it is tried again as soon as the Secret changes, and rarely until then");
    connection.succeeded();
    assert!(scene.sessions.realm_manager(&scene.instance, "acme").await.is_ok());
}

#[tokio::test]
async fn a_missing_login_is_waited_for_and_used_once_it_appears() {
    let scene = Scene::new().await;
    for name in ["keycloak-realm-manager", "keycloak-client-manager-099d60b996fbb0ef"] {
        scene.api.lacks(&format!("/api/v1/namespaces/platform/secrets/{name}"));
    }
    let other = fake::instance(
        &json!({"logins": {"namespace": "logins"}, "external": {"url": "http://127.0.0.1:9"}}),
        &json!({}),
    );
    let mut sentences = Vec::new();
    sentences.push(scene.sessions.client_manager(&other, &scene.realm).await.unwrap_err().to_string());
    sentences.push(scene.sessions.realm_manager(&other, "acme").await.unwrap_err().to_string());
    sentences.push(scene.sessions.administrator(&other).await.unwrap_err().to_string());
    insta::assert_snapshot!(sentences.join("\n"), @r"
    the login for clients is not there: Secret logins/keycloak-client-manager-099d60b996fbb0ef does not exist; the realm controller makes it
    the login for realms is not there: Secret platform/keycloak-realm-manager does not exist; the instance controller makes it
    the login for administration is not there: Secret platform/keycloak-admin-credentials does not exist; write the login of an administrator into it; for a server that we run, the instance controller makes it
    ");
    let login = RealmManagerLogin { credentials: credentials("hidden") };
    write(&fake::secrets(&scene.api), &login.wanted(&other), None, Takeover::No).await.unwrap();
    assert!(scene.sessions.realm_manager(&other, "acme").await.is_ok());
}

#[tokio::test]
async fn a_kept_session_is_not_given_to_a_realm_of_another_name() {
    let scene = Scene::new().await;
    scene.as_client_manager().await.unwrap();
    let renamed = fake::realm("other", &json!({}), &json!({}));
    let error = scene.sessions.client_manager(&scene.instance, &renamed).await.unwrap_err();
    assert!(matches!(error, ConnectError::LoginOfOtherRealm { .. }), "{error}");
}

#[tokio::test]
async fn another_address_or_another_authority_is_another_session() {
    let scene = Scene::new().await;
    scene.as_client_manager().await.unwrap();
    let (moved, url) = Keycloak::start().await;
    let instance = fake::instance(&json!({"external": {"url": url}}), &json!({}));
    let connection = scene.sessions.client_manager(&instance, &scene.realm).await.unwrap();
    connection.api().realm_get("acme").await.unwrap();
    assert_eq!((scene.keycloak.logins(), moved.logins()), (1, 1));

    let ca = json!({"external": {"url": url, "caSecret": {"name": "company-ca"}}});
    // Named a moment ago, it is looked at at once: somebody waits for it to be accepted.
    let instance = fake::instance(&ca, &json!({}));
    let missing = scene.sessions.client_manager(&instance, &scene.realm).await.unwrap_err();
    scene.api.holds_secret(&fake::secret("platform", "company-ca", &[("ca.crt", "no PEM")]));
    let damaged = scene.sessions.client_manager(&instance, &scene.realm).await.unwrap_err();
    insta::assert_snapshot!(format!("{missing}\n{damaged}"), @r#"
    Secret platform/company-ca, named in spec.external.caSecret of the Keycloak, does not exist; create it with key "ca.crt"
    the server of Keycloak platform/keycloak cannot be called: the CA bundle is not PEM with at least one certificate: it holds none
    "#);
}

#[tokio::test]
async fn an_instance_that_goes_takes_its_sessions_with_it() {
    let scene = Scene::new().await;
    scene.as_client_manager().await.unwrap();
    scene.sessions.forget(&scene.instance);
    assert!(locked(&scene.sessions.shared.logins).is_empty());
    scene.as_client_manager().await.unwrap();
    assert_eq!(scene.keycloak.logins(), 2);
}

/// Keeps the spans that are exported.
#[derive(Clone, Debug, Default)]
struct Exported(Arc<Mutex<Vec<SpanData>>>);

impl SpanExporter for Exported {
    async fn export(&self, spans: Vec<SpanData>) -> OTelSdkResult {
        self.0.lock().unwrap().extend(spans);
        Ok(())
    }
}

impl Exported {
    fn span(&self, name: &str) -> SpanData {
        let spans = self.0.lock().unwrap();
        let found = spans.iter().find(|span| span.name == name);
        found.unwrap_or_else(|| panic!("no span {name} among {spans:?}")).clone()
    }
}

#[tokio::test]
async fn a_login_and_a_call_stand_in_the_trace_of_the_pass_that_makes_them_at_the_level_of_programs() {
    global::set_text_map_propagator(TraceContextPropagator::new());
    let exported = Exported::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exported.clone()).build();
    let sent = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
    // The default of `--log-level`, which decides what is exported, too.
    let subscriber = tracing_subscriber::registry().with(EnvFilter::new("info")).with(sent);
    // With one subscriber alone, tracing asks that of whichever thread comes to a span first whether anybody wants it, and keeps the answer.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(subscriber);
    let scene = Scene::new().await;
    scene.as_client_manager().instrument(tracing::info_span!("reconcile")).await.unwrap();

    let pass = exported.span("reconcile").span_context;
    let call = exported.span("keycloak_call");
    assert_eq!(call.parent_span_id, pass.span_id());
    assert_eq!(call.span_kind, opentelemetry::trace::SpanKind::Client);
    let parent = format!("00-{}-{}-01", pass.trace_id(), call.span_context.span_id());
    let expected = [("login", parent.clone()), ("realm", parent)];
    assert_eq!(*scene.keycloak.traces.lock().unwrap(), expected);
}

#[test]
fn a_rate_on_the_command_line_is_the_pace_of_every_server() {
    let parsed = |arguments: &[&str]| {
        let command = SessionArgs::augment_args(clap::Command::new("program"));
        let matches = command.try_get_matches_from([&["program"], arguments].concat());
        matches.map(|matches| SessionArgs::from_arg_matches(&matches).unwrap().settings().limits.pace)
    };
    assert_eq!(parsed(&[]).unwrap(), None);
    assert_eq!(parsed(&["--keycloak-rate=20"]).unwrap(), Some(Pace { per_second: 20.0, burst: 20 }));
    let refused = ["--keycloak-rate=0", "--keycloak-rate=fast"].map(|word| parsed(&[word]).unwrap_err());
    insta::assert_snapshot!(refused.map(|error| error.to_string()).join("\n"), @r"
    error: invalid value '0' for '--keycloak-rate <CALLS_PER_SECOND>': 0 is not in 1..=100000

    For more information, try '--help'.

    error: invalid value 'fast' for '--keycloak-rate <CALLS_PER_SECOND>': invalid digit found in string

    For more information, try '--help'.
    ");
}

#[tokio::test]
async fn the_pace_of_the_settings_is_that_of_the_server() {
    let scene = Scene::new().await;
    let settings = SessionArgs { keycloak_rate: Some(1) }.settings();
    let queue_timeout = Duration::ZERO;
    let limits = Limits { queue_timeout, ..settings.limits.clone() };
    let sessions = Sessions::new(fake::secrets(&scene.api), SessionSettings { limits, ..settings });
    let connection = sessions.client_manager(&scene.instance, &scene.realm).await.unwrap();
    // The turn of the second comes in a second, and it does not wait.
    let calls = tokio::join!(connection.api().realm_get("acme"), connection.api().realm_get("acme"));
    assert!(matches!(calls, (Ok(_), Err(AdminError::Saturated { .. }))), "{calls:?}");
    let sent = scene.keycloak.traces.lock().unwrap().iter().filter(|(call, _)| *call == "realm").count();
    assert_eq!(sent, 1);
}

#[tokio::test]
async fn a_call_of_an_edit_has_the_next_turn_and_one_of_a_resync_waits_the_longer() {
    let scene = Scene::new().await;
    // A turn each two seconds, and nobody waits for two.
    let pace = Some(Pace { per_second: 0.5, burst: 1 });
    let limits = Limits { pace, queue_timeout: Duration::from_secs(3), ..Limits::default() };
    let settings = SessionSettings { limits, ..SessionSettings::default() };
    let sessions = Sessions::new(fake::secrets(&scene.api), settings);
    let connection = sessions.client_manager(&scene.instance, &scene.realm).await.unwrap();
    let call = |haste: Haste| haste.during(connection.api().realm_get("acme"));
    let calls = tokio::join!(call(Haste::AtLeisure), call(Haste::AtLeisure), call(Haste::Now));
    assert!(matches!(calls, (Ok(_), Err(AdminError::Saturated { .. }), Ok(_))), "{calls:?}");
}
