//! A spec becomes a representation: only what stands in the CR, by Keycloak's names.

use std::fmt;

use keycloak_crds::name::NameError;
use keycloak_crds::policy::{FreeObject, ListMap, StringMap};
use keycloak_crds::rule::NotBuiltYet;
use keycloak_plan::{Kind, Refusal, merge_extra};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::client::ClientRoleRefusal;
use crate::realm::{
    ActionRefusal, GroupRefusal, MappingRefusal, ProfileRefusal, RoleRefusal, RotationRefusal, ScopeRefusal,
    TextRefusal,
};

/// Why a field of a CR cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldRefusal {
    /// The object cannot have this name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A key of `spec.extra` that does not belong there.
    #[error("spec.{0}")]
    Extra(Refusal),
    /// No controller acts on the field yet. The API server refuses it too, unless its definitions are older.
    #[error("spec.{}", .0.sentence())]
    NotBuiltYet(&'static NotBuiltYet),
    /// Two fields that are one in Keycloak.
    #[error("spec.{field} and spec.{other} are the same in Keycloak; keep spec.{field}")]
    Same {
        /// The one to keep.
        field: &'static str,
        /// The other one.
        other: &'static str,
    },
    /// A role that cannot be.
    #[error(transparent)]
    Role(#[from] RoleRefusal),
    /// A role of a client that cannot be.
    #[error(transparent)]
    ClientRole(#[from] ClientRoleRefusal),
    /// A group that cannot be.
    #[error(transparent)]
    Group(#[from] GroupRefusal),
    /// A client scope that cannot be.
    #[error(transparent)]
    Scope(#[from] ScopeRefusal),
    /// Message texts that cannot be.
    #[error(transparent)]
    Text(#[from] TextRefusal),
    /// A required action that cannot be.
    #[error(transparent)]
    Action(#[from] ActionRefusal),
    /// A user profile that cannot be.
    #[error(transparent)]
    Profile(#[from] ProfileRefusal),
    /// A rotation of secrets that cannot be.
    #[error(transparent)]
    Rotation(#[from] RotationRefusal),
    /// A scope mapping that cannot be.
    #[error(transparent)]
    Mapping(#[from] MappingRefusal),
    /// A rule for passwords that stands in a field of its own and among the further ones.
    #[error(
        "spec.passwordPolicy.{0} and spec.passwordPolicy.furtherRules.{0} are one rule; keep spec.passwordPolicy.{0}"
    )]
    RuleTwice(&'static str),
}

/// Every field of a CR that cannot be asked for. Nothing of the CR is applied then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedFields(pub Vec<FieldRefusal>);

impl std::error::Error for RefusedFields {}

impl fmt::Display for RefusedFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentences: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        let sentences: Vec<&str> = sentences.iter().map(|text| text.trim_end_matches('.')).collect();
        f.write_str(&sentences.join("; "))
    }
}

/// A representation under construction.
#[derive(Debug, Default)]
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// Sets a field that stands in the CR.
    pub(crate) fn set(&mut self, name: &str, value: Option<impl Into<Value>>) -> &mut Self {
        if let Some(value) = value {
            self.0.insert(name.to_owned(), value.into());
        }
        self
    }

    pub(crate) fn into_map(self) -> Map<String, Value> {
        self.0
    }
}

/// A map of texts as a representation has it.
pub(crate) fn text_map(map: &StringMap) -> Map<String, Value> {
    map.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect()
}

/// A map of lists of texts as a representation has it.
pub(crate) fn list_map(map: &ListMap) -> Map<String, Value> {
    map.iter().map(|(key, values)| (key.clone(), Value::from(values.clone()))).collect()
}

/// Merges `spec.extra`; what does not belong there is added to `refused`.
pub(crate) fn with_extra(
    kind: &'static Kind,
    typed: Map<String, Value>,
    extra: Option<&FreeObject>,
    refused: &mut Vec<FieldRefusal>,
) -> Map<String, Value> {
    let Some(FreeObject(extra)) = extra else { return typed };
    match merge_extra(kind, typed, extra) {
        Ok(merged) => merged,
        Err(keys) => {
            refused.extend(keys.into_iter().map(FieldRefusal::Extra));
            Map::new()
        }
    }
}

/// The fields of a spec that no controller acts on yet although they ask for something. What is `elsewhere` is not
/// about Keycloak: who uses the object looks after it.
pub(crate) fn not_built_yet(
    spec: &impl Serialize,
    list: &'static [NotBuiltYet],
    elsewhere: &[&str],
) -> Vec<FieldRefusal> {
    // A spec is maps with text keys: there is nothing that JSON cannot hold.
    let spec = serde_json::to_value(spec).unwrap_or_default();
    let asked = list.iter().filter(|field| {
        let value = field.path.strip_prefix("spec.").and_then(|path| at(&spec, path));
        value.is_some_and(asks) && !elsewhere.contains(&field.path)
    });
    asked.map(FieldRefusal::NotBuiltYet).collect()
}

fn at<'v>(spec: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(spec, |value, name| value.get(name))
}

/// Empty lists and what holds nothing else ask for nothing.
fn asks(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => fields.values().any(asks),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}
