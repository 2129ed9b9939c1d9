//! Issuing, rotating, revoking and rebuilding tokens: a state machine over given time.
//!
//! A *line* is what one Secret hands out: the target's own token, or a named one of `spec.authorization.tokens[]`.
//! [`plan`] looks at the line's Secret and at the ledger and says which writes come next, in order. Nothing else is remembered: stop
//! after any write, look again, plan again, and the same end is reached.
//!
//! The order is what makes it safe.
//!
//! 1. A Secret that is missing is made first, without a token: then `token.json` tells, after any crash, which entries of the
//!    ledger were ever handed out.
//! 2. What is revoked leaves the Secret before the ledger says revoked.
//! 3. A new token is in the ledger before it is in the Secret, so that whoever copies it is let in at once.
//! 4. The old one is superseded after the new one is in the Secret, so that nobody is left with a token that ends before there is
//!    another. It then stays under `token-previous`, and accepted, for the overlap.
//!
//! A crash between 3's two writes leaves an entry whose secret nobody knows. `token.json` does not list it, so the next plan
//! drops it in the same write that adds its replacement: there are never two successors.
//!
//! A Secret that somebody deletes, garbles or puts back from a backup costs nobody a token before its overlap is over, with two
//! exceptions where nothing is left to tell from: put back in the middle of a rotation, or put back so old that its token has ended
//! meanwhile. Then the newest token is replaced at once.
//!
//! Every write must carry the `resourceVersion` of what was looked at: a conflict means that somebody else acts too, and then
//! everything is looked at anew.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::identity::{TargetIdentity, TokenName};
use crate::issuer_secret::IssuerSecret;
use crate::ledger::{DuplicateId, Ledger, LedgerEntry};
use crate::limits::Limits;
use crate::scope::Scope;
use crate::token::{MINT_BYTES, TokenId};

mod machine;
#[cfg(test)]
mod tests;

use machine::Machine;

/// How long tokens live. Whole seconds; each rotation leaves time for the overlap before the token would end by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    lifetime: SignedDuration,
    rotate_after: SignedDuration,
    overlap: SignedDuration,
    keep_ended: SignedDuration,
}

/// Lifetimes that do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LifetimesError {
    /// Less than a second, or more than a hundred years.
    #[error("{0} must be at least one second and at most 876000h (100 years)")]
    Range(&'static str),
    /// The old token would end before the overlap does.
    #[error(
        "rotateAfter plus overlap must not be longer than lifetime: otherwise a token ends before its successor took over"
    )]
    Overlap,
}

impl Lifetimes {
    /// Lifetimes as asked for. Entries that are over are kept as long as a token lives, at most 30 days.
    ///
    /// # Errors
    /// See [`LifetimesError`].
    pub fn new(
        lifetime: SignedDuration,
        rotate_after: SignedDuration,
        overlap: SignedDuration,
    ) -> Result<Self, LifetimesError> {
        for (name, value) in [("lifetime", lifetime), ("rotateAfter", rotate_after), ("overlap", overlap)] {
            if value < SignedDuration::from_secs(1) || value > SignedDuration::from_hours(876_000) {
                return Err(LifetimesError::Range(name));
            }
        }
        let ends = rotate_after.checked_add(overlap);
        if ends.is_none_or(|ends| ends > lifetime) {
            return Err(LifetimesError::Overlap);
        }
        // Kept as long as they could have lived, a secret that is put back makes none of them good again; longer than that, short ones pile up.
        let keep_ended = Self::default().keep_ended.min(lifetime);
        Ok(Self { lifetime, rotate_after, overlap, keep_ended })
    }
}

impl Default for Lifetimes {
    /// 90 days, a new one after 83, an overlap of 7; entries that are over are kept for 30.
    fn default() -> Self {
        let days = |count: i64| SignedDuration::from_hours(24 * count);
        Self { lifetime: days(90), rotate_after: days(83), overlap: days(7), keep_ended: days(30) }
    }
}

/// What the tokens of one line are like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuePolicy {
    /// `None` for the target's own token, the name for one of `spec.authorization.tokens[]`.
    pub line: Option<TokenName>,
    /// For which target and which namespaces.
    pub scope: Scope,
    /// The line's own limits.
    pub limits: Option<Limits>,
    /// How long they live.
    pub lifetimes: Lifetimes,
    /// Tokens issued before this second are replaced now (a person asked for it). Ignored while it lies in the future.
    pub replace_issued_before: Option<Timestamp>,
}

/// What was looked at, and when.
#[derive(Debug, Clone, Copy)]
pub struct Observed<'a> {
    /// The line's Secret; `None` when there is none. The caller has checked that it is the target's own.
    pub secret: Option<&'a IssuerSecret>,
    /// The target's ledger, all lines.
    pub ledger: &'a Ledger,
    /// `spec.authorization.revoked`.
    pub revoked: &'a BTreeSet<TokenId>,
    /// The time now.
    pub now: Timestamp,
}

/// One write. Each carries the whole new content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Make the Secret, or replace the content of its three keys. An empty slot means that the key must not be there;
    /// no slot is ever malformed.
    WriteSecret(IssuerSecret),
    /// Replace `status.authorization.tokens`.
    WriteLedger(Ledger),
    /// Delete the Secret.
    DeleteSecret,
}

