use super::*;

fn spec(fields: &Value) -> KeycloakClientSpec {
    let mut spec = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}});
    spec.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(spec).unwrap()
}

fn names(asks: BTreeSet<Capability>) -> Vec<&'static str> {
    asks.into_iter().map(Capability::as_str).collect()
}

fn of(fields: &Value) -> Vec<&'static str> {
    names(asks(&spec(fields)).all())
}

fn mapper(kind: &str, config: &Value) -> Value {
    json!({"protocolMappers": [{"name": "m", "protocolMapper": kind, "config": config}]})
}

#[test]
fn an_ordinary_client_asks_for_nothing() {
    let ordinary = json!({
        "redirectUris": ["https://portal.example.com/callback"], "adminUrl": "https://portal.example.com/admin",
        "rootUrl": "https://portal.example.com", "baseUrl": "/", "webOrigins": ["+"],
        "attributes": {"jwks.url": "https://portal.example.com/keys", "use.jwks.url": "true",
            "logoUri": "http://localhost/logo", "post.logout.redirect.uris": "http://localhost/bye",
            "acme.owner": "portal-team"},
    });
    assert_eq!(of(&ordinary), [""; 0]);
    assert!(client::desired(&spec(&ordinary), None, None).is_ok());
    assert_eq!(of(&mapper("oidc-hardcoded-role-mapper", &json!({"role": "portal.viewer"}))), [""; 0]);
    assert_eq!(of(&json!({"adminUrl": "/admin"})), [""; 0]);
    assert_eq!(of(&json!({"adminUrl": "${authBaseUrl}/x"})), [""; 0]);
    assert_eq!(of(&json!({"extra": {"notBefore": 0}})), [""; 0]);
}

#[test]
fn wildcards_scripts_exchange_and_management_roles_are_asked_for() {
    assert_eq!(of(&json!({"redirectUris": ["https://portal.example.com/*"]})), ["wildcardRedirectUris"]);
    let after_logout = json!({"postLogoutRedirectUris": ["https://portal.example.com/*"]});
    assert_eq!(of(&after_logout), ["wildcardRedirectUris"]);
    let by_attribute = json!({"attributes": {"post.logout.redirect.uris": "https://a.example.com/x##https://b.example.com/*"}});
    assert_eq!(of(&by_attribute), ["wildcardRedirectUris"]);
    for kind in ["script-acme.js", "oidc-script-based-protocol-mapper", "saml-javascript-mapper"] {
        assert_eq!(of(&mapper(kind, &json!({}))), ["scriptMappers"], "{kind}");
    }
    for (key, value) in [
        ("standard.token.exchange.enabled", "true"),
        ("standard.token.exchange.enabled", " TRUE"),
        ("token.exchange.grant.enabled", "true"),
        ("oauth2.jwt.authorization.grant.enabled", "true"),
    ] {
        assert_eq!(of(&json!({"attributes": {key: value}})), ["tokenExchange"], "{key}");
    }
    let role = json!({"role": "realm-management.impersonation"});
    for kind in ["oidc-hardcoded-role-mapper", "saml-hardcode-role-mapper"] {
        assert_eq!(of(&mapper(kind, &role)), ["realmManagementRoles", "impersonation"], "{kind}");
    }
    let account = json!({"serviceAccountRoles": {"clientRoles": {"realm-management": ["view-users"], "portal": ["x"]}}});
    assert_eq!(of(&account), ["realmManagementRoles"]);
}

#[test]
fn flows_in_place_of_the_realms_are_asked_for_by_naming_them() {
    assert_eq!(of(&json!({"authenticationFlows": {}})), [""; 0]);
    let mut expected = Asked::default();
    for flow in ["browserFlow", "directGrantFlow"] {
        let fields = json!({"authenticationFlows": {flow: "no-second-factor"}});
        assert_eq!(of(&fields), ["flows"], "{flow}");
        expected.add(format!("authenticationFlows.{flow}"), BTreeSet::from([Capability::Flows]));
    }
    let both = json!({"authenticationFlows": {"browserFlow": "a", "directGrantFlow": "b"}});
    assert_eq!(asks(&spec(&both)), expected);
}

#[test]
fn full_scope_is_asked_for_by_saying_so() {
    let asked = |value: Value| {
        names(of_representation(json!({"fullScopeAllowed": value}).as_object().unwrap(), None))
    };
    assert_eq!(asked(json!(true)), ["fullScope"]);
    assert_eq!(asked(json!(false)), [""; 0]);
}

