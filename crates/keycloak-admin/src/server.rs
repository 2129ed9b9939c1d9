//! One Keycloak server or cluster: its address, whom we trust there, and what all logins share.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use http::HeaderMap;
use reqwest::Certificate;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Url;

use crate::error::chain;
use crate::stack::{BreakerState, Limits, Shared};

/// Adds the headers of the current trace (W3C `traceparent`) to a request. Given by the program that
/// has a tracer; without one nothing is added.
pub type TraceHeaders = Arc<dyn Fn(&mut HeaderMap) + Send + Sync>;

/// Whether somebody waits for what is done where this is asked. Given by the program that knows; without it nobody does.
pub type Hurry = Arc<dyn Fn() -> bool + Send + Sync>;

/// Finds the addresses of a host name in place of the operating system: for a program outside the cluster, whose names
/// of Services the operating system does not know. Only the connection follows it; the request names the host.
pub type Resolver =
    Arc<dyn Fn(&str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> + Send + Sync>;

/// How to reach a server.
#[derive(Clone)]
pub struct ServerSettings {
    /// Address with the relative path, if Keycloak has one: `https://login.example.org/auth`.
    pub url: String,
    /// Certificates of private CAs, PEM. When given, only these are trusted; else those of the
    /// operating system. Certificates are always verified.
    pub ca_bundle: Option<Vec<u8>>,
    /// Numbers of the stack.
    pub limits: Limits,
    /// Trace context for outgoing requests.
    pub trace_headers: Option<TraceHeaders>,
    /// Which calls go before others where a [pace](Limits::pace) makes them wait.
    pub hurry: Option<Hurry>,
    /// Who finds the addresses of host names; default: the operating system.
    pub resolver: Option<Resolver>,
}

impl ServerSettings {
    /// Defaults for an address.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ca_bundle: None,
            limits: Limits::default(),
            trace_headers: None,
            hurry: None,
            resolver: None,
        }
    }
}

impl fmt::Debug for ServerSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerSettings").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Settings that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadServer {
    /// The address is none.
    #[error("`{url}` is not the address of a server ({reason}): write `https://host/path`, without query")]
    Url {
        /// What was given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The CA bundle holds no certificate.
    #[error("the CA bundle is not PEM with at least one certificate: {reason}")]
    CaBundle {
        /// What is wrong with it.
        reason: String,
    },
    /// The HTTP library refuses to start.
    #[error("no HTTPS is possible: {reason}")]
    Http {
        /// What the library says.
        reason: String,
    },
}

/// A server, cheap to clone: connections, concurrency limit, pace and circuit breaker are shared by
/// all clones and all logins.
#[derive(Clone)]
pub struct Server {
    base: Arc<str>,
    http: reqwest::Client,
    shared: Arc<Shared>,
    trace_headers: Option<TraceHeaders>,
    hurry: Option<Hurry>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("url", &self.base).finish_non_exhaustive()
    }
}

impl Server {
    /// A server by its settings. Nothing is sent. The proxy variables `HTTP_PROXY`, `HTTPS_PROXY`,
    /// `ALL_PROXY` and `NO_PROXY` are honoured.
    ///
    /// # Errors
    /// When the address or the CA bundle cannot be used.
    pub fn new(settings: ServerSettings) -> Result<Self, BadServer> {
        let base = base(&settings.url)?;
        let http = http_client(settings.ca_bundle.as_deref(), settings.resolver, &settings.limits)?;
        Ok(Self {
            base: base.into(),
            http,
            shared: Arc::new(Shared::new(settings.limits)),
            trace_headers: settings.trace_headers,
            hurry: settings.hurry,
        })
    }

    /// Address without a slash at the end.
    pub fn url(&self) -> &str {
        &self.base
    }

