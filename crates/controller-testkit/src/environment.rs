//! The real servers that tests run against, and what they take over, found by environment.
//!
//! | variable | holds |
//! | --- | --- |
//! | `CLOAKROOM_KEYCLOAK_26_7`, `CLOAKROOM_KEYCLOAK_26_4` | base URL of a running Keycloak of that version |
//! | `CLOAKROOM_KEYCLOAK_ADMIN` | `user:password` of their master admin |
//! | `CLOAKROOM_KUBECONFIG` | path of a kubeconfig whose user may do everything |
//! | `CLOAKROOM_KUBERNETES` | a program that is etcd or kube-apiserver by its first argument |
//! | `CLOAKROOM_PUBLIC_EXPORTS` | folder with exports of realms that public projects publish, as `<name>.json` |
//!
//! `cargo xtask test` starts the servers once per run and sets all of them. A test that needs one
//! fails without it: a test that skips itself proves nothing.

use std::path::PathBuf;

use crate::failure::{OrFail, fail};

/// A running Keycloak.
#[derive(Clone)]
pub struct KeycloakServer {
    version: &'static str,
    url: String,
    admin: String,
    password: String,
}

/// Versions by the variables that name them.
const NEWEST: (&str, &str) = ("26.7", "CLOAKROOM_KEYCLOAK_26_7");
const OLDEST: (&str, &str) = ("26.4", "CLOAKROOM_KEYCLOAK_26_4");
const ADMIN: &str = "CLOAKROOM_KEYCLOAK_ADMIN";
const KUBECONFIG: &str = "CLOAKROOM_KUBECONFIG";
const KUBERNETES: &str = "CLOAKROOM_KUBERNETES";
const PUBLIC_EXPORTS: &str = "CLOAKROOM_PUBLIC_EXPORTS";

impl KeycloakServer {
    /// The newest supported version.
    ///
    /// # Panics
    /// If the environment names none.
    #[track_caller]
    pub fn newest() -> Self {
        Self::named(NEWEST, |variable| std::env::var(variable).ok())
    }

    /// The oldest supported version.
    ///
    /// # Panics
    /// If the environment names none.
    #[track_caller]
    pub fn oldest() -> Self {
        Self::named(OLDEST, |variable| std::env::var(variable).ok())
    }

    /// Oldest and newest, for what must hold on each.
    ///
    /// # Panics
    /// If the environment does not name both.
    #[track_caller]
    pub fn each() -> [Self; 2] {
        [Self::oldest(), Self::newest()]
    }

    #[track_caller]
    fn named(
        (version, variable): (&'static str, &str),
        environment: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let url = required(variable, &format!("a running Keycloak {version}"), &environment);
        let login =
            required(ADMIN, "the master admin of the running Keycloak, as user:password", &environment);
        let Some((admin, password)) = login.split_once(':') else {
            fail(format!("{ADMIN} is not of the form user:password"))
        };
        Self {
            version,
            url: url.trim_end_matches('/').to_owned(),
            admin: admin.to_owned(),
            password: password.to_owned(),
        }
    }

    /// A server that a test started by itself.
    pub fn at(url: &str, admin: &str, password: &str) -> Self {
        Self {
            version: "of the test",
            url: url.trim_end_matches('/').to_owned(),
            admin: admin.to_owned(),
            password: password.to_owned(),
        }
    }

    /// Major and minor version, such as `26.7`.
    pub fn version(&self) -> &'static str {
        self.version
    }

    /// Base URL without a trailing slash, with the relative path if it has one.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Name of the master admin.
    pub fn admin(&self) -> &str {
        &self.admin
    }

    /// Password of the master admin.
    pub fn password(&self) -> &str {
        &self.password
    }
}

impl std::fmt::Debug for KeycloakServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keycloak {} at {}", self.version, self.url)
    }
}

/// The kubeconfig of the real API server.
///
/// # Panics
/// If the environment names none.
#[track_caller]
pub fn kubeconfig_path() -> PathBuf {
    required(KUBECONFIG, "a real Kubernetes API server, as the path of a kubeconfig", &|variable| {
        std::env::var(variable).ok()
    })
    .into()
}

/// The program that starts an API server of a test's own.
#[track_caller]
pub(crate) fn kubernetes_program() -> PathBuf {
    let what = "the Kubernetes programs in one binary, as the local cluster has them";
    required(KUBERNETES, what, &|variable| std::env::var(variable).ok()).into()
}

/// The export of a realm that a public project publishes, by its name in `xtask/src/public_exports.rs`.
///
/// # Panics
/// If the environment names no folder, or that has no export of this name.
#[track_caller]
pub fn public_export(name: &str) -> String {
    exported(name, |variable| std::env::var(variable).ok())
}

#[track_caller]
fn exported(name: &str, environment: impl Fn(&str) -> Option<String>) -> String {
    let what = "exports of realms that public projects publish, in a folder";
    let folder = PathBuf::from(required(PUBLIC_EXPORTS, what, &environment));
    let file = folder.join(format!("{name}.json"));
    std::fs::read_to_string(&file).or_fail(format!("cannot read {}", file.display()))
}

#[track_caller]
fn required(variable: &str, what: &str, environment: &impl Fn(&str) -> Option<String>) -> String {
    match environment(variable).filter(|value| !value.is_empty()) {
        Some(value) => value,
        None => fail(format!(
            "{variable} is not set: this test needs {what}. Run it by `cargo xtask test`, which starts the servers and sets it"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
        |wanted| variables.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn a_server_is_found_by_its_variables() {
        let server = KeycloakServer::named(
            NEWEST,
            environment(&[("CLOAKROOM_KEYCLOAK_26_7", "http://127.0.0.1:8080/auth/"), (ADMIN, "admin:a:b")]),
        );
        assert_eq!(
            (server.url(), server.admin(), server.password()),
            ("http://127.0.0.1:8080/auth", "admin", "a:b")
        );
        assert_eq!(format!("{server:?}"), "Keycloak 26.7 at http://127.0.0.1:8080/auth", "no password");
    }

    #[test]
    #[should_panic(
        expected = "CLOAKROOM_KEYCLOAK_26_4 is not set: this test needs a running Keycloak 26.4. Run it by `cargo xtask test`"
    )]
    fn a_missing_server_fails_the_test_with_the_command_that_starts_it() {
        KeycloakServer::named(OLDEST, environment(&[(ADMIN, "admin:admin")]));
    }

    #[test]
    #[should_panic(
        expected = "CLOAKROOM_PUBLIC_EXPORTS is not set: this test needs exports of realms that public projects publish, in a folder. Run it by `cargo xtask test`"
    )]
    fn missing_exports_fail_the_test_with_the_command_that_fetches_them() {
        exported("shop", environment(&[]));
    }

    #[test]
    #[should_panic(expected = "cannot read no/folder/shop.json: ")]
    fn an_export_that_is_not_there_fails_the_test_with_its_path() {
        exported("shop", environment(&[(PUBLIC_EXPORTS, "no/folder")]));
    }

    #[test]
    #[should_panic(expected = "CLOAKROOM_KEYCLOAK_ADMIN is not of the form user:password")]
    fn a_login_without_a_password_is_refused() {
        KeycloakServer::named(
            NEWEST,
            environment(&[("CLOAKROOM_KEYCLOAK_26_7", "http://127.0.0.1:1"), (ADMIN, "admin")]),
        );
    }
}
