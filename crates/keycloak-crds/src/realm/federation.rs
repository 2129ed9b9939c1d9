//! Users kept in LDAP or Kerberos.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;
use crate::{
    policy::{StringMap, Unprinted},
    reference::SecretKeyRef,
};

/// A directory. It is named in one of two ways: `name` and `providerId`, or `displayName` and `providerName`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::FEDERATION))]
pub struct UserFederation {
    /// Name, together with `providerId`. Example: `acme-ldap`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Kind of directory, ldap or kerberos. Example: `ldap`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// Another spelling of `name`, together with `providerName`. Example: `acme-ldap`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Another spelling of `providerId`. Example: `ldap`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_name: Option<String>,
    /// Place in the order, small first. Example: `0`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
    /// Whether it is used. Absent means yes. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Address. Example: `ldaps://ldap.example.com`.
    #[schemars(length(min = 1, max = 2048))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_url: Option<String>,
    /// Whether the connection turns to TLS. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_tls: Option<bool>,
    /// When the server's own list of authorities is used. Example: `ldapsOnly`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_truststore_spi: Option<TruststoreUse>,
    /// Whether connections are kept. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_pooling: Option<bool>,
    /// Milliseconds to connect. Example: `5000`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_timeout: Option<i32>,
    /// Milliseconds to wait for an answer. Example: `5000`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_timeout: Option<i32>,
    /// Whether to log in. Example: `simple`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_type: Option<LdapAuthType>,
    /// Who logs in. Example: `cn=admin,dc=example,dc=com`.
    #[schemars(length(min = 1, max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bind_dn: Option<String>,
    /// Secret with the password of `bindDn`. Example: `{name: acme-ldap, key: bind-credential}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bind_credential_secret: Option<SecretKeyRef>,
    /// Product. Example: `other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<LdapVendor>,
    /// Where users stand. Example: `ou=people,dc=example,dc=com`.
    #[schemars(length(min = 1, max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub users_dn: Option<String>,
    /// Attribute with the user name. Example: `uid`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username_ldap_attribute: Option<String>,
    /// Attribute that begins the name of an entry. Example: `uid`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rdn_ldap_attribute: Option<String>,
    /// Attribute that never changes. Example: `entryUUID`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid_ldap_attribute: Option<String>,
    /// Classes of users. Example: `[inetOrgPerson, organizationalPerson]`.
    #[schemars(length(max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_object_classes: Option<Vec<String>>,
    /// Filter of users. Example: `(memberOf=cn=staff,dc=example,dc=com)`.
    #[schemars(length(max = 4096))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_user_search_filter: Option<String>,
    /// 1: one level below `usersDn`; 2: all. Example: `2`.
    #[schemars(extend("enum" = [1, 2]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_scope: Option<i32>,
    /// Whether to read in pages. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pagination: Option<bool>,
    /// Entries of a page. Example: `1000`.
    #[schemars(range(min = 1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size_for_sync: Option<i32>,
    /// What may be written to the directory. Example: `READ_ONLY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit_mode: Option<EditMode>,
    /// Whether its mail addresses count as proven. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_email: Option<bool>,
    /// Whether the realm's rules for passwords hold. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validate_password_policy: Option<bool>,
    /// Whether Kerberos tickets are accepted. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_kerberos_authentication: Option<bool>,
    /// Whether passwords are checked by Kerberos. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_kerberos_for_password_authentication: Option<bool>,
    /// Whether Kerberos is logged in detail. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debug: Option<bool>,
    /// Kerberos realm. Example: `EXAMPLE.COM`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kerberos_realm: Option<String>,
    /// Name of the server in Kerberos. Example: `HTTP/auth.example.com@EXAMPLE.COM`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_principal: Option<String>,
    /// Secret with the keytab. Example: `{name: acme-kerberos, key: keytab}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keytab_secret: Option<SecretKeyRef>,
    /// How users are copied into Keycloak. Example: `{importEnabled: true}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sync_settings: Option<SyncSettings>,
    /// What becomes of its attributes. Example: `[{name: mail, mapperType: user-attribute-ldap-mapper}]`.
    #[schemars(length(max = 1000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mappers: Option<Vec<FederationMapper>>,
    /// Further values, in Keycloak's spelling. Example: `{connectionTrace: "false"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<Unprinted<StringMap>>,
}

/// When the server's own list of authorities is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(transform = crate::policy::field_describes)]
pub enum TruststoreUse {
    /// Always.
    Always,
    /// For ldaps addresses.
    LdapsOnly,
    /// Never.
    Never,
}

/// Whether to log in to a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(transform = crate::policy::field_describes)]
pub enum LdapAuthType {
    /// No.
    None,
    /// With name and password.
    Simple,
}

/// Product of a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(transform = crate::policy::field_describes)]
pub enum LdapVendor {
    /// Microsoft Active Directory.
    Ad,
    /// Red Hat Directory Server.
    Rhds,
    /// Tivoli.
    Tivoli,
    /// eDirectory.
    Edirectory,
    /// Any other.
    Other,
}

/// What may be written to a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schemars(transform = crate::policy::field_describes)]
pub enum EditMode {
    /// Nothing.
    ReadOnly,
    /// Everything.
    Writable,
    /// Nothing; changes stay in Keycloak.
    Unsynced,
}

/// How users are copied into Keycloak.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SyncSettings {
    /// Seconds between two copies of everything; -1 means never. Example: `86400`.
    #[schemars(range(min = -1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_sync_period: Option<i32>,
    /// Seconds between two copies of what changed; -1 means never. Example: `3600`.
    #[schemars(range(min = -1))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_users_sync_period: Option<i32>,
    /// Whether users are copied at all. Example: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_enabled: Option<bool>,
    /// Whether new users are written to the directory. Example: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sync_registrations: Option<bool>,
}

/// What becomes of one attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FederationMapper {
    /// Name. Example: `mail`.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Kind of mapper. Example: `user-attribute-ldap-mapper`.
    #[schemars(length(min = 1, max = 255))]
    pub mapper_type: String,
    /// Values. Example: `{ldap.attribute: mail, user.model.attribute: email}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<StringMap>,
}
