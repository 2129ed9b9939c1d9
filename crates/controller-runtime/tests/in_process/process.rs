//! A whole controller process over the API server of this process.

use std::time::Duration;

use controller_runtime::{
    Controller, Election, LeaseTimes, Options, Product, RunError, Runtime, Store, Waker,
};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{
    fake_api::FakeApi,
    greeting::{Greeter, SlimConfigMap, Wall},
};

pub(crate) const GREETINGS: &str = "example.com/greetings";
pub(crate) const CONFIG_MAPS: &str = "/configmaps";
pub(crate) const LEASES: &str = "coordination.k8s.io/leases";
pub(crate) const EVENTS: &str = "events.k8s.io/events";

pub(crate) const PRODUCT: Product = Product {
    name: "greeter",
    version: "0.0.0",
    about: "Greets",
    metrics_prefix: "greeting_operator",
    environment_prefix: "GREETER",
};

pub(crate) struct Process {
    pub(crate) stop: CancellationToken,
    pub(crate) waker: Waker,
    pub(crate) task: JoinHandle<Result<(), RunError>>,
}

pub(crate) fn options() -> Options {
    Options { pass_timeout: Duration::from_secs(300), drain: Duration::from_secs(20), ..Options::alone() }
}

pub(crate) fn election(identity: &str) -> Election {
    Election {
        namespace: "system".into(),
        name: "greeter".into(),
        identity: identity.into(),
        times: LeaseTimes::default(),
    }
}

pub(crate) fn start(api: &FakeApi, wall: &Wall) -> Process {
    start_with(api, wall, options())
}

pub(crate) fn start_with(api: &FakeApi, wall: &Wall, options: Options) -> Process {
    let runtime = Runtime::new(&PRODUCT, &api.client(), options).unwrap();
    let (waker, woken) = Waker::new();
    let greeter = Greeter { kube: runtime.kube(), wall: wall.clone() };
    let salutations = Store::<SlimConfigMap>::new(controller_runtime::Attention::default());
    let controller = Controller::new(greeter).watches(salutations).woken_by(woken);
    let stop = CancellationToken::new();
    let task = tokio::spawn(runtime.controller(controller).run(stop.clone()));
    Process { stop, waker, task }
}

impl Process {
    /// Stops in good order.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
    }

    /// Is gone from one moment to the next.
    pub(crate) async fn crash(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}

pub(crate) fn greeting(namespace: &str, name: &str, whom: &str) -> Value {
    json!({"apiVersion": "example.com/v1", "kind": "Greeting",
        "metadata": {"namespace": namespace, "name": name}, "spec": {"name": whom}})
}

pub(crate) fn salutation(namespace: &str, name: &str, text: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"namespace": namespace, "name": name}, "data": {"salutation": text}})
}

/// Waits until it is so. Time is simulated; the limit is a simulated hour.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..360_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never: {what}");
}

pub(crate) async fn pass_time(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

/// `True/Greeted: in sync`, or nothing.
pub(crate) fn condition(api: &FakeApi, name: &str, type_: &str) -> String {
    let object = api.object(GREETINGS, "default", name).unwrap_or_default();
    let conditions = object["status"]["conditions"].as_array().cloned().unwrap_or_default();
    let text = |condition: &Value, field: &str| condition[field].as_str().unwrap_or_default().to_owned();
    conditions
        .iter()
        .find(|condition| condition["type"] == type_)
        .map(|found| {
            format!("{}/{}: {}", text(found, "status"), text(found, "reason"), text(found, "message"))
        })
        .unwrap_or_default()
}

pub(crate) fn is_ready(api: &FakeApi, name: &str) -> bool {
    condition(api, name, "Ready").starts_with("True")
}

pub(crate) fn events(api: &FakeApi) -> Vec<String> {
    let text = |event: &Value, field: &str| event[field].as_str().unwrap_or_default().to_owned();
    let line =
        |event: &Value| format!("{} {}: {}", text(event, "type"), text(event, "reason"), text(event, "note"));
    api.objects(EVENTS).iter().map(line).collect()
}
