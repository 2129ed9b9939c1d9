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
//! - The mail server is replaced as a whole; the mask as its password keeps the one that is there. Without `auth` the
//!   server drops user and password, which then read as overridden. The mask as a client's secret becomes the secret.
//! - An update of a role without `description` clears it, one without `name` is refused.

mod client;
mod mapper;
mod realm;
mod role;

pub use client::CLIENT;
pub use mapper::PROTOCOL_MAPPER;
pub use realm::REALM;
pub use role::REALM_ROLE;

use crate::kind::{Kind, Loss};
use crate::link::Relation;
use crate::plan::Catalogue;

/// Every kind declared in this crate.
pub static KINDS: &[&Kind] = &[&REALM, &REALM_ROLE, &CLIENT, &PROTOCOL_MAPPER];

/// Every relation declared in this crate.
pub static RELATIONS: &[&Relation] =
    &[&COMPOSITE_OF_ROLE, &CLIENT_ROLE_OF_ROLE, &DEFAULT_CLIENT_SCOPE, &OPTIONAL_CLIENT_SCOPE];

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
