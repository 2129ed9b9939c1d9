//! A reverse proxy on loopback before Keycloak or the API server: it counts what goes through,
//! injects faults, and stops a process at a write.
//!
//! Paths go through byte for byte, and so does the header `Host`: a server that names itself in its
//! answers (issuer, `Location`) names the proxy, and nothing that follows such an address goes past
//! it. Request bodies are collected, answers are streamed: a watch stays a watch. A write that was
//! sent is done even if its caller goes away.

mod body;
mod caller;
mod exchange;
#[cfg(test)]
mod tests;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

use crate::failure::{OrFail, fail};
use crate::fault::{Fault, FaultHandle, Faults};
use crate::kubeconfig::{Kubeconfig, kubeconfig_of};
use crate::log::{Calls, Log, Snapshot};
use crate::route::Api;
use crate::stop::StopPoint;
use crate::tls;
use crate::upstream::Upstream;
use exchange::Exchange;

/// A running proxy. It lives in the runtime of the test that started it, until it is dropped.
pub struct Proxy {
    exchange: Arc<Exchange>,
    address: SocketAddr,
    relative_path: String,
    token: Option<String>,
    /// CA of the proxy's own certificate, if it serves https.
    ca: Option<String>,
    cut: watch::Sender<()>,
    accepting: JoinHandle<()>,
}

/// A proxy that is not started yet.
#[derive(Debug)]
pub struct ProxyBuilder {
    api: Api,
    upstream: String,
    upstream_ca: Option<String>,
    kubeconfig: Option<Kubeconfig>,
    stop: StopPoint,
    tls: bool,
}

impl Proxy {
    /// A proxy before a Keycloak; `url` is its base URL with its relative path, if it has one.
    pub fn before_keycloak(url: &str) -> ProxyBuilder {
        let url = url.trim_end_matches('/');
        let relative_path = url::Url::parse(url).map(|url| url.path().trim_end_matches('/').to_owned());
        ProxyBuilder {
            api: Api::Keycloak { relative_path: relative_path.unwrap_or_default() },
            upstream: url.to_owned(),
            upstream_ca: None,
            kubeconfig: None,
            stop: StopPoint::new(),
            tls: false,
        }
    }

    /// A proxy before the API server of a kubeconfig file. Access tokens go through; the client
    /// certificate of the kubeconfig, if it has one, is shown for calls that carry no token.
    ///
    /// # Panics
    /// If the kubeconfig cannot be read.
    #[track_caller]
    pub fn before_api_server(kubeconfig: &Path) -> ProxyBuilder {
        Self::before_api_server_of(Kubeconfig::read(kubeconfig))
    }

    /// As [`Proxy::before_api_server`], with a kubeconfig that was read.
    pub fn before_api_server_of(kubeconfig: Kubeconfig) -> ProxyBuilder {
        ProxyBuilder {
            api: Api::Kubernetes,
            upstream: kubeconfig.server.clone(),
            upstream_ca: kubeconfig.ca.clone(),
            kubeconfig: Some(kubeconfig),
            stop: StopPoint::new(),
            tls: false,
        }
    }

    /// Base URL of the proxy, with the relative path of the server behind it, without a trailing
    /// slash. By its IP address; with [`ProxyBuilder::with_tls`], the certificate also names
    /// `localhost`.
    pub fn url(&self) -> String {
        let scheme = if self.ca.is_some() { "https" } else { "http" };
        format!("{scheme}://{}{}", self.address, self.relative_path)
    }

    /// Address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The CA that signed its certificate, as PEM, if it serves https.
    pub fn ca(&self) -> Option<&str> {
        self.ca.as_deref()
    }

    /// A kubeconfig by which a client works through the proxy, with the credentials of the one that
    /// it was started with.
    pub fn kubeconfig(&self) -> String {
        kubeconfig_of(&self.url(), self.ca(), self.token.as_deref())
    }

    /// A kubeconfig by which a client works through the proxy with this token.
    pub fn kubeconfig_with_token(&self, token: &str) -> String {
        kubeconfig_of(&self.url(), self.ca(), Some(token))
    }

    /// This moment of the log.
    pub fn snapshot(&self) -> Snapshot {
        self.exchange.log.snapshot()
    }

    /// The calls that arrived since then.
    pub fn since(&self, snapshot: &Snapshot) -> Calls {
        self.exchange.log.since(*snapshot)
    }