    /// Whether calls are let through at the moment.
    pub fn breaker(&self) -> BreakerState {
        self.shared.breaker.state()
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    pub(crate) fn trace_headers(&self) -> Option<&TraceHeaders> {
        self.trace_headers.as_ref()
    }

    pub(crate) fn hurry(&self) -> Option<&Hurry> {
        self.hurry.as_ref()
    }
}

fn base(text: &str) -> Result<String, BadServer> {
    let bad = |reason: &str| BadServer::Url { url: text.to_owned(), reason: reason.to_owned() };
    let url = Url::parse(text).map_err(|error| bad(&error.to_string()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BadServer::Url {
            url: format!("{}://...@{}", url.scheme(), url.host_str().unwrap_or_default()),
            reason: "it holds credentials".into(),
        });
    }
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad("the scheme is neither https nor http"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(bad("it has a query or a fragment"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// What every HTTP client of ours has in common.
pub(crate) fn http_builder() -> reqwest::ClientBuilder {
    // reqwest panics without a process-wide provider. The first one stays: an error means there is one.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    reqwest::Client::builder()
        .user_agent(concat!("cloakroom/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
}

fn http_client(
    ca_bundle: Option<&[u8]>,
    resolver: Option<Resolver>,
    limits: &Limits,
) -> Result<reqwest::Client, BadServer> {
    let mut builder = http_builder().connect_timeout(limits.connect_timeout).tcp_nodelay(true);
    if let Some(resolver) = resolver {
        builder = builder.dns_resolver(Arc::new(Resolved(resolver)));
    }
    if let Some(bundle) = ca_bundle {
        builder = builder.tls_certs_only(certificates(bundle)?);
    }
    builder.build().map_err(|error| BadServer::Http { reason: chain(&error) })
}

/// reqwest's form of a [`Resolver`].
struct Resolved(Resolver);

impl Resolve for Resolved {
    fn resolve(&self, name: Name) -> Resolving {
        let found = (self.0)(name.as_str());
        Box::pin(async move {
            // Port 0 stands for the one of the address that is called.
            let addresses = found.await?.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}

fn certificates(bundle: &[u8]) -> Result<Vec<Certificate>, BadServer> {
    match Certificate::from_pem_bundle(bundle) {
        Ok(certificates) if certificates.is_empty() => {
            Err(BadServer::CaBundle { reason: "it holds none".into() })
        }
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(BadServer::CaBundle { reason: chain(&error) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(url: &str) -> String {
        Server::new(ServerSettings::new(url)).unwrap_err().to_string()
    }

    #[test]
    fn a_relative_path_stays_and_a_slash_at_the_end_goes() {
        let url = |url| Server::new(ServerSettings::new(url)).unwrap().url().to_owned();
        assert_eq!(url("https://login.example.org/auth/"), "https://login.example.org/auth");
        assert_eq!(url("http://10.0.0.1:8080"), "http://10.0.0.1:8080");
    }

    #[test]
    fn addresses_that_are_none_are_refused_with_the_reason_and_without_a_password() {
        insta::assert_snapshot!(
            ["login.example.org", "ftp://host", "https://host/?a=b", "https://admin:hidden@host/"].map(refused).join("\n"),
            @r"
        `login.example.org` is not the address of a server (relative URL without a base): write `https://host/path`, without query
        `ftp://host` is not the address of a server (the scheme is neither https nor http): write `https://host/path`, without query
        `https://host/?a=b` is not the address of a server (it has a query or a fragment): write `https://host/path`, without query
        `https://...@host` is not the address of a server (it holds credentials): write `https://host/path`, without query
        "
        );
    }

    #[tokio::test]
    async fn a_resolver_leads_a_name_to_an_address_and_the_request_keeps_the_name() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let host =
            |headers: HeaderMap| async move { headers["host"].to_str().unwrap_or_default().to_owned() };
        let router = axum::Router::new().route("/", axum::routing::get(host));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await });
        let resolver: Resolver = Arc::new(|name: &str| {
            let known = name == "keycloak.platform.svc";
            Box::pin(async move {
                known.then(|| vec![[127, 0, 0, 1].into()]).ok_or_else(|| io::Error::other("no such Service"))
            })
        });
        let url = format!("http://keycloak.platform.svc:{port}");
        let settings = ServerSettings { resolver: Some(resolver), ..ServerSettings::new(&*url) };
        let server = Server::new(settings).unwrap();
        let answer = server.http().get(&*url).send().await.unwrap().text().await.unwrap();
        assert_eq!(answer, format!("keycloak.platform.svc:{port}"));
        let unknown =
            server.http().get(format!("http://other.platform.svc:{port}")).send().await.unwrap_err();
        assert!(chain(&unknown).contains("no such Service"), "{}", chain(&unknown));
        serving.abort();
    }

    #[test]
    fn a_ca_bundle_without_a_certificate_is_refused() {
        for bundle in ["", "no PEM", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"] {
            let settings =
                ServerSettings { ca_bundle: Some(bundle.into()), ..ServerSettings::new("https://host") };
            let error = Server::new(settings).unwrap_err();
            assert!(matches!(error, BadServer::CaBundle { .. }), "{bundle}: {error}");
        }
    }
}
