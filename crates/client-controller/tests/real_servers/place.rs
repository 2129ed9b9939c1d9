//! A namespace with an instance, a realm and its login as the other controllers make them, the controller that looks after its
//! clients, and the proxies between them and the servers.

use std::{collections::BTreeMap, path::Path, time::Duration};

use authorization_token::{
    Ledger, Scope,
    rotation::{IssuePolicy, Lifetimes},
};
use client_controller::{ClientController, PRODUCT, Settings};
use controller_runtime::{CallPolicy, Namespaces, Options, Pacing, RunError, Runtime, calls};
use controller_testkit::{
    Console, KeycloakServer, Proxy, Snapshot, StopPoint, Thing, eventually, install_crypto_provider,
    kubeconfig_path, realm, unique_name,
};
use k8s_openapi::{
    api::{
        core::v1::{Namespace, Secret},
        events::v1::Event,
    },
    apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition,
};
use keycloak_admin::{AdminApi, AdminSession, Login, Secret as SecretText, Server, ServerSettings, logins};
use keycloak_connect::{
    ClientManagerLogin, ClusterId, Consent, Instance, Realm,
    login::account,
    secret::{self, Takeover},
    tokens::{self, Line},
};
use keycloak_crds::{Keycloak, KeycloakClient, KeycloakRealm, labels::annotation};
use kube::{
    Api, Client, ResourceExt as _,
    api::{DeleteParams, ListParams, Patch, PatchParams, PostParams},
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::{Value, json};
use tokio::{sync::OnceCell, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::rights::Installed;

pub(crate) const SOON: Duration = Duration::from_secs(60);

/// A namespace of its own, with Keycloak `keycloak` and `KeycloakRealm` `acme`.
pub(crate) struct Place {
    /// The test's own way to the API server.
    kube: Client,
    /// The controller's.
    pub(crate) kube_proxy: Proxy,
    /// The controller's way to Keycloak.
    pub(crate) keycloak: Proxy,
    /// Both stop here.
    pub(crate) point: StopPoint,
    pub(crate) console: Console,
    pub(crate) namespace: String,
    /// Another namespace, where nothing is.
    pub(crate) elsewhere: String,
    /// Name of the realm in Keycloak.
    pub(crate) realm: String,
    /// Client id of our login in the realm.
    account: String,
    /// Which cluster the controller takes this for.
    cluster: &'static str,
    rights: Option<Installed>,
}

/// A controller that runs. It ends at once when it is dropped, like a process that is killed.
pub(crate) struct Process {
    stop: CancellationToken,
    task: Option<JoinHandle<Result<(), RunError>>>,
}

impl Process {
    /// Lets the pass that runs end, then the controller.
    pub(crate) async fn stops(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            task.await.unwrap().unwrap();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
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
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/crds");
                let text = std::fs::read_to_string(folder.join(format!("{plural}.yaml"))).unwrap();
                let definition: Value = serde_yaml_ng::from_str(&text).unwrap();
                let name = format!("{plural}.keycloak.mdvr.nl");
                let parameters = PatchParams::apply("test").force();
                definitions.patch(&name, &parameters, &Patch::Apply(definition)).await.unwrap();
            }
            let clients: Api<KeycloakClient> = Api::all(kube.clone());
            let realms: Api<KeycloakRealm> = Api::all(kube.clone());
            let instances: Api<Keycloak> = Api::all(kube.clone());
            let one = ListParams::default().limit(1);
            eventually("the kinds can be listed", SOON, async || {
                clients.list(&one).await.map(|_| ())?;
                realms.list(&one).await.map(|_| ())?;
                instances.list(&one).await.map(|_| ())
            })
            .await;
        })
        .await;
}

/// Status, reason and message of a condition.
pub(crate) fn condition(object: &KeycloakClient, type_: &str) -> Option<(String, String, String)> {
    let conditions = object.status.as_ref()?.conditions.as_ref()?;
    let condition = conditions.iter().find(|condition| condition.type_ == type_)?;
    Some((
        format!("{:?}", condition.status),
        condition.reason.clone().unwrap_or_default(),
        condition.message.clone().unwrap_or_default(),
    ))
}

