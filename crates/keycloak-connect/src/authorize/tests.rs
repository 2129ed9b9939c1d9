mod references;

use std::collections::BTreeSet;

use authorization_token::decision::Outcome;
use authorization_token::{
    AuthorizationToken, LedgerEntry, MINT_BYTES, Scope, TokenName, TokenRefusal, TokenState, verify,
};

use super::*;
use crate::{consent::Consent, fake, owner::OwnerKind};
use keycloak_crds::labels::annotation::READABLE_BY;

const NOTHING: &Asked = &Asked::NOTHING;
const REVIEWS: &str = "POST /apis/authorization.k8s.io/v1/namespaces/platform/localsubjectaccessreviews";

/// A KeycloakRealm in the namespace. Leaked, as a test lives no longer than it.
fn ask<'a>(namespace: &str, token: Option<&'a TokenRef>) -> Ask<'a> {
    let reader: &'static Owner =
        Box::leak(Box::new(fake::owner(OwnerKind::KeycloakRealm, namespace, "acme")));
    let (field, operation) = ("spec.operatorRef", Operation::Create);
    Ask { reader, field, name: "acme", token, asks: NOTHING, operation, others: 0 }
}

fn now() -> Timestamp {
    "2026-02-01T00:00:00Z".parse().unwrap()
}

fn authorizer(api: &fake::Api) -> Authorizer {
    consenting(api, Consent::Off)
}

fn consenting(api: &fake::Api, consent: Consent) -> Authorizer {
    Authorizer::new(api.client(), Namespaces::new(api.client()), Secrets::new(api.client(), consent))
}

fn token() -> AuthorizationToken {
    AuthorizationToken::mint(&[7; MINT_BYTES])
}

/// An instance that knows the token as its own.
fn terms(spec: &Value) -> Terms {
    knowing(spec, None)
}

/// An instance whose ledger has the token, as one of this name.
fn knowing(spec: &Value, name: Option<&str>) -> Terms {
    let identity = fake::instance(&json!({}), &json!({})).identity().clone();
    let mut ledger = Ledger::default();
    let entry = LedgerEntry {
        id: token().id(),
        name: name.map(|name| TokenName::new(name).unwrap()),
        digest: token().digest(),
        scope: Scope { target: identity, namespaces: None },
        limits: None,
        issued_at: "2026-01-01T00:00:00Z".parse().unwrap(),
        expires_at: "2026-04-01T00:00:00Z".parse().unwrap(),
        state: TokenState::Active,
    };
    ledger.add(entry).unwrap();
    let status = json!({"authorization": {"tokens": tokens::entries(&ledger).unwrap()}});
    Terms::of_instance(&fake::instance(&json!({"authorization": spec}), &status))
}

async fn decide(api: &fake::Api, ask: &Ask<'_>, terms: &Terms) -> Decision {
    authorizer(api).decide(ask, terms, now()).await.unwrap()
}

#[tokio::test]
async fn the_own_namespace_needs_no_call_at_all() {
    let api = fake::Api::default();
    let decision = decide(&api, &ask("platform", None), &terms(&json!({}))).await;
    assert_eq!((decision.reason, api.calls().len()), (Reason::SameNamespace, 0));
}

