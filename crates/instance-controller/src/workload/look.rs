//! Looking at the objects of a server.

use jiff::Timestamp;
use k8s_openapi::{
    NamespaceResourceScope,
    api::{
        apps::v1::{Deployment, StatefulSet},
        core::v1::{Container, Pod, Service},
    },
};
use keycloak_admin::health::Health;
use keycloak_connect::{
    AdminLogin, ConnectError, Instance, StoredSecret, address::MANAGEMENT_PORT, login::key,
};
use keycloak_crds::labels::{Component, label};
use kube::{Api, Resource, api::ListParams};
use serde::de::DeserializeOwned;

use super::{
    Child, ChildKind, Inputs,
    compare::{self, Comparison},
    database::Binding,
    identity,
    record::Record,
    rollout::{self, DatabaseLogin, Rollout},
    secrets::{self, PodSecrets},
    stateful_set,
};
use crate::{controller::InstanceController, error::InstanceError};

/// How many pods are asked for their health at most: one answer is enough.
const ASKED: usize = 3;

/// The administrator's Secret of a server that we run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AdminSecret {
    /// It is there, or no longer needed.
    #[default]
    Settled,
    /// It is ours to make: the server was never started.
    Missing,
    /// It must not be used, or nobody could look whether it may be: that is among the obstacles.
    Unusable,
}

/// What was found about the objects of a server.
#[derive(Debug, Default)]
pub struct Workload {
    /// What the pods depend on; nothing if it cannot be told, and then nothing is written.
    pub inputs: Option<Inputs>,
    /// The administrator's Secret.
    pub admin_secret: AdminSecret,
    /// The pods' object.
    pub stateful_set: Option<StatefulSet>,
    /// The Services.
    pub services: Vec<Service>,
    /// How far the pods are.
    pub rollout: Rollout,
    /// What is remembered of the passes before.
    pub record: Record,
}

impl Workload {
    /// How these objects compare with what is wanted, one by one.
    pub fn compare(&self, wanted: &[Child], now: Timestamp) -> Vec<Comparison> {
        let compared = |child: &Child| {
            let live = match child.kind {
                ChildKind::StatefulSet => self.stateful_set.as_ref().map(|set| (&set.metadata, json(set))),
                ChildKind::Service => {
                    let is_it = |service: &&Service| service.metadata.name.as_deref() == Some(&child.name);
                    self.services.iter().find(is_it).map(|service| (&service.metadata, json(service)))
                }
            };
            compare::compare(child, live, self.record.objects.get(&child.object()), now)
        };
        wanted.iter().map(compared).collect()
    }

    /// The container that exists.
    pub fn container(&self) -> Option<&Container> {
        self.stateful_set.as_ref().and_then(stateful_set::container_of)
    }

    /// The objects that exist, as `kind/name`.
    pub fn children(&self) -> Vec<String> {
        let services = self.services.iter().filter_map(|service| service.metadata.name.as_deref());
        let services = services.map(|name| format!("{}/{name}", ChildKind::Service));
        let set = self.stateful_set.iter().filter_map(|set| set.metadata.name.as_deref());
        services.chain(set.map(|name| format!("{}/{name}", ChildKind::StatefulSet))).collect()
    }
}

/// An object in the form in which it is compared.
pub(crate) fn json(object: &impl serde::Serialize) -> serde_json::Value {
    // A plain struct can always be written.
    serde_json::to_value(object).unwrap_or_default()
}

/// Looks at everything a server is made of. What stands in the way is put among the obstacles.
///
/// # Errors
/// When the API server does not answer, and where the server must not be touched: the seed's Deployment is there, or an object
/// of its name is somebody else's.
pub async fn look(
    controller: &InstanceController,
    instance: &Instance,
    obstacles: &mut Vec<InstanceError>,
) -> Result<Workload, InstanceError> {
    let objects = Objects { controller, instance };
    objects.refuse_beside_the_seed().await?;
    let mut workload = Workload {
        stateful_set: objects.ours::<StatefulSet>(&identity::name(instance)).await?,
        record: Record::read(instance.object().status.as_ref()),
        ..Workload::default()
    };
    for name in [identity::name(instance), identity::discovery_name(instance)] {
        workload.services.extend(objects.ours::<Service>(&name).await?);
    }
    let inputs = objects.inputs(workload.record.secrets.as_ref()).await;
    let admin_secret = objects.admin_secret(workload.stateful_set.is_some()).await;
    workload.admin_secret = *admin_secret.as_ref().unwrap_or(&AdminSecret::Unusable);
    match (inputs, admin_secret) {
        (Ok(inputs), Ok(_)) => workload.inputs = Some(inputs),
        (inputs, admin_secret) => obstacles.extend(inputs.err().into_iter().chain(admin_secret.err())),
    }
    let pods = match &workload.stateful_set {
        Some(_) => objects.pods().await?,
        None => Vec::new(),
    };
    let health = health(controller, &pods).await;
    let spec = &instance.object().spec;
    let database = DatabaseLogin {
        binding: Binding::of(&spec.database.clone().unwrap_or_default())?,
        login: secrets::database_login(instance),
    };
    let set = workload.stateful_set.as_ref();
    workload.rollout = rollout::rollout(spec.replicas, set, &pods, health.as_ref(), &database);
    Ok(workload)
}

