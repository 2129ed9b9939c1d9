//! Any history of rotations, crashes and losses, with what was promised checked after every single write.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Event {
    /// Time passes, in milliseconds.
    Pass(i64),
    /// A plan is made and carried out; with a number, it stops after so many writes.
    Run(Option<usize>),
    /// The token now handed out is revoked.
    RevokeCurrent,
    /// The one before it is revoked.
    RevokePrevious,
    /// A person asks for a new one.
    Replace,
    /// The Secret is deleted.
    LoseSecret,
    /// The status is emptied.
    LoseStatus,
    /// The key token.json is deleted.
    LoseRecord,
    /// Somebody writes nonsense into key token; not into a Secret just put back, for then nothing tells that it was.
    Garble,
    /// The Secret is put back as it was at the last backup; not in the middle of a plan, for then nobody can tell whether the new
    /// token had been handed out before.
    Restore,
    /// A backup of the Secret is made.
    Backup,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (0..60_000_i64).prop_map(Event::Pass),
        1 => (60_000..400_000_i64).prop_map(Event::Pass),
        8 => proptest::option::of(0..5_usize).prop_map(Event::Run),
        1 => Just(Event::RevokeCurrent),
        1 => Just(Event::RevokePrevious),
        2 => Just(Event::Replace),
        1 => Just(Event::LoseSecret),
        1 => Just(Event::LoseStatus),
        1 => Just(Event::LoseRecord),
        1 => Just(Event::Garble),
        1 => Just(Event::Restore),
        1 => Just(Event::Backup),
    ]
}

/// Somebody copied this token when the Secret handed it out.
struct Copy {
    token: AuthorizationToken,
    /// The end it was issued for; after it left key token, the end of its overlap if that is earlier.
    promised: Timestamp,
    handed_out: bool,
}

struct History {
    world: World,
    copies: Vec<Copy>,
    /// Ids that may have been seen by somebody.
    seen: BTreeSet<TokenId>,
    backup: Option<IssuerSecret>,
    /// Status was lost and no plan has been finished since.
    status_lost: bool,
    /// A plan was begun and none has been finished since.
    interrupted: bool,
    /// A Secret was put back and no plan has been finished since.
    put_back: bool,
}

impl History {
    fn new() -> Self {
        Self {
            world: World::new(),
            copies: Vec::new(),
            seen: BTreeSet::new(),
            backup: None,
            status_lost: false,
            interrupted: false,
            put_back: false,
        }
    }

    fn happens(&mut self, event: &Event) {
        match event {
            Event::Pass(milliseconds) => self.world.advance(*milliseconds),
            Event::Run(stop) => self.run(*stop),
            Event::RevokeCurrent => self.revoke(|secret| secret.token.id()),
            Event::RevokePrevious => self.revoke(|secret| secret.previous.id()),
            Event::Replace => self.world.policy.replace_issued_before = Some(self.world.now),
            Event::LoseSecret => {
                self.nobody_knows_what_was_seen();
                self.world.secret = None;
            }
            Event::LoseStatus => {
                self.world.ledger = Ledger::default();
                self.status_lost = true;
            }
            Event::LoseRecord => {
                self.nobody_knows_what_was_seen();
                if let Some(secret) = &mut self.world.secret {
                    secret.record = None;
                }
            }
            Event::Garble => {
                if let Some(secret) = self.world.secret.as_mut().filter(|_| !self.put_back) {
                    secret.token = Slot::Malformed(crate::ParseError::Prefix);
                }
            }
            Event::Restore => {
                if self.backup_is_recent() && !self.interrupted {
                    self.nobody_knows_what_was_seen();
                    self.put_back = true;
                    self.world.secret.clone_from(&self.backup);
                }
            }
            Event::Backup => self.backup.clone_from(&self.world.secret),
        }
        self.check();
    }

    /// One whose token has not come to its end. From an older one nobody can tell whether its token ever had a successor.
    fn backup_is_recent(&self) -> bool {
        let token = self.backup.as_ref().and_then(|secret| secret.token.id());
        let entry = token.and_then(|id| self.world.ledger.find(id));
        entry.is_some_and(|entry| self.world.now < entry.expires_at)
    }

    /// Whether an entry was ever handed out can no longer be told, so it counts.
    fn nobody_knows_what_was_seen(&mut self) {
        self.seen.extend(self.world.active());
    }

