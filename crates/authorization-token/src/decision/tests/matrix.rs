//! Every combination of evidence against a table that was written from the rules, not from the code.

use super::*;

/// First row that fits counts; `.` fits everything, `a|b` either.
///
/// Columns: operation, deny, token, place, RBAC, grant, limits; then the reason and the rung.
const TABLE: &str = "
delete . . . . . .                                   DeletionNeedsNoAuthorization -

# A deny beats all, also where it cannot be told.
. name|label . . . . .                               Denied -
. unknown . . . . .                                  NamespaceLabelsUnknown -

# A named token must be valid, whatever else would allow.
. . elsewhere . . . .                                TokenSecretInOtherNamespace -
. . no-secret . . . .                                TokenSecretMissing -
. . no-key . . . .                                   TokenKeyMissing -
. . malformed . . . .                                TokenMalformed -
. . unknown . . . .                                  TokenUnknown -
. . mismatch . . . .                                 TokenMismatch -
. . revoked-spec|revoked-ledger|revoked-lost . . . . TokenRevoked -
. . expired|expired-state . . . .                    TokenExpired -
. . superseded . . . .                               TokenSuperseded -
. . other-target . . . .                             TokenOfOtherTarget -
. . other-namespace . . . .                          TokenForOtherNamespace -

# No way in.
. . none other|off no none|stranger .                NotAuthorized -
. . none other|off no unknown .                      NamespaceLabelsUnknown -
. . none other|off unknown none|stranger|unknown .   RbacUnknown -

# The limits hold for every way in.
. . . . . . unknown                                  NamespaceLabelsUnknown -
. . . . . . name                                     NameNotAllowed -
. . . . . . asks                                     CapabilityNotAllowed -
. . . other . . asks-default                         CapabilityNotAllowed -
create . . . . . full                                ObjectLimitReached -

# The ways in, in their order.
. . . same . . .                                     SameNamespace SameNamespace
. . valid|overlap . . . .                            TokenAccepted Token
. . . . yes . .                                      AllowedByRbac Rbac
. . . . . name|label .                               Granted Grant
";

const OPERATIONS: [&str; 3] = ["create", "change", "delete"];
const DENY: [&str; 5] = ["none", "stranger", "name", "label", "unknown"];
const TOKENS: [&str; 17] = [
    "none",
    "valid",
    "overlap",
    "elsewhere",
    "no-secret",
    "no-key",
    "malformed",
    "unknown",
    "mismatch",
    "revoked-spec",
    "revoked-ledger",
    "revoked-lost",
    "expired",
    "expired-state",
    "superseded",
    "other-target",
    "other-namespace",
];
/// `off`: the same namespace, switched off. Safe defaults do not apply to the target's own namespace, switched off or not.
const PLACES: [&str; 3] = ["same", "off", "other"];
const RBAC: [&str; 3] = ["yes", "no", "unknown"];
const GRANTS: [&str; 5] = ["none", "stranger", "name", "label", "unknown"];
const LIMITS: [&str; 8] = ["none", "within", "stranger", "unknown", "name", "asks", "asks-default", "full"];

fn expected(columns: &[&str; 7]) -> (&'static str, &'static str) {
    let rows = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for row in rows {
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(cells.len(), 9, "{row}");
        let fits = |(cell, column): (&&str, &&str)| *cell == "." || cell.split('|').any(|one| one == *column);
        if cells.iter().zip(columns).all(fits) {
            return (cells[7], cells[8]);
        }
    }
    panic!("no row for {columns:?}");
}

/// An entry of deny or grants.
fn selector(which: &str, own: &str) -> Vec<serde_json::Value> {
    match which {
        "none" => vec![],
        "stranger" => vec![json!({"namespaces": ["somebody-else"]})],
        "name" => vec![json!({"namespaces": ["somebody-else", own]})],
        "label" => vec![json!({"namespaceSelector": {"matchLabels": {"tenant": "a"}}})],
        "unknown" => vec![json!({"namespaceSelector": {"matchLabels": {"tenant": "unknown"}}})],
        other => panic!("{other}"),
    }
}

fn limits(which: &str, own: &str) -> Vec<serde_json::Value> {
    match which {
        "none" | "asks-default" => vec![],
        "within" => vec![
            json!({"names": ["sh*"], "maxObjects": 3}),
            json!({"namespaces": [own], "names": ["shop"], "allowed": ["fullScope", "tokenExchange"]}),
        ],
        "stranger" => vec![json!({"namespaces": ["somebody-else"], "names": ["x"], "maxObjects": 0})],
        "unknown" => {
            vec![json!({"namespaceSelector": {"matchLabels": {"tenant": "unknown"}}, "maxObjects": 9})]
        }
        "name" => vec![json!({"names": ["sh*"]}), json!({"namespaces": [own], "names": ["x*"]})],
        "asks" => vec![json!({"allowed": ["fullScope"]}), json!({"allowed": ["tokenExchange"]})],
        "full" => vec![json!({"maxObjects": 7}), json!({"namespaces": [own], "maxObjects": 2})],
        other => panic!("{other}"),
    }
}

