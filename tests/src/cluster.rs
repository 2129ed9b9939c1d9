//! A cluster with one namespace of the story, and the three controllers that work in it as programs.

use std::fs;

use anyhow::{Context, Result};
use controller_testkit::{ApiServer, Program};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::{
    controllers::{CONTROLLERS, built},
    installation,
    kubectl::Kubectl,
    object,
};

/// What a cluster writes into an object and another one must not be told; docs/operations/restore.md takes the same away.
const OF_THIS_CLUSTER: [&str; 8] = [
    "creationTimestamp",
    "deletionTimestamp",
    "finalizers",
    "generation",
    "managedFields",
    "ownerReferences",
    "resourceVersion",
    "uid",
];
const KINDS: &str = "keycloaks,keycloakrealms,keycloakclients";

/// A namespace of a cluster.
#[derive(Debug)]
pub struct Cluster {
    /// The administrator of the cluster.
    pub kubectl: Kubectl,
    /// The namespace.
    pub namespace: String,
}

/// The controllers of a cluster, at work in one namespace.
#[derive(Debug)]
pub struct Controllers(Vec<Program>);

impl Controllers {
    /// Lets the passes that run end, then the programs.
    pub async fn stop(self) {
        for program in self.0 {
            program.stops().await;
        }
    }
}

impl Cluster {
    /// A cluster that has nothing but our kinds and policies, and this namespace. The API server is one for all tests of this
    /// program.
    ///
    /// # Errors
    /// If the API server refuses a manifest.
    pub async fn another(namespace: &str) -> Result<Self> {
        static SERVER: OnceCell<ApiServer> = OnceCell::const_new();
        let prepared = async || {
            let server = ApiServer::start().await;
            installation::install(&Kubectl::of_cluster(&server.kubeconfig()))?;
            anyhow::Ok(server)
        };
        Self::in_cluster(SERVER.get_or_try_init(prepared).await?, namespace)
    }

    /// This namespace, made in the cluster of this API server, whatever is installed there.
    ///
    /// # Errors
    /// If the API server refuses it.
    pub fn in_cluster(server: &ApiServer, namespace: &str) -> Result<Self> {
        let kubectl = Kubectl::of_cluster(&server.kubeconfig());
        kubectl.run(&["create", "namespace", namespace])?;
        Ok(Self { kubectl, namespace: namespace.to_owned() })
    }

    /// Starts the programs that cargo built with this test.
    ///
    /// # Errors
    /// If a program was not built.
    pub fn starts_controllers(&self) -> Result<Controllers> {
        let kubeconfig = self.kubectl.kubeconfig_in(&self.namespace)?.to_string();
        let start = |name: &&str| {
            let program = built(name)?;
            anyhow::Ok(Program::start(name, &program, |folder| {
                let file = folder.join("kubeconfig");
                // Told by the program, which cannot read it.
                let _ = fs::write(&file, &kubeconfig);
                vec![
                    format!("--kubeconfig={}", file.display()),
                    format!("--namespaces={}", self.namespace),
                    "--leader-election=false".to_owned(),
                    "--metrics-address=127.0.0.1:0".to_owned(),
                ]
            }))
        };
        CONTROLLERS.iter().map(start).collect::<Result<_>>().map(Controllers)
    }

    /// What a person would keep in files: the objects of ours, and all Secrets.
    ///
    /// # Errors
    /// What kubectl says.
    pub fn saved(&self) -> Result<(Vec<Value>, Vec<Value>)> {
        Ok((self.all(KINDS)?, self.all("secrets")?))
    }

    fn all(&self, kinds: &str) -> Result<Vec<Value>> {
        let found = self.kubectl.json(&["-n", &self.namespace, "get", kinds])?;
        Ok(found["items"].as_array().context("no list")?.iter().map(kept).collect())
    }

