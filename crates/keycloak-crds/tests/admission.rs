//! What a real API server does with the CRDs: takes them, accepts the samples, refuses bad input with the sentences.
//!
//! `CLOAKROOM_KUBECONFIG` names the kubeconfig of a cluster (etcd and API server are enough) on which the CRDs may be
//! installed. Every test has a namespace of its own.
// A test says what it expects and stops where it is not so, also in functions that several tests share.
#![allow(clippy::expect_used, clippy::panic)]

use std::time::Duration;

use k8s_openapi::{
    api::core::v1::Namespace, apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition,
};
use keycloak_crds::generate::{KINDS, Kind};
use kube::{
    Api, Client, Config,
    api::{DeleteParams, DynamicObject, ListParams, Patch, PatchParams, PostParams},
    config::{KubeConfigOptions, Kubeconfig},
    core::{ApiResource, GroupVersionKind},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

const QUICKSTART: &str = include_str!("samples/quickstart.yaml");
const FULL: &str = include_str!("samples/full.yaml");

/// CRDs are the cluster's: they are installed once per run.
static INSTALLED: OnceCell<()> = OnceCell::const_new();

/// A namespace for one test, gone at its end.
struct Given {
    client: Client,
    namespace: String,
}

impl Given {
    async fn namespace(test: &str) -> Self {
        let client = connect().await;
        INSTALLED.get_or_init(|| install(client.clone())).await;
        let namespace = format!("{test}-{}", std::process::id());
        let object: Namespace =
            serde_json::from_value(json!({"metadata": {"name": namespace}})).expect("a namespace");
        let api: Api<Namespace> = Api::all(client.clone());
        api.create(&PostParams::default(), &object).await.expect("the namespace can be made");
        Self { client, namespace }
    }

    fn api(&self, kind: &str) -> Api<DynamicObject> {
        Api::namespaced_with(self.client.clone(), &self.namespace, &resource(kind))
    }

    /// Server-side dry run, as `kubectl apply --dry-run=server` does it.
    async fn tries(&self, object: &Value) -> Result<DynamicObject, String> {
        let params = dry_run().validation_strict();
        self.applies(object, &params).await
    }

    async fn applies(&self, object: &Value, params: &PatchParams) -> Result<DynamicObject, String> {
        let mut object = object.clone();
        object["metadata"]["namespace"] = json!(self.namespace);
        let (kind, name) = (text(&object, "/kind"), text(&object, "/metadata/name"));
        self.api(&kind).patch(&name, params, &Patch::Apply(&object)).await.map_err(|error| match error {
            kube::Error::Api(status) => status.message.replace(&self.namespace, "<namespace>"),
            other => panic!("the API server did not answer: {other}"),
        })
    }

    /// Dry run of a plain creation with one of the API server's modes of field validation.
    async fn creates(&self, object: &Value, validation: &str) -> Result<Value, String> {
        let kinds = "/apis/keycloak.mdvr.nl/v1/namespaces";
        let plural = resource(&text(object, "/kind")).plural;
        let address = format!("{kinds}/{}/{plural}?dryRun=All&fieldValidation={validation}", self.namespace);
        let request = http::Request::post(address)
            .header("Content-Type", "application/json")
            .body(object.to_string().into_bytes())
            .expect("a request");
        self.client.request(request).await.map_err(|error| match error {
            kube::Error::Api(status) => status.message,
            other => panic!("the API server did not answer: {other}"),
        })
    }

    /// The warnings with which the API server answers such a creation: what a client prints.
    async fn warnings(&self, object: &Value, validation: &str) -> Vec<String> {
        let plural = resource(&text(object, "/kind")).plural;
        let address = format!(
            "/apis/keycloak.mdvr.nl/v1/namespaces/{}/{plural}?dryRun=All&fieldValidation={validation}",
            self.namespace
        );
        let request = http::Request::post(address)
            .header("Content-Type", "application/json")
            .body(kube::client::Body::from(object.to_string().into_bytes()))
            .expect("a request");
        let answer = self.client.send(request).await.expect("the API server answers");
        assert!(answer.status().is_success(), "{}", answer.status());
        let warnings = answer.headers().get_all("Warning").iter();
        warnings.map(|warning| warning.to_str().expect("a text").to_owned()).collect()
    }

    async fn leaves(self) {
        let api: Api<Namespace> = Api::all(self.client);
        api.delete(&self.namespace, &DeleteParams::default()).await.expect("the namespace can be deleted");
    }
}

fn apply() -> PatchParams {
    PatchParams::apply("admission-test")
}

fn dry_run() -> PatchParams {
    PatchParams { dry_run: true, ..apply() }
}

async fn connect() -> Client {
    let path = std::env::var("CLOAKROOM_KUBECONFIG")
        .expect("CLOAKROOM_KUBECONFIG names the kubeconfig of a cluster");
    let kubeconfig = Kubeconfig::read_from(path).expect("the kubeconfig can be read");
    let config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await;
    Client::try_from(config.expect("the kubeconfig is complete")).expect("a client can be made")
}

async fn install(client: Client) {
    let api: Api<CustomResourceDefinition> = Api::all(client.clone());
    for kind in KINDS {
        let crd = kind.finished_crd().expect("the CRD can be made");
        let name = text(&crd, "/metadata/name");
        api.patch(&name, &apply().force(), &Patch::Apply(&crd)).await.expect("the API server takes the CRD");
    }
    for kind in KINDS {
        serves(&client, kind).await;
    }
}

/// Waits until the API server answers for a kind with the schema of this build.
async fn serves(client: &Client, kind: &Kind) {
    let api: Api<DynamicObject> = Api::all_with(client.clone(), &resource(kind.name));
    let patience = tokio::time::timeout(Duration::from_secs(30), async {
        while api.list(&ListParams::default().limit(1)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    patience.await.unwrap_or_else(|_| panic!("{} is not served after 30 s", kind.name));
}

fn resource(kind: &str) -> ApiResource {
    let plural = KINDS.iter().find(|known| known.name == kind).expect("a known kind").plural;
    ApiResource::from_gvk_with_plural(&GroupVersionKind::gvk("keycloak.mdvr.nl", "v1", kind), plural)
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).expect(pointer).to_owned()
}

fn documents(text: &str) -> Vec<Value> {
    serde_yaml_ng::Deserializer::from_str(text)
        .map(|document| Value::deserialize(document).expect("YAML"))
        .collect()
}

fn object(kind: &str, spec: &Value) -> Value {
    json!({"apiVersion": "keycloak.mdvr.nl/v1", "kind": kind, "metadata": {"name": "acme"}, "spec": spec})
}

fn realm(spec: &Value) -> Value {
    let mut whole = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}});
    merge(&mut whole, spec);
    object("KeycloakRealm", &whole)
}

