//! Writing a Secret of ours, and taking it back.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use k8s_openapi::{ByteString, api::core::v1::Secret, apimachinery::pkg::apis::meta::v1::ObjectMeta};
use keycloak_crds::labels::{Component, label};
use kube::{
    Api,
    api::{DeleteParams, Patch, PatchParams, PostParams, Preconditions},
};
use serde_json::{Map, Value, json};

use super::{SecretBytes, SecretVersion, Secrets, StoredSecret};
use crate::{MANAGER, error::ConnectError, owner::Owner};

/// Types of Secrets that we write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SecretType {
    /// `Opaque`.
    #[default]
    Opaque,
    /// `kubernetes.io/basic-auth`: keys `username` and `password`.
    BasicAuth,
    /// `servicebinding.io/<provider>`.
    ServiceBinding(String),
}

/// Keys of which a Secret of type `kubernetes.io/basic-auth` must have one (Kubernetes, "Basic authentication Secret").
const BASIC_AUTH: [&str; 2] = ["username", "password"];

impl SecretType {
    /// The type with this name, if it is on the list of those that we write.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "Opaque" | "" => Some(Self::Opaque),
            "kubernetes.io/basic-auth" => Some(Self::BasicAuth),
            other => {
                let provider = other.strip_prefix("servicebinding.io/")?;
                (!provider.is_empty()).then(|| Self::ServiceBinding(provider.to_owned()))
            }
        }
    }
}

impl fmt::Display for SecretType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opaque => f.write_str("Opaque"),
            Self::BasicAuth => f.write_str("kubernetes.io/basic-auth"),
            Self::ServiceBinding(provider) => write!(f, "servicebinding.io/{provider}"),
        }
    }
}

/// Whether a Secret of the seed counts as ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takeover {
    /// Only what carries our labels and the uid.
    No,
    /// Also one that carries the seed's label of the same component, or an owner reference to the object, and nobody's uid.
    Seed,
    /// Also one of ours of the same component that holds nothing any more, whoever it was written for.
    Emptied,
    /// Also one that carries nobody's uid: the caller has proof that it was written for this owner, and was let go.
    Released,
}

/// A Secret as it should be.
#[derive(Clone, Debug)]
pub struct WantedSecret {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its type. It cannot be changed later.
    pub type_: SecretType,
    /// Whose it is. In the owner's namespace it gets an owner reference, elsewhere it does not go with the owner.
    pub owner: Owner,
    /// Owner reference to this object instead of the owner: a client login stands beside the instance and goes with it.
    pub goes_with: Option<Owner>,
    /// No owner reference at all: it stays when its owner is deleted, because its value is still needed then.
    pub unbound: bool,
    /// Which part of the system.
    pub component: Component,
    /// Further labels; those that a user asked for were checked.
    pub labels: BTreeMap<String, String>,
    /// Annotations.
    pub annotations: BTreeMap<String, String>,
    /// Values by key; `None`: the key must not be there. Other keys stay as they are.
    pub data: BTreeMap<String, Option<SecretBytes>>,
    /// Labels that must not be there; those that are wanted stay.
    pub former_labels: BTreeSet<String>,
    /// Annotations that must not be there; those that are wanted stay.
    pub former_annotations: BTreeSet<String>,
}

