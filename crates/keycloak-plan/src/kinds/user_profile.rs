//! User profile of a realm.

use crate::kind::{Constant, Deletion, Field, Kind, Loss, Naming, OnImmutable, Travel, WriteBody};
use crate::version::ServerVersion;

/// The attributes that users of a realm have. Keycloak: `UPConfig`, a document that is replaced as a whole.
///
/// There always is one. Each attribute and each group is owned by its name, with everything that its entry says: what an entry leaves
/// out, an attribute does not have (not required, seen by nobody). Here an entry is its name and its `definition`, the rest of it.
pub static USER_PROFILE: Kind = Kind {
    name: "user profile",
    plural: "user profiles",
    part: None,
    representation: "UPConfig",
    naming: Naming::Named("realm"),
    order: 35,
    fields: &[
        Field::identity("realm"),
        Field::children("attributes", &PROFILE_ATTRIBUTE, Travel::InParent)
            .typed("spec.userProfile.attributes"),
        Field::children("groups", &PROFILE_GROUP, Travel::InParent).typed("spec.userProfile.groups"),
        // What attributes that nobody declared are to whom. Without it they are hidden from everybody, as those of an attribute that is
        // deleted: docs/decisions/0019. So a released one stays.
        Field::scalar("unmanagedAttributePolicy")
            .absent_is(Constant::Text("DISABLED"))
            .removal_loses(Loss::UserData)
            .typed("spec.userProfile.unmanagedAttributePolicy"),
    ],
    write: WriteBody::Whole,
    deletion: Deletion::Loses(Loss::UserData),
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};

/// An attribute of users. Without it the values that users have are hidden, and may get lost when such a user is changed.
pub static PROFILE_ATTRIBUTE: Kind = Kind {
    name: "profile attribute",
    plural: "profile attributes",
    part: None,
    representation: "UPAttribute",
    naming: Naming::Named("name"),
    order: 36,
    fields: ENTRY,
    write: WriteBody::Whole,
    deletion: Deletion::Loses(Loss::UserData),
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};

/// A group of such attributes on pages. Keycloak refuses a profile with an attribute whose group is gone, so that a group waits for
/// an approval too, as its attributes do.
pub static PROFILE_GROUP: Kind = Kind {
    name: "profile group",
    plural: "profile groups",
    part: None,
    representation: "UPGroup",
    naming: Naming::Named("name"),
    order: 36,
    fields: ENTRY,
    write: WriteBody::Whole,
    deletion: Deletion::Loses(Loss::Access),
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};

static ENTRY: &[Field] = &[Field::identity("name"), Field::json("definition")];
