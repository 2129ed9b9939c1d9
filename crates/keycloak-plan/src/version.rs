//! The version of a Keycloak server, as far as fields and kinds depend on it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Version of a Keycloak server: `major.minor.patch`.
///
/// Fields and kinds carry the version they came with; Keycloak answers 400 to a field it does not know, which
/// fails the whole write, so such a field is refused by path before anything is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerVersion {
    major: u16,
    minor: u16,
    patch: u16,
}

impl ServerVersion {
    /// Older than every supported server: "has always been there".
    pub const ANY: Self = Self::new(0, 0, 0);

    /// A version from its three numbers.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }
}

impl fmt::Display for ServerVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// A text that is not a server version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a Keycloak version; write it as 26.7.3")]
pub struct NotAVersion(String);

impl FromStr for ServerVersion {
    type Err = NotAVersion;

    /// Reads `26.7`, `26.7.3` and vendor forms such as `26.4.5.redhat-00001` or `26.8.0-SNAPSHOT`, of which only
    /// the three numbers count.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotAVersion(text.to_owned());
        let core = text.split_once('-').map_or(text, |(core, _)| core);
        let mut numbers = core.split('.').map(str::parse::<u16>);
        let mut next = || numbers.next().and_then(Result::ok);
        let major = next().ok_or_else(refuse)?;
        let minor = next().ok_or_else(refuse)?;
        Ok(Self { major, minor, patch: next().unwrap_or(0) })
    }
}

impl TryFrom<String> for ServerVersion {
    type Error = NotAVersion;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ServerVersion> for String {
    fn from(version: ServerVersion) -> Self {
        version.to_string()
    }
}

/// What the engine must know of the server it plans for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Server {
    /// Its version. `None` when nobody could tell: then no field is refused for its age.
    pub version: Option<ServerVersion>,
    /// Any text that changes when a value that the server overrode is worth another try: with the CR (its generation), and
    /// where they are read with the realm's client policies, which may rewrite what is written to a client.
    pub policies: String,
}

impl Server {
    /// A server of this version without client policies.
    pub fn version(version: ServerVersion) -> Self {
        Self { version: Some(version), policies: String::new() }
    }

    /// Whether something that came with `since` is there.
    pub fn knows(&self, since: ServerVersion) -> bool {
        self.version.is_none_or(|version| version >= since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendor_and_snapshot_versions_are_read_by_their_numbers() {
        assert_eq!("26.7.3".parse(), Ok(ServerVersion::new(26, 7, 3)));
        assert_eq!("26.7".parse(), Ok(ServerVersion::new(26, 7, 0)));
        assert_eq!("26.4.5.redhat-00001".parse(), Ok(ServerVersion::new(26, 4, 5)));
        assert_eq!("26.8.0-SNAPSHOT".parse(), Ok(ServerVersion::new(26, 8, 0)));
    }

    #[test]
    fn what_is_no_version_is_refused_with_an_example() {
        let refused = "nightly".parse::<ServerVersion>().unwrap_err();
        insta::assert_snapshot!(refused, @r#""nightly" is not a Keycloak version; write it as 26.7.3"#);
    }

    #[test]
    fn a_server_of_unknown_version_is_taken_to_know_every_field() {
        assert!(Server::default().knows(ServerVersion::new(99, 0, 0)));
        assert!(!Server::version(ServerVersion::new(26, 4, 0)).knows(ServerVersion::new(26, 6, 0)));
    }
}
