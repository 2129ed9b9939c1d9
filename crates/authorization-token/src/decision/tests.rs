mod matrix;
mod messages;
mod properties;

use serde_json::json;

use super::*;
use crate::identity::{TargetKind, Uid};
use crate::ledger::{LedgerEntry, TokenState};
use crate::limits::Limits;
use crate::scope::Scope;
use crate::token::{AuthorizationToken, MINT_BYTES};

/// Everything a decision is made from, owned. The default: a realm of team-a on platform/keycloak, nothing allows, nothing forbids.
#[derive(Debug, Clone)]
struct Case {
    namespace: NamespaceName,
    labels: Option<BTreeMap<String, String>>,
    name: String,
    asks: BTreeSet<Capability>,
    operation: Operation,
    others: u32,
    identity: TargetIdentity,
    policy: Result<TargetPolicy, PolicyError>,
    ledger: Ledger,
    token: Token,
    rbac: RbacAnswer,
    now: Timestamp,
}

#[derive(Debug, Clone)]
enum Token {
    NotNamed,
    SecretMissing,
    KeyMissing,
    Presented(Vec<u8>),
    PresentedFrom(&'static str, Vec<u8>),
}

fn good_token() -> AuthorizationToken {
    AuthorizationToken::mint(&[1; MINT_BYTES])
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn namespace(name: &str) -> NamespaceName {
    NamespaceName::new(name).unwrap()
}

fn identity() -> TargetIdentity {
    TargetIdentity {
        kind: TargetKind::Keycloak,
        namespace: namespace("platform"),
        name: ObjectName::new("keycloak").unwrap(),
        uid: Uid::new("u-1").unwrap(),
    }
}

fn entry(token: &AuthorizationToken) -> LedgerEntry {
    LedgerEntry {
        id: token.id(),
        name: None,
        digest: token.digest(),
        scope: Scope { target: identity(), namespaces: None },
        limits: None,
        issued_at: time("2026-01-01T00:00:00Z"),
        expires_at: time("2026-04-01T00:00:00Z"),
        state: TokenState::Active,
    }
}

impl Default for Case {
    fn default() -> Self {
        Self {
            namespace: namespace("team-a"),
            labels: Some(BTreeMap::from([("tenant".into(), "a".into())])),
            name: "shop".into(),
            asks: BTreeSet::new(),
            operation: Operation::Create,
            others: 0,
            identity: identity(),
            policy: Ok(TargetPolicy::default()),
            ledger: Ledger::default(),
            token: Token::NotNamed,
            rbac: RbacAnswer::NotAllowed,
            now: time("2026-02-01T00:00:00Z"),
        }
    }
}

impl Case {
    fn with_policy(mut self, json: &serde_json::Value) -> Self {
        self.policy = TargetPolicy::read(json);
        self
    }

    /// Presents `token`, which the ledger knows as `entry`.
    fn with_token(mut self, token: &AuthorizationToken, entry: impl Into<Option<LedgerEntry>>) -> Self {
        self.token = Token::Presented(token.expose().as_bytes().to_vec());
        if let Some(entry) = entry.into() {
            self.ledger.add(entry).unwrap();
        }
        self
    }

    fn decide(&self) -> Decision {
        let request = Request {
            namespace: &self.namespace,
            namespace_labels: self.labels.as_ref(),
            name: &self.name,
            asks: &self.asks,
            operation: self.operation,
            others: self.others,
        };
        let target = Target { identity: &self.identity, policy: self.policy.as_ref(), ledger: &self.ledger };
        let mut secret = TokenSecret {
            namespace: self.namespace.clone(),
            name: ObjectName::new("keycloak-token").unwrap(),
            key: "token".into(),
        };
        if let Token::PresentedFrom(elsewhere, _) = &self.token {
            secret.namespace = namespace(elsewhere);
        }
        let token = match &self.token {
            Token::NotNamed => TokenEvidence::NotNamed,
            Token::SecretMissing => TokenEvidence::SecretMissing(&secret),
            Token::KeyMissing => TokenEvidence::KeyMissing(&secret),
            Token::Presented(value) | Token::PresentedFrom(_, value) => {
                TokenEvidence::Presented(&secret, value)
            }
        };
        decide(&request, target, Evidence { token, rbac: &self.rbac }, self.now)
    }
}

fn grant_by_name() -> serde_json::Value {
    json!({"grants": [{"namespaces": ["team-a"]}]})
}
