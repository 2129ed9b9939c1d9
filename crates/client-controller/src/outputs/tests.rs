use serde_json::{Value, json};

use super::*;
use crate::sample;

fn refused(further: &Value) -> String {
    let object = sample::client(further, Value::Null);
    check(&object.spec, &Owner::client(&object).unwrap()).unwrap_err().to_string()
}

fn accepted(further: &Value) {
    let object = sample::client(further, Value::Null);
    check(&object.spec, &Owner::client(&object).unwrap()).unwrap();
}

/// What the only output of this spec is to hold, as text.
fn written(output: &Value, stored: Option<&StoredSecret>) -> (WantedSecret, BTreeMap<String, String>) {
    let object = sample::client(&json!({"outputs": [output]}), Value::Null);
    let owner = Owner::client(&object).unwrap();
    check(&object.spec, &owner).unwrap();
    let addresses = Addresses::new("https://sso.example.com", "acme");
    let output = &object.spec.outputs.as_ref().unwrap()[0];
    let wanted = wanted(output, "portal", &owner, &addresses, &"hid\"den".into(), stored).unwrap();
    let text = |value: &SecretBytes| value.text().unwrap().expose().to_owned();
    let data = wanted.data.iter().filter_map(|(key, value)| Some((key.clone(), text(value.as_ref()?))));
    let data = data.collect();
    (wanted, data)
}

