//! Group of a realm.

use crate::kind::{Deletion, Field, Kind, Loss, MapRules, Naming, OnImmutable, WriteBody};
use crate::version::ServerVersion;

/// Group of a realm, or below another group. Keycloak: `GroupRepresentation`.
///
/// A creation takes name, description and attributes; subgroups and roles have calls of their own. An update wants the
/// name, clears the description that it does not say, and replaces the attributes when they are present.
pub static GROUP: Kind = Kind {
    name: "group",
    plural: "groups",
    part: None,
    representation: "GroupRepresentation",
    naming: Naming::Named("name"),
    order: 25,
    fields: &[
        Field::read_only("id"),
        Field::identity("name").always_sent().typed("spec.groups[].name"),
        Field::label("description").always_sent().typed("spec.groups[].description"),
        Field::map("attributes", &MapRules::TEXT_SETS).typed("spec.groups[].attributes"),
        Field::other_kind("realmRoles", "spec.groups[].realmRoles"),
        Field::other_kind("clientRoles", "spec.groups[].clientRoles"),
        Field::other_kind("subGroups", "spec.groups[].subGroups"),
        Field::read_only("path"),
        Field::read_only("parentId"),
        Field::read_only("subGroupCount"),
        Field::read_only("access"),
    ],
    write: WriteBody::Partial,
    deletion: Deletion::IfHeld { phrase: "holds", held: Loss::Access, free: Loss::Configuration },
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};
