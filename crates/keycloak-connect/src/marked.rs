//! Whether the object that a mark in Keycloak names still lives.

use keycloak_crds::name::{Namespace, ObjectName};
use kube::{Api, Resource, core::NamespaceResourceScope};
use serde::de::DeserializeOwned;

use crate::{cluster::ClusterId, error::ConnectError};

/// Whom a mark names. These are words that anybody with rights in Keycloak can have written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marked<'a> {
    /// The cluster. Absent on marks of the seed, which knew only one.
    pub cluster_id: Option<&'a str>,
    /// Namespace of the object.
    pub namespace: Option<&'a str>,
    /// Name of the object.
    pub name: Option<&'a str>,
    /// Its uid. Absent on marks of the seed.
    pub uid: Option<&'a str>,
}

/// What became of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It exists, with this uid.
    Alive,
    /// No object of this cluster is it.
    Gone,
    /// Nobody here can tell: it is of another cluster, may not be read, or is not named fully.
    Unknown,
}

/// Looks for it. `K` is the kind of the objects that carry such marks.
///
/// # Errors
/// What the API server says, unless it only does not let us look.
pub async fn look<K>(
    kube: &kube::Client,
    cluster: &ClusterId,
    marked: Marked<'_>,
) -> Result<Life, ConnectError>
where
    K: Resource<DynamicType = (), Scope = NamespaceResourceScope>
        + Clone
        + DeserializeOwned
        + std::fmt::Debug,
{
    if marked.cluster_id.is_some_and(|id| id != cluster.as_str()) {
        return Ok(Life::Unknown);
    }
    let (Some(namespace), Some(name)) = (marked.namespace, marked.name) else { return Ok(Life::Unknown) };
    // No object can be called that, and the words must not become a path.
    if namespace.parse::<Namespace>().is_err() || name.parse::<ObjectName>().is_err() {
        return Ok(Life::Gone);
    }
    let objects: Api<K> = Api::namespaced(kube.clone(), namespace);
    match objects.get_metadata_opt(name).await {
        Ok(None) => Ok(Life::Gone),
        Ok(Some(found)) => Ok(match marked.uid {
            Some(uid) if found.metadata.uid.as_deref() == Some(uid) => Life::Alive,
            Some(_) => Life::Gone,
            // Which of that name was meant is not said.
            None => Life::Unknown,
        }),
        Err(kube::Error::Api(status)) if status.is_forbidden() => Ok(Life::Unknown),
        Err(source) => {
            let doing =
                format!("reading {} {namespace}/{name}, which a mark in Keycloak names", K::kind(&()));
            Err(ConnectError::Kube { doing, source })
        }
    }
}

#[cfg(test)]
mod tests {
    use keycloak_crds::KeycloakRealm;
    use serde_json::json;

    use super::*;
    use crate::fake;

    const PATH: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/acme/keycloakrealms/portal";

    fn api() -> fake::Api {
        let api = fake::Api::default();
        let metadata = json!({"namespace": "acme", "name": "portal", "uid": "u1"});
        api.holds(
            PATH,
            json!({"apiVersion": "keycloak.mdvr.nl/v1", "kind": "KeycloakRealm", "metadata": metadata}),
        );
        api
    }

    fn portal() -> Marked<'static> {
        Marked { cluster_id: Some("here"), namespace: Some("acme"), name: Some("portal"), uid: Some("u1") }
    }

    async fn life(api: &fake::Api, marked: Marked<'_>) -> Life {
        let cluster = ClusterId::given("here").unwrap();
        look::<KeycloakRealm>(&api.client(), &cluster, marked).await.unwrap()
    }

    #[tokio::test]
    async fn it_lives_under_its_uid_and_is_gone_without_it() {
        let api = api();
        assert_eq!(life(&api, portal()).await, Life::Alive);
        assert_eq!(life(&api, Marked { uid: Some("u0"), ..portal() }).await, Life::Gone);
        assert_eq!(life(&api, Marked { name: Some("other"), ..portal() }).await, Life::Gone);
    }

    #[tokio::test]
    async fn a_mark_of_the_seed_names_an_object_of_this_cluster_but_not_which() {
        let (api, seed) = (api(), Marked { cluster_id: None, uid: None, ..portal() });
        assert_eq!(life(&api, seed).await, Life::Unknown);
        assert_eq!(life(&api, Marked { name: Some("other"), ..seed }).await, Life::Gone);
    }

    #[tokio::test]
    async fn what_cannot_be_looked_at_is_not_taken_for_gone() {
        let api = api();
        assert_eq!(life(&api, Marked { cluster_id: Some("there"), ..portal() }).await, Life::Unknown);
        assert_eq!(life(&api, Marked { namespace: None, ..portal() }).await, Life::Unknown);
        assert!(api.calls().is_empty(), "{:?}", api.calls());
        api.refuses(&format!("GET {PATH}"), 403, "Forbidden");
        assert_eq!(life(&api, portal()).await, Life::Unknown);
    }

    #[tokio::test]
    async fn a_name_that_no_object_can_have_is_nobodys_and_becomes_no_path() {
        let api = api();
        for name in ["../secrets/x", "UPPER", "a b", ""] {
            assert_eq!(life(&api, Marked { name: Some(name), ..portal() }).await, Life::Gone, "{name:?}");
        }
        assert_eq!(life(&api, Marked { namespace: Some("a/b"), ..portal() }).await, Life::Gone);
        assert!(api.calls().is_empty(), "{:?}", api.calls());
    }
}
