//! Every sentence that the API server may answer with is provoked once, by the same expressions, here in CEL for Rust.
//! `admission.rs` does the most important of them on a real API server.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::walk::{at, schema};
use keycloak_crds::generate::{KINDS, Kind};
use kube::core::cel::{CompiledSchema, ErrorKind, Validator, compile_schema};
use serde_json::{Value, json};

fn kind(name: &str) -> &'static Kind {
    KINDS.iter().find(|kind| kind.name == name).expect("a known kind")
}

/// The smallest object of a kind that is accepted.
fn accepted(name: &str) -> Value {
    let spec = match name {
        "Keycloak" => {
            json!({"database": {"host": "postgres", "database": "keycloak", "credentialsSecret": "keycloak-db"}})
        }
        "KeycloakRealm" => json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}}),
        "KeycloakClient" => json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}}),
        "KeycloakQuota" => json!({"maxRealms": 5}),
        other => panic!("unknown kind {other}"),
    };
    json!({"apiVersion": "keycloak.mdvr.nl/v1", "kind": name, "metadata": {"name": "acme", "namespace": "acme"}, "spec": spec})
}

/// The smallest object, with `change` laid over its spec; `null` takes a field away.
fn with(name: &str, change: &Value) -> Value {
    let mut object = accepted(name);
    lay_over(object.get_mut("spec").expect("a spec"), change);
    object
}

