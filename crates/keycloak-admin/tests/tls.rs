//! Certificates are verified, always; a private CA can be given.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test program")]

mod fake;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::serve::Listener;
use fake::Fake;
use keycloak_admin::{AdminError, Class, LoginError, TransportFault};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;

struct Tls {
    tcp: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let Ok((stream, address)) = self.tcp.accept().await else { continue };
            // Those who do not trust us hang up here.
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}

/// A server whose certificate a new private CA signed for this name, and the CA as PEM.
async fn start(name: &str) -> (Fake, Vec<u8>) {
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca = CertifiedIssuer::self_signed(ca, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, &ca).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
        .unwrap();
    let tcp = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let fake = Fake::at(&format!("https://localhost:{}/auth", tcp.local_addr().unwrap().port()));
    let app = fake.app();
    let tls = Tls { tcp, acceptor: TlsAcceptor::from(Arc::new(config)) };
    tokio::spawn(async move { axum::serve(tls, app).await.unwrap() });
    (fake, ca.pem().into_bytes())
}

fn is_certificate_fault(error: &AdminError) -> bool {
    matches!(
        error,
        AdminError::Login { source: LoginError::Transport { fault: TransportFault::Certificate(_), .. }, .. }
    )
}

#[tokio::test]
async fn a_private_ca_that_is_given_is_trusted() {
    let (fake, ca) = start("localhost").await;
    let api = fake.api_with(|settings| settings.ca_bundle = Some(ca));
    api.realm_get("a").await.unwrap();
    assert_eq!(fake.asked()[0].target, "/auth/admin/realms/a");
}

#[tokio::test]
async fn another_ca_is_not_trusted_and_the_error_says_what_to_give() {
    let (fake, _) = start("localhost").await;
    let (_, other) = start("localhost").await;
    let error = fake.api_with(|settings| settings.ca_bundle = Some(other)).realm_get("a").await.unwrap_err();
    assert!(is_certificate_fault(&error), "{error:?}");
    assert_eq!(error.class(), Class::Stall);
    assert!(error.to_string().ends_with("Give the CA that signed it, or mend the certificate"), "{error}");
    assert!(fake.asked().is_empty() && fake.logins() == 0, "no secret was sent");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_trusted() {
    let (fake, ca) = start("other.example.org").await;
    let error = fake.api_with(|settings| settings.ca_bundle = Some(ca)).realm_get("a").await.unwrap_err();
    assert!(is_certificate_fault(&error), "{error:?}");
}

#[tokio::test]
async fn without_a_ca_a_private_certificate_is_not_trusted() {
    let (fake, _) = start("localhost").await;
    let error = fake.api().realm_get("a").await.unwrap_err();
    assert!(is_certificate_fault(&error), "{error:?}");
}
