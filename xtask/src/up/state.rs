//! What `up` has made in a cluster, to compare before and after.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{controllers, quickstart};
use crate::cluster::kubectl::Kubectl;

/// Kinds that no namespace holds; those of ours carry our label.
const EVERYWHERE: &str = "customresourcedefinitions,clusterroles,clusterrolebindings,validatingadmissionpolicies,\
                          validatingadmissionpolicybindings,priorityclasses";
/// Kinds in the namespaces of `up`.
const IN_NAMESPACES: &str = "deployments,statefulsets,services,serviceaccounts,roles,rolebindings,secrets,pods,keycloaks,\
                             keycloakrealms,keycloakclients";

/// The version of each object, by kind, namespace and name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct State(BTreeMap<String, String>);

/// What is in the cluster now.
///
/// # Errors
/// If it cannot be read.
pub(super) fn of(kubectl: &Kubectl) -> Result<State> {
    let mut lists = vec![kubectl.json(&["get", EVERYWHERE, "-l", "app.kubernetes.io/part-of=cloakroom"])?];
    for namespace in [controllers::NAMESPACE, quickstart::SERVER_NAMESPACE, quickstart::NAMESPACE] {
        lists.push(kubectl.json(&["-n", namespace, "get", IN_NAMESPACES])?);
    }
    let mut state = BTreeMap::new();
    for list in lists {
        for object in list["items"].as_array().context("kubectl printed no list")? {
            state.extend(entry(object));
        }
    }
    Ok(State(state))
}

/// The resourceVersion counts every write. That of a pod moves with the node's reports, so of a pod it is the uid.
fn entry(object: &Value) -> Option<(String, String)> {
    let (kind, metadata) = (object["kind"].as_str()?, &object["metadata"]);
    let version = if kind == "Pod" { "uid" } else { "resourceVersion" };
    let namespace = metadata["namespace"].as_str().unwrap_or("-");
    let name = format!("{kind} {namespace}/{}", metadata["name"].as_str()?);
    Some((name, metadata[version].as_str()?.to_owned()))
}

impl State {
    /// What is another one in a later state, is missing there, or is new.
    pub(super) fn changed_in(&self, later: &Self) -> Vec<String> {
        let said = |name: &String| match (self.0.get(name), later.0.get(name)) {
            (before, after) if before == after => None,
            (None, _) => Some(format!("{name} is new")),
            (_, None) => Some(format!("{name} is gone")),
            _ => Some(format!("{name} is another one")),
        };
        let mut names: Vec<&String> = self.0.keys().chain(later.0.keys()).collect();
        names.sort();
        names.dedup();
        names.into_iter().filter_map(said).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn state(objects: &[Value]) -> State {
        State(objects.iter().filter_map(entry).collect())
    }

    fn object(kind: &str, name: &str, uid: &str, version: &str) -> Value {
        json!({"kind": kind, "metadata": {"namespace": "a", "name": name, "uid": uid, "resourceVersion": version}})
    }

    #[test]
    fn what_was_written_made_or_removed_is_named_and_a_pod_only_when_it_is_another_one() {
        let before = state(&[
            object("Secret", "same", "1", "1"),
            object("Secret", "edited", "2", "2"),
            object("Secret", "removed", "3", "3"),
            object("Pod", "reported", "4", "4"),
            object("Pod", "replaced", "5", "5"),
        ]);
        let after = state(&[
            object("Secret", "same", "1", "1"),
            object("Secret", "edited", "2", "20"),
            object("Secret", "added", "6", "6"),
            object("Pod", "reported", "4", "40"),
            object("Pod", "replaced", "50", "50"),
        ]);
        assert_eq!(
            before.changed_in(&after),
            [
                "Pod a/replaced is another one",
                "Secret a/added is new",
                "Secret a/edited is another one",
                "Secret a/removed is gone"
            ]
        );
        assert!(before.changed_in(&before).is_empty());
    }
}