fn lay_over(target: &mut Value, change: &Value) {
    match (target, change) {
        (Value::Object(target), Value::Object(change)) => {
            for (key, value) in change {
                if value.is_null() {
                    target.remove(key);
                } else {
                    lay_over(target.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (target, change) => *target = change.clone(),
    }
}

/// The rules of a kind, compiled once per test.
fn compiled(name: &str) -> Rc<CompiledSchema> {
    thread_local! {
        static COMPILED: RefCell<BTreeMap<String, Rc<CompiledSchema>>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|known| {
        known.entry(name.to_owned()).or_insert_with(|| Rc::new(compile_schema(schema(kind(name))))).clone()
    })
}

/// What the user reads: one line per rule that is broken, with the field.
fn read(name: &str, object: &Value, old: Option<&Value>) -> Vec<String> {
    let Err(errors) = Validator::new().validate_compiled(&compiled(name), object, old) else {
        return Vec::new();
    };
    errors
        .iter()
        .map(|error| {
            assert_eq!(error.kind, ErrorKind::ValidationFailure, "{error:?}");
            format!("{}: {}", error.field_path, error.message)
        })
        .collect()
}

/// Bad input beside what is read, for the snapshot, and every sentence that was seen.
#[derive(Default)]
struct Book {
    lines: Vec<String>,
    seen: BTreeSet<String>,
}

impl Book {
    fn refuse(&mut self, name: &str, change: &Value) {
        let sentences = read(name, &with(name, change), None);
        assert!(!sentences.is_empty(), "{name} {change} is accepted");
        self.write(name, &change.to_string(), &sentences);
    }

    fn refuse_change(&mut self, name: &str, change: &Value) {
        let sentences = read(name, &with(name, change), Some(&with(name, &json!({}))));
        assert!(!sentences.is_empty(), "changing {name} to {change} is accepted");
        self.write(name, &format!("changed to {change}"), &sentences);
    }

    fn write(&mut self, name: &str, what: &str, sentences: &[String]) {
        self.lines.push(format!("{name} {what}"));
        for sentence in sentences {
            self.lines.push(format!("    {sentence}"));
            self.seen
                .insert(sentence.split_once(": ").map_or(sentence.as_str(), |(_, text)| text).to_owned());
        }
    }
}

fn instance(book: &mut Book) {
    let name = "Keycloak";
    let mut long = accepted(name);
    long["metadata"]["name"] = json!("Keycloak.example");
    let sentences = read(name, &long, None);
    book.write(name, "named Keycloak.example", &sentences);
    let external = |more: Value| {
        let mut change = json!({"database": null, "external": {"url": "https://sso.example.com"}, "admin": {"existingSecret": "admin"}});
        lay_over(&mut change, &more);
        change
    };
    for change in [
        json!({"database": null}),
        json!({"external": {"url": "https://sso.example.com"}, "admin": {"existingSecret": "admin"}}),
        json!({"database": null, "external": {"url": "https://sso.example.com"}}),
        json!({"admin": {"grantRealms": ["acme"]}}),
        json!({"version": "26.7.3", "keycloakVersion": "26.7.3"}),
        json!({"image": "quay.io/keycloak/keycloak:25.0.6"}),
        json!({"serviceAccount": "Keycloak"}),
        json!({"env": {"KC_DB": "dev-file"}}),
        json!({"env": {"KCRAW_DB_URL": "jdbc:postgresql://elsewhere/keycloak"}}),
        json!({"env": {"KC_DB_POOL_ACQUISITION_TIMEOUT": "5s"}}),
        json!({"env": {"QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT": "5s"}}),
        json!({"env": {"KC_BOOTSTRAP_ADMIN_CLIENT_ID": "boot", "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET": "x"}}),
        json!({"env": {"KEYCLOAK_ADMIN": "admin"}}),
        json!({"env": {"KC_PROXY_HEADERS": "forwarded"}}),
        json!({"env": {"KC_HTTP_RELATIVE_PATH": "/auth"}}),
        json!({"env": {"KC_HTTP_MANAGEMENT_PORT": "9001"}}),
        json!({"env": {"KC_CACHE": "local"}}),
        json!({"env": {"JAVA_OPTS_APPEND": "-Da=b"}}),
        json!({"envVars": [{"name": "KC_HOSTNAME", "value": "x"}]}),
        json!({"envVars": [{"name": "KC_CACHE", "value": "local"}, {"name": "KC_DB_PASSWORD", "value": "x"}]}),
        json!({"env": {"A": "1"}, "envVars": [{"name": "A", "value": "2"}]}),
        json!({"logins": {"namespace": "../kube-system"}}),
        json!({"loginRotation": {"rotationPeriod": "90m"}}),
        json!({"database": {"type": "h2"}}),
        json!({"database": {"cnpg": {"clusterName": "db"}}}),
        json!({"database": {"host": null}}),
        json!({"database": {"credentialsSecret": null}}),
        json!({"database": {"username": "keycloak"}}),
        json!({"database": {"credentialsSecret": "Keycloak DB"}}),
        json!({"database": {"credentialsSecret": null, "username": "k", "passwordSecret": {"name": "db", "key": "a b"}}}),
        json!({"database": {"type": "oracle", "connectionParams": {"connect_timeout": "10"}}}),
        json!({"database": {"type": "oracle", "sslMode": "require"}}),
        json!({"database": {"connectionPool": {"minConnections": 30}}}),
        json!({"database": {"connectionPool": {"connectionTimeout": "soon"}}}),
        external(json!({"external": {"url": "sso.example.com"}})),
        external(json!({"external": {"url": "https://admin:secret@sso.example.com"}})),
        external(json!({"replicas": 3})),
        external(json!({"replicas": 0})),
        json!({"hostname": {"hostname": "auth.example.com/path"}}),
        json!({"hostname": {"hostname": "auth.example.com", "admin": "https://admin.example.com"}}),
        json!({"hostname": {"hostname": "https://auth.example.com", "admin": "admin"}}),
        json!({"hostname": {"backchannelDynamic": true}}),
        json!({"hostname": {"strict": true}}),
        json!({"resources": {"limits": {"cpu": "much"}}}),
        json!({"authorization": {"tokens": [{"name": "Team A"}]}}),
        json!({"authorization": {"tokens": [{"name": "acme", "lifetime": "soon"}]}}),
        json!({"authorization": {"tokens": [{"name": "acme", "lifetime": "47h"}]}}),
        json!({"authorization": {"tokens": [{"name": "acme", "lifetime": "1d"}]}}),
        json!({"authorization": {"tokens": [{"name": "acme", "deliver": true}]}}),
        json!({"authorization": {"tokens": [{"name": "acme", "id": "0f9k2m4p6r8t"}]}}),
        json!({"authorization": {"tokens": [{
            "name": "acme", "id": "0f9k2m4p6r8t", "digest": format!("sha256:{}", "0".repeat(64)),
            "expiresAt": "2026-05-01T12:00:00Z", "lifetime": "30d",
        }]}}),
    ] {
        book.refuse(name, &change);
    }
    book.refuse_change(name, &external(json!({})));
}

fn realm(book: &mut Book) {
    let name = "KeycloakRealm";
    for change in [
        json!({"realmName": "."}),
        json!({"realmName": ".."}),
        json!({"realmName": "acme/staff"}),
        json!({"realmName": "acme\\staff"}),
        json!({"realmName": "a;b"}),
        json!({"realmName": "a?b"}),
        json!({"realmName": "a\tb"}),
        json!({"operatorRef": {"authorizationSecretRef": {"name": "A"}}}),
        json!({"displayNameHtml": "a", "loginPageTitle": "a"}),
        json!({"security": {"duplicateEmailsAllowed": true, "loginWithEmailAllowed": true}}),
        json!({"security": {"duplicateEmailsAllowed": true, "registrationEmailAsUsername": true}}),
        json!({"localization": {"supportedLocales": ["de"], "defaultLocale": "en"}}),
        json!({"attributes": {"kubernetes.operator.uid": "x"}}),
        json!({"passwordPolicy": {"regexPattern": "salt and pepper"}}),
        json!({"passwordPolicy": {"furtherRules": {"hash (algorithm)": "argon2"}}}),
        json!({"passwordPolicy": {"furtherRules": {"passwordBlacklist": "bread and butter.txt"}}}),
        json!({"roles": {"realmRoles": [{"name": "employee", "clientRole": true}]}}),
        json!({"roles": {"realmRoles": [{"name": "employee", "composite": true, "compositeRoles": []}]}}),
        json!({"roles": {"realmRoles": [{"name": "employee", "composite": false, "compositeRoles": ["guest"]}]}}),
        json!({"defaultRole": {"name": "default-roles-acme", "composite": false, "compositeClientRoles": {"account": ["x"]}}}),
        json!({"smtpServer": {"host": "smtp", "port": 25, "from": "a@b", "password": "x", "passwordSecret": {"name": "smtp"}}}),
        json!({"smtpServer": {"host": "smtp", "port": 25, "from": "a@b", "auth": true}}),
        json!({"smtpServer": {"host": "smtp", "port": 25}}),
        json!({"userFederation": [{"name": "ldap", "providerName": "ldap"}]}),
        json!({"userFederation": [{"name": "ldap", "providerId": "ldap", "displayName": "ldap", "providerName": "ldap"}]}),
        json!({"secretRotation": {"expirationPeriod": 86_400}}),
        json!({"secretRotation": {"rotatedExpirationPeriod": 5_000_000}}),
    ] {
        book.refuse(name, &change);
    }
    book.refuse_change(name, &json!({"realmName": "beta"}));
    book.refuse_change(name, &json!({"operatorRef": {"namespace": "elsewhere"}}));
    book.refuse_change(name, &json!({"operatorRef": {"name": "other"}}));
}

fn client(book: &mut Book) {
    let name = "KeycloakClient";
    let public = |more: Value| {
        let mut change = json!({"publicClient": true});
        lay_over(&mut change, &more);
        change
    };
    for change in [
        json!({"clientId": "a\nb"}),
        json!({"redirectUris": ["https://*.example.com/callback"]}),
        json!({"redirectUris": ["https://portal.example.com*"]}),
        json!({"redirectUris": ["http*"]}),
        json!({"redirectUris": ["*"]}),
        json!({"redirectUris": ["https://portal.example.com/a*b"]}),
        json!({"redirectUris": ["https://portal.example.com/#done"]}),
        json!({"redirectUris": ["JavaScript:alert(1)"]}),
        json!({"redirectUris": ["portal"]}),
        json!({"postLogoutRedirectUris": ["bye"]}),
        json!({"postLogoutRedirectUris": ["https://a/##https://b/"]}),
        public(json!({"clientSecret": {"name": "mine", "key": "secret"}})),
        public(json!({"regenerateSecret": true})),
        public(json!({"secretRotation": {"enabled": true}})),
        public(json!({"bearerOnly": true})),
        public(json!({"settings": {"serviceAccountsEnabled": true}})),
        public(json!({"settings": {"clientAuthenticatorType": "client-jwt"}})),
        json!({"bearerOnly": true, "regenerateSecret": true}),
        json!({"bearerOnly": true, "clientSecret": {"name": "mine", "key": "secret"}}),
        json!({"bearerOnly": true, "outputs": [{"name": "portal-proxy", "preset": "oauth2-proxy"}]}),
        json!({"settings": {"refreshTokenLifespan": 600, "clientSessionIdleTimeout": 600}}),
        json!({"settings": {"authorizationServicesEnabled": true}}),
        json!({"clientSecret": {"name": "mine", "key": "secret"}, "secretRotation": {"enabled": true}}),
        json!({"clientSecret": {"name": "mine", "key": "secret"}, "regenerateSecret": true}),
        public(json!({"outputs": [{"name": "portal-proxy", "preset": "oauth2-proxy"}]})),
        json!({"manageSecret": false, "outputs": [{"name": "portal-proxy", "preset": "oauth2-proxy"}]}),
        json!({"manageSecret": false, "secretKeys": {"client-id": "id"}}),
        json!({"secretType": "kubernetes.io/tls"}),
        json!({"outputs": [{"name": "portal-proxy", "type": "servicebinding.io/"}]}),
        json!({"outputs": [{"name": "portal..proxy", "preset": "grafana"}]}),
        json!({"manageSecret": false, "secretName": "portal-oidc"}),
        json!({"manageSecret": false, "regenerateSecret": true}),
        json!({"secretName": "Portal"}),
        json!({"postLogoutRedirectUris": ["+"], "attributes": {"post.logout.redirect.uris": "+"}}),
        json!({"attributes": {"kubernetes.operator.uid": "x"}}),
    ] {
        book.refuse(name, &change);
    }
    book.refuse_change(name, &json!({"clientId": "other"}));
    book.refuse_change(name, &json!({"realmRef": {"name": "beta"}}));
    book.refuse_change(name, &json!({"realmRef": {"namespace": "beta"}}));
}

/// Every sentence in the schemas, those of fields that are not built yet apart.
fn sentences() -> BTreeSet<String> {
    fn collect(node: &Value, found: &mut BTreeSet<String>) {
        for rule in node.get("x-kubernetes-validations").and_then(Value::as_array).into_iter().flatten() {
            if rule.get("reason") != Some(&json!("FieldValueForbidden")) {
                found.extend(rule.get("message").and_then(Value::as_str).map(str::to_owned));
            }
        }
        for child in node.as_object().into_iter().flatten().map(|(_, child)| child) {
            collect(child, found);
        }
    }
    let mut found = BTreeSet::new();
    for kind in KINDS {
        collect(schema(kind), &mut found);
    }
    found
}

/// A place of logins can be named later, and then stays.
fn logins(book: &mut Book) {
    let name = "Keycloak";
    let (beside, apart) = (with(name, &json!({})), with(name, &json!({"logins": {"namespace": "logins"}})));
    assert_eq!(read(name, &apart, Some(&beside)), Vec::<String>::new());
    assert_eq!(read(name, &apart, Some(&apart)), Vec::<String>::new());
    let moved = with(name, &json!({"logins": {"namespace": "vault"}}));
    for (what, new) in [("moved logins", moved), ("removed logins", beside)] {
        let sentences = read(name, &new, Some(&apart));
        assert_eq!(sentences.len(), 1, "{sentences:?}");
        book.write(name, what, &sentences);
    }
}

#[test]
fn every_sentence_is_read_by_somebody_who_wrote_what_it_is_about() {
    let mut book = Book::default();
    instance(&mut book);
    realm(&mut book);
    client(&mut book);
    logins(&mut book);
    book.refuse("KeycloakQuota", &json!({"maxRealms": null}));
    let silent: Vec<String> = sentences().difference(&book.seen).cloned().collect();
    assert!(silent.is_empty(), "nobody provokes: {silent:#?}");
    insta::assert_snapshot!(book.lines.join("\n"));
}

#[test]
fn what_is_reasonable_is_accepted() {
    let many = [
        ("Keycloak", json!({})),
        ("Keycloak", json!({"tls": {"enabled": false}, "ingress": {"enabled": false}, "optimized": false})),
        ("Keycloak", json!({"database": {"type": "mariadb", "migrationStrategy": "auto"}})),
        ("Keycloak", json!({"database": {"credentialsSecret": null, "username": "keycloak"}})),
        ("Keycloak", json!({"image": "registry.example.com:5000/keycloak:26.7.3-custom@sha256:0000"})),
        ("Keycloak", json!({"image": "registry.example.com:5000/keycloak:latest"})),
        (
            "Keycloak",
            json!({"database": {"type": "oracle"}, "jvmOptions": ["-Doracle.jdbc.ReadTimeout=60000"]}),
        ),
        ("Keycloak", json!({"resources": {"requests": {"cpu": 1, "memory": "1Gi"}}})),
        (
            "Keycloak",
            json!({"hostname": {"hostname": "https://auth.example.com/sso", "backchannelDynamic": true}}),
        ),
        (
            "Keycloak",
            json!({"database": null, "external": {"url": "http://keycloak.sso.svc:8080/auth"}, "admin": {"existingSecret": "admin", "grantRealms": ["acme"]}}),
        ),
        (
            "Keycloak",
            json!({"authorization": {"tokens": [
                {"name": "acme", "namespaces": ["acme"], "deliver": true, "lifetime": "30d", "limits": {"names": ["acme-*"], "allowed": ["internalUrls"]}},
                {"name": "beta", "id": "0f9k2m4p6r8t", "digest": format!("sha256:{}", "0".repeat(64)), "expiresAt": "2026-05-01T12:00:00Z"},
            ]}}),
        ),
        (
            "Keycloak",
            json!({"authorization": {"tokens": [{"name": "acme", "lifetime": "48h"}, {"name": "beta", "lifetime": "2d"}]}}),
        ),
        ("Keycloak", json!({"authorization": {"tokens": []}})),
        ("KeycloakRealm", json!({"realmName": "Acme Übung 100%"})),
        (
            "KeycloakRealm",
            json!({"authorization": {"limits": [{"allowed": ["wildcardRedirectUris", "fullScope"]}, {"allowed": []}]}}),
        ),
        (
            "KeycloakRealm",
            json!({"realmName": "a..b", "clientScopes": [], "groups": [], "roles": {"realmRoles": []}}),
        ),
        (
            "KeycloakRealm",
            json!({"localization": {"enabled": true, "supportedLocales": ["en"], "defaultLocale": "en"}}),
        ),
        (
            "KeycloakRealm",
            json!({"security": {"duplicateEmailsAllowed": true, "loginWithEmailAllowed": false}}),
        ),
        ("KeycloakRealm", json!({"secretRotation": {}})),
        (
            "KeycloakRealm",
            json!({"secretRotation": {"expirationPeriod": 3600, "rotatedExpirationPeriod": 3600, "remainingRotationPeriod": 0}}),
        ),
        (
            "KeycloakClient",
            json!({"clientId": "https://sp.example.com/metadata?a=b", "protocol": "openid-connect"}),
        ),
        (
            "KeycloakClient",
            json!({"redirectUris": ["https://portal.example.com/*", "http://localhost", "myapp://callback*", "urn:ietf:wg:oauth:2.0:oob", "/app/*", "com.example.app:/cb"]}),
        ),
        (
            "KeycloakClient",
            json!({"redirectUris": [], "webOrigins": ["+", "*"], "postLogoutRedirectUris": ["+", "-"]}),
        ),
        ("KeycloakClient", json!({"publicClient": true, "secretName": "portal", "regenerateSecret": false})),
        (
            "KeycloakClient",
            json!({"manageSecret": false, "clientSecret": {"name": "mine", "key": "secret"}, "outputs": []}),
        ),
        (
            "KeycloakClient",
            json!({
                "secretType": "kubernetes.io/basic-auth", "secretKeys": {"client-id": "username", "client-secret": "password"},
                "secretMetadata": {"labels": {"app": "portal"}},
                "outputs": [{"name": "binding", "type": "servicebinding.io/oidc", "data": {"issuer": "{{ issuer }}"}}],
            }),
        ),
        (
            "KeycloakClient",
            json!({"publicClient": true, "settings": {"clientAuthenticatorType": "client-secret", "pkceCodeChallengeMethod": ""}}),
        ),
        ("KeycloakClient", json!({"protocol": "saml", "bearerOnly": false, "authenticationFlows": {}})),
    ];
    for (name, change) in many {
        assert_eq!(read(name, &with(name, &change), None), Vec::<String>::new(), "{name} {change}");
    }
}

#[test]
fn every_variable_that_belongs_to_a_field_is_refused_in_both_ways_to_write_it_and_others_are_free() {
    use keycloak_crds::instance::environment::{TAKEN, Taken};
    let refused = |name: &str| {
        let ways = [json!({"env": {name: "x"}}), json!({"envVars": [{"name": name, "value": "x"}]})];
        ways.map(|change| read("Keycloak", &with("Keycloak", &change), None))
    };
    for taken in TAKEN {
        let options =
            taken.options.iter().flat_map(|option| [format!("KC_{option}"), format!("KCRAW_{option}")]);
        for name in options.chain(taken.others.iter().map(|&other| other.to_owned())) {
            assert_eq!(Taken::find(&name), Some(taken), "{name} stands in the table twice");
            for (way, sentences) in ["env", "envVars"].iter().zip(refused(&name)) {
                assert_eq!(sentences, [format!("spec.{way}: {}", taken.instead)], "{name}");
            }
        }
    }
    for free in [
        "KC_LOG_LEVEL",
        "KC_DB_SCHEMA",
        "KC_DB_POOL_INITIAL_SIZE",
        "KC_CACHE_STACK",
        "KC_TRACING_ENABLED",
        "TZ",
    ] {
        assert_eq!(Taken::find(free), None, "{free}");
        assert_eq!(refused(free), [Vec::<String>::new(), Vec::new()], "{free}");
    }
}

#[test]
fn a_server_of_ours_stays_ours_and_one_elsewhere_stays_elsewhere() {
    let elsewhere = with(
        "Keycloak",
        &json!({"database": null, "external": {"url": "https://sso.example.com"}, "admin": {"existingSecret": "admin"}}),
    );
    let ours = with("Keycloak", &json!({}));
    for (new, old) in [(&elsewhere, &ours), (&ours, &elsewhere)] {
        let sentences = read("Keycloak", new, Some(old));
        assert!(
            sentences.len() == 1 && sentences[0].starts_with("spec.external: a server that we run"),
            "{sentences:?}"
        );
    }
    let mut moved = elsewhere.clone();
    moved["spec"]["external"]["url"] = json!("https://login.example.com");
    assert_eq!(read("Keycloak", &moved, Some(&elsewhere)), Vec::<String>::new());
    let scaled = with("Keycloak", &json!({"replicas": 3, "database": {"host": "other"}}));
    assert_eq!(read("Keycloak", &scaled, Some(&ours)), Vec::<String>::new());
}

#[test]
fn a_change_of_what_may_change_is_accepted() {
    let token =
        json!({"operatorRef": {"authorizationSecretRef": {"name": "new-token"}}, "displayName": "New"});
    let old = accepted("KeycloakRealm");
    assert_eq!(read("KeycloakRealm", &with("KeycloakRealm", &token), Some(&old)), Vec::<String>::new());
    // The default name written out is no change.
    let named = json!({"operatorRef": {"name": "keycloak"}});
    assert_eq!(read("KeycloakRealm", &with("KeycloakRealm", &named), Some(&old)), Vec::<String>::new());
}

/// A value that a schema takes, with every list filled, so that nothing is harmless by being empty.
fn sample(node: &Value) -> Value {
    if let Some(first) = node.get("enum").and_then(Value::as_array).and_then(|values| values.last()) {
        return first.clone();
    }
    match node.get("type").and_then(Value::as_str).unwrap_or("string") {
        "boolean" => json!(true),
        "integer" => node.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        "number" => json!(1.0),
        "array" => json!([sample(node.get("items").expect("items"))]),
        "object" => match (node.get("properties"), node.get("additionalProperties")) {
            (Some(properties), _) => properties
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, property)| (name.clone(), sample(property)))
                .collect(),
            (None, Some(values)) if values.is_object() => json!({"a": sample(values)}),
            (None, _) => json!({}),
        },
        _ => json!("x"),
    }
}

#[test]
fn every_field_that_is_not_built_yet_is_refused_with_its_own_sentence() {
    for kind in KINDS {
        let schema = schema(kind);
        for refused in kind.not_built_yet {
            let mut change = sample(at(schema, refused.path).expect("the field exists"));
            let below_spec = refused.path.strip_prefix("spec.").expect("a field of the spec");
            for segment in below_spec.rsplit('.') {
                change = match segment.strip_suffix("[]") {
                    Some(list) => json!({list: [change]}),
                    None => json!({segment: change}),
                };
            }
            let sentences = read(kind.name, &with(kind.name, &change), None);
            assert!(
                sentences.iter().any(|line| line.ends_with(&refused.sentence())),
                "{} {}: {sentences:#?}",
                kind.name,
                refused.path
            );
        }
    }
}