#[test]
fn bad_input_is_told_with_what_to_write() {
    let output = |name: &str, data: Value| json!({"name": name, "data": data});
    let told = [
        json!({"outputs": [output("x", json!({"config": "{{ clientID }}"}))]}),
        json!({"outputs": [output("x", json!({"config": "a\n{{ issuer"}))]}),
        json!({"outputs": [output("x", json!({"a": "b"})), output("x", json!({"c": "d"}))]}),
        json!({"outputs": [output("portal-credentials", json!({"a": "b"}))]}),
        json!({"outputs": [output("x", json!({"no key": "b"}))]}),
        json!({"outputs": [output("x", json!({"..a": "b"}))]}),
        json!({"outputs": [output("x", json!({}))]}),
        json!({"outputs": [{"name": "x", "type": "kubernetes.io/tls", "data": {"a": "b"}}]}),
        json!({"outputs": [{"name": "x", "type": "kubernetes.io/basic-auth", "preset": "grafana"}]}),
        json!({"outputs": [{"name": "x", "preset": "argo-cd", "labels": {"argocd.argoproj.io/secret-type": "cluster"}}]}),
        json!({"outputs": [{"name": "mine", "preset": "grafana"}], "clientSecret": {"name": "mine", "key": "secret"}}),
        json!({"clientSecret": {"name": "portal-credentials", "key": "client-secret"}}),
        json!({"secretKeys": {"clientId": "id"}}),
        json!({"secretKeys": {"client-id": "client id"}}),
        json!({"secretKeys": {"client-id": "realm"}}),
        json!({"secretType": "kubernetes.io/basic-auth"}),
        json!({"secretMetadata": {"labels": {"app.kubernetes.io/part-of": "argocd"}}}),
        json!({"secretMetadata": {"annotations": {"keycloak.mdvr.nl/proof": "x"}}}),
    ];
    insta::assert_snapshot!(told.iter().map(refused).collect::<Vec<_>>().join("\n"), @r#"
    spec.outputs[x].data[config]: line 1 names "clientID", which nobody knows; known are authEndpoint, clientId, clientSecret, discoveryUrl, endSessionEndpoint, issuer, jwksEndpoint, keycloakUrl, realm, tokenEndpoint, userinfoEndpoint
    spec.outputs[x].data[config]: line 2 opens {{ and does not close it; close it with }}, or write {{ "{{" }} for the braces themselves
    spec.outputs holds "x" twice; give each Secret a name of its own
    spec.outputs holds "portal-credentials", but that Secret is the one of spec.secretName, or of the object's name without it; choose another name
    spec.outputs[x].data has "no key", which is no key of a Secret: 1 to 253 letters, digits, '-', '_' and '.', not '.' alone and not beginning with '..'
    spec.outputs[x].data has "..a", which is no key of a Secret: 1 to 253 letters, digits, '-', '_' and '.', not '.' alone and not beginning with '..'
    spec.outputs[x] holds nothing; write a preset, or data with a template for each key
    spec.outputs[x].type is "kubernetes.io/tls", and only Opaque, kubernetes.io/basic-auth and servicebinding.io/<provider> are written; other types make other controllers act
    spec.outputs[x].type is kubernetes.io/basic-auth, whose keys are username and password; write templates for these keys into data, or another type
    spec.outputs[].labels holds "argocd.argoproj.io/secret-type", which belongs to a domain that other controllers act on; remove it
    spec.clientSecret names Secret "mine", which is written from it and would say for ever what it says now; name a Secret of your own, or remove clientSecret
    spec.clientSecret names Secret "portal-credentials", which is written from it and would say for ever what it says now; name a Secret of your own, or remove clientSecret
    spec.secretKeys renames "clientId", which the Secret does not have; it has client-id, client-secret, keycloak-url, realm, token-endpoint, userinfo-endpoint, jwks-endpoint, issuer
    spec.secretKeys has "client id", which is no key of a Secret: 1 to 253 letters, digits, '-', '_' and '.', not '.' alone and not beginning with '..'
    spec.secretKeys gives two values the key "realm"; give each a key of its own
    spec.secretType is kubernetes.io/basic-auth, whose keys are username and password; write secretKeys: {client-id: username, client-secret: password}, or another type
    spec.secretMetadata.labels holds "app.kubernetes.io/part-of", which belongs to a domain that other controllers act on; remove it
    spec.secretMetadata.annotations holds "keycloak.mdvr.nl/proof", which is set by the controllers; remove it
    "#);
}

#[test]
fn what_is_possible_is_accepted() {
    accepted(&json!({}));
    accepted(&json!({"clientSecret": {"name": "mine", "key": "secret"}}));
    // Nothing is written, so nothing is in the way.
    accepted(
        &json!({"manageSecret": false, "clientSecret": {"name": "portal-credentials", "key": "client-secret"}}),
    );
    accepted(&json!({"secretKeys": {"client-id": "client-secret", "client-secret": "client-id"}}));
    accepted(&json!({"secretType": "servicebinding.io/oidc"}));
    let basic = json!({"username": "{{ clientId }}", "password": "{{ clientSecret }}"});
    accepted(&json!({"outputs": [{"name": "x", "type": "kubernetes.io/basic-auth", "data": basic}]}));
}

#[test]
fn templates_give_whole_files() {
    let file = "issuer: {{ issuer }}\nclient: {id: {{ clientId }}, secret: {{ clientSecret | json }}}\n";
    let (wanted, data) = written(&json!({"name": "x", "data": {"config.yaml": file}}), None);
    assert_eq!(
        data["config.yaml"],
        "issuer: https://sso.example.com/realms/acme\nclient: {id: portal, secret: \"hid\\\"den\"}\n"
    );
    assert_eq!(data.len(), 1);
    assert_eq!(wanted.annotations[annotation::WRITTEN], r#"{"keys":["config.yaml"]}"#);
    assert!(!format!("{wanted:?}").contains("hid\"den"));
}

#[test]
fn every_name_has_a_value() {
    let all: Vec<String> = NAMES.iter().map(|(name, _)| format!("{name}: {{{{ {name} }}}}")).collect();
    let (_, data) = written(&json!({"name": "x", "data": {"all": all.join("\n")}}), None);
    insta::assert_snapshot!(data["all"].as_str(), @r#"
    authEndpoint: https://sso.example.com/realms/acme/protocol/openid-connect/auth
    clientId: portal
    clientSecret: hid"den
    discoveryUrl: https://sso.example.com/realms/acme/.well-known/openid-configuration
    endSessionEndpoint: https://sso.example.com/realms/acme/protocol/openid-connect/logout
    issuer: https://sso.example.com/realms/acme
    jwksEndpoint: https://sso.example.com/realms/acme/protocol/openid-connect/certs
    keycloakUrl: https://sso.example.com
    realm: acme
    tokenEndpoint: https://sso.example.com/realms/acme/protocol/openid-connect/token
    userinfoEndpoint: https://sso.example.com/realms/acme/protocol/openid-connect/userinfo
    "#);
}

#[test]
fn a_preset_has_the_keys_and_labels_of_its_program_and_data_goes_over_it() {
    let (argo, data) = written(&json!({"name": "x", "preset": "argo-cd"}), None);
    assert_eq!(argo.labels["app.kubernetes.io/part-of"], "argocd");
    let keys: Vec<&str> = data.keys().map(String::as_str).collect();
    assert_eq!(keys, ["oidc.keycloak.clientID", "oidc.keycloak.clientSecret", "oidc.keycloak.issuer"]);

    let (_, data) = written(&json!({"name": "x", "preset": "envoy-gateway"}), None);
    assert_eq!((data["client-id"].as_str(), data["client-secret"].as_str()), ("portal", "hid\"den"));

    let own = json!({"GF_AUTH_GENERIC_OAUTH_AUTH_URL": "https://other.example.com", "GF_AUTH_GENERIC_OAUTH_NAME": "Acme"});
    let (_, data) = written(&json!({"name": "x", "preset": "grafana", "data": own}), None);
    assert_eq!(data["GF_AUTH_GENERIC_OAUTH_AUTH_URL"], "https://other.example.com");
    assert_eq!((data.len(), data["GF_AUTH_GENERIC_OAUTH_NAME"].as_str()), (6, "Acme"));
}

#[test]
fn the_key_of_cookies_is_made_once() {
    let preset = json!({"name": "x", "preset": "oauth2-proxy"});
    let made = written(&preset, None).1["cookie-secret"].clone();
    assert_eq!(made.len(), COOKIE_SECRET_LENGTH);
    assert_ne!(written(&preset, None).1["cookie-secret"], made);
    let stored = sample::secret_with(&[("cookie-secret", made.as_str())], &json!({}));
    assert_eq!(written(&preset, Some(&stored)).1["cookie-secret"], made);
    let own = json!({"name": "x", "preset": "oauth2-proxy", "data": {"cookie-secret": "of my own"}});
    assert_eq!(written(&own, Some(&stored)).1["cookie-secret"], "of my own");
}

#[test]
fn keys_that_left_the_spec_go_and_those_of_others_stay() {
    let remembered = json!({"keys": ["old", "client-id"], "labels": ["app"]}).to_string();
    let stored = sample::secret_with(
        &[("old", "x"), ("client-id", "portal"), ("theirs", "x")],
        &json!({annotation::WRITTEN: remembered}),
    );
    let (wanted, _) = written(&json!({"name": "x", "preset": "envoy-gateway"}), Some(&stored));
    assert_eq!(wanted.data["old"], None);
    assert!(wanted.data["client-id"].is_some() && !wanted.data.contains_key("theirs"));
    assert_eq!(wanted.former_labels, ["app".to_owned()].into());
    // The client's own Secret that becomes a further one keeps none of its keys.
    let own = sample::secret("x", &json!({annotation::CLIENT_TYPE: "confidential"}));
    let (wanted, _) = written(&json!({"name": "x", "data": {"id": "{{ clientId }}"}}), Some(&own));
    assert_eq!(wanted.data["client-secret"], None);
    let of_own = [annotation::CLIENT_TYPE, annotation::PROOF, annotation::REGENERATED, annotation::WRITTEN];
    assert_eq!(wanted.former_annotations, of_own.map(str::to_owned).into());
}
