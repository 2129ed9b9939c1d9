//! Client scope of a realm.

use super::mapper::PROTOCOL_MAPPER;
use crate::kind::{
    Constant, Deletion, Field, KeyRelease, KeyRemoval, Kind, Loss, MapRules, MapWrite, Naming, OnImmutable,
    Travel, WriteBody,
};
use crate::version::ServerVersion;

/// Client scope of a realm. Keycloak: `ClientScopeRepresentation`.
///
/// An update wants the name, merges the attributes, takes one away by null, and ignores the mappers: they travel with
/// the creation, afterwards each has calls of its own.
pub static CLIENT_SCOPE: Kind = Kind {
    name: "client scope",
    plural: "client scopes",
    part: None,
    representation: "ClientScopeRepresentation",
    naming: Naming::Named("name"),
    order: 30,
    fields: &[
        Field::read_only("id"),
        Field::identity("name").always_sent().typed("spec.clientScopes[].name"),
        Field::label("description").typed("spec.clientScopes[].description"),
        // Which protocol checks an update is read from the update itself.
        Field::scalar("protocol")
            .created_as(Constant::Text("openid-connect"))
            .always_sent()
            .typed("spec.clientScopes[].protocol"),
        Field::map(
            "attributes",
            &MapRules {
                write: MapWrite::Merged(KeyRemoval::Null),
                empty_is_absent: false,
                release: KeyRelease::RemoveExcept(&[]),
                ..MapRules::MERGED
            },
        )
        .typed("spec.clientScopes[].attributes"),
        Field::children("protocolMappers", &PROTOCOL_MAPPER, Travel::AtCreation)
            .typed("spec.clientScopes[].protocolMappers"),
    ],
    write: WriteBody::Partial,
    deletion: Deletion::IfHeld { phrase: "used by", held: Loss::Access, free: Loss::Configuration },
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};
