//! What a spec asks of groups, and what a live realm has of them.

use serde_json::{Value, json};

use super::*;

fn spec(fields: Value) -> KeycloakRealmSpec {
    let mut spec = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}});
    let Value::Object(fields) = fields else { panic!("fields of a spec") };
    spec.as_object_mut().unwrap().extend(fields);
    serde_json::from_value(spec).unwrap()
}

fn wanted(fields: Value) -> (Wanted, Vec<FieldRefusal>) {
    let (mut wanted, mut refused) = (Wanted::default(), Vec::new());
    desired(&spec(fields), &mut wanted, &mut refused);
    (wanted, refused)
}

fn refusals(fields: Value) -> String {
    wanted(fields).1.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A group of this name with these below it.
fn nested(names: &[&str], last: Value) -> Value {
    match names.split_first() {
        None => last,
        Some((name, rest)) => json!({"name": name, "subGroups": [nested(rest, last)]}),
    }
}

#[test]
fn a_tree_is_taken_apart_however_deep_it_is() {
    let deep = nested(&["a", "b", "c", "d", "e", "f"], json!({"name": "g", "attributes": {"k": ["v"]}}));
    let (wanted, refused) = wanted(json!({"groups": [deep]}));
    assert_eq!(refused, []);
    let paths: Vec<String> = wanted.objects.iter().map(|object| path::of(object.identity())).collect();
    assert_eq!(paths, ["/a", "/a/b", "/a/b/c", "/a/b/c/d", "/a/b/c/d/e", "/a/b/c/d/e/f", "/a/b/c/d/e/f/g"]);
}

#[test]
fn the_path_of_a_group_is_only_compared() {
    let told = refusals(json!({"groups": [{"name": "engineering", "path": "/engineering", "subGroups": [
        {"name": "platform", "path": "/engineering/platform"},
        {"name": "a/b", "path": "/engineering/a~/b"},
        // As a server writes it that does not escape slashes.
        {"name": "c/d", "path": "/engineering/c/d"},
    ]}]}));
    assert_eq!(told, "");
    let told = refusals(json!({"groups": [{"name": "a~", "subGroups": [{"name": "b", "path": "/a/b"}]}]}));
    insta::assert_snapshot!(told, @"spec.groups[a~].subGroups[b].path: the group stands at /a~~/b, not at /a/b; write /a~~/b, or leave the field out");
}

#[test]
fn every_group_that_cannot_be_is_told_with_what_to_write_instead() {
    let below = nested(
        &["a", "b", "c", "d"],
        json!({"name": "e", "subGroups": [
            {"name": "f", "members": ["jane"], "realmRoles": "employee"},
            {"path": "/nameless"},
            {"name": "g"},
            {"name": "g"},
        ]}),
    );
    let told = refusals(json!({
        "groups": [
            below,
            {"name": "engineering", "subGroups": [{"name": "platform", "path": "/engineering"}]},
            {"name": "engineering"},
            {"name": " "},
        ],
        "defaultGroups": ["/", "engineering//platform", "/engineering"],
    }));
    insta::assert_snapshot!(told, @r#"
    spec.groups[a].subGroups[b].subGroups[c].subGroups[d].subGroups[e].subGroups[f].members: groups have no such field; they have name, path, previousPath, description, attributes, realmRoles, clientRoles and subGroups
    spec.groups[a].subGroups[b].subGroups[c].subGroups[d].subGroups[e].subGroups[f].realmRoles: expected a list of names
    spec.groups[a].subGroups[b].subGroups[c].subGroups[d].subGroups[e].subGroups: a group has no name; give each one a name, for example engineering
    spec.groups[a].subGroups[b].subGroups[c].subGroups[d].subGroups[e].subGroups: the group g is declared twice; keep one entry
    spec.groups[engineering].subGroups[platform].path: the group stands at /engineering/platform, not at /engineering; write /engineering/platform, or leave the field out
    spec.groups: the group engineering is declared twice; keep one entry
    spec.groups: a group has no name; give each one a name, for example engineering
    spec.defaultGroups: "/" is not the path of a group; write the names from the top, for example /engineering/platform, and ~/ for a slash in a name
    spec.defaultGroups: "engineering//platform" is not the path of a group; write the names from the top, for example /engineering/platform, and ~/ for a slash in a name
    "#);
}

#[test]
fn a_previous_path_that_cannot_be_followed_is_told_with_what_to_write_instead() {
    let told = refusals(json!({"groups": [
        {"name": "a", "previousPath": "/a"},
        {"name": "b", "previousPath": "//"},
        {"name": "d", "previousPath": "/old"},
        {"name": "e", "previousPath": "old", "subGroups": [{"name": "f", "previousPath": "/d/g"}]},
        // Renamed below a group that is renamed, too.
        {"name": "h", "previousPath": "/i", "subGroups": [{"name": "j", "previousPath": "/i/k"}]},
    ]}));
    insta::assert_snapshot!(told, @r#"
    spec.groups[a].previousPath: the spec declares a group at /a, so none can be moved away from there; remove previousPath, or the group at /a
    spec.groups[b].previousPath: "//" is not the path of a group; write the names from the top, for example /engineering/platform, and ~/ for a slash in a name
    spec.groups[e].previousPath: another group of the spec stood at /old, too; keep the field at one of them
    spec.groups[e].subGroups[f].previousPath: a group is moved or renamed, not both at once; declare it at /e/g first, and change its name once that is applied
    "#);
}

#[test]
fn a_group_that_is_to_stand_below_itself_is_refused_and_one_that_changes_places_with_its_parent_is_not() {
    let below =
        |path: &str| json!({"groups": [nested(&["a", "c"], json!({"name": "b", "previousPath": path}))]});
    let told = ["/a", "/a/c", "/a/c/b"].map(|path| refusals(below(path))).join("\n");
    insta::assert_snapshot!(told, @r"
    spec.groups[a].subGroups[c].subGroups[b].previousPath: the spec declares a group at /a, so none can be moved away from there; remove previousPath, or the group at /a
    spec.groups[a].subGroups[c].subGroups[b].previousPath: the spec declares a group at /a/c, so none can be moved away from there; remove previousPath, or the group at /a/c
    spec.groups[a].subGroups[c].subGroups[b].previousPath: the spec declares a group at /a/c/b, so none can be moved away from there; remove previousPath, or the group at /a/c/b
    ");
    let swapped = json!({"groups": [{"name": "b", "previousPath": "/a/b", "subGroups": [
        {"name": "a", "previousPath": "/a"},
    ]}]});
    assert_eq!(refusals(swapped), "");
}

#[test]
fn two_groups_that_change_places_are_told_how_to() {
    let told = refusals(json!({"groups": [
        {"name": "a", "previousPath": "/b"},
        {"name": "b", "previousPath": "a"},
        {"name": "c", "previousPath": "/a"},
    ]}));
    insta::assert_snapshot!(told, @r"
    spec.groups[a].previousPath: this group and the one at /b cannot change places in one change; give this one a third name first, then move the other one, and then this one, each by previousPath in a change of its own
    spec.groups[b].previousPath: this group and the one at /a cannot change places in one change; give this one a third name first, then move the other one, and then this one, each by previousPath in a change of its own
    spec.groups[c].previousPath: the spec declares a group at /a, so none can be moved away from there; remove previousPath, or the group at /a
    ");
}

#[test]
fn a_new_group_does_not_stand_where_another_one_comes_through_on_its_way() {
    // The group at /a/x is at /b/x until it is moved by itself.
    let told = refusals(json!({"groups": [
        {"name": "b", "previousPath": "/a", "subGroups": [{"name": "x"}]},
        {"name": "c", "subGroups": [{"name": "x", "previousPath": "/a/x"}]},
    ]}));
    insta::assert_snapshot!(told, @"spec.groups[c].subGroups[x].previousPath: the spec declares a group at /b/x, so none can be moved away from there; remove previousPath, or the group at /b/x");
}

#[test]
fn a_tree_that_is_too_deep_is_refused_where_it_gets_too_deep() {
    let names: Vec<String> = (1..=50).map(|depth| depth.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let told = refusals(json!({"groups": [nested(&names, json!({"name": "last"}))]}));
    assert!(
        told.ends_with(
            "[50].subGroups: groups stand at most 50 deep below each other; make the tree flatter"
        ),
        "{told}"
    );
}

#[test]
fn a_group_is_exported_as_it_is_asked_for_at_every_depth() {
    let live: RealmRepresentation = serde_json::from_value(json!({
        "realm": "acme",
        "groups": [
            {"id": "2", "name": "b", "path": "/b", "description": "", "attributes": {}, "realmRoles": [], "clientRoles": {}, "subGroups": []},
            nested(&["a", "b", "c", "d", "e", "f"], json!({"id": "1", "name": "g", "path": "/a/b/c/d/e/f/g",
                "description": "Builds", "attributes": {"k": ["y", "x"]}, "realmRoles": ["z", "employee"],
                "clientRoles": {"account": ["view-profile"], "none": []}})),
        ],
        "defaultGroups": ["/b", "/a/b"],
    }))
    .unwrap();
    let mut spec = spec(json!({}));
    export(&live, &mut spec);
    let last = json!({"name": "g", "description": "Builds", "attributes": {"k": ["x", "y"]}, "realmRoles": ["employee", "z"],
        "clientRoles": {"account": ["view-profile"]}});
    let expected = json!([nested(&["a", "b", "c", "d", "e", "f"], last), {"name": "b"}]);
    assert_eq!(serde_json::to_value(&spec.groups).unwrap(), expected);
    assert_eq!(spec.default_groups, Some(vec!["/a/b".to_owned(), "/b".to_owned()]));
}

#[test]
fn default_groups_are_exported_by_paths_that_name_one_group() {
    let live: RealmRepresentation = serde_json::from_value(json!({
        "realm": "acme",
        "groups": [
            {"id": "1", "name": "a/b"}, {"id": "2", "name": "c/d"},
            {"id": "3", "name": "a", "subGroups": [{"id": "4", "name": "b"}, {"id": "5", "name": "e/f"}]},
        ],
        // The last one as a server writes it that escapes slashes.
        "defaultGroups": ["/a/b", "/c/d", "/a/e~/f"],
    }))
    .unwrap();
    let mut spec = spec(json!({}));
    export(&live, &mut spec);
    let paths = ["/a/b", "/a/e~/f", "/c~/d"].map(str::to_owned);
    assert_eq!(spec.default_groups, Some(paths.to_vec()));
}
