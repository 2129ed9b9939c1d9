//! What cannot be asked for, as sentences.

use serde::{Serialize, Serializer};

use crate::path::FieldPath;
use crate::version::ServerVersion;

/// Why one path of a CR is not applied. The rest of the object goes on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refusal {
    /// The server would answer 400 to the whole write.
    #[error(
        "{asked_in}: Keycloak {server} does not know this field, it came with {since}; leave it out or upgrade the server"
    )]
    ServerTooOld {
        /// The field.
        path: FieldPath,
        /// The field of the CR that asks for it; Keycloak's name where the CR has none.
        asked_in: String,
        /// First version that has it.
        since: ServerVersion,
        /// Version of the server at hand.
        server: ServerVersion,
    },
    /// The server has no such objects.
    #[error(
        "{path}: Keycloak {server} has none of these, they came with {since}; leave them out or upgrade the server"
    )]
    KindTooOld {
        /// The plural of the kind.
        path: FieldPath,
        /// First version that has it.
        since: ServerVersion,
        /// Version of the server at hand.
        server: ServerVersion,
    },
    /// Keycloak computes it.
    #[error("{path}: Keycloak keeps this value itself; leave it out")]
    ReadOnly {
        /// The field.
        path: FieldPath,
    },
    /// It names the object.
    #[error("{path}: this names the object; write {field}")]
    Identity {
        /// The key.
        path: FieldPath,
        /// The field of the CR.
        field: String,
    },
    /// The CR has a field for it.
    #[error("{path}: write {field} instead")]
    Typed {
        /// The key.
        path: FieldPath,
        /// The field of the CR.
        field: String,
    },
    /// A secret does not belong into free JSON.
    #[error("{path}: this is a secret; write {field}, which reads it from a Secret")]
    Secret {
        /// The key.
        path: FieldPath,
        /// The field of the CR.
        field: String,
    },
    /// It holds objects of another kind.
    #[error("{path}: these are objects or links of their own; declare them in {declared}")]
    OtherKind {
        /// The field.
        path: FieldPath,
        /// Where they are declared.
        declared: String,
    },
    /// The key repeats a field.
    #[error("{path}: this key repeats a field of the object; write {field} instead")]
    Mirror {
        /// The key.
        path: FieldPath,
        /// The field.
        field: String,
    },
    /// The key belongs to the owner's mark.
    #[error("{path}: this key carries the owner's mark; choose another key")]
    MarkKey {
        /// The key.
        path: FieldPath,
    },
    /// The mask under which Keycloak hides a secret, taken for the secret.
    #[error("{path}: this is how Keycloak hides a secret, not the secret; write the secret itself")]
    Masked {
        /// The field.
        path: FieldPath,
    },
    /// Not the JSON that the field holds.
    #[error("{path}: expected {expected}")]
    WrongShape {
        /// The field.
        path: FieldPath,
        /// What it holds.
        expected: String,
    },
    /// A key without a letter.
    #[error(
        "{path}: a key is empty and names no field; write the name of a field of Keycloak's {representation} there, or take the key out"
    )]
    EmptyKey {
        /// Where the key stands.
        path: FieldPath,
        /// Keycloak's name of what the fields belong to.
        representation: &'static str,
    },
    /// An entry that nothing names.
    #[error("{path}: an entry has no {field}; give each one a {field}")]
    ChildWithoutName {
        /// The list.
        path: FieldPath,
        /// The field that names its entries.
        field: String,
    },
    /// Two entries of one name.
    #[error("{path}: there are two entries with this name; keep one")]
    ChildTwice {
        /// The entry.
        path: FieldPath,
    },
    /// It can be set at creation only.
    #[error(
        "{path}: this cannot change once the object exists; write {live} again, or delete the object first"
    )]
    Immutable {
        /// The field.
        path: FieldPath,
        /// What it is.
        live: String,
    },
    /// What only whoever made the plan or declared the field knows, in its words.
    #[error("{path}: {why}")]
    Area {
        /// The field.
        path: FieldPath,
        /// Why, and what to write instead.
        why: String,
    },
}

impl Refusal {
    /// The refused path.
    pub fn path(&self) -> &FieldPath {
        match self {
            Self::ServerTooOld { path, .. }
            | Self::KindTooOld { path, .. }
            | Self::ReadOnly { path }
            | Self::Identity { path, .. }
            | Self::Typed { path, .. }
            | Self::Secret { path, .. }
            | Self::OtherKind { path, .. }
            | Self::Mirror { path, .. }
            | Self::MarkKey { path }
            | Self::Masked { path }
            | Self::WrongShape { path, .. }
            | Self::EmptyKey { path, .. }
            | Self::ChildWithoutName { path, .. }
            | Self::ChildTwice { path }
            | Self::Immutable { path, .. }
            | Self::Area { path, .. } => path,
        }
    }
}

/// As the sentence that people read.
impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&crate::render::printable(&self.to_string()))
    }
}