fn client(spec: &Value) -> Value {
    let mut whole = json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": "acme"}});
    merge(&mut whole, spec);
    object("KeycloakClient", &whole)
}

fn instance(spec: &Value) -> Value {
    let mut whole =
        json!({"database": {"host": "postgres", "database": "keycloak", "credentialsSecret": "keycloak-db"}});
    merge(&mut whole, spec);
    object("Keycloak", &whole)
}

fn merge(target: &mut Value, change: &Value) {
    for (key, value) in change.as_object().into_iter().flatten() {
        match target.get_mut(key) {
            Some(known) if known.is_object() && value.is_object() => merge(known, value),
            _ => target[key] = value.clone(),
        }
    }
}

#[tokio::test]
async fn the_quickstart_is_accepted_and_the_full_sample_refused_only_for_what_is_not_built_yet() {
    let given = Given::namespace("samples").await;
    for sample in documents(QUICKSTART) {
        given.tries(&sample).await.expect("the quickstart is accepted");
    }
    for sample in documents(FULL) {
        let Err(answer) = given.tries(&sample).await else { continue };
        let kind = text(&sample, "/kind");
        let known = KINDS.iter().find(|known| known.name == kind).expect("a known kind").not_built_yet;
        let mut rest = answer.clone();
        for entry in known {
            rest = rest.replace(&format!("{}: Forbidden: {}", entry.path, entry.sentence()), "");
        }
        let rest = rest.split_once("is invalid:").map(|(_, rest)| rest.replace(['[', ']', ',', ' '], ""));
        assert_eq!(rest.as_deref(), Some(""), "{answer}");
    }
    given.leaves().await;
}

