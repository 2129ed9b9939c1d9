//! What the owner of a target says in `spec.authorization`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use crate::limits::Limits;
use crate::pattern::NamePattern;
use crate::selector::{LabelSelector, NamespaceSelector, RawSelector};
use crate::token::TokenId;
use crate::{Capability, NamespaceName};

/// A `spec.authorization` that cannot be followed. As long as it stands, nobody is authorized by this target: an entry that
/// cannot be read could be a deny.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {why}")]
pub struct PolicyError {
    /// The field, from `spec` on.
    pub path: String,
    /// What is wrong and what to write.
    pub why: String,
}

/// `spec.authorization` of a `Keycloak` or `KeycloakRealm`, checked.
///
/// JSON, every field optional:
///
/// ```json
/// {
///   "sameNamespace": true,
///   "revoked": ["0f9k2m4p6r8t"],
///   "deny":   [{"namespaces": ["sandbox"]}],
///   "grants": [{"namespaces": ["team-a"]}, {"namespaceSelector": {"matchLabels": {"tenant": "b"}}}],
///   "limits": [{"namespaces": ["team-a"], "names": ["team-a-*"], "maxObjects": 5, "allowed": ["fullScope"]}],
///   "tokens": []
/// }
/// ```
///
/// `tokens` is passed over here: it says what is issued, not who is let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetPolicy {
    /// Whether objects in the target's own namespace need nothing else. Default true.
    pub same_namespace: bool,
    /// Ids of tokens that are never accepted again, whatever the ledger says.
    pub revoked: BTreeSet<TokenId>,
    /// Namespaces that may not use the target, whatever else would let them in.
    pub deny: Vec<NamespaceSelector>,
    /// Namespaces that may use it.
    pub grants: Vec<NamespaceSelector>,
    /// What namespaces may ask for, however they were let in. All entries that select a namespace hold.
    pub limits: Vec<NamespaceLimits>,
}

impl Default for TargetPolicy {
    fn default() -> Self {
        Self {
            same_namespace: true,
            revoked: BTreeSet::new(),
            deny: Vec::new(),
            grants: Vec::new(),
            limits: Vec::new(),
        }
    }
}

