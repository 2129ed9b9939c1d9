//! What a spec asks of roles, and what cannot be asked for.

use insta::assert_snapshot;
use keycloak_crds::reference::OperatorRef;
use serde_json::json;

use super::*;
use crate::realm::{Secrets, export};

fn with(fields: Value) -> KeycloakRealmSpec {
    let mut spec = json!({"realmName": "Acme", "operatorRef": {"namespace": "keycloak-system"}});
    let Value::Object(fields) = fields else { panic!("fields of a spec") };
    spec.as_object_mut().unwrap().extend(fields);
    serde_json::from_value(spec).unwrap()
}

fn refused(fields: Value) -> String {
    crate::realm::desired(&with(fields), &Secrets::default(), None).unwrap_err().to_string()
}

#[test]
fn roles_that_cannot_be_are_refused_with_what_to_write_instead() {
    let roles = |roles: Value| refused(json!({"roles": {"realmRoles": roles}}));
    let sentences = [
        roles(json!([{"name": ".."}])),
        roles(json!([{"name": "employee"}, {"name": "employee", "description": "Works here"}])),
        roles(json!([{"name": "employee", "clientRole": true}])),
        roles(json!([{"name": "employee", "composite": true}])),
        roles(json!([{"name": "employee", "composite": false, "compositeClientRoles": {"account": ["x"]}}])),
        roles(json!([{"name": "employee", "compositeRoles": ["employee"]}])),
        roles(json!([
            {"name": "a", "compositeRoles": ["b", "x"]},
            {"name": "b", "compositeRoles": ["c"]},
            {"name": "c", "compositeRoles": ["b"]},
        ])),
        refused(json!({
            "roles": {"realmRoles": [{"name": "a", "compositeRoles": ["default-roles-acme"]}]}, "defaultRoles": ["a"],
        })),
        refused(json!({"defaultRole": {"name": "everybody"}})),
        refused(json!({
            "roles": {"realmRoles": [{"name": "default-roles-acme"}]}, "defaultRole": {"name": "default-roles-acme"},
        })),
    ];
    assert_snapshot!(sentences.join("\n"), @r#"
    spec.roles.realmRoles[..].name: Keycloak could never read a role of the name ".." again; choose another name, for example employee
    spec.roles.realmRoles: the role employee is declared twice; keep one entry
    spec.roles.realmRoles[employee].clientRole: these are roles of the realm; declare a role of a client in its KeycloakClient, and leave this field out
    spec.roles.realmRoles[employee].composite: a role is composite as long as it holds another one; name those in compositeRoles, or leave this field out
    spec.roles.realmRoles[employee].composite: it is false, but the role is to hold others; leave this field out
    spec.roles.realmRoles[employee].compositeRoles: the role employee cannot hold itself; take it out of the list
    spec.roles.realmRoles: b -> c -> b hold each other in a circle; take one of them out of compositeRoles
    spec.roles.realmRoles: a -> default-roles-acme -> a hold each other in a circle; take one of them out of compositeRoles
    spec.defaultRole.name: what new users get is held by the role default-roles-acme, which Keycloak makes with the realm and which cannot be renamed; write default-roles-acme
    spec.defaultRole: the role default-roles-acme is declared twice; keep one entry
    "#);
}

#[test]
fn what_keycloak_makes_is_known_as_such_and_a_list_with_it_is_taken() {
    let spec = with(json!({
        "roles": {"realmRoles": [{"name": "offline_access", "composite": false, "clientRole": false, "containerId": "acme"},
            {"name": "default-roles-acme", "compositeRoles": ["employee"]}, {"name": "employee"}]},
    }));
    let wanted = crate::realm::wanted(&spec);
    let built_in: Vec<&str> = wanted.built_in.iter().map(Identity::name).collect();
    assert_eq!(built_in, ["default-roles-acme", "offline_access"]);
    assert_eq!(wanted.objects.len(), 3);
}

#[test]
fn the_roles_of_a_realm_whose_default_role_has_another_name_are_exported_without_it() {
    let role = |name: &str, held: Value| {
        let role = json!({"id": name, "name": name, "composites": {"realm": held}});
        serde_json::from_value::<RoleRepresentation>(role).unwrap()
    };
    let mut live = RealmRepresentation { realm: Some("acme".into()), ..RealmRepresentation::default() };
    live.default_role = Some(role("everybody", json!(null)));
    let roles = vec![
        role("everybody", json!(["uma_authorization", "guest", "employee"])),
        role("uma_authorization", json!(null)),
        role("employee", json!(["guest"])),
        role("guest", json!([])),
    ];
    live.roles =
        Some(keycloak_admin::types::RolesRepresentation { realm: Some(roles), ..Default::default() });
    let exported = json!(export(&live, OperatorRef::default()).spec);
    let roles = json!({"realmRoles": [{"name": "employee", "compositeRoles": ["guest"]}, {"name": "guest"}]});
    assert_eq!(exported["roles"], roles);
    assert_eq!(exported["defaultRoles"], json!(["employee", "guest"]));
}

/// A role that would be deleted: its name, what it holds, and how many users hold it, where that was asked.
type Leaver<'t> = (&'t str, &'t [&'t str], Option<u64>);

