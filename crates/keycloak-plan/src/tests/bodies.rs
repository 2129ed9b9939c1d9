//! The exact bodies: nothing that nobody owns is lost.

use serde_json::{Value, json};

use super::{Given, all_steps, client, mark, object, only_body, portal, realm, role};
use crate::kinds::{CLIENT, CLIENT_SCOPE, DEFAULT_CLIENT_SCOPE, OPTIONAL_CLIENT_SCOPE, REALM, REALM_ROLE};
use crate::{Desired, DesiredLinks, Identity, Live, LiveState, Server, ServerVersion};

fn live_client(value: Value) -> LiveState {
    let mut all =
        object(json!({"id": "c-1", "clientId": "portal", "webOrigins": [], "frontchannelLogout": false}));
    all.extend(object(value));
    LiveState::new().present(portal(), Live::new(Value::Object(all)))
}

fn live_realm(value: Value) -> LiveState {
    let mut all = object(json!({
        "id": "r-1", "realm": "acme", "oauth2DeviceCodeLifespan": 700, "oauth2DevicePollingInterval": 9,
        "attributes": {"cibaExpiresIn": "130"}
    }));
    all.extend(object(value));
    LiveState::new().present(Identity::new(&REALM, "acme"), Live::new(Value::Object(all)))
}

