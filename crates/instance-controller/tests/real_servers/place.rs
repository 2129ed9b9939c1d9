//! A namespace with one Keycloak object, the controller that looks after it, and the proxies between them and the servers.

use std::{collections::BTreeMap, io, path::Path, sync::Arc, time::Duration};

use controller_runtime::{CallPolicy, Namespaces, Options, Pacing, RunError, Runtime, calls};
use controller_testkit::{
    KeycloakServer, Proxy, Snapshot, eventually, install_crypto_provider, kubeconfig_path, unique_name,
};
use instance_controller::{InstanceController, PRODUCT};
use k8s_openapi::{
    api::{
        core::v1::{Namespace, Secret, Service},
        events::v1::Event,
    },
    apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition,
};
use keycloak_admin::Resolver;
use keycloak_connect::{ClusterId, Consent, session::SessionSettings};
use keycloak_crds::Keycloak;
use kube::{
    Api, Client, ResourceExt as _,
    api::{DeleteParams, ListParams, Patch, PatchParams, PostParams},
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::{Value, json};
use tokio::{sync::OnceCell, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use super::{SOON, told};

/// The Secret with the administrator's login.
pub(crate) const ADMIN_SECRET: &str = "keycloak-admin";

/// A namespace of its own, with Keycloak `keycloak`.
pub(crate) struct Place {
    /// The test's own way to the API server.
    pub(crate) kube: Client,
    /// The controller's.
    pub(crate) kube_proxy: Proxy,
    /// The controller's way to Keycloak.
    pub(crate) keycloak: Proxy,
    pub(crate) namespace: String,
    admin: String,
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

/// Applies the definition that users apply.
async fn install_kind(kube: &Client) {
    static INSTALLED: OnceCell<()> = OnceCell::const_new();
    INSTALLED
        .get_or_init(|| async {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/crds/keycloaks.yaml");
            let text = std::fs::read_to_string(file).unwrap();
            let definition: Value = serde_yaml_ng::from_str(&text).unwrap();
            let definitions: Api<CustomResourceDefinition> = Api::all(kube.clone());
            let parameters = PatchParams::apply("test").force();
            definitions
                .patch("keycloaks.keycloak.mdvr.nl", &parameters, &Patch::Apply(definition))
                .await
                .unwrap();
            let keycloaks: Api<Keycloak> = Api::all(kube.clone());
            eventually("Keycloaks can be listed", SOON, async || {
                keycloaks.list(&ListParams::default().limit(1)).await.map(|_| ())
            })
            .await;
        })
        .await;
}

/// Status and message of a condition.
pub(crate) fn condition(object: &Keycloak, type_: &str) -> Option<(String, String)> {
    let conditions = object.status.as_ref()?.conditions.as_ref()?;
    let condition = conditions.iter().find(|condition| condition.type_ == type_)?;
    Some((format!("{:?}", condition.status), condition.message.clone().unwrap_or_default()))
}

fn ready_reason(object: &Keycloak) -> Option<&str> {
    let conditions = object.status.as_ref()?.conditions.as_ref()?;
    conditions.iter().find(|condition| condition.type_ == "Ready")?.reason.as_deref()
}

impl Place {
    pub(crate) async fn new(purpose: &str, keycloak: &KeycloakServer) -> Self {
        install_crypto_provider();
        let kube = client(Kubeconfig::read_from(kubeconfig_path()).unwrap()).await;
        install_kind(&kube).await;
        let namespace = unique_name(purpose);
        let object: Namespace = serde_json::from_value(json!({"metadata": {"name": namespace}})).unwrap();
        Api::<Namespace>::all(kube.clone()).create(&PostParams::default(), &object).await.unwrap();
        Self {
            kube,
            kube_proxy: Proxy::before_api_server(&kubeconfig_path()).start().await,
            keycloak: Proxy::before_keycloak(keycloak.url()).start().await,
            namespace,
            admin: keycloak.admin().to_owned(),
        }
    }

    /// Starts the controller, with another cache and other sessions than the one before.
    pub(crate) fn start(&self) -> Process {
        let options = Options {
            namespaces: Namespaces::of(vec![self.namespace.clone()]),
            metrics_address: None,
            election: None,
            concurrency: 2,
            pacing: Pacing::default(),
            pass_timeout: Duration::from_secs(60),
            drain: Duration::from_secs(30),
            calls: CallPolicy::default(),
        };
        let config = Kubeconfig::from_yaml(&self.kube_proxy.kubeconfig()).unwrap();
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let task = tokio::spawn(async move {
            let kube = client(config).await;
            let runtime = Runtime::new(&PRODUCT, &kube, options)?;
            let cluster = ClusterId::given("test").unwrap();
            let settings =
                SessionSettings { resolver: Some(by_cluster_ip(kube.clone())), ..SessionSettings::default() };
            let controller = InstanceController::new(runtime.kube(), cluster, Consent::Off).unwrap();
            runtime.controller(controller.calling(settings).watching()).run(stopped).await
        });
        Process { stop, task }
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

    fn keycloaks(&self) -> Api<Keycloak> {
        Api::namespaced(self.kube.clone(), &self.namespace)
    }

    fn secrets(&self) -> Api<Secret> {
        Api::namespaced(self.kube.clone(), &self.namespace)
    }

    /// Applies the object and gives its generation.
    pub(crate) async fn applies(&self, spec: Value) -> i64 {
        self.applied(spec, json!([])).await
    }

    pub(crate) async fn applies_with_finalizer(&self, spec: Value, finalizer: &str) -> i64 {
        self.applied(spec, json!([finalizer])).await
    }

    async fn applied(&self, spec: Value, finalizers: Value) -> i64 {
        let object = json!({
            "apiVersion": "keycloak.mdvr.nl/v1", "kind": "Keycloak",
            "metadata": {"name": "keycloak", "finalizers": finalizers}, "spec": spec,
        });
        let parameters = PatchParams::apply("person").force();
        let applied = self.keycloaks().patch("keycloak", &parameters, &Patch::Apply(object)).await.unwrap();
        applied.metadata.generation.unwrap()
    }

    pub(crate) async fn annotates(&self, name: &str, value: &str) {
        let patch = json!({"metadata": {"annotations": {name: value}}});
        self.keycloaks().patch("keycloak", &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    }

    pub(crate) async fn object(&self) -> Keycloak {
        self.keycloaks().get("keycloak").await.unwrap()
    }

    pub(crate) async fn becomes_ready(&self) -> Keycloak {
        let generation = self.object().await.metadata.generation.unwrap();
        self.is_ready_at(generation).await
    }

    pub(crate) async fn is_ready_at(&self, generation: i64) -> Keycloak {
        eventually("the Keycloak is Ready", SOON, async || {
            let object = self.object().await;
            let observed = object.status.as_ref().and_then(|status| status.observed_generation);
            let ready = condition(&object, "Ready").is_some_and(|(status, _)| status == "True");
            if ready && observed >= Some(generation) { Ok(object) } else { Err(told(&object)) }
        })
        .await
    }

    pub(crate) async fn is_not_ready_because(&self, reason: &str) -> Keycloak {
        eventually("the Keycloak says why it is not Ready", SOON, async || {
            let object = self.object().await;
            let not_ready = condition(&object, "Ready").is_some_and(|(status, _)| status == "False");
            if not_ready && ready_reason(&object) == Some(reason) { Ok(object) } else { Err(told(&object)) }
        })
        .await
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
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": ADMIN_SECRET},
            "stringData": {"username": self.admin, "password": password},
        });
        let parameters = PatchParams::apply("person").force();
        self.secrets().patch(ADMIN_SECRET, &parameters, &Patch::Apply(secret)).await.unwrap();
    }

    pub(crate) async fn sets_in_secret(&self, name: &str, key: &str, value: &str) {
        let patch = json!({"stringData": {key: value}});
        self.secrets().patch(name, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    }

    pub(crate) async fn deletes_secret(&self, name: &str) {
        self.secrets().delete(name, &DeleteParams::default()).await.unwrap();
    }

    /// What a Secret holds, as text.
    pub(crate) async fn secret(&self, name: &str) -> Option<BTreeMap<String, String>> {
        let secret = self.secrets().get_opt(name).await.unwrap()?;
        let data = secret.data.unwrap_or_default();
        Some(data.into_iter().map(|(key, value)| (key, String::from_utf8(value.0).unwrap())).collect())
    }

    pub(crate) async fn secret_appears(
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

    pub(crate) async fn deletes_and_it_is_gone(&self) {
        self.keycloaks().delete("keycloak", &DeleteParams::default()).await.unwrap();
        eventually("the Keycloak is gone", SOON, async || match self.keycloaks().get_opt("keycloak").await {
            Ok(None) => Ok(()),
            Ok(Some(object)) => Err(format!("{:?} {}", object.finalizers(), told(&object))),
            Err(error) => Err(error.to_string()),
        })
        .await;
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
}
