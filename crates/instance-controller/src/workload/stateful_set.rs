//! The pods.

use std::collections::BTreeMap;

use k8s_openapi::{
    api::{
        apps::v1::{StatefulSet, StatefulSetSpec},
        core::v1::{
            Capabilities, Container, ContainerPort, HTTPGetAction, PodSecurityContext, PodSpec,
            PodTemplateSpec, Probe, ResourceRequirements, SeccompProfile, SecurityContext,
        },
    },
    apimachinery::pkg::{
        api::resource::Quantity,
        apis::meta::v1::{LabelSelector, ObjectMeta},
        util::intstr::IntOrString,
    },
};
use keycloak_connect::{
    Instance,
    address::{HTTP_PORT, MANAGEMENT_PORT},
};
use keycloak_crds::labels::Component;

use super::{
    Inputs, environment,
    identity::{self, CONTAINER, SECRETS_DIGEST},
    services::{CLUSTER_PORT, port},
};
use crate::error::InstanceError;

/// Image of a new server where neither image nor version is given, without its tag.
pub const REPOSITORY: &str = "quay.io/keycloak/keycloak";
/// Its tag: the version that this release was tested with.
pub const TESTED_VERSION: &str = "26.7.3";
/// Uid of the user in Keycloak's image.
const USER: i64 = 1000;

/// The pods as they should be.
///
/// The root file system can be written to: a server that was not built beforehand builds itself at its start, below
/// `/opt/keycloak/lib`.
///
/// # Errors
/// See [`environment::variables`].
pub fn render(
    instance: &Instance,
    inputs: &Inputs,
    live: Option<&StatefulSet>,
) -> Result<StatefulSet, InstanceError> {
    let object = &instance.object().spec;
    let container = container(instance, live.and_then(container_of))?;
    let pod = PodSpec {
        containers: vec![container],
        enable_service_links: Some(false),
        service_account_name: object.service_account.clone(),
        // The servers do not call the API server; a ServiceAccount that somebody names says for itself what it wants.
        automount_service_account_token: object.service_account.is_none().then_some(false),
        security_context: Some(object.pod_security_context.clone().unwrap_or_else(restricted_pod)),
        ..PodSpec::default()
    };
    let template = PodTemplateSpec {
        metadata: Some(ObjectMeta {
            labels: Some(identity::labels(instance, Component::Server)),
            annotations: Some(BTreeMap::from([(SECRETS_DIGEST.to_owned(), inputs.secrets.pods.clone())])),
            ..ObjectMeta::default()
        }),
        spec: Some(pod),
    };
    let spec = StatefulSetSpec {
        replicas: Some(object.replicas),
        service_name: Some(identity::discovery_name(instance)),
        // In order, a pod that cannot start would keep the change waiting that mends it.
        pod_management_policy: Some("Parallel".to_owned()),
        selector: LabelSelector {
            match_labels: Some(identity::selector(instance)),
            ..LabelSelector::default()
        },
        template,
        ..StatefulSetSpec::default()
    };
    let metadata = identity::metadata(instance, identity::name(instance), Component::Server);
    Ok(StatefulSet { metadata, spec: Some(spec), status: None })
}

/// Our container in a StatefulSet.
pub fn container_of(stateful_set: &StatefulSet) -> Option<&Container> {
    let pod = stateful_set.spec.as_ref()?.template.spec.as_ref()?;
    pod.containers.iter().find(|container| container.name == CONTAINER)
}

