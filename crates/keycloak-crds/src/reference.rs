//! How one object names another: an instance, a realm, a Secret.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::rule;

/// Name of the instance when `operatorRef.name` is not given.
pub const DEFAULT_INSTANCE: &str = "keycloak";

fn default_instance() -> String {
    DEFAULT_INSTANCE.to_owned()
}

fn token_key() -> String {
    "token".to_owned()
}

fn password_key() -> String {
    "password".to_owned()
}

fn certificate_key() -> String {
    "ca.crt".to_owned()
}

/// The instance a realm lives on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rule::OPERATOR_REF))]
pub struct OperatorRef {
    /// Namespace of the Keycloak object. It cannot be changed. Example: `keycloak-system`.
    #[schemars(length(min = 1, max = 63))]
    pub namespace: String,
    /// Name of the Keycloak object. It cannot be changed. Example: `keycloak`.
    #[serde(default = "default_instance")]
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
    /// The Secret, in the namespace of this object, that holds an authorization token of the instance. Not needed
    /// where the instance's own namespace, RBAC or a grant allows the realm. Example: `{name: keycloak-auth-token}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_secret_ref: Option<TokenRef>,
}

impl Default for OperatorRef {
    fn default() -> Self {
        Self { namespace: String::new(), name: default_instance(), authorization_secret_ref: None }
    }
}

/// The realm a client lives in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rule::REALM_REF))]
pub struct RealmRef {
    /// Name of the KeycloakRealm object, which is not always the name of the realm. It cannot be changed.
    /// Example: `acme`.
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
    /// Namespace of the KeycloakRealm object. It cannot be changed. Example: `acme`.
    #[schemars(length(min = 1, max = 63))]
    pub namespace: String,
    /// The Secret, in the namespace of this object, that holds an authorization token of the realm. Not needed where
    /// the realm's own namespace, RBAC or a grant allows the client. Example: `{name: acme-realm-auth}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_secret_ref: Option<TokenRef>,
}

/// A Secret with an authorization token.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenRef {
    /// Name of the Secret, in the namespace of this object. Example: `keycloak-auth-token`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    pub name: String,
    /// Key in the Secret. Example: `token`.
    #[serde(default = "token_key")]
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_KEY))]
    pub key: String,
}

impl Default for TokenRef {
    fn default() -> Self {
        Self { name: String::new(), key: token_key() }
    }
}

/// A Secret with a password.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasswordRef {
    /// Name of the Secret, in the namespace of this object. Example: `keycloak-db-credentials`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    pub name: String,
    /// Key in the Secret. Example: `password`.
    #[serde(default = "password_key")]
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_KEY))]
    pub key: String,
}

impl Default for PasswordRef {
    fn default() -> Self {
        Self { name: String::new(), key: password_key() }
    }
}

/// A Secret with certificates of authorities.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CertificateRef {
    /// Name of the Secret, in the namespace of this object. Example: `company-ca`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    pub name: String,
    /// Key in the Secret; its value is one or more PEM certificates. Example: `ca.crt`.
    #[serde(default = "certificate_key")]
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_KEY))]
    pub key: String,
}

impl Default for CertificateRef {
    fn default() -> Self {
        Self { name: String::new(), key: certificate_key() }
    }
}

/// One key of a Secret, without a default for the key. It stands in lists of lists, where CEL would cost too much: its
/// names are checked by patterns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretKeyRef {
    /// Name of the Secret, in the namespace of this object. Example: `acme-ldap`.
    #[schemars(length(min = 1, max = 253), regex(pattern = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"))]
    pub name: String,
    /// Key in the Secret. Example: `bind-credential`.
    #[schemars(length(min = 1, max = 253), regex(pattern = "^[-._a-zA-Z0-9]+$"))]
    pub key: String,
}