impl WantedSecret {
    /// An Opaque Secret without content.
    pub fn new(namespace: &str, name: &str, owner: &Owner, component: Component) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            type_: SecretType::Opaque,
            owner: owner.clone(),
            goes_with: None,
            unbound: false,
            component,
            labels: BTreeMap::new(),
            annotations: BTreeMap::new(),
            data: BTreeMap::new(),
            former_labels: BTreeSet::new(),
            former_annotations: BTreeSet::new(),
        }
    }

    /// With a value under a key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<SecretBytes>) -> Self {
        self.data.insert(key.to_owned(), Some(value.into()));
        self
    }

    /// Without a key.
    #[must_use]
    pub fn without(mut self, key: &str) -> Self {
        self.data.insert(key.to_owned(), None);
        self
    }

    /// With a label.
    #[must_use]
    pub fn labelled(mut self, name: &str, value: &str) -> Self {
        self.labels.insert(name.to_owned(), value.to_owned());
        self
    }

    /// With an annotation.
    #[must_use]
    pub fn annotated(mut self, name: &str, value: &str) -> Self {
        self.annotations.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Without an owner reference: it stays when its owner is deleted.
    #[must_use]
    pub fn unbound(mut self) -> Self {
        self.unbound = true;
        self
    }

    /// With whom it goes; nobody if it is to stay.
    fn keeper(&self) -> Option<&Owner> {
        (!self.unbound).then(|| self.goes_with.as_ref().unwrap_or(&self.owner))
    }

    /// All labels; ours cannot be overridden.
    fn all_labels(&self) -> BTreeMap<String, String> {
        let mut labels = self.labels.clone();
        for (name, value) in [
            (label::MANAGED_BY, label::MANAGED_BY_VALUE),
            (label::OWNER_UID, self.owner.uid.as_str()),
            (label::COMPONENT, self.component.as_str()),
        ] {
            labels.insert(name.to_owned(), value.to_owned());
        }
        labels
    }

    fn as_new(&self) -> Secret {
        let reference = self.keeper().and_then(|keeper| keeper.reference(&self.namespace));
        let data = self.data.iter().filter_map(|(key, value)| {
            value.as_ref().map(|value| (key.clone(), ByteString(value.expose().to_vec())))
        });
        Secret {
            metadata: ObjectMeta {
                namespace: Some(self.namespace.clone()),
                name: Some(self.name.clone()),
                labels: Some(self.all_labels()),
                annotations: (!self.annotations.is_empty()).then(|| self.annotations.clone()),
                owner_references: reference.map(|reference| vec![reference]),
                ..ObjectMeta::default()
            },
            type_: Some(self.type_.to_string()),
            data: Some(data.collect()),
            ..Secret::default()
        }
    }
}

/// What came of writing.
#[derive(Clone, Debug)]
pub enum Written {
    /// It was made.
    Created(StoredSecret),
    /// It was there and was changed.
    Changed(StoredSecret),
    /// It was there as it should be.
    Unchanged(StoredSecret),
    /// The namespace is being deleted and takes no new objects; no error.
    NamespaceTerminating,
}

impl Written {
    /// The Secret as it is now.
    pub fn secret(&self) -> Option<&StoredSecret> {
        match self {
            Self::Created(secret) | Self::Changed(secret) | Self::Unchanged(secret) => Some(secret),
            Self::NamespaceTerminating => None,
        }
    }

    /// Which state it is in now.
    pub fn version(&self) -> Option<SecretVersion> {
        self.secret().map(StoredSecret::version)
    }
}

/// Makes the Secret, or changes what differs.
///
/// `known` is what was read before: without it the Secret is taken to be new and made at once, with one call; if it is there
/// after all, it is read, guarded and compared.
///
/// # Errors
/// `SecretNotOwned`, `SecretTypeFixed`, `SecretChanged`, or what the API server says.
pub async fn write(
    secrets: &Secrets,
    wanted: &WantedSecret,
    known: Option<&StoredSecret>,
    takeover: Takeover,
) -> Result<Written, ConnectError> {
    let existing = match known {
        Some(known) => known.clone(),
        None => match create(secrets.kube(), wanted).await? {
            Creation::Done(secret) => return Ok(Written::Created(secret)),
            Creation::NamespaceTerminating => return Ok(Written::NamespaceTerminating),
            // Gone again between the two calls: the next pass makes it.
            Creation::Exists => {
                secrets.ours(&wanted.namespace, &wanted.name).await?.ok_or_else(|| changed(wanted))?
            }
        },
    };
    guard(&existing, &wanted.owner, wanted.component, takeover)?;
    if existing.type_() != wanted.type_.to_string() {
        return Err(ConnectError::SecretTypeFixed {
            namespace: wanted.namespace.clone(),
            name: wanted.name.clone(),
            found: existing.type_().to_owned(),
            wanted: wanted.type_.to_string(),
        });
    }
    let Some(patch) = difference(&existing, wanted) else { return Ok(Written::Unchanged(existing)) };
    let api: Api<Secret> = Api::namespaced(secrets.kube().clone(), &wanted.namespace);
    match api.patch(&wanted.name, &parameters(), &Patch::Merge(patch)).await {
        Ok(secret) => Ok(Written::Changed(StoredSecret::new(secret))),
        Err(kube::Error::Api(status)) if status.is_conflict() || status.is_not_found() => {
            Err(changed(wanted))
        }
        Err(source) => {
            let doing = format!("changing Secret {}/{}", wanted.namespace, wanted.name);
            Err(ConnectError::Kube { doing, source })
        }
    }
}

