//! The versions of everything that is built or fetched; a new version gets a new place in the cache.

/// Kubernetes, all programs of it (Go module `k8s.io/kubernetes`).
pub(crate) const KUBERNETES: &str = "1.34.4";
/// `CoreDNS` (Go module `github.com/coredns/coredns`): the one that asks for the versions nearest to those of this Kubernetes. 1.12.1,
/// which kubeadm deploys, does not build with its client-go.
pub(crate) const COREDNS: &str = "1.12.2";
/// kind, for the provider of that name.
pub(crate) const KIND: &str = "0.33.0";
/// The node that kind runs: the image of this minor version in the notes of that release of kind
/// (<https://github.com/kubernetes-sigs/kind/releases/tag/v0.33.0>), which answers for no other. The digest is of all architectures.
pub(crate) const KIND_NODE: &str =
    "v1.34.11@sha256:44e222ee2132dab25ff87301682f89eb82c7880ea3a1bf543bfe9708fd08d67d";
/// The pause container that this Kubernetes uses (kubeadm's constant); only the name, the program is ours.
pub(crate) const PAUSE: &str = "3.10.1";
/// Keycloak that the quickstart runs (Maven `org.keycloak:keycloak-quarkus-dist`).
pub(crate) const KEYCLOAK: &str = "26.7.3";
/// The oldest Keycloak that the tests run against.
pub(crate) const KEYCLOAK_OLDEST: &str = "26.4.5";
/// The Keycloaks that tests run against.
pub(crate) const TEST_SERVERS: [&str; 2] = [KEYCLOAK, KEYCLOAK_OLDEST];
/// `PostgreSQL` of the Debian release that images are made from.
pub(crate) const POSTGRESQL: &str = "15";
/// Debian release that images are made from.
pub(crate) const DEBIAN: &str = "bookworm";
