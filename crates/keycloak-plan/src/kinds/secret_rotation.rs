//! Rotation of clients' secrets in a realm.

use crate::kind::{Deletion, Field, Kind, Loss, Naming, OnImmutable, WriteBody};
use crate::version::ServerVersion;

/// What makes secrets of clients expire: a client policy, and the client profile that it applies, both of one name. Keycloak:
/// `ClientProfilesRepresentation` and `ClientPoliciesRepresentation`, two documents with the entries of everybody, each replaced as a
/// whole.
///
/// Both entries are made for this alone, so everything in them is declared: periods, and that nothing else is in the profile, that
/// the policy is switched on, whom it is for, and that it applies the profile. Without them secrets no longer get a time at which they
/// expire: configuration that can be written again.
pub static SECRET_ROTATION: Kind = Kind {
    name: "secret rotation",
    plural: "secret rotations",
    part: None,
    representation: "ClientPolicyRepresentation",
    naming: Naming::Named("name"),
    order: 37,
    fields: &[
        Field::identity("name"),
        // Of the profile, in seconds.
        Field::scalar("expirationPeriod").typed("spec.secretRotation.expirationPeriod"),
        Field::scalar("rotatedExpirationPeriod").typed("spec.secretRotation.rotatedExpirationPeriod"),
        Field::scalar("remainingRotationPeriod").typed("spec.secretRotation.remainingRotationPeriod"),
        Field::json("executors"),
        // Of the policy.
        Field::scalar("enabled"),
        Field::json("conditions"),
        Field::json("profiles"),
    ],
    write: WriteBody::Whole,
    deletion: Deletion::Loses(Loss::Configuration),
    on_immutable: OnImmutable::Refuse,
    mark: None,
    since: ServerVersion::ANY,
};
