//! The groups of a live realm as a spec.

use keycloak_admin::types::{GroupRepresentation, RealmRepresentation};
use keycloak_crds::realm::KeycloakRealmSpec;
use serde_json::{Map, Value};

use super::{Found, flat, path};
use crate::realm::roles::Names;

/// Puts the groups of a realm into its spec, and which of them new users join. Answers the fields that are said with that.
pub(crate) fn export(live: &RealmRepresentation, spec: &mut KeycloakRealmSpec) -> &'static [&'static str] {
    let Some(groups) = &live.groups else { return &[] };
    let tree = level(groups, &Names::of(live));
    spec.groups = serde_json::from_value(tree).ok().filter(|groups: &Vec<_>| !groups.is_empty());
    let mut defaults = default_groups(live, &flat(groups, None));
    defaults.sort_unstable();
    spec.default_groups = (!defaults.is_empty()).then_some(defaults);
    &["spec.groups", "spec.defaultGroups"]
}

/// The paths of default groups. A text that may mean several groups means the deepest one, as an import into Keycloak takes it.
fn default_groups(live: &RealmRepresentation, groups: &[Found<'_>]) -> Vec<String> {
    let written = path::Written::of(groups.iter().map(|found| &found.identity));
    let one = |told: &String| {
        let itself = path::parse(told).filter(|group| groups.iter().any(|found| found.identity == *group));
        let meant = || written.meant(told).first().map(|group| (*group).clone());
        itself.or_else(meant).map_or_else(|| told.clone(), |group| path::of(&group))
    };
    live.default_groups.iter().flatten().map(one).collect()
}

fn level(groups: &[GroupRepresentation], names: &Names) -> Value {
    let mut groups: Vec<&GroupRepresentation> = groups.iter().collect();
    groups.sort_by(|left, right| left.name.cmp(&right.name));
    groups.into_iter().map(|live| Value::Object(group(live, names))).collect()
}

fn group(live: &GroupRepresentation, names: &Names) -> Map<String, Value> {
    let roles = live.realm_roles.iter().flatten().filter_map(|role| names.known_as(role));
    let roles: Vec<String> = roles.map(str::to_owned).collect();
    let mut fields = Map::new();
    fields.insert("name".to_owned(), Value::from(live.name.clone().unwrap_or_default()));
    let mut set = |name: &str, value: Value| {
        let empty = match &value {
            Value::Array(items) => items.is_empty(),
            Value::Object(map) => map.is_empty(),
            Value::String(text) => text.is_empty(),
            Value::Null => true,
            Value::Bool(_) | Value::Number(_) => false,
        };
        if !empty {
            fields.insert(name.to_owned(), value);
        }
    };
    set("description", Value::from(live.description.clone()));
    set("attributes", lists(live.attributes.as_ref()));
    set("realmRoles", sorted(&roles));
    set("clientRoles", lists(live.client_roles.as_ref()));
    set("subGroups", level(live.sub_groups.as_deref().unwrap_or_default(), names));
    fields
}

/// Lists by name, each in an order that stays, without the empty ones.
fn lists(live: Option<&std::collections::BTreeMap<String, Option<Vec<String>>>>) -> Value {
    let lists = live.into_iter().flatten();
    let lists = lists.filter_map(|(key, values)| Some((key.clone(), values.as_deref()?)));
    let lists = lists.filter(|(_, values)| !values.is_empty());
    Value::Object(lists.map(|(key, values)| (key, sorted(values))).collect())
}

fn sorted(values: &[String]) -> Value {
    let mut values = values.to_vec();
    values.sort_unstable();
    Value::from(values)
}
