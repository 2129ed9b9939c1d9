//! TLS of the testkit, always with ring: the client side of a proxy, and a server side whose
//! private CA is made anew for each proxy.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

/// Makes ring the provider of this process, unless it has one. HTTP clients that are built without
/// a provider of their own panic before this; a test calls it first.
pub fn install_crypto_provider() {
    // An error says that there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Certificate and private key by which a proxy shows who it is, as PEM.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

/// How a proxy talks to an https server: it trusts only the given CA, and no one without one.
///
/// # Errors
/// If a PEM text does not hold what it should.
pub(crate) fn client_config(ca: Option<&str>, identity: Option<&Identity>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(ca.unwrap_or_default())? {
        roots.add(certificate).map_err(|error| format!("the CA certificate cannot be used: {error}"))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots);
    let Some(identity) = identity else { return Ok(config.with_no_client_auth()) };
    let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes())
        .map_err(|error| format!("the client key cannot be read: {error}"))?;
    config
        .with_client_auth_cert(certificates(&identity.certificate)?, key)
        .map_err(|error| format!("the client certificate cannot be used: {error}"))
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| format!("a certificate cannot be read: {error}"))
}

/// The server side of TLS on loopback.
pub(crate) struct Front {
    pub(crate) acceptor: TlsAcceptor,
    /// Certificate of the CA that signed it, as PEM.
    pub(crate) ca: String,
}

/// A server certificate for `localhost` and `127.0.0.1`, with its key.
pub(crate) struct Issued {
    /// Certificate of the CA that signed it, as PEM. Nobody knows that CA yet.
    pub(crate) ca: String,
    pub(crate) certificate: Certificate,
    pub(crate) key: KeyPair,
}

/// A server certificate, signed by a CA that is made for it alone.
///
/// # Errors
/// If a key cannot be made.
pub(crate) fn issued() -> Result<Issued, rcgen::Error> {
    let mut ca = CertificateParams::new(Vec::<String>::new())?;
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let ca = CertifiedIssuer::self_signed(ca, KeyPair::generate()?)?;
    let key = KeyPair::generate()?;
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names)?.signed_by(&key, &ca)?;
    Ok(Issued { ca: ca.pem(), certificate, key })
}

/// A server with a certificate of its own.
///
/// # Errors
/// If a key cannot be made.
pub(crate) fn front() -> Result<Front, Box<dyn std::error::Error>> {
    let Issued { ca, certificate, key } = issued()?;
    let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    Ok(Front { acceptor: TlsAcceptor::from(Arc::new(config)), ca })
}
