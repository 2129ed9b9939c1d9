//! What is kept in memory about an object: a slim type, decoded straight from the wire.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, Time};
use kube::Resource;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::key::{Reference, Target};

/// The slim type of a kind: what a watch keeps of each object beside its name, uid, generation and resourceVersion.
///
/// It is decoded (by its `Deserialize`) from the whole object as JSON, so it names only the parts it needs and serde
/// skips the rest; `managedFields` is never kept. Turn what is only compared into hashes ([`hash_of`]) while decoding.
///
/// ```
/// use controller_runtime::{Key, Projection, Reference, Target, hash_of};
/// use k8s_openapi::api::core::v1::Service;
///
/// /// Of a Service: its selector as one hash, because that is all its dependants care about.
/// #[derive(serde::Deserialize)]
/// struct SlimService {
///     spec: SlimSpec,
/// }
///
/// #[derive(serde::Deserialize)]
/// struct SlimSpec {
///     #[serde(default)]
///     selector: std::collections::BTreeMap<String, String>,
/// }
///
/// impl Projection for SlimService {
///     type Kind = Service;
///     const KIND: &'static str = "Service";
///     fn contract(&self) -> Vec<u64> {
///         vec![hash_of(&self.spec.selector)]
///     }
/// }
/// ```
pub trait Projection: DeserializeOwned + Send + Sync + 'static {
    /// The kind it is a projection of.
    type Kind: Resource<DynamicType = (), Scope: Sized> + 'static;

    /// The name of the kind, as in manifests. Must be what the kind itself says; a watch checks it when it starts.
    const KIND: &'static str;

    /// Label selector of the objects that are watched; of a kind that is everywhere, such as Pod, only our own are to cost
    /// memory. Default: all of them.
    const SELECTOR: Option<&'static str> = None;

    /// All that objects of this kind are counted by in gauges. In `active_resources` they are counted by namespace, where a number
    /// that is 0 is left out; in a gauge of its own each is there from the start, and falls to 0 when the last object goes. Default:
    /// their number alone, in `active_resources`.
    const TALLIES: &'static [Tally] = &[];

    /// What this object counts for, each one of [`Projection::TALLIES`].
    fn tallies(&self) -> Vec<Tally> {
        Vec::new()
    }

    /// Whether a change wakes, of the objects that this one refers to, only those that are in deletion. Default: all of them. It says
    /// nothing about the objects that refer to this one.
    const WAKES_IN_DELETION_ONLY: bool = false;

    /// Hashes of the fields that other objects may depend on, by fixed position: the contract. A change wakes the
    /// objects whose [`Reference`] names that position, and nothing else does. Default: nobody depends on this kind.
    fn contract(&self) -> Vec<u64> {
        Vec::new()
    }

    /// What this object depends on or speaks about. Default: nothing.
    fn references(&self) -> Vec<Reference> {
        Vec::new()
    }

    /// Another name by which objects refer to this one, beside its own: what it is outside the cluster. A change of the contract
    /// wakes those, too; where the name comes or goes, that must be a change of the contract. Default: none.
    fn also_known_as(&self) -> Option<Target> {
        None
    }

    /// A hash whose change wakes the object itself, beside generation, deletion, our annotations and the loss of our
    /// finalizer. Default: nothing else.
    fn wake(&self) -> u64 {
        0
    }

    /// Objects of one group share the workers fairly with those of other groups. Default: the namespace.
    fn group(&self) -> Option<Arc<str>> {
        None
    }

    /// Whether the object's own record says that a pass has reached this generation. After a restart such an object is
    /// left to the next resync, without a single read. Default: no, every object gets a pass after a restart.
    fn settled(&self, _generation: i64) -> bool {
        false
    }
}

/// One value of one label of a gauge that counts objects: of what a watch keeps, so that it never counts what is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tally {
    /// Name of the gauge, after the product's prefix.
    pub metric: &'static str,
    /// Name of the label.
    pub label: &'static str,
    /// Its value.
    pub value: &'static str,
}

impl Tally {
    /// The gauge that counts the objects of each kind.
    pub const OBJECTS: &'static str = "active_resources";

    /// An object in this phase.
    pub const fn phase(value: &'static str) -> Self {
        Self { metric: Self::OBJECTS, label: "phase", value }
    }
}

/// The hash by which values of contracts are compared. Equal values give equal hashes within one process.
pub fn hash_of<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// An object while it travels from the watch into the store.
pub(crate) struct Wire<P> {
    /// Only what the runtime needs; in particular no managedFields.
    pub(crate) meta: ObjectMeta,
    /// The slim type, or why it could not be decoded.
    pub(crate) projection: Result<Arc<P>, Arc<str>>,
}

impl<P> fmt::Debug for Wire<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire")
            .field("name", &self.meta.name)
            .field("parses", &self.projection.is_ok())
            .finish()
    }
}

impl<P> Clone for Wire<P> {
    fn clone(&self) -> Self {
        Self { meta: self.meta.clone(), projection: self.projection.clone() }
    }
}

#[derive(Deserialize)]
struct Envelope {
    metadata: SlimMeta,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SlimMeta {
    name: String,
    namespace: Option<String>,
    #[serde(default)]
    uid: String,
    #[serde(default)]
    resource_version: String,
    generation: Option<i64>,
    deletion_timestamp: Option<Time>,
    #[serde(default)]
    finalizers: Vec<String>,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

impl<'de, P: DeserializeOwned> Deserialize<'de> for Wire<P> {
    /// Never fails for an object that the API server accepted: one that does not fit `P` carries its problem with it.
    /// A single bad object would otherwise end the watch of its whole kind.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Box<RawValue>>::deserialize(deserializer)?;
        let Envelope { metadata } = serde_json::from_str(text.get()).map_err(serde::de::Error::custom)?;
        let projection = serde_json::from_str::<P>(text.get())
            .map(Arc::new)
            .map_err(|problem| Arc::from(problem.to_string().as_str()));
        Ok(Self { meta: metadata.into(), projection })
    }
}

impl From<SlimMeta> for ObjectMeta {
    fn from(slim: SlimMeta) -> Self {
        Self {
            name: Some(slim.name),
            namespace: slim.namespace,
            uid: Some(slim.uid),
            resource_version: Some(slim.resource_version),
            generation: slim.generation,
            deletion_timestamp: slim.deletion_timestamp,
            finalizers: Some(slim.finalizers),
            annotations: Some(slim.annotations),
            ..Self::default()
        }
    }
}

/// The watcher needs to know where to find the kind; everything is passed on to it.
impl<P: Projection> Resource for Wire<P> {
    type DynamicType = ();
    // The kind may be of either scope, and only a dynamic one can be asked for in a namespace or without.
    type Scope = kube::core::DynamicResourceScope;

    fn kind((): &()) -> Cow<'_, str> {
        P::Kind::kind(&())
    }

    fn group((): &()) -> Cow<'_, str> {
        P::Kind::group(&())
    }

    fn version((): &()) -> Cow<'_, str> {
        P::Kind::version(&())
    }

    fn plural((): &()) -> Cow<'_, str> {
        P::Kind::plural(&())
    }

    fn meta(&self) -> &ObjectMeta {
        &self.meta
    }

    fn meta_mut(&mut self) -> &mut ObjectMeta {
        &mut self.meta
    }
}

#[cfg(test)]
mod tests;
