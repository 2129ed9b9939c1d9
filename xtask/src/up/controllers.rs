//! The three controllers with their kinds, roles and policies.

use std::time::Duration;

use anyhow::{Context, Error, Result, anyhow, bail};
use serde_json::{Value, json};

use crate::cluster::kubectl::{self, Kubectl};
use crate::image::ImageFile;
use crate::process;
use crate::progress::Progress;

/// Where the controllers live.
pub(super) const NAMESPACE: &str = "cloakroom-system";
/// The Deployments, which are called like their programs.
const CONTROLLERS: [&str; 3] = ["instance-controller", "realm-controller", "client-controller"];
/// The kinds.
const KINDS: [&str; 4] = ["keycloaks", "keycloakrealms", "keycloakclients", "keycloakquotas"];
const MANIFESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy");
const READY: Duration = Duration::from_secs(180);
/// Says which archive a pod was made from: images keep their tag while they are worked on, so a new one must start new pods.
const MADE_FROM: &str = "cloakroom.local/image";

/// Applies everything below `deploy` and waits until all three are up with these images.
pub(super) fn deploy(kubectl: &Kubectl, images: &[ImageFile], progress: &Progress) -> Result<()> {
    progress.step("deploy", || {
        let objects = rendered(kubectl)?;
        let objects: Vec<Value> = objects.into_iter().map(|object| made_from(object, images)).collect();
        let count = objects.len();
        kubectl.apply(&json!({ "apiVersion": "v1", "kind": "List", "items": objects }).to_string())?;
        for kind in KINDS {
            established(kubectl, &format!("{kind}.keycloak.mdvr.nl"))?;
        }
        Ok(((), format!("{count} objects: kinds, roles, policies, controllers in {NAMESPACE}")))
    })?;
    progress.step("controllers", || {
        for name in CONTROLLERS {
            available(kubectl, name)?;
        }
        Ok(((), CONTROLLERS.join(", ")))
    })
}

/// What `kubectl apply -k deploy` would apply.
fn rendered(kubectl: &Kubectl) -> Result<Vec<Value>> {
    let text = kubectl.run(&["create", "--dry-run=client", "--output=json", "-k", MANIFESTS])?;
    let objects = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    let objects = objects.collect::<Result<Vec<_>, _>>().context("kubectl printed no JSON")?;
    Ok(objects.into_iter().flat_map(listed).collect())
}

/// The objects of a list, or the one object.
fn listed(object: Value) -> Vec<Value> {
    match object {
        Value::Object(mut list) if list.get("kind").is_some_and(|kind| kind == "List") => {
            match list.remove("items") {
                Some(Value::Array(items)) => items,
                _ => Vec::new(),
            }
        }
        object => vec![object],
    }
}

/// A Deployment whose pods say which image they were made from; everything else as it is.
fn made_from(mut object: Value, images: &[ImageFile]) -> Value {
    if object["kind"] != "Deployment" {
        return object;
    }
    let program = object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    let archive = images.iter().find(|image| image.name.contains(&format!("/{program}:")));
    if let Some(stem) = archive.and_then(|archive| archive.path.file_stem()) {
        object["spec"]["template"]["metadata"]["annotations"][MADE_FROM] = stem.to_string_lossy().into();
    }
    object
}

fn established(kubectl: &Kubectl, crd: &str) -> Result<()> {
    process::wait_until(READY, &[], || {
        let definition = kubectl.json(&["get", "crd", crd])?;
        if kubectl::condition(&definition, "Established") {
            return Ok(());
        }
        bail!("CustomResourceDefinition {crd}: {}", kubectl::unmet(&definition))
    })
}

/// Waits until all pods of the Deployment, as it was applied last, are Ready.
fn available(kubectl: &Kubectl, name: &str) -> Result<()> {
    process::wait_until(READY, &[], || {
        let deployment = kubectl.json(&["-n", NAMESPACE, "get", "deployment", name])?;
        let (status, wanted) = (&deployment["status"], &deployment["spec"]["replicas"]);
        let rolled_out = status["observedGeneration"] == deployment["metadata"]["generation"]
            && status["updatedReplicas"] == *wanted
            && status["readyReplicas"] == *wanted
            && status["replicas"] == *wanted;
        if rolled_out {
            return Ok(());
        }
        bail!("Deployment {NAMESPACE}/{name}: {}", kubectl::unmet(&deployment))
    })
    .map_err(|error| with_log(&error, kubectl, name))
}

/// An error and, below it, the end of a controller's log.
pub(super) fn with_log(error: &Error, kubectl: &Kubectl, name: &str) -> Error {
    let words = ["-n", NAMESPACE, "logs", &format!("deployment/{name}"), "--tail=15"];
    let log = kubectl.run(&words).unwrap_or_else(|error| format!("{error:#}"));
    anyhow!("{error:#}\nthe end of the log of {name}:\n{}", log.trim_end())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn pods_say_which_image_they_were_made_from_and_nothing_else_does() {
        let images = [ImageFile {
            name: "localhost/cloakroom/realm-controller:0.1.0".to_owned(),
            path: PathBuf::from("images/realm-controller-0.1.0-4711.tar"),
        }];
        let deployment = |name: &str| json!({ "kind": "Deployment", "metadata": { "name": name } });
        let changed = made_from(deployment("realm-controller"), &images);
        let annotations = &changed["spec"]["template"]["metadata"]["annotations"];
        assert_eq!(*annotations, json!({ MADE_FROM: "realm-controller-0.1.0-4711" }));
        assert_eq!(made_from(deployment("other"), &images), deployment("other"));
        let service = json!({ "kind": "Service", "metadata": { "name": "realm-controller" } });
        assert_eq!(made_from(service.clone(), &images), service);
    }

    #[test]
    fn a_list_is_taken_apart() {
        let list = json!({ "kind": "List", "items": [{ "kind": "A" }, { "kind": "B" }] });
        assert_eq!(listed(list), [json!({ "kind": "A" }), json!({ "kind": "B" })]);
        assert_eq!(listed(json!({ "kind": "A" })), [json!({ "kind": "A" })]);
    }
}
