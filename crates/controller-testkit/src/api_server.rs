//! An API server of a test's own: a cluster with nothing in it but what the test puts there.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Request, StatusCode};
use http_body_util::Full;
use rcgen::KeyPair;
use tokio::time::timeout;

use crate::environment::kubernetes_program;
use crate::eventually::eventually;
use crate::failure::{OrFail, fail, with_causes};
use crate::kubeconfig::kubeconfig_of;
use crate::names::unique_name;
use crate::program::Program;
use crate::tls;
use crate::upstream::http_client;

const READY: Duration = Duration::from_secs(120);
/// The longest that one answer takes.
const ANSWERED: Duration = Duration::from_secs(5);
/// How often other ports are tried.
const ATTEMPTS: usize = 5;
/// File name of the kubeconfig in the API server's folder.
const KUBECONFIG: &str = "kubeconfig";

/// etcd and kube-apiserver on loopback, with the namespaces that every cluster has and an administrator. There is no node and no
/// controller manager: pods do not run, and a namespace that is deleted stays. Both programs end when this is dropped.
#[derive(Debug)]
pub struct ApiServer {
    // In the order in which they end.
    server: Program,
    _store: Program,
}

impl ApiServer {
    /// Starts one and waits until it serves.
    ///
    /// # Panics
    /// If `CLOAKROOM_KUBERNETES` names no program, or one of the two ends or does not get ready.
    pub async fn start() -> Self {
        for _ in 0..ATTEMPTS {
            if let Some(started) = Self::start_on(free_ports()).await {
                return started;
            }
        }
        fail(format!("other programs took the ports of an API server {ATTEMPTS} times"))
    }

    /// The same on these ports: of etcd for clients and for peers, and of the API server. Nothing if somebody was faster: a port
    /// that was free cannot be kept for a program that opens it itself.
    async fn start_on([client_port, peer_port, port]: [u16; 3]) -> Option<Self> {
        let program = kubernetes_program();
        let mut store = Program::start("etcd", &program, |folder| etcd(folder, client_port, peer_port));
        let issued = tls::issued().or_fail("no certificate for an API server");
        let (ca, token) = (issued.ca.clone(), unique_name("administrator"));
        let url = format!("https://127.0.0.1:{port}");
        let mut server = Program::start("kube-apiserver", &program, |folder| {
            write(folder, KUBECONFIG, &kubeconfig_of(&url, Some(&ca), Some(&token)));
            write(folder, "tokens.csv", &format!("{token},administrator,administrator,\"system:masters\"\n"));
            write(folder, "server.crt", &issued.certificate.pem());
            write(folder, "server.key", &issued.key.serialize_pem());
            api_server(folder, client_port, port)
        });
        let http = http_client(Some(&ca), None).or_fail("no HTTP client for an API server");
        // What an API server makes by itself comes a moment after it is ready.
        for path in ["/readyz", "/api/v1/namespaces/kube-system", "/api/v1/namespaces/default"] {
            let what = format!("{url}{path} is there");
            let waiting = eventually(&what, READY, async || {
                if store.lost_a_port() || server.lost_a_port() {
                    return Ok(false);
                }
                store.must_run();
                server.must_run();
                let request =
                    Request::get(format!("{url}{path}")).header(AUTHORIZATION, format!("Bearer {token}"));
                let request = request.body(Full::new(Bytes::new())).map_err(|error| error.to_string())?;
                // Whoever has the port instead may take the connection and never answer.
                let answer =
                    timeout(ANSWERED, http.request(request)).await.map_err(|late| late.to_string())?;
                let answer = answer.map_err(|error| with_causes(&error))?;
                if answer.status() == StatusCode::OK { Ok(true) } else { Err(answer.status().to_string()) }
            });
            if !waiting.await {
                return None;
            }
        }
        Some(Self { server, _store: store })
    }

    /// Path of a kubeconfig whose user may do everything.
    pub fn kubeconfig(&self) -> PathBuf {
        self.server.folder().join(KUBECONFIG)
    }
}

fn etcd(folder: &Path, client_port: u16, peer_port: u16) -> Vec<String> {
    let (clients, peers) =
        (format!("http://127.0.0.1:{client_port}"), format!("http://127.0.0.1:{peer_port}"));
    let flags = [
        ("data-dir", folder.join("data").display().to_string()),
        ("listen-client-urls", clients.clone()),
        ("advertise-client-urls", clients),
        ("listen-peer-urls", peers.clone()),
        ("initial-advertise-peer-urls", peers.clone()),
        ("initial-cluster", format!("default={peers}")),
        ("unsafe-no-fsync", "true".to_owned()),
        ("log-level", "warn".to_owned()),
    ];
    arguments("etcd", &flags)
}

fn api_server(folder: &Path, store: u16, port: u16) -> Vec<String> {
    let accounts = KeyPair::generate().or_fail("no key for service accounts");
    let file = |name: &str| folder.join(name).display().to_string();
    write(folder, "accounts.key", &accounts.serialize_pem());
    write(folder, "accounts.pub", &accounts.public_key_pem());
    let flags = [
        ("etcd-servers", format!("http://127.0.0.1:{store}")),
        ("bind-address", "127.0.0.1".to_owned()),
        ("advertise-address", "127.0.0.1".to_owned()),
        // Nobody asks for it by Service, and loopback is no address of an endpoint.
        ("endpoint-reconciler-type", "none".to_owned()),
        ("secure-port", port.to_string()),
        ("cert-dir", folder.display().to_string()),
        ("tls-cert-file", file("server.crt")),
        ("tls-private-key-file", file("server.key")),
        ("token-auth-file", file("tokens.csv")),
        ("service-account-issuer", "https://kubernetes.default.svc".to_owned()),
        ("service-account-key-file", file("accounts.pub")),
        ("service-account-signing-key-file", file("accounts.key")),
        ("service-cluster-ip-range", "10.255.255.0/24".to_owned()),
        ("authorization-mode", "RBAC".to_owned()),
    ];
    arguments("kube-apiserver", &flags)
}

fn arguments(program: &str, flags: &[(&str, String)]) -> Vec<String> {
    let flags = flags.iter().map(|(name, value)| format!("--{name}={value}"));
    std::iter::once(program.to_owned()).chain(flags).collect()
}

#[track_caller]
fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    std::fs::write(&file, text).or_fail(format!("cannot write {}", file.display()));
}

/// Three ports of loopback that are free now: all are held until the last is found, so that no two are the same.
#[track_caller]
fn free_ports() -> [u16; 3] {
    let listeners =
        [(); 3].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).or_fail("no free port on loopback"));
    listeners.map(|listener| listener.local_addr().or_fail("no free port on loopback").port())
}

#[cfg(test)]
#[cfg(feature = "real-servers")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_that_somebody_else_has_taken_meanwhile_is_no_failure() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let taken = (taken.local_addr().unwrap().port(), taken);
        for at in 0..3 {
            let mut ports = free_ports();
            ports[at] = taken.0;
            assert!(ApiServer::start_on(ports).await.is_none(), "{at}");
        }
    }
}
