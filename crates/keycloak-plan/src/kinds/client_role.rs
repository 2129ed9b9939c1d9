//! Role of a client.

use crate::kind::{
    Constant, Deletion, Field, KeyRelease, Kind, Loss, MapRules, MapValues, Naming, OnImmutable, WriteBody,
};
use crate::version::ServerVersion;

/// Role of a client. Keycloak: `RoleRepresentation`.
///
/// An update behaves as that of a role of a realm. It is made after its client, and goes with it.
pub static CLIENT_ROLE: Kind = Kind {
    name: "client role",
    plural: "client roles",
    part: None,
    representation: "RoleRepresentation",
    naming: Naming::Named("name"),
    order: 42,
    fields: &[
        Field::read_only("id"),
        Field::identity("name").always_sent(),
        Field::label("description").always_sent().typed("spec.roles[].description"),
        Field::map(
            "attributes",
            &MapRules {
                values: MapValues::TextSet,
                empty_is_absent: true,
                release: KeyRelease::RemoveExcept(&[]),
                ..MapRules::REPLACED
            },
        )
        .typed("spec.roles[].attributes"),
        Field::read_only("composite").absent_is(Constant::Bool(false)),
        Field::other_kind("composites", "spec.roles[].compositeClientRoles"),
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
