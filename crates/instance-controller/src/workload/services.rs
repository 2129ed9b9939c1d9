//! The Services: one for clients, one by which the servers find each other.

use k8s_openapi::{
    api::core::v1::{Service, ServicePort, ServiceSpec},
    apimachinery::pkg::util::intstr::IntOrString,
};
use keycloak_connect::{
    Instance,
    address::{HTTP_PORT, MANAGEMENT_PORT},
};
use keycloak_crds::{instance::ServiceType, labels::Component};

use super::identity;

/// Port on which the servers of a cluster talk to each other.
pub const CLUSTER_PORT: i32 = 7800;
/// Names of the container's ports.
pub mod port {
    /// Clients.
    pub const HTTP: &str = "http";
    /// Health and metrics.
    pub const MANAGEMENT: &str = "management";
    /// The other servers.
    pub const CLUSTER: &str = "jgroups";
}

/// The Service for clients. It has the management port only where it is not reached from outside the cluster.
pub fn client(instance: &Instance) -> Service {
    let given = instance.object().spec.service.clone().unwrap_or_default();
    let type_ = given.type_.unwrap_or_default();
    let mut ports = vec![named_port(port::HTTP, given.http_port.unwrap_or(HTTP_PORT))];
    if type_ == ServiceType::ClusterIP {
        ports.push(named_port(port::MANAGEMENT, MANAGEMENT_PORT));
    }
    let mut metadata = identity::metadata(instance, identity::name(instance), Component::Service);
    metadata.annotations = given.annotations.filter(|annotations| !annotations.is_empty());
    let spec = ServiceSpec {
        type_: Some(type_.as_str().to_owned()),
        selector: Some(identity::selector(instance)),
        ports: Some(ports),
        ..ServiceSpec::default()
    };
    Service { metadata, spec: Some(spec), status: None }
}

/// The Service without an address of its own: it gives every pod a name, also before it is ready, and carries the metrics of
/// each of them.
pub fn discovery(instance: &Instance) -> Service {
    let metadata = identity::metadata(instance, identity::discovery_name(instance), Component::Service);
    let spec = ServiceSpec {
        type_: Some(ServiceType::ClusterIP.as_str().to_owned()),
        cluster_ip: Some("None".to_owned()),
        publish_not_ready_addresses: Some(true),
        selector: Some(identity::selector(instance)),
        ports: Some(vec![
            named_port(port::CLUSTER, CLUSTER_PORT),
            named_port(port::MANAGEMENT, MANAGEMENT_PORT),
        ]),
        ..ServiceSpec::default()
    };
    Service { metadata, spec: Some(spec), status: None }
}

fn named_port(name: &str, number: i32) -> ServicePort {
    ServicePort {
        name: Some(name.to_owned()),
        port: number,
        target_port: Some(IntOrString::String(name.to_owned())),
        protocol: Some("TCP".to_owned()),
        ..ServicePort::default()
    }
}
