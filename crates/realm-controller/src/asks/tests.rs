use keycloak_crds::KeycloakRealm;

use super::*;
use crate::sample;

fn of(fields: &Value) -> Vec<&'static str> {
    let object: KeycloakRealm = sample::realm(fields, Value::Null);
    asks(&object.spec).all().into_iter().map(Capability::as_str).collect()
}

#[test]
fn an_ordinary_realm_asks_for_nothing() {
    let ordinary = json!({
        "displayName": "Acme",
        "smtpServer": {"host": "smtp.example.com", "port": 587, "from": "noreply@example.com"},
        "eventsConfig": {"eventsEnabled": true, "eventsListeners": ["jboss-logging", "email"]},
        "browserSecurityHeaders": {
            "contentSecurityPolicy": "frame-src 'self'; frame-ancestors 'self' https://portal.example.com; object-src 'none';",
            "contentSecurityPolicyReportOnly": "", "xRobotsTag": "all", "xFrameOptions": "DENY",
            "xContentTypeOptions": "nosniff", "referrerPolicy": "origin",
            "strictTransportSecurity": "max-age=31536000; includeSubDomains",
        },
        "roles": {"realmRoles": [{"name": "employee", "compositeClientRoles": {"account": ["view-profile"]}}]},
        "groups": [{"name": "staff", "clientRoles": {"account": ["view-profile"]}}],
        "clientScopes": [{"name": "department", "protocolMappers": [
            {"name": "m", "protocolMapper": "oidc-usermodel-attribute-mapper", "config": {"claim.name": "department"}}]}],
        "clientScopeMappings": {"account": [{"client": "portal", "roles": ["view-profile"]}]},
        "attributes": {"frontendUrl": "https://login.example.com", "team": "identity"},
        "extra": {"accessCodeLifespan": 60, "adminPermissionsEnabled": false},
    });
    assert_eq!(of(&ordinary), [""; 0]);
    let object = sample::realm(&ordinary, Value::Null);
    assert!(realm::desired(&object.spec, &realm::Secrets::default(), None).is_ok());
}

#[test]
fn roles_that_administrate_are_asked_for_wherever_they_are_given() {
    let managing = json!({"realm-management": ["manage-users"]});
    for given in [
        json!({"roles": {"realmRoles": [{"name": "boss", "compositeClientRoles": managing}]}}),
        json!({"defaultRole": {"name": "default-roles-acme", "compositeClientRoles": managing}}),
        json!({"groups": [{"name": "staff", "clientRoles": managing}]}),
        json!({"groups": [{"name": "staff", "subGroups": [{"name": "leads", "clientRoles": managing}]}]}),
        json!({"clientScopeMappings": {"realm-management": [{"client": "portal", "roles": ["manage-users"]}]}}),
        json!({"clientScopes": [{"name": "s", "protocolMappers": [{"name": "m",
            "protocolMapper": "oidc-hardcoded-role-mapper", "config": {"role": "realm-management.manage-users"}}]}]}),
    ] {
        assert_eq!(of(&given), ["realmManagementRoles"], "{given}");
    }
    let becoming =
        json!({"groups": [{"name": "staff", "clientRoles": {"realm-management": ["impersonation"]}}]});
    assert_eq!(of(&becoming), ["realmManagementRoles", "impersonation"]);
}

#[test]
fn scripts_listeners_and_permissions_of_administrators_are_asked_for() {
    let script = json!({"clientScopes": [{"name": "s", "protocolMappers": [{"name": "m", "protocolMapper": "script-x.js"}]}]});
    assert_eq!(of(&script), ["scriptMappers"]);
    assert_eq!(
        of(&json!({"eventsConfig": {"eventsListeners": ["jboss-logging", "webhook"]}})),
        ["eventListeners"]
    );
    assert_eq!(of(&json!({"extra": {"adminPermissionsEnabled": true}})), ["adminPermissions"]);
    assert_eq!(of(&json!({"extra": {"adminPermissionsEnabled": "True"}})), ["adminPermissions"]);
}

