use authorization_token::decision::Stops;
use authorization_token::{Allowance, EffectiveLimits, LimitSource, Limited};
use serde_json::json;

use super::*;

fn of_mapper(kind: &str, config: &Value) -> Vec<&'static str> {
    let mapper = json!([{"name": "m", "protocolMapper": kind, "config": config}]);
    mappers(&mapper, None).into_iter().map(Capability::as_str).collect()
}

#[test]
fn every_capability_can_be_written_into_limits() {
    for capability in Capability::ALL {
        let written = json!(capability.as_str());
        let read = serde_json::from_value::<keycloak_crds::authorization::Capability>(written.clone());
        assert_eq!(serde_json::to_value(read.unwrap()).unwrap(), written);
    }
}

#[test]
fn roles_that_administrate_are_seen_at_any_depth() {
    let ordinary = json!([{"name": "staff", "clientRoles": {"portal": ["viewer"], "realm-management": []}}]);
    assert_eq!(roles_within(&ordinary), BTreeSet::new());
    let deep = json!([{"name": "a", "subGroups": [{"name": "b", "subGroups": [{"name": "c", "subGroups": [{"name": "d",
        "subGroups": [{"name": "e", "subGroups": [{"name": "f", "clientRoles": {"realm-management": ["view-users"]}}]}]}]}]}]}]);
    assert_eq!(roles_within(&deep), BTreeSet::from([Capability::RealmManagementRoles]));
    let both = BTreeSet::from([Capability::RealmManagementRoles, Capability::Impersonation]);
    for role in ["impersonation", "realm-admin"] {
        let composite =
            json!({"realmRoles": [{"name": "boss", "compositeClientRoles": {"realm-management": [role]}}]});
        assert_eq!(roles_within(&composite), both, "{role}");
    }
    assert_eq!(roles("acme-realm", ["manage-users"]), BTreeSet::from([Capability::RealmManagementRoles]));
}

#[test]
fn every_mapper_that_runs_a_script_is_seen() {
    for kind in
        ["oidc-script-based-protocol-mapper", "saml-javascript-mapper", "script-acme.js", "SCRIPT-acme.js"]
    {
        assert_eq!(of_mapper(kind, &json!({})), ["scriptMappers"], "{kind}");
    }
    assert_eq!(of_mapper("oidc-usermodel-attribute-mapper", &json!({"claim.name": "script"})), [""; 0]);
}