/// What a person reads of an object: phase, reason and message.
pub(crate) fn told(object: &KeycloakClient) -> String {
    serde_json::to_string(&object.status).unwrap_or_default()
}

async fn makes_namespace(kube: &Client, name: &str) {
    let object: Namespace = serde_json::from_value(json!({"metadata": {"name": name}})).unwrap();
    Api::<Namespace>::all(kube.clone()).create(&PostParams::default(), &object).await.unwrap();
}

impl Place {
    pub(crate) async fn new(purpose: &str, server: &KeycloakServer) -> Self {
        Box::pin(Self::made(purpose, server)).await
    }

    async fn made(purpose: &str, server: &KeycloakServer) -> Self {
        install_crypto_provider();
        let kube = client(Kubeconfig::read_from(kubeconfig_path()).unwrap()).await;
        install_kinds(&kube).await;
        let (namespace, elsewhere) = (unique_name(purpose), unique_name(&format!("{purpose}-else")));
        makes_namespace(&kube, &namespace).await;
        makes_namespace(&kube, &elsewhere).await;
        let point = StopPoint::new();
        let mut place = Self {
            kube_proxy: Proxy::before_api_server(&kubeconfig_path()).stopping_at(&point).start().await,
            keycloak: Proxy::before_keycloak(server.url()).stopping_at(&point).start().await,
            console: Console::open(server).await,
            realm: unique_name(purpose),
            account: String::new(),
            cluster: "test",
            rights: None,
            kube,
            point,
            namespace,
            elsewhere,
        };
        place.makes_instance(server).await;
        place.makes_realm(server).await;
        place
    }

    /// As the instance controller leaves it.
    async fn makes_instance(&self, server: &KeycloakServer) {
        let external = json!({"url": self.keycloak.url(), "publicUrl": "https://sso.example.com/auth"});
        let spec = json!({"external": external, "admin": {"existingSecret": "keycloak-admin"}});
        let object = json!({
            "apiVersion": "keycloak.mdvr.nl/v1", "kind": "Keycloak", "metadata": {"name": "keycloak"}, "spec": spec,
        });
        let api: Api<Keycloak> = Api::namespaced(self.kube.clone(), &self.namespace);
        let parameters = PatchParams::apply("person").force();
        api.patch("keycloak", &parameters, &Patch::Apply(object)).await.unwrap();
        let endpoints = json!({"internal": self.keycloak.url(), "public": "https://sso.example.com/auth"});
        let status = json!({"status": {"endpoints": endpoints, "version": server.version()}});
        api.patch_status("keycloak", &PatchParams::default(), &Patch::Merge(status)).await.unwrap();
    }

    /// As the realm controller leaves it: the realm, our login in it, its token, and `status.available`.
    async fn makes_realm(&mut self, server: &KeycloakServer) {
        self.console.creates(&realm(&self.realm), json!({"enabled": true})).await;
        let spec = json!({"realmName": self.realm, "operatorRef": {"namespace": self.namespace}});
        let object = json!({
            "apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm", "metadata": {"name": "acme"}, "spec": spec,
        });
        let parameters = PatchParams::apply("person").force();
        self.realms().patch("acme", &parameters, &Patch::Apply(object)).await.unwrap();
        Box::pin(self.makes_login(server)).await;
        self.issues_token().await;
        self.realm_is_available(true).await;
    }

    pub(crate) fn realms(&self) -> Api<KeycloakRealm> {
        Api::namespaced(self.kube.clone(), &self.namespace)
    }

    async fn the_instance(&self) -> Instance {
        let api: Api<Keycloak> = Api::namespaced(self.kube.clone(), &self.namespace);
        Instance::of(api.get("keycloak").await.unwrap()).unwrap()
    }

    async fn the_realm(&self) -> Realm {
        Realm::of(self.realms().get("acme").await.unwrap()).unwrap()
    }

