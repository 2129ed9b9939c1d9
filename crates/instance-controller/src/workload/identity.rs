//! Names and labels of the objects of a server.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use keycloak_connect::{
    Instance,
    address::{discovery_service_name, service_name},
};
use keycloak_crds::labels::{Component, label};

/// Field manager of everything that is applied.
pub const MANAGER: &str = "cloakroom-instance";
/// On every object: hash of what was applied last.
pub const APPLIED: &str = "keycloak.mdvr.nl/applied";
/// On pods: tells by another value that they are to be replaced because a value that comes from a Secret changed.
pub const SECRETS_DIGEST: &str = "keycloak.mdvr.nl/secrets-digest";
/// Name of the container.
pub const CONTAINER: &str = "keycloak";

/// Name of the StatefulSet and of the Service for clients, as the seed has it.
pub fn name(instance: &Instance) -> String {
    service_name(&instance.owner().name)
}

/// Name of the Service by which the servers find each other, and of their names in it.
pub fn discovery_name(instance: &Instance) -> String {
    discovery_service_name(&instance.owner().name)
}

/// What selects the pods. It cannot be changed.
pub fn selector(instance: &Instance) -> BTreeMap<String, String> {
    let part = Component::Server.as_str().to_owned();
    BTreeMap::from([
        (label::INSTANCE.to_owned(), instance.owner().name.clone()),
        (label::COMPONENT.to_owned(), part),
    ])
}

/// The same as text, for `status.selector` and for lists.
pub fn selector_text(instance: &Instance) -> String {
    let pairs: Vec<String> =
        selector(instance).iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join(",")
}

/// Labels of an object.
pub fn labels(instance: &Instance, component: Component) -> BTreeMap<String, String> {
    let owner = instance.owner();
    let pairs = [
        (label::MANAGED_BY, label::MANAGED_BY_VALUE),
        (label::INSTANCE, owner.name.as_str()),
        (label::COMPONENT, component.as_str()),
        (label::OWNER_UID, owner.uid.as_str()),
        ("app.kubernetes.io/name", "keycloak"),
        ("app.kubernetes.io/instance", owner.name.as_str()),
        ("app.kubernetes.io/managed-by", "cloakroom"),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Metadata of an object that goes with the instance.
pub fn metadata(instance: &Instance, name: String, component: Component) -> ObjectMeta {
    ObjectMeta {
        name: Some(name),
        namespace: Some(instance.owner().namespace.clone()),
        labels: Some(labels(instance, component)),
        owner_references: Some(vec![instance.owner().controller_reference()]),
        ..ObjectMeta::default()
    }
}

/// Whether an object that exists may be written for this instance: it is ours, or the seed made it and nobody owns it.
pub fn is_ours(instance: &Instance, meta: &ObjectMeta) -> bool {
    let owner = instance.owner();
    if meta.owner_references.iter().flatten().any(|reference| reference.uid == owner.uid) {
        return true;
    }
    let labelled = |name: &str| meta.labels.as_ref().and_then(|labels| labels.get(name)).map(String::as_str);
    labelled(label::OWNER_UID).is_none() && is_of_the_seed(owner.name.as_str(), meta)
}

/// Whether an object belongs to an earlier Keycloak of this name.
pub fn is_left_behind(instance: &Instance, meta: &ObjectMeta) -> bool {
    meta.owner_references.iter().flatten().any(|reference| instance.owner().succeeds(reference))
}

/// Whether an object carries the labels that the seed gave to the children of an instance.
pub fn is_of_the_seed(instance: &str, meta: &ObjectMeta) -> bool {
    let labelled = |name: &str| meta.labels.as_ref().and_then(|labels| labels.get(name)).map(String::as_str);
    labelled(label::MANAGED_BY) == Some(label::MANAGED_BY_VALUE)
        && labelled(label::INSTANCE) == Some(instance)
}