#[test]
fn addresses_that_the_server_would_call_are_looked_at_wherever_they_stand() {
    for host in ["mail", "smtp.mail.svc", "10.0.0.25", "::1", "kubernetes.default"] {
        let mail = json!({"smtpServer": {"host": host, "port": 25}});
        assert_eq!(of(&mail), ["internalUrls"], "{host}");
    }
    for elsewhere in [
        json!({"attributes": {"frontendUrl": "http://169.254.169.254"}}),
        json!({"attributes": {"frontendUrl": "cannot be read"}}),
        json!({"attributes": {"acme.endpoint": "http://10.0.0.1/"}}),
        json!({"extra": {"acmeCallbackUrl": "http://10.0.0.1/"}}),
        json!({"clientScopes": [{"name": "s", "attributes": {"acme.url": "http://10.0.0.1/"}}]}),
        json!({"clientScopes": [{"name": "s", "protocolMappers": [{"name": "m",
            "protocolMapper": "oidc-sha256-pairwise-sub-mapper", "config": {"sectorIdentifierUri": "http://10.0.0.1/"}}]}]}),
    ] {
        assert_eq!(of(&elsewhere), ["internalUrls"], "{elsewhere}");
    }
}

#[test]
fn headers_that_protect_less_are_asked_for() {
    for (name, weak) in [
        ("contentSecurityPolicy", ""),
        ("contentSecurityPolicy", "frame-src 'self'; object-src 'none'"),
        ("contentSecurityPolicy", "frame-ancestors *; object-src 'none'"),
        ("contentSecurityPolicy", "FRAME-ANCESTORS https: ; object-src 'none'"),
        ("contentSecurityPolicy", "frame-ancestors https://*.example.com; object-src 'none'"),
        ("contentSecurityPolicy", "frame-ancestors 'self'"),
        ("contentSecurityPolicy", "frame-ancestors 'self'; object-src *"),
        ("contentSecurityPolicy", "frame-ancestors *; frame-ancestors 'self'; object-src 'none'"),
        ("strictTransportSecurity", ""),
        ("strictTransportSecurity", "max-age=0"),
        ("strictTransportSecurity", "includeSubDomains"),
        ("xContentTypeOptions", ""),
        ("xFrameOptions", ""),
        ("xFrameOptions", "ALLOW-FROM https://evil.example.com"),
        ("referrerPolicy", "unsafe-url"),
    ] {
        assert_eq!(
            of(&json!({"browserSecurityHeaders": {name: weak}})),
            ["securityHeaders"],
            "{name}: {weak}"
        );
    }
}

/// What would walk around the checks of a field is refused by itself, whoever asks.
#[test]
fn extra_has_no_second_way_to_what_is_looked_at() {
    for extra in [
        json!({"authenticatorConfig": [{"config": {"url": "http://10.0.0.1/"}}]}),
        json!({"browserSecurityHeaders": {}}),
        json!({"clientScopeMappings": {}}),
        json!({"clientScopes": []}),
        json!({"clients": []}),
        json!({"components": {}}),
        json!({"defaultRole": {}}),
        json!({"eventsListeners": []}),
        json!({"groups": []}),
        json!({"identityProviders": [{"alias": "x", "config": {"tokenUrl": "http://10.0.0.1/"}}]}),
        json!({"roles": {}}),
        json!({"scopeMappings": []}),
        json!({"smtpServer": {"host": "10.0.0.1"}}),
        json!({"userFederationProviders": []}),
        json!({"users": []}),
    ] {
        let object = sample::realm(&json!({"extra": extra}), Value::Null);
        assert!(realm::desired(&object.spec, &realm::Secrets::default(), None).is_err(), "{extra}");
    }
}

#[test]
fn each_field_that_asks_is_known_by_its_path() {
    let object = sample::realm(
        &json!({
            "smtpServer": {"host": "mail", "port": 25},
            "clientScopes": [{"name": "s", "protocolMappers": [{"name": "m", "protocolMapper": "script-x.js"}]}],
        }),
        Value::Null,
    );
    let mut expected = Asked::default();
    expected.add("clientScopes[s]", BTreeSet::from([Capability::ScriptMappers]));
    expected.add("smtpServer[host]", BTreeSet::from([Capability::InternalUrls]));
    assert_eq!(asks(&object.spec), expected);
}
