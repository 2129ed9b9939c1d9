//! Time-dependent behaviour, against a token endpoint in this process.

use std::sync::Mutex as StdMutex;
use std::sync::atomic::AtomicUsize;

use axum::Router;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::routing::post;

use super::*;
use crate::server::ServerSettings;

#[derive(Clone)]
struct Fake {
    logins: Arc<AtomicUsize>,
    answer: Arc<StdMutex<(u16, String)>>,
    forms: Arc<StdMutex<Vec<String>>>,
}

impl Fake {
    async fn start() -> (Self, Server) {
        let fake = Self {
            logins: Arc::default(),
            answer: Arc::new(StdMutex::new((200, String::new()))),
            forms: Arc::default(),
        };
        let app = Router::new()
            .route("/auth/realms/{realm}/protocol/openid-connect/token", post(Self::token))
            .with_state(fake.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let server = Server::new(ServerSettings::new(format!("http://{address}/auth"))).unwrap();
        (fake, server)
    }

    async fn token(Extract(fake): Extract<Self>, form: String) -> (StatusCode, String) {
        let number = fake.logins.fetch_add(1, Ordering::SeqCst) + 1;
        fake.forms.lock().unwrap().push(form);
        // Others come to wait meanwhile.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        let (status, body) = fake.answer.lock().unwrap().clone();
        let body = if body.is_empty() {
            format!(r#"{{"access_token": "token-{number}", "expires_in": 60}}"#)
        } else {
            body
        };
        (StatusCode::from_u16(status).unwrap(), body)
    }

    fn answers(&self, status: u16, body: &str) {
        *self.answer.lock().unwrap() = (status, body.to_owned());
    }

    fn logins(&self) -> usize {
        self.logins.load(Ordering::SeqCst)
    }
}

fn session(server: &Server) -> Arc<AdminSession> {
    AdminSession::new(server, Login::service_account("acme", "manager", "s&cret".into()))
}

async fn all(session: &Arc<AdminSession>, callers: usize) -> Vec<Result<String, LoginError>> {
    let tasks: Vec<_> = (0..callers)
        .map(|_| {
            let session = Arc::clone(session);
            tokio::spawn(async move { session.token().await.map(|token| token.expose().to_owned()) })
        })
        .collect();
    let mut tokens = Vec::new();
    for task in tasks {
        tokens.push(task.await.unwrap());
    }
    tokens
}

#[tokio::test]
async fn twenty_concurrent_callers_cause_one_login() {
    let (fake, server) = Fake::start().await;
    let tokens = all(&session(&server), 20).await;
    assert!(tokens.iter().all(|token| token.as_deref() == Ok("token-1")), "{tokens:?}");
    assert_eq!(fake.logins(), 1);
}

#[tokio::test]
async fn a_failed_login_fails_all_who_wait_for_it_and_the_next_caller_tries_again() {
    let (fake, server) = Fake::start().await;
    let session = session(&server);
    fake.answers(503, "starting");
    let tokens = all(&session, 20).await;
    assert!(tokens.iter().all(|token| matches!(token, Err(LoginError::Unavailable { .. }))), "{tokens:?}");
    assert_eq!(fake.logins(), 1);
    fake.answers(200, "");
    assert_eq!(session.token().await.unwrap().expose(), "token-2");
}

#[tokio::test]
async fn the_requests_are_the_standard_forms_with_values_encoded() {
    let (fake, server) = Fake::start().await;
    session(&server).token().await.unwrap();
    let admin = AdminSession::new(&server, Login::bootstrap_admin("admin", "p w".into()));
    admin.token().await.unwrap();
    assert_eq!(
        *fake.forms.lock().unwrap(),
        [
            "grant_type=client_credentials&client_id=manager&client_secret=s%26cret",
            "grant_type=password&client_id=admin-cli&username=admin&password=p+w",
        ]
    );
}

#[tokio::test]
async fn a_rejected_token_is_replaced_and_a_newer_one_is_not_dropped_for_it() {
    let (fake, server) = Fake::start().await;
    let session = session(&server);
    let first = session.token().await.unwrap();
    session.reject(&first).await;
    let second = session.token().await.unwrap();
    // Another caller had used the first one and learns late that it is refused.
    session.reject(&first).await;
    assert_eq!(session.token().await.unwrap().expose(), second.expose());
    assert_eq!(fake.logins(), 2);
}

#[tokio::test]
async fn a_token_is_used_until_shortly_before_it_expires() {
    assert_eq!(usable(Duration::from_secs(60)).as_secs(), 50);
    assert_eq!(usable(Duration::from_secs(10)).as_secs(), 8);
    assert_eq!(usable(Duration::ZERO), Duration::ZERO);

    let (fake, server) = Fake::start().await;
    let session = session(&server);
    session.token().await.unwrap();
    // Time stands still from here: only what is advanced passes.
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(45)).await;
    session.token().await.unwrap();
    assert_eq!(fake.logins(), 1);
    tokio::time::advance(Duration::from_secs(6)).await;
    tokio::time::resume();
    assert_eq!(session.token().await.unwrap().expose(), "token-2");
}

#[tokio::test]
async fn what_the_endpoint_says_becomes_the_error_that_tells_how_to_go_on() {
    let (fake, server) = Fake::start().await;
    let mut texts = Vec::new();
    for (status, body) in [
        (404, r#"{"error": "Realm does not exist"}"#),
        (404, "<html><title>nginx</title></html>"),
        (403, r#"{"error": "access_denied", "error_description": "Realm not enabled"}"#),
        (403, "blocked"),
        (401, r#"{"error": "unauthorized_client", "error_description": "Invalid client credentials"}"#),
        (400, r#"{"error": "invalid_grant", "error_description": "Invalid user credentials"}"#),
        (400, r#"{"error": "unsupported_grant_type"}"#),
        (429, ""),
        (502, "<html><title>Bad Gateway</title></html>"),
        (200, "<html>welcome hidden-token</html>"),
        (200, r#"{"access_token": "hidden-token", "expires_in": "hidden-token"}"#),
        (302, ""),
    ] {
        fake.answers(status, body);
        let error = session(&server).token().await.unwrap_err();
        let class = error.class();
        texts.push(format!("{class:?}: {}", error.to_string().replace(server.url(), "http://host/auth")));
    }
    insta::assert_snapshot!(texts.join("\n"));
}

#[tokio::test]
async fn a_realm_name_that_no_url_can_carry_is_a_realm_that_is_not_there() {
    let (fake, server) = Fake::start().await;
    let session = AdminSession::new(&server, Login::service_account("..", "manager", "s".into()));
    assert!(matches!(session.token().await.unwrap_err(), LoginError::RealmMissing { .. }));
    assert_eq!(fake.logins(), 0);
}

#[test]
fn debug_of_a_session_shows_no_secret() {
    let server = Server::new(ServerSettings::new("http://host")).unwrap();
    let session = AdminSession::new(&server, Login::bootstrap_admin("admin", "hidden".into()));
    assert!(!format!("{session:?} {:?}", session.login()).contains("hidden"));
}
