//! Every call of the table, against a server that records what it is asked.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test program")]

#[path = "../fake/mod.rs"]
mod fake;
#[allow(clippy::all, clippy::pedantic, reason = "written by a program")]
mod generated;

use fake::{Fake, told};
use generated::every_call;
use keycloak_admin::queries::AuthzPolicySearchQuery;
use keycloak_admin::{AdminError, Operation, path};

/// The template with this text in place of each parameter, under the server's relative path.
fn expected(operation: &Operation, segment: &str) -> String {
    let parts = operation.template.split('/').map(|part| if part.starts_with('{') { segment } else { part });
    format!("/auth{}", parts.collect::<Vec<_>>().join("/"))
}

#[tokio::test]
async fn each_call_sends_its_method_to_its_route_once_with_token_and_json() {
    let fake = Fake::start().await;
    let api = fake.api();
    let calls = every_call(&api, "name");
    assert_eq!(calls.len(), Operation::all().len());
    for (id, call) in calls {
        // What comes back fits some calls and others not; here only the request counts.
        let _ = call.await;
        let operation = Operation::named(id).unwrap();
        let asked = fake.asked();
        let [asked] = asked.as_slice() else { panic!("{id}: {} requests", asked.len()) };
        assert_eq!(
            (asked.method.as_str(), asked.target.as_str()),
            (operation.method, expected(operation, "name").as_str()),
            "{id}"
        );
        assert_eq!(asked.header("authorization"), "Bearer token-1", "{id}");
        assert_eq!(asked.header("api-version"), "", "{id}");
        if !asked.body.is_empty() {
            assert_eq!(asked.header("content-type"), "application/json", "{id}");
            serde_json::from_slice::<serde_json::Value>(&asked.body).unwrap();
        }
    }
    assert_eq!(fake.logins(), 1);
}

/// Names that users give to roles, flows, identity providers and the like.
const HOSTILE: [&str; 16] = [
    "..",
    ".",
    "",
    r"a\..\..\x",
    r"\",
    "a/b",
    "../../users",
    "%2f",
    "%2e%2e",
    "..%2f..",
    "a;b=c",
    "?x=1",
    "#f",
    "a b",
    "\u{fc}\u{20ac}",
    "a\nb",
];

#[tokio::test]
async fn a_hostile_name_reaches_exactly_its_place_in_the_path_or_nothing_is_sent() {
    let fake = Fake::start().await;
    let api = fake.api();
    for name in HOSTILE {
        for (id, call) in every_call(&api, name) {
            let operation = Operation::named(id).unwrap();
            let outcome = call.await;
            let asked = fake.asked();
            if !operation.template.contains('{') {
                continue;
            }
            if let Ok(segment) = path::encode(name) {
                assert_eq!(asked.len(), 1, "{id} {name:?}");
                assert_eq!(asked[0].target, expected(operation, &segment), "{id} {name:?}");
            } else {
                assert!(asked.is_empty(), "{id} {name:?} sent {asked:?}");
                assert!(matches!(outcome, Err(AdminError::Path { .. })), "{id} {name:?}: {outcome:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_write_without_an_answer_succeeds_with_any_success_code() {
    let fake = Fake::start().await;
    let api = fake.api();
    let mut succeeded = Vec::new();
    for status in [200, 201, 204] {
        fake.always(told(status, ""));
        let mut these = Vec::new();
        for (id, call) in every_call(&api, "name") {
            let outcome = call.await;
            let optional = [
                "authz_policy_list",
                "authz_policy_search",
                "authz_permission_list",
                "authz_permission_search",
                "authz_resource_search",
            ]
            .contains(&id);
            if !optional && Operation::named(id).unwrap().method != "GET" && outcome.is_ok() {
                these.push(id);
            }
        }
        succeeded.push(these);
    }
    assert!(succeeded[0].len() > 100, "{}", succeeded[0].len());
    assert_eq!(succeeded[0], succeeded[1]);
    assert_eq!(succeeded[0], succeeded[2]);
}

#[tokio::test]
async fn a_value_or_nothing_is_nothing_when_the_server_says_so() {
    let fake = Fake::start().await;
    let api = fake.api();
    fake.then(told(204, ""));
    assert_eq!(
        api.authz_policy_search("realm", "uuid", AuthzPolicySearchQuery::default()).await.unwrap(),
        None
    );
    fake.then(told(200, r#"{"id": "1"}"#));
    let found = api.authz_policy_search("realm", "uuid", AuthzPolicySearchQuery::default()).await.unwrap();
    assert_eq!(found.unwrap().id.as_deref(), Some("1"));
}
