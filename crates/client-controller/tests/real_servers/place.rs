//! A namespace with an instance, a realm and its login as the other controllers make them, the controller that looks after its
//! clients, and the proxies between them and the servers.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use authorization_token::{
    Ledger, Scope,
    rotation::{IssuePolicy, Lifetimes},
};
use client_controller::{ClientController, PRODUCT, Settings, install};
use controller_runtime::{CallPolicy, Namespaces, Options, Pacing, Runtime, calls};
use controller_testkit::{
    Console, Installed, KeycloakServer, Person, Proxy, Running, Snapshot, StopPoint, Thing, eventually,
    install_crypto_provider, kubeconfig_path, realm, unique_name,
};
use k8s_openapi::api::{core::v1::Secret, events::v1::Event};
use keycloak_admin::{AdminApi, AdminSession, Login, Secret as SecretText, Server, ServerSettings, logins};
use keycloak_connect::{
    ClientManagerLogin, ClusterId, Consent, Instance, Realm, Secrets,
    login::account,
    secret::{self, Takeover},
    tokens::{self, Line},
};
use keycloak_crds::{Keycloak, KeycloakClient, KeycloakQuota, KeycloakRealm, labels::annotation};
use kube::{
    Api, Client, ResourceExt as _,
    api::{ListParams, Patch, PatchParams},
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::{Value, json};

pub(crate) const SOON: Duration = Duration::from_secs(60);

/// A namespace of its own, with Keycloak `keycloak` and `KeycloakRealm` `acme`.
pub(crate) struct Place {
    /// The test's own way to the API server.
    kube: Client,
    /// Who works with it.
    person: Person,
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

/// Status, reason and message of a condition.
pub(crate) fn condition(object: &KeycloakClient, type_: &str) -> Option<(String, String, String)> {
    controller_testkit::condition(object, type_).map(|found| (found.status, found.reason, found.message))
}

impl Place {
    pub(crate) async fn new(purpose: &str, server: &KeycloakServer) -> Self {
        Box::pin(Self::made(purpose, server)).await
    }

    async fn made(purpose: &str, server: &KeycloakServer) -> Self {
        install_crypto_provider();
        let kube = client(Kubeconfig::read_from(kubeconfig_path()).unwrap()).await;
        let person = Person::with(kube.clone());
        person.installs(&definitions()).await;
        let (namespace, elsewhere) = (unique_name(purpose), unique_name(&format!("{purpose}-else")));
        person.makes_namespace(&namespace).await;
        person.makes_namespace(&elsewhere).await;
        let point = StopPoint::new();
        let mut place = Self {
            kube_proxy: Proxy::before_api_server(&kubeconfig_path()).stopping_at(&point).start().await,
            keycloak: Proxy::before_keycloak(server.url()).stopping_at(&point).start().await,
            console: Console::open(server).await,
            realm: unique_name(purpose),
            account: String::new(),
            cluster: "test",
            person,
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
        let object = json!({"metadata": {"name": "keycloak"}, "spec": spec});
        self.person.applies::<Keycloak>(&self.namespace, object).await.unwrap();
        let endpoints = json!({"internal": self.keycloak.url(), "public": "https://sso.example.com/auth"});
        let status = json!({"endpoints": endpoints, "version": server.version()});
        self.person.edits_status::<Keycloak>(&self.namespace, "keycloak", status).await;
    }

    /// As the realm controller leaves it: the realm, our login in it, its token, and `status.available`.
    async fn makes_realm(&mut self, server: &KeycloakServer) {
        self.console.creates(&realm(&self.realm), json!({"enabled": true})).await;
        let spec = json!({"realmName": self.realm, "operatorRef": {"namespace": self.namespace}});
        let object = json!({"metadata": {"name": "acme"}, "spec": spec});
        self.person.applies::<KeycloakRealm>(&self.namespace, object).await.unwrap();
        Box::pin(self.makes_login(server)).await;
        self.issues_token().await;
        self.realm_is_available(true).await;
    }

    async fn the_instance(&self) -> Instance {
        Instance::of(self.person.gets(&self.namespace, "keycloak").await).unwrap()
    }

    /// Reads Secrets as a controller does.
    fn reader(&self) -> Secrets {
        Secrets::new(self.kube.clone(), Consent::Off)
    }

    async fn the_realm(&self) -> Realm {
        Realm::of(self.person.gets(&self.namespace, "acme").await).unwrap()
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
        secret::write(&self.reader(), &login.wanted(&instance), None, Takeover::No).await.unwrap();
        self.account = name;
    }

    async fn issues_token(&self) {
        let object = self.the_realm().await;
        let place = tokens::place_of_realm(&self.reader(), &object).await.unwrap();
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
        tokens::issue::<KeycloakRealm>(&self.reader(), &line, &place, jiff::Timestamp::now()).await.unwrap();
    }

    /// The authorization token of the realm.
    pub(crate) async fn token(&self) -> String {
        let name = format!("{}-realm-auth", self.realm);
        self.secret(&name).await.unwrap()["token"].clone()
    }

    pub(crate) async fn realm_is_available(&self, available: bool) {
        let id = if available { json!(self.realm_id().await) } else { Value::Null };
        let word = if available { "RealmAvailable" } else { "RealmMissing" };
        let status = json!({"available": {"realmId": id, "reason": word}});
        self.person.edits_status::<KeycloakRealm>(&self.namespace, "acme", status).await;
    }

    /// Removes the `KeycloakRealm` object and leaves the realm.
    pub(crate) async fn forgets_realm_object(&self) {
        self.person.deletes::<KeycloakRealm>(&self.namespace, "acme").await;
        self.person.is_gone::<KeycloakRealm>(&self.namespace, "acme", SOON).await;
    }

    /// Starts the controller, with another cache and other sessions than the one before.
    pub(crate) fn start(&self) -> Running {
        let pacing = Pacing { retry_first: Duration::from_millis(200), ..Pacing::default() };
        self.start_with(pacing, Consent::Off)
    }

    /// The same where a Secret must consent to be read.
    pub(crate) fn start_with_consent(&self) -> Running {
        self.start_with(Pacing::default(), Consent::Label)
    }

    /// The same with a resync every other second.
    pub(crate) fn start_resyncing(&self) -> Running {
        self.start_with(Pacing { resync: Duration::from_secs(2), ..Pacing::default() }, Consent::Off)
    }

    fn start_with(&self, pacing: Pacing, consent: Consent) -> Running {
        let options = Options {
            namespaces: Namespaces::of(vec![self.namespace.clone(), self.elsewhere.clone()]),
            concurrency: 2,
            pacing,
            ..Options::alone()
        };
        let config = self.config();
        let settings = Settings {
            cluster: ClusterId::given(self.cluster).unwrap(),
            home: self.namespace.clone(),
            consent,
        };
        Running::start(async move |stopped| {
            let kube = client(config).await;
            let runtime = Runtime::new(&PRODUCT, &kube, options)?;
            let controller = ClientController::new(runtime.kube(), settings);
            install(runtime, controller).run(stopped).await
        })
    }

    /// Applies KeycloakQuota `small` of the realm's namespace.
    pub(crate) async fn allows(&self, most: i32) {
        let object = json!({"metadata": {"name": "small"}, "spec": {"maxClientsPerRealm": most}});
        self.person.applies::<KeycloakQuota>(&self.namespace, object).await.unwrap();
    }

    pub(crate) async fn quota(&self) -> KeycloakQuota {
        self.person.gets(&self.namespace, "small").await
    }

    /// Those of the other namespace.
    pub(crate) fn clients_elsewhere(&self) -> Api<KeycloakClient> {
        self.person.objects(&self.elsewhere)
    }

    /// Lets the service accounts of the other namespace do this with the realm.
    pub(crate) async fn grants(&self, verbs: &[&str]) {
        self.person.grants(&self.namespace, &self.elsewhere, "keycloakrealms.keycloak.mdvr.nl", verbs).await;
    }

    /// The realms of its own namespace.
    pub(crate) fn realms(&self) -> Api<KeycloakRealm> {
        self.person.objects(&self.namespace)
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
        self.person.objects(&self.namespace)
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
        json!({"metadata": {"name": name}, "spec": spec})
    }

    /// Applies an object and gives its generation.
    pub(crate) async fn applies(&self, name: &str, further: &Value) -> i64 {
        self.applies_in(&self.namespace, self.object(name, further)).await
    }

    pub(crate) async fn applies_elsewhere(&self, name: &str, further: &Value) -> i64 {
        self.applies_in(&self.elsewhere, self.object(name, further)).await
    }

    pub(crate) async fn applies_with_finalizer(&self, name: &str, finalizer: &str) -> i64 {
        let mut object = self.object(name, &json!({}));
        object["metadata"]["finalizers"] = json!([finalizer]);
        self.applies_in(&self.namespace, object).await
    }

    async fn applies_in(&self, namespace: &str, object: Value) -> i64 {
        let applied: KeycloakClient = self.person.applies(namespace, object).await.unwrap();
        applied.metadata.generation.unwrap()
    }

    /// What the API server says to an object that it does not take.
    pub(crate) async fn is_refused_at_admission(&self, further: &Value) -> String {
        let object = self.object("refused", further);
        match self.person.applies::<KeycloakClient>(&self.namespace, object).await {
            Err(kube::Error::Api(status)) => status.message,
            other => panic!("it was taken: {other:?}"),
        }
    }

    pub(crate) async fn annotates(&self, name: &str, key: &str, value: &str) {
        self.person.annotates::<KeycloakClient>(&self.namespace, name, key, value).await;
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
        self.person.gets(&self.namespace, name).await
    }

    pub(crate) async fn becomes_ready(&self, name: &str) -> KeycloakClient {
        self.person.becomes_ready(&self.namespace, name, SOON).await
    }

    pub(crate) async fn is_ready_at(&self, name: &str, generation: i64) -> KeycloakClient {
        self.person.is_ready_at(&self.namespace, name, generation, SOON).await
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
        let object: KeycloakClient =
            self.person.is_not_ready_because(namespace, name, generation, reason, SOON).await;
        self.anonymous(&condition(&object, "Ready").unwrap().2)
    }

    /// Waits until the client `portal` is not Ready, in these words among others, and gives them all.
    pub(crate) async fn is_told(&self, words: &str) -> String {
        self.person.is_told::<KeycloakClient>(&self.namespace, "portal", (None, words), SOON).await
    }

    /// The same in the other namespace.
    pub(crate) async fn elsewhere_is_told(&self, words: &str) -> String {
        self.person.is_told::<KeycloakClient>(&self.elsewhere, "portal", (None, words), SOON).await
    }

    pub(crate) async fn elsewhere_becomes_ready(&self, name: &str) -> KeycloakClient {
        self.person.becomes_ready(&self.elsewhere, name, SOON).await
    }

    /// A text without the names that differ from run to run.
    pub(crate) fn anonymous(&self, text: &str) -> String {
        text.replace(&self.elsewhere, "<elsewhere>")
            .replace(&self.namespace, "<namespace>")
            .replace(&self.realm, "<realm>")
            .replace(&self.keycloak.url(), "<url>")
            .replace(&self.account, "<login>")
    }

    pub(crate) async fn writes_secret(&self, namespace: &str, name: &str, data: Value) {
        self.person.writes_secret(namespace, name, data).await;
    }

    pub(crate) async fn labels_secret(&self, name: &str, labels: Value) {
        self.person.edits::<Secret>(&self.namespace, name, json!({"metadata": {"labels": labels}})).await;
    }

    pub(crate) async fn deletes_secret(&self, name: &str) {
        self.person.deletes_secret(&self.namespace, name).await;
    }

    /// What a Secret holds, as text.
    pub(crate) async fn secret(&self, name: &str) -> Option<BTreeMap<String, String>> {
        self.person.secret(&self.namespace, name).await
    }

    /// A Secret with its type, labels and annotations.
    pub(crate) async fn whole_secret(&self, name: &str) -> Secret {
        self.person.gets(&self.namespace, name).await
    }

    /// Waits until a Secret is as wanted.
    pub(crate) async fn secret_becomes(
        &self,
        name: &str,
        as_wanted: impl Fn(&BTreeMap<String, String>) -> bool,
    ) -> BTreeMap<String, String> {
        self.person.secret_becomes(&self.namespace, name, SOON, as_wanted).await
    }

    pub(crate) async fn deletes(&self, name: &str) {
        self.person.deletes::<KeycloakClient>(&self.namespace, name).await;
    }

    pub(crate) async fn is_gone(&self, name: &str) {
        self.person.is_gone::<KeycloakClient>(&self.namespace, name, SOON).await;
    }

    /// Removes an object as if there were no finalizer, and with it whatever remembers it.
    pub(crate) async fn loses(&self, name: &str) {
        self.person.loses::<KeycloakClient>(&self.namespace, name, SOON).await;
    }

    pub(crate) async fn event_says(&self, reason: &str, note: &str) {
        self.person.reads_event(&self.namespace, reason, note, SOON).await;
    }

    /// Reasons and notes of the Events about an object elsewhere.
    pub(crate) async fn elsewhere_is_told_of(&self, name: &str) -> Vec<(String, String)> {
        let events = self.person.objects::<Event>(&self.elsewhere);
        let events = events.list(&ListParams::default()).await.unwrap();
        let about = events.into_iter().filter(|event| {
            event.regarding.as_ref().is_some_and(|about| about.name.as_deref() == Some(name))
        });
        let told = |event: Event| (event.reason.unwrap_or_default(), event.note.unwrap_or_default());
        about.map(told).collect()
    }

    pub(crate) async fn elsewhere_loses_its_status(&self, name: &str) {
        let patch = Patch::Merge(json!({"status": null}));
        self.clients_elsewhere().patch_status(name, &PatchParams::default(), &patch).await.unwrap();
    }

    /// Deletes an object elsewhere, and waits until it is gone.
    pub(crate) async fn elsewhere_goes(&self, name: &str) {
        self.person.deletes::<KeycloakClient>(&self.elsewhere, name).await;
        self.person.is_gone::<KeycloakClient>(&self.elsewhere, name, SOON).await;
    }

    /// Whether a Secret goes with any object.
    pub(crate) async fn is_bound(&self, name: &str) -> bool {
        !self.person.gets::<Secret>(&self.namespace, name).await.owner_references().is_empty()
    }

    /// Takes the realm away.
    pub(crate) async fn leaves(self) {
        self.console.deletes(&realm(&self.realm)).await;
        if let Some(rights) = &self.rights {
            rights.leaves().await;
        }
    }
}

impl Place {
    /// As the realm controller does it for an object that is made again while its realm is there: another login.
    pub(crate) async fn declares_realm_again(&mut self, server: &KeycloakServer) {
        let spec = json!({"realmName": self.realm, "operatorRef": {"namespace": self.namespace}});
        let object = json!({"metadata": {"name": "acme"}, "spec": spec});
        self.person.applies::<KeycloakRealm>(&self.namespace, object).await.unwrap();
        Box::pin(self.makes_login(server)).await;
        self.realm_is_available(true).await;
    }
}
