//! Groups that cannot be asked for.

/// Why a group cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GroupRefusal {
    /// A group without a name.
    #[error("{at}: a group has no name; give each one a name, for example engineering")]
    NoName {
        /// The list.
        at: String,
    },
    /// Two groups of one name below the same one.
    #[error("{at}: the group {name} is declared twice; keep one entry")]
    Twice {
        /// The list.
        at: String,
        /// The name.
        name: String,
    },
    /// A field that groups do not have.
    #[error(
        "{at}.{key}: groups have no such field; they have name, path, previousPath, description, attributes, realmRoles, clientRoles and subGroups"
    )]
    UnknownField {
        /// The group.
        at: String,
        /// The field.
        key: String,
    },
    /// A field that holds something else.
    #[error("{at}.{field}: expected {expected}")]
    Shape {
        /// The group.
        at: String,
        /// The field.
        field: &'static str,
        /// What it holds.
        expected: &'static str,
    },
    /// A path at which the group does not stand, be it that of a group above it.
    #[error("{at}.path: the group stands at {real}, not at {path}; write {real}, or leave the field out")]
    OtherPath {
        /// The group.
        at: String,
        /// What is written.
        path: String,
        /// Where it stands.
        real: String,
    },
    /// A previous path that is none.
    #[error(
        "{at}.previousPath: {path:?} is not the path of a group; write the names from the top, for example /engineering/platform, and ~/ for a slash in a name"
    )]
    PreviousPath {
        /// The group.
        at: String,
        /// What is written.
        path: String,
    },
    /// A previous path at which the same spec has a group.
    #[error(
        "{at}.previousPath: the spec declares a group at {path}, so none can be moved away from there; remove previousPath, or the group at {path}"
    )]
    PreviousDeclared {
        /// The group.
        at: String,
        /// The previous path.
        path: String,
    },
    /// Two groups that each stood where the other one is to stand.
    #[error(
        "{at}.previousPath: this group and the one at {path} cannot change places in one change; give this one a third name first, then move the other one, and then this one, each by previousPath in a change of its own"
    )]
    PreviousSwapped {
        /// The group.
        at: String,
        /// Where it stood, and the other one is to stand.
        path: String,
    },
    /// A previous path of two groups.
    #[error(
        "{at}.previousPath: another group of the spec stood at {path}, too; keep the field at one of them"
    )]
    PreviousTwice {
        /// The group.
        at: String,
        /// The previous path.
        path: String,
    },
    /// Another name and another place.
    #[error(
        "{at}.previousPath: a group is moved or renamed, not both at once; declare it at {between} first, and change its name once that is applied"
    )]
    PreviousBoth {
        /// The group.
        at: String,
        /// Its new place, with the old name.
        between: String,
    },
    /// Too many groups below each other.
    #[error("{at}: groups stand at most {deepest} deep below each other; make the tree flatter")]
    TooDeep {
        /// The list.
        at: String,
        /// How deep they may stand.
        deepest: usize,
    },
    /// A default group that no path names.
    #[error(
        "spec.defaultGroups: {0:?} is not the path of a group; write the names from the top, for example /engineering/platform, and ~/ for a slash in a name"
    )]
    DefaultGroup(String),
}
