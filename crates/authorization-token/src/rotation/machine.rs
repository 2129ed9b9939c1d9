//! The single step of the machine: from what there is to the next write.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Action, IssuePolicy, Notice, Observed, belongs_to, later, overlap_end, whole_second};
use crate::issuer_secret::{IssuedToken, IssuerSecret, Slot, TokenRecord};
use crate::ledger::{DuplicateId, Ledger, LedgerEntry, TokenState};
use crate::token::{AuthorizationToken, MINT_BYTES, TokenId};

/// What a token in the Secret is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Accepted, and the newest of its line.
    Current,
    /// Accepted for the rest of its overlap.
    Overlapping,
    /// Status lost it, `token.json` has it.
    Rebuildable(IssuedToken),
    /// Revoked.
    Revoked,
    /// Over.
    Ended,
    /// Nobody vouches for it.
    Unknown,
}

pub(super) struct Machine<'a> {
    secret: Option<IssuerSecret>,
    ledger: Ledger,
    /// The new token between the ledger's write and the Secret's. A crash loses it.
    in_hand: Option<AuthorizationToken>,
    revoked: &'a BTreeSet<TokenId>,
    now: Timestamp,
    policy: &'a IssuePolicy,
    random: &'a [u8; MINT_BYTES],
    notices: Vec<Notice>,
}

impl<'a> Machine<'a> {
    pub(super) fn new(observed: Observed<'a>, policy: &'a IssuePolicy, random: &'a [u8; MINT_BYTES]) -> Self {
        Self {
            secret: observed.secret.cloned(),
            ledger: observed.ledger.clone(),
            in_hand: None,
            revoked: observed.revoked,
            now: observed.now,
            policy,
            random,
            notices: Vec::new(),
        }
    }

    pub(super) fn into_notices(self) -> Vec<Notice> {
        self.notices
    }

    /// The next write, already done to the machine's own picture; nothing when all is as it should be.
    pub(super) fn next(&mut self) -> Result<Option<Action>, DuplicateId> {
        let garbled = self.secret.as_ref().is_some_and(|secret| matches!(secret.token, Slot::Malformed(_)));
        if garbled {
            self.notices.push(Notice::NotAToken);
        }
        let secret = match &self.secret {
            None => Some(IssuerSecret { record: Some(self.record(&Slot::Empty)), ..IssuerSecret::default() }),
            Some(secret) => self.without_dead_tokens(secret),
        };
        if let Some(secret) = secret {
            return Ok(Some(self.write_secret(secret)));
        }
        if let Some(ledger) = self.next_ledger()? {
            self.ledger = ledger.clone();
            return Ok(Some(Action::WriteLedger(ledger)));
        }
        Ok(self.handing_out().or_else(|| self.with_record()).map(|secret| self.write_secret(secret)))
    }

