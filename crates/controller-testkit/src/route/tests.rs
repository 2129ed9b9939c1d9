//! Which route and kind a call has.

use http::Method;

use super::{Api, Route};
use crate::call::Kind;

fn keycloak(method: &Method, path: &str) -> (String, Kind) {
    let Route { template, kind } = Api::Keycloak { relative_path: String::new() }.route(method, path, None);
    (template, kind)
}

fn kubernetes(method: &Method, path: &str) -> (String, Kind) {
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let Route { template, kind } = Api::Kubernetes.route(method, path, query);
    (template, kind)
}

#[test]
fn ids_in_admin_paths_are_replaced_and_words_are_kept() {
    let id = "9a0d3c1e-0f57-4a44-9a57-0f574a449a57";
    let cases = [
        ("/admin/realms", "/admin/realms"),
        ("/admin/realms/acme", "/admin/realms/{realm}"),
        ("/admin/realms/acme/clients", "/admin/realms/{realm}/clients"),
        ("/admin/realms/acme/clients/own-id", "/admin/realms/{realm}/clients/{id}"),
        ("/admin/realms/acme/clients/x/client-secret", "/admin/realms/{realm}/clients/{id}/client-secret"),
        (
            "/admin/realms/acme/clients/x/roles/admin/composites/clients/y",
            "/admin/realms/{realm}/clients/{id}/roles/{id}/composites/clients/{id}",
        ),
        (
            "/admin/realms/acme/clients/x/protocol-mappers/models/y",
            "/admin/realms/{realm}/clients/{id}/protocol-mappers/models/{id}",
        ),
        (
            "/admin/realms/acme/clients/x/protocol-mappers/add-models",
            "/admin/realms/{realm}/clients/{id}/protocol-mappers/add-models",
        ),
        (
            "/admin/realms/acme/users/x/role-mappings/clients/y/available",
            "/admin/realms/{realm}/users/{id}/role-mappings/clients/{id}/available",
        ),
        ("/admin/realms/acme/users/count", "/admin/realms/{realm}/users/count"),
        ("/admin/realms/acme/users/profile/metadata", "/admin/realms/{realm}/users/profile/metadata"),
        ("/admin/realms/acme/groups/x/children", "/admin/realms/{realm}/groups/{id}/children"),
        ("/admin/realms/acme/group-by-path/a/b/c", "/admin/realms/{realm}/group-by-path/{id}/{id}/{id}"),
        (
            "/admin/realms/acme/authentication/flows/browser/executions/execution",
            "/admin/realms/{realm}/authentication/flows/{id}/executions/execution",
        ),
        (
            "/admin/realms/acme/authentication/executions/x/raise-priority",
            "/admin/realms/{realm}/authentication/executions/{id}/raise-priority",
        ),
        ("/admin/realms/acme/events/config", "/admin/realms/{realm}/events/config"),
        ("/admin/realms/acme/localization/en/hello", "/admin/realms/{realm}/localization/{id}/{id}"),
        (
            "/admin/realms/acme/identity-provider/instances/google/mappers/x",
            "/admin/realms/{realm}/identity-provider/instances/{id}/mappers/{id}",
        ),
        (
            "/admin/realms/acme/clients/x/authz/resource-server/policy/role/y",
            "/admin/realms/{realm}/clients/{id}/authz/resource-server/policy/role/{id}",
        ),
        (
            "/admin/realms/acme/clients/x/authz/resource-server/permission/scope",
            "/admin/realms/{realm}/clients/{id}/authz/resource-server/permission/scope",
        ),
        (
            "/admin/realms/acme/clients/x/authz/resource-server/policy/search",
            "/admin/realms/{realm}/clients/{id}/authz/resource-server/policy/search",
        ),
        ("/admin/serverinfo", "/admin/serverinfo"),
        ("/health/ready", "/health/ready"),
    ];
    for (path, template) in cases {
        assert_eq!(keycloak(&Method::GET, path), (template.to_owned(), Kind::Read), "{path}");
    }
    let unknown = format!("/admin/realms/acme/something-new/{id}");
    assert_eq!(keycloak(&Method::GET, &unknown).0, "/admin/realms/{realm}/something-new/{id}");
}

