//! The whole system: three Deployments, a server with its database, a realm and a client, as `cargo xtask up` leaves them.
//!
//! One test, because it is one story: each chapter begins where the one before ended, and the last ones take everything away.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use end_to_end::kubectl::{Kubectl, wait_until};
use serde_json::{Value, json};

const SERVER: &str = "keycloak-system";
const APPLICATION: &str = "my-app";
/// A second tenant, which is still there when the server goes.
const TENANT: &str = "second-app";
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

/// Two looks, with a look of each controller at its object between them.
fn nothing_is_written_while_nothing_changes(kubectl: &Kubectl) -> Result<()> {
    let before = versions(kubectl)?;
    for (namespace, object) in OBJECTS {
        // A pass of its own per controller; the annotation itself is one write, which the comparison leaves out.
        let forced = format!("keycloak.mdvr.nl/reconcile-at={}", uptime()?);
        kubectl.run(&["-n", namespace, "annotate", "--overwrite", object, &forced])?;
    }
    let annotated = versions(kubectl)?;
    let begin = Instant::now();
    // There is nothing to wait for when nothing is to happen: five seconds are several times what a pass takes.
    wait_until("nothing was to change", || {
        let now = versions(kubectl)?;
        if now != annotated {
            bail!("something was written without need: {before:?}, {annotated:?}, {now:?}");
        }
        Ok(begin.elapsed() > Duration::from_secs(5))
    })
}

/// resourceVersions of the objects and of the Secrets beside them.
fn versions(kubectl: &Kubectl) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for (namespace, object) in OBJECTS {
        all.push(version(&kubectl.json(&["-n", namespace, "get", object])?)?);
    }
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

/// Another text each time.
fn uptime() -> Result<String> {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    Ok(since_1970.as_nanos().to_string())
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

/// Waits until the object is Ready as its spec is now.
fn ready(kubectl: &Kubectl, namespace: &str, object: &str) -> Result<()> {
    wait_until(&format!("{namespace}/{object} is not Ready"), || {
        let found = kubectl.json(&["-n", namespace, "get", object])?;
        let seen = found["status"]["observedGeneration"] == found["metadata"]["generation"];
        Ok(seen && reason(&found).0 == "True")
    })
}

/// Status and reason of condition Ready.
fn reason(object: &Value) -> (String, String) {
    let conditions = object["status"]["conditions"].as_array().into_iter().flatten();
    let mut ready = conditions.filter(|condition| condition["type"] == "Ready");
    let found = ready.next().cloned().unwrap_or_default();
    let text = |field: &str| found[field].as_str().unwrap_or_default().to_owned();
    (text("status"), text("reason"))
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
        Ok(reason(&found) == ("False".to_owned(), "TokenSecretMissing".to_owned())
            || reason(&found) == ("False".to_owned(), "SecretMissing".to_owned()))
    })?;
    let token = kubectl.json(&["-n", SERVER, "get", "secret", "keycloak-auth-token"])?;
    kubectl.apply(&json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "ticket", "namespace": TENANT},
        "data": {"token": token["data"]["token"]},
    }))?;
    ready(kubectl, TENANT, "keycloakrealm/second")?;
    ready(kubectl, TENANT, "keycloakclient/portal")
}

fn a_namespace_with_realm_and_client_goes_while_the_server_is_up(kubectl: &Kubectl) -> Result<()> {
    gone(kubectl, APPLICATION, "with the server up")
}

fn the_server_goes_and_frees_what_stands_on_it(kubectl: &Kubectl) -> Result<()> {
    gone(kubectl, SERVER, "with its server and database")?;
    gone(kubectl, TENANT, "with the server gone")
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
