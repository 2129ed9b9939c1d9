//! Message texts of one language of a realm.

use crate::kind::{
    Deletion, Field, KeyRelease, KeyRemoval, Kind, Loss, MapRules, MapWrite, Naming, OnImmutable, WriteBody,
};
use crate::version::ServerVersion;

/// Message texts of one language of a realm: what its pages and mails say instead of the texts of the theme.
///
/// To Keycloak a language without texts and none are the same, so there always is one, never made and never deleted. A
/// POST merges the texts, a key is taken away by a call of its own: after that the theme's text stands there again.
pub static MESSAGE_TEXTS: Kind = Kind {
    name: "message texts",
    plural: "message texts",
    part: None,
    representation: "",
    naming: Naming::Named("locale"),
    order: 15,
    fields: &[
        Field::identity("locale"),
        Field::map(
            "texts",
            &MapRules {
                write: MapWrite::Merged(KeyRemoval::Null),
                // An empty text takes the theme's text away.
                empty_is_absent: false,
                release: KeyRelease::RemoveExcept(&[]),
                ..MapRules::MERGED
            },
        )
        .typed("spec.localization.texts"),
    ],
    write: WriteBody::Partial,
    deletion: Deletion::Loses(Loss::Configuration),
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};
