//! The part of the installation that needs no pods: kinds, roles for people, admission policies.

use std::sync::OnceLock;

use anyhow::{Result, anyhow};

use crate::{
    kubectl::{Kubectl, in_repository, wait_until},
    namespace::Namespace,
};

/// The policies, each with an object that it refuses to somebody who may only write the kind.
pub const POLICIES: [(&str, &str, &str); 4] = [
    (
        "approval.keycloak.mdvr.nl",
        "KeycloakClient",
        r#"{"clientId": "it", "realmRef": {"name": "it", "namespace": "it"}, "deletionPolicy": "Retain"}"#,
    ),
    (
        "secret-consent-keycloaks.keycloak.mdvr.nl",
        "Keycloak",
        r#"{"database": {"host": "it", "database": "it", "credentialsSecret": "it"}}"#,
    ),
    (
        "secret-consent-keycloakrealms.keycloak.mdvr.nl",
        "KeycloakRealm",
        r#"{"realmName": "it", "operatorRef": {"namespace": "it", "authorizationSecretRef": {"name": "it"}}}"#,
    ),
    (
        "secret-consent-keycloakclients.keycloak.mdvr.nl",
        "KeycloakClient",
        r#"{"clientId": "it", "realmRef": {"name": "it", "namespace": "it", "authorizationSecretRef": {"name": "it"}}}"#,
    ),
];

/// Installs kinds, roles and policies, once per process, and waits until each policy refuses what it should. The
/// administrator of the cluster is returned. What is there already is brought up to date.
///
/// # Errors
/// If the API server refuses one of the manifests, or a policy does not begin to act.
pub fn kinds_and_policies() -> Result<Kubectl> {
    static DONE: OnceLock<Result<Kubectl, String>> = OnceLock::new();
    let done = DONE.get_or_init(|| {
        let administrator = Kubectl::administrator();
        install(&administrator).map(|()| administrator).map_err(|problem| format!("{problem:#}"))
    });
    done.clone().map_err(|problem| anyhow!(problem))
}

/// The same in the cluster of this administrator.
///
/// # Errors
/// As [`kinds_and_policies`].
pub fn install(administrator: &Kubectl) -> Result<()> {
    for directory in ["deploy/crds", "deploy/roles", "deploy/policies"] {
        let directory = in_repository(directory).display().to_string();
        administrator.run(&["apply", "--server-side", "--force-conflicts", "--kustomize", &directory])?;
    }
    let kinds = ["keycloaks", "keycloakrealms", "keycloakclients", "keycloakquotas"];
    let kinds = kinds.map(|plural| format!("customresourcedefinition/{plural}.keycloak.mdvr.nl"));
    let wait = ["wait", "--for=condition=Established", "--timeout=60s"];
    administrator.run(&wait.into_iter().chain(kinds.iter().map(String::as_str)).collect::<Vec<_>>())?;
    let namespace = Namespace::create(administrator, "policies")?;
    let user = format!("{}-probe", namespace.name());
    namespace.bind(&["cloakroom-edit"], &user)?;
    let person = administrator.impersonating(&user);
    let what = ["patch", "keycloakclients.keycloak.mdvr.nl", "--namespace", namespace.name()];
    person.wait_until_allowed(&what)?;
    for (policy, kind, spec) in POLICIES {
        let object = namespace.object(kind, &serde_json::from_str(spec)?);
        // A new kind is not served, and a new policy does not act, from the first moment on.
        wait_until(&format!("policy {policy} does not refuse {object}"), || {
            Ok(person.would_apply(&object).is_err_and(|refusal| refusal.to_string().contains(policy)))
        })?;
    }
    Ok(())
}
