//! What a token is good for.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::identity::{NamespaceName, TargetIdentity};

/// Which target a token opens, and for whom.
///
/// JSON: `{"target": {"kind": "Keycloak", "namespace": "platform", "name": "keycloak", "uid": "6f0c..."}, "namespaces": ["team-a"]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scope {
    /// The instance or realm, with its uid: a target that was deleted and made again is another one.
    pub target: TargetIdentity,
    /// The namespaces that may present it, by name. Absent: every namespace that holds it. Never an empty list.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "not_empty")]
    pub namespaces: Option<BTreeSet<NamespaceName>>,
}

fn not_empty<'de, D: serde::Deserializer<'de>>(
    source: D,
) -> Result<Option<BTreeSet<NamespaceName>>, D::Error> {
    let namespaces = Option::<BTreeSet<NamespaceName>>::deserialize(source)?;
    if namespaces.as_ref().is_some_and(BTreeSet::is_empty) {
        return Err(serde::de::Error::custom(
            "namespaces is empty, so nobody could present the token: write at least one, or leave namespaces out",
        ));
    }
    Ok(namespaces)
}

impl Scope {
    /// Whether `namespace` may present the token.
    pub fn admits(&self, namespace: &NamespaceName) -> bool {
        self.namespaces.as_ref().is_none_or(|namespaces| namespaces.contains(namespace))
    }
}
