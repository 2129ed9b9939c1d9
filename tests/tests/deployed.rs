//! The whole system: three Deployments, a server with its database, a realm and a client, as `cargo xtask up` leaves them.
//!
//! One test, because it is one story: each chapter begins where the one before ended, and the last ones take everything away.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use end_to_end::{
    kubectl::{Kubectl, wait_until},
    object::{Ready, ready},
};
use serde_json::{Value, json};

const SERVER: &str = "keycloak-system";
const APPLICATION: &str = "my-app";
/// Where the controllers are.
const CONTROLLERS: &str = "cloakroom-system";
/// A second tenant, which is still there when the server goes.
const TENANT: &str = "second-app";
/// Namespaces that hold all kinds, by way of a Keycloak object for the server of the other namespace: one goes while that is
/// up, the other one when it is gone.
const ALL: [&str; 2] = ["all-kinds", "all-alone"];
/// What the deletion of a namespace may take.
const MINUTE: Duration = Duration::from_secs(60);
/// The kinds of which the quickstart has one object each.
const OBJECTS: [(&str, &str); 3] = [
    (SERVER, "keycloak/keycloak"),
    (APPLICATION, "keycloakrealm/my-realm"),
    (APPLICATION, "keycloakclient/my-client"),
];

#[test]
#[ignore = "needs the controllers and the quickstart in the cluster: `cargo xtask test` runs it after it deployed them"]
fn from_ready_over_an_edit_and_a_second_tenant_to_namespaces_that_go() -> Result<()> {
    let kubectl = Kubectl::administrator();
    everything_is_ready_and_every_column_is_filled(&kubectl)?;
    nothing_is_written_while_nothing_changes(&kubectl)?;
    an_edit_arrives(&kubectl)?;
    a_second_tenant_waits_for_its_token_and_then_gets_its_realm(&kubectl)?;
    a_namespace_with_all_kinds_goes_at_once_while_the_server_is_up(&kubectl)?;
    a_namespace_with_realm_and_client_goes_while_the_server_is_up(&kubectl)?;
    the_server_goes_and_frees_what_stands_on_it(&kubectl)
}

fn everything_is_ready_and_every_column_is_filled(kubectl: &Kubectl) -> Result<()> {
    for (namespace, object) in OBJECTS {
        kubectl.run(&["-n", namespace, "wait", object, "--for=condition=Ready", "--timeout=60s"])?;
    }
    for (namespace, object) in OBJECTS {
        eprintln!("{}", kubectl.run(&["-n", namespace, "get", object])?);
        let kind = object.split('/').next().unwrap_or_default();
        let definition =
            kubectl.json(&["get", "customresourcedefinition", &format!("{kind}s.keycloak.mdvr.nl")])?;
        let columns = definition["spec"]["versions"][0]["additionalPrinterColumns"].as_array().cloned();
        for column in columns.context("the kind has no columns")? {
            // What is shown without asking for more; the age is the API server's.
            if column["priority"].as_i64().unwrap_or_default() > 0 || column["type"] == "date" {
                continue;
            }
            let path = format!("jsonpath={{{}}}", column["jsonPath"].as_str().unwrap_or_default());
            if kubectl.run(&["-n", namespace, "get", object, "--output", &path])?.trim().is_empty() {
                bail!("column {} of {namespace}/{object} is empty", column["name"]);
            }
        }
    }
    Ok(())
}

/// A pass over each object, and nothing is another one afterwards.
fn nothing_is_written_while_nothing_changes(kubectl: &Kubectl) -> Result<()> {
    let (mut before, passes) = (versions_of_secrets(kubectl)?, passes(kubectl)?);
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    let forced = format!("keycloak.mdvr.nl/reconcile-at={now}");
    for (namespace, object) in OBJECTS {
        // The object as it is right after the annotation was written.
        before.push(version(&kubectl.json(&[
            "-n",
            namespace,
            "annotate",
            "--overwrite",
            object,
            &forced,
        ])?)?);
    }
    wait_until("a controller has not looked at its object", || {
        let now = self::passes(kubectl)?;
        Ok(now.iter().zip(&passes).all(|(now, before)| now > before))
    })?;
    let mut after = versions_of_secrets(kubectl)?;
    for (namespace, object) in OBJECTS {
        after.push(version(&kubectl.json(&["-n", namespace, "get", object])?)?);
    }
    if after != before {
        bail!("something was written without need: {before:?}, then {after:?}");
    }
    Ok(())
}

/// Passes that each controller has finished over objects of the kind and namespace of [`OBJECTS`], by its own count.
fn passes(kubectl: &Kubectl) -> Result<Vec<u64>> {
    let controllers = [
        ("instance-controller", "Keycloak"),
        ("realm-controller", "KeycloakRealm"),
        ("client-controller", "KeycloakClient"),
    ];
    let passes = |((controller, kind), (namespace, _)): (&(&str, &str), (&str, &str))| {
        let label = format!("app.kubernetes.io/name={controller}");
        let name = "--output=jsonpath={.items[0].metadata.name}";
        let pod = kubectl.run(&["-n", CONTROLLERS, "get", "pods", "-l", &label, name])?;
        let metrics = format!("/api/v1/namespaces/{CONTROLLERS}/pods/{}:8081/proxy/metrics", pod.trim());
        let metrics = kubectl.run(&["get", "--raw", &metrics])?;
        let labels = [format!("resource_type=\"{kind}\""), format!("namespace=\"{namespace}\"")];
        let counted = |line: &&str| {
            line.starts_with("keycloak_operator_reconciliation_total{")
                && labels.iter().all(|label| line.contains(label))
        };
        let counts = metrics.lines().filter(counted);
        let counts = counts.map(|line| line.rsplit(' ').next().unwrap_or_default().parse::<u64>());
        let sum = counts.sum::<Result<u64, _>>();
        sum.with_context(|| format!("{controller} counts its passes in another form"))
    };
    controllers.iter().zip(OBJECTS).map(passes).collect()
}

