//! Who is woken by a change of the objects of a server: the Keycloak that their label names.

use std::sync::Arc;

use controller_runtime::{Attention, Controller, Key, Projection, Reference, Store, Target, hash_of};
use k8s_openapi::api::{
    apps::v1::StatefulSet,
    core::v1::{Pod, Service},
};
use keycloak_crds::labels::label;
use serde::Deserialize;
use serde_json::Value;

use crate::controller::InstanceController;

/// Only objects that we made: others cost nothing.
const OURS: &str =
    "keycloak.mdvr.nl/managed-by=keycloak-operator,keycloak.mdvr.nl/owner-uid,keycloak.mdvr.nl/instance";

/// Watches the children of all instances.
pub fn with_children(controller: Controller<InstanceController>) -> Controller<InstanceController> {
    controller.watches(store::<SlimStatefulSet>()).watches(store::<SlimService>()).watches(store::<SlimPod>())
}

fn store<P: Projection>() -> Arc<Store<P>> {
    Store::new(Attention::default())
}

#[derive(Debug, Deserialize)]
struct Meta {
    namespace: Option<String>,
    generation: Option<i64>,
    labels: Option<Value>,
    annotations: Option<Value>,
}

impl Meta {
    fn references(&self) -> Vec<Reference> {
        let instance = self.labels.as_ref().and_then(|labels| labels.get(label::INSTANCE)?.as_str());
        let key = self.namespace.as_deref().zip(instance);
        let target =
            key.map(|(namespace, name)| Target::object("Keycloak", Key::namespaced(namespace, name)));
        target.map(Reference::to).into_iter().collect()
    }

    fn hash(&self) -> u64 {
        hash_of(&(self.generation, text(self.labels.as_ref()), text(self.annotations.as_ref())))
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    value.map(Value::to_string)
}

/// A slim type is read once and becomes two things: whom it wakes, and a hash of what wakes.
macro_rules! slim {
    ($(#[$doc:meta])* $name:ident of $kind:ident as $text:literal, $contract:expr) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(from = "Wire")]
        pub struct $name {
            references: Vec<Reference>,
            contract: u64,
        }

        impl From<Wire> for $name {
            fn from(wire: Wire) -> Self {
                let contract: fn(&Wire) -> u64 = $contract;
                Self { references: wire.metadata.references(), contract: contract(&wire) }
            }
        }

        impl Projection for $name {
            type Kind = $kind;
            const KIND: &'static str = $text;
            const SELECTOR: Option<&'static str> = Some(OURS);

            fn contract(&self) -> Vec<u64> {
                vec![self.contract]
            }

            fn references(&self) -> Vec<Reference> {
                self.references.clone()
            }
        }
    };
}

#[derive(Debug, Deserialize)]
struct Wire {
    metadata: Meta,
    spec: Option<Value>,
    status: Option<Value>,
}

slim!(
    /// Of a StatefulSet: what is said about it, and how far it is.
    SlimStatefulSet of StatefulSet as "StatefulSet",
    |wire| hash_of(&(wire.metadata.hash(), text(wire.status.as_ref())))
);

slim!(
    /// Of a Service: all that is said about it. It has no generation.
    SlimService of Service as "Service",
    |wire| hash_of(&(wire.metadata.hash(), text(wire.spec.as_ref())))
);

slim!(
    /// Of a pod: whether it is ready, and what it waits for or died of.
    SlimPod of Pod as "Pod",
    |wire| {
        let status = |path: &str| text(wire.status.as_ref().and_then(|status| status.pointer(path)));
        let ready = wire.status.as_ref().and_then(|status| status.get("conditions")).map(|conditions| {
            let conditions = conditions.as_array().into_iter().flatten();
            let said = conditions.map(|condition| {
                let field = |name: &str| condition.get(name).and_then(Value::as_str).map(str::to_owned);
                (field("type"), field("status"), field("message"))
            });
            said.collect::<Vec<_>>()
        });
        hash_of(&(
            ready,
            status("/podIP"),
            status("/containerStatuses/0/state/waiting"),
            status("/containerStatuses/0/lastState"),
            status("/containerStatuses/0/state/terminated"),
        ))
    }
);