    /// Applies what was kept, from a file.
    ///
    /// # Errors
    /// What kubectl says.
    pub fn restores(&self, objects: &[Value]) -> Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("kept.json");
        fs::write(&file, json!({"apiVersion": "v1", "kind": "List", "items": objects}).to_string())?;
        let file = format!("--filename={}", file.display());
        self.kubectl.run(&["apply", "--server-side", &file]).map(drop)
    }

    /// Sets fields of an object's spec, as a person edits it.
    ///
    /// # Errors
    /// What kubectl says.
    pub fn sets(&self, object: &str, spec: &Value) -> Result<()> {
        let patch = json!({"spec": spec}).to_string();
        self.kubectl
            .run(&["-n", &self.namespace, "patch", object, "--type=merge", "--patch", &patch])
            .map(drop)
    }

    /// Asks for a pass now.
    ///
    /// # Errors
    /// What kubectl says.
    pub fn forces(&self, object: &str) -> Result<()> {
        let version = self.get(object)?["metadata"]["resourceVersion"].clone();
        // Another text each time.
        let forced = format!("keycloak.mdvr.nl/reconcile-at={}", version.as_str().unwrap_or_default());
        self.kubectl.run(&["-n", &self.namespace, "annotate", "--overwrite", object, &forced]).map(drop)
    }

    /// The object (`kind/name`) as it is.
    ///
    /// # Errors
    /// What kubectl says.
    pub fn get(&self, object: &str) -> Result<Value> {
        self.kubectl.json(&["-n", &self.namespace, "get", object])
    }

    /// Waits until the object is Ready.
    ///
    /// # Errors
    /// See [`object::ready`].
    pub fn ready(&self, object: &str) -> Result<Value> {
        object::ready(&self.kubectl, &self.namespace, object)
    }

    /// Waits until the object is not Ready for this reason, and gives its sentence.
    ///
    /// # Errors
    /// See [`object::not_ready_because`].
    pub fn not_ready_because(&self, object: &str, reason: &str) -> Result<String> {
        object::not_ready_because(&self.kubectl, &self.namespace, object, reason)
    }

    /// The value of a Secret's key, in base64.
    ///
    /// # Errors
    /// If the Secret or the key is not there.
    pub fn encoded_secret(&self, name: &str, key: &str) -> Result<String> {
        let secret = self.get(&format!("secret/{name}"))?;
        Ok(secret["data"][key].as_str().with_context(|| format!("Secret {name} has no {key}"))?.to_owned())
    }

    /// The value of a Secret's key.
    ///
    /// # Errors
    /// If the Secret or the key is not there.
    pub fn secret(&self, name: &str, key: &str) -> Result<String> {
        let template = format!("--output=go-template={{{{index .data \"{key}\" | base64decode}}}}");
        self.kubectl.run(&["-n", &self.namespace, "get", "secret", name, &template])
    }

    /// The uid of a namespace; that of kube-system stands for the cluster.
    ///
    /// # Errors
    /// What kubectl says.
    pub fn uid_of_namespace(&self, name: &str) -> Result<String> {
        self.kubectl.run(&["get", "namespace", name, "--output=jsonpath={.metadata.uid}"])
    }

    /// What is left of a cluster that is lost: nothing, and nobody took anything down.
    ///
    /// # Errors
    /// What kubectl says.
    pub fn is_lost(&self) -> Result<()> {
        let all = self.kubectl.json(&["-n", &self.namespace, "get", KINDS])?;
        for object in all["items"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let name = format!("{}/{}", text(&object["kind"]), text(&object["metadata"]["name"]));
            let nobody = json!({"metadata": {"finalizers": null}}).to_string();
            self.kubectl.run(&["-n", &self.namespace, "patch", &name, "--type=merge", "--patch", &nobody])?;
            self.kubectl.run(&["-n", &self.namespace, "delete", &name])?;
        }
        Ok(())
    }
}

/// An object as it stands in a file.
fn kept(object: &Value) -> Value {
    let mut kept = object.clone();
    if let Some(fields) = kept.as_object_mut() {
        fields.remove("status");
    }
    if let Some(metadata) = kept.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.retain(|field, _| !OF_THIS_CLUSTER.contains(&field.as_str()));
    }
    kept
}
