mod examples;
mod model;

use super::*;
use crate::digest::TokenDigest;
use crate::identity::{NamespaceName, ObjectName, TargetKind, Uid};
use crate::issuer_secret::Slot;
use crate::ledger::TokenState;
use crate::token::AuthorizationToken;
use crate::verify::{TokenRefusal, verify};

/// 100 s, a new one after 70, an overlap of 30.
fn lifetimes() -> Lifetimes {
    let seconds = SignedDuration::from_secs;
    Lifetimes::new(seconds(100), seconds(70), seconds(30)).unwrap()
}

fn target(uid: &str) -> TargetIdentity {
    TargetIdentity {
        kind: TargetKind::Keycloak,
        namespace: NamespaceName::new("platform").unwrap(),
        name: ObjectName::new("keycloak").unwrap(),
        uid: Uid::new(uid).unwrap(),
    }
}

fn policy() -> IssuePolicy {
    IssuePolicy {
        line: None,
        scope: Scope { target: target("u-1"), namespaces: None },
        limits: None,
        lifetimes: lifetimes(),
        replace_issued_before: None,
    }
}

/// A line's Secret, the ledger and a clock, to which plans are applied write by write.
struct World {
    secret: Option<IssuerSecret>,
    ledger: Ledger,
    revoked: BTreeSet<TokenId>,
    policy: IssuePolicy,
    now: Timestamp,
    minted: u64,
}

impl World {
    fn new() -> Self {
        let now = Timestamp::from_millisecond(1_000_000_400).unwrap();
        Self {
            secret: None,
            ledger: Ledger::default(),
            revoked: BTreeSet::new(),
            policy: policy(),
            now,
            minted: 0,
        }
    }

    fn advance(&mut self, milliseconds: i64) {
        self.now = later(self.now, SignedDuration::from_millis(milliseconds));
    }

    fn fresh(&mut self) -> [u8; MINT_BYTES] {
        self.minted += 1;
        let mut bytes = [0; MINT_BYTES];
        for (place, digit) in self.minted.to_le_bytes().iter().enumerate() {
            // Five bits of a byte make the id.
            bytes[place] = *digit & 31;
            bytes[place + 20] = *digit;
        }
        bytes[11] = u8::try_from(self.minted >> 5 & 31).unwrap();
        bytes
    }

    fn plan(&mut self) -> RotationPlan {
        let random = self.fresh();
        let observed = Observed {
            secret: self.secret.as_ref(),
            ledger: &self.ledger,
            revoked: &self.revoked,
            now: self.now,
        };
        plan(observed, &self.policy, &random).unwrap()
    }

    fn apply(&mut self, action: &Action) {
        match action {
            // What is stored is what can be written and read again.
            Action::WriteSecret(secret) => self.secret = Some(stored(secret)),
            Action::WriteLedger(ledger) => {
                let (read, unreadable) = Ledger::read(&serde_json::to_value(ledger).unwrap());
                assert_eq!((&read, unreadable.len()), (ledger, 0));
                self.ledger = read;
            }
            Action::DeleteSecret => self.secret = None,
        }
    }

    fn run(&mut self) -> RotationPlan {
        let plan = self.plan();
        plan.actions.iter().for_each(|action| self.apply(action));
        plan
    }

    fn token(&self) -> AuthorizationToken {
        self.secret.as_ref().unwrap().token.token().unwrap().clone()
    }

    fn check(&self, token: &AuthorizationToken) -> Result<(), TokenRefusal> {
        let team = NamespaceName::new("team-a").unwrap();
        verify(token, &self.ledger, &self.revoked, &self.policy.scope.target, &team, self.now).map(|_| ())
    }

    fn active(&self) -> Vec<TokenId> {
        let active = |entry: &&LedgerEntry| entry.state == TokenState::Active;
        self.ledger.entries().iter().filter(active).map(|entry| entry.id).collect()
    }

    /// A plan finished at this moment leaves nothing to do, and one active token, which the Secret hands out.
    fn assert_settled(&mut self) {
        let again = self.plan();
        assert_eq!(again.actions, [], "a second plan at the same time");
        assert_eq!(self.active(), [self.token().id()]);
        assert!(again.next_at.unwrap() > self.now);
        assert_eq!(self.check(&self.token()), Ok(()));
        let secret = self.secret.as_ref().unwrap();
        let record = secret.record.as_ref().unwrap();
        for slot in [&secret.token, &secret.previous] {
            assert!(!matches!(slot, Slot::Malformed(_)));
            if let Some(token) = slot.token() {
                let issued = record.find(token.id()).expect("token.json lists what is handed out");
                let entry = self.ledger.find(token.id()).expect("so does the ledger");
                assert_eq!((issued.issued_at, issued.expires_at), (entry.issued_at, entry.expires_at));
            }
        }
    }
}

/// The Secret as it comes back from the API server.
fn stored(secret: &IssuerSecret) -> IssuerSecret {
    let text = |slot: &Slot| match slot {
        Slot::Token(token) => Some(token.expose().as_bytes().to_vec()),
        Slot::Empty => None,
        Slot::Malformed(_) => panic!("a plan never writes a malformed token"),
    };
    let record = secret.record.as_ref().map(|record| record.write().into_bytes());
    let (read, error) = IssuerSecret::read(
        text(&secret.token).as_deref(),
        text(&secret.previous).as_deref(),
        record.as_deref(),
    );
    assert_eq!((&read, error), (secret, None));
    read
}
