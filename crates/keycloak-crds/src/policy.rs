//! Switches that say how a controller treats an object, the same for several kinds.

use std::{collections::BTreeMap, fmt, ops::Deref};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Whether a controller may write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum Management {
    /// What the object says is written to the server, and drift is undone.
    #[default]
    Enforce,
    /// Nothing is written, neither mark nor login is made; the plan stands in status.
    Observe,
}

/// What happens in Keycloak when the object is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(transform = crate::policy::field_describes)]
pub enum DeletionPolicy {
    /// Deleted, after an approval where users, credentials or what nobody declared would be lost. In a
    /// namespace that is being deleted this means `Retain`.
    #[default]
    Guarded,
    /// Deleted, without asking.
    Delete,
    /// Left in Keycloak as it is.
    Retain,
}

/// Objects that may be taken over by a CR of another name, namespace or cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TakeOver {
    /// Cluster whose mark is given up: the uid of its kube-system namespace, or what `--cluster-id` says there.
    /// Absent: objects without any mark. Example: `0d1f6f0e-7f6e-4c0a-9a51-2f6f0c1f7c11`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_id: Option<String>,
    /// Namespaces whose CRs may take over. Example: `[acme]`.
    #[schemars(length(min = 1, max = 1000))]
    pub namespaces: Vec<String>,
    /// Realm names or client ids, `*` at the end stands for anything. Absent: all. Example: `[acme, "acme-*"]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<Vec<String>>,
}

/// A JSON object whose keys are not ours to list. `Debug` prints the keys and no value: somebody may have put a password there.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct FreeObject(pub serde_json::Map<String, serde_json::Value>);

impl fmt::Debug for FreeObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl JsonSchema for FreeObject {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FreeObject".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "x-kubernetes-preserve-unknown-fields": true})
    }
}

/// A value in which somebody may have put a password in plain text: `Debug` prints that it is there, and nothing of it. In YAML and
/// in the schema it is what it holds.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Unprinted<T>(pub T);

impl<T> fmt::Debug for Unprinted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

impl<T> Deref for Unprinted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Unprinted<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: JsonSchema> JsonSchema for Unprinted<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// String values by name.
pub type StringMap = BTreeMap<String, String>;

/// Lists of strings by name: the attributes of groups and roles.
pub type ListMap = BTreeMap<String, Vec<String>>;

/// Takes away the description of an enum: it would replace that of the field, which says more.
pub(crate) fn field_describes(schema: &mut Schema) {
    schema.remove("description");
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{KeycloakRealmSpec, KeycloakSpec};

    #[test]
    fn passwords_in_plain_text_are_read_and_written_and_never_printed() {
        let realm = json!({
            "realmName": "acme",
            "operatorRef": {"name": "keycloak", "namespace": "platform"},
            "smtpServer": {"host": "smtp.example.com", "port": 587, "user": "acme", "password": "canary-1"},
            "identityProviders": [
                {"alias": "github", "providerId": "github", "config": {"clientSecret": "canary-2"}},
            ],
            "userFederation": [{"name": "ldap", "providerId": "ldap", "config": {"bindCredential": "canary-3"}}],
            "extra": {"smtpServer": {"password": "canary-4"}},
        });
        let instance = json!({
            "env": {"KC_DB_PASSWORD": "canary-5"},
            "envVars": [{"name": "KC_DB_PASSWORD", "value": "canary-6"}],
            "database": {"type": "postgresql", "connectionParams": {"sslpassword": "canary-7"}},
        });
        let read: KeycloakRealmSpec = serde_json::from_value(realm).unwrap();
        let (printed, written) = (format!("{read:?}"), serde_json::to_string(&read).unwrap());
        assert!(printed.contains("smtp.example.com") && !printed.contains("canary"), "{printed}");
        assert_eq!(written.matches("canary").count(), 4, "{written}");
        let read: KeycloakSpec = serde_json::from_value(instance).unwrap();
        let (printed, written) = (format!("{read:?}"), serde_json::to_string(&read).unwrap());
        assert!(!printed.contains("canary"), "{printed}");
        assert_eq!(written.matches("canary").count(), 3, "{written}");
    }
}