/// Something worth an Event, a metric or a line in the audit log. Only ids, no secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Notice {
    /// A token was issued.
    #[error("authorization token {id} was issued and is accepted until {expires_at}")]
    Issued {
        /// Its id.
        id: TokenId,
        /// Its end.
        expires_at: Timestamp,
    },
    /// A token has a successor.
    #[error("authorization token {id} was replaced and is accepted until {until}")]
    Superseded {
        /// Its id.
        id: TokenId,
        /// The end of the overlap.
        until: Timestamp,
    },
    /// A token was revoked.
    #[error("authorization token {id} was revoked and is refused from now on")]
    Revoked {
        /// Its id.
        id: TokenId,
    },
    /// A token is over.
    #[error("authorization token {id} has expired")]
    Expired {
        /// Its id.
        id: TokenId,
    },
    /// The status had lost an entry; it was rebuilt from the Secret.
    #[error("authorization token {id} was missing in status and was taken over from its Secret")]
    Rebuilt {
        /// Its id.
        id: TokenId,
    },
    /// A token of the Secret is not accepted and is replaced.
    #[error(
        "the Secret holds an authorization token {id} that neither status nor token.json vouches for: it is replaced"
    )]
    NotRebuilt {
        /// Its id.
        id: TokenId,
    },
    /// The value of key `token` is no token.
    #[error("the value of key \"token\" is not an authorization token and is replaced")]
    NotAToken,
    /// A token that something else makes ends soon.
    #[error(
        "authorization token {id} ({name}) ends at {at}: whoever makes it must declare its successor before that"
    )]
    Expiring {
        /// Its id.
        id: TokenId,
        /// Its name in the list.
        name: TokenName,
        /// Its end.
        at: Timestamp,
    },
    /// An entry was dropped that nobody ever held.
    #[error("authorization token {id} was never handed out and was dropped from status")]
    Dropped {
        /// Its id.
        id: TokenId,
    },
    /// An entry was dropped because it belongs to another object.
    #[error("authorization token {id} in status belongs to another object and was dropped")]
    Foreign {
        /// Its id.
        id: TokenId,
    },
}

impl Notice {
    /// One word for metrics and the audit log.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Issued { .. } => "issued",
            Self::Superseded { .. } => "superseded",
            Self::Revoked { .. } => "revoked",
            Self::Expired { .. } => "expired",
            Self::Rebuilt { .. } => "rebuilt",
            Self::NotRebuilt { .. } => "not_rebuilt",
            Self::NotAToken => "not_a_token",
            Self::Expiring { .. } => "expiring",
            Self::Dropped { .. } => "dropped",
            Self::Foreign { .. } => "foreign",
        }
    }

    /// The token that it is about; none where there is no token.
    pub const fn id(&self) -> Option<TokenId> {
        match self {
            Self::Issued { id, .. }
            | Self::Superseded { id, .. }
            | Self::Revoked { id }
            | Self::Expired { id }
            | Self::Rebuilt { id }
            | Self::NotRebuilt { id }
            | Self::Expiring { id, .. }
            | Self::Dropped { id }
            | Self::Foreign { id } => Some(*id),
            Self::NotAToken => None,
        }
    }
}

/// The writes to do now, in this order, each only after the one before succeeded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RotationPlan {
    /// Nothing when all is as it should be.
    pub actions: Vec<Action>,
    /// What they amount to.
    pub notices: Vec<Notice>,
    /// When to look again, apart from changes: the next rotation or the next end of a token. Lies after `now`.
    pub next_at: Option<Timestamp>,
}

/// No plan needs as many; if one did, the next pass would go on where it stopped.
const MOST_WRITES: usize = 8;

/// Which writes come next for one line.
///
/// `random` is used for at most one new token; give fresh bytes each time and overwrite them afterwards.
///
/// # Errors
/// When `random` was used before.
pub fn plan(
    observed: Observed<'_>,
    policy: &IssuePolicy,
    random: &[u8; MINT_BYTES],
) -> Result<RotationPlan, DuplicateId> {
    let mut machine = Machine::new(observed, policy, random);
    let mut actions = Vec::new();
    for _ in 0..MOST_WRITES {
        let Some(action) = machine.next()? else { break };
        actions.push(action);
    }
    Ok(RotationPlan { actions, next_at: machine.next_at(), notices: machine.into_notices() })
}

/// Ends a line that is no longer in `spec.authorization.tokens[]`: first its Secret goes, then its entries are revoked.
#[must_use]
pub fn withdraw(line: &TokenName, secret_exists: bool, ledger: &Ledger) -> RotationPlan {
    let mut plan = RotationPlan::default();
    if secret_exists {
        plan.actions.push(Action::DeleteSecret);
    }
    let mut after = ledger.clone();
    for id in ledger.of_line(Some(line)).map(|entry| entry.id) {
        if after.revoke(id) {
            plan.notices.push(Notice::Revoked { id });
        }
    }
    if after != *ledger {
        plan.actions.push(Action::WriteLedger(after));
    }
    plan
}

/// `time` without its fraction: what every API server stores.
pub(crate) fn whole_second(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

/// `time` plus `duration`, at the end of time at the latest.
fn later(time: Timestamp, duration: SignedDuration) -> Timestamp {
    time.checked_add(duration).unwrap_or(Timestamp::MAX)
}

/// The end of an overlap that begins now, in whole seconds, never shorter than asked for.
fn overlap_end(now: Timestamp, overlap: SignedDuration) -> Timestamp {
    let end = later(now, overlap);
    if end.subsec_nanosecond() == 0 { end } else { later(whole_second(end), SignedDuration::from_secs(1)) }
}

/// Whether `entry` belongs to the object it stands on.
fn belongs_to(entry: &LedgerEntry, target: &TargetIdentity) -> bool {
    entry.scope.target == *target
}
