//! `cargo xtask up` and `down`: from a bare machine to a login, and back.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::cluster::kubectl::{self, Kubectl};
use crate::cluster::{self, Provider, kind, local};
use crate::progress::Progress;
use crate::{image, process, server, versions};

/// Where the examples put what they make.
const NAMESPACE: &str = "keycloak-system";
const MANIFESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/examples/external-server");
const READY: Duration = Duration::from_secs(300);

/// Where `up` works.
#[derive(Debug, clap::Args)]
pub(crate) struct Up {
    /// Name of the cluster.
    #[arg(long, default_value = cluster::DEFAULT_NAME, env = "CLOAKROOM_CLUSTER", value_parser = cluster::name)]
    name: String,
    /// What runs the cluster: `local` without Docker, or `kind`.
    #[arg(long, value_enum, default_value_t = Provider::Auto, env = "CLOAKROOM_PROVIDER")]
    provider: Provider,
}

/// What `down` removes.
#[derive(Debug, clap::Args)]
pub(crate) struct Down {
    /// Name of the cluster.
    #[arg(long, default_value = cluster::DEFAULT_NAME, env = "CLOAKROOM_CLUSTER", value_parser = cluster::name)]
    name: String,
    /// What runs the cluster.
    #[arg(long, value_enum, default_value_t = Provider::Auto, env = "CLOAKROOM_PROVIDER")]
    provider: Provider,
}

/// Brings everything up and proves it with an access token.
///
/// # Errors
/// Names the step that failed and what it waits for.
pub(crate) fn up(arguments: &Up) -> Result<()> {
    let progress = Progress::start();
    let kubectl = match arguments.provider.resolve(&arguments.name) {
        Provider::Kind => {
            kind::up(&arguments.name, &progress)?;
            let files: Vec<_> =
                image::cluster_images(&progress)?.into_iter().map(|image| image.path).collect();
            kind::load(&arguments.name, &files, &progress)?;
            let program = process::find("kubectl").context("the program kubectl is missing")?;
            Kubectl::new(program, kind::kubeconfig(&arguments.name)?)
        }
        Provider::Local | Provider::Auto => local::up(&arguments.name, &progress)?,
    };
    progress.step("deploy", || {
        deploy(&kubectl).map(|()| ((), format!("PostgreSQL and Keycloak in {NAMESPACE}")))
    })?;
    for (step, name) in [("postgresql", "postgres"), ("keycloak", "keycloak")] {
        progress.step(step, || wait_for(&kubectl, name).map(|said| ((), said)))?;
    }
    let claims = progress.step("proof", || {
        let claims = log_in(&kubectl)?;
        Ok((claims, format!("logged in to Keycloak {}", versions::KEYCLOAK)))
    })?;
    for claim in ["iss", "azp", "typ", "scope"] {
        progress.note(&format!("{claim:<5} {}", claims[claim].as_str().unwrap_or("(none)")));
    }
    let lifetime = claims["exp"].as_i64().zip(claims["iat"].as_i64()).map_or(0, |(end, begin)| end - begin);
    progress.note(&format!("{:<5} {lifetime} s after it was issued", "exp"));
    farewell(&kubectl, &arguments.name, &progress);
    Ok(())
}

/// Removes the cluster with all that is in it.
///
/// # Errors
/// Lists what could not be removed.
pub(crate) fn down(arguments: &Down) -> Result<()> {
    match arguments.provider.resolve(&arguments.name) {
        Provider::Kind => kind::down(&arguments.name),
        Provider::Local | Provider::Auto => local::down(&arguments.name),
    }
}

fn deploy(kubectl: &Kubectl) -> Result<()> {
    kubectl.apply(&format!("{{apiVersion: v1, kind: Namespace, metadata: {{name: {NAMESPACE}}}}}"))?;
    for (name, user) in [("postgresql", "keycloak"), ("keycloak-bootstrap-admin", "admin")] {
        let there =
            kubectl.run(&["-n", NAMESPACE, "get", "secret", name, "--ignore-not-found", "-o", "name"])?;
        if there.trim().is_empty() {
            let password = process::output(Command::new("openssl").args(["rand", "-hex", "16"]))?;
            let secret = serde_json::json!({
                "apiVersion": "v1",
                "kind": "Secret",
                "metadata": { "name": name, "namespace": NAMESPACE },
                "type": "kubernetes.io/basic-auth",
                "stringData": { "username": user, "password": password.trim() },
            });
            kubectl.apply(&secret.to_string())?;
        }
    }
    kubectl.run(&["apply", "--server-side", "--force-conflicts", "-k", MANIFESTS])?;
    Ok(())
}