    fn revoke(&mut self, which: impl Fn(&IssuerSecret) -> Option<TokenId>) {
        self.world.revoked.extend(self.world.secret.as_ref().and_then(which));
    }

    fn run(&mut self, stop: Option<usize>) {
        let plan = self.world.plan();
        self.interrupted = true;
        assert!(plan.actions.len() < MOST_WRITES, "{plan:?}");
        for action in plan.actions.iter().take(stop.unwrap_or(MOST_WRITES)) {
            self.world.apply(action);
            if matches!(action, Action::WriteLedger(_)) {
                self.assert_revoked_left_the_secret_first();
            }
            self.check();
        }
        if stop.is_none_or(|stop| stop >= plan.actions.len()) {
            self.status_lost = false;
            self.interrupted = false;
            self.put_back = false;
            self.world.assert_settled();
        }
    }

    fn assert_revoked_left_the_secret_first(&self) {
        let Some(secret) = &self.world.secret else { return };
        for entry in self.world.ledger.entries().iter().filter(|entry| entry.state == TokenState::Revoked) {
            assert!(
                secret.token.id() != Some(entry.id) && secret.previous.id() != Some(entry.id),
                "{entry:?}"
            );
        }
    }

    /// After every write and every event.
    fn check(&mut self) {
        self.note_copies();
        let (now, revoked) = (self.world.now, &self.world.revoked);
        self.copies
            .retain(|copy| copy.handed_out || now < copy.promised || revoked.contains(&copy.token.id()));
        let unseen: Vec<TokenId> =
            self.world.active().into_iter().filter(|id| !self.seen.contains(id)).collect();
        assert!(unseen.len() <= 1, "two successors: {unseen:?}");
        if self.status_lost {
            // Only what the Secret itself vouches for can come back.
            let secret = self.world.secret.as_ref();
            let vouched = |id: TokenId| {
                secret.is_some_and(|secret| {
                    let in_slot = secret.token.id() == Some(id) || secret.previous.id() == Some(id);
                    in_slot && secret.record.as_ref().is_some_and(|record| record.find(id).is_some())
                })
            };
            self.copies.retain(|copy| vouched(copy.token.id()));
            return;
        }
        for copy in &self.copies {
            let id = copy.token.id();
            let good = self.world.now < copy.promised && !self.world.revoked.contains(&id);
            if good {
                assert_eq!(
                    self.world.check(&copy.token),
                    Ok(()),
                    "{id} at {}, promised to {}",
                    self.world.now,
                    copy.promised
                );
            }
        }
        for id in &self.world.revoked {
            if let Some(copy) = self.copies.iter().find(|copy| copy.token.id() == *id) {
                assert!(matches!(self.world.check(&copy.token), Err(TokenRefusal::Revoked { .. })));
            }
        }
    }

    fn note_copies(&mut self) {
        let handed_out = self.world.secret.as_ref().and_then(|secret| secret.token.token()).cloned();
        let overlap = lifetimes().overlap;
        let now = self.world.now;
        for copy in self.copies.iter_mut().filter(|copy| copy.handed_out) {
            if handed_out.as_ref() != Some(&copy.token) {
                copy.handed_out = false;
                copy.promised = copy.promised.min(later(now, overlap));
            }
        }
        let Some(token) = handed_out else { return };
        if self.seen.insert(token.id())
            && let Some(entry) = self.world.ledger.find(token.id())
        {
            let promised = entry.expires_at;
            self.copies.push(Copy { token, promised, handed_out: true });
        }
    }
}

proptest! {
    /// Whatever happens and wherever it stops: a token once handed out is accepted until it ends, is revoked, or its overlap is
    /// over; there are never two successors; what is revoked is out of the Secret before the ledger says so and is refused at once;
    /// and a plan that is carried out to its end leaves nothing to do.
    #[test]
    fn no_history_breaks_a_promise(events in proptest::collection::vec(event(), 1..40)) {
        let mut history = History::new();
        for event in &events {
            history.happens(event);
        }
        history.happens(&Event::Run(None));
    }

    /// The same with nothing but time, rotation and crashes: here a refusal would be a lie at any moment.
    #[test]
    fn rotation_under_crashes_refuses_nobody(
        steps in proptest::collection::vec((0..40_000_i64, proptest::option::of(0..5_usize)), 1..60)
    ) {
        let mut history = History::new();
        for (pass, stop) in steps {
            history.happens(&Event::Pass(pass));
            history.happens(&Event::Run(stop));
        }
        history.happens(&Event::Run(None));
    }
}
