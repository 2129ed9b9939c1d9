//! Where a server is reached: derived from its spec, by the controllers of all kinds alike.
//!
//! Nothing here is read from status: a login is only ever sent to an address that the instance's own spec gives.

use keycloak_crds::{Keycloak, instance::ServiceType};

use crate::error::ConnectError;

/// Port of the Service for HTTP where `spec.service.httpPort` is absent.
pub const HTTP_PORT: i32 = 8080;
/// Port of the Service for HTTPS where `spec.service.httpsPort` is absent.
pub const HTTPS_PORT: i32 = 8443;
/// Port of health and metrics.
pub const MANAGEMENT_PORT: i32 = 9000;

/// Name of the workload and of the Service of an instance that we run, as the seed has it.
pub fn service_name(instance: &str) -> String {
    format!("{instance}-keycloak")
}

/// Name of the Service without an address of its own, by which the servers of an instance that we run find each other.
pub fn discovery_service_name(instance: &str) -> String {
    format!("{}-discovery", service_name(instance))
}

/// Which Service has the management port. A Service that is reached from outside the cluster does not show health and metrics.
fn management_service_name(instance: &str, type_: ServiceType) -> String {
    match type_ {
        ServiceType::ClusterIP => service_name(instance),
        ServiceType::NodePort | ServiceType::LoadBalancer => discovery_service_name(instance),
    }
}

/// Addresses of one instance, none with a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// What the controllers call, with the relative path.
    pub internal: String,
    /// What users see; of it the addresses in Secrets and status are made.
    pub public: String,
    /// Admin console and API as people reach them.
    pub admin: String,
    /// Health and metrics inside the cluster; `None` for a server that we do not run.
    pub management: Option<String>,
}

impl Addresses {
    /// The addresses that the spec gives.
    ///
    /// # Errors
    /// When the object has no name or namespace.
    pub fn of(instance: &Keycloak) -> Result<Self, ConnectError> {
        let spec = &instance.spec;
        if let Some(external) = &spec.external {
            let internal = without_slash(&external.url);
            let public = external.public_url.as_deref().map_or_else(|| internal.clone(), without_slash);
            let admin = format!("{public}/admin");
            return Ok(Self { internal, public, admin, management: None });
        }
        let missing = |field| ConnectError::Unidentified { kind: "Keycloak", field };
        let name = instance.metadata.name.as_deref().ok_or_else(|| missing("metadata.name"))?;
        let namespace =
            instance.metadata.namespace.as_deref().ok_or_else(|| missing("metadata.namespace"))?;
        let host = format!("{}.{namespace}.svc", service_name(name));
        let path =
            spec.http.as_ref().and_then(|http| http.relative_path.as_deref()).map_or_else(String::new, path);
        let service = spec.service.as_ref();
        let tls = spec.tls.as_ref().and_then(|tls| tls.enabled).unwrap_or(false);
        let (scheme, port) = if tls {
            ("https", service.and_then(|service| service.https_port).unwrap_or(HTTPS_PORT))
        } else {
            ("http", service.and_then(|service| service.http_port).unwrap_or(HTTP_PORT))
        };
        let type_ = service.and_then(|service| service.type_).unwrap_or_default();
        let internal = format!("{scheme}://{host}:{port}{path}");
        let hostname = spec.hostname.as_ref();
        let public = hostname
            .and_then(|hostname| hostname.hostname.as_deref())
            .map_or_else(|| internal.clone(), |hostname| seen_by_users(hostname, &path));
        let admin = hostname
            .and_then(|hostname| hostname.admin.as_deref())
            .map_or_else(|| public.clone(), without_slash);
        Ok(Self {
            internal,
            public,
            admin: format!("{admin}/admin"),
            management: Some(format!(
                "{scheme}://{}.{namespace}.svc:{MANAGEMENT_PORT}{path}",
                management_service_name(name, type_)
            )),
        })
    }
}

/// Keycloak takes a whole address as it is, and puts its relative path behind a host name. The scheme of a bare host name is
/// that of the request; users come by TLS, which ends before the server.
fn seen_by_users(hostname: &str, path: &str) -> String {
    if hostname.contains("://") { without_slash(hostname) } else { format!("https://{hostname}{path}") }
}

fn without_slash(address: &str) -> String {
    address.trim_end_matches('/').to_owned()
}

/// `/auth` for `auth`, `/auth` and `/auth/`; nothing for `/`.
fn path(relative: &str) -> String {
    let trimmed = relative.trim_matches('/');
    if trimmed.is_empty() { String::new() } else { format!("/{trimmed}") }
}

#[cfg(test)]
mod tests {
    use keycloak_crds::KeycloakSpec;
    use serde_json::{Value, json};

    use super::*;

    fn addresses(spec: Value) -> Addresses {
        let spec: KeycloakSpec = serde_json::from_value(spec).unwrap();
        let mut instance = Keycloak::new("keycloak", spec);
        instance.metadata.namespace = Some("platform".into());
        Addresses::of(&instance).unwrap()
    }

    #[test]
    fn a_server_that_we_run_is_called_by_its_service() {
        insta::assert_debug_snapshot!(addresses(json!({})), @r#"
        Addresses {
            internal: "http://keycloak-keycloak.platform.svc:8080",
            public: "http://keycloak-keycloak.platform.svc:8080",
            admin: "http://keycloak-keycloak.platform.svc:8080/admin",
            management: Some(
                "http://keycloak-keycloak.platform.svc:9000",
            ),
        }
        "#);
    }

    #[test]
    fn health_and_metrics_are_not_shown_by_a_service_that_is_reached_from_outside() {
        let management = |type_: &str| addresses(json!({"service": {"type": type_}})).management.unwrap();
        assert_eq!(management("ClusterIP"), "http://keycloak-keycloak.platform.svc:9000");
        for type_ in ["NodePort", "LoadBalancer"] {
            assert_eq!(management(type_), "http://keycloak-keycloak-discovery.platform.svc:9000");
        }
    }

    #[test]
    fn users_see_the_host_name_and_the_controllers_still_call_the_service() {
        let with = |hostname: Value| {
            let all = addresses(json!({
                "hostname": hostname, "http": {"relativePath": "/auth/"}, "service": {"httpPort": 80},
            }));
            (all.internal, all.public, all.admin)
        };
        let internal = "http://keycloak-keycloak.platform.svc:80/auth".to_owned();
        let expected = |public: &str, admin: &str| (internal.clone(), public.to_owned(), admin.to_owned());
        assert_eq!(
            with(json!({"hostname": "auth.example.com"})),
            expected("https://auth.example.com/auth", "https://auth.example.com/auth/admin")
        );
        assert_eq!(
            with(json!({"hostname": "https://auth.example.com/sso/", "admin": "https://admin.example.com"})),
            expected("https://auth.example.com/sso", "https://admin.example.com/admin")
        );
    }

    #[test]
    fn an_external_server_is_called_at_its_address_with_its_path() {
        let one = addresses(json!({"external": {"url": "https://sso.example.com/auth/"}}));
        assert_eq!(
            (one.internal.as_str(), one.public.as_str()),
            ("https://sso.example.com/auth", "https://sso.example.com/auth")
        );
        assert_eq!(one.management, None);
        let two =
            json!({"external": {"url": "https://sso.internal", "publicUrl": "https://login.example.com/"}});
        let two = addresses(two);
        assert_eq!(
            (two.internal.as_str(), two.public.as_str()),
            ("https://sso.internal", "https://login.example.com")
        );
    }
}