/// Limits for some namespaces, or for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamespaceLimits {
    /// For whom; `None`: for every namespace, the target's own included.
    pub namespaces: Option<NamespaceSelector>,
    /// What holds for them.
    pub limits: Limits,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RawPolicy {
    same_namespace: Option<bool>,
    #[serde(default)]
    revoked: Vec<Value>,
    #[serde(default)]
    deny: Vec<Value>,
    #[serde(default)]
    grants: Vec<Value>,
    #[serde(default)]
    limits: Vec<Value>,
    #[serde(default, rename = "tokens")]
    _tokens: serde::de::IgnoredAny,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RawLimits {
    namespaces: Option<BTreeSet<NamespaceName>>,
    namespace_selector: Option<LabelSelector>,
    names: Option<BTreeSet<NamePattern>>,
    max_objects: Option<u32>,
    allowed: Option<BTreeSet<Capability>>,
}

impl TryFrom<RawLimits> for NamespaceLimits {
    type Error = String;
    fn try_from(raw: RawLimits) -> Result<Self, String> {
        if raw.names.as_ref().is_some_and(BTreeSet::is_empty) {
            return Err(
                "names is empty, which would allow no name at all: write at least one pattern, or leave names out".into()
            );
        }
        let namespaces = match (raw.namespaces, raw.namespace_selector) {
            (None, None) => None,
            (namespaces, namespace_selector) => {
                let selector = RawSelector { namespaces, namespace_selector };
                Some(NamespaceSelector::try_from(selector).map_err(|error| error.to_string())?)
            }
        };
        let limits = Limits { names: raw.names, max_objects: raw.max_objects, allowed: raw.allowed };
        if limits == Limits::default() {
            return Err("limits nothing: write names, maxObjects or allowed, or remove the entry".into());
        }
        Ok(Self { namespaces, limits })
    }
}

impl TargetPolicy {
    /// Reads `spec.authorization`; `null` (the field is absent) is the default.
    ///
    /// # Errors
    /// The first entry that cannot be followed, with its path.
    pub fn read(authorization: &Value) -> Result<Self, PolicyError> {
        if authorization.is_null() {
            return Ok(Self::default());
        }
        let error = |why: String| PolicyError { path: "spec.authorization".into(), why };
        if !authorization.is_object() {
            return Err(error(
                "is not an object: write the fields sameNamespace, revoked, deny, grants, limits".into(),
            ));
        }
        let raw = RawPolicy::deserialize(authorization).map_err(|cause| error(cause.to_string()))?;
        Ok(Self {
            same_namespace: raw.same_namespace.unwrap_or(true),
            revoked: entries::<TokenId, TokenId>("revoked", &raw.revoked)?.into_iter().collect(),
            deny: entries::<NamespaceSelector, _>("deny", &raw.deny)?,
            grants: entries::<NamespaceSelector, _>("grants", &raw.grants)?,
            limits: entries::<RawLimits, _>("limits", &raw.limits)?,
        })
    }
}

/// Reads a list entry by entry, so that an error names the one it is about.
fn entries<'v, R, T>(field: &str, list: &'v [Value]) -> Result<Vec<T>, PolicyError>
where
    R: Deserialize<'v>,
    T: TryFrom<R, Error: ToString>,
{
    let read = |(index, value): (usize, &'v Value)| {
        let error = |why: String| PolicyError { path: format!("spec.authorization.{field}[{index}]"), why };
        let raw = R::deserialize(value).map_err(|cause| error(cause.to_string()))?;
        T::try_from(raw).map_err(|cause| error(cause.to_string()))
    };
    list.iter().enumerate().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn absent_and_empty_are_the_default() {
        assert_eq!(TargetPolicy::read(&Value::Null), Ok(TargetPolicy::default()));
        assert_eq!(TargetPolicy::read(&json!({})), Ok(TargetPolicy::default()));
        assert!(TargetPolicy::default().same_namespace);
    }

    #[test]
    fn every_field_is_read() {
        let policy = TargetPolicy::read(&json!({
            "sameNamespace": false,
            "revoked": ["0f9k2m4p6r8t"],
            "deny": [{"namespaces": ["sandbox"]}],
            "grants": [{"namespaces": ["team-a"]}, {"namespaceSelector": {"matchLabels": {"tenant": "b"}}}],
            "limits": [{"maxObjects": 3}, {"namespaces": ["team-a"], "names": ["team-a-*"], "allowed": []}],
            "tokens": [{"name": "team-a"}],
        }))
        .unwrap();
        assert!(!policy.same_namespace);
        assert_eq!(
            (policy.revoked.len(), policy.deny.len(), policy.grants.len(), policy.limits.len()),
            (1, 1, 2, 2)
        );
        assert_eq!(policy.limits[0].namespaces, None);
        assert_eq!(policy.limits[1].limits.allowed, Some(BTreeSet::new()));
    }

    #[test]
    fn each_entry_that_cannot_be_followed_is_named_with_its_path() {
        let errors: Vec<String> = [
            json!({"denny": []}),
            json!({"revoked": ["kcat1_0f9k2m4p6r8t_SECRET"]}),
            json!({"revoked": [7]}),
            json!({"deny": [{"namespaces": ["a"]}, {}]}),
            json!({"grants": [{"namespaces": ["team-*"]}]}),
            json!({"grants": [{"namespaceSelector": {}}]}),
            json!({"limits": [{"names": ["*"]}]}),
            json!({"limits": [{"names": []}]}),
            json!({"limits": [{"namespaces": ["a"]}]}),
            json!({"limits": [{"maxObjects": -1}]}),
            json!({"limits": [{"allowed": ["everything"]}]}),
            json!([]),
        ]
        .iter()
        .map(|json| TargetPolicy::read(json).unwrap_err().to_string())
        .collect();
        assert!(!errors.join("").contains("SECRET"));
        insta::assert_snapshot!(errors.join("\n"), @r#"
        spec.authorization: unknown field `denny`, expected one of `sameNamespace`, `revoked`, `deny`, `grants`, `limits`, `tokens`
        spec.authorization.revoked[0]: a whole authorization token stands where its id belongs: write only the 12 characters between the first and the second '_', and replace this token, for it is no longer secret
        spec.authorization.revoked[0]: invalid type: integer `7`, expected a string
        spec.authorization.deny[1]: write either namespaces (a list of names) or namespaceSelector (labels), exactly one of them
        spec.authorization.grants[0]: the namespace "team-*" is not valid: write 1 to 63 lower-case letters, digits or '-', beginning and ending with a letter or digit; patterns are not possible here
        spec.authorization.grants[0]: namespaceSelector is empty, which would select every namespace of the cluster: write matchLabels or matchExpressions (if every namespace is meant: matchExpressions with key kubernetes.io/metadata.name and operator Exists)
        spec.authorization.limits[0]: the name pattern "*" matches every name, so it limits nothing: leave names out if that is meant
        spec.authorization.limits[0]: names is empty, which would allow no name at all: write at least one pattern, or leave names out
        spec.authorization.limits[0]: limits nothing: write names, maxObjects or allowed, or remove the entry
        spec.authorization.limits[0]: invalid value: integer `-1`, expected u32
        spec.authorization.limits[0]: unknown variant `everything`, expected one of `realmManagementRoles`, `impersonation`, `scriptMappers`, `wildcardRedirectUris`, `tokenExchange`, `fullScope`, `clientScopes`, `internalUrls`, `adminPermissions`, `eventListeners`, `securityHeaders`, `flows`
        spec.authorization: is not an object: write the fields sameNamespace, revoked, deny, grants, limits
        "#);
    }
}
