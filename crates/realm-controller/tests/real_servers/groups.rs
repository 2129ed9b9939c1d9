//! Groups of a realm, from the object to Keycloak and back to status.

use std::sync::Arc;

use controller_testkit::{KeycloakServer, client, every_crash_point, realm_role, unique_name, user};
use http::Method;
use keycloak_crds::{labels::annotation, record::ApprovalState};
use serde_json::{Value, json};

use super::place::{Place, condition};

const DEFAULT_GROUPS: &str = "/admin/realms/{realm}/default-groups";

/// The group at a path, without the first slash, with all that is known of it; `None` where there is none. Level by level: what
/// Keycloak answers by the path itself may be remembered from before a move.
async fn group_at(place: &Place, name: &str, path: &str) -> Option<Value> {
    let groups = format!("/admin/realms/{name}/groups");
    let (mut level, mut found) = (groups.clone(), None);
    for called in path.split('/') {
        let below = place.console.calls(Method::GET, &format!("{level}?max=1000"), None).await.body;
        let group = below.as_array().unwrap().iter().find(|group| group["name"] == called).cloned()?;
        let itself = format!("{groups}/{}", id_of(&group));
        level = format!("{itself}/children");
        found = Some(itself);
    }
    Some(place.console.calls(Method::GET, &found?, None).await.body)
}

fn id_of(thing: &Value) -> String {
    thing["id"].as_str().unwrap().to_owned()
}

/// The usernames of who is in a group.
async fn members(place: &Place, name: &str, group: &str) -> Vec<Value> {
    let path = format!("/admin/realms/{name}/groups/{group}/members");
    let members = place.console.calls(Method::GET, &path, None).await.body;
    members.as_array().unwrap().iter().map(|user| user["username"].clone()).collect()
}

/// Somebody makes user jane and puts her into a group.
async fn jane_joins(place: &Place, name: &str, group: &str) {
    place.console.creates(&user(name, "jane"), json!({"enabled": true})).await;
    let jane = id_of(&place.console.sees(&user(name, "jane")).await.unwrap());
    let path = format!("/admin/realms/{name}/users/{jane}/groups/{group}");
    let joins = place.console.calls(Method::PUT, &path, Some(json!({}))).await;
    assert!(joins.status.is_success(), "{}", joins.body);
}

/// Name and parent of the groups that new users join.
async fn joined(place: &Place, name: &str) -> Vec<(String, bool)> {
    let path = format!("/admin/realms/{name}/default-groups");
    let groups = place.console.calls(Method::GET, &path, None).await.body;
    let of = |group: &serde_json::Value| {
        let id = group["id"].as_str().unwrap();
        (group["name"].as_str().unwrap().to_owned(), id.to_owned())
    };
    let mut joined = Vec::new();
    for (group, id) in groups.as_array().unwrap().iter().map(of) {
        let path = format!("/admin/realms/{name}/groups/{id}");
        let group_of = place.console.calls(Method::GET, &path, None).await.body;
        joined.push((group, group_of["parentId"].is_string()));
    }
    joined
}

