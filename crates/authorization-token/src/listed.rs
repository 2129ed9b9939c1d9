//! What the target's spec says by now of a token with a name: a verifier holds to it before the ledger says the same.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::identity::{NamespaceName, TokenName};
use crate::ledger::{Ledger, LedgerEntry, TokenState};
use crate::limits::Limits;

/// What `spec.authorization.tokens[]` says of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Who may present it; `None`: every namespace that holds it.
    pub namespaces: Option<BTreeSet<NamespaceName>>,
    /// Its own limits.
    pub limits: Option<Limits>,
    /// When it ends at the latest, where the list says that.
    pub expires_at: Option<Timestamp>,
}

/// The ledger as the list has it: `listed` tells what the list says of an entry with a name.
///
/// The ledger follows the list only when the target's controller gets to it, which may take as long as something it needs is
/// away. So what the list does not have counts as revoked, and what it has is good for whom, and within what limits, the list says.
/// The target's own tokens are left as they are.
#[must_use]
pub fn as_listed(ledger: &Ledger, listed: impl Fn(&TokenName, &LedgerEntry) -> Option<Listed>) -> Ledger {
    let mut after = ledger.clone();
    for entry in after.entries_mut() {
        let may_let_in = matches!(entry.state, TokenState::Active | TokenState::Superseded);
        let Some(name) = entry.name.as_ref().filter(|_| may_let_in) else { continue };
        match listed(name, entry) {
            Some(Listed { namespaces, limits, expires_at }) => {
                entry.scope.namespaces = namespaces;
                entry.limits = limits;
                entry.expires_at = expires_at.map_or(entry.expires_at, |end| end.min(entry.expires_at));
            }
            None => entry.state = TokenState::Revoked,
        }
    }
    after
}
