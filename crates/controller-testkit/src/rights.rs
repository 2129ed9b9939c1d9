//! The rights that a controller has where the manifests are applied: its cluster roles, bound to a user of the test's own.

use std::path::Path;
use std::time::Duration;

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

use crate::eventually::eventually;
use crate::failure::{OrFail, fail};

/// How long the API server may take to know of new rights.
const SOON: Duration = Duration::from_secs(60);

/// A user with these rights and no others.
#[derive(Clone)]
pub struct Installed {
    kube: Client,
    roles: Vec<String>,
    bindings: Vec<String>,
    user: String,
}

impl Installed {
    /// Applies the cluster roles of `deploy/<part>` under names of their own, for a service account of this namespace.
    ///
    /// # Panics
    /// If the manifests cannot be read, or the API server refuses them.
    pub async fn of(kube: &Client, part: &str, namespace: &str) -> Self {
        let user = format!("system:serviceaccount:{namespace}:{part}-controller");
        let (roles, bindings) = (Vec::new(), Vec::new());
        let mut installed = Self { kube: kube.clone(), roles, bindings, user };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy").join(part);
        for file in ["roles.yaml", "secrets.yaml"] {
            let file = folder.join(file);
            let what = || format!("{} cannot be read", file.display());
            let text = std::fs::read_to_string(&file).or_fail(what());
            for document in serde_yaml_ng::Deserializer::from_str(&text) {
                installed.applies(Value::deserialize(document).or_fail(what()), namespace).await;
            }
        }
        installed
    }

    async fn applies(&mut self, mut object: Value, namespace: &str) {
        let renamed = |name: &Value| format!("{}-{namespace}", name.as_str().unwrap_or_default());
        let refused = "the rights of a controller are not written";
        object["metadata"]["name"] = renamed(&object["metadata"]["name"]).into();
        let parameters = PatchParams::apply("test").force();
        match object["kind"].as_str() {
            Some("ClusterRole") => {
                let role: ClusterRole = serde_json::from_value(object.clone()).or_fail(refused);
                let api: Api<ClusterRole> = Api::all(self.kube.clone());
                api.patch(&role.name_any(), &parameters, &Patch::Apply(object)).await.or_fail(refused);
                self.roles.push(role.name_any());
            }
            Some("ClusterRoleBinding") => {
                object["roleRef"]["name"] = renamed(&object["roleRef"]["name"]).into();
                object["subjects"][0]["namespace"] = namespace.into();
                let binding: ClusterRoleBinding = serde_json::from_value(object.clone()).or_fail(refused);
                let api: Api<ClusterRoleBinding> = Api::all(self.kube.clone());
                api.patch(&binding.name_any(), &parameters, &Patch::Apply(object)).await.or_fail(refused);
                self.bindings.push(binding.name_any());
            }
            other => fail(format!("{other:?} says nothing about rights of a cluster")),
        }
    }

    /// The same kubeconfig for that user.
    pub fn user_of(&self, mut config: Kubeconfig) -> Kubeconfig {
        for named in &mut config.auth_infos {
            named.auth_info.get_or_insert_default().impersonate = Some(self.user.clone());
        }
        config
    }

    /// Waits until the API server knows the rights, and makes sure that there are no others.
    ///
    /// # Panics
    /// If it does not, or if Secrets can be deleted.
    pub async fn hold(&self, user: &Client, namespace: &str) {
        let secrets: Api<Secret> = Api::namespaced(user.clone(), namespace);
        eventually("the rights are known", SOON, async || secrets.get_opt("none").await.map(|_| ())).await;
        match secrets.delete("none", &DeleteParams::default()).await {
            Err(kube::Error::Api(status)) if status.is_forbidden() => {}
            other => fail(format!("a controller may delete Secrets: {other:?}")),
        }
    }

    /// Removes what was applied.
    ///
    /// # Panics
    /// If the API server refuses.
    pub async fn leaves(&self) {
        let (roles, bindings): (Api<ClusterRole>, Api<ClusterRoleBinding>) =
            (Api::all(self.kube.clone()), Api::all(self.kube.clone()));
        for name in &self.roles {
            roles
                .delete(name, &DeleteParams::default())
                .await
                .or_fail(format!("ClusterRole {name} is not deleted"));
        }
        for name in &self.bindings {
            let gone = bindings.delete(name, &DeleteParams::default()).await;
            gone.or_fail(format!("ClusterRoleBinding {name} is not deleted"));
        }
    }
}

impl std::fmt::Debug for Installed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Installed({})", self.user)
    }
}