    async fn realm_id(&self) -> String {
        self.console.sees(&realm(&self.realm)).await.unwrap()["id"].as_str().unwrap().to_owned()
    }

    async fn makes_login(&mut self, server: &KeycloakServer) {
        let (instance, object) = (self.the_instance().await, self.the_realm().await);
        let bootstrap = Login::bootstrap_admin(server.admin(), server.password().into());
        let keycloak = Server::new(ServerSettings::new(server.url())).unwrap();
        let administrator = AdminApi::new(AdminSession::new(&keycloak, bootstrap));
        let name = account(&ClusterId::given(self.cluster).unwrap(), object.owner());
        let secret = SecretText::random();
        let made = logins::client_manager(&administrator, &self.realm, &name, &secret).await;
        let login = ClientManagerLogin {
            credentials: made.unwrap().credentials,
            realm: self.realm.clone(),
            realm_id: self.realm_id().await,
            owner: object.owner().clone(),
        };
        secret::write(&self.kube, &login.wanted(&instance), None, Takeover::No).await.unwrap();
        self.account = name;
    }

    async fn issues_token(&self) {
        let object = self.the_realm().await;
        let place = tokens::place_of_realm(&self.kube, &object).await.unwrap();
        let policy = IssuePolicy {
            line: None,
            scope: Scope { target: object.identity().clone(), namespaces: None },
            limits: None,
            lifetimes: Lifetimes::default(),
            replace_issued_before: None,
        };
        let line = Line {
            owner: object.owner(),
            resource_version: object.object().metadata.resource_version.as_deref().unwrap(),
            ledger: &Ledger::default(),
            revoked: &std::collections::BTreeSet::new(),
            policy: &policy,
        };
        tokens::issue::<KeycloakRealm>(&self.kube, &line, &place, jiff::Timestamp::now()).await.unwrap();
    }

    /// The authorization token of the realm.
    pub(crate) async fn token(&self) -> String {
        let name = format!("{}-realm-auth", self.realm);
        self.secret(&name).await.unwrap()["token"].clone()
    }

    pub(crate) async fn realm_is_available(&self, available: bool) {
        let id = if available { json!(self.realm_id().await) } else { Value::Null };
        let word = if available { "RealmAvailable" } else { "RealmMissing" };
        let status = json!({"status": {"available": {"realmId": id, "reason": word}}});
        self.realms().patch_status("acme", &PatchParams::default(), &Patch::Merge(status)).await.unwrap();
    }

    /// Removes the `KeycloakRealm` object and leaves the realm.
    pub(crate) async fn forgets_realm_object(&self) {
        self.realms().delete("acme", &DeleteParams::default()).await.unwrap();
        eventually("the KeycloakRealm is gone", SOON, async || match self.realms().get_opt("acme").await {
            Ok(None) => Ok(()),
            other => Err(format!("{other:?}")),
        })
        .await;
    }

    /// Starts the controller, with another cache and other sessions than the one before.
    pub(crate) fn start(&self) -> Process {
        let pacing = Pacing { retry_first: Duration::from_millis(200), ..Pacing::default() };
        self.start_with(pacing, Consent::Off)
    }

    /// The same where a Secret must consent to be read.
    pub(crate) fn start_with_consent(&self) -> Process {
        self.start_with(Pacing::default(), Consent::Label)
    }

    /// The same with a resync every other second.
    pub(crate) fn start_resyncing(&self) -> Process {
        self.start_with(Pacing { resync: Duration::from_secs(2), ..Pacing::default() }, Consent::Off)
    }

