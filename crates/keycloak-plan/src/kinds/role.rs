//! Role of a realm, and what roles have in common.

use crate::kind::{Constant, Deletion, Field, Kind, Loss, MapRules, Naming, OnImmutable, WriteBody};
use crate::version::ServerVersion;

/// Role of a realm. Keycloak: `RoleRepresentation`.
///
/// An update replaces name and description, also by nothing, and the attributes when they are present.
pub static REALM_ROLE: Kind = Kind {
    name: "role",
    plural: "roles",
    order: 20,
    fields: &fields(
        "spec.roles.realmRoles[].description",
        "spec.roles.realmRoles[].attributes",
        "spec.roles.realmRoles[].compositeRoles",
    ),
    ..ROLE
};

/// Any role, without what is said of whose it is.
pub(super) const ROLE: Kind = Kind {
    name: "role",
    plural: "roles",
    part: None,
    representation: "RoleRepresentation",
    naming: Naming::Named("name"),
    order: 0,
    fields: &[],
    write: WriteBody::Partial,
    deletion: Deletion::IfHeld { phrase: "held by", held: Loss::Access, free: Loss::Configuration },
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};

/// The fields of a role, with where an object says those that it may.
pub(super) const fn fields(
    description: &'static str,
    attributes: &'static str,
    composites: &'static str,
) -> [Field; 9] {
    [
        Field::read_only("id"),
        Field::identity("name").always_sent(),
        Field::label("description").always_sent().typed(description),
        Field::map("attributes", &MapRules::TEXT_SETS).typed(attributes),
        Field::read_only("composite").absent_is(Constant::Bool(false)),
        Field::other_kind("composites", composites),
        Field::read_only("clientRole"),
        Field::read_only("containerId"),
        Field::read_only("scopeParamRequired"),
    ]
}
