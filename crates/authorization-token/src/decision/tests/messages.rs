//! What a person reads, for every reason there is.

use super::*;

fn cases() -> Vec<(&'static str, Case)> {
    let token = good_token();
    let presented = |change: fn(&mut LedgerEntry)| {
        let mut entry = entry(&token);
        change(&mut entry);
        Case::default().with_token(&token, entry)
    };
    let by_label = |list: &str| {
        let case = Case::default().with_policy(
            &json!({list: [{"namespaceSelector": {"matchLabels": {"tenant": "a"}}, "maxObjects": 1}]}),
        );
        Case { labels: None, ..case }
    };
    let without_max = |list: &str| {
        let case = Case::default()
            .with_policy(&json!({list: [{"namespaceSelector": {"matchLabels": {"tenant": "a"}}}]}));
        Case { labels: None, ..case }
    };
    let mut other = [1; MINT_BYTES];
    other[43] = 2;
    let same_id = AuthorizationToken::mint(&other);
    let client = |mut case: Case| {
        case.identity.kind = TargetKind::KeycloakRealm;
        case.identity.name = ObjectName::new("shop").unwrap();
        case.name = "web".into();
        case
    };
    vec![
        ("same namespace", Case { namespace: namespace("platform"), ..Case::default() }),
        ("token", presented(|_| {})),
        ("rbac", Case { rbac: RbacAnswer::Allowed, ..Case::default() }),
        ("grant", Case::default().with_policy(&grant_by_name())),
        ("deletion", Case { operation: Operation::Delete, ..Case::default() }),
        ("denied and granted at once", Case::default().with_policy(&json!({"deny": [{"namespaces": ["x"]}, {"namespaces": ["team-a"]}], "grants": [{"namespaces": ["team-a"]}]}))),
        ("denied, existing", Case { operation: Operation::Change, ..Case::default().with_policy(&json!({"deny": [{"namespaces": ["team-a"]}]})) }),
        ("the issuer's own secret", Case { token: Token::PresentedFrom("platform", token.expose().as_bytes().to_vec()), ..presented(|_| {}) }),
        ("secret missing", Case { token: Token::SecretMissing, ..Case::default() }),
        ("secret missing, client", client(Case { token: Token::SecretMissing, operation: Operation::Change, ..Case::default() })),
        ("key missing", Case { token: Token::KeyMissing, ..Case::default() }),
        ("malformed", Case { token: Token::Presented(b"changeme".to_vec()), ..Case::default() }),
        ("truncated", Case { token: Token::Presented(token.expose().as_bytes()[..30].to_vec()), ..Case::default() }),
        ("unknown", Case::default().with_token(&token, None)),
        ("mismatch", Case::default().with_token(&same_id, entry(&token))),
        ("revoked in spec", presented(|_| {}).with_policy(&json!({"revoked": [token.id().as_str()]}))),
        ("revoked in the ledger", presented(|entry| entry.state = TokenState::Revoked)),
        ("expired", Case { now: time("2026-04-01T00:00:00Z"), ..presented(|_| {}) }),
        ("superseded", Case { now: time("2026-04-01T00:00:00Z"), ..presented(|entry| entry.state = TokenState::Superseded) }),
        ("other target", presented(|entry| entry.scope.target.uid = Uid::new("u-0").unwrap())),
        ("other namespace", presented(|entry| entry.scope.namespaces = Some([namespace("team-b")].into()))),
        ("nothing", Case::default()),
        ("nothing, client, existing", client(Case { operation: Operation::Change, ..Case::default() })),
        ("nothing, same namespace switched off", Case { namespace: namespace("platform"), ..Case::default().with_policy(&json!({"sameNamespace": false})) }),
        ("rbac unknown", Case { rbac: RbacAnswer::Unknown("the API server did not answer within 5 s".into()), ..Case::default() }),
        ("labels unknown for deny", Case { rbac: RbacAnswer::Allowed, ..without_max("deny") }),
        ("labels unknown for grants", without_max("grants")),
        ("labels unknown for limits", Case { rbac: RbacAnswer::Allowed, ..by_label("limits") }),
        ("name", Case { rbac: RbacAnswer::Allowed, ..Case::default().with_policy(&json!({"limits": [{"names": ["team-a-*", "a-*"]}]})) }),
        ("name, by token", presented(|entry| entry.limits = Some(serde_json::from_value(json!({"names": ["team-a-*"]})).unwrap()))),
        ("capability by default", Case { asks: [Capability::FullScope, Capability::ScriptMappers].into(), ..client(Case { rbac: RbacAnswer::Allowed, ..Case::default() }) }),
        ("capability by limits", Case { rbac: RbacAnswer::Allowed, asks: [Capability::FullScope, Capability::Impersonation].into(), ..Case::default().with_policy(&json!({"limits": [{"namespaces": ["team-a"], "allowed": ["fullScope"]}]})) }),
        ("room", Case { rbac: RbacAnswer::Allowed, others: 5, ..Case::default().with_policy(&json!({"limits": [{"maxObjects": 7}, {"maxObjects": 5}]})) }),
        ("policy", Case { namespace: namespace("platform"), ..Case::default().with_policy(&json!({"deny": [{"namespaces": ["team-b", "*"]}]})) }),
    ]
}

#[test]
fn every_reason_has_a_sentence_that_says_what_to_do() {
    let shown: Vec<String> = cases()
        .iter()
        .map(|(title, case)| {
            let decision = case.decide();
            format!(
                "{title}: {:?} {} {:?} {:?}\n    {}",
                decision.outcome, decision.reason, decision.rung, decision.stops, decision.message
            )
        })
        .collect();
    insta::assert_snapshot!("messages", shown.join("\n"));
}

#[test]
fn the_sentences_cover_every_reason() {
    let covered: BTreeSet<Reason> = cases().iter().map(|(_, case)| case.decide().reason).collect();
    let all = BTreeSet::from(Reason::ALL);
    assert_eq!(all.difference(&covered).collect::<Vec<_>>(), Vec::<&Reason>::new());
}

#[test]
fn no_sentence_shows_a_secret() {
    let text = good_token().expose();
    for (title, case) in cases() {
        let decision = case.decide();
        let shown = format!("{decision:?}{}", serde_json::to_string(&decision).unwrap());
        assert!(!shown.contains(&text[19..40]), "{title}");
        assert!(!shown.contains("changeme"), "{title}");
    }
}

#[test]
fn the_audit_line_is_stable() {
    let case = Case::default().with_token(&good_token(), entry(&good_token()));
    insta::assert_snapshot!(serde_json::to_string(&case.decide()).unwrap(), @r#"{"outcome":"Allowed","reason":"TokenAccepted","message":"Namespace team-a may use Keycloak platform/keycloak: authorization token 111111111111 is valid.","rung":"Token","token":"111111111111","lapsesAt":"2026-04-01T00:00:00Z","stops":"Nothing"}"#);
}

#[test]
fn the_tenant_is_not_told_about_other_tenants() {
    let token = good_token();
    let mut entry = entry(&token);
    entry.scope.namespaces = Some([namespace("team-secret")].into());
    let scoped = Case::default().with_token(&token, entry).decide();
    let granted = Case::default().with_policy(&json!({"grants": [{"namespaces": ["team-secret"]}]})).decide();
    let broken = Case::default()
        .with_policy(&json!({"grants": [{"namespaces": ["team-secret", "TEAM-SECRET"]}]}))
        .decide();
    for decision in [scoped, granted, broken] {
        assert!(!decision.message.to_lowercase().contains("team-secret"), "{}", decision.message);
    }
}