/// What came of making a Secret that should be new.
#[derive(Clone, Debug)]
pub enum Creation {
    /// It was made.
    Done(StoredSecret),
    /// There is one of that name; it was not looked at.
    Exists,
    /// The namespace is being deleted and takes no new objects; no error.
    NamespaceTerminating,
}

/// Makes the Secret with one call, and leaves one that is there as it is: where its value counts more than a new one.
///
/// # Errors
/// What the API server says.
pub async fn create(kube: &kube::Client, wanted: &WantedSecret) -> Result<Creation, ConnectError> {
    let secrets: Api<Secret> = Api::namespaced(kube.clone(), &wanted.namespace);
    let parameters = PostParams { field_manager: Some(MANAGER.to_owned()), ..PostParams::default() };
    match secrets.create(&parameters, &wanted.as_new()).await {
        Ok(secret) => Ok(Creation::Done(StoredSecret::new(secret))),
        Err(kube::Error::Api(status)) if status.is_already_exists() => Ok(Creation::Exists),
        Err(kube::Error::Api(status)) if is_terminating(&status) => Ok(Creation::NamespaceTerminating),
        Err(source) => {
            let doing = format!("creating Secret {}/{}", wanted.namespace, wanted.name);
            Err(ConnectError::Kube { doing, source })
        }
    }
}

/// A terminating namespace answers 403 with this cause.
pub(crate) fn is_terminating(status: &kube::core::Status) -> bool {
    let mut causes = status.details.iter().flat_map(|details| &details.causes);
    status.code == 403 && causes.any(|cause| cause.reason == "NamespaceTerminating")
}

/// Whether a Secret may be written for this owner.
///
/// # Errors
/// `SecretNotOwned`.
pub fn guard(
    existing: &StoredSecret,
    owner: &Owner,
    component: Component,
    takeover: Takeover,
) -> Result<(), ConnectError> {
    let nobodys = existing.label(label::OWNER_UID).is_none();
    let is_given_up = match takeover {
        Takeover::No => false,
        Takeover::Emptied => {
            let same_component = existing.label(label::COMPONENT) == Some(component.as_str());
            existing.is_managed() && same_component && existing.is_emptied()
        }
        Takeover::Released => nobodys,
        Takeover::Seed => {
            nobodys
                && (existing.label(label::COMPONENT) == Some(component.as_str()) || existing.refers_to(owner))
        }
    };
    if existing.belongs_to(owner) || is_given_up {
        return Ok(());
    }
    let whose = if existing.is_left_behind(owner) {
        "belongs to an earlier object of this name, which is gone: the garbage collector removes it"
    } else if existing.is_managed() && !nobodys {
        "belongs to another object"
    } else {
        "does not carry our labels"
    };
    Err(ConnectError::SecretNotOwned {
        namespace: existing.namespace().to_owned(),
        name: existing.name().to_owned(),
        whose,
        owner: owner.to_string(),
    })
}

fn changed(wanted: &WantedSecret) -> ConnectError {
    ConnectError::SecretChanged { namespace: wanted.namespace.clone(), name: wanted.name.clone() }
}

fn parameters() -> PatchParams {
    PatchParams { field_manager: Some(MANAGER.to_owned()), ..PatchParams::default() }
}

/// The merge patch (RFC 7396) that makes `existing` what is wanted; nothing if it is.
fn difference(existing: &StoredSecret, wanted: &WantedSecret) -> Option<Value> {
    let mut data = Map::new();
    for (key, value) in &wanted.data {
        let value = value.as_ref().map(SecretBytes::expose);
        if existing.get(key) != value {
            data.insert(
                key.clone(),
                value.map_or(Value::Null, |value| Value::String(STANDARD.encode(value))),
            );
        }
    }
    let mut metadata = Map::new();
    let all_labels = wanted.all_labels();
    let mut labels = missing(&all_labels, |name| existing.label(name));
    labels.extend(leftover(&wanted.former_labels, &all_labels, |name| existing.label(name)));
    let mut annotations = missing(&wanted.annotations, |name| existing.annotation(name));
    let former = &wanted.former_annotations;
    annotations.extend(leftover(former, &wanted.annotations, |name| existing.annotation(name)));
    for (field, entries) in [("labels", labels), ("annotations", annotations)] {
        if !entries.is_empty() {
            metadata.insert(field.to_owned(), Value::Object(entries));
        }
    }
    let keeper = wanted.keeper().filter(|keeper| !existing.refers_to(keeper));
    if let Some(reference) = keeper.and_then(|keeper| keeper.reference(&wanted.namespace)) {
        let mut all = existing.object().metadata.owner_references.clone().unwrap_or_default();
        all.push(reference);
        metadata.insert("ownerReferences".to_owned(), json!(all));
    }
    if data.is_empty() && metadata.is_empty() {
        return None;
    }
    metadata.insert("resourceVersion".to_owned(), Value::String(existing.version().resource_version));
    let mut patch = Map::from_iter([("metadata".to_owned(), Value::Object(metadata))]);
    if !data.is_empty() {
        patch.insert("data".to_owned(), Value::Object(data));
    }
    Some(Value::Object(patch))
}