    fn start_with(&self, pacing: Pacing, consent: Consent) -> Process {
        let options = Options {
            namespaces: Namespaces::of(vec![self.namespace.clone(), self.elsewhere.clone()]),
            metrics_address: None,
            election: None,
            concurrency: 2,
            pacing,
            pass_timeout: Duration::from_secs(60),
            drain: Duration::from_secs(30),
            calls: CallPolicy::default(),
        };
        let config = self.config();
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let settings = Settings {
            cluster: ClusterId::given(self.cluster).unwrap(),
            home: self.namespace.clone(),
            consent,
        };
        let task = tokio::spawn(async move {
            let kube = client(config).await;
            let runtime = Runtime::new(&PRODUCT, &kube, options)?;
            let controller = ClientController::new(runtime.kube(), settings).watching();
            runtime.controller(controller).run(stopped).await
        });
        Process { stop, task: Some(task) }
    }

    /// The controller's way to the API server.
    fn config(&self) -> Kubeconfig {
        let config = Kubeconfig::from_yaml(&self.kube_proxy.kubeconfig()).unwrap();
        match &self.rights {
            Some(rights) => rights.user_of(config),
            None => config,
        }
    }

    /// From now on the controller has the rights that `deploy/client` gives it, and no others.
    pub(crate) async fn has_only_its_rights(&mut self) {
        let rights = self.rights.insert(Installed::of(&self.kube, "client", &self.namespace).await);
        let config = rights.user_of(Kubeconfig::from_yaml(&self.kube_proxy.kubeconfig()).unwrap());
        rights.hold(&client(config).await, &self.namespace).await;
    }

    pub(crate) fn clients(&self) -> Api<KeycloakClient> {
        Api::namespaced(self.kube.clone(), &self.namespace)
    }

    /// The client in Keycloak.
    pub(crate) fn thing(&self, client_id: &str) -> Thing {
        controller_testkit::client(&self.realm, client_id)
    }

    fn object(&self, name: &str, further: &Value) -> Value {
        let mut spec =
            json!({"clientId": "portal", "realmRef": {"name": "acme", "namespace": self.namespace}});
        for (field, value) in further.as_object().unwrap() {
            spec[field] = value.clone();
        }
        json!({
            "apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakClient", "metadata": {"name": name}, "spec": spec,
        })
    }

    /// Applies an object and gives its generation.
    pub(crate) async fn applies(&self, name: &str, further: &Value) -> i64 {
        self.applies_in(&self.namespace, name, self.object(name, further)).await
    }

    pub(crate) async fn applies_elsewhere(&self, name: &str, further: &Value) -> i64 {
        self.applies_in(&self.elsewhere, name, self.object(name, further)).await
    }

    pub(crate) async fn applies_with_finalizer(&self, name: &str, finalizer: &str) -> i64 {
        let mut object = self.object(name, &json!({}));
        object["metadata"]["finalizers"] = json!([finalizer]);
        self.applies_in(&self.namespace, name, object).await
    }

    async fn applies_in(&self, namespace: &str, name: &str, object: Value) -> i64 {
        let api: Api<KeycloakClient> = Api::namespaced(self.kube.clone(), namespace);
        let parameters = PatchParams::apply("person").force();
        let applied = api.patch(name, &parameters, &Patch::Apply(object)).await.unwrap();
        applied.metadata.generation.unwrap()
    }

    /// What the API server says to an object that it does not take.
    pub(crate) async fn is_refused_at_admission(&self, further: &Value) -> String {
        let object = self.object("refused", further);
        let parameters = PatchParams::apply("person").force();
        match self.clients().patch("refused", &parameters, &Patch::Apply(object)).await {
            Err(kube::Error::Api(status)) => status.message,
            other => panic!("it was taken: {other:?}"),
        }
    }

