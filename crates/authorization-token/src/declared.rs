//! Tokens whose Secret somebody else keeps, an external secret manager for example: only their digest is declared.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::digest::TokenDigest;
use crate::identity::{NamespaceName, TargetIdentity, TokenName};
use crate::ledger::{Ledger, LedgerEntry, TokenState};
use crate::limits::Limits;
use crate::scope::Scope;
use crate::token::TokenId;

/// A token of `spec.authorization.tokens[]` of which only id and digest are known here. The token itself has the same form
/// as every other one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredToken {
    /// Its name in the list. Several entries may share it, during an overlap that the other side keeps.
    pub name: TokenName,
    /// Its public id.
    pub id: TokenId,
    /// Its digest.
    pub digest: TokenDigest,
    /// Who may present it; `None`: every namespace that holds it.
    pub namespaces: Option<BTreeSet<NamespaceName>>,
    /// Its own limits.
    pub limits: Option<Limits>,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// The ledger after bringing the entries of the lines in `lines` to what is declared.
///
/// What is declared is active until its end; what is not declared any more is forgotten at once: withdrawing the
/// declaration withdraws the consent. One that has ended is not taken up anew. An id that another line already uses stays with that line, and the declaration has no
/// effect. `lines` names every declared line, also one that has no token any more.
#[must_use]
pub fn declare(
    ledger: &Ledger,
    target: &TargetIdentity,
    lines: &BTreeSet<TokenName>,
    declared: &[DeclaredToken],
    now: Timestamp,
) -> Ledger {
    let mut after = ledger.clone();
    let is_declared = |entry: &LedgerEntry| {
        declared.iter().any(|token| token.id == entry.id && Some(&token.name) == entry.name.as_ref())
    };
    let of_lines = |entry: &&LedgerEntry| entry.name.as_ref().is_some_and(|name| lines.contains(name));
    let gone: Vec<TokenId> = ledger
        .entries()
        .iter()
        .filter(of_lines)
        .filter(|entry| !is_declared(entry))
        .map(|entry| entry.id)
        .collect();
    for id in gone {
        after.remove(id);
    }
    for token in declared.iter().filter(|token| lines.contains(&token.name)) {
        let state = if token.expires_at <= now { TokenState::Expired } else { TokenState::Active };
        let entry = LedgerEntry {
            id: token.id,
            name: Some(token.name.clone()),
            digest: token.digest,
            scope: Scope { target: target.clone(), namespaces: token.namespaces.clone() },
            limits: token.limits.clone(),
            issued_at: crate::rotation::whole_second(now),
            expires_at: token.expires_at,
            state,
        };
        match after.find_mut(token.id) {
            Some(known) if known.name == entry.name => {
                *known = LedgerEntry { issued_at: known.issued_at, ..entry };
            }
            Some(_) => {}
            // Ended, and forgotten since: adding it again would be undone again.
            None if state == TokenState::Expired => {}
            // Cannot be there: `find_mut` found nothing.
            None => after.add(entry).unwrap_or_default(),
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{ObjectName, TargetKind, Uid};
    use crate::token::{AuthorizationToken, MINT_BYTES};
    use crate::verify::{TokenRefusal, verify};

    fn target() -> TargetIdentity {
        TargetIdentity {
            kind: TargetKind::Keycloak,
            namespace: NamespaceName::new("platform").unwrap(),
            name: ObjectName::new("keycloak").unwrap(),
            uid: Uid::new("u-1").unwrap(),
        }
    }

    fn declared(token: &AuthorizationToken, name: &str) -> DeclaredToken {
        DeclaredToken {
            name: TokenName::new(name).unwrap(),
            id: token.id(),
            digest: token.digest(),
            namespaces: None,
            limits: None,
            expires_at: at(1_000),
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn lines(names: &[&str]) -> BTreeSet<TokenName> {
        names.iter().map(|name| TokenName::new(*name).unwrap()).collect()
    }

    #[test]
    fn a_declared_digest_is_accepted_until_it_ends_or_is_withdrawn() {
        let token = AuthorizationToken::mint(&[3; MINT_BYTES]);
        let team = NamespaceName::new("team-a").unwrap();
        let check = |ledger: &Ledger, now| {
            verify(&token, ledger, &BTreeSet::new(), &target(), &team, at(now)).map(|_| ())
        };
        let with =
            declare(&Ledger::default(), &target(), &lines(&["vault"]), &[declared(&token, "vault")], at(10));
        assert_eq!(check(&with, 999), Ok(()));
        assert!(matches!(check(&with, 1_000), Err(TokenRefusal::Expired { .. })));
        // A second pass changes nothing, not even the time of issue.
        assert_eq!(declare(&with, &target(), &lines(&["vault"]), &[declared(&token, "vault")], at(20)), with);
        let late = declare(
            &Ledger::default(),
            &target(),
            &lines(&["vault"]),
            &[declared(&token, "vault")],
            at(1_000),
        );
        assert_eq!(late, Ledger::default());
        let without = declare(&with, &target(), &lines(&["vault"]), &[], at(20));
        assert!(matches!(check(&without, 21), Err(TokenRefusal::Unknown { .. })));
    }

    #[test]
    fn a_declaration_cannot_take_over_the_id_of_another_line() {
        let token = AuthorizationToken::mint(&[3; MINT_BYTES]);
        let both = lines(&["one", "two"]);
        let one = declare(&Ledger::default(), &target(), &both, &[declared(&token, "one")], at(10));
        let stolen = DeclaredToken {
            digest: AuthorizationToken::mint(&[4; MINT_BYTES]).digest(),
            ..declared(&token, "two")
        };
        let after = declare(&one, &target(), &both, &[declared(&token, "one"), stolen], at(11));
        assert_eq!(after, one);
    }
}
