//! What only a real API server can tell: its patches, its schemas, its watches, its namespaces, its clock.
//!
//! `CLOAKROOM_KUBECONFIG` names the kubeconfig of a server that tests may use; `cargo xtask test` sets it. No controller
//! manager is needed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]
#![allow(dead_code, reason = "the other tests use more of the operator")]

#[path = "../greeting/mod.rs"]
mod greeting;

use std::time::{Duration, Instant};

use controller_runtime::{
    Attention, CallPolicy, Controller, Election, Key, LeaseTimes, Namespaces, Options, Product, RunError,
    Runtime, Store, Waker, calls,
};
use greeting::{Greeter, Greeting, SlimConfigMap, Wall};
use k8s_openapi::{
    api::{coordination::v1::Lease, core::v1::Namespace, events::v1::Event},
    apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition,
};
use kube::{
    Api, Client, CustomResourceExt, ResourceExt,
    api::{DeleteParams, DynamicObject, ListParams, Patch, PatchParams, PostParams},
    core::{ApiResource, GroupVersionKind},
};
use serde_json::{Value, json};
use tokio::{sync::OnceCell, task::JoinHandle};
use tokio_util::sync::CancellationToken;

const PRODUCT: Product = Product {
    name: "greeter",
    version: "0.0.0",
    about: "Greets",
    metrics_prefix: "greeting_operator",
    environment_prefix: "GREETER",
};

async fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let Some(file) = std::env::var_os("CLOAKROOM_KUBECONFIG") else {
        panic!(
            "CLOAKROOM_KUBECONFIG is not set; run these tests by `cargo xtask test`, which starts a server for them"
        )
    };
    let config = kube::config::Kubeconfig::read_from(file).unwrap();
    let config = kube::Config::from_custom_kubeconfig(config, &kube::config::KubeConfigOptions::default())
        .await
        .unwrap();
    calls::client(config, CallPolicy::default(), None).unwrap()
}

/// The kind, with a schema looser than the type: names may be numbers, so that an object can fail to parse.
async fn install_kind(kube: &Client) {
    static INSTALLED: OnceCell<()> = OnceCell::const_new();
    INSTALLED
        .get_or_init(|| async {
            let mut crd = serde_json::to_value(Greeting::crd()).unwrap();
            let schema = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/name";
            *crd.pointer_mut(schema).unwrap() = json!({"x-kubernetes-int-or-string": true});
            let crds: Api<CustomResourceDefinition> = Api::all(kube.clone());
            crds.patch("greetings.example.com", &PatchParams::apply("test").force(), &Patch::Apply(crd))
                .await
                .unwrap();
            let established = async || {
                let crd = crds.get("greetings.example.com").await.unwrap();
                crd.status
                    .and_then(|status| status.conditions)
                    .unwrap_or_default()
                    .iter()
                    .any(|condition| condition.type_ == "Established" && condition.status == "True")
            };
            while !established().await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            let greetings: Api<Greeting> = Api::all(kube.clone());
            while greetings.list(&ListParams::default()).await.is_err() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        })
        .await;
}

/// A namespace of its own for one test, and the things in it.
struct Place {
    kube: Client,
    namespace: String,
    wall: Wall,
}

struct Process {
    stop: CancellationToken,
    waker: Waker,
    task: JoinHandle<Result<(), RunError>>,
}

impl Place {
    async fn new(name: &str) -> Self {
        let kube = client().await;
        install_kind(&kube).await;
        let namespaces: Api<Namespace> = Api::all(kube.clone());
        let namespace = json!({"metadata": {"generateName": format!("{name}-")}});
        let made = namespaces
            .create(&PostParams::default(), &serde_json::from_value(namespace).unwrap())
            .await
            .unwrap();
        Self { kube, namespace: made.name_any(), wall: Wall::default() }
    }

