//! The groups of a live realm as a spec.

use keycloak_admin::types::{GroupRepresentation, RealmRepresentation};
use keycloak_crds::realm::KeycloakRealmSpec;
use serde_json::{Map, Value};

/// Puts the groups of a realm into its spec, and which of them new users join. Answers the fields that are said with that.
pub(crate) fn export(live: &RealmRepresentation, spec: &mut KeycloakRealmSpec) -> &'static [&'static str] {
    let Some(groups) = &live.groups else { return &[] };
    let tree = level(groups);
    spec.groups = serde_json::from_value(tree).ok().filter(|groups: &Vec<_>| !groups.is_empty());
    let mut defaults = live.default_groups.clone().unwrap_or_default();
    defaults.sort_unstable();
    spec.default_groups = (!defaults.is_empty()).then_some(defaults);
    &["spec.groups", "spec.defaultGroups"]
}

fn level(groups: &[GroupRepresentation]) -> Value {
    let mut groups: Vec<&GroupRepresentation> = groups.iter().collect();
    groups.sort_by(|left, right| left.name.cmp(&right.name));
    groups.into_iter().map(|live| Value::Object(group(live))).collect()
}

fn group(live: &GroupRepresentation) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("name".to_owned(), Value::from(live.name.clone().unwrap_or_default()));
    let mut set = |name: &str, value: Value| {
        let empty = match &value {
            Value::Array(items) => items.is_empty(),
            Value::Object(map) => map.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        };
        if !empty {
            fields.insert(name.to_owned(), value);
        }
    };
    set("attributes", lists(live.attributes.as_ref()));
    set("realmRoles", sorted(live.realm_roles.as_deref().unwrap_or_default()));
    set("clientRoles", lists(live.client_roles.as_ref()));
    set("subGroups", level(live.sub_groups.as_deref().unwrap_or_default()));
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
