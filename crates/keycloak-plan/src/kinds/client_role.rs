//! Role of a client.

use super::role::{ROLE, fields};
use crate::kind::Kind;

/// Role of a client. Keycloak: `RoleRepresentation`.
///
/// An update behaves as that of a role of a realm. It is made after its client, and goes with it.
pub static CLIENT_ROLE: Kind = Kind {
    name: "client role",
    plural: "client roles",
    order: 42,
    fields: &fields(
        "spec.roles[].description",
        "spec.roles[].attributes",
        "spec.roles[].compositeClientRoles",
    ),
    ..ROLE
};