#[tokio::test]
async fn bad_input_is_answered_with_a_sentence() {
    let given = Given::namespace("bad-input").await;
    let mut lines = Vec::new();
    for (what, bad) in [
        ("a realm name with a slash", realm(&json!({"realmName": "acme/staff"}))),
        ("a realm named .", realm(&json!({"realmName": "."}))),
        ("a realm named ..", realm(&json!({"realmName": ".."}))),
        ("a realm without a name", realm(&json!({"realmName": ""}))),
        ("a realm name of 255 characters", realm(&json!({"realmName": "x".repeat(255)}))),
        ("a misspelt field", realm(&json!({"displayNmae": "Acme"}))),
        ("a number as a switch", realm(&json!({"enabled": "yes"}))),
        (
            "federation in two spellings",
            realm(&json!({"userFederation": [{"name": "l", "providerName": "ldap"}]})),
        ),
        (
            "no spec",
            json!({"apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm", "metadata": {"name": "acme"}}),
        ),
        ("no operatorRef", object("KeycloakRealm", &json!({"realmName": "acme"}))),
        ("a Secret without a name", realm(&json!({"operatorRef": {"authorizationSecretRef": {"name": ""}}}))),
        ("a wildcard in the host", client(&json!({"redirectUris": ["https://*.example.com/callback"]}))),
        ("a bare wildcard", client(&json!({"redirectUris": ["*"]}))),
        ("a fragment", client(&json!({"redirectUris": ["https://portal.example.com/#done"]}))),
        ("a public client with a secret", client(&json!({"publicClient": true, "regenerateSecret": true}))),
        (
            "two mappers of one name",
            client(&json!({"protocolMappers": [
            {"name": "a", "protocolMapper": "oidc-audience-mapper"}, {"name": "a", "protocolMapper": "oidc-audience-mapper"}]})),
        ),
        ("a protocol that does not exist", client(&json!({"protocol": "oidc"}))),
        ("h2", instance(&json!({"database": {"type": "h2"}}))),
        ("an instance without a database", object("Keycloak", &json!({"replicas": 1}))),
        (
            "no way to log in to the database",
            object("Keycloak", &json!({"database": {"host": "h", "database": "d"}})),
        ),
        ("fewer replicas than none", instance(&json!({"replicas": -1}))),
        (
            "external and own at once",
            instance(
                &json!({"external": {"url": "https://sso.example.com"}, "admin": {"existingSecret": "a"}}),
            ),
        ),
        (
            "an external server that is scaled",
            object(
                "Keycloak",
                &json!({"external": {"url": "https://sso.example.com"}, "admin": {"existingSecret": "a"}, "replicas": 3}),
            ),
        ),
        ("a variable that a field sets", instance(&json!({"env": {"KC_CACHE": "local"}}))),
        (
            "one of the database among others",
            instance(
                &json!({"envVars": [{"name": "TZ", "value": "UTC"}, {"name": "KCRAW_DB_URL", "value": "x"}]}),
            ),
        ),
        (
            "parameters for Oracle",
            instance(&json!({"database": {"type": "oracle", "connectionParams": {"connect_timeout": "10"}}})),
        ),
        ("a misspelt quantity", instance(&json!({"resources": {"limits": {"cpu": "much"}}}))),
        ("a quota", object("KeycloakQuota", &json!({}))),
    ] {
        let answer = given.tries(&bad).await.expect_err(what);
        lines.push(format!("{what}\n    {answer}"));
    }
    insta::assert_snapshot!(lines.join("\n"));
    given.leaves().await;
}

