//! The quickstart: a database, a server, a realm and a client, and the login of that client.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::controllers;
use super::port_forward::PortForward;
use crate::cluster::kubectl::{self, Kubectl};
use crate::progress::Progress;
use crate::{process, server};

/// Namespace of the server and its database.
pub(super) const SERVER_NAMESPACE: &str = "keycloak-system";
/// Namespace of the application with its realm and client.
pub(super) const NAMESPACE: &str = "my-app";
/// Service and workload of the server.
pub(super) const SERVICE: &str = "keycloak-keycloak";
/// Secret with the bootstrap administrator.
pub(super) const ADMIN: &str = "keycloak-admin-credentials";
/// The client.
pub(super) const CLIENT: &str = "my-client";
/// What the client's application reads.
pub(super) const CREDENTIALS: &str = "my-client-credentials";
/// Secret with the server's authorization token, in the server's namespace and, as a copy, in the application's.
const TOKEN: &str = "keycloak-auth-token";
const REALM: &str = "my-realm";
const DATABASE_PASSWORD: &str = "keycloak-db-credentials";
const MANIFESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/examples/quickstart");
const READY: Duration = Duration::from_secs(420);

/// Applies it and waits until everything is Ready, in the order in which things come to be.
pub(super) fn apply(kubectl: &Kubectl, progress: &Progress) -> Result<()> {
    progress.step("quickstart", || {
        kubectl.apply(&namespace(SERVER_NAMESPACE))?;
        database_password(kubectl)?;
        kubectl.run(&["apply", "--server-side", "--force-conflicts", "-k", MANIFESTS])?;
        Ok(((), format!("applied to {SERVER_NAMESPACE} and {NAMESPACE}")))
    })?;
    progress.step("keycloak", || {
        let keycloak = ready(kubectl, SERVER_NAMESPACE, "keycloak/keycloak", "instance-controller")?;
        let version = keycloak["status"]["version"].as_str().unwrap_or("of unknown version");
        Ok(((), format!("{version} is Ready")))
    })?;
    progress.step("realm", || {
        // What the owner of the server does once for each namespace that may have realms.
        copy_token(kubectl)?;
        ready(kubectl, NAMESPACE, &format!("keycloakrealm/{REALM}"), "realm-controller")?;
        Ok(((), format!("{REALM} is Ready, allowed by the server's token")))
    })?;
    progress.step("client", || {
        ready(kubectl, NAMESPACE, &format!("keycloakclient/{CLIENT}"), "client-controller")?;
        Ok(((), format!("{CLIENT} is Ready; its application reads Secret {CREDENTIALS}")))
    })
}

/// Gets an access token with nothing but the client's Secret (RFC 6749, section 4.4) and returns its claims.
pub(super) fn log_in(kubectl: &Kubectl) -> Result<Value> {
    let secret = kubectl.json(&["-n", NAMESPACE, "get", "secret", CREDENTIALS])?;
    let (id, password) = (value(&secret, "client-id")?, value(&secret, "client-secret")?);
    let forward = PortForward::start(kubectl, SERVER_NAMESPACE, &format!("service/{SERVICE}"), 8080)?;
    server::claims(&server::client_token(&forward.url(), REALM, &id, &password)?)
}

fn namespace(name: &str) -> String {
    json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name } }).to_string()
}

/// Made once, so that it stands in no file.
fn database_password(kubectl: &Kubectl) -> Result<()> {
    let there = kubectl.run(&[
        "-n",
        SERVER_NAMESPACE,
        "get",
        "secret",
        DATABASE_PASSWORD,
        "--ignore-not-found",
        "-o",
        "name",
    ])?;
    if !there.trim().is_empty() {
        return Ok(());
    }
    let password = random()?;
    let secret = json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": { "name": DATABASE_PASSWORD, "namespace": SERVER_NAMESPACE },
        "stringData": { "password": password },
    });
    kubectl.apply(&secret.to_string()).map(drop)
}

/// 128 random bits as hexadecimal digits, from the kernel.
fn random() -> Result<String> {
    let mut bits = [0; 16];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bits))
        .context("cannot read /dev/urandom")?;
    Ok(bits.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

fn copy_token(kubectl: &Kubectl) -> Result<()> {
    let secret = kubectl.json(&["-n", SERVER_NAMESPACE, "get", "secret", TOKEN])?;
    let copy = json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": { "name": TOKEN, "namespace": NAMESPACE },
        "data": { "token": secret["data"]["token"] },
    });
    kubectl.apply(&copy.to_string()).map(drop)
}

/// Waits until the object is Ready as its spec is now.
fn ready(kubectl: &Kubectl, namespace: &str, object: &str, controller: &str) -> Result<Value> {
    process::wait_until(READY, &[], || {
        let found = kubectl.json(&["-n", namespace, "get", object])?;
        let is_seen = found["status"]["observedGeneration"] == found["metadata"]["generation"];
        if is_seen && kubectl::condition(&found, "Ready") {
            return Ok(found);
        }
        let message = found["status"]["message"].as_str().unwrap_or("nobody has looked at it yet");
        bail!("{namespace}/{object} is not Ready: {message}")
    })
    .map_err(|error| controllers::with_log(&error, kubectl, controller))
}

fn value(secret: &Value, key: &str) -> Result<String> {
    let coded = secret["data"][key].as_str();
    server::base64_text(coded.with_context(|| format!("Secret {CREDENTIALS} has no key {key}"))?)
}
