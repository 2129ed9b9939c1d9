//! Role of a realm.

use crate::kind::{
    Constant, Deletion, Field, KeyRelease, Kind, Loss, MapRules, MapValues, Naming, OnImmutable, WriteBody,
};
use crate::version::ServerVersion;

/// Role of a realm. Keycloak: `RoleRepresentation`.
///
/// An update replaces name and description, also by nothing, and the attributes when they are present.
pub static REALM_ROLE: Kind = Kind {
    name: "role",
    plural: "roles",
    part: None,
    representation: "RoleRepresentation",
    naming: Naming::Named("name"),
    order: 20,
    fields: &[
        Field::read_only("id"),
        Field::identity("name").always_sent(),
        Field::label("description").always_sent().typed("spec.roles.realmRoles[].description"),
        Field::map(
            "attributes",
            &MapRules {
                values: MapValues::TextSet,
                empty_is_absent: true,
                release: KeyRelease::RemoveExcept(&[]),
                ..MapRules::REPLACED
            },
        )
        .typed("spec.roles.realmRoles[].attributes"),
        Field::read_only("composite").absent_is(Constant::Bool(false)),
        Field::other_kind("composites", "spec.roles.realmRoles[].compositeRoles"),
        Field::read_only("clientRole"),
        Field::read_only("containerId"),
        Field::read_only("scopeParamRequired"),
    ],
    write: WriteBody::Partial,
    deletion: Deletion::IfHeld { phrase: "held by", held: Loss::Access, free: Loss::Configuration },
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};
