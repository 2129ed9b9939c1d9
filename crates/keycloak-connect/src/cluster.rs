//! Which cluster this is, and what is known about a namespace: parts of the mark on what we make in Keycloak.

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use k8s_openapi::api::core::v1::Namespace as KubeNamespace;
use kube::Api;

use crate::{error::ConnectError, recent::Recent};

/// The namespace whose uid stands for the cluster: it lives exactly as long.
const KUBE_SYSTEM: &str = "kube-system";

/// How long labels and end of a namespace are believed.
const KEEP: Duration = Duration::from_secs(30);

/// The cluster's id: the uid of `kube-system`, or what `--cluster-id` says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClusterId(Arc<str>);

impl ClusterId {
    /// An id that was given.
    ///
    /// # Errors
    /// When it is empty, longer than 253 characters, or holds blanks or control characters: it stands in attributes in Keycloak.
    pub fn given(id: &str) -> Result<Self, ConnectError> {
        let fits = (1..=253).contains(&id.chars().count())
            && !id.chars().any(|c| c.is_control() || c.is_whitespace());
        if fits { Ok(Self(id.into())) } else { Err(ConnectError::ClusterIdInvalid { id: id.to_owned() }) }
    }

    /// The id that was given, else the uid of `kube-system`. One GET, once per process.
    ///
    /// # Errors
    /// When `kube-system` cannot be read; the sentence names `--cluster-id`.
    pub async fn find(kube: &kube::Client, given: Option<&str>) -> Result<Self, ConnectError> {
        if let Some(id) = given {
            return Self::given(id);
        }
        let namespaces: Api<KubeNamespace> = Api::all(kube.clone());
        let found = namespaces.get(KUBE_SYSTEM).await.map_err(ConnectError::ClusterIdUnknown)?;
        Self::given(&found.metadata.uid.unwrap_or_default())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClusterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is known about a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// Its uid.
    pub uid: String,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// Whether it is being deleted.
    pub terminating: bool,
}

/// Namespaces that were looked at lately. Clones share them.
#[derive(Clone)]
pub struct Namespaces {
    kube: kube::Client,
    recent: Arc<Recent<String, Arc<Namespace>>>,
}

impl Namespaces {
    /// Nothing is known yet.
    pub fn new(kube: kube::Client) -> Self {
        Self { kube, recent: Arc::new(Recent::new(KEEP)) }
    }

    /// A namespace, as it was at most 30 s ago; `None` if it does not exist.
    ///
    /// # Errors
    /// When the API server does not answer, or does not let us look.
    pub async fn get(&self, name: &str) -> Result<Option<Arc<Namespace>>, ConnectError> {
        let key = name.to_owned();
        if let Some(known) = self.recent.get(&key, 0) {
            return Ok(Some(known));
        }
        let namespaces: Api<KubeNamespace> = Api::all(self.kube.clone());
        let found = namespaces
            .get_opt(name)
            .await
            .map_err(ConnectError::kube(|| format!("reading namespace {name}")))?;
        Ok(found.map(|found| {
            let facts = Arc::new(Namespace {
                uid: found.metadata.uid.unwrap_or_default(),
                labels: found.metadata.labels.unwrap_or_default(),
                terminating: found.metadata.deletion_timestamp.is_some(),
            });
            self.recent.put(key, 0, Arc::clone(&facts));
            facts
        }))
    }

    /// The same, read anew: before a deletion is decided by it.
    ///
    /// # Errors
    /// See [`Namespaces::get`].
    pub async fn get_now(&self, name: &str) -> Result<Option<Arc<Namespace>>, ConnectError> {
        self.recent.forget(&name.to_owned());
        self.get(name).await
    }
}
