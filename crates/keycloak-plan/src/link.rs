//! Links between objects: a role in a composite, a scope of a client.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use crate::identity::Identity;
use crate::kind::Loss;

/// A kind of link, declared like a kind of object.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// The word people read: `default client scope`.
    pub name: &'static str,
    /// Kind of the object that holds the link.
    pub holder: &'static str,
    /// Kind of what it leads to.
    pub target: &'static str,
    /// Field of the holder's POST that makes the links too.
    pub at_creation: Option<&'static str>,
    /// What taking the link away loses.
    pub unlinking_loses: Loss,
}

/// As its name.
impl Serialize for Relation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

/// The links of one relation that a CR asks for, for one holder.
///
/// They belong to the CR of the holder. Links of others stay (union); those that this CR made go with its line.
#[derive(Debug, Clone)]
pub struct DesiredLinks {
    pub(crate) holder: Identity,
    pub(crate) relation: &'static Relation,
    pub(crate) targets: BTreeSet<String>,
    pub(crate) exclusive: bool,
}

impl DesiredLinks {
    /// Links from `holder` to each of `targets` (by name, alias or clientId).
    pub fn new<'a>(
        holder: Identity,
        relation: &'static Relation,
        targets: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let targets = targets.into_iter().map(str::to_owned).collect();
        Self { holder, relation, targets, exclusive: false }
    }

    /// Who holds them.
    pub fn holder(&self) -> &Identity {
        &self.holder
    }

    /// Of which relation.
    pub fn relation(&self) -> &'static Relation {
        self.relation
    }

    /// Where they lead.
    pub fn targets(&self) -> impl Iterator<Item = &str> {
        self.targets.iter().map(String::as_str)
    }

    /// Whether those that are not listed are taken away.
    pub fn is_exclusive(&self) -> bool {
        self.exclusive
    }

    /// The same without those that lead to what `keep` denies.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.targets.retain(|target| keep(target));
        self
    }

    /// Links that are not listed are taken away, whoever made them.
    #[must_use]
    pub fn exclusive(mut self) -> Self {
        self.exclusive = true;
        self
    }
}

/// One link of a step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Link {
    /// The relation.
    pub relation: &'static Relation,
    /// What it leads to, by name.
    pub target: String,
}
