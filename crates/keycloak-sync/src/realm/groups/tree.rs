//! The groups of a spec, one by one.

use std::collections::BTreeSet;

use keycloak_crds::policy::ListMap;
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_plan::Identity;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::path;
use super::refusal::GroupRefusal;

/// Groups may stand this deep below each other.
const DEEPEST: usize = 50;

/// A group of a spec.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    pub(super) identity: Identity,
    /// Where in the spec it stands.
    pub(super) at: String,
    /// The path that it had.
    pub(super) previous: Option<String>,
    pub(super) description: Option<String>,
    pub(super) attributes: Option<ListMap>,
    pub(super) realm_roles: Vec<String>,
    pub(super) client_roles: ListMap,
}

/// All groups of a spec, each after the one it stands below. Five levels have types; what is below them is free JSON, so all
/// of them are read as that.
pub(super) fn declared(spec: &KeycloakRealmSpec, refused: &mut Vec<GroupRefusal>) -> Vec<Declared> {
    // A spec is maps with text keys: there is nothing that JSON cannot hold.
    let groups = serde_json::to_value(&spec.groups).unwrap_or_default();
    let mut walk = Walk { refused, found: Vec::new() };
    walk.level(groups.as_array().map(Vec::as_slice).unwrap_or_default(), None, "spec.groups");
    walk.found
}

struct Walk<'r> {
    refused: &'r mut Vec<GroupRefusal>,
    found: Vec<Declared>,
}

impl Walk<'_> {
    fn level(&mut self, groups: &[Value], parent: Option<&Identity>, at: &str) {
        let depth = parent.map_or(0, |parent| path::names(parent).len());
        if depth >= DEEPEST && !groups.is_empty() {
            return self.refused.push(GroupRefusal::TooDeep { at: at.to_owned(), deepest: DEEPEST });
        }
        let mut seen = BTreeSet::new();
        for group in groups {
            let name = group.get("name").and_then(Value::as_str).unwrap_or_default();
            let (Some(fields), false) = (group.as_object(), name.trim().is_empty()) else {
                self.refused.push(GroupRefusal::NoName { at: at.to_owned() });
                continue;
            };
            if !seen.insert(name) {
                self.refused.push(GroupRefusal::Twice { at: at.to_owned(), name: name.to_owned() });
                continue;
            }
            self.group(fields, &super::identity(parent, name), &format!("{at}[{name}]"));
        }
    }

    fn group(&mut self, fields: &Map<String, Value>, identity: &Identity, at: &str) {
        const KNOWN: [&str; 8] = [
            "name",
            "path",
            "previousPath",
            "description",
            "attributes",
            "realmRoles",
            "clientRoles",
            "subGroups",
        ];
        for key in fields.keys().filter(|key| !KNOWN.contains(&key.as_str())) {
            self.refused.push(GroupRefusal::UnknownField { at: at.to_owned(), key: key.clone() });
        }
        if let Some(path) = self.field::<String>(fields, at, "path", "one text") {
            let is_it =
                path::parse(&path).as_ref() == Some(identity) || path::written(identity).contains(&path);
            if !is_it {
                let real = path::of(identity);
                self.refused.push(GroupRefusal::OtherPath { at: at.to_owned(), path, real });
            }
        }
        let roles = "a list of names";
        let by_name = "lists of texts by name";
        let declared = Declared {
            identity: identity.clone(),
            at: at.to_owned(),
            previous: self.field(fields, at, "previousPath", "one text"),
            description: self.field(fields, at, "description", "one text"),
            attributes: self.field(fields, at, "attributes", by_name),
            realm_roles: self.field(fields, at, "realmRoles", roles).unwrap_or_default(),
            client_roles: self.field(fields, at, "clientRoles", by_name).unwrap_or_default(),
        };
        self.found.push(declared);
        let below = self.field::<Vec<Value>>(fields, at, "subGroups", "a list of groups").unwrap_or_default();
        self.level(&below, Some(identity), &format!("{at}.subGroups"));
    }

    fn field<T: DeserializeOwned>(
        &mut self,
        fields: &Map<String, Value>,
        at: &str,
        field: &'static str,
        expected: &'static str,
    ) -> Option<T> {
        let value = fields.get(field).filter(|value| !value.is_null())?;
        let read = T::deserialize(value).ok();
        if read.is_none() {
            self.refused.push(GroupRefusal::Shape { at: at.to_owned(), field, expected });
        }
        read
    }
}