/// Waits until the one pod of a `StatefulSet`, as it was applied last, is Ready.
fn wait_for(kubectl: &Kubectl, name: &str) -> Result<String> {
    process::wait_until(READY, &[], || {
        let set = kubectl.json(&["-n", NAMESPACE, "get", "statefulset", name])?;
        let (status, generation) = (&set["status"], &set["metadata"]["generation"]);
        let rolled_out = status["observedGeneration"] == *generation
            && status["currentRevision"] == status["updateRevision"]
            && status["readyReplicas"] == 1;
        if rolled_out { Ok("Ready".to_owned()) } else { bail!("StatefulSet {NAMESPACE}/{name} is not ready") }
    })
    .with_context(|| {
        let pod = format!("{name}-0");
        let state = kubectl.json(&["-n", NAMESPACE, "get", "pod", &pod]).map(|pod| kubectl::unmet(&pod));
        let log = kubectl.run(&["-n", NAMESPACE, "logs", &pod, "--tail=25"]).unwrap_or_default();
        format!("pod {NAMESPACE}/{pod}: {}; the end of its log:\n{log}", state.unwrap_or_default())
    })
}

/// Logs in to the running server, the way a person's browser would reach it, and returns the token's claims.
fn log_in(kubectl: &Kubectl) -> Result<Value> {
    let secret = kubectl.json(&["-n", NAMESPACE, "get", "secret", "keycloak-bootstrap-admin"])?;
    let field = |key: &str| -> Result<String> {
        let coded = secret["data"][key].as_str().with_context(|| format!("the Secret has no key {key}"))?;
        server::base64_text(coded)
    };
    let (user, password) = (field("username")?, field("password")?);
    let forward = PortForward::start(kubectl, "service/keycloak", 8080)?;
    let token = server::password_token(&forward.url(), "master", "admin-cli", &user, &password)?;
    server::claims(&token)
}

fn farewell(kubectl: &Kubectl, name: &str, progress: &Progress) {
    eprintln!("\nUp after {:.0} s.\n", progress.elapsed().as_secs_f64());
    eprintln!("Look around:   export KUBECONFIG={}", kubectl.kubeconfig().display());
    eprintln!("               {} get pods -A", kubectl.program().display());
    eprintln!("Console:       {} -n {NAMESPACE} port-forward svc/keycloak 8080", kubectl.program().display());
    eprintln!(
        "               then http://localhost:8080/admin, user and password in Secret keycloak-bootstrap-admin"
    );
    eprintln!("Log:           {} -n {NAMESPACE} logs keycloak-0", kubectl.program().display());
    let which = if name == cluster::DEFAULT_NAME { String::new() } else { format!(" --name {name}") };
    eprintln!("Take it down:  cargo xtask down{which}");
}

/// `kubectl port-forward` to a port of loopback that is free; ends when dropped.
struct PortForward {
    child: Child,
    port: u16,
    /// Kept open: kubectl writes a line per connection, and would end at the first if nobody could read it.
    _output: BufReader<ChildStdout>,
}

impl PortForward {
    fn start(kubectl: &Kubectl, target: &str, port: u16) -> Result<Self> {
        let mut child = Command::new(kubectl.program())
            .arg("--kubeconfig")
            .arg(kubectl.kubeconfig())
            .args(["-n", NAMESPACE, "port-forward", "--address=127.0.0.1", target, &format!(":{port}")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .context("cannot start kubectl port-forward")?;
        let output = child.stdout.take().context("kubectl port-forward has no output")?;
        let mut output = BufReader::new(output);
        let mut first = String::new();
        output.read_line(&mut first)?;
        // "Forwarding from 127.0.0.1:41231 -> 8080"
        let local = first
            .split_whitespace()
            .find_map(|word| word.strip_prefix("127.0.0.1:")?.parse().ok())
            .with_context(|| format!("kubectl port-forward to {target} printed {first:?}"));
        let mut forward = Self { child, port: 0, _output: output };
        forward.port = local?;
        Ok(forward)
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for PortForward {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
