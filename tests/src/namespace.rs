//! A namespace of one test.

use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::Result;
use serde_json::{Value, json};

use crate::kubectl::Kubectl;

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A namespace with a name that nobody else has; it goes with this value, and everything in it.
#[derive(Debug)]
pub struct Namespace {
    name: String,
    administrator: Kubectl,
}

impl Namespace {
    /// Makes one; `purpose` begins its name.
    ///
    /// # Errors
    /// If the API server refuses it.
    pub fn create(administrator: &Kubectl, purpose: &str) -> Result<Self> {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let unique = (since_1970.as_secs() << 16) | u64::from(process::id() & 0xffff);
        let name = format!("{purpose}-{unique:x}-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        administrator.run(&["create", "namespace", &name])?;
        Ok(Self { name, administrator: administrator.clone() })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// An object of ours in it, named `it`.
    pub fn object(&self, kind: &str, spec: &Value) -> Value {
        json!({
            "apiVersion": "keycloak.mdvr.nl/v1",
            "kind": kind,
            "metadata": {"name": "it", "namespace": self.name},
            "spec": spec,
        })
    }

    /// Lets a person do here what some cluster roles say.
    ///
    /// # Errors
    /// If the API server refuses it.
    pub fn bind(&self, cluster_roles: &[&str], user: &str) -> Result<()> {
        let bindings = cluster_roles
            .iter()
            .map(|role| self.binding(&format!("{role}-{user}"), "ClusterRole", role, user));
        self.administrator.apply(&list(&bindings.collect::<Vec<_>>())).map(drop)
    }

    /// Lets a person do here what one rule says, and waits until that is known. `name` is unique in the namespace.
    ///
    /// # Errors
    /// If the API server refuses it.
    pub fn allow(&self, user: &str, name: &str, rule: &Value) -> Result<()> {
        let granted = json!({
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "Role",
            "metadata": {"name": name, "namespace": self.name},
            "rules": [rule],
        });
        self.administrator.apply(&list(&[granted, self.binding(name, "Role", name, user)]))?;
        let first = |field: &str| rule[field][0].as_str().unwrap_or_default();
        let before =
            |sign: &str, text: &str| if text.is_empty() { String::new() } else { format!("{sign}{text}") };
        let (resource, subresource) = first("resources").split_once('/').unwrap_or((first("resources"), ""));
        let what =
            [resource, &before(".", first("apiGroups")), &before("/", first("resourceNames"))].concat();
        let subresource = format!("--subresource={subresource}");
        let person = self.administrator.impersonating(user);
        person.wait_until_allowed(&[first("verbs"), &what, &subresource, "--namespace", &self.name])
    }

    fn binding(&self, name: &str, role_kind: &str, role: &str, user: &str) -> Value {
        json!({
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "RoleBinding",
            "metadata": {"name": name, "namespace": self.name},
            "roleRef": {"kind": role_kind, "name": role, "apiGroup": "rbac.authorization.k8s.io"},
            "subjects": [{"kind": "User", "name": user, "apiGroup": "rbac.authorization.k8s.io"}],
        })
    }
}

fn list(items: &[Value]) -> Value {
    json!({"apiVersion": "v1", "kind": "List", "items": items})
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // Nobody waits for it; a cluster that is going away may refuse it.
        let _ = self.administrator.run(&["delete", "namespace", &self.name, "--wait=false"]);
    }
}
