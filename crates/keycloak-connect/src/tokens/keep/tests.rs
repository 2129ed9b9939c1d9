use authorization_token::{
    AuthorizationToken, MINT_BYTES, NamespaceName, PREVIOUS_KEY, TokenId, TokenRefusal, verify,
};
use keycloak_crds::Keycloak;
use serde_json::{Value, json};

use super::*;
use crate::{
    fake,
    reference::Instance,
    tokens::{NamedTokens, place_of_instance},
};

const INSTANCE: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/platform/keycloaks/keycloak";
const SECRET: &str = "keycloak-auth-token-acme";

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn begin() -> Timestamp {
    at("2026-01-01T00:00:00Z")
}

/// The instance as the API server has it.
fn read_instance(api: &fake::Api) -> Instance {
    Instance::of(serde_json::from_value(api.object(INSTANCE).unwrap()).unwrap()).unwrap()
}

/// An instance with this `spec.authorization`, and namespace `acme`, which takes tokens.
fn scene(authorization: &Value) -> fake::Api {
    let api = fake::Api::default();
    let instance = fake::instance(&json!({"authorization": authorization}), &json!({}));
    api.holds(INSTANCE, serde_json::to_value(instance.object()).unwrap());
    takes_tokens(&api, "acme", "true");
    api
}

fn takes_tokens(api: &fake::Api, namespace: &str, value: &str) {
    let labels = json!({label::ACCEPT_TOKENS: value});
    api.holds(
        &format!("/api/v1/namespaces/{namespace}"),
        json!({"metadata": {"name": namespace, "labels": labels}}),
    );
}

fn changes(api: &fake::Api, authorization: Value) {
    let mut object = api.object(INSTANCE).unwrap();
    object["spec"]["authorization"] = authorization;
    api.holds(INSTANCE, object);
}

/// One token, copied into `acme`.
fn delivered_to_acme() -> Value {
    json!({"tokens": [{
        "name": "acme", "namespaces": ["acme", "beta"], "deliver": true, "lifetime": "4d", "limits": {"names": ["acme-*"]},
    }]})
}

/// One pass of the instance controller.
async fn pass(api: &fake::Api, now: Timestamp) -> Result<Kept, ConnectError> {
    let instance = read_instance(api);
    let spec = instance.object().spec.authorization.as_ref();
    let revoked = spec.and_then(|spec| spec.revoked.clone()).unwrap_or_default();
    let target = Target {
        owner: instance.owner(),
        identity: instance.identity(),
        status: instance.object().status.as_ref().and_then(|status| status.authorization.as_ref()),
        resource_version: instance.object().metadata.resource_version.as_deref().unwrap(),
        revoked: &revoked.iter().map(|id| TokenId::parse(id).unwrap()).collect(),
        named: &NamedTokens::read(spec, "keycloak").unwrap(),
    };
    let (secrets, namespaces) = (fake::secrets(api), Namespaces::new(api.client()));
    let place = place_of_instance(&secrets, &instance).await?;
    let keeper = Keeper { secrets: &secrets, namespaces: &namespaces, thorough: false };
    keep::<Keycloak>(keeper, &target, &place, now).await
}

/// A pass in which nothing fails.
async fn passes(api: &fake::Api, now: Timestamp) -> Issued {
    let kept = pass(api, now).await.unwrap();
    assert!(kept.failures.is_empty(), "{:?}", kept.failures);
    kept.issued
}

fn token_in(api: &fake::Api, namespace: &str) -> Option<AuthorizationToken> {
    let secret = api.secret(namespace, SECRET)?;
    AuthorizationToken::parse(secret.get(TOKEN_KEY)?).ok()
}

/// What a verifier says about a token that namespace `acme` presents.
fn verified(api: &fake::Api, token: &AuthorizationToken, now: Timestamp) -> Result<(), TokenRefusal> {
    let instance = read_instance(api);
    let status = instance.object().status.as_ref().and_then(|status| status.authorization.as_ref());
    let (ledger, unreadable) = ledger(status);
    assert_eq!(unreadable, []);
    let acme = NamespaceName::new("acme").unwrap();
    verify(token, &ledger, &BTreeSet::new(), instance.identity(), &acme, now).map(|_| ())
}

/// Where named tokens stand, as status tells.
fn places(api: &fake::Api) -> Vec<String> {
    let object = api.object(INSTANCE).unwrap();
    let listed = object["status"]["authorization"]["secrets"].as_array().cloned().unwrap_or_default();
    let told = |row: &Value| {
        let text = |field: &str| row[field].as_str().unwrap().to_owned();
        format!("{}: {}/{}", text("token"), text("namespace"), text("name"))
    };
    listed.iter().map(told).collect()
}

