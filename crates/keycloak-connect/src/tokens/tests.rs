use authorization_token::{AuthorizationToken, Scope, TokenState, rotation::Lifetimes};
use keycloak_crds::{Keycloak, KeycloakRealm};
use serde_json::Value;

use super::*;
use crate::{cluster::Namespaces, fake};

const INSTANCE: &str = "/apis/keycloak.mdvr.nl/v1/namespaces/platform/keycloaks/keycloak";

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn policy(instance: &Instance) -> IssuePolicy {
    IssuePolicy {
        line: None,
        scope: Scope { target: instance.identity().clone(), namespaces: None },
        limits: None,
        lifetimes: Lifetimes::default(),
        replace_issued_before: None,
    }
}

/// The instance as the API server has it.
fn read_instance(api: &fake::Api) -> Instance {
    Instance::of(serde_json::from_value(api.object(INSTANCE).unwrap()).unwrap()).unwrap()
}

fn scene() -> fake::Api {
    let api = fake::Api::default();
    api.holds(INSTANCE, serde_json::to_value(fake::instance(&json!({}), &json!({})).object()).unwrap());
    api
}

/// One pass of the instance controller over its own line.
async fn pass(api: &fake::Api, now: Timestamp) -> Result<Issued, ConnectError> {
    let instance = read_instance(api);
    let status = instance.object().status.as_ref().and_then(|status| status.authorization.as_ref());
    assert_eq!(ledger(status).1, []);
    let target = Target {
        owner: instance.owner(),
        identity: instance.identity(),
        status,
        resource_version: instance.object().metadata.resource_version.as_deref().unwrap(),
        revoked: &BTreeSet::new(),
        named: &NamedTokens::default(),
    };
    let (secrets, namespaces) = (fake::secrets(api), Namespaces::new(api.client()));
    let place = place_of_instance(&secrets, &instance).await?;
    let keeper = Keeper { secrets: &secrets, namespaces: &namespaces, thorough: false };
    let kept = keep::<Keycloak>(keeper, &target, &place, now).await?;
    assert!(kept.failures.is_empty(), "{:?}", kept.failures);
    Ok(kept.issued)
}

fn writes(api: &fake::Api) -> Vec<String> {
    api.calls().into_iter().filter(|call| !call.starts_with("GET")).collect()
}

fn handed_out(api: &fake::Api) -> AuthorizationToken {
    let secret = api.secret("platform", "keycloak-auth-token").unwrap();
    AuthorizationToken::parse(secret.get(TOKEN_KEY).unwrap()).unwrap()
}