#[test]
fn a_relative_path_is_no_part_of_the_route() {
    let api = Api::Keycloak { relative_path: "/auth".to_owned() };
    let route = api.route(&Method::GET, "/auth/admin/realms/acme", None);
    assert_eq!(route.template, "/admin/realms/{realm}");
}

#[test]
fn a_login_is_no_write_and_neither_is_a_post_that_stores_nothing() {
    let cases = [
        (Method::POST, "/realms/master/protocol/openid-connect/token", Kind::Login),
        (Method::POST, "/realms/master/protocol/openid-connect/token/introspect", Kind::Read),
        (Method::POST, "/admin/realms/acme/partial-export", Kind::Read),
        (Method::POST, "/admin/realms/acme/partialImport", Kind::Write),
        (Method::POST, "/admin/realms/acme/clients", Kind::Write),
        (Method::PUT, "/admin/realms/acme/users/profile", Kind::Write),
        (Method::DELETE, "/admin/realms/evaluate", Kind::Write),
        (Method::GET, "/realms/master/protocol/openid-connect/token", Kind::Read),
    ];
    for (method, path, kind) in cases {
        assert_eq!(keycloak(&method, path).1, kind, "{method} {path}");
    }
}

#[test]
fn names_in_kubernetes_paths_are_replaced() {
    let cases = [
        ("/api/v1/namespaces", "/api/v1/namespaces"),
        ("/api/v1/namespaces/acme", "/api/v1/namespaces/{name}"),
        ("/api/v1/namespaces/acme/status", "/api/v1/namespaces/{name}/status"),
        ("/api/v1/namespaces/acme/secrets", "/api/v1/namespaces/{namespace}/secrets"),
        ("/api/v1/namespaces/acme/secrets/shop", "/api/v1/namespaces/{namespace}/secrets/{name}"),
        ("/api/v1/nodes/one/proxy/x", "/api/v1/nodes/{name}/proxy/x"),
        (
            "/apis/keycloak.mdvr.nl/v1/namespaces/a/keycloakclients/b/status",
            "/apis/keycloak.mdvr.nl/v1/namespaces/{namespace}/keycloakclients/{name}/status",
        ),
        (
            "/apis/keycloak.mdvr.nl/v1/keycloakclients?watch=true&resourceVersion=1",
            "/apis/keycloak.mdvr.nl/v1/keycloakclients?watch",
        ),
        ("/apis/apps/v1", "/apis/apps/v1"),
        ("/version", "/version"),
    ];
    for (path, template) in cases {
        assert_eq!(kubernetes(&Method::GET, path), (template.to_owned(), Kind::Read), "{path}");
    }
}

#[test]
fn leases_events_questions_and_dry_runs_are_no_writes() {
    let cases = [
        (Method::PUT, "/apis/coordination.k8s.io/v1/namespaces/a/leases/realm", Kind::Lease),
        (Method::POST, "/api/v1/namespaces/a/events", Kind::Event),
        (Method::PATCH, "/apis/events.k8s.io/v1/namespaces/a/events/x", Kind::Event),
        (Method::POST, "/api/v1/namespaces/a/serviceaccounts/x/token", Kind::Login),
        (Method::POST, "/apis/authorization.k8s.io/v1/namespaces/a/localsubjectaccessreviews", Kind::Read),
        (Method::PATCH, "/api/v1/namespaces/a/secrets/x?dryRun=All&fieldManager=y", Kind::Read),
        (Method::PATCH, "/api/v1/namespaces/a/secrets/x?fieldManager=y", Kind::Write),
        (Method::DELETE, "/api/v1/namespaces/a", Kind::Write),
    ];
    for (method, path, kind) in cases {
        assert_eq!(kubernetes(&method, path).1, kind, "{method} {path}");
    }
}
