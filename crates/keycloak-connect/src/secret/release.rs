//! Letting a Secret of ours go: it stays as it is, and is nobody's.

use k8s_openapi::api::core::v1::Secret;
use keycloak_crds::labels::{Component, label};
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::{Map, Value, json};

use super::{StoredSecret, Takeover, guard};
use crate::{MANAGER, error::ConnectError, owner::Owner};

/// Labels by which a Secret is ours, or would be taken for the seed's.
const OURS: [&str; 3] = [label::MANAGED_BY, label::OWNER_UID, label::COMPONENT];

/// Takes our labels and the owner reference off a Secret of ours, so that nobody writes it any more and it does not go with
/// its owner. Its values stay, and so do other labels and annotations, except those that are named.
///
/// # Errors
/// `SecretNotOwned`, `SecretChanged`, or what the API server says.
pub async fn release(
    kube: &kube::Client,
    secret: &StoredSecret,
    owner: &Owner,
    annotations: &[&str],
) -> Result<(), ConnectError> {
    let (namespace, name) = (secret.namespace(), secret.name());
    // Without takeover the component does not matter.
    guard(secret, owner, Component::ClientCredentials, Takeover::No)?;
    let removed = |names: &[&str], present: &dyn Fn(&str) -> bool| -> Map<String, Value> {
        let names = names.iter().filter(|name| present(name));
        names.map(|name| ((*name).to_owned(), Value::Null)).collect()
    };
    let mut metadata = json!({
        "resourceVersion": secret.version().resource_version,
        "labels": removed(&OURS, &|name| secret.label(name).is_some()),
        "annotations": removed(annotations, &|name| secret.annotation(name).is_some()),
    });
    if secret.refers_to(owner) {
        let all = secret.object().metadata.owner_references.iter().flatten();
        let others: Vec<_> = all.filter(|reference| reference.uid != owner.uid).collect();
        metadata["ownerReferences"] = json!(others);
    }
    let parameters = PatchParams { field_manager: Some(MANAGER.to_owned()), ..PatchParams::default() };
    let secrets: Api<Secret> = Api::namespaced(kube.clone(), namespace);
    match secrets.patch(name, &parameters, &Patch::Merge(json!({"metadata": metadata}))).await {
        Ok(_) => Ok(()),
        Err(kube::Error::Api(status)) if status.is_not_found() => Ok(()),
        Err(kube::Error::Api(status)) if status.is_conflict() => {
            Err(ConnectError::SecretChanged { namespace: namespace.to_owned(), name: name.to_owned() })
        }
        Err(source) => {
            Err(ConnectError::Kube { doing: format!("releasing Secret {namespace}/{name}"), source })
        }
    }
}
