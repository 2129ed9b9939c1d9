//! Required action of a realm.

use crate::kind::{Constant, Deletion, Field, Kind, Loss, MapRules, Naming, OnImmutable, WriteBody};
use crate::version::ServerVersion;

/// What users are asked to do at a login. Keycloak: `RequiredActionProviderRepresentation`.
///
/// It is registered by the name of its provider, which becomes its alias; everything else is an update, which replaces the whole:
/// what is not sent becomes false, 0 or nothing. The config has a call of its own, which checks it. Released values are left as they
/// are: what an action asks of users is a protection.
pub static REQUIRED_ACTION: Kind = Kind {
    name: "required action",
    plural: "required actions",
    part: None,
    representation: "RequiredActionProviderRepresentation",
    naming: Naming::Named("alias"),
    order: 17,
    fields: &[
        Field::identity("alias").typed("spec.requiredActions[].alias"),
        Field::scalar("providerId").immutable().typed("spec.requiredActions[].providerId"),
        Field::scalar("name").typed("spec.requiredActions[].name"),
        Field::scalar("enabled").created_as(Constant::Bool(true)).typed("spec.requiredActions[].enabled"),
        Field::scalar("defaultAction")
            .created_as(Constant::Bool(false))
            .typed("spec.requiredActions[].defaultAction"),
        Field::scalar("priority").typed("spec.requiredActions[].priority"),
        // An empty value is dropped by the server.
        Field::map("config", &MapRules { empty_is_absent: true, ..MapRules::REPLACED })
            .typed("spec.requiredActions[].config"),
    ],
    write: WriteBody::Whole,
    deletion: Deletion::Loses(Loss::Configuration),
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};
