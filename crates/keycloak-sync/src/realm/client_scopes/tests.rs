//! What a spec asks of client scopes, and what a live realm has of them.

use keycloak_crds::realm::KeycloakRealmSpec;
use serde_json::{Value, json};

use super::*;

fn spec(fields: Value) -> KeycloakRealmSpec {
    let mut spec = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}});
    let Value::Object(fields) = fields else { panic!("fields of a spec") };
    spec.as_object_mut().unwrap().extend(fields);
    serde_json::from_value(spec).unwrap()
}

fn refusals(fields: Value) -> String {
    let (mut wanted, mut refused) = (Wanted::default(), Vec::new());
    desired(&spec(fields), &mut wanted, &mut refused);
    refused.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_mapper_has_the_protocol_of_its_scope_unless_it_says_one() {
    let spec = spec(json!({"clientScopes": [
        {"name": "department", "protocolMappers": [{"name": "a", "protocolMapper": "oidc-audience-mapper"}]},
        {"name": "saml-department", "protocol": "saml",
         "protocolMappers": [{"name": "a", "protocolMapper": "saml-user-attribute-mapper"}]},
    ]}));
    let scopes: Vec<Value> =
        spec.client_scopes.iter().flatten().map(|scope| Value::Object(representation(scope))).collect();
    assert_eq!(
        scopes,
        [
            json!({"protocolMappers": [{"name": "a", "protocolMapper": "oidc-audience-mapper"}]}),
            json!({"protocol": "saml",
                "protocolMappers": [{"name": "a", "protocol": "saml", "protocolMapper": "saml-user-attribute-mapper"}]}),
        ]
    );
}

#[test]
fn what_keycloak_makes_with_the_realm_is_not_made_by_us() {
    let spec = spec(json!({"clientScopes": [{"name": "profile"}, {"name": "department"}]}));
    let mut wanted = Wanted::default();
    desired(&spec, &mut wanted, &mut Vec::new());
    let names: Vec<&str> = wanted.objects.iter().map(|object| object.identity().name()).collect();
    assert_eq!(names, ["profile", "department"]);
    assert_eq!(wanted.made_with_realm, BTreeSet::from([identity("profile")]));
}

#[test]
fn every_scope_that_cannot_be_is_told_with_what_to_write_instead() {
    let mapper = json!({"name": "a", "protocol": "saml", "protocolMapper": "saml-user-attribute-mapper"});
    let told = refusals(json!({
        "clientScopes": [
            {"name": "cost center"},
            {"name": "a\"b"},
            {"name": "größe"},
            {"name": "department", "protocolMappers": [mapper]},
            {"name": "department"},
        ],
        "defaultClientScopes": ["profile", "department"],
        "optionalClientScopes": ["department"],
    }));
    insta::assert_snapshot!(told, @r#"
    spec.clientScopes["cost center"].name: applications ask for scopes by name, with spaces between them; use ASCII without spaces, double quotes and backslashes, for example cost-center
    spec.clientScopes["a\"b"].name: applications ask for scopes by name, with spaces between them; use ASCII without spaces, double quotes and backslashes, for example cost-center
    spec.clientScopes["größe"].name: applications ask for scopes by name, with spaces between them; use ASCII without spaces, double quotes and backslashes, for example cost-center
    spec.clientScopes[department].protocolMappers[a].protocol: a mapper for saml does nothing in a client scope for openid-connect; leave the protocol out, or move the mapper to a scope of its protocol
    spec.clientScopes: the client scope department is declared twice; keep one entry
    spec.optionalClientScopes: department stands in spec.defaultClientScopes too, and Keycloak keeps a scope in one of the two lists; take it out of one
    "#);
}

#[test]
fn what_is_exported_asks_for_the_same() {
    let live: RealmRepresentation = serde_json::from_value(json!({
        "realm": "acme",
        "clientScopes": [
            {"id": "1", "name": "profile", "protocol": "openid-connect"},
            {"id": "2", "name": "department", "description": "", "protocol": "openid-connect",
             "attributes": {"include.in.token.scope": "true", "gone": null},
             "protocolMappers": [
                {"id": "m", "name": "b", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                 "consentRequired": false, "config": {"included.custom.audience": "orders"}},
                {"id": "n", "name": "a", "protocol": "openid-connect", "protocolMapper": "oidc-sub-mapper", "config": {}},
             ]},
            {"id": "3", "name": "saml-department", "protocol": "saml",
             "protocolMappers": [{"id": "o", "name": "a", "protocol": "saml", "protocolMapper": "saml-role-list-mapper"}]},
        ],
        "defaultDefaultClientScopes": ["profile", "department"],
        "defaultOptionalClientScopes": [],
    }))
    .unwrap();
    let mut spec = spec(json!({}));
    export(&live, &mut spec);
    let exported = json!({
        "clientScopes": spec.client_scopes, "defaultClientScopes": spec.default_client_scopes,
        "optionalClientScopes": spec.optional_client_scopes
    });
    assert_eq!(
        exported,
        json!({
            "clientScopes": [
                {"name": "department", "attributes": {"include.in.token.scope": "true"}, "protocolMappers": [
                    {"name": "a", "protocolMapper": "oidc-sub-mapper"},
                    {"name": "b", "protocolMapper": "oidc-audience-mapper",
                     "config": {"included.custom.audience": "orders"}},
                ]},
                {"name": "saml-department", "protocol": "saml",
                 "protocolMappers": [{"name": "a", "protocolMapper": "saml-role-list-mapper"}]},
            ],
            "defaultClientScopes": ["department", "profile"],
            "optionalClientScopes": null,
        })
    );
}

#[test]
fn a_mapper_of_a_type_that_the_server_lacks_is_told_with_those_it_has() {
    let error = SyncError::NoMapperType {
        verb: Verb::Create,
        object: identity("department"),
        missing: Box::new(crate::MissingMapperType {
            mapper: "a".into(),
            asked: "oidc-departement-mapper".into(),
            known: vec!["oidc-audience-mapper".into(), "oidc-sub-mapper".into()],
        }),
    };
    insta::assert_snapshot!(error, @"cannot create client scope department: this Keycloak has no mapper type oidc-departement-mapper, which mapper a asks for; write one of oidc-audience-mapper, oidc-sub-mapper");
}

/// A realm with the scopes of a new one.
fn as_made() -> Value {
    let scopes: Vec<_> = BUILT_IN.iter().map(|name| built_in::made(name).unwrap()).collect();
    json!({"realm": "acme", "clientScopes": scopes, "defaultDefaultClientScopes": BUILT_IN_DEFAULTS,
        "defaultOptionalClientScopes": BUILT_IN_OPTIONAL})
}

fn scope_of<'l>(live: &'l mut Value, name: &str) -> &'l mut Value {
    let mut scopes = live["clientScopes"].as_array_mut().unwrap().iter_mut();
    scopes.find(|scope| scope["name"] == name).unwrap()
}

