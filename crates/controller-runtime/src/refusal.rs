//! What to do when a server refuses our login: 401 and 403 are retried for five minutes, then stalled.
//!
//! A refusal right after a login was made, rotated or granted is usually a replica that has not caught up. After five
//! minutes it is not, and every further attempt only fills the server's log and may lock the account. All objects that
//! use one login share one answer: one of them probes, the others wait.

use std::{collections::HashMap, hash::Hash, sync::Mutex, time::Duration};

use tokio::time::Instant;

use crate::{
    backoff::{Backoff, Pacing},
    class::{Class, ClassName, Reason},
    locked,
};

/// How long a refusal counts as passing.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// What is known about the refusals of logins, by login.
///
/// `L` names a login (for example a Secret's namespace and name). Its *fingerprint* is whatever changes when somebody
/// mends it (the Secret's resourceVersion, or a hash of the values): a new fingerprint begins anew.
#[derive(Debug)]
pub struct Refusals<L> {
    logins: Mutex<HashMap<L, Refused>>,
    pacing: Pacing,
}

#[derive(Debug)]
struct Refused {
    fingerprint: u64,
    since: Instant,
    next_probe: Instant,
    waits: Option<Box<Backoff>>,
}

/// Whether a call with a login may be made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Nothing speaks against it.
    Go,
    /// It was refused before, and this caller is the one that tries again.
    Probe,
    /// It was refused and is not to be tried now; the class is the answer for this object.
    NotNow(Class),
}

impl<L: Eq + Hash + Clone> Refusals<L> {
    /// No refusals yet.
    pub fn new(pacing: Pacing) -> Self {
        Self { logins: Mutex::default(), pacing }
    }

    /// Asks before a login is used. `reason` is the reason of the class when the answer is *not now*.
    pub fn admit(&self, login: &L, fingerprint: u64, reason: Reason) -> Admission {
        let now = Instant::now();
        let mut logins = locked(&self.logins);
        let Some(refused) = logins.get_mut(login) else {
            return Admission::Go;
        };
        if refused.fingerprint != fingerprint {
            logins.remove(login);
            return Admission::Go;
        }
        if now < refused.next_probe {
            return Admission::NotNow(refused.class(now, reason));
        }
        let class = refused.class(now, reason).name();
        let wait = Backoff::next(&mut refused.waits, class, &self.pacing);
        refused.next_probe = now + wait;
        Admission::Probe
    }

    /// Records that the server refused this login (401 or 403), and says what that means now.
    pub fn refused(&self, login: &L, fingerprint: u64, reason: Reason) -> Class {
        let now = Instant::now();
        let mut logins = locked(&self.logins);
        // Swept whenever it has doubled: a login that nobody has asked about for so long is not used any more.
        if logins.len().is_power_of_two() && !logins.contains_key(login) {
            let longest = self.pacing.longest();
            logins.retain(|_, refused| now < refused.next_probe + longest);
        }
        let refused = logins
            .entry(login.clone())
            .and_modify(|refused| {
                if refused.fingerprint != fingerprint {
                    *refused = Refused::at(now, fingerprint, &self.pacing);
                }
            })
            .or_insert_with(|| Refused::at(now, fingerprint, &self.pacing));
        refused.class(now, reason)
    }

    /// Records that the server accepted this login: everything is forgotten.
    pub fn accepted(&self, login: &L) {
        locked(&self.logins).remove(login);
    }
}

impl Refused {
    fn at(now: Instant, fingerprint: u64, pacing: &Pacing) -> Self {
        let mut waits = None;
        let wait = Backoff::next(&mut waits, ClassName::Retry, pacing);
        Self { fingerprint, since: now, next_probe: now + wait, waits }
    }

    fn class(&self, now: Instant, reason: Reason) -> Class {
        if now.duration_since(self.since) < PATIENCE { Class::Retry(reason) } else { Class::Stall(reason) }
    }
}

#[cfg(test)]
mod tests;
