//! The rights that a controller has where the manifests are applied: its cluster roles, bound to a user of the test's own.

use std::path::Path;

use controller_testkit::eventually;
use k8s_openapi::api::{
    core::v1::Secret,
    rbac::v1::{ClusterRole, ClusterRoleBinding},
};
use kube::{
    Api, Client, ResourceExt as _,
    api::{DeleteParams, Patch, PatchParams},
    config::Kubeconfig,
};
use serde::Deserialize as _;
use serde_json::Value;

use super::place::SOON;

/// A user with these rights and no others.
pub(crate) struct Installed {
    kube: Client,
    roles: Vec<String>,
    bindings: Vec<String>,
    user: String,
}

impl Installed {
    /// Applies the cluster roles of `deploy/<part>` under names of their own, for a service account of this namespace.
    pub(crate) async fn of(kube: &Client, part: &str, namespace: &str) -> Self {
        let user = format!("system:serviceaccount:{namespace}:{part}-controller");
        let (roles, bindings) = (Vec::new(), Vec::new());
        let mut installed = Self { kube: kube.clone(), roles, bindings, user };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy").join(part);
        for file in ["roles.yaml", "secrets.yaml"] {
            let text = std::fs::read_to_string(folder.join(file)).unwrap();
            for document in serde_yaml_ng::Deserializer::from_str(&text) {
                installed.applies(Value::deserialize(document).unwrap(), namespace).await;
            }
        }
        installed
    }

    async fn applies(&mut self, mut object: Value, namespace: &str) {
        let renamed = |name: &Value| format!("{}-{namespace}", name.as_str().unwrap());
        object["metadata"]["name"] = renamed(&object["metadata"]["name"]).into();
        let parameters = PatchParams::apply("test").force();
        match object["kind"].as_str() {
            Some("ClusterRole") => {
                let role: ClusterRole = serde_json::from_value(object.clone()).unwrap();
                let api: Api<ClusterRole> = Api::all(self.kube.clone());
                api.patch(&role.name_any(), &parameters, &Patch::Apply(object)).await.unwrap();
                self.roles.push(role.name_any());
            }
            Some("ClusterRoleBinding") => {
                object["roleRef"]["name"] = renamed(&object["roleRef"]["name"]).into();
                object["subjects"][0]["namespace"] = namespace.into();
                let binding: ClusterRoleBinding = serde_json::from_value(object.clone()).unwrap();
                let api: Api<ClusterRoleBinding> = Api::all(self.kube.clone());
                api.patch(&binding.name_any(), &parameters, &Patch::Apply(object)).await.unwrap();
                self.bindings.push(binding.name_any());
            }
            other => panic!("{other:?} says nothing about rights of a cluster"),
        }
    }

    /// The same kubeconfig for that user.
    pub(crate) fn user_of(&self, mut config: Kubeconfig) -> Kubeconfig {
        for named in &mut config.auth_infos {
            named.auth_info.get_or_insert_default().impersonate = Some(self.user.clone());
        }
        config
    }

    /// Waits until the API server knows the rights, and makes sure that there are no others.
    pub(crate) async fn hold(&self, user: &Client, namespace: &str) {
        let secrets: Api<Secret> = Api::namespaced(user.clone(), namespace);
        eventually("the rights are known", SOON, async || secrets.get_opt("none").await.map(|_| ())).await;
        let refused = secrets.delete("none", &DeleteParams::default()).await.unwrap_err();
        assert!(matches!(&refused, kube::Error::Api(status) if status.is_forbidden()), "{refused}");
    }

    /// Removes what was applied.
    pub(crate) async fn leaves(&self) {
        let (roles, bindings): (Api<ClusterRole>, Api<ClusterRoleBinding>) =
            (Api::all(self.kube.clone()), Api::all(self.kube.clone()));
        for name in &self.roles {
            roles.delete(name, &DeleteParams::default()).await.unwrap();
        }
        for name in &self.bindings {
            bindings.delete(name, &DeleteParams::default()).await.unwrap();
        }
    }
}
