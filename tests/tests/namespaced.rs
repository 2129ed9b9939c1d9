//! The overlay `namespaced`, at work: the controllers run with the arguments of its Deployments and the tokens of its
//! `ServiceAccounts`, so that the API server lets them do what its Roles say and nothing else.
//!
//! The API server is this test's own, as the overlay's names are fixed. It has no node: the controllers run as programs beside it,
//! each behind a proxy that sees every answer that it gets.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, ensure};
use controller_testkit::{
    ApiServer, Calls, Console, KeycloakServer, Program, Proxy, client, realm, unique_name,
};
use end_to_end::{
    controllers::{CONTROLLERS, built},
    installation,
    kubectl::{Kubectl, in_repository, wait_until},
    object::ready,
};
use http::StatusCode;
use insta::assert_snapshot;
use serde_json::{Value, json};

/// Of the controllers.
const SYSTEM: &str = "cloakroom-system";
/// The namespaces that the overlay lists.
const SERVER: &str = "keycloak-system";
const APPLICATION: &str = "my-app";
/// Where the client controller finds its logins.
const LOGINS: &str = "cloakroom-logins";
/// One that the overlay does not list.
const ELSEWHERE: &str = "elsewhere";

/// A controller with nothing but the rights of its `ServiceAccount`.
struct Confined {
    name: &'static str,
    proxy: Proxy,
    /// As this account, past the proxy.
    kubectl: Kubectl,
    program: Program,
}

impl Confined {
    async fn start(
        name: &'static str,
        server: &ApiServer,
        administrator: &Kubectl,
        folder: &Path,
    ) -> Result<Self> {
        let token = administrator.run(&["-n", SYSTEM, "create", "token", name])?;
        let mut own = administrator.kubeconfig_in(SYSTEM)?;
        own["users"][0]["user"] = json!({"token": token.trim()});
        let file = folder.join(name);
        fs::write(&file, own.to_string())?;

        let proxy = Proxy::before_api_server(&server.kubeconfig()).start().await;
        let mut through: Value = serde_json::from_str(&proxy.kubeconfig_with_token(token.trim()))?;
        // What a pod is told by its service account.
        through["contexts"][0]["context"]["namespace"] = json!(SYSTEM);

        let deployment = administrator.json(&["-n", SYSTEM, "get", "deployment", name])?;
        let container = &deployment["spec"]["template"]["spec"]["containers"][0];
        let arguments = container["args"].as_array().context("the overlay gives no arguments")?;
        let mut arguments: Vec<String> =
            arguments.iter().filter_map(|argument| argument.as_str().map(str::to_owned)).collect();
        let program = Program::start(name, &built(name)?, |folder| {
            let kubeconfig = folder.join("kubeconfig");
            // Told by the program, which cannot read it.
            let _ = fs::write(&kubeconfig, through.to_string());
            arguments.push(format!("--kubeconfig={}", kubeconfig.display()));
            arguments.push("--metrics-address=127.0.0.1:0".to_owned());
            arguments
        });
        Ok(Self { name, proxy, kubectl: Kubectl::of_cluster(&file), program })
    }

    /// Calls that the API server forbade.
    fn forbidden(&self) -> Calls {
        self.proxy.calls().only(|call| call.outcome.status() == Some(StatusCode::FORBIDDEN))
    }

    /// Whether the API server gives the Secret to this account.
    fn reads(&self, namespace: &str, secret: &str) -> Result<bool> {
        match self.kubectl.run(&["-n", namespace, "get", "secret", secret]) {
            Ok(_) => Ok(true),
            Err(refusal) if refusal.to_string().contains("Error from server (Forbidden)") => Ok(false),
            Err(other) => Err(other),
        }
    }
}

fn object(kind: &str, namespace: &str, name: &str, spec: &Value) -> Value {
    json!({
        "apiVersion": "keycloak.mdvr.nl/v1", "kind": kind,
        "metadata": {"name": name, "namespace": namespace}, "spec": spec,
    })
}

fn secret(namespace: &str, name: &str, values: &Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"name": name, "namespace": namespace},
        "stringData": values,
    })
}

/// A Keycloak, a realm on it and a client in that: the same in every namespace.
fn instance(server: &KeycloakServer) -> Value {
    json!({
        "external": {"url": server.url()}, "admin": {"existingSecret": "keycloak-admin"},
        "logins": {"namespace": LOGINS},
    })
}

fn realm_in(namespace: &str, name: &str, realm: &str, ticket: bool) -> Value {
    let mut operator = json!({"namespace": SERVER});
    if ticket {
        operator["authorizationSecretRef"] = json!({"name": "ticket"});
    }
    object("KeycloakRealm", namespace, name, &json!({"realmName": realm, "operatorRef": operator}))
}

fn client_in(namespace: &str, realm: &str) -> Value {
    let spec = json!({
        "clientId": "portal", "realmRef": {"name": realm, "namespace": namespace},
        "settings": {"serviceAccountsEnabled": true},
    });
    object("KeycloakClient", namespace, "portal", &spec)
}

