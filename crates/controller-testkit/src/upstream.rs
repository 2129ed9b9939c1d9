//! The server behind a proxy.

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use crate::tls::{self, Identity};

/// An HTTP/1.1 client that sends a path as it is given: no part of it is resolved or encoded anew.
pub(crate) type HttpClient = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// A client that trusts this CA and shows this identity.
///
/// # Errors
/// If a PEM text does not hold what it should.
pub(crate) fn http_client(ca: Option<&str>, identity: Option<&Identity>) -> Result<HttpClient, String> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    let connector = HttpsConnectorBuilder::new()
        .with_tls_config(tls::client_config(ca, identity)?)
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp);
    Ok(Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector))
}

/// A server and how to reach it.
#[derive(Debug)]
pub(crate) struct Upstream {
    scheme: Scheme,
    authority: Authority,
    plain: HttpClient,
    /// For calls that carry no access token. A client certificate would outvote one.
    identified: Option<HttpClient>,
}

impl Upstream {
    /// # Errors
    /// If the address is no http or https one, or a PEM text does not hold what it should.
    pub(crate) fn new(url: &str, ca: Option<&str>, identity: Option<&Identity>) -> Result<Self, String> {
        let uri: Uri = url.parse().map_err(|error| format!("{url:?} is no address: {error}"))?;
        let parts = uri.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(format!("{url:?} is no address such as http://127.0.0.1:8080"));
        };
        let identified = identity.map(|identity| http_client(ca, Some(identity))).transpose()?;
        Ok(Self { scheme, authority, plain: http_client(ca, None)?, identified })
    }

    /// Sends a request, whose target is a path, and returns the head of the answer.
    ///
    /// # Errors
    /// If the server cannot be reached or breaks off.
    pub(crate) async fn send(&self, mut request: Request<Full<Bytes>>) -> Result<Response<Incoming>, Error> {
        let path = request.uri().path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/"));
        let uri = Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(path)
            .build()
            .unwrap_or_default();
        *request.uri_mut() = uri;
        let client = match &self.identified {
            Some(identified) if !request.headers().contains_key(AUTHORIZATION) => identified,
            _ => &self.plain,
        };
        client.request(request).await
    }
}
