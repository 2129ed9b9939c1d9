//! Our finalizer on an object: put there before the first outside write, taken away after the last.
//!
//! Both are JSON patches that test what they change, so that two writers never undo each other, and that test the uid,
//! so that an object made anew under the same name is not touched. Finalizers of whatever kept such objects before us go in
//! the same patch: the object is never without one, and nobody is left to take them away.

use json_patch::{
    AddOperation, Patch as Operations, PatchOperation, RemoveOperation, TestOperation, jsonptr::PointerBuf,
};
use kube::api::{Patch, PatchParams};
use serde_json::{Value, json};

use crate::{
    calls::{WRITE_CONFLICT, class_of},
    class::{Class, Classify},
    guard::{self, RawObject},
    key::Key,
};

/// How often a patch is tried when somebody else writes at the same moment.
const ATTEMPTS: usize = 4;

/// Our finalizer, and those that it replaces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finalizers {
    /// Ours.
    pub(crate) ours: &'static str,
    /// Those of whatever kept such objects before us.
    pub(crate) replaced: &'static [&'static str],
}

/// Why a finalizer could not be added or removed.
#[derive(Debug, thiserror::Error)]
pub enum FinalizerError {
    /// The API server refused or did not answer.
    #[error("cannot {change} finalizer {finalizer} of {key}: {source}")]
    Call {
        /// What was tried.
        change: Change,
        /// The finalizer.
        finalizer: &'static str,
        /// The object.
        key: Key,
        /// The answer.
        #[source]
        source: kube::Error,
    },
    /// Somebody else changed the finalizers each time we tried.
    #[error(
        "cannot {change} finalizer {finalizer} of {key}: its finalizers changed {ATTEMPTS} times meanwhile"
    )]
    Contended {
        /// What was tried.
        change: Change,
        /// The finalizer.
        finalizer: &'static str,
        /// The object.
        key: Key,
    },
}

impl Classify for FinalizerError {
    fn class(&self) -> Class {
        match self {
            Self::Call { source, .. } => class_of(source),
            Self::Contended { .. } => Class::Retry(WRITE_CONFLICT),
        }
    }
}

/// What is done to the list of finalizers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Our finalizer is put on an object that is not in deletion, in the place of those that it replaces.
    Add,
    /// Our finalizer and those that it replaces are taken away; those of others stay.
    Remove,
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Add => "add",
            Self::Remove => "remove",
        })
    }
}

impl Change {
    /// The patch that makes the change; `None` if nothing is to be done.
    fn operations(self, object: &RawObject, finalizers: Finalizers) -> Option<Operations> {
        const LIST: &str = "/metadata/finalizers";
        let present = object.meta.finalizers.as_deref().unwrap_or_default();
        let Finalizers { ours, replaced } = finalizers;
        let go = |name: &str| replaced.contains(&name) || (self == Self::Remove && name == ours);
        let adds = self == Self::Add && !present.iter().any(|name| name == ours);
        if self == Self::Add && (object.is_deleting() || !adds) {
            return None;
        }
        let mut operations = vec![test("/metadata/uid", json!(object.meta.uid))];
        if adds && present.is_empty() {
            operations.push(test(LIST, Value::Null));
            operations.push(add(LIST, json!([ours])));
            return Some(Operations(operations));
        }
        if adds {
            operations.push(test(LIST, json!(present)));
            operations.push(add(&format!("{LIST}/-"), json!(ours)));
        }
        let positions = present.iter().enumerate().filter(|(_, name)| go(name));
        let before = operations.len();
        // The last first: what stands before it keeps its place.
        for (position, name) in positions.rev() {
            let path = format!("{LIST}/{position}");
            operations.push(test(&path, json!(name)));
            operations.push(PatchOperation::Remove(RemoveOperation { path: pointer(&path) }));
        }
        (adds || operations.len() > before).then_some(Operations(operations))
    }
}

/// Makes the change and returns the object as it then is; `None` if it is gone or was made anew meanwhile.
///
/// A conflict means: read again and try again. A refusal although nothing changed is the API server's verdict on the
/// object itself (for example a new validation rule that it breaks) and is returned.
pub(crate) async fn change<K: kube::Resource<DynamicType = ()>>(
    kube: &kube::Client,
    key: &Key,
    mut object: RawObject,
    finalizers: Finalizers,
    change: Change,
) -> Result<Option<RawObject>, FinalizerError> {
    let finalizer = finalizers.ours;
    let failed = |source| FinalizerError::Call { change, finalizer, key: key.clone(), source };
    for _ in 0..ATTEMPTS {
        let Some(operations) = change.operations(&object, finalizers) else {
            return Ok(Some(object));
        };
        let refusal = match patch::<K>(kube, key, operations).await {
            Ok(text) => return RawObject::from_text(text).map(Some).map_err(failed),
            Err(kube::Error::Api(status)) if status.is_not_found() => return Ok(None),
            Err(kube::Error::Api(status)) if status.code == 409 || status.code == 422 => status,
            Err(error) => return Err(failed(error)),
        };
        let newer = match guard::fetch::<K>(kube, key).await.map_err(failed)? {
            Some(newer) if newer.meta.uid == object.meta.uid => newer,
            Some(_) | None => return Ok(None),
        };
        if refusal.code == 422 && newer.meta.finalizers == object.meta.finalizers {
            return Err(failed(kube::Error::Api(refusal)));
        }
        object = newer;
    }
    Err(FinalizerError::Contended { change, finalizer, key: key.clone() })
}

async fn patch<K: kube::Resource<DynamicType = ()>>(
    kube: &kube::Client,
    key: &Key,
    operations: Operations,
) -> Result<String, kube::Error> {
    let request = kube::core::Request::new(K::url_path(&(), key.namespace()))
        .patch(key.name(), &PatchParams::default(), &Patch::Json::<()>(operations))
        .map_err(kube::Error::BuildRequest)?;
    kube.request_text(request).await
}

fn test(path: &str, value: Value) -> PatchOperation {
    PatchOperation::Test(TestOperation { path: pointer(path), value })
}

fn add(path: &str, value: Value) -> PatchOperation {
    PatchOperation::Add(AddOperation { path: pointer(path), value })
}

/// The paths above hold no `~` and begin with a slash, so they always parse; the root would fail the test operation.
fn pointer(path: &str) -> PointerBuf {
    PointerBuf::parse(path).unwrap_or_default()
}