fn writes_since(api: &fake::Api, before: usize) -> String {
    let calls = api.calls().split_off(before);
    let writes = calls.into_iter().filter(|call| !call.starts_with("GET"));
    writes.map(|call| call.replace(INSTANCE, "keycloak")).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_named_token_is_noted_issued_and_copied_in_this_order_and_then_nothing_is_written() {
    let api = scene(&delivered_to_acme());
    let issued = passes(&api, begin()).await;
    insta::assert_snapshot!(writes_since(&api, 0), @r"
    POST /api/v1/namespaces/platform/secrets
    PATCH keycloak/status
    PATCH /api/v1/namespaces/platform/secrets/keycloak-auth-token
    PATCH keycloak/status
    POST /api/v1/namespaces/platform/secrets
    PATCH keycloak/status
    PATCH /api/v1/namespaces/platform/secrets/keycloak-auth-token-acme
    POST /api/v1/namespaces/acme/secrets
    ");
    let token = token_in(&api, "platform").unwrap();
    assert_eq!(token_in(&api, "acme").as_ref(), Some(&token));
    let copy = api.secret("acme", SECRET).unwrap();
    assert_eq!(copy.keys().collect::<Vec<_>>(), [TOKEN_KEY]);
    assert_eq!(copy.annotation(annotation::READABLE_BY), Some("KeycloakRealm"));
    // Namespace beta is not there, or does not take it.
    assert_eq!(token_in(&api, "beta"), None);
    assert_eq!(
        places(&api),
        ["acme: acme/keycloak-auth-token-acme", "acme: platform/keycloak-auth-token-acme"]
    );
    let entry = issued.ledger.find(token.id()).unwrap();
    assert_eq!(entry.name.as_ref().unwrap().as_str(), "acme");
    assert!(entry.limits.as_ref().unwrap().names.is_some());
    assert_eq!(entry.scope.namespaces.as_ref().unwrap().len(), 2);
    assert_eq!(verified(&api, &token, begin()), Ok(()));
    assert_eq!(delivered(&issued).unwrap().status, ConditionStatus::True);
    assert_eq!(not_delivered(&issued), None);

    let calls = api.calls().len();
    let second = passes(&api, at("2026-01-02T00:00:00Z")).await;
    assert!(!second.changed && second.notices.is_empty());
    assert_eq!(writes_since(&api, calls), "");
}

#[tokio::test]
async fn a_rotated_token_overlaps_and_its_copy_follows() {
    let api = scene(&delivered_to_acme());
    passes(&api, begin()).await;
    let old = token_in(&api, "acme").unwrap();
    let rotated = at("2026-01-04T00:00:00Z");
    passes(&api, rotated).await;
    let new = token_in(&api, "acme").unwrap();
    assert_ne!(old, new);
    let secret = api.secret("platform", SECRET).unwrap();
    assert_eq!(AuthorizationToken::parse(secret.get(PREVIOUS_KEY).unwrap()).unwrap(), old);
    for token in [&old, &new] {
        assert_eq!(verified(&api, token, rotated), Ok(()));
    }
    let over = at("2026-01-05T00:00:00Z");
    assert!(matches!(verified(&api, &old, over), Err(TokenRefusal::Superseded { .. })));
    assert_eq!(verified(&api, &new, over), Ok(()));
}

#[tokio::test]
async fn limits_and_namespaces_of_the_spec_hold_for_tokens_that_were_issued_before() {
    let api = scene(&delivered_to_acme());
    passes(&api, begin()).await;
    let token = token_in(&api, "platform").unwrap();
    changes(
        &api,
        json!({"tokens": [{"name": "acme", "namespaces": ["beta"], "lifetime": "4d", "limits": {"names": ["beta-*"]}}]}),
    );
    let issued = passes(&api, begin()).await;
    assert_eq!(token_in(&api, "platform").unwrap(), token);
    let names = issued.ledger.find(token.id()).unwrap().limits.clone().unwrap().names.unwrap();
    assert_eq!(names.iter().map(authorization_token::NamePattern::as_str).collect::<Vec<_>>(), ["beta-*"]);
    assert!(matches!(verified(&api, &token, begin()), Err(TokenRefusal::OtherNamespaces { .. })));
    // Nothing is delivered any more.
    assert_eq!(token_in(&api, "acme"), None);
    assert_eq!(delivered(&issued), None);
}

#[tokio::test]
async fn a_namespace_that_takes_tokens_no_more_loses_its_copy_and_gets_it_back() {
    let api = scene(&delivered_to_acme());
    passes(&api, begin()).await;
    for value in ["false", "yes"] {
        takes_tokens(&api, "acme", value);
        passes(&api, begin()).await;
        assert!(api.secret("acme", SECRET).is_none(), "{value}");
        assert_eq!(places(&api), ["acme: platform/keycloak-auth-token-acme"], "{value}");
    }
    takes_tokens(&api, "acme", "true");
    passes(&api, begin()).await;
    assert_eq!(token_in(&api, "acme"), token_in(&api, "platform"));
}

#[tokio::test]
async fn a_token_that_leaves_the_spec_is_taken_back_before_it_is_revoked_and_its_copies_after_that() {
    let api = scene(&delivered_to_acme());
    passes(&api, begin()).await;
    let token = token_in(&api, "acme").unwrap();
    let calls = api.calls().len();
    changes(&api, json!({"tokens": []}));
    let issued = passes(&api, begin()).await;
    insta::assert_snapshot!(writes_since(&api, calls), @r"
    DELETE /api/v1/namespaces/platform/secrets/keycloak-auth-token-acme
    PATCH keycloak/status
    PATCH keycloak/status
    DELETE /api/v1/namespaces/acme/secrets/keycloak-auth-token-acme
    PATCH keycloak/status
    ");
    assert!(issued.notices.contains(&Notice::Revoked { id: token.id() }), "{:?}", issued.notices);
    assert!(matches!(verified(&api, &token, begin()), Err(TokenRefusal::Revoked { .. })));
    assert_eq!(places(&api), Vec::<String>::new());
    let calls = api.calls().len();
    assert!(!passes(&api, begin()).await.changed);
    assert_eq!(writes_since(&api, calls), "");
}

#[tokio::test]
async fn a_token_that_leaves_the_spec_is_revoked_also_while_its_secret_cannot_be_taken_back() {
    let api = scene(&delivered_to_acme());
    passes(&api, begin()).await;
    let token = token_in(&api, "acme").unwrap();
    changes(&api, json!({"tokens": []}));
    api.refuses("DELETE", 500, "InternalError");
    let kept = pass(&api, begin()).await.unwrap();
    assert!(!kept.failures.is_empty());
    assert!(matches!(verified(&api, &token, begin()), Err(TokenRefusal::Revoked { .. })));
    assert_eq!(places(&api).len(), 2, "it is tried again");
    api.refuses_nothing();
    passes(&api, begin()).await;
    assert_eq!(places(&api), Vec::<String>::new());
}

#[tokio::test]
async fn a_revoked_token_leaves_its_secret_and_its_copy_at_once() {
    let api = scene(&delivered_to_acme());
    passes(&api, begin()).await;
    let token = token_in(&api, "acme").unwrap();
    let mut authorization = delivered_to_acme();
    authorization["revoked"] = json!([token.id().as_str()]);
    changes(&api, authorization);
    passes(&api, begin()).await;
    assert!(matches!(verified(&api, &token, begin()), Err(TokenRefusal::Revoked { .. })));
    let next = token_in(&api, "acme").unwrap();
    assert_ne!(next, token);
    assert_eq!(verified(&api, &next, begin()), Ok(()));
    assert_eq!(api.secret("platform", SECRET).unwrap().get(PREVIOUS_KEY), None);
}

#[tokio::test]
async fn a_secret_of_somebody_else_in_the_way_is_left_alone_and_the_other_tokens_go_on() {
    let api = scene(&json!({"tokens": [
        {"name": "acme"}, {"name": "beta", "namespaces": ["acme"], "deliver": true},
        {"name": "gamma", "secretName": "keycloak-auth-token"},
    ]}));
    api.holds_secret(&fake::secret("platform", SECRET, &[("token", "theirs")]));
    api.holds_secret(&fake::secret("acme", "keycloak-auth-token-beta", &[("token", "theirs")]));
    let kept = pass(&api, begin()).await.unwrap();
    let failures: Vec<String> = kept.failures.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(failures.join("\n"), @r"
    Secret platform/keycloak-auth-token-acme exists and does not carry our labels, so it is not overwritten; remove it, or have another name written for Keycloak platform/keycloak
    Secret platform/keycloak-auth-token exists and holds something else of this object, so it is not overwritten; remove it, or have another name written for Keycloak platform/keycloak
    ");
    let told = delivered(&kept.issued).unwrap();
    assert_eq!((told.status, told.reason), (ConditionStatus::False, Word::SecretNotOwned));
    insta::assert_snapshot!(told.message, @r#"authorization token "beta" is not as it should be in namespace acme: Secret acme/keycloak-auth-token-beta exists and does not carry our labels, so it is not overwritten; remove it, or have another name written for Keycloak platform/keycloak"#);
    assert!(not_delivered(&kept.issued).unwrap().warning);
    for (namespace, name) in [("platform", SECRET), ("acme", "keycloak-auth-token-beta")] {
        assert_eq!(api.secret(namespace, name).unwrap().get(TOKEN_KEY), Some(&b"theirs"[..]), "{name}");
    }
    assert!(api.secret("platform", "keycloak-auth-token-beta").unwrap().get(TOKEN_KEY).is_some());
    // They stay also when the tokens go.
    changes(&api, json!({}));
    passes(&api, begin()).await;
    assert_eq!(api.secret("platform", SECRET).unwrap().get(TOKEN_KEY), Some(&b"theirs"[..]));
}

#[tokio::test]
async fn without_the_right_to_delete_a_secret_is_emptied_and_can_be_taken_up_again() {
    let api = scene(&delivered_to_acme());
    passes(&api, begin()).await;
    api.refuses("DELETE", 403, "Forbidden");
    changes(&api, json!({}));
    passes(&api, begin()).await;
    let emptied = api.secret("acme", SECRET).unwrap();
    assert_eq!(emptied.keys().count(), 0);
    assert_eq!(places(&api), Vec::<String>::new());
    // By a Keycloak made anew under this name, too.
    let anew = fake::owner(OwnerKind::Keycloak, "platform", "another");
    assert!(guarded(&emptied, &anew, "acme").is_ok());
    changes(&api, delivered_to_acme());
    passes(&api, begin()).await;
    assert_eq!(token_in(&api, "acme"), token_in(&api, "platform"));
    assert!(token_in(&api, "acme").is_some());
    let full = api.secret("acme", SECRET).unwrap();
    assert!(guarded(&full, &anew, "acme").is_err());
}

#[tokio::test]
async fn a_copy_that_may_not_be_written_is_told_and_one_that_failed_is_tried_again() {
    let api = scene(&delivered_to_acme());
    api.refuses("POST /api/v1/namespaces/acme/secrets", 403, "Forbidden");
    let issued = passes(&api, begin()).await;
    assert_eq!(delivered(&issued).unwrap().reason, Word::KubernetesForbidden);
    api.refuses_nothing();
    api.refuses("POST /api/v1/namespaces/acme/secrets", 500, "InternalError");
    let kept = pass(&api, begin()).await.unwrap();
    assert_eq!((kept.failures.len(), delivered(&kept.issued).unwrap().status), (1, ConditionStatus::False));
    api.refuses_nothing();
    passes(&api, begin()).await;
    assert_eq!(token_in(&api, "acme"), token_in(&api, "platform"));
}

#[tokio::test]
async fn a_token_that_is_not_issued_is_not_delivered_and_what_fails_late_loses_nothing_of_what_was_done() {
    let api = scene(&delivered_to_acme());
    api.holds_secret(&fake::secret("platform", SECRET, &[("token", "theirs")]));
    let kept = pass(&api, begin()).await.unwrap();
    assert_eq!(kept.failures.len(), 1);
    let told = delivered(&kept.issued).unwrap();
    assert_eq!((told.status, told.reason), (ConditionStatus::False, Word::SecretNotOwned));
    assert!(told.message.contains("not as it should be in namespace acme"), "{}", told.message);

    // The own token is there when the list of Secrets cannot be written.
    let api = scene(&json!({}));
    passes(&api, begin()).await;
    changes(&api, delivered_to_acme());
    api.refuses(&format!("PATCH {INSTANCE}/status"), 500, "InternalError");
    let kept = pass(&api, begin()).await.unwrap();
    assert_eq!((kept.failures.len(), kept.issued.ledger.entries().len()), (1, 1));
    assert_eq!(delivered(&kept.issued).unwrap().status, ConditionStatus::False);
}

#[tokio::test]
async fn a_lost_status_is_rebuilt_from_all_secrets_and_the_copies_are_found_again() {
    let api = scene(&delivered_to_acme());
    passes(&api, begin()).await;
    let (token, before) = (token_in(&api, "acme").unwrap(), places(&api));
    let mut object = api.object(INSTANCE).unwrap();
    object["status"] = json!({});
    api.holds(INSTANCE, object);
    let issued = passes(&api, begin()).await;
    assert_eq!(token_in(&api, "platform"), Some(token.clone()));
    assert!(issued.notices.contains(&Notice::Rebuilt { id: token.id() }), "{:?}", issued.notices);
    assert_eq!(verified(&api, &token, begin()), Ok(()));
    assert_eq!(places(&api), before);
}

#[tokio::test]
async fn another_secret_name_moves_the_token_and_nobody_is_left_without() {
    let api = scene(&delivered_to_acme());
    passes(&api, begin()).await;
    let old = token_in(&api, "acme").unwrap();
    let mut authorization = delivered_to_acme();
    authorization["tokens"][0]["secretName"] = json!("elsewhere");
    changes(&api, authorization);
    passes(&api, begin()).await;
    assert!(api.secret("platform", SECRET).is_none());
    assert!(api.secret("platform", "elsewhere").unwrap().get(TOKEN_KEY).is_some());
    assert_eq!(places(&api), ["acme: acme/keycloak-auth-token-acme", "acme: platform/elsewhere"]);
    let new = token_in(&api, "acme").unwrap();
    for token in [&old, &new] {
        assert_eq!(verified(&api, token, begin()), Ok(()));
    }
}

#[tokio::test]
async fn a_token_that_something_else_makes_is_accepted_by_its_digest_told_of_before_its_end_and_withdrawn() {
    let token = AuthorizationToken::mint(&[9; MINT_BYTES]);
    let declared = json!({
        "name": "vault", "id": token.id().as_str(), "digest": token.digest().to_string(), "expiresAt": "2026-03-01T00:00:00Z",
    });
    let api = scene(&json!({"tokens": [declared]}));
    let issued = passes(&api, begin()).await;
    assert_eq!(verified(&api, &token, begin()), Ok(()));
    assert!(api.secret("platform", "keycloak-auth-token-vault").is_none());
    assert!(!issued.notices.iter().any(|notice| matches!(notice, Notice::Expiring { .. })));
    assert_eq!(delivered(&issued), None);
    let calls = api.calls().len();
    passes(&api, begin()).await;
    assert_eq!(writes_since(&api, calls), "");

    let soon = passes(&api, at("2026-02-23T00:00:00Z")).await;
    let told: Vec<String> = soon.notices.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].ends_with(
        "(vault) ends at 2026-03-01T00:00:00Z: whoever makes it must declare its successor before that"
    ));
    // Not when its successor stands beside it.
    let next = AuthorizationToken::mint(&[8; MINT_BYTES]);
    let successor = json!({
        "name": "vault", "id": next.id().as_str(), "digest": next.digest().to_string(), "expiresAt": "2026-06-01T00:00:00Z",
    });
    changes(&api, json!({"tokens": [declared, successor]}));
    let both = passes(&api, at("2026-02-24T00:00:00Z")).await;
    assert_eq!(both.notices, []);
    for token in [&token, &next] {
        assert_eq!(verified(&api, token, at("2026-02-24T00:00:00Z")), Ok(()));
    }
    let over = at("2026-03-01T00:00:00Z");
    let ended = passes(&api, over).await;
    assert!(ended.notices.contains(&Notice::Expired { id: token.id() }), "{:?}", ended.notices);
    assert!(matches!(verified(&api, &token, over), Err(TokenRefusal::Expired { .. })));

    let api = scene(&json!({"tokens": [declared]}));
    passes(&api, begin()).await;
    changes(&api, json!({"tokens": [declared], "revoked": [token.id().as_str()]}));
    let revoked = passes(&api, begin()).await;
    assert!(revoked.notices.contains(&Notice::Revoked { id: token.id() }), "{:?}", revoked.notices);
    assert!(!passes(&api, begin()).await.changed);
    changes(&api, json!({"tokens": [declared]}));
    passes(&api, begin()).await;
    assert_eq!(verified(&api, &token, begin()), Ok(()));
    changes(&api, json!({}));
    passes(&api, begin()).await;
    assert!(matches!(verified(&api, &token, begin()), Err(TokenRefusal::Revoked { .. })));
}

#[tokio::test]
async fn the_copies_of_a_target_that_goes_are_taken_back_and_those_of_others_are_not() {
    let api = scene(&delivered_to_acme());
    passes(&api, begin()).await;
    let instance = read_instance(&api);
    let status = instance.object().status.as_ref().and_then(|status| status.authorization.as_ref());
    assert!(has_copies(status, "platform"));
    let left = take_back_copies(&fake::secrets(&api), instance.owner(), status).await;
    assert!(left.is_empty(), "{left:?}");
    assert!(api.secret("acme", SECRET).is_none());
    // What stands beside the target goes with it.
    assert!(token_in(&api, "platform").is_some());
    api.holds_secret(&fake::secret("acme", SECRET, &[("token", "theirs")]));
    let left = take_back_copies(&fake::secrets(&api), instance.owner(), status).await;
    assert!(left.is_empty(), "{left:?}");
    assert!(api.secret("acme", SECRET).is_some());
}