#[tokio::test]
async fn rbac_is_asked_with_groups_and_no_user() {
    let api = fake::Api::default();
    api.binds("acme");
    let decision = decide(&api, &ask("acme", None), &terms(&json!({}))).await;
    assert_eq!(decision.reason, Reason::AllowedByRbac);
    assert_eq!(api.calls(), [REVIEWS]);
    insta::assert_json_snapshot!(api.last_body("POST")["spec"], @r#"
    {
      "groups": [
        "system:serviceaccounts",
        "system:serviceaccounts:acme",
        "system:authenticated"
      ],
      "resourceAttributes": {
        "group": "keycloak.mdvr.nl",
        "name": "keycloak",
        "namespace": "platform",
        "resource": "keycloaks",
        "verb": "use",
        "version": "v1"
      }
    }
    "#);
}

#[tokio::test(start_paused = true)]
async fn an_answer_about_rbac_is_good_for_thirty_seconds_per_namespace_target_and_verb() {
    let api = fake::Api::default();
    let (authorizer, terms) = (authorizer(&api), terms(&json!({})));
    let allowed = async |namespace: &'static str| {
        authorizer.decide(&ask(namespace, None), &terms, now()).await.unwrap().outcome == Outcome::Allowed
    };
    assert!(!allowed("acme").await);
    api.binds("acme");
    assert!(!allowed("acme").await);
    assert!(!allowed("beta").await);
    assert_eq!(api.calls().len(), 2);
    let adopt = authorizer.holds("acme", Verb::Adopt, terms.identity()).await.unwrap();
    assert_eq!((adopt, api.calls().len()), (RbacAnswer::Allowed, 3));
    tokio::time::advance(Duration::from_secs(30)).await;
    assert!(allowed("acme").await);
    assert_eq!(api.calls().len(), 4);
}

