//! The running servers that a test program is given.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by several test programs")]

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use keycloak_admin::types::RealmRepresentation;
use keycloak_admin::{AdminApi, AdminSession, Login, Secret, Server, ServerSettings};

/// The two ends of the supported range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    V26_4,
    V26_7,
}

impl Version {
    pub fn label(self) -> &'static str {
        match self {
            Self::V26_4 => "26_4",
            Self::V26_7 => "26_7",
        }
    }

    pub fn server(self) -> Server {
        let variable = match self {
            Self::V26_4 => "CLOAKROOM_KEYCLOAK_26_4",
            Self::V26_7 => "CLOAKROOM_KEYCLOAK_26_7",
        };
        let mut settings = ServerSettings::new(variable_of(variable));
        // A machine that runs servers, compilers and tests at once is slow; that is not what is tested.
        settings.limits.timeout = Duration::from_secs(180);
        settings.limits.login_timeout = Duration::from_secs(60);
        Server::new(settings).unwrap()
    }

    /// The bootstrap administrator's API.
    pub fn admin(self) -> AdminApi {
        AdminApi::new(AdminSession::new(&self.server(), admin_login()))
    }
}

/// Makes a test per server out of `async fn name(version: Version)`.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod on_26_7 {
            $(#[tokio::test]
            async fn $name() { super::$name($crate::real::Version::V26_7).await; })*
        }
        mod on_26_4 {
            $(#[tokio::test]
            async fn $name() { super::$name($crate::real::Version::V26_4).await; })*
        }
    };
}

fn variable_of(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!(
            "{name} is not set: these tests need running Keycloak servers; run them with `cargo xtask test`"
        )
    })
}

pub fn admin_login() -> Login {
    let pair = variable_of("CLOAKROOM_KEYCLOAK_ADMIN");
    let (user, password) = pair.split_once(':').expect("CLOAKROOM_KEYCLOAK_ADMIN is user:password");
    Login::bootstrap_admin(user, password.into())
}

/// The API of a service account.
pub fn api_of(version: Version, realm: &str, client_id: &str, secret: &Secret) -> AdminApi {
    let login = Login::service_account(realm, client_id, secret.clone());
    AdminApi::new(AdminSession::new(&version.server(), login))
}

/// A name that no other test and no earlier run has.
pub fn unique(prefix: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    format!("{prefix}-{:x}-{number}", now.as_micros() & 0xff_ffff_ffff)
}

/// A realm of a test: gone when the test ends well.
pub struct TestRealm {
    pub name: String,
    pub api: AdminApi,
}

impl TestRealm {
    pub async fn create(api: &AdminApi, prefix: &str) -> Self {
        Self::with(api, prefix, RealmRepresentation::default()).await
    }

    pub async fn with(api: &AdminApi, prefix: &str, realm: RealmRepresentation) -> Self {
        let name = unique(prefix);
        let realm = RealmRepresentation { realm: Some(name.clone()), enabled: Some(true), ..realm };
        api.realm_create(&realm).await.unwrap();
        Self { name, api: api.clone() }
    }

    pub async fn delete(self) {
        self.api.realm_delete(&self.name).await.unwrap();
    }
}