#[test]
fn a_client_is_created_by_one_body_that_says_the_defaults() {
    let mut given = Given::new().desired(
        client(json!({
            "redirectUris": ["https://portal.example.com/callback"],
            "secret": "s3cret",
            "attributes": {"post.logout.redirect.uris": ["https://b/", "https://a/"], "empty": ""},
            "protocolMappers": [{"name": "audience", "protocolMapper": "oidc-audience-mapper", "config": {"a": "1"}}]
        }))
        .with_id("own-id")
        .marked(mark()),
    );
    given.links.push(DesiredLinks::new(portal(), &DEFAULT_CLIENT_SCOPE, ["profile", "email"]));
    given.links.push(DesiredLinks::new(portal(), &OPTIONAL_CLIENT_SCOPE, []));
    insta::assert_json_snapshot!(only_body(&given.plan()), @r#"
    {
      "alwaysDisplayInConsole": false,
      "attributes": {
        "kubernetes.operator.cluster-id": "cluster",
        "kubernetes.operator.name": "portal",
        "kubernetes.operator.namespace": "acme",
        "kubernetes.operator.namespace-uid": "uid-of-the-namespace",
        "kubernetes.operator.uid": "uid-of-the-cr",
        "post.logout.redirect.uris": "https://b/##https://a/"
      },
      "bearerOnly": false,
      "clientAuthenticatorType": "client-secret",
      "clientId": "portal",
      "consentRequired": false,
      "defaultClientScopes": [
        "email",
        "profile"
      ],
      "directAccessGrantsEnabled": true,
      "enabled": true,
      "fullScopeAllowed": true,
      "id": "own-id",
      "implicitFlowEnabled": false,
      "optionalClientScopes": [],
      "protocol": "openid-connect",
      "protocolMappers": [
        {
          "config": {
            "a": "1"
          },
          "name": "audience",
          "protocol": "openid-connect",
          "protocolMapper": "oidc-audience-mapper"
        }
      ],
      "publicClient": false,
      "redirectUris": [
        "https://portal.example.com/callback"
      ],
      "secret": "s3cret",
      "serviceAccountsEnabled": false,
      "standardFlowEnabled": true,
      "webOrigins": []
    }
    "#);
}

#[test]
fn a_client_is_created_with_the_scopes_that_exist_beside_those_it_is_given_and_the_others_are_waited_for() {
    let given = client(json!({})).created_with("defaultClientScopes", json!(["basic", "profile"]));
    let mut given = Given::new().desired(given);
    given.links.push(DesiredLinks::new(portal(), &DEFAULT_CLIENT_SCOPE, ["later", "orders", "profile"]));
    given.live = given.live.target(&DEFAULT_CLIENT_SCOPE, "later", None);
    let plan = given.plan();
    assert_eq!(only_body(&plan)["defaultClientScopes"], json!(["basic", "profile", "orders"]));
    let [waiting] = plan.findings.unresolved.as_slice() else { panic!("{:?}", plan.findings) };
    assert_eq!(waiting.object, portal());
    assert_eq!(waiting.what.link.as_ref().unwrap().target, "later");
    let record = plan.record_after(&given.record, &all_steps(&plan));
    let made = |scope: &str| record.object(&portal()).unwrap().made_link(DEFAULT_CLIENT_SCOPE.name, scope);
    assert_eq!(["basic", "later", "orders", "profile"].map(made), [false, false, true, true]);
}

#[test]
fn creation_values_give_way_to_what_the_cr_says() {
    let body =
        only_body(&Given::new().desired(client(json!({"publicClient": true, "webOrigins": ["+"]}))).plan());
    assert_eq!((&body["publicClient"], &body["webOrigins"]), (&json!(true), &json!(["+"])));
}

#[test]
fn a_realm_is_created_with_the_values_of_the_seed() {
    let body = only_body(&Given::new().desired(realm(json!({"displayName": "Acme"}))).plan());
    assert_eq!(body["resetPasswordAllowed"], json!(true));
    assert_eq!(body["enabled"], json!(true));
    assert_eq!(body["sslRequired"], json!("external"));
    assert_eq!(body["realm"], json!("acme"));
    assert!(body.get("scimApiEnabled").is_none());
}

#[test]
fn a_client_update_carries_what_it_would_reset_and_nothing_else() {
    let given = Given::new()
        .desired(client(json!({"description": "Where Acme works", "attributes": {"acme.owner": "team"}})))
        .live(live_client(json!({"name": "by hand", "attributes": {"other": "1"}})));
    insta::assert_json_snapshot!(only_body(&given.plan()), @r#"
    {
      "attributes": {
        "acme.owner": "team"
      },
      "description": "Where Acme works",
      "frontchannelLogout": false,
      "webOrigins": []
    }
    "#);
}

#[test]
fn a_removed_attribute_of_a_client_travels_as_an_empty_text() {
    let given = Given::new()
        .desired(client(json!({"attributes": {"acme.owner": ""}})))
        .live(live_client(json!({"attributes": {"acme.owner": "team"}})));
    assert_eq!(only_body(&given.plan())["attributes"], json!({"acme.owner": ""}));
}

#[test]
fn a_list_of_mappers_is_sent_whole_with_what_nobody_owns() {
    let mappers = json!([
        {"id": "m-1", "name": "audience", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
         "consentRequired": false, "config": {"a": "1", "by.hand": "x"}},
        {"id": "m-2", "name": "by hand", "protocol": "openid-connect", "protocolMapper": "other", "config": {}}
    ]);
    let wanted = json!({"protocolMappers": [
        {"name": "audience", "protocolMapper": "oidc-audience-mapper", "config": {"a": "2"}},
        {"name": "audience", "protocol": "saml", "protocolMapper": "saml-role-name-mapper"}
    ]});
    let given = Given::new().desired(client(wanted)).live(live_client(json!({"protocolMappers": mappers})));
    insta::assert_json_snapshot!(only_body(&given.plan())["protocolMappers"], @r#"
    [
      {
        "config": {
          "a": "2",
          "by.hand": "x"
        },
        "consentRequired": false,
        "id": "m-1",
        "name": "audience",
        "protocol": "openid-connect",
        "protocolMapper": "oidc-audience-mapper"
      },
      {
        "config": {},
        "id": "m-2",
        "name": "by hand",
        "protocol": "openid-connect",
        "protocolMapper": "other"
      },
      {
        "name": "audience",
        "protocol": "saml",
        "protocolMapper": "saml-role-name-mapper"
      }
    ]
    "#);
}

#[test]
fn a_realm_update_reads_merges_and_writes_the_attributes() {
    let given = Given::new()
        .desired(realm(json!({"displayName": "Acme", "attributes": {"team": "identity"}})))
        .live(live_realm(json!({})));
    insta::assert_json_snapshot!(only_body(&given.plan()), @r#"
    {
      "attributes": {
        "cibaExpiresIn": "130",
        "team": "identity"
      },
      "displayName": "Acme",
      "oauth2DeviceCodeLifespan": 700,
      "oauth2DevicePollingInterval": 9
    }
    "#);
}

#[test]
fn a_policy_that_is_taken_as_a_whole_is_sent_as_a_whole() {
    let otp = json!({
        "otpPolicyType": "totp", "otpPolicyAlgorithm": "HmacSHA1", "otpPolicyInitialCounter": 0, "otpPolicyDigits": 6,
        "otpPolicyLookAheadWindow": 1, "otpPolicyPeriod": 30, "otpPolicyCodeReusable": false
    });
    let given = Given::new().desired(realm(json!({"otpPolicyPeriod": 60}))).live(live_realm(otp.clone()));
    let body = only_body(&given.plan());
    for (field, value) in object(otp) {
        let expected = if field == "otpPolicyPeriod" { json!(60) } else { value };
        assert_eq!(body[&field], expected, "{field}");
    }
}

#[test]
fn a_policy_that_is_taken_as_a_whole_is_created_as_a_whole_or_not_at_all() {
    let body = only_body(&Given::new().desired(realm(json!({"otpPolicyDigits": 8}))).plan());
    let otp: serde_json::Map<_, _> =
        object(body).into_iter().filter(|(field, _)| field.contains("olicy")).collect();
    insta::assert_json_snapshot!(Value::Object(otp), @r#"
    {
      "otpPolicyAlgorithm": "HmacSHA256",
      "otpPolicyCodeReusable": false,
      "otpPolicyDigits": 8,
      "otpPolicyInitialCounter": 0,
      "otpPolicyLookAheadWindow": 1,
      "otpPolicyPeriod": 30,
      "otpPolicyType": "totp"
    }
    "#);
    let body = only_body(&Given::new().desired(realm(json!({"displayName": "Acme"}))).plan());
    assert!(object(body).keys().all(|field| !field.contains("olicy")));
}

#[test]
fn the_mail_server_keeps_its_masked_password() {
    let smtp = json!({"smtpServer": {"host": "old", "from": "a@b.c", "password": "**********"}});
    let given = Given::new().desired(realm(json!({"smtpServer": {"host": "new"}}))).live(live_realm(smtp));
    let expected = json!({"host": "new", "from": "a@b.c", "password": "**********"});
    assert_eq!(only_body(&given.plan())["smtpServer"], expected);
}

#[test]
fn a_role_update_keeps_its_description() {
    let live = json!({"id": "r", "name": "employee", "description": "by hand", "attributes": {"a": ["1"], "b": ["2"]}});
    let given = Given::new()
        .desired(role("employee", json!({"attributes": {"a": ["3", "4"]}})))
        .live(LiveState::new().present(Identity::new(&REALM_ROLE, "employee"), Live::new(live)));
    let expected =
        json!({"name": "employee", "description": "by hand", "attributes": {"a": ["3", "4"], "b": ["2"]}});
    assert_eq!(only_body(&given.plan()), expected);
}

#[test]
fn a_kind_that_only_a_declaration_knows_is_created_with_its_mappers_and_updated_beside_them() {
    let mapper = |claim: &str| json!({"name": "department", "protocolMapper": "attribute", "config": {"claim": claim}});
    let scope = |claim: &str| {
        let value = json!({"attributes": {"a": "1"}, "protocolMappers": [mapper(claim)]});
        Desired::new(&CLIENT_SCOPE, "department", object(value))
    };
    let mut given = Given::new().desired(scope("one"));
    let plan = given.plan();
    insta::assert_json_snapshot!(only_body(&plan), @r#"
    {
      "attributes": {
        "a": "1"
      },
      "name": "department",
      "protocol": "openid-connect",
      "protocolMappers": [
        {
          "config": {
            "claim": "one"
          },
          "name": "department",
          "protocol": "openid-connect",
          "protocolMapper": "attribute"
        }
      ]
    }
    "#);
    given.record = plan.record_after(&given.record, &super::all_steps(&plan));

    let live = json!({"id": "s-1", "name": "department", "protocol": "openid-connect", "attributes": {"a": "1", "b": "2"},
    "protocolMappers": [
        {"id": "m-1", "name": "department", "protocol": "openid-connect", "protocolMapper": "attribute",
         "config": {"claim": "one", "by.hand": "x"}}
    ]});
    given.live = LiveState::new().present(Identity::new(&CLIENT_SCOPE, "department"), Live::new(live));
    assert!(given.plan().is_empty());

    given.desired = vec![scope("two")];
    let plan = given.plan();
    assert_eq!(plan.steps[0].object.to_string(), "protocol mapper department of client scope department");
    let expected = json!({"id": "m-1", "name": "department", "protocol": "openid-connect", "protocolMapper": "attribute",
        "config": {"claim": "two", "by.hand": "x"}});
    assert_eq!(only_body(&plan), expected);
}

#[test]
fn a_field_that_the_server_does_not_know_is_left_out_and_the_rest_is_sent() {
    let mut given = Given::new().desired(realm(json!({"scimApiEnabled": true, "displayName": "Acme"})));
    given.server = Server::version(ServerVersion::new(26, 4, 5));
    let plan = given.plan();
    let body = only_body(&plan);
    assert_eq!((body.get("scimApiEnabled"), body.get("displayName")), (None, Some(&json!("Acme"))));
    insta::assert_snapshot!(plan.findings.refused[0].what.refusal, @"scimApiEnabled: Keycloak 26.4.5 does not know this field, it came with 26.6.0; leave it out or upgrade the server");
    assert!(!plan.is_converged());
}

#[test]
fn a_field_that_the_server_does_not_know_is_refused_in_the_words_of_the_cr() {
    let mut given = Given::new().desired(realm(json!({"webAuthnPolicyResidentKey": "required"})));
    given.server = Server::version(ServerVersion::new(26, 4, 5));
    insta::assert_snapshot!(given.plan().findings.refused[0].what.refusal, @"spec.webAuthnPolicy.residentKey: Keycloak 26.4.5 does not know this field, it came with 26.7.0; leave it out or upgrade the server");
}

#[test]
fn a_body_prints_its_fields_and_no_value() {
    let plan = Given::new().desired(Desired::new(&CLIENT, "x", object(json!({"secret": "hidden"})))).plan();
    let printed = format!("{:?}", plan.steps[0].body());
    assert!(printed.contains("\"secret\"") && !printed.contains("hidden"), "{printed}");
}
