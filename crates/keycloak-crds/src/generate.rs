//! Files made from the types: the CRDs, the page about the contract, the reference of all fields.
//!
//! The same input gives the same bytes. Nothing here is used by a controller at run time.

mod markdown;
mod schema;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::CustomResourceExt;
use serde_json::Value;

use crate::{
    Keycloak, KeycloakClient, KeycloakQuota, KeycloakRealm, client, instance, quota, realm,
    rule::{NotBuiltYet, Rule},
    status::is_not_written_yet,
};

/// Why a file could not be made. Each is a mistake in the types, not in an input.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// A table names a field that the schema does not have.
    #[error("{kind}: no field {path} in the schema")]
    NoSuchField {
        /// The kind.
        kind: &'static str,
        /// The path in the table.
        path: String,
    },
    /// The schema has a form that the API server would refuse.
    #[error("{kind}: {path} holds {keyword}, which a structural schema may not")]
    NotStructural {
        /// The kind.
        kind: &'static str,
        /// Where in the schema.
        path: String,
        /// The keyword.
        keyword: &'static str,
    },
    /// A value could not be turned into JSON.
    #[error("a value could not be turned into JSON")]
    Json(#[from] serde_json::Error),
    /// A value could not be turned into YAML.
    #[error("a value could not be turned into YAML")]
    Yaml(#[from] serde_yaml_ng::Error),
}

/// What the generator knows of one kind.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Name of the kind.
    pub name: &'static str,
    /// Plural, as in addresses and file names.
    pub plural: &'static str,
    /// CRD as the derive makes it.
    crd: fn() -> CustomResourceDefinition,
    /// Rules about the object as a whole.
    root_rules: &'static [Rule],
    /// Fields that a controller acts on.
    pub acted_on: &'static [&'static str],
    /// Fields that are refused.
    pub not_built_yet: &'static [NotBuiltYet],
}

/// All kinds.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "Keycloak",
        plural: "keycloaks",
        crd: Keycloak::crd,
        root_rules: instance::rules::ROOT,
        acted_on: instance::fields::ACTED_ON,
        not_built_yet: instance::fields::NOT_BUILT_YET,
    },
    Kind {
        name: "KeycloakRealm",
        plural: "keycloakrealms",
        crd: KeycloakRealm::crd,
        root_rules: &[],
        acted_on: realm::fields::ACTED_ON,
        not_built_yet: realm::fields::NOT_BUILT_YET,
    },
    Kind {
        name: "KeycloakClient",
        plural: "keycloakclients",
        crd: KeycloakClient::crd,
        root_rules: &[],
        acted_on: client::fields::ACTED_ON,
        not_built_yet: client::fields::NOT_BUILT_YET,
    },
    Kind {
        name: "KeycloakQuota",
        plural: "keycloakquotas",
        crd: KeycloakQuota::crd,
        root_rules: &[],
        acted_on: quota::fields::ACTED_ON,
        not_built_yet: quota::fields::NOT_BUILT_YET,
    },
];

impl Kind {
    /// What is wrong about the fields of its status, as sentences: each one is written by its controller, which writes `written`,
    /// or stands in [`NOT_WRITTEN_YET`](crate::status::NOT_WRITTEN_YET), and none does both.
    ///
    /// # Errors
    /// If the CRD cannot be made.
    pub fn misreported_status(&self, written: &[&str]) -> Result<Vec<String>, GenerateError> {
        let crd = self.finished_crd()?;
        let fields = crd.pointer("/spec/versions/0/schema/openAPIV3Schema/properties/status/properties");
        let fields = fields.and_then(Value::as_object).cloned().unwrap_or_default();
        let unknown = written.iter().filter(|name| !fields.contains_key(**name));
        let unknown = unknown.map(|name| format!("status.{name} is written, and not in the schema"));
        let of_schema = fields.keys().filter_map(|name| {
            let is_missing = is_not_written_yet(self.name, &format!("status.{name}"));
            match (written.contains(&name.as_str()), is_missing) {
                (false, false) => Some(format!("status.{name} is written by nobody, and nothing says so")),
                (true, true) => Some(format!("status.{name} is written, and said to be written by nobody")),
                (true, false) | (false, true) => None,
            }
        });
        Ok(of_schema.chain(unknown).collect())
    }

    /// The CRD as it is installed, as JSON.
    pub fn finished_crd(&self) -> Result<Value, GenerateError> {
        schema::finish(self)
    }
}

/// The CRDs: file name and YAML.
pub fn crds() -> Result<Vec<(String, String)>, GenerateError> {
    KINDS.iter().map(|kind| Ok((format!("{}.yaml", kind.plural), yaml(&kind.finished_crd()?)?))).collect()
}

/// Every generated file: path from the top of the repository, and contents.
pub fn files() -> Result<Vec<(String, String)>, GenerateError> {
    let mut files: Vec<_> =
        crds()?.into_iter().map(|(name, text)| (format!("deploy/crds/{name}"), text)).collect();
    files.push(("docs/contract.md".to_owned(), crate::contract::render()));
    files.push(("docs/reference/api.md".to_owned(), markdown::render()?));
    Ok(files)
}

/// YAML with sorted keys, whatever order the maps of this build have.
fn yaml(value: &Value) -> Result<String, GenerateError> {
    const HEAD: &str = "# Made by `cargo xtask generate` from crates/keycloak-crds. Do not edit.\n";
    Ok(format!("{HEAD}{}", serde_yaml_ng::to_string(&sorted(value))?))
}

fn sorted(value: &Value) -> serde_yaml_ng::Value {
    match value {
        Value::Null => serde_yaml_ng::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => integer.into(),
            (None, Some(real)) => real.into(),
            (None, None) => serde_yaml_ng::Value::Null,
        },
        Value::String(text) => text.clone().into(),
        Value::Array(items) => items.iter().map(sorted).collect::<Vec<_>>().into(),
        Value::Object(map) => {
            let ordered: std::collections::BTreeMap<_, _> = map.iter().collect();
            let entries = ordered.into_iter().map(|(key, item)| (key.clone().into(), sorted(item)));
            serde_yaml_ng::Value::Mapping(entries.collect())
        }
    }
}