/// What the overlay's author does before it is applied, and the overlay.
fn installed(kubectl: &Kubectl) -> Result<()> {
    installation::install(kubectl)?;
    for namespace in [SERVER, APPLICATION, ELSEWHERE] {
        kubectl.run(&["create", "namespace", namespace])?;
    }
    let overlay = in_repository("deploy/overlays/namespaced").display().to_string();
    kubectl.run(&["apply", "--server-side", "--force-conflicts", "--kustomize", &overlay]).map(drop)
}

/// Objects in the namespace that nobody was told to watch. Made first, so that there is time enough to touch them.
fn unwatched(kubectl: &Kubectl, server: &KeycloakServer, realm: &str) -> Result<Vec<Value>> {
    let admin = json!({"username": server.admin(), "password": server.password()});
    kubectl.apply(&secret(ELSEWHERE, "keycloak-admin", &admin))?;
    let objects = [
        object("Keycloak", ELSEWHERE, "keycloak", &instance(server)),
        realm_in(ELSEWHERE, "acme", realm, false),
        client_in(ELSEWHERE, "acme"),
    ];
    for object in &objects {
        kubectl.apply(object)?;
    }
    all_elsewhere(kubectl)
}

fn all_elsewhere(kubectl: &Kubectl) -> Result<Vec<Value>> {
    let kinds = "keycloaks,keycloakrealms,keycloakclients,secrets,events";
    let found = kubectl.json(&["-n", ELSEWHERE, "get", kinds])?;
    Ok(found["items"].as_array().context("no list")?.clone())
}

/// The instance, and a server that is to run here, in the listed namespace.
fn servers(kubectl: &Kubectl, server: &KeycloakServer) -> Result<()> {
    let admin = json!({"username": server.admin(), "password": server.password()});
    kubectl.apply(&secret(SERVER, "keycloak-admin", &admin))?;
    kubectl.apply(&object("Keycloak", SERVER, "keycloak", &instance(server)))?;
    let database = json!({"host": "postgres", "database": "keycloak", "credentialsSecret": "database"});
    kubectl.apply(&secret(SERVER, "database", &json!({"username": "keycloak", "password": "hidden"})))?;
    kubectl.apply(&object("Keycloak", SERVER, "own", &json!({"database": database})))?;
    ready(kubectl, SERVER, "keycloak/keycloak")?;
    wait_until("the workload of a server that we run is not made", || {
        Ok(kubectl.run(&["-n", SERVER, "get", "statefulset", "own-keycloak"]).is_ok())
    })
}

/// One realm by the instance's token, one by RBAC, and a client.
fn realms_and_client(kubectl: &Kubectl, by_token: &str, by_rbac: &str) -> Result<()> {
    let token = kubectl.json(&["-n", SERVER, "get", "secret", "keycloak-auth-token"])?;
    let mut ticket = secret(APPLICATION, "ticket", &json!({}));
    ticket["data"] = json!({"token": token["data"]["token"]});
    kubectl.apply(&ticket)?;
    // `kubectl create role` knows no verbs of our own.
    kubectl.apply(&json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
        "metadata": {"name": "use-keycloak", "namespace": SERVER},
        "rules": [{
            "apiGroups": ["keycloak.mdvr.nl"], "resources": ["keycloaks"], "resourceNames": ["keycloak"],
            "verbs": ["use"],
        }],
    }))?;
    let group = format!("--group=system:serviceaccounts:{APPLICATION}");
    kubectl.run(&["-n", SERVER, "create", "rolebinding", "use-keycloak", "--role=use-keycloak", &group])?;
    kubectl.apply(&realm_in(APPLICATION, "acme", by_token, true))?;
    kubectl.apply(&realm_in(APPLICATION, "second", by_rbac, false))?;
    kubectl.apply(&client_in(APPLICATION, "acme"))?;
    for object in ["keycloakrealm/acme", "keycloakrealm/second", "keycloakclient/portal"] {
        ready(kubectl, APPLICATION, object)?;
    }
    Ok(())
}

/// Names of Secrets in a namespace.
fn secrets_in(kubectl: &Kubectl, namespace: &str) -> Result<Vec<String>> {
    let found = kubectl.json(&["-n", namespace, "get", "secrets"])?;
    let names = found["items"].as_array().into_iter().flatten();
    Ok(names.filter_map(|secret| secret["metadata"]["name"].as_str().map(str::to_owned)).collect())
}

