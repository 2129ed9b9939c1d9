//! The manifests of `deploy`, as kustomize makes them: they fit together, and grant what the documentation says.

use anyhow::{Context, Result};
use end_to_end::{
    controllers::CONTROLLERS,
    installation,
    kubectl::{Kubectl, in_repository},
};
use serde_json::Value;

/// The namespace of the overlay that holds the logins of the client controller.
const LOGINS: &str = "cloakroom-logins";

/// The objects that a directory of `deploy` stands for, as the API server would take them.
fn rendered(administrator: &Kubectl, directory: &str) -> Result<Vec<Value>> {
    let path = in_repository(directory).display().to_string();
    let list = administrator.json(&["apply", "--dry-run=client", "--kustomize", &path])?;
    Ok(list["items"].as_array().context("kubectl printed no list")?.clone())
}

fn of_kind<'o>(objects: &'o [Value], kind: &str) -> Vec<&'o Value> {
    objects.iter().filter(|object| object["kind"] == kind).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The rules that the API server lets a service account use everywhere: those of the cluster roles bound to it.
fn everywhere<'o>(objects: &'o [Value], account: &str) -> Vec<&'o Value> {
    let bindings = of_kind(objects, "ClusterRoleBinding").into_iter();
    let roles = bindings
        .filter(|binding| binding["subjects"][0]["name"] == account)
        .map(|binding| &binding["roleRef"]["name"]);
    let roles: Vec<&Value> = roles.collect();
    let bound =
        of_kind(objects, "ClusterRole").into_iter().filter(|role| roles.contains(&&role["metadata"]["name"]));
    bound.flat_map(|role| role["rules"].as_array().into_iter().flatten()).collect()
}

fn about<'o>(rules: &[&'o Value], resource: &str) -> Vec<&'o Value> {
    rules.iter().filter(|rule| texts(&rule["resources"]).contains(&resource)).copied().collect()
}

#[test]
fn every_directory_that_a_person_applies_renders() -> Result<()> {
    let administrator = installation::kinds_and_policies()?;
    for directory in ["deploy", "deploy/overlays/namespaced", "deploy/overlays/multi-tenant"] {
        let objects = rendered(&administrator, directory)?;
        assert_eq!(of_kind(&objects, "Deployment").len(), CONTROLLERS.len(), "{directory}");
        assert_eq!(of_kind(&objects, "CustomResourceDefinition").len(), 4, "{directory}");
    }
    assert_eq!(rendered(&administrator, "deploy/examples/quickstart")?.len(), 7);
    Ok(())
}

#[test]
fn controllers_are_of_this_version_and_run_restricted() -> Result<()> {
    let objects = rendered(&installation::kinds_and_policies()?, "deploy")?;
    for deployment in of_kind(&objects, "Deployment") {
        let name = deployment["metadata"]["name"].as_str().unwrap_or_default();
        assert!(CONTROLLERS.contains(&name), "{name}");
        let pod = &deployment["spec"]["template"]["spec"];
        let container = &pod["containers"][0];
        assert_eq!(container["image"], format!("localhost/cloakroom/{name}:{}", env!("CARGO_PKG_VERSION")));
        assert_eq!(pod["serviceAccountName"], name);
        assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
        assert_eq!(pod["securityContext"]["seccompProfile"]["type"], "RuntimeDefault");
        assert_eq!(container["securityContext"]["readOnlyRootFilesystem"], true);
        assert_eq!(container["securityContext"]["allowPrivilegeEscalation"], false);
        assert_eq!(texts(&container["securityContext"]["capabilities"]["drop"]), ["ALL"]);
    }
    Ok(())
}

#[test]
fn no_role_has_a_wildcard() -> Result<()> {
    let administrator = installation::kinds_and_policies()?;
    for directory in ["deploy", "deploy/overlays/namespaced"] {
        for role in rendered(&administrator, directory)?.iter().filter(|object| object["rules"].is_array()) {
            for rule in role["rules"].as_array().into_iter().flatten() {
                let words =
                    [texts(&rule["apiGroups"]), texts(&rule["resources"]), texts(&rule["verbs"])].concat();
                assert!(words.iter().all(|word| !word.contains('*')), "{}: {rule}", role["metadata"]["name"]);
            }
        }
    }
    Ok(())
}

#[test]
fn quotas_are_written_by_those_who_hand_out_namespaces_and_counted_by_two_controllers() -> Result<()> {
    let administrator = installation::kinds_and_policies()?;
    for directory in ["deploy", "deploy/overlays/namespaced"] {
        let objects = rendered(&administrator, directory)?;
        for role in objects.iter().filter(|object| object["rules"].is_array()) {
            let rules = role["rules"].as_array().into_iter().flatten();
            let of_quotas = rules.flat_map(|rule| {
                let (resources, verbs) = (texts(&rule["resources"]), texts(&rule["verbs"]));
                let quotas = resources.into_iter().filter(|resource| resource.starts_with("keycloakquotas"));
                quotas.map(|resource| format!("{resource}: {}", verbs.join(", "))).collect::<Vec<_>>()
            });
            let expected: &[&str] = match role["metadata"]["name"].as_str() {
                Some("cloakroom-quota-admin") => {
                    &["keycloakquotas: get, list, watch, create, update, patch, delete"]
                }
                Some("cloakroom-realm-controller") => {
                    &["keycloakquotas: get, list, watch", "keycloakquotas/status: patch"]
                }
                Some("cloakroom-client-controller") => {
                    &["keycloakquotas: list, watch", "keycloakquotas/status: patch"]
                }
                _ => &[],
            };
            let found: Vec<String> = of_quotas.collect();
            assert_eq!(found, expected, "{directory}: {}", role["metadata"]["name"]);
        }
    }
    Ok(())
}