fn container(instance: &Instance, live: Option<&Container>) -> Result<Container, InstanceError> {
    let spec = &instance.object().spec;
    let named_port = |name: &str, number| ContainerPort {
        name: Some(name.to_owned()),
        container_port: number,
        protocol: Some("TCP".to_owned()),
        ..ContainerPort::default()
    };
    Ok(Container {
        name: CONTAINER.to_owned(),
        image: Some(image(instance, live)),
        args: Some(vec!["start".to_owned()]),
        env: Some(environment::variables(instance, live)?),
        ports: Some(vec![
            named_port(port::HTTP, HTTP_PORT),
            named_port(port::MANAGEMENT, MANAGEMENT_PORT),
            named_port(port::CLUSTER, CLUSTER_PORT),
        ]),
        // Five minutes: a start on a new database on a busy node.
        startup_probe: Some(spec.startup_probe.clone().unwrap_or_else(|| probe("/health/started", 2, 150))),
        readiness_probe: Some(spec.readiness_probe.clone().unwrap_or_else(|| probe("/health/ready", 5, 3))),
        liveness_probe: Some(spec.liveness_probe.clone().unwrap_or_else(|| probe("/health/live", 10, 6))),
        resources: Some(resources(instance, live)),
        security_context: Some(spec.security_context.clone().unwrap_or_else(restricted_container)),
        // The end of the log of a server that gave up stands in the pod's status.
        termination_message_policy: Some("FallbackToLogsOnError".to_owned()),
        ..Container::default()
    })
}

/// The image: the one that is named, else that of the version that is named, else the one that runs, else the tested one.
pub fn image(instance: &Instance, live: Option<&Container>) -> String {
    let spec = &instance.object().spec;
    let running = || live.and_then(|container| container.image.clone());
    let of_version = |version: &str| format!("{REPOSITORY}:{version}");
    let named = spec.image.clone().or_else(|| spec.declared_version().map(of_version));
    named.or_else(running).unwrap_or_else(|| of_version(TESTED_VERSION))
}

/// Exactly what the spec gives, if it gives anything: with a default mixed in, `requests: {memory: 2Gi}` alone would meet a
/// limit of 1Gi. Where it says nothing, what stands, and for a new server the creation values of the seed.
fn resources(instance: &Instance, live: Option<&Container>) -> ResourceRequirements {
    if let Some(given) = &instance.object().spec.resources {
        return given.requirements();
    }
    if let Some(live) = live {
        let standing = live.resources.clone().unwrap_or_default();
        return ResourceRequirements {
            requests: standing.requests,
            limits: standing.limits,
            ..ResourceRequirements::default()
        };
    }
    let new = |cpu: &str, memory: &str| {
        let pairs = [("cpu", cpu), ("memory", memory)];
        pairs.into_iter().map(|(name, amount)| (name.to_owned(), Quantity(amount.to_owned()))).collect()
    };
    ResourceRequirements {
        requests: Some(new("500m", "512Mi")),
        limits: Some(new("1", "1Gi")),
        ..ResourceRequirements::default()
    }
}

fn probe(path: &str, period: i32, failures: i32) -> Probe {
    Probe {
        http_get: Some(HTTPGetAction {
            path: Some(path.to_owned()),
            port: IntOrString::String(port::MANAGEMENT.to_owned()),
            ..HTTPGetAction::default()
        }),
        period_seconds: Some(period),
        timeout_seconds: Some(5),
        failure_threshold: Some(failures),
        ..Probe::default()
    }
}

/// What the Pod Security Standard `restricted` asks of a pod.
fn restricted_pod() -> PodSecurityContext {
    PodSecurityContext {
        run_as_non_root: Some(true),
        run_as_user: Some(USER),
        fs_group: Some(USER),
        seccomp_profile: Some(SeccompProfile {
            type_: "RuntimeDefault".to_owned(),
            ..SeccompProfile::default()
        }),
        ..PodSecurityContext::default()
    }
}

/// What it asks of a container.
fn restricted_container() -> SecurityContext {
    SecurityContext {
        allow_privilege_escalation: Some(false),
        capabilities: Some(Capabilities { drop: Some(vec!["ALL".to_owned()]), ..Capabilities::default() }),
        ..SecurityContext::default()
    }
}

/// The version that an image's tag tells: `26.7.3` of `quay.io/keycloak/keycloak:26.7.3-1@sha256:...`.
pub fn version_of(image: &str) -> Option<&str> {
    let without_digest = image.split('@').next()?;
    let (_, tag) = without_digest.rsplit('/').next()?.split_once(':')?;
    let end =
        tag.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(tag.len());
    let version = tag.get(..end)?.trim_end_matches('.');
    version.contains('.').then_some(version)
}