    fn start(&self, identity: Option<&str>) -> Process {
        let options = Options {
            namespaces: Namespaces::of(vec![self.namespace.clone()]),
            election: identity.map(|identity| Election {
                namespace: self.namespace.clone(),
                name: "greeter".into(),
                identity: identity.into(),
                times: LeaseTimes::default(),
            }),
            drain: Duration::from_secs(20),
            ..Options::alone()
        };
        let runtime = Runtime::new(&PRODUCT, &self.kube, options).unwrap();
        let (waker, woken) = Waker::new();
        let greeter = Greeter { kube: runtime.kube(), wall: self.wall.clone() };
        let salutations = Store::<SlimConfigMap>::new(Attention::default());
        let controller = Controller::new(greeter).watches(salutations).woken_by(woken);
        let stop = CancellationToken::new();
        let task = tokio::spawn(runtime.controller(controller).run(stop.clone()));
        Process { stop, waker, task }
    }

    fn greetings(&self) -> Api<DynamicObject> {
        let kind = ApiResource::from_gvk_with_plural(
            &GroupVersionKind::gvk("example.com", "v1", "Greeting"),
            "greetings",
        );
        Api::namespaced_with(self.kube.clone(), &self.namespace, &kind)
    }

    async fn apply(&self, name: &str, spec: Value) {
        let object = json!({"apiVersion": "example.com/v1", "kind": "Greeting", "metadata": {"name": name}, "spec": spec});
        self.greetings()
            .patch(name, &PatchParams::apply("person").force(), &Patch::Apply(object))
            .await
            .unwrap();
    }

    async fn get(&self, name: &str) -> Value {
        let object = self.greetings().get_opt(name).await.unwrap();
        object.map_or(Value::Null, |object| serde_json::to_value(object).unwrap())
    }

    async fn condition(&self, name: &str, type_: &str) -> String {
        let object = self.get(name).await;
        let conditions = object["status"]["conditions"].as_array().cloned().unwrap_or_default();
        let found =
            conditions.iter().find(|condition| condition["type"] == type_).cloned().unwrap_or_default();
        let text = |field: &str| found[field].as_str().unwrap_or_default().to_owned();
        format!("{}/{}: {}", text("status"), text("reason"), text("message"))
    }