    /// Every call since the proxy was started.
    pub fn calls(&self) -> Calls {
        self.exchange.log.since(Snapshot::START)
    }

    /// Injects a fault, which strikes from the next call on. Where several concern a call, it waits
    /// for all delays, and then the oldest other fault strikes.
    #[expect(clippy::must_use_candidate, reason = "a fault that lasts as long as the test needs no handle")]
    pub fn inject(&self, fault: Fault) -> FaultHandle {
        self.exchange.faults.inject(fault)
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.exchange.faults.heal();
    }

    /// Closes every connection there is at this moment: watches break off, calls that wait for an
    /// answer get none. New ones are welcome.
    pub fn cut_open_connections(&self) {
        self.cut.send_replace(());
    }

    /// The stop point that its calls are counted by.
    pub fn stop_point(&self) -> &StopPoint {
        &self.exchange.stop
    }
}

impl ProxyBuilder {
    /// Counts writes by this stop point, which other proxies may share.
    #[must_use]
    pub fn stopping_at(mut self, point: &StopPoint) -> Self {
        self.stop = point.clone();
        self
    }

    /// Serves https, with a certificate that only [`Proxy::ca`] vouches for.
    #[must_use]
    pub fn with_tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Trusts this CA (PEM) for an https server.
    #[must_use]
    pub fn trusting(mut self, ca: &str) -> Self {
        self.upstream_ca = Some(ca.to_owned());
        self
    }

    /// Starts it on a free port of loopback.
    ///
    /// # Panics
    /// If the address of the server or a PEM text is wrong, or no port can be had.
    pub async fn start(self) -> Proxy {
        let identity = self.kubeconfig.as_ref().and_then(|kubeconfig| kubeconfig.identity.as_ref());
        let upstream = Upstream::new(&self.upstream, self.upstream_ca.as_deref(), identity)
            .or_fail(format!("no proxy before {}", self.upstream));
        let front = self.tls.then(|| tls::front().or_fail("no certificate for a proxy"));
        let (acceptor, ca) = front.map(|front| (front.acceptor, front.ca)).unzip();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.or_fail("no port for a proxy");
        let address = listener.local_addr().or_fail("no port for a proxy");
        let relative_path = match &self.api {
            Api::Keycloak { relative_path } => relative_path.clone(),
            Api::Kubernetes => String::new(),
        };
        let exchange = Arc::new(Exchange {
            log: Log::new(self.api.name()),
            api: self.api,
            upstream: Arc::new(upstream),
            faults: Faults::default(),
            stop: self.stop,
        });
        let cut = watch::Sender::new(());
        let accepting = tokio::spawn(accept(listener, acceptor, Arc::clone(&exchange), cut.clone()));
        let token = self.kubeconfig.and_then(|kubeconfig| kubeconfig.token);
        Proxy { exchange, address, relative_path, token, ca, cut, accepting }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // The connections end with the task: it owns them.
        self.accepting.abort();
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "proxy at {} before {}", self.url(), self.exchange.api.name())
    }
}

async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    exchange: Arc<Exchange>,
    cut: watch::Sender<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => fail(format!("a proxy can accept no more connections: {error}")),
        };
        connections.spawn(connection(stream, tls.clone(), Arc::clone(&exchange), cut.subscribe()));
        while connections.try_join_next().is_some() {}
    }
}

/// One connection, until it ends, is cut, or the process behind it is stopped.
async fn connection(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    exchange: Arc<Exchange>,
    mut cut: watch::Receiver<()>,
) {
    // Without this each small answer waits 40 ms for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let stop = exchange.stop.clone();
    let served = async {
        match tls {
            None => serve(stream, exchange).await,
            // A handshake that fails is the caller's to report.
            Some(tls) => {
                if let Ok(stream) = tls.accept(stream).await {
                    serve(stream, exchange).await;
                }
            }
        }
    };
    tokio::select! {
        () = served => {}
        _ = cut.changed() => {}
        () = stop.stopped() => {}
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, exchange: Arc<Exchange>) {
    let service = service_fn(move |request| {
        let exchange = Arc::clone(&exchange);
        async move { exchange.call(request).await }
    });
    // An error is a connection that broke, by a fault or by the caller: the log has the calls.
    let _ =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}
