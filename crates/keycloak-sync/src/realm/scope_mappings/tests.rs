//! What a spec asks of scope mappings, and what a live realm has of them.

use serde_json::{Value, json};

use super::*;

fn spec(fields: Value) -> KeycloakRealmSpec {
    let mut spec = json!({"realmName": "acme", "operatorRef": {"namespace": "keycloak-system"}});
    let Value::Object(fields) = fields else { panic!("fields of a spec") };
    spec.as_object_mut().unwrap().extend(fields);
    serde_json::from_value(spec).unwrap()
}

fn texts(mappings: &BTreeSet<Mapping>) -> Vec<String> {
    mappings.iter().map(ToString::to_string).collect()
}

fn both() -> KeycloakRealmSpec {
    spec(json!({
        "scopeMappings": [
            {"clientScope": "department", "roles": ["employee", "a>b"]},
            {"client": "https://portal.example.com", "roles": ["employee"]},
            {"clientScope": "department", "roles": ["employee"]},
        ],
        "clientScopeMappings": {"orders": [{"clientScope": "department", "roles": ["viewer"]}, {"client": "portal", "roles": ["viewer"]}]},
    }))
}

#[test]
fn a_mapping_is_read_as_it_was_written() {
    let all = mapping::declared(&both());
    assert_eq!(
        texts(&all),
        [
            r"client:https\://portal.example.com>role:employee",
            "client:portal>client:orders>role:viewer",
            r"client scope:department>role:a\>b",
            "client scope:department>role:employee",
            "client scope:department>client:orders>role:viewer",
        ]
    );
    let read = |text: &String| text.parse::<Mapping>().unwrap();
    assert_eq!(texts(&all).iter().map(read).collect::<BTreeSet<_>>(), all);
    for none in ["", "role:employee", "group:x>role:y", "department"] {
        assert_eq!(none.parse::<Mapping>(), Err(()), "{none}");
    }
}

#[test]
fn what_is_exported_is_what_is_asked_for() {
    let mut live: RealmRepresentation = serde_json::from_value(json!({
        "realm": "acme",
        "scopeMappings": [
            {"clientScope": "offline_access", "roles": ["offline_access"]},
            {"clientScope": "department", "roles": ["employee", "a>b"]},
            {"client": "https://portal.example.com", "roles": ["employee"]},
        ],
        "clientScopeMappings": {
            "orders": [{"clientScope": "department", "roles": ["viewer"]}, {"client": "portal", "roles": ["viewer"]}],
            "account": [{"client": "account-console", "roles": ["manage-account", "view-groups"]}],
            "realm-management": [{"client": "security-admin-console", "roles": ["realm-admin"]}],
        },
    }))
    .unwrap();
    let mut exported = spec(json!({}));
    export(&live, &mut exported);
    assert_eq!(mapping::declared(&exported), mapping::declared(&both()));
    live.scope_mappings = None;
    live.client_scope_mappings = None;
    export(&live, &mut exported);
    assert_eq!((exported.scope_mappings, exported.client_scope_mappings), (None, None));
}

#[test]
fn what_somebody_mapped_to_a_client_of_keycloaks_own_is_exported() {
    let live: RealmRepresentation = serde_json::from_value(json!({
        "realm": "acme",
        "scopeMappings": [{"client": "account-console", "roles": ["offline_access"]}, {"clientScope": "offline_access", "roles": ["employee"]}],
        "clientScopeMappings": {"account": [{"client": "account-console", "roles": ["delete-account", "view-groups"]}]},
    }))
    .unwrap();
    let mut exported = spec(json!({}));
    export(&live, &mut exported);
    assert_eq!(
        texts(&mapping::declared(&exported)),
        [
            "client:account-console>role:offline_access",
            "client:account-console>client:account>role:delete-account",
            "client scope:offline_access>role:employee",
        ]
    );
}

#[test]
fn clients_are_noted_with_whether_their_tokens_carry_everything() {
    let mut read = OfClients::default();
    for live in [
        json!({"clientId": "portal", "fullScopeAllowed": true}),
        json!({"clientId": "shop", "fullScopeAllowed": false}),
        json!({"clientId": "kiosk"}),
    ] {
        read.note(&serde_json::from_value(live).unwrap());
    }
    assert_eq!((read.there.len(), Vec::from_iter(read.full_scope)), (3, vec!["portal".to_owned()]));
}

#[tokio::test]
async fn a_client_that_was_read_with_its_mappings_is_not_looked_up_again_for_its_roles() {
    let mut read = OfClients::default();
    read.note(&serde_json::from_value(json!({"clientId": "portal", "id": "1"})).unwrap());
    read.known.know("gone", None);
    // A call would fail.
    let (api, role) = (crate::tests::nowhere(), ClientRole { client: "gone".into(), role: "viewer".into() });
    assert_eq!(read.known.uuid(&api, "acme", "portal").await.unwrap().as_deref(), Some("1"));
    assert_eq!(read.known.role(&api, "acme", &role).await.unwrap(), None);
}

#[test]
fn what_a_client_holds_is_read_from_its_own_answer() {
    let held: MappingsRepresentation = serde_json::from_value(json!({
        "realmMappings": [{"id": "1", "name": "employee"}],
        "clientMappings": {"orders": {"id": "2", "client": "orders", "mappings": [{"name": "viewer"}]}},
    }))
    .unwrap();
    assert_eq!(
        texts(&held_by("portal", &held)),
        ["client:portal>role:employee", "client:portal>client:orders>role:viewer"]
    );
}

#[test]
fn mappings_that_cannot_be_are_told_with_what_to_write_instead() {
    let (mut wanted, mut refused) = (Wanted::default(), Vec::new());
    desired(
        &spec(json!({
            "scopeMappings": [{"roles": ["x"]}, {"client": "a", "clientScope": "b", "roles": ["x"]}, {"client": "a", "roles": ["", ".."]}],
            "clientScopeMappings": {
                "..": [{"client": "a", "roles": ["x"]}],
            },
        })),
        &mut wanted,
        &mut refused,
    );
    let told: Vec<String> = refused.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    spec.scopeMappings[0]: name whose tokens are to carry the roles by exactly one of client and clientScope
    spec.scopeMappings[1]: name whose tokens are to carry the roles by exactly one of client and clientScope
    spec.scopeMappings[2]: "" is no name; write that of a role, a client or a client scope
    spec.scopeMappings[2]: ".." is no name; write that of a role, a client or a client scope
    spec.clientScopeMappings: ".." is no name; write that of a role, a client or a client scope
    "#);
}

#[test]
fn what_is_missing_is_told_by_the_field_that_asks_for_it() {
    let told: Vec<String> = mapping::declared(&both())
        .iter()
        .map(|mapping| Link { relation: &SCOPE_MAPPING, target: mapping.to_string() })
        .map(|link| format!("{} ({})", missing(&link).unwrap(), is_of_a_client(&link)))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    spec.scopeMappings: tokens of client https://portal.example.com are to carry the role employee, and one of the two does not exist yet (true)
    spec.clientScopeMappings: tokens of client portal are to carry the role viewer of client orders, and one of the two does not exist yet (true)
    spec.scopeMappings: tokens with client scope department are to carry the role a>b, and one of the two does not exist yet (false)
    spec.scopeMappings: tokens with client scope department are to carry the role employee, and one of the two does not exist yet (false)
    spec.clientScopeMappings: tokens with client scope department are to carry the role viewer of client orders, and one of the two does not exist yet (true)
    ");
}
