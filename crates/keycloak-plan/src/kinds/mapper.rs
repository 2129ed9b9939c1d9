//! Protocol mapper of a client or a client scope.

use crate::kind::{
    Constant, Deletion, Field, KeyRelease, Kind, Loss, MapRules, Naming, OnImmutable, WriteBody,
};
use crate::version::ServerVersion;

/// Protocol mapper of a client or a client scope. Keycloak: `ProtocolMapperRepresentation`.
///
/// Keycloak knows a mapper by protocol and name; its type and the whole config may change in place.
pub static PROTOCOL_MAPPER: Kind = Kind {
    name: "protocol mapper",
    plural: "protocol mappers",
    part: None,
    representation: "ProtocolMapperRepresentation",
    naming: Naming::Qualified { name: "name", by: "protocol", usual: "openid-connect" },
    order: 45,
    fields: &[
        Field::read_only("id"),
        Field::identity("name"),
        Field::identity("protocol").created_as(Constant::Text("openid-connect")),
        Field::scalar("protocolMapper"),
        Field::map(
            "config",
            // An empty value is dropped by the server.
            &MapRules { empty_is_absent: true, release: KeyRelease::RemoveExcept(&[]), ..MapRules::REPLACED },
        ),
        Field::read_only("consentRequired"),
        Field::read_only("consentText"),
    ],
    write: WriteBody::Whole,
    deletion: Deletion::Loses(Loss::Configuration),
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};