/// resourceVersions of the Secrets beside the objects.
fn versions_of_secrets(kubectl: &Kubectl) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for namespace in [SERVER, APPLICATION] {
        let secrets = kubectl.json(&["-n", namespace, "get", "secrets"])?;
        for secret in secrets["items"].as_array().into_iter().flatten() {
            all.push(version(secret)?);
        }
    }
    Ok(all)
}

fn version(object: &Value) -> Result<String> {
    let metadata = &object["metadata"];
    let text = |field: &str| metadata[field].as_str().map(str::to_owned);
    let (name, version) = text("name").zip(text("resourceVersion")).context("an object without a version")?;
    Ok(format!("{name}@{version}"))
}

fn an_edit_arrives(kubectl: &Kubectl) -> Result<()> {
    let patch = json!({"spec": {"redirectUris": ["https://my-app.example.com/other"]}}).to_string();
    let begin = Instant::now();
    let client = ["-n", APPLICATION, "patch", "keycloakclient/my-client", "--type=merge", "--patch", &patch];
    kubectl.run(&client)?;
    ready(kubectl, APPLICATION, "keycloakclient/my-client")?;
    eprintln!("an edit of the client was in Keycloak and in its status after {:?}", begin.elapsed());
    Ok(())
}

fn a_second_tenant_waits_for_its_token_and_then_gets_its_realm(kubectl: &Kubectl) -> Result<()> {
    let operator = json!({"namespace": SERVER, "authorizationSecretRef": {"name": "ticket", "key": "token"}});
    let realm = json!({
        "apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm",
        "metadata": {"name": "second", "namespace": TENANT},
        "spec": {"realmName": "second", "operatorRef": operator},
    });
    let client = json!({
        "apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakClient",
        "metadata": {"name": "portal", "namespace": TENANT},
        "spec": {"clientId": "portal", "realmRef": {"name": "second", "namespace": TENANT}},
    });
    kubectl.run(&["create", "namespace", TENANT])?;
    kubectl.apply(&client)?;
    kubectl.apply(&realm)?;
    wait_until("the realm does not say that its token is missing", || {
        let found = kubectl.json(&["-n", TENANT, "get", "keycloakrealm/second"])?;
        let ready = Ready::of(&found);
        Ok(ready.status == "False" && ready.reason == "SecretMissing")
    })?;
    let token = kubectl.json(&["-n", SERVER, "get", "secret", "keycloak-auth-token"])?;
    kubectl.apply(&json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "ticket", "namespace": TENANT},
        "data": {"token": token["data"]["token"]},
    }))?;
    ready(kubectl, TENANT, "keycloakrealm/second")?;
    ready(kubectl, TENANT, "keycloakclient/portal").map(drop)
}

fn holds_all_kinds(kubectl: &Kubectl, namespace: &str) -> Result<()> {
    let object = |kind: &str, name: &str, spec: Value| {
        json!({
            "apiVersion": "keycloak.mdvr.nl/v1", "kind": kind,
            "metadata": {"name": name, "namespace": namespace}, "spec": spec,
        })
    };
    let administrator = kubectl.json(&["-n", SERVER, "get", "secret", "keycloak-admin-credentials"])?;
    let url = format!("http://keycloak-keycloak.{SERVER}.svc:8080");
    let here = |name: &str| json!({"name": name, "namespace": namespace});
    kubectl.run(&["create", "namespace", namespace])?;
    kubectl.apply(&json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": here("administrator"), "data": administrator["data"],
    }))?;
    let server = json!({"external": {"url": url}, "admin": {"existingSecret": "administrator"}});
    kubectl.apply(&object("Keycloak", "server", server))?;
    let realm = json!({"realmName": namespace, "operatorRef": here("server")});
    kubectl.apply(&object("KeycloakRealm", "realm", realm))?;
    kubectl.apply(&object(
        "KeycloakClient",
        "portal",
        json!({"clientId": "portal", "realmRef": here("realm")}),
    ))?;
    for object in ["keycloak/server", "keycloakrealm/realm", "keycloakclient/portal"] {
        ready(kubectl, namespace, object)?;
    }
    Ok(())
}

fn a_namespace_with_all_kinds_goes_at_once_while_the_server_is_up(kubectl: &Kubectl) -> Result<()> {
    for namespace in ALL {
        holds_all_kinds(kubectl, namespace)?;
    }
    gone(kubectl, ALL[0], "with all kinds and the server up")
}

fn a_namespace_with_realm_and_client_goes_while_the_server_is_up(kubectl: &Kubectl) -> Result<()> {
    gone(kubectl, APPLICATION, "with the server up")
}

fn the_server_goes_and_frees_what_stands_on_it(kubectl: &Kubectl) -> Result<()> {
    gone(kubectl, SERVER, "with its server and database")?;
    gone(kubectl, TENANT, "with the server gone")?;
    gone(kubectl, ALL[1], "with all kinds and the server gone")
}

fn gone(kubectl: &Kubectl, namespace: &str, how: &str) -> Result<()> {
    let begin = Instant::now();
    let timeout = format!("--timeout={}s", MINUTE.as_secs());
    let deleted = kubectl.run(&["delete", "namespace", namespace, &timeout]);
    deleted.with_context(|| {
        let left = ["-n", namespace, "get", "cloakroom", "--output=yaml"];
        format!("what is left of it:\n{}", kubectl.run(&left).unwrap_or_default())
    })?;
    eprintln!("namespace {namespace} went after {:?} {how}", begin.elapsed());
    Ok(())
}
