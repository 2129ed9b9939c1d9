//! The roles of a live realm as a spec.

use std::collections::BTreeMap;

use keycloak_admin::types::{RealmRepresentation, RoleRepresentation};
use keycloak_crds::policy::ListMap;
use keycloak_crds::realm::membership::{DefaultRole, RealmRole};
use keycloak_crds::realm::{KeycloakRealmSpec, Roles};

use super::{BUILT_IN, ClientRole, Names, held};
use crate::export::filled;

/// Description that Keycloak gives the role that holds what new users get.
const EVERYBODY: &str = "${role_default-roles}";

/// Roles that it gives them of this client.
const OF_ACCOUNT: (&str, [&str; 2]) = ("account", ["manage-account", "view-profile"]);

/// Puts the roles of a realm into its spec: those that Keycloak does not make itself, and what new users get that they do not get of
/// every realm. Answers the fields that are said with that.
pub(crate) fn export(live: &RealmRepresentation, spec: &mut KeycloakRealmSpec) -> &'static [&'static str] {
    let Some(roles) = live.roles.as_ref().and_then(|roles| roles.realm.as_deref()) else { return &[] };
    let names = Names::of(live);
    let name_of = |role: &RoleRepresentation| role.name.clone().unwrap_or_default();
    let is_exported = |name: &str| !names.is_built_in(name) && names.known_as(name).is_some();
    let exported = roles.iter().filter(|role| is_exported(&name_of(role)));
    let mut exported: Vec<RealmRole> = exported.map(|live| role(live, &names)).collect();
    exported.sort_by(|left, right| left.name.cmp(&right.name));
    let default = default_of(roles, &names);
    spec.default_role = default.and_then(|live| default_role(live, &names));
    let held = default.map(|role| held(role).0).into_iter().flatten();
    let mut new_users_get: Vec<String> = held.filter(|name| is_exported(name)).map(str::to_owned).collect();
    new_users_get.sort_unstable();
    spec.roles = (!exported.is_empty()).then_some(Roles { realm_roles: Some(exported) });
    spec.default_roles = (!new_users_get.is_empty()).then_some(new_users_get);
    &["spec.roles", "spec.defaultRole", "spec.defaultRoles"]
}

fn default_of<'r>(roles: &'r [RoleRepresentation], names: &Names) -> Option<&'r RoleRepresentation> {
    roles.iter().find(|role| role.name.as_deref() == Some(names.real.as_str()))
}

/// The role that holds what new users get, without what Keycloak gives it and without roles of the realm, which stand in a list of
/// their own; nothing where nothing is left.
fn default_role(live: &RoleRepresentation, names: &Names) -> Option<DefaultRole> {
    let whole = role(live, names);
    let mut by_client = whole.composite_client_roles.unwrap_or_default();
    let (account, usual) = OF_ACCOUNT;
    if let Some(of_account) = by_client.get_mut(account) {
        of_account.retain(|role| !usual.contains(&role.as_str()));
    }
    by_client.retain(|_, roles| !roles.is_empty());
    let default = DefaultRole {
        name: names.usual.clone(),
        description: whole.description.filter(|text| text != EVERYBODY),
        attributes: whole.attributes,
        composite_client_roles: (!by_client.is_empty()).then_some(by_client),
        ..DefaultRole::default()
    };
    let nothing = DefaultRole { name: default.name.clone(), ..DefaultRole::default() };
    (default != nothing).then_some(default)
}

/// Roles that Keycloak makes with each realm, and what it gives new users, as far as this one does not have it; by path.
pub(crate) fn lacks(live: &RealmRepresentation) -> Vec<String> {
    let Some(roles) = live.roles.as_ref().and_then(|roles| roles.realm.as_deref()) else { return Vec::new() };
    let there = |name: &str| roles.iter().any(|role| role.name.as_deref() == Some(name));
    let gone = BUILT_IN.iter().filter(|name| !there(name));
    let mut lacks: Vec<String> = gone.map(|name| format!("spec.roles.realmRoles[{name}]")).collect();
    let Some(default) = default_of(roles, &Names::of(live)) else { return lacks };
    let (of_realm, of_clients) = held(default);
    let gone = BUILT_IN.iter().filter(|name| there(name) && !of_realm.contains(name));
    lacks.extend(gone.map(|name| format!("spec.defaultRoles[{name}]")));
    let (account, usual) = OF_ACCOUNT;
    let is = |held: &ClientRole, role: &str| held.client == account && held.role == role;
    let gone = usual.iter().filter(|role| !of_clients.iter().any(|held| is(held, role)));
    lacks.extend(gone.map(|role| format!("spec.defaultRole.compositeClientRoles[{account}][{role}]")));
    lacks
}

fn role(live: &RoleRepresentation, names: &Names) -> RealmRole {
    let (of_realm, of_clients) = held(live);
    let of_realm = of_realm.into_iter().filter_map(|role| names.known_as(role));
    let mut composite_roles: Vec<String> = of_realm.map(str::to_owned).collect();
    composite_roles.sort_unstable();
    let mut by_client = ListMap::new();
    for role in of_clients {
        by_client.entry(role.client).or_default().push(role.role);
    }
    for roles in by_client.values_mut() {
        roles.sort_unstable();
    }
    RealmRole {
        name: live.name.clone().unwrap_or_default(),
        description: filled(live.description.as_ref()),
        attributes: live.attributes.as_ref().map(present).filter(|map| !map.is_empty()),
        composite_roles: (!composite_roles.is_empty()).then_some(composite_roles),
        composite_client_roles: (!by_client.is_empty()).then_some(by_client),
        ..RealmRole::default()
    }
}

/// The attributes that have a value, each in an order that stays.
fn present(map: &BTreeMap<String, Option<Vec<String>>>) -> ListMap {
    let sorted = |values: &Vec<String>| {
        let mut values = values.clone();
        values.sort_unstable();
        values
    };
    let values = map.iter().filter_map(|(key, values)| Some((key.clone(), sorted(values.as_ref()?))));
    values.filter(|(_, values)| !values.is_empty()).collect()
}
