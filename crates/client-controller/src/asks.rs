//! What a client asks for that reaches beyond itself, so that the realm's owner has a say in it.

use std::{collections::BTreeSet, net::IpAddr};

use authorization_token::Capability;
use keycloak_crds::{client::KeycloakClientSpec, policy::StringMap, realm::ProtocolMapper};

/// Attributes that hold an address which the server calls.
const CALLED: &[&str] = &[
    "backchannel.logout.url",
    "ciba.backchannel.client.notification.endpoint",
    "jwks.url",
    "request.uris",
    "sector.identifier.uri",
];

/// The attribute that holds what `spec.postLogoutRedirectUris` is written to.
const POST_LOGOUT: &str = "post.logout.redirect.uris";

/// Attributes that switch token exchange on.
const EXCHANGE: &[&str] = &["standard.token.exchange.enabled", "token.exchange.grant.enabled"];

/// Everything that this client asks for, by its own fields and by its attributes.
pub fn asks(spec: &KeycloakClientSpec) -> BTreeSet<Capability> {
    let mut asks = BTreeSet::new();
    let attributes = spec.attributes.as_ref();
    let redirects = spec.redirect_uris.iter().chain(&spec.post_logout_redirect_uris).flatten();
    let by_attribute = value(attributes, POST_LOGOUT).into_iter().flat_map(|list| list.split("##"));
    if redirects.map(String::as_str).chain(by_attribute).any(|uri| uri.contains('*')) {
        asks.insert(Capability::WildcardRedirectUris);
    }
    for mapper in spec.protocol_mappers.iter().flatten() {
        asks.extend(asks_of_mapper(mapper));
    }
    if EXCHANGE.iter().any(|key| value(attributes, key).is_some_and(is_true)) {
        asks.insert(Capability::TokenExchange);
    }
    if spec.settings.as_ref().is_some_and(|settings| settings.full_scope_allowed == Some(true)) {
        asks.insert(Capability::FullScope);
    }
    let called = CALLED.iter().filter_map(|key| value(attributes, key)).flat_map(|list| list.split("##"));
    // Keycloak puts the root address before one that begins with a slash.
    let absolute = |address: &'_ str| match (address.trim().starts_with('/'), spec.root_url.as_deref()) {
        (true, Some(root)) => leads_inside(root),
        (true, None) | (false, _) => leads_inside(address),
    };
    if called.chain(spec.admin_url.as_deref()).any(absolute) {
        asks.insert(Capability::InternalUrls);
    }
    asks
}

/// As Keycloak reads the value of an attribute: in any case of letters.
fn is_true(value: &str) -> bool {
    value.trim().eq_ignore_ascii_case("true")
}

fn value<'a>(attributes: Option<&'a StringMap>, key: &str) -> Option<&'a str> {
    attributes?.get(key).map(String::as_str)
}

fn asks_of_mapper(mapper: &ProtocolMapper) -> Vec<Capability> {
    let kind = mapper.protocol_mapper.as_str();
    let mut asks = Vec::new();
    // Scripts that were deployed to the server have this prefix too.
    if kind.starts_with("script-") || kind.contains("-script-based-") {
        asks.push(Capability::ScriptMappers);
    }
    let given = kind.contains("hardcoded-role").then(|| value(mapper.config.as_ref(), "role")).flatten();
    if let Some(role) = given {
        if role.starts_with("realm-management.") || role.contains("-realm.") {
            asks.push(Capability::RealmManagementRoles);
        }
        if role.ends_with(".impersonation") {
            asks.push(Capability::Impersonation);
        }
    }
    asks
}

/// Whether an address leads into the cluster or to the machine itself. One that cannot be read is taken to.
fn leads_inside(address: &str) -> bool {
    let address = address.trim();
    if address.is_empty() || address.starts_with('/') || address.starts_with("${") {
        return false;
    }
    let Ok(url) = url::Url::parse(address) else { return true };
    match url.host() {
        None => false,
        Some(url::Host::Ipv4(ip)) => is_inside(IpAddr::V4(ip)),
        Some(url::Host::Ipv6(ip)) => is_inside(ip.to_ipv4_mapped().map_or(IpAddr::V6(ip), IpAddr::V4)),
        Some(url::Host::Domain(name)) => is_inside_name(name.trim_end_matches('.')),
    }
}

fn is_inside(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [first, second, ..] = ip.octets();
            // 100.64.0.0/10: addresses between a provider and its customers (RFC 6598), used for pods and metadata.
            let shared = first == 100 && (64..128).contains(&second);
            ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() || shared
        }
        IpAddr::V6(ip) => {
            ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
    }
}

