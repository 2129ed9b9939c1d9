//! A namespace with an instance that is ready, the realm controller, and the proxies between them and the servers.

use std::{collections::BTreeMap, path::Path, time::Duration};

use controller_runtime::{CallPolicy, Namespaces, Options, Pacing, RunError, Runtime, calls};
use controller_testkit::{
    Console, KeycloakServer, Proxy, Snapshot, StopPoint, eventually, install_crypto_provider,
    kubeconfig_path, realm, unique_name,
};
use k8s_openapi::{
    api::{
        core::v1::{Namespace, Secret},
        events::v1::Event,
        rbac::v1::{Role, RoleBinding},
    },
    apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition,
};
use keycloak_admin::{AdminApi, AdminSession, Login, Secret as SecretText, Server, ServerSettings, logins};
use keycloak_connect::{
    ClusterId, Consent, Instance, RealmManagerLogin, login,
    secret::{self, Takeover},
};
use keycloak_crds::{Keycloak, KeycloakRealm};
use kube::{
    Api, Client, ResourceExt as _,
    api::{DeleteParams, ListParams, Patch, PatchParams, PostParams},
    config::{KubeConfigOptions, Kubeconfig},
};
use realm_controller::{PRODUCT, install};
use serde_json::{Value, json};
use tokio::{sync::OnceCell, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use super::{rights::Installed, told};

pub(crate) const SOON: Duration = Duration::from_secs(90);

/// The controller's watches.
const KEYCLOAKS_WATCH: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/{namespace}/keycloaks?watch";
const REALMS_WATCH: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/{namespace}/keycloakrealms?watch";

/// A namespace of its own with Keycloak `keycloak`, whose realm-manager exists.
pub(crate) struct Place {
    /// The test's own way to the API server.
    pub(crate) kube: Client,
    /// The controller's.
    pub(crate) kube_proxy: Proxy,
    /// The controller's way to Keycloak.
    pub(crate) keycloak: Proxy,
    /// Where the instance is.
    pub(crate) namespace: String,
    /// Client id of the realm-manager.
    pub(crate) account: String,
    /// Somebody at the admin console.
    pub(crate) console: Console,
    pub(crate) stop: StopPoint,
    server: KeycloakServer,
    cluster: String,
    further: Vec<String>,
    rights: Option<Installed>,
}

/// A controller that runs.
pub(crate) struct Process {
    stop: CancellationToken,
    task: JoinHandle<Result<(), RunError>>,
}

impl Process {
    /// Lets the pass that runs end, then the controller.
    pub(crate) async fn stops(self) {
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
    }
}

async fn client(config: Kubeconfig) -> Client {
    let config = kube::Config::from_custom_kubeconfig(config, &KubeConfigOptions::default()).await.unwrap();
    calls::client(config, CallPolicy::default(), None).unwrap()
}

/// Applies the definitions that users apply.
async fn install_kinds(kube: &Client) {
    static INSTALLED: OnceCell<()> = OnceCell::const_new();
    INSTALLED
        .get_or_init(|| async {
            let definitions: Api<CustomResourceDefinition> = Api::all(kube.clone());
            for plural in ["keycloaks", "keycloakrealms", "keycloakclients"] {
                let file = format!("../../deploy/crds/{plural}.yaml");
                let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
                let text = std::fs::read_to_string(file).unwrap();
                let definition: Value = serde_yaml_ng::from_str(&text).unwrap();
                let parameters = PatchParams::apply("test").force();
                let name = format!("{plural}.keycloak.mdvr.nl");
                definitions.patch(&name, &parameters, &Patch::Apply(definition)).await.unwrap();
            }
            let realms: Api<KeycloakRealm> = Api::all(kube.clone());
            eventually("KeycloakRealms can be listed", SOON, async || {
                realms.list(&ListParams::default().limit(1)).await.map(|_| ())
            })
            .await;
        })
        .await;
}

/// Status and message of a condition.
pub(crate) fn condition(object: &KeycloakRealm, type_: &str) -> Option<(String, String)> {
    let conditions = object.status.as_ref()?.conditions.as_ref()?;
    let condition = conditions.iter().find(|condition| condition.type_ == type_)?;
    Some((format!("{:?}", condition.status), condition.message.clone().unwrap_or_default()))
}

fn ready_reason(object: &KeycloakRealm) -> Option<&str> {
    let conditions = object.status.as_ref()?.conditions.as_ref()?;
    conditions.iter().find(|condition| condition.type_ == "Ready")?.reason.as_deref()
}

/// The admin API of a server by a login, without a proxy.
pub(crate) fn api(server: &KeycloakServer, login: Login) -> AdminApi {
    let server = Server::new(ServerSettings::new(server.url())).unwrap();
    AdminApi::new(AdminSession::new(&server, login))
}

impl Place {
    pub(crate) async fn new(purpose: &str, server: &KeycloakServer) -> Self {
        install_crypto_provider();
        let kube = client(Kubeconfig::read_from(kubeconfig_path()).unwrap()).await;
        install_kinds(&kube).await;
        let namespace = unique_name(purpose);
        let stop = StopPoint::new();
        let mut place = Self {
            kube_proxy: Proxy::before_api_server(&kubeconfig_path()).stopping_at(&stop).start().await,
            keycloak: Proxy::before_keycloak(server.url()).stopping_at(&stop).start().await,
            console: Console::open(server).await,
            account: String::new(),
            cluster: namespace.clone(),
            namespace,
            server: server.clone(),
            further: Vec::new(),
            rights: None,
            stop,
            kube,
        };
        place.creates_namespace(&place.namespace.clone()).await;
        place.has_an_instance().await;
        place
    }

    async fn creates_namespace(&self, name: &str) {
        let object: Namespace = serde_json::from_value(json!({"metadata": {"name": name}})).unwrap();
        Api::<Namespace>::all(self.kube.clone()).create(&PostParams::default(), &object).await.unwrap();
    }

    /// What the instance controller does: the login, and what status tells.
    async fn has_an_instance(&mut self) {
        let object = json!({
            "apiVersion": "keycloak.mdvr.nl/v1", "kind": "Keycloak", "metadata": {"name": "keycloak"},
            "spec": {"external": {"url": self.keycloak.url()}, "admin": {"existingSecret": "keycloak-admin"}},
        });
        let parameters = PatchParams::apply("person").force();
        let keycloaks = self.keycloaks();
        keycloaks.patch("keycloak", &parameters, &Patch::Apply(object)).await.unwrap();
        let version = if self.server.version() == "26.4" { "26.4.5" } else { "26.7.3" };
        let url = self.keycloak.url();
        let status = json!({"status": {"version": version, "endpoints": {"internal": url, "public": url}}});
        keycloaks.patch_status("keycloak", &PatchParams::default(), &Patch::Merge(status)).await.unwrap();
        let instance = self.instance().await;
        let cluster = ClusterId::given(&self.cluster).unwrap();
        self.account = login::realm_manager_account(&cluster, &instance);
        let (administrator, secret) = (self.administrator(), SecretText::random());
        let made = logins::realm_manager(&administrator, &self.account, &secret).await.unwrap();
        let login = RealmManagerLogin { credentials: made.credentials };
        secret::write(&self.kube, &login.wanted(&instance), None, Takeover::No).await.unwrap();
    }

    pub(crate) async fn instance(&self) -> Instance {
        Instance::of(self.keycloaks().get("keycloak").await.unwrap()).unwrap()
    }

    pub(crate) fn administrator(&self) -> AdminApi {
        api(&self.server, Login::bootstrap_admin(self.server.admin(), self.server.password().into()))
    }

    /// Another namespace in which the controller works, too.
    pub(crate) async fn another_namespace(&mut self, purpose: &str) -> String {
        let name = unique_name(purpose);
        self.creates_namespace(&name).await;
        self.further.push(name.clone());
        name
    }

    /// The same objects in another cluster, as far as marks tell.
    pub(crate) fn moves_to_another_cluster(&mut self) {
        self.cluster = unique_name("cluster");
    }

    /// Runs the controller in this future, until it is told to stop.
    pub(crate) async fn runs(&self, stop: CancellationToken) -> Result<(), RunError> {
        let mut namespaces = vec![self.namespace.clone()];
        namespaces.extend(self.further.clone());
        let options = Options {
            namespaces: Namespaces::of(namespaces),
            metrics_address: None,
            election: None,
            concurrency: 2,
            pacing: Pacing::default(),
            pass_timeout: Duration::from_secs(60),
            drain: Duration::from_secs(30),
            calls: CallPolicy::default(),
        };
        let kube = client(self.config()).await;
        let runtime = Runtime::new(&PRODUCT, &kube, options)?;
        let cluster = ClusterId::given(&self.cluster).unwrap();
        install(runtime, cluster, Consent::Off).run(stop).await
    }

    /// The controller's way to the API server.
    fn config(&self) -> Kubeconfig {
        let config = Kubeconfig::from_yaml(&self.kube_proxy.kubeconfig()).unwrap();
        match &self.rights {
            Some(rights) => rights.user_of(config),
            None => config,
        }
    }

    /// From now on the controller has the rights that `deploy/realm` gives it, and no others.
    pub(crate) async fn has_only_its_rights(&mut self) {
        let rights = self.rights.insert(Installed::of(&self.kube, "realm", &self.namespace).await);
        let config = rights.user_of(Kubeconfig::from_yaml(&self.kube_proxy.kubeconfig()).unwrap());
        rights.hold(&client(config).await, &self.namespace).await;
    }

    /// Works until `done` is, as one process that can be dropped at any moment.
    pub(crate) async fn works_until(&self, done: impl Future<Output = ()>) {
        let stop = CancellationToken::new();
        let driver = async {
            done.await;
            stop.cancel();
        };
        let (ended, ()) = tokio::join!(Box::pin(self.runs(stop.clone())), Box::pin(driver));
        ended.unwrap();
    }

    /// Starts the controller, with another cache and other sessions than the one before.
    pub(crate) fn start(self: &std::sync::Arc<Self>) -> Process {
        let stop = CancellationToken::new();
        let (place, stopped) = (std::sync::Arc::clone(self), stop.clone());
        Process { stop, task: tokio::spawn(async move { place.runs(stopped).await }) }
    }

    pub(crate) fn keycloaks(&self) -> Api<Keycloak> {
        Api::namespaced(self.kube.clone(), &self.namespace)
    }

    pub(crate) fn realms(&self) -> Api<KeycloakRealm> {
        self.realms_in(&self.namespace)
    }

    pub(crate) fn realms_in(&self, namespace: &str) -> Api<KeycloakRealm> {
        Api::namespaced(self.kube.clone(), namespace)
    }

    pub(crate) fn secrets(&self, namespace: &str) -> Api<Secret> {
        Api::namespaced(self.kube.clone(), namespace)
    }

    /// Lets the service accounts of a namespace do this in the instance's.
    pub(crate) async fn grants(&self, namespace: &str, rules: Value) {
        let role = json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": namespace}, "rules": rules,
        });
        let binding = json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": namespace},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": namespace},
            "subjects": [{
                "kind": "Group", "apiGroup": "rbac.authorization.k8s.io",
                "name": format!("system:serviceaccounts:{namespace}"),
            }],
        });
        let parameters = PatchParams::apply("person");
        let api: Api<Role> = Api::namespaced(self.kube.clone(), &self.namespace);
        api.patch(namespace, &parameters, &Patch::Apply(role)).await.unwrap();
        let bindings: Api<RoleBinding> = Api::namespaced(self.kube.clone(), &self.namespace);
        bindings.patch(namespace, &parameters, &Patch::Apply(binding)).await.unwrap();
    }

    /// A spec on this place's instance, with further fields.
    pub(crate) fn spec(&self, realm_name: &str, further: &Value) -> Value {
        let mut spec = json!({"realmName": realm_name, "operatorRef": {"namespace": self.namespace}});
        for (field, value) in further.as_object().unwrap() {
            spec[field] = value.clone();
        }
        spec
    }

    /// Applies KeycloakRealm `name` and gives it.
    pub(crate) async fn applies(&self, name: &str, spec: Value) -> KeycloakRealm {
        self.applies_in(&self.namespace, name, spec).await
    }

    pub(crate) async fn applies_in(&self, namespace: &str, name: &str, spec: Value) -> KeycloakRealm {
        self.tries_to_apply(namespace, name, spec).await.unwrap()
    }

    pub(crate) async fn tries_to_apply(
        &self,
        namespace: &str,
        name: &str,
        spec: Value,
    ) -> Result<KeycloakRealm, kube::Error> {
        let object = json!({
            "apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm", "metadata": {"name": name}, "spec": spec,
        });
        let parameters = PatchParams::apply("person").force();
        self.realms_in(namespace).patch(name, &parameters, &Patch::Apply(object)).await
    }

    pub(crate) async fn annotates(&self, name: &str, annotation: &str, value: &str) {
        let patch = json!({"metadata": {"annotations": {annotation: value}}});
        self.realms().patch(name, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    }

    pub(crate) async fn object(&self, name: &str) -> KeycloakRealm {
        self.realms().get(name).await.unwrap()
    }

    pub(crate) async fn becomes_ready(&self, name: &str) -> KeycloakRealm {
        self.becomes_ready_in(&self.namespace, name).await
    }

    pub(crate) async fn becomes_ready_in(&self, namespace: &str, name: &str) -> KeycloakRealm {
        let realms = self.realms_in(namespace);
        let generation = realms.get(name).await.unwrap().metadata.generation;
        eventually("the KeycloakRealm is Ready", SOON, async || {
            let object = realms.get(name).await.unwrap();
            let observed = object.status.as_ref().and_then(|status| status.observed_generation);
            let ready = condition(&object, "Ready").is_some_and(|(status, _)| status == "True");
            if ready && observed >= generation { Ok(object) } else { Err(told(&object)) }
        })
        .await
    }

    /// The sentence with which it says why it is not Ready.
    pub(crate) async fn is_not_ready_because(&self, name: &str, reason: &str) -> String {
        self.is_not_ready_in(&self.namespace, name, reason).await
    }

    pub(crate) async fn is_not_ready_in(&self, namespace: &str, name: &str, reason: &str) -> String {
        let realms = self.realms_in(namespace);
        let object = eventually("the KeycloakRealm says why it is not Ready", SOON, async || {
            let object = realms.get(name).await.unwrap();
            let not_ready = condition(&object, "Ready").is_some_and(|(status, _)| status == "False");
            if not_ready && ready_reason(&object) == Some(reason) { Ok(object) } else { Err(told(&object)) }
        })
        .await;
        condition(&object, "Ready").unwrap().1
    }

    /// A forced pass that comes to its end: the next one begins after it has written what it had to.
    pub(crate) async fn looks_again(self: &std::sync::Arc<Self>, name: &str) -> (Snapshot, Snapshot) {
        let before = (self.kube_proxy.snapshot(), self.keycloak.snapshot());
        let process = self.start();
        self.watch_has_begun(&before.0).await;
        self.annotates(name, keycloak_crds::labels::annotation::RECONCILE_AT, &unique_name("at")).await;
        eventually("the realm is looked at", SOON, async || {
            let calls = self.keycloak.since(&before.1);
            if calls.reads() > 0 { Ok(()) } else { Err(calls.to_string()) }
        })
        .await;
        process.stops().await;
        before
    }

    /// What is settled when the watch begins waits for its resync: only what changes after that is looked at.
    pub(crate) async fn watch_has_begun(&self, before: &Snapshot) {
        eventually("the watches have begun", SOON, async || {
            let calls = self.kube_proxy.since(before);
            let began = |template| !calls.to(&http::Method::GET, template).is_empty();
            if began(REALMS_WATCH) && began(KEYCLOAKS_WATCH) { Ok(()) } else { Err(calls.to_string()) }
        })
        .await;
    }

    pub(crate) async fn deletes(&self, name: &str) {
        self.realms().delete(name, &DeleteParams::default()).await.unwrap();
    }

    pub(crate) async fn is_gone(&self, name: &str) {
        eventually("the KeycloakRealm is gone", SOON, async || match self.realms().get_opt(name).await {
            Ok(None) => Ok(()),
            Ok(Some(object)) => Err(format!("{:?} {}", object.finalizers(), told(&object))),
            Err(error) => Err(error.to_string()),
        })
        .await;
    }

    /// Takes every finalizer away and deletes the object: as a restore from Git finds it.
    pub(crate) async fn loses(&self, name: &str) {
        let patch = json!({"metadata": {"finalizers": null}});
        self.realms().patch(name, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
        self.deletes(name).await;
        self.is_gone(name).await;
    }

    /// What a Secret holds, as text.
    pub(crate) async fn secret(&self, namespace: &str, name: &str) -> Option<BTreeMap<String, String>> {
        let secret = self.secrets(namespace).get_opt(name).await.unwrap()?;
        let data = secret.data.unwrap_or_default();
        Some(data.into_iter().map(|(key, value)| (key, String::from_utf8(value.0).unwrap())).collect())
    }

    pub(crate) async fn sets_in_secret(&self, name: &str, key: &str, value: &str) {
        let patch = json!({"stringData": {key: value}});
        let secrets = self.secrets(&self.namespace);
        secrets.patch(name, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    }

    /// Name of the Secret with our login in the realm of this object.
    pub(crate) fn login_secret_name(object: &KeycloakRealm) -> String {
        let owner = keycloak_connect::Owner::realm(object).unwrap();
        login::client_manager_secret_name("keycloak", &owner)
    }

    /// The login of the client controller, proven by one authenticated call.
    pub(crate) async fn our_login_works(&self, object: &KeycloakRealm) {
        let secret = self.secret(&self.namespace, &Self::login_secret_name(object)).await.unwrap();
        let realm_name = &object.spec.realm_name;
        let login =
            Login::service_account(realm_name, &secret["client-id"], secret["client-secret"].as_str().into());
        let api = api(&self.server, login);
        assert!(api.client_by_client_id(realm_name, "account").await.unwrap().is_some());
        assert_eq!(secret["realm"], *realm_name);
        assert_eq!(secret["uid"], object.uid().unwrap());
    }

    /// Whether any Event of this namespace has that reason.
    pub(crate) async fn has_event(&self, reason: &str) -> bool {
        let events: Api<Event> = Api::namespaced(self.kube.clone(), &self.namespace);
        let events = events.list(&ListParams::default()).await.unwrap();
        events.iter().any(|event| event.reason.as_deref() == Some(reason))
    }

    pub(crate) async fn patches_status(&self, name: &str, status: Value) {
        let patch = Patch::Merge(json!({"status": status}));
        self.realms().patch_status(name, &PatchParams::default(), &patch).await.unwrap();
    }

    pub(crate) async fn event_says(&self, reason: &str, note: &str) {
        let events: Api<Event> = Api::namespaced(self.kube.clone(), &self.namespace);
        eventually("an Event tells it", SOON, async || {
            let events = events.list(&ListParams::default()).await.map_err(|error| error.to_string())?;
            let told = events.iter().any(|event| {
                event.reason.as_deref() == Some(reason)
                    && event.note.as_deref().is_some_and(|found| found.contains(note))
            });
            let notes: Vec<_> = events.iter().map(|event| (&event.reason, &event.note)).collect();
            if told { Ok(()) } else { Err(format!("{notes:?}")) }
        })
        .await;
    }

    /// Leaves nothing in Keycloak.
    pub(crate) async fn leave(&self, realms: &[&str]) {
        for name in realms {
            self.console.deletes(&realm(name)).await;
        }
        self.console.deletes(&controller_testkit::client("master", &self.account)).await;
        if let Some(rights) = &self.rights {
            rights.leaves().await;
        }
    }
}
