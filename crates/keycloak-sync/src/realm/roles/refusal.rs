//! Roles that cannot be asked for.

use std::collections::{BTreeMap, BTreeSet};

use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_crds::realm::membership::RealmRole;

use super::default_role;

/// Why a role cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoleRefusal {
    /// A name that cannot stand in an address.
    #[error(
        "{field}.name: Keycloak could never read a role of the name {name:?} again; choose another name, for example employee"
    )]
    Name {
        /// Where.
        field: String,
        /// The name.
        name: String,
    },
    /// Two entries of one name.
    #[error("{field}: the role {name} is declared twice; keep one entry")]
    Twice {
        /// Where it stands the second time.
        field: String,
        /// The name.
        name: String,
    },
    /// A role of a client.
    #[error(
        "{field}.clientRole: these are roles of the realm; declare a role of a client in its KeycloakClient, and leave this field out"
    )]
    OfClient {
        /// Where.
        field: String,
    },
    /// It says that it holds nothing, and what it holds.
    #[error("{field}.composite: it is false, but the role is to hold others; leave this field out")]
    NotComposite {
        /// Where.
        field: String,
    },
    /// It says that it holds something, and not what.
    #[error(
        "{field}.composite: a role is composite as long as it holds another one; name those in compositeRoles, or leave this field out"
    )]
    HoldsNothing {
        /// Where.
        field: String,
    },
    /// Roles that hold themselves.
    #[error(
        "spec.roles.realmRoles: {} hold each other in a circle; take one of them out of compositeRoles",
        .0.join(" -> ")
    )]
    Cycle(Vec<String>),
    /// A role that holds itself.
    #[error("{field}.compositeRoles: the role {name} cannot hold itself; take it out of the list")]
    HoldsItself {
        /// Where.
        field: String,
        /// The name.
        name: String,
    },
    /// Another name for the role that new users get.
    #[error(
        "spec.defaultRole.name: what new users get is held by the role {real}, which Keycloak makes with the realm and which \
         cannot be renamed; write {real}"
    )]
    DefaultRoleRenamed {
        /// What it is called.
        real: String,
    },
}

/// Everything about the roles of a spec that cannot be asked for.
pub(super) fn refused_in(spec: &KeycloakRealmSpec) -> Vec<RoleRefusal> {
    let mut refused = Vec::new();
    let mut seen = BTreeSet::new();
    for role in spec.roles.iter().flat_map(|roles| roles.realm_roles.iter().flatten()) {
        let field = format!("spec.roles.realmRoles[{}]", role.name);
        if !seen.insert(role.name.as_str()) {
            refused
                .push(RoleRefusal::Twice { field: "spec.roles.realmRoles".into(), name: role.name.clone() });
        }
        refused.extend(refused_of(role, &field));
    }
    if let Some(role) = &spec.default_role {
        let (field, real) = ("spec.defaultRole".to_owned(), default_role(&spec.realm_name));
        refused.extend(refused_of(role, &field));
        if role.name != real {
            refused.push(RoleRefusal::DefaultRoleRenamed { real });
        } else if seen.contains(role.name.as_str()) {
            refused.push(RoleRefusal::Twice { field, name: real });
        }
    }
    refused.extend(cycle(&held_by(spec)).map(RoleRefusal::Cycle));
    refused
}

fn refused_of(role: &RealmRole, field: &str) -> Vec<RoleRefusal> {
    let field = || field.to_owned();
    let mut refused = Vec::new();
    if matches!(role.name.as_str(), "." | "..") {
        refused.push(RoleRefusal::Name { field: field(), name: role.name.clone() });
    }
    if role.client_role == Some(true) {
        refused.push(RoleRefusal::OfClient { field: field() });
    }
    let holds = role.composite_roles.as_ref().is_some_and(|held| !held.is_empty())
        || role.composite_client_roles.iter().flat_map(BTreeMap::values).any(|held| !held.is_empty());
    match role.composite {
        Some(false) if holds => refused.push(RoleRefusal::NotComposite { field: field() }),
        Some(true) if !holds => refused.push(RoleRefusal::HoldsNothing { field: field() }),
        Some(_) | None => {}
    }
    if role.composite_roles.iter().flatten().any(|held| *held == role.name) {
        refused.push(RoleRefusal::HoldsItself { field: field(), name: role.name.clone() });
    }
    refused
}

/// What each declared role is to hold, itself apart.
fn held_by(spec: &KeycloakRealmSpec) -> BTreeMap<String, BTreeSet<&str>> {
    let mut held: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for role in super::declared(spec) {
        let of_role = role.composite_roles.iter().flatten().filter(|held| **held != role.name);
        held.entry(role.name.clone()).or_default().extend(of_role.map(String::as_str));
    }
    let new_users_get = spec.default_roles.iter().flatten().map(String::as_str);
    held.entry(default_role(&spec.realm_name)).or_default().extend(new_users_get);
    held
}

/// The first circle: its roles in order, the first of them once more at the end.
pub(crate) fn cycle(held: &BTreeMap<String, BTreeSet<&str>>) -> Option<Vec<String>> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in held.keys() {
        // What lies between the start and where the walk is, each with what is still to be looked at from there.
        let mut way: Vec<(&str, Vec<&str>)> = vec![(start.as_str(), next(held, start))];
        while let Some((at, ahead)) = way.last_mut() {
            let at = *at;
            let Some(name) = ahead.pop() else {
                done.insert(at);
                way.pop();
                continue;
            };
            if let Some(first) = way.iter().position(|(passed, _)| *passed == name) {
                let circle = way.iter().skip(first).map(|(passed, _)| *passed);
                return Some(circle.chain([name]).map(str::to_owned).collect());
            }
            if !done.contains(name) {
                way.push((name, next(held, name)));
            }
        }
    }
    None
}

fn next<'h>(held: &'h BTreeMap<String, BTreeSet<&'h str>>, role: &str) -> Vec<&'h str> {
    held.get(role).into_iter().flatten().rev().copied().collect()
}
