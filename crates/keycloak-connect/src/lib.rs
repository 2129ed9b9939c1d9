//! What the controllers share on the Kubernetes side: from a custom resource to an authenticated session in Keycloak, with a
//! pace where the program was told one.
//!
//! | to | start at |
//! | --- | --- |
//! | follow `operatorRef` and `realmRef` | [`References`], giving an [`Instance`] or a [`Realm`] |
//! | know where a server is reached | [`Addresses::of`] |
//! | read a Secret, with leave where a CR names it | [`Secrets`] |
//! | write a Secret of ours | [`secret`] |
//! | read, check and write our own logins | [`login`] |
//! | call Keycloak | [`Sessions`], giving a [`Connection`] |
//! | decide whether an object may use its target | [`Authorizer`] |
//! | know what an object asks for beyond itself | [`reach`] |
//! | know whether the object that a mark names still lives | [`marked`] |
//! | keep little of each watched object | [`watched`] |
//! | issue and rotate a target's authorization tokens | [`tokens`] |
//! | write the audit log | [`audit`] |
//! | hash what comes from Secrets | [`RecordKeys`] |
//! | store what was applied | [`StoredRecord`] |
//! | hold a namespace to its quotas | [`quota`] |
//! | tell of drift, each finding once | [`drift`] |
//! | know which cluster, and which namespace, this is | [`ClusterId`], [`Namespaces`] |
//!
//! Everything works by `get`, `create` and `patch`: Secrets are never listed and never watched. The kube client that is
//! handed in is the one of the runtime, which refuses writes once this process no longer leads. What goes wrong is one
//! enum, [`ConnectError`], with its class and its reason.

pub mod address;
pub mod audit;
pub mod authorize;
pub mod cluster;
pub mod consent;
pub mod drift;
pub mod error;
pub mod login;
pub mod marked;
pub mod owner;
pub mod quota;
pub mod reach;
pub mod record_key;
pub mod record_store;
pub mod reference;
pub mod secret;
pub mod secret_name;
pub mod session;
pub mod summary;
pub mod tokens;
pub mod watched;

mod recent;

#[cfg(test)]
mod fake;

pub use address::Addresses;
pub use authorize::{Ask, Authorizer, Verb};
pub use cluster::{ClusterId, Namespace, Namespaces};
pub use consent::{Consent, Leave};
pub use error::{ConnectError, admin_class, reason};
pub use login::{AdminLogin, ClientManagerLogin, RealmManagerLogin};
pub use owner::{Owner, OwnerKind};
pub use record_key::{RecordKey, RecordKeys};
pub use record_store::{RecordText, StoredRecord};
pub use reference::{Instance, Look, Realm, References};
pub use secret::{SecretBytes, SecretVersion, Secrets, StoredSecret};
pub use session::{Connection, SessionArgs, Sessions};
pub use summary::Mode;

/// Who writes, in `metadata.managedFields`.
const MANAGER: &str = "cloakroom";
