//! Whether the components of a cluster do their work: what each is asked, and how the node is waited for.
//!
//! The node's condition and those of Deployments are what was true when somebody last wrote them. After a component has
//! ended they stay for a while, so each component is asked itself.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::components;
use super::site::Site;
use crate::cluster::kubectl::{self, Kubectl};
use crate::process;

const READY: Duration = Duration::from_secs(180);

/// Waits until the node is Ready and every component answers for itself.
///
/// # Errors
/// Names the component that ended, or that does not answer in time, with the end of its log.
pub(crate) fn wait_for_node(site: &Site, kubectl: &Kubectl) -> Result<String> {
    for component in components::NAMES {
        process::wait_until(READY, &components::daemons(site, component), || {
            ask(site, kubectl, component).with_context(|| format!("{component} does not answer"))
        })?;
    }
    process::wait_until(READY, &components::daemons(site, "kubelet"), || {
        let node = kubectl.json(&["get", "node", site.name()])?;
        if kubectl::condition(&node, "Ready") {
            return Ok(());
        }
        bail!("node {}: {}", site.name(), kubectl::unmet(&node))
    })?;
    Ok("Ready".to_owned())
}

/// Asks one component how it is. Those on the node's own loopback are asked by the API server, which is there too.
fn ask(site: &Site, kubectl: &Kubectl, component: &str) -> Result<()> {
    let node = format!("/api/v1/nodes/{}", site.name());
    match component {
        "containerd" => {
            let mut ctr = Command::new("ctr");
            process::output(ctr.args(["--address", &site.containerd_socket(), "version"])).map(drop)
        }
        // It says for etcd too that it answers.
        "etcd" | "kube-apiserver" => kubectl.run(&["get", "--raw", "/readyz"]).map(drop),
        "kubelet" => kubectl.run(&["get", "--raw", &format!("{node}/proxy/healthz")]).map(drop),
        // Its own port, by plain HTTP.
        "kube-proxy" => kubectl.run(&["get", "--raw", &format!("{node}:10256/proxy/healthz")]).map(drop),
        managed => {
            let name = managed.trim_start_matches("kube-");
            let said = kubectl.run(&["get", "--raw", &format!("/api/v1/componentstatuses/{name}")])?;
            healthy(&said)
        }
    }
}

/// What the API server found out about a component beside it.
fn healthy(status: &str) -> Result<()> {
    let status: serde_json::Value =
        serde_json::from_str(status).context("the API server's answer is no JSON")?;
    let mut conditions = status["conditions"].as_array().into_iter().flatten();
    let found =
        conditions.find(|condition| condition["type"] == "Healthy").context("nothing is known of it")?;
    if found["status"] == "True" {
        return Ok(());
    }
    // The cause stands in either.
    let words = ["message", "error"].map(|key| found[key].as_str().unwrap_or_default());
    bail!("{}", words.join(" ").trim())
}

#[cfg(test)]
mod tests {
    use super::healthy;

    #[test]
    fn a_component_is_well_only_if_the_api_server_says_so() {
        let well =
            r#"{"kind":"ComponentStatus","conditions":[{"type":"Healthy","status":"True","message":"ok"}]}"#;
        assert!(healthy(well).is_ok());
        let ill = r#"{"conditions":[{"type":"Healthy","status":"False","message":"Get \"https://127.0.0.1:10259/healthz\": connection refused"}]}"#;
        insta::assert_snapshot!(healthy(ill).unwrap_err(), @r#"Get "https://127.0.0.1:10259/healthz": connection refused"#);
        insta::assert_snapshot!(healthy("{}").unwrap_err(), @"nothing is known of it");
        assert!(healthy("Service Unavailable").is_err());
    }
}