/// Who reads which Secret, as the API server answers.
fn readers(controllers: &[Confined], kubectl: &Kubectl) -> Result<String> {
    let logins = secrets_in(kubectl, LOGINS)?;
    let login = logins.first().context("no login stands in the namespace of logins")?;
    let mut table = String::new();
    for (namespace, name, shown) in [
        (SERVER, "keycloak-admin", "keycloak-admin"),
        (SERVER, "own-admin-credentials", "own-admin-credentials"),
        (SERVER, "keycloak-realm-manager", "keycloak-realm-manager"),
        (SERVER, "keycloak-auth-token", "keycloak-auth-token"),
        (LOGINS, login, "<one of the logins>"),
        (APPLICATION, "portal-credentials", "portal-credentials"),
        (ELSEWHERE, "keycloak-admin", "keycloak-admin"),
        (SYSTEM, "cloakroom-record-key", "cloakroom-record-key"),
    ] {
        let mut who = Vec::new();
        for controller in controllers {
            if controller.reads(namespace, name)? {
                who.push(controller.name.trim_end_matches("-controller"));
            }
        }
        let who = if who.is_empty() { "nobody".to_owned() } else { who.join(", ") };
        writeln!(table, "{namespace}/{shown}: {who}")?;
    }
    Ok(table)
}

/// What the API server forbade to each of them.
fn forbidden(controllers: &[Confined]) -> Vec<String> {
    let of = |controller: &Confined| {
        let routes = controller.forbidden().by_route();
        let name = controller.name;
        let lines = routes
            .into_iter()
            .map(move |((route, method), times)| format!("{name}: {times} x {method} {route}"));
        lines.collect::<Vec<_>>()
    };
    controllers.iter().flat_map(of).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_controllers_do_all_their_work_in_the_namespaces_that_are_listed_and_none_elsewhere() -> Result<()>
{
    let (server, api_server) = (KeycloakServer::newest(), ApiServer::start().await);
    let kubectl = Kubectl::of_cluster(&api_server.kubeconfig());
    let console = Console::open(&server).await;
    installed(&kubectl)?;
    let untouched = unwatched(&kubectl, &server, &unique_name("elsewhere"))?;
    let folder = tempfile::tempdir()?;
    let mut controllers = Vec::new();
    for name in CONTROLLERS {
        controllers.push(Confined::start(name, &api_server, &kubectl, folder.path()).await?);
    }
    let (by_token, by_rbac) = (unique_name("by-token"), unique_name("by-rbac"));

    servers(&kubectl, &server)?;
    realms_and_client(&kubectl, &by_token, &by_rbac)?;
    let template = "--output=go-template={{index .data \"client-secret\" | base64decode}}";
    let password = kubectl.run(&["-n", APPLICATION, "get", "secret", "portal-credentials", template])?;
    let login = console.logs_in_as(&client(&by_token, "portal"), &password).await;
    ensure!(login.is_ok(), "the client's Secret does not log in: {login:?}");

    assert_snapshot!(readers(&controllers, &kubectl)?, @r"
    keycloak-system/keycloak-admin: instance
    keycloak-system/own-admin-credentials: instance
    keycloak-system/keycloak-realm-manager: instance, realm
    keycloak-system/keycloak-auth-token: instance
    cloakroom-logins/<one of the logins>: realm, client
    my-app/portal-credentials: realm, client
    elsewhere/keycloak-admin: nobody
    cloakroom-system/cloakroom-record-key: instance, realm, client
    ");
    assert_eq!(secrets_in(&kubectl, LOGINS)?.len(), 2, "one login for each realm");
    let may = |name: &str, what: &[&str]| {
        let account = format!("system:serviceaccount:{SYSTEM}:{name}");
        kubectl.impersonating(&account).run(&[&["auth", "can-i", "--quiet"], what].concat()).is_ok()
    };
    assert!(!may("client-controller", &["get", "secret/own-admin-credentials", "-n", SERVER]));
    assert!(may("instance-controller", &["get", "secret/own-admin-credentials", "-n", SERVER]));

    // One realm goes by itself and takes its login along; the instance takes that of the other one.
    kubectl.run(&[
        "-n",
        APPLICATION,
        "delete",
        "keycloakclient/portal",
        "keycloakrealm/second",
        "--timeout=60s",
    ])?;
    assert_eq!(secrets_in(&kubectl, LOGINS)?.len(), 1, "the login of the realm that is gone");
    let account = kubectl.run(&[
        "-n",
        SERVER,
        "get",
        "secret",
        "keycloak-realm-manager",
        "--output=go-template={{index .data \"client-id\" | base64decode}}",
    ])?;
    kubectl.run(&["-n", SERVER, "delete", "keycloak/keycloak", "keycloak/own", "--timeout=60s"])?;
    assert_eq!(secrets_in(&kubectl, LOGINS)?, Vec::<String>::new());
    kubectl.run(&["-n", APPLICATION, "delete", "keycloakrealm/acme", "--timeout=60s"])?;

    assert_eq!(forbidden(&controllers), Vec::<String>::new());
    assert_eq!(all_elsewhere(&kubectl)?, untouched);
    for controller in controllers {
        controller.program.stops().await;
    }
    console.deletes(&realm(&by_token)).await;
    console.deletes(&client("master", &account)).await;
    Ok(())
}