struct Objects<'c> {
    controller: &'c InstanceController,
    instance: &'c Instance,
}

impl Objects<'_> {
    fn api<K>(&self) -> Api<K>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        Api::namespaced(self.controller.kube.clone(), &self.instance.owner().namespace)
    }

    fn doing(&self, kind: &str, name: &str) -> String {
        format!("reading {kind} {}/{name}", self.instance.owner().namespace)
    }

    /// Two servers of different make on one database would destroy it.
    async fn refuse_beside_the_seed(&self) -> Result<(), InstanceError> {
        let name = identity::name(self.instance);
        let found = self.api::<Deployment>().get_metadata_opt(&name).await;
        let found = found.map_err(ConnectError::kube(|| self.doing("Deployment", &name)))?;
        let owner = self.instance.owner();
        match found {
            Some(found) if identity::is_of_the_seed(&owner.name, &found.metadata) => {
                Err(InstanceError::LegacyDeployment { namespace: owner.namespace.clone(), name })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// An object by its name, if it is ours to write.
    async fn ours<K>(&self, name: &str) -> Result<Option<K>, InstanceError>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>
            + Clone
            + DeserializeOwned
            + std::fmt::Debug,
    {
        let kind = K::kind(&());
        let found = self.api::<K>().get_opt(name).await;
        let found = found.map_err(ConnectError::kube(|| self.doing(&kind, name)))?;
        let Some(found) = found else { return Ok(None) };
        if identity::is_ours(self.instance, found.meta()) {
            return Ok(Some(found));
        }
        let (kind, namespace) = (kind.into_owned(), self.instance.owner().namespace.clone());
        let name = name.to_owned();
        Err(if identity::is_left_behind(self.instance, found.meta()) {
            InstanceError::LeftBehind { kind, namespace, name }
        } else {
            InstanceError::NotOurs { kind, namespace, name }
        })
    }

    /// What the pods depend on.
    async fn inputs(&self, before: Option<&PodSecrets>) -> Result<Inputs, InstanceError> {
        Ok(Inputs { secrets: secrets::read(self.controller, self.instance, before).await? })
    }

    /// It is needed for the first start alone. Whether it may be used is looked at each time that it is there.
    async fn admin_secret(&self, was_started: bool) -> Result<AdminSecret, InstanceError> {
        let (namespace, name) = AdminLogin::secret(self.instance);
        let secrets = &self.controller.secrets;
        let is_named = AdminLogin::is_named(self.instance);
        // One that is named must consent.
        let found = if is_named {
            let leave = secrets.leave(self.instance.owner()).await?;
            secrets.named(&leave, &name, AdminLogin::FIELD).await?
        } else {
            secrets.ours(namespace, &name).await?
        };
        match found {
            Some(found) => {
                if !is_named {
                    self.is_of_our_make(&found)?;
                }
                if !was_started {
                    AdminLogin::read(&found)?;
                }
                Ok(AdminSecret::Settled)
            }
            None if was_started => Ok(AdminSecret::Settled),
            None if is_named => Err(ConnectError::SecretMissing {
                namespace: namespace.to_owned(),
                name,
                key: key::PASSWORD.to_owned(),
                field: AdminLogin::FIELD.to_owned(),
            }
            .into()),
            None => Ok(AdminSecret::Missing),
        }
    }

    /// One that is not named must be of our make. That may have been for an earlier Keycloak of this name, whose database this
    /// one may have: it is used as it is.
    fn is_of_our_make(&self, found: &StoredSecret) -> Result<(), InstanceError> {
        let (namespace, name) = (found.namespace(), found.name());
        let owner = self.instance.owner();
        let is_ours = found.label(label::COMPONENT) == Some(Component::AdminCredentials.as_str());
        if found.is_managed() && is_ours {
            return Ok(());
        }
        Err(ConnectError::SecretNotOwned {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            whose: "does not carry our labels",
            owner: owner.to_string(),
        }
        .into())
    }

    async fn pods(&self) -> Result<Vec<Pod>, InstanceError> {
        let parameters = ListParams::default().labels(&identity::selector_text(self.instance));
        let pods = self.api::<Pod>().list(&parameters).await;
        let name = identity::name(self.instance);
        Ok(pods.map_err(ConnectError::kube(|| self.doing("the pods of StatefulSet", &name)))?.items)
    }
}

/// What the first pod says that answers: the ready ones are asked first.
async fn health(controller: &InstanceController, pods: &[Pod]) -> Option<Health> {
    let mut running: Vec<&Pod> =
        pods.iter().filter(|pod| pod.metadata.deletion_timestamp.is_none()).collect();
    running.sort_by_key(|pod| !rollout::is_ready(pod));
    for pod in running.into_iter().take(ASKED) {
        let Some(address) = pod.status.as_ref().and_then(|status| status.pod_ip.as_deref()) else { continue };
        let host = if address.contains(':') { format!("[{address}]") } else { address.to_owned() };
        // A pod that does not answer is told by Kubernetes.
        if let Ok(health) = controller.health.ready(&format!("http://{host}:{MANAGEMENT_PORT}")).await {
            return Some(health);
        }
    }
    None
}
