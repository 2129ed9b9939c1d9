//! How a server is told where its database is.

use keycloak_crds::instance::{Database, DatabaseType, SslMode};

use crate::{error::InstanceError, validate::invalid};

/// A database as the spec names it, with what follows from its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Its type.
    pub type_: DatabaseType,
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: i32,
    /// Its name.
    pub name: String,
}

impl Binding {
    /// What the spec names.
    ///
    /// # Errors
    /// When host or name are missing: an API server that knows our kinds does not take such an object.
    pub fn of(database: &Database) -> Result<Self, InstanceError> {
        let missing = |field: &str, example: &str| {
            invalid(
                field,
                format!("is missing; write where the server keeps its data, for example {example}"),
            )
        };
        let type_ = database.type_.unwrap_or_default();
        Ok(Self {
            type_,
            host: database.host.clone().ok_or_else(|| missing("spec.database.host", "host: postgres"))?,
            port: database.port.unwrap_or_else(|| i32::from(type_.default_port())),
            name: database
                .database
                .clone()
                .ok_or_else(|| missing("spec.database.database", "database: keycloak"))?,
        })
    }

    /// `postgres.platform.svc:5432`.
    pub fn address(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

/// What to do for Oracle, whose address has had properties since Keycloak 26.7.0 only (its issue 49256).
const FOR_ORACLE: &str = "write what the driver needs as Java properties into jvmOptions, for example \
                          -Doracle.jdbc.ReadTimeout=60000";

/// Value of `KC_DB_URL_PROPERTIES`: parameters of the driver with those that `sslMode` stands for; `None` without any.
///
/// # Errors
/// For a mode that the driver does not have, for parameters of Oracle's, and for a parameter that stands in both.
pub fn url_properties(database: &Database) -> Result<Option<String>, InstanceError> {
    let type_ = database.type_.unwrap_or_default();
    let given = database.connection_params.iter().flat_map(|given| given.iter()).next();
    if type_ == DatabaseType::Oracle && given.is_some() {
        let why = format!(
            "Keycloak before 26.7 leaves them out of the address of an Oracle database; remove them, and {FOR_ORACLE}"
        );
        return Err(invalid("spec.database.connectionParams", why));
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in database.connection_params.iter().flat_map(|given| given.iter()) {
        pairs.push((name.clone(), value.clone()));
    }
    for (name, value) in encryption(type_, database.ssl_mode)? {
        if pairs.iter().any(|(given, _)| given.eq_ignore_ascii_case(name)) {
            let why = format!("{name:?} is what sslMode stands for; remove it, or remove sslMode");
            return Err(invalid("spec.database.connectionParams", why));
        }
        pairs.push((name.to_owned(), value.to_owned()));
    }
    Ok((!pairs.is_empty()).then(|| joined(type_, &pairs)))
}

/// The parameters of each driver for PostgreSQL's words.
fn encryption(
    type_: DatabaseType,
    mode: Option<SslMode>,
) -> Result<Vec<(&'static str, &'static str)>, InstanceError> {
    use SslMode::{Allow, Disable, Prefer, Require, VerifyCa, VerifyFull};
    let Some(mode) = mode else { return Ok(Vec::new()) };
    let unknown = |instead: &str| {
        let why = format!("the driver of {} has no mode {:?}; {instead}", type_.vendor(), mode.as_str());
        Err(invalid("spec.database.sslMode", why))
    };
    Ok(match (type_, mode) {
        (DatabaseType::Postgresql, mode) => vec![("sslmode", mode.as_str())],
        (DatabaseType::Mysql, Disable) => vec![("sslMode", "DISABLED")],
        (DatabaseType::Mysql, Prefer) => vec![("sslMode", "PREFERRED")],
        (DatabaseType::Mysql, Require) => vec![("sslMode", "REQUIRED")],
        (DatabaseType::Mysql, VerifyCa) => vec![("sslMode", "VERIFY_CA")],
        (DatabaseType::Mysql, VerifyFull) => vec![("sslMode", "VERIFY_IDENTITY")],
        (DatabaseType::Mariadb, Disable) => vec![("sslMode", "disable")],
        (DatabaseType::Mariadb, Require) => vec![("sslMode", "trust")],
        (DatabaseType::Mariadb, VerifyCa) => vec![("sslMode", "verify-ca")],
        (DatabaseType::Mariadb, VerifyFull) => vec![("sslMode", "verify-full")],
        (DatabaseType::Mssql, Disable) => vec![("encrypt", "false")],
        (DatabaseType::Mssql, Require) => vec![("encrypt", "true"), ("trustServerCertificate", "true")],
        (DatabaseType::Mssql, VerifyFull) => vec![("encrypt", "true"), ("trustServerCertificate", "false")],
        (DatabaseType::Mysql, Allow) => return unknown("write prefer or require"),
        (DatabaseType::Mariadb, Allow | Prefer) => return unknown("write disable or require"),
        (DatabaseType::Mssql, Allow | Prefer | VerifyCa) => {
            return unknown("write disable, require or verify-full");
        }
        (DatabaseType::Oracle, _) => return unknown(&format!("remove it, and {FOR_ORACLE}")),
    })
}

fn joined(type_: DatabaseType, pairs: &[(String, String)]) -> String {
    if type_ == DatabaseType::Mssql {
        let part = |(name, value): &(String, String)| format!(";{name}={}", braced(value));
        return pairs.iter().map(part).collect::<Vec<_>>().concat();
    }
    let parts: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    format!("?{}", parts.join("&"))
}

/// A value of SQL Server's driver: in braces if it holds anything but letters, digits and a few marks.
fn braced(value: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "-_.:/\\".contains(character);
    if value.chars().all(is_plain) { value.to_owned() } else { format!("{{{}}}", value.replace('}', "}}")) }
}

/// Percent-encoding of everything that is not unreserved (RFC 3986, section 2.3).
fn encoded(text: &str) -> String {
    let character = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(character).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn properties(database: Value) -> String {
        let database: Database = serde_json::from_value(database).unwrap();
        match url_properties(&database) {
            Ok(properties) => properties.unwrap_or_else(|| "none".to_owned()),
            Err(error) => format!("refused: {error}"),
        }
    }

    #[test]
    fn parameters_are_written_as_the_driver_reads_them() {
        let given = [
            json!({}),
            json!({"sslMode": "verify-full"}),
            json!({"sslMode": "disable", "connectionParams": {"ApplicationName": "key cloak&co", "connectTimeout": "10"}}),
            json!({"type": "mysql", "sslMode": "verify-full"}),
            json!({"type": "mariadb", "sslMode": "require", "connectionParams": {"a": "b"}}),
            json!({"type": "mssql", "sslMode": "require", "connectionParams": {"applicationName": "a;b}c"}}),
            json!({"type": "oracle"}),
            json!({"type": "oracle", "sslMode": "require"}),
            json!({"type": "oracle", "connectionParams": {"connect_timeout": "10"}}),
            json!({"type": "mariadb", "sslMode": "prefer"}),
            json!({"type": "mssql", "sslMode": "verify-ca"}),
            json!({"type": "mysql", "sslMode": "allow"}),
            json!({"sslMode": "require", "connectionParams": {"sslmode": "disable"}}),
        ];
        insta::assert_snapshot!(given.map(properties).join("\n"));
    }
}
