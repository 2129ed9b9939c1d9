//! The admission policies of `deploy/policies`, on a real API server: what they refuse, to whom, in which words.

mod approval;
mod consent;
mod coverage;

use anyhow::{Result, bail};
use end_to_end::{installation, kubectl::Kubectl, namespace::Namespace};
use serde_json::{Value, json};

/// A namespace in which one person may write our kinds, and no more.
struct Tenant {
    administrator: Kubectl,
    namespace: Namespace,
    user: String,
    person: Kubectl,
}

impl Tenant {
    fn create(purpose: &str) -> Result<Self> {
        let administrator = installation::kinds_and_policies()?;
        let namespace = Namespace::create(&administrator, purpose)?;
        let user = format!("{}-tenant", namespace.name());
        namespace.bind(&["cloakroom-edit", "cloakroom-view"], &user)?;
        let person = administrator.impersonating(&user);
        for verb in ["get", "patch"] {
            person.wait_until_allowed(&[
                verb,
                "keycloakrealms.keycloak.mdvr.nl",
                "--namespace",
                namespace.name(),
            ])?;
        }
        Ok(Self { administrator, namespace, user, person })
    }

    /// Lets the tenant do one thing here.
    fn allow(&self, verb: &str, resource: &str, name: &str) -> Result<()> {
        grant(&self.namespace, &self.user, verb, resource, name)
    }

    /// Changes the object `it` of a kind as the tenant would.
    fn patch(&self, plural: &str, patch: &Value) -> Result<String> {
        let patch = patch.to_string();
        let namespace = self.namespace.name();
        self.person.run(&["patch", plural, "it", "--namespace", namespace, "--type=merge", "--patch", &patch])
    }
}

/// Lets somebody do one thing in a namespace; an empty name means all objects.
fn grant(namespace: &Namespace, user: &str, verb: &str, resource: &str, name: &str) -> Result<()> {
    let group = if resource == "secrets" { "" } else { "keycloak.mdvr.nl" };
    let mut rule = json!({"apiGroups": [group], "resources": [resource], "verbs": [verb]});
    if !name.is_empty() {
        rule["resourceNames"] = json!([name]);
    }
    let unique = [verb, resource, name].join("-");
    namespace.allow(user, unique.trim_end_matches('-'), &rule)
}

/// The words of a policy that refused; an error if nothing, or something else, refused.
fn refused_by(policy: &str, outcome: Result<String>) -> Result<String> {
    let Err(refusal) = outcome else { bail!("{policy} should have refused: {}", outcome?) };
    let text = refusal.to_string();
    let Some((_, words)) = text.split_once(" denied request: ") else {
        bail!("not refused by a policy: {text}")
    };
    if !text.contains(&format!("ValidatingAdmissionPolicy '{policy}'")) {
        bail!("refused by another policy than {policy}: {text}");
    }
    Ok(words.to_owned())
}

/// The annotation of ours as a patch.
fn annotation(name: &str, value: &str) -> Value {
    json!({"metadata": {"annotations": {format!("keycloak.mdvr.nl/{name}"): value}}})
}

/// Words with the names of this run's namespaces taken out.
fn without(words: &str, namespace: &Namespace, called: &str) -> String {
    words.replace(namespace.name(), called)
}