/// Names without a dot are found in the server's own namespace.
fn is_inside_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !name.contains('.')
        || [".svc", ".local", ".internal", ".localhost"].iter().any(|end| name.ends_with(end))
        || name.contains(".svc.")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn of(fields: Value) -> Vec<&'static str> {
        let mut spec = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}});
        let Value::Object(fields) = fields else { panic!("fields of a spec") };
        spec.as_object_mut().unwrap().extend(fields);
        asks(&serde_json::from_value(spec).unwrap()).into_iter().map(Capability::as_str).collect()
    }

    fn mapper(kind: &str, config: &Value) -> Value {
        json!({"protocolMappers": [{"name": "m", "protocolMapper": kind, "config": config}]})
    }

    #[test]
    fn an_ordinary_client_asks_for_nothing() {
        let ordinary = json!({
            "redirectUris": ["https://portal.example.com/callback"], "adminUrl": "https://portal.example.com/admin",
            "attributes": {"jwks.url": "https://portal.example.com/keys"},
        });
        assert_eq!(of(ordinary), [""; 0]);
        assert_eq!(of(mapper("oidc-hardcoded-role-mapper", &json!({"role": "portal.viewer"}))), [""; 0]);
        assert_eq!(of(json!({"adminUrl": "/admin"})), [""; 0]);
        assert_eq!(of(json!({"adminUrl": "${authBaseUrl}/x"})), [""; 0]);
        assert_eq!(of(json!({"settings": {"fullScopeAllowed": false}})), [""; 0]);
        let by_keys = json!({"clientAuthenticatorType": "client-jwt"});
        let keys = json!({"use.jwks.url": "true", "jwks.url": "https://portal.example.com/keys"});
        assert_eq!(of(json!({"settings": by_keys, "attributes": keys})), [""; 0]);
    }

    #[test]
    fn wildcards_scripts_exchange_full_scope_and_management_roles_are_asked_for() {
        assert_eq!(of(json!({"settings": {"fullScopeAllowed": true}})), ["fullScope"]);
        assert_eq!(of(json!({"redirectUris": ["https://portal.example.com/*"]})), ["wildcardRedirectUris"]);
        assert_eq!(
            of(json!({"postLogoutRedirectUris": ["https://portal.example.com/*"]})),
            ["wildcardRedirectUris"]
        );
        assert_eq!(of(mapper("script-acme.js", &json!({}))), ["scriptMappers"]);
        assert_eq!(of(mapper("oidc-script-based-protocol-mapper", &json!({}))), ["scriptMappers"]);
        let exchange = json!({"attributes": {"standard.token.exchange.enabled": "true"}});
        assert_eq!(of(exchange), ["tokenExchange"]);
        let shouted = json!({"attributes": {"standard.token.exchange.enabled": " TRUE"}});
        assert_eq!(of(shouted), ["tokenExchange"]);
        let by_attribute = json!({"attributes": {"post.logout.redirect.uris": "https://a.example.com/x##https://b.example.com/*"}});
        assert_eq!(of(by_attribute), ["wildcardRedirectUris"]);
        let role = json!({"role": "realm-management.impersonation"});
        assert_eq!(
            of(mapper("oidc-hardcoded-role-mapper", &role)),
            ["realmManagementRoles", "impersonation"]
        );
    }

    #[test]
    fn addresses_that_lead_inside_are_seen_in_every_spelling() {
        for inside in [
            "http://127.0.0.1/x",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::ffff:10.0.0.1]/",
            "http://[fd00::1]/",
            "http://169.254.169.254/latest/meta-data",
            "http://100.100.100.200/",
            "https://kubernetes.default.svc/api",
            "https://portal.acme.svc.cluster.local.",
            "http://LOCALHOST:8080/",
            "http://metadata.google.internal/",
            "not a url",
        ] {
            assert_eq!(of(json!({"adminUrl": inside})), ["internalUrls"], "{inside}");
        }
        let several = json!({"attributes": {"request.uris": "https://a.example.com##http://10.0.0.1/"}});
        assert_eq!(of(several), ["internalUrls"]);
        let notified =
            json!({"attributes": {"ciba.backchannel.client.notification.endpoint": "http://10.0.0.1/"}});
        assert_eq!(of(notified), ["internalUrls"]);
        let below_the_root = json!({"rootUrl": "http://10.0.0.1", "attributes": {"jwks.url": "/keys"}});
        assert_eq!(of(below_the_root), ["internalUrls"]);
    }
}
