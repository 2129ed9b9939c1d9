//! Is a presented token good, here, for this namespace, now?

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::identity::{NamespaceName, TargetIdentity};
use crate::ledger::{Ledger, LedgerEntry, TokenState};
use crate::token::{AuthorizationToken, ParseError, TokenId};

/// Why a token is refused. The messages continue a subject ("the authorization token in ...") and show only the public id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// Not a token at all.
    #[error("{0}")]
    Malformed(ParseError),
    /// No entry of that id.
    #[error(
        "is not known to {target} (id {id}): it was issued by another one, or ended long ago. Copy the token that {target} hands \
         out now"
    )]
    Unknown {
        /// The token's id.
        id: TokenId,
        /// Who does not know it.
        target: TargetIdentity,
    },
    /// An entry of that id with another digest.
    #[error(
        "has the id {id} of a token of {target} but another secret. Copy the token that {target} hands out now"
    )]
    Mismatch {
        /// The id.
        id: TokenId,
        /// Whose ledger has the id.
        target: TargetIdentity,
    },
    /// Revoked, in spec or in the ledger.
    #[error("was revoked (id {id}). Ask the owner of {target} for a new one")]
    Revoked {
        /// The id.
        id: TokenId,
        /// Who revoked it.
        target: TargetIdentity,
    },
    /// Its time is over.
    #[error("expired at {at} (id {id}). Copy the token that {target} hands out now")]
    Expired {
        /// The id.
        id: TokenId,
        /// Since when.
        at: Timestamp,
        /// Who issued it.
        target: TargetIdentity,
    },
    /// A successor took its place, and the overlap is over.
    #[error(
        "was replaced, and the overlap ended at {at} (id {id}). Copy the token that {target} hands out now"
    )]
    Superseded {
        /// The id.
        id: TokenId,
        /// Since when it is refused.
        at: Timestamp,
        /// Who issued it.
        target: TargetIdentity,
    },
    /// Issued for another object, perhaps for an earlier one of the same name.
    #[error(
        "was issued for another object (id {id}), perhaps for an earlier {target}. Copy the token that {target} hands out now"
    )]
    OtherTarget {
        /// The id.
        id: TokenId,
        /// Where it was presented.
        target: TargetIdentity,
    },
    /// Issued for other namespaces. Which ones is not said: they are other tenants.
    #[error(
        "was not issued for namespace {namespace} (id {id}). Ask the owner of {target} for a token of your own"
    )]
    OtherNamespaces {
        /// The id.
        id: TokenId,
        /// Who presented it.
        namespace: NamespaceName,
        /// Where it was presented.
        target: TargetIdentity,
    },
}

/// Checks a token against the ledger of `target`.
///
/// Revoked ids of the spec win over whatever the ledger says. Digests are compared in constant time, and before anything that
/// stands in the entry is told. Takes time proportional to the number of entries.
///
/// # Errors
/// One [`TokenRefusal`] per cause.
pub fn verify<'l>(
    presented: &AuthorizationToken,
    ledger: &'l Ledger,
    revoked: &BTreeSet<TokenId>,
    target: &TargetIdentity,
    consumer: &NamespaceName,
    now: Timestamp,
) -> Result<&'l LedgerEntry, TokenRefusal> {
    let id = presented.id();
    let owner = || target.clone();
    if revoked.contains(&id) {
        return Err(TokenRefusal::Revoked { id, target: owner() });
    }
    let Some(entry) = ledger.find(id) else { return Err(TokenRefusal::Unknown { id, target: owner() }) };
    if presented.digest() != entry.digest {
        return Err(TokenRefusal::Mismatch { id, target: owner() });
    }
    if entry.scope.target != *target {
        return Err(TokenRefusal::OtherTarget { id, target: owner() });
    }
    let at = entry.expires_at;
    match entry.state {
        TokenState::Revoked => return Err(TokenRefusal::Revoked { id, target: owner() }),
        TokenState::Superseded if at <= now => {
            return Err(TokenRefusal::Superseded { id, at, target: owner() });
        }
        TokenState::Active if at <= now => return Err(TokenRefusal::Expired { id, at, target: owner() }),
        TokenState::Expired => return Err(TokenRefusal::Expired { id, at, target: owner() }),
        TokenState::Active | TokenState::Superseded => {}
    }
    if !entry.scope.admits(consumer) {
        return Err(TokenRefusal::OtherNamespaces { id, namespace: consumer.clone(), target: owner() });
    }
    Ok(entry)
}
