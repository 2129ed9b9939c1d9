//! Persistent volumes: directories of this machine, bound by claims of the default storage class.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use anyhow::{Context, Result};
use serde_json::json;

use super::site::Site;
use crate::cluster::kubectl::Kubectl;

/// How many claims a cluster can bind.
const COUNT: usize = 12;
const CLASS: &str = "standard";

/// Makes the directories, and the volumes that lead to them.
///
/// # Errors
/// If a directory cannot be made or the API server refuses the objects.
pub(crate) fn make(site: &Site, kubectl: &Kubectl) -> Result<()> {
    let made = site.state().join("volumes/made");
    if made.exists() {
        return Ok(());
    }
    let mut items = vec![json!({
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {
            "name": CLASS,
            "annotations": { "storageclass.kubernetes.io/is-default-class": "true" },
        },
        "provisioner": "kubernetes.io/no-provisioner",
        "volumeBindingMode": "Immediate",
    })];
    for number in 0..COUNT {
        let name = format!("local-{number}");
        let folder = site.state().join("volumes").join(&name);
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        // hostPath volumes know no fsGroup: whoever the pod runs as must be able to write.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777))?;
        items.push(json!({
            "apiVersion": "v1",
            "kind": "PersistentVolume",
            "metadata": { "name": name },
            "spec": {
                "capacity": { "storage": "10Gi" },
                "accessModes": ["ReadWriteOnce"],
                "storageClassName": CLASS,
                "persistentVolumeReclaimPolicy": "Retain",
                "hostPath": { "path": folder, "type": "Directory" },
            },
        }));
    }
    kubectl.apply(&json!({ "apiVersion": "v1", "kind": "List", "items": items }).to_string())?;
    fs::write(made, "")?;
    Ok(())
}