/// The client scopes of the spec, and what is told of what is missing.
fn exported(live: Value) -> (Value, Vec<String>) {
    let live: RealmRepresentation = serde_json::from_value(live).unwrap();
    let mut spec = spec(json!({}));
    export(&live, &mut spec);
    (json!(spec.client_scopes), lacks(&live))
}

#[test]
fn scopes_as_keycloak_makes_them_are_not_exported() {
    assert_eq!(exported(as_made()), (Value::Null, Vec::new()));
    let everywhere = built_in::everywhere().filter_map(|scope| scope.name.as_deref());
    let later: Vec<_> = BUILT_IN.into_iter().filter(|name| *name == "AuthnContextClassRef").collect();
    let names: BTreeSet<_> = everywhere.chain(later).collect();
    assert_eq!(names, BTreeSet::from(BUILT_IN));
}

#[test]
fn of_keycloaks_own_scopes_what_differs_is_exported_and_what_is_missing_is_told() {
    let mut live = as_made();
    live["defaultDefaultClientScopes"].as_array_mut().unwrap().retain(|name| name != "acr");
    live["clientScopes"].as_array_mut().unwrap().retain(|scope| scope["name"] != "address");
    let email = scope_of(&mut live, "email");
    email["description"] = json!("Mail");
    email["attributes"]["gui.order"] = json!("5");
    let phone = scope_of(&mut live, "phone");
    phone["attributes"].as_object_mut().unwrap().remove("consent.screen.text").unwrap();
    let mappers = scope_of(&mut live, "profile")["protocolMappers"].as_array_mut().unwrap();
    mappers.retain(|mapper| mapper["name"] != "nickname");
    let given = mappers.iter_mut().find(|mapper| mapper["name"] == "given name").unwrap();
    given["config"]["claim.name"] = json!("first_name");
    let mappers = scope_of(&mut live, "roles")["protocolMappers"].as_array_mut().unwrap();
    let audience = mappers.iter_mut().find(|mapper| mapper["name"] == "audience resolve").unwrap();
    audience["config"] = json!({});

    let (scopes, lacks) = exported(live);
    assert_eq!(
        scopes,
        json!([
            {"name": "email", "description": "Mail", "attributes": {"gui.order": "5"}},
            {"name": "profile", "protocolMappers": [
                {"name": "given name", "protocolMapper": "oidc-usermodel-attribute-mapper", "config": {
                    "access.token.claim": "true", "claim.name": "first_name", "id.token.claim": "true",
                    "introspection.token.claim": "true", "jsonType.label": "String", "user.attribute": "firstName",
                    "userinfo.token.claim": "true",
                }},
            ]},
            {"name": "roles", "protocolMappers": [
                {"name": "audience resolve", "protocolMapper": "oidc-audience-resolve-mapper",
                 "config": {"access.token.claim": "", "introspection.token.claim": ""}},
            ]},
        ])
    );
    assert_eq!(
        lacks,
        [
            "spec.clientScopes[address]",
            "spec.clientScopes[phone].attributes[consent.screen.text]",
            "spec.clientScopes[profile].protocolMappers[nickname]",
            "spec.defaultClientScopes[acr]",
        ]
    );
}
