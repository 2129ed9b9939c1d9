//! The authorization token and the decision who may use an instance or a realm.
//!
//! A `KeycloakRealm` is made on a `Keycloak`, a `KeycloakClient` in a `KeycloakRealm`. Here the one that is used is the
//! *target*, the one that uses it the *object*, and the object's namespace the *consumer*. This crate holds
//! everything that decides whether the consumer may, and nothing that talks to anybody: no I/O, no clock, no
//! randomness. Times and random bytes are arguments.
//!
//! | to | start at |
//! | --- | --- |
//! | read or mint a token | [`AuthorizationToken`] |
//! | know which tokens a target accepts | [`Ledger`], as it stands in `status.authorization.tokens[]` |
//! | issue, rotate, revoke and rebuild tokens | [`rotation::plan`], [`rotation::withdraw`] |
//! | decide about one object | [`decision::decide`] |
//! | hold a namespace to its quota | [`quota::decide`] |
//!
//! Nothing here prints the secret part of a token: not `Debug`, not `Display`, not an error. The one way to get it is
//! [`AuthorizationToken::expose`].

mod declared;
mod digest;
mod encoding;
mod identity;
mod issuer_secret;
mod ledger;
mod limits;
mod listed;
mod pattern;
mod policy;
mod scope;
mod selector;
mod token;
mod verify;

pub mod decision;
pub mod quota;
pub mod rotation;

pub use declared::{DeclaredToken, declare};
pub use digest::{DigestError, TokenDigest};
pub use identity::{
    ConsumerKind, NameError, NamespaceName, ObjectName, TargetIdentity, TargetKind, TokenName, Uid,
};
pub use issuer_secret::{
    IssuedToken, IssuerSecret, PREVIOUS_KEY, RECORD_KEY, Slot, TOKEN_KEY, TokenRecord, TokenRecordError,
};
pub use ledger::{DuplicateId, Ledger, LedgerEntry, TokenState, UnreadableEntry};
pub use limits::{Allowance, Capability, EffectiveLimits, LimitSource, Limited, Limits};
pub use listed::{Listed, as_listed};
pub use pattern::{NamePattern, PatternError};
pub use policy::{NamespaceLimits, PolicyError, TargetPolicy};
pub use scope::Scope;
pub use selector::{LabelSelector, NamespaceSelector, SelectorError, SelectorMatch};
pub use token::{AuthorizationToken, MINT_BYTES, ParseError, TOKEN_LENGTH, TokenId, TokenIdError};
pub use verify::{TokenRefusal, verify};