async fn a_group_with_a_slash_in_its_name_is_told_from_one_below_another(server: KeycloakServer) {
    let place = Arc::new(Place::new("slashes", &server).await);
    let name = unique_name("slashes");
    let declared = |default: &str| {
        json!({
            "groups": [
                {"name": "a/b", "attributes": {"is": ["flat"]}},
                {"name": "a", "subGroups": [{"name": "b", "attributes": {"is": ["below"]}}]},
            ],
            "defaultGroups": [default],
        })
    };
    place.applies("acme", place.spec(&name, &declared("/a~/b"))).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    assert_eq!(joined(&place, &name).await, [("a/b".to_owned(), false)]);
    place.applies("acme", place.spec(&name, &declared("/a/b"))).await;
    place.becomes_ready("acme").await;
    assert_eq!(joined(&place, &name).await, [("b".to_owned(), true)]);
    process.stops().await;

    let (_, keycloak) = place.looks_again("acme").await;
    // The path that the export shows may be that of either.
    let calls = place.keycloak.since(&keycloak);
    calls.expect("a pass with nothing changed").writes(0).calls(&Method::GET, DEFAULT_GROUPS, 1);
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_group_with_a_slash_in_its_name_is_told_from_one_below_another_on_26_7() {
    Box::pin(a_group_with_a_slash_in_its_name_is_told_from_one_below_another(KeycloakServer::newest())).await;
}

#[tokio::test]
async fn a_group_with_a_slash_in_its_name_is_told_from_one_below_another_on_26_4() {
    Box::pin(a_group_with_a_slash_in_its_name_is_told_from_one_below_another(KeycloakServer::oldest())).await;
}

/// Somebody makes a client with this role, and its object tells the realm's.
async fn client_appears(place: &Place, name: &str, realm_uid: &str, client_id: &str, role: &str) {
    place.console.creates(&client(name, client_id), json!({})).await;
    let id = id_of(&place.console.sees(&client(name, client_id)).await.unwrap());
    let path = format!("/admin/realms/{name}/clients/{id}/roles");
    let made = place.console.calls(Method::POST, &path, Some(json!({"name": role}))).await;
    assert!(made.status.is_success(), "{}", made.body);
    place.has_a_client(client_id, realm_uid).await;
}

#[tokio::test]
async fn a_group_holds_roles_of_clients_whether_they_come_before_or_after_it() {
    let place = Arc::new(Place::new("clients", &KeycloakServer::newest()).await);
    let name = unique_name("clients");
    let staff = |held: &Value| json!({"groups": [{"name": "staff", "clientRoles": held}]});
    let (orders, both) = (json!({"orders": ["viewer"]}), json!({"orders": ["viewer"], "billing": ["clerk"]}));
    place.applies("acme", place.spec(&name, &staff(&orders))).await;
    let process = place.start();
    let message = place.is_not_ready_because("acme", "WaitingForClient").await;
    insta::assert_snapshot!(message, @"everything is applied but what waits for something that does not exist: group /staff is to have the role viewer of client orders, which does not exist yet");
    let object = place.object("acme").await;
    assert_eq!(condition(&object, "Available").unwrap().0, "True", "clients can be made");
    let uid = object.metadata.uid.unwrap();

    let before = place.keycloak.snapshot();
    client_appears(&place, &name, &uid, "orders", "viewer").await;
    place.becomes_ready("acme").await;
    place.keycloak.since(&before).expect("a client that the group waits for").writes(1);
    assert_eq!(group_at(&place, &name, "staff").await.unwrap()["clientRoles"], orders);

    let before = place.keycloak.snapshot();
    client_appears(&place, &name, &uid, "billing", "clerk").await;
    place.applies("acme", place.spec(&name, &staff(&both))).await;
    place.becomes_ready("acme").await;
    process.stops().await;
    place.keycloak.since(&before).expect("a group after its client").writes(1);
    assert_eq!(group_at(&place, &name, "staff").await.unwrap()["clientRoles"], both);
    place.leave(&[&name]).await;
}

/// The roles of the realm that the members of a group hold.
async fn held_by(place: &Place, name: &str, path: &str) -> Vec<Value> {
    let group = id_of(&group_at(place, name, path).await.unwrap());
    let path = format!("/admin/realms/{name}/groups/{group}/role-mappings/realm");
    let held = place.console.calls(Method::GET, &path, None).await.body;
    held.as_array().unwrap().iter().map(|role| role["name"].clone()).collect()
}

#[tokio::test]
async fn a_role_that_is_taken_from_a_group_twice_needs_two_approvals() {
    let place = Arc::new(Place::new("twice", &KeycloakServer::newest()).await);
    let name = unique_name("twice");
    let fields = |staff: &[&str], guests: &[&str]| {
        json!({
            "roles": {"realmRoles": [{"name": "employee"}]},
            "groups": [{"name": "guests", "realmRoles": guests}, {"name": "staff", "realmRoles": staff}],
        })
    };
    let (held, none) = (["employee"], []);
    place.applies("acme", place.spec(&name, &fields(&held, &held))).await;
    let process = place.start();
    place.becomes_ready("acme").await;

    place.applies("acme", place.spec(&name, &fields(&none, &held))).await;
    let message = place.is_not_ready_because("acme", "ApprovalRequired").await;
    assert!(message.starts_with("unlink group staff (realm role employee) needs an approval; "), "{message}");
    assert_eq!(held_by(&place, &name, "staff").await, held);
    let first = place.object("acme").await.status.unwrap().plan.unwrap().approval.unwrap();
    place.annotates("acme", annotation::APPROVE, &first).await;
    let object = place.becomes_ready("acme").await;
    assert_eq!(held_by(&place, &name, "staff").await, none);
    let stored = object.status.unwrap().approvals.unwrap().entries.unwrap();
    let states: Vec<_> = stored.iter().map(|entry| (entry.hash.as_str(), entry.state)).collect();
    assert_eq!(states, [(first.as_str(), ApprovalState::Consumed)]);

    // It is given back while something else waits, and then taken again.
    place.applies("acme", place.spec(&name, &fields(&held, &none))).await;
    let message = place.is_not_ready_because("acme", "ApprovalRequired").await;
    assert!(
        message.starts_with("unlink group guests (realm role employee) needs an approval; "),
        "{message}"
    );
    assert!(message.contains(&format!("the approval {first} was accepted before")), "{message}");
    assert_eq!(held_by(&place, &name, "staff").await, held);
    place.applies("acme", place.spec(&name, &fields(&none, &none))).await;
    place
        .is_told("acme", "ApprovalRequired", "unlink group staff (realm role employee) need an approval")
        .await;
    assert_eq!(held_by(&place, &name, "staff").await, held);
    assert_eq!(held_by(&place, &name, "guests").await, held);
    let second = place.object("acme").await.status.unwrap().plan.unwrap().approval.unwrap();
    assert_ne!(second, first);
    place.annotates("acme", annotation::APPROVE, &second).await;
    place.becomes_ready("acme").await;
    process.stops().await;
    assert_eq!(held_by(&place, &name, "staff").await, none);
    assert_eq!(held_by(&place, &name, "guests").await, none);
    place.leave(&[&name]).await;
}

/// Group `platform`, or what it is called by now, with what is below it.
fn platform(further: &Value) -> Value {
    let mut group = json!({"name": "platform", "attributes": {"on-call": ["yes"]}, "realmRoles": ["employee"],
        "subGroups": [{"name": "storage"}]});
    group.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    group
}

fn with_groups(groups: &Value, default: &str) -> Value {
    json!({
        "roles": {"realmRoles": [{"name": "employee"}]}, "groups": groups, "defaultGroups": [default],
    })
}

async fn a_group_that_is_moved_and_renamed_keeps_its_members_and_all_they_have(server: KeycloakServer) {
    let place = Arc::new(Place::new("moves", &server).await);
    let name = unique_name("moves");
    let begun = json!([{"name": "engineering", "subGroups": [platform(&json!({}))]}, {"name": "sales"}]);
    place.applies("acme", place.spec(&name, &with_groups(&begun, "/engineering/platform/storage"))).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    let group = id_of(&group_at(&place, &name, "engineering/platform").await.unwrap());
    let storage = id_of(&group_at(&place, &name, "engineering/platform/storage").await.unwrap());
    jane_joins(&place, &name, &group).await;
    // What somebody else gave the group goes along, too.
    place.console.creates(&realm_role(&name, "by-hand"), json!({})).await;
    let role = place.console.sees(&realm_role(&name, "by-hand")).await.unwrap();
    let path = format!("/admin/realms/{name}/groups/{group}/role-mappings/realm");
    let given = place.console.calls(Method::POST, &path, Some(json!([role]))).await;
    assert!(given.status.is_success(), "{}", given.body);

    // Below another group, under another name, and to the top; what it leaves goes at once, as nobody is in it any more.
    let sales = |groups: Value| json!([{"name": "sales", "subGroups": groups}]);
    let moved = platform(&json!({"previousPath": "/engineering/platform"}));
    let renamed = platform(&json!({"name": "base", "previousPath": "/sales/platform"}));
    let at_the_top = platform(&json!({"name": "base", "previousPath": "/sales/base"}));
    let changes = [
        (sales(json!([moved])), "sales/platform", "engineering/platform", 2),
        (sales(json!([renamed])), "sales/base", "sales/platform", 1),
        (json!([{"name": "sales"}, at_the_top]), "base", "sales/base", 1),
    ];
    for (groups, now, before, writes) in changes {
        let seen = place.keycloak.snapshot();
        let fields = with_groups(&groups, &format!("/{now}/storage"));
        place.applies("acme", place.spec(&name, &fields)).await;
        place.becomes_ready("acme").await;
        place.keycloak.since(&seen).expect("a move").writes(writes);
        assert_eq!(group_at(&place, &name, before).await, None);
        let there = group_at(&place, &name, now).await.unwrap();
        assert_eq!(there["id"], json!(group), "{there}");
        assert_eq!(there["attributes"], json!({"on-call": ["yes"]}), "{there}");
        let mut roles = there["realmRoles"].as_array().unwrap().clone();
        roles.sort_by_key(ToString::to_string);
        assert_eq!(roles, [json!("by-hand"), json!("employee")]);
        assert_eq!(members(&place, &name, &group).await, [json!("jane")]);
        let below = group_at(&place, &name, &format!("{now}/storage")).await.unwrap();
        assert_eq!(below["id"], json!(storage), "{below}");
        assert_eq!(joined(&place, &name).await, [("storage".to_owned(), true)]);
    }
    assert_eq!(group_at(&place, &name, "engineering").await, None, "nobody declares it any more");
    process.stops().await;
    let (_, keycloak) = place.looks_again("acme").await;
    place.keycloak.since(&keycloak).expect("a pass with nothing changed").writes(0);
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_group_that_is_moved_and_renamed_keeps_its_members_and_all_they_have_on_26_7() {
    Box::pin(a_group_that_is_moved_and_renamed_keeps_its_members_and_all_they_have(KeycloakServer::newest()))
        .await;
}

#[tokio::test]
async fn a_group_that_is_moved_and_renamed_keeps_its_members_and_all_they_have_on_26_4() {
    Box::pin(a_group_that_is_moved_and_renamed_keeps_its_members_and_all_they_have(KeycloakServer::oldest()))
        .await;
}

#[tokio::test]
async fn a_move_that_takes_roles_from_members_is_made_after_an_approval() {
    let place = Arc::new(Place::new("move-waits", &KeycloakServer::newest()).await);
    let name = unique_name("moves");
    let fields = |groups: Value| json!({"roles": {"realmRoles": [{"name": "employee"}]}, "groups": groups});
    let engineering =
        |below: Value| json!({"name": "engineering", "realmRoles": ["employee"], "subGroups": below});
    let begun = json!([engineering(json!([{"name": "platform"}])), {"name": "sales"}]);
    place.applies("acme", place.spec(&name, &fields(begun))).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    let group = id_of(&group_at(&place, &name, "engineering/platform").await.unwrap());
    jane_joins(&place, &name, &group).await;

    let before = place.keycloak.snapshot();
    let moved = json!({"name": "platform", "previousPath": "/engineering/platform", "subGroups": [{"name": "storage"}]});
    let groups = json!([engineering(json!([])), {"name": "sales", "subGroups": [moved]}]);
    place.applies("acme", place.spec(&name, &fields(groups))).await;
    let message = place.is_not_ready_because("acme", "ApprovalRequired").await;
    let told = "(moves from /engineering/platform to /sales/platform; takes from its members 1 role that a group above it \
                gives) needs an approval";
    assert!(message.contains(told), "{message}");
    place.keycloak.since(&before).expect("what depends on it").writes(0);

    let plan = place.object("acme").await.status.unwrap().plan.unwrap();
    place.annotates("acme", annotation::APPROVE, &plan.approval.unwrap()).await;
    place.becomes_ready("acme").await;
    assert_eq!(group_at(&place, &name, "sales/platform").await.unwrap()["id"], json!(group));
    assert_eq!(members(&place, &name, &group).await, [json!("jane")]);
    assert!(group_at(&place, &name, "sales/platform/storage").await.is_some());
    process.stops().await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_group_whose_old_path_is_not_told_is_another_one_and_the_old_one_waits_with_its_members() {
    let place = Arc::new(Place::new("no-move", &KeycloakServer::newest()).await);
    let name = unique_name("moves");
    place.applies("acme", place.spec(&name, &json!({"groups": [{"name": "platform"}]}))).await;
    let process = place.start();
    place.becomes_ready("acme").await;
    let group = id_of(&group_at(&place, &name, "platform").await.unwrap());
    jane_joins(&place, &name, &group).await;
    place.applies("acme", place.spec(&name, &json!({"groups": [{"name": "base"}]}))).await;
    let message = place.is_not_ready_because("acme", "ApprovalRequired").await;
    assert!(message.contains("delete group platform (holds 1 users) needs an approval"), "{message}");
    assert!(group_at(&place, &name, "base").await.is_some());
    assert_eq!(members(&place, &name, &group).await, [json!("jane")]);

    // What the guide says to whoever meant the same group: back, and then with its old path.
    place.applies("acme", place.spec(&name, &json!({"groups": [{"name": "platform"}]}))).await;
    place.becomes_ready("acme").await;
    assert_eq!(group_at(&place, &name, "base").await, None);
    let renamed = json!({"groups": [{"name": "base", "previousPath": "/platform"}]});
    place.applies("acme", place.spec(&name, &renamed)).await;
    place.becomes_ready("acme").await;
    assert_eq!(group_at(&place, &name, "base").await.unwrap()["id"], json!(group));
    assert_eq!(members(&place, &name, &group).await, [json!("jane")]);
    process.stops().await;
    place.leave(&[&name]).await;
}

#[tokio::test]
async fn a_group_is_moved_once_wherever_the_process_is_stopped() {
    let place = Place::new("crash-moves", &KeycloakServer::newest()).await;
    let name = unique_name("moves");
    let parents = ["engineering", "sales"];
    let stands = |number: usize, previous: Option<String>| {
        let moved = match previous {
            Some(previous) => platform(&json!({"previousPath": previous})),
            None => platform(&json!({})),
        };
        let parent = parents[number % 2];
        let groups = parents.map(|group| {
            let below = if group == parent { json!([moved]) } else { json!([]) };
            json!({"name": group, "subGroups": below})
        });
        with_groups(&json!(groups), &format!("/{parent}/platform"))
    };
    let becomes = async |fields: Value| place.works_until_ready("acme", &name, &fields).await;
    becomes(stands(1, None)).await;
    let group = id_of(&group_at(&place, &name, "sales/platform").await.unwrap());
    jane_joins(&place, &name, &group).await;
    let moves = async |number: usize| {
        becomes(stands(number, Some(format!("/{}/platform", parents[(number + 1) % 2])))).await;
    };
    let report = Box::pin(every_crash_point(
        "moving a group",
        &place.stop,
        async |attempt| moves(attempt.number).await,
        async |attempt| moves(attempt.number).await,
        async |attempt| {
            let (parent, other) = (parents[attempt.number % 2], parents[(attempt.number + 1) % 2]);
            let there = group_at(&place, &name, &format!("{parent}/platform")).await.unwrap();
            let below = group_at(&place, &name, &format!("{parent}/platform/storage")).await;
            let left = group_at(&place, &name, &format!("{other}/platform")).await;
            let members = members(&place, &name, &group).await;
            let joined = joined(&place, &name).await;
            let record = place.object("acme").await.status.unwrap().owned.unwrap().record.unwrap();
            let known: Value = serde_json::from_str(record.splitn(4, ':').nth(3).unwrap()).unwrap();
            let of = |path: String| known["o"][path].clone();
            json!({
                "the same": there["id"] == json!(group), "roles": there["realmRoles"], "below": below.is_some(),
                "left": left.is_none(), "members": members, "joined": joined,
                "known": of(format!("group:{parent}>group:platform"))["c"],
                "known below": of(format!("group:{parent}>group:platform>group:storage"))["c"],
                "role of ours": of(format!("group:{parent}>group:platform"))["l"],
                "known elsewhere": of(format!("group:{other}>group:platform")),
                "pending": known["p"],
            })
        },
    ))
    .await;
    assert!(report.writes >= 3, "{report:?}");
    place.leave(&[&name]).await;
}