    /// When something happens next by time alone.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        let lifetimes = self.policy.lifetimes;
        let times = self.line(&self.ledger).filter(|entry| entry.is_accepted(self.now)).map(|entry| {
            let rotation = later(entry.issued_at, lifetimes.rotate_after);
            if entry.state == TokenState::Active { rotation.min(entry.expires_at) } else { entry.expires_at }
        });
        times.chain(self.policy.replace_issued_before).filter(|time| *time > self.now).min()
    }

    fn write_secret(&mut self, secret: IssuerSecret) -> Action {
        self.secret = Some(secret.clone());
        Action::WriteSecret(secret)
    }

    fn line<'l>(&'l self, ledger: &'l Ledger) -> impl Iterator<Item = &'l LedgerEntry> {
        ledger.of_line(self.policy.line.as_ref())
    }

    fn listed(&self, id: TokenId) -> Option<&IssuedToken> {
        self.secret.as_ref()?.record.as_ref()?.find(id)
    }

    /// The entry of `id`, if it belongs to the object it stands on. One of another object counts as lost, and is dropped.
    fn own_entry(&self, id: TokenId) -> Option<&LedgerEntry> {
        self.ledger.find(id).filter(|entry| belongs_to(entry, &self.policy.scope.target))
    }

    /// Whether somebody put an older Secret back: it hands out a token that already had a successor. Its record then says
    /// nothing about what was handed out since.
    fn is_stale(&self, secret: &IssuerSecret) -> bool {
        let Some(token) = secret.token.token() else { return false };
        match self.standing(token) {
            Standing::Overlapping => true,
            // What is revoked leaves the Secret before the ledger says so, so it was put back.
            Standing::Revoked => self
                .own_entry(token.id())
                .is_some_and(|entry| matches!(entry.state, TokenState::Revoked | TokenState::Superseded)),
            // Superseded means that its successor was in the Secret, also when its overlap ended since. One that the ledger
            // calls expired may have ended before it had a successor.
            Standing::Ended => {
                self.own_entry(token.id()).is_some_and(|entry| entry.state == TokenState::Superseded)
            }
            Standing::Current | Standing::Rebuildable(_) | Standing::Unknown => false,
        }
    }

    /// Whether somebody may hold this token. Without a Secret or record, or with a stale one, nobody can tell, so it counts
    /// as held.
    fn was_handed_out(&self, id: TokenId) -> bool {
        let Some(secret) = self.secret.as_ref().filter(|secret| !self.is_stale(secret)) else { return true };
        let in_slot = secret.token.id() == Some(id) || secret.previous.id() == Some(id);
        in_slot || secret.record.as_ref().is_none_or(|record| record.find(id).is_some())
    }

    fn standing(&self, token: &AuthorizationToken) -> Standing {
        let id = token.id();
        if self.revoked.contains(&id) {
            return Standing::Revoked;
        }
        let Some(entry) = self.own_entry(id) else {
            return match self.listed(id) {
                Some(issued) if issued.expires_at <= self.now => Standing::Ended,
                Some(issued) => Standing::Rebuildable(*issued),
                None => Standing::Unknown,
            };
        };
        if entry.name != self.policy.line || entry.digest != token.digest() {
            return Standing::Unknown;
        }
        match entry.state {
            TokenState::Revoked => Standing::Revoked,
            TokenState::Expired => Standing::Ended,
            TokenState::Active | TokenState::Superseded if entry.expires_at <= self.now => Standing::Ended,
            TokenState::Active => Standing::Current,
            TokenState::Superseded => Standing::Overlapping,
        }
    }

    /// The Secret without what is revoked, and without a previous token that is over or that nobody vouches for; with a record
    /// in any case. A token that has a successor is a previous one. What is no token goes.
    fn without_dead_tokens(&self, secret: &IssuerSecret) -> Option<IssuerSecret> {
        let useful = |token: &AuthorizationToken| match self.standing(token) {
            Standing::Current | Standing::Overlapping | Standing::Rebuildable(_) => true,
            Standing::Revoked | Standing::Ended | Standing::Unknown => false,
        };
        let revoked = secret.token.token().is_some_and(|token| self.standing(token) == Standing::Revoked);
        let is_stale = self.is_stale(secret);
        let kept = secret.token.token().filter(|_| !revoked && !is_stale);
        let token = kept.map_or(Slot::Empty, |token| Slot::Token(token.clone()));
        let older = if is_stale { &secret.token } else { &secret.previous };
        let previous = older.token().filter(|older| useful(older) && token.id() != Some(older.id()));
        let previous = previous.map_or(Slot::Empty, |older| Slot::Token(older.clone()));
        if token == secret.token && previous == secret.previous && secret.record.is_some() {
            return None;
        }
        Some(IssuerSecret { record: Some(self.record(&token)), token, previous })
    }

    /// The ledger as it should be, with a new token if one is due; nothing if it is so already.
    fn next_ledger(&mut self) -> Result<Option<Ledger>, DuplicateId> {
        let mut ledger = self.ledger.clone();
        let mut notices = Vec::new();
        self.drop_strangers(&mut ledger, &mut notices);
        self.rebuild(&mut ledger, &mut notices);
        self.revoke_and_expire(&mut ledger, &mut notices);
        let current = self.current(&ledger);
        if let Some(current) = current {
            self.supersede_others(&mut ledger, current, &mut notices);
        }
        self.follow_policy(&mut ledger);
        if self.in_hand.is_none() && current.is_none_or(|current| self.is_due(&ledger, current)) {
            self.issue(&mut ledger, &mut notices)?;
        }
        if ledger == self.ledger {
            return Ok(None);
        }
        self.notices.append(&mut notices);
        Ok(Some(ledger))
    }

    /// Drops entries of the line that belong to another object, and active ones that were never handed out.
    fn drop_strangers(&self, ledger: &mut Ledger, notices: &mut Vec<Notice>) {
        for entry in self.line(&self.ledger) {
            let id = entry.id;
            let in_hand = self.in_hand.as_ref().is_some_and(|token| token.id() == id);
            // What is revoked left the record already; the ledger shall remember it.
            let revoked = self.revoked.contains(&id);
            if !belongs_to(entry, &self.policy.scope.target) {
                notices.push(Notice::Foreign { id });
                ledger.remove(id);
            } else if entry.state == TokenState::Active && !in_hand && !revoked && !self.was_handed_out(id) {
                notices.push(Notice::Dropped { id });
                ledger.remove(id);
            }
        }
    }

    /// Takes entries that status lost over from the Secret, where `token.json` vouches for them.
    fn rebuild(&self, ledger: &mut Ledger, notices: &mut Vec<Notice>) {
        let Some(secret) = &self.secret else { return };
        // The previous one comes last, because it goes to the front.
        for (slot, state) in [(&secret.token, TokenState::Active), (&secret.previous, TokenState::Superseded)]
        {
            let Some(token) = slot.token() else { continue };
            let Standing::Rebuildable(issued) = self.standing(token) else { continue };
            let entry = LedgerEntry {
                id: issued.id,
                name: self.policy.line.clone(),
                digest: token.digest(),
                scope: self.policy.scope.clone(),
                limits: self.policy.limits.clone(),
                issued_at: issued.issued_at,
                expires_at: issued.expires_at,
                state,
            };
            // An entry of that id in another line is somebody else's.
            if ledger.find(issued.id).is_none() {
                ledger.insert_oldest(entry);
                notices.push(Notice::Rebuilt { id: issued.id });
            }
        }
    }

    fn revoke_and_expire(&self, ledger: &mut Ledger, notices: &mut Vec<Notice>) {
        let in_line: Vec<TokenId> = self.line(ledger).map(|entry| entry.id).collect();
        for id in in_line.into_iter().filter(|id| self.revoked.contains(id)) {
            if ledger.revoke(id) {
                notices.push(Notice::Revoked { id });
            }
        }
        notices.extend(ledger.expire(self.now).into_iter().map(|id| Notice::Expired { id }));
        ledger.prune(self.policy.line.as_ref(), self.now, self.policy.lifetimes.keep_ended);
    }

    /// The token that the Secret hands out, if `ledger` accepts it as the newest.
    fn current(&self, ledger: &Ledger) -> Option<TokenId> {
        let token = self.secret.as_ref()?.token.token()?;
        let entry = self.line(ledger).find(|entry| entry.id == token.id())?;
        let is_current = entry.state == TokenState::Active && entry.digest == token.digest();
        is_current.then_some(entry.id)
    }

    /// Everything else that is active has a successor now.
    fn supersede_others(&self, ledger: &mut Ledger, current: TokenId, notices: &mut Vec<Notice>) {
        let in_hand = self.in_hand.as_ref().map(AuthorizationToken::id);
        let others: Vec<TokenId> = self
            .line(ledger)
            .filter(|entry| entry.state == TokenState::Active)
            .map(|entry| entry.id)
            .filter(|id| *id != current && Some(*id) != in_hand)
            .collect();
        for id in others {
            // token.json says since when: after a crash the overlap does not begin anew.
            let written = self.listed(id).map_or(Timestamp::MAX, |issued| issued.expires_at);
            ledger.supersede(id, written.min(overlap_end(self.now, self.policy.lifetimes.overlap)));
            if let Some(entry) = ledger.find(id) {
                notices.push(Notice::Superseded { id, until: entry.expires_at });
            }
        }
    }

    /// Scope and limits are those that the spec says now, not those of the day of issue. What is over is left as it was.
    fn follow_policy(&self, ledger: &mut Ledger) {
        let may_let_in =
            |entry: &&LedgerEntry| matches!(entry.state, TokenState::Active | TokenState::Superseded);
        let ids: Vec<TokenId> = self.line(ledger).filter(may_let_in).map(|entry| entry.id).collect();
        for id in ids {
            if let Some(entry) = ledger.find_mut(id) {
                entry.scope = self.policy.scope.clone();
                entry.limits.clone_from(&self.policy.limits);
            }
        }
    }

    fn is_due(&self, ledger: &Ledger, current: TokenId) -> bool {
        let Some(entry) = ledger.find(current) else { return true };
        let lifetimes = self.policy.lifetimes;
        let asked = self.policy.replace_issued_before.filter(|time| *time <= self.now).map(whole_second);
        later(entry.issued_at, lifetimes.rotate_after) <= self.now
            || later(self.now, lifetimes.overlap) > entry.expires_at
            || asked.is_some_and(|asked| entry.issued_at < asked)
    }

    fn issue(&mut self, ledger: &mut Ledger, notices: &mut Vec<Notice>) -> Result<(), DuplicateId> {
        let replaced = self.secret.as_ref().and_then(|secret| secret.token.token());
        if let Some(token) = replaced.filter(|token| self.standing(token) == Standing::Unknown) {
            notices.push(Notice::NotRebuilt { id: token.id() });
        }
        let token = AuthorizationToken::mint(self.random);
        let issued_at = whole_second(self.now);
        let expires_at = whole_second(later(issued_at, self.policy.lifetimes.lifetime));
        ledger.add(LedgerEntry {
            id: token.id(),
            name: self.policy.line.clone(),
            digest: token.digest(),
            scope: self.policy.scope.clone(),
            limits: self.policy.limits.clone(),
            issued_at,
            expires_at,
            state: TokenState::Active,
        })?;
        notices.push(Notice::Issued { id: token.id(), expires_at });
        self.in_hand = Some(token);
        Ok(())
    }

    /// The Secret with the new token; the one before it stays beside it while it is accepted.
    fn handing_out(&self) -> Option<IssuerSecret> {
        let token = self.in_hand.as_ref()?;
        let secret = self.secret.as_ref()?;
        if secret.token.id() == Some(token.id()) {
            return None;
        }
        let replaced = secret.token.token().filter(|old| match self.standing(old) {
            Standing::Current | Standing::Overlapping => true,
            Standing::Rebuildable(_) | Standing::Revoked | Standing::Ended | Standing::Unknown => false,
        });
        let previous = replaced.map_or_else(|| secret.previous.clone(), |old| Slot::Token(old.clone()));
        let token = Slot::Token(token.clone());
        Some(IssuerSecret { record: Some(self.record(&token)), token, previous })
    }

    /// The Secret with a record that lists its tokens, if it does not.
    fn with_record(&self) -> Option<IssuerSecret> {
        let secret = self.secret.as_ref()?;
        let mut tokens = [&secret.token, &secret.previous].into_iter().filter_map(Slot::id);
        let complete =
            secret.record.as_ref().is_some_and(|record| tokens.all(|id| record.find(id).is_some()));
        (!complete).then(|| IssuerSecret { record: Some(self.record(&secret.token)), ..secret.clone() })
    }

    /// What `token.json` says once `token` is the one handed out: this one first, then every other one that somebody may hold.
    fn record(&self, token: &Slot) -> TokenRecord {
        let first = token.id();
        let overlap = overlap_end(self.now, self.policy.lifetimes.overlap);
        let of_ledger = self.line(&self.ledger).filter(|entry| {
            let held = first == Some(entry.id) || self.was_handed_out(entry.id);
            let is_ours = belongs_to(entry, &self.policy.scope.target);
            held && is_ours && entry.is_accepted(self.now) && !self.revoked.contains(&entry.id)
        });
        let mut tokens: Vec<IssuedToken> = of_ledger
            .map(|entry| {
                let replaced =
                    entry.state == TokenState::Active && first.is_some_and(|first| first != entry.id);
                let end = if replaced { entry.expires_at.min(overlap) } else { entry.expires_at };
                IssuedToken { id: entry.id, issued_at: entry.issued_at, expires_at: end }
            })
            .collect();
        let known = self
            .secret
            .as_ref()
            .and_then(|secret| secret.record.as_ref())
            .map_or(&[][..], TokenRecord::tokens);
        let lost = known.iter().filter(|issued| {
            let is_lost = self.own_entry(issued.id).is_none();
            is_lost && issued.expires_at > self.now && !self.revoked.contains(&issued.id)
        });
        tokens.extend(lost.copied());
        tokens.sort_by_key(|issued| Some(issued.id) != first);
        TokenRecord::new(tokens)
    }
}
