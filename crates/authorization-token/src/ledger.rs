//! The ledger: which tokens a target knows, as it stands in `status.authorization.tokens[]`.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::digest::TokenDigest;
use crate::identity::TokenName;
use crate::limits::Limits;
use crate::scope::Scope;
use crate::token::TokenId;

#[cfg(test)]
mod tests;

/// What has become of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TokenState {
    /// Accepted until `expiresAt`.
    Active,
    /// A successor was handed out; accepted until `expiresAt`, which is then the end of the overlap.
    Superseded,
    /// Never accepted again.
    Revoked,
    /// Its time is over. Time decides, not this word: an entry past `expiresAt` is refused whatever its state says.
    Expired,
}

/// One token that a target knows. It holds a digest, so reading the status gives nobody a token.
///
/// JSON, with `name`, `limits` and `scope.namespaces` left out when absent:
///
/// ```json
/// {
///   "id": "0f9k2m4p6r8t",
///   "name": "team-a",
///   "digest": "sha256:9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
///   "scope": {
///     "target": {"kind": "Keycloak", "namespace": "platform", "name": "keycloak", "uid": "6f0cbb1e-3d1e-4d3a-9c39-0d6a4a1b2c3d"},
///     "namespaces": ["team-a"]
///   },
///   "limits": {"names": ["team-a-*"], "maxObjects": 5, "allowed": ["fullScope"]},
///   "issuedAt": "2026-01-01T00:00:00Z",
///   "expiresAt": "2026-04-01T00:00:00Z",
///   "state": "active"
/// }
/// ```
///
/// `id` is the key of the list. `state` is one of `active`, `superseded`, `revoked`, `expired`. Unknown fields make an
/// entry unreadable: it could be a limit that this version would not hold to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LedgerEntry {
    /// The token's public id.
    pub id: TokenId,
    /// The name in `spec.authorization.tokens[]`; absent for the target's own token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<TokenName>,
    /// The digest of the token.
    pub digest: TokenDigest,
    /// What it is good for.
    pub scope: Scope,
    /// Its own limits, on top of those of the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// When it was issued, in whole seconds.
    pub issued_at: Timestamp,
    /// From when on it is refused. A token that is superseded ends earlier than it was issued for, never later.
    pub expires_at: Timestamp,
    /// What has become of it.
    pub state: TokenState,
}

impl LedgerEntry {
    /// Whether state and time let it in at `now`.
    pub fn is_accepted(&self, now: Timestamp) -> bool {
        match self.state {
            TokenState::Active | TokenState::Superseded => now < self.expires_at,
            TokenState::Revoked | TokenState::Expired => false,
        }
    }
}

/// Two tokens of one id: the random bytes were used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("authorization token {0} is already in the ledger: mint from fresh random bytes")]
pub struct DuplicateId(pub TokenId);

/// An entry of the status that authorizes nobody because it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("status.authorization.tokens[{index}] cannot be used: {why}")]
pub struct UnreadableEntry {
    /// Its place in the list.
    pub index: usize,
    /// What is wrong with it.
    pub why: String,
}

/// The tokens of one target, oldest first, no id twice. In JSON a list of [`LedgerEntry`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Ledger {
    entries: Vec<LedgerEntry>,
}