#[tokio::test]
async fn the_first_token_is_in_status_before_it_is_in_the_secret_and_then_nothing_is_written() {
    let api = scene();
    let issued = pass(&api, at("2026-01-01T00:00:00Z")).await.unwrap();
    insta::assert_snapshot!(writes(&api).join("\n"), @r"
    POST /api/v1/namespaces/platform/secrets
    PATCH /apis/keycloak.mdvr.nl/v1/namespaces/platform/keycloaks/keycloak/status
    PATCH /api/v1/namespaces/platform/secrets/keycloak-auth-token
    ");
    let token = handed_out(&api);
    assert_eq!(issued.ledger.find(token.id()).unwrap().state, TokenState::Active);
    let (stored, _) = ledger(read_instance(&api).object().status.as_ref().unwrap().authorization.as_ref());
    assert_eq!(stored, issued.ledger);
    let version = read_instance(&api).object().metadata.resource_version.clone().unwrap();
    assert_eq!(issued.resource_version, version);

    let calls = writes(&api).len();
    let second = pass(&api, at("2026-01-02T00:00:00Z")).await.unwrap();
    assert!(!second.changed && second.notices.is_empty());
    assert_eq!(writes(&api).len(), calls);
    assert_eq!(second.next_at, Some(at("2026-03-25T00:00:00Z")));
}

#[tokio::test]
async fn the_status_holds_digests_and_never_a_token() {
    let api = scene();
    pass(&api, at("2026-01-01T00:00:00Z")).await.unwrap();
    let status = api.object(INSTANCE).unwrap()["status"].to_string();
    assert!(status.contains("sha256:"), "{status}");
    assert!(!status.contains("kcat1_"), "{status}");
}

#[tokio::test]
async fn a_rotation_keeps_the_token_before_for_the_overlap() {
    let api = scene();
    pass(&api, at("2026-01-01T00:00:00Z")).await.unwrap();
    let first = handed_out(&api);
    pass(&api, at("2026-03-25T00:00:00Z")).await.unwrap();
    let second = handed_out(&api);
    assert_ne!(first, second);
    let secret = api.secret("platform", "keycloak-auth-token").unwrap();
    assert_eq!(AuthorizationToken::parse(secret.get(PREVIOUS_KEY).unwrap()).unwrap(), first);
    let (ledger, _) = ledger(read_instance(&api).object().status.as_ref().unwrap().authorization.as_ref());
    assert_eq!(ledger.find(first.id()).unwrap().state, TokenState::Superseded);
    pass(&api, at("2026-04-02T00:00:00Z")).await.unwrap();
    assert_eq!(api.secret("platform", "keycloak-auth-token").unwrap().get(PREVIOUS_KEY), None);
}

#[tokio::test]
async fn stopped_after_any_write_the_next_pass_goes_on_to_one_token() {
    let now = at("2026-01-01T00:00:00Z");
    for stopped_at in ["POST /api/v1", "PATCH /apis/keycloak", "PATCH /api/v1"] {
        let api = scene();
        api.refuses(stopped_at, 409, "Conflict");
        assert!(pass(&api, now).await.is_err(), "{stopped_at}");
        api.refuses_nothing();
        let issued = pass(&api, now).await.unwrap();
        let token = handed_out(&api);
        let active: Vec<_> = issued
            .ledger
            .entries()
            .iter()
            .filter(|entry| entry.state == TokenState::Active)
            .map(|entry| entry.id)
            .collect();
        assert_eq!(active, [token.id()], "{stopped_at}");
        assert!(!pass(&api, now).await.unwrap().changed, "{stopped_at}");
    }
}

#[tokio::test]
async fn a_status_that_changed_meanwhile_is_not_overwritten() {
    let api = scene();
    let instance = read_instance(&api);
    let (ledger, policy) = (Ledger::default(), policy(&instance));
    let line = Line {
        owner: instance.owner(),
        resource_version: "0",
        ledger: &ledger,
        revoked: &BTreeSet::new(),
        policy: &policy,
    };
    let place = place_of_instance(&fake::secrets(&api), &instance).await.unwrap();
    let error =
        issue::<Keycloak>(&fake::secrets(&api), &line, &place, at("2026-01-01T00:00:00Z")).await.unwrap_err();
    insta::assert_snapshot!(error, @"writing the authorization tokens of Keycloak platform/keycloak into its status: the API server answered 409: conflict");
    assert_eq!(api.object(INSTANCE).unwrap()["status"]["authorization"], Value::Null);
    // Nothing was handed out that nobody would accept.
    assert_eq!(api.secret("platform", "keycloak-auth-token").unwrap().get(TOKEN_KEY), None);
}

#[tokio::test]
async fn a_lost_status_is_rebuilt_from_the_secret() {
    let api = scene();
    pass(&api, at("2026-01-01T00:00:00Z")).await.unwrap();
    let token = handed_out(&api);
    let mut object = api.object(INSTANCE).unwrap();
    object["status"] = json!({});
    api.holds(INSTANCE, object);
    let issued = pass(&api, at("2026-01-02T00:00:00Z")).await.unwrap();
    assert_eq!(handed_out(&api), token);
    assert!(matches!(issued.notices.as_slice(), [Notice::Rebuilt { .. }]), "{:?}", issued.notices);
}

#[tokio::test]
async fn a_secret_of_somebody_else_is_left_alone() {
    let api = scene();
    api.holds_secret(&fake::secret("platform", "keycloak-auth-token", &[("token", "theirs")]));
    let error = pass(&api, at("2026-01-01T00:00:00Z")).await.unwrap_err();
    insta::assert_snapshot!(error, @"Secret platform/keycloak-auth-token exists and does not carry our labels, so it is not overwritten; remove it, or have another name written for Keycloak platform/keycloak");
    assert_eq!(writes(&api), Vec::<String>::new());
}

#[tokio::test]
async fn a_realm_takes_the_seeds_name_where_it_is_free_and_keeps_the_one_it_has() {
    let api = fake::Api::default();
    let realm = fake::realm("acme", &json!({}), &json!({}));
    let place = async || place_of_realm(&fake::secrets(&api), &realm).await.unwrap();
    assert_eq!(place().await.name, "acme-realm-auth");
    // Somebody else's.
    api.holds_secret(&fake::secret("acme", "acme-realm-auth", &[("token", "theirs")]));
    let unique = place().await;
    assert_eq!(
        (unique.name.as_str(), unique.found.is_none()),
        (realm.token_secret_names().unique.as_str(), true)
    );
    let mine = WantedSecret::new("acme", &unique.name, realm.owner(), Component::AuthorizationToken);
    secret::write(&fake::secrets(&api), &mine, None, Takeover::No).await.unwrap();
    api.lacks("/api/v1/namespaces/acme/secrets/acme-realm-auth");
    assert_eq!(place().await.name, unique.name);
}

#[tokio::test]
async fn the_seeds_token_of_a_realm_is_replaced_by_one_of_ours() {
    let api = fake::Api::default();
    let realm = fake::realm("acme", &json!({}), &json!({}));
    let path = "/apis/keycloak.mdvr.nl/v1/namespaces/acme/keycloakrealms/acme";
    api.holds(path, serde_json::to_value(realm.object()).unwrap());
    let mut seeds = fake::secret("acme", "acme-realm-auth", &[("token", "of-the-seed")]);
    seeds.metadata.owner_references = realm.owner().reference("acme").map(|reference| vec![reference]);
    api.holds_secret(&seeds);
    let place = place_of_realm(&fake::secrets(&api), &realm).await.unwrap();
    let version = api.object(path).unwrap()["metadata"]["resourceVersion"].as_str().unwrap().to_owned();
    let policy = IssuePolicy {
        line: None,
        scope: Scope { target: realm.identity().clone(), namespaces: None },
        limits: None,
        lifetimes: Lifetimes::default(),
        replace_issued_before: None,
    };
    let line = Line {
        owner: realm.owner(),
        resource_version: &version,
        ledger: &Ledger::default(),
        revoked: &BTreeSet::new(),
        policy: &policy,
    };
    let issued = issue::<KeycloakRealm>(&fake::secrets(&api), &line, &place, at("2026-01-01T00:00:00Z"))
        .await
        .unwrap();
    assert!(issued.notices.contains(&Notice::NotAToken), "{:?}", issued.notices);
    let secret = api.secret("acme", "acme-realm-auth").unwrap();
    assert!(secret.belongs_to(realm.owner()));
    assert!(AuthorizationToken::parse(secret.get(TOKEN_KEY).unwrap()).is_ok());
}