#[tokio::test]
async fn an_api_server_that_does_not_answer_makes_wait_and_is_asked_again() {
    let api = fake::Api::default();
    api.refuses(REVIEWS, 403, "Forbidden");
    let (authorizer, terms) = (authorizer(&api), terms(&json!({})));
    let decision = authorizer.decide(&ask("acme", None), &terms, now()).await.unwrap();
    assert_eq!((decision.outcome, decision.reason), (Outcome::Wait, Reason::RbacUnknown));
    insta::assert_snapshot!(decision.message, @r#"Whether namespace acme has verb use on Keycloak platform/keycloak is not known: the API server answered 403: forbidden. It is asked again by itself. Until then realm "acme" is not created."#);
    api.refuses_nothing();
    api.binds("acme");
    let decision = authorizer.decide(&ask("acme", None), &terms, now()).await.unwrap();
    assert_eq!(decision.outcome, Outcome::Allowed);
}

#[tokio::test]
async fn each_question_about_rbac_is_counted_by_its_answer_and_an_answer_that_is_kept_is_none() {
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let api = fake::Api::default();
    let (authorizer, terms) = (authorizer(&api), terms(&json!({})));
    let ask_for = async |namespace: &'static str| {
        authorizer.decide(&ask(namespace, None), &terms, now()).await.unwrap();
    };
    api.refuses(REVIEWS, 403, "Forbidden");
    ask_for("acme").await;
    api.refuses_nothing();
    ask_for("acme").await;
    ask_for("acme").await;
    api.binds("beta");
    ask_for("beta").await;
    let text = recorder.handle().render();
    let mut counted: Vec<&str> =
        text.lines().filter(|line| line.contains("rbac") && !line.starts_with('#')).collect();
    counted.sort_unstable();
    insta::assert_snapshot!(counted.join("\n"), @r#"
    keycloak_operator_rbac_validations_total{verb="use",result="allowed"} 1
    keycloak_operator_rbac_validations_total{verb="use",result="denied"} 1
    keycloak_operator_rbac_validations_total{verb="use",result="unknown"} 1
    "#);
}

#[tokio::test]
async fn the_token_is_read_from_the_own_namespace_only() {
    let api = fake::Api::default();
    let named = TokenRef { name: "keycloak-auth-token".into(), key: "token".into() };
    // The issuer's own Secret, in the issuer's namespace: naming it opens nothing.
    api.holds_secret(&fake::secret("platform", &named.name, &[("token", token().expose().as_str())]));
    let decision = decide(&api, &ask("acme", Some(&named)), &terms(&json!({}))).await;
    assert_eq!((decision.outcome, decision.reason), (Outcome::Wait, Reason::TokenSecretMissing));
    assert_eq!(api.calls(), ["GET /api/v1/namespaces/acme/secrets/keycloak-auth-token"]);

    api.holds_secret(&fake::secret("acme", &named.name, &[("tok", "x")]));
    let decision = decide(&api, &ask("acme", Some(&named)), &terms(&json!({}))).await;
    assert_eq!(decision.reason, Reason::TokenKeyMissing);

    api.holds_secret(&fake::secret("acme", &named.name, &[("token", token().expose().as_str())]));
    let decision = decide(&api, &ask("acme", Some(&named)), &terms(&json!({}))).await;
    assert_eq!(decision.reason, Reason::TokenAccepted);
    let status = status(&decision);
    assert_eq!((status.granted, status.by), (Some(true), Some(AuthorizedBy::Token)));
    assert_eq!(status.token_id, Some(token().id().to_string()));
    assert!(ConnectError::of_decision(&decision).is_none());
}

#[test]
fn of_a_named_token_the_spec_decides_before_the_ledger_says_the_same() {
    let acme = NamespaceName::new("acme").unwrap();
    let check = |tokens: Value, name: Option<&str>, now: &str| {
        let terms = knowing(&json!({"tokens": tokens}), name);
        let now: Timestamp = now.parse().unwrap();
        let found = verify(&token(), &terms.ledger, &BTreeSet::new(), &terms.identity, &acme, now);
        found.map(|entry| entry.limits.as_ref().map(|limits| serde_json::to_value(limits).unwrap()))
    };
    let says = |tokens: Value| check(tokens, Some("team"), "2026-02-01T00:00:00Z");
    let revoked = |said: Result<_, TokenRefusal>| matches!(said, Err(TokenRefusal::Revoked { .. }));

    assert_eq!(says(json!([{"name": "team"}])), Ok(None));
    assert!(revoked(says(json!([]))), "it left the list");
    assert!(revoked(says(json!([{"name": "other"}]))));
    assert_eq!(check(json!([]), None, "2026-02-01T00:00:00Z"), Ok(None), "the instance's own is on no list");
    let narrowed = says(json!([{"name": "team", "limits": {"maxObjects": 1}, "namespaces": ["acme"]}]));
    assert_eq!(narrowed, Ok(Some(json!({"maxObjects": 1}))));
    let elsewhere = says(json!([{"name": "team", "namespaces": ["beta"]}]));
    assert!(matches!(elsewhere, Err(TokenRefusal::OtherNamespaces { .. })), "{elsewhere:?}");
    // What nobody can follow lets nobody in.
    assert!(revoked(says(json!([{"name": "team", "limits": {"names": ["*"]}}]))));
    assert!(revoked(says(json!([{"name": "team"}, {"name": "team", "limits": {"maxObjects": 1}}]))));

    // One that something else makes is that of its id and digest, until the time that the list tells.
    let declared = |id: &str, digest: &str| json!([{"name": "team", "id": id, "digest": digest, "expiresAt": "2026-02-02T00:00:00Z"}]);
    let (id, digest) = (token().id().to_string(), token().digest().to_string());
    assert_eq!(says(declared(&id, &digest)), Ok(None));
    let late = check(declared(&id, &digest), Some("team"), "2026-02-02T00:00:00Z");
    assert!(matches!(late, Err(TokenRefusal::Expired { .. })), "{late:?}");
    let another = AuthorizationToken::mint(&[8; MINT_BYTES]);
    assert!(revoked(says(declared(another.id().as_str(), &digest))));
    assert!(revoked(says(declared(&id, &another.digest().to_string()))));
}

#[tokio::test]
async fn a_secret_that_nobody_lets_the_object_read_is_no_token_of_it() {
    let api = fake::Api::default();
    let named = TokenRef { name: "mine".into(), key: "token".into() };
    let secret = fake::secret("acme", "mine", &[("token", token().expose().as_str())]);
    api.holds_secret(&secret);
    let (ask, terms) = (ask("acme", Some(&named)), terms(&json!({})));

    let error = consenting(&api, Consent::Label).decide(&ask, &terms, now()).await.unwrap_err();
    insta::assert_snapshot!(error, @"Secret acme/mine, named in spec.operatorRef.authorizationSecretRef, does not consent to be read by KeycloakRealm/acme; let somebody who owns it annotate it keycloak.mdvr.nl/readable-by: KeycloakRealm/acme");
    assert_eq!(api.calls(), ["GET /api/v1/namespaces/acme/secrets/mine"]);
    let mut readable = secret;
    readable.metadata.annotations.get_or_insert_default().insert(READABLE_BY.into(), "KeycloakRealm".into());
    api.holds_secret(&readable);
    let decision = consenting(&api, Consent::Label).decide(&ask, &terms, now()).await.unwrap();
    assert_eq!((decision.reason, api.calls().len()), (Reason::TokenAccepted, 2));

    // Without the policies nobody has looked at what the author of the object may read: the Secret stays closed.
    let error = consenting(&api, Consent::Admission).decide(&ask, &terms, now()).await.unwrap_err();
    assert!(matches!(error, ConnectError::ConsentPolicyMissing { .. }), "{error}");
    assert!(api.calls()[2..].iter().all(|call| !call.contains("/secrets/")), "{:?}", api.calls());
}

#[tokio::test]
async fn beside_its_target_an_object_may_adopt_and_elsewhere_it_needs_the_verb() {
    let api = fake::Api::default();
    let leave = async |namespace: &str, spec: &Value| {
        let leave = authorizer(&api).leave_to_adopt(namespace, "acme", &terms(spec)).await.unwrap();
        (leave.same_namespace, leave.verb)
    };
    assert_eq!(leave("platform", &json!({})).await, (true, false));
    assert!(api.calls().is_empty(), "{:?}", api.calls());
    assert_eq!(leave("platform", &json!({"sameNamespace": false})).await, (false, false));
    assert_eq!(leave("acme", &json!({})).await, (false, false));
    api.binds("acme");
    assert_eq!(leave("acme", &json!({})).await, (false, true));
}

#[tokio::test]
async fn the_target_gives_up_what_it_lists_to_the_namespaces_and_names_that_it_lists() {
    let api = fake::Api::default();
    let spec = json!({"takeOver": [
        {"namespaces": ["acme"], "clusterId": "old", "names": ["portal", "shop-*"]},
        {"namespaces": ["acme", "beta"]},
    ]});
    let terms = Terms::of_instance(&fake::instance(&spec, &json!({})));
    let leave = async |namespace: &str, name: &str| {
        let leave = authorizer(&api).leave_to_adopt(namespace, name, &terms).await.unwrap();
        (leave.unmarked, leave.clusters)
    };
    assert_eq!(leave("acme", "portal").await, (true, vec!["old".to_owned()]));
    assert_eq!(leave("acme", "shop-1").await, (true, vec!["old".to_owned()]));
    assert_eq!(leave("acme", "other").await, (true, vec![]));
    assert_eq!(leave("beta", "portal").await, (true, vec![]));
    assert_eq!(leave("gamma", "portal").await, (false, vec![]));
}

#[tokio::test]
async fn a_bad_token_refuses_even_in_the_own_namespace() {
    let api = fake::Api::default();
    let named = TokenRef { name: "mine".into(), key: "token".into() };
    let stranger = AuthorizationToken::mint(&[8; MINT_BYTES]);
    api.holds_secret(&fake::secret("platform", "mine", &[("token", stranger.expose().as_str())]));
    let decision = decide(&api, &ask("platform", Some(&named)), &terms(&json!({}))).await;
    assert_eq!((decision.outcome, decision.reason), (Outcome::Refused, Reason::TokenUnknown));
    let error = ConnectError::of_decision(&decision).unwrap();
    assert!(!error.to_string().contains(stranger.expose().as_str()));
}

#[tokio::test]
async fn a_token_of_a_target_without_any_ledger_is_not_called_unknown_yet() {
    let api = fake::Api::default();
    let named = TokenRef { name: "mine".into(), key: "token".into() };
    api.holds_secret(&fake::secret("acme", "mine", &[("token", token().expose().as_str())]));
    let terms = Terms::of_instance(&fake::instance(&json!({}), &json!({})));
    let error = authorizer(&api).decide(&ask("acme", Some(&named)), &terms, now()).await.unwrap_err();
    insta::assert_snapshot!(error, @"Keycloak platform/keycloak is not ready: its authorization tokens are not known yet; see its status");
}

#[tokio::test]
async fn labels_of_the_namespace_are_looked_up_only_where_something_is_selected_by_them() {
    let api = fake::Api::default();
    let by_label = terms(&json!({"grants": [{"namespaceSelector": {"matchLabels": {"tenant": "acme"}}}]}));
    let decision = decide(&api, &ask("acme", None), &by_label).await;
    // The namespace cannot be seen.
    assert_eq!(decision.reason, Reason::NamespaceLabelsUnknown);
    let namespace = json!({"metadata": {"name": "acme", "labels": {"tenant": "acme"}}});
    api.holds("/api/v1/namespaces/acme", namespace);
    let decision = decide(&api, &ask("acme", None), &by_label).await;
    assert_eq!(decision.reason, Reason::Granted);
    let denied = terms(&json!({"deny": [{"namespaceSelector": {"matchLabels": {"tenant": "acme"}}}]}));
    assert_eq!(decide(&api, &ask("acme", None), &denied).await.reason, Reason::Denied);
}

#[tokio::test]
async fn deletion_reads_nothing_and_asks_nobody() {
    let api = fake::Api::default();
    let named = TokenRef { name: "mine".into(), key: "token".into() };
    let ask = Ask { operation: Operation::Delete, ..ask("acme", Some(&named)) };
    let decision = decide(&api, &ask, &terms(&json!({"deny": [{"namespaces": ["acme"]}]}))).await;
    assert_eq!((decision.outcome, api.calls().len()), (Outcome::Allowed, 0));
}

#[tokio::test]
async fn a_refusal_names_the_fields_that_ask_for_too_much() {
    let mut asked = Asked::default();
    asked.add("smtpServer[host]", BTreeSet::from([authorization_token::Capability::InternalUrls]));
    let ask = Ask { asks: &asked, ..ask("acme", None) };
    let granted = terms(&json!({"grants": [{"namespaces": ["acme"]}]}));
    let decision = decide(&fake::Api::default(), &ask, &granted).await;
    assert_eq!(decision.reason, Reason::CapabilityNotAllowed);
    assert!(decision.message.ends_with(" It is asked for by smtpServer[host]."), "{}", decision.message);
}

#[tokio::test]
async fn the_realms_own_list_of_namespaces_grants_beside_its_policy() {
    let api = fake::Api::default();
    let spec = json!({
        "clientAuthorizationGrants": ["portal"],
        "authorization": {"grants": [{"namespaces": ["beta"]}], "deny": [{"namespaces": ["sandbox"]}]},
    });
    let terms = Terms::of_realm(&fake::realm("acme", &spec, &json!({})));
    for (namespace, reason) in [
        ("portal", Reason::Granted),
        ("beta", Reason::Granted),
        ("sandbox", Reason::Denied),
        ("other", Reason::NotAuthorized),
    ] {
        assert_eq!(decide(&api, &ask(namespace, None), &terms).await.reason, reason, "{namespace}");
    }
    let alone =
        Terms::of_realm(&fake::realm("acme", &json!({"clientAuthorizationGrants": ["portal"]}), &json!({})));
    assert_eq!(decide(&api, &ask("portal", None), &alone).await.reason, Reason::Granted);
}