impl Ledger {
    /// Reads the list as it stands in status; `null` is an empty one.
    ///
    /// What cannot be read is left out and reported: it authorizes nobody, and it harms no other entry. Of an id that is there
    /// twice no entry counts, for nobody can tell which is right.
    pub fn read(list: &serde_json::Value) -> (Self, Vec<UnreadableEntry>) {
        let items = match list {
            serde_json::Value::Null => return (Self::default(), Vec::new()),
            serde_json::Value::Array(items) => items.as_slice(),
            _ => {
                let why = "status.authorization.tokens is not a list".to_owned();
                return (Self::default(), vec![UnreadableEntry { index: 0, why }]);
            }
        };
        let mut entries: Vec<(usize, LedgerEntry)> = Vec::new();
        let mut unreadable = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match LedgerEntry::deserialize(item) {
                Ok(entry) => entries.push((index, entry)),
                Err(error) => unreadable.push(UnreadableEntry { index, why: error.to_string() }),
            }
        }
        let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
        for (_, entry) in &entries {
            if !seen.insert(entry.id) {
                twice.insert(entry.id);
            }
        }
        for (index, entry) in entries.iter().filter(|(_, entry)| twice.contains(&entry.id)) {
            let why = format!("the id {} is there more than once", entry.id);
            unreadable.push(UnreadableEntry { index: *index, why });
        }
        unreadable.sort_by_key(|entry| entry.index);
        let entries = entries.into_iter().map(|(_, entry)| entry).filter(|entry| !twice.contains(&entry.id));
        (Self { entries: entries.collect() }, unreadable)
    }

    /// All entries, oldest first.
    pub fn entries(&self) -> &[LedgerEntry] {
        &self.entries
    }

    /// The entry of `id`.
    pub fn find(&self, id: TokenId) -> Option<&LedgerEntry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The entries of one line: of the token `name` in `spec.authorization.tokens[]`, or with `None` of the target's own.
    pub fn of_line<'a>(&'a self, name: Option<&'a TokenName>) -> impl Iterator<Item = &'a LedgerEntry> {
        self.entries.iter().filter(move |entry| entry.name.as_ref() == name)
    }

    /// Adds the newest entry.
    ///
    /// # Errors
    /// When its id is already there.
    pub fn add(&mut self, entry: LedgerEntry) -> Result<(), DuplicateId> {
        if self.find(entry.id).is_some() {
            return Err(DuplicateId(entry.id));
        }
        self.entries.push(entry);
        Ok(())
    }

    /// An active entry becomes superseded and ends at `until`, or earlier if it would have ended earlier anyway. True if
    /// anything changed.
    pub fn supersede(&mut self, id: TokenId, until: Timestamp) -> bool {
        let Some(entry) = self.find_mut(id).filter(|entry| entry.state == TokenState::Active) else {
            return false;
        };
        entry.state = TokenState::Superseded;
        entry.expires_at = entry.expires_at.min(until);
        true
    }

    /// The entry is never accepted again. True if anything changed.
    pub fn revoke(&mut self, id: TokenId) -> bool {
        let Some(entry) = self.find_mut(id).filter(|entry| entry.state != TokenState::Revoked) else {
            return false;
        };
        entry.state = TokenState::Revoked;
        true
    }

    /// Entries whose time is over are called expired. Gives their ids.
    pub fn expire(&mut self, now: Timestamp) -> Vec<TokenId> {
        let over = |entry: &&mut LedgerEntry| {
            matches!(entry.state, TokenState::Active | TokenState::Superseded) && entry.expires_at <= now
        };
        let mut ids = Vec::new();
        for entry in self.entries.iter_mut().filter(over) {
            entry.state = TokenState::Expired;
            ids.push(entry.id);
        }
        ids
    }

    /// Forgets entries of the token `line`, with `None` of every line, that are revoked or expired and whose `expiresAt` is `keep` or
    /// longer ago. Until then whoever presents one reads what became of it, not merely that it is unknown.
    pub fn prune(&mut self, line: Option<&TokenName>, now: Timestamp, keep: SignedDuration) {
        let is_concerned = |entry: &LedgerEntry| line.is_none() || entry.name.as_ref() == line;
        self.entries.retain(|entry| match entry.state {
            TokenState::Active | TokenState::Superseded => true,
            TokenState::Revoked | TokenState::Expired => {
                !is_concerned(entry) || entry.expires_at.saturating_add(keep).map_or(true, |end| now < end)
            }
        });
    }

    /// Forgets one entry at once.
    pub fn remove(&mut self, id: TokenId) {
        self.entries.retain(|entry| entry.id != id);
    }

    /// All entries, of which none gets another id.
    pub(crate) fn entries_mut(&mut self) -> impl Iterator<Item = &mut LedgerEntry> {
        self.entries.iter_mut()
    }

    pub(crate) fn find_mut(&mut self, id: TokenId) -> Option<&mut LedgerEntry> {
        self.entries.iter_mut().find(|entry| entry.id == id)
    }

    pub(crate) fn insert_oldest(&mut self, entry: LedgerEntry) {
        self.entries.insert(0, entry);
    }
}
