//! The database of a server that we run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules;
use crate::{
    policy::{StringMap, Unprinted},
    reference::PasswordRef,
    rule,
};

/// Where the server keeps everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::DATABASE))]
pub struct Database {
    /// postgresql, mysql, mariadb, oracle or mssql. Absent: postgresql. Example: `postgresql`.
    #[serde(rename = "type")]
    #[schemars(with = "Option<String>", length(max = 20))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_: Option<DatabaseType>,
    /// Host of the database. Example: `postgres.keycloak-system.svc.cluster.local`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Port. Absent: 5432, 3306, 3306, 1521 or 1433, by type. Example: `5432`.
    #[schemars(range(min = 1, max = 65535))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i32>,
    /// Name of the database. Example: `keycloak`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// User name, where `credentialsSecret` is not used. Example: `keycloak`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Secret with the password of `username`. Example: `{name: keycloak-db-credentials}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_secret: Option<PasswordRef>,
    /// Secret with the keys `username` and `password`. Example: `keycloak-db`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials_secret: Option<String>,
    /// Parameters of the driver's URL. Example: `{connectTimeout: "10"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_params: Option<Unprinted<StringMap>>,
    /// Connections that each server keeps. Example: `{maxConnections: 20}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_pool: Option<ConnectionPool>,
    /// How the connection is encrypted and the database's certificate checked. Absent: as the driver does.
    /// Example: `verify-full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ssl_mode: Option<SslMode>,
    /// Who changes the schema of the database at an upgrade: auto (the server), manual or skip. Example: `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migration_strategy: Option<MigrationStrategy>,
    /// A CloudNativePG cluster that provides the database. Example: `{clusterName: keycloak-db}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cnpg: Option<Cnpg>,
    /// A CloudNativePG cluster with database and user of your own. Example: `{name: keycloak-db, databaseName: keycloak}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cnpg_cluster: Option<CnpgCluster>,
    /// A database whose volume can be snapshotted before an upgrade. Example: `{host: postgres, database: keycloak}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed: Option<ManagedDatabase>,
    /// A database outside; the same as writing its fields directly below `database`.
    /// Example: `{host: postgres, database: keycloak}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external: Option<ExternalDatabase>,
}

/// Kind of database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DatabaseType {
    /// PostgreSQL.
    #[default]
    Postgresql,
    /// MySQL.
    Mysql,
    /// MariaDB.
    Mariadb,
    /// Oracle Database.
    Oracle,
    /// Microsoft SQL Server.
    Mssql,
}

impl DatabaseType {
    /// Value of `KC_DB`.
    pub const fn vendor(self) -> &'static str {
        match self {
            Self::Postgresql => "postgres",
            Self::Mysql => "mysql",
            Self::Mariadb => "mariadb",
            Self::Oracle => "oracle",
            Self::Mssql => "mssql",
        }
    }

    /// Port where none is given.
    pub const fn default_port(self) -> u16 {
        match self {
            Self::Postgresql => 5432,
            Self::Mysql | Self::Mariadb => 3306,
            Self::Oracle => 1521,
            Self::Mssql => 1433,
        }
    }
}

/// How the connection is encrypted, in PostgreSQL's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(transform = crate::policy::field_describes)]
pub enum SslMode {
    /// Never encrypted.
    Disable,
    /// Encrypted if the database insists.
    Allow,
    /// Encrypted if the database can.
    Prefer,
    /// Encrypted, certificate not checked.
    Require,
    /// Encrypted, certificate checked.
    VerifyCa,
    /// Encrypted, certificate and host name checked.
    VerifyFull,
}

impl SslMode {
    /// The word as PostgreSQL's drivers know it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Allow => "allow",
            Self::Prefer => "prefer",
            Self::Require => "require",
            Self::VerifyCa => "verify-ca",
            Self::VerifyFull => "verify-full",
        }
    }
}

/// Who changes the schema of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(transform = crate::policy::field_describes)]
pub enum MigrationStrategy {
    /// The server, at its start.
    Auto,
    /// A person, with the SQL that the server writes.
    Manual,
    /// Nobody; the server refuses to start on an older schema.
    Skip,
}

/// Connections of one server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = rules::CONNECTION_POOL))]
pub struct ConnectionPool {
    /// Largest number of connections. Absent: 20 when the pool is first written, afterwards as it is, but not less than
    /// minConnections. Example: `20`.
    #[schemars(range(min = 1, max = 10000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_connections: Option<i32>,
    /// Connections kept open. Absent: 5 when the pool is first written, afterwards as it is, but not more than
    /// maxConnections. Example: `5`.
    #[schemars(range(min = 0, max = 10000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_connections: Option<i32>,
    /// How long a request waits for a connection. Example: `30s`.
    #[schemars(length(min = 2, max = 16))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_timeout: Option<String>,
}

/// A CloudNativePG cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Cnpg {
    /// Name of the Cluster object. Example: `keycloak-db`.
    #[schemars(length(min = 1, max = 253))]
    pub cluster_name: String,
    /// Its namespace. Absent: this one. Example: `keycloak-system`.
    #[schemars(length(min = 1, max = 63))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

/// A CloudNativePG cluster with a database and user of one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CnpgCluster {
    /// Name of the Cluster object in this namespace. Example: `keycloak-db`.
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
    /// Name of the database. Absent: the cluster's own. Example: `keycloak`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_name: Option<String>,
    /// Secret with the keys `username` and `password`. Absent: the cluster's own. Example: `keycloak-db-app`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_secret_name: Option<String>,
}

/// A database outside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalDatabase {
    /// Host of the database. Example: `postgres.example.com`.
    #[schemars(length(min = 1, max = 253))]
    pub host: String,
    /// Port. Example: `5432`.
    #[schemars(range(min = 1, max = 65535))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i32>,
    /// Name of the database. Example: `keycloak`.
    #[schemars(length(min = 1, max = 255))]
    pub database: String,
    /// User name. Example: `keycloak`.
    #[schemars(length(min = 1, max = 255))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Secret with the password of `username`. Example: `{name: keycloak-db-credentials}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_secret: Option<PasswordRef>,
    /// Secret with the keys `username` and `password`. Example: `keycloak-db`.
    #[schemars(length(min = 1, max = 253), extend("x-kubernetes-validations" = rule::SECRET_NAME))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials_secret: Option<String>,
    /// Parameters of the driver's URL. Example: `{connectTimeout: "10"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_params: Option<Unprinted<StringMap>>,
    /// Connections that each server keeps. Example: `{maxConnections: 20}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_pool: Option<ConnectionPool>,
    /// How the connection is encrypted. Example: `verify-full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ssl_mode: Option<SslMode>,
}

/// A database whose volume can be snapshotted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ManagedDatabase {
    /// Where the database is and how to log in.
    #[serde(flatten)]
    pub connection: ExternalDatabase,
    /// PersistentVolumeClaim of the database, snapshotted before an upgrade. Example: `postgres-data`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pvc_name: Option<String>,
    /// VolumeSnapshotClass for the snapshot. Example: `csi-snapshots`.
    #[schemars(length(min = 1, max = 253))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume_snapshot_class_name: Option<String>,
}
