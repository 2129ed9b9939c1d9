//! Reading an object so that one that does not parse is an answer, not an error of the controller.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::api::GetParams;
use serde::Deserialize;
use serde_json::Value;

use crate::{class::Class, class::Classify, class::Reason, key::Key};

/// An object as it came from the API server: enough is parsed to report on it whatever its spec says.
pub(crate) struct RawObject {
    pub(crate) meta: ObjectMeta,
    pub(crate) status: Value,
    text: String,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    metadata: ObjectMeta,
    #[serde(default)]
    status: Value,
}

/// The spec (or another part) of an object does not have the form that this controller understands.
#[derive(Debug, thiserror::Error)]
#[error(
    "{kind} {key} cannot be read: {problem}; correct that field, or apply the CustomResourceDefinition of this version"
)]
pub struct Unparsable {
    kind: String,
    key: Key,
    problem: String,
}

/// The reason of the conditions and the Event of an object that does not parse.
pub const INVALID_OBJECT: Reason = Reason::new("InvalidObject");

impl Classify for Unparsable {
    fn class(&self) -> Class {
        Class::Stall(INVALID_OBJECT)
    }
}

impl RawObject {
    pub(crate) fn from_text(mut text: String) -> Result<Self, kube::Error> {
        let Envelope { metadata, status } = serde_json::from_str(&text).map_err(kube::Error::SerdeError)?;
        text.shrink_to_fit();
        Ok(Self { meta: metadata, status, text })
    }

    /// The same object without its text: enough for a patch of its metadata.
    pub(crate) fn metadata_only(&self) -> Self {
        Self { meta: self.meta.clone(), status: Value::Null, text: String::new() }
    }

    pub(crate) fn has_finalizer(&self, finalizer: &str) -> bool {
        self.meta.finalizers.iter().flatten().any(|present| present == finalizer)
    }

    pub(crate) fn is_deleting(&self) -> bool {
        self.meta.deletion_timestamp.is_some()
    }

    pub(crate) fn annotation(&self, name: &str) -> Option<&str> {
        self.meta.annotations.as_ref().and_then(|all| all.get(name)).map(String::as_str)
    }

    pub(crate) fn generation(&self) -> i64 {
        self.meta.generation.unwrap_or_default()
    }

    /// The object as its kind; the error names the field.
    pub(crate) fn parse<K>(&self, key: &Key) -> Result<K, Unparsable>
    where
        K: kube::Resource<DynamicType = ()> + serde::de::DeserializeOwned,
    {
        let mut json = serde_json::Deserializer::from_str(&self.text);
        serde_path_to_error::deserialize(&mut json).map_err(|error| Unparsable {
            kind: K::kind(&()).into_owned(),
            key: key.clone(),
            problem: problem(&error),
        })
    }
}

/// `spec.replicas: invalid type: string "two", expected i32`, without the position in a text that nobody sees.
fn problem(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let path = error.path().to_string();
    let text = error.inner().to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    if path == "." { text.to_owned() } else { format!("{path}: {text}") }
}

/// Reads one object; `None` if it does not exist.
///
/// Not through `Api::get`: that fails as a whole for an object that does not parse, and logs its full text.
pub(crate) async fn fetch<K: kube::Resource<DynamicType = ()>>(
    kube: &kube::Client,
    key: &Key,
) -> Result<Option<RawObject>, kube::Error> {
    let request = kube::core::Request::new(K::url_path(&(), key.namespace()))
        .get(key.name(), &GetParams::default())
        .map_err(kube::Error::BuildRequest)?;
    match kube.request_text(request).await {
        Ok(text) => RawObject::from_text(text).map(Some),
        Err(kube::Error::Api(status)) if status.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
