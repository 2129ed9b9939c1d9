//! What holds for any question at all.

use proptest::prelude::*;

use super::*;

fn limits() -> impl Strategy<Value = serde_json::Value> {
    let names = prop_oneof![Just(json!(["shop"])), Just(json!(["s*", "x"])), Just(json!(["team-*"]))];
    let allowed = proptest::sample::subsequence(
        Capability::ALL.map(Capability::as_str).to_vec(),
        0..=Capability::ALL.len(),
    );
    let part = prop_oneof![
        names.prop_map(|names| json!({"names": names})),
        (0..4_u32).prop_map(|max| json!({"maxObjects": max})),
        allowed.prop_map(|allowed| json!({"allowed": allowed})),
    ];
    (part, selector()).prop_map(|(mut part, selector)| {
        for (key, value) in selector.as_object().unwrap() {
            part[key] = value.clone();
        }
        part
    })
}

fn selector() -> impl Strategy<Value = serde_json::Value> {
    prop_oneof![
        Just(json!({"namespaces": ["team-a"]})),
        Just(json!({"namespaces": ["team-b"]})),
        Just(json!({"namespaceSelector": {"matchLabels": {"tenant": "a"}}})),
        Just(
            json!({"namespaceSelector": {"matchExpressions": [{"key": "tenant", "operator": "NotIn", "values": ["a"]}]}})
        ),
    ]
}

fn policy() -> impl Strategy<Value = serde_json::Value> {
    let list = || proptest::collection::vec(selector(), 0..3);
    (any::<bool>(), any::<bool>(), list(), list(), proptest::collection::vec(limits(), 0..3)).prop_map(
        |(same, revoked, deny, grants, limits)| {
            let deny = if deny.len() == 2 { deny } else { vec![] };
            let revoked = if revoked { vec![good_token().id().to_string()] } else { vec![] };
            json!({"sameNamespace": same, "revoked": revoked, "deny": deny, "grants": grants, "limits": limits})
        },
    )
}

fn token_limits() -> impl Strategy<Value = Option<Limits>> {
    proptest::option::of(limits().prop_map(|mut json| {
        json.as_object_mut().unwrap().retain(|key, _| !key.starts_with("namespace"));
        serde_json::from_value(json).unwrap()
    }))
}

fn question() -> impl Strategy<Value = (Case, serde_json::Value)> {
    let asks = proptest::sample::subsequence(Capability::ALL.to_vec(), 0..3);
    let rbac = prop_oneof![
        Just(RbacAnswer::Allowed),
        Just(RbacAnswer::NotAllowed),
        Just(RbacAnswer::Unknown("not asked".into()))
    ];
    let who = (any::<bool>(), any::<bool>(), asks, any::<bool>(), 0..4_u32);
    (who, 0..6_u8, rbac, token_limits(), policy()).prop_map(
        |((own, labels, asks, create, others), token, rbac, token_limits, policy)| {
            let mut case = Case {
                namespace: namespace(if own { "platform" } else { "team-a" }),
                asks: asks.into_iter().collect(),
                operation: if create { Operation::Create } else { Operation::Change },
                others,
                rbac,
                ..Case::default()
            };
            if !labels {
                case.labels = None;
            }
            let token_entry = LedgerEntry { limits: token_limits, ..entry(&good_token()) };
            case = match token {
                0 | 1 => case,
                2 => Case { token: Token::SecretMissing, ..case },
                3 => case.with_token(&good_token(), None),
                _ => case.with_token(&good_token(), token_entry),
            };
            (case.with_policy(&policy), policy)
        },
    )
}

fn add(policy: &serde_json::Value, list: &str, item: serde_json::Value) -> serde_json::Value {
    let mut policy = policy.clone();
    policy[list].as_array_mut().unwrap().push(item);
    policy
}

