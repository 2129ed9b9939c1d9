//! A server in this process that gives tokens, records what it is asked and answers as told.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by several test programs")]

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response};
use keycloak_admin::{AdminApi, AdminSession, Login, Server, ServerSettings};

/// What was asked, as it came over the wire.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Asked {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// An answer: status, headers, body.
#[derive(Clone, Debug)]
pub struct Told {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

pub fn told(status: u16, body: &str) -> Told {
    Told { status, headers: vec![], body: body.to_owned() }
}

#[derive(Clone)]
pub struct Fake {
    pub url: String,
    inside: Arc<Inside>,
}

struct Inside {
    logins: AtomicUsize,
    asked: Mutex<Vec<Asked>>,
    /// Answers for the next requests; after these, `usual`.
    next: Mutex<VecDeque<Told>>,
    usual: Mutex<Told>,
    /// Requests under way, and the most there were.
    at_once: AtomicUsize,
    most: AtomicUsize,
    /// A request waits for this to be free.
    gate: tokio::sync::RwLock<()>,
}

impl Fake {
    /// Starts under the relative path `/auth`.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Self::at(&format!("http://{}/auth", listener.local_addr().unwrap()));
        let app = fake.app();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        fake
    }

    /// A fake that something else serves.
    pub fn at(url: &str) -> Self {
        let inside = Inside {
            logins: AtomicUsize::new(0),
            asked: Mutex::default(),
            next: Mutex::default(),
            usual: Mutex::new(told(200, "{}")),
            at_once: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            gate: tokio::sync::RwLock::new(()),
        };
        Self { url: url.to_owned(), inside: Arc::new(inside) }
    }

    pub fn app(&self) -> Router {
        Router::new().fallback(answer).with_state(self.clone())
    }

    pub fn api(&self) -> AdminApi {
        self.api_with(|_| {})
    }

    pub fn api_with(&self, change: impl FnOnce(&mut ServerSettings)) -> AdminApi {
        let mut settings = ServerSettings::new(&self.url);
        change(&mut settings);
        let server = Server::new(settings).unwrap();
        AdminApi::new(AdminSession::new(
            &server,
            Login::service_account("master", "manager", "secret".into()),
        ))
    }

    /// Answers this to the next request that is no login.
    pub fn then(&self, told: Told) -> &Self {
        self.inside.next.lock().unwrap().push_back(told);
        self
    }

    /// Answers this to every request for which nothing else is told.
    pub fn always(&self, told: Told) -> &Self {
        *self.inside.usual.lock().unwrap() = told;
        self
    }

    /// Logins so far.
    pub fn logins(&self) -> usize {
        self.inside.logins.load(Ordering::SeqCst)
    }

    /// Requests that were no logins, since this was last asked.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.inside.asked.lock().unwrap())
    }

    /// Most requests that were under way at once.
    pub fn most_at_once(&self) -> usize {
        self.inside.most.load(Ordering::SeqCst)
    }

    pub fn at_once(&self) -> usize {
        self.inside.at_once.load(Ordering::SeqCst)
    }

    /// While this is held, no request is answered.
    pub async fn hold(&self) -> tokio::sync::RwLockWriteGuard<'_, ()> {
        self.inside.gate.write().await
    }

    fn tell(&self) -> Told {
        let next = self.inside.next.lock().unwrap().pop_front();
        next.unwrap_or_else(|| self.inside.usual.lock().unwrap().clone())
    }
}

async fn answer(State(fake): State<Fake>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let target = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    if target.ends_with("/protocol/openid-connect/token") {
        let number = fake.inside.logins.fetch_add(1, Ordering::SeqCst) + 1;
        let token = format!(r#"{{"access_token": "token-{number}", "expires_in": 60}}"#);
        return Response::new(token.into());
    }
    let now = fake.inside.at_once.fetch_add(1, Ordering::SeqCst) + 1;
    fake.inside.most.fetch_max(now, Ordering::SeqCst);
    let asked = Asked { method: parts.method.to_string(), target, headers: parts.headers, body };
    fake.inside.asked.lock().unwrap().push(asked);
    drop(fake.inside.gate.read().await);
    fake.inside.at_once.fetch_sub(1, Ordering::SeqCst);
    let told = fake.tell();
    let mut response = Response::builder().status(told.status);
    for (name, value) in told.headers {
        response = response.header(name, value);
    }
    response.body(told.body.into()).unwrap()
}