#[test]
fn secrets_are_read_by_name_and_never_listed_watched_or_deleted() -> Result<()> {
    let administrator = installation::kinds_and_policies()?;
    let objects = rendered(&administrator, "deploy")?;
    for account in CONTROLLERS {
        let rules = about(&everywhere(&objects, account), "secrets");
        assert_eq!(rules.len(), 1, "{account}");
        assert_eq!(texts(&rules[0]["verbs"]), ["get", "create", "patch"], "{account}");
    }
    let objects = rendered(&administrator, "deploy/overlays/namespaced")?;
    for role in objects.iter().filter(|object| object["rules"].is_array()) {
        for rule in role["rules"].as_array().into_iter().flatten() {
            let verbs = texts(&rule["verbs"]);
            let beyond: &[&str] = if role["metadata"]["namespace"] == LOGINS {
                // Nothing but our logins is there, and no owner reference takes them away.
                &["list", "watch"]
            } else {
                &["list", "watch", "delete", "deletecollection"]
            };
            let goes_beyond = beyond.iter().any(|verb| verbs.contains(verb));
            let secrets = texts(&rule["resources"]).contains(&"secrets");
            assert!(!(goes_beyond && secrets), "{}: {rule}", role["metadata"]["name"]);
        }
    }
    Ok(())
}

#[test]
fn config_maps_are_for_records_and_read_by_name_and_never_deleted() -> Result<()> {
    let administrator = installation::kinds_and_policies()?;
    let objects = rendered(&administrator, "deploy")?;
    for account in CONTROLLERS {
        let rules = about(&everywhere(&objects, account), "configmaps");
        let expected: &[&str] =
            if account == "instance-controller" { &[] } else { &["get", "create", "patch"] };
        let verbs: Vec<&str> = rules.iter().flat_map(|rule| texts(&rule["verbs"])).collect();
        assert_eq!(verbs, expected, "{account}");
    }
    let objects = rendered(&administrator, "deploy/overlays/namespaced")?;
    for account in CONTROLLERS {
        assert!(about(&everywhere(&objects, account), "configmaps").is_empty(), "{account}");
    }
    let bound = |account: &str| {
        let role = format!("cloakroom-{account}");
        let mut bindings = of_kind(&objects, "RoleBinding").into_iter();
        bindings.any(|binding| {
            binding["roleRef"]["name"] == role.as_str() && binding["metadata"]["namespace"] == "my-app"
        })
    };
    assert!(bound("realm-controller") && bound("client-controller"));
    Ok(())
}

#[test]
fn the_instance_controller_may_make_and_change_the_objects_of_servers_and_delete_none() -> Result<()> {
    let objects = rendered(&installation::kinds_and_policies()?, "deploy")?;
    let rules = everywhere(&objects, "instance-controller");
    let expected: [(&str, &[&str]); 4] = [
        ("statefulsets", &["get", "list", "watch", "create", "patch"]),
        ("services", &["get", "list", "watch", "create", "patch"]),
        ("pods", &["list", "watch"]),
        ("deployments", &["get"]),
    ];
    for (resource, verbs) in expected {
        let about = about(&rules, resource);
        assert_eq!(about.len(), 1, "{resource}");
        assert_eq!(texts(&about[0]["verbs"]), verbs, "{resource}");
    }
    assert!(rules.iter().all(|rule| !texts(&rule["verbs"]).contains(&"delete")), "{rules:?}");
    Ok(())
}

#[test]
fn the_overlay_namespaced_leaves_only_our_kinds_namespaces_and_the_policies_to_be_seen_everywhere()
-> Result<()> {
    let objects = rendered(&installation::kinds_and_policies()?, "deploy/overlays/namespaced")?;
    for account in CONTROLLERS {
        let rules = everywhere(&objects, account);
        assert_eq!(about(&rules, "validatingadmissionpolicies").len(), 1, "{account}: {rules:?}");
        for rule in rules {
            let ours = texts(&rule["apiGroups"]) == ["keycloak.mdvr.nl"];
            let looks = texts(&rule["verbs"]) == ["get"] && !texts(&rule["resources"]).contains(&"secrets");
            assert!(ours || looks, "{account}: {rule}");
        }
    }
    Ok(())
}

#[test]
fn roles_for_tenants_know_no_quotas_and_write_no_status() -> Result<()> {
    let objects = rendered(&installation::kinds_and_policies()?, "deploy")?;
    let for_tenants = |role: &&Value| {
        let labels = role["metadata"]["labels"].as_object();
        labels.is_some_and(|labels| {
            labels.keys().any(|label| label.starts_with("rbac.authorization.k8s.io/aggregate-to-"))
        })
    };
    let roles: Vec<&Value> = of_kind(&objects, "ClusterRole").into_iter().filter(for_tenants).collect();
    assert_eq!(roles.len(), 3);
    for rule in roles.iter().flat_map(|role| role["rules"].as_array().into_iter().flatten()) {
        let resources = texts(&rule["resources"]);
        assert!(
            resources.iter().all(|resource| !resource.contains("quota") && !resource.ends_with("/status")),
            "{rule}"
        );
    }
    Ok(())
}