proptest! {
    /// A deny never lets anybody in, and one for the namespace lets nobody in.
    #[test]
    fn a_further_deny_only_ever_takes_away((case, policy) in question(), deny in selector()) {
        let before = case.decide();
        let after = case.clone().with_policy(&add(&policy, "deny", deny)).decide();
        prop_assert!(before.outcome == Outcome::Allowed || after.outcome != Outcome::Allowed);
        let own = json!({"namespaces": [case.namespace]});
        let denied = case.with_policy(&add(&policy, "deny", own)).decide();
        prop_assert_eq!(denied.reason, Reason::Denied);
    }

    /// A further limit never lets anybody in, except that a list of capabilities replaces the default of none.
    #[test]
    fn a_further_limit_only_ever_takes_away((mut case, policy) in question(), limit in limits()) {
        if limit.get("allowed").is_some() {
            case.asks.clear();
        }
        let before = case.decide();
        let after = case.with_policy(&add(&policy, "limits", limit)).decide();
        prop_assert!(before.outcome == Outcome::Allowed || after.outcome != Outcome::Allowed);
    }

    /// A grant never takes anything away.
    #[test]
    fn a_further_grant_takes_nothing_away((case, policy) in question(), grant in selector()) {
        let before = case.decide();
        let after = case.with_policy(&add(&policy, "grants", grant)).decide();
        prop_assert!(before.outcome != Outcome::Allowed || after.outcome == Outcome::Allowed);
    }

    /// Revoking never lets anybody in, and nobody gets in by a revoked token.
    #[test]
    fn revoking_only_ever_takes_away((case, policy) in question()) {
        let id = good_token().id();
        let before = case.decide();
        let after = case.with_policy(&add(&policy, "revoked", json!(id))).decide();
        prop_assert!(before.outcome == Outcome::Allowed || after.outcome != Outcome::Allowed);
        prop_assert_ne!(after.rung, Some(Rung::Token));
        prop_assert_eq!(after.token, None);
    }

    /// Whatever becomes known about RBAC and labels: who was allowed before stays allowed unless labels forbid it, and RBAC's
    /// answer decides nothing for one who was refused for another reason.
    #[test]
    fn asking_rbac_only_matters_where_the_reason_says_so((mut case, _) in question()) {
        case.rbac = RbacAnswer::Unknown("not asked".into());
        let before = case.decide();
        for answer in [RbacAnswer::Allowed, RbacAnswer::NotAllowed] {
            let after = Case { rbac: answer, ..case.clone() }.decide();
            if !matches!(before.reason, Reason::RbacUnknown | Reason::Granted) {
                prop_assert_eq!(&after, &before);
            }
        }
    }

    /// Who is let in asks for nothing beyond the limits it is told.
    #[test]
    fn who_is_let_in_is_within_the_limits_it_is_told((case, _) in question()) {
        let decision = case.decide();
        if decision.outcome == Outcome::Allowed {
            prop_assert!(decision.rung.is_some());
            prop_assert!(decision.limits.name_refused_by(&case.name).is_none());
            prop_assert!(decision.limits.capabilities_refused(&case.asks).is_empty());
            if case.operation == Operation::Create {
                prop_assert!(decision.limits.max_objects.is_none_or(|max| case.others < max.value));
            }
        }
    }

    /// Deletion is never stopped.
    #[test]
    fn deletion_is_never_stopped((case, _) in question()) {
        let decision = Case { operation: Operation::Delete, ..case }.decide();
        prop_assert_eq!((decision.outcome, decision.stops), (Outcome::Allowed, Stops::Nothing));
    }

    /// No value of the key, however wild, is echoed or makes the chain panic, and none but the token lets anybody in.
    #[test]
    fn any_value_of_the_key_is_refused(value in proptest::collection::vec(any::<u8>(), 0..120)) {
        let mut case = Case::default().with_token(&good_token(), entry(&good_token())).with_policy(&grant_by_name());
        case.token = Token::Presented(value);
        prop_assert_eq!(case.decide().reason, Reason::TokenMalformed);
    }
}
