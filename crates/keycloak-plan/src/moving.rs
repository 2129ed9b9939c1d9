//! Objects that are to stand elsewhere: they keep their id, and with it all that hangs on it.

use crate::desired::Held;
use crate::identity::Identity;
use crate::kind::Loss;
use crate::link::Relation;

/// An object that the CR asks for below another parent, or under another name, than the server has it.
///
/// Told to a plan by [`LiveState::moved`](crate::LiveState::moved). The record follows it with what it knows of the object and of
/// everything below it; nothing is deleted, and nothing made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub(crate) from: Identity,
    pub(crate) to: Identity,
    /// Both places, as people read them.
    pub(crate) shown: (String, String),
    /// Targets of links by which the object, or one below it, is known: relation, the text so far, the text afterwards.
    pub(crate) targets: Vec<(&'static Relation, String, String)>,
    pub(crate) loses: Loss,
    pub(crate) held: Option<(&'static str, Held)>,
    /// Whether the server has it there already.
    pub(crate) is_done: bool,
    /// Whether the record knows it.
    pub(crate) is_known: bool,
}

impl Move {
    /// A move from one place to another.
    pub fn new(from: Identity, to: Identity) -> Self {
        let shown = (from.to_string(), to.to_string());
        Self {
            from,
            to,
            shown,
            targets: Vec::new(),
            loses: Loss::Nothing,
            held: None,
            is_done: false,
            is_known: false,
        }
    }

    /// The texts by which people know both places, for the plan. Without them it shows the identities.
    #[must_use]
    pub fn shown(mut self, from: String, to: String) -> Self {
        self.shown = (from, to);
        self
    }

    /// Links of this relation lead to the object, or to one below it, by a text that the move changes.
    #[must_use]
    pub fn target(mut self, relation: &'static Relation, from: String, to: String) -> Self {
        self.targets.push((relation, from, to));
        self
    }

    /// What the move takes from somebody: `count` of `what`, after the words of `phrase`. It waits for what that loss needs.
    #[must_use]
    pub fn losing(mut self, loss: Loss, phrase: &'static str, count: u64, what: &str) -> Self {
        self.loses = loss;
        self.held = Some((phrase, Held { count, what: what.to_owned() }));
        self
    }

    /// The server has the object at its new place already, because a process was stopped before it could remember its move: only
    /// the record follows.
    #[must_use]
    pub fn done(mut self) -> Self {
        self.is_done = true;
        self
    }

    /// Where the server has it.
    pub fn from(&self) -> &Identity {
        &self.from
    }

    /// Where it is to stand.
    pub fn to(&self) -> &Identity {
        &self.to
    }

    /// Where this object stands after the move, if it is the one that moves or stands below that.
    pub fn takes(&self, identity: &Identity) -> Option<Identity> {
        identity.moved(&self.from, &self.to)
    }
}