#[tokio::test]
async fn a_misspelt_field_is_refused_for_kubectl_and_dropped_with_a_warning_for_clients_that_do_not_ask_for_more()
 {
    let given = Given::namespace("misspelt").await;
    let bad = realm(&json!({"displayNmae": "Acme"}));
    // As `kubectl create` and `kubectl apply` send it.
    let answer = given.creates(&bad, "Strict").await.expect_err("a misspelt field is refused");
    insta::assert_snapshot!(answer, @r#"KeycloakRealm in version "v1" cannot be handled as a KeycloakRealm: strict decoding error: unknown field "spec.displayNmae""#);
    let made = given.creates(&bad, "Warn").await.expect("a client without strict validation is not refused");
    assert_eq!(made.pointer("/spec/displayNmae"), None);
    insta::assert_snapshot!(given.warnings(&bad, "Warn").await.join("\n"), @r#"299 - "unknown field \"spec.displayNmae\"""#);
    // What a client gets that says nothing about validation.
    let said = given.warnings(&realm(&json!({"displayNmae": "Acme"})), "").await;
    assert_eq!(said, given.warnings(&bad, "Warn").await);
    assert_eq!(given.warnings(&realm(&json!({})), "Warn").await, Vec::<String>::new(), "nothing to warn of");
    // Server-side apply is strict whatever it is asked for.
    let answer = given.applies(&bad, &dry_run()).await.expect_err("a misspelt field is refused");
    insta::assert_snapshot!(answer, @"failed to create typed patch object (<namespace>/acme; keycloak.mdvr.nl/v1, Kind=KeycloakRealm): .spec.displayNmae: field not declared in schema");
    given.leaves().await;
}

#[tokio::test]
async fn a_new_object_counts_as_not_looked_at_and_has_only_our_own_defaults() {
    let given = Given::namespace("defaults").await;
    let made = given.applies(&realm(&json!({})), &apply()).await.expect("accepted");
    assert_eq!(made.data.get("status"), Some(&json!({"observedGeneration": -1})));
    insta::assert_snapshot!(format!("{:#}", made.data["spec"]), @r#"
    {
      "deletionPolicy": "Guarded",
      "management": "Enforce",
      "operatorRef": {
        "name": "keycloak",
        "namespace": "keycloak-system"
      },
      "realmName": "acme"
    }
    "#);
    given.leaves().await;
}

#[tokio::test]
async fn what_cannot_be_changed_says_what_to_do_instead() {
    let given = Given::namespace("immutable").await;
    given.applies(&realm(&json!({})), &apply()).await.expect("accepted");
    given.applies(&client(&json!({})), &apply()).await.expect("accepted");
    let mut lines = Vec::new();
    for changed in [
        realm(&json!({"realmName": "beta"})),
        realm(&json!({"operatorRef": {"namespace": "elsewhere"}})),
        realm(&json!({"operatorRef": {"name": "other"}})),
        client(&json!({"clientId": "other"})),
        client(&json!({"realmRef": {"name": "beta"}})),
    ] {
        lines.push(given.tries(&changed).await.expect_err("it cannot be changed"));
    }
    given.applies(&instance(&json!({})), &apply()).await.expect("accepted");
    let elsewhere = json!({"external": {"url": "https://sso.example.com"}, "admin": {"existingSecret": "a"}});
    let elsewhere = object("Keycloak", &elsewhere);
    lines.push(given.tries(&elsewhere).await.expect_err("it cannot be changed"));
    insta::assert_snapshot!(lines.join("\n"));
    let token =
        realm(&json!({"operatorRef": {"authorizationSecretRef": {"name": "token"}}, "displayName": "Acme"}));
    given.tries(&token).await.expect("the token and the rest may change");
    given.leaves().await;
}

#[tokio::test]
async fn status_is_a_subresource_and_does_not_move_the_generation() {
    let given = Given::namespace("status").await;
    let made = given.applies(&realm(&json!({})), &apply()).await.expect("accepted");
    let status = json!({"apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm", "status": {
        "observedGeneration": 1, "phase": "Ready", "message": "in sync", "keycloakInstance": "keycloak-system/keycloak",
        "conditions": [{"type": "Ready", "status": "True", "reason": "InSync", "message": "in sync",
                        "lastTransitionTime": "2026-01-31T12:00:00Z", "observedGeneration": 1}]}});
    let api = given.api("KeycloakRealm");
    let after =
        api.patch_status("acme", &apply(), &Patch::Apply(&status)).await.expect("status can be written");
    assert_eq!(after.metadata.generation, made.metadata.generation);

    // A tenant's apply of the whole object leaves status alone.
    let mut forged = realm(&json!({}));
    forged["status"] = json!({"phase": "Failed"});
    let forged = given.applies(&forged, &apply().force()).await.expect("accepted");
    assert_eq!(forged.data.pointer("/status/phase"), Some(&json!("Ready")));

    let table = http::Request::get(format!(
        "/apis/keycloak.mdvr.nl/v1/namespaces/{}/keycloakrealms",
        given.namespace
    ))
    .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
    .body(Vec::new())
    .expect("a request");
    let table: Value = given.client.request(table).await.expect("a table");
    let cells = table.pointer("/rows/0/cells").and_then(Value::as_array).expect("a row");
    let shown: Vec<_> = cells.iter().take(5).filter_map(Value::as_str).collect();
    assert_eq!(shown, ["acme", "acme", "keycloak-system/keycloak", "True", "in sync"]);
    given.leaves().await;
}

#[tokio::test]
async fn instances_scale_and_realms_and_clients_are_found_by_what_they_refer_to() {
    let given = Given::namespace("select").await;
    given.applies(&instance(&json!({})), &apply()).await.expect("accepted");
    given.applies(&realm(&json!({})), &apply()).await.expect("accepted");
    given.applies(&client(&json!({})), &apply()).await.expect("accepted");
    let scale = given.api("Keycloak").get_scale("acme").await.expect("a scale");
    assert_eq!(scale.spec.and_then(|spec| spec.replicas), Some(1));
    let mut elsewhere = object(
        "Keycloak",
        &json!({"external": {"url": "https://sso.example.com"}, "admin": {"existingSecret": "a"}}),
    );
    elsewhere["metadata"]["name"] = json!("elsewhere");
    given.applies(&elsewhere, &apply()).await.expect("the schema's default of replicas harms nobody");
    let more = Patch::Merge(json!({"spec": {"replicas": 3}}));
    let answer = given.api("Keycloak").patch_scale("elsewhere", &PatchParams::default(), &more).await;
    let Err(kube::Error::Api(answer)) = answer else { panic!("{answer:?}: there is nothing to scale") };
    insta::assert_snapshot!(answer.message, @r#"Keycloak.keycloak.mdvr.nl "elsewhere" is invalid: spec.replicas: Invalid value: "object": with external nothing is deployed, so there is nothing to scale; remove replicas, and scale the server where it runs"#);
    for (kind, selector, found) in [
        ("KeycloakRealm", "spec.operatorRef.namespace=keycloak-system,spec.operatorRef.name=keycloak", 1),
        ("KeycloakRealm", "spec.realmName=other", 0),
        ("KeycloakClient", "spec.realmRef.namespace=acme,spec.realmRef.name=acme", 1),
        ("KeycloakClient", "spec.clientId=portal", 1),
        ("KeycloakClient", "spec.clientId=other", 0),
    ] {
        let list = given.api(kind).list(&ListParams::default().fields(selector)).await.expect(selector);
        assert_eq!(list.items.len(), found, "{kind} {selector}");
    }
    given.leaves().await;
}

#[tokio::test]
async fn other_operators_kinds_of_the_same_name_change_nothing_for_ours() {
    let given = Given::namespace("others").await;
    let crds: Api<CustomResourceDefinition> = Api::all(given.client.clone());
    for (group, kind, plural, short) in [
        ("k8s.keycloak.org", "Keycloak", "keycloaks", "kc"),
        ("v1.edp.epam.com", "KeycloakRealm", "keycloakrealms", "kcr"),
        ("legacy.keycloak.org", "KeycloakClient", "keycloakclients", "kcc"),
    ] {
        let foreign = json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": format!("{plural}.{group}")},
            "spec": {
                "group": group, "scope": "Namespaced",
                "names": {"kind": kind, "plural": plural, "singular": kind.to_lowercase(), "shortNames": [short]},
                "versions": [{"name": "v1alpha1", "served": true, "storage": true, "schema": {"openAPIV3Schema":
                    {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}]
            }
        });
        let name = text(&foreign, "/metadata/name");
        crds.patch(&name, &apply().force(), &Patch::Apply(&foreign)).await.expect("the other CRD is taken");
    }
    for kind in KINDS {
        serves(&given.client, kind).await;
        let crd = crds.get(&format!("{}.keycloak.mdvr.nl", kind.plural)).await.expect("our CRD");
        let accepted = crd.status.iter().flat_map(|status| status.conditions.iter().flatten());
        let accepted: Vec<_> =
            accepted.filter(|one| one.type_ == "NamesAccepted").map(|one| one.status.as_str()).collect();
        assert_eq!(accepted, ["True"], "{}", kind.name);
    }
    for sample in documents(QUICKSTART) {
        given.tries(&sample).await.expect("the quickstart is still accepted");
    }
    for name in [
        "keycloaks.k8s.keycloak.org",
        "keycloakrealms.v1.edp.epam.com",
        "keycloakclients.legacy.keycloak.org",
    ] {
        crds.delete(name, &DeleteParams::default()).await.expect("the other CRD can be deleted");
    }
    given.leaves().await;
}