    pub(crate) async fn annotates(&self, name: &str, key: &str, value: &str) {
        let patch = json!({"metadata": {"annotations": {key: value}}});
        self.clients().patch(name, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    }

    /// Asks for a thorough pass, and waits until Keycloak is looked at.
    pub(crate) async fn forces(&self, name: &str) -> Snapshot {
        let before = self.keycloak.snapshot();
        self.annotates(name, annotation::RECONCILE_AT, &unique_name("at")).await;
        eventually("Keycloak is looked at", SOON, async || {
            let calls = self.keycloak.since(&before);
            if calls.reads() > 0 { Ok(()) } else { Err(calls.to_string()) }
        })
        .await;
        before
    }

    pub(crate) async fn get(&self, name: &str) -> KeycloakClient {
        self.clients().get(name).await.unwrap()
    }

    pub(crate) async fn becomes_ready(&self, name: &str) -> KeycloakClient {
        let generation = self.get(name).await.metadata.generation.unwrap();
        self.is_ready_at(name, generation).await
    }

    pub(crate) async fn is_ready_at(&self, name: &str, generation: i64) -> KeycloakClient {
        eventually("the client is Ready", SOON, async || {
            let object = self.clients().get(name).await.map_err(|error| error.to_string())?;
            let observed = object.status.as_ref().and_then(|status| status.observed_generation);
            let ready = condition(&object, "Ready").is_some_and(|(status, _, _)| status == "True");
            if ready && observed >= Some(generation) { Ok(object) } else { Err(told(&object)) }
        })
        .await
    }

    /// Waits for the reason and gives the message.
    pub(crate) async fn is_not_ready_because(&self, name: &str, reason: &str) -> String {
        self.in_is_not_ready(&self.namespace, 0, name, reason).await
    }

    pub(crate) async fn elsewhere_is_not_ready_because(&self, name: &str, reason: &str) -> String {
        self.elsewhere_is_not_ready_at(0, name, reason).await
    }

    /// The same for what is said about this generation or a later one.
    pub(crate) async fn elsewhere_is_not_ready_at(
        &self,
        generation: i64,
        name: &str,
        reason: &str,
    ) -> String {
        self.in_is_not_ready(&self.elsewhere, generation, name, reason).await
    }

    async fn in_is_not_ready(&self, namespace: &str, generation: i64, name: &str, reason: &str) -> String {
        let api: Api<KeycloakClient> = Api::namespaced(self.kube.clone(), namespace);
        eventually("the client says why it is not Ready", SOON, async || {
            let object = api.get(name).await.map_err(|error| error.to_string())?;
            let observed = object.status.as_ref().and_then(|status| status.observed_generation);
            match condition(&object, "Ready") {
                Some((status, found, message))
                    if status == "False" && found == reason && observed >= Some(generation) =>
                {
                    Ok(self.anonymous(&message))
                }
                _ => Err(told(&object)),
            }
        })
        .await
    }

    pub(crate) async fn elsewhere_becomes_ready(&self, name: &str) -> KeycloakClient {
        let api: Api<KeycloakClient> = Api::namespaced(self.kube.clone(), &self.elsewhere);
        eventually("the client is Ready", SOON, async || {
            let object = api.get(name).await.map_err(|error| error.to_string())?;
            let ready = condition(&object, "Ready").is_some_and(|(status, _, _)| status == "True");
            if ready { Ok(object) } else { Err(told(&object)) }
        })
        .await
    }

    /// A text without the names that differ from run to run.
    pub(crate) fn anonymous(&self, text: &str) -> String {
        text.replace(&self.elsewhere, "<elsewhere>")
            .replace(&self.namespace, "<namespace>")
            .replace(&self.realm, "<realm>")
            .replace(&self.keycloak.url(), "<url>")
            .replace(&self.account, "<login>")
    }

    fn secrets(&self, namespace: &str) -> Api<Secret> {
        Api::namespaced(self.kube.clone(), namespace)
    }

    pub(crate) async fn writes_secret(&self, namespace: &str, name: &str, data: Value) {
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "stringData": data,
        });
        let parameters = PatchParams::apply("person").force();
        self.secrets(namespace).patch(name, &parameters, &Patch::Apply(secret)).await.unwrap();
    }

    pub(crate) async fn labels_secret(&self, name: &str, labels: Value) {
        let patch = json!({"metadata": {"labels": labels}});
        let secrets = self.secrets(&self.namespace);
        secrets.patch(name, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    }

    /// The garbage collector of a cluster may have done it before, where the object that it belongs to is gone.
    pub(crate) async fn deletes_secret(&self, name: &str) {
        match self.secrets(&self.namespace).delete(name, &DeleteParams::default()).await {
            Ok(_) => {}
            Err(kube::Error::Api(status)) if status.is_not_found() => {}
            Err(error) => panic!("Secret {name} is not deleted: {error}"),
        }
    }

    /// What a Secret holds, as text.
    pub(crate) async fn secret(&self, name: &str) -> Option<BTreeMap<String, String>> {
        let secret = self.secrets(&self.namespace).get_opt(name).await.unwrap()?;
        let data = secret.data.unwrap_or_default();
        Some(data.into_iter().map(|(key, value)| (key, String::from_utf8(value.0).unwrap())).collect())
    }

    /// Waits until a Secret is as wanted.
    pub(crate) async fn secret_becomes(
        &self,
        name: &str,
        as_wanted: impl Fn(&BTreeMap<String, String>) -> bool,
    ) -> BTreeMap<String, String> {
        eventually("the Secret is written", SOON, async || match self.secret(name).await {
            Some(secret) if as_wanted(&secret) => Ok(secret),
            Some(secret) => Err(format!("it has the keys {:?}", secret.keys())),
            None => Err("it does not exist".to_owned()),
        })
        .await
    }

    pub(crate) async fn deletes(&self, name: &str) {
        self.clients().delete(name, &DeleteParams::default()).await.unwrap();
    }

    pub(crate) async fn is_gone(&self, name: &str) {
        eventually("the client is gone", SOON, async || match self.clients().get_opt(name).await {
            Ok(None) => Ok(()),
            Ok(Some(object)) => Err(format!("{:?} {}", object.finalizers(), told(&object))),
            Err(error) => Err(error.to_string()),
        })
        .await;
    }

    /// Removes an object as if there were no finalizer, and with it whatever remembers it.
    pub(crate) async fn loses(&self, name: &str) {
        self.deletes(name).await;
        let patch = json!({"metadata": {"finalizers": null}});
        self.clients().patch(name, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
        self.is_gone(name).await;
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

    /// Reasons and notes of the Events about an object elsewhere.
    pub(crate) async fn elsewhere_is_told_of(&self, name: &str) -> Vec<(String, String)> {
        let events: Api<Event> = Api::namespaced(self.kube.clone(), &self.elsewhere);
        let events = events.list(&ListParams::default()).await.unwrap();
        let about = events.into_iter().filter(|event| {
            event.regarding.as_ref().is_some_and(|about| about.name.as_deref() == Some(name))
        });
        let told = |event: Event| (event.reason.unwrap_or_default(), event.note.unwrap_or_default());
        about.map(told).collect()
    }

    pub(crate) async fn elsewhere_loses_its_status(&self, name: &str) {
        let clients: Api<KeycloakClient> = Api::namespaced(self.kube.clone(), &self.elsewhere);
        let patch = Patch::Merge(json!({"status": null}));
        clients.patch_status(name, &PatchParams::default(), &patch).await.unwrap();
    }

    /// Deletes an object elsewhere, and waits until it is gone.
    pub(crate) async fn elsewhere_goes(&self, name: &str) {
        let clients: Api<KeycloakClient> = Api::namespaced(self.kube.clone(), &self.elsewhere);
        clients.delete(name, &DeleteParams::default()).await.unwrap();
        eventually("the client is gone", SOON, async || match clients.get_opt(name).await {
            Ok(None) => Ok(()),
            other => Err(format!("{other:?}")),
        })
        .await;
    }

    /// Whether a Secret goes with any object.
    pub(crate) async fn is_bound(&self, name: &str) -> bool {
        let secret = self.secrets(&self.namespace).get(name).await.unwrap();
        !secret.owner_references().is_empty()
    }

    /// Takes the realm away.
    pub(crate) async fn leaves(self) {
        self.console.deletes(&realm(&self.realm)).await;
        if let Some(rights) = &self.rights {
            rights.leaves().await;
        }
    }
}
