//! Names of objects, and what one object says about another.

use std::{fmt, sync::Arc};

/// Namespace and name of an object, without its kind.
///
/// Cheap to clone: both parts are shared. Objects of a cluster-scoped kind have no namespace.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    namespace: Option<Arc<str>>,
    name: Arc<str>,
}

impl Key {
    /// The key of an object in a namespace.
    pub fn namespaced(namespace: impl Into<Arc<str>>, name: impl Into<Arc<str>>) -> Self {
        Self { namespace: Some(namespace.into()), name: name.into() }
    }

    /// The key of an object of a cluster-scoped kind.
    pub fn cluster(name: impl Into<Arc<str>>) -> Self {
        Self { namespace: None, name: name.into() }
    }

    /// The namespace; `None` for a cluster-scoped kind.
    pub fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn shared_namespace(&self) -> Option<&Arc<str>> {
        self.namespace.as_ref()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.namespace {
            Some(namespace) => write!(f, "{namespace}/{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// What an object points at: one other object, or every object of a kind in a namespace.
///
/// `kind` is the Kubernetes kind (`ConfigMap`), the same text as [`crate::Projection::KIND`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// One object.
    Object {
        /// Its kind.
        kind: &'static str,
        /// Its namespace and name.
        key: Key,
    },
    /// Whatever objects of that kind the namespace holds, now or later.
    Namespace {
        /// Their kind.
        kind: &'static str,
        /// Their namespace.
        namespace: Arc<str>,
    },
}

impl Target {
    /// One object of a kind.
    pub fn object(kind: &'static str, key: Key) -> Self {
        Self::Object { kind, key }
    }

    /// All objects of a kind in a namespace.
    pub fn namespace(kind: &'static str, namespace: impl Into<Arc<str>>) -> Self {
        Self::Namespace { kind, namespace: namespace.into() }
    }
}

/// A set of contract fields of an object, by their position in [`crate::Projection::contract`].
///
/// An object that appears or disappears changes [`Fields::ALL`]. Positions from 63 on share the last bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fields(u64);

impl Fields {
    /// Every field.
    pub const ALL: Self = Self(u64::MAX);
    /// No field.
    pub const NONE: Self = Self(0);

    /// The field at one position.
    #[must_use]
    pub const fn at(position: usize) -> Self {
        Self(1 << if position > 63 { 63 } else { position })
    }

    /// The fields of either set.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether no field is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the sets share a field.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The positions at which two contracts differ; all of them if their lengths differ.
    pub(crate) fn changed(before: &[u64], after: &[u64]) -> Self {
        if before.len() != after.len() {
            return Self::ALL;
        }
        before
            .iter()
            .zip(after)
            .enumerate()
            .filter(|(_, (old, new))| old != new)
            .fold(Self::NONE, |fields, (position, _)| fields.and(Self::at(position)))
    }
}

/// One thing an object depends on: what it points at, and which contract fields of it matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it points at.
    pub target: Target,
    /// The contract fields whose change wakes the object that holds the reference.
    pub fields: Fields,
}

impl Reference {
    /// A reference to which every contract field matters.
    pub fn to(target: Target) -> Self {
        Self { target, fields: Fields::ALL }
    }

    /// The same reference, woken only by these fields.
    #[must_use]
    pub fn only(self, fields: Fields) -> Self {
        Self { fields, ..self }
    }
}