/// The list was gone through by hand against the attributes of clients in Keycloak 26.4 to 26.7.
#[test]
fn every_address_that_the_server_calls_is_looked_at() {
    for inside in [
        "http://127.0.0.1/x",
        "http://kubernetes.default/",
        "not a url",
        "http://${application.session.host}/",
    ] {
        assert_eq!(of(&json!({"adminUrl": inside})), ["internalUrls"], "{inside}");
        for attribute in CALLED {
            assert_eq!(
                of(&json!({"attributes": {*attribute: inside}})),
                ["internalUrls"],
                "{attribute}: {inside}"
            );
        }
    }
    for attribute in CALLED.iter().chain(&["acme.url", "acmeEndpoint"]) {
        let relative = json!({"rootUrl": "http://10.0.0.1", "attributes": {*attribute: "/keys"}});
        let mut expected = Asked::default();
        for field in ["rootUrl".to_owned(), format!("attributes[{attribute}]")] {
            expected.add(field, BTreeSet::from([Capability::InternalUrls]));
        }
        assert_eq!(asks(&spec(&relative)), expected, "{attribute}");
        let outside = json!({"rootUrl": "https://portal.example.com", "attributes": {*attribute: "/keys"}});
        assert_eq!(of(&outside), [""; 0], "{attribute}");
    }
    for attribute in OPENED {
        assert_eq!(of(&json!({"attributes": {*attribute: "http://10.0.0.1/"}})), [""; 0], "{attribute}");
    }
    let several = json!({"attributes": {"request.uris": "https://a.example.com##http://10.0.0.1/"}});
    assert_eq!(of(&several), ["internalUrls"]);
    let any_start = json!({"attributes": {"request.uris": "https://a.example.com*"}});
    assert_eq!(of(&any_start), ["internalUrls"]);
    let by_extra = json!({"extra": {"acmeCallbackUrl": "http://10.0.0.1/"}});
    assert_eq!(of(&by_extra), ["internalUrls"]);
    let sector =
        mapper("oidc-sha256-pairwise-sub-mapper", &json!({"sectorIdentifierUri": "http://10.0.0.1/"}));
    assert_eq!(of(&sector), ["internalUrls"]);
}

/// An attribute that left the object may stay in Keycloak, which puts the root before it whenever that comes.
#[test]
fn a_root_inside_is_asked_for_also_where_the_address_below_it_was_written_before() {
    let first = json!({"attributes": {"jwks.url": "/latest/meta-data", "use.jwks.url": "true"}});
    assert_eq!(of(&first), [""; 0]);
    for root in ["http://169.254.169.254", "http://localhost:3000", "http://portal.acme", "portal"] {
        assert_eq!(of(&json!({"rootUrl": root})), ["internalUrls"], "{root}");
    }
    for root in ["", "https://portal.example.com", "${authBaseUrl}"] {
        assert_eq!(of(&json!({"rootUrl": root})), [""; 0], "{root}");
    }
}

/// A realm may map roles to a scope, which then stand in the tokens of every client that has it.
#[test]
fn a_client_scope_that_is_not_keycloaks_own_is_asked_for() {
    let scopes = json!({"defaultClientScopes": ["email", "orders"], "optionalClientScopes": ["offline_access", "Email"]});
    let mut expected = Asked::default();
    for field in ["defaultClientScopes[orders]", "optionalClientScopes[Email]"] {
        expected.add(field, BTreeSet::from([Capability::ClientScopes]));
    }
    assert_eq!(asks(&spec(&scopes)), expected);
    let by_extra = client::desired(&spec(&json!({"extra": {"defaultClientScopes": ["orders"]}})), None, None);
    assert!(by_extra.is_err());
}

/// What would walk around the checks of a field is refused by itself, whoever asks.
#[test]
fn extra_has_no_second_way_to_what_is_looked_at() {
    for extra in [
        json!({"adminUrl": "http://10.0.0.1/"}),
        json!({"attributes": {"jwks.url": "http://10.0.0.1/"}}),
        json!({"authorizationSettings": {"policies": [{"type": "js"}]}}),
        json!({"fullScopeAllowed": true}),
        json!({"authenticationFlowBindingOverrides": {"browser": "7d1c"}}),
        json!({"protocolMappers": [{"name": "m", "protocolMapper": "script-x.js"}]}),
        json!({"redirectUris": ["*"]}),
        json!({"registeredNodes": {"10.0.0.1": 1}}),
        json!({"rootUrl": "http://10.0.0.1"}),
    ] {
        let refused = client::desired(&spec(&json!({"extra": extra})), None, None);
        assert!(refused.is_err(), "{extra}");
    }
}

#[test]
fn each_field_that_asks_is_known_by_its_path() {
    let fields = json!({
        "rootUrl": "http://10.0.0.1", "redirectUris": ["https://portal.example.com/*"],
        "attributes": {"jwks.url": "/keys", "acme.owner": "portal-team"},
        "protocolMappers": [{"name": "a", "protocolMapper": "script-x.js"}, {"name": "b", "protocolMapper": "oidc-audience-mapper"}],
    });
    let mut expected = Asked::default();
    expected.add("attributes[jwks.url]", BTreeSet::from([Capability::InternalUrls]));
    expected.add("protocolMappers[a]", BTreeSet::from([Capability::ScriptMappers]));
    expected.add("redirectUris", BTreeSet::from([Capability::WildcardRedirectUris]));
    expected.add("rootUrl", BTreeSet::from([Capability::InternalUrls]));
    assert_eq!(asks(&spec(&fields)), expected);
}
