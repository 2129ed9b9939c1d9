//! The mark of the owner in Keycloak attributes (rule 3.1). It is a claim, not proof.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kind::Kind;

const PREFIX: &str = "kubernetes.operator.";
const CLUSTER: &str = "kubernetes.operator.cluster-id";
const NAMESPACE_UID: &str = "kubernetes.operator.namespace-uid";
/// The seed's keys.
const NAMESPACE: &str = "kubernetes.operator.namespace";
const NAME: &str = "kubernetes.operator.name";
const UID: &str = "kubernetes.operator.uid";

/// Whether an attribute key belongs to the mark. The whole prefix does: the seed wrote a time stamp there too.
pub fn is_mark_key(key: &str) -> bool {
    key.starts_with(PREFIX)
}

/// Which CR an object in Keycloak belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// Id of the cluster: uid of the namespace kube-system, or `--cluster-id`.
    pub cluster_id: String,
    /// Uid of the CR's namespace.
    pub namespace_uid: String,
    /// The CR's namespace.
    pub namespace: String,
    /// The CR's name.
    pub name: String,
    /// The CR's uid.
    pub uid: String,
}

impl Mark {
    /// The attributes that carry it.
    pub fn attributes(&self) -> [(&'static str, &str); 5] {
        [
            (CLUSTER, &self.cluster_id),
            (NAMESPACE_UID, &self.namespace_uid),
            (NAMESPACE, &self.namespace),
            (NAME, &self.name),
            (UID, &self.uid),
        ]
    }

    /// Compares it with what a live object carries.
    pub fn compare(&self, live: &LiveMark) -> Adoption {
        if live.is_absent() {
            Adoption::Absent
        } else if *live == LiveMark::from(self) {
            Adoption::Equal
        } else {
            Adoption::Other
        }
    }
}

/// What a live object carries of a mark. The seed wrote no cluster and no uid of the namespace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LiveMark {
    /// Id of the cluster.
    pub cluster_id: Option<String>,
    /// Uid of the CR's namespace.
    pub namespace_uid: Option<String>,
    /// The CR's namespace.
    pub namespace: Option<String>,
    /// The CR's name.
    pub name: Option<String>,
    /// The CR's uid.
    pub uid: Option<String>,
}

impl LiveMark {
    /// Reads the mark of a live representation; absent for kinds that carry none.
    pub fn read(kind: &Kind, live: &Value) -> Self {
        let attributes = kind.mark.and_then(|field| live.get(field));
        let read = |key: &str| {
            let text = attributes?.get(key)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        Self {
            cluster_id: read(CLUSTER),
            namespace_uid: read(NAMESPACE_UID),
            namespace: read(NAMESPACE),
            name: read(NAME),
            uid: read(UID),
        }
    }

    /// Whether there is nothing of a mark.
    pub fn is_absent(&self) -> bool {
        *self == Self::default()
    }

    /// `namespace/name` as far as it says so.
    pub(crate) fn owner(&self) -> String {
        let part = |part: &Option<String>| crate::render::printable(part.as_deref().unwrap_or("?"));
        format!("{}/{}", part(&self.namespace), part(&self.name))
    }
}

impl From<&Mark> for LiveMark {
    fn from(mark: &Mark) -> Self {
        Self {
            cluster_id: Some(mark.cluster_id.clone()),
            namespace_uid: Some(mark.namespace_uid.clone()),
            namespace: Some(mark.namespace.clone()),
            name: Some(mark.name.clone()),
            uid: Some(mark.uid.clone()),
        }
    }
}

/// How the mark of a live object compares with ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Adoption {
    /// It is ours.
    Equal,
    /// It has none.
    Absent,
    /// It is another's, or not whole.
    Other,
}
