//! A namespace with an instance that is ready, the realm controller, and the proxies between them and the servers.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use controller_runtime::{CallPolicy, Namespaces, Options, Pacing, RunError, Runtime, calls};
use controller_testkit::{
    Console, Installed, KeycloakServer, Person, Proxy, Running, Snapshot, StopPoint, eventually,
    install_crypto_provider, kubeconfig_path, realm, unique_name,
};
use k8s_openapi::api::{core::v1::Secret, events::v1::Event};
use keycloak_admin::{AdminApi, AdminSession, Login, Secret as SecretText, Server, ServerSettings, logins};
use keycloak_connect::{
    ClusterId, Consent, Instance, RealmManagerLogin, Secrets, login,
    secret::{self, Takeover},
};
use keycloak_crds::{Keycloak, KeycloakClient, KeycloakQuota, KeycloakRealm};
use kube::{
    Api, Client, ResourceExt as _,
    api::ListParams,
    config::{KubeConfigOptions, Kubeconfig},
};
use realm_controller::{PRODUCT, Settings, install};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

pub(crate) const SOON: Duration = Duration::from_secs(90);

/// The controller's watches.
const KEYCLOAKS_WATCH: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/{namespace}/keycloaks?watch";
const REALMS_WATCH: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/{namespace}/keycloakrealms?watch";

/// A namespace of its own with Keycloak `keycloak`, whose realm-manager exists.
pub(crate) struct Place {
    /// The test's own way to the API server.
    pub(crate) kube: Client,
    /// Who works with it.
    person: Person,
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
    /// How often the controller reads admin events.
    pub(crate) admin_events: Duration,
    /// How often it looks at what is settled.
    pub(crate) resync: Duration,
    /// The controllers' namespace: that of all tests, unless one needs its own.
    pub(crate) home: Option<String>,
    server: KeycloakServer,
    cluster: String,
    further: Vec<String>,
    rights: Option<Installed>,
}

/// A controller that runs.
pub(crate) type Process = Running;

async fn client(config: Kubeconfig) -> Client {
    let config = kube::Config::from_custom_kubeconfig(config, &KubeConfigOptions::default()).await.unwrap();
    calls::client(config, CallPolicy::default(), None).unwrap()
}

/// The definitions that users apply.
fn definitions() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/crds");
    let plurals = ["keycloaks", "keycloakrealms", "keycloakclients", "keycloakquotas"];
    plurals.iter().map(|plural| folder.join(format!("{plural}.yaml"))).collect()
}

