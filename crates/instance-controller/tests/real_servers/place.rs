//! A namespace with one Keycloak object, the controller that looks after it, and the proxies between them and the servers.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use controller_runtime::{CallPolicy, Namespaces, Options, Runtime, calls};
use controller_testkit::{
    KeycloakServer, Person, Proxy, Running, Snapshot, StopPoint, eventually, install_crypto_provider,
    kubeconfig_path, unique_name,
};
use instance_controller::{InstanceController, PRODUCT};
use k8s_openapi::api::core::v1::{Secret, Service};
use keycloak_admin::Resolver;
use keycloak_connect::{ClusterId, Consent, session::SessionSettings};
use keycloak_crds::Keycloak;
use kube::{
    Api, Client,
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::{Value, json};

use super::SOON;

/// The Secret with the administrator's login.
pub(crate) const ADMIN_SECRET: &str = "keycloak-admin";

/// A namespace of its own, with Keycloak `keycloak`.
pub(crate) struct Place {
    /// The test's own way to the API server.
    pub(crate) kube: Client,
    /// Who works with it.
    person: Person,
    /// The controller's.
    pub(crate) kube_proxy: Proxy,
    /// The controller's way to Keycloak.
    pub(crate) keycloak: Proxy,
    pub(crate) namespace: String,
    pub(crate) stop: StopPoint,
    admin: String,
}

/// The names of Services, as the cluster's DNS has them: the test runs outside.
fn by_cluster_ip(kube: Client) -> Resolver {
    Arc::new(move |host: &str| {
        let (kube, host) = (kube.clone(), host.to_owned());
        Box::pin(async move {
            let unknown = || io::Error::other(format!("{host} is no Service"));
            let mut parts = host.split('.');
            let (Some(name), Some(namespace), Some("svc")) = (parts.next(), parts.next(), parts.next())
            else {
                return Err(unknown());
            };
            let services: Api<Service> = Api::namespaced(kube, namespace);
            let service = services.get(name).await.map_err(io::Error::other)?;
            let address = service.spec.and_then(|spec| spec.cluster_ip).ok_or_else(unknown)?;
            address.parse().map(|address| vec![address]).map_err(io::Error::other)
        })
    })
}

async fn client(config: Kubeconfig) -> Client {
    let config = kube::Config::from_custom_kubeconfig(config, &KubeConfigOptions::default()).await.unwrap();
    calls::client(config, CallPolicy::default(), None).unwrap()
}

/// The definitions that users apply.
fn definitions() -> [PathBuf; 1] {
    [Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/crds/keycloaks.yaml")]
}

/// Status and message of a condition.
pub(crate) fn condition(object: &Keycloak, type_: &str) -> Option<(String, String)> {
    controller_testkit::condition(object, type_).map(|found| (found.status, found.message))
}

impl Place {
    pub(crate) async fn new(purpose: &str, keycloak: &KeycloakServer) -> Self {
        install_crypto_provider();
        let kube = client(Kubeconfig::read_from(kubeconfig_path()).unwrap()).await;
        let person = Person::with(kube.clone());
        person.installs(&definitions()).await;
        let (namespace, stop) = (unique_name(purpose), StopPoint::new());
        person.makes_namespace(&namespace).await;
        Self {
            kube,
            person,
            kube_proxy: Proxy::before_api_server(&kubeconfig_path()).stopping_at(&stop).start().await,
            keycloak: Proxy::before_keycloak(keycloak.url()).stopping_at(&stop).start().await,
            namespace,
            stop,
            admin: keycloak.admin().to_owned(),
        }
    }

    /// Starts the controller, with another cache and other sessions than the one before.
    pub(crate) fn start(&self) -> Running {
        let options = Options {
            namespaces: Namespaces::of(vec![self.namespace.clone()]),
            concurrency: 2,
            ..Options::alone()
        };
        let config = Kubeconfig::from_yaml(&self.kube_proxy.kubeconfig()).unwrap();
        Running::start(async move |stopped| {
            let kube = client(config).await;
            let runtime = Runtime::new(&PRODUCT, &kube, options)?;
            let cluster = ClusterId::given("test").unwrap();
            let settings =
                SessionSettings { resolver: Some(by_cluster_ip(kube.clone())), ..SessionSettings::default() };
            let controller = InstanceController::new(runtime.kube(), cluster, Consent::Off).unwrap();
            runtime.controller(controller.calling(settings).watching()).run(stopped).await
        })
    }

    /// A spec that leads to Keycloak through the proxy, with further fields.
    pub(crate) fn external(&self, further: &Value) -> Value {
        let mut spec =
            json!({"external": {"url": self.keycloak.url()}, "admin": {"existingSecret": ADMIN_SECRET}});
        for (field, value) in further.as_object().unwrap() {
            spec[field] = value.clone();
        }
        spec
    }

    /// Applies the object and gives its generation.
    pub(crate) async fn applies(&self, spec: Value) -> i64 {
        self.applied(spec, json!([])).await
    }

    pub(crate) async fn applies_with_finalizer(&self, spec: Value, finalizer: &str) -> i64 {
        self.applied(spec, json!([finalizer])).await
    }

    async fn applied(&self, spec: Value, finalizers: Value) -> i64 {
        let object = json!({"metadata": {"name": "keycloak", "finalizers": finalizers}, "spec": spec});
        let applied: Keycloak = self.person.applies(&self.namespace, object).await.unwrap();
        applied.metadata.generation.unwrap()
    }

    pub(crate) async fn annotates(&self, name: &str, value: &str) {
        self.person.annotates::<Keycloak>(&self.namespace, "keycloak", name, value).await;
    }

    pub(crate) async fn object(&self) -> Keycloak {
        self.person.gets(&self.namespace, "keycloak").await
    }

    pub(crate) async fn becomes_ready(&self) -> Keycloak {
        self.person.becomes_ready(&self.namespace, "keycloak", SOON).await
    }

    pub(crate) async fn is_ready_at(&self, generation: i64) -> Keycloak {
        self.person.is_ready_at(&self.namespace, "keycloak", generation, SOON).await
    }

    pub(crate) async fn is_not_ready_because(&self, reason: &str) -> Keycloak {
        self.person.is_not_ready_because(&self.namespace, "keycloak", 0, reason, SOON).await
    }

    /// A pass looks at the server; what it writes after that has ended when the controller has stopped.
    pub(crate) async fn keycloak_is_asked_since(&self, before: &Snapshot) {
        eventually("the server is looked at", SOON, async || {
            let calls = self.keycloak.since(before);
            if calls.reads() > 0 { Ok(()) } else { Err(calls.to_string()) }
        })
        .await;
    }

    pub(crate) async fn writes_admin_secret(&self, password: &str) {
        let login = json!({"username": self.admin, "password": password});
        self.person.writes_secret(&self.namespace, ADMIN_SECRET, login).await;
    }

    pub(crate) async fn writes_secret(&self, name: &str, texts: Value) {
        self.person.writes_secret(&self.namespace, name, texts).await;
    }

    /// Waits until the Keycloak is not Ready for this reason, in these words among others.
    pub(crate) async fn is_told(&self, reason: &str, words: &str) -> String {
        let why = (Some(reason), words);
        self.person.is_told::<Keycloak>(&self.namespace, "keycloak", why, SOON).await
    }

    pub(crate) async fn sets_in_secret(&self, name: &str, key: &str, value: &str) {
        self.person.edits::<Secret>(&self.namespace, name, json!({"stringData": {key: value}})).await;
    }

    /// Sets an annotation of a Secret.
    pub(crate) async fn annotates_secret(&self, name: &str, annotation: &str, value: &str) {
        self.person.annotates::<Secret>(&self.namespace, name, annotation, value).await;
    }

    pub(crate) async fn deletes_secret(&self, name: &str) {
        self.person.deletes_secret(&self.namespace, name).await;
    }

    /// What a Secret holds, as text.
    pub(crate) async fn secret(&self, name: &str) -> Option<BTreeMap<String, String>> {
        self.person.secret(&self.namespace, name).await
    }

    pub(crate) async fn secret_appears(
        &self,
        name: &str,
        as_wanted: impl Fn(&BTreeMap<String, String>) -> bool,
    ) -> BTreeMap<String, String> {
        self.person.secret_becomes(&self.namespace, name, SOON, as_wanted).await
    }

    pub(crate) async fn deletes_and_it_is_gone(&self) {
        self.person.deletes::<Keycloak>(&self.namespace, "keycloak").await;
        self.person.is_gone::<Keycloak>(&self.namespace, "keycloak", SOON).await;
    }

    pub(crate) async fn event_says(&self, reason: &str, note: &str) {
        self.person.reads_event(&self.namespace, reason, note, SOON).await;
    }
}