fn missing<'s>(
    wanted: &BTreeMap<String, String>,
    present: impl Fn(&str) -> Option<&'s str>,
) -> Map<String, Value> {
    let differs = |(name, value): &(&String, &String)| present(name) != Some(value.as_str());
    wanted.iter().filter(differs).map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect()
}

/// What is still there and no longer wanted.
fn leftover<'s>(
    former: &BTreeSet<String>,
    wanted: &BTreeMap<String, String>,
    present: impl Fn(&str) -> Option<&'s str>,
) -> Map<String, Value> {
    let is_left = |name: &&String| !wanted.contains_key(*name) && present(name).is_some();
    former.iter().filter(is_left).map(|name| (name.clone(), Value::Null)).collect()
}

/// What came of taking a Secret back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawn {
    /// It is gone.
    Deleted,
    /// It stands there without any value: the controllers hold no right to delete Secrets. It goes with its owner.
    Emptied,
}

/// What is left of a key. The API server takes no Secret of type `kubernetes.io/basic-auth` that has neither `username` nor `password`;
/// they may be empty.
fn emptied(secret: &StoredSecret, key: &str) -> Value {
    let stays =
        SecretType::from_name(secret.type_()) == Some(SecretType::BasicAuth) && BASIC_AUTH.contains(&key);
    if stays { Value::String(String::new()) } else { Value::Null }
}

/// Takes a Secret of ours back: one that was made for a client that could not be created, or that handed out a token of a
/// line that is no more. It is deleted where that is permitted, and emptied elsewhere; what is not ours is left alone.
///
/// # Errors
/// `SecretNotOwned`, `SecretChanged`, or what the API server says.
pub async fn withdraw(
    kube: &kube::Client,
    secret: &StoredSecret,
    owner: &Owner,
) -> Result<Withdrawn, ConnectError> {
    let (namespace, name) = (secret.namespace(), secret.name());
    // Without takeover the component does not matter.
    guard(secret, owner, Component::Login, Takeover::No)?;
    let SecretVersion { uid, resource_version } = secret.version();
    let secrets: Api<Secret> = Api::namespaced(kube.clone(), namespace);
    let preconditions = Preconditions { uid: Some(uid), resource_version: Some(resource_version.clone()) };
    let deletion = secrets.delete(name, &DeleteParams::default().preconditions(preconditions)).await;
    let doing = || format!("taking back Secret {namespace}/{name}");
    let conflict = || ConnectError::SecretChanged { namespace: namespace.to_owned(), name: name.to_owned() };
    match deletion {
        Ok(_) => return Ok(Withdrawn::Deleted),
        Err(kube::Error::Api(status)) if status.is_not_found() => return Ok(Withdrawn::Deleted),
        Err(kube::Error::Api(status)) if status.is_conflict() => return Err(conflict()),
        Err(kube::Error::Api(status)) if status.is_forbidden() => {}
        Err(source) => return Err(ConnectError::Kube { doing: doing(), source }),
    }
    let empty: Map<String, Value> = secret.keys().map(|key| (key.to_owned(), emptied(secret, key))).collect();
    let patch = json!({"metadata": {"resourceVersion": resource_version}, "data": empty});
    match secrets.patch(name, &parameters(), &Patch::Merge(patch)).await {
        Ok(_) => Ok(Withdrawn::Emptied),
        Err(kube::Error::Api(status)) if status.is_not_found() => Ok(Withdrawn::Deleted),
        Err(kube::Error::Api(status)) if status.is_conflict() => Err(conflict()),
        Err(source) => Err(ConnectError::Kube { doing: doing(), source }),
    }
}