#[test]
fn every_mapper_that_gives_or_claims_roles_that_administrate_is_seen() {
    for (kind, key) in [
        ("oidc-hardcoded-role-mapper", "role"),
        ("saml-hardcode-role-mapper", "role"),
        ("oidc-role-name-mapper", "new.role.name"),
        ("saml-role-name-mapper", "new.role.name"),
    ] {
        let managing = json!({key: "realm-management.manage-users"});
        assert_eq!(of_mapper(kind, &managing), ["realmManagementRoles"], "{kind}");
        let becoming = json!({key: "realm-management.impersonation"});
        assert_eq!(of_mapper(kind, &becoming), ["realmManagementRoles", "impersonation"], "{kind}");
        assert_eq!(of_mapper(kind, &json!({key: "portal.viewer"})), [""; 0], "{kind}");
    }
    let claim =
        json!({"claim.name": "resource_access.realm-management.roles", "claim.value": "[\"view-users\"]"});
    assert_eq!(of_mapper("oidc-hardcoded-claim-mapper", &claim), ["realmManagementRoles"]);
    // Signs that are escaped are the same ones in a token.
    for (name, value) in [
        (r"resource_access.realm\-management.roles", r#"["view-users"]"#),
        (r"resource_access.\r\e\a\l\m-management.roles", r#"["view-users"]"#),
        ("resource_access.portal", r#"{"realm-\u006danagement": {"roles": ["view-users"]}}"#),
        ("resource_access.portal", r#"{"realm\u002Dmanagement": {"roles": ["view-users"]}}"#),
        ("resource_access", "{}"),
        (r" resource\_access", "{}"),
    ] {
        let claim = json!({"claim.name": name, "claim.value": value});
        assert_eq!(
            of_mapper("oidc-hardcoded-claim-mapper", &claim),
            ["realmManagementRoles"],
            "{name}: {value}"
        );
    }
    let roles_of_itself = json!({"claim.name": "resource_access.${client_id}.roles"});
    assert_eq!(of_mapper("oidc-usermodel-client-role-mapper", &roles_of_itself), [""; 0]);
    let of_master = json!({"role": "acme-realm.manage-users"});
    assert_eq!(of_mapper("oidc-hardcoded-role-mapper", &of_master), ["realmManagementRoles"]);
    // A claim that only looks like it.
    let name = json!({"claim.name": "acme-realm.size"});
    assert_eq!(of_mapper("oidc-usermodel-attribute-mapper", &name), [""; 0]);
}

#[test]
fn escapes_are_read_once_and_whatever_is_none_stays() {
    for (written, read) in [
        ("plain", "plain"),
        (r"a\.b", "a.b"),
        (r"\\u006d", r"\u006d"),
        (r"\u006D", "m"),
        (r"\u00", "u00"),
        (r"\ud800x", "ud800x"),
        (r"\uäöü1", "uäöü1"),
        ("end\\", "end"),
        ("", ""),
    ] {
        assert_eq!(unescaped(written), read, "{written}");
    }
}

#[test]
fn an_address_that_a_mapper_makes_the_server_call_is_seen() {
    let sector = json!({"sectorIdentifierUri": "http://10.0.0.1/"});
    assert_eq!(of_mapper("oidc-sha256-pairwise-sub-mapper", &sector), ["internalUrls"]);
    let outside = json!({"sectorIdentifierUri": "https://portal.example.com/"});
    assert_eq!(of_mapper("oidc-sha256-pairwise-sub-mapper", &outside), [""; 0]);
    // Names of attributes in SAML look like addresses and are none.
    let saml =
        json!({"attribute.name": "http://schemas/claims/upn", "attribute.nameformat": "URI Reference"});
    assert_eq!(of_mapper("saml-user-property-mapper", &saml), [""; 0]);
}

#[test]
fn policies_in_scripts_are_seen() {
    assert!(policies_run_scripts(&json!({"policies": {"javascriptPolicies": [{"name": "p", "code": "x"}]}})));
    assert!(policies_run_scripts(&json!({"policies": [{"name": "p", "type": "js"}]})));
    assert!(policies_run_scripts(&json!({"policies": [{"name": "p", "type": "script-acme.js"}]})));
    assert!(!policies_run_scripts(
        &json!({"policies": {"javascriptPolicies": [], "rolePolicies": [{"type": "role"}]}})
    ));
}

#[test]
fn names_of_addresses_are_known_by_their_words() {
    for name in
        ["acme.url", "acmeUrl", "acme_endpoint", "acme-URI", "ssf.stream.delivery.endpointUrl", "a.uris.b"]
    {
        assert!(names_an_address(name), "{name}");
    }
    for name in ["security", "curious", "acme.owner", "hourly", ""] {
        assert!(!names_an_address(name), "{name}");
    }
}

#[test]
fn addresses_count_by_who_opens_them() {
    let calls = |named: Value| calls_inside(named.as_object().unwrap(), &["called"], &["opened.url"], None);
    assert!(calls(json!({"called": "https://a.example.com##http://10.0.0.1/"})));
    assert!(calls(json!({"called": "cannot be read"})));
    assert!(!calls(json!({"called": "https://a.example.com"})));
    assert!(!calls(json!({"opened.url": "http://10.0.0.1/"})));
    assert!(calls(json!({"other.url": "https://a.example.com, http://10.0.0.1/"})));
    assert!(calls(json!({"other.url": "gopher://a.example.com"})));
    assert!(!calls(json!({"other.url": "true"})));
    assert!(!calls(json!({"owner": "see http://wiki.corp/"})));
    assert!(!calls(json!({"other.url": 5})));
}

#[test]
fn a_refusal_names_the_first_fields_that_ask_for_what_is_refused() {
    let mut asked = Asked::default();
    asked.add("fullScopeAllowed", BTreeSet::from([Capability::FullScope]));
    asked.add("redirectUris", BTreeSet::new());
    for number in 0..7 {
        asked.add(format!("attributes[{number}.url]"), BTreeSet::from([Capability::InternalUrls]));
    }
    let value = BTreeSet::from([Capability::FullScope]);
    let allowance = Allowance::Only(vec![Limited { value, source: LimitSource::SafeDefault }]);
    let decision = |reason: Reason| Decision {
        outcome: reason.outcome(),
        reason,
        message: "No.".into(),
        rung: None,
        token: None,
        lapses_at: None,
        stops: Stops::Creation,
        limits: EffectiveLimits { allowance: allowance.clone(), ..EffectiveLimits::default() },
    };
    let mut refused = decision(Reason::CapabilityNotAllowed);
    asked.explain(&mut refused);
    insta::assert_snapshot!(refused.message, @"No. It is asked for by attributes[0.url], attributes[1.url], attributes[2.url], attributes[3.url], attributes[4.url], 2 more.");
    let mut denied = decision(Reason::Denied);
    asked.explain(&mut denied);
    assert_eq!(denied.message, "No.");
}