fn leaver<'t>(name: &'t str, held: &'t [&'t str], users: Option<u64>) -> Leaver<'t> {
    (name, held, users)
}

/// How many roles hold each of those of which it was asked.
fn held_by_roles(leavers: &[Leaver<'_>]) -> String {
    let role = |(name, held, _): &Leaver<'_>| {
        let role = json!({"id": name, "name": name, "composites": {"realm": held}});
        serde_json::from_value::<RoleRepresentation>(role).unwrap()
    };
    let all: Vec<RoleRepresentation> = leavers.iter().map(role).collect();
    let leaving: Leaving<'_> = all.iter().map(|role| (role.name.as_deref().unwrap(), role)).collect();
    let mut asked: BTreeMap<&str, Holders> = BTreeMap::new();
    for (name, _, users) in leavers {
        asked.extend(users.map(|users| (*name, Holders { users, ..Holders::default() })));
    }
    count_those_that_wait(&mut asked, &leaving);
    let told = asked.iter().map(|(name, holders)| format!("{name} {}", holders.roles));
    told.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_role_counts_as_held_as_long_as_a_role_that_holds_it_waits_for_its_own_deletion() {
    let chain = |users| {
        held_by_roles(&[
            leaver("employee", &[], Some(0)),
            leaver("lead", &["employee"], Some(0)),
            leaver("manager", &["lead"], users),
        ])
    };
    assert_eq!(chain(Some(0)), "employee 0, lead 0, manager 0", "nobody holds any: all go together");
    assert_eq!(chain(Some(1)), "employee 1, lead 1, manager 0", "through the one that somebody holds");
    assert_eq!(chain(None), "employee 1, lead 1", "nobody asked who holds the one that holds them");

    let twice = [
        leaver("employee", &[], Some(0)),
        leaver("lead", &["employee"], Some(2)),
        leaver("manager", &["employee"], Some(1)),
    ];
    assert_eq!(held_by_roles(&twice), "employee 2, lead 0, manager 0");
    let below = [leaver("employee", &[], Some(1)), leaver("lead", &["employee"], Some(0))];
    assert_eq!(held_by_roles(&below), "employee 0, lead 0", "what it holds holds no role up");
    let circle =
        [leaver("a", &["b"], Some(1)), leaver("b", &["a", "c"], Some(0)), leaver("c", &["a"], Some(0))];
    assert_eq!(held_by_roles(&circle), "a 2, b 1, c 1");
}

#[test]
fn holders_are_told_in_words() {
    let told = |users, groups, roles| {
        let live =
            Holders { users, groups, roles }.told(Live::new(json!({"id": "4711", "name": "employee"})));
        format!("{live:?}")
    };
    let all = [told(0, 0, 0), told(3, 0, 0), told(100, 2, 0), told(0, 1, 1)].join("\n");
    assert_snapshot!(all, @r#"
    Live { held: Some(Held { count: 0, what: "" }), edited: false, built_in: false, .. }
    Live { held: Some(Held { count: 3, what: "users" }), edited: false, built_in: false, .. }
    Live { held: Some(Held { count: 102, what: "users and groups or more" }), edited: false, built_in: false, .. }
    Live { held: Some(Held { count: 2, what: "groups and roles" }), edited: false, built_in: false, .. }
    "#);
}

#[test]
fn what_new_users_get_of_clients_is_exported_and_what_keycloak_gives_them_is_missed() {
    let role = |name: &str, held: Value| {
        let role =
            json!({"id": name, "name": name, "description": "${role_default-roles}", "composites": held});
        serde_json::from_value::<RoleRepresentation>(role).unwrap()
    };
    let held = json!({"realm": ["offline_access"],
        "client": {"account": ["delete-account", "view-profile"], "portal": ["viewer"]}});
    let roles = vec![
        role("default-roles-acme", held),
        role("offline_access", json!(null)),
        role("uma_authorization", json!(null)),
    ];
    let mut live = RealmRepresentation { realm: Some("acme".into()), ..RealmRepresentation::default() };
    live.roles =
        Some(keycloak_admin::types::RolesRepresentation { realm: Some(roles), ..Default::default() });
    let exported = export(&live, OperatorRef::default());
    assert_eq!(
        json!(exported.spec)["defaultRole"],
        json!({"name": "default-roles-acme",
            "compositeClientRoles": {"account": ["delete-account"], "portal": ["viewer"]}})
    );
    assert_eq!(
        exported.lacks,
        [
            "spec.defaultRole.compositeClientRoles[account][manage-account]",
            "spec.defaultRoles[uma_authorization]"
        ]
    );
}
