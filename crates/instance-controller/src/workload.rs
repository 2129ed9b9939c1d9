//! The objects in Kubernetes that make up a server which we run, and what they tell about it.
//!
//! | what | module |
//! |---|---|
//! | names and labels | [`identity`] |
//! | the pods: StatefulSet | [`stateful_set`], with [`environment`] and [`database`] |
//! | how they are reached: Services | [`services`] |
//! | whether an object is as it should be | [`compare`] |
//! | what is remembered between passes | [`record`] |
//! | what is there: objects, pods, Secrets | [`look`], [`secrets`] |
//! | whether the server runs, and if not, why | [`rollout`], [`last_words`] |
//! | who is woken by a change of them | [`watch`] |
//!
//! Everything is written by server-side apply under one field manager. What somebody else adds to an object stays; what
//! somebody else changes of ours is set back, but not again and again: see [`compare`]. Three things are *creation values*: image, resources and the sizes of the pool
//! of connections. Where the spec says nothing about them they are what this release makes them when the StatefulSet is
//! made, and whatever stands there afterwards: a new release of the controllers does not restart servers.

pub mod compare;
pub mod database;
pub mod environment;
pub mod identity;
pub mod last_words;
pub mod look;
pub mod record;
pub mod rollout;
pub mod secrets;
pub mod services;
pub mod stateful_set;
pub mod watch;

use std::fmt;

use k8s_openapi::api::apps::v1::StatefulSet;
use keycloak_connect::Instance;
use serde_json::Value;

use self::secrets::PodSecrets;
use crate::error::InstanceError;

/// Kinds of objects that a server is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChildKind {
    /// The pods.
    StatefulSet,
    /// How they are reached.
    Service,
}

impl fmt::Display for ChildKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::StatefulSet => "StatefulSet",
            Self::Service => "Service",
        })
    }
}

/// An object as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Its kind.
    pub kind: ChildKind,
    /// Its name.
    pub name: String,
    /// Hash of what is wanted.
    pub hash: String,
    /// All that we say about it, with the hash of it among its annotations.
    pub body: Value,
}

impl Child {
    /// `kind/name`.
    pub fn object(&self) -> String {
        format!("{}/{}", self.kind, self.name)
    }
}

impl fmt::Display for Child {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.name)
    }
}

/// What the pods depend on beside the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// The values that come from Secrets.
    pub secrets: PodSecrets,
}

/// All objects of a server, in the order in which they are written: what pods need comes first.
///
/// # Errors
/// [`InstanceError::InvalidSpec`] for what no schema rule can tell.
pub fn render(
    instance: &Instance,
    inputs: &Inputs,
    live: Option<&StatefulSet>,
) -> Result<Vec<Child>, InstanceError> {
    let pods = stateful_set::render(instance, inputs, live)?;
    Ok(vec![
        compare::child(ChildKind::Service, services::discovery(instance)),
        compare::child(ChildKind::Service, services::client(instance)),
        compare::child(ChildKind::StatefulSet, pods),
    ])
}

#[cfg(test)]
mod tests;