fn with_token(case: Case, which: &str, revoked: &mut Vec<String>) -> Case {
    let token = good_token();
    let mut entry = entry(&token);
    let mut presented = token.clone();
    match which {
        "none" => return case,
        "no-secret" => return Case { token: Token::SecretMissing, ..case },
        "no-key" => return Case { token: Token::KeyMissing, ..case },
        "malformed" => {
            let mut value = token.expose().as_bytes().to_vec();
            value[40] = if value[40] == b'0' { b'1' } else { b'0' };
            let mut case = case.with_token(&token, entry);
            case.token = Token::Presented(value);
            return case;
        }
        "elsewhere" => {
            let mut case = case.with_token(&token, entry);
            case.token = Token::PresentedFrom("third", token.expose().as_bytes().to_vec());
            return case;
        }
        "unknown" => return case.with_token(&token, None),
        "revoked-lost" => {
            revoked.push(token.id().to_string());
            return case.with_token(&token, None);
        }
        "mismatch" => {
            let mut other = [1; MINT_BYTES];
            other[20] = 2;
            presented = AuthorizationToken::mint(&other);
        }
        "revoked-spec" => revoked.push(token.id().to_string()),
        "revoked-ledger" => entry.state = TokenState::Revoked,
        "expired" => entry.expires_at = case.now,
        "expired-state" => entry.state = TokenState::Expired,
        "superseded" => (entry.state, entry.expires_at) = (TokenState::Superseded, case.now),
        "overlap" => entry.state = TokenState::Superseded,
        "other-target" => entry.scope.target.uid = Uid::new("u-0").unwrap(),
        "other-namespace" => entry.scope.namespaces = Some([namespace("somebody-else")].into()),
        "valid" => entry.scope.namespaces = Some([namespace("somebody-else"), case.namespace.clone()].into()),
        other => panic!("{other}"),
    }
    case.with_token(&presented, entry)
}

fn case(columns: &[&str; 7]) -> Case {
    let [operation, deny, token, place, rbac, grant, limit] = *columns;
    let own = if place == "other" { "team-a" } else { "platform" };
    let operation = match operation {
        "create" => Operation::Create,
        "change" => Operation::Change,
        _ => Operation::Delete,
    };
    let rbac = match rbac {
        "yes" => RbacAnswer::Allowed,
        "no" => RbacAnswer::NotAllowed,
        _ => RbacAnswer::Unknown("not asked".into()),
    };
    let mut base = Case { namespace: namespace(own), operation, rbac, others: 2, ..Case::default() };
    if matches!(limit, "asks" | "asks-default") {
        base.asks = [Capability::FullScope, Capability::TokenExchange].into();
    } else if limit == "within" {
        base.asks = [Capability::FullScope].into();
    }
    if [deny, grant, limit].contains(&"unknown") {
        base.labels = None;
    }
    let mut revoked = Vec::new();
    base = with_token(base, token, &mut revoked);
    base.with_policy(&json!({
        "sameNamespace": place != "off",
        "revoked": revoked,
        "deny": selector(deny, own),
        "grants": selector(grant, own),
        "limits": limits(limit, own),
    }))
}

/// Labels are known or not for all selectors of a case at once.
fn contradicts_itself(columns: &[&str; 7]) -> bool {
    let [_, deny, _, _, _, grant, limit] = *columns;
    [deny, grant, limit].contains(&"unknown") && [deny, grant].contains(&"label")
}

#[test]
fn every_combination_is_decided_as_the_table_says() {
    let mut count = 0;
    for operation in OPERATIONS {
        for deny in DENY {
            for token in TOKENS {
                for place in PLACES {
                    for rbac in RBAC {
                        for grant in GRANTS {
                            for limit in LIMITS {
                                let columns = [operation, deny, token, place, rbac, grant, limit];
                                if contradicts_itself(&columns) {
                                    continue;
                                }
                                check(&columns);
                                count += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(count > 50_000, "{count} combinations");
}

fn check(columns: &[&str; 7]) {
    let decision = case(columns).decide();
    let rung = decision.rung.map_or("-".to_owned(), |rung| format!("{rung:?}"));
    let (reason, expected_rung) = expected(columns);
    assert_eq!((decision.reason.to_string().as_str(), rung.as_str()), (reason, expected_rung), "{columns:?}");
    // What is stopped follows from the operation alone.
    let stops = match (decision.outcome, columns[0]) {
        (Outcome::Allowed, _) => Stops::Nothing,
        (_, "create") => Stops::Creation,
        (_, "change") => Stops::Changes,
        (_, other) => panic!("{other} was stopped: {columns:?}"),
    };
    assert_eq!(decision.stops, stops, "{columns:?}");
    assert_eq!(decision.outcome, decision.reason.outcome());
}

#[test]
fn every_row_of_the_table_is_needed() {
    let mut needed = BTreeSet::new();
    for operation in OPERATIONS {
        for deny in DENY {
            for token in TOKENS {
                for place in PLACES {
                    for rbac in RBAC {
                        for grant in GRANTS {
                            for limit in LIMITS {
                                let columns = [operation, deny, token, place, rbac, grant, limit];
                                if !contradicts_itself(&columns) {
                                    needed.insert(expected(&columns));
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    // Every reason but the one about an unreadable policy, which has no column.
    assert_eq!(needed.len(), Reason::ALL.len() - 1, "{needed:?}");
}
