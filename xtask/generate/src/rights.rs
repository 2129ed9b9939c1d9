//! The page of every right in Kubernetes that the manifests grant, rule by rule.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// Where the page stands.
const PAGE: &str = "docs/reference/rbac.md";
/// The controllers, by their directory below `deploy`.
const CONTROLLERS: [&str; 3] = ["instance", "realm", "client"];
/// The directory of what people get.
const PEOPLE: &str = "roles";

/// Whatever a manifest holds; only roles and their bindings are looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Object {
    kind: String,
    metadata: Metadata,
    rules: Vec<Rule>,
    role_ref: Option<Reference>,
    subjects: Vec<Reference>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Metadata {
    name: String,
    namespace: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reference {
    kind: String,
    name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Rule {
    api_groups: Vec<String>,
    resources: Vec<String>,
    resource_names: Vec<String>,
    verbs: Vec<String>,
}

impl Object {
    fn is_role(&self) -> bool {
        matches!(self.kind.as_str(), "Role" | "ClusterRole")
    }

    /// The role that it binds, if it binds one.
    fn binds(&self) -> Option<&Reference> {
        self.role_ref.as_ref().filter(|_| matches!(self.kind.as_str(), "RoleBinding" | "ClusterRoleBinding"))
    }

    /// Where what it binds holds.
    fn reach(&self) -> String {
        match &self.metadata.namespace {
            Some(namespace) => format!("`{namespace}`"),
            None => "everywhere".to_owned(),
        }
    }
}

impl Rule {
    /// The cells that tell it.
    fn cells(&self) -> String {
        let groups: Vec<&str> =
            self.api_groups.iter().map(|group| if group.is_empty() { "core" } else { group }).collect();
        let names =
            if self.resource_names.is_empty() { "any".to_owned() } else { self.resource_names.join(", ") };
        format!("{} | {} | {names} | {}", groups.join(", "), self.resources.join(", "), self.verbs.join(", "))
    }
}

/// The page, with where it stands, from the manifests below `root`.
pub(crate) fn page(root: &Path) -> Result<(String, String)> {
    let mut page = String::from(
        "<!-- Made by `cargo xtask generate` from the manifests below deploy. Do not edit. -->\n\
         # Rights in Kubernetes, rule by rule\n\n\
         What each is for, what it means, and how to narrow it stands in [operations/rbac.md](../operations/rbac.md). The overlay\n\
         `namespaced` binds the same roles namespace by namespace, but for Secrets\n\
         ([operations/namespaced.md](../operations/namespaced.md)).\n",
    );
    for controller in CONTROLLERS {
        let objects = objects(&root.join("deploy").join(controller))?;
        let _ = write!(
            page,
            "\n## The {controller} controller\n\n\
             | where | role | API group | resources | names | verbs |\n\
             | --- | --- | --- | --- | --- | --- |\n"
        );
        for binding in &objects {
            let Some(bound) = binding.binds() else { continue };
            let account = format!("{controller}-controller");
            ensure!(
                binding
                    .subjects
                    .iter()
                    .all(|subject| subject.kind == "ServiceAccount" && subject.name == account),
                "{} {} binds rights to somebody else than the {controller} controller",
                binding.kind,
                binding.metadata.name
            );
            let is_it = |role: &&Object| role.kind == bound.kind && role.metadata.name == bound.name;
            let role = objects.iter().filter(|object| object.is_role()).find(is_it);
            let role =
                role.with_context(|| format!("no {} {} is there to be bound", bound.kind, bound.name))?;
            for rule in &role.rules {
                let _ = writeln!(page, "| {} | `{}` | {} |", binding.reach(), bound.name, rule.cells());
            }
        }
    }
    page.push_str(
        "\n## People\n\n\
         | role | API group | resources | names | verbs |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for role in objects(&root.join("deploy").join(PEOPLE))?.iter().filter(|object| object.is_role()) {
        for rule in &role.rules {
            let _ = writeln!(page, "| `{}` | {} |", role.metadata.name, rule.cells());
        }
    }
    Ok((PAGE.to_owned(), page))
}

/// Every object of every manifest in a directory, in the order of the files' names.
fn objects(directory: &Path) -> Result<Vec<Object>> {
    let entries = fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("cannot read {}", directory.display()))?.path();
        let is_manifest = path.extension().is_some_and(|extension| extension == "yaml");
        if is_manifest && path.file_name().is_none_or(|name| name != "kustomization.yaml") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut objects = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for document in serde_yaml_ng::Deserializer::from_str(&text) {
            let object = Option::<Object>::deserialize(document);
            objects.extend(object.with_context(|| format!("{} is no manifest", path.display()))?);
        }
    }
    Ok(objects)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_of_each_role_stands_on_the_page_where_it_is_bound() {
        let root = crate::repository().unwrap();
        let (_, page) = page(&root).unwrap();
        for directory in CONTROLLERS.into_iter().chain([PEOPLE]) {
            let found = objects(&root.join("deploy").join(directory)).unwrap();
            let roles: Vec<&Object> = found.iter().filter(|object| object.is_role()).collect();
            assert!(!roles.is_empty(), "{directory}");
            for (role, rule) in
                roles.into_iter().flat_map(|role| role.rules.iter().map(move |rule| (role, rule)))
            {
                let line = format!("`{}` | {} |", role.metadata.name, rule.cells());
                assert!(page.contains(&line), "{directory}: {line}");
            }
        }
    }
}
