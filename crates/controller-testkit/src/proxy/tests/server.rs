//! A server in this process that a proxy stands before.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures::StreamExt;
use futures::channel::mpsc;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, LOCATION};
use http::{Method, Request, Response, StatusCode};
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rcgen::{CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::RootCertStore;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::server::WebPkiClientVerifier;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

use crate::tls::Identity;

type Body = UnsyncBoxBody<Bytes, Infallible>;

/// A running server.
///
/// | path | answer |
/// | --- | --- |
/// | `?watch=true` | what [`Server::says`] says, as it says it |
/// | `/slow` | after [`Server::goes_on`] |
/// | `/who` | `certificate` if one was shown, else the header `Authorization` |
/// | `/host` | the header `Host` |
/// | any POST | 201 `created`, with a `Location` made from `Host` |
/// | anything else | 200 `here` |
pub(super) struct Server {
    pub(super) url: String,
    /// CA of its certificate, if it has one.
    pub(super) ca: Option<String>,
    /// A client certificate that it trusts, if it has one itself.
    pub(super) identity: Option<Identity>,
    world: Arc<World>,
    says: mpsc::UnboundedSender<Bytes>,
    accepting: JoinHandle<()>,
}

struct World {
    seen: Mutex<Vec<String>>,
    events: Mutex<Option<mpsc::UnboundedReceiver<Bytes>>>,
    go_on: Notify,
}

impl Server {
    pub(super) async fn start() -> Self {
        Self::start_with("http", None, None, None).await
    }

    /// With a certificate of its own, asking for one of the caller.
    pub(super) async fn start_tls() -> Self {
        let mut ca = CertificateParams::new(Vec::<String>::new()).unwrap();
        ca.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let ca = CertifiedIssuer::self_signed(ca, KeyPair::generate().unwrap()).unwrap();
        let signed = |name: &str| {
            let key = KeyPair::generate().unwrap();
            let certificate =
                CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, &ca).unwrap();
            (certificate, key)
        };
        let (server, server_key) = signed("127.0.0.1");
        let (client, client_key) = signed("a-client");

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(ca.der().clone()).unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .allow_unauthenticated()
            .build()
            .unwrap();
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier)
            .with_single_cert(
                vec![server.der().clone()],
                PrivatePkcs8KeyDer::from(server_key.serialize_der()).into(),
            )
            .unwrap();
        let identity = Identity { certificate: client.pem(), key: client_key.serialize_pem() };
        Self::start_with("https", Some(TlsAcceptor::from(Arc::new(config))), Some(ca.pem()), Some(identity))
            .await
    }

    async fn start_with(
        scheme: &str,
        tls: Option<TlsAcceptor>,
        ca: Option<String>,
        identity: Option<Identity>,
    ) -> Self {
        let (says, events) = mpsc::unbounded();
        let world = Arc::new(World {
            seen: Mutex::default(),
            events: Mutex::new(Some(events)),
            go_on: Notify::new(),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let accepting = tokio::spawn(accept(listener, tls, Arc::clone(&world)));
        Self { url, ca, identity, world, says, accepting }
    }

    /// Method and target of each request, in order.
    pub(super) fn seen(&self) -> Vec<String> {
        self.world.seen.lock().unwrap().clone()
    }

    /// Sends an event to the watch.
    pub(super) fn says(&self, event: &str) {
        self.says.unbounded_send(Bytes::from(event.to_owned())).unwrap();
    }

    /// Lets one slow request go on.
    pub(super) fn goes_on(&self) {
        self.world.go_on.notify_one();
    }

    /// Ends it; its port is closed when this returns.
    pub(super) async fn ends(&self) {
        self.accepting.abort();
        while !self.accepting.is_finished() {
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, world: Arc<World>) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (tls, world) = (tls.clone(), Arc::clone(&world));
        connections.spawn(async move {
            match tls {
                None => serve(stream, world, false).await,
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        let shown = stream.get_ref().1.peer_certificates().is_some();
                        serve(stream, world, shown).await;
                    }
                }
            }
        });
    }
}

async fn serve(
    stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    world: Arc<World>,
    certificate: bool,
) {
    let service = service_fn(move |request| {
        let world = Arc::clone(&world);
        async move { world.answer(request, certificate).await }
    });
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

impl World {
    async fn answer(
        &self,
        request: Request<Incoming>,
        certificate: bool,
    ) -> Result<Response<Body>, Infallible> {
        let (parts, body) = request.into_parts();
        let _ = body.collect().await;
        self.seen.lock().unwrap().push(format!("{} {}", parts.method, parts.uri));
        let header = |name| parts.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default();
        if parts.uri.query() == Some("watch=true") {
            let events = self.events.lock().unwrap().take().unwrap();
            let frames = events.map(|event| Ok(Frame::data(event)));
            return Ok(Response::new(StreamBody::new(frames).boxed_unsync()));
        }
        let text = match parts.uri.path() {
            "/who" if certificate => "certificate",
            "/who" => header(AUTHORIZATION),
            "/host" => header(HOST),
            "/slow" => {
                self.go_on.notified().await;
                "at last"
            }
            _ if parts.method == Method::POST => "created",
            _ => "here",
        };
        let mut answer = Response::builder().header(CONTENT_TYPE, "text/plain");
        if parts.method == Method::POST {
            let location = format!("http://{}{}/1", header(HOST), parts.uri.path());
            answer = answer.status(StatusCode::CREATED).header(LOCATION, location);
        }
        Ok(answer.body(Full::new(Bytes::from(text.to_owned())).boxed_unsync()).unwrap())
    }
}