    /// Waits for at most half a minute.
    async fn until(&self, what: &str, holds: impl AsyncFn() -> bool) -> Duration {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(30) {
            if holds().await {
                return began.elapsed();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("never: {what}");
    }

    async fn until_ready(&self, name: &str) {
        self.until("ready", async || self.condition(name, "Ready").await.starts_with("True")).await;
    }

    /// Takes the namespace down; where nobody collects namespaces it stays as terminating.
    async fn leave(self) {
        let namespaces: Api<Namespace> = Api::all(self.kube.clone());
        namespaces.delete(&self.namespace, &DeleteParams::default()).await.unwrap();
    }

    async fn holder(&self) -> String {
        let leases: Api<Lease> = Api::namespaced(self.kube.clone(), &self.namespace);
        let lease = leases.get_opt("greeter").await.unwrap();
        lease.and_then(|lease| lease.spec?.holder_identity).unwrap_or_default()
    }
}

impl Process {
    async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_lives_from_creation_to_deletion() {
    let place = Place::new("life").await;
    let process = place.start(None);
    place.apply("ada", json!({"name": "Ada"})).await;
    place.until_ready("ada").await;
    let ada = place.get("ada").await;
    assert_eq!(ada["status"]["text"], "Hello, Ada");
    assert_eq!(ada["metadata"]["finalizers"], json!(["example.com/wipe"]));
    assert_eq!(ada["status"]["observedGeneration"], ada["metadata"]["generation"]);
    place
        .until("told", async || {
            let events: Api<Event> = Api::namespaced(place.kube.clone(), &place.namespace);
            let events = events.list(&ListParams::default()).await.unwrap();
            events.items.iter().any(|event| event.reason.as_deref() == Some("Written"))
        })
        .await;

    place.apply("ada", json!({"name": "Countess"})).await;
    place.until("new text", async || place.get("ada").await["status"]["text"] == "Hello, Countess").await;

    let before = place.get("ada").await["metadata"]["resourceVersion"].clone();
    for _ in 0..3 {
        let looks = place.wall.looks_at("ada");
        process.waker.wake(Key::namespaced(place.namespace.as_str(), "ada"));
        place.until("looked at", async || place.wall.looks_at("ada") > looks).await;
    }
    process.stop().await;
    assert_eq!(place.get("ada").await["metadata"]["resourceVersion"], before, "nothing new, nothing written");

    let process = place.start(None);
    place.greetings().delete("ada", &DeleteParams::default()).await.unwrap();
    place.until("gone", async || place.get("ada").await.is_null()).await;
    assert_eq!(place.wall.len(), 0);
    process.stop().await;
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_the_server_accepts_and_we_do_not_stalls_alone() {
    let place = Place::new("odd").await;
    place.apply("odd", json!({"name": 7})).await;
    place.apply("ada", json!({"name": "Ada"})).await;
    let process = place.start(None);
    place.until_ready("ada").await;
    place
        .until("stalled", async || place.condition("odd", "Stalled").await.starts_with("True/InvalidObject"))
        .await;
    let message = place.condition("odd", "Ready").await;
    assert!(message.contains("spec.name: invalid type: integer `7`, expected a string"), "{message}");
    place.apply("odd", json!({"name": "Odd"})).await;
    place.until_ready("odd").await;
    process.stop().await;
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn finalizers_and_conditions_of_others_survive_ours() {
    let place = Place::new("others").await;
    place.apply("ada", json!({"name": "Ada"})).await;
    let theirs = json!({"metadata": {"finalizers": ["other.org/hold"]}});
    place.greetings().patch("ada", &PatchParams::default(), &Patch::Merge(theirs)).await.unwrap();
    let judged = json!({"apiVersion": "example.com/v1", "kind": "Greeting", "metadata": {"name": "ada"},
        "status": {"conditions": [{"type": "Judged", "status": "True", "reason": "Nice", "message": "",
            "lastTransitionTime": "2026-01-01T00:00:00Z"}]}});
    let jury = PatchParams::apply("jury");
    place.greetings().patch_status("ada", &jury, &Patch::Apply(judged)).await.unwrap();
    let process = place.start(None);
    place.until_ready("ada").await;
    assert_eq!(place.condition("ada", "Judged").await, "True/Nice: ");
    assert_eq!(
        place.get("ada").await["metadata"]["finalizers"],
        json!(["other.org/hold", "example.com/wipe"])
    );
    place.greetings().delete("ada", &DeleteParams::default()).await.unwrap();
    place
        .until("only theirs is left", async || {
            place.get("ada").await["metadata"]["finalizers"] == json!(["other.org/hold"])
        })
        .await;
    let none = json!({"metadata": {"finalizers": null}});
    place.greetings().patch("ada", &PatchParams::default(), &Patch::Merge(none)).await.unwrap();
    place.until("gone", async || place.get("ada").await.is_null()).await;
    process.stop().await;
    place.leave().await;
}

/// The answers on which the finalizer and the status write rely, as the server of this version gives them.
#[tokio::test(flavor = "multi_thread")]
async fn the_server_answers_as_the_patches_expect() {
    let place = Place::new("answers").await;
    place.apply("ada", json!({"name": "Ada"})).await;
    let code = |error: kube::Error| match error {
        kube::Error::Api(status) => (status.code, status.message),
        other => panic!("{other}"),
    };
    let failed_test = json!([{"op": "test", "path": "/metadata/uid", "value": "another"},
        {"op": "add", "path": "/metadata/finalizers", "value": ["example.com/wipe"]}]);
    let failed_test: json_patch::Patch = serde_json::from_value(failed_test).unwrap();
    let greetings = place.greetings();
    let patch = Patch::Json::<()>(failed_test);
    let (status, message) = code(greetings.patch("ada", &PatchParams::default(), &patch).await.unwrap_err());
    assert_eq!(status, 422, "{message}");

    let stale = place.get("ada").await["metadata"]["resourceVersion"].clone();
    place.apply("ada", json!({"name": "Countess"})).await;
    let older = json!({"apiVersion": "example.com/v1", "kind": "Greeting",
        "metadata": {"name": "ada", "resourceVersion": stale}, "status": {"text": "x"}});
    let ours = PatchParams::apply("greeter").force();
    let (status, message) =
        code(greetings.patch_status("ada", &ours, &Patch::Apply(&older)).await.unwrap_err());
    assert_eq!(status, 409, "{message}");
    let (status, _) = code(
        greetings
            .patch_status(
                "nobody",
                &ours,
                &Patch::Apply(&json!({"apiVersion": "example.com/v1",
        "kind": "Greeting", "metadata": {"name": "nobody"}, "status": {}})),
            )
            .await
            .unwrap_err(),
    );
    assert_eq!(status, 404, "a status patch makes no object");
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_comes_later_wakes_whoever_waits_for_it() {
    let place = Place::new("source").await;
    let process = place.start(None);
    place.apply("ada", json!({"name": "Ada", "salutationFrom": "formal"})).await;
    place
        .until("waits", async || place.condition("ada", "Ready").await.starts_with("False/SalutationMissing"))
        .await;
    let maps: Api<k8s_openapi::api::core::v1::ConfigMap> =
        Api::namespaced(place.kube.clone(), &place.namespace);
    let formal = json!({"metadata": {"name": "formal"}, "data": {"salutation": "Dear"}});
    maps.create(&PostParams::default(), &serde_json::from_value(formal).unwrap()).await.unwrap();
    let took = place.until("woken", async || place.get("ada").await["status"]["text"] == "Dear, Ada").await;
    assert!(took < Duration::from_secs(2), "{took:?}: by the watch, not by the waiting time");
    process.stop().await;
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lease_changes_hands_at_a_stop_and_after_a_crash() {
    let place = Place::new("lease").await;
    let first = place.start(Some("first"));
    place.until("first leads", async || place.holder().await.starts_with("first_")).await;
    let second = place.start(Some("second"));
    tokio::time::sleep(Duration::from_secs(1)).await;
    first.stop().await;
    let took = place.until("second leads", async || place.holder().await.starts_with("second_")).await;
    assert!(took < Duration::from_millis(500), "{took:?}");

    let third = place.start(Some("third"));
    tokio::time::sleep(Duration::from_secs(1)).await;
    second.task.abort();
    let crashed = Instant::now();
    place.apply("ada", json!({"name": "Ada"})).await;
    place.until_ready("ada").await;
    assert!(crashed.elapsed() < Duration::from_millis(6_500), "{:?}", crashed.elapsed());
    third.stop().await;
    assert_eq!(place.holder().await, "");
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hundreds_of_objects_are_settled_and_a_restart_reads_none_of_them() {
    let place = Place::new("many").await;
    for number in 0..150 {
        place.apply(&format!("g-{number}"), json!({"name": "X"})).await;
    }
    let process = place.start(None);
    place.until("all are written", async || place.wall.len() == 150).await;
    let settled = async || {
        let all = place.greetings().list(&ListParams::default()).await.unwrap();
        all.items.iter().all(|greeting| greeting.data["status"]["writtenGeneration"] == 1)
    };
    place.until("all are reported", settled).await;
    process.stop().await;
    let looks = place.wall.looks().len();
    let process = place.start(None);
    place.apply("g-7", json!({"name": "Y"})).await;
    place.until("the edit is seen", async || place.get("g-7").await["status"]["text"] == "Hello, Y").await;
    assert_eq!(place.wall.looks().len(), looks + 1);
    process.stop().await;
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_namespace_that_is_terminating_objects_are_released_though_events_are_refused() {
    let place = Place::new("ending").await;
    let process = place.start(None);
    place.apply("ada", json!({"name": "Ada"})).await;
    place.until_ready("ada").await;
    let namespaces: Api<Namespace> = Api::all(place.kube.clone());
    namespaces.delete(&place.namespace, &DeleteParams::default()).await.unwrap();
    place.wall.behaves("ada", greeting::Mood::Unreachable);
    // What the namespace controller does, where there is one.
    let _ = place.greetings().delete("ada", &DeleteParams::default()).await;
    place
        .until("it says why not", async || {
            place.condition("ada", "Ready").await.starts_with("False/WallUnreachable")
        })
        .await;
    place.wall.behaves_well();
    place.until("gone", async || place.get("ada").await.is_null()).await;
    assert_eq!(place.wall.len(), 0);
    process.stop().await;
}
