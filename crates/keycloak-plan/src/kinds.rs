//! The kinds of Keycloak objects, as declarations.
//!
//! How each field behaves was tried on Keycloak 26.4.5 and 26.7.3. What is easy to get wrong:
//!
//! - Every update of a realm that leaves out `oauth2DeviceCodeLifespan`, `oauth2DevicePollingInterval` or
//!   `attributes` sets these two, respectively the CIBA and PAR settings among the attributes, back to their
//!   defaults.
//! - The OTP policy and both `WebAuthn` policies are taken as a whole: what is not sent becomes 0, empty or null;
//!   without the leading field (`otpPolicyType`, `webAuthnPolicyRpEntityName`) nothing is taken at all. So a creation that
//!   asks for one field of a policy says all that have no default of the server's own.
//! - Rules for passwords are one text in the order in which they were written; the console writes `notUsername(undefined)`
//!   where the API writes `notUsername`.
//! - An update of a client without `webOrigins` fills an empty list from the redirect URIs; one without
//!   `frontchannelLogout` sets it, on 26.4, to whether the client is public.
//! - A client whose POST names a client scope, in either list, gets none of those that new clients get; a scope that does not exist, or is
//!   of another protocol, is left out without a word. Adding an optional scope of a client as a default does nothing.
//! - The mail server is replaced as a whole; the mask as its password keeps the one that is there. Without `auth` the
//!   server drops user and password, which then read as overridden. The mask as a client's secret becomes the secret.
//! - An update of a role without `description` clears it, one without `name` is refused; the same holds for a group.
//! - An update of a client scope without `name` is an error of the server; it ignores protocol mappers.
//! - A client scope is a default of the realm, or optional, or neither. Making an optional one a default is refused, and
//!   taking it out of either list takes it out of both.
//! - An update of a required action replaces all of it; the realm's POST leaves out Keycloak's own as soon as it names one.
//! - Client profiles and client policies are two lists, each replaced as a whole; one profile that asks for what the server does not
//!   have makes it refuse all of them.
//! - Message texts stand in a partial export and not in the realm's own representation; its POST takes them, its PUT does not.

mod client;
mod client_role;
mod client_scope;
mod group;
mod mapper;
mod realm;
mod required_action;
mod role;
mod secret_rotation;
mod texts;
mod user_profile;

pub use client::{ATTRIBUTE_SEPARATOR, CLIENT, POST_LOGOUT_URIS};
pub use client_role::CLIENT_ROLE;
pub use client_scope::CLIENT_SCOPE;
pub use group::GROUP;
pub use mapper::PROTOCOL_MAPPER;
pub use realm::REALM;
pub use required_action::REQUIRED_ACTION;
pub use role::REALM_ROLE;
pub use secret_rotation::SECRET_ROTATION;
pub use texts::MESSAGE_TEXTS;
pub use user_profile::{PROFILE_ATTRIBUTE, PROFILE_GROUP, USER_PROFILE};

use crate::kind::{Kind, Loss};
use crate::link::Relation;
use crate::plan::Catalogue;

/// Every kind declared in this crate.
pub static KINDS: &[&Kind] = &[
    &REALM,
    &MESSAGE_TEXTS,
    &REQUIRED_ACTION,
    &REALM_ROLE,
    &GROUP,
    &CLIENT_SCOPE,
    &USER_PROFILE,
    &PROFILE_ATTRIBUTE,
    &PROFILE_GROUP,
    &SECRET_ROTATION,
    &CLIENT,
    &CLIENT_ROLE,
    &PROTOCOL_MAPPER,
];

/// Every relation declared in this crate.
pub static RELATIONS: &[&Relation] = &[
    &COMPOSITE_OF_ROLE,
    &CLIENT_ROLE_OF_ROLE,
    &CLIENT_ROLE_OF_CLIENT_ROLE,
    &DEFAULT_CLIENT_SCOPE,
    &OPTIONAL_CLIENT_SCOPE,
    &REALM_DEFAULT_SCOPE,
    &REALM_OPTIONAL_SCOPE,
    &ROLE_OF_GROUP,
    &CLIENT_ROLE_OF_GROUP,
    &DEFAULT_GROUP,
    &SCOPE_MAPPING,
];

/// Both.
pub const CATALOGUE: Catalogue = Catalogue { kinds: KINDS, relations: RELATIONS };

/// A role is part of a composite role; its holder gives up access when the link goes.
pub static COMPOSITE_OF_ROLE: Relation = Relation {
    name: "composite",
    holder: "role",
    target: "role",
    at_creation: None,
    unlinking_loses: Loss::Access,
};

/// A role of a client is part of a composite role. The target is the client id and the role's name.
pub static CLIENT_ROLE_OF_ROLE: Relation = Relation {
    name: "composite client role",
    holder: "role",
    target: "client role",
    at_creation: None,
    unlinking_loses: Loss::Access,
};

/// A role of a client is part of a role of a client. The target is the client id and the role's name.
pub static CLIENT_ROLE_OF_CLIENT_ROLE: Relation = Relation {
    name: "composite client role",
    holder: "client role",
    target: "client role",
    at_creation: None,
    unlinking_loses: Loss::Access,
};

/// A client scope that every token of the client carries. Honoured when the client is created, ignored by updates.
pub static DEFAULT_CLIENT_SCOPE: Relation = Relation {
    name: "default client scope",
    holder: "client",
    target: "client scope",
    at_creation: Some("defaultClientScopes"),
    unlinking_loses: Loss::Configuration,
};

/// A client scope that a token of the client carries when asked for.
pub static OPTIONAL_CLIENT_SCOPE: Relation = Relation {
    name: "optional client scope",
    holder: "client",
    target: "client scope",
    at_creation: Some("optionalClientScopes"),
    unlinking_loses: Loss::Configuration,
};

/// A client scope that new clients of the realm carry by default. Clients that exist keep theirs.
pub static REALM_DEFAULT_SCOPE: Relation = Relation {
    name: "realm default client scope",
    holder: "realm",
    target: "client scope",
    at_creation: None,
    unlinking_loses: Loss::Configuration,
};

/// A client scope that new clients of the realm may be asked for.
pub static REALM_OPTIONAL_SCOPE: Relation = Relation {
    name: "realm optional client scope",
    holder: "realm",
    target: "client scope",
    at_creation: None,
    unlinking_loses: Loss::Configuration,
};

/// A role that the members of a group hold.
pub static ROLE_OF_GROUP: Relation = Relation {
    name: "realm role",
    holder: "group",
    target: "role",
    at_creation: None,
    unlinking_loses: Loss::Access,
};

/// A role of a client that the members of a group hold. The target is the client id and the role's name.
pub static CLIENT_ROLE_OF_GROUP: Relation = Relation {
    name: "client role",
    holder: "group",
    target: "client role",
    at_creation: None,
    unlinking_loses: Loss::Access,
};

/// A group that new users of the realm join. The target is its path from the top.
pub static DEFAULT_GROUP: Relation = Relation {
    name: "default group",
    holder: "realm",
    target: "group path",
    at_creation: None,
    unlinking_loses: Loss::Configuration,
};

/// A role that tokens of a client, or tokens with a client scope, may carry. The target is the chain of their identities. It takes
/// no role from anybody: without it tokens say less, as without a protocol mapper.
pub static SCOPE_MAPPING: Relation = Relation {
    name: "scope mapping",
    holder: "realm",
    target: "scope mapping",
    at_creation: None,
    unlinking_loses: Loss::Configuration,
};