/// Status and message of a condition.
pub(crate) fn condition(object: &KeycloakRealm, type_: &str) -> Option<(String, String)> {
    controller_testkit::condition(object, type_).map(|found| (found.status, found.message))
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
        let person = Person::with(kube.clone());
        person.installs(&definitions()).await;
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
            admin_events: Settings::default().admin_events,
            resync: Pacing::default().resync,
            home: None,
            stop,
            person,
            kube,
        };
        place.person.makes_namespace(&place.namespace).await;
        place.has_an_instance().await;
        place
    }

    /// What the instance controller does: the login, and what status tells.
    async fn has_an_instance(&mut self) {
        let object = json!({
            "metadata": {"name": "keycloak"},
            "spec": {"external": {"url": self.keycloak.url()}, "admin": {"existingSecret": "keycloak-admin"}},
        });
        self.person.applies::<Keycloak>(&self.namespace, object).await.unwrap();
        let version = if self.server.version() == "26.4" { "26.4.5" } else { "26.7.3" };
        let url = self.keycloak.url();
        let status = json!({"version": version, "endpoints": {"internal": url, "public": url}});
        self.person.edits_status::<Keycloak>(&self.namespace, "keycloak", status).await;
        let instance = self.instance().await;
        let cluster = ClusterId::given(&self.cluster).unwrap();
        self.account = login::realm_manager_account(&cluster, &instance);
        let (administrator, secret) = (self.administrator(), SecretText::random());
        let made = logins::realm_manager(&administrator, &self.account, &secret).await.unwrap();
        let login = RealmManagerLogin { credentials: made.credentials };
        secret::write(&self.reader(), &login.wanted(&instance), None, Takeover::No).await.unwrap();
    }

    /// Reads Secrets as a controller does.
    pub(crate) fn reader(&self) -> Secrets {
        Secrets::new(self.kube.clone(), Consent::Off)
    }

    pub(crate) async fn instance(&self) -> Instance {
        Instance::of(self.person.gets(&self.namespace, "keycloak").await).unwrap()
    }

    pub(crate) fn administrator(&self) -> AdminApi {
        api(&self.server, Login::bootstrap_admin(self.server.admin(), self.server.password().into()))
    }

    /// Another namespace in which the controller works, too.
    pub(crate) async fn another_namespace(&mut self, purpose: &str) -> String {
        let name = unique_name(purpose);
        self.person.makes_namespace(&name).await;
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
            concurrency: 2,
            pacing: Pacing { resync: self.resync, ..Pacing::default() },
            ..Options::alone()
        };
        let kube = client(self.config()).await;
        let runtime = Runtime::new(&PRODUCT, &kube, options)?;
        let cluster = ClusterId::given(&self.cluster).unwrap();
        let settings =
            Settings { consent: Consent::Off, admin_events: self.admin_events, ..Settings::default() };
        install(runtime, cluster, settings).run(stop).await
    }

    /// The controller's way to the API server.
    fn config(&self) -> Kubeconfig {
        let mut config = Kubeconfig::from_yaml(&self.kube_proxy.kubeconfig()).unwrap();
        for context in config.contexts.iter_mut().filter_map(|named| named.context.as_mut()) {
            context.namespace.clone_from(&self.home);
        }
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

    /// Applies KeycloakRealm `name` with these further fields and works until it is Ready, as one process that can be dropped at any
    /// moment.
    pub(crate) async fn works_until_ready(&self, name: &str, realm_name: &str, further: &Value) {
        self.works_until(async {
            self.applies(name, self.spec(realm_name, further)).await;
            self.becomes_ready(name).await;
        })
        .await;
    }

    /// Starts the controller, with another cache and other sessions than the one before.
    pub(crate) fn start(self: &std::sync::Arc<Self>) -> Process {
        let place = std::sync::Arc::clone(self);
        Running::start(async move |stopped| place.runs(stopped).await)
    }

    pub(crate) fn keycloaks(&self) -> Api<Keycloak> {
        self.person.objects(&self.namespace)
    }

    pub(crate) fn realms(&self) -> Api<KeycloakRealm> {
        self.realms_in(&self.namespace)
    }

    pub(crate) fn realms_in(&self, namespace: &str) -> Api<KeycloakRealm> {
        self.person.objects(namespace)
    }

    /// Writes a token where a tenant has its copy: Secret `ticket` of its own namespace.
    pub(crate) async fn writes_ticket(&self, tenant: &str, token: &str) {
        self.person.writes_secret(tenant, "ticket", json!({"token": token})).await;
    }

    /// Waits until the realm is not Ready for this reason, in these words among others.
    pub(crate) async fn is_told(&self, name: &str, reason: &str, words: &str) -> String {
        let why = (Some(reason), words);
        self.person.is_told::<KeycloakRealm>(&self.namespace, name, why, SOON).await
    }

    pub(crate) fn secrets(&self, namespace: &str) -> Api<Secret> {
        self.person.objects(namespace)
    }

    /// Lets the service accounts of a namespace do this in the instance's.
    pub(crate) async fn grants(&self, namespace: &str, verbs: &[&str]) {
        self.person.grants(&self.namespace, namespace, "keycloaks.keycloak.mdvr.nl", verbs).await;
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
        let object = json!({"metadata": {"name": name}, "spec": spec});
        self.person.applies(namespace, object).await
    }

    pub(crate) async fn annotates(&self, name: &str, annotation: &str, value: &str) {
        self.person.annotates::<KeycloakRealm>(&self.namespace, name, annotation, value).await;
    }

    pub(crate) async fn object(&self, name: &str) -> KeycloakRealm {
        self.person.gets(&self.namespace, name).await
    }

    pub(crate) async fn becomes_ready(&self, name: &str) -> KeycloakRealm {
        self.becomes_ready_in(&self.namespace, name).await
    }

    pub(crate) async fn is_ready_within(&self, name: &str, limit: Duration) -> KeycloakRealm {
        self.person.becomes_ready(&self.namespace, name, limit).await
    }

    pub(crate) async fn becomes_ready_in(&self, namespace: &str, name: &str) -> KeycloakRealm {
        self.person.becomes_ready(namespace, name, SOON).await
    }

    /// The sentence with which it says why it is not Ready.
    pub(crate) async fn is_not_ready_because(&self, name: &str, reason: &str) -> String {
        self.is_not_ready_in(&self.namespace, name, reason).await
    }

    pub(crate) async fn is_not_ready_in(&self, namespace: &str, name: &str, reason: &str) -> String {
        let object: KeycloakRealm = self.person.is_not_ready_because(namespace, name, 0, reason, SOON).await;
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
        self.person.deletes::<KeycloakRealm>(&self.namespace, name).await;
    }

    pub(crate) async fn is_gone(&self, name: &str) {
        self.person.is_gone::<KeycloakRealm>(&self.namespace, name, SOON).await;
    }

    pub(crate) async fn is_gone_in(&self, namespace: &str, name: &str) {
        self.person.is_gone::<KeycloakRealm>(namespace, name, SOON).await;
    }

    /// Waits for an Event of this reason about an object, and gives what it says.
    pub(crate) async fn is_noted(&self, namespace: &str, name: &str, reason: &str) -> String {
        let events = self.person.objects::<Event>(namespace);
        eventually(&format!("an Event {reason} about {name}"), SOON, async || {
            let events = events.list(&ListParams::default()).await.map_err(|error| error.to_string())?;
            let mut about = events.iter().filter(|event| {
                let object = event.regarding.as_ref().and_then(|about| about.name.as_deref());
                object == Some(name) && event.reason.as_deref() == Some(reason)
            });
            let seen = || format!("{:?}", events.iter().map(|event| &event.note).collect::<Vec<_>>());
            about.next().and_then(|event| event.note.clone()).ok_or_else(seen)
        })
        .await
    }

    /// Takes every finalizer away and deletes the object: as a restore from Git finds it.
    pub(crate) async fn loses(&self, name: &str) {
        self.person.loses::<KeycloakRealm>(&self.namespace, name, SOON).await;
    }

    /// What a Secret holds, as text.
    pub(crate) async fn secret(&self, namespace: &str, name: &str) -> Option<BTreeMap<String, String>> {
        self.person.secret(namespace, name).await
    }

    pub(crate) async fn sets_in_secret(&self, name: &str, key: &str, value: &str) {
        self.person.edits::<Secret>(&self.namespace, name, json!({"stringData": {key: value}})).await;
    }

    /// Sets an annotation of a Secret beside the instance.
    pub(crate) async fn annotates_secret(&self, name: &str, annotation: &str, value: &str) {
        self.person.annotates::<Secret>(&self.namespace, name, annotation, value).await;
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
        let events = self.person.objects::<Event>(&self.namespace);
        let events = events.list(&ListParams::default()).await.unwrap();
        events.iter().any(|event| event.reason.as_deref() == Some(reason))
    }

    /// Applies KeycloakQuota `small` of this namespace.
    pub(crate) async fn allows(&self, spec: Value) {
        let object = json!({"metadata": {"name": "small"}, "spec": spec});
        self.person.applies::<KeycloakQuota>(&self.namespace, object).await.unwrap();
    }

    pub(crate) async fn quota(&self) -> KeycloakQuota {
        self.person.gets(&self.namespace, "small").await
    }

    /// Waits until the quota is Ready and says this.
    pub(crate) async fn quota_says(&self, words: &str) {
        eventually(&format!("the quota says {words:?}"), SOON, async || {
            let quota = self.quota().await;
            let ready = controller_testkit::condition(&quota, "Ready");
            match ready.filter(|ready| ready.status == "True" && ready.message == words) {
                Some(_) => Ok(()),
                None => Err(serde_json::to_string(&quota.status).unwrap_or_default()),
            }
        })
        .await;
    }

    /// KeycloakClient `client_id` of object `acme`, as its controller leaves it once the client is made.
    pub(crate) async fn has_a_client(&self, client_id: &str, realm_uid: &str) {
        let realm = json!({"name": "acme", "namespace": self.namespace});
        let spec = json!({"clientId": client_id, "realmRef": realm});
        let object = json!({"metadata": {"name": client_id}, "spec": spec});
        self.person.applies::<KeycloakClient>(&self.namespace, object).await.unwrap();
        let status = json!({"realmUid": realm_uid, "internalId": unique_name("client")});
        self.person.edits_status::<KeycloakClient>(&self.namespace, client_id, status).await;
    }

    pub(crate) async fn patches_status(&self, name: &str, status: Value) {
        self.person.edits_status::<KeycloakRealm>(&self.namespace, name, status).await;
    }

    pub(crate) async fn event_says(&self, reason: &str, note: &str) {
        self.person.reads_event(&self.namespace, reason, note, SOON).await;
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
